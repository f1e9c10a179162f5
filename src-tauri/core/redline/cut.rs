//! How a redline falls into changes that can be taken back one by one.

use super::bond::keep_pairs;
use super::carry::{self, Place, come_at};
use super::token::{Sort, tokens};
use super::{Kind, Op, Redline, WordKind, WordOp};
use crate::span::Span;
use std::collections::{BTreeSet, HashMap, HashSet};

/// A change: an op, the word runs in it that belong together, and whether the op's place is part of it.
pub(super) struct Cut {
    pub op: usize,
    pub words: Vec<usize>,
    pub shape: Shape,
    /// Runs elsewhere that belong to it: (op, word).
    pub far: Vec<Place>,
    /// A sentence that moved, and the runs edited in it on its way.
    pub inner: Option<(usize, Vec<usize>)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Where the op stands.
    Move,
    /// The breaks between paragraphs in a split or a merge.
    Joint,
    /// All of the op.
    Whole,
    /// A run of words.
    Words,
    /// A sentence that moved.
    Carry,
}

impl Redline {
    /// How the redline falls into changes that can be taken back one by one.
    pub(super) fn cuts(&self, old: &str, new: &str) -> Vec<Cut> {
        let carried = carry::places(self);
        let places: HashSet<Place> = carried.iter().flat_map(|&(gone, come)| [gone, come]).collect();
        let mut cuts = Vec::new();
        for (at, op) in self.ops.iter().enumerate().filter(|(_, op)| op.kind != Kind::Same) {
            let carried = (0..op.words.len()).filter(|&word| places.contains(&(at, word))).collect();
            Cutting { at, op, old, new, shape: shape_of(op.kind), carried }.cuts(&mut cuts);
        }
        link(&mut cuts, &carried);
        self.cut_carries(&mut cuts, &carried, old, new);
        cuts
    }

    /// What was edited in a sentence on its way is changes of its own, behind the move.
    fn cut_carries(&self, cuts: &mut Vec<Cut>, carried: &[(Place, Place)], old: &str, new: &str) {
        for &(_, come) in carried {
            let span = self.ops[come.0].words.get(come.1).and_then(|word| word.new);
            let Some(at) = span.and_then(|span| come_at(self, span)) else { continue };
            let carry = &self.carries[at];
            if !carry.is_edited() {
                continue;
            }
            let holds = |cut: &Cut| cut.op == come.0 && cut.words.contains(&come.1);
            let Some(place) = cuts.iter().position(holds) else { continue };
            let op = carry.op();
            let cutting = Cutting { at: come.0, op: &op, old, new, shape: None, carried: BTreeSet::new() };
            let mut groups = cutting.runs();
            groups.insert(0, Vec::new());
            // White space at its ends goes with it.
            let is_space = |&at: &usize| op.words.get(at).is_none_or(|run| cutting.is_space(&run));
            let inner = keep_pairs(&op, groups, &BTreeSet::new(), old, new).into_iter();
            let inner = inner.filter(|words| !words.iter().all(is_space));
            let cut = |words| Cut { inner: Some((at, words)), ..cutting.cut(Vec::new(), Shape::Words) };
            cuts.splice(place + 1..place + 1, inner.map(cut));
        }
    }
}

/// A moved sentence is one change: it stands where it came, and what went belongs to it.
fn link(cuts: &mut Vec<Cut>, carried: &[(Place, Place)]) {
    let mut owner = HashMap::new();
    for (at, cut) in cuts.iter().enumerate() {
        for &word in &cut.words {
            owner.entry((cut.op, word)).or_insert(at);
        }
    }
    let is_gone: HashSet<Place> = carried.iter().map(|carry| carry.0).collect();
    let mut is_told = vec![false; cuts.len()];
    for &(gone, come) in carried {
        let (Some(&from), Some(&to)) = (owner.get(&gone), owner.get(&come)) else { continue };
        if from == to {
            continue;
        }
        cuts[to].far.push(gone);
        if cuts[from].shape == Shape::Carry
            && cuts[from].words.iter().all(|&word| is_gone.contains(&(cuts[from].op, word)))
        {
            is_told[from] = true;
        } else {
            cuts[from].far.push(come);
        }
    }
    for cut in cuts.iter_mut().filter(|cut| cut.shape == Shape::Joint && !cut.far.is_empty()) {
        let come = carried.iter().filter(|(gone, _)| cut.far.contains(gone)).map(|&(_, come)| come);
        let come: Vec<Place> = come.collect();
        cut.far.extend(come);
    }
    for cut in cuts.iter_mut().filter(|cut| cut.shape == Shape::Whole) {
        let holds = |place: Place| place.0 == cut.op && cut.words.binary_search(&place.1).is_ok();
        let beyond = |&(gone, come): &(Place, Place)| match (holds(gone), holds(come)) {
            (true, false) => Some(come),
            (false, true) => Some(gone),
            _ => None,
        };
        cut.far = carried.iter().filter_map(beyond).collect();
    }
    let mut is_told = is_told.into_iter();
    cuts.retain(|_| is_told.next() != Some(true));
}

/// What of an op is one change beside what changed among its words.
fn shape_of(kind: Kind) -> Option<Shape> {
    match kind {
        Kind::Insert | Kind::Delete | Kind::Rewrite | Kind::Format => Some(Shape::Whole),
        Kind::Move | Kind::MoveEdit => Some(Shape::Move),
        Kind::Split | Kind::Merge => Some(Shape::Joint),
        Kind::Same | Kind::Edit => None,
    }
}

/// An op on its way to its cuts.
struct Cutting<'a> {
    at: usize,
    op: &'a Op,
    old: &'a str,
    new: &'a str,
    shape: Option<Shape>,
    /// The runs that are ends of sentences that moved.
    carried: BTreeSet<usize>,
}

impl Cutting<'_> {
    fn cuts(&self, cuts: &mut Vec<Cut>) {
        let places = match self.shape {
            Some(Shape::Whole) => self.changed(|_| true),
            Some(_) => self.changed(|word| self.is_space(word)),
            None => BTreeSet::new(),
        };
        let joints = if self.shape == Some(Shape::Joint) { places.clone() } else { BTreeSet::new() };
        let (far, lost): (Vec<usize>, Vec<usize>) =
            self.lost(&joints).into_iter().partition(|n| self.carried.contains(n));
        let own: BTreeSet<usize> = places.into_iter().chain(lost).chain(self.marks_beside(&joints)).collect();
        let carried = self.carried.iter().map(|&end| self.with_mark(end).filter(|word| !own.contains(word)).collect());
        let carried: Vec<Vec<usize>> = carried.collect();
        let told: HashSet<usize> = carried.iter().flatten().chain(&own).copied().collect();
        let mut groups = vec![own.into_iter().collect()];
        if self.shape != Some(Shape::Whole) {
            let runs = self.runs().into_iter().map(|run| run.into_iter().filter(|word| !told.contains(word)).collect());
            groups.extend(runs.filter(|run: &Vec<usize>| !run.is_empty()));
        }
        groups.extend(carried);
        let mut groups = keep_pairs(self.op, groups, &joints, self.old, self.new).into_iter();
        let words = groups.next().unwrap_or_default();
        let (is_whole, has_rest) = (self.shape == Some(Shape::Whole), !words.is_empty());
        if let Some(shape) = self.shape.filter(|_| !is_whole || self.carried.is_empty()) {
            let far = far.into_iter().map(|n| (self.at, n)).collect();
            cuts.push(Cut { far, ..self.cut(words, shape) });
        }
        cuts.extend(groups.map(|words| {
            let shape = self.shape_of(&words);
            self.cut(words, shape)
        }));
        // Who puts a cut graf back wants all of it, also the sentence that went elsewhere.
        if is_whole && has_rest && !self.carried.is_empty() {
            let is_changed = |&n: &usize| self.op.words.get(n).is_some_and(|word| word.kind != WordKind::Same);
            cuts.push(self.cut((0..self.op.words.len()).filter(is_changed).collect(), Shape::Whole));
        }
    }

    fn cut(&self, words: Vec<usize>, shape: Shape) -> Cut {
        Cut { op: self.at, words, shape, far: Vec::new(), inner: None }
    }

    /// The end of a sentence that moved, marks beside it or none, or a run of words.
    fn shape_of(&self, words: &[usize]) -> Shape {
        let is_carried = |n: &&usize| self.carried.contains(*n);
        let is_bare = |n: &usize| self.op.words.get(*n).is_none_or(|word| self.is_bare(&word));
        let is_carry = words.iter().any(|n| is_carried(&n)) && words.iter().all(|n| is_carried(&n) || is_bare(n));
        if is_carry { Shape::Carry } else { Shape::Words }
    }

    /// The runs that changed and are no end of a sentence that moved.
    fn changed(&self, is_in: impl Fn(&WordOp) -> bool) -> BTreeSet<usize> {
        let is_changed =
            |(n, word): &(usize, WordOp)| word.kind != WordKind::Same && !self.carried.contains(n) && is_in(word);
        self.op.words.iter().enumerate().filter(is_changed).map(|(n, _)| n).collect()
    }

    /// In a merge with these breaks, what went of grafs that kept no word: without it the break put back would part nothing.
    fn lost(&self, joints: &BTreeSet<usize>) -> Vec<usize> {
        if self.op.kind != Kind::Merge {
            return Vec::new();
        }
        let (mut lost, mut graf, mut is_kept) = (Vec::new(), Vec::new(), false);
        for (n, word) in self.op.words.iter().enumerate() {
            match word.kind {
                WordKind::Same => is_kept |= !self.is_space(&word),
                WordKind::Delete if joints.contains(&n) => {
                    if !is_kept {
                        lost.append(&mut graf);
                    }
                    graf.clear();
                    is_kept = false;
                }
                WordKind::Delete => graf.push(n),
                WordKind::Insert => {}
            }
        }
        if !is_kept {
            lost.append(&mut graf);
        }
        lost
    }

    /// The marks that came or went at a break between grafs: *old.¶ But* for *old, but*.
    fn marks_beside(&self, joints: &BTreeSet<usize>) -> BTreeSet<usize> {
        let is_beside = |n: &usize| {
            let word = self.op.words.get(*n).filter(|word| word.kind != WordKind::Same);
            word.is_some_and(|word| self.carried.contains(n) || self.is_bare(&word))
        };
        let beside = |&joint: &usize| {
            let before = (0..joint).rev().take_while(is_beside);
            before.chain((joint + 1..self.op.words.len()).take_while(is_beside)).collect::<Vec<usize>>()
        };
        joints.iter().flat_map(beside).filter(|n| !self.carried.contains(n)).collect()
    }

    /// A sentence's end, with the marks that went before and behind it where it came: put back alone, such a mark would
    /// seem part of the sentence.
    fn with_mark(&self, end: usize) -> impl Iterator<Item = usize> {
        let is_come = self.op.words.get(end).is_some_and(|run| run.kind == WordKind::Insert);
        let is_mark = |n: &usize| {
            let run = self.op.words.get(*n).filter(|_| is_come && !self.carried.contains(n));
            run.is_some_and(|run| run.kind == WordKind::Delete && self.is_bare(&run))
        };
        let (before, behind) = (end.checked_sub(1).filter(is_mark), Some(end + 1).filter(is_mark));
        before.into_iter().chain([end]).chain(behind)
    }

    /// Changed words that read as one: next to each other, or with no more than a stray *the* between. Where nothing but a
    /// moved sentence is between, what came there came for what went, and two cuts stay two; over a break only marks are
    /// one.
    fn runs(&self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut last: Option<WordOp> = None;
        let (mut is_behind_carry, mut is_behind_break) = (false, false);
        for (at, word) in self.op.words.iter().enumerate() {
            if word.kind == WordKind::Same {
                last = last.filter(|_| is_stray(words_of(&word, self.old, self.new)));
                (is_behind_carry, is_behind_break) = (false, false);
            } else if self.carried.contains(&at) {
                is_behind_carry = true;
            } else if self.shape.is_some() && self.is_space(&word) {
                is_behind_break = true;
            } else {
                let reads_on = |last: &WordOp| match (is_behind_break, is_behind_carry) {
                    (true, _) => self.is_bare(last) && self.is_bare(&word),
                    (_, true) => last.kind != word.kind || self.is_bare(last) || self.is_bare(&word),
                    _ => true,
                };
                match groups.last_mut() {
                    Some(group) if last.as_ref().is_some_and(reads_on) => group.push(at),
                    _ => groups.push(vec![at]),
                }
                (last, is_behind_carry, is_behind_break) = (Some(word), false, false);
            }
        }
        groups
    }

    fn is_space(&self, word: &WordOp) -> bool {
        words_of(word, self.old, self.new).trim().is_empty()
    }

    /// Marks and white space alone.
    fn is_bare(&self, word: &WordOp) -> bool {
        !words_of(word, self.old, self.new).contains(char::is_alphanumeric)
    }
}

/// The changed text of a word op, or the text that stayed.
fn words_of<'a>(word: &WordOp, old: &'a str, new: &'a str) -> &'a str {
    match (word.old, word.new) {
        (_, Some(span)) => span.of(new),
        (Some(span), None) => span.of(old),
        (None, None) => "",
    }
}

pub(super) fn is_stray(words: &str) -> bool {
    if words.len() > 24 || words.contains('\n') {
        return false;
    }
    let list = tokens(words, Span::new(0, words.len()));
    list.len() <= 1 && list.iter().all(|token| token.sort() == Sort::Little)
}
