//! Words found in pieces and notes, marks on letters left aside.

use super::Store;
use super::row::read_rows;
use crate::draft::{DraftId, Place};
use crate::error::Result;
use crate::note::NoteId;
use crate::span::Span;

mod query;

use query::Query;

/// What a hit lies in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hit {
    Draft { id: DraftId, slug: String, hed: String },
    Note { id: NoteId, source: String, said_at: String, is_confidential: bool },
}

/// A piece or a note that holds every word of the query, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hits {
    pub hit: Hit,
    /// The piece's body, or the note's words.
    pub text: String,
    /// Bytes into `text`, in order, apart, at most [`MOST_SPANS`]; empty when the words stand in the titles alone.
    pub spans: Vec<Span>,
}

/// How many places are told of one piece or note.
pub const MOST_SPANS: usize = 100;

/// Words that stand in more pieces, or notes, tell none from another.
const TELLING: usize = 1_000;

impl Store {
    /// Pieces and notes outside the bin that hold all words of a query, best first, pieces before notes, at most
    /// `n_most` of each; of words that more than [`TELLING`] hold, the newest first: such words tell none from another,
    /// and to rank all that have them takes long. Total for any query: one without a word in it finds nothing.
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
        Ok(found)
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
