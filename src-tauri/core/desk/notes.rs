//! Source notes: kept, listed, and made ready to be searched.

use super::Desk;
use crate::check::{self, Filed, Filer, Notes};
use crate::draft::DraftId;
use crate::error::Result;
use crate::note::{Note, NoteId};
use crate::store::{KeptNote, Store};
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// The notes of a desk, indexed, as of one stamp.
#[derive(Clone)]
pub struct Indexed {
    stamp: i64,
    /// Those outside the bin.
    pub notes: Arc<Notes>,
    pub changed_at: Arc<HashMap<NoteId, DateTime<Utc>>>,
}

/// The notes as last indexed, shared by all who ask.
#[derive(Default)]
pub struct Index {
    last: Mutex<Option<Indexed>>,
    /// Held by the one who indexes.
    indexing: Mutex<()>,
    /// What was last read of the notes, as long as somebody is about to index it: nobody else reads it again.
    taken: Mutex<Weak<Changes>>,
    /// How many notes are being read, none when nobody indexes, and how many have been.
    n_notes: AtomicUsize,
    n_read: AtomicUsize,
    /// Cards that are made and not yet kept, each with the stamp its note was read at.
    made: Mutex<Vec<(NoteId, i64, Vec<u8>)>>,
}

/// So many cards are kept at a time, so that the desk is held for moments only.
const N_KEPT: usize = 200;

impl Index {
    fn last(&self) -> Option<Indexed> {
        guard(&self.last).clone()
    }

    /// Somebody holds what is to be indexed.
    fn is_taken(&self) -> bool {
        guard(&self.taken).strong_count() > 0
    }

    /// How many notes have been read and how many are to be, while they are being indexed.
    pub fn progress(&self) -> Option<(usize, usize)> {
        let (n_read, n_notes) = (self.n_read.load(Ordering::Relaxed), self.n_notes.load(Ordering::Relaxed));
        (n_notes > 0).then_some((n_read.min(n_notes), n_notes))
    }
}

/// What another thread left behind is whole: it is only ever put in place whole.
fn guard<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The notes as of one stamp, to be indexed when they are asked for; that may be long, and needs no desk.
#[derive(Clone)]
pub enum Snapshot {
    Indexed(Indexed),
    Read(Arc<Changes>),
}

/// What became of the notes since they were last indexed.
pub struct Changes {
    stamp: i64,
    before: Option<Indexed>,
    changed: Vec<KeptNote>,
    /// Kept cards of those that changed, by note.
    cards: HashMap<NoteId, Vec<u8>>,
    index: Arc<Index>,
}

impl Snapshot {
    /// Reads what changed since the notes were last indexed, if anything did; once for all who ask meanwhile.
    pub fn take(store: &Store, index: &Arc<Index>) -> Result<Snapshot> {
        let (stamp, before) = (store.notes_stamp()?, index.last());
        let last_stamp = before.as_ref().map_or(-1, |before| before.stamp);
        match before {
            Some(before) if before.stamp == stamp => Ok(Snapshot::Indexed(before)),
            before => {
                let mut taken = guard(&index.taken);
                if let Some(changes) = taken.upgrade().filter(|changes| changes.stamp == stamp) {
                    return Ok(Snapshot::Read(changes));
                }
                let changed = store.list_notes_since(last_stamp)?;
                let cards = store.list_cards(check::card_maker(), last_stamp)?;
                let changes = Arc::new(Changes { stamp, before, changed, cards, index: Arc::clone(index) });
                *taken = Arc::downgrade(&changes);
                Ok(Snapshot::Read(changes))
            }
        }
    }

    /// The notes, indexed once for all who ask.
    pub fn indexed(&self) -> Indexed {
        let changes = match self {
            Snapshot::Indexed(indexed) => return indexed.clone(),
            Snapshot::Read(changes) => changes,
        };
        let index = &changes.index;
        let _one_at_a_time = guard(&index.indexing);
        match index.last() {
            Some(last) if last.stamp >= changes.stamp => last,
            _ => {
                let _told = Progress::begin(index, changes.changed.len());
                let indexed = changes.apply();
                guard(&index.last).insert(indexed).clone()
            }
        }
    }
}

/// While it lives, the index says how far it is.
struct Progress<'a>(&'a Index);

impl<'a> Progress<'a> {
    fn begin(index: &'a Index, n_notes: usize) -> Progress<'a> {
        index.n_read.store(0, Ordering::Relaxed);
        index.n_notes.store(n_notes, Ordering::Relaxed);
        Progress(index)
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        self.0.n_notes.store(0, Ordering::Relaxed);
    }
}

impl Changes {
    fn apply(&self) -> Indexed {
        let index = &self.index;
        let before = self.before.as_ref();
        let mut changed_at: HashMap<NoteId, DateTime<Utc>> =
            before.map_or_else(HashMap::new, |before| HashMap::clone(&before.changed_at));
        for kept in &self.changed {
            changed_at.remove(&kept.note.id);
        }
        let left = before.into_iter().flat_map(|before| before.notes.filed());
        let mut filed: Vec<Arc<Filed>> = left.filter(|one| changed_at.contains_key(&one.note.id)).cloned().collect();
        let mut filer = Filer::default();
        for kept in &self.changed {
            if !kept.is_in_bin {
                changed_at.insert(kept.note.id, kept.changed_at);
                filed.push(self.file(&mut filer, &kept.note));
            }
            index.n_read.fetch_add(1, Ordering::Relaxed);
        }
        filed.sort_by(|one, other| order(&one.note).cmp(&order(&other.note)));
        let empty = Notes::default();
        let notes = before.map_or(&empty, |before| &before.notes).update(filed);
        Indexed { stamp: self.stamp, notes: Arc::new(notes), changed_at: Arc::new(changed_at) }
    }

    /// A note with its card: the kept one, else one that is made and put aside to be kept.
    fn file(&self, filer: &mut Filer, note: &Note) -> Arc<Filed> {
        let kept = self.cards.get(&note.id).and_then(|card| Filed::from_card(note.clone(), card));
        Arc::new(kept.unwrap_or_else(|| {
            let filed = filer.file(note.clone());
            guard(&self.index.made).push((note.id, self.stamp, filed.card()));
            filed
        }))
    }
}

/// By source, then date, then name.
fn order(note: &Note) -> (&str, &str, &str, NoteId) {
    (&note.source, &note.said_at, &note.name, note.id)
}

impl Indexed {
    /// Reads and indexes every note outside the bin.
    pub fn read(store: &Store) -> Result<Indexed> {
        Ok(Snapshot::take(store, &Arc::default())?.indexed())
    }
}

impl Desk {
    /// Every note, by source, then date; those in the bin too.
    pub fn list_notes(&self) -> Result<Vec<KeptNote>> {
        self.store.list_notes()
    }

    /// A note, whole.
    pub fn open_note(&self, id: NoteId) -> Result<KeptNote> {
        self.store.open_note(id)
    }

    /// Keeps a note: a new one where `is_new`, else the one of that id.
    pub fn save_note(
        &mut self,
        note: &Note,
        is_new: bool,
        draft_id: Option<DraftId>,
        now: DateTime<Utc>,
    ) -> Result<KeptNote> {
        if is_new { self.store.add_note(note, draft_id, now) } else { self.store.save_note(note, draft_id, now) }
    }

    /// Puts a note in the bin, or takes it back. No quote is held against a note in the bin.
    pub fn bin_note(&mut self, id: NoteId, is_in_bin: bool) -> Result<KeptNote> {
        self.store.bin_note(id, is_in_bin)
    }

    /// The notes, indexed anew only when one of them changed, whichever program changed it.
    pub(super) fn indexed(&self) -> Result<Indexed> {
        Ok(self.snapshot()?.indexed())
    }

    /// The notes, to be indexed later.
    pub(super) fn snapshot(&self) -> Result<Snapshot> {
        Snapshot::take(&self.store, &self.index)
    }

    /// What of the notes is still to be indexed; none while another is at it, and where nothing is.
    pub(super) fn unread_notes(&self) -> Result<Option<Snapshot>> {
        let is_indexing = self.index.is_taken();
        let is_idle = |snapshot: &Snapshot| matches!(snapshot, Snapshot::Indexed(_));
        Ok(if is_indexing { None } else { Some(self.snapshot()?).filter(|snapshot| !is_idle(snapshot)) })
    }

    /// Keeps some of the cards that were made; says whether more are left. A desk that cannot be written keeps none.
    pub(super) fn keep_cards(&mut self) -> Result<bool> {
        let mut made = guard(&self.index.made);
        let at = made.len().saturating_sub(N_KEPT);
        let some = made.split_off(at);
        let is_more = !made.is_empty();
        drop(made);
        if !some.is_empty() && self.store.read_only_because().is_none() {
            self.store.keep_cards(check::card_maker(), &some)?;
        }
        Ok(is_more)
    }

    /// How many notes have been read for the index and how many are to be, while that goes on.
    pub fn indexing(&self) -> Option<(usize, usize)> {
        self.index.progress()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::Terms;
    use crate::quote;
    use proptest::prelude::*;

    const LINES: [&str; 6] = [
        "We will not sell the harbour to the highest bidder.",
        "EZE: The ferry was late on nine days of twenty.",
        "Q: Who paid for the second crane on the old quay?",
        "It is what it is, and we will do it again.",
        "MOREAU: Forty crates of rope were counted, U.S. rope.",
        "The council may buy the old quay before the spring.",
    ];

    fn note(source: usize, lines: &[usize]) -> Note {
        let lines: Vec<&str> = lines.iter().map(|line| LINES[*line]).collect();
        Note {
            id: NoteId(0),
            name: String::new(),
            source: ["Ines Eze", "Lars Moreau", "The council"][source].into(),
            kind: "call".into(),
            place: String::new(),
            said_at: format!("2026-11-{:02}", 10 + lines.len()),
            terms: Terms::OnTheRecord,
            terms_words: String::new(),
            embargo: None,
            is_confidential: false,
            aliases: Vec::new(),
            text: lines.join("\n"),
        }
    }

    /// What becomes of a desk's notes.
    #[derive(Clone, Debug)]
    enum Step {
        Add(usize, Vec<usize>),
        Change(usize, usize, Vec<usize>),
        Bin(usize, bool),
        Index,
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let lines = || prop::collection::vec(0..LINES.len(), 1..6);
        let step = prop_oneof![
            3 => (0..3usize, lines()).prop_map(|(source, lines)| Step::Add(source, lines)),
            2 => (0..9usize, 0..3usize, lines()).prop_map(|(nth, source, lines)| Step::Change(nth, source, lines)),
            1 => (0..9usize, any::<bool>()).prop_map(|(nth, is_in_bin)| Step::Bin(nth, is_in_bin)),
            2 => Just(Step::Index),
        ];
        prop::collection::vec(step, 1..24)
    }

    fn take(desk: &mut Desk, ids: &mut Vec<NoteId>, step: Step) {
        let now = DateTime::UNIX_EPOCH;
        let at = |nth: usize| ids.get(nth % ids.len().max(1)).copied();
        match step {
            Step::Add(source, lines) => {
                let kept = desk.save_note(&note(source, &lines), true, None, now).expect("added");
                ids.push(kept.note.id);
            }
            Step::Change(nth, source, lines) => {
                if let Some(id) = at(nth) {
                    desk.save_note(&Note { id, ..note(source, &lines) }, false, None, now).expect("changed");
                }
            }
            Step::Bin(nth, is_in_bin) => {
                if let Some(id) = at(nth) {
                    desk.bin_note(id, is_in_bin).expect("moved");
                }
            }
            Step::Index => desk.keep_all_owed().expect("indexed and kept"),
        }
    }

    fn told(notes: &Notes) -> String {
        let draft = "“We will not sell the old harbour,” Ines Eze said.\n\n“It is what it is, and we will do it,” Lars \
                     Moreau said.\n\nThe council said it would buy the old quay before spring.\n";
        format!(
            "{:?}",
            check::check(draft, &quote::find(draft).quotes, notes, check::Policy::default(), DateTime::UNIX_EPOCH)
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

        #[test]
        fn the_kept_index_equals_one_made_afresh(steps in steps()) {
            let mut desk = Desk::open_in_memory().expect("a desk");
            let mut ids = Vec::new();
            steps.into_iter().for_each(|step| take(&mut desk, &mut ids, step));
            desk.keep_all_owed().expect("indexed and kept");
            let kept: Vec<Note> = desk.list_notes().expect("a list").into_iter().filter(|kept| !kept.is_in_bin)
                .map(|kept| kept.note).collect();
            let cards = desk.store.list_cards(check::card_maker(), -1).expect("cards");
            let mut filer = Filer::default();
            for note in &kept {
                let card = filer.file(note.clone()).card();
                prop_assert_eq!(cards.get(&note.id), Some(&card), "the card of {} is that of its words", &note.name);
            }
            let live = desk.indexed().expect("indexed").notes;
            let reopened = Indexed::read(&desk.store).expect("read from the cards").notes;
            let fresh = Notes::new(kept);
            let names = |notes: &Notes| notes.all().map(|note| note.name.clone()).collect::<Vec<_>>();
            prop_assert_eq!(names(&live), names(&fresh), "in the order of the list");
            prop_assert_eq!(told(&live), told(&fresh), "brought up to date note by note");
            prop_assert_eq!(told(&reopened), told(&fresh), "read from what was kept");
        }
    }

    #[test]
    fn what_changed_is_read_once_for_all_who_ask_before_it_is_indexed() {
        let mut desk = Desk::open_in_memory().expect("a desk");
        desk.save_note(&note(0, &[0]), true, None, DateTime::UNIX_EPOCH).expect("added");
        let owed = desk.owed().expect("it is readable");
        assert_eq!((owed.len(), desk.owed().expect("it is readable").len()), (1, 0), "owed to one who asks");
        let (Snapshot::Read(one), Snapshot::Read(other)) = (desk.snapshot().expect("a"), desk.snapshot().expect("b"))
        else {
            panic!("nothing is indexed yet")
        };
        assert!(Arc::ptr_eq(&one, &other), "a check that comes meanwhile reads nothing again");
        drop((owed, one, other));
        assert_eq!(desk.owed().expect("it is readable").len(), 1, "still owed when whoever asked went away");
    }

    #[test]
    fn a_card_of_words_that_changed_meanwhile_is_let_go() {
        let mut desk = Desk::open_in_memory().expect("a desk");
        let now = DateTime::UNIX_EPOCH;
        let id = desk.save_note(&note(0, &[0]), true, None, now).expect("added").note.id;
        drop(desk.indexed().expect("read, its card made and not yet kept"));
        desk.save_note(&Note { id, ..note(0, &[1, 2]) }, false, None, now).expect("changed");
        desk.keep_cards().expect("nothing to keep");
        assert_eq!(desk.store.list_cards(check::card_maker(), -1).expect("cards"), HashMap::new());
        desk.keep_all_owed().expect("indexed and kept");
        assert_eq!(desk.store.list_cards(check::card_maker(), -1).expect("cards").len(), 1);
    }
}
