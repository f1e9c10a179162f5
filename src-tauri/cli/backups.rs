//! Backups by themselves, and a backup put in the place of the desk.

use crate::desk::{open_to_read, shown, stamp};
use crate::ink::Ink;
use crate::output::Output;
use crate::{now, passphrase};
use clap::Args;
use serde::Serialize;
use std::path::{Path, PathBuf};
use stet::desk::Access;
use stet::error::{Code, Error, Result};
use stet::store::{Backer, Backup, Difference, restore_desk};

/// What `stet backups` is asked.
#[derive(Args)]
pub struct Backups {
    /// A folder that gets a copy of each backup from now on, the window's too
    #[arg(long, value_name = "DIR")]
    second: Option<PathBuf>,
    /// No second place from now on
    #[arg(long, conflicts_with = "second")]
    no_second: bool,
}

/// What `stet restore-desk` is asked.
#[derive(Args)]
pub struct Restore {
    /// The desk
    desk: PathBuf,
    /// A backup: its time as --list prints it, or a file; without it the newest
    backup: Option<String>,
    /// List the backups and what would differ, and change nothing
    #[arg(long)]
    list: bool,
}

#[derive(Serialize)]
struct BackupsReply {
    backups: Vec<BackupReply>,
}

#[derive(Serialize)]
struct BackupReply {
    path: String,
    made_at: String,
    size_bytes: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    differs: Option<DifferenceReply>,
}

#[derive(Serialize)]
struct DifferenceReply {
    on_desk_alone: Vec<String>,
    in_backup_alone: Vec<String>,
    changed: Vec<ChangedReply>,
    notes_changed: usize,
}

#[derive(Serialize)]
struct ChangedReply {
    slug: String,
    words_on_desk: usize,
    words_in_backup: usize,
}

#[derive(Serialize)]
struct RestoredReply {
    desk: String,
    backup: String,
    kept: Option<String>,
}

/// Makes a backup as the window does, and lists those there are.
pub fn run(path: &Path, order: &Backups, is_json: bool) -> Result<Output> {
    let mut desk = passphrase::open(path, Access::Visit)?;
    if order.second.is_some() || order.no_second {
        desk.set_second_place(order.second.as_deref())?;
    }
    let made = desk.backing().make(now())?;
    let backups = desk.backups()?.list()?.into_iter().map(|backup| (backup, None)).collect();
    Ok(page(backups, is_json).warn(made.missed.into_iter().collect()))
}

/// Puts a backup in the place of a desk, or lists them.
pub fn restore(order: &Restore, is_json: bool) -> Result<Output> {
    // A desk that is damaged may have forgotten its second place: those beside it are found all the same.
    let here = open_to_read(&order.desk);
    let full = order.desk.canonicalize().unwrap_or_else(|_| order.desk.clone());
    let beside = || Backer::beside(&full);
    let backer = here.as_ref().ok().and_then(|desk| desk.backups().ok()).unwrap_or_else(beside);
    let backups = backer.list()?;
    if order.list {
        let chosen = match &order.backup {
            Some(name) => vec![find(&backups, name)?],
            None => backups,
        };
        let mut warnings = Vec::new();
        if let Err(error) = &here {
            warnings.push(format!("What differs cannot be told, for the desk cannot be read. {error}"));
        }
        let differs = |backup: &Backup| {
            let here = here.as_ref().ok()?.store();
            Difference::between(here, &here.open_backup(backup).ok()?).ok()
        };
        let listed = chosen.into_iter().map(|backup| (backup.clone(), differs(&backup))).collect();
        return Ok(page(listed, is_json).warn(warnings));
    }
    let chosen = match (&order.backup, backups.first()) {
        (Some(name), _) => find(&backups, name)?,
        (None, Some(newest)) => newest.clone(),
        (None, None) => {
            let message = format!("There are no backups of {}. Name a file that is one.", order.desk.display());
            return Err(Error::new(Code::NotFound, message));
        }
    };
    drop(here);
    let kept = passphrase::with(&chosen.path, |passphrase| restore_desk(&order.desk, &chosen.path, passphrase, now()))?;
    let kept = kept.map(|kept| kept.display().to_string());
    let (desk, backup) = (order.desk.display().to_string(), chosen.path.display().to_string());
    if is_json {
        return Ok(Output::json(&RestoredReply { desk, backup, kept }));
    }
    let behind = kept.map(|kept| format!("; what stood there is kept as {kept}")).unwrap_or_default();
    Ok(Output::plain(format!("{desk} is as it was backed up at {}{behind}.\n", shown(chosen.made_at))))
}

/// The backup of that time, or in that file. Errors: `NotFound`.
fn find(backups: &[Backup], name: &str) -> Result<Backup> {
    if let Some(backup) = backups.iter().find(|backup| stamp(backup.made_at) == name) {
        return Ok(backup.clone());
    }
    let path = PathBuf::from(name);
    let Ok(file) = path.metadata() else {
        let message = format!("There is no backup “{name}”: `stet restore-desk DESK --list` lists them.");
        return Err(Error::new(Code::NotFound, message));
    };
    let known = backups.iter().find(|backup| path.canonicalize().is_ok_and(|path| path == backup.path));
    let made_at = file.modified().map(Into::into).unwrap_or_else(|_| now());
    Ok(known.cloned().unwrap_or(Backup { path, made_at, size_bytes: file.len() }))
}

fn page(backups: Vec<(Backup, Option<Difference>)>, is_json: bool) -> Output {
    if is_json {
        return Output::json(&BackupsReply { backups: backups.into_iter().map(reply).collect() });
    }
    if backups.is_empty() {
        return Output::plain("There are no backups yet: `stet backups` makes one, and so does the window.\n".into());
    }
    let ink = Ink::stdout();
    let mut page = String::new();
    for (backup, difference) in backups {
        let size = format!("{:>9} KB", backup.size_bytes.div_ceil(1_000));
        page +=
            &format!("{}  {size}  {}\n", ink.bold(&stamp(backup.made_at)), ink.quiet(&backup.path.to_string_lossy()));
        for line in difference.map(|difference| lines(&difference)).unwrap_or_default() {
            page += &format!("    {line}\n");
        }
    }
    Output::plain(page)
}

/// What taking a backup would change, a line each.
fn lines(difference: &Difference) -> Vec<String> {
    if difference.is_none() {
        return vec!["as the desk is".into()];
    }
    let mut lines = Vec::new();
    lines.extend(difference.here_alone.iter().map(|slug| format!("{slug}: on the desk alone")));
    lines.extend(difference.there_alone.iter().map(|slug| format!("{slug}: in the backup alone")));
    let changed = difference.changed.iter();
    lines.extend(changed.map(|(slug, here, there)| format!("{slug}: {here} words on the desk, {there} in the backup")));
    lines.extend((difference.n_notes_changed > 0).then(|| format!("{} notes differ", difference.n_notes_changed)));
    lines
}

fn reply((backup, difference): (Backup, Option<Difference>)) -> BackupReply {
    let changed = |(slug, words_on_desk, words_in_backup)| ChangedReply { slug, words_on_desk, words_in_backup };
    BackupReply {
        path: backup.path.display().to_string(),
        made_at: stamp(backup.made_at),
        size_bytes: backup.size_bytes,
        differs: difference.map(|difference| DifferenceReply {
            on_desk_alone: difference.here_alone,
            in_backup_alone: difference.there_alone,
            changed: difference.changed.into_iter().map(changed).collect(),
            notes_changed: difference.n_notes_changed,
        }),
    }
}
