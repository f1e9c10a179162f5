//! The runs of words inside an op.

use super::{WordKind, WordOp};
use crate::span::Span;

/// Runs of words in order, each from where the one before it ends in both texts. A long text has many, so that of each
/// only its end is kept: eight bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Where the first begins in the old text and in the new.
    from: (usize, usize),
    /// Where each ends, in bytes from there.
    ends: Vec<(u32, u32)>,
}

impl Words {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The run at a place; none beyond the last.
    pub fn get(&self, at: usize) -> Option<WordOp> {
        let end = *self.ends.get(at)?;
        let start = at.checked_sub(1).map_or((0, 0), |before| self.ends[before]);
        let span = |from: usize, start: u32, end: u32| {
            (end > start).then(|| Span::new(from + start as usize, from + end as usize))
        };
        let (old, new) = (span(self.from.0, start.0, end.0), span(self.from.1, start.1, end.1));
        let kind = match (old, new) {
            (Some(_), Some(_)) => WordKind::Same,
            (Some(_), None) => WordKind::Delete,
            _ => WordKind::Insert,
        };
        Some(WordOp { kind, old, new })
    }

    pub fn iter(&self) -> Iter<'_> {
        Iter { words: self, at: 0 }
    }

    /// Adds a run that begins where the last one ends. The same words running on are one run; an empty run is none.
    pub fn push(&mut self, op: WordOp) {
        let last = self.ends.last().copied().unwrap_or_default();
        let reach = |span: Option<Span>, from: &mut usize, last: u32| match span {
            Some(span) => {
                // The first of them on its side says where they begin.
                *from = if last == 0 { span.start } else { *from };
                (span.end - *from) as u32
            }
            None => last,
        };
        let end = (reach(op.old, &mut self.from.0, last.0), reach(op.new, &mut self.from.1, last.1));
        if end == last {
            return;
        }
        let is_same = |at: usize| self.get(at).is_some_and(|word| word.kind == WordKind::Same);
        if op.kind == WordKind::Same && !self.is_empty() && is_same(self.len() - 1) {
            self.ends.pop();
        }
        if self.ends.len() == self.ends.capacity() {
            // Not twice as many: where there are many, they are most of what a comparison holds.
            self.ends.reserve_exact(self.ends.len() / 8 + 1);
        }
        self.ends.push(end);
    }
}

impl FromIterator<WordOp> for Words {
    fn from_iter<T: IntoIterator<Item = WordOp>>(list: T) -> Words {
        let mut words = Words::default();
        list.into_iter().for_each(|word| words.push(word));
        words
    }
}

/// The runs, one after the other.
pub struct Iter<'a> {
    words: &'a Words,
    at: usize,
}

impl Iterator for Iter<'_> {
    type Item = WordOp;

    fn next(&mut self) -> Option<WordOp> {
        let word = self.words.get(self.at)?;
        self.at += 1;
        Some(word)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let n_left = self.words.len() - self.at;
        (n_left, Some(n_left))
    }
}

impl ExactSizeIterator for Iter<'_> {}

impl<'a> IntoIterator for &'a Words {
    type Item = WordOp;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}
