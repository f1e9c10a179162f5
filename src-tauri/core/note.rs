//! Source notes: what someone said or wrote, and on what terms it may be used.

use crate::span::Span;
use chrono::{DateTime, Utc};

/// Which note; given by the store, or the place in the folder for notes read from files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteId(pub i64);

/// What was agreed with the source. AP's meanings; newsrooms differ, so the note keeps its own words too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Terms {
    /// Use it, with the name.
    #[default]
    OnTheRecord,
    /// Use it as agreed, without the name.
    Background,
    /// Use it, without attribution.
    DeepBackground,
    /// Do not use it.
    OffTheRecord,
}

impl Terms {
    /// All four, loosest first.
    pub const ALL: [Terms; 4] = [Terms::OnTheRecord, Terms::Background, Terms::DeepBackground, Terms::OffTheRecord];

    /// The words in a note's front matter and on the screen.
    pub fn words(self) -> &'static str {
        match self {
            Terms::OnTheRecord => "on the record",
            Terms::Background => "background",
            Terms::DeepBackground => "deep background",
            Terms::OffTheRecord => "off the record",
        }
    }

    /// The terms these words name, if any; case, hyphens and a leading *on* do not matter.
    pub fn from_words(words: &str) -> Option<Terms> {
        let plain = words.trim().to_lowercase().replace('-', " ");
        let plain = plain.strip_prefix("on ").filter(|rest| rest.ends_with("background")).unwrap_or(&plain);
        Terms::ALL.into_iter().find(|terms| terms.words() == plain)
    }
}

/// One source's words, and where they come from.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub id: NoteId,
    /// The file it came from (`altman-reply.md`), or a name made from the source. Unlike any other on the desk.
    pub name: String,
    /// Who said or wrote it.
    pub source: String,
    /// interview, call, post, e-mail, document, transcript, press release, web page, …
    pub kind: String,
    /// Place, outlet or address.
    pub place: String,
    /// As the note has it: a date, or a date and time. Sorts by its own letters.
    pub said_at: String,
    pub terms: Terms,
    /// The terms as the note wrote them, when they say more than the four do; else empty.
    pub terms_words: String,
    pub embargo: Option<DateTime<Utc>>,
    /// The source's name must never leave the desk.
    pub is_confidential: bool,
    /// Other names and roles the source goes by.
    pub aliases: Vec<String>,
    /// The words alone, `\n` line ends, no front matter.
    pub text: String,
}

/// A stretch of a note that one voice spoke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Whose words: the label of a transcript line (`MAYOR EZE:`), or none for the note's own source.
    pub label: Option<Span>,
    /// The words, without label and timecode.
    pub words: Span,
}
