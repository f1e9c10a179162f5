//! The table that finds the cheapest way to read the words of a quote out of stretches of notes.
//!
//! Words match, or are skipped on either side at a cost that grows with the gap, or the passage jumps elsewhere at a high
//! one. An ellipsis makes a jump forward nearly free, square brackets a short one. **Source**: Gotoh 1982, with jumps.
//!
//! Only scores are kept, a row at a time in loops without branches; by which way a score came about is worked out again
//! for the few places the best way touches.

use super::align::{Row, Wanted};
use super::fold::Shade;
use super::index::{BREAK, Index};
use std::ops::Range;

/// A word of the stretches.
pub struct Column {
    at: usize,
    note: usize,
    /// Stands right behind the column before.
    runs_on: bool,
    is_break: bool,
}

/// The words of these stretches by wanted voices, in the order of the notes, each once.
pub fn columns(index: &Index, stretches: &[Range<usize>], is_wanted: Wanted) -> Vec<Column> {
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
            let runs_on = columns
                .last()
                .is_some_and(|last| last.at + 1 == words.start && (last.is_break || last.note == voice.note));
            let start = words.start;
            let column = |at| Column { at, note: voice.note, runs_on: runs_on || at > start, is_break: false };
            columns.extend(words.map(column));
        }
        next = next.max(stretch.end);
    }
    columns
}

/// In twentieths of what a common word weighs, so that sums are exact.
type Score = i32;

/// What a common word weighs.
pub const WHOLE: f32 = 20.0;
/// Less than any way can cost. Two of them can be added.
const NONE: Score = -100_000_000;
const SUBSTITUTE: Score = -20;
const ADD: (Score, Score) = (-20, -12);
const DROP: (Score, Score) = (-24, -7);
const DROP_AT_BRACKET: Score = -3;
const CROSS_BREAK: Score = -60;
const JUMP: Score = -100;
const ELLIPSIS: Score = -6;

/// How the way came to a cell of the row before: its word matched or was put for another, was added, or words of the
/// note were dropped behind it.
#[derive(Clone, Copy)]
enum Step {
    Match,
    Add,
    Drop,
}

/// Scores of the best way that ends in each cell.
pub struct Table<'a> {
    columns: &'a [Column],
    rows: &'a [Row],
    lanes: Lanes,
    /// A row before the first, where nothing is reached, and one for each word of the quote.
    matches: Vec<Score>,
    adds: Vec<Score>,
    drops: Vec<Score>,
    /// The best column of the row before each row: ways jump from there.
    jumps: Vec<usize>,
}

/// What is asked of each column, side by side.
struct Lanes {
    keys: Vec<u32>,
    shades: Vec<u32>,
    /// Nought where the column runs on from the one before.
    runs: Vec<Score>,
    /// Nought where a word may match.
    walls: Vec<Score>,
}

/// Two shades fit when they have a bit in common.
fn bits(shade: Shade) -> u32 {
    match shade {
        Shade::Points => 1,
        Shade::Plain => 2,
        Shade::Any => 3,
    }
}

impl Lanes {
    fn new(index: &Index, columns: &[Column]) -> Lanes {
        let none_unless = |is_so: bool| if is_so { 0 } else { NONE };
        Lanes {
            keys: columns.iter().map(|column| index.words[column.at].key).collect(),
            shades: columns.iter().map(|column| bits(index.words[column.at].shade)).collect(),
            runs: columns.iter().map(|column| none_unless(column.runs_on)).collect(),
            walls: columns.iter().map(|column| none_unless(!column.is_break)).collect(),
        }
    }
}

impl<'a> Table<'a> {
    /// Fills the table. Cost: rows × columns.
    pub fn fill(index: &Index, rows: &'a [Row], columns: &'a [Column]) -> Table<'a> {
        let n = columns.len();
        let scores = || {
            let mut scores = Vec::with_capacity((rows.len() + 1) * n);
            scores.resize(n, NONE);
            scores
        };
        let lanes = Lanes::new(index, columns);
        let (matches, adds, drops) = (scores(), scores(), scores());
        let mut table = Table { columns, rows, lanes, matches, adds, drops, jumps: Vec::with_capacity(rows.len()) };
        let mut reached = Vec::with_capacity(n);
        for r in 0..rows.len() {
            table.reach(r, &mut reached);
            table.fill_row(r, &reached);
        }
        table
    }

    /// The best score with which each column can be come to from the row before.
    fn reach(&mut self, r: usize, reached: &mut Vec<Score>) {
        let n = self.columns.len();
        let before = r * n..(r + 1) * n;
        let (matches, adds) = (&self.matches[before.clone()], &self.adds[before.clone()]);
        let drops = &self.drops[before];
        let best = matches.iter().zip(adds).fold(NONE, |best, (one, other)| best.max(*one).max(*other));
        let jump = (0..n).find(|c| matches[*c].max(adds[*c]) == best).unwrap_or(0);
        let anywhere = if r > 0 { start(r).max(best + JUMP) } else { start(r) };
        reached.clear();
        reached.push(anywhere);
        let behind = matches.iter().zip(adds).zip(drops).zip(&self.lanes.runs[1..]);
        reached.extend(behind.map(|(((one, other), drop), run)| anywhere.max((*one).max(*other).max(*drop) + run)));
        self.jumps.push(jump);
        if r > 0 && self.rows[r].after_ellipsis {
            let mut forward = NONE;
            for (c, reached) in reached.iter_mut().enumerate().skip(1) {
                let is_on = self.columns[c - 1].note == self.columns[c].note;
                forward = if is_on { forward.max(self.last(r, c - 1)) } else { NONE };
                *reached = (*reached).max(forward + ELLIPSIS);
            }
        }
    }

    /// Fills one row from those reached in the row before.
    fn fill_row(&mut self, r: usize, reached: &[Score]) {
        let n = self.columns.len();
        let (row, before, here) = (&self.rows[r], r * n, (r + 1) * n);
        let (key, shade, weight) = (row.key.unwrap_or(u32::MAX), bits(row.shade), (row.weight * WHOLE) as Score);
        let lanes = self.lanes.keys.iter().zip(&self.lanes.shades).zip(&self.lanes.walls);
        self.matches.extend(lanes.zip(reached).map(|(((own, own_shade), wall), reached)| {
            let is_match = (*own == key) & (own_shade & shade != 0);
            reached + wall + if is_match { weight } else { SUBSTITUTE }
        }));
        for c in before..before + n {
            self.adds.push((self.matches[c] + ADD.0).max(self.adds[c] + ADD.1));
        }
        let costs = self.drop_costs(r);
        let mut drop = NONE;
        self.drops.push(drop);
        for c in 1..n {
            let (open, extend) = if self.columns[c].is_break { (CROSS_BREAK, CROSS_BREAK) } else { costs };
            let from = self.matches[here + c - 1].max(self.adds[here + c - 1]);
            drop = (from + open).max(drop + extend) + self.lanes.runs[c];
            drop = drop.max(NONE);
            self.drops.push(drop);
        }
    }

    /// What it costs to drop a first word of the note behind a row, and each further one.
    fn drop_costs(&self, r: usize) -> (Score, Score) {
        let is_at_bracket = self.rows.get(r + 1).is_some_and(|next| next.after_bracket);
        if is_at_bracket { (DROP_AT_BRACKET, DROP_AT_BRACKET) } else { DROP }
    }

    /// The score in the row before a row, of its word matched or added.
    fn last(&self, r: usize, c: usize) -> Score {
        let at = r * self.columns.len() + c;
        self.matches[at].max(self.adds[at])
    }

    fn last_step(&self, r: usize, c: usize) -> Step {
        let at = r * self.columns.len() + c;
        if self.matches[at] >= self.adds[at] { Step::Match } else { Step::Add }
    }

    /// How and where the row before a match was left; none where the way begins with it.
    fn way(&self, r: usize, c: usize) -> Option<(Step, usize)> {
        let mut best = (start(r), None);
        let mut offer = |score: Score, step: Step, c: usize| {
            if score > best.0 {
                best = (score, Some((step, c)));
            }
        };
        if c > 0 && self.columns[c].runs_on {
            let at = r * self.columns.len() + c - 1;
            offer(self.matches[at], Step::Match, c - 1);
            offer(self.adds[at], Step::Add, c - 1);
            offer(self.drops[at], Step::Drop, c - 1);
        }
        if self.rows[r].after_ellipsis {
            let is_on = |from: &usize| self.columns[*from].note == self.columns[c].note;
            let forward = (0..c)
                .rev()
                .take_while(is_on)
                .max_by(|one, other| self.last(r, *one).cmp(&self.last(r, *other)).then(one.cmp(other)));
            if let Some(from) = forward {
                offer(self.last(r, from) + ELLIPSIS, self.last_step(r, from), from);
            }
        }
        let from = self.jumps[r];
        offer(self.last(r, from) + JUMP, self.last_step(r, from), from);
        best.1
    }

    /// How the words dropped up to a column began, or that one more was dropped before.
    fn drop_way(&self, r: usize, c: usize) -> Step {
        let (open, extend) = if self.columns[c].is_break { (CROSS_BREAK, CROSS_BREAK) } else { self.drop_costs(r) };
        let drop = self.drops[(r + 1) * self.columns.len() + c - 1] + extend;
        if self.last(r + 1, c - 1) + open >= drop { self.last_step(r + 1, c - 1) } else { Step::Drop }
    }

    /// Reads the best way back: for each row its place where it matches, and the score. None where nothing is won.
    pub fn read_back(&self) -> Option<(Vec<Option<usize>>, f32)> {
        let n = self.columns.len();
        let n_rows = self.rows.len();
        let best =
            |one: &usize, other: &usize| self.last(n_rows, *one).cmp(&self.last(n_rows, *other)).then(other.cmp(one));
        let mut c = (0..n).max_by(best)?;
        let score = self.last(n_rows, c);
        let mut places = vec![None; n_rows];
        let (mut r, mut step) = (n_rows - 1, self.last_step(n_rows, c));
        loop {
            let next = match step {
                Step::Match => {
                    places[r] = self.is_match(r, c).then_some(self.columns[c].at);
                    self.way(r, c)
                }
                Step::Drop => {
                    step = self.drop_way(r, c);
                    c -= 1;
                    continue;
                }
                Step::Add => {
                    let at = r * n + c;
                    let is_match = self.matches[at] + ADD.0 >= self.adds[at] + ADD.1;
                    Some((if is_match { Step::Match } else { Step::Add }, c))
                }
            };
            match next.filter(|_| r > 0) {
                Some(next) => ((step, c), r) = (next, r - 1),
                None => break,
            }
        }
        (score > 0).then_some((places, score as f32 / WHOLE))
    }

    fn is_match(&self, r: usize, c: usize) -> bool {
        let own = self.lanes.keys[c];
        self.rows[r].key == Some(own) && own != BREAK && self.lanes.shades[c] & bits(self.rows[r].shade) != 0
    }
}

/// The score of a way on which a row is the first that is not merely added.
fn start(r: usize) -> Score {
    if r == 0 { 0 } else { ADD.0 + ADD.1 * (r as Score - 1) }
}
