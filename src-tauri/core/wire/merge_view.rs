//! What two people made of one text, as the page draws it.

use super::redline_view::title_words;
use super::view::*;
use crate::desk::{Merging, Part};
use crate::redline::Stretch;
use chrono::{DateTime, Utc};

/// A merge in reading order.
pub fn merge_view(merging: &Merging, now: DateTime<Utc>) -> MergeView {
    let stretches = merging
        .parts
        .iter()
        .flat_map(|(part, merged)| merged.stretches.iter().map(|stretch| stretch_view(*part, stretch)));
    MergeView {
        base_title: title_words(&merging.base, now),
        ours_title: title_words(&merging.ours, now),
        theirs_title: title_words(&merging.theirs, now),
        stretches: stretches.collect(),
        version: merging.version,
    }
}

/// A stretch of a part.
pub fn stretch_view(part: Part, stretch: &Stretch) -> StretchView {
    StretchView {
        part: part.word().into(),
        by: stretch.by.word().into(),
        base: stretch.base.clone(),
        ours: stretch.ours.clone(),
        theirs: stretch.theirs.clone(),
    }
}
