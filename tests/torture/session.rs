//! An editor at work on a desk, and a ledger of what the desk said it has.

use crate::{at, prose};
use prose::Dice;
use std::collections::BTreeMap;
use std::fmt::{self, Display};
use std::path::{Path, PathBuf};
use stet::desk::{Access, Desk, File, Order};
use stet::draft::{Copy, Draft, DraftId, Place};
use stet::export::Format;
use stet::note::NoteId;
use stet::revision::RevisionId;
use stet::store::{DraftEdit, Keeping, Store};

/// No desk grows beyond so many pieces, so that every opening has about the same to do.
const MOST_PIECES: usize = 8;

/// What can be held against the desk later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Piece,
    Revision,
    Note,
    /// A copy of the desk in a file of this number.
    Copy,
}

/// Something is about to be kept, or was acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub is_done: bool,
    pub kind: Kind,
    pub id: i64,
    /// Of the words.
    pub hash: String,
}

impl Display for Said {
    fn fmt(&self, line: &mut fmt::Formatter) -> fmt::Result {
        let Said { is_done, kind, id, hash } = self;
        write!(line, "{} {kind:?} {id} {hash}", if *is_done { "done" } else { "try" })
    }
}

impl Said {
    /// The line again; none for any other line.
    pub fn read(line: &str) -> Option<Said> {
        let words: Vec<&str> = line.split(' ').collect();
        let [.., state, kind, id, hash] = words[..] else { return None };
        let kinds = [Kind::Piece, Kind::Revision, Kind::Note, Kind::Copy];
        let kind = kinds.into_iter().find(|known| format!("{known:?}") == kind)?;
        // The test's own name may stand before the first line.
        let is_done = state.ends_with("done");
        Some(Said { is_done, kind, id: id.parse().ok()?, hash: hash.to_owned() })
    }
}

fn hash(words: impl fmt::Debug) -> String {
    blake3::hash(format!("{words:?}").as_bytes()).to_hex()[..16].to_owned()
}

/// An editor at a desk; the same dice, the same work.
pub struct Session {
    desk: Option<Desk>,
    path: PathBuf,
    dice: Dice,
    second: i64,
}

impl Session {
    /// Sits down. `second` is the time on the clock.
    pub fn new(path: &Path, dice: Dice, second: i64) -> Session {
        let mut desk = Desk::open(path, Access::Window).expect("the lock died with its process");
        if desk.editor().expect("read").is_empty() {
            desk.set_editor("SB").expect("set");
        }
        Session { desk: Some(desk), path: path.to_owned(), dice, second }
    }

    fn desk(&mut self) -> &mut Desk {
        self.desk.as_mut().expect("it is open but for a moment")
    }

    /// Does one thing, and says what before and when it is done.
    pub fn step(&mut self, say: &mut dyn FnMut(Said)) {
        // Now and then a pause, after which what stands becomes a revision.
        self.second += if self.dice.below(9) == 0 { 60 } else { 1 };
        let drafts = self.desk().store().list_drafts(Place::Desk).expect("a list");
        let act = if drafts.is_empty() { 4 } else { self.dice.below(40) };
        let draft = drafts.get(self.dice.below(drafts.len())).cloned();
        match (act, draft) {
            (0, Some(draft)) => self.name(&draft, say),
            (1, Some(draft)) => self.restore(&draft, say),
            (2, Some(draft)) => self.export(&draft),
            (3, draft) => self.bring_note(draft.as_ref(), say),
            (4, _) if drafts.len() < MOST_PIECES => self.bring_piece(say),
            (5, _) => self.change_note(say),
            (6, _) => self.copy(say),
            (7, _) => self.back_up(),
            (8, _) => {
                self.desk = None;
                self.desk = Some(Desk::open(&self.path, Access::Window).expect("it opens again"));
            }
            (9, _) => self.desk().keep_all_owed().expect("kept"),
            (_, Some(draft)) => self.type_into(&draft, say),
            (_, None) => self.bring_piece(say),
        }
    }

    fn type_into(&mut self, draft: &Draft, say: &mut dyn FnMut(Said)) {
        let mut copy = draft.copy.clone();
        if copy.body.len() < 200 {
            copy.body = prose::piece(60, &mut self.dice);
        }
        prose::edit(&mut copy.body, &mut self.dice);
        let said = Said { is_done: false, kind: Kind::Piece, id: draft.id.0, hash: hash(&copy) };
        say(said.clone());
        let edit = DraftEdit { id: draft.id, slug: draft.slug.clone(), target_words: None, copy };
        let now = at(self.second);
        self.desk().save_draft(&edit, draft.version, now).expect("it is saved");
        say(Said { is_done: true, ..said });
    }

    fn name(&mut self, draft: &Draft, say: &mut dyn FnMut(Said)) {
        let now = at(self.second);
        let step = self.desk().name_revision(draft.id, "sent", now).expect("named");
        let (id, hash) = (step.revision.id.0, hash(&step.revision.copy));
        say(Said { is_done: true, kind: Kind::Revision, id, hash });
    }

    fn restore(&mut self, draft: &Draft, say: &mut dyn FnMut(Said)) {
        let revisions = self.desk().store().list_revisions(draft.id).expect("a list");
        let Some(revision) = revisions.get(self.dice.below(revisions.len())) else { return };
        let said = Said { is_done: false, kind: Kind::Piece, id: draft.id.0, hash: hash(&revision.copy) };
        say(said.clone());
        let now = at(self.second);
        self.desk().restore_revision(draft.id, revision.id, now).expect("put back");
        say(Said { is_done: true, ..said });
    }

    fn export(&mut self, draft: &Draft) {
        let path = self.path.with_file_name(format!("{}.md", draft.slug));
        let (why, now) = ("a test".to_owned(), at(self.second));
        let order = Order { why, is_overwrite: true, ..Order::new(draft.id, Format::Markdown, path) };
        self.desk().export(&order, now).expect("it goes out");
    }

    fn bring_note(&mut self, draft: Option<&Draft>, say: &mut dyn FnMut(Said)) {
        let text = prose::piece(40, &mut self.dice);
        let bytes = format!("---\nsource: Ines Eze\nterms: background\n---\n{text}").into_bytes();
        let (files, now) = ([File { name: "call.md".into(), bytes }], at(self.second));
        let brought = self.desk().import_notes(&files, draft.map(|draft| draft.id), now).expect("they come");
        for id in brought.note_ids {
            let note = self.desk().open_note(id).expect("there").note;
            say(Said { is_done: true, kind: Kind::Note, id: id.0, hash: hash(note.text) });
        }
    }

    fn bring_piece(&mut self, say: &mut dyn FnMut(Said)) {
        let bytes = prose::piece(80, &mut self.dice).into_bytes();
        let (files, now) = ([File { name: "wire.md".into(), bytes }], at(self.second));
        let brought = self.desk().import_drafts(&files, None, now).expect("they come");
        for id in brought.draft_ids {
            let copy = self.desk().store().open_draft(id).expect("there").copy;
            say(Said { is_done: true, kind: Kind::Piece, id: id.0, hash: hash(copy) });
        }
    }

    fn change_note(&mut self, say: &mut dyn FnMut(Said)) {
        let notes = self.desk().list_notes().expect("a list");
        let Some(kept) = notes.get(self.dice.below(notes.len())) else { return };
        let mut note = kept.note.clone();
        note.text += &prose::sentence(9, &mut self.dice);
        let said = Said { is_done: false, kind: Kind::Note, id: note.id.0, hash: hash(&note.text) };
        say(said.clone());
        let now = at(self.second);
        self.desk().save_note(&note, false, kept.draft_id, now).expect("kept");
        say(Said { is_done: true, ..said });
    }

    fn copy(&mut self, say: &mut dyn FnMut(Said)) {
        let id = (self.dice.below(1 << 30)) as i64;
        let path = copy_path(&self.path, id);
        self.desk().backup(&path).expect("copied");
        say(Said { is_done: true, kind: Kind::Copy, id, hash: String::from("-") });
    }

    fn back_up(&mut self) {
        let now = at(self.second);
        let keeping = Keeping { n_hours: 1, n_days: 1, n_weeks: 1, ..Keeping::default() };
        let backer = self.desk().backups().expect("read");
        backer.make(&keeping, now).expect("a backup");
    }
}

fn copy_path(desk: &Path, id: i64) -> PathBuf {
    desk.with_file_name(format!("copy-{id}"))
}

/// What was acknowledged last, and what was tried since.
#[derive(Clone, Debug, Default)]
struct Entry {
    done: Option<String>,
    tried: Vec<String>,
}

/// All that a desk said of itself.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    entries: BTreeMap<(Kind, i64), Entry>,
    pub n_acknowledged: usize,
}

impl Ledger {
    pub fn take(&mut self, said: Said) {
        let entry = self.entries.entry((said.kind, said.id)).or_default();
        if said.is_done {
            self.n_acknowledged += 1;
            *entry = Entry { done: Some(said.hash), tried: Vec::new() };
        } else {
            entry.tried.push(said.hash);
        }
    }

    /// Holds what was said against the desk, a sentence for each thing that was lost. What is there is then what counts.
    pub fn check(&mut self, desk: &Desk) -> Vec<String> {
        let mut lost = Vec::new();
        for ((kind, id), entry) in &mut self.entries {
            let found = find(desk, *kind, *id);
            // Of what nobody acknowledged yet nothing is known.
            let is_there = entry.done.is_none()
                || found
                    .as_ref()
                    .is_some_and(|found| entry.done.as_ref() == Some(found) || entry.tried.contains(found));
            if !is_there {
                lost.push(format!("{kind:?} {id}: {entry:?} was kept, {found:?} is there"));
            }
            *entry = Entry { done: found, tried: Vec::new() };
        }
        self.entries.retain(|(kind, _), entry| *kind != Kind::Copy && entry.done.is_some());
        lost
    }
}

/// The hash of what the desk has; none where it has nothing, or cannot read it.
fn find(desk: &Desk, kind: Kind, id: i64) -> Option<String> {
    match kind {
        Kind::Piece => desk.store().open_draft(DraftId(id)).ok().map(|draft| hash(draft.copy)),
        Kind::Revision => desk.store().open_revision(RevisionId(id)).ok().map(|revision| hash(revision.copy)),
        Kind::Note => desk.store().open_note(NoteId(id)).ok().map(|kept| hash(kept.note.text)),
        Kind::Copy => {
            let path = copy_path(desk.store().path(), id);
            let damage = Store::open(&path, Access::Read).and_then(|store| store.verify());
            let is_whole = damage.is_ok_and(|damage| damage.is_empty());
            std::fs::remove_file(path).ok().filter(|()| is_whole).map(|()| String::from("-"))
        }
    }
}

/// An empty piece, for a desk to begin with.
pub fn set_out(path: &Path) {
    let mut store = Store::open(path, Access::Window).expect("a desk");
    for n in 1..=3 {
        let cause = stet::revision::Cause::Created;
        store.new_draft(&format!("piece {n}"), None, &Copy::default(), cause, at(0)).expect("a piece");
    }
}
