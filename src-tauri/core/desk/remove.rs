//! Removing for good: see [`crate::store`]; here what the desk remembers of it is forgotten too.

use super::{Desk, notes, piece};
use crate::draft::DraftId;
use crate::error::Result;
use crate::note::NoteId;
use crate::store::{Doomed, Removed};
use chrono::{DateTime, Utc};
use std::sync::Arc;

impl Desk {
    /// Takes a piece with all its history out of the desk and its backups; see [`crate::store::Store::remove_for_good`].
    pub fn remove_draft(&mut self, id: DraftId, now: DateTime<Utc>) -> Result<Removed> {
        self.remove(Doomed::Draft(id), now)
    }

    /// Takes a note with all it ever said out of the desk and its backups; what was settled on it no longer holds.
    pub fn remove_note(&mut self, id: NoteId, now: DateTime<Utc>) -> Result<Removed> {
        self.remove(Doomed::Note(id), now)
    }

    fn remove(&mut self, doomed: Doomed, now: DateTime<Utc>) -> Result<Removed> {
        // What is owed to a revision that goes would be kept by nobody.
        self.keep_all_owed()?;
        let second = self.second_place()?;
        let removed = self.store.remove_for_good(doomed, second.as_deref(), now)?;
        self.index = Arc::<notes::Index>::default();
        self.live = Arc::default();
        self.compared = Arc::default();
        self.standings = piece::Standings::default();
        self.steps.clear();
        self.recovered.retain(|recovered| doomed != Doomed::Draft(recovered.draft_id));
        Ok(removed)
    }
}
