//! Removed for good: in no byte of any file beside the desk, and all else as it was.

use super::{at, damage, edit, new_draft, note};
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};
use stet::comment::Anchor;
use stet::desk::Desk;
use stet::draft::{Copy, DraftId};
use stet::error::Code;
use stet::revision::Cause;
use stet::span::Span;
use stet::store::{
    Access, Doomed, ExportRecord, JudgementKind, JudgementNote, Keeping, NewJudgement, On, Passphrase, Proposed,
    SoundFile, Store,
};
use tempfile::TempDir;

const PLANTED: [&str; 17] = [
    "quagwort",
    "zibbelfen",
    "morxander",
    "plinthovar",
    "uxbreel",
    "dravintok",
    "yolmquist",
    "fenwobble",
    "gristamoor",
    "hexpander",
    "jalorvine",
    "krimsode",
    "lorvextan",
    "mubridge",
    "nextavole",
    "oskimbrel",
    "pradwinkle",
];

/// A piece with planted words wherever one keeps any.
fn plant_piece(store: &mut Store) -> DraftId {
    let [slug, hed, dek, byline, dateline, body, name, typed, words, reason, why, status, ..] = PLANTED;
    let copy = Copy {
        hed: hed.into(),
        dek: dek.into(),
        byline: byline.into(),
        dateline: dateline.into(),
        body: format!("The {body} waits. ").repeat(300),
    };
    let draft = store.new_draft(slug, None, &copy, Cause::Created, at(0)).expect("a piece");
    store.add_revision(draft.id, Cause::Named, Some(name), at(1)).expect("kept");
    let judgement = NewJudgement {
        draft_id: draft.id,
        kind: JudgementKind::Cq,
        words: words.into(),
        attribution: "said ines eze".into(),
        verdict: "altered".into(),
        by: "SB".into(),
        reason: reason.into(),
        notes: Vec::new(),
    };
    store.add_judgement(&judgement, at(2)).expect("kept");
    let export = ExportRecord {
        draft_id: draft.id,
        revision_id: None,
        at: at(3),
        format: "md".into(),
        path: format!("/nowhere/{status}.md"),
        size_bytes: 3,
        by: "SB".into(),
        why: why.into(),
        reasons: vec!["a reason".into()],
    };
    store.add_export(&export).expect("kept");
    let [.., about, remark, back] = PLANTED;
    let anchor = Anchor::on(about, Span::new(0, about.len())).expect("words");
    let first = store.add_comment(On::Words(draft.id, &anchor), "SB", remark, at(3)).expect("kept");
    store.add_comment(On::Thread(first.id), "SB", remark, at(3)).expect("kept");
    let words = |words: &str| Copy { body: words.into(), ..Copy::default() };
    let proposed = Proposed {
        name: format!("{back}.docx"),
        by: back.into(),
        revision_id: None,
        old: words(back),
        new: words(back),
        authors: format!("come body 0-4 - {back}\n"),
    };
    store.add_proposal(draft.id, &proposed, at(3)).expect("kept");
    store.save_draft(&edit(&draft, &format!("Typed: {typed}")), 1, at(4)).expect("saved");
    draft.id
}

/// The planted words that stand in any file below a folder, by file and word; packed ones are counted by table.
fn found_in(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(found_in(&path));
            continue;
        }
        let bytes = fs::read(&path).expect("it can be read");
        let has = |word: &str| bytes.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes()));
        found.extend(PLANTED.iter().filter(|word| has(word)).map(|word| format!("{}: {word}", path.display())));
    }
    found
}

/// How many packed texts stand anywhere in a file, in pages that were given back too.
fn n_packed(path: &Path) -> usize {
    let bytes = fs::read(path).expect("read");
    bytes.windows(4).filter(|window| *window == [0x28, 0xb5, 0x2f, 0xfd]).count()
}

fn desk() -> (TempDir, PathBuf, Store) {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().canonicalize().expect("a folder").join("desk.stet");
    let store = Store::open(&path, Access::Window).expect("a desk");
    (folder, path, store)
}

#[test]
fn no_word_of_a_piece_that_was_removed_stands_in_any_file() {
    let (folder, path, mut store) = desk();
    let kept = new_draft(&mut store, "harbour", "One.");
    store.add_revision(kept.id, Cause::Named, Some("sent"), at(1)).expect("kept");
    let id = plant_piece(&mut store);
    let (note, second) = (note("Ines Eze", "We may sell it."), folder.path().join("second"));
    let note = store.add_note(&note, Some(id), at(5)).expect("kept").note;
    fs::create_dir(&second).expect("made");
    let backer = store.backer(Some(second.clone()));
    backer.make(&Keeping::default(), at(60)).expect("made");
    store.save_draft(&edit(&kept, "Two."), 1, at(61)).expect("saved");
    backer.make(&Keeping::default(), at(120)).expect("made");
    store.backup(&folder.path().join("desk.stet.before-2026-11-20T090000Z")).expect("copied");
    let (salvaged, _) = backer.salvage(at(150)).expect("salvaged");
    let before = found_in(folder.path());
    assert!(
        PLANTED[..12].iter().chain(&PLANTED[14..]).all(|word| before.iter().any(|line| line.ends_with(word))),
        "planted: {before:?}"
    );

    let removed = store.remove_for_good(Doomed::Draft(id), Some(&second), at(180)).expect("removed");
    assert_eq!((removed.n_past, removed.n_copies), (2, 6), "{:?}", removed.left);
    assert_eq!(found_in(folder.path()), [""; 0], "as soon as it is done");
    assert!(salvaged.is_file(), "what was salvaged beside it is there, without it");
    assert_eq!(damage(&store), "");
    assert!(store.search("zibbelfen", 9).expect("searched").is_empty());
    assert_eq!(store.open_draft(kept.id).expect("there").copy.body, "Two.");
    assert_eq!(store.list_revisions(kept.id).expect("a list").len(), 2);
    let note = store.open_note(note.id).expect("a note that was gathered for it stays");
    assert_eq!(note.draft_id, None);
    for backup in backer.list().expect("a list") {
        let there = store.open_backup(&backup).expect("it opens");
        assert_eq!(
            (damage(&there), there.open_draft(id).err().map(|error| error.code)),
            (String::new(), Some(Code::NotFound))
        );
        assert_eq!(there.open_draft(kept.id).expect("there").slug, "harbour");
        assert_eq!(
            n_packed(&backup.path),
            there.list_revisions(kept.id).expect("a list").len(),
            "no packed words either"
        );
    }
    let next = new_draft(&mut store, "bridge", "Three.");
    assert!(next.id > id, "no number is given twice");
    drop(store);
    assert_eq!(found_in(folder.path()), [""; 0], "when it was closed");
    assert_eq!(n_packed(&path), 3);
    assert_eq!(damage(&Store::open(&path, Access::Read).expect("a desk")), "");
}

#[test]
fn a_second_place_that_was_not_there_is_told_until_it_was_gone_through() {
    let (folder, path, mut store) = desk();
    let id = plant_piece(&mut store);
    let (second, away) = (folder.path().join("second"), folder.path().join("away"));
    fs::create_dir(&second).expect("made");
    store.backer(Some(second.clone())).make(&Keeping::default(), at(60)).expect("made");
    fs::rename(&second, &away).expect("the disk is taken out");
    let removed = store.remove_for_good(Doomed::Draft(id), Some(&second), at(180)).expect("removed");
    assert!(removed.left.iter().any(|line| line.contains("is not there")), "{:?}", removed.left);
    drop(store);
    let told = |desk: &Desk| desk.info().expect("it is readable").notices.join(" ").contains("may still have what was");
    // An empty folder may be where a disk goes.
    for is_made in [false, false, true] {
        if is_made {
            fs::create_dir(&second).expect("made");
        }
        assert!(told(&Desk::open(&path, Access::Window).expect("a desk")), "each time");
    }
    assert!(!found_in(&away).is_empty(), "it is there");
    fs::remove_dir(&second).expect("empty");
    fs::rename(&away, &second).expect("the disk is put in");
    assert!(!told(&Desk::open(&path, Access::Window).expect("a desk")), "it was gone through");
    assert_eq!(found_in(folder.path()), [""; 0]);
    assert!(!told(&Desk::open(&path, Access::Read).expect("a desk")), "nor is it told again");
}

#[test]
fn no_word_of_a_note_that_was_removed_stands_in_any_file_and_what_rested_on_it_is_taken_back() {
    let (folder, _, mut store) = desk();
    let kept = new_draft(&mut store, "harbour", "One.");
    let planted = note(PLANTED[0], &format!("We may sell the {}.", PLANTED[1]));
    let mut planted = store.add_note(&planted, Some(kept.id), at(0)).expect("kept").note;
    planted.text = format!("We may sell the {}.", PLANTED[2]);
    store.save_note(&planted, Some(kept.id), at(1)).expect("kept");
    let judgement = NewJudgement {
        draft_id: kept.id,
        kind: JudgementKind::Cq,
        words: "we may sell it".into(),
        attribution: "said ines eze".into(),
        verdict: "altered".into(),
        by: "SB".into(),
        reason: "she rang".into(),
        notes: vec![JudgementNote { note_id: planted.id, fingerprint: PLANTED[3].into() }],
    };
    store.add_judgement(&judgement, at(2)).expect("kept");
    let path = format!("/{}.mp3", PLANTED[4]);
    let file = SoundFile { path, size_bytes: 7, sha256: String::new() };
    store.add_recording(planted.id, &file, at(3)).expect("kept");
    store.backer(None).make(&Keeping::default(), at(60)).expect("made");
    assert!(PLANTED[..5].iter().all(|word| found_in(folder.path()).iter().any(|line| line.ends_with(word))));

    let removed = store.remove_for_good(Doomed::Note(planted.id), None, at(180)).expect("removed");
    assert_eq!((removed.n_past, removed.n_copies), (1, 1), "{:?}", removed.left);
    assert_eq!(found_in(folder.path()), [""; 0]);
    assert_eq!(damage(&store), "");
    assert_eq!(store.open_note(planted.id).expect_err("gone").code, Code::NotFound);
    assert_eq!(store.list_judgements(kept.id).expect("a list"), [], "nothing stands that rested on it");
    assert_eq!(store.list_past_judgements(kept.id).expect("a list").len(), 1);
}

#[test]
fn what_cannot_be_reached_is_told_and_a_removal_that_was_cut_off_goes_on() {
    let (folder, path, mut store) = desk();
    let id = plant_piece(&mut store);
    let gone = folder.path().join("no such disk");
    // Somebody reads the desk, so its file cannot be written anew: nothing is changed.
    let other = Store::open(&path, Access::Visit).expect("a visit");
    assert_eq!(store.remove_for_good(Doomed::Draft(id), None, at(9)).expect_err("busy").code, Code::Busy);
    assert!(store.open_draft(id).is_ok(), "nothing was changed");
    drop(other);
    // As a kill leaves it: out of the tables, the rest owed.
    let owed = format!("drafts {} 2026-11-20T09:00:00.123456Z\n", id.0);
    store.backer(None).make(&Keeping::default(), at(60)).expect("made");
    store.set_setting("removing", &owed).expect("set");
    drop(store);
    let desk = stet::desk::Desk::open(&path, Access::Window).expect("it goes on");
    let backups = desk.backups().expect("read").list().expect("a list");
    let there = desk.store().open_backup(&backups[0]).expect("it opens");
    assert_eq!(there.open_draft(id).expect_err("gone from the backup").code, Code::NotFound);
    assert_eq!(desk.store().setting("removing").expect("read").as_deref(), Some(""), "nothing is owed");
    drop((there, desk));
    let mut store = Store::open(&path, Access::Window).expect("a desk");
    let removed = store.remove_for_good(Doomed::Draft(id), Some(&gone), at(99)).expect("removed");
    let told = removed.left.join(" ");
    assert!(told.contains("no such disk") && told.contains("copies made by hand"), "{told}");
}

#[test]
fn a_piece_is_removed_from_a_locked_desk_and_a_backup_under_another_passphrase_is_named() {
    let (folder, path, mut store) = desk();
    let id = plant_piece(&mut store);
    let [old, new] = ["five grey gulls at noon", "six brown owls at nine"].map(Passphrase::new);
    store.set_passphrase(Some(&old)).expect("set");
    let backup = store.backer(None).make(&Keeping::default(), at(60)).expect("made").backup;
    store.set_passphrase(Some(&new)).expect("set");
    store.backer(None).make(&Keeping::default(), at(120)).expect("made");
    let removed = store.remove_for_good(Doomed::Draft(id), None, at(180)).expect("removed");
    assert_eq!(removed.n_copies, 1);
    let name = backup.path.file_name().expect("a name").to_string_lossy().into_owned();
    assert!(removed.left.iter().any(|line| line.contains(&name) && line.contains("another passphrase")), "{removed:?}");
    assert_eq!(damage(&store), "");
    drop(store);
    assert_eq!(found_in(folder.path()), [""; 0]);
    assert!(Connection::open(&path).and_then(|raw| raw.execute_batch("SELECT * FROM drafts")).is_err(), "still locked");
}
