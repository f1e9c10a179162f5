//! What files bring to the desk: pieces and notes, all of them or none.

use super::{Desk, history};
use crate::draft::{DraftId, Status};
use crate::error::{Code, Error, Result};
use crate::import::{self, Format, Head, Piece, Thread, Warning};
use crate::note::NoteId;
use crate::quote;
use crate::revision::Cause;
use crate::store::{Comment, CommentId, DraftEdit, On, Store};
use chrono::{DateTime, Utc};

/// A file as it was picked or dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// A file to be taken as a piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileOrder {
    pub file: File,
    /// The head an editor says it has; none for the head as it was read.
    pub head: Option<Head>,
}

/// What came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    pub draft_ids: Vec<DraftId>,
    pub note_ids: Vec<NoteId>,
    /// A sentence each, naming file and line.
    pub warnings: Vec<String>,
}

impl Desk {
    /// Reads notes from files, for a piece if one is named. All of them or none.
    ///
    /// Errors: `BadInput` naming the file that is damaged or made to do harm.
    pub fn import_notes(&mut self, files: &[File], draft_id: Option<DraftId>, now: DateTime<Utc>) -> Result<Brought> {
        let mut brought = Brought::default();
        self.store.all_or_none(|store| {
            for file in files {
                for (note, warnings) in open(file, import::open_notes)? {
                    brought.note_ids.push(store.add_note(&note, draft_id, now)?.note.id);
                    brought.warnings.extend(warnings.into_iter().map(|warning| sentence(file, warning)));
                }
            }
            Ok(())
        })?;
        Ok(brought)
    }

    /// Reads pieces from files: new ones, or the next revision of the one named. All of them or none.
    ///
    /// A file that is not plain words is kept with its piece as it came. Errors: `BadInput` when several files are to be
    /// one piece, or one is damaged or made to do harm.
    pub fn import_drafts(&mut self, files: &[File], into: Option<DraftId>, now: DateTime<Utc>) -> Result<Brought> {
        if into.is_some() && files.len() > 1 {
            let message = "Several files cannot be the next revision of one piece. Choose one of them.";
            return Err(Error::new(Code::BadInput, message));
        }
        self.bring(files.iter().map(|file| (file, None)), into, now)
    }

    /// Reads new pieces from files, each with the head its order says. All of them or none; else as
    /// [`Desk::import_drafts`].
    pub fn take_files(&mut self, orders: &[FileOrder], now: DateTime<Utc>) -> Result<Brought> {
        self.bring(orders.iter().map(|order| (&order.file, order.head.as_ref())), None, now)
    }

    fn bring<'a>(
        &mut self,
        files: impl Iterator<Item = (&'a File, Option<&'a Head>)>,
        into: Option<DraftId>,
        now: DateTime<Utc>,
    ) -> Result<Brought> {
        let indexed = self.indexed()?;
        let mut brought = Brought::default();
        self.store.all_or_none(|store| {
            for (file, head) in files {
                let (mut piece, warnings) = open(file, import::open_piece)?;
                if let Some(head) = head {
                    piece.set_head(head);
                }
                let threads = std::mem::take(&mut piece.threads);
                let id = match into {
                    None => bring_new(store, &piece, now)?,
                    Some(id) => {
                        history::keep_if_changed(store, &indexed, id, Cause::BeforeImport, now)?;
                        bring_over(store, id, piece, now)?;
                        history::keep(store, &indexed, id, Cause::Import, None, now)?;
                        id
                    }
                };
                bring_threads(store, id, threads, now)?;
                if Format::of(&file.name, &file.bytes) != Format::Text {
                    store.add_original(id, &file.name, &file.bytes, now)?;
                }
                brought.draft_ids.push(id);
                brought.warnings.extend(warnings.into_iter().map(|warning| sentence(file, warning)));
            }
            Ok(())
        })?;
        Ok(brought)
    }
}

/// What a file would bring as a piece, before anything is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub piece: Piece,
    /// The lines of its body that are no copy.
    pub furniture: Vec<String>,
    /// A sentence each, naming file and line.
    pub warnings: Vec<String>,
}

impl Seen {
    /// No part of the head was guessed and nothing is lost: there is nothing to decide.
    pub fn is_sure(&self) -> bool {
        !self.piece.is_guessed && self.warnings.is_empty()
    }
}

/// Reads a file as a piece and keeps nothing: what Stet takes for hed, dek, byline and dateline, and what is lost.
///
/// Errors: `BadInput` naming the file, when it is damaged or made to do harm.
pub fn look_at(file: &File) -> Result<Seen> {
    let (piece, warnings) = open(file, import::open_piece)?;
    let warnings = warnings.into_iter().map(|warning| sentence(file, warning)).collect();
    let body = &piece.copy.body;
    let lines = quote::find(body).furniture.into_iter().map(|line| line.of(body).trim().to_owned());
    let furniture = lines.filter(|line| !line.is_empty()).collect();
    Ok(Seen { piece, furniture, warnings })
}

/// Reads one file; a refusal names it.
pub(super) fn open<T>(file: &File, read: impl Fn(&str, &[u8]) -> Result<T>) -> Result<T> {
    read(&file.name, &file.bytes)
        .map_err(|error| Error { message: format!("{}: {}", file.name, error.message), ..error })
}

fn bring_new(store: &mut Store, piece: &Piece, now: DateTime<Utc>) -> Result<DraftId> {
    let draft = store.new_draft(&piece.slug, piece.target_words, &piece.copy, Cause::Import, now)?;
    if piece.status != Status::default() {
        store.set_status(draft.id, piece.status, now)?;
    }
    Ok(draft.id)
}

/// Keeps what a file says about its words, by whom and when it says; what the piece has already is not kept twice.
pub(super) fn bring_threads(store: &mut Store, id: DraftId, threads: Vec<Thread>, now: DateTime<Utc>) -> Result<()> {
    let known = store.list_comments(id)?;
    for thread in threads {
        let mut first: Option<CommentId> = None;
        for said in thread.said {
            // A file tells the time to the second.
            let is_same = |comment: &&Comment| {
                (&comment.by, &comment.text) == (&said.by, &said.text)
                    && said.at.is_none_or(|at| at.timestamp() == comment.made_at.timestamp())
            };
            let comment = match known.iter().find(is_same) {
                Some(comment) => comment.clone(),
                None => {
                    let on = first.map_or(On::Words(id, &thread.anchor), On::Thread);
                    store.add_comment(on, &said.by, &said.text, said.at.unwrap_or(now))?
                }
            };
            first = first.or(Some(comment.thread_id.unwrap_or(comment.id)));
        }
        let is_open =
            first.map(|first| store.open_comment(first)).transpose()?.filter(|first| first.resolved.is_none());
        if let Some(first) = is_open.filter(|_| thread.is_resolved) {
            store.resolve_comment(first.id, Some(&first.by), now)?;
        }
    }
    Ok(())
}

/// Writes a piece over another; parts the file does not have stay as they are on the desk.
fn bring_over(store: &mut Store, id: DraftId, piece: Piece, now: DateTime<Utc>) -> Result<()> {
    let draft = store.open_draft(id)?;
    let mut copy = piece.copy;
    let kept = draft.copy;
    for (part, kept) in [
        (&mut copy.hed, kept.hed),
        (&mut copy.dek, kept.dek),
        (&mut copy.byline, kept.byline),
        (&mut copy.dateline, kept.dateline),
    ] {
        if part.is_empty() {
            *part = kept;
        }
    }
    let target_words = piece.target_words.or(draft.target_words);
    store.save_draft(&DraftEdit { id, slug: draft.slug, target_words, copy }, draft.version, now)?;
    Ok(())
}

/// *ferry.md, line 3: …*
pub(super) fn sentence(file: &File, warning: Warning) -> String {
    match warning.line {
        Some(line) => format!("{}, line {line}: {}", file.name, warning.message),
        None => format!("{}: {}", file.name, warning.message),
    }
}
