//! Opening: look first without touching, then connect as far as file and folder allow.

use super::damage::{copy_whole, make_whole};
use super::fault::{WAY_OUT, from_io};
use super::{Access, Store, lock, schema};
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

/// See [`Store::open`].
pub fn open(path: &Path, access: Access) -> Result<Store> {
    let path = full_path(path)?;
    let is_new = !look(&path)?;
    if is_new && access == Access::Read {
        let message = format!("There is no desk file at {}. Look at the path.", path.display());
        return Err(Error::new(Code::NotFound, message));
    }
    if access == Access::Read {
        return open_to_read(path, "This desk was opened for reading only.".into());
    }
    match open_to_write(&path, access) {
        Err(error) if !is_new && matches!(error.code, Code::ReadOnly | Code::Io | Code::DiskFull) => {
            let because = format!("{} Until then it is open for reading.", error.message);
            // Where even reading fails, the first refusal says more.
            open_to_read(path, because).map_err(|_| error)
        }
        result => result,
    }
}

/// See [`Store::open_in_memory`].
pub fn open_in_memory() -> Result<Store> {
    let mut connection = Connection::open_in_memory()?;
    prepare(&connection)?;
    schema::upgrade(&mut connection)?;
    Ok(Store { connection, path: PathBuf::from(":memory:"), read_only_because: None, live: None, lock: None })
}

/// The path without links and dots, so that two ways to one desk are one desk.
fn full_path(path: &Path) -> Result<PathBuf> {
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
fn look(path: &Path) -> Result<bool> {
    if !starts_as_sqlite(path)? {
        return Ok(false);
    }
    let connection = connect_to_look(path)?;
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

fn starts_as_sqlite(path: &Path) -> Result<bool> {
    let mut file = match fs::File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        opened => opened.map_err(|error| from_io(error, "read", path))?,
    };
    let mut head = Vec::new();
    file.by_ref().take(16).read_to_end(&mut head).map_err(|error| from_io(error, "read", path))?;
    match head.as_slice() {
        [] => Ok(false),
        head if head == MAGIC => Ok(true),
        _ => Err(foreign(path)),
    }
}

fn foreign(path: &Path) -> Error {
    Error::new(Code::Corrupt, format!("{} is no desk file of Stet, or a damaged one. {WAY_OUT}", path.display()))
}

fn open_to_write(path: &Path, access: Access) -> Result<Store> {
    let lock = match access {
        Access::Window => Some(lock::take(path)?),
        _ => lock::find(path).map(|_| None)?,
    };
    if !path.exists() {
        make(path)?;
    }
    // Those that an older Stet left open to others.
    for ending in ["", "-wal", "-shm", ".lock"] {
        super::custody::close_to_others(&beside(path, ending));
    }
    let mut connection = Connection::open_with_flags(path, OpenFlags::default() & !OpenFlags::SQLITE_OPEN_URI)?;
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
            keep_as_it_was(&connection, path, version)?;
        }
        schema::upgrade(&mut connection)?;
    }
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    Ok(Store { connection, path: path.to_owned(), read_only_because: None, live: None, lock })
}

/// Copies a desk that is about to be brought up to date to a file beside it, *desk.stet.version-2*, which the Stet that
/// wrote it can open.
fn keep_as_it_was(connection: &Connection, path: &Path, version: i64) -> Result<()> {
    let name = |n: u32| {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".version-{version}"));
        name.push(if n > 1 { format!("-{n}") } else { String::new() });
        PathBuf::from(name)
    };
    // One that is there may be of another desk that had this name, or of an upgrade that was cut off.
    let free = (1..).map(name).find(|name| fs::symlink_metadata(name).is_err());
    copy_whole(connection, &free.expect("some number is free")).map(|_| ())
}

/// Makes a new desk under another name first: several that come at once all find a whole one, whoever was fastest.
fn make(path: &Path) -> Result<()> {
    let made = make_whole(path, |part| {
        let mut connection = Connection::open(part)?;
        prepare(&connection)?;
        schema::upgrade(&mut connection)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.close().map_err(|(_, error)| error)?;
        Ok(())
    });
    made.map(|_| ()).or_else(|error| if path.exists() { Ok(()) } else { Err(error) })
}

fn open_to_read(path: PathBuf, because: String) -> Result<Store> {
    let connection = connect_to_read(&path)?;
    if schema::version(&connection)? < schema::LATEST {
        let message = format!(
            "{} was written by an older Stet and must be brought up to date before it can be read. \
             Copy it to a folder you may write to and open it there.",
            path.display()
        );
        return Err(Error::new(Code::ReadOnly, message));
    }
    Ok(Store { connection, path, read_only_because: Some(because), live: None, lock: None })
}

/// A connection that sees what others write meanwhile, and writes nothing into the desk file itself.
///
/// In a folder that cannot be written SQLite has no place for the log it shares with writers; where there is no log
/// nobody has the desk open, and the file is read as one that does not change.
fn connect_to_read(path: &Path) -> Result<Connection> {
    let is_logged = is_logged(path);
    connect_by_uri(path, "mode=ro")
        .or_else(|error| if is_logged { Err(error) } else { connect_by_uri(path, "immutable=1") })
}

/// A connection for one glance: nothing beside the file is made or changed either.
fn connect_to_look(path: &Path) -> Result<Connection> {
    connect_by_uri(path, if is_logged(path) { "mode=ro" } else { "immutable=1" })
}

/// Some saves wait in the log to go into the file.
fn is_logged(path: &Path) -> bool {
    fs::metadata(log_path(path)).is_ok_and(|log| log.len() > 0)
}

/// The log SQLite keeps beside a desk that is open, or was not closed.
pub fn log_path(path: &Path) -> PathBuf {
    beside(path, "-wal")
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn connect_by_uri(path: &Path, how: &str) -> Result<Connection> {
    let mut uri = String::from("file:");
    for &byte in path.as_os_str().as_encoded_bytes() {
        let is_plain = byte.is_ascii_alphanumeric() || b"/._-~".contains(&byte);
        if is_plain { uri.push(byte as char) } else { uri += &format!("%{byte:02X}") }
    }
    uri = format!("{uri}?{how}");
    let connection = Connection::open_with_flags(uri, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI)?;
    prepare(&connection)?;
    // The first read says whether it can be read at all.
    schema::version(&connection)?;
    Ok(connection)
}

pub fn prepare(connection: &Connection) -> Result<()> {
    connection.busy_timeout(Duration::from_millis(BUSY_MS))?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}
