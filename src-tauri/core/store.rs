//! The desk file: one SQLite database, one window that holds it, and nothing in it that is ever lost.
//!
//! **Who may write.** SQLite itself lets one transaction write at a time, and every method here that writes is one
//! transaction. On top of that one window holds a desk ([`Access::Window`]) by an operating-system lock on the file
//! `DESK.lock` beside it; a second window is refused with `Busy` and can ask [`Store::holder`] who was first, to bring
//! it to the front. The lock dies with its process, so a crash leaves nothing to clear away. The terminal companion
//! comes as a [`Access::Visit`]: it writes beside an open window, one transaction at a time, waiting up to five seconds
//! for its turn. That is safe because a save names the version it read: a piece that a visit changed makes the
//! window's next save a `Conflict`, never an overwrite. Tried and left: SQLite's exclusive locking mode, which keeps
//! readers out as well.
//!
//! **Who may read.** The desk, its log, its lock and its copies are its owner's alone (0600), from the first byte.
//!
//! **What is kept.** Pieces, notes, recordings, comments and proposals are never deleted, revisions, events, exports and the files
//! pieces came from never changed; triggers in the
//! file see to it, whoever writes.

mod backups;
mod card;
mod comment;
mod connect;
mod custody;
mod damage;
mod draft;
mod event;
mod fault;
mod folder;
mod history;
mod hold;
mod judgement;
mod key;
mod lock;
mod locking;
mod look;
mod note;
mod original;
mod packed;
mod proposal;
mod recording;
mod remove;
mod restore;
mod row;
mod salvage;
mod schema;
mod seal;
mod search;
mod typing;
mod whereabouts;

pub use backups::{Backer, Backup, Keeping, Made, folder_of as backups_of};
pub use comment::{Comment, CommentId, On};
pub use custody::forbid_core_dumps;
pub use damage::{Damage, Survey};
pub use draft::{DraftEdit, Routing, Saved};
pub use event::{Event, EventKind, ExportRecord};
pub use fault::damaged;
pub use hold::keep_locks;
pub use judgement::{Judgement, JudgementId, JudgementKind, JudgementNote, NewJudgement};
pub use key::Passphrase;
pub use locking::Locked;
pub use note::{KeptNote, NOT_AS_KEPT};
pub use original::Original;
pub use proposal::{Proposal, ProposalId, Proposed};
pub use recording::{Recording, RecordingId, SoundFile};
pub use remove::{Doomed, Removed};
pub use restore::{Difference, SALVAGED, SET_ASIDE, list_beside, restore_desk};
pub use salvage::{Salvaged, salvage};
pub use schema::LATEST;
pub use search::{Hit, Hits};
pub use typing::Typed;

use crate::draft::DraftId;
use crate::error::{Code, Error, Result};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};

/// How a desk file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// The window: writes, and holds the desk against a second window. Makes the file when there is none.
    Window,
    /// The terminal companion: writes a transaction at a time, beside a window if one is open. Makes the file too.
    Visit,
    /// Looks only. Never makes a file.
    Read,
}

/// An open desk file.
pub struct Store {
    connection: Connection,
    path: PathBuf,
    read_only_because: Option<String>,
    /// A window's, which could not be written when it was opened.
    is_held_back: bool,
    is_damaged: bool,
    /// A call of the disk failed in a write: what the connection has in memory may not be what the file has.
    is_worn: bool,
    /// The pieces a visit has read whole and may write to.
    looked_over: BTreeSet<DraftId>,
    /// The first look at its pages.
    look: Option<look::Look>,
    /// The piece saved last, as the next save finds it.
    live: Option<typing::Live>,
    /// Held by a window as long as it lives.
    lock: Option<lock::Lock>,
    /// None for a desk without a passphrase.
    key: Option<key::Key>,
    /// Which file it is; none where the system does not say.
    identity: Option<(u64, u64)>,
}

impl Store {
    /// Opens a desk file, making it where there is none, and brings an older one up to date.
    ///
    /// A file or folder that cannot be written is opened for reading; see [`Store::read_only_because`].
    /// Errors: `BadInput` when the folder is missing or the path is a folder; `NotFound` for `Read` with no file;
    /// `Busy` for `Window` when another window holds the desk; `Locked` for one with a passphrase; `NewerDesk` and
    /// `Corrupt` (damaged, or no desk at all), both with the file untouched.
    pub fn open(path: &Path, access: Access) -> Result<Store> {
        connect::open(path, access, None)
    }

    /// A desk that is gone when it is dropped.
    pub fn open_in_memory() -> Result<Store> {
        connect::open_in_memory()
    }

    fn over(connection: Connection, path: PathBuf, key: Option<key::Key>) -> Store {
        let identity = custody::identity(&path);
        Store {
            connection,
            path,
            read_only_because: None,
            is_held_back: false,
            is_damaged: false,
            is_worn: false,
            looked_over: BTreeSet::new(),
            look: None,
            live: None,
            lock: None,
            key,
            identity,
        }
    }

    /// Where the file lies, in full; `:memory:` for a desk without a file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether a path is the desk file, one of those beside it or a backup: nothing else may ever be written there.
    pub fn is_own_file(&self, path: &Path) -> bool {
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if path.starts_with(backups::folder_of(&self.path)) {
            return true;
        }
        let own = self.path.as_os_str().as_encoded_bytes();
        let ending = path.as_os_str().as_encoded_bytes().strip_prefix(own);
        ending.is_some_and(|ending| [&b""[..], b"-wal", b"-shm", b"-journal", b".lock"].contains(&ending))
    }

    /// Why nothing can be written, and the way out; none when all is well. Waits for the first look.
    pub fn read_only_because(&self) -> Option<&str> {
        self.read_only_because.as_deref().or_else(|| self.seen().map(|damage| damage.message.as_str()))
    }

    /// Whether a window could only read it when it was opened, and could write it now.
    pub fn may_regain(&self) -> bool {
        let is_free = || File::options().write(true).open(&self.path).is_ok() && lock::take(&self.path).is_ok();
        self.is_held_back && is_free()
    }

    /// Opens it anew for its window. Errors: those of [`Store::open`].
    pub fn regain(self) -> Result<Store> {
        let (path, key) = (self.path.clone(), self.key.clone());
        // SQLite lends its files to a second connection as the first has them: to be read.
        drop(self);
        connect::open_by(path, Access::Window, key, None)
    }

    /// Whether something in it was found damaged since it was opened: nothing is written then. Waits for the first look.
    pub fn is_damaged(&self) -> bool {
        self.is_damaged || self.seen().is_some()
    }

    /// What the window that holds a desk said of itself (see [`Store::announce`]); none when no window holds it.
    pub fn holder(path: &Path) -> Option<String> {
        lock::holder(path)
    }

    /// Leaves a line for others who find the desk held: the process and where it can be reached. Only for `Window`.
    pub fn announce(&self, line: &str) -> Result<()> {
        self.lock.as_ref().map_or(Ok(()), |lock| lock.announce(line))
    }

    /// A setting by its name (`editor`, `window`, …), if it was ever set.
    pub fn setting(&self, name: &str) -> Result<Option<String>> {
        let value = self.connection.query_row("SELECT value FROM settings WHERE name = ?1", [name], |row| row.get(0));
        Ok(value.optional()?)
    }

    /// Keeps a setting.
    pub fn set_setting(&mut self, name: &str, value: &str) -> Result<()> {
        self.all_or_none(|store| {
            // All settings have one seal: a harmed one is not sealed with another.
            seal::check(&store.connection, "settings", 0)?;
            // Not in one statement: its ON CONFLICT would hold in the triggers too, and refuse the second setting of a unit.
            let sql = "UPDATE settings SET value = ?2 WHERE name = ?1";
            if store.connection.execute(sql, params![name, value])? == 0 {
                store.connection.execute("INSERT INTO settings (name, value) VALUES (?1, ?2)", params![name, value])?;
            }
            Ok(())
        })
    }

    /// Runs several writes as one: all of them are kept, or, when `work` refuses or panics, none. May be nested.
    pub fn all_or_none<T>(&mut self, work: impl FnOnce(&mut Store) -> Result<T>) -> Result<T> {
        if let Some(because) = self.read_only_because() {
            return Err(Error::new(Code::ReadOnly, because));
        }
        let is_outermost = self.connection.is_autocommit();
        if is_outermost {
            self.check_place()?;
            self.renew()?;
        }
        let result = Unit::begin(self, is_outermost).and_then(|mut unit| {
            let value = work(unit.store)?;
            unit.keep()?;
            Ok(value)
        });
        result.map_err(|error| if is_outermost { damage::after_failed_write(self, error) } else { error })
    }

    /// Brings what was saved from the log into the desk file while nobody types. SQLite does so by itself every thousand
    /// pages, and the save that comes then waits for it; a longer log costs every save more, since the file grows for it.
    pub fn fold_log(&self) {
        // What cannot be brought over now is safe in the log.
        let _ = self.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    }
}

impl Store {
    /// Errors: `Io` where another file stands in the place of the desk, or none: who looks there would not find what is
    /// kept from now on. It goes on when the file is back.
    fn check_place(&self) -> Result<()> {
        if self.identity.is_none() || custody::identity(&self.path) == self.identity {
            return Ok(());
        }
        let message = format!(
            "The desk file is not at {} any more: it was moved, renamed or replaced while it was open. Nothing is kept \
             until it is back there; then it goes on by itself.",
            self.path.display()
        );
        Err(Error::new(Code::Io, message))
    }

    /// Goes on by a new connection where the old one met a disk that failed. SQLite's search index has been seen to count
    /// its rows anew from nought behind a read that failed, and to keep that with the next write.
    fn renew(&mut self) -> Result<()> {
        if self.is_worn && self.path.is_file() {
            self.connection = connect::connect_to_write(&self.path, self.key.as_ref())?;
            self.live = None;
        }
        self.is_worn = false;
        Ok(())
    }

    /// Why the desk had better lie elsewhere, for an editor; none where it lies well.
    pub fn doubt(&self) -> Option<String> {
        whereabouts::doubt(&self.path)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // What was typed is kept either way: this only spares the next start the reading of it.
        if !std::thread::panicking() {
            let _ = self.fold_own();
        }
    }
}

/// A transaction, or a step inside one, that is undone unless it is kept.
struct Unit<'a> {
    store: &'a mut Store,
    is_outermost: bool,
    is_kept: bool,
}

impl<'a> Unit<'a> {
    fn begin(store: &'a mut Store, is_outermost: bool) -> Result<Unit<'a>> {
        store.connection.execute_batch(if is_outermost { "BEGIN IMMEDIATE" } else { "SAVEPOINT step" })?;
        Ok(Unit { store, is_outermost, is_kept: false })
    }

    fn keep(&mut self) -> Result<()> {
        if self.is_outermost {
            seal::seal_noted(&self.store.connection)?;
        }
        self.store.connection.execute_batch(if self.is_outermost { "COMMIT" } else { "RELEASE step" })?;
        self.is_kept = true;
        Ok(())
    }
}

impl Drop for Unit<'_> {
    fn drop(&mut self) {
        if !self.is_kept {
            // It may hold what is undone now.
            self.store.live = None;
        }
        // A full disk makes SQLite roll back by itself; then there is nothing left to undo.
        if !self.is_kept && !self.store.connection.is_autocommit() {
            let undo = if self.is_outermost { "ROLLBACK" } else { "ROLLBACK TO step; RELEASE step" };
            let _ = self.store.connection.execute_batch(undo);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Copy;
    use crate::revision::Cause;
    use chrono::DateTime;

    #[test]
    fn a_save_is_on_the_disk_before_it_is_acknowledged() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("desk.stet");
        for access in [Access::Window, Access::Visit] {
            let store = Store::open(&path, access).expect("a desk");
            let ask = |pragma| store.connection.pragma_query_value(None, pragma, |row| row.get::<_, String>(0));
            let ask_number = |pragma| store.connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
            assert_eq!(ask("journal_mode").expect("read"), "wal");
            assert_eq!(ask_number("synchronous").expect("read"), 2, "FULL: a power cut takes no acknowledged save");
            assert_eq!(ask_number("foreign_keys").expect("read"), 1);
        }
    }

    #[test]
    fn a_full_disk_refuses_the_save_and_the_last_one_stands() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("desk.stet");
        let mut store = Store::open(&path, Access::Window).expect("a desk");
        let copy = |body: &str| Copy { body: body.into(), ..Copy::default() };
        let draft = store.new_draft("harbour", None, &copy("One."), Cause::Created, DateTime::UNIX_EPOCH).expect("new");
        let set_room = |store: &Store, n_pages: u32| {
            let pragma = format!("PRAGMA max_page_count = {n_pages}");
            store.connection.query_row(&pragma, [], |row| row.get::<_, u32>(0)).expect("set")
        };
        let n_pages = set_room(&store, 1);
        set_room(&store, n_pages + 3);
        let long = copy(&"The harbour sale is off. ".repeat(10_000));
        let edit = DraftEdit { id: draft.id, slug: "harbour".into(), target_words: None, copy: long };
        let error = store.save_draft(&edit, 1, DateTime::UNIX_EPOCH).expect_err("there is no room");
        assert_eq!(error.code, Code::DiskFull);
        assert_eq!(store.open_draft(draft.id).expect("read"), draft, "the last save stands");
        assert_eq!(store.read_only_because(), None, "it may be tried again");
        assert_eq!(store.verify().expect("read"), []);
        set_room(&store, 1_000_000);
        let saved = store.save_draft(&edit, 1, DateTime::UNIX_EPOCH).expect("there is room again");
        let draft = store.open_draft(draft.id).expect("read");
        assert_eq!((saved.version, draft.version, draft.copy), (2, 2, edit.copy));
    }
}
