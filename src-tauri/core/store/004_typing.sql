-- Typing: each save a small row, until the words of the piece are written whole. Never edited once released.

-- What each save changed (store/typing.rs), since the words in `drafts` were written.
CREATE TABLE typing (
  draft_id INTEGER NOT NULL REFERENCES drafts (id),
  -- Of the piece, with this.
  version INTEGER NOT NULL,
  saved_at TEXT NOT NULL,
  -- Of all of this and of the save before; before the first stands that of the words in `drafts`.
  hash BLOB NOT NULL,
  edit BLOB NOT NULL,
  PRIMARY KEY (draft_id, version)
) STRICT, WITHOUT ROWID;
