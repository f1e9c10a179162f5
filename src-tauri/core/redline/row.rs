//! Which tokens of two lists are the same, in order on both sides.
//!
//! `similar` aligns the tokens. It holds a hundred bytes for each, so that of long lists it is given a piece at a time:
//! between rows of tokens that stand once in each, and what is longer still a window after the other.

use super::fold::{ByHash, hash_eight};
use super::order::in_order;
use similar::{Algorithm, DiffTag};
use std::collections::HashMap;
use std::collections::HashSet;
use std::ops::Range;

/// A row of tokens that match, as long as can be: where it stands in each list, and how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    pub left: u32,
    pub right: u32,
    pub len: u32,
}

impl Row {
    pub fn left_end(&self) -> u32 {
        self.left + self.len
    }

    pub fn right_end(&self) -> u32 {
        self.right + self.len
    }

    pub fn of_left<'a, T>(&self, list: &'a [T]) -> &'a [T] {
        &list[self.left as usize..self.left_end() as usize]
    }

    pub fn of_right<'a, T>(&self, list: &'a [T]) -> &'a [T] {
        &list[self.right as usize..self.right_end() as usize]
    }
}

/// Matches what reads the same in two lists of such lengths, told by what stands at a place: rows in order on both sides,
/// none beside another.
///
/// Cost: near linear; a window costs what `similar` takes for it.
pub fn pair(lens: (usize, usize), left: impl Fn(usize) -> u64, right: impl Fn(usize) -> u64) -> Vec<Row> {
    let mut match_up = Match { left, right, rows: Rows::default() };
    match_up.part(0..lens.0, 0..lens.1, true);
    match_up.rows.0
}

/// So few tokens are aligned at once.
const FEW: usize = 64;
/// Of more tokens than these, rows that stand once in each list are settled first: so long, and of all one in so many.
const MANY: usize = 2048;
const ANCHOR: usize = 8;
const ONE_IN: u64 = 32;
/// So many tokens of each side are aligned at once where nothing else cuts them.
const WINDOW: usize = 1024;

#[derive(Default)]
struct Rows(Vec<Row>);

impl Rows {
    fn add(&mut self, left: usize, right: usize, len: usize) {
        if len == 0 {
            return;
        }
        let (left, right, len) = (left as u32, right as u32, len as u32);
        match self.0.last_mut() {
            Some(last) if (last.left_end(), last.right_end()) == (left, right) => last.len += len,
            _ => {
                if self.0.len() == self.0.capacity() {
                    self.0.reserve_exact(self.0.len() / 8 + 4);
                }
                self.0.push(Row { left, right, len });
            }
        }
    }
}

struct Match<L, R> {
    left: L,
    right: R,
    rows: Rows,
}

impl<L: Fn(usize) -> u64, R: Fn(usize) -> u64> Match<L, R> {
    fn is_equal(&self, left: usize, right: usize) -> bool {
        (self.left)(left) == (self.right)(right)
    }

    /// What both begin and end with, then what is between.
    fn part(&mut self, left: Range<usize>, right: Range<usize>, may_anchor: bool) {
        let shorter = left.len().min(right.len());
        let n_front = (0..shorter).take_while(|&at| self.is_equal(left.start + at, right.start + at)).count();
        let rest = shorter - n_front;
        let n_back = (1..=rest).take_while(|&at| self.is_equal(left.end - at, right.end - at)).count();
        self.rows.add(left.start, right.start, n_front);
        let (old, new) = (left.start + n_front..left.end - n_back, right.start + n_front..right.end - n_back);
        let longer = old.len().max(new.len());
        match old.len().min(new.len()) {
            0 => {}
            _ if longer <= FEW => {
                let from = (old.start, new.start);
                for (i, j, len) in align(old.map(&self.left).collect(), new.map(&self.right).collect()) {
                    self.rows.add(from.0 + i, from.1 + j, len);
                }
            }
            _ if may_anchor && longer > MANY => self.between_anchors(old, new),
            _ => self.known(old, new),
        }
        self.rows.add(left.end - n_back, right.end - n_back, n_back);
    }

    fn between_anchors(&mut self, left: Range<usize>, right: Range<usize>) {
        let mut at = (left.start, right.start);
        for (i, j) in self.anchors(&left, &right) {
            if i < at.0 || j < at.1 || !(0..ANCHOR).all(|n| self.is_equal(i + n, j + n)) {
                continue;
            }
            self.part(at.0..i, at.1..j, false);
            self.rows.add(i, j, ANCHOR);
            at = (i + ANCHOR, j + ANCHOR);
        }
        self.part(at.0..left.end, at.1..right.end, false);
    }

    /// Without what has no equal on the other side: it could only cost time.
    fn known(&mut self, left: Range<usize>, right: Range<usize>) {
        let in_right = kinds(right.clone().map(&self.right));
        let is_in_right = |at: &usize| in_right.contains(&(self.left)(*at));
        let in_left = kinds(left.clone().filter(is_in_right).map(&self.left));
        let mut lefts = left.filter(is_in_right);
        let mut rights = right.filter(|at| in_left.contains(&(self.right)(*at)));
        let mut found: Vec<(usize, usize)> = Vec::new();
        let (mut olds, mut news): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
        loop {
            olds.extend(lefts.by_ref().take(WINDOW - olds.len()));
            news.extend(rights.by_ref().take(WINDOW - news.len()));
            let (is_old_end, is_new_end) = (olds.len() < WINDOW, news.len() < WINDOW);
            let (old_folds, new_folds) =
                (olds.iter().map(|&at| (self.left)(at)), news.iter().map(|&at| (self.right)(at)));
            found.clear();
            for (i, j, len) in align(old_folds.collect(), new_folds.collect()) {
                found.extend((0..len).map(|n| (i + n, j + n)));
            }
            // What stands near a window's end may read better with what comes.
            let is_settled = |is_end: bool, at: usize| is_end || at < WINDOW / 4 * 3;
            if !(is_old_end && is_new_end) {
                let n_settled = found.partition_point(|&(i, j)| is_settled(is_old_end, i) && is_settled(is_new_end, j));
                found.truncate(n_settled);
            }
            found.iter().for_each(|&(i, j)| self.rows.add(olds[i], news[j], 1));
            if is_old_end && is_new_end {
                break;
            }
            let mut told = found.last().map_or((0, 0), |&(i, j)| (i + 1, j + 1));
            if told.0.max(told.1) < WINDOW / 2 {
                told = (WINDOW / 2, WINDOW / 2);
            }
            olds.drain(..told.0.min(olds.len()));
            news.drain(..told.1.min(news.len()));
            if olds.is_empty() && is_old_end || news.is_empty() && is_new_end {
                break;
            }
        }
    }

    /// Where rows begin that stand once in each list, in order on both sides; a sample of them, for all together would be
    /// as long as the lists.
    fn anchors(&self, left: &Range<usize>, right: &Range<usize>) -> Vec<(usize, usize)> {
        const NONE: u32 = u32::MAX;
        const SEVERAL: u32 = u32::MAX - 1;
        let mut seen: HashMap<u64, [u32; 2], ByHash> = HashMap::default();
        let count = |place: &mut u32, at: usize| *place = if *place == NONE { at as u32 } else { SEVERAL };
        samples(left, &self.left, |hash, at| count(&mut seen.entry(hash).or_insert([NONE; 2])[0], at));
        samples(right, &self.right, |hash, at| {
            seen.get_mut(&hash).into_iter().for_each(|places| count(&mut places[1], at));
        });
        let is_once = |places: &[u32; 2]| places.iter().all(|&at| at < SEVERAL);
        let mut once: Vec<[u32; 2]> = seen.into_values().filter(is_once).collect();
        once.sort_unstable();
        let mut order: Vec<u32> = once.iter().map(|places| places[1]).collect();
        order.sort_unstable();
        let rank = |places: &[u32; 2]| (order.binary_search(&places[1]).unwrap_or_default(), 1);
        let kept = in_order(once.iter().map(rank), order.len());
        let places = once.iter().zip(kept).filter(|(_, is_kept)| *is_kept);
        places.map(|(places, _)| (places[0] as usize, places[1] as usize)).collect()
    }
}

/// Each once: of many there may be few kinds, so that room is made as they come.
fn kinds(list: impl Iterator<Item = u64>) -> HashSet<u64, ByHash> {
    let mut kinds = HashSet::default();
    for fold in list {
        kinds.insert(fold);
    }
    kinds
}

/// What is equal in two lists: from where on each side, and how many.
fn align(lefts: Vec<u64>, rights: Vec<u64>) -> impl Iterator<Item = (usize, usize, usize)> {
    similar::capture_diff_slices(Algorithm::Myers, &lefts, &rights).into_iter().filter_map(|op| {
        let (tag, left, right) = op.as_tag_tuple();
        (tag == DiffTag::Equal).then_some((left.start, right.start, left.len()))
    })
}

/// Tells of one row in many, chosen by what it reads as: the same in both lists.
fn samples(part: &Range<usize>, fold: &impl Fn(usize) -> u64, mut tell: impl FnMut(u64, usize)) {
    const BASE: u64 = 0x0100_0000_01b3;
    let top = (1..ANCHOR).fold(1_u64, |top, _| top.wrapping_mul(BASE));
    let mut rolling = 0_u64;
    for at in part.clone() {
        if at - part.start >= ANCHOR {
            rolling = rolling.wrapping_sub(fold(at - ANCHOR).wrapping_mul(top));
        }
        rolling = rolling.wrapping_mul(BASE).wrapping_add(fold(at));
        let hash = hash_eight(rolling, ANCHOR);
        if at + 1 - part.start >= ANCHOR && hash.is_multiple_of(ONE_IN) {
            tell(hash, at + 1 - ANCHOR);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redline::token::tokens;
    use crate::span::Span;

    fn paired(old: &str, new: &str) -> (Vec<Row>, usize) {
        let read = |text: &str| tokens(text, Span::new(0, text.len()));
        let (lefts, rights) = (read(old), read(new));
        let rows = pair((lefts.len(), rights.len()), |at| lefts[at].fold(), |at| rights[at].fold());
        let mut at = (0, 0);
        for row in &rows {
            assert!(row.left >= at.0 && row.right >= at.1 && row.len > 0, "in order, and none is empty: {row:?}");
            assert!(
                (0..row.len as usize)
                    .all(|n| { lefts[row.left as usize + n].fold() == rights[row.right as usize + n].fold() })
            );
            at = (row.left_end(), row.right_end());
        }
        let n_paired = rows.iter().map(|row| row.len as usize).sum();
        (rows, n_paired)
    }

    #[test]
    fn long_lists_are_paired_past_what_was_put_in() {
        let words =
            |from: usize, n: usize| (from..from + n).map(|n| format!("w{} ", n % 997 * 31 % 499)).collect::<String>();
        let old = words(0, 20_000);
        let new = format!("new {}{}{}", words(0, 9_000), "x y z ".repeat(3_000), words(9_000, 11_000));
        let (rows, n_paired) = paired(&old, &new);
        assert!(n_paired >= 19_900, "{n_paired} of 20000 words, in {} rows", rows.len());
    }

    #[test]
    fn long_lists_of_few_words_are_paired_window_by_window() {
        let (_, n_paired) = paired(&"a b ".repeat(12_000), &"b a c ".repeat(8_000));
        assert!(n_paired >= 15_900, "{n_paired} of 16000 words");
        assert_eq!(paired(&"x ".repeat(12_000), &"y ".repeat(12_000)).1, 0);
    }
}
