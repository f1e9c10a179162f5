//! The word level: which words of a paragraph, or of several, went and came.

use super::carry::Carries;
use super::row::{Row, pair};
use super::side::Side;
use super::token::{Sort, Token};
use super::{WordKind, WordOp, Words};
use crate::span::Span;
use std::borrow::Cow;
use std::ops::Range;

/// What became of the words of two parts, and how much they have in common.
pub struct Wording {
    pub words: Words,
    /// Words that stayed, of those on both sides: 0 to 1.
    pub kept: f64,
    /// The longest row of words that stayed, none lost or added between.
    pub longest_run: usize,
}

/// Aligns the words of some grafs of each text. The word ops cover them, byte for byte; a carried sentence went and came.
/// `is_swapped`: the left text is the new one, and the ops are told from the right one to it.
pub fn align(
    (left, lefts): (&Side, &Range<usize>),
    (right, rights): (&Side, &Range<usize>),
    carries: &Carries,
    is_swapped: bool,
) -> Wording {
    let parts = (left.part(lefts), right.part(rights));
    if parts.0.of(left.text) == parts.1.of(right.text) {
        let mut emit = Emit::new((left.text, parts.0.start), (right.text, parts.1.start), is_swapped);
        emit.same(parts.0.len());
        return Wording { words: emit.words, kept: 1.0, longest_run: usize::MAX };
    }
    let (olds, news) = (stayed(left.tokens(lefts), carries, true), stayed(right.tokens(rights), carries, false));
    align_tokens((left.text, parts.0, &olds), (right.text, parts.1, &news), is_swapped)
}

/// The same for a part of one graf of each text.
pub fn align_parts((left, left_part): (&Side, Span), (right, right_part): (&Side, Span), is_swapped: bool) -> Wording {
    let (olds, news) = (left.tokens_in(left_part), right.tokens_in(right_part));
    align_tokens((left.text, left_part, olds), (right.text, right_part, news), is_swapped)
}

fn align_tokens(
    (left, left_part, olds): (&str, Span, &[Token]),
    (right, right_part, news): (&str, Span, &[Token]),
    is_swapped: bool,
) -> Wording {
    let mut emit = Emit::new((left, left_part.start), (right, right_part.start), is_swapped);
    let mut rows = pair((olds.len(), news.len()), |at| olds[at].fold(), |at| news[at].fold());
    settle(olds, news, &mut rows);
    absorb(olds, news, &mut rows);
    let (kept, longest_run) = measure(olds, news, &rows);
    rows.iter().for_each(|row| emit.row(olds, news, row));
    emit.change(left_part.end, right_part.end);
    emit.flush();
    Wording { words: emit.words, kept, longest_run }
}

fn stayed<'a>(tokens: Cow<'a, [Token]>, carries: &Carries, is_left: bool) -> Cow<'a, [Token]> {
    match carries.stayed(&tokens, is_left) {
        Some(stayed) => Cow::Owned(stayed),
        None => tokens,
    }
}

/// Slides each run that only came, or only went, to where a sentence or a clause begins, when both readings are as short.
fn settle(olds: &[Token], news: &[Token], rows: &mut Vec<Row>) {
    for at in 1..rows.len() {
        let (before, next) = (rows[at - 1], rows[at]);
        let (is_insert, is_delete) = (
            next.left == before.left_end() && next.right > before.right_end(),
            next.right == before.right_end() && next.left > before.left_end(),
        );
        let n_back = if is_insert {
            slide(news, before.right_end(), next.right, before.len)
        } else if is_delete {
            slide(olds, before.left_end(), next.left, before.len)
        } else {
            0
        };
        rows[at - 1].len -= n_back;
        rows[at] = Row { left: next.left - n_back, right: next.right - n_back, len: next.len + n_back };
    }
    rows.retain(|row| row.len > 0);
}

/// By how many tokens the run `[start, end)` should begin earlier: to behind the mark that ends a sentence, or a clause.
/// So many tokens before it are paired.
fn slide(list: &[Token], start: u32, end: u32, n_paired: u32) -> u32 {
    let is_break = |at: u32| at == 0 || matches!(list[at as usize - 1].sort(), Sort::Punct | Sort::Quote);
    if is_break(start) && (start == 0 || list[start as usize].sort() != Sort::Quote) {
        return 0;
    }
    let furthest = (end - start).min(40).min(start).min(n_paired);
    let fold = |at: u32| list[at as usize].fold();
    let mut n_back = 0;
    while n_back < furthest && fold(start - n_back - 1) == fold(end - n_back - 1) {
        n_back += 1;
        if is_break(start - n_back) && list[(start - n_back) as usize].sort().is_word() {
            return n_back;
        }
    }
    0
}

/// Drops matches that hold nothing together: a stray *the* or comma in the midst of changed words.
fn absorb(olds: &[Token], news: &[Token], rows: &mut Vec<Row>) {
    let mut n_kept = 0_usize;
    for at in 0..rows.len() {
        let row = rows[at];
        let start = n_kept.checked_sub(1).map_or((0, 0), |last| (rows[last].left_end(), rows[last].right_end()));
        let end = rows.get(at + 1).map_or((olds.len() as u32, news.len() as u32), |next| (next.left, next.right));
        let before = || (n_words(olds, start.0..row.left), n_words(news, start.1..row.right));
        let after = || (n_words(olds, row.left_end()..end.0), n_words(news, row.right_end()..end.1));
        if !is_stray(row.of_left(olds), before, after) {
            rows[n_kept] = row;
            n_kept += 1;
        }
    }
    rows.truncate(n_kept);
    rows.shrink_to_fit();
}

/// More changed words than this outnumber any stray match.
const MOST_STRAY: usize = 8;

/// How many words some tokens are, counted no further than need be.
fn n_words(list: &[Token], part: Range<u32>) -> usize {
    let part = &list[part.start as usize..part.end as usize];
    part.iter().filter(|token| token.sort().is_word()).take(MOST_STRAY).count()
}

/// A run of matches is stray when it is a little word or less, words changed on both sides, and it is outnumbered.
fn is_stray(run: &[Token], before: impl FnOnce() -> (usize, usize), after: impl FnOnce() -> (usize, usize)) -> bool {
    if run.len() > 4 || run.iter().any(|token| matches!(token.sort(), Sort::Word | Sort::Mark)) {
        return false;
    }
    let n_little = run.iter().filter(|token| token.sort() == Sort::Little).count();
    let (before, after) = (before(), after());
    let is_replaced = before.0.min(before.1) > 0 && after.0.min(after.1) > 0;
    let n_changed = before.0.max(before.1) + after.0.max(after.1);
    is_replaced && n_little <= 2 && n_changed > 3 * n_little
}

/// How much was kept, and the longest row of it, in words.
fn measure(olds: &[Token], news: &[Token], rows: &[Row]) -> (f64, usize) {
    let n_words = |list: &[Token]| list.iter().filter(|token| token.sort().is_word()).count();
    let (mut n_kept, mut longest) = (0, 0);
    for n in rows.iter().map(|row| n_words(row.of_left(olds))) {
        n_kept += n;
        longest = longest.max(n);
    }
    let n_all = n_words(olds) + n_words(news);
    (if n_all == 0 { 1.0 } else { 2.0 * n_kept as f64 / n_all as f64 }, longest)
}

/// Writes word ops from left to right.
struct Emit<'a> {
    left: &'a str,
    right: &'a str,
    /// How far each side is told.
    at: (usize, usize),
    words: Words,
    is_swapped: bool,
    /// Insertions that wait for deletions beside them: what went stands before what came in its place.
    held: Vec<Span>,
    /// Since they were held, something went.
    is_over: bool,
}

impl<'a> Emit<'a> {
    fn new(left: (&'a str, usize), right: (&'a str, usize), is_swapped: bool) -> Emit<'a> {
        let (at, words, held) = ((left.1, right.1), Words::default(), Vec::new());
        Emit { left: left.0, right: right.0, at, words, is_swapped, held, is_over: false }
    }

    /// Matches that follow each other: the same words as a whole, or those of them that are written the same.
    fn row(&mut self, olds: &[Token], news: &[Token], row: &Row) {
        let reach = |list: &[Token]| match list {
            [first, .., last] => first.span().join(last.span()),
            [only] => only.span(),
            [] => Span::default(),
        };
        let (olds, news) = (row.of_left(olds), row.of_right(news));
        let whole = (reach(olds), reach(news));
        if whole.0.of(self.left) == whole.1.of(self.right) {
            self.change(whole.0.start, whole.1.start);
            self.same(whole.0.len());
            return;
        }
        for (one, other) in olds.iter().zip(news) {
            let token = (one.span(), other.span());
            if token.0.of(self.left) == token.1.of(self.right) {
                self.change(token.0.start, token.1.start);
                self.same(token.0.len());
            }
        }
    }

    fn same(&mut self, len: usize) {
        if len == 0 {
            return;
        }
        self.flush();
        let (left, right) = (Span::new(self.at.0, self.at.0 + len), Span::new(self.at.1, self.at.1 + len));
        self.at = (left.end, right.end);
        let (old, new) = if self.is_swapped { (right, left) } else { (left, right) };
        self.words.push(WordOp { kind: WordKind::Same, old: Some(old), new: Some(new) });
    }

    /// What the left text alone has, up to a byte.
    fn left(&mut self, to: usize) {
        if to > self.at.0 {
            let span = Span::new(self.at.0, to);
            self.at.0 = to;
            if !self.is_swapped {
                return self.words.push(WordOp { kind: WordKind::Delete, old: Some(span), new: None });
            }
            if self.is_over {
                self.flush();
            }
            self.held.push(span);
        }
    }

    /// What the right text alone has, up to a byte.
    fn right(&mut self, to: usize) {
        if to > self.at.1 {
            let span = Some(Span::new(self.at.1, to));
            self.at.1 = to;
            self.is_over = !self.held.is_empty();
            self.words.push(match self.is_swapped {
                true => WordOp { kind: WordKind::Delete, old: span, new: None },
                false => WordOp { kind: WordKind::Insert, old: None, new: span },
            });
        }
    }

    fn flush(&mut self) {
        for span in self.held.drain(..) {
            self.words.push(WordOp { kind: WordKind::Insert, old: None, new: Some(span) });
        }
        self.is_over = false;
    }

    /// What stands between two matches: the white space at its ends stays where it can, and a paragraph's end is an op
    /// of its own, so that it can be taken back alone.
    fn change(&mut self, left_end: usize, right_end: usize) {
        if self.at == (left_end, right_end) {
            return;
        }
        self.space(left_end, right_end);
        let middle = (
            Span::new(self.at.0, left_end).of(self.left).trim_end(),
            Span::new(self.at.1, right_end).of(self.right).trim_end(),
        );
        let tail = (self.at.0 + middle.0.len(), self.at.1 + middle.1.len());
        let is_tail = Span::new(tail.0, left_end).of(self.left) == Span::new(tail.1, right_end).of(self.right);
        let has_both_tails = tail.0 < left_end && tail.1 < right_end;
        let (left_to, right_to) = if is_tail || has_both_tails { tail } else { (left_end, right_end) };
        self.pieces(left_to, right_to);
        self.space(left_end, right_end);
        self.left(left_end);
        self.right(right_end);
    }

    /// What went, then what came, with each break between paragraphs apart.
    fn pieces(&mut self, left_end: usize, right_end: usize) {
        for piece in breaks(self.left, Span::new(self.at.0, left_end)) {
            self.left(piece);
        }
        for piece in breaks(self.right, Span::new(self.at.1, right_end)) {
            self.right(piece);
        }
    }

    /// White space that opens what is left of both sides: kept when equal, exchanged when a paragraph's end is in it.
    fn space(&mut self, left_end: usize, right_end: usize) {
        let rest = (Span::new(self.at.0, left_end).of(self.left), Span::new(self.at.1, right_end).of(self.right));
        let space = (rest.0.len() - rest.0.trim_start().len(), rest.1.len() - rest.1.trim_start().len());
        if space.0 == 0 || space.1 == 0 {
            return;
        }
        let spaces = (Span::new(0, space.0).of(rest.0), Span::new(0, space.1).of(rest.1));
        if spaces.0 == spaces.1 {
            self.same(space.0);
        } else {
            self.left(self.at.0 + space.0);
            self.right(self.at.1 + space.1);
        }
    }
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

/// Word ops of two stretches of white space, old and new: what they begin with in common stays.
pub fn space((old, old_part): (&str, Span), (new, new_part): (&str, Span)) -> Words {
    let mut emit = Emit::new((old, old_part.start), (new, new_part.start), false);
    emit.same(common(old_part.of(old), new_part.of(new)));
    emit.left(old_part.end);
    emit.right(new_part.end);
    emit.words
}

/// How many bytes two texts begin with in common, on a char boundary.
pub fn common(old: &str, new: &str) -> usize {
    old.chars().zip(new.chars()).take_while(|(one, other)| one == other).map(|(c, _)| c.len_utf8()).sum()
}
