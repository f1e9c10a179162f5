//! A comparison that keeps up with typing: what did not change since the last one is not read again.

use super::side::{Kept, Side};
use super::{Redline, compare_sides};

/// The two texts last compared, and what was found out about their grafs.
#[derive(Default)]
pub struct Live {
    old: Kept,
    new: Kept,
}

impl Live {
    /// Compares the texts as they stand now: byte for byte what [`super::compare`] finds. Total: any texts, never a panic.
    ///
    /// Cost: reading the grafs between the first and the last that changed since the last comparison, and aligning all.
    pub fn compare(&mut self, old: &str, new: &str) -> Redline {
        let mut olds = Side::after(std::mem::take(&mut self.old), old);
        let mut news = Side::after(std::mem::take(&mut self.new), new);
        let redline = compare_sides(&mut olds, &mut news, true);
        (self.old, self.new) = (olds.keep(), news.keep());
        redline
    }
}
