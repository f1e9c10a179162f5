//! A long history: the room it takes, and how long any of it takes to open.

use crate::{ms, prose};
use chrono::{DateTime, Utc};
use std::path::Path;
use std::time::{Duration, Instant};
use stet::draft::Copy;
use stet::revision::Cause;
use stet::store::{Access, DraftEdit, Store};

/// 1,000 revisions of a 10,000-word piece with ordinary edits between them.
pub fn history(folder: &Path) {
    println!("== 1,000 revisions of a 10,000-word piece");
    let path = folder.join("history.sqlite");
    let mut store = Store::open(&path, Access::Window).expect("a desk opens");
    let now = DateTime::<Utc>::UNIX_EPOCH;
    let mut dice = prose::Dice::new(1);
    let mut copy = Copy { body: prose::piece(10_000, &mut dice), ..Copy::default() };
    let draft = store.new_draft("bench", None, &copy, Cause::Created, now).expect("a piece is made");
    let (mut n_bytes, mut adding) = (copy.body.len(), Vec::new());
    let add = |store: &mut Store| {
        for n in 0..999 {
            prose::edit(&mut copy.body, &mut dice);
            n_bytes += copy.body.len();
            let edit = DraftEdit { id: draft.id, slug: "bench".into(), target_words: None, copy: copy.clone() };
            store.save_draft(&edit, draft.version + n, now)?;
            let began = Instant::now();
            store.add_revision(draft.id, Cause::Pause, None, now)?;
            adding.push(began.elapsed());
        }
        Ok(())
    };
    store.all_or_none(add).expect("revisions are kept");
    drop(store);
    let n_kept = std::fs::metadata(&path).expect("the desk is there").len();
    let store = Store::open(&path, Access::Read).expect("the desk opens");
    let revisions = store.list_revisions(draft.id).expect("its history can be read");
    let open = |revision: &stet::revision::Revision| {
        let began = Instant::now();
        store.open_revision(revision.id).expect("it opens");
        began.elapsed()
    };
    let opening: Vec<Duration> = revisions.iter().map(open).collect();
    let middle_and_worst = |mut times: Vec<Duration>| {
        times.sort();
        (ms(times[times.len() / 2]), ms(times[times.len() - 1]))
    };
    let ((add, add_worst), (open, open_worst)) = (middle_and_worst(adding), middle_and_worst(opening));
    println!("file {:.2} MB, for {:.1} MB of words", n_kept as f64 / 1e6, n_bytes as f64 / 1e6);
    println!("added in {add:.2} ms, at worst {add_worst:.2}; opened in {open:.2} ms, at worst {open_worst:.2}");
}
