//! Looking for damage, and a copy of the desk while it is whole.

use super::backups::finish_copy;
use super::connect::connect;
use super::fault::{damaged, from_io};
use super::key::Key;
use super::look::Look;
use super::{Store, folder, history, row, seal};
use crate::draft::DraftId;
use crate::error::{Code, Error, Result};
use rusqlite::backup::Backup;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ffi};
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Something wrong in the desk file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// For an editor, a sentence.
    pub message: String,
}

/// How a desk stands after all of it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// What is wrong; nothing when the desk is whole.
    pub damage: Vec<Damage>,
    /// All of it is that a search index does not fit: it takes no word from anybody, and can be built anew.
    pub is_search_alone: bool,
    /// The slugs of the pieces that can be read with their history, by number.
    pub whole: Vec<String>,
    /// Those of the others, as far as they can be told.
    pub harmed: Vec<String>,
    pub n_notes_whole: usize,
    pub n_notes_harmed: usize,
}

/// The search indexes and the tables they follow.
const INDEXES: [(&str, &str); 2] = [("found_drafts", "the pieces"), ("found_notes", "the notes")];

/// Of a desk that is larger the first save would have to wait for the first look.
const MOST_LOOKED_OVER_BYTES: u64 = 128 << 20;

impl Store {
    /// Reads the whole desk and tells what is wrong in it; nothing when it is whole. Changes nothing.
    pub fn verify(&self) -> Result<Vec<Damage>> {
        let mut messages = self.check_file()?;
        messages.extend(self.check_indexes()?);
        match history::verify(&self.connection) {
            Ok(faults) => messages.extend(faults),
            result => keep_damage(&mut messages, result.map(|_| ()))?,
        }
        messages.extend(seal::verify(&self.connection));
        messages.extend(self.read_everything()?);
        Ok(messages.into_iter().map(|message| Damage { message }).collect())
    }

    /// [`Store::verify`], and which pieces and notes are whole. Cost: reads all of it, most of it twice.
    pub fn survey(&self) -> Result<Survey> {
        let mut survey = Survey { damage: self.verify()?, ..Survey::default() };
        survey.is_search_alone = !survey.damage.is_empty() && self.is_whole_once_mended();
        for id in self.list_ids("drafts") {
            let slug = self.connection.query_row("SELECT slug FROM drafts WHERE id = ?1", [id], |row| row.get(0));
            let slug = slug.unwrap_or_else(|_| format!("piece {id}"));
            let is_whole = self.read_row("drafts", id).is_ok() && self.list_revisions(DraftId(id)).is_ok();
            if is_whole { &mut survey.whole } else { &mut survey.harmed }.push(slug);
        }
        for id in self.list_ids("notes") {
            let is_whole = self.read_row("notes", id).is_ok();
            *(if is_whole { &mut survey.n_notes_whole } else { &mut survey.n_notes_harmed }) += 1;
        }
        Ok(survey)
    }

    fn is_whole_once_mended(&self) -> bool {
        let copied = || -> Result<Store> {
            let mut store = Store::over(self.copy_to_memory()?, self.path.clone(), self.key.clone());
            store.mend_search()?;
            Ok(store)
        };
        copied().and_then(|store| store.verify()).is_ok_and(|damage| damage.is_empty())
    }

    fn copy_to_memory(&self) -> Result<Connection> {
        let mut copy = Connection::open_in_memory()?;
        // Only like is copied to like.
        self.key.as_ref().map_or(Ok(()), |key| key.apply(&copy))?;
        Backup::new(&self.connection, &mut copy)?.run_to_completion(i32::MAX, Duration::ZERO, None)?;
        Ok(copy)
    }

    /// Begins a first look: whether the pages of a desk that is not very large hang together. Nothing is written before
    /// it has ended. What it does not see, [`Store::survey`] does; a search index that does not fit is no damage to
    /// words.
    pub fn begin_look(&mut self) {
        self.look = Look::begin(&self.path, self.key.as_ref());
    }

    /// Reads a piece with all that belongs to it before a visit writes to it for the first time: its seals, what was typed
    /// into it, its history. A window has the whole desk read while it is open; nobody does so for a visit.
    ///
    /// Errors: `Corrupt` where something of it is not as it was kept, and the visit writes nothing more; `NotFound`. Cost:
    /// unpacks each of its revisions, once.
    pub(super) fn look_over(&mut self, id: DraftId) -> Result<()> {
        let is_visit = self.lock.is_none() && self.identity.is_some();
        if !is_visit || self.looked_over.contains(&id) {
            return Ok(());
        }
        let looked = self.read_piece(id);
        if let Err(error) = &looked
            && error.code == Code::Corrupt
        {
            self.write_no_more(error.message.clone());
        }
        looked?;
        self.looked_over.insert(id);
        Ok(())
    }

    fn read_piece(&self, id: DraftId) -> Result<()> {
        self.open_draft(id)?;
        self.list_revisions(id)?;
        for table in ["judgements", "events", "exports", "originals", "comments", "proposals"] {
            let sql = format!("SELECT id FROM {table} WHERE draft_id = ?1");
            let mut statement = self.connection.prepare_cached(&sql)?;
            let ids = statement.query_map([id.0], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
            ids.into_iter().try_for_each(|id| seal::check(&self.connection, table, id))?;
        }
        Ok(())
    }

    /// Has nothing more written, not even what waits in the log: the file stays as it is.
    pub fn write_no_more(&mut self, because: String) {
        self.leave_log();
        self.is_damaged = true;
        self.read_only_because.get_or_insert(because);
    }

    /// Closing the desk leaves what waits in the log where it is.
    fn leave_log(&self) {
        let _ = self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
    }

    /// What the first look found, once it has ended.
    pub(super) fn seen(&self) -> Option<&Damage> {
        let damage = self.look.as_ref()?.found();
        if damage.is_some() {
            self.leave_log();
        }
        damage
    }

    /// As far as they can be read.
    fn list_ids(&self, table: &str) -> Vec<i64> {
        let read = || -> rusqlite::Result<Vec<i64>> {
            let mut statement = self.connection.prepare(&format!("SELECT id FROM {table} ORDER BY id"))?;
            let ids = statement.query_map([], |row| row.get(0))?;
            Ok(ids.map_while(rusqlite::Result::ok).collect())
        };
        read().unwrap_or_default()
    }

    /// Builds the search index anew from the words themselves.
    pub fn mend_search(&mut self) -> Result<()> {
        self.all_or_none(|store| rebuild_indexes(&store.connection))
    }

    /// Copies the desk, whole and as it is at one moment, to a new file, even while others write. The copy is opened anew
    /// and read whole before it has its name. Returns its size.
    ///
    /// Errors: `BadInput` when there is a file already or no folder; `DiskFull`; `Corrupt` when the desk, and so the copy,
    /// is damaged; no file is left behind.
    pub fn backup(&self, to: &Path) -> Result<u64> {
        make_whole(to, |part| {
            let copy = copy_into(&self.connection, part, self.key.as_ref())?;
            finish_copy(copy, &self.path, part, self.key.as_ref()).map(drop)
        })
    }

    fn check_file(&self) -> Result<Vec<String>> {
        let mut messages = Vec::new();
        match read_pragma(&self.connection, "integrity_check") {
            Ok(lines) => {
                let faults = lines.into_iter().filter(|line| line != "ok");
                messages.extend(faults.map(|fault| format!("The file itself: {fault}.")));
            }
            result => keep_damage(&mut messages, result.map(|_| ()))?,
        }
        match read_pragma(&self.connection, "foreign_key_check") {
            Ok(tables) => {
                let faults = tables.iter().map(|table| format!("A row of {table} speaks of one that is not there."));
                messages.extend(faults);
            }
            result => keep_damage(&mut messages, result.map(|_| ()))?,
        }
        Ok(messages)
    }

    /// Holds the search indexes against the words they follow. A desk that is only read is copied for it: SQLite asks
    /// the question by a write that writes nothing.
    fn check_indexes(&self) -> Result<Vec<String>> {
        let mut messages = Vec::new();
        let copy = self.read_only_because.is_some().then(|| self.copy_to_memory()).transpose()?;
        let connection = copy.as_ref().unwrap_or(&self.connection);
        for (index, what) in INDEXES {
            let sql = format!("INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)");
            let Err(error) = connection.execute_batch(&sql).map_err(Error::from) else { continue };
            if error.code != Code::Corrupt {
                return Err(error);
            }
            messages.push(format!("The search index of {what} does not fit their words; it can be built anew."));
        }
        Ok(messages)
    }

    /// Opens every row as the window would. That a seal does not fit is not told again.
    fn read_everything(&self) -> Result<Vec<String>> {
        let mut messages = Vec::new();
        for table in ["drafts", "notes", "judgements"] {
            let sql = format!("SELECT id FROM {table}");
            match row::read_rows(&self.connection, table, &sql, [], |cells| Ok(cells.id)) {
                Ok(ids) => {
                    for id in ids {
                        let read = self.read_row(table, id);
                        let is_told = read.as_ref().is_err_and(|error| self.is_of_the_seal(table, id, error));
                        if !is_told {
                            keep_damage(&mut messages, read)?;
                        }
                    }
                }
                result => keep_damage(&mut messages, result.map(|_| ()))?,
            }
        }
        Ok(messages)
    }

    fn is_of_the_seal(&self, table: &str, id: i64, error: &Error) -> bool {
        seal::check(&self.connection, table, id).is_err_and(|told| told.message == error.message)
    }

    fn read_row(&self, table: &str, id: i64) -> Result<()> {
        use crate::note::NoteId;
        match table {
            "drafts" => {
                self.open_draft(DraftId(id))?;
                self.list_events(DraftId(id))?;
                self.list_exports(DraftId(id))?;
                self.list_originals(DraftId(id))?;
                self.list_comments(DraftId(id))?;
                self.list_proposals(DraftId(id)).map(|_| ())
            }
            "notes" => {
                self.open_note(NoteId(id))?;
                self.list_past_notes(NoteId(id))?;
                self.list_recordings(NoteId(id)).map(|_| ())
            }
            _ => self.open_judgement(super::JudgementId(id)).map(|_| ()),
        }
    }
}

/// Copies a desk file to a new one, whole and as it is at one moment. Returns its size.
pub fn copy_whole(connection: &Connection, to: &Path, key: Option<&Key>) -> Result<u64> {
    make_whole(to, |part| copy_into(connection, part, key).map(drop))
}

/// Fills an empty file with a copy, locked by the same key: a file by itself, so that whoever carries it away need not
/// know of a log.
pub fn copy_into(connection: &Connection, part: &Path, key: Option<&Key>) -> Result<Connection> {
    let mut copy = connect(part, key)?;
    Backup::new(connection, &mut copy)?.run_to_completion(i32::MAX, Duration::ZERO, None)?;
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    Ok(copy)
}

/// Whether the pages of the tables hang together, as far as it can be told.
pub fn check_pages(connection: &Connection, path: &Path) -> Option<Damage> {
    if fs::metadata(path).is_ok_and(|file| file.len() > MOST_LOOKED_OVER_BYTES) {
        return None;
    }
    match is_hanging_together(connection) {
        Ok(is_whole) => (!is_whole).then(|| Damage { message: damaged() }),
        // What could not be read may be read later.
        Err(error) => (error.code == Code::Corrupt).then_some(Damage { message: error.message }),
    }
}

fn is_hanging_together(connection: &Connection) -> Result<bool> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'";
    let mut statement = connection.prepare(sql)?;
    let tables: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for table in tables {
        let lines = read_pragma(connection, &format!("quick_check('{table}')"))?;
        if let Some(code) = lines.iter().find_map(|line| unread(line)) {
            return Err(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None).into());
        }
        if lines != ["ok"] {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Of a page that the disk did not give SQLite tells as of one that is damaged: *unable to get the page. error code=266*.
fn unread(line: &str) -> Option<i32> {
    let digits = line.split_once("error code=")?.1;
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let (digits, _) = digits.split_at(end);
    digits.parse().ok().filter(|code| code & 0xff == ffi::SQLITE_IOERR)
}

fn read_pragma(connection: &Connection, pragma: &str) -> Result<Vec<String>> {
    let mut statement = connection.prepare(&format!("PRAGMA {pragma}"))?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Damage is told, any other refusal is passed on.
fn keep_damage(messages: &mut Vec<String>, result: Result<()>) -> Result<()> {
    match result {
        Err(error) if error.code == Code::Corrupt || error.code == Code::NotFound => messages.push(error.message),
        result => return result,
    }
    Ok(())
}

/// What a write that failed does to the desk: a broken search index is built anew, a broken file written no more, and
/// behind a disk that failed the next write goes by another connection.
pub fn after_failed_write(store: &mut Store, error: Error) -> Error {
    store.is_worn |= matches!(error.code, Code::Io | Code::DiskFull);
    let Some(code) = damage_code(&error) else { return error };
    if code == ffi::SQLITE_CORRUPT_VTAB && store.mend_search().is_ok() {
        let message = "The search index was damaged and has been built anew. Nothing was changed; save again.";
        return Error::new(Code::Busy, message).because(error);
    }
    store.write_no_more(error.message.clone());
    error
}

/// SQLite's own word for the damage, if it is any.
fn damage_code(error: &Error) -> Option<i32> {
    let cause = error.source.as_ref()?.downcast_ref::<rusqlite::Error>()?;
    let failure = cause.sqlite_error()?;
    (error.code == Code::Corrupt).then_some(failure.extended_code)
}

/// Builds both indexes anew. Inside a transaction only.
pub fn rebuild_indexes(connection: &Connection) -> Result<()> {
    for (index, _) in INDEXES {
        connection.execute_batch(&format!("INSERT INTO {index} ({index}) VALUES ('rebuild')"))?;
    }
    Ok(())
}

/// Makes a file under another name and gives it its own only when it is whole and on the disk. Returns its size.
pub fn make_whole(to: &Path, make: impl FnOnce(&Path) -> Result<()>) -> Result<u64> {
    if fs::symlink_metadata(to).is_ok() {
        let message =
            format!("There is already a file at {}. It was left as it is; choose another name.", to.display());
        return Err(Error::new(Code::BadInput, message));
    }
    let part = part_path(to)?;
    let made = make(&part).and_then(|()| settle(&part, to).map_err(|error| from_io(error, "written", to)));
    let _ = fs::remove_file(&part);
    made
}

/// An empty file in the same folder under a name that nobody else has.
pub fn part_path(to: &Path) -> Result<PathBuf> {
    let name = to.file_name().ok_or_else(|| Error::new(Code::BadInput, format!("{} names no file.", to.display())))?;
    let mut n = 0;
    loop {
        let mut name = name.to_owned();
        name.push(format!(".{}-{n}.part", std::process::id()));
        let part = to.with_file_name(name);
        match super::custody::create_new(&part) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists && n < 1_000 => n += 1,
            made => return made.map(|_| part).map_err(|error| from_io(error, "written", to)),
        }
    }
}

fn settle(part: &Path, to: &Path) -> std::io::Result<u64> {
    let file = File::open(part)?;
    file.sync_all()?;
    let size_bytes = file.metadata()?.len();
    // A link is made only where nothing is, whoever was faster; some file systems have none, there a rename must do.
    match fs::hard_link(part, to) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists || to.exists() => return Err(error),
        Err(_) => fs::rename(part, to)?,
        Ok(()) => (),
    }
    folder::sync(to);
    Ok(size_bytes)
}
