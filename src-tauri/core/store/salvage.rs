//! What can still be read of a damaged desk, copied row by row into a new one.

mod leaves;
mod mend;
mod words;

use super::connect::{Start, beside, connect, prepare, read_start};
use super::damage::make_whole;
use super::fault::from_io;
use super::key::{Key, Passphrase};
use super::{draft, schema, seal, typing};
use crate::draft::DraftId;
use crate::error::{Code, Error, Result};
use leaves::Gathered;
use mend::Known;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// What a salvage brought into the new desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Salvaged {
    pub n_drafts: usize,
    pub n_revisions: usize,
    pub n_notes: usize,
    /// Rows that were there and could not be read.
    pub n_lost: usize,
    /// For an editor, a sentence each: what was lost, what was mended.
    pub warnings: Vec<String>,
}

/// The tables in the order in which each speaks only of those before it.
const TABLES: [&str; 11] = [
    "drafts",
    "revisions",
    "notes",
    "past_notes",
    "judgements",
    "events",
    "exports",
    "originals",
    "comments",
    "proposals",
    "recordings",
];

/// Those that a desk of an older Stet may lack, and the version each came with.
const LATER: [(&str, i64); 4] = [("originals", 6), ("comments", 7), ("proposals", 8), ("recordings", 9)];

/// How far beyond the last row that was seen to look for more, where the file cannot say how many there were.
const N_BEYOND: i64 = 1_000;

/// Copies what can be read of a damaged desk, row by row, into a new file. The damaged one is only read.
///
/// The new file of a desk with a passphrase has the same one. A cell that makes no sense is mended to what does least
/// harm (terms: off the record), a piece whose row is lost is made again from its revisions; each is said in a warning.
/// Errors: `BadInput` when there is a file at `new` or none at `damaged`; `Locked` and `WrongPassphrase`; `Corrupt` when
/// nothing at all can be read.
pub fn salvage(damaged: &Path, new: &Path, passphrase: Option<&Passphrase>) -> Result<Salvaged> {
    let key = match (read_start(damaged), passphrase) {
        (Ok(Start::Locked(head)), Some(passphrase)) => Some(head.unlock(passphrase)?),
        (Ok(Start::Locked(_)), None) => {
            let message = "This desk is locked. Say its passphrase, and what can be read is brought over.";
            return Err(Error::new(Code::Locked, message));
        }
        _ => None,
    };
    salvage_by(damaged, new, key.as_ref())
}

/// The same, by the key of the desk.
pub fn salvage_by(damaged: &Path, new: &Path, key: Option<&Key>) -> Result<Salvaged> {
    let mut salvaged = Salvaged::default();
    make_whole(new, |part| {
        let folder = part.with_extension("salvage");
        let result = copy_aside(damaged, &folder, key.is_none()).and_then(|copy| copy_rows(&copy, part, key));
        let _ = fs::remove_dir_all(&folder);
        salvaged = result?;
        Ok(())
    })?;
    Ok(salvaged)
}

/// Copies the file and its log to work on, so that nothing happens to the only ones there are.
fn copy_aside(damaged: &Path, folder: &Path, is_plain: bool) -> Result<PathBuf> {
    let copy = folder.join("desk");
    fs::create_dir(folder).map_err(|error| from_io(error, "made", folder))?;
    fs::copy(damaged, &copy).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            let message = format!("There is no file at {}. Look at the path.", damaged.display());
            Error::new(Code::BadInput, message).because(error)
        }
        _ => from_io(error, "read", damaged),
    })?;
    for ending in ["-wal", "-journal"] {
        let beside_it = beside(damaged, ending);
        if beside_it.exists() {
            fs::copy(&beside_it, beside(&copy, ending)).map_err(|error| from_io(error, "read", &beside_it))?;
        }
    }
    // The pages of a locked desk cannot be laid into another.
    if is_plain && !has_its_tables(&copy) {
        graft_tables(&copy, &folder.join("new"))?;
    }
    if is_plain {
        let _ = say_tables_anew(&copy);
    }
    Ok(copy)
}

/// Puts the words that say what each table is made of as a new desk has them: one letter turned in the name of a column
/// would take that column from every row. Only for a desk of today; where it lies is left as it is.
fn say_tables_anew(copy: &Path) -> Result<()> {
    let connection = connect(copy, None)?;
    if schema::version(&connection)? != schema::LATEST {
        return Ok(());
    }
    let mut new = Connection::open_in_memory()?;
    schema::upgrade(&mut new)?;
    connection.pragma_update(None, "writable_schema", true)?;
    for table in TABLES {
        let sql = "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?1";
        let words: String = new.query_row(sql, [table], |row| row.get(0))?;
        let is_other = "UPDATE sqlite_schema SET sql = ?2 WHERE type = 'table' AND name = ?1 AND sql <> ?2";
        connection.execute(is_other, [table, &words])?;
    }
    Ok(())
}

/// Whether the file says which tables it has, and they are those of a desk.
fn has_its_tables(copy: &Path) -> bool {
    let count = || -> Result<usize> {
        let connection = connect(copy, None)?;
        let mut statement = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")?;
        let names: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let is_later = |table: &str| LATER.iter().any(|(later, _)| *later == table);
        Ok(TABLES.iter().filter(|table| is_later(table) || names.iter().any(|name| name == *table)).count())
    };
    count().is_ok_and(|n_tables| n_tables == TABLES.len())
}

/// Puts the pages that say where each table begins, taken from a new desk, over those that are broken.
///
/// The same steps lay the same tables at the same pages, so this finds them again in every desk that was made by the
/// steps of today. In one that was brought up to date they may lie elsewhere; then nothing fits and nothing is read.
fn graft_tables(copy: &Path, new: &Path) -> Result<()> {
    let mut connection = connect(new, None)?;
    prepare(&connection)?;
    schema::upgrade(&mut connection)?;
    let page_size: u32 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
    let pages: Vec<u32> = connection
        .prepare("SELECT pageno FROM dbstat WHERE name = 'sqlite_schema'")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    connection.close().map_err(|(_, error)| error)?;
    let graft = || -> io::Result<()> {
        let mut from = fs::File::open(new)?;
        let mut to = fs::OpenOptions::new().write(true).open(copy)?;
        let n_pages = u32::try_from(to.metadata()?.len() / u64::from(page_size)).unwrap_or(u32::MAX);
        for number in pages {
            let at = SeekFrom::Start(u64::from(number - 1) * u64::from(page_size));
            let mut page = vec![0; page_size as usize];
            from.seek(at)?;
            from.read_exact(&mut page)?;
            if number == 1 {
                // The header of the file: it keeps a log, and is as long as it is.
                page[18..20].fill(2);
                page[28..32].copy_from_slice(&n_pages.to_be_bytes());
            }
            to.seek(at)?;
            to.write_all(&page)?;
        }
        to.sync_all()
    };
    graft().map_err(|error| from_io(error, "written", copy))
}

/// The copy that is read. Where it is locked it has to be opened anew after each broken page: SQLCipher refuses all that
/// is asked of a connection that met one.
struct Source<'a> {
    copy: &'a Path,
    key: Option<&'a Key>,
    connection: Connection,
    /// What is read in place of tables that are broken.
    gathered: Vec<Gathered>,
}

impl Source<'_> {
    fn open<'a>(copy: &'a Path, key: Option<&'a Key>) -> Result<Source<'a>> {
        let connection = connect(copy, key)?;
        // Reads on where the description of the tables is damaged in places.
        let _ = connection.pragma_update(None, "writable_schema", true);
        Ok(Source { copy, key, connection, gathered: Vec::new() })
    }

    /// After a read that failed.
    fn go_on(&mut self) {
        if let (true, Ok(anew)) = (self.key.is_some(), Source::open(self.copy, self.key)) {
            self.connection = anew.connection;
            for gathered in &self.gathered {
                let _ = gathered.lay_over(&self.connection);
            }
        }
    }

    /// Looks through every page for the rows of a table that does not give all of them. Says whether it did.
    fn gather(&mut self, table: &'static str, ids: &BTreeSet<i64>, is_whole: bool) -> bool {
        let is_broken = !is_whole || self.has_lost(table, ids);
        let gathered = is_broken.then(|| leaves::gather(self, table, ids));
        self.gathered.extend(gathered.and_then(Result::ok));
        is_broken
    }

    fn has_lost(&mut self, table: &str, ids: &BTreeSet<i64>) -> bool {
        let sql = format!("SELECT * FROM {table} WHERE id = ?1");
        let is_there =
            |id: &i64| matches!(self.connection.prepare_cached(&sql).and_then(|mut row| row.exists([id])), Ok(true));
        !ids.iter().all(is_there) || table == "revisions" && n_kept(&self.connection) > ids.len()
    }
}

fn copy_rows(copy: &Path, part: &Path, key: Option<&Key>) -> Result<Salvaged> {
    let mut from = Source::open(copy, key)?;
    from.connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0)).map_err(nothing)?;
    if schema::is_newer(&from.connection)? {
        return Err(Error::new(Code::NewerDesk, "This desk was written by a newer Stet. Salvage it with that one."));
    }
    if schema::upgrade(&mut from.connection).is_err() {
        from.go_on();
    }
    let mut to = connect(part, key)?;
    prepare(&to)?;
    schema::upgrade(&mut to)?;
    let transaction = to.transaction()?;
    let mut salvaged = Salvaged::default();
    for table in TABLES {
        let since = LATER.iter().find(|(later, _)| *later == table).map_or(1, |(_, version)| *version);
        if schema::version(&from.connection)? < since {
            continue;
        }
        copy_table(&mut from, &transaction, table, &mut salvaged)?;
    }
    copy_typing(&mut from, &transaction, &mut salvaged)?;
    for (table, warning) in [
        ("judgement_notes", "Some of what judgements rest on may be lost, or is not as it was kept."),
        ("settings", "Some settings may be lost, or are not as they were kept."),
    ] {
        let is_whole = copy_pairs(&from.connection, &transaction, table);
        from.go_on();
        if !is_whole || table == "settings" && is_doubtful(&from.connection, table, 0) {
            salvaged.warnings.push(warning.into());
        }
    }
    transaction.execute("UPDATE drafts SET version = 1 WHERE version = 0", [])?;
    seal::seal_noted(&transaction)?;
    salvaged.n_drafts = count(&transaction, "drafts")?;
    salvaged.n_revisions = count(&transaction, "revisions")?;
    salvaged.n_notes = count(&transaction, "notes")?;
    transaction.commit()?;
    to.close().map_err(|(_, error)| error)?;
    let is_harmed = salvaged.n_lost > 0 || !salvaged.warnings.is_empty();
    if salvaged.n_drafts + salvaged.n_notes == 0 && is_harmed {
        return Err(Error::new(Code::Corrupt, NOTHING));
    }
    Ok(salvaged)
}

const NOTHING: &str = "Nothing in this file can be read as a desk. Look for a copy made by `stet backup`.";

fn nothing(error: rusqlite::Error) -> Error {
    Error::new(Code::Corrupt, NOTHING).because(error)
}

fn copy_table(from: &mut Source, to: &Connection, table: &'static str, salvaged: &mut Salvaged) -> Result<()> {
    let mut n_lost = 0;
    let (mut ids, is_whole) = find_ids(from, table);
    if from.gather(table, &ids, is_whole) {
        let _ = collect_ids(from, &format!("SELECT id FROM {table}"), &mut ids);
    }
    for id in ids {
        match find_row(&from.connection, table, id) {
            Ok(Some(Row { mut cells, torn, is_doubtful })) => {
                let known = Known { to };
                let called = known.called(table, id, &cells);
                let say = |name| format!("{called}: some of its {name} could not be read; � stands there.");
                salvaged.warnings.extend(torn.into_iter().map(say));
                salvaged.warnings.extend(known.mend(table, id, &mut cells)?);
                if is_doubtful {
                    salvaged.warnings.push(match table {
                        "notes" | "past_notes" => mend::withhold(&called, &mut cells),
                        _ => format!("{called} is not as it was kept; what can be read of it stands there."),
                    });
                }
                let inserted = match table {
                    "revisions" => words::append(to, id, &cells),
                    _ => insert(to, table, &cells),
                };
                n_lost += usize::from(inserted.is_err());
            }
            // It has a seal, so it was there.
            Ok(None) => {
                n_lost += usize::from(seal::fault(&from.connection, table, id).is_ok_and(|fault| fault.is_some()))
            }
            Err(_) => {
                n_lost += 1;
                from.go_on();
            }
        }
    }
    if table == "revisions" {
        n_lost = n_lost.max(n_kept(&from.connection).saturating_sub(count(to, table)?));
    }
    if n_lost > 0 {
        salvaged.warnings.push(format!("{n_lost} rows of {table} could not be read."));
    } else if !is_whole {
        salvaged.warnings.push(format!("Some rows of {table} may be lost: their list could not be read to its end."));
    }
    salvaged.n_lost += n_lost;
    Ok(())
}

fn count(connection: &Connection, table: &str) -> Result<usize> {
    let sql = format!("SELECT count(*) FROM {table}");
    Ok(connection.query_row(&sql, [], |row| row.get::<_, u32>(0))? as usize)
}

/// How many revisions were kept, as the ends of the histories say: a page that reads well may still have lost some.
fn n_kept(from: &Connection) -> usize {
    let sql = "SELECT coalesce(sum(n_revisions), 0) FROM histories";
    from.query_row(sql, [], |row| row.get::<_, u32>(0)).map_or(0, |n_revisions| n_revisions as usize)
}

/// Brings each piece to what was last typed into it, as far as that can be read; tells where it cannot.
fn copy_typing(from: &mut Source, to: &Connection, salvaged: &mut Salvaged) -> Result<()> {
    let mut ids = BTreeSet::new();
    let mut is_whole = true;
    // Where one of them is empty or broken the other may not be.
    for table in ["typing", "typed_ends"] {
        is_whole &= collect_ids(from, &format!("SELECT draft_id FROM {table}"), &mut ids).is_ok();
    }
    if !is_whole && schema::version(&from.connection)? == schema::LATEST {
        let message = "Some of what was typed last may be lost: the list of it could not be read to its end.";
        salvaged.warnings.push(message.into());
    }
    for id in ids {
        let Some(mut draft) = draft::as_written(to, DraftId(id))? else { continue };
        if let Err(error) = typing::follow(&from.connection, &mut draft) {
            from.go_on();
            salvaged.n_lost += 1;
            let message = format!("Some of what was typed last into “{}” was lost. {error}", draft.slug);
            salvaged.warnings.push(message);
        }
        draft::write_whole(to, &draft)?;
    }
    Ok(())
}

/// Every id a table is known or may be thought to have, and whether the lists of them could be read to their ends.
fn find_ids(from: &mut Source, table: &str) -> (BTreeSet<i64>, bool) {
    let mut ids = BTreeSet::new();
    let mut is_whole = true;
    // By the table and by its index: where one is broken the other may not be.
    for hint in ["NOT INDEXED", ""] {
        is_whole &= collect_ids(from, &format!("SELECT id FROM {table} {hint}"), &mut ids).is_ok();
    }
    if table != "revisions" {
        let _ = collect_ids(from, &format!("SELECT id FROM seals WHERE kind = '{table}'"), &mut ids);
    }
    if !is_whole {
        let sql = "SELECT seq FROM sqlite_sequence WHERE name = ?1";
        let last: Option<i64> = from.connection.query_row(sql, [table], |row| row.get(0)).ok();
        let likely = 1..=last_likely(&ids, last);
        ids.extend(likely);
    }
    (ids, is_whole)
}

/// The last id worth looking for: ids are given one after the other, so one far beyond all others is a harmed number.
fn last_likely(seen: &BTreeSet<i64>, last: Option<i64>) -> i64 {
    let most = i64::try_from(seen.len()).unwrap_or(i64::MAX).saturating_add(1_000 * N_BEYOND);
    let seen = seen.range(..=most).next_back().copied().unwrap_or_default().max(0);
    last.map_or(seen + N_BEYOND, |last| last.clamp(seen, seen + 1_000 * N_BEYOND))
}

fn collect_ids(from: &mut Source, sql: &str, ids: &mut BTreeSet<i64>) -> rusqlite::Result<()> {
    let mut collect = || -> rusqlite::Result<()> {
        let mut statement = from.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            ids.insert(row.get(0)?);
        }
        Ok(())
    };
    let collected = collect();
    if collected.is_err() {
        from.go_on();
    }
    collected
}

/// The cells of a row by name, as far as they can be read.
struct Row {
    cells: Vec<(String, Value)>,
    /// The names of those with bytes that are no text; each became the mark for that.
    torn: Vec<String>,
    /// It does not fit its hash.
    is_doubtful: bool,
}

/// The row of that id, the words of a revision unpacked; none where there is none. Errors: it cannot be read.
fn find_row(from: &Connection, table: &str, id: i64) -> Result<Option<Row>> {
    let sql = format!("SELECT * FROM {table} WHERE id = ?1");
    match from.query_row(&sql, [id], |row| Ok(read_row(row))).optional()? {
        Some(row) if table == "revisions" => words::lay_open(from, id, row)
            .map(Some)
            .ok_or_else(|| Error::new(Code::Corrupt, "The words of a revision could not be unpacked.")),
        row => Ok(row.map(|row| Row { is_doubtful: is_doubtful(from, table, id), ..row })),
    }
}

/// Whether the row does not fit its seal. One of a desk from before there were seals never is.
fn is_doubtful(from: &Connection, table: &str, id: i64) -> bool {
    schema::version(from).is_ok_and(|version| version == schema::LATEST)
        && seal::fault(from, table, id).map_or(true, |fault| fault.is_some())
}

fn read_row(row: &rusqlite::Row) -> Row {
    let names: Vec<String> = row.as_ref().column_names().map(str::to_owned).collect();
    let mut torn = Vec::new();
    let mut cell = |n: usize, name: &str| match row.get_ref(n) {
        Ok(ValueRef::Integer(number)) => Value::Integer(number),
        Ok(ValueRef::Blob(bytes)) if name == "file" => Value::Blob(bytes.to_owned()),
        Ok(ValueRef::Real(number)) => Value::Real(number),
        Ok(ValueRef::Text(bytes) | ValueRef::Blob(bytes)) => {
            let text = String::from_utf8_lossy(bytes);
            torn.extend(matches!(text, Cow::Owned(_)).then(|| name.to_owned()));
            Value::Text(text.into_owned())
        }
        Ok(ValueRef::Null) | Err(_) => Value::Null,
    };
    let cells = names.into_iter().enumerate().map(|(n, name)| (name.clone(), cell(n, &name))).collect();
    Row { cells, torn, is_doubtful: false }
}

fn insert(to: &Connection, table: &str, cells: &[(String, Value)]) -> Result<()> {
    let names = cells.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
    let places = vec!["?"; cells.len()].join(", ");
    let sql = format!("INSERT INTO {table} ({names}) VALUES ({places})");
    to.prepare_cached(&sql)?.execute(params_from_iter(cells.iter().map(|(_, value)| value)))?;
    Ok(())
}

/// Copies a table without ids, as far as it can be read; rows that speak of what is lost stay behind. Says whether all of
/// it came over as it was.
fn copy_pairs(from: &Connection, to: &Connection, table: &str) -> bool {
    let Ok(mut statement) = from.prepare(&format!("SELECT * FROM {table}")) else { return false };
    let Ok(mut rows) = statement.query([]) else { return false };
    let mut is_whole = true;
    loop {
        match rows.next() {
            Ok(Some(row)) => {
                let row = read_row(row);
                is_whole &= insert(to, table, &row.cells).is_ok() && row.torn.is_empty();
            }
            Ok(None) => return is_whole,
            Err(_) => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_harmed_number_is_no_reason_to_look_for_all_before_it() {
        let seen = BTreeSet::from([-7, 1, 2, 9, i64::MAX - 1, i64::MAX]);
        assert_eq!(last_likely(&seen, None), 9 + N_BEYOND);
        assert_eq!(last_likely(&seen, Some(40)), 40);
        assert_eq!(last_likely(&seen, Some(i64::MAX)), 9 + 1_000 * N_BEYOND);
        assert_eq!(last_likely(&BTreeSet::from([i64::MAX]), Some(-3)), 0);
    }
}
