//! Source notes: kept, listed, and made ready to be searched.

use super::Desk;
use crate::check::Notes;
use crate::draft::DraftId;
use crate::error::Result;
use crate::note::{Note, NoteId};
use crate::store::{KeptNote, Store};
use chrono::{DateTime, Utc};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The notes of a desk, indexed, as of one stamp.
#[derive(Clone)]
pub struct Indexed {
    pub stamp: i64,
    /// Those outside the bin.
    pub notes: Arc<Notes>,
    pub changed_at: Arc<HashMap<NoteId, DateTime<Utc>>>,
    /// Names that must never leave the desk.
    pub withheld: Arc<Vec<String>>,
}

impl Indexed {
    /// Reads and indexes every note outside the bin.
    pub fn read(store: &Store) -> Result<Indexed> {
        let stamp = store.notes_stamp()?;
        let kept: Vec<KeptNote> = store.list_notes()?.into_iter().filter(|kept| !kept.is_in_bin).collect();
        let withheld = Arc::new(withheld_names(&kept));
        let changed_at = kept.iter().map(|kept| (kept.note.id, kept.changed_at)).collect();
        let notes = Notes::new(kept.into_iter().map(|kept| kept.note).collect());
        Ok(Indexed { stamp, notes: Arc::new(notes), changed_at: Arc::new(changed_at), withheld })
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
    pub(super) fn indexed(&mut self) -> Result<Indexed> {
        let stamp = self.store.notes_stamp()?;
        if let Some(indexed) = self.indexed.as_ref().filter(|indexed| indexed.stamp == stamp) {
            return Ok(indexed.clone());
        }
        let indexed = Indexed::read(&self.store)?;
        self.indexed = Some(indexed.clone());
        Ok(indexed)
    }
}

/// The names of confidential sources, but for those who also spoke openly, in order and each once.
///
/// A name is two words or more with capitals, so that a role (*former staff member*) is none.
fn withheld_names(kept: &[KeptNote]) -> Vec<String> {
    let open: HashSet<String> =
        kept.iter().filter(|kept| !kept.note.is_confidential).map(|kept| kept.note.source.to_lowercase()).collect();
    let is_name = |name: &str| {
        let words: Vec<&str> = name.split_whitespace().collect();
        words.len() >= 2 && words.iter().all(|word| word.starts_with(char::is_uppercase))
    };
    let mut names: Vec<String> = Vec::new();
    for Note { source, aliases, .. } in kept.iter().map(|kept| &kept.note).filter(|note| note.is_confidential) {
        let all = std::iter::once(source).chain(aliases).map(|name| name.trim());
        names.extend(all.filter(|name| is_name(name) && !open.contains(&name.to_lowercase())).map(str::to_owned));
    }
    names.sort();
    names.dedup();
    names
}
