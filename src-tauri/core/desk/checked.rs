//! A piece read and held against the notes, what was settled about its quotes, and the edits an editor asks for.

use super::Desk;
use super::judge::{Counts, Judged, Reading, Settled, Settlement, judge};
use super::notes::{Indexed, Snapshot};
use crate::check::{self, Notes, Policy, Verdict, Weight};
use crate::draft::{Draft, DraftId};
use crate::error::{Code, Error, Result};
use crate::note::NoteId;
use crate::quote::{self, Form};
use crate::revision::{Revision, RevisionId};
use crate::span::{self, Span};
use crate::store::{Judgement, JudgementId, JudgementKind, JudgementNote, NewJudgement, Store};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

/// A piece read and checked.
pub struct Checked {
    /// In the order of the text.
    pub quotes: Vec<Judged>,
    pub furniture: Vec<Span>,
    /// What it was held against.
    pub notes: Arc<Notes>,
    /// What tidying of speech was let pass.
    pub policy: Policy,
    /// What a title bar may call the piece: its slug, confidential names blanked.
    pub title: String,
}

impl Checked {
    /// How many quotes lie on each heap.
    pub fn counts(&self) -> Counts {
        Counts::of(&self.quotes)
    }

    fn get(&self, key: &str) -> Result<&Judged> {
        self.quotes.iter().find(|judged| judged.reading.key() == key).ok_or_else(|| {
            let message = "That quote is not in the piece as it stands: its words or its attribution changed. \
                           Check again and choose it anew.";
            Error::new(Code::NotFound, message)
        })
    }
}

/// All that a check of one piece needs, so that it can be made without holding the desk.
pub struct Checker {
    notes: Snapshot,
    settled: Vec<Settled>,
    policy: Policy,
    live: Arc<Live>,
    slug: String,
}

/// The last text read and its findings, so that the next check costs only what changed.
#[derive(Default)]
pub struct Live {
    reading: Mutex<quote::Live>,
    findings: Mutex<check::Live>,
}

impl Live {
    /// What the finder finds in a body.
    pub(super) fn read(&self, body: &str) -> quote::Reading {
        self.reading.lock().unwrap_or_else(PoisonError::into_inner).read(body)
    }
}

impl Checker {
    pub(super) fn new(store: &Store, notes: Snapshot, id: DraftId) -> Result<Checker> {
        let settled = store.list_judgements(id)?.into_iter().filter_map(settled_from).collect();
        Ok(Checker { notes, settled, policy: super::kept_policy(store)?, live: Arc::default(), slug: String::new() })
    }

    /// A cq or a verdict that was settled about the piece rests on one of these notes.
    pub(super) fn rests_on(&self, ids: &BTreeSet<NoteId>) -> bool {
        self.settled.iter().any(|settled| settled.reading.note.as_ref().is_some_and(|(id, _)| ids.contains(id)))
    }

    /// The same by another policy than the desk's.
    pub fn with_policy(self, policy: Policy) -> Checker {
        Checker { policy, ..self }
    }

    /// Finds and checks every quote of a body.
    pub fn check(&self, body: &str, now: DateTime<Utc>) -> Checked {
        let Indexed { notes, changed_at, .. } = self.notes.indexed();
        let reading = self.live.read(body);
        let mut findings = self.live.findings.lock().unwrap_or_else(PoisonError::into_inner);
        let findings = findings.check(body, &reading.quotes, &notes, self.policy, now);
        let changed_at = |id| changed_at.get(&id).copied();
        let quotes = judge(body, reading.quotes, findings, &notes, &self.settled, changed_at);
        let title = notes.withheld().blank(&self.slug);
        Checked { quotes, furniture: reading.furniture, notes, policy: self.policy, title }
    }
}

/// A change for the page to make in its editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Bytes into the body that was sent; empty to insert.
    pub at: Span,
    pub insert: String,
}

impl Desk {
    /// What a check of a piece needs.
    pub fn checker(&self, id: DraftId) -> Result<Checker> {
        let slug = self.store.open_draft(id)?.slug;
        let checker = Checker::new(&self.store, self.snapshot()?, id)?;
        Ok(Checker { live: Arc::clone(&self.live), slug, ..checker })
    }

    /// A piece as it stands on the desk, checked.
    pub(super) fn open_checked(&mut self, id: DraftId, now: DateTime<Utc>) -> Result<(Draft, Checked)> {
        let draft = self.store.open_draft(id)?;
        let checked = self.check_draft(id, &draft.copy.body, now)?;
        Ok((draft, checked))
    }

    /// Finds and checks every quote in a body that stands in the window.
    pub fn check_draft(&mut self, id: DraftId, body: &str, now: DateTime<Utc>) -> Result<Checked> {
        Ok(self.checker(id)?.check(body, now))
    }

    /// Marks a quote cq: checked, correct as it is. `by` empty means the desk's editor.
    ///
    /// Errors: `BadInput` when nobody signs or no reason is given; `NotFound` when no quote has that key.
    pub fn set_cq(
        &mut self,
        id: DraftId,
        body: &str,
        key: &str,
        reason: &str,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<Checked> {
        let by = if by.trim().is_empty() { self.editor()? } else { by.trim().to_owned() };
        if by.is_empty() {
            return Err(Error::new(Code::BadInput, "A cq is signed. Say who works here, then mark it."));
        }
        if reason.trim().is_empty() {
            return Err(Error::new(Code::BadInput, "A cq needs a reason, such as “heard the tape”. Give one."));
        }
        let settlement = Settlement::Cq { by, reason: reason.trim().to_owned() };
        self.settle_quote(id, body, key, now, |judged| (judged.cq.iter().collect(), Some(settlement)))
    }

    /// Takes a cq back, stale or not.
    pub fn clear_cq(&mut self, id: DraftId, body: &str, key: &str, now: DateTime<Utc>) -> Result<Checked> {
        self.settle_quote(id, body, key, now, |judged| (judged.cq.iter().collect(), None))
    }

    /// Accepts a stale quote as it stands now: a stale cq holds again, signed as before; a stale verdict gives way.
    pub fn check_again(&mut self, id: DraftId, body: &str, key: &str, now: DateTime<Utc>) -> Result<Checked> {
        self.settle_quote(id, body, key, now, |judged| {
            let is_right = judged.finding.verdict.weight() == Weight::Right;
            let verdict = is_right.then_some(Settlement::Verdict(judged.finding.verdict));
            match (&judged.cq, judged.cq_stale) {
                (Some(cq), Some(_)) => (vec![cq], Some(cq.settlement.clone())),
                _ => (judged.kept.iter().collect(), verdict),
            }
        })
    }

    /// Clears some settlements of a quote and makes another.
    fn settle_quote(
        &mut self,
        id: DraftId,
        body: &str,
        key: &str,
        now: DateTime<Utc>,
        choose: impl FnOnce(&Judged) -> (Vec<&Settled>, Option<Settlement>),
    ) -> Result<Checked> {
        let checked = self.check_draft(id, body, now)?;
        let judged = checked.get(key)?;
        let (cleared, settlement) = choose(judged);
        self.store.all_or_none(|store| {
            for settled in cleared {
                store.clear_judgement(settled.id, now)?;
            }
            if let Some(settlement) = settlement {
                store.add_judgement(&judgement_of(id, judged, settlement), now)?;
            }
            Ok(())
        })?;
        self.check_draft(id, body, now)
    }

    /// The edits that put the source's words in. Errors: `BadInput` when there are none to put in.
    pub fn put_words_in(&mut self, id: DraftId, body: &str, key: &str, now: DateTime<Utc>) -> Result<Vec<Edit>> {
        let checked = self.check_draft(id, body, now)?;
        let judged = checked.get(key)?;
        let edits = check::words_from_source(body, &judged.quote, &judged.finding, &checked.notes);
        if edits.is_empty() {
            let message = if judged.finding.evidence.is_empty() {
                "No note holds a passage for this quote, so there are no words to put in. Find the note first."
            } else {
                "There is nothing to put in: these are the source's words already, or the writer's own."
            };
            return Err(Error::new(Code::BadInput, message));
        }
        Ok(edits.into_iter().map(|(at, insert)| Edit { at, insert }).collect())
    }

    /// The edits that set the missing quote marks. Errors: `BadInput` when the quote is not unmarked speech.
    pub fn mark_marks(&mut self, id: DraftId, body: &str, key: &str, now: DateTime<Utc>) -> Result<Vec<Edit>> {
        let checked = self.check_draft(id, body, now)?;
        let judged = checked.get(key)?;
        if judged.quote.form != Form::Unmarked {
            let message = "Only direct speech whose marks were lost can be given marks. This quote is not such.";
            return Err(Error::new(Code::BadInput, message));
        }
        Ok(mark_edits(body, &judged.quote.content))
    }
}

/// A revision whose right verdicts are still to be kept.
#[derive(Clone)]
pub struct Debt {
    draft_id: DraftId,
    revision_id: RevisionId,
    body: String,
    at: DateTime<Utc>,
}

/// What the desk owes, with all that doing it needs.
pub enum Owed {
    /// The verdicts of a revision are to be found.
    Verdicts { debt: Debt, checker: Checker, n_judgements: (i64, i64) },
    /// Notes are to be indexed.
    Index(Snapshot),
}

/// What was owed, ready to be kept.
pub enum Kept {
    Verdicts {
        debt: Debt,
        verdicts: Verdicts,
        n_judgements: (i64, i64),
    },
    /// Cards of notes.
    Cards,
}

impl Owed {
    /// Finds the verdicts, indexes the notes; that may be long, and needs no desk.
    pub fn read(self) -> Kept {
        match self {
            Owed::Verdicts { debt, checker, n_judgements } => {
                let checked = checker.check(&debt.body, debt.at);
                Kept::Verdicts { verdicts: Verdicts::of(&checked, debt.draft_id), debt, n_judgements }
            }
            Owed::Index(snapshot) => {
                drop(snapshot.indexed());
                Kept::Cards
            }
        }
    }
}

impl Desk {
    pub(super) fn owe_verdicts(&mut self, revision: Revision) {
        let Revision { id: revision_id, draft_id, saved_at: at, copy, .. } = revision;
        self.owed.push(Debt { draft_id, revision_id, body: copy.body, at });
    }

    /// What the desk owes since a pause made a revision: its right verdicts, so that it can tell when they go stale; and
    /// notes that are not indexed yet.
    ///
    /// Whoever asks reads each and hands it to [`Desk::keep_owed`], as soon as no one waits for an answer. Should the
    /// program end before, the next revision keeps them.
    pub fn owed(&mut self) -> Result<Vec<Owed>> {
        self.keep_cards()?;
        let debts = std::mem::take(&mut self.owed);
        let unread = self.unread_notes()?.map(Owed::Index);
        unread.map(Ok).into_iter().chain(debts.into_iter().map(|debt| self.ready(debt))).collect()
    }

    /// Keeps verdicts that were owed. When something was settled about the piece since they were asked for, they stay
    /// owed; when a later revision was made, they are let go.
    pub fn keep_owed(&mut self, kept: Kept) -> Result<()> {
        let Kept::Verdicts { debt, verdicts, n_judgements } = kept else {
            return self.keep_cards().map(|_| ());
        };
        let last = self.store.last_revision(debt.draft_id)?;
        if last.is_none_or(|last| last.id != debt.revision_id) {
            return Ok(());
        }
        if self.n_judgements(debt.draft_id)? != n_judgements {
            self.owed.push(debt);
            return Ok(());
        }
        self.store.all_or_none(|store| verdicts.keep(store, debt.at))
    }

    /// Keeps at once all that is owed.
    pub fn keep_all_owed(&mut self) -> Result<()> {
        for owed in self.owed()? {
            self.keep_owed(owed.read())?;
        }
        Ok(())
    }

    fn ready(&self, debt: Debt) -> Result<Owed> {
        let (checker, n_judgements) = (self.checker(debt.draft_id)?, self.n_judgements(debt.draft_id)?);
        Ok(Owed::Verdicts { debt, checker, n_judgements })
    }

    fn n_judgements(&self, id: DraftId) -> Result<(i64, i64)> {
        Ok(self.store.count_judgements()?.remove(&id).unwrap_or_default())
    }
}

/// Right verdicts to be kept beside the revision that has them.
pub struct Verdicts {
    cleared: Vec<JudgementId>,
    added: Vec<NewJudgement>,
}

impl Verdicts {
    /// A verdict that is stale already stays as it is: an editor has not seen it yet.
    pub(super) fn of(checked: &Checked, id: DraftId) -> Verdicts {
        let mut verdicts = Verdicts { cleared: Vec::new(), added: Vec::new() };
        for judged in &checked.quotes {
            let verdict = judged.finding.verdict;
            let is_kept = judged.kept.as_ref().is_some_and(|kept| kept.reading == judged.reading);
            if verdict.weight() != Weight::Right || judged.kept_stale.is_some() || is_kept {
                continue;
            }
            verdicts.cleared.extend(judged.kept.iter().map(|kept| kept.id));
            verdicts.added.push(judgement_of(id, judged, Settlement::Verdict(verdict)));
        }
        verdicts
    }

    pub(super) fn keep(&self, store: &mut Store, now: DateTime<Utc>) -> Result<()> {
        for id in &self.cleared {
            store.clear_judgement(*id, now)?;
        }
        for judgement in &self.added {
            store.add_judgement(judgement, now)?;
        }
        Ok(())
    }
}

/// Keeps each right verdict of a body beside the revision that has it, so that the desk can tell when it goes stale.
pub fn keep_verdicts(store: &mut Store, indexed: &Indexed, id: DraftId, body: &str, now: DateTime<Utc>) -> Result<()> {
    let checked = Checker::new(store, Snapshot::Indexed(indexed.clone()), id)?.check(body, now);
    Verdicts::of(&checked, id).keep(store, now)
}

fn judgement_of(draft_id: DraftId, judged: &Judged, settlement: Settlement) -> NewJudgement {
    let Reading { words, cue, mention, speaker, n_before, note } = &judged.reading;
    let (kind, by, reason) = match settlement {
        Settlement::Cq { by, reason } => (JudgementKind::Cq, by, reason),
        Settlement::Verdict(_) => (JudgementKind::Verdict, String::new(), String::new()),
    };
    NewJudgement {
        draft_id,
        kind,
        words: words.clone(),
        attribution: format!("{cue}\n{mention}\n{speaker}\n{n_before}"),
        verdict: judged.finding.verdict.words().to_owned(),
        by,
        reason,
        notes: note
            .iter()
            .map(|(note_id, print)| JudgementNote { note_id: *note_id, fingerprint: print.clone() })
            .collect(),
    }
}

/// What a judgement in the store says; none for a verdict this Stet does not know.
fn settled_from(judgement: Judgement) -> Option<Settled> {
    let mut parts = judgement.attribution.split('\n').map(str::to_owned);
    let mut next = || parts.next().unwrap_or_default();
    let (cue, mention, speaker, n_before) = (next(), next(), next(), next().parse().unwrap_or(0));
    let note = judgement.notes.into_iter().next().map(|note| (note.note_id, note.fingerprint));
    let settlement = match judgement.kind {
        JudgementKind::Cq => Settlement::Cq { by: judgement.by, reason: judgement.reason },
        JudgementKind::Verdict => Settlement::Verdict(Verdict::from_words(&judgement.verdict)?),
    };
    let reading = Reading { words: judgement.words, cue, mention, speaker, n_before, note };
    Some(Settled { id: judgement.id, reading, settlement, settled_at: judgement.made_at })
}

/// Opening and closing marks around each stretch of a quote, paragraph by paragraph: a quote that runs over several
/// opens each and closes the last.
fn mark_edits(body: &str, content: &[Span]) -> Vec<Edit> {
    let mut edits = Vec::new();
    for stretch in content {
        let grafs: Vec<Span> = span::lines(stretch.of(body)).iter().map(|line| line.shift(stretch.start)).collect();
        for (i, graf) in grafs.iter().enumerate() {
            let graf = graf.trim(body);
            edits.push(Edit { at: Span::new(graf.start, graf.start), insert: "“".into() });
            if i + 1 == grafs.len() {
                edits.push(Edit { at: Span::new(graf.end, graf.end), insert: "”".into() });
            }
        }
    }
    edits
}
