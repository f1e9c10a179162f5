//! Which revision last gave each sentence its words.

use super::token::tokens;
use super::{Kind, Op, WordKind, WordOp, compare};
use crate::span::Span;

/// For each sentence of the last text the place among `texts` of the one that last gave it its words; `texts` is in the
/// order they were written, the last one last. Moves, splits and merges of grafs are followed; a change of marks,
/// quote style or number words gives nobody the sentence. Empty where `texts` is.
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
        let parts: Vec<(Span, &Op)> = redline.ops.iter().filter_map(|op| Some((op.new?, op))).collect();
        open.retain_mut(|(nth, places)| match places_before(&parts, old, new, places) {
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

/// Where a sentence stood in the old text; none where the new text gave it words, or took some. `parts` are the ops in
/// the order of the new text, each with its place there.
fn places_before(parts: &[(Span, &Op)], old: &str, new: &str, places: &[Span]) -> Option<Vec<Span>> {
    let mut before = Vec::new();
    for place in places {
        let first = parts.partition_point(|(part, _)| part.end <= place.start);
        let touched = parts.iter().skip(first).take_while(|(part, _)| part.start < place.end);
        for &(part, op) in touched.filter(|(part, _)| part.overlaps(*place)) {
            let inner = Span::new(part.start.max(place.start), part.end.min(place.end));
            before.extend(in_op(op, part, old, new, inner)?);
        }
    }
    (!before.is_empty()).then_some(before)
}

/// The same, for the part of a sentence that lies in one op.
fn in_op(op: &Op, part: Span, old: &str, new: &str, inner: Span) -> Option<Vec<Span>> {
    let is_blank = |span: Span| span.of(new).trim().is_empty();
    match (op.kind, op.old) {
        _ if is_blank(inner) => Some(Vec::new()),
        (Kind::Insert | Kind::Rewrite, _) | (_, None) => None,
        (_, Some(was)) if op.words.is_empty() => Some(vec![inner.moved(part.start, was.start)]),
        _ => in_words(&op.words, old, new, inner),
    }
}

fn in_words(words: &[WordOp], old: &str, new: &str, inner: Span) -> Option<Vec<Span>> {
    let mut before = Vec::new();
    let mut at_byte = words.iter().find_map(|word| word.new).map_or(inner.start, |span| span.start);
    let mut nth = 0;
    while nth < words.len() {
        let word = &words[nth];
        if let (WordKind::Same, Some(was), Some(is)) = (word.kind, word.old, word.new) {
            if is.overlaps(inner) {
                let held = Span::new(is.start.max(inner.start), is.end.min(inner.end));
                before.push(held.moved(is.start, was.start));
            }
            (at_byte, nth) = (is.end, nth + 1);
            continue;
        }
        let n_run = words[nth..].iter().take_while(|word| word.kind != WordKind::Same).count();
        let run = &words[nth..nth + n_run];
        let gone = run.iter().filter_map(|word| word.old).reduce(Span::join);
        let come = run.iter().filter_map(|word| word.new).reduce(Span::join);
        let place = come.unwrap_or(Span::new(at_byte, at_byte));
        // What goes before the first word of a sentence, or behind its last, was another's.
        let is_inside = place.overlaps(inner) || place.is_empty() && inner.start < at_byte && at_byte < inner.end;
        if is_inside && !is_cosmetic(old, gone, new, come) {
            return None;
        }
        if let (true, Some(gone)) = (is_inside, gone) {
            before.push(gone);
        }
        (at_byte, nth) = (place.end, nth + n_run);
    }
    Some(before)
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
    fn one_text_is_all_its_own() {
        assert_eq!(told(&[PIER]).len(), 2);
        assert!(blame(&[], &[]).is_empty(), "no text, nobody");
    }
}
