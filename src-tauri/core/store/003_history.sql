-- History chained and compact. Never edited once released.
-- A revision holds its words packed (store/packed.rs) and a hash of itself and of the one before it of its piece
-- (store/history.rs). Then the old ones are packed, and 003_history_chained.sql closes the step.

DROP TRIGGER revisions_do_not_change;
ALTER TABLE revisions ADD COLUMN hash BLOB NOT NULL DEFAULT x'';
-- How many differences lie between these words and ones that are whole; 0 where they are whole themselves.
ALTER TABLE revisions ADD COLUMN n_steps INTEGER NOT NULL DEFAULT 0;
ALTER TABLE revisions ADD COLUMN words BLOB NOT NULL DEFAULT x'';

-- Where the history of each piece ends, so that one that was cut short is seen.
CREATE TABLE histories (
  draft_id INTEGER PRIMARY KEY REFERENCES drafts (id),
  n_revisions INTEGER NOT NULL,
  hash BLOB NOT NULL
) STRICT;
