//! The paragraph level: which graf of one text became which of the other.
//!
//! Nothing here knows which text is the older: `compare` hands both over in an order of its own choosing, and so reversing
//! a redline mirrors it.

use super::fold::ByHash;
use super::kin::{Gap, Kinship, kinship};
use super::order::in_order;
use super::row::pair;
use super::side::Side;
use super::unit::Unit;
use std::cell::OnceCell;
use std::collections::HashSet;
use std::iter::zip;

/// A pair of grafs, and whether it may stand as a move when it is out of order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub left: usize,
    pub right: usize,
    pub may_move: bool,
}

/// The partner of a graf, in 32 bits: none, or its place and whether the pair may stand as a move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Partner(u32);

impl Partner {
    fn new(at: usize, may_move: bool) -> Partner {
        Partner((at as u32 + 1) << 1 | u32::from(may_move))
    }

    pub fn is_none(self) -> bool {
        self == Partner::default()
    }

    fn place(self) -> Option<usize> {
        (self.0 >> 1).checked_sub(1).map(|at| at as usize)
    }

    fn may_move(self) -> bool {
        self.0 & 1 == 1
    }
}

/// Below this a pair out of order is no move, and one in order no edit (but perhaps a rewrite). In thousandths of the words.
const MOVE_MIN: u32 = 500;
const EDIT_MIN: u32 = 400;
/// Content words in common a moved and edited graf must have, in weight.
const MOVE_MIN_WEIGHT: u32 = 30;
/// Two grafs much alike are looked for so many places apart, and may read so much worse in their places. In thousandths.
const TWIN_NEAR: usize = 32;
const TWIN_LACK: u32 = 100;
/// A repeated graf moves only when it has this many bytes.
const REPEATED_MIN_BYTES: usize = 30;

/// Aligns two texts by their grafs. Every graf of each side is in one unit; the units are in no order to rely on.
///
/// Cost: n log n in the grafs, and linear in the words of those that have no equal on the other side.
pub fn align(left: &Side, right: &Side) -> Vec<Unit> {
    let mut match_up = Match {
        left,
        right,
        to_right: vec![Partner::default(); left.n_grafs()],
        to_left: vec![Partner::default(); right.n_grafs()],
        is_open: (vec![false; left.n_grafs()], vec![false; right.n_grafs()]),
    };
    match_up.pair_equal();
    match_up.pair_kin();
    match_up.uncross();
    match_up.drop_weak_moves();
    match_up.units()
}

pub(super) struct Match<'a, 'text> {
    pub left: &'a Side<'text>,
    pub right: &'a Side<'text>,
    pub to_right: Vec<Partner>,
    pub to_left: Vec<Partner>,
    /// Grafs without an equal: only their words are looked at.
    pub is_open: (Vec<bool>, Vec<bool>),
}

impl Match<'_, '_> {
    fn join(&mut self, left: usize, right: usize, may_move: bool) {
        (self.to_right[left], self.to_left[right]) = (Partner::new(right, may_move), Partner::new(left, may_move));
    }

    /// The pair a graf on the left is in.
    fn pair_of(&self, left: usize) -> Option<Pair> {
        let partner = self.to_right[left];
        Some(Pair { left, right: partner.place()?, may_move: partner.may_move() })
    }

    fn is_free(&self, left: usize, right: usize) -> bool {
        self.to_right[left].is_none() && self.to_left[right].is_none()
    }

    fn is_equal(&self, left: usize, right: usize) -> bool {
        self.left.hash(left) == self.right.hash(right)
    }

    pub fn pairs(&self) -> impl Iterator<Item = Pair> {
        (0..self.to_right.len()).filter_map(|left| self.pair_of(left))
    }

    /// Which grafs on the left are in pairs that stand in order, as many and as long as can be.
    pub fn backbone(&self) -> Vec<bool> {
        // A line of a word or two (*Yes.*) must not outvote a graf.
        let weight = |pair: &Pair| {
            let n_bytes = self.left.n_bytes(pair.left).min(self.right.n_bytes(pair.right));
            n_bytes.min(100_000) as u64 + if n_bytes < 20 { 500_000 } else { 1_000_000 }
        };
        let kept = in_order(self.pairs().map(|pair| (pair.right, weight(&pair))), self.right.n_grafs());
        let mut backbone = vec![false; self.left.n_grafs()];
        for (pair, is_kept) in self.pairs().zip(kept) {
            backbone[pair.left] = is_kept;
        }
        backbone
    }

    pub fn gaps(&self, backbone: &[bool]) -> Vec<Gap> {
        let mut gaps = Vec::new();
        let mut from = (0, 0);
        let end = (self.left.n_grafs(), self.right.n_grafs());
        let settled = self.pairs().filter(|pair| backbone[pair.left]);
        for to in settled.map(|pair| (pair.left, pair.right)).chain([end]) {
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
        let n = (self.left.n_grafs(), self.right.n_grafs());
        let shorter = n.0.min(n.1);
        let n_front = (0..shorter).take_while(|&at| self.is_equal(at, at)).count();
        let n_back = (1..=shorter - n_front).take_while(|&at| self.is_equal(n.0 - at, n.1 - at)).count();
        (0..n_front).for_each(|at| self.join(at, at, true));
        (1..=n_back).for_each(|at| self.join(n.0 - at, n.1 - at, true));
        for (left, right) in self.free_equals(|n_left, n_right| (n_left, n_right) == (1, 1)) {
            self.join(left as usize, right as usize, true);
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
            for row in pair((lefts.len(), rights.len()), |at| lefts[at], |at| rights[at]) {
                let (lefts, rights) = (row.of_left(&gap.lefts), row.of_right(&gap.rights));
                zip(lefts, rights).for_each(|(&left, &right)| self.join(left, right, false));
            }
        }
        self.pair_repeated();
    }

    /// Repeated grafs that are left: the first with the first. What is out of order by that is unpaired later.
    fn pair_repeated(&mut self) {
        for (left, right) in self.free_equals(|_, _| true) {
            self.join(left as usize, right as usize, false);
        }
    }

    /// The grafs without a partner that read the same, the first with the first, where there are so many of each text as
    /// asked for.
    fn free_equals(&self, is_asked: impl Fn(usize, usize) -> bool) -> Vec<(u32, u32)> {
        let by_hash = |side: &Side, partners: &[Partner]| {
            let mut list: Vec<u32> =
                (0..side.n_grafs()).filter(|&at| partners[at].is_none()).map(|at| at as u32).collect();
            list.sort_unstable_by_key(|&at| (side.hash(at as usize), at));
            list
        };
        let (lefts, rights) = (by_hash(self.left, &self.to_right), by_hash(self.right, &self.to_left));
        let left_hash = |at: u32| self.left.hash(at as usize);
        let right_hash = |at: u32| self.right.hash(at as usize);
        let mut rest = rights.chunk_by(|&one, &other| right_hash(one) == right_hash(other)).peekable();
        let mut equals = Vec::new();
        for same in lefts.chunk_by(|&one, &other| left_hash(one) == left_hash(other)) {
            let hash = left_hash(same[0]);
            while rest.next_if(|others| right_hash(others[0]) < hash).is_some() {}
            let others = rest.next_if(|others| right_hash(others[0]) == hash);
            if let Some(others) = others.filter(|others| is_asked(same.len(), others.len())) {
                equals.extend(zip(same.iter().copied(), others.iter().copied()));
            }
        }
        equals
    }

    /// A repeated graf moves only with a neighbour: alone, one cannot tell which of them went where.
    fn join_beside(&mut self, left: usize, right: usize) {
        let may_move = self.left.n_bytes(left) >= REPEATED_MIN_BYTES;
        self.join(left, right, may_move);
    }

    /// Repeated grafs beside a pair belong with it.
    fn extend(&mut self) {
        let n = (self.left.n_grafs(), self.right.n_grafs());
        for left in 0..n.0 {
            let Some(pair) = self.pair_of(left) else { continue };
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
        let backbone = self.backbone();
        self.drop_weak(&backbone);
        let gaps = self.gaps(&backbone);
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

    /// Two grafs much alike that went to each other's place stayed, unless they read better where they went.
    fn uncross(&mut self) {
        let backbone = self.backbone();
        let moves: Vec<Pair> = self.pairs().filter(|pair| !backbone[pair.left]).collect();
        for pair in moves {
            let near = pair.left.saturating_sub(TWIN_NEAR)..(pair.left + TWIN_NEAR).min(self.to_right.len());
            let twin = near.filter_map(|at| self.pair_of(at)).find(|other| self.are_twins(pair, *other));
            if let Some(other) = twin.filter(|_| self.pair_of(pair.left) == Some(pair)) {
                let may_move = pair.may_move && other.may_move;
                for (left, right) in [(pair.left, other.right), (other.left, pair.right)] {
                    self.join(left, right, may_move);
                    (self.is_open.0[left], self.is_open.1[right]) = (true, true);
                }
            }
        }
    }

    /// The pairs cross, and each graf reads as well as the other's partner.
    fn are_twins(&self, one: Pair, other: Pair) -> bool {
        let is_moved = |pair: Pair| self.is_equal(pair.left, pair.right);
        if (one.left < other.left) == (one.right < other.right) || is_moved(one) && is_moved(other) {
            return false;
        }
        let likeness = |left: usize, right: usize| {
            let (left, right) = (self.left.bag(left), self.right.bag(right));
            if left.likeness_at_most(right) < MOVE_MIN { 0 } else { left.likeness(right) }
        };
        let stayed = (likeness(one.left, other.right), likeness(other.left, one.right));
        stayed.0.min(stayed.1) >= MOVE_MIN
            && stayed.0 + stayed.1 + TWIN_LACK >= likeness(one.left, one.right) + likeness(other.left, other.right)
    }

    /// Unpairs what is out of order and too weak to be called a move.
    fn drop_weak_moves(&mut self) {
        let backbone = self.backbone();
        self.drop_weak(&backbone);
    }

    fn drop_weak(&mut self, backbone: &[bool]) {
        let repeated = OnceCell::new();
        for left in (0..backbone.len()).filter(|&left| !backbone[left]) {
            let Some(pair) = self.pair_of(left) else { continue };
            let is_one_of_many = || {
                let (lefts, rights) = repeated.get_or_init(|| (self.left.repeated(), self.right.repeated()));
                !self.is_equal(pair.left, pair.right)
                    && (lefts.contains(&self.left.hash(pair.left)) || rights.contains(&self.right.hash(pair.right)))
            };
            if !pair.may_move || !self.left.has_words(pair.left) || is_one_of_many() {
                (self.to_right[pair.left], self.to_left[pair.right]) = (Partner::default(), Partner::default());
                (self.is_open.0[pair.left], self.is_open.1[pair.right]) = (true, true);
            }
        }
    }
}
