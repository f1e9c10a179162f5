//! The lock a window holds on its desk: `DESK.lock` beside the file.

use super::fault::from_io;
use crate::error::{Code, Error, Result};
use std::ffi::OsString;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// A held lock. The system lets go of it when the process ends, however it ends, so the file itself means nothing
/// and stays: taking it away would let two windows each lock a file of that name.
pub struct Lock {
    file: File,
    path: PathBuf,
}

/// Takes the lock. Errors: `Busy` with what the holder said of itself.
pub fn take(desk: &Path) -> Result<Lock> {
    let path = path_for(desk);
    let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
    let file = opened.map_err(|error| from_io(error, "opened", &path))?;
    match file.try_lock() {
        Ok(()) => (),
        Err(TryLockError::WouldBlock) => {
            let message = format!(
                "{} is open in another window. Go on there, or close it and open the desk again.",
                desk.display()
            );
            return Err(Error::new(Code::Busy, message));
        }
        // Some network file systems know no locks; SQLite's own still keep every save whole.
        Err(TryLockError::Error(_)) => (),
    }
    let lock = Lock { file, path };
    lock.announce(&std::process::id().to_string())?;
    Ok(lock)
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
