//! The desk against a model of it: any sequence of an editor's acts, with the disk failing at any call.
//!
//! After each act that failed the desk has done all of it or none, says so in a sentence, and goes on once the disk does.
//! `MODEL_CASES` says how many sequences, `MODEL_EVERY` that of so many calls of each act one fails in turn, `MODEL_ACT`
//! of which acts.

mod disk;
mod prose;

#[path = "model/acts.rs"]
mod acts;
#[path = "model/state.rs"]
mod state;

use acts::{Ready, comment, export, import, move_to, ready, remove, route, settle, suggest, type_into};
use chrono::{DateTime, TimeDelta, Utc};
use disk::{Coming, Disk, Fault};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use state::{KnownNote, Model, Piece};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use stet::desk::{Access, Desk, Passphrase};
use stet::draft::{DraftId, Place};
use stet::note::{Note, NoteId};
use stet::revision::{Cause, RevisionId};
use stet::store::{Keeping, Store, backups_of};
use tempfile::TempDir;

/// What an editor does. Numbers choose among what is there.
#[derive(Clone, Copy, Debug, PartialEq)]
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
    Import,
    Export(usize),
    Comment(usize),
    /// Another status, deadline and length.
    Route(usize, u32),
    RemoveForGood(usize),
    /// A copy in a file.
    Backup,
    /// One among the backups, and one of those in the desk's place.
    MakeBackup,
    PutBack(usize),
    Reopen,
    /// A passphrase is set: too slow for any but the sweep.
    Lock,
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
        1 => which.clone().prop_map(Act::Undo),
        1 => Just(Act::Import),
        1 => which.clone().prop_map(Act::Export),
        1 => which.clone().prop_map(Act::Comment),
        1 => (which.clone(), 0..9u32).prop_map(|(which, n)| Act::Route(which, n)),
        1 => which.clone().prop_map(Act::RemoveForGood),
        1 => Just(Act::Backup),
        1 => Just(Act::MakeBackup),
        1 => which.prop_map(Act::PutBack),
        1 => Just(Act::Reopen),
    ];
    let fault = prop::sample::select(&Fault::EACH);
    let coming = (fault, 0..12usize, any::<bool>()).prop_map(|(fault, n_before, is_lasting)| Coming {
        fault,
        n_before,
        is_lasting,
    });
    proptest::collection::vec((act, proptest::option::of(coming)), 1..24)
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
    /// The last numbers that were given to pieces and notes.
    last: (i64, i64),
    /// Its backups by name, with what they have and the numbers as they were then.
    backups: BTreeMap<String, (Model, (i64, i64))>,
    passphrase: Option<Passphrase>,
    now: DateTime<Utc>,
    n: usize,
    n_refused: usize,
    /// How many calls failed in the last act.
    n_struck: usize,
}

impl Bench {
    fn new() -> Bench {
        let folder = TempDir::new().expect("a folder");
        let path = folder.path().canonicalize().expect("a folder").join("desk.stet");
        let disk = Disk::watch(folder.path());
        disk.hurry();
        let mut desk = Desk::open(&path, Access::Window).expect("a desk");
        desk.set_editor("SB").expect("set");
        Bench {
            folder,
            path,
            disk,
            desk: Some(desk),
            model: Model::default(),
            marked: BTreeSet::new(),
            last: (0, 0),
            backups: BTreeMap::new(),
            passphrase: None,
            now: "2026-11-20T09:00:00Z".parse().expect("a time"),
            n: 0,
            n_refused: 0,
            n_struck: 0,
        }
    }

    /// The same desk once more, in a folder of its own; this one is closed.
    fn again(&mut self) -> Bench {
        self.desk = None;
        let folder = TempDir::new().expect("a folder");
        let path = folder.path().canonicalize().expect("a folder").join("desk.stet");
        copy_all(&self.path, &path);
        let disk = Disk::watch(folder.path());
        disk.hurry();
        let desk = Some(Desk::open(&path, Access::Window).expect("a desk"));
        let (model, marked, backups) = (self.model.clone(), self.marked.clone(), self.backups.clone());
        let Bench { last, now, n, .. } = *self;
        Bench {
            folder,
            path,
            disk,
            desk,
            model,
            marked,
            last,
            backups,
            passphrase: None,
            now,
            n,
            n_refused: 0,
            n_struck: 0,
        }
    }

    fn open(&self) -> stet::error::Result<Desk> {
        match &self.passphrase {
            None => Desk::open(&self.path, Access::Window),
            Some(passphrase) => Desk::unlock(&self.path, Access::Window, passphrase),
        }
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
                after.pieces.insert(self.last.0 + 1, Piece { created_at: now, changed_at: now, ..Piece::default() });
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
                after.notes.insert(self.last.1 + 1, KnownNote { text: words.clone(), past: Vec::new() });
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
            Act::Import => import(self.last.0 + 1, &model, words, now),
            Act::Export(which) => export(&model, which, self.folder.path().join(format!("{n}.txt")), now),
            Act::Comment(which) => comment(&model, which, n, now),
            Act::Route(which, n) => route(&model, which, n, now),
            Act::RemoveForGood(which) => remove(&model, which, now),
            Act::PutBack(which) => {
                let nth = which.checked_rem(self.backups.len())?;
                let (name, (after, _)) =
                    self.backups.iter().nth(nth).map(|(name, kept)| (name.clone(), kept.clone()))?;
                ready(move |desk| desk.restore_past(&name, now), vec![after])
            }
            Act::Lock => {
                let set = |desk: &mut Desk| desk.set_passphrase(None, Some(&passphrase()));
                ready(set, vec![model])
            }
            Act::Backup | Act::MakeBackup | Act::Reopen => None,
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
            Act::MakeBackup => return self.make_backup(coming),
            Act::Reopen => return self.reopen(coming),
            _ => (),
        }
        let Some(Ready { act: does, states, file }) = self.ready(act) else { return Ok(()) };
        // The first look is over: else its calls might fail in place of these.
        prop_assert_eq!(self.desk().store().read_only_because(), None);
        coming.into_iter().for_each(|coming| self.disk.strike(coming));
        let done = does(self.desk());
        let n_struck = self.disk.mend();
        self.n_struck = n_struck;
        self.open_where_it_asks(act)?;
        let found = Model::of(self.desk().store());
        let to_be = states.last().expect("it comes to something");
        prop_assert!(
            file.as_deref().is_none_or(|file| file.exists() == done.is_ok()),
            "{act:?}: a file that may go out"
        );
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
                if found != *to_be || act == Act::Lock && !self.desk().store().has_passphrase() {
                    let again = does(self.desk());
                    prop_assert!(again.is_ok(), "the disk is mended, and it says {:?}", again.err());
                    prop_assert_eq!(&Model::of(self.desk().store()), to_be);
                }
            }
        }
        self.settle(act, n_struck);
        Ok(())
    }

    /// What cannot go on says that it is to be closed and opened again.
    fn open_where_it_asks(&mut self, act: Act) -> std::result::Result<(), TestCaseError> {
        let because = self.desk().store().read_only_because().map(str::to_owned);
        let Some(because) = because else { return Ok(()) };
        let is_anew = matches!(act, Act::PutBack(_) | Act::Lock | Act::RemoveForGood(_));
        prop_assert!(is_anew && because.starts_with("Close the desk and open it again"), "{act:?}: {because}");
        self.desk = None;
        if act == Act::Lock {
            self.passphrase = Some(passphrase()).filter(|_| Store::open(&self.path, Access::Read).is_err());
        }
        let opened = self.open().map_err(|error| format!("the disk is mended: {error} {:?}", error.source));
        self.desk = Some(opened.map_err(TestCaseError::fail)?);
        Ok(())
    }

    /// Takes over what an act did.
    fn settle(&mut self, act: Act, n_struck: usize) {
        let found = Model::of(self.desk().store());
        let before = std::mem::replace(&mut self.model, found);
        match act {
            Act::PutBack(which) => {
                let kept = self.backups.values().nth(which % self.backups.len()).expect("it was put back");
                self.last = kept.1;
            }
            Act::RemoveForGood(_) if n_struck > 0 => {
                // What could not be gone through is when the desk is opened again.
                let _ = fs::remove_dir_all(backups_of(&self.path));
                self.backups.clear();
            }
            Act::RemoveForGood(_) => {
                let is_gone = |id: &i64, piece: &Piece| {
                    let was = before.pieces.get(id).filter(|_| !self.model.pieces.contains_key(id));
                    was.is_some_and(|was| was.created_at == piece.created_at)
                };
                for (model, _) in self.backups.values_mut() {
                    model.pieces.retain(|id, piece| !is_gone(id, piece));
                }
            }
            Act::Lock => self.passphrase = Some(passphrase()),
            _ => (),
        }
        let last = |ids: Option<&i64>, last: i64| ids.map_or(last, |id| last.max(*id));
        self.last.0 = last(self.model.pieces.keys().next_back(), self.last.0);
        self.last.1 = last(self.model.notes.keys().next_back(), self.last.1);
    }

    fn make_backup(&mut self, coming: Option<Coming>) -> std::result::Result<(), TestCaseError> {
        // Two of one second would have other names than these.
        self.now += TimeDelta::seconds(2);
        let backer = self.desk().backups().expect("read");
        coming.into_iter().for_each(|coming| self.disk.strike(coming));
        let made = backer.make(&Keeping::default(), self.now);
        self.n_struck = self.disk.mend();
        let listed: BTreeSet<String> = backer.list().expect("a list").iter().map(|one| name_of(&one.path)).collect();
        match made {
            Ok(made) => {
                let copy = Store::open(&made.backup.path, Access::Read).expect("it opens");
                prop_assert_eq!(&Model::of(&copy), &self.model);
                self.backups.insert(name_of(&made.backup.path), (self.model.clone(), self.last));
                // Of each hour the newest stays.
                self.backups.retain(|name, _| listed.contains(name));
                prop_assert!(listed.contains(&name_of(&made.backup.path)), "{listed:?}");
            }
            Err(error) => {
                self.n_refused += 1;
                prop_assert!(self.n_struck > 0 && is_sentence(&error.message), "{}", error.message);
                let is_as_before = listed.iter().eq(self.backups.keys());
                prop_assert!(is_as_before, "a backup that failed changed {:?} to {listed:?}", self.backups.keys());
            }
        }
        prop_assert_eq!(&Model::of(self.desk().store()), &self.model);
        Ok(())
    }

    fn back_up(&mut self, coming: Option<Coming>) -> std::result::Result<(), TestCaseError> {
        self.n += 1;
        let to = self.folder.path().join(format!("copy {}", self.n));
        coming.into_iter().for_each(|coming| self.disk.strike(coming));
        let done = self.desk().backup(&to);
        let n_struck = self.disk.mend();
        self.n_struck = n_struck;
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
        let opened = self.open();
        let n_struck = self.disk.mend();
        self.n_struck = n_struck;
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
            let opened = self.open().map_err(|error| format!("the disk is mended: {error} {:?}", error.source));
            self.desk = Some(opened.map_err(TestCaseError::fail)?);
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

fn name_of(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

fn passphrase() -> Passphrase {
    Passphrase::new("five grey gulls at noon")
}

/// Copies a closed desk with its backups.
fn copy_all(from: &Path, to: &Path) {
    fs::copy(from, to).expect("copied");
    let (backups, to) = (backups_of(from), backups_of(to));
    for entry in fs::read_dir(backups).into_iter().flatten().flatten() {
        fs::create_dir_all(&to).expect("made");
        fs::copy(entry.path(), to.join(entry.file_name())).expect("copied");
    }
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

/// What comes before each act of the sweep: something of everything.
const BEFORE: [Act; 14] = [
    Act::New,
    Act::Type(0),
    Act::New,
    Act::Type(1),
    Act::Name(0),
    Act::AddNote,
    Act::EditNote(0),
    Act::Cq(0),
    Act::Comment(0),
    Act::Route(0, 3),
    Act::MakeBackup,
    Act::Suggest(0),
    Act::Type(0),
    Act::Pause,
];

/// Each kind of act.
const EACH: [Act; 21] = [
    Act::New,
    Act::Type(1),
    Act::Name(1),
    Act::Restore(0, 1),
    Act::AddNote,
    Act::EditNote(0),
    Act::Cq(1),
    Act::Suggest(1),
    Act::Settle(0, false),
    Act::Settle(0, true),
    Act::Delete(1),
    Act::Import,
    Act::Export(1),
    Act::Comment(1),
    Act::Route(1, 4),
    Act::RemoveForGood(1),
    Act::Backup,
    Act::MakeBackup,
    Act::PutBack(0),
    Act::Reopen,
    Act::Lock,
];

/// Of the calls of an act every one of so many fails, once or from then on in turn, so that a run of all tests stays
/// short. `MODEL_EVERY=1` has each fail, once and from then on: some four thousand calls, in many minutes.
fn every(act: Act) -> usize {
    match act {
        Act::Backup => 7,
        Act::MakeBackup | Act::PutBack(_) => 19,
        Act::RemoveForGood(_) => 47,
        Act::Lock => 23,
        _ => 3,
    }
}

#[test]
fn whichever_call_of_an_act_fails_it_is_done_whole_or_not_at_all() {
    let said = std::env::var("MODEL_EVERY").ok().and_then(|every| every.parse().ok());
    let mut first = Bench::new();
    BEFORE.into_iter().try_for_each(|act| first.act(act, None)).expect("nothing fails");
    let only = std::env::var("MODEL_ACT").unwrap_or_default();
    for act in EACH.into_iter().filter(|act| format!("{act:?}").starts_with(&only)) {
        let every: usize = said.unwrap_or_else(|| every(act));
        let mut n_failed = 0;
        for n_before in (0..).step_by(every) {
            let ways = if said.is_some() { vec![false, true] } else { vec![n_before / every % 2 == 1] };
            let mut is_struck = false;
            for is_lasting in ways {
                let mut bench = first.again();
                let coming = Coming { fault: Fault::Any, n_before, is_lasting };
                let held = bench.act(act, Some(coming));
                is_struck |= bench.n_struck > 0;
                let held = held.and_then(|()| bench.reopen(None));
                assert!(held.is_ok(), "{act:?}, {coming:?}, {:?}: {held:?}", bench.disk.last());
            }
            if !is_struck {
                break;
            }
            n_failed += 1;
        }
        println!("{act:?}: {n_failed} calls failed, one at a time");
        assert!(n_failed > 0, "{act:?} asks something of the disk");
    }
}

#[test]
fn what_could_not_be_read_for_a_moment_is_no_damage() {
    let mut first = Bench::new();
    BEFORE.into_iter().try_for_each(|act| first.act(act, None)).expect("nothing fails");
    let mut bench = first.again();
    let mut n_opened = 0;
    for n_before in 0.. {
        bench.desk = None;
        bench.disk.strike(Coming { fault: Fault::Read, n_before, is_lasting: false });
        // Opening, and the first look at all its pages.
        let is_damaged = bench.open().is_ok_and(|desk| desk.store().is_damaged());
        if bench.disk.mend() == 0 {
            break;
        }
        n_opened += 1;
        assert!(!is_damaged, "the {n_before}th page that was read");
    }
    assert!(n_opened > 20, "it reads every page: {n_opened}");
}
