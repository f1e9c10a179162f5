//! What a paraphrase may not change: numbers, names, dates, a *not*, and how sure the speaker was.

use super::fold::Word;
use super::index::Index;
use super::lexicon;
use super::paraphrase::{Clause, Support, UnitKind};
use super::thesaurus::THESAURUS;
use super::{Alarm, AlarmKind, Change, ChangeKind};
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
    for (place, unit) in clause.units.iter().enumerate() {
        if support.credits[place] > 0.0 {
            continue;
        }
        let word = &clause.words[unit.word];
        let (kind, rival) = match unit.kind {
            UnitKind::Number if word.key != "#1" => (AlarmKind::Number, rival_number(clause, support, index, word)),
            UnitKind::Name | UnitKind::Plain if lexicon::is_date(&word.key) && word.is_capital => {
                (AlarmKind::Date, rival(clause, support, index, |key, _| lexicon::is_date(key)))
            }
            UnitKind::Name => (AlarmKind::Name, rival_name(clause, support, index, unit.word)),
            _ => continue,
        };
        if let Some(at) = rival {
            conflicts.excused.push(place);
            conflicts.alarms.push(Alarm { kind, draft: word.span, note: index.span(at) });
        } else if kind == AlarmKind::Number {
            let end = index.span(support.words.end - 1).end;
            conflicts.alarms.push(Alarm { kind, draft: word.span, note: Span::new(end, end) });
        }
    }
    conflicts.alarms.extend(negation(clause, support, index));
    conflicts.alarms.extend(hedge(clause, support, index));
    conflicts
}

/// A word of the passage that the clause has not, and that could stand where another of its kind does.
fn rival(clause: &Clause, support: &Support, index: &Index, is_kind: impl Fn(&str, usize) -> bool) -> Option<usize> {
    let has = |key: &str| clause.words.iter().any(|word| word.key == key);
    support.words.clone().find(|at| {
        let key = index.key(&index.words[*at]);
        is_kind(key, *at) && !has(key)
    })
}

fn rival_number(clause: &Clause, support: &Support, index: &Index, word: &Word) -> Option<usize> {
    let unit = |key: &str| key.trim_start_matches(|c: char| c == '#' || c == '.' || c.is_ascii_digit()).to_string();
    let own = unit(&word.key);
    let said: Vec<Vec<String>> = clause.words.iter().map(|word| same_amounts(&word.key)).collect();
    let is_said = |key: &str| same_amounts(key).iter().any(|amount| said.iter().any(|own| own.contains(amount)));
    rival(clause, support, index, |key, _| key.starts_with('#') && key != "#1" && unit(key) == own && !is_said(key))
}

/// Another name beside the same word: *Dana Whitlock sold* and *Ines Eze sold*.
fn rival_name(clause: &Clause, support: &Support, index: &Index, word: usize) -> Option<usize> {
    let stem_at = |at: Option<usize>| {
        let word =
            at.and_then(|at| clause.words.get(at)).filter(|word| !lexicon::is_common(&word.key) && !word.is_capital);
        word.map(|word| THESAURUS.stem(&word.key))
    };
    let (before, behind) = (stem_at(word.checked_sub(1)), stem_at(Some(word + 1)));
    let note_stem = |at: usize| index.words.get(at).map(|word| THESAURUS.stem(index.key(word)));
    rival(clause, support, index, |key, at| {
        let note_word = &index.words[at];
        let is_name =
            note_word.is_capital && !note_word.starts_sentence && !lexicon::is_common(key) && !THESAURUS.is_word(key);
        let same_before = before.is_some() && at > 0 && note_stem(at - 1) == before;
        let same_behind = behind.is_some() && note_stem(at + 1) == behind;
        is_name && (same_before || same_behind)
    })
}

/// One side denies what the other says. Where a word denies by its meaning (*lack*, *failed*), nothing can be told.
fn negation(clause: &Clause, support: &Support, index: &Index) -> Option<Alarm> {
    let sentence = core_sentence(clause, support, index);
    let note_keys: Vec<&str> = sentence.clone().map(|at| index.key(&index.words[at])).collect();
    let draft_keys: Vec<&str> = clause.words.iter().map(|word| word.key.as_str()).collect();
    let in_draft: Vec<usize> = (0..draft_keys.len()).filter(|at| denies(&draft_keys, *at)).collect();
    let in_note: Vec<usize> = (0..note_keys.len()).filter(|at| denies(&note_keys, *at)).collect();
    if in_draft.is_empty() == in_note.is_empty() {
        return None;
    }
    let is_free =
        |keys: &[&str]| keys.iter().any(|key| lexicon::is_denial(&THESAURUS.stem(key)) || key.starts_with("un"));
    let (with, without) = if in_draft.is_empty() { (&note_keys, &draft_keys) } else { (&draft_keys, &note_keys) };
    let only_without = without.iter().filter(|key| !with.contains(key)).copied().collect::<Vec<_>>();
    if is_free(&only_without) || draft_keys.contains(&"longer") {
        return None;
    }
    let (draft, note) = match (in_draft.first(), in_note.first()) {
        (Some(at), _) => {
            let end = index.span(sentence.end - 1).end;
            (clause.words[*at].span, Span::new(end, end))
        }
        (None, Some(at)) => {
            // A passage says many things; a *not* counts only beside a word the clause has taken from it.
            let is_near = near_claim(clause, &note_keys, *at);
            if !is_near {
                return None;
            }
            let end = clause.words.last()?.span.end;
            (Span::new(end, end), index.span(sentence.start + at))
        }
        _ => return None,
    };
    Some(Alarm { kind: AlarmKind::Negation, draft, note })
}

/// The sentence of a passage that says most of the clause.
fn core_sentence(clause: &Clause, support: &Support, index: &Index) -> Range<usize> {
    let stems: Vec<String> = clause.units.iter().map(|unit| THESAURUS.stem(&clause.words[unit.word].key)).collect();
    let mut best = (0, support.words.clone());
    let mut start = support.words.start;
    for at in support.words.start..support.words.end {
        let ends = at + 1 == support.words.end || index.words[at + 1].starts_sentence;
        if ends {
            let n_said =
                (start..=at).filter(|at| stems.contains(&THESAURUS.stem(index.key(&index.words[*at])))).count();
            if n_said > best.0 {
                best = (n_said, start..at + 1);
            }
            start = at + 1;
        }
    }
    best.1
}

fn near_claim(clause: &Clause, note_keys: &[&str], at: usize) -> bool {
    let own: Vec<String> = clause.units.iter().map(|unit| THESAURUS.stem(&clause.words[unit.word].key)).collect();
    let behind = note_keys.iter().skip(at + 1).take(4);
    behind.filter(|key| !lexicon::is_common(key)).take(1).any(|key| own.contains(&THESAURUS.stem(key)))
}

/// A word that turns the claim round here: not *not only*, not *no longer*.
fn denies(keys: &[&str], at: usize) -> bool {
    let next = keys.get(at + 1).copied().unwrap_or_default();
    lexicon::is_negation(keys[at]) && !matches!(next, "only" | "just" | "merely" | "longer" | "doubt")
}

/// The speaker left it open, and the draft does not.
fn hedge(clause: &Clause, support: &Support, index: &Index) -> Option<Alarm> {
    const OPEN: [&str; 10] = [
        "may",
        "might",
        "perhaps",
        "maybe",
        "possibly",
        "probably",
        "allegedly",
        "reportedly",
        "likely",
        "potentially",
    ];
    let sentence = core_sentence(clause, support, index);
    if clause.words.iter().any(|word| lexicon::is_hedge(&word.key) && word.key != "would" || word.key == "can") {
        return None;
    }
    let at =
        sentence.clone().find(|at| OPEN.contains(&index.key(&index.words[*at])) && !index.words[*at].is_capital)?;
    let note_keys: Vec<&str> = sentence.clone().map(|at| index.key(&index.words[at])).collect();
    if !near_claim(clause, &note_keys, at - sentence.start) {
        return None;
    }
    let end = clause.words.last()?.span.end;
    Some(Alarm { kind: AlarmKind::Hedge, draft: Span::new(end, end), note: index.span(at) })
}

/// An amount that is a word alone.
pub fn is_amount(key: &str) -> bool {
    matches!(
        key,
        "dozen" | "half" | "quarter" | "twice" | "double" | "doubled" | "triple" | "tripled" | "halved" | "thrice"
    )
}

/// The forms an amount may take: itself, and what says the same.
pub fn same_amounts(key: &str) -> Vec<String> {
    let also: &[&str] = match key {
        "dozen" => &["#12"],
        "half" | "halved" => &["#50%"],
        "quarter" => &["#25%"],
        "twice" | "double" | "doubled" => &["twofold"],
        "triple" | "tripled" | "thrice" => &["threefold"],
        _ => &[],
    };
    let mut forms = vec![key.to_string()];
    forms.extend(also.iter().map(|form| form.to_string()));
    // *5 million* may stand for *$5 million*: the sign goes without saying.
    if key.starts_with('#') && key.ends_with(['$', '€', '£', '¥']) {
        forms.push(key.trim_end_matches(['$', '€', '£', '¥']).to_string());
    }
    forms
}
