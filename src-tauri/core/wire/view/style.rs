//! The house style.

use super::Place16;
use serde::{Deserialize, Serialize};

wire_types! {
    /// A place where the copy parts from the house style.
    pub struct SlipView {
        /// In the body; never empty.
        pub at: Place16,
        pub words: String,
        /// The quick fix; none where the rule only bans.
        pub preferred: Option<String>,
        /// The rule's own reason; empty where it gives none.
        pub why: String,
        /// terms capitals banned titles numbers dates reading
        pub section: String,
        /// The line of the rules, from 1: stands for the rule as long as the rules are what they are.
        pub line: usize,
    }

    /// The house style of the desk.
    pub struct StyleView {
        /// A rule a line.
        pub text: String,
        /// The rules Stet comes with.
        pub shipped: String,
        pub is_on: bool,
        pub n_rules: usize,
    }

    /// What a text says as rules.
    pub struct RulesView {
        pub n_rules: usize,
        /// Lines that are no rule.
        pub complaints: Vec<ComplaintView>,
    }

    /// A line that is no rule, and how it would be one.
    pub struct ComplaintView {
        /// From 1.
        pub line: usize,
        pub message: String,
    }
}
