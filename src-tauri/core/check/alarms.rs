//! Changes of substance: a *not*, a number, a name, a date, a *may* that one side has and the other has not.

use super::fold::Word;
use super::index::{BREAK, Index, NoteWord};
use super::lexicon;
use super::region::{Account, Region};
use super::thesaurus::THESAURUS;
use super::{Alarm, AlarmKind};
use crate::span::Span;
use std::ops::Range;

const KINDS: [AlarmKind; 5] =
    [AlarmKind::Negation, AlarmKind::Number, AlarmKind::Name, AlarmKind::Date, AlarmKind::Hedge];

/// The alarms of one parting between draft and note, in the order of `KINDS`.
pub fn alarms(words: &[Word], region: &Region, index: &Index) -> Vec<Alarm> {
    if region.is_jump || region.is_join || region.is_long_gap() || region.account == Account::Apart {
        return Vec::new();
    }
    if region.account == Account::Ellipsis && !is_within_clause(region, index) {
        return Vec::new();
    }
    let kinds: &[AlarmKind] = if region.account == Account::Unmarked { &KINDS } else { &KINDS[..1] };
    kinds.iter().filter_map(|kind| alarm(*kind, words, region, index)).collect()
}

/// The words left out are few and inside one clause, so that what stays reads as if they had not been there.
fn is_within_clause(region: &Region, index: &Index) -> bool {
    region.note.len() <= 3 && !region.note.clone().any(|at| index.words[at].starts_sentence)
}

fn alarm(kind: AlarmKind, words: &[Word], region: &Region, index: &Index) -> Option<Alarm> {
    let draft: Vec<usize> =
        region.draft.clone().filter(|at| words[*at].bracket == 0 && carries_draft(kind, words, *at)).collect();
    let note: Vec<usize> = region.note.clone().filter(|at| carries_note(kind, index, *at)).collect();
    let differs = match kind {
        AlarmKind::Negation => {
            let drafts: usize = draft.iter().map(|at| lexicon::n_negations(&words[*at].key)).sum();
            let notes: usize = note.iter().map(|at| lexicon::n_negations(index.key(&index.words[*at]))).sum();
            (drafts == 0) != (notes == 0) || drafts % 2 != notes % 2
        }
        _ => {
            let mut drafts: Vec<&str> = draft.iter().map(|at| words[*at].key.as_str()).collect();
            let mut notes: Vec<&str> = note.iter().map(|at| index.key(&index.words[*at])).collect();
            drafts.sort_unstable();
            notes.sort_unstable();
            if kind == AlarmKind::Hedge { drafts.is_empty() != notes.is_empty() } else { drafts != notes }
        }
    };
    if !differs || (draft.is_empty() && note.is_empty()) {
        return None;
    }
    // *one* lost or gained by itself is a pronoun as often as a number.
    let lone =
        |at: &[usize], other: &[usize], key: &dyn Fn(usize) -> bool| other.is_empty() && at.iter().all(|at| key(*at));
    if kind == AlarmKind::Number
        && (lone(&draft, &note, &|at| words[at].key == "#1")
            || lone(&note, &draft, &|at| index.key(&index.words[at]) == "#1"))
    {
        return None;
    }
    Some(Alarm { kind, draft: draft_span(words, region, &draft), note: note_span(index, region, &note) })
}

fn carries_draft(kind: AlarmKind, words: &[Word], at: usize) -> bool {
    let word = &words[at];
    let beside = |at: Option<usize>| at.and_then(|at| words.get(at)).is_some_and(|word| lexicon::is_month(&word.key));
    let near_month = word.is_number() && (beside(at.checked_sub(1)) || beside(Some(at + 1)));
    carries(kind, &word.key, word.is_capital, word.starts_sentence, near_month)
}

fn carries_note(kind: AlarmKind, index: &Index, at: usize) -> bool {
    let word: &NoteWord = &index.words[at];
    let key = index.key(word);
    let beside = |at: usize| index.words.get(at).is_some_and(|word| lexicon::is_month(index.key(word)));
    let near_month = key.starts_with('#') && (beside(at.saturating_sub(1)) || beside(at + 1));
    carries(kind, key, word.is_capital, word.starts_sentence, near_month)
}

fn carries(kind: AlarmKind, key: &str, is_capital: bool, starts_sentence: bool, near_month: bool) -> bool {
    let is_number = key.starts_with('#');
    let is_month = lexicon::is_month(key) && is_capital && (key != "may" || !starts_sentence);
    match kind {
        AlarmKind::Negation => lexicon::is_negation(key),
        AlarmKind::Number => is_number || is_amount(key),
        AlarmKind::Date => {
            lexicon::is_date(key) && (key != "march" || is_capital) || is_month || near_month || is_year(key)
        }
        AlarmKind::Hedge => lexicon::is_hedge(key) && !is_month,
        AlarmKind::Name => {
            let is_other = is_number || is_amount(key) || lexicon::is_date(key) || is_month || lexicon::is_common(key);
            let is_plain = is_other || lexicon::is_negation(key) || lexicon::is_hedge(key);
            // A capital at the start of a sentence is a name's where no English word is written so.
            is_capital && !is_plain && (!starts_sentence || !THESAURUS.is_word(key))
        }
    }
}

/// Amounts that are words alone.
fn is_amount(key: &str) -> bool {
    const AMOUNTS: [&str; 24] = [
        "half",
        "third",
        "thirds",
        "quarter",
        "quarters",
        "dozen",
        "dozens",
        "hundreds",
        "thousands",
        "millions",
        "billions",
        "trillions",
        "twice",
        "thrice",
        "double",
        "doubled",
        "doubles",
        "triple",
        "tripled",
        "halved",
        "once",
        "fifths",
        "tenths",
        "pair",
    ];
    AMOUNTS.contains(&key) && key != "once"
}

fn is_year(key: &str) -> bool {
    let year = key.strip_prefix('#').and_then(|digits| digits.parse::<u32>().ok());
    year.is_some_and(|year| (1900..=2099).contains(&year))
}

/// The words that carry the alarm; else the few words that stand there instead, or the place where they would stand.
fn draft_span(words: &[Word], region: &Region, carriers: &[usize]) -> Span {
    let span = |at: &usize| words[*at].span;
    let instead = if region.draft.len() <= 3 { region.draft.clone() } else { region.draft.start..region.draft.start };
    carriers.iter().map(span).reduce(Span::join).unwrap_or_else(|| place_in_draft(words, &instead))
}

fn note_span(index: &Index, region: &Region, carriers: &[usize]) -> Span {
    let span = |at: &usize| index.span(*at);
    let instead = if region.note.len() <= 3 { region.note.clone() } else { region.note.start..region.note.start };
    carriers.iter().map(span).reduce(Span::join).unwrap_or_else(|| place_in_note(index, &instead))
}

/// The words of a range of the quote; an empty place before it where the range is empty.
pub fn place_in_draft(words: &[Word], range: &Range<usize>) -> Span {
    if let (Some(first), Some(last)) =
        (words.get(range.start), words.get(range.end.wrapping_sub(1)).filter(|_| !range.is_empty()))
    {
        return first.span.join(last.span);
    }
    let end = range.start.checked_sub(1).and_then(|at| words.get(at)).map(|word| word.span.end);
    let start = words.get(range.start).map(|word| word.span.start);
    let at = end.or(start).unwrap_or(0);
    Span::new(at, at)
}

/// The words of a range of the notes; an empty place before it where the range is empty.
pub fn place_in_note(index: &Index, range: &Range<usize>) -> Span {
    if !range.is_empty() {
        return index.span(range.start).join(index.span(range.end - 1));
    }
    // Before the first word of a voice lies a break, which may be another note's.
    let before = range.start.checked_sub(1).filter(|at| index.words[*at].key != BREAK);
    let next = || index.words.get(range.start).map_or(0, |word| word.start_byte as usize);
    let at_byte = before.map_or_else(next, |at| index.span(at).end);
    Span::new(at_byte, at_byte)
}
