//! Pieces and their revisions.

use super::history::{self, Entry};
use super::row::{Cells, read_one, read_rows, time_text};
use super::{EventKind, Store};
use crate::draft::{Copy, Draft, DraftId, Place, Status};
use crate::error::{Code, Error, Result};
use crate::revision::{Cause, Revision, RevisionId};
use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};

/// What a save brings: the whole piece as it stands in the window.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftEdit {
    pub id: DraftId,
    pub slug: String,
    pub target_words: Option<u32>,
    pub copy: Copy,
}

/// The slug of a piece nobody named.
const UNTITLED: &str = "untitled";

impl Store {
    /// The pieces that lie in a place, whole, last changed first.
    pub fn list_drafts(&self, place: Place) -> Result<Vec<Draft>> {
        let sql = "SELECT * FROM drafts WHERE place = ?1 ORDER BY changed_at DESC, id DESC";
        read_rows(&self.connection, "piece", sql, [place.word()], read_draft)
    }

    /// A piece, whole. Errors: `NotFound`.
    pub fn open_draft(&self, id: DraftId) -> Result<Draft> {
        read_one(&self.connection, "piece", "SELECT * FROM drafts WHERE id = ?1", [id.0], read_draft)?
            .ok_or_else(|| Error::new(Code::NotFound, "There is no such piece on this desk."))
    }

    /// The piece with that slug, wherever it lies, bin and archive too; case does not matter.
    pub fn get_draft(&self, slug: &str) -> Result<Option<Draft>> {
        read_one(&self.connection, "piece", "SELECT * FROM drafts WHERE slug = ?1", [slug.trim()], read_draft)
    }

    /// A new piece on the desk. A slug that is taken gets -2, -3, …; an empty one becomes *untitled*.
    ///
    /// A piece that comes with words gets its first revision, with this cause; an empty one gets none.
    pub fn new_draft(
        &mut self,
        slug: &str,
        target_words: Option<u32>,
        copy: &Copy,
        cause: Cause,
        now: DateTime<Utc>,
    ) -> Result<Draft> {
        let at = time_text(now)?;
        self.all_or_none(|store| {
            let slug = store.free_slug(slug, None)?;
            store.connection.execute(
                "INSERT INTO drafts (slug, hed, dek, byline, dateline, body, status, place, target_words, version,
                   created_at, changed_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1, ?10, ?10)",
                params![
                    slug,
                    copy.hed,
                    copy.dek,
                    copy.byline,
                    copy.dateline,
                    copy.body,
                    Status::default().word(),
                    Place::default().word(),
                    target_words,
                    at
                ],
            )?;
            let id = DraftId(store.connection.last_insert_rowid());
            let kind = if cause == Cause::Import { EventKind::Imported } else { EventKind::Created };
            store.add_event(id, kind, "", None, now)?;
            if *copy != Copy::default() {
                store.insert_revision(id, copy, cause, None, &at)?;
            }
            store.open_draft(id)
        })
    }

    /// Keeps a piece as it stands in the window and counts its version up. No revision is made.
    ///
    /// Errors: `Conflict` when the piece has another version than `expected_version`, nothing overwritten; `NotFound`.
    pub fn save_draft(&mut self, edit: &DraftEdit, expected_version: i64, now: DateTime<Utc>) -> Result<Draft> {
        let at = time_text(now)?;
        self.all_or_none(|store| {
            let kept = store.open_draft(edit.id)?;
            if kept.version != expected_version {
                let message = "This piece was saved elsewhere since it was read here. Nothing was overwritten: \
                               compare the two, then save again.";
                return Err(Error::new(Code::Conflict, message));
            }
            let slug = store.free_slug(&edit.slug, Some(edit.id))?;
            let copy = &edit.copy;
            store
                .connection
                .prepare_cached(
                    "UPDATE drafts
                 SET slug = ?2, hed = ?3, dek = ?4, byline = ?5, dateline = ?6, body = ?7, target_words = ?8,
                   version = version + 1, changed_at = ?9
                 WHERE id = ?1",
                )?
                .execute(params![
                    edit.id.0,
                    slug,
                    copy.hed,
                    copy.dek,
                    copy.byline,
                    copy.dateline,
                    copy.body,
                    edit.target_words,
                    at
                ])?;
            if slug != kept.slug {
                store.add_event(edit.id, EventKind::Renamed, &slug, None, now)?;
            }
            store.open_draft(edit.id)
        })
    }

    /// Says how far a piece has come. Its version stays: no words changed.
    pub fn set_status(&mut self, id: DraftId, status: Status, now: DateTime<Utc>) -> Result<Draft> {
        let at = time_text(now)?;
        self.all_or_none(|store| {
            if store.open_draft(id)?.status != status {
                let sql = "UPDATE drafts SET status = ?2, changed_at = ?3 WHERE id = ?1";
                store.connection.execute(sql, params![id.0, status.word(), at])?;
                store.add_event(id, EventKind::Status, status.word(), None, now)?;
            }
            store.open_draft(id)
        })
    }

    /// Puts a piece on the desk, away, or in the bin. It keeps its slug, its words and its last change.
    pub fn move_draft(&mut self, id: DraftId, place: Place, now: DateTime<Utc>) -> Result<Draft> {
        self.all_or_none(|store| {
            if store.open_draft(id)?.place != place {
                let sql = "UPDATE drafts SET place = ?2 WHERE id = ?1";
                store.connection.execute(sql, params![id.0, place.word()])?;
                store.add_event(id, EventKind::Moved, place.word(), None, now)?;
            }
            store.open_draft(id)
        })
    }

    /// Keeps what stands in the store of a piece as a revision, even when the last one has the same words.
    pub fn add_revision(
        &mut self,
        draft_id: DraftId,
        cause: Cause,
        name: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<Revision> {
        let at = time_text(now)?;
        self.all_or_none(|store| {
            let copy = store.open_draft(draft_id)?.copy;
            let id = store.insert_revision(draft_id, &copy, cause, name, &at)?;
            match cause {
                Cause::Named => store.add_event(draft_id, EventKind::Named, name.unwrap_or_default(), None, now)?,
                Cause::Restore => store.add_event(draft_id, EventKind::Restored, "", None, now)?,
                Cause::Import => store.add_event(draft_id, EventKind::Imported, "", None, now)?,
                _ => (),
            }
            store.open_revision(id)
        })
    }

    /// The revisions of a piece, whole, newest first. Errors: `Corrupt` when one is not as it was kept.
    pub fn list_revisions(&self, draft_id: DraftId) -> Result<Vec<Revision>> {
        history::list(&self.connection, draft_id)?.into_iter().rev().collect()
    }

    /// The newest revision of a piece, if it has one.
    pub fn last_revision(&self, draft_id: DraftId) -> Result<Option<Revision>> {
        history::last(&self.connection, draft_id)
    }

    /// A revision, whole. Errors: `NotFound`; `Corrupt` when it is not as it was kept.
    pub fn open_revision(&self, id: RevisionId) -> Result<Revision> {
        history::get(&self.connection, id)?
            .ok_or_else(|| Error::new(Code::NotFound, "There is no such revision on this desk."))
    }

    fn insert_revision(
        &self,
        draft_id: DraftId,
        copy: &Copy,
        cause: Cause,
        name: Option<&str>,
        at: &str,
    ) -> Result<RevisionId> {
        let entry = Entry { id: None, draft_id, saved_at: at, cause: cause.word(), name };
        history::append(&self.connection, &entry, copy)
    }

    /// The slug asked for, or the first of -2, -3, … that no other piece has.
    fn free_slug(&self, wanted: &str, own: Option<DraftId>) -> Result<String> {
        let wanted = if wanted.trim().is_empty() { UNTITLED } else { wanted.trim() };
        let mut holder = self.connection.prepare_cached("SELECT id FROM drafts WHERE slug = ?1")?;
        let mut slug = wanted.to_owned();
        for n in 2.. {
            let taken: Option<i64> = holder.query_row([&slug], |row| row.get(0)).optional()?;
            if taken.is_none() || taken == own.map(|id| id.0) {
                break;
            }
            slug = format!("{wanted}-{n}");
        }
        Ok(slug)
    }
}

fn read_copy(cells: &Cells) -> Result<Copy> {
    Ok(Copy {
        hed: cells.text("hed")?,
        dek: cells.text("dek")?,
        byline: cells.text("byline")?,
        dateline: cells.text("dateline")?,
        body: cells.text("body")?,
    })
}

fn read_draft(cells: &Cells) -> Result<Draft> {
    Ok(Draft {
        id: DraftId(cells.id),
        slug: cells.text("slug")?,
        status: cells.word("status", Status::from_word)?,
        place: cells.word("place", Place::from_word)?,
        target_words: cells.get("target_words")?,
        copy: read_copy(cells)?,
        version: cells.get("version")?,
        created_at: cells.time("created_at")?,
        changed_at: cells.time("changed_at")?,
    })
}
