-- The words of revisions are packed: none stand in the old columns any more. Never edited once released.

ALTER TABLE revisions DROP COLUMN hed;
ALTER TABLE revisions DROP COLUMN dek;
ALTER TABLE revisions DROP COLUMN byline;
ALTER TABLE revisions DROP COLUMN dateline;
ALTER TABLE revisions DROP COLUMN body;
CREATE TRIGGER revisions_do_not_change BEFORE UPDATE ON revisions
  BEGIN SELECT RAISE(ABORT, 'a revision never changes'); END;
CREATE TRIGGER histories_stay BEFORE DELETE ON histories
  BEGIN SELECT RAISE(ABORT, 'a history is never deleted'); END;
