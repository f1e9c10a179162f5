//! How a piece reads: words that stand twice, sentences that run on.

use super::Slip;
use super::figures::{Figure, FigureRule};
use super::matching::{first_word, word_starts};
use crate::draft::{count_words, sentences};
use crate::span::{self, Span};

/// Words that may stand twice: *he had had enough*, *very, very* without its comma.
const TWICE: [&str; 10] = ["had", "that", "very", "no", "so", "ha", "bye", "her", "is", "do"];

/// What reads badly by these rules, in the order of the text.
pub(super) fn find(text: &str, rules: &[FigureRule]) -> Vec<Slip> {
    let mut slips: Vec<Slip> = Vec::new();
    for rule in rules {
        match rule.figure {
            Figure::Once => slips.extend(word_starts(text).filter_map(|start| twice(text, start, rule))),
            Figure::MostWords(most) => {
                slips.extend(sentences(text).into_iter().filter_map(|sentence| long(text, sentence, most, rule)));
            }
            _ => {}
        }
    }
    slips.sort_by_key(|slip| (slip.span.start, slip.line));
    slips
}

/// *the the*: the second goes. Names may be said twice (*Walla Walla*).
fn twice(text: &str, start: usize, rule: &FigureRule) -> Option<Slip> {
    let word = first_word(text, start);
    let end = start + word.len();
    let rest = span::after(text, end);
    let second = rest.trim_start_matches([' ', '\u{a0}']);
    let n_blanks = rest.len() - second.len();
    let second = first_word(second, 0);
    let lower = word.to_lowercase();
    let is_twice = n_blanks > 0
        && word.chars().all(char::is_alphabetic)
        && !second.starts_with(char::is_uppercase)
        && second.to_lowercase() == lower
        && !TWICE.contains(&&*lower);
    let span = Span::new(start, end + n_blanks + second.len());
    is_twice.then(|| slip(span, Some(word.to_owned()), rule.why.clone(), rule))
}

/// Told at its first word: what is quoted inside is not the writer's.
fn long(text: &str, sentence: Span, most: usize, rule: &FigureRule) -> Option<Slip> {
    let n_words = count_words(sentence.of(text));
    let first = first_word(text, sentence.start);
    let span = Span::new(sentence.start, sentence.start + first.len());
    let why = format!("{n_words} words in one sentence. {}", rule.why);
    (n_words > most && !span.is_empty()).then(|| slip(span, None, why.trim_end().to_owned(), rule))
}

fn slip(span: Span, preferred: Option<String>, why: String, rule: &FigureRule) -> Slip {
    Slip { span, preferred, why, section: rule.section, line: rule.line }
}
