//! A finding read out for an editor: word under word, its folds and alarms in words, and the source's words put in.

use super::alarms::{self, place_in_draft, place_in_note};
use super::align::{self, Passage, Row};
use super::fold::{self, Word};
use super::index::Index;
use super::region::{self, Account, Region};
use super::{Alarm, AlarmKind, Cell, ChangeKind, Finding, Notes, Passed, Verdict, changes, letters, lexicon};
use crate::quote::{Form, Quote};
use crate::span::{Span, one_line};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// A quote laid over its best evidence once more.
struct Reading {
    index: Index,
    words: Vec<Word>,
    rows: Vec<Row>,
    passage: Passage,
    regions: Vec<Region>,
}

/// Larger tables are not shown word under word.
const N_CELLS: usize = 4_000_000;
/// From here on dropped words are shown as an ellipsis, not put back in.
const N_LONG_DROP: usize = 8;

/// Lays a quote over its evidence; none for indirect speech, or where the finding is not of this draft and these notes.
fn read(draft: &str, quote: &Quote, finding: &Finding, notes: &Notes) -> Option<Reading> {
    let content = match quote.form {
        Form::Direct | Form::Unmarked => &quote.content,
        // Several parts in marks may come from several places; one is shown like direct speech.
        Form::Mixed if quote.marked.len() == 1 && finding.verdict != Verdict::Paraphrase => &quote.marked,
        Form::Mixed | Form::Indirect => return None,
    };
    let words = fold::quote_words(draft, content);
    let note = finding.evidence.first()?.note;
    let place = notes.place(note)?;
    let own = finding.evidence.iter().filter(|evidence| evidence.note == note);
    let passages: Vec<Span> = own.map(|evidence| evidence.span).collect();
    let index = notes.around(place, &passages, words.len() + 8);
    let rows = align::rows(&words, &index);
    let stretches: Vec<Range<usize>> = passages.iter().map(|passage| index.words_within(place, *passage)).collect();
    let first: Vec<Range<usize>> = stretches.iter().take(1).cloned().collect();
    let passage = match align::find_runs(&index, &rows, &first, &|_| true).first() {
        Some(start) => Passage::of_run(&rows, *start),
        None => {
            let n_words: usize = stretches.iter().map(Range::len).sum();
            if n_words.saturating_mul(rows.len()) > N_CELLS {
                return None;
            }
            align::find_passage(&index, &rows, &stretches, &|_| true)?
        }
    };
    let regions = region::regions(draft, &words, &rows, &passage, &index);
    Some(Reading { index, words, rows, passage, regions })
}

/// See [`super::align`].
pub fn cells(draft: &str, quote: &Quote, finding: &Finding, notes: &Notes) -> Vec<Cell> {
    let Some(reading) = read(draft, quote, finding, notes) else { return Vec::new() };
    let note = finding.evidence.first().and_then(|evidence| notes.get(evidence.note));
    let note_text = note.map_or("", |note| note.text.as_str());
    let mut cells: Vec<Cell> = Vec::new();
    for (row, place) in reading.rows.iter().zip(&reading.passage.places) {
        let Some(at) = place else { continue };
        let (draft_span, note_span) = (reading.words[row.word].span, reading.index.span(*at));
        let is_same = draft_span.of(draft) == note_span.of(note_text);
        cells.push(Cell { draft: draft_span, note: note_span, change: (!is_same).then_some(ChangeKind::Folded) });
    }
    for region in &reading.regions {
        cells.extend(region_cells(&reading, region));
    }
    cells.sort_by_key(|cell| (cell.draft.start, cell.draft.end, cell.note.start));
    cells
}

/// A parting word by word: those that stand for each other, then what one side has more.
fn region_cells(reading: &Reading, region: &Region) -> Vec<Cell> {
    let kind = changes::kind(region, &alarms::find(&reading.words, region, &reading.index));
    if region.is_join {
        let (draft, note) =
            (place_in_draft(&reading.words, &region.draft), place_in_note(&reading.index, &region.note));
        return vec![Cell { draft, note, change: Some(kind) }];
    }
    let n_pairs = region.draft.len().min(region.note.len());
    let mut cells = Vec::new();
    for nth in 0..region.draft.len().max(region.note.len()) {
        let (draft_at, note_at) = (region.draft.start + nth, region.note.start + nth);
        let draft = if nth < region.draft.len() { draft_at..draft_at + 1 } else { region.draft.end..region.draft.end };
        let note = if nth < region.note.len() { note_at..note_at + 1 } else { region.note.end..region.note.end };
        let change = match (nth < n_pairs, draft.is_empty()) {
            (true, _) => kind,
            (false, true) => ChangeKind::Dropped,
            (false, false) => ChangeKind::Added,
        };
        let (draft, note) = (place_in_draft(&reading.words, &draft), place_in_note(&reading.index, &note));
        cells.push(Cell { draft, note, change: Some(change) });
    }
    cells
}

/// See [`super::folded_words`].
pub fn folded_words(draft: &str, finding: &Finding, notes: &Notes) -> String {
    let Some(note) = finding.evidence.first().and_then(|evidence| notes.get(evidence.note)) else {
        return String::new();
    };
    let mut folds: Vec<String> = Vec::new();
    for change in finding.changes.iter().filter(|change| change.kind == ChangeKind::Folded) {
        for fold in fold_words(change.draft.of(draft), change.note.of(&note.text)) {
            if !folds.contains(&fold) {
                folds.push(fold);
            }
        }
    }
    folds.sort_by_key(|fold| fold.contains('='));
    folds.join(", ")
}

/// What makes two writings of one word, or of what stands between two, differ.
fn fold_words(draft: &str, note: &str) -> Vec<String> {
    if !draft.chars().any(char::is_alphanumeric) && !note.chars().any(char::is_alphanumeric) {
        return mark_words(draft, note);
    }
    let straight = |text: &str| text.replace(['’', '‘', 'ʼ', '′', '＇'], "'");
    let (one, other) = (straight(draft), straight(note));
    let mut folds = Vec::new();
    if one.to_lowercase() == other.to_lowercase() {
        if one != other {
            folds.push("case".to_string());
        }
        let apostrophes = |text: &str| text.chars().filter(|c| !c.is_alphanumeric()).collect::<String>();
        if apostrophes(draft) != apostrophes(note) {
            folds.push("quote marks".to_string());
        }
        return folds;
    }
    let composed = |text: &str| straight(text).nfc().collect::<String>().to_lowercase();
    let compatible = |text: &str| straight(text).nfkc().collect::<String>().to_lowercase();
    let visible = |text: &str| text.chars().filter(|c| !letters::is_invisible(*c)).collect::<String>().to_lowercase();
    let bare = |text: &str| text.chars().filter(|c| !"[]*_`".contains(*c)).collect::<String>().to_lowercase();
    let named = if composed(draft) == composed(note) {
        "accents".to_string()
    } else if compatible(draft) == compatible(note) {
        "ligatures".to_string()
    } else if visible(draft) == visible(note) {
        "hidden letters".to_string()
    } else if bare(draft) == bare(note) {
        "brackets inside a word".to_string()
    } else {
        format!("{draft} = {note}")
    };
    vec![named]
}

/// The marks one side has and the other has not, by kind.
fn mark_words(draft: &str, note: &str) -> Vec<String> {
    const KINDS: [(&str, &str); 5] = [
        ("quote marks", "\"'“”‘’«»„‚‹›′＇"),
        ("dashes", "-–—‐‑−"),
        ("Markdown marks", "*_`#>~[]()"),
        ("points and commas", ".,;:!?…"),
        ("spaces", " \t\n\u{a0}"),
    ];
    let of_kind = |text: &str, marks: &str| text.chars().filter(|c| marks.contains(*c)).collect::<String>();
    let kinds = KINDS.iter().filter(|(_, marks)| of_kind(draft, marks) != of_kind(note, marks));
    let kinds: Vec<String> = kinds.map(|(name, _)| name.to_string()).collect();
    // A dash or a comma changed takes its spaces with it.
    let n_kinds = kinds.len();
    kinds.into_iter().filter(|kind| n_kinds == 1 || kind != "spaces").collect()
}

/// See [`super::passed_words`].
pub fn passed_words(draft: &str, finding: &Finding, notes: &Notes) -> Vec<String> {
    let note = finding.evidence.first().and_then(|evidence| notes.get(evidence.note));
    let note_text = note.map_or("", |note| note.text.as_str());
    let words = |passed: &Passed| {
        let said = one_line(passed.note.of(note_text));
        let words = match passed.draft.of(draft) {
            "" => format!("“{said}”"),
            printed => format!("“{said}” as “{printed}”"),
        };
        format!("{} {words}, counted as {}", passed.tidying.words(), passed.counts_as.word())
    };
    finding.passed.iter().map(words).collect()
}

/// See [`super::alarm_words`].
pub fn alarm_words(draft: &str, alarm: &Alarm, finding: &Finding, notes: &Notes) -> String {
    let note = finding.evidence.first().and_then(|evidence| notes.get(evidence.note));
    let note_words = note.map(|note| alarm.note.of(&note.text)).unwrap_or_default();
    let draft_words = alarm.draft.of(draft);
    match alarm.kind {
        AlarmKind::Negation | AlarmKind::Hedge => {
            match (carrier(alarm.kind, draft_words), carrier(alarm.kind, note_words)) {
                (Some(gained), None) => return format!("{gained} gained"),
                (None, Some(lost)) => return format!("{lost} lost"),
                _ => {}
            }
        }
        _ => {}
    }
    match (draft_words, note_words) {
        (draft_words, "") => format!("{draft_words} gained"),
        ("", note_words) => format!("{note_words} lost"),
        (draft_words, note_words) => format!("{note_words} → {draft_words}"),
    }
}

/// The word that denies or hedges; *not* for every *n't*.
fn carrier(kind: AlarmKind, text: &str) -> Option<String> {
    let words = fold::words(text, Span::new(0, text.len()));
    let is_carrier = |key: &str| match kind {
        AlarmKind::Negation => lexicon::is_negation(key),
        _ => lexicon::is_hedge(key),
    };
    let word = words.into_iter().find(|word| is_carrier(&word.key))?;
    let is_contraction = word.key.contains("n't") || word.key.starts_with("not'") || word.key == "cannot";
    Some(if is_contraction { "not".into() } else { word.key })
}

/// See [`super::words_from_source`].
pub fn words_from_source(draft: &str, quote: &Quote, finding: &Finding, notes: &Notes) -> Vec<(Span, String)> {
    let Some(reading) = read(draft, quote, finding, notes) else { return Vec::new() };
    let Some(note) = notes.get(finding.evidence[0].note) else { return Vec::new() };
    if finding.verdict == Verdict::Spliced && finding.evidence.iter().any(|evidence| evidence.note != note.id) {
        // Passages of two notes cannot be made one by an edit.
        return Vec::new();
    }
    let mut edits = Vec::new();
    for region in reading.regions.iter().filter(|region| region.account == Account::Unmarked && !region.is_join) {
        edits.extend(edit(draft, &reading, region, &note.text));
    }
    edits
}

fn edit(draft: &str, reading: &Reading, region: &Region, note: &str) -> Option<(Span, String)> {
    let words = &reading.words;
    let span = place_in_draft(words, &region.draft);
    let is_backward = region.is_jump && {
        let before = reading.passage.places.iter().flatten().filter(|at| **at < region.note.start).max();
        let last = reading.passage.places.iter().flatten().max();
        before == last
    };
    if is_backward {
        // Two passages in the wrong order cannot be mended by an ellipsis.
        return None;
    }
    if region.is_jump || region.draft.is_empty() && region.note.len() >= N_LONG_DROP {
        let text = if region.draft.is_empty() { " …" } else { "…" };
        return Some((span, text.into()));
    }
    let source: Vec<&str> = region.note.clone().map(|at| reading.index.span(at).of(note)).collect();
    let whole = place_in_note(&reading.index, &region.note).of(note);
    let mut text = if whole.contains(['\n', '[']) { source.join(" ") } else { whole.to_string() };
    let is_first = region.draft.start == 0;
    if is_first && !text.is_empty() {
        text = with_initial_like(&text, words[0].span.of(draft));
    }
    match (region.draft.is_empty(), region.note.is_empty()) {
        (true, _) => {
            let (before, behind) = marks_around(draft, reading, region, note);
            Some((span, format!("{before} {text}{behind}")))
        }
        (false, true) => Some(removal(draft, words, region, span)),
        // *2½* is two words with nothing between.
        _ if !is_first && words[region.draft.start - 1].span.end == span.start => Some((span, format!(" {text}"))),
        _ => Some((span, text)),
    }
}

/// The marks that set dropped words off in the note (*I was — I am*, *We, well, went*), where the draft has but a space.
fn marks_around<'n>(draft: &str, reading: &Reading, region: &Region, note: &'n str) -> (&'n str, &'n str) {
    let (words, index) = (&reading.words, &reading.index);
    let (Some(last), Some(next)) =
        (region.draft.start.checked_sub(1).map(|at| &words[at]), words.get(region.draft.end))
    else {
        return ("", "");
    };
    let gap = |first: usize| Span::new(index.span(first).end, index.span(first + 1).start).of(note).trim_end();
    let is_plain = Span::new(last.span.end, next.span.start).of(draft) == " ";
    let is_mark = |marks: &&str| marks.chars().all(|c| " ,;—–-".contains(c));
    match (gap(region.note.start - 1), gap(region.note.end - 1)) {
        (before, behind) if is_plain && is_mark(&before) && is_mark(&behind) => (before, behind),
        _ => ("", ""),
    }
}

/// Takes words out together with the space before them, or behind them at the start of the quote.
fn removal(draft: &str, words: &[Word], region: &Region, span: Span) -> (Span, String) {
    if region.draft.start > 0 {
        let gap = Span::new(words[region.draft.start - 1].span.end, span.start);
        let is_plain = gap.of(draft).chars().all(char::is_whitespace) || region.draft.end == words.len();
        return (if is_plain { gap.join(span) } else { span }, String::new());
    }
    match words.get(region.draft.end) {
        Some(next) => (span.join(next.span), with_initial_like(next.span.of(draft), words[0].span.of(draft))),
        None => (span, String::new()),
    }
}

/// The words beginning with a capital where the copy's do.
fn with_initial_like(text: &str, copy: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if copy.starts_with(char::is_uppercase) => first.to_uppercase().chain(chars).collect(),
        _ => text.to_string(),
    }
}
