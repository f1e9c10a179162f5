//! Indirect speech held against the notes: does a passage say it, in other words.
//!
//! The clause is cut into what it claims (names, numbers, words that carry a subject); a passage of up to three
//! sentences of one voice supports it when it has enough of them, by stem, derivation, synonym or kind. A claim too
//! short or too thin is answered with no: an unrelated note must not seem to say it. A name, number, date or *not* that
//! differs makes it altered, never a paraphrase.

use super::amounts::{self, Amount};
use super::card::{Term, term_of};
use super::dates::{self, Date};
use super::denial;
use super::fold::{self, Word};
use super::index::{Index, Voice};
use super::lexicon;
use super::notes::Near;
use super::search::Side;
use super::speaker::Fit;
use super::substance;
use super::thesaurus::{SAME, THESAURUS};
use super::token::{self, Stretch};
use super::verdict::Case;
use super::{Finding, TermsFinding, Verdict};
use crate::note::Terms;
use crate::span::{self, Span};
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
    /// Which units a stem of a note supports, and how well.
    by_stem: HashMap<String, Vec<(usize, f32)>>,
    own_stems: Vec<String>,
}

/// A passage and what of the clause it says.
pub struct Support {
    /// Words of the notes.
    pub words: Range<usize>,
    /// How well each unit is said; 0 where it is not.
    pub credits: Vec<f32>,
    /// Where in the notes each unit is said.
    pub places: Vec<Vec<usize>>,
    pub coverage: f32,
    rank: f32,
}

/// The share of the words that are no names, numbers or dates which a passage must say.
const N_TOLD: f32 = 0.5;
/// How well a word is said by the one it denies.
const DENIED: f32 = 0.85;
const N_SENTENCES: usize = 3;
const N_WORDS: usize = 90;
const N_STRETCHES: usize = 10;
const N_WINDOWS: usize = 8;
/// No writer puts more claims into one clause; a longer one is a text, and is not looked for.
const N_UNITS: usize = 200;

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
        let mut clause = Clause { words, units, amounts, dates, by_stem: HashMap::new(), own_stems: Vec::new() };
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
                    near.extend(THESAURUS.near(&stem).iter().cloned());
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

    fn weight(&self) -> f32 {
        self.units.iter().map(|unit| unit.weight).sum()
    }

    /// What the index is asked for: the clause's own stems in full, the others less.
    fn query(&self) -> Vec<(Term, f32)> {
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

impl Case<'_> {
    /// Judges words that are the writer's own.
    pub fn judge_indirect(&self, content: &[Span], people: &People) -> Finding {
        let clause = Clause::new(self.draft, content, people);
        let (index, mine) = self.support(&clause, Side::Own(&self.fits));
        if let Some(support) = mine.first() {
            return self.supported(&clause, &index, &mine, support.words.clone(), None);
        }
        let (index, others) = self.support(&clause, Side::Others(&self.fits));
        match others.first().filter(|support| clause.units.len() >= 4 && support.coverage >= 0.85) {
            Some(support) => {
                self.supported(&clause, &index, &others, support.words.clone(), Some(Verdict::OtherSpeaker))
            }
            None => self.nothing(),
        }
    }

    /// The passages that say the clause, best first, and what they are places in; none where none says enough.
    fn support(&self, clause: &Clause, side: Side) -> (Index, Vec<Support>) {
        let is_readable = !clause.units.is_empty() && clause.units.len() <= N_UNITS;
        let query = if is_readable { vec![clause.query()] } else { Vec::new() };
        let Some(near) = self.notes.near(&query, N_WORDS, N_STRETCHES, side, 0.0) else {
            return (Index::default(), Vec::new());
        };
        let Near { index, stretches, .. } = near;
        let mut found: Vec<Support> = Vec::new();
        for stretch in stretches.into_iter().flatten() {
            for voice in index.voices_in(stretch.clone()).filter(|voice| side.hears(voice.names)) {
                let words = voice.words.start.max(stretch.start)..voice.words.end.min(stretch.end);
                let windows = best_windows(&index, clause, words).into_iter();
                found.extend(windows.filter(|support| self.is_enough(&index, clause, support, voice)));
            }
        }
        // A passage that says it outright comes before one that says most of it and something else.
        for support in &mut found {
            support.rank -= if substance::conflicts(clause, support, &index).is_substance() { 0.2 } else { 0.0 };
        }
        found.sort_by(|one, other| other.rank.total_cmp(&one.rank).then(one.words.start.cmp(&other.words.start)));
        let mut apart: Vec<Support> = Vec::new();
        for support in found {
            if !apart.iter().any(|held| held.words.start < support.words.end && support.words.start < held.words.end) {
                apart.push(support);
            }
        }
        (index, apart)
    }

    /// Enough of the clause is said. The fewer its claims, the more of them must be.
    fn is_enough(&self, index: &Index, clause: &Clause, support: &Support, voice: &Voice) -> bool {
        let n_units = clause.units.iter().filter(|unit| unit.weight >= 0.5).count();
        let conflicts = substance::conflicts(clause, support, index);
        let excused: f32 = conflicts.excused.iter().map(|unit| clause.units[*unit].weight).sum();
        let weight = clause.weight() - excused;
        let said: f32 = clause.units.iter().zip(&support.credits).map(|(unit, credit)| unit.weight * credit).sum();
        let coverage = if weight > 0.0 { said / weight } else { 0.0 };
        let need: f32 = match n_units {
            0 => return false,
            1 => 0.95,
            2 => 0.85,
            3 => 0.8,
            4 => 0.72,
            5 | 6 => 0.66,
            _ => 0.6,
        };
        let is_own = self.fit(voice) == Fit::Same;
        let note = &self.notes.at(voice.note).note;
        let is_hidden = note.is_confidential || matches!(note.terms, Terms::Background | Terms::DeepBackground);
        let need = if is_own || is_hidden { need } else { need.max(0.72) };
        let is_brief = match n_units {
            1 => support.words.len() <= 5,
            2 => support.words.len() <= 14,
            _ => true,
        };
        coverage >= need && is_brief && is_told(clause, support) && is_close(clause, support, n_units)
    }

    fn supported(
        &self,
        clause: &Clause,
        index: &Index,
        all: &[Support],
        words: Range<usize>,
        verdict: Option<Verdict>,
    ) -> Finding {
        let passages = all.iter().take(5).map(|support| (support.words.start, support.words.end - 1));
        let evidence: Vec<_> = passages.filter_map(|passage| self.evidence(index, passage)).collect();
        let conflicts = substance::conflicts(clause, &all[0], index);
        let terms = index.voice(words.start).map_or(TermsFinding::Ok, |voice| {
            let span = index.span(words.start).join(index.span(words.end - 1));
            self.terms(voice.note, span, self.fit(voice))
        });
        let own = if conflicts.is_substance() { Verdict::Altered } else { Verdict::Paraphrase };
        let changes = conflicts.changes();
        let namesakes = self.namesakes(index, words.start);
        let passed = Vec::new();
        Finding {
            verdict: verdict.unwrap_or(own),
            alarms: conflicts.alarms,
            terms,
            evidence,
            namesakes,
            changes,
            passed,
        }
    }
}

/// What is said of the names is said too: names alone stand in any story of the day.
fn is_told(clause: &Clause, support: &Support) -> bool {
    // What the writer explains beside it (*a main competitor of …*) need not be said.
    let is_plain = |unit: &&Unit| unit.kind == UnitKind::Plain && unit.date.is_none() && unit.weight >= 0.5;
    let weight: f32 = clause.units.iter().filter(is_plain).map(|unit| unit.weight).sum();
    let pairs = clause.units.iter().zip(&support.credits).filter(|(unit, _)| is_plain(unit));
    let said: f32 = pairs.map(|(unit, credit)| unit.weight * credit).sum();
    said >= weight * N_TOLD
}

/// The claims are said side by side, as in the clause, and not scattered over a long passage.
fn is_close(clause: &Clause, support: &Support, n_units: usize) -> bool {
    let solid: Vec<usize> = (0..clause.units.len())
        .filter(|unit| support.credits[*unit] >= 0.8 && clause.units[*unit].weight >= 0.5)
        .collect();
    let mut stems: Vec<&str> = solid.iter().map(|unit| clause.words[clause.units[*unit].word].key.as_str()).collect();
    stems.sort_unstable();
    stems.dedup();
    let n_plain = solid.iter().filter(|unit| clause.units[**unit].kind == UnitKind::Plain).count();
    let is_near = |pair: &[usize]| {
        let one = &support.places[pair[0]];
        one.iter().any(|one| support.places[pair[1]].iter().any(|other| one != other && one.abs_diff(*other) <= 5))
    };
    let n_near = solid.windows(2).filter(|pair| is_near(pair)).count();
    let n_pairs = solid.len().saturating_sub(1);
    n_plain > 0 && stems.len() >= n_units.min(3) && n_near * 2 >= n_pairs
}

/// The runs of sentences in these words that say most of the clause, best first.
fn best_windows(index: &Index, clause: &Clause, words: Range<usize>) -> Vec<Support> {
    let sentences = sentences(index, words);
    let said: Vec<Said> = sentences.iter().map(|sentence| said(index, clause, sentence.clone())).collect();
    let weight = clause.weight();
    let mut windows: Vec<Support> = Vec::new();
    for first in 0..sentences.len() {
        let mut held = vec![(0.0f32, Vec::new()); clause.units.len()];
        for last in first..sentences.len().min(first + N_SENTENCES) {
            let words = sentences[first].start..sentences[last].end;
            if words.len() > N_WORDS && last > first {
                break;
            }
            for (held, (credit, places)) in held.iter_mut().zip(&said[last]) {
                held.0 = held.0.max(*credit);
                held.1.extend(places.iter().copied().take(6));
            }
            let sum: f32 = clause.units.iter().zip(&held).map(|(unit, (credit, _))| unit.weight * credit).sum();
            let coverage = sum / weight;
            let rank = coverage - 0.06 * (last - first) as f32 - 0.0005 * words.len() as f32;
            if coverage > 0.4 {
                let (credits, places) = held.iter().cloned().unzip();
                windows.push(Support { words, credits, places, coverage, rank });
            }
        }
    }
    windows.sort_by(|one, other| other.rank.total_cmp(&one.rank).then(one.words.start.cmp(&other.words.start)));
    windows.truncate(N_WINDOWS);
    windows
}

fn sentences(index: &Index, words: Range<usize>) -> Vec<Range<usize>> {
    let mut sentences: Vec<Range<usize>> = Vec::new();
    for at in words {
        match sentences.last_mut() {
            Some(last) if !index.words[at].starts_sentence && last.len() < N_WORDS => last.end = at + 1,
            _ => sentences.push(at..at + 1),
        }
    }
    sentences
}

/// How well each unit is said, and by which words of the notes.
type Said = Vec<(f32, Vec<usize>)>;

fn said(index: &Index, clause: &Clause, sentence: Range<usize>) -> Said {
    let mut held: Said = vec![(0.0, Vec::new()); clause.units.len()];
    let mut stems: Vec<(String, usize)> = Vec::new();
    facts_said(index, clause, &sentence, &mut held);
    for at in sentence {
        let key = index.key(&index.words[at]);
        let own = if key.starts_with('#') { vec![key.to_string()] } else { THESAURUS.stems(key) };
        let base = denial::base_of(key).map(|base| THESAURUS.stem(base));
        for stem in own.into_iter().chain(base) {
            for (unit, credit) in clause.by_stem.get(&stem).into_iter().flatten() {
                if clause.units[*unit].amount.is_some() {
                    continue;
                }
                held[*unit].0 = held[*unit].0.max(*credit);
                held[*unit].1.push(at);
            }
            stems.push((stem, at));
        }
    }
    let at_hand = |stem: &str| stems.iter().any(|(own, _)| own == stem);
    let own = |stem: &str| clause.own_stems.iter().any(|own| own == stem);
    for (place, unit) in clause.units.iter().enumerate().filter(|(_, unit)| unit.kind == UnitKind::Plain) {
        let stem = THESAURUS.stem(&clause.words[unit.word].key);
        if held[place].0 >= 0.8 {
            continue;
        }
        if let Some((credit, phrase)) = THESAURUS.by_phrase(&stem, &own, &at_hand) {
            let places = stems.iter().filter(|(stem, _)| phrase.contains(stem)).map(|(_, at)| *at);
            held[place].1.extend(places);
            held[place].0 = credit;
        }
    }
    held
}

/// The amounts and dates of the clause that a sentence has, in whatever form.
fn facts_said(index: &Index, clause: &Clause, sentence: &Range<usize>, held: &mut Said) {
    if clause.units.iter().all(|unit| unit.amount.is_none() && unit.date.is_none()) {
        return;
    }
    let stretch = Stretch::of_note(index, sentence);
    let (amounts, dates) = (amounts::find(&stretch.tokens), dates::find(&stretch.tokens));
    for (unit, (credit, places)) in clause.units.iter().zip(held) {
        let amount = unit.amount.and_then(|own| {
            let is_said = |amount: &&Amount| {
                token::is_touched(&amount.words, &stretch.inner) && amount.is_same(&clause.amounts[own])
            };
            amounts.iter().find(is_said).map(|amount| amount.words.clone())
        });
        let date = unit.date.and_then(|own| {
            let is_said =
                |date: &&Date| token::is_touched(&date.words, &stretch.inner) && date.is_same(&clause.dates[own]);
            dates.iter().find(is_said).map(|date| date.words.clone())
        });
        if let Some(words) = amount.or(date) {
            *credit = SAME;
            places.extend(words.map(|at| at + stretch.start));
        }
    }
}

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

    fn other_names(&self, stem: &str) -> impl Iterator<Item = &String> {
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
