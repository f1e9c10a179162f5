//! The recording of a note: attached where it lies, read as long as it is the one that was attached.

use crate::room::{Room, file, text};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;

/// A desk with a note that has timecodes, and a recording of somewhat over 2 MiB beside it.
fn recorded() -> (Room, Value, PathBuf, Vec<u8>) {
    let mut room = Room::new();
    let words = "---\nsource: Ines Eze\n---\n[00:00:10] Wé may sell it.\n[00:02:00] By the spring.\n";
    let files = json!([file("eze.md", words)]);
    let came = room.call("import_notes", json!({ "files": files, "draftId": null }));
    let note = room.call("open_note", json!({ "id": came["noteIds"][0] }));
    let path = room.folder.path().join("eze call.mp3");
    let bytes: Vec<u8> =
        b"ID3\x04".iter().copied().chain((0..(2 << 20) + 5).map(|n: u32| n.to_le_bytes()[1])).collect();
    fs::write(&path, &bytes).expect("written");
    (room, note["id"].clone(), path, bytes)
}

fn attach(room: &mut Room, id: &Value, path: &PathBuf) -> Value {
    let file = room.call("look_at_recording", json!({ "path": path }));
    room.call("attach_recording", json!({ "id": id, "file": file }))
}

#[test]
fn a_recording_is_attached_and_comes_back_in_pieces_byte_for_byte() {
    let (mut room, id, path, bytes) = recorded();
    let note = attach(&mut room, &id, &path);
    assert_eq!(note["timecodes"], json!([{ "at": [0, 10], "ms": 10_000 }, { "at": [27, 37], "ms": 120_000 }]));
    assert_eq!(
        (&note["recording"]["name"], &note["recording"]["sizeBytes"]),
        (&json!("eze call.mp3"), &json!(bytes.len()))
    );
    let folder = room.folder.path().display().to_string();
    assert!(!note.to_string().contains(&folder), "where it lies is not told");
    let mut room = room.reopened();
    let recording_id = room.call("open_note", json!({ "id": id }))["recording"]["id"].clone();
    assert_eq!(room.call("check_recording", json!({ "recordingId": recording_id })), "audio/mpeg");
    let mut came = Vec::new();
    loop {
        let args = json!({ "recordingId": recording_id, "startByte": came.len() });
        let piece = STANDARD.decode(text(&room.call("read_recording", args))).expect("base64");
        assert!(piece.len() <= 1 << 20, "no more than 1 MiB at once");
        if piece.is_empty() {
            break;
        }
        came.extend(piece);
    }
    assert!(came == bytes, "byte for byte");
}

#[test]
fn a_recording_that_is_gone_or_another_one_is_told_and_never_read() {
    let (mut room, id, path, mut bytes) = recorded();
    let recording_id = attach(&mut room, &id, &path)["recording"]["id"].clone();
    let check = json!({ "recordingId": recording_id });
    let read = json!({ "recordingId": recording_id, "startByte": 0 });
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&path, &bytes).expect("written");
    assert_eq!(room.refused("check_recording", check.clone()).code, "conflict", "one bit is another recording");
    bytes.push(0);
    fs::write(&path, &bytes).expect("written");
    assert_eq!(room.refused("read_recording", read.clone()).code, "conflict");
    fs::remove_file(&path).expect("removed");
    let gone = room.refused("check_recording", check);
    assert_eq!((gone.code.as_str(), gone.message.contains("eze")), ("io", false), "{}", gone.message);
    assert_eq!(room.refused("read_recording", read).code, "io");
}

#[test]
fn what_is_no_recording_is_not_attached() {
    let (mut room, _, path, _) = recorded();
    fs::write(&path, "ID. Not a recording, whatever it is called.").expect("written");
    let folder = room.folder.path().to_owned();
    for (path, why) in [
        (path.display().to_string(), "is no recording"),
        (folder.display().to_string(), "no file there"),
        (folder.join("missing.mp3").display().to_string(), "no file there"),
        ("eze.mp3".to_owned(), "has to be whole"),
    ] {
        let refusal = room.refused("look_at_recording", json!({ "path": path }));
        assert_eq!(refusal.code, "badInput");
        assert!(refusal.message.contains(why), "{path}: {}", refusal.message);
    }
}

#[test]
fn what_the_page_says_of_a_file_has_no_other_read() {
    let (mut room, id, path, _) = recorded();
    let words = "What nobody is to hear.";
    fs::write(&path, words).expect("written");
    let file = json!({ "path": path, "sizeBytes": words.len(), "sha256": "5f1e" });
    let recording_id = room.call("attach_recording", json!({ "id": id, "file": file }))["recording"]["id"].clone();
    let refusal = room.refused("read_recording", json!({ "recordingId": recording_id, "startByte": 0 }));
    assert_eq!(refusal.code, "conflict");
    assert_eq!(room.refused("check_recording", json!({ "recordingId": recording_id })).code, "conflict");
}

#[test]
fn a_recording_is_taken_off_and_back_and_goes_with_its_note() {
    let (mut room, id, path, _) = recorded();
    let recording_id = attach(&mut room, &id, &path)["recording"]["id"].clone();
    let bin = |is_in_bin| json!({ "recordingId": recording_id, "isInBin": is_in_bin });
    assert_eq!(room.call("bin_recording", bin(true))["recording"], Value::Null);
    assert_eq!(room.call("bin_recording", bin(false))["recording"]["id"], recording_id);
    room.call("remove_note", json!({ "id": id }));
    assert_eq!(room.refused("check_recording", json!({ "recordingId": recording_id })).code, "notFound");
    assert!(path.is_file(), "its file is the editor’s");
}
