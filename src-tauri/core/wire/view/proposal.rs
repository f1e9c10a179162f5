//! What came back for a piece, and its changes.

use super::{DraftView, Place16, RedlineRow, RedlineView, StretchView};
use serde::{Deserialize, Serialize};

wire_types! {
    /// What a file that came back would bring.
    pub struct ReturnedView {
        /// The revision it was made of; none where the piece has none.
        pub base_id: Option<i64>,
        /// What it is called: *sent as ferry.docx, 23 November 14:02*.
        pub base_title: String,
        /// Why that one, a sentence.
        pub base_words: String,
        /// It tracks its changes, and says who made which.
        pub is_tracked: bool,
        /// Who made the changes, as the file says; empty where it does not.
        pub authors: Vec<String>,
        pub changes: usize,
        pub comments: usize,
        /// A sentence each, naming the file.
        pub warnings: Vec<String>,
    }

    /// A file that came back, on the list of a piece.
    pub struct ProposalRow {
        pub id: i64,
        pub came_at: String,
        /// The file it came in.
        pub name: String,
        /// Who made it, as far as one name says it; may be empty.
        pub by: String,
        pub is_in_bin: bool,
    }

    /// Who made a change.
    pub struct AuthorView {
        pub by: String,
        /// None where the file does not say.
        pub at: Option<String>,
    }

    /// One change of a file that came back.
    pub struct SuggestionView {
        pub authors: Vec<AuthorView>,
        /// open, there already, accepted, rejected
        pub fate: String,
        /// Who accepted or rejected it; none where nobody did.
        pub settled: Option<AuthorView>,
        /// Where the desk changed the same words in another way; empty where it did not, and for what is settled.
        pub conflicts: Vec<StretchView>,
    }

    /// The changes of a file that came back, against the piece as it stands.
    pub struct SuggestionsView {
        pub proposal: ProposalRow,
        /// What they had against what they made of it; its changes are numbered like `each`.
        pub redline: RedlineView,
        pub each: Vec<SuggestionView>,
        /// How many are still to be settled.
        pub open: usize,
        /// What was odd about the file, a sentence each; only when it comes.
        pub warnings: Vec<String>,
        /// Name it in `act_on_suggestions`.
        pub version: i64,
    }

    /// Who suggests in a piece.
    pub struct SuggestingView {
        /// The revision the suggestions are made of.
        pub base_id: i64,
        pub by: String,
        pub since: String,
    }

    /// What is suggested in a piece.
    pub struct SuggestedView {
        pub suggesting: SuggestingView,
        /// Substance first; `change` stands for one in `take_back` against the revision.
        pub rows: Vec<RedlineRow>,
        /// Where each change of the body is seen, in the order of the body.
        pub marks: Vec<SuggestedMark>,
    }

    /// Words of the body that are suggested, or the place where some stood.
    pub struct SuggestedMark {
        /// Empty where words only went.
        pub at: Place16,
        /// What stood here.
        pub gone: String,
        /// The graf stood elsewhere; its words are not new.
        pub is_move: bool,
        pub change: Option<usize>,
    }

    /// How suggesting ended.
    pub struct HandedOver {
        pub draft: DraftView,
        /// What was handed over; null where the suggestions were kept, or there were none.
        pub proposal: Option<ProposalRow>,
    }

    /// What an act on suggestions came to.
    pub struct ActedView {
        pub suggestions: SuggestionsView,
        pub draft: DraftView,
        /// How many were left open, for the desk changed the same words.
        pub left: usize,
    }
}
