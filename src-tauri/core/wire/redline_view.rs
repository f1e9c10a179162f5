//! Two states of a piece compared, as the page draws them.

use super::piece_view::clock_words;
use super::view::*;
use crate::desk::{Change, Comparison, PartChanges, Title};
use crate::redline::{Class, Hunk, Kind, Op, WordKind, WordOp};
use crate::span::{self, Span, Utf16};
use chrono::{DateTime, Utc};

/// How many letters of a side stand in a row of the list.
const MOST_CHARS: usize = 90;

/// A comparison in reading order, and the list of its changes, substance first.
pub fn redline_view(comparison: &Comparison, now: DateTime<Utc>) -> RedlineView {
    let (mut ops, mut rows) = (Vec::new(), Vec::new());
    let mut n_changes = 0;
    for compared in &comparison.parts {
        let n_ops = ops.len();
        ops.extend(op_views(compared, n_changes));
        for (i, change) in compared.changes.iter().enumerate() {
            rows.push((rank(&change.hunk), row_view(change, n_ops, n_changes + i)));
        }
        n_changes += compared.changes.len();
    }
    rows.sort_by_key(|(rank, _)| *rank);
    let rows: Vec<RedlineRow> = rows.into_iter().map(|(_, row)| row).collect();
    let counts = || comparison.parts.iter().map(|compared| compared.redline.counts);
    RedlineView {
        old_title: title_words(&comparison.old, now),
        new_title: title_words(&comparison.new, now),
        words_in: counts().map(|counts| counts.words_in).sum(),
        words_out: counts().map(|counts| counts.words_out).sum(),
        changes: counts().map(|counts| counts.changes).sum(),
        moves: counts().map(|counts| counts.moves).sum(),
        substance: rows.iter().filter(|row| row.is_substance).count(),
        ops,
        rows,
    }
}

/// *sent to legal*, *23 November 14:02, restore*, *now*, or the file's name.
fn title_words(title: &Title, now: DateTime<Utc>) -> String {
    match title {
        Title::Now => "now".into(),
        Title::File(name) => name.clone(),
        Title::Revision(revision) => {
            let when = clock_words(revision.saved_at, now);
            format!("{}, {when}", revision.name.as_deref().unwrap_or(revision.cause.word()))
        }
    }
}

/// One part's ops; its changes are numbered from `first_change` on.
fn op_views(compared: &PartChanges, first_change: usize) -> Vec<OpView> {
    let sides = Sides::new(compared);
    let view = |(n_op, op): (usize, &Op)| {
        let hunks: Vec<(usize, &Hunk)> = (first_change..)
            .zip(compared.changes.iter().map(|change| &change.hunk))
            .filter(|(_, hunk)| hunk.op == n_op || hunk.far.iter().any(|(op, _)| *op == n_op))
            .collect();
        let whole = hunks.iter().find(|(_, hunk)| hunk.op == n_op && hunk.words.is_empty()).map(|(n, _)| *n);
        let words = words_of(op).into_iter().enumerate().map(|(i, word)| {
            let holds = |hunk: &Hunk| hunk.op == n_op && hunk.words.contains(&i) || hunk.far.contains(&(n_op, i));
            let own = hunks.iter().find(|(_, hunk)| holds(hunk)).map(|(n, _)| *n);
            let change = if word.kind == WordKind::Same { None } else { own.or(whole) };
            sides.word_view(&word, change)
        });
        OpView {
            kind: op.kind.word().into(),
            part: compared.part.word().into(),
            old: op.old.map(|place| sides.old_places.span(place)),
            new: op.new.map(|place| sides.new_places.span(place)),
            words: words.collect(),
            old_graf: op.old.and_then(|place| graf_at(&sides.old_grafs, place)),
            new_graf: op.new.and_then(|place| graf_at(&sides.new_grafs, place)),
            is_substance: hunks.iter().any(|(_, hunk)| hunk.is_substance()),
            change: whole.or(if let [(only, _)] = hunks[..] { Some(only) } else { None }),
        }
    };
    compared.redline.ops.iter().enumerate().map(view).collect()
}

/// The runs of an op; one that tells none has one run, or the old words and then the new.
fn words_of(op: &Op) -> Vec<WordOp> {
    if !op.words.is_empty() {
        return op.words.clone();
    }
    let delete = WordOp { kind: WordKind::Delete, old: op.old, new: None };
    let insert = WordOp { kind: WordKind::Insert, old: None, new: op.new };
    match (op.kind, op.old, op.new) {
        (Kind::Rewrite, Some(_), Some(_)) => vec![delete, insert],
        (_, Some(_), Some(_)) => vec![WordOp { kind: WordKind::Same, old: op.old, new: op.new }],
        (_, Some(_), None) => vec![delete],
        (_, None, Some(_)) => vec![insert],
        (_, None, None) => Vec::new(),
    }
}

/// The two texts of a part, counted once.
struct Sides<'a> {
    old: &'a str,
    new: &'a str,
    old_places: Utf16,
    new_places: Utf16,
    old_grafs: Vec<Span>,
    new_grafs: Vec<Span>,
}

impl<'a> Sides<'a> {
    fn new(compared: &'a PartChanges) -> Sides<'a> {
        let (old, new) = (compared.old.as_str(), compared.new.as_str());
        Sides {
            old,
            new,
            old_places: Utf16::new(old),
            new_places: Utf16::new(new),
            old_grafs: span::lines(old),
            new_grafs: span::lines(new),
        }
    }

    fn word_view(&self, word: &WordOp, change: Option<usize>) -> WordView {
        let text = word.new.map(|place| place.of(self.new)).or(word.old.map(|place| place.of(self.old)));
        WordView {
            kind: word.kind.word().into(),
            text: text.unwrap_or_default().to_owned(),
            old: word.old.map(|place| self.old_places.span(place)),
            new: word.new.map(|place| self.new_places.span(place)),
            change,
        }
    }
}

/// The number, from 1, of the first paragraph a place touches.
fn graf_at(grafs: &[Span], place: Span) -> Option<usize> {
    let n_before = grafs.partition_point(|graf| graf.end <= place.start);
    grafs.get(n_before).filter(|graf| graf.overlaps(place)).map(|_| n_before + 1)
}

/// Where a change stands in the list: by what it touches, and a graf that moved before words that only read otherwise. It
/// changes what a reader meets first, which no rewording does.
fn rank(hunk: &Hunk) -> (Class, bool) {
    (hunk.class, !hunk.is_move)
}

fn row_view(change: &Change, n_ops_before: usize, number: usize) -> RedlineRow {
    let Change { hunk, speaker } = change;
    let title = match speaker {
        Some(speaker) if matches!(hunk.class, Class::Quote | Class::Speaker) => format!("{} · {speaker}", hunk.title),
        _ => hunk.title.clone(),
    };
    RedlineRow {
        op: n_ops_before + hunk.op,
        title,
        words: change_words(&hunk.old_words, &hunk.new_words),
        class: hunk.class.word().into(),
        is_substance: hunk.is_substance(),
        is_cosmetic: hunk.class == Class::Cosmetic,
        change: Some(number),
    }
}

/// *will → may*; for words that only came or went, those alone.
fn change_words(old: &str, new: &str) -> String {
    match (old.is_empty(), new.is_empty()) {
        (false, false) if old != new => format!("{} → {}", shortened(old), shortened(new)),
        (false, _) => shortened(old),
        (true, _) => shortened(new),
    }
}

fn shortened(words: &str) -> String {
    match words.char_indices().nth(MOST_CHARS) {
        None => words.to_owned(),
        Some((end, _)) => {
            let start = span::before(words, end);
            let whole_words = start.rsplit_once(char::is_whitespace).map_or(start, |(whole, _)| whole);
            format!("{whole_words} …")
        }
    }
}
