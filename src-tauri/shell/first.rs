//! One window a desk: the first one holds a lock beside the desk file; a later one asks it to come to the front.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use tauri::WebviewWindow;

/// Whether this window is the desk's first.
pub enum Claim {
    First(First),
    /// Another holds the desk and has been asked to come to the front.
    Another,
}

/// Holds the claim as long as it lives.
pub struct First {
    _lock: Option<File>,
    #[cfg(unix)]
    doorbell: Option<std::os::unix::net::UnixListener>,
}

/// Claims the desk at `desk_path` for this window.
///
/// Where no lock can be made (a read-only folder, a file system without locks) the window opens all the same: the
/// store itself still lets only one of them write at a time.
pub fn claim(desk_path: &Path) -> Claim {
    match lock(&beside(desk_path, "window")) {
        Ok(None) => {
            if ring(desk_path).is_ok() {
                return Claim::Another;
            }
            Claim::First(First::without_claim())
        }
        Ok(Some(lock)) => Claim::First(First::holding(lock, desk_path)),
        Err(_) => Claim::First(First::without_claim()),
    }
}

/// The lock, or none when another process holds it.
fn lock(path: &Path) -> io::Result<Option<File>> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// A file beside the desk file, whose name says what it is for.
fn beside(desk_path: &Path, what: &str) -> PathBuf {
    let mut name = desk_path.as_os_str().to_owned();
    name.push(format!(".{what}"));
    PathBuf::from(name)
}

#[cfg(unix)]
fn ring(desk_path: &Path) -> io::Result<()> {
    std::os::unix::net::UnixStream::connect(beside(desk_path, "door")).map(|_| ())
}

#[cfg(not(unix))]
fn ring(_desk_path: &Path) -> io::Result<()> {
    Ok(())
}

impl First {
    fn without_claim() -> First {
        First {
            _lock: None,
            #[cfg(unix)]
            doorbell: None,
        }
    }

    #[cfg(unix)]
    fn holding(lock: File, desk_path: &Path) -> First {
        let door = beside(desk_path, "door");
        // Whoever left a door here is gone, for we hold the lock.
        let _ = std::fs::remove_file(&door);
        First { _lock: Some(lock), doorbell: std::os::unix::net::UnixListener::bind(door).ok() }
    }

    #[cfg(not(unix))]
    fn holding(lock: File, _desk_path: &Path) -> First {
        First { _lock: Some(lock) }
    }

    /// Brings the window to the front each time another start of Stet asks for this desk.
    #[cfg(unix)]
    pub fn bring_to_front_when_asked(self, window: WebviewWindow) {
        std::thread::spawn(move || {
            let First { _lock, doorbell } = self;
            let Some(doorbell) = doorbell else {
                // No door to answer, yet the lock must be held as long as the window lives.
                loop {
                    std::thread::park();
                }
            };
            for _ in doorbell.incoming() {
                let _ = window.unminimize();
                let _ = window.set_focus();
            }
        });
    }

    #[cfg(not(unix))]
    pub fn bring_to_front_when_asked(self, _window: WebviewWindow) {
        std::mem::forget(self);
    }
}
