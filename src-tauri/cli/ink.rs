//! Colour on a terminal, plain in a pipe.

use std::env;
use std::io::{self, IsTerminal};

/// Paints words, or leaves them as they are.
#[derive(Clone, Copy)]
pub struct Ink {
    is_coloured: bool,
}

impl Ink {
    /// For standard output: coloured on a terminal, unless NO_COLOR is set or the terminal is dumb; CLICOLOR_FORCE
    /// colours a pipe too.
    pub fn stdout() -> Ink {
        let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
        let is_plain = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || env::var_os("TERM").is_some_and(|term| term == "dumb");
        Ink { is_coloured: !is_plain && (is_set("CLICOLOR_FORCE") || io::stdout().is_terminal()) }
    }

    pub fn is_coloured(self) -> bool {
        self.is_coloured
    }

    pub fn bold(self, words: &str) -> String {
        self.paint("1", words)
    }

    /// What an editor need not look at.
    pub fn quiet(self, words: &str) -> String {
        self.paint("2", words)
    }

    /// Verbatim, trimmed, what came in.
    pub fn right(self, words: &str) -> String {
        self.paint("32", words)
    }

    /// Wrong verdicts, alarms.
    pub fn wrong(self, words: &str) -> String {
        self.paint("31", words)
    }

    /// What is still open.
    pub fn open(self, words: &str) -> String {
        self.paint("33", words)
    }

    /// Paraphrase.
    pub fn said(self, words: &str) -> String {
        self.paint("34", words)
    }

    /// What stands elsewhere now.
    pub fn moved(self, words: &str) -> String {
        self.paint("36", words)
    }

    /// Came in: green and underlined, or `{+so+}` where there is no colour.
    pub fn inserted(self, words: &str) -> String {
        if self.is_coloured { self.paint("32;4", words) } else { format!("{{+{words}+}}") }
    }

    /// Went out: red and struck through, or `[-so-]` where there is no colour.
    pub fn deleted(self, words: &str) -> String {
        if self.is_coloured { self.paint("31;9", words) } else { format!("[-{words}-]") }
    }

    /// Came in, and reads as what went: *nine* for *9*. Dim and underlined, or `{~so~}`.
    pub fn restyled_in(self, words: &str) -> String {
        if self.is_coloured { self.paint("2;4", words) } else { format!("{{~{words}~}}") }
    }

    /// Went out, and what came reads the same: dim and struck through, or `[~so~]`.
    pub fn restyled_out(self, words: &str) -> String {
        if self.is_coloured { self.paint("2;9", words) } else { format!("[~{words}~]") }
    }

    /// A sentence where it stands now: underlined, or `{moved here: so}` where there is no colour.
    pub fn carried_here(self, words: &str) -> String {
        if self.is_coloured { self.paint("36;4", words) } else { format!("{{moved here: {words}}}") }
    }

    /// The same where it stood: struck through, or `[moved: so]`.
    pub fn carried_off(self, words: &str) -> String {
        if self.is_coloured { self.paint("36;9", words) } else { format!("[moved: {words}]") }
    }

    fn paint(self, code: &str, words: &str) -> String {
        if self.is_coloured && !words.is_empty() { format!("\x1b[{code}m{words}\x1b[0m") } else { words.to_owned() }
    }
}
