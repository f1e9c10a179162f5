//! Revisions: by themselves after a pause, by name, and put back.

use super::notes::Indexed;
use super::{Desk, Part, checked, compared};
use crate::draft::{Copy, Draft, DraftId, sentences};
use crate::error::{Code, Error, Result};
use crate::redline;
use crate::revision::{Cause, Revision, RevisionId};
use crate::span::Span;
use crate::store::{DraftEdit, Store};
use chrono::{DateTime, TimeDelta, Utc};

/// How long nothing is saved before what stands becomes a revision.
const PAUSE: TimeDelta = TimeDelta::seconds(30);

/// A revision, and what it changed against the one before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub revision: Revision,
    pub words_in: usize,
    pub words_out: usize,
    /// A quote, a number or a name changed.
    pub is_substance: bool,
}

/// A sentence of what stands on the desk, and the revision that last gave it its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blamed {
    /// Bytes into the body.
    pub sentence: Span,
    /// None where the words were typed since the last revision.
    pub revision: Option<RevisionId>,
}

/// A piece's past, to be read without the desk.
#[derive(Clone, Debug)]
pub struct Blamer {
    /// What stands on the desk.
    pub body: String,
    /// Oldest first.
    revisions: Vec<Revision>,
}

impl Blamer {
    /// Which revision last gave each sentence of the body its words, in the order of the body.
    ///
    /// Cost: see [`redline::blame`].
    pub fn blame(&self) -> Vec<Blamed> {
        let revisions = self.revisions.iter().map(|revision| &*revision.copy.body);
        let texts: Vec<&str> = revisions.chain([&*self.body]).collect();
        let sentences = sentences(&self.body);
        let origins = redline::blame(&texts, &sentences);
        let revision = |origin: usize| self.revisions.get(origin).map(|revision| revision.id);
        sentences.into_iter().zip(origins).map(|(sentence, at)| Blamed { sentence, revision: revision(at) }).collect()
    }
}

/// A piece whose words were replaced by others.
#[derive(Clone, Debug, PartialEq)]
pub struct Replaced {
    pub draft: Draft,
    /// What stood before; none where that was an empty piece without a past.
    pub before: Option<RevisionId>,
}

/// How much a revision changed.
#[derive(Clone, Copy, Debug)]
pub struct Difference {
    words_in: usize,
    words_out: usize,
    is_substance: bool,
}

impl Desk {
    /// Makes what stands on the desk a revision when nothing was saved for half a minute and a word changed since the
    /// last one. Says whether it did. Its right verdicts are owed: see [`Desk::owed`].
    pub fn settle(&mut self, id: DraftId, now: DateTime<Utc>) -> Result<bool> {
        // Asked before every save: nothing that grows with the piece may stand before this.
        let (changed_at, version) = self.store.last_save(id)?;
        let save = (id, version, changed_at);
        if now - changed_at < PAUSE || self.settled == Some(save) {
            return Ok(false);
        }
        let is_changed = self.is_changed(&self.store.open_draft(id)?)?;
        if is_changed {
            // The revision is as old as its words.
            let revision = self.store.add_revision(id, Cause::Pause, None, changed_at)?;
            self.owe_verdicts(revision);
        }
        self.settled = Some(save);
        self.store.fold_log();
        Ok(is_changed)
    }

    /// The revisions of a piece, newest first, each with what it changed.
    ///
    /// Cost: a step is compared once as long as the desk is open.
    pub fn list_revisions(&mut self, id: DraftId) -> Result<Vec<Step>> {
        self.store.open_draft(id)?;
        let revisions = self.store.list_revisions(id)?;
        let mut steps = Vec::with_capacity(revisions.len());
        for (i, revision) in revisions.iter().enumerate() {
            let before = revisions.get(i + 1).map(|before| &before.copy);
            let difference = *self
                .steps
                .entry(revision.id)
                .or_insert_with(|| Difference::between(before.unwrap_or(&Copy::default()), &revision.copy));
            let Difference { words_in, words_out, is_substance } = difference;
            steps.push(Step { revision: revision.clone(), words_in, words_out, is_substance });
        }
        Ok(steps)
    }

    /// What [`Blamer::blame`] needs of the desk.
    pub fn blamer(&self, id: DraftId) -> Result<Blamer> {
        let body = self.store.open_draft(id)?.copy.body;
        let mut revisions = self.store.list_revisions(id)?;
        revisions.reverse();
        Ok(Blamer { body, revisions })
    }

    /// Keeps what stands on the desk as a revision with a name. Its right verdicts are owed.
    pub fn name_revision(&mut self, id: DraftId, name: &str, now: DateTime<Utc>) -> Result<Step> {
        let name = name.trim();
        if name.is_empty() {
            return Err(Error::new(Code::BadInput, "A revision needs a name, such as “sent to legal”. Give it one."));
        }
        let revision = self.store.add_revision(id, Cause::Named, Some(name), now)?;
        let revision_id = revision.id;
        self.owe_verdicts(revision);
        let steps = self.list_revisions(id)?;
        let step = steps.into_iter().find(|step| step.revision.id == revision_id);
        step.ok_or_else(|| Error::new(Code::NotFound, "There is no such revision on this desk."))
    }

    /// Puts a whole revision back; what stood before is kept as a revision too.
    pub fn restore_revision(&mut self, id: DraftId, revision_id: RevisionId, now: DateTime<Utc>) -> Result<Replaced> {
        let revision = self.revision_of(id, revision_id)?;
        self.put_back(id, revision.copy, now)
    }

    /// A revision of that piece and no other.
    pub(super) fn revision_of(&self, id: DraftId, revision_id: RevisionId) -> Result<Revision> {
        let revision = self.store.open_revision(revision_id)?;
        if revision.draft_id != id {
            return Err(Error::new(
                Code::NotFound,
                "That revision belongs to another piece. Look at the history again.",
            ));
        }
        Ok(revision)
    }

    /// Puts older words back.
    pub(super) fn put_back(&mut self, id: DraftId, copy: Copy, now: DateTime<Utc>) -> Result<Replaced> {
        self.replace(id, copy, [Cause::BeforeRestore, Cause::Restore], now)
    }

    /// See [`replace`].
    pub(super) fn replace(
        &mut self,
        id: DraftId,
        copy: Copy,
        causes: [Cause; 2],
        now: DateTime<Utc>,
    ) -> Result<Replaced> {
        let indexed = self.indexed()?;
        replace(&mut self.store, &indexed, id, copy, causes, now)
    }

    /// A word changed since the last revision.
    fn is_changed(&self, draft: &Draft) -> Result<bool> {
        let last = self.store.last_revision(draft.id)?.map(|last| last.copy).unwrap_or_default();
        Ok(Part::ALL.iter().any(|part| {
            let (old, new) = (part.of(&last), part.of(&draft.copy));
            old != new && !old.split_whitespace().eq(new.split_whitespace())
        }))
    }
}

/// Makes `copy` what stands on the desk, between a revision of before and one of after.
pub(super) fn replace(
    store: &mut Store,
    indexed: &Indexed,
    id: DraftId,
    copy: Copy,
    [before, after]: [Cause; 2],
    now: DateTime<Utc>,
) -> Result<Replaced> {
    store.all_or_none(|store| {
        let before = keep_if_changed(store, indexed, id, before, now)?;
        let draft = overwrite(store, id, copy, now)?;
        keep(store, indexed, id, after, None, now)?;
        Ok(Replaced { draft, before })
    })
}

/// Saves a piece under its slug with other words, whatever its version.
pub(super) fn overwrite(store: &mut Store, id: DraftId, copy: Copy, now: DateTime<Utc>) -> Result<Draft> {
    let draft = store.open_draft(id)?;
    let edit = DraftEdit { id, slug: draft.slug, target_words: draft.target_words, copy };
    store.save_draft(&edit, draft.version, now)?;
    store.open_draft(id)
}

/// Keeps what stands on the desk as a revision, and every right verdict of it.
pub(super) fn keep(
    store: &mut Store,
    indexed: &Indexed,
    id: DraftId,
    cause: Cause,
    name: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Revision> {
    store.all_or_none(|store| {
        let revision = store.add_revision(id, cause, name, now)?;
        checked::keep_verdicts(store, indexed, id, &revision.copy.body, now)?;
        Ok(revision)
    })
}

/// The same, unless the last revision has these words already; gives the one that has them, none where a piece without a past
/// is empty.
pub(super) fn keep_if_changed(
    store: &mut Store,
    indexed: &Indexed,
    id: DraftId,
    cause: Cause,
    now: DateTime<Utc>,
) -> Result<Option<RevisionId>> {
    let draft = store.open_draft(id)?;
    match store.last_revision(id)? {
        Some(last) if last.copy == draft.copy => Ok(Some(last.id)),
        None if draft.copy == Copy::default() => Ok(None),
        _ => Ok(Some(keep(store, indexed, id, cause, None, now)?.id)),
    }
}

impl Difference {
    fn between(old: &Copy, new: &Copy) -> Difference {
        let changes = compared::compare_parts(old, new);
        Difference {
            words_in: changes.iter().map(|part| part.redline.counts.words_in).sum(),
            words_out: changes.iter().map(|part| part.redline.counts.words_out).sum(),
            is_substance: changes.iter().any(|part| part.changes.iter().any(|change| change.hunk.is_substance())),
        }
    }
}
