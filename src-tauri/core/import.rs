//! Bytes in: pieces and notes read from files, with warnings instead of refusals where the words can be kept.
//!
//! A package or a page becomes a tree (`tree`), the tree blocks (`block`), the blocks Markdown (`markdown`, `inline`) and
//! a head (`head`). What a stranger sent may be made to harm: packages are opened by `zipped`, trees are bounded, and
//! nothing is fetched, run or written to a disk.

mod block;
mod docx;
mod front;
mod head;
mod inline;
mod markdown;
mod note;
mod odt;
mod piece;
mod table;
mod terms;
mod text;
mod tree;
mod zipped;

pub use front::quote_value;
pub use note::read_note;
pub use piece::{Piece, read_piece, slug_of};
pub use text::read_text;

use crate::error::Result;
use crate::note::Note;
use crate::span::Span;
use block::{Block, Losses, Run, Story};
use table::table_of;
use zipped::Package;

/// What a file is, whatever it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Markdown or plain text.
    Text,
    Docx,
    Odt,
}

impl Format {
    /// The format of a file, by its first bytes.
    pub fn of(bytes: &[u8]) -> Format {
        if !bytes.starts_with(b"PK\x03\x04") {
            return Format::Text;
        }
        match Package::open(bytes) {
            Ok(package) if package.has("word/document.xml") => Format::Docx,
            Ok(package) if package.has("content.xml") => Format::Odt,
            _ => Format::Docx,
        }
    }
}

/// A piece from a file of any format Stet reads.
///
/// Errors: `BadInput` when a package is damaged, locked, or made to fill the memory; then nothing of it was taken.
pub fn open_piece(name: &str, bytes: &[u8]) -> Result<(Piece, Vec<Warning>)> {
    match Format::of(bytes) {
        Format::Text => Ok(read_piece(name, bytes)),
        format => {
            let (copy, warnings) = head::take(story(format, bytes)?);
            Ok((piece::named(name, copy), warnings))
        }
    }
}

/// The notes of a file of any format Stet reads, each with its warnings. Errors: as for [`open_piece`].
pub fn open_notes(name: &str, bytes: &[u8]) -> Result<Vec<(Note, Vec<Warning>)>> {
    match Format::of(bytes) {
        Format::Text => Ok(vec![read_note(name, bytes)]),
        format => {
            let Story { blocks, mut losses, .. } = story(format, bytes)?;
            let (note, mut warnings) = note::of_words(name, markdown::write(&blocks, &mut losses) + "\n");
            warnings.extend(losses.warnings());
            Ok(vec![(note, warnings)])
        }
    }
}

fn story(format: Format, bytes: &[u8]) -> Result<Story> {
    let mut package = Package::open(bytes)?;
    match format {
        Format::Odt => odt::read(&mut package),
        _ => docx::read(&mut package),
    }
}

/// A link that may travel: the web and addresses only, never a file, never a script.
fn public(target: &str) -> Option<String> {
    let target = target.trim();
    let start = target.get(..8.min(target.len())).unwrap_or_default().to_lowercase();
    let is_public = ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| start.starts_with(scheme));
    (is_public && target.len() <= 4_096).then(|| target.to_owned())
}

/// The blocks of a footnote behind its number.
fn numbered(number: usize, mut blocks: Vec<Block>) -> Vec<Block> {
    let mark = Run::plain(format!("[{number}] "));
    match blocks.first_mut() {
        Some(Block::Graf(graf)) => {
            if let Some(first) = graf.runs.first_mut() {
                first.text = first.text.trim_start().to_owned();
            }
            graf.runs.insert(0, mark);
        }
        Some(_) => blocks.insert(0, Block::Graf(block::Graf { runs: vec![mark], ..block::Graf::default() })),
        None => {}
    }
    blocks
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
