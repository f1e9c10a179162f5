//! Pieces, revisions, notes and judgements: kept as they were given.

use super::{at, copy, damage, edit, new_draft, note};
use stet::comment::Anchor;
use stet::draft::{Copy, DraftId, Place, Status};
use stet::error::{Code, Error};
use stet::note::{Note, NoteId, Terms};
use stet::revision::{Cause, RevisionId};
use stet::span::Span;
use stet::store::{
    CommentId, DraftEdit, EventKind, ExportRecord, JudgementId, JudgementKind, JudgementNote, NewJudgement, On,
    Proposal, ProposalId, Proposed, RecordingId, SoundFile, Store,
};

fn desk() -> Store {
    Store::open_in_memory().expect("a desk")
}

#[test]
fn a_piece_comes_back_as_it_was_saved() {
    let mut store = desk();
    let draft = store.new_draft("harbour", Some(600), &copy("One.\n\nTwo.\n"), Cause::Created, at(0)).expect("new");
    assert_eq!((draft.slug.as_str(), draft.version, draft.status), ("harbour", 1, Status::Draft));
    let copy = Copy {
        hed: "‘Hed’ 😀".into(),
        dek: "e\u{301}".into(),
        byline: "שלום".into(),
        dateline: "LAGOS".into(),
        body: "One.\n\nThree. \u{202e}\u{1}\u{0} end".into(),
    };
    let edit = DraftEdit { id: draft.id, slug: "harbour sale".into(), target_words: None, copy };
    let told = store.save_draft(&edit, 1, at(1)).expect("saved");
    assert_eq!((told.version, told.slug.as_str(), told.changed_at), (2, "harbour sale", at(1)));
    let saved = store.open_draft(draft.id).expect("kept");
    assert_eq!(saved.copy, edit.copy, "what an editor typed is kept byte for byte, odd or not");
    assert_eq!((saved.version, saved.slug.as_str(), saved.target_words), (2, "harbour sale", None));
    assert_eq!((saved.created_at, saved.changed_at), (at(0), at(1)));
    assert_eq!(store.get_draft("HARBOUR sale ").expect("found"), Some(saved));
    assert_eq!(store.get_draft("harbour").expect("the old slug is free"), None);
}

#[test]
fn a_save_of_an_old_version_overwrites_nothing() {
    let mut store = desk();
    let draft = new_draft(&mut store, "harbour", "One.");
    store.save_draft(&edit(&draft, "Two."), 1, at(1)).expect("saved");
    let saved = store.open_draft(draft.id).expect("kept");
    let error = store.save_draft(&edit(&draft, "Three."), 1, at(2)).expect_err("an old version");
    assert_eq!(error.code, Code::Conflict);
    assert_eq!(store.open_draft(draft.id).expect("kept"), saved, "a refusal changes nothing");
    let stranger = DraftEdit { id: DraftId(99), ..edit(&draft, "") };
    assert_eq!(store.save_draft(&stranger, 1, at(2)).expect_err("no such piece").code, Code::NotFound);
}

#[test]
fn a_slug_that_is_taken_gets_a_number() {
    let mut store = desk();
    let mut slugs = Vec::new();
    for wanted in ["harbour", "Harbour", "harbour ", "", "  "] {
        slugs.push(store.new_draft(wanted, None, &Copy::default(), Cause::Created, at(0)).expect("new").slug);
    }
    assert_eq!(slugs, ["harbour", "Harbour-2", "harbour-3", "untitled", "untitled-2"]);
    let first = store.get_draft("harbour").expect("read").expect("there");
    let renamed = store.save_draft(&DraftEdit { slug: "untitled".into(), ..edit(&first, "") }, 1, at(1));
    assert_eq!(renamed.expect("saved").slug, "untitled-3");
}

#[test]
fn the_bin_gives_back_a_piece_whole_and_keeps_its_slug() {
    let mut store = desk();
    let draft = new_draft(&mut store, "harbour", "One.");
    store.move_draft(draft.id, Place::Bin, at(1)).expect("binned");
    assert!(store.list_drafts(Place::Desk).expect("a list").is_empty());
    assert_eq!(new_draft(&mut store, "harbour", "Other.").slug, "harbour-2");
    assert_eq!(store.move_draft(draft.id, Place::Desk, at(2)).expect("back"), draft);
}

#[test]
fn pieces_are_listed_last_changed_first_and_a_status_is_a_change() {
    let mut store = desk();
    let first = new_draft(&mut store, "first", "One.");
    let second = new_draft(&mut store, "second", "Two.");
    let slugs = |store: &Store| {
        let drafts = store.list_drafts(Place::Desk).expect("a list");
        drafts.into_iter().map(|draft| draft.slug).collect::<Vec<_>>()
    };
    assert_eq!(slugs(&store), ["second", "first"]);
    let legal = store.set_status(first.id, Status::Legal, at(1)).expect("set");
    assert_eq!((legal.status, legal.version), (Status::Legal, first.version), "the window may go on saving");
    assert_eq!(slugs(&store), ["first", "second"]);
    store.save_draft(&edit(&second, "Three."), 1, at(2)).expect("saved");
    assert_eq!(slugs(&store), ["second", "first"]);
}

#[test]
fn revisions_keep_what_stood_and_never_change() {
    let mut store = desk();
    let draft = new_draft(&mut store, "harbour", "One.");
    store.save_draft(&edit(&draft, "Two."), 1, at(1)).expect("saved");
    let named = store.add_revision(draft.id, Cause::Named, Some("sent to legal"), at(2)).expect("kept");
    store.save_draft(&edit(&draft, "Three."), 2, at(3)).expect("saved");
    let revisions = store.list_revisions(draft.id).expect("a list");
    let seen: Vec<_> = revisions.iter().map(|one| (one.cause, one.name.as_deref(), one.copy.body.as_str())).collect();
    assert_eq!(seen, [(Cause::Named, Some("sent to legal"), "Two."), (Cause::Created, None, "One.")]);
    assert_eq!(store.last_revision(draft.id).expect("read"), Some(named.clone()));
    assert_eq!(store.open_revision(named.id).expect("read"), named);
    assert_eq!(store.open_revision(RevisionId(99)).expect_err("none").code, Code::NotFound);
    let empty = store.new_draft("empty", None, &Copy::default(), Cause::Created, at(4)).expect("new");
    assert_eq!(store.last_revision(empty.id).expect("read"), None, "an empty piece has no first words");
}

#[test]
fn a_note_comes_back_with_every_field_and_its_past() {
    let mut store = desk();
    let kept = store.add_note(&note("Ines Eze", "We will sell it."), None, at(0)).expect("kept");
    assert_eq!(kept.note, Note { id: kept.note.id, name: "ines-eze".into(), ..note("Ines Eze", "We will sell it.") });
    let stamp = store.notes_stamp().expect("a stamp");
    let changed = Note { text: "We may sell it.".into(), ..kept.note.clone() };
    let saved = store.save_note(&changed, None, at(5)).expect("saved");
    assert_eq!((&saved.note, saved.created_at, saved.changed_at), (&changed, at(0), at(5)));
    assert!(store.notes_stamp().expect("a stamp") > stamp);
    let past = store.list_past_notes(kept.note.id).expect("its past");
    assert_eq!(past, std::slice::from_ref(&kept), "what a source said first is evidence");
    let again = store.save_note(&changed, None, at(9)).expect("saved");
    assert_eq!(again.changed_at, at(5), "a save that changes nothing makes no quote stale");
    assert_eq!(store.list_past_notes(kept.note.id).expect("its past").len(), 1);
}

#[test]
fn notes_of_one_name_are_told_apart_and_the_bin_gives_them_back() {
    let mut store = desk();
    let named = |name: &str| Note { name: name.into(), ..note("Ines Eze", "We will.") };
    let mut names = Vec::new();
    for name in ["call.md", "Call.md", "call.md", "", "", "v1. notes"] {
        names.push(store.add_note(&named(name), None, at(0)).expect("kept").note.name);
    }
    assert_eq!(names, ["call.md", "Call-2.md", "call-3.md", "ines-eze", "ines-eze-2", "v1. notes"]);
    let first = store.list_notes().expect("a list").remove(0);
    let binned = store.bin_note(first.note.id, true).expect("binned");
    assert!(binned.is_in_bin);
    assert_eq!((store.count_notes().expect("a count"), store.list_notes().expect("a list").len()), (5, 6));
    assert_eq!(store.bin_note(first.note.id, false).expect("back"), first);
    let lost = store.add_note(&named("x"), Some(DraftId(99)), at(0)).expect_err("no such piece");
    assert_eq!(lost.code, Code::NotFound);
}

#[test]
fn a_judgement_keeps_what_it_rested_on_and_is_cleared_never_lost() {
    let mut store = desk();
    store.set_setting("editor", "SB").expect("set");
    let draft = new_draft(&mut store, "harbour", "One.");
    let eze = store.add_note(&note("Ines Eze", "We will sell it."), Some(draft.id), at(0)).expect("kept");
    let notes = vec![JudgementNote { note_id: eze.note.id, fingerprint: "5f1e".into() }];
    let new = NewJudgement {
        draft_id: draft.id,
        kind: JudgementKind::Cq,
        words: "we will sell it".into(),
        attribution: "said|ines eze".into(),
        verdict: "altered number".into(),
        by: "MK".into(),
        reason: "she rang back".into(),
        notes: notes.clone(),
    };
    let cq = store.add_judgement(&new, at(1)).expect("kept");
    assert_eq!((cq.kind, cq.verdict.as_str(), cq.by.as_str()), (JudgementKind::Cq, "altered number", "MK"));
    assert_eq!((cq.notes.clone(), cq.made_at, cq.cleared_at), (notes, at(1), None));
    let kept = store.add_judgement(&NewJudgement { kind: JudgementKind::Verdict, ..new.clone() }, at(2)).expect("kept");
    assert_eq!(store.list_judgements(draft.id).expect("a list"), [cq.clone(), kept.clone()]);
    store.clear_judgement(cq.id, at(3)).expect("cleared");
    let again = store.clear_judgement(cq.id, at(4)).expect("cleared before");
    assert_eq!(again.cleared_at, Some(at(3)));
    assert_eq!(store.list_judgements(draft.id).expect("a list"), std::slice::from_ref(&kept));
    assert_eq!(store.list_past_judgements(draft.id).expect("a list"), [again, kept]);
    assert_eq!(store.clear_judgement(JudgementId(99), at(4)).expect_err("none").code, Code::NotFound);
    let events = store.list_events(draft.id).expect("a list");
    let seen: Vec<_> = events.iter().map(|event| (event.kind, event.by.as_str(), event.detail.as_str())).collect();
    assert_eq!(
        seen,
        [(EventKind::CqCleared, "SB", ""), (EventKind::Cq, "MK", "she rang back"), (EventKind::Created, "SB", "")]
    );
}

#[test]
fn what_happens_to_a_piece_is_told_beside_it() {
    let mut store = desk();
    let draft = new_draft(&mut store, "harbour", "One.");
    store.set_status(draft.id, Status::Ready, at(1)).expect("set");
    store.set_status(draft.id, Status::Ready, at(2)).expect("no change, no event");
    store.move_draft(draft.id, Place::Archive, at(3)).expect("moved");
    let revision = store.add_revision(draft.id, Cause::Export, None, at(4)).expect("kept");
    let export = ExportRecord {
        draft_id: draft.id,
        revision_id: Some(revision.id),
        at: at(4),
        format: "docx".into(),
        path: "/home/sb/harbour.docx".into(),
        size_bytes: 4711,
        by: "SB".into(),
        why: "the desk head said so".into(),
        reasons: vec!["A TK is left.".into(), "A quote is altered.".into()],
    };
    store.add_export(&export).expect("kept");
    assert_eq!(store.list_exports(draft.id).expect("a list"), [export]);
    let events = store.list_events(draft.id).expect("a list");
    let seen: Vec<_> = events.iter().map(|event| (event.kind, event.detail.as_str(), event.at)).collect();
    assert_eq!(
        seen,
        [
            (EventKind::Exported, "docx: the desk head said so", at(4)),
            (EventKind::Moved, "archive", at(3)),
            (EventKind::Status, "ready", at(1)),
            (EventKind::Created, "", at(0)),
        ]
    );
}

#[test]
fn the_file_a_piece_came_from_is_kept_byte_for_byte() {
    let mut store = desk();
    let draft = new_draft(&mut store, "harbour", "One.");
    let file = b"PK\x03\x04\x00\xff";
    store.add_original(draft.id, "harbour.docx", file, at(1)).expect("kept");
    store.add_original(draft.id, "harbour-2.docx", b"", at(2)).expect("kept");
    let originals = store.list_originals(draft.id).expect("a list");
    let seen: Vec<_> = originals.iter().map(|original| (original.name.as_str(), original.size_bytes)).collect();
    assert_eq!(seen, [("harbour-2.docx", 0), ("harbour.docx", 6)]);
    assert_eq!(store.get_original(originals[1].id).expect("read").as_deref(), Some(&file[..]));
    assert_eq!(store.get_original(99).expect("read"), None);
    assert_eq!(store.add_original(DraftId(99), "x", file, at(3)).expect_err("no piece").code, Code::NotFound);
}

#[test]
fn what_is_said_of_a_piece_is_kept_in_threads() {
    let mut store = desk();
    let draft = new_draft(&mut store, "harbour", "We may sell it.");
    let anchor = Anchor::on("We may sell it.", Span::new(3, 6)).expect("words");
    let first = store.add_comment(On::Words(draft.id, &anchor), "SB", "Who says so?", at(1)).expect("kept");
    let reply = store.add_comment(On::Thread(first.id), "IE", "I do.", at(2)).expect("kept");
    let second = store.add_comment(On::Thread(reply.id), "SB", "Thanks.", at(3)).expect("kept");
    assert_eq!((reply.thread_id, second.thread_id), (Some(first.id), Some(first.id)), "a thread is no tree");
    let edited = store.edit_comment(reply.id, "I did.", at(4)).expect("kept");
    assert_eq!((edited.text.as_str(), edited.edited_at, edited.made_at), ("I did.", Some(at(4)), at(2)));
    assert_eq!(store.resolve_comment(first.id, Some("SB"), at(5)).expect("kept").resolved, Some(("SB".into(), at(5))));
    assert_eq!(store.resolve_comment(first.id, None, at(6)).expect("kept"), first, "opened again, it is as it was");
    assert!(store.bin_comment(second.id, true).expect("kept").is_in_bin);
    assert_eq!(store.bin_comment(second.id, false).expect("kept"), second, "and taken back");
    assert_eq!(store.list_comments(draft.id).expect("a list"), [first, edited, second]);
    assert_eq!(damage(&store), "");
    let gone = store.add_comment(On::Words(DraftId(99), &anchor), "SB", "?", at(7)).expect_err("no piece");
    assert_eq!(gone.code, Code::NotFound);
    assert_eq!(store.edit_comment(CommentId(99), "?", at(7)).expect_err("no comment").code, Code::NotFound);
}

#[test]
fn several_writes_are_kept_as_one_or_not_at_all() {
    let mut store = desk();
    let draft = new_draft(&mut store, "harbour", "One.");
    let result = store.all_or_none(|store| {
        store.set_setting("editor", "SB")?;
        new_draft(store, "second", "Two.");
        let inner = store.all_or_none(|store| {
            new_draft(store, "third", "Three.");
            Err::<(), _>(Error::new(Code::BadInput, "a file cannot be read"))
        });
        assert!(inner.is_err());
        assert_eq!(store.get_draft("third")?, None, "a step that failed is undone by itself");
        store.save_draft(&edit(&draft, "Two."), 99, at(1))
    });
    assert_eq!(result.expect_err("the last step").code, Code::Conflict);
    assert_eq!((store.get_draft("second").expect("read"), store.setting("editor").expect("read")), (None, None));
    let work = std::panic::AssertUnwindSafe(|| {
        let _ = store.all_or_none(|store| -> stet::error::Result<()> {
            new_draft(store, "second", "Two.");
            panic!("a fault of ours")
        });
    });
    std::panic::catch_unwind(work).expect_err("it was passed on");
    assert_eq!(store.get_draft("second").expect("read"), None, "a panic undoes what was half done");
    assert_eq!(new_draft(&mut store, "second", "Two.").slug, "second", "and the desk goes on");
}

#[test]
fn a_setting_is_what_was_last_set() {
    let mut store = desk();
    assert_eq!(store.setting("window").expect("read"), None);
    store.set_setting("window", "1280×800").expect("set");
    store.set_setting("window", "1920×1080").expect("set");
    assert_eq!(store.setting("window").expect("read").as_deref(), Some("1920×1080"));
}

#[test]
fn terms_come_back_as_each_of_the_four() {
    let mut store = desk();
    for terms in Terms::ALL {
        let kept = store.add_note(&Note { terms, embargo: None, ..note("Ines Eze", "No.") }, None, at(0));
        let kept = kept.expect("kept").note;
        assert_eq!((kept.terms, kept.embargo), (terms, None));
    }
}

#[test]
fn a_proposal_is_kept_as_it_came_with_what_became_of_it() {
    let mut store = desk();
    let draft = new_draft(&mut store, "harbour", "We may sell it.");
    let revision = store.last_revision(draft.id).expect("read").expect("its first");
    let copy = |body: &str| Copy { hed: "Harbour".into(), body: body.into(), ..Copy::default() };
    let words = Proposed {
        name: "harbour.docx".into(),
        by: "IE".into(),
        revision_id: Some(revision.id),
        old: copy("We may sell it."),
        new: copy("We will sell it."),
        authors: "come body 3-7 - IE\n".into(),
    };
    let first = store.add_proposal(draft.id, &words, at(1)).expect("kept");
    assert_eq!((&first.words, first.came_at, first.settled.as_str()), (&words, at(1), ""));
    let settled = store.settle_proposal(first.id, "body 3-6 3-7 rejected - SB\n").expect("kept");
    assert_eq!(settled, Proposal { settled: "body 3-6 3-7 rejected - SB\n".into(), ..first.clone() });
    let second = store.add_proposal(draft.id, &Proposed { revision_id: None, ..words.clone() }, at(2)).expect("kept");
    assert!(store.bin_proposal(second.id, true).expect("kept").is_in_bin);
    assert_eq!(store.bin_proposal(second.id, false).expect("kept"), second, "and taken back");
    assert_eq!(store.list_proposals(draft.id).expect("a list"), [second, settled], "the newest first");
    assert_eq!(damage(&store), "");
    assert_eq!(store.add_proposal(DraftId(99), &words, at(3)).expect_err("no piece").code, Code::NotFound);
    assert_eq!(store.settle_proposal(ProposalId(99), "").expect_err("no proposal").code, Code::NotFound);
}

#[test]
fn a_note_has_the_recording_attached_last_and_not_taken_off() {
    let mut store = desk();
    let note = store.add_note(&note("Ines Eze", "We may sell it."), None, at(0)).expect("kept").note;
    let file = |name: &str| SoundFile { path: format!("/calls/{name}"), size_bytes: 7, sha256: "5f1e".into() };
    let first = store.add_recording(note.id, &file("one.mp3"), at(1)).expect("kept");
    assert_eq!((&first.file, first.attached_at, first.is_in_bin), (&file("one.mp3"), at(1), false));
    let second = store.add_recording(note.id, &file("two.mp3"), at(2)).expect("kept");
    let off = store.bin_recording(second.id, true).expect("kept");
    assert!(off.is_in_bin);
    assert_eq!(store.list_recordings(note.id).expect("a list"), [off, first], "the last first");
    assert_eq!(store.bin_recording(second.id, false).expect("kept"), second, "and taken back");
    assert_eq!(damage(&store), "");
    assert_eq!(store.add_recording(NoteId(99), &file("x"), at(3)).expect_err("no note").code, Code::NotFound);
    assert_eq!(store.bin_recording(RecordingId(99), true).expect_err("no recording").code, Code::NotFound);
}

#[test]
fn no_program_may_change_what_is_only_added() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = folder.path().join("desk.stet");
    let mut store = Store::open(&path, stet::store::Access::Window).expect("a desk");
    let draft = new_draft(&mut store, "harbour", "One.");
    let kept = store.add_note(&note("Ines Eze", "We will sell it."), None, at(0)).expect("kept").note;
    store.save_note(&Note { text: "We may.".into(), ..kept }, None, at(1)).expect("saved");
    store.add_original(draft.id, "harbour.docx", b"PK", at(1)).expect("kept");
    let anchor = Anchor::on("One.", Span::new(0, 3)).expect("words");
    store.add_comment(On::Words(draft.id, &anchor), "SB", "Who?", at(1)).expect("kept");
    let words = Proposed {
        name: "harbour.docx".into(),
        by: String::new(),
        revision_id: None,
        old: draft.copy.clone(),
        new: draft.copy.clone(),
        authors: String::new(),
    };
    store.add_proposal(draft.id, &words, at(1)).expect("kept");
    let note = store.add_note(&note("Ines Eze", "We may."), None, at(1)).expect("kept").note;
    let file = SoundFile { path: "/calls/one.mp3".into(), size_bytes: 7, sha256: "5f1e".into() };
    store.add_recording(note.id, &file, at(1)).expect("kept");
    let other = rusqlite::Connection::open(&path).expect("another program");
    for change in [
        "DELETE FROM recordings",
        "DELETE FROM comments",
        "DELETE FROM proposals",
        "UPDATE revisions SET body = 'x'",
        "DELETE FROM revisions",
        "DELETE FROM drafts",
        "DELETE FROM notes",
        "UPDATE past_notes SET text = 'x'",
        "DELETE FROM past_notes",
        "UPDATE originals SET file = x'00'",
        "DELETE FROM originals",
        "UPDATE events SET detail = 'x'",
        "DELETE FROM events",
        "INSERT INTO events (draft_id, happened_at, signed_by, kind, detail) VALUES (99, '', '', '', '')",
        "INSERT INTO drafts (slug) VALUES (x'00')",
        "UPDATE drafts SET version = 'many'",
    ] {
        assert!(other.execute_batch(change).is_err(), "{change} must be refused by the file itself");
    }
    assert_eq!(store.open_draft(draft.id).expect("there"), draft);
}

#[test]
fn an_id_is_never_given_again() {
    let mut store = desk();
    let draft = new_draft(&mut store, "harbour", "One.");
    let _ = store.all_or_none(|store| {
        new_draft(store, "second", "Two.");
        Err::<(), _>(Error::new(Code::BadInput, "undone"))
    });
    let next = new_draft(&mut store, "third", "Three.");
    assert!(next.id > draft.id);
    assert_eq!(store.move_draft(next.id, Place::Bin, at(1)).expect("binned").id, next.id);
    assert!(new_draft(&mut store, "fourth", "Four.").id > next.id, "not even when it lies in the bin");
}
