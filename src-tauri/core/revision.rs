//! A state of a piece that was kept. Revisions are only ever added.

use crate::draft::{Copy, DraftId};
use chrono::{DateTime, Utc};

/// Which revision; later ones have larger numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RevisionId(pub i64);

/// Why a revision was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The first words of a piece.
    Created,
    /// A pause after real change.
    Pause,
    /// An editor named it (*sent to legal*).
    Named,
    /// What stood before an import came in.
    BeforeImport,
    /// What an import brought.
    Import,
    /// What stood before a merge was taken.
    BeforeMerge,
    /// What a merge brought.
    Merge,
    /// What stood before an older revision, or a part of one, was put back.
    BeforeRestore,
    /// What a restore put back.
    Restore,
    /// What stood before that which was typed and came back after a crash.
    BeforeRecovery,
    /// What stood before an editor began to suggest.
    BeforeSuggestions,
    /// What an editor suggested.
    Suggestions,
    /// What went out.
    Export,
}

impl Cause {
    /// Every cause.
    pub const ALL: [Cause; 13] = [
        Cause::Created,
        Cause::Pause,
        Cause::Named,
        Cause::BeforeImport,
        Cause::Import,
        Cause::BeforeMerge,
        Cause::Merge,
        Cause::BeforeRestore,
        Cause::Restore,
        Cause::BeforeRecovery,
        Cause::BeforeSuggestions,
        Cause::Suggestions,
        Cause::Export,
    ];

    /// The word in the store and on the screen.
    pub fn word(self) -> &'static str {
        match self {
            Cause::Created => "created",
            Cause::Pause => "pause",
            Cause::Named => "named",
            Cause::BeforeImport => "before import",
            Cause::Import => "import",
            Cause::BeforeMerge => "before merge",
            Cause::Merge => "merge",
            Cause::BeforeRestore => "before restore",
            Cause::Restore => "restore",
            Cause::BeforeRecovery => "before recovery",
            Cause::BeforeSuggestions => "before suggestions",
            Cause::Suggestions => "suggestions",
            Cause::Export => "export",
        }
    }

    /// The cause a word names, if any.
    pub fn from_word(word: &str) -> Option<Cause> {
        Cause::ALL.into_iter().find(|cause| cause.word() == word)
    }
}

/// One kept state of a piece.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    pub id: RevisionId,
    pub draft_id: DraftId,
    pub saved_at: DateTime<Utc>,
    pub cause: Cause,
    /// *sent to legal*; none when it came by itself.
    pub name: Option<String>,
    pub copy: Copy,
}

impl Revision {
    /// *ferry-sale@3, sent to legal*
    pub fn title(&self, slug: &str) -> String {
        let name = self.name.as_ref().map(|name| format!(", {name}")).unwrap_or_default();
        format!("{slug}@{}{name}", self.id.0)
    }
}
