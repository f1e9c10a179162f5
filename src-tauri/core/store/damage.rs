//! Looking for damage, and a copy of the desk while it is whole.

use super::fault::{WAY_OUT, from_io};
use super::{Store, row};
use crate::error::{Code, Error, Result};
use rusqlite::backup::Backup;
use rusqlite::{Connection, ffi};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Something wrong in the desk file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// For an editor, a sentence.
    pub message: String,
}

/// The search indexes and the tables they follow.
const INDEXES: [(&str, &str); 2] = [("found_drafts", "the pieces"), ("found_notes", "the notes")];

impl Store {
    /// Reads the whole desk and tells what is wrong in it; nothing when it is whole. Changes nothing.
    pub fn verify(&self) -> Result<Vec<Damage>> {
        let mut damage = Vec::new();
        let mut say = |message: String| damage.push(Damage { message });
        for message in self.read_pragma("integrity_check")?.into_iter().filter(|message| message != "ok") {
            say(format!("The file itself: {message}."));
        }
        for table in self.read_pragma("foreign_key_check")? {
            say(format!("A row of {table} speaks of another row that is not there."));
        }
        for (index, what) in INDEXES {
            if let Err(error) = self.check_index(index) {
                say(format!(
                    "The search index of {what} does not fit their words ({error}). `mend_search` builds it anew."
                ));
            }
        }
        for message in self.read_everything() {
            say(message);
        }
        Ok(damage)
    }

    /// Builds the search index anew from the words themselves.
    pub fn mend_search(&mut self) -> Result<()> {
        self.all_or_none(|store| rebuild_indexes(&store.connection))
    }

    /// Copies the desk, whole and as it is at one moment, to a new file, even while others write. Returns its size.
    ///
    /// Errors: `BadInput` when there is a file already or no folder; `DiskFull`; no half file is left behind.
    pub fn backup(&self, to: &Path) -> Result<u64> {
        make_whole(to, |part| {
            let mut copy = Connection::open(part)?;
            Backup::new(&self.connection, &mut copy)?.run_to_completion(1_000, Duration::ZERO, None)?;
            // A file by itself: whoever carries it away need not know of a log.
            copy.pragma_update(None, "journal_mode", "DELETE")?;
            copy.close().map_err(|(_, error)| error)?;
            Ok(())
        })
    }

    fn read_pragma(&self, pragma: &str) -> Result<Vec<String>> {
        let mut statement = self.connection.prepare(&format!("PRAGMA {pragma}"))?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn check_index(&self, index: &str) -> Result<()> {
        if self.read_only_because.is_some() {
            return Ok(());
        }
        // Rank 1 holds it against the words it follows as well.
        let sql = format!("INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)");
        Ok(self.connection.execute_batch(&sql)?)
    }

    /// Opens every row as the window would.
    fn read_everything(&self) -> Vec<String> {
        let mut messages = Vec::new();
        let mut keep = |result: Result<()>| messages.extend(result.err().map(|error| error.message));
        for table in ["drafts", "revisions", "notes", "judgements"] {
            let ids =
                row::read_rows(&self.connection, table, &format!("SELECT id FROM {table}"), [], |cells| Ok(cells.id));
            match ids {
                Ok(ids) => ids.into_iter().for_each(|id| keep(self.read_row(table, id))),
                Err(error) => keep(Err(error)),
            }
        }
        messages
    }

    fn read_row(&self, table: &str, id: i64) -> Result<()> {
        use crate::draft::DraftId;
        use crate::note::NoteId;
        use crate::revision::RevisionId;
        match table {
            "drafts" => {
                self.open_draft(DraftId(id))?;
                self.list_events(DraftId(id))?;
                self.list_exports(DraftId(id)).map(|_| ())
            }
            "revisions" => self.open_revision(RevisionId(id)).map(|_| ()),
            "notes" => {
                self.open_note(NoteId(id))?;
                self.list_past_notes(NoteId(id)).map(|_| ())
            }
            _ => self.open_judgement(super::JudgementId(id)).map(|_| ()),
        }
    }
}

/// What a write that failed does to the desk: a broken search index is built anew, a broken file written no more.
pub fn after_failed_write(store: &mut Store, error: Error) -> Error {
    let Some(code) = damage_code(&error) else { return error };
    if code == ffi::SQLITE_CORRUPT_VTAB && store.mend_search().is_ok() {
        let message = "The search index was damaged and has been built anew. Nothing was changed; save again.";
        return Error::new(Code::Busy, message).because(error);
    }
    store.read_only_because = Some(error.message.clone());
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

/// A name in the same folder that nobody else uses at the same time.
fn part_path(to: &Path) -> Result<PathBuf> {
    let no_name = || Error::new(Code::BadInput, format!("{} names no file. {WAY_OUT}", to.display()));
    let mut name = to.file_name().ok_or_else(no_name)?.to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = to.with_file_name(name);
    File::create(&part).map_err(|error| from_io(error, "written", to))?;
    Ok(part)
}

fn settle(part: &Path, to: &Path) -> std::io::Result<u64> {
    let file = File::open(part)?;
    file.sync_all()?;
    let size_bytes = file.metadata()?.len();
    // A link is made only where nothing is, whoever was faster; some file systems have none, there a rename must do.
    match fs::hard_link(part, to) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => return Err(error),
        Err(_) => fs::rename(part, to)?,
        Ok(()) => (),
    }
    if let Some(folder) = to.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        // Not every system lets a folder be synced.
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
    Ok(size_bytes)
}
