//! Quotes and how they stand.

use super::{Place16, QuoteCounts};
use serde::{Deserialize, Serialize};

wire_types! {
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
        /// What is against the use, in a sentence: *This was said off the record.* Empty where nothing is.
        pub terms_why: String,
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
        /// What a title bar may call the piece: its slug, confidential names blanked.
        pub title: String,
    }

    /// A change for the page to make in its editor, so that it can be undone there.
    pub struct TextEdit {
        pub at: Place16,
        pub insert: String,
    }

    /// Words of a note, made a quote.
    pub struct QuotedView {
        pub edit: TextEdit,
        /// What an editor has to know of the terms, a sentence each.
        pub told: Vec<String>,
    }
}
