//! Files made to do harm, or harmed on the way: refused whole or read, and nothing else.

use super::{WHOLE, canonical, exported, package, word_file};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use std::io::{Cursor, Read, Write};
use std::time::{Duration, Instant};
use stet::desk::{Desk, File};
use stet::draft::Place;
use stet::error::Code;
use stet::import::{open_notes, open_piece};

fn refused(name: &str, bytes: &[u8]) -> String {
    let error = open_piece(name, bytes).expect_err("it is refused");
    assert_eq!(error.code, Code::BadInput);
    assert!(open_notes(name, bytes).is_err(), "and as a note too");
    error.message
}

/// A zip whose one part holds so many zeros.
fn bomb(name: &str, n_bytes: usize) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a name");
    zip.write_all(format!("<w:document>{}", " ".repeat(n_bytes)).as_bytes()).expect("memory takes it");
    zip.finish().expect("memory takes it").into_inner()
}

#[test]
fn a_bomb_is_refused_before_it_goes_off() {
    assert!(refused("bomb.docx", &bomb("word/document.xml", 30 << 20)).contains("unpacks to more"));
    let many: Vec<String> = (0..5_000).map(|n| format!("{n}")).collect();
    let mut parts: Vec<(&str, &str)> = many.iter().map(|name| (name.as_str(), "")).collect();
    parts.push(("word/document.xml", "<a/>"));
    assert!(refused("many.docx", &package(&parts)).contains("unpacks to more"));
    let deep = "<w:tbl><w:tr><w:tc>".repeat(2_000);
    assert!(refused("deep.docx", &word_file(&deep, &[])).contains("nothing of it was taken"));
    let wide = format!(
        "<w:tbl><w:tr>{}</w:tr></w:tbl>",
        "<w:tc><w:tcPr><w:gridSpan w:val=\"9999\"/></w:tcPr></w:tc>".repeat(20_000)
    );
    assert!(open_piece("wide.docx", &word_file(&wide, &[])).expect("read").0.copy.body.len() < 1 << 20);
}

#[test]
fn no_entity_is_resolved_and_no_name_of_a_part_leads_anywhere() {
    let xml = "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>\
        <w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>&b;&f;!</w:t></w:r></w:p></w:body></w:document>";
    let file = package(&[("../../word/document.xml", "<x/>"), ("word/document.xml", xml)]);
    let (piece, _) = open_piece("entities.docx", &file).expect("it is read");
    assert_eq!(piece.copy.body.replace('\\', ""), "&b;&f;!", "an entity stands as it is written");
}

#[test]
fn a_file_that_is_refused_brings_nothing_and_neither_do_those_beside_it() {
    let mut desk = Desk::open_in_memory().expect("a desk");
    let now = "2026-11-23T22:00:00Z".parse().expect("a time");
    let files = [
        File { name: "good.md".into(), bytes: b"# Hed\n\nBody.\n".to_vec() },
        File { name: "bad.docx".into(), bytes: b"PK\x03\x04 and no more".to_vec() },
    ];
    for error in [desk.import_drafts(&files, None, now).err(), desk.import_notes(&files, None, now).err()] {
        let message = error.expect("refused").message;
        assert!(message.starts_with("bad.docx: This file is damaged"), "{message}");
    }
    assert_eq!(desk.store().list_drafts(Place::Desk).expect("read"), []);
    assert_eq!(desk.store().list_notes().expect("read").len(), 0);
}

/// Each file changed in some places: bits turned, ends cut off, pieces repeated.
fn harmed(file: &[u8], changes: &[(u16, u8, u8)]) -> Vec<u8> {
    let mut harmed = file.to_vec();
    for (place, what, byte) in changes {
        let at = usize::from(*place) * harmed.len() / 65_536;
        match what % 8 {
            0 => harmed.truncate(at),
            1 => {
                let end = (at + usize::from(*byte)).min(harmed.len());
                let again = harmed[at..end].to_vec();
                harmed.splice(at..at, again);
            }
            2 => drop(harmed.drain(at..(at + usize::from(*byte)).min(harmed.len()))),
            _ if at < harmed.len() => harmed[at] ^= 1 << (byte % 8),
            _ => {}
        }
    }
    harmed
}

/// The parts of a package, unpacked, so that what is harmed is the XML and not its packing.
fn unpacked(file: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(file)).expect("a package");
    let n_parts = zip.len();
    let part = |n| {
        let mut part = zip.by_index(n).expect("a part");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("read");
        (part.name().expect("a name").into_owned(), bytes)
    };
    (0..n_parts).map(part).collect()
}

fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file(name.as_str(), options).expect("a name");
        zip.write_all(bytes).expect("memory takes it");
    }
    zip.finish().expect("memory takes it").into_inner()
}

/// Reads it as a piece and as notes: either is refused in a sentence, or gives text as Stet keeps it.
fn try_to_read(name: &str, bytes: &[u8]) -> Result<(), TestCaseError> {
    let began = Instant::now();
    if let Ok((piece, warnings)) = open_piece(name, bytes) {
        for part in piece.copy.parts() {
            prop_assert!(!part.contains(['\r', '\0']), "{part:?} is no text as Stet keeps it");
        }
        prop_assert!(warnings.iter().all(|warning| !warning.message.is_empty()));
    }
    if let Ok(notes) = open_notes(name, bytes) {
        prop_assert!(notes.iter().all(|(note, _)| !note.text.contains(['\r', '\0'])));
    }
    prop_assert!(began.elapsed() < Duration::from_secs(5), "no file of some kilobytes takes long");
    Ok(())
}

/// A short run, or for FUZZ_SECONDS on new files.
#[test]
fn any_harmed_file_is_refused_or_read() {
    let seconds: u64 =
        std::env::var("FUZZ_SECONDS").map_or(0, |seconds| seconds.parse().expect("FUZZ_SECONDS is a number"));
    let (began, mut n_files) = (Instant::now(), 0);
    while n_files == 0 || began.elapsed() < Duration::from_secs(seconds) {
        let rng_seed = if seconds == 0 { RngSeed::Fixed(7) } else { RngSeed::Random };
        let mut runner = TestRunner::new(Config { rng_seed, failure_persistence: None, ..Config::default() });
        let changes = prop::collection::vec(any::<(u16, u8, u8)>(), 1..6);
        let copy = canonical().new_tree(&mut runner).expect("a piece").current();
        for format in WHOLE {
            let file = exported(&copy, format);
            let name = format!("harmed{}", format.ending());
            for _ in 0..40 {
                let changes = changes.new_tree(&mut runner).expect("changes").current();
                let mut files = vec![harmed(&file, &changes)];
                if format.is_packed() {
                    let mut parts = unpacked(&file);
                    let n = usize::from(changes[0].0) % parts.len();
                    parts[n].1 = harmed(&parts[n].1, &changes);
                    files.push(packed(&parts));
                }
                for file in files {
                    n_files += 1;
                    let held = try_to_read(&name, &file);
                    assert!(held.is_ok(), "{held:?} {changes:?} of {}", copy.body);
                }
            }
        }
    }
    println!("{n_files} harmed files were refused or read");
}
