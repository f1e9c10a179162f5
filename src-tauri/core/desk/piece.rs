//! Pieces: new, kept, copied, moved about, and how they stand.

use super::judge::{Counts, Judged};
use super::{Checked, Desk};
use crate::check::Notes;
use crate::draft::{Copy, Draft, DraftId, Place, Status};
use crate::error::Result;
use crate::revision::Cause;
use crate::store::{DraftEdit, Event};
use chrono::{DateTime, Utc};

/// A piece in the list of a place.
#[derive(Clone, Debug)]
pub struct Line {
    pub draft: Draft,
    pub counts: Counts,
    /// The latest embargo among the notes its quotes rest on, when it has not passed.
    pub embargo: Option<DateTime<Utc>>,
}

/// How the quotes of a piece stood, and for which state of piece, notes and settlements that is so.
pub struct Standing {
    version: i64,
    stamp: i64,
    n_settled: u64,
    counts: Counts,
    embargo: Option<DateTime<Utc>>,
}

impl Desk {
    /// The pieces that lie in a place, last changed first, each with how its quotes stand.
    ///
    /// Cost: a piece is checked only when it, a note or a cq changed since it was last listed.
    pub fn list_drafts(&mut self, place: Place, now: DateTime<Utc>) -> Result<Vec<Line>> {
        let drafts = self.store.list_drafts(place)?;
        drafts.into_iter().map(|draft| self.line(draft, now)).collect()
    }

    /// A new, empty piece.
    pub fn new_draft(&mut self, now: DateTime<Utc>) -> Result<Draft> {
        self.store.new_draft("", None, &Copy::default(), Cause::Created, now)
    }

    /// A piece, whole. What was left standing since its last revision is kept as one first.
    pub fn open_draft(&mut self, id: DraftId, now: DateTime<Utc>) -> Result<Draft> {
        if self.store.read_only_because().is_none() {
            self.settle(id, now)?;
        }
        self.store.open_draft(id)
    }

    /// Keeps what stands in the window. A pause before it makes what stood on the desk a revision.
    ///
    /// Errors: `Conflict` when the piece was saved elsewhere since `version`; nothing is overwritten.
    pub fn save_draft(&mut self, edit: &DraftEdit, version: i64, now: DateTime<Utc>) -> Result<Draft> {
        self.settle(edit.id, now)?;
        self.store.save_draft(edit, version, now)
    }

    /// A copy of a piece under a slug of its own.
    pub fn duplicate_draft(&mut self, id: DraftId, now: DateTime<Utc>) -> Result<Draft> {
        let draft = self.store.open_draft(id)?;
        let slug = format!("{}-copy", draft.slug);
        self.store.new_draft(&slug, draft.target_words, &draft.copy, Cause::Created, now)
    }

    /// Says how far a piece has come.
    pub fn set_status(&mut self, id: DraftId, status: Status, now: DateTime<Utc>) -> Result<Line> {
        let draft = self.store.set_status(id, status, now)?;
        self.line(draft, now)
    }

    /// Puts a piece on the desk, away, or in the bin, whole.
    pub fn move_draft(&mut self, id: DraftId, place: Place, now: DateTime<Utc>) -> Result<Line> {
        let draft = self.store.move_draft(id, place, now)?;
        self.line(draft, now)
    }

    /// What happened to a piece, newest first.
    pub fn list_events(&self, id: DraftId) -> Result<Vec<Event>> {
        self.store.open_draft(id)?;
        self.store.list_events(id)
    }

    fn line(&mut self, draft: Draft, now: DateTime<Utc>) -> Result<Line> {
        let stamp = self.store.notes_stamp()?;
        let n_settled = self.n_settled;
        let kept = self.standings.get(&draft.id).filter(|kept| {
            let is_embargo_running = kept.embargo.is_none_or(|until| until > now);
            (kept.version, kept.stamp, kept.n_settled) == (draft.version, stamp, n_settled) && is_embargo_running
        });
        if let Some(kept) = kept {
            let (counts, embargo) = (kept.counts, kept.embargo);
            return Ok(Line { draft, counts, embargo });
        }
        let Checked { quotes, notes, .. } = self.checker(draft.id)?.check(&draft.copy.body, now);
        let (counts, embargo) = (Counts::of(&quotes), latest_embargo(&quotes, &notes, now));
        let version = draft.version;
        self.standings.insert(draft.id, Standing { version, stamp, n_settled, counts, embargo });
        Ok(Line { draft, counts, embargo })
    }
}

fn latest_embargo(quotes: &[Judged], notes: &Notes, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let rested_on = quotes.iter().filter_map(|judged| judged.finding.evidence.first());
    rested_on.filter_map(|evidence| notes.get(evidence.note)?.embargo).filter(|until| *until > now).max()
}
