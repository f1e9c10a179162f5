//! A clause of indirect speech, cut into what it claims: names, amounts, dates, words that carry a subject.

use super::amount::Amount;
use super::card::{Term, term_of};
use super::dates::{self, Date};
use super::fold::{self, Word};
use super::people::People;
use super::thesaurus::{SAME, THESAURUS};
use super::token::Stretch;
use super::{amounts, denial, lexicon, names};
use crate::span::Span;
use std::collections::HashMap;
use std::ops::Range;

/// One thing a clause claims.
pub struct Unit {
    /// Its place among the clause's words.
    pub word: usize,
    pub weight: f32,
    pub kind: UnitKind,
    /// Which of the clause's amounts it begins: it is said by an equal one, and by nothing else.
    pub amount: Option<usize>,
    /// Which of the clause's dates it belongs to.
    pub date: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitKind {
    Plain,
    Name,
    Number,
}

/// A clause ready to be looked for.
pub struct Clause {
    pub words: Vec<Word>,
    pub units: Vec<Unit>,
    pub amounts: Vec<Amount>,
    pub dates: Vec<Date>,
    /// Its names, each as a run of words.
    pub names: Vec<Range<usize>>,
    /// Which units a stem of a note supports, and how well.
    pub by_stem: HashMap<String, Vec<(usize, f32)>>,
    /// The stems of all its words.
    pub own_stems: Vec<String>,
    /// The cue that turns it round: *denied*, *doubts*, *did not say*.
    pub denied_by: Option<Span>,
}

/// How well a word is said by the one it denies.
const DENIED: f32 = 0.85;
/// No writer puts more claims into one clause; a longer one is a text, and is not looked for.
pub const N_UNITS: usize = 200;

impl Clause {
    /// Reads a clause of the draft. `people` joins first names and surnames.
    pub fn new(draft: &str, content: &[Span], people: &People) -> Clause {
        let words = fold::quote_words(draft, content);
        let tokens = Stretch::of_draft(&words, &(0..words.len())).tokens;
        let (amounts, dates) = (amounts::find(&tokens), dates::find(&tokens));
        let mut units = Vec::new();
        for (nth, word) in words.iter().enumerate() {
            let holder = amounts.iter().position(|amount| !amount.is_soft && amount.words.contains(&nth));
            if holder.is_some_and(|amount| amounts[amount].words.start != nth) {
                continue;
            }
            let kind = if holder.is_some() { UnitKind::Number } else { kind_of(word, nth, &words) };
            let weight = weight_of(draft, &words, nth, kind);
            let date = dates.iter().position(|date| date.words.contains(&nth));
            if weight > 0.0 {
                units.push(Unit { word: nth, weight, kind, amount: holder, date });
            }
        }
        let names = names::find(&tokens);
        let mut clause = Clause {
            words,
            units,
            amounts,
            dates,
            names,
            by_stem: HashMap::new(),
            own_stems: Vec::new(),
            denied_by: None,
        };
        clause.own_stems = clause.words.iter().flat_map(|word| THESAURUS.stems(&word.key)).collect();
        if clause.units.len() <= N_UNITS {
            (0..clause.units.len()).for_each(|place| clause.spread(place, people));
        }
        clause
    }

    /// Notes every stem that would support a unit.
    fn spread(&mut self, place: usize, people: &People) {
        let unit = &self.units[place];
        let key = self.words[unit.word].key.clone();
        let mut near: Vec<(String, f32)> = Vec::new();
        match unit.kind {
            UnitKind::Number => {
                near.extend(unit.amount.iter().flat_map(|amount| self.amounts[*amount].keys()).map(|key| (key, SAME)));
                near.push((key, SAME));
            }
            UnitKind::Name => {
                let stem = THESAURUS.stem(&key);
                near.extend(people.other_names(&stem).map(|other| (other.clone(), 0.9)));
                near.push((stem, SAME));
            }
            UnitKind::Plain => {
                for stem in THESAURUS.stems(&key) {
                    near.extend(THESAURUS.near(&stem).map(|(stem, credit)| (stem.to_owned(), credit)));
                    near.push((stem, SAME));
                }
                // *Unsafe* is said by *not safe*; that it is turned round is another question.
                near.extend(denial::base_of(&key).map(|base| (THESAURUS.stem(base), DENIED)));
            }
        }
        for (stem, credit) in near {
            let units = self.by_stem.entry(stem).or_default();
            match units.iter_mut().find(|(unit, _)| *unit == place) {
                Some((_, held)) => *held = held.max(credit),
                None => units.push((place, credit)),
            }
        }
    }

    /// What all its claims weigh.
    pub fn weight(&self) -> f32 {
        self.units.iter().map(|unit| unit.weight).sum()
    }

    /// What the index is asked for: the clause's own stems in full, the others less.
    pub fn query(&self) -> Vec<(Term, f32)> {
        let mut query: Vec<(String, f32)> = self
            .by_stem
            .iter()
            .map(|(stem, units)| (stem.clone(), units.iter().map(|(_, credit)| credit * credit).fold(0.0, f32::max)))
            .collect();
        query.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        query.truncate(120);
        query.into_iter().map(|(stem, weight)| (term_of(&stem), weight)).collect()
    }
}

fn kind_of(word: &Word, nth: usize, words: &[Word]) -> UnitKind {
    if word.is_number() {
        return UnitKind::Number;
    }
    let beside = |at: Option<usize>| at.and_then(|at| words.get(at)).is_some_and(|word| word.is_capital);
    let first_is_name = !THESAURUS.is_word(&word.key) || beside(Some(nth + 1));
    let is_name = word.is_capital && (nth > 0 && !word.starts_sentence || first_is_name);
    if is_name && !lexicon::is_common(&word.key) { UnitKind::Name } else { UnitKind::Plain }
}

/// How much a word claims: nothing, a little, one, or more for what can be looked up.
fn weight_of(draft: &str, words: &[Word], nth: usize, kind: UnitKind) -> f32 {
    let key = words[nth].key.as_str();
    let plain = match kind {
        UnitKind::Number if key == "#1" => 0.3,
        UnitKind::Name | UnitKind::Number => 1.5,
        UnitKind::Plain if lexicon::is_slight(key) => 0.5,
        UnitKind::Plain if lexicon::is_common(key) || key.chars().count() < 2 => 0.0,
        UnitKind::Plain => 1.0,
    };
    if is_in_apposition(draft, words, nth) { plain * 0.3 } else { plain }
}

/// Inside *…, a main competitor of OpenAI*: the writer's explanation, not the speaker's words.
fn is_in_apposition(draft: &str, words: &[Word], nth: usize) -> bool {
    let comma_before =
        |at: usize| at > 0 && Span::new(words[at - 1].span.end, words[at].span.start).of(draft).contains(',');
    let start = (nth.saturating_sub(8)..=nth).rev().find(|at| comma_before(*at));
    start.is_some_and(|at| {
        at > 0 && words[at - 1].is_capital && matches!(words[at].key.as_str(), "a" | "an" | "the" | "which" | "who")
    })
}
