//! Opening: look first without touching, then connect as far as file and folder allow.

use super::damage::{copy_whole, make_whole};
use super::fault::{WAY_OUT, from_io};
use super::key::{Head, Key, Passphrase};
use super::{Access, Store, custody, hold, lock, locking, schema};
use crate::error::{Code, Error, Result};
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a write waits for another program's.
const BUSY_MS: u64 = 5_000;

/// How every SQLite file begins.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// See [`Store::open`] and [`Store::unlock`].
pub fn open(path: &Path, access: Access, passphrase: Option<&Passphrase>) -> Result<Store> {
    let path = full_path(path)?;
    let key = key_of(&path, passphrase)?;
    open_by(path, access, key, None)
}

/// The key of a file; none for one that has no passphrase. Errors: `Locked`, `WrongPassphrase`.
pub fn key_of(path: &Path, passphrase: Option<&Passphrase>) -> Result<Option<Key>> {
    match (read_start(path)?, passphrase) {
        (Start::Locked(head), Some(passphrase)) => head.unlock(passphrase).map(Some),
        (Start::Locked(_), None) => {
            let message = format!("{} is locked. Unlock it with its passphrase.", path.display());
            Err(Error::new(Code::Locked, message))
        }
        (Start::Nothing | Start::Plain, _) => Ok(None),
    }
}

/// Opens a desk by its key, none for one that has no passphrase. `lock` is the window's, where it holds the desk already.
pub fn open_by(path: PathBuf, access: Access, key: Option<Key>, lock: Option<lock::Lock>) -> Result<Store> {
    let is_new = !look(&path, key.as_ref())?;
    if is_new && access == Access::Read {
        let message = format!("There is no desk file at {}. Look at the path.", path.display());
        return Err(Error::new(Code::NotFound, message));
    }
    if access == Access::Read {
        return open_to_read(path, key, "This desk was opened for reading only.".into());
    }
    match open_to_write(&path, access, key.clone(), lock) {
        Err(error) if !is_new && matches!(error.code, Code::ReadOnly | Code::Io | Code::DiskFull) => {
            let because = if access == Access::Window {
                format!(
                    "{} Until then it is open for reading; once it can be written it goes on by itself.",
                    error.message
                )
            } else {
                format!("{} Until then it is open for reading.", error.message)
            };
            // Where even reading fails, the first refusal says more.
            let mut store = open_to_read(path, key, because).map_err(|_| error)?;
            store.is_held_back = access == Access::Window;
            Ok(store)
        }
        result => result,
    }
}

/// See [`Store::open_in_memory`].
pub fn open_in_memory() -> Result<Store> {
    let mut connection = Connection::open_in_memory()?;
    prepare(&connection)?;
    schema::upgrade(&mut connection)?;
    Ok(Store::over(connection, ":memory:".into(), None))
}

/// The path without links and dots, so that two ways to one desk are one desk.
pub fn full_path(path: &Path) -> Result<PathBuf> {
    if path.is_dir() {
        let message = format!("{} is a folder. Name a file in it.", path.display());
        return Err(Error::new(Code::BadInput, message));
    }
    if let Ok(full) = path.canonicalize() {
        return Ok(full);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().ok_or_else(|| Error::new(Code::BadInput, "The path of the desk names no file."))?;
    match folder.canonicalize() {
        Ok(full) => Ok(full.join(name)),
        Err(error) => {
            let message = format!("There is no folder {}. Make it, or choose another for the desk.", folder.display());
            Err(Error::new(Code::BadInput, message).because(error))
        }
    }
}

/// Whether there is a desk already, found out without touching it; a file that is empty is none yet.
fn look(path: &Path, key: Option<&Key>) -> Result<bool> {
    if matches!(read_start(path)?, Start::Nothing) {
        return Ok(false);
    }
    let connection = connect_to_look(path, key)?;
    if schema::application_id(&connection)? != schema::APPLICATION_ID {
        return Err(foreign(path));
    }
    if schema::is_newer(&connection)? {
        let message =
            format!("{} was written by a newer Stet. It was left as it is; open it with that one.", path.display());
        return Err(Error::new(Code::NewerDesk, message));
    }
    Ok(true)
}

/// What the first bytes of a file say it is.
pub enum Start {
    /// No file, or an empty one.
    Nothing,
    /// SQLite's own.
    Plain,
    /// A desk with a passphrase.
    Locked(Head),
}

/// Errors: `Corrupt` for a file that is none of these.
pub fn read_start(path: &Path) -> Result<Start> {
    let mut file = match fs::File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Start::Nothing),
        opened => opened.map_err(|error| from_io(error, "read", path))?,
    };
    let mut head = Vec::new();
    file.by_ref().take(16).read_to_end(&mut head).map_err(|error| from_io(error, "read", path))?;
    match head.as_slice() {
        [] => Ok(Start::Nothing),
        head if head == MAGIC => Ok(Start::Plain),
        head => Head::read(head).map(Start::Locked).ok_or_else(|| foreign(path)),
    }
}

fn foreign(path: &Path) -> Error {
    Error::new(Code::Corrupt, format!("{} is no desk file of Stet, or a damaged one. {WAY_OUT}", path.display()))
}

fn open_to_write(path: &Path, access: Access, key: Option<Key>, lock: Option<lock::Lock>) -> Result<Store> {
    let lock = match (lock, access) {
        (Some(lock), _) => Some(lock),
        (None, Access::Window) => Some(lock::take(path)?),
        (None, _) => lock::find(path).map(|_| None)?,
    };
    if lock.is_some() && key.is_some() {
        locking::sweep(path);
    }
    if !path.exists() {
        make(path)?;
    }
    // Those that an older Stet left open to others.
    for ending in ["", ".lock"] {
        custody::close_to_others(&beside(path, ending));
    }
    // Made while the desk could only be read, they can only be read themselves.
    for ending in ["-wal", "-shm"] {
        custody::give_rights_of(path, &beside(path, ending));
    }
    let mut connection = connect(path, key.as_ref())?;
    if connection.is_readonly("main")? {
        let message = format!("You may not write to {}. Copy it to a folder of yours.", path.display());
        return Err(Error::new(Code::ReadOnly, message));
    }
    prepare(&connection)?;
    // An older desk is brought up to date by whoever has it alone.
    if (1..schema::LATEST).contains(&schema::version(&connection)?) && lock.is_none() {
        drop(lock::take(path)?);
    }
    let version = schema::version(&connection)?;
    if version < schema::LATEST {
        if version > 0 {
            keep_as_it_was(&connection, path, version, key.as_ref())?;
        }
        schema::upgrade(&mut connection)?;
    }
    keep_a_log(&connection)?;
    let mut store = Store::over(connection, path.to_owned(), key);
    store.lock = lock;
    Ok(store)
}

/// A save goes into a log first, and is acknowledged when the disk has it.
pub fn keep_a_log(connection: &Connection) -> Result<()> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    Ok(())
}

/// A connection that saves, to a desk that is there.
pub fn connect_to_write(path: &Path, key: Option<&Key>) -> Result<Connection> {
    let connection = connect(path, key)?;
    prepare(&connection)?;
    keep_a_log(&connection)?;
    Ok(connection)
}

/// A connection to a file, made where there is none, encrypted where there is a key. Every one that writes is made here.
pub fn connect(path: &Path, key: Option<&Key>) -> Result<Connection> {
    hold::keep_locks();
    let connection = Connection::open_with_flags(path, OpenFlags::default() & !OpenFlags::SQLITE_OPEN_URI)?;
    key.map_or(Ok(()), |key| key.apply(&connection))?;
    Ok(connection)
}

/// What a desk as it was before an upgrade is called.
pub const OUTGROWN: &str = "version";

/// Copies a desk that is about to be brought up to date to a file beside it, *desk.stet.version-2*, which the Stet that
/// wrote it can open.
fn keep_as_it_was(connection: &Connection, path: &Path, version: i64, key: Option<&Key>) -> Result<()> {
    // One that is there may be of another desk that had this name, or of an upgrade that was cut off.
    copy_whole(connection, &free_beside(path, &format!(".{OUTGROWN}-{version}")), key).map(|_| ())
}

/// Makes a new desk under another name first: several that come at once all find a whole one, whoever was fastest.
fn make(path: &Path) -> Result<()> {
    let made = make_whole(path, |part| {
        let mut connection = connect(part, None)?;
        prepare(&connection)?;
        schema::upgrade(&mut connection)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.close().map_err(|(_, error)| error)?;
        Ok(())
    });
    made.map(|_| ()).or_else(|error| if path.exists() { Ok(()) } else { Err(error) })
}

fn open_to_read(path: PathBuf, key: Option<Key>, because: String) -> Result<Store> {
    let connection = connect_to_read(&path, key.as_ref())?;
    if schema::version(&connection)? < schema::LATEST {
        let message = format!(
            "{} was written by an older Stet and must be brought up to date before it can be read. \
             Copy it to a folder you may write to and open it there.",
            path.display()
        );
        return Err(Error::new(Code::ReadOnly, message));
    }
    let mut store = Store::over(connection, path, key);
    store.read_only_because = Some(because);
    Ok(store)
}

/// A connection that sees what others write meanwhile, and writes nothing into the desk file itself.
///
/// In a folder that cannot be written SQLite has no place for the log it shares with writers; where there is no log
/// nobody has the desk open, and the file is read as one that does not change.
pub fn connect_to_read(path: &Path, key: Option<&Key>) -> Result<Connection> {
    let may_change = is_logged(path) || is_cut_off(path);
    connect_by_uri(path, "mode=ro", key)
        .or_else(|error| if may_change { Err(error) } else { connect_by_uri(path, "immutable=1", key) })
}

/// A connection for one glance: nothing beside the file is made or changed either, but that a write which was cut off is
/// taken back. What stands there until then is no desk of any moment.
fn connect_to_look(path: &Path, key: Option<&Key>) -> Result<Connection> {
    if is_cut_off(path) {
        let connection = connect(path, key)?;
        prepare(&connection)?;
        return Ok(connection);
    }
    connect_by_uri(path, if is_logged(path) { "mode=ro" } else { "immutable=1" }, key)
}

/// Some saves wait in the log to go into the file.
fn is_logged(path: &Path) -> bool {
    fs::metadata(log_path(path)).is_ok_and(|log| log.len() > 0)
}

/// A desk that keeps no log yet, an older one that is being brought up to date for instance, is being written, or was
/// when its program was killed: beside it lies what takes the write back.
fn is_cut_off(path: &Path) -> bool {
    fs::metadata(beside(path, "-journal")).is_ok_and(|journal| journal.len() > 0)
}

/// The log SQLite keeps beside a desk that is open, or was not closed.
pub fn log_path(path: &Path) -> PathBuf {
    beside(path, "-wal")
}

/// The file beside a desk with its name and an ending.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The same, with a number behind it where that name is taken.
pub fn free_beside(path: &Path, ending: &str) -> PathBuf {
    let name = |n: u32| beside(path, &if n > 1 { format!("{ending}-{n}") } else { ending.to_owned() });
    (1..).map(name).find(|path| fs::symlink_metadata(path).is_err()).expect("some number is free")
}

fn connect_by_uri(path: &Path, how: &str, key: Option<&Key>) -> Result<Connection> {
    let mut uri = String::from("file:");
    for &byte in path.as_os_str().as_encoded_bytes() {
        let is_plain = byte.is_ascii_alphanumeric() || b"/._-~".contains(&byte);
        if is_plain { uri.push(byte as char) } else { uri += &format!("%{byte:02X}") }
    }
    uri = format!("{uri}?{how}");
    hold::keep_locks();
    let connection = Connection::open_with_flags(uri, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI)?;
    key.map_or(Ok(()), |key| key.apply(&connection))?;
    prepare(&connection)?;
    // The first read says whether it can be read at all.
    schema::version(&connection)?;
    Ok(connection)
}

pub fn prepare(connection: &Connection) -> Result<()> {
    connection.busy_timeout(Duration::from_millis(BUSY_MS))?;
    // What does not fit into memory would stand unencrypted in a file.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}
