-- Seals: a hash of each row that nothing else covers (store/seal.rs). Never edited once released.
-- A row that comes, changes or goes is noted in `unsealed`, whoever writes; Stet seals it before its transaction ends.

CREATE TABLE seals (
  kind TEXT NOT NULL,
  id INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE unsealed (
  kind TEXT NOT NULL,
  id INTEGER NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- How the saves of a piece that are not yet folded into it end, so that one that was cut off is seen.
CREATE TABLE typed_ends (
  draft_id INTEGER PRIMARY KEY REFERENCES drafts (id),
  hash BLOB NOT NULL
) STRICT;

INSERT INTO unsealed (kind, id) SELECT 'drafts', id FROM drafts;
CREATE TRIGGER drafts_unsealed_when_new AFTER INSERT ON drafts
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('drafts', new.id); END;
CREATE TRIGGER drafts_unsealed_when_changed AFTER UPDATE ON drafts
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('drafts', new.id); END;
CREATE TRIGGER drafts_unsealed_when_gone AFTER DELETE ON drafts
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('drafts', old.id); END;

INSERT INTO unsealed (kind, id) SELECT 'notes', id FROM notes;
CREATE TRIGGER notes_unsealed_when_new AFTER INSERT ON notes
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('notes', new.id); END;
CREATE TRIGGER notes_unsealed_when_changed AFTER UPDATE ON notes
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('notes', new.id); END;
CREATE TRIGGER notes_unsealed_when_gone AFTER DELETE ON notes
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('notes', old.id); END;

INSERT INTO unsealed (kind, id) SELECT 'past_notes', id FROM past_notes;
CREATE TRIGGER past_notes_unsealed_when_new AFTER INSERT ON past_notes
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('past_notes', new.id); END;
CREATE TRIGGER past_notes_unsealed_when_changed AFTER UPDATE ON past_notes
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('past_notes', new.id); END;
CREATE TRIGGER past_notes_unsealed_when_gone AFTER DELETE ON past_notes
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('past_notes', old.id); END;

INSERT INTO unsealed (kind, id) SELECT 'judgements', id FROM judgements;
CREATE TRIGGER judgements_unsealed_when_new AFTER INSERT ON judgements
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('judgements', new.id); END;
CREATE TRIGGER judgements_unsealed_when_changed AFTER UPDATE ON judgements
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('judgements', new.id); END;
CREATE TRIGGER judgements_unsealed_when_gone AFTER DELETE ON judgements
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('judgements', old.id); END;

INSERT INTO unsealed (kind, id) SELECT 'events', id FROM events;
CREATE TRIGGER events_unsealed_when_new AFTER INSERT ON events
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('events', new.id); END;
CREATE TRIGGER events_unsealed_when_changed AFTER UPDATE ON events
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('events', new.id); END;
CREATE TRIGGER events_unsealed_when_gone AFTER DELETE ON events
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('events', old.id); END;

INSERT INTO unsealed (kind, id) SELECT 'exports', id FROM exports;
CREATE TRIGGER exports_unsealed_when_new AFTER INSERT ON exports
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('exports', new.id); END;
CREATE TRIGGER exports_unsealed_when_changed AFTER UPDATE ON exports
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('exports', new.id); END;
CREATE TRIGGER exports_unsealed_when_gone AFTER DELETE ON exports
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('exports', old.id); END;

-- What a judgement rests on is sealed with it.
CREATE TRIGGER judgement_notes_unsealed_when_new AFTER INSERT ON judgement_notes
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('judgements', new.judgement_id); END;
CREATE TRIGGER judgement_notes_unsealed_when_changed AFTER UPDATE ON judgement_notes
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('judgements', new.judgement_id); END;
CREATE TRIGGER judgement_notes_unsealed_when_gone AFTER DELETE ON judgement_notes
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('judgements', old.judgement_id); END;

-- The settings are sealed all together.
INSERT INTO unsealed (kind, id) VALUES ('settings', 0);
CREATE TRIGGER settings_unsealed_when_new AFTER INSERT ON settings
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('settings', 0); END;
CREATE TRIGGER settings_unsealed_when_changed AFTER UPDATE ON settings
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('settings', 0); END;
CREATE TRIGGER settings_unsealed_when_gone AFTER DELETE ON settings
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('settings', 0); END;
