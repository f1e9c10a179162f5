//! Bytes in: pieces and notes read from files, with warnings instead of refusals where the words can be kept.
//!
//! A package or a page becomes a tree (`tree`), the tree blocks (`block`), the blocks Markdown (`markdown`, `inline`) and
//! a head (`head`). What a stranger sent may be made to harm: packages are opened by `zipped`, trees are bounded, and
//! nothing is fetched, run or written to a disk.

mod block;
mod docx;
mod epub;
mod foreign;
mod form;
mod front;
mod head;
mod html;
mod inline;
mod mail;
mod markdown;
mod note;
mod odt;
mod page;
mod pdf;
mod piece;
mod rtf;
mod table;
mod terms;
mod text;
mod transcript;
pub(crate) mod tree;
mod zipped;

pub use block::{Said, Telling, Thread};
pub use front::quote_value;
pub use note::read_note;
pub use piece::{Head, Piece, read_piece, slug_of};
pub use text::read_text;

use crate::draft;
use crate::error::Result;
use crate::note::Note;
use crate::span::Span;
use block::{Loss, Losses, Story};
use docx::Reading;
use std::rc::Rc;
use table::table_of;
use zipped::Package;

/// What a file is, whatever it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Markdown or plain text.
    Text,
    Docx,
    Odt,
    Epub,
    Html,
    Rtf,
}

/// What the names of files end with that Stet reads as pieces or notes, and as notes alone.
pub const ENDINGS: [&str; 10] = ["docx", "odt", "rtf", "html", "htm", "xhtml", "epub", "md", "markdown", "txt"];
pub const NOTE_ENDINGS: [&str; 8] = ["eml", "mbox", "mht", "mhtml", "srt", "vtt", "json", "pdf"];

impl Format {
    /// The format of a file, by its first bytes, and for pages by its name too: Markdown may hold HTML.
    pub fn of(name: &str, bytes: &[u8]) -> Format {
        let start = bytes.get(..bytes.len().min(512)).unwrap_or_default();
        if start.starts_with(b"{\\rtf") {
            return Format::Rtf;
        }
        if !start.starts_with(b"PK\x03\x04") {
            let start = String::from_utf8_lossy(start).trim_start_matches('\u{feff}').trim_start().to_lowercase();
            let is_page = ["<!doctype html", "<html"].iter().any(|sign| start.starts_with(sign));
            let name = name.to_lowercase();
            let is_named = [".html", ".htm", ".xhtml"].iter().any(|ending| name.ends_with(ending));
            return if is_page || is_named { Format::Html } else { Format::Text };
        }
        match Package::open(bytes) {
            Ok(package) if package.has("word/document.xml") => Format::Docx,
            Ok(package) if package.has("content.xml") => Format::Odt,
            Ok(package) if package.has("META-INF/container.xml") => Format::Epub,
            _ => Format::Docx,
        }
    }
}

/// A piece from a file of any format Stet reads.
///
/// Errors: `BadInput` when a package is damaged, locked, or made to fill the memory, or the file is of a kind that Stet
/// does not read: then nothing of it was taken.
pub fn open_piece(name: &str, bytes: &[u8]) -> Result<(Piece, Vec<Warning>)> {
    foreign::refuse_as_piece(name, bytes)?;
    match Format::of(name, bytes) {
        Format::Text => Ok(read_piece(name, bytes)),
        format => Ok(piece_of(name, story(format, bytes)?)),
    }
}

fn piece_of(name: &str, mut story: Story) -> (Piece, Vec<Warning>) {
    let threads = std::mem::take(&mut story.threads);
    let mut piece = piece::named(name);
    let mut warnings = head::take(&mut piece, story);
    match piece::settle(&mut piece, threads) {
        0 => {}
        1 => warnings.push(Warning::whole("A comment stands on no words of the body, and was left out.")),
        n => {
            let words = format!("{n} comments stand on no words of the body, and were left out.");
            warnings.push(Warning::whole(words));
        }
    }
    (piece, warnings)
}

/// What was pasted from a page, a mail or a word processor, as Markdown; what that cannot hold is told.
///
/// Errors: `BadInput` when it is made to be slow or to fill the memory.
pub fn read_pasted(html: &str) -> Result<(String, Vec<Warning>)> {
    let Story { blocks, mut losses, .. } = html::read(html)?;
    let words = markdown::write(&blocks, &mut losses);
    Ok((words, losses.warnings().collect()))
}

/// Words without marks of their own, as Markdown that reads as they do.
pub fn as_markdown(words: &str) -> String {
    inline::write("", &[block::Run { text: words.into(), ..Default::default() }]).0
}

/// A file that was sent out and came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// As it is now, with all tracked changes accepted.
    pub piece: Piece,
    pub warnings: Vec<Warning>,
    /// What the file tracks; none where it tracks nothing.
    pub tracked: Option<Tracked>,
    /// Who the file says changed it last; empty where it does not say.
    pub by: String,
    /// Its words have their Markdown marks, as Stet writes comparisons.
    pub is_as_typed: bool,
}

/// The tracked changes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tracked {
    /// As the file was: with all changes rejected.
    pub before: Piece,
    /// Who made them: the words that came, in the order of the new text, and those that went, in that of the old.
    pub come: Vec<Telling>,
    pub gone: Vec<Telling>,
}

/// A file that came back, read both as it is and, where a Word file tracks its changes, as it was. Errors: as for
/// [`open_piece`].
pub fn open_returned(name: &str, bytes: &[u8]) -> Result<Returned> {
    foreign::refuse_as_piece(name, bytes)?;
    let format = Format::of(name, bytes);
    if format == Format::Text {
        let (piece, warnings) = read_piece(name, bytes);
        return Ok(Returned { piece, warnings, tracked: None, by: String::new(), is_as_typed: false });
    }
    let mut story = story(format, bytes)?;
    let Story { is_tracked, is_as_typed, .. } = story;
    if is_tracked {
        story.losses.forget(Loss::Change);
    }
    let come = std::mem::take(&mut story.tellings);
    let (piece, warnings) = piece_of(name, story);
    let tracked = if is_tracked {
        let mut story = docx::read(&mut Package::open(bytes)?, Reading::Before)?;
        let gone = std::mem::take(&mut story.tellings);
        Some(Tracked { before: piece_of(name, story).0, come, gone })
    } else {
        None
    };
    Ok(Returned { piece, warnings, tracked, by: last_by(format, bytes), is_as_typed })
}

/// Who a package says changed it last; empty where it does not say.
fn last_by(format: Format, bytes: &[u8]) -> String {
    let (part, name) = match format {
        Format::Docx => ("docProps/core.xml", "cp:lastModifiedBy"),
        Format::Odt => ("meta.xml", "dc:creator"),
        _ => return String::new(),
    };
    let read = || -> Result<Option<String>> {
        let Some(xml) = Package::open(bytes)?.read(part)? else { return Ok(None) };
        let tree = tree::read_xml(&xml)?;
        Ok(tree.all(0, name).first().map(|id| tree.words(*id).trim().to_owned()))
    };
    // It is no part of the copy: what is wrong with it is no reason to refuse the file.
    read().ok().flatten().unwrap_or_default()
}

/// The notes of a file of any format Stet reads, each with its warnings: of an e-mail and a box of them one for each who
/// wrote. E-mails, saved pages, subtitles, what speech-to-text wrote and PDFs are known by the ends of their names.
///
/// Errors: as for [`open_piece`].
pub fn open_notes(name: &str, bytes: &[u8]) -> Result<Vec<(Note, Vec<Warning>)>> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "eml" => return mail::read_message(name, bytes),
        "mbox" => return mail::read_box(name, bytes),
        "mht" | "mhtml" => return Ok(vec![mail::read_saved_page(name, bytes)?]),
        "srt" | "vtt" => return Ok(vec![transcript::read_captions(name, bytes)?]),
        "json" => return Ok(vec![transcript::read_speech(name, bytes)?]),
        "pdf" => return Ok(vec![pdf::read(name, bytes)?]),
        _ => foreign::refuse(bytes)?,
    }
    match Format::of(name, bytes) {
        Format::Text => Ok(vec![read_note(name, bytes)]),
        format => {
            let Story { blocks, mut losses, threads, .. } = story(format, bytes)?;
            if !threads.is_empty() {
                losses.add_everywhere(Loss::Comment);
            }
            let (note, mut warnings) = note::of_words(name, markdown::write(&blocks, &mut losses) + "\n");
            warnings.extend(losses.warnings());
            Ok(vec![(note, warnings)])
        }
    }
}

fn story(format: Format, bytes: &[u8]) -> Result<Story> {
    match format {
        Format::Html => html::read(&text::read_page(bytes)),
        Format::Rtf => rtf::read(bytes),
        Format::Odt => odt::read(&mut Package::open(bytes)?),
        Format::Epub => epub::read(&mut Package::open(bytes)?),
        Format::Docx | Format::Text => docx::read(&mut Package::open(bytes)?, Reading::After),
    }
}

/// A link that may travel: the web and addresses only, never a file, never a script.
fn public(target: &str) -> Option<Rc<str>> {
    let target = target.trim();
    (draft::is_of_the_web(target) && target.len() <= 4_096).then(|| target.into())
}

/// Something odd in a file that was kept all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Counted from 1; none when it is about the whole file.
    pub line: Option<usize>,
    /// For an editor, one sentence. It may stand in a log or on somebody’s screen, so it names the line and repeats nothing
    /// of the file.
    pub message: String,
}

impl Warning {
    fn whole(message: impl Into<String>) -> Warning {
        Warning { line: None, message: message.into() }
    }

    fn at(line: usize, message: impl Into<String>) -> Warning {
        Warning { line: Some(line), message: message.into() }
    }
}

/// The front matter a text begins with: both fences and the last line end; none where it begins otherwise, or where
/// what stands between the fences does not read as front matter.
pub fn find_front_matter(text: &str) -> Option<Span> {
    front::read(text).filter(|front| front.is_sound()).map(|front| Span::new(0, front.body_start_byte))
}
