//! Cells that make no sense, mended to what does least harm.

use super::insert;
use crate::draft::{Place, Status};
use crate::error::Result;
use crate::note::Terms;
use crate::revision::Cause;
use crate::store::{EventKind, JudgementKind};
use chrono::DateTime;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension};

/// A time nobody could mistake for a true one.
const LONG_AGO: &str = "1970-01-01T00:00:00.000000Z";

/// An embargo that cannot be read holds until an editor looks at it.
const NOT_YET: &str = "9999-12-31T23:59:59.000000Z";

pub type Cells = [(String, Value)];

/// The new desk as far as it is filled, to hold rows against.
pub struct Known<'a> {
    pub to: &'a Connection,
}

impl Known<'_> {
    /// Mends a row before it goes into the new desk; tells what it changed.
    pub fn mend(&self, table: &str, id: i64, cells: &mut Cells) -> Result<Vec<String>> {
        let mut warnings = Vec::new();
        let called = self.called(table, id, cells);
        for (name, value) in cells.iter_mut() {
            if let Some(mended) = mended(table, name, value) {
                warnings.push(format!("{called}: its {name} made no sense and is now “{mended}”."));
                *value = Value::Text(mended);
            }
        }
        self.mend_links(table, cells)?;
        if let Some(column) = [("drafts", "slug"), ("notes", "name")].iter().find(|(of, _)| *of == table) {
            self.mend_name(table, column.1, id, cells)?;
        }
        const OF_DRAFT: [&str; 7] =
            ["revisions", "judgements", "events", "exports", "originals", "comments", "proposals"];
        if let Some(draft_id) = number(cells, "draft_id").filter(|_| OF_DRAFT.contains(&table))
            && !self.has("drafts", draft_id)?
        {
            self.revive_draft(draft_id, cells)?;
            warnings.push(format!("Piece {draft_id} was lost; it is there again as far as its history tells."));
        } else if table == "revisions" {
            self.follow(cells)?;
        }
        Ok(warnings)
    }

    /// A row as a warning begins with it: a piece by its slug, what belongs to one with it. A note has only its number,
    /// since its name may give away whom nobody is to know.
    pub fn called(&self, table: &str, id: i64, cells: &Cells) -> String {
        let of = |draft_id: i64| {
            let slug = self.to.query_row("SELECT slug FROM drafts WHERE id = ?1", [draft_id], |row| row.get(0));
            slug.map_or_else(|_| format!("piece {draft_id}"), |slug: String| format!("“{slug}”"))
        };
        let what = match table {
            "drafts" => match text(cells, "slug").filter(|slug| !slug.is_empty()) {
                Some(slug) => return format!("The piece “{slug}”"),
                None => return format!("Piece {id}"),
            },
            "notes" => return format!("Note {id}"),
            "past_notes" => return format!("A past state of note {}", number(cells, "note_id").unwrap_or_default()),
            "recordings" => return format!("A recording of note {}", number(cells, "note_id").unwrap_or_default()),
            "revisions" => "Revision",
            "judgements" => "Judgement",
            "events" => "Event",
            "exports" => "Export",
            "comments" => "Comment",
            "proposals" => "Proposal",
            _ => "The file that was brought in",
        };
        let id = if table == "originals" { String::new() } else { format!(" {id}") };
        number(cells, "draft_id")
            .map_or_else(|| format!("{what}{id}"), |draft_id| format!("{what}{id} of {}", of(draft_id)))
    }

    /// A link that may be empty and leads nowhere is emptied.
    fn mend_links(&self, table: &str, cells: &mut Cells) -> Result<()> {
        for (of, name, target) in [
            ("notes", "draft_id", "drafts"),
            ("exports", "revision_id", "revisions"),
            ("comments", "thread_id", "comments"),
            ("proposals", "revision_id", "revisions"),
        ] {
            let Some(id) = number(cells, name).filter(|_| of == table) else { continue };
            if !self.has(target, id)? {
                set(cells, name, Value::Null);
            }
        }
        Ok(())
    }

    /// A damaged index lets two rows have one name.
    fn mend_name(&self, table: &str, column: &str, id: i64, cells: &mut Cells) -> Result<()> {
        let Some(name) = text(cells, column) else { return Ok(()) };
        let sql = format!("SELECT 1 FROM {table} WHERE {column} = ?1");
        if self.to.query_row(&sql, [&name], |_| Ok(())).optional()?.is_some() {
            set(cells, column, Value::Text(format!("{name}-salvaged-{id}")));
        }
        Ok(())
    }

    /// A piece whose own row is lost, from a row that speaks of it.
    fn revive_draft(&self, id: i64, cells: &Cells) -> Result<()> {
        let at = text(cells, "saved_at").unwrap_or_else(|| LONG_AGO.to_owned());
        let words = |name: &str| Value::Text(text(cells, name).unwrap_or_default());
        let mut draft: Vec<(String, Value)> = Vec::new();
        for name in ["hed", "dek", "byline", "dateline", "body"] {
            draft.push((name.to_owned(), words(name)));
        }
        for (name, value) in [("slug", format!("salvaged-{id}")), ("created_at", at.clone()), ("changed_at", at)] {
            draft.push((name.to_owned(), Value::Text(value)));
        }
        for (name, word) in [("status", Status::default().word()), ("place", Place::default().word())] {
            draft.push((name.to_owned(), Value::Text(word.to_owned())));
        }
        draft.push(("id".to_owned(), Value::Integer(id)));
        // A piece that was read has at least 1, so 0 marks the revived until the salvage is done.
        draft.push(("version".to_owned(), Value::Integer(0)));
        insert(self.to, "drafts", &draft)
    }

    /// A revived piece takes the words of each later revision in turn.
    fn follow(&self, cells: &Cells) -> Result<()> {
        let Some(id) = number(cells, "draft_id") else { return Ok(()) };
        let words = |name: &str| text(cells, name).unwrap_or_default();
        self.to.execute(
            "UPDATE drafts
             SET hed = ?2, dek = ?3, byline = ?4, dateline = ?5, body = ?6, changed_at = ?7
             WHERE id = ?1 AND version = 0",
            (id, words("hed"), words("dek"), words("byline"), words("dateline"), words("body"), words("saved_at")),
        )?;
        Ok(())
    }

    fn has(&self, table: &str, id: i64) -> Result<bool> {
        let sql = format!("SELECT 1 FROM {table} WHERE id = ?1");
        Ok(self.to.prepare_cached(&sql)?.query_row([id], |_| Ok(())).optional()?.is_some())
    }
}

/// A note that is not as it was kept may have said that it must not go out: it is held back until an editor looks.
pub fn withhold(called: &str, cells: &mut Cells) -> String {
    set(cells, "terms", Value::Text(Terms::OffTheRecord.words().to_owned()));
    set(cells, "is_confidential", Value::Integer(1));
    format!("{called} is not as it was kept, so it is off the record and confidential until you have looked.")
}

/// What a cell is to hold instead; none where it may stay.
fn mended(table: &str, name: &str, value: &Value) -> Option<String> {
    let word = if let Value::Text(text) = value { text.as_str() } else { "" };
    let is_time = DateTime::parse_from_rfc3339(word).is_ok();
    let (is_good, instead) = match (table, name) {
        ("drafts", "status") => (Status::from_word(word).is_some(), Status::default().word()),
        ("drafts", "place") => (Place::from_word(word).is_some(), Place::default().word()),
        // Nobody signed for it, and nothing is done about it.
        ("judgements", "kind") => (JudgementKind::from_word(word).is_some(), JudgementKind::Verdict.word()),
        ("events", "kind") => (EventKind::from_word(word).is_some(), EventKind::Created.word()),
        ("revisions", "cause") => (Cause::from_word(word).is_some(), Cause::Pause.word()),
        ("notes" | "past_notes", "terms") => (Terms::from_words(word).is_some(), Terms::OffTheRecord.words()),
        (_, "embargo") => (is_time || *value == Value::Null, NOT_YET),
        (_, "cleared_at" | "edited_at" | "resolved_at") => (is_time || *value == Value::Null, LONG_AGO),
        (_, "said_at") => (*value != Value::Null, ""),
        (_, name) if name.ends_with("_at") => (is_time, LONG_AGO),
        _ => (true, ""),
    };
    (!is_good).then(|| instead.to_owned())
}

/// The whole number in a cell, if it holds one.
pub fn number(cells: &Cells, name: &str) -> Option<i64> {
    cells.iter().find_map(|(known, value)| match value {
        Value::Integer(number) if known == name => Some(*number),
        _ => None,
    })
}

/// The text in a cell, if it holds one.
pub fn text(cells: &Cells, name: &str) -> Option<String> {
    cells.iter().find_map(|(known, value)| match value {
        Value::Text(text) if known == name => Some(text.clone()),
        _ => None,
    })
}

fn set(cells: &mut Cells, name: &str, value: Value) {
    if let Some((_, cell)) = cells.iter_mut().find(|(known, _)| known == name) {
        *cell = value;
    }
}
