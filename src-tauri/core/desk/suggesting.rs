//! Suggest mode: what an editor types is a suggestion, for another to accept or reject.
//!
//! While an editor suggests, what stands on the desk is what they make of the piece, so that it is kept, checked and
//! undone like all that is typed; what it is made of is a revision. Handed over, what differs becomes a proposal, and the
//! piece is again what it was. Tried and left: a second text beside the piece, which would need keeping, checking and
//! searching of its own.

use super::compared::{Comparer, Side};
use super::{Desk, Replaced, history};
use crate::draft::{Draft, DraftId};
use crate::error::{Code, Error, Result};
use crate::revision::{Cause, RevisionId};
use crate::store::{Proposal, Proposed};
use chrono::{DateTime, Utc};

/// The name of a proposal that came in no file.
const SUGGESTED_HERE: &str = "suggested here";

/// A piece in which an editor suggests.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggesting {
    /// What the suggestions are made of.
    pub base: RevisionId,
    /// Who began.
    pub by: String,
    pub since: DateTime<Utc>,
}

impl Desk {
    /// Who suggests in a piece, and since when; none where what is typed is the piece. Errors: `NotFound`.
    pub fn suggesting(&self, id: DraftId) -> Result<Option<Suggesting>> {
        self.store.last_save(id)?;
        let Some(event) = self.store.suggesting(id)? else { return Ok(None) };
        let base = event.suggested_on();
        Ok(base.map(|base| Suggesting { base, by: event.by, since: event.at }))
    }

    /// Makes what is typed from now on suggestions; where somebody suggests already, it goes on.
    ///
    /// Errors: `BadInput` where nobody has said who works here; `NotFound`.
    pub fn start_suggesting(&mut self, id: DraftId, now: DateTime<Utc>) -> Result<Suggesting> {
        if let Some(suggesting) = self.suggesting(id)? {
            return Ok(suggesting);
        }
        let by = self.editor()?;
        if by.is_empty() {
            let message = "Suggestions are signed, and nobody has said who works here. Say it, then suggest.";
            return Err(Error::new(Code::BadInput, message));
        }
        let indexed = self.indexed()?;
        self.store.all_or_none(|store| {
            history::keep_if_changed(store, &indexed, id, Cause::BeforeSuggestions, now)?;
            let base = match store.last_revision(id)? {
                Some(last) => last.id,
                None => history::keep(store, &indexed, id, Cause::BeforeSuggestions, None, now)?.id,
            };
            store.begin_suggesting(id, base, now)?;
            Ok(Suggesting { base, by, since: now })
        })
    }

    /// What comparing what is suggested needs of the desk, `body` as it stands in the window; none where nobody suggests.
    pub fn suggested(&self, id: DraftId, body: String) -> Result<Option<(Suggesting, Comparer)>> {
        let Some(suggesting) = self.suggesting(id)? else { return Ok(None) };
        let comparer = self.comparer(id, &Side::Revision(suggesting.base), &Side::Now)?.with_new_body(body);
        Ok(Some((suggesting, comparer)))
    }

    /// Ends suggesting. Kept, the suggestions are the piece; else they are handed over as a proposal, none where nothing
    /// was changed, and the piece is again what it was: one new revision between what was suggested and what stands.
    ///
    /// Errors: `BadInput` where nobody suggests; `NotFound`.
    pub fn stop_suggesting(
        &mut self,
        id: DraftId,
        is_kept: bool,
        now: DateTime<Utc>,
    ) -> Result<(Draft, Option<Proposal>)> {
        let Some(Suggesting { base, by, .. }) = self.suggesting(id)? else {
            return Err(Error::new(Code::BadInput, "Nobody suggests in this piece. Look at it again."));
        };
        let (old, draft) = (self.revision_of(id, base)?.copy, self.store.open_draft(id)?);
        let n_changes: usize = self.compared.compare(&old, &draft.copy).iter().map(|part| part.changes.len()).sum();
        let indexed = self.indexed()?;
        self.store.all_or_none(|store| {
            if is_kept || n_changes == 0 {
                store.end_suggesting(id, if n_changes == 0 { "nothing suggested" } else { "suggestions kept" }, now)?;
                return Ok((draft, None));
            }
            let words = Proposed {
                name: SUGGESTED_HERE.to_owned(),
                by,
                revision_id: Some(base),
                old: old.clone(),
                new: draft.copy,
                authors: String::new(),
            };
            let proposal = store.add_proposal(id, &words, now)?;
            let Replaced { draft, .. } =
                history::replace(store, &indexed, id, old, [Cause::Suggestions, Cause::Restore], now)?;
            let s = if n_changes == 1 { "" } else { "s" };
            store.end_suggesting(id, &format!("{n_changes} suggestion{s} handed over"), now)?;
            Ok((draft, Some(proposal)))
        })
    }
}
