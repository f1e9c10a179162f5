//! Cards of many notes put in order of terms: for each term the blocks it stands in, all notes together.

use super::card::{AsItIs, Term};
use super::filed::Filed;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;
use std::sync::Arc;

/// Cards in order of terms. Never changed: a note that changes gets another shelf.
#[derive(Default)]
pub struct Shelf {
    /// In the order they were put here; the place of each is its slot.
    pub filed: Vec<Arc<Filed>>,
    /// The first block of each slot, blocks counted over all of them, one left out between two notes, so that the last
    /// of one is no neighbour of the first of the next; one more at the end.
    starts: Vec<u32>,
    slot_of_block: Vec<u32>,
    /// In order.
    terms: Vec<Term>,
    /// Where in `blocks` the blocks of each term begin; one more at the end.
    list_starts: Vec<u32>,
    blocks: Vec<u32>,
}

impl Shelf {
    /// Puts cards in order of terms. Cost: linear in what they hold.
    pub fn new(filed: Vec<Arc<Filed>>) -> Shelf {
        let mut shelf = Shelf { starts: vec![0], ..Shelf::default() };
        for (slot, one) in filed.iter().enumerate() {
            let n_blocks = one.n_blocks() + 1;
            shelf.slot_of_block.extend(std::iter::repeat_n(slot as u32, n_blocks));
            shelf.starts.push(shelf.slot_of_block.len() as u32);
        }
        shelf.filed = filed;
        shelf.post();
        shelf
    }

    /// Counts first, then places, so that the cost stays linear.
    fn post(&mut self) {
        let mut ids: HashMap<Term, u32, BuildHasherDefault<AsItIs>> = HashMap::default();
        let mut counts: Vec<(Term, u32)> = Vec::new();
        for one in &self.filed {
            one.card.each_term(|term, blocks| {
                let id = *ids.entry(term).or_insert_with(|| {
                    counts.push((term, 0));
                    counts.len() as u32 - 1
                });
                counts[id as usize].1 += blocks.len() as u32;
            });
        }
        let mut order: Vec<u32> = (0..counts.len() as u32).collect();
        order.sort_unstable_by_key(|id| counts[*id as usize].0);
        let mut next = vec![0u32; counts.len()];
        let mut n_posted = 0;
        for id in order {
            let (term, count) = counts[id as usize];
            self.terms.push(term);
            self.list_starts.push(n_posted);
            next[id as usize] = n_posted;
            n_posted += count;
        }
        self.list_starts.push(n_posted);
        self.blocks = vec![0; n_posted as usize];
        for (one, start) in self.filed.iter().zip(&self.starts) {
            one.card.each_term(|term, blocks| {
                let next = &mut next[ids[&term] as usize];
                let place = *next as usize..*next as usize + blocks.len();
                self.blocks[place].iter_mut().zip(blocks).for_each(|(held, block)| *held = start + block);
                *next += blocks.len() as u32;
            });
        }
    }

    /// How far its blocks are counted.
    pub fn end(&self) -> u32 {
        self.slot_of_block.len() as u32
    }

    /// How many blocks its notes have.
    pub fn n_blocks(&self) -> usize {
        self.slot_of_block.len() - self.filed.len()
    }

    /// The blocks a term stands in, in order.
    pub fn list(&self, term: Term) -> &[u32] {
        match self.terms.binary_search(&term) {
            Ok(at) => &self.blocks[self.list_starts[at] as usize..self.list_starts[at + 1] as usize],
            Err(_) => &[],
        }
    }

    /// The blocks of one slot.
    pub fn blocks_of(&self, slot: usize) -> Range<u32> {
        self.starts[slot]..self.starts[slot + 1] - 1
    }

    /// The slot a block is of.
    pub fn slot_of(&self, block: u32) -> usize {
        self.slot_of_block[block as usize] as usize
    }
}
