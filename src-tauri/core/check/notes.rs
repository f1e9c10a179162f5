//! The notes of a desk made ready to be searched, and the stretches of them a quote is held against.

use super::card::{BLOCK, Term};
use super::filed::{Filed, Filer};
use super::index::{Excerpt, Index, Voice};
use super::postings::Postings;
use super::search::{self, Side, Spot};
use super::speaker::Spoken;
use super::terms;
use super::voices::{Fits, Names};
use super::withhold::Withheld;
use crate::note::{Note, NoteId};
use crate::span::Span;
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Notes made ready to be searched.
///
/// Invariant: equal notes in equal order are searched alike, whatever came and went before.
#[derive(Default)]
pub struct Notes {
    filed: Vec<Arc<Filed>>,
    places: HashMap<NoteId, usize>,
    names: Names,
    /// What the voices of each note go by, among `names`: its own source first, then each label of its card.
    voices: Vec<Vec<usize>>,
    postings: Postings,
    withheld: Arc<Withheld>,
}

/// Blocks of one note, and those of them that were looked for.
type Window = (usize, Range<usize>);

/// The stretches of notes a quote is held against.
pub struct Near {
    pub index: Index,
    /// For each part of the quote the stretches likely to hold it, best first.
    pub stretches: Vec<Vec<Range<usize>>>,
    /// How good each of the stretches is.
    pub scores: Vec<Vec<f32>>,
    /// How good the best of them is.
    pub best: f32,
}

impl Notes {
    /// Reads the notes once. Cost: linear in their length.
    pub fn new(notes: Vec<Note>) -> Notes {
        let mut filer = Filer::default();
        Notes::default().update(notes.into_iter().map(|note| Arc::new(filer.file(note))).collect())
    }

    /// These notes, and no others, in this order; those that were among them before are not read anew.
    ///
    /// Cost: a little for each note, and what was filed anew.
    pub fn update(&self, filed: Vec<Arc<Filed>>) -> Notes {
        let places: HashMap<NoteId, usize> =
            filed.iter().enumerate().map(|(place, one)| (one.note.id, place)).collect();
        let postings = self.postings.update(&filed, &places);
        let mut names = Names::default();
        let voices = filed.iter().enumerate();
        let voices = voices.map(|(place, one)| one.names.iter().map(|goes| names.add(goes, place)).collect()).collect();
        let withheld = Arc::new(Withheld::of(filed.iter().map(|one| &one.note)));
        Notes { filed, places, names, voices, postings, withheld }
    }

    /// The note of that id, if it is among them.
    pub fn get(&self, id: NoteId) -> Option<&Note> {
        self.places.get(&id).map(|place| &self.filed[*place].note)
    }

    /// The names in them that must never leave the desk.
    pub fn withheld(&self) -> &Withheld {
        &self.withheld
    }

    /// Whether a passage of a note may be shown to those who have no desk: neither off the record, as the note’s terms
    /// or its source’s own words have it, nor under embargo. Not for a note that is not among them.
    pub fn is_printable(&self, id: NoteId, passage: Span, now: DateTime<Utc>) -> bool {
        let filed = self.places.get(&id).map(|place| &self.filed[*place]);
        filed.is_some_and(|filed| terms::is_printable(&filed.note, filed.bars(), passage, now))
    }

    /// There is none.
    pub fn is_empty(&self) -> bool {
        self.filed.is_empty()
    }

    /// All of them with their cards, in the order given.
    pub fn filed(&self) -> &[Arc<Filed>] {
        &self.filed
    }

    /// All of them, in the order given.
    pub fn all(&self) -> impl Iterator<Item = &Note> + Clone {
        self.filed.iter().map(|one| &one.note)
    }

    pub(super) fn at(&self, place: usize) -> &Filed {
        &self.filed[place]
    }

    pub(super) fn place(&self, id: NoteId) -> Option<usize> {
        self.places.get(&id).copied()
    }

    pub(super) fn names(&self) -> &Names {
        &self.names
    }

    /// A voice's name as its note writes it: the label it has in a transcript, else the source, unless it is held back.
    pub(super) fn voice_words(&self, names: usize) -> String {
        let Some(place) = self.names.first_note(names) else { return String::new() };
        let Filed { note, card, .. } = &*self.filed[place];
        if note.is_confidential {
            return "a confidential source".into();
        }
        if super::speaker::is_nameless(self.names.get(names)) {
            return "anyone".into();
        }
        let label = self.voices[place].iter().position(|held| *held == names);
        let label = label.and_then(|label| card.labels.get(label.checked_sub(1)?));
        let is_own = self.names.get(names).first() == Some(&super::speaker::name_words(&note.source));
        label.filter(|_| !is_own).unwrap_or(&note.source).clone()
    }

    /// How a speaker stands to the voices of the notes.
    pub(super) fn fits(&self, spoken: &Spoken) -> Fits {
        self.names.fits(spoken)
    }

    /// The stretches most likely to hold each part of a quote, `n_pad` words wider on either side.
    ///
    /// At most `n_best` a part; none where no stretch scores more than `above`. Cost: see [`search::find`], and the words
    /// of the stretches.
    pub(super) fn near(
        &self,
        parts: &[Vec<(Term, f32)>],
        n_pad: usize,
        n_best: usize,
        side: Side,
        above: f32,
    ) -> Option<Near> {
        let n_pad = n_pad.div_ceil(BLOCK);
        let find = |terms: &Vec<(Term, f32)>| search::find(&self.postings, terms, &self.voices, side, above);
        let spots: Vec<Vec<Spot>> = parts.iter().map(find).collect();
        let best = spots.iter().filter_map(|spots| spots.first()).map(|spot| spot.score).fold(0.0, f32::max);
        if spots.iter().all(Vec::is_empty) {
            return None;
        }
        let windows: Vec<Vec<(Window, f32)>> =
            spots.iter().map(|spots| self.windows(spots, n_pad, n_best, side)).collect();
        let merged = merged(windows.iter().flatten().map(|(window, _)| window.clone()).collect());
        let index = Index::new(merged.iter().map(|window| self.excerpt(window)));
        let place = |(window, _): &(Window, f32)| index.words_within(window.0, self.span(window));
        let stretches = windows.iter().map(|windows| windows.iter().map(place).collect()).collect();
        let scores = windows.iter().map(|windows| windows.iter().map(|(_, score)| *score).collect()).collect();
        Some(Near { index, stretches, scores, best })
    }

    /// The stretches of one note that hold these passages, `n_pad` words wider on either side.
    pub(super) fn around(&self, place: usize, passages: &[Span], n_pad: usize) -> Index {
        let card = &self.filed[place].card;
        let n_pad = n_pad.div_ceil(BLOCK);
        let window = |passage: &Span| {
            let first = card.blocks.partition_point(|start| *start as usize <= passage.start).saturating_sub(1);
            let last = card.blocks.partition_point(|start| (*start as usize) < passage.end);
            (place, first.saturating_sub(n_pad)..(last + n_pad).min(card.blocks.len()))
        };
        let merged = merged(passages.iter().map(window).collect());
        Index::new(merged.iter().map(|window| self.excerpt(window)))
    }

    /// The blocks around the best spots that hold a voice of this side; spots that touch are one window.
    fn windows(&self, spots: &[Spot], n_pad: usize, n_best: usize, side: Side) -> Vec<(Window, f32)> {
        let mut windows: Vec<(Window, f32)> = Vec::new();
        for spot in spots {
            let n_blocks = self.filed[spot.place].n_blocks();
            let blocks = spot.block.saturating_sub(n_pad)..(spot.block + 2 + n_pad).min(n_blocks);
            let held = windows
                .iter_mut()
                .find(|((place, held), _)| *place == spot.place && held.start <= spot.block && spot.block < held.end);
            if let Some(((_, held), _)) = held {
                *held = held.start.min(blocks.start)..held.end.max(blocks.end);
            } else if windows.len() < n_best && self.is_heard(&(spot.place, blocks.clone()), side) {
                windows.push(((spot.place, blocks), spot.score));
            }
        }
        windows
    }

    fn is_heard(&self, window: &Window, side: Side) -> bool {
        let names = &self.voices[window.0];
        let turns = self.filed[window.0].card.turns_in(self.span(window));
        let mut labels = turns.iter().map(|turn| turn.label.map_or(0, |label| label as usize + 1));
        labels.any(|label| side.hears(names[label]))
    }

    /// Where the blocks of a window stand in the note's text.
    fn span(&self, (place, blocks): &Window) -> Span {
        let Filed { note, card, .. } = &*self.filed[*place];
        Span::new(card.block_start(blocks.start, &note.text), card.block_start(blocks.end, &note.text))
    }

    fn excerpt(&self, (place, blocks): &Window) -> Excerpt<'_> {
        let Filed { note, card, .. } = &*self.filed[*place];
        Excerpt { place: *place, note, card, names: &self.voices[*place], blocks: blocks.clone() }
    }
}

impl Near {
    /// All stretches as they are laid out: in the order of the notes, none in another.
    pub fn all(&self) -> Range<usize> {
        0..self.index.words.len()
    }

    /// The voice at a word, if this side hears it.
    pub fn heard_at(&self, at: usize, side: Side) -> Option<&Voice> {
        self.index.voice(at).filter(|voice| side.hears(voice.names))
    }
}

/// Windows in the order of the notes; those that touch or nearly touch made one, for what stands between may tell.
fn merged(mut windows: Vec<Window>) -> Vec<Window> {
    const N_BETWEEN: usize = 4;
    windows.sort_by_key(|(place, blocks)| (*place, blocks.start));
    let mut merged: Vec<Window> = Vec::new();
    for (place, blocks) in windows {
        match merged.last_mut() {
            Some((last, held)) if *last == place && blocks.start <= held.end + N_BETWEEN => {
                held.end = held.end.max(blocks.end);
            }
            _ => merged.push((place, blocks)),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::super::card::{Card, terms_of};
    use super::super::fold;
    use super::*;
    use crate::note::Terms;
    use proptest::prelude::*;

    fn note(id: i64, source: &str, text: String) -> Note {
        Note {
            id: NoteId(id),
            name: format!("note-{id}.md"),
            source: source.into(),
            kind: String::new(),
            place: String::new(),
            said_at: String::new(),
            terms: Terms::OnTheRecord,
            terms_words: String::new(),
            embargo: None,
            is_confidential: false,
            aliases: Vec::new(),
            text,
        }
    }

    /// Lines of a few words that often meet, some with a label before them.
    fn texts() -> impl Strategy<Value = String> {
        let words = prop::sample::select(vec![
            "we", "will", "the", "of", "harbour", "ferry", "sold", "nine", "hundred", "ferries", "crates", "Eze",
            "may", "U.S.", "e-mail", "quay", "rope,", "rope.", "[laughs]", "2.5", "million", "and", "not",
        ]);
        let line = prop::collection::vec(words, 1..60).prop_map(|words| words.join(" "));
        let label = prop::sample::select(vec!["", "", "EZE: ", "Q: ", "[00:14:03] "]);
        prop::collection::vec((label, line), 0..12)
            .prop_map(|lines| lines.iter().map(|(label, line)| format!("{label}{line}\n")).collect())
    }

    const SOURCES: [&str; 3] = ["Ines Eze", "Omar Kal", "The Harbour Office"];

    /// What becomes of the notes: one comes or changes, one goes.
    #[derive(Clone, Debug)]
    enum Step {
        Keep(i64, usize, String),
        Drop(i64),
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let keep = (0..14i64, 0..SOURCES.len(), texts()).prop_map(|(id, source, text)| Step::Keep(id, source, text));
        prop::collection::vec(prop_oneof![4 => keep, 1 => (0..14i64).prop_map(Step::Drop)], 1..40)
    }

    /// The spots found, and the stretches around them: how many words, and where they begin.
    type Told = (Vec<Spot>, Vec<(usize, Span)>);

    /// Everything a search can tell of notes, by side.
    fn told(notes: &Notes, query: &str) -> Vec<Told> {
        let keys = fold::words(query, Span::new(0, query.len()));
        let terms = terms_of(keys.iter().map(|word| (word.key.as_str(), 1.0)));
        let speaker = crate::quote::Speaker {
            mention: Span::default(),
            name: Some("Ines Eze".into()),
            by: crate::quote::By::Name,
            antecedent: None,
            is_unnamed: false,
        };
        let fits = notes.fits(&Spoken::new("", Some(&speaker)));
        let unnamed = notes.fits(&Spoken::new("", None));
        let sides = [Side::Own(&fits), Side::Others(&fits), Side::Own(&unnamed)];
        let told = |side: &Side| {
            let spots = search::find(&notes.postings, &terms, &notes.voices, *side, 0.0);
            let near = notes.near(std::slice::from_ref(&terms), 8, 4, *side, 0.0);
            let places = near.iter().flat_map(|near| {
                let stretches = near.stretches.iter().flatten();
                stretches.map(|words| (words.len(), near.index.span(words.start)))
            });
            (spots, places.collect())
        };
        sides.iter().map(told).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

        #[test]
        fn whatever_came_and_went_the_index_equals_a_fresh_one(steps in steps(), query in texts()) {
            let mut filer = Filer::default();
            let mut filed: Vec<Arc<Filed>> = Vec::new();
            let mut notes = Notes::default();
            for step in steps {
                match step {
                    Step::Keep(id, source, text) => {
                        let one = Arc::new(filer.file(note(id, SOURCES[source], text)));
                        match filed.iter_mut().find(|held| held.note.id.0 == id) {
                            Some(held) => *held = one,
                            None => filed.insert(id as usize % (filed.len() + 1), one),
                        }
                    }
                    Step::Drop(id) => filed.retain(|held| held.note.id.0 != id),
                }
                notes = notes.update(filed.clone());
            }
            let fresh = Notes::new(filed.iter().map(|one| one.note.clone()).collect());
            prop_assert_eq!(told(&notes, &query), told(&fresh, &query));
        }

        #[test]
        fn a_card_comes_back_from_its_bytes(text in texts()) {
            let card = Filer::default().file(note(1, "Ines Eze", text)).card;
            prop_assert_eq!(Card::from_bytes(&card.to_bytes()), Some(card));
        }

        #[test]
        fn no_bytes_make_a_card_panic(bytes in prop::collection::vec(any::<u8>(), 0..60), text in texts()) {
            if let Some(filed) = Filed::from_card(note(1, "Ines Eze", text.clone()), &bytes) {
                told(&Notes::default().update(vec![Arc::new(filed)]), &text);
            }
        }

        #[test]
        fn blocks_read_apart_are_the_words_of_the_whole(text in texts(), cut in 0usize..20) {
            let filed = Filer::default().file(note(1, "Ines Eze", text));
            let names: Vec<usize> = (0..filed.names.len()).collect();
            let n_blocks = filed.n_blocks();
            let cut = cut.min(n_blocks);
            let read = |blocks: Range<usize>| {
                let excerpt = Excerpt { place: 0, note: &filed.note, card: &filed.card, names: &names, blocks };
                let index = Index::new(std::iter::once(excerpt));
                let words = index.words.iter().enumerate().filter(|(_, word)| word.n_bytes > 0);
                let word = |(at, word): (usize, &super::super::index::NoteWord)| {
                    (index.key(word).to_string(), index.span(at), index.voice(at).map(|voice| voice.names))
                };
                words.map(word).collect::<Vec<_>>()
            };
            let parts = [read(0..cut), read(cut..n_blocks)].concat();
            prop_assert_eq!(parts, read(0..n_blocks));
        }
    }
}
