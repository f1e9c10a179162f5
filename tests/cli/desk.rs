//! The desk from the terminal.

use super::{SAMPLE, assert_refused, command, folder, json, stet};
use serde_json::{Value, json as literal};
use std::fs;
use std::path::Path;
use std::process::Command;
use stet::draft::{Copy, Draft};
use tempfile::TempDir;

/// A folder with a desk that holds the sample: the piece in three states, and its notes.
fn desk() -> TempDir {
    let dir = folder(&[]);
    let file = |name: &str| format!("{SAMPLE}/{name}");
    for (name, more) in [
        ("ferry-sale.1.md", &[][..]),
        ("ferry-sale.2.md", &["--into", "ferry-sale"]),
        ("ferry-sale.md", &["--into", "ferry-sale"]),
        ("notes", &["--notes", "--into", "ferry-sale"]),
    ] {
        let path = file(name);
        let args: Vec<&str> =
            ["import", &path, "--desk", "desk.sqlite"].into_iter().chain(more.iter().copied()).collect();
        let output = stet(dir.path(), &args, b"");
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }
    dir
}

fn on_desk(dir: &Path, args: &[&str]) -> std::process::Output {
    let args: Vec<&str> = args.iter().copied().chain(["--desk", "desk.sqlite"]).collect();
    stet(dir, &args, b"")
}

fn ask(dir: &Path, args: &[&str]) -> Value {
    let args: Vec<&str> = args.iter().copied().chain(["--json"]).collect();
    json(&on_desk(dir, &args))
}

#[test]
fn verify_tells_what_the_window_would_tell_of_a_whole_desk() {
    let dir = desk();
    let synced = dir.path().join("Dropbox");
    fs::create_dir(&synced).expect("made");
    fs::rename(dir.path().join("desk.sqlite"), synced.join("desk.sqlite")).expect("moved");
    let path = synced.join("desk.sqlite").display().to_string();
    let said = stet(dir.path(), &["verify", "--desk", &path], b"");
    let words = String::from_utf8(said.stdout).expect("text");
    assert_eq!(said.status.code(), Some(0), "the desk is whole: {words}");
    assert!(words.contains("whole") && words.contains("keeps in step with other machines (Dropbox)"), "{words}");
    let reply = json(&stet(dir.path(), &["verify", "--desk", &path, "--json"], b""));
    assert_eq!(reply["notices"].as_array().map(Vec::len), Some(1), "{reply}");
}

#[test]
fn a_piece_goes_through_the_desk_from_file_to_file() {
    let dir = desk();
    let dir = dir.path();
    let drafts = ask(dir, &["drafts"]);
    assert_eq!(drafts["drafts"][0]["slug"], "ferry-sale");
    assert_eq!(drafts["drafts"][0]["hed"], "Ferry line up for sale");

    let text = fs::read_to_string(format!("{SAMPLE}/ferry-sale.md")).expect("the sample is there");
    let body = text.splitn(3, "---\n").nth(2).expect("there is front matter").trim_end().to_owned();
    let shown = String::from_utf8(on_desk(dir, &["show", "ferry-sale"]).stdout).expect("text");
    assert_eq!(shown, body, "the body comes out byte for byte as it is kept");

    let log = ask(dir, &["log", "ferry-sale"]);
    let revisions = log["revisions"].as_array().expect("a list");
    let (last, first) = (&revisions[0]["id"], &revisions[revisions.len() - 1]["id"]);
    let compared = ask(dir, &["diff", &format!("ferry-sale@{first}"), "ferry-sale"]);
    assert_eq!(compared["parts"][0]["part"], "hed", "the hed changed too: {compared}");

    let (first, last) = (first.to_string(), last.to_string());
    assert_eq!(on_desk(dir, &["restore", "ferry-sale", &first]).status.code(), Some(0));
    let restored = on_desk(dir, &["show", "ferry-sale"]).stdout;
    assert_eq!(restored, on_desk(dir, &["show", "ferry-sale", "--revision", &first]).stdout);
    assert_ne!(restored, shown.as_bytes());
    on_desk(dir, &["restore", "ferry-sale", &last]);
    let again = String::from_utf8(on_desk(dir, &["show", "ferry-sale"]).stdout).expect("text");
    assert_eq!(again, body, "a restore is undone by another");

    assert_eq!(ask(dir, &["verify"])["damage"].as_array().map(Vec::len), Some(0));
    let backup = ask(dir, &["backup", "copy.sqlite"]);
    assert_eq!(backup["size_bytes"].as_u64(), fs::metadata(dir.join("copy.sqlite")).ok().map(|file| file.len()));
    let copied = stet(dir, &["show", "ferry-sale", "--desk", "copy.sqlite"], b"").stdout;
    assert_eq!(copied, body.as_bytes(), "a backup is a desk");
}

#[test]
fn the_gate_holds_a_piece_back_until_somebody_signs() {
    let dir = desk();
    let dir = dir.path();
    let export = ["export", "ferry-sale", "--as", "md", "-o", "out.md"];
    assert_refused(&on_desk(dir, &export), "TK");
    let with = |more: &[&'static str]| on_desk(dir, &[&export[..], more].concat());
    assert_refused(&with(&["--force"]), "--why");
    assert_refused(&with(&["--why", "agreed"]), "--force");
    assert_refused(&with(&["--force", "--why", "agreed"]), "--by");
    assert!(!dir.join("out.md").exists(), "what is refused writes nothing");
    assert_eq!(with(&["--force", "--why", "agreed", "--by", "SB"]).status.code(), Some(0));
    let again = with(&["--force", "--why", "agreed"]);
    assert_eq!(again.status.code(), Some(0), "who works here is known now, and --force replaces the file");

    // The law: what went out as Markdown comes back as the same piece.
    let back = ask(dir, &["import", "out.md"]);
    let slug = back["drafts"][0]["slug"].as_str().expect("a slug").to_owned();
    let (mut there, mut here) = (ask(dir, &["show", "ferry-sale"]), ask(dir, &["show", &slug]));
    for piece in [&mut there, &mut here] {
        piece.as_object_mut().expect("an object").remove("slug");
    }
    assert_eq!(here, there);
}

#[test]
fn a_file_is_not_replaced_unasked_and_a_missing_folder_is_refused() {
    let dir = folder(&[("plain.md", b"# Plain\n\nNothing was said.\n"), ("there.txt", b"kept")]);
    let dir = dir.path();
    on_desk(dir, &["import", "plain.md"]);
    assert_refused(&on_desk(dir, &["export", "plain", "--as", "txt", "-o", "there.txt"]), "already");
    assert_eq!(fs::read(dir.join("there.txt")).expect("it is there"), b"kept");
    assert_refused(&on_desk(dir, &["export", "plain", "--as", "txt", "-o", "gone/x.txt"]), "no folder");
    assert_refused(&on_desk(dir, &["export", "plain", "--as", "rtf", "-o", "x.rtf"]), "no format");
    assert_eq!(on_desk(dir, &["export", "plain", "--as", "txt", "-o", "x.txt"]).status.code(), Some(0));
}

#[test]
fn what_is_not_there_is_said() {
    let dir = folder(&[("plain.md", b"# Plain\n\nNothing was said.\n")]);
    let dir = dir.path();
    assert_refused(&on_desk(dir, &["drafts"]), "no desk file");
    assert!(!dir.join("desk.sqlite").exists(), "looking makes no desk");
    assert_refused(&stet(dir, &["import", "plain.md", "--desk", "gone/desk.sqlite"], b""), "no folder");
    on_desk(dir, &["import", "plain.md"]);
    assert_refused(&on_desk(dir, &["show", "gone"]), "no piece “gone”");
    assert_refused(&on_desk(dir, &["show", "plain", "--revision", "99"]), "no revision 99");
    assert_refused(&on_desk(dir, &["restore", "plain", "99"]), "no revision 99");
    assert_refused(&on_desk(dir, &["check", "plain.md"]), "--notes");
    assert_refused(&on_desk(dir, &["drafts", "--place", "attic"]), "attic");
    assert_refused(&on_desk(dir, &["import", "plain.md", "gone.md"]), "gone.md");
    assert_eq!(ask(dir, &["drafts"])["drafts"].as_array().map(Vec::len), Some(1), "all files come in or none");
}

#[test]
fn a_damaged_or_foreign_desk_is_refused_and_left_alone() {
    let dir = folder(&[("desk.sqlite", b"This is no desk."), ("plain.md", b"Words.\n")]);
    let dir = dir.path();
    for args in [&["drafts"][..], &["import", "plain.md"], &["verify"], &["backup", "copy.sqlite"]] {
        assert_refused(&on_desk(dir, args), "no desk file of Stet");
    }
    assert_eq!(fs::read(dir.join("desk.sqlite")).expect("it is there"), b"This is no desk.");
    assert!(!dir.join("copy.sqlite").exists());
}

/// Turns a letter of words that stand in the desk as they were typed.
fn turn_a_letter(path: &Path, words: &str) {
    let mut bytes = fs::read(path).expect("there");
    let at = bytes.windows(words.len()).position(|window| window == words.as_bytes()).expect("they stand there");
    bytes[at] ^= 1;
    fs::write(path, bytes).expect("written");
}

/// Every command that writes to the piece is refused, and leaves the file as it is.
fn assert_not_written(dir: &Path, refused: &[&[&str]], told: &str) {
    let before = fs::read(dir.join("desk.sqlite")).expect("there");
    for args in refused {
        assert_refused(&on_desk(dir, args), told);
        assert!(fs::read(dir.join("desk.sqlite")).expect("there") == before, "{args:?} left the file as it was");
    }
}

#[test]
fn nothing_is_written_to_a_piece_that_is_not_as_it_was_kept() {
    let dir = desk();
    let dir = dir.path();
    let body = String::from_utf8(on_desk(dir, &["show", "ferry-sale"]).stdout).expect("text");
    fs::write(dir.join("theirs.md"), body.replace("by the spring,”", "by the summer,”")).expect("written");
    fs::write(dir.join("other.md"), "# Other\n\nNobody spoke.\n").expect("written");
    assert_eq!(on_desk(dir, &["suggestions", "ferry-sale", "--from", "theirs.md"]).status.code(), Some(1));
    let first = ask(dir, &["log", "ferry-sale"])["revisions"][1]["id"].to_string();
    let writes: [&[&str]; 7] = [
        &["import", "theirs.md", "--into", "ferry-sale"],
        &["suggestions", "ferry-sale", "--from", "theirs.md"],
        &["accept", "ferry-sale", "1"],
        &["reject", "ferry-sale", "1"],
        &["restore", "ferry-sale", &first],
        &["route", "ferry-sale", "--status", "legal"],
        &["export", "ferry-sale", "--as", "txt", "-o", "out.txt", "--force", "--why", "w", "--by", "SB"],
    ];
    let whole = fs::read(dir.join("desk.sqlite")).expect("there");
    // A letter of the piece itself; then words of one of its revisions, and of what somebody made of it.
    turn_a_letter(&dir.join("desk.sqlite"), &body[..40]);
    assert_not_written(dir, &writes, "The desk file is damaged");
    let undone = |sql: &str| {
        fs::write(dir.join("desk.sqlite"), &whole).expect("written");
        let raw = rusqlite::Connection::open(dir.join("desk.sqlite")).expect("a file");
        raw.execute_batch(&format!("PRAGMA journal_mode = DELETE; DROP TRIGGER revisions_do_not_change; {sql}"))
            .expect("harmed");
        raw.execute_batch("PRAGMA journal_mode = WAL").expect("set");
    };
    undone("UPDATE revisions SET name = 'sent' WHERE id = (SELECT min(id) FROM revisions)");
    assert_not_written(dir, &writes, "The desk file is damaged");
    undone("UPDATE seals SET hash = zeroblob(32) WHERE kind = 'proposals'");
    assert_not_written(dir, &writes, "The desk file is damaged");
    // Damage elsewhere keeps no other piece from being written.
    assert_eq!(on_desk(dir, &["import", "other.md"]).status.code(), Some(0));
    assert_eq!(on_desk(dir, &["route", "other", "--status", "legal"]).status.code(), Some(0));
    assert!(!ask(dir, &["verify"])["damage"].as_array().expect("a list").is_empty(), "and it is told as before");
}

#[test]
fn nothing_is_written_to_a_desk_whose_pages_do_not_hang_together() {
    let dir = desk();
    let dir = dir.path();
    fs::write(dir.join("other.md"), "# Other\n\nNobody spoke.\n").expect("written");
    let path = dir.join("desk.sqlite");
    let raw = rusqlite::Connection::open(&path).expect("a file");
    let sql = "SELECT rootpage FROM sqlite_schema WHERE name = 'past_notes'";
    let page = raw.query_row(sql, [], |row| row.get::<_, u32>(0)).expect("its page") as usize;
    drop(raw);
    let mut bytes = fs::read(&path).expect("there");
    bytes[(page - 1) * 4096..page * 4096].fill(0xa5);
    fs::write(&path, bytes).expect("written");
    let writes: [&[&str]; 2] = [&["import", "other.md"], &["route", "ferry-sale", "--status", "legal"]];
    assert_not_written(dir, &writes, "The desk file is damaged");
    assert_eq!(on_desk(dir, &["show", "ferry-sale"]).status.code(), Some(0), "it can still be read");
}

#[test]
fn a_reason_is_given_once() {
    let dir = desk();
    let dir = dir.path();
    fs::create_dir(dir.join("out.md.stet-part")).expect("a folder in the way");
    let args = ["export", "ferry-sale", "--as", "md", "-o", "out.md", "--force", "--why", "w", "--by", "SB"];
    let output = on_desk(dir, &args);
    assert_refused(&output, "out.md could not be written");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(said.matches("os error").count(), 1, "{said}");
}

#[test]
fn an_import_that_is_stopped_brings_all_or_nothing() {
    let dir = folder(&[]);
    let dir = dir.path();
    let names: Vec<String> = (0..60).map(|n| format!("piece-{n}.md")).collect();
    for name in &names {
        fs::write(dir.join(name), format!("# {name}\n\n{}", "Eze said it was so.\n\n".repeat(200)))
            .expect("it is written");
    }
    let args: Vec<&str> =
        ["import", "--desk", "desk.sqlite"].into_iter().chain(names.iter().map(String::as_str)).collect();
    let mut n_kept = 0;
    for wait_ms in [0, 5, 15, 30, 60, 120] {
        let mut child = command(dir, &args).spawn().expect("stet starts");
        std::thread::sleep(std::time::Duration::from_millis(wait_ms));
        let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
        assert!(killed.is_ok(), "there is a kill");
        let status = child.wait().expect("stet ends");
        n_kept += if status.success() { names.len() } else { 0 };
        let drafts = on_desk(dir, &["drafts", "--json"]);
        let n_there = match drafts.status.code() {
            Some(0) => json(&drafts)["drafts"].as_array().map_or(0, Vec::len),
            _ => 0,
        };
        assert_eq!(n_there % names.len(), 0, "half an import lies on the desk");
        assert!(n_there >= n_kept, "an import that said it was done is there");
        n_kept = n_there;
    }
}

#[test]
fn each_sentence_says_which_revision_gave_it_its_words() {
    let dir = desk();
    let dir = dir.path();
    let log = ask(dir, &["log", "ferry-sale"]);
    let ids: Vec<i64> =
        log["revisions"].as_array().expect("a list").iter().map(|step| step["id"].as_i64().expect("an id")).collect();
    let body = String::from_utf8(on_desk(dir, &["show", "ferry-sale"]).stdout).expect("text");
    let blamed = ask(dir, &["blame", "ferry-sale"]);
    let sentences = blamed["sentences"].as_array().expect("a list");
    let mut end = 0;
    for sentence in sentences {
        let span = |n: usize| sentence["span"][n].as_u64().expect("a byte") as usize;
        assert_eq!(sentence["text"], body[span(0)..span(1)], "the span is the sentence");
        assert!(body[end..span(0)].trim().is_empty(), "only white space lies between");
        let id = sentence["revision"].as_i64().expect("all was imported");
        assert!(ids.contains(&id), "{id} is in the log");
        end = span(1);
    }
    let n_first = sentences.iter().filter(|sentence| sentence["revision"] == ids[ids.len() - 1]).count();
    assert!(0 < n_first && n_first < sentences.len(), "some are as first written, some are not: {blamed}");
    let page = String::from_utf8(on_desk(dir, &["blame", "ferry-sale"]).stdout).expect("text");
    assert!(page.contains("import") && page.contains(sentences[0]["text"].as_str().expect("text")), "{page}");
}

#[test]
fn comments_are_listed_with_the_words_they_stand_on() {
    let dir = desk();
    let dir = dir.path();
    assert_eq!(ask(dir, &["comments", "ferry-sale"])["threads"], serde_json::json!([]));
    let now = "2026-11-24T09:00:00Z".parse().expect("a time");
    let mut there = stet::desk::Desk::open(&dir.join("desk.sqlite"), stet::desk::Access::Visit).expect("a desk");
    let draft = there.store().get_draft("ferry-sale").expect("read").expect("there");
    let at = stet::span::Span::new(0, 3);
    there.add_comment(draft.id, &draft.copy.body, at, "Who says so?", now).expect("kept");
    drop(there);
    let output = on_desk(dir, &["comments", "ferry-sale"]);
    let page = String::from_utf8(output.stdout).expect("text");
    let words = at.of(&draft.copy.body);
    assert!(page.starts_with(&format!("“{words}”\n  somebody, ")) && page.contains(": Who says so?"), "{page}");
    assert_eq!(output.status.code(), Some(1), "one is open");
}

#[test]
fn comments_go_out_in_a_word_file_where_that_is_asked_and_there_alone() {
    let dir = desk();
    let dir = dir.path();
    let now = "2026-11-24T09:00:00Z".parse().expect("a time");
    let mut there = stet::desk::Desk::open(&dir.join("desk.sqlite"), stet::desk::Access::Visit).expect("a desk");
    let draft = there.store().get_draft("ferry-sale").expect("read").expect("there");
    let notes = there.store().list_notes().expect("read");
    let hidden = notes.iter().find(|kept| kept.note.is_confidential).expect("the sample has one").note.source.clone();
    let words = stet::span::Span::new(0, 3);
    there.add_comment(draft.id, &draft.copy.body, words, &format!("Ask {hidden} tonight."), now).expect("kept");
    drop(there);
    fs::write(dir.join("old.md"), "The ferry is for sale.\n").expect("written");
    let parts = |more: &[&str]| {
        let args = [&["diff", "old.md", "ferry-sale", "--docx", "out.docx", "--force"], more].concat();
        let output = on_desk(dir, &args);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let file = fs::File::open(dir.join("out.docx")).expect("it was written");
        let mut zip = zip::ZipArchive::new(file).expect("it is a zip");
        let mut words = String::new();
        for at in 0..zip.len() {
            let mut part = zip.by_index(at).expect("it is there");
            std::io::Read::read_to_string(&mut part, &mut words).expect("it is text");
        }
        words
    };
    assert!(!parts(&[]).contains("tonight"), "not unless it is asked");
    let sent = parts(&["--comments"]);
    assert!(sent.contains("Ask ▇▇▇ tonight."), "{sent}");
    // It comes back with what is said, once.
    for more in [&[][..], &["--into", "out"]] {
        let args = [&["import", "out.docx", "--desk", "other.sqlite"], more].concat();
        assert!(stet(dir, &args, b"").status.success());
        let back = json(&stet(dir, &["comments", "out", "--desk", "other.sqlite", "--json"], b""));
        let threads = back["threads"].as_array().expect("a list");
        assert_eq!(threads.len(), 1, "{back}");
        assert_eq!(threads[0]["words"], draft.copy.body[..3]);
        assert_eq!(threads[0]["said"][0]["text"], "Ask ▇▇▇ tonight.");
        assert_eq!(threads[0]["said"][0]["at"], "2026-11-24T09:00:00Z");
    }
    let output = on_desk(dir, &["diff", "ferry-sale", "old.md", "--docx", "out.docx", "--force", "--comments"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("old.md is a file: comments stand on a piece"), "{said}");
}

#[test]
fn no_comparison_names_whom_the_desk_must_not_name_unless_somebody_signs_for_it() {
    let dir = desk();
    let dir = dir.path();
    let now = "2026-11-24T09:00:00Z".parse().expect("a time");
    let mut there = stet::desk::Desk::open(&dir.join("desk.sqlite"), stet::desk::Access::Visit).expect("a desk");
    let draft = there.store().get_draft("ferry-sale").expect("read").expect("there");
    let notes = there.store().list_notes().expect("read");
    let hidden = notes.iter().find(|kept| kept.note.is_confidential).expect("the sample has one").note.source.clone();
    let named = Draft {
        copy: Copy { body: format!("{}\n\nOf 14 ferries {hidden} runs 12.\n", draft.copy.body), ..draft.copy },
        ..draft
    };
    let Draft { id, slug, copy, version, .. } = named;
    let edit = stet::store::DraftEdit { id, slug, target_words: None, copy };
    there.save_draft(&edit, version, now).expect("saved");
    drop(there);
    let body = edit.copy.body.replace("runs 12", "runs 11");
    fs::write(dir.join("old.md"), &body).expect("written");

    for (out, file) in [("--docx", "out.docx"), ("--html", "out.html")] {
        // Whichever side it stands on: what is struck out can be read too.
        for sides in [["old.md", "ferry-sale"], ["ferry-sale", "old.md"]] {
            let output = on_desk(dir, &[&["diff"], &sides[..], &[out, file]].concat());
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{said}");
            assert!(said.contains("name must never leave the desk") && said.contains("--why"), "{said}");
            assert!(!said.contains(&hidden) && !dir.join(file).exists(), "{said}");
        }
        let output =
            on_desk(dir, &["diff", "old.md", "ferry-sale", out, file, "--why", "she agreed by phone", "--by", "SB"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(dir.join(file).exists());
    }
    let there = stet::desk::Desk::open(&dir.join("desk.sqlite"), stet::desk::Access::Visit).expect("a desk");
    let kept = there.store().list_exports(id).expect("read");
    assert_eq!(kept.len(), 2, "each that went out is kept");
    for record in &kept {
        assert_eq!((&*record.format, &*record.by, &*record.why), ("changes", "SB", "she agreed by phone"));
        assert!(record.reasons.iter().all(|reason| reason.contains("name must never leave")), "{:?}", record.reasons);
        assert!(!record.reasons.is_empty());
    }
    // A notice is for the public.
    let notice = String::from_utf8(on_desk(dir, &["correction", "old.md", "ferry-sale"]).stdout).expect("text");
    assert!(notice.contains("12") && notice.contains("▇▇▇") && !notice.contains(&hidden), "{notice}");
}

#[test]
fn a_file_that_came_back_is_settled_change_by_change() {
    let dir = desk();
    let dir = dir.path();
    let body = String::from_utf8(on_desk(dir, &["show", "ferry-sale"]).stdout).expect("text");
    let theirs = body.replace("by the spring,”", "by the summer,”").replace("twelve engine", "eleven engine");
    fs::write(dir.join("theirs.md"), format!("{}\n\nNobody else spoke.\n", theirs.trim_end())).expect("written");
    let sent = on_desk(dir, &["diff", "ferry-sale", "theirs.md", "--docx", "back.docx", "--author", "Ines Eze"]);
    assert!(sent.status.success(), "{}", String::from_utf8_lossy(&sent.stderr));
    let none = on_desk(dir, &["suggestions", "ferry-sale"]);
    assert!(String::from_utf8_lossy(&none.stderr).contains("--from FILE"), "it says how one comes");
    let brought = on_desk(dir, &["suggestions", "ferry-sale", "--from", "back.docx"]);
    let page = String::from_utf8(brought.stdout).expect("text");
    assert_eq!(brought.status.code(), Some(1), "some are open: {page}");
    assert!(page.contains("back.docx came ") && page.contains(": 0 of 3 settled\n"), "{page}");
    assert!(page.contains("  Ines Eze  open\n      spring → summer\n"), "{page}");
    let accepted = on_desk(dir, &["accept", "ferry-sale", "--class", "quote"]);
    assert!(String::from_utf8_lossy(&accepted.stdout).contains(": 2 of 3 settled"), "those of the class are");
    assert!(on_desk(dir, &["reject", "ferry-sale", "--by", "Ines Eze"]).status.success(), "none is open any more");
    let fates: Vec<Value> = ask(dir, &["suggestions", "ferry-sale"])["suggestions"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|each| each["fate"].clone())
        .collect();
    assert_eq!(fates, ["accepted", "accepted", "rejected"], "what was settled before stays so");
    let show = || String::from_utf8(on_desk(dir, &["show", "ferry-sale"]).stdout).expect("text");
    assert_eq!(show(), theirs);
    on_desk(dir, &["reopen", "ferry-sale", "1"]);
    assert_eq!(show(), theirs.replace("by the summer,”", "by the spring,”"), "it is out again");
    let wrong = on_desk(dir, &["accept", "ferry-sale", "9"]);
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("There is no suggestion 9"));
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn a_passphrase_is_never_an_argument_and_every_command_asks_for_it() {
    let dir = desk();
    let dir = dir.path();
    fs::write(dir.join("old"), "five grey gulls at noon\n").expect("written");
    fs::write(dir.join("new"), "a heron before breakfast\n").expect("written");
    let say = |args: &[&str], files: &[(&str, &str)]| {
        let args: Vec<&str> = args.iter().copied().chain(["--desk", "desk.sqlite", "--json"]).collect();
        let mut command = command(dir, &args);
        command.envs(files.iter().map(|(variable, file)| (format!("STET_{variable}_FILE"), dir.join(file))));
        command.stdin(std::process::Stdio::null()).output().expect("stet runs")
    };
    let before = say(&["show", "ferry-sale"], &[]).stdout;
    assert_refused(&say(&["passphrase"], &[]), "nobody to ask");
    assert_eq!(json(&say(&["passphrase"], &[("NEW_PASSPHRASE", "old")]))["hasPassphrase"], true);
    assert_refused(&on_desk(dir, &["drafts"]), "run this in a terminal");
    assert_refused(&say(&["drafts"], &[("PASSPHRASE", "new")]), "not the passphrase");
    assert_refused(&say(&["drafts"], &[("PASSPHRASE", "none")]), "could not be read");
    let right = [("PASSPHRASE", "old")];
    assert_eq!(say(&["show", "ferry-sale"], &right).stdout, before);
    assert_eq!(json(&say(&["verify"], &right))["damage"], Value::Array(Vec::new()));
    assert_eq!(say(&["backup", "copy"], &right).status.code(), Some(0));
    assert_eq!(say(&["salvage", "copy", "-o", "salvaged"], &right).status.code(), Some(0));
    for file in ["desk.sqlite", "copy", "salvaged"] {
        let bytes = fs::read(dir.join(file)).expect("it is there");
        assert!(!bytes.windows(4).any(|window| window == b"Eze "), "{file} says nothing");
    }
    assert_eq!(say(&["passphrase"], &[right[0], ("NEW_PASSPHRASE", "new")]).status.code(), Some(0));
    assert_refused(&say(&["drafts"], &right), "not the passphrase");
    assert_eq!(json(&say(&["passphrase", "--off"], &[("PASSPHRASE", "new")]))["hasPassphrase"], false);
    assert_eq!(say(&["show", "ferry-sale"], &[]).stdout, before, "as it was");
}

#[test]
fn a_backup_is_listed_with_what_it_would_change_and_put_back() {
    let dir = desk();
    let dir = dir.path();
    fs::create_dir(dir.join("stick")).expect("a folder can be made");
    let backups = ask(dir, &["backups", "--second", "stick"]);
    let (made_at, path) = (&backups["backups"][0]["made_at"], &backups["backups"][0]["path"]);
    assert!(Path::new(path.as_str().expect("a path")).is_file());
    assert_eq!(fs::read_dir(dir.join("stick")).expect("a folder").count(), 1, "the second place has it too");
    fs::write(dir.join("new.md"), "# New\n\nIt is new.").expect("a file can be written");
    on_desk(dir, &["import", "new.md"]);
    let list = json(&stet(dir, &["restore-desk", "desk.sqlite", "--list", "--json"], b""));
    assert_eq!(list["backups"][0]["differs"]["on_desk_alone"][0], "new");
    let shown = String::from_utf8(stet(dir, &["restore-desk", "desk.sqlite", "--list"], b"").stdout).expect("text");
    assert!(shown.contains("new: on the desk alone"), "{shown}");
    assert_refused(&stet(dir, &["restore-desk", "desk.sqlite", "yesterday"], b""), "--list");
    let made_at = made_at.as_str().expect("a time");
    let restored = json(&stet(dir, &["restore-desk", "desk.sqlite", made_at, "--json"], b""));
    assert_eq!(ask(dir, &["drafts"])["drafts"].as_array().map(Vec::len), Some(1));
    let kept = restored["kept"].as_str().expect("the desk that was is kept");
    let kept = json(&stet(dir, &["drafts", "--desk", kept, "--json"], b""));
    assert_eq!(kept["drafts"].as_array().map(Vec::len), Some(2));
}

#[test]
fn pieces_are_routed_together_or_none_is() {
    let dir = folder(&[("one.md", b"# One\n\nNothing was said.\n"), ("two.md", b"# Two\n\nNor here.\n")]);
    let dir = dir.path();
    on_desk(dir, &["import", "one.md", "two.md"]);
    let due = ["--due", "2026-11-24T14:00:00Z"];
    assert_refused(&on_desk(dir, &["route", "one", "gone", "--status", "legal"]), "no piece “gone”");
    assert_refused(&on_desk(dir, &["route", "one", "--due", "soon"]), "“soon” is no time");
    assert_refused(&on_desk(dir, &["route", "one"]), "--status");
    assert_eq!(ask(dir, &["drafts"])["drafts"][0]["status"], "draft");
    let routed = ask(dir, &["route", "one", "two", "--status", "legal", "--words", "700", due[0], due[1]]);
    for draft in routed["drafts"].as_array().expect("a list") {
        assert_eq!((&draft["status"], &draft["deadline"]), (&literal!("legal"), &literal!("2026-11-24T14:00:00Z")));
    }
    ask(dir, &["route", "two", "--due", "none", "--place", "archive"]);
    let archived = ask(dir, &["drafts", "--place", "archive"]);
    assert_eq!((&archived["drafts"][0]["slug"], &archived["drafts"][0]["deadline"]), (&literal!("two"), &Value::Null));
    assert_eq!(archived["drafts"][0]["target_words"], 700, "what is not asked for stays");
}

#[test]
fn a_piece_is_put_in_the_bin_and_a_note_removed_for_good() {
    let dir = desk();
    let dir = dir.path();
    assert_eq!(on_desk(dir, &["remove", "ferry-sale"]).status.code(), Some(0));
    assert_eq!(ask(dir, &["drafts", "--place", "bin"])["drafts"][0]["slug"], "ferry-sale");
    assert_eq!(on_desk(dir, &["backups"]).status.code(), Some(0));
    let removed = ask(dir, &["remove", "ferry-sale", "--for-good"]);
    assert_eq!(removed["copies"], 1, "{removed}");
    let told = removed["left"].to_string();
    assert!(told.contains("copies made by hand"), "it says where copies may be left: {told}");
    assert_refused(&on_desk(dir, &["show", "ferry-sale"]), "no piece");
    assert_refused(&on_desk(dir, &["remove", "no such note", "--note", "--for-good"]), "no note");
    let note = fs::read_dir(format!("{SAMPLE}/notes")).expect("there").flatten().next().expect("a note");
    let name = note.file_name().to_string_lossy().into_owned();
    assert_eq!(ask(dir, &["remove", &name, "--note", "--for-good"])["for_good"], true);
    assert_refused(&on_desk(dir, &["remove", &name, "--note", "--for-good"]), "no note");
    assert_eq!(ask(dir, &["verify"])["damage"].as_array().map(Vec::len), Some(0));
}

#[test]
fn what_acts_on_a_terminal_is_written_out_in_a_report_and_kept_in_a_file() {
    let dir = folder(&[("story.md", "“We will \u{1b}[2Jsell it,” Ines Eze said.\n".as_bytes())]);
    let dir = dir.path();
    let report = String::from_utf8(stet(dir, &["quotes", "story.md"], b"").stdout).expect("text");
    assert!(report.contains("\\u{1b}[2Jsell") && !report.contains('\u{1b}'), "{report}");
    on_desk(dir, &["import", "story.md"]);
    let body = String::from_utf8(on_desk(dir, &["show", "story"]).stdout).expect("text");
    assert!(body.contains("\u{1b}[2Jsell"), "a file gets it byte for byte: {body:?}");
}
