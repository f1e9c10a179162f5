//! Damage: told, never made worse, and what can be read is brought to safety.

use super::{at, damage, edit, harm, new_draft, note};
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};
use stet::comment::Anchor;
use stet::desk::{Desk, Order};
use stet::draft::{Copy, DraftId, Place};
use stet::error::Code;
use stet::export::Format;
use stet::note::{Note, Terms};
use stet::revision::Cause;
use stet::span::Span;
use stet::store::{Access, JudgementKind, NOT_AS_KEPT, NewJudgement, On, Proposed, SoundFile, Store, salvage};
use tempfile::TempDir;

/// A closed desk with pieces long enough for many pages.
fn desk(folder: &TempDir) -> PathBuf {
    let path = folder.path().join("desk.stet");
    let mut store = Store::open(&path, Access::Window).expect("a desk");
    store.set_setting("editor", "SB").expect("set");
    let fill = |store: &mut Store| {
        (1..=40).try_for_each(|n| {
            let draft = new_draft(store, &format!("piece {n}"), &format!("Words of piece {n}. ").repeat(200));
            store
                .save_draft(&edit(&draft, &format!("Later words of piece {n}. ").repeat(200)), 1, at(n))
                .expect("saved");
            store.add_revision(draft.id, Cause::Named, Some("kept"), at(n)).expect("kept");
            store.add_note(&note("Ines Eze", &"We will sell it. ".repeat(100)), Some(draft.id), at(n)).map(|_| ())
        })
    };
    store.all_or_none(fill).expect("filled");
    path
}

fn open(path: &Path) -> Store {
    Store::open(path, Access::Visit).unwrap_or_else(|error| panic!("{error} {:?}", error.source))
}

#[test]
fn a_whole_desk_has_no_damage() {
    let folder = TempDir::new().expect("a folder");
    assert_eq!(damage(&open(&desk(&folder))), "");
}

#[test]
fn a_cell_that_makes_no_sense_is_told_with_its_row_and_harms_no_other() {
    let folder = TempDir::new().expect("a folder");
    let path = desk(&folder);
    harm(
        &path,
        "UPDATE drafts SET status = 'bogus' WHERE id = 3;
         UPDATE drafts SET changed_at = 'yesterday' WHERE id = 4;
         UPDATE drafts SET body = CAST(x'ff00fe' AS TEXT) WHERE id = 5;
         UPDATE notes SET terms = 'whatever' WHERE id = 6;
         UPDATE revisions SET cause = '' WHERE id = 7;",
    );
    let mut store = open(&path);
    for (id, cell) in [(3, "status"), (4, "changed_at"), (5, "body")] {
        let error = store.open_draft(DraftId(id)).expect_err("it makes no sense");
        assert_eq!(error.code, Code::Corrupt);
        assert!(error.message.contains(&format!("the {cell} of piece {id}")), "{}", error.message);
        assert!(error.message.contains("stet salvage"), "the way out is said: {}", error.message);
    }
    let told = damage(&store);
    for words in
        ["status of piece 3", "changed_at of piece 4", "body of piece 5", "terms of note 6", "cause of revision 7"]
    {
        assert!(told.contains(words), "{words} is missing in {told}");
    }
    let good = store.open_draft(DraftId(8)).expect("the others can be read");
    store.save_draft(&edit(&good, "New."), good.version, at(99)).expect("and saved");
}

#[test]
fn a_piece_with_a_damaged_history_can_still_be_opened_and_saved() {
    let folder = TempDir::new().expect("a folder");
    let path = desk(&folder);
    harm(&path, "UPDATE revisions SET cause = 'bogus'");
    let mut desk = Desk::open(&path, Access::Window).expect("a desk");
    let draft = desk.open_draft(DraftId(3), at(900)).expect("its own words can be read");
    let edit = edit(&draft, "Typed since.");
    desk.save_draft(&edit, draft.version, at(901)).expect("what is typed comes before its history");
    assert_eq!(desk.open_draft(DraftId(3), at(901)).expect("read").copy.body, "Typed since.");
}

#[test]
fn nothing_is_written_over_the_desk_itself() {
    let folder = TempDir::new().expect("a folder");
    let path = desk(&folder);
    let mut desk = Desk::open(&path, Access::Window).expect("a desk");
    let before = fs::read(&path).expect("read");
    for name in ["desk.stet", "./desk.stet", "desk.stet-wal", "desk.stet.lock"] {
        let order = Order::new(DraftId(3), Format::Text, folder.path().join(name));
        let order = Order { why: "it is only a test".into(), is_overwrite: true, ..order };
        assert_eq!(desk.export(&order, at(900)).expect_err("it is the desk").code, Code::BadInput, "{name}");
        assert_eq!(desk.backup(&order.path).expect_err("there is a file").code, Code::BadInput, "{name}");
    }
    assert_eq!(fs::read(&path).expect("read"), before);
}

#[test]
fn rows_that_speak_of_none_and_a_search_out_of_step_are_told() {
    let folder = TempDir::new().expect("a folder");
    let path = desk(&folder);
    harm(&path, "DELETE FROM drafts WHERE id = 9; UPDATE notes SET text = 'Other words.' WHERE id = 1");
    let told = damage(&open(&path));
    for words in ["A row of revisions", "A row of notes", "search index of the notes", "search index of the pieces"] {
        assert!(told.contains(words), "{words} is missing in {told}");
    }
    let read = Store::open(&path, Access::Read).expect("a desk");
    assert_eq!(damage(&read), told, "a desk that is only read is looked at as closely");
}

#[test]
fn a_broken_search_index_is_built_anew_and_loses_no_save() {
    let folder = TempDir::new().expect("a folder");
    let path = desk(&folder);
    let connection = Connection::open(&path).expect("a file");
    connection.execute_batch("UPDATE found_drafts_data SET block = x'00' WHERE id > 10").expect("harmed");
    drop(connection);
    let mut store = open(&path);
    assert!(damage(&store).contains("search index of the pieces"));
    let draft = store.open_draft(DraftId(2)).expect("read");
    if let Err(error) = store.save_draft(&edit(&draft, "Newest."), draft.version, at(99)) {
        assert_eq!(error.code, Code::Busy, "it asks to be tried again: {error}");
        store.save_draft(&edit(&draft, "Newest."), draft.version, at(99)).expect("and then it works");
    }
    store.mend_search().expect("mended");
    assert_eq!(damage(&store), "");
    assert_eq!(store.search("newest ", 9).expect("found").len(), 1);
}

/// Fills so many pages with rubbish, from the given one on.
fn overwrite(path: &Path, from_page: usize, n_pages: usize) {
    let mut bytes = fs::read(path).expect("read");
    let start = from_page * 4096;
    bytes[start..start + n_pages * 4096].fill(0xA5);
    fs::write(path, bytes).expect("written");
}

#[test]
fn a_desk_with_broken_pages_is_told_and_its_readable_pieces_are_saved() {
    let folder = TempDir::new().expect("a folder");
    let path = desk(&folder);
    let n_pages = fs::read(&path).expect("read").len() / 4096;
    let (mut n_broken, mut n_saved) = (0, 0);
    // A hole wandering through the file: tables, indexes, the search, free pages.
    for (round, from_page) in (1..n_pages - 3).step_by(n_pages / 12).enumerate() {
        let harmed = folder.path().join(format!("harmed {round}.stet"));
        fs::copy(&path, &harmed).expect("copied");
        overwrite(&harmed, from_page, 3);
        let before = fs::read(&harmed).expect("read");
        if let Ok(store) = Store::open(&harmed, Access::Read) {
            n_broken += usize::from(!store.verify().expect("verify looks on").is_empty());
            drop(store);
        }
        let new = folder.path().join(format!("saved {round}.stet"));
        let salvaged = salvage(&harmed, &new, None).unwrap_or_else(|error| panic!("{error} {:?}", error.source));
        assert_eq!(fs::read(&harmed).expect("read"), before, "the damaged file is only read");
        let store = open(&new);
        assert_eq!(damage(&store), "", "what was saved is whole");
        let drafts = store.list_drafts(Place::Desk).expect("a list");
        assert_eq!(drafts.len(), salvaged.n_drafts);
        n_saved += salvaged.n_drafts;
        for draft in drafts {
            let n = draft.id.0;
            let known =
                [format!("Words of piece {n}. ").repeat(200), format!("Later words of piece {n}. ").repeat(200)];
            let is_told = salvaged
                .warnings
                .iter()
                .any(|warning| warning.starts_with(&format!("The piece “{}”: some of its body", draft.slug)));
            assert!(
                known.contains(&draft.copy.body) || is_told,
                "piece {n} has words of its own, whole, or it is told"
            );
        }
    }
    assert!(n_broken >= 6, "most holes are seen: {n_broken}");
    assert!(n_saved >= 12 * 30, "most pieces are saved whatever is hit: {n_saved}");
}

#[test]
fn a_write_into_a_broken_desk_is_refused_from_then_on() {
    let folder = TempDir::new().expect("a folder");
    let path = desk(&folder);
    let connection = Connection::open(&path).expect("a file");
    let sql = "SELECT rootpage FROM sqlite_schema WHERE name = 'revisions_by_draft'";
    let page: usize = connection.query_row(sql, [], |row| row.get::<_, u32>(0)).expect("its page") as usize;
    drop(connection);
    overwrite(&path, page - 1, 1);
    let mut store = open(&path);
    let error = store.add_revision(DraftId(1), Cause::Pause, None, at(99)).expect_err("its index is broken");
    assert_eq!(error.code, Code::Corrupt);
    assert!(store.read_only_because().is_some_and(|because| because.contains("damaged")));
    assert_eq!(store.set_setting("editor", "MK").expect_err("no more").code, Code::ReadOnly);
    assert!(store.open_draft(DraftId(1)).is_ok(), "it can still be read");
}

#[test]
fn salvage_brings_all_of_a_whole_desk() {
    let folder = TempDir::new().expect("a folder");
    let path = desk(&folder);
    let mut store = open(&path);
    let judgement = NewJudgement {
        draft_id: DraftId(2),
        kind: JudgementKind::Cq,
        words: "w".into(),
        attribution: "a".into(),
        verdict: "altered".into(),
        by: "SB".into(),
        reason: "r".into(),
        notes: vec![],
    };
    store.add_judgement(&judgement, at(50)).expect("kept");
    store.add_original(DraftId(2), "2.docx", b"PK\xff\x00", at(51)).expect("kept");
    let anchor = Anchor::on("piece", Span::new(0, 5)).expect("words");
    let first = store.add_comment(On::Words(DraftId(2), &anchor), "SB", "Who?", at(52)).expect("kept");
    store.add_comment(On::Thread(first.id), "IE", "She.", at(53)).expect("kept");
    let words = Proposed {
        name: "2.docx".into(),
        by: "IE".into(),
        revision_id: None,
        old: Copy::default(),
        new: Copy { body: "piece".into(), ..Copy::default() },
        authors: String::new(),
    };
    store.add_proposal(DraftId(2), &words, at(54)).expect("kept");
    let note = store.list_notes().expect("a list").remove(0).note;
    let file = SoundFile { path: "/calls/one.mp3".into(), size_bytes: 7, sha256: "5f1e".into() };
    store.add_recording(note.id, &file, at(55)).expect("kept");
    // Left open on purpose: what still waits in the log must come along.
    let new = folder.path().join("new.stet");
    let salvaged = salvage(&path, &new, None).expect("saved");
    assert_eq!((salvaged.n_drafts, salvaged.n_revisions, salvaged.n_notes, salvaged.n_lost), (40, 80, 40, 0));
    assert_eq!(salvaged.warnings, [""; 0]);
    let copy = open(&new);
    for id in 1..=40 {
        let id = DraftId(id);
        assert_eq!(copy.open_draft(id).expect("read"), store.open_draft(id).expect("read"));
        assert_eq!(copy.list_revisions(id).expect("read"), store.list_revisions(id).expect("read"));
        assert_eq!(copy.list_comments(id).expect("read"), store.list_comments(id).expect("read"));
        assert_eq!(copy.list_proposals(id).expect("read"), store.list_proposals(id).expect("read"));
        assert_eq!(copy.list_events(id).expect("read"), store.list_events(id).expect("read"));
        assert_eq!(copy.list_judgements(id).expect("read"), store.list_judgements(id).expect("read"));
    }
    assert_eq!(copy.list_recordings(note.id).expect("read"), store.list_recordings(note.id).expect("read"));
    let original = copy.list_originals(DraftId(2)).expect("read").remove(0);
    assert_eq!(copy.get_original(original.id).expect("read").as_deref(), Some(&b"PK\xff\x00"[..]));
    assert_eq!(copy.list_notes().expect("read"), store.list_notes().expect("read"));
    assert_eq!(copy.setting("editor").expect("read").as_deref(), Some("SB"));
    assert_eq!(copy.search("\"piece 7\" ", 9).expect("found").len(), 1);
}

#[test]
fn salvage_finds_what_lies_on_pages_that_nothing_leads_to_any_more() {
    let folder = TempDir::new().expect("a folder");
    let path = desk(&folder);
    let store = Store::open(&path, Access::Read).expect("a desk");
    let revisions: Vec<_> = (1..=40).flat_map(|id| store.list_revisions(DraftId(id)).expect("a list")).collect();
    let notes = store.list_notes().expect("a list");
    drop(store);
    let raw = Connection::open(&path).expect("a file");
    for table in ["revisions", "notes"] {
        let sql = format!("SELECT rootpage FROM sqlite_schema WHERE name = '{table}'");
        let root: u32 = raw.query_row(&sql, [], |row| row.get(0)).expect("its root");
        overwrite(&path, root as usize - 1, 1);
    }
    drop(raw);
    let new = folder.path().join("new.stet");
    salvage(&path, &new, None).expect("salvaged");
    let store = Store::open(&new, Access::Read).expect("a desk");
    for revision in revisions {
        assert_eq!(store.open_revision(revision.id).expect("it came"), revision);
    }
    assert_eq!(store.list_notes().expect("a list"), notes, "each fits its seal, so its terms are as they were");
    assert_eq!(damage(&store), "");
}

#[test]
fn salvage_reads_rows_whose_column_has_another_name() {
    let folder = TempDir::new().expect("a folder");
    let path = desk(&folder);
    let raw = Connection::open(&path).expect("a file");
    raw.execute_batch(
        "PRAGMA writable_schema = ON;
         UPDATE sqlite_schema SET sql = replace(sql, 'said_at', 'sail_at') WHERE name = 'notes'",
    )
    .expect("harmed");
    raw.close().expect("closed");
    let salvaged = salvage(&path, &folder.path().join("new.stet"), None).expect("saved");
    assert_eq!((salvaged.n_notes, salvaged.n_lost), (40, 0), "{:?}", salvaged.warnings);
}

#[test]
fn salvage_mends_what_makes_no_sense_and_revives_a_lost_piece() {
    let folder = TempDir::new().expect("a folder");
    let path = desk(&folder);
    harm(
        &path,
        "DELETE FROM drafts WHERE id = 9;
         UPDATE drafts SET status = 'bogus', changed_at = 'x' WHERE id = 3;
         UPDATE notes SET terms = 'whatever', embargo = 'soon' WHERE id = 6;",
    );
    let new = folder.path().join("new.stet");
    let salvaged = salvage(&path, &new, None).expect("saved");
    let store = open(&new);
    assert_eq!(damage(&store), "");
    assert_eq!((salvaged.n_drafts, salvaged.n_revisions), (40, 80));
    let revived = store.open_draft(DraftId(9)).expect("there again");
    assert_eq!(revived.copy.body, "Later words of piece 9. ".repeat(200), "with the words of its last revision");
    let note = store.open_note(stet::note::NoteId(6)).expect("read").note;
    assert_eq!(note.terms, Terms::OffTheRecord, "terms nobody can read must not let words out");
    assert!(note.embargo.is_some_and(|embargo| embargo > at(1_000_000)), "nor may an embargo");
    let told = salvaged.warnings.join("\n");
    for words in ["The piece “piece 3”: its status", "Note 6: its terms", "Note 6: its embargo", "Piece 9 was lost"]
    {
        assert!(told.contains(words), "{words} is missing in {told}");
    }
}

#[test]
fn salvage_of_what_is_no_desk_makes_no_file() {
    let folder = TempDir::new().expect("a folder");
    let rubbish = folder.path().join("rubbish.stet");
    fs::write(&rubbish, [0xA5; 20_000]).expect("written");
    let new = folder.path().join("new.stet");
    assert_eq!(salvage(&rubbish, &new, None).expect_err("nothing in it").code, Code::Corrupt);
    let scrap = folder.path().join("scrap");
    fs::write(&scrap, "hello rubbish!").expect("written");
    assert_eq!(salvage(&scrap, &new, None).expect_err("too small for a page").code, Code::Corrupt);
    assert!(!new.exists(), "no file is left");
    assert_eq!(salvage(&folder.path().join("none"), &new, None).expect_err("no file").code, Code::BadInput);
    assert!(!new.exists());
    let path = desk(&folder);
    let error = salvage(&path, &rubbish, None).expect_err("there is a file");
    assert_eq!(error.code, Code::BadInput);
    assert_eq!(fs::read(&rubbish).expect("read"), [0xA5; 20_000], "it is left as it is");
    let names: Vec<_> = fs::read_dir(folder.path()).expect("a list").map(|one| one.expect("one").file_name()).collect();
    assert_eq!(names.iter().filter(|name| name.to_string_lossy().contains("part")).count(), 0, "{names:?}");
}

#[test]
fn a_backup_is_the_desk_of_one_moment_in_one_file() {
    let folder = TempDir::new().expect("a folder");
    let path = desk(&folder);
    let mut store = Store::open(&path, Access::Window).expect("a desk");
    let late = new_draft(&mut store, "late", "Still in the log.");
    let to = folder.path().join("copy.stet");
    let size_bytes = store.backup(&to).expect("copied");
    assert_eq!(fs::metadata(&to).expect("there").len(), size_bytes);
    let error = store.backup(&to).expect_err("there is a file");
    assert_eq!(error.code, Code::BadInput);
    let nowhere = store.backup(&folder.path().join("none/copy.stet")).expect_err("no folder");
    assert_eq!(nowhere.code, Code::BadInput);
    new_draft(&mut store, "later", "After the copy.");
    let elsewhere = folder.path().join("carried away.stet");
    fs::rename(&to, &elsewhere).expect("the one file is all there is");
    let copy = open(&elsewhere);
    assert_eq!(copy.open_draft(late.id).expect("read"), late);
    assert_eq!(copy.get_draft("later").expect("read"), None);
    assert_eq!(damage(&copy), "");
    assert_eq!(damage(&Store::open(&path, Access::Read).expect("a desk")), "");
}

#[test]
fn a_row_that_was_changed_and_is_still_text_is_told_by_name_and_time() {
    let folder = TempDir::new().expect("a folder");
    let path = desk(&folder);
    harm(
        &path,
        "UPDATE drafts SET body = replace(body, 'Later', 'Latex') WHERE id = 3;
         UPDATE notes SET is_confidential = 0, terms = 'on the record' WHERE id = 6;
         UPDATE events SET detail = 'kepu' WHERE id = (SELECT max(id) FROM events WHERE draft_id = 5);
         UPDATE settings SET value = 'SC';
         DELETE FROM events WHERE id = (SELECT min(id) FROM events WHERE draft_id = 8)",
    );
    let store = open(&path);
    let told = damage(&store);
    for words in [
        "“piece 3”, changed 2026-11-20T09:03:00.123456Z",
        "ines-eze-6”, changed 2026-11-20T09:06:00.123456Z",
        "event of piece “piece 5” at 2026-11-20T09:05:00.123456Z",
        "settings of the desk",
        "was kept and is not there",
    ] {
        assert!(told.contains(words), "{words} is missing in {told}");
    }
    assert_eq!(told.matches("“piece 3”, changed").count(), 1, "{told}");
    assert_eq!(store.open_draft(DraftId(3)).expect_err("not as if whole").code, Code::Corrupt);
    assert_eq!(store.open_note(stet::note::NoteId(6)).expect_err("not as if whole").code, Code::Corrupt);
    assert!(store.open_draft(DraftId(4)).is_ok(), "the others are as they were");
    let new = folder.path().join("new.stet");
    let salvaged = salvage(&path, &new, None).expect("saved");
    assert_eq!(salvaged.n_lost, 1, "the event that is gone");
    let note = open(&new).open_note(stet::note::NoteId(6)).expect("read").note;
    assert_eq!((note.terms, note.is_confidential), (Terms::OffTheRecord, true), "what a source asked is not guessed");
    assert!(salvaged.warnings.iter().any(|warning| warning.starts_with("The piece “piece 3” is not as it was kept")));
}

#[test]
fn what_a_harmed_note_says_is_in_a_list_marked_alone_and_what_it_said_before_is_refused() {
    let folder = TempDir::new().expect("a folder");
    let path = desk(&folder);
    let mut store = open(&path);
    let id = stet::note::NoteId(6);
    let kept = store.open_note(id).expect("read");
    let changed = Note { text: "We may sell it.".into(), ..kept.note };
    store.save_note(&changed, kept.draft_id, at(60)).expect("kept");
    drop(store);
    harm(
        &path,
        "UPDATE notes SET is_confidential = 0, terms = 'on the record', terms_words = '' WHERE id = 5;
         UPDATE past_notes SET text = replace(text, 'will', 'wile') WHERE note_id = 6",
    );
    let store = open(&path);
    for notes in [store.list_notes().expect("a list"), store.list_notes_since(-1).expect("a list")] {
        let note = &notes.iter().find(|kept| kept.note.id.0 == 5).expect("it is listed").note;
        assert_eq!((note.terms, note.is_confidential), (Terms::OffTheRecord, true), "nothing of it goes out");
        assert_eq!(note.terms_words, NOT_AS_KEPT, "and an editor sees why");
        assert!(notes.iter().filter(|kept| kept.note.terms_words == NOT_AS_KEPT).count() == 1, "no other is marked");
    }
    assert_eq!(store.list_past_notes(id).expect_err("not as it was kept").code, Code::Corrupt);
    assert_eq!(store.open_note(id).expect("what it says now is as it was kept").note.text, changed.text);
}

#[test]
fn a_list_of_slugs_that_is_damaged_names_no_piece_by_anothers_slug() {
    let folder = TempDir::new().expect("a folder");
    let path = desk(&folder);
    harm(
        &path,
        "CREATE TABLE others (slug TEXT COLLATE NOCASE);
         INSERT INTO others SELECT slug FROM drafts ORDER BY id DESC;
         CREATE UNIQUE INDEX other ON others (slug);
         PRAGMA writable_schema = ON;
         UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'other')
         WHERE name = 'sqlite_autoindex_drafts_1';
         DELETE FROM sqlite_schema WHERE name IN ('other', 'others')",
    );
    let store = Store::open(&path, Access::Read).expect("a desk");
    let draft = store.get_draft("Piece 3").expect("read").expect("its own row says its slug");
    assert_eq!(draft, store.open_draft(DraftId(3)).expect("read"));
    assert_eq!(store.get_draft("piece 99").expect("read"), None);
}

#[test]
fn salvage_says_what_it_drops_or_mends_of_settings_events_and_saves() {
    let folder = TempDir::new().expect("a folder");
    let path = desk(&folder);
    let mut store = Store::open(&path, Access::Window).expect("a desk");
    let draft = store.open_draft(DraftId(3)).expect("read");
    store.save_draft(&edit(&draft, "Typed."), draft.version, at(50)).expect("saved");
    for (sql, words) in [
        ("DELETE FROM settings", "Some settings may be lost"),
        ("UPDATE events SET kind = 'kepu' WHERE id = 9", "its kind made no sense and is now “created”"),
        ("DELETE FROM typing", "Some of what was typed last into “piece 3” was lost"),
        ("DELETE FROM typed_ends", "Some of what was typed last into “piece 3” was lost"),
    ] {
        let (harmed, new) = (folder.path().join("harmed.stet"), folder.path().join("new.stet"));
        fs::copy(&path, &harmed).expect("copied");
        fs::copy(path.with_extension("stet-wal"), harmed.with_extension("stet-wal")).expect("its log too");
        harm(&harmed, sql);
        let salvaged = salvage(&harmed, &new, None).expect("saved");
        let told = salvaged.warnings.join("\n");
        assert!(told.contains(words), "{sql}: {words} is missing in {told}");
        assert_eq!(damage(&Store::open(&new, Access::Read).expect("a desk")), "", "{sql}: what was saved is whole");
        for path in [new, harmed.with_extension("stet-wal"), harmed.with_extension("stet-shm"), harmed] {
            let _ = fs::remove_file(path);
        }
    }
}

#[test]
fn typed_saves_that_were_cut_off_are_told() {
    let folder = TempDir::new().expect("a folder");
    let path = desk(&folder);
    let mut store = Store::open(&path, Access::Window).expect("a desk");
    for n in 0..3 {
        let draft = store.open_draft(DraftId(3)).expect("read");
        store.save_draft(&edit(&draft, &format!("Typed {n}.")), draft.version, at(50 + n)).expect("saved");
    }
    harm(&path, "DELETE FROM typing WHERE version = (SELECT max(version) FROM typing)");
    let told = damage(&Store::open(&path, Access::Read).expect("a desk"));
    assert!(told.contains("typed into “piece 3” after 2026-11-20 09:51:00"), "{told}");
}

#[test]
fn what_another_program_changed_as_the_file_asks_is_no_damage() {
    let folder = TempDir::new().expect("a folder");
    let path = desk(&folder);
    let other = Connection::open(&path).expect("a file");
    other.execute("UPDATE drafts SET status = 'legal' WHERE id = 3", []).expect("changed");
    let mut store = open(&path);
    assert_eq!(damage(&store), "");
    store.set_setting("editor", "MK").expect("kept");
    assert_eq!(damage(&store), "", "and it is sealed with the next save");
}
