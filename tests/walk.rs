//! One piece from empty to exported, as an editor goes through it, by the page's own calls.

mod room;

use room::{Room, file, text, texts};
use serde_json::{Value, json};
use stet::desk::{Access, Desk};

const CALL: &str = "---\nsource: Ines Eze\nkind: call\nwhere: telephone\nsaid_at: 2026-11-10\nterms: on the record\n---\n\
                    We may sell it by the spring. You can love a ferry and still count.\n";

const BODY: &str =
    "The county wants to sell its ferry.\n\n“We will sell it by the spring,” Ines Eze said on Tuesday.\n";

fn side_now() -> Value {
    json!({ "revisionId": null, "isNow": true, "file": null })
}

/// A desk with one note and one piece; the piece's id.
fn desk_with_a_quote() -> (Room, i64) {
    let mut room = Room::new();
    room.call("set_editor", json!({ "editor": "SB" }));
    room.call("import_notes", json!({ "files": [file("call.md", CALL)], "draftId": null }));
    let id = room.piece("ferry", BODY);
    (room, id)
}

fn check(room: &mut Room, id: i64, body: &str) -> Value {
    room.call("check_draft", json!({ "id": id, "body": body }))
}

/// The first quote of a body as it stands.
fn quote(room: &mut Room, id: i64, body: &str) -> Value {
    check(room, id, body)["quotes"][0].clone()
}

/// Makes the edits in the text, as the page does: places are in UTF-16 and speak of the text before.
fn applied(body: &str, edits: &Value) -> String {
    let mut units: Vec<u16> = body.encode_utf16().collect();
    let mut edits: Vec<(usize, usize, String)> = edits
        .as_array()
        .expect("edits")
        .iter()
        .map(|edit| {
            let place = |n: usize| edit["at"][n].as_u64().expect("a place") as usize;
            (place(0), place(1), text(&edit["insert"]))
        })
        .collect();
    edits.sort_by_key(|(start, end, _)| (*start, *end));
    for (start, end, insert) in edits.into_iter().rev() {
        units.splice(start..end, insert.encode_utf16());
    }
    String::from_utf16(&units).expect("edits fall between letters")
}

#[test]
fn an_altered_quote_is_told_and_the_sources_words_are_put_in() {
    let (mut room, id) = desk_with_a_quote();
    let altered = quote(&mut room, id, BODY);
    assert_eq!((&altered["verdict"], &altered["weight"]), (&json!("altered"), &json!("wrong")));
    assert_eq!((&altered["speaker"], &altered["needsEditor"]), (&json!("Ines Eze"), &json!(true)));
    assert_eq!(altered["evidence"][0]["line"], "call, telephone, 10 November 2026");
    assert!(texts(&altered["alarms"], "kind").contains(&"hedge".to_owned()), "{}", altered["alarms"]);
    let row = &room.rows("desk")[0]["counts"];
    assert_eq!((&row["quotes"], &row["wrong"]), (&json!(1), &json!(1)), "the desk's row says the same");
    let edits = room.call("put_words_in", json!({ "id": id, "body": BODY, "key": altered["key"] }));
    let body = applied(BODY, &edits);
    assert!(body.contains("“We may sell it by the spring,” Ines Eze said"), "{body}");
    assert_eq!(quote(&mut room, id, &body)["verdict"], "verbatim");
}

#[test]
fn lost_marks_are_set() {
    let (mut room, id) = desk_with_a_quote();
    let body = "Ines Eze runs the harbour office.\n\nEze stated: You can love a ferry and still count.\n";
    let unmarked = quote(&mut room, id, body);
    assert_eq!((&unmarked["form"], &unmarked["verdict"]), (&json!("unmarked"), &json!("verbatim")));
    let edits = room.call("mark_marks", json!({ "id": id, "body": body, "key": unmarked["key"] }));
    let body = applied(body, &edits);
    assert!(body.contains("Eze stated: “You can love a ferry and still count.”"), "{body}");
    let marked = quote(&mut room, id, &body);
    assert_eq!((&marked["form"], &marked["verdict"]), (&json!("direct"), &json!("verbatim")));
    let refusal = room.refused("mark_marks", json!({ "id": id, "body": body, "key": marked["key"] }));
    assert_eq!(refusal.code, "badInput");
}

#[test]
fn a_cq_holds_goes_stale_comes_back_and_is_accepted_again() {
    let (mut room, id) = desk_with_a_quote();
    let key = quote(&mut room, id, BODY)["key"].clone();
    let cq = |key: &Value, body: &str, reason: &str| json!({ "id": id, "body": body, "key": key, "reason": reason, "by": "" });
    assert_eq!(room.refused("set_cq", cq(&key, BODY, " ")).code, "badInput", "a cq needs a reason");
    let view = room.call("set_cq", cq(&key, BODY, "heard the tape"));
    assert_eq!(
        (&view["quotes"][0]["cq"]["by"], &view["quotes"][0]["cq"]["reason"]),
        (&json!("SB"), &json!("heard the tape"))
    );
    assert_eq!(
        view["counts"],
        json!({ "quotes": 1, "wrong": 0, "alarms": 0, "open": 0, "stale": 0, "right": 1, "cq": 1 })
    );
    assert_eq!(
        room.call("gate", json!({ "id": id, "format": "md" }))["reasons"],
        json!([]),
        "a cq that holds opens the gate"
    );

    let other_lede = BODY.replace("wants to sell", "would like to sell");
    assert_eq!(quote(&mut room, id, &other_lede)["stale"], Value::Null, "an unrelated edit leaves it alone");
    let edited = BODY.replace("by the spring", "by this spring");
    let stale = quote(&mut room, id, &edited);
    assert_eq!((&stale["stale"], &stale["needsEditor"]), (&json!("the words changed"), &json!(true)));
    let reattributed = BODY.replace("Ines Eze said", "Ines Eze joked");
    assert_eq!(quote(&mut room, id, &reattributed)["stale"], "the attribution changed");
    assert_eq!(quote(&mut room, id, BODY)["stale"], Value::Null, "it comes back when the change is undone");

    let mut note = room.call("open_note", json!({ "id": 1 }));
    note["text"] = text(&note["text"]).replace("may sell", "might sell").into();
    room.wait(60);
    room.call("save_note", json!({ "edit": note }));
    let stale = quote(&mut room, id, BODY);
    assert!(text(&stale["stale"]).starts_with("the note changed "), "{}", stale["stale"]);
    let reasons = room.call("gate", json!({ "id": id, "format": "md" }))["reasons"].clone();
    assert!(texts(&reasons, "kind").contains(&"stale".to_owned()), "{reasons}");
    let again = room.call("check_again", json!({ "id": id, "body": BODY, "key": stale["key"] }));
    assert_eq!((&again["quotes"][0]["stale"], &again["counts"]["cq"]), (&Value::Null, &json!(1)));
    let cleared = room.call("clear_cq", json!({ "id": id, "body": BODY, "key": stale["key"] }));
    assert_eq!((&cleared["quotes"][0]["cq"], &cleared["counts"]["wrong"]), (&Value::Null, &json!(1)));
}

#[test]
fn a_quote_that_was_right_says_so_when_its_note_changes() {
    let (mut room, id) = desk_with_a_quote();
    let right = BODY.replace("will sell", "may sell");
    room.save(id, "ferry", &right);
    room.call("name_revision", json!({ "id": id, "name": "sent to legal" }));
    assert_eq!(quote(&mut room, id, &right)["stale"], Value::Null);
    assert_eq!(quote(&mut room, id, BODY)["stale"], "the words changed", "right words gave way to wrong ones");
    room.call("bin_note", json!({ "id": 1, "isInBin": true }));
    assert_eq!(quote(&mut room, id, &right)["stale"], "its note is in the bin");
    room.call("bin_note", json!({ "id": 1, "isInBin": false }));
    let back = quote(&mut room, id, &right);
    assert_eq!((&back["stale"], &back["verdict"]), (&Value::Null, &json!("verbatim")));
}

#[test]
fn terms_stand_above_a_cq_and_the_reason_names_the_quote() {
    let mut room = Room::new();
    room.call("set_editor", json!({ "editor": "SB" }));
    let note = CALL.replace("terms: on the record", "terms: off the record");
    room.call("import_notes", json!({ "files": [file("call.md", &note)], "draftId": null }));
    let body = BODY.replace("will sell", "may sell");
    let id = room.piece("ferry", &body);
    let key = quote(&mut room, id, &body)["key"].clone();
    let view = room.call("set_cq", json!({ "id": id, "body": body, "key": key, "reason": "she agreed", "by": "AP" }));
    assert_eq!((&view["quotes"][0]["isTermsOk"], &view["counts"]["wrong"]), (&json!(false), &json!(1)));
    assert_eq!(view["quotes"][0]["termsWhy"], "This was said off the record.");
    let reasons = room.call("gate", json!({ "id": id, "format": "md" }))["reasons"].clone();
    assert_eq!(texts(&reasons, "kind"), ["terms"]);
    assert_eq!(reasons[0]["quoteKey"], key);
    assert!(text(&reasons[0]["words"]).contains("We may sell it by the spring"), "{reasons}");
}

#[test]
fn the_gate_tells_a_wrong_quote_once_with_its_alarms() {
    let (mut room, id) = desk_with_a_quote();
    room.save(id, "ferry", BODY);
    let reasons = room.call("gate", json!({ "id": id, "format": "md" }))["reasons"].clone();
    assert_eq!(texts(&reasons, "kind"), ["alarm"], "a verdict and what alarms it are one thing to mend");
    let words = text(&reasons[0]["words"]);
    assert!(words.ends_with("is altered: its words differ from the note’s. Alarm: may lost."), "{words}");
}

#[test]
fn a_graf_that_moved_is_listed_before_wording_and_after_substance() {
    let (mut room, id) = desk_with_a_quote();
    let grafs = [
        "The harbour office on the north quay was built by the fishermen in stone and slate.",
        "A bakery opened beside the old ferry terminal and sells bread to the crews at dawn.",
        "Nobody on the island could remember a winter without the boat across the sound.",
        "The county paid 30 men to paint the hull and the rails before the season began.",
    ];
    room.save(id, "ferry", &grafs.join("\n\n"));
    let named = room.call("name_revision", json!({ "id": id, "name": "first" }));
    let [office, bakery, winter, paint] = grafs;
    let changed = [office.replace("built", "raised"), winter.into(), paint.replace("30", "13"), bakery.into()];
    room.save(id, "ferry", &changed.join("\n\n"));
    let old = json!({ "revisionId": named["id"], "isNow": false, "file": null });
    let now = json!({ "revisionId": null, "isNow": true, "file": null });
    let view = room.call("compare", json!({ "id": id, "old": old, "new": now }));
    assert_eq!(texts(&view["rows"], "title"), ["Number", "Moved", "Prose", "Cosmetic"], "{}", view["rows"]);
}

#[test]
fn a_comparison_lists_its_changes_and_one_is_taken_back() {
    let (mut room, id) = desk_with_a_quote();
    let named = room.call("name_revision", json!({ "id": id, "name": "first" }));
    let body = BODY.replace("will sell", "may sell").replace("its ferry", "its only ferry");
    room.save(id, "ferry", &body);
    let old = json!({ "revisionId": named["id"], "isNow": false, "file": null });
    let now = json!({ "revisionId": null, "isNow": true, "file": null });
    let view = room.call("compare", json!({ "id": id, "old": old, "new": now }));
    assert_eq!((&view["wordsIn"], &view["wordsOut"], &view["newTitle"]), (&json!(2), &json!(1), &json!("now")));
    let rows = view["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), 2, "{view}");
    assert!(rows[0]["isSubstance"] == true && rows[1]["isSubstance"] == false, "substance comes first");
    assert!(text(&rows[0]["title"]).ends_with("· Ines Eze"), "{}", rows[0]);
    assert_eq!(rows[0]["words"], "will → may");
    let back = room.call("take_back", json!({ "id": id, "old": old, "changes": [rows[0]["change"]] }));
    assert_eq!(back["draft"]["body"], BODY.replace("its ferry", "its only ferry"), "one change alone goes back");
    assert_eq!(
        texts(&room.call("list_revisions", json!({ "id": id })), "cause"),
        ["restore", "before restore", "named"]
    );
    let same = room.call("compare", json!({ "id": id, "old": now, "new": now }));
    assert_eq!((&same["changes"], &same["rows"]), (&json!(0), &json!([])));
    let theirs = json!({ "revisionId": null, "isNow": false, "file": file("theirs.md", &body) });
    let view = room.call("compare", json!({ "id": id, "old": theirs, "new": now }));
    assert_eq!((&view["oldTitle"], &view["wordsIn"]), (&json!("theirs.md"), &json!(1)));
    let refusal = room.refused("take_back", json!({ "id": id, "old": now, "changes": [7] }));
    assert_eq!(refusal.code, "badInput");
    let both = json!({ "revisionId": 1, "isNow": true, "file": null });
    assert_eq!(room.refused("compare", json!({ "id": id, "old": both, "new": now })).code, "badInput");
}

#[test]
fn both_ends_of_a_sentence_that_moved_know_each_other() {
    let (mut room, id) = desk_with_a_quote();
    let boat = "Nobody on the island could remember a winter without the boat.";
    let sale =
        ["The county sells its ferry after forty years on the sound.", "The council votes in the spring of next year."];
    let office = ["The harbour office was built by the fishermen in stone and slate.", "It stands on the quay."];
    room.save(id, "ferry", &format!("{} {boat} {}\n\n{} {}\n", sale[0], sale[1], office[0], office[1]));
    let named = room.call("name_revision", json!({ "id": id, "name": "first" }));
    room.save(id, "ferry", &format!("{} {}\n\n{} {boat} {}\n", sale[0], sale[1], office[0], office[1]));
    let old = json!({ "revisionId": named["id"], "isNow": false, "file": null });
    let view = room.call("compare", json!({ "id": id, "old": old, "new": side_now() }));
    assert_eq!(
        (&view["wordsIn"], &view["wordsOut"]),
        (&json!(0), &json!(0)),
        "its words neither came nor went: {view}"
    );
    assert_eq!(view["carries"], json!([{ "oldOp": 0, "newOp": 1, "oldGraf": 1, "newGraf": 2, "words": [] }]));
    let words = view["ops"].as_array().expect("ops").iter().flat_map(|op| op["words"].as_array().expect("words"));
    let ends: Vec<&Value> = words.filter(|word| word["carry"] == 0).collect();
    assert_eq!(texts(&json!(ends), "kind"), ["delete", "insert"]);
    assert!(ends.iter().all(|end| text(&end["text"]).contains(boat)), "{ends:?}");
    assert_eq!(ends[0]["change"], ends[1]["change"], "they are one change");
    assert_eq!((&view["rows"][0]["title"], &view["rows"][0]["isMove"]), (&json!("Sentence moved"), &json!(true)));
    room.call("take_back", json!({ "id": id, "old": old, "changes": [ends[0]["change"]] }));
    assert!(room.body(id).starts_with(&format!("{} {boat}", sale[0])), "it goes back as one");
}

#[test]
fn an_edit_of_a_sentence_that_moved_is_a_row_and_goes_back_alone() {
    let (mut room, id) = desk_with_a_quote();
    let boat = "Nobody on the island could remember a winter without the boat in 30 years.";
    let (sale, office) =
        ("The county sells its ferry after forty years.", "The harbour office was built by fishermen.");
    room.save(id, "ferry", &format!("{sale} {boat}\n\n{office}\n"));
    let named = room.call("name_revision", json!({ "id": id, "name": "first" }));
    let moved = boat.replace("30", "13");
    room.save(id, "ferry", &format!("{sale}\n\n{office} {moved}\n"));
    let old = json!({ "revisionId": named["id"], "isNow": false, "file": null });
    let view = room.call("compare", json!({ "id": id, "old": old, "new": side_now() }));
    let row = &view["rows"][0];
    assert_eq!((&row["words"], &row["class"]), (&json!("30 → 13"), &json!("number")));
    let edits = view["carries"][0]["words"].as_array().expect("words");
    let changes: Vec<&Value> = edits.iter().map(|word| &word["change"]).filter(|change| !change.is_null()).collect();
    assert_eq!(changes, [&row["change"], &row["change"]], "what went and what came are found by it: {view}");
    room.call("take_back", json!({ "id": id, "old": old, "changes": [row["change"]] }));
    assert!(room.body(id).contains(&format!("{office} {boat}")), "the number is back, where the sentence stands now");
}

#[test]
fn a_row_of_marks_alone_says_where_they_stand() {
    let (mut room, id) = desk_with_a_quote();
    room.save(id, "ferry", "He stated: We sell it now or we never sell it at all\n");
    let named = room.call("name_revision", json!({ "id": id, "name": "first" }));
    room.save(id, "ferry", "He stated: “We sell it now, or we never sell it at all.”\n");
    let old = json!({ "revisionId": named["id"], "isNow": false, "file": null });
    let view = room.call("compare", json!({ "id": id, "old": old, "new": side_now() }));
    let words = texts(&view["rows"], "words");
    assert_eq!(words, ["We … now or … all → “We … now, or … all.”", "now or → now, or"]);
}

#[test]
fn a_comparison_that_keeps_up_is_the_one_made_anew() {
    let (mut room, id) = desk_with_a_quote();
    let named = room.call("name_revision", json!({ "id": id, "name": "first" }));
    let old = json!({ "revisionId": named["id"], "isNow": false, "file": null });
    let bodies = [
        BODY.replace("its ferry", "its only ferry"),
        BODY.replace("will sell", "may sell") + "\nA graf more. “We count it,” said Tomas Eze.\n",
        "A graf more.\n\n“We will sell it by the spring,” Ines Eze said on Tuesday.\n".into(),
        String::new(),
        BODY.into(),
    ];
    for body in bodies {
        room.save(id, "ferry", &body);
        let live = room.call("compare", json!({ "id": id, "old": old, "new": side_now() }));
        let Room { desk, folder, now } = room;
        drop(desk);
        let path = folder.path().join("desk.sqlite");
        room = Room { desk: Desk::open(&path, Access::Window).expect("it opens again"), folder, now };
        let fresh = room.call("compare", json!({ "id": id, "old": old, "new": side_now() }));
        assert_eq!(live, fresh, "after “{body}”");
    }
}

/// A piece changed here and in a file from elsewhere: its id, the three sides, and the merge of them.
fn merged(room: &mut Room, id: i64) -> (Value, Value) {
    let named = room.call("name_revision", json!({ "id": id, "name": "first" }));
    let base = json!({ "revisionId": named["id"], "isNow": false, "file": null });
    room.save(id, "ferry", &BODY.replace("will sell", "may sell").replace("Tuesday", "Wednesday"));
    let words = BODY.replace("its ferry", "its old ferry").replace("on Tuesday", "on Monday");
    let theirs = json!({ "revisionId": null, "isNow": false, "file": file("theirs.md", &words) });
    let sides = json!({ "base": base, "ours": side_now(), "theirs": theirs });
    let view = room.call("merge", json!({ "id": id, "sides": sides }));
    (sides, view)
}

#[test]
fn what_two_people_made_of_a_piece_is_shown_and_taken_as_chosen() {
    let (mut room, id) = desk_with_a_quote();
    let (sides, view) = merged(&mut room, id);
    let changed: Vec<&Value> =
        view["stretches"].as_array().expect("stretches").iter().filter(|each| each["by"] != "nobody").collect();
    assert_eq!(texts(&json!(changed), "by"), ["theirs", "ours", "conflict"]);
    let day = changed[2];
    assert_eq!(
        (&day["base"], &day["ours"], &day["theirs"]),
        (&json!("Tuesday"), &json!("Wednesday"), &json!("Monday"))
    );
    assert_eq!((&view["oursTitle"], &view["theirsTitle"]), (&json!("now"), &json!("theirs.md")));
    let before = room.body(id);
    let taking = |choices: Value| json!({ "id": id, "sides": sides, "version": view["version"], "choices": choices });
    assert_eq!(room.refused("take_merge", taking(json!([]))).code, "badInput", "a conflict is left open");
    assert_eq!(room.refused("take_merge", taking(json!(["mine"]))).code, "badInput");
    assert_eq!(room.body(id), before, "a refusal changes nothing");
    let taken = room.call("take_merge", taking(json!(["theirs"])));
    let all = BODY.replace("its ferry", "its old ferry").replace("will sell", "may sell");
    assert_eq!(taken["draft"]["body"], all.replace("Tuesday", "Monday"));
    let rows = room.call("list_revisions", json!({ "id": id }));
    assert_eq!(texts(&rows, "cause"), ["merge", "before merge", "named"]);
    let undone = room.call("restore_revision", json!({ "id": id, "revisionId": taken["beforeId"] }));
    assert_eq!(undone["draft"]["body"], before, "what stood before is kept");
}

#[test]
fn a_conflict_is_decided_for_either_for_both_or_for_neither() {
    for (choice, day) in
        [("ours", "Wednesday"), ("theirs", "Monday"), ("both", "Wednesday Monday"), ("base", "Tuesday")]
    {
        let (mut room, id) = desk_with_a_quote();
        let (sides, view) = merged(&mut room, id);
        let taken = room
            .call("take_merge", json!({ "id": id, "sides": sides, "version": view["version"], "choices": [choice] }));
        let body = text(&taken["draft"]["body"]);
        assert!(body.ends_with(&format!("said on {day}.\n")), "{choice}: {body}");
    }
}

#[test]
fn a_merge_of_a_piece_that_was_changed_since_is_refused() {
    let (mut room, id) = desk_with_a_quote();
    let (sides, view) = merged(&mut room, id);
    room.save(id, "ferry", "Other words.");
    let args = json!({ "id": id, "sides": sides, "version": view["version"], "choices": ["ours"] });
    assert_eq!((room.refused("take_merge", args).code.as_str(), room.body(id)), ("conflict", "Other words.".into()));
}

#[test]
fn a_merge_keeps_the_head_that_a_file_says_nothing_of() {
    let (mut room, id) = desk_with_a_quote();
    let mut edit = room.call("open_draft", json!({ "id": id }));
    for unsaved in ["status", "place", "changedAt"] {
        edit.as_object_mut().expect("a piece").remove(unsaved);
    }
    edit["hed"] = "Ferry for sale".into();
    room.call("save_draft", json!({ "edit": edit }));
    let (sides, view) = merged(&mut room, id);
    let args = json!({ "id": id, "sides": sides, "version": view["version"], "choices": ["base"] });
    assert_eq!(room.call("take_merge", args)["draft"]["hed"], "Ferry for sale");
}

#[test]
fn a_revision_row_says_how_much_it_changed() {
    let (mut room, id) = desk_with_a_quote();
    room.call("name_revision", json!({ "id": id, "name": "first" }));
    room.save(id, "ferry", &BODY.replace("will sell", "may sell"));
    let row = room.call("name_revision", json!({ "id": id, "name": "second" }));
    assert_eq!((&row["wordsIn"], &row["wordsOut"], &row["isSubstance"]), (&json!(1), &json!(1), &json!(true)));
}

#[test]
fn a_file_that_says_nothing_of_the_head_cuts_none_of_it() {
    let mut room = Room::new();
    let id = room.piece("ferry", "The old words.");
    let mut edit = room.call("open_draft", json!({ "id": id }));
    for unsaved in ["status", "place", "changedAt"] {
        edit.as_object_mut().expect("a piece").remove(unsaved);
    }
    (edit["hed"], edit["dek"]) = ("Ferry for sale".into(), "It runs at a loss".into());
    room.call("save_draft", json!({ "edit": edit }));
    let side = |name: &str, words: &str| json!({ "revisionId": null, "isNow": false, "file": file(name, words) });
    let now = json!({ "revisionId": null, "isNow": true, "file": null });
    let compare = |room: &mut Room, old: &Value| room.call("compare", json!({ "id": id, "old": old, "new": now }));
    let bare = compare(&mut room, &side("bare.md", "The new words.\n"));
    assert_eq!(bare["changes"], 1, "the body alone: {bare}");
    let old = side("bare.md", "The new words.\n");
    room.call("take_back", json!({ "id": id, "old": old, "changes": [0] }));
    let taken = room.call("open_draft", json!({ "id": id }));
    assert_eq!((&taken["body"], &taken["dek"]), (&json!("The new words."), &json!("It runs at a loss")));
    let typed = compare(&mut room, &side("typed.md", "# Ferry for sale\n\nThe new words.\n"));
    assert_eq!(typed["changes"], 1, "a file with a hed and no dek has no dek: {typed}");
}

#[test]
fn a_proof_shows_evidence_and_no_confidential_name() {
    let mut room = Room::new();
    let note = CALL.replace("Ines Eze", "Tobias Renner").replace("kind: call", "kind: call\nconfidential: true");
    room.call("import_notes", json!({ "files": [file("call.md", &note)], "draftId": null }));
    let id = room.piece("ferry", "“We may sell it by the spring,” a harbour pilot said.\n");
    let proof = text(&room.call("preview", json!({ "id": id, "format": "proof" }))["content"]);
    assert!(!proof.contains("Renner"), "the name must never leave the desk");
}

#[test]
fn words_of_a_note_come_in_as_a_quote_and_are_checked() {
    let (mut room, id) = desk_with_a_quote();
    let other = "---\nsource: Lars Moreau\nterms: off the record\n---\n\nQ: Who pays?\n\nWe may sell the quay too.\n";
    room.call("import_notes", json!({ "files": [file("quay.md", other)], "draftId": id }));
    let own = room.call("find_passages", json!({ "id": id, "query": "" }));
    assert_eq!(texts(&own, "words"), ["We may sell the quay too."], "all of the piece’s notes, but no question");
    let found = room.call("find_passages", json!({ "id": id, "query": "may sell" }));
    assert_eq!(
        texts(&found, "words"),
        ["We may sell the quay too.", "We may sell it by the spring."],
        "its own come first"
    );
    assert_eq!(found[1]["marks"], json!([[3, 6], [7, 11]]));

    let order = |nth: usize| {
        let passage = &found[nth];
        json!({ "body": BODY, "at": [36, 36], "noteId": passage["note"]["id"], "passage": passage["at"] })
    };
    let quoted = room.call("quote_from_note", order(1));
    let body = applied(BODY, &json!([quoted["edit"]]));
    let quote = quote(&mut room, id, &body);
    assert_eq!((&quote["verdict"], &quote["speaker"]), (&json!("verbatim"), &json!("Ines Eze")), "in {body}");
    assert_eq!(room.refused("quote_from_note", order(0)).code, "badInput", "what is off the record is no quote");
}
