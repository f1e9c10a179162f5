//! Words as they are compared: what print changes and speech does not is folded away, and where each stood is kept.
//!
//! Folded: letter case, quote marks, dashes, spaces, ligatures, accents composed or not, numerals against number words,
//! Markdown marks. Nothing else: a word that sounds different stays different.

use super::{letters, numbers};
use crate::note::is_page_mark;
use crate::span::{Span, after, before};

/// A word folded, and where it stands as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// Lower case, marks gone; a number is `#` and its value (`#9`, `#1200000$`, `#3th`).
    pub key: String,
    pub span: Span,
    /// Tells apart what the key alone would join (*us* and *U.S.*).
    pub shade: Shade,
    /// Begins with a capital letter.
    pub is_capital: bool,
    /// Every letter is a capital, and there are two or more.
    pub is_shout: bool,
    /// Follows a sentence end, a line end, or nothing.
    pub starts_sentence: bool,
    /// A hyphen alone stands between this word and the one before.
    pub is_hyphened: bool,
    /// An ellipsis stands between this word and the one before.
    pub after_ellipsis: bool,
    /// Which square brackets it stands in, counted from 1; 0 outside.
    pub bracket: u32,
    /// Some of its letters stand in square brackets (*[W]e*).
    pub has_bracketed_letters: bool,
}

/// What letters alone do not tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shade {
    /// Reads as either of the others (*US*).
    #[default]
    Any,
    /// An abbreviation with points (*U.S.*), or a unit in the singular.
    Points,
    /// A plain word (*us*), or a unit in the plural.
    Plain,
}

impl Shade {
    /// Both may be the same word.
    pub fn fits(self, other: Shade) -> bool {
        self == Shade::Any || other == Shade::Any || self == other
    }
}

impl Word {
    /// A number, as figures or in words.
    pub fn is_number(&self) -> bool {
        self.key.starts_with('#')
    }
}

/// The words of a stretch of text, in order, spans counted from the start of the whole text.
///
/// Stage directions, timecodes and marks of pages in square brackets (*[laughs]*, *[00:14:03]*, *[page 2]*), link targets
/// and *[sic]* are not words.
/// Cost: linear.
pub fn words(text: &str, within: Span) -> Vec<Word> {
    let (brackets, links) = (Ahead::new(b']'), Ahead::new(b')'));
    let end = within.end.min(text.len());
    let mut scanner = Scanner { text, end, words: Vec::new(), n_brackets: 0, brackets, links };
    scanner.scan(within.start);
    numbers::join(text, scanner.words)
}

/// The words of a quote, as the draft prints it: several spans where a cue splits it.
///
/// In copy all in capitals a capital says nothing, so none is noted.
pub fn quote_words(draft: &str, content: &[Span]) -> Vec<Word> {
    let mut quoted: Vec<Word> = Vec::new();
    for span in content {
        let n_brackets = quoted.iter().map(|word| word.bracket).max().unwrap_or(0);
        let mut part = words(draft, *span);
        for word in part.iter_mut().filter(|word| word.bracket > 0) {
            word.bracket += n_brackets;
        }
        quoted.extend(part);
    }
    if quoted.iter().filter(|word| word.is_shout).count() * 2 > quoted.len() {
        quoted.iter_mut().for_each(|word| word.is_capital = false);
    }
    quoted
}

/// *[laughs]* and the like: heard, not said.
const STAGE_DIRECTIONS: [&str; 16] = [
    "laughs", "laugh", "laughter", "laughing", "applause", "pause", "pauses", "sighs", "sigh", "coughs", "cough",
    "chuckles", "smiles", "cheers", "sic", "music",
];

struct Scanner<'a> {
    text: &'a str,
    end: usize,
    words: Vec<Word>,
    n_brackets: u32,
    brackets: Ahead,
    links: Ahead,
}

/// Where a sign next stands on the line. Remembers what it has looked through, so that the cost stays linear.
struct Ahead {
    sign: u8,
    /// Neither the sign nor an end of line stands before this place, from the last one asked about on.
    seen: usize,
}

impl Ahead {
    fn new(sign: u8) -> Ahead {
        Ahead { sign, seen: 0 }
    }

    /// The sign's place from `at` on, before `end`. Asked from front to back.
    fn find(&mut self, text: &str, at: usize, end: usize) -> Option<usize> {
        let bytes = text.as_bytes();
        self.seen = self.seen.max(at);
        while self.seen < end && bytes[self.seen] != self.sign && bytes[self.seen] != b'\n' {
            self.seen += 1;
        }
        (self.seen < end && bytes[self.seen] == self.sign).then_some(self.seen)
    }
}

impl Scanner<'_> {
    fn scan(&mut self, start: usize) {
        let mut at = start;
        let mut bracket_end = 0;
        let mut gap_start = start;
        while at < self.end {
            let rest = Span::new(at, self.end).of(self.text);
            let Some(c) = rest.chars().next() else { break };
            if is_plain_gap(c) {
                at += 1;
            } else if c == '[' {
                let (next, inner_end) = self.open_bracket(at);
                at = next;
                bracket_end = bracket_end.max(inner_end);
            } else if rest.starts_with("](") && at >= bracket_end {
                at = self.link_end(at + 2);
            } else if let Some((len, key, shade)) = letters::read_word(before(self.text, at), rest) {
                let span = Span::new(at, at + len);
                self.push(span, key, shade, gap_start, if at < bracket_end { self.n_brackets } else { 0 });
                at = span.end;
                gap_start = at;
            } else {
                at += c.len_utf8();
            }
        }
    }

    /// Where to read on after `[`, and where the words in brackets end: nowhere for a link's text.
    fn open_bracket(&mut self, at: usize) -> (usize, usize) {
        let Some(close) = self.brackets.find(self.text, at + 1, self.end.min(at + 400)) else { return (at + 1, 0) };
        let inner = Span::new(at + 1, close).of(self.text);
        if after(self.text, close).starts_with("](") {
            return (at + 1, 0);
        }
        let plain = inner.trim().to_lowercase();
        let is_timecode = !plain.is_empty() && plain.chars().all(|c| c.is_ascii_digit() || ":.,-–> ".contains(c));
        let is_timecode = is_timecode && plain.contains(':');
        if is_timecode || is_page_mark(&plain) || STAGE_DIRECTIONS.contains(&plain.as_str()) {
            return (close + 1, 0);
        }
        self.n_brackets += 1;
        (at + 1, close)
    }

    /// Behind a link's target; the place itself where it does not close on its line.
    fn link_end(&mut self, at: usize) -> usize {
        self.links.find(self.text, at, self.end.min(at + 2000)).map_or(at, |close| close + 1)
    }

    fn push(&mut self, span: Span, key: String, shade: Shade, gap_start: usize, bracket: u32) {
        let gap = Span::new(gap_start, span.start).of(self.text);
        let letters = span.of(self.text);
        if gap == " " && bracket == 0 {
            let starts_sentence = self.words.is_empty();
            return self.words.push(word(letters, span, key, shade, starts_sentence));
        }
        if let Some(last) = self.words.last_mut().filter(|last| is_one_word(last, gap, bracket)) {
            last.span = last.span.join(span);
            last.key += &key;
            last.bracket = 0;
            last.has_bracketed_letters = true;
            return;
        }
        if let Some(last) = self.words.last_mut().filter(|last| is_prefixed(last, gap, &key, bracket)) {
            last.span = last.span.join(span);
            last.key += &key;
            return;
        }
        let starts_sentence = self.words.last().is_none_or(|last| ends_sentence(last, gap));
        self.words.push(Word {
            is_hyphened: gap.chars().count() == 1 && gap.chars().all(is_hyphen),
            after_ellipsis: !self.words.is_empty() && has_ellipsis(gap),
            bracket,
            ..word(letters, span, key, shade, starts_sentence)
        });
    }
}

/// A word as it stands alone, a space before it.
fn word(letters: &str, span: Span, key: String, shade: Shade, starts_sentence: bool) -> Word {
    let is_shout =
        || letters.chars().filter(|c| c.is_alphabetic()).count() > 1 && !letters.chars().any(char::is_lowercase);
    let is_capital = letters.chars().next().is_some_and(char::is_uppercase);
    let is_lower = letters.starts_with(|c: char| c.is_ascii_lowercase());
    Word { key, span, shade, is_capital, is_shout: !is_lower && is_shout(), starts_sentence, ..Word::default() }
}

/// What mostly stands between words: one byte, and no word begins with it.
fn is_plain_gap(c: char) -> bool {
    matches!(c, ' ' | '\n' | ',' | '.' | '"' | ';' | ':' | '(' | ')' | '!' | '?')
}

/// A hyphen that joins two words into one.
pub fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

fn ends_sentence(last: &Word, gap: &str) -> bool {
    const SHORT: [&str; 16] =
        ["mr", "mrs", "ms", "dr", "sen", "rep", "gov", "st", "jr", "sr", "prof", "gen", "lt", "col", "sgt", "no"];
    let is_abbreviation = || last.shade == Shade::Points || SHORT.contains(&last.key.as_str());
    let is_end = gap.contains(['.', '!', '?', '\n', '…']) && gap.chars().any(char::is_whitespace);
    is_end && !(gap.trim_end() == "." && !gap.contains('\n') && is_abbreviation())
}

/// *co-operate*, *e-mail*: written with a hyphen or without, the same word. *re-sign* is not *resign*.
fn is_prefixed(last: &Word, gap: &str, key: &str, bracket: u32) -> bool {
    const PREFIXES: [&str; 14] =
        ["co", "e", "pre", "non", "anti", "multi", "semi", "sub", "inter", "mid", "micro", "mega", "pro", "re"];
    let is_hyphen = gap.chars().count() == 1 && gap.chars().all(is_hyphen);
    if !is_hyphen || last.bracket != bracket || !PREFIXES.contains(&last.key.as_str()) {
        return false;
    }
    // *multi-million* holds a number.
    let is_letters = key.starts_with(char::is_alphabetic) && !numbers::is_part(key);
    let is_coop = last.key == "co" && matches!(key, "op" | "ops");
    is_letters && !is_coop && (last.key != "re" || key.starts_with('e'))
}

/// `[W]e`, `their[s]`: a bracket alone stands between two parts of a word.
fn is_one_word(last: &Word, gap: &str, bracket: u32) -> bool {
    let closes = gap == "]" && last.bracket > 0 && bracket == 0;
    let opens = gap == "[" && last.bracket == 0 && bracket > 0;
    (closes || opens) && !last.key.is_empty()
}

/// Three points, an ellipsis sign, or points with spaces between.
fn has_ellipsis(gap: &str) -> bool {
    if gap.contains('…') {
        return true;
    }
    let points: String = gap.chars().filter(|c| !c.is_whitespace()).collect();
    points.contains("...")
}
