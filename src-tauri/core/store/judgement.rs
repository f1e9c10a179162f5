//! What an editor decided about a quote, and what it rested on, so that the desk can tell when it no longer holds.

use super::row::{Cells, read_one, read_rows, time_text};
use super::{EventKind, Store, seal};
use crate::draft::DraftId;
use crate::error::{Code, Error, Result};
use crate::note::NoteId;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row, params};
use std::collections::HashMap;

/// Which judgement; later ones have larger numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JudgementId(pub i64);

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JudgementKind {
    /// Checked, correct as it is: an editor signs for it.
    Cq,
    /// The verdict as an editor last saw and accepted it.
    Verdict,
}

impl JudgementKind {
    /// The word in the store.
    pub fn word(self) -> &'static str {
        match self {
            JudgementKind::Cq => "cq",
            JudgementKind::Verdict => "verdict",
        }
    }

    /// The kind a word names, if any.
    pub fn from_word(word: &str) -> Option<JudgementKind> {
        [JudgementKind::Cq, JudgementKind::Verdict].into_iter().find(|kind| kind.word() == word)
    }
}

/// A note a judgement rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgementNote {
    pub note_id: NoteId,
    /// Stands for what the note said then. The desk makes it; the store only keeps it.
    pub fingerprint: String,
}

/// A judgement to be kept. Texts are the desk's own folding of the draft; the store compares and changes none of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewJudgement {
    pub draft_id: DraftId,
    pub kind: JudgementKind,
    /// The quote's words.
    pub words: String,
    /// Cue and speaker.
    pub attribution: String,
    pub verdict: String,
    pub by: String,
    pub reason: String,
    pub notes: Vec<JudgementNote>,
}

/// A judgement that was kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    pub id: JudgementId,
    pub draft_id: DraftId,
    pub kind: JudgementKind,
    pub words: String,
    pub attribution: String,
    pub verdict: String,
    pub by: String,
    pub reason: String,
    /// In the order of their ids.
    pub notes: Vec<JudgementNote>,
    pub made_at: DateTime<Utc>,
    /// When an editor took it back; none while it stands.
    pub cleared_at: Option<DateTime<Utc>>,
}

impl Store {
    /// Keeps a judgement beside whatever was judged before. A cq is an event of its piece. Errors: `NotFound`.
    pub fn add_judgement(&mut self, new: &NewJudgement, now: DateTime<Utc>) -> Result<Judgement> {
        let at = time_text(now)?;
        self.all_or_none(|store| {
            store.look_over(new.draft_id)?;
            store.open_draft(new.draft_id)?;
            store.connection.execute(
                "INSERT INTO judgements (draft_id, kind, words, attribution, verdict, signed_by, reason, made_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    new.draft_id.0,
                    new.kind.word(),
                    new.words,
                    new.attribution,
                    new.verdict,
                    new.by,
                    new.reason,
                    at
                ],
            )?;
            let id = JudgementId(store.connection.last_insert_rowid());
            for note in &new.notes {
                store.open_note(note.note_id)?;
                let sql = "INSERT OR REPLACE INTO judgement_notes (judgement_id, note_id, fingerprint)
                           VALUES (?1, ?2, ?3)";
                store.connection.execute(sql, params![id.0, note.note_id.0, note.fingerprint])?;
            }
            if new.kind == JudgementKind::Cq {
                store.add_event(new.draft_id, EventKind::Cq, &new.reason, Some(&new.by), now)?;
            }
            store.open_judgement(id)
        })
    }

    /// Takes a judgement back; it stays in the history. One that was taken back before stays as it is.
    pub fn clear_judgement(&mut self, id: JudgementId, now: DateTime<Utc>) -> Result<Judgement> {
        let at = time_text(now)?;
        self.all_or_none(|store| {
            let judgement = store.open_judgement(id)?;
            // What was harmed is not sealed with the change.
            seal::check(&store.connection, "judgements", id.0)?;
            store.look_over(judgement.draft_id)?;
            let sql = "UPDATE judgements SET cleared_at = ?2 WHERE id = ?1 AND cleared_at IS NULL";
            let n_cleared = store.connection.execute(sql, params![id.0, at])?;
            if n_cleared > 0 && judgement.kind == JudgementKind::Cq {
                store.add_event(judgement.draft_id, EventKind::CqCleared, "", None, now)?;
            }
            store.open_judgement(id)
        })
    }

    /// The judgements of a piece that stand, oldest first.
    pub fn list_judgements(&self, draft_id: DraftId) -> Result<Vec<Judgement>> {
        let sql = "SELECT * FROM judgements WHERE draft_id = ?1 AND cleared_at IS NULL ORDER BY id";
        self.read_judgements(sql, draft_id.0)
    }

    /// How many judgements were made and taken back on each piece that has any: equal as long as nothing was settled.
    pub fn count_judgements(&self) -> Result<HashMap<DraftId, (i64, i64)>> {
        let sql = "SELECT draft_id, count(*), count(cleared_at) FROM judgements GROUP BY draft_id";
        let mut query = self.connection.prepare(sql)?;
        let read = |row: &Row| Ok((DraftId(row.get(0)?), (row.get(1)?, row.get(2)?)));
        Ok(query.query_map([], read)?.collect::<rusqlite::Result<_>>()?)
    }

    /// Every judgement ever made on a piece, those taken back too, oldest first.
    pub fn list_past_judgements(&self, draft_id: DraftId) -> Result<Vec<Judgement>> {
        self.read_judgements("SELECT * FROM judgements WHERE draft_id = ?1 ORDER BY id", draft_id.0)
    }

    pub(super) fn open_judgement(&self, id: JudgementId) -> Result<Judgement> {
        let sql = "SELECT * FROM judgements WHERE id = ?1";
        let read = |cells: &Cells| read_judgement(&self.connection, cells);
        read_one(&self.connection, "judgement", sql, [id.0], read)?
            .ok_or_else(|| Error::new(Code::NotFound, "There is no such judgement on this desk."))
    }

    fn read_judgements(&self, sql: &str, id: i64) -> Result<Vec<Judgement>> {
        read_rows(&self.connection, "judgement", sql, [id], |cells| read_judgement(&self.connection, cells))
    }
}

fn read_judgement(connection: &Connection, cells: &Cells) -> Result<Judgement> {
    let sql = "SELECT note_id AS id, fingerprint FROM judgement_notes WHERE judgement_id = ?1 ORDER BY note_id";
    let notes = read_rows(connection, "judged note", sql, [cells.id], |note| {
        Ok(JudgementNote { note_id: NoteId(note.id), fingerprint: note.text("fingerprint")? })
    })?;
    Ok(Judgement {
        id: JudgementId(cells.id),
        draft_id: DraftId(cells.get("draft_id")?),
        kind: cells.word("kind", JudgementKind::from_word)?,
        words: cells.text("words")?,
        attribution: cells.text("attribution")?,
        verdict: cells.text("verdict")?,
        by: cells.text("signed_by")?,
        reason: cells.text("reason")?,
        notes,
        made_at: cells.time("made_at")?,
        cleared_at: cells.maybe_time("cleared_at")?,
    })
}
