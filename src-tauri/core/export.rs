//! Bytes out: a finished piece in each format, the proof, and the gate it has to pass.

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
