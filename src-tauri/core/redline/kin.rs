//! How much two grafs have in common, whatever the order of their words.

use super::order::{MOST_CELLS, best_in_order};
use super::side::Side;
use super::token::{Sort, Token};
use std::collections::HashSet;

/// The words of a graf without their order.
pub struct Bag {
    /// Sorted; a word that stands twice is in it twice. The lowest bit says that it is no little word.
    words: Vec<u32>,
    weight: u32,
    sketch: Sketch,
}

/// Which words a bag may hold, to tell at once that two have little in common.
struct Sketch {
    /// A bit for each kind of word: little ones in the first, the others in the rest.
    bits: [u64; 4],
    /// Words that found their bit set, little and other.
    n_hidden: (u32, u32),
}

/// A little word says less of what a graf is about.
const WEIGHT: u32 = 10;
const LITTLE_WEIGHT: u32 = 3;

/// So much of a graf stands in another that it may be a part of it. In thousandths.
const MOSTLY: u32 = 600;

fn weight(word: u32) -> u32 {
    if word & 1 == 1 { WEIGHT } else { LITTLE_WEIGHT }
}

impl Bag {
    pub fn new(tokens: &[Token]) -> Bag {
        let word = |token: &Token| match token.sort() {
            Sort::Word => Some(token.fold() as u32 | 1),
            Sort::Little => Some(token.fold() as u32 & !1),
            _ => None,
        };
        let mut words: Vec<u32> = Vec::with_capacity(tokens.len());
        words.extend(tokens.iter().filter_map(word));
        words.sort_unstable();
        Bag::of(words)
    }

    fn of(words: Vec<u32>) -> Bag {
        let sketch = Sketch::of(&words);
        Bag { weight: words.iter().map(|&word| weight(word)).sum(), words, sketch }
    }

    /// The weight of the words in both: of all, and of those that are not little.
    pub fn common(&self, other: &Bag) -> (u32, u32) {
        let (mut i, mut j, mut all, mut content) = (0, 0, 0, 0);
        while let (Some(&one), Some(&two)) = (self.words.get(i), other.words.get(j)) {
            let is_both = u32::from(one == two);
            all += is_both * weight(one);
            content += is_both * (one & 1) * WEIGHT;
            (i, j) = (i + usize::from(one <= two), j + usize::from(two <= one));
        }
        (all, content)
    }

    /// The words in common, of those on both sides, in thousandths.
    pub fn likeness(&self, other: &Bag) -> u32 {
        share(2 * self.common(other).0, self.weight + other.weight)
    }

    /// No less than `likeness`, found at once.
    pub fn likeness_at_most(&self, other: &Bag) -> u32 {
        share(2 * self.common_at_most(other), self.weight + other.weight)
    }

    fn common_at_most(&self, other: &Bag) -> u32 {
        let (one, two) = (&self.sketch, &other.sketch);
        let count = |at: usize| (one.bits[at] & two.bits[at]).count_ones();
        let little = count(0) + one.n_hidden.0.min(two.n_hidden.0);
        let content = (1..4).map(count).sum::<u32>() + one.n_hidden.1.min(two.n_hidden.1);
        little * LITTLE_WEIGHT + content * WEIGHT
    }

    /// The words left when those of `part` are taken out.
    pub fn without(&self, part: &Bag) -> Bag {
        let mut j = 0;
        let mut left = Vec::new();
        for &word in &self.words {
            while part.words.get(j).is_some_and(|&other| other < word) {
                j += 1;
            }
            if part.words.get(j) == Some(&word) {
                j += 1;
            } else {
                left.push(word);
            }
        }
        Bag::of(left)
    }

    /// False where `is_mostly_in` is, found at once.
    pub fn may_be_in(&self, whole: &Bag) -> bool {
        share(self.common_at_most(whole), self.weight) >= MOSTLY
    }

    /// Most of its words stand in `whole`, and not only little ones.
    pub fn is_mostly_in(&self, whole: &Bag) -> bool {
        let (all, content) = self.common(whole);
        share(all, self.weight) >= MOSTLY && content >= WEIGHT.max(2 * WEIGHT.min(self.weight / 3))
    }
}

impl Sketch {
    fn of(words: &[u32]) -> Sketch {
        let mut sketch = Sketch { bits: [0; 4], n_hidden: (0, 0) };
        for &word in words {
            let place = (word >> 8) % 192;
            let (row, hidden) = match word & 1 {
                0 => (0, &mut sketch.n_hidden.0),
                _ => (1 + place as usize / 64, &mut sketch.n_hidden.1),
            };
            let bit = 1_u64 << (place % 64);
            *hidden += u32::from(sketch.bits[row] & bit != 0);
            sketch.bits[row] |= bit;
        }
        sketch
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
/// Below this two grafs are no pair.
const LEAST: u32 = 400;

/// Free grafs of two texts, between two pairs that stand in order.
#[derive(Default)]
pub struct Gap {
    pub lefts: Vec<usize>,
    pub rights: Vec<usize>,
}

/// Pairs worth weighing, in two lots: those that no other can outdo, and the rest, the closest kin first.
pub struct Kinship {
    pub sure: Vec<Kin>,
    pub rest: Vec<Kin>,
}

/// Weighs the grafs of two texts that have no equal.
///
/// Cost: linear in the words, but for sorting them: each graf is weighed with a bounded number of others, found by its
/// rarest words.
pub fn kinship(gaps: &[Gap], lefts: &Side, rights: &Side) -> Kinship {
    let (mut sure, mut kin) = (Vec::new(), Vec::new());
    let mut is_sure = (vec![false; lefts.n_grafs()], vec![false; rights.n_grafs()]);
    let mut favourites: HashSet<(usize, usize)> = HashSet::new();
    for gap in gaps {
        let (alike, rest);
        let rest = if gap.lefts.len() == gap.rights.len() {
            (alike, rest) = in_place(gap, lefts, rights);
            sure.extend(alike);
            &rest[..]
        } else {
            std::slice::from_ref(gap)
        };
        for gap in rest {
            let list = near(gap, lefts, rights);
            for pair in favourites_of(gap, &list) {
                // Whatever reads better elsewhere, it is no better than 1000.
                let found = list.binary_search_by_key(&pair, |kin| (kin.left, kin.right)).map(|at| list[at]);
                match found.ok().filter(|kin| kin.score + IN_PLACE_BONUS > 1000) {
                    Some(kin) => sure.push(kin),
                    None => drop(favourites.insert(pair)),
                }
            }
            kin.extend(list);
        }
    }
    for kin in &sure {
        (is_sure.0[kin.left], is_sure.1[kin.right]) = (true, true);
    }
    kin.retain(|kin| !is_sure.0[kin.left] && !is_sure.1[kin.right]);
    let open = |list: &dyn Fn(&Gap) -> &Vec<usize>, is_sure: &[bool]| -> Vec<usize> {
        gaps.iter().flat_map(list).copied().filter(|&at| !is_sure[at]).collect()
    };
    let open = (open(&|gap| &gap.lefts, &is_sure.0), open(&|gap| &gap.rights, &is_sure.1));
    let found: HashSet<(usize, usize)> = kin.iter().map(|kin| (kin.left, kin.right)).collect();
    let pairs = far(&open.0, &open.1, lefts, rights).into_iter().filter(|pair| !found.contains(pair));
    kin.extend(pairs.filter_map(|pair| weigh(pair, false, lefts, rights)));
    let bonus = |kin: &Kin| if favourites.contains(&(kin.left, kin.right)) { IN_PLACE_BONUS } else { 0 };
    let rank = |kin: &Kin| {
        (u32::MAX - kin.score - bonus(kin), !kin.is_in_gap, kin.left.abs_diff(kin.right), kin.left, kin.right)
    };
    kin.sort_unstable_by_key(rank);
    Kinship { sure, rest: kin }
}

/// The pairs of grafs in the same place of a gap that read on alike, and what stands between them.
fn in_place(gap: &Gap, lefts: &Side, rights: &Side) -> (Vec<Kin>, Vec<Gap>) {
    let (mut alike, mut rest) = (Vec::new(), Vec::new());
    let mut open = Gap::default();
    for (&left, &right) in gap.lefts.iter().zip(&gap.rights) {
        match runs_alike(lefts.tokens_of(left), rights.tokens_of(right)) {
            Some((score, weight)) => {
                alike.push(Kin { left, right, score, weight, is_in_gap: true });
                rest.push(std::mem::take(&mut open));
            }
            None => {
                open.lefts.push(left);
                open.rights.push(right);
            }
        }
    }
    rest.push(open);
    (alike, rest)
}

/// No more than the likeness and the weight in common of two rows of tokens, read side by side with a few skipped where
/// they part; none where so much is skipped that something else could read better.
fn runs_alike(lefts: &[Token], rights: &[Token]) -> Option<(u32, u32)> {
    let weigh = |token: &Token| match token.sort() {
        Sort::Word => WEIGHT,
        Sort::Little => LITTLE_WEIGHT,
        _ => 0,
    };
    let sum = |list: &[Token]| list.iter().map(weigh).sum::<u32>();
    let whole = sum(lefts) + sum(rights);
    let most_lost = (u64::from(whole) * u64::from(IN_PLACE_BONUS) / 1000) as u32;
    let (mut i, mut j, mut kept, mut content, mut lost) = (0, 0, 0, 0, 0);
    while let (Some(one), Some(other)) = (lefts.get(i), rights.get(j)) {
        if one.fold() == other.fold() {
            let weight = weigh(one);
            kept += weight;
            content += if weight == WEIGHT { weight } else { 0 };
            (i, j) = (i + 1, j + 1);
            continue;
        }
        let (n, m) = skip(lefts.get(i..)?, rights.get(j..)?)?;
        lost += sum(lefts.get(i..i + n)?) + sum(rights.get(j..j + m)?);
        if lost > most_lost {
            return None;
        }
        (i, j) = (i + n, j + m);
    }
    let score = share(2 * kept, whole);
    (score + IN_PLACE_BONUS > 1000).then_some((score, content))
}

/// How many tokens to skip on each side, that two in a row are alike; none where that would be many.
fn skip(lefts: &[Token], rights: &[Token]) -> Option<(usize, usize)> {
    const MOST: usize = 6;
    let is_alike = |n: usize, m: usize| match (lefts.get(n), rights.get(m)) {
        (Some(one), Some(other)) => one.fold() == other.fold(),
        (one, other) => one.is_none() && other.is_none(),
    };
    let splits = (1..=MOST).flat_map(|all| (0..=all).map(move |n| (n, all - n)));
    splits.into_iter().find(|&(n, m)| is_alike(n, m) && (is_alike(n + 1, m + 1) || n == lefts.len()))
}

fn weigh((left, right): (usize, usize), is_in_gap: bool, lefts: &Side, rights: &Side) -> Option<Kin> {
    let (one, two) = (lefts.bag(left), rights.bag(right));
    if one.likeness_at_most(two) < LEAST {
        return None;
    }
    let (all, weight) = one.common(two);
    let score = share(2 * all, one.weight + two.weight);
    (score >= LEAST).then_some(Kin { left, right, score, weight, is_in_gap })
}

/// The pairs that read best in order: of grafs much alike, the one that stands in its place is meant. `list` is sorted.
fn favourites_of(gap: &Gap, list: &[Kin]) -> Vec<(usize, usize)> {
    let (n, m) = (gap.lefts.len(), gap.rights.len());
    if n.saturating_mul(m) > MOST_CELLS {
        let find =
            |i: usize, j: usize| list.binary_search_by_key(&(gap.lefts[i], gap.rights[j]), |kin| (kin.left, kin.right));
        let score = |i: usize, j: usize| find(i, j).map_or(0, |at| list[at].score);
        let pairs = best_in_order(n, m, IN_PLACE_MIN, score);
        return pairs.into_iter().map(|(i, j)| (gap.lefts[i], gap.rights[j])).collect();
    }
    let mut scores = vec![0; n * m];
    for kin in list {
        if let (Ok(i), Ok(j)) = (gap.lefts.binary_search(&kin.left), gap.rights.binary_search(&kin.right)) {
            scores[i * m + j] = kin.score;
        }
    }
    let score = |i: usize, j: usize| scores[i * m + j];
    let pairs = best_in_order(gap.lefts.len(), gap.rights.len(), IN_PLACE_MIN, score);
    pairs.into_iter().map(|(i, j)| (gap.lefts[i], gap.rights[j])).collect()
}

/// The pairs of a gap that have much in common, sorted by their places.
fn near(gap: &Gap, left_side: &Side, right_side: &Side) -> Vec<Kin> {
    let (lefts, rights) = (&gap.lefts, &gap.rights);
    let is_small = lefts.len().saturating_mul(rights.len()) <= MOST_CELLS;
    let mut list = Vec::new();
    for (i, &left) in lefts.iter().enumerate() {
        let middle = i * rights.len() / lefts.len();
        let (from, to) = if is_small { (0, rights.len()) } else { (middle.saturating_sub(NEAR), middle + NEAR) };
        let rights = rights.get(from.min(rights.len())..to.min(rights.len())).unwrap_or_default();
        list.extend(rights.iter().filter_map(|&right| weigh((left, right), true, left_side, right_side)));
    }
    list
}

/// For each graf those of the other text that share most of its rare words.
fn far(lefts: &[usize], rights: &[usize], left_side: &Side, right_side: &Side) -> Vec<(usize, usize)> {
    let (left_words, right_words) = (words_of(lefts, left_side), words_of(rights, right_side));
    let mut votes: Vec<(u32, u32)> = Vec::new();
    let mut rest = &right_words[..];
    for same in left_words.chunk_by(|one, other| one >> 32 == other >> 32) {
        let word = same[0] >> 32;
        let n_before = rest.iter().take_while(|other| *other >> 32 < word).count();
        rest = rest.get(n_before..).unwrap_or_default();
        // One more than the most says that it is too many.
        let n_grafs = rest.iter().take(MOST_GRAFS + 1).take_while(|other| *other >> 32 == word).count();
        if n_grafs <= MOST_GRAFS && same.len() <= MOST_GRAFS {
            let grafs = rest.get(..n_grafs).unwrap_or_default();
            votes.extend(same.iter().flat_map(|left| grafs.iter().map(|&right| (*left as u32, right as u32))));
        }
    }
    votes.sort_unstable();
    let mut tally: Vec<(u32, usize, u32)> =
        votes.chunk_by(|one, other| one == other).map(|same| (same[0].0, usize::MAX - same.len(), same[0].1)).collect();
    tally.sort_unstable();
    let best = tally.chunk_by(|one, other| one.0 == other.0).flat_map(|votes| votes.iter().take(MOST_FAR));
    best.map(|&(left, _, right)| (left as usize, right as usize)).collect()
}

/// Each content word of some grafs with its graf, once, sorted: the word's number in the upper bits, the graf in the lower.
fn words_of(grafs: &[usize], side: &Side) -> Vec<u64> {
    let mut list: Vec<u64> = Vec::new();
    for &at in grafs {
        let mut last = 0;
        for &word in &side.bag(at).words {
            if word != last && weight(word) == WEIGHT {
                list.push(u64::from(word) << 32 | at as u64 & 0xffff_ffff);
            }
            last = word;
        }
    }
    list.sort_unstable();
    list
}
