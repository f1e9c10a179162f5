//! Every difference between the draft's words and the note's, the folded ones too.

use super::alarms::{Found, place_in_draft, place_in_note};
use super::align::Row;
use super::fold::Word;
use super::index::Index;
use super::region::Region;
use super::verdict::Hit;
use super::{AlarmKind, Change, ChangeKind, Notes};
use crate::span::Span;

/// The changes of a hit, in the order of the draft, as far as they lie in the note `first_note`. `alarms` are those of
/// each parting of the hit.
pub fn changes(
    draft: &str,
    words: &[Word],
    rows: &[Row],
    hit: &Hit,
    alarms: &[Vec<Found>],
    notes: &Notes,
    first_note: Option<usize>,
) -> Vec<Change> {
    let index = &hit.near.index;
    let Some(note) = first_note.map(|place| &notes.at(place).note) else { return Vec::new() };
    let is_here = |at: usize| index.voice(at).is_some_and(|voice| Some(voice.note) == first_note);
    let mut changes: Vec<Change> = Vec::new();
    for (row, place) in rows.iter().zip(&hit.passage.places) {
        let Some(at) = place.filter(|at| is_here(*at)) else { continue };
        let (draft_span, note_span) = (words[row.word].span, index.span(at));
        if draft_span.of(draft) != note_span.of(&note.text) {
            changes.push(Change { kind: ChangeKind::Folded, draft: draft_span, note: note_span });
        }
    }
    changes.extend(gaps(draft, words, rows, hit, index, &note.text, &is_here));
    let moved = moved(words, &hit.regions, index);
    for ((region, is_moved), alarms) in hit.regions.iter().zip(moved).zip(alarms) {
        let at = if region.note.is_empty() { region.note.start.saturating_sub(1) } else { region.note.start };
        if !is_here(at) && !is_here(region.note.start) {
            continue;
        }
        let kind = if is_moved { ChangeKind::Moved } else { kind(region, alarms) };
        let (draft, note) = (place_in_draft(words, &region.draft), place_in_note(index, &region.note));
        changes.push(Change { kind, draft, note });
    }
    changes.sort_by_key(|change| (change.draft.start, change.draft.end, change.note.start));
    changes
}

/// Where only the marks between two words differ: dashes, commas, spaces, Markdown.
fn gaps(
    draft: &str,
    words: &[Word],
    rows: &[Row],
    hit: &Hit,
    index: &Index,
    note: &str,
    is_here: &dyn Fn(usize) -> bool,
) -> Vec<Change> {
    let mut changes = Vec::new();
    for (pair, places) in rows.windows(2).zip(hit.passage.places.windows(2)) {
        let (Some(at), Some(next)) = (places[0], places[1]) else { continue };
        if next != at + 1 || pair[1].word != pair[0].word + 1 || !is_here(at) {
            continue;
        }
        let in_draft = Span::new(words[pair[0].word].span.end, words[pair[1].word].span.start);
        let in_note = Span::new(index.span(at).end, index.span(next).start);
        let (draft_marks, note_marks) = (in_draft.of(draft), in_note.of(note));
        // A cue or a timecode between the words is no mark.
        let has_words = |marks: &str| marks.chars().any(char::is_alphanumeric);
        if draft_marks != note_marks && !has_words(draft_marks) && !has_words(note_marks) {
            changes.push(Change { kind: ChangeKind::Folded, draft: in_draft, note: in_note });
        }
    }
    changes
}

/// What kind of change a parting with these alarms is, by the gravest thing that changed in it.
pub fn kind(region: &Region, alarms: &[Found]) -> ChangeKind {
    if region.is_join {
        return ChangeKind::Folded;
    }
    for found in alarms {
        match found.alarm.kind {
            AlarmKind::Negation => return ChangeKind::Negation,
            AlarmKind::Number | AlarmKind::Date => return ChangeKind::Number,
            AlarmKind::Name => return ChangeKind::Name,
            AlarmKind::Hedge => {}
        }
    }
    match (region.draft.is_empty(), region.note.is_empty()) {
        _ if region.is_jump && region.draft.is_empty() => ChangeKind::Moved,
        (true, _) => ChangeKind::Dropped,
        (_, true) => ChangeKind::Added,
        _ => ChangeKind::Word,
    }
}

/// Which partings are two halves of one move: words dropped here and put in there.
fn moved(words: &[Word], regions: &[Region], index: &Index) -> Vec<bool> {
    let draft_keys = |region: &Region| region.draft.clone().map(|at| words[at].key.as_str()).collect::<Vec<_>>();
    let note_keys = |region: &Region| region.note.clone().map(|at| index.key(&index.words[at])).collect::<Vec<_>>();
    let mut is_moved = vec![false; regions.len()];
    for (one, added) in
        regions.iter().enumerate().filter(|(_, region)| region.note.is_empty() && !region.draft.is_empty())
    {
        let keys = draft_keys(added);
        // Words move near by; further off it is another word that looks the same.
        let near = one.saturating_sub(8)..(one + 9).min(regions.len());
        let dropped = near.filter(|other| regions[*other].draft.is_empty() && !is_moved[*other]);
        let other = dropped.into_iter().find(|other| note_keys(&regions[*other]) == keys);
        if let Some(other) = other {
            (is_moved[one], is_moved[other]) = (true, true);
        }
    }
    is_moved
}
