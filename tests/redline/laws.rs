//! What holds for any redline of any two texts.

use std::collections::HashSet;
use stet::redline::{Kind, Op, Redline, Speech, WordKind, WordOp, compare, take_back, take_back_all};
use stet::span::Span;

/// The laws of a redline, on one pair of texts.
pub fn check_laws(old: &str, new: &str, redline: &Redline) {
    let spans = |side: fn(&Op) -> Option<Span>| redline.ops.iter().filter_map(side).collect::<Vec<Span>>();
    let mut olds = spans(|op| op.old);
    olds.sort();
    assert_covers(&olds, old, "the old text");
    assert_covers(&spans(|op| op.new), new, "the new text, in the order of the ops");
    for op in &redline.ops {
        check_op(op, old, new);
    }
    assert_eq!(apply(redline, old, new), new, "applying it to the old text gives the new");
    assert_eq!(undo(redline, old, new), old, "undoing it gives the old text");
    check_carries(redline, old, new);
    let mirror = compare(new, old);
    assert_eq!(mirrored(&mirror), kinds(redline), "reversed, it mirrors");
    assert_eq!(
        (redline.counts.words_in, redline.counts.words_out),
        (mirror.counts.words_out, mirror.counts.words_in),
        "reversed, it has as many words"
    );
    let n_hunks = redline.hunks(old, new, &Speech::default(), &Speech::default()).len();
    let all: Vec<usize> = (0..n_hunks).collect();
    assert_eq!(take_back_all(old, new, redline, &all), old, "all taken back is the old text");
    assert_eq!(take_back_all(old, new, redline, &[]), new, "none taken back is the new text");
    assert_eq!(n_hunks == 0, old == new, "there are changes exactly when the texts differ");
}

/// A sentence that moved went somewhere and came somewhere, word for word.
fn check_carries(redline: &Redline, old: &str, new: &str) {
    let words = || redline.ops.iter().flat_map(|op| &op.words);
    let bare =
        |text: &str| text.trim().trim_start_matches(['-', '*', '+', '>', '#']).split_whitespace().collect::<String>();
    for carry in &redline.carries {
        assert!(words().any(|word| word.kind == WordKind::Delete && word.old == Some(carry.old)), "it went: {carry:?}");
        assert!(words().any(|word| word.kind == WordKind::Insert && word.new == Some(carry.new)), "it came: {carry:?}");
        if carry.words.is_empty() {
            assert_eq!(bare(carry.old.of(old)), bare(carry.new.of(new)), "a moved sentence keeps its words");
            continue;
        }
        let op = Op { kind: Kind::MoveEdit, old: Some(carry.old), new: Some(carry.new), words: carry.words.clone() };
        check_op(&op, old, new);
        assert_eq!(rebuilt(&op, old, new, false), carry.new.of(new), "what was edited on the way gives the new words");
        assert_eq!(rebuilt(&op, old, new, true), carry.old.of(old), "and undone the old ones");
        assert!(carry.words.iter().any(|word| word.kind == WordKind::Same), "it is known again: {carry:?}");
    }
}

fn assert_covers(spans: &[Span], text: &str, which: &str) {
    let mut at = 0;
    for span in spans {
        assert_eq!(span.start, at, "a gap or an overlap in {which}");
        assert!(text.is_char_boundary(span.end), "a char is cut in {which}");
        at = span.end;
    }
    assert_eq!(at, text.len(), "{which} is told to its end");
}

fn check_op(op: &Op, old: &str, new: &str) {
    let side = |pick: fn(WordOp) -> Option<Span>| op.words.iter().filter_map(pick).collect::<Vec<Span>>();
    for (part, words, text) in [(op.old, side(|word| word.old), old), (op.new, side(|word| word.new), new)] {
        let Some(part) = part else { continue };
        if !op.words.is_empty() && !part.is_empty() {
            let ends = (words.first().map(|span| span.start), words.last().map(|span| span.end));
            assert_eq!(ends, (Some(part.start), Some(part.end)), "the words cover their op");
            assert!(words.windows(2).all(|pair| pair[0].end == pair[1].start), "each word is in one run");
        }
        for span in words {
            assert!(!breaks_a_word(text, span.start) && !breaks_a_word(text, span.end), "a word is cut: {op:?}");
        }
    }
    if op.kind == Kind::Same {
        assert_eq!(op.old.unwrap_or_default().of(old), op.new.unwrap_or_default().of(new), "same is the same");
    }
    for word in op.words.iter().filter(|word| word.kind == WordKind::Same) {
        assert_eq!(word.old.unwrap_or_default().of(old), word.new.unwrap_or_default().of(new), "same is the same");
    }
}

fn breaks_a_word(text: &str, at_byte: usize) -> bool {
    let last = text[..at_byte].chars().next_back();
    let next = text[at_byte..].chars().next();
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    is_latin(last) && is_latin(next)
}

/// The new text, from the old and what the redline says came.
pub fn apply(redline: &Redline, old: &str, new: &str) -> String {
    redline.ops.iter().map(|op| rebuilt(op, old, new, false)).collect()
}

/// The old text, from the new and what the redline says went.
pub fn undo(redline: &Redline, old: &str, new: &str) -> String {
    let mut ops: Vec<&Op> = redline.ops.iter().filter(|op| op.old.is_some()).collect();
    ops.sort_by_key(|op| op.old);
    ops.into_iter().map(|op| rebuilt(op, old, new, true)).collect()
}

/// One side of an op from the other, taking from its own text only what the redline says came (or went).
fn rebuilt(op: &Op, old: &str, new: &str, is_undo: bool) -> String {
    let (from, to) = if is_undo { (new, old) } else { (old, new) };
    let sides = |before: Option<Span>, after: Option<Span>| if is_undo { (after, before) } else { (before, after) };
    if op.words.is_empty() {
        return sides(op.old, op.new).0.unwrap_or_default().of(from).to_owned();
    }
    let wanted = if is_undo { WordKind::Delete } else { WordKind::Insert };
    let mut text = String::new();
    for word in &op.words {
        let (before, after) = sides(word.old, word.new);
        if word.kind == WordKind::Same {
            text.push_str(before.unwrap_or_default().of(from));
        } else if word.kind == wanted {
            text.push_str(after.unwrap_or_default().of(to));
        }
    }
    text
}

fn kinds(redline: &Redline) -> Vec<(Kind, Option<Span>, Option<Span>)> {
    let mut list: Vec<_> = redline.ops.iter().map(|op| (op.kind, op.old, op.new)).collect();
    list.sort();
    list
}

fn mirrored(redline: &Redline) -> Vec<(Kind, Option<Span>, Option<Span>)> {
    let turn = |kind: Kind| match kind {
        Kind::Insert => Kind::Delete,
        Kind::Delete => Kind::Insert,
        Kind::Split => Kind::Merge,
        Kind::Merge => Kind::Split,
        kind => kind,
    };
    let mut list: Vec<_> = redline.ops.iter().map(|op| (turn(op.kind), op.new, op.old)).collect();
    list.sort();
    list
}

/// Taken back one after the other, each time compared anew, changes come to an end at the old text.
///
/// Among lines that are all alike a move may be put back and nothing is seen of it, and where sentences repeat a graf put
/// back may pair with another and be cut again: then the next change is taken, one that leads to a text not yet seen. A mark
/// beside a sentence that moved may be read as part of it and be put back beside itself: no further than both texts are long.
pub fn check_steps(old: &str, new: &str) {
    let mut text = new.to_owned();
    let mut seen = HashSet::from([text.clone()]);
    for _ in 0..200 {
        let redline = compare(old, &text);
        let n_hunks = redline.hunks(old, &text, &Speech::default(), &Speech::default()).len();
        let mut taken = (0..n_hunks).map(|hunk| take_back(old, &text, &redline, hunk));
        let next = taken.find(|next| !seen.contains(next) && next.len() <= old.len() + new.len());
        let Some(next) = next else { break };
        seen.insert(next.clone());
        text = next;
    }
    assert_eq!(text, old, "taken back one by one it is the old text (from {new:?})");
}
