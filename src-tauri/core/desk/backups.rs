//! Backups by themselves: where they go, and what an editor has to know of them.

use super::Desk;
use crate::error::{Code, Error, Result};
use crate::store::{
    Backer, Backup, Difference, Keeping, Made, SALVAGED, SET_ASIDE, Salvaged, Store, Survey, backups_of, damaged,
    list_beside, restore_desk,
};
use chrono::{DateTime, Utc};
use std::cmp::Reverse;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The setting that names the second place.
const SECOND: &str = "backup folder";

/// What was found out away from the desk.
#[derive(Default)]
pub struct Found {
    /// Why the last backup failed, or its second place; none where all is well.
    trouble: Option<String>,
    /// Of a desk that is damaged.
    survey: Option<Survey>,
    /// The search index does not fit the words.
    is_search_broken: bool,
}

/// Shared by a desk and those who look after it.
pub type Watch = Arc<Mutex<Found>>;

/// Makes the backups of a desk and reads the whole of it, away from it, and leaves word with the desk.
pub struct Backing {
    backer: Backer,
    watch: Watch,
    /// Why no backup can be made.
    refusal: Option<String>,
}

/// A state of the desk that can be put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastDesk {
    /// The name of its file; no two of a desk share one.
    pub name: String,
    pub backup: Backup,
    pub kind: PastKind,
}

/// Where a past desk comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PastKind {
    Backup,
    /// It was set aside when another took its place.
    SetAside,
    /// What could be read of it when it was damaged.
    Salvaged,
}

/// A past desk that took the desk's place since that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    pub made_at: DateTime<Utc>,
    /// Where the desk that was lies.
    pub set_aside: PathBuf,
}

impl Backing {
    /// See [`Backer::make`]. Errors: `ReadOnly` where the desk cannot be written or has no file.
    pub fn make(&self, now: DateTime<Utc>) -> Result<Made> {
        if let Some(because) = &self.refusal {
            return Err(Error::new(Code::ReadOnly, because.clone()));
        }
        let made = self.backer.make(&Keeping::default(), now);
        let trouble = made.as_ref().map_or_else(|error| Some(error.message.clone()), |made| made.missed.clone());
        let mut found = found(&self.watch);
        found.trouble = trouble;
        found.is_search_broken |= made.as_ref().is_ok_and(|made| made.is_search_mended);
        made
    }

    /// Reads the whole desk; see [`Backer::survey`]. One that is damaged is written no more once [`Desk::heed`] is
    /// called.
    pub fn survey(&self) -> Result<Survey> {
        let survey = self.backer.survey()?;
        let mut found = found(&self.watch);
        found.is_search_broken |= survey.is_search_alone;
        if !survey.damage.is_empty() && !survey.is_search_alone {
            found.survey = Some(survey.clone());
        }
        Ok(survey)
    }

    /// See [`Backer::salvage`]; the new desk is listed among the past ones.
    pub fn salvage(&self, now: DateTime<Utc>) -> Result<(PathBuf, Salvaged)> {
        self.backer.salvage(now)
    }
}

/// A desk that cannot be opened at all.
pub struct Wreck<'a>(pub &'a Path);

impl Wreck<'_> {
    /// All that can be put in its place, newest first.
    pub fn list_past(&self) -> Result<Vec<PastDesk>> {
        list_past(&Backer::beside(self.0), self.0)
    }

    /// The folder of its backups.
    pub fn backup_folder(&self) -> PathBuf {
        backups_of(self.0)
    }

    /// See [`Backer::salvage`].
    pub fn salvage(&self, now: DateTime<Utc>) -> Result<(PathBuf, Salvaged)> {
        Backer::beside(self.0).salvage(now)
    }

    /// See [`restore_desk`].
    pub fn restore_past(&self, name: &str, now: DateTime<Utc>) -> Result<()> {
        restore_desk(self.0, &find_past(self.list_past()?, name)?.backup.path, None, now).map(drop)
    }
}

fn list_past(backer: &Backer, desk: &Path) -> Result<Vec<PastDesk>> {
    let of_kind = |backups: Vec<Backup>, kind: PastKind| {
        backups.into_iter().filter_map(move |backup| {
            let name = backup.path.file_name()?.to_str()?.to_owned();
            Some(PastDesk { name, backup, kind })
        })
    };
    let mut past: Vec<PastDesk> = of_kind(backer.list()?, PastKind::Backup).collect();
    past.extend(of_kind(list_beside(desk, SET_ASIDE), PastKind::SetAside));
    past.extend(of_kind(list_beside(desk, SALVAGED), PastKind::Salvaged));
    past.sort_by_key(|one| Reverse(one.backup.made_at));
    Ok(past)
}

fn find_past(past: Vec<PastDesk>, name: &str) -> Result<PastDesk> {
    past.into_iter()
        .find(|one| one.name == name)
        .ok_or_else(|| Error::new(Code::NotFound, "That backup is not there any more. Choose another one."))
}

fn found(watch: &Watch) -> MutexGuard<'_, Found> {
    watch.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    /// What makes the backups of this desk and reads all of it, without holding it.
    pub fn backing(&self) -> Backing {
        let no_file = || "This desk has no file, so there is nothing to copy.".to_owned();
        let because = self.store.read_only_because().map(str::to_owned);
        let refusal = because.or_else(|| (!self.store.path().is_file()).then(no_file));
        // A damaged desk may not know its second place any more.
        let backer = self.backups().unwrap_or_else(|_| self.store.backer(None));
        Backing { backer, watch: self.watch.clone(), refusal }
    }

    /// Has nothing more written: something was found damaged.
    pub fn write_no_more(&mut self, because: String) {
        self.store.write_no_more(because);
    }

    /// Takes note of what was found out away from the desk: one that is damaged is written no more, a search index that
    /// does not fit is built anew.
    pub fn heed(&mut self) {
        let mut found = found(&self.watch);
        if found.survey.is_some() {
            self.store.write_no_more(damaged());
        } else if std::mem::take(&mut found.is_search_broken) {
            // What cannot be mended now is met again with the next backup.
            let _ = self.store.mend_search();
        }
    }

    /// Why the last backup failed, for an editor.
    pub fn backup_trouble(&self) -> Option<String> {
        found(&self.watch).trouble.clone()
    }

    /// All that can be put back, newest first.
    pub fn list_past(&self) -> Result<Vec<PastDesk>> {
        list_past(&self.backing().backer, self.store.path())
    }

    /// What putting a past desk back would change. Errors: `NotFound`; those of [`Store::open_backup`].
    pub fn preview_past(&self, name: &str) -> Result<Difference> {
        Difference::between(&self.store, &self.store.open_backup(&self.find_past(name)?.backup)?)
    }

    /// Puts a past desk in the desk's place and goes on with it. Errors: `NotFound`; those of [`Store::restore`]. The
    /// desk goes on as it was then.
    pub fn restore_past(&mut self, name: &str, now: DateTime<Utc>) -> Result<()> {
        let Backup { path, made_at, .. } = self.find_past(name)?.backup;
        let set_aside = self.store.restore(&path, now)?;
        let store = std::mem::replace(&mut self.store, Store::open_in_memory()?);
        // All that was made of the words goes with them.
        let (offered, chosen) = (self.offered.take(), self.chosen.take());
        *self = Desk { offered, chosen, restored: Some(Restored { made_at, set_aside }), ..Desk::over(store) };
        Ok(())
    }

    fn find_past(&self, name: &str) -> Result<PastDesk> {
        find_past(self.list_past()?, name)
    }

    /// The folder of the backups, beside the desk.
    pub fn backup_folder(&self) -> PathBuf {
        backups_of(self.store.path())
    }

    /// What finds the backups of this desk, and makes them for who looks after trouble alone.
    pub fn backups(&self) -> Result<Backer> {
        Ok(self.store.backer(self.second_place()?))
    }

    /// The folder that gets a copy of each backup, if one was chosen.
    pub fn second_place(&self) -> Result<Option<PathBuf>> {
        Ok(self.store.setting(SECOND)?.filter(|folder| !folder.is_empty()).map(PathBuf::from))
    }

    /// The copies of this desk that whoever has them can read: made while it had no passphrase.
    pub fn open_copies(&self) -> Result<Vec<PathBuf>> {
        Ok(self.store.open_copies(self.second_place()?.as_deref()))
    }

    /// Chooses the folder that gets a copy of each backup from now on, or none. Errors: `BadInput` when it is no folder.
    pub fn set_second_place(&mut self, folder: Option<&Path>) -> Result<()> {
        let folder = match folder {
            None => String::new(),
            Some(folder) => {
                let full = folder.canonicalize().ok().filter(|full| full.is_dir());
                let full = full.and_then(|full| full.to_str().map(str::to_owned));
                full.ok_or_else(|| {
                    let message = format!("There is no folder {}. Make it, or choose another.", folder.display());
                    Error::new(Code::BadInput, message)
                })?
            }
        };
        self.store.set_setting(SECOND, &folder)
    }
}
