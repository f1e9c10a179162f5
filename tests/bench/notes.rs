//! The check against notes of growing size, beside a scan of the same notes with `sassy`.

use crate::corpus::{Corpus, Dice, Passage};
use crate::{mb_per_s, ms};
use chrono::{DateTime, Utc};
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use stet::check::{Finding, Notes, Policy, check};
use stet::quote::{By, Form, Quote, Speaker, Stance};
use stet::span::Span;

/// How much of a passage is changed, in words; the peer is allowed as much in letters, and a little more.
const N_PERCENT: usize = 25;
const N_PEER_PERCENT: usize = 30;
const N_QUOTES: usize = 50;
const N_RECALLED: usize = 1_000;

/// A draft that quotes passages, and where each was taken from.
struct Draft {
    body: String,
    quotes: Vec<Quote>,
    passages: Vec<Passage>,
}

impl Draft {
    fn new(corpus: &Corpus, n_quotes: usize, n_percent: usize) -> Draft {
        let mut dice = Dice::new(3);
        let mut draft = Draft { body: String::new(), quotes: Vec::new(), passages: Vec::new() };
        for _ in 0..n_quotes {
            let note = &corpus.notes[dice.below(corpus.notes.len())];
            draft.add(corpus.passage(note, n_percent, &mut dice));
        }
        draft
    }

    fn add(&mut self, passage: Passage) {
        let start = self.body.len() + "“".len();
        self.body.push_str(&format!("“{},” {} said.\n\n", passage.words, passage.speaker));
        let content = vec![Span::new(start, start + passage.words.len())];
        let speaker = Speaker {
            mention: Span::default(),
            name: Some(passage.speaker.clone()),
            by: By::Name,
            antecedent: None,
            is_unnamed: false,
        };
        self.quotes.push(Quote {
            marked: content.clone(),
            content,
            cue: None,
            speaker: Some(speaker),
            form: Form::Direct,
            stance: Stance::Said,
            rule: "bench",
        });
        self.passages.push(passage);
    }

    /// A draft for each quote.
    fn apart(&self) -> Vec<Draft> {
        let one = |passage: &Passage| {
            let mut draft = Draft { body: String::new(), quotes: Vec::new(), passages: Vec::new() };
            draft.add(passage.clone());
            draft
        };
        self.passages.iter().map(one).collect()
    }

    fn check(&self, notes: &Notes) -> Vec<Finding> {
        check(&self.body, &self.quotes, notes, Policy::default(), DateTime::<Utc>::UNIX_EPOCH)
    }

    /// The share of passages whose evidence is the place they were taken from.
    fn recall(&self, notes: &Notes) -> f64 {
        let is_found = |(finding, passage): &(Finding, &Passage)| {
            let mut evidence = finding.evidence.iter();
            evidence.any(|evidence| evidence.note == passage.note && evidence.span.overlaps(passage.span))
        };
        let n_found = self.check(notes).into_iter().zip(&self.passages).filter(is_found).count();
        n_found as f64 / self.passages.len() as f64
    }
}

/// The median of several runs, in time of this core spent on them.
fn median(n_runs: usize, mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..n_runs).map(|_| spent(&mut run)).collect();
    times.sort();
    times[times.len() / 2]
}

/// How long the core worked on something, where the system tells; else how long it took.
fn spent(run: impl FnOnce()) -> Duration {
    let ns_on_core = || -> Option<u64> {
        std::fs::read_to_string("/proc/thread-self/schedstat").ok()?.split_whitespace().next()?.parse().ok()
    };
    let (began, before) = (Instant::now(), ns_on_core());
    run();
    match (before, ns_on_core()) {
        (Some(before), Some(after)) => Duration::from_nanos(after - before),
        _ => began.elapsed(),
    }
}

/// The table of growth over these sizes in MB, and the peer's time where it can be built.
pub fn notes(folder: &Path, sizes: &[usize]) {
    println!("== check against notes: {N_QUOTES} quotes, {N_PERCENT} % of their words changed, one core");
    println!("   notes    built at   50 quotes   one quote   recall   verbatim     sassy   times faster");
    for n_mb in sizes {
        let corpus = Corpus::new(n_mb * 1_000_000);
        let draft = Draft::new(&corpus, N_QUOTES, N_PERCENT);
        let peer = peer(folder, &corpus, &draft);
        let texts = corpus.notes.clone();
        let mut notes = Notes::default();
        let built = spent(|| notes = Notes::new(texts));
        let time = median(5, || drop(black_box(draft.check(&notes))));
        // Fifty quotes checked one at a time, as the editor changes them.
        let one: Vec<Draft> = draft.apart();
        let one = median(5, || one.iter().for_each(|one| drop(black_box(one.check(&notes))))) / N_QUOTES as u32;
        let recall = Draft::new(&corpus, N_RECALLED, N_PERCENT).recall(&notes);
        let verbatim = Draft::new(&corpus, N_RECALLED, 0).recall(&notes);
        print!("{n_mb:5} MB {:6.1} MB/s {:8.2} ms {:8.3} ms", mb_per_s(corpus.n_bytes, built), ms(time), ms(one));
        print!("{recall:9.3}{verbatim:11.3}");
        match peer {
            Some(peer) => {
                println!("{:7.0} ms {:14.0}", ms(peer), peer.as_secs_f64() / time.as_secs_f64());
            }
            None => println!("  not built here: it needs AVX2 or NEON"),
        }
    }
}

/// How long `sassy` scans the notes for the same passages, on one core.
fn peer(folder: &Path, corpus: &Corpus, draft: &Draft) -> Option<Duration> {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/sassy-peer/release/sassy-peer");
    let (text, passages) = (folder.join("notes.txt"), folder.join("passages.txt"));
    let texts: Vec<&str> = corpus.notes.iter().map(|note| note.text.as_str()).collect();
    let lines: Vec<&str> = draft.passages.iter().map(|passage| passage.words.as_str()).collect();
    std::fs::write(&text, texts.concat()).expect("the notes are written");
    std::fs::write(&passages, lines.join("\n")).expect("the passages are written");
    let said = Command::new(program).arg(&text).arg(&passages).arg(N_PEER_PERCENT.to_string()).output().ok()?;
    let seconds: f64 = String::from_utf8(said.stdout).ok()?.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_secs_f64(seconds))
}
