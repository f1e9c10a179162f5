//! Notes made ready to be searched: their words in one row, and for each stem the blocks it stands in.

use super::fold::{self, Shade, Word};
use super::speaker::name_words;
use crate::note::Note;
use crate::span::Span;
use rust_stemmers::{Algorithm, Stemmer};
use std::collections::HashMap;
use std::ops::Range;

/// How many words a block has: long enough to hold a quote, short enough to point at one.
const BLOCK: usize = 64;

/// Stands between two voices and two notes; equal to no word.
pub const BREAK: u32 = 0;

/// A word of a note. Its letters are kept once for all notes, under `key`.
#[derive(Clone, Copy, Debug)]
pub struct NoteWord {
    pub key: u32,
    pub start_byte: u32,
    pub n_bytes: u32,
    pub shade: Shade,
    pub is_capital: bool,
    pub starts_sentence: bool,
    pub is_hyphened: bool,
}

/// A stretch of words one voice spoke.
pub struct Voice {
    pub words: Range<usize>,
    /// Which of the notes.
    pub note: usize,
    /// The names it goes by, taken apart.
    pub names: usize,
}

/// All words of all notes.
///
/// Invariant: equal notes give an equal index.
#[derive(Default)]
pub struct Index {
    pub words: Vec<NoteWord>,
    /// In the order of `words`.
    pub voices: Vec<Voice>,
    /// What a voice goes by; many voices share one.
    pub names: Vec<Vec<Vec<String>>>,
    key_ids: HashMap<String, u32>,
    keys: Vec<String>,
    /// The stem of each key; a stem is an id of its own.
    stem_of_key: Vec<u32>,
    stem_ids: HashMap<String, u32>,
    /// Where in `blocks` the blocks of each stem begin; one more at the end.
    starts: Vec<u32>,
    blocks: Vec<u32>,
}

impl Index {
    /// Reads the notes once. Cost: linear.
    pub fn new(notes: &[Note]) -> Index {
        let mut index = Index { keys: vec![String::new()], stem_of_key: vec![0], ..Index::default() };
        index.stem_ids.insert(String::new(), 0);
        let stemmer = Stemmer::create(Algorithm::English);
        for (place, note) in notes.iter().enumerate() {
            index.read_note(place, note, &stemmer);
        }
        index.post();
        index
    }

    fn read_note(&mut self, place: usize, note: &Note, stemmer: &Stemmer) {
        let own: Vec<Vec<String>> =
            std::iter::once(&note.source).chain(&note.aliases).map(|name| name_words(name)).collect();
        let mut last_label: Option<Option<String>> = None;
        let mut names_by_label: HashMap<Option<String>, usize> = HashMap::new();
        for turn in note.turns() {
            let label = turn.label.map(|label| label.of(&note.text).to_string());
            if last_label.as_ref() != Some(&label) {
                self.push_break();
                let names = *names_by_label.entry(label.clone()).or_insert_with(|| {
                    self.names.push(voice_names(label.as_deref(), &own));
                    self.names.len() - 1
                });
                self.voices.push(Voice { words: self.words.len()..self.words.len(), note: place, names });
                last_label = Some(label);
            }
            for (nth, mut word) in fold::words(&note.text, turn.words).into_iter().enumerate() {
                word.starts_sentence |= nth == 0;
                self.push(word, stemmer);
            }
            if let Some(voice) = self.voices.last_mut() {
                voice.words.end = self.words.len();
            }
        }
        self.push_break();
    }

    fn push_break(&mut self) {
        let start_byte = self.words.last().map_or(0, |word| word.start_byte + word.n_bytes);
        self.words.push(NoteWord {
            key: BREAK,
            start_byte,
            n_bytes: 0,
            shade: Shade::Any,
            is_capital: false,
            starts_sentence: true,
            is_hyphened: false,
        });
    }

    fn push(&mut self, word: Word, stemmer: &Stemmer) {
        let (shade, span) = (word.shade, word.span);
        let next = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
        let key = match self.key_ids.get(&word.key) {
            Some(key) => *key,
            None => {
                let stem = stem(stemmer, &word.key);
                let n_stems = u32::try_from(self.stem_ids.len()).unwrap_or(u32::MAX);
                self.stem_of_key.push(*self.stem_ids.entry(stem).or_insert(n_stems));
                self.keys.push(word.key.clone());
                self.key_ids.insert(word.key, next);
                next
            }
        };
        self.words.push(NoteWord {
            key,
            start_byte: u32::try_from(span.start).unwrap_or(u32::MAX),
            n_bytes: u32::try_from(span.len()).unwrap_or(u32::MAX),
            shade,
            is_capital: word.is_capital,
            starts_sentence: word.starts_sentence,
            is_hyphened: word.is_hyphened,
        });
    }

    /// Sorts the blocks by stem: counts first, then places, so that the cost stays linear.
    fn post(&mut self) {
        let n_stems = self.stem_ids.len();
        let mut starts = vec![0u32; n_stems + 1];
        self.each_posting(|stem, _| starts[stem as usize + 1] += 1);
        for stem in 0..n_stems {
            starts[stem + 1] += starts[stem];
        }
        let mut next = starts.clone();
        let mut blocks = vec![0u32; starts[n_stems] as usize];
        self.each_posting(|stem, block| {
            blocks[next[stem as usize] as usize] = block;
            next[stem as usize] += 1;
        });
        (self.starts, self.blocks) = (starts, blocks);
    }

    fn each_posting(&self, mut post: impl FnMut(u32, u32)) {
        let mut last_block = vec![u32::MAX; self.stem_ids.len()];
        for (at, word) in self.words.iter().enumerate() {
            let stem = self.stem_of_key[word.key as usize];
            let block = (at / BLOCK) as u32;
            if word.key != BREAK && last_block[stem as usize] != block {
                last_block[stem as usize] = block;
                post(stem, block);
            }
        }
    }

    /// The id of a folded word, if any note has it.
    pub fn key_id(&self, key: &str) -> Option<u32> {
        self.key_ids.get(key).copied()
    }

    /// The folded letters of a note's word.
    pub fn key(&self, word: &NoteWord) -> &str {
        &self.keys[word.key as usize]
    }

    /// Where a note's word stands in its note.
    pub fn span(&self, at: usize) -> Span {
        let word = self.words[at];
        let start = word.start_byte as usize;
        Span::new(start, start + word.n_bytes as usize)
    }

    /// The words of a note that lie in a stretch of its text.
    pub fn words_within(&self, note: usize, span: Span) -> Range<usize> {
        let first = self.voices.partition_point(|voice| voice.note < note);
        let last = self.voices.partition_point(|voice| voice.note <= note);
        let voices = &self.voices[first..last];
        let (Some(start), Some(end)) = (voices.first(), voices.last()) else { return 0..0 };
        let words = &self.words[start.words.start..end.words.end];
        let from = words.partition_point(|word| (word.start_byte as usize) < span.start);
        let to = words.partition_point(|word| ((word.start_byte + word.n_bytes) as usize) <= span.end);
        start.words.start + from..start.words.start + to.max(from)
    }

    /// The voice that spoke the word at `at`; none for a break.
    pub fn voice(&self, at: usize) -> Option<&Voice> {
        let next = self.voices.partition_point(|voice| voice.words.start <= at);
        self.voices[..next].last().filter(|voice| voice.words.contains(&at))
    }

    /// In how many blocks a stem stands.
    fn blocks_of(&self, stem: &str) -> &[u32] {
        let Some(stem) = self.stem_ids.get(stem) else { return &[] };
        let stem = *stem as usize;
        &self.blocks[self.starts[stem] as usize..self.starts[stem + 1] as usize]
    }

    /// The stretches of words most likely to hold a query, best first, `n_pad` words wider on either side.
    ///
    /// `stems` come with a weight; `is_wanted` says whether a voice counts. Cost: the postings of the query's rarest
    /// stems, bounded; not the notes.
    pub fn find(
        &self,
        stems: &[(String, f32)],
        n_pad: usize,
        n_best: usize,
        is_wanted: impl Fn(&Voice) -> bool,
    ) -> Vec<Range<usize>> {
        const MAX_POSTINGS: usize = 300_000;
        const N_RANKED: usize = 512;
        let n_blocks = self.words.len().div_ceil(BLOCK);
        let mut lists: Vec<(&[u32], f32)> =
            stems.iter().map(|(stem, weight)| (self.blocks_of(stem), *weight)).collect();
        lists.retain(|(list, _)| !list.is_empty());
        lists.sort_by_key(|(list, _)| list.len());
        let mut scores = vec![0.0f32; n_blocks + 1];
        let mut n_read = 0;
        for (nth, (list, weight)) in lists.iter().enumerate() {
            if nth >= 3 && n_read + list.len() > MAX_POSTINGS {
                break;
            }
            n_read += list.len();
            let rarity = ((1.0 + n_blocks as f32 / list.len() as f32).ln() + 0.1) * weight;
            list.iter().for_each(|block| scores[*block as usize] += rarity);
        }
        let pair = |block: usize| scores[block] + scores[block + 1];
        let best = (0..n_blocks).map(pair).fold(0.0, f32::max);
        // A neighbour of a good block scores as well by its pair; a third of the best holds nothing worth reading.
        let mut ranked: Vec<usize> = (0..n_blocks).filter(|block| pair(*block) >= best * 0.3 && best > 0.0).collect();
        let by_score = |one: &usize, other: &usize| pair(*other).total_cmp(&pair(*one)).then(one.cmp(other));
        if ranked.len() > N_RANKED {
            ranked.select_nth_unstable_by(N_RANKED, by_score);
            ranked.truncate(N_RANKED);
        }
        ranked.sort_by(by_score);
        let mut found: Vec<Range<usize>> = Vec::new();
        for block in ranked {
            if found.len() >= n_best {
                break;
            }
            let start = (block * BLOCK).saturating_sub(n_pad);
            let end = ((block + 2) * BLOCK + n_pad).min(self.words.len());
            if self.voices_in(start..end).any(&is_wanted) {
                found.push(start..end);
            }
        }
        found
    }

    /// The voices heard in a stretch of words.
    pub fn voices_in(&self, words: Range<usize>) -> impl Iterator<Item = &Voice> {
        let first = self.voices.partition_point(|voice| voice.words.end <= words.start);
        self.voices[first..].iter().take_while(move |voice| voice.words.start < words.end)
    }
}

/// A word's stem, as the index counts it.
pub fn stem(stemmer: &Stemmer, key: &str) -> String {
    stemmer.stem(key.trim_end_matches("'s")).into_owned()
}

/// A label that is one of the source's own names goes by all of them.
fn voice_names(label: Option<&str>, own: &[Vec<String>]) -> Vec<Vec<String>> {
    let Some(label) = label else { return own.to_vec() };
    let words = name_words(label);
    let spoken = super::speaker::is_one_of(&words, own);
    if spoken { std::iter::once(words).chain(own.iter().cloned()).collect() } else { vec![words] }
}
