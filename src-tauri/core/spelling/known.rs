//! Words that are right whatever a dictionary says: those a desk learned, names, and what an editor marked cq.

use super::word;
use crate::quote::Reading;
use crate::span::Span;
use std::collections::{HashMap, HashSet};

/// Words that are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// By their small letters, as they are written; plain.
    words: HashMap<String, Vec<String>>,
    /// Known in any capitals, in small letters here.
    folded: HashSet<String>,
}

impl Known {
    /// Each of the texts is a word or a name of several: *Ines Eze*, *vis-à-vis*. A word in small letters may begin with a
    /// capital too, and any word may stand in capitals.
    pub fn of_words(texts: impl IntoIterator<Item = impl AsRef<str>>) -> Known {
        let mut known = Known::default();
        for text in texts {
            words(text.as_ref()).for_each(|word| known.add(word));
        }
        known
    }

    fn add(&mut self, word: String) {
        let written = self.words.entry(word.to_lowercase()).or_default();
        if !written.contains(&word) {
            written.push(word);
        }
    }

    /// Words of texts whose capitals are not known.
    pub fn of_folded(texts: impl IntoIterator<Item = impl AsRef<str>>) -> Known {
        let mut known = Known::default();
        for text in texts {
            known.folded.extend(words(text.as_ref()).map(|word| word.to_lowercase()));
        }
        known
    }

    /// The names of those who speak; of what else stands in their place (*the harbour pilot*) nothing is learned.
    pub(super) fn of_speakers(reading: &Reading) -> Known {
        let speakers = reading.quotes.iter().filter_map(|quote| quote.speaker.as_ref());
        let names = speakers.filter(|speaker| !speaker.is_unnamed).filter_map(|speaker| speaker.name.as_deref());
        let mut known = Known::default();
        let is_name = |word: &String| word.chars().any(char::is_uppercase);
        names.flat_map(words).filter(is_name).for_each(|word| known.add(word));
        known
    }

    /// Whether a plain word is among them.
    pub(super) fn has(&self, plain: &str) -> bool {
        if self.words.is_empty() && self.folded.is_empty() {
            return false;
        }
        let small = plain.to_lowercase();
        let is_title = plain.chars().skip(1).all(|c| !c.is_uppercase());
        let is_shouted = plain.chars().all(|c| !c.is_lowercase());
        let written = self.words.get(&small).map(Vec::as_slice).unwrap_or_default();
        let is_as = |word: &String| word == plain || *word == small && is_title;
        self.folded.contains(&small) || !written.is_empty() && is_shouted || written.iter().any(is_as)
    }

    /// Those an editor may have meant by a plain word, the nearest first.
    pub(super) fn near(&self, plain: &str) -> Vec<String> {
        let n_chars = plain.chars().count();
        let most = if n_chars < 5 { 1 } else { 2 };
        let mut near: Vec<(usize, &String)> = self
            .words
            .values()
            .flatten()
            .filter(|word| word.chars().count().abs_diff(n_chars) <= most)
            .map(|word| (distance(word, plain), word))
            .filter(|(n_edits, _)| *n_edits <= most)
            .collect();
        near.sort();
        near.into_iter().map(|(_, word)| word.clone()).collect()
    }
}

/// The words of a text, plain, and the parts of those with hyphens.
fn words(text: &str) -> impl Iterator<Item = String> {
    word::runs(text).flat_map(|run| {
        let parts = word::dotted(text, run).into_iter().flat_map(|compound| {
            let parts: Vec<Span> = word::hyphened(text, compound);
            let whole = (parts.len() > 1).then_some(compound);
            parts.into_iter().chain(whole)
        });
        parts.map(|part| word::plain(part.of(text)).into_owned()).collect::<Vec<_>>()
    })
}

/// How many letters are to be put in, left out, changed or swapped with their neighbour, whatever their case.
fn distance(one: &str, other: &str) -> usize {
    let [one, other] = [one, other].map(|word| word.to_lowercase().chars().collect::<Vec<char>>());
    let mut rows: Vec<Vec<usize>> = vec![(0..=other.len()).collect()];
    for i in 1..=one.len() {
        let mut row = vec![i];
        for j in 1..=other.len() {
            let changed = rows[i - 1][j - 1] + usize::from(one[i - 1] != other[j - 1]);
            let mut best = changed.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[one.len()][other.len()]
}
