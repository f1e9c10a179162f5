//! Pieces and notes put in the bin, or removed for good.

use crate::output::Output;
use crate::{desk, now, passphrase};
use clap::Args;
use serde::Serialize;
use std::path::Path;
use stet::desk::{Access, Desk};
use stet::draft::Place;
use stet::error::{Code, Error, Result};
use stet::note::NoteId;

#[derive(Args)]
pub struct Remove {
    /// The piece; with --note the name of a note
    #[arg(value_name = "SLUG|NAME")]
    name: String,
    /// It is a source note
    #[arg(long)]
    note: bool,
    /// Out of the desk, its history, its search and its backups: nothing brings it back
    #[arg(long)]
    for_good: bool,
}

#[derive(Serialize)]
struct Reply<'a> {
    name: &'a str,
    for_good: bool,
    past_states: usize,
    copies: usize,
    left: Vec<String>,
}

pub fn run(path: &Path, order: &Remove, is_json: bool) -> Result<Output> {
    let mut desk = passphrase::open(path, Access::Visit)?;
    let name = order.name.as_str();
    if !order.for_good {
        if order.note {
            let id = find_note(&desk, name)?;
            desk.bin_note(id, true)?;
        } else {
            let id = desk::find(&desk, name)?.id;
            desk.move_draft(id, Place::Bin, now())?;
        }
        if is_json {
            return Ok(Output::json(&Reply { name, for_good: false, past_states: 0, copies: 0, left: Vec::new() }));
        }
        return Ok(Output::plain(format!(
            "{name} is in the bin, whole. --for-good takes it out of the desk and its backups.\n"
        )));
    }
    let removed = if order.note {
        let id = find_note(&desk, name)?;
        desk.remove_note(id, now())?
    } else {
        let id = desk::find(&desk, name)?.id;
        desk.remove_draft(id, now())?
    };
    let (past_states, copies, left) = (removed.n_past, removed.n_copies, removed.left);
    if is_json {
        return Ok(Output::json(&Reply { name, for_good: true, past_states, copies, left }));
    }
    let left: String = left.iter().map(|line| format!("  {line}\n")).collect();
    let page = format!(
        "{name} is removed for good, with {past_states} past states, from the desk and {copies} copies of it.\n{left}"
    );
    Ok(Output::plain(page))
}

fn find_note(desk: &Desk, name: &str) -> Result<NoteId> {
    let notes = desk.list_notes()?;
    notes.into_iter().find(|kept| kept.note.name == name).map(|kept| kept.note.id).ok_or_else(|| {
        Error::new(Code::NotFound, format!("There is no note “{name}” on this desk. Look at the name in Sources."))
    })
}
