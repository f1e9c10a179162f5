//! Opening: who may come in, who waits, and what is never touched.

use super::{at, edit, new_draft};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;
use stet::error::Code;
use stet::store::{Access, Store};
use tempfile::TempDir;

fn folder() -> TempDir {
    TempDir::new().expect("a folder")
}

fn open(path: &Path, access: Access) -> Store {
    Store::open(path, access).unwrap_or_else(|error| panic!("{}: {error} {:?}", path.display(), error.source))
}

fn refusal(path: &Path, access: Access) -> (Code, String) {
    let error = Store::open(path, access).err().expect("it must be refused");
    (error.code, error.message)
}

/// Every file below a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("a list").map(|entry| entry.expect("an entry").path());
    entries.map(|path| (path.clone(), fs::read(path).expect("a file"))).collect()
}

#[test]
fn a_desk_is_made_where_there_is_none_and_opens_again() {
    let folder = folder();
    let path = folder.path().join("né w#1?.stet");
    let mut store = open(&path, Access::Window);
    assert_eq!(store.read_only_because(), None);
    let draft = new_draft(&mut store, "harbour", "One.");
    drop(store);
    for access in [Access::Window, Access::Visit, Access::Read] {
        assert_eq!(open(&path, access).open_draft(draft.id).expect("kept"), draft);
    }
}

#[test]
fn an_empty_file_becomes_a_desk() {
    let folder = folder();
    let path = folder.path().join("desk.stet");
    fs::write(&path, "").expect("written");
    assert_eq!(refusal(&path, Access::Read).0, Code::NotFound);
    new_draft(&mut open(&path, Access::Visit), "harbour", "One.");
    assert!(open(&path, Access::Read).get_draft("harbour").expect("read").is_some());
}

#[test]
fn a_path_that_cannot_be_is_refused_by_name() {
    let folder = folder();
    let lost = folder.path().join("no such folder");
    let (code, message) = refusal(&lost.join("desk.stet"), Access::Window);
    assert_eq!(code, Code::BadInput);
    assert!(message.contains("no such folder"), "the sentence names the folder: {message}");
    assert!(!lost.exists(), "no folder is made");
    assert_eq!(refusal(folder.path(), Access::Window).0, Code::BadInput);
    assert_eq!(refusal(&folder.path().join("typo.stet"), Access::Read).0, Code::NotFound);
    assert!(files(folder.path()).is_empty(), "a refusal makes no file");
}

#[test]
fn a_desk_from_a_newer_stet_is_left_byte_for_byte() {
    let folder = folder();
    let path = folder.path().join("desk.stet");
    new_draft(&mut open(&path, Access::Window), "harbour", "One.");
    let newer = Connection::open(&path).expect("a file");
    newer.pragma_update(None, "user_version", 99).expect("set");
    newer.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); CREATE TABLE tomorrow (id INTEGER)").expect("made");
    // Once with its log still beside it, once closed.
    for _ in 0..2 {
        let before = files(folder.path());
        for access in [Access::Window, Access::Visit, Access::Read] {
            let (code, message) = refusal(&path, access);
            assert_eq!(code, Code::NewerDesk);
            assert!(message.contains("newer Stet"), "{message}");
        }
        let mut after = files(folder.path());
        // The index of the log is shared memory, made by looking; it holds nothing.
        let shared = PathBuf::from(format!("{}-shm", path.display()));
        after.insert(shared.clone(), before.get(&shared).cloned().unwrap_or_default());
        let mut before = before;
        before.entry(shared).or_default();
        assert_eq!(after, before, "nothing of it may change");
        let _ = newer.execute_batch("PRAGMA journal_mode = DELETE");
    }
}

#[test]
fn a_file_that_is_no_desk_is_left_byte_for_byte() {
    let folder = folder();
    let text = folder.path().join("letter.txt");
    fs::write(&text, "Dear editor, this is no desk.").expect("written");
    let other = folder.path().join("other.sqlite");
    stet::store::keep_locks();
    Connection::open(&other).and_then(|one| one.execute_batch("CREATE TABLE t (a)")).expect("another program's");
    let cut = folder.path().join("cut.stet");
    new_draft(&mut open(&cut, Access::Visit), "harbour", "One.");
    let bytes = fs::read(&cut).expect("read");
    fs::write(&cut, &bytes[..60]).expect("cut");
    let before = files(folder.path());
    for path in [&text, &other, &cut] {
        for access in [Access::Window, Access::Visit, Access::Read] {
            let (code, message) = refusal(path, access);
            assert_eq!(code, Code::Corrupt, "{}", path.display());
            assert!(message.contains("stet salvage"), "the way out is said: {message}");
        }
    }
    assert_eq!(files(folder.path()), before);
}

#[test]
fn a_second_window_is_refused_and_may_ask_who_was_first() {
    let folder = folder();
    let path = folder.path().join("desk.stet");
    assert_eq!(Store::holder(&path), None);
    let first = open(&path, Access::Window);
    assert_eq!(Store::holder(&path), Some(std::process::id().to_string()));
    first.announce("127.0.0.1:4711\nmore").expect("written");
    let around = folder.path().join(".").join("desk.stet");
    let (code, message) = refusal(&around, Access::Window);
    assert_eq!(code, Code::Busy, "another way to the same file is the same desk");
    assert!(message.contains("another window"), "{message}");
    assert_eq!(Store::holder(&around).as_deref(), Some("127.0.0.1:4711"));
    drop(first);
    assert_eq!(Store::holder(&path), None, "who is gone holds nothing");
    open(&path, Access::Window);
}

#[test]
fn a_visit_writes_beside_a_window_and_makes_its_old_save_a_conflict() {
    let folder = folder();
    let path = folder.path().join("desk.stet");
    let mut window = open(&path, Access::Window);
    let draft = new_draft(&mut window, "harbour", "One.");
    let reader = open(&path, Access::Read);
    let mut visit = open(&path, Access::Visit);
    visit.save_draft(&edit(&draft, "From a file."), 1, at(1)).expect("saved");
    let imported = visit.open_draft(draft.id).expect("read");
    assert_eq!(reader.open_draft(draft.id).expect("read"), imported, "a reader sees each save");
    let error = window.save_draft(&edit(&draft, "Typed."), 1, at(2)).expect_err("an old version");
    assert_eq!(error.code, Code::Conflict);
    window.save_draft(&edit(&draft, "Both."), 2, at(3)).expect("the new version may be saved");
    assert_eq!(reader.open_draft(draft.id).expect("read").copy.body, "Both.");
}

#[test]
fn a_write_waits_for_its_turn() {
    let folder = folder();
    let path = folder.path().join("desk.stet");
    let mut window = open(&path, Access::Window);
    let other = Connection::open(&path).expect("another program");
    other.execute_batch("BEGIN IMMEDIATE; UPDATE counters SET value = value").expect("it writes");
    let release = thread::spawn(move || {
        thread::sleep(Duration::from_millis(200));
        other.execute_batch("COMMIT").expect("it is done");
    });
    new_draft(&mut window, "harbour", "One.");
    release.join().expect("done");
    assert!(window.get_draft("harbour").expect("read").is_some());
}

#[test]
fn several_that_come_at_once_make_one_desk() {
    for _ in 0..10 {
        let folder = folder();
        let path = folder.path().join("desk.stet");
        let come = |n: i64| {
            let path = path.clone();
            thread::spawn(move || new_draft(&mut open(&path, Access::Visit), &format!("piece {n}"), "One.").id)
        };
        let mut ids: Vec<_> =
            (0..6).map(come).collect::<Vec<_>>().into_iter().map(|one| one.join().expect("kept")).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 6, "each is a piece of its own");
        assert_eq!(open(&path, Access::Window).verify().expect("read"), []);
    }
}

#[test]
fn a_desk_opened_to_read_refuses_every_write() {
    let folder = folder();
    let path = folder.path().join("desk.stet");
    let draft = new_draft(&mut open(&path, Access::Window), "harbour", "One.");
    let before = fs::read(&path).expect("read");
    let mut store = open(&path, Access::Read);
    assert!(store.read_only_because().is_some());
    let error = store.save_draft(&edit(&draft, "Two."), 1, at(1)).expect_err("it is only read");
    assert_eq!(error.code, Code::ReadOnly);
    assert_eq!(store.set_setting("editor", "SB").expect_err("it is only read").code, Code::ReadOnly);
    assert_eq!(store.open_draft(draft.id).expect("read"), draft);
    assert_eq!(store.search("one ", 9).expect("found").len(), 1);
    assert_eq!(store.verify().expect("read"), []);
    drop(store);
    assert_eq!(fs::read(&path).expect("read"), before);
}

/// Runs the rest of a test as someone whom file permissions hold: root is held by none, so it becomes *nobody*.
#[cfg(unix)]
mod without_rights {
    use super::*;
    use serde_json::{Value, json};
    use std::io::ErrorKind;
    use std::os::unix::fs::{PermissionsExt, chown};
    use std::os::unix::process::CommandExt;
    use std::process::Command;
    use stet::wire::Keeper;

    const DESK: &str = "STET_TEST_DESK_WITHOUT_RIGHTS";
    const NOBODY: u32 = 65_534;

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("a mode");
    }

    fn is_root(folder: &Path) -> bool {
        let locked = folder.join("locked");
        fs::write(&locked, "").expect("written");
        set_mode(&locked, 0o000);
        let is_root = fs::read(&locked).is_ok();
        fs::remove_file(&locked).expect("removed");
        is_root
    }

    /// Runs the named test once more, in a process without rights, with a desk to open. True in that process itself.
    fn run_again(test: &str, desk: &Path, folder: &Path) {
        let program = folder.join("again");
        fs::copy(std::env::current_exe().expect("this program"), &program).expect("copied");
        set_mode(&program, 0o755);
        let mut command = Command::new(&program);
        command.args(["--exact", test, "--nocapture"]).env(DESK, desk);
        if is_root(folder) {
            command.uid(NOBODY).gid(NOBODY);
        }
        // A test beside this one that starts a program of its own holds the copy open for a moment.
        let start = |_| match command.output() {
            Err(error) if error.kind() == ErrorKind::ExecutableFileBusy => {
                std::thread::sleep(std::time::Duration::from_millis(10));
                None
            }
            output => Some(output.expect("it runs")),
        };
        let output = (0..1_000).find_map(start).expect("the copy is free in time");
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.contains("1 passed"), "{said}");
    }

    /// A desk with one piece in a folder of its own, which both get these modes.
    fn desk(folder: &TempDir, folder_mode: u32, file_mode: u32) -> PathBuf {
        set_mode(folder.path(), 0o755);
        let inner = folder.path().join("inner");
        fs::create_dir(&inner).expect("made");
        let path = inner.join("desk.stet");
        new_draft(&mut open(&path, Access::Visit), "harbour", "One.");
        set_mode(&path, file_mode);
        set_mode(&inner, folder_mode);
        path
    }

    fn assert_only_read(path: &Path, access: Access) {
        let mut store = open(path, access);
        let because = store.read_only_because().expect("it cannot be written").to_owned();
        assert!(because.contains("may not"), "the reason is said: {because}");
        let draft = store.get_draft("harbour").expect("read").expect("there");
        let error = store.save_draft(&edit(&draft, "Two."), 1, at(1)).expect_err("it is only read");
        assert_eq!((error.code, error.message), (Code::ReadOnly, because));
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_read() {
        if let Some(path) = std::env::var_os(DESK) {
            for access in [Access::Window, Access::Visit, Access::Read] {
                let store = open(path.as_ref(), access);
                assert!(store.get_draft("harbour").expect("read").is_some());
                assert!(store.read_only_because().is_some(), "{access:?}");
            }
            assert_only_read(path.as_ref(), Access::Visit);
            return assert_only_read(path.as_ref(), Access::Window);
        }
        let folder = folder();
        let path = desk(&folder, 0o555, 0o666);
        let before = fs::read(&path).expect("read");
        run_again("opening::without_rights::a_folder_that_cannot_be_written_is_read", &path, folder.path());
        assert_eq!(fs::read(&path).expect("read"), before);
        set_mode(path.parent().expect("a folder"), 0o755);
    }

    #[test]
    fn a_file_that_cannot_be_written_is_read() {
        if let Some(path) = std::env::var_os(DESK) {
            assert_only_read(path.as_ref(), Access::Visit);
            return assert_only_read(path.as_ref(), Access::Window);
        }
        let folder = folder();
        let path = desk(&folder, 0o777, 0o444);
        let before = fs::read(&path).expect("read");
        run_again("opening::without_rights::a_file_that_cannot_be_written_is_read", &path, folder.path());
        assert_eq!(fs::read(&path).expect("read"), before);
    }

    #[test]
    fn a_window_that_could_only_read_goes_on_by_itself_once_it_can_write() {
        if let Some(path) = std::env::var_os(DESK) {
            let path = Path::new(&path);
            let mut keeper = Keeper::open(path, at(1), None);
            keeper.announce("the window");
            let mut ask = |name: &str, args: Value| keeper.begin(at(2), name, args).finish();
            let draft = ask("open_draft", json!({ "id": 1 })).expect("read");
            let edit = json!({ "edit": {
                "id": 1, "slug": "harbour", "targetWords": null, "hed": "", "dek": "", "byline": "", "dateline": "",
                "body": "Typed meanwhile.", "version": draft["version"],
            } });
            let why = ask("desk", json!({})).expect("read")["readOnlyBecause"].as_str().expect("why").to_owned();
            assert!(why.ends_with("once it can be written it goes on by itself."), "{why}");
            assert_eq!(ask("save_draft", edit.clone()).expect_err("it is only read").code, "readOnly");
            set_mode(path, 0o600);
            ask("save_draft", edit).expect("saved");
            assert_eq!(ask("desk", json!({})).expect("read")["readOnlyBecause"], Value::Null);
            assert_eq!(Store::holder(path).as_deref().map(str::trim), Some("the window"), "a second start finds it");
            let kept = open(path, Access::Read).get_draft("harbour").expect("read").expect("there");
            return assert_eq!(kept.copy.body, "Typed meanwhile.");
        }
        let folder = folder();
        let path = desk(&folder, 0o777, 0o400);
        if is_root(folder.path()) {
            for entry in fs::read_dir(folder.path().join("inner")).expect("a folder") {
                chown(entry.expect("read").path(), Some(NOBODY), None).expect("given away");
            }
        }
        let name = "opening::without_rights::a_window_that_could_only_read_goes_on_by_itself_once_it_can_write";
        run_again(name, &path, folder.path());
    }

    #[test]
    fn a_file_that_cannot_be_read_is_refused() {
        if let Some(path) = std::env::var_os(DESK) {
            let (code, message) = refusal(path.as_ref(), Access::Window);
            assert_eq!(code, Code::Io);
            return assert!(message.contains("desk.stet could not be read"), "{message}");
        }
        let folder = folder();
        let path = desk(&folder, 0o777, 0o000);
        run_again("opening::without_rights::a_file_that_cannot_be_read_is_refused", &path, folder.path());
    }
}
