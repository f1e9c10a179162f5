-- Recordings: where the sound a note was made of lies, and what it was. Never edited once released.

CREATE TABLE recordings (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  note_id INTEGER NOT NULL REFERENCES notes (id),
  attached_at TEXT NOT NULL,
  -- The file stays outside the desk: here is where it lay, how large it was and its hash, in hexadecimal digits.
  path TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  is_in_bin INTEGER NOT NULL
) STRICT;
CREATE INDEX recordings_by_note ON recordings (note_id, id);

CREATE TRIGGER recordings_stay BEFORE DELETE ON recordings
  BEGIN SELECT RAISE(ABORT, 'a recording is never deleted'); END;

CREATE TRIGGER recordings_unsealed_when_new AFTER INSERT ON recordings
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('recordings', new.id); END;
CREATE TRIGGER recordings_unsealed_when_changed AFTER UPDATE ON recordings
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('recordings', new.id); END;
CREATE TRIGGER recordings_unsealed_when_gone AFTER DELETE ON recordings
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('recordings', old.id); END;
