//! The sample story has one whole report, `tests/desk/report.txt`: any change to judgement shows there.

use std::fs;
use std::path::Path;
use std::process::Command;
use stet::check::{Policy, Verdict, check};
use stet::import::{read_note, read_piece};
use stet::note::{Note, NoteId};
use stet::{check::Notes, quote};

const REPORT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/desk/report.txt");
const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src-tauri/sample");

fn stet(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_stet")).args(args).current_dir(SAMPLE).output().expect("stet runs");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "the sample is read without a warning");
    format!("$ stet {}\n{}\n", args.join(" "), String::from_utf8(output.stdout).expect("text"))
}

#[test]
fn the_sample_is_reported_as_it_was() {
    let report = stet(&["check", "ferry-sale.md", "--notes", "notes"])
        + &stet(&["quotes", "ferry-sale.md"])
        + &stet(&["diff", "ferry-sale.1.md", "ferry-sale.2.md"])
        + &stet(&["diff", "ferry-sale.2.md", "ferry-sale.md"]);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::create_dir_all(Path::new(REPORT).parent().expect("it lies in a folder")).expect("the folder can be made");
        fs::write(REPORT, &report).expect("the report can be written");
    }
    let kept = fs::read_to_string(REPORT).unwrap_or_default();
    let changed = kept.lines().zip(report.lines()).find(|(kept, now)| kept != now);
    assert!(
        kept == report,
        "the judgement of the sample changed (first line that differs: {changed:?}): read it, then `make bless`"
    );
}

#[test]
fn the_sample_shows_a_quote_of_each_verdict() {
    let piece = read_piece("ferry-sale.md", &fs::read(format!("{SAMPLE}/ferry-sale.md")).expect("it is there")).0;
    let mut files: Vec<_> =
        fs::read_dir(format!("{SAMPLE}/notes")).expect("it is there").flatten().map(|entry| entry.path()).collect();
    files.sort();
    let note = |(id, path): (i64, &std::path::PathBuf)| {
        let name = path.file_name().expect("it has a name").to_string_lossy();
        Note { id: NoteId(id), ..read_note(&name, &fs::read(path).expect("it can be read")).0 }
    };
    let notes = Notes::new((0..).zip(&files).map(note).collect());
    let body = &piece.copy.body;
    let reading = quote::find(body);
    let now = chrono::DateTime::from_timestamp(1_795_000_000, 0).expect("it is a time");
    let findings = check(body, &reading.quotes, &notes, Policy::default(), now);
    let missing: Vec<&str> = Verdict::ALL
        .into_iter()
        .filter(|verdict| !findings.iter().any(|finding| finding.verdict == *verdict))
        .map(Verdict::words)
        .collect();
    assert!(missing.is_empty(), "the first minute must show every verdict; missing: {missing:?}");
    assert!(reading.quotes.iter().any(|quote| quote.form == quote::Form::Unmarked), "and speech whose marks were lost");
    assert!(findings.iter().any(|finding| !finding.alarms.is_empty()), "and an alarm");
    assert_eq!(reading.furniture.len(), 1, "and a line that is not copy");
    assert_eq!(stet::draft::find_tks(body).len(), 1, "and a TK");
}
