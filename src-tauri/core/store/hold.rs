//! Locks that stay until they are let go.
//!
//! SQLite locks a file for the whole program (POSIX): whoever opens and closes the same file in it, a file dialog that looks
//! into a folder, say, lets all of them go, and another program that closes the desk then takes the log away from under
//! the window: what is saved from then on is in no file. On Linux a lock can belong to one opening of a file instead (an
//! *open file description*), and other programs see it all the same. So SQLite's questions to the system are put in those
//! words: those about a desk by one opening a file, ours, whichever connection asks; those about the index of its log, of
//! which SQLite has one opening a program, by that.
//!
//! Tried and left: opening the file nowhere else, which a dialog of the system does not know of; and each connection's own
//! opening for a desk, where one that is closed last keeps what it held from the next. Elsewhere than on Linux all is as
//! SQLite has it.

/// Has every connection of this program hold its locks until it lets them go. The store asks for it before it opens one;
/// a program that opens a file by SQLite itself asks first, for what was locked in the old way is not let go in the new.
#[cfg(target_os = "linux")]
pub fn keep_locks() {
    linux::keep_locks();
}

#[cfg(not(target_os = "linux"))]
pub fn keep_locks() {}

#[cfg(target_os = "linux")]
mod linux {
    use libc::{c_int, flock};
    use rusqlite::ffi;
    use std::collections::BTreeMap;
    use std::fs::File;
    use std::io;
    use std::os::fd::{AsFd, AsRawFd, BorrowedFd};
    use std::os::unix::fs::MetadataExt;
    use std::sync::{Mutex, Once, PoisonError};

    /// From here on lie the bytes of a desk by which it is locked; those of the index of its log lie before.
    const FIRST_BYTE: i64 = 0x4000_0000;

    /// Which file, as the system counts them, and our opening of it while anything of it is locked.
    static HOLDERS: Mutex<BTreeMap<(u64, u64), File>> = Mutex::new(BTreeMap::new());

    type Ask = unsafe extern "C" fn(c_int, c_int, *mut flock) -> c_int;

    pub fn keep_locks() {
        static KEPT: Once = Once::new();
        KEPT.call_once(|| {
            // SAFETY: SQLite's own table of the system's files lives as long as the program. It calls what it is given for
            // `fcntl` as it would call that: a file, a command, and one argument that is a number, a pointer or absent. On
            // Linux such a call hands all three over as to a function that takes three.
            unsafe {
                let vfs = ffi::sqlite3_vfs_find(c"unix".as_ptr());
                if let Some(set) = vfs.as_ref().and_then(|vfs| vfs.xSetSystemCall) {
                    set(vfs, c"fcntl".as_ptr(), Some(std::mem::transmute::<Ask, unsafe extern "C" fn()>(ask)));
                }
            }
        });
    }

    /// `fcntl`, with a lock of the program made one of an opened file.
    unsafe extern "C" fn ask(file: c_int, command: c_int, argument: *mut flock) -> c_int {
        let lasting = match command {
            libc::F_GETLK => libc::F_OFD_GETLK,
            libc::F_SETLK => libc::F_OFD_SETLK,
            libc::F_SETLKW => libc::F_OFD_SETLKW,
            // SAFETY: the caller’s own call.
            other => return unsafe { libc::fcntl(file, other, argument) },
        };
        // SAFETY: with these commands the argument is a lock, the caller’s for as long as this takes, and the file is open.
        let (lock, file) = unsafe { (&mut *argument, BorrowedFd::borrow_raw(file)) };
        // The system asks that no program is named.
        lock.l_pid = 0;
        let is_of_index = lock.l_len != 0 && lock.l_start < FIRST_BYTE;
        let done = if is_of_index { put(file, lasting, lock) } else { put_by_holder(file, lasting, lock) };
        match done {
            Ok(()) => 0,
            Err(error) => {
                // SAFETY: the number is this thread’s own; SQLite reads it when it is told -1.
                unsafe { *libc::__errno_location() = error.raw_os_error().unwrap_or(libc::EIO) };
                -1
            }
        }
    }

    fn put(file: BorrowedFd<'_>, command: c_int, lock: &mut flock) -> io::Result<()> {
        // SAFETY: the command takes a lock.
        match unsafe { libc::fcntl(file.as_raw_fd(), command, std::ptr::from_mut(lock)) } {
            -1 => Err(io::Error::last_os_error()),
            _ => Ok(()),
        }
    }

    fn put_by_holder(file: BorrowedFd<'_>, command: c_int, lock: &mut flock) -> io::Result<()> {
        let asked = File::from(file.try_clone_to_owned()?);
        let about = asked.metadata()?;
        let which = (about.dev(), about.ino());
        let mut holders = HOLDERS.lock().unwrap_or_else(PoisonError::into_inner);
        // Nothing of the file is wanted any more, by any connection.
        if i32::from(lock.l_type) == libc::F_UNLCK && lock.l_len == 0 {
            holders.remove(&which);
            return Ok(());
        }
        let holder = holders.entry(which).or_insert_with(|| {
            let path = format!("/proc/self/fd/{}", asked.as_raw_fd());
            // The first to ask may only read, a later one write.
            File::options().read(true).write(true).open(&path).or_else(|_| File::open(&path)).unwrap_or(asked)
        });
        put(holder.as_fd(), command, lock)
    }
}
