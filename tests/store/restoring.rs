//! Backups by themselves, and the way back from one.

use super::disk::{Coming, Disk, Fault};
use super::{at, copy, edit, harm, new_draft, note};
use std::fs;
use std::path::{Path, PathBuf};
use stet::error::Code;
use stet::revision::Cause;
use stet::store::{Access, Difference, Keeping, Passphrase, Store, list_beside, restore_desk};
use tempfile::TempDir;

fn new_desk(folder: &TempDir) -> (PathBuf, Store) {
    let path = folder.path().canonicalize().expect("a folder").join("desk.stet");
    let store = Store::open(&path, Access::Window).expect("a desk");
    (path, store)
}

fn body(path: &Path) -> String {
    let store = Store::open(path, Access::Read).expect("a desk");
    store.get_draft("harbour").expect("read").expect("there").copy.body
}

#[test]
fn a_backup_is_made_beside_a_desk_that_is_being_written() {
    let folder = TempDir::new().expect("a folder");
    let (path, mut store) = new_desk(&folder);
    let draft = new_draft(&mut store, "harbour", "One.");
    store.save_draft(&edit(&draft, "Two."), 1, at(1)).expect("saved");
    let backer = store.backer(None);
    // Neither waits for the other: a save is half done while the backup is made.
    let made = store.all_or_none(|store| {
        store.save_draft(&edit(&draft, "Three."), 2, at(2)).expect("saved");
        backer.make(&Keeping::default(), at(3))
    });
    let backup = made.expect("made").backup;
    assert_eq!(body(&backup.path), "Two.", "what was acknowledged is in it, typed or written whole");
    assert_eq!(body(&path), "Three.");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        for (path, mode) in [(backup.path.as_path(), 0o600), (backup.path.parent().expect("a folder"), 0o700)] {
            assert_eq!(path.metadata().expect("there").permissions().mode() & 0o777, mode, "{}", path.display());
        }
    }
    assert!(store.is_own_file(&backup.path), "no export goes over a backup");
}

#[test]
fn an_hour_without_a_change_makes_no_backup_locked_or_not() {
    for passphrase in [None, Some(Passphrase::new("five grey gulls at noon"))] {
        let folder = TempDir::new().expect("a folder");
        let (_, mut store) = new_desk(&folder);
        let draft = new_draft(&mut store, "harbour", "One.");
        if passphrase.is_some() {
            store.set_passphrase(passphrase.as_ref()).expect("set");
        }
        let backer = store.backer(None);
        let made = [0, 60].map(|minute| backer.make(&Keeping::default(), at(minute)).expect("made"));
        assert_eq!((made[0].is_new, made[1].is_new), (true, false));
        assert_eq!(made[0].backup, made[1].backup);
        store.save_draft(&edit(&draft, "Two."), 1, at(61)).expect("saved");
        assert!(backer.make(&Keeping::default(), at(120)).expect("made").is_new);
        assert_eq!(backer.list().expect("a list").len(), 2);
    }
}

#[test]
fn a_damaged_desk_takes_no_good_backup_away() {
    let folder = TempDir::new().expect("a folder");
    let (path, mut store) = new_desk(&folder);
    new_draft(&mut store, "harbour", "One.");
    let keeping = Keeping { n_hours: 1, n_days: 1, n_weeks: 1, ..Keeping::default() };
    let backer = store.backer(None);
    let good = backer.make(&keeping, at(0)).expect("made").backup;
    drop(store);
    harm(&path, "UPDATE revisions SET cause = 'named'");
    assert_eq!(backer.make(&keeping, at(60)).expect_err("it is not whole").code, Code::Corrupt);
    assert_eq!(backer.list().expect("a list"), [good]);
    let left: Vec<_> = fs::read_dir(path.with_extension("stet.backups")).expect("a folder").flatten().collect();
    assert_eq!(left.len(), 2, "the backup and its lock, no half one: {left:?}");
}

#[test]
fn a_copy_the_disk_did_not_write_whole_is_refused_and_the_older_backups_stay() {
    let folder = TempDir::new().expect("a folder");
    let (path, mut store) = new_desk(&folder);
    let draft = new_draft(&mut store, "harbour", &"The harbour waits. ".repeat(2_000));
    let keeping = Keeping { n_hours: 1, n_days: 1, n_weeks: 1, ..Keeping::default() };
    let backer = store.backer(None);
    let mut good = backer.make(&keeping, at(0)).expect("made").backup;
    let disk = Disk::watch(good.path.parent().expect("a folder"));
    let (mut n_refused, mut version) = (0, 1);
    for n_before in 0..60 {
        let body = format!("{n_before}. {}", "The harbour waits. ".repeat(2_000));
        version = store.save_draft(&edit(&draft, &body), version, at(n_before)).expect("saved").version;
        // The disk says that all is well, and half a write is missing.
        disk.strike(Coming { fault: Fault::Silent, n_before: n_before as usize, is_lasting: false });
        let made = backer.make(&keeping, at(60 + n_before * 60));
        if disk.mend() == 0 {
            break;
        }
        match made {
            Ok(made) => {
                good = made.backup;
                // What was not written whole was written again, or is kept by nobody.
                assert_eq!(super::damage(&Store::open(&good.path, Access::Read).expect("a desk")), "");
                assert_eq!(self::body(&good.path), body);
            }
            Err(error) => {
                n_refused += 1;
                assert!(matches!(error.code, Code::Corrupt | Code::Io), "{error}");
                assert_eq!(backer.list().expect("a list"), [good.clone()], "the older one stays");
                let left = fs::read_dir(path.with_extension("stet.backups")).expect("a folder").count();
                assert_eq!(left, 2, "it and the lock, no half one");
            }
        }
    }
    assert!(n_refused > 5, "most of what a copy is made of is kept text: {n_refused}");
}

#[test]
fn a_copy_made_by_hand_is_whole_or_there_is_none() {
    let folder = TempDir::new().expect("a folder");
    let (_path, mut store) = new_desk(&folder);
    let body = "The harbour waits. ".repeat(2_000);
    new_draft(&mut store, "harbour", &body);
    let disk = Disk::watch(folder.path());
    let mut n_refused = 0;
    for n_before in 0..60 {
        let to = folder.path().join(format!("copy-{n_before}.stet"));
        // The disk says that all is well, and half a write is missing.
        disk.strike(Coming { fault: Fault::Silent, n_before, is_lasting: false });
        let copied = store.backup(&to);
        if disk.mend() == 0 {
            break;
        }
        match copied {
            Ok(_) => {
                assert_eq!(super::damage(&Store::open(&to, Access::Read).expect("a desk")), "");
                assert_eq!(self::body(&to), body);
            }
            Err(error) => {
                n_refused += 1;
                assert!(matches!(error.code, Code::Corrupt | Code::Io), "{error}");
                assert!(!to.exists(), "no half one is left");
            }
        }
    }
    assert!(n_refused > 5, "most of what a copy is made of is kept text: {n_refused}");
}

#[test]
fn a_backup_cut_off_leaves_nothing_that_looks_like_one() {
    let folder = TempDir::new().expect("a folder");
    let (path, mut store) = new_desk(&folder);
    new_draft(&mut store, "harbour", "One.");
    let own = path.with_extension("stet.backups");
    fs::create_dir(&own).expect("made");
    let remains = own.join("2026-11-20T080000Z.sqlite.77-0.part");
    fs::write(&remains, "half a desk").expect("written");
    let backer = store.backer(None);
    assert_eq!(backer.list().expect("a list"), []);
    backer.make(&Keeping::default(), at(0)).expect("made");
    assert!(!remains.exists(), "the next one clears it away");
}

#[test]
fn a_second_place_gets_each_and_one_that_is_missing_stops_nothing() {
    let folder = TempDir::new().expect("a folder");
    let (path, mut store) = new_desk(&folder);
    let draft = new_draft(&mut store, "harbour", "One.");
    let second = folder.path().join("other disk");
    let backer = store.backer(Some(second.clone()));
    let made = backer.make(&Keeping::default(), at(0)).expect("the one beside the desk is made");
    assert!(made.missed.expect("told").contains("is its disk connected"));
    assert!(!second.exists(), "no folder takes the place of a disk that is not there");
    fs::create_dir(&second).expect("made");
    let made = backer.make(&Keeping::default(), at(60)).expect("made");
    assert_eq!((made.is_new, made.missed), (false, None), "it goes on by itself, without a change on the desk");
    store.save_draft(&edit(&draft, "Two."), 1, at(61)).expect("saved");
    backer.make(&Keeping::default(), at(120)).expect("made");
    fs::remove_dir_all(path.with_extension("stet.backups")).expect("lost");
    let backups = backer.list().expect("a list");
    assert_eq!(backups.iter().map(|backup| body(&backup.path)).collect::<Vec<_>>(), ["Two.", "One."]);
}

#[test]
fn a_backup_says_what_it_would_change() {
    let folder = TempDir::new().expect("a folder");
    let (_, mut store) = new_desk(&folder);
    let draft = new_draft(&mut store, "harbour", "One.");
    new_draft(&mut store, "bridge", "Same.");
    let backup = store.backer(None).make(&Keeping::default(), at(0)).expect("made").backup;
    let there = Store::open(&backup.path, Access::Read).expect("a desk");
    assert!(Difference::between(&store, &there).expect("told").is_none());
    store.save_draft(&edit(&draft, "One and two."), 1, at(1)).expect("saved");
    store.new_draft("new", None, &copy("New."), Cause::Created, at(2)).expect("made");
    store.add_note(&note("Ines Eze", "We may sell."), None, at(3)).expect("kept");
    let difference = Difference::between(&store, &there).expect("told");
    assert_eq!(difference.here_alone, ["new"]);
    assert_eq!(difference.changed, [("harbour".to_owned(), 3, 1)]);
    assert_eq!((difference.n_notes, difference.n_notes_changed), ((1, 0), 1));
    let back = Difference::between(&there, &store).expect("told");
    assert_eq!(back.there_alone, ["new"]);
}

#[test]
fn the_desk_that_was_is_kept_whole_when_a_backup_takes_its_place() {
    let folder = TempDir::new().expect("a folder");
    let (path, mut store) = new_desk(&folder);
    let draft = new_draft(&mut store, "harbour", "One.");
    let backup = store.backer(None).make(&Keeping::default(), at(0)).expect("made").backup;
    store.save_draft(&edit(&draft, "Two."), 1, at(1)).expect("saved");
    let error = restore_desk(&path, &backup.path, None, at(2)).expect_err("a window has it open");
    assert_eq!(error.code, Code::Busy);
    drop(store);
    let kept = restore_desk(&path, &backup.path, None, at(2)).expect("restored").expect("there was a desk");
    assert_eq!((body(&path).as_str(), body(&kept).as_str()), ("One.", "Two."));
    let mut store = Store::open(&path, Access::Window).expect("it can be worked on");
    assert_eq!(store.verify().expect("read"), []);
    store.save_draft(&edit(&draft, "Three."), 1, at(3)).expect("saved");
    assert_eq!(body(&backup.path), "One.", "the backup stays what it is");
}

#[test]
fn a_desk_that_cannot_be_opened_comes_back_from_its_backup() {
    let folder = TempDir::new().expect("a folder");
    let (path, mut store) = new_desk(&folder);
    new_draft(&mut store, "harbour", "One.");
    let backup = store.backer(None).make(&Keeping::default(), at(0)).expect("made").backup;
    drop(store);
    fs::write(&path, "no desk at all").expect("written over");
    // The log of a desk that was not closed must not be read into the one that comes.
    let log = path.with_extension("stet-wal");
    fs::write(&log, "a log").expect("written");
    let kept = restore_desk(&path, &backup.path, None, at(1)).expect("restored").expect("a file was there");
    assert_eq!(fs::read(&kept).expect("read"), b"no desk at all");
    assert!(!log.exists());
    assert_eq!(body(&path), "One.");
}

#[test]
fn what_is_no_whole_backup_never_takes_the_place_of_a_desk() {
    let folder = TempDir::new().expect("a folder");
    let (path, mut store) = new_desk(&folder);
    new_draft(&mut store, "harbour", "One.");
    let backup = store.backer(None).make(&Keeping::default(), at(0)).expect("made").backup;
    drop(store);
    harm(&backup.path, "UPDATE revisions SET cause = 'named'");
    let none = folder.path().join("none");
    let text = folder.path().join("text");
    fs::write(&text, "no desk").expect("written");
    for (from, code) in [(&backup.path, Code::Corrupt), (&none, Code::NotFound), (&path, Code::BadInput)] {
        assert_eq!(restore_desk(&path, from, None, at(1)).expect_err("refused").code, code, "{}", from.display());
    }
    assert!(restore_desk(&path, &text, None, at(1)).is_err());
    assert_eq!(body(&path), "One.");
    let names = fs::read_dir(folder.path()).expect("a folder").flatten().map(|entry| entry.file_name());
    let odd: Vec<_> = names.filter(|name| name.to_string_lossy().contains("before")).collect();
    assert!(odd.is_empty(), "a refusal changes nothing: {odd:?}");
}

#[test]
fn the_backups_of_a_locked_desk_are_locked_and_come_back_by_its_passphrase() {
    let folder = TempDir::new().expect("a folder");
    let (path, mut store) = new_desk(&folder);
    let passphrase = Passphrase::new("five grey gulls at noon");
    store.set_passphrase(Some(&passphrase)).expect("locked");
    let draft = new_draft(&mut store, "harbour", "Quavolirex.");
    let backup = store.backer(None).make(&Keeping::default(), at(0)).expect("made").backup;
    let bytes = fs::read(&backup.path).expect("read");
    assert!(!bytes.windows(10).any(|window| window == b"Quavolirex"), "no word of it can be read");
    store.save_draft(&edit(&draft, "Two."), 1, at(1)).expect("saved");
    let there = store.open_backup(&backup).expect("its desk has the key");
    assert_eq!(Difference::between(&store, &there).expect("told").changed, [("harbour".to_owned(), 1, 1)]);
    drop((store, there));
    let wrong = Passphrase::new("a heron before breakfast");
    for (passphrase, code) in [(None, Code::Locked), (Some(&wrong), Code::WrongPassphrase)] {
        assert_eq!(restore_desk(&path, &backup.path, passphrase, at(2)).expect_err("refused").code, code);
    }
    let kept = restore_desk(&path, &backup.path, Some(&passphrase), at(2)).expect("restored").expect("it was there");
    let body = |path: &Path| {
        let store = Store::unlock(path, Access::Read, &passphrase).expect("a desk");
        store.get_draft("harbour").expect("read").expect("there").copy.body
    };
    assert_eq!((body(&path).as_str(), body(&kept).as_str()), ("Quavolirex.", "Two."));
}

#[test]
fn an_open_desk_goes_on_as_its_backup_and_back_again() {
    let folder = TempDir::new().expect("a folder");
    let (path, mut store) = new_desk(&folder);
    let draft = new_draft(&mut store, "harbour", "One.");
    let backup = store.backer(None).make(&Keeping::default(), at(0)).expect("made").backup;
    store.save_draft(&edit(&draft, "Two."), 1, at(1)).expect("saved");
    let kept = store.restore(&backup.path, at(2)).expect("restored");
    assert_eq!((body(&path).as_str(), body(&kept).as_str()), ("One.", "Two."));
    let busy = Store::open(&path, Access::Window).err().expect("the window holds it all the while");
    assert_eq!(busy.code, Code::Busy);
    let draft = store.get_draft("harbour").expect("read").expect("there");
    store.save_draft(&edit(&draft, "Three."), draft.version, at(3)).expect("saved");
    let set_aside = list_beside(&path, "before");
    assert_eq!(set_aside.iter().map(|one| &one.path).collect::<Vec<_>>(), [&kept], "its log is no desk");
    store.restore(&kept, at(4)).expect("restored");
    assert_eq!(body(&path), "Two.");
    assert_eq!(store.verify().expect("read"), []);
    assert_eq!(list_beside(&path, "before").len(), 2, "what stood between is kept too");
}

#[test]
fn a_backup_that_cannot_take_the_place_of_an_open_desk_changes_nothing() {
    let folder = TempDir::new().expect("a folder");
    let (path, mut store) = new_desk(&folder);
    let draft = new_draft(&mut store, "harbour", "One.");
    let make = |store: &Store, minute| store.backer(None).make(&Keeping::default(), at(minute)).expect("made").backup;
    let open_to_all = make(&store, 0);
    store.set_passphrase(Some(&Passphrase::new("five grey gulls at noon"))).expect("locked");
    let other_words = make(&store, 60);
    store.set_passphrase(Some(&Passphrase::new("a heron before breakfast"))).expect("locked again");
    let broken = make(&store, 120);
    let mut bytes = fs::read(&broken.path).expect("read");
    bytes[9_000] ^= 1;
    fs::write(&broken.path, bytes).expect("written");
    for (backup, code) in
        [(&open_to_all, Code::BadInput), (&other_words, Code::WrongPassphrase), (&broken, Code::Corrupt)]
    {
        assert_eq!(store.restore(&backup.path, at(130)).expect_err("refused").code, code);
    }
    store.save_draft(&edit(&draft, "Two."), 1, at(140)).expect("it goes on");
    assert_eq!(list_beside(&path, "before"), []);
}
