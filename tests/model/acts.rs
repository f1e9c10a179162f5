//! What an editor does, and what the desk is to have then.

use super::state::{Model, Piece};
use chrono::{DateTime, TimeDelta, Utc};
use std::path::PathBuf;
use stet::desk::{Desk, File, Order, look_at};
use stet::draft::{Copy, DraftId, Place, Status};
use stet::error::Result;
use stet::export::Format;
use stet::revision::Cause;
use stet::span::Span;
use stet::store::{DraftEdit, Routing};

pub type Does = Box<dyn Fn(&mut Desk) -> Result<()>>;

/// An act made ready: what it does to the desk, and the states the desk may be in when the disk failed on the way; the
/// last is the one it is to come to.
pub struct Ready {
    pub act: Does,
    pub states: Vec<Model>,
    /// A file that is there when the act is done, and never before.
    pub file: Option<PathBuf>,
}

pub fn ready(act: impl Fn(&mut Desk) -> Result<()> + 'static, states: Vec<Model>) -> Option<Ready> {
    Some(Ready { act: Box::new(act), states, file: None })
}

pub fn type_into(model: &Model, which: usize, words: String, now: DateTime<Utc>) -> Option<Ready> {
    let (id, piece) = model.piece(which)?;
    let is_paused = now - piece.changed_at >= TimeDelta::seconds(30);
    let is_changed = piece.revisions.last().map_or("", |(_, last)| last) != piece.body;
    let mut states = Vec::new();
    let save = |piece: &mut Piece| (piece.body, piece.changed_at) = (words.clone(), now);
    if is_paused && is_changed {
        let kept = model.with(id, |piece| piece.revisions.push((Cause::Pause, piece.body.clone())));
        let saved = kept.with(id, save);
        states.extend([kept, model.with(id, save), saved]);
    } else {
        states.push(model.with(id, save));
    }
    let act = move |desk: &mut Desk| {
        let draft = desk.store().open_draft(DraftId(id))?;
        let copy = Copy { body: words.clone(), ..draft.copy };
        let edit = DraftEdit { id: draft.id, slug: draft.slug, target_words: draft.target_words, copy };
        desk.save_draft(&edit, draft.version, now).map(drop)
    };
    ready(act, states)
}

pub fn suggest(model: &Model, which: usize, now: DateTime<Utc>) -> Option<Ready> {
    let (id, piece) = model.piece(which)?;
    let (body, last) = (piece.body.clone(), piece.revisions.last().map(|(_, last)| last));
    if piece.base.is_some() {
        return None;
    }
    let is_kept = last == Some(&body);
    let after = model.with(id, |piece| {
        piece.revisions.extend((!is_kept).then(|| (Cause::BeforeSuggestions, body.clone())));
        piece.base = Some(body);
    });
    ready(move |desk| desk.start_suggesting(DraftId(id), now).map(drop), vec![after])
}

pub fn settle(model: &Model, which: usize, is_kept: bool, now: DateTime<Utc>) -> Option<Ready> {
    let (id, piece) = model.piece(which)?;
    let (base, body) = (piece.base.clone()?, piece.body.clone());
    let is_last = piece.revisions.last().is_some_and(|(_, last)| *last == body);
    let after = model.with(id, |piece| {
        piece.base = None;
        if is_kept || base == body {
            return;
        }
        piece.revisions.extend((!is_last).then(|| (Cause::Suggestions, body.clone())));
        piece.revisions.push((Cause::Restore, base.clone()));
        piece.proposals.insert(0, (base.clone(), body));
        (piece.body, piece.changed_at) = (base, now);
    });
    ready(move |desk| desk.stop_suggesting(DraftId(id), is_kept, now).map(drop), vec![after])
}

pub fn move_to(model: &Model, which: usize, place: Place, now: DateTime<Utc>) -> Option<Ready> {
    let (id, _) = model.piece(which)?;
    let after = model.with(id, |piece| piece.is_in_bin = place == Place::Bin);
    ready(move |desk| desk.move_draft(DraftId(id), place, now).map(drop), vec![after])
}

pub fn import(id: i64, model: &Model, words: String, now: DateTime<Utc>) -> Option<Ready> {
    let file = File { name: "wire.md".into(), bytes: words.into_bytes() };
    let seen = look_at(&file).expect("it is text");
    let mut after = model.clone();
    let body = seen.piece.copy.body;
    let revisions = vec![(Cause::Import, body.clone())];
    after.pieces.insert(id, Piece { body, created_at: now, changed_at: now, revisions, ..Piece::default() });
    let bring = move |desk: &mut Desk| {
        let again = File { name: file.name.clone(), bytes: file.bytes.clone() };
        desk.import_drafts(&[again], None, now).map(drop)
    };
    ready(bring, vec![after])
}

pub fn export(model: &Model, which: usize, path: PathBuf, now: DateTime<Utc>) -> Option<Ready> {
    let (id, piece) = model.piece(which).filter(|(_, piece)| !piece.body.is_empty())?;
    let body = piece.body.clone();
    let after = model.with(id, |piece| {
        piece.revisions.push((Cause::Export, body));
        piece.n_exports += 1;
    });
    let order = Order { why: "a test".into(), ..Order::new(DraftId(id), Format::Text, path.clone()) };
    let export = move |desk: &mut Desk| desk.export(&order, now).map(drop);
    Some(Ready { file: Some(path), ..ready(export, vec![after])? })
}

pub fn comment(model: &Model, which: usize, n: usize, now: DateTime<Utc>) -> Option<Ready> {
    let (id, piece) = model.piece(which).filter(|(_, piece)| piece.body.starts_with('“'))?;
    let (body, text) = (piece.body.clone(), format!("Who says so? {n}"));
    let after = model.with(id, |piece| piece.comments.push(text.clone()));
    let on = Span::new(0, '“'.len_utf8());
    ready(move |desk| desk.add_comment(DraftId(id), &body, on, &text, now).map(drop), vec![after])
}

pub fn route(model: &Model, which: usize, n: u32, now: DateTime<Utc>) -> Option<Ready> {
    let (id, piece) = model.piece(which)?;
    let status = Status::ALL[n as usize % Status::ALL.len()];
    let due = n.is_multiple_of(2).then_some(now);
    let is_new_status = status != piece.status;
    let after = model.with(id, |piece| {
        (piece.status, piece.deadline, piece.target_words) = (status, due, Some(n));
        piece.changed_at = if is_new_status { now } else { piece.changed_at };
    });
    let routing = Routing { status: Some(status), place: None, deadline: Some(due), target_words: Some(Some(n)) };
    ready(move |desk| desk.route(&[(DraftId(id), String::new(), routing)], now).map(drop), vec![after])
}

pub fn remove(model: &Model, which: usize, now: DateTime<Utc>) -> Option<Ready> {
    let (id, _) = model.piece(which)?;
    let mut after = model.clone();
    after.pieces.remove(&id);
    ready(move |desk| desk.remove_draft(DraftId(id), now).map(drop), vec![after])
}
