//! A door to the window: a second start of Stet on the same desk knocks, and the window comes to the front.

use std::io;
use std::path::{Path, PathBuf};
use tauri::WebviewWindow;

/// A socket of this window's own; gone when the window closes.
pub struct Door {
    path: PathBuf,
    #[cfg(unix)]
    listener: std::os::unix::net::UnixListener,
}

impl Door {
    /// Opens a door in the folder the system keeps for such things, readable by this user alone.
    #[cfg(unix)]
    pub fn open() -> io::Result<Door> {
        let folder = std::env::var_os("XDG_RUNTIME_DIR").map_or_else(std::env::temp_dir, PathBuf::from);
        let path = folder.join(format!("stet-desk-{}.door", std::process::id()));
        // Whoever had this number before is gone.
        let _ = std::fs::remove_file(&path);
        let listener = std::os::unix::net::UnixListener::bind(&path)?;
        Ok(Door { path, listener })
    }

    #[cfg(not(unix))]
    pub fn open() -> io::Result<Door> {
        Err(io::Error::from(io::ErrorKind::Unsupported))
    }

    /// Where to knock.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Brings the window to the front at each knock, as long as the window lives.
    #[cfg(unix)]
    pub fn answer(self, window: WebviewWindow) {
        std::thread::spawn(move || {
            for _ in self.listener.incoming() {
                let _ = window.unminimize();
                let _ = window.show();
                let _ = window.set_focus();
            }
        });
    }

    #[cfg(not(unix))]
    pub fn answer(self, _window: WebviewWindow) {}
}

impl Drop for Door {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Knocks at another window's door; an error when nobody is behind it.
pub fn knock(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    return std::os::unix::net::UnixStream::connect(path).map(|_| ());
    #[cfg(not(unix))]
    return Err(io::Error::new(io::ErrorKind::Unsupported, path.display().to_string()));
}
