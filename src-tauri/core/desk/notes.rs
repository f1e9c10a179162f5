//! Source notes: kept, listed, and made ready to be searched.

use super::Desk;
use crate::check::Notes;
use crate::draft::DraftId;
use crate::error::Result;
use crate::export::Withheld;
use crate::note::{Note, NoteId};
use crate::store::{KeptNote, Store};
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The notes of a desk, indexed, as of one stamp.
#[derive(Clone)]
pub struct Indexed {
    stamp: i64,
    /// Those outside the bin.
    pub notes: Arc<Notes>,
    pub changed_at: Arc<HashMap<NoteId, DateTime<Utc>>>,
    /// Names that must never leave the desk.
    pub withheld: Arc<Withheld>,
}

/// The notes as last indexed.
pub type Index = Arc<Mutex<Option<Indexed>>>;

/// The notes as of one stamp, to be indexed when they are asked for; that may be long, and needs no desk.
#[derive(Clone)]
pub enum Snapshot {
    Indexed(Indexed),
    Read { stamp: i64, kept: Arc<Vec<KeptNote>>, index: Index },
}

impl Snapshot {
    /// Reads every note, unless they are indexed as they are.
    pub fn take(store: &Store, index: &Index) -> Result<Snapshot> {
        let stamp = store.notes_stamp()?;
        // While the lock is held someone is indexing: reading the notes meanwhile costs less than waiting.
        let indexed = index.try_lock().ok().and_then(|indexed| indexed.clone());
        if let Some(indexed) = indexed.filter(|indexed| indexed.stamp == stamp) {
            return Ok(Snapshot::Indexed(indexed));
        }
        let kept = Arc::new(store.list_notes()?);
        Ok(Snapshot::Read { stamp, kept, index: Arc::clone(index) })
    }

    /// The notes, indexed once for all who ask.
    pub fn indexed(&self) -> Indexed {
        let (stamp, kept, index) = match self {
            Snapshot::Indexed(indexed) => return indexed.clone(),
            Snapshot::Read { stamp, kept, index } => (*stamp, kept, index),
        };
        let mut index = index.lock().unwrap_or_else(PoisonError::into_inner);
        match &*index {
            Some(indexed) if indexed.stamp >= stamp => indexed.clone(),
            _ => index.insert(Indexed::of(stamp, kept)).clone(),
        }
    }
}

impl Indexed {
    /// Reads and indexes every note outside the bin.
    pub fn read(store: &Store) -> Result<Indexed> {
        Ok(Indexed::of(store.notes_stamp()?, &store.list_notes()?))
    }

    fn of(stamp: i64, kept: &[KeptNote]) -> Indexed {
        let kept: Vec<&KeptNote> = kept.iter().filter(|kept| !kept.is_in_bin).collect();
        let changed_at = kept.iter().map(|kept| (kept.note.id, kept.changed_at)).collect();
        let notes = Notes::new(kept.into_iter().map(|kept| kept.note.clone()).collect());
        let withheld = Arc::new(Withheld::of(notes.all()));
        Indexed { stamp, notes: Arc::new(notes), changed_at: Arc::new(changed_at), withheld }
    }
}

impl Desk {
    /// Every note, by source, then date; those in the bin too.
    pub fn list_notes(&self) -> Result<Vec<KeptNote>> {
        self.store.list_notes()
    }

    /// A note, whole.
    pub fn open_note(&self, id: NoteId) -> Result<KeptNote> {
        self.store.open_note(id)
    }

    /// Keeps a note: a new one where `is_new`, else the one of that id.
    pub fn save_note(
        &mut self,
        note: &Note,
        is_new: bool,
        draft_id: Option<DraftId>,
        now: DateTime<Utc>,
    ) -> Result<KeptNote> {
        if is_new { self.store.add_note(note, draft_id, now) } else { self.store.save_note(note, draft_id, now) }
    }

    /// Puts a note in the bin, or takes it back. No quote is held against a note in the bin.
    pub fn bin_note(&mut self, id: NoteId, is_in_bin: bool) -> Result<KeptNote> {
        self.store.bin_note(id, is_in_bin)
    }

    /// The notes, indexed anew only when one of them changed, whichever program changed it.
    pub(super) fn indexed(&self) -> Result<Indexed> {
        Ok(self.snapshot()?.indexed())
    }

    /// The notes, to be indexed later.
    pub(super) fn snapshot(&self) -> Result<Snapshot> {
        Snapshot::take(&self.store, &self.index)
    }
}
