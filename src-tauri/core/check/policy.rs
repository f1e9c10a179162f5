//! How much tidying of speech a desk lets pass, for newsrooms differ: fillers, false starts, contractions, grammar.

use crate::span::Span;

/// What a tidied passage counts as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pass {
    Verbatim,
    Trimmed,
    #[default]
    Altered,
}

impl Pass {
    const ALL: [Pass; 3] = [Pass::Verbatim, Pass::Trimmed, Pass::Altered];

    /// The word on the screen and in reports: a verdict's.
    pub fn word(self) -> &'static str {
        match self {
            Pass::Verbatim => "verbatim",
            Pass::Trimmed => "trimmed",
            Pass::Altered => "altered",
        }
    }

    /// The pass this word names, if any.
    pub fn from_word(word: &str) -> Option<Pass> {
        Pass::ALL.into_iter().find(|pass| pass.word() == word)
    }
}

/// A way in which copy tidies speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tidying {
    /// *um*, *you know* left out.
    Filler,
    /// *I was — I am* made *I am*.
    FalseStart,
    /// *don’t* and *do not*, *gonna* and *going to*.
    Contraction,
    /// *they was* made *they were*.
    Grammar,
}

impl Tidying {
    /// Every way, in the order they are shown.
    pub const ALL: [Tidying; 4] = [Tidying::Filler, Tidying::FalseStart, Tidying::Contraction, Tidying::Grammar];

    /// The words on the screen and in reports.
    pub fn words(self) -> &'static str {
        match self {
            Tidying::Filler => "filler",
            Tidying::FalseStart => "false start",
            Tidying::Contraction => "contraction",
            Tidying::Grammar => "grammar",
        }
    }

    /// Its name in a policy.
    fn name(self) -> &'static str {
        match self {
            Tidying::Filler => "fillers",
            Tidying::FalseStart => "false-starts",
            Tidying::Contraction => "contractions",
            Tidying::Grammar => "grammar",
        }
    }
}

/// What each way of tidying counts as. By default all are *altered*: strict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    pub fillers: Pass,
    pub false_starts: Pass,
    pub contractions: Pass,
    pub grammar: Pass,
}

impl Policy {
    /// What a way of tidying counts as.
    pub fn pass(self, tidying: Tidying) -> Pass {
        match tidying {
            Tidying::Filler => self.fillers,
            Tidying::FalseStart => self.false_starts,
            Tidying::Contraction => self.contractions,
            Tidying::Grammar => self.grammar,
        }
    }

    /// *strict*, or what is let pass: *fillers=trimmed, contractions=verbatim*.
    pub fn words(self) -> String {
        let parts = Tidying::ALL.into_iter().filter(|tidying| self.pass(*tidying) != Pass::Altered);
        let parts: Vec<String> =
            parts.map(|tidying| format!("{}={}", tidying.name(), self.pass(tidying).word())).collect();
        if parts.is_empty() { "strict".into() } else { parts.join(", ") }
    }

    /// The policy these words tell; what they leave out is strict. None where a word is no policy's.
    pub fn from_words(words: &str) -> Option<Policy> {
        let mut policy = Policy::default();
        let parts = words.split(',').map(str::trim).filter(|part| !part.is_empty() && *part != "strict");
        for part in parts {
            let (name, pass) = part.split_once('=')?;
            let pass = Pass::from_word(pass.trim())?;
            match Tidying::ALL.into_iter().find(|tidying| tidying.name() == name.trim())? {
                Tidying::Filler => policy.fillers = pass,
                Tidying::FalseStart => policy.false_starts = pass,
                Tidying::Contraction => policy.contractions = pass,
                Tidying::Grammar => policy.grammar = pass,
            }
        }
        Some(policy)
    }
}

/// A difference the policy let pass, so that nothing is tidied in silence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed {
    pub tidying: Tidying,
    /// Bytes into the draft; empty span where words were left out.
    pub draft: Span,
    /// Bytes into the best evidence's note.
    pub note: Span,
    /// What it counts as; never *altered*.
    pub counts_as: Pass,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_is_read_back_as_it_is_told() {
        let policy = Policy { fillers: Pass::Trimmed, contractions: Pass::Verbatim, ..Policy::default() };
        assert_eq!(policy.words(), "fillers=trimmed, contractions=verbatim", "only what is let pass is told");
        assert_eq!(Policy::from_words(&policy.words()), Some(policy), "the desk keeps a policy by its words");
        assert_eq!(Policy::from_words("strict"), Some(Policy::default()), "strict lets nothing pass");
        assert_eq!(Policy::from_words("fillers=gone"), None, "a word that is no verdict's is refused");
    }
}
