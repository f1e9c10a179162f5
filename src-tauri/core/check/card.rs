//! What the notes index keeps of one note: who speaks where, where its blocks begin, which terms stand in which block.
//!
//! A term is a word's stem, or two common words side by side: a quote of common words alone (*we will do it*) is told by
//! the pairs it has. Tried: pairs of all words, half as much again to keep, and no more passages found.

use super::fold;
use super::lexicon::is_common;
use crate::note::Note;
use crate::span::Span;
use rust_stemmers::{Algorithm, Stemmer};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// How many words a block has: a quote of usual length lies in two that are neighbours.
pub const BLOCK: usize = 32;

/// A stem or a pair, as a number. Two of one number do no harm: the words themselves are compared later.
pub type Term = u32;

/// What the index keeps of one note.
///
/// Invariant: the same for equal text, source and aliases, whatever was read before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// In order; those without words too.
    pub turns: Vec<CardTurn>,
    /// The labels of a transcript, each once, in the order they first stand in.
    pub labels: Vec<String>,
    /// Where each block begins: the first byte of its first word.
    pub blocks: Vec<u32>,
    /// Every term with its blocks, packed.
    postings: Vec<u8>,
}

/// A stretch of the note one voice spoke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardTurn {
    pub start_byte: u32,
    pub end_byte: u32,
    /// Which of the card's labels; none for the note's own source.
    pub label: Option<u32>,
}

impl CardTurn {
    /// Its words.
    pub fn span(&self) -> Span {
        Span::new(self.start_byte as usize, self.end_byte as usize)
    }
}

impl Card {
    /// Where a block begins in the note's text; its end for the block behind the last.
    pub fn block_start(&self, block: usize, text: &str) -> usize {
        if block == 0 { 0 } else { self.blocks.get(block).map_or(text.len(), |start| *start as usize) }
    }

    /// The turns that have words in a stretch of the note's text.
    pub fn turns_in(&self, within: Span) -> &[CardTurn] {
        let first = self.turns.partition_point(|turn| turn.end_byte as usize <= within.start);
        let last = self.turns.partition_point(|turn| (turn.start_byte as usize) < within.end);
        &self.turns[first..last.max(first)]
    }

    /// Every term, in order, with the blocks it stands in, in order.
    pub fn each_term(&self, mut each: impl FnMut(Term, &[u32])) {
        let mut bytes = self.postings.as_slice();
        let mut term = 0;
        let mut blocks = Vec::new();
        while let Some(step) = take_number(&mut bytes) {
            term += step;
            blocks.clear();
            if take_blocks(&mut bytes, self.blocks.len(), &mut blocks).is_none() {
                return;
            }
            each(term as Term, &blocks);
        }
    }

    /// The card as it is kept.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.postings.len() + self.blocks.len() * 2 + self.turns.len() * 4);
        put_number(&mut bytes, self.labels.len() as u64);
        for label in &self.labels {
            put_number(&mut bytes, label.len() as u64);
            bytes.extend_from_slice(label.as_bytes());
        }
        put_number(&mut bytes, self.turns.len() as u64);
        let mut end = 0;
        for turn in &self.turns {
            put_number(&mut bytes, u64::from(turn.start_byte - end));
            put_number(&mut bytes, u64::from(turn.end_byte - turn.start_byte));
            put_number(&mut bytes, turn.label.map_or(0, |label| u64::from(label) + 1));
            end = turn.end_byte;
        }
        put_number(&mut bytes, self.blocks.len() as u64);
        let mut last = 0;
        for start in &self.blocks {
            put_number(&mut bytes, u64::from(start - last));
            last = *start;
        }
        bytes.extend_from_slice(&self.postings);
        bytes
    }

    /// The card these bytes keep; none when they are not one.
    pub fn from_bytes(mut bytes: &[u8]) -> Option<Card> {
        let from = &mut bytes;
        let mut card = Card::default();
        for _ in 0..take_number(from)? {
            let n_bytes = usize::try_from(take_number(from)?).ok()?;
            let (label, rest) = from.split_at_checked(n_bytes)?;
            card.labels.push(String::from_utf8(label.to_vec()).ok()?);
            *from = rest;
        }
        let mut end = 0;
        for _ in 0..take_number(from)? {
            let start_byte = u32::try_from(end + take_number(from)?).ok()?;
            let end_byte = u32::try_from(u64::from(start_byte) + take_number(from)?).ok()?;
            let label = u32::try_from(take_number(from)?).ok()?.checked_sub(1);
            if label.is_some_and(|label| label as usize >= card.labels.len()) {
                return None;
            }
            card.turns.push(CardTurn { start_byte, end_byte, label });
            end = u64::from(end_byte);
        }
        let mut last = 0;
        for _ in 0..take_number(from)? {
            last += take_number(from)?;
            card.blocks.push(u32::try_from(last).ok()?);
        }
        card.postings = from.to_vec();
        Some(card)
    }
}

/// Makes cards, and remembers the terms of the words it has met.
pub struct CardMaker {
    stemmer: Stemmer,
    /// By the sum of a word's letters.
    terms: HashMap<u64, WordTerms, BuildHasherDefault<AsItIs>>,
}

/// What a word is looked for by.
#[derive(Clone, Copy)]
struct WordTerms {
    stem: Term,
    /// For a common word, what its pairs are made of.
    common: Option<u32>,
}

impl CardMaker {
    /// One that has met no word.
    pub fn new() -> CardMaker {
        CardMaker { stemmer: Stemmer::create(Algorithm::English), terms: HashMap::default() }
    }

    /// Reads a note. Cost: linear.
    pub fn make(&mut self, note: &Note) -> Card {
        let mut card = Card::default();
        let mut postings: Vec<u64> = Vec::with_capacity(note.text.len() / 4);
        let mut n_words = 0;
        let size = |n_bytes: usize| u32::try_from(n_bytes).unwrap_or(u32::MAX);
        for turn in note.turns() {
            let label = turn.label.map(|label| card.label_id(label.of(&note.text)));
            card.turns.push(CardTurn { start_byte: size(turn.words.start), end_byte: size(turn.words.end), label });
            let mut before = None;
            for word in fold::words(&note.text, turn.words) {
                if n_words % BLOCK == 0 {
                    card.blocks.push(size(word.span.start));
                }
                let block = (n_words / BLOCK) as u64;
                let terms = self.terms(&word.key);
                postings.push(u64::from(terms.stem) << 32 | block);
                postings.extend(pair(before, terms.common).map(|pair| u64::from(pair) << 32 | block));
                before = terms.common;
                n_words += 1;
            }
        }
        postings.sort_unstable();
        postings.dedup();
        card.postings = pack(&postings, card.blocks.len());
        card
    }

    fn terms(&mut self, key: &str) -> WordTerms {
        let stemmer = &self.stemmer;
        *self.terms.entry(sum(key.as_bytes())).or_insert_with(|| WordTerms::of(stemmer, key))
    }
}

impl WordTerms {
    fn of(stemmer: &Stemmer, key: &str) -> WordTerms {
        let common = is_common(key).then(|| hash(key));
        WordTerms { stem: term_of(&stem(stemmer, key)), common }
    }
}

impl Card {
    fn label_id(&mut self, label: &str) -> u32 {
        // A transcript has few voices; the last that spoke is likely to speak again.
        let at = self.labels.iter().rposition(|known| known == label).unwrap_or_else(|| {
            self.labels.push(label.to_string());
            self.labels.len() - 1
        });
        at as u32
    }
}

/// A word's stem, as the index counts it.
pub fn stem(stemmer: &Stemmer, key: &str) -> String {
    stemmer.stem(key.trim_end_matches("'s")).into_owned()
}

/// The term of a stem.
pub fn term_of(stem: &str) -> Term {
    hash(stem)
}

/// What the words of a quote are looked for by: their stems, each weighing what its word does, and their pairs.
///
/// Each term once, in order.
pub fn terms_of<'k>(words: impl Iterator<Item = (&'k str, f32)>) -> Vec<(Term, f32)> {
    let stemmer = Stemmer::create(Algorithm::English);
    let mut terms: Vec<(Term, f32)> = Vec::new();
    let mut before = None;
    for (key, weight) in words {
        let word = WordTerms::of(&stemmer, key);
        terms.push((word.stem, weight));
        terms.extend(pair(before, word.common).map(|pair| (pair, 1.0)));
        before = word.common;
    }
    terms.sort_by(|one, other| one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)));
    terms.dedup_by_key(|term| term.0);
    terms
}

fn pair(before: Option<u32>, word: Option<u32>) -> Option<Term> {
    Some(before?.rotate_left(11).wrapping_mul(0x9e37_79b1) ^ word?)
}

/// 64 bits folded into 32.
fn hash(text: &str) -> u32 {
    let sum = sum(text.as_bytes());
    (sum >> 32) as u32 ^ sum as u32
}

/// FNV-1a, 64 bits.
pub fn sum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// For numbers that are sums already.
#[derive(Default)]
pub struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = self.0 << 8 ^ u64::from(*byte));
    }

    fn write_u32(&mut self, sum: u32) {
        self.write_u64(u64::from(sum));
    }

    fn write_u64(&mut self, sum: u64) {
        self.0 = sum.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// Terms as steps; the blocks of each as steps, or, where that is shorter, as one bit a block.
fn pack(postings: &[u64], n_blocks: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(postings.len() * 3);
    let mut last_term = 0;
    for list in postings.chunk_by(|one, other| one >> 32 == other >> 32) {
        let term = list[0] >> 32;
        put_number(&mut bytes, term - last_term);
        last_term = term;
        let blocks = list.iter().map(|posting| (posting & 0xffff_ffff) as usize);
        let n_map_bytes = n_blocks.div_ceil(8);
        let is_map = list.len() > n_map_bytes;
        put_number(&mut bytes, (list.len() as u64) << 1 | u64::from(is_map));
        if is_map {
            let start = bytes.len();
            bytes.resize(start + n_map_bytes, 0);
            blocks.for_each(|block| bytes[start + block / 8] |= 1 << (block % 8));
        } else {
            let mut last = 0;
            for block in blocks {
                put_number(&mut bytes, (block - last) as u64);
                last = block;
            }
        }
    }
    bytes
}

/// Reads the blocks of one term; none when the bytes are no such list.
fn take_blocks(bytes: &mut &[u8], n_blocks: usize, blocks: &mut Vec<u32>) -> Option<()> {
    let head = take_number(bytes)?;
    if head & 1 == 1 {
        let (map, rest) = bytes.split_at_checked(n_blocks.div_ceil(8))?;
        let is_set = |block: &usize| map[block / 8] >> (block % 8) & 1 == 1;
        blocks.extend((0..n_blocks).filter(is_set).map(|block| block as u32));
        *bytes = rest;
        return Some(());
    }
    let mut last = 0;
    for _ in 0..head >> 1 {
        last += take_number(bytes)?;
        if last >= n_blocks as u64 {
            return None;
        }
        blocks.push(last as u32);
    }
    Some(())
}

fn put_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Seven bits a byte, the lowest first. Nothing that is kept needs more than five bytes.
fn take_number(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..35).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if *byte < 0x80 {
            return Some(number);
        }
    }
    None
}
