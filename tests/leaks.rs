//! Nothing private gets out: random words are planted in every private place of a desk, and looked for in every byte
//! that leaves it, however they may be written there.

mod pdf;
mod room;

#[path = "leaks/bytes.rs"]
mod bytes;
#[path = "leaks/planted.rs"]
mod planted;

use planted::{Desk, PIECE};
use std::fs;
use std::path::Path;
use std::process::Command;
use stet::export::Format;

/// `stet` as its user runs it; its standard output and error.
fn stet(desk: &Desk, args: &[&str]) -> (Vec<u8>, Vec<u8>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stet"));
    command.args(["--desk", desk.path.to_str().expect("the path is text")]).args(args).current_dir(desk.out());
    for (name, value) in &desk.surroundings {
        command.env(name, value);
    }
    let output = command.output().expect("stet starts");
    (output.stdout, output.stderr)
}

/// The planted words that stand in some bytes, with where each was planted.
fn found<'d>(desk: &'d Desk, bytes: &[u8]) -> Vec<(&'d str, &'d str)> {
    let forms = bytes::forms(bytes);
    let is_there = |token: &str| forms.iter().any(|form| form.contains(token));
    desk.tokens.iter().filter(|(token, _)| is_there(token)).map(|(token, place)| (*place, token.as_str())).collect()
}

#[test]
fn two_hundred_private_words_are_in_no_byte_that_leaves_the_desk() {
    let desk = Desk::planted();
    assert!(desk.tokens.len() >= 200, "{} words are planted", desk.tokens.len());
    let in_desk = found(&desk, &fs::read(&desk.path).expect("the desk is there"));
    assert!(in_desk.len() >= 150, "the words are on the desk, and looking finds them: {}", in_desk.len());

    let mut leaks: Vec<String> = Vec::new();
    let mut look = |what: &str, bytes: &[u8]| {
        leaks.extend(found(&desk, bytes).iter().map(|(place, token)| format!("{what} has the {place} ({token})")));
    };
    for format in Format::ALL.map(Format::word) {
        let file = format!("piece.{format}");
        let (said, refused) = stet(&desk, &["export", PIECE, "--as", format, "-o", &file]);
        assert!(!refused.is_empty(), "the gate holds it back, and says why");
        look(&format!("the gate before {format}"), &[said, refused].concat());
        let pass = ["export", PIECE, "--as", format, "-o", &file, "--force", "--why", "agreed", "--by", "SB"];
        let (said, refused) = stet(&desk, &pass);
        look(&format!("what export says of {format}"), &[said, refused].concat());
        let bytes = fs::read(desk.out().join(&file)).expect("it went out");
        assert!(found_words(&bytes, "the harbour line"), "{format} holds the piece");
        look(format, &bytes);
        if format == "proof" {
            // What is held back is told, so that nobody takes it for missing.
            for words in [
                "a note off the record: neither",
                "a note under embargo: neither",
                "confidential source, call",
                "▇▇▇ and ▇▇▇ say",
                "cq sb, 20",
                ": ▇▇▇ read it back",
            ] {
                assert!(found_words(&bytes, words), "the proof says “{words}”");
            }
        }
    }
    let (old, now) = (format!("{PIECE}@{}", desk.sent_id), PIECE);
    for (option, file) in [("--html", "changes.html"), ("--docx", "changes.docx")] {
        for pass in [&[][..], &["--why", "agreed", "--by", "SB"]] {
            let (said, refused) = stet(&desk, &[&["diff", &old, now, option, file], pass].concat());
            look("what diff says", &[said, refused].concat());
        }
        look(file, &fs::read(desk.out().join(file)).expect("it was written"));
    }
    look("the correction notice", &stet(&desk, &["correction", &old, now]).0);
    for args in MESSAGES {
        look(&args.join(" "), &stet(&desk, args).1);
    }
    for refusal in desk.refusals() {
        look("a refusal", refusal.as_bytes());
    }
    let pieces = Format::ALL.map(|format| format!("piece.{}", format.word()));
    let written: Vec<&str> =
        pieces.iter().map(String::as_str).chain(["broken.md", "changes.html", "changes.docx"]).collect();
    for (path, bytes) in desk.left_behind(&written) {
        look(&format!("a file left at {}", path.display()), &bytes);
    }
    assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));
}

fn found_words(bytes: &[u8], words: &str) -> bool {
    bytes::forms(bytes).iter().any(|form| form.contains(words))
}

/// Commands whose warnings and refusals may stand in a terminal, a log or a report.
const MESSAGES: &[&[&str]] = &[
    &["check", PIECE],
    &["drafts"],
    &["log", PIECE],
    &["verify"],
    &["import", "broken.md", "--notes"],
    &["import", "broken.md"],
    &["restore", PIECE, "999"],
    &["export", PIECE, "--as", "html", "-o", "no/such/folder.html", "--force", "--why", "x", "--by", "SB"],
    &["backup", "no/such/folder.sqlite"],
    &["diff", PIECE, "missing.md"],
    &["show", "missing"],
];

#[test]
fn a_fault_tells_its_place_and_no_word() {
    const WORD: &str = "Quavolirex";
    if std::env::var_os("STET_TEST_FAULT").is_some() {
        stet::error::hush_faults("stet");
        let text = format!("{WORD} é");
        let _ = std::panic::catch_unwind(|| text[..WORD.len() + 2].len());
        return;
    }
    let this = std::env::current_exe().expect("it runs");
    let args = ["--exact", "a_fault_tells_its_place_and_no_word", "--nocapture"];
    let output = Command::new(this).args(args).env("STET_TEST_FAULT", "1").output().expect("it runs again");
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(said.contains("fault of its own") && said.contains("leaks.rs"), "{said}");
    assert!(!said.contains(WORD), "{said}");
}

#[test]
fn looking_finds_a_word_however_it_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("it is written");
    write("plain", b"a QUAVOLIREX b");
    write("wide", &"Quavolirex".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    write("percent", b"?q=%51uavoli%72ex");
    write("entities", b"&#81;uavol&#x69;rex");
    write("tags", b"Quavo<b>lire</b>x");
    write("hidden", "Quavo\u{200b}lirex".as_bytes());
    write("marks", b"[Qua](https://example.com)vo**lire**x");
    write("json", br#"{"a":"\u0051uavolirex"}"#);
    use base64::Engine;
    write("base64", base64::engine::general_purpose::STANDARD.encode("the word Quavolirex is in here").as_bytes());
    for entry in fs::read_dir(folder.path()).expect("it is there") {
        let path = entry.expect("it is there").path();
        let is_there = |path: &Path| found_words(&fs::read(path).expect("it is there"), "quavolirex");
        assert!(is_there(&path), "{}", path.display());
    }
}
