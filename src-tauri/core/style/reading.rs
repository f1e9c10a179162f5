//! How a piece reads: words that stand twice or come again too soon, sentences that run on, grafs that are hard.

use super::Slip;
use super::figures::{Figure, FigureRule};
use super::matching::{first_word, word_starts};
use crate::draft::{count_words, sentences};
use crate::span::{self, Span};
use std::collections::HashMap;

/// Words that may stand twice: *he had had enough*, *very, very* without its comma.
const TWICE: [&str; 10] = ["had", "that", "very", "no", "so", "ha", "bye", "her", "is", "do"];

/// Shorter words come again unnoticed.
const MIN_LETTERS: usize = 5;

/// What a piece says more often it is about.
const MOST_TIMES: usize = 3;

/// A shorter graf says too little of how it reads.
const MIN_WORDS: usize = 25;

/// Words that come again in any English text.
const COMMON: &str = "about above according across added after again against almost along already although always among \
    another around asked because become before behind being below between beyond billion called could doing \
    during early eight either enough every everyone everything first found further going group having hours \
    however including instead itself known later least less likely little million minutes month months never \
    nothing number often other others people percent perhaps rather really right second seven several shall \
    should since small someone something still their theirs themselves there these thing things think third \
    those though three through times today together tomorrow toward towards under until using weeks where \
    whether which while whose within without woman women would years yesterday";

/// What reads badly by these rules, in the order of the text; `apart` is not the writer's own.
pub(super) fn find(text: &str, apart: &[Span], rules: &[FigureRule]) -> Vec<Slip> {
    let mut slips: Vec<Slip> = Vec::new();
    for rule in rules {
        match rule.figure {
            Figure::Once => slips.extend(word_starts(text).filter_map(|start| twice(text, start, rule))),
            Figure::MostWords(most) => {
                slips.extend(sentences(text).into_iter().filter_map(|sentence| long(text, sentence, most, rule)));
            }
            Figure::Again(within) => slips.extend(again(text, apart, within, rule)),
            Figure::Grade(most) => {
                slips.extend(span::lines(text).into_iter().filter_map(|graf| hard(text, graf, apart, most, rule)));
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

/// *The council approved the plan that the mayor approved*: told at the second. Names, figures, and words the piece has
/// often are left alone; so is what others say.
fn again(text: &str, apart: &[Span], within: usize, rule: &FigureRule) -> Vec<Slip> {
    let starts = word_starts(text).enumerate();
    let own = starts.filter(|(_, start)| !is_apart(apart, Span::new(*start, start + 1)));
    let words: Vec<(usize, Span, String)> = own
        .map(|(nth, start)| {
            let word = first_word(text, start);
            (nth, Span::new(start, start + word.len()), word.to_lowercase().trim_end_matches('s').to_owned())
        })
        .collect();
    let mut n_times: HashMap<&str, usize> = HashMap::new();
    for (_, _, word) in &words {
        *n_times.entry(word).or_default() += 1;
    }
    let mut last: HashMap<&str, usize> = HashMap::new();
    let mut slips = Vec::new();
    for (nth, span, word) in &words {
        let written = span.of(text);
        // A capital makes a name of it.
        if !written.chars().all(char::is_lowercase) {
            continue;
        }
        let is_near = last.insert(word, *nth).is_some_and(|before| nth - before <= within);
        let is_telling = || written.chars().count() >= MIN_LETTERS && !COMMON.split(' ').any(|word| word == written);
        if is_near && n_times[word.as_str()] <= MOST_TIMES && is_telling() {
            let why = format!("*{written}* came shortly before. {}", rule.why);
            slips.push(slip(*span, None, why.trim_end().to_owned(), rule));
        }
    }
    slips
}

/// Told at its first word. A graf in which somebody speaks is not the writer's alone.
///
/// Source: the grade of Flesch and Kincaid (Kincaid et al. 1975, Navy Research Branch Report 8-75).
fn hard(text: &str, graf: Span, apart: &[Span], most: usize, rule: &FigureRule) -> Option<Slip> {
    if is_apart(apart, graf) {
        return None;
    }
    let words: Vec<&str> = word_starts(graf.of(text)).map(|start| first_word(graf.of(text), start)).collect();
    let n_sentences = sentences(graf.of(text)).len();
    if words.len() < MIN_WORDS || n_sentences == 0 {
        return None;
    }
    let n_words = words.len() as f64;
    let n_syllables: usize = words.iter().map(|word| syllables(word)).sum();
    let grade = 0.39 * n_words / n_sentences as f64 + 11.8 * n_syllables as f64 / n_words - 15.59;
    let start = graf.start + word_starts(graf.of(text)).next()?;
    let span = Span::new(start, start + first_word(text, start).len());
    let why = format!("The graf reads as grade {grade:.0}. {}", rule.why);
    (grade.round() > most as f64).then(|| slip(span, None, why.trim_end().to_owned(), rule))
}

/// About how many: groups of vowels, without an *e* that is only written.
fn syllables(word: &str) -> usize {
    let word = word.to_lowercase();
    let is_vowel = |c: char| "aeiouyàáâäæèéêëìíîïòóôöœùúûü".contains(c);
    let mut was_vowel = false;
    let begins_group = |c: &char| {
        let is_vowel = is_vowel(*c);
        !std::mem::replace(&mut was_vowel, is_vowel) && is_vowel
    };
    let n_groups = word.chars().filter(begins_group).count();
    let is_silent = word.ends_with('e') && !word.ends_with("le") || word.ends_with("es") || word.ends_with("ed");
    (n_groups - usize::from(is_silent && n_groups > 1)).max(1)
}

/// Some of it is not the writer's own.
fn is_apart(apart: &[Span], span: Span) -> bool {
    let next = apart.get(apart.partition_point(|apart| apart.end <= span.start));
    next.is_some_and(|apart| apart.overlaps(span))
}

fn slip(span: Span, preferred: Option<String>, why: String, rule: &FigureRule) -> Slip {
    Slip { span, preferred, why, section: rule.section, line: rule.line }
}
