//! A backup put in the place of the desk, and what would differ.

use super::backups::copy_checked;
use super::damage::make_whole;
use super::fault::from_io;
use super::{Passphrase, Store, connect, lock};
use crate::draft::{Draft, count_words};
use crate::error::{Code, Error, Result};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use std::fs;
use std::io;
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
    let ready = free_name(&desk, "restored", now);
    make_whole(&ready, |part| copy_checked(backup, part, key.as_ref()))?;
    let kept = set_aside(&desk, passphrase, now);
    let placed = kept.and_then(|kept| {
        fs::rename(&ready, &desk).map_err(|error| from_io(error, "written", &desk))?;
        Ok(kept)
    });
    if placed.is_err() {
        let _ = fs::remove_file(&ready);
    }
    placed
}

/// Gives the desk, and what of it lies in its log, a second name, and takes the log from the first: the log of one
/// file must never be read into another.
fn set_aside(desk: &Path, passphrase: Option<&Passphrase>, now: DateTime<Utc>) -> Result<Option<PathBuf>> {
    if !desk.exists() {
        return Ok(None);
    }
    // Where it cannot be, the log goes aside with the desk.
    let _ = empty_log(desk, passphrase);
    let kept = free_name(desk, "before", now);
    for ending in ["-wal", "-journal", ""] {
        let (from, to) = (connect::beside(desk, ending), connect::beside(&kept, ending));
        if from.metadata().is_ok_and(|file| ending.is_empty() || file.len() > 0) {
            let doubled = fs::hard_link(&from, &to).or_else(|_| copy_synced(&from, &to));
            doubled.map_err(|error| from_io(error, "written", &to))?;
        }
    }
    for ending in ["-wal", "-journal", "-shm"] {
        match fs::remove_file(connect::beside(desk, ending)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(from_io(error, "removed", desk)),
            _ => (),
        }
    }
    Ok(Some(kept))
}

fn copy_synced(from: &Path, to: &Path) -> io::Result<()> {
    fs::copy(from, to)?;
    fs::File::open(to)?.sync_all()
}

/// Writes what waits in the log into the file, where the file is good enough for it.
fn empty_log(desk: &Path, passphrase: Option<&Passphrase>) -> Result<()> {
    let connection = connect::connect(desk, connect::key_of(desk, passphrase)?.as_ref())?;
    connect::prepare(&connection)?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    connection.close().map_err(|(_, error)| error.into())
}

/// *desk.sqlite.before-2026-11-26T013154Z*, with a number behind it where that is taken.
fn free_name(desk: &Path, what: &str, now: DateTime<Utc>) -> PathBuf {
    connect::free_beside(desk, &format!(".{what}-{}", now.format("%Y-%m-%dT%H%M%SZ")))
}
