//! Spelling: words no dictionary knows, and what may have been meant.

mod apart;
mod dictionary;
mod known;
mod word;

pub use dictionary::{Dictionary, Language, MAX_DICTIONARY_BYTES};
pub use known::Known;

use crate::quote::{Form, Reading};
use crate::span::{self, Span};
use std::collections::HashMap;
use std::sync::Arc;

/// A word that neither the dictionary nor what is known has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misspelling {
    /// Bytes into the text that was read: the word alone, of a compound the part that is unknown. Never empty.
    pub span: Span,
    /// It stands in speech that was found: the words are somebody's, and nothing puts them right unasked.
    pub is_quoted: bool,
}

/// How a desk has its copy read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Care {
    /// Words all in capitals are read too; else they are taken for abbreviations and signs.
    pub reads_capitals: bool,
}

/// No word is longer; what is, nobody typed as one.
const MAX_WORD_BYTES: usize = 80;

/// So many words are remembered; past it the memory begins anew.
const MAX_JUDGED: usize = 200_000;

/// One dictionary and the words it judged, so that a text read again costs the look-up of its new words.
pub struct Live {
    dictionary: Arc<Dictionary>,
    /// What the dictionary said of each word, as it is looked up.
    judged: HashMap<String, bool>,
}

impl Live {
    pub fn new(dictionary: Arc<Dictionary>) -> Live {
        Live { dictionary, judged: HashMap::new() }
    }

    /// Every misspelling of a text, in order, none over another.
    ///
    /// `reading`: what the finder found in it, whose speakers are known by name. `known`: words that are right whatever
    /// the dictionary says. Left alone are the targets of links, addresses, code, comments, furniture, words with
    /// digits, single letters, words in a script the dictionary has none of, and words that run on across Markdown's
    /// marks. Speech is read as all copy is. Total: any text; what was read before makes no difference.
    ///
    /// **Cost**: linear in the text; the dictionary is asked once for each word it was not asked for before.
    pub fn find(&mut self, text: &str, reading: &Reading, known: &[&Known], care: Care) -> Vec<Misspelling> {
        if self.judged.len() > MAX_JUDGED {
            self.judged.clear();
        }
        let apart = apart::find(text, reading);
        let speakers = Known::of_speakers(reading);
        let known: Vec<&Known> = known.iter().copied().chain([&speakers]).collect();
        let mut judge = Judge { live: self, text, known: &known, care };
        let (mut found, mut n_passed) = (Vec::new(), 0);
        for run in word::runs(text) {
            while apart.get(n_passed).is_some_and(|span| span.end <= run.start) {
                n_passed += 1;
            }
            if !apart.get(n_passed).is_some_and(|span| span.overlaps(run)) && !word::runs_on(text, run) {
                judge.read(run, &mut found);
            }
        }
        let speech = speech(reading);
        let is_quoted = |span: Span| {
            let next = speech.partition_point(|quoted| quoted.end <= span.start);
            speech.get(next).is_some_and(|quoted| quoted.overlaps(span))
        };
        found.into_iter().map(|span| Misspelling { span, is_quoted: is_quoted(span) }).collect()
    }
}

/// Every misspelling of a text by a dictionary; see [`Live::find`].
pub fn find(
    text: &str,
    reading: &Reading,
    dictionary: &Arc<Dictionary>,
    known: &[&Known],
    care: Care,
) -> Vec<Misspelling> {
    Live::new(Arc::clone(dictionary)).find(text, reading, known, care)
}

/// What may have been meant by a word, the likeliest first: known words near it, then the dictionary's, those of the same
/// letters before the others. At most nine.
///
/// **Cost**: tens of milliseconds, for the dictionary is gone through.
pub fn suggest(word: &str, dictionary: &Dictionary, known: &[&Known]) -> Vec<String> {
    let plain = word::plain(word);
    if plain.is_empty() || plain.len() > MAX_WORD_BYTES {
        return Vec::new();
    }
    let (stem, suffix) = word::without_suffix(&plain).unwrap_or((&plain, ""));
    let near = known.iter().flat_map(|known| known.near(stem));
    let mut suggestions: Vec<String> = Vec::new();
    for meant in near.chain(dictionary.suggest(stem)) {
        let meant = word::as_written(&(meant + suffix), word);
        if !suggestions.contains(&meant) && meant != word {
            suggestions.push(meant);
        }
    }
    // *teh* is *the* before *eh*, *dont* is *don’t* before *dot*.
    suggestions.sort_by_key(|meant| meant.contains(' ') || letters(meant) != letters(word));
    suggestions.truncate(9);
    suggestions
}

/// The letters of a word, in order of the alphabet.
fn letters(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = word.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
    letters.sort_unstable();
    letters
}

/// The word to learn of what an editor chose, plain and without *’s*; none where it is not one word.
pub fn one_word(chosen: &str) -> Option<String> {
    let chosen = chosen.trim();
    let run = word::runs(chosen).next().filter(|run| run.of(chosen) == chosen && chosen.len() <= MAX_WORD_BYTES)?;
    let plain = word::plain(run.of(chosen));
    let stem = word::without_suffix(&plain).map_or(&*plain, |(stem, _)| stem);
    (!word::is_no_word(stem)).then(|| stem.to_owned())
}

/// The words somebody spoke, in order: in marks, or without the marks they lost.
fn speech(reading: &Reading) -> Vec<Span> {
    let direct = |quote: &crate::quote::Quote| match quote.form {
        Form::Unmarked => quote.content.clone(),
        _ => quote.marked.clone(),
    };
    span::join_all(reading.quotes.iter().flat_map(direct).collect())
}

struct Judge<'a> {
    live: &'a mut Live,
    text: &'a str,
    known: &'a [&'a Known],
    care: Care,
}

impl Judge<'_> {
    /// Judges the words of a run; those nobody knows are added to what was found.
    fn read(&mut self, run: Span, found: &mut Vec<Span>) {
        if word::is_dotted_name(run.of(self.text)) {
            return;
        }
        for compound in word::dotted(self.text, run) {
            let mut parts = word::hyphened(self.text, compound);
            if parts.len() == 1 {
                parts.retain(|part| !self.is_right(*part));
            } else if self.is_known(&word::plain(compound.of(self.text))) {
                parts.clear();
            } else {
                let last = parts.last().copied();
                parts.retain(|part| {
                    let is_prefix = Some(*part) != last && word::is_prefix(part.of(self.text));
                    !is_prefix && !self.is_right(*part)
                });
            }
            found.extend(parts);
        }
    }

    /// Whether a word without hyphens may stand as it is.
    fn is_right(&mut self, span: Span) -> bool {
        let written = span.of(self.text);
        if written.len() > MAX_WORD_BYTES || word::is_no_word(written) {
            return true;
        }
        if !self.care.reads_capitals && word::is_capitals(written) {
            return true;
        }
        let plain = word::plain(written);
        if !self.live.dictionary.can_read(&plain) || self.is_known(&plain) {
            return true;
        }
        // *’twas* and *goin’* have their apostrophe at the edge, where a quote mark may stand too.
        let (before, after) = (span::before(self.text, span.start), span::after(self.text, span.end));
        let has_after = after.starts_with(word::APOSTROPHES);
        before.ends_with(word::APOSTROPHES) && self.is_known(&format!("'{plain}"))
            || has_after && self.is_known(&format!("{plain}'"))
            || has_after && plain.ends_with("in") && self.is_known(&format!("{plain}g"))
            || after.starts_with('-') && word::is_prefix(&plain)
    }

    fn is_known(&mut self, plain: &str) -> bool {
        let is_in = |live: &mut Live, known: &[&Known], word: &str| {
            live.is_in_dictionary(word) || known.iter().any(|known| known.has(word))
        };
        is_in(self.live, self.known, plain)
            || word::without_suffix(plain).is_some_and(|(stem, _)| is_in(self.live, self.known, stem))
    }
}

impl Live {
    fn is_in_dictionary(&mut self, plain: &str) -> bool {
        if plain.len() > MAX_WORD_BYTES {
            return false;
        }
        match self.judged.get(plain) {
            Some(is_in) => *is_in,
            None => {
                let is_in = self.dictionary.has(plain);
                self.judged.insert(plain.to_owned(), is_in);
                is_in
            }
        }
    }
}

#[cfg(test)]
mod tests;
