//! What goes out, and what holds it back.

use super::Place16;
use serde::{Deserialize, Serialize};

wire_types! {
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
        /// A word of `export::Format`.
        pub format: String,
        /// What is in the file; of a package, the page as it will read.
        pub content: String,
        pub is_page: bool,
        /// The file cannot be shown as it is written.
        pub is_packed: bool,
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

    /// How plain text is set.
    pub struct PlainView {
        /// Lines of at most 72 letters.
        pub is_wrapped: bool,
        /// Quote marks and dashes as a typewriter has them.
        pub is_straight: bool,
    }

    /// A piece to be pasted.
    pub struct PastedView {
        /// Head and body as a part of a page.
        pub html: String,
        pub text: String,
    }

    /// What was pasted, as Markdown.
    pub struct PastedIn {
        pub text: String,
        /// What of it was lost, a sentence each.
        pub warnings: Vec<String>,
    }

    /// What went out.
    pub struct Exported {
        pub path: String,
        pub size_bytes: usize,
    }
}
