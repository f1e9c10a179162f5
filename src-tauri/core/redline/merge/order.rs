//! Three texts brought into one order of grafs, so that what is left to merge are words.

use crate::redline::{Kind, Op, Redline, compare};
use crate::span::Span;
use std::collections::HashSet;

/// Base, ours and theirs in one order: grafs that either side moved are moved in all three.
///
/// A text whose grafs already stand so is returned as it was, byte for byte.
pub fn align(base: &str, ours: &str, theirs: &str) -> (String, String, String) {
    let (mut base, mut ours, mut theirs) = (base.to_owned(), ours.to_owned(), theirs.to_owned());
    let by_ours = compare(&base, &ours);
    if let Some((moved, other)) = follow(&base, &by_ours, &theirs) {
        (base, theirs) = (moved, other);
    }
    let by_theirs = compare(&base, &theirs);
    if let Some((moved, other)) = follow(&base, &by_theirs, &ours) {
        (base, ours) = (moved, other);
    }
    (base, ours, theirs)
}

/// The base and another version of it with the moves of a redline; none where nothing moved, or where it cannot be done.
fn follow(base: &str, redline: &Redline, other: &str) -> Option<(String, String)> {
    let units = Units::of(redline);
    if !units.has_moves() {
        return None;
    }
    let same = compare(base, base);
    let moved = units.ordered(&same, base)?;
    let other = units.ordered(&compare(base, other), other)?;
    Some((moved, other))
}

/// The stretches of the base that a redline keeps together, in the order of its new text.
struct Units {
    spans: Vec<Span>,
    /// For each, whether it was moved.
    moved: Vec<bool>,
    /// Places in `spans`, in the order of the base.
    in_base: Vec<usize>,
}

impl Units {
    fn of(redline: &Redline) -> Units {
        let ops: Vec<_> = redline.ops.iter().filter(|op| op.old.is_some_and(|old| !old.is_empty())).collect();
        let spans: Vec<Span> = ops.iter().filter_map(|op| op.old).collect();
        let moved = ops.iter().map(|op| matches!(op.kind, Kind::Move | Kind::MoveEdit)).collect();
        let mut in_base: Vec<usize> = (0..spans.len()).collect();
        in_base.sort_by_key(|at| spans[*at]);
        Units { spans, moved, in_base }
    }

    fn has_moves(&self) -> bool {
        self.moved.contains(&true)
    }

    /// The unit that holds all of a stretch of the base.
    fn at(&self, span: Span) -> Option<usize> {
        let nth = self.in_base.partition_point(|at| self.spans[*at].end <= span.start);
        self.in_base.get(nth).copied().filter(|at| self.spans[*at].contains(span))
    }

    /// An op's stretches of the base, each with its words in the new text: unchanged words are cut where units meet.
    fn parts(&self, op: &Op) -> Vec<(Option<Span>, Span)> {
        let new = op.new.unwrap_or_default();
        let Some(old) = op.old.filter(|old| op.words.is_empty() && old.len() == new.len()) else {
            return vec![(op.old, new)];
        };
        let nth = self.in_base.partition_point(|at| self.spans[*at].end <= old.start);
        let ends = self.in_base[nth..].iter().map(|at| self.spans[*at].end).take_while(|end| *end < old.end);
        let mut start = old.start;
        let mut parts = Vec::new();
        for end in ends.chain([old.end]) {
            let part = Span::new(start, end);
            parts.push((Some(part), part.moved(old.start, new.start)));
            start = end;
        }
        parts
    }

    /// A version of the base with the units in this order: each that was moved goes behind the one before it.
    ///
    /// None where the version took a unit apart, or joined it with another.
    fn ordered(&self, version: &Redline, text: &str) -> Option<String> {
        let mut chunks: Vec<(Option<usize>, String)> = vec![(None, String::new())];
        let mut begun = HashSet::from([None]);
        for (old, new) in version.ops.iter().flat_map(|op| self.parts(op)) {
            let words = new.of(text);
            let unit = match old.filter(|old| !old.is_empty()) {
                Some(old) => Some(self.at(old)?),
                None => chunks.last().and_then(|(unit, _)| *unit),
            };
            match chunks.last_mut() {
                Some((last, held)) if *last == unit => held.push_str(words),
                _ if !begun.insert(unit) => return None,
                _ => chunks.push((unit, words.to_owned())),
            }
        }
        let before: Vec<Option<usize>> = chunks.iter().map(|(unit, _)| *unit).collect();
        for nth in (0..self.spans.len()).filter(|nth| self.moved[*nth]) {
            let at = chunks.iter().position(|(unit, _)| *unit == Some(nth))?;
            let chunk = chunks.remove(at);
            let to = chunks.iter().position(|(unit, _)| *unit == nth.checked_sub(1))?;
            chunks.insert(to + 1, chunk);
        }
        let is_so_already = chunks.iter().map(|(unit, _)| *unit).eq(before);
        Some(if is_so_already { text.to_owned() } else { joined(chunks, text) })
    }
}

/// The chunks one behind the other, each graf apart from the next, the text ending as it did.
fn joined(chunks: Vec<(Option<usize>, String)>, text: &str) -> String {
    let mut page = String::new();
    for (_, words) in chunks.into_iter().filter(|(_, words)| !words.is_empty()) {
        if !page.is_empty() && !page.ends_with('\n') {
            page += "\n\n";
        }
        page += &words;
    }
    let end = text.len() - text.trim_end().len();
    page.truncate(page.trim_end().len());
    page + Span::new(text.len() - end, text.len()).of(text)
}
