//! From pairs of grafs to what became of them: what moved, split, merged, was rewritten, came or went.

use super::carry::Carries;
use super::graf::{Match, Pair, Partner};
use super::kin::Bag;
use super::side::Side;
use crate::span::Span;
use std::ops::Range;

/// Grafs that became one another; one side is empty for what only came or went. Several on one side and one on the other
/// are a split or a merge; several on both are a block that moved, graf for graf, or that stands as it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    pub left: Range<usize>,
    pub right: Range<usize>,
    pub is_moved: bool,
}

/// Below this share of the words in common, in thousandths, a graf is not the other rewritten.
const REWRITE_MIN: u32 = 150;
/// Among more grafs than a few, a graf rewritten is looked for near its place.
const FEW_GRAFS: usize = 16;
const REWRITE_NEAR: usize = 6;

impl Match<'_, '_> {
    /// Splits, merges and rewrites among what stands in order, then everything as units.
    pub fn units(self) -> Vec<Unit> {
        let backbone = self.backbone();
        let mut is_used = (vec![false; self.left.n_grafs()], vec![false; self.right.n_grafs()]);
        let mut units = self.moved(&backbone);
        let mut is_row = false;
        for pair in self.pairs().filter(|pair| backbone[pair.left]) {
            let is_same = self.is_same(pair);
            match units.last_mut() {
                Some(row) if is_row && is_same && self.runs_on(row, pair) => {
                    (row.left.end, row.right.end) = (pair.left + 1, pair.right + 1);
                    (is_used.0[pair.left], is_used.1[pair.right]) = (true, true);
                }
                _ => units.push(self.grow(pair, &mut is_used)),
            }
            is_row = is_same;
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

    /// Written the same, byte for byte.
    fn is_same(&self, pair: Pair) -> bool {
        self.left.graf(pair.left).of(self.left.text) == self.right.graf(pair.right).of(self.right.text)
    }

    /// The pair follows the row in both texts, with the same white space between.
    fn runs_on(&self, row: &Unit, pair: Pair) -> bool {
        let gap = |side: &Side, at: usize| Span::new(side.graf(at - 1).end, side.graf(at).start);
        (row.left.end, row.right.end) == (pair.left, pair.right)
            && gap(self.left, pair.left).of(self.left.text) == gap(self.right, pair.right).of(self.right.text)
    }

    /// The pairs out of order, those that stand together in both texts as one block.
    fn moved(&self, backbone: &[bool]) -> Vec<Unit> {
        let mut units: Vec<Unit> = Vec::new();
        for pair in self.pairs().filter(|pair| !backbone[pair.left]) {
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
        let is_open = self.is_open.0[pair.left] && self.is_open.1[pair.right];
        let (is_left, is_right) = (
            has_free_neighbour(pair.left, &self.to_right, &is_used.0),
            has_free_neighbour(pair.right, &self.to_left, &is_used.1),
        );
        if is_open && is_right {
            let run = spread(self.left.bag(pair.left), &unit.right, |at| self.right.bag(at), &self.to_left, &is_used.1);
            if run.len() > 1 && runs_on(self.left, pair.left, self.right, &run) {
                unit.right = run;
            }
        }
        if is_open && is_left && unit.right.len() == 1 {
            let run =
                spread(self.right.bag(pair.right), &unit.left, |at| self.left.bag(at), &self.to_right, &is_used.0);
            if run.len() > 1 && runs_on(self.right, pair.right, self.left, &run) {
                unit.left = run;
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
        let (n, m) = (lefts.len(), rights.len());
        let score = |i: usize, j: usize| {
            let is_near = n <= FEW_GRAFS && m <= FEW_GRAFS || (i * m / n).abs_diff(j) <= REWRITE_NEAR;
            if is_near { self.left.bag(lefts[i]).likeness(self.right.bag(rights[j])) } else { 0 }
        };
        let pairs = super::order::best_in_order(n, m, REWRITE_MIN, score);
        for &(i, j) in &pairs {
            (is_used.0[lefts[i]], is_used.1[rights[j]]) = (true, true);
        }
        for (i, j) in pairs {
            let pair = Pair { left: lefts[i], right: rights[j], may_move: false };
            units.push(self.grow(pair, is_used));
        }
    }
}

fn has_free_neighbour(at: usize, partners: &[Partner], is_used: &[bool]) -> bool {
    let is_free = |at: usize| at < partners.len() && partners[at].is_none() && !is_used[at];
    is_free(at + 1) || at.checked_sub(1).is_some_and(is_free)
}

/// A graf's run on the other side, grown by free neighbours that hold what is left of its words.
fn spread<'a>(
    whole: &Bag,
    run: &Range<usize>,
    bag: impl Fn(usize) -> &'a Bag,
    partners: &[Partner],
    is_used: &[bool],
) -> Range<usize> {
    let mut run = run.clone();
    let is_free = |at: usize| partners[at].is_none() && !is_used[at];
    let is_part = |at: usize, rest: &Bag| is_free(at) && bag(at).is_mostly_in(rest);
    let may_grow = |at: usize| at < partners.len() && is_free(at) && bag(at).may_be_in(whole);
    if !may_grow(run.end) && !run.start.checked_sub(1).is_some_and(may_grow) {
        return run;
    }
    let mut rest = whole.without(bag(run.start));
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
    let wording = super::word::align((whole, &(at..at + 1)), (parts, run), &Carries::default(), false);
    let kept: Vec<Span> = wording.words.iter().filter_map(|op| op.old.and(op.new)).collect();
    run.clone().all(|part| {
        let graf = parts.graf(part).trim(parts.text);
        let n_kept: usize =
            kept.iter().map(|span| span.end.min(graf.end).saturating_sub(span.start.max(graf.start))).sum();
        2 * n_kept >= graf.len()
    })
}
