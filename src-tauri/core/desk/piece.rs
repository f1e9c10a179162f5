//! Pieces: new, kept, copied, moved about, and how they stand.

use super::judge::Counts;
use super::{Checked, Checker, Desk};
use crate::check::{Policy, latest_embargo};
use crate::draft::{Copy, Draft, DraftId, Place, Status};
use crate::error::Result;
use crate::revision::Cause;
use crate::store::{DraftEdit, Event, EventKind, Routing, Saved};
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// A piece in the list of a place.
#[derive(Clone, Debug)]
pub struct Line {
    pub draft: Draft,
    /// None while its quotes are still to be counted.
    pub counts: Option<Counts>,
    /// The latest embargo among the notes its quotes rest on, when it has not passed.
    pub embargo: Option<DateTime<Utc>>,
    pub deadline: Option<DateTime<Utc>>,
    /// What last happened to it, by an editor's doing or by itself.
    pub last: Option<Event>,
}

/// What a standing depends on: the piece, the notes, what was settled about the piece, and the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    version: i64,
    stamp: i64,
    n_judgements: (i64, i64),
    policy: Policy,
}

/// How the quotes of a piece stood, and for which state of all it depends on.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    state: State,
    counts: Counts,
    embargo: Option<DateTime<Utc>>,
}

/// How each piece stood when it was last listed.
pub type Standings = Arc<Mutex<HashMap<DraftId, Standing>>>;

impl Desk {
    /// The pieces that lie in a place, last changed first; how the quotes of each stand, as far as they were counted.
    pub fn list_drafts(&mut self, place: Place, now: DateTime<Utc>) -> Result<Vec<Line>> {
        let drafts = self.store.list_drafts(place)?;
        self.lines(drafts, now)
    }

    /// The same with every quote counted.
    ///
    /// Cost: a piece is checked only when it, a note or a cq changed since it was last counted.
    pub fn count_all(&mut self, place: Place, now: DateTime<Utc>) -> Result<Vec<Line>> {
        let drafts = self.store.list_drafts(place)?;
        Ok(self.listing(drafts, now)?.counted(now))
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
    pub fn save_draft(&mut self, edit: &DraftEdit, version: i64, now: DateTime<Utc>) -> Result<Saved> {
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

    /// Says of pieces how far they have come, where they lie, when they are due and how long they are to be; each with
    /// its slug as the editor knows it. All or none. Errors: those of [`crate::store::Store::route_all`].
    pub fn route(&mut self, orders: &[(DraftId, String, Routing)], now: DateTime<Utc>) -> Result<Vec<Line>> {
        let drafts = self.store.route_all(orders, now)?;
        self.lines(drafts, now)
    }

    /// What happened to a piece, newest first.
    pub fn list_events(&self, id: DraftId) -> Result<Vec<Event>> {
        self.store.open_draft(id)?;
        self.store.list_events(id)
    }

    /// What the lines of these pieces need, so that their quotes can be counted without holding the desk.
    pub fn lines_of(&mut self, ids: &[DraftId], now: DateTime<Utc>) -> Result<Listing> {
        let drafts = ids.iter().map(|id| self.store.open_draft(*id)).collect::<Result<Vec<Draft>>>()?;
        self.listing(drafts, now)
    }

    fn line(&mut self, draft: Draft, now: DateTime<Utc>) -> Result<Line> {
        Ok(self.lines(vec![draft], now)?.pop().expect("one piece has one line"))
    }

    /// A line for each, with its quotes as far as they were counted.
    fn lines(&self, drafts: Vec<Draft>, now: DateTime<Utc>) -> Result<Vec<Line>> {
        let mut latest = self.latest(&drafts)?;
        let standing = self.standing(drafts, now)?.into_iter();
        Ok(standing.map(|(draft, _, known)| line(draft, &mut latest, known)).collect())
    }

    /// What last happened to each piece, and about its deadline.
    fn latest(&self, drafts: &[Draft]) -> Result<HashMap<DraftId, Latest>> {
        let ids: Vec<DraftId> = drafts.iter().map(|draft| draft.id).collect();
        let mut latest: HashMap<DraftId, Latest> = HashMap::new();
        for event in self.store.list_latest(&ids)? {
            let of_piece = latest.entry(event.draft_id).or_default();
            if event.kind == EventKind::Deadline {
                of_piece.deadline = event.deadline();
            }
            of_piece.last = Some(event);
        }
        Ok(latest)
    }

    fn listing(&mut self, drafts: Vec<Draft>, now: DateTime<Utc>) -> Result<Listing> {
        let (notes, latest) = (self.snapshot()?, self.latest(&drafts)?);
        let mut rows = Vec::with_capacity(drafts.len());
        for (draft, state, known) in self.standing(drafts, now)? {
            let checker = match known {
                Some(_) => None,
                None => Some(Checker::new(&self.store, notes.clone(), draft.id)?),
            };
            rows.push(Row { draft, state, known, checker });
        }
        Ok(Listing { rows, latest, standings: Arc::clone(&self.standings) })
    }

    /// Each piece with how its quotes stand, where they were counted since anything changed.
    fn standing(&self, drafts: Vec<Draft>, now: DateTime<Utc>) -> Result<Vec<(Draft, State, Option<Standing>)>> {
        let (stamp, n_judgements, policy) = (self.store.notes_stamp()?, self.store.count_judgements()?, self.policy()?);
        let stand = |draft: Draft| {
            let n_judgements = n_judgements.get(&draft.id).copied().unwrap_or_default();
            let state = State { version: draft.version, stamp, n_judgements, policy };
            let known = known(&self.standings, draft.id, state, now);
            (draft, state, known)
        };
        Ok(drafts.into_iter().map(stand).collect())
    }
}

/// The pieces of a list, some of them still to be counted.
pub struct Listing {
    rows: Vec<Row>,
    latest: HashMap<DraftId, Latest>,
    standings: Standings,
}

/// What a line tells of the events of a piece.
#[derive(Default)]
struct Latest {
    deadline: Option<DateTime<Utc>>,
    last: Option<Event>,
}

/// A piece with what is known of its quotes, or what is needed to know it.
struct Row {
    draft: Draft,
    state: State,
    known: Option<Standing>,
    checker: Option<Checker>,
}

impl Listing {
    /// The list with every quote counted; what was counted is remembered.
    pub fn counted(self, now: DateTime<Utc>) -> Vec<Line> {
        let Listing { rows, mut latest, standings } = self;
        let count = |Row { draft, state, known, checker }: Row| {
            let standing = known.or_else(|| {
                let Checked { quotes, notes, .. } = checker?.check(&draft.copy.body, now);
                let findings = quotes.iter().map(|judged| &judged.finding);
                let (counts, embargo) = (Counts::of(&quotes), latest_embargo(findings, &notes, now));
                let standing = Standing { state, counts, embargo };
                standings.lock().unwrap_or_else(PoisonError::into_inner).insert(draft.id, standing);
                Some(standing)
            });
            line(draft, &mut latest, standing)
        };
        rows.into_iter().map(count).collect()
    }
}

fn line(draft: Draft, latest: &mut HashMap<DraftId, Latest>, standing: Option<Standing>) -> Line {
    let Latest { deadline, last } = latest.remove(&draft.id).unwrap_or_default();
    let (counts, embargo) = (standing.map(|known| known.counts), standing.and_then(|known| known.embargo));
    Line { draft, counts, embargo, deadline, last }
}

fn known(standings: &Standings, id: DraftId, state: State, now: DateTime<Utc>) -> Option<Standing> {
    let standing = *standings.lock().unwrap_or_else(PoisonError::into_inner).get(&id)?;
    let is_embargo_running = standing.embargo.is_none_or(|until| until > now);
    (standing.state == state && is_embargo_running).then_some(standing)
}
