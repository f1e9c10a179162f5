//! A desk with a passphrase: no word of it on the disk, whatever happens, and nothing lost.

use super::disk::{ASIDE, Coming, Disk, Fault};
use super::{at, damage, edit, new_draft, note};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use stet::error::Code;
use stet::revision::Cause;
use stet::store::{Access, Locked, Passphrase, Store, salvage};
use tempfile::TempDir;

/// Nothing else on any disk says these.
const PLANTED: [&str; 7] = ["quagwort", "zibbelfen", "morxander", "plinthovar", "uxbreel", "dravintok", "yolmquist"];

fn passphrase() -> Passphrase {
    Passphrase::new("five grey gulls at noon")
}

/// A desk with planted words wherever it keeps any.
fn fill(store: &mut Store) {
    let draft = new_draft(store, PLANTED[0], &format!("The {} waits. ", PLANTED[1]).repeat(300));
    store.add_revision(draft.id, Cause::Named, Some(PLANTED[2]), at(1)).expect("kept");
    store.save_draft(&edit(&draft, &format!("Typed: {}", PLANTED[3])), 1, at(2)).expect("saved");
    store.add_note(&note(PLANTED[4], &format!("We sell the {}.", PLANTED[5])), Some(draft.id), at(3)).expect("kept");
    store.set_setting("editor", PLANTED[6]).expect("set");
}

/// The planted words that stand in any file of a folder, by file and word.
fn found_in(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let bytes = fs::read(&path).expect("it can be read");
        let has = |word: &str| bytes.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes()));
        found.extend(PLANTED.iter().filter(|word| has(word)).map(|word| format!("{}: {word}", path.display())));
    }
    found
}

/// A closed desk with planted words and a passphrase, alone in a folder.
fn locked_desk() -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("desk.stet");
    let mut store = Store::open(&path, Access::Window).expect("a desk");
    fill(&mut store);
    store.set_passphrase(Some(&passphrase())).expect("set");
    drop(store);
    (folder, path)
}

#[test]
fn no_word_of_a_locked_desk_stands_in_any_file() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("desk.stet");
    let mut store = Store::open(&path, Access::Window).expect("a desk");
    fill(&mut store);
    store.backup(&folder.path().join("before")).expect("copied");
    let plain = found_in(folder.path());
    assert!(PLANTED.iter().all(|word| plain.iter().any(|line| line.ends_with(word))), "they are found: {plain:?}");
    fs::remove_file(folder.path().join("before")).expect("gone");

    store.set_passphrase(Some(&passphrase())).expect("set");
    assert_eq!(found_in(folder.path()), [""; 0], "as soon as it is set");
    let draft = store.get_draft(PLANTED[0]).expect("read").expect("there");
    let later = format!("Typed later: {} and {}", PLANTED[5], PLANTED[3]);
    store.save_draft(&edit(&draft, &later), draft.version, at(9)).expect("saved");
    store.add_revision(draft.id, Cause::Named, Some("kept"), at(10)).expect("kept");
    assert_eq!(found_in(folder.path()), [""; 0], "while it is open, its log too");
    assert!(fs::metadata(folder.path().join("desk.stet-wal")).expect("there").len() > 0, "there is a log to look at");
    store.backup(&folder.path().join("copy")).expect("copied");
    assert_eq!(damage(&store), "", "all that is looked at is whole");
    drop(store);
    assert_eq!(found_in(folder.path()), [""; 0], "when it was closed, its copy too");

    let copy = Store::unlock(&folder.path().join("copy"), Access::Read, &passphrase()).expect("the copy opens alone");
    assert_eq!(copy.get_draft(PLANTED[0]).expect("read").expect("there").copy.body, later);
    assert_eq!(damage(&copy), "");
    let store = Store::unlock(&path, Access::Window, &passphrase()).expect("it opens");
    assert_eq!(store.setting("editor").expect("read").as_deref(), Some(PLANTED[6]));
    assert!(!store.search(PLANTED[5], 9).expect("searched").is_empty(), "search works as before");
}

#[test]
fn a_wrong_passphrase_and_a_damaged_file_are_told_apart() {
    let (folder, path) = locked_desk();
    let code = |path: &Path, words: &str| {
        Store::unlock(path, Access::Visit, &Passphrase::new(words)).err().map(|error| error.code)
    };
    let right = "five grey gulls at noon";
    assert_eq!(Store::open(&path, Access::Visit).err().expect("refused").code, Code::Locked);
    assert_eq!(code(&path, "five grey gulls at nine"), Some(Code::WrongPassphrase));
    assert_eq!(code(&path, right), None);
    let whole = fs::read(&path).expect("read");
    let harmed = folder.path().join("harmed.stet");
    let mut bytes = whole.clone();
    bytes[600] ^= 1;
    fs::write(&harmed, &bytes).expect("written");
    assert_eq!(code(&harmed, right), Some(Code::Corrupt), "its first page is damaged");
    assert_eq!(code(&harmed, "five grey gulls at nine"), Some(Code::WrongPassphrase), "told before anything is read");
    assert!(fs::read(&harmed).expect("read") == bytes, "and nothing was changed");
    let mut n_untold = 0;
    for page in (1..whole.len() / 4096).step_by(3) {
        let mut bytes = whole.clone();
        bytes[page * 4096 + 77] ^= 1;
        fs::write(&harmed, bytes).expect("written");
        let opened = Store::unlock(&harmed, Access::Read, &passphrase());
        let is_told = match opened.and_then(|store| store.verify()) {
            Ok(damage) => !damage.is_empty(),
            Err(error) => error.code == Code::Corrupt,
        };
        n_untold += u32::from(!is_told);
    }
    assert!(n_untold <= 1, "one bit of any page that holds something is told: {n_untold}");
}

#[test]
fn what_is_whole_of_a_damaged_locked_desk_is_salvaged_and_stays_locked() {
    let (folder, path) = locked_desk();
    let mut store = Store::unlock(&path, Access::Window, &passphrase()).expect("it opens");
    for n in 1..=30 {
        new_draft(&mut store, &format!("piece {n}"), &format!("Words of piece {n}. ").repeat(400));
    }
    drop(store);
    let mut bytes = fs::read(&path).expect("read");
    for page in [bytes.len() / 4096 / 2, bytes.len() / 4096 * 2 / 3] {
        bytes[page * 4096 + 77] ^= 1;
    }
    fs::write(&path, &bytes).expect("written");
    let new = folder.path().join("new.stet");
    assert_eq!(salvage(&path, &new, None).expect_err("it is locked").code, Code::Locked);
    let salvaged = salvage(&path, &new, Some(&passphrase())).expect("salvaged");
    assert!(salvaged.n_drafts >= 29, "two pages take at most two pieces: {salvaged:?}");
    assert!(salvaged.n_lost > 0 || !salvaged.warnings.is_empty(), "what was lost is told");
    let store = Store::unlock(&new, Access::Read, &passphrase()).expect("the same passphrase opens it");
    assert_eq!(damage(&store), "");
    drop(store);
    assert_eq!(found_in(folder.path()), [""; 0], "nothing stands open, and no copy was left");
    assert_eq!(
        fs::read_dir(folder.path())
            .expect("a folder")
            .filter(|entry| {
                entry.as_ref().is_ok_and(|entry| entry.path().extension().is_some_and(|end| end == "salvage"))
            })
            .count(),
        0
    );
}

#[test]
fn a_passphrase_is_changed_and_taken_off() {
    let (folder, path) = locked_desk();
    let mut store = Store::unlock(&path, Access::Visit, &passphrase()).expect("it opens");
    let other = Passphrase::new("a heron before breakfast");
    store.set_passphrase(Some(&other)).expect("changed");
    drop(store);
    let error = Store::unlock(&path, Access::Visit, &passphrase()).err().expect("the old one opens nothing");
    assert_eq!(error.code, Code::WrongPassphrase);
    assert_eq!(found_in(folder.path()), [""; 0]);
    let mut store = Store::unlock(&path, Access::Visit, &other).expect("the new one does");
    assert_eq!(store.set_passphrase(Some(&Passphrase::new("short"))).expect_err("refused").code, Code::BadInput);
    assert!(store.is_passphrase(&other) && !store.is_passphrase(&passphrase()), "and nothing was changed");
    store.set_passphrase(None).expect("taken off");
    assert!(!store.has_passphrase());
    drop(store);
    let store = Store::open(&path, Access::Window).expect("it opens as any desk");
    assert_eq!(store.setting("editor").expect("read").as_deref(), Some(PLANTED[6]));
    assert_eq!(damage(&store), "");
}

/// The files to which planted words were written, but those of this name.
fn written_plain(disk: &Disk, but: &str) -> Vec<String> {
    let has = |bytes: &[u8], word: &str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
    let written = disk.written().into_iter().filter(|(path, _)| path.file_name().is_none_or(|name| name != but));
    let plain = written.filter(|(_, bytes)| PLANTED.iter().any(|word| has(bytes, word)));
    plain.map(|(path, _)| path.display().to_string()).collect()
}

#[test]
fn no_word_is_written_plain_at_any_moment_while_a_passphrase_is_set_or_changed() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("desk.stet");
    let disk = Disk::watch(folder.path());
    disk.record();
    let mut store = Store::open(&path, Access::Window).expect("a desk");
    fill(&mut store);
    assert!(!written_plain(&disk, "").is_empty(), "words that are written plain are seen");
    // What still waits in the log of the plain desk goes into its own file, which is plain; into no other.
    disk.forget();
    store.set_passphrase(Some(&passphrase())).expect("set");
    assert_eq!(written_plain(&disk, "desk.stet"), [""; 0], "beside the plain desk itself, while it is locked");
    assert!(disk.written().len() > 10, "the locked desk was written");
    disk.forget();
    let draft = store.get_draft(PLANTED[0]).expect("read").expect("there");
    store.save_draft(&edit(&draft, &format!("Typed: {}", PLANTED[5])), draft.version, at(9)).expect("saved");
    store.set_passphrase(Some(&Passphrase::new("a heron before breakfast"))).expect("changed");
    let draft = store.get_draft(PLANTED[0]).expect("read").expect("there");
    store.save_draft(&edit(&draft, &format!("Typed: {}", PLANTED[3])), draft.version, at(10)).expect("saved");
    drop(store);
    assert_eq!(written_plain(&disk, ""), [""; 0], "from one passphrase to another, to no file at all");
    assert!(disk.written().len() > 20, "it was written anew");
    assert!(disk.written().iter().all(|(path, _)| path.as_os_str() != ASIDE), "nothing was put aside in a file");
}

#[test]
fn a_log_that_was_not_removed_is_never_read_into_the_desk_that_is_written_anew() {
    for n_before in 0..3 {
        let folder = TempDir::new().expect("a folder");
        let path = folder.path().join("desk.stet");
        let disk = Disk::watch(folder.path());
        let mut store = Store::open(&path, Access::Window).expect("a desk");
        fill(&mut store);
        // SQLite takes no notice when it cannot delete its log.
        disk.strike(Coming { fault: Fault::Delete, n_before, is_lasting: true });
        let set = store.set_passphrase(Some(&passphrase()));
        assert!(disk.mend() > 0 || n_before > 0, "it deletes something");
        drop(store);
        let opened = match set {
            Ok(()) => Store::unlock(&path, Access::Window, &passphrase()),
            Err(_) => Store::open(&path, Access::Window),
        };
        let store = opened.unwrap_or_else(|error| panic!("{n_before}: {error} {:?}", error.source));
        assert_eq!(damage(&store), "", "{n_before}");
        assert_eq!(store.setting("editor").expect("read").as_deref(), Some(PLANTED[6]));
    }
}

#[test]
fn no_other_program_has_a_desk_open_while_its_passphrase_is_set() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("desk.stet");
    let mut window = Store::open(&path, Access::Window).expect("a desk");
    fill(&mut window);
    let mut visit = Store::open(&path, Access::Visit).expect("a visit");
    assert_eq!(visit.set_passphrase(Some(&passphrase())).expect_err("refused").code, Code::Busy, "a window has it");
    assert_eq!(window.set_passphrase(Some(&passphrase())).expect_err("refused").code, Code::Busy, "a visit has it");
    let draft = window.get_draft(PLANTED[0]).expect("read").expect("there");
    let saved = window.save_draft(&edit(&draft, "As before."), draft.version, at(5)).expect("it goes on as before");
    assert_eq!(visit.open_draft(draft.id).expect("read").version, saved.version, "for the visit too");
    drop(visit);
    window.set_passphrase(Some(&passphrase())).expect("now it is alone");
    assert_eq!(window.open_draft(draft.id).expect("read").copy.body, "As before.");
    let visit = Store::unlock(&path, Access::Visit, &passphrase()).expect("a visit beside the window, as ever");
    assert_eq!(visit.open_draft(draft.id).expect("read").version, saved.version);
}

#[test]
fn a_locked_window_holds_its_desk_and_nobody_else_opens_it() {
    let (_folder, path) = locked_desk();
    let mut locked = Locked::hold(&path).expect("held");
    locked.announce("here").expect("said");
    let busy = |locked: &str| {
        assert_eq!(Store::unlock(&path, Access::Window, &passphrase()).err().expect(locked).code, Code::Busy);
        assert_eq!(Store::holder(&path).as_deref(), Some("here"), "a second start finds the window");
    };
    busy("held from the start");
    assert_eq!(locked.unlock(&Passphrase::new("wrong altogether")).err().expect("refused").code, Code::WrongPassphrase);
    busy("held after a wrong passphrase");
    let store = locked.unlock(&passphrase()).expect("unlocked");
    busy("open");
    let mut locked = store.lock();
    busy("locked again");
    drop(locked.unlock(&passphrase()).expect("unlocked"));
    assert!(Store::holder(&path).is_none());
}

const DESK: &str = "STET_TEST_DESK_TO_BE_LOCKED";

const NUMBER: &str = "STET_TEST_PASSPHRASE_NOW";

/// Every third time the desk has none.
fn nth(n: u32) -> Option<Passphrase> {
    (!n.is_multiple_of(3)).then(|| Passphrase::new(&format!("passphrase number {n}")))
}

fn open_nth(path: &Path, n: u32) -> Option<Store> {
    match nth(n) {
        Some(passphrase) => Store::unlock(path, Access::Window, &passphrase).ok().filter(Store::has_passphrase),
        None => Store::open(path, Access::Window).ok(),
    }
}

/// Sets, changes and takes off until it is killed; says each that was done.
fn lock_without_end(path: &Path, n: u32) {
    let mut store = open_nth(path, n).expect("opens");
    for n in n + 1.. {
        println!("setting {n}");
        store.set_passphrase(nth(n).as_ref()).expect("set");
    }
}

#[test]
fn a_kill_while_a_passphrase_is_set_leaves_the_old_one_or_the_new_one() {
    if let Some(path) = std::env::var_os(DESK) {
        let n = std::env::var(NUMBER).expect("said too").parse().expect("a number");
        return lock_without_end(path.as_ref(), n);
    }
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("desk.stet");
    let mut store = Store::open(&path, Access::Window).expect("a desk");
    fill(&mut store);
    for n in 0..20 {
        new_draft(&mut store, &format!("piece {n}"), &"Words that take their room. ".repeat(2_000));
    }
    drop(store);
    let mut n_now = 0;
    // Milliseconds after the work began: in the derivation, in the copying, in the checking, behind it.
    for pause_ms in [1, 150, 200, 250, 300, 360] {
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args([
                "--exact",
                "locking::a_kill_while_a_passphrase_is_set_leaves_the_old_one_or_the_new_one",
                "--nocapture",
            ])
            .env(DESK, &path)
            .env(NUMBER, n_now.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it runs");
        let lines = BufReader::new(child.stdout.take().expect("its words")).lines();
        let said = |line: std::io::Result<String>| line.ok()?.split("setting ").nth(1)?.parse::<u32>().ok();
        let mut n_last = None;
        for n in lines.filter_map(said) {
            n_last = Some(n);
            if n >= n_now + 2 {
                std::thread::sleep(std::time::Duration::from_millis(pause_ms));
                child.kill().expect("killed");
            }
        }
        child.wait().expect("it ended");
        let n_last = n_last.expect("it began");
        let (n, store) = [n_last, n_last - 1]
            .into_iter()
            .find_map(|n| open_nth(&path, n).map(|store| (n, store)))
            .expect("the old one opens it, or the new one");
        assert_eq!(damage(&store), "");
        assert_eq!(store.setting("editor").expect("read").as_deref(), Some(PLANTED[6]));
        if store.has_passphrase() {
            assert_eq!(found_in(folder.path()), [""; 0], "what the kill left says nothing");
        }
        n_now = n;
    }
}
