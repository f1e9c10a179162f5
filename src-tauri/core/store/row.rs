//! Rows out of the file, with damage said by its row instead of a panic.

use crate::error::{Code, Error, Result};
use chrono::{DateTime, SecondsFormat, Utc};
use rusqlite::types::FromSql;
use rusqlite::{Connection, Params, Row};

/// The cells of one row, by name.
pub struct Cells<'a> {
    pub row: &'a Row<'a>,
    /// What the row is, for an editor: *piece*, *note*.
    pub kind: &'static str,
    pub id: i64,
}

impl Cells<'_> {
    /// A cell of any type. Errors: `Corrupt`, naming row and cell.
    pub fn get<T: FromSql>(&self, name: &str) -> Result<T> {
        self.row.get(name).map_err(|error| self.damaged(name).because(error))
    }

    /// A cell of text.
    pub fn text(&self, name: &str) -> Result<String> {
        self.get(name)
    }

    /// A cell that holds one of the core's words.
    pub fn word<T>(&self, name: &str, read: impl FnOnce(&str) -> Option<T>) -> Result<T> {
        read(&self.text(name)?).ok_or_else(|| self.damaged(name))
    }

    /// A cell that holds a time.
    pub fn time(&self, name: &str) -> Result<DateTime<Utc>> {
        read_time(&self.text(name)?).ok_or_else(|| self.damaged(name))
    }

    /// A cell that holds a time or nothing.
    pub fn maybe_time(&self, name: &str) -> Result<Option<DateTime<Utc>>> {
        let text: Option<String> = self.get(name)?;
        text.map(|text| read_time(&text).ok_or_else(|| self.damaged(name))).transpose()
    }

    fn damaged(&self, name: &str) -> Error {
        let message = format!(
            "The desk file is damaged: the {name} of {} {} cannot be read. {}",
            self.kind,
            self.id,
            super::fault::WAY_OUT
        );
        Error::new(Code::Corrupt, message)
    }
}

/// Every row a query gives; each must have an `id`.
pub fn read_rows<T>(
    connection: &Connection,
    kind: &'static str,
    sql: &str,
    params: impl Params,
    read: impl Fn(&Cells) -> Result<T>,
) -> Result<Vec<T>> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(&Cells { row, kind, id: row.get("id")? })?);
    }
    Ok(found)
}

/// The first row a query gives, if any.
pub fn read_one<T>(
    connection: &Connection,
    kind: &'static str,
    sql: &str,
    params: impl Params,
    read: impl Fn(&Cells) -> Result<T>,
) -> Result<Option<T>> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let Some(row) = rows.next()? else { return Ok(None) };
    read(&Cells { row, kind, id: row.get("id")? }).map(Some)
}

/// A time as the file keeps it: RFC 3339, UTC, microseconds, so that it sorts by its letters.
pub fn time_text(time: DateTime<Utc>) -> Result<String> {
    let text = time.to_rfc3339_opts(SecondsFormat::Micros, true);
    if read_time(&text).is_some() {
        return Ok(text);
    }
    Err(Error::new(Code::BadInput, format!("{text} is no date Stet can keep: the year must have four digits.")))
}

/// A time the file keeps; none where it is none.
pub fn read_time(text: &str) -> Option<DateTime<Utc>> {
    let time = DateTime::parse_from_rfc3339(text).ok()?;
    Some(time.with_timezone(&Utc))
}
