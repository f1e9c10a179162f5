//! The word level: which words of a paragraph, or of several, went and came.

use super::carry::Carries;
use super::fold::ByHash;
use super::side::Side;
use super::token::{Sort, Token};
use super::{WordKind, WordOp};
use crate::span::Span;
use similar::{Algorithm, DiffTag};
use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

/// What became of the words of two parts, and how much they have in common.
pub struct Wording {
    pub words: Vec<WordOp>,
    /// Words that stayed, of those on both sides: 0 to 1.
    pub kept: f64,
    /// The longest row of words that stayed, none lost or added between.
    pub longest_run: usize,
}

/// Aligns the words of some grafs of each text. The word ops cover them, byte for byte; a carried sentence went and came.
pub fn align(left: &Side, lefts: &Range<usize>, right: &Side, rights: &Range<usize>, carries: &Carries) -> Wording {
    let (old, new, old_part, new_part) = (left.text, right.text, left.part(lefts), right.part(rights));
    if old_part.of(old) == new_part.of(new) {
        let words = space(old, old_part, new, new_part);
        return Wording { words, kept: 1.0, longest_run: usize::MAX };
    }
    let (olds, news) = (left.tokens(lefts), right.tokens(rights));
    let (olds, news) = (stayed(olds, carries, true), stayed(news, carries, false));
    let (olds, news) = (&olds[..], &news[..]);
    let mut pairs = pair(olds, news);
    settle(olds, news, &mut pairs);
    let pairs = absorb(olds, news, &pairs);
    let (kept, longest_run) = measure(olds, news, &pairs);
    let mut emit = Emit { old, new, at: (old_part.start, new_part.start), words: Vec::new() };
    for run in pairs.chunk_by(|one, next| (one.0 + 1, one.1 + 1) == *next) {
        emit.run(olds, news, run);
    }
    emit.change(old_part.end, new_part.end);
    Wording { words: emit.words, kept, longest_run }
}

fn stayed<'a>(tokens: Cow<'a, [Token]>, carries: &Carries, is_left: bool) -> Cow<'a, [Token]> {
    match carries.stayed(&tokens, is_left) {
        Some(stayed) => Cow::Owned(stayed),
        None => tokens,
    }
}

/// Matches tokens that read the same, in order on both sides.
fn pair(olds: &[Token], news: &[Token]) -> Vec<(usize, usize)> {
    let is_equal = |i: usize, j: usize| olds[i].fold() == news[j].fold();
    let (n_old, n_new) = (olds.len(), news.len());
    let shorter = n_old.min(n_new);
    let n_front = (0..shorter).take_while(|&at| is_equal(at, at)).count();
    let n_back = (1..=shorter - n_front).take_while(|&at| is_equal(n_old - at, n_new - at)).count();
    let mut pairs = Vec::with_capacity(shorter);
    pairs.extend((0..n_front).map(|at| (at, at)));
    let (old_ends, new_ends) = (n_front..n_old - n_back, n_front..n_new - n_back);
    if !old_ends.is_empty() && !new_ends.is_empty() {
        pair_middle(olds, old_ends, news, new_ends, &mut pairs);
    }
    pairs.extend((1..=n_back).rev().map(|at| (n_old - at, n_new - at)));
    pairs
}

/// What has no equal on the other side is left out first: it could only cost time.
fn pair_middle(
    olds: &[Token],
    old_ends: Range<usize>,
    news: &[Token],
    new_ends: Range<usize>,
    pairs: &mut Vec<(usize, usize)>,
) {
    if old_ends.len().max(new_ends.len()) <= FEW {
        let (from, folds) =
            ((old_ends.start, new_ends.start), |list: &[Token]| list.iter().map(|token| token.fold()).collect());
        align_folds(folds(&olds[old_ends]), folds(&news[new_ends]), |i, j| pairs.push((from.0 + i, from.1 + j)));
        return;
    }
    let known = |folds: &mut dyn Iterator<Item = u64>| folds.collect::<HashSet<u64, ByHash>>();
    let kept = |list: &[Token], ends: Range<usize>, known: HashSet<u64, ByHash>| -> Vec<u32> {
        ends.filter(|&at| known.contains(&list[at].fold())).map(|at| at as u32).collect()
    };
    let rights = known(&mut news[new_ends.clone()].iter().map(|token| token.fold()));
    let lefts = kept(olds, old_ends, rights);
    let rights = kept(news, new_ends, known(&mut lefts.iter().map(|&at| olds[at as usize].fold())));
    let folds = |list: &[Token], kept: &[u32]| kept.iter().map(|&at| list[at as usize].fold()).collect::<Vec<u64>>();
    let (old_folds, new_folds) = (folds(olds, &lefts), folds(news, &rights));
    align_folds(old_folds, new_folds, |i, j| pairs.push((lefts[i] as usize, rights[j] as usize)));
}

/// So few tokens are aligned at once.
const FEW: usize = 64;

fn align_folds(olds: Vec<u64>, news: Vec<u64>, mut pair: impl FnMut(usize, usize)) {
    for op in similar::capture_diff_slices(Algorithm::Myers, &olds, &news) {
        let (tag, old_range, new_range) = op.as_tag_tuple();
        if tag == DiffTag::Equal {
            old_range.zip(new_range).for_each(|(i, j)| pair(i, j));
        }
    }
}

/// Slides each run that only came, or only went, to where a sentence or a clause begins, when both readings are as short.
fn settle(olds: &[Token], news: &[Token], pairs: &mut [(usize, usize)]) {
    for at in 1..pairs.len() {
        let ((i, j), (next_i, next_j)) = (pairs[at - 1], pairs[at]);
        let (is_insert, is_delete) = (next_i == i + 1 && next_j > j + 1, next_j == j + 1 && next_i > i + 1);
        if is_insert {
            let n_back = slide(news, j + 1, next_j, |n| at >= n && pairs[at - n] == (i + 1 - n, j + 1 - n));
            for (n, pair) in pairs[at - n_back..at].iter_mut().enumerate() {
                *pair = (pair.0, next_j - n_back + n);
            }
        } else if is_delete {
            let n_back = slide(olds, i + 1, next_i, |n| at >= n && pairs[at - n] == (i + 1 - n, j + 1 - n));
            for (n, pair) in pairs[at - n_back..at].iter_mut().enumerate() {
                *pair = (next_i - n_back + n, pair.1);
            }
        }
    }
}

/// By how many tokens the run `[start, end)` should begin earlier: to behind the mark that ends a sentence, or a clause.
fn slide(list: &[Token], start: usize, end: usize, is_paired: impl Fn(usize) -> bool) -> usize {
    let is_break = |at: usize| at == 0 || matches!(list[at - 1].sort(), Sort::Punct | Sort::Quote);
    if is_break(start) && (start == 0 || list[start].sort() != Sort::Quote) {
        return 0;
    }
    let furthest = (end - start).min(40).min(start);
    let mut n_back = 0;
    while n_back < furthest && list[start - n_back - 1].fold() == list[end - n_back - 1].fold() && is_paired(n_back + 1)
    {
        n_back += 1;
        if is_break(start - n_back) && list[start - n_back].sort().is_word() {
            return n_back;
        }
    }
    0
}

/// Drops matches that hold nothing together: a stray *the* or comma in the midst of changed words.
fn absorb(olds: &[Token], news: &[Token], pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let count = |list: &[Token]| list.iter().filter(|token| token.sort().is_word()).count();
    let mut kept: Vec<(usize, usize)> = Vec::with_capacity(pairs.len());
    let mut start = 0;
    while start < pairs.len() {
        let mut end = start + 1;
        while end < pairs.len() && pairs[end] == (pairs[end - 1].0 + 1, pairs[end - 1].1 + 1) {
            end += 1;
        }
        let (after_i, after_j) = kept.last().map_or((0, 0), |&(i, j)| (i + 1, j + 1));
        let (before_i, before_j) = pairs.get(end).copied().unwrap_or((olds.len(), news.len()));
        let (first, last) = (pairs[start], pairs[end - 1]);
        let before = (count(&olds[after_i..first.0]), count(&news[after_j..first.1]));
        let after = (count(&olds[last.0 + 1..before_i]), count(&news[last.1 + 1..before_j]));
        if !is_stray(&olds[first.0..=last.0], before, after) {
            kept.extend(&pairs[start..end]);
        }
        start = end;
    }
    kept
}

/// A run of matches is stray when it is a little word or less, words changed on both sides, and it is outnumbered.
fn is_stray(run: &[Token], before: (usize, usize), after: (usize, usize)) -> bool {
    if run.len() > 4 || run.iter().any(|token| matches!(token.sort(), Sort::Word | Sort::Mark)) {
        return false;
    }
    let n_little = run.iter().filter(|token| token.sort() == Sort::Little).count();
    let is_replaced = before.0.min(before.1) > 0 && after.0.min(after.1) > 0;
    let n_changed = before.0.max(before.1) + after.0.max(after.1);
    is_replaced && n_little <= 2 && n_changed > 3 * n_little
}

/// How much was kept, and the longest row of it, in words.
fn measure(olds: &[Token], news: &[Token], pairs: &[(usize, usize)]) -> (f64, usize) {
    let (mut n_kept, mut longest, mut row) = (0, 0, 0);
    let mut before = None;
    for &(i, j) in pairs {
        if before != i.checked_sub(1).zip(j.checked_sub(1)) {
            row = 0;
        }
        let is_word = usize::from(olds[i].sort().is_word());
        n_kept += is_word;
        row += is_word;
        longest = longest.max(row);
        before = Some((i, j));
    }
    let n_words = |list: &[Token]| list.iter().filter(|token| token.sort().is_word()).count();
    let n_all = n_words(olds) + n_words(news);
    (if n_all == 0 { 1.0 } else { 2.0 * n_kept as f64 / n_all as f64 }, longest)
}

/// Writes word ops from left to right.
struct Emit<'a> {
    old: &'a str,
    new: &'a str,
    /// How far each side is told.
    at: (usize, usize),
    words: Vec<WordOp>,
}

impl Emit<'_> {
    /// Matches that follow each other: the same words as a whole, or those of them that are written the same.
    fn run(&mut self, olds: &[Token], news: &[Token], run: &[(usize, usize)]) {
        let reach = |list: &[Token], first: usize, last: usize| list[first].span().join(list[last].span());
        let (Some(&first), Some(&last)) = (run.first(), run.last()) else { return };
        let whole = (reach(olds, first.0, last.0), reach(news, first.1, last.1));
        if whole.0.of(self.old) == whole.1.of(self.new) {
            self.change(whole.0.start, whole.1.start);
            self.same(whole.0.len());
            return;
        }
        for &(i, j) in run {
            let token = (olds[i].span(), news[j].span());
            if token.0.of(self.old) == token.1.of(self.new) {
                self.change(token.0.start, token.1.start);
                self.same(token.0.len());
            }
        }
    }

    fn same(&mut self, len: usize) {
        if len == 0 {
            return;
        }
        let (old, new) = (Span::new(self.at.0, self.at.0 + len), Span::new(self.at.1, self.at.1 + len));
        self.at = (old.end, new.end);
        push(&mut self.words, WordOp { kind: WordKind::Same, old: Some(old), new: Some(new) });
    }

    fn delete(&mut self, to: usize) {
        if to > self.at.0 {
            let old = Some(Span::new(self.at.0, to));
            self.words.push(WordOp { kind: WordKind::Delete, old, new: None });
            self.at.0 = to;
        }
    }

    fn insert(&mut self, to: usize) {
        if to > self.at.1 {
            let new = Some(Span::new(self.at.1, to));
            self.words.push(WordOp { kind: WordKind::Insert, old: None, new });
            self.at.1 = to;
        }
    }

    /// What stands between two matches: the white space at its ends stays where it can, and a paragraph's end is an op
    /// of its own, so that it can be taken back alone.
    fn change(&mut self, old_end: usize, new_end: usize) {
        if self.at == (old_end, new_end) {
            return;
        }
        self.space(old_end, new_end);
        let middle = (
            Span::new(self.at.0, old_end).of(self.old).trim_end(),
            Span::new(self.at.1, new_end).of(self.new).trim_end(),
        );
        let tail = (self.at.0 + middle.0.len(), self.at.1 + middle.1.len());
        let is_tail = Span::new(tail.0, old_end).of(self.old) == Span::new(tail.1, new_end).of(self.new);
        let has_both_tails = tail.0 < old_end && tail.1 < new_end;
        let (old_to, new_to) = if is_tail || has_both_tails { tail } else { (old_end, new_end) };
        self.pieces(old_to, new_to);
        self.space(old_end, new_end);
        self.delete(old_end);
        self.insert(new_end);
    }

    /// Deletes, then inserts, with each break between paragraphs apart.
    fn pieces(&mut self, old_end: usize, new_end: usize) {
        for piece in breaks(self.old, Span::new(self.at.0, old_end)) {
            self.delete(piece);
        }
        for piece in breaks(self.new, Span::new(self.at.1, new_end)) {
            self.insert(piece);
        }
    }

    /// White space that opens what is left of both sides: kept when equal, exchanged when a paragraph's end is in it.
    fn space(&mut self, old_end: usize, new_end: usize) {
        let rest = (Span::new(self.at.0, old_end).of(self.old), Span::new(self.at.1, new_end).of(self.new));
        let space = (rest.0.len() - rest.0.trim_start().len(), rest.1.len() - rest.1.trim_start().len());
        if space.0 == 0 || space.1 == 0 {
            return;
        }
        let spaces = (Span::new(0, space.0).of(rest.0), Span::new(0, space.1).of(rest.1));
        if spaces.0 == spaces.1 {
            self.same(space.0);
        } else {
            self.delete(self.at.0 + space.0);
            self.insert(self.at.1 + space.1);
        }
    }
}

/// Adds a word op, joined to the one before when both are the same words running on.
pub fn push(words: &mut Vec<WordOp>, op: WordOp) {
    if let (Some(last), WordKind::Same) = (words.last_mut(), op.kind)
        && last.kind == WordKind::Same
        && let (Some(old), Some(new), Some(next_old), Some(next_new)) = (last.old, last.new, op.old, op.new)
    {
        (last.old, last.new) = (Some(old.join(next_old)), Some(new.join(next_new)));
        return;
    }
    words.push(op);
}

/// Where the pieces of a part end when the space between paragraphs is a piece of its own.
fn breaks(text: &str, part: Span) -> Vec<usize> {
    let words = part.of(text);
    let mut ends = Vec::new();
    let mut at = 0;
    while let Some(found) = crate::span::after(words, at).find('\n') {
        let line = Span::new(0, at + found).of(words);
        let start = line.trim_end().len();
        let rest = crate::span::after(words, at + found);
        let end = at + found + (rest.len() - rest.trim_start().len());
        ends.extend([part.start + start.max(at), part.start + end]);
        at = end;
    }
    ends.push(part.end);
    ends
}

/// Word ops of two stretches of white space: what they begin with in common stays.
pub fn space(old: &str, old_part: Span, new: &str, new_part: Span) -> Vec<WordOp> {
    let mut emit = Emit { old, new, at: (old_part.start, new_part.start), words: Vec::new() };
    emit.same(common(old_part.of(old), new_part.of(new)));
    emit.delete(old_part.end);
    emit.insert(new_part.end);
    emit.words
}

/// How many bytes two texts begin with in common, on a char boundary.
pub fn common(old: &str, new: &str) -> usize {
    old.chars().zip(new.chars()).take_while(|(one, other)| one == other).map(|(c, _)| c.len_utf8()).sum()
}
