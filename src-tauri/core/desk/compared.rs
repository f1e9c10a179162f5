//! Two states of a piece beside each other, and one change taken back.

use super::{Desk, File, Replaced};
use crate::draft::{Copy, DraftId};
use crate::error::{Code, Error, Result};
use crate::export::MarkedPart;
use crate::import;
use crate::quote;
use crate::redline::{self, Class, Hunk, Redline, Speech};
use crate::revision::{Revision, RevisionId};
use crate::span::Span;
use chrono::{DateTime, Utc};
use std::sync::{Arc, Mutex, PoisonError};

/// A part of a piece that is compared by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Hed,
    Dek,
    Byline,
    Dateline,
    Body,
}

impl Part {
    /// Every part, in the order they are read.
    pub const ALL: [Part; 5] = [Part::Hed, Part::Dek, Part::Byline, Part::Dateline, Part::Body];

    /// The word on the screen.
    pub fn word(self) -> &'static str {
        match self {
            Part::Hed => "hed",
            Part::Dek => "dek",
            Part::Byline => "byline",
            Part::Dateline => "dateline",
            Part::Body => "body",
        }
    }

    /// Its words in a piece.
    pub fn of(self, copy: &Copy) -> &str {
        match self {
            Part::Hed => &copy.hed,
            Part::Dek => &copy.dek,
            Part::Byline => &copy.byline,
            Part::Dateline => &copy.dateline,
            Part::Body => &copy.body,
        }
    }

    pub(super) fn of_mut(self, copy: &mut Copy) -> &mut String {
        match self {
            Part::Hed => &mut copy.hed,
            Part::Dek => &mut copy.dek,
            Part::Byline => &mut copy.byline,
            Part::Dateline => &mut copy.dateline,
            Part::Body => &mut copy.body,
        }
    }
}

/// One side of a comparison.
#[derive(Clone, Debug)]
pub enum Side {
    Revision(RevisionId),
    /// What stands on the desk.
    Now,
    File(File),
}

/// What a side is, for its heading.
#[derive(Clone, Debug)]
pub enum Title {
    Revision(Box<Revision>),
    Now,
    /// The file's name.
    File(String),
}

/// A side as it was read.
#[derive(Clone, Debug)]
pub struct State {
    pub title: Title,
    pub copy: Copy,
    /// See [`import::Piece::has_head`]; true of what lies on the desk.
    pub has_head: bool,
}

/// One change, and who it speaks of.
#[derive(Clone, Debug)]
pub struct Change {
    pub hunk: Hunk,
    /// Who speaks the quote it touches, if it touches one.
    pub speaker: Option<String>,
}

/// One part compared.
#[derive(Clone, Debug)]
pub struct PartChanges {
    pub part: Part,
    pub old: String,
    pub new: String,
    pub redline: Redline,
    /// In the order of the redline's hunks.
    pub changes: Vec<Change>,
}

impl PartChanges {
    /// The part on its way out.
    pub fn marked(&self) -> MarkedPart<'_> {
        MarkedPart {
            name: self.part.word(),
            old: &self.old,
            new: &self.new,
            redline: &self.redline,
            hunks: self.changes.iter().map(|change| &change.hunk).collect(),
        }
    }
}

/// Two states of a piece compared, part by part; parts that are empty on both sides are left out.
///
/// A change is named by its place among the changes of all parts, in their order.
#[derive(Clone, Debug)]
pub struct Comparison {
    pub old: Title,
    pub new: Title,
    pub parts: Vec<PartChanges>,
}

impl Comparison {
    /// Compares two sides as they were read. A part that a file without a head says nothing of is as on the other side.
    pub fn of(old: State, new: State) -> Comparison {
        Comparer { old, new, live: Arc::default() }.compare()
    }
}

/// Two sides as they were read, to be compared without holding the desk.
pub struct Comparer {
    old: State,
    new: State,
    live: Arc<Live>,
}

impl Comparer {
    /// The same, the newer side with another body.
    pub(super) fn with_new_body(mut self, body: String) -> Comparer {
        self.new.copy.body = body;
        self
    }

    /// The same, of what goes out: without comments.
    pub fn outgoing(mut self) -> Comparer {
        for side in [&mut self.old, &mut self.new] {
            side.copy = side.copy.outgoing();
        }
        self
    }

    /// Compares them. What stands as it stood when sides were last compared is not read again.
    pub fn compare(self) -> Comparison {
        let Comparer { mut old, mut new, live } = self;
        even_out(&mut old, &mut new);
        Comparison { parts: live.compare(&old.copy, &new.copy), old: old.title, new: new.title }
    }
}

/// The two pieces last compared: an editor looks at one piece at a time, and most of it stays as it was.
#[derive(Default)]
pub struct Live(Mutex<[LivePart; Part::ALL.len()]>);

#[derive(Default)]
struct LivePart {
    redline: redline::Live,
    old: quote::Live,
    new: quote::Live,
}

impl Live {
    /// Law: what it finds is what a fresh one finds.
    pub(super) fn compare(&self, old: &Copy, new: &Copy) -> Vec<PartChanges> {
        let mut parts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_there = |part: &Part| !(part.of(old).is_empty() && part.of(new).is_empty());
        let compare = |(part, live): (Part, &mut LivePart)| live.compare(part, part.of(old), part.of(new));
        Part::ALL.into_iter().zip(parts.iter_mut()).filter(|(part, _)| is_there(part)).map(compare).collect()
    }
}

impl Desk {
    /// What comparing two states of a piece needs of the desk.
    pub fn comparer(&self, id: DraftId, old: &Side, new: &Side) -> Result<Comparer> {
        let live = Arc::clone(&self.compared);
        Ok(Comparer { old: self.read_side(id, old)?, new: self.read_side(id, new)?, live })
    }

    /// Puts changes of a comparison with now back to the old words, in whatever order they are named: a new revision.
    ///
    /// Errors: `BadInput` when there is no such change: the piece or the file was changed since it was compared.
    pub fn take_back(&mut self, id: DraftId, old: &Side, changes: &[usize], now: DateTime<Utc>) -> Result<Replaced> {
        let (mut old, mut now_state) = (self.read_side(id, old)?, self.read_side(id, &Side::Now)?);
        even_out(&mut old, &mut now_state);
        let (old_copy, mut copy) = (old.copy, now_state.copy);
        let mut n_before = 0;
        for compared in compare_parts(&old_copy, &copy) {
            let own = n_before..n_before + compared.changes.len();
            let hunks: Vec<usize> =
                changes.iter().filter(|change| own.contains(change)).map(|change| change - n_before).collect();
            if !hunks.is_empty() {
                *compared.part.of_mut(&mut copy) =
                    redline::take_back_all(&compared.old, &compared.new, &compared.redline, &hunks);
            }
            n_before = own.end;
        }
        if changes.is_empty() || changes.iter().any(|&change| change >= n_before) {
            let message = "There is no such change: the piece was changed since it was compared. Compare again.";
            return Err(Error::new(Code::BadInput, message));
        }
        self.put_back(id, copy, now)
    }

    /// What one side of a comparison holds.
    pub fn read_side(&self, id: DraftId, side: &Side) -> Result<State> {
        let on_desk = |title, copy| State { title, copy, has_head: true };
        match side {
            Side::Revision(revision_id) => {
                let revision = self.revision_of(id, *revision_id)?;
                let copy = revision.copy.clone();
                Ok(on_desk(Title::Revision(Box::new(revision)), copy))
            }
            Side::Now => Ok(on_desk(Title::Now, self.store.open_draft(id)?.copy)),
            Side::File(file) => {
                let (piece, _) = import::open_piece(&file.name, &file.bytes)?;
                Ok(State { title: Title::File(file.name.clone()), copy: piece.copy, has_head: piece.has_head })
            }
        }
    }
}

/// Gives a side without a head the parts it says nothing of: else they would seem cut.
pub fn even_out(old: &mut State, new: &mut State) {
    for part in Part::ALL.into_iter().filter(|part| *part != Part::Body) {
        take_unsaid(part, old, new);
        take_unsaid(part, new, old);
    }
}

pub(super) fn take_unsaid(part: Part, state: &mut State, other: &State) {
    if !state.has_head && part.of(&state.copy).is_empty() {
        *part.of_mut(&mut state.copy) = part.of(&other.copy).to_owned();
    }
}

/// Compares two pieces part by part.
pub fn compare_parts(old: &Copy, new: &Copy) -> Vec<PartChanges> {
    Live::default().compare(old, new)
}

impl LivePart {
    fn compare(&mut self, part: Part, old: &str, new: &str) -> PartChanges {
        let redline = self.redline.compare(old, new);
        let is_body_changed = part == Part::Body && old != new;
        let read = |live: &mut quote::Live, text: &str| {
            if is_body_changed { live.read(text).quotes } else { Vec::new() }
        };
        let (old_quotes, new_quotes) = (read(&mut self.old, old), read(&mut self.new, new));
        let hunks = redline.hunks(old, new, &speech(&old_quotes), &speech(&new_quotes));
        let changes = hunks
            .into_iter()
            .map(|hunk| {
                let is_speech = matches!(hunk.class, Class::Quote | Class::Speaker);
                let speaker = is_speech.then(|| {
                    let in_new = hunk.new.and_then(|span| speaker_at(new, &new_quotes, span));
                    in_new.or_else(|| hunk.old.and_then(|span| speaker_at(old, &old_quotes, span)))
                });
                Change { hunk, speaker: speaker.flatten() }
            })
            .collect();
        PartChanges { part, old: old.to_owned(), new: new.to_owned(), redline, changes }
    }
}

fn speech(quotes: &[quote::Quote]) -> Speech {
    Speech {
        quotes: quotes.iter().flat_map(|quote| quote.content.iter().copied()).collect(),
        speakers: quotes.iter().filter_map(|quote| Some(quote.speaker.as_ref()?.mention)).collect(),
    }
}

/// Who speaks the first quote that touches a place.
pub(super) fn speaker_at(text: &str, quotes: &[quote::Quote], place: Span) -> Option<String> {
    let touches = |span: &Span| span.overlaps(place) || (place.is_empty() && span.holds(place.start));
    let touched = quotes.iter().find(|quote| {
        quote.content.iter().any(touches) || quote.speaker.as_ref().is_some_and(|speaker| touches(&speaker.mention))
    })?;
    let speaker = touched.speaker.as_ref()?;
    Some(speaker.name.clone().unwrap_or_else(|| speaker.mention.of(text).to_owned()))
}
