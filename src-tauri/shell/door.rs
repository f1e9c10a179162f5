//! A door to the window: a second start of Stet on the same desk knocks, and the window comes to the front.
//!
//! On Linux it is a socket with a name and no file, which the system takes away with its process: however the window
//! ends, nothing is left behind and nothing stale can answer. Tried and left: a socket in the runtime folder, which
//! stayed there after kill −9. Elsewhere there is none; a second start then says that the desk is open.

use std::io;
use std::path::Path;
use tauri::WebviewWindow;

/// A socket of this window's own.
pub struct Door {
    #[cfg(target_os = "linux")]
    listener: std::os::unix::net::UnixListener,
    name: String,
}

impl Door {
    /// Opens a door for the window that holds a desk.
    #[cfg(target_os = "linux")]
    pub fn open(desk: &Path) -> io::Result<Door> {
        // The process alone would not do: containers may share names and each have a process 7.
        let name = format!("stet-desk-{}-{:016x}", std::process::id(), hash(desk));
        Ok(Door { listener: std::os::unix::net::UnixListener::bind_addr(&address(&name)?)?, name })
    }

    #[cfg(not(target_os = "linux"))]
    pub fn open(_desk: &Path) -> io::Result<Door> {
        Err(io::Error::from(io::ErrorKind::Unsupported))
    }

    /// Where to knock.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Brings the window to the front at each knock, as long as the window lives; who says `lock` (`stet lock`) has it
    /// locked instead.
    #[cfg(target_os = "linux")]
    pub fn answer(self, window: WebviewWindow, lock: impl Fn() + Send + 'static) {
        std::thread::spawn(move || {
            for knocked in self.listener.incoming() {
                if knocked.is_ok_and(says_lock) {
                    lock();
                    continue;
                }
                let _ = window.unminimize();
                let _ = window.show();
                let _ = window.set_focus();
            }
        });
    }

    #[cfg(not(target_os = "linux"))]
    pub fn answer(self, _window: WebviewWindow, _lock: impl Fn() + Send + 'static) {}
}

/// Who only knocks says nothing and is gone; one who neither speaks nor goes is not waited for.
#[cfg(target_os = "linux")]
fn says_lock(stream: std::os::unix::net::UnixStream) -> bool {
    use std::io::Read;
    let mut said = String::new();
    let _ = stream.set_read_timeout(Some(std::time::Duration::from_millis(200)));
    let _ = stream.take(4).read_to_string(&mut said);
    said == "lock"
}

/// Knocks at another window's door; an error when nobody is behind it.
#[cfg(target_os = "linux")]
pub fn knock(name: &str) -> io::Result<()> {
    std::os::unix::net::UnixStream::connect_addr(&address(name)?).map(|_| ())
}

#[cfg(not(target_os = "linux"))]
pub fn knock(name: &str) -> io::Result<()> {
    Err(io::Error::new(io::ErrorKind::Unsupported, name.to_owned()))
}

#[cfg(target_os = "linux")]
fn address(name: &str) -> io::Result<std::os::unix::net::SocketAddr> {
    use std::os::linux::net::SocketAddrExt;
    std::os::unix::net::SocketAddr::from_abstract_name(name)
}

/// Stands for the desk in the door's name, which has to be short: FNV-1a, 64 bits.
#[cfg(target_os = "linux")]
fn hash(desk: &Path) -> u64 {
    let bytes = desk.as_os_str().as_encoded_bytes();
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
