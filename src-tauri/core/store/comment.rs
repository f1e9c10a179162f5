//! Comments as the desk keeps them.

use super::row::{Cells, read_one, read_rows, time_text};
use super::{Store, seal};
use crate::comment::Anchor;
use crate::draft::DraftId;
use crate::error::{Code, Error, Result};
use chrono::{DateTime, Utc};
use rusqlite::params;

/// Which comment; later ones have larger numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommentId(pub i64);

/// What somebody said about words of a piece, or in answer to who did.
#[derive(Clone, Debug, PartialEq)]
pub struct Comment {
    pub id: CommentId,
    pub draft_id: DraftId,
    /// The comment it answers; none for the first of a thread.
    pub thread_id: Option<CommentId>,
    /// Who; empty when nobody had said who works here.
    pub by: String,
    pub made_at: DateTime<Utc>,
    pub edited_at: Option<DateTime<Utc>>,
    pub text: String,
    /// The words it stands on; those of a reply are empty.
    pub anchor: Anchor,
    /// Who settled the thread, and when; none while it is open, and for a reply.
    pub resolved: Option<(String, DateTime<Utc>)>,
    pub is_in_bin: bool,
}

/// What a comment is made on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On<'a> {
    Words(DraftId, &'a Anchor),
    /// A reply to the first of a thread.
    Thread(CommentId),
}

impl Store {
    /// Keeps a comment. A reply to a reply is one to its thread. Errors: `NotFound`.
    pub fn add_comment(&mut self, on: On, by: &str, text: &str, now: DateTime<Utc>) -> Result<Comment> {
        let at = time_text(now)?;
        self.all_or_none(|store| {
            let none = Anchor::default();
            let (draft_id, thread_id, anchor) = match on {
                On::Words(draft_id, anchor) => (draft_id, None, anchor),
                On::Thread(id) => {
                    let first = store.open_comment(id)?;
                    (first.draft_id, Some(first.thread_id.unwrap_or(first.id)), &none)
                }
            };
            store.look_over(draft_id)?;
            store.last_save(draft_id)?;
            let start_byte = i64::try_from(anchor.start_byte).unwrap_or(i64::MAX);
            store.connection.execute(
                "INSERT INTO comments (draft_id, thread_id, signed_by, made_at, text, start_byte, before, words, after,
                   resolved_by, is_in_bin)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, '', 0)",
                params![
                    draft_id.0,
                    thread_id.map(|id| id.0),
                    by,
                    at,
                    text,
                    start_byte,
                    anchor.before,
                    anchor.words,
                    anchor.after
                ],
            )?;
            store.open_comment(CommentId(store.connection.last_insert_rowid()))
        })
    }

    /// Says a comment in other words. Errors: `NotFound`.
    pub fn edit_comment(&mut self, id: CommentId, text: &str, now: DateTime<Utc>) -> Result<Comment> {
        let at = time_text(now)?;
        self.change_comment(id, "text = ?2, edited_at = ?3", params![id.0, text, at])
    }

    /// Settles a thread, or opens it again. Errors: `NotFound`.
    pub fn resolve_comment(&mut self, id: CommentId, by: Option<&str>, now: DateTime<Utc>) -> Result<Comment> {
        let at = by.map(|_| time_text(now)).transpose()?;
        let by = by.unwrap_or_default();
        self.change_comment(id, "resolved_by = ?2, resolved_at = ?3", params![id.0, by, at])
    }

    /// Puts a comment in the bin, or takes it back. Errors: `NotFound`.
    pub fn bin_comment(&mut self, id: CommentId, is_in_bin: bool) -> Result<Comment> {
        self.change_comment(id, "is_in_bin = ?2", params![id.0, is_in_bin])
    }

    fn change_comment(&mut self, id: CommentId, change: &str, with: impl rusqlite::Params) -> Result<Comment> {
        self.all_or_none(|store| {
            // What was harmed is not sealed with the change.
            let draft_id = store.open_comment(id)?.draft_id;
            store.look_over(draft_id)?;
            store.connection.execute(&format!("UPDATE comments SET {change} WHERE id = ?1"), with)?;
            store.open_comment(id)
        })
    }

    /// The comments on a piece in the order they were made, those in the bin too.
    pub fn list_comments(&self, draft_id: DraftId) -> Result<Vec<Comment>> {
        let sql = "SELECT * FROM comments WHERE draft_id = ?1 ORDER BY id";
        read_rows(&self.connection, "comment", sql, [draft_id.0], read_comment)
    }

    /// A comment. Errors: `NotFound`; `Corrupt` where it is not as it was kept.
    pub fn open_comment(&self, id: CommentId) -> Result<Comment> {
        let found =
            read_one(&self.connection, "comment", "SELECT * FROM comments WHERE id = ?1", [id.0], read_comment)?;
        let comment = found.ok_or_else(|| Error::new(Code::NotFound, "There is no such comment on this desk."))?;
        seal::check(&self.connection, "comments", id.0)?;
        Ok(comment)
    }
}

pub(super) fn read_comment(cells: &Cells) -> Result<Comment> {
    let resolved_by = cells.text("resolved_by")?;
    Ok(Comment {
        id: CommentId(cells.id),
        draft_id: DraftId(cells.get("draft_id")?),
        thread_id: cells.get::<Option<i64>>("thread_id")?.map(CommentId),
        by: cells.text("signed_by")?,
        made_at: cells.time("made_at")?,
        edited_at: cells.maybe_time("edited_at")?,
        text: cells.text("text")?,
        anchor: Anchor {
            start_byte: usize::try_from(cells.get::<i64>("start_byte")?).unwrap_or_default(),
            before: cells.text("before")?,
            words: cells.text("words")?,
            after: cells.text("after")?,
        },
        resolved: cells.maybe_time("resolved_at")?.map(|at| (resolved_by, at)),
        is_in_bin: cells.get("is_in_bin")?,
    })
}
