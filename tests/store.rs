//! The desk file: what is kept, what is refused, and what no crash may lose.

mod disk;
mod prose;

#[path = "store/chaining.rs"]
mod chaining;
#[path = "store/damaging.rs"]
mod damaging;
#[path = "store/holding.rs"]
mod holding;
#[path = "store/keeping.rs"]
mod keeping;
#[path = "store/locking.rs"]
mod locking;
#[path = "store/moved.rs"]
mod moved;
#[path = "store/opening.rs"]
mod opening;
#[path = "store/removing.rs"]
mod removing;
#[path = "store/restoring.rs"]
mod restoring;
#[path = "store/searching.rs"]
mod searching;
#[path = "store/surviving.rs"]
mod surviving;
#[path = "store/typing.rs"]
mod typing;
#[path = "store/upgrading.rs"]
mod upgrading;

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::Connection;
use std::path::Path;
use stet::draft::{Copy, Draft};
use stet::note::{Note, NoteId, Terms};
use stet::revision::Cause;
use stet::store::{DraftEdit, Store};

/// So many minutes after nine.
fn at(minute: i64) -> DateTime<Utc> {
    let nine: DateTime<Utc> = "2026-11-20T09:00:00.123456Z".parse().expect("a time");
    nine + TimeDelta::minutes(minute)
}

fn copy(body: &str) -> Copy {
    Copy { hed: "A harbour waits".into(), body: body.into(), ..Copy::default() }
}

/// A note with no field left empty.
fn note(source: &str, text: &str) -> Note {
    Note {
        id: NoteId(0),
        name: String::new(),
        source: source.into(),
        kind: "call".into(),
        place: "telephone".into(),
        said_at: "2026-11-10".into(),
        terms: Terms::Background,
        terms_words: "background, as a harbour official".into(),
        embargo: Some(at(600)),
        is_confidential: true,
        aliases: vec!["Eze".into(), "the harbour chief".into()],
        text: text.into(),
    }
}

fn new_draft(store: &mut Store, slug: &str, body: &str) -> Draft {
    store.new_draft(slug, None, &copy(body), Cause::Created, at(0)).expect("a new piece")
}

/// Does to the file what no program should, past every rule in it.
fn harm(path: &Path, sql: &str) {
    let connection = Connection::open(path).expect("a file");
    let triggers: Vec<String> = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        .and_then(|mut statement| statement.query_map([], |row| row.get(0))?.collect())
        .expect("its triggers");
    connection.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON").expect("set");
    for trigger in triggers {
        connection.execute_batch(&format!("DROP TRIGGER {trigger}")).expect("dropped");
    }
    connection.execute_batch(sql).expect("harmed");
}

/// What is wrong in a desk file, a line each.
fn damage(store: &Store) -> String {
    let damage = store.verify().expect("read");
    damage.into_iter().map(|one| one.message + "\n").collect()
}

fn edit(draft: &Draft, body: &str) -> DraftEdit {
    DraftEdit {
        id: draft.id,
        slug: draft.slug.clone(),
        target_words: draft.target_words,
        copy: Copy { body: body.into(), ..draft.copy.clone() },
    }
}
