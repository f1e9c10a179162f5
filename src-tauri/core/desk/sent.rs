//! A comparison goes out: as a Word file with tracked changes, or as a page to read.

use super::checked::Checker;
use super::out::{Passed, in_full, may_write, not_written};
use super::{Desk, PartChanges, Reason, ReasonKind, Side, State, Title, compare_parts, even_out, reasons};
use crate::draft::{Copy, DraftId};
use crate::error::{Code, Error, Result};
use crate::export::{self, Marked, Part};
use crate::revision::Cause;
use crate::store::ExportRecord;
use chrono::{DateTime, Utc};
use std::path::{Path, PathBuf};

/// A request to send a comparison out.
#[derive(Clone, Debug)]
pub struct ChangesOrder {
    pub draft_id: DraftId,
    pub old: Side,
    pub new: Side,
    pub path: PathBuf,
    /// A page; else a Word file.
    pub is_page: bool,
    /// What is said about the piece goes with it, confidential names blanked; in a Word file alone.
    pub has_comments: bool,
    /// Why it may pass a gate with reasons; empty when there is none.
    pub why: String,
    /// Replace a file that is there.
    pub is_overwrite: bool,
}

impl Desk {
    /// Writes a comparison to a file, whole or not at all. What stands now is kept as a revision with the file's name, so
    /// that what comes back can be held against what was sent. Comments in the text stay on the desk. Returns how many
    /// bytes it is.
    ///
    /// Errors: `Gate` when the gate has reasons and no `why` is given; `BadInput` when the folder is missing, nobody signs,
    /// or comments are asked for beside a file; `Conflict` when a file is there and is not to be replaced; `DiskFull`,
    /// `Io`.
    pub fn write_changes(&mut self, order: &ChangesOrder, now: DateTime<Utc>) -> Result<usize> {
        let ChangesOrder { draft_id, old, new, path, is_page, has_comments, why, is_overwrite } = order;
        may_write(self.store(), path, *is_overwrite)?;
        if *has_comments && matches!(new, Side::File(_)) {
            let message = "Comments stand on a piece of the desk. Put it on the newer side.";
            return Err(Error::new(Code::BadInput, message));
        }
        let draft = self.store().open_draft(*draft_id)?;
        let (mut old, mut new) = (self.read_side(*draft_id, old)?, self.read_side(*draft_id, new)?);
        even_out(&mut old, &mut new);
        let passed = self.pass_changes(*draft_id, [&old.copy, &new.copy], why, now)?;
        let name = |state: &State| match &state.title {
            Title::Revision(revision) => revision.title(&draft.slug),
            Title::Now => draft.slug.clone(),
            Title::File(name) => name.clone(),
        };
        let (old_title, new_title) = (name(&old), name(&new));
        let (is_now, at) = match &new.title {
            Title::Revision(revision) => (false, revision.saved_at),
            Title::Now => (true, draft.changed_at),
            Title::File(_) => (false, now),
        };
        let parts = compare_parts(&old.copy.outgoing(), &new.copy.outgoing());
        let body = parts.iter().find(|part| part.part == super::Part::Body).map_or("", |part| part.new.as_str());
        let threads = if *has_comments { self.threads_to_send(*draft_id, body)? } else { Vec::new() };
        let author = self.editor()?;
        let marked = Marked {
            old_title: &old_title,
            new_title: &new_title,
            author: &author,
            at,
            parts: parts.iter().map(PartChanges::marked).collect(),
            threads,
        };
        let bytes = if *is_page { marked.html().into_bytes() } else { marked.docx() };
        let failed = |cause| not_written(path, cause, "The piece is safe on the desk.");
        let part = Part::write(path, &bytes).map_err(failed)?;
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let name = is_now.then(|| format!("sent as {file}"));
        let record = record(passed, *draft_id, path, bytes.len(), now);
        let revision = self.store.all_or_none(|store| {
            let add = |name: String| store.add_revision(*draft_id, Cause::Named, Some(&name), now);
            let revision = name.map(add).transpose()?;
            let revision_id = revision.as_ref().map(|revision| revision.id);
            store.add_export(&ExportRecord { revision_id, ..record })?;
            Ok(revision)
        })?;
        revision.into_iter().for_each(|revision| self.owe_verdicts(revision));
        part.put_in_place().map_err(failed)?;
        Ok(bytes.len())
    }

    /// Lets a comparison of a piece pass the gate, or refuses: it is asked for what of either side must not leave the desk.
    /// That a quote is open or a TK is left holds nothing back here: it is sent to be read before the piece is right.
    ///
    /// Errors: as [`Desk::write_changes`] has them of the gate.
    pub fn pass_changes(&self, id: DraftId, sides: [&Copy; 2], why: &str, now: DateTime<Utc>) -> Result<Passed> {
        let mut held: Vec<Reason> = Vec::new();
        for copy in sides {
            let checked = Checker::new(&self.store, self.snapshot()?, id)?.check(&copy.body, now);
            let is_private = |kind| matches!(kind, ReasonKind::Terms | ReasonKind::Embargo | ReasonKind::Confidential);
            for reason in reasons(copy, &checked, now).into_iter().filter(|reason| is_private(reason.kind)) {
                if held.iter().all(|held| held.words != reason.words) {
                    held.push(reason);
                }
            }
        }
        self.pass(held, why)
    }

    /// Keeps of a comparison that it went out, who let it pass and why.
    pub fn keep_changes(
        &mut self,
        id: DraftId,
        passed: Passed,
        path: &Path,
        n_bytes: usize,
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.store.add_export(&record(passed, id, path, n_bytes, now))
    }
}

fn record(passed: Passed, id: DraftId, path: &Path, n_bytes: usize, now: DateTime<Utc>) -> ExportRecord {
    passed.record(id, export::CHANGES, in_full(path).display().to_string(), n_bytes, now)
}
