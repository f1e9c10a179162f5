//! The packed words of a revision, laid open as cells for mending, and packed again behind it.

use super::Row;
use super::mend::{number, text};
use crate::draft::{Copy, DraftId};
use crate::error::Result;
use crate::revision::RevisionId;
use crate::store::history::{self, Entry};
use rusqlite::Connection;
use rusqlite::types::Value;

const PARTS: [&str; 5] = ["hed", "dek", "byline", "dateline", "body"];

/// Puts the words of a revision in place of what they are packed in; none when they cannot be had. A desk from before
/// they were packed has them in its cells already.
pub fn lay_open(from: &Connection, id: i64, mut row: Row) -> Option<Row> {
    if row.cells.iter().any(|(name, _)| name == "body") {
        return Some(row);
    }
    let draft_id = DraftId(number(&row.cells, "draft_id")?);
    let (copy, is_as_kept) = history::rescue(from, draft_id, RevisionId(id))?;
    let is_packing = |name: &str| ["hash", "n_steps", "words"].contains(&name);
    row.cells.retain(|(name, _)| !is_packing(name));
    row.torn.retain(|name| !is_packing(name));
    let Copy { hed, dek, byline, dateline, body } = copy;
    let parts = PARTS.into_iter().zip([hed, dek, byline, dateline, body]);
    row.cells.extend(parts.map(|(name, part)| (name.to_owned(), Value::Text(part))));
    row.is_doubtful = !is_as_kept;
    Some(row)
}

/// Adds a revision with its words in its cells to the new desk, behind the last one of its piece.
pub fn append(to: &Connection, id: i64, cells: &[(String, Value)]) -> Result<()> {
    let cell = |name| text(cells, name).unwrap_or_default();
    let (saved_at, cause, name) = (cell("saved_at"), cell("cause"), text(cells, "name"));
    let draft_id = DraftId(number(cells, "draft_id").unwrap_or_default());
    let entry = Entry { id: Some(id), draft_id, saved_at: &saved_at, cause: &cause, name: name.as_deref() };
    let [hed, dek, byline, dateline, body] = PARTS.map(cell);
    history::append(to, &entry, &Copy { hed, dek, byline, dateline, body }).map(|_| ())
}
