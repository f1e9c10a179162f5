//! What a command reads: a text from a file or standard input, notes from folders.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use stet::error::{Code, Error, Result};
use stet::import::{self, Warning};
use stet::note::{Note, NoteId};
use stet::span::{self, Span};

/// A text as it was read.
pub struct Text {
    /// As Stet keeps it, front matter and all: offsets in answers are into this.
    pub whole: String,
    /// Where the copy begins, after front matter.
    pub body_start_byte: usize,
    pub warnings: Vec<String>,
}

impl Text {
    /// The body of a piece on the desk.
    pub fn of_piece(body: String) -> Text {
        Text { whole: body, body_start_byte: 0, warnings: Vec::new() }
    }

    /// The copy without front matter.
    pub fn body(&self) -> &str {
        Span::new(self.body_start_byte, self.whole.len()).of(&self.whole)
    }

    /// A span of the body as a pair of offsets into the whole.
    pub fn place(&self, span: Span) -> [usize; 2] {
        [span.start + self.body_start_byte, span.end + self.body_start_byte]
    }

    /// The line of the whole, from 1, in which each span of the body begins. The spans are in order.
    pub fn lines(&self, spans: impl Iterator<Item = Span>) -> Vec<usize> {
        let (mut line, mut from) = (1 + line_ends(span::before(&self.whole, self.body_start_byte)), 0);
        let line_of = |span: Span| {
            line += line_ends(Span::new(from, span.start).of(self.body()));
            from = span.start;
            line
        };
        spans.map(line_of).collect()
    }
}

fn line_ends(text: &str) -> usize {
    text.matches('\n').count()
}

/// Reads one text. Errors: `Io` when the file cannot be read.
pub fn read_text(path: &Path) -> Result<Text> {
    let bytes = read_bytes(path)?;
    let (whole, warnings) = import::read_text(&bytes);
    let body_start_byte = import::find_front_matter(&whole).map_or(0, |span| span.end);
    Ok(Text { whole, body_start_byte, warnings: name_warnings(&name_of(path), warnings) })
}

/// The bytes of a file; `-` is standard input.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|error| Error::new(Code::Io, "Standard input could not be read.").because(error))?;
        return Ok(bytes);
    }
    if path.is_dir() {
        return Err(Error::new(Code::Io, format!("{} is a folder: name a file in it.", path.display())));
    }
    fs::read(path).map_err(|error| {
        Error::new(Code::Io, format!("{} could not be read: check the name.", path.display())).because(error)
    })
}

/// Reads the notes of folders and files, in the order of their names; each gets its place in that order as its id.
///
/// Errors: `Io` when a folder or a note cannot be read.
pub fn read_notes(paths: &[PathBuf]) -> Result<(Vec<Note>, Vec<String>)> {
    let (mut notes, mut warnings, mut names) = (Vec::new(), Vec::new(), HashSet::new());
    for file in note_files(paths)? {
        let name = name_of(&file);
        let named = |error: Error| Error { message: format!("{name}: {}", error.message), ..error };
        for (mut note, odd) in import::open_notes(&name, &read_bytes(&file)?).map_err(named)? {
            warnings.extend(name_warnings(&name, odd));
            note.id = NoteId(i64::try_from(notes.len()).expect("there are fewer notes than that"));
            if !names.insert(note.name.clone()) {
                note.name = file.display().to_string();
                warnings.push(format!("{name}: there are two notes of this name; this one is called {}.", note.name));
            }
            notes.push(note);
        }
    }
    Ok((notes, warnings))
}

/// The last part of a path, as an editor knows the file.
pub fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// Warnings as sentences that name file and line.
pub fn name_warnings(name: &str, warnings: Vec<Warning>) -> Vec<String> {
    let with_line = |warning: Warning| match warning.line {
        Some(line) => format!("{name}, line {line}: {}", warning.message),
        None => format!("{name}: {}", warning.message),
    };
    warnings.into_iter().map(with_line).collect()
}

/// The notes of folders and files: in a folder every file of a kind Stet reads, by name.
pub fn note_files(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let refused = |error| {
            Error::new(Code::Io, format!("The folder {} could not be read: check the name.", path.display()))
                .because(error)
        };
        let mut found = Vec::new();
        for entry in fs::read_dir(path).map_err(refused)? {
            let file = entry.map_err(refused)?.path();
            let is_note = file.extension().and_then(|end| end.to_str()).is_some_and(|end| {
                import::ENDINGS.iter().chain(&import::NOTE_ENDINGS).any(|known| end.eq_ignore_ascii_case(known))
            });
            if is_note && file.is_file() {
                found.push(file);
            }
        }
        found.sort();
        files.extend(found);
    }
    Ok(files)
}
