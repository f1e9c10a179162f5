//! The desk file: what is kept, what is refused, and what no crash may lose.

#[path = "store/damaging.rs"]
mod damaging;
#[path = "store/keeping.rs"]
mod keeping;
#[path = "store/opening.rs"]
mod opening;
#[path = "store/searching.rs"]
mod searching;
#[path = "store/surviving.rs"]
mod surviving;
#[path = "store/upgrading.rs"]
mod upgrading;

use chrono::{DateTime, TimeDelta, Utc};
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

fn edit(draft: &Draft, body: &str) -> DraftEdit {
    DraftEdit {
        id: draft.id,
        slug: draft.slug.clone(),
        target_words: draft.target_words,
        copy: Copy { body: body.into(), ..draft.copy.clone() },
    }
}
