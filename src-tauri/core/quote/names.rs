//! The people and bodies a text names: each with its fullest name and every place it is mentioned.

use super::graf::Graf;
use super::lexicon::Class;
use super::word::{Item, Kind};
use crate::span::Span;
use std::collections::HashMap;

/// What the text tells of a person's gender.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Gender {
    #[default]
    Unknown,
    Male,
    Female,
}

impl Gender {
    /// One is told to be a man and the other a woman.
    pub(super) fn is_other(self, other: Gender) -> bool {
        self != Gender::Unknown && other != Gender::Unknown && self != other
    }
}

/// Somebody or something with a name.
#[derive(Clone, Debug)]
pub(super) struct Named<'n> {
    pub(super) name: &'n str,
    /// Where the full name first stands.
    pub(super) span: Span,
    pub(super) gender: Gender,
    pub(super) is_body: bool,
    /// A body that sells or makes things, as far as its name tells.
    pub(super) is_business: bool,
    /// The role words around the full name: *senator*, *spokesman*.
    pub(super) roles: Vec<&'n str>,
}

/// A place where somebody is named.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) named: usize,
    pub(super) span: Span,
    pub(super) sentence: usize,
    pub(super) is_subject: bool,
    /// The sentence begins with it.
    pub(super) is_opening: bool,
    /// The sentence begins with somebody of theirs: *Roe’s son*.
    pub(super) is_owner: bool,
}

/// Everybody a text names.
#[derive(Default)]
pub(super) struct Names<'n> {
    pub(super) all: Vec<Named<'n>>,
    /// In the order of the text.
    pub(super) places: Vec<Place>,
    by_name: HashMap<&'n str, usize>,
    by_word: HashMap<&'n str, Bearers>,
}

/// Those whose full name has a word, in the order in which the text first names them.
#[derive(Default)]
struct Bearers {
    last: Vec<usize>,
    first: Vec<usize>,
}

/// A run of capitalised words.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) span: Span,
    /// The words without possessive endings, one space between them.
    pub(super) name: String,
    pub(super) gender: Gender,
    pub(super) has_org: bool,
    /// *Roe Paper*, *Doe Motors*: not of a person with such a surname.
    is_business: bool,
    pub(super) roles: Vec<String>,
}

impl Run {
    /// More than one word.
    pub(super) fn is_full(&self) -> bool {
        self.name.contains(' ')
    }
}

/// A run and how it stands in its paragraph.
#[derive(Debug)]
pub(super) struct Naming {
    pub(super) run: Run,
    /// Counted from the first of the paragraph.
    pub(super) sentence: usize,
    is_subject: bool,
    is_opening: bool,
    is_owner: bool,
}

/// The names of one paragraph, in order, whoever is named elsewhere.
pub(super) fn namings(graf: &Graf) -> Vec<Naming> {
    let naming = |run: Run| {
        let sentence = graf.sentences.partition_point(|part| graf.span_of(*part).end <= run.span.start);
        let start = graf.sentences.get(sentence).map(|part| graf.span_of(*part).start);
        let next = graf.items.partition_point(|item| item.span.start < run.span.end);
        let is_opening = start.is_some_and(|start| run.span.start <= start + 5);
        let is_possessive = graf.item(next.saturating_sub(1)).is_some_and(|item| item.is_possessive);
        let is_person = |at: usize| graf.is(at, Class::ROLE.and(Class::MALE).and(Class::FEMALE));
        let is_crew = |at: usize| CREWS.iter().any(|word| graf.reads(at, word));
        let is_persons = (next..next + 3).find(|at| is_person(*at)).is_some_and(|at| !is_crew(at));
        let is_owner = is_opening && is_possessive && is_persons;
        Naming {
            sentence,
            is_subject: start.is_some_and(|start| run.span.start < start + 40) || graf.is_finite(next),
            is_opening: is_opening && !is_owner,
            is_owner,
            run,
        }
    };
    runs(graf.text, &graf.items).into_iter().map(naming).collect()
}

const PARTICLES: [&str; 14] =
    ["de", "van", "von", "der", "den", "bin", "al", "la", "le", "di", "da", "del", "ter", "ibn"];

/// So many bearers of one surname are gone through.
const MAX_BEARERS: usize = 8;

/// What stands behind a surname.
const BEHIND_NAMES: [&str; 12] = ["Jr", "Sr", "II", "III", "KC", "QC", "MP", "MBE", "OBE", "CBE", "MD", "PhD"];

/// Several who speak for one: *Roe’s office*.
pub(super) const CREWS: [&str; 7] = ["office", "staff", "team", "desk", "crew", "panel", "campaign"];

/// What leads up to a role before a name.
const OFFICES: [&str; 10] =
    ["House", "Senate", "Commons", "Majority", "Minority", "Assembly", "Deputy", "Vice", "Acting", "Interim"];

/// The longest name, in words.
const MAX_WORDS: usize = 6;

/// The names in a row of items, titles left out.
pub(super) fn runs(text: &str, items: &[Item]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < items.len() {
        if !is_name_word(text, items, at) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < items.len() && end - at < MAX_WORDS && !items[end - 1].is_possessive {
            // *de Roe*, *van der Roe*
            let particle = |at: usize| items.get(at).is_some_and(|item| PARTICLES.contains(&item.of(text)));
            let is_particle = particle(end)
                && (is_name_at(text, items, end + 1) || particle(end + 1) && is_name_at(text, items, end + 2));
            // *Ministry of Fisheries*, *Bank of Kirkby*
            let is_body =
                items[end].reads(text, "of") && items[end - 1].is(Class::ORG) && is_name_at(text, items, end + 1);
            if !(is_name_at(text, items, end) || is_particle || is_body) {
                break;
            }
            end += 1;
        }
        let mut start = at;
        // *Striker Mia Roe*, *House Majority Leader Jo Doe*: the role is not part of the name.
        let is_office = |at: usize| OFFICES.contains(&items[at].of(text));
        while end - start > 2 && is_office(start) && (is_office(start + 1) || items[start + 1].is(Class::ROLE)) {
            start += 1;
        }
        let is_body = |at: usize| items[at + 1].reads(text, "of");
        while end - start > 2
            && !is_body(start)
            && items[start].is(Class::ROLE)
            && !items[end - 1].is(Class::ROLE.and(Class::ORG))
        {
            start += 1;
        }
        runs.push(run(text, items, start, end));
        at = end;
    }
    runs
}

fn is_name_at(text: &str, items: &[Item], at: usize) -> bool {
    at < items.len() && is_name_word(text, items, at)
}

fn is_name_word(text: &str, items: &[Item], at: usize) -> bool {
    let item = &items[at];
    let closed = Class::PRONOUN
        .and(Class::DETERMINER)
        .and(Class::PREPOSITION)
        .and(Class::CONJUNCTION)
        .and(Class::SUBORDINATOR)
        .and(Class::RELATIVE)
        .and(Class::AUXILIARY)
        .and(Class::HONORIFIC)
        .and(Class::ADVERB);
    let is_given = item.is(Class::GIVEN_MALE.and(Class::GIVEN_FEMALE));
    item.kind == Kind::Word
        && item.is_capital
        && (!item.is(closed) || is_given || item.of(text) == "Will")
        && !item.is(Class::TITLE)
        && !(item.is(Class::TIME) && item.span.len() > 5)
}

fn run(text: &str, items: &[Item], start: usize, end: usize) -> Run {
    let before = &items[start.saturating_sub(4)..start];
    let after = &items[end..items.len().min(end + 6)];
    let gender = match before.last() {
        Some(item) if item.is(Class::HONORIFIC) && item.is(Class::MALE) => Gender::Male,
        Some(item) if item.is(Class::HONORIFIC) && item.is(Class::FEMALE) => Gender::Female,
        _ if items[start].is(Class::GIVEN_MALE) => Gender::Male,
        _ if items[start].is(Class::GIVEN_FEMALE) => Gender::Female,
        _ => Gender::Unknown,
    };
    // “in New Hampshire, a woman asked”, “a spokesman for Jane Roe”: the role is another's.
    let is_governed = before.last().is_some_and(|item| item.is(Class::PREPOSITION));
    let is_place = before.last().is_some_and(|item| {
        ["in", "at", "near", "from", "across", "outside", "to"].iter().any(|word| item.reads(text, word))
    });
    let is_apposition = after.first().is_some_and(|item| item.kind == Kind::Comma) && !is_place;
    let around = before.iter().filter(|_| !is_governed).chain(after.iter().filter(|_| is_apposition));
    let is_full = end - start > 1;
    // “Roe became president of the club”
    let became = is_full
        && ["became", "is", "was", "remains"]
            .iter()
            .any(|word| after.first().is_some_and(|item| item.reads(text, word)));
    let office = after.iter().filter(|_| became).take(4).skip(1).take_while(|item| item.is_word());
    let roles = around
        .chain(office)
        .filter(|_| is_full)
        .filter(|item| item.is(Class::ROLE.and(Class::TITLE)))
        .map(|item| role(item.of(text)))
        .collect();
    let last = items[end - 1];
    let length = last.span.end - (last.of(text).len() - bare(last.of(text)).len());
    Run {
        span: Span::new(items[start].span.start, length),
        has_org: items[start..end].iter().any(|item| item.is(Class::ORG)),
        is_business: gender == Gender::Unknown && is_full && last.is(Class::BUSINESS),
        name: name(text, &items[start..end]),
        gender,
        roles,
    }
}

/// The words of a name, one space between them. *RUIZ* in a transcript is *Ruiz*.
fn name(text: &str, items: &[Item]) -> String {
    let words = items.iter().map(|item| bare(item.of(text)));
    let is_shouted = items.len() < 4 && words.clone().all(|word| word.len() > 3 && !word.contains(char::is_lowercase));
    let mut name = String::new();
    for word in words {
        if !name.is_empty() {
            name.push(' ');
        }
        let mut chars = word.chars();
        match chars.next().filter(|_| is_shouted) {
            Some(first) => {
                name.push(first);
                name.push_str(&chars.as_str().to_lowercase());
            }
            None => name.push_str(word),
        }
    }
    name
}

/// The role word in full and in lower case: *Sen.* and *senator* are one.
pub(super) fn role(word: &str) -> String {
    let low = bare(word).trim_end_matches('.').to_lowercase();
    match low.as_str() {
        "sen" => "senator".to_owned(),
        "rep" => "representative".to_owned(),
        "gov" => "governor".to_owned(),
        "prof" => "professor".to_owned(),
        "dr" => "doctor".to_owned(),
        _ => low,
    }
}

/// Without the possessive ending.
pub(super) fn bare(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

impl<'n> Names<'n> {
    /// Goes through the paragraphs once for full names and once for the places where anybody is named.
    ///
    /// Each comes with the number of its sentences.
    pub(super) fn read(grafs: impl Iterator<Item = (&'n [Naming], usize)> + Clone) -> Names<'n> {
        let mut names = Names::default();
        for naming in grafs.clone().flat_map(|(namings, _)| namings).filter(|naming| naming.run.is_full()) {
            names.meet(&naming.run);
        }
        let mut sentence = 0;
        for (namings, n_sentences) in grafs {
            for naming in namings {
                names.place(naming, sentence);
            }
            sentence += n_sentences + 1;
        }
        names
    }

    /// The text names somebody so, in full or by the last word of a name.
    pub(super) fn is_known(&self, words: &str) -> bool {
        self.by_name.contains_key(words) || !words.contains(' ') && self.by_word.contains_key(words)
    }

    fn meet(&mut self, run: &'n Run) {
        let name = run.name.as_str();
        let roles = run.roles.iter().map(String::as_str);
        if let Some(known) = self.by_name.get(name) {
            let known = &mut self.all[*known];
            if known.gender == Gender::Unknown {
                known.gender = run.gender;
            }
            if known.roles.len() < 8 {
                known.roles.extend(roles);
            }
            return;
        }
        if self.is_rest(name) {
            return;
        }
        let index = self.all.len();
        self.by_word.entry(last_word(name)).or_default().last.push(index);
        self.by_word.entry(name.split(' ').next().unwrap_or(name)).or_default().first.push(index);
        self.by_name.insert(name, index);
        let roles = roles.collect();
        let is_business = run.is_business;
        let is_body = run.has_org || is_business;
        self.all.push(Named { name, span: run.span, gender: run.gender, is_body, is_business, roles });
    }

    /// *Van der Meer* after *Pieter van der Meer*: a surname in full, no name of its own.
    fn is_rest(&self, name: &str) -> bool {
        let first = name.split(' ').next().unwrap_or_default();
        if !PARTICLES.iter().any(|particle| particle.eq_ignore_ascii_case(first)) {
            return false;
        }
        let ends = |named: &usize| {
            let full = self.all[*named].name;
            full.len() > name.len() + 1 && full.to_lowercase().ends_with(&format!(" {}", name.to_lowercase()))
        };
        let bearers = self.by_word.get(last_word(name)).map_or(&[][..], |bearers| &bearers.last);
        bearers.iter().rev().take(MAX_BEARERS).any(ends)
    }

    /// `sentence`: how many stand before the paragraph.
    fn place(&mut self, naming: &Naming, sentence: usize) {
        let Naming { run, is_subject, is_opening, is_owner, .. } = naming;
        let Some(named) = self.find(&run.name, run.gender, run.span.start) else { return };
        if run.gender != Gender::Unknown && self.all[named].gender == Gender::Unknown {
            self.all[named].gender = run.gender;
        }
        let sentence = sentence + naming.sentence;
        let (is_subject, is_opening, is_owner) = (*is_subject, *is_opening, *is_owner);
        self.places.push(Place { named, span: run.span, sentence, is_subject, is_opening, is_owner });
    }

    /// Whom words of a name stand for: the same full name, or the last met before `at_byte` that shares the word.
    ///
    /// *Mr. Finch* is not *Ruth Finch*, where another Finch is named.
    pub(super) fn find(&self, name: &str, gender: Gender, at_byte: usize) -> Option<usize> {
        if name.contains(' ')
            && let Some(named) = self.by_name.get(name)
        {
            return Some(*named);
        }
        let Bearers { last, first } = self.by_word.get(last_word(name))?;
        let bearers = if last.is_empty() { first } else { last };
        let n_before = bearers.partition_point(|named| self.all[*named].span.start <= at_byte);
        let nearest = bearers.get(n_before.saturating_sub(1)).copied();
        let is_other = |named: &usize| gender.is_other(self.all[*named].gender);
        let near = bearers[..n_before].iter().rev().take(MAX_BEARERS);
        nearest.filter(|named| !is_other(named)).or_else(|| near.copied().find(|named| !is_other(named))).or(nearest)
    }
}

/// The surname: *Marsh* of *Helen Marsh KC*, *King* of *Martin King Jr.*
fn last_word(name: &str) -> &str {
    let is_behind = |word: &str| BEHIND_NAMES.contains(&word.trim_end_matches('.'));
    let mut words = name.rsplit(' ');
    let last = words.next().unwrap_or(name);
    words.next().filter(|word| is_behind(last) && word.len() > 1).unwrap_or(last)
}
