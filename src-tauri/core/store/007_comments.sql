-- Comments: what is said about words of a piece. Never edited once released.

CREATE TABLE comments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  draft_id INTEGER NOT NULL REFERENCES drafts (id),
  -- The comment it answers; none for the first of a thread, which alone has an anchor and is resolved.
  thread_id INTEGER REFERENCES comments (id),
  signed_by TEXT NOT NULL,
  made_at TEXT NOT NULL,
  edited_at TEXT,
  text TEXT NOT NULL,
  -- The words it stands on and their grafs, as they stood then: see core/comment.rs.
  start_byte INTEGER NOT NULL,
  before TEXT NOT NULL,
  words TEXT NOT NULL,
  after TEXT NOT NULL,
  resolved_by TEXT NOT NULL,
  resolved_at TEXT,
  is_in_bin INTEGER NOT NULL
) STRICT;
CREATE INDEX comments_by_draft ON comments (draft_id, id);

CREATE TRIGGER comments_stay BEFORE DELETE ON comments
  BEGIN SELECT RAISE(ABORT, 'a comment is never deleted'); END;

CREATE TRIGGER comments_unsealed_when_new AFTER INSERT ON comments
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('comments', new.id); END;
CREATE TRIGGER comments_unsealed_when_changed AFTER UPDATE ON comments
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('comments', new.id); END;
CREATE TRIGGER comments_unsealed_when_gone AFTER DELETE ON comments
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('comments', old.id); END;
