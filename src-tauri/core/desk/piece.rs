//! Pieces: new, kept, copied, moved about, and how they stand.

use super::judge::{Counts, Judged};
use super::{Checked, Checker, Desk};
use crate::check::Notes;
use crate::draft::{Copy, Draft, DraftId, Place, Status};
use crate::error::Result;
use crate::revision::Cause;
use crate::store::{DraftEdit, Event};
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// A piece in the list of a place.
#[derive(Clone, Debug)]
pub struct Line {
    pub draft: Draft,
    pub counts: Counts,
    /// The latest embargo among the notes its quotes rest on, when it has not passed.
    pub embargo: Option<DateTime<Utc>>,
}

/// What a standing depends on beside the piece: notes and settlements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    stamp: i64,
    n_settled: u64,
}

/// How the quotes of a piece stood, and for which state of all it depends on.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    version: i64,
    state: State,
    counts: Counts,
    embargo: Option<DateTime<Utc>>,
}

/// How each piece stood when it was last listed.
pub type Standings = Arc<Mutex<HashMap<DraftId, Standing>>>;

impl Desk {
    /// The pieces that lie in a place, last changed first, each with how its quotes stand.
    ///
    /// Cost: a piece is checked only when it, a note or a cq changed since it was last listed.
    pub fn list_drafts(&mut self, place: Place, now: DateTime<Utc>) -> Result<Vec<Line>> {
        Ok(self.listing(place, now)?.lines(now))
    }

    /// A new, empty piece.
    pub fn new_draft(&mut self, now: DateTime<Utc>) -> Result<Draft> {
        self.store.new_draft("", None, &Copy::default(), Cause::Created, now)
    }

    /// A piece, whole. What was left standing since its last revision is kept as one first.
    pub fn open_draft(&mut self, id: DraftId, now: DateTime<Utc>) -> Result<Draft> {
        // A desk that cannot be written can still be read.
        let _ = self.settle(id, now);
        self.store.open_draft(id)
    }

    /// Keeps what stands in the window. A pause before it makes what stood on the desk a revision.
    ///
    /// Errors: `Conflict` when the piece was saved elsewhere since `version`; nothing is overwritten.
    pub fn save_draft(&mut self, edit: &DraftEdit, version: i64, now: DateTime<Utc>) -> Result<Draft> {
        // The words in the window come first: whatever keeps the revision from being made must not keep them from
        // being saved, and the next pause tries again.
        let _ = self.settle(edit.id, now);
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

    /// What a list of a place needs, so that it can be made without holding the desk.
    pub fn listing(&mut self, place: Place, now: DateTime<Utc>) -> Result<Listing> {
        let drafts = self.store.list_drafts(place)?;
        self.listing_of(drafts, now)
    }

    fn line(&mut self, draft: Draft, now: DateTime<Utc>) -> Result<Line> {
        let lines = self.listing_of(vec![draft], now)?.lines(now);
        Ok(lines.into_iter().next().expect("one piece has one line"))
    }

    fn listing_of(&mut self, drafts: Vec<Draft>, now: DateTime<Utc>) -> Result<Listing> {
        let state = State { stamp: self.store.notes_stamp()?, n_settled: self.n_settled };
        let standings = Arc::clone(&self.standings);
        let notes = self.snapshot()?;
        let mut rows = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let known = known(&standings, &draft, state, now);
            let checker = match known {
                Some(_) => None,
                None => Some(Checker::new(&self.store, notes.clone(), draft.id)?),
            };
            rows.push((draft, known, checker));
        }
        Ok(Listing { rows, state, standings })
    }
}

/// The pieces of a list, some of them still to be checked.
pub struct Listing {
    /// What is known, or what is needed to know it.
    rows: Vec<(Draft, Option<Standing>, Option<Checker>)>,
    state: State,
    standings: Standings,
}

impl Listing {
    /// The list; what was checked for it is remembered.
    pub fn lines(self, now: DateTime<Utc>) -> Vec<Line> {
        let Listing { rows, state, standings } = self;
        let line = |(draft, known, checker): (Draft, Option<Standing>, Option<Checker>)| {
            let standing = known.or_else(|| {
                let Checked { quotes, notes, .. } = checker?.check(&draft.copy.body, now);
                let (counts, embargo) = (Counts::of(&quotes), latest_embargo(&quotes, &notes, now));
                let standing = Standing { version: draft.version, state, counts, embargo };
                standings.lock().unwrap_or_else(PoisonError::into_inner).insert(draft.id, standing);
                Some(standing)
            });
            let (counts, embargo) = standing.map(|known| (known.counts, known.embargo)).unwrap_or_default();
            Line { draft, counts, embargo }
        };
        rows.into_iter().map(line).collect()
    }
}

fn known(standings: &Standings, draft: &Draft, state: State, now: DateTime<Utc>) -> Option<Standing> {
    let standing = *standings.lock().unwrap_or_else(PoisonError::into_inner).get(&draft.id)?;
    let is_embargo_running = standing.embargo.is_none_or(|until| until > now);
    let is_same = standing.version == draft.version && standing.state == state;
    (is_same && is_embargo_running).then_some(standing)
}

fn latest_embargo(quotes: &[Judged], notes: &Notes, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let rested_on = quotes.iter().filter_map(|judged| judged.finding.evidence.first());
    rested_on.filter_map(|evidence| notes.get(evidence.note)?.embargo).filter(|until| *until > now).max()
}
