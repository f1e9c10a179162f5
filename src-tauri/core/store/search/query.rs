//! What an editor typed into the search field, as the index wants it, and the same words found again in a text.
//!
//! The index tells which texts hold the words, not where. Its own `highlight` would, but it copies the text for every
//! hit: one word 100,000 times over took it two seconds, and the time grows with the square. Finding the words again
//! takes one reading.

use crate::span::Span;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words to be found side by side; a word alone is a phrase of one.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Phrase {
    /// As typed, but for what the index's grammar could stumble over. The index cuts and folds it by its own rules.
    typed: String,
    /// The same words folded here, never empty.
    words: Vec<String>,
    /// The last word may go on.
    is_open: bool,
}

/// A query: all of its phrases must be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    phrases: Vec<Phrase>,
}

/// More than an editor types; keeps the index's expression small whatever is pasted.
const MOST_PHRASES: usize = 32;
const MOST_CHARS: usize = 1_000;

impl Query {
    /// Reads what was typed. Total.
    pub fn read(typed: &str) -> Query {
        let typed: String = typed.chars().take(MOST_CHARS).map(|c| if c.is_control() { ' ' } else { c }).collect();
        let parts: Vec<&str> = typed.split(['"', '“', '”', '„', '«', '»']).collect();
        let n_parts = parts.len();
        let mut phrases = Vec::new();
        for (n, part) in parts.into_iter().enumerate() {
            let is_last = n + 1 == n_parts;
            if n % 2 == 1 {
                phrases.extend(Phrase::read(part, is_last || part.ends_with('*')));
                continue;
            }
            let mut words = part.split_whitespace().peekable();
            while let Some(word) = words.next() {
                let is_being_typed = is_last && words.peek().is_none() && !part.ends_with(char::is_whitespace);
                phrases.extend(Phrase::read(word, is_being_typed && !is_letter(word) || word.ends_with('*')));
            }
        }
        phrases.truncate(MOST_PHRASES);
        Query { phrases }
    }

    /// No word in it.
    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// The words as an FTS5 expression: quoted phrases alone, so nothing typed can be read as its grammar.
    pub fn expression(&self) -> String {
        let phrases = self.phrases.iter().map(|phrase| {
            let open = if phrase.is_open { " *" } else { "" };
            format!("\"{}\"{open}", phrase.typed)
        });
        phrases.collect::<Vec<_>>().join(" AND ")
    }

    /// Whether each phrase stands in one of these texts.
    pub fn is_in(&self, texts: &[&String]) -> bool {
        let stands_in = |phrase: &Phrase, text: &str| {
            let mut rest = words(text);
            std::iter::from_fn(|| {
                let here = rest.clone();
                rest.next().map(|_| phrase.at(text, here).is_some())
            })
            .any(|is_here| is_here)
        };
        self.phrases.iter().all(|phrase| texts.iter().any(|text| stands_in(phrase, text)))
    }

    /// Where the phrases stand in a text: bytes, in order, apart, at most `n_most`.
    pub fn find(&self, text: &str, n_most: usize) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        let mut rest = words(text);
        loop {
            let here = rest.clone();
            if rest.next().is_none() {
                break;
            }
            let places = self.phrases.iter().filter_map(|phrase| phrase.at(text, here.clone()));
            let Some(span) = places.max_by_key(|span| span.end) else { continue };
            match spans.last_mut() {
                Some(last) if last.overlaps(span) => *last = last.join(span),
                _ => spans.push(span),
            }
            if spans.len() > n_most {
                spans.truncate(n_most);
                break;
            }
        }
        spans
    }
}

/// One letter of our alphabet. It begins some of every text: to go through all words it begins takes long and tells none
/// from another, so it is looked for whole.
fn is_letter(word: &str) -> bool {
    word.len() == 1
}

impl Phrase {
    fn read(typed: &str, is_open: bool) -> Option<Phrase> {
        let words: Vec<String> = words(typed).map(|word| fold(word.of(typed)).into_owned()).collect();
        if words.is_empty() { None } else { Some(Phrase { typed: typed.to_owned(), words, is_open }) }
    }

    /// Where it stands, if the next words are its own.
    fn at(&self, text: &str, mut next: impl Iterator<Item = Span>) -> Option<Span> {
        let mut place: Option<Span> = None;
        for (n, wanted) in self.words.iter().enumerate() {
            let is_open = self.is_open && n + 1 == self.words.len();
            let word = next.next().filter(|word| fits(wanted, word.of(text), is_open))?;
            place = Some(place.map_or(word, |place| place.join(word)));
        }
        place
    }
}

/// Whether a word of the text is, or begins with, a folded one.
fn fits(wanted: &str, word: &str, is_open: bool) -> bool {
    // Nearly every word differs in its first letter, and needs no folding to see it.
    if let (Some(first), Some(other)) = (wanted.bytes().next(), word.bytes().next())
        && first.is_ascii()
        && other.is_ascii()
        && first != other.to_ascii_lowercase()
    {
        return false;
    }
    let word = fold(word);
    if is_open { word.starts_with(wanted) } else { word == wanted }
}

/// The words of a text much as the index cuts them: runs of letters and digits with the marks on them.
fn words(text: &str) -> impl Iterator<Item = Span> + Clone {
    let mut places = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = places.find(|(_, c)| is_of_word(*c))?;
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = places.next_if(|(_, c)| is_of_word(*c) || !c.is_ascii() && is_combining_mark(*c)) {
            end = at + c.len_utf8();
        }
        Some(Span::new(start, end))
    })
}

fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() && c.is_alphanumeric() && !is_combining_mark(c)
}

fn fold(word: &str) -> Cow<'_, str> {
    if !word.is_ascii() {
        return word.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    }
    if word.bytes().any(|byte| byte.is_ascii_uppercase()) { word.to_ascii_lowercase().into() } else { word.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, expression: &str) {
        assert_eq!(Query::read(typed).expression(), expression, "{typed}");
    }

    #[test]
    fn a_query_becomes_quoted_phrases_and_nothing_else() {
        check("harb", "\"harb\" *");
        check("a", "\"a\"");
        check("a*", "\"a*\" *");
        check("é", "\"é\" *");
        check("harbour sale ", "\"harbour\" AND \"sale\"");
        check("“the harbour” sale", "\"the harbour\" AND \"sale\" *");
        check("\"the harb", "\"the harb\" *");
        check("har* NOT (body: ^sale", "\"har*\" * AND \"NOT\" AND \"(body:\" AND \"^sale\" *");
        check("\"\" ' ; -- \0 !", "");
    }

    #[test]
    fn words_are_found_again_with_their_marks_and_beginnings() {
        let text = "Café owner José said: cafés close. CAFE\u{301}!";
        let find = |typed| {
            let spans = Query::read(typed).find(text, 9);
            spans.into_iter().map(|span| span.of(text).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(find("cafe"), ["Café", "cafés", "CAFE\u{301}"]);
        assert_eq!(find("cafe "), ["Café", "CAFE\u{301}"]);
        assert_eq!(find("\"owner jose\""), ["owner José"]);
        assert_eq!(find("said close"), ["said", "close"]);
        assert_eq!(Query::read("cafe").find(text, 1).len(), 1);
    }
}
