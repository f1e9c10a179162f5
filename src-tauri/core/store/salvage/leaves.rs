//! Rows of a table whose tree is broken: each page of the file is read as if it alone were the table.

use super::super::connect::beside;
use super::super::seal;
use super::Source;
use crate::error::{Code, Error, Result};
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params, params_from_iter};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// So many pages are given a name at once; the file is opened anew for each lot.
const LOT: usize = 500;

/// No page of 4,096 bytes holds more rows. One that leads to other pages gives what lies there once more, and one whose
/// numbers are harmed may lead to the same pages without end.
const MOST_ON_A_PAGE: usize = 1_024;

/// A table as far as it could be gathered, to be found under the name of the one that is broken.
pub struct Gathered {
    table: &'static str,
    columns: Vec<Column>,
    rows: BTreeMap<i64, Vec<Value>>,
}

struct Column {
    name: String,
    /// INTEGER TEXT BLOB
    of: String,
    may_be_null: bool,
}

/// Gathers what the table still gives by these ids, and in place of what is missing or doubtful what lies on pages that
/// it leads to no more. Of the latter only that counts which has the shape of the table, and fits its seal where the
/// table has seals.
///
/// Errors: where the file cannot even be read so. Cost: that of reading every page as a table.
pub fn gather(from: &mut Source, table: &'static str, ids: &BTreeSet<i64>) -> Result<Gathered> {
    let columns = columns(&from.connection, table)?;
    let mut gathered = Gathered { table, columns, rows: BTreeMap::new() };
    let mut doubtful = BTreeMap::new();
    let sql = format!("SELECT * FROM {table} WHERE id = ?1");
    for id in ids {
        match from.connection.query_row(&sql, [id], |row| gathered.cells(row)) {
            Ok(cells) if gathered.is_good(&from.connection, *id, &cells) => drop(gathered.rows.insert(*id, cells)),
            Ok(cells) => drop(doubtful.insert(*id, cells)),
            Err(rusqlite::Error::QueryReturnedNoRows) => (),
            Err(_) => from.go_on(),
        }
    }
    let found = gathered.read_pages(from)?;
    gathered.lay_over(&from.connection)?;
    for cells in found {
        let Some(Value::Integer(id)) = cells.first().cloned() else { continue };
        if gathered.rows.contains_key(&id) || !gathered.is_shape(&cells) {
            continue;
        }
        gathered.insert(&from.connection, &cells)?;
        if gathered.is_good(&from.connection, id, &cells) {
            gathered.rows.insert(id, cells);
        } else {
            from.connection.execute(&format!("DELETE FROM temp.{table} WHERE id = ?1"), [id])?;
        }
    }
    for (id, cells) in doubtful {
        if !gathered.rows.contains_key(&id) {
            gathered.insert(&from.connection, &cells)?;
            gathered.rows.insert(id, cells);
        }
    }
    Ok(gathered)
}

impl Gathered {
    /// Has a connection find these rows under the name of the table.
    pub fn lay_over(&self, connection: &Connection) -> Result<()> {
        connection.execute_batch(&format!("CREATE TEMP TABLE {} ({})", self.table, self.names()))?;
        self.rows.values().try_for_each(|cells| self.insert(connection, cells))
    }

    fn insert(&self, connection: &Connection, cells: &[Value]) -> Result<()> {
        let places = vec!["?"; self.columns.len()].join(", ");
        let sql = format!("INSERT INTO temp.{} VALUES ({places})", self.table);
        connection.prepare_cached(&sql)?.execute(params_from_iter(cells))?;
        Ok(())
    }

    /// Whether the row is as it was kept, as far as can be said here: the words of a revision are held against its hash
    /// when they are unpacked.
    fn is_good(&self, connection: &Connection, id: i64, cells: &[Value]) -> bool {
        let is_sealed = self.table != "revisions";
        self.is_shape(cells) && (!is_sealed || matches!(seal::fault(connection, self.table, id), Ok(None)))
    }

    /// The columns of a table that has its id in the place of the row's own number.
    fn names(&self) -> String {
        let name = |column: &Column| match column.name.as_str() {
            "id" => "id INTEGER PRIMARY KEY".to_owned(),
            name => name.to_owned(),
        };
        self.columns.iter().map(name).collect::<Vec<_>>().join(", ")
    }

    fn cells(&self, row: &Row) -> rusqlite::Result<Vec<Value>> {
        (0..self.columns.len()).map(|n| row.get(n)).collect()
    }

    fn is_shape(&self, cells: &[Value]) -> bool {
        self.columns.iter().zip(cells).all(|(column, cell)| match cell {
            Value::Null => column.may_be_null,
            Value::Integer(_) => column.of == "INTEGER",
            Value::Text(_) => column.of == "TEXT",
            Value::Blob(_) => column.of == "BLOB",
            Value::Real(_) => false,
        })
    }

    /// Every row on any page that can be read as one of a table's.
    fn read_pages(&self, from: &Source) -> Result<Vec<Vec<Value>>> {
        let copy = copy_again(from.copy)?;
        let n_pages: u32 = from.connection.pragma_query_value(None, "page_count", |row| row.get(0))?;
        let pages: Vec<u32> = (2..=n_pages).collect();
        let mut rows = Vec::new();
        for lot in pages.chunks(LOT) {
            self.name_pages(&Source::open(&copy, from.key)?.connection, lot)?;
            let mut named = Source::open(&copy, from.key)?;
            for page in lot {
                if self.read_page(&named.connection, *page, &mut rows).is_err() {
                    named.go_on();
                }
            }
        }
        Ok(rows)
    }

    fn read_page(&self, named: &Connection, page: u32, rows: &mut Vec<Vec<Value>>) -> rusqlite::Result<()> {
        let mut statement = named.prepare(&format!("SELECT * FROM page_{page}"))?;
        let mut found = statement.query([])?;
        let mut n_left = MOST_ON_A_PAGE;
        while let Some(row) = found.next()?.filter(|_| n_left > 0) {
            rows.push(self.cells(row)?);
            n_left -= 1;
        }
        Ok(())
    }

    /// Has each of these pages pass for a table, and those of the lot before no more.
    fn name_pages(&self, connection: &Connection, pages: &[u32]) -> Result<()> {
        let all = connection.unchecked_transaction()?;
        all.execute("DELETE FROM sqlite_schema WHERE name GLOB 'page_*'", [])?;
        for page in pages {
            let (name, columns) = (format!("page_{page}"), self.names());
            let sql = format!("CREATE TABLE {name} ({columns})");
            all.execute("INSERT INTO sqlite_schema VALUES ('table', ?1, ?1, ?2, ?3)", params![name, page, sql])?;
        }
        Ok(all.commit()?)
    }
}

fn columns(connection: &Connection, table: &str) -> Result<Vec<Column>> {
    let sql = "SELECT name, type, \"notnull\" = 0 AND pk = 0 FROM pragma_table_info(?1)";
    let read = |row: &Row| Ok(Column { name: row.get(0)?, of: row.get(1)?, may_be_null: row.get(2)? });
    let columns: Vec<Column> = connection.prepare(sql)?.query_map([table], read)?.collect::<rusqlite::Result<_>>()?;
    match columns.first() {
        Some(first) if first.name == "id" => Ok(columns),
        _ => Err(Error::new(Code::Corrupt, "The file does not say what its rows are made of.")),
    }
}

/// Names are given to pages in a copy that nothing else is read from.
fn copy_again(copy: &Path) -> Result<PathBuf> {
    let again = copy.with_extension("pages");
    for ending in ["-wal", ""] {
        let from = beside(copy, ending);
        if from.exists() {
            fs::copy(&from, beside(&again, ending)).map_err(|error| super::from_io(error, "read", &from))?;
        }
    }
    Ok(again)
}
