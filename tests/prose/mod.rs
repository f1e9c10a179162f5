//! Copy made up for tests and the bench, and edits to it as an editor makes them; the same from the same seed.
#![allow(dead_code, reason = "each test program uses its part of it")]

use std::sync::LazyLock;
use stet::note::{Note, NoteId, Terms};

/// What every sentence is held together by.
pub const GLUE: &str = "the a of to in and that it was is for on with as at by from they we he she but not this which or have \
    had were are be been there would will could may when after before because about more than into out over only also \
    what who if no all so up some any their our his her its can do did how then now very just where while during under";

/// The commonest words of news copy first; behind them some of everything.
static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let news = include_str!("../../src-tauri/core/check/words/news.txt");
    let lines = news.lines().filter(|line| !line.starts_with('#'));
    let mut words: Vec<String> = lines.flat_map(str::split_whitespace).map(|word| word.replace('+', " ")).collect();
    let rare = include_str!("../../src-tauri/core/check/words/wordnet.txt");
    let rare = rare.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 3);
    words.extend(rare.step_by(17).map(str::to_owned));
    words
});

/// Draws the same numbers at every run (xorshift*).
#[derive(Clone)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn draw(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        (self.draw() % n.max(1) as u64) as usize
    }

    /// A place in a list in which the nth is drawn about 1/n times as often as the first.
    pub fn ranked(&mut self, n: usize) -> usize {
        let share = self.below(1_000_000) as f64 / 1e6;
        (((n as f64 + 1.0).powf(share) - 1.0) as usize).min(n - 1)
    }
}

/// A word; the nth of the list about 1/n times as often as the first.
pub fn word(dice: &mut Dice) -> &'static str {
    static GLUES: LazyLock<Vec<&str>> = LazyLock::new(|| GLUE.split_whitespace().collect());
    if dice.below(100) < 48 {
        return GLUES[dice.ranked(GLUES.len())];
    }
    &WORDS[dice.ranked(WORDS.len())]
}

/// A sentence of so many words, with a blank behind it.
pub fn sentence(n_words: usize, dice: &mut Dice) -> String {
    let words: Vec<&str> = (0..n_words).map(|_| word(dice)).collect();
    let mut sentence = words.join(" ");
    sentence[..1].make_ascii_uppercase();
    sentence + ". "
}

/// A piece of about so many words, in grafs.
pub fn piece(n_words: usize, dice: &mut Dice) -> String {
    let mut piece = String::new();
    let mut n = 0;
    while n < n_words {
        let n_sentence = (6 + dice.below(22)).min(n_words - n);
        piece += &sentence(n_sentence, dice);
        n += n_sentence;
        if dice.below(4) == 0 {
            piece += "\n\n";
        }
    }
    piece
}

/// What an editor does between two pauses: a sentence more, one less, some words put for others, in different places.
pub fn edit(body: &mut String, dice: &mut Dice) {
    let place = sentence_start(body, dice);
    body.insert_str(place, &sentence(6 + 2 * dice.below(9), dice));
    let from = sentence_start(body, dice);
    if let Some(end) = body[from..].find(". ").filter(|_| body.len() > 400) {
        body.replace_range(from..from + end + 2, "");
    }
    for _ in 0..3 {
        let start = sentence_start(body, dice);
        let end = body[start..].find(' ').map_or(body.len(), |at| start + at);
        body.replace_range(start..end, word(dice));
    }
}

fn sentence_start(body: &str, dice: &mut Dice) -> usize {
    let mut from = dice.below(body.len());
    while !body.is_char_boundary(from) {
        from -= 1;
    }
    body[from..].find(". ").map_or(0, |at| from + at + 2)
}

/// A new note of a call with Ines Eze, on the record.
pub fn note(text: &str) -> Note {
    Note {
        id: NoteId(0),
        name: String::new(),
        source: "Ines Eze".into(),
        kind: "call".into(),
        place: String::new(),
        said_at: "2026-11-10".into(),
        terms: Terms::OnTheRecord,
        terms_words: String::new(),
        embargo: None,
        is_confidential: false,
        aliases: Vec::new(),
        text: text.into(),
    }
}
