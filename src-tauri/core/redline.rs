//! What changed between two texts, told as an editor would mark it.

mod blame;
mod class;
mod fold;
mod graf;
mod hunk;
mod kin;
mod live;
mod merge;
mod order;
mod rewrite;
mod seam;
mod side;
mod take;
mod token;
mod vocabulary;
mod word;

pub use blame::blame;
pub use class::{Class, Speech};
pub use hunk::Hunk;
pub use live::Live;
pub use merge::{By, Merged, Stretch, merge};
pub use take::{take_back, take_back_all};

use crate::draft::count_words;
use crate::span::Span;
use graf::Unit;
use side::Side;
use std::ops::Range;

/// What happened to a paragraph, or to a run of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Same,
    Edit,
    Insert,
    Delete,
    Move,
    MoveEdit,
    Split,
    Merge,
    /// Too little in common to read as word changes: shown old, then new.
    Rewrite,
    /// Only marks, spaces or quote style changed.
    Format,
}

impl Kind {
    /// The word on the screen and in reports.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Same => "same",
            Kind::Edit => "edit",
            Kind::Insert => "insert",
            Kind::Delete => "delete",
            Kind::Move => "move",
            Kind::MoveEdit => "move+edit",
            Kind::Split => "split",
            Kind::Merge => "merge",
            Kind::Rewrite => "rewrite",
            Kind::Format => "format",
        }
    }
}

/// What happened to a run of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WordKind {
    Same,
    Insert,
    Delete,
}

impl WordKind {
    /// The word on the screen and in reports.
    pub fn word(self) -> &'static str {
        match self {
            WordKind::Same => "same",
            WordKind::Insert => "insert",
            WordKind::Delete => "delete",
        }
    }
}

/// A run of words inside an op. `old` is none for an insertion, `new` for a deletion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordOp {
    pub kind: WordKind,
    pub old: Option<Span>,
    pub new: Option<Span>,
}

/// One paragraph's fate, in the order of the new text (a deletion and a move's old place stand where the old text had them).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Op {
    pub kind: Kind,
    /// Bytes into the old text; none for an insertion.
    pub old: Option<Span>,
    /// Bytes into the new text; none for a deletion.
    pub new: Option<Span>,
    /// Every byte of `old` and of `new` once, in order. Empty where nothing inside changed.
    pub words: Vec<WordOp>,
}

/// How much changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Words in insertions, as `draft::count_words` counts.
    pub words_in: usize,
    /// Words in deletions.
    pub words_out: usize,
    /// Ops that are not `same`.
    pub changes: usize,
    pub moves: usize,
    pub splits: usize,
    pub merges: usize,
    pub rewrites: usize,
}

/// The comparison of two texts.
///
/// Invariant: the `new` spans in the order of the ops cover the new text without gap or overlap; so do the `old` spans,
/// sorted, the old. What stands between paragraphs belongs to the paragraph before it, or to a change beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Redline {
    pub ops: Vec<Op>,
    pub counts: Counts,
}

/// Compares two texts. Total: any two texts, never a panic.
///
/// Law: `compare(new, old)` is the mirror image; both directions look at the texts in the same order to make it so.
/// Cost: n log n in the grafs, near linear in the words that differ.
pub fn compare(old: &str, new: &str) -> Redline {
    compare_sides(&Side::new(old), &Side::new(new))
}

fn compare_sides(olds: &Side, news: &Side) -> Redline {
    let (old, new) = (olds.text, news.text);
    let is_swapped = (new.len(), new) < (old.len(), old);
    let mut units = if is_swapped { graf::align(news, olds) } else { graf::align(olds, news) };
    if is_swapped {
        units.iter_mut().for_each(|unit| std::mem::swap(&mut unit.left, &mut unit.right));
    }
    let ops = seam::ops(olds, news, &units, |unit| wording(olds, news, unit, is_swapped));
    let counts = count(&ops, old, new);
    Redline { ops, counts }
}

/// What became of a unit's words, without the space around it, and what to call it.
fn wording(olds: &Side, news: &Side, unit: &Unit, is_swapped: bool) -> (Kind, Vec<WordOp>) {
    let mut words = Vec::new();
    let n_grafs = (unit.left.len(), unit.right.len());
    if n_grafs.0 == n_grafs.1 && n_grafs.0 > 1 {
        let mut is_edited = false;
        for (i, j) in unit.left.clone().zip(unit.right.clone()) {
            if i > unit.left.start {
                let gaps = (olds.grafs[i - 1].end..olds.grafs[i].start, news.grafs[j - 1].end..news.grafs[j].start);
                for op in word::space(olds.text, gaps.0.into(), news.text, gaps.1.into()) {
                    word::push(&mut words, op);
                }
            }
            for op in align_words(olds, &(i..i + 1), news, &(j..j + 1), is_swapped).words {
                is_edited |= op.kind != WordKind::Same;
                word::push(&mut words, op);
            }
        }
        return (if is_edited { Kind::MoveEdit } else { Kind::Move }, words);
    }
    if n_grafs == (1, 1) && !unit.is_moved && is_sure_rewrite(olds, news, unit) {
        return (Kind::Rewrite, rewritten(olds, news, unit));
    }
    let wording = align_words(olds, &unit.left, news, &unit.right, is_swapped);
    let is_edited = wording.words.iter().any(|op| op.kind != WordKind::Same);
    let kind = match (unit.is_moved, n_grafs) {
        (true, _) if is_edited => Kind::MoveEdit,
        (true, _) => Kind::Move,
        (_, (1, 1)) if !is_edited => Kind::Same,
        (_, (1, 1)) if reads_alike(olds, news, unit) => Kind::Format,
        (_, (1, 1)) if rewrite::is_rewrite(wording.kept, wording.longest_run) => Kind::Rewrite,
        (_, (1, 1)) => Kind::Edit,
        (_, (1, _)) => Kind::Split,
        _ => Kind::Merge,
    };
    if kind == Kind::Rewrite { (kind, rewritten(olds, news, unit)) } else { (kind, wording.words) }
}

/// Said without aligning the words, where that can be said.
fn is_sure_rewrite(olds: &Side, news: &Side, unit: &Unit) -> bool {
    let is_equal = olds.hash(unit.left.start) == news.hash(unit.right.start);
    !is_equal && rewrite::is_sure(&olds.tokens(&unit.left), &news.tokens(&unit.right)) && !reads_alike(olds, news, unit)
}

/// The old words, then the new.
fn rewritten(olds: &Side, news: &Side, unit: &Unit) -> Vec<WordOp> {
    let gone = WordOp { kind: WordKind::Delete, old: Some(olds.part(&unit.left)), new: None };
    let come = WordOp { kind: WordKind::Insert, old: None, new: Some(news.part(&unit.right)) };
    vec![gone, come]
}

/// Only marks, spaces or quote style changed.
fn reads_alike(olds: &Side, news: &Side, unit: &Unit) -> bool {
    token::read_alike(olds.text, &olds.tokens(&unit.left), news.text, &news.tokens(&unit.right))
}

/// The word level, asked in the order of `compare` and answered in the order of the texts.
fn align_words(
    olds: &Side,
    old_grafs: &Range<usize>,
    news: &Side,
    new_grafs: &Range<usize>,
    is_swapped: bool,
) -> word::Wording {
    if !is_swapped {
        return word::align(olds, old_grafs, news, new_grafs);
    }
    let mut wording = word::align(news, new_grafs, olds, old_grafs);
    for op in &mut wording.words {
        std::mem::swap(&mut op.old, &mut op.new);
        op.kind = match op.kind {
            WordKind::Same => WordKind::Same,
            WordKind::Insert => WordKind::Delete,
            WordKind::Delete => WordKind::Insert,
        };
    }
    // What went stands before what came in its place.
    let is_new_run = |one: &WordOp, other: &WordOp| {
        !(one.kind == other.kind || one.kind == WordKind::Insert && other.kind == WordKind::Delete)
    };
    for run in wording.words.chunk_by_mut(|one, other| !is_new_run(one, other)) {
        run.sort_by_key(|op| op.kind == WordKind::Insert);
    }
    wording
}

fn count(ops: &[Op], old: &str, new: &str) -> Counts {
    let mut counts = Counts::default();
    for op in ops {
        counts.changes += usize::from(op.kind != Kind::Same);
        counts.moves += usize::from(matches!(op.kind, Kind::Move | Kind::MoveEdit));
        counts.splits += usize::from(op.kind == Kind::Split);
        counts.merges += usize::from(op.kind == Kind::Merge);
        counts.rewrites += usize::from(op.kind == Kind::Rewrite);
        for word in &op.words {
            match (word.kind, word.old, word.new) {
                (WordKind::Insert, _, Some(span)) => counts.words_in += count_words(span.of(new)),
                (WordKind::Delete, Some(span), _) => counts.words_out += count_words(span.of(old)),
                _ => {}
            }
        }
    }
    counts
}
