//! The desk against a model of it: any sequence of an editor's acts, with the disk failing at any call.
//!
//! After each act that failed the desk has done all of it or none, says so in a sentence, and goes on once the disk does.
//! `MODEL_CASES` says how many sequences.

mod disk;
mod prose;

use chrono::{DateTime, TimeDelta, Utc};
use disk::{Coming, Disk, Fault};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use stet::desk::{Access, Desk};
use stet::draft::{Copy, DraftId, Place};
use stet::error::Result;
use stet::note::{Note, NoteId};
use stet::revision::{Cause, RevisionId};
use stet::store::{DraftEdit, JudgementKind, Store};
use tempfile::TempDir;

/// What an editor does. Numbers choose among what is there.
#[derive(Clone, Copy, Debug)]
enum Act {
    New,
    Type(usize),
    /// So long that what stands becomes a revision with the next save.
    Pause,
    Name(usize),
    Restore(usize, usize),
    AddNote,
    EditNote(usize),
    Cq(usize),
    Suggest(usize),
    /// The suggestions are handed over, or kept.
    Settle(usize, bool),
    Delete(usize),
    Undo(usize),
    Backup,
    Reopen,
}

fn acts() -> impl Strategy<Value = Vec<(Act, Option<Coming>)>> {
    let which = 0..4usize;
    let act = prop_oneof![
        1 => Just(Act::New),
        6 => which.clone().prop_map(Act::Type),
        1 => Just(Act::Pause),
        2 => which.clone().prop_map(Act::Name),
        2 => (which.clone(), 0..6usize).prop_map(|(which, revision)| Act::Restore(which, revision)),
        1 => Just(Act::AddNote),
        2 => which.clone().prop_map(Act::EditNote),
        2 => which.clone().prop_map(Act::Cq),
        2 => which.clone().prop_map(Act::Suggest),
        2 => (which.clone(), any::<bool>()).prop_map(|(which, is_kept)| Act::Settle(which, is_kept)),
        1 => which.clone().prop_map(Act::Delete),
        1 => which.prop_map(Act::Undo),
        1 => Just(Act::Backup),
        1 => Just(Act::Reopen),
    ];
    let fault =
        prop_oneof![Just(Fault::Full), Just(Fault::Short), Just(Fault::Write), Just(Fault::Sync), Just(Fault::Open)];
    let coming = (fault, 0..8usize, any::<bool>()).prop_map(|(fault, n_before, is_lasting)| Coming {
        fault,
        n_before,
        is_lasting,
    });
    proptest::collection::vec((act, proptest::option::of(coming)), 1..24)
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Model {
    pieces: BTreeMap<i64, Piece>,
    notes: BTreeMap<i64, KnownNote>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Piece {
    body: String,
    is_in_bin: bool,
    changed_at: DateTime<Utc>,
    /// Oldest first.
    revisions: Vec<(Cause, String)>,
    n_cqs: usize,
    /// What is suggested is made of this.
    base: Option<String>,
    /// What was handed over, newest first: what it was made of, and what was made of it.
    proposals: Vec<(String, String)>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct KnownNote {
    text: String,
    /// Newest first.
    past: Vec<String>,
}

impl Model {
    /// What a desk has.
    fn of(store: &Store) -> Model {
        let mut model = Model::default();
        for place in [Place::Desk, Place::Bin] {
            for draft in store.list_drafts(place).expect("a list") {
                let revisions = store.list_revisions(draft.id).expect("a list").into_iter().rev();
                let judgements = store.list_past_judgements(draft.id).expect("a list");
                let suggested_on = store.suggesting(draft.id).expect("read").and_then(|event| event.suggested_on());
                let base = suggested_on.map(|revision| store.open_revision(revision).expect("it is there").copy.body);
                let proposals = store.list_proposals(draft.id).expect("a list").into_iter();
                let proposals = proposals.map(|proposal| (proposal.words.old.body, proposal.words.new.body));
                let piece = Piece {
                    body: draft.copy.body,
                    is_in_bin: place == Place::Bin,
                    changed_at: draft.changed_at,
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

    fn piece(&self, which: usize) -> Option<(i64, &Piece)> {
        let nth = which.checked_rem(self.pieces.len())?;
        self.pieces.iter().nth(nth).map(|(id, piece)| (*id, piece))
    }

    fn note(&self, which: usize) -> Option<(i64, &KnownNote)> {
        let nth = which.checked_rem(self.notes.len())?;
        self.notes.iter().nth(nth).map(|(id, note)| (*id, note))
    }

    fn with(&self, id: i64, change: impl FnOnce(&mut Piece)) -> Model {
        let mut model = self.clone();
        change(model.pieces.get_mut(&id).expect("it is there"));
        model
    }
}

type Does = Box<dyn Fn(&mut Desk) -> Result<()>>;

/// An act made ready: what it does to the desk, and the states the desk may be in when the disk failed on the way; the
/// last is the one it is to come to.
struct Ready {
    act: Does,
    states: Vec<Model>,
}

fn ready(act: impl Fn(&mut Desk) -> Result<()> + 'static, states: Vec<Model>) -> Option<Ready> {
    Some(Ready { act: Box::new(act), states })
}

/// A desk on a disk that fails, and what it is to have.
struct Bench {
    folder: TempDir,
    path: PathBuf,
    disk: Disk,
    desk: Option<Desk>,
    model: Model,
    /// What was ever marked cq.
    marked: BTreeSet<(i64, String)>,
    now: DateTime<Utc>,
    n: usize,
    n_refused: usize,
}

impl Bench {
    fn new() -> Bench {
        let folder = TempDir::new().expect("a folder");
        let path = folder.path().canonicalize().expect("a folder").join("desk.stet");
        let disk = Disk::watch(folder.path());
        let mut desk = Desk::open(&path, Access::Window).expect("a desk");
        desk.set_editor("SB").expect("set");
        let now = "2026-11-20T09:00:00Z".parse().expect("a time");
        let model = Model::default();
        Bench { folder, path, disk, desk: Some(desk), model, marked: BTreeSet::new(), now, n: 0, n_refused: 0 }
    }

    fn desk(&mut self) -> &mut Desk {
        self.desk.as_mut().expect("it is open but for a moment")
    }

    fn ready(&mut self, act: Act) -> Option<Ready> {
        self.n += 1;
        self.now += TimeDelta::milliseconds(10);
        let (now, n, model) = (self.now, self.n, self.model.clone());
        let words = format!("“We will sell the harbour by the {n}th of May,” Ines Eze said.\n");
        match act {
            Act::New => {
                let mut after = model.clone();
                let id = model.pieces.keys().max().unwrap_or(&0) + 1;
                after.pieces.insert(id, Piece { changed_at: now, ..Piece::default() });
                ready(move |desk| desk.new_draft(now).map(drop), vec![after])
            }
            Act::Type(which) => type_into(&model, which, words, now),
            Act::Pause => {
                self.now += TimeDelta::seconds(60);
                None
            }
            Act::Name(which) => {
                let (id, piece) = model.piece(which)?;
                let body = piece.body.clone();
                let after = model.with(id, |piece| piece.revisions.push((Cause::Named, body)));
                ready(move |desk| desk.name_revision(DraftId(id), "sent", now).map(drop), vec![after])
            }
            Act::Restore(which, revision) => self.restore(&model, which, revision),
            Act::AddNote => {
                let mut after = model.clone();
                let id = model.notes.keys().max().unwrap_or(&0) + 1;
                after.notes.insert(id, KnownNote { text: words.clone(), past: Vec::new() });
                ready(move |desk| desk.save_note(&prose::note(&words), true, None, now).map(drop), vec![after])
            }
            Act::EditNote(which) => {
                let (id, known) = model.note(which)?;
                let past = [vec![known.text.clone()], known.past.clone()].concat();
                let mut after = model.clone();
                after.notes.insert(id, KnownNote { text: words.clone(), past });
                let edit = move |desk: &mut Desk| {
                    let name = desk.open_note(NoteId(id))?.note.name;
                    desk.save_note(&Note { id: NoteId(id), name, ..prose::note(&words) }, false, None, now).map(drop)
                };
                ready(edit, vec![after])
            }
            Act::Cq(which) => {
                let (id, piece) = model.piece(which)?;
                let body = piece.body.clone();
                if body.is_empty() || !self.marked.insert((id, body.clone())) {
                    return None;
                }
                let after = model.with(id, |piece| piece.n_cqs += 1);
                let mark = move |desk: &mut Desk| {
                    let checked = desk.check_draft(DraftId(id), &body, now)?;
                    let key = checked.quotes[0].reading.key();
                    desk.set_cq(DraftId(id), &body, &key, "she rang", "SB", now).map(drop)
                };
                ready(mark, vec![after])
            }
            Act::Suggest(which) => suggest(&model, which, now),
            Act::Settle(which, is_kept) => settle(&model, which, is_kept, now),
            Act::Delete(which) => move_to(&model, which, Place::Bin, now),
            Act::Undo(which) => move_to(&model, which, Place::Desk, now),
            Act::Backup | Act::Reopen => None,
        }
    }

    fn restore(&mut self, model: &Model, which: usize, revision: usize) -> Option<Ready> {
        let (id, piece) = model.piece(which)?;
        let revisions = self.desk().store().list_revisions(DraftId(id)).expect("a list");
        let revision = revisions.get(revision.checked_rem(revisions.len())?)?.clone();
        let (now, chosen, body) = (self.now, revision.copy.body, piece.body.clone());
        let is_kept = piece.revisions.last().is_some_and(|(_, last)| *last == body);
        let after = model.with(id, |piece| {
            piece.revisions.extend((!is_kept).then_some((Cause::BeforeRestore, body)));
            piece.revisions.push((Cause::Restore, chosen.clone()));
            (piece.body, piece.changed_at) = (chosen, now);
        });
        let RevisionId(number) = revision.id;
        ready(move |desk| desk.restore_revision(DraftId(id), RevisionId(number), now).map(drop), vec![after])
    }

    /// Does an act while a call fails, and holds what the desk has against the model.
    fn act(&mut self, act: Act, coming: Option<Coming>) -> std::result::Result<(), TestCaseError> {
        match act {
            Act::Backup => return self.back_up(coming),
            Act::Reopen => return self.reopen(coming),
            _ => (),
        }
        let Some(Ready { act, states }) = self.ready(act) else { return Ok(()) };
        coming.into_iter().for_each(|coming| self.disk.strike(coming));
        let done = act(self.desk());
        let n_struck = self.disk.mend();
        let found = Model::of(self.desk().store());
        let to_be = states.last().expect("it comes to something");
        match done {
            Ok(()) if n_struck == 0 => prop_assert_eq!(&found, to_be),
            // What was not asked for by name, the revision after a pause, is tried again after the next.
            Ok(()) => prop_assert!(states[states.len().saturating_sub(2)..].contains(&found), "{:?}", found),
            Err(error) => {
                self.n_refused += 1;
                prop_assert!(n_struck > 0, "nothing failed, and it said {error} {:?}", error.source);
                prop_assert!(is_sentence(&error.message), "{}", error.message);
                let is_all_or_none = found == self.model || states.contains(&found);
                prop_assert!(
                    is_all_or_none,
                    "half of it was done: {found:?}\nbefore {:?}\nafter {to_be:?}",
                    self.model
                );
                if found != *to_be {
                    let again = act(self.desk());
                    prop_assert!(again.is_ok(), "the disk is mended, and it says {:?}", again.err());
                    prop_assert_eq!(&Model::of(self.desk().store()), to_be);
                }
            }
        }
        self.model = Model::of(self.desk().store());
        Ok(())
    }

    fn back_up(&mut self, coming: Option<Coming>) -> std::result::Result<(), TestCaseError> {
        self.n += 1;
        let to = self.folder.path().join(format!("copy {}", self.n));
        coming.into_iter().for_each(|coming| self.disk.strike(coming));
        let done = self.desk().backup(&to);
        let n_struck = self.disk.mend();
        match done {
            Ok(_) => {
                let copy = Store::open(&to, Access::Read).expect("it opens");
                prop_assert_eq!(&Model::of(&copy), &self.model);
            }
            Err(error) => {
                prop_assert!(n_struck > 0 && is_sentence(&error.message), "{}", error.message);
                prop_assert!(!to.exists(), "half a copy was left");
            }
        }
        prop_assert_eq!(&Model::of(self.desk().store()), &self.model);
        Ok(())
    }

    fn reopen(&mut self, coming: Option<Coming>) -> std::result::Result<(), TestCaseError> {
        coming.into_iter().for_each(|coming| self.disk.strike(coming));
        self.desk = None;
        let opened = Desk::open(&self.path, Access::Window);
        let n_struck = self.disk.mend();
        let can_be_written = match opened {
            Ok(desk) => {
                let because = desk.store().read_only_because().map(str::to_owned);
                prop_assert!(because.is_none() || n_struck > 0, "{because:?}");
                prop_assert!(because.as_deref().is_none_or(is_sentence), "{because:?}");
                self.desk = Some(desk);
                because.is_none()
            }
            Err(error) => {
                prop_assert!(n_struck > 0 && is_sentence(&error.message), "{}", error.message);
                false
            }
        };
        if !can_be_written {
            self.desk = None;
            self.desk = Some(Desk::open(&self.path, Access::Window).expect("the disk is mended"));
        }
        prop_assert_eq!(self.desk().store().verify().expect("read"), []);
        // What could not be folded when the desk was closed was found as after a crash, and what stood before kept.
        let found = Model::of(self.desk().store());
        for (id, piece) in &found.pieces {
            let mut without = piece.clone();
            without.revisions.pop_if(|(cause, _)| n_struck > 0 && *cause == Cause::BeforeRecovery);
            let known = self.model.pieces.get(id);
            prop_assert!(known == Some(piece) || known == Some(&without), "{piece:?} was {known:?}");
        }
        prop_assert_eq!((found.pieces.len(), &found.notes), (self.model.pieces.len(), &self.model.notes));
        self.model = found;
        Ok(())
    }
}

fn type_into(model: &Model, which: usize, words: String, now: DateTime<Utc>) -> Option<Ready> {
    let (id, piece) = model.piece(which)?;
    let is_paused = now - piece.changed_at >= TimeDelta::seconds(30);
    let is_changed = piece.revisions.last().map_or("", |(_, last)| last) != piece.body;
    let mut states = Vec::new();
    let save = |piece: &mut Piece| (piece.body, piece.changed_at) = (words.clone(), now);
    if is_paused && is_changed {
        let kept = model.with(id, |piece| piece.revisions.push((Cause::Pause, piece.body.clone())));
        let saved = kept.with(id, save);
        states.extend([kept, model.with(id, save), saved]);
    } else {
        states.push(model.with(id, save));
    }
    let act = move |desk: &mut Desk| {
        let draft = desk.store().open_draft(DraftId(id))?;
        let copy = Copy { body: words.clone(), ..draft.copy };
        let edit = DraftEdit { id: draft.id, slug: draft.slug, target_words: None, copy };
        desk.save_draft(&edit, draft.version, now).map(drop)
    };
    ready(act, states)
}

fn suggest(model: &Model, which: usize, now: DateTime<Utc>) -> Option<Ready> {
    let (id, piece) = model.piece(which)?;
    let (body, last) = (piece.body.clone(), piece.revisions.last().map(|(_, last)| last));
    if piece.base.is_some() {
        return None;
    }
    let is_kept = last == Some(&body);
    let after = model.with(id, |piece| {
        piece.revisions.extend((!is_kept).then(|| (Cause::BeforeSuggestions, body.clone())));
        piece.base = Some(body);
    });
    ready(move |desk| desk.start_suggesting(DraftId(id), now).map(drop), vec![after])
}

fn settle(model: &Model, which: usize, is_kept: bool, now: DateTime<Utc>) -> Option<Ready> {
    let (id, piece) = model.piece(which)?;
    let (base, body) = (piece.base.clone()?, piece.body.clone());
    let is_last = piece.revisions.last().is_some_and(|(_, last)| *last == body);
    let after = model.with(id, |piece| {
        piece.base = None;
        if is_kept || base == body {
            return;
        }
        piece.revisions.extend((!is_last).then(|| (Cause::Suggestions, body.clone())));
        piece.revisions.push((Cause::Restore, base.clone()));
        piece.proposals.insert(0, (base.clone(), body));
        (piece.body, piece.changed_at) = (base, now);
    });
    ready(move |desk| desk.stop_suggesting(DraftId(id), is_kept, now).map(drop), vec![after])
}

fn move_to(model: &Model, which: usize, place: Place, now: DateTime<Utc>) -> Option<Ready> {
    let (id, _) = model.piece(which)?;
    let after = model.with(id, |piece| piece.is_in_bin = place == Place::Bin);
    ready(move |desk| desk.move_draft(DraftId(id), place, now).map(drop), vec![after])
}

/// Said to an editor: what could not be done, and what to do.
fn is_sentence(words: &str) -> bool {
    words.len() > 30 && words.ends_with('.') && !words.contains("SQL") && !words.contains("Some(")
}

#[test]
fn any_day_on_a_disk_that_fails_is_done_act_by_act_or_not_at_all() {
    let n_cases = std::env::var("MODEL_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(24);
    let config = Config { cases: n_cases, failure_persistence: None, ..Config::default() };
    let n_refused = Cell::new(0);
    let law = |acts: Vec<(Act, Option<Coming>)>| {
        let mut bench = Bench::new();
        acts.into_iter().try_for_each(|(act, coming)| bench.act(act, coming))?;
        n_refused.set(n_refused.get() + bench.n_refused);
        Ok(())
    };
    if let Err(fault) = TestRunner::new(config).run(&acts(), law) {
        panic!("{fault}");
    }
    println!("{n_cases} days, {} acts refused", n_refused.get());
    assert!(n_refused.get() > 0, "the disk has to fail for this to say anything");
}
