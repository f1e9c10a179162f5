//! Typing: each save small, read by everybody at once, and there again after a crash.

use super::{at, copy, damage, edit, harm, new_draft, prose};
use rusqlite::Connection;
use std::fs;
use std::path::Path;
use stet::draft::{Draft, Place};
use stet::error::Code;
use stet::revision::Cause;
use stet::store::{Access, DraftEdit, Hit, Store, salvage};
use tempfile::TempDir;

fn open(path: &Path) -> Store {
    Store::open(path, Access::Window).expect("a desk")
}

/// Saves each of these bodies in turn.
fn type_in(store: &mut Store, draft: &Draft, bodies: &[&str]) {
    for (n, body) in (0..).zip(bodies) {
        let saved = store.save_draft(&edit(draft, body), draft.version + n, at(n + 1)).expect("saved");
        assert_eq!((saved.version, saved.changed_at), (draft.version + n + 1, at(n + 1)));
    }
}

/// The desk as a crash would leave it, in a file of its own.
fn crash(store: &Store, folder: &TempDir) -> std::path::PathBuf {
    let copy = folder.path().join("after the crash.stet");
    for ending in ["", "-wal"] {
        fs::copy(format!("{}{ending}", store.path().display()), format!("{}{ending}", copy.display())).expect("copied");
    }
    copy
}

fn n_rows(path: &Path, table: &str) -> i64 {
    let connection = Connection::open(path).expect("a file");
    connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).expect("counted")
}

#[test]
fn a_save_writes_what_changed_however_long_the_piece_is() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("desk.stet");
    let mut store = open(&path);
    let log = folder.path().join("desk.stet-wal");
    let mut n_bytes = Vec::new();
    for n_words in [100, 100_000] {
        let body = prose::piece(n_words, &mut prose::Dice::new(1));
        let draft = new_draft(&mut store, "long", &body);
        type_in(&mut store, &draft, &[&format!("T{body}")]);
        let before = fs::metadata(&log).expect("a log").len();
        for n in 1..=20 {
            let body = format!("T{body}{}", "x".repeat(n as usize));
            store.save_draft(&edit(&draft, &body), draft.version + n, at(n)).expect("saved");
        }
        n_bytes.push(fs::metadata(&log).expect("a log").len().saturating_sub(before) / 20);
    }
    assert!(n_bytes.iter().all(|n_bytes| *n_bytes < 3 * 4_200), "a page or two for a save, not the piece: {n_bytes:?}");
}

#[test]
fn everybody_reads_what_was_typed_last() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("desk.stet");
    let mut store = open(&path);
    let draft = new_draft(&mut store, "quay", "The ferry is late.");
    let other = new_draft(&mut store, "other", "The ferry is new.");
    type_in(&mut store, &draft, &["The ferry was late.", "The café was late, said Eze."]);
    let visit = Store::open(&path, Access::Visit).expect("a second program");
    let read = Store::open(&path, Access::Read).expect("a third");
    for store in [&store, &visit, &read] {
        let now = store.open_draft(draft.id).expect("read");
        assert_eq!((now.copy.body.as_str(), now.version, now.changed_at), ("The café was late, said Eze.", 3, at(2)));
        assert_eq!(store.get_draft("Quay").expect("read"), Some(now.clone()));
        let listed = store.list_drafts(Place::Desk).expect("a list");
        assert_eq!(listed, [now, other.clone()], "what was typed last is first");
        assert_eq!(store.last_save(draft.id).expect("read"), (at(2), 3));
        let found = |query: &str| -> Vec<String> {
            let hits = store.search(query, 9).expect("found").into_iter();
            hits.map(|hits| match hits.hit {
                Hit::Draft { slug, .. } => format!("{slug} {:?}", hits.spans.first().map(|span| span.of(&hits.text))),
                hit => format!("{hit:?}"),
            })
            .collect()
        };
        assert_eq!(found("cafe eze "), ["quay Some(\"café\")"]);
        assert_eq!(found("\"the ferry\" "), ["other Some(\"The ferry\")"], "what is gone is not found");
        assert_eq!(found("qua"), ["quay None"], "by its slug");
        assert_eq!(damage(store), "");
    }
}

#[test]
fn two_who_save_in_turns_build_on_each_other() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("desk.stet");
    let mut window = open(&path);
    let draft = new_draft(&mut window, "harbour", "One.");
    type_in(&mut window, &draft, &["Two."]);
    let mut visit = Store::open(&path, Access::Visit).expect("a second program");
    assert_eq!(visit.save_draft(&edit(&draft, "x"), 1, at(5)).expect_err("an old version").code, Code::Conflict);
    visit.save_draft(&edit(&draft, "Three."), 2, at(5)).expect("saved");
    assert_eq!(window.save_draft(&edit(&draft, "x"), 2, at(6)).expect_err("an old version").code, Code::Conflict);
    window.save_draft(&edit(&draft, "Four."), 3, at(6)).expect("saved");
    // Folded by the one, saved on by the other.
    visit.add_revision(draft.id, Cause::Pause, None, at(7)).expect("kept");
    window.save_draft(&edit(&draft, "Five."), 4, at(8)).expect("saved");
    drop(visit);
    assert_eq!(damage(&window), "");
    assert_eq!(window.open_draft(draft.id).expect("read").copy.body, "Five.");
}

#[test]
fn a_save_that_was_undone_leaves_nothing_to_build_on() {
    let mut store = Store::open_in_memory().expect("a desk");
    let draft = new_draft(&mut store, "harbour", "One.");
    type_in(&mut store, &draft, &["Two."]);
    let undone = store.all_or_none(|store| {
        store.save_draft(&edit(&draft, "Three."), 2, at(2))?;
        Err::<(), _>(stet::error::Error::new(Code::BadInput, "not this time"))
    });
    assert!(undone.is_err());
    store.save_draft(&edit(&draft, "Two, and a half."), 2, at(3)).expect("saved");
    assert_eq!(store.open_draft(draft.id).expect("read").copy.body, "Two, and a half.");
    assert_eq!(damage(&store), "");
}

#[test]
fn a_revision_the_end_of_a_session_and_many_saves_write_the_piece_whole() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("desk.stet");
    let mut store = open(&path);
    let draft = new_draft(&mut store, "harbour", "One.");
    type_in(&mut store, &draft, &["Two.", "Three."]);
    assert_eq!((n_rows(&path, "typing"), store.list_typed().expect("a list")[0].n_saves), (2, 2));
    let revision = store.add_revision(draft.id, Cause::Pause, None, at(3)).expect("kept");
    assert_eq!(revision.copy.body, "Three.");
    assert_eq!(n_rows(&path, "typing"), 0);
    let add = |store: &mut Store| {
        (0..600).try_for_each(|n| store.save_draft(&edit(&draft, &format!("{n}")), 3 + n, at(4)).map(|_| ()))
    };
    store.all_or_none(add).expect("saved");
    assert_eq!(n_rows(&path, "typing"), 100, "never more than can be read in a moment");
    drop(store);
    assert_eq!(n_rows(&path, "typing"), 0, "closed");
    let store = open(&path);
    assert_eq!(store.list_typed().expect("a list"), []);
    assert_eq!(store.open_draft(draft.id).expect("read").copy.body, "599");
    assert_eq!(store.search("599 ", 9).expect("found").len(), 1);
}

#[test]
fn a_name_or_a_status_given_while_typing_keeps_the_words() {
    let mut store = Store::open_in_memory().expect("a desk");
    let draft = new_draft(&mut store, "harbour", "One.");
    type_in(&mut store, &draft, &["Two."]);
    let renamed = DraftEdit { slug: "ferry".into(), target_words: Some(600), ..edit(&draft, "Three.") };
    assert_eq!(store.save_draft(&renamed, 2, at(2)).expect("saved").slug, "ferry");
    let legal = store.set_status(draft.id, stet::draft::Status::Legal, at(9)).expect("set");
    assert_eq!((legal.copy.body.as_str(), legal.changed_at, legal.version), ("Three.", at(9), 3));
    assert_eq!((legal.slug.as_str(), legal.target_words), ("ferry", Some(600)));
    store.save_draft(&renamed, 3, at(10)).expect("saved on");
    assert_eq!(damage(&store), "");
}

#[test]
fn after_a_crash_every_save_is_there_and_what_stood_before_can_be_had() {
    let folder = TempDir::new().expect("a folder");
    let mut store = open(&folder.path().join("desk.stet"));
    let draft = new_draft(&mut store, "harbour", "One.");
    let second = new_draft(&mut store, "ferry", "Uno.");
    type_in(&mut store, &draft, &["Two."]);
    store.add_revision(draft.id, Cause::Pause, None, at(1)).expect("kept");
    store.set_status(draft.id, stet::draft::Status::Legal, at(1)).expect("set");
    let draft = store.open_draft(draft.id).expect("read");
    type_in(&mut store, &draft, &["Two and", "Two and more."]);
    type_in(&mut store, &second, &["Due."]);
    let mut after = open(&crash(&store, &folder));
    let typed = after.list_typed().expect("a list");
    let seen: Vec<_> = typed.iter().map(|typed| (typed.draft_id, typed.n_saves, typed.saved_at)).collect();
    assert_eq!(seen, [(draft.id, 2, at(2)), (second.id, 1, at(1))]);
    let before = after.recover(draft.id).expect("brought back").expect("something stood before");
    assert_eq!(after.open_revision(before).expect("read").copy.body, "Two.");
    assert_eq!(after.list_revisions(draft.id).expect("a list").len(), 2, "the revision that was there already");
    assert_eq!(after.open_draft(draft.id).expect("read").copy.body, "Two and more.");
    after.recover(second.id).expect("brought back");
    assert_eq!(after.list_typed().expect("a list"), []);
    assert_eq!(damage(&after), "");
}

#[test]
fn what_stood_before_a_crash_becomes_a_revision_where_it_is_none() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("desk.stet");
    let mut store = open(&path);
    let draft = new_draft(&mut store, "harbour", "One.");
    type_in(&mut store, &draft, &["Two."]);
    drop(store);
    let mut store = open(&path);
    let draft = store.open_draft(draft.id).expect("read");
    type_in(&mut store, &draft, &["Three."]);
    let mut after = open(&crash(&store, &folder));
    let before = after.recover(draft.id).expect("brought back").expect("something stood before");
    let revision = after.open_revision(before).expect("read");
    assert_eq!((revision.cause, revision.copy.body.as_str()), (Cause::BeforeRecovery, "Two."));
}

#[test]
fn a_typed_save_that_was_changed_or_lost_is_told_and_salvage_brings_those_before_it() {
    let folder = TempDir::new().expect("a folder");
    for (what, sql) in [
        ("changed", "UPDATE typing SET edit = CAST(replace(CAST(edit AS TEXT), 'C', 'D') AS BLOB) WHERE version = 4"),
        ("another time", "UPDATE typing SET saved_at = '2026-11-20T09:00:00.123456Z' WHERE version = 4"),
        ("lost", "DELETE FROM typing WHERE version = 4"),
        ("moved", "UPDATE typing SET version = 9 WHERE version = 4"),
        ("the words under it", "UPDATE drafts SET body = 'Won.'"),
    ] {
        let path = folder.path().join("desk.stet");
        let mut store = open(&path);
        let draft = new_draft(&mut store, "harbour", "One.");
        type_in(&mut store, &draft, &["A", "A B", "A B C", "A B C D", "A B C D E"]);
        let crashed = crash(&store, &folder);
        drop(store);
        fs::remove_file(&path).expect("removed");
        harm(&crashed, sql);
        let store = Store::open(&crashed, Access::Read).expect("a desk");
        let place = if what == "the words under it" {
            "“harbour”, changed 2026-11-20T09:0"
        } else {
            "“harbour” after 2026-11-20 09:0"
        };
        assert!(damage(&store).contains(place), "{what}: {}", damage(&store));
        assert_eq!(store.open_draft(draft.id).expect_err(what).code, Code::Corrupt);
        drop(store);
        let new = folder.path().join(format!("{what}.stet"));
        let salvaged = salvage(&crashed, &new, None).expect("saved");
        assert_eq!(salvaged.n_lost, 1, "{what}: {:?}", salvaged.warnings);
        let body = open(&new).open_draft(draft.id).expect("read").copy.body;
        assert_eq!(body, if what == "the words under it" { "Won." } else { "A B" }, "{what}");
        for ending in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(format!("{}{ending}", crashed.display()));
        }
    }
}

#[test]
fn salvage_of_a_whole_desk_brings_what_was_typed_last() {
    let folder = TempDir::new().expect("a folder");
    let mut store = open(&folder.path().join("desk.stet"));
    let draft = new_draft(&mut store, "harbour", "One.");
    type_in(&mut store, &draft, &["Two.", "Three."]);
    let new = folder.path().join("new.stet");
    let salvaged = salvage(&crash(&store, &folder), &new, None).expect("saved");
    assert_eq!((salvaged.n_lost, salvaged.warnings), (0, vec![]));
    let saved = open(&new).open_draft(draft.id).expect("read");
    assert_eq!((saved.copy, saved.version), (copy("Three."), 3));
}

#[test]
fn a_backup_holds_what_was_typed_last() {
    let folder = TempDir::new().expect("a folder");
    let mut store = open(&folder.path().join("desk.stet"));
    let draft = new_draft(&mut store, "harbour", "One.");
    type_in(&mut store, &draft, &["Two."]);
    let to = folder.path().join("copy.stet");
    store.backup(&to).expect("copied");
    let copy = open(&to);
    assert_eq!(copy.open_draft(draft.id).expect("read").copy.body, "Two.");
    assert_eq!(copy.list_typed().expect("a list"), [], "it was closed in order, so to say");
}
