-- The notes index: what it keeps of each note. Never edited once released.
-- A card is made from its note's text, source and aliases alone; all can be made anew, so nothing here is ever missed.

-- When each note last changed, as the counter of notes stood then.
CREATE TABLE note_stamps (
  note_id INTEGER PRIMARY KEY REFERENCES notes (id),
  stamp INTEGER NOT NULL
) STRICT;
CREATE INDEX note_stamps_by_stamp ON note_stamps (stamp);
INSERT INTO note_stamps (note_id, stamp)
  SELECT notes.id, counters.value FROM notes, counters WHERE counters.name = 'notes';

CREATE TABLE cards (
  note_id INTEGER PRIMARY KEY REFERENCES notes (id),
  -- By which rules it was made.
  maker TEXT NOT NULL,
  card BLOB NOT NULL
) STRICT;

CREATE TRIGGER cards_go_when_their_note_changes AFTER UPDATE OF source, aliases, text ON notes
  WHEN (old.source, old.aliases, old.text) <> (new.source, new.aliases, new.text)
  BEGIN DELETE FROM cards WHERE note_id = new.id; END;

DROP TRIGGER notes_count_what_comes;
CREATE TRIGGER notes_count_what_comes AFTER INSERT ON notes
  BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'notes';
    INSERT OR REPLACE INTO note_stamps (note_id, stamp)
      SELECT new.id, value FROM counters WHERE name = 'notes';
  END;
DROP TRIGGER notes_count_what_changes;
CREATE TRIGGER notes_count_what_changes AFTER UPDATE ON notes
  BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'notes';
    INSERT OR REPLACE INTO note_stamps (note_id, stamp)
      SELECT new.id, value FROM counters WHERE name = 'notes';
  END;
