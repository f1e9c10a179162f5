//! Revisions, and what changed between them.

use super::{FileIn, Place16};
use serde::{Deserialize, Serialize};

wire_types! {
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

    /// A request to send a comparison out.
    pub struct ChangesOrder {
        pub draft_id: i64,
        pub old: Side,
        pub new: Side,
        pub path: String,
        /// A page; else a Word file.
        pub is_page: bool,
        /// With what is said about the piece; in a Word file alone.
        pub has_comments: bool,
        /// Why it may pass a gate with reasons; empty when there is none.
        pub why: String,
        /// Replace a file that is there.
        pub is_overwrite: bool,
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
        /// The sentence that moved whose end this is, by its place in `carries`.
        pub carry: Option<usize>,
    }

    /// A sentence, or several in a row, that moved.
    pub struct CarryView {
        /// Where it stood, and where it stands: their places in `ops`.
        pub old_op: usize,
        pub new_op: usize,
        /// Paragraph number in the old text and in the new, from 1.
        pub old_graf: usize,
        pub new_graf: usize,
        /// What was edited on the way; empty where its words are as they were.
        pub words: Vec<WordView>,
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
        /// A graf or a sentence stands elsewhere.
        pub is_move: bool,
        /// Stands for it in `take_back`.
        pub change: Option<usize>,
    }

    /// Two states of a piece compared.
    pub struct RedlineView {
        pub old_title: String,
        pub new_title: String,
        pub ops: Vec<OpView>,
        pub rows: Vec<RedlineRow>,
        /// In the order of the new text.
        pub carries: Vec<CarryView>,
        pub words_in: usize,
        pub words_out: usize,
        pub changes: usize,
        pub moves: usize,
        pub substance: usize,
    }

    /// What is merged: the text both began with, and what became of it here and there.
    pub struct MergeSides {
        pub base: Side,
        pub ours: Side,
        pub theirs: Side,
    }

    /// A stretch of a merged text in all three readings, in order.
    pub struct StretchView {
        /// hed dek byline dateline body
        pub part: String,
        /// Whose words it is: nobody (unchanged) ours theirs both (they agree) conflict
        pub by: String,
        pub base: String,
        pub ours: String,
        pub theirs: String,
    }

    /// What two people made of one text.
    pub struct MergeView {
        pub base_title: String,
        pub ours_title: String,
        pub theirs_title: String,
        pub stretches: Vec<StretchView>,
        /// Name it in `take_merge`.
        pub version: i64,
    }
}
