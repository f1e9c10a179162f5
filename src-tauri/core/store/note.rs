//! Source notes as the desk keeps them.

use super::fault::damaged;
use super::row::{Cells, read_one, read_rows, time_text};
use super::{Store, seal};
use crate::draft::DraftId;
use crate::error::{Code, Error, Result};
use crate::note::{Note, NoteId, Terms};
use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};

/// A note, and how it lies on the desk.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptNote {
    pub note: Note,
    /// The piece it was gathered for, if any.
    pub draft_id: Option<DraftId>,
    pub is_in_bin: bool,
    pub created_at: DateTime<Utc>,
    /// When its words, its source or its terms last changed.
    pub changed_at: DateTime<Utc>,
}

/// Stands in the place of the terms of a note whose words or terms changed in the file.
pub const NOT_AS_KEPT: &str = "The desk file is damaged: this note is not as it was kept.";

impl Store {
    /// Every note, by source, then date, then name; those in the bin too. One that is not as it was kept is off the
    /// record and confidential, and its terms say why.
    pub fn list_notes(&self) -> Result<Vec<KeptNote>> {
        let sql = "SELECT * FROM notes ORDER BY source, said_at, name, id";
        read_rows(&self.connection, "note", sql, [], |cells| self.read_marked(cells))
    }

    /// The notes of one source by date, then name, those in the bin too; marked as in [`Store::list_notes`].
    pub fn list_notes_of(&self, source: &str) -> Result<Vec<KeptNote>> {
        let sql = "SELECT * FROM notes WHERE source = ?1 ORDER BY said_at, name, id";
        read_rows(&self.connection, "note", sql, [source], |cells| self.read_marked(cells))
    }

    /// The notes that changed after a stamp (see [`Store::notes_stamp`]), those in the bin too, in no order; marked as in
    /// [`Store::list_notes`].
    pub fn list_notes_since(&self, stamp: i64) -> Result<Vec<KeptNote>> {
        let sql = "SELECT notes.* FROM note_stamps JOIN notes ON notes.id = note_stamps.note_id
                   WHERE note_stamps.stamp > ?1";
        read_rows(&self.connection, "note", sql, [stamp], |cells| self.read_marked(cells))
    }

    /// A list is given also where one of its notes is harmed: that one is marked, and nothing of it may go out.
    fn read_marked(&self, cells: &Cells) -> Result<KeptNote> {
        let mut kept = read_note(cells)?;
        if seal::fault(&self.connection, "notes", cells.id)?.is_some() {
            kept.note.terms = Terms::OffTheRecord;
            kept.note.terms_words = NOT_AS_KEPT.into();
            kept.note.is_confidential = true;
        }
        Ok(kept)
    }

    /// How many notes lie outside the bin.
    pub fn count_notes(&self) -> Result<usize> {
        let sql = "SELECT count(*) FROM notes WHERE is_in_bin = 0";
        let n_notes: u32 = self.connection.query_row(sql, [], |row| row.get(0))?;
        Ok(n_notes as usize)
    }

    /// Grows with every change to any note, whichever program made it; equal stamps mean equal notes.
    pub fn notes_stamp(&self) -> Result<i64> {
        let sql = "SELECT value FROM counters WHERE name = 'notes'";
        Ok(self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    }

    /// A note, whole. Errors: `NotFound`.
    pub fn open_note(&self, id: NoteId) -> Result<KeptNote> {
        let note = read_one(&self.connection, "note", "SELECT * FROM notes WHERE id = ?1", [id.0], read_note)?
            .ok_or_else(|| Error::new(Code::NotFound, "There is no such note on this desk."))?;
        seal::check(&self.connection, "notes", id.0)?;
        Ok(note)
    }

    /// A new note; the id it brings is not looked at. A name that is taken gets -2, -3, … before its ending; an empty
    /// one is made from the source.
    pub fn add_note(&mut self, note: &Note, draft_id: Option<DraftId>, now: DateTime<Utc>) -> Result<KeptNote> {
        let at = time_text(now)?;
        let embargo = note.embargo.map(time_text).transpose()?;
        self.all_or_none(|store| {
            let name = store.free_name(note, None)?;
            store.known_draft(draft_id)?;
            store.connection.execute(
                "INSERT INTO notes (name, source, kind, place, said_at, terms, terms_words, embargo, is_confidential,
                   aliases, text, draft_id, is_in_bin, created_at, changed_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 0, ?13, ?13)",
                params![
                    name,
                    note.source,
                    note.kind,
                    note.place,
                    note.said_at,
                    note.terms.words(),
                    note.terms_words,
                    embargo,
                    note.is_confidential,
                    lines_of(&note.aliases),
                    note.text,
                    draft_id.map(|id| id.0),
                    at
                ],
            )?;
            store.open_note(NoteId(store.connection.last_insert_rowid()))
        })
    }

    /// Keeps a note as it is now; what it said before stays in [`Store::list_past_notes`]. Errors: `NotFound`.
    pub fn save_note(&mut self, note: &Note, draft_id: Option<DraftId>, now: DateTime<Utc>) -> Result<KeptNote> {
        let at = time_text(now)?;
        let embargo = note.embargo.map(time_text).transpose()?;
        self.all_or_none(|store| {
            let kept = store.open_note(note.id)?;
            let name = store.free_name(note, Some(note.id))?;
            store.known_draft(draft_id)?;
            let is_changed = kept.note != Note { name: name.clone(), ..note.clone() };
            store.connection.execute(
                "UPDATE notes
                 SET name = ?2, source = ?3, kind = ?4, place = ?5, said_at = ?6, terms = ?7, terms_words = ?8,
                   embargo = ?9, is_confidential = ?10, aliases = ?11, text = ?12, draft_id = ?13,
                   changed_at = iif(?15, ?14, changed_at)
                 WHERE id = ?1",
                params![
                    note.id.0,
                    name,
                    note.source,
                    note.kind,
                    note.place,
                    note.said_at,
                    note.terms.words(),
                    note.terms_words,
                    embargo,
                    note.is_confidential,
                    lines_of(&note.aliases),
                    note.text,
                    draft_id.map(|id| id.0),
                    at,
                    is_changed
                ],
            )?;
            store.open_note(note.id)
        })
    }

    /// Puts a note in the bin, or takes it back, whole. Errors: `NotFound`.
    pub fn bin_note(&mut self, id: NoteId, is_in_bin: bool) -> Result<KeptNote> {
        self.all_or_none(|store| {
            // What was harmed is not sealed with the change.
            store.open_note(id)?;
            let sql = "UPDATE notes SET is_in_bin = ?2 WHERE id = ?1";
            store.connection.execute(sql, params![id.0, is_in_bin])?;
            store.open_note(id)
        })
    }

    /// What a note was before each change, newest first; `changed_at` says since when it had been so. Errors: `Corrupt`
    /// where one is not as it was kept.
    pub fn list_past_notes(&self, id: NoteId) -> Result<Vec<KeptNote>> {
        // The names of the columns are those of `notes`, so that one reader serves both.
        let sql = "SELECT past.note_id AS id, past.id AS past_id, past.name, past.source, past.kind, past.place, past.said_at, past.terms,
                     past.terms_words, past.embargo, past.is_confidential, past.aliases, past.text, past.changed_at,
                     notes.draft_id, notes.is_in_bin, notes.created_at
                   FROM past_notes AS past
                   JOIN notes ON notes.id = past.note_id
                   WHERE past.note_id = ?1
                   ORDER BY past.id DESC";
        read_rows(&self.connection, "past state of note", sql, [id.0], |cells| {
            let past_id: i64 = cells.get("past_id")?;
            seal::check(&self.connection, "past_notes", past_id)?;
            // By its index it may seem to be of this note: its own row says of which.
            let sql = "SELECT note_id FROM past_notes WHERE id = ?1";
            let of: i64 = self.connection.prepare_cached(sql)?.query_row([past_id], |row| row.get(0))?;
            if of == id.0 { read_note(cells) } else { Err(Error::new(Code::Corrupt, damaged())) }
        })
    }

    fn known_draft(&self, draft_id: Option<DraftId>) -> Result<()> {
        draft_id.map_or(Ok(()), |id| self.open_draft(id).map(|_| ()))
    }

    /// The name asked for, or one made from the source; with -2, -3, … before its ending where it is taken.
    fn free_name(&self, note: &Note, own: Option<NoteId>) -> Result<String> {
        let wanted = match note.name.trim() {
            "" if note.source.trim().is_empty() => "note".to_owned(),
            "" => name_from(&note.source),
            name => name.to_owned(),
        };
        let (stem, ending) = match wanted.rsplit_once('.') {
            Some((stem, ending)) if !stem.is_empty() && !ending.contains(' ') => (stem, format!(".{ending}")),
            _ => (wanted.as_str(), String::new()),
        };
        let mut holder = self.connection.prepare_cached("SELECT id FROM notes WHERE name = ?1")?;
        let mut name = wanted.clone();
        for n in 2.. {
            let taken: Option<i64> = holder.query_row([&name], |row| row.get(0)).optional()?;
            if taken.is_none() || taken == own.map(|id| id.0) {
                break;
            }
            name = format!("{stem}-{n}{ending}");
        }
        Ok(name)
    }
}

/// `Ines Eze` → `ines-eze`.
fn name_from(source: &str) -> String {
    let words = source.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let name = words.map(str::to_lowercase).collect::<Vec<_>>().join("-");
    if name.is_empty() { "note".to_owned() } else { name }
}

/// One a line, as the file keeps a list.
pub fn lines_of(list: &[String]) -> String {
    list.iter().map(|one| one.replace(['\n', '\r'], " ")).collect::<Vec<_>>().join("\n")
}

/// The list kept in a text, one a line; none in an empty text.
pub fn list_of(lines: &str) -> Vec<String> {
    lines.split('\n').filter(|one| !one.is_empty()).map(str::to_owned).collect()
}

fn read_note(cells: &Cells) -> Result<KeptNote> {
    let note = Note {
        id: NoteId(cells.id),
        name: cells.text("name")?,
        source: cells.text("source")?,
        kind: cells.text("kind")?,
        place: cells.text("place")?,
        said_at: cells.text("said_at")?,
        terms: cells.word("terms", Terms::from_words)?,
        terms_words: cells.text("terms_words")?,
        embargo: cells.maybe_time("embargo")?,
        is_confidential: cells.get("is_confidential")?,
        aliases: list_of(&cells.text("aliases")?),
        text: cells.text("text")?,
    };
    Ok(KeptNote {
        note,
        draft_id: cells.get::<Option<i64>>("draft_id")?.map(DraftId),
        is_in_bin: cells.get("is_in_bin")?,
        created_at: cells.time("created_at")?,
        changed_at: cells.time("changed_at")?,
    })
}
