//! How fast the core is, as ratios against a peer in the same run. `make bench` prints it; nothing here can fail a test.

mod corpus;
mod finder;
#[path = "../fuzz/hard.rs"]
mod hard;
mod heap;
mod history;
mod locked;
mod notes;
#[path = "../prose/mod.rs"]
mod prose;
mod redlines;

use chrono::{DateTime, Utc};
use std::time::{Duration, Instant};
use stet::draft::Copy;
use stet::revision::Cause;
use stet::store::{Access, DraftEdit, Store};

/// Runs all parts, or those named, the notes at 1, 10 and 100 MB, or those said: `cargo bench --bench speed -- notes 10`.
fn main() {
    let folder = tempfile::tempdir().expect("a folder for the bench can be made");
    let said: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let sizes: Vec<usize> = said.iter().filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if sizes.is_empty() { &[1, 10, 100] } else { sizes.as_slice() };
    let named: Vec<String> = said.iter().filter(|arg| arg.parse::<usize>().is_err()).cloned().collect();
    let is_asked = |part: &str| named.is_empty() || named.iter().any(|name| name == part);
    let parts: [(&str, &dyn Fn()); 6] = [
        ("finder", &finder::finder),
        ("notes", &|| notes::notes(folder.path(), sizes)),
        ("redlines", &|| redlines::redlines(folder.path())),
        ("saves", &|| saves(folder.path())),
        ("history", &|| history::history(folder.path())),
        ("locked", &|| locked::locked(folder.path())),
    ];
    parts.iter().filter(|(name, _)| is_asked(name)).for_each(|(_, run)| run());
}

/// How often each kind of save is timed.
const N_ROUNDS: usize = 1_000;

fn timed(run: impl FnOnce()) -> Duration {
    let began = Instant::now();
    run();
    began.elapsed()
}

/// The median.
fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn mb_per_s(n_bytes: usize, time: Duration) -> f64 {
    n_bytes as f64 / 1e6 / time.as_secs_f64()
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Saves of a letter each beside one transaction that writes a small row to a bare table, all synced; and beside one
/// that writes the whole text.
fn saves(folder: &std::path::Path) {
    println!("== a save beside a bare one-row SQLite transaction, both synced");
    let bare = rusqlite::Connection::open(folder.join("bare.sqlite")).expect("a bare database opens");
    bare.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (id INTEGER PRIMARY KEY, body TEXT)",
    )
    .expect("a bare table is made");
    let write = |body: &str| {
        bare.execute("INSERT OR REPLACE INTO t VALUES (1, ?1)", [body]).expect("a bare row is written");
    };
    let mut store = Store::open(&folder.join("desk.sqlite"), Access::Window).expect("a desk opens");
    for n_words in [100, 1_000, 10_000, 100_000] {
        let body = prose::piece(n_words, &mut prose::Dice::new(1));
        let now = DateTime::<Utc>::UNIX_EPOCH;
        let copy = Copy { body, ..Copy::default() };
        let draft = store.new_draft("bench", None, &copy, Cause::Created, now).expect("a piece is made");
        let mut edit = DraftEdit { id: draft.id, slug: draft.slug, target_words: None, copy };
        let mut version = draft.version;
        // In turns, so that a moment in which the disk is fast or slow is shared by all three.
        let (mut ours, mut peer, mut whole) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..N_ROUNDS {
            peer.push(timed(|| write("a word")));
            ours.push(timed(|| {
                edit.copy.body.push('x');
                version = store.save_draft(&edit, version, now).expect("a save is kept").version;
            }));
            whole.push(timed(|| write(&edit.copy.body)));
        }
        let (save, bare, whole) = (ms(middle(ours)), ms(middle(peer)), ms(middle(whole)));
        println!("{n_words:>7} words: {save:.2} ms, bare {bare:.2}, ratio {:.2}; whole text {whole:.2}", save / bare);
    }
}
