//! What two people made of one piece, made one.

use super::compared::take_unsaid;
use super::{Desk, Part, Replaced, Side, State, Title};
use crate::draft::{Copy, DraftId};
use crate::error::{Code, Error, Result};
use crate::redline::{self, Merged, Stretch};
use crate::revision::Cause;
use crate::span;
use chrono::{DateTime, Utc};

/// What an editor takes where both changed the same words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    Ours,
    Theirs,
    /// Ours, then theirs.
    Both,
    /// What stood before either changed it.
    Base,
}

impl Choice {
    /// The choice a word names, if any.
    pub fn from_word(word: &str) -> Option<Choice> {
        Some(match word {
            "ours" => Choice::Ours,
            "theirs" => Choice::Theirs,
            "both" => Choice::Both,
            "base" => Choice::Base,
            _ => return None,
        })
    }

    /// The words it takes.
    pub(super) fn words(self, stretch: &Stretch) -> String {
        match self {
            Choice::Ours => stretch.ours.clone(),
            Choice::Theirs => stretch.theirs.clone(),
            Choice::Base => stretch.base.clone(),
            Choice::Both => both(&stretch.ours, &stretch.theirs),
        }
    }
}

/// One after the other: a space between words, a blank line between grafs.
fn both(ours: &str, theirs: &str) -> String {
    let is_apart = ours.is_empty()
        || theirs.is_empty()
        || ours.ends_with(char::is_whitespace)
        || theirs.starts_with(char::is_whitespace);
    let gap = match is_apart {
        true => "",
        false if ours.contains('\n') || theirs.contains('\n') => "\n\n",
        false => " ",
    };
    format!("{ours}{gap}{theirs}")
}

/// A piece merged, part by part; parts that are empty on all sides are left out.
#[derive(Clone, Debug)]
pub struct Merging {
    pub base: Title,
    pub ours: Title,
    pub theirs: Title,
    pub parts: Vec<(Part, Merged)>,
    /// Of the piece on the desk when it was read.
    pub version: i64,
}

/// Three sides as they were read, to be merged without holding the desk.
pub struct Merger {
    base: State,
    ours: State,
    theirs: State,
    version: i64,
}

impl Merger {
    /// Merges them. A part that a file without a head says nothing of is as it was in the base, and so is the white space a
    /// body ends with, which files have or have not.
    pub fn merge(self) -> Merging {
        let Merger { mut base, mut ours, mut theirs, version } = self;
        for part in Part::ALL.into_iter().filter(|part| *part != Part::Body) {
            take_unsaid(part, &mut base, &ours);
            take_unsaid(part, &mut base, &theirs);
            take_unsaid(part, &mut ours, &base);
            take_unsaid(part, &mut theirs, &base);
        }
        for state in [&mut ours, &mut theirs] {
            end_alike(&mut state.copy.body, &base.copy.body);
        }
        let is_there = |part: &Part| [&base, &ours, &theirs].iter().any(|state| !part.of(&state.copy).is_empty());
        let merge = |part: Part| {
            let [base, ours, theirs] = [&base, &ours, &theirs].map(|state| part.of(&state.copy));
            (part, redline::merge(base, ours, theirs))
        };
        let parts = Part::ALL.into_iter().filter(is_there).map(merge).collect();
        Merging { base: base.title, ours: ours.title, theirs: theirs.title, parts, version }
    }
}

pub(super) fn end_alike(body: &mut String, base: &str) {
    body.truncate(body.trim_end().len());
    body.push_str(span::after(base, base.trim_end().len()));
}

impl Merging {
    fn n_conflicts(&self) -> usize {
        self.parts.iter().map(|(_, merged)| merged.conflicts().count()).sum()
    }

    /// The piece it comes to, each conflict as chosen, in order.
    fn copy(&self, choices: &[Choice]) -> Copy {
        let mut copy = Copy::default();
        let mut left = choices.iter();
        for (part, merged) in &self.parts {
            let words = |stretch: &Stretch| match stretch.words() {
                Some(words) => words.to_owned(),
                None => left.next().map_or_else(String::new, |choice| choice.words(stretch)),
            };
            *part.of_mut(&mut copy) = merged.stretches.iter().map(words).collect();
        }
        copy
    }
}

impl Desk {
    /// What merging three states of a piece needs of the desk: what both began with, and what became of it.
    pub fn merger(&self, id: DraftId, base: &Side, ours: &Side, theirs: &Side) -> Result<Merger> {
        let [base, ours, theirs] = [self.read_side(id, base)?, self.read_side(id, ours)?, self.read_side(id, theirs)?];
        Ok(Merger { base, ours, theirs, version: self.store.open_draft(id)?.version })
    }

    /// Makes a merge what stands on the desk, each conflict as chosen, in order: a new revision; what stood before is kept
    /// as a revision too. `version` is the one the merge told.
    ///
    /// Errors: `Conflict` when the piece was changed since; `BadInput` when conflicts are left open.
    pub fn take_merge(
        &mut self,
        id: DraftId,
        sides: [&Side; 3],
        version: i64,
        choices: &[Choice],
        now: DateTime<Utc>,
    ) -> Result<Replaced> {
        let [base, ours, theirs] = sides;
        let merging = self.merger(id, base, ours, theirs)?.merge();
        if merging.version != version {
            let message = "The piece was changed since it was merged. Merge again; nothing was taken.";
            return Err(Error::new(Code::Conflict, message));
        }
        if merging.n_conflicts() != choices.len() {
            let message = "Some words are still to be decided: choose ours, theirs, both or the base for each.";
            return Err(Error::new(Code::BadInput, message));
        }
        self.replace(id, merging.copy(choices), [Cause::BeforeMerge, Cause::Merge], now)
    }
}
