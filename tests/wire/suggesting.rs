//! Suggest mode: what is typed is a suggestion, until it is handed over or kept.

use crate::room::{Room, text, texts};
use serde_json::{Value, json};

const WAS: &str = "We may sell the ferry in March.\n\nIt is old, and it leaks.\n\nNobody has made an offer.";
const SUGGESTED: &str = "We will sell the ferry in March.\n\nIt is old.\n\nNobody has made an offer.\n\nShe stays.";

/// A piece in which Rosa Haddad suggests.
fn suggesting() -> (Room, i64) {
    let mut room = Room::new();
    room.call("set_editor", json!({ "editor": "Rosa Haddad" }));
    let id = room.piece("ferry", WAS);
    room.call("start_suggesting", json!({ "id": id }));
    (room, id)
}

fn suggested(room: &mut Room, id: i64, body: &str) -> Value {
    room.call("suggested", json!({ "id": id, "body": body }))
}

fn stop(room: &mut Room, id: i64, is_kept: bool) -> Value {
    room.call("stop_suggesting", json!({ "id": id, "isKept": is_kept }))
}

#[test]
fn what_is_typed_is_marked_where_it_stands_and_what_went_where_it_stood() {
    let (mut room, id) = suggesting();
    let shown = suggested(&mut room, id, SUGGESTED);
    assert_eq!(shown["suggesting"]["by"], "Rosa Haddad");
    let units: Vec<u16> = SUGGESTED.encode_utf16().collect();
    let said: Vec<(String, String)> = (shown["marks"].as_array().expect("marks").iter())
        .map(|mark| {
            let at = |n: usize| usize::try_from(mark["at"][n].as_u64().expect("a place")).expect("a place");
            (String::from_utf16(&units[at(0)..at(1)]).expect("whole letters"), text(&mark["gone"]))
        })
        .collect();
    let said: Vec<(&str, &str)> = said.iter().map(|(come, gone)| (&**come, &**gone)).collect();
    assert_eq!(said, [("", "may"), ("will", ""), ("", ", and it leaks"), ("\n\nShe stays.", "")]);
    assert_eq!(shown["rows"][0]["words"], "may → will", "substance comes first");
}

#[test]
fn handed_over_the_piece_is_what_it_was_and_each_change_is_accepted_or_rejected() {
    let (mut room, id) = suggesting();
    room.save(id, "ferry", SUGGESTED);
    let ended = stop(&mut room, id, false);
    assert_eq!((&ended["draft"]["body"], room.body(id).as_str()), (&json!(WAS), WAS));
    assert_eq!(suggested(&mut room, id, WAS), Value::Null, "suggesting has ended");
    let shown = room.call("suggestions", json!({ "proposalId": ended["proposal"]["id"] }));
    assert_eq!((&shown["open"], &shown["each"][0]["authors"][0]["by"]), (&json!(3), &json!("Rosa Haddad")));
    let hedge = shown["redline"]["rows"][0]["change"].clone();
    let acts = json!({ "proposalId": ended["proposal"]["id"], "changes": [hedge], "act": "accept",
        "version": shown["version"] });
    let acted = room.call("act_on_suggestions", acts);
    assert_eq!(acted["draft"]["body"], WAS.replace("may", "will"));
    let events = room.call("list_events", json!({ "id": id }));
    let told = texts(&events, "words");
    assert!(["suggesting begun", "3 suggestions handed over"].iter().all(|words| told.contains(&(*words).to_owned())));
}

#[test]
fn what_was_suggested_stays_in_the_history() {
    let (mut room, id) = suggesting();
    room.save(id, "ferry", SUGGESTED);
    stop(&mut room, id, false);
    let revisions = room.call("list_revisions", json!({ "id": id }));
    let causes = texts(&revisions, "cause");
    assert_eq!(causes[..3], ["restore", "suggestions", "before suggestions"], "newest first");
    let back = room.call("restore_revision", json!({ "id": id, "revisionId": revisions[1]["id"] }));
    assert_eq!(back["draft"]["body"], SUGGESTED);
}

#[test]
fn kept_the_suggestions_are_the_piece() {
    let (mut room, id) = suggesting();
    room.save(id, "ferry", SUGGESTED);
    let ended = stop(&mut room, id, true);
    assert_eq!((&ended["draft"]["body"], &ended["proposal"]), (&json!(SUGGESTED), &Value::Null));
    assert_eq!(room.call("list_proposals", json!({ "id": id })), json!([]));
    assert_eq!(suggested(&mut room, id, SUGGESTED), Value::Null);
}

#[test]
fn where_nothing_was_changed_nothing_is_handed_over() {
    let (mut room, id) = suggesting();
    let ended = stop(&mut room, id, false);
    assert_eq!((&ended["draft"]["body"], &ended["proposal"]), (&json!(WAS), &Value::Null));
    assert_eq!(room.refused("stop_suggesting", json!({ "id": id, "isKept": true })).code, "badInput");
}

#[test]
fn the_mode_outlasts_the_window_and_begins_once() {
    let (mut room, id) = suggesting();
    room.save(id, "ferry", SUGGESTED);
    let again = room.call("start_suggesting", json!({ "id": id }));
    let mut room = room.reopened();
    let shown = suggested(&mut room, id, SUGGESTED);
    assert_eq!(shown["suggesting"], again, "what it is made of is what stood when it began");
}

#[test]
fn the_gate_tells_of_suggestions_and_lets_the_piece_out_once_they_are_settled() {
    let (mut room, id) = suggesting();
    let gate = room.call("gate", json!({ "id": id, "format": "md" }));
    assert_eq!(texts(&gate["reasons"], "kind")[0], "suggested");
    assert!(text(&gate["reasons"][0]["words"]).contains("Rosa Haddad"));
    stop(&mut room, id, false);
    let gate = room.call("gate", json!({ "id": id, "format": "md" }));
    assert!(!texts(&gate["reasons"], "kind").contains(&"suggested".to_owned()));
}

#[test]
fn what_another_suggested_is_accepted_into_the_piece_and_never_into_suggestions() {
    let (mut room, id) = suggesting();
    room.save(id, "ferry", SUGGESTED);
    let proposal = stop(&mut room, id, false)["proposal"]["id"].clone();
    room.call("start_suggesting", json!({ "id": id }));
    let shown = room.call("suggestions", json!({ "proposalId": proposal }));
    let acts = json!({ "proposalId": proposal, "changes": [0], "act": "accept", "version": shown["version"] });
    assert_eq!(room.refused("act_on_suggestions", acts).code, "badInput");
    assert_eq!(room.body(id), WAS);
}

#[test]
fn nobody_suggests_without_a_name() {
    let mut room = Room::new();
    let id = room.piece("ferry", WAS);
    room.call("set_editor", json!({ "editor": "" }));
    assert_eq!(room.refused("start_suggesting", json!({ "id": id })).code, "badInput");
    assert_eq!(suggested(&mut room, id, WAS), Value::Null);
}
