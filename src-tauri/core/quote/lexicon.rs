//! The word lists the finder reads by: reporting verbs and what they take, closed classes, titles, roles, given names.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

/// A set of word classes, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Class(u32);

impl Class {
    pub(super) const PRONOUN: Class = Class(1);
    pub(super) const FIRST: Class = Class(1 << 1);
    pub(super) const SECOND: Class = Class(1 << 2);
    pub(super) const DETERMINER: Class = Class(1 << 3);
    pub(super) const PREPOSITION: Class = Class(1 << 4);
    pub(super) const CONJUNCTION: Class = Class(1 << 5);
    pub(super) const SUBORDINATOR: Class = Class(1 << 6);
    pub(super) const RELATIVE: Class = Class(1 << 7);
    pub(super) const AUXILIARY: Class = Class(1 << 8);
    pub(super) const NEGATION: Class = Class(1 << 9);
    pub(super) const MODAL: Class = Class(1 << 10);
    pub(super) const ADVERB: Class = Class(1 << 11);
    pub(super) const TIME: Class = Class(1 << 12);
    pub(super) const TITLE: Class = Class(1 << 13);
    pub(super) const HONORIFIC: Class = Class(1 << 14);
    pub(super) const MALE: Class = Class(1 << 15);
    pub(super) const FEMALE: Class = Class(1 << 16);
    pub(super) const ROLE: Class = Class(1 << 17);
    pub(super) const UNNAMED: Class = Class(1 << 18);
    pub(super) const ORG: Class = Class(1 << 19);
    pub(super) const ABBREVIATION: Class = Class(1 << 20);
    pub(super) const IRREGULAR: Class = Class(1 << 21);
    pub(super) const GIVEN_MALE: Class = Class(1 << 22);
    pub(super) const GIVEN_FEMALE: Class = Class(1 << 23);

    pub(super) const SPEECH: Class = Class(1 << 24);

    /// What finds and shows: *a study*, *the audit*.
    pub(super) const STUDY: Class = Class(1 << 25);

    /// What is written by somebody, with words to be read: *a memo*, *the caption*.
    pub(super) const TEXT: Class = Class(1 << 26);

    /// What is held up, worn or hung with words on it, by whoever: *a banner*, *hats*.
    pub(super) const SIGN: Class = Class(1 << 27);

    /// What the name of a business ends in: *Roe Motors*.
    pub(super) const BUSINESS: Class = Class(1 << 28);

    /// Any class of `other` is among these.
    pub(super) fn has(self, other: Class) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets together.
    pub(super) const fn and(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }
}

const CLASSES: [(&str, Class); 29] = [
    ("pronoun", Class::PRONOUN),
    ("first", Class::FIRST),
    ("second", Class::SECOND),
    ("determiner", Class::DETERMINER),
    ("preposition", Class::PREPOSITION),
    ("conjunction", Class::CONJUNCTION),
    ("subordinator", Class::SUBORDINATOR),
    ("relative", Class::RELATIVE),
    ("auxiliary", Class::AUXILIARY),
    ("negation", Class::NEGATION),
    ("modal", Class::MODAL),
    ("adverb", Class::ADVERB),
    ("time", Class::TIME),
    ("title", Class::TITLE),
    ("honorific", Class::HONORIFIC),
    ("male", Class::MALE),
    ("female", Class::FEMALE),
    ("role", Class::ROLE),
    ("unnamed", Class::UNNAMED),
    ("org", Class::ORG),
    ("abbreviation", Class::ABBREVIATION),
    ("irregular", Class::IRREGULAR),
    ("given-male", Class::GIVEN_MALE),
    ("given-female", Class::GIVEN_FEMALE),
    ("speech", Class::SPEECH),
    ("study", Class::STUDY),
    ("text", Class::TEXT),
    ("sign", Class::SIGN),
    ("business", Class::BUSINESS),
];

/// What a reporting verb takes: the letters of `verbs.txt`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Takes(u16);

impl Takes {
    pub(super) const CLAUSE: Takes = Takes(1);
    pub(super) const THAT: Takes = Takes(1 << 1);
    pub(super) const MARKS: Takes = Takes(1 << 2);
    pub(super) const QUESTION: Takes = Takes(1 << 3);
    pub(super) const LISTENER: Takes = Takes(1 << 4);
    pub(super) const INFINITIVE: Takes = Takes(1 << 5);
    pub(super) const NOUN: Takes = Takes(1 << 6);
    pub(super) const FOR: Takes = Takes(1 << 7);
    pub(super) const AS: Takes = Takes(1 << 8);
    pub(super) const NAME: Takes = Takes(1 << 9);
    pub(super) const THOUGHT: Takes = Takes(1 << 10);
    pub(super) const DOCUMENT: Takes = Takes(1 << 11);

    /// Its present forms are common nouns too: *states*, *report*.
    pub(super) const NOUN_PRONE: Takes = Takes(1 << 12);

    /// A phrase, only where some of its words stand in marks: *noted the “tragic” deaths*.
    pub(super) const PARTLY: Takes = Takes(1 << 13);

    const LETTERS: [(char, Takes); 14] = [
        ('c', Takes::CLAUSE),
        ('t', Takes::THAT),
        ('q', Takes::MARKS),
        ('w', Takes::QUESTION),
        ('o', Takes::LISTENER),
        ('i', Takes::INFINITIVE),
        ('n', Takes::NOUN),
        ('f', Takes::FOR),
        ('a', Takes::AS),
        ('m', Takes::NAME),
        ('h', Takes::THOUGHT),
        ('d', Takes::DOCUMENT),
        ('x', Takes::NOUN_PRONE),
        ('k', Takes::PARTLY),
    ];

    /// Either set.
    pub(super) const fn or(self, other: Takes) -> Takes {
        Takes(self.0 | other.0)
    }

    /// Takes any of these.
    pub(super) fn has(self, other: Takes) -> bool {
        self.0 & other.0 != 0
    }
}

/// Which form of a verb a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inflection {
    /// *say*: after *to* or a modal, or present after *they*.
    Base,
    /// *says*
    Third,
    /// *said*; also the participle where both are one word.
    Past,
    /// *written*, where it differs from the past.
    Participle,
    /// *saying*
    Ing,
}

/// One reading of a word as a reporting verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verb {
    pub(super) takes: Takes,
    pub(super) inflection: Inflection,
    /// The word that must follow (*point out*); empty for none.
    pub(super) particle: &'static str,
}

/// What the lists know of one word.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    pub(super) class: Class,
    pub(super) verbs: Vec<Verb>,
}

/// Short words need no strong hash: FNV-1a, eight bytes at a time, and its high bits folded into the low ones.
#[derive(Default)]
struct Fnv(u64);

impl Fnv {
    fn mix(&mut self, part: u64) {
        self.0 = (self.0.rotate_left(23) ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        for eight in eights {
            self.mix(u64::from_le_bytes(*eight));
        }
        if !rest.is_empty() {
            self.mix(rest.iter().rev().fold(0, |part, byte| part << 8 | u64::from(*byte)));
        }
    }

    fn write_usize(&mut self, n: usize) {
        self.mix(n as u64);
    }
}

type Entries = HashMap<Vec<u8>, Entry, BuildHasherDefault<Fnv>>;

static ENTRIES: LazyLock<Entries> = LazyLock::new(read);

/// Longest word the lists hold; longer ones are in none.
pub(super) const MAX_WORD_BYTES: usize = 24;

/// What the lists know of a word, given in lower case with straight apostrophes.
pub(super) fn get(word: &[u8]) -> Option<&'static Entry> {
    ENTRIES.get(word)
}

fn read() -> Entries {
    let mut entries = Entries::default();
    for line in lines(include_str!("words.txt")) {
        let Some((name, words)) = line.split_once(':') else { continue };
        let Some((_, class)) = CLASSES.iter().find(|(known, _)| *known == name) else { continue };
        for word in words.split_whitespace() {
            let entry = entries.entry(word.as_bytes().to_vec()).or_default();
            entry.class = entry.class.and(*class);
        }
    }
    for line in lines(include_str!("verbs.txt")) {
        read_verb(line, &mut entries);
    }
    entries
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn read_verb(line: &'static str, entries: &mut Entries) {
    let mut parts = line.split_whitespace();
    let (Some(letters), Some(lemma)) = (parts.next(), parts.next()) else { return };
    let mut takes = Takes::default();
    for (letter, bit) in Takes::LETTERS {
        if letters.contains(letter) {
            takes.0 |= bit.0;
        }
    }
    let (particles, forms): (Vec<&'static str>, Vec<&'static str>) = parts.partition(|part| part.starts_with('+'));
    let particle = particles.first().map_or("", |part| part.trim_start_matches('+'));
    for (word, inflection) in inflect(lemma, &forms) {
        let entry = entries.entry(word.into_bytes()).or_default();
        let verb = Verb { takes, inflection, particle };
        match entry.verbs.iter_mut().find(|known| known.particle == particle && known.inflection == inflection) {
            Some(known) => known.takes.0 |= takes.0,
            None => entry.verbs.push(verb),
        }
    }
}

/// Every form of a verb; `irregular` holds its past and participle where the rules of spelling do not give them.
fn inflect(lemma: &str, irregular: &[&str]) -> Vec<(String, Inflection)> {
    let without_e = lemma.strip_suffix('e');
    let with_y = lemma.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']));
    let third = match with_y {
        Some(stem) => format!("{stem}ies"),
        None if lemma.ends_with("go") || lemma.ends_with(['s', 'x', 'z']) => format!("{lemma}es"),
        None if lemma.ends_with("ch") || lemma.ends_with("sh") => format!("{lemma}es"),
        None => format!("{lemma}s"),
    };
    let regular = without_e.map_or_else(|| format!("{lemma}ed"), |stem| format!("{stem}ed"));
    let past = irregular.first().map_or(regular, |past| (*past).to_owned());
    let doubled = past.strip_suffix("ed").filter(|stem| stem.len() == lemma.len() + 1 && stem.starts_with(lemma));
    let ing = match (doubled, without_e) {
        (Some(stem), _) => format!("{stem}ing"),
        (None, Some(stem)) if !lemma.ends_with("ee") => format!("{stem}ing"),
        _ => format!("{lemma}ing"),
    };
    let mut forms = vec![(lemma.to_owned(), Inflection::Base), (third, Inflection::Third)];
    if let Some(participle) = irregular.get(1).filter(|participle| **participle != past) {
        forms.push(((*participle).to_owned(), Inflection::Participle));
    }
    forms.push((past, Inflection::Past));
    forms.push((ing, Inflection::Ing));
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_spelled_as_english_spells_them() {
        let forms = |lemma, irregular: &[&str]| {
            inflect(lemma, irregular).into_iter().map(|(word, _)| word).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(forms("argue", &[]), "argue argues argued arguing");
        assert_eq!(forms("admit", &["admitted"]), "admit admits admitted admitting");
        assert_eq!(forms("reply", &["replied"]), "reply replies replied replying");
        assert_eq!(forms("write", &["wrote", "written"]), "write writes written wrote writing");
        assert_eq!(forms("stress", &[]), "stress stresses stressed stressing");
    }

    #[test]
    fn every_class_of_the_list_is_known() {
        for line in lines(include_str!("words.txt")) {
            let name = line.split(':').next().unwrap();
            assert!(CLASSES.iter().any(|(known, _)| *known == name), "{name} is a class");
        }
    }
}
