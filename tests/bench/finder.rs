//! The finder: on whole articles, at each keystroke in a long draft, and on texts made to be slow.

use super::hard::hard_texts;
use super::{mb_per_s, ms};
use chrono::{DateTime, Utc};
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use stet::check::{self, Notes, Policy};
use stet::import::read_note;
use stet::note::{Note, NoteId};
use stet::quote::{Live, find};
use stet::span::before;

/// What an editor types; each key is one reading.
const TYPED: &str = "\n\n“We will not go,” said Jane Roe, the mayor of Elmsford. She told reporters that Oskar \
                     Brandt had “never once” called her.\n";
/// A keystroke may take so long.
const MAX_KEY_MS: f64 = 1.0;
/// Odd text may take so many times as long as news.
const MAX_TIMES: f64 = 10.0;
const N_WORDS: usize = 10_000;
const N_BYTES: usize = 1_000_000;

pub fn finder() {
    let news = news();
    articles(&news);
    keystrokes(&news);
    odd_texts(&news);
}

/// The labelled articles beside the project, where they are; else the drafts of our own cases.
fn news() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if let Ok(lines) = fs::read_to_string(root.join("../shared/eval/quotes/train.jsonl")) {
        let article =
            |line: &str| serde_json::from_str::<serde_json::Value>(line).ok()?["text"].as_str().map(str::to_owned);
        return lines.lines().filter_map(article).collect();
    }
    let mut paths: Vec<_> = fs::read_dir(root.join("tests/cases/quotes"))
        .expect("the cases are there")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    let drafts = |path: &std::path::PathBuf| {
        let cases = fs::read_to_string(path).expect("a case file can be read");
        let drafts = cases.split("```draft\n").skip(1);
        drafts.map(|case| case.split("\n```").next().unwrap_or_default()).collect::<Vec<_>>().join("\n\n")
    };
    paths.iter().map(drafts).collect()
}

/// Articles one after the other, over and over, up to a length in words or bytes.
fn run_on(news: &[String], is_enough: impl Fn(&str) -> bool) -> String {
    let mut text = String::new();
    for article in news.iter().cycle() {
        for line in article.split_inclusive('\n') {
            if is_enough(&text) {
                return text;
            }
            text.push_str(line);
        }
        text.push_str("\n\n");
    }
    text
}

fn articles(news: &[String]) {
    let n_bytes: usize = news.iter().map(String::len).sum();
    let time = quickest(5, || news.iter().for_each(|article| drop(black_box(find(black_box(article))))));
    let pace = mb_per_s(n_bytes, time);
    println!("== finder: {} whole articles, {:.1} MB: {pace:.1} MB/s", news.len(), n_bytes as f64 / 1e6);
}

/// Types at the top, in the middle and at the end and takes it all back, a reading for each key.
fn keystrokes(news: &[String]) {
    let draft = run_on(news, |text| text.split_whitespace().count() >= N_WORDS);
    let whole = quickest(20, || drop(black_box(find(black_box(&draft)))));
    let n_quotes = find(&draft).quotes.len();
    println!(
        "== finder: each key in a draft of {N_WORDS} words, {n_quotes} quotes; a whole run takes {:.2} ms",
        ms(whole)
    );
    let line_start = |at_byte: usize| draft[..at_byte].rfind('\n').unwrap_or(0);
    for (name, place) in [("top", 0), ("middle", line_start(draft.len() / 2)), ("end", line_start(draft.len()))] {
        // Each key the best of several runs.
        let runs: Vec<Vec<Duration>> = (0..7).map(|_| keys(&draft, place)).collect();
        let mut times: Vec<Duration> =
            (0..runs[0].len()).filter_map(|key| runs.iter().map(|times| times[key]).min()).collect();
        times.sort();
        let (key, slowest) = (times[times.len() / 2], times[times.len() - 1]);
        println!(
            "{name:8} {:.3} ms a key, the slowest of {} {:.3} ms, limit {MAX_KEY_MS} ms: {}; a whole run is {:.0} keys",
            ms(key),
            times.len(),
            ms(slowest),
            if ms(slowest) < MAX_KEY_MS { "within" } else { "OVER" },
            whole.as_secs_f64() / key.as_secs_f64()
        );
    }
}

/// How long the reading took after each key.
fn keys(draft: &str, place: usize) -> Vec<Duration> {
    let mut live = Live::default();
    live.read(draft);
    let (mut text, mut at_byte, mut times) = (draft.to_owned(), place, Vec::new());
    for key in TYPED.chars() {
        text.insert(at_byte, key);
        at_byte += key.len_utf8();
        times.push(time(|| drop(black_box(live.read(black_box(&text))))));
    }
    for key in TYPED.chars().rev() {
        at_byte -= key.len_utf8();
        text.remove(at_byte);
        times.push(time(|| drop(black_box(live.read(black_box(&text))))));
    }
    assert!(live.read(&text) == find(draft), "all that was typed was taken back");
    times
}

/// The best of several runs, for other programs run beside this one.
fn quickest(n_runs: usize, run: impl Fn()) -> Duration {
    (0..n_runs).map(|_| time(&run)).min().unwrap_or_default()
}

fn time(run: impl FnOnce()) -> Duration {
    let began = Instant::now();
    run();
    began.elapsed()
}

/// A megabyte of each, beside a megabyte of news: found, checked against notes that have some of it, read as a note.
fn odd_texts(news: &[String]) {
    println!("== a megabyte of odd text, in times of as much news; limit {MAX_TIMES}");
    println!("{:28} {:>8} {:>8} {:>8}", "", "find", "check", "note");
    let plain = run_on(news, |text| text.len() >= N_BYTES);
    let peer = spent(&plain, &plain);
    let mut n_over = 0;
    for (name, text) in hard_texts(N_BYTES) {
        let times: Vec<f64> = spent(&text, &plain).iter().zip(peer).map(|(odd, news)| odd / news).collect();
        let is_over = times.iter().any(|times| *times > MAX_TIMES);
        n_over += usize::from(is_over);
        println!("{name:28} {:8.2} {:8.2} {:8.2}{}", times[0], times[1], times[2], if is_over { "  OVER" } else { "" });
    }
    println!("{n_over} over the limit");
}

/// Seconds for each byte of the text: to find, to check and to read as a note.
fn spent(text: &str, news: &str) -> [f64; 3] {
    let quotes = find(text).quotes;
    let some = |text: &str| Note { text: before(text, N_BYTES / 10).to_owned(), ..read_note("note.md", b"").0 };
    let notes = vec![Note { id: NoteId(1), ..some(text) }, Note { id: NoteId(2), ..some(news) }];
    let notes = Arc::new(Notes::new(notes));
    let now = DateTime::<Utc>::UNIX_EPOCH;
    let times = [
        quickest(3, || drop(black_box(find(black_box(text))))),
        quickest(1, || {
            let mut live = check::Live::default();
            drop(black_box(live.check(black_box(text), &quotes, &notes, Policy::default(), now)));
        }),
        quickest(3, || drop(black_box(read_note("note.md", black_box(text.as_bytes()))))),
    ];
    times.map(|time| time.as_secs_f64() / text.len() as f64)
}
