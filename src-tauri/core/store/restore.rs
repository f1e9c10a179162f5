//! A backup put in the place of the desk, and what would differ.

use super::backups::{Backup, copy_checked};
use super::damage::make_whole;
use super::fault::from_io;
use super::key::Key;
use super::{Passphrase, Store, connect, custody, folder, lock};
use crate::draft::{Draft, count_words};
use crate::error::{Code, Error, Result};
use chrono::{DateTime, NaiveDateTime, Utc};
use rusqlite::Connection;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What differs between the desk and a backup of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// The slugs of pieces that are on the desk alone: the backup does not bring them.
    pub here_alone: Vec<String>,
    /// Those that are in the backup alone.
    pub there_alone: Vec<String>,
    /// Those whose words differ: slug, how many words on the desk, how many in the backup.
    pub changed: Vec<(String, usize, usize)>,
    /// Notes on the desk, and in the backup.
    pub n_notes: (usize, usize),
    /// Notes whose words or terms differ, or that are in one of the two alone.
    pub n_notes_changed: usize,
}

impl Difference {
    /// What taking the backup would change. Pieces and notes are held against each other by their numbers, which are
    /// never given twice. Cost: reads every piece and note of both.
    pub fn between(here: &Store, there: &Store) -> Result<Difference> {
        let mut difference = Difference::default();
        let (mine, mut theirs) = (pieces(here)?, pieces(there)?);
        for (id, draft) in mine {
            match theirs.remove(&id) {
                None => difference.here_alone.push(draft.slug),
                Some(other) if other.copy != draft.copy => {
                    let n_words = (count_words(&draft.copy.body), count_words(&other.copy.body));
                    difference.changed.push((draft.slug, n_words.0, n_words.1));
                }
                Some(_) => (),
            }
        }
        difference.there_alone = theirs.into_values().map(|draft| draft.slug).collect();
        let (mine, theirs) = (here.list_notes()?, there.list_notes()?);
        difference.n_notes = (mine.len(), theirs.len());
        let theirs: BTreeMap<i64, _> = theirs.into_iter().map(|kept| (kept.note.id.0, kept.note)).collect();
        let n_same = mine.iter().filter(|kept| theirs.get(&kept.note.id.0) == Some(&kept.note)).count();
        difference.n_notes_changed = mine.len().max(theirs.len()) - n_same;
        Ok(difference)
    }

    /// Taking the backup would change no words.
    pub fn is_none(&self) -> bool {
        self.here_alone.is_empty()
            && self.there_alone.is_empty()
            && self.changed.is_empty()
            && self.n_notes_changed == 0
    }
}

fn pieces(store: &Store) -> Result<BTreeMap<i64, Draft>> {
    use crate::draft::Place;
    let mut pieces = BTreeMap::new();
    for place in [Place::Desk, Place::Archive, Place::Bin] {
        pieces.extend(store.list_drafts(place)?.into_iter().map(|draft| (draft.id.0, draft)));
    }
    Ok(pieces)
}

impl Store {
    /// Puts a backup in the place of this desk and goes on with it; the desk that was is kept under the path that is
    /// returned. What was typed is in it.
    ///
    /// Errors: those of [`restore_desk`]; `WrongPassphrase` for a backup under another passphrase; `BadInput` for one
    /// without, where the desk has one. The desk goes on as it was then.
    pub fn restore(&mut self, backup: &Path, now: DateTime<Utc>) -> Result<PathBuf> {
        let key = self.key_of_backup(backup)?;
        if key.is_none() && self.key.is_some() {
            let message = "This backup was made before the desk had its passphrase, so it would stand there open to all. \
                           To have it all the same, close the window and use `stet restore-desk`.";
            return Err(Error::new(Code::BadInput, message));
        }
        // A window holds it already.
        let _held = if self.lock.is_none() { Some(lock::take(&self.path)?) } else { None };
        let ready = name_beside(&self.path, "restored", now);
        make_whole(&ready, |part| copy_checked(backup, part, key.as_ref()).map(drop))?;
        let is_read_only = self.read_only_because().is_some();
        if !is_read_only {
            let _ = self.fold_own();
        }
        self.connection = Connection::open_in_memory()?;
        self.look = None;
        let placed = put_in_place(&self.path, &ready, key.as_ref(), now);
        let is_as_it_was = placed.is_err() && is_read_only;
        let opened =
            if is_as_it_was { connect::connect_to_read } else { connect::connect_to_write }(&self.path, key.as_ref());
        self.live = None;
        self.identity = custody::identity(&self.path);
        match opened {
            Ok(connection) => {
                self.connection = connection;
                let kept = placed?;
                self.read_only_because = None;
                self.is_damaged = false;
                kept.ok_or_else(|| Error::new(Code::Io, "The desk file had gone; the backup stands in its place."))
            }
            Err(error) => {
                self.read_only_because =
                    Some("Close the desk and open it again: another file stands in its place.".into());
                placed.and(Err(error))
            }
        }
    }
}

/// The files beside a desk called by what was done and when, *desk.sqlite.before-2026-11-26T013154Z*, newest first.
pub fn list_beside(desk: &Path, what: &str) -> Vec<Backup> {
    let (Some(folder), Some(name)) = (desk.parent(), desk.file_name()) else { return Vec::new() };
    let beginning = format!("{}.{what}-", name.to_string_lossy());
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let read = |entry: fs::DirEntry| {
        let name = entry.file_name();
        let (moment, rest) = name.to_str()?.strip_prefix(&beginning)?.split_at_checked(MOMENT_BYTES)?;
        // The second one of a moment has a number behind it; what else is behind it is a log.
        let is_desk = rest.is_empty() || rest.strip_prefix('-').is_some_and(|n| n.parse::<u32>().is_ok());
        let made_at = NaiveDateTime::parse_from_str(moment, MOMENT).ok().filter(|_| is_desk)?.and_utc();
        let size_bytes = entry.metadata().ok().filter(fs::Metadata::is_file)?.len();
        Some(Backup { path: entry.path(), made_at, size_bytes })
    };
    let mut found: Vec<Backup> = entries.filter_map(read).collect();
    found.sort_by_key(|one| Reverse((one.made_at, one.path.clone())));
    found
}

/// Puts a backup in the place of a desk. The desk that was, damaged or not, is kept beside it under the path that is
/// returned; none where there was no desk.
///
/// `passphrase` is that of the backup, which the desk then has. Errors: `Busy` while a window has the desk open; `Locked`
/// and `WrongPassphrase` for a backup that has one; `Corrupt` or `NewerDesk` when the backup is not whole or from a
/// newer Stet; `DiskFull`, `ReadOnly`. The desk stands as it was then.
pub fn restore_desk(
    desk: &Path,
    backup: &Path,
    passphrase: Option<&Passphrase>,
    now: DateTime<Utc>,
) -> Result<Option<PathBuf>> {
    let desk = connect::full_path(desk)?;
    if backup.canonicalize().is_ok_and(|backup| backup == desk) {
        return Err(Error::new(Code::BadInput, "That is the desk itself. Name one of its backups."));
    }
    if !backup.is_file() {
        let message = format!("There is no backup at {}. Look at the path.", backup.display());
        return Err(Error::new(Code::NotFound, message));
    }
    let key = connect::key_of(backup, passphrase)?;
    let _lock = lock::take(&desk)?;
    let ready = name_beside(&desk, "restored", now);
    make_whole(&ready, |part| copy_checked(backup, part, key.as_ref()).map(drop))?;
    let old_key = connect::key_of(&desk, passphrase).ok().flatten();
    put_in_place(&desk, &ready, old_key.as_ref(), now)
}

fn put_in_place(desk: &Path, ready: &Path, old_key: Option<&Key>, now: DateTime<Utc>) -> Result<Option<PathBuf>> {
    if desk.exists() {
        // Where it cannot be, the log goes aside with the desk.
        let _ = empty_log(desk, old_key);
    }
    exchange(desk, ready, now)
}

/// Gives the file that is ready the name of the desk, which gets another; nothing is read.
fn exchange(desk: &Path, ready: &Path, now: DateTime<Utc>) -> Result<Option<PathBuf>> {
    let placed = set_aside(desk, now).and_then(|kept| {
        folder::rename(ready, desk).map_err(|error| from_io(error, "written", desk))?;
        // What is saved from here on is in the new file, so it must be the one that is found.
        folder::sync(desk);
        Ok(kept)
    });
    if placed.is_err() {
        let _ = fs::remove_file(ready);
    }
    placed
}

/// Gives the desk, and what of it lies in its log, a second name, and takes the log from the first: the log of one
/// file must never be read into another.
fn set_aside(desk: &Path, now: DateTime<Utc>) -> Result<Option<PathBuf>> {
    if !desk.exists() {
        return Ok(None);
    }
    let kept = name_beside(desk, SET_ASIDE, now);
    for ending in ["-wal", "-journal", ""] {
        let (from, to) = (connect::beside(desk, ending), connect::beside(&kept, ending));
        if from.metadata().is_ok_and(|file| ending.is_empty() || file.len() > 0) {
            folder::double(&from, &to).map_err(|error| from_io(error, "written", &to))?;
        }
    }
    // Nothing loses its first name before the second is on the disk, and no log is left for the file that comes.
    folder::sync(desk);
    for ending in ["-wal", "-journal", "-shm"] {
        folder::remove(&connect::beside(desk, ending)).map_err(|error| from_io(error, "removed", desk))?;
    }
    folder::sync(desk);
    Ok(Some(kept))
}

/// Writes what waits in the log into the file, where the file is good enough for it.
fn empty_log(desk: &Path, key: Option<&Key>) -> Result<()> {
    let connection = connect::connect(desk, key)?;
    connect::prepare(&connection)?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    connection.close().map_err(|(_, error)| error.into())
}

/// What a desk is called that another took the place of, and one that a salvage made.
pub const SET_ASIDE: &str = "before";
pub const SALVAGED: &str = "salvaged";

/// How a moment stands in the name of a file.
const MOMENT: &str = "%Y-%m-%dT%H%M%SZ";
const MOMENT_BYTES: usize = "2026-11-26T013154Z".len();

/// *desk.sqlite.before-2026-11-26T013154Z*, with a number behind it where that is taken.
pub fn name_beside(desk: &Path, what: &str, now: DateTime<Utc>) -> PathBuf {
    connect::free_beside(desk, &format!(".{what}-{}", now.format(MOMENT)))
}

#[cfg(test)]
mod tests {
    use super::super::folder::played::{Names, cuts, take};
    use super::*;

    fn folder_of(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("stet-names-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        folder
    }

    /// A desk whose log could not be emptied, and a backup that is ready.
    #[test]
    fn a_power_cut_while_a_backup_is_put_back_mixes_no_two_desks_and_loses_neither() {
        let folder = folder_of("restore");
        let (desk, ready) = (folder.join("desk.sqlite"), folder.join("desk.sqlite.restored"));
        let log = connect::beside(&desk, "-wal");
        for (path, bytes) in [(&desk, "old"), (&log, "the old one's log"), (&ready, "new")] {
            fs::write(path, bytes).expect("written");
        }
        let before: Names = [(desk.clone(), "old"), (log.clone(), "log"), (ready.clone(), "new")].into();
        let now = "2026-11-26T09:00:00Z".parse().expect("a time");
        take();
        let kept = exchange(&desk, &ready, now).expect("placed").expect("there was a desk");
        let deeds = take();
        let kept_log = connect::beside(&kept, "-wal");
        for n_deeds in 0..=deeds.len() {
            for names in cuts(&before, &deeds[..n_deeds]) {
                let whose = |path: &Path| names.get(path).copied();
                let story = format!("after {:?}: {names:?}", &deeds[..n_deeds]);
                assert!(matches!(whose(&desk), Some("old" | "new")), "a desk is there, {story}");
                assert!(whose(&desk) != Some("new") || whose(&log).is_none(), "no other desk's log, {story}");
                let is_here = whose(&desk) == Some("old") && whose(&log) == Some("log");
                let is_aside = whose(&kept) == Some("old") && whose(&kept_log) == Some("log");
                assert!(is_here || is_aside, "the old desk is found with its log, {story}");
            }
        }
        for names in cuts(&before, &deeds) {
            assert_eq!(names.get(&desk), Some(&"new"), "what is saved next is in the file that is found");
        }
        fs::remove_dir_all(&folder).expect("gone");
    }
}
