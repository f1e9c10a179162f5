//! Indirect speech held against the notes: does a passage say it, in other words.
//!
//! The clause is cut into what it claims (names, numbers, words that carry a subject); a passage of up to three
//! sentences of one voice supports it when it has enough of them, by stem, derivation, synonym or kind. A claim too
//! short or too thin is answered with no: an unrelated note must not seem to say it. A name, number, date or *not* that
//! differs makes it altered, never a paraphrase.

use super::amount::Amount;
use super::clause::{Clause, N_UNITS, Unit, UnitKind};
use super::dates::{self, Date};
use super::index::{Index, Voice};
use super::notes::Near;
use super::people::People;
use super::search::Side;
use super::speaker::Fit;
use super::substance;
use super::thesaurus::{SAME, THESAURUS};
use super::token::{self, Stretch};
use super::verdict::Case;
use super::{Finding, TermsFinding, Verdict, amounts, denial, names};
use crate::note::Terms;
use crate::span::Span;
use std::ops::Range;

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
const N_SENTENCES: usize = 3;
const N_WORDS: usize = 90;
const N_STRETCHES: usize = 10;
const N_WINDOWS: usize = 8;

impl Case<'_> {
    /// Judges words that are the writer's own.
    pub fn judge_indirect(&self, content: &[Span], people: &People) -> Finding {
        let denied_by = denial::denying_cue(self.draft, self.quote);
        let clause = Clause { denied_by, ..Clause::new(self.draft, content, people) };
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
    bodies_said(index, clause, &sentence, &mut held);
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

/// The names of the clause that a sentence has in the other of their two forms: *EU*, *European Union*.
fn bodies_said(index: &Index, clause: &Clause, sentence: &Range<usize>, held: &mut Said) {
    let draft = Stretch::of_draft(&clause.words, &(0..clause.words.len()));
    for name in &clause.names {
        let own = &draft.tokens[name.clone()];
        let is_short = own.len() == 1 && clause.words[name.start].is_shout;
        let is_key = |at: &usize, key: &str| index.words[*at].is_capital && index.key(&index.words[*at]) == key;
        let said = if let Some(short) = names::short_of(own) {
            sentence.clone().find(|at| is_key(at, &short)).map(|at| at..at + 1)
        } else if is_short {
            let note = Stretch::of_note(index, sentence);
            let mut full = names::find(&note.tokens).into_iter().filter(|full| full.len() > 1);
            let full = full.find(|full| names::are_same(own, &note.tokens[full.clone()]));
            full.map(|full| full.start + note.start..full.end + note.start)
                .filter(|full| sentence.contains(&full.start))
        } else {
            None
        };
        let Some(said) = said else { continue };
        for (place, _) in clause.units.iter().enumerate().filter(|(_, unit)| name.contains(&unit.word)) {
            held[place].0 = SAME;
            held[place].1.extend(said.clone());
        }
    }
}

/// The amounts and dates of the clause that a sentence has, in whatever form.
fn facts_said(index: &Index, clause: &Clause, sentence: &Range<usize>, held: &mut Said) {
    if clause.units.iter().all(|unit| unit.amount.is_none() && unit.date.is_none()) {
        return;
    }
    let stretch = Stretch::of_note(index, sentence);
    let (amounts, dates) = (amounts::find(&stretch.tokens), dates::of(&stretch));
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
