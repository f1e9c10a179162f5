//! The history of a piece: small, and with every change to it seen.

use super::{at, copy, damage, edit, harm, new_draft, prose};
use chrono::{DateTime, Utc};
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};
use stet::draft::{Draft, DraftId};
use stet::error::Code;
use stet::revision::{Cause, RevisionId};
use stet::store::{Access, Store, salvage};
use tempfile::TempDir;

fn open(path: &Path) -> Store {
    Store::open(path, Access::Visit).expect("a desk")
}

/// Adds so many revisions, each after an edit. Returns the bodies, oldest first.
fn add_revisions(store: &mut Store, draft: &Draft, n_revisions: i64, dice: &mut prose::Dice) -> Vec<String> {
    let mut body = draft.copy.body.clone();
    let mut bodies = vec![body.clone()];
    let add = |store: &mut Store| {
        for n in 1..=n_revisions {
            prose::edit(&mut body, dice);
            store.save_draft(&edit(draft, &body), draft.version + n - 1, at(n))?;
            store.add_revision(draft.id, Cause::Pause, None, at(n))?;
            bodies.push(body.clone());
        }
        Ok(())
    };
    store.all_or_none(add).expect("kept");
    bodies
}

/// A closed desk with two pieces of 70 revisions each, told in turns, and the bodies of the first.
fn desk(folder: &TempDir) -> (PathBuf, Vec<String>) {
    let path = folder.path().join("desk.stet");
    let mut store = open(&path);
    let mut dice = prose::Dice::new(3);
    let first = new_draft(&mut store, "harbour", &prose::piece(300, &mut dice));
    let second = new_draft(&mut store, "ferry", &prose::piece(300, &mut dice));
    let bodies = add_revisions(&mut store, &first, 69, &mut dice);
    add_revisions(&mut store, &second, 69, &mut dice);
    (path, bodies)
}

#[test]
fn a_thousand_revisions_of_a_long_piece_take_little_room_and_come_back_whole() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("desk.stet");
    let mut store = open(&path);
    let mut dice = prose::Dice::new(1);
    let draft = new_draft(&mut store, "harbour", &prose::piece(10_000, &mut dice));
    let bodies = add_revisions(&mut store, &draft, 999, &mut dice);
    drop(store);
    let n_bytes = fs::metadata(&path).expect("there").len();
    assert!(n_bytes <= 1_300_000, "{n_bytes} bytes for 1,000 revisions of 10,000 words");
    let store = open(&path);
    let revisions = store.list_revisions(draft.id).expect("a list");
    assert_eq!(revisions.len(), 1_000);
    for (body, revision) in bodies.iter().zip(revisions.iter().rev()) {
        assert!(*body == revision.copy.body, "revision {} came back with other words", revision.id.0);
    }
    for n in [0, 1, 48, 49, 50, 51, 500, 999] {
        let revision = &revisions[999 - n];
        assert_eq!(store.open_revision(revision.id).expect("opened"), *revision, "alone as in the list");
    }
    assert_eq!(damage(&store), "");
}

#[test]
fn a_revision_that_was_changed_lost_or_moved_is_told_with_its_piece_and_time() {
    let folder = TempDir::new().expect("a folder");
    let (path, _) = desk(&folder);
    let revisions = open(&path).list_revisions(DraftId(1)).expect("a list");
    let (id, times) = (revisions[20].id.0, revisions.iter().map(|one| one.saved_at).collect::<Vec<_>>());
    let cases = [
        ("a time", format!("UPDATE revisions SET saved_at = '2026-11-20T09:00:01.000000Z' WHERE id = {id}")),
        ("a name", format!("UPDATE revisions SET name = 'sent to legal' WHERE id = {id}")),
        ("a cause", format!("UPDATE revisions SET cause = 'export' WHERE id = {id}")),
        (
            "words",
            format!("UPDATE revisions SET words = (SELECT words FROM revisions WHERE id = {id} + 2) WHERE id = {id}"),
        ),
        ("a hash", format!("UPDATE revisions SET hash = zeroblob(32) WHERE id = {id}")),
        ("one gone", format!("DELETE FROM revisions WHERE id = {id}")),
        ("the last gone", "DELETE FROM revisions WHERE id = (SELECT max(id) FROM revisions WHERE draft_id = 1)".into()),
        ("all gone", "DELETE FROM revisions WHERE draft_id = 1".into()),
        (
            "two in each other's place",
            format!(
                "UPDATE revisions SET id = -1 WHERE id = {id};
                 UPDATE revisions SET id = {id} WHERE id = {id} + 1;
                 UPDATE revisions SET id = {id} + 1 WHERE id = -1"
            ),
        ),
        ("one of another piece", format!("UPDATE revisions SET draft_id = 2 WHERE id = {id}")),
    ];
    for (what, sql) in cases {
        let harmed = folder.path().join("harmed.stet");
        fs::copy(&path, &harmed).expect("copied");
        harm(&harmed, &sql);
        let store = Store::open(&harmed, Access::Read).expect("a desk");
        let told = damage(&store);
        assert!(told.contains("“harbour”"), "{what}: the piece is named: {told}");
        let is_whole_to = |saved_at: DateTime<Utc>| {
            told.contains(&format!("whole up to {}", saved_at.format("%Y-%m-%d %H:%M:%S UTC")))
        };
        match what {
            "all gone" => assert!(told.contains("0 are there; none is whole."), "{what}: {told}"),
            "one gone" => assert!(is_whole_to(times[20 + 1]), "{what}: the time before the gap is named: {told}"),
            "the last gone" => assert!(is_whole_to(times[1]), "{what}: the time before the gap is named: {told}"),
            _ => {
                assert!(told.contains(", kept 2026-11-20 "), "{what}: the time is named: {told}");
                let error = store.open_revision(RevisionId(id)).expect_err(what);
                assert_eq!(error.code, Code::Corrupt, "{what}: it does not open as if whole");
            }
        }
        drop(store);
        fs::remove_file(&harmed).expect("removed");
    }
}

#[test]
fn a_revision_that_is_harmed_takes_no_more_with_it_than_rests_on_it() {
    let folder = TempDir::new().expect("a folder");
    let (path, bodies) = desk(&folder);
    let ids: Vec<RevisionId> =
        open(&path).list_revisions(DraftId(1)).expect("a list").iter().rev().map(|one| one.id).collect();
    harm(&path, &format!("UPDATE revisions SET words = zeroblob(9) WHERE id = {}", ids[20].0));
    let store = Store::open(&path, Access::Read).expect("a desk");
    for (n, id) in ids.iter().enumerate() {
        let opened = store.open_revision(*id);
        assert_eq!(opened.is_ok(), !(20..50).contains(&n), "revision {n}: {opened:?}");
    }
    drop(store);
    let new = folder.path().join("new.stet");
    let salvaged = salvage(&path, &new, None).expect("saved");
    assert_eq!((salvaged.n_revisions, salvaged.n_lost), (140 - 30, 30));
    let store = open(&new);
    assert_eq!(damage(&store), "", "the chain is whole again");
    let revisions = store.list_revisions(DraftId(1)).expect("a list");
    for revision in revisions {
        let n = ids.iter().position(|id| *id == revision.id).expect("known");
        assert_eq!(revision.copy, copy(&bodies[n]));
    }
}

#[test]
fn a_desk_from_before_the_chain_is_salvaged_with_its_history() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("old.stet");
    stet::store::keep_locks();
    let old = Connection::open(&path).expect("a file");
    for part in ["schema", "rows"] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/schemas/2.{part}.sql"));
        old.execute_batch(&fs::read_to_string(file).expect("frozen")).expect("made");
    }
    // What keeps it from being brought up to date.
    old.execute_batch(
        "INSERT INTO revisions (draft_id, saved_at, cause, hed, dek, byline, dateline, body)
         VALUES (7, '2026-11-20T09:04:00.000000Z', 'pause', '', '', '', '', CAST(x'ff41' AS TEXT))",
    )
    .expect("harmed");
    old.close().expect("closed");
    assert_eq!(Store::open(&path, Access::Visit).err().map(|error| error.code), Some(Code::Corrupt));
    let new = folder.path().join("new.stet");
    let salvaged = salvage(&path, &new, None).expect("saved");
    assert_eq!((salvaged.n_revisions, salvaged.n_lost), (2, 0));
    let store = open(&new);
    let bodies: Vec<String> =
        store.list_revisions(DraftId(7)).expect("a list").into_iter().map(|one| one.copy.body).collect();
    assert_eq!(bodies, ["\u{fffd}A", "We will sell it."]);
    assert_eq!(damage(&store), "");
}

/// Its index lies where one without this revision does.
fn leave_out(path: &Path, id: i64) {
    harm(
        path,
        &format!(
            "CREATE INDEX shorter ON revisions (draft_id, id) WHERE id <> {id};
             PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'shorter')
             WHERE name = 'revisions_by_draft';
             DELETE FROM sqlite_schema WHERE name = 'shorter';"
        ),
    );
}

#[test]
fn a_list_that_leaves_a_revision_out_hands_out_no_other_in_its_place_and_is_not_added_to() {
    let folder = TempDir::new().expect("a folder");
    let (path, _) = desk(&folder);
    let last = open(&path).last_revision(DraftId(1)).expect("read").expect("there").id.0;
    for id in [1, 7, last] {
        let harmed = folder.path().join(format!("{id}.stet"));
        fs::copy(&path, &harmed).expect("copied");
        leave_out(&harmed, id);
        let mut store = open(&harmed);
        let refused = |error: Option<stet::error::Error>| error.map(|error| error.code) == Some(Code::Corrupt);
        assert!(refused(store.open_revision(RevisionId(id)).err()), "revision {id}, not the one before it");
        assert!(refused(store.list_revisions(DraftId(1)).err()), "a list without revision {id} is not whole");
        if id == last {
            assert!(refused(store.last_revision(DraftId(1)).err()), "the last but one is not the last");
            assert!(refused(store.add_revision(DraftId(1), Cause::Pause, None, at(200)).err()), "nothing forks it");
        }
    }
}

#[test]
fn salvage_brings_a_revision_that_the_list_of_its_piece_leaves_out() {
    let folder = TempDir::new().expect("a folder");
    let (path, _) = desk(&folder);
    for id in [1, 70, 87, 140] {
        let (harmed, new) = (folder.path().join(format!("{id}.stet")), folder.path().join(format!("{id}.new")));
        fs::copy(&path, &harmed).expect("copied");
        leave_out(&harmed, id);
        let salvaged = salvage(&harmed, &new, None).expect("saved");
        assert_eq!((salvaged.n_revisions, salvaged.n_lost), (140, 0), "{:?}", salvaged.warnings);
    }
}

#[test]
fn salvage_tells_of_a_revision_that_vanished_without_a_trace_in_its_page() {
    let folder = TempDir::new().expect("a folder");
    let (path, _) = desk(&folder);
    harm(&path, "DELETE FROM revisions WHERE id = (SELECT max(id) FROM revisions WHERE draft_id = 1)");
    let salvaged = salvage(&path, &folder.path().join("new.stet"), None).expect("saved");
    assert_eq!((salvaged.n_revisions, salvaged.n_lost), (139, 1));
    assert_eq!(salvaged.warnings, ["1 rows of revisions could not be read."]);
}
