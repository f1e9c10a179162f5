//! Where the recordings of notes lie. The sound itself is never in the desk.

use super::row::{Cells, read_one, read_rows, time_text};
use super::{Store, seal};
use crate::error::{Code, Error, Result};
use crate::note::NoteId;
use chrono::{DateTime, Utc};
use rusqlite::params;

/// Which recording; given by the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordingId(pub i64);

/// A file as it was when it was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoundFile {
    /// From the top of the disk.
    pub path: String,
    pub size_bytes: u64,
    /// Of all its bytes, in hexadecimal digits.
    pub sha256: String,
}

/// A file that is attached to a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    pub id: RecordingId,
    pub note_id: NoteId,
    pub attached_at: DateTime<Utc>,
    pub file: SoundFile,
    pub is_in_bin: bool,
}

impl Store {
    /// Attaches a file to a note, in the place of the one before. Errors: `NotFound`.
    pub fn add_recording(&mut self, note_id: NoteId, file: &SoundFile, now: DateTime<Utc>) -> Result<Recording> {
        let at = time_text(now)?;
        self.all_or_none(|store| {
            store.open_note(note_id)?;
            store.connection.execute(
                "INSERT INTO recordings (note_id, attached_at, path, size_bytes, sha256, is_in_bin)
                 VALUES (?1, ?2, ?3, ?4, ?5, 0)",
                params![note_id.0, at, file.path, file.size_bytes.cast_signed(), file.sha256],
            )?;
            store.open_recording(RecordingId(store.connection.last_insert_rowid()))
        })
    }

    /// Puts a recording in the bin, so that the one attached before is the note’s again, or takes it back. Errors:
    /// `NotFound`.
    pub fn bin_recording(&mut self, id: RecordingId, is_in_bin: bool) -> Result<Recording> {
        self.all_or_none(|store| {
            // What was harmed is not sealed with the change.
            store.open_recording(id)?;
            let sql = "UPDATE recordings SET is_in_bin = ?2 WHERE id = ?1";
            store.connection.execute(sql, params![id.0, is_in_bin])?;
            store.open_recording(id)
        })
    }

    /// The recordings of a note, the one attached last first, those in the bin too.
    pub fn list_recordings(&self, note_id: NoteId) -> Result<Vec<Recording>> {
        let sql = "SELECT * FROM recordings WHERE note_id = ?1 ORDER BY id DESC";
        read_rows(&self.connection, "recording", sql, [note_id.0], read_recording)
    }

    /// A recording. Errors: `NotFound`; `Corrupt` where it is not as it was kept.
    pub fn open_recording(&self, id: RecordingId) -> Result<Recording> {
        let sql = "SELECT * FROM recordings WHERE id = ?1";
        let found = read_one(&self.connection, "recording", sql, [id.0], read_recording)?;
        let recording = found.ok_or_else(|| Error::new(Code::NotFound, "There is no such recording on this desk."))?;
        seal::check(&self.connection, "recordings", id.0)?;
        Ok(recording)
    }
}

fn read_recording(cells: &Cells) -> Result<Recording> {
    Ok(Recording {
        id: RecordingId(cells.id),
        note_id: NoteId(cells.get("note_id")?),
        attached_at: cells.time("attached_at")?,
        file: SoundFile {
            path: cells.text("path")?,
            size_bytes: cells.get::<i64>("size_bytes")?.unsigned_abs(),
            sha256: cells.text("sha256")?,
        },
        is_in_bin: cells.get("is_in_bin")?,
    })
}
