//! Windows killed at random moments of a day's work, and of an upgrade.

use crate::session::{Ledger, Said, Session, set_out};
use crate::{Told, number, old_desk, prose};
use prose::Dice;
use std::fmt::Display;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use stet::desk::{Access, Desk};
use stet::draft::DraftId;
use stet::store::{LATEST, Store};
use tempfile::TempDir;

/// Set for a child: the desk it is to work at.
const DESK: &str = "STET_TORTURE_DESK";

/// What the child says before and after the old desk is brought up to date.
const BEGINS: &str = "the upgrade begins";
const ENDS: &str = "the upgrade ends";

/// About as long as that takes, in microseconds.
const LONGEST_UPGRADE: usize = 50_000;

/// After so many kills a new desk is set out, so that verifying it takes no longer and longer.
const N_KILLS_A_DESK: u64 = 50;

/// What the child does: it brings an old desk up to date where one lies there, then it works without end.
#[test]
fn work_until_killed() {
    let Some(path) = std::env::var_os(DESK).map(PathBuf::from) else { return };
    let old = old_path(&path);
    if old.exists() {
        say(BEGINS);
        drop(Store::open(&old, Access::Window).expect("it is brought up to date"));
        say(ENDS);
    }
    let second = i64::try_from(number("TORTURE_SECOND", 0)).expect("a time");
    let mut session = Session::new(&path, Dice::new(number("TORTURE_SEED", 1)), second);
    loop {
        session.step(&mut say);
    }
}

fn say(what: impl Display) {
    println!("{what}");
    std::io::stdout().flush().expect("said");
}

fn old_path(desk: &Path) -> PathBuf {
    desk.with_file_name("old.stet")
}

/// Kills a window so many times.
pub fn kill(n_kills: u64, dice: &mut Dice) -> Told {
    let mut told = Told::default();
    let mut n_left = n_kills;
    while n_left > 0 {
        let n_now = n_left.min(N_KILLS_A_DESK);
        kill_one_desk(n_now, dice, &mut told);
        n_left -= n_now;
    }
    told
}

fn kill_one_desk(n_kills: u64, dice: &mut Dice, told: &mut Told) {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().canonicalize().expect("a folder").join("desk.stet");
    set_out(&path);
    let mut ledger = Ledger::default();
    for n in 0..n_kills {
        // Each schema that was ever released in turn.
        let is_upgrade = n % 8 == 1;
        if is_upgrade {
            old_desk(&old_path(&path), 1 + told.n_upgrades % (LATEST - 1));
            told.n_upgrades += 1;
        }
        let is_inside = work_and_kill(&path, n, is_upgrade, dice, &mut ledger);
        told.n_inside += u64::from(is_inside);
        let began = Instant::now();
        let desk = Desk::open(&path, Access::Window).expect("it opens");
        told.slowest = told.slowest.max(began.elapsed());
        told.lost.extend(ledger.check(&desk));
        told.lost.extend(desk.store().verify().expect("read").into_iter().map(|damage| damage.message));
        if is_upgrade {
            told.lost.extend(check_upgraded(&old_path(&path)));
        }
    }
    told.n_acknowledged += ledger.n_acknowledged;
}

/// Says whether the kill came inside an upgrade.
fn work_and_kill(path: &Path, n: u64, is_upgrade: bool, dice: &mut Dice, ledger: &mut Ledger) -> bool {
    let mut child = Command::new(std::env::current_exe().expect("this program"))
        .args(["kills::work_until_killed", "--exact", "--nocapture"])
        .env(DESK, path)
        .env("TORTURE_SEED", dice.below(1 << 20).to_string())
        .env("TORTURE_SECOND", (n * 10_000).to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    let mut lines = BufReader::new(child.stdout.take().expect("its words")).lines().map_while(Result::ok);
    // After so many words and so many microseconds, wherever it then is: of an upgrade those after it began.
    let (n_words, longest) = if is_upgrade { (0, LONGEST_UPGRADE) } else { (dice.below(60), 6_000) };
    if is_upgrade {
        lines.by_ref().take_while(|line| !line.ends_with(BEGINS)).for_each(drop);
    }
    for line in lines.by_ref().take(n_words) {
        Said::read(&line).into_iter().for_each(|said| ledger.take(said));
    }
    std::thread::sleep(Duration::from_micros(dice.below(longest) as u64));
    child.kill().expect("killed");
    let mut is_ended = false;
    for line in lines {
        is_ended |= line.ends_with(ENDS);
        Said::read(&line).into_iter().for_each(|said| ledger.take(said));
    }
    child.wait().expect("it ended");
    is_upgrade && !is_ended
}

/// What an upgrade that was killed lost, and takes the desk away.
fn check_upgraded(old: &Path) -> Vec<String> {
    let mut lost = Vec::new();
    match Store::open(old, Access::Window) {
        Ok(store) => {
            let is_there = store.open_draft(DraftId(7)).is_ok_and(|draft| draft.copy.body == "We may sell the Café.\n");
            lost.extend((!is_there).then(|| "the piece of the old desk".to_owned()));
            lost.extend(store.verify().expect("read").into_iter().map(|damage| damage.message));
        }
        Err(error) => lost.push(error.message),
    }
    for entry in fs::read_dir(old.parent().expect("a folder")).expect("a folder").flatten() {
        if entry.file_name().to_string_lossy().starts_with("old.stet") {
            fs::remove_file(entry.path()).expect("removed");
        }
    }
    lost
}
