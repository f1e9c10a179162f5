//! What a change may not break: words, numbers, marks of punctuation and of Markdown.

use super::fold::{Known, LOWER, fold, hash, hash_bytes, hash_eight, known, packed};
use crate::span::{Span, after};
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// What a token is to an editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A word, a number, an address.
    Word,
    /// A word that binds others and says little alone (*the*, *of*, *and*).
    Little,
    Punct,
    /// A quote mark or an apostrophe that stands alone.
    Quote,
    /// A mark of Markdown: `**`, `#`, `[`, `](https://…)`.
    Mark,
}

impl Sort {
    pub fn is_word(self) -> bool {
        matches!(self, Sort::Word | Sort::Little)
    }
}

/// The least piece of text a change may take. White space lies between tokens, never in one, but for a link's title.
///
/// Small, for a long text has many: where it stands is kept in 32 bits, and a text is cut into tokens only so far.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    start: u32,
    /// The lower bits of what it reads as.
    fold: u32,
    /// From the lowest bits: its length, its sort, and more bits of what it reads as.
    rest: u32,
}

const LEN_BITS: u32 = 22;
const MOST_LEN: usize = (1 << LEN_BITS) - 1;
const SORT_BITS: u32 = 3;

impl Token {
    fn new(span: Span, fold: u64, sort: Sort) -> Token {
        let upper = (fold >> 32) as u32;
        let rest = span.len() as u32 | (sort as u32) << LEN_BITS | upper << (LEN_BITS + SORT_BITS);
        Token { start: span.start as u32, fold: fold as u32, rest }
    }

    /// Equal for tokens that read the same: case, quote style, dashes, hyphens and number words folded away. In 39 bits:
    /// of the words of a language one pair in ten may share a number, and then they are told as changed in form alone.
    pub fn fold(&self) -> u64 {
        u64::from(self.rest >> (LEN_BITS + SORT_BITS)) << 32 | u64::from(self.fold)
    }

    /// In bytes of its text; never empty.
    pub fn span(&self) -> Span {
        let start = self.start as usize;
        Span { start, end: start + (self.rest as usize & MOST_LEN) }
    }

    pub fn sort(&self) -> Sort {
        match self.rest >> LEN_BITS & ((1 << SORT_BITS) - 1) {
            0 => Sort::Word,
            1 => Sort::Little,
            2 => Sort::Punct,
            3 => Sort::Quote,
            _ => Sort::Mark,
        }
    }

    /// Its line began at byte `from` and now begins at byte `to`.
    pub fn shift(&mut self, from: usize, to: usize) {
        self.start = (self.start as usize + to - from) as u32;
    }
}

/// The tokens of a part of a text, in order. The part begins at the start of a line.
pub fn tokens(text: &str, part: Span) -> Vec<Token> {
    let mut list = Vec::with_capacity(part.len() / 5);
    let mut at = part.start;
    let mut is_line_start = true;
    let text = crate::span::before(text, part.end);
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        if matches!(byte, b' ' | b'\n') {
            is_line_start |= byte == b'\n';
            at += 1;
            continue;
        }
        let token = match plain(bytes, at, byte, is_line_start) {
            Some(token) => token,
            None => {
                let rest = after(text, at);
                let Some(c) = rest.chars().next() else { break };
                if c.is_whitespace() {
                    at += c.len_utf8();
                    continue;
                }
                let (len, sort) = measure(rest, c, is_line_start);
                let span = Span::new(at, at + len.max(c.len_utf8()));
                let (fold, sort) = fold(span.of(text), sort);
                if span.end > u32::MAX as usize || span.len() > MOST_LEN {
                    break;
                }
                Token::new(span, fold, sort)
            }
        };
        at = token.span().end;
        // Marks may stand one behind the other: a list inside a block quote.
        is_line_start &= token.sort() == Sort::Mark;
        if list.len() == list.capacity() {
            list.reserve_exact(1 + n_at_most(&bytes[at..]));
        }
        list.push(token);
    }
    list
}

/// Not fewer than the tokens that stand in these bytes.
fn n_at_most(bytes: &[u8]) -> usize {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric();
    let is_continued = |byte: u8| byte & 0xc0 == 0x80;
    let mut is_in_word = false;
    let is_start = |&&byte: &&u8| {
        let is_next = is_in_word && is_word(byte);
        is_in_word = is_word(byte);
        !is_next && !byte.is_ascii_whitespace() && !is_continued(byte)
    };
    bytes.iter().filter(is_start).count()
}

/// A word of plain letters and digits that ends at a space or a mark which cannot belong to it, or one such mark: what
/// most of a text is. The same as `measure` and `fold` would say, sooner.
fn plain(bytes: &[u8], at: usize, byte: u8, is_line_start: bool) -> Option<Token> {
    if at > u32::MAX as usize / 2 {
        return None;
    }
    let next = |len: usize| bytes.get(at + len).copied().unwrap_or(b' ');
    if matches!(byte, b',' | b'.') {
        let is_alone = matches!(next(1), b' ' | b'\n' | b'"');
        return is_alone.then(|| Token::new(Span::new(at, at + 1), hash_bytes(&[byte], 0), Sort::Punct));
    }
    let (letters, len) = match eight(bytes, at) {
        (letters, 8) => {
            (letters, 8 + bytes[at + 8..].iter().take(24).take_while(|byte| byte.is_ascii_alphanumeric()).count())
        }
        short => short,
    };
    // A number may open a list, and may go on behind a point.
    let (first, last) = (byte.is_ascii_digit(), bytes[(at + len).saturating_sub(1)].is_ascii_digit());
    let is_apart = || matches!(next(len + 1), b' ' | b'\n' | b'"');
    let is_end = match next(len) {
        b' ' | b'\n' | b';' | b'!' | b'?' | b')' | b'"' => true,
        b',' => !last || is_apart(),
        b'.' if last => len > 1 && is_apart(),
        b'.' => len > 1 && !(len == 3 && letters == WWW),
        _ => false,
    };
    if len == 0 || len == 32 || !is_end || first && is_line_start {
        return None;
    }
    let fold = if len <= 8 { hash_eight(letters, len) } else { hash_bytes(&bytes[at..at + len], LOWER) };
    let (fold, sort) = match if len <= 6 { known(letters) } else { None } {
        None => (fold, Sort::Word),
        Some(Known::Little) => (fold, Sort::Little),
        Some(Known::Number(numeral)) => (hash(numeral), Sort::Word),
    };
    Some(Token::new(Span::new(at, at + len), fold, sort))
}

const WWW: u64 = 0x77_7777;

/// The plain letters and digits that stand from here, up to eight, made small and packed in a number; and how many.
fn eight(bytes: &[u8], at: usize) -> (u64, usize) {
    const ALL: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * ALL;
    let read = match bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()) {
        Some(eight) => u64::from_le_bytes(eight),
        None => packed(&bytes[at..], 0),
    };
    let small = read | LOWER;
    // In each byte the high bit: no carry leaves a byte, for both summands are at most 128. Control signs become digits
    // when they are made small.
    let from = |least: u8| (small & !HIGH) + (0x80 - u64::from(least)) * ALL;
    let letters = from(b'a') & !from(b'z' + 1);
    let digits = from(b'0') & !from(b'9' + 1);
    let is_plain = (letters | digits & (read << 2)) & HIGH & !read;
    let len = ((!is_plain & HIGH).trailing_zeros() / 8) as usize;
    (if len < 8 { small & !(u64::MAX << (8 * len)) } else { small }, len)
}

/// Only marks, spaces or quote style tell them apart. A link's address is no mere mark.
pub fn read_alike(old: &str, olds: &[Token], new: &str, news: &[Token]) -> bool {
    let is_read =
        |text: &str, token: &Token| token.sort() != Sort::Mark || token.span().of(text).starts_with(['<', ']']);
    let is_alike = |one: &Token, other: &Token| match one.sort() {
        _ if one.fold() != other.fold() => false,
        Sort::Quote | Sort::Punct => true,
        _ => {
            let straight = |c: char| if c == '’' { '\'' } else { c };
            let (one, other) = (one.span().of(old), other.span().of(new));
            one == other || one.chars().map(straight).eq(other.chars().map(straight))
        }
    };
    let mut olds = olds.iter().filter(|token| is_read(old, token));
    let mut news = news.iter().filter(|token| is_read(new, token));
    loop {
        match (olds.next(), news.next()) {
            (None, None) => return true,
            (Some(one), Some(other)) if is_alike(one, other) => {}
            _ => return false,
        }
    }
}

/// How many bytes the token at the front of `rest` has, and its sort.
fn measure(rest: &str, c: char, is_line_start: bool) -> (usize, Sort) {
    if is_line_start && let Some(len) = block_mark(rest, c) {
        return (len, Sort::Mark);
    }
    if let Some(len) = address(rest, c) {
        return (len, Sort::Word);
    }
    if let Some(len) = word(rest, c) {
        return (len, Sort::Word);
    }
    match c {
        '*' | '_' | '`' | '~' | '|' => (run(rest, c), Sort::Mark),
        '[' => (1, Sort::Mark),
        '!' if rest.starts_with("![") => (2, Sort::Mark),
        ']' if rest.starts_with("](") => (closed_by(rest, ')').unwrap_or(1), Sort::Mark),
        ']' => (1, Sort::Mark),
        '<' => match closed_by(rest, '>') {
            Some(len) if rest.chars().nth(1).is_some_and(|c| c.is_alphabetic() || c == '/' || c == '!') => {
                (len, Sort::Mark)
            }
            _ => (1, Sort::Punct),
        },
        '"' | '“' | '”' | '„' | '«' | '»' | '\'' | '‘' | '’' | '‚' => (c.len_utf8(), Sort::Quote),
        '.' | '-' => (run(rest, c), Sort::Punct),
        '\\' => (1 + rest.chars().nth(1).filter(char::is_ascii_punctuation).map_or(0, char::len_utf8), Sort::Punct),
        _ => (rest.graphemes(true).next().map_or(0, str::len), Sort::Punct),
    }
}

/// A mark that opens a line: heading, quotation, list, numbered list.
fn block_mark(rest: &str, c: char) -> Option<usize> {
    let len = match c {
        '#' => run(rest, c),
        '>' | '|' => return Some(1),
        '-' | '*' | '+' => 1,
        '0'..='9' => {
            let n_digits = rest.bytes().take(4).take_while(u8::is_ascii_digit).count();
            if n_digits > 3 || !matches!(rest.as_bytes().get(n_digits), Some(b'.' | b')')) {
                return None;
            }
            n_digits + 1
        }
        _ => return None,
    };
    (len <= 6 && after(rest, len).starts_with(' ')).then_some(len)
}

/// How often `c` stands in a row.
fn run(rest: &str, c: char) -> usize {
    rest.chars().take_while(|&next| next == c).map(char::len_utf8).sum()
}

/// The bytes up to and with `end`, if it stands on the same line and near.
fn closed_by(rest: &str, end: char) -> Option<usize> {
    let near = rest.char_indices().take(600).take_while(|&(_, c)| c != '\n');
    near.filter(|&(_, c)| c == end).map(|(at, c)| at + c.len_utf8()).next()
}

/// A web address, without the full stop or bracket that follows it.
fn address(rest: &str, c: char) -> Option<usize> {
    if !matches!(c, 'h' | 'w') || !["https://", "http://", "www."].iter().any(|start| rest.starts_with(start)) {
        return None;
    }
    let end = rest.find(|c: char| c.is_whitespace() || "()<>[]\"“”|*".contains(c)).unwrap_or(rest.len());
    Some(Span::new(0, end).of(rest).trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', '_']).len())
}

/// A word or number with what holds it together: *co-founder*, *it’s*, *$1,000.50*, *U.S.*, *5%*, *o@example.org*.
fn word(rest: &str, first: char) -> Option<usize> {
    let mut chars = rest.char_indices().peekable();
    let mut last = ' ';
    if matches!(first, '$' | '€' | '£' | '@' | '#' | '+' | '−') {
        chars.next();
        last = first;
        chars.peek().filter(|(_, c)| c.is_alphanumeric())?;
    } else if !first.is_alphanumeric() {
        return None;
    }
    let (mut end, mut n_dots, mut is_mail, mut n_since_dot) = (0, 0, false, 0);
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |&(_, c)| c);
        let is_joint = match c {
            '\'' | '’' | '-' | '\u{2011}' | '\u{ad}' | '_' | '&' => next.is_alphanumeric(),
            '.' if n_since_dot == 1 && last.is_alphabetic() => next.is_alphabetic() || n_dots > 0,
            '.' | ',' | ':' | '/' | '–' => {
                last.is_ascii_digit() && next.is_ascii_digit() || is_mail && c == '.' && next.is_alphanumeric()
            }
            '@' => next.is_alphanumeric(),
            '%' | '°' => last.is_ascii_digit(),
            _ => false,
        };
        if is_joint {
            is_mail |= c == '@';
            n_dots += usize::from(c == '.');
            n_since_dot = 0;
        } else if is_single(c) {
            // Scripts without spaces: each sign a word, with what stands before the first: *#東*.
            return Some(if end == 0 { at + c.len_utf8() } else { end });
        } else if c.is_alphanumeric() {
            n_since_dot += 1;
        } else if !is_combining_mark(c) && !matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe0f}') {
            break;
        }
        last = c;
        end = at + c.len_utf8();
    }
    Some(end)
}

/// A sign of Chinese or Japanese.
fn is_single(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redline::vocabulary::LITTLE;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<&str> {
        tokens(text, Span::new(0, text.len())).iter().map(|token| token.span().of(text)).collect()
    }

    /// The sign in front was not counted, and the token ended inside a letter.
    #[test]
    fn a_sign_before_chinese_or_japanese_goes_with_the_first_of_it() {
        assert_eq!(cut("#東京 $港 #\u{2ebf0}a"), ["#東", "京", "$港", "#\u{2ebf0}", "a"]);
    }

    #[test]
    fn a_token_is_what_a_change_may_not_break() {
        let cases = [
            ("It’s $1,000.50, co-founder.", vec!["It’s", "$1,000.50", ",", "co-founder", "."]),
            ("the U.S. and 5% at 9:30", vec!["the", "U.S.", "and", "5%", "at", "9:30"]),
            ("**Ada** said", vec!["**", "Ada", "**", "said"]),
            ("- one\n2. two", vec!["-", "one", "2.", "two"]),
            ("a [b c](https://x.org/?q=1) d", vec!["a", "[", "b", "c", "](https://x.org/?q=1)", "d"]),
            ("see https://x.org/a.b. Then", vec!["see", "https://x.org/a.b", ".", "Then"]),
            ("no—yes… e\u{301}t 東京", vec!["no", "—", "yes", "…", "e\u{301}t", "東", "京"]),
            ("Dec. 1. End", vec!["Dec", ".", "1", ".", "End"]),
            ("👩‍👧 x", vec!["👩‍👧", "x"]),
        ];
        for (text, want) in cases {
            assert_eq!(cut(text), want, "{text}");
        }
    }

    #[test]
    fn words_that_read_the_same_fold_alike() {
        let fold = |word: &str| tokens(word, Span::new(0, word.len()))[0].fold();
        for (one, other) in
            [("It's", "it’s"), ("co-operate", "cooperate"), ("9", "nine"), ("—", "--"), ("1,000", "1000")]
        {
            assert_eq!(fold(one), fold(other), "{one} reads as {other}");
        }
        assert_ne!(fold("re-sign"), fold("resign"), "one stays, the other goes");
        assert!(LITTLE.is_sorted());
    }

    proptest! {
        #[test]
        fn tokens_and_the_space_between_cover_the_text(text in "\\PC{0,60}") {
            let mut at = 0;
            for token in tokens(&text, Span::new(0, text.len())) {
                prop_assert!(Span::new(at, token.span().start).of(&text).trim().is_empty());
                prop_assert!(!token.span().is_empty());
                at = token.span().end;
            }
            prop_assert!(Span::new(at, text.len()).of(&text).trim().is_empty());
        }
    }
}
