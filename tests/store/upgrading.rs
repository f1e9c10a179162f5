//! Every state a desk file was ever in, brought to today's.

use super::at;
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};
use stet::draft::{DraftId, Status};
use stet::note::Terms;
use stet::revision::Cause;
use stet::store::{Access, JudgementKind, LATEST, Store};
use tempfile::TempDir;

fn frozen(version: i64, part: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas").join(format!("{version}.{part}.sql"))
}

/// What a desk file is made of, as SQL that makes it again; the tables FTS5 makes for itself left out.
fn schema(path: &Path) -> String {
    stet::store::keep_locks();
    let connection = Connection::open(path).expect("a file");
    let sql = "SELECT sql || ';' FROM sqlite_schema
               WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name NOT GLOB 'found_*_*'
               ORDER BY rowid";
    let mut statement = connection.prepare(sql).expect("a query");
    let lines: Vec<String> =
        statement.query_map([], |row| row.get(0)).and_then(|rows| rows.collect()).expect("the schema");
    let (application_id, version): (i64, i64) = connection
        .query_row("SELECT * FROM pragma_application_id, pragma_user_version", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("the header");
    let header = format!("PRAGMA application_id = {application_id};\nPRAGMA user_version = {version};\n");
    lines.join("\n") + "\n" + &header
}

fn new_schema(folder: &TempDir) -> String {
    let path = folder.path().join("new.stet");
    drop(Store::open(&path, Access::Window).expect("a desk"));
    schema(&path)
}

#[test]
fn todays_schema_is_frozen() {
    let folder = TempDir::new().expect("a folder");
    let path = frozen(LATEST, "schema");
    let today = new_schema(&folder);
    if std::env::var_os("UPDATE_EXPECT").is_some() && !path.exists() {
        fs::write(&path, &today).expect("written");
    }
    let kept = fs::read_to_string(&path).expect("a new version freezes its schema: UPDATE_EXPECT=1");
    assert_eq!(today, kept, "a released step is never edited: add another");
}

#[test]
fn every_old_desk_becomes_one_of_today_with_its_words() {
    for version in 1..=LATEST {
        let folder = TempDir::new().expect("a folder");
        let path = folder.path().join("old.stet");
        stet::store::keep_locks();
        let old = Connection::open(&path).expect("a file");
        for part in ["schema", "rows"] {
            old.execute_batch(&fs::read_to_string(frozen(version, part)).expect("frozen")).expect("made");
        }
        old.close().expect("closed");
        let store = Store::open(&path, Access::Visit).expect("it is brought up to date");
        assert_eq!(store.verify().expect("read"), []);
        let draft = store.open_draft(DraftId(7)).expect("there");
        assert_eq!((draft.slug.as_str(), draft.status, draft.version), ("harbour", Status::Legal, 4));
        assert_eq!((draft.copy.body.as_str(), draft.changed_at), ("We may sell the Café.\n", at(3)));
        let revision = store.last_revision(draft.id).expect("read").expect("there");
        assert_eq!((revision.cause, revision.name.as_deref()), (Cause::Named, Some("sent to legal")));
        let note = store.list_notes().expect("a list").remove(0);
        assert_eq!((note.note.terms, note.note.aliases.len()), (Terms::OffTheRecord, 2));
        let judgement = store.list_judgements(draft.id).expect("a list").remove(0);
        assert_eq!((judgement.kind, judgement.notes[0].fingerprint.as_str()), (JudgementKind::Cq, "5f1e"));
        assert_eq!(store.setting("editor").expect("read").as_deref(), Some("SB"));
        assert_eq!(store.search("cafe ", 9).expect("found").len(), 1);
        drop(store);
        let kept = folder.path().join(format!("old.stet.version-{version}"));
        assert_eq!(kept.exists(), version < LATEST, "a copy is kept before anything is changed");
        if kept.exists() {
            let frozen = fs::read_to_string(frozen(version, "schema")).expect("frozen");
            assert_eq!(schema(&kept), frozen, "as the Stet that wrote it knows it");
        }
        assert_eq!(schema(&path), new_schema(&folder), "an old file and a new one are the same from version {version}");
    }
}

#[test]
fn an_upgrade_that_cannot_be_finished_leaves_the_old_desk_whole() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("old.stet");
    stet::store::keep_locks();
    let old = Connection::open(&path).expect("a file");
    for part in ["schema", "rows"] {
        old.execute_batch(&fs::read_to_string(frozen(2, part)).expect("frozen")).expect("made");
    }
    let sql = "INSERT INTO revisions (draft_id, saved_at, cause, hed, dek, byline, dateline, body)
               VALUES (7, '2026-11-20T09:04:00.000000Z', 'pause', '', '', '', '', CAST(x'ff41' AS TEXT))";
    old.execute_batch(sql).expect("harmed");
    old.close().expect("closed");
    let before = schema(&path);
    for n in ["", "-2"] {
        assert!(Store::open(&path, Access::Window).is_err(), "a revision that is no text cannot be carried over");
        assert_eq!(schema(&path), before, "all steps or none");
        assert!(folder.path().join(format!("old.stet.version-2{n}")).exists(), "no copy is written over");
    }
}

#[test]
fn a_desk_whose_upgrade_was_cut_off_on_its_way_to_the_disk_is_as_it_was() {
    let folder = TempDir::new().expect("a folder");
    let (path, cut) = (folder.path().join("old.stet"), folder.path().join("cut.stet"));
    stet::store::keep_locks();
    let old = Connection::open(&path).expect("a file");
    for part in ["schema", "rows"] {
        old.execute_batch(&fs::read_to_string(frozen(LATEST - 1, part)).expect("frozen")).expect("made");
    }
    // So much that it does not wait in memory.
    let write = "PRAGMA cache_size = 1; BEGIN; UPDATE drafts SET body = hex(zeroblob(90000)); UPDATE notes SET text = hex(zeroblob(90000))";
    old.execute_batch(write).expect("written");
    let beside = |path: &Path| PathBuf::from(format!("{}-journal", path.display()));
    fs::copy(&path, &cut).expect("copied");
    fs::copy(beside(&path), beside(&cut)).expect("what takes it back lies beside it");
    for access in [Access::Read, Access::Window] {
        match Store::open(&cut, access) {
            Ok(store) => {
                assert_eq!(store.open_draft(DraftId(7)).expect("there").copy.body, "We may sell the Café.\n");
                assert_eq!(store.verify().expect("read"), []);
            }
            Err(error) => assert!(access == Access::Read && error.message.contains("older Stet"), "{error}"),
        }
    }
}
