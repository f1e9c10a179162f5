//! Removing for good: a piece or a note out of every table, every page and every backup.
//!
//! Its rows go in one transaction, which also notes that the rest is owed. Then each backup and each older desk beside
//! this one is written anew without it, and so is the desk, so that no page that was given back has a word of it; what
//! they were written over with nought. A kill between leaves the note, and the next window goes on where this one stopped.

use super::backups::{self, folder_of};
use super::connect::OUTGROWN;
use super::damage::{copy_into, part_path, rebuild_indexes};
use super::fault::from_io;
use super::key::Key;
use super::restore::{SALVAGED, SET_ASIDE};
use super::{Store, connect, folder, lock, locking, schema, seal};
use crate::draft::DraftId;
use crate::error::{Code, Error, Result};
use crate::note::NoteId;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The setting that says what is still to be gone through, one a line.
const OWED: &str = "removing";

/// The setting that says what is still in second places that were not there, one a line, each with its place.
const ELSEWHERE: &str = "removing elsewhere";

/// What is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doomed {
    Draft(DraftId),
    Note(NoteId),
}

/// What went, and what an editor has to know of the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    /// Revisions of the piece, or past states of the note.
    pub n_past: usize,
    /// Backups and older desks it was taken out of.
    pub n_copies: usize,
    /// Where copies may be left, a sentence each; never empty.
    pub left: Vec<String>,
}

/// A row that is to go. Ids are given anew after a backup was restored, times are not.
struct Row {
    table: String,
    id: i64,
    created_at: String,
}

impl Store {
    /// Takes a piece with all its history, or a note with all it ever said, out of the desk, its search, what was just
    /// typed, its backups beside it and in `second`, and the desks and copies that were set aside beside it.
    ///
    /// What an editor settled on a note that goes is taken back. Errors: `NotFound`; `Busy` while another program has the
    /// desk open; `ReadOnly`, `Corrupt`. Nothing is changed then. What cannot be gone through now is told in
    /// [`Removed::left`] and tried again when a window opens the desk. Cost: writes the desk and each backup anew.
    pub fn remove_for_good(&mut self, doomed: Doomed, second: Option<&Path>, now: DateTime<Utc>) -> Result<Removed> {
        let is_visit = self.lock.is_none();
        if is_visit && self.read_only_because().is_none() {
            self.lock = Some(lock::take(&self.path)?);
        }
        let removed = self.remove_alone(doomed, second, now);
        if is_visit {
            self.lock = None;
        }
        removed
    }

    fn remove_alone(&mut self, doomed: Doomed, second: Option<&Path>, now: DateTime<Utc>) -> Result<Removed> {
        let exported = match doomed {
            Doomed::Draft(id) => self.list_exports(id)?,
            Doomed::Note(_) => Vec::new(),
        };
        if self.read_only_because().is_none() {
            self.check_alone()?;
        }
        let n_past = self.all_or_none(|store| {
            let row = store.row_of(doomed)?;
            if let Doomed::Note(id) = doomed {
                store.clear_judgements_on(id, now)?;
            }
            let n_past = take_out(&store.connection, &row)?;
            let owed = store.setting(OWED)?.unwrap_or_default();
            store.set_setting(OWED, &format!("{owed}{} {} {}\n", row.table, row.id, row.created_at))?;
            Ok(n_past)
        })?;
        self.live = None;
        let mut removed = self.finish_removing(second)?;
        removed.n_past = n_past;
        let out: BTreeSet<String> = exported.into_iter().map(|export| export.path).collect();
        let still = out.into_iter().filter(|path| Path::new(path).exists());
        let mut left: Vec<String> = still.map(|path| format!("It went out as {path}, which is still there.")).collect();
        left.append(&mut removed.left);
        left.push(
            "Files it was brought from, copies made by hand or by other programs, snapshots of the file system and parts \
             of the disk that were given back may still have it; so may other pieces that quote it."
                .into(),
        );
        Ok(Removed { left, ..removed })
    }

    /// Goes through what a removal that was cut off, or could not reach everything, left. Only for who holds the desk.
    pub fn finish_removing(&mut self, second: Option<&Path>) -> Result<Removed> {
        let mut removed = Removed::default();
        let owed = self.setting(OWED)?.unwrap_or_default();
        let is_nothing = owed.is_empty() && self.setting(ELSEWHERE)?.unwrap_or_default().is_empty();
        if is_nothing || self.read_only_because().is_some() {
            return Ok(removed);
        }
        self.finish_elsewhere(&mut removed)?;
        let rows: Vec<Row> = owed.lines().filter_map(Row::read).collect();
        if rows.is_empty() || !self.path.is_file() {
            return Ok(removed);
        }
        if let Some(second) = second.filter(|second| !second.is_dir()) {
            self.note_elsewhere(&owed, second)?;
        }
        locking::sweep(&self.path);
        let mut n_missed = 0;
        for copy in self.copies(second, &mut removed.left) {
            match clean(&copy, self.key.as_ref(), &rows) {
                Ok(is_changed) => removed.n_copies += usize::from(is_changed),
                Err(error) => {
                    n_missed += usize::from(error.code == Code::Busy);
                    let copy = copy.display();
                    removed.left.push(format!("{copy} may still have it: {error} Remove it if it is not needed."));
                }
            }
        }
        match self.lock_by(self.key.clone()) {
            Ok(()) if n_missed == 0 => self.set_setting(OWED, "")?,
            Ok(()) => (),
            Err(error) => removed.left.push(format!(
                "The desk was not written anew yet, so its file may still have words of it: {error} It is tried again \
                 when the desk is next opened."
            )),
        }
        Ok(removed)
    }

    fn note_elsewhere(&mut self, owed: &str, second: &Path) -> Result<()> {
        let mut noted = self.setting(ELSEWHERE)?.unwrap_or_default();
        for line in owed.lines().map(|line| format!("{line} {}\n", second.display())) {
            if !noted.contains(&line) {
                noted += &line;
            }
        }
        self.set_setting(ELSEWHERE, &noted)
    }

    /// Goes through second places that were not there when something was removed, and are now. One that is there without
    /// a backup of this desk may be the empty folder where a disk goes.
    fn finish_elsewhere(&mut self, removed: &mut Removed) -> Result<()> {
        let noted = self.setting(ELSEWHERE)?.unwrap_or_default();
        let mut still = String::new();
        for place in places(&noted) {
            let here = |line: &&str| place_of(line) == Some(place);
            let rows: Vec<Row> = noted.lines().filter(here).filter_map(Row::read).collect();
            let copies = files_in(&Path::new(place).join(backups::name_elsewhere(&self.path)));
            let cleaned: Vec<Result<bool>> = copies.iter().map(|copy| clean(copy, self.key.as_ref(), &rows)).collect();
            removed.n_copies += cleaned.iter().filter(|result| matches!(result, Ok(true))).count();
            if copies.is_empty() || cleaned.iter().any(Result::is_err) {
                still.extend(noted.lines().filter(here).flat_map(|line| [line, "\n"]));
            }
        }
        if still == noted { Ok(()) } else { self.set_setting(ELSEWHERE, &still) }
    }

    /// Second places whose backups may still have what was removed for good, a sentence each.
    pub fn unreached(&self) -> Result<Vec<String>> {
        let noted = self.setting(ELSEWHERE)?.unwrap_or_default();
        let tell = |place: &str| {
            format!(
                "Backups in {place} may still have what was removed for good: they could not be gone through. Connect it \
                 and open the desk again, or remove them by hand."
            )
        };
        Ok(places(&noted).into_iter().map(tell).collect())
    }

    fn row_of(&self, doomed: Doomed) -> Result<Row> {
        let (table, id, created_at) = match doomed {
            Doomed::Draft(id) => ("drafts", id.0, self.created_at("drafts", id.0)?),
            Doomed::Note(id) => ("notes", id.0, self.created_at("notes", id.0)?),
        };
        Ok(Row { table: table.into(), id, created_at })
    }

    fn created_at(&self, table: &str, id: i64) -> Result<String> {
        let sql = format!("SELECT created_at FROM {table} WHERE id = ?1");
        let found = self.connection.query_row(&sql, [id], |row| row.get(0)).optional()?;
        found.ok_or_else(|| Error::new(Code::NotFound, "That is not on this desk any more. Nothing was changed."))
    }

    /// What rests on a note that goes no longer holds.
    fn clear_judgements_on(&mut self, id: NoteId, now: DateTime<Utc>) -> Result<()> {
        let sql = "SELECT judgement_id FROM judgement_notes WHERE note_id = ?1";
        let ids: Vec<i64> =
            self.connection.prepare(sql)?.query_map([id.0], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        ids.into_iter().try_for_each(|id| self.clear_judgement(super::JudgementId(id), now).map(|_| ()))
    }

    /// The copies of this desk, beside it and in `second`, that whoever has them can read without a passphrase.
    pub fn open_copies(&self, second: Option<&Path>) -> Vec<PathBuf> {
        let is_open = |copy: &PathBuf| matches!(connect::read_start(copy), Ok(connect::Start::Plain));
        self.copies(second, &mut Vec::new()).into_iter().filter(is_open).collect()
    }

    /// Every file that may have what the desk had: backups, desks that were set aside or salvaged, copies from before an
    /// upgrade.
    fn copies(&self, second: Option<&Path>, left: &mut Vec<String>) -> Vec<PathBuf> {
        let mut copies = files_in(&folder_of(&self.path));
        if let Some(second) = second {
            if !second.is_dir() {
                let second = second.display();
                left.push(format!(
                    "The second place for backups, {second}, is not there: backups in it still have it. They are gone \
                     through when it is there and the desk is opened, and until then it is told."
                ));
            }
            copies.extend(files_in(&second.join(backups::name_elsewhere(&self.path))));
        }
        let name = self.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_aside = |path: &PathBuf| {
            let found = path.file_name().unwrap_or_default().to_string_lossy();
            let rest = found.strip_prefix(&name).unwrap_or_default();
            let is_called = |what: &str| rest.strip_prefix('.').and_then(|rest| rest.strip_prefix(what));
            [SET_ASIDE, SALVAGED, OUTGROWN].iter().any(|what| is_called(what).is_some_and(|rest| rest.starts_with('-')))
        };
        copies.extend(files_in(self.path.parent().unwrap_or(Path::new("."))).into_iter().filter(is_aside));
        copies
    }
}

impl Row {
    fn read(line: &str) -> Option<Row> {
        let mut words = line.split(' ');
        let (table, id, created_at) = (words.next()?, words.next()?.parse().ok()?, words.next()?);
        ["drafts", "notes"].contains(&table).then(|| Row { table: table.into(), id, created_at: created_at.into() })
    }

    fn is_in(&self, connection: &Connection) -> Result<bool> {
        let sql = format!("SELECT 1 FROM {} WHERE id = ?1 AND created_at = ?2", self.table);
        Ok(connection.prepare(&sql)?.exists(params![self.id, self.created_at])?)
    }
}

fn place_of(line: &str) -> Option<&str> {
    line.splitn(4, ' ').nth(3)
}

fn places(noted: &str) -> BTreeSet<&str> {
    noted.lines().filter_map(place_of).collect()
}

/// The files of a folder that may be desks, by name.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_beside = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        ["-wal", "-shm", "-journal", ".lock", ".part"].iter().any(|ending| name.ends_with(ending))
    };
    let mut files: Vec<PathBuf> = entries.filter(|path| path.is_file() && !is_beside(path)).collect();
    files.sort();
    files
}

/// Writes a copy anew without these rows; says whether it had any. A copy from before an upgrade that has one goes whole:
/// only the Stet that wrote it could write it anew.
fn clean(copy: &Path, key: Option<&Key>, rows: &[Row]) -> Result<bool> {
    let key = match connect::read_start(copy)? {
        connect::Start::Locked(head) => Some(key.filter(|key| key.is_under(&head)).ok_or_else(|| {
            Error::new(Code::Locked, "it has another passphrase than the desk, so it was not gone through.")
        })?),
        connect::Start::Nothing | connect::Start::Plain => None,
    };
    let from = connect::connect_to_read(copy, key)?;
    let mut is_in = false;
    for row in rows {
        is_in |= row.is_in(&from)?;
    }
    if !is_in {
        return Ok(false);
    }
    if copy.file_name().unwrap_or_default().to_string_lossy().contains(&format!(".{OUTGROWN}-")) {
        drop(from);
        locking::wipe_away(copy);
        return Ok(true);
    }
    let part = part_path(copy)?;
    let made = write_without(&from, &part, key, rows);
    drop(from);
    let placed = made.and_then(|()| {
        // The log of one file must never be read into another.
        for ending in ["-wal", "-shm", "-journal"] {
            locking::wipe_away(&connect::beside(copy, ending));
        }
        folder::sync(copy);
        locking::put_in_place(&part, copy, key.is_none()).map(|_| ())
    });
    if placed.is_err() {
        locking::wipe_away(&part);
    }
    placed.map(|()| true)
}

fn write_without(from: &Connection, part: &Path, key: Option<&Key>, rows: &[Row]) -> Result<()> {
    let mut connection = copy_into(from, part, key)?;
    connect::prepare(&connection)?;
    schema::upgrade(&mut connection)?;
    // Nothing of it counts before it is whole: what it was need not be kept in a second file.
    connection.query_row("PRAGMA journal_mode = MEMORY", [], |_| Ok(()))?;
    let mut copy = Store::over(connection, part.into(), key.cloned());
    copy.fold_all()?;
    copy.all_or_none(|copy| {
        for row in rows {
            if row.is_in(&copy.connection)? {
                take_out(&copy.connection, row)?;
            }
        }
        Ok(())
    })?;
    copy.connection.execute_batch("VACUUM")?;
    match copy.verify()?.first() {
        None => fs::File::open(part).and_then(|file| file.sync_all()).map_err(|error| from_io(error, "written", part)),
        Some(damage) => Err(Error::new(Code::Corrupt, format!("it is damaged: {}", damage.message))),
    }
}

/// Takes the rows of a piece or a note, and all that belongs to it, out of every table. Inside a transaction only.
/// Returns how many past states went with it.
fn take_out(connection: &Connection, row: &Row) -> Result<usize> {
    let sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name GLOB '*_stay' ORDER BY rowid";
    let read = |row: &rusqlite::Row| Ok((row.get(0)?, row.get(1)?));
    let stays: Vec<(String, String)> =
        connection.prepare(sql)?.query_map([], read)?.collect::<rusqlite::Result<_>>()?;
    for (name, _) in &stays {
        connection.execute_batch(&format!("DROP TRIGGER {name}"))?;
    }
    let (past, steps): (&str, &[&str]) =
        if row.table == "drafts" { (PAST_OF_DRAFT, &OF_DRAFT) } else { (PAST_OF_NOTE, &OF_NOTE) };
    let n_past: u32 = connection.query_row(past, [row.id], |found| found.get(0))?;
    for step in steps {
        connection.execute(step, [row.id])?;
    }
    for (_, sql) in &stays {
        connection.execute_batch(sql)?;
    }
    rebuild_indexes(connection)?;
    seal::seal_noted(connection)?;
    Ok(n_past as usize)
}

const PAST_OF_DRAFT: &str = "SELECT count(*) FROM revisions WHERE draft_id = ?1";
const PAST_OF_NOTE: &str = "SELECT count(*) FROM past_notes WHERE note_id = ?1";

/// In the order in which nothing speaks of what is gone.
const OF_DRAFT: [&str; 13] = [
    "DELETE FROM typing WHERE draft_id = ?1",
    "DELETE FROM typed_ends WHERE draft_id = ?1",
    "DELETE FROM judgement_notes WHERE judgement_id IN (SELECT id FROM judgements WHERE draft_id = ?1)",
    "DELETE FROM judgements WHERE draft_id = ?1",
    "DELETE FROM exports WHERE draft_id = ?1",
    "DELETE FROM events WHERE draft_id = ?1",
    "DELETE FROM comments WHERE draft_id = ?1",
    "DELETE FROM proposals WHERE draft_id = ?1",
    "DELETE FROM originals WHERE draft_id = ?1",
    "DELETE FROM revisions WHERE draft_id = ?1",
    "DELETE FROM histories WHERE draft_id = ?1",
    "UPDATE notes SET draft_id = NULL WHERE draft_id = ?1",
    "DELETE FROM drafts WHERE id = ?1",
];

const OF_NOTE: [&str; 6] = [
    "DELETE FROM recordings WHERE note_id = ?1",
    "DELETE FROM judgement_notes WHERE note_id = ?1",
    "DELETE FROM past_notes WHERE note_id = ?1",
    "DELETE FROM cards WHERE note_id = ?1",
    "DELETE FROM note_stamps WHERE note_id = ?1",
    "DELETE FROM notes WHERE id = ?1",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_that_speaks_of_a_piece_or_a_note_is_gone_through() {
        let store = Store::open_in_memory().expect("a desk");
        for (column, steps) in [("draft_id", &OF_DRAFT[..]), ("note_id", &OF_NOTE[..])] {
            let sql = "SELECT tables.name FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
                       WHERE tables.type = 'table' AND columns.name = ?1";
            let mut statement = store.connection.prepare(sql).expect("a query");
            let tables: Vec<String> =
                statement.query_map([column], |row| row.get(0)).and_then(|rows| rows.collect()).expect("its tables");
            assert!(tables.len() > 3);
            for table in tables {
                let is_step = |step: &&str| step.split(' ').any(|word| word == table);
                assert!(steps.iter().any(is_step), "{table} keeps something of what goes");
            }
        }
    }
}
