//! Bits and pages of a desk file gone wrong: what is told, and what salvage brings over.

use crate::pages::pages_of;
use crate::patience::within_limit;
use crate::{at, prose};
use prose::Dice;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::Path;
use stet::desk::{Access, Desk, Order};
use stet::draft::{Copy, Draft, DraftId};
use stet::export::Format;
use stet::note::{Note, NoteId};
use stet::revision::{Revision, RevisionId};
use stet::span::Span;
use stet::store::{CommentId, DraftEdit, KeptNote, NOT_AS_KEPT, ProposalId, Salvaged, Store, salvage};
use tempfile::TempDir;

const N_PIECES: i64 = 12;

/// What became of so many harms.
#[derive(Default)]
pub struct Harms {
    pub n_found: u64,
    /// Told by nobody, and the desk reads as it was.
    pub n_harmless: u64,
    pub n_missed: u64,
    /// Pieces, revisions, notes and what belongs to them that were opened as if whole and have other words, a sentence
    /// each.
    pub as_if_whole: Vec<String>,
    /// What was kept and is not in the salvaged desk, or is otherwise there, and nothing says so; a sentence each.
    pub in_silence: Vec<String>,
    /// Rows that lay elsewhere than the harm and did not come over byte for byte, a sentence each.
    pub not_salvaged: Vec<String>,
    /// Of so many.
    pub n_to_salvage: usize,
}

/// What of a desk is kept text, in words: two desks that read alike have lost nothing.
fn kept(store: &Store) -> Option<Vec<String>> {
    let mut kept = Vec::new();
    for id in (1..=N_PIECES).map(DraftId) {
        kept.push(format!("{:?}", store.open_draft(id).ok()?));
        kept.push(format!("{:?}", store.list_revisions(id).ok()?));
        kept.push(format!("{:?}", store.list_events(id).ok()?));
        kept.push(format!("{:?}", store.list_exports(id).ok()?));
        kept.push(format!("{:?}", store.list_past_judgements(id).ok()?));
    }
    for kept_note in store.list_notes().ok()? {
        kept.push(format!("{:?}", store.list_past_notes(kept_note.note.id).ok()?));
        kept.push(format!("{kept_note:?}"));
    }
    kept.push(store.setting("editor").ok()??);
    Some(kept)
}

/// What a desk hands out as kept words, by what was asked for; none where it refuses.
type Opened = BTreeMap<String, Option<String>>;

/// Opens by itself all that was kept: `revisions`, `notes` and `comments` say which there were.
fn open_all(store: &Store, ids: &Ids) -> Opened {
    fn word<T: std::fmt::Debug, E>(opened: std::result::Result<T, E>) -> Option<String> {
        opened.ok().map(|opened| format!("{opened:?}"))
    }
    let mut all = Opened::new();
    for (id, slug) in &ids.pieces {
        all.insert(format!("piece {}", id.0), word(store.open_draft(*id)));
        let by_slug = store.get_draft(slug).ok().flatten();
        all.insert(format!("piece {} by its slug", id.0), by_slug.map(|draft| format!("{draft:?}")));
        all.insert(format!("the revisions of piece {}", id.0), word(store.list_revisions(*id)));
        all.insert(format!("the last revision of piece {}", id.0), word(store.last_revision(*id)));
    }
    for id in &ids.revisions {
        all.insert(format!("revision {}", id.0), word(store.open_revision(*id)));
    }
    for id in &ids.notes {
        all.insert(format!("note {}", id.0), word(store.open_note(*id)));
        for (n, past) in store.list_past_notes(*id).into_iter().flatten().rev().enumerate() {
            all.insert(format!("what note {} said, {n}", id.0), Some(format!("{past:?}")));
        }
    }
    for id in &ids.comments {
        all.insert(format!("comment {}", id.0), word(store.open_comment(*id)));
    }
    // A list may hand out what a harmed note says where the note is marked.
    let is_marked = |kept: &KeptNote| kept.note.terms_words == NOT_AS_KEPT && kept.note.is_confidential;
    for kept in store.list_notes().into_iter().flatten() {
        let words = format!("{kept:?}");
        all.insert(format!("note {} in the list", kept.note.id.0), Some(words).filter(|_| !is_marked(&kept)));
    }
    for id in &ids.proposals {
        all.insert(format!("proposal {}", id.0), word(store.open_proposal(*id)));
    }
    all
}

/// What a whole desk has, by number.
#[derive(Default)]
struct Ids {
    pieces: Vec<(DraftId, String)>,
    revisions: Vec<RevisionId>,
    notes: Vec<NoteId>,
    comments: Vec<CommentId>,
    proposals: Vec<ProposalId>,
}

impl Ids {
    fn of(store: &Store) -> Ids {
        let mut ids = Ids::default();
        for id in (1..=N_PIECES).map(DraftId) {
            ids.pieces.push((id, store.open_draft(id).expect("there").slug));
            ids.revisions.extend(store.list_revisions(id).expect("a list").into_iter().map(|revision| revision.id));
            ids.comments.extend(store.list_comments(id).expect("a list").into_iter().map(|comment| comment.id));
            ids.proposals.extend(store.list_proposals(id).expect("a list").into_iter().map(|proposal| proposal.id));
        }
        ids.notes.extend(store.list_notes().expect("a list").into_iter().map(|kept| kept.note.id));
        ids
    }
}

/// Every row of a desk that was kept, by what it is: what no salvage may drop or change without a word.
fn rows(store: &Store) -> BTreeMap<String, String> {
    let mut rows = BTreeMap::new();
    let mut add = |what: String, row: &dyn std::fmt::Debug| drop(rows.insert(what, format!("{row:?}")));
    for id in (1..=N_PIECES).map(DraftId) {
        let of = |what: &str| format!("{what} of piece {}", id.0);
        store.open_draft(id).iter().for_each(|draft| add(format!("piece {}", id.0), draft));
        for one in store.list_revisions(id).into_iter().flatten() {
            add(of(&format!("revision {}", one.id.0)), &one);
        }
        for one in store.list_events(id).into_iter().flatten() {
            add(of(&format!("event {}", one.id)), &one);
        }
        for (n, one) in store.list_exports(id).into_iter().flatten().rev().enumerate() {
            add(of(&format!("export {n}")), &one);
        }
        for one in store.list_past_judgements(id).into_iter().flatten() {
            add(of(&format!("judgement {}", one.id.0)), &one);
        }
        for one in store.list_comments(id).into_iter().flatten() {
            add(of(&format!("comment {}", one.id.0)), &one);
        }
        for one in store.list_proposals(id).into_iter().flatten() {
            add(of(&format!("proposal {}", one.id.0)), &one);
        }
    }
    for kept in store.list_notes().into_iter().flatten() {
        let id = kept.note.id;
        for (n, one) in store.list_past_notes(id).into_iter().flatten().rev().enumerate() {
            add(format!("past state {n} of note {}", id.0), &one);
        }
        add(format!("note {}", id.0), &kept);
    }
    add("who works here".into(), &store.setting("editor").ok());
    rows
}

/// A desk with pieces, revisions, notes, checks and exports, some of it just typed, as the bytes of its file.
fn good_desk(path: &Path, dice: &mut Dice) -> Vec<u8> {
    let mut desk = Desk::open(path, Access::Window).expect("a desk");
    desk.set_editor("SB").expect("set");
    for n in 1..=N_PIECES {
        let mut text = prose::piece(200, dice);
        let words = format!("We may sell the harbour. {}", prose::piece(100, dice));
        let note = Note { name: format!("note-{n}.md"), ..prose::note(&words) };
        let kept = desk.save_note(&note, true, None, at(n)).expect("kept");
        let now = |step: i64| at(n * 1_000 + step * 60);
        let mut draft = desk.new_draft(now(0)).expect("a piece");
        for step in 1..8 {
            prose::edit(&mut text, dice);
            let body = format!("{text}\n\n“We will sell the harbour,” Ines Eze said.\n");
            let copy = Copy { body, hed: format!("Piece {n}"), ..Copy::default() };
            draft = save(&mut desk, &draft, copy, now(step));
            desk.name_revision(draft.id, "sent", now(step)).expect("named");
        }
        let note = Note { text: format!("{} And the quay.", kept.note.text), ..kept.note };
        desk.save_note(&note, false, None, now(8)).expect("kept");
        let checked = desk.check_draft(draft.id, &draft.copy.body, now(9)).expect("checked");
        let key = checked.quotes.first().expect("a quote").reading.key();
        desk.set_cq(draft.id, &draft.copy.body, &key, "she rang", "SB", now(9)).expect("marked");
        let words = Span::new(0, draft.copy.body.find(' ').expect("a word"));
        desk.add_comment(draft.id, &draft.copy.body, words, &prose::sentence(9, dice), now(9)).expect("said");
        let path = path.with_file_name(format!("{n}.md"));
        let order = Order::new(draft.id, Format::Markdown, path);
        let order = Order { why: "a test".into(), is_overwrite: true, ..order };
        desk.export(&order, now(10)).expect("it goes out");
    }
    // What was typed last waits in rows of its own.
    for n in 1..=3 {
        desk.start_suggesting(DraftId(n + 3), at(80_000)).expect("begun");
        let draft = desk.store().open_draft(DraftId(n + 3)).expect("there");
        let copy = Copy { hed: prose::sentence(5, dice), ..draft.copy.clone() };
        save(&mut desk, &draft, copy, at(80_001));
        desk.stop_suggesting(draft.id, false, at(80_002)).expect("handed over");
        let draft = desk.store().open_draft(DraftId(n)).expect("there");
        let copy = Copy { body: format!("{} {}", draft.copy.body, prose::sentence(9, dice)), ..draft.copy.clone() };
        save(&mut desk, &draft, copy, at(90_000));
    }
    let raw = Connection::open(path).expect("a file");
    raw.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).expect("written");
    fs::read(path).expect("read")
}

fn save(desk: &mut Desk, draft: &Draft, copy: Copy, now: chrono::DateTime<chrono::Utc>) -> Draft {
    let edit = DraftEdit { id: draft.id, slug: draft.slug.clone(), target_words: None, copy };
    desk.save_draft(&edit, draft.version, now).expect("saved");
    desk.store().open_draft(draft.id).expect("there")
}

/// What a whole desk has, and on which pages.
struct Whole {
    kept: Option<Vec<String>>,
    ids: Ids,
    opened: Opened,
    rows: BTreeMap<String, String>,
    revisions: Vec<(Revision, BTreeSet<usize>)>,
    notes: Vec<(KeptNote, BTreeSet<usize>)>,
}

impl Whole {
    fn read(path: &Path, bytes: &[u8]) -> Whole {
        let store = Store::open(path, Access::Read).expect("a desk");
        let raw = Connection::open(path).expect("a file");
        let pages = |table: &str| {
            let sql = format!("SELECT rootpage FROM sqlite_schema WHERE name = '{table}'");
            let root: u32 = raw.query_row(&sql, [], |row| row.get(0)).expect("its root");
            pages_of(bytes, root as usize)
        };
        let (of_revisions, of_notes) = (pages("revisions"), pages("notes"));
        let steps: BTreeMap<i64, i64> = raw
            .prepare("SELECT id, n_steps FROM revisions")
            .and_then(|mut all| all.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
            .expect("a list");
        let mut revisions = Vec::new();
        for id in (1..=N_PIECES).map(DraftId) {
            // A revision rests on those before it, back to one that is whole.
            let mut rests_on = BTreeSet::new();
            for revision in store.list_revisions(id).expect("a list").into_iter().rev() {
                if steps[&revision.id.0] == 0 {
                    rests_on.clear();
                }
                rests_on.extend(&of_revisions[&revision.id.0]);
                revisions.push((revision, rests_on.clone()));
            }
        }
        let notes = store.list_notes().expect("a list").into_iter();
        let notes = notes.map(|kept| (kept.clone(), of_notes[&kept.note.id.0].clone())).collect();
        let ids = Ids::of(&store);
        let opened = open_all(&store, &ids);
        assert!(opened.values().all(Option::is_some), "all of a whole desk opens");
        Whole { kept: kept(&store), opened, ids, rows: rows(&store), revisions, notes }
    }

    /// What a harmed desk hands out as if it were whole, and is not what was kept.
    fn opened_as_if_whole(&self, harmed: &Store) -> Vec<String> {
        let opened = open_all(harmed, &self.ids);
        let is_other =
            |(what, words): &(&String, &Option<String>)| words.is_some() && self.opened.get(*what) != Some(*words);
        opened.iter().filter(is_other).map(|(what, _)| what.clone()).collect()
    }

    /// What was kept and is not in the salvaged desk, or otherwise, while the report says less: rows that are gone have
    /// to be counted, or their list said to be cut short; of rows that are otherwise there has to be a word.
    fn dropped_in_silence(&self, new: &Path, told: &Salvaged) -> Vec<String> {
        let salvaged = rows(&Store::open(new, Access::Read).expect("what salvage made opens"));
        let gone: Vec<&String> = self.rows.keys().filter(|what| !salvaged.contains_key(*what)).collect();
        let is_other = |what: &&String| salvaged.get(*what).is_some_and(|found| *found != self.rows[*what]);
        let other: Vec<&String> = self.rows.keys().filter(is_other).collect();
        // A row that came under another number, in which one may have gone that is called by its own.
        let n_doubtful = told.warnings.iter().filter(|warning| warning.contains("is not as it was kept")).count();
        let is_said_open = told.warnings.iter().any(|warning| warning.contains("may be lost"));
        let (is_counted, is_said) = (gone.len() <= told.n_lost + n_doubtful || is_said_open, !told.warnings.is_empty());
        let mut silent = Vec::new();
        silent.extend(not_whole(new));
        silent.extend((!is_counted).then(|| format!("gone: {gone:?}, told: {told:?}")));
        silent.extend((!other.is_empty() && !is_said).then(|| format!("otherwise: {other:?}, nothing told")));
        silent
    }

    /// Holds what salvage brought against all that does not lie where the harm was done. Returns how much that is, and
    /// what is missing of it.
    fn hold(&self, new: &Path, harmed: &BTreeSet<usize>) -> (usize, Vec<String>) {
        let store = Store::open(new, Access::Read).ok();
        let (mut n, mut missing) = (0, Vec::new());
        for (revision, _) in self.revisions.iter().filter(|(_, pages)| pages.is_disjoint(harmed)) {
            n += 1;
            let found = store.as_ref().and_then(|store| store.open_revision(revision.id).ok());
            if found.as_ref() != Some(revision) {
                missing.push(format!("revision {}", revision.id.0));
            }
        }
        for (kept, _) in self.notes.iter().filter(|(_, pages)| pages.is_disjoint(harmed)) {
            n += 1;
            // Where only its seal was harmed it comes with stricter terms.
            let words = |kept: &KeptNote| (kept.note.text.clone(), kept.note.source.clone(), kept.note.name.clone());
            let found = store.as_ref().and_then(|store| store.open_note(kept.note.id).ok());
            if found.as_ref().map(words) != Some(words(kept)) {
                missing.push(format!("note {}", kept.note.id.0));
            }
        }
        (n, missing)
    }
}

/// What is wrong in a desk that salvage made.
fn not_whole(new: &Path) -> Vec<String> {
    let store = Store::open(new, Access::Read).expect("what salvage made opens");
    let damage = store.verify().expect("read").into_iter();
    damage.map(|damage| format!("the new desk is not whole: {}", damage.message)).collect()
}

/// A whole desk, and what it has.
pub struct Good {
    bytes: Vec<u8>,
    whole: Whole,
}

impl Good {
    pub fn new(dice: &mut Dice) -> Good {
        let folder = TempDir::new().expect("a folder");
        let bytes = good_desk(&folder.path().join("desk.stet"), dice);
        let path = folder.path().join("good.stet");
        fs::write(&path, &bytes).expect("written");
        let whole = Whole::read(&path, &bytes);
        Good { bytes, whole }
    }
}

/// Harms a copy of a desk so many times.
pub fn harm(
    n_harms: u64,
    Good { bytes: good, whole }: &Good,
    dice: &mut Dice,
    how: impl Fn(&mut [u8], &mut Dice) -> Range<usize>,
) -> Harms {
    let folder = TempDir::new().expect("a folder");
    let mut harms = Harms::default();
    for _ in 0..n_harms {
        let mut bytes = good.clone();
        let place = how(&mut bytes, dice);
        let harmed = folder.path().join("harmed.stet");
        fs::write(&harmed, &bytes).expect("written");
        let opened = within_limit(&place, || Store::open(&harmed, Access::Read));
        let is_told = opened.as_ref().map_or(true, |store| store.verify().map_or(true, |told| !told.is_empty()));
        if let Ok(store) = &opened {
            let other = whole.opened_as_if_whole(store).into_iter();
            harms.as_if_whole.extend(other.map(|what| format!("bytes {place:?}: {what} opened as if whole")));
        }
        let is_as_it_was = opened.is_ok_and(|store| kept(&store) == whole.kept);
        harms.n_found += u64::from(is_told);
        harms.n_harmless += u64::from(!is_told && is_as_it_was);
        harms.n_missed += u64::from(!is_told && !is_as_it_was);
        let new = folder.path().join("new.stet");
        let salvaged = within_limit(&place, || salvage(&harmed, &new, None));
        let pages: BTreeSet<usize> = (place.start / 4096 + 1..=(place.end - 1) / 4096 + 1).collect();
        if let Ok(told) = &salvaged {
            let silent = whole.dropped_in_silence(&new, told).into_iter();
            harms.in_silence.extend(silent.map(|what| format!("bytes {place:?}: salvage dropped in silence: {what}")));
        }
        let (n, missing) = whole.hold(&new, &pages);
        harms.n_to_salvage += n;
        if !missing.is_empty() {
            let told = salvaged.map_or_else(|error| error.message, |salvaged| salvaged.warnings.join(" "));
            harms.not_salvaged.push(format!("bytes {place:?}, {} of {n}: {missing:?}; {told}", missing.len()));
        }
        let _ = fs::remove_file(&new);
    }
    harms
}

/// One bit is another.
pub fn flip(bytes: &mut [u8], dice: &mut Dice) -> Range<usize> {
    let place = dice.below(bytes.len());
    bytes[place] ^= 1 << dice.below(8);
    place..place + 1
}

/// A stretch of a page, of one sector to all eight, is zero, rubbish, or what another page holds.
pub fn tear(bytes: &mut [u8], dice: &mut Dice) -> Range<usize> {
    let n_pages = bytes.len() / 4096;
    let (sector, n_sectors) = (dice.below(8), 1 + dice.below(8));
    let start = dice.below(n_pages) * 4096 + sector * 512;
    let end = (start + n_sectors * 512).min((start / 4096 + 1) * 4096);
    let other = bytes[dice.below(n_pages) * 4096 + sector * 512..][..end - start].to_vec();
    match dice.below(3) {
        0 => bytes[start..end].fill(0),
        1 => bytes[start..end].fill_with(|| dice.below(256) as u8),
        _ => bytes[start..end].copy_from_slice(&other),
    }
    start..end
}
