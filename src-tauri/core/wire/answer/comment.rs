//! Comments: each answer is the threads of the piece as they stand then, on the body as it stands in the window.

use super::{Now, span_in};
use crate::desk::{Desk, Thread};
use crate::draft::DraftId;
use crate::error::Result;
use crate::span::Utf16;
use crate::store::{Comment, CommentId};
use crate::wire::piece_view::{kept_text, time};
use crate::wire::view::*;

pub fn list_comments(desk: &mut Desk, _now: Now, id: i64, body: String) -> Result<Vec<ThreadView>> {
    let places = Utf16::new(&body);
    let view = |thread: Thread| {
        let said = thread.said().map(comment_view).collect();
        let (resolved_by, resolved_at) = thread.first.resolved.map(|(by, at)| (by, time(at))).unzip();
        let at = thread.at.map(|at| places.span(at));
        ThreadView { id: thread.first.id.0, words: thread.first.anchor.words, at, said, resolved_by, resolved_at }
    };
    Ok(desk.list_threads(DraftId(id), &body)?.into_iter().map(view).collect())
}

fn comment_view(comment: &Comment) -> CommentView {
    CommentView {
        id: comment.id.0,
        by: comment.by.clone(),
        at: time(comment.made_at),
        is_edited: comment.edited_at.is_some(),
        text: comment.text.clone(),
    }
}

pub fn add_comment(
    desk: &mut Desk,
    now: Now,
    id: i64,
    body: String,
    at: Place16,
    text: String,
) -> Result<Vec<ThreadView>> {
    let at = span_in(&body, at);
    desk.add_comment(DraftId(id), &body, at, &kept_text(&text), now)?;
    list_comments(desk, now, id, body)
}

pub fn reply(desk: &mut Desk, now: Now, comment_id: i64, body: String, text: String) -> Result<Vec<ThreadView>> {
    let id = desk.reply(CommentId(comment_id), &kept_text(&text), now)?.draft_id;
    list_comments(desk, now, id.0, body)
}

pub fn edit_comment(desk: &mut Desk, now: Now, comment_id: i64, body: String, text: String) -> Result<Vec<ThreadView>> {
    let id = desk.edit_comment(CommentId(comment_id), &kept_text(&text), now)?.draft_id;
    list_comments(desk, now, id.0, body)
}

pub fn resolve_comment(
    desk: &mut Desk,
    now: Now,
    comment_id: i64,
    body: String,
    is_resolved: bool,
) -> Result<Vec<ThreadView>> {
    let id = desk.resolve_comment(CommentId(comment_id), is_resolved, now)?.draft_id;
    list_comments(desk, now, id.0, body)
}

pub fn bin_comment(
    desk: &mut Desk,
    now: Now,
    comment_id: i64,
    body: String,
    is_in_bin: bool,
) -> Result<Vec<ThreadView>> {
    let id = desk.bin_comment(CommentId(comment_id), is_in_bin)?.draft_id;
    list_comments(desk, now, id.0, body)
}
