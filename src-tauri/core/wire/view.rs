//! The shapes of the answers: bytes are UTF-16 by now, times RFC 3339 in UTC.

use serde::{Deserialize, Serialize};

/// A half-open place in a text, in UTF-16 code units.
pub type Place16 = [usize; 2];

/// Declares the types that cross the wire: camel case there, and TypeScript written from them.
macro_rules! wire_types {
    ($($(#[doc = $doc:literal])* pub struct $name:ident { $($(#[doc = $field_doc:literal])* pub $field:ident: $type:ty,)* })*) => {
        $(
            $(#[doc = $doc])*
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
            #[cfg_attr(test, derive(ts_rs::TS))]
            #[serde(rename_all = "camelCase")]
            pub struct $name { $($(#[doc = $field_doc])* pub $field: $type,)* }
        )*

        /// Every wire type as TypeScript, in the order of this file.
        #[cfg(test)]
        pub fn type_declarations(config: &ts_rs::Config) -> Vec<String> {
            use ts_rs::TS;
            vec![$(<$name as TS>::decl(config),)*]
        }
    };
}

wire_types! {
    /// A refusal. `code` is one of: notFound badInput conflict busy readOnly diskFull corrupt newerDesk gate io.
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
        /// Notes on the desk.
        pub n_notes: usize,
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
        pub changed_at: String,
        /// The first words of the body.
        pub first_words: String,
    }

    /// Something that happened to a piece.
    pub struct EventView {
        pub at: String,
        /// A sentence: *sent to legal*, *exported as DOCX, let pass by SB: …*.
        pub words: String,
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

    /// What an import brought.
    pub struct Imported {
        pub draft_ids: Vec<i64>,
        pub note_ids: Vec<i64>,
        /// A sentence each, naming file and line.
        pub warnings: Vec<String>,
    }

    /// A search hit, in its sentence.
    pub struct Hit {
        /// draft or note
        pub kind: String,
        pub id: i64,
        /// The slug, or the note's source and date.
        pub title: String,
        /// The sentence it stands in.
        pub sentence: String,
        /// Where in the sentence.
        pub marks: Vec<Place16>,
        /// Where in the body or the note's text; none when the hit is in a title.
        pub at: Option<Place16>,
    }

    /// A change of substance.
    pub struct AlarmView {
        /// negation number name date hedge
        pub kind: String,
        /// In the draft's body.
        pub draft: Place16,
        /// In the note's text.
        pub note: Place16,
        /// The badge: *not lost*, *30 → 13*.
        pub words: String,
    }

    /// One difference between draft and note.
    pub struct ChangeView {
        /// word dropped added moved number name negation folded
        pub kind: String,
        pub draft: Place16,
        pub note: Place16,
        /// The policy let it pass; `passed` says so.
        pub is_passed: bool,
    }

    /// A cell of the word-under-word alignment: the draft's words above, the note's below; one may be empty.
    pub struct AlignedView {
        pub draft: String,
        pub note: String,
        /// same, or as in ChangeView
        pub kind: String,
    }

    /// A passage a verdict rests on.
    pub struct EvidenceView {
        pub note_id: i64,
        pub source: String,
        /// kind, place, said at: *call, telephone, 10 November 2026*
        pub line: String,
        pub terms: String,
        pub is_confidential: bool,
        /// In the note's text.
        pub at: Place16,
        pub words: String,
        /// False where someone else than the quote's speaker said the words.
        pub is_own: bool,
    }

    /// A cq: checked, correct as it is.
    pub struct CqView {
        pub by: String,
        pub reason: String,
        pub at: String,
    }

    /// One quote and how it stands.
    pub struct QuoteView {
        /// Stands for this quote in calls about it, as long as its words and attribution are what they are.
        pub key: String,
        /// In the body.
        pub content: Vec<Place16>,
        pub marked: Vec<Place16>,
        pub text: String,
        /// direct unmarked mixed indirect
        pub form: String,
        /// said asked negated hypothetical
        pub stance: String,
        pub cue: Option<Place16>,
        pub cue_words: String,
        /// Where the mention stands.
        pub mention: Option<Place16>,
        pub mention_words: String,
        /// The full name, or the mention where the text gives none, or empty.
        pub speaker: String,
        pub is_unnamed: bool,
        /// *“He” stands for John Schulman, graf 3*
        pub resolved_by: String,
        pub rule: String,
        pub verdict: String,
        /// right open wrong
        pub weight: String,
        pub alarms: Vec<AlarmView>,
        /// ok, name withheld, off the record, embargoed until …, confidential source named
        pub terms: String,
        pub is_terms_ok: bool,
        /// The doubt about who spoke: *The words may be Ines Eze’s or Tomas Eze’s.* Empty where there is none.
        pub doubt: String,
        pub evidence: Vec<EvidenceView>,
        pub changes: Vec<ChangeView>,
        pub aligned: Vec<AlignedView>,
        /// What the policy let pass, in words: *filler “um”, counted as trimmed*.
        pub passed: Vec<String>,
        /// What was folded, in words: *case, quote marks, 9 = nine*.
        pub folded: String,
        pub cq: Option<CqView>,
        /// Why the cq or the last verdict no longer stands: *the words changed*, *the note changed 13:40*; none when it does.
        pub stale: Option<String>,
        /// Still needs an editor: wrong, open, alarmed, terms broken or stale, and no cq that holds.
        pub needs_editor: bool,
    }

    /// A piece read and checked.
    pub struct CheckView {
        /// In the order of the text.
        pub quotes: Vec<QuoteView>,
        pub furniture: Vec<Place16>,
        pub tks: Vec<Place16>,
        pub counts: QuoteCounts,
        pub words: usize,
        /// By what policy: *strict*, *fillers=trimmed*.
        pub policy: String,
    }

    /// A change for the page to make in its editor, so that it can be undone there.
    pub struct TextEdit {
        pub at: Place16,
        pub insert: String,
    }

    /// A row of a piece's history.
    pub struct RevisionRow {
        pub id: i64,
        pub saved_at: String,
        pub cause: String,
        pub name: Option<String>,
        pub words: usize,
        /// Words in and out since the one before, and whether a quote, number or name changed.
        pub words_in: usize,
        pub words_out: usize,
        pub is_substance: bool,
    }

    /// A sentence, and the revision that last gave it its words; none where they were typed since the last one.
    pub struct BlamedSentence {
        pub words: String,
        pub revision_id: Option<i64>,
    }

    /// A paragraph of the body, sentence by sentence.
    pub struct BlamedGraf {
        pub sentences: Vec<BlamedSentence>,
    }

    /// One side of a comparison. Exactly one of the three: a revision, now, or a file's bytes.
    pub struct Side {
        pub revision_id: Option<i64>,
        pub is_now: bool,
        pub file: Option<FileIn>,
    }

    /// A run of words in a comparison.
    pub struct WordView {
        /// same insert delete
        pub kind: String,
        pub text: String,
        pub old: Option<Place16>,
        pub new: Option<Place16>,
        /// Stands for this change in `take_back`; none for what is the same.
        pub change: Option<usize>,
    }

    /// A paragraph in a comparison, in reading order.
    pub struct OpView {
        /// same edit insert delete move move+edit split merge rewrite format
        pub kind: String,
        /// hed dek byline dateline body
        pub part: String,
        pub old: Option<Place16>,
        pub new: Option<Place16>,
        pub words: Vec<WordView>,
        /// Paragraph number in the old text and in the new, from 1.
        pub old_graf: Option<usize>,
        pub new_graf: Option<usize>,
        /// A quote, a number or a name changed.
        pub is_substance: bool,
        /// Stands for this op in `take_back`; none for what is the same.
        pub change: Option<usize>,
    }

    /// A row of the list of changes, substance first.
    pub struct RedlineRow {
        /// Its place in `ops`.
        pub op: usize,
        /// *Quote · Ines Eze*, *Number*, *Moved and edited*, *Split in two*, *Prose*
        pub title: String,
        /// *We will → may sell it*
        pub words: String,
        /// What it touches: quote, speaker, number, name, date, negation, hedge, link, prose, cosmetic.
        pub class: String,
        pub is_substance: bool,
        pub is_cosmetic: bool,
        /// Stands for it in `take_back`.
        pub change: Option<usize>,
    }

    /// Two states of a piece compared.
    pub struct RedlineView {
        pub old_title: String,
        pub new_title: String,
        pub ops: Vec<OpView>,
        pub rows: Vec<RedlineRow>,
        pub words_in: usize,
        pub words_out: usize,
        pub changes: usize,
        pub moves: usize,
        pub substance: usize,
    }

    /// A reason the gate holds a piece back.
    pub struct ReasonView {
        /// alarm verdict terms embargo tk confidential stale
        pub kind: String,
        /// A sentence.
        pub words: String,
        /// The quote it is about.
        pub quote_key: Option<String>,
        /// Where in the body.
        pub at: Option<Place16>,
    }

    /// The gate before an export.
    pub struct GateView {
        pub reasons: Vec<ReasonView>,
    }

    /// Exactly what goes out.
    pub struct Preview {
        /// md html txt docx proof
        pub format: String,
        /// Text for md and txt; a page for html and proof, and for docx as it will read.
        pub content: String,
        pub is_page: bool,
        pub file_name: String,
        pub size_bytes: usize,
    }

    /// A request to export.
    pub struct ExportOrder {
        pub draft_id: i64,
        pub format: String,
        /// Where to write; a folder that is missing is refused.
        pub path: String,
        /// Why it may pass a gate with reasons; empty when there is none.
        pub why: String,
        /// Replace a file that is there.
        pub is_overwrite: bool,
    }

    /// What went out.
    pub struct Exported {
        pub path: String,
        pub size_bytes: usize,
    }
}
