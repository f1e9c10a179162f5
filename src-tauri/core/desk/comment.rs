//! What is said about words of a piece: threads in the order of the text, each on its words as they stand now.

use super::Desk;
use crate::check::Withheld;
use crate::comment::Anchor;
use crate::draft::DraftId;
use crate::error::{Code, Error, Result};
use crate::export::{MarkedThread, Said};
use crate::span::Span;
use crate::store::{Comment, CommentId, On};
use chrono::{DateTime, Utc};

/// A comment with its replies.
#[derive(Clone, Debug, PartialEq)]
pub struct Thread {
    pub first: Comment,
    /// In the order they were made.
    pub replies: Vec<Comment>,
    /// Where its words stand in the body; none when they are gone.
    pub at: Option<Span>,
}

impl Thread {
    /// All that was said in it, in the order it was said.
    pub fn said(&self) -> impl Iterator<Item = &Comment> {
        std::iter::once(&self.first).chain(&self.replies)
    }
}

impl Desk {
    /// The threads on a piece whose body stands so in the window, in the order of the text; those whose words are gone
    /// come last. What lies in the bin is left out.
    pub fn list_threads(&self, id: DraftId, body: &str) -> Result<Vec<Thread>> {
        let (firsts, replies): (Vec<Comment>, Vec<Comment>) = self
            .store
            .list_comments(id)?
            .into_iter()
            .filter(|comment| !comment.is_in_bin)
            .partition(|comment| comment.thread_id.is_none());
        let thread = |first: Comment| {
            let is_reply = |reply: &&Comment| reply.thread_id == Some(first.id);
            let replies = replies.iter().filter(is_reply).cloned().collect();
            let at = first.anchor.find(body);
            Thread { first, replies, at }
        };
        let mut threads: Vec<Thread> = firsts.into_iter().map(thread).collect();
        threads.sort_by_key(|thread| (thread.at.is_none(), thread.at, thread.first.id));
        Ok(threads)
    }

    /// The names in the notes that must never leave the desk.
    pub fn withheld(&self) -> Result<Withheld> {
        let notes = self.store.list_notes()?;
        Ok(Withheld::of(notes.iter().map(|kept| &kept.note)))
    }

    /// The threads as they may leave the desk, where an editor asks for that: names of confidential sources are blanked.
    pub fn threads_to_send(&self, id: DraftId, body: &str) -> Result<Vec<MarkedThread>> {
        let withheld = self.withheld()?;
        let said = |comment: &Comment| Said {
            by: comment.by.clone(),
            at: comment.made_at,
            text: withheld.blank(&comment.text),
        };
        let sent = |thread: Thread| MarkedThread {
            said: thread.said().map(said).collect(),
            words: withheld.blank(&thread.first.anchor.words),
            at: thread.at,
            is_resolved: thread.first.resolved.is_some(),
        };
        Ok(self.list_threads(id, body)?.into_iter().map(sent).collect())
    }

    /// Says something about words of a body as it stands in the window. Errors: `NotFound`; `BadInput` where there are no
    /// words, or nothing is said.
    pub fn add_comment(
        &mut self,
        id: DraftId,
        body: &str,
        at: Span,
        text: &str,
        now: DateTime<Utc>,
    ) -> Result<Comment> {
        let anchor = Anchor::on(body, at).ok_or_else(|| {
            Error::new(Code::BadInput, "A comment stands on words. Choose some in the text, then comment.")
        })?;
        let by = self.editor()?;
        self.store.add_comment(On::Words(id, &anchor), &by, said(text)?, now)
    }

    /// Answers in a thread. Errors: `NotFound`; `BadInput` where nothing is said.
    pub fn reply(&mut self, id: CommentId, text: &str, now: DateTime<Utc>) -> Result<Comment> {
        let by = self.editor()?;
        self.store.add_comment(On::Thread(id), &by, said(text)?, now)
    }

    /// Says one's own comment in other words. Errors: `NotFound`; `BadInput` where it is somebody else's, or nothing is
    /// said.
    pub fn edit_comment(&mut self, id: CommentId, text: &str, now: DateTime<Utc>) -> Result<Comment> {
        let by = self.store.open_comment(id)?.by;
        if by != self.editor()? {
            let message = format!("{by} said this, so {by} alone can say it in other words. Answer it.");
            return Err(Error::new(Code::BadInput, message));
        }
        self.store.edit_comment(id, said(text)?, now)
    }

    /// Settles the thread of a comment, or opens it again. Errors: `NotFound`.
    pub fn resolve_comment(&mut self, id: CommentId, is_resolved: bool, now: DateTime<Utc>) -> Result<Comment> {
        let comment = self.store.open_comment(id)?;
        let by = self.editor()?;
        self.store.resolve_comment(comment.thread_id.unwrap_or(id), is_resolved.then_some(by.as_str()), now)
    }

    /// Puts a comment in the bin, the first of a thread with its replies, or takes it back. Errors: `NotFound`.
    pub fn bin_comment(&mut self, id: CommentId, is_in_bin: bool) -> Result<Comment> {
        self.store.bin_comment(id, is_in_bin)
    }
}

fn said(text: &str) -> Result<&str> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::new(Code::BadInput, "The comment is empty. Say something, or take it away."));
    }
    Ok(text)
}
