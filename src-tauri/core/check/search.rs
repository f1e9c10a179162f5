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
/// `names` are those of each note's voices, by its place. Cost: a few thousand postings, hardly more for more notes.
pub fn find(postings: &Postings, terms: &[(Term, f32)], names: &[Vec<usize>], side: Side) -> Vec<Spot> {
    let n_blocks = postings.n_blocks();
    let rare = |list: &List, weight: f32| ((1.0 + n_blocks as f32 / list.n_blocks as f32).ln() + 0.1) * weight;
    let mut lists: Vec<(List, f32)> = terms
        .iter()
        .filter_map(|(term, weight)| postings.list(*term).map(|list| (rare(&list, *weight), list)))
        .map(|(rarity, list)| (list, rarity))
        .collect();
    lists.sort_by_key(|(list, _)| (list.n_blocks, list.term));
    let mut search = Search { postings, names, side, tally: Tally::default() };
    let n_read = search.read(&lists);
    let mut spots = search.spots();
    let is_telling = |list: &List| list.n_blocks * N_TELLING < n_blocks;
    for (list, rarity) in lists[n_read..].iter().filter(|(list, _)| is_telling(list)) {
        search.ask(&mut spots, list, *rarity);
    }
    let mut spots: Vec<Spot> = spots.into_iter().map(|(_, spot)| spot).collect();
    spots.sort_unstable_by(in_order);
    let best = spots.first().map_or(0.0, |spot| spot.score);
    // A neighbour of a good block scores as well by its pair.
    spots.retain(|spot| spot.score >= best * N_WORTH);
    spots
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
    fn read(&mut self, lists: &[(List, f32)]) -> usize {
        let own = self.own_blocks();
        let unheard = if own.is_some() { Vec::new() } else { self.unheard_blocks() };
        let n_steps = |list: &List| own.as_ref().map_or(list.n_blocks, |own| list.n_blocks.min(own.len() * 16));
        let mut n_read = 0;
        let n_lists = lists.iter().enumerate().take_while(|(nth, (list, _))| {
            let is_enough = *nth >= N_RAREST && n_read >= N_READ || n_read + n_steps(list) > N_MOST;
            n_read += n_steps(list);
            *nth == 0 || !is_enough
        });
        let n_lists = n_lists.count();
        self.tally = Tally::for_blocks(n_read.min(self.postings.n_blocks()));
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

    /// The best of the blocks that were added up, each with its neighbour, in the order of the blocks.
    fn spots(&self) -> Vec<(u32, Spot)> {
        let mut pairs: Vec<(u32, f32)> =
            self.tally.each().map(|(block, score)| (block, score + self.tally.get(block + 1))).collect();
        let best = pairs.iter().map(|(_, score)| *score).fold(0.0, f32::max);
        pairs.retain(|(_, score)| *score >= best * N_WORTH);
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

/// Sums by block: a table of slots, each block in the first free one from its own on.
struct Tally {
    slots: Vec<(u32, f32)>,
    n_blocks: usize,
}

const FREE: u32 = u32::MAX;

impl Default for Tally {
    fn default() -> Tally {
        Tally::for_blocks(0)
    }
}

impl Tally {
    /// With room for so many blocks, and more when they come.
    fn for_blocks(n_blocks: usize) -> Tally {
        Tally { slots: vec![(FREE, 0.0); (n_blocks * 2).next_power_of_two().max(64)], n_blocks: 0 }
    }

    fn add_all(&mut self, blocks: impl Iterator<Item = u32>, score: f32) {
        blocks.for_each(|block| self.add(block, score));
    }

    fn slot(&self, block: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = (u64::from(block).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize & mask;
        while self.slots[slot].0 != block && self.slots[slot].0 != FREE {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn add(&mut self, block: u32, score: f32) {
        let mut slot = self.slot(block);
        if self.slots[slot].0 == FREE {
            if self.n_blocks * 2 >= self.slots.len() {
                self.grow();
                slot = self.slot(block);
            }
            self.slots[slot].0 = block;
            self.n_blocks += 1;
        }
        self.slots[slot].1 += score;
    }

    fn grow(&mut self) {
        let wider = vec![(FREE, 0.0); self.slots.len() * 4];
        for (block, score) in std::mem::replace(&mut self.slots, wider) {
            if block != FREE {
                let slot = self.slot(block);
                self.slots[slot] = (block, score);
            }
        }
    }

    fn get(&self, block: u32) -> f32 {
        self.slots[self.slot(block)].1
    }

    fn each(&self) -> impl Iterator<Item = (u32, f32)> + use<'_> {
        self.slots.iter().copied().filter(|(block, _)| *block != FREE)
    }
}
