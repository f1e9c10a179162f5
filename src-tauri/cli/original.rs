//! `stet original`: the files a piece came from, as they came.

use crate::desk;
use crate::output::{self, Output};
use serde::Serialize;
use std::path::Path;
use stet::error::{Code, Error, Result};
use stet::store::Original;

#[derive(Serialize)]
struct Reply {
    originals: Vec<OriginalReply>,
}

#[derive(Serialize)]
struct OriginalReply {
    name: String,
    kept_at: String,
    size_bytes: u64,
}

/// Lists them, newest first; with `file` writes the newest there, over a file only when `is_forced`.
pub fn run(path: &Path, slug: &str, file: Option<&Path>, is_forced: bool, is_json: bool) -> Result<Output> {
    let desk = desk::open_to_read(path)?;
    let draft = desk::find(&desk, slug)?;
    let originals = desk.store().list_originals(draft.id)?;
    if let Some(file) = file {
        output::may_write(file, is_forced)?;
        let last = originals.first().map(|original| desk.store().get_original(original.id)).transpose()?.flatten();
        let Some(bytes) = last else {
            let message = format!("{slug} came from no file that was kept: it was typed here, or plain words.");
            return Err(Error::new(Code::NotFound, message));
        };
        output::write_file(file, &bytes)?;
    }
    if is_json {
        let reply = |original: Original| OriginalReply {
            kept_at: desk::stamp(original.kept_at),
            name: original.name,
            size_bytes: original.size_bytes,
        };
        return Ok(Output::json(&Reply { originals: originals.into_iter().map(reply).collect() }));
    }
    let line = |original: &Original| {
        format!("{} · {} · {} bytes\n", original.name, desk::shown(original.kept_at), original.size_bytes)
    };
    Ok(Output::plain(originals.iter().map(line).collect()))
}
