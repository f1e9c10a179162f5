//! What changed between two texts, told as an editor would mark it.

mod blame;
mod bond;
mod carry;
mod class;
mod cut;
mod fold;
mod graf;
mod hunk;
mod kin;
mod live;
mod merge;
mod order;
mod rewrite;
mod row;
mod seam;
mod side;
mod take;
mod token;
mod unit;
mod vocabulary;
mod word;
mod words;

pub use blame::blame;
pub use carry::Carry;
pub use class::{Class, Speech, tally};
pub use hunk::Hunk;
pub use live::Live;
pub use merge::{By, Merged, Stretch, merge};
pub use take::{take_back, take_back_all};
pub use words::Words;

use crate::draft::count_words;
use crate::span::Span;
use carry::Carries;
use side::Side;
use std::ops::Range;
use unit::Unit;

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
    pub words: Words,
}

/// How much changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Words in insertions, as `draft::count_words` counts; of carried sentences only what was edited in them.
    pub words_in: usize,
    /// Words in deletions.
    pub words_out: usize,
    /// Ops that are not `same`.
    pub changes: usize,
    pub moves: usize,
    pub splits: usize,
    pub merges: usize,
    pub rewrites: usize,
    /// Sentences, or rows of them, that moved inside their graf or into another, edited or not.
    pub carries: usize,
}

/// The comparison of two texts.
///
/// Invariant: the `new` spans in the order of the ops cover the new text without gap or overlap; so do the `old` spans,
/// sorted, the old. What stands between paragraphs belongs to the paragraph before it, or to a change beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Redline {
    pub ops: Vec<Op>,
    pub counts: Counts,
    /// Which deletions and insertions among the words are one sentence that moved; in the order of the new text.
    pub carries: Vec<Carry>,
}

/// Compares two texts. Total: any two texts, never a panic; of one that takes more than four gigabytes it says no more
/// than that the whole went and came.
///
/// Law: `compare(new, old)` is the mirror image; both directions look at the texts in the same order to make it so.
/// Cost: n log n in the grafs, near linear in the words that differ; it holds less than ten times the texts.
pub fn compare(old: &str, new: &str) -> Redline {
    compare_sides(&mut Side::new(old), &mut Side::new(new), false)
}

/// `is_kept`: what was found out about the grafs is asked for again.
fn compare_sides(olds: &mut Side, news: &mut Side, is_kept: bool) -> Redline {
    let (old, new) = (olds.text, news.text);
    if old.len().max(new.len()) > MOST_BYTES {
        return whole(old, new);
    }
    let is_swapped = (new.len(), new) < (old.len(), old);
    let mut units = if is_swapped { graf::align(news, olds) } else { graf::align(olds, news) };
    let (left, right) = if is_swapped { (&*news, &*olds) } else { (&*olds, &*news) };
    let mut carries = Carries::find(left, right, &units);
    if is_swapped {
        units.iter_mut().for_each(|unit| std::mem::swap(&mut unit.left, &mut unit.right));
    }
    if !is_kept {
        olds.drop_bags();
        news.drop_bags();
    }
    let (olds, news) = (&*olds, &*news);
    let (left, right) = if is_swapped { (news, olds) } else { (olds, news) };
    let mut ops = Reading { olds, news, carries: &carries, is_swapped }.ops(&units);
    if carries.find_edited(&ops, left, right, is_swapped) {
        ops = Reading { olds, news, carries: &carries, is_swapped }.ops(&units);
    }
    let carries = if carries.is_empty() { Vec::new() } else { carries.cut(&mut ops, olds, news, is_swapped) };
    let counts = count(&ops, &carries, old, new);
    Redline { ops, counts, carries }
}

/// Places are kept in 32 bits.
const MOST_BYTES: usize = u32::MAX as usize;

/// The old text went and the new one came, unless they are the same.
fn whole(old: &str, new: &str) -> Redline {
    let (old_span, new_span) = (Some(Span::new(0, old.len())), Some(Span::new(0, new.len())));
    let op = |kind, old, new| Op { kind, old, new, words: Words::default() };
    let ops = match old == new {
        true => vec![op(Kind::Same, old_span, new_span)],
        false => vec![op(Kind::Delete, old_span, None), op(Kind::Insert, None, new_span)],
    };
    Redline { counts: count(&ops, &[], old, new), ops, carries: Vec::new() }
}

/// Both texts while the words of each unit are compared.
struct Reading<'a, 'text> {
    olds: &'a Side<'text>,
    news: &'a Side<'text>,
    carries: &'a Carries,
    /// The words are compared new to old.
    is_swapped: bool,
}

impl Reading<'_, '_> {
    fn ops(&self, units: &[Unit]) -> Vec<Op> {
        seam::ops(self.olds, self.news, units, |unit| self.wording(unit))
    }

    /// What became of a unit's words, without the space around it, and what to call it.
    fn wording(&self, unit: &Unit) -> (Kind, Words) {
        let n_grafs = (unit.left.len(), unit.right.len());
        if n_grafs.0 == n_grafs.1 && n_grafs.0 > 1 {
            return if unit.is_moved { self.block(unit) } else { (Kind::Same, self.stood(unit)) };
        }
        let may_be_rewrite = n_grafs == (1, 1) && !unit.is_moved && !self.has_carries(unit);
        if may_be_rewrite && self.is_sure_rewrite(unit) {
            return (Kind::Rewrite, self.rewritten(unit));
        }
        let wording = self.align_words(&unit.left, &unit.right);
        let is_edited = wording.words.iter().any(|op| op.kind != WordKind::Same);
        let kind = match (unit.is_moved, n_grafs) {
            (true, _) if is_edited => Kind::MoveEdit,
            (true, _) => Kind::Move,
            (_, (1, 1)) if !is_edited => Kind::Same,
            (_, (1, 1)) if self.reads_alike(unit) => Kind::Format,
            _ if may_be_rewrite && rewrite::is_rewrite(wording.kept, wording.longest_run) => Kind::Rewrite,
            (_, (1, 1)) => Kind::Edit,
            (_, (1, _)) => Kind::Split,
            _ => Kind::Merge,
        };
        if kind == Kind::Rewrite { (kind, self.rewritten(unit)) } else { (kind, wording.words) }
    }

    /// Grafs that stand as they stood.
    fn stood(&self, unit: &Unit) -> Words {
        let (old, new) = (Some(self.olds.part(&unit.left)), Some(self.news.part(&unit.right)));
        [WordOp { kind: WordKind::Same, old, new }].into_iter().collect()
    }

    /// Several grafs that moved together, each compared with its own.
    fn block(&self, unit: &Unit) -> (Kind, Words) {
        let (olds, news) = (self.olds, self.news);
        let (mut words, mut is_edited) = (Words::default(), false);
        for (i, j) in unit.left.clone().zip(unit.right.clone()) {
            if i > unit.left.start {
                let gap = |side: &Side, at: usize| Span::new(side.graf(at - 1).end, side.graf(at).start);
                word::space((olds.text, gap(olds, i)), (news.text, gap(news, j))).iter().for_each(|op| words.push(op));
            }
            for op in &self.align_words(&(i..i + 1), &(j..j + 1)).words {
                is_edited |= op.kind != WordKind::Same;
                words.push(op);
            }
        }
        (if is_edited { Kind::MoveEdit } else { Kind::Move }, words)
    }

    /// A sentence changed its place inside the unit.
    fn has_carries(&self, unit: &Unit) -> bool {
        let part = if self.is_swapped { self.news.part(&unit.right) } else { self.olds.part(&unit.left) };
        self.carries.is_home(part)
    }

    /// Said without aligning the words, where that can be said.
    fn is_sure_rewrite(&self, unit: &Unit) -> bool {
        let (olds, news) = (self.olds, self.news);
        let is_equal = olds.hash(unit.left.start) == news.hash(unit.right.start);
        !is_equal && rewrite::is_sure(&olds.tokens(&unit.left), &news.tokens(&unit.right)) && !self.reads_alike(unit)
    }

    /// The old words, then the new.
    fn rewritten(&self, unit: &Unit) -> Words {
        let gone = WordOp { kind: WordKind::Delete, old: Some(self.olds.part(&unit.left)), new: None };
        let come = WordOp { kind: WordKind::Insert, old: None, new: Some(self.news.part(&unit.right)) };
        [gone, come].into_iter().collect()
    }

    /// Only marks, spaces or quote style changed.
    fn reads_alike(&self, unit: &Unit) -> bool {
        let (olds, news) = (self.olds, self.news);
        token::read_alike(olds.text, &olds.tokens(&unit.left), news.text, &news.tokens(&unit.right))
    }

    /// The word level, asked in the order of `compare` and answered in the order of the texts.
    fn align_words(&self, old_grafs: &Range<usize>, new_grafs: &Range<usize>) -> word::Wording {
        let (old, new) = ((self.olds, old_grafs), (self.news, new_grafs));
        let (left, right) = if self.is_swapped { (new, old) } else { (old, new) };
        word::align(left, right, self.carries, self.is_swapped)
    }
}

fn count(ops: &[Op], carries: &[Carry], old: &str, new: &str) -> Counts {
    let mut counts = Counts { carries: carries.len(), ..Counts::default() };
    for carry in carries {
        // Told as moved: taken off what is counted below.
        counts.words_out = counts.words_out.wrapping_sub(count_words(carry.old.of(old)));
        counts.words_in = counts.words_in.wrapping_sub(count_words(carry.new.of(new)));
        for word in carry.edits() {
            let n_words = |span: Option<Span>, text: &str| span.map_or(0, |span| count_words(span.of(text)));
            counts.words_out = counts.words_out.wrapping_add(n_words(word.old, old));
            counts.words_in = counts.words_in.wrapping_add(n_words(word.new, new));
        }
    }
    for op in ops {
        counts.changes += usize::from(op.kind != Kind::Same);
        counts.moves += usize::from(matches!(op.kind, Kind::Move | Kind::MoveEdit));
        counts.splits += usize::from(op.kind == Kind::Split);
        counts.merges += usize::from(op.kind == Kind::Merge);
        counts.rewrites += usize::from(op.kind == Kind::Rewrite);
        for word in &op.words {
            match (word.kind, word.old, word.new) {
                (WordKind::Insert, _, Some(span)) => {
                    counts.words_in = counts.words_in.wrapping_add(count_words(span.of(new)))
                }
                (WordKind::Delete, Some(span), _) => {
                    counts.words_out = counts.words_out.wrapping_add(count_words(span.of(old)))
                }
                _ => {}
            }
        }
    }
    counts
}
