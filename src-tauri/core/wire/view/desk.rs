//! The desk, its pieces, its notes, and what comes from files.

use super::{Place16, QuoteView};
use serde::{Deserialize, Serialize};

wire_types! {
    /// A refusal. `code` is one of: notFound badInput conflict busy readOnly diskFull corrupt newerDesk locked
    /// wrongPassphrase gate io.
    pub struct Refusal {
        pub code: String,
        pub message: String,
    }

    /// The desk as a whole.
    pub struct DeskView {
        pub path: String,
        pub version: String,
        /// Who works here; signs cq and export. Empty until said.
        pub editor: String,
        pub policy: PolicyView,
        /// Why nothing can be written, and the way out; none when all is well.
        pub read_only_because: Option<String>,
        pub has_passphrase: bool,
        /// After how many minutes without a key or a click it is to be locked; none for never.
        pub lock_after_min: Option<u32>,
        /// Notes on the desk.
        pub n_notes: usize,
        /// What an editor should know of where the desk lies, a sentence or two each.
        pub notices: Vec<String>,
        /// Pieces whose last saves were found after a crash.
        pub recovered: Vec<RecoveredView>,
        /// Something in it was found damaged: nothing more is written.
        pub is_damaged: bool,
        /// Why the last backup failed, and what to do.
        pub backup_trouble: Option<String>,
        /// A copy that took its place since it was opened.
        pub restored: Option<RestoredView>,
    }

    /// A copy that took the desk's place.
    pub struct RestoredView {
        pub made_at: String,
        /// The desk that was, by which it can be put back.
        pub set_aside: String,
    }

    /// How a desk stands after all of it was read.
    pub struct SurveyView {
        /// A sentence each; none when it is whole.
        pub faults: Vec<String>,
        /// Slugs of the pieces that can be read with their history.
        pub whole: Vec<String>,
        /// Those of the others, as far as they can be told.
        pub harmed: Vec<String>,
        pub n_notes_whole: usize,
        pub n_notes_harmed: usize,
    }

    /// What was brought from a damaged desk into a new one.
    pub struct SalvageView {
        /// The new desk, as it is listed.
        pub name: String,
        pub path: String,
        pub n_drafts: usize,
        pub n_revisions: usize,
        pub n_notes: usize,
        /// Rows that were there and could not be read.
        pub n_lost: usize,
        /// A sentence each: what was lost, what was mended.
        pub warnings: Vec<String>,
    }

    /// The copies of a desk.
    pub struct BackupsView {
        /// Newest first.
        pub backups: Vec<BackupView>,
        pub folder: String,
        /// The second place, if one was chosen.
        pub second: Option<String>,
    }

    /// A copy that can be put in the desk's place.
    pub struct BackupView {
        pub name: String,
        pub made_at: String,
        pub size_bytes: u64,
        /// backup; setAside: the desk that was when another took its place; salvaged: what could be read of it
        pub kind: String,
    }

    /// What putting a copy in the desk's place would change.
    pub struct BackupPreview {
        /// Slugs of pieces that are on the desk alone.
        pub here_alone: Vec<String>,
        /// Those in the copy alone.
        pub there_alone: Vec<String>,
        pub changed: Vec<ChangedPiece>,
        pub n_notes_here: usize,
        pub n_notes_there: usize,
        /// Notes that differ, or are in one of the two alone.
        pub n_notes_changed: usize,
    }

    /// A piece whose words differ.
    pub struct ChangedPiece {
        pub slug: String,
        pub n_words_here: usize,
        pub n_words_there: usize,
    }

    /// What was removed for good.
    pub struct RemovedView {
        /// How many revisions, or past states of a note, went with it.
        pub n_past: usize,
        /// How many backups and older desks it was taken out of.
        pub n_copies: usize,
        /// Where copies may be left, a sentence each; never empty.
        pub left: Vec<String>,
    }

    /// A piece whose last saves were found after a crash and brought into it.
    pub struct RecoveredView {
        pub id: i64,
        pub slug: String,
        /// When the last of them was saved.
        pub saved_at: String,
        /// The revision that holds what stood before them; none where nothing did.
        pub before_id: Option<i64>,
    }

    /// How far the notes index is.
    pub struct IndexingView {
        pub n_read: usize,
        /// Notes to be read; at least one.
        pub n_notes: usize,
    }

    /// How the quotes of a piece stand, by heap.
    pub struct QuoteCounts {
        pub quotes: usize,
        pub wrong: usize,
        /// Of the wrong ones, those that raise an alarm.
        pub alarms: usize,
        pub open: usize,
        pub stale: usize,
        pub right: usize,
        /// Quotes marked cq that still hold.
        pub cq: usize,
    }

    /// A row of the desk.
    pub struct DraftRow {
        pub id: i64,
        pub slug: String,
        pub hed: String,
        /// draft edit legal ready published spiked
        pub status: String,
        /// desk archive bin
        pub place: String,
        pub words: usize,
        pub target_words: Option<u32>,
        /// None while they are still to be counted.
        pub counts: Option<QuoteCounts>,
        /// The latest embargo among the notes its quotes rest on, when it has not passed.
        pub embargo: Option<String>,
        /// When it is due; none where nobody said.
        pub deadline: Option<String>,
        /// What last happened to it.
        pub last: Option<EventView>,
        pub changed_at: String,
        pub byline: String,
        /// The first words of the body.
        pub first_words: String,
    }

    /// Something that happened to a piece.
    pub struct EventView {
        pub at: String,
        /// A sentence: *sent to legal*, *exported as DOCX, let pass by SB: …*.
        pub words: String,
        /// Who signed it, where the words do not say so; empty when nobody had said who works here.
        pub by: String,
    }

    /// What is to be said of a piece beside its words; none stays as it is.
    pub struct RoutingOrder {
        pub id: i64,
        /// As the editor knows it: names it in a refusal.
        pub slug: String,
        /// draft edit legal ready published spiked
        pub status: Option<String>,
        /// desk archive bin
        pub place: Option<String>,
        /// When it is due; empty for no deadline.
        pub deadline: Option<String>,
        /// How many words are ordered; 0 for none.
        pub target_words: Option<u32>,
    }

    /// A piece whose words were replaced by others.
    pub struct Replaced {
        pub draft: DraftView,
        /// The revision of what stood before; null where that was an empty piece without a past.
        pub before_id: Option<i64>,
    }

    /// A piece, whole.
    pub struct DraftView {
        pub id: i64,
        pub slug: String,
        pub status: String,
        pub place: String,
        pub target_words: Option<u32>,
        pub hed: String,
        pub dek: String,
        pub byline: String,
        pub dateline: String,
        pub body: String,
        /// Name it in the next save.
        pub version: i64,
        pub changed_at: String,
    }

    /// What the page saves: the whole piece as it stands in the window.
    pub struct DraftEdit {
        pub id: i64,
        /// The version that was read or last saved.
        pub version: i64,
        pub slug: String,
        pub target_words: Option<u32>,
        pub hed: String,
        pub dek: String,
        pub byline: String,
        pub dateline: String,
        pub body: String,
    }

    /// A save that is on the disk.
    pub struct Saved {
        pub version: i64,
        pub saved_at: String,
        pub words: usize,
        pub tks: usize,
        /// The slug as kept: another is given when the one asked for is taken.
        pub slug: String,
    }

    /// A row of the sources list.
    pub struct NoteRow {
        pub id: i64,
        pub name: String,
        pub source: String,
        pub kind: String,
        pub place: String,
        pub said_at: String,
        /// on the record, background, deep background, off the record
        pub terms: String,
        pub terms_words: String,
        pub embargo: Option<String>,
        pub is_embargoed: bool,
        pub is_confidential: bool,
        pub words: usize,
        /// The piece it was gathered for, if any.
        pub draft_id: Option<i64>,
        pub is_in_bin: bool,
    }

    /// A note, whole.
    pub struct NoteView {
        pub id: i64,
        pub name: String,
        pub source: String,
        pub kind: String,
        pub place: String,
        pub said_at: String,
        pub terms: String,
        pub terms_words: String,
        pub embargo: Option<String>,
        pub is_confidential: bool,
        pub aliases: Vec<String>,
        pub text: String,
        pub draft_id: Option<i64>,
        /// In the order of the text.
        pub timecodes: Vec<TimecodeView>,
        pub recording: Option<RecordingView>,
    }

    /// A place of a note that says when it was said.
    pub struct TimecodeView {
        pub at: Place16,
        /// From the beginning of the recording.
        pub ms: u64,
    }

    /// The recording of a note. Where it lies is not told.
    pub struct RecordingView {
        pub id: i64,
        /// The name of the file, without its folder.
        pub name: String,
        pub size_bytes: u64,
    }

    /// A file as it was when it was looked at.
    pub struct SoundFile {
        pub path: String,
        pub size_bytes: u64,
        pub sha256: String,
    }

    /// All that one source said, and where it was used.
    pub struct SourceView {
        /// Those outside the bin, by date; never empty.
        pub notes: Vec<SaidView>,
        /// The pieces that use their words, last changed first.
        pub pieces: Vec<UsedView>,
        /// How many pieces more name them and were not looked at.
        pub n_left: usize,
    }

    /// A note of a source.
    pub struct SaidView {
        pub note: NoteRow,
        pub text: String,
    }

    /// A piece that uses words of a source.
    pub struct UsedView {
        pub draft_id: i64,
        pub slug: String,
        /// In the order of the text; never empty.
        pub quotes: Vec<UseView>,
    }

    /// A quote of a source where it stands.
    pub struct UseView {
        /// The sentence or sentences it stands in.
        pub sentence: String,
        /// Where in the sentence the quoted words stand.
        pub marks: Vec<Place16>,
        pub quote: QuoteView,
    }

    /// What of a note never leaves the desk.
    pub struct RedactedView {
        /// How the proof names the note where it shows a passage of it.
        pub line: String,
        /// What of its head stays here.
        pub kept: Vec<KeptBack>,
        /// In the order of the text; nothing overlaps.
        pub blanked: Vec<BlankView>,
    }

    /// A part of a note's head.
    pub struct KeptBack {
        /// source, place, other names, file name
        pub part: String,
        pub words: String,
    }

    /// Words of a note that are blanked.
    pub struct BlankView {
        /// In the note's text.
        pub at: Place16,
        /// confidential name, off the record, under embargo
        pub why: String,
    }

    /// What the page saves of a note. `id` none makes a new one.
    pub struct NoteEdit {
        pub id: Option<i64>,
        pub name: String,
        pub source: String,
        pub kind: String,
        pub place: String,
        pub said_at: String,
        pub terms: String,
        pub terms_words: String,
        pub embargo: Option<String>,
        pub is_confidential: bool,
        pub aliases: Vec<String>,
        pub text: String,
        pub draft_id: Option<i64>,
    }

    /// What each way of tidying speech counts as: verbatim, trimmed or altered.
    pub struct PolicyView {
        pub fillers: String,
        pub false_starts: String,
        pub contractions: String,
        pub grammar: String,
    }

    /// A file the editor picked or dropped.
    pub struct FileIn {
        pub name: String,
        /// The bytes, base64.
        pub bytes: String,
    }

    /// The parts of a piece above its body.
    pub struct HeadView {
        pub hed: String,
        pub dek: String,
        pub byline: String,
        pub dateline: String,
    }

    /// What a file would bring as a piece.
    pub struct SeenFile {
        pub slug: String,
        pub head: HeadView,
        /// What goes back to the top of the body where a part is left empty, as Markdown; empty where nothing does.
        pub taken: HeadView,
        /// The first words of the body.
        pub first_words: String,
        /// Words of the body.
        pub n_words: usize,
        /// The lines of the body that are no copy.
        pub furniture: Vec<String>,
        /// A sentence each, naming file and line.
        pub warnings: Vec<String>,
        /// No part of the head was guessed and nothing is lost: there is nothing to decide.
        pub is_sure: bool,
    }

    /// A file to be taken as a piece.
    pub struct FileOrder {
        pub file: FileIn,
        /// The head an editor says it has; none for the head as it was read.
        pub head: Option<HeadView>,
    }

    /// What an import brought.
    pub struct Imported {
        pub draft_ids: Vec<i64>,
        pub note_ids: Vec<i64>,
        /// A sentence each, naming file and line.
        pub warnings: Vec<String>,
    }

    /// A sentence of a note that may be quoted.
    pub struct PassageView {
        pub note: NoteRow,
        pub words: String,
        /// Where in the words those stand that were asked for.
        pub marks: Vec<Place16>,
        /// Where in the note's text.
        pub at: Place16,
    }

    /// A search hit, in its sentence.
    pub struct Hit {
        /// draft, note, comment or revision
        pub kind: String,
        /// Of the note, else of the piece.
        pub id: i64,
        /// The slug, or the note's source and date.
        pub title: String,
        /// Who made the comment; empty for all else.
        pub by: String,
        /// What the revision is called; empty where it has no name, and for all else.
        pub name: String,
        /// When the comment or the revision was made.
        pub made_at: Option<String>,
        /// Of a revision.
        pub revision_id: Option<i64>,
        /// The sentence it stands in.
        pub sentence: String,
        /// Where in the sentence.
        pub marks: Vec<Place16>,
        /// Where in the body or the note's text; none when the hit is in a title, in a revision, or in a comment whose words are
        /// gone.
        pub at: Option<Place16>,
    }

    /// What was found in some of the former revisions.
    pub struct PastHits {
        pub hits: Vec<Hit>,
        /// Where to go on; null behind the last.
        pub below: Option<i64>,
    }
}
