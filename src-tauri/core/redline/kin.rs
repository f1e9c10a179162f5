//! How much two grafs have in common, whatever the order of their words.

use super::order::{MOST_CELLS, best_in_order};
use super::token::{Sort, Token};
use std::collections::{HashMap, HashSet};

/// The words of a graf without their order.
pub struct Bag {
    /// Sorted by word; a word that stands twice is in it twice.
    words: Vec<(u64, u32)>,
    weight: u32,
}

/// A little word says less of what a graf is about.
const WEIGHT: u32 = 10;
const LITTLE_WEIGHT: u32 = 3;

impl Bag {
    pub fn new(tokens: &[Token]) -> Bag {
        let weigh = |token: &Token| match token.sort {
            Sort::Word => Some((token.fold, WEIGHT)),
            Sort::Little => Some((token.fold, LITTLE_WEIGHT)),
            _ => None,
        };
        let mut words: Vec<(u64, u32)> = tokens.iter().filter_map(weigh).collect();
        words.sort_unstable();
        Bag::of(words)
    }

    fn of(words: Vec<(u64, u32)>) -> Bag {
        Bag { weight: words.iter().map(|word| word.1).sum(), words }
    }

    /// The weight of the words in both: of all, and of those that are not little.
    fn common(&self, other: &Bag) -> (u32, u32) {
        let (mut i, mut j, mut all, mut content) = (0, 0, 0, 0);
        while let (Some(one), Some(two)) = (self.words.get(i), other.words.get(j)) {
            match one.0.cmp(&two.0) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    all += one.1;
                    content += if one.1 == WEIGHT { WEIGHT } else { 0 };
                    (i, j) = (i + 1, j + 1);
                }
            }
        }
        (all, content)
    }

    /// The words in common, of those on both sides, in thousandths.
    pub fn likeness(&self, other: &Bag) -> u32 {
        share(2 * self.common(other).0, self.weight + other.weight)
    }

    /// The words left when those of `part` are taken out.
    pub fn without(&self, part: &Bag) -> Bag {
        let mut j = 0;
        let mut left = Vec::new();
        for &word in &self.words {
            while part.words.get(j).is_some_and(|other| other.0 < word.0) {
                j += 1;
            }
            if part.words.get(j).is_some_and(|other| other.0 == word.0) {
                j += 1;
            } else {
                left.push(word);
            }
        }
        Bag::of(left)
    }

    /// Most of its words stand in `whole`, and not only little ones.
    pub fn is_mostly_in(&self, whole: &Bag) -> bool {
        let (all, content) = self.common(whole);
        share(all, self.weight) >= 600 && content >= WEIGHT.max(2 * WEIGHT.min(self.weight / 3))
    }
}

fn share(part: u32, whole: u32) -> u32 {
    if whole == 0 { 0 } else { (u64::from(part) * 1000 / u64::from(whole)) as u32 }
}

/// Two grafs that share words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kin {
    pub left: usize,
    pub right: usize,
    /// In thousandths.
    pub score: u32,
    /// Of the content words in common.
    pub weight: u32,
    /// Both stand between the same neighbours.
    pub is_in_gap: bool,
}

/// A word that stands in more grafs than this says nothing of where a graf went.
const MOST_GRAFS: usize = 8;
/// How many far grafs are weighed for each, and how many near ones in a gap too large to weigh all.
const MOST_FAR: usize = 6;
const NEAR: usize = 8;
/// What a graf that reads well in its place may lack against one that reads better elsewhere. In thousandths.
const IN_PLACE_MIN: u32 = 500;
const IN_PLACE_BONUS: u32 = 250;

/// The pairs worth weighing, the closest kin first.
///
/// Cost: linear in the words: each graf is weighed with a bounded number of others, found by its rarest words.
pub fn kinship(gaps: &[(&[usize], &[usize])], lefts: &HashMap<usize, Bag>, rights: &HashMap<usize, Bag>) -> Vec<Kin> {
    let mut pairs: Vec<(usize, usize, bool)> = Vec::new();
    for (left_gap, right_gap) in gaps {
        near(left_gap, right_gap, &mut pairs);
    }
    far(gaps, lefts, rights, &mut pairs);
    // A pair found near comes before the same pair found far, and stays.
    pairs.sort_unstable_by_key(|&(left, right, is_in_gap)| (left, right, !is_in_gap));
    pairs.dedup_by_key(|pair| (pair.0, pair.1));
    let weigh = |(left, right, is_in_gap): (usize, usize, bool)| {
        let (one, two) = (&lefts[&left], &rights[&right]);
        let (all, weight) = one.common(two);
        Kin { left, right, score: share(2 * all, one.weight + two.weight), weight, is_in_gap }
    };
    let mut list: Vec<Kin> = pairs.into_iter().map(weigh).filter(|kin| kin.score > 0).collect();
    let favourites = favourites(gaps, &list);
    let bonus = |kin: &Kin| if favourites.contains(&(kin.left, kin.right)) { IN_PLACE_BONUS } else { 0 };
    let rank = |kin: &Kin| {
        (u32::MAX - kin.score - bonus(kin), !kin.is_in_gap, kin.left.abs_diff(kin.right), kin.left, kin.right)
    };
    list.sort_unstable_by_key(rank);
    list
}

/// The pairs that read best in order: of grafs much alike, the one that stands in its place is meant.
fn favourites(gaps: &[(&[usize], &[usize])], list: &[Kin]) -> HashSet<(usize, usize)> {
    let near = list.iter().filter(|kin| kin.is_in_gap);
    let scores: HashMap<(usize, usize), u32> = near.map(|kin| ((kin.left, kin.right), kin.score)).collect();
    let mut found = HashSet::new();
    for (lefts, rights) in gaps {
        let score = |i: usize, j: usize| scores.get(&(lefts[i], rights[j])).copied().unwrap_or(0);
        let pairs = best_in_order(lefts.len(), rights.len(), IN_PLACE_MIN, score);
        found.extend(pairs.into_iter().map(|(i, j)| (lefts[i], rights[j])));
    }
    found
}

fn near(lefts: &[usize], rights: &[usize], pairs: &mut Vec<(usize, usize, bool)>) {
    let is_small = lefts.len().saturating_mul(rights.len()) <= MOST_CELLS;
    for (i, &left) in lefts.iter().enumerate() {
        let middle = i * rights.len() / lefts.len();
        let (from, to) = if is_small { (0, rights.len()) } else { (middle.saturating_sub(NEAR), middle + NEAR) };
        let rights = rights.get(from.min(rights.len())..to.min(rights.len())).unwrap_or_default();
        pairs.extend(rights.iter().map(|&right| (left, right, true)));
    }
}

fn far(
    gaps: &[(&[usize], &[usize])],
    lefts: &HashMap<usize, Bag>,
    rights: &HashMap<usize, Bag>,
    pairs: &mut Vec<(usize, usize, bool)>,
) {
    let mut grafs_of: HashMap<u64, Vec<usize>> = HashMap::new();
    for &right in gaps.iter().flat_map(|gap| gap.1) {
        let mut last = None;
        for &(word, weight) in &rights[&right].words {
            if weight == WEIGHT && last.replace(word) != Some(word) {
                let grafs = grafs_of.entry(word).or_default();
                // One more than the most says that it is too many.
                if grafs.len() <= MOST_GRAFS {
                    grafs.push(right);
                }
            }
        }
    }
    for &left in gaps.iter().flat_map(|gap| gap.0) {
        let mut votes: Vec<usize> = Vec::new();
        for (word, _) in &lefts[&left].words {
            votes.extend(grafs_of.get(word).filter(|grafs| grafs.len() <= MOST_GRAFS).into_iter().flatten());
        }
        votes.sort_unstable();
        let mut tally: Vec<(usize, usize)> = Vec::new();
        for right in votes {
            match tally.last_mut() {
                Some(last) if last.1 == right => last.0 += 1,
                _ => tally.push((1, right)),
            }
        }
        tally.sort_unstable_by_key(|&(n_votes, right)| (usize::MAX - n_votes, right));
        pairs.extend(tally.into_iter().take(MOST_FAR).map(|(_, right)| (left, right, false)));
    }
}
