//! `stet original`: the files a piece came from, as they came.

use crate::desk;
use crate::output::Output;
use serde::Serialize;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use stet::error::{Code, Error, Result};

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

/// Lists them, newest first; with `output` writes the newest to a new file.
pub fn run(path: &Path, slug: &str, output: Option<&Path>, is_json: bool) -> Result<Output> {
    let desk = desk::open_to_read(path)?;
    let draft = desk::find(&desk, slug)?;
    let originals = desk.store().list_originals(draft.id)?;
    if let Some(output) = output {
        let last = originals.first().map(|original| desk.store().get_original(original.id)).transpose()?.flatten();
        let Some(bytes) = last else {
            let message = format!("{slug} came from no file that was kept: it was typed here, or plain words.");
            return Err(Error::new(Code::NotFound, message));
        };
        let written =
            OpenOptions::new().write(true).create_new(true).open(output).and_then(|mut file| file.write_all(&bytes));
        written.map_err(|error| {
            let message = format!("{} could not be written: name a new file.", output.display());
            Error::new(Code::Io, message).because(error)
        })?;
    }
    let reply = |original: stet::store::Original| OriginalReply {
        kept_at: original.kept_at.to_rfc3339(),
        name: original.name,
        size_bytes: original.size_bytes,
    };
    let reply = Reply { originals: originals.into_iter().map(reply).collect() };
    if is_json {
        return Ok(Output::json(&reply));
    }
    let line = |original: &OriginalReply| {
        format!("{} · {} · {} bytes\n", original.name, original.kept_at, original.size_bytes)
    };
    Ok(Output::plain(reply.originals.iter().map(line).collect()))
}
