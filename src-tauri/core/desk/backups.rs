//! Backups by themselves: where they go, and what an editor has to know of them.

use super::Desk;
use crate::error::{Code, Error, Result};
use crate::store::Backer;
use std::path::{Path, PathBuf};

/// The setting that names the second place.
const SECOND: &str = "backup folder";

impl Desk {
    /// What makes the backups of this desk, away from it; none where the desk cannot be written or has no file.
    pub fn backer(&self) -> Result<Option<Backer>> {
        let can_be = self.store.read_only_because().is_none() && self.store.path().is_file();
        Ok(if can_be { Some(self.backups()?) } else { None })
    }

    /// The same, to look for backups only.
    pub fn backups(&self) -> Result<Backer> {
        Ok(self.store.backer(self.second_place()?))
    }

    /// The folder that gets a copy of each backup, if one was chosen.
    pub fn second_place(&self) -> Result<Option<PathBuf>> {
        Ok(self.store.setting(SECOND)?.filter(|folder| !folder.is_empty()).map(PathBuf::from))
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
