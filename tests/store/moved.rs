//! A desk whose file is moved while it is open, and a clock that is set back.

use super::{at, damage, edit, new_draft};
use std::fs;
use stet::desk::{Access, Desk};
use stet::error::Code;
use stet::store::Store;
use tempfile::TempDir;

#[test]
fn a_desk_that_was_moved_away_is_written_no_more_until_it_is_back() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().canonicalize().expect("a folder").join("desk.stet");
    let elsewhere = path.with_file_name("elsewhere.stet");
    let mut store = Store::open(&path, Access::Window).expect("a desk");
    let draft = new_draft(&mut store, "harbour", "One.");
    let edited = edit(&draft, "Two.");
    let refused = |store: &mut Store| {
        let error = store.save_draft(&edited, 1, at(1)).expect_err("nobody would find it");
        assert_eq!(error.code, Code::Io);
        assert!(error.message.contains("moved, renamed or replaced"), "{error}");
        assert_eq!(store.read_only_because(), None, "it may be tried again");
    };
    fs::rename(&path, &elsewhere).expect("moved");
    refused(&mut store);
    fs::copy(&elsewhere, &path).expect("another file in its place");
    refused(&mut store);
    fs::rename(&elsewhere, &path).expect("it is back");
    store.save_draft(&edited, 1, at(2)).expect("it goes on by itself");
    drop(store);
    let store = Store::open(&path, Access::Window).expect("a desk");
    assert_eq!(store.open_draft(draft.id).expect("there").copy.body, "Two.");
    assert_eq!(damage(&store), "");
}

#[test]
fn a_clock_that_was_set_back_loses_nothing_and_puts_nothing_out_of_order() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().canonicalize().expect("a folder").join("desk.stet");
    let mut desk = Desk::open(&path, Access::Window).expect("a desk");
    let draft = desk.new_draft(at(10_000)).expect("a piece");
    let mut bodies = Vec::new();
    // Years on by mistake, then back, then on as it should.
    for (n, minute) in (2..).zip([2_000_000, 5, 65, 125]) {
        let body = format!("Save {n}.");
        desk.save_draft(&edit(&draft, &body), n - 1, at(minute)).expect("saved");
        desk.name_revision(draft.id, "sent", at(minute)).expect("named");
        desk.backing().make(at(minute)).expect("a backup");
        bodies.push(body);
    }
    drop(desk);
    let desk = Desk::open(&path, Access::Window).expect("a desk");
    assert_eq!(desk.store().open_draft(draft.id).expect("there").copy.body, "Save 5.");
    let kept: Vec<String> =
        desk.store().list_revisions(draft.id).expect("a list").into_iter().rev().map(|one| one.copy.body).collect();
    assert_eq!(kept, bodies, "in the order in which they were made");
    assert_eq!(damage(desk.store()), "");
    assert_eq!(desk.backups().expect("read").list().expect("a list").len(), 4, "none is taken for old");
}
