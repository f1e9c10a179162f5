//! A desk under torture: windows killed at random moments, and files with bits and pages gone wrong.
//!
//! A short run is a test; `make torture` runs the whole of it and prints the table. TORTURE_SEED says which dice.

mod prose;

use chrono::{DateTime, TimeDelta, Utc};
use prose::Dice;
use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use stet::desk::{Access, Desk};
use stet::draft::{Copy, DraftId};
use stet::revision::Cause;
use stet::store::{DraftEdit, Store, salvage};
use tempfile::TempDir;

/// Set for a child: the desk it is to write to.
const DESK: &str = "STET_TORTURE_DESK";

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|said| said.parse().ok()).unwrap_or(otherwise)
}

fn at(second: i64) -> DateTime<Utc> {
    "2026-11-20T09:00:00Z".parse::<DateTime<Utc>>().expect("a time") + TimeDelta::seconds(second)
}

fn words_of(version: i64) -> String {
    format!("{} words of save {version}. ", "We will sell the harbour. ".repeat(version as usize % 40))
}

/// What the child does: it edits one piece after another and says what was saved once the desk has said so.
#[test]
fn edit_until_killed() {
    let Some(path) = std::env::var_os(DESK) else { return };
    let mut dice = Dice::new(number("TORTURE_SEED", 1));
    let path = Path::new(&path);
    let mut desk = Desk::open(path, Access::Window).expect("the lock died with its process");
    let ids: Vec<DraftId> = (1..=3).map(DraftId).collect();
    for second in 0.. {
        let id = ids[dice.below(3)];
        let draft = desk.open_draft(id, at(second * 7)).expect("it opens");
        let copy = Copy { body: words_of(draft.version + 1), ..draft.copy.clone() };
        let edit = DraftEdit { id, slug: draft.slug, target_words: None, copy };
        let saved = desk.save_draft(&edit, draft.version, at(second * 7)).expect("it is saved");
        println!("saved {} {}", id.0, saved.version);
        std::io::stdout().flush().expect("said");
        match dice.below(40) {
            0 => drop(desk.backup(&path.with_file_name(format!("copy {second}-{}", std::process::id())))),
            1 => {
                desk = {
                    drop(desk);
                    Desk::open(path, Access::Window).expect("it opens again")
                }
            }
            _ => (),
        }
    }
}

/// Kills a window so many times. Returns the saves acknowledged and the slowest opening.
fn kill(n_kills: u64, dice: &mut Dice) -> (usize, Duration) {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("desk.stet");
    let mut store = Store::open(&path, Access::Window).expect("a desk");
    for n in 1..=3 {
        store.new_draft(&format!("piece {n}"), None, &Copy::default(), Cause::Created, at(0)).expect("a piece");
    }
    drop(store);
    let (mut n_saved, mut slowest, mut last) = (0, Duration::ZERO, HashMap::<i64, i64>::new());
    for _ in 0..n_kills {
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args(["edit_until_killed", "--exact", "--nocapture"])
            .env(DESK, &path)
            .env("TORTURE_SEED", dice.below(1 << 20).to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it runs");
        let mut lines = BufReader::new(child.stdout.take().expect("its words")).lines();
        // After so many saves and so many microseconds, wherever it then is.
        let (mut n_left, pause) = (dice.below(25), Duration::from_micros(dice.below(4_000) as u64));
        let mut take = |line: String| {
            let Some(said) = line.split("saved ").nth(1) else { return };
            let mut numbers = said.split(' ').filter_map(|number| number.parse::<i64>().ok());
            if let (Some(id), Some(version)) = (numbers.next(), numbers.next()) {
                last.insert(id, version);
                n_saved += 1;
            }
        };
        while n_left > 0 {
            n_left -= 1;
            let Some(Ok(line)) = lines.next() else { break };
            take(line);
        }
        std::thread::sleep(pause);
        child.kill().expect("killed");
        lines.map_while(Result::ok).for_each(&mut take);
        child.wait().expect("it ended");
        let began = Instant::now();
        let desk = Desk::open(&path, Access::Window).expect("it opens");
        slowest = slowest.max(began.elapsed());
        assert_eq!(desk.store().verify().expect("read"), [], "whole after a kill");
        for (id, version) in &mut last {
            let draft = desk.store().open_draft(DraftId(*id)).expect("there");
            assert!(draft.version >= *version && draft.version <= *version + 1, "{} after {version}", draft.version);
            assert_eq!(draft.copy.body, words_of(draft.version), "an acknowledged save was lost");
            *version = draft.version;
        }
    }
    (n_saved, slowest)
}

/// What of a desk is kept text, in words: two desks that read alike have lost nothing.
fn kept(store: &Store) -> Option<Vec<String>> {
    let mut kept = Vec::new();
    for id in (1..=12).map(DraftId) {
        kept.push(format!("{:?}", store.open_draft(id).ok()?));
        kept.push(format!("{:?}", store.list_revisions(id).ok()?));
        kept.push(format!("{:?}", store.list_events(id).ok()?));
    }
    kept.push(format!("{:?}", store.list_notes().ok()?));
    Some(kept)
}

/// A closed desk with pieces, revisions and notes.
fn desk(path: &Path, dice: &mut Dice) {
    let mut store = Store::open(path, Access::Window).expect("a desk");
    for n in 1..=12 {
        let copy = Copy { body: prose::piece(200, dice), ..Copy::default() };
        let draft = store.new_draft(&format!("piece {n}"), None, &copy, Cause::Created, at(n)).expect("a piece");
        let copy = Copy { body: prose::piece(200, dice), ..Copy::default() };
        let edit = DraftEdit { id: draft.id, slug: draft.slug, target_words: None, copy };
        store.save_draft(&edit, 1, at(n)).expect("saved");
        store.add_revision(draft.id, Cause::Named, Some("kept"), at(n)).expect("kept");
    }
}

/// Harms a copy of a desk so many times. Returns how often it was found, told nothing of what reads as it was, missed.
fn harm(n_harms: u64, dice: &mut Dice, how: impl Fn(&mut [u8], &mut Dice)) -> (u64, u64, u64) {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("desk.stet");
    desk(&path, dice);
    let store = Store::open(&path, Access::Read).expect("a desk");
    let (good, ids) = (fs::read(&path).expect("read"), (1..=12).map(DraftId));
    let before = kept(&store).expect("it is whole");
    let revisions: Vec<_> = ids.flat_map(|id| store.list_revisions(id).expect("a list")).collect();
    let (mut n_found, mut n_harmless, mut n_missed) = (0, 0, 0);
    for _ in 0..n_harms {
        let mut bytes = good.clone();
        how(&mut bytes, dice);
        let harmed = folder.path().join("harmed.stet");
        fs::write(&harmed, &bytes).expect("written");
        let opened = Store::open(&harmed, Access::Read);
        let is_told = opened.as_ref().map_or(true, |store| store.verify().map_or(true, |told| !told.is_empty()));
        let is_as_it_was = opened.is_ok_and(|store| kept(&store).as_ref() == Some(&before));
        n_found += u64::from(is_told);
        n_harmless += u64::from(!is_told && is_as_it_was);
        n_missed += u64::from(!is_told && !is_as_it_was);
        let new = folder.path().join("new.stet");
        if let Ok(salvaged) = salvage(&harmed, &new, None) {
            let store = Store::open(&new, Access::Read).expect("a desk");
            let n_whole =
                revisions.iter().filter(|one| store.open_revision(one.id).is_ok_and(|got| got == **one)).count();
            let n_told = salvaged.n_lost + salvaged.warnings.len();
            assert!(n_whole == revisions.len() || n_told > 0, "{n_whole} revisions came, and nothing was said");
            drop(store);
            fs::remove_file(&new).expect("removed");
        }
    }
    (n_found, n_harmless, n_missed)
}

/// One bit is another.
fn flip(bytes: &mut [u8], dice: &mut Dice) {
    let place = dice.below(bytes.len());
    bytes[place] ^= 1 << dice.below(8);
}

/// A stretch of a page, of one sector to all eight, is zero, rubbish, or what another page holds.
fn tear(bytes: &mut [u8], dice: &mut Dice) {
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
}

#[test]
fn a_desk_under_torture_loses_nothing_and_tells_everything() {
    let seed = number("TORTURE_SEED", 20_261_126);
    println!("TORTURE_SEED={seed}");
    let (n_kills, n_flips, n_torn) = (number("KILLS", 8), number("FLIPS", 12), number("TORN", 8));
    let mut dice = Dice::new(seed);
    let (n_saved, slowest) = kill(n_kills, &mut dice);
    let (flips, torn) = (harm(n_flips, &mut dice, flip), harm(n_torn, &mut dice, tear));
    println!("kills {n_kills}, saves acknowledged {n_saved}, lost 0, slowest opening {} ms", slowest.as_millis());
    for (what, n, (n_found, n_harmless, n_missed)) in [("flips", n_flips, flips), ("torn pages", n_torn, torn)] {
        println!("{what} {n}: found {n_found}, in no kept text {n_harmless}, missed {n_missed}");
        assert_eq!(n_missed, 0, "{what} that changed kept text were not told");
    }
}
