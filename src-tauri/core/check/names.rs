//! The names in a stretch of words, held whole, and which of them are one.

use super::speaker;
use super::thesaurus::THESAURUS;
use super::token::Token;
use super::{amounts, dates, lexicon};
use std::ops::Range;

/// Every name, as a run of words with capitals.
pub fn find(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut names: Vec<Range<usize>> = Vec::new();
    for at in (0..tokens.len()).filter(|at| is_name(tokens, *at)) {
        match names.last_mut().filter(|last| last.end == at && !tokens[at].starts_sentence) {
            Some(last) => last.end = at + 1,
            None => names.push(at..at + 1),
        }
    }
    names
}

/// A capital at the start of a sentence is a name's where no English word is written so.
fn is_name(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    let key = token.key;
    if !token.is_capital || key.starts_with('#') || lexicon::is_date(key) || lexicon::is_common(key) || is_month(token)
    {
        return false;
    }
    let is_plain = lexicon::is_negation(key) || lexicon::is_hedge(key) || is_fact(tokens, at);
    !is_plain && (!token.starts_sentence || !THESAURUS.is_word(key))
}

/// Part of a date or an amount: *Sept.*, *Half*.
fn is_fact(tokens: &[Token], at: usize) -> bool {
    let near = &tokens[at.saturating_sub(2)..tokens.len().min(at + 3)];
    let own = at - at.saturating_sub(2);
    dates::find(near).iter().any(|date| date.words.contains(&own))
        || amounts::find(near).iter().any(|amount| !amount.is_soft && amount.words.contains(&own))
}

/// A month with its capital; *May* at the start of a sentence is none.
pub fn is_month(token: &Token) -> bool {
    lexicon::is_month(token.key) && token.is_capital && (token.key != "may" || !token.starts_sentence)
}

/// One person, place or body: *Mr. Eze* and *Ines Eze*, *Russia* and *Russian*, *FBI* and *Federal Bureau of …*.
pub fn are_same(one: &[Token], other: &[Token]) -> bool {
    let (ones, others) = (keys(one), keys(other));
    if ones.is_empty() || others.is_empty() {
        // Titles alone: *Senator* for *Sen.*
        return ones.is_empty() && others.is_empty();
    }
    let is_whole =
        |ones: &[String], others: &[String]| ones.iter().all(|one| others.iter().any(|other| is_form(one, other)));
    if ones.len() == others.len() && ones.len() > 2 {
        return ones.iter().zip(&others).all(|(one, other)| is_form(one, other));
    }
    let (short, long) = if ones.len() <= others.len() { (&ones, &others) } else { (&others, &ones) };
    let is_part = short.len() < long.len() || short.len() == 1;
    is_part && is_whole(short, long) || speaker::is_one_of(&ones, std::slice::from_ref(&others))
}

/// Two people of one surname, by their full names.
pub fn are_namesakes(one: &[Token], other: &[Token]) -> bool {
    let (ones, others) = (keys(one), keys(other));
    let is_plain = |keys: &[String]| keys.iter().all(|key| !THESAURUS.is_word(key));
    ones.last() == others.last() && is_plain(&ones) && is_plain(&others) && speaker::are_namesakes(&ones, &others)
}

/// The letters a body is written short by, and its name in full: *EU* and *European Union*.
pub fn short_of(tokens: &[Token]) -> Option<String> {
    let keys = keys(tokens);
    let short = speaker::initials(&keys);
    (keys.len() > 1 && short.len() > 1).then_some(short)
}

fn keys(tokens: &[Token]) -> Vec<String> {
    let plain = tokens.iter().map(|token| token.key.trim_end_matches("'s").to_string());
    plain.filter(|key| !speaker::is_title(key)).collect()
}

/// The same word but for an ending: *Iran*, *Iranian*, *Iranians*.
fn is_form(one: &str, other: &str) -> bool {
    const ENDINGS: [&str; 12] = ["n", "an", "ian", "s", "es", "ns", "ans", "ians", "ese", "i", "is", "ish"];
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short == long || short.len() >= 4 && long.strip_prefix(short).is_some_and(|rest| ENDINGS.contains(&rest))
}
