//! Proposals as the desk keeps them.

use super::row::{Cells, read_one, read_rows, time_text};
use super::{Store, seal};
use crate::draft::{Copy, DraftId};
use crate::error::{Code, Error, Result};
use crate::revision::RevisionId;
use chrono::{DateTime, Utc};
use rusqlite::{Params, params};

/// Which proposal; later ones have larger numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProposalId(pub i64);

/// Another's text of a piece, and what became of its changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub id: ProposalId,
    pub draft_id: DraftId,
    pub came_at: DateTime<Utc>,
    pub words: Proposed,
    /// A line for each change that was accepted or rejected, as the desk writes it.
    pub settled: String,
    pub is_in_bin: bool,
}

/// What was proposed; never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// The file it came in, without its folder.
    pub name: String,
    /// Who made what nobody else is said to have made; empty where that is not known.
    pub by: String,
    /// The revision it was made of; none where that is on no desk.
    pub revision_id: Option<RevisionId>,
    /// The piece as they had it, and as they made it.
    pub old: Copy,
    pub new: Copy,
    /// A line for each stretch whose author is known, as the desk writes it.
    pub authors: String,
}

impl Store {
    /// Keeps a proposal. Errors: `NotFound`.
    pub fn add_proposal(&mut self, draft_id: DraftId, words: &Proposed, now: DateTime<Utc>) -> Result<Proposal> {
        let at = time_text(now)?;
        let Proposed { name, by, revision_id, old, new, authors } = words;
        self.all_or_none(|store| {
            store.look_over(draft_id)?;
            store.last_save(draft_id)?;
            store.connection.execute(
                "INSERT INTO proposals (draft_id, came_at, name, signed_by, revision_id, old_hed, old_dek, old_byline,
                   old_dateline, old_body, hed, dek, byline, dateline, body, authors, settled, is_in_bin)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, '', 0)",
                params![
                    draft_id.0,
                    at,
                    name,
                    by,
                    revision_id.map(|id| id.0),
                    old.hed,
                    old.dek,
                    old.byline,
                    old.dateline,
                    old.body,
                    new.hed,
                    new.dek,
                    new.byline,
                    new.dateline,
                    new.body,
                    authors
                ],
            )?;
            store.open_proposal(ProposalId(store.connection.last_insert_rowid()))
        })
    }

    /// Keeps what became of the changes of a proposal. Errors: `NotFound`.
    pub fn settle_proposal(&mut self, id: ProposalId, settled: &str) -> Result<Proposal> {
        self.change_proposal(id, "settled = ?2", params![id.0, settled])
    }

    /// Puts a proposal in the bin, or takes it back. Errors: `NotFound`.
    pub fn bin_proposal(&mut self, id: ProposalId, is_in_bin: bool) -> Result<Proposal> {
        self.change_proposal(id, "is_in_bin = ?2", params![id.0, is_in_bin])
    }

    fn change_proposal(&mut self, id: ProposalId, change: &str, with: impl Params) -> Result<Proposal> {
        self.all_or_none(|store| {
            // What was harmed is not sealed with the change.
            let draft_id = store.open_proposal(id)?.draft_id;
            store.look_over(draft_id)?;
            store.connection.execute(&format!("UPDATE proposals SET {change} WHERE id = ?1"), with)?;
            store.open_proposal(id)
        })
    }

    /// The proposals for a piece, newest first, those in the bin too.
    pub fn list_proposals(&self, draft_id: DraftId) -> Result<Vec<Proposal>> {
        let sql = "SELECT * FROM proposals WHERE draft_id = ?1 ORDER BY id DESC";
        read_rows(&self.connection, "proposal", sql, [draft_id.0], read_proposal)
    }

    /// A proposal. Errors: `NotFound`; `Corrupt` where it is not as it was kept.
    pub fn open_proposal(&self, id: ProposalId) -> Result<Proposal> {
        let found =
            read_one(&self.connection, "proposal", "SELECT * FROM proposals WHERE id = ?1", [id.0], read_proposal)?;
        let Some(proposal) = found else {
            return Err(Error::new(Code::NotFound, "That proposal is not on this desk. Look at the list again."));
        };
        seal::check(&self.connection, "proposals", id.0)?;
        Ok(proposal)
    }
}

fn read_proposal(cells: &Cells) -> Result<Proposal> {
    let copy = |before: &str| -> Result<Copy> {
        let text = |name: &str| cells.text(&format!("{before}{name}"));
        Ok(Copy {
            hed: text("hed")?,
            dek: text("dek")?,
            byline: text("byline")?,
            dateline: text("dateline")?,
            body: text("body")?,
        })
    };
    Ok(Proposal {
        id: ProposalId(cells.id),
        draft_id: DraftId(cells.get("draft_id")?),
        came_at: cells.time("came_at")?,
        words: Proposed {
            name: cells.text("name")?,
            by: cells.text("signed_by")?,
            revision_id: cells.get::<Option<i64>>("revision_id")?.map(RevisionId),
            old: copy("old_")?,
            new: copy("")?,
            authors: cells.text("authors")?,
        },
        settled: cells.text("settled")?,
        is_in_bin: cells.get("is_in_bin")?,
    })
}
