//! What an editor typed into the search field, as the index wants it, and the same words found again in a text.
//!
//! The index tells which texts hold the words, not where. Its own `highlight` would, but it copies the text for every
//! hit: one word 100,000 times over took it two seconds, and the time grows with the square. Finding the words again
//! takes one reading.

use crate::span::Span;
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
                phrases.extend(Phrase::read(word, is_being_typed || word.ends_with('*')));
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

    /// Where the phrases stand in a text: bytes, in order, apart, at most `n_most`.
    pub fn find(&self, text: &str, n_most: usize) -> Vec<Span> {
        let words: Vec<(Span, String)> = words(text).collect();
        let mut spans: Vec<Span> = Vec::new();
        for start in 0..words.len() {
            let lengths = self.phrases.iter().filter(|phrase| phrase.stands_at(&words[start..]));
            let Some(n_words) = lengths.map(|phrase| phrase.words.len()).max() else { continue };
            let span = words[start].0.join(words[start + n_words - 1].0);
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

impl Phrase {
    fn read(typed: &str, is_open: bool) -> Option<Phrase> {
        let words: Vec<String> = words(typed).map(|(_, word)| word).collect();
        if words.is_empty() { None } else { Some(Phrase { typed: typed.to_owned(), words, is_open }) }
    }

    fn stands_at(&self, words: &[(Span, String)]) -> bool {
        let Some(words) = words.get(..self.words.len()) else { return false };
        let last = self.words.len() - 1;
        self.words.iter().zip(words).enumerate().all(|(n, (wanted, (_, word)))| {
            if n == last && self.is_open { word.starts_with(wanted.as_str()) } else { word == wanted }
        })
    }
}

/// The words of a text much as the index cuts them: runs of letters and digits with the marks on them; folded.
fn words(text: &str) -> impl Iterator<Item = (Span, String)> {
    let mut places = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = places.find(|(_, c)| is_of_word(*c))?;
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = places.next_if(|(_, c)| is_of_word(*c) || is_combining_mark(*c)) {
            end = at + c.len_utf8();
        }
        let span = Span::new(start, end);
        Some((span, fold(span.of(text))))
    })
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() && !is_combining_mark(c)
}

fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
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
