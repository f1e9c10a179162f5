//! The sample story, put on an empty desk so that the first minute shows what Stet is for.

use super::notes::Indexed;
use super::{Desk, history};
use crate::draft::Place;
use crate::error::Result;
use crate::import;
use crate::revision::Cause;
use chrono::{DateTime, TimeDelta, Utc};

/// The three states of the piece, oldest first.
const STATES: [&str; 3] = [
    include_str!("../../sample/ferry-sale.1.md"),
    include_str!("../../sample/ferry-sale.2.md"),
    include_str!("../../sample/ferry-sale.md"),
];

const NOTES: [(&str, &str); 3] = [
    ("eze-call.md", include_str!("../../sample/notes/eze-call.md")),
    ("moreau-email.md", include_str!("../../sample/notes/moreau-email.md")),
    ("pilot-interview.md", include_str!("../../sample/notes/pilot-interview.md")),
];

impl Desk {
    /// True when nothing was ever put on this desk.
    pub fn is_empty(&self) -> Result<bool> {
        for place in [Place::Desk, Place::Archive, Place::Bin] {
            if !self.store.list_drafts(place)?.is_empty() {
                return Ok(false);
            }
        }
        Ok(self.store.list_notes()?.is_empty())
    }

    /// Puts the sample story on an empty desk: a piece begun two days ago, the revision *sent to legal* a day later,
    /// and three notes. A desk that has anything stays as it is. Says whether it did.
    pub fn set_out_sample(&mut self, now: DateTime<Utc>) -> Result<bool> {
        if !self.is_empty()? {
            return Ok(false);
        }
        let [first, second, last] = STATES.map(|text| import::read_piece("ferry-sale.md", text.as_bytes()).0);
        let (first_day, second_day) = (now - TimeDelta::days(2), now - TimeDelta::days(1));
        self.store.all_or_none(|store| {
            let draft = store.new_draft(&first.slug, last.target_words, &first.copy, Cause::Created, first_day)?;
            for (name, text) in NOTES {
                store.add_note(&import::read_note(name, text.as_bytes()).0, Some(draft.id), first_day)?;
            }
            let indexed = Indexed::read(store)?;
            history::overwrite(store, draft.id, second.copy, second_day)?;
            history::keep(store, &indexed, draft.id, Cause::Named, Some("sent to legal"), second_day)?;
            store.set_status(draft.id, last.status, second_day)?;
            history::overwrite(store, draft.id, last.copy, now)?;
            Ok(())
        })?;
        Ok(true)
    }
}
