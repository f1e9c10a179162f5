//! The page's calls, end to end over a desk in a folder of its own: what an editor does, as the page says it.

#[path = "wire/recording.rs"]
mod recording;
mod room;
#[path = "wire/searching.rs"]
mod searching;
#[path = "wire/sources.rs"]
mod sources;
#[path = "wire/suggesting.rs"]
mod suggesting;
#[path = "wire/suggestions.rs"]
mod suggestions;

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use room::{Room, file, text, texts};
use serde_json::{Value, json};
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use stet::desk::{Access, Desk};
use stet::draft::DraftId;
use stet::export::Format;
use stet::wire;
use tempfile::TempDir;
use zip::ZipArchive;

#[test]
fn a_piece_is_written_kept_and_read_again() {
    let mut room = Room::new();
    let id = room.piece("ferry-sale", "The county sells its ferry. TK");
    let saved = room.save(id, "ferry-sale", "The county will sell its ferry. TK");
    assert_eq!((&saved["words"], &saved["tks"], &saved["slug"]), (&json!(7), &json!(1), &json!("ferry-sale")));
    let mut room = room.reopened();
    assert_eq!(room.body(id), "The county will sell its ferry. TK", "what was saved must be there after a restart");
}

#[test]
fn a_save_over_a_newer_one_is_refused_and_changes_nothing() {
    let mut room = Room::new();
    let id = room.piece("ferry", "One.");
    let mut old = room.call("open_draft", json!({ "id": id }));
    room.save(id, "ferry", "Two.");
    for unsaved in ["status", "place", "changedAt"] {
        old.as_object_mut().expect("a piece").remove(unsaved);
    }
    let refusal = room.refused("save_draft", json!({ "edit": old }));
    assert_eq!((refusal.code.as_str(), room.body(id).as_str()), ("conflict", "Two."));
}

#[test]
fn what_the_desk_cannot_keep_is_saved_elsewhere_as_the_same_piece() {
    let mut room = Room::new();
    let id = room.piece("ferry", "One.");
    let mut edit = room.call("open_draft", json!({ "id": id }));
    let fields = edit.as_object_mut().expect("a piece");
    for unsaved in ["status", "place", "changedAt"] {
        fields.remove(unsaved);
    }
    fields.insert("hed".into(), "Ferry up for sale".into());
    fields.insert("body".into(), "Typed since.\n\n<!-- ask legal -->".into());
    let (desk, away) = (room.folder.path().join("desk.sqlite"), room.folder.path().join("away.sqlite"));
    fs::rename(&desk, &away).expect("moved");
    assert_eq!(room.refused("save_draft", json!({ "edit": edit })).code, "io");
    let path = room.folder.path().join("elsewhere.md");
    let elsewhere = |path: &Path| json!({ "edit": edit, "path": path });
    room.call("save_elsewhere", elsewhere(&path));
    #[cfg(unix)]
    assert_eq!(
        std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).expect("there").permissions()) & 0o777,
        0o600
    );
    for (path, code) in
        [(&desk, "badInput"), (&path.join("x.md"), "badInput"), (&PathBuf::from("elsewhere.md"), "badInput")]
    {
        assert_eq!(room.refused("save_elsewhere", elsewhere(path)).code, code, "{}", path.display());
    }
    fs::rename(&away, &desk).expect("it is back");
    assert_eq!(room.body(id), "One.", "the desk has what it could keep");
    let file = file("elsewhere.md", &fs::read_to_string(&path).expect("read"));
    let ids = room.call("import_drafts", json!({ "files": [file], "intoId": null }))["draftIds"].clone();
    let back = room.call("open_draft", json!({ "id": ids[0] }));
    assert_eq!((&back["hed"], &back["body"]), (&edit["hed"], &edit["body"]));
}

#[test]
fn a_title_names_no_confidential_source() {
    let mut room = Room::new();
    let id = room.piece("renner-files", "The county sells.");
    let title =
        |room: &mut Room| room.call("check_draft", json!({ "id": id, "body": "The county sells." }))["title"].clone();
    assert_eq!(title(&mut room), "renner-files");
    let note = CALL.replace("Ines Eze", "Tobias Renner").replace("kind: call", "kind: call\nconfidential: true");
    room.call("import_notes", json!({ "files": [file("call.md", &note)], "draftId": null }));
    assert_eq!(title(&mut room), "▇▇▇-files");
}

#[test]
fn a_deadline_is_set_moved_and_taken_off_and_each_is_told() {
    let mut room = Room::new();
    let id = room.piece("ferry", "One.");
    room.call("set_editor", json!({ "editor": "SB" }));
    let mut due = |deadline: &str| {
        let order = json!({ "id": id, "slug": "ferry", "deadline": deadline });
        room.call("route_drafts", json!({ "orders": [order] }))[0]["deadline"].clone()
    };
    assert_eq!(due("2026-11-24T14:00:00Z"), "2026-11-24T14:00:00.000Z");
    assert_eq!(due("2026-11-24T16:00:00+01:00"), "2026-11-24T15:00:00.000Z");
    assert_eq!(due("2026-11-24T15:00:00Z"), "2026-11-24T15:00:00.000Z", "the same again tells nothing anew");
    assert_eq!(due(""), Value::Null);
    room.call("set_status", json!({ "id": id, "status": "edit" }));
    let row = room.call("list_drafts", json!({ "place": "desk" }))[0].clone();
    assert_eq!((&row["deadline"], &row["last"]["words"]), (&Value::Null, &json!("status now edit")));
    assert_eq!(row["last"]["by"], "SB");
    let told = texts(&room.call("list_events", json!({ "id": id })), "words");
    assert_eq!(told.iter().filter(|words| words.starts_with("due 24 November")).count(), 2, "{told:?}");
    assert!(told.contains(&"deadline taken off".to_owned()));
    let order = json!({ "id": id, "slug": "ferry", "deadline": "tomorrow" });
    assert_eq!(room.refused("route_drafts", json!({ "orders": [order] })).code, "badInput");
}

#[test]
fn pieces_are_routed_together_or_not_at_all() {
    let mut room = Room::new();
    let (ferry, roof) = (room.piece("ferry", "One."), room.piece("roof", "Two."));
    let order = |id: &i64, slug: &str| {
        let deadline = "2026-11-24T14:00:00Z";
        json!({ "id": id, "slug": slug, "status": "legal", "place": "archive", "deadline": deadline, "targetWords": 700 })
    };
    let rows = |room: &mut Room, place: &str| room.call("list_drafts", json!({ "place": place }));
    let before = rows(&mut room, "desk");
    let refused = room.refused("route_drafts", json!({ "orders": [order(&ferry, "ferry"), order(&99, "gone")] }));
    assert_eq!(refused.code, "notFound");
    assert!(refused.message.starts_with("None of the 2 pieces was changed, because of “gone”:"), "{}", refused.message);
    assert_eq!(rows(&mut room, "desk"), before, "a refusal of one changes none");

    room.call("route_drafts", json!({ "orders": [order(&ferry, "ferry"), order(&roof, "roof")] }));
    assert_eq!(rows(&mut room, "desk"), json!([]));
    for row in rows(&mut room, "archive").as_array().expect("rows") {
        assert_eq!((&row["status"], &row["targetWords"]), (&json!("legal"), &json!(700)), "{row}");
    }
    let back = |row: &Value| {
        json!({ "id": row["id"], "slug": row["slug"], "status": row["status"], "place": row["place"], "deadline": "",
                "targetWords": 0 })
    };
    let orders: Vec<Value> = before.as_array().expect("rows").iter().map(back).collect();
    let after = room.call("route_drafts", json!({ "orders": orders }));
    for (row, was) in after.as_array().expect("rows").iter().zip(before.as_array().expect("rows")) {
        for what in ["id", "status", "place", "deadline", "targetWords"] {
            assert_eq!(row[what], was[what], "{what} is as before");
        }
    }
}

#[test]
fn a_target_given_while_the_piece_is_typed_into_stays() {
    let mut room = Room::new();
    let id = room.piece("ferry", "One.");
    room.save(id, "ferry", "One two.");
    room.call("route_drafts", json!({ "orders": [{ "id": id, "slug": "ferry", "targetWords": 700 }] }));
    let draft = room.call("open_draft", json!({ "id": id }));
    assert_eq!((&draft["targetWords"], &draft["body"]), (&json!(700), &json!("One two.")));
    room.save(id, "ferry", "One two three.");
    assert_eq!(room.body(id), "One two three.", "typing goes on");
}

#[test]
fn calls_that_make_no_sense_are_refused_by_name() {
    let mut room = Room::new();
    for (name, args) in [
        ("no_such_command", json!({})),
        ("open_draft", json!({})),
        ("open_draft", json!({ "id": "one" })),
        ("open_draft", json!({ "id": 1, "more": true })),
        ("list_drafts", json!({ "place": "attic" })),
        ("import_notes", json!({ "files": [{ "name": "a.md", "bytes": "%%%" }], "draftId": null })),
    ] {
        let refusal = room.refused(name, args);
        assert_eq!(refusal.code, "badInput", "{name}: {}", refusal.message);
    }
    assert_eq!(room.refused("open_draft", json!({ "id": 9 })).code, "notFound");
    assert_eq!(room.call("desk", Value::Null)["nNotes"], 0, "a call without arguments may leave them out");
}

#[test]
fn a_piece_goes_to_the_bin_and_comes_back_whole() {
    let mut room = Room::new();
    let id = room.piece("ferry", "Words to keep.");
    room.call("set_status", json!({ "id": id, "status": "legal" }));
    let rows = room.call("route_drafts", json!({ "orders": [{ "id": id, "slug": "", "place": "bin" }] }));
    assert_eq!(rows[0]["place"], "bin");
    assert_eq!(room.call("list_drafts", json!({ "place": "desk" })), json!([]));
    room.call("route_drafts", json!({ "orders": [{ "id": id, "slug": "", "place": "desk" }] }));
    let rows = room.call("list_drafts", json!({ "place": "desk" }));
    assert_eq!((&rows[0]["status"], &rows[0]["slug"]), (&json!("legal"), &json!("ferry")));
    assert_eq!(room.body(id), "Words to keep.");
    let events = room.call("list_events", json!({ "id": id }));
    assert_eq!(
        texts(&events, "words")[..3],
        ["taken back to the desk", "put in the bin", "status now legal"],
        "the newest comes first"
    );
}

#[test]
fn alarms_are_counted_among_what_is_wrong() {
    let mut room = Room::new();
    room.call("import_notes", json!({ "files": [file("call.md", CALL)], "draftId": null }));
    let id =
        room.piece("ferry", "“We will sell it by the spring,” Ines Eze said. “Nobody had made an offer,” Eze said.");
    let body = room.body(id);
    let counts = room.call("count_quotes", json!({ "ids": [id] }))[0]["counts"].clone();
    let check = room.call("check_draft", json!({ "id": id, "body": body }));
    let n_alarmed =
        check["quotes"].as_array().expect("quotes").iter().filter(|quote| quote["alarms"] != json!([])).count();
    assert_eq!((&counts["wrong"], &counts["alarms"], n_alarmed), (&json!(2), &json!(1), 1), "{check}");
}

#[test]
fn what_tidying_may_pass_is_the_desks_to_say_and_is_listed() {
    let mut room = Room::new();
    let note = "---\nsource: Ines Eze\n---\nWe may, um, sell it by the spring.\n";
    room.call("import_notes", json!({ "files": [file("call.md", note)], "draftId": null }));
    let piece = file("ferry.md", "“We may sell it by the spring,” Ines Eze said.");
    let id = room.call("import_drafts", json!({ "files": [piece], "intoId": null }))["draftIds"][0].clone();
    let body = room.body(id.as_i64().expect("an id"));
    let check = |room: &mut Room| room.call("check_draft", json!({ "id": id, "body": body }));
    let counts = |room: &mut Room| room.call("count_quotes", json!({ "ids": [id] }))[0]["counts"].clone();
    assert_eq!(check(&mut room)["quotes"][0]["verdict"], "altered", "a new desk is strict");
    assert_eq!(counts(&mut room)["wrong"], 1);
    let policy = |fillers: &str| json!({ "policy": { "fillers": fillers, "falseStarts": "altered", "contractions": "altered", "grammar": "altered" } });
    assert_eq!(room.refused("set_policy", policy("gone")).code, "badInput", "only a verdict is a pass");
    assert_eq!(room.call("set_policy", policy("trimmed"))["policy"]["fillers"], "trimmed");
    let view = check(&mut room);
    assert_eq!((&view["quotes"][0]["verdict"], &view["policy"]), (&json!("trimmed"), &json!("fillers=trimmed")));
    assert_eq!(view["quotes"][0]["passed"], json!(["filler “um”, counted as trimmed"]), "nothing is tidied in silence");
    assert_eq!(counts(&mut room)["right"], 1, "a list counts by the policy too");
}

#[test]
fn a_list_waits_for_no_check_and_is_counted_afterwards() {
    let mut room = Room::new();
    room.call("set_editor", json!({ "editor": "SB" }));
    room.call("import_notes", json!({ "files": [file("call.md", CALL)], "draftId": null }));
    let files: Vec<Value> = (0..200)
        .map(|n| file(&format!("piece-{n}.md"), &format!("“We will sell it by the spring,” Ines Eze said on day {n}.")))
        .collect();
    let ids = room.call("import_drafts", json!({ "files": files, "intoId": null }))["draftIds"].clone();
    let uncounted = |room: &mut Room| {
        let rows = room.call("list_drafts", json!({ "place": "desk" }));
        rows.as_array().expect("rows").iter().filter(|row| row["counts"].is_null()).count()
    };
    assert_eq!(uncounted(&mut room), 200, "nothing was checked for the list");
    let some: Vec<Value> = ids.as_array().expect("ids")[..20].to_vec();
    let counted = room.call("count_quotes", json!({ "ids": some }));
    assert!(counted.as_array().expect("rows").iter().all(|row| row["counts"]["wrong"] == 1), "{counted}");
    assert_eq!(uncounted(&mut room), 180, "what was counted is known");
    let body = room.body(some[0].as_i64().expect("an id"));
    let key = room.call("check_draft", json!({ "id": some[0], "body": body }))["quotes"][0]["key"].clone();
    room.call("set_cq", json!({ "id": some[0], "body": body, "key": key, "reason": "heard the tape", "by": "" }));
    assert_eq!(uncounted(&mut room), 181, "a cq is counted anew in its own piece alone");
    room.call("import_notes", json!({ "files": [file("more.md", CALL)], "draftId": null }));
    assert_eq!(uncounted(&mut room), 200, "a note may change every count");
}

#[test]
fn a_copy_has_a_slug_of_its_own() {
    let mut room = Room::new();
    let id = room.piece("ferry", "Words.");
    let copy = room.call("duplicate_draft", json!({ "id": id }));
    assert_eq!((&copy["slug"], &copy["body"]), (&json!("ferry-copy"), &json!("Words.")));
}

#[test]
fn a_pause_after_real_change_makes_a_revision() {
    let mut room = Room::new();
    let id = room.piece("ferry", "One.");
    let causes = |room: &mut Room| texts(&room.call("list_revisions", json!({ "id": id })), "cause");
    room.wait(10);
    room.save(id, "ferry", "One two.");
    assert_eq!(causes(&mut room), Vec::<String>::new(), "ten seconds are no pause");
    room.wait(31);
    room.save(id, "ferry", "One two three.");
    assert_eq!(causes(&mut room), ["pause"]);
    room.wait(31);
    assert_eq!(room.call("settle", json!({ "id": id })), true);
    assert_eq!(causes(&mut room), ["pause", "pause"]);
    room.save(id, "ferry", "One  two\nthree.");
    room.wait(31);
    assert_eq!(room.call("settle", json!({ "id": id })), false, "no word changed");
}

#[test]
fn a_pause_holds_no_save_up_and_its_verdicts_are_kept_afterwards() {
    let mut room = Room::new();
    room.call("import_notes", json!({ "files": [file("call.md", CALL)], "draftId": null }));
    let id = room.piece("ferry", "“We may sell it by the spring,” Ines Eze said.");
    room.wait(31);
    let draft = room.call("open_draft", json!({ "id": id }));
    let judgements = |room: &Room| room.desk.store().list_judgements(DraftId(id)).expect("judgements").len();
    assert_eq!(judgements(&room), 1, "a pause was over");
    room.save(id, "ferry", "“We may sell it by the spring,” Ines Eze said. “Nobody has made an offer,” she said.");
    room.wait(31);
    let settled = wire::begin(&mut room.desk, room.now, "settle", json!({ "id": id })).finish().expect("settled");
    assert_eq!(settled, json!(true), "the revision is made: {draft}");
    assert_eq!(judgements(&room), 1, "nothing is checked while the desk is held");
    let owed = room.desk.owed().expect("it is readable");
    assert_eq!(owed.len(), 1);
    for one in owed {
        room.desk.keep_owed(one.read()).expect("it is kept");
    }
    assert_eq!(judgements(&room), 2, "the second quote was right, and that is kept");
}

#[test]
fn comments_follow_their_words_and_are_taken_back() {
    let mut room = Room::new();
    let body = "😀 Yes.\n\nWe may sell the ferry, Ines Eze said.";
    let id = room.piece("ferry", body);
    room.call("set_editor", json!({ "editor": "SB" }));
    let add = |at: [usize; 2], text: &str| json!({ "id": id, "body": body, "at": at, "text": text });
    room.call("add_comment", add([12, 15], "Who says so?\r\nAnd when?"));
    let threads = room.call("add_comment", add([3, 6], "No."));
    assert_eq!(texts(&threads, "words"), ["Yes", "may"], "in the order of the text");
    assert_eq!(
        (&threads[1]["at"], &threads[1]["said"][0]["text"]),
        (&json!([12, 15]), &json!("Who says so?\nAnd when?"))
    );
    let (yes, may) = (threads[0]["id"].clone(), threads[1]["id"].clone());
    let now = "We will sell the ferry, Ines Eze said.\n\n😀 Yes.";
    let threads = room.call("list_comments", json!({ "id": id, "body": now }));
    assert_eq!((&threads[0]["at"], &threads[1]["at"]), (&json!([43, 46]), &json!(null)), "the words of one are gone");
    let threads = room.call("list_comments", json!({ "id": id, "body": body }));
    assert_eq!(threads[1]["at"], json!([12, 15]), "undo brings them back, and the comment with them");

    let threads = room.call("reply", json!({ "commentId": may, "body": body, "text": "She does." }));
    assert_eq!(texts(&threads[1]["said"], "text"), ["Who says so?\nAnd when?", "She does."]);
    let mine = threads[1]["said"][1]["id"].clone();
    let threads = room.call("edit_comment", json!({ "commentId": mine, "body": body, "text": "She did." }));
    assert_eq!((&threads[1]["said"][1]["isEdited"], &threads[1]["said"][1]["by"]), (&json!(true), &json!("SB")));
    let threads = room.call("resolve_comment", json!({ "commentId": mine, "body": body, "isResolved": true }));
    assert_eq!((&threads[1]["resolvedBy"], &threads[0]["resolvedBy"]), (&json!("SB"), &json!(null)));
    let bin = |is_in_bin: bool| json!({ "commentId": yes, "body": body, "isInBin": is_in_bin });
    assert_eq!(texts(&room.call("bin_comment", bin(true)), "words"), ["may"]);
    assert_eq!(texts(&room.call("bin_comment", bin(false)), "words"), ["Yes", "may"]);

    assert_eq!(room.refused("add_comment", add([0, 0], "On nothing.")).code, "badInput");
    assert_eq!(room.refused("add_comment", add([3, 6], " ")).code, "badInput");
    room.call("set_editor", json!({ "editor": "IE" }));
    let theirs = room.refused("edit_comment", json!({ "commentId": mine, "body": body, "text": "He did." }));
    assert!(theirs.message.starts_with("SB said this"), "{}", theirs.message);
}

#[test]
fn a_named_revision_is_put_back_and_that_can_be_undone() {
    let mut room = Room::new();
    let id = room.piece("ferry", "First words.");
    let named = room.call("name_revision", json!({ "id": id, "name": "sent to legal" }));
    room.wait(5);
    room.save(id, "ferry", "Second words.");
    let back = room.call("restore_revision", json!({ "id": id, "revisionId": named["id"] }));
    assert_eq!(back["draft"]["body"], "First words.");
    let rows = room.call("list_revisions", json!({ "id": id }));
    assert_eq!(texts(&rows, "cause"), ["restore", "before restore", "named"]);
    assert_eq!(rows[2]["name"], "sent to legal");
    assert_eq!(back["beforeId"], rows[1]["id"], "it tells what puts it back");
    let undone = room.call("restore_revision", json!({ "id": id, "revisionId": back["beforeId"] }));
    assert_eq!(undone["draft"]["body"], "Second words.", "a restore is itself a revision, so it can be undone");
    assert_eq!(undone["beforeId"], rows[0]["id"], "what stood before is kept once");
    let other = room.piece("other", "Other.");
    let refusal = room.refused("restore_revision", json!({ "id": other, "revisionId": named["id"] }));
    assert_eq!(refusal.code, "notFound", "a revision of one piece is none of another");
    assert!(texts(&room.call("list_events", json!({ "id": id })), "words").contains(&"sent to legal".to_owned()));
}

#[test]
fn a_change_tells_what_puts_it_back_even_when_that_was_in_no_revision() {
    let mut room = Room::new();
    let id = room.piece("ferry", "One.");
    room.call("name_revision", json!({ "id": id, "name": "sent to legal" }));
    room.save(id, "ferry", "One. Two.");
    let old = json!({ "revisionId": null, "isNow": false, "file": file("theirs.md", "One. Three.") });
    let taken = room.call("take_back", json!({ "id": id, "old": old, "changes": [0] }));
    assert_eq!(taken["draft"]["body"], "One. Three.");
    room.call("restore_revision", json!({ "id": id, "revisionId": taken["beforeId"] }));
    assert_eq!(room.body(id), "One. Two.");

    let empty = room.piece("empty", "");
    let taken = room.call("take_back", json!({ "id": empty, "old": old, "changes": [0] }));
    assert_eq!((&taken["draft"]["body"], &taken["beforeId"]), (&json!("One. Three."), &Value::Null));
}

#[test]
fn spans_count_utf16_for_the_page() {
    let mut room = Room::new();
    let id = room.piece("ferry", "");
    let check = room.call("check_draft", json!({ "id": id, "body": "😀 é TK" }));
    assert_eq!(check["tks"], json!([[5, 7]]), "an emoji is two units, an é one");
}

const CALL: &str = "---\nsource: Ines Eze\nkind: call\nwhere: telephone\nsaid_at: 2026-11-10\nterms: on the record\n---\n\
                    We may sell it by the spring. Nobody has made an offer.\n";

#[test]
fn notes_come_from_files_are_found_again_and_lie_in_the_bin() {
    let mut room = Room::new();
    let came = room.call("import_notes", json!({ "files": [file("call.md", CALL)], "draftId": null }));
    assert_eq!(came["warnings"], json!([]));
    let hits = room.call("search", json!({ "query": "offer" }));
    assert_eq!(hits[0]["title"], "Ines Eze, 10 November 2026");
    assert_eq!(hits[0]["sentence"], "Nobody has made an offer.");
    assert_eq!((&hits[0]["marks"], &hits[0]["at"]), (&json!([[19, 24]]), &json!([49, 54])));
    let row = room.call("bin_note", json!({ "id": came["noteIds"][0], "isInBin": true }));
    assert_eq!((&row["isInBin"], &room.call("desk", json!({}))["nNotes"]), (&json!(true), &json!(0)));
    assert_eq!(room.call("search", json!({ "query": "offer" })), json!([]));
}

#[test]
fn a_confidential_source_is_not_named_by_a_search() {
    let mut room = Room::new();
    let note = CALL.replace("kind: call", "kind: call\nconfidential: true");
    room.call("import_notes", json!({ "files": [file("call.md", &note)], "draftId": null }));
    let hits = room.call("search", json!({ "query": "spring" }));
    assert_eq!(hits[0]["title"], "confidential source, 10 November 2026");
}

#[test]
fn a_note_is_kept_as_the_page_sends_it_and_an_odd_one_is_refused() {
    let mut room = Room::new();
    let edit = json!({
        "id": null, "name": "", "source": " Ines Eze ", "kind": "call", "place": "", "saidAt": "2026-11-10",
        "terms": "background", "termsWords": "", "embargo": "2026-11-24T09:00:00Z", "isConfidential": false,
        "aliases": ["Eze"], "text": "One\r\ntwo.", "draftId": null
    });
    let note = room.call("save_note", json!({ "edit": edit }));
    assert_eq!((&note["source"], &note["text"]), (&json!("Ines Eze"), &json!("One\ntwo.")));
    let row = &room.call("list_notes", json!({}))[0];
    assert_eq!((&row["isEmbargoed"], &row["terms"]), (&json!(true), &json!("background")));
    for (field, odd) in [("terms", "whenever"), ("embargo", "tomorrow")] {
        let mut edit = edit.clone();
        edit[field] = odd.into();
        assert_eq!(room.refused("save_note", json!({ "edit": edit })).code, "badInput");
    }
    assert_eq!(room.call("desk", json!({}))["nNotes"], 1, "a refusal keeps nothing");
}

#[test]
fn an_import_over_a_piece_is_a_revision_that_can_be_undone() {
    let mut room = Room::new();
    let id = room.piece("ferry", "Our words.");
    let files = json!([file("ferry.md", "---\nhed: Sold\n---\nTheir words.\n")]);
    room.call("import_drafts", json!({ "files": files, "intoId": id }));
    let view = room.call("open_draft", json!({ "id": id }));
    assert_eq!((&view["hed"], &view["body"], &view["slug"]), (&json!("Sold"), &json!("Their words."), &json!("ferry")));
    let rows = room.call("list_revisions", json!({ "id": id }));
    assert_eq!(texts(&rows, "cause"), ["import", "before import"]);
    room.call("restore_revision", json!({ "id": id, "revisionId": rows[1]["id"] }));
    assert_eq!(room.body(id), "Our words.");
    let two = json!([file("a.md", "A."), file("b.md", "B.")]);
    assert_eq!(room.refused("import_drafts", json!({ "files": two, "intoId": id })).code, "badInput");
    let new = room.call("import_drafts", json!({ "files": two, "intoId": null }));
    assert_eq!(new["draftIds"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_file_is_looked_at_and_taken_with_the_head_an_editor_says_it_has() {
    let mut room = Room::new();
    let text = "Ferry up for sale\nby Ana Pires\n\nThe county sells.\n\nSign up for our newsletter\n";
    let typed = file("ferry.txt", text);
    let seen = room.call("look_at_file", json!({ "file": typed }));
    assert_eq!((&seen["slug"], &seen["nWords"], &seen["isSure"]), (&json!("ferry"), &json!(8), &json!(false)));
    assert_eq!((&seen["head"]["hed"], &seen["head"]["byline"]), (&json!("Ferry up for sale"), &json!("Ana Pires")));
    assert_eq!(seen["taken"]["byline"], "by Ana Pires");
    assert_eq!(seen["furniture"], json!(["Sign up for our newsletter"]));
    assert_eq!(room.call("list_drafts", json!({ "place": "desk" })), json!([]), "nothing is kept");
    let sure = room.call("look_at_file", json!({ "file": file("a.md", "---\nhed: Sold\n---\nOne.\n") }));
    assert_eq!(sure["isSure"], true);

    let head = json!({ "hed": "Ferry for sale", "dek": "", "byline": "", "dateline": "" });
    let orders = json!([{ "file": typed, "head": head }, { "file": file("b.md", "B."), "head": null }]);
    let ids = room.call("take_files", json!({ "orders": orders }))["draftIds"].clone();
    let view = room.call("open_draft", json!({ "id": ids[0] }));
    assert_eq!((&view["hed"], &view["byline"]), (&json!("Ferry for sale"), &json!("")));
    assert_eq!(view["body"], "by Ana Pires\n\nThe county sells.\n\nSign up for our newsletter");
    assert_eq!(room.body(ids[1].as_i64().expect("an id")), "B.");

    let broken = file("broken.docx", "PK\u{3}\u{4} and no more");
    assert_eq!(room.refused("look_at_file", json!({ "file": broken })).code, "badInput");
    let orders = json!([{ "file": typed, "head": null }, { "file": broken, "head": null }]);
    room.refused("take_files", json!({ "orders": orders }));
    assert_eq!(room.call("list_drafts", json!({ "place": "desk" })).as_array().map(Vec::len), Some(2), "all or none");
}

fn order(room: &Room, id: i64, name: &str, why: &str) -> Value {
    let path = room.folder.path().join(name);
    json!({ "order": { "draftId": id, "format": "md", "path": path, "why": why, "isOverwrite": false } })
}

#[test]
fn the_gate_asks_names_its_reasons_and_records_who_let_it_pass() {
    let mut room = Room::new();
    let id = room.piece("ferry", "A new boat costs TK million.");
    let gate = room.call("gate", json!({ "id": id, "format": "md" }));
    assert_eq!(
        gate["reasons"],
        json!([{ "kind": "tk", "words": "A TK is left in graf 1.", "quoteKey": null, "at": [17, 19] }])
    );
    let refusal = room.refused("export", order(&room, id, "out.md", " "));
    assert_eq!(refusal.code, "gate");
    assert!(refusal.message.contains("A TK is left in graf 1."), "{}", refusal.message);
    let unsigned = room.refused("export", order(&room, id, "out.md", "The figure comes by wire."));
    assert_eq!(unsigned.code, "badInput", "whoever lets it pass signs");
    assert!(!room.folder.path().join("out.md").exists(), "what the gate holds back is not written");
    assert_eq!(room.call("list_revisions", json!({ "id": id })), json!([]), "a refusal keeps nothing");
    room.call("set_editor", json!({ "editor": "SB" }));
    let exported = room.call("export", order(&room, id, "out.md", "The figure comes by wire."));
    let bytes = std::fs::read(room.folder.path().join("out.md")).expect("it is written");
    assert_eq!(exported["sizeBytes"], bytes.len());
    assert!(String::from_utf8_lossy(&bytes).contains("A new boat costs TK million."));
    let events = texts(&room.call("list_events", json!({ "id": id })), "words");
    assert_eq!(events[0], "exported as Markdown, let pass by SB: The figure comes by wire.");
    assert_eq!(texts(&room.call("list_revisions", json!({ "id": id })), "cause"), ["export"]);
}

#[test]
fn an_export_never_writes_over_a_file_unasked_nor_where_there_is_no_folder() {
    let mut room = Room::new();
    let id = room.piece("ferry", "Words.");
    let path = room.folder.path().join("kept.md");
    std::fs::write(&path, "theirs").expect("a file");
    let refusal = room.refused("export", order(&room, id, "kept.md", ""));
    assert_eq!(
        (refusal.code.as_str(), std::fs::read_to_string(&path).expect("it is there").as_str()),
        ("conflict", "theirs")
    );
    let refusal = room.refused("export", order(&room, id, "none/out.md", ""));
    assert!(refusal.code == "badInput" && refusal.message.contains("There is no folder"), "{}", refusal.message);
    let mut over = order(&room, id, "kept.md", "");
    over["order"]["isOverwrite"] = true.into();
    room.call("export", over);
    assert!(std::fs::read_to_string(&path).expect("it is there").contains("Words."));
    let names: Vec<String> = std::fs::read_dir(room.folder.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains("part"))
        .collect();
    assert_eq!(names, Vec::<String>::new(), "nothing half written is left behind");
    let offered = text(&room.call("export_path", json!({ "id": id, "format": "proof" })));
    assert_eq!(offered, room.folder.path().join("ferry-proof.html").to_string_lossy(), "beside the last export");
}

#[test]
fn a_piece_goes_out_again_as_it_last_did_else_as_any_did() {
    let mut room = Room::new();
    let (ferry, zoning, new) = (room.piece("ferry", "One."), room.piece("zoning", "Two."), room.piece("new", "Three."));
    let folder = |name: &str| room.folder.path().join(name);
    let (web, print) = (folder("web"), folder("print"));
    for folder in [&web, &print] {
        std::fs::create_dir(folder).expect("a folder");
    }
    let format = |room: &mut Room, id: i64| text(&room.call("export_format", json!({ "id": id })));
    let offered = |room: &mut Room, id: i64, format: &str| {
        let path = text(&room.call("export_path", json!({ "id": id, "format": format })));
        Path::new(&path).parent().map(Path::to_owned)
    };
    let send = |room: &mut Room, id: i64, format: &str, path: &Path| {
        let order = json!({ "draftId": id, "format": format, "path": path, "why": "", "isOverwrite": false });
        room.call("export", json!({ "order": order }));
    };
    assert_eq!(format(&mut room, ferry), "md", "nothing went out yet");
    send(&mut room, ferry, "pdf", &print.join("ferry.pdf"));
    send(&mut room, ferry, "html", &web.join("ferry.html"));
    send(&mut room, zoning, "txt", &print.join("zoning.txt"));
    room.call("copy_out", json!({ "id": ferry, "why": "" }));
    assert_eq!([ferry, zoning, new].map(|id| format(&mut room, id)), ["html", "txt", "txt"]);
    assert_eq!(offered(&mut room, ferry, "html").as_ref(), Some(&web));
    assert_eq!(offered(&mut room, ferry, "pdf").as_ref(), Some(&print), "where it last went in this format");
    assert_eq!(offered(&mut room, ferry, "md").as_ref(), Some(&web), "where it last went at all");
    assert_eq!(offered(&mut room, new, "md").as_ref(), Some(&print), "where any last went");
    std::fs::remove_dir_all(&web).expect("it goes");
    assert_eq!(offered(&mut room, ferry, "html").as_ref(), Some(&print), "a folder that is gone is not offered");
}

#[test]
fn a_piece_whose_record_cannot_be_kept_does_not_go_out() {
    let mut room = Room::new();
    let id = room.piece("ferry", "Words.");
    let path = room.folder.path().join("kept.md");
    std::fs::write(&path, "theirs").expect("a file");
    // The record itself is taken, and the transaction fails at its very end.
    let other = rusqlite::Connection::open(room.folder.path().join("desk.sqlite")).expect("the desk file");
    other
        .execute_batch(
            "CREATE TABLE pledges (draft_id INTEGER REFERENCES drafts (id) DEFERRABLE INITIALLY DEFERRED);
             CREATE TRIGGER exports_fail AFTER INSERT ON exports BEGIN INSERT INTO pledges VALUES (-1); END;",
        )
        .expect("a trap");
    let mut over = order(&room, id, "kept.md", "");
    over["order"]["isOverwrite"] = true.into();
    room.refused("export", over);
    assert_eq!(std::fs::read_to_string(&path).expect("it is there"), "theirs", "nothing goes out unrecorded");
    room.refused("export", order(&room, id, "new.md", ""));
    let left: Vec<_> =
        std::fs::read_dir(room.folder.path()).expect("a folder").flatten().map(|f| f.file_name()).collect();
    let is_left = |name: &std::ffi::OsString| name.to_string_lossy().contains(".md");
    assert_eq!(left.iter().filter(|name| is_left(name)).collect::<Vec<_>>(), ["kept.md"]);
    assert_eq!(room.call("list_revisions", json!({ "id": id })), json!([]), "nor is anything recorded");
    other.execute_batch("DROP TRIGGER exports_fail").expect("the trap is gone");
    room.call("export", order(&room, id, "new.md", ""));
    assert!(room.folder.path().join("new.md").exists());
}

#[test]
fn every_format_can_be_looked_at_before_it_goes_out() {
    let mut room = Room::new();
    let id = room.piece("ferry", "Words.");
    for (format, name, is_page) in [
        ("md", "ferry.md", false),
        ("txt", "ferry.txt", false),
        ("html", "ferry.html", true),
        ("docx", "ferry.docx", true),
        ("proof", "ferry-proof.html", true),
        ("proof-docx", "ferry-proof.docx", true),
        ("proof-pdf", "ferry-proof.pdf", true),
        ("odt", "ferry.odt", true),
        ("epub", "ferry.epub", true),
        ("pdf", "ferry.pdf", true),
        ("ninjs", "ferry.json", false),
        ("nitf", "ferry.xml", false),
    ] {
        let preview = room.call("preview", json!({ "id": id, "format": format }));
        assert_eq!((&preview["fileName"], &preview["isPage"]), (&json!(name), &json!(is_page)), "{format}");
        assert!(text(&preview["content"]).contains("Words."), "{format}");
        assert!(preview["sizeBytes"].as_u64() > Some(0), "{format}");
    }
}

#[test]
fn a_wire_is_told_what_was_put_right_since_it_had_the_piece_and_not_in_which_words() {
    let mut room = Room::new();
    room.call("set_editor", json!({ "editor": "SB" }));
    let id = room.piece("ferry", "The county sold 12 ferries to Ines Eze on Monday. It rained.");
    let note = |room: &mut Room, format: &str| {
        let preview = room.call("preview", json!({ "id": id, "format": format }));
        let content = text(&preview["content"]);
        assert!(!content.contains("12 ferries"), "{content}");
        content
    };
    let ed_note = |room: &mut Room| {
        let item: Value = serde_json::from_str(&note(room, "ninjs")).expect("it is JSON");
        item["edNote"].clone()
    };
    let mut sent = order(&room, id, "1.json", "agreed");
    sent["order"]["format"] = "ninjs2".into();
    room.call("export", sent);
    room.save(id, "ferry", "The county sold 14 ferries to Ines Eze on Monday. It poured.");
    let words = "Correction of what was sent 2026-11-23 13:00 UTC: 1 number.";
    assert_eq!(ed_note(&mut room), words);
    assert!(note(&mut room, "nitf").contains(&format!("<correction info=\"{words}\"/>")));
    assert!(note(&mut room, "ninjs2").contains("\"ednote\": "));
    assert!(!note(&mut room, "html").contains("Correction"));
    let other = room.piece("other", "The county sold 14 ferries.");
    let never = room.call("preview", json!({ "id": other, "format": "ninjs" }));
    assert!(!text(&never["content"]).contains("edNote"), "a wire never had it");
}

#[test]
fn a_confidential_name_is_held_at_the_gate_wherever_it_stands() {
    let mut room = Room::new();
    let note = CALL.replace("Ines Eze", "Tobias Renner").replace("kind: call", "kind: call\nconfidential: true");
    room.call("import_notes", json!({ "files": [file("call.md", &note)], "draftId": null }));
    let id = room.piece("ferry", "The pilot, Tobias Renner, left.");
    let gate = room.call("gate", json!({ "id": id, "format": "md" }));
    assert_eq!(texts(&gate["reasons"], "kind"), ["confidential"]);
    assert_eq!(gate["reasons"][0]["at"], json!([11, 24]));
    // The gate and the proof hold to one rule: what the one blanks, the other names.
    let twice = "Ask Renner.\n\nHe left.\n\nMr RENNER’s boat, t.renner@example.org.";
    room.save(id, "ferry", twice);
    let gate = room.call("gate", json!({ "id": id, "format": "md" }));
    let words = "A source whose name must never leave the desk is named in grafs 1 and 3.";
    assert_eq!(texts(&gate["reasons"], "words"), [words]);
    let proof = text(&room.call("preview", json!({ "id": id, "format": "proof" }))["content"]).to_lowercase();
    assert_eq!((proof.contains("renner"), proof.matches("▇▇▇").count()), (false, 3));
    room.save(id, "ferry", "The pilot, Tobias Renner, left.");
    let open = room.call(
        "import_notes",
        json!({ "files": [file("open.md", &CALL.replace("Ines Eze", "Tobias Renner"))], "draftId": null }),
    );
    assert_eq!(open["warnings"], json!([]));
    let gate = room.call("gate", json!({ "id": id, "format": "md" }));
    assert_eq!(gate["reasons"], json!([]), "who also spoke openly may be named");
}

#[test]
fn a_cq_on_words_that_break_their_terms_is_open_in_the_proof_for_word() {
    let mut room = Room::new();
    room.call("set_editor", json!({ "editor": "SB" }));
    let body = "“We may sell it by the spring,” Ines Eze said.";
    let is_resolved = |room: &mut Room, terms: &str| {
        let note = CALL.replace("on the record", terms);
        room.call("import_notes", json!({ "files": [file("call.md", &note)], "draftId": null }));
        let id = room.piece(&format!("ferry {terms}"), body);
        let quotes = room.call("check_draft", json!({ "id": id, "body": body }))["quotes"].clone();
        let cq = json!({ "id": id, "body": body, "key": quotes[0]["key"], "reason": "heard the tape", "by": "SB" });
        room.call("set_cq", cq);
        let proof = room.desk.preview(DraftId(id), Format::ProofWord, room.now).expect("it has a shape");
        let mut zip = ZipArchive::new(Cursor::new(proof.bytes)).expect("a Word file");
        let mut extended = String::new();
        let mut part = zip.by_name("word/commentsExtended.xml").expect("it has comments");
        part.read_to_string(&mut extended).expect("text");
        extended.contains("w15:done=\"1\"")
    };
    assert!(!is_resolved(&mut room, "off the record"));
    assert!(is_resolved(&mut room, "on the record"));
}

#[test]
fn a_backup_is_a_whole_desk() {
    let mut room = Room::new();
    let id = room.piece("ferry", "Words.");
    let path = room.folder.path().join("copy.sqlite");
    room.call("backup", json!({ "path": path }));
    let mut copy = Room { desk: Desk::open(&path, Access::Window).expect("it opens"), ..Room::new() };
    assert_eq!(copy.body(id), "Words.");
}

#[test]
fn a_new_desk_shows_the_sample_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.sqlite");
    let now = "2026-11-23T13:00:00Z".parse().expect("a time");
    let mut desk = wire::open_desk(&path, now).expect("a desk");
    let rows = wire::call(&mut desk, now, "list_drafts", json!({ "place": "desk" })).expect("rows");
    assert_eq!(texts(&rows, "slug"), ["ferry-sale"]);
    let revisions = wire::call(&mut desk, now, "list_revisions", json!({ "id": rows[0]["id"] })).expect("rows");
    assert_eq!(texts(&revisions, "cause"), ["named", "created"]);
    wire::call(
        &mut desk,
        now,
        "route_drafts",
        json!({ "orders": [{ "id": rows[0]["id"], "slug": "", "place": "bin" }] }),
    )
    .expect("a row");
    drop(desk);
    let mut desk = wire::open_desk(&path, now).expect("a desk");
    let rows = wire::call(&mut desk, now, "list_drafts", json!({ "place": "desk" })).expect("rows");
    assert_eq!(rows, json!([]), "a sample that was put away stays away");
}

/// Every place in an answer lies inside a text of so many UTF-16 units.
fn assert_inside(quotes: &Value, field: &str, n_utf16: usize) {
    for place in quotes.as_array().expect("quotes").iter().flat_map(|quote| quote[field].as_array().expect("places")) {
        let end = |n: usize| place[n].as_u64().expect("a place") as usize;
        assert!(end(0) <= end(1) && end(1) <= n_utf16, "{field} {place} is not inside {n_utf16} units");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Pieces of news copy, emoji, marks left open and stray controls, in any order.
    #[test]
    fn any_body_can_be_checked_compared_and_looked_at(
        parts in prop::collection::vec(prop::sample::select(vec![
            "“We may sell it", "”", " Ines Eze said. ", "\n\n", "He stated: ", "😀", "é", "TK ", "\u{0}", "\r\n", "**", "العبّارة",
            " according to the county, ", "‘", "not ", "1,200 ", "\u{301}", "\u{feff}", "# ", "<b>", "Read more: ",
        ]), 0..24),
    ) {
        let mut room = Room::new();
        room.call("import_notes", json!({ "files": [file("call.md", CALL)], "draftId": null }));
        let body = parts.concat();
        let id = room.piece("any", "We may sell it by the spring.");
        let check = room.call("check_draft", json!({ "id": id, "body": body }));
        let n_utf16 = body.encode_utf16().count();
        assert_inside(&check["quotes"], "content", n_utf16);
        assert_inside(&check["quotes"], "marked", n_utf16);
        let now = json!({ "revisionId": null, "isNow": true, "file": null });
        let theirs = json!({ "revisionId": null, "isNow": false, "file": file("theirs.txt", &body) });
        let view = room.call("compare", json!({ "id": id, "old": theirs, "new": now }));
        let n_changes = view["rows"].as_array().expect("rows").len();
        if n_changes > 0 {
            room.call("take_back", json!({ "id": id, "old": theirs, "changes": [n_changes - 1] }));
        }
        room.save(id, "any", &body);
        room.call("gate", json!({ "id": id, "format": "md" }));
        for format in ["html", "docx", "proof"] {
            room.call("preview", json!({ "id": id, "format": format }));
        }
    }
}

#[test]
fn what_was_typed_before_a_crash_is_back_and_told() {
    let mut room = Room::new();
    let id = room.piece("ferry", "One.");
    room.call("name_revision", json!({ "id": id, "name": "sent to legal" }));
    room.wait(5);
    room.save(id, "ferry", "One and more.");
    // What a crash would leave on the disk.
    let (path, copy) = (room.folder.path().join("desk.sqlite"), room.folder.path().join("after.sqlite"));
    for ending in ["", "-wal"] {
        std::fs::copy(format!("{}{ending}", path.display()), format!("{}{ending}", copy.display())).expect("copied");
    }
    room.desk = stet::desk::Desk::open(&copy, stet::desk::Access::Window).expect("a desk");
    let recovered = room.call("desk", json!({}))["recovered"].clone();
    assert_eq!((&recovered[0]["slug"], &recovered[0]["id"]), (&json!("ferry"), &json!(id)));
    assert_eq!(recovered[0]["savedAt"], "2026-11-23T13:00:05.000Z");
    assert_eq!(room.body(id), "One and more.");
    let before = recovered[0]["beforeId"].as_i64().expect("something stood before");
    room.call("restore_revision", json!({ "id": id, "revisionId": before }));
    assert_eq!(room.body(id), "One.");
}

#[test]
fn a_keeper_answers_nothing_while_its_desk_is_locked() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.sqlite");
    let now: DateTime<Utc> = "2026-11-20T09:00:00Z".parse().expect("a time");
    let mut keeper = wire::Keeper::open(&path, now, Some(folder.path().to_owned()));
    let ask = |keeper: &mut wire::Keeper, name: &str, args: Value| {
        keeper.begin(now, name, args).finish().map_err(|refusal| refusal.code)
    };
    assert_eq!(ask(&mut keeper, "lock", json!({})), Err("badInput".into()), "it has no passphrase");
    let words = json!({ "old": "", "new": "five grey gulls at noon" });
    let view = ask(&mut keeper, "set_passphrase", words).expect("set");
    assert_eq!((&view["hasPassphrase"], &view["lockAfterMin"]), (&json!(true), &json!(15)));
    let words = json!({ "old": "not that one", "new": "a heron before breakfast" });
    assert_eq!(ask(&mut keeper, "set_passphrase", words), Err("wrongPassphrase".into()));
    assert_eq!(ask(&mut keeper, "set_lock_after", json!({ "minutes": 0 })).expect("set")["lockAfterMin"], Value::Null);

    ask(&mut keeper, "lock", json!({})).expect("locked");
    assert!(keeper.desk().is_none());
    for name in ["desk", "list_drafts", "search", "backup", "set_passphrase", "no such command"] {
        assert_eq!(ask(&mut keeper, name, json!({})), Err("locked".into()), "{name}");
    }
    let unlock = |words: &str| json!({ "passphrase": words });
    assert_eq!(ask(&mut keeper, "unlock", unlock("five grey gulls at nine")), Err("wrongPassphrase".into()));
    ask(&mut keeper, "unlock", unlock("five grey gulls at noon")).expect("unlocked");
    let draft = &ask(&mut keeper, "list_drafts", json!({ "place": "desk" })).expect("listed")[0];
    let offered = ask(&mut keeper, "export_path", json!({ "id": draft["id"], "format": "md" })).expect("a path");
    assert!(offered.as_str().is_some_and(|path| path.starts_with(&*folder.path().to_string_lossy())), "as before");
    drop(keeper);
    let mut keeper = wire::Keeper::open(&path, now, None);
    assert!(keeper.refusal().is_none() && keeper.desk().is_none(), "it opens locked");
    assert_eq!(keeper.path(), path.canonicalize().ok().as_deref());
}

#[test]
fn views_are_kept_as_the_page_wrote_them() {
    let mut room = Room::new();
    assert_eq!(room.call("kept_views", json!({})), "");
    let text = "[\n  { \"name\": \"Late, with legal\" }\n]";
    assert_eq!(room.call("keep_views", json!({ "text": text })), text);
    assert_eq!(room.refused("keep_views", json!({ "text": "x".repeat(200_000) })).code, "badInput");
    assert_eq!(room.call("kept_views", json!({})), text, "a refusal changes nothing");
}

#[test]
fn snippets_are_kept_as_they_were_written() {
    let mut room = Room::new();
    assert_eq!(room.call("kept_snippets", json!({})), "");
    let text = "[bio]\n{byline} covers the harbour.\n";
    assert_eq!(room.call("keep_snippets", json!({ "text": text })), text);
    assert_eq!(room.refused("keep_snippets", json!({ "text": "x".repeat(600_000) })).code, "badInput");
    assert_eq!(room.call("kept_snippets", json!({})), text, "a refusal changes nothing");
}

#[test]
fn slips_are_told_in_the_pages_units_and_never_in_a_quote() {
    let mut room = Room::new();
    let body = "🚢 Towards noon “we went towards it,” Roe said, amongst others.";
    let slips = room.call("find_slips", json!({ "body": body }));
    let told: Vec<_> = slips.as_array().expect("slips").iter().map(|it| (&it["at"], &it["preferred"])).collect();
    assert_eq!(told, [(&json!([3, 10]), &json!("Toward")), (&json!([48, 55]), &json!("among"))]);
    assert_eq!((&slips[0]["words"], &slips[0]["section"]), (&json!("Towards"), &json!("terms")));

    let line = &slips[0]["line"];
    let refused = room.refused("except_from_style", json!({ "line": line, "phrase": "noon" }));
    assert_eq!(refused.code, "badInput", "the term is not in it");
    room.call("except_from_style", json!({ "line": line, "phrase": "Towards  noon" }));
    assert_eq!(room.call("find_slips", json!({ "body": body })).as_array().expect("slips").len(), 1);
    assert_eq!(room.call("set_style_on", json!({ "isOn": false }))["isOn"], false);
    assert_eq!(room.call("find_slips", json!({ "body": body })), json!([]));
}

#[test]
fn misspellings_are_told_in_the_pages_units_and_what_is_cq_is_known() {
    let mut room = Room::new();
    let body = "🚢 Teh boat sank. “We gonnae recieve it,” said Tove Lundqvist.";
    let id = room.piece("boat", body);
    let told = |room: &mut Room| {
        let found = room.call("find_misspellings", json!({ "id": id, "body": body }));
        let found = found.as_array().expect("misspellings").iter();
        found.map(|it| (it["word"].as_str().expect("a word").to_owned(), it["isQuoted"] == true)).collect::<Vec<_>>()
    };
    let found = room.call("find_misspellings", json!({ "id": id, "body": body }));
    assert_eq!(found[0], json!({ "at": [3, 6], "word": "Teh", "isQuoted": false }));
    let quoted = [("gonnae".to_owned(), true), ("recieve".to_owned(), true)];
    assert_eq!(told(&mut room)[1..], quoted, "a typo in a quote is a typo; the speaker is known by name");
    assert_eq!(room.call("suggest_spelling", json!({ "word": "recieve" }))[0], "receive");

    let key = room.call("check_draft", json!({ "id": id, "body": body }))["quotes"][0]["key"].clone();
    room.call("set_cq", json!({ "id": id, "body": body, "key": key, "reason": "heard it", "by": "SB" }));
    assert_eq!(told(&mut room), [("Teh".to_owned(), false)], "what an editor checked is known");
    assert_eq!(room.call("learn_word", json!({ "word": "Teh" }))["words"], json!(["Teh"]));
    assert_eq!(told(&mut room), []);
    assert_eq!(room.refused("learn_word", json!({ "word": "two words" })).code, "badInput");
    assert_eq!(room.call("forget_word", json!({ "word": "Teh" }))["words"], json!([]));
    assert_eq!(told(&mut room).len(), 1);
}

#[test]
fn a_desk_is_read_by_the_dictionary_it_names_and_takes_in_others() {
    let mut room = Room::new();
    let id = room.piece("boat", "The harbour is gray. De boot vaart.");
    let told = |room: &mut Room| {
        let body = room.call("open_draft", json!({ "id": id }))["body"].clone();
        let found = room.call("find_misspellings", json!({ "id": id, "body": body }));
        found.as_array().expect("misspellings").iter().map(|it| it["word"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(room.call("spelling", json!({}))["language"], "en_US");
    assert!(told(&mut room).contains(&json!("harbour")));
    let set = |language| json!({ "language": language, "readsCapitals": false });
    assert_eq!(room.call("set_spelling", set(Some("en_GB")))["language"], "en_GB");
    assert_eq!(told(&mut room).first(), Some(&json!("gray")));
    assert_eq!(room.refused("set_spelling", set(Some("nl"))).code, "badInput");

    let (aff, dic) = (file("nl.aff", "SET UTF-8\n"), file("nl.dic", "3\nde\nboot\nvaart\n"));
    assert_eq!(room.refused("add_dictionary", json!({ "files": [aff.clone()] })).code, "badInput");
    assert_eq!(room.refused("add_dictionary", json!({ "files": [aff, file("nl.dic", "no")] })).code, "badInput");
    let kept = room.call("add_dictionary", json!({ "files": [dic, file("nl.aff", "SET UTF-8\n")] }));
    assert_eq!((&kept["language"], &kept["languages"]), (&json!("nl"), &json!(["en_US", "en_GB", "nl"])));
    assert_eq!(told(&mut room), ["The", "harbour", "is", "gray"]);
    let path = room.folder.path().join("desk.sqlite");
    let mut again = Room { desk: Desk::open(&path, Access::Visit).expect("a desk"), ..Room::new() };
    assert_eq!(told(&mut again), ["The", "harbour", "is", "gray"], "it lies in the desk");
    assert_eq!(room.call("drop_dictionary", json!({ "name": "nl" }))["language"], "en_US");
    assert_eq!(room.call("set_spelling", set(None))["language"], json!(null));
    assert_eq!(told(&mut room), [json!(null); 0]);
}

#[test]
fn rules_are_read_kept_and_written_as_a_text_file() {
    let mut room = Room::new();
    let text = "[terms]\ngrey => gray | American\n";
    let read = room.call("read_rules", json!({ "text": "[terms]\ngrey => gray\nno rule" }));
    assert_eq!((&read["nRules"], &read["complaints"][0]["line"]), (&json!(1), &json!(3)));
    assert_eq!(room.refused("set_style", json!({ "text": "no rule" })).code, "badInput");
    let kept = room.call("set_style", json!({ "text": text }));
    assert_eq!((&kept["text"], &kept["nRules"], &kept["isOn"]), (&json!(text), &json!(1), &json!(true)));
    assert_ne!(kept["shipped"], kept["text"], "what Stet comes with can be had back");

    let path = room.folder.path().join("house.txt");
    room.call("write_style", json!({ "path": path }));
    assert_eq!(std::fs::read_to_string(path).expect("written"), text);
    let desk = room.folder.path().join("desk.sqlite");
    for path in ["house.txt", &desk.to_string_lossy()] {
        assert_eq!(room.refused("write_style", json!({ "path": path })).code, "badInput", "{path}");
    }
}

#[test]
fn a_backup_says_what_it_would_change_is_put_back_and_taken_back() {
    let mut room = Room::new();
    let id = room.piece("ferry-sale", "Two words.");
    let made = [room.call("make_backup", json!({})), room.call("make_backup", json!({}))];
    assert_eq!(made, [true, false], "nothing had changed since");
    room.save(id, "ferry-sale", "Now these are more.");
    room.piece("late", "Late.");
    let name = room.call("list_backups", json!({}))["backups"][0]["name"].clone();
    let preview = room.call("preview_backup", json!({ "name": name }));
    assert_eq!(preview["changed"], json!([{ "slug": "ferry-sale", "nWordsHere": 4, "nWordsThere": 2 }]));
    assert_eq!((&preview["hereAlone"], &preview["nNotesChanged"]), (&json!(["late"]), &json!(0)));

    let desk = room.call("restore_backup", json!({ "name": name }));
    assert_eq!((room.body(id).as_str(), texts(&room.rows("desk"), "slug")), ("Two words.", vec!["ferry-sale".into()]));
    room.save(id, "ferry-sale", "It can be worked on.");
    let set_aside = desk["restored"]["setAside"].clone();
    let row = room.call("list_backups", json!({}))["backups"].as_array().expect("rows").clone();
    assert!(row.iter().any(|row| row["name"] == set_aside && row["kind"] == "setAside"), "{row:?}");
    room.call("restore_backup", json!({ "name": set_aside }));
    assert_eq!(room.body(id), "Now these are more.");
    for elsewhere in ["../desk.sqlite", "/etc/hostname", ""] {
        assert_eq!(room.refused("restore_backup", json!({ "name": elsewhere })).code, "notFound", "{elsewhere}");
    }
}

#[test]
fn a_backup_that_fails_is_told_until_one_succeeds() {
    let mut room = Room::new();
    room.piece("ferry-sale", "Two words.");
    let in_the_way = room.folder.path().join("desk.sqlite.backups");
    std::fs::write(&in_the_way, "a file").expect("written");
    room.refused("make_backup", json!({}));
    assert!(text(&room.call("desk", json!({}))["backupTrouble"]).contains("could not be"));
    std::fs::remove_file(&in_the_way).expect("gone");
    room.call("make_backup", json!({}));
    assert_eq!(room.call("desk", json!({}))["backupTrouble"], Value::Null);
}

/// A desk of two pieces, closed, one of whose words stand otherwise in the file.
fn damaged_desk() -> (TempDir, PathBuf, DateTime<Utc>) {
    let mut room = Room::new();
    room.piece("ferry-sale", "The quagwort is for sale.");
    room.piece("tides", "High water at six.");
    room.call("make_backup", json!({}));
    let path = room.folder.path().join("desk.sqlite");
    let Room { desk, folder, now } = room;
    drop(desk);
    let mut bytes = std::fs::read(&path).expect("read");
    for at in 0..bytes.len() - 8 {
        if &bytes[at..at + 8] == b"quagwort" {
            bytes[at] = b'Q';
        }
    }
    std::fs::write(&path, bytes).expect("written");
    (folder, path, now)
}

#[test]
fn a_damaged_desk_says_what_is_whole_takes_no_more_and_is_salvaged() {
    let (_folder, path, now) = damaged_desk();
    let mut room = Room::at(&path);
    assert_eq!(room.call("desk", json!({}))["isDamaged"], false, "the pages hang together");
    let survey = room.call("survey", json!({}));
    assert_eq!((&survey["whole"], &survey["harmed"]), (&json!(["tides"]), &json!(["ferry-sale"])));
    assert!(survey["faults"].to_string().contains("ferry-sale"), "{survey}");
    assert_eq!(room.call("desk", json!({}))["isDamaged"], true);
    let before = std::fs::read(&path).expect("read");
    assert_eq!(room.refused("new_draft", json!({})).code, "readOnly");

    let salvaged = room.call("salvage", json!({}));
    assert_eq!((&salvaged["nDrafts"], &salvaged["nLost"]), (&json!(2), &json!(0)));
    assert_eq!(std::fs::read(&path).expect("read"), before, "nothing was written to it");
    let listed = room.call("list_backups", json!({}))["backups"].as_array().expect("rows").clone();
    assert!(listed.iter().any(|one| one["name"] == salvaged["name"] && one["kind"] == "salvaged"), "{listed:?}");
    let desk = room.call("restore_backup", json!({ "name": salvaged["name"] }));
    assert_eq!((&desk["isDamaged"], &desk["readOnlyBecause"]), (&json!(false), &Value::Null));
    room.now = now;
    room.piece("after", "It can be worked on.");
    assert_eq!(room.call("survey", json!({}))["faults"], json!([]));
}

#[test]
fn a_search_index_that_does_not_fit_is_built_anew_and_is_no_damage() {
    let mut room = Room::new();
    room.piece("ferry-sale", "The quagwort is for sale.");
    let path = room.folder.path().join("desk.sqlite");
    let Room { desk, folder: _folder, .. } = room;
    drop(desk);
    for ask in ["make_backup", "survey"] {
        stet::store::keep_locks();
        let connection = rusqlite::Connection::open(&path).expect("a file");
        connection.execute_batch("UPDATE found_drafts_data SET block = x'00' WHERE id > 10").expect("harmed");
        drop(connection);
        let mut room = Room::at(&path);
        room.call(ask, json!({}));
        assert_eq!(room.call("desk", json!({}))["isDamaged"], false, "{ask}");
        assert_eq!(room.call("survey", json!({}))["faults"], json!([]), "{ask}");
        assert_eq!(room.call("search", json!({ "query": "quagwort" })).as_array().expect("hits").len(), 1, "{ask}");
    }
}

#[test]
fn pages_that_do_not_hang_together_are_seen_when_the_desk_is_opened() {
    let (_folder, path, _) = damaged_desk();
    let mut bytes = std::fs::read(&path).expect("read");
    let at = bytes.windows(10).position(|window| window == b"High water").expect("its words");
    let page = at - at % 4096;
    bytes[page..page + 8].fill(0xA5);
    std::fs::write(&path, &bytes).expect("written");
    let mut room = Room::at(&path);
    assert_eq!(room.call("desk", json!({}))["isDamaged"], true);
    assert_eq!(room.refused("new_draft", json!({})).code, "readOnly");
    drop(room);
    assert!(std::fs::read(&path).expect("read") == bytes, "a damaged desk stays as it is");
}

#[test]
fn for_a_desk_that_cannot_be_opened_a_backup_takes_its_place() {
    let (_folder, path, now) = damaged_desk();
    std::fs::write(&path, "no desk at all").expect("written over");
    let mut keeper = wire::Keeper::open(&path, now, None);
    let mut ask = |name: &str, args: Value| keeper.begin(now, name, args).finish();
    assert_eq!(ask("desk", json!({})).expect_err("refused").code, "corrupt");
    assert_eq!(ask("list_drafts", json!({ "place": "desk" })).expect_err("refused").code, "corrupt");
    let name = ask("list_backups", json!({})).expect("told")["backups"][0]["name"].clone();
    let desk = ask("restore_backup", json!({ "name": name })).expect("put back");
    assert_eq!(desk["isDamaged"], false);
    assert_eq!(ask("list_drafts", json!({ "place": "desk" })).expect("told").as_array().expect("rows").len(), 2);
}
