//! Files as they come: whatever is in them, one clear sentence and nothing lost.

use super::{folder, json, stet};
use serde_json::Value;
use std::path::Path;
use std::process::Output;

fn warnings(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Puts bytes through quotes, check, diff and import; the body as the desk keeps it, and the warnings of the import.
fn put_through(bytes: &[u8]) -> (String, String) {
    let dir = folder(&[("story.md", bytes), ("other.md", b"Other words.\n"), ("notes/note.md", bytes)]);
    let dir = dir.path();
    for args in [
        &["quotes", "story.md", "--json"][..],
        &["check", "story.md", "--notes", "notes", "--json"],
        &["diff", "story.md", "other.md", "--json"],
        &["import", "--notes", "notes", "--desk", "desk.sqlite", "--json"],
    ] {
        json(&stet(dir, args, b""));
    }
    let imported = stet(dir, &["import", "story.md", "--desk", "desk.sqlite"], b"");
    assert_eq!(imported.status.code(), Some(0), "{}", warnings(&imported));
    let kept: Value = json(&stet(dir, &["show", "story", "--desk", "desk.sqlite", "--json"], b""));
    (kept["body"].as_str().expect("a body").to_owned(), warnings(&imported))
}

#[test]
fn odd_texts_are_read_and_kept() {
    let one_paragraph = "“We may sell it,” Ines Eze said. ".repeat(32_000);
    for (name, bytes, body) in [
        ("nothing", "", ""),
        ("a megabyte in one paragraph", one_paragraph.as_str(), one_paragraph.as_str()),
        ("a lone CR", "One.\rTwo.\r\nThree.\n", "One.\nTwo.\nThree."),
        ("a byte-order mark", "\u{feff}One.\n", "One."),
        ("right to left", "“שלום,” said Ines Eze.\n", "“שלום,” said Ines Eze."),
        ("emoji", "“👩‍👩‍👧 👍🏽,” Eze said 🎉.\n", "“👩‍👩‍👧 👍🏽,” Eze said 🎉."),
        ("combining marks", "“Cafe\u{301} n\u{303}o,” Eze said.\n", "“Cafe\u{301} n\u{303}o,” Eze said."),
        ("quote marks alone", "“““ ‘’ ” \"\n", "“““ ‘’ ” \""),
        ("broken front matter", "---\nslug ferry\nhed: x\n---\nOne.\n", "---\nslug ferry\nhed: x\n---\nOne."),
        ("a fence never closed", "---\nslug: ferry\n\nOne.\n", "---\nslug: ferry\n\nOne."),
    ] {
        assert_eq!(put_through(bytes.as_bytes()).0, body, "{name}");
    }
}

#[test]
fn bytes_that_are_no_text_are_named_and_the_rest_kept() {
    let (body, said) = put_through(b"\xc3\x89t\xc3\xa9 caf\xe9.\n\nTwo.\n");
    assert_eq!(body, "Été caf\u{fffd}.\n\nTwo.");
    assert!(said.contains("story.md, line 1: Byte 9 cannot be read as UTF-8"), "{said}");
    let (body, said) = put_through(b"One caf\xe9.\n\nTwo.\n");
    assert_eq!(body, "One café.\n\nTwo.");
    assert!(said.contains("story.md: This is no UTF-8; it was read as windows-1252"), "{said}");
    let (body, said) = put_through(b"One.\0\n\nTwo.\0\n");
    assert_eq!(body, "One.\n\nTwo.");
    assert!(said.contains("2 NUL bytes"), "{said}");
    let (body, said) = put_through(b"\xff\xfeO\0n\0e\0.\0");
    assert_eq!((body.as_str(), said.as_str()), ("One.", ""), "UTF-16 with its mark is read without a word");
}

fn warned(dir: &Path, words: &str) {
    let output = stet(dir, &["check", "story.md", "--notes", "notes"], b"");
    assert!(matches!(output.status.code(), Some(0 | 1)));
    assert!(warnings(&output).lines().any(|line| line.contains(words)), "{}", warnings(&output));
}

#[test]
fn a_note_with_no_front_matter_or_a_broken_one_is_kept_with_a_warning_that_names_the_line() {
    let story = ("story.md", &b"\xe2\x80\x9cWe may sell it,\xe2\x80\x9d Eze said.\n"[..]);
    let dir = folder(&[story, ("notes/bare.md", b"We may sell it.\n")]);
    warned(dir.path(), "bare.md: There is no front matter");
    let dir = folder(&[story, ("notes/broken.md", b"---\nsource: Eze\nterms background\n---\nWe may sell it.\n")]);
    warned(dir.path(), "broken.md, line 3: This is not `key: value`");
    let dir = folder(&[story, ("notes/open.md", b"---\nsource: Eze\nterms: on the record\nWe may sell it.\n")]);
    warned(dir.path(), "open.md, line 1: The front matter is not closed");
}

#[test]
fn two_notes_of_one_name_are_both_kept_under_names_of_their_own() {
    let note = b"---\nsource: Eze\nterms: on the record\n---\nWe may sell it.\n";
    let dir = folder(&[("a/call.md", note), ("b/call.md", note), ("story.md", b"Eze said so.\n")]);
    let imported = json(&stet(dir.path(), &["import", "--notes", "a", "b", "--desk", "desk.sqlite", "--json"], b""));
    let names: Vec<&Value> = imported["notes"].as_array().expect("a list").iter().map(|note| &note["name"]).collect();
    assert_eq!(names.len(), 2, "{imported}");
    assert_ne!(names[0], names[1], "each note has a name of its own");
    let output = stet(dir.path(), &["check", "story.md", "--notes", "a", "--notes", "b"], b"");
    assert!(warnings(&output).contains("two notes of this name"), "{}", warnings(&output));
}
