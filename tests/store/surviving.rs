//! What no crash and no full disk may take: every save that was acknowledged.

use super::{at, edit, new_draft};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use stet::store::{Access, Store};
use tempfile::TempDir;

const DESK: &str = "STET_TEST_DESK_TO_BE_KILLED";

/// Enough words that a save takes a while and a kill falls into the middle of one.
fn body(n: i64) -> String {
    format!("Save {n}.\n\n") + &format!("The harbour sale is off, said Ines Eze for the {n}th time. ").repeat(1_000)
}

/// Saves again and again until it is killed; says each save that was acknowledged.
fn save_without_end(path: &Path) {
    let mut store = Store::open(path, Access::Window).expect("a desk");
    let mut draft = store.get_draft("harbour").expect("read").expect("there");
    loop {
        let n = draft.version + 1;
        draft.version = store.save_draft(&edit(&draft, &body(n)), draft.version, at(n)).expect("saved").version;
        println!("saved {n}");
    }
}

#[test]
fn a_kill_in_the_middle_of_saving_loses_no_acknowledged_save() {
    if let Some(path) = std::env::var_os(DESK) {
        return save_without_end(path.as_ref());
    }
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("desk.stet");
    let first = new_draft(&mut Store::open(&path, Access::Window).expect("a desk"), "harbour", &body(1));
    let mut n_last = first.version;
    for n_saves in [3, 10, 25] {
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", "surviving::a_kill_in_the_middle_of_saving_loses_no_acknowledged_save", "--nocapture"])
            .env(DESK, &path)
            .stdout(Stdio::piped())
            .spawn()
            .expect("it runs");
        let lines = BufReader::new(child.stdout.take().expect("its words")).lines();
        let said = |line: std::io::Result<String>| line.ok()?.split("saved ").nth(1)?.parse::<i64>().ok();
        let mut n_seen = 0;
        for n in lines.filter_map(said) {
            assert_eq!(n, n_last + 1, "each start goes on where the last one was killed");
            n_last = n;
            n_seen += 1;
            if n_seen == n_saves {
                child.kill().expect("killed");
            }
        }
        assert!(!child.wait().expect("it ended").success(), "it was killed");
        let store = Store::open(&path, Access::Window).expect("the lock died with its process");
        let draft = store.open_draft(first.id).expect("there");
        assert!(draft.version == n_last || draft.version == n_last + 1, "{} after {n_last}", draft.version);
        assert_eq!(draft.copy.body, body(draft.version), "whole, or not at all");
        assert_eq!(store.verify().expect("read"), []);
        n_last = draft.version;
    }
}

#[test]
fn a_window_killed_while_a_save_is_open_leaves_the_last_one_standing() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("desk.stet");
    let mut store = Store::open(&path, Access::Window).expect("a desk");
    let draft = new_draft(&mut store, "harbour", "One.");
    let copy = folder.path().join("after the crash.stet");
    let _ = store.all_or_none(|store| {
        store.save_draft(&edit(&draft, "Two."), 1, at(1)).expect("saved");
        // What a crash at this moment would leave on the disk.
        for ending in ["", "-wal"] {
            let from = format!("{}{ending}", path.display());
            std::fs::copy(from, format!("{}{ending}", copy.display())).expect("copied");
        }
        Err::<(), _>(stet::error::Error::new(stet::error::Code::BadInput, "not this time"))
    });
    let after = Store::open(&copy, Access::Window).expect("a desk");
    assert_eq!(after.open_draft(draft.id).expect("there"), draft);
    assert_eq!(after.verify().expect("read"), []);
}
