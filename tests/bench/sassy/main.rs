//! Scans a text for passages with `sassy`, on one core: `sassy-peer TEXT PASSAGES PERCENT`, a passage a line.
//!
//! Up to PERCENT of a passage's letters may differ. Prints the seconds the scan took, and how many passages were found.

use sassy::Searcher;
use sassy::profiles::Ascii;
use std::time::{Duration, Instant};

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let [_, text, passages, percent] = args.as_slice() else { panic!("TEXT PASSAGES PERCENT") };
    let text = std::fs::read(text).expect("the text can be read");
    let passages = std::fs::read_to_string(passages).expect("the passages can be read");
    let percent: usize = percent.parse().expect("a number");
    let mut searcher = Searcher::<Ascii<true>>::new_fwd().without_trace();
    let (began, before) = (Instant::now(), ns_on_core());
    let is_found =
        |passage: &&str| !searcher.search(passage.as_bytes(), &text, passage.len() * percent / 100).is_empty();
    let n_found = passages.lines().filter(is_found).count();
    let spent =
        before.zip(ns_on_core()).map_or(began.elapsed(), |(before, after)| Duration::from_nanos(after - before));
    println!("{} {n_found}", spent.as_secs_f64());
}

/// How long the core worked on this so far, where the system tells.
fn ns_on_core() -> Option<u64> {
    std::fs::read_to_string("/proc/thread-self/schedstat").ok()?.split_whitespace().next()?.parse().ok()
}
