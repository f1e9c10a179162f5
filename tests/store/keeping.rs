//! Pieces, revisions, notes, judgements: kept as they were given.

use chrono::{DateTime, TimeDelta, Utc};
use stet::draft::{Copy, DraftId, Place, Status};
use stet::error::Code;
use stet::note::{Note, NoteId, Terms};
use stet::revision::Cause;
use stet::store::*;

pub fn at(minute: i64) -> DateTime<Utc> {
    let start: DateTime<Utc> = "2026-11-20T09:00:00.123456Z".parse().expect("a time");
    start + TimeDelta::minutes(minute)
}

pub fn copy(body: &str) -> Copy {
    Copy { hed: "A harbour waits".into(), body: body.into(), ..Copy::default() }
}

pub fn note(source: &str, text: &str) -> Note {
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

#[test]
fn a_piece_comes_back_as_it_was_saved() {
    let mut store = Store::open_in_memory().expect("a desk");
    let draft = store.new_draft("harbour", Some(600), &copy("One.\n\nTwo.\n"), Cause::Created, at(0)).expect("new");
    assert_eq!((draft.slug.as_str(), draft.version, draft.status), ("harbour", 1, Status::Draft));
    let edit = DraftEdit {
        id: draft.id,
        slug: "harbour sale".into(),
        target_words: None,
        copy: copy("One.\n\nThree. 😀\u{202e}"),
    };
    let saved = store.save_draft(&edit, 1, at(1)).expect("saved");
    assert_eq!(saved.copy, edit.copy);
    assert_eq!((saved.version, saved.slug.as_str(), saved.target_words), (2, "harbour sale", None));
    assert_eq!((saved.created_at, saved.changed_at), (at(0), at(1)));
    assert_eq!(store.open_draft(draft.id).expect("kept"), saved);
    let error = store.save_draft(&edit, 1, at(2)).expect_err("an old version must not overwrite a new one");
    assert_eq!(error.code, Code::Conflict);
    assert_eq!(store.open_draft(draft.id).expect("kept"), saved, "a refusal changes nothing");
}

#[test]
fn a_slug_that_is_taken_gets_a_number() {
    let mut store = Store::open_in_memory().expect("a desk");
    let mut slugs = Vec::new();
    for wanted in ["harbour", "Harbour", "harbour ", "", "  "] {
        slugs.push(store.new_draft(wanted, None, &Copy::default(), Cause::Created, at(0)).expect("new").slug);
    }
    assert_eq!(slugs, ["harbour", "Harbour-2", "harbour-3", "untitled", "untitled-2"]);
}

#[test]
fn a_note_comes_back_with_every_field_and_its_past() {
    let mut store = Store::open_in_memory().expect("a desk");
    let kept = store.add_note(&note("Ines Eze", "We will sell it."), None, at(0)).expect("kept");
    assert_eq!(kept.note, Note { id: kept.note.id, name: "ines-eze".into(), ..note("Ines Eze", "We will sell it.") });
    let changed = Note { text: "We may sell it.".into(), ..kept.note.clone() };
    let saved = store.save_note(&changed, None, at(5)).expect("saved");
    assert_eq!((&saved.note, saved.changed_at), (&changed, at(5)));
    let past = store.list_past_notes(kept.note.id).expect("its past");
    assert_eq!(past.iter().map(|past| past.note.text.as_str()).collect::<Vec<_>>(), ["We will sell it."]);
}

#[test]
fn a_bin_gives_back_a_piece_whole() {
    let mut store = Store::open_in_memory().expect("a desk");
    let draft = store.new_draft("harbour", None, &copy("One."), Cause::Created, at(0)).expect("new");
    store.move_draft(draft.id, Place::Bin, at(1)).expect("binned");
    assert!(store.list_drafts(Place::Desk).expect("a list").is_empty());
    assert_eq!(store.move_draft(draft.id, Place::Desk, at(2)).expect("back"), draft);
    assert_eq!(store.open_draft(DraftId(99)).expect_err("no such piece").code, Code::NotFound);
}
