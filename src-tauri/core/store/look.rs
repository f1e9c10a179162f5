//! A first look at a desk, taken while it is open already: an editor reads on meanwhile, and nothing is written before
//! it has ended.

use super::connect::connect_to_read;
use super::damage::{Damage, check_pages};
use super::key::Key;
use rusqlite::InterruptHandle;
use std::path::Path;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread::{self, JoinHandle};

/// A look that is being taken, or was.
pub struct Look {
    found: OnceLock<Option<Damage>>,
    thread: Mutex<Option<JoinHandle<Option<Damage>>>>,
    interrupt: InterruptHandle,
}

impl Look {
    /// Begins to read a desk, by a connection of its own; none where it gets none.
    pub fn begin(path: &Path, key: Option<&Key>) -> Option<Look> {
        let connection = connect_to_read(path, key).ok()?;
        let interrupt = connection.get_interrupt_handle();
        let path = path.to_owned();
        let thread = thread::spawn(move || check_pages(&connection, &path));
        Some(Look { found: OnceLock::new(), thread: Mutex::new(Some(thread)), interrupt })
    }

    /// What was found, once all of it was looked at.
    pub fn found(&self) -> Option<&Damage> {
        self.found.get_or_init(|| self.end()).as_ref()
    }

    fn end(&self) -> Option<Damage> {
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        thread.and_then(|thread| thread.join().ok()).flatten()
    }
}

impl Drop for Look {
    fn drop(&mut self) {
        self.interrupt.interrupt();
        self.end();
    }
}
