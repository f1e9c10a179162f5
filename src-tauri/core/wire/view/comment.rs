//! What is said about words of a piece.

use super::Place16;
use serde::{Deserialize, Serialize};

wire_types! {
    /// A comment with its replies.
    pub struct ThreadView {
        /// The first comment's.
        pub id: i64,
        /// The words it stood on when it was made.
        pub words: String,
        /// Where they stand in the body; none when they are gone.
        pub at: Option<Place16>,
        /// In the order they were said, the first of them what began it.
        pub said: Vec<CommentView>,
        /// Who resolved it, if anybody; may be empty where nobody had said who works here.
        pub resolved_by: Option<String>,
        pub resolved_at: Option<String>,
    }

    /// One thing somebody said.
    pub struct CommentView {
        pub id: i64,
        /// Empty when nobody had said who works here.
        pub by: String,
        pub at: String,
        pub is_edited: bool,
        pub text: String,
    }
}
