//! Words looked for in comments and in what pieces said before.

use crate::room::{Room, text, texts};
use serde_json::{Value, json};

#[test]
fn a_comment_is_found_by_its_words_and_leads_to_those_it_stands_on() {
    let mut room = Room::new();
    room.call("set_editor", json!({ "editor": "SB" }));
    let body = "É vero. The ferry is for sale. The county decides.";
    let id = room.piece("ferry", body);
    let add = |room: &mut Room, at: Value, words: &str| {
        room.call("add_comment", json!({ "id": id, "body": body, "at": at, "text": words }))
    };
    add(&mut room, json!([8, 17]), "Is it? Ask the harbourmaster. He would know.");
    let gone = add(&mut room, json!([31, 41]), "No harbourmaster here.");
    let hits = room.call("search", json!({ "query": "harbourmaster ask" }));
    let hit = &hits[0];
    assert_eq!(hits.as_array().map(Vec::len), Some(1), "all words stand in one comment");
    assert_eq!(
        [&hit["kind"], &hit["id"], &hit["title"], &hit["by"]],
        [&json!("comment"), &json!(id), &json!("ferry"), &json!("SB")]
    );
    assert_eq!(text(&hit["sentence"]), "Ask the harbourmaster.");
    assert_eq!((&hit["marks"], &hit["at"]), (&json!([[0, 3], [8, 21]]), &json!([8, 17])));

    room.save(id, "ferry", "É vero. It rained.");
    let hits = room.call("search", json!({ "query": "harbourmaster" }));
    assert_eq!(hits[0]["at"], json!(null), "the newest first, its words gone");
    let thread = &gone[1]["said"][0]["id"];
    room.call("bin_comment", json!({ "commentId": thread, "body": body, "isInBin": true }));
    assert_eq!(texts(&room.call("search", json!({ "query": "harbourmaster" })), "title"), ["ferry"]);
    bin(&mut room, id);
    assert_eq!(room.call("search", json!({ "query": "harbourmaster" })), json!([]));
}

fn bin(room: &mut Room, id: i64) {
    let order =
        json!({ "id": id, "slug": "ferry", "status": null, "place": "bin", "deadline": null, "targetWords": null });
    room.call("route_drafts", json!({ "orders": [order] }));
}

/// All that former revisions have, asked for until nothing is left.
fn past(room: &mut Room, query: &str) -> Vec<Value> {
    let (mut hits, mut below) = (Vec::new(), json!(null));
    loop {
        let answer = room.call("search_history", json!({ "query": query, "below": below }));
        hits.extend(answer["hits"].as_array().expect("hits").clone());
        below = answer["below"].clone();
        if below.is_null() {
            return hits;
        }
    }
}

#[test]
fn words_a_piece_lost_are_found_in_the_last_revision_that_has_them() {
    let mut room = Room::new();
    let id = room.piece("ferry", "The pump failed. It was old.");
    let first = room.call("name_revision", json!({ "id": id, "name": "first" }));
    room.wait(600);
    room.save(id, "ferry", "The pump failed twice. It was old.");
    let second = room.call("name_revision", json!({ "id": id, "name": "to legal" }));
    room.wait(600);
    room.save(id, "ferry", "The engine failed.");
    room.piece("other", "A pump in the yard.");

    let hits = past(&mut room, "pump ");
    assert_eq!(hits.len(), 1, "what still stands is no former state");
    let hit = &hits[0];
    assert_eq!((&hit["revisionId"], &hit["name"]), (&second["id"], &json!("to legal")), "not {first}");
    assert_eq!([&hit["kind"], &hit["id"], &hit["title"]], [&json!("revision"), &json!(id), &json!("ferry")]);
    assert_eq!((text(&hit["sentence"]), &hit["marks"]), ("The pump failed twice.".into(), &json!([[4, 8]])));
    assert_eq!(past(&mut room, "engine").len(), 0, "it stands there now");
    assert_eq!(past(&mut room, "!").len(), 0, "no word");
    bin(&mut room, id);
    assert_eq!(past(&mut room, "pump ").len(), 0);
}

#[test]
fn a_long_history_is_searched_a_stretch_at_a_time() {
    let mut room = Room::new();
    let long = "The river rose again over the low road. ".repeat(60_000);
    for n in 0..4 {
        let id = room.piece(&format!("piece-{n}"), &format!("{long}pump"));
        room.call("name_revision", json!({ "id": id, "name": "kept" }));
        room.save(id, &format!("piece-{n}"), "Short.");
    }
    let first = room.call("search_history", json!({ "query": "pump", "below": null }));
    assert!(!first["below"].is_null(), "more is left");
    assert_eq!(past(&mut room, "pump").len(), 4, "and comes when it is asked for");
}
