-- Proposals: another's text of a piece, and what became of its changes. Never edited once released.

CREATE TABLE proposals (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  draft_id INTEGER NOT NULL REFERENCES drafts (id),
  came_at TEXT NOT NULL,
  -- The file it came in, without its folder.
  name TEXT NOT NULL,
  -- Who made what nobody else is said to have made; empty where that is not known.
  signed_by TEXT NOT NULL,
  -- The revision it was made of.
  revision_id INTEGER REFERENCES revisions (id),
  -- The piece as they had it, and as they made it.
  old_hed TEXT NOT NULL,
  old_dek TEXT NOT NULL,
  old_byline TEXT NOT NULL,
  old_dateline TEXT NOT NULL,
  old_body TEXT NOT NULL,
  hed TEXT NOT NULL,
  dek TEXT NOT NULL,
  byline TEXT NOT NULL,
  dateline TEXT NOT NULL,
  body TEXT NOT NULL,
  -- Who changed which words, and which changes were accepted or rejected, a line each: see core/desk/proposal.rs.
  authors TEXT NOT NULL,
  settled TEXT NOT NULL,
  is_in_bin INTEGER NOT NULL
) STRICT;
CREATE INDEX proposals_by_draft ON proposals (draft_id, id);

CREATE TRIGGER proposals_stay BEFORE DELETE ON proposals
  BEGIN SELECT RAISE(ABORT, 'a proposal is never deleted'); END;

CREATE TRIGGER proposals_unsealed_when_new AFTER INSERT ON proposals
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('proposals', new.id); END;
CREATE TRIGGER proposals_unsealed_when_changed AFTER UPDATE ON proposals
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('proposals', new.id); END;
CREATE TRIGGER proposals_unsealed_when_gone AFTER DELETE ON proposals
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('proposals', old.id); END;
