//! The finder, case by case: each file in tests/cases/quotes holds a draft and what is found in it.
//!
//! `UPDATE_EXPECT=1 cargo test --test quote_cases` writes the expectations anew.

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use stet::quote::{Form, Quote, Stance, find};
use stet::span::Span;
use unicode_segmentation::UnicodeSegmentation;

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
    assert!(n_cases >= 300, "the cases are there to be read: {n_cases}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The cases of a file that changed, as written and as found.
fn difference(path: &Path, source: &str, blessed: &str) -> String {
    let (old, new) = (source.split("\n## "), blessed.split("\n## "));
    let changed =
        old.zip(new).filter(|(old, new)| old != new).map(|(old, new)| format!("{old}\nfound instead:\n{new}"));
    format!("{}\n{}", path.display(), changed.collect::<Vec<_>>().join("\n"))
}

/// The words of a text that lie in any of the spans, by where they begin.
fn words(text: &str, spans: &[Span]) -> BTreeSet<usize> {
    let inside = |at: usize| spans.iter().any(|span| span.holds(at));
    text.unicode_word_indices().map(|(at, _)| at).filter(|at| inside(*at)).collect()
}

/// Share of words in common, 0 to 1 (Dice).
fn likeness(one: &BTreeSet<usize>, other: &BTreeSet<usize>) -> f64 {
    2.0 * one.intersection(other).count() as f64 / (one.len() + other.len()).max(1) as f64
}

/// A label of the seed article, and what was found for it.
fn is_met(text: &str, quote: &Quote, label: &Value) -> bool {
    let byte = |name: &str| label[name].as_u64().unwrap() as usize;
    let mention = quote.speaker.as_ref().map(|speaker| speaker.mention.of(text));
    let name = quote.speaker.as_ref().and_then(|speaker| speaker.name.as_deref());
    let is_unmarked = quote.form == Form::Unmarked;
    likeness(&words(text, &quote.content), &words(text, &[Span::new(byte("start"), byte("end"))])) >= 0.8
        && name.or(mention) == label["speaker"].as_str()
        && is_unmarked == (label["kind"] == "unmarked")
}

#[test]
fn the_seed_article_is_read_as_a_careful_editor_reads_it() {
    let seed = root().join("../shared/seed");
    let (Ok(text), Ok(labels)) =
        (fs::read_to_string(seed.join("article.txt")), fs::read_to_string(seed.join("expected.json")))
    else {
        println!("the seed article is not here: nothing was checked");
        return;
    };
    let labels: Value = serde_json::from_str(&labels).unwrap();
    let (reading, expected) = (find(&text), labels["quotes"].as_array().unwrap());
    let met = |label: &&Value| reading.quotes.iter().any(|quote| is_met(&text, quote, label));
    let missed: Vec<_> = expected.iter().filter(|label| !met(label)).map(|label| &label["text"]).collect();
    assert!(missed.is_empty(), "every attribution is found with its speaker and form: {missed:?}");
    let n_extra = reading.quotes.len() - expected.len();
    assert!(n_extra <= 1, "little else is reported: {n_extra}");
    let furniture_from = labels["furniture_from"].as_u64().unwrap() as usize;
    let is_read = |quote: &Quote| quote.content.iter().any(|span| span.end > furniture_from);
    assert!(!reading.quotes.iter().any(is_read), "furniture is not read");
    let first = reading.furniture.first().map(|line| line.start);
    assert_eq!(first, Some(furniture_from), "furniture begins where the copy ends");
}
