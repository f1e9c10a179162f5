//! What was typed into a piece since its words were last written whole: a small row for each save.
//!
//! Writing a long piece and its search anew for each save took four times a bare transaction, and more for longer
//! ones. A row of what changed costs little more than the bare one, however long the piece is. Whoever reads a piece
//! reads these rows with it; they are folded into it when a revision is made, when the desk closes, and when they
//! become many.

use super::draft::write_whole;
use super::fault::WAY_OUT;
use super::packed::bytes_of;
use super::row::{Cells, read_one, read_rows, read_time};
use crate::draft::{Copy, Draft, DraftId};
use crate::error::{Code, Error, Result};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

/// After so many saves, or bytes of what they changed, the words are written whole.
const MOST_SAVES: usize = 500;
const MOST_BYTES: usize = 1_000_000;

type Hash = [u8; 32];

/// What was typed into one piece and not yet folded into it.
#[derive(Clone, Debug, PartialEq)]
pub struct Typed {
    pub draft_id: DraftId,
    pub n_saves: usize,
    /// When the last of it was saved.
    pub saved_at: DateTime<Utc>,
}

/// A piece as the next save finds it, so that it need not be read for each.
pub struct Live {
    pub id: DraftId,
    pub slug: String,
    pub target_words: Option<u32>,
    pub copy: Copy,
    pub version: i64,
    tail: Tail,
}

/// How the saves of a piece end.
struct Tail {
    hash: Hash,
    n_saves: usize,
    n_bytes: usize,
}

impl Live {
    /// A piece with all that was typed into it.
    pub fn new(connection: &Connection, mut draft: Draft) -> Result<Live> {
        let tail = read(connection, &mut draft)?;
        let Draft { id, slug, target_words, copy, version, .. } = draft;
        let tail = tail.unwrap_or_else(|| Tail { hash: anchor(&copy), n_saves: 0, n_bytes: 0 });
        Ok(Live { id, slug, target_words, copy, version, tail })
    }

    /// Nobody saved the piece or folded it since.
    pub fn is_latest(&self, connection: &Connection) -> Result<bool> {
        let sql = "SELECT version, (SELECT max(version) FROM typing WHERE draft_id = ?1) FROM drafts WHERE id = ?1";
        let read = |row: &rusqlite::Row| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?));
        let (whole, typed) = connection.prepare_cached(sql)?.query_row([self.id.0], read)?;
        Ok(if self.tail.n_saves > 0 { typed == Some(self.version) } else { (whole, typed) == (self.version, None) })
    }

    /// Keeps what a save changes, and takes it over. Inside a transaction only.
    pub fn save(&mut self, connection: &Connection, copy: &Copy, saved_at: &str) -> Result<()> {
        let edit = difference(&self.copy, copy);
        let version = self.version + 1;
        let hash = hash(&self.tail.hash, self.id, version, saved_at, &edit);
        connection
            .prepare_cached("INSERT INTO typing (draft_id, version, saved_at, hash, edit) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![self.id.0, version, saved_at, hash, edit])?;
        note_end(connection, self.id, &hash)?;
        apply(&mut self.copy, &edit).expect("a difference fits the words it was found against");
        self.version = version;
        self.tail = Tail { hash, n_saves: self.tail.n_saves + 1, n_bytes: self.tail.n_bytes + edit.len() };
        Ok(())
    }

    /// So much was typed that it is better written whole.
    pub fn is_full(&self) -> bool {
        self.tail.n_saves >= MOST_SAVES || self.tail.n_bytes >= MOST_BYTES
    }
}

/// The last save of a piece, with all that was typed into it: when, and its version.
pub fn last_save(connection: &Connection, id: DraftId) -> Result<Option<(DateTime<Utc>, i64)>> {
    let sql = "SELECT id, coalesce(saved_at, changed_at) AS changed_at, coalesce(typed, version) AS version
               FROM drafts LEFT JOIN
                 (SELECT saved_at, version AS typed FROM typing WHERE draft_id = ?1 ORDER BY version DESC LIMIT 1)
               WHERE id = ?1";
    read_one(connection, "piece", sql, [id.0], |cells| Ok((cells.time("changed_at")?, cells.get("version")?)))
}

/// The pieces with something typed into them, by number.
pub fn list(connection: &Connection) -> Result<Vec<Typed>> {
    let sql = "SELECT draft_id AS id, count(*) AS n_saves, max(saved_at) AS saved_at
               FROM typing GROUP BY draft_id ORDER BY draft_id";
    read_rows(connection, "what was typed into piece", sql, [], |cells| {
        let n_saves = usize::try_from(cells.get::<i64>("n_saves")?).unwrap_or_default();
        Ok(Typed { draft_id: DraftId(cells.id), n_saves, saved_at: cells.time("saved_at")? })
    })
}

/// Brings a piece to what was last typed into it. Errors: `Corrupt`; the piece is then as far as it could be brought.
pub fn follow(connection: &Connection, draft: &mut Draft) -> Result<()> {
    read(connection, draft).map(|_| ())
}

/// Writes the words of a piece whole; says whether there was anything to write. Inside a transaction only.
pub fn fold(connection: &Connection, mut draft: Draft) -> Result<bool> {
    if read(connection, &mut draft)?.is_none() {
        return Ok(false);
    }
    write_whole(connection, &draft)?;
    for sql in ["DELETE FROM typing WHERE draft_id = ?1", "DELETE FROM typed_ends WHERE draft_id = ?1"] {
        connection.prepare_cached(sql)?.execute([draft.id.0])?;
    }
    Ok(true)
}

/// Notes how the saves of a piece end now.
fn note_end(connection: &Connection, id: DraftId, hash: &Hash) -> Result<()> {
    let sql = "INSERT OR REPLACE INTO typed_ends (draft_id, hash) VALUES (?1, ?2)";
    connection.prepare_cached(sql)?.execute(params![id.0, hash])?;
    Ok(())
}

/// Notes how the saves of each piece of an old desk end. Inside a transaction only.
pub fn note_ends(connection: &Connection) -> Result<()> {
    let sql = "INSERT INTO typed_ends (draft_id, hash)
               SELECT draft_id, hash FROM typing AS last
               WHERE version = (SELECT max(version) FROM typing WHERE draft_id = last.draft_id)";
    connection.execute(sql, [])?;
    Ok(())
}

/// How the saves of a piece were noted to end; none where none were kept. Bytes that are no hash fit none.
fn noted_end(connection: &Connection, id: DraftId) -> Result<Option<Vec<u8>>> {
    let sql = "SELECT hash FROM typed_ends WHERE draft_id = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([id.0], |row| row.get(0)).optional()?)
}

/// Reads on through the saves of a piece; none where nothing was typed into it.
fn read(connection: &Connection, draft: &mut Draft) -> Result<Option<Tail>> {
    let sql = "SELECT draft_id AS id, version, saved_at, hash, edit FROM typing WHERE draft_id = ?1 ORDER BY version";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([draft.id.0])?;
    let mut tail: Option<Tail> = None;
    while let Some(row) = rows.next()? {
        let cells = Cells { row, kind: "what was typed into piece", id: draft.id.0 };
        let before = tail.unwrap_or_else(|| Tail { hash: anchor(&draft.copy), n_saves: 0, n_bytes: 0 });
        let (version, saved_at): (i64, String) = (cells.get("version")?, cells.text("saved_at")?);
        let edit: Vec<u8> = cells.get("edit")?;
        let hash = hash(&before.hash, draft.id, version, &saved_at, &edit);
        let is_as_kept = version == draft.version + 1 && cells.get::<Hash>("hash")? == hash;
        let time = read_time(&saved_at).filter(|_| is_as_kept).filter(|_| apply(&mut draft.copy, &edit).is_some());
        let time = time.ok_or_else(|| damaged(draft, before.n_saves))?;
        (draft.version, draft.changed_at) = (version, time);
        tail = Some(Tail { hash, n_saves: before.n_saves + 1, n_bytes: before.n_bytes + edit.len() });
    }
    // The last of them may have been cut off.
    let end = tail.as_ref().map(|tail| &tail.hash[..]);
    if noted_end(connection, draft.id)?.as_deref() != end {
        return Err(damaged(draft, tail.map_or(0, |tail| tail.n_saves)));
    }
    Ok(tail)
}

fn damaged(draft: &Draft, n_saves: usize) -> Error {
    let at = draft.changed_at.format("%Y-%m-%d %H:%M:%S UTC");
    let message = format!(
        "The desk file is damaged: what was typed into “{}” after {at} ({n_saves} saves since it was written whole) is \
         not as it was kept. {WAY_OUT}",
        draft.slug
    );
    Error::new(Code::Corrupt, message)
}

/// What the first save stands on.
fn anchor(copy: &Copy) -> Hash {
    blake3::hash(&bytes_of(copy)).into()
}

fn hash(before: &Hash, id: DraftId, version: i64, saved_at: &str, edit: &[u8]) -> Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(before).update(&id.0.to_le_bytes()).update(&version.to_le_bytes());
    hasher.update(&(saved_at.len() as u64).to_le_bytes()).update(saved_at.as_bytes());
    hasher.update(edit).finalize().into()
}

/// What changed, of each part that did: which (one byte), where the change starts, how many bytes went, how many came
/// (four bytes each, the lowest first), and those that came: whole letters.
fn difference(old: &Copy, new: &Copy) -> Vec<u8> {
    let mut edit = Vec::new();
    for (n, (old_part, new_part)) in (0u8..).zip(old.parts().into_iter().zip(new.parts())) {
        let (old, new) = (old_part.as_bytes(), new_part.as_bytes());
        let mut start = n_alike(old, new);
        while !(old_part.is_char_boundary(start) && new_part.is_char_boundary(start)) {
            start -= 1;
        }
        let (old, new) = (&old[start..], &new[start..]);
        let mut n_behind = n_alike_behind(old, new);
        while !old_part.is_char_boundary(old_part.len() - n_behind) {
            n_behind -= 1;
        }
        let (gone, came) = (&old[..old.len() - n_behind], &new[..new.len() - n_behind]);
        if gone.is_empty() && came.is_empty() {
            continue;
        }
        edit.push(n);
        for number in [start, gone.len(), came.len()] {
            edit.extend_from_slice(&u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
        }
        edit.extend_from_slice(came);
    }
    edit
}

/// So many bytes are compared at once; where they differ, fewer.
const BLOCKS: [usize; 3] = [16 << 10, 256, 1];

/// How many bytes are alike from the start.
fn n_alike(old: &[u8], new: &[u8]) -> usize {
    BLOCKS.into_iter().fold(0, |n, block| {
        let pairs = old[n..].chunks_exact(block).zip(new[n..].chunks_exact(block));
        n + block * pairs.take_while(|(old, new)| old == new).count()
    })
}

/// How many bytes are alike before the end.
fn n_alike_behind(old: &[u8], new: &[u8]) -> usize {
    BLOCKS.into_iter().fold(0, |n, block| {
        let pairs = old[..old.len() - n].rchunks_exact(block).zip(new[..new.len() - n].rchunks_exact(block));
        n + block * pairs.take_while(|(old, new)| old == new).count()
    })
}

/// Makes a change again; none, and nothing changed in that part, where it does not fit.
fn apply(copy: &mut Copy, mut edit: &[u8]) -> Option<()> {
    while let Some((n, rest)) = edit.split_first() {
        edit = rest;
        let mut number = || {
            let (number, rest) = edit.split_first_chunk::<4>()?;
            edit = rest;
            usize::try_from(u32::from_le_bytes(*number)).ok()
        };
        let (start, n_gone, n_came) = (number()?, number()?, number()?);
        let (came, rest) = edit.split_at_checked(n_came)?;
        edit = rest;
        let part = copy.parts_mut().into_iter().nth(usize::from(*n))?;
        let end = start.checked_add(n_gone).filter(|end| *end <= part.len())?;
        match std::str::from_utf8(came) {
            Ok(came) if part.is_char_boundary(start) && part.is_char_boundary(end) => {
                part.replace_range(start..end, came)
            }
            // An older Stet cut letters in two.
            _ => {
                let mut bytes = std::mem::take(part).into_bytes();
                bytes.splice(start..end, came.iter().copied());
                *part = String::from_utf8(bytes).ok()?;
            }
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn copy(hed: &str, body: &str) -> Copy {
        Copy { hed: hed.into(), body: body.into(), ..Copy::default() }
    }

    #[test]
    fn a_letter_in_a_long_piece_is_a_few_bytes() {
        let body = "The harbour sale is off. ".repeat(20_000);
        let (old, new) = (copy("A", &body), copy("A", &body.replacen("harbour sale", "harbours sale", 9)));
        let one = copy("A", &format!("T{}", &body[0..]));
        assert_eq!(difference(&old, &old), [0; 0]);
        assert_eq!(difference(&old, &one).len(), 14);
        assert!(difference(&old, &new).len() < 250);
    }

    #[test]
    fn a_change_that_does_not_fit_is_refused() {
        let mut short = copy("", "One.");
        let edit = difference(&copy("", "One and two."), &copy("", "One and three."));
        assert_eq!(apply(&mut short, &edit), None);
        assert_eq!(apply(&mut short, &[9; 13]), None);
        assert_eq!(apply(&mut short, &edit[..9]), None);
        assert_eq!(short.body, "One.");
    }

    #[test]
    fn a_change_of_an_older_stet_that_cuts_letters_in_two_is_made() {
        let mut old = copy("", "aé");
        // Of the two bytes of é the second.
        let edit = [4, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0xa8];
        assert_eq!(apply(&mut old, &edit), Some(()));
        assert_eq!(old.body, "aè");
        assert_eq!(difference(&copy("", "aé"), &old)[13..], *"è".as_bytes(), "now the whole letter goes and comes");
    }

    proptest! {
        #[test]
        fn any_change_made_again_gives_the_new_words(old in "[aé😀 ]{0,600}", new in "[aé😀 ]{0,600}", hed in ".*") {
            let (mut old, new) = (copy("", &old), copy(&hed, &new));
            let edit = difference(&old, &new);
            prop_assert_eq!(apply(&mut old, &edit), Some(()));
            prop_assert_eq!(old, new);
        }
    }
}
