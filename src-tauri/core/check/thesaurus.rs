//! Which words may stand for each other in a writer's own words: derived forms, synonyms, kinds.
//!
//! **Source**: a cut of WordNet 3.0 (`words/wordnet.txt`, notice in the file) and a list of our own of what news copy
//! puts for what (`words/news.txt`).

use rust_stemmers::{Algorithm, Stemmer};
use std::collections::HashMap;
use std::sync::LazyLock;

/// How well a word stands for another: the same stem is 1.
pub const SAME: f32 = 1.0;
const DERIVED: f32 = 0.95;
const NEWS: f32 = 0.85;
const SYNONYM: f32 = 0.7;
const KIND: f32 = 0.5;

/// A word of our own list, or several that make a phrase.
type Phrase = Vec<String>;

/// The tables, by stem.
pub struct Thesaurus {
    stemmer: Stemmer,
    /// Irregular forms: *left* and *leave*.
    bases: HashMap<String, Vec<String>>,
    near: HashMap<String, Vec<(String, f32)>>,
    /// Groups of our own list that hold a phrase.
    groups: Vec<Vec<Phrase>>,
    groups_by_stem: HashMap<String, Vec<usize>>,
    known: std::collections::HashSet<String>,
}

/// Read once, when first asked: about half a megabyte of text.
pub static THESAURUS: LazyLock<Thesaurus> =
    LazyLock::new(|| Thesaurus::new(include_str!("words/wordnet.txt"), include_str!("words/news.txt")));

impl Thesaurus {
    fn new(wordnet: &str, news: &str) -> Thesaurus {
        let mut thesaurus = Thesaurus {
            stemmer: Stemmer::create(Algorithm::English),
            bases: HashMap::new(),
            near: HashMap::new(),
            groups: Vec::new(),
            groups_by_stem: HashMap::new(),
            known: std::collections::HashSet::new(),
        };
        for line in wordnet.lines().filter(|line| !line.starts_with('#')) {
            thesaurus.read_wordnet(line);
        }
        for line in news.lines().filter(|line| !line.starts_with('#')) {
            thesaurus.read_news(line);
        }
        thesaurus
    }

    fn read_wordnet(&mut self, line: &str) {
        let (credit, words) = match line.split_at_checked(1) {
            Some(("+", words)) => (DERIVED, words),
            Some(("^", words)) => (KIND, words),
            Some(("=", words)) => (SAME, words),
            _ => (SYNONYM, line),
        };
        let plain: Vec<&str> = words.split(' ').collect();
        if let (SAME, [form, base]) = (credit, plain.as_slice()) {
            let base = self.stemmer.stem(base).into_owned();
            self.known.insert(base.clone());
            self.bases.entry(form.to_string()).or_default().push(base);
            return;
        }
        let stems: Vec<String> = plain.iter().map(|word| self.stemmer.stem(word).into_owned()).collect();
        self.join(&stems, credit);
        self.known.extend(stems);
    }

    fn read_news(&mut self, line: &str) {
        let phrases: Vec<Phrase> =
            line.split(' ').map(|phrase| phrase.split('+').map(|word| self.stem(word)).collect()).collect();
        let words: Vec<String> =
            phrases.iter().filter(|phrase| phrase.len() == 1).map(|phrase| phrase[0].clone()).collect();
        self.join(&words, NEWS);
        if phrases.iter().all(|phrase| phrase.len() == 1) {
            return;
        }
        let place = self.groups.len();
        for stem in phrases.iter().flatten() {
            let groups = self.groups_by_stem.entry(stem.clone()).or_default();
            if groups.last() != Some(&place) {
                groups.push(place);
            }
        }
        self.groups.push(phrases);
    }

    fn join(&mut self, stems: &[String], credit: f32) {
        for one in stems {
            for other in stems.iter().filter(|other| *other != one) {
                let near = self.near.entry(one.clone()).or_default();
                match near.iter_mut().find(|(stem, _)| stem == other) {
                    Some((_, held)) => *held = held.max(credit),
                    None => near.push((other.clone(), credit)),
                }
            }
        }
    }

    /// A word's stem.
    pub fn stem(&self, key: &str) -> String {
        self.stemmer.stem(key.trim_end_matches("'s")).into_owned()
    }

    /// Every stem a word may be a form of, its own first: *left* is *left* and *leave*.
    pub fn stems(&self, key: &str) -> Vec<String> {
        let plain = key.trim_end_matches("'s");
        let mut stems = vec![self.stem(plain)];
        stems.extend(self.bases.get(plain).into_iter().flatten().cloned());
        stems
    }

    /// The stems that may stand for this one, with how well.
    pub fn near(&self, stem: &str) -> &[(String, f32)] {
        self.near.get(stem).map_or(&[], Vec::as_slice)
    }

    /// How well the words at hand say what `stem` says by a phrase (*work together* for *collaborate*), and the phrase.
    pub fn by_phrase(
        &self,
        stem: &str,
        own: &dyn Fn(&str) -> bool,
        at_hand: &dyn Fn(&str) -> bool,
    ) -> Option<(f32, &[String])> {
        let groups = self.groups_by_stem.get(stem)?;
        let says = |phrase: &Phrase, has: &dyn Fn(&str) -> bool| phrase.iter().all(|stem| has(stem));
        groups.iter().map(|place| &self.groups[*place]).find_map(|group| {
            let mine = group.iter().any(|phrase| phrase.iter().any(|part| part == stem) && says(phrase, own));
            let said = group.iter().find(|phrase| mine && says(phrase, at_hand))?;
            Some((NEWS, said.as_slice()))
        })
    }

    /// An English word that is no name; known only of words the table holds.
    pub fn is_word(&self, key: &str) -> bool {
        self.bases.contains_key(key) || self.known.contains(&self.stem(key))
    }
}
