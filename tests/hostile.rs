//! Text that was written to do harm: through every door, into every page, and as arguments of every command.

mod markup;
mod patience;
mod room;

#[path = "hostile/attacks.rs"]
mod attacks;
#[path = "hostile/calls.rs"]
mod calls;

use attacks::attacks;
use calls::Caller;
use markup::{assert_well_formed, tags};
use patience::within_limit;
use room::{Room, file};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use stet::desk::{PartChanges, compare_parts};
use stet::draft::Copy;
use stet::export::{Marked, MarkedThread, Said};
use stet::wire;

/// Every tag that a page of Stet's may hold, and every attribute.
const TAGS: &str = "html head meta title style body a article aside b blockquote br code del div em h1 h2 h3 h4 h5 h6 \
                    header hr ins li main mark ol p pre s section span strong sub sup table tbody td th thead tr ul";
const ATTRIBUTES: &str = "lang charset http-equiv content name href start style class dir id";

/// Fails unless the page holds only what Stet draws with, and leads only to the web.
fn assert_harmless(page: &str, attack: &str) {
    let (head, body) = page.split_once("<body>").expect("it has a body");
    assert!(head.contains("default-src 'none'"), "the page forbids itself scripts: {head}");
    for tag in body.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default()) {
        let tag = tag.trim_start_matches('/');
        let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(TAGS.split(' ').any(|known| known == name), "{attack:?} made <{tag}>");
        while let Some((attribute, after)) = rest.trim_start().split_once("=\"") {
            let (value, after) = after.split_once('"').expect("an attribute is closed");
            assert!(ATTRIBUTES.split(' ').any(|known| known == attribute), "{attack:?} made {attribute} in <{tag}>");
            let leads_out =
                ["https://", "http://", "mailto:", "tel:", "#"].iter().any(|start| value.starts_with(start));
            assert!(attribute != "href" || leads_out, "{attack:?} made a link to {value}");
            assert!(attribute != "style" || value.starts_with("text-align"), "{attack:?} made a rule {value}");
            rest = after;
        }
    }
}

/// The same for a Word file: its parts are well formed, and what it leads to is the web.
fn assert_packed(bytes: &[u8], attack: &str) {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("it is a zip");
    for at in 0..zip.len() {
        let mut xml = String::new();
        zip.by_index(at).expect("a part").read_to_string(&mut xml).expect("it is text");
        assert_leads_to_the_web(&xml, attack);
    }
}

/// Well-formed, and every link leads to the web or to a part of the same package.
fn assert_leads_to_the_web(xml: &str, attack: &str) {
    assert_well_formed(xml);
    for tag in tags(xml) {
        for link in ["Target=\"", "href=\""] {
            let Some(target) = tag.split(link).nth(1).and_then(|rest| rest.split('"').next()) else { continue };
            let is_part = !target.contains(':') && !target.starts_with(['/', '\\']);
            let is_public = ["https://", "http://", "mailto:", "tel:"].iter().any(|start| target.starts_with(start));
            assert!(is_part || is_public, "{attack:?} made the file lead to {target}");
        }
    }
}

fn copy_of(attack: &str) -> Copy {
    let line = attack.replace('\n', " ");
    let body = format!("One.\n\n{attack}\n\n“{line}” Ines Eze said.\n\n- {attack}\n\n| a |\n|---|\n| {line} |");
    Copy { hed: line.clone(), dek: line.clone(), byline: line.clone(), dateline: line, body }
}

#[test]
fn a_hundred_attacks_of_fifteen_kinds_are_words_in_every_page_that_goes_out() {
    let all = attacks();
    let mut kinds: Vec<&str> = all.iter().map(|attack| attack.kind.as_str()).collect();
    kinds.dedup();
    assert!(all.len() >= 100 && kinds.len() >= 15, "{} attacks of {} kinds", all.len(), kinds.len());
    let mut room = Room::new();
    room.call("set_editor", json!({ "editor": "SB" }));
    for attack in all {
        let attack = attack.text;
        let copy = copy_of(&attack);
        let note = format!("---\nsource: Ines Eze\nwhere: {0}\nkind: {0}\n---\n{1}\n", copy.hed, attack);
        room.call("import_notes", json!({ "files": [file("n.md", &note)], "draftId": null }));
        let text = format!("# {}\n\n{}\n", copy.hed, copy.body);
        let brought = room.call("import_drafts", json!({ "files": [file("a.md", &text)], "intoId": null }));
        let id = brought["draftIds"][0].as_i64().expect("an id");
        let mut edit = room.call("open_draft", json!({ "id": id }));
        let fields = edit.as_object_mut().expect("a piece");
        for unsaved in ["status", "place", "changedAt"] {
            fields.remove(unsaved);
        }
        for (name, words) in
            [("hed", &copy.hed), ("dek", &copy.dek), ("byline", &copy.byline), ("dateline", &copy.dateline)]
        {
            fields.insert(name.into(), words.as_str().into());
        }
        room.call("save_draft", json!({ "edit": edit }));
        for format in ["md", "html", "txt", "docx", "proof", "odt", "epub", "pdf", "ninjs", "ninjs2", "nitf"] {
            let shown = room.ask("preview", json!({ "id": id, "format": format }));
            // A letter that no font of a PDF has is named, and nothing goes out.
            if let Err(refusal) = &shown
                && format == "pdf"
            {
                assert!(refusal.message.contains("have no shape for"), "{}", refusal.message);
                continue;
            }
            let shown = shown.expect("it is shown");
            if shown["isPage"] == true {
                assert_harmless_inside(&shown, &attack, format);
            }
            let path = room.folder.path().join(format!("{id}.{format}"));
            let order = json!({ "draftId": id, "format": format, "path": path, "why": "a test", "isOverwrite": false });
            room.call("export", json!({ "order": order }));
            let bytes = std::fs::read(&path).expect("it went out");
            match format {
                "html" | "proof" => assert_harmless(&String::from_utf8(bytes).expect("it is text"), &attack),
                "docx" | "odt" | "epub" => assert_packed(&bytes, &attack),
                "nitf" => assert_leads_to_the_web(&String::from_utf8(bytes).expect("it is text"), &attack),
                _ => {}
            }
        }
        let parts = compare_parts(&copy_of("before"), &copy);
        let marked = Marked {
            old_title: &attack,
            new_title: &attack,
            author: &attack,
            at: room.now,
            parts: parts.iter().map(PartChanges::marked).collect(),
            threads: vec![MarkedThread {
                words: attack.clone(),
                at: None,
                is_resolved: false,
                said: vec![Said { by: attack.clone(), at: room.now, text: attack.clone() }],
            }],
        };
        assert_harmless(&marked.html(), &attack);
        assert_packed(&marked.docx(), &attack);
    }
}

/// What the page is given to draw is a page of Stet's too.
fn assert_harmless_inside(shown: &Value, attack: &str, format: &str) {
    let page = shown["content"].as_str().expect("a page");
    if format != "docx" {
        assert_harmless(page, attack);
    }
}

#[test]
fn any_arguments_are_answered_or_refused_in_a_sentence() {
    let mut room = Room::new();
    let seed = std::env::var("PROPTEST_RNG_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| u64::from(std::process::id()));
    eprintln!("PROPTEST_RNG_SEED={seed}");
    let mut caller = Caller::new(room.folder.path(), seed);
    // What is written to a path that is not whole comes to lie here.
    let here = tempfile::tempdir().expect("a folder");
    std::env::set_current_dir(here.path()).expect("it is there");
    let first = room.piece("ferry", "“We may sell it,” Ines Eze said.");
    assert_eq!(first, 1, "some calls name a piece that is there");
    let n_calls = std::env::var("FUZZ_CALLS").ok().and_then(|n| n.parse().ok()).unwrap_or(4_000);
    let (mut n_answered, mut n_refused) = (0, 0);
    for _ in 0..n_calls {
        let (name, args) = caller.next();
        let call = AssertUnwindSafe(|| stet::wire::call(&mut room.desk, room.now, &name, args.clone()));
        let said = within_limit(&(&name, &args), || catch_unwind(call));
        match said.unwrap_or_else(|_| panic!("{name} fell over {args}")) {
            Ok(_) => n_answered += 1,
            Err(refusal) => {
                n_refused += 1;
                // *None of the pieces* is a word of English.
                let words = refusal.message.replace("None of", "No");
                assert!(words.len() > 12 && words.ends_with(['.', '!', '?', '”']), "{name} {args}: {words}");
                for remnant in
                    ["Error", "invalid type", "missing field", "unknown field", "Some(", "None", "SQL", "panicked"]
                {
                    assert!(!words.contains(remnant), "{name} {args}: {words}");
                }
            }
        }
    }
    assert!(n_answered > n_calls / 20 && n_refused > n_calls / 20, "{n_answered} answered, {n_refused} refused");
    assert_eq!(room.desk.store().verify().expect("it can be read"), [], "the desk is whole");
    assert_eq!(here.path().read_dir().expect("a list").count(), 0, "nothing was written where Stet was started");
    std::env::set_current_dir(env!("CARGO_MANIFEST_DIR")).expect("it is there");
}

#[test]
fn a_path_that_is_not_whole_is_refused_and_so_are_arguments_without_names() {
    let mut room = Room::new();
    let id = room.piece("ferry", "Words.");
    for path in [r"[press](\\hostile.example\share)", "desk-copy", "./desk-copy", "../desk-copy", "~/desk-copy", "."] {
        let order = json!({ "draftId": id, "format": "md", "path": path, "why": "a test", "isOverwrite": true });
        for (name, args) in [
            ("backup", json!({ "path": path })),
            ("set_backup_folder", json!({ "folder": path })),
            ("export", json!({ "order": order })),
        ] {
            let refusal = room.refused(name, args);
            assert!(refusal.message.contains("has to be whole"), "{name} {path}: {}", refusal.message);
        }
    }
    let whole = room.folder.path().join("copy.stet");
    let refusal = room.refused("backup", json!([whole]));
    assert_eq!(refusal.code, "badInput", "{}", refusal.message);
    assert!(!whole.exists(), "a list of arguments is none");
    room.call("backup", json!({ "path": whole }));
    assert!(whole.exists(), "a whole path is taken");
}

/// A page that names a place no dialog led to is refused, whichever call it tries.
#[test]
fn in_a_window_only_dialogs_lead_to_a_place() {
    let room = Room::new();
    let (desk_path, folder) = (room.desk.store().path().to_owned(), room.folder);
    drop(room.desk);
    let now = room.now;
    let open = || {
        let mut keeper = wire::Keeper::open(&desk_path, now, None);
        keeper.name_only_what_is_chosen();
        keeper
    };
    let ask = |keeper: &mut wire::Keeper, name: &str, args: Value| keeper.begin(now, name, args).finish();
    let mut keeper = open();
    let id = &ask(&mut keeper, "new_draft", json!({})).expect("a piece")["id"];
    let edit = json!({ "id": id, "version": 1, "slug": "tides", "targetWords": null, "hed": "", "dek": "", "byline": "",
        "dateline": "", "body": "High water at six." });
    let calls = |path: &Path| {
        let order = json!({ "draftId": id, "format": "md", "path": path, "why": "", "isOverwrite": true });
        let side = json!({ "revisionId": null, "isNow": true, "file": null });
        let changes = json!({ "draftId": id, "old": side, "new": side, "path": path, "isPage": true, "hasComments": false,
            "why": "", "isOverwrite": true });
        [
            ("backup", json!({ "path": path })),
            ("set_backup_folder", json!({ "folder": path })),
            ("save_elsewhere", json!({ "edit": edit, "path": path })),
            ("write_style", json!({ "path": path })),
            ("write_changes", json!({ "order": changes })),
            ("export", json!({ "order": order })),
        ]
    };
    let (here, there) = (folder.path().join("here"), folder.path().join("there"));
    let names_path = |line: &&str| {
        ["path: string", "folder: string", "Order }", "file: SoundFile"].iter().any(|path| line.contains(path))
    };
    let (_, commands) = include_str!("../ui/wire.ts").split_once("type Commands").expect("the table of commands");
    let named: BTreeSet<&str> = commands
        .lines()
        .filter(|line| line.contains("args:"))
        .filter(names_path)
        .filter_map(|line| line.trim().split(':').next())
        .collect();
    let reads = |path: &Path| {
        let file = json!({ "path": path, "sizeBytes": 3, "sha256": "5f1e" });
        [("look_at_recording", json!({ "path": path })), ("attach_recording", json!({ "id": 1, "file": file }))]
    };
    let tried = calls(&here).iter().map(|(name, _)| *name).chain(reads(&here).map(|(name, _)| name)).collect();
    assert_eq!(named, tried, "each command that names a path is tried");

    keeper.choose_to_write(&here);
    for (name, args) in reads(&here) {
        assert_eq!(
            ask(&mut keeper, name, args).expect_err(name).code,
            "unchosen",
            "{name}: it was chosen to be written"
        );
    }
    keeper.choose_to_read(&there);
    for (name, args) in reads(&there) {
        let code = ask(&mut keeper, name, args).err().map(|refusal| refusal.code);
        assert_ne!(code.as_deref(), Some("unchosen"), "{name} may read where a dialog led");
    }
    for (name, args) in calls(&there) {
        let refusal = ask(&mut keeper, name, args).expect_err(name);
        assert_eq!(refusal.code, "unchosen", "{name}: {}", refusal.message);
        assert!(!there.exists(), "{name} wrote nothing");
    }
    for (name, args) in calls(&here) {
        let code = ask(&mut keeper, name, args).err().map(|refusal| refusal.code);
        assert_ne!(code.as_deref(), Some("unchosen"), "{name} may write where a dialog led");
    }
    assert!(here.exists());

    // Where a piece went is known the next day too, and what no dialog led to stays so when a desk is locked and opened.
    drop(keeper);
    let mut keeper = open();
    let export = |path: &Path| calls(path)[5].1.clone();
    ask(&mut keeper, "export", export(&here)).expect("it went there before");
    ask(&mut keeper, "set_passphrase", json!({ "old": "", "new": "five grey gulls at noon" })).expect("set");
    ask(&mut keeper, "lock", json!({})).expect("locked");
    ask(&mut keeper, "unlock", json!({ "passphrase": "five grey gulls at noon" })).expect("unlocked");
    assert_eq!(ask(&mut keeper, "export", export(&there)).expect_err("it is another place").code, "unchosen");
}

#[test]
fn the_window_lets_its_page_reach_the_core_and_nothing_else() {
    let text = include_str!("../tauri.conf.json");
    let security = &serde_json::from_str::<Value>(text).expect("it is JSON")["app"]["security"];
    let policy = security["csp"].as_str().expect("a policy");
    let rules: Vec<(&str, &str)> =
        policy.split(';').filter_map(|rule| rule.trim().split_once(' ')).map(|(of, from)| (of, from.trim())).collect();
    assert_eq!(rules.first(), Some(&("default-src", "'none'")));
    assert!(!policy.contains("unsafe-") && !policy.contains('*'), "{policy}");
    for (of, from) in rules {
        let mut allowed = from.split(' ');
        // Pictures that stand in the page itself, recordings it was given by the core, and the door to it.
        let is_own = |from: &str| ["'none'", "'self'"].contains(&from);
        let is_known = |from: &str| match of {
            "img-src" => from == "data:",
            "media-src" => from == "blob:",
            "connect-src" => ["ipc:", "http://ipc.localhost"].contains(&from),
            _ => false,
        };
        assert!(allowed.all(|from| is_own(from) || is_known(from)), "{of} {from}");
    }
    for capability in security["capabilities"].as_array().expect("a list") {
        assert_eq!(capability["permissions"], json!([]), "nothing of the shell’s own is open to the page");
    }
}

#[test]
fn the_page_can_call_the_table_and_nothing_else() {
    let mut room = Room::new();
    for name in
        ["", "answer_one", "desk ", "Desk", "__proto__", "constructor", "store", "../desk", "desk\0", "fetch", "eval"]
    {
        let refusal = room.refused(name, json!({}));
        assert_eq!(refusal.code, "badInput", "{name}: {}", refusal.message);
    }
}
