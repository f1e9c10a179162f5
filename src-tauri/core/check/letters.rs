//! The letters of a word, folded: case, accents' spellings, apostrophes, and the points of abbreviations.

use super::fold::Shade;
use crate::span::Span;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words at the start of `rest`, if one starts there: its length, key and shade.
pub fn read_word(ahead: &str, rest: &str) -> Option<(usize, String, Shade)> {
    let c = rest.chars().next()?;
    let next = rest[c.len_utf8()..].chars().next();
    let word = |key: &str| Some((c.len_utf8(), key.to_string(), Shade::Any));
    match c {
        _ if stands_alone(c) => Some((c.len_utf8(), c.nfkc().collect(), Shade::Any)),
        // *10⁶* is not *106*.
        _ if is_raised(c) => Some((c.len_utf8(), format!("^{}", c.nfkc()), Shade::Any)),
        _ if c.is_alphanumeric() => Some(read_letters(ahead, rest)),
        '&' => word("and"),
        '%' => word("percent"),
        '°' => word("degrees"),
        '+' | '±' | '×' | '÷' => {
            let is_attached = next.is_some_and(char::is_alphanumeric) || ahead.ends_with(char::is_alphanumeric);
            if is_attached { word(&c.to_string()) } else { None }
        }
        '-' | '−' | '–' if next.is_some_and(|n| n.is_ascii_digit()) => {
            let is_sign = ahead.chars().next_back().is_none_or(|c| c.is_whitespace() || "([“\"".contains(c));
            if is_sign || c == '−' { word("minus") } else { None }
        }
        '$' | '€' | '£' | '¥' if next.is_some_and(|n| n.is_ascii_digit()) => word(&c.to_string()),
        '$' | '£' | '¥' | '¢' | '\u{20a0}'..='\u{20c0}' => {
            let is_counted = ahead.trim_end().ends_with(|c: char| c.is_ascii_digit());
            if is_counted || next.is_some_and(|n| n.is_ascii_digit()) { word(&c.to_string()) } else { None }
        }
        '≠' | '≤' | '≥' | '≈' => word(&c.to_string()),
        // *~5* is *about 5*, and *~~5~~* is struck out.
        '~' if next.is_some_and(|n| n.is_ascii_digit()) && !ahead.ends_with('~') => word("about"),
        // *5′* is five feet or minutes, *5″* inches or seconds.
        '′' | '″' if ahead.ends_with(|c: char| c.is_ascii_digit()) => word(&c.to_string()),
        // *C#*, and *roe@mill.example*.
        '#' if ahead.ends_with(char::is_alphabetic) && !next.is_some_and(char::is_alphanumeric) => word("sharp"),
        '@' if ahead.ends_with(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric) => word("at"),
        '№' => word("no"),
        _ if is_picture(c) => word(&c.to_string()),
        // *<5* and *x < y*, not the mark of a quoted line.
        '<' | '>' => {
            let mut back = ahead.chars().rev();
            let is_spaced = back.next() == Some(' ') && back.next().is_some_and(char::is_alphanumeric);
            let is_between = is_spaced && next == Some(' ');
            let is_bound = is_spaced && next.is_some_and(|n| n.is_ascii_digit());
            if is_between || is_bound { word(&c.to_string()) } else { None }
        }
        _ => None,
    }
}

/// A run of letters and digits, apostrophes between letters, points and commas between digits.
fn read_letters(ahead: &str, rest: &str) -> (usize, String, Shade) {
    if let Some(letters) = plain_letters(rest).filter(|letters| !is_cased_unit(ahead, letters)) {
        return (letters.len(), letters.to_ascii_lowercase(), shade_of(letters, 0));
    }
    let mut end = 0;
    let mut is_plain_ascii = true;
    let mut chars = rest.char_indices().peekable();
    let mut last = ' ';
    let (mut n_letters, mut n_points) = (0, 0);
    while let Some((at, c)) = chars.next() {
        let following = chars.peek().map_or(' ', |(_, c)| *c);
        let is_inside = if stands_alone(c) || last.is_ascii_digit() && (is_fraction(c) || is_raised(c)) {
            // *2½* is *2* and *½*.
            false
        } else if c.is_alphanumeric() || is_combining_mark(c) || is_invisible(c) {
            true
        } else if is_apostrophe(c) {
            last.is_alphabetic() && following.is_alphabetic()
        } else if c == ',' {
            last.is_ascii_digit() && is_thousands(&rest[at + 1..])
        } else if c == '.' && last.is_ascii_digit() {
            following.is_ascii_digit()
        } else if c == '.' && last.is_alphabetic() && n_letters == n_points + 1 {
            // One letter stands before it, or letters with points (*U*, *U.S*).
            let point = is_initial_next(&rest[at + 1..]);
            n_points += usize::from(point);
            point
        } else {
            false
        };
        if !is_inside {
            break;
        }
        is_plain_ascii &= c.is_ascii_alphanumeric();
        end = at + c.len_utf8();
        n_letters += usize::from(c.is_alphabetic());
        last = c;
    }
    let mut letters = &rest[..end];
    if let Some(n_digits) = clock_or_scale(ahead, letters) {
        letters = &letters[..n_digits];
    }
    let key = if is_cased_unit(ahead, letters) {
        letters.to_owned()
    } else if is_plain_ascii {
        letters.to_ascii_lowercase()
    } else {
        fold_letters(letters)
    };
    let shade = shade_of(letters, n_points);
    (letters.len(), key, shade)
}

/// Two letters or more of plain English, and behind them what can be no part of a word: most words.
fn plain_letters(rest: &str) -> Option<&str> {
    let len = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let is_end =
        matches!(rest.as_bytes().get(len), None | Some(b' ' | b'\n' | b',' | b'.' | b';' | b':' | b'?' | b'!'));
    (len > 1 && is_end).then(|| Span::new(0, len).of(rest))
}

/// How many digits stand before an *am*, *bn*, *kg* and the like that is a word of its own (*9am*, *$1.2bn*).
fn clock_or_scale(ahead: &str, letters: &str) -> Option<usize> {
    let n_digits = letters.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','))?;
    if n_digits == 0 {
        return None;
    }
    let is_money = ahead.ends_with(['$', '€', '£', '¥']);
    let written = &letters[n_digits..];
    let unit = written.to_ascii_lowercase();
    // *3kg* as *3 kg*, *1.5m*, *88p*, *40C*.
    let is_measure = matches!(written, "m" | "p" | "C" | "F" | "kg" | "km" | "cm" | "mm" | "ft" | "lb" | "lbs")
        || matches!(unit.as_str(), "mph" | "kph" | "kmh");
    let is_unit =
        matches!(unit.as_str(), "am" | "pm" | "bn" | "tn" | "mn") || is_money && matches!(&*unit, "m" | "k" | "b");
    (is_unit || is_measure).then_some(n_digits)
}

/// *5 mW* is not *5 MW*, nor *5 Mb* *5 MB*: behind a number the case of these says what they measure.
fn is_cased_unit(ahead: &str, letters: &str) -> bool {
    let unit = letters.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
    let is_cased = matches!(unit, "mW" | "mHz" | "Kb" | "Mb" | "Gb" | "Tb");
    is_cased && (unit.len() < letters.len() || ahead.trim_end().ends_with(|c: char| c.is_ascii_digit()))
}

/// A face, a hand, a heart: it says something in a message, so another in its place is another word.
fn is_picture(c: char) -> bool {
    let is_tone = matches!(c, '\u{1f3fb}'..='\u{1f3ff}');
    matches!(c, '\u{2600}'..='\u{27bf}' | '\u{1f300}'..='\u{1faff}') && !is_tone
}

fn fold_letters(letters: &str) -> String {
    let mut key = String::with_capacity(letters.len());
    for c in letters.nfkc().filter(|c| !is_invisible(*c) && *c != '.').flat_map(char::to_lowercase) {
        match c {
            'ß' => key.push_str("ss"),
            'ς' => key.push('σ'),
            _ if is_apostrophe(c) => key.push('\''),
            _ => key.push(c),
        }
    }
    if letters.starts_with(|c: char| c.is_ascii_digit()) && letters.contains('.') {
        // The point of a decimal is not the point of an abbreviation.
        key = letters.to_lowercase();
    }
    key.nfc().collect()
}

fn shade_of(letters: &str, n_points: usize) -> Shade {
    if n_points > 0 {
        Shade::Points
    } else if letters.chars().any(char::is_lowercase) || letters.chars().nth(1).is_none() {
        Shade::Plain
    } else {
        Shade::Any
    }
}

fn is_initial_next(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none_or(|c| !c.is_alphanumeric())
}

fn is_thousands(rest: &str) -> bool {
    let mut chars = rest.chars();
    (0..3).all(|_| chars.next().is_some_and(|c| c.is_ascii_digit())) && chars.next().is_none_or(|c| !c.is_ascii_digit())
}

/// Written without spaces between words: each sign is a word.
fn stands_alone(c: char) -> bool {
    matches!(c as u32, 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
        && c.is_alphanumeric()
}

/// A digit set high, as in *10⁶*.
fn is_raised(c: char) -> bool {
    matches!(c, '²' | '³' | '¹' | '⁰' | '⁴'..='⁹')
}

/// *½* and its like.
fn is_fraction(c: char) -> bool {
    matches!(c, '¼'..='¾' | '⅐'..='⅞' | '↉')
}

/// Soft hyphens, joiners, direction marks: print's own, no part of a word.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '′' | '＇')
}
