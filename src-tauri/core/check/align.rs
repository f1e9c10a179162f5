//! Finds the passage of the notes a quote was taken from, allowing for words changed, dropped, added or run together.

use super::fold::{Shade, Word};
use super::index::Index;
use super::lexicon::is_common;
use super::table::{self, Table};
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
    let columns = table::columns(index, stretches, is_wanted);
    if columns.is_empty() || rows.is_empty() {
        return None;
    }
    let (places, score) = Table::fill(index, rows, &columns).read_back()?;
    Some(Passage::new(rows, places, score))
}
