//! Pieces and their revisions.

use super::history::{self, Entry};
use super::row::{Cells, read_one, read_rows, read_time, time_text};
use super::typing::{self, Live, Typed};
use super::{EventKind, Store, seal};
use crate::draft::{Copy, Draft, DraftId, Place, Status};
use crate::error::{Code, Error, Result};
use crate::revision::{Cause, Revision, RevisionId};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

/// What a save brings: the whole piece as it stands in the window.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftEdit {
    pub id: DraftId,
    pub slug: String,
    pub target_words: Option<u32>,
    pub copy: Copy,
}

/// What is to be said of a piece beside its words; none stays as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Routing {
    pub status: Option<Status>,
    pub place: Option<Place>,
    /// Another deadline, or none any more.
    pub deadline: Option<Option<DateTime<Utc>>>,
    /// How many words are ordered, or that none are any more.
    pub target_words: Option<Option<u32>>,
}

/// A save that is on the disk.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    pub version: i64,
    /// As kept: another is given when the one asked for is taken.
    pub slug: String,
    pub changed_at: DateTime<Utc>,
}

/// The slug of a piece nobody named.
const UNTITLED: &str = "untitled";

impl Store {
    /// The pieces that lie in a place, whole, last changed first.
    pub fn list_drafts(&self, place: Place) -> Result<Vec<Draft>> {
        self.at_one_moment(|connection| {
            let sql = "SELECT * FROM drafts WHERE place = ?1 ORDER BY id DESC";
            let mut drafts = read_rows(connection, "piece", sql, [place.word()], read_draft)?;
            let typed = typing::list(connection)?;
            for draft in drafts.iter_mut().filter(|draft| typed.iter().any(|typed| typed.draft_id == draft.id)) {
                typing::follow(connection, draft)?;
            }
            drafts.sort_by_key(|draft| std::cmp::Reverse(draft.changed_at));
            Ok(drafts)
        })
    }

    /// A piece, whole. Errors: `NotFound`.
    pub fn open_draft(&self, id: DraftId) -> Result<Draft> {
        self.find_draft(id)?.ok_or_else(no_such_piece)
    }

    /// The piece with that slug, wherever it lies, bin and archive too; case does not matter.
    pub fn get_draft(&self, slug: &str) -> Result<Option<Draft>> {
        // An index that is damaged may lead nowhere, or to another piece, and gives its own word for the slug.
        match self.find_by_slug(slug.trim(), "")? {
            None => self.find_by_slug(slug.trim(), "NOT INDEXED"),
            found => Ok(found),
        }
    }

    fn find_by_slug(&self, slug: &str, hint: &str) -> Result<Option<Draft>> {
        let sql = format!("SELECT id FROM drafts {hint} WHERE slug = ?1");
        let id: Option<i64> = self.connection.prepare_cached(&sql)?.query_row([slug], |row| row.get(0)).optional()?;
        let Some(id) = id else { return Ok(None) };
        let found = self.find_draft(DraftId(id))?;
        Ok(found.filter(|found| found.slug.eq_ignore_ascii_case(slug)))
    }

    /// When a piece was last saved, and its version. Errors: `NotFound`. Cost: the same for a long piece as for a short one.
    pub fn last_save(&self, id: DraftId) -> Result<(DateTime<Utc>, i64)> {
        typing::last_save(&self.connection, id)?.ok_or_else(no_such_piece)
    }

    fn find_draft(&self, id: DraftId) -> Result<Option<Draft>> {
        self.at_one_moment(|connection| {
            let mut draft = as_written(connection, id)?;
            if let Some(draft) = &mut draft {
                typing::follow(connection, draft)?;
            }
            Ok(draft)
        })
    }

    /// Several reads that see the same desk, whoever writes meanwhile.
    fn at_one_moment<T>(&self, read: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        if !self.connection.is_autocommit() {
            return read(&self.connection);
        }
        let moment = self.connection.unchecked_transaction()?;
        let value = read(&moment)?;
        moment.finish()?;
        Ok(value)
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
    /// Cost: that of what changed since the save before, whatever the length of the piece.
    /// Errors: `Conflict` when the piece has another version than `expected_version`, nothing overwritten; `NotFound`.
    pub fn save_draft(&mut self, edit: &DraftEdit, expected_version: i64, now: DateTime<Utc>) -> Result<Saved> {
        let at = time_text(now)?;
        self.all_or_none(|store| {
            store.look_over(edit.id)?;
            let mut live = store.take_live(edit.id)?;
            if live.version != expected_version {
                let message = "This piece was saved elsewhere since it was read here. Nothing was overwritten: \
                               compare the two, then save again.";
                return Err(Error::new(Code::Conflict, message));
            }
            let slug = store.free_slug(&edit.slug, Some(edit.id))?;
            live.save(&store.connection, &edit.copy, &at)?;
            if (&slug, edit.target_words) != (&live.slug, live.target_words) {
                let sql = "UPDATE drafts SET slug = ?2, target_words = ?3 WHERE id = ?1";
                store.connection.execute(sql, params![edit.id.0, slug, edit.target_words])?;
                if slug != live.slug {
                    store.add_event(edit.id, EventKind::Renamed, &slug, None, now)?;
                }
                (live.slug, live.target_words) = (slug.clone(), edit.target_words);
            }
            let version = live.version;
            let is_full = live.is_full();
            store.live = Some(live);
            if is_full {
                store.fold(edit.id)?;
            }
            Ok(Saved { version, slug, changed_at: read_time(&at).unwrap_or(now) })
        })
    }

    /// What was typed and not yet folded into its piece. On a desk that was just opened, and that no window holds:
    /// what was typed before a crash.
    pub fn list_typed(&self) -> Result<Vec<Typed>> {
        typing::list(&self.connection)
    }

    /// Keeps what stood before a crash as a revision, where it has words and none has the same, and folds in what was
    /// typed since. Returns the revision to go back to, if there is one.
    pub fn recover(&mut self, id: DraftId) -> Result<Option<RevisionId>> {
        self.all_or_none(|store| {
            let before = as_written(&store.connection, id)?.ok_or_else(no_such_piece)?;
            let last = store.last_revision(id)?;
            let revision = match last.filter(|last| last.copy == before.copy) {
                Some(last) => Some(last.id),
                None if before.copy == Copy::default() => None,
                None => {
                    let at = time_text(before.changed_at)?;
                    Some(store.insert_revision(id, &before.copy, Cause::BeforeRecovery, None, &at)?)
                }
            };
            store.fold(id)?;
            Ok(revision)
        })
    }

    /// Writes what was typed into a piece into it. Inside a transaction only.
    fn fold(&mut self, id: DraftId) -> Result<()> {
        let draft = as_written(&self.connection, id)?.ok_or_else(no_such_piece)?;
        if typing::fold(&self.connection, draft)? {
            self.live = None;
        }
        Ok(())
    }

    /// Writes what was typed here into its pieces, for the desk is closed. What others typed is theirs to fold.
    pub(super) fn fold_own(&mut self) -> Result<()> {
        match (&self.lock, self.live.as_ref().map(|live| live.id)) {
            (Some(_), _) => self.fold_all(),
            (None, Some(id)) => self.all_or_none(|store| store.fold(id)),
            (None, None) => Ok(()),
        }
    }

    /// Writes all that was typed into its pieces.
    pub(super) fn fold_all(&mut self) -> Result<()> {
        let typed = self.list_typed()?;
        if typed.is_empty() {
            return Ok(());
        }
        self.all_or_none(|store| typed.into_iter().try_for_each(|typed| store.fold(typed.draft_id)))
    }

    /// The piece as the next save finds it: as it was left here, unless somebody saved it since.
    fn take_live(&mut self, id: DraftId) -> Result<Live> {
        if let Some(live) = self.live.take().filter(|live| live.id == id)
            && live.is_latest(&self.connection)?
        {
            return Ok(live);
        }
        let draft = as_written(&self.connection, id)?.ok_or_else(no_such_piece)?;
        Live::new(&self.connection, draft)
    }

    /// Says how far a piece has come. Its version stays: no words changed.
    pub fn set_status(&mut self, id: DraftId, status: Status, now: DateTime<Utc>) -> Result<Draft> {
        self.route(id, Routing { status: Some(status), ..Routing::default() }, now)
    }

    /// Puts a piece on the desk, away, or in the bin. It keeps its slug, its words and its last change.
    pub fn move_draft(&mut self, id: DraftId, place: Place, now: DateTime<Utc>) -> Result<Draft> {
        self.route(id, Routing { place: Some(place), ..Routing::default() }, now)
    }

    /// Says of a piece how far it has come, where it lies, when it is due and how long it is to be: all that is asked or
    /// nothing, an event for each that differs but the target. Its version stays: no words changed. Errors: `NotFound`.
    pub fn route(&mut self, id: DraftId, routing: Routing, now: DateTime<Utc>) -> Result<Draft> {
        let at = time_text(now)?;
        self.all_or_none(|store| {
            store.look_over(id)?;
            let draft = store.open_draft(id)?;
            if let Some(status) = routing.status.filter(|status| *status != draft.status) {
                store.fold(id)?;
                let sql = "UPDATE drafts SET status = ?2, changed_at = ?3 WHERE id = ?1";
                store.connection.execute(sql, params![id.0, status.word(), at])?;
                store.add_event(id, EventKind::Status, status.word(), None, now)?;
            }
            if let Some(place) = routing.place.filter(|place| *place != draft.place) {
                let sql = "UPDATE drafts SET place = ?2 WHERE id = ?1";
                store.connection.execute(sql, params![id.0, place.word()])?;
                store.add_event(id, EventKind::Moved, place.word(), None, now)?;
            }
            if let Some(deadline) = routing.deadline {
                let due = deadline.map_or(Ok(String::new()), time_text)?;
                let events = store.list_latest(&[id])?;
                let has = events.iter().rev().find_map(|event| event.deadline());
                if has != deadline {
                    store.add_event(id, EventKind::Deadline, &due, None, now)?;
                }
            }
            if let Some(target_words) = routing.target_words.filter(|target| *target != draft.target_words) {
                let sql = "UPDATE drafts SET target_words = ?2 WHERE id = ?1";
                store.connection.execute(sql, params![id.0, target_words])?;
                // What is known of the piece that is being typed has the old one.
                store.live = store.live.take().filter(|live| live.id != id);
            }
            store.open_draft(id)
        })
    }

    /// The same of several pieces, each with its slug as the editor knows it: all or none. Errors: as [`Store::route`],
    /// naming the piece.
    pub fn route_all(&mut self, orders: &[(DraftId, String, Routing)], now: DateTime<Utc>) -> Result<Vec<Draft>> {
        self.all_or_none(|store| {
            let route = |(id, slug, routing): &(DraftId, String, Routing)| {
                store.route(*id, *routing, now).map_err(|error| match orders.len() {
                    1 => error,
                    n => {
                        let message =
                            format!("None of the {n} pieces was changed, because of “{slug}”: {}", error.message);
                        Error { message, ..error }
                    }
                })
            };
            orders.iter().map(route).collect()
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
            store.look_over(draft_id)?;
            store.fold(draft_id)?;
            let copy = store.open_draft(draft_id)?.copy;
            let id = store.insert_revision(draft_id, &copy, cause, name, &at)?;
            match cause {
                Cause::Named => store.add_event(draft_id, EventKind::Named, name.unwrap_or_default(), None, now)?,
                Cause::Restore => store.add_event(draft_id, EventKind::Restored, "", None, now)?,
                Cause::Import => store.add_event(draft_id, EventKind::Imported, "", None, now)?,
                Cause::Merge => store.add_event(draft_id, EventKind::Merged, "", None, now)?,
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

/// A piece as it was last written whole, without what was typed since.
pub fn as_written(connection: &Connection, id: DraftId) -> Result<Option<Draft>> {
    let draft = read_one(connection, "piece", "SELECT * FROM drafts WHERE id = ?1", [id.0], read_draft)?;
    draft.map_or(Ok(None), |draft| seal::check(connection, "drafts", draft.id.0).map(|()| Some(draft)))
}

/// Writes the words of a piece whole. Inside a transaction only.
pub fn write_whole(connection: &Connection, draft: &Draft) -> Result<()> {
    let Draft { id, copy, version, changed_at, .. } = draft;
    let at = time_text(*changed_at)?;
    connection
        .prepare_cached(
            "UPDATE drafts
             SET hed = ?2, dek = ?3, byline = ?4, dateline = ?5, body = ?6, version = ?7, changed_at = ?8
             WHERE id = ?1",
        )?
        .execute(params![id.0, copy.hed, copy.dek, copy.byline, copy.dateline, copy.body, version, at])?;
    Ok(())
}

fn no_such_piece() -> Error {
    Error::new(Code::NotFound, "There is no such piece on this desk.")
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
