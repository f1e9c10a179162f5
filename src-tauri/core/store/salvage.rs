//! What can still be read of a damaged desk, copied into a new one.

use crate::error::{Code, Error, Result};
use std::path::Path;

/// What a salvage brought into the new desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Salvaged {
    pub n_drafts: usize,
    pub n_revisions: usize,
    pub n_notes: usize,
    /// Rows that were there and could not be read.
    pub n_lost: usize,
    /// For an editor, a sentence each: what was lost, what was mended.
    pub warnings: Vec<String>,
}

/// Copies what can be read of a damaged desk, row by row, into a new file. The damaged one is only read.
///
/// Errors: `BadInput` when there is a file at `new` or none at `damaged`; `Corrupt` when nothing at all can be read.
pub fn salvage(_damaged: &Path, _new: &Path) -> Result<Salvaged> {
    Err(Error::new(Code::Corrupt, "Salvage is not there yet."))
}
