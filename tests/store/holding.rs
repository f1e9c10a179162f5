//! A desk that is open stays in the hands of its window, whoever opens and closes the file in the same program.

use super::{at, damage, edit, new_draft};
use rusqlite::Connection;
use std::fs::{self, File};
use std::path::Path;
use std::process::Command;
use stet::store::{Access, Store};
use tempfile::TempDir;

/// What another program prints of a desk.
fn stet(desk: &Path, args: &[&str]) -> String {
    let output =
        Command::new(env!("CARGO_BIN_EXE_stet")).args(args).arg("--desk").arg(desk).output().expect("it starts");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// A file dialog that shows the folder of the desk looks into each file, and so closes it.
#[test]
fn a_file_that_is_opened_and_closed_in_passing_lets_no_other_program_take_the_log() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().canonicalize().expect("a folder").join("desk.stet");
    let new = folder.path().join("new.md");
    let mut store = Store::open(&path, Access::Window).expect("a desk");
    let draft = new_draft(&mut store, "harbour", "Words 1.");
    let in_passing = |way: &str| match way {
        "opened" => ["", "-wal", "-shm"].map(|ending| format!("{}{ending}", path.display())).iter().for_each(|file| {
            File::open(file).expect("it opens");
        }),
        "surveyed" => drop(Store::open(&path, Access::Read).expect("it opens")),
        _ => assert!(fs::copy(&path, path.with_extension("copy")).is_ok()),
    };
    for (version, way) in (1..).zip(["opened", "surveyed", "copied"]) {
        in_passing(way);
        // Another program writes and goes: were it alone with the desk, it would take the log away.
        fs::write(&new, format!("---\nslug: {way}\n---\nFrom the terminal.\n")).expect("written");
        stet(&path, &["import", &new.to_string_lossy()]);
        assert!(path.with_extension("stet-wal").exists(), "{way}: the log is there");
        let words = format!("Words {}, once it was {way}.", version + 1);
        store.save_draft(&edit(&draft, &words), version, at(version)).expect("saved");
        assert_eq!(stet(&path, &["show", "harbour"]), words, "{way}: what is saved is in the file");
    }
    drop(store);
    assert_eq!(damage(&Store::open(&path, Access::Read).expect("a desk")), "");
}

/// The other way round: once nobody has the desk open, nothing is held.
#[test]
fn a_desk_that_was_closed_is_held_by_nobody() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().canonicalize().expect("a folder").join("desk.stet");
    let mut store = Store::open(&path, Access::Window).expect("a desk");
    new_draft(&mut store, "harbour", "Words.");
    let reader = Store::open(&path, Access::Read).expect("a desk");
    drop(store);
    drop(reader);
    let alone = Connection::open(&path).expect("it opens");
    alone.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT").expect("nobody holds it");
}
