//! Who is called by which names, as full names in the copy tell.

use super::fold::{self, Word};
use super::lexicon;
use super::thesaurus::THESAURUS;
use crate::span::{self, Span};
use std::collections::HashMap;

/// Who is called by which names: *Sam* and *Altman* are one where the draft says *Sam Altman*.
#[derive(Default)]
pub struct People {
    other: HashMap<String, Vec<String>>,
}

impl People {
    /// Reads the full names of a text.
    pub fn read(draft: &str) -> People {
        let names: Vec<[String; 2]> = span::lines(draft).iter().flat_map(|line| names(line.of(draft))).collect();
        People::of(&names)
    }

    /// The people of such names, in the order of the text.
    pub fn of<'n>(names: impl IntoIterator<Item = &'n [String; 2]>) -> People {
        let mut people = People::default();
        for [first, last] in names {
            people.join(first, last);
            people.join(last, first);
        }
        people
    }

    fn join(&mut self, one: &str, other: &str) {
        let others = self.other.entry(one.to_string()).or_default();
        if !others.iter().any(|held| held == other) {
            others.push(other.to_string());
        }
    }

    /// What else somebody of this name is called, as stems.
    pub fn other_names(&self, stem: &str) -> impl Iterator<Item = &String> {
        self.other.get(stem).into_iter().flatten()
    }
}

/// The first and the last word of each full name of a line, as stems.
pub fn names(line: &str) -> Vec<[String; 2]> {
    let words = fold::words(line, Span::new(0, line.len()));
    let is_name = |word: &Word| word.is_capital && !word.is_number() && !lexicon::is_common(&word.key);
    let mut names = Vec::new();
    for at in 1..words.len() {
        let is_run = Span::new(words[at - 1].span.end, words[at].span.start).of(line) == " ";
        let is_last = !words.get(at + 1).is_some_and(|next| is_name(next) && next.span.start == words[at].span.end + 1);
        if is_run && is_last && is_name(&words[at - 1]) && is_name(&words[at]) {
            names.push([&words[at - 1], &words[at]].map(|word| THESAURUS.stem(&word.key).to_string()));
        }
    }
    names
}
