INSERT INTO counters (name, value) VALUES ('notes', 0);
INSERT INTO settings (name, value) VALUES ('editor', 'SB');
INSERT INTO drafts (id, slug, hed, dek, byline, dateline, body, status, place, target_words, version, created_at, changed_at)
VALUES (7, 'harbour', 'A harbour waits', '', 'By Sam Boyd', 'LAGOS', 'We may sell the Café.' || char(10), 'legal', 'desk', 600, 4,
  '2026-11-20T09:00:00.123456Z', '2026-11-20T09:03:00.123456Z');
-- The words are packed, the hash is of all of it (store/history.rs).
INSERT INTO revisions (id, draft_id, saved_at, cause, name, hash, n_steps, words)
VALUES (3, 7, '2026-11-20T09:02:00.123456Z', 'named', 'sent to legal',
  x'765a7bd57e3400619472e45bdf1476f5e72bcf4b23364b75dbc6f58bc2bded57', 0,
  x'28b52ffd20337d010084020f0000004120686172626f7572207761697473001000000057652077696c6c2073656c6c2069742e01000cc004');
INSERT INTO histories (draft_id, n_revisions, hash)
VALUES (7, 1, x'765a7bd57e3400619472e45bdf1476f5e72bcf4b23364b75dbc6f58bc2bded57');
INSERT INTO notes (id, name, source, kind, place, said_at, terms, terms_words, embargo, is_confidential, aliases, text,
  draft_id, is_in_bin, created_at, changed_at)
VALUES (2, 'eze.md', 'Ines Eze', 'call', '', '2026-11-10', 'off the record', '', NULL, 1, 'Eze' || char(10) || 'the chief',
  'We will sell it.', 7, 0, '2026-11-20T09:00:00.123456Z', '2026-11-20T09:00:00.123456Z');
INSERT INTO judgements (id, draft_id, kind, words, attribution, verdict, signed_by, reason, made_at, cleared_at)
VALUES (1, 7, 'cq', 'we may sell it', 'said ines eze', 'altered', 'SB', 'she rang', '2026-11-20T09:02:00.123456Z', NULL);
INSERT INTO judgement_notes (judgement_id, note_id, fingerprint) VALUES (1, 2, '5f1e');
INSERT INTO events (draft_id, happened_at, signed_by, kind, detail)
VALUES (7, '2026-11-20T09:00:00.123456Z', 'SB', 'created', '');
INSERT INTO cards (note_id, maker, card) VALUES (2, '0.1.0-0000000000000000', x'00010010000100');
INSERT INTO originals (id, draft_id, kept_at, name, file)
VALUES (1, 7, '2026-11-20T09:00:00.123456Z', 'harbour.docx', x'504b0304');
INSERT INTO comments (id, draft_id, thread_id, signed_by, made_at, edited_at, text, start_byte, before, words, after,
  resolved_by, resolved_at, is_in_bin)
VALUES (1, 7, NULL, 'SB', '2026-11-20T09:02:00.123456Z', NULL, 'Who says so?', 3, 'We ', 'may', ' sell the Café.',
  '', NULL, 0);
INSERT INTO proposals (id, draft_id, came_at, name, signed_by, revision_id, old_hed, old_dek, old_byline, old_dateline,
  old_body, hed, dek, byline, dateline, body, authors, settled, is_in_bin)
VALUES (1, 7, '2026-11-20T09:03:00.123456Z', 'harbour.docx', 'IE', 3, 'A harbour waits', '', '', '', 'We will sell it.',
  'A harbour waits', '', '', '', 'We may sell it.', 'come body 3-6 - IE' || char(10),
  'body 3-7 3-6 rejected 2026-11-20T09:03:00.123456Z SB' || char(10), 0);
INSERT INTO recordings (id, note_id, attached_at, path, size_bytes, sha256, is_in_bin)
VALUES (1, 2, '2026-11-20T09:03:00.123456Z', '/home/sb/eze.mp3', 4, '5f1e', 0);
