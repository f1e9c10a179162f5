//! The paragraph level: which graf of one text became which of the other.
//!
//! Nothing here knows which text is the older: `compare` hands both over in an order of its own choosing, and so reversing
//! a redline mirrors it.

use super::carry::Carries;
use super::fold::ByHash;
use super::kin::{Bag, Gap, Kinship, kinship};
use super::order::in_order;
use super::side::Side;
use crate::span::Span;
use similar::{Algorithm, DiffTag};
use std::collections::{HashMap, HashSet, VecDeque};
use std::ops::Range;

/// Grafs that became one another; one side is empty for what only came or went. Several on one side and one on the other
/// are a split or a merge; several on both are a block that moved, graf for graf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    pub left: Range<usize>,
    pub right: Range<usize>,
    pub is_moved: bool,
}

/// A pair of grafs, and whether it may stand as a move when it is out of order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Pair {
    left: usize,
    right: usize,
    may_move: bool,
}

/// Below this a pair out of order is no move, and one in order no edit (but perhaps a rewrite). In thousandths of the words.
const MOVE_MIN: u32 = 500;
const EDIT_MIN: u32 = 400;
const REWRITE_MIN: u32 = 150;
/// Content words in common a moved and edited graf must have, in weight.
const MOVE_MIN_WEIGHT: u32 = 30;
/// A repeated graf moves only when it has this many bytes.
const REPEATED_MIN_BYTES: usize = 30;

/// Aligns two texts by their grafs. Every graf of each side is in one unit; the units are in no order to rely on.
///
/// Cost: n log n in the grafs, and linear in the words of those that have no equal on the other side.
pub fn align(left: &Side, right: &Side) -> Vec<Unit> {
    let mut match_up = Match {
        left,
        right,
        to_right: vec![None; left.grafs.len()],
        to_left: vec![None; right.grafs.len()],
        is_open: (vec![false; left.grafs.len()], vec![false; right.grafs.len()]),
    };
    match_up.pair_equal();
    match_up.pair_kin();
    match_up.drop_weak_moves();
    match_up.units()
}

struct Match<'a, 'text> {
    left: &'a Side<'text>,
    right: &'a Side<'text>,
    to_right: Vec<Option<Pair>>,
    to_left: Vec<Option<Pair>>,
    /// Grafs without an equal: only their words are looked at.
    is_open: (Vec<bool>, Vec<bool>),
}

impl Match<'_, '_> {
    fn join(&mut self, left: usize, right: usize, may_move: bool) {
        let pair = Some(Pair { left, right, may_move });
        (self.to_right[left], self.to_left[right]) = (pair, pair);
    }

    fn is_free(&self, left: usize, right: usize) -> bool {
        self.to_right[left].is_none() && self.to_left[right].is_none()
    }

    fn is_equal(&self, left: usize, right: usize) -> bool {
        self.left.hash(left) == self.right.hash(right)
    }

    fn pairs(&self) -> Vec<Pair> {
        self.to_right.iter().flatten().copied().collect()
    }

    /// The pairs that stand in order, as many and as long as can be.
    fn backbone(&self) -> Vec<Pair> {
        let pairs = self.pairs();
        // A line of a word or two (*Yes.*) must not outvote a graf.
        let weight = |pair: &Pair| {
            let n_bytes = self.left.n_bytes(pair.left).min(self.right.n_bytes(pair.right));
            n_bytes.min(100_000) as u64 + if n_bytes < 20 { 500_000 } else { 1_000_000 }
        };
        let weighed: Vec<(usize, u64)> = pairs.iter().map(|pair| (pair.right, weight(pair))).collect();
        let kept = in_order(&weighed, self.right.grafs.len());
        pairs.into_iter().zip(kept).filter_map(|(pair, is_kept)| is_kept.then_some(pair)).collect()
    }

    fn gaps(&self, backbone: &[Pair]) -> Vec<Gap> {
        let mut gaps = Vec::new();
        let mut from = (0, 0);
        let end = (self.left.grafs.len(), self.right.grafs.len());
        for to in backbone.iter().map(|pair| (pair.left, pair.right)).chain([end]) {
            let lefts: Vec<usize> = (from.0..to.0).filter(|&at| self.to_right[at].is_none()).collect();
            let rights: Vec<usize> = (from.1..to.1).filter(|&at| self.to_left[at].is_none()).collect();
            if !lefts.is_empty() || !rights.is_empty() {
                gaps.push(Gap { lefts, rights });
            }
            from = (to.0 + 1, to.1 + 1);
        }
        gaps
    }

    /// Equal grafs: at both ends, then those that stand once in each text, their neighbours, and between them in order.
    fn pair_equal(&mut self) {
        let n = (self.left.grafs.len(), self.right.grafs.len());
        let shorter = n.0.min(n.1);
        let n_front = (0..shorter).take_while(|&at| self.is_equal(at, at)).count();
        let n_back = (1..=shorter - n_front).take_while(|&at| self.is_equal(n.0 - at, n.1 - at)).count();
        (0..n_front).for_each(|at| self.join(at, at, true));
        (1..=n_back).for_each(|at| self.join(n.0 - at, n.1 - at, true));
        for (left, right) in self.once_in_each() {
            self.join(left, right, true);
        }
        self.extend();
        for mut gap in self.gaps(&self.backbone()) {
            // What has no equal would only cost time.
            let known =
                |side: &Side, list: &[usize]| list.iter().map(|&at| side.hash(at)).collect::<HashSet<u64, ByHash>>();
            let (in_left, in_right) = (known(self.left, &gap.lefts), known(self.right, &gap.rights));
            gap.lefts.retain(|&at| in_right.contains(&self.left.hash(at)));
            gap.rights.retain(|&at| in_left.contains(&self.right.hash(at)));
            let hashes = |side: &Side, list: &[usize]| list.iter().map(|&at| side.hash(at)).collect::<Vec<u64>>();
            let (lefts, rights) = (hashes(self.left, &gap.lefts), hashes(self.right, &gap.rights));
            for op in similar::capture_diff_slices(Algorithm::Myers, &lefts, &rights) {
                let (tag, left, right) = op.as_tag_tuple();
                if tag == DiffTag::Equal {
                    left.zip(right).for_each(|(i, j)| self.join(gap.lefts[i], gap.rights[j], false));
                }
            }
        }
        self.pair_repeated();
    }

    /// Repeated grafs that are left: the first with the first. What is out of order by that is unpaired later.
    fn pair_repeated(&mut self) {
        let mut rights: HashMap<u64, VecDeque<usize>, ByHash> = HashMap::default();
        for at in (0..self.right.grafs.len()).filter(|&at| self.to_left[at].is_none()) {
            rights.entry(self.right.hash(at)).or_default().push_back(at);
        }
        for left in 0..self.left.grafs.len() {
            let right = rights.get_mut(&self.left.hash(left)).filter(|_| self.to_right[left].is_none());
            if let Some(right) = right.and_then(VecDeque::pop_front) {
                self.join(left, right, false);
            }
        }
    }

    /// A repeated graf moves only with a neighbour: alone, one cannot tell which of them went where.
    fn join_beside(&mut self, left: usize, right: usize) {
        let may_move = self.left.n_bytes(left) >= REPEATED_MIN_BYTES;
        self.join(left, right, may_move);
    }

    /// Equal grafs of which each side has one without a partner.
    fn once_in_each(&self) -> Vec<(usize, usize)> {
        let mut seen: HashMap<u64, (usize, usize, usize), ByHash> = HashMap::default();
        for at in (0..self.right.grafs.len()).filter(|&at| self.to_left[at].is_none()) {
            let entry = seen.entry(self.right.hash(at)).or_default();
            *entry = (0, entry.1 + 1, at);
        }
        let lefts = (0..self.left.grafs.len()).filter(|&at| self.to_right[at].is_none());
        let lefts: Vec<usize> = lefts.collect();
        for &at in &lefts {
            if let Some(entry) = seen.get_mut(&self.left.hash(at)) {
                entry.0 += 1;
            }
        }
        let one = |at: usize| match seen.get(&self.left.hash(at)) {
            Some(&(1, 1, right)) => Some((at, right)),
            _ => None,
        };
        lefts.into_iter().filter_map(one).collect()
    }

    /// Repeated grafs beside a pair belong with it.
    fn extend(&mut self) {
        let n = (self.left.grafs.len(), self.right.grafs.len());
        for pair in self.pairs() {
            let (mut i, mut j) = (pair.left + 1, pair.right + 1);
            while i < n.0 && j < n.1 && self.is_free(i, j) && self.is_equal(i, j) {
                self.join_beside(i, j);
                (i, j) = (i + 1, j + 1);
            }
            let (mut i, mut j) = (pair.left, pair.right);
            while i > 0 && j > 0 && self.is_free(i - 1, j - 1) && self.is_equal(i - 1, j - 1) {
                (i, j) = (i - 1, j - 1);
                self.join_beside(i, j);
            }
        }
    }

    /// Grafs that share their words: the closest first, wherever they stand.
    fn pair_kin(&mut self) {
        let gaps = self.gaps(&self.backbone());
        for gap in &gaps {
            gap.lefts.iter().for_each(|&at| self.is_open.0[at] = true);
            gap.rights.iter().for_each(|&at| self.is_open.1[at] = true);
        }
        let Kinship { sure, rest } = kinship(&gaps, self.left, self.right);
        for kin in sure.into_iter().chain(rest) {
            let is_near = kin.is_in_gap && kin.score >= EDIT_MIN;
            let is_repeated = self.is_equal(kin.left, kin.right);
            let may_move = kin.score >= MOVE_MIN && kin.weight >= MOVE_MIN_WEIGHT && !is_repeated;
            if (is_near || may_move) && self.is_free(kin.left, kin.right) {
                self.join(kin.left, kin.right, may_move);
            }
        }
    }

    /// Unpairs what is out of order and too weak to be called a move.
    fn drop_weak_moves(&mut self) {
        let backbone = self.backbone();
        let mut place = backbone.iter().peekable();
        for pair in self.pairs() {
            if place.peek() == Some(&&pair) {
                place.next();
            } else if !pair.may_move {
                (self.to_right[pair.left], self.to_left[pair.right]) = (None, None);
                (self.is_open.0[pair.left], self.is_open.1[pair.right]) = (true, true);
            }
        }
    }

    /// Splits, merges and rewrites among what stands in order, then everything as units.
    fn units(self) -> Vec<Unit> {
        let backbone = self.backbone();
        let mut is_used = (vec![false; self.left.grafs.len()], vec![false; self.right.grafs.len()]);
        let mut units = self.moved(&backbone);
        for pair in &backbone {
            units.push(self.grow(*pair, &mut is_used));
        }
        for gap in self.gaps(&backbone) {
            let lefts: Vec<usize> = gap.lefts.iter().copied().filter(|&at| !is_used.0[at]).collect();
            let rights: Vec<usize> = gap.rights.iter().copied().filter(|&at| !is_used.1[at]).collect();
            self.fill(&lefts, &rights, &mut units, &mut is_used);
        }
        for unit in &units {
            unit.left.clone().for_each(|at| is_used.0[at] = true);
            unit.right.clone().for_each(|at| is_used.1[at] = true);
        }
        let alone = |is_used: &[bool]| (0..is_used.len()).filter(|&at| !is_used[at]).collect::<Vec<usize>>();
        let gone = alone(&is_used.0).into_iter().map(|at| Unit { left: at..at + 1, right: 0..0, is_moved: false });
        let come = alone(&is_used.1).into_iter().map(|at| Unit { left: 0..0, right: at..at + 1, is_moved: false });
        units.extend(gone.chain(come));
        units
    }

    /// The pairs out of order, those that stand together in both texts as one block.
    fn moved(&self, backbone: &[Pair]) -> Vec<Unit> {
        let mut units: Vec<Unit> = Vec::new();
        for pair in self.pairs().into_iter().filter(|pair| backbone.binary_search(pair).is_err()) {
            match units.last_mut() {
                Some(unit) if unit.left.end == pair.left && unit.right.end == pair.right => {
                    (unit.left.end, unit.right.end) = (pair.left + 1, pair.right + 1);
                }
                _ => units.push(Unit {
                    left: pair.left..pair.left + 1,
                    right: pair.right..pair.right + 1,
                    is_moved: true,
                }),
            }
        }
        units
    }

    /// A pair with the grafs beside it that hold the words it lacks: a split or a merge.
    fn grow(&self, pair: Pair, is_used: &mut (Vec<bool>, Vec<bool>)) -> Unit {
        let mut unit = Unit { left: pair.left..pair.left + 1, right: pair.right..pair.right + 1, is_moved: false };
        if self.is_open.0[pair.left] && self.is_open.1[pair.right] {
            let (left, right) = (self.left.bag(pair.left), self.right.bag(pair.right));
            let run = spread(left, &unit.right, |at| self.right.bag(at), &self.to_left, &is_used.1);
            if run.len() > 1 && runs_on(self.left, pair.left, self.right, &run) {
                unit.right = run;
            } else {
                let run = spread(right, &unit.left, |at| self.left.bag(at), &self.to_right, &is_used.0);
                if run.len() > 1 && runs_on(self.right, pair.right, self.left, &run) {
                    unit.left = run;
                }
            }
        }
        unit.left.clone().for_each(|at| is_used.0[at] = true);
        unit.right.clone().for_each(|at| is_used.1[at] = true);
        unit
    }

    /// What two lists of free grafs between the same neighbours have to do with each other.
    fn fill(&self, lefts: &[usize], rights: &[usize], units: &mut Vec<Unit>, is_used: &mut (Vec<bool>, Vec<bool>)) {
        if lefts.is_empty() || rights.is_empty() {
            return;
        }
        let score = |i: usize, j: usize| self.left.bag(lefts[i]).likeness(self.right.bag(rights[j]));
        let pairs = super::order::best_in_order(lefts.len(), rights.len(), REWRITE_MIN, score);
        for &(i, j) in &pairs {
            (is_used.0[lefts[i]], is_used.1[rights[j]]) = (true, true);
        }
        for (i, j) in pairs {
            let pair = Pair { left: lefts[i], right: rights[j], may_move: false };
            units.push(self.grow(pair, is_used));
        }
    }
}

/// A graf's run on the other side, grown by free neighbours that hold what is left of its words.
fn spread<'a>(
    whole: &Bag,
    run: &Range<usize>,
    bag: impl Fn(usize) -> &'a Bag,
    partners: &[Option<Pair>],
    is_used: &[bool],
) -> Range<usize> {
    let mut run = run.clone();
    let is_free = |at: usize| partners[at].is_none() && !is_used[at];
    let is_lonely = |at: Option<usize>| !at.is_some_and(|at| at < partners.len() && is_free(at));
    if is_lonely(Some(run.end)) && is_lonely(run.start.checked_sub(1)) {
        return run;
    }
    let mut rest = whole.without(bag(run.start));
    let is_part = |at: usize, rest: &Bag| is_free(at) && bag(at).is_mostly_in(rest);
    while run.end < partners.len() && is_part(run.end, &rest) {
        rest = rest.without(bag(run.end));
        run.end += 1;
    }
    while run.start > 0 && is_part(run.start - 1, &rest) {
        rest = rest.without(bag(run.start - 1));
        run.start -= 1;
    }
    run
}

/// Half of each graf of the run stands in the whole, and in the same order: shared words alone could stand anywhere.
fn runs_on(whole: &Side, at: usize, parts: &Side, run: &Range<usize>) -> bool {
    let wording = super::word::align(whole, &(at..at + 1), parts, run, &Carries::default());
    let kept: Vec<Span> = wording.words.iter().filter_map(|op| op.old.and(op.new)).collect();
    run.clone().all(|part| {
        let graf = parts.grafs[part].trim(parts.text);
        let n_kept: usize =
            kept.iter().map(|span| span.end.min(graf.end).saturating_sub(span.start.max(graf.start))).sum();
        2 * n_kept >= graf.len()
    })
}
