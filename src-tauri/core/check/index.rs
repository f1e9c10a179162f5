//! Stretches of notes laid out to be compared: their words in one row, and who spoke them.

use super::card::{self, AsItIs, Card};
use super::fold::{self, Shade, Word};
use crate::note::Note;
use crate::span::{Span, before};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;

/// Stands between two voices and two stretches; equal to no word.
pub const BREAK: u32 = 0;
/// So many breaks stand between two stretches: more than a short turn of someone else that is read over.
const N_APART: usize = 48;

/// A word of a note. Its letters are kept once for all, under `key`.
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
    /// What it goes by, among the names of all notes.
    pub names: usize,
    /// The day it spoke; none where the note does not tell.
    pub said_on: Option<NaiveDate>,
}

/// Some blocks of a note.
pub struct Excerpt<'a> {
    /// Which of the notes.
    pub place: usize,
    pub note: &'a Note,
    pub card: &'a Card,
    /// What its voices go by, among the names of all notes: its own source first, then each label of the card.
    pub names: &'a [usize],
    pub blocks: Range<usize>,
}

/// The words of stretches of notes, in the order of the notes.
#[derive(Default)]
pub struct Index {
    pub words: Vec<NoteWord>,
    /// In the order of `words`.
    pub voices: Vec<Voice>,
    /// By the sum of a word's letters, or the next number that is free.
    key_ids: HashMap<u64, u32, BuildHasherDefault<AsItIs>>,
    keys: Vec<String>,
}

impl Index {
    /// Lays out excerpts, which stand in the order of the notes and do not overlap. Cost: linear in their words.
    pub fn new<'a>(excerpts: impl Iterator<Item = Excerpt<'a>>) -> Index {
        let mut index = Index { keys: vec![String::new()], ..Index::default() };
        for excerpt in excerpts {
            index.read(&excerpt);
            (0..N_APART).for_each(|_| index.push_break());
        }
        index
    }

    fn read(&mut self, excerpt: &Excerpt) {
        let text = &excerpt.note.text;
        let start = excerpt.card.block_start(excerpt.blocks.start, text);
        let within = Span::new(start, excerpt.card.block_start(excerpt.blocks.end, text));
        let said_on = before(&excerpt.note.said_at, "2026-01-31".len()).parse().ok();
        let mut last_label = None;
        for turn in excerpt.card.turns_in(within) {
            if last_label != Some(turn.label) {
                self.push_break();
                let names = excerpt.names[turn.label.map_or(0, |label| label as usize + 1)];
                let here = self.words.len();
                self.voices.push(Voice { words: here..here, note: excerpt.place, names, said_on });
                last_label = Some(turn.label);
            }
            let begins_turn = turn.span().start >= within.start;
            let words = Span::new(turn.span().start.max(within.start), turn.span().end.min(within.end));
            for (nth, mut word) in fold::words(text, words).into_iter().enumerate() {
                word.starts_sentence = nth == 0 && begins_turn || nth > 0 && word.starts_sentence;
                self.push(word);
            }
            if let Some(voice) = self.voices.last_mut() {
                voice.words.end = self.words.len();
            }
        }
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

    fn push(&mut self, word: Word) {
        let (shade, span) = (word.shade, word.span);
        let key = match self.find_key(&word.key) {
            Ok(key) => key,
            Err(free) => {
                let next = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
                self.keys.push(word.key);
                self.key_ids.insert(free, next);
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

    /// The id of a folded word, if any note has it.
    pub fn key_id(&self, key: &str) -> Option<u32> {
        self.find_key(key).ok()
    }

    /// The id of a folded word, or the number its id would be kept by.
    fn find_key(&self, key: &str) -> Result<u32, u64> {
        let mut sum = card::sum(key.as_bytes());
        loop {
            match self.key_ids.get(&sum) {
                Some(id) if self.keys[*id as usize] == key => return Ok(*id),
                Some(_) => sum = sum.wrapping_add(1),
                None => return Err(sum),
            }
        }
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

    /// The voices heard in a stretch of words.
    pub fn voices_in(&self, words: Range<usize>) -> impl Iterator<Item = &Voice> {
        let first = self.voices.partition_point(|voice| voice.words.end <= words.start);
        self.voices[first..].iter().take_while(move |voice| voice.words.start < words.end)
    }
}
