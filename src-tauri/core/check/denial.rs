//! What turns a claim round, however it is carried: *not*, *n't*, *never*, *without*, *failed to*, *refused to*, *lack*,
//! *un-* and *in-*, and words that mean the contrary.

use super::fold;
use super::lexicon;
use super::thesaurus::THESAURUS;
use super::token::Token;
use crate::quote::{Form, Quote};
use crate::span::Span;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// The words of a range that deny, twice where one word does so twice. *Neither … nor* and *not … nor* deny once.
pub fn denials(tokens: &[Token], range: Range<usize>) -> Vec<usize> {
    let is_twice = |at: &usize| matches!(key(tokens, *at).split_once("not"), Some((_, rest)) if rest.ends_with("'t"));
    let found: Vec<usize> = range.clone().filter(|at| is_denial(tokens, *at, range.end)).collect();
    found.into_iter().flat_map(|at| std::iter::repeat_n(at, 1 + usize::from(is_twice(&at)))).collect()
}

/// The word at this place turns its claim round; `end` is where the words asked about end.
fn is_denial(tokens: &[Token], at: usize, end: usize) -> bool {
    let key = key(tokens, at);
    let next = self::key(tokens, at + 1);
    if key == "nor" {
        return !is_denied_before(tokens, at);
    }
    if lexicon::is_negation(key) {
        // *Not only* and *no doubt* say yes; a *not* that came before an *only* says no.
        let is_yes = match key {
            // *No fewer than 300* says how many.
            "no" if self::key(tokens, at + 2) == "than" => matches!(next, "fewer" | "less" | "more" | "later"),
            "no" => matches!(next, "doubt" | "matter" | "wonder"),
            _ => matches!(next, "only" | "just" | "merely" | "simply"),
        };
        return !is_yes || at + 1 >= end;
    }
    match key {
        "far" => next == "from",
        "short" => {
            next == "of"
                && at > 0
                && matches!(self::key(tokens, at - 1), "fell" | "fall" | "falls" | "stopped" | "stops")
        }
        "unable" | "incapable" | "devoid" => true,
        _ => is_denying_verb(key, next),
    }
}

fn is_denying_verb(key: &str, next: &str) -> bool {
    const BEGINNINGS: [&str; 8] = ["den", "rej", "lac", "fai", "ref", "dec", "cea", "neg"];
    if key.len() < 4 || !BEGINNINGS.iter().any(|beginning| key.starts_with(beginning)) {
        return false;
    }
    let stem = THESAURUS.stem(key);
    match stem.as_str() {
        "deni" | "denial" | "reject" | "lack" => true,
        "fail" | "failur" | "refus" | "refusal" | "declin" | "ceas" | "neglect" => next == "to",
        _ => false,
    }
}

/// The cue of indirect speech that says the contrary of its words was meant: *denied that …*, *doubts it will …*, *did not
/// say that …*. *Did not say whether* denies nothing.
pub fn denying_cue(draft: &str, quote: &Quote) -> Option<Span> {
    const OPEN: [&str; 8] = ["whether", "if", "when", "why", "what", "who", "how", "where"];
    let cue = quote.cue?;
    let first = fold::quote_words(draft, &quote.content).into_iter().next()?;
    if quote.form != Form::Indirect || OPEN.contains(&first.key.as_str()) {
        return None;
    }
    let keys: Vec<String> = fold::words(draft, cue).into_iter().map(|word| word.key).collect();
    let stems: Vec<String> = keys.iter().map(|key| THESAURUS.stem(key)).collect();
    let is_claimed = stems.iter().any(|stem| matches!(stem.as_str(), "say" | "said" | "claim" | "suggest" | "promis"));
    let n_denying = stems.iter().filter(|stem| matches!(stem.as_str(), "deni" | "doubt" | "refut" | "disput")).count();
    let n_not = keys.iter().filter(|key| lexicon::is_negation(key)).count();
    let is_denying = n_denying > 0 && (n_denying + n_not) % 2 == 1 || is_claimed && n_denying == 0 && n_not % 2 == 1;
    is_denying.then_some(cue)
}

/// Says of a claim that it does not hold: *nonsense*, *a lie*, *baseless*.
pub fn is_disputing(key: &str) -> bool {
    const WORDS: [&str; 26] = [
        "false",
        "untrue",
        "lie",
        "lies",
        "lying",
        "liar",
        "nonsense",
        "rubbish",
        "absurd",
        "ridiculous",
        "ludicrous",
        "baseless",
        "unfounded",
        "groundless",
        "fabricated",
        "fabrication",
        "invented",
        "invention",
        "fiction",
        "wrong",
        "incorrect",
        "innocent",
        "doubt",
        "dispute",
        "refute",
        "unlikely",
    ];
    WORDS.contains(&key)
}

fn is_denied_before(tokens: &[Token], at: usize) -> bool {
    let before = tokens[..at].iter().rev().take_while(|token| !token.key.is_empty());
    let mut is_open = true;
    let own = before.take_while(|token| std::mem::replace(&mut is_open, !token.starts_sentence));
    own.into_iter().any(|token| token.key != "nor" && lexicon::is_negation(token.key))
}

fn key<'a>(tokens: &[Token<'a>], at: usize) -> &'a str {
    tokens.get(at).map_or("", |token| token.key)
}

/// *safe* and *unsafe*, *rose* and *fell*.
pub fn is_contrary(one: &str, other: &str) -> bool {
    if one == other || one.is_empty() || other.is_empty() {
        return false;
    }
    is_prefixed(one, other) || is_prefixed(other, one) || is_opposite(one, other)
}

/// One is the other with a prefix or an ending that denies: *unsafe*, *impossible*, *harmless* against *harmful*.
pub fn is_prefixed(long: &str, base: &str) -> bool {
    const PREFIXES: [&str; 6] = ["un", "in", "im", "il", "ir", "dis"];
    // Alike in letters and no denial.
    const OTHERS: [&str; 20] = [
        "inform",
        "inside",
        "insure",
        "invest",
        "intend",
        "instill",
        "into",
        "input",
        "income",
        "indeed",
        "disclose",
        "discover",
        "dismiss",
        "display",
        "dispatch",
        "discuss",
        "discharge",
        "unless",
        "until",
        "includ",
    ];
    let rest = PREFIXES.iter().find_map(|prefix| long.strip_prefix(prefix));
    if rest.is_some() && OTHERS.iter().any(|other| long.starts_with(other)) {
        return false;
    }
    let is_base = |rest: &str| rest.len() >= 3 && (rest == base || THESAURUS.stem(rest) == THESAURUS.stem(base));
    if rest.or_else(|| long.strip_prefix("non")).is_some_and(is_base) {
        return true;
    }
    let root = long.strip_suffix("less").filter(|root| root.len() >= 3);
    root.is_some_and(|root| base.strip_suffix("ful") == Some(root))
}

/// The base a word denies by its prefix, where English has that base: *safe* of *unsafe*.
pub fn base_of(key: &str) -> Option<&str> {
    let rest = ["un", "in", "im", "il", "ir", "dis"].iter().find_map(|prefix| key.strip_prefix(prefix))?;
    (rest.len() >= 4 && is_prefixed(key, rest) && THESAURUS.is_word(rest)).then_some(rest)
}

/// Both sides of each line of the list, by stem.
static OPPOSITES: LazyLock<HashMap<String, Vec<String>>> = LazyLock::new(|| {
    let mut opposites: HashMap<String, Vec<String>> = HashMap::new();
    for line in include_str!("words/opposites.txt").lines().filter(|line| !line.starts_with('#')) {
        let Some((ones, others)) = line.split_once(' ') else { continue };
        for (one, other) in ones.split(',').flat_map(|one| others.split(',').map(move |other| (one, other))) {
            let (one, other) = (THESAURUS.stem(one), THESAURUS.stem(other));
            opposites.entry(one.clone()).or_default().push(other.clone());
            opposites.entry(other).or_default().push(one);
        }
    }
    opposites
});

fn is_opposite(one: &str, other: &str) -> bool {
    if one.starts_with('#') || other.starts_with('#') {
        return false;
    }
    let others = THESAURUS.stems(other);
    let is_listed =
        |stem: &String| OPPOSITES.get(stem).is_some_and(|held| held.iter().any(|held| others.contains(held)));
    THESAURUS.stems(one).iter().any(is_listed)
}

/// Has a contrary on the list.
pub fn has_opposite(key: &str) -> bool {
    THESAURUS.stems(key).iter().any(|stem| OPPOSITES.contains_key(stem))
}
