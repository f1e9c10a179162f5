//! What a desk is to have, in a few words.

use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use stet::draft::{Place, Status};
use stet::revision::Cause;
use stet::store::{Event, EventKind, JudgementKind, Store};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    pub pieces: BTreeMap<i64, Piece>,
    pub notes: BTreeMap<i64, KnownNote>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Piece {
    pub body: String,
    pub is_in_bin: bool,
    pub created_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
    pub status: Status,
    pub deadline: Option<DateTime<Utc>>,
    pub target_words: Option<u32>,
    /// In the order they were made.
    pub comments: Vec<String>,
    pub n_exports: usize,
    /// Oldest first.
    pub revisions: Vec<(Cause, String)>,
    pub n_cqs: usize,
    /// What is suggested is made of this.
    pub base: Option<String>,
    /// What was handed over, newest first: what it was made of, and what was made of it.
    pub proposals: Vec<(String, String)>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct KnownNote {
    pub text: String,
    /// Newest first.
    pub past: Vec<String>,
}

impl Model {
    /// What a desk has.
    pub fn of(store: &Store) -> Model {
        let mut model = Model::default();
        for place in [Place::Desk, Place::Bin] {
            for draft in store.list_drafts(place).expect("a list") {
                let revisions = store.list_revisions(draft.id).expect("a list").into_iter().rev();
                let judgements = store.list_past_judgements(draft.id).expect("a list");
                let suggested_on = store.suggesting(draft.id).expect("read").and_then(|event| event.suggested_on());
                let events = store.list_events(draft.id).expect("a list");
                let comments = store.list_comments(draft.id).expect("a list");
                let base = suggested_on.map(|revision| store.open_revision(revision).expect("it is there").copy.body);
                let proposals = store.list_proposals(draft.id).expect("a list").into_iter();
                let proposals = proposals.map(|proposal| (proposal.words.old.body, proposal.words.new.body));
                let piece = Piece {
                    body: draft.copy.body,
                    is_in_bin: place == Place::Bin,
                    created_at: draft.created_at,
                    changed_at: draft.changed_at,
                    status: draft.status,
                    deadline: events.iter().find(|event| event.kind == EventKind::Deadline).and_then(Event::deadline),
                    target_words: draft.target_words,
                    comments: comments.into_iter().map(|comment| comment.text).collect(),
                    n_exports: store.list_exports(draft.id).expect("a list").len(),
                    revisions: revisions.map(|revision| (revision.cause, revision.copy.body)).collect(),
                    n_cqs: judgements.iter().filter(|one| one.kind == JudgementKind::Cq).count(),
                    base,
                    proposals: proposals.collect(),
                };
                model.pieces.insert(draft.id.0, piece);
            }
        }
        for kept in store.list_notes().expect("a list") {
            let past = store.list_past_notes(kept.note.id).expect("a list").into_iter();
            let past = past.map(|past| past.note.text).collect();
            model.notes.insert(kept.note.id.0, KnownNote { text: kept.note.text, past });
        }
        model
    }

    pub fn piece(&self, which: usize) -> Option<(i64, &Piece)> {
        let nth = which.checked_rem(self.pieces.len())?;
        self.pieces.iter().nth(nth).map(|(id, piece)| (*id, piece))
    }

    pub fn note(&self, which: usize) -> Option<(i64, &KnownNote)> {
        let nth = which.checked_rem(self.notes.len())?;
        self.notes.iter().nth(nth).map(|(id, note)| (*id, note))
    }

    pub fn with(&self, id: i64, change: impl FnOnce(&mut Piece)) -> Model {
        let mut model = self.clone();
        change(model.pieces.get_mut(&id).expect("it is there"));
        model
    }
}
