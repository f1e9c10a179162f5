//! `stet import`: files come to the desk, all of them or none.

use crate::input;
use crate::output::Output;
use crate::{desk, now, passphrase};
use serde::Serialize;
use std::path::{Path, PathBuf};
use stet::desk::{Access, Brought, Desk, File, look_at};
use stet::draft::{Copy, count_words};
use stet::error::Result;
use stet::span::one_line;

#[derive(Serialize)]
struct Reply {
    drafts: Vec<DraftReply>,
    notes: Vec<NoteReply>,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct DraftReply {
    slug: String,
    words: usize,
    /// What was taken for each part of the head; empty where none was found.
    hed: String,
    dek: String,
    byline: String,
    dateline: String,
}

#[derive(Serialize)]
struct NoteReply {
    id: i64,
    name: String,
    source: String,
    terms: &'static str,
    confidential: bool,
}

/// Everything is read before the desk is opened, and kept in one transaction: Ctrl-C at any moment leaves all or none.
pub fn run(
    path: &Path,
    files: &[PathBuf],
    into: Option<&str>,
    are_notes: bool,
    is_look: bool,
    is_json: bool,
) -> Result<Output> {
    let files = if are_notes { input::note_files(files)? } else { files.to_vec() };
    let mut read = Vec::with_capacity(files.len());
    for file in &files {
        let name = if file.as_os_str() == "-" { "untitled.md".to_owned() } else { input::name_of(file) };
        read.push(File { name, bytes: input::read_bytes(file)? });
    }
    if is_look {
        return look(&read, is_json);
    }
    let mut desk = passphrase::open(path, Access::Visit)?;
    let into = into.map(|slug| desk::find(&desk, slug)).transpose()?.map(|draft| draft.id);
    let brought = match are_notes {
        true => desk.import_notes(&read, into, now())?,
        false => desk.import_drafts(&read, into, now())?,
    };
    let reply = reply(&desk, brought)?;
    if is_json {
        return Ok(Output::json(&reply));
    }
    let mut page = String::new();
    for draft in &reply.drafts {
        page += &format!("{} · {} words\n", draft.slug, draft.words);
        page += &head_lines([&draft.hed, &draft.dek, &draft.byline, &draft.dateline]);
    }
    for note in &reply.notes {
        let source = if note.source.is_empty() { "no source named" } else { &note.source };
        page += &format!("{} · {source} · {}\n", note.name, note.terms);
    }
    Ok(Output::plain(page).warn(reply.warnings))
}

#[derive(Serialize)]
struct LookReply {
    files: Vec<SeenReply>,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct SeenReply {
    file: String,
    slug: String,
    hed: String,
    dek: String,
    byline: String,
    dateline: String,
    words: usize,
    body: String,
}

/// What the files would bring, and nothing kept: no desk is opened.
fn look(files: &[File], is_json: bool) -> Result<Output> {
    let (mut seen, mut warnings) = (Vec::new(), Vec::new());
    for file in files {
        let found = look_at(file)?;
        let Copy { hed, dek, byline, dateline, body } = found.piece.copy;
        let (file, slug, words) = (file.name.clone(), found.piece.slug, count_words(&body));
        seen.push(SeenReply { file, slug, hed, dek, byline, dateline, words, body });
        warnings.extend(found.warnings);
    }
    if is_json {
        return Ok(Output::json(&LookReply { files: seen, warnings }));
    }
    let mut page = String::new();
    for seen in &seen {
        page += &format!("{} · {} words\n", seen.file, seen.words);
        page += &head_lines([&seen.hed, &seen.dek, &seen.byline, &seen.dateline]);
    }
    Ok(Output::plain(page).warn(warnings))
}

/// What was taken for the head, a line each.
fn head_lines(parts: [&str; 4]) -> String {
    let names = ["hed", "dek", "byline", "dateline"];
    let line = |(name, part): (&str, &str)| format!("  {name:<9}{}\n", one_line(part));
    names.into_iter().zip(parts).filter(|(_, part)| !part.is_empty()).map(line).collect()
}

fn reply(desk: &Desk, brought: Brought) -> Result<Reply> {
    let (mut drafts, mut notes) = (Vec::new(), Vec::new());
    for id in brought.draft_ids {
        let draft = desk.store().open_draft(id)?;
        let Copy { hed, dek, byline, dateline, body } = draft.copy;
        drafts.push(DraftReply { words: count_words(&body), slug: draft.slug, hed, dek, byline, dateline });
    }
    for id in brought.note_ids {
        let note = desk.store().open_note(id)?.note;
        let (terms, confidential) = (note.terms.words(), note.is_confidential);
        let source = if confidential { "confidential source".to_owned() } else { note.source };
        notes.push(NoteReply { id: id.0, name: note.name, source, terms, confidential });
    }
    Ok(Reply { drafts, notes, warnings: brought.warnings })
}
