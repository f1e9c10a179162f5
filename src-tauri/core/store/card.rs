//! What the notes index keeps of each note, beside the notes.

use super::Store;
use crate::error::Result;
use crate::note::NoteId;
use rusqlite::params;
use std::collections::HashMap;

impl Store {
    /// The cards by one maker of notes that changed after a stamp (see [`Store::notes_stamp`]).
    pub fn list_cards(&self, maker: &str, stamp: i64) -> Result<HashMap<NoteId, Vec<u8>>> {
        let sql = "SELECT cards.note_id, cards.card
                   FROM note_stamps JOIN cards ON cards.note_id = note_stamps.note_id
                   WHERE note_stamps.stamp > ?1 AND cards.maker = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let cards = statement.query_map(params![stamp, maker], |row| Ok((NoteId(row.get(0)?), row.get(1)?)))?;
        Ok(cards.collect::<rusqlite::Result<_>>()?)
    }

    /// Keeps cards, each made of its note as it stood at a stamp; that of a note which changed since, or is not there, is
    /// let go.
    pub fn keep_cards(&mut self, maker: &str, cards: &[(NoteId, i64, Vec<u8>)]) -> Result<()> {
        self.all_or_none(|store| {
            let sql = "INSERT OR REPLACE INTO cards (note_id, maker, card)
                       SELECT note_id, ?2, ?3 FROM note_stamps WHERE note_id = ?1 AND stamp <= ?4";
            let mut statement = store.connection.prepare_cached(sql)?;
            for (id, stamp, card) in cards {
                statement.execute(params![id.0, maker, card, stamp])?;
            }
            Ok(())
        })
    }
}
