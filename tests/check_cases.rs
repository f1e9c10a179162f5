//! Quotes held against notes: each case is a draft, notes, the quotes in it, and what the check must say of them.

use chrono::{DateTime, Utc};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use stet::check::{self, ChangeKind, Finding, Notes, Policy, TermsFinding};
use stet::note::{Note, NoteId, Terms};
use stet::quote::{By, Form, Quote, Speaker, Stance};
use stet::span::Span;

fn now() -> DateTime<Utc> {
    "2026-11-23T22:00:00Z".parse().expect("a time")
}

/// A fenced block: what stands behind the three ticks, and its lines.
struct Block {
    kind: String,
    text: String,
}

struct Case {
    title: String,
    blocks: Vec<Block>,
}

impl Case {
    fn block(&self, kind: &str) -> &str {
        let block = self.blocks.iter().find(|block| block.kind == kind);
        block.map(|block| block.text.as_str()).unwrap_or_else(|| panic!("{}: no {kind} block", self.title))
    }
}

fn read_cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut open: Option<Block> = None;
    for line in text.lines() {
        match (&mut open, line) {
            (Some(_), "```") => cases.last_mut().expect("a block stands in a case").blocks.extend(open.take()),
            (Some(block), _) => block.text += &format!("{}{line}", if block.text.is_empty() { "" } else { "\n" }),
            (None, _) if line.starts_with("## ") => cases.push(Case { title: line[3..].into(), blocks: Vec::new() }),
            (None, _) if line.starts_with("```") => {
                open = Some(Block { kind: line[3..].trim().into(), text: String::new() })
            }
            _ => {}
        }
    }
    cases
}

fn read_note(id: i64, name: &str, text: &str) -> Note {
    let (head, words) = text.split_once("---\n").unwrap_or(("", text));
    let field = |key: &str| {
        let line = head.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'));
        line.map(|value| value.trim().to_string()).unwrap_or_default()
    };
    Note {
        id: NoteId(id),
        name: name.into(),
        source: field("source"),
        kind: field("kind"),
        place: String::new(),
        said_at: field("said_at"),
        terms: Terms::from_words(&field("terms")).unwrap_or_default(),
        terms_words: String::new(),
        embargo: field("embargo").parse().ok(),
        is_confidential: field("confidential") == "true",
        aliases: field("aliases").split(';').map(|alias| alias.trim().to_string()).filter(|a| !a.is_empty()).collect(),
        text: words.replace("\\n", "\n"),
    }
}

/// `direct Ines Eze: the words / more words`, `indirect|denied Ines Eze: …` where the cue counts; an unnamed speaker stands in round brackets, one in
/// particular without a name in square ones, `-` is none.
fn read_quote(draft: &str, line: &str) -> Quote {
    let (form, rest) = line.split_once(' ').expect("a form");
    let (speaker, words) = rest.trim().split_once(": ").expect("a speaker");
    let (form, cue) = form.split_once('|').map_or((form, None), |(form, cue)| (form, Some(cue)));
    let form = match form {
        "direct" => Form::Direct,
        "unmarked" => Form::Unmarked,
        "mixed" => Form::Mixed,
        _ => Form::Indirect,
    };
    let place = |part: &str| {
        let start = draft.find(part).unwrap_or_else(|| panic!("{part:?} stands in the draft"));
        Span::new(start, start + part.len())
    };
    let content: Vec<Span> = words.split(" / ").map(place).collect();
    let marked = match form {
        Form::Direct => content.clone(),
        Form::Mixed => marked(draft, &content),
        _ => Vec::new(),
    };
    let name = speaker.trim_matches(['(', ')', '[', ']']);
    let (is_unnamed, is_named) = (speaker.starts_with('('), name == speaker);
    let mention = draft.find(name).or_else(|| draft.find(name.split(' ').next_back().unwrap_or(name))).unwrap_or(0);
    let speaker = (speaker != "-").then(|| Speaker {
        mention: Span::new(mention, mention + name.len()),
        name: is_named.then(|| name.to_string()),
        by: By::Name,
        antecedent: None,
        is_unnamed,
    });
    let cue = cue.map(|cue| place(&cue.replace('_', " ")));
    Quote { content, marked, cue, speaker, form, stance: Stance::Said, rule: "case" }
}

fn marked(draft: &str, content: &[Span]) -> Vec<Span> {
    let mut marked = Vec::new();
    for span in content {
        let mut start = span.start;
        for part in span.of(draft).split('“').skip(1) {
            let part = part.split('”').next().unwrap_or(part);
            start = draft[start..].find(part).map(|at| at + start).expect("it stands there");
            marked.push(Span::new(start, start + part.len()));
        }
    }
    marked
}

/// What the check says of a quote, line by line.
fn print(draft: &str, quote: &Quote, finding: &Finding, notes: &Notes) -> String {
    let mut text = finding.verdict.words().to_string();
    let name = |id: NoteId| notes.get(id).expect("evidence names a note");
    for evidence in &finding.evidence {
        let note = name(evidence.note);
        let word = if evidence.is_own { "in" } else { "other" };
        let words = evidence.span.of(&note.text).replace('\n', "⏎");
        write!(text, "\n  {word:7} {}: {words}", note.name).expect("writes");
    }
    let note = finding.evidence.first().map_or("", |evidence| name(evidence.note).text.as_str());
    for alarm in &finding.alarms {
        let words = check::alarm_words(draft, alarm, finding, notes);
        write!(text, "\n  alarm   {}: {words}", alarm.kind.word()).expect("writes");
    }
    let doubt = check::doubt_words(finding);
    if !doubt.is_empty() {
        write!(text, "\n  doubt   {doubt}").expect("writes");
    }
    if finding.terms != TermsFinding::Ok {
        write!(text, "\n  terms   {}", finding.terms.words()).expect("writes");
    }
    for change in finding.changes.iter().filter(|change| change.kind != ChangeKind::Folded) {
        let (from, to) = (change.note.of(note), change.draft.of(draft));
        write!(text, "\n  {:7} {from} → {to}", change.kind.word()).expect("writes");
    }
    for passed in check::passed_words(draft, finding, notes) {
        write!(text, "\n  passed  {passed}").expect("writes");
    }
    let folded = check::folded_words(draft, finding, notes);
    if !folded.is_empty() {
        write!(text, "\n  folded  {folded}").expect("writes");
    }
    let edits = check::words_from_source(draft, quote, finding, notes);
    if !edits.is_empty() {
        write!(text, "\n  source  {}", apply(draft, quote, &edits)).expect("writes");
    }
    text
}

fn apply(draft: &str, quote: &Quote, edits: &[(Span, String)]) -> String {
    let mut text = draft.to_string();
    let last = quote.content.last().expect("never empty").end;
    let n_behind = draft.len() - last;
    for (span, insert) in edits.iter().rev() {
        text.replace_range(span.start..span.end, insert);
    }
    text[quote.content[0].start..text.len() - n_behind].to_string()
}

/// The laws every finding keeps, whatever the texts.
fn hold_laws(draft: &str, quotes: &[Quote], findings: &[Finding], notes: &Notes) {
    assert_eq!(quotes.len(), findings.len(), "one finding for each quote");
    for (quote, finding) in quotes.iter().zip(findings) {
        for evidence in &finding.evidence {
            let note = notes.get(evidence.note).expect("evidence names a note that is there");
            assert!(note.text.get(evidence.span.start..evidence.span.end).is_some(), "evidence stands on boundaries");
        }
        let note = finding.evidence.first().and_then(|evidence| notes.get(evidence.note));
        let note = note.map_or("", |note| note.text.as_str());
        let is_place = |text: &str, span: Span| text.get(span.start..span.end).is_some();
        for (in_draft, in_note) in finding
            .changes
            .iter()
            .map(|change| (change.draft, change.note))
            .chain(finding.alarms.iter().map(|alarm| (alarm.draft, alarm.note)))
            .chain(check::align(draft, quote, finding, notes).iter().map(|cell| (cell.draft, cell.note)))
        {
            assert!(is_place(draft, in_draft) && is_place(note, in_note), "changes and alarms stand on boundaries");
        }
        assert!(finding.changes.is_sorted_by_key(|change| change.draft.start), "changes come in the draft's order");
        let edits = check::words_from_source(draft, quote, finding, notes);
        assert!(edits.iter().all(|(span, _)| is_place(draft, *span)), "edits stand on boundaries");
        assert!(edits.windows(2).all(|two| two[0].0.end <= two[1].0.start), "edits never overlap");
    }
}

fn run(case: &Case) -> String {
    let draft = case.block("draft");
    let notes = case.blocks.iter().filter_map(|block| Some((block.kind.strip_prefix("note ")?, block)));
    let notes: Vec<Note> =
        notes.enumerate().map(|(id, (name, block))| read_note(id as i64, name, &block.text)).collect();
    let notes = Notes::new(notes);
    let quotes: Vec<Quote> = case.block("quotes").lines().map(|line| read_quote(draft, line)).collect();
    let policy = case.blocks.iter().find(|block| block.kind == "policy").map(|block| block.text.as_str());
    let policy = Policy::from_words(policy.unwrap_or("strict")).expect("a policy");
    let findings = check::check(draft, &quotes, &notes, policy, now());
    hold_laws(draft, &quotes, &findings, &notes);
    let printed = quotes.iter().zip(&findings).map(|(quote, finding)| print(draft, quote, finding, &notes));
    printed.collect::<Vec<_>>().join("\n")
}

fn case_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/checks");
    let entries = fs::read_dir(folder).expect("the cases are there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    paths.sort();
    paths
}

#[test]
fn the_check_says_what_each_case_says() {
    let mut n_cases = 0;
    let mut wrong = String::new();
    for path in case_files() {
        let mut text = fs::read_to_string(&path).expect("it can be read");
        for case in read_cases(&text) {
            n_cases += 1;
            let (got, want) = (run(&case), case.block("findings").to_string());
            if got != want && std::env::var_os("UPDATE_EXPECT").is_some() {
                let start = text.find(&format!("## {}\n", case.title)).expect("the case stands there");
                let block = format!("```findings\n{want}{}```", if want.is_empty() { "" } else { "\n" });
                let at = start + text[start..].find(&block).expect("its block stands there");
                text.replace_range(at..at + block.len(), &format!("```findings\n{got}\n```"));
            } else if got != want {
                write!(wrong, "\n## {}\ngot:\n{got}\nwant:\n{want}\n", case.title).expect("writes");
            }
        }
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&path, text).expect("it can be written");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(n_cases >= 1, "the cases must be found to be checked");
}
