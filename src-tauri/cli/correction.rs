//! `stet correction`: a draft of the notice that owns up to what was wrong.

use crate::desk::open_to_read;
use crate::diff::{Side, read_sides, state_of};
use crate::output::Output;
use serde::Serialize;
use std::path::{Path, PathBuf};
use stet::check::Withheld;
use stet::desk::{self, compare_parts, even_out};
use stet::error::Result;

#[derive(Serialize)]
struct Reply {
    corrections: Vec<CorrectionReply>,
}

#[derive(Serialize)]
struct CorrectionReply {
    /// See `Class::word`.
    class: &'static str,
    words: String,
}

/// Between what was published and what stands.
pub fn run(from_desk: impl Fn() -> Result<PathBuf>, old: &Path, new: &Path, is_json: bool) -> Result<Output> {
    let (old_side, new_side) = read_sides(&from_desk, old, new)?;
    let warnings = [&old_side, &new_side].into_iter().flat_map(Side::warnings).collect();
    let (mut old, mut new) = (state_of(&old_side, old), state_of(&new_side, new));
    even_out(&mut old, &mut new);
    let withheld = match (&old_side, &new_side) {
        (Side::File(_), Side::File(_)) => Withheld::default(),
        _ => open_to_read(&from_desk()?)?.withheld()?,
    };
    let corrections = desk::corrections(&compare_parts(&old.copy.outgoing(), &new.copy.outgoing()), &withheld);
    let output = if is_json {
        let reply =
            |correction: desk::Correction| CorrectionReply { class: correction.class.word(), words: correction.words };
        Output::json(&Reply { corrections: corrections.into_iter().map(reply).collect() })
    } else if corrections.is_empty() {
        Output::plain("No fact changed that a correction notice would tell of.\n".into())
    } else {
        let words: Vec<String> = corrections.into_iter().map(|correction| correction.words).collect();
        Output::plain(format!("CORRECTION\n\n{}\n", words.join("\n\n")))
    };
    Ok(output.warn(warnings))
}
