//! Seals: a hash of each row that no chain covers, so that text which was changed and is still text is seen.
//!
//! Triggers of the file note each row that comes, changes or goes, whoever writes; Stet seals what was noted before its
//! transaction ends. The seals lie in a table of their own, so that a page of the disk that went back to what it held
//! before does not fit the seal, which lies on another. Tried and left: a column beside the words, which goes back
//! with them, and triggers that make the hash themselves, which lock every other program out of the file.

use super::fault::WAY_OUT;
use crate::error::{Code, Error, Result};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row, params};

type Hash = [u8; 32];

/// A table that is sealed row by row.
struct Kind {
    table: &'static str,
    /// The row of an id and what belongs to it, all cells.
    sql: &'static str,
    /// What such a row is and when it was kept, for an editor.
    name: &'static str,
}

/// Every cell of a table counts: see the test.
const KINDS: [Kind; 11] = [
    Kind {
        table: "drafts",
        sql: "SELECT id, slug, hed, dek, byline, dateline, status, place, target_words, version, created_at,
                changed_at, body
              FROM drafts WHERE id = ?1",
        name: "SELECT 'piece “' || slug || '”, changed ' || changed_at FROM drafts WHERE id = ?1",
    },
    Kind {
        table: "notes",
        sql: "SELECT id, name, source, kind, place, said_at, terms, terms_words, embargo, is_confidential, aliases,
                draft_id, is_in_bin, created_at, changed_at, text
              FROM notes WHERE id = ?1",
        name: "SELECT 'note “' || name || '”, changed ' || changed_at FROM notes WHERE id = ?1",
    },
    Kind {
        table: "past_notes",
        sql: "SELECT id, note_id, name, source, kind, place, said_at, terms, terms_words, embargo, is_confidential,
                aliases, changed_at, text
              FROM past_notes WHERE id = ?1",
        name: "SELECT 'what note “' || name || '” said from ' || changed_at FROM past_notes WHERE id = ?1",
    },
    Kind {
        table: "judgements",
        sql: "SELECT id, draft_id, kind, words, attribution, verdict, signed_by, reason, made_at, cleared_at,
                (SELECT group_concat(note_id || ' ' || fingerprint, ',' ORDER BY note_id)
                 FROM judgement_notes WHERE judgement_id = judgements.id)
              FROM judgements WHERE id = ?1",
        name: "SELECT kind || ' of piece “' || (SELECT slug FROM drafts WHERE id = draft_id) || '”, made ' || made_at
               FROM judgements WHERE id = ?1",
    },
    Kind {
        table: "events",
        sql: "SELECT id, draft_id, happened_at, signed_by, kind, detail FROM events WHERE id = ?1",
        name: "SELECT 'event of piece “' || (SELECT slug FROM drafts WHERE id = draft_id) || '” at ' || happened_at
               FROM events WHERE id = ?1",
    },
    Kind {
        table: "exports",
        sql: "SELECT id, draft_id, revision_id, exported_at, format, path, size_bytes, signed_by, why, reasons
              FROM exports WHERE id = ?1",
        name: "SELECT 'export of piece “' || (SELECT slug FROM drafts WHERE id = draft_id) || '” at ' || exported_at
               FROM exports WHERE id = ?1",
    },
    Kind {
        table: "originals",
        sql: "SELECT id, draft_id, kept_at, name, file FROM originals WHERE id = ?1",
        name: "SELECT 'original of piece “' || (SELECT slug FROM drafts WHERE id = draft_id) || '” kept ' || kept_at
               FROM originals WHERE id = ?1",
    },
    Kind {
        table: "comments",
        sql: "SELECT id, draft_id, thread_id, signed_by, made_at, edited_at, text, start_byte, before, words, after,
                resolved_by, resolved_at, is_in_bin
              FROM comments WHERE id = ?1",
        name: "SELECT 'comment on piece “' || (SELECT slug FROM drafts WHERE id = draft_id) || '”, made ' || made_at
               FROM comments WHERE id = ?1",
    },
    Kind {
        table: "proposals",
        sql: "SELECT id, draft_id, came_at, name, signed_by, revision_id, old_hed, old_dek, old_byline, old_dateline,
                old_body, hed, dek, byline, dateline, body, authors, settled, is_in_bin
              FROM proposals WHERE id = ?1",
        name: "SELECT 'proposal for piece “' || (SELECT slug FROM drafts WHERE id = draft_id) || '”, came ' || came_at
               FROM proposals WHERE id = ?1",
    },
    Kind {
        table: "recordings",
        sql: "SELECT id, note_id, attached_at, path, size_bytes, sha256, is_in_bin FROM recordings WHERE id = ?1",
        name: "SELECT 'recording of note “' || (SELECT name FROM notes WHERE id = note_id) || '”, attached '
                 || attached_at
               FROM recordings WHERE id = ?1",
    },
    Kind {
        table: "settings",
        sql: "SELECT ?1, group_concat(hex(name) || ' ' || hex(value), ',' ORDER BY name) FROM settings",
        name: "SELECT 'settings of the desk' WHERE ?1 = 0",
    },
];

/// Seals every row that was noted. Inside a transaction only. Cost: that of what was noted.
pub fn seal_noted(connection: &Connection) -> Result<()> {
    let sql = "SELECT kind, id FROM unsealed LIMIT 1";
    let next = |row: &Row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?));
    while let Some((table, id)) = connection.prepare_cached(sql)?.query_row([], next).optional()? {
        let kind = KINDS.iter().find(|kind| kind.table == table);
        match kind.map_or(Ok(None), |kind| hash(connection, kind, id))? {
            Some(hash) => connection
                .prepare_cached("INSERT OR REPLACE INTO seals (kind, id, hash) VALUES (?1, ?2, ?3)")?
                .execute(params![table, id, hash])?,
            None => connection
                .prepare_cached("DELETE FROM seals WHERE kind = ?1 AND id = ?2")?
                .execute(params![table, id])?,
        };
        connection.prepare_cached("DELETE FROM unsealed WHERE kind = ?1 AND id = ?2")?.execute(params![table, id])?;
    }
    Ok(())
}

/// Refuses a row that is not as it was kept. Errors: `Corrupt`, naming it and its time.
pub fn check(connection: &Connection, table: &str, id: i64) -> Result<()> {
    match fault(connection, table, id)? {
        Some(fault) => Err(Error::new(Code::Corrupt, format!("The desk file is damaged: {fault} {WAY_OUT}"))),
        None => Ok(()),
    }
}

/// What is wrong with a row or with its being away, a sentence; none where it is as it was kept, or was changed by a
/// program that works as the file asks and is not sealed yet.
pub fn fault(connection: &Connection, table: &str, id: i64) -> Result<Option<String>> {
    let Some(kind) = KINDS.iter().find(|kind| kind.table == table) else { return Ok(None) };
    let sql = "SELECT (SELECT hash FROM seals WHERE kind = ?1 AND id = ?2),
                 EXISTS (SELECT 1 FROM unsealed WHERE kind = ?1 AND id = ?2)";
    let read = |row: &Row| Ok((row.get::<_, Option<Vec<u8>>>(0)?, row.get::<_, bool>(1)?));
    let (seal, is_noted) = connection.prepare_cached(sql)?.query_row(params![table, id], read)?;
    if is_noted {
        return Ok(None);
    }
    let hash = hash(connection, kind, id)?;
    if hash.as_ref().map(|hash| &hash[..]) == seal.as_deref() {
        return Ok(None);
    }
    let name: Option<String> =
        connection.query_row(kind.name, [id], |row| Ok(lossy(row.get_ref(0)?))).optional()?.flatten();
    let name = name.unwrap_or_else(|| format!("row {id} of {table}"));
    Ok(Some(match (hash, seal) {
        (None, _) => format!("the {name}, was kept and is not there."),
        (Some(_), None) => format!("the {name}, was never kept so, or its seal was lost."),
        (Some(_), Some(_)) => format!("the {name}, is not as it was kept."),
    }))
}

/// What is wrong in all that is sealed, a sentence each; a table that cannot be read to its end says so.
pub fn verify(connection: &Connection) -> Vec<String> {
    let mut messages = Vec::new();
    for kind in &KINDS {
        let mut go_through = || -> Result<()> {
            for id in list(connection, kind.table)? {
                messages.extend(fault(connection, kind.table, id)?.map(|fault| capital(&fault)));
            }
            Ok(())
        };
        if let Err(error) = go_through() {
            messages.push(format!("{} cannot be read to their end: {}", capital(kind.table), error.message));
        }
    }
    messages
}

/// The ids of all rows that are there or were sealed.
pub fn list(connection: &Connection, table: &str) -> Result<Vec<i64>> {
    let rows = if table == "settings" { "SELECT 0" } else { &format!("SELECT id FROM {table} NOT INDEXED") };
    let mut statement = connection.prepare(&format!("SELECT id FROM seals WHERE kind = ?1 UNION {rows} ORDER BY 1"))?;
    let ids = statement.query_map([table], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(ids)
}

fn hash(connection: &Connection, kind: &Kind, id: i64) -> Result<Option<Hash>> {
    let mut statement = connection.prepare_cached(kind.sql)?;
    let n_cells = statement.column_count();
    let mut rows = statement.query([id])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let mut hasher = blake3::Hasher::new();
    hasher.update(kind.table.as_bytes());
    for n in 0..n_cells {
        // What it is and how long stands before each cell, so that no two rows read alike.
        let (what, bytes): (u8, &[u8]) = match row.get_ref(n)? {
            ValueRef::Null => (0, &[]),
            ValueRef::Integer(number) => (1, &number.to_le_bytes()),
            ValueRef::Real(number) => (2, &number.to_le_bytes()),
            ValueRef::Text(text) => (3, text),
            ValueRef::Blob(bytes) => (4, bytes),
        };
        hasher.update(&[what]).update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
    }
    Ok(Some(hasher.finalize().into()))
}

fn lossy(cell: ValueRef) -> Option<String> {
    match cell {
        ValueRef::Text(text) => Some(String::from_utf8_lossy(text).into_owned()),
        _ => None,
    }
}

fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[test]
    fn every_cell_of_a_sealed_table_counts() {
        let store = Store::open_in_memory().expect("a desk");
        for kind in KINDS.iter().filter(|kind| kind.table != "settings") {
            let sql = format!("SELECT name FROM pragma_table_info('{}')", kind.table);
            let mut statement = store.connection.prepare(&sql).expect("a query");
            let names: Vec<String> =
                statement.query_map([], |row| row.get(0)).and_then(|rows| rows.collect()).expect("its columns");
            for name in names {
                let words = || kind.sql.split(|c: char| !c.is_alphanumeric() && c != '_');
                assert!(words().any(|word| word == name), "{name} of {} is not sealed", kind.table);
            }
        }
    }
}
