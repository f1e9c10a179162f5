//! A comparison on its way out: a page to read and print, or a Word file with tracked changes.

mod page;
mod words;

use super::docx;
use crate::draft::Faces;
use crate::redline::{Counts, Hunk, Kind, Op, Redline, WordKind};
use crate::span::{Span, before, lines};
use chrono::{DateTime, Utc};
use std::collections::HashMap;

/// Two states of a piece compared, for those who have no desk to see it on.
pub struct Marked<'a> {
    /// What the two states are called: a file's name, *ferry-sale@3*.
    pub old_title: &'a str,
    pub new_title: &'a str,
    /// Who made the changes, and when: Word shows both beside each change. An empty name is *Stet*.
    pub author: &'a str,
    pub at: DateTime<Utc>,
    /// In the order they are read.
    pub parts: Vec<MarkedPart<'a>>,
    /// What is said about the new body, for Word; in the order of the text. Empty unless somebody asks for it.
    pub threads: Vec<MarkedThread>,
}

/// What is said about words of the new body.
pub struct MarkedThread {
    /// The words, as they stood when it was begun.
    pub words: String,
    /// Where they stand in the new body; none when they are gone.
    pub at: Option<Span>,
    pub is_resolved: bool,
    /// In the order it was said.
    pub said: Vec<Said>,
}

/// One comment.
pub struct Said {
    /// Empty when nobody had said who works here; for Word that is *Stet*.
    pub by: String,
    pub at: DateTime<Utc>,
    pub text: String,
}

/// One part of a piece compared.
pub struct MarkedPart<'a> {
    /// hed, dek, byline, dateline or body.
    pub name: &'a str,
    pub old: &'a str,
    pub new: &'a str,
    pub redline: &'a Redline,
    /// In the order of the redline.
    pub hunks: Vec<&'a Hunk>,
}

impl MarkedPart<'_> {
    /// How the words of the old text and those of the new are set: the body alone has marks.
    pub(super) fn faces(&self) -> [Faces; 2] {
        match self.name {
            "body" => [self.old, self.new].map(Faces::of),
            _ => Default::default(),
        }
    }

    /// Where words that stayed stood in the old text, when they stood there letter for letter. Lines left free need not
    /// stand so.
    pub(super) fn stood_at(&self, old: Option<Span>, new: Option<Span>) -> Option<usize> {
        let (old, new) = (old?, new?);
        old.of(self.old).starts_with(new.of(self.new).trim_end()).then_some(old.start)
    }
}

impl Marked<'_> {
    /// One page: no script, nothing fetched, light and dark, and made to be printed. Same comparison, same page.
    pub fn html(&self) -> String {
        page::write(self)
    }

    /// A `.docx` whose changes are tracked, moves as moves.
    ///
    /// Law: with all changes accepted its paragraphs are the lines of the new text, with all rejected those of the old;
    /// blank lines and control characters left out, Markdown marks as they were typed, but hidden: what they say is set, and
    /// where that changed it is tracked too. Comments stand on their words, their threads with them; those whose words are
    /// gone stand at the beginning and say so. Same comparison, same bytes.
    pub fn docx(&self) -> Vec<u8> {
        docx::write_tracked(self)
    }

    /// The counts of all parts together.
    fn counts(&self) -> Counts {
        self.parts.iter().fold(Counts::default(), |sum, part| {
            let counts = part.redline.counts;
            Counts {
                words_in: sum.words_in + counts.words_in,
                words_out: sum.words_out + counts.words_out,
                changes: sum.changes + counts.changes,
                moves: sum.moves + counts.moves,
                splits: sum.splits + counts.splits,
                merges: sum.merges + counts.merges,
                rewrites: sum.rewrites + counts.rewrites,
                carries: sum.carries + counts.carries,
            }
        })
    }
}

/// An op where it is read, or where a moved one stood.
#[derive(Clone, Copy)]
pub(super) struct Stop<'a> {
    /// Its place in `Redline::ops`.
    pub at: usize,
    pub op: &'a Op,
    pub is_old_place: bool,
}

/// The ops in the order of the new text, and where each moved one stood among those that kept their order.
pub(super) fn stops(redline: &Redline) -> Vec<Stop<'_>> {
    let start = |op: &Op| op.old.map_or(0, |span| span.start);
    let mut moved: Vec<Stop> = Vec::new();
    for (at, op) in redline.ops.iter().enumerate().filter(|(_, op)| is_move(op)) {
        moved.push(Stop { at, op, is_old_place: true });
    }
    moved.sort_by_key(|stop| start(stop.op));
    let (mut stops, mut moved) = (Vec::with_capacity(redline.ops.len() + moved.len()), moved.into_iter().peekable());
    for (at, op) in redline.ops.iter().enumerate() {
        if let (false, Some(old)) = (is_move(op), op.old) {
            while let Some(stop) = moved.next_if(|stop| start(stop.op) < old.start) {
                stops.push(stop);
            }
        }
        stops.push(Stop { at, op, is_old_place: false });
    }
    stops.extend(moved);
    stops
}

pub(super) fn is_move(op: &Op) -> bool {
    matches!(op.kind, Kind::Move | Kind::MoveEdit)
}

/// Which sentence that moved a run of words is an end of.
pub(super) struct Carried {
    /// The number of the first one of its part.
    pub first: usize,
    gone: HashMap<Span, usize>,
    come: HashMap<Span, usize>,
}

impl Carried {
    /// The sentences of a part that moved, numbered from `first` on.
    pub fn new(redline: &Redline, first: usize) -> Carried {
        let numbered = || (first..).zip(&redline.carries);
        Carried {
            first,
            gone: numbered().map(|(number, carry)| (carry.old, number)).collect(),
            come: numbered().map(|(number, carry)| (carry.new, number)).collect(),
        }
    }

    /// The number of the sentence that the run at `span` of its side is.
    pub fn number(&self, kind: WordKind, span: Option<Span>) -> Option<usize> {
        match kind {
            WordKind::Same => None,
            WordKind::Delete => self.gone.get(&span?).copied(),
            WordKind::Insert => self.come.get(&span?).copied(),
        }
    }
}

/// Which paragraph of its text the first word of a place lies in, from 1.
fn graf_number(text: &str, span: Option<Span>) -> usize {
    let words = before(text, span.map_or(0, |span| span.trim(text).start));
    let line_start = words.rfind('\n').map_or(0, |at| at + 1);
    1 + lines(before(words, line_start)).len()
}
