//! Which blocks of the notes are likely to hold a quote.
//!
//! Of the quote's terms the rarest are read first and say which blocks come into question; the best of these are then
//! asked for the other terms. So the cost hangs on the quote, and hardly on how many notes there are.

use super::card::Term;
use super::postings::{List, Postings};
use super::speaker::Fit;
use super::voices::Fits;
use std::cmp::Ordering;
use std::ops::Range;

/// So many postings of the rarest terms are read, and of so many terms at least: some of them may be wrong words.
const N_READ: usize = 6_000;
const N_RAREST: usize = 5;
/// Never more than this, but for the rarest.
const N_MOST: usize = 20_000;
/// So many blocks are asked for the terms that were not read.
const N_ASKED: usize = 96;
/// A term that stands in more than one block of so many tells nothing more.
const N_TELLING: usize = 16;
/// A block with less than this share of the best holds nothing worth reading.
const N_WORTH: f32 = 0.3;

/// Which voices are heard.
#[derive(Clone, Copy)]
pub enum Side<'a> {
    /// The draft's speaker, and anyone where it names none.
    Own(&'a Fits),
    /// Everybody else.
    Others(&'a Fits),
}

impl Side<'_> {
    /// Whether a voice of these names is heard.
    pub fn hears(&self, names: usize) -> bool {
        match self {
            Side::Own(fits) => fits.of(names) != Fit::Other,
            Side::Others(fits) => fits.of(names) == Fit::Other,
        }
    }
}

/// Two neighbouring blocks of a note that are likely to hold a quote.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Which of the notes.
    pub place: usize,
    /// The first of the two, counted in its note.
    pub block: usize,
    pub score: f32,
}

/// The spots most likely to hold these terms, best first, and no more than there are worth reading.
///
/// `names` are those of each note's voices, by its place. Spots that cannot score more than `above` are not looked for.
/// Cost: a few thousand postings, hardly more for more notes.
pub fn find(postings: &Postings, terms: &[(Term, f32)], names: &[Vec<usize>], side: Side, above: f32) -> Vec<Spot> {
    let n_blocks = postings.n_blocks();
    let rare = |list: &List, weight: f32| ((1.0 + n_blocks as f32 / list.n_blocks as f32).ln() + 0.1) * weight;
    let mut lists: Vec<(List, f32)> = terms
        .iter()
        .filter_map(|(term, weight)| postings.list(*term).map(|list| (rare(&list, *weight), list)))
        .map(|(rarity, list)| (list, rarity))
        .collect();
    lists.sort_by_key(|(list, _)| (list.n_blocks, list.term));
    let mut search = Search { postings, names, side, tally: Tally::default() };
    let n_read = search.read(&lists, above);
    let mut spots = search.spots(above - left_in(&lists[n_read..]));
    let n_asked = n_read + lists[n_read..].partition_point(|(list, _)| list.n_blocks * N_TELLING < n_blocks);
    for (list, rarity) in &lists[n_read..n_asked] {
        search.ask(&mut spots, list, *rarity);
    }
    let unasked = left_in(&lists[n_asked..]);
    spots.retain(|(_, spot)| spot.score + unasked > above);
    let mut spots: Vec<Spot> = spots.into_iter().map(|(_, spot)| spot).collect();
    spots.sort_unstable_by(in_order);
    let best = spots.first().map_or(0.0, |spot| spot.score);
    // A neighbour of a good block scores as well by its pair.
    spots.retain(|spot| spot.score >= best * N_WORTH);
    spots
}

/// What the terms of these lists can add to a spot.
fn left_in(lists: &[(List, f32)]) -> f32 {
    lists.iter().map(|(_, rarity)| rarity).sum()
}

/// Best first, then in the order of the notes.
fn in_order(one: &Spot, other: &Spot) -> Ordering {
    other.score.total_cmp(&one.score).then((one.place, one.block).cmp(&(other.place, other.block)))
}

struct Search<'a> {
    postings: &'a Postings,
    names: &'a [Vec<usize>],
    side: Side<'a>,
    tally: Tally,
}

impl Search<'_> {
    /// Adds up the rarest terms by block. Returns how many lists were read.
    fn read(&mut self, lists: &[(List, f32)], above: f32) -> usize {
        let own = self.own_blocks();
        let unheard = if own.is_some() { Vec::new() } else { self.unheard_blocks() };
        let n_steps = |list: &List| own.as_ref().map_or(list.n_blocks, |own| list.n_blocks.min(own.len() * 16));
        let (mut n_read, mut left) = (0, left_in(lists));
        let n_lists = lists.iter().enumerate().take_while(|(nth, (list, rarity))| {
            let is_rare = list.n_blocks * N_TELLING < self.postings.n_blocks() || n_read + list.n_blocks < N_READ;
            let is_enough = *nth >= N_RAREST && (n_read >= N_READ || !is_rare) || n_read + n_steps(list) > N_MOST;
            let is_enough = is_enough || left <= above;
            n_read += n_steps(list);
            left -= rarity;
            *nth == 0 || !is_enough
        });
        let n_lists = n_lists.count();
        for (list, rarity) in &lists[..n_lists] {
            match &own {
                Some(own) if n_steps(list) < list.n_blocks => {
                    let blocks = own.iter().flat_map(|range| self.postings.blocks_in(list, range));
                    blocks.for_each(|block| self.tally.add(block, *rarity));
                }
                Some(own) => self.tally.add_all(within(self.postings.blocks(list), own, true), *rarity),
                None => self.tally.add_all(within(self.postings.blocks(list), &unheard, false), *rarity),
            }
        }
        n_lists
    }

    /// Where only the speaker is heard: the blocks of the notes the speaker speaks in, in order.
    fn own_blocks(&self) -> Option<Vec<Range<u32>>> {
        let Side::Own(fits) = self.side else { return None };
        let own = fits.own_notes()?.iter().map(|place| self.postings.blocks_of(*place as usize));
        Some(in_order_of_start(own.collect()))
    }

    /// Where everybody else is heard: the blocks of notes that are gone, and of those in which the speaker alone speaks.
    fn unheard_blocks(&self) -> Vec<Range<u32>> {
        let Side::Others(fits) = self.side else { return self.postings.gone().to_vec() };
        let own = fits.own_notes().unwrap_or_default().iter().map(|place| *place as usize);
        let alone = own.filter(|place| !self.names[*place].iter().any(|names| self.side.hears(*names)));
        let alone = alone.map(|place| self.postings.blocks_of(place));
        in_order_of_start(alone.chain(self.postings.gone().iter().cloned()).collect())
    }

    /// The best of the blocks that were added up to more than `above`, each with its neighbour, in the order of the blocks.
    fn spots(&self, above: f32) -> Vec<(u32, Spot)> {
        let mut pairs: Vec<(u32, f32)> =
            self.tally.each().map(|(block, score)| (block, score + self.tally.get(block + 1))).collect();
        let best = pairs.iter().map(|(_, score)| *score).fold(0.0, f32::max);
        pairs.retain(|(_, score)| *score >= best * N_WORTH && *score > above);
        let spot = |(block, score): (u32, f32)| {
            self.postings.place(block).map(|(place, nth)| (block, Spot { place, block: nth, score }))
        };
        if pairs.len() > N_ASKED {
            let by_score = |one: &(u32, f32), other: &(u32, f32)| other.1.total_cmp(&one.1);
            let (_, last, _) = pairs.select_nth_unstable_by(N_ASKED, by_score);
            let last = last.1;
            pairs.retain(|(_, score)| *score >= last);
        }
        let mut spots: Vec<(u32, Spot)> = pairs.into_iter().filter_map(spot).collect();
        if spots.len() > N_ASKED {
            spots.select_nth_unstable_by(N_ASKED, |one, other| in_order(&one.1, &other.1));
            spots.truncate(N_ASKED);
        }
        spots.sort_unstable_by_key(|(block, _)| *block);
        spots
    }

    /// Adds a term that was not read to the spots it stands in.
    fn ask(&self, spots: &mut [(u32, Spot)], list: &List, rarity: f32) {
        for (block, spot) in spots {
            spot.score += rarity * self.postings.blocks_in(list, &(*block..*block + 2)).count() as f32;
        }
    }
}

fn in_order_of_start(mut ranges: Vec<Range<u32>>) -> Vec<Range<u32>> {
    ranges.sort_unstable_by_key(|range| range.start);
    ranges
}

/// Those of the blocks that lie in one of these ranges, or in none. Both stand in order.
fn within(blocks: impl Iterator<Item = u32>, ranges: &[Range<u32>], is_in: bool) -> impl Iterator<Item = u32> {
    let mut left = ranges;
    blocks.filter(move |block| {
        while left.first().is_some_and(|range| range.end <= *block) {
            left = &left[1..];
        }
        left.first().is_some_and(|range| range.start <= *block) == is_in
    })
}

/// Sums by block, and a table that tells where the sum of each is: in the first free slot from the block's own on.
struct Tally {
    sums: Vec<(u32, f32)>,
    slots: Vec<u32>,
}

const FREE: u32 = u32::MAX;

impl Default for Tally {
    fn default() -> Tally {
        Tally { sums: Vec::new(), slots: vec![FREE; 1 << 8] }
    }
}

impl Tally {
    fn add_all(&mut self, blocks: impl Iterator<Item = u32>, score: f32) {
        blocks.for_each(|block| self.add(block, score));
    }

    /// The slot of a block, or the free one where it would be.
    fn slot(&self, block: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = (u64::from(block).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize & mask;
        while self.slots[slot] != FREE && self.sums[self.slots[slot] as usize].0 != block {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn add(&mut self, block: u32, score: f32) {
        let slot = self.slot(block);
        match self.slots[slot] {
            FREE => {
                self.slots[slot] = self.sums.len() as u32;
                self.sums.push((block, score));
                if self.sums.len() * 2 > self.slots.len() {
                    self.grow();
                }
            }
            at => self.sums[at as usize].1 += score,
        }
    }

    fn grow(&mut self) {
        self.slots = vec![FREE; self.slots.len() * 4];
        for at in 0..self.sums.len() {
            let slot = self.slot(self.sums[at].0);
            self.slots[slot] = at as u32;
        }
    }

    fn get(&self, block: u32) -> f32 {
        match self.slots[self.slot(block)] {
            FREE => 0.0,
            at => self.sums[at as usize].1,
        }
    }

    fn each(&self) -> impl Iterator<Item = (u32, f32)> + use<'_> {
        self.sums.iter().copied()
    }
}
