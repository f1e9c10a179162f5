//! Finds the passage of the notes a quote was taken from, allowing for words changed, dropped, added or run together.
//!
//! A dynamic programme over the quote's words and the words of the few stretches the index points at: words match, or
//! are skipped on either side at a cost that grows with the gap, or the passage jumps elsewhere at a high one. An
//! ellipsis makes a jump forward nearly free, square brackets a short one. **Source**: Gotoh 1982, with jumps.

use super::fold::{Shade, Word};
use super::index::{BREAK, Index};
use super::lexicon::is_common;
use std::ops::Range;

/// A word of the quote, outside square brackets, as it is held against the notes.
pub struct Row {
    /// Its place among the quote's words.
    pub word: usize,
    /// Its key in the notes; none where no note has the word.
    pub key: Option<u32>,
    pub shade: Shade,
    /// How much it tells: a common word 1, another 2.
    pub weight: f32,
    pub after_ellipsis: bool,
    /// Words in square brackets stand before it.
    pub after_bracket: bool,
}

/// Makes rows of the quote's words.
pub fn rows(words: &[Word], index: &Index) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::with_capacity(words.len());
    let mut after_bracket = false;
    let mut after_ellipsis = false;
    for (nth, word) in words.iter().enumerate() {
        after_ellipsis |= word.after_ellipsis;
        if word.bracket > 0 {
            after_bracket = true;
            continue;
        }
        let weight = weight(&word.key);
        let key = index.key_id(&word.key);
        rows.push(Row { word: nth, key, shade: word.shade, weight, after_ellipsis, after_bracket });
        (after_bracket, after_ellipsis) = (false, false);
    }
    rows
}

/// How much a word tells: a common word 1, another 2.
pub fn weight(key: &str) -> f32 {
    if is_common(key) { 1.0 } else { 2.0 }
}

/// Where each word of a quote stands in the notes.
pub struct Passage {
    /// For each row its place among the notes' words; none where the passage has no such word there.
    pub places: Vec<Option<usize>>,
    /// What matched less what it cost to get there, over what a perfect match scores.
    pub score: f32,
    /// The weight of the words that match.
    pub matched: f32,
    /// The weight of all words.
    pub total: f32,
}

impl Passage {
    fn new(rows: &[Row], places: Vec<Option<usize>>, score: f32) -> Passage {
        let total: f32 = rows.iter().map(|row| row.weight).sum();
        let matched = rows.iter().zip(&places).filter(|(_, place)| place.is_some()).map(|(row, _)| row.weight).sum();
        Passage { places, score: if total > 0.0 { score / total } else { 0.0 }, matched, total }
    }

    /// All rows in one unbroken run.
    pub fn of_run(rows: &[Row], start: usize) -> Passage {
        let total = rows.iter().map(|row| row.weight).sum();
        let places = (0..rows.len()).map(|nth| Some(start + nth)).collect();
        Passage { places, score: 1.0, matched: total, total }
    }

    /// The share of the quote's words the passage has.
    pub fn coverage(&self) -> f32 {
        if self.total > 0.0 { self.matched / self.total } else { 0.0 }
    }

    /// How many words in a row match without a break, at most.
    pub fn longest_run(&self) -> usize {
        let mut longest = 0;
        let mut run = 0;
        for (nth, place) in self.places.iter().enumerate() {
            let runs_on = nth > 0 && place.is_some() && self.places[nth - 1].map(|last| last + 1) == *place;
            run = if runs_on { run + 1 } else { usize::from(place.is_some()) };
            longest = longest.max(run);
        }
        longest
    }
}

/// Whether the words at these places of the notes may count.
pub type Wanted<'a> = &'a dyn Fn(usize) -> bool;

/// Every place in these stretches where the rows stand in one unbroken run, in order. Cost: linear (Knuth–Morris–Pratt).
pub fn find_runs(index: &Index, rows: &[Row], stretches: &[Range<usize>], is_wanted: Wanted) -> Vec<usize> {
    let mut found = Vec::new();
    let Some(keys) = rows.iter().map(|row| row.key).collect::<Option<Vec<u32>>>().filter(|keys| !keys.is_empty())
    else {
        return found;
    };
    let fallback = fallback(&keys);
    for stretch in stretches {
        let mut n_held = 0;
        for at in stretch.clone() {
            let key = index.words[at].key;
            while n_held > 0 && (n_held == keys.len() || keys[n_held] != key) {
                n_held = fallback[n_held - 1];
            }
            n_held += usize::from(keys[n_held] == key);
            if n_held == keys.len() {
                let start = at + 1 - keys.len();
                let fits = rows.iter().enumerate().all(|(nth, row)| row.shade.fits(index.words[start + nth].shade));
                if fits && is_wanted(start) {
                    found.push(start);
                }
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn fallback(keys: &[u32]) -> Vec<usize> {
    let mut table = vec![0; keys.len()];
    let mut n_held = 0;
    for at in 1..keys.len() {
        while n_held > 0 && keys[n_held] != keys[at] {
            n_held = table[n_held - 1];
        }
        n_held += usize::from(keys[n_held] == keys[at]);
        table[at] = n_held;
    }
    table
}

/// The cheapest way to read the rows out of these stretches; none where nothing matches.
///
/// Cost: rows × words of the stretches.
pub fn find_passage(index: &Index, rows: &[Row], stretches: &[Range<usize>], is_wanted: Wanted) -> Option<Passage> {
    let columns = columns(index, stretches, is_wanted);
    if columns.is_empty() || rows.is_empty() {
        return None;
    }
    let (places, score) = Table::fill(index, rows, &columns).read_back()?;
    Some(Passage::new(rows, places, score))
}

struct Column {
    at: usize,
    note: usize,
    /// Stands right behind the column before.
    runs_on: bool,
    is_break: bool,
}

fn columns(index: &Index, stretches: &[Range<usize>], is_wanted: Wanted) -> Vec<Column> {
    let mut sorted: Vec<Range<usize>> = stretches.to_vec();
    sorted.sort_by_key(|stretch| stretch.start);
    let mut columns: Vec<Column> = Vec::new();
    let mut next = 0;
    for stretch in sorted {
        for voice in index.voices_in(stretch.start.max(next)..stretch.end) {
            let words = voice.words.start.max(stretch.start).max(next)..voice.words.end.min(stretch.end);
            if words.is_empty() || !is_wanted(words.start) {
                continue;
            }
            // A short turn of someone else between two of one voice is a break, not the end of the world.
            let gap_from = columns
                .last()
                .filter(|last| last.note == voice.note && last.at + 1 < words.start && last.at + 40 > words.start);
            if gap_from.is_some_and(|last| !last.is_break) {
                columns.push(Column { at: words.start - 1, note: voice.note, runs_on: true, is_break: true });
            }
            let first_runs_on = gap_from_is(&columns, words.start);
            for at in words {
                let runs_on = columns.last().is_some_and(|last| last.at + 1 == at && last.note == voice.note);
                columns.push(Column {
                    at,
                    note: voice.note,
                    runs_on: runs_on || first_runs_on == Some(at),
                    is_break: false,
                });
            }
        }
        next = next.max(stretch.end);
    }
    columns
}

fn gap_from_is(columns: &[Column], start: usize) -> Option<usize> {
    columns.last().filter(|last| last.is_break && last.at + 1 == start).map(|_| start)
}

const NONE: f32 = -1e9;
const SUBSTITUTE: f32 = -1.0;
const ADD: (f32, f32) = (-1.0, -0.6);
const DROP: (f32, f32) = (-1.2, -0.35);
const DROP_AT_BRACKET: f32 = -0.15;
const CROSS_BREAK: f32 = -3.0;
const JUMP: f32 = -5.0;
const ELLIPSIS: f32 = -0.3;

#[derive(Clone, Copy, PartialEq)]
enum From {
    Start,
    Match,
    Add,
    Drop,
    /// From far away, where that row's word matched, or was added.
    Jump(u32),
    JumpAdd(u32),
}

struct Table<'a> {
    columns: &'a [Column],
    n_rows: usize,
    match_from: Vec<From>,
    add_from: Vec<From>,
    drop_from: Vec<From>,
    is_match: Vec<bool>,
    /// Scores of the last row: matched there, or added behind there.
    last_match: Vec<f32>,
    last_add: Vec<f32>,
}

impl<'a> Table<'a> {
    fn fill(index: &Index, rows: &[Row], columns: &'a [Column]) -> Table<'a> {
        let n = columns.len();
        let n_cells = rows.len() * n;
        let mut table = Table {
            columns,
            n_rows: rows.len(),
            match_from: vec![From::Start; n_cells],
            add_from: vec![From::Match; n_cells],
            drop_from: vec![From::Match; n_cells],
            is_match: vec![false; n_cells],
            last_match: vec![NONE; n],
            last_add: vec![NONE; n],
        };
        let mut last_drop = vec![NONE; n];
        for (r, row) in rows.iter().enumerate() {
            let next_at_bracket = rows.get(r + 1).is_some_and(|next| next.after_bracket);
            last_drop = table.fill_row(index, r, row, &last_drop, next_at_bracket);
        }
        table
    }

    /// Fills one row from the last and returns its scores for words of the note skipped behind it.
    fn fill_row(&mut self, index: &Index, r: usize, row: &Row, last_drop: &[f32], next_at_bracket: bool) -> Vec<f32> {
        let n = self.columns.len();
        let (mut matches, mut adds, mut drops) = (vec![NONE; n], vec![NONE; n], vec![NONE; n]);
        let best = (0..n).max_by(|one, other| self.last(*one).total_cmp(&self.last(*other)).then(other.cmp(one)));
        let jump = best.filter(|_| r > 0).map(|c| (self.last(c) + JUMP, c));
        let start = if r == 0 { 0.0 } else { ADD.0 + ADD.1 * (r as f32 - 1.0) };
        let mut forward: Option<(f32, usize)> = None;
        for c in 0..n {
            let column = &self.columns[c];
            let cell = r * n + c;
            if c > 0 && self.columns[c - 1].note != column.note {
                forward = None;
            }
            if !column.is_break {
                let word = &index.words[column.at];
                let is_match = row.key == Some(word.key) && word.key != BREAK && row.shade.fits(word.shade);
                let (gain, from) = self.best_way(
                    c,
                    column.runs_on,
                    start,
                    jump,
                    row.after_ellipsis.then_some(forward).flatten(),
                    last_drop,
                );
                matches[c] = gain + if is_match { row.weight } else { SUBSTITUTE };
                self.match_from[cell] = from;
                self.is_match[cell] = is_match;
            }
            if r > 0 {
                let (from_match, from_add) = (self.last_match[c] + ADD.0, self.last_add[c] + ADD.1);
                adds[c] = from_match.max(from_add);
                self.add_from[cell] = if from_match >= from_add { From::Match } else { From::Add };
                let here = self.last(c);
                if forward.is_none_or(|(score, _)| here >= score) {
                    forward = Some((here, c));
                }
            }
            if c > 0 && column.runs_on {
                let (open, extend) = if column.is_break {
                    (CROSS_BREAK, CROSS_BREAK)
                } else if next_at_bracket {
                    (DROP_AT_BRACKET, DROP_AT_BRACKET)
                } else {
                    DROP
                };
                let (from_match, from_drop) = (matches[c - 1].max(adds[c - 1]) + open, drops[c - 1] + extend);
                drops[c] = from_match.max(from_drop);
                let behind = if matches[c - 1] >= adds[c - 1] { From::Match } else { From::Add };
                self.drop_from[cell] = if from_match >= from_drop { behind } else { From::Drop };
            }
        }
        (self.last_match, self.last_add) = (matches, adds);
        drops
    }

    fn last(&self, c: usize) -> f32 {
        self.last_match[c].max(self.last_add[c])
    }

    fn best_way(
        &self,
        c: usize,
        runs_on: bool,
        start: f32,
        jump: Option<(f32, usize)>,
        forward: Option<(f32, usize)>,
        last_drop: &[f32],
    ) -> (f32, From) {
        let mut best = (start, From::Start);
        let mut offer = |score: f32, from: From| {
            if score > best.0 {
                best = (score, from);
            }
        };
        if c > 0 && runs_on {
            offer(self.last_match[c - 1], From::Match);
            offer(self.last_add[c - 1], From::Add);
            offer(last_drop[c - 1], From::Drop);
        }
        if let Some((score, from)) = forward {
            offer(score + ELLIPSIS, self.jump_from(from));
        }
        if let Some((score, from)) = jump {
            offer(score, self.jump_from(from));
        }
        best
    }

    fn jump_from(&self, c: usize) -> From {
        if self.last_match[c] >= self.last_add[c] { From::Jump(c as u32) } else { From::JumpAdd(c as u32) }
    }

    /// Reads the best way back: for each row its place where it matches, and the score.
    fn read_back(&self) -> Option<(Vec<Option<usize>>, f32)> {
        let n = self.columns.len();
        let mut c = (0..n).max_by(|one, other| self.last(*one).total_cmp(&self.last(*other)).then(other.cmp(one)))?;
        let score = self.last(c);
        let mut state = if self.last_match[c] >= self.last_add[c] { From::Match } else { From::Add };
        let mut places = vec![None; self.n_rows];
        let mut r = self.n_rows - 1;
        loop {
            let cell = r * n + c;
            let from = match state {
                From::Match => {
                    places[r] = self.is_match[cell].then_some(self.columns[c].at);
                    self.match_from[cell]
                }
                From::Drop => {
                    state = self.drop_from[cell];
                    c -= 1;
                    continue;
                }
                _ => self.add_from[cell],
            };
            let was_match = state == From::Match;
            match from {
                From::Start => break,
                _ if r == 0 => break,
                From::Jump(to) | From::JumpAdd(to) => {
                    r -= 1;
                    c = to as usize;
                    state = if matches!(from, From::Jump(_)) { From::Match } else { From::Add };
                }
                other => {
                    r -= 1;
                    c -= usize::from(was_match);
                    state = other;
                }
            }
        }
        (score > 0.0).then_some((places, score))
    }
}
