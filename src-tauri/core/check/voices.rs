//! Who speaks in the notes: what each voice goes by, once for all notes, and found by a name without asking each.

use super::speaker::{self, Fit, Spoken, name_words};
use crate::note::Note;
use std::collections::HashMap;

/// The names one voice goes by, each taken apart.
pub type Goes = Vec<Vec<String>>;

/// What the voices of all notes go by.
#[derive(Default)]
pub struct Names {
    all: Vec<Goes>,
    ids: HashMap<Goes, usize>,
    /// The notes in which a voice goes by these names, in order.
    notes: Vec<Vec<u32>>,
    /// Which names have a word, or are written short by it.
    by_word: HashMap<String, Vec<usize>>,
    /// Which names end in a word: many people share a first name.
    by_last: HashMap<String, Vec<usize>>,
}

impl Names {
    /// Puts down that a voice of a note goes by these names. Notes come in order.
    pub fn add(&mut self, goes: &Goes, note: usize) -> usize {
        let id = match self.ids.get(goes) {
            Some(id) => *id,
            None => self.add_new(goes),
        };
        let note = note as u32;
        if self.notes[id].last() != Some(&note) {
            self.notes[id].push(note);
        }
        id
    }

    fn add_new(&mut self, goes: &Goes) -> usize {
        let id = self.all.len();
        let short = goes.iter().map(|name| speaker::initials(name));
        for word in goes.iter().flatten().cloned().chain(short) {
            put(&mut self.by_word, word, id);
        }
        for word in goes.iter().filter_map(|name| name.last()) {
            put(&mut self.by_last, word.clone(), id);
        }
        self.all.push(goes.clone());
        self.notes.push(Vec::new());
        self.ids.insert(goes.clone(), id);
        id
    }

    /// What the voices of these names go by.
    pub fn get(&self, names: usize) -> &Goes {
        &self.all[names]
    }

    /// The first note in which a voice goes by these names.
    pub fn first_note(&self, names: usize) -> Option<usize> {
        self.notes[names].first().map(|note| *note as usize)
    }

    /// All names that may be those of the same person, these too.
    pub fn alike(&self, names: usize) -> Vec<usize> {
        let own = &self.all[names];
        let is_alike = |id: &usize| self.all[*id].iter().any(|name| speaker::is_one_of(name, own));
        self.sharing(own).filter(is_alike).collect()
    }

    /// Names of which one may be the same as one of these; all others are not.
    ///
    /// Of two names that are the same, the last word of one stands in the other, or one is written short by the other.
    fn sharing<'a>(&'a self, names: &'a [Vec<String>]) -> impl Iterator<Item = usize> + use<'a> {
        let short = names.iter().map(|name| speaker::initials(name));
        let last = names.iter().filter_map(|name| name.last()).cloned();
        let before = names.iter().flat_map(|name| &name[..name.len().saturating_sub(1)]);
        let by_word = short.chain(last).filter_map(|word| self.by_word.get(&word));
        by_word.chain(before.filter_map(|word| self.by_last.get(word))).flatten().copied()
    }

    /// How a speaker stands to each of the names. Cost: the names that share a word with the speaker's.
    pub fn fits(&self, spoken: &Spoken) -> Fits {
        let rest = if spoken.is_unnamed { Fit::Maybe } else { Fit::Other };
        let mut fits = Fits {
            each: vec![rest; self.all.len()],
            own_names: Vec::new(),
            own_notes: Vec::new(),
            is_unnamed: spoken.is_unnamed,
        };
        // A note that does not say whose words it has is written short by nothing.
        let nameless = self.by_word.get("").into_iter().flatten().copied();
        for id in nameless.filter(|id| speaker::is_nameless(&self.all[*id])) {
            fits.each[id] = Fit::Maybe;
            fits.own_notes.extend_from_slice(&self.notes[id]);
        }
        for id in self.sharing(spoken.names()) {
            if fits.each[id] != Fit::Same && spoken.fit(&self.all[id]) == Fit::Same {
                fits.each[id] = Fit::Same;
                fits.own_names.push(id);
                fits.own_notes.extend_from_slice(&self.notes[id]);
            }
        }
        fits.own_notes.sort_unstable();
        fits.own_notes.dedup();
        fits
    }
}

fn put(map: &mut HashMap<String, Vec<usize>>, word: String, id: usize) {
    let held = map.entry(word).or_default();
    if held.last() != Some(&id) {
        held.push(id);
    }
}

/// How a speaker stands to the voices of the notes.
pub struct Fits {
    each: Vec<Fit>,
    own_names: Vec<usize>,
    own_notes: Vec<u32>,
    is_unnamed: bool,
}

impl Fits {
    /// How the speaker stands to a voice of these names.
    pub fn of(&self, names: usize) -> Fit {
        self.each.get(names).copied().unwrap_or(Fit::Other)
    }

    /// Some voice is the speaker's own.
    pub fn has_own(&self) -> bool {
        !self.own_names.is_empty()
    }

    /// The names that are the speaker's own.
    pub fn own_names(&self) -> &[usize] {
        &self.own_names
    }

    /// The notes the speaker may speak in, in order; none where it may be any note, for the draft names nobody.
    pub fn own_notes(&self) -> Option<&[u32]> {
        (!self.is_unnamed).then_some(&self.own_notes)
    }
}

/// The label in a note is its own source's.
pub fn is_own_voice(note: &Note, label: &str) -> bool {
    speaker::is_one_of(&name_words(label), &own_names(note))
}

fn own_names(note: &Note) -> Goes {
    std::iter::once(&note.source).chain(&note.aliases).map(|name| name_words(name)).collect()
}

/// What the voices of a note go by: its own source first, then each label.
pub fn of_note(note: &Note, labels: &[String]) -> Vec<Goes> {
    let own = own_names(note);
    let of_label = |label: &String| {
        let words = name_words(label);
        // A label that is one of the source's own names goes by all of them.
        let is_own = speaker::is_one_of(&words, &own);
        if is_own { std::iter::once(words).chain(own.iter().cloned()).collect() } else { vec![words] }
    };
    let labels: Vec<Goes> = labels.iter().map(of_label).collect();
    std::iter::once(own).chain(labels).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names() -> impl Strategy<Value = Vec<Vec<String>>> {
        let word =
            prop::sample::select(vec!["ines", "eze", "i", "harbour", "office", "ho", "eo", "of", "bill", "william"]);
        let name = prop::collection::vec(word.prop_map(str::to_string), 0..4);
        prop::collection::vec(name, 1..3)
    }

    proptest! {
        #[test]
        fn no_name_that_is_the_same_is_overlooked(all in prop::collection::vec(names(), 1..12), own in names()) {
            let mut known = Names::default();
            let ids: Vec<usize> = all.iter().enumerate().map(|(note, goes)| known.add(goes, note)).collect();
            let found: Vec<usize> = known.sharing(&own).collect();
            for (goes, id) in all.iter().zip(ids) {
                let is_same = goes.iter().any(|name| speaker::is_one_of(name, &own));
                prop_assert!(!is_same || found.contains(&id), "{goes:?} and {own:?}");
            }
        }
    }
}
