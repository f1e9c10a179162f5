//! Words found in pieces, notes, comments and former revisions, marks on letters left aside.

use super::comment::{Comment, read_comment};
use super::row::read_rows;
use super::{Store, history};
use crate::draft::{Copy, Draft, DraftId, Place};
use crate::error::Result;
use crate::note::NoteId;
use crate::revision::{Revision, RevisionId};
use crate::span::Span;
use chrono::{DateTime, Utc};

mod query;

use query::Query;

/// What a hit lies in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hit {
    Draft {
        id: DraftId,
        slug: String,
        hed: String,
    },
    Note {
        id: NoteId,
        source: String,
        said_at: String,
        is_confidential: bool,
    },
    /// What somebody said about words of a piece; `at` is where these stand in its body now, none where they are gone.
    Comment {
        draft_id: DraftId,
        slug: String,
        body: String,
        by: String,
        made_at: DateTime<Utc>,
        at: Option<Span>,
    },
    /// A state of a piece that has them, as the piece has not any more.
    Revision {
        id: RevisionId,
        draft_id: DraftId,
        slug: String,
        name: Option<String>,
        saved_at: DateTime<Utc>,
    },
}

/// A piece or a note that holds every word of the query, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hits {
    pub hit: Hit,
    /// The body of the piece or of the revision, or the words of the note or the comment.
    pub text: String,
    /// Bytes into `text`, in order, apart, at most [`MOST_SPANS`]; empty when the words stand in the titles alone.
    pub spans: Vec<Span>,
}

/// So much of former revisions is read at a time, some tens of milliseconds.
const MOST_READ_BYTES: usize = 4_000_000;

/// How many places are told of one piece or note.
pub const MOST_SPANS: usize = 100;

/// Words that stand in more pieces, or notes, tell none from another.
const TELLING: usize = 1_000;

impl Store {
    /// Pieces, notes and comments outside the bin that hold all words of a query, best first, pieces before notes before
    /// comments, at most `n_most` of each. Of comments, which are few and all read, the newest first; so it is with words
    /// that more than [`TELLING`] hold: such words tell none from another, and to rank all that have them takes long.
    /// Total for any query: one without a word in it finds nothing.
    ///
    /// Words are looked for whole, except the last while it is being typed, from its second letter on, and any that ends
    /// in `*`: those are beginnings. Words in quote marks stand side by side. Case and marks on letters do not matter.
    pub fn search(&self, query: &str, n_most: u32) -> Result<Vec<Hits>> {
        let query = Query::read(query);
        if query.is_empty() {
            return Ok(Vec::new());
        }
        let mut found = self.search_drafts(&query, n_most)?;
        found.extend(self.search_notes(&query, n_most)?);
        found.extend(self.search_comments(&query, n_most)?);
        Ok(found)
    }

    /// The pieces outside the bin that held all words of a query once and do not now, each with the last revision that
    /// did; from the newest piece on, those below `below` alone. Gives where to go on, none behind the last.
    ///
    /// Cost: reads every revision of the pieces it comes to, and ends behind the first with which these come to
    /// [`MOST_READ_BYTES`].
    pub fn search_history(&self, query: &str, below: i64) -> Result<(Vec<Hits>, Option<i64>)> {
        let (query, mut found, mut n_read) = (Query::read(query), Vec::new(), 0);
        if query.is_empty() {
            return Ok((found, None));
        }
        let sql = "SELECT id FROM drafts WHERE place <> 'bin' AND id < ?1 ORDER BY id DESC";
        let ids = read_rows(&self.connection, "piece", sql, [below], |cells| Ok(DraftId(cells.id)))?;
        for id in ids {
            if n_read > MOST_READ_BYTES {
                return Ok((found, Some(id.0 + 1)));
            }
            let draft = self.open_draft(id)?;
            if is_in_copy(&query, &draft.copy) {
                continue;
            }
            let last = history::find_last(&self.connection, id, |copy| {
                n_read += copy.body.len();
                is_in_copy(&query, copy)
            })?;
            if let Some(Revision { id, draft_id, name, saved_at, copy, .. }) = last {
                let spans = query.find(&copy.body, MOST_SPANS);
                let hit = Hit::Revision { id, draft_id, slug: draft.slug, name, saved_at };
                found.push(Hits { hit, text: copy.body, spans });
            }
        }
        Ok((found, None))
    }

    fn search_comments(&self, query: &Query, n_most: u32) -> Result<Vec<Hits>> {
        let sql = "SELECT comments.* FROM comments JOIN drafts ON drafts.id = draft_id
                   WHERE is_in_bin = 0 AND drafts.place <> 'bin'
                   ORDER BY comments.id DESC";
        let comments = read_rows(&self.connection, "comment", sql, [], read_comment)?;
        let found = comments.into_iter().filter(|comment| query.is_in(&[&comment.text]));
        let hits = found.take(n_most as usize).map(|comment| {
            let Comment { draft_id, by, made_at, anchor, text, .. } = comment;
            let Draft { slug, copy: Copy { body, .. }, .. } = self.open_draft(draft_id)?;
            let (spans, at) = (query.find(&text, MOST_SPANS), anchor.find(&body));
            let hit = Hit::Comment { draft_id, slug, body, by, made_at, at };
            Ok(Hits { hit, text, spans })
        });
        hits.collect()
    }

    // The best are chosen before any text is read: one common word is in every note there is.
    fn search_drafts(&self, query: &Query, n_most: u32) -> Result<Vec<Hits>> {
        let mut found = self.search_typed(query, n_most)?;
        let (distance, order) = self.order("found_drafts", "bm25(found_drafts, 8.0, 4.0, 2.0, 1.0)", query)?;
        let sql = format!(
            "SELECT drafts.id, drafts.slug, drafts.hed, drafts.body
             FROM (SELECT rowid AS found_id, {distance} AS distance
                   FROM found_drafts
                   WHERE found_drafts MATCH ?1
                     AND rowid NOT IN (SELECT id FROM drafts WHERE place = 'bin')
                     AND rowid NOT IN (SELECT draft_id FROM typing)
                   ORDER BY {order}
                   LIMIT ?2)
             JOIN drafts ON drafts.id = found_id
             ORDER BY distance, found_id"
        );
        found.extend(read_rows(&self.connection, "piece", &sql, (query.expression(), n_most), |cells| {
            let text = cells.text("body")?;
            let spans = query.find(&text, MOST_SPANS);
            let hit = Hit::Draft { id: DraftId(cells.id), slug: cells.text("slug")?, hed: cells.text("hed")? };
            Ok(Hits { hit, text, spans })
        })?);
        found.truncate(n_most as usize);
        Ok(found)
    }

    /// How far a row of an index is from what is looked for, and the order that comes of it.
    fn order<'s>(&self, index: &str, distance: &'s str, query: &Query) -> Result<(&'s str, &'static str)> {
        let sql = format!("SELECT 1 FROM {index} WHERE {index} MATCH ?1 LIMIT 1 OFFSET {TELLING}");
        let is_everywhere = self.connection.prepare_cached(&sql)?.exists([query.expression()])?;
        // An index is read from its end without being read whole.
        Ok(if is_everywhere { ("-rowid", "rowid DESC") } else { (distance, "distance, found_id") })
    }

    /// The pieces just being typed: the index has their words as they were before, so they are read. Few at a time.
    fn search_typed(&self, query: &Query, n_most: u32) -> Result<Vec<Hits>> {
        let mut found = Vec::new();
        for typed in self.list_typed()? {
            let draft = self.open_draft(typed.draft_id)?;
            let parts = [&draft.slug, &draft.copy.hed, &draft.copy.dek, &draft.copy.body];
            if draft.place != Place::Bin && query.is_in(&parts) {
                let spans = query.find(&draft.copy.body, MOST_SPANS);
                let hit = Hit::Draft { id: draft.id, slug: draft.slug, hed: draft.copy.hed };
                found.push((draft.changed_at, Hits { hit, text: draft.copy.body, spans }));
            }
        }
        found.sort_by_key(|(changed_at, _)| std::cmp::Reverse(*changed_at));
        Ok(found.into_iter().map(|(_, hits)| hits).take(n_most as usize).collect())
    }

    fn search_notes(&self, query: &Query, n_most: u32) -> Result<Vec<Hits>> {
        let (distance, order) = self.order("found_notes", "bm25(found_notes, 2.0, 8.0, 4.0, 1.0)", query)?;
        let sql = format!(
            "SELECT notes.id, notes.source, notes.said_at, notes.is_confidential, notes.text
             FROM (SELECT rowid AS found_id, {distance} AS distance
                   FROM found_notes
                   WHERE found_notes MATCH ?1
                     AND rowid NOT IN (SELECT id FROM notes WHERE is_in_bin = 1)
                   ORDER BY {order}
                   LIMIT ?2)
             JOIN notes ON notes.id = found_id
             ORDER BY distance, found_id"
        );
        read_rows(&self.connection, "note", &sql, (query.expression(), n_most), |cells| {
            let text = cells.text("text")?;
            let spans = query.find(&text, MOST_SPANS);
            let hit = Hit::Note {
                id: NoteId(cells.id),
                source: cells.text("source")?,
                said_at: cells.text("said_at")?,
                is_confidential: cells.get("is_confidential")?,
            };
            Ok(Hits { hit, text, spans })
        })
    }
}

fn is_in_copy(query: &Query, copy: &Copy) -> bool {
    query.is_in(&[&copy.hed, &copy.dek, &copy.body])
}
