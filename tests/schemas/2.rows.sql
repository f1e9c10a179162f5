INSERT INTO counters (name, value) VALUES ('notes', 0);
INSERT INTO settings (name, value) VALUES ('editor', 'SB');
INSERT INTO drafts (id, slug, hed, dek, byline, dateline, body, status, place, target_words, version, created_at, changed_at)
VALUES (7, 'harbour', 'A harbour waits', '', 'By Sam Boyd', 'LAGOS', 'We may sell the Café.' || char(10), 'legal', 'desk', 600, 4,
  '2026-11-20T09:00:00.123456Z', '2026-11-20T09:03:00.123456Z');
INSERT INTO revisions (id, draft_id, saved_at, cause, name, hed, dek, byline, dateline, body)
VALUES (3, 7, '2026-11-20T09:02:00.123456Z', 'named', 'sent to legal', 'A harbour waits', '', '', '', 'We will sell it.');
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
