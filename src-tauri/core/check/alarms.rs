//! Changes of substance: a *not*, a number, a name, a date, a *may* that one side has and the other has not.

use super::amount::{self, Amount};
use super::dates::{self, Date};
use super::denial;
use super::fold::Word;
use super::index::{BREAK, Index};
use super::names;
use super::region::{Account, Region};
use super::tidying;
use super::token::{self, Stretch};
use super::{Alarm, AlarmKind, amounts};
use crate::span::Span;
use std::ops::Range;

const KINDS: [AlarmKind; 5] =
    [AlarmKind::Negation, AlarmKind::Number, AlarmKind::Name, AlarmKind::Date, AlarmKind::Hedge];

/// The alarms of all partings of a passage, those of one parting in the order of `KINDS`.
///
/// What is gained here and lost near by has only changed its place.
pub fn all(words: &[Word], index: &Index, mut found: Vec<Found>) -> Vec<Alarm> {
    let mut at = 0;
    while at < found.len() {
        let other = (0..found.len()).find(|other| is_moved(words, index, &found[at], &found[*other]));
        match other {
            Some(other) => {
                found.remove(other.max(at));
                found.remove(other.min(at));
            }
            None => at += 1,
        }
    }
    found.into_iter().map(|found| found.alarm).collect()
}

/// An alarm, the words that carry it on either side, and where in the quote its parting is.
pub struct Found {
    pub alarm: Alarm,
    drafts: Vec<usize>,
    notes: Vec<usize>,
    place: usize,
}

/// The alarms of one parting, in the order of `KINDS`.
pub fn find(words: &[Word], region: &Region, index: &Index) -> Vec<Found> {
    if region.is_jump || region.is_join || region.is_long_gap() || region.account == Account::Apart {
        return Vec::new();
    }
    // *I'd* and *I would*: one thing in two forms.
    if tidying::is_contraction(words, region, index) {
        return Vec::new();
    }
    if region.account == Account::Ellipsis && !is_within_clause(region, index) {
        return Vec::new();
    }
    let kinds: &[AlarmKind] = if region.account == Account::Unmarked { &KINDS } else { &KINDS[..1] };
    if region.draft.len() > N_LONGEST || region.note.len() > N_LONGEST {
        return Vec::new();
    }
    let note = Stretch::of_note(index, &region.note);
    if region.account == Account::Bracket {
        return in_brackets(words, region, index, &note);
    }
    let draft = Stretch::of_draft(words, &region.draft);
    let alarm = |kind: &AlarmKind| alarm(*kind, (words, draft.clone()), (index, note.clone()), region);
    let mut found: Vec<Found> = kinds.iter().filter_map(alarm).collect();
    // *Impossible* made *possible* is no hedge gained.
    let denied = found.first().filter(|first| first.alarm.kind == AlarmKind::Negation);
    if let Some((drafts, notes)) = denied.map(|first| (first.drafts.clone(), first.notes.clone())) {
        let is_told =
            |at: &Found| at.drafts.iter().all(|at| drafts.contains(at)) && at.notes.iter().all(|at| notes.contains(at));
        found.retain(|found| found.alarm.kind != AlarmKind::Hedge || !is_told(found));
    }
    found
}

/// What is put in square brackets may say who or what was meant, but no *not*, and no *will* for a *may*.
fn in_brackets(words: &[Word], region: &Region, index: &Index, note: &Stretch) -> Vec<Found> {
    let draft = Stretch::of_brackets(words, &region.draft);
    let alarm = |kind: AlarmKind| alarm(kind, (words, draft.clone()), (index, note.clone()), region);
    let is_lost = |found: &Found| found.drafts.is_empty();
    alarm(AlarmKind::Negation).or_else(|| alarm(AlarmKind::Hedge).filter(is_lost)).into_iter().collect()
}

/// One is gained and the other lost, both say the same, and they stand near: a denial nearer than a date.
fn is_moved(words: &[Word], index: &Index, gained: &Found, lost: &Found) -> bool {
    let is_pair = gained.alarm.kind == lost.alarm.kind
        && (gained.notes.is_empty() && lost.drafts.is_empty())
        && !gained.drafts.is_empty()
        && !lost.notes.is_empty();
    let n_near = if gained.alarm.kind == AlarmKind::Negation { 3 } else { 12 };
    if !is_pair || gained.place.abs_diff(lost.place) > n_near {
        return false;
    }
    let (Some(first), Some(last)) = (gained.drafts.first(), gained.drafts.last()) else { return false };
    let (Some(note_first), Some(note_last)) = (lost.notes.first(), lost.notes.last()) else { return false };
    let draft = Stretch::of_draft(words, &(*first..last + 1));
    let note = Stretch::of_note(index, &(*note_first..note_last + 1));
    is_same(gained.alarm.kind, &draft, &note)
}

/// The words of two stretches say the same of a kind.
fn is_same(kind: AlarmKind, draft: &Stretch, note: &Stretch) -> bool {
    let touches = |words: &Range<usize>, stretch: &Stretch| token::is_touched(words, &stretch.inner);
    let keys = |stretch: &Stretch| stretch.inner.clone().map(|at| stretch.key(at).to_string()).collect::<Vec<_>>();
    match kind {
        AlarmKind::Number => {
            let find = |stretch: &Stretch| {
                amounts::find(&stretch.tokens)
                    .into_iter()
                    .filter(|amount| touches(&amount.words, stretch))
                    .collect::<Vec<_>>()
            };
            let (ones, others) = (find(draft), find(note));
            ones.len() == others.len() && ones.iter().zip(&others).all(|(one, other)| one.is_same(other))
        }
        AlarmKind::Date => {
            let find = |stretch: &Stretch| {
                dates::of(stretch).into_iter().filter(|date| touches(&date.words, stretch)).collect::<Vec<_>>()
            };
            let (ones, others) = (find(draft), find(note));
            ones.len() == others.len() && ones.iter().zip(&others).all(|(one, other)| one.is_same(other))
        }
        _ => keys(draft) == keys(note),
    }
}

/// The words left out are few and inside one clause, so that what stays reads as if they had not been there.
fn is_within_clause(region: &Region, index: &Index) -> bool {
    region.note.len() <= 3 && !region.note.clone().any(|at| index.words[at].starts_sentence)
}

/// Longer partings are two texts, and their words stand for each other in no way that could be told.
const N_LONGEST: usize = 60;

fn alarm(
    kind: AlarmKind,
    (words, mut draft): (&[Word], Stretch),
    (index, mut note): (&Index, Stretch),
    region: &Region,
) -> Option<Found> {
    let (drafts, notes) = match kind {
        AlarmKind::Number => numbers(&mut draft, &mut note),
        AlarmKind::Date => dates(&mut draft, &mut note),
        AlarmKind::Name => names(&mut draft, &mut note),
        AlarmKind::Negation => negations(&draft, &note),
        AlarmKind::Hedge => hedges(&draft, &note),
    }?;
    let drafts: Vec<usize> = drafts.iter().flat_map(|range| range.clone()).map(|at| at + draft.start).collect();
    let notes: Vec<usize> = notes.iter().flat_map(|range| range.clone()).map(|at| at + note.start).collect();
    // *30 → 13* says more than *30 boats a year → 13 boats a year*; *nine years → nine months* needs the whole.
    let (own_drafts, own_notes) = (within(&drafts, &region.draft), within(&notes, &region.note));
    let has_number = own_drafts.iter().any(|at| words[*at].is_number())
        && own_notes.iter().any(|at| index.key(&index.words[*at]).starts_with('#'));
    let (drafts, notes) = if has_number { (own_drafts, own_notes) } else { (drafts, notes) };
    let alarm = Alarm { kind, draft: draft_span(words, region, &drafts), note: note_span(index, region, &notes) };
    Some(Found { alarm, drafts, notes, place: region.draft.start })
}

fn within(places: &[usize], range: &Range<usize>) -> Vec<usize> {
    places.iter().copied().filter(|at| range.contains(at)).collect()
}

/// The words on either side that carry an alarm.
type Carriers = (Vec<Range<usize>>, Vec<Range<usize>>);

fn is_any((drafts, notes): Carriers) -> Option<Carriers> {
    (!drafts.is_empty() || !notes.is_empty()).then_some((drafts, notes))
}

fn numbers(draft: &mut Stretch, note: &mut Stretch) -> Option<Carriers> {
    let (drafts, notes) = (amounts::find(&draft.tokens), amounts::find(&note.tokens));
    let ranges = |amounts: &[Amount]| amounts.iter().map(|amount| amount.words.clone()).collect::<Vec<_>>();
    token::widen(draft, note, &ranges(&drafts), &ranges(&notes));
    let drafts: Vec<&Amount> = drafts.iter().filter(|amount| token::is_touched(&amount.words, &draft.inner)).collect();
    let notes: Vec<&Amount> = notes.iter().filter(|amount| token::is_touched(&amount.words, &note.inner)).collect();
    let (mut ones, mut others) = amount::unmatched(&drafts, &notes);
    // *Aug. 4* against *Tuesday*: the date's affair too.
    let is_day = |at: &usize, own: &Stretch, amounts: &[&Amount], other: &Stretch| {
        let is_dated = || dates::find(&other.tokens).iter().any(|date| token::is_touched(&date.words, &other.inner));
        dates::is_beside_month(&own.tokens, amounts[*at].words.start) && is_dated()
    };
    if ones.is_empty() {
        others.retain(|at| !is_day(at, note, &notes, draft));
    } else if others.is_empty() {
        ones.retain(|at| !is_day(at, draft, &drafts, note));
    }
    let words = |places: &[usize], amounts: &[&Amount]| places.iter().map(|at| amounts[*at].words.clone()).collect();
    if dates::has_figures(draft) || dates::has_figures(note) {
        // *9/3/2024* against *September 3, 2024*: the date's affair.
        return None;
    }
    is_any((words(&ones, &drafts), words(&others, &notes)))
}

fn dates(draft: &mut Stretch, note: &mut Stretch) -> Option<Carriers> {
    let (drafts, notes) = (dates::of(draft), dates::of(note));
    // A date that stands elsewhere near on the other side has but changed its place.
    let outside = |dates: &[Date], inner: &Range<usize>| -> Vec<Date> {
        dates.iter().filter(|date| !token::is_touched(&date.words, inner)).cloned().collect()
    };
    let (drafts_near, notes_near) = (outside(&drafts, &draft.inner), outside(&notes, &note.inner));
    let ranges = |dates: &[Date]| dates.iter().map(|date| date.words.clone()).collect::<Vec<_>>();
    token::widen(draft, note, &ranges(&drafts), &ranges(&notes));
    let drafts: Vec<&Date> = drafts.iter().filter(|date| token::is_touched(&date.words, &draft.inner)).collect();
    let notes: Vec<&Date> = notes.iter().filter(|date| token::is_touched(&date.words, &note.inner)).collect();
    let (ones, others) = dates::unmatched(&drafts, &notes);
    let words = |places: &[usize], dates: &[&Date]| places.iter().map(|at| dates[*at].words.clone()).collect();
    let is_near = |date: &Date, near: &[Date]| near.iter().any(|other| date.is_same(other));
    let (is_gained, is_lost) = (notes.is_empty(), drafts.is_empty());
    let ones: Vec<usize> = ones.into_iter().filter(|at| !is_gained || !is_near(drafts[*at], &notes_near)).collect();
    let others: Vec<usize> = others.into_iter().filter(|at| !is_lost || !is_near(notes[*at], &drafts_near)).collect();
    is_any((words(&ones, &drafts), words(&others, &notes)))
}

/// Names are held whole: *Clinton* and *Hillary Clinton* may be one, *Bill Clinton* and *Hillary Clinton* are two.
fn names(draft: &mut Stretch, note: &mut Stretch) -> Option<Carriers> {
    let (drafts, notes) = (names::find(&draft.tokens), names::find(&note.tokens));
    token::widen(draft, note, &drafts, &notes);
    let touched = |names: Vec<Range<usize>>, inner: &Range<usize>| -> Vec<Range<usize>> {
        names.into_iter().filter(|name| token::is_touched(name, inner)).collect()
    };
    let (drafts, notes) = (touched(drafts, &draft.inner), touched(notes, &note.inner));
    let is_in = |name: &Range<usize>, own: &Stretch, names: &[Range<usize>], other: &Stretch| {
        names.iter().any(|two| names::are_same(&own.tokens[name.clone()], &other.tokens[two.clone()]))
    };
    let ones = drafts.iter().filter(|name| !is_in(name, draft, &notes, note)).cloned().collect();
    let others = notes.iter().filter(|name| !is_in(name, note, &drafts, draft)).cloned().collect();
    is_any((ones, others))
}

/// Denials are counted, for two make a yes; a word and its contrary turn the count round.
fn negations(draft: &Stretch, note: &Stretch) -> Option<Carriers> {
    let (drafts, notes) =
        (denial::denials(&draft.tokens, draft.inner.clone()), denial::denials(&note.tokens, note.inner.clone()));
    let plain = |stretch: &Stretch, denials: &[usize]| -> Vec<usize> {
        // *North* and *South* of a name are its own.
        let is_name = |at: &usize| stretch.tokens[*at].is_capital && !stretch.tokens[*at].starts_sentence;
        stretch.inner.clone().filter(|at| !denials.contains(at) && !is_name(at)).collect()
    };
    let (draft_plain, note_plain) = (plain(draft, &drafts), plain(note, &notes));
    let contrary = |one: &usize| note_plain.iter().find(|two| denial::is_contrary(draft.key(*one), note.key(**two)));
    let flips: Vec<(usize, usize)> = draft_plain.iter().filter_map(|one| Some((*one, *contrary(one)?))).collect();
    let is_turned = drafts.is_empty() != notes.is_empty() || drafts.len() % 2 != notes.len() % 2;
    if is_turned == (flips.len() % 2 == 1) {
        return None;
    }
    let ranges = |places: Vec<usize>| places.into_iter().map(|at| at..at + 1).collect::<Vec<_>>();
    if is_turned {
        return Some((ranges(drafts), ranges(notes)));
    }
    Some((ranges(flips.iter().map(|flip| flip.0).collect()), ranges(flips.iter().map(|flip| flip.1).collect())))
}

fn hedges(draft: &Stretch, note: &Stretch) -> Option<Carriers> {
    let find = |stretch: &Stretch| -> Vec<Range<usize>> {
        let is_hedge = |at: &usize| amounts::is_hedge(&stretch.tokens, *at) && !names::is_month(&stretch.tokens[*at]);
        stretch.inner.clone().filter(is_hedge).map(|at| at..at + 1).collect()
    };
    let (drafts, notes) = (find(draft), find(note));
    (drafts.is_empty() != notes.is_empty()).then_some((drafts, notes))
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
