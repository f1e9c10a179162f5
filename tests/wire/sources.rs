//! What one source said, where it was used, and what of it never leaves the desk.

use crate::room::{Room, file, text, texts};
use serde_json::{Value, json};

/// A note of these words; its id.
fn note(room: &mut Room, name: &str, head: &str, words: &str) -> i64 {
    let note = format!("---\n{head}\n---\n{words}\n");
    let came = room.call("import_notes", json!({ "files": [file(name, &note)], "draftId": null }));
    came["noteIds"][0].as_i64().expect("an id")
}

fn ids(rows: &Value) -> Vec<i64> {
    rows.as_array().expect("rows").iter().map(|row| row["note"]["id"].as_i64().expect("an id")).collect()
}

const EZE: &str = "source: Ines Eze\nkind: call\nterms: on the record\nsaid_at: 2026-11";

#[test]
fn a_source_is_all_they_said_and_each_sentence_that_uses_it() {
    let mut room = Room::new();
    let call = note(&mut room, "call.md", &format!("{EZE}-10"), "We will sell the ferry by the spring.");
    let talk = note(&mut room, "talk.md", &format!("{EZE}-02"), "Nobody will lose their job over this.");
    note(&mut room, "moreau.md", "source: Lars Moreau\nkind: call", "The crews were told on Friday.");
    let body = "The county met. “We will sell the ferry by the spring,” said Ines Eze. It rained.\n\n“The crews were told \
                on Friday,” said Lars Moreau.\n\n“Nobody may lose their job over this,” Eze said. “There is no plan B,” \
                Eze said.";
    let ferry = room.piece("ferry", body);
    room.piece("lamps", "“The crews were told on Friday,” said Lars Moreau.");

    let source = room.call("open_source", json!({ "noteId": call }));
    assert_eq!(ids(&source["notes"]), [talk, call], "by date");
    assert_eq!(text(&source["notes"][1]["text"]).trim(), "We will sell the ferry by the spring.");
    assert_eq!(source["pieces"].as_array().map(Vec::len), Some(1), "a piece that does not use them is left out");
    let piece = &source["pieces"][0];
    assert_eq!((&piece["slug"], &piece["draftId"]), (&json!("ferry"), &json!(ferry)));
    let quotes = &piece["quotes"];
    assert_eq!(
        texts(quotes, "sentence"),
        [
            "“We will sell the ferry by the spring,” said Ines Eze.",
            "“Nobody may lose their job over this,” Eze said.",
            "“There is no plan B,” Eze said.",
        ]
    );
    let quote = |nth: usize| &quotes[nth]["quote"];
    let verdicts: Vec<&Value> = (0..3).map(|nth| &quote(nth)["verdict"]).collect();
    assert_eq!(verdicts, ["verbatim", "altered", "not found"], "also what none of their notes has");
    let rests_on: Vec<&Value> = (0..2).map(|nth| &quote(nth)["evidence"][0]["noteId"]).collect();
    assert_eq!(rests_on, [call, talk]);
    assert_eq!(quotes[0]["marks"], json!([[1, 37]]), "in UTF-16 into the sentence");
    assert_eq!(quote(0)["content"], json!([[17, 53]]), "in UTF-16 into the body");
}

#[test]
fn words_used_without_a_name_are_found_where_the_note_was_gathered_or_a_verdict_rests_on_it() {
    let mut room = Room::new();
    let head = "source: Tobias Renner\nkind: interview\nterms: background\nconfidential: true";
    let id = note(&mut room, "pilot.md", head, "The north berth has been unsafe for a year.");
    let body = "“The north berth has been unsafe for a year,” a harbour pilot said.";
    let berth = room.piece("berth", body);
    let used = |room: &mut Room| texts(&room.call("open_source", json!({ "noteId": id }))["pieces"], "slug");
    assert_eq!(used(&mut room), [""; 0], "nothing says that it is about them");
    let key = text(&room.call("check_draft", json!({ "id": berth, "body": body }))["quotes"][0]["key"]);
    room.call("set_cq", json!({ "id": berth, "body": body, "key": key, "reason": "on tape", "by": "SB" }));
    assert_eq!(used(&mut room), ["berth"]);
}

#[test]
fn who_spoke_openly_and_in_confidence_is_two_sources() {
    let mut room = Room::new();
    let open = note(&mut room, "open.md", EZE, "We sell.");
    let hidden = note(&mut room, "hidden.md", &format!("{EZE}\nconfidential: true"), "We do not sell.");
    for id in [open, hidden] {
        assert_eq!(ids(&room.call("open_source", json!({ "noteId": id }))["notes"]), [id]);
    }
    room.call("bin_note", json!({ "id": open, "isInBin": true }));
    assert_eq!(ids(&room.call("open_source", json!({ "noteId": open }))["notes"]), [open], "asked for in the bin too");
}

/// What would be blanked of the text, as it stands there, each with why.
fn blanked(room: &mut Room, id: i64) -> Vec<(String, String)> {
    let note: Vec<u16> = text(&room.call("open_note", json!({ "id": id }))["text"]).encode_utf16().collect();
    let redacted = room.call("redact_note", json!({ "id": id }));
    let blanks = redacted["blanked"].as_array().expect("blanks").iter();
    blanks
        .map(|blank| {
            let at = |end: usize| blank["at"][end].as_u64().expect("a place") as usize;
            (String::from_utf16(&note[at(0)..at(1)]).expect("whole letters").trim().to_owned(), text(&blank["why"]))
        })
        .collect()
}

#[test]
fn what_is_blanked_of_a_note_is_told_with_why() {
    let mut room = Room::new();
    let head = "source: Tobias Renner\nkind: interview\nplace: North berth\nsaid_at: 2026-11-10\nterms: background\n\
                confidential: true\naliases: harbour pilot";
    let words = "É vero. The tug turned over. This part is off the record: the owner knew. Renner is my name.\n\nBack on \
                 the record: I am Renner, and I saw it.";
    let pilot = note(&mut room, "renner-talk.md", head, words);
    let found = blanked(&mut room, pilot);
    assert_eq!(
        found,
        [
            ("This part is off the record: the owner knew. Renner is my name.".to_owned(), "off the record".to_owned()),
            ("Renner".to_owned(), "confidential name".to_owned()),
        ]
    );
    let redacted = room.call("redact_note", json!({ "id": pilot }));
    assert_eq!(text(&redacted["line"]), "confidential source, interview, 2026-11-10, background");
    assert_eq!(texts(&redacted["kept"], "part"), ["source", "place", "other names", "file name"]);
    assert_eq!(texts(&redacted["kept"], "words"), ["Tobias Renner", "North berth", "harbour pilot", "renner-talk.md"]);

    let open = note(&mut room, "call.md", &format!("{EZE}-10"), "Ask Renner, he was there.");
    assert_eq!(blanked(&mut room, open), [("Renner".to_owned(), "confidential name".to_owned())], "in any note");
    assert_eq!(texts(&room.call("redact_note", json!({ "id": open }))["kept"], "part"), ["file name"]);
    for (head, why) in [("terms: off the record", "off the record"), ("embargo: 2026-12-24T08:00:00Z", "under embargo")]
    {
        let id = note(&mut room, "x.md", &format!("source: Lars Moreau\n{head}"), "All of it, Renner too.");
        assert_eq!(blanked(&mut room, id), [("All of it, Renner too.".to_owned(), why.to_owned())]);
    }
}
