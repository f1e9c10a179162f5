//! Text from any bytes.

use super::Warning;

const BOM: char = '\u{feff}';
const LOST: char = '\u{fffd}';

/// Text as Stet keeps it (`\n` line ends, no byte-order mark, no NUL) from any bytes, and what had to be changed.
///
/// Reads UTF-8, and UTF-16 where a byte-order mark says so. What is neither becomes U+FFFD, with a warning that names
/// the first such byte, counted from 0. Text that is already as Stet keeps it comes back as it is.
pub fn read_text(bytes: &[u8]) -> (String, Vec<Warning>) {
    let mut warnings = Vec::new();
    let decoded = match bytes {
        [0xff, 0xfe, rest @ ..] => decode_utf16(rest, u16::from_le_bytes, &mut warnings),
        [0xfe, 0xff, rest @ ..] => decode_utf16(rest, u16::from_be_bytes, &mut warnings),
        _ => decode_utf8(bytes, &mut warnings),
    };
    let mut text = decoded.trim_start_matches(BOM).to_owned();
    if text.contains('\r') {
        text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
    let n_nuls = text.matches('\0').count();
    if n_nuls > 0 {
        text = text.replace('\0', "");
        let what = if n_nuls == 1 { "A NUL byte was".to_owned() } else { format!("{n_nuls} NUL bytes were") };
        warnings.push(Warning::whole(format!("{what} taken out: look whether this is a text file.")));
        // A mark that stood behind a NUL now leads.
        text = text.trim_start_matches(BOM).to_owned();
    }
    (text, warnings)
}

/// The words of a part of a package, which is UTF-8, or UTF-16 with a byte-order mark. What cannot be read is U+FFFD.
pub(super) fn decode_xml(bytes: &[u8]) -> String {
    let mut warnings = Vec::new();
    let words = match bytes {
        [0xff, 0xfe, rest @ ..] => decode_utf16(rest, u16::from_le_bytes, &mut warnings),
        [0xfe, 0xff, rest @ ..] => decode_utf16(rest, u16::from_be_bytes, &mut warnings),
        _ => decode_utf8(bytes, &mut warnings),
    };
    words.trim_start_matches(BOM).to_owned()
}

fn decode_utf8(bytes: &[u8], warnings: &mut Vec<Warning>) -> String {
    let (mut text, mut first, mut n_lost, mut at_byte) = (String::new(), None, 0, 0);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        at_byte += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            first.get_or_insert_with(|| (at_byte, line_of(&text)));
            text.push(LOST);
            n_lost += 1;
            at_byte += chunk.invalid().len();
        }
    }
    if let Some((at_byte, line)) = first {
        warnings.push(Warning::at(line, lost_words("UTF-8", at_byte, n_lost)));
    }
    text
}

/// `bytes` come after the byte-order mark.
fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, warnings: &mut Vec<Warning>) -> String {
    let mut pairs = bytes.chunks_exact(2);
    let units = pairs.by_ref().map(|pair| unit([pair[0], pair[1]]));
    let (mut text, mut first, mut n_lost, mut at_byte) = (String::new(), None, 0, 2);
    for c in char::decode_utf16(units) {
        if c.is_err() {
            first.get_or_insert_with(|| (at_byte, line_of(&text)));
            n_lost += 1;
        }
        at_byte += c.as_ref().map_or(2, |c| 2 * c.len_utf16());
        text.push(c.unwrap_or(LOST));
    }
    if !pairs.remainder().is_empty() {
        first.get_or_insert_with(|| (at_byte, line_of(&text)));
        text.push(LOST);
        n_lost += 1;
    }
    if let Some((at_byte, line)) = first {
        warnings.push(Warning::at(line, lost_words("UTF-16", at_byte, n_lost)));
    }
    text
}

fn line_of(text_before: &str) -> usize {
    let ends = text_before.replace("\r\n", "\n").replace('\r', "\n");
    1 + ends.matches('\n').count()
}

fn lost_words(encoding: &str, at_byte: usize, n_lost: usize) -> String {
    let more = match n_lost {
        1 => String::new(),
        n => format!(" and {} more places", n - 1),
    };
    format!("Byte {at_byte}{more} cannot be read as {encoding} and stands as {LOST}: the rest was kept.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(bytes: &[u8], text: &str, warnings: &[&str]) {
        let (got, odd) = read_text(bytes);
        assert_eq!(got, text);
        let odd: Vec<String> = odd.into_iter().map(|warning| warning.message).collect();
        assert_eq!(odd.len(), warnings.len(), "{odd:?}");
        for (warning, words) in odd.iter().zip(warnings) {
            assert!(warning.contains(words), "{warning}");
        }
    }

    #[test]
    fn every_usual_encoding_and_line_end_is_read_without_a_word() {
        check("naïve\n".as_bytes(), "naïve\n", &[]);
        check(b"\xef\xbb\xbfone\r\ntwo\rthree\n", "one\ntwo\nthree\n", &[]);
        check(b"\xff\xfeh\0\xe9\0\r\0\n\0", "hé\n", &[]);
        check(b"\xfe\xff\0h\xd8\x3d\xde\0", "h😀", &[]);
        check(b"", "", &[]);
    }

    #[test]
    fn what_cannot_be_read_is_named_by_byte_and_the_rest_kept() {
        check(b"caf\xe9 au lait\n", "caf\u{fffd} au lait\n", &["Byte 3 cannot"]);
        check(b"\xff\xffa\xc3", "\u{fffd}\u{fffd}a\u{fffd}", &["Byte 0 and 2 more places"]);
        check(b"a\0b\0", "ab", &["2 NUL bytes"]);
        check(b"\xff\xfea\0\x3d\xd8b\0c", "a\u{fffd}b\u{fffd}", &["Byte 4 and 1 more places"]);
        assert_eq!(read_text(b"one\r\n\rtwo \xe9").1[0].line, Some(3), "a lone CR ends a line too");
    }

    proptest! {
        #[test]
        fn text_as_stet_keeps_it_comes_back_as_it_is(text in "\\PC*(\n\\PC*)*") {
            prop_assume!(!text.starts_with(BOM) && !text.contains(['\r', '\0']));
            prop_assert_eq!(read_text(text.as_bytes()), (text, Vec::new()));
        }

        #[test]
        fn any_bytes_give_text_as_stet_keeps_it(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let (text, _) = read_text(&bytes);
            prop_assert!(!text.contains(['\r', '\0']) && !text.starts_with(BOM));
            prop_assert_eq!(read_text(text.as_bytes()).0, text, "reading twice changes nothing");
        }
    }
}
