//! A desk with a passphrase: unlocked, locked again, given one, given another, relieved of it.
//!
//! Each of the last three writes the whole desk into a new file under its new key and puts that in the old one's place
//! in one step: a kill at any moment leaves the desk as it was or as it is to be, and a new passphrase is a new key. No
//! other program may have the desk open meanwhile; one that waited finds the old file's beginning gone and is refused,
//! so nothing is written where nobody will read it.

use super::connect::{Start, beside, connect, connect_to_write, full_path, keep_a_log, open_by, prepare, read_start};
use super::damage::part_path;
use super::fault::from_io;
use super::key::{Key, Passphrase};
use super::{Access, Store, connect, custody, folder, lock, schema};
use crate::error::{Code, Error, Result};
use rusqlite::{Connection, OptionalExtension, params};
use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Of a locked file this much is enough to make the rest unreadable: the salt of its key.
const HEAD_BYTES: u64 = 4096;

/// A locked desk, as a window holds it while nobody may see it: its path and the system's lock, no key and no word.
pub struct Locked {
    path: PathBuf,
    lock: Option<lock::Lock>,
}

impl Locked {
    /// Holds a locked desk for a window. Errors: `Busy` when another window holds it; `BadInput` when it is not locked.
    pub fn hold(path: &Path) -> Result<Locked> {
        let path = full_path(path)?;
        let Start::Locked(_) = read_start(&path)? else {
            return Err(Error::new(Code::BadInput, format!("{} has no passphrase.", path.display())));
        };
        match lock::take(&path) {
            Err(error) if error.code == Code::Busy => Err(error),
            // Where no lock can be had the desk can be read, once it is unlocked.
            taken => Ok(Locked { path, lock: taken.ok() }),
        }
    }

    /// Where the file lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// See [`Store::announce`].
    pub fn announce(&self, line: &str) -> Result<()> {
        self.lock.as_ref().map_or(Ok(()), |lock| lock.announce(line))
    }

    /// Opens the desk for its window. Errors: `WrongPassphrase`, and it is held on; what [`Store::open`] refuses.
    pub fn unlock(&mut self, passphrase: &Passphrase) -> Result<Store> {
        let Start::Locked(head) = read_start(&self.path)? else {
            return Store::open(&self.path, Access::Window);
        };
        let key = head.unlock(passphrase)?;
        let opened = open_by(self.path.clone(), Access::Window, Some(key), self.lock.take());
        if opened.is_err() {
            // It went with what could not be opened.
            self.lock = lock::take(&self.path).ok();
        }
        let mut store = opened?;
        store.raise_cost(passphrase);
        Ok(store)
    }
}

impl Store {
    /// Opens a desk that has a passphrase, or one that has none. A window makes the passphrase cost what it costs today.
    ///
    /// Errors: `WrongPassphrase`; those of [`Store::open`]. Cost: the derivation of the key takes a quarter of a second
    /// and 64 MB.
    pub fn unlock(path: &Path, access: Access, passphrase: &Passphrase) -> Result<Store> {
        let mut store = connect::open(path, access, Some(passphrase))?;
        if access == Access::Window {
            store.raise_cost(passphrase);
        }
        Ok(store)
    }

    /// What cannot be raised now is raised another time.
    fn raise_cost(&mut self, passphrase: &Passphrase) {
        if self.key.as_ref().is_some_and(Key::is_weak) && self.read_only_because().is_none() {
            let _ = Key::new(passphrase).and_then(|key| self.lock_by(Some(key)));
        }
    }

    /// Closes the desk and goes on holding it. One without a passphrase is unlocked by any.
    pub fn lock(mut self) -> Locked {
        Locked { path: self.path.clone(), lock: self.lock.take() }
    }

    /// Whether it has a passphrase.
    pub fn has_passphrase(&self) -> bool {
        self.key.is_some()
    }

    /// Whether this is its passphrase. Cost: that of [`Store::unlock`].
    pub fn is_passphrase(&self, passphrase: &Passphrase) -> bool {
        self.key.as_ref().is_some_and(|key| key.is_of(passphrase))
    }

    /// Gives the desk a passphrase, another one, or none.
    ///
    /// Errors: `BadInput` for one that is too short; `Busy` while another program has the desk open; `Corrupt` for a
    /// desk that is not whole; `DiskFull`: as much room is needed again as the desk takes. The desk is as it was then.
    pub fn set_passphrase(&mut self, passphrase: Option<&Passphrase>) -> Result<()> {
        passphrase.map_or(Ok(()), Passphrase::check_length)?;
        self.lock_by(passphrase.map(Key::new).transpose()?)
    }

    /// Writes the desk anew under another key.
    pub(super) fn lock_by(&mut self, key: Option<Key>) -> Result<()> {
        if let Some(because) = self.read_only_because() {
            return Err(Error::new(Code::ReadOnly, because));
        }
        if self.path == Path::new(":memory:") {
            return Err(Error::new(Code::BadInput, "A desk without a file needs no passphrase."));
        }
        // A window holds it already.
        let _held = if self.lock.is_none() { Some(lock::take(&self.path)?) } else { None };
        let part = part_path(&self.path)?;
        let made = export(&self.connection, &part, key.as_ref());
        let made = made.and_then(|()| clear_log(&self.path));
        let made = made.and_then(|()| put_in_place(&part, &self.path, self.key.is_none()));
        // The system gives up every lock on a file when any handle of it is closed, so this one outlives the connection.
        let _old = match made {
            Ok(old) => old,
            Err(error) => {
                wipe_away(&part);
                // It goes on as it was.
                if go_on(&self.connection).is_err() || is_attached(&self.connection) {
                    self.start_over();
                }
                return Err(error);
            }
        };
        match connect_to_write(&self.path, key.as_ref()) {
            Ok(connection) => {
                self.connection = connection;
                self.identity = custody::identity(&self.path);
                self.key = key;
                self.live = None;
                Ok(())
            }
            Err(error) => {
                self.read_only_because = Some("Close the desk and open it again: it was written anew.".into());
                Err(error)
            }
        }
    }
}

impl Store {
    /// Whether nobody else has the desk open: then it can be written anew. Errors: `Busy`.
    pub(super) fn check_alone(&mut self) -> Result<()> {
        let alone = have_alone(&self.connection);
        if go_on(&self.connection).is_err() {
            self.start_over();
        }
        alone
    }

    /// Goes on by a new connection, once the old one, which may have the file to itself, has let go of it.
    fn start_over(&mut self) {
        self.live = None;
        let opened = Connection::open_in_memory().map_err(Error::from).and_then(|nothing| {
            self.connection = nothing;
            connect_to_write(&self.path, self.key.as_ref())
        });
        match opened {
            Ok(connection) => self.connection = connection,
            Err(_) => {
                self.read_only_because =
                    Some("Close the desk and open it again: the disk failed while it was to be written anew.".into());
            }
        }
    }
}

/// Fills an empty file with the whole desk under another key, and looks whether it is whole. No other program can read or
/// write the desk from here on.
fn export(connection: &Connection, part: &Path, key: Option<&Key>) -> Result<()> {
    have_alone(connection)?;
    let path = part.to_str().ok_or_else(|| {
        Error::new(Code::BadInput, "The path of this desk has letters that are none. Move it to another folder.")
    })?;
    let words = key.map(Key::words).unwrap_or_default();
    connection.execute("ATTACH DATABASE ?1 AS anew KEY ?2", params![path, words])?;
    let filled = fill(connection);
    let detached = connection.execute_batch("DETACH DATABASE anew");
    filled?;
    detached?;
    File::open(part).and_then(|file| file.sync_all()).map_err(|error| from_io(error, "written", part))?;
    let copy = connect(part, key)?;
    prepare(&copy)?;
    match Store::over(copy, part.to_owned(), key.cloned()).verify()?.first() {
        None => Ok(()),
        Some(damage) => {
            let message = format!(
                "This desk is not whole, so it was left as it is: {} Bring it to safety with `stet salvage` first.",
                damage.message
            );
            Err(Error::new(Code::Corrupt, message))
        }
    }
}

/// Has the file to this connection alone until it is closed: with a log others could still read. Errors: `Busy`.
fn have_alone(connection: &Connection) -> Result<()> {
    let busy =
        || Error::new(Code::Busy, "Another program has this desk open. Nothing was changed; close it and try again.");
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    let alone = "PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE; COMMIT";
    connection.execute_batch(alone).map_err(|error| busy().because(error))?;
    let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    if mode == "delete" { Ok(()) } else { Err(busy()) }
}

/// Lets others at the desk again, which keeps a log again.
fn go_on(connection: &Connection) -> Result<()> {
    connection.pragma_update(None, "locking_mode", "NORMAL")?;
    keep_a_log(connection)
}

/// The new file is still there beside the desk, as far as SQLite knows: it cannot always let go of one it failed to fill.
fn is_attached(connection: &Connection) -> bool {
    let sql = "SELECT 1 FROM pragma_database_list WHERE name = 'anew'";
    connection.query_row(sql, [], |_| Ok(())).optional().map_or(true, |found| found.is_some())
}

fn fill(connection: &Connection) -> Result<()> {
    // Nothing of it counts before it is whole: no second file need be written beside it.
    connection.execute_batch("PRAGMA anew.journal_mode = OFF; PRAGMA anew.synchronous = OFF")?;
    connection.query_row("SELECT sqlcipher_export('anew')", [], |_| Ok(()))?;
    connection.pragma_update(Some("anew"), "application_id", schema::application_id(connection)?)?;
    connection.pragma_update(Some("anew"), "user_version", schema::version(connection)?)?;
    Ok(())
}

/// Takes away what SQLite could not of the log of a desk that has none any more: all of it is in the file, and it must
/// never be read into the one that comes. Errors: `Io`.
fn clear_log(path: &Path) -> Result<()> {
    let left = ["-wal", "-shm", "-journal"].map(|ending| beside(path, ending)).into_iter().filter(|log| log.exists());
    for log in left {
        wipe_away(&log);
        if log.exists() {
            let message =
                format!("{} could not be removed. Look whether the disk works, and try again.", log.display());
            return Err(Error::new(Code::Io, message));
        }
        // The name is gone from the disk before the other file has the desk's.
        folder::sync(path);
    }
    Ok(())
}

/// Puts the new file in the old one's place and makes the old one unreadable. Returns the old one.
pub fn put_in_place(part: &Path, path: &Path, is_plain: bool) -> Result<File> {
    let mut old = File::options().write(true).open(path).map_err(|error| from_io(error, "opened", path))?;
    folder::rename(part, path).map_err(|error| from_io(error, "written", path))?;
    folder::sync(path);
    // The new one counts from here on, so nothing is refused any more. The old one has no name: its place goes back to
    // the system, which need not write over it for long.
    let _ = wipe(&mut old, if is_plain { u64::MAX } else { HEAD_BYTES });
    Ok(old)
}

/// Writes nought over the first bytes of a file.
fn wipe(file: &mut File, most_bytes: u64) -> io::Result<()> {
    let mut left = file.metadata()?.len().min(most_bytes);
    file.seek(SeekFrom::Start(0))?;
    let zeros = [0; 65536];
    while left > 0 {
        let n_bytes = left.min(zeros.len() as u64);
        file.write_all(&zeros[..usize::try_from(n_bytes).expect("it is no more than there are zeros")])?;
        left -= n_bytes;
    }
    file.sync_all()
}

/// Writes nought over a file and takes it away, as far as the system lets us.
pub fn wipe_away(path: &Path) {
    let _ = File::options().write(true).open(path).and_then(|mut file| wipe(&mut file, u64::MAX));
    let _ = fs::remove_file(path);
}

/// Takes away what a kill left beside a locked desk while its passphrase was being taken off. Only for who holds the
/// lock: nobody else is at it then.
pub fn sweep(path: &Path) {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name().and_then(|name| name.to_str())) else { return };
    let is_left = |found: &str| {
        let number = found.strip_prefix(name).and_then(|rest| rest.strip_prefix('.')?.strip_suffix(".part"));
        number.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit() || b == b'-'))
    };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_str().is_some_and(is_left) {
            wipe_away(&entry.path());
        }
    }
}
