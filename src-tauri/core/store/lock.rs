//! The lock a window holds on its desk: `DESK.lock` beside the file.

use super::custody;
use super::fault::from_io;
use crate::error::{Code, Error, Result};
use std::ffi::OsString;
use std::fs::{File, TryLockError};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// A held lock. The system lets go of it when the process ends, however it ends, so the file itself means nothing
/// and stays: taking it away would let two windows each lock a file of that name.
pub struct Lock {
    file: File,
    path: PathBuf,
}

/// The lock of a desk, not taken yet. Errors: `ReadOnly` where the folder cannot be written, for then SQLite has no
/// place for its log either.
pub fn find(desk: &Path) -> Result<Lock> {
    let path = path_for(desk);
    let opened = custody::options().read(true).write(true).create(true).truncate(false).open(&path);
    let file = opened.map_err(|error| match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            let folder = desk.parent().unwrap_or(desk).display();
            let message = format!("You may not write to the folder {folder}. Copy the desk to a folder of yours.");
            Error::new(Code::ReadOnly, message).because(error)
        }
        _ => from_io(error, "opened", &path),
    })?;
    Ok(Lock { file, path })
}

/// Takes the lock. Errors: `Busy` when a window holds it; those of [`find`].
pub fn take(desk: &Path) -> Result<Lock> {
    let lock = find(desk)?;
    if is_held(&lock.file) {
        let message =
            format!("{} is open in another window. Go on there, or close it and open the desk again.", desk.display());
        return Err(Error::new(Code::Busy, message));
    }
    // A full disk has no room for the line, and must not keep anyone from the desk.
    let _ = lock.announce(&std::process::id().to_string());
    Ok(lock)
}

/// Tries a few times: who asks for the holder holds the lock for a moment as well.
fn is_held(file: &File) -> bool {
    for pause_ms in [10, 20, 40, 0] {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(pause_ms)),
            // Some network file systems know no locks; SQLite's own still keep every save whole.
            Ok(()) | Err(TryLockError::Error(_)) => return false,
        }
    }
    true
}

impl Lock {
    /// Replaces the line others read.
    pub fn announce(&self, line: &str) -> Result<()> {
        let write = |mut file: &File| {
            file.set_len(0)?;
            file.seek(SeekFrom::Start(0))?;
            file.write_all(line.lines().next().unwrap_or_default().as_bytes())
        };
        write(&self.file).map_err(|error| from_io(error, "written", &self.path))
    }
}

/// What the holder said of itself, if the desk is held.
pub fn holder(desk: &Path) -> Option<String> {
    let desk = desk.canonicalize().ok()?;
    let mut file = File::open(path_for(&desk)).ok()?;
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => (),
        _ => return None,
    }
    let mut line = String::new();
    file.read_to_string(&mut line).ok()?;
    Some(line)
}

fn path_for(desk: &Path) -> PathBuf {
    let mut name: OsString = desk.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}
