//! The finder, case by case: each file in tests/cases/quotes holds a draft and what is found in it.
//!
//! `UPDATE_EXPECT=1 cargo test --test quote_cases` writes the expectations anew.

use std::fs;
use std::path::{Path, PathBuf};
use stet::quote::{Quote, Stance, find};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What was found, as the case files print it.
fn report(draft: &str) -> String {
    let reading = find(draft);
    let mut lines: Vec<String> = reading.quotes.iter().map(|quote| describe(quote, draft)).collect();
    lines.extend(reading.furniture.iter().map(|span| format!("furniture {}\n", span.of(draft))));
    if lines.is_empty() { "nothing\n".to_owned() } else { lines.join("\n") }
}

fn describe(quote: &Quote, draft: &str) -> String {
    let mut lines = format!("{:9} ", quote.form.word());
    lines += &quote.content.iter().map(|span| span.of(draft)).collect::<Vec<_>>().join(" | ");
    if quote.form.word() == "mixed" {
        lines += "\nmarked    ";
        lines += &quote.marked.iter().map(|span| span.of(draft)).collect::<Vec<_>>().join(" | ");
    }
    if let Some(cue) = quote.cue {
        lines += &format!("\ncue       {}", cue.of(draft));
    }
    if let Some(speaker) = &quote.speaker {
        let mention = speaker.mention.of(draft);
        let name = speaker.name.as_deref().unwrap_or(if speaker.is_unnamed { "unnamed" } else { "no name" });
        lines += &format!("\nspeaker   {name} (by {} “{mention}”)", speaker.by.word());
    }
    if quote.stance != Stance::Said {
        lines += &format!("\nstance    {}", quote.stance.word());
    }
    lines + "\n"
}

/// The case file with every expectation written anew.
fn bless(source: &str) -> String {
    let (mut out, mut draft, mut inside) = (String::new(), String::new(), "");
    for line in source.lines() {
        match (inside, line) {
            ("", "```draft") => (inside, draft) = ("draft", String::new()),
            ("", "```quotes") => {
                inside = "quotes";
                out += "```quotes\n";
                out += &report(draft.trim_end_matches('\n'));
                continue;
            }
            ("draft", "```") | ("quotes", "```") => inside = "",
            ("draft", _) => draft += &format!("{line}\n"),
            ("quotes", _) => continue,
            _ => {}
        }
        out += line;
        out += "\n";
    }
    out
}

#[test]
fn every_case_is_found_as_written() {
    let folder = root().join("tests/cases/quotes");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let (mut n_cases, mut wrong) = (0, Vec::new());
    for path in paths {
        let source = fs::read_to_string(&path).unwrap();
        let blessed = bless(&source);
        n_cases += source.matches("\n```draft").count();
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&path, &blessed).unwrap();
        } else if blessed != source {
            wrong.push(difference(&path, &source, &blessed));
        }
    }
    assert!(n_cases >= 3, "the cases are there to be read: {n_cases}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The cases of a file that changed, as written and as found.
fn difference(path: &Path, source: &str, blessed: &str) -> String {
    let (old, new) = (source.split("\n## "), blessed.split("\n## "));
    let changed =
        old.zip(new).filter(|(old, new)| old != new).map(|(old, new)| format!("{old}\nfound instead:\n{new}"));
    format!("{}\n{}", path.display(), changed.collect::<Vec<_>>().join("\n"))
}
