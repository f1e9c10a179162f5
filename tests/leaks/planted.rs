//! A desk with a random word in every private place it has.

use crate::room::Room;
use serde_json::json;
use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The slug of the piece that goes out.
pub const PIECE: &str = "harbour-line";

/// The desk, what is planted in it, and the user's machine around it.
pub struct Desk {
    folder: TempDir,
    pub path: PathBuf,
    /// Each word in small letters, and where it was planted.
    pub tokens: Vec<(String, &'static str)>,
    /// The user's name, home and folders, as a program sees them.
    pub surroundings: Vec<(&'static str, String)>,
    /// The revision that was sent out.
    pub sent_id: i64,
}

/// Makes words nobody has written before, and remembers where they were put.
struct Planter {
    seed: RefCell<u64>,
    tokens: RefCell<Vec<(String, &'static str)>>,
}

impl Planter {
    /// The same words in each run of a seed: `PROPTEST_RNG_SEED`, as for all random tests.
    fn new() -> Planter {
        let seed = std::env::var("PROPTEST_RNG_SEED").ok().and_then(|seed| seed.parse().ok());
        let seed = seed.unwrap_or_else(|| u64::from(std::process::id()));
        eprintln!("PROPTEST_RNG_SEED={seed}");
        Planter { seed: RefCell::new(seed ^ 0x9e37_79b9_7f4a_7c15), tokens: RefCell::default() }
    }

    fn next(&self, below: u64) -> usize {
        let mut seed = self.seed.borrow_mut();
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((*seed >> 33) % below).expect("it is small")
    }

    /// A word such as *Qavutirolex*.
    fn plant(&self, place: &'static str) -> String {
        let mut word = String::from(["Qa", "Xo", "Zu", "Vy", "Kwi"][self.next(5)]);
        for _ in 0..5 {
            word.push(char::from(b"bdfgklmnprtvz"[self.next(13)]));
            word.push(char::from(b"aeiou"[self.next(5)]));
        }
        word.push('x');
        self.tokens.borrow_mut().push((word.to_lowercase(), place));
        word
    }
}

/// How a note is private.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Confidential,
    OffRecord,
    /// On the record, but for one passage.
    Barred,
    Embargoed,
    Open,
}

const KINDS: [Kind; 5] = [Kind::Confidential, Kind::OffRecord, Kind::Barred, Kind::Embargoed, Kind::Open];

/// What differs from one note to the next, so that each quote finds its own.
const THINGS: [&str; 5] =
    ["the ticket office", "the north breakwater", "the fuel depot", "the pilot cutters", "the winter timetable"];

impl Desk {
    pub fn planted() -> Desk {
        let planter = Planter::new();
        let folder = TempDir::new().expect("a folder");
        let home = folder.path().join(planter.plant("folder of the desk"));
        fs::create_dir_all(home.join("out")).expect("a folder");
        let surroundings = vec![
            ("HOME", home.display().to_string()),
            ("USER", planter.plant("user name")),
            ("LOGNAME", planter.plant("user name")),
            ("HOSTNAME", planter.plant("machine")),
            ("XDG_DATA_HOME", home.join("data").display().to_string()),
            ("XDG_STATE_HOME", home.join("state").display().to_string()),
            ("TMPDIR", folder.path().join("tmp").display().to_string()),
        ];
        fs::create_dir(folder.path().join("tmp")).expect("a folder");
        let path = home.join("desk.sqlite");
        let mut room = Room::at(&path);
        let sent_id = fill(&mut room, &planter);
        drop(room);
        broken_file(&home.join("out"), &planter);
        Desk { folder, path, tokens: planter.tokens.into_inner(), surroundings, sent_id }
    }

    /// Where the user works and files go out to.
    pub fn out(&self) -> PathBuf {
        self.path.with_file_name("out")
    }

    /// What the wire says to calls that do not fit, with private words in them.
    pub fn refusals(&self) -> Vec<String> {
        let mut room = Room::at(&self.path);
        let words = &self.tokens.iter().map(|(token, _)| token.as_str()).collect::<Vec<_>>().join(" ");
        let calls = [
            ("open_draft", json!({ "id": words })),
            ("save_note", json!({ "edit": { "text": [words], "source": 3 } })),
            ("save_draft", json!({ "edit": words })),
            ("import_notes", json!({ "files": [{ "name": "a.md", "bytes": words, "x": words }], "draftId": null })),
            ("check_draft", json!({ "id": 1, "body": { "words": words } })),
            ("set_cq", json!({ "id": 1, "body": words, "key": "none", "reason": words, "by": words })),
        ];
        calls.into_iter().map(|(name, args)| room.refused(name, args).message).collect()
    }

    /// Every file there is now but the desk's own and those that are known.
    pub fn left_behind(&self, known: &[&str]) -> Vec<(PathBuf, Vec<u8>)> {
        let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut files = Vec::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("it is there") {
                let path = entry.expect("it is there").path();
                let is_desk = path.parent() == self.path.parent() && path.to_string_lossy().contains("/desk.sqlite");
                match path.is_dir() {
                    true => folders.push(path),
                    false if is_desk || known.contains(&name(&path).as_str()) => {}
                    false => files.push((path.clone(), fs::read(&path).expect("it is there"))),
                }
            }
        }
        files
    }
}

/// A file that is neither a sound note nor a sound piece, to be warned about.
fn broken_file(folder: &Path, planter: &Planter) {
    let p = |place| planter.plant(place);
    let text = format!(
        "---\nsource: {}\nterms: only {}\nconfidential: ask {}\nembargo: when {}\n{}: {}\n---\n{}\n",
        p("source of a file"),
        p("terms of a file"),
        p("confidentiality of a file"),
        p("embargo of a file"),
        p("key of a file"),
        p("value of a file"),
        p("words of a file")
    );
    fs::write(folder.join("broken.md"), text).expect("it is written");
}

/// Fills the desk; the id of the revision that was sent.
fn fill(room: &mut Room, planter: &Planter) -> i64 {
    let p = |place| planter.plant(place);
    let mut body = String::from("<!-- ");
    body += &format!("{} -->\n\nThey met at the harbour line on Monday<!-- {} -->.\n\n", p("comment"), p("comment"));
    let mut n_notes = 0;
    for thing in THINGS {
        for kind in KINDS {
            body += &add_note(room, planter, kind, thing, n_notes);
            n_notes += 1;
        }
    }
    let speaker = p("comment");
    body += &format!(
        "<!-- “We will never sell it,” {speaker} Doe said. -->\n\n“It is late,” he <!-- {} --> said.",
        p("comment")
    );
    let id = room.piece(PIECE, &format!("The harbour line opens. {}", p("old revision")));
    room.call("name_revision", json!({ "id": id, "name": p("name of a revision") }));
    room.save(id, PIECE, "They met at the harbour line on Sunday.");
    let sent = room.call("name_revision", json!({ "id": id, "name": "sent to legal" }));
    for _ in 0..8 {
        room.wait(60);
        room.save(id, PIECE, &format!("Another {} harbour line. {}", p("old revision"), p("old revision")));
        room.call("settle", json!({ "id": id }));
    }
    room.wait(60);
    room.save(id, PIECE, &body);
    room.call("set_editor", json!({ "editor": p("who comments") }));
    for at in [[0, 4], [6, 20]] {
        let args = json!({ "id": id, "body": body, "at": at, "text": format!("{} {}", p("comment of an editor"), p("comment of an editor")) });
        let threads = room.call("add_comment", args);
        let first = threads[0]["id"].clone();
        room.call("reply", json!({ "commentId": first, "body": body, "text": p("reply to a comment") }));
        room.call("resolve_comment", json!({ "commentId": first, "body": body, "isResolved": true }));
    }
    let gone =
        json!({ "id": id, "body": p("words a comment stood on"), "at": [0, 9], "text": p("comment of an editor") });
    room.call("add_comment", gone);
    let back = format!("They met at the {} harbour line on Sunday.\n", p("words of a returned file"));
    let back = crate::room::file(&format!("{}.md", p("name of a returned file")), &back);
    let back = json!({ "id": id, "file": back, "baseId": null, "by": p("who changed a returned file") });
    room.call("bring_back", back);
    for _ in 0..4 {
        let gone = room.piece(&p("slug of a deleted piece"), &format!("{} {}", p("deleted piece"), p("deleted piece")));
        room.call("route_drafts", json!({ "orders": [{ "id": gone, "slug": "", "place": "bin" }] }));
    }
    room.call("set_editor", json!({ "editor": p("editor") }));
    // Every second quote is cq, and the reason says who was asked.
    let checked = room.call("check_draft", json!({ "id": id, "body": body }));
    let keys: Vec<String> = crate::room::texts(&checked["quotes"], "key");
    let name = confidential_name(planter);
    for key in keys.iter().step_by(2) {
        let reason = format!("{name} read it back");
        room.call("set_cq", json!({ "id": id, "body": body, "key": key, "reason": reason, "by": "SB" }));
    }
    sent["id"].as_i64().expect("an id")
}

/// The last of the planted names of confidential sources.
fn confidential_name(planter: &Planter) -> String {
    let tokens = planter.tokens.borrow();
    let mut names = tokens.iter().rev().filter(|(_, place)| *place == "surname of a confidential source");
    let (name, _) = names.next().expect("there is one");
    name[..1].to_uppercase() + &name[1..]
}

/// A name that hides: behind what nobody sees, or behind marks of Markdown.
fn hidden(head: &str, tail: &str, nth: usize) -> String {
    let (first, rest) = head.split_at(1);
    match nth {
        0 => format!("{head}\u{200b}{tail}"),
        1 => format!("{head}**{tail}**"),
        2 => format!("[{head}](https://example.com){tail}"),
        3 => format!("&#{};{rest}{tail}", u32::from(first.as_bytes()[0])),
        _ => format!("{head}<b>{tail}</b>"),
    }
}

/// Adds a note with private words in all its places; the graf of the piece that quotes it.
fn add_note(room: &mut Room, planter: &Planter, kind: Kind, thing: &str, nth: usize) -> String {
    let p = |place| planter.plant(place);
    let whose = ["harbour", "council", "ferry", "company", "ministry"][nth % 5];
    let said = format!("The {whose} may sell {thing} by the spring");
    let quoted = format!("The {whose} will sell {thing} by the spring");
    let mut front = json!({
        "id": null, "name": format!("{}.md", p("file name of a note")), "kind": "call", "place": "telephone",
        "source": "Ines Eze", "saidAt": "2026-11-10", "terms": "on the record", "termsWords": "", "embargo": null,
        "isConfidential": false, "aliases": [], "draftId": null
    });
    let around = format!("{} came first. {{}} {} came last.", p("note text"), p("note text"));
    let (speaker, words) = match kind {
        Kind::Confidential => {
            let surname = p("surname of a confidential source");
            front["source"] = format!("{} {surname}", p("first name of a confidential source")).into();
            front["aliases"] = json!([p("alias"), p("alias")]);
            front["place"] = p("where").into();
            front["terms"] = "background".into();
            front["isConfidential"] = true.into();
            let (head, tail) = surname.split_at(4);
            (
                "an official".to_owned(),
                format!(
                    "The {whose} may, {surname} and {} say, sell {thing} by the spring.",
                    hidden(head, tail, nth / KINDS.len())
                ),
            )
        }
        Kind::OffRecord | Kind::Embargoed => {
            front["source"] = format!("Ines {}", p("source")).into();
            front["place"] = p("where").into();
            front["aliases"] = json!([p("alias")]);
            match kind {
                Kind::OffRecord => front["terms"] = "off the record".into(),
                _ => front["embargo"] = "2999-01-01T09:00:00Z".into(),
            }
            (
                "an official".to_owned(),
                format!("The {whose} may {} sell {thing} by the {} spring.", p("quoted passage"), p("quoted passage")),
            )
        }
        Kind::Barred => (
            "Ines Eze".to_owned(),
            format!("Off the record: the {whose} may {} sell {thing} by the spring.", p("barred passage")),
        ),
        Kind::Open => {
            front["aliases"] = json!([p("alias")]);
            ("Ines Eze".to_owned(), format!("{said}."))
        }
    };
    front["text"] = around.replace("{}", &words).into();
    let note = room.call("save_note", json!({ "edit": front }));
    let path = format!("/{}/{}.mp3", p("folder of a recording"), p("file name of a recording"));
    let file = json!({ "path": path, "sizeBytes": 7, "sha256": "5f1e" });
    room.call("attach_recording", json!({ "id": note["id"], "file": file }));
    format!("“{quoted},” {speaker} said.\n\n")
}
