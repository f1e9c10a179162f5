//! The page's calls, end to end over a desk in a folder of its own: what an editor does, as the page says it.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use stet::desk::{Access, Desk};
use stet::wire::{self, Refusal};
use tempfile::TempDir;

/// A desk, the folder it lies in, and the clock on the wall.
struct Room {
    desk: Desk,
    folder: TempDir,
    now: DateTime<Utc>,
}

impl Room {
    fn new() -> Room {
        let folder = tempfile::tempdir().expect("a folder");
        let desk = Desk::open(&folder.path().join("desk.sqlite"), Access::Window).expect("a desk");
        Room { desk, folder, now: "2026-11-23T13:00:00Z".parse().expect("a time") }
    }

    fn wait(&mut self, n_seconds: i64) {
        self.now += TimeDelta::seconds(n_seconds);
    }

    fn ask(&mut self, name: &str, args: Value) -> Result<Value, Refusal> {
        wire::call(&mut self.desk, self.now, name, args)
    }

    fn call(&mut self, name: &str, args: Value) -> Value {
        self.ask(name, args).unwrap_or_else(|refusal| panic!("{name} was refused: {}", refusal.message))
    }

    fn refused(&mut self, name: &str, args: Value) -> Refusal {
        self.ask(name, args).expect_err("it should have been refused")
    }

    /// A new piece with these words; its id.
    fn piece(&mut self, slug: &str, body: &str) -> i64 {
        let id = self.call("new_draft", json!({}))["id"].as_i64().expect("an id");
        self.save(id, slug, body);
        id
    }

    fn save(&mut self, id: i64, slug: &str, body: &str) -> Value {
        let mut edit = self.call("open_draft", json!({ "id": id }));
        let fields = edit.as_object_mut().expect("a piece");
        for unsaved in ["status", "place", "changedAt"] {
            fields.remove(unsaved);
        }
        fields.insert("slug".into(), slug.into());
        fields.insert("body".into(), body.into());
        self.call("save_draft", json!({ "edit": edit }))
    }

    fn body(&mut self, id: i64) -> String {
        text(&self.call("open_draft", json!({ "id": id }))["body"])
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn texts(rows: &Value, field: &str) -> Vec<String> {
    rows.as_array().expect("rows").iter().map(|row| text(&row[field])).collect()
}

#[test]
fn a_piece_is_written_kept_and_read_again() {
    let mut room = Room::new();
    let id = room.piece("ferry-sale", "The county sells its ferry. TK");
    let saved = room.save(id, "ferry-sale", "The county will sell its ferry. TK");
    assert_eq!((&saved["words"], &saved["tks"], &saved["slug"]), (&json!(7), &json!(1), &json!("ferry-sale")));
    let path = room.folder.path().join("desk.sqlite");
    let Room { desk, folder, now } = room;
    drop(desk);
    let mut room = Room { desk: Desk::open(&path, Access::Window).expect("it opens again"), folder, now };
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
    let row = room.call("move_draft", json!({ "id": id, "place": "bin" }));
    assert_eq!(row["place"], "bin");
    assert_eq!(room.call("list_drafts", json!({ "place": "desk" })), json!([]));
    room.call("move_draft", json!({ "id": id, "place": "desk" }));
    let rows = room.call("list_drafts", json!({ "place": "desk" }));
    assert_eq!((&rows[0]["status"], &rows[0]["slug"]), (&json!("legal"), &json!("ferry")));
    assert_eq!(room.body(id), "Words to keep.");
    let events = room.call("list_events", json!({ "id": id }));
    assert_eq!(
        texts(&events, "words")[..3],
        ["taken back to the desk", "put in the bin", "now legal"],
        "the newest comes first"
    );
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
fn a_named_revision_is_put_back_and_that_can_be_undone() {
    let mut room = Room::new();
    let id = room.piece("ferry", "First words.");
    let named = room.call("name_revision", json!({ "id": id, "name": "sent to legal" }));
    room.wait(5);
    room.save(id, "ferry", "Second words.");
    let back = room.call("restore_revision", json!({ "id": id, "revisionId": named["id"] }));
    assert_eq!(back["body"], "First words.");
    let rows = room.call("list_revisions", json!({ "id": id }));
    assert_eq!(texts(&rows, "cause"), ["restore", "before restore", "named"]);
    assert_eq!(rows[2]["name"], "sent to legal");
    let undone = room.call("restore_revision", json!({ "id": id, "revisionId": rows[1]["id"] }));
    assert_eq!(undone["body"], "Second words.", "a restore is itself a revision, so it can be undone");
    let other = room.piece("other", "Other.");
    let refusal = room.refused("restore_revision", json!({ "id": other, "revisionId": named["id"] }));
    assert_eq!(refusal.code, "notFound", "a revision of one piece is none of another");
    assert!(texts(&room.call("list_events", json!({ "id": id })), "words").contains(&"sent to legal".to_owned()));
}

#[test]
fn spans_count_utf16_for_the_page() {
    let mut room = Room::new();
    let id = room.piece("ferry", "");
    let check = room.call("check_draft", json!({ "id": id, "body": "😀 é TK" }));
    assert_eq!(check["tks"], json!([[5, 7]]), "an emoji is two units, an é one");
}
