//! The history of a piece: a chain of revisions, each small, none to be changed unseen.
//!
//! Every so often the words are kept whole, between as what differs from the revision before; both packed. Each
//! revision has a hash of itself and of the one before it of its piece, and the piece a note of how many there are and
//! of the last one's hash: a revision that was changed, lost or put elsewhere does not fit any more. Tried and left:
//! differences from one whole text alone, which grow with the distance, and bases chosen by halves, which open faster
//! but take half as much again.

use super::fault::WAY_OUT;
use super::packed::{bytes_of, copy_of, pack, unpack};
use super::row::Cells;
use crate::draft::{Copy, DraftId};
use crate::error::{Code, Error, Result};
use crate::revision::{Cause, Revision, RevisionId};
use blake3::Hasher;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use std::fmt::Display;

/// After so many differences the words are kept whole again: what is harmed takes at most so many with it.
const MOST_STEPS: i64 = 49;

/// The hash of a revision; all zero before the first.
type Hash = [u8; 32];

/// What a revision is beside its words, as the file has it.
pub struct Entry<'a> {
    /// None where the store is to give one.
    pub id: Option<i64>,
    pub draft_id: DraftId,
    pub saved_at: &'a str,
    pub cause: &'a str,
    pub name: Option<&'a str>,
}

impl Entry<'_> {
    fn hash(&self, id: i64, before: &Hash, bytes: &[u8]) -> Hash {
        let mut hasher = Hasher::new();
        hasher.update(before).update(&id.to_le_bytes()).update(&self.draft_id.0.to_le_bytes());
        // A length before each, so that no two entries read alike; no name is not an empty one.
        for text in [Some(self.saved_at), Some(self.cause), self.name] {
            let length = text.map_or(u64::MAX, |text| text.len() as u64);
            hasher.update(&length.to_le_bytes()).update(text.unwrap_or_default().as_bytes());
        }
        hasher.update(bytes).finalize().into()
    }
}

/// Adds a revision behind the last one of its piece. Inside a transaction only.
pub fn append(connection: &Connection, entry: &Entry, copy: &Copy) -> Result<RevisionId> {
    let sql = "SELECT id, n_steps, hash FROM revisions WHERE draft_id = ?1 ORDER BY id DESC LIMIT 1";
    let read = |row: &rusqlite::Row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, Hash>(2)?));
    let last = connection.prepare_cached(sql)?.query_row([entry.draft_id.0], read).optional()?;
    if last.map_or(Hash::default(), |(_, _, hash)| hash) != kept_end(connection, entry.draft_id)?.1[..] {
        return Err(cut_short(connection, entry.draft_id));
    }
    let (bytes, mut chain) = (bytes_of(copy), Chain::default());
    if let Some((last_id, n_steps, hash)) = last {
        if n_steps < MOST_STEPS {
            chain.walk(connection, entry.draft_id, RevisionId(last_id), "")?;
        }
        chain.hash = hash;
    }
    let id = entry.id.map_or_else(|| next_id(connection), Ok)?;
    let hash = entry.hash(id, &chain.hash, &bytes);
    let (n_steps, words) = chain.pack(&bytes, last.map_or(0, |(_, n_steps, _)| n_steps));
    connection
        .prepare_cached(
            "INSERT INTO revisions (id, draft_id, saved_at, cause, name, hash, n_steps, words)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![id, entry.draft_id.0, entry.saved_at, entry.cause, entry.name, hash, n_steps, words])?;
    note_end(connection, entry.draft_id, &hash)?;
    Ok(RevisionId(id))
}

/// The revision of that id, its words unpacked and held against its hash; none where there is none. Errors: `Corrupt`
/// also where the list of its piece leaves it out.
pub fn get(connection: &Connection, id: RevisionId) -> Result<Option<Revision>> {
    let sql = "SELECT draft_id FROM revisions WHERE id = ?1";
    let draft_id: Option<i64> = connection.prepare_cached(sql)?.query_row([id.0], |row| row.get(0)).optional()?;
    let Some(draft_id) = draft_id.map(DraftId) else { return Ok(None) };
    let found = Chain::default().walk(connection, draft_id, id, "")?;
    // Such a list ends with the one before it.
    found.filter(|found| found.id == id).map(Some).ok_or_else(|| cut_short(connection, draft_id))
}

/// The newest revision of a piece, if it has one. Errors: `Corrupt` also where it is not the one that was kept last.
pub fn last(connection: &Connection, draft_id: DraftId) -> Result<Option<Revision>> {
    let mut chain = Chain::default();
    let last = chain.walk(connection, draft_id, RevisionId(i64::MAX), "")?;
    let (_, hash) = kept_end(connection, draft_id)?;
    if hash == chain.hash { Ok(last) } else { Err(cut_short(connection, draft_id)) }
}

/// The revisions of a piece, whole, oldest first; each by itself may be damaged. Errors: `Corrupt` where they are fewer
/// or others than were kept.
pub fn list(connection: &Connection, draft_id: DraftId) -> Result<Vec<Result<Revision>>> {
    let mut chain = Chain::default();
    let mut revisions = Vec::new();
    chain.follow(connection, draft_id, (0, i64::MAX), "", |revision| revisions.push(revision))?;
    let (n_kept, hash) = kept_end(connection, draft_id)?;
    let is_all = i64::try_from(revisions.len()).is_ok_and(|n| n == n_kept) && hash == chain.hash;
    if is_all { Ok(revisions) } else { Err(cut_short(connection, draft_id)) }
}

/// The last revision of a piece of which it holds; damaged ones are passed over. Costs reading all of them.
pub fn find_last(
    connection: &Connection,
    draft_id: DraftId,
    mut is_it: impl FnMut(&Copy) -> bool,
) -> Result<Option<Revision>> {
    let mut found = None;
    Chain::default().follow(connection, draft_id, (0, i64::MAX), "", |revision| {
        if let Ok(revision) = revision
            && is_it(&revision.copy)
        {
            found = Some(revision);
        }
    })?;
    Ok(found)
}

/// How many revisions of a piece were kept, and the hash of the last; nought and all zero where none were. Bytes that are
/// no hash fit none.
fn kept_end(connection: &Connection, draft_id: DraftId) -> Result<(i64, Vec<u8>)> {
    let sql = "SELECT n_revisions, hash FROM histories WHERE draft_id = ?1";
    let read = |row: &rusqlite::Row| Ok((row.get(0)?, row.get(1)?));
    let end = connection.prepare_cached(sql)?.query_row([draft_id.0], read).optional()?;
    Ok(end.unwrap_or_else(|| (0, Hash::default().to_vec())))
}

fn cut_short(connection: &Connection, draft_id: DraftId) -> Error {
    let piece = name_of(connection, draft_id);
    let message =
        format!("The desk file is damaged: the list of the revisions of {piece} is not as it was kept. {WAY_OUT}");
    Error::new(Code::Corrupt, message)
}

/// The words of a revision, whatever can be had of them, and whether they are as they were kept. For salvage: where
/// the list of a piece's revisions is damaged the rows themselves are gone through.
pub fn rescue(connection: &Connection, draft_id: DraftId, id: RevisionId) -> Option<(Copy, bool)> {
    let mut rescued = None;
    for hint in ["", "NOT INDEXED"] {
        let mut chain = Chain::default();
        // A list that leaves this one out ends whole, with the one before it.
        let is_whole = matches!(chain.walk(connection, draft_id, id, hint), Ok(Some(last)) if last.id == id);
        let copy = chain.bytes.as_deref().filter(|_| chain.id == id.0).and_then(copy_of);
        if let Some(copy) = copy.filter(|_| is_whole || rescued.is_none()) {
            rescued = Some((copy, is_whole));
        }
        if is_whole {
            break;
        }
    }
    rescued
}

/// What is wrong in the histories, a sentence each.
pub fn verify(connection: &Connection) -> Result<Vec<String>> {
    let sql = "SELECT draft_id FROM revisions UNION SELECT draft_id FROM histories";
    let ids: Vec<i64> = connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut messages = Vec::new();
    for draft_id in ids.into_iter().map(DraftId) {
        let mut chain = Chain::default();
        // The last that is whole before anything is amiss.
        let (mut n_revisions, mut good, mut is_amiss) = (0, None, false);
        chain.follow(connection, draft_id, (0, i64::MAX), "", |revision| {
            n_revisions += 1;
            is_amiss |= revision.is_err();
            match revision {
                Ok(revision) if !is_amiss => good = Some(revision.saved_at),
                revision => messages.extend(revision.err().map(|error| error.message)),
            }
        })?;
        let (n_kept, hash) = kept_end(connection, draft_id)?;
        let piece = name_of(connection, draft_id);
        let good = good.map(said);
        messages.extend(match (n_kept == n_revisions, good) {
            (true, _) if hash == chain.hash => None,
            (true, Some(at)) => Some(format!(
                "The history of {piece} does not end with the revision that was kept last; it is whole up to {at}."
            )),
            (true, None) => Some(format!("The history of {piece} does not end with the revision that was kept last.")),
            (false, Some(at)) => Some(format!(
                "{n_kept} revisions of {piece} were kept, and {n_revisions} are there; they are whole up to {at}."
            )),
            (false, None) => {
                Some(format!("{n_kept} revisions of {piece} were kept, and {n_revisions} are there; none is whole."))
            }
        });
    }
    Ok(messages)
}

/// A time, for an editor.
fn said(at: DateTime<Utc>) -> impl Display {
    at.format("%Y-%m-%d %H:%M:%S UTC")
}

/// Packs the revisions of a desk from before there were chains. Inside a transaction only.
pub fn chain_old(connection: &Connection) -> Result<()> {
    let sql = "SELECT id, draft_id, saved_at, cause, name, hed, dek, byline, dateline, body
               FROM revisions ORDER BY draft_id, id";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    let (mut chain, mut last) = (Chain::default(), (DraftId(0), MOST_STEPS));
    while let Some(row) = rows.next()? {
        let (saved_at, cause, name): (String, String, Option<String>) = (row.get(2)?, row.get(3)?, row.get(4)?);
        let (id, draft_id) = (row.get(0)?, DraftId(row.get(1)?));
        let entry = Entry { id: Some(id), draft_id, saved_at: &saved_at, cause: &cause, name: name.as_deref() };
        let part = |n| row.get(n);
        let copy = Copy { hed: part(5)?, dek: part(6)?, byline: part(7)?, dateline: part(8)?, body: part(9)? };
        if last.0 != draft_id {
            (chain, last) = (Chain::default(), (draft_id, MOST_STEPS));
        }
        let bytes = bytes_of(&copy);
        let hash = entry.hash(id, &chain.hash, &bytes);
        let (n_steps, words) = chain.pack(&bytes, last.1);
        let sql = "UPDATE revisions SET hash = ?2, n_steps = ?3, words = ?4 WHERE id = ?1";
        connection.prepare_cached(sql)?.execute(params![id, hash, n_steps, words])?;
        note_end(connection, draft_id, &hash)?;
        (chain, last.1) = (Chain { id, hash, bytes: Some(bytes) }, n_steps);
    }
    Ok(())
}

/// How far a history has been read.
#[derive(Default)]
struct Chain {
    /// The revision read last.
    id: i64,
    /// Its hash, as the file has it.
    hash: Hash,
    /// Its words; none where they could not be unpacked.
    bytes: Option<Vec<u8>>,
}

impl Chain {
    /// Reads from the nearest whole words to a revision, and gives that one; none where there is none.
    fn walk(
        &mut self,
        connection: &Connection,
        draft_id: DraftId,
        to: RevisionId,
        hint: &str,
    ) -> Result<Option<Revision>> {
        let sql = format!(
            "SELECT id FROM revisions {hint} WHERE draft_id = ?1 AND id <= ?2 AND n_steps = 0 ORDER BY id DESC LIMIT 1"
        );
        let ids = params![draft_id.0, to.0];
        let from: i64 = connection.prepare_cached(&sql)?.query_row(ids, |row| row.get(0)).optional()?.unwrap_or(0);
        let sql = format!("SELECT hash FROM revisions {hint} WHERE draft_id = ?1 AND id < ?2 ORDER BY id DESC LIMIT 1");
        let before = connection.prepare_cached(&sql)?.query_row([draft_id.0, from], |row| row.get(0)).optional()?;
        self.hash = before.unwrap_or_default();
        let mut last = None;
        self.follow(connection, draft_id, (from, to.0), hint, |revision| last = Some(revision))?;
        last.transpose()
    }

    /// Reads on through the revisions from one id to another, both included.
    fn follow(
        &mut self,
        connection: &Connection,
        draft_id: DraftId,
        (from, to): (i64, i64),
        hint: &str,
        mut each: impl FnMut(Result<Revision>),
    ) -> Result<()> {
        let sql = format!("SELECT * FROM revisions {hint} WHERE draft_id = ?1 AND id BETWEEN ?2 AND ?3 ORDER BY id");
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params![draft_id.0, from, to])?;
        while let Some(row) = rows.next()? {
            let cells = Cells { row, kind: "revision", id: row.get("id")? };
            each(self.read(connection, &cells));
        }
        Ok(())
    }

    fn read(&mut self, connection: &Connection, cells: &Cells) -> Result<Revision> {
        let before = std::mem::take(self);
        self.id = cells.id;
        self.hash = cells.get("hash")?;
        let words: Vec<u8> = cells.get("words")?;
        let is_whole = cells.get::<i64>("n_steps")? == 0;
        let base = if is_whole { Some(Vec::new()) } else { before.bytes };
        self.bytes = base.and_then(|base| unpack(&words, &base));
        let (draft_id, saved_at) = (DraftId(cells.get("draft_id")?), cells.text("saved_at")?);
        let (cause, name): (String, Option<String>) = (cells.text("cause")?, cells.get("name")?);
        let entry = Entry { id: None, draft_id, saved_at: &saved_at, cause: &cause, name: name.as_deref() };
        let is_as_kept = |bytes: &&Vec<u8>| entry.hash(cells.id, &before.hash, bytes) == self.hash;
        let copy = self.bytes.as_ref().filter(is_as_kept).and_then(|bytes| copy_of(bytes));
        let cause = cells.word("cause", Cause::from_word)?;
        let saved_at = cells.time("saved_at")?;
        let copy = copy.ok_or_else(|| {
            let (piece, at) = (name_of(connection, draft_id), said(saved_at));
            let message = format!(
                "The desk file is damaged: revision {} of {piece}, kept {at}, is not as it was kept, or the one \
                 before it is not there. {WAY_OUT}",
                cells.id
            );
            Error::new(Code::Corrupt, message)
        })?;
        Ok(Revision { id: RevisionId(cells.id), draft_id, saved_at, cause, name, copy })
    }

    /// The number of steps and the packed words of what comes next, given the number of the last one's.
    fn pack(&self, bytes: &[u8], n_steps: i64) -> (i64, Vec<u8>) {
        match &self.bytes {
            Some(before) if n_steps < MOST_STEPS => (n_steps + 1, pack(bytes, before)),
            _ => (0, pack(bytes, &[])),
        }
    }
}

/// No id is ever given twice.
fn next_id(connection: &Connection) -> Result<i64> {
    let sql = "SELECT seq + 1 FROM sqlite_sequence WHERE name = 'revisions'";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?.unwrap_or(1))
}

/// Notes that the history of a piece is one longer, and how it ends now.
fn note_end(connection: &Connection, draft_id: DraftId, hash: &Hash) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO histories (draft_id, n_revisions, hash) VALUES (?1, 1, ?2)
             ON CONFLICT (draft_id) DO UPDATE SET n_revisions = n_revisions + 1, hash = excluded.hash",
        )?
        .execute(params![draft_id.0, hash])?;
    Ok(())
}

/// The piece, for an editor.
fn name_of(connection: &Connection, draft_id: DraftId) -> String {
    let slug = connection.query_row("SELECT slug FROM drafts WHERE id = ?1", [draft_id.0], |row| row.get(0));
    slug.map_or_else(|_| format!("piece {}", draft_id.0), |slug: String| format!("“{slug}”"))
}
