//! Backups by themselves: which are made, where they lie, and which go again.
//!
//! They lie in the folder *desk.sqlite.backups* beside the desk, and, where one is chosen, in a second place. Each is a
//! desk file that opens as it is. One gets its name only when it was opened and found whole, so every backup that is
//! listed was good when it was made. Making one reads the desk by a connection of its own: nobody who writes waits.

use super::damage::{copy_into, make_whole};
use super::fault::from_io;
use super::key::Key;
use super::restore::{SALVAGED, name_beside};
use super::salvage::{Salvaged, salvage_by};
use super::{Access, Store, Survey, connect, custody, schema};
use crate::error::{Code, Error, Result};
use chrono::{DateTime, Datelike, NaiveDateTime, TimeDelta, Timelike, Utc};
use rusqlite::Connection;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// How the file of a backup is named: by the second it was made in, UTC.
const NAME: &str = "%Y-%m-%dT%H%M%SZ.sqlite";

/// Held while a backup is made, so that what a killed one left is known for what it is.
const LOCK: &str = ".lock";

/// A backup that was whole when it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    pub path: PathBuf,
    /// To the second.
    pub made_at: DateTime<Utc>,
    pub size_bytes: u64,
}

/// How many backups stay. Of each hour, day and week the newest counts, and only hours, days and weeks that have one:
/// a clock that was set wrong, or a month away, takes none of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keeping {
    pub n_hours: usize,
    pub n_days: usize,
    pub n_weeks: usize,
    /// All together; the oldest go first, the one just made never does.
    pub most_bytes: u64,
}

impl Default for Keeping {
    fn default() -> Keeping {
        Keeping { n_hours: 24, n_days: 14, n_weeks: 8, most_bytes: 2 << 30 }
    }
}

/// Makes backups of one desk, without holding it. Those of a desk with a passphrase have the same one.
#[derive(Clone)]
pub struct Backer {
    desk: PathBuf,
    key: Option<Key>,
    second: Option<PathBuf>,
}

/// What became of a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    pub backup: Backup,
    /// False where nothing had changed since the last one, which then stands for it.
    pub is_new: bool,
    /// The search index of the desk did not fit its words; that of the backup was built anew.
    pub is_search_mended: bool,
    /// Why there is none in the second place, for an editor; none where there is, or no such place was chosen.
    pub missed: Option<String>,
}

impl Store {
    /// What makes backups of this desk; a folder that gets a copy of each, if any.
    pub fn backer(&self, second: Option<PathBuf>) -> Backer {
        Backer { desk: self.path.clone(), key: self.key.clone(), second }
    }

    /// Opens a backup of this desk to look at it, by the key of the desk. Errors: those of [`Store::open`];
    /// `WrongPassphrase` for one made under another passphrase.
    pub fn open_backup(&self, backup: &Backup) -> Result<Store> {
        connect::open_by(backup.path.clone(), Access::Read, self.key_of_backup(&backup.path)?, None)
    }

    /// The key of a backup of this desk; none for one made before the desk had a passphrase.
    pub(super) fn key_of_backup(&self, backup: &Path) -> Result<Option<Key>> {
        let connect::Start::Locked(head) = connect::read_start(backup)? else { return Ok(None) };
        let key = self.key.clone().filter(|key| key.is_for(&head)).ok_or_else(|| {
            let message = "This backup was made under another passphrase. Close the window and put it back with \
                           `stet restore-desk`, which asks for it.";
            Error::new(Code::WrongPassphrase, message)
        });
        key.map(Some)
    }
}

impl Backer {
    /// For a desk that cannot be opened: finds its backups; makes none of a locked one.
    pub fn beside(desk: &Path) -> Backer {
        Backer { desk: desk.to_owned(), key: None, second: None }
    }

    /// Makes a backup and lets go of those that need not stay. May take seconds for a large desk.
    ///
    /// Errors: `Corrupt` when the copy is not whole, and then none is kept and none goes; `Busy` while another program
    /// makes one; those of writing a file. A second place that fails is told in [`Made::missed`].
    pub fn make(&self, keeping: &Keeping, now: DateTime<Utc>) -> Result<Made> {
        let folder = folder_of(&self.desk);
        make_folder(&folder)?;
        let _lock = hold(&folder)?;
        clear_remains(&folder);
        let last = list(&folder)?.into_iter().next();
        let path = free_name(&folder, now);
        let mut is_search_mended = false;
        make_whole(&path, |part| {
            is_search_mended = copy_checked(&self.desk, part, self.key.as_ref())?;
            Ok(())
        })?;
        let is_new = !last.as_ref().is_some_and(|last| match &self.key {
            None => is_same(&last.path, &path),
            Some(key) => is_same_inside(&last.path, &path, key),
        });
        if !is_new {
            fs::remove_file(&path).map_err(|error| from_io(error, "removed", &path))?;
        }
        let made = if is_new { read(path) } else { last };
        let backup = made.ok_or_else(|| Error::new(Code::Io, "The backup was made and is not there. Try again."))?;
        thin_out(&folder, &backup, keeping)?;
        let copy = |from: &Path, to: &Path| fs::copy(from, to);
        let second = self.second.as_ref().map(|second| self.copy_to(second, &backup, keeping, copy));
        let missed = second.and_then(Result::err).map(|error| {
            let at = self.second.as_deref().unwrap_or(Path::new("")).display();
            format!("The second place for backups, {at}, could not be written; those beside the desk are. {error}")
        });
        Ok(Made { backup, is_new, is_search_mended, missed })
    }

    /// Puts a backup in the second place; `copy_file` fills a file with another.
    fn copy_to(
        &self,
        second: &Path,
        backup: &Backup,
        keeping: &Keeping,
        copy_file: impl Fn(&Path, &Path) -> io::Result<u64>,
    ) -> Result<()> {
        // A disk that is not there must not come to be a folder on another one.
        if !second.is_dir() {
            return Err(Error::new(Code::NotFound, "It is not there: is its disk connected?"));
        }
        let folder = second.join(name_elsewhere(&self.desk));
        make_folder(&folder)?;
        let _lock = hold(&folder)?;
        clear_remains(&folder);
        let copy = folder.join(backup.path.file_name().unwrap_or_default());
        if !copy.exists() {
            make_whole(&copy, |part| {
                copy_file(&backup.path, part).map_err(|error| from_io(error, "written", part))?;
                if is_same(&backup.path, part) {
                    return Ok(());
                }
                Err(Error::new(Code::Io, "What was written there reads otherwise: look whether the disk works."))
            })?;
        }
        let copy = Backup { path: copy, ..backup.clone() };
        thin_out(&folder, &copy, keeping)
    }

    /// Reads the whole desk, by a connection of its own: nobody who types waits. Errors: `Corrupt` where it cannot be opened.
    pub fn survey(&self) -> Result<Survey> {
        connect::open_by(self.desk.clone(), Access::Read, self.key.clone(), None)?.survey()
    }

    /// Brings what can be read of the desk into a new one beside it, under the same passphrase. Returns its path. Errors:
    /// those of [`salvage`](super::salvage()).
    pub fn salvage(&self, now: DateTime<Utc>) -> Result<(PathBuf, Salvaged)> {
        let new = name_beside(&self.desk, SALVAGED, now);
        Ok((new.clone(), salvage_by(&self.desk, &new, self.key.as_ref())?))
    }

    /// The backups of this desk, newest first: those beside it, and those that are in the second place alone.
    pub fn list(&self) -> Result<Vec<Backup>> {
        let mut backups = list(&folder_of(&self.desk))?;
        if let Some(second) = &self.second {
            // A place that is not there has none to offer.
            let elsewhere = list(&second.join(name_elsewhere(&self.desk))).unwrap_or_default();
            let is_known = |other: &Backup| backups.iter().any(|one| one.made_at == other.made_at);
            let alone: Vec<Backup> = elsewhere.into_iter().filter(|other| !is_known(other)).collect();
            backups.extend(alone);
        }
        backups.sort_by_key(|backup| Reverse(backup.made_at));
        Ok(backups)
    }
}

/// The folder of a desk's backups, beside it.
pub fn folder_of(desk: &Path) -> PathBuf {
    let mut name = desk.as_os_str().to_owned();
    name.push(".backups");
    PathBuf::from(name)
}

/// The name of that folder in a second place, where several desks of one name may meet.
pub fn name_elsewhere(desk: &Path) -> OsString {
    let mut name = desk.file_name().unwrap_or_default().to_owned();
    let hash = blake3::hash(desk.as_os_str().as_encoded_bytes()).to_hex();
    name.push(format!("-{}.backups", &hash[..8]));
    name
}

fn make_folder(folder: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        made => made.map_err(|error| from_io(error, "made", folder)),
    }
}

fn hold(folder: &Path) -> Result<File> {
    let path = folder.join(LOCK);
    let opened = custody::options().write(true).create(true).truncate(false).open(&path);
    let file = opened.map_err(|error| from_io(error, "opened", &path))?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => {
            Err(Error::new(Code::Busy, "Another program is making a backup of this desk. Try again in a moment."))
        }
        // Some network file systems know no locks.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(file),
    }
}

/// What was left by programs that were killed while they made a backup.
fn clear_remains(folder: &Path) {
    let names = fs::read_dir(folder).into_iter().flatten().flatten();
    for path in names.map(|entry| entry.path()) {
        if path.file_name().is_some_and(|name| name.to_string_lossy().contains(".part")) {
            let _ = fs::remove_file(path);
        }
    }
}

/// The backups in a folder, newest first; other files are passed over. Errors: `Io` when it cannot be read.
fn list(folder: &Path) -> Result<Vec<Backup>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|error| from_io(error, "read", folder))?,
    };
    let mut backups: Vec<Backup> = entries.flatten().filter_map(|entry| read(entry.path())).collect();
    backups.sort_by_key(|backup| Reverse(backup.made_at));
    Ok(backups)
}

fn read(path: PathBuf) -> Option<Backup> {
    let name = path.file_name()?.to_str()?;
    let made_at = NaiveDateTime::parse_from_str(name, NAME).ok()?.and_utc();
    let size_bytes = path.metadata().ok().filter(fs::Metadata::is_file)?.len();
    Some(Backup { path, made_at, size_bytes })
}

/// By the time it is made; of two in one second the later one is called by the next.
fn free_name(folder: &Path, now: DateTime<Utc>) -> PathBuf {
    let name = |n: i64| folder.join((now + TimeDelta::seconds(n)).format(NAME).to_string());
    (0..).map(name).find(|path| fs::symlink_metadata(path).is_err()).expect("some second is free")
}

/// Copies a desk and reads the whole copy. Says whether its search index had to be built anew. Errors: `Corrupt` when something is wrong in it.
pub fn copy_checked(desk: &Path, part: &Path, key: Option<&Key>) -> Result<bool> {
    let from = connect::connect_to_read(desk, key)?;
    let version = schema::version(&from)?;
    if schema::application_id(&from)? != schema::APPLICATION_ID || version > schema::LATEST {
        let message = format!("{} is no desk that this Stet can read. Nothing was changed.", desk.display());
        return Err(Error::new(if version > schema::LATEST { Code::NewerDesk } else { Code::Corrupt }, message));
    }
    let mut connection = copy_into(&from, part, key)?;
    schema::upgrade(&mut connection)?;
    finish_copy(connection, desk, part, key)
}

/// Makes of a copy of a desk one that was closed, opens it anew and reads it whole. True where its search index was built
/// anew. Errors: `Corrupt` when the copy is not whole.
pub fn finish_copy(copy: Connection, desk: &Path, part: &Path, key: Option<&Key>) -> Result<bool> {
    // The copy is a desk that was closed, not one that crashed in the middle of typing.
    let folded = Store::over(copy, part.into(), key.cloned()).fold_all();
    folded.map_err(|error| match error.code {
        // What was typed speaks of a piece that is not there.
        Code::NotFound => no_copy_kept(desk, &error.message),
        _ => error,
    })?;
    // It is opened anew: what was just written lies in the memory of the connection that wrote it, whatever the disk has.
    let connection = connect::connect(part, key)?;
    connect::prepare(&connection)?;
    let mut copy = Store::over(connection, part.into(), key.cloned());
    if copy.verify()?.is_empty() {
        return Ok(false);
    }
    // A search index that does not fit takes no word from anybody.
    copy.mend_search()?;
    match copy.verify()?.first() {
        None => Ok(true),
        Some(damage) => Err(no_copy_kept(desk, &damage.message)),
    }
}

fn no_copy_kept(desk: &Path, damage: &str) -> Error {
    Error::new(Code::Corrupt, format!("{} is damaged, so no copy of it was kept: {damage}", desk.display()))
}

/// Byte for byte.
fn is_same(one: &Path, other: &Path) -> bool {
    let hash = |path: &Path| -> io::Result<blake3::Hash> {
        let mut hasher = blake3::Hasher::new();
        io::copy(&mut File::open(path)?, &mut hasher)?;
        Ok(hasher.finalize())
    };
    matches!((hash(one), hash(other)), (Ok(one), Ok(other)) if one == other)
}

/// Whether two desks with a passphrase say the same: no two of their files are alike, but their seals are. One that has
/// another passphrase is another desk.
fn is_same_inside(one: &Path, other: &Path, key: &Key) -> bool {
    let hash = |path: &Path| -> Result<blake3::Hash> {
        let connection = connect::connect_to_read(path, Some(key))?;
        let mut hasher = blake3::Hasher::new();
        for sql in [
            "SELECT kind, id, hash FROM seals ORDER BY kind, id",
            "SELECT 'histories', draft_id, hash FROM histories ORDER BY draft_id",
        ] {
            let mut statement = connection.prepare(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let (kind, id, seal): (String, i64, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
                hasher.update(kind.as_bytes()).update(&id.to_le_bytes()).update(&seal);
            }
        }
        Ok(hasher.finalize())
    };
    matches!((hash(one), hash(other)), (Ok(one), Ok(other)) if one == other)
}

/// Removes what need not stay of a folder, as far as the system lets us.
fn thin_out(folder: &Path, made: &Backup, keeping: &Keeping) -> Result<()> {
    for backup in needless(&list(folder)?, made, keeping) {
        let _ = fs::remove_file(&backup.path);
    }
    Ok(())
}

/// Those that need not stay, of all, newest first.
fn needless<'a>(backups: &'a [Backup], made: &Backup, keeping: &Keeping) -> Vec<&'a Backup> {
    let hour = |at: DateTime<Utc>| i64::from(at.num_days_from_ce()) * 24 + i64::from(at.hour());
    // The first of the days that are counted was a Monday.
    let spans = [(keeping.n_hours, 1, 0), (keeping.n_days, 24, 0), (keeping.n_weeks, 24 * 7, 24)];
    let mut kept: BTreeSet<&Path> = BTreeSet::from([made.path.as_path()]);
    for (most, n_hours, offset) in spans {
        let mut seen = BTreeSet::new();
        for backup in backups {
            if seen.len() < most && seen.insert((hour(backup.made_at) - offset).div_euclid(n_hours)) {
                kept.insert(&backup.path);
            }
        }
    }
    let mut n_bytes = made.size_bytes;
    for backup in backups.iter().filter(|backup| backup.path != made.path) {
        if kept.contains(backup.path.as_path()) {
            n_bytes += backup.size_bytes;
            if n_bytes > keeping.most_bytes {
                kept.remove(backup.path.as_path());
            }
        }
    }
    backups.iter().filter(|backup| !kept.contains(backup.path.as_path())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn backup(hours_ago: i64) -> Backup {
        let now: DateTime<Utc> = "2026-11-26T12:30:00Z".parse().expect("a time");
        let made_at = now - TimeDelta::hours(hours_ago);
        Backup { path: made_at.format(NAME).to_string().into(), made_at, size_bytes: 1_000 }
    }

    fn kept_hours(backups: &[Backup], keeping: &Keeping) -> Vec<i64> {
        let gone = needless(backups, &backups[0], keeping);
        let kept = backups.iter().filter(|one| !gone.contains(one));
        kept.map(|one| (backup(0).made_at - one.made_at).num_hours()).collect()
    }

    #[test]
    fn hours_then_days_then_weeks_stay() {
        let backups: Vec<Backup> = (0..24 * 100).map(backup).collect();
        let keeping = Keeping { n_hours: 3, n_days: 3, n_weeks: 3, ..Keeping::default() };
        // 26 November is a Thursday: the newest of the two days and of the two weeks before are those of their ends.
        assert_eq!(kept_hours(&backups, &keeping), [0, 1, 2, 13, 37, 85, 253]);
    }

    #[test]
    fn a_month_away_takes_no_backup() {
        let backups: Vec<Backup> = [0, 700, 701, 702, 800].map(backup).into();
        let keeping = Keeping { n_hours: 5, n_days: 1, n_weeks: 1, ..Keeping::default() };
        assert_eq!(kept_hours(&backups, &keeping), [0, 700, 701, 702, 800]);
    }

    #[test]
    fn the_oldest_go_where_there_is_no_room_and_the_one_just_made_never() {
        let backups: Vec<Backup> = (0..5).map(backup).collect();
        let keeping = Keeping { most_bytes: 2_500, ..Keeping::default() };
        assert_eq!(kept_hours(&backups, &keeping), [0, 1]);
        let keeping = Keeping { most_bytes: 10, ..Keeping::default() };
        assert_eq!(kept_hours(&backups, &keeping), [0]);
        // The clock was set back: what was made just now looks the oldest.
        let made = &backups[4];
        let gone = needless(&backups, made, &Keeping { n_hours: 1, n_days: 1, n_weeks: 1, most_bytes: 2_000 });
        assert_eq!(gone, [&backups[1], &backups[2], &backups[3]]);
    }

    #[test]
    fn a_copy_in_the_second_place_that_reads_otherwise_is_refused_and_takes_no_older_one_away() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let (path, second) = (folder.path().join("desk.stet"), folder.path().join("second"));
        fs::create_dir(&second).expect("made");
        let mut store = Store::open(&path, Access::Window).expect("a desk");
        let (alone, both) = (store.backer(None), store.backer(Some(second.clone())));
        let keeping = Keeping { n_hours: 1, n_days: 1, n_weeks: 1, ..Keeping::default() };
        let now: DateTime<Utc> = "2026-11-20T09:00:00Z".parse().expect("a time");
        let old = both.make(&keeping, now).expect("made").backup;
        store.set_setting("editor", "SB").expect("set");
        let new = alone.make(&keeping, now + TimeDelta::hours(1)).expect("made").backup;
        let there = second.join(name_elsewhere(store.path()));
        let harms: [fn(&mut Vec<u8>); 3] =
            [|bytes| bytes[20_000] ^= 1, |bytes| bytes.truncate(9_000), |bytes| bytes[8_192..12_288].fill(0)];
        for harm in harms {
            let refused = both.copy_to(&second, &new, &keeping, |from, to| {
                let mut bytes = fs::read(from)?;
                harm(&mut bytes);
                fs::write(to, bytes).map(|()| 1)
            });
            assert_eq!(refused.expect_err("it reads otherwise").code, Code::Io);
            let left: Vec<DateTime<Utc>> = list(&there).expect("a list").iter().map(|one| one.made_at).collect();
            assert_eq!(left, [old.made_at], "the older one stays, and no half one");
            assert_eq!(fs::read_dir(&there).expect("a list").count(), 2, "it and the lock");
        }
        both.copy_to(&second, &new, &keeping, |from, to| fs::copy(from, to)).expect("and then it goes");
        assert_eq!(list(&there).expect("a list").len(), 1, "now the older one may go");
    }
}
