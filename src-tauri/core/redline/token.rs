//! What a change may not break: words, numbers, marks of punctuation and of Markdown.

use super::vocabulary::LITTLE;
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
#[derive(Clone, Copy, Debug)]
pub struct Token {
    pub span: Span,
    /// Equal for tokens that read the same: case, quote style, dashes, hyphens and number words folded away.
    pub fold: u64,
    pub sort: Sort,
}

/// The tokens of a part of a text, in order. The part begins at the start of a line.
pub fn tokens(text: &str, part: Span) -> Vec<Token> {
    let mut list = Vec::with_capacity(part.len() / 4);
    let mut at = part.start;
    let mut is_line_start = true;
    let text = crate::span::before(text, part.end);
    while let Some(c) = after(text, at).chars().next() {
        if c.is_whitespace() {
            is_line_start |= c == '\n';
            at += c.len_utf8();
            continue;
        }
        let (len, sort) = measure(after(text, at), c, is_line_start);
        let span = Span::new(at, at + len.max(c.len_utf8()));
        let (fold, sort) = fold(span.of(text), sort);
        list.push(Token { span, fold, sort });
        // Marks may stand one behind the other: a list inside a block quote.
        is_line_start &= sort == Sort::Mark;
        at = span.end;
    }
    list
}

/// Only marks, spaces or quote style tell them apart. A link's address is no mere mark.
pub fn read_alike(old: &str, olds: &[Token], new: &str, news: &[Token]) -> bool {
    let is_read = |text: &str, token: &Token| token.sort != Sort::Mark || token.span.of(text).starts_with(['<', ']']);
    let is_alike = |one: &Token, other: &Token| match one.sort {
        _ if one.fold != other.fold => false,
        Sort::Quote | Sort::Punct => true,
        _ => {
            let straight = |c: char| if c == '’' { '\'' } else { c };
            one.span.of(old).chars().map(straight).eq(other.span.of(new).chars().map(straight))
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
            // Scripts without spaces: each sign a word.
            let is_first = end == 0;
            return Some(if is_first { c.len_utf8() } else { end });
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

/// What the token reads as, hashed, and its sort known better.
fn fold(written: &str, sort: Sort) -> (u64, Sort) {
    match sort {
        Sort::Word => {
            let mut folded = String::new();
            let folded = if written.bytes().all(|byte| byte.is_ascii_lowercase()) {
                written
            } else {
                fold_word(written, &mut folded);
                &folded
            };
            let is_little = folded.len() <= 5 && LITTLE.binary_search(&folded).is_ok();
            (hash(number(folded)), if is_little { Sort::Little } else { Sort::Word })
        }
        Sort::Quote if matches!(written, "'" | "‘" | "’" | "‚") => (hash("'"), sort),
        Sort::Quote => (hash("\""), sort),
        Sort::Mark => (hash(&written.replace('_', "*")), sort),
        Sort::Punct if matches!(written, "–" | "—" | "--" | "-" | "---") => (hash("-"), sort),
        Sort::Punct if written == "…" => (hash("..."), sort),
        Sort::Punct | Sort::Little => (hash(written), sort),
    }
}

/// Pairs that a hyphen alone tells apart and that mean the opposite, or another thing.
const HYPHEN_TELLS: [&str; 6] = ["re-sign", "re-signed", "re-signs", "re-cover", "re-form", "re-creation"];

fn fold_word(written: &str, folded: &mut String) {
    let is_address = written.contains("//");
    for c in written.chars() {
        match c {
            '’' => folded.push('\''),
            '\u{2011}' => folded.push('-'),
            '–' => folded.push('-'),
            '\u{ad}' => {}
            c if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
            c => folded.extend(c.to_lowercase()),
        }
    }
    if is_address || HYPHEN_TELLS.contains(&folded.as_str()) {
        return;
    }
    if folded.starts_with(|c: char| c.is_ascii_digit()) {
        folded.retain(|c| c != ',');
    } else if folded.contains('-') {
        folded.retain(|c| c != '-');
    }
}

/// A number word as its numeral; anything else as it is.
fn number(folded: &str) -> &str {
    match folded {
        "one" => "1",
        "two" => "2",
        "three" => "3",
        "four" => "4",
        "five" => "5",
        "six" => "6",
        "seven" => "7",
        "eight" => "8",
        "nine" => "9",
        "ten" => "10",
        "eleven" => "11",
        "twelve" => "12",
        _ => folded,
    }
}

/// FNV-1a: small, and the same on every machine.
pub fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<&str> {
        tokens(text, Span::new(0, text.len())).iter().map(|token| token.span.of(text)).collect()
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
        let fold = |word: &str| tokens(word, Span::new(0, word.len()))[0].fold;
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
                prop_assert!(Span::new(at, token.span.start).of(&text).trim().is_empty());
                prop_assert!(!token.span.is_empty());
                at = token.span.end;
            }
            prop_assert!(Span::new(at, text.len()).of(&text).trim().is_empty());
        }
    }
}
