CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE counters (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE drafts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  slug TEXT NOT NULL UNIQUE COLLATE NOCASE,
  hed TEXT NOT NULL,
  dek TEXT NOT NULL,
  byline TEXT NOT NULL,
  dateline TEXT NOT NULL,
  status TEXT NOT NULL,
  place TEXT NOT NULL,
  target_words INTEGER,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX drafts_by_place ON drafts (place, changed_at);
CREATE TABLE revisions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  draft_id INTEGER NOT NULL REFERENCES drafts (id),
  saved_at TEXT NOT NULL,
  cause TEXT NOT NULL,
  name TEXT,
  hash BLOB NOT NULL DEFAULT x'', n_steps INTEGER NOT NULL DEFAULT 0, words BLOB NOT NULL DEFAULT x'') STRICT;
CREATE INDEX revisions_by_draft ON revisions (draft_id, id);
CREATE TABLE notes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  source TEXT NOT NULL,
  kind TEXT NOT NULL,
  place TEXT NOT NULL,
  said_at TEXT NOT NULL,
  terms TEXT NOT NULL,
  terms_words TEXT NOT NULL,
  embargo TEXT,
  is_confidential INTEGER NOT NULL,
  -- One a line.
  aliases TEXT NOT NULL,
  draft_id INTEGER REFERENCES drafts (id),
  is_in_bin INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX notes_in_bin ON notes (is_in_bin) WHERE is_in_bin = 1;
CREATE TABLE past_notes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  note_id INTEGER NOT NULL REFERENCES notes (id),
  name TEXT NOT NULL,
  source TEXT NOT NULL,
  kind TEXT NOT NULL,
  place TEXT NOT NULL,
  said_at TEXT NOT NULL,
  terms TEXT NOT NULL,
  terms_words TEXT NOT NULL,
  embargo TEXT,
  is_confidential INTEGER NOT NULL,
  aliases TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX past_notes_by_note ON past_notes (note_id, id);
CREATE TABLE judgements (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  draft_id INTEGER NOT NULL REFERENCES drafts (id),
  kind TEXT NOT NULL,
  words TEXT NOT NULL,
  attribution TEXT NOT NULL,
  verdict TEXT NOT NULL,
  signed_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  made_at TEXT NOT NULL,
  cleared_at TEXT
) STRICT;
CREATE INDEX judgements_by_draft ON judgements (draft_id, cleared_at);
CREATE TABLE judgement_notes (
  judgement_id INTEGER NOT NULL REFERENCES judgements (id),
  note_id INTEGER NOT NULL REFERENCES notes (id),
  fingerprint TEXT NOT NULL,
  PRIMARY KEY (judgement_id, note_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  draft_id INTEGER NOT NULL REFERENCES drafts (id),
  happened_at TEXT NOT NULL,
  signed_by TEXT NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_draft ON events (draft_id, id);
CREATE TABLE exports (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  draft_id INTEGER NOT NULL REFERENCES drafts (id),
  revision_id INTEGER REFERENCES revisions (id),
  exported_at TEXT NOT NULL,
  format TEXT NOT NULL,
  path TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  signed_by TEXT NOT NULL,
  why TEXT NOT NULL,
  -- What the gate said, one a line.
  reasons TEXT NOT NULL
) STRICT;
CREATE INDEX exports_by_draft ON exports (draft_id, id);
CREATE TRIGGER drafts_stay BEFORE DELETE ON drafts
  BEGIN SELECT RAISE(ABORT, 'a piece is never deleted'); END;
CREATE TRIGGER notes_stay BEFORE DELETE ON notes
  BEGIN SELECT RAISE(ABORT, 'a note is never deleted'); END;
CREATE TRIGGER revisions_stay BEFORE DELETE ON revisions
  BEGIN SELECT RAISE(ABORT, 'a revision is never deleted'); END;
CREATE TRIGGER past_notes_do_not_change BEFORE UPDATE ON past_notes
  BEGIN SELECT RAISE(ABORT, 'what a note said never changes'); END;
CREATE TRIGGER past_notes_stay BEFORE DELETE ON past_notes
  BEGIN SELECT RAISE(ABORT, 'what a note said is never deleted'); END;
CREATE TRIGGER judgements_stay BEFORE DELETE ON judgements
  BEGIN SELECT RAISE(ABORT, 'a judgement is cleared, never deleted'); END;
CREATE TRIGGER events_do_not_change BEFORE UPDATE ON events
  BEGIN SELECT RAISE(ABORT, 'an event never changes'); END;
CREATE TRIGGER events_stay BEFORE DELETE ON events
  BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;
CREATE TRIGGER exports_do_not_change BEFORE UPDATE ON exports
  BEGIN SELECT RAISE(ABORT, 'an export never changes'); END;
CREATE TRIGGER exports_stay BEFORE DELETE ON exports
  BEGIN SELECT RAISE(ABORT, 'an export is never deleted'); END;
CREATE TRIGGER notes_keep_their_past BEFORE UPDATE OF
  name, source, kind, place, said_at, terms, terms_words, embargo, is_confidential, aliases, text ON notes
  WHEN (old.name, old.source, old.kind, old.place, old.said_at, old.terms, old.terms_words, old.is_confidential,
        old.aliases, old.text)
    <> (new.name, new.source, new.kind, new.place, new.said_at, new.terms, new.terms_words, new.is_confidential,
        new.aliases, new.text)
    OR old.embargo IS NOT new.embargo
  BEGIN
    INSERT INTO past_notes (note_id, name, source, kind, place, said_at, terms, terms_words, embargo,
      is_confidential, aliases, text, changed_at)
    VALUES (old.id, old.name, old.source, old.kind, old.place, old.said_at, old.terms, old.terms_words, old.embargo,
      old.is_confidential, old.aliases, old.text, old.changed_at);
  END;
CREATE VIRTUAL TABLE found_drafts USING fts5 (
  slug, hed, dek, body,
  content = 'drafts', content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
CREATE TRIGGER drafts_found_when_new AFTER INSERT ON drafts
  BEGIN
    INSERT INTO found_drafts (rowid, slug, hed, dek, body)
    VALUES (new.id, new.slug, new.hed, new.dek, new.body);
  END;
CREATE TRIGGER drafts_found_when_changed AFTER UPDATE OF slug, hed, dek, body ON drafts
  BEGIN
    INSERT INTO found_drafts (found_drafts, rowid, slug, hed, dek, body)
    VALUES ('delete', old.id, old.slug, old.hed, old.dek, old.body);
    INSERT INTO found_drafts (rowid, slug, hed, dek, body)
    VALUES (new.id, new.slug, new.hed, new.dek, new.body);
  END;
CREATE VIRTUAL TABLE found_notes USING fts5 (
  name, source, aliases, text,
  content = 'notes', content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
CREATE TRIGGER notes_found_when_new AFTER INSERT ON notes
  BEGIN
    INSERT INTO found_notes (rowid, name, source, aliases, text)
    VALUES (new.id, new.name, new.source, new.aliases, new.text);
  END;
CREATE TRIGGER notes_found_when_changed AFTER UPDATE OF name, source, aliases, text ON notes
  BEGIN
    INSERT INTO found_notes (found_notes, rowid, name, source, aliases, text)
    VALUES ('delete', old.id, old.name, old.source, old.aliases, old.text);
    INSERT INTO found_notes (rowid, name, source, aliases, text)
    VALUES (new.id, new.name, new.source, new.aliases, new.text);
  END;
CREATE TABLE note_stamps (
  note_id INTEGER PRIMARY KEY REFERENCES notes (id),
  stamp INTEGER NOT NULL
) STRICT;
CREATE INDEX note_stamps_by_stamp ON note_stamps (stamp);
CREATE TABLE cards (
  note_id INTEGER PRIMARY KEY REFERENCES notes (id),
  -- By which rules it was made.
  maker TEXT NOT NULL,
  card BLOB NOT NULL
) STRICT;
CREATE TRIGGER cards_go_when_their_note_changes AFTER UPDATE OF source, aliases, text ON notes
  WHEN (old.source, old.aliases, old.text) <> (new.source, new.aliases, new.text)
  BEGIN DELETE FROM cards WHERE note_id = new.id; END;
CREATE TRIGGER notes_count_what_comes AFTER INSERT ON notes
  BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'notes';
    INSERT OR REPLACE INTO note_stamps (note_id, stamp)
      SELECT new.id, value FROM counters WHERE name = 'notes';
  END;
CREATE TRIGGER notes_count_what_changes AFTER UPDATE ON notes
  BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'notes';
    INSERT OR REPLACE INTO note_stamps (note_id, stamp)
      SELECT new.id, value FROM counters WHERE name = 'notes';
  END;
CREATE TABLE histories (
  draft_id INTEGER PRIMARY KEY REFERENCES drafts (id),
  n_revisions INTEGER NOT NULL,
  hash BLOB NOT NULL
) STRICT;
CREATE TRIGGER revisions_do_not_change BEFORE UPDATE ON revisions
  BEGIN SELECT RAISE(ABORT, 'a revision never changes'); END;
CREATE TRIGGER histories_stay BEFORE DELETE ON histories
  BEGIN SELECT RAISE(ABORT, 'a history is never deleted'); END;
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
CREATE TABLE typed_ends (
  draft_id INTEGER PRIMARY KEY REFERENCES drafts (id),
  hash BLOB NOT NULL
) STRICT;
CREATE TRIGGER drafts_unsealed_when_new AFTER INSERT ON drafts
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('drafts', new.id); END;
CREATE TRIGGER drafts_unsealed_when_changed AFTER UPDATE ON drafts
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('drafts', new.id); END;
CREATE TRIGGER drafts_unsealed_when_gone AFTER DELETE ON drafts
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('drafts', old.id); END;
CREATE TRIGGER notes_unsealed_when_new AFTER INSERT ON notes
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('notes', new.id); END;
CREATE TRIGGER notes_unsealed_when_changed AFTER UPDATE ON notes
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('notes', new.id); END;
CREATE TRIGGER notes_unsealed_when_gone AFTER DELETE ON notes
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('notes', old.id); END;
CREATE TRIGGER past_notes_unsealed_when_new AFTER INSERT ON past_notes
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('past_notes', new.id); END;
CREATE TRIGGER past_notes_unsealed_when_changed AFTER UPDATE ON past_notes
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('past_notes', new.id); END;
CREATE TRIGGER past_notes_unsealed_when_gone AFTER DELETE ON past_notes
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('past_notes', old.id); END;
CREATE TRIGGER judgements_unsealed_when_new AFTER INSERT ON judgements
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('judgements', new.id); END;
CREATE TRIGGER judgements_unsealed_when_changed AFTER UPDATE ON judgements
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('judgements', new.id); END;
CREATE TRIGGER judgements_unsealed_when_gone AFTER DELETE ON judgements
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('judgements', old.id); END;
CREATE TRIGGER events_unsealed_when_new AFTER INSERT ON events
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('events', new.id); END;
CREATE TRIGGER events_unsealed_when_changed AFTER UPDATE ON events
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('events', new.id); END;
CREATE TRIGGER events_unsealed_when_gone AFTER DELETE ON events
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('events', old.id); END;
CREATE TRIGGER exports_unsealed_when_new AFTER INSERT ON exports
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('exports', new.id); END;
CREATE TRIGGER exports_unsealed_when_changed AFTER UPDATE ON exports
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('exports', new.id); END;
CREATE TRIGGER exports_unsealed_when_gone AFTER DELETE ON exports
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('exports', old.id); END;
CREATE TRIGGER judgement_notes_unsealed_when_new AFTER INSERT ON judgement_notes
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('judgements', new.judgement_id); END;
CREATE TRIGGER judgement_notes_unsealed_when_changed AFTER UPDATE ON judgement_notes
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('judgements', new.judgement_id); END;
CREATE TRIGGER judgement_notes_unsealed_when_gone AFTER DELETE ON judgement_notes
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('judgements', old.judgement_id); END;
CREATE TRIGGER settings_unsealed_when_new AFTER INSERT ON settings
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('settings', 0); END;
CREATE TRIGGER settings_unsealed_when_changed AFTER UPDATE ON settings
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('settings', 0); END;
CREATE TRIGGER settings_unsealed_when_gone AFTER DELETE ON settings
  BEGIN INSERT OR IGNORE INTO unsealed (kind, id) VALUES ('settings', 0); END;
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
PRAGMA application_id = 1400137076;
PRAGMA user_version = 9;
