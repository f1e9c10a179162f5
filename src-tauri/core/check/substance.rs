//! What a paraphrase may not change: numbers, names, dates, a *not*, and how sure the speaker was.

use super::amount::Amount;
use super::clause::{Clause, UnitKind};
use super::contrary;
use super::dates::{self, Date};
use super::index::Index;
use super::lexicon;
use super::paraphrase::Support;
use super::thesaurus::THESAURUS;
use super::token::{self, Stretch};
use super::{Alarm, AlarmKind, Change, ChangeKind, amounts, extent, firmness, names, order};
use crate::span::Span;
use std::ops::Range;

/// Where a clause and the passage that says the rest of it part.
#[derive(Default)]
pub struct Conflicts {
    pub alarms: Vec<Alarm>,
    /// Units the passage says otherwise: not held against the claim that it is the passage.
    pub excused: Vec<usize>,
}

impl Conflicts {
    /// More than a hedge.
    pub fn is_substance(&self) -> bool {
        self.alarms.iter().any(|alarm| alarm.kind != AlarmKind::Hedge)
    }

    /// The same as changes; a hedge's is a word.
    pub fn changes(&self) -> Vec<Change> {
        let mut changes: Vec<Change> = self
            .alarms
            .iter()
            .map(|alarm| {
                let kind = match alarm.kind {
                    AlarmKind::Number | AlarmKind::Date => ChangeKind::Number,
                    AlarmKind::Name => ChangeKind::Name,
                    AlarmKind::Negation => ChangeKind::Negation,
                    AlarmKind::Hedge => ChangeKind::Word,
                };
                Change { kind, draft: alarm.draft, note: alarm.note }
            })
            .collect();
        changes.sort_by_key(|change| (change.draft.start, change.note.start));
        changes
    }
}

/// Holds the substance of a clause against a passage.
pub fn conflicts(clause: &Clause, support: &Support, index: &Index) -> Conflicts {
    let mut conflicts = Conflicts::default();
    facts(clause, support, index, &mut conflicts);
    namesakes(clause, support, index, &mut conflicts);
    let is_told = |word: usize, conflicts: &Conflicts| {
        conflicts.alarms.iter().any(|alarm| alarm.draft.holds(clause.words[word].span.start))
    };
    for (place, unit) in clause.units.iter().enumerate() {
        let is_open = support.credits[place] == 0.0 && unit.amount.is_none() && unit.date.is_none();
        if unit.kind != UnitKind::Name || !is_open || is_told(unit.word, &conflicts) {
            continue;
        }
        if let Some(at) = rival_name(clause, support, index, unit.word) {
            conflicts.excused.push(place);
            let draft = clause.words[unit.word].span;
            let is_capital = |at: &usize| support.words.contains(at) && index.words[*at].is_capital;
            let name_end = (at..).take_while(is_capital).last().unwrap_or(at);
            let note = index.span(at).join(index.span(name_end));
            let before = unit.word.checked_sub(1).map(|before| clause.words[before].span.end);
            match conflicts
                .alarms
                .last_mut()
                .filter(|last| last.kind == AlarmKind::Name && Some(last.draft.end) == before)
            {
                Some(last) => last.draft = last.draft.join(draft),
                None => conflicts.alarms.push(Alarm { kind: AlarmKind::Name, draft, note }),
            }
        }
    }
    contrary::find(clause, support, index, &mut conflicts);
    conflicts.alarms.extend(order::find(clause, support, index));
    conflicts.alarms.extend(extent::find(clause, support, index));
    conflicts.alarms.extend(firmness::find(clause, support, index));
    conflicts
}

/// Amounts and dates the passage says otherwise; an amount it does not say at all is an alarm too.
fn facts(clause: &Clause, support: &Support, index: &Index, conflicts: &mut Conflicts) {
    let stretch = Stretch::of_note(index, &support.words);
    let is_open = |place: &usize| support.credits[*place] == 0.0;
    let note_span = |words: &Range<usize>| {
        let words = words.start + stretch.start..words.end + stretch.start;
        index.span(words.start).join(index.span(words.end - 1))
    };
    let draft_span = |words: &Range<usize>| clause.words[words.start].span.join(clause.words[words.end - 1].span);
    for place in (0..clause.units.len()).filter(is_open) {
        let unit = &clause.units[place];
        if let Some(own) = unit.amount.map(|own| &clause.amounts[own]) {
            let is_rival = |amount: &&Amount| {
                let is_said = clause.amounts.iter().any(|own| own.is_same(amount));
                token::is_touched(&amount.words, &stretch.inner) && !amount.is_soft && own.is_rival(amount) && !is_said
            };
            let amounts = amounts::find(&stretch.tokens);
            let rival = amounts.iter().find(is_rival).map(|amount| note_span(&amount.words));
            conflicts.excused.extend(rival.is_some().then_some(place));
            let end = index.span(support.words.end - 1).end;
            let note = rival.unwrap_or(Span::new(end, end));
            conflicts.alarms.push(Alarm { kind: AlarmKind::Number, draft: draft_span(&own.words), note });
        } else if let Some(own) = unit.date.map(|own| &clause.dates[own]) {
            let is_rival = |date: &&Date| {
                let is_said = clause.dates.iter().any(|own| own.is_same(date));
                token::is_touched(&date.words, &stretch.inner) && own.is_rival(date) && !is_said
            };
            let Some(note) = dates::of(&stretch).iter().find(is_rival).map(|date| note_span(&date.words)) else {
                continue;
            };
            conflicts.excused.push(place);
            conflicts.alarms.push(Alarm { kind: AlarmKind::Date, draft: draft_span(&own.words), note });
        }
    }
}

/// *Rupert Odell* where the passage has *Ruth Odell*: a surname is said, and somebody else's.
fn namesakes(clause: &Clause, support: &Support, index: &Index, conflicts: &mut Conflicts) {
    let (draft, note) =
        (Stretch::of_draft(&clause.words, &(0..clause.words.len())), Stretch::of_note(index, &support.words));
    let full = |names: Vec<Range<usize>>| names.into_iter().filter(|name| name.len() > 1).collect::<Vec<_>>();
    let owns = full(clause.names.clone());
    let others = if owns.is_empty() { Vec::new() } else { full(names::find(&note.tokens)) };
    for own in owns {
        let one = &draft.tokens[own.clone()];
        let is_same = |other: &&Range<usize>| names::are_same(one, &note.tokens[(*other).clone()]);
        let is_kin = |other: &&Range<usize>| names::are_namesakes(one, &note.tokens[(*other).clone()]);
        let kin = others.iter().find(is_kin).filter(|_| !others.iter().any(|other| is_same(&other)));
        let Some(kin) = kin.filter(|kin| token::is_touched(kin, &note.inner)) else { continue };
        let draft = clause.words[own.start].span.join(clause.words[own.end - 1].span);
        let note = index.span(kin.start + note.start).join(index.span(kin.end - 1 + note.start));
        conflicts.alarms.push(Alarm { kind: AlarmKind::Name, draft, note });
    }
}

/// A word of the passage that the clause has not, and that could stand where another of its kind does.
fn rival(clause: &Clause, support: &Support, index: &Index, is_kind: impl Fn(&str, usize) -> bool) -> Option<usize> {
    let has = |key: &str| clause.words.iter().any(|word| word.key == key);
    support.words.clone().find(|at| {
        let key = index.key(&index.words[*at]);
        is_kind(key, *at) && !has(key)
    })
}

/// Another name beside the same word: *Dana Whitlock sold* and *Ines Eze had sold*.
fn rival_name(clause: &Clause, support: &Support, index: &Index, word: usize) -> Option<usize> {
    let draft = Stretch::of_draft(&clause.words, &(0..clause.words.len()));
    let note = Stretch::of_note(index, &support.words);
    let (before, behind) = (telling_beside(&draft, word, true), telling_beside(&draft, word, false));
    rival(clause, support, index, |key, at| {
        let place = at - note.start;
        let token = &note.tokens[place];
        let is_name = token.is_capital && !lexicon::is_common(key) && !THESAURUS.is_word(key);
        let same_before = before.is_some() && telling_beside(&note, place, true) == before;
        let same_behind = behind.is_some() && telling_beside(&note, place, false) == behind;
        is_name && (same_before || same_behind)
    })
}

/// The stem of the nearest word that tells something, on one side of a name, within three words.
fn telling_beside(stretch: &Stretch, at: usize, is_before: bool) -> Option<String> {
    let place = |n: usize| if is_before { at.checked_sub(n) } else { Some(at + n) };
    let near = (1..=3).filter_map(place).map_while(|at| stretch.tokens.get(at).filter(|token| !token.key.is_empty()));
    let plain = near.into_iter().find(|token| !token.is_capital && !lexicon::is_common(token.key))?;
    Some(THESAURUS.stem(plain.key))
}
