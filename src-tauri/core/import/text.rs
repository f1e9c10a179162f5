//! Text from any bytes.

use super::Warning;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH};

const BOM: char = '\u{feff}';
const LOST: char = '\u{fffd}';

/// Text as Stet keeps it (`\n` line ends, no byte-order mark, no NUL) from any bytes, and what had to be changed.
///
/// Reads UTF-8, and UTF-16 where a byte-order mark or every other byte says so. Bytes that hold no letter of UTF-8 are
/// read by the code page they look like (Windows-1252, MacRoman and what chardetng knows), and it is said which. UTF-8
/// that was harmed has U+FFFD there, with a warning that names the first such byte, counted from 0. Text that is already
/// as Stet keeps it comes back as it is.
pub fn read_text(bytes: &[u8]) -> (String, Vec<Warning>) {
    let mut warnings = Vec::new();
    let decoded = match bytes {
        [0xff, 0xfe, rest @ ..] => decode_utf16(rest, u16::from_le_bytes, &mut warnings),
        [0xfe, 0xff, rest @ ..] => decode_utf16(rest, u16::from_be_bytes, &mut warnings),
        _ => decode_bytes(bytes, &mut warnings),
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

/// The words of a page: what it says of its own encoding counts where it is no UTF-8.
pub(super) fn read_page(bytes: &[u8]) -> String {
    let start = String::from_utf8_lossy(bytes.get(..bytes.len().min(2_048)).unwrap_or_default()).to_lowercase();
    let is_utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    if !is_utf16
        && std::str::from_utf8(bytes).is_err()
        && let Some((_, rest)) = start.split_once("charset=")
    {
        let label =
            rest.trim_start_matches(['"', '\'']).split(['"', '\'', '>', ';', ' ', '/']).next().unwrap_or_default();
        if let Some(encoding) = Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != encoding_rs::UTF_8)
        {
            return encoding.decode_without_bom_handling(bytes).0.into_owned();
        }
    }
    read_text(bytes).0
}

/// Bytes without a byte-order mark.
fn decode_bytes(bytes: &[u8], warnings: &mut Vec<Warning>) -> String {
    if let Some(unit) = utf16_unit(bytes) {
        return decode_utf16(bytes, unit, warnings);
    }
    let is_harmed_utf8 = || bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
    if std::str::from_utf8(bytes).is_ok() || is_harmed_utf8() || bytes.contains(&0) {
        return decode_utf8(bytes, warnings);
    }
    let encoding = if is_mac_roman(bytes) { MACINTOSH } else { guess(bytes) };
    let (text, is_lossy) = encoding.decode_without_bom_handling(bytes);
    if is_lossy {
        return decode_utf8(bytes, warnings);
    }
    let message = format!(
        "This is no UTF-8; it was read as {}. Look whether its accents and quote marks are right.",
        encoding.name()
    );
    warnings.push(Warning::whole(message));
    text.into_owned()
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// UTF-16 without a byte-order mark: in words of Latin letters nearly every other byte is 0.
fn utf16_unit(bytes: &[u8]) -> Option<fn([u8; 2]) -> u16> {
    let sample = bytes.get(..bytes.len().min(1_024)).unwrap_or_default();
    let n_pairs = sample.len() / 2;
    let n_zeros = |at: usize| sample.chunks_exact(2).filter(|pair| pair[at] == 0).count();
    let (n_first, n_second) = (n_zeros(0), n_zeros(1));
    if n_pairs < 8 || !bytes.len().is_multiple_of(2) {
        None
    } else if n_second * 10 >= n_pairs * 8 && n_first == 0 {
        Some(u16::from_le_bytes)
    } else if n_first * 10 >= n_pairs * 8 && n_second == 0 {
        Some(u16::from_be_bytes)
    } else {
        None
    }
}

/// Quote marks, apostrophes and é as old Macs wrote them, where Windows would have Ò, Ó, Õ and a caron.
fn is_mac_roman(bytes: &[u8]) -> bool {
    let n_high = bytes.iter().filter(|byte| **byte >= 0x80).count();
    let fits = |window: &&[u8]| {
        let (before, after) = (window[0], window[2]);
        match window[1] {
            0xd5 => before.is_ascii_alphabetic() && after.is_ascii_lowercase(),
            0xd2 => !before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric(),
            0xd3 => (before.is_ascii_alphanumeric() || before.is_ascii_punctuation()) && !after.is_ascii_alphanumeric(),
            0x8e | 0x8f | 0x88 => before.is_ascii_alphabetic() && after.is_ascii_alphabetic(),
            _ => false,
        }
    };
    let n_mac = bytes.windows(3).filter(fits).count();
    n_mac > 0 && n_mac * 2 >= n_high
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
    fn other_encodings_are_found_and_said() {
        check(b"\x93We may sell the caf\xe9,\x94 she said.", "“We may sell the café,” she said.", &["windows-1252"]);
        check(
            b"\xd2We may sell it,\xd3 she said. It\xd5s old. The caf\x8es.",
            "“We may sell it,” she said. It’s old. The cafés.",
            &["macintosh"],
        );
        check(b"W\0e\0 \0m\0a\0y\0 \0s\0e\0l\0l\0", "We may sell", &[]);
        assert_eq!(read_page(b"<meta charset='iso-8859-2'>\xb1"), "<meta charset='iso-8859-2'>ą");
    }

    #[test]
    fn what_cannot_be_read_is_named_by_byte_and_the_rest_kept() {
        check(
            "é caf".as_bytes().iter().chain(b"\xe9 au lait\n").copied().collect::<Vec<u8>>().as_slice(),
            "é caf\u{fffd} au lait\n",
            &["Byte 6 cannot"],
        );
        check(b"\xff\xff\xc3\xa9\xc3", "\u{fffd}\u{fffd}é\u{fffd}", &["Byte 0 and 2 more places"]);
        check(b"a\0b\0", "ab", &["2 NUL bytes"]);
        check(b"\xff\xfea\0\x3d\xd8b\0c", "a\u{fffd}b\u{fffd}", &["Byte 4 and 1 more places"]);
        assert_eq!(read_text(b"\xc3\xa9\r\n\rtwo \xe9").1[0].line, Some(3), "a lone CR ends a line too");
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
