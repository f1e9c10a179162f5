//! Words found in pieces, notes, comments and former revisions, each in its sentence.

use super::Desk;
use crate::error::Result;
use crate::span::{self, Span};
use crate::store::{Hit, Hits};
use unicode_segmentation::UnicodeSegmentation;

/// How many pieces, and how many notes, are told of.
const MOST: u32 = 40;

/// How many sentences are told of one piece or note.
const MOST_SENTENCES: usize = 3;

/// A piece, a note, a comment or a revision that holds words of the query, and the first sentences that do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub hit: Hit,
    /// The body, or the words of the note or the comment.
    pub text: String,
    /// Where each sentence stands in `text`, and the words in it; the opening alone, without any, for a hit in a title.
    pub sentences: Vec<(Span, Vec<Span>)>,
}

impl From<Hits> for Found {
    fn from(Hits { hit, text, spans }: Hits) -> Found {
        Found { sentences: sentences(&text, &spans), hit, text }
    }
}

impl Desk {
    /// Searches pieces, notes and comments outside the bin: words, “phrases”, beginnings; marks on letters do not matter.
    pub fn search(&self, query: &str) -> Result<Vec<Found>> {
        Ok(self.store.search(query, MOST)?.into_iter().map(Found::from).collect())
    }

    /// Searches former revisions a stretch at a time; see [`crate::store::Store::search_history`].
    pub fn search_history(&self, query: &str, below: i64) -> Result<(Vec<Found>, Option<i64>)> {
        let (hits, below) = self.store.search_history(query, below)?;
        Ok((hits.into_iter().map(Found::from).collect(), below))
    }
}

/// The first sentences that hold marks, each with its marks; the opening one alone where there are none.
fn sentences(text: &str, marks: &[Span]) -> Vec<(Span, Vec<Span>)> {
    let Some(first) = marks.first() else { return vec![(sentence_at(text, 0), Vec::new())] };
    let mut found: Vec<(Span, Vec<Span>)> = vec![(sentence_at(text, first.start), Vec::new())];
    for mark in marks {
        let last = found.len() - 1;
        if found[last].0.contains(*mark) || mark.start < found[last].0.end {
            found[last].1.push(*mark);
        } else if found.len() < MOST_SENTENCES {
            found.push((sentence_at(text, mark.start), vec![*mark]));
        } else {
            break;
        }
    }
    found
}

/// The sentence that holds a byte, without the space after it.
fn sentence_at(text: &str, at_byte: usize) -> Span {
    let grafs = span::lines(text);
    let graf = grafs.iter().find(|graf| at_byte <= graf.end).or(grafs.last()).copied().unwrap_or_default();
    let mut start = graf.start;
    for sentence in graf.of(text).split_sentence_bounds() {
        let place = Span::new(start, start + sentence.len());
        if at_byte < place.end {
            return place.trim(text);
        }
        start = place.end;
    }
    graf
}
