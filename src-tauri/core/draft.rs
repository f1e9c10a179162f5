//! A piece as the desk keeps it, and what can be counted in its words.

use crate::span::Span;
use chrono::{DateTime, Utc};
use unicode_segmentation::UnicodeSegmentation;

/// Which piece; given by the store, never used again for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DraftId(pub i64);

/// How far a piece has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    #[default]
    Draft,
    Edit,
    Legal,
    Ready,
    Published,
    Spiked,
}

impl Status {
    /// Every status, in the order a piece goes through them.
    pub const ALL: [Status; 6] =
        [Status::Draft, Status::Edit, Status::Legal, Status::Ready, Status::Published, Status::Spiked];

    /// The word on the screen and in the store.
    pub fn word(self) -> &'static str {
        match self {
            Status::Draft => "draft",
            Status::Edit => "edit",
            Status::Legal => "legal",
            Status::Ready => "ready",
            Status::Published => "published",
            Status::Spiked => "spiked",
        }
    }

    /// The status a word names, if any.
    pub fn from_word(word: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.word() == word)
    }
}

/// Where a piece lies: on the desk, put away, or in the bin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    #[default]
    Desk,
    Archive,
    Bin,
}

impl Place {
    /// The word in the store and on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Place::Desk => "desk",
            Place::Archive => "archive",
            Place::Bin => "bin",
        }
    }

    /// The place a word names, if any.
    pub fn from_word(word: &str) -> Option<Place> {
        [Place::Desk, Place::Archive, Place::Bin].into_iter().find(|place| place.word() == word)
    }
}

/// The words of a piece: what an editor types, what a revision keeps.
///
/// Invariant: `\n` is the only line end, and no NUL or byte-order mark; `import` sees to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copy {
    pub hed: String,
    pub dek: String,
    pub byline: String,
    pub dateline: String,
    /// Markdown.
    pub body: String,
}

/// A piece on the desk.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub id: DraftId,
    /// Short name of the story; unlike any other on the desk.
    pub slug: String,
    pub status: Status,
    pub place: Place,
    /// How many words were ordered; none when nobody said.
    pub target_words: Option<u32>,
    pub copy: Copy,
    /// Counts the saves; a save must name the one it read.
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
}

/// How many words a text has, as a word processor counts: runs of letters and digits, hyphens and apostrophes inside.
pub fn count_words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// Every *TK* (to come) left in a text, in order: the word alone in capitals, or several run together (*TKTK*).
pub fn find_tks(text: &str) -> Vec<Span> {
    text.unicode_word_indices()
        .filter(|(_, word)| word.len() % 2 == 0 && word.as_bytes().chunks(2).all(|pair| pair == b"TK"))
        .map(|(start, word)| Span::new(start, start + word.len()))
        .collect()
}
