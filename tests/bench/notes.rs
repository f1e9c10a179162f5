//! The check against notes of growing size, beside a scan of the same notes with `sassy`.

use crate::corpus::{Corpus, Passage};
use crate::prose::Dice;
use crate::{mb_per_s, ms};
use chrono::{DateTime, Utc};
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use stet::check::{Finding, Notes, Policy, check};
use stet::desk::Desk;
use stet::draft::Copy;
use stet::quote::{By, Form, Quote, Speaker, Stance};
use stet::revision::Cause;
use stet::span::Span;
use stet::store::{Access, Store};

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
        self.passages.iter().cloned().map(Draft::of).collect()
    }

    fn of(passage: Passage) -> Draft {
        let mut draft = Draft { body: String::new(), quotes: Vec::new(), passages: Vec::new() };
        draft.add(passage);
        draft
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
        drop(notes);
        kept(folder, &corpus);
    }
}

/// The index in a desk file: how large, how soon made, how soon a new note is found.
fn kept(folder: &Path, corpus: &Corpus) {
    let path = folder.join("notes.stet");
    let _ = std::fs::remove_file(&path);
    let now = DateTime::<Utc>::UNIX_EPOCH;
    let mut store = Store::open(&path, Access::Window).expect("a desk opens");
    let draft = store.all_or_none(|store| {
        corpus.notes.iter().try_for_each(|note| store.add_note(note, None, now).map(|_| ()))?;
        store.new_draft("bench", None, &Copy::default(), Cause::Created, now)
    });
    let draft = draft.expect("the notes are kept");
    drop(store);
    let mut desk = Desk::open(&path, Access::Window).expect("the desk opens");
    let n_rounds = 1 + corpus.notes.len() / 200;
    let made = spent(|| (0..n_rounds).for_each(|_| desk.keep_all_owed().expect("the index is kept")));
    let sql = "SELECT sum(pgsize) FROM dbstat WHERE name IN ('cards', 'note_stamps', 'note_stamps_by_stamp')";
    let file = rusqlite::Connection::open(&path).expect("the file opens");
    let n_bytes: i64 = file.query_row(sql, [], |row| row.get(0)).expect("the file tells");
    drop((desk, file));
    let mut desk = Desk::open(&path, Access::Window).expect("the desk opens");
    let opened = spent(|| desk.keep_all_owed().expect("the index is read"));
    let mut dice = Dice::new(5);
    let note = corpus.note(0, &mut dice);
    let one = Draft::of(corpus.passage(&note, N_PERCENT, &mut dice));
    let mut n_found = 0;
    let found = spent(|| {
        desk.save_note(&note, true, None, now).expect("the note is kept");
        let checked = desk.checker(draft.id).expect("the desk is read").check(&one.body, now);
        n_found = checked.quotes.iter().filter(|judged| !judged.finding.evidence.is_empty()).count();
    });
    println!(
        "         kept in the desk file: {:.2} x the notes, made and kept at {:.1} MB/s; read back in {:.0} ms; a new \
         note found ({n_found} of 1) in {:.1} ms",
        n_bytes as f64 / corpus.n_bytes as f64,
        mb_per_s(corpus.n_bytes, made),
        ms(opened),
        ms(found)
    );
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
