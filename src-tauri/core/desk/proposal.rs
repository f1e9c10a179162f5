//! Suggestions: the changes of a proposal, each taken into the piece or left.
//!
//! A proposal never changes: what becomes of each change is kept beside it, by the place of its words, so that any of
//! them can be taken back in any order. What stands on the desk is merged with the change that is accepted, never
//! replaced. Tried and left: a proposal whose two texts draw near each other with each act, where nothing settled can be
//! shown in its place, or taken back but the last.

use super::compared::{self, Live};
use super::{Choice, Comparison, Desk, Part, PartChanges, Title, history};
use crate::draft::{Copy, Draft, DraftId};
use crate::error::{Code, Error, Result};
use crate::redline::{self, By, Hunk, Merged, Stretch};
use crate::revision::Cause;
use crate::span::{Span, lines, one_line};
use crate::store::{Proposal, ProposalId};
use chrono::{DateTime, SecondsFormat, Utc};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// Who made a change, and when.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Author {
    /// Empty where nobody says.
    pub by: String,
    pub at: Option<DateTime<Utc>>,
}

/// What became of a suggestion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Open,
    /// The desk changed the same words to the same: there is nothing to settle.
    There,
    Accepted,
    Rejected,
}

impl Fate {
    /// The word on the screen.
    pub fn word(self) -> &'static str {
        match self {
            Fate::Open => "open",
            Fate::There => "there already",
            Fate::Accepted => "accepted",
            Fate::Rejected => "rejected",
        }
    }
}

/// One change of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Who made it, each once; empty where nobody says.
    pub authors: Vec<Author>,
    pub fate: Fate,
    /// Who accepted or rejected it.
    pub settled: Option<Author>,
    /// Where the desk changed the same words in another way: an editor chooses. Empty for what is settled.
    pub conflicts: Vec<Stretch>,
}

/// A proposal as it stands against the piece.
#[derive(Clone, Debug)]
pub struct Suggestions {
    pub proposal: Proposal,
    /// What they had against what they made of it.
    pub comparison: Comparison,
    /// One for each change of the comparison, in their order.
    pub each: Vec<Suggestion>,
    /// Of the piece on the desk when it was read.
    pub version: i64,
}

impl Suggestions {
    /// How many are still to be settled.
    pub fn n_open(&self) -> usize {
        self.each.iter().filter(|suggestion| suggestion.fate == Fate::Open).count()
    }
}

/// What is done with suggestions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Their words go into the piece. Where the desk changed the same words, they are left open.
    Accept,
    Reject,
    /// Settles one where the desk changed the same words.
    Choose(Choice),
    /// Opens them again; what was accepted goes out of the piece.
    TakeBack,
}

/// What was done.
#[derive(Clone, Debug, PartialEq)]
pub struct Acted {
    pub draft: Draft,
    /// How many were left open, for the desk changed the same words.
    pub n_left: usize,
}

/// A proposal as it was read, to be held against the piece without the desk.
pub struct Suggester {
    proposal: Proposal,
    base: Title,
    draft: Draft,
    live: Arc<Live>,
}

impl Suggester {
    /// Cost: a comparison and a merge; where the desk changed the same grafs, a merge for each suggestion in them.
    pub fn suggest(self) -> Suggestions {
        let work = Work::new(&self.proposal, &self.draft.copy, &self.live);
        let each = work.parts.iter().flat_map(|part| part.suggestions(&work.stretches, &self.proposal)).collect();
        let parts = work.parts.into_iter().map(|part| part.compared).collect();
        let new = Title::File(self.proposal.words.name.clone());
        let comparison = Comparison { old: self.base, new, parts };
        Suggestions { proposal: self.proposal, comparison, each, version: self.draft.version }
    }
}

impl Desk {
    /// The proposals for a piece, newest first, those in the bin too.
    pub fn list_proposals(&self, id: DraftId) -> Result<Vec<Proposal>> {
        self.store.list_proposals(id)
    }

    /// What telling the suggestions of a proposal needs of the desk. Errors: `NotFound`.
    pub fn suggester(&self, id: ProposalId) -> Result<Suggester> {
        let proposal = self.store.open_proposal(id)?;
        let base = match proposal.words.revision_id {
            Some(revision_id) => Title::Revision(Box::new(self.store.open_revision(revision_id)?)),
            None => Title::Now,
        };
        let draft = self.store.open_draft(proposal.draft_id)?;
        Ok(Suggester { proposal, base, draft, live: Arc::clone(&self.compared) })
    }

    /// Accepts, rejects or takes back suggestions, named by their places in [`Suggestions::each`]: the piece changes
    /// once, with a revision of before and one of after, or not at all. `version` is the one the suggestions told.
    ///
    /// Errors: `Conflict` when the piece was changed since; `BadInput` when there is no such suggestion, when one is
    /// chosen for several, or when what was accepted was changed again since and cannot be taken out by itself.
    pub fn act_on_suggestions(
        &mut self,
        id: ProposalId,
        changes: &[usize],
        act: Act,
        version: i64,
        now: DateTime<Utc>,
    ) -> Result<Acted> {
        let Suggester { proposal, draft, live, .. } = self.suggester(id)?;
        if self.suggesting(draft.id)?.is_some() {
            let message = "What you accept now would be a suggestion itself, for this piece is in suggest mode. Hand the \
                           suggestions in it over or keep them first; nothing was changed.";
            return Err(Error::new(Code::BadInput, message));
        }
        if draft.version != version {
            let message =
                "The piece was changed since these suggestions were shown. Look at them again; nothing was changed.";
            return Err(Error::new(Code::Conflict, message));
        }
        let mut work = Work::new(&proposal, &draft.copy, &live);
        let author = Author { by: self.editor()?, at: Some(now) };
        let n_left = work.act(changes, act, &author)?;
        let (copy, settled) = (work.copy(), work.settled_words());
        let indexed = self.indexed()?;
        let draft = self.store.all_or_none(|store| {
            store.settle_proposal(id, &settled)?;
            if copy == draft.copy {
                return Ok(draft);
            }
            let causes = [Cause::BeforeMerge, Cause::Merge];
            Ok(history::replace(store, &indexed, draft.id, copy, causes, now)?.draft)
        })?;
        Ok(Acted { draft, n_left })
    }

    /// Puts a proposal in the bin, or takes it back. Errors: `NotFound`.
    pub fn bin_proposal(&mut self, id: ProposalId, is_in_bin: bool) -> Result<Proposal> {
        self.store.bin_proposal(id, is_in_bin)
    }
}

/// A proposal, part by part, with what stands now.
struct Work {
    parts: Vec<PartWork>,
    now: Copy,
    stretches: Stretches,
}

struct PartWork {
    compared: PartChanges,
    /// What stands on the desk.
    now: String,
    /// For each change how it was settled; none for what is open.
    settled: Vec<Option<Settled>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Settled {
    is_accepted: bool,
    author: Author,
}

impl Work {
    fn new(proposal: &Proposal, now: &Copy, live: &Live) -> Work {
        let known = read_settled(&proposal.settled);
        let part = |compared: PartChanges| {
            let settled =
                compared.changes.iter().map(|change| known.get(&Key::of(compared.part, &change.hunk)).cloned());
            PartWork { settled: settled.collect(), now: compared.part.of(now).to_owned(), compared }
        };
        let parts = live.compare(&proposal.words.old, &proposal.words.new).into_iter().map(part).collect();
        Work { parts, now: now.clone(), stretches: Stretches::read(&proposal.words.authors) }
    }

    /// Returns how many were left open.
    fn act(&mut self, changes: &[usize], act: Act, author: &Author) -> Result<usize> {
        let n_all: usize = self.parts.iter().map(|part| part.settled.len()).sum();
        if changes.is_empty() || changes.iter().any(|&change| change >= n_all) {
            return Err(Error::new(Code::BadInput, "There is no such suggestion. Look at the list again."));
        }
        if matches!(act, Act::Choose(_)) && changes.len() > 1 {
            let message = "Where both changed the same words, choose for one suggestion at a time.";
            return Err(Error::new(Code::BadInput, message));
        }
        let (mut n_before, mut n_left) = (0, 0);
        for part in &mut self.parts {
            let own = n_before..n_before + part.settled.len();
            let mut hunks: Vec<usize> =
                changes.iter().filter(|change| own.contains(change)).map(|change| change - n_before).collect();
            hunks.sort_unstable();
            hunks.dedup();
            n_left += match act {
                Act::Accept => part.accept(&hunks, author),
                Act::Choose(choice) => part.choose(&hunks, choice, author),
                Act::Reject => part.reject(&hunks, author)?,
                Act::TakeBack => part.take_back(&hunks)?,
            };
            n_before = own.end;
        }
        Ok(n_left)
    }

    fn copy(&self) -> Copy {
        let mut copy = self.now.clone();
        for part in &self.parts {
            part.now.clone_into(part.compared.part.of_mut(&mut copy));
        }
        copy
    }

    fn settled_words(&self) -> String {
        let mut lines = BTreeMap::new();
        for part in &self.parts {
            for (change, settled) in part.compared.changes.iter().zip(&part.settled) {
                if let Some(settled) = settled {
                    lines.insert(Key::of(part.compared.part, &change.hunk), settled);
                }
            }
        }
        let line = |(key, settled): (Key, &Settled)| {
            let fate = if settled.is_accepted { Fate::Accepted } else { Fate::Rejected };
            format!("{} {} {}\n", key.words(), fate.word(), settled.author.words())
        };
        lines.into_iter().map(line).collect()
    }
}

impl PartWork {
    /// What they had, with some of the changes in it.
    fn with(&self, is_in: impl Fn(usize) -> bool) -> String {
        let PartChanges { old, new, redline, changes, .. } = &self.compared;
        let out: Vec<usize> = (0..changes.len()).filter(|&at| !is_in(at)).collect();
        redline::take_back_all(old, new, redline, &out)
    }

    fn is_accepted(&self, at: usize) -> bool {
        self.settled[at].as_ref().is_some_and(|settled| settled.is_accepted)
    }

    /// What stands now, with more changes in it.
    fn merged_with(&self, more: &[usize]) -> Merged {
        let base = self.with(|at| self.is_accepted(at));
        redline::merge(&base, &self.now, &self.with(|at| self.is_accepted(at) || more.contains(&at)))
    }

    fn settle(&mut self, at: usize, is_accepted: bool, author: &Author) {
        self.settled[at] = Some(Settled { is_accepted, author: author.clone() });
    }

    fn accept(&mut self, hunks: &[usize], author: &Author) -> usize {
        let hunks: Vec<usize> = hunks.iter().copied().filter(|&at| !self.is_accepted(at)).collect();
        if hunks.is_empty() {
            return 0;
        }
        let merged = self.merged_with(&hunks);
        if merged.conflicts().next().is_none() {
            self.now = merged.text(|_| String::new());
            hunks.iter().for_each(|&at| self.settle(at, true, author));
            return 0;
        }
        if hunks.len() == 1 {
            return 1;
        }
        hunks.iter().map(|&at| self.accept(&[at], author)).sum()
    }

    /// Settles one that is in conflict: theirs or both is accepted, ours or the base is rejected.
    fn choose(&mut self, hunks: &[usize], choice: Choice, author: &Author) -> usize {
        for &at in hunks {
            self.now = self.merged_with(&[at]).text(|stretch| choice.words(stretch));
            self.settle(at, matches!(choice, Choice::Theirs | Choice::Both), author);
        }
        0
    }

    fn reject(&mut self, hunks: &[usize], author: &Author) -> Result<usize> {
        self.take_back(hunks)?;
        hunks.iter().for_each(|&at| self.settle(at, false, author));
        Ok(0)
    }

    fn take_back(&mut self, hunks: &[usize]) -> Result<usize> {
        let accepted: Vec<usize> = hunks.iter().copied().filter(|&at| self.is_accepted(at)).collect();
        if !accepted.is_empty() {
            let with = self.with(|at| self.is_accepted(at));
            let without = self.with(|at| self.is_accepted(at) && !accepted.contains(&at));
            let merged = redline::merge(&with, &self.now, &without);
            if merged.conflicts().next().is_some() {
                let message = "These words were changed again since they were accepted, so they cannot be taken out by \
                               themselves. Change them in the draft; nothing was changed.";
                return Err(Error::new(Code::BadInput, message));
            }
            self.now = merged.text(|_| String::new());
        }
        hunks.iter().for_each(|&at| self.settled[at] = None);
        Ok(0)
    }

    fn suggestions(&self, stretches: &Stretches, proposal: &Proposal) -> Vec<Suggestion> {
        let open: Vec<usize> = (0..self.settled.len()).filter(|&at| self.settled[at].is_none()).collect();
        // Where both changed nothing near each other, no suggestion needs a merge of its own.
        let is_met = |stretch: &Stretch| matches!(stretch.by, By::Conflict | By::Both);
        let has_met =
            !open.is_empty() && self.now != self.compared.old && self.merged_with(&open).stretches.iter().any(is_met);
        let standing: HashSet<&str> = if has_met {
            lines(&self.now).into_iter().map(|line| line.of(&self.now)).collect()
        } else {
            HashSet::new()
        };
        let suggestion = |(at, change): (usize, &compared::Change)| {
            let authors = stretches.authors_of(self.compared.part, &change.hunk, &proposal.words.by);
            let settled = self.settled[at].as_ref();
            let (fate, conflicts) = match settled {
                Some(settled) if settled.is_accepted => (Fate::Accepted, Vec::new()),
                Some(_) => (Fate::Rejected, Vec::new()),
                None if has_met && self.may_meet(at, &standing) => self.held_against_now(at),
                None => (Fate::Open, Vec::new()),
            };
            Suggestion { authors, fate, settled: settled.map(|settled| settled.author.clone()), conflicts }
        };
        self.compared.changes.iter().enumerate().map(suggestion).collect()
    }

    /// Whether the desk may have changed the grafs of a change: those that stand as they stood it did not.
    fn may_meet(&self, at: usize, standing: &HashSet<&str>) -> bool {
        let op = &self.compared.redline.ops[self.compared.changes[at].hunk.op];
        let old = op.old.map_or("", |span| span.of(&self.compared.old));
        lines(old).into_iter().any(|line| !standing.contains(line.of(old))) || old.trim().is_empty()
    }

    fn held_against_now(&self, at: usize) -> (Fate, Vec<Stretch>) {
        let merged = self.merged_with(&[at]);
        let conflicts: Vec<Stretch> = merged.conflicts().cloned().collect();
        let is_there = conflicts.is_empty() && merged.text(|_| String::new()) == self.now;
        (if is_there { Fate::There } else { Fate::Open }, conflicts)
    }
}

/// What names a change, whatever else changes how changes are cut: its part, and where its words stand in both texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    part: Part,
    old: Option<Span>,
    new: Option<Span>,
}

impl Key {
    fn of(part: Part, hunk: &Hunk) -> Key {
        Key { part, old: hunk.old, new: hunk.new }
    }

    /// *body 12-20 13-25*, with a dash alone for a text where it has no words.
    fn words(self) -> String {
        let words =
            |span: Option<Span>| span.map_or_else(|| "-".to_owned(), |span| format!("{}-{}", span.start, span.end));
        format!("{} {} {}", self.part.word(), words(self.old), words(self.new))
    }

    fn read(words: &mut dyn Iterator<Item = &str>) -> Option<Key> {
        Some(Key { part: read_part(words.next()?)?, old: read_span(words.next()?)?, new: read_span(words.next()?)? })
    }
}

fn read_part(word: &str) -> Option<Part> {
    Part::ALL.into_iter().find(|part| part.word() == word)
}

fn read_span(word: &str) -> Option<Option<Span>> {
    if word == "-" {
        return Some(None);
    }
    let (start, end) = word.split_once('-')?;
    let (start, end): (usize, usize) = (start.parse().ok()?, end.parse().ok()?);
    (start <= end).then(|| Some(Span::new(start, end)))
}

/// A line that cannot be read settles nothing: its change is open again.
fn read_settled(text: &str) -> BTreeMap<Key, Settled> {
    let read = |line: &str| {
        let mut words = line.splitn(6, ' ');
        let key = Key::read(&mut words)?;
        let is_accepted = words.next()? == Fate::Accepted.word();
        Some((key, Settled { is_accepted, author: Author::read(&mut words)? }))
    };
    text.lines().filter_map(read).collect()
}

impl Author {
    /// The time, or a dash, and the name, which is the rest of its line.
    fn words(&self) -> String {
        let at = self.at.map_or_else(|| "-".to_owned(), |at| at.to_rfc3339_opts(SecondsFormat::Micros, true));
        format!("{at} {}", one_line(&self.by))
    }

    fn read(words: &mut dyn Iterator<Item = &str>) -> Option<Author> {
        let at = words.next()?;
        let at = DateTime::parse_from_rfc3339(at).ok().map(|at| at.with_timezone(&Utc));
        Some(Author { at, by: words.next().unwrap_or_default().to_owned() })
    }
}

/// Who changed which words: those that went, in what they had, and those that came, in what they made of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stretches(Vec<(bool, (Part, Span), Author)>);

impl Stretches {
    pub fn extend(&mut self, more: impl Iterator<Item = (bool, (Part, Span), Author)>) {
        self.0.extend(more);
    }

    /// A line each.
    pub fn words(&self) -> String {
        let line = |(is_gone, (part, at), author): &(bool, (Part, Span), Author)| {
            let kind = if *is_gone { "gone" } else { "come" };
            format!("{kind} {} {}-{} {}\n", part.word(), at.start, at.end, author.words())
        };
        self.0.iter().map(line).collect()
    }

    fn read(text: &str) -> Stretches {
        let read = |line: &str| {
            let mut words = line.splitn(5, ' ');
            let is_gone = words.next()? == "gone";
            let at = (read_part(words.next()?)?, read_span(words.next()?)??);
            Some((is_gone, at, Author::read(&mut words)?))
        };
        Stretches(text.lines().filter_map(read).collect())
    }

    /// The names, each once, in the order they stand.
    pub fn authors(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for (.., author) in &self.0 {
            if !author.by.is_empty() && !names.contains(&author.by) {
                names.push(author.by.clone());
            }
        }
        names
    }

    /// Who made all changes, where that is one.
    pub fn only_author(&self) -> Option<String> {
        let [name] = &self.authors()[..] else { return None };
        Some(name.clone())
    }

    /// Who made a change, each once, with the last time they were at it; `by` where no stretch says.
    fn authors_of(&self, part: Part, hunk: &Hunk, by: &str) -> Vec<Author> {
        let mut latest: BTreeMap<&str, Option<DateTime<Utc>>> = BTreeMap::new();
        for (is_gone, (own, at), author) in &self.0 {
            let reach = if *is_gone { hunk.old } else { hunk.new };
            if *own == part && reach.is_some_and(|reach| reach.overlaps(*at)) {
                let last = latest.entry(&author.by).or_default();
                *last = (*last).max(author.at);
            }
        }
        if latest.is_empty() && !by.is_empty() {
            latest.insert(by, None);
        }
        latest.into_iter().filter(|(by, _)| !by.is_empty()).map(|(by, at)| Author { by: by.to_owned(), at }).collect()
    }
}
