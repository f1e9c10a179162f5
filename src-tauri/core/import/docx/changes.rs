//! Tracked changes of a Word file: which text is read, and who made which change.

use super::super::block::Telling;
use super::super::tree::{NodeId, Tree};
use super::comments::when;
use crate::comment::Anchor;
use crate::span::Span;

/// Which of the two texts of a file with tracked changes is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// As if every change were accepted.
    #[default]
    After,
    /// As if every change were rejected: the text that was changed.
    Before,
}

/// What becomes of an element that may be a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// No change.
    Plain,
    /// A change whose words are in this text and not in the other.
    Told,
    /// A change whose words are in the other text.
    Gone,
}

impl Reading {
    pub fn part(self, name: &str) -> Part {
        let is_come = matches!(name, "w:ins" | "w:moveTo");
        match (is_come, is_come || matches!(name, "w:del" | "w:moveFrom")) {
            (_, false) => Part::Plain,
            (is_come, _) if is_come == (self == Reading::After) => Part::Told,
            _ => Part::Gone,
        }
    }

    /// The properties of a graf, a run or a row as they stand in this text: what a change of form was before stands inside.
    pub fn properties(self, tree: &Tree, id: NodeId, name: &str, change: &str) -> Option<NodeId> {
        let now = tree.child(id, name)?;
        let before = || tree.child(tree.child(now, change)?, name);
        match self {
            Reading::After => Some(now),
            Reading::Before => before().or(Some(now)),
        }
    }

    /// The mark that ends a graf is not in this text: its words run on into the next.
    pub fn runs_on(self, tree: &Tree, graf: NodeId) -> bool {
        let mark = tree.child(graf, "w:pPr").and_then(|id| tree.child(id, "w:rPr"));
        mark.is_some_and(|mark| tree.children(mark).any(|id| self.part(tree.name(id)) == Part::Gone))
    }
}

/// Whether a document tracks changes of words, of grafs or of their form.
pub fn is_tracked(tree: &Tree) -> bool {
    let names = ["w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:rPrChange", "w:pPrChange"];
    names.iter().any(|name| !tree.all(0, name).is_empty())
}

/// More than that nobody reads.
const MAX_TELLINGS: usize = 2_000;

/// The changes of the text that is read, gathered while its grafs are.
#[derive(Default)]
pub struct Changes {
    /// Those of the graf that is read: by whom and when, and from where to where in its words.
    open: Vec<(NodeId, Span)>,
    pub tellings: Vec<Telling>,
    /// So many bytes of words stand in the grafs before.
    n_bytes: usize,
}

impl Changes {
    pub fn add(&mut self, id: NodeId, start: usize, end: usize) {
        if start < end && self.open.len() + self.tellings.len() < MAX_TELLINGS {
            self.open.push((id, Span::new(start, end)));
        }
    }

    pub fn end_graf(&mut self, tree: &Tree, words: &str) {
        for (id, at) in std::mem::take(&mut self.open) {
            let Some(anchor) = Anchor::on(words, at) else { continue };
            let anchor = Anchor { start_byte: self.n_bytes + anchor.start_byte, ..anchor };
            let by = tree.attribute(id, "w:author").unwrap_or_default().trim().to_owned();
            self.tellings.push(Telling { by, at: when(tree, id), anchor });
        }
        self.n_bytes += words.len() + 1;
    }
}
