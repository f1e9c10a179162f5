//! What is said about words of a piece, and where those words stand now.
//!
//! A comment keeps its words with the grafs they stood in when it was made, and never changes them: where it stands is
//! found anew in whatever the body says, so that taking an edit back brings a comment back with it. Tried and left: a
//! place that each save moves, which goes astray with the first save that is lost and is never found again.

use crate::draft::count_words;
use crate::redline::{self, Op, WordKind};
use crate::span::{self, Span};

/// The words a comment stands on, as they stood when it was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchor {
    /// Where they began, in bytes into the body; tells twins apart.
    pub start_byte: usize,
    /// What stood before them in their graf, of a very long one what stood near.
    pub before: String,
    /// Never empty, no white space at either end; may run over several grafs.
    pub words: String,
    /// What stood after them in their graf, of a very long one what stood near.
    pub after: String,
}

/// So many words are found wherever they stand; fewer may stand anywhere by chance.
const TELLING: usize = 4;

/// Bytes kept of the graf on either side, more than any graf of prose has: of one that is a book each comment would keep
/// the book.
const AROUND: usize = 4_000;

/// The side of a graf goes on behind what is kept of it.
fn is_cut(side: &str) -> bool {
    side.len() + "😀".len() > AROUND
}

impl Anchor {
    /// An anchor on a place in a body; none where no words stand there.
    pub fn on(body: &str, at: Span) -> Option<Anchor> {
        let words = Span::new(span::floor_boundary(body, at.start), span::floor_boundary(body, at.end)).trim(body);
        if words.is_empty() {
            return None;
        }
        let near = span::floor_boundary(body, words.start.saturating_sub(AROUND));
        let far = span::floor_boundary(body, words.end + AROUND);
        let (ahead, behind) = (Span::new(near, words.start).of(body), Span::new(words.end, far).of(body));
        Some(Anchor {
            start_byte: words.start,
            before: ahead.rsplit('\n').next().unwrap_or_default().to_owned(),
            words: words.of(body).to_owned(),
            after: behind.split('\n').next().unwrap_or_default().to_owned(),
        })
    }

    /// Where the words stand in a body whose grafs around them are as they were. Total.
    pub fn find_unedited(&self, body: &str) -> Option<Span> {
        let grafs = self.grafs();
        let near = self.start_byte.saturating_sub(self.before.len());
        let is_line = [!is_cut(&self.before), !is_cut(&self.after)];
        let start = nearest(body, &grafs, near, is_line)?;
        Some(Span::new(self.before.len(), self.before.len() + self.words.len()).shift(start))
    }

    fn grafs(&self) -> String {
        format!("{}{}{}", self.before, self.words, self.after)
    }

    /// Where the words stand in a body now, without white space at either end; none where they are gone.
    ///
    /// Grafs that stand as they stood have them; else a graf that reads on alike, where what is left of the words is
    /// followed through the redline; else, of four words or more, wherever they stand. Total. Cost: a search while the
    /// grafs are as they were, else a comparison.
    pub fn find(&self, body: &str) -> Option<Span> {
        if let Some(at) = self.find_unedited(body) {
            return Some(at);
        }
        let inside = Span::new(self.before.len(), self.before.len() + self.words.len());
        let redline = redline::compare(&self.grafs(), body);
        let left = redline.ops.iter().filter_map(|op| Left::of(op, inside));
        let left = left.max_by_key(|left| left.n_bytes);
        if let Some(left) = left.as_ref().filter(|left| left.n_bytes == inside.len()) {
            return kept(body, left.at);
        }
        if count_words(&self.words) >= TELLING
            && let Some(start) = nearest(body, &self.words, self.start_byte, [false; 2])
        {
            return Some(Span::new(start, start + self.words.len()));
        }
        left.and_then(|left| kept(body, left.at))
    }
}

/// Finds the words of many anchors in one body, which a file of a stranger may have by the thousand.
pub struct Finder<'a> {
    body: &'a str,
    /// Bodies compared so far, all told.
    n_bytes: usize,
}

/// Bodies compared to find words that stand otherwise in them, all told: five seconds' work at most.
const MAX_COMPARED_BYTES: usize = 32 << 20;

impl<'a> Finder<'a> {
    pub fn new(body: &'a str) -> Finder<'a> {
        Finder { body, n_bytes: 0 }
    }

    /// As [`Anchor::find`]; once too much was compared, only where the grafs are as they were.
    pub fn find(&mut self, anchor: &Anchor) -> Option<Span> {
        if anchor.words.is_empty() {
            return None;
        }
        let unedited = anchor.find_unedited(self.body);
        if unedited.is_some() || self.n_bytes > MAX_COMPARED_BYTES {
            return unedited;
        }
        self.n_bytes += self.body.len();
        anchor.find(self.body)
    }
}

/// What is left of some words in one graf of a new text.
struct Left {
    /// From the first to the last of them, bytes into the new text.
    at: Span,
    /// Bytes of the old words that are left.
    n_bytes: usize,
}

impl Left {
    fn of(op: &Op, inside: Span) -> Option<Left> {
        let (old, new) = (op.old?, op.new?);
        if op.words.is_empty() {
            return Left::of_run(old, new, inside);
        }
        let same = op.words.iter().filter(|word| word.kind == WordKind::Same);
        let runs = same.filter_map(|word| Left::of_run(word.old?, word.new?, inside));
        runs.reduce(|left, run| Left { at: left.at.join(run.at), n_bytes: left.n_bytes + run.n_bytes })
    }

    /// A run that reads the same; where it is written in another way it counts whole.
    fn of_run(old: Span, new: Span, inside: Span) -> Option<Left> {
        let common = Span::new(old.start.max(inside.start), old.end.min(inside.end));
        if common.is_empty() {
            return None;
        }
        let at = if old.len() == new.len() { common.moved(old.start, new.start) } else { new };
        Some(Left { at, n_bytes: common.len() })
    }
}

/// A place with words in it, without the white space around them.
fn kept(body: &str, at: Span) -> Option<Span> {
    let start = span::floor_boundary(body, at.start);
    let at = Span::new(start, span::floor_boundary(body, at.end)).trim(body);
    at.of(body).contains(char::is_alphanumeric).then_some(at)
}

/// Where a text stands in a body nearest to a place; if asked, where a line begins with it, and where one ends with it.
fn nearest(body: &str, text: &str, near: usize, [begins, ends]: [bool; 2]) -> Option<usize> {
    let is_line = |start: &usize| {
        let (before, after) = (span::before(body, *start), span::after(body, start + text.len()));
        (!begins || before.is_empty() || before.ends_with('\n'))
            && (!ends || after.is_empty() || after.starts_with('\n'))
    };
    let starts = body.match_indices(text).map(|(start, _)| start);
    starts.filter(is_line).min_by_key(|start| start.abs_diff(near))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BODY: &str = "The council met on Monday.\n\nWe may sell the ferry by the spring, Ines Eze said.\n\nNobody else \
                        spoke about the harbour line.\n";

    /// What a comment on some words stands on after an edit of the body.
    fn found(words: &str, now: &str) -> Option<String> {
        let start = BODY.find(words).expect("they are there");
        let anchor = Anchor::on(BODY, Span::new(start, start + words.len())).expect("there are words");
        assert_eq!(
            anchor.find(BODY),
            Some(Span::new(start, start + words.len())),
            "at first it stands where it was put"
        );
        anchor.find(now).map(|at| at.of(now).to_owned())
    }

    #[test]
    fn a_comment_follows_its_words() {
        let after = |old: &str, new: &str| BODY.replace(old, new);
        let (may, sell) = ("may", "sell the ferry");
        assert_eq!(found(may, &after("We may", "On Sunday we may")).as_deref(), Some("may"));
        assert_eq!(found(sell, &after("The council", "A new graf, of 12.\n\nThe council")).as_deref(), Some(sell));
        assert_eq!(found(sell, &after("sell the ferry", "sell the old ferry")).as_deref(), Some("sell the old ferry"));
        assert_eq!(found(sell, &after("sell the ferry", "buy the ferry")).as_deref(), Some("the ferry"));
        assert_eq!(found(may, &after("may", "will")), None, "the one word it stood on is gone");
        assert_eq!(
            found(may, "The council met on Monday. It may rain.\n"),
            None,
            "another graf's word is another word"
        );
        assert_eq!(found(sell, ""), None);
        let moved = "We may sell the ferry by the spring, Ines Eze said.\n\nThe council met on Monday.\n";
        assert_eq!(found(may, moved).as_deref(), Some("may"));
        let carried = "The council met on Monday to sell the ferry by the spring.\n";
        assert_eq!(found("sell the ferry by the spring", carried).as_deref(), Some("sell the ferry by the spring"));
        let over = "on Monday.\n\nWe may sell";
        assert_eq!(found(over, &after("met on", "sat on")).as_deref(), Some(over));
    }

    #[test]
    fn twins_are_told_apart_by_where_they_stand() {
        let body = "Yes, he said.\n\nNo.\n\nYes, he said.";
        let at = Span::new(body.rfind("Yes").expect("there"), body.len());
        let anchor = Anchor::on(body, at).expect("words");
        assert_eq!(anchor.find(body), Some(at));
    }

    #[test]
    fn of_a_graf_without_end_what_stands_near_is_kept() {
        let body = "We may sell the old ferry. ".repeat(1_000) + "Yes. " + &"We may keep the ferry. ".repeat(1_000);
        let start = body.find("Yes").expect("there");
        let at = Span::new(start, start + 3);
        let anchor = Anchor::on(&body, at).expect("words");
        assert!(anchor.before.len() + anchor.after.len() < 2 * AROUND + 8);
        assert_eq!(anchor.find(&body), Some(at));
        let edited = format!("And: {body}");
        assert_eq!(anchor.find(&edited), Some(at.shift(5)));
    }

    proptest! {
        #[test]
        fn any_edit_and_back(body in "([a-z“é]{1,6}[ .\n]{1,2}){0,40}", now in "([a-z“é]{1,6}[ .\n]{1,2}){0,40}", at in 0..300usize, len in 0..90usize) {
            let Some(anchor) = Anchor::on(&body, Span::new(at, at + len)) else { return Ok(()) };
            let there = anchor.find(&body).expect("its words are there");
            prop_assert_eq!(there.of(&body), &anchor.words);
            prop_assert_eq!(there.start, anchor.start_byte);
            if let Some(found) = anchor.find(&now) {
                prop_assert!(now.get(found.start..found.end).is_some_and(|words| !words.trim().is_empty()));
            }
            let beside = format!("Something came before.\n{body}\nSomething came after.");
            let found = anchor.find(&beside).expect("grafs that came around it take nothing away");
            prop_assert_eq!(found.of(&beside), &anchor.words);
        }
    }
}
