//! Where the words of a rule stand in a text: whole words, any white space for a space, any apostrophe for one.

use crate::span::{self, Span};

/// How capitals are compared.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Same,
    Any,
}

/// Where each word begins: a letter or digit behind something that is neither.
pub(super) fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut is_inside = false;
    text.char_indices().filter_map(move |(at, c)| {
        let was_inside = std::mem::replace(&mut is_inside, c.is_alphanumeric());
        (is_inside && !was_inside).then_some(at)
    })
}

/// The letters and digits from `start` on.
pub(super) fn first_word(text: &str, start: usize) -> &str {
    let rest = span::after(text, start);
    let len = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    span::before(rest, len)
}

/// Where the term ends that begins at `start`, if it stands there as whole words.
pub(super) fn match_end(text: &str, start: usize, term: &str, case: Case) -> Option<usize> {
    let mut rest = span::after(text, start).char_indices().peekable();
    for wanted in term.chars() {
        let (_, c) = rest.next()?;
        if wanted == ' ' && is_space(c) {
            while rest.next_if(|(_, c)| is_space(*c)).is_some() {}
        } else if !is_alike(c, wanted, case) {
            return None;
        }
    }
    let end = rest.peek().map_or(text.len(), |(at, _)| start + at);
    let is_whole = !term.ends_with(char::is_alphanumeric) || !rest.peek().is_some_and(|(_, c)| c.is_alphanumeric());
    // *well-known-* and the like: a hyphen with a letter behind it makes another word of it.
    let mut behind = span::after(text, end).chars();
    let is_joined =
        behind.next().is_some_and(|c| matches!(c, '-' | '‑')) && behind.next().is_some_and(char::is_alphanumeric);
    let is_joined_before = span::before(text, start).ends_with(['-', '‑', '\'', '’', '@', '#', '_', '/']);
    (is_whole && !is_joined && !is_joined_before).then_some(end)
}

/// White space within a line, or one line end: never from one paragraph into the next.
fn is_space(c: char) -> bool {
    c.is_whitespace() && c != '\n'
}

fn is_alike(c: char, wanted: char, case: Case) -> bool {
    let plain = |c: char| match c {
        '’' | '‘' => '\'',
        '‑' => '-',
        c => c,
    };
    let (c, wanted) = (plain(c), plain(wanted));
    c == wanted || case == Case::Any && c.to_lowercase().eq(wanted.to_lowercase())
}

/// How far before a slip an exception may begin.
const MAX_EXCEPTION_BYTES: usize = 120;

/// The span lies in a place where the phrase stands.
pub(super) fn is_inside(text: &str, span: Span, phrase: &str) -> bool {
    let from = span::floor_boundary(text, span.start.saturating_sub(MAX_EXCEPTION_BYTES));
    let window = Span::new(from, span.end).of(text);
    word_starts(window).any(|at| {
        let end = match_end(text, from + at, phrase, Case::Same);
        from + at <= span.start && end.is_some_and(|end| end >= span.end)
    })
}

/// Nothing but marks stands between this place and the end of the sentence before, or the line's beginning.
pub(super) fn starts_sentence(text: &str, start: usize) -> bool {
    let before = span::before(text, start).trim_end_matches(['“', '"', '‘', '(', '*', '_', '#', ' ', '>', '\u{a0}']);
    before.is_empty() || before.ends_with(['\n', '.', '!', '?', '…', '”', ':'])
}
