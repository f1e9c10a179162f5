//! Which places of the notes a finding rests on: the nearest in words first, then usable ones, then the earliest said.

use super::align::{self, Passage, Row};
use super::fold::Word;
use super::index::{Index, Voice};
use super::notes::Near;
use super::search::Side;
use super::speaker::Fit;
use super::verdict::{Case, Hit, N_RUN, N_TELLING, NO_BETTER, find_passage};
use super::{Evidence, TermsFinding};
use std::ops::Range;

/// So many passages by one's own voice are listed, and so many by other voices.
pub const N_ALSO: usize = 4;
const N_OTHERS: usize = 2;
/// A second note holds the words, changed as they are, from this share of the best note's on.
const NEAR_BEST: f32 = 0.8;

impl Case<'_> {
    /// The evidence of a passage from one word of the notes to another.
    pub fn evidence(&self, index: &Index, (first, last): (usize, usize)) -> Option<Evidence> {
        let voice = index.voice(first)?;
        let note = self.notes.at(voice.note).note.id;
        let is_own = self.fit(voice) != Fit::Other;
        Some(Evidence { note, span: index.span(first).join(index.span(last)), is_own })
    }

    /// Where others said the very words too: an editor may want to know that they are not the speaker's alone.
    pub fn by_others(&self, words: &[Word], hit: &Hit) -> Vec<Evidence> {
        let side = Side::Others(&self.fits);
        if hit.passage.total < N_TELLING {
            return Vec::new();
        }
        let Some(near) = self.near(words, side, hit.near.best * NO_BETTER) else { return Vec::new() };
        let rows = align::rows(words, &near.index);
        let runs = align::find_runs(&near.index, &rows, &[near.all()], &|at| near.heard_at(at, side).is_some());
        let runs = self.in_order_of_use(&near.index, runs, rows.len()).into_iter().take(N_OTHERS);
        runs.filter_map(|start| self.evidence(&near.index, (start, start + rows.len() - 1))).collect()
    }

    /// The best of the notes that hold the words about as well, and the places in the others: usable ones first, then
    /// the earliest said.
    pub fn in_other_notes(
        &self,
        near: &Near,
        rows: &[Row],
        best: Passage,
        side: Side,
    ) -> (Passage, Vec<(usize, usize)>) {
        let index = &near.index;
        let note_of = |passage: &Passage| {
            let mut notes = passage.places.iter().flatten().filter_map(|at| index.voice(*at)).map(|voice| voice.note);
            let first = notes.next()?;
            notes.all(|note| note == first).then_some(first)
        };
        let Some(note) = note_of(&best).filter(|_| rows.len() <= N_RUN) else { return (best, Vec::new()) };
        let (mut notes, mut passages) = (vec![note], vec![best]);
        while passages.len() < N_ALSO {
            let is_left = |voice: &Voice| !notes.contains(&voice.note) && side.hears(voice.names);
            let may_hold = |(words, score): (&Range<usize>, &f32)| {
                *score >= near.best * NO_BETTER && index.voices_in(words.clone()).any(is_left)
            };
            if !near.stretches.iter().flatten().zip(near.scores.iter().flatten()).any(may_hold) {
                break;
            }
            let Some(next) = find_passage(near, rows, &is_left) else { break };
            let Some(note) = note_of(&next).filter(|_| next.score >= passages[0].score * NEAR_BEST) else { break };
            notes.push(note);
            passages.push(next);
        }
        passages.sort_by_cached_key(|passage| {
            let at = passage.places.iter().flatten().next().copied().unwrap_or(0);
            (std::cmp::Reverse((passage.score * 50.0).round() as i32), self.order_of_use(index, at, at))
        });
        let span = |passage: &Passage| {
            let places = passage.places.iter().flatten().copied();
            places.clone().min().zip(places.max())
        };
        let also = passages.iter().skip(1).filter_map(span).collect();
        (passages.swap_remove(0), also)
    }

    /// Where the very words may not be used, a note that has them nearly and may be: an editor would quote that one.
    pub fn usable_near(&self, near: &Near, rows: &[Row], start: usize, side: Side) -> Option<(usize, usize)> {
        let index = &near.index;
        let is_usable = |first: usize, last: usize| {
            let span = index.span(first).join(index.span(last));
            index.voice(first).is_some_and(|voice| self.terms(voice.note, span, self.fit(voice)) == TermsFinding::Ok)
        };
        let own = index.voice(start)?.note;
        if is_usable(start, start + rows.len() - 1) || rows.len() > N_RUN {
            return None;
        }
        let is_left = |voice: &Voice| voice.note != own && side.hears(voice.names);
        let passage = find_passage(near, rows, &is_left)?;
        let places = passage.places.iter().flatten().copied();
        let (first, last) = places.clone().min().zip(places.max())?;
        (passage.score >= NEAR_BEST && is_usable(first, last)).then_some((first, last))
    }

    /// Places of equal words: those the terms allow first, then the speaker's own, the earliest said, the first.
    pub fn in_order_of_use(&self, index: &Index, mut runs: Vec<usize>, n_words: usize) -> Vec<usize> {
        runs.truncate(64);
        runs.sort_by_cached_key(|start| self.order_of_use(index, *start, *start + n_words - 1));
        runs
    }

    /// Sorts passages that say the same: usable on its terms, by the speaker, said early, at a known time, in order.
    fn order_of_use(&self, index: &Index, first: usize, last: usize) -> impl Ord + use<> {
        let Some(voice) = index.voice(first) else { return (true, true, true, String::new(), first) };
        let span = index.span(first).join(index.span(last));
        let is_broken = self.terms(voice.note, span, self.fit(voice)) != TermsFinding::Ok;
        let said_at = self.notes.at(voice.note).note.said_at.clone();
        (is_broken, self.fit(voice) != Fit::Same, said_at.is_empty(), said_at, first)
    }
}

/// The unbroken parts of a passage, first and last word each, the longest first.
pub fn segments(index: &Index, hit: &Hit) -> Vec<(usize, usize)> {
    let mut parts: Vec<(usize, usize, usize)> = Vec::new();
    for at in hit.passage.places.iter().flatten().copied() {
        let runs_on = parts.last().is_some_and(|(_, last, _)| {
            let is_near = at > *last && at - *last < 200;
            is_near
                && index.voice(*last).map(|voice| voice.words.start) == index.voice(at).map(|voice| voice.words.start)
        });
        match parts.last_mut() {
            Some((_, last, n_words)) if runs_on => (*last, *n_words) = (at, *n_words + 1),
            _ => parts.push((at, at, 1)),
        }
    }
    for region in hit.regions.iter().filter(|region| region.is_edge && !region.note.is_empty()) {
        for (first, last, _) in &mut parts {
            if region.note.end == *first {
                *first = region.note.start;
            } else if region.note.start == *last + 1 {
                *last = region.note.end - 1;
            }
        }
    }
    parts.sort_by_key(|(first, _, n_words)| (usize::MAX - n_words, *first));
    parts.into_iter().map(|(first, last, _)| (first, last)).collect()
}
