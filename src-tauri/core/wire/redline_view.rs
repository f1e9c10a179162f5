//! Two states of a piece compared, as the page draws them.

use super::piece_view::clock_words;
use super::view::*;
use crate::desk::{Change, Comparison, Part, PartChanges, Title};
use crate::redline::{Carry, Class, Hunk, Kind, Op, WordKind, WordOp};
use crate::span::{self, Span, Utf16};
use chrono::{DateTime, Utc};
use std::collections::HashMap;

/// How many letters of a side stand in a row of the list.
const MOST_CHARS: usize = 90;

/// A comparison in reading order, and the list of its changes, substance first.
pub fn redline_view(comparison: &Comparison, now: DateTime<Utc>) -> RedlineView {
    let (mut ops, mut rows, mut carries) = (Vec::new(), Vec::new(), Vec::new());
    let mut n_changes = 0;
    for compared in &comparison.parts {
        let n_ops = ops.len();
        let part = PartView::new(compared, n_changes, carries.len());
        ops.extend(part.op_views());
        carries.extend(part.carry_views(n_ops));
        for (i, change) in compared.changes.iter().enumerate() {
            let is_move = change.hunk.is_move || part.is_carry(&change.hunk);
            let words = change_words(compared, &change.hunk);
            rows.push(((change.hunk.class, !is_move), row_view(change, words, is_move, n_ops, n_changes + i)));
        }
        n_changes += compared.changes.len();
    }
    // By what they touch, and what moved before words that only read otherwise: it changes what a reader meets first.
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
        carries,
    }
}

/// Where the changes of the body are seen in it: in the order of its words, what went where it stood.
pub fn suggested_marks(redline: &RedlineView) -> Vec<SuggestedMark> {
    let mut marks = Vec::new();
    let mut reached = 0;
    for op in redline.ops.iter().filter(|op| op.part == Part::Body.word()) {
        let is_move = op.kind == Kind::Move.word() || op.kind == Kind::MoveEdit.word();
        if let Some(at) = op.new.filter(|_| is_move) {
            marks.push(SuggestedMark { at, gone: String::new(), is_move, change: op.change });
        }
        for word in &op.words {
            let at = word.new.unwrap_or([reached, reached]);
            reached = at[1];
            let is_gone = word.kind == WordKind::Delete.word();
            if is_gone || word.kind == WordKind::Insert.word() {
                let gone = if is_gone { word.text.clone() } else { String::new() };
                marks.push(SuggestedMark { at, gone, is_move: word.carry.is_some(), change: word.change });
            }
        }
    }
    marks
}

/// *sent to legal*, *23 November 14:02, restore*, *now*, or the file's name.
pub fn title_words(title: &Title, now: DateTime<Utc>) -> String {
    match title {
        Title::Now => "now".into(),
        Title::File(name) => name.clone(),
        Title::Revision(revision) => {
            let when = clock_words(revision.saved_at, now);
            format!("{}, {when}", revision.name.as_deref().unwrap_or(revision.cause.word()))
        }
    }
}

/// A part on its way to the page: its two texts counted once, and its changes by where they are.
struct PartView<'a> {
    compared: &'a PartChanges,
    first_change: usize,
    old_places: Utf16,
    new_places: Utf16,
    old_grafs: Vec<Span>,
    new_grafs: Vec<Span>,
    /// The ends of sentences that moved, by their place in the old text and in the new; each with its number.
    gone: HashMap<Option<Span>, usize>,
    come: HashMap<Option<Span>, usize>,
    /// The changes that touch each op, in order.
    touching: HashMap<usize, Vec<usize>>,
}

impl<'a> PartView<'a> {
    /// Its changes are numbered from `first_change` on, its sentences that moved from `first_carry`.
    fn new(compared: &'a PartChanges, first_change: usize, first_carry: usize) -> PartView<'a> {
        let (old, new) = (compared.old.as_str(), compared.new.as_str());
        let carries = || (first_carry..).zip(&compared.redline.carries);
        let mut touching: HashMap<usize, Vec<usize>> = HashMap::new();
        for (at, Change { hunk, .. }) in compared.changes.iter().enumerate() {
            for op in [hunk.op].into_iter().chain(hunk.far.iter().map(|(op, _)| *op)) {
                let touching = touching.entry(op).or_default();
                if touching.last() != Some(&at) {
                    touching.push(at);
                }
            }
        }
        PartView {
            compared,
            first_change,
            old_places: Utf16::new(old),
            new_places: Utf16::new(new),
            old_grafs: span::lines(old),
            new_grafs: span::lines(new),
            gone: carries().map(|(n, carry)| (Some(carry.old), n)).collect(),
            come: carries().map(|(n, carry)| (Some(carry.new), n)).collect(),
            touching,
        }
    }

    fn op_views(&self) -> Vec<OpView> {
        self.compared.redline.ops.iter().enumerate().map(|(at, op)| self.op_view(at, op)).collect()
    }

    fn op_view(&self, at: usize, op: &Op) -> OpView {
        let hunks: Vec<(usize, &Hunk)> =
            self.touching.get(&at).map_or(&[][..], Vec::as_slice).iter().map(|&n| self.hunk(n)).collect();
        let whole = hunks
            .iter()
            .find(|(_, hunk)| hunk.op == at && hunk.words.is_empty() && hunk.inner.is_none())
            .map(|(n, _)| *n);
        let words = words_of(op).into_iter().enumerate().map(|(i, word)| {
            let holds = |hunk: &Hunk| hunk.op == at && hunk.words.contains(&i) || hunk.far.contains(&(at, i));
            let holding = || hunks.iter().filter(|(_, hunk)| holds(hunk));
            let carry = self.carry(&word);
            // A sentence that moved away is no part of what else went where it stood.
            let moved = holding().find(|(_, hunk)| carry.is_some() && self.is_carry(hunk));
            let own = moved.or_else(|| holding().next()).map(|(n, _)| *n);
            let change = if word.kind == WordKind::Same { None } else { own.or(whole) };
            self.word_view(&word, change, carry)
        });
        OpView {
            kind: op.kind.word().into(),
            part: self.compared.part.word().into(),
            old: op.old.map(|place| self.old_places.span(place)),
            new: op.new.map(|place| self.new_places.span(place)),
            words: words.collect(),
            old_graf: op.old.and_then(|place| graf_at(&self.old_grafs, place)),
            new_graf: op.new.and_then(|place| graf_at(&self.new_grafs, place)),
            is_substance: hunks.iter().any(|(_, hunk)| hunk.is_substance()),
            change: whole.or(if let [(only, _)] = hunks[..] { Some(only) } else { None }),
        }
    }

    fn word_view(&self, word: &WordOp, change: Option<usize>, carry: Option<usize>) -> WordView {
        let (old, new) = (self.compared.old.as_str(), self.compared.new.as_str());
        let text = word.new.map(|place| place.of(new)).or(word.old.map(|place| place.of(old)));
        WordView {
            kind: word.kind.word().into(),
            text: text.unwrap_or_default().to_owned(),
            old: word.old.map(|place| self.old_places.span(place)),
            new: word.new.map(|place| self.new_places.span(place)),
            change,
            carry,
        }
    }

    fn carry_views(&self, n_ops_before: usize) -> Vec<CarryView> {
        let redline = &self.compared.redline;
        let op_with = |kind: WordKind, place: Span| {
            let is_it = |word: &WordOp| word.kind == kind && (word.old == Some(place) || word.new == Some(place));
            redline.ops.iter().position(|op| words_of(op).iter().any(is_it)).map_or(0, |at| n_ops_before + at)
        };
        let inner: HashMap<(usize, usize), usize> = (self.first_change..)
            .zip(&self.compared.changes)
            .filter_map(|(n, change)| Some((n, change.hunk.inner.as_ref()?)))
            .flat_map(|(n, (carry, words))| words.iter().map(move |&word| ((*carry, word), n)))
            .collect();
        let view = |(at, carry): (usize, &Carry)| CarryView {
            old_op: op_with(WordKind::Delete, carry.old),
            new_op: op_with(WordKind::Insert, carry.new),
            old_graf: graf_at(&self.old_grafs, carry.old).unwrap_or(1),
            new_graf: graf_at(&self.new_grafs, carry.new).unwrap_or(1),
            words: (carry.words.iter().enumerate())
                .map(|(n, word)| self.word_view(&word, inner.get(&(at, n)).copied(), None))
                .collect(),
        };
        redline.carries.iter().enumerate().map(view).collect()
    }

    /// A change and its number.
    fn hunk(&self, n: usize) -> (usize, &'a Hunk) {
        (self.first_change + n, &self.compared.changes[n].hunk)
    }

    /// The sentence that moved whose end a run is.
    fn carry(&self, word: &WordOp) -> Option<usize> {
        match word.kind {
            WordKind::Delete => self.gone.get(&word.old).copied(),
            WordKind::Insert => self.come.get(&word.new).copied(),
            WordKind::Same => None,
        }
    }

    /// All the change does is move a sentence.
    fn is_carry(&self, hunk: &Hunk) -> bool {
        let runs = &self.compared.redline.ops[hunk.op].words;
        !hunk.words.is_empty()
            && hunk.words.iter().all(|&at| runs.get(at).is_some_and(|run| self.carry(&run).is_some()))
    }
}

/// The runs of an op; one that tells none has one run, or the old words and then the new.
fn words_of(op: &Op) -> Vec<WordOp> {
    if !op.words.is_empty() {
        return op.words.iter().collect();
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

/// The number, from 1, of the first paragraph a place touches.
fn graf_at(grafs: &[Span], place: Span) -> Option<usize> {
    let n_before = grafs.partition_point(|graf| graf.end <= place.start);
    grafs.get(n_before).filter(|graf| graf.overlaps(place)).map(|_| n_before + 1)
}

fn row_view(change: &Change, words: String, is_move: bool, n_ops_before: usize, number: usize) -> RedlineRow {
    let Change { hunk, speaker } = change;
    let title = match speaker {
        Some(speaker) if matches!(hunk.class, Class::Quote | Class::Speaker) => format!("{} · {speaker}", hunk.title),
        _ => hunk.title.clone(),
    };
    RedlineRow {
        op: n_ops_before + hunk.op,
        title,
        words,
        class: hunk.class.word().into(),
        is_substance: hunk.is_substance(),
        is_cosmetic: hunk.class == Class::Cosmetic,
        is_move,
        change: Some(number),
    }
}

/// *will → may*; for words that only came or went, those alone; marks with the words they stand at: *town → town,*.
fn change_words(compared: &PartChanges, hunk: &Hunk) -> String {
    let is_bare = |words: &str| !words.contains(char::is_alphanumeric);
    let (old, new) = (hunk.old_words.as_str(), hunk.new_words.as_str());
    if hunk.words.is_empty() || !is_bare(old) || !is_bare(new) {
        return arrow(old, new);
    }
    let words = words_of(&compared.redline.ops[hunk.op]);
    arrow(
        &beside(&words, &hunk.words, |word| Some(word.old?.of(&compared.old))),
        &beside(&words, &hunk.words, |word| Some(word.new?.of(&compared.new))),
    )
}

/// One side of runs, with the word before the first and the one behind the last; of what stands between, its ends.
fn beside<'a>(words: &[WordOp], runs: &[usize], side: impl Fn(&WordOp) -> Option<&'a str>) -> String {
    let (Some(&first), Some(&last)) = (runs.first(), runs.last()) else { return String::new() };
    let end_of = |words: &'a str| words.rfind(char::is_whitespace).map_or(words, |at| span::after(words, at));
    let start_of = |words: &'a str| {
        let start = words.len() - words.trim_start().len();
        let end = span::after(words, start).find(char::is_whitespace).map_or(words.len(), |at| start + at);
        span::before(words, end)
    };
    let mut read = String::new();
    for at in first.saturating_sub(1)..=(last + 1).min(words.len().saturating_sub(1)) {
        let Some(own) = words.get(at).and_then(&side) else { continue };
        read += &match (runs.contains(&at), at < first, at > last) {
            (true, ..) => own.to_owned(),
            (_, true, _) => end_of(own).to_owned(),
            (_, _, true) => start_of(own).to_owned(),
            _ if own.split_whitespace().nth(2).is_some() => format!("{} … {}", start_of(own), end_of(own).trim_start()),
            _ => own.to_owned(),
        };
    }
    span::one_line(&read)
}

fn arrow(old: &str, new: &str) -> String {
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
