//! Spelling.

use super::Place16;
use serde::{Deserialize, Serialize};

wire_types! {
    /// A word no dictionary knows.
    pub struct MisspellingView {
        /// In the body; never empty.
        pub at: Place16,
        pub word: String,
        /// It stands in speech: nothing puts it right unasked.
        pub is_quoted: bool,
    }

    /// How the desk reads for spelling.
    pub struct SpellingView {
        /// The name of the dictionary; none where nothing is read.
        pub language: Option<String>,
        /// The dictionaries there are, those Stet comes with first.
        pub languages: Vec<String>,
        /// Words all in capitals are read too.
        pub reads_capitals: bool,
        /// Words that were learned, by the alphabet.
        pub words: Vec<String>,
    }
}
