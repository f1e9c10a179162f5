//! Bytes in: pieces and notes read from files, with warnings instead of refusals where the words can be kept.

use crate::draft::{Copy, Status};
use crate::note::Note;
use crate::span::Span;

/// Something odd in a file that was kept all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Counted from 1; none when it is about the whole file.
    pub line: Option<usize>,
    /// For an editor, one sentence.
    pub message: String,
}

/// Text as Stet keeps it (`\n` line ends, no byte-order mark, no NUL) from any bytes, and what had to be changed.
pub fn read_text(bytes: &[u8]) -> (String, Vec<Warning>) {
    (String::from_utf8_lossy(bytes).into_owned(), Vec::new())
}

/// A note from a `.md` or `.txt` file with front matter (DESIGN.md); without it the whole file is the note's text.
pub fn read_note(name: &str, bytes: &[u8]) -> (Note, Vec<Warning>) {
    let (text, warnings) = read_text(bytes);
    let note = Note {
        id: crate::note::NoteId(0),
        name: name.to_owned(),
        source: String::new(),
        kind: String::new(),
        place: String::new(),
        said_at: String::new(),
        terms: crate::note::Terms::OnTheRecord,
        terms_words: String::new(),
        embargo: None,
        is_confidential: false,
        aliases: Vec::new(),
        text,
    };
    (note, warnings)
}

/// The front matter a text begins with: both fences and the last line end; none where the text begins otherwise.
pub fn find_front_matter(text: &str) -> Option<Span> {
    let rest = text.strip_prefix("---\n")?;
    let mut end = "---\n".len();
    for line in rest.split_inclusive('\n') {
        end += line.len();
        if line.trim_end() == "---" {
            return Some(Span::new(0, end));
        }
    }
    None
}

/// A piece as a file gives it; the desk makes the slug unlike any other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// From the front matter, or made of the file's name. Never empty.
    pub slug: String,
    pub status: Status,
    pub target_words: Option<u32>,
    pub copy: Copy,
}

/// A piece from a `.md` or `.txt` file. Total: what is odd is kept, with a warning.
pub fn read_piece(name: &str, bytes: &[u8]) -> (Piece, Vec<Warning>) {
    let (body, warnings) = read_text(bytes);
    let copy = Copy { body, ..Copy::default() };
    (Piece { slug: name.to_owned(), copy, ..Piece::default() }, warnings)
}
