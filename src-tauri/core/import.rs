//! Bytes in: pieces and notes read from files, with warnings instead of refusals where the words can be kept.

mod front;
mod note;
mod piece;
mod terms;
mod text;

pub use front::quote_value;
pub use note::read_note;
pub use piece::{Piece, read_piece, slug_of};
pub use text::read_text;

use crate::span::Span;

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
