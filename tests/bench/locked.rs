//! What a passphrase costs beyond the making of its key: to open a desk, and to save.

use crate::{middle, ms, prose, timed};
use chrono::{DateTime, Utc};
use std::path::{Path, PathBuf};
use std::time::Duration;
use stet::desk::{Access, Desk};
use stet::draft::{Copy, Draft};
use stet::revision::Cause;
use stet::store::{DraftEdit, Passphrase, Store};

const N_PIECES: usize = 2_000;
const N_OPENINGS: usize = 9;
const N_SAVES: usize = 1_000;

/// A desk of 2,000 pieces, without a passphrase and with one.
pub fn locked(folder: &Path) {
    let (passphrase, wrong) = (Passphrase::new("five grey gulls at noon"), Passphrase::new("five grey gulls at nine"));
    let [plain, locked] = ["plain.sqlite", "locked.sqlite"].map(|name| set_out(&folder.join(name)));
    let mut desk = Desk::open(&locked, Access::Window).expect("a desk opens");
    desk.set_passphrase(None, Some(&passphrase)).expect("a passphrase is set");
    drop(desk);
    let n_bytes = std::fs::metadata(&plain).expect("the desk is there").len();
    println!("== a desk of {N_PIECES} pieces, {:.1} MB, without a passphrase and with one", n_bytes as f64 / 1e6);
    let median = |open: &dyn Fn()| ms(middle((0..N_OPENINGS).map(|_| timed(open)).collect()));
    let plainly = median(&|| drop(Desk::open(&plain, Access::Window).expect("it opens")));
    let unlocked = median(&|| drop(Desk::unlock(&locked, Access::Window, &passphrase).expect("it opens")));
    // A wrong one is told once its key is made and the first page was read by it.
    let refused = median(&|| drop(Desk::unlock(&locked, Access::Window, &wrong).err().expect("it is wrong")));
    println!(
        "opened in {plainly:.1} ms; with a passphrase in {unlocked:.1}, {refused:.1} of them to make the key: {:.1} beyond it \
         (limit 50)",
        unlocked - refused
    );
    let mut plain = Saver::new(Store::open(&plain, Access::Window).expect("it opens"));
    let mut locked = Saver::new(Store::unlock(&locked, Access::Window, &passphrase).expect("it opens"));
    // In turns, so that a moment in which the disk is fast or slow is shared by both.
    let times: Vec<(Duration, Duration)> =
        (0..N_SAVES).map(|_| (timed(|| plain.save()), timed(|| locked.save()))).collect();
    let (plain, locked) = times.into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
    let (plain, locked) = (ms(middle(plain)), ms(middle(locked)));
    println!("a save: {plain:.3} ms; with a passphrase {locked:.3}, ratio {:.2}", locked / plain);
}

fn set_out(path: &Path) -> PathBuf {
    let mut store = Store::open(path, Access::Window).expect("a desk opens");
    let mut dice = prose::Dice::new(3);
    let fill = |store: &mut Store| {
        (0..N_PIECES).try_for_each(|n| {
            let copy = Copy { body: prose::piece(600, &mut dice), ..Copy::default() };
            store.new_draft(&format!("piece {n}"), None, &copy, Cause::Created, DateTime::UNIX_EPOCH).map(drop)
        })
    };
    store.all_or_none(fill).expect("pieces are made");
    path.to_owned()
}

/// Types a letter at a time.
struct Saver {
    store: Store,
    draft: Draft,
}

impl Saver {
    fn new(store: Store) -> Saver {
        let draft = store.open_draft(stet::draft::DraftId(1)).expect("the piece is there");
        Saver { store, draft }
    }

    fn save(&mut self) {
        let now: DateTime<Utc> = DateTime::UNIX_EPOCH;
        self.draft.copy.body.push('x');
        let Draft { id, slug, copy, version, .. } = &self.draft;
        let edit = DraftEdit { id: *id, slug: slug.clone(), target_words: None, copy: copy.clone() };
        self.draft.version = self.store.save_draft(&edit, *version, now).expect("a save is kept").version;
    }
}
