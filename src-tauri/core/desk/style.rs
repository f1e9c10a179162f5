//! The house style a desk keeps: its rules as text, whether they are asked for, and the slips of a draft.

use super::Desk;
use super::checked::Live;
use crate::error::{Code, Error, Result};
use crate::export::Part;
use crate::span::one_line;
use crate::style::{self, Rules, Slip};
use std::path::Path;
use std::sync::Arc;

/// All that finding the slips of a text needs, so that it can be done without holding the desk.
pub struct Stylist {
    /// The rules as text, read where nobody waits for the desk; none where the house style is off.
    text: Option<String>,
    live: Arc<Live>,
}

impl Stylist {
    /// The slips of a body, in order; none where the house style is off. The reading is shared with the check, so a body
    /// that was just checked is not read again.
    pub fn find(&self, body: &str) -> Vec<Slip> {
        let find = |text: &String| style::find(body, &self.live.read(body), &Rules::read(text).0);
        self.text.as_ref().map(find).unwrap_or_default()
    }
}

impl Desk {
    /// The house style of this desk as text, a rule a line; what Stet comes with until somebody wrote their own.
    pub fn style(&self) -> Result<String> {
        Ok(self.store.setting("style")?.unwrap_or_else(|| Rules::shipped_text().into()))
    }

    /// Keeps a house style. Errors: `BadInput` where a line is no rule; what was kept stays.
    pub fn set_style(&mut self, text: &str) -> Result<()> {
        if let Some(complaint) = Rules::read(text).1.first() {
            let message = format!("The rules were not kept. Line {}: {}", complaint.line, complaint.message);
            return Err(Error::new(Code::BadInput, message));
        }
        self.store.set_setting("style", text)
    }

    /// Whether a draft is held against the house style; so it is until said otherwise.
    pub fn is_style_on(&self) -> Result<bool> {
        Ok(self.store.setting("style_off")?.as_deref() != Some("1"))
    }

    /// Says whether drafts are held against the house style; the rules stay as they are.
    pub fn set_style_on(&mut self, is_on: bool) -> Result<()> {
        self.store.set_setting("style_off", if is_on { "0" } else { "1" })
    }

    /// Adds to the rule in a line (from 1) the words in which its term may stand.
    ///
    /// Errors: `BadInput` where the line is no rule about words, or its term is not in `phrase`; what was kept stays.
    pub fn except_from_style(&mut self, line: usize, phrase: &str) -> Result<()> {
        let phrase = one_line(phrase);
        let text = style::with_exception(&self.style()?, line, &phrase).map_err(|complaint| {
            Error::new(Code::BadInput, format!("The exception was not kept. {}", complaint.message))
        })?;
        self.set_style(&text)
    }

    /// Writes the rules to a file, in place of one that is there. Returns how many bytes it is.
    ///
    /// Errors: `BadInput` where that is the desk itself or one of its backups, `Io` when it cannot be written.
    pub fn write_style(&self, path: &Path) -> Result<usize> {
        if self.store.is_own_file(path) {
            return Err(Error::new(Code::BadInput, format!("{} is the desk itself. Choose another.", path.display())));
        }
        let text = self.style()?;
        Part::write(path, text.as_bytes()).and_then(Part::put_in_place).map_err(|cause| {
            let message = format!("The rules could not be written to {}. Choose another place.", path.display());
            Error::new(Code::Io, message).because(cause)
        })?;
        Ok(text.len())
    }

    /// What finding slips needs.
    pub fn stylist(&self) -> Result<Stylist> {
        let text = if self.is_style_on()? { Some(self.style()?) } else { None };
        Ok(Stylist { text, live: Arc::clone(&self.live) })
    }
}
