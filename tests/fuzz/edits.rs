//! The corpus of odd texts, and edits that make odder ones.

use proptest::prelude::*;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use stet::span::{Span, after, before, floor_boundary};

/// The texts of `tests/fuzz`, in the order of their names.
pub static CORPUS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "txt"));
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
});

/// What is put into texts: the marks and words that the finder and the readers turn on.
const BITS: &[&str] = &[
    "“",
    "”",
    "\"",
    "‘",
    "’",
    "'",
    "''",
    "``",
    "«",
    "»",
    "„",
    "‹",
    "›",
    "(",
    ")",
    "[",
    "](",
    "*",
    "_",
    "#",
    "# ",
    "> ",
    ",",
    ".",
    "...",
    "…",
    "?",
    ":",
    ": ",
    ";",
    "—",
    "-",
    " ",
    "\n",
    "\n\n",
    "\r",
    "\0",
    "\u{feff}",
    "\u{301}",
    "\u{200d}",
    "😀",
    "é",
    "İ",
    "he said",
    "She said ",
    "said",
    " that ",
    "according to ",
    "Jane Roe ",
    "Roe",
    "the mayor ",
    "saying, ",
    "told reporters ",
    "asked whether ",
    "and ",
    "who ",
    "NAME: ",
    "Read more",
    "Comments\n",
    "---\n",
    "terms: ",
    "I ",
    "not ",
    "U.S. ",
];

/// No edited text is longer.
const MAX_BYTES: usize = 6_000;

/// One edit. Places are in 65,536ths of the text, so that they fit whatever it has become.
#[derive(Clone, Debug)]
pub enum Edit {
    Insert {
        place: u16,
        bit: &'static str,
    },
    Delete {
        place: u16,
        n_bytes: u8,
    },
    Double {
        place: u16,
        n_bytes: u8,
    },
    /// Puts words of another file in.
    Paste {
        place: u16,
        file: usize,
        from: u16,
        n_bytes: u16,
    },
    CutBehind {
        place: u16,
    },
    CutBefore {
        place: u16,
    },
    /// A graf moves up to the top, or anywhere.
    Move {
        from: u16,
        to: u16,
    },
    /// A graf and the next become one.
    Merge {
        place: u16,
    },
    Sprinkle {
        step: u8,
        bit: &'static str,
    },
    /// Back to the text before the last edit that stands.
    Undo,
}

pub fn edit() -> impl Strategy<Value = Edit> {
    let bit = || prop::sample::select(BITS.to_vec());
    prop_oneof![
        6 => (any::<u16>(), bit()).prop_map(|(place, bit)| Edit::Insert { place, bit }),
        4 => (any::<u16>(), 1..30u8).prop_map(|(place, n_bytes)| Edit::Delete { place, n_bytes }),
        1 => (any::<u16>(), any::<u8>()).prop_map(|(place, n_bytes)| Edit::Double { place, n_bytes }),
        2 => (any::<u16>(), 0..CORPUS.len(), any::<u16>(), 0..400u16)
            .prop_map(|(place, file, from, n_bytes)| Edit::Paste { place, file, from, n_bytes }),
        1 => any::<u16>().prop_map(|place| Edit::CutBehind { place: place.max(20_000) }),
        1 => any::<u16>().prop_map(|place| Edit::CutBefore { place: place.min(40_000) }),
        3 => (any::<u16>(), any::<u16>()).prop_map(|(from, to)| Edit::Move { from, to }),
        2 => any::<u16>().prop_map(|place| Edit::Merge { place }),
        1 => (8..200u8, bit()).prop_map(|(step, bit)| Edit::Sprinkle { step, bit }),
        2 => Just(Edit::Undo),
    ]
}

fn at(text: &str, place: u16) -> usize {
    floor_boundary(text, text.len() * usize::from(place) / 65_536)
}

/// A stretch of a text, on char boundaries.
fn stretch(text: &str, place: u16, n_bytes: usize) -> Span {
    let start = at(text, place);
    Span::new(start, floor_boundary(text, start + n_bytes))
}

impl Edit {
    /// `undone` holds the texts that undo comes back to.
    pub fn apply(&self, text: &str, undone: &mut Vec<String>) -> String {
        let put = |span: Span, words: &str| [before(text, span.start), words, after(text, span.end)].concat();
        let lines = || text.split_inclusive('\n').collect::<Vec<_>>();
        let place_of = |place: u16, n: usize| usize::from(place) * n / 65_536;
        let edited = match *self {
            Edit::Insert { place, bit } => put(stretch(text, place, 0), bit),
            Edit::Delete { place, n_bytes } => put(stretch(text, place, n_bytes.into()), ""),
            Edit::Double { place, n_bytes } => {
                let span = stretch(text, place, n_bytes.into());
                put(Span::new(span.end, span.end), span.of(text))
            }
            Edit::Paste { place, file, from, n_bytes } => {
                let other = &CORPUS[file];
                put(stretch(text, place, 0), stretch(other, from, n_bytes.into()).of(other))
            }
            Edit::CutBehind { place } => put(Span::new(at(text, place), text.len()), ""),
            Edit::CutBefore { place } => put(Span::new(0, at(text, place)), ""),
            Edit::Move { from, to } => {
                let mut lines = lines();
                if !lines.is_empty() {
                    let line = lines.remove(place_of(from, lines.len()));
                    lines.insert(place_of(to, lines.len() + 1), line);
                }
                lines.concat()
            }
            Edit::Merge { place } => {
                let start = at(text, place);
                match after(text, start).find('\n') {
                    Some(end) => put(Span::new(start + end, start + end + 1), " "),
                    None => text.to_owned(),
                }
            }
            Edit::Sprinkle { step, bit } => {
                let chars = text.char_indices().enumerate();
                let sprinkled = chars.map(|(n, (at_byte, c))| {
                    let bit = if n % usize::from(step) == 0 { bit } else { "" };
                    [bit, Span::new(at_byte, at_byte + c.len_utf8()).of(text)].concat()
                });
                sprinkled.collect()
            }
            Edit::Undo => return undone.pop().unwrap_or_default(),
        };
        undone.push(text.to_owned());
        before(&edited, MAX_BYTES).to_owned()
    }
}

/// Texts from the corpus, edited some times; and some that never saw it.
pub fn odd_text() -> impl Strategy<Value = String> {
    let edited = |(file, edits): (usize, Vec<Edit>)| {
        let mut undone = Vec::new();
        edits.iter().fold(CORPUS[file].clone(), |text, edit| edit.apply(&text, &mut undone))
    };
    let bits = prop::collection::vec(prop::sample::select(BITS.to_vec()), 0..60);
    prop_oneof![
        6 => (0..CORPUS.len(), prop::collection::vec(edit(), 0..12)).prop_map(edited),
        2 => bits.prop_map(|bits| bits.concat()),
        1 => any::<String>(),
    ]
}
