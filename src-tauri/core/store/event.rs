//! What happened to a piece, and what went out.

use super::Store;
use super::note::{lines_of, list_of};
use super::row::{Cells, read_one, read_rows, read_time, time_text};
use crate::draft::DraftId;
use crate::error::Result;
use crate::export::CLIPBOARD;
use crate::revision::RevisionId;
use chrono::{DateTime, Utc};
use rusqlite::params;
use std::path::Path;

/// What can happen to a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    Created,
    /// Came, or was written over, from a file.
    Imported,
    /// What two people made of it became one.
    Merged,
    /// Detail: the new slug.
    Renamed,
    /// Detail: the new status.
    Status,
    /// Detail: the new place.
    Moved,
    /// A revision was named. Detail: its name.
    Named,
    /// An older revision, or a part of one, was put back.
    Restored,
    /// Detail: the reason.
    Cq,
    CqCleared,
    /// Detail: format and why it was let pass; all of it is in [`ExportRecord`].
    Exported,
    /// The piece was given a deadline, another one or none; the last of these says which it has. Detail: the time as
    /// the file keeps times; empty for none.
    Deadline,
    /// An editor began to suggest. Detail: the number of the revision the suggestions are made of.
    Suggesting,
    /// Suggesting ended. Detail: what became of the suggestions, in words.
    Suggested,
}

impl EventKind {
    /// Every kind.
    pub const ALL: [EventKind; 14] = [
        EventKind::Created,
        EventKind::Imported,
        EventKind::Merged,
        EventKind::Renamed,
        EventKind::Status,
        EventKind::Moved,
        EventKind::Named,
        EventKind::Restored,
        EventKind::Cq,
        EventKind::CqCleared,
        EventKind::Exported,
        EventKind::Deadline,
        EventKind::Suggesting,
        EventKind::Suggested,
    ];

    /// The word in the store.
    pub fn word(self) -> &'static str {
        match self {
            EventKind::Created => "created",
            EventKind::Imported => "imported",
            EventKind::Merged => "merged",
            EventKind::Renamed => "renamed",
            EventKind::Status => "status",
            EventKind::Moved => "moved",
            EventKind::Named => "named",
            EventKind::Restored => "restored",
            EventKind::Cq => "cq",
            EventKind::CqCleared => "cq cleared",
            EventKind::Exported => "exported",
            EventKind::Deadline => "deadline",
            EventKind::Suggesting => "suggesting",
            EventKind::Suggested => "suggested",
        }
    }

    /// The kind a word names, if any.
    pub fn from_word(word: &str) -> Option<EventKind> {
        EventKind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// Something that happened to a piece. The store adds them beside the change they tell of, in one transaction.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub id: i64,
    pub draft_id: DraftId,
    pub at: DateTime<Utc>,
    /// Who; empty when nobody had said who works here.
    pub by: String,
    pub kind: EventKind,
    /// See [`EventKind`]; empty where it has none.
    pub detail: String,
}

impl Event {
    /// The deadline it gave its piece; none where it took that off or is about something else.
    pub fn deadline(&self) -> Option<DateTime<Utc>> {
        (self.kind == EventKind::Deadline).then(|| read_time(&self.detail)).flatten()
    }

    /// The revision that suggestions are made of since; none where it is about something else.
    pub fn suggested_on(&self) -> Option<RevisionId> {
        (self.kind == EventKind::Suggesting).then(|| self.detail.parse().ok().map(RevisionId)).flatten()
    }
}

/// What went out, and who let it pass.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportRecord {
    pub draft_id: DraftId,
    /// The revision that holds the words that went out.
    pub revision_id: Option<RevisionId>,
    pub at: DateTime<Utc>,
    /// md html txt docx proof
    pub format: String,
    pub path: String,
    pub size_bytes: u64,
    pub by: String,
    /// Why it was let pass; empty when the gate had no reasons.
    pub why: String,
    /// What the gate said, a sentence each.
    pub reasons: Vec<String>,
}

impl Store {
    /// What happened to a piece, newest first.
    pub fn list_events(&self, draft_id: DraftId) -> Result<Vec<Event>> {
        let sql = "SELECT * FROM events WHERE draft_id = ?1 ORDER BY id DESC";
        read_rows(&self.connection, "event", sql, [draft_id.0], read_event)
    }

    /// The last event of each of these pieces, and the last that was about its deadline; in order.
    pub fn list_latest(&self, ids: &[DraftId]) -> Result<Vec<Event>> {
        let ids: Vec<String> = ids.iter().map(|id| id.0.to_string()).collect();
        let sql = "WITH asked AS MATERIALIZED (SELECT id, draft_id, kind FROM events
                     WHERE draft_id IN (SELECT value FROM json_each(?1)))
                   SELECT * FROM events
                   WHERE id IN (SELECT max(id) FROM asked GROUP BY draft_id)
                     OR id IN (SELECT max(id) FROM asked WHERE kind = 'deadline' GROUP BY draft_id)
                   ORDER BY id";
        read_rows(&self.connection, "event", sql, [format!("[{}]", ids.join(","))], read_event)
    }

    /// The event by which an editor began to suggest in a piece, where it has not ended since.
    pub fn suggesting(&self, draft_id: DraftId) -> Result<Option<Event>> {
        let sql =
            "SELECT * FROM events WHERE draft_id = ?1 AND kind IN ('suggesting', 'suggested') ORDER BY id DESC LIMIT 1";
        let last = read_one(&self.connection, "event", sql, [draft_id.0], read_event)?;
        Ok(last.filter(|event| event.kind == EventKind::Suggesting))
    }

    /// Keeps that an editor began to suggest, and of which revision. Errors: `NotFound`.
    pub fn begin_suggesting(&mut self, draft_id: DraftId, base: RevisionId, now: DateTime<Utc>) -> Result<()> {
        self.tell(draft_id, EventKind::Suggesting, &base.0.to_string(), now)
    }

    /// Keeps that suggesting ended, and what became of it. Errors: `NotFound`.
    pub fn end_suggesting(&mut self, draft_id: DraftId, became: &str, now: DateTime<Utc>) -> Result<()> {
        self.tell(draft_id, EventKind::Suggested, became, now)
    }

    fn tell(&mut self, draft_id: DraftId, kind: EventKind, detail: &str, now: DateTime<Utc>) -> Result<()> {
        self.all_or_none(|store| {
            store.look_over(draft_id)?;
            store.last_save(draft_id)?;
            store.add_event(draft_id, kind, detail, None, now)
        })
    }

    /// Keeps that a piece went out; an event of the piece too. Errors: `NotFound`.
    pub fn add_export(&mut self, export: &ExportRecord) -> Result<()> {
        let at = time_text(export.at)?;
        self.all_or_none(|store| {
            store.look_over(export.draft_id)?;
            store.open_draft(export.draft_id)?;
            store.connection.execute(
                "INSERT INTO exports (draft_id, revision_id, exported_at, format, path, size_bytes, signed_by, why,
                   reasons)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                params![
                    export.draft_id.0,
                    export.revision_id.map(|id| id.0),
                    at,
                    export.format,
                    export.path,
                    i64::try_from(export.size_bytes).unwrap_or(i64::MAX),
                    export.by,
                    export.why,
                    lines_of(&export.reasons)
                ],
            )?;
            let why = if export.why.is_empty() { String::new() } else { format!(": {}", export.why) };
            let detail = format!("{}{why}", export.format);
            store.add_event(export.draft_id, EventKind::Exported, &detail, Some(&export.by), export.at)
        })
    }

    /// What of a piece went out, newest first.
    pub fn list_exports(&self, draft_id: DraftId) -> Result<Vec<ExportRecord>> {
        let sql = "SELECT * FROM exports WHERE draft_id = ?1 ORDER BY id DESC";
        read_rows(&self.connection, "export", sql, [draft_id.0], read_export)
    }

    /// What of any piece went out to a file last.
    pub fn last_export(&self) -> Result<Option<ExportRecord>> {
        let sql = "SELECT * FROM exports WHERE format <> ?1 ORDER BY id DESC LIMIT 1";
        Ok(read_rows(&self.connection, "export", sql, [CLIPBOARD], read_export)?.pop())
    }

    /// Whether something went out to this path before.
    pub fn has_exported_to(&self, path: &Path) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM exports WHERE path = ?1 AND format <> ?2)";
        Ok(self.connection.query_row(sql, params![path.to_string_lossy(), CLIPBOARD], |row| row.get(0))?)
    }

    /// Adds an event, signed by the editor of this desk where nobody else is named. Inside a transaction only.
    pub(super) fn add_event(
        &self,
        draft_id: DraftId,
        kind: EventKind,
        detail: &str,
        by: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.connection.execute(
            "INSERT INTO events (draft_id, happened_at, signed_by, kind, detail)
             VALUES (?1, ?2, coalesce(?3, (SELECT value FROM settings WHERE name = 'editor'), ''), ?4, ?5)",
            params![draft_id.0, time_text(now)?, by, kind.word(), detail],
        )?;
        Ok(())
    }
}

fn read_event(cells: &Cells) -> Result<Event> {
    Ok(Event {
        id: cells.id,
        draft_id: DraftId(cells.get("draft_id")?),
        at: cells.time("happened_at")?,
        by: cells.text("signed_by")?,
        kind: cells.word("kind", EventKind::from_word)?,
        detail: cells.text("detail")?,
    })
}

fn read_export(cells: &Cells) -> Result<ExportRecord> {
    Ok(ExportRecord {
        draft_id: DraftId(cells.get("draft_id")?),
        revision_id: cells.get::<Option<i64>>("revision_id")?.map(RevisionId),
        at: cells.time("exported_at")?,
        format: cells.text("format")?,
        path: cells.text("path")?,
        size_bytes: cells.get::<i64>("size_bytes")?.unsigned_abs(),
        by: cells.text("signed_by")?,
        why: cells.text("why")?,
        reasons: list_of(&cells.text("reasons")?),
    })
}
