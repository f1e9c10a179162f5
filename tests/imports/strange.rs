//! Files made to do harm, or harmed on the way: refused whole or read, and nothing else.

use super::patience::within_limit;
use super::{WHOLE, canonical, exported, package, word_file};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::time::{Duration, Instant};
use stet::desk::{Desk, File, look_at};
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
    let bomb = bomb("word/document.xml", 30 << 20);
    assert!(within_limit(&"bomb.docx", || refused("bomb.docx", &bomb)).contains("unpacks to more"));
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
fn a_file_is_kept_with_its_piece_and_plain_words_are_not() {
    let mut desk = Desk::open_in_memory().expect("a desk");
    let now = "2026-11-23T22:00:00Z".parse().expect("a time");
    let bytes = word_file("<w:p><w:r><w:t>One.</w:t></w:r></w:p>", &[]);
    let files = [
        File { name: "filed.docx".into(), bytes: bytes.clone() },
        File { name: "typed.md".into(), bytes: b"Two.\n".to_vec() },
    ];
    let ids = desk.import_drafts(&files, None, now).expect("read").draft_ids;
    let original = desk.store().list_originals(ids[0]).expect("read").remove(0);
    assert_eq!((original.name.as_str(), original.kept_at), ("filed.docx", now));
    assert_eq!(desk.store().get_original(original.id).expect("read"), Some(bytes));
    assert_eq!(desk.store().list_originals(ids[1]).expect("read"), []);
    let seen = look_at(&files[0]).expect("read");
    assert_eq!((seen.piece.slug.as_str(), seen.piece.copy.body.as_str()), ("filed", "One."));
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

pub fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
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
    if let Ok((piece, warnings)) = open_piece(name, bytes) {
        for part in piece.copy.parts() {
            prop_assert!(!part.contains(['\r', '\0']), "{part:?} is no text as Stet keeps it");
        }
        prop_assert!(warnings.iter().all(|warning| !warning.message.is_empty()));
    }
    if let Ok(notes) = open_notes(name, bytes) {
        prop_assert!(notes.iter().all(|(note, _)| !note.text.contains(['\r', '\0'])));
    }
    Ok(())
}

const MAIL: &str = "From: Ines Eze <ines@example.org>\r\nTo: sb@example.org\r\nSubject: =?utf-8?q?Caf=C3=A9?=\r\n\
    Date: Tue, 10 Nov 2026 16:20:00 +0100\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\
    Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nWe may sell it =E2=80=94 or not.\r\n\r\n\
    On Mon, Nov 9, 2026 at 9:01 AM Sam Boyd <sb@example.org> wrote:\r\n> Will you?\r\n> > Who?\r\n--b\r\nContent-Type: text/html\r\n\r\n\
    <p>We may sell it</p>\r\n--b--\r\n";

/// A PDF of one page in a font it does not bring along, which draws this in the middle of the page.
fn pdf(drawing: &str) -> String {
    let drawing = format!("BT /F1 12 Tf 72 700 Td {drawing} ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>".to_owned(),
        format!("<</Length {}>>stream\n{drawing}\nendstream", drawing.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = String::new();
    for (number, object) in (1..).zip(objects) {
        places += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{number} 0 obj{object}endobj\n");
    }
    let at = file.len();
    file + &format!("xref\n0 6\n0000000000 65535 f \n{places}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n")
}

#[test]
fn a_pdf_of_strangers_is_a_note_of_its_words() {
    let lines = "(MAYOR EZE: We may sell it, and we will not wait for the board of har-) Tj 0 -14 Td (bours.) Tj \
                 0 -14 Td [(MR BO) -20 (YD:) -300 (When?)] TJ";
    let notes = open_notes("inquiry.PDF", pdf(lines).as_bytes()).expect("read");
    let (note, warnings) = &notes[0];
    assert_eq!(
        note.text,
        "MAYOR EZE: We may sell it, and we will not wait for the board of harbours.\n\nMR BOYD: When?\n"
    );
    assert_eq!((note.kind.as_str(), notes.len(), warnings.len()), ("document", 1, 1), "{warnings:?}");
    let error = |bytes: &[u8]| open_notes("a.pdf", bytes).expect_err("refused");
    assert!(error(pdf("").as_bytes()).message.starts_with("There are no words in this PDF"));
    assert!(error(b"%PDF-1.4 and no more").message.starts_with("This file is damaged"));
    let deep = pdf("q ").replace("q ", &"q ".repeat(200_000));
    assert_eq!(error(deep.as_bytes()).code, Code::BadInput);
}

#[test]
fn a_pdf_that_unpacks_to_more_than_any_is_refused_before_it_is_opened() {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    (0..300).for_each(|_| packer.write_all(&vec![b' '; 1 << 20]).expect("memory takes it"));
    let packed = packer.finish().expect("memory takes it");
    let mut file = b"%PDF-1.4\n4 0 obj<</Filter/FlateDecode>>stream\r\n".to_vec();
    file.extend(packed);
    let error = open_notes("bomb.pdf", &file).expect_err("refused");
    assert!(error.message.contains("unpacks to more"), "{}", error.message);
}

/// Files Stet does not write itself.
fn strangers() -> Vec<(&'static str, Vec<u8>)> {
    let rtf = r#"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Georgia;}}{\stylesheet{\s2 heading 2;}}\pard\s2 Part\par\pard One {\b two} caf\'e9 \u8220?q\u8221?.\par
        {\listtext 1.\tab}\ls1 a\par{\listtext 2.\tab}b\par\pard{\field{\*\fldinst{HYPERLINK "https://example.org/"}}{\fldrslt{linked}}}{\footnote Note.}\par
        \trowd\intbl A\cell B\cell\row\pard End.\par}"#;
    let page = "<html><body><article><h1>Hed</h1><p>One <b>two</b> <a href='https://example.org/'>three</a><ul><li>a<ul><li>b</ul></ul>\
        <table><tr><td colspan=3>x<td>y</table><pre>code</pre></article></body></html>";
    let speech =
        r#"{"segments":[{"start":0.5,"text":"We may","speaker":"SPEAKER_00"},{"start":2.0,"text":" sell it."}]}"#;
    let captions = "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\n<v Eze>We may\nsell it.\n\n2\n00:01:01.000 --> 00:01:02.000\nROE: {\\an8}No.\n";
    let files = [
        ("a.rtf", rtf.to_owned()),
        ("a.html", page.to_owned()),
        ("a.eml", MAIL.to_owned()),
        ("a.mbox", format!("From a@b\r\n{MAIL}\r\nFrom c@d\r\n{MAIL}")),
        ("a.mht", MAIL.replace("multipart/alternative", "multipart/related")),
        ("a.json", speech.to_owned()),
        ("a.vtt", captions.to_owned()),
        ("a.pdf", pdf("(We may ) Tj (sell it.) Tj")),
    ];
    files.into_iter().map(|(name, words)| (name, words.into_bytes())).collect()
}

#[test]
fn pages_made_to_be_slow_are_refused_or_read_at_once() {
    for page in [
        "<div>".repeat(200_000),
        "<b>".repeat(200_000),
        format!("<p {}>", "a=b c".repeat(50_000)),
        "<table><td>".repeat(20_000),
        "<ul><li>".repeat(400),
        "<blockquote>".repeat(400),
        "<a href='https://example.org/'>x".repeat(5_000),
        format!("{}{}", (0..500).map(|n| format!("<b id={n}>")).collect::<String>(), "<p>x".repeat(20_000)),
    ] {
        let opened = within_limit(&&page[..60], || open_piece("slow.html", page.as_bytes()));
        if let Ok((piece, _)) = opened {
            assert!(piece.copy.body.len() < 8 << 20);
        }
    }
    let rtf = format!(r"{{\rtf1 {}}}", r"{\b x}\par\cell\row".repeat(20_000));
    assert!(within_limit(&"slow.rtf", || open_piece("slow.rtf", rtf.as_bytes())).is_ok());
    let quoted = (0..200).map(|n| format!("{} on a day, Ines Eze wrote:\n", ">".repeat(n))).collect::<String>();
    let deep = format!("From: a@b\n\n{quoted}");
    let notes = within_limit(&"deep.eml", || open_notes("deep.eml", deep.as_bytes()));
    assert!(notes.expect("read").len() <= 14);
}

/// So many harmed files of each format a long run reads, however short it is.
const N_MUTATIONS: usize = 2_000;

/// A short run; or with FUZZ_SECONDS for so long, and until each format was read often enough, on new files. A long run
/// prints how many of each there were, and which took longest.
#[test]
fn any_harmed_file_is_refused_or_read() {
    let seconds: u64 =
        std::env::var("FUZZ_SECONDS").map_or(0, |seconds| seconds.parse().expect("FUZZ_SECONDS is a number"));
    let began = Instant::now();
    let mut tried: BTreeMap<&str, (usize, Duration)> = BTreeMap::new();
    let is_short = |tried: &BTreeMap<&str, (usize, Duration)>| tried.values().any(|(n, _)| *n < N_MUTATIONS);
    while tried.is_empty() || seconds > 0 && (began.elapsed() < Duration::from_secs(seconds) || is_short(&tried)) {
        let rng_seed = if seconds == 0 { RngSeed::Fixed(7) } else { RngSeed::Random };
        let mut runner = TestRunner::new(Config { rng_seed, failure_persistence: None, ..Config::default() });
        let changes = prop::collection::vec(any::<(u16, u8, u8)>(), 1..6);
        let copy = canonical().new_tree(&mut runner).expect("a piece").current();
        let written = WHOLE.map(|format| (format.ending(), exported(&copy, format), format.is_packed()));
        let strange = strangers().into_iter().map(|(name, file)| (name, file, false));
        for (name, file, is_packed) in written.into_iter().chain(strange) {
            assert!(try_to_read(name, &file).is_ok());
            for _ in 0..40 {
                let changes = changes.new_tree(&mut runner).expect("changes").current();
                let mut files = vec![harmed(&file, &changes)];
                if is_packed {
                    let mut parts = unpacked(&file);
                    let n = usize::from(changes[0].0) % parts.len();
                    parts[n].1 = harmed(&parts[n].1, &changes);
                    files.push(packed(&parts));
                }
                for file in files {
                    let began = Instant::now();
                    let held = within_limit(&(name, &changes, &copy.body), || try_to_read(name, &file));
                    let (n, longest) = tried.entry(name).or_default();
                    (*n, *longest) = (*n + 1, began.elapsed().max(*longest));
                    assert!(held.is_ok(), "{held:?} {changes:?} of {}", copy.body);
                }
            }
        }
    }
    for (name, (n, longest)) in tried {
        println!("{name:8} {n:>6} harmed files refused or read, the longest in {} ms", longest.as_millis());
    }
}
