//! Bytes as a reader, a browser or a program may come to read them.

use crate::pdf;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::io::{Cursor, Read};
use stet::draft::without_invisibles;

/// All that the bytes say, in small letters: as they are, unpacked, and decoded in every usual way.
pub fn forms(bytes: &[u8]) -> Vec<String> {
    let mut forms = Vec::new();
    for part in unpacked(bytes) {
        for text in texts(&part) {
            let decoded = [percent(&text), entities(&text), escapes(&text)];
            let bare = decoded.iter().chain([&text]).map(|text| without_tags(text)).collect::<Vec<_>>();
            let inner = base64_runs(&text);
            let unmarked = bare.iter().map(|text| without_marks(text)).collect::<Vec<_>>();
            forms.extend(decoded.into_iter().chain(bare).chain(unmarked).chain(inner).chain([text]));
        }
    }
    forms.iter().map(|form| without_invisibles(form).0.to_lowercase()).collect()
}

/// The bytes, and what is packed in them: of a zip its parts, their names too, of a PDF its words and its streams.
fn unpacked(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut parts = vec![bytes.to_vec()];
    if bytes.starts_with(b"%PDF") {
        let words = pdf::words(bytes);
        parts.extend([words.replace('\n', " ").into_bytes(), words.into_bytes()]);
        parts.extend(pdf::streams(bytes));
    }
    let Ok(mut zip) = zip::ZipArchive::new(Cursor::new(bytes)) else { return parts };
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).expect("the part is there");
        let mut bytes = part.name().expect("the name is text").into_owned().into_bytes();
        bytes.push(b'\n');
        part.read_to_end(&mut bytes).expect("it unpacks");
        parts.push(bytes);
    }
    parts
}

fn texts(bytes: &[u8]) -> Vec<String> {
    let wide = |skip: usize, read: fn([u8; 2]) -> u16| {
        let units: Vec<u16> =
            bytes[skip.min(bytes.len())..].chunks_exact(2).map(|pair| read([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    vec![
        String::from_utf8_lossy(bytes).into_owned(),
        wide(0, u16::from_le_bytes),
        wide(1, u16::from_le_bytes),
        wide(0, u16::from_be_bytes),
        wide(1, u16::from_be_bytes),
    ]
}

fn percent(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let Some((&first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        match code.filter(|_| first == b'%') {
            Some(byte) => (bytes.push(byte), rest = &after[2..]).1,
            None => (bytes.push(first), rest = after).1,
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn entities(text: &str) -> String {
    let mut parts = text.split("&#");
    let mut decoded = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, after) = part.split_once(';').unwrap_or((part, ""));
        let code = match code.strip_prefix(['x', 'X']) {
            Some(code) => u32::from_str_radix(code, 16).ok(),
            None => code.parse().ok(),
        };
        match code.and_then(char::from_u32) {
            Some(c) => decoded.extend([c.to_string().as_str(), after]),
            None => decoded.extend(["&#", part]),
        }
    }
    decoded
}

/// `\u0051`, as JSON has it.
fn escapes(text: &str) -> String {
    let mut parts = text.split("\\u");
    let mut decoded = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part.get(..4).and_then(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?));
        match code {
            Some(c) => decoded.extend([c.to_string().as_str(), &part[4..]]),
            None => decoded.extend(["\\u", part]),
        }
    }
    decoded
}

fn without_tags(text: &str) -> String {
    let mut parts = text.split('<');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |bare, part| bare + part.split_once('>').map_or(part, |(_, after)| after))
}

/// Markdown as it reads: `**` and its kind gone, of a link its words.
fn without_marks(text: &str) -> String {
    let mut parts = text.split("](");
    let first = parts.next().unwrap_or_default().to_owned();
    let linked = parts.fold(first, |words, part| words + part.split_once(')').map_or(part, |(_, after)| after));
    linked.replace(['*', '_', '~', '`', '['], "")
}

fn base64_runs(text: &str) -> Vec<String> {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || "+/".contains(c);
    let runs = text.split(|c| !is_letter(c)).filter(|run| run.len() >= 16);
    // A run may begin with letters of another word, so each of the four ways to cut it is read.
    let cuts = runs.flat_map(|run| (0..4).map(move |skip| &run[skip..]));
    let read = |run: &str| STANDARD.decode(&run[..run.len() - run.len() % 4]).ok();
    cuts.filter_map(read).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect()
}
