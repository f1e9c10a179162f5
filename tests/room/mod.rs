//! A desk in a folder of its own, asked as the page asks.
#![allow(dead_code, reason = "each test program uses its part of it")]

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use std::path::Path;
use stet::desk::{Access, Desk};
use stet::wire::{self, Refusal};
use tempfile::TempDir;

/// A desk, the folder it lies in, and the clock on the wall.
pub struct Room {
    pub desk: Desk,
    pub folder: TempDir,
    pub now: DateTime<Utc>,
}

impl Room {
    pub fn new() -> Room {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("desk.sqlite");
        Room { folder, ..Room::at(&path) }
    }

    /// The desk that lies there.
    pub fn at(path: &Path) -> Room {
        let folder = tempfile::tempdir().expect("a folder");
        let desk = Desk::open(path, Access::Window).expect("a desk");
        Room { desk, folder, now: "2026-11-23T13:00:00Z".parse().expect("a time") }
    }

    /// The same desk, closed and opened again.
    pub fn reopened(self) -> Room {
        let Room { desk, folder, now } = self;
        let path = desk.store().path().to_owned();
        drop(desk);
        Room { desk: Desk::open(&path, Access::Window).expect("it opens again"), folder, now }
    }

    pub fn wait(&mut self, n_seconds: i64) {
        self.now += TimeDelta::seconds(n_seconds);
    }

    pub fn ask(&mut self, name: &str, args: Value) -> Result<Value, Refusal> {
        let begun = wire::begin(&mut self.desk, self.now, name, args.clone()).finish();
        if matches!(
            name,
            "check_draft"
                | "find_slips"
                | "find_misspellings"
                | "suggest_spelling"
                | "compare"
                | "merge"
                | "suggested"
                | "suggestions"
                | "count_quotes"
                | "open_source"
                | "redact_note"
                | "look_at_file"
                | "look_at_recording"
                | "check_recording"
                | "read_recording"
        ) {
            let called = wire::call(&mut self.desk, self.now, name, args);
            assert_eq!(begun, called, "a call that is begun and finished is the call");
        }
        self.keep_owed();
        begun
    }

    /// Keeps what the desk owes, as a window does when the page has its answer.
    fn keep_owed(&mut self) {
        for owed in self.desk.owed().expect("it is readable") {
            self.desk.keep_owed(owed.read()).expect("it is kept");
        }
    }

    /// The rows of a place, every quote counted.
    pub fn rows(&mut self, place: &str) -> Value {
        let rows = self.call("list_drafts", json!({ "place": place }));
        let ids: Vec<&Value> = rows.as_array().expect("rows").iter().map(|row| &row["id"]).collect();
        self.call("count_quotes", json!({ "ids": ids }))
    }

    pub fn call(&mut self, name: &str, args: Value) -> Value {
        self.ask(name, args).unwrap_or_else(|refusal| panic!("{name} was refused: {}", refusal.message))
    }

    pub fn refused(&mut self, name: &str, args: Value) -> Refusal {
        self.ask(name, args).expect_err("it should have been refused")
    }

    /// A new piece with these words; its id.
    pub fn piece(&mut self, slug: &str, body: &str) -> i64 {
        let id = self.call("new_draft", json!({}))["id"].as_i64().expect("an id");
        self.save(id, slug, body);
        id
    }

    pub fn save(&mut self, id: i64, slug: &str, body: &str) -> Value {
        let mut edit = self.call("open_draft", json!({ "id": id }));
        let fields = edit.as_object_mut().expect("a piece");
        for unsaved in ["status", "place", "changedAt"] {
            fields.remove(unsaved);
        }
        fields.insert("slug".into(), slug.into());
        fields.insert("body".into(), body.into());
        self.call("save_draft", json!({ "edit": edit }))
    }

    pub fn body(&mut self, id: i64) -> String {
        text(&self.call("open_draft", json!({ "id": id }))["body"])
    }
}

pub fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

pub fn texts(rows: &Value, field: &str) -> Vec<String> {
    rows.as_array().expect("rows").iter().map(|row| text(&row[field])).collect()
}

/// A file as the page sends it.
pub fn file(name: &str, text: &str) -> Value {
    use base64::Engine;
    json!({ "name": name, "bytes": base64::engine::general_purpose::STANDARD.encode(text) })
}
