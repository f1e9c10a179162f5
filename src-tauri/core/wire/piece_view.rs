//! Pieces, notes, events and revisions as the page reads them.

use super::view::*;
use crate::desk::{self, Counts, Line, PastDesk, PastKind, Recovered, Removed, Restored, Seen, Step};
use crate::draft::{self, Draft, DraftId};
use crate::error::{Code, Error, Result};
use crate::export::{CHANGES, Format};
use crate::import::Head;
use crate::note::{Note, NoteId, Terms};
use crate::span::{self, Utf16};
use crate::store::{self, Backup, Difference, Event, EventKind, KeptNote, Recording, Salvaged, Survey};
use chrono::{DateTime, Local, NaiveDate, SecondsFormat, Utc};
use std::path::{Path, PathBuf};

/// A time on the wire.
pub fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// A time inside a sentence, as the editor's clock has it: *13:40* today, else with the day.
pub fn clock_words(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let (at, now) = (at.with_timezone(&Local), now.with_timezone(&Local));
    let form = if at.date_naive() == now.date_naive() { "%H:%M" } else { "%-d %B %H:%M" };
    at.format(form).to_string()
}

/// The day or time a note has, said as a person would; anything else as it stands.
pub fn said_at_words(said_at: &str) -> String {
    let (day, rest) = span_at(said_at, 10);
    let Ok(date) = NaiveDate::parse_from_str(day, "%Y-%m-%d") else { return said_at.to_owned() };
    let rest = rest.trim_start_matches(['T', ' ']).trim_end_matches('Z');
    let clock = if rest.is_empty() { String::new() } else { format!(", {rest}") };
    format!("{}{clock}", date.format("%-d %B %Y"))
}

fn span_at(text: &str, at_byte: usize) -> (&str, &str) {
    (span::before(text, at_byte), span::after(text, at_byte))
}

impl From<Counts> for QuoteCounts {
    fn from(counts: Counts) -> QuoteCounts {
        let Counts { quotes, wrong, alarms, open, stale, right, cq } = counts;
        QuoteCounts { quotes, wrong, alarms, open, stale, right, cq }
    }
}

impl From<Line> for DraftRow {
    fn from(line: Line) -> DraftRow {
        let Line { draft, counts, embargo, deadline, last } = line;
        DraftRow {
            id: draft.id.0,
            words: draft::count_words(&draft.copy.body),
            first_words: first_words(&draft.copy.body),
            slug: draft.slug,
            hed: draft.copy.hed,
            status: draft.status.word().into(),
            place: draft.place.word().into(),
            target_words: draft.target_words,
            counts: counts.map(QuoteCounts::from),
            embargo: embargo.map(time),
            deadline: deadline.map(time),
            last: last.map(EventView::from),
            byline: draft.copy.byline,
            changed_at: time(draft.changed_at),
        }
    }
}

impl From<Seen> for SeenFile {
    fn from(seen: Seen) -> SeenFile {
        let is_sure = seen.is_sure();
        let Seen { piece, furniture, warnings } = seen;
        let draft::Copy { hed, dek, byline, dateline, body } = piece.copy;
        SeenFile {
            slug: piece.slug,
            head: HeadView { hed, dek, byline, dateline },
            taken: piece.taken.into(),
            first_words: first_words(&body),
            n_words: draft::count_words(&body),
            furniture,
            warnings,
            is_sure,
        }
    }
}

impl From<Head> for HeadView {
    fn from(Head { hed, dek, byline, dateline }: Head) -> HeadView {
        HeadView { hed, dek, byline, dateline }
    }
}

impl From<HeadView> for Head {
    fn from(HeadView { hed, dek, byline, dateline }: HeadView) -> Head {
        Head { hed, dek, byline, dateline }
    }
}

/// About the first forty words, paragraphs run together.
fn first_words(body: &str) -> String {
    let words: Vec<&str> = body.split_whitespace().take(41).collect();
    match words.split_at_checked(40) {
        Some((first, more)) if !more.is_empty() => first.join(" ") + " …",
        _ => words.join(" "),
    }
}

impl From<desk::Replaced> for Replaced {
    fn from(replaced: desk::Replaced) -> Replaced {
        Replaced { draft: replaced.draft.into(), before_id: replaced.before.map(|before| before.0) }
    }
}

impl From<Draft> for DraftView {
    fn from(draft: Draft) -> DraftView {
        DraftView {
            id: draft.id.0,
            slug: draft.slug,
            status: draft.status.word().into(),
            place: draft.place.word().into(),
            target_words: draft.target_words,
            hed: draft.copy.hed,
            dek: draft.copy.dek,
            byline: draft.copy.byline,
            dateline: draft.copy.dateline,
            body: draft.copy.body,
            version: draft.version,
            changed_at: time(draft.changed_at),
        }
    }
}

impl DraftEdit {
    /// The piece as the page has it, with `\n` line ends.
    pub fn copy(&self) -> draft::Copy {
        draft::Copy {
            hed: kept_text(&self.hed),
            dek: kept_text(&self.dek),
            byline: kept_text(&self.byline),
            dateline: kept_text(&self.dateline),
            body: kept_text(&self.body),
        }
    }
}

/// Text as the desk keeps it, whatever a paste brought.
pub fn kept_text(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace(['\0', '\u{feff}'], "")
}

impl From<Restored> for RestoredView {
    fn from(restored: Restored) -> RestoredView {
        let set_aside = restored.set_aside.file_name().unwrap_or_default().to_string_lossy().into_owned();
        RestoredView { made_at: time(restored.made_at), set_aside }
    }
}

impl From<PastDesk> for BackupView {
    fn from(past: PastDesk) -> BackupView {
        let Backup { made_at, size_bytes, .. } = past.backup;
        let kind = match past.kind {
            PastKind::Backup => "backup",
            PastKind::SetAside => "setAside",
            PastKind::Salvaged => "salvaged",
        };
        BackupView { name: past.name, made_at: time(made_at), size_bytes, kind: kind.into() }
    }
}

impl From<Survey> for SurveyView {
    fn from(survey: Survey) -> SurveyView {
        SurveyView {
            faults: survey.damage.into_iter().map(|damage| damage.message).collect(),
            whole: survey.whole,
            harmed: survey.harmed,
            n_notes_whole: survey.n_notes_whole,
            n_notes_harmed: survey.n_notes_harmed,
        }
    }
}

impl From<(PathBuf, Salvaged)> for SalvageView {
    fn from((path, salvaged): (PathBuf, Salvaged)) -> SalvageView {
        SalvageView {
            name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            path: path.display().to_string(),
            n_drafts: salvaged.n_drafts,
            n_revisions: salvaged.n_revisions,
            n_notes: salvaged.n_notes,
            n_lost: salvaged.n_lost,
            warnings: salvaged.warnings,
        }
    }
}

impl From<Difference> for BackupPreview {
    fn from(difference: Difference) -> BackupPreview {
        let changed = difference.changed.into_iter();
        BackupPreview {
            here_alone: difference.here_alone,
            there_alone: difference.there_alone,
            changed: changed
                .map(|(slug, n_words_here, n_words_there)| ChangedPiece { slug, n_words_here, n_words_there })
                .collect(),
            n_notes_here: difference.n_notes.0,
            n_notes_there: difference.n_notes.1,
            n_notes_changed: difference.n_notes_changed,
        }
    }
}

impl From<Removed> for RemovedView {
    fn from(removed: Removed) -> RemovedView {
        let Removed { n_past, n_copies, left } = removed;
        RemovedView { n_past, n_copies, left }
    }
}

impl From<Recovered> for RecoveredView {
    fn from(recovered: Recovered) -> RecoveredView {
        RecoveredView {
            id: recovered.draft_id.0,
            slug: recovered.slug,
            saved_at: time(recovered.saved_at),
            before_id: recovered.before.map(|id| id.0),
        }
    }
}

impl Saved {
    /// What is told of a save that kept this body.
    pub fn new(saved: store::Saved, body: &str) -> Saved {
        Saved {
            version: saved.version,
            saved_at: time(saved.changed_at),
            words: draft::count_words(body),
            tks: draft::find_tks(body).len(),
            slug: saved.slug,
        }
    }
}

impl NoteRow {
    pub fn new(kept: KeptNote, now: DateTime<Utc>) -> NoteRow {
        let KeptNote { note, draft_id, is_in_bin, .. } = kept;
        NoteRow {
            id: note.id.0,
            name: note.name,
            source: note.source,
            kind: note.kind,
            place: note.place,
            said_at: note.said_at,
            terms: note.terms.words().into(),
            terms_words: note.terms_words,
            is_embargoed: note.embargo.is_some_and(|until| until > now),
            embargo: note.embargo.map(time),
            is_confidential: note.is_confidential,
            words: draft::count_words(&note.text),
            draft_id: draft_id.map(|id| id.0),
            is_in_bin,
        }
    }
}

impl NoteView {
    pub fn new(kept: KeptNote, recording: Option<Recording>) -> NoteView {
        let KeptNote { note, draft_id, .. } = kept;
        let places = Utf16::new(&note.text);
        let timecodes = note.timecodes().into_iter().map(|(at, ms)| TimecodeView { at: places.span(at), ms }).collect();
        NoteView {
            timecodes,
            recording: recording.map(RecordingView::from),
            id: note.id.0,
            name: note.name,
            source: note.source,
            kind: note.kind,
            place: note.place,
            said_at: note.said_at,
            terms: note.terms.words().into(),
            terms_words: note.terms_words,
            embargo: note.embargo.map(time),
            is_confidential: note.is_confidential,
            aliases: note.aliases,
            text: note.text,
            draft_id: draft_id.map(|id| id.0),
        }
    }
}

impl From<Recording> for RecordingView {
    fn from(recording: Recording) -> RecordingView {
        let store::SoundFile { path, size_bytes, .. } = recording.file;
        let name = Path::new(&path).file_name().unwrap_or_default().to_string_lossy().into_owned();
        RecordingView { id: recording.id.0, name, size_bytes }
    }
}

/// A note as the page sends it.
pub struct NoteIn {
    pub note: Note,
    pub is_new: bool,
    pub draft_id: Option<DraftId>,
}

impl NoteIn {
    /// Errors: `BadInput` for terms that are none, or an embargo that is no time.
    pub fn read(edit: NoteEdit) -> Result<NoteIn> {
        let terms = Terms::from_words(&edit.terms).ok_or_else(|| {
            let message = format!("'{}' are no terms that Stet knows. Choose one of the four.", edit.terms);
            Error::new(Code::BadInput, message)
        })?;
        let note = Note {
            id: NoteId(edit.id.unwrap_or(0)),
            name: edit.name,
            source: edit.source.trim().to_owned(),
            kind: edit.kind,
            place: edit.place,
            said_at: edit.said_at,
            terms,
            terms_words: edit.terms_words,
            embargo: edit
                .embargo
                .filter(|until| !until.trim().is_empty())
                .map(|until| read_time(&until, "an embargo"))
                .transpose()?,
            is_confidential: edit.is_confidential,
            aliases: edit.aliases,
            text: kept_text(&edit.text),
        };
        Ok(NoteIn { note, is_new: edit.id.is_none(), draft_id: edit.draft_id.map(DraftId) })
    }
}

/// A time as the page says it; `of` is what it is for: *an embargo*. Errors: `BadInput`.
pub fn read_time(text: &str, of: &str) -> Result<DateTime<Utc>> {
    let time = DateTime::parse_from_rfc3339(text.trim()).map_err(|cause| {
        let message = format!("'{text}' is no date and time for {of}, such as 2026-11-24T09:00:00Z.");
        Error::new(Code::BadInput, message).because(cause)
    })?;
    Ok(time.with_timezone(&Utc))
}

/// kind, place, said at: *call, telephone, 10 November 2026*. What a note does not say is left out.
pub fn note_line(note: &Note) -> String {
    let said_at = said_at_words(&note.said_at);
    let parts = [note.kind.as_str(), note.place.as_str(), said_at.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

impl From<Event> for EventView {
    fn from(event: Event) -> EventView {
        let (at, deadline) = (time(event.at), event.deadline());
        let Event { kind, detail, by, .. } = event;
        let is_said = match kind {
            EventKind::Cq => true,
            EventKind::Exported => !export_of(&detail).1.is_empty(),
            _ => false,
        };
        let words: String = match kind {
            EventKind::Created => "new".into(),
            EventKind::Imported => "imported".into(),
            EventKind::Merged => "two versions merged".into(),
            EventKind::Renamed => format!("renamed {detail}"),
            EventKind::Status => format!("status now {detail}"),
            EventKind::Moved => moved_words(&detail).into(),
            EventKind::Named => detail,
            EventKind::Restored => "earlier words put back".into(),
            EventKind::Cq => format!("cq by {by}: {detail}"),
            EventKind::CqCleared => "a cq taken back".into(),
            EventKind::Exported => exported_words(export_of(&detail), &by),
            EventKind::Deadline => match deadline {
                Some(due) => format!("due {}", due.with_timezone(&Local).format("%-d %B %H:%M")),
                None => "deadline taken off".into(),
            },
            EventKind::Suggesting => "suggesting begun".into(),
            EventKind::Suggested => detail,
        };
        EventView { at, words, by: if is_said { String::new() } else { by } }
    }
}

/// What the record of an export says: the format, and why it was let pass, empty where nothing stood against it.
fn export_of(detail: &str) -> (&str, &str) {
    detail.split_once(": ").unwrap_or((detail, ""))
}

/// *exported as DOCX*, *exported as DOCX, let pass by SB: the lawyer has read it*, *exported to the clipboard*, *changes
/// sent out*.
fn exported_words((format, why): (&str, &str), by: &str) -> String {
    let exported = match Format::from_word(format) {
        Some(format) => format!("exported as {}", format.name()),
        None if format == CHANGES => "changes sent out".into(),
        None => format!("exported to the {format}"),
    };
    if why.is_empty() { exported } else { format!("{exported}, let pass by {by}: {why}") }
}

fn moved_words(place: &str) -> &'static str {
    match place {
        "archive" => "put in the archive",
        "bin" => "put in the bin",
        _ => "taken back to the desk",
    }
}

impl From<Step> for RevisionRow {
    fn from(step: Step) -> RevisionRow {
        let Step { revision, words_in, words_out, is_substance } = step;
        RevisionRow {
            id: revision.id.0,
            saved_at: time(revision.saved_at),
            cause: revision.cause.word().into(),
            words: draft::count_words(&revision.copy.body),
            name: revision.name,
            words_in,
            words_out,
            is_substance,
        }
    }
}
