//! Power cuts at random moments of a day's work.
//!
//! A loop-mounted file alone drops nothing that was not flushed: that takes device-mapper, which the kernels tests run
//! under mostly lack. So the disk is played: see `disk`. What a cut leaves is written out as files and opened by the desk
//! itself.

use crate::disk::{Disk, Files};
use crate::session::{Ledger, Said, Session, set_out};
use crate::{Told, old_desk, prose};
use prose::Dice;
use std::fs;
use std::path::Path;
use std::time::Instant;
use stet::desk::{Access, Desk};
use stet::draft::DraftId;
use stet::store::LATEST;
use tempfile::TempDir;

/// So many cuts are made of one day's work.
const N_CUTS_A_DAY: u64 = 10;
const N_STEPS: usize = 120;

/// How the power is cut, and why so.
pub fn how() -> &'static str {
    let has_mapper = fs::read_to_string("/proc/misc").is_ok_and(|devices| devices.contains("device-mapper"));
    if has_mapper { "played from a file" } else { "played from a file: this kernel has no device-mapper" }
}

/// Cuts the power so many times.
pub fn cut(n_cuts: u64, dice: &mut Dice) -> Told {
    let mut told = Told::default();
    let mut n_left = n_cuts;
    while n_left > 0 {
        let n_now = n_left.min(N_CUTS_A_DAY);
        cut_one_day(n_now, dice, &mut told);
        n_left -= n_now;
    }
    told
}

fn cut_one_day(n_cuts: u64, dice: &mut Dice, told: &mut Told) {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().canonicalize().expect("a folder").join("desk.stet");
    // Every other day begins with an upgrade.
    let is_old = dice.below(2) == 0;
    if is_old {
        old_desk(&path, 1 + dice.below(LATEST as usize - 1) as i64)
    } else {
        set_out(&path)
    }
    let before = Files::from([(path.clone(), fs::read(&path).expect("a desk"))]);
    let disk = Disk::watch(folder.path());
    disk.record();
    let mut said: Vec<(usize, Said)> = Vec::new();
    let mut session = Session::new(&path, Dice::new(dice.below(1 << 20) as u64), 10_000);
    for _ in 0..N_STEPS {
        // Copies lie in other files, which are held against it elsewhere.
        session.step(&mut |words| said.push((disk.n_deeds(), words)));
    }
    drop(session);
    told.n_acknowledged += said.iter().filter(|(_, said)| said.is_done).count();
    for _ in 0..n_cuts {
        let n_deeds = dice.below(disk.n_deeds() + 1);
        let left = disk.cut(&before, n_deeds, dice);
        let place = TempDir::new().expect("a folder");
        for (file, bytes) in left.iter().filter(|(file, _)| is_of_desk(file, &path)) {
            fs::write(place.path().join(file.file_name().expect("a name")), bytes).expect("written");
        }
        let mut ledger = Ledger::default();
        let known = said.iter().filter(|(n, said)| *n <= n_deeds && said.kind != crate::session::Kind::Copy);
        known.for_each(|(_, said)| ledger.take(said.clone()));
        open(&place.path().join("desk.stet"), is_old, &mut ledger, told);
    }
}

fn is_of_desk(file: &Path, desk: &Path) -> bool {
    let (file, desk) = (file.as_os_str().as_encoded_bytes(), desk.as_os_str().as_encoded_bytes());
    file.strip_prefix(desk).is_some_and(|ending| [&b""[..], b"-wal", b"-journal"].contains(&ending))
}

/// Opens what a cut left, and tells what was lost.
fn open(path: &Path, is_old: bool, ledger: &mut Ledger, told: &mut Told) {
    let began = Instant::now();
    let desk = match Desk::open(path, Access::Window) {
        Ok(desk) => desk,
        Err(error) => return told.lost.push(format!("{error} {:?}", error.source)),
    };
    told.slowest = told.slowest.max(began.elapsed());
    told.lost.extend(ledger.check(&desk));
    told.lost.extend(desk.store().verify().expect("read").into_iter().map(|damage| damage.message));
    let is_lost = is_old && desk.store().open_draft(DraftId(7)).is_err();
    told.lost.extend(is_lost.then(|| "the piece of the old desk".to_owned()));
}
