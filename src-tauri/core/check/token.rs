//! The words around a parting, draft's and notes' alike, so that amounts, dates and denials are read one way.

use super::fold::Word;
use super::index::Index;
use chrono::NaiveDate;
use std::ops::Range;

/// A folded word with what its letters do not tell. A key of no letters is a wall nothing reads across.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    pub key: &'a str,
    pub is_capital: bool,
    pub starts_sentence: bool,
}

impl<'a> Token<'a> {
    fn of(word: &'a Word) -> Token<'a> {
        Token { key: &word.key, is_capital: word.is_capital, starts_sentence: word.starts_sentence }
    }
}

const WALL: Token = Token { key: "", is_capital: false, starts_sentence: true };

/// How many words on either side of a parting are read with it: a *neither* stands so far before its *nor*.
const N_NEAR: usize = 24;

/// The tokens of a stretch of words, and where in them a smaller stretch stands.
#[derive(Clone)]
pub struct Stretch<'a> {
    pub tokens: Vec<Token<'a>>,
    /// The place of the first token among all words.
    pub start: usize,
    /// The stretch asked about, among `tokens`.
    pub inner: Range<usize>,
    /// When the words were said; none for a draft, and where the note does not tell.
    pub said_on: Option<NaiveDate>,
}

impl<'a> Stretch<'a> {
    /// Words of a quote and those around them; words in square brackets are walls.
    pub fn of_draft(words: &'a [Word], range: &Range<usize>) -> Stretch<'a> {
        Stretch::new(words.len(), range, |at| if words[at].bracket > 0 { WALL } else { Token::of(&words[at]) })
    }

    /// Words of a quote in square brackets and those around them, none of them a wall.
    pub fn of_brackets(words: &'a [Word], range: &Range<usize>) -> Stretch<'a> {
        Stretch::new(words.len(), range, |at| Token::of(&words[at]))
    }

    /// Words of the notes and those around them; another voice is behind a wall.
    pub fn of_note(index: &'a Index, range: &Range<usize>) -> Stretch<'a> {
        let stretch = Stretch::new(index.words.len(), range, |at| {
            let word = &index.words[at];
            Token { key: index.key(word), is_capital: word.is_capital, starts_sentence: word.starts_sentence }
        });
        let voice = index.voice(range.start).or_else(|| index.voice(range.start.checked_sub(1)?));
        Stretch { said_on: voice.and_then(|voice| voice.said_on), ..stretch }
    }

    fn new(n_words: usize, range: &Range<usize>, token: impl Fn(usize) -> Token<'a>) -> Stretch<'a> {
        let start = range.start.saturating_sub(N_NEAR);
        let end = (range.end + N_NEAR).min(n_words).max(range.end);
        let tokens = (start..end).map(token).collect();
        Stretch { tokens, start, inner: range.start - start..range.end - start, said_on: None }
    }

    /// The key at a place; no letters outside.
    pub fn key(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.key)
    }
}

/// Widens two stretches together, word for word while the words are equal, until nothing of `ones` or `others` is cut.
pub fn widen(one: &mut Stretch, other: &mut Stretch, ones: &[Range<usize>], others: &[Range<usize>]) {
    let cuts = |inner: &Range<usize>, facts: &[Range<usize>]| {
        let cut = facts.iter().filter(|fact| is_touched(fact, inner));
        cut.fold((inner.start, inner.end), |(start, end), fact| (start.min(fact.start), end.max(fact.end)))
    };
    for _ in 0..3 {
        let (ones_cut, others_cut) = (cuts(&one.inner, ones), cuts(&other.inner, others));
        let n_before = (one.inner.start - ones_cut.0).max(other.inner.start - others_cut.0);
        let n_behind = (ones_cut.1 - one.inner.end).max(others_cut.1 - other.inner.end);
        for _ in 0..n_before {
            let (Some(at), Some(to)) = (one.inner.start.checked_sub(1), other.inner.start.checked_sub(1)) else {
                break;
            };
            if one.key(at) != other.key(to) || one.key(at).is_empty() {
                break;
            }
            (one.inner.start, other.inner.start) = (at, to);
        }
        for _ in 0..n_behind {
            let (at, to) = (one.inner.end, other.inner.end);
            if one.key(at) != other.key(to) || one.key(at).is_empty() {
                break;
            }
            (one.inner.end, other.inner.end) = (at + 1, to + 1);
        }
    }
}

/// Shares a word with the stretch, or stands on both sides of an empty one.
pub fn is_touched(fact: &Range<usize>, inner: &Range<usize>) -> bool {
    fact.start < inner.end && inner.start < fact.end
        || inner.is_empty() && fact.start < inner.start && inner.start < fact.end
}
