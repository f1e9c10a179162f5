-- Originals: the file a piece came from, byte for byte. Never edited once released.

CREATE TABLE originals (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  draft_id INTEGER NOT NULL REFERENCES drafts (id),
  kept_at TEXT NOT NULL,
  -- As the file was called, without its folder.
  name TEXT NOT NULL,
  file BLOB NOT NULL
) STRICT;
CREATE INDEX originals_by_draft ON originals (draft_id, id);

CREATE TRIGGER originals_do_not_change BEFORE UPDATE ON originals
  BEGIN SELECT RAISE(ABORT, 'an original never changes'); END;
CREATE TRIGGER originals_stay BEFORE DELETE ON originals
  BEGIN SELECT RAISE(ABORT, 'an original is never deleted'); END;

CREATE TRIGGER originals_unsealed_when_new AFTER INSERT ON originals
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('originals', new.id); END;
CREATE TRIGGER originals_unsealed_when_changed AFTER UPDATE ON originals
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('originals', new.id); END;
CREATE TRIGGER originals_unsealed_when_gone AFTER DELETE ON originals
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('originals', old.id); END;
