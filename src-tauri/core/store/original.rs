//! The files pieces came from.

use super::row::{Cells, read_one, read_rows, time_text};
use super::{Store, seal};
use crate::draft::DraftId;
use crate::error::Result;
use chrono::{DateTime, Utc};
use rusqlite::params;

/// A file a piece came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    pub id: i64,
    pub kept_at: DateTime<Utc>,
    /// As the file was called, without its folder.
    pub name: String,
    pub size_bytes: u64,
}

impl Store {
    /// Keeps the file a piece came from, byte for byte. Errors: `NotFound`.
    pub fn add_original(&mut self, draft_id: DraftId, name: &str, file: &[u8], now: DateTime<Utc>) -> Result<()> {
        let at = time_text(now)?;
        self.all_or_none(|store| {
            store.look_over(draft_id)?;
            store.last_save(draft_id)?;
            let sql = "INSERT INTO originals (draft_id, kept_at, name, file) VALUES (?1, ?2, ?3, ?4)";
            store.connection.execute(sql, params![draft_id.0, at, name, file])?;
            Ok(())
        })
    }

    /// The files a piece came from, newest first, without their bytes.
    pub fn list_originals(&self, draft_id: DraftId) -> Result<Vec<Original>> {
        let sql =
            "SELECT id, kept_at, name, length(file) AS size_bytes FROM originals WHERE draft_id = ?1 ORDER BY id DESC";
        read_rows(&self.connection, "original", sql, [draft_id.0], read_original)
    }

    /// The bytes of a file a piece came from; none where there is no such. Errors: `Corrupt`.
    pub fn get_original(&self, id: i64) -> Result<Option<Vec<u8>>> {
        seal::check(&self.connection, "originals", id)?;
        let sql = "SELECT id, file FROM originals WHERE id = ?1";
        read_one(&self.connection, "original", sql, [id], |cells| cells.get("file"))
    }
}

fn read_original(cells: &Cells) -> Result<Original> {
    Ok(Original {
        id: cells.id,
        kept_at: cells.time("kept_at")?,
        name: cells.text("name")?,
        size_bytes: cells.get::<i64>("size_bytes")?.unsigned_abs(),
    })
}
