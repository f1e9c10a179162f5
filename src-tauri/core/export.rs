//! Bytes out: a finished piece in each format, the proof, and what no format may carry.

mod docx;
mod epub;
mod galley;
mod html;
mod markdown;
mod marked;
mod ninjs;
mod nitf;
mod odt;
mod page;
mod part;
mod pdf;
mod proof;
mod text;
mod xml;
mod zipped;

pub use markdown::write_whole;
pub use marked::{Marked, MarkedPart, MarkedThread, Said};
pub use part::Part;
pub use proof::source_line;
pub use text::Plain;

use crate::check::{self, Finding, Notes};
use crate::draft::{Copy, Draft, is_leftwards};
use crate::error::Result;
use crate::quote::Quote;
use chrono::{DateTime, Utc};

/// What a piece goes out as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Markdown,
    Html,
    Text,
    Docx,
    Odt,
    Epub,
    Pdf,
    /// ninjs 3.
    Ninjs,
    Ninjs2,
    Nitf,
    Proof,
    /// The proof as a Word file: each quote with a comment beside it.
    ProofWord,
    /// The proof as pages for print.
    ProofPdf,
}

impl Format {
    /// Every format, in the order of the screen.
    pub const ALL: [Format; 13] = [
        Format::Markdown,
        Format::Html,
        Format::Text,
        Format::Docx,
        Format::Proof,
        Format::ProofWord,
        Format::ProofPdf,
        Format::Odt,
        Format::Epub,
        Format::Pdf,
        Format::Ninjs,
        Format::Ninjs2,
        Format::Nitf,
    ];

    /// The word on the command line and the wire.
    pub fn word(self) -> &'static str {
        match self {
            Format::Markdown => "md",
            Format::Html => "html",
            Format::Text => "txt",
            Format::Docx => "docx",
            Format::Odt => "odt",
            Format::Epub => "epub",
            Format::Pdf => "pdf",
            Format::Ninjs => "ninjs",
            Format::Ninjs2 => "ninjs2",
            Format::Nitf => "nitf",
            Format::Proof => "proof",
            Format::ProofWord => "proof-docx",
            Format::ProofPdf => "proof-pdf",
        }
    }

    /// How the history of a piece says it: *exported as DOCX*.
    pub fn name(self) -> &'static str {
        match self {
            Format::Markdown => "Markdown",
            Format::Html => "HTML",
            Format::Text => "plain text",
            Format::Docx => "DOCX",
            Format::Odt => "ODT",
            Format::Epub => "EPUB",
            Format::Pdf => "PDF",
            Format::Ninjs => "ninjs 3",
            Format::Ninjs2 => "ninjs 2",
            Format::Nitf => "NITF",
            Format::Proof => "a proof",
            Format::ProofWord => "a proof for Word",
            Format::ProofPdf => "a proof as PDF",
        }
    }

    /// What follows the slug in the name of the file.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Ninjs | Format::Ninjs2 => ".json",
            Format::Nitf => ".xml",
            Format::Proof => "-proof.html",
            Format::ProofWord => "-proof.docx",
            Format::ProofPdf => "-proof.pdf",
            Format::Markdown => ".md",
            Format::Html => ".html",
            Format::Text => ".txt",
            Format::Docx => ".docx",
            Format::Odt => ".odt",
            Format::Epub => ".epub",
            Format::Pdf => ".pdf",
        }
    }

    /// A file of parts, which cannot be shown as it is written.
    pub fn is_packed(self) -> bool {
        matches!(self, Format::Docx | Format::Odt | Format::Epub | Format::Pdf | Format::ProofWord | Format::ProofPdf)
    }

    /// What a wire or a CMS takes in by itself.
    pub fn is_wire(self) -> bool {
        matches!(self, Format::Ninjs | Format::Ninjs2 | Format::Nitf)
    }

    /// The format a word names, if any.
    pub fn from_word(word: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.word() == word)
    }
}

/// A piece on its way out, and what the check says about it.
///
/// Only the proof looks past the draft: note text and names cannot reach the other formats, for they are not handed on.
/// The wire formats bear the slug, with what is confidential in it blanked, and until when an embargo holds, but not
/// whose.
pub struct Outgoing<'a> {
    pub draft: &'a Draft,
    /// In the order of the body.
    pub quotes: &'a [CheckedQuote<'a>],
    pub notes: &'a Notes,
    pub now: DateTime<Utc>,
    /// Of plain text alone.
    pub plain: Plain,
    /// What was put right since the piece last went to a wire; says that, and repeats no word of either version.
    pub correction: Option<Correction>,
}

/// What was put right since a version that went out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    pub sent_at: DateTime<Utc>,
    /// What the corrections touch, each by name: *quote*, *number*; never empty.
    pub classes: Vec<&'static str>,
}

impl Correction {
    /// *Correction of what was sent 2026-11-20 09:00 UTC: 2 quotes, 1 name.*
    pub fn words(&self) -> String {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for class in &self.classes {
            match counts.iter_mut().find(|(known, _)| known == class) {
                Some((_, n)) => *n += 1,
                None => counts.push((class, 1)),
            }
        }
        let counts = counts.iter().map(|(class, n)| format!("{n} {class}{}", if *n == 1 { "" } else { "s" }));
        let counts = counts.collect::<Vec<_>>().join(", ");
        format!("Correction of what was sent {}: {counts}.", self.sent_at.format("%Y-%m-%d %H:%M UTC"))
    }
}

impl Outgoing<'_> {
    /// Names the piece wherever it goes, whatever becomes of its slug: a UUID (version 8, RFC 9562) of when it was begun.
    fn uri(&self) -> String {
        let Draft { id, created_at, .. } = self.draft;
        let hash = blake3::hash(format!("stet {} {}", id.0, created_at.timestamp_micros()).as_bytes());
        let hex = hash.to_hex();
        format!("urn:uuid:{}-{}-8{}-a{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32])
    }

    fn slug(&self) -> String {
        self.notes.withheld().blank(&self.draft.slug)
    }

    /// Not to be used before then, for an embargo on a note it rests on.
    fn embargo(&self) -> Option<DateTime<Utc>> {
        check::latest_embargo(self.quotes.iter().map(|checked| checked.finding), self.notes, self.now)
    }
}

/// A quote, how it stands, and who let it stand.
pub struct CheckedQuote<'a> {
    pub quote: &'a Quote,
    pub finding: &'a Finding,
    /// Something is left to be done about it.
    pub needs_editor: bool,
    pub cq: Option<Cq<'a>>,
    /// Why the cq or the last verdict no longer stands.
    pub stale: Option<&'a str>,
}

/// Checked, correct as it is.
#[derive(Clone, Debug)]
pub struct Cq<'a> {
    pub by: &'a str,
    pub at: DateTime<Utc>,
    pub reason: &'a str,
}

/// The bytes of a piece in a format. Same piece, same bytes; the clock shows only in the proof, the EPUB and what goes to
/// a wire.
///
/// Errors: `BadInput` when a PDF has no shape for a letter of the piece.
pub fn write(outgoing: &Outgoing, format: Format) -> Result<Vec<u8>> {
    let copy = &outgoing.draft.copy;
    Ok(match format {
        Format::Markdown | Format::Html | Format::Docx | Format::Odt => write_copy(copy, format),
        Format::Text => text::write(copy, outgoing.plain).into_bytes(),
        Format::Epub => epub::write(outgoing),
        Format::Pdf => pdf::write(outgoing)?,
        Format::Ninjs => ninjs::write(outgoing, ninjs::Version::Three).into_bytes(),
        Format::Ninjs2 => ninjs::write(outgoing, ninjs::Version::Two).into_bytes(),
        Format::Nitf => nitf::write(outgoing).into_bytes(),
        Format::Proof => proof::write(outgoing).into_bytes(),
        Format::ProofWord => proof::write_word(outgoing),
        Format::ProofPdf => proof::write_pdf(outgoing)?,
    })
}

/// The words of a piece in a format that knows nothing else of it; those that do go out as Markdown.
pub fn write_copy(copy: &Copy, format: Format) -> Vec<u8> {
    match format {
        Format::Html => html::write(copy).into_bytes(),
        Format::Text => text::write(copy, Plain::default()).into_bytes(),
        Format::Docx => docx::write(copy),
        Format::Odt => odt::write(copy),
        _ => markdown::write(copy).into_bytes(),
    }
}

/// What the history of a piece has for a format where it was copied to be pasted.
pub const CLIPBOARD: &str = "clipboard";

/// The same where a comparison of it went out.
pub const CHANGES: &str = "changes";

/// A piece as it is pasted elsewhere: with its form where the place takes one, else as plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pasted {
    /// Head and body, a part of a page that is cleaned like any that goes out.
    pub html: String,
    pub text: String,
}

impl Pasted {
    pub fn of(copy: &Copy) -> Pasted {
        Pasted { html: page::part(&html::article(copy)), text: text::write(copy, Plain::default()) }
    }
}

/// The lines above a body, in their order: which part, and its words as they are printed. A byline that is read from the
/// right has no *By* before it.
fn head_lines(copy: &Copy) -> impl Iterator<Item = (&'static str, String)> {
    let byline = match &copy.byline {
        byline if byline.is_empty() || byline.to_lowercase().starts_with("by ") || is_leftwards(byline) => {
            byline.clone()
        }
        byline => format!("By {byline}"),
    };
    let parts = [("hed", copy.hed.clone()), ("dek", copy.dek.clone()), ("byline", byline)];
    parts.into_iter().filter(|(_, words)| !words.is_empty())
}
