//! The terms of all notes, kept true as notes come, change and go.

use super::card::Term;
use super::filed::Filed;
use super::shelf::Shelf;
use crate::note::NoteId;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// So many blocks may change before all are put together anew, and one in thirty of them.
const N_LOOSE: usize = 64;

/// The terms of all notes. A block is counted over the base first, then over the tail.
///
/// Invariant: which blocks a live note's terms stand in hangs on the notes alone, not on how they came and went.
#[derive(Default)]
pub struct Postings {
    /// Most notes, as they were when they were last put together.
    base: Arc<Shelf>,
    /// Notes that came since.
    tail: Shelf,
    /// Notes of the base that changed since or went: they are not counted.
    gone: Shelf,
    gone_blocks: Vec<Range<u32>>,
    /// Where the note of each slot stands now, base then tail; none for one that is gone.
    places: Vec<Option<u32>>,
    /// The slot of each note, by its place.
    slots: Vec<u32>,
}

/// Where a term stands.
pub struct List<'a> {
    pub term: Term,
    base: &'a [u32],
    tail: &'a [u32],
    /// In how many blocks of live notes.
    pub n_blocks: usize,
}

impl Postings {
    /// The postings of these notes, in their order, made from those before where that is less work.
    ///
    /// Cost: linear in the notes that came; in all notes when more than one in thirty has changed since the base.
    pub fn update(&self, filed: &[Arc<Filed>], place_of: &HashMap<NoteId, usize>) -> Postings {
        let place = |one: &Arc<Filed>| {
            let place = place_of.get(&one.note.id).filter(|place| Arc::ptr_eq(&filed[**place], one))?;
            u32::try_from(*place).ok()
        };
        let mut places: Vec<Option<u32>> = self.base.filed.iter().map(place).collect();
        let mut slots: Vec<Option<u32>> = vec![None; filed.len()];
        for (slot, place) in places.iter().enumerate() {
            place.iter().for_each(|place| slots[*place as usize] = Some(slot as u32));
        }
        let went = self.base.filed.iter().zip(&places).filter(|(_, place)| place.is_none());
        let went: Vec<Arc<Filed>> = went.map(|(one, _)| Arc::clone(one)).collect();
        let gone_blocks =
            (0..places.len()).filter(|slot| places[*slot].is_none()).map(|slot| self.base.blocks_of(slot));
        let gone_blocks = gone_blocks.collect();
        let came = (0..filed.len()).filter(|place| slots[*place].is_none());
        let came: Vec<usize> = came.collect();
        let n_changed: usize = went.iter().map(|one| one.n_blocks()).sum::<usize>()
            + came.iter().map(|place| filed[*place].n_blocks()).sum::<usize>();
        if n_changed > N_LOOSE + self.base.n_blocks() / 32 {
            let slots: Vec<u32> = (0..filed.len() as u32).collect();
            let places = slots.iter().map(|slot| Some(*slot)).collect();
            return Postings { base: Arc::new(Shelf::new(filed.to_vec())), places, slots, ..Postings::default() };
        }
        for place in &came {
            slots[*place] = Some(places.len() as u32);
            places.push(Some(*place as u32));
        }
        let came = came.iter().map(|place| Arc::clone(&filed[*place])).collect();
        let slots = slots.into_iter().map(Option::unwrap_or_default).collect();
        let (tail, gone) = (Shelf::new(came), Shelf::new(went));
        Postings { base: Arc::clone(&self.base), tail, gone, gone_blocks, places, slots }
    }

    /// How many blocks the notes have.
    pub fn n_blocks(&self) -> usize {
        self.base.n_blocks() + self.tail.n_blocks() - self.gone.n_blocks()
    }

    /// Where a term stands; none where no note has it.
    pub fn list(&self, term: Term) -> Option<List<'_>> {
        let (base, tail) = (self.base.list(term), self.tail.list(term));
        let n_blocks = base.len() + tail.len() - self.gone.list(term).len();
        (n_blocks > 0).then_some(List { term, base, tail, n_blocks })
    }

    /// The blocks of a list, in order; those of notes that are gone too.
    pub fn blocks<'a>(&self, list: &List<'a>) -> impl Iterator<Item = u32> + use<'a> {
        let behind = self.base.end();
        list.base.iter().copied().chain(list.tail.iter().map(move |block| behind + block))
    }

    /// The blocks of a list that lie in a range, in order. Cost: a binary search.
    pub fn blocks_in<'a>(&self, list: &List<'a>, range: &Range<u32>) -> impl Iterator<Item = u32> + use<'a> {
        let behind = self.base.end();
        let (blocks, before) = if range.start < behind { (list.base, 0) } else { (list.tail, behind) };
        let first = blocks.partition_point(|block| before + block < range.start);
        let end = range.end;
        blocks[first..].iter().map(move |block| before + block).take_while(move |block| *block < end)
    }

    /// The blocks of notes that are gone, in order.
    pub fn gone(&self) -> &[Range<u32>] {
        &self.gone_blocks
    }

    /// The note a block is of, by its place, and which block of that note it is; none where the note is gone.
    pub fn place(&self, block: u32) -> Option<(usize, usize)> {
        let behind = self.base.end();
        let (slot, start) = match block.checked_sub(behind) {
            None => {
                let slot = self.base.slot_of(block);
                (slot, self.base.blocks_of(slot).start)
            }
            Some(block) => {
                let slot = self.tail.slot_of(block);
                (self.base.filed.len() + slot, behind + self.tail.blocks_of(slot).start)
            }
        };
        Some((self.places[slot]? as usize, (block - start) as usize))
    }

    /// The blocks of a note.
    pub fn blocks_of(&self, place: usize) -> Range<u32> {
        let (slot, n_base) = (self.slots[place] as usize, self.base.filed.len());
        let behind = self.base.end();
        match slot.checked_sub(n_base) {
            None => self.base.blocks_of(slot),
            Some(slot) => {
                let blocks = self.tail.blocks_of(slot);
                behind + blocks.start..behind + blocks.end
            }
        }
    }
}
