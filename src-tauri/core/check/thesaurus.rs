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
    bases: HashMap<&'static str, Vec<usize>>,
    /// Every stem of the tables, those of WordNet first.
    stems: Vec<String>,
    places: HashMap<String, usize>,
    n_known: usize,
    /// By the place of a stem, what may stand for it, some of it more than once.
    near: Vec<Vec<(usize, f32)>>,
    /// Groups of our own list that hold a phrase.
    groups: Vec<Vec<Phrase>>,
    groups_by_stem: HashMap<String, Vec<usize>>,
}

/// Read once, when first asked: about half a megabyte of text.
pub static THESAURUS: LazyLock<Thesaurus> =
    LazyLock::new(|| Thesaurus::new(include_str!("words/wordnet.txt"), include_str!("words/news.txt")));

/// The place of each word's stem, while the tables are read: to stem a word anew for each line took most of the time.
type Stemmed = HashMap<&'static str, usize>;

impl Thesaurus {
    fn new(wordnet: &'static str, news: &str) -> Thesaurus {
        let mut thesaurus = Thesaurus {
            stemmer: Stemmer::create(Algorithm::English),
            bases: HashMap::new(),
            stems: Vec::new(),
            places: HashMap::new(),
            n_known: 0,
            near: Vec::new(),
            groups: Vec::new(),
            groups_by_stem: HashMap::new(),
        };
        let mut stemmed = Stemmed::new();
        for line in wordnet.lines().filter(|line| !line.starts_with('#')) {
            thesaurus.read_wordnet(line, &mut stemmed);
        }
        thesaurus.n_known = thesaurus.stems.len();
        for line in news.lines().filter(|line| !line.starts_with('#')) {
            thesaurus.read_news(line);
        }
        thesaurus
    }

    fn read_wordnet(&mut self, line: &'static str, stemmed: &mut Stemmed) {
        let (credit, words) = match line.split_at_checked(1) {
            Some(("+", words)) => (DERIVED, words),
            Some(("^", words)) => (KIND, words),
            Some(("=", words)) => (SAME, words),
            _ => (SYNONYM, line),
        };
        if let (SAME, Some((form, base))) = (credit, words.split_once(' ')) {
            let base = self.place_of_word(base, stemmed);
            self.bases.entry(form).or_default().push(base);
            return;
        }
        let places: Vec<usize> = words.split(' ').map(|word| self.place_of_word(word, stemmed)).collect();
        self.join(&places, credit);
    }

    fn place_of_word(&mut self, word: &'static str, stemmed: &mut Stemmed) -> usize {
        if let Some(place) = stemmed.get(word) {
            return *place;
        }
        let stem = self.stemmer.stem(word).into_owned();
        let place = self.place(stem);
        stemmed.insert(word, place);
        place
    }

    /// Where a stem stands in the tables; it is added to them.
    fn place(&mut self, stem: String) -> usize {
        *self.places.entry(stem).or_insert_with_key(|stem| {
            self.stems.push(stem.clone());
            self.near.push(Vec::new());
            self.stems.len() - 1
        })
    }

    fn read_news(&mut self, line: &str) {
        let phrases: Vec<Phrase> =
            line.split(' ').map(|phrase| phrase.split('+').map(|word| self.stem(word)).collect()).collect();
        let words = phrases.iter().filter(|phrase| phrase.len() == 1).map(|phrase| phrase[0].clone());
        let words: Vec<usize> = words.map(|stem| self.place(stem)).collect();
        self.join(&words, NEWS);
        if phrases.len() == words.len() {
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

    fn join(&mut self, places: &[usize], credit: f32) {
        for one in places {
            let others = places.iter().filter(|other| *other != one);
            self.near[*one].extend(others.map(|other| (*other, credit)));
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
        stems.extend(self.bases.get(plain).into_iter().flatten().map(|place| self.stems[*place].clone()));
        stems
    }

    /// The stems that may stand for this one, with how well; one may come more than once.
    pub fn near(&self, stem: &str) -> impl Iterator<Item = (&str, f32)> {
        let near = self.places.get(stem).map_or(&[][..], |place| &self.near[*place]);
        near.iter().map(|(place, credit)| (&*self.stems[*place], *credit))
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
        self.bases.contains_key(key) || self.places.get(&self.stem(key)).is_some_and(|place| *place < self.n_known)
    }
}
