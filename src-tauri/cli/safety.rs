//! Looking after the desk file: damage, copies, and what can be saved of a broken one.

use crate::ink::Ink;
use crate::output::Output;
use crate::{desk, now, passphrase};
use serde::Serialize;
use std::path::{Path, PathBuf};
use stet::error::Result;
use stet::store;

#[derive(Serialize)]
struct Verified {
    damage: Vec<String>,
    notices: Vec<String>,
}

#[derive(Serialize)]
struct Written {
    path: String,
    size_bytes: u64,
}

#[derive(Serialize)]
struct Salvaged {
    drafts: usize,
    revisions: usize,
    notes: usize,
    lost: usize,
    warnings: Vec<String>,
}

/// Exit 1 when something is wrong with the file. What the window would tell of the desk is told too.
pub fn verify(path: &Path, is_json: bool) -> Result<Output> {
    let desk = desk::open_to_read(path)?;
    let damage: Vec<String> = desk.store().verify()?.into_iter().map(|damage| damage.message).collect();
    let is_damaged = !damage.is_empty();
    // A damaged desk may not know them.
    let notices: Vec<String> =
        desk.info().map_or_else(|_| Vec::new(), |info| info.notices.into_iter().chain(info.backup_trouble).collect());
    if is_json {
        return Ok(Output::json(&Verified { damage, notices }).needing(is_damaged));
    }
    let ink = Ink::stdout();
    let mut page = match is_damaged {
        false => format!("{} {}\n", ink.right("✓ whole"), path.display()),
        true => damage.iter().map(|message| format!("{} {message}\n", ink.wrong("✗"))).collect(),
    };
    page.extend(notices.iter().map(|notice| format!("{} {notice}\n", ink.open("!"))));
    Ok(Output::plain(page).needing(is_damaged))
}

pub fn backup(path: &Path, file: Option<&Path>, is_json: bool) -> Result<Output> {
    let desk = desk::open_to_read(path)?;
    let file = file.map_or_else(|| beside(path), Path::to_owned);
    let written = Written { size_bytes: desk.backup(&file)?, path: file.display().to_string() };
    if is_json {
        return Ok(Output::json(&written));
    }
    Ok(Output::plain(format!("{} · {} bytes\n", written.path, written.size_bytes)))
}

pub fn salvage(damaged: &Path, new: &Path, is_json: bool) -> Result<Output> {
    let salvaged = passphrase::with(damaged, |passphrase| store::salvage(damaged, new, passphrase))?;
    let needs_editor = salvaged.n_lost > 0 || !salvaged.warnings.is_empty();
    let reply = Salvaged {
        drafts: salvaged.n_drafts,
        revisions: salvaged.n_revisions,
        notes: salvaged.n_notes,
        lost: salvaged.n_lost,
        warnings: salvaged.warnings,
    };
    if is_json {
        return Ok(Output::json(&reply).needing(needs_editor));
    }
    let page = format!(
        "{} · {} pieces · {} revisions · {} notes · {} rows lost\n",
        new.display(),
        reply.drafts,
        reply.revisions,
        reply.notes,
        reply.lost
    );
    Ok(Output::plain(page).warn(reply.warnings).needing(needs_editor))
}

/// *desk.2026-11-23T221403.sqlite* beside *desk.sqlite*.
fn beside(path: &Path) -> PathBuf {
    let part = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let name = format!("{}.{}.{}", part(path.file_stem()), now().format("%Y-%m-%dT%H%M%S"), part(path.extension()));
    path.with_file_name(name.trim_end_matches('.'))
}
