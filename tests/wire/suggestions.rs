//! A file that was sent out and came back: its changes as suggestions, each accepted or rejected.

use crate::room::{Room, text, texts};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const INES: &str = "w:author=\"Ines Eze\" w:date=\"2026-11-24T09:00:00Z\"";
const ROSA: &str = "w:author=\"Rosa Haddad\" w:date=\"2026-11-24T10:30:00Z\"";

/// A Word file with these grafs, as the page sends it.
fn word_file(name: &str, grafs: &str) -> Value {
    let document = format!("<w:document {W}><w:body>{grafs}</w:body></w:document>");
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).expect("a name");
    zip.write_all(document.as_bytes()).expect("memory takes it");
    let bytes = zip.finish().expect("memory takes it").into_inner();
    json!({ "name": name, "bytes": STANDARD.encode(bytes) })
}

fn run(words: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>")
}

fn come(by: &str, words: &str) -> String {
    format!("<w:ins w:id=\"1\" {by}>{}</w:ins>", run(words))
}

fn gone(by: &str, words: &str) -> String {
    format!("<w:del w:id=\"2\" {by}>{}</w:del>", run(words).replace("w:t", "w:delText"))
}

fn graf(runs: &[String]) -> String {
    format!("<w:p>{}</w:p>", runs.concat())
}

/// A file on the disk, as the page sends it.
fn file_at(path: &Path) -> Value {
    let name = path.file_name().expect("a name").to_string_lossy();
    json!({ "name": name, "bytes": STANDARD.encode(std::fs::read(path).expect("it was written")) })
}

fn look(room: &mut Room, id: i64, file: &Value) -> Value {
    room.call("look_at_returned", json!({ "id": id, "file": file, "baseId": null }))
}

fn bring(room: &mut Room, id: i64, file: &Value) -> Value {
    room.call("bring_back", json!({ "id": id, "file": file, "baseId": null, "by": "Ines Eze" }))
}

fn act(room: &mut Room, shown: &Value, changes: &[usize], act: &str) -> Value {
    let args =
        json!({ "proposalId": shown["proposal"]["id"], "changes": changes, "act": act, "version": shown["version"] });
    room.call("act_on_suggestions", args)
}

/// The number of the suggestion whose row reads so.
fn number(shown: &Value, words: &str) -> usize {
    let rows = shown["redline"]["rows"].as_array().expect("rows");
    let row = rows.iter().find(|row| row["words"] == words);
    let row = row.unwrap_or_else(|| panic!("{words} is none of {:?}", texts(&shown["redline"]["rows"], "words")));
    usize::try_from(row["change"].as_u64().expect("a change")).expect("a number")
}

/// Names what stands now, so that it was sent.
fn send(room: &mut Room, id: i64) {
    room.call("name_revision", json!({ "id": id, "name": "sent as ferry.docx" }));
}

const BODY: &str = "We may sell the ferry in March.\n\nIt is old, and it leaks.\n\nNobody has made an offer.";

/// What two people made of `BODY`: each cut a word and put one in, and Rosa joined two grafs and added one.
fn by_two() -> Value {
    let grafs = [
        graf(&[run("We "), gone(INES, "may"), come(INES, "will"), run(" sell the ferry in March.")]),
        format!(
            "<w:p><w:pPr><w:rPr><w:del w:id=\"3\" {ROSA}/></w:rPr></w:pPr>{}{}</w:p>",
            run("It is old, and it leaks."),
            come(ROSA, " ")
        ),
        graf(&[run("Nobody has made an "), come(ROSA, "earnest "), run("offer.")]),
        graf(&[come(ROSA, "She is not for sale.")]),
    ];
    word_file("ferry.docx", &grafs.concat())
}

#[test]
fn tracked_changes_come_back_as_suggestions_with_their_authors_and_times() {
    let mut room = Room::new();
    let id = room.piece("ferry", BODY);
    send(&mut room, id);
    room.wait(60);
    room.save(id, "ferry", &BODY.replace("March", "late March"));
    let seen = look(&mut room, id, &by_two());
    assert_eq!(seen["baseWords"], "With its tracked changes rejected the file has the words of this revision.");
    assert!(text(&seen["baseTitle"]).starts_with("sent as ferry.docx"), "{seen}");
    assert_eq!((&seen["authors"], &seen["isTracked"]), (&json!(["Ines Eze", "Rosa Haddad"]), &json!(true)));
    assert_eq!(room.call("list_proposals", json!({ "id": id })), json!([]), "looking keeps nothing");

    let shown = bring(&mut room, id, &by_two());
    assert_eq!(room.body(id), BODY.replace("March", "late March"), "the piece stays as it is");
    let will = &shown["each"][number(&shown, "may → will")];
    assert_eq!(will["authors"], json!([{ "by": "Ines Eze", "at": "2026-11-24T09:00:00.000Z" }]));
    let earnest = &shown["each"][number(&shown, "earnest")];
    assert_eq!(earnest["authors"][0]["by"], "Rosa Haddad");
    assert_eq!((&earnest["fate"], &earnest["settled"]), (&json!("open"), &json!(null)));
    assert!(
        texts(&shown["redline"]["rows"], "title").contains(&"Merged from two".to_owned()),
        "{}",
        shown["redline"]["rows"]
    );

    let n = shown["each"].as_array().expect("a list").len();
    let all: Vec<usize> = (0..n).collect();
    let acted = act(&mut room, &shown, &all, "accept");
    assert_eq!((&acted["left"], &acted["suggestions"]["open"]), (&json!(0), &json!(0)));
    assert_eq!(
        room.body(id),
        "We will sell the ferry in late March.\n\nIt is old, and it leaks. Nobody has made an earnest offer.\n\n\
         She is not for sale.",
        "and what was typed here since it was sent stays"
    );
    assert_eq!(texts(&room.call("list_revisions", json!({ "id": id })), "cause"), ["merge", "before merge", "named"]);
}

#[test]
fn suggestions_are_settled_one_by_one_and_each_is_taken_back_in_any_order() {
    let mut room = Room::new();
    let id = room.piece("ferry", BODY);
    room.call("set_editor", json!({ "editor": "SB" }));
    send(&mut room, id);
    let shown = bring(&mut room, id, &by_two());
    let (will, earnest) = (number(&shown, "may → will"), number(&shown, "earnest"));
    let n = shown["open"].as_u64().expect("a number");
    let rejected = act(&mut room, &shown, &[will], "reject");
    assert_eq!((room.body(id), &rejected["suggestions"]["each"][will]["fate"]), (BODY.into(), &json!("rejected")));
    assert_eq!(rejected["suggestions"]["each"][will]["settled"]["by"], "SB");
    let accepted = act(&mut room, &rejected["suggestions"], &[earnest], "accept");
    assert_eq!(room.body(id), BODY.replace("an offer", "an earnest offer"));
    assert_eq!(accepted["suggestions"]["open"].as_u64(), Some(n - 2));
    let stale = json!({ "proposalId": shown["proposal"]["id"], "changes": [will], "act": "accept", "version": shown["version"] });
    let refused = room.refused("act_on_suggestions", stale);
    assert_eq!(refused.code, "conflict", "the piece was changed since they were shown: {}", refused.message);

    // What was typed on top of it stays when it is taken back.
    let body = room.body(id);
    room.save(id, "ferry", &body.replace("it leaks", "it leaks badly"));
    let now = room.call("suggestions", json!({ "proposalId": shown["proposal"]["id"] }));
    assert_eq!(now["each"][earnest]["fate"], "accepted");
    let back = act(&mut room, &now, &[earnest, will], "take back");
    assert_eq!(room.body(id), BODY.replace("it leaks", "it leaks badly"));
    assert_eq!(back["suggestions"]["open"].as_u64(), Some(n));
    let turned = act(&mut room, &back["suggestions"], &[will], "accept");
    let turned = act(&mut room, &turned["suggestions"], &[will], "reject");
    assert_eq!(turned["suggestions"]["each"][will]["fate"], "rejected", "rejected after all");
    assert!(room.body(id).starts_with("We may sell"), "and its word is out again");

    let gone = room.refused("act_on_suggestions", json!({ "proposalId": shown["proposal"]["id"], "changes": [99], "act": "accept", "version": turned["suggestions"]["version"] }));
    assert_eq!(gone.code, "badInput");
    let away = json!({ "proposalId": shown["proposal"]["id"], "isInBin": true });
    assert_eq!(room.call("bin_proposal", away)["isInBin"], true);
    assert_eq!(room.call("list_proposals", json!({ "id": id }))[0]["isInBin"], true, "put away, not lost");
}

#[test]
fn where_both_changed_the_same_words_an_editor_chooses() {
    for (choice, fate, body) in [
        ("ours", "rejected", "We shall sell the ferry in March."),
        ("theirs", "accepted", "We will sell the ferry in March."),
        ("both", "accepted", "We shall will sell the ferry in March."),
        ("base", "rejected", "We may sell the ferry in March."),
    ] {
        let mut room = Room::new();
        let id = room.piece("ferry", BODY);
        send(&mut room, id);
        room.save(id, "ferry", &BODY.replace("may", "shall").replace("an offer", "an earnest offer"));
        let shown = bring(&mut room, id, &by_two());
        let (will, earnest) = (number(&shown, "may → will"), number(&shown, "earnest"));
        let conflicts = &shown["each"][will]["conflicts"];
        assert_eq!(
            (
                text(&conflicts[0]["base"]).trim(),
                text(&conflicts[0]["ours"]).trim(),
                text(&conflicts[0]["theirs"]).trim()
            ),
            ("may", "shall", "will")
        );
        assert_eq!(shown["each"][earnest]["fate"], "there already", "both put in the same word");
        let all: Vec<usize> = (0..shown["each"].as_array().expect("a list").len()).collect();
        let acted = act(&mut room, &shown, &all, "accept");
        assert_eq!((&acted["left"], &acted["suggestions"]["open"]), (&json!(1), &json!(1)), "it is left open");
        assert!(room.body(id).starts_with("We shall sell the ferry"), "{}", room.body(id));
        let chosen = act(&mut room, &acted["suggestions"], &[will], choice);
        assert_eq!(chosen["suggestions"]["each"][will]["fate"], fate);
        assert_eq!(room.body(id).lines().next(), Some(body), "{choice}");
    }
}

/// All that a body can be made of.
const RICH: &str = "It was *late* and **cold**, see [the minutes](https://example.org/a_b).\n\n## The *sale*\n\n- one\n- two \
    with `code`\n  - deep\n- three\n\n1. first\n2. second\n\n> We _may_ sell it,\n> she said.\n\n| a | b |\n|---|--:|\n\
    | x | 1 |\n\nA line\\\nbroken, 5 \\* 3, and a note.[^1]\n\n```\ncode\n\nmore\n```\n\n---\n\n<!-- ask her -->\n\nThe end.\n\n[^1]: By *her*.\n";

/// A piece of that, with a head.
fn rich(room: &mut Room) -> i64 {
    let id = room.piece("ferry", RICH);
    let draft = room.call("open_draft", json!({ "id": id }));
    let mut edit = draft;
    for unsaved in ["status", "place", "changedAt"] {
        edit.as_object_mut().expect("a piece").remove(unsaved);
    }
    for (part, words) in [
        ("hed", "Ferry for sale"),
        ("dek", "It is *old*"),
        ("byline", "By Sam Boyd"),
        ("dateline", "PORT ELLIS, Nov. 3"),
    ] {
        edit[part] = words.into();
    }
    room.call("save_draft", json!({ "edit": edit }));
    id
}

/// Sends the changes between what was and what is out as a Word file with tracked changes.
fn sent(room: &mut Room, id: i64, old: &Value) -> PathBuf {
    let path = room.folder.path().join("ferry-changes.docx");
    let side = |revision: &Value| json!({ "revisionId": revision, "isNow": revision.is_null(), "file": null });
    let order = json!({ "draftId": id, "old": side(&old["id"]), "new": side(&Value::Null), "path": path, "isPage": false,
        "hasComments": false, "why": "", "isOverwrite": true });
    room.call("write_changes", json!({ "order": order }));
    path
}

#[test]
fn what_comes_back_as_it_was_sent_suggests_nothing() {
    let mut room = Room::new();
    let id = rich(&mut room);
    for format in ["docx", "odt", "md", "html", "txt"] {
        let path = room.folder.path().join(format!("ferry.{format}"));
        let order = json!({ "draftId": id, "format": format, "path": path, "why": "a trial", "isOverwrite": false, "plain": null });
        room.call("set_editor", json!({ "editor": "SB" }));
        room.call("export", json!({ "order": order }));
        let seen = look(&mut room, id, &file_at(&path));
        assert_eq!(seen["changes"], json!(0), "{format}: {}", rows(&mut room, id, &path));
        assert_eq!(seen["baseWords"], "This revision went out in a file of that name.");
    }
}

fn rows(room: &mut Room, id: i64, path: &Path) -> Value {
    bring(room, id, &file_at(path))["redline"]["rows"].clone()
}

#[test]
fn a_comparison_that_comes_back_untouched_suggests_nothing_and_under_another_name_what_it_tracked() {
    let mut room = Room::new();
    let id = rich(&mut room);
    let old = room.call("name_revision", json!({ "id": id, "name": "as agreed" }));
    let nothing = sent(&mut room, id, &old);
    assert_eq!(look(&mut room, id, &file_at(&nothing))["changes"], json!(0), "{}", rows(&mut room, id, &nothing));

    // With changes in it, they are ours, and nothing to settle.
    let now = RICH.replace("*late*", "*too late*").replace("- two", "- twelve").replace("By *her*", "By *him*");
    room.wait(60);
    room.save(id, "ferry", &now);
    let path = sent(&mut room, id, &old);
    let seen = look(&mut room, id, &file_at(&path));
    assert_eq!(seen["baseWords"], "This revision went out in a file of that name.");
    assert_eq!(seen["changes"], json!(0), "{}", rows(&mut room, id, &path));

    // Who knows nothing of that reads the changes of the comparison, whatever marks stand around them.
    let other = room.folder.path().join("other.docx");
    std::fs::copy(&path, &other).expect("copied");
    let seen = look(&mut room, id, &file_at(&other));
    assert_eq!(seen["baseWords"], "With its tracked changes rejected the file has the words of this revision.");
    assert_eq!(seen["changes"], json!(3), "{}", rows(&mut room, id, &other));
    let shown = bring(&mut room, id, &file_at(&other));
    assert_eq!(shown["open"], json!(0), "the desk has them already: {}", shown["each"]);

    // As the text it was, it takes them one by one and is the text they made.
    room.save(id, "ferry", RICH);
    let shown = room.call("suggestions", json!({ "proposalId": shown["proposal"]["id"] }));
    assert_eq!(shown["open"], json!(3));
    act(&mut room, &shown, &[0, 1, 2], "accept");
    assert_eq!(room.body(id), now);
}

#[test]
fn through_another_word_processor_it_suggests_nothing_that_nobody_changed() {
    if Command::new("soffice").arg("--version").output().is_err() {
        return;
    }
    let mut room = Room::new();
    let id = rich(&mut room);
    let old = room.call("name_revision", json!({ "id": id, "name": "as agreed" }));
    room.wait(60);
    room.save(id, "ferry", &RICH.replace("*late*", "*too late*"));
    let path = sent(&mut room, id, &old);
    let out = room.folder.path().join("back");
    let profile = format!("-env:UserInstallation=file://{}", room.folder.path().join("office").display());
    let run = Command::new("soffice")
        .args(["--headless", "--norestore", &profile, "--convert-to", "docx:MS Word 2007 XML", "--outdir"])
        .args([&out, &path])
        .output()
        .expect("it is there");
    let back = out.join("ferry-changes.docx");
    assert!(back.exists(), "{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(look(&mut room, id, &file_at(&back))["changes"], json!(0), "{}", rows(&mut room, id, &back));
    let other = out.join("other.docx");
    std::fs::rename(&back, &other).expect("renamed");
    let back = other;
    let seen = look(&mut room, id, &file_at(&back));
    assert_eq!(seen["baseWords"], "With its tracked changes rejected the file has the words of this revision.");
    assert_eq!(seen["changes"], json!(1), "{}", rows(&mut room, id, &back));
}

#[test]
fn a_file_without_tracked_changes_is_compared_and_its_author_is_said() {
    let mut room = Room::new();
    let id = room.piece("ferry", "It *may* be sold.\n\nIt is old.");
    let first = room.call("name_revision", json!({ "id": id, "name": "first" }));
    room.wait(60);
    room.save(id, "ferry", "It *may* be sold.\n\nIt is old. And slow.");
    let back = word_file("other.docx", &graf(&[run("It may be sold soon.")]));
    let back_with_look = word_file(
        "other.docx",
        &(graf(&[run("It "), "<w:r><w:rPr><w:i/></w:rPr><w:t>may</w:t></w:r>".into(), run(" be sold soon.")])
            + &graf(&[run("It is old.")])),
    );
    let seen = look(&mut room, id, &back);
    assert_eq!(seen["baseWords"], "Nothing of this piece went out, so its last revision was taken.");
    let named = json!({ "id": id, "file": back_with_look, "baseId": first["id"], "by": " Tove Lund " });
    let shown = room.call("bring_back", named);
    assert_eq!(texts(&shown["redline"]["rows"], "words"), ["soon"], "{}", shown["redline"]["rows"]);
    assert_eq!(shown["each"][0]["authors"], json!([{ "by": "Tove Lund", "at": null }]));
    act(&mut room, &shown, &[0], "accept");
    assert_eq!(room.body(id), "It *may* be sold soon.\n\nIt is old. And slow.");
    let other = room.piece("other", "Other.");
    let wrong = json!({ "id": other, "file": back, "baseId": first["id"], "by": "" });
    assert_eq!(room.refused("bring_back", wrong).code, "notFound", "a revision of one piece is none of another");
    let broken = json!({ "name": "x.docx", "bytes": STANDARD.encode(b"PK\x03\x04nonsense") });
    let refused = room.refused("bring_back", json!({ "id": id, "file": broken, "baseId": null, "by": "" }));
    assert!(refused.message.starts_with("x.docx: "), "{}", refused.message);
}

#[test]
fn what_a_returned_file_says_comes_as_comments_once() {
    let mut room = Room::new();
    let id = room.piece("ferry", BODY);
    room.call("set_editor", json!({ "editor": "SB" }));
    let old = room.call("name_revision", json!({ "id": id, "name": "first" }));
    room.call("add_comment", json!({ "id": id, "body": BODY, "at": [3, 6], "text": "Says who?" }));
    let path = room.folder.path().join("ferry.docx");
    let side = |revision: &Value| json!({ "revisionId": revision, "isNow": revision.is_null(), "file": null });
    let order = json!({ "draftId": id, "old": side(&old["id"]), "new": side(&Value::Null), "path": path, "isPage": false,
        "hasComments": true, "why": "", "isOverwrite": true });
    room.call("write_changes", json!({ "order": order }));
    let other = room.piece("other", BODY);
    for piece in [id, other] {
        bring(&mut room, piece, &file_at(&path));
        let threads = room.call("list_comments", json!({ "id": piece, "body": BODY }));
        assert_eq!(texts(&threads, "words"), ["may"], "{threads}");
    }
}
