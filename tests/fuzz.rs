//! Odd texts for the finder, the check and the readers: the corpus in `tests/fuzz`, edited as nobody would.
//!
//! A short run is part of `cargo test`; with FUZZ_SECONDS set each law is tried on new texts for so long (`make fuzz`).

mod patience;

#[path = "hostile/attacks.rs"]
mod attacks;
#[path = "hostile/calls.rs"]
mod calls;
#[path = "fuzz/edits.rs"]
mod edits;
#[path = "fuzz/hard.rs"]
mod hard;
#[path = "fuzz/opening.rs"]
mod opening;

use chrono::{DateTime, Utc};
use edits::{CORPUS, Edit, edit, odd_text};
use patience::within_limit;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use std::fmt::Debug;
use std::sync::Arc;
use std::time::{Duration, Instant};
use stet::check::{self, Finding, Notes, Policy};
use stet::desk::{Checked, Desk};
use stet::import::{read_note, read_piece};
use stet::note::{Note, NoteId};
use stet::quote::{Live, Quote, Reading, find};
use stet::span::Span;

/// Tries a law on `n_cases` texts, or for FUZZ_SECONDS on new ones.
fn hold<S: Strategy>(n_cases: u32, strategy: S, law: impl Fn(S::Value) -> Result<(), TestCaseError>)
where
    S::Value: Debug,
{
    let seconds = std::env::var("FUZZ_SECONDS").ok().map(|seconds| seconds.parse().expect("FUZZ_SECONDS is a number"));
    let config = Config { cases: n_cases, failure_persistence: None, ..Config::default() };
    let Some(seconds) = seconds else { return try_all(config, &strategy, &law) };
    let (began, mut n_tried) = (Instant::now(), 0u64);
    while began.elapsed() < Duration::from_secs(seconds) {
        try_all(Config { rng_seed: RngSeed::Random, ..config.clone() }, &strategy, &law);
        n_tried += u64::from(n_cases);
    }
    println!("{}: no fault in {n_tried} texts", std::thread::current().name().unwrap_or("fuzz"));
}

fn try_all<S: Strategy>(config: Config, strategy: &S, law: &impl Fn(S::Value) -> Result<(), TestCaseError>)
where
    S::Value: Debug,
{
    let law = |case: S::Value| {
        let words = format!("{case:?}");
        within_limit(&words, || law(case))
    };
    if let Err(fault) = TestRunner::new(config).run(strategy, law) {
        panic!("{fault}");
    }
}

/// All spans of a reading lie in the text, on char boundaries, in order, and hold something.
fn assert_lawful(text: &str, reading: &Reading) -> Result<(), TestCaseError> {
    let mut last = 0;
    for Quote { content, marked, cue, speaker, .. } in &reading.quotes {
        prop_assert!(!content.is_empty(), "a quote without words is none");
        prop_assert!(content[0].start >= last, "quotes come in the order of the text");
        last = content[0].start;
        let spoken = speaker.iter().flat_map(|speaker| speaker.antecedent.into_iter().chain([speaker.mention]));
        for span in content.iter().chain(marked).chain(cue).copied().chain(spoken) {
            prop_assert!(!span.is_empty(), "a span holds something");
            prop_assert!(text.get(span.start..span.end).is_some(), "{span:?} lies inside the text and cuts no char");
        }
        for parts in [content, marked] {
            prop_assert!(parts.windows(2).all(|pair| pair[0].end <= pair[1].start), "parts come in order");
        }
        let is_copy = |span: &Span| reading.furniture.iter().all(|line| !line.overlaps(*span));
        prop_assert!(content.iter().all(is_copy), "furniture is not read");
    }
    prop_assert!(reading.furniture.windows(2).all(|pair| pair[0].end < pair[1].start), "furniture comes in order");
    Ok(())
}

#[test]
fn any_text_is_read() {
    hold(400, odd_text(), |text| assert_lawful(&text, &find(&text)));
}

#[test]
fn any_edit_reads_as_the_whole_does() {
    let story = (0..CORPUS.len(), prop::collection::vec(edit(), 1..24));
    hold(300, story, |(file, edits)| {
        let mut text = CORPUS[file].clone();
        let (mut live, mut undone) = (Live::default(), Vec::new());
        prop_assert_eq!(live.read(&text), find(&text));
        for edit in &edits {
            text = Edit::apply(edit, &text, &mut undone);
            prop_assert_eq!(live.read(&text), find(&text), "after {:?} of {:?}", edit, text);
        }
        Ok(())
    });
}

/// Each file of the corpus as a note.
fn notes(texts: &[String]) -> Vec<Note> {
    let note =
        |(n, text): (usize, &String)| Note { id: NoteId(n as i64 + 1), ..read_note("note.md", text.as_bytes()).0 };
    texts.iter().enumerate().map(note).collect()
}

/// All that is said of a quote lies in the draft and in the notes.
fn assert_finding(draft: &str, quote: &Quote, finding: &Finding, notes: &Notes) -> Result<(), TestCaseError> {
    let is_place = |text: &str, span: Span| text.get(span.start..span.end).is_some();
    for evidence in &finding.evidence {
        let note = notes.get(evidence.note).map_or("", |note| &note.text);
        prop_assert!(is_place(note, evidence.span), "{evidence:?} lies in its note");
    }
    let note = finding.evidence.first().and_then(|best| notes.get(best.note)).map_or("", |note| &note.text);
    let changes = finding.changes.iter().map(|change| (change.draft, change.note));
    let alarms = finding.alarms.iter().map(|alarm| (alarm.draft, alarm.note));
    let cells = check::align(draft, quote, finding, notes);
    for (in_draft, in_note) in changes.chain(alarms).chain(cells.iter().map(|cell| (cell.draft, cell.note))) {
        prop_assert!(is_place(draft, in_draft), "{in_draft:?} lies in the draft");
        prop_assert!(is_place(note, in_note), "{in_note:?} lies in the note");
    }
    let edits = check::words_from_source(draft, quote, finding, notes);
    prop_assert!(edits.iter().all(|(span, _)| is_place(draft, *span)), "an edit lies in the draft");
    prop_assert!(edits.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start), "edits come in order");
    Ok(())
}

#[test]
fn any_text_is_checked() {
    let now: DateTime<Utc> = "2026-11-23T22:00:00Z".parse().expect("a time");
    let corpus = Notes::new(notes(&CORPUS));
    hold(150, (odd_text(), odd_text()), |(draft, note)| {
        let quotes = find(&draft).quotes;
        let odd = Notes::new(notes(&[note, draft.clone()]));
        for notes in [&corpus, &odd] {
            let findings = check::check(&draft, &quotes, notes, Policy::default(), now);
            prop_assert_eq!(findings.len(), quotes.len(), "each quote has its finding");
            for (quote, finding) in quotes.iter().zip(&findings) {
                assert_finding(&draft, quote, finding, notes)?;
            }
        }
        Ok(())
    });
}

/// Bytes of an odd text with some that are no text at all.
fn odd_bytes() -> impl Strategy<Value = Vec<u8>> {
    (odd_text(), prop::collection::vec((any::<u16>(), any::<u8>()), 0..6)).prop_map(|(text, bytes)| {
        let mut odd = text.into_bytes();
        for (place, byte) in bytes {
            let at_byte = usize::from(place) * odd.len() / 65_536;
            odd.insert(at_byte, byte);
        }
        odd
    })
}

#[test]
fn any_file_is_read_as_a_note_and_as_a_piece() {
    hold(300, odd_bytes(), |bytes| {
        let n_lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() + 1;
        let (note, warnings) = read_note("note.md", &bytes);
        prop_assert!(!note.text.contains(['\r', '\0']), "stored text has neither CR nor NUL");
        let (piece, more) = read_piece("piece.md", &bytes);
        prop_assert!(!piece.copy.body.contains(['\r', '\0']) && !piece.slug.is_empty());
        for warning in warnings.iter().chain(&more) {
            prop_assert!(!warning.message.is_empty());
            prop_assert!(warning.line.is_none_or(|line| (1..=n_lines).contains(&line)), "{warning:?} names a line");
        }
        Ok(())
    });
}

#[test]
fn any_edit_is_checked_as_the_whole_is() {
    // The embargo of one note of the corpus lies between.
    let times: [DateTime<Utc>; 2] =
        ["2026-11-23T22:00:00Z", "2026-12-23T22:00:00Z"].map(|time| time.parse().expect("a time"));
    let desks = [Arc::new(Notes::new(notes(&CORPUS))), Arc::new(Notes::new(notes(&CORPUS[..9])))];
    let which = (0..4u8).prop_map(|which| if which == 0 { 1 } else { 0 });
    let story = (0..CORPUS.len(), prop::collection::vec((edit(), which.clone(), which), 1..10));
    hold(60, story, |(file, edits)| {
        let (mut text, mut live, mut undone) = (CORPUS[file].clone(), check::Live::default(), Vec::new());
        for (edit, now, notes) in &edits {
            let (now, notes) = (times[*now], &desks[*notes]);
            let quotes = find(&text).quotes;
            let whole = check::check(&text, &quotes, notes, Policy::default(), now);
            prop_assert_eq!(
                live.check(&text, &quotes, notes, Policy::default(), now),
                whole,
                "before {:?} of {:?}",
                edit,
                text
            );
            text = edit.apply(&text, &mut undone);
        }
        Ok(())
    });
}

#[test]
fn any_edit_is_checked_as_the_piece_stands() {
    let now: DateTime<Utc> = "2026-11-23T22:00:00Z".parse().expect("a time");
    let story = (0..CORPUS.len(), prop::collection::vec(edit(), 1..8));
    hold(40, story, |(file, edits)| {
        let mut desk = Desk::open_in_memory().expect("a desk opens");
        let id = desk.new_draft(now).expect("a piece is made").id;
        for note in notes(&CORPUS[file..]).iter().take(3) {
            desk.save_note(note, true, None, now).expect("a note is kept");
        }
        let (mut text, mut undone) = (CORPUS[file].clone(), Vec::new());
        for edit in &edits {
            let Checked { quotes, furniture, notes, .. } =
                desk.check_draft(id, &text, now).expect("a piece is checked");
            let (quotes, findings): (Vec<Quote>, Vec<Finding>) =
                quotes.into_iter().map(|judged| (judged.quote, judged.finding)).unzip();
            prop_assert_eq!(
                findings,
                check::check(&text, &quotes, &notes, Policy::default(), now),
                "before {:?} of {:?}",
                edit,
                text
            );
            prop_assert_eq!(Reading { quotes, furniture }, find(&text), "before {:?} of {:?}", edit, text);
            text = edit.apply(&text, &mut undone);
        }
        Ok(())
    });
}

#[test]
fn text_made_to_be_slow_is_read() {
    let now: DateTime<Utc> = "2026-11-23T22:00:00Z".parse().expect("a time");
    let notes = Arc::new(Notes::new(notes(&CORPUS[..3])));
    for (name, text) in hard::hard_texts(20_000) {
        let reading = within_limit(&name, || find(&text));
        let held = assert_lawful(&text, &reading);
        assert!(held.is_ok(), "{name}: {held:?}");
        let mut live = check::Live::default();
        for _ in 0..2 {
            let findings = within_limit(&name, || live.check(&text, &reading.quotes, &notes, Policy::default(), now));
            assert_eq!(findings.len(), reading.quotes.len(), "{name}");
        }
    }
}

/// A word that fills the text, and a line that does: who reads back from each letter to where it began never comes here
/// to an end.
#[test]
fn text_without_a_space_is_read_in_one_go() {
    let now: DateTime<Utc> = "2026-11-23T22:00:00Z".parse().expect("a time");
    for (name, text) in hard::hard_texts(400_000).into_iter().filter(|(_, text)| !text.contains([' ', '\n'])) {
        let draft = format!("Roe said {text}.");
        let reading = within_limit(&name, || find(&draft));
        let held = assert_lawful(&draft, &reading);
        assert!(held.is_ok(), "{name}: {held:?}");
        let notes = Notes::new(notes(&[text]));
        let findings = within_limit(&name, || check::check(&draft, &reading.quotes, &notes, Policy::default(), now));
        assert_eq!(findings.len(), reading.quotes.len(), "{name}");
    }
}

#[test]
fn a_speaker_handed_over_is_read_anew() {
    let mut live = Live::default();
    for name in ["Mia Sorrel", "Petra Lund"] {
        let text = format!("{name} wrote:\n\n“I could see it from my window, and nobody came.”\n");
        let reading = live.read(&text);
        let speaker = reading.quotes[0].speaker.as_ref().and_then(|speaker| speaker.name.as_deref());
        assert_eq!(speaker, Some(name), "the graf before has new words in the same place");
        assert_eq!(reading, find(&text));
    }
}
