//! Laws the check keeps on any text, and how it stands on the seed article.

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use stet::check::{self, Finding, Notes, Policy, Verdict};
use stet::note::{Note, NoteId, Terms};
use stet::quote::{By, Form, Quote, Speaker, Stance, find};
use stet::span::{Span, floor_boundary};

fn now() -> DateTime<Utc> {
    "2026-11-23T22:00:00Z".parse().expect("a time")
}

fn note(id: i64, name: &str, source: &str, text: &str) -> Note {
    Note {
        id: NoteId(id),
        name: name.into(),
        source: source.into(),
        kind: String::new(),
        place: String::new(),
        said_at: String::new(),
        terms: Terms::OnTheRecord,
        terms_words: String::new(),
        embargo: None,
        is_confidential: false,
        aliases: Vec::new(),
        text: text.into(),
    }
}

fn quote(content: Vec<Span>, form: Form, name: &str, is_unnamed: bool) -> Quote {
    let speaker = Speaker {
        mention: Span::default(),
        name: (!is_unnamed).then(|| name.to_string()),
        by: By::Name,
        antecedent: None,
        is_unnamed,
    };
    let marked = if matches!(form, Form::Direct | Form::Mixed) { content.clone() } else { Vec::new() };
    Quote { content, marked, cue: None, speaker: Some(speaker), form, stance: Stance::Said, rule: "law" }
}

fn judge(text: &str, form: Form, notes: &Notes) -> Finding {
    let quotes = [quote(vec![Span::new(0, text.len())], form, "Ines Eze", false)];
    check::check(text, &quotes, notes, Policy::default(), now()).remove(0)
}

/// Every span of a finding lies in its text, on boundaries.
fn stands(draft: &str, quote: &Quote, finding: &Finding, notes: &Notes) -> bool {
    let first = finding.evidence.first().and_then(|evidence| notes.get(evidence.note));
    let note = first.map_or("", |note| note.text.as_str());
    let is_place = |text: &str, span: Span| text.get(span.start..span.end).is_some();
    let evidence = finding
        .evidence
        .iter()
        .all(|evidence| notes.get(evidence.note).is_some_and(|note| is_place(&note.text, evidence.span)));
    let changes = finding.changes.iter().map(|change| (change.draft, change.note));
    let alarms = finding.alarms.iter().map(|alarm| (alarm.draft, alarm.note));
    let cells = check::align(draft, quote, finding, notes).into_iter().map(|cell| (cell.draft, cell.note));
    let places = changes.chain(alarms).chain(cells).all(|(d, n)| is_place(draft, d) && is_place(note, n));
    let edits = check::words_from_source(draft, quote, finding, notes);
    let apart = edits.windows(2).all(|two| two[0].0.end <= two[1].0.start);
    check::folded_words(draft, finding, notes);
    finding.alarms.iter().for_each(|alarm| drop(check::alarm_words(draft, alarm, finding, notes)));
    evidence && places && apart && edits.iter().all(|(span, _)| is_place(draft, *span))
}

const WORDS: [&str; 24] = [
    "harbour", "boat", "the", "we", "not", "sell", "Spring", "crew", "may", "Calder", "north", "is", "safe", "don't",
    "it", "never", "told", "pier", "and", "winter", "board", "of", "Eze", "old",
];

proptest! {
    #[test]
    fn any_texts_are_judged_and_every_span_stands(
        draft in "[a-zA-Z0-9 .,'’…“”\\[\\]()*_$%\\-\\n\u{301}é港😀ש]{0,120}",
        text in "[a-zA-Z0-9 .,'’…\\[\\]:()*\\-\\n\u{301}é港😀ש]{0,160}",
        places in proptest::collection::vec((0usize..120, 0usize..40, 0usize..4, any::<bool>()), 1..4),
    ) {
        let notes = Notes::new(vec![note(0, "a.md", "Ines Eze", &text), note(1, "b.md", "Lars Moreau", &draft)]);
        let quotes: Vec<Quote> = places.iter().map(|(start, len, form, unnamed)| {
            let start = floor_boundary(&draft, *start);
            let span = Span::new(start, floor_boundary(&draft, start + len));
            let form = [Form::Direct, Form::Unmarked, Form::Mixed, Form::Indirect][*form];
            quote(vec![span], form, "Ines Eze", *unnamed)
        }).collect();
        let findings = check::check(&draft, &quotes, &notes, Policy::default(), now());
        prop_assert_eq!(findings.len(), quotes.len());
        for (quote, finding) in quotes.iter().zip(&findings) {
            prop_assert!(stands(&draft, quote, finding, &notes), "{:?}", finding);
        }
    }

    #[test]
    fn a_quote_cut_from_a_note_is_verbatim(
        picks in proptest::collection::vec(0usize..WORDS.len(), 1..200),
        start in 0usize..200,
        len in 1usize..60,
    ) {
        let words: Vec<&str> = picks.iter().map(|pick| WORDS[*pick]).collect();
        let start = start % words.len();
        let cut = words[start..(start + len).min(words.len())].join(" ");
        let notes = Notes::new(vec![note(0, "a.md", "Ines Eze", &words.join(" "))]);
        let finding = judge(&cut, Form::Direct, &notes);
        prop_assert_eq!(finding.verdict, Verdict::Verbatim, "{}", cut);
        let is_beside = finding.alarms.iter().all(|alarm| alarm.draft.is_empty());
        prop_assert!(is_beside, "words that are the note's raise no alarm, but those it was cut from may");
    }

    #[test]
    fn a_quote_with_one_word_changed_is_never_verbatim(
        picks in proptest::collection::vec(0usize..WORDS.len(), 4..120),
        start in 0usize..120,
        len in 1usize..40,
        at in 0usize..40,
        other in 0usize..WORDS.len(),
        kind in 0usize..3,
    ) {
        let words: Vec<&str> = picks.iter().map(|pick| WORDS[*pick]).collect();
        let start = start % words.len();
        let mut cut: Vec<&str> = words[start..(start + len).min(words.len())].to_vec();
        let at = at % cut.len();
        match kind {
            0 => cut[at] = WORDS[other],
            1 => cut.insert(at, WORDS[other]),
            _ => drop(cut.remove(at)),
        }
        prop_assume!(!cut.is_empty() && !words.windows(cut.len()).any(|run| run == cut.as_slice()));
        let notes = Notes::new(vec![note(0, "a.md", "Ines Eze", &words.join(" "))]);
        let verdict = judge(&cut.join(" "), Form::Direct, &notes).verdict;
        prop_assert!(!matches!(verdict, Verdict::Verbatim | Verdict::Trimmed), "{} in {}", cut.join(" "), words.join(" "));
    }
}

#[test]
fn the_source_s_words_put_in_are_verbatim() {
    let text = "If the board agrees we may sell it, by the spring, but nobody has made an offer I would call an offer.";
    let notes = Notes::new(vec![note(0, "a.md", "Ines Eze", text)]);
    for draft in [
        "We will sell it by spring",
        "If the council agrees we may buy it",
        "But nobody made a real offer I would call an offer",
    ] {
        let quote = quote(vec![Span::new(0, draft.len())], Form::Direct, "Ines Eze", false);
        let finding = check::check(draft, std::slice::from_ref(&quote), &notes, Policy::default(), now()).remove(0);
        assert_eq!(finding.verdict, Verdict::Altered, "{draft}");
        let mut mended = draft.to_string();
        for (span, words) in check::words_from_source(draft, &quote, &finding, &notes).iter().rev() {
            mended.replace_range(span.start..span.end, words);
        }
        assert_eq!(judge(&mended, Form::Direct, &notes).verdict, Verdict::Verbatim, "{mended}");
    }
}

#[test]
fn equal_words_are_judged_alike_wherever_they_stand() {
    let draft = "“We will sell it,” Eze said. “We will sell it,” Eze said.";
    let notes = Notes::new(vec![note(0, "a.md", "Ines Eze", "We may sell it.")]);
    let places = [3, draft.rfind("We will").expect("it stands there")];
    let quotes = places.map(|start| quote(vec![Span::new(start, start + 15)], Form::Direct, "Ines Eze", false));
    let both = check::check(draft, &quotes, &notes, Policy::default(), now());
    let alone = check::check(draft, &quotes[1..], &notes, Policy::default(), now());
    assert_eq!(both[1], alone[0], "what was judged before must not move a span");
}

/// Texts that once made a scan grow with the square of their length; here they need only end.
#[test]
fn a_long_text_of_one_thing_is_judged() {
    for unit in ["“", "he said ", "harbour ", "[", "x", "nine ", "… "] {
        let text = unit.repeat(60_000 / unit.len());
        let notes = Notes::new(vec![note(0, "a.md", "Ines Eze", &text)]);
        for form in [Form::Direct, Form::Indirect] {
            judge(&text, form, &notes);
            judge("The harbour said nine things he never said", form, &notes);
        }
        let other = Notes::new(vec![note(0, "a.md", "Ines Eze", "The harbour said nine things he never said.")]);
        judge(&text, Form::Direct, &other);
        judge(&text, Form::Indirect, &other);
    }
}

fn seed() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seed");
    folder.is_dir().then_some(folder)
}

fn read_note(id: i64, path: &Path) -> Note {
    let raw = fs::read_to_string(path).expect("it can be read");
    let (head, text) = raw.trim_start_matches("---\n").split_once("\n---\n").expect("it has front matter");
    let field = |key: &str| {
        let line = head.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'));
        line.unwrap_or_default().trim().to_string()
    };
    let name = path.file_name().expect("it has a name").to_string_lossy();
    let mut note = note(id, &name, &field("source"), text);
    note.terms = Terms::from_words(&field("terms")).unwrap_or_default();
    note.is_confidential = field("confidential") == "true";
    note
}

#[test]
fn the_seed_is_judged_as_a_careful_editor_judges_it() {
    let Some(folder) = seed() else { return eprintln!("no seed article beside the repository: nothing to compare") };
    let draft = fs::read_to_string(folder.join("article.txt")).expect("it can be read");
    let entries = fs::read_dir(folder.join("notes")).expect("the notes are there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    paths.sort();
    let notes = Notes::new(paths.iter().enumerate().map(|(id, path)| read_note(id as i64, path)).collect());
    let expected = fs::read_to_string(folder.join("expected.json")).expect("it can be read");
    let expected: Value = serde_json::from_str(&expected).expect("it is JSON");
    for want in expected["quotes"].as_array().expect("a list") {
        let words = |key: &str| want[key].as_str().unwrap_or_default().to_string();
        let at = |key: &str| want[key].as_u64().expect("a place") as usize;
        let form = if words("kind") == "unmarked" { Form::Unmarked } else { Form::Indirect };
        let is_unnamed = words("speaker").starts_with(char::is_lowercase);
        let mut quote = quote(vec![Span::new(at("start"), at("end"))], form, &words("speaker"), is_unnamed);
        let mention = draft.find(&words("mention")).unwrap_or_default();
        quote.speaker.as_mut().expect("just given").mention = Span::new(mention, mention + words("mention").len());
        let finding = check::check(&draft, std::slice::from_ref(&quote), &notes, Policy::default(), now()).remove(0);
        let note =
            finding.evidence.first().and_then(|evidence| notes.get(evidence.note)).map(|note| note.name.as_str());
        assert_eq!(finding.verdict.words(), words("verdict"), "{}", words("text"));
        assert_eq!(note, want["note"].as_str(), "{}", words("text"));
        assert_eq!(finding.terms, check::TermsFinding::Ok, "{}", words("text"));
    }
}

#[test]
fn a_word_added_before_the_first_of_a_note_has_its_place_in_that_note() {
    let longer = "We have asked for a meeting three times, and have had one reply, and nobody came.";
    let note_text = "The boats will stay in the harbour until the wind has turned.";
    let notes = Notes::new(vec![note(1, "a.md", "Lars Moreau", longer), note(2, "b.md", "Ines Eze", note_text)]);
    let finding = judge("Surely the boats will stay in the harbour until the wind has turned.", Form::Direct, &notes);
    assert_eq!(finding.evidence[0].note, NoteId(2));
    let added = finding.changes.iter().find(|change| change.note.is_empty()).expect("a word was added");
    assert_eq!(added.note, Span::new(0, 0), "the place is in the note that holds the words, not at the end of another");
}

/// The findings of a live check that saw each draft, the last one's; they must be those of a whole check.
fn live_findings(drafts: &[&str], note: Note) -> Vec<Finding> {
    let (mut live, notes) = (check::Live::default(), Arc::new(Notes::new(vec![note])));
    let mut last = Vec::new();
    for draft in drafts {
        let quotes = find(draft).quotes;
        last = live.check(draft, &quotes, &notes, Policy::default(), now());
        assert_eq!(last, check::check(draft, &quotes, &notes, Policy::default(), now()), "{draft}");
    }
    last
}

#[test]
fn a_graf_elsewhere_that_says_who_is_who_is_seen_at_once() {
    let note = note(1, "a.md", "Ines Eze", "Altman will leave the company in May and go to the rival.");
    let alone = "Ines Eze said Sam would leave the company in May for the rival.\n";
    let named = format!("{alone}\nSam Altman has run it for ten years.\n");
    let before = live_findings(&[alone], note.clone());
    let after = live_findings(&[alone, &named], note);
    assert_ne!(before[0], after[0], "now the draft says that Sam is Altman");
}

#[test]
fn a_speaker_handed_over_in_other_words_is_judged_anew() {
    let note = note(1, "a.md", "The mayor", "We will open the north berth again before the winter.");
    let wrote = |who: &str| format!("{who} wrote:\n\n“We will open the north berth again before the winter.”\n");
    let [mayor, judge] = [wrote("The mayor"), wrote("The judge")];
    let before = live_findings(&[&mayor], note.clone());
    let after = live_findings(&[&mayor, &judge], note);
    assert_ne!(before[0], after[0], "the judge is not the mayor");
}
