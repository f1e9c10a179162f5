//! All that one source said, where it was used, and what of it never leaves the desk.

use super::notes::Snapshot;
use super::{Checker, Desk, Judged};
use crate::check::{self, Blanked, Notes, Withheld};
use crate::draft::{self, Draft, DraftId, Place};
use crate::error::Result;
use crate::export::source_line;
use crate::note::{Note, NoteId};
use crate::span::Span;
use crate::store::KeptNote;
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation;

/// How many pieces are checked for one source.
const MOST: usize = 100;

/// A source's notes, and the pieces that may use them.
pub struct Tracer {
    notes: Vec<KeptNote>,
    drafts: Vec<(Draft, Checker)>,
}

/// All that one source said, and where it was used.
pub struct Traced {
    /// Their notes outside the bin, by date. Never empty.
    pub notes: Vec<KeptNote>,
    /// The pieces that use their words, last changed first.
    pub used: Vec<Used>,
    /// How many pieces more name the source and were not checked.
    pub n_left: usize,
}

/// A piece that uses words of a source.
pub struct Used {
    pub draft: Draft,
    /// What it was held against.
    pub held_against: Arc<Notes>,
    /// Their quotes in the order of the text, each with the sentences it stands in. Bytes into the body. Never empty.
    pub quotes: Vec<(Span, Judged)>,
}

/// A note, and all others with their names.
pub struct Redactor {
    note: Note,
    notes: Snapshot,
}

/// What of a note never leaves the desk.
#[derive(Debug)]
pub struct Redacted {
    /// How the proof names the note where it shows a passage of it.
    pub line: String,
    /// What of its head stays here, by what it is: *file name*, *place*, *source*, *other names*.
    pub kept: Vec<(&'static str, String)>,
    /// Bytes into the text, in order; nothing overlaps.
    pub blanked: Vec<(Span, Blanked)>,
    pub note: Note,
}

impl Desk {
    /// The source of a note, with all that finding out takes that needs the desk. Who is confidential in one note and
    /// speaks openly in another stands apart there, as in the list of notes.
    ///
    /// Cost: reads all pieces on the desk and in the archive.
    pub fn tracer(&mut self, id: NoteId) -> Result<Tracer> {
        let own = self.store.open_note(id)?.note;
        let is_theirs = |kept: &KeptNote| {
            kept.note.id == id
                || !kept.is_in_bin && kept.note.source == own.source && kept.note.is_confidential == own.is_confidential
        };
        let notes = self.store.list_notes_of(&own.source)?.into_iter().filter(is_theirs).collect();
        let mut drafts = Vec::new();
        let snapshot = self.snapshot()?;
        for place in [Place::Desk, Place::Archive] {
            for draft in self.store.list_drafts(place)? {
                let checker = Checker::new(&self.store, snapshot.clone(), draft.id)?;
                drafts.push((draft, checker));
            }
        }
        drafts.sort_by_key(|(draft, _)| std::cmp::Reverse(draft.changed_at));
        Ok(Tracer { notes, drafts })
    }

    /// A note with the names that may stand in it, to be held against each other later.
    pub fn redactor(&self, id: NoteId) -> Result<Redactor> {
        Ok(Redactor { note: self.store.open_note(id)?.note, notes: self.snapshot()? })
    }
}

impl Redactor {
    /// What of the note is blanked where it leaves the desk: by what may be shown of it now, and the confidential names of
    /// all notes outside the bin and of the note itself.
    pub fn redact(self, now: DateTime<Utc>) -> Redacted {
        let Redactor { note, notes } = self;
        let notes = notes.indexed().notes;
        let withheld = Withheld::of(notes.all().chain([&note]).collect::<Vec<_>>());
        let hidden = |words: &str| if note.is_confidential { words.to_owned() } else { String::new() };
        let kept = [
            ("source", hidden(&note.source)),
            ("place", hidden(&note.place)),
            ("other names", note.aliases.join(", ")),
            ("file name", note.name.clone()),
        ];
        Redacted {
            line: source_line(&note, &withheld),
            kept: kept.into_iter().filter(|(_, words)| !words.is_empty()).collect(),
            blanked: check::blanked(&note, &withheld, now),
            note,
        }
    }
}

impl Tracer {
    /// Checks the pieces that may use the source's words: those it was gathered for, those with a verdict that rests on a
    /// note of theirs, and those that name them; of the last, so many as were changed last.
    pub fn trace(self, now: DateTime<Utc>) -> Traced {
        let Tracer { notes, drafts } = self;
        let ids: BTreeSet<NoteId> = notes.iter().map(|kept| kept.note.id).collect();
        let gathered: BTreeSet<DraftId> = notes.iter().filter_map(|kept| kept.draft_id).collect();
        let names = last_names(notes.iter().map(|kept| &kept.note));
        let (mut used, mut n_checked, mut n_left) = (Vec::new(), 0, 0);
        for (draft, checker) in drafts {
            let body = &draft.copy.body;
            let is_named = || body.to_lowercase().unicode_words().any(|word| names.contains(word));
            if !gathered.contains(&draft.id) && !checker.rests_on(&ids) {
                match is_named() {
                    false => continue,
                    true if n_checked == MOST => {
                        n_left += 1;
                        continue;
                    }
                    true => n_checked += 1,
                }
            }
            let checked = checker.check(body, now);
            let is_theirs = |judged: &Judged| match judged.finding.evidence.first() {
                Some(evidence) => ids.contains(&evidence.note),
                None => is_said_by(judged, body, &notes),
            };
            let sentences = draft::sentences(body);
            let quotes = checked.quotes.into_iter().filter(is_theirs);
            let quotes: Vec<_> = quotes.map(|judged| (sentences_of(&judged, &sentences), judged)).collect();
            if !quotes.is_empty() {
                used.push(Used { draft, held_against: checked.notes, quotes });
            }
        }
        Traced { notes, used, n_left }
    }
}

/// The draft says that it was them.
fn is_said_by(judged: &Judged, body: &str, notes: &[KeptNote]) -> bool {
    let speaker = judged.speaker(body);
    !speaker.is_empty() && notes.iter().any(|kept| check::is_own_voice(&kept.note, &speaker))
}

/// The sentences a quote and its cue stand in.
fn sentences_of(judged: &Judged, sentences: &[Span]) -> Span {
    let said = judged.quote.content.iter().chain(&judged.quote.cue).copied().reduce(Span::join).unwrap_or_default();
    sentences.iter().copied().filter(|sentence| sentence.overlaps(said)).fold(said, Span::join)
}

/// The word each name of a source ends in, small: *eze*, *council*.
fn last_names<'n>(notes: impl Iterator<Item = &'n Note>) -> BTreeSet<String> {
    let names = notes.flat_map(|note| note.aliases.iter().chain([&note.source]));
    let last = |name: &String| {
        let name = name.split([',', ';', '(']).next().unwrap_or_default().to_lowercase();
        name.unicode_words().next_back().map(str::to_owned)
    };
    names.filter_map(last).collect()
}
