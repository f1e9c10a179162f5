//! A file that was sent out comes back: held against the revision it was made of, and kept as a proposal.

use super::bring::{File, bring_threads, open, sentence};
use super::compared::{compare_parts, take_unsaid};
use super::merged::end_alike;
use super::proposal::{Author, Stretches};
use super::{Desk, Part, PartChanges, State, Title, history};
use crate::comment::{Anchor, Finder};
use crate::draft::{Copy, DraftId};
use crate::error::Result;
use crate::export::{self, Marked};
use crate::import::{self, Piece, Telling, Thread};
use crate::redline;
use crate::revision::{Cause, Revision, RevisionId};
use crate::span::Span;
use crate::store::{Proposal, Proposed};
use chrono::{DateTime, Utc};

/// How the revision was found that a file was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guess {
    /// An editor named it.
    Named,
    /// With its tracked changes rejected the file has its words.
    ByWords,
    /// The same, of what stands now.
    Now,
    /// It went out in a file of this name.
    ByFile,
    /// It went out last.
    SentLast,
    /// Nothing went out: it is the last one.
    Last,
}

impl Guess {
    /// Why this revision was taken, a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Guess::Named => "You named it.",
            Guess::ByWords => "With its tracked changes rejected the file has the words of this revision.",
            Guess::Now => "With its tracked changes rejected the file has the words that stand now.",
            Guess::ByFile => "This revision went out in a file of that name.",
            Guess::SentLast => "This revision went out last.",
            Guess::Last => "Nothing of this piece went out, so its last revision was taken.",
        }
    }
}

/// What a file that came back would bring, before anything is kept.
#[derive(Clone, Debug)]
pub struct Returned {
    /// What it was made of; none for what stands now.
    pub revision: Option<Revision>,
    pub guess: Guess,
    /// It tracks its changes, and says who made which.
    pub is_tracked: bool,
    /// Who made the changes, each once, as the file says; empty where it does not.
    pub authors: Vec<String>,
    pub n_changes: usize,
    pub n_comments: usize,
    /// A sentence each, naming the file.
    pub warnings: Vec<String>,
    /// What would be kept.
    words: Proposed,
    threads: Vec<Thread>,
}

impl Returned {
    /// What it was made of, for its heading.
    pub fn title(&self) -> Title {
        self.revision.clone().map_or(Title::Now, |revision| Title::Revision(Box::new(revision)))
    }
}

impl Desk {
    /// Reads a file that came back, and keeps nothing. `base` names the revision it was made of; without it that is
    /// looked for: by the words of the file with its changes rejected, else by its name, else what went out last.
    ///
    /// Errors: `NotFound`; `BadInput` naming the file that is damaged or made to do harm.
    pub fn look_at_returned(&self, id: DraftId, file: &File, base: Option<RevisionId>) -> Result<Returned> {
        let import::Returned { piece, warnings, tracked, by, is_as_typed } = open(file, import::open_returned)?;
        let revisions = self.store.list_revisions(id)?;
        // A comparison that went out tracked our changes too: what it was made of is its newer side, not what it was with
        // all changes rejected.
        let is_ours =
            |revision: &Revision| is_as_typed && sent_as(revision).is_some_and(|sent| is_of(&file.name, sent));
        let before = tracked.as_ref().map(|tracked| &tracked.before.copy).filter(|_| !revisions.iter().any(is_ours));
        let (revision, guess) = match base {
            Some(base) => (Some(self.revision_of(id, base)?), Guess::Named),
            None => self.guess(id, &file.name, before, &revisions)?,
        };
        let old = match &revision {
            Some(revision) => revision.copy.clone(),
            None => self.store.open_draft(id)?.copy,
        };
        let n_comments = piece.threads.iter().map(|thread| thread.said.len()).sum();
        let threads = piece.threads.clone();
        let (come, gone) = tracked.as_ref().map(|tracked| (&*tracked.come, &*tracked.gone)).unwrap_or_default();
        let is_tracked = tracked.is_some();
        let new = {
            let before = match &tracked {
                Some(tracked) if !revision.as_ref().is_some_and(is_ours) => tracked.before.clone(),
                _ => gone_and_come(&old, file, is_as_typed)?,
            };
            on_base(before, &old, piece)
        };
        let mut stretches = Stretches::default();
        for (is_gone, copy, tellings) in [(false, &new, come), (true, &old, gone)] {
            let mut finder = Finder::new(&copy.body);
            let place =
                |telling: &Telling| Some((is_gone, place(copy, &mut finder, &telling.anchor)?, author(telling)));
            stretches.extend(tellings.iter().filter_map(place));
        }
        let by = stretches.only_author().unwrap_or(by);
        let mut authors = stretches.authors();
        if authors.is_empty() && !by.is_empty() {
            authors.push(by.clone());
        }
        let revision_id = revision.as_ref().map(|revision| revision.id);
        let n_changes = compare_parts(&old, &new).iter().map(|part| part.changes.len()).sum();
        let words = Proposed { name: file.name.clone(), by, revision_id, old, new, authors: stretches.words() };
        let warnings = warnings.into_iter().map(|warning| sentence(file, warning)).collect();
        Ok(Returned { revision, guess, is_tracked, authors, n_changes, n_comments, warnings, words, threads })
    }

    /// Keeps a file that came back as a proposal, and what it says about words of the piece as comments. `by` is who
    /// made its changes where the file does not say. The piece stays as it is.
    ///
    /// Errors: as for [`Desk::look_at_returned`].
    pub fn bring_back(
        &mut self,
        id: DraftId,
        file: &File,
        base: Option<RevisionId>,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<(Proposal, Vec<String>)> {
        let Returned { mut words, threads, warnings, .. } = self.look_at_returned(id, file, base)?;
        let indexed = self.indexed()?;
        if words.by.is_empty() {
            words.by = by.trim().to_owned();
        }
        let proposal = self.store.all_or_none(|store| {
            if words.revision_id.is_none() {
                history::keep_if_changed(store, &indexed, id, Cause::BeforeImport, now)?;
                words.revision_id = store.last_revision(id)?.map(|last| last.id);
            }
            bring_threads(store, id, threads, now)?;
            store.add_proposal(id, &words, now)
        })?;
        Ok((proposal, warnings))
    }

    fn guess(
        &self,
        id: DraftId,
        file: &str,
        before: Option<&Copy>,
        revisions: &[Revision],
    ) -> Result<(Option<Revision>, Guess)> {
        // Newest first.
        let exports = self.store.list_exports(id)?;
        let is_export = |revision: &Revision| exports.iter().any(|export| export.revision_id == Some(revision.id));
        let is_sent = |revision: &Revision| sent_as(revision).is_some() || is_export(revision);
        if let Some(words) = before.map(letters) {
            let mut same = revisions.iter().filter(|revision| letters(&revision.copy) == words);
            let first = same.next();
            if let Some(revision) = first.filter(|first| !is_sent(first)).and(same.find(|same| is_sent(same))).or(first)
            {
                return Ok((Some(revision.clone()), Guess::ByWords));
            }
            if letters(&self.store.open_draft(id)?.copy) == words {
                return Ok((None, Guess::Now));
            }
        }
        let went_out_as = |revision: &Revision| -> Vec<String> {
            let exported = exports.iter().filter(|export| export.revision_id == Some(revision.id));
            exported.map(|export| export.path.clone()).chain(sent_as(revision).map(str::to_owned)).collect()
        };
        let is_named = |revision: &&Revision| went_out_as(revision).iter().any(|sent| is_of(file, sent));
        if let Some(revision) = revisions.iter().find(is_named) {
            return Ok((Some(revision.clone()), Guess::ByFile));
        }
        Ok(match revisions.iter().find(|revision| is_sent(revision)) {
            Some(revision) => (Some(revision.clone()), Guess::SentLast),
            None => (revisions.first().cloned(), Guess::Last),
        })
    }
}

/// The file a revision was sent as.
fn sent_as(revision: &Revision) -> Option<&str> {
    revision.name.as_deref().filter(|_| revision.cause == Cause::Named)?.strip_prefix("sent as ")
}

/// A file may come back under the name it was sent by, with more behind it: *ferry (1).docx*, *ferry-SB.docx*.
fn is_of(file: &str, sent: &str) -> bool {
    let stem = |path: &str| {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase()
    };
    let (file, sent) = (stem(file), stem(sent));
    let rest = file.strip_prefix(&*sent).filter(|_| !sent.is_empty());
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// The letters and digits of a piece, without what never goes out.
fn letters(copy: &Copy) -> String {
    let out = copy.outgoing();
    out.hed.chars().chain(out.body.chars()).filter(|c| c.is_alphanumeric()).collect()
}

/// A piece as a file of that kind gives it back: not all that Markdown can say outlasts the way.
fn gone_and_come(copy: &Copy, file: &File, is_as_typed: bool) -> Result<Piece> {
    if is_as_typed {
        let copy = copy.outgoing();
        let parts = compare_parts(&copy, &copy);
        let parts = parts.iter().map(PartChanges::marked).collect();
        let (old_title, new_title, author, at) = ("", "", "", DateTime::UNIX_EPOCH);
        let marked = Marked { old_title, new_title, author, at, parts, threads: Vec::new() };
        return Ok(import::open_piece("sent.docx", &marked.docx())?.0);
    }
    let format = match import::Format::of(&file.name, &file.bytes) {
        import::Format::Docx | import::Format::Rtf => export::Format::Docx,
        import::Format::Odt => export::Format::Odt,
        import::Format::Html | import::Format::Epub => export::Format::Html,
        import::Format::Text if file.name.to_lowercase().ends_with(".txt") => export::Format::Text,
        import::Format::Text => export::Format::Markdown,
    };
    let name = format!("sent{}", format.ending());
    Ok(import::open_piece(&name, &export::write_copy(copy, format))?.0)
}

/// What the file makes of the base: what it changed against how it was, in the base as it stands on the desk.
fn on_base(before: Piece, base: &Copy, after: Piece) -> Copy {
    let state = |piece: Piece| State { title: Title::Now, has_head: piece.has_head, copy: piece.copy };
    let base = State { title: Title::Now, has_head: true, copy: base.clone() };
    let (mut before, mut after) = (state(before), state(after));
    let mut copy = Copy::default();
    for part in Part::ALL {
        if part != Part::Body {
            take_unsaid(part, &mut before, &base);
            take_unsaid(part, &mut after, &base);
        }
        let (before, after) = (part.of_mut(&mut before.copy), part.of_mut(&mut after.copy));
        let base = part.of(&base.copy);
        end_alike(before, base);
        end_alike(after, base);
        *part.of_mut(&mut copy) = redline::merge(before, base, after).text(|stretch| stretch.theirs.clone());
    }
    copy
}

fn author(telling: &Telling) -> Author {
    Author { by: telling.by.clone(), at: telling.at }
}

/// Where words of a file stand in a piece.
fn place(copy: &Copy, finder: &mut Finder, anchor: &Anchor) -> Option<(Part, Span)> {
    let graf = format!("{}{}{}", anchor.before, anchor.words, anchor.after);
    let in_head = Part::ALL.into_iter().filter(|part| *part != Part::Body).find_map(|part| {
        let words = part.of(copy);
        let start = words.find(&anchor.words).filter(|_| !words.is_empty() && graf.trim().ends_with(words))?;
        Some((part, Span::new(start, start + anchor.words.len())))
    });
    in_head.or_else(|| Some((Part::Body, finder.find(anchor)?)))
}
