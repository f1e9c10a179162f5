//! Bytes out: a finished piece in each format, the proof, and what no format may carry.

mod docx;
mod galley;
mod html;
mod markdown;
mod marked;
mod page;
mod part;
mod proof;
mod text;

pub use marked::{Marked, MarkedPart};
pub use part::Part;

use crate::check::{Finding, Notes};
use crate::draft::Copy;
use crate::quote::Quote;
use chrono::{DateTime, Utc};

/// What a piece goes out as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Markdown,
    Html,
    Text,
    Docx,
    Proof,
}

impl Format {
    /// Every format, in the order of the screen.
    pub const ALL: [Format; 5] = [Format::Markdown, Format::Html, Format::Text, Format::Docx, Format::Proof];

    /// The word on the command line and the wire.
    pub fn word(self) -> &'static str {
        match self {
            Format::Markdown => "md",
            Format::Html => "html",
            Format::Text => "txt",
            Format::Docx => "docx",
            Format::Proof => "proof",
        }
    }

    /// The format a word names, if any.
    pub fn from_word(word: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.word() == word)
    }
}

/// A piece on its way out, and what the check says about it.
///
/// Only the proof looks past `copy`: note text and names cannot reach the other formats, for they are not handed on.
pub struct Outgoing<'a> {
    pub slug: &'a str,
    pub copy: &'a Copy,
    /// In the order of the body.
    pub quotes: &'a [CheckedQuote<'a>],
    pub notes: &'a Notes,
    pub now: DateTime<Utc>,
}

/// A quote, how it stands, and who let it stand.
pub struct CheckedQuote<'a> {
    pub quote: &'a Quote,
    pub finding: &'a Finding,
    pub cq: Option<Cq<'a>>,
    /// Why the cq or the last verdict no longer stands.
    pub stale: Option<&'a str>,
}

/// Checked, correct as it is.
#[derive(Clone, Debug)]
pub struct Cq<'a> {
    pub by: &'a str,
    pub reason: &'a str,
}

/// The bytes of a piece in a format. Same piece, same bytes; the clock shows only in the proof.
pub fn write(outgoing: &Outgoing, format: Format) -> Vec<u8> {
    match format {
        Format::Markdown => markdown::write(outgoing.copy).into_bytes(),
        Format::Html => html::write(outgoing.copy).into_bytes(),
        Format::Text => text::write(outgoing.copy).into_bytes(),
        Format::Docx => docx::write(outgoing.copy),
        Format::Proof => proof::write(outgoing).into_bytes(),
    }
}

/// The lines above a body, in their order: which part, and its words as they are printed.
fn head_lines(copy: &Copy) -> impl Iterator<Item = (&'static str, String)> {
    let byline = match &copy.byline {
        byline if byline.is_empty() || byline.to_lowercase().starts_with("by ") => byline.clone(),
        byline => format!("By {byline}"),
    };
    let parts = [("hed", copy.hed.clone()), ("dek", copy.dek.clone()), ("byline", byline)];
    parts.into_iter().filter(|(_, words)| !words.is_empty())
}
