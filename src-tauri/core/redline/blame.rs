//! Which revision last gave each sentence its words.

use super::token::tokens;
use super::{Carry, Kind, Op, Redline, WordKind, WordOp, Words, compare};
use crate::span::Span;
use std::collections::{HashMap, HashSet};

/// For each sentence of the last text the place among `texts` of the one that last gave it its words; `texts` is in the
/// order they were written, the last one last. Moves, splits and merges of grafs are followed, and sentences that moved;
/// a change of marks, quote style or number words gives nobody the sentence. Empty where `texts` is.
///
/// **Shape**: as long as `sentences`, spans of the last text. **Cost**: texts are compared back to the one where the
/// last sentence is settled, each pair once.
pub fn blame(texts: &[&str], sentences: &[Span]) -> Vec<usize> {
    let mut origins = vec![0; if texts.is_empty() { 0 } else { sentences.len() }];
    let mut open: Vec<(usize, Vec<Span>)> = (0..origins.len()).map(|nth| (nth, vec![sentences[nth]])).collect();
    for at in (1..texts.len()).rev() {
        if open.is_empty() {
            break;
        }
        let (old, new) = (texts[at - 1], texts[at]);
        if old == new {
            continue;
        }
        let redline = compare(old, new);
        let past = Past::new(&redline, old, new);
        open.retain_mut(|(nth, places)| match past.places(places) {
            Some(before) => {
                *places = before;
                true
            }
            None => {
                origins[*nth] = at;
                false
            }
        });
    }
    origins
}

/// Where things stood in the text before.
struct Past<'a> {
    old: &'a str,
    new: &'a str,
    /// The ops in the order of the new text, each with its place there.
    parts: Vec<(Span, &'a Op)>,
    /// Where each sentence that moved came, and where it went.
    come: HashMap<Span, &'a Carry>,
    gone: HashSet<Span>,
}

impl<'a> Past<'a> {
    fn new(redline: &'a Redline, old: &'a str, new: &'a str) -> Past<'a> {
        Past {
            old,
            new,
            parts: redline.ops.iter().filter_map(|op| Some((op.new?, op))).collect(),
            come: redline.carries.iter().map(|carry| (carry.new, carry)).collect(),
            gone: redline.carries.iter().map(|carry| carry.old).collect(),
        }
    }

    /// Where a sentence stood in the old text; none where the new text gave it words, or took some.
    fn places(&self, places: &[Span]) -> Option<Vec<Span>> {
        let mut before = Vec::new();
        for place in places {
            let first = self.parts.partition_point(|(part, _)| part.end <= place.start);
            let touched = self.parts.iter().skip(first).take_while(|(part, _)| part.start < place.end);
            for &(part, op) in touched.filter(|(part, _)| part.overlaps(*place)) {
                let inner = Span::new(part.start.max(place.start), part.end.min(place.end));
                before.extend(self.in_op(op, part, inner)?);
            }
        }
        (!before.is_empty()).then_some(before)
    }

    /// The same, for the part of a sentence that lies in one op.
    fn in_op(&self, op: &Op, part: Span, inner: Span) -> Option<Vec<Span>> {
        match op.old {
            _ if inner.of(self.new).trim().is_empty() => Some(Vec::new()),
            Some(was) if op.words.is_empty() && matches!(op.kind, Kind::Same | Kind::Move) => {
                Some(vec![inner.moved(part.start, was.start)])
            }
            _ if op.words.is_empty() => None,
            _ => self.in_words(&op.words, inner),
        }
    }

    fn in_words(&self, words: &Words, inner: Span) -> Option<Vec<Span>> {
        let mut before = Vec::new();
        let words: Vec<WordOp> = words.iter().collect();
        let mut at_byte = words.iter().find_map(|word| word.new).map_or(inner.start, |span| span.start);
        let mut nth = 0;
        while nth < words.len() {
            let word = &words[nth];
            if let (Some(is), true) = (word.new, self.is_kept(word)) {
                if is.overlaps(inner) {
                    let held = Span::new(is.start.max(inner.start), is.end.min(inner.end));
                    before.extend(self.held(word, is, held)?);
                }
                (at_byte, nth) = (is.end, nth + 1);
                continue;
            }
            if self.is_gone(word) {
                nth += 1;
                continue;
            }
            let is_changed = |word: &&WordOp| !self.is_kept(word) && !self.is_gone(word);
            let n_run = words[nth..].iter().take_while(is_changed).count();
            let run = &words[nth..nth + n_run];
            let gone = run.iter().filter_map(|word| word.old).reduce(Span::join);
            let come = run.iter().filter_map(|word| word.new).reduce(Span::join);
            let place = come.unwrap_or(Span::new(at_byte, at_byte));
            // What goes before the first word of a sentence, or behind its last, was another's.
            let is_inside = place.overlaps(inner) || place.is_empty() && inner.start < at_byte && at_byte < inner.end;
            if is_inside && !is_cosmetic(self.old, gone, self.new, come) {
                return None;
            }
            if let (true, Some(gone)) = (is_inside, gone) {
                before.push(gone);
            }
            (at_byte, nth) = (place.end, nth + n_run);
        }
        Some(before)
    }

    /// The run stood in the old text, here or elsewhere.
    fn is_kept(&self, word: &WordOp) -> bool {
        word.kind == WordKind::Same || word.new.is_some_and(|span| self.come.contains_key(&span))
    }

    /// The run stands elsewhere now.
    fn is_gone(&self, word: &WordOp) -> bool {
        word.old.is_some_and(|span| self.gone.contains(&span))
    }

    /// Where the part `held` of a run that stood in the old text was.
    fn held(&self, word: &WordOp, is: Span, held: Span) -> Option<Vec<Span>> {
        let Some(carry) = self.come.get(&is).filter(|_| word.kind != WordKind::Same) else {
            return Some(vec![held.moved(is.start, word.old?.start)]);
        };
        if carry.is_edited() {
            return self.in_words(&carry.words, held);
        }
        let was = carry.old;
        // The white space around a sentence that moved may differ, and the mark of a list before it.
        let words = held.of(self.new).trim().trim_start_matches(['-', '*', '+', '>', '#']).trim_start();
        let start = was.start + was.of(self.old).find(words)?;
        Some(vec![Span::new(start, start + words.len())])
    }
}

/// No word differs but in the form of its letters, or of its number.
fn is_cosmetic(old: &str, gone: Option<Span>, new: &str, come: Option<Span>) -> bool {
    let words = |text: &str, span: Option<Span>| -> Vec<u64> {
        let tokens = span.map_or_else(Vec::new, |span| tokens(text, span));
        tokens.iter().filter(|token| token.sort().is_word()).map(|token| token.fold()).collect()
    };
    words(old, gone) == words(new, come)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::sentences;

    /// Who gave each sentence of the last text its words, one `place sentence` a line.
    fn told(texts: &[&str]) -> Vec<String> {
        let last = texts[texts.len() - 1];
        let sentences = sentences(last);
        let origins = blame(texts, &sentences);
        origins.iter().zip(&sentences).map(|(origin, span)| format!("{origin} {}", span.of(last))).collect()
    }

    const PIER: &str = "The pier opened on Monday. It had been shut for nine years.";
    const MAYOR: &str = "Mayor Ines Eze cut the ribbon at noon while a band played. She said the pier was safe.";

    #[test]
    fn a_changed_word_gives_its_sentence_to_the_revision() {
        let second = PIER.replace("nine", "ten");
        assert_eq!(told(&[PIER, &second]), ["0 The pier opened on Monday.", "1 It had been shut for ten years."]);
    }

    #[test]
    fn the_last_revision_that_changed_it_counts() {
        let second = PIER.replace("Monday", "Tuesday");
        let third = second.replace("nine", "ten");
        assert_eq!(
            told(&[PIER, &second, &third]),
            ["1 The pier opened on Tuesday.", "2 It had been shut for ten years."]
        );
    }

    #[test]
    fn a_moved_graf_keeps_who_wrote_it() {
        let old = format!("{PIER}\n\n{MAYOR}");
        let new = format!("{MAYOR}\n\n{PIER}\n\nThe town paid for all of it.");
        let told = told(&[&old, &new]);
        assert!(told[..4].iter().all(|line| line.starts_with("0 ")), "moved sentences are old: {told:?}");
        assert_eq!(told[4], "1 The town paid for all of it.");
    }

    #[test]
    fn a_split_keeps_who_wrote_the_halves() {
        let new = MAYOR.replace("played. She", "played.\n\nShe");
        assert!(told(&[MAYOR, &new]).iter().all(|line| line.starts_with("0 ")), "a break gives nobody words");
    }

    #[test]
    fn marks_and_number_words_give_nobody_the_sentence() {
        let new = PIER.replace("nine", "9").replace("pier opened", "pier, **opened**");
        assert!(told(&[PIER, &new]).iter().all(|line| line.starts_with("0 ")), "{:?}", told(&[PIER, &new]));
    }

    #[test]
    fn a_sentence_put_in_leaves_its_neighbours_as_they_were() {
        let new = PIER.replace("Monday. ", "Monday. Nobody came. ");
        assert_eq!(
            told(&[PIER, &new]),
            ["0 The pier opened on Monday.", "1 Nobody came.", "0 It had been shut for nine years."]
        );
    }

    #[test]
    fn a_sentence_cut_leaves_its_neighbours_as_they_were() {
        assert_eq!(told(&[MAYOR, "She said the pier was safe."]), ["0 She said the pier was safe."]);
    }

    #[test]
    fn a_sentence_that_moved_keeps_who_wrote_it() {
        let crews = "Fishing crews had asked for a wider channel between the piers.";
        let first = format!("{PIER} {crews}\n\n{MAYOR}");
        let texts = [
            ("into another graf", format!("{PIER}\n\n{MAYOR} {crews}")),
            ("inside its graf", format!("{crews} {PIER}\n\n{MAYOR}")),
            ("to a graf of its own", format!("{PIER}\n\n{MAYOR}\n\n{crews}")),
            ("into a new graf", format!("{PIER}\n\n{MAYOR}\n\nNobody in town had any doubt of it. {crews}")),
            ("behind a list's mark", format!("{PIER}\n\n{MAYOR}\n\n- {crews}")),
        ];
        for (way, second) in texts {
            let told = told(&[&first, &second]);
            assert!(told.iter().any(|line| line.starts_with("0 ") && line.ends_with(crews)), "{way}: {told:?}");
            assert!(told.iter().all(|line| line.starts_with("0 ") || line.contains("Nobody")), "{way}: {told:?}");
        }
    }

    #[test]
    fn a_sentence_that_moved_and_was_edited_is_the_editors() {
        let crews = "Fishing crews had asked for a wider channel between the piers.";
        let first = format!("{PIER} {crews}\n\n{MAYOR}");
        let told = told(&[&first, &format!("{PIER}\n\n{MAYOR} {}", crews.replace("wider", "deeper"))]);
        assert!(told.iter().any(|line| line.starts_with("1 Fishing")), "{told:?}");
        assert_eq!(told.iter().filter(|line| line.starts_with("1 ")).count(), 1, "{told:?}");
    }

    #[test]
    fn one_text_is_all_its_own() {
        assert_eq!(told(&[PIER]).len(), 2);
        assert!(blame(&[], &[]).is_empty(), "no text, nobody");
    }
}
