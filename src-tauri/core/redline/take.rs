//! Taking changes back: the new text, with some of the old words where they stood.

use super::carry::{CLOSING, come_at};
use super::cut::Shape;
use super::{Kind, Op, Redline, WordKind};
use crate::span::Span;
use std::collections::HashSet;

/// The new text with one change put back to the old words. An id that is none of its hunks changes nothing.
pub fn take_back(old: &str, new: &str, redline: &Redline, hunk: usize) -> String {
    take_back_all(old, new, redline, &[hunk])
}

/// The new text with several changes put back at once; with all of them it is the old text, byte for byte.
///
/// With some of them, grafs that would run together are kept apart, and a pair of marks is put back whole or not at all.
pub fn take_back_all(old: &str, new: &str, redline: &Redline, hunks: &[usize]) -> String {
    let cuts = redline.cuts(old, new);
    let mut back = Back { is_part: hunks.len() < cuts.len(), ..Back::default() };
    for cut in hunks.iter().filter_map(|&at| cuts.get(at)) {
        back.words.extend(cut.words.iter().map(|&word| (cut.op, word)).chain(cut.far.iter().copied()));
        if let Some((carry, words)) = &cut.inner {
            back.inner.extend(words.iter().map(|&word| (*carry, word)));
        }
        match cut.shape {
            Shape::Move => drop(back.moves.insert(cut.op)),
            Shape::Joint => back.joints.extend(cut.words.iter().map(|&word| (cut.op, word))),
            Shape::Whole | Shape::Words | Shape::Carry => {}
        }
    }
    let mut page = Page { text: String::with_capacity(new.len()), last: Ends::default(), gap: gap(old, new) };
    for at in order(redline, &back) {
        let (op, words) = (&redline.ops[at], back.read(redline, at, old, new));
        // A graf whose words all went elsewhere leaves no room behind.
        let has_words = |span: Option<Span>, text: &str| span.is_some_and(|span| !span.of(text).trim().is_empty());
        if !words.trim().is_empty() || !has_words(op.old, old) || !has_words(op.new, new) {
            page.add(op, &words);
        }
    }
    page.text
}

/// What is put back.
#[derive(Default)]
struct Back {
    /// (op, word run)
    words: HashSet<(usize, usize)>,
    /// (sentence that moved, word run in it)
    inner: HashSet<(usize, usize)>,
    joints: HashSet<(usize, usize)>,
    moves: HashSet<usize>,
    /// Not all that changed is put back.
    is_part: bool,
}

impl Back {
    /// What an op reads with its changes put back.
    fn read(&self, redline: &Redline, at: usize, old: &str, new: &str) -> String {
        let op = &redline.ops[at];
        if op.words.is_empty() {
            return op.new.map_or(String::new(), |span| span.of(new).to_owned());
        }
        let mut line = Line { old, new, text: String::new(), last: Ends::default(), graf_start: None };
        let mut last = None;
        for (n, word) in op.words.iter().enumerate() {
            let is_back = self.words.contains(&(at, n));
            match (word.kind, word.old, word.new) {
                (WordKind::Same, old, Some(span)) => line.add_same(old, span),
                (WordKind::Insert, _, Some(span)) if !is_back => {
                    // A break was taken back before these words, and nothing of the old stands in its place.
                    if n > 0 && self.joints.contains(&(at, n - 1)) {
                        line.part();
                    }
                    self.read_come(redline, span, &mut line);
                }
                (WordKind::Insert, ..) => {
                    let is_kept_before = last == Some(WordKind::Insert) && !self.words.contains(&(at, n - 1));
                    if self.joints.contains(&(at, n)) && is_kept_before {
                        line.part();
                    }
                }
                (WordKind::Delete, Some(span), _) if is_back => {
                    let is_break = self.is_part && self.joints.contains(&(at, n)) && span.of(old).contains('\n');
                    if is_break {
                        line.end_graf();
                    }
                    line.add_old(span);
                }
                _ => {}
            }
            last = Some(word.kind);
        }
        line.end_graf();
        line.text
    }

    /// Words that came and stay; of a sentence that moved here, some of what was edited on the way may be put back.
    fn read_come(&self, redline: &Redline, span: Span, line: &mut Line) {
        let carry = if self.inner.is_empty() { None } else { come_at(redline, span) };
        let Some(at) = carry.filter(|&at| redline.carries[at].is_edited()) else { return line.add_new(span) };
        for (n, word) in redline.carries[at].words.iter().enumerate() {
            let is_back = self.inner.contains(&(at, n));
            match (word.old, word.new) {
                (Some(span), None) if is_back => line.add_old(span),
                (old, Some(span)) if old.is_some() => line.add_same(old, span),
                (None, Some(span)) if !is_back => line.add_new(span),
                _ => {}
            }
        }
    }
}

/// How far what was told last reached in each text; nothing was told where it is none.
#[derive(Clone, Copy, Default)]
struct Ends(Option<(Option<usize>, Option<usize>)>);

impl Ends {
    fn of((old, new): (Option<Span>, Option<Span>)) -> Ends {
        Ends(Some((old.map(|span| span.end), new.map(|span| span.end))))
    }

    /// What comes next stands right behind it in one of the texts, or is the first.
    fn follow(self, (old, new): (Option<Span>, Option<Span>)) -> bool {
        let follows = |end: Option<usize>, span: Option<Span>| end.is_some() && end == span.map(|span| span.start);
        self.0.is_none_or(|ends| follows(ends.0, old) || follows(ends.1, new))
    }
}

/// An op's words as they are put together out of both texts.
struct Line<'a> {
    old: &'a str,
    new: &'a str,
    text: String,
    last: Ends,
    /// Where the last break between grafs was put back.
    graf_start: Option<usize>,
}

impl Line<'_> {
    /// A break that was put back parts grafs that have words: else it is left out, with the marks behind it.
    fn end_graf(&mut self) {
        let start = self.graf_start.replace(self.text.len());
        if let Some(start) =
            start.filter(|&start| !crate::span::after(&self.text, start).contains(char::is_alphanumeric))
        {
            self.text.truncate(start);
            self.graf_start = Some(start);
        }
    }

    fn add_old(&mut self, span: Span) {
        self.add(span.of(self.old), (Some(span), None));
    }

    fn add_new(&mut self, span: Span) {
        self.add(span.of(self.new), (None, Some(span)));
    }

    fn add_same(&mut self, old: Option<Span>, new: Span) {
        self.add(new.of(self.new), (old, Some(new)));
    }

    /// Words that were neighbours in neither text do not run together.
    fn add(&mut self, words: &str, (old, new): (Option<Span>, Option<Span>)) {
        let is_neighbour = self.last.follow((old, new));
        let is_letter = |c: char| c.is_alphanumeric() && is_spaced(c);
        let is_end = self.text.chars().next_back().is_some_and(|c| is_letter(c) || CLOSING.contains(&c));
        let is_start = words.chars().next().is_some_and(|c| is_letter(c) || matches!(c, '“' | '‘' | '('));
        if !is_neighbour && is_end && is_start {
            self.text.push(' ');
        }
        self.text.push_str(words);
        if !words.is_empty() {
            self.last = Ends::of((old, new));
        }
    }

    /// A space, where there is none.
    fn part(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(char::is_whitespace) {
            self.text.push(' ');
        }
    }
}

/// A letter of a script that parts its words by spaces: those of South-East and East Asia do not.
fn is_spaced(c: char) -> bool {
    c < '\u{e00}' || ('\u{1e00}'..'\u{2000}').contains(&c)
}

/// The ops in the order in which they are to be read: what was moved and is put back follows what stood before it.
fn order(redline: &Redline, back: &Back) -> Vec<usize> {
    let start = |op: &Op| op.old.map_or(0, |span| span.start);
    // (start in the old text, rank) of what keeps its order: a place put back looks for the last one before it.
    let mut settled: Vec<(usize, usize)> = Vec::new();
    let mut keys: Vec<((usize, u8, usize), usize)> = Vec::new();
    for (at, op) in redline.ops.iter().enumerate() {
        if back.moves.contains(&at) {
            continue;
        }
        let is_settled = op.old.is_some() && !matches!(op.kind, Kind::Move | Kind::MoveEdit);
        if is_settled {
            settled.push((start(op), settled.len() + 1));
        }
        keys.push(((settled.len(), if is_settled { 0 } else { 2 }, at), at));
    }
    for &at in &back.moves {
        let start = start(&redline.ops[at]);
        let rank = settled.partition_point(|&(other, _)| other < start);
        keys.push(((rank, 1, start), at));
    }
    keys.sort_unstable();
    keys.into_iter().map(|(_, at)| at).collect()
}

/// What stands between paragraphs in these texts.
fn gap(old: &str, new: &str) -> &'static str {
    if old.contains("\n\n") || new.contains("\n\n") { "\n\n" } else { "\n" }
}

/// The text as it grows.
struct Page {
    text: String,
    last: Ends,
    gap: &'static str,
}

impl Page {
    /// Adds an op's words; between ops that were not neighbours it sees to one gap and no more.
    fn add(&mut self, op: &Op, words: &str) {
        if words.is_empty() {
            return;
        }
        let is_neighbour = self.last.follow((op.old, op.new));
        let ends = (self.text.ends_with('\n'), leading(words).contains('\n'));
        let is_bare = self.text.trim_end().is_empty();
        if !ends.0 && !ends.1 && !self.text.is_empty() {
            self.text.push_str(self.gap);
        }
        if !is_neighbour && !is_bare && ends.0 && ends.1 {
            self.text.push_str(words.trim_start());
        } else {
            self.text.push_str(words);
        }
        self.last = Ends::of((op.old, op.new));
    }
}

fn leading(text: &str) -> &str {
    crate::span::before(text, text.len() - text.trim_start().len())
}
