//! A paragraph as a row of words, marks and stops, each with what the lists know of it.

use super::lexicon::{self, Class, MAX_WORD_BYTES, Verb};
use crate::span::Span;

/// What stands at a place in a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Comma,
    Colon,
    Semicolon,
    /// `.` `!` `?` `…`
    Stop,
    Dash,
    /// `(` `[`
    Open,
    /// `)` `]`
    Close,
    Mark(Mark),
    /// Words in quote marks, taken as one; made when the marks have been paired.
    Passage(usize),
    Other,
}

/// A quote mark: how it looks and which way it may turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// `‘ ’ '`, not doubled.
    pub(super) is_single: bool,
    pub(super) may_open: bool,
    pub(super) may_close: bool,
    /// A mark that turns one way only: `“` `„` `«`, "``".
    pub(super) is_turned: bool,
}

/// A word or a stop of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) span: Span,
    pub(super) kind: Kind,
    pub(super) class: Class,
    pub(super) verbs: &'static [Verb],
    /// Begins with a capital (or a digit, for `is_number`).
    pub(super) is_capital: bool,
    pub(super) is_number: bool,
    /// Ends in `'s` or `s'`.
    pub(super) is_possessive: bool,
    /// Its last byte is the point of an abbreviation.
    pub(super) has_point: bool,
    /// Its first byte, in lower case: most questions after a word are answered by it and the length.
    initial: u8,
}

impl Item {
    pub(super) fn is(&self, class: Class) -> bool {
        self.class.has(class)
    }

    pub(super) fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    pub(super) fn of<'t>(&self, text: &'t str) -> &'t str {
        self.span.of(text)
    }

    /// The word, whatever its case.
    #[inline]
    pub(super) fn reads(&self, text: &str, word: &str) -> bool {
        let initial = word.as_bytes().first().map_or(0, u8::to_ascii_lowercase);
        self.initial == initial && self.span.len() == word.len() && self.is_same_word(text, word)
    }

    /// Kept apart from the quick question before it, which alone is asked often.
    #[inline(never)]
    fn is_same_word(&self, text: &str, word: &str) -> bool {
        self.kind == Kind::Word && self.of(text).eq_ignore_ascii_case(word)
    }

    /// *quietly*: how something is done. Not *family*.
    pub(super) fn is_manner(&self, text: &str) -> bool {
        let nouns = ["family", "assembly", "anomaly", "monopoly", "supply", "reply", "rally", "bully", "ally", "belly"];
        let word = self.of(text);
        self.kind == Kind::Word && !self.is_capital && word.len() > 4 && word.ends_with("ly") && !nouns.contains(&word)
    }

    fn new(span: Span, kind: Kind) -> Item {
        Item {
            span,
            kind,
            initial: 0,
            class: Class::default(),
            verbs: &[],
            is_capital: false,
            is_number: false,
            is_possessive: false,
            has_point: false,
        }
    }

    /// Words in marks as one item.
    pub(super) fn passage(span: Span, index: usize) -> Item {
        Item::new(span, Kind::Passage(index))
    }
}

/// Reads one paragraph into items, in order, white space left out.
pub(super) fn read(text: &str, graf: Span) -> Vec<Item> {
    let mut scan = Scan {
        text,
        bytes: text.as_bytes(),
        at: graf.start,
        end: graf.end,
        items: Vec::with_capacity(graf.len() / 5 + 4),
    };
    while scan.at < scan.end {
        scan.step();
    }
    scan.items
}

struct Scan<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    end: usize,
    items: Vec<Item>,
}

impl Scan<'_> {
    #[inline]
    fn char_at(&self, at: usize) -> Option<char> {
        match self.bytes.get(at) {
            Some(byte) if byte.is_ascii() && at < self.end => Some(char::from(*byte)),
            _ => self.long_char_at(at),
        }
    }

    #[inline(never)]
    fn long_char_at(&self, at: usize) -> Option<char> {
        (at < self.end).then(|| {
            Span::new(at, self.end.min(at + 4)).of(self.text).chars().next().or_else(|| {
                // A cut in the middle of the next char: take the longer view.
                crate::span::after(self.text, at).chars().next()
            })
        })?
    }

    fn step(&mut self) {
        let Some(c) = self.char_at(self.at) else {
            self.at = self.end;
            return;
        };
        let len = c.len_utf8();
        if c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}' {
            self.at += len;
        } else if c.is_alphanumeric() || (matches!(c, '@' | '#' | '$') && self.is_wordly(self.at + 1)) {
            self.word(c);
        } else {
            self.point(c);
        }
    }

    fn is_wordly(&self, at: usize) -> bool {
        self.char_at(at).is_some_and(char::is_alphanumeric)
    }

    fn word(&mut self, first: char) {
        let start = self.at;
        let mut end = start + first.len_utf8();
        loop {
            while end < self.end && self.bytes[end].is_ascii_alphanumeric() {
                end += 1;
            }
            let Some(c) = self.char_at(end) else { break };
            let next = end + c.len_utf8();
            let inside = match c {
                '\'' | '’' | '-' | '‑' | '&' | '@' => self.is_wordly(next),
                ',' => self.bytes[end - 1].is_ascii_digit() && self.bytes.get(next).is_some_and(u8::is_ascii_digit),
                '.' => self.is_inner_point(start, end),
                '_' => self.is_wordly(next),
                _ => c.is_alphanumeric(),
            };
            if !inside {
                break;
            }
            end = next;
        }
        if self.char_at(end) == Some('%') {
            end += 1;
        }
        let mut item = Item::new(Span::new(start, end), Kind::Word);
        item.is_capital = first.is_uppercase();
        item.is_number = first.is_ascii_digit() || first == '$';
        item.initial = self.bytes[start].to_ascii_lowercase();
        self.look_up(&mut item);
        let is_before_comma = self.char_at(end + 1) == Some(',');
        if self.char_at(end) == Some('.') && (is_before_comma || self.is_abbreviation(&item)) {
            item.span.end += 1;
            item.has_point = true;
        }
        self.at = item.span.end;
        self.items.push(item);
    }

    /// `U.S`, `3.5`, `example.com`: a point with no space after it, between letters or digits that belong together.
    fn is_inner_point(&self, start: usize, at: usize) -> bool {
        let (Some(before), Some(after)) = (self.bytes.get(at - 1), self.bytes.get(at + 1)) else { return false };
        let is_initial = at - start == 1 || matches!(self.bytes[at - 2], b'.' | b'-');
        (before.is_ascii_digit() && after.is_ascii_digit() && at + 1 < self.end)
            || (at + 1 < self.end && before.is_ascii_alphabetic() && after.is_ascii_lowercase())
            || (at + 1 < self.end && is_initial && before.is_ascii_uppercase() && after.is_ascii_uppercase())
    }

    fn is_abbreviation(&self, item: &Item) -> bool {
        let word = item.of(self.text);
        let is_initial = word.len() == 1 && item.is_capital && word != "I";
        let is_dotted = word.contains('.')
            && word.len() <= 6
            && word.bytes().all(|b| b == b'.' || b == b'-' || b.is_ascii_alphabetic());
        let last = word.rsplit('-').next().unwrap_or(word);
        let is_ending = last.len() < word.len()
            && last.starts_with(char::is_uppercase)
            && lexicon::get(last.to_ascii_lowercase().as_bytes())
                .is_some_and(|entry| entry.class.has(Class::ABBREVIATION));
        let is_listed = is_ending || item.is(Class::ABBREVIATION) && (item.is_capital || word == "vs" || word == "etc");
        is_initial || is_dotted || is_listed
    }

    fn look_up(&self, item: &mut Item) {
        let mut low = [0u8; MAX_WORD_BYTES];
        let mut n = 0;
        let word = &self.bytes[item.span.start..item.span.end];
        let mut at = 0;
        while at < word.len() {
            // The curly apostrophe is three bytes; the lists know the straight one.
            let is_curly = !word[at].is_ascii() && word[at..].starts_with("’".as_bytes());
            let (byte, step) = if is_curly { (b'\'', 3) } else { (word[at].to_ascii_lowercase(), 1) };
            if n == MAX_WORD_BYTES {
                return;
            }
            low[n] = byte;
            n += 1;
            at += step;
        }
        let low = &low[..n];
        item.is_possessive = low.ends_with(b"'s");
        // “US Senator Jane Roe” is a country, not *us*.
        if word == b"US" {
            return;
        }
        if let Some(entry) = lexicon::get(low) {
            item.class = entry.class;
            item.verbs = &entry.verbs;
        } else if item.is_possessive
            && let Some(entry) = lexicon::get(&low[..n - 2])
        {
            item.class = entry.class;
        }
    }

    fn point(&mut self, c: char) {
        let start = self.at;
        let mut end = start + c.len_utf8();
        let doubled = (c == '\'' || c == '`') && self.char_at(end) == Some(c);
        if doubled {
            end += 1;
        }
        let kind = match c {
            ',' => Kind::Comma,
            ':' => Kind::Colon,
            ';' => Kind::Semicolon,
            '.' | '!' | '?' | '…' => {
                while matches!(self.char_at(end), Some('.' | '!' | '?' | '…')) {
                    end += self.char_at(end).map_or(1, char::len_utf8);
                }
                Kind::Stop
            }
            '—' | '–' | '―' => Kind::Dash,
            '-' => {
                while self.char_at(end) == Some('-') {
                    end += 1;
                }
                Kind::Dash
            }
            '(' | '[' => Kind::Open,
            ')' | ']' => Kind::Close,
            _ => self.mark(c, start, end, doubled).map_or(Kind::Other, Kind::Mark),
        };
        self.items.push(Item::new(Span::new(start, end), kind));
        self.at = end;
    }

    fn mark(&self, c: char, start: usize, end: usize, is_doubled: bool) -> Option<Mark> {
        let before = if start == 0 { None } else { crate::span::before(self.text, start).chars().next_back() };
        let after = self.char_at(end);
        let is_free = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || "([{—–-/\"“‘'*_>".contains(c));
        // `Roe:"We lost"`: the space before a straight mark was lost; whether it opens the pairing says.
        let is_tight = matches!(c, '"' | '＂')
            && before.is_some_and(|c| c.is_alphabetic() || matches!(c, ':' | ','))
            && after.is_some_and(char::is_alphanumeric);
        let is_left = is_free(before);
        let is_elided = after.is_some_and(|c| c.is_ascii_digit()) && matches!(c, '\'' | '‘' | '’');
        if is_elided && !is_doubled {
            return None;
        }
        let is_right = after.is_none_or(|c| c.is_whitespace() || ",.;:!?)]}—–-/\"”’'*_<…".contains(c));
        let both = |is_single| Mark { is_single, may_open: is_left, may_close: !is_left || is_right, is_turned: false };
        let turned = |is_single, may_open, may_close| Mark { is_single, may_open, may_close, is_turned: true };
        Some(match c {
            '“' => turned(false, true, !is_left && is_right),
            '„' | '«' => turned(false, true, c == '«' && !is_left && is_right),
            '”' | '»' => turned(false, is_left && !is_right, true),
            '"' | '＂' => Mark { may_open: is_left || is_tight, ..both(false) },
            '`' if is_doubled => turned(false, true, false),
            '\'' if is_doubled => both(false),
            '‘' | '‹' => turned(true, true, false),
            '’' => turned(true, false, !is_left),
            '›' => turned(true, false, true),
            '\'' | '`' => Mark { may_open: is_left && !is_right, may_close: !is_left || is_right, ..both(true) },
            _ => return None,
        })
    }
}
