//! Where words stand in a text, what they are made of, and which are not for a dictionary.

use crate::span::{self, Span};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// What is written for an apostrophe.
pub(super) const APOSTROPHES: [char; 3] = ['\'', '’', 'ʼ'];

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

/// Seen by nobody, and no part of how a word is spelt: the soft hyphen, joiners, marks of direction.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// What holds letters together when it stands alone between two.
fn is_bond(c: char) -> bool {
    c == '.' || is_hyphen(c) || APOSTROPHES.contains(&c)
}

/// Letters and digits in a row, held together by single hyphens, apostrophes and full stops, and by what nobody sees;
/// a letter at either end.
pub(super) fn runs(text: &str) -> impl Iterator<Item = Span> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = chars.find(|(_, c)| is_letter(*c))?;
        let mut end = start + first.len_utf8();
        // What stands since the last letter: at most one bond.
        let mut has_bond = false;
        while let Some((at, c)) = chars.peek().copied() {
            if is_letter(c) {
                (end, has_bond) = (at + c.len_utf8(), false);
            } else if is_bond(c) && !has_bond {
                has_bond = true;
            } else if !is_unseen(c) {
                break;
            }
            chars.next();
        }
        Some(Span::new(start, end))
    })
}

/// The run is a name a machine gives: *stet.example*, *v1.2*; or an abbreviation, *Ph.D*, *U.S*.
pub(super) fn is_dotted_name(run: &str) -> bool {
    let mut parts = run.split('.').peekable();
    let Some(last) = run.split('.').next_back().filter(|last| *last != run) else { return false };
    let is_machine = run.chars().all(|c| !c.is_uppercase()) && last.chars().count() > 1;
    is_machine || parts.any(|part| part.chars().count() < 3)
}

/// The parts of a run between its full stops.
pub(super) fn dotted(text: &str, run: Span) -> Vec<Span> {
    parts(text, run, |c| c == '.')
}

/// The parts of a compound between its hyphens; at least one.
pub(super) fn hyphened(text: &str, compound: Span) -> Vec<Span> {
    parts(text, compound, is_hyphen)
}

/// Trims what nobody sees from each part, for it may stand beside a bond.
fn parts(text: &str, whole: Span, is_between: impl Fn(char) -> bool) -> Vec<Span> {
    let mut start = whole.start;
    let pieces = whole.of(text).split_inclusive(&is_between).map(|piece| {
        let from = start;
        start += piece.len();
        let letters = piece.trim_end_matches(|c| is_between(c) || is_unseen(c)).trim_start_matches(is_unseen);
        let from = from + (piece.len() - piece.trim_start_matches(is_unseen).len());
        Span::new(from, from + letters.len())
    });
    pieces.filter(|part| !part.is_empty()).collect()
}

/// Letters stand on the other side of Markdown's marks at either end: *un**believ**able*, *snake_case*; or the run is
/// an entity: *&nbsp;*.
pub(super) fn runs_on(text: &str, run: Span) -> bool {
    let is_mark = |c: char| matches!(c, '*' | '_' | '~');
    let before = span::before(text, run.start);
    let after = span::after(text, run.end);
    let (inner, outer) = (before.trim_end_matches(is_mark), after.trim_start_matches(is_mark));
    inner.len() < before.len() && inner.ends_with(is_letter)
        || outer.len() < after.len() && outer.starts_with(is_letter)
        || before.ends_with('&') && after.starts_with(';')
}

/// Nothing to look up: it has a digit, or only one letter.
pub(super) fn is_no_word(written: &str) -> bool {
    written.chars().any(char::is_numeric) || written.chars().filter(|c| c.is_alphabetic()).nth(1).is_none()
}

/// All in capitals, but for an *s* or *’s* behind them: *NATO*, *CEOs*, *NASA’s*.
pub(super) fn is_capitals(written: &str) -> bool {
    let stem = written.strip_suffix('s').unwrap_or(written).trim_end_matches(APOSTROPHES);
    let mut letters = stem.chars().filter(|c| c.is_alphabetic());
    letters.clone().nth(1).is_some() && letters.all(char::is_uppercase)
}

/// A word as it is looked up: what nobody sees is left out, apostrophes are straight, hyphens plain, letters composed.
pub(super) fn plain(written: &str) -> Cow<'_, str> {
    if written.is_ascii() {
        return Cow::Borrowed(written);
    }
    let straight = |c| match c {
        c if APOSTROPHES.contains(&c) => '\'',
        c if is_hyphen(c) => '-',
        c => c,
    };
    Cow::Owned(written.chars().filter(|c| !is_unseen(*c)).map(straight).nfc().collect())
}

/// A plain word without the marks on its letters; none where there are none.
pub(super) fn without_accents(plain: &str) -> Option<String> {
    if plain.is_ascii() {
        return None;
    }
    let bare: String = plain.nfd().filter(|c| canonical_combining_class(*c) == 0).nfc().collect();
    (bare != plain).then_some(bare)
}

/// A plain word as *’s*, *’ll* and the like leave it, and what they were.
pub(super) fn without_suffix(plain: &str) -> Option<(&str, &str)> {
    const SUFFIXES: [&str; 6] = ["'s", "'S", "'d", "'ll", "'ve", "'re"];
    let suffix = SUFFIXES.into_iter().find(|suffix| plain.ends_with(suffix))?;
    plain.strip_suffix(suffix).filter(|stem| !stem.is_empty()).map(|stem| (stem, suffix))
}

/// A suggestion with the apostrophes of the word it is for.
pub(super) fn as_written(suggestion: &str, written: &str) -> String {
    match written.chars().find(|c| APOSTROPHES.contains(c)) {
        Some(apostrophe) => suggestion.replace('\'', &apostrophe.to_string()),
        None => suggestion.replace('\'', "’"),
    }
}

/// Stands before a hyphen and is no word of its own: *non-*, *ex-*.
pub(super) fn is_prefix(written: &str) -> bool {
    const PREFIXES: [&str; 56] = [
        "a", "afro", "anglo", "ante", "anti", "arch", "auto", "bi", "bio", "co", "contra", "counter", "cyber", "de",
        "demi", "eco", "euro", "ex", "extra", "geo", "hyper", "indo", "inter", "intra", "macro", "mega", "meta",
        "micro", "mid", "mini", "mis", "mono", "multi", "nano", "neo", "neuro", "non", "omni", "para", "poly", "post",
        "pre", "pro", "proto", "pseudo", "psycho", "quasi", "re", "semi", "sino", "socio", "sub", "super", "techno",
        "tri", "ultra",
    ];
    PREFIXES.binary_search(&written.to_lowercase().as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_held_together_by_one_bond_at_a_time() {
        let text = "‘It’s well-\u{ad}known’ -- he said… e.g. 'so' co\u{ad}op, rock'n'roll.End";
        let told: Vec<&str> = runs(text).map(|run| run.of(text)).collect();
        assert_eq!(
            told,
            ["It’s", "well-\u{ad}known", "he", "said", "e.g", "so", "co\u{ad}op", "rock'n'roll.End"],
            "quote marks, dashes and full stops at the edge are no part of it"
        );
    }

    #[test]
    fn a_compound_has_its_parts() {
        let text = "well-\u{ad}known";
        let told: Vec<&str> = hyphened(text, Span::new(0, text.len())).iter().map(|part| part.of(text)).collect();
        assert_eq!(told, ["well", "known"]);
    }

    #[test]
    fn names_of_machines_and_abbreviations_are_told_from_a_space_left_out() {
        let told = ["stet.example", "U.S", "Ph.D", "word.Then", "word"].map(is_dotted_name);
        assert_eq!(told, [true, true, true, false, false]);
    }

    #[test]
    fn the_prefixes_are_in_order() {
        assert!(is_prefix("A") && is_prefix("non") && is_prefix("ultra") && is_prefix("mid") && !is_prefix("zzz"));
        for prefix in ["anti", "co", "ex", "multi", "pre", "semi", "sub", "techno"] {
            assert!(is_prefix(prefix), "{prefix}");
        }
    }
}
