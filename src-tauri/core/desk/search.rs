//! Words found in pieces and notes, each in its sentence.

use super::Desk;
use crate::error::Result;
use crate::span::{self, Span};
use crate::store::Hit;
use unicode_segmentation::UnicodeSegmentation;

/// How many pieces, and how many notes, are told of.
const MOST: u32 = 40;

/// How many sentences are told of one piece or note.
const MOST_SENTENCES: usize = 3;

/// A sentence that holds words of the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub hit: Hit,
    /// The source must not be named.
    pub is_confidential: bool,
    /// The body or the note's words.
    pub text: String,
    /// Where the sentence stands in `text`.
    pub sentence: Span,
    /// Bytes into `text`, inside the sentence; empty when the hit is in a title.
    pub marks: Vec<Span>,
}

impl Desk {
    /// Searches pieces and notes outside the bin: words, “phrases”, beginnings; marks on letters do not matter.
    pub fn search(&mut self, query: &str) -> Result<Vec<Found>> {
        let hits = self.store.search(query, MOST)?;
        let indexed = self.indexed()?;
        let mut found = Vec::new();
        for hits in hits {
            let is_confidential = match &hits.hit {
                Hit::Note { id, .. } => indexed.notes.get(*id).is_some_and(|note| note.is_confidential),
                Hit::Draft { .. } => false,
            };
            for (sentence, marks) in sentences(&hits.text, &hits.spans) {
                let (hit, text) = (hits.hit.clone(), hits.text.clone());
                found.push(Found { hit, is_confidential, text, sentence, marks });
            }
        }
        Ok(found)
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
