//! A note from a file.

use super::front::{self, Field, Front};
use super::terms::{never, read_embargo, read_said_at, read_terms, read_yes};
use super::{Warning, read_text};
use crate::note::{Note, NoteId, Terms};
use crate::span::after;

const KEYS: [&str; 8] = ["source", "kind", "where", "said_at", "terms", "embargo", "confidential", "aliases"];

/// A note from a `.md` or `.txt` file with front matter (DESIGN.md); without it the whole file is the note's text.
///
/// Total. Lines of front matter that are not understood stay at the head of the text, each with a warning. Terms,
/// embargo and confidence are never looser than written: where they cannot be read the strictest is taken, and said.
pub fn read_note(name: &str, bytes: &[u8]) -> (Note, Vec<Warning>) {
    let (text, warnings) = read_text(bytes);
    let mut reader = Reader { note: empty(name), seen: Vec::new(), kept: Vec::new(), warnings };
    match front::read(&text) {
        None => {
            reader.warnings.push(Warning::whole(UNSIGNED));
            reader.note.text = text;
        }
        Some(front) => reader.read(&front, text),
    }
    (reader.note, reader.warnings)
}

/// A note of these words from a file that has no place for front matter.
pub(super) fn of_words(name: &str, text: String) -> (Note, Vec<Warning>) {
    (Note { text, ..empty(name) }, vec![Warning::whole(UNSIGNED)])
}

const UNSIGNED: &str = "There is no front matter, so nobody is named as the source and it is taken as on the record.";

struct Reader {
    note: Note,
    /// Keys already read.
    seen: Vec<&'static str>,
    /// Lines that were not understood, in order: (line, words).
    kept: Vec<(usize, String)>,
    warnings: Vec<Warning>,
}

impl Reader {
    fn read(&mut self, front: &Front, text: String) {
        for field in &front.fields {
            self.take(field, &text);
        }
        for &(line, span) in &front.broken {
            let words = span.of(&text);
            self.warn(line, "This is not `key: value`; it was kept as text.");
            self.kept.push((line, words.to_owned()));
        }
        if !front.is_closed {
            self.warn(1, "The front matter is not closed by a line `---`, so the whole file was kept as text.");
        }
        let is_broken = !front.is_closed || !front.broken.is_empty();
        self.settle_terms(is_broken);
        if !self.seen.contains(&"source") {
            self.warnings.push(Warning::whole("No source is named: say who said or wrote it."));
        }
        self.kept.sort();
        let kept: String = self.kept.drain(..).map(|(_, words)| words + "\n").collect();
        self.note.text = match front.is_closed && !self.seen.is_empty() {
            true => kept + after(&text, front.body_start_byte),
            false => text,
        };
    }

    /// Without readable terms, a note whose front matter is broken may have had any.
    fn settle_terms(&mut self, is_broken: bool) {
        if self.seen.contains(&"terms") {
            return;
        }
        let message = if is_broken {
            self.note.terms = Terms::OffTheRecord;
            "The front matter is broken and its terms cannot be read: taken as off the record until you set them."
        } else {
            "No terms are given: taken as on the record."
        };
        self.warnings.push(Warning::whole(message));
    }

    fn take(&mut self, field: &Field, text: &str) {
        let Some(key) = known_key(&field.key) else {
            let words = field.span.of(text);
            self.warn(field.line, "This is no key of a note; the line was kept as text.");
            self.kept.push((field.line, words.to_owned()));
            return;
        };
        if key != field.key.replace(' ', "_") {
            self.warn(field.line, format!("“{}” was read as `{key}`.", field.key));
        }
        let is_again = self.seen.contains(&key);
        self.seen.push(key);
        let value = field.value.as_str();
        match key {
            "terms" => self.take_terms(field, is_again),
            "embargo" => self.take_embargo(field),
            "confidential" => self.take_confidential(field),
            "aliases" => self.note.aliases.extend(front::items(value)),
            _ if is_again => {
                self.warn(field.line, format!("`{key}` stands here a second time; the line was kept as text."));
                self.kept.push((field.line, field.span.of(text).to_owned()));
            }
            "source" => self.note.source = value.to_owned(),
            "kind" => self.note.kind = value.to_owned(),
            "where" => self.note.place = value.to_owned(),
            _ => self.note.said_at = read_said_at(value),
        }
    }

    fn take_terms(&mut self, field: &Field, is_again: bool) {
        // `off the record: true` says it in the key.
        let words = if Terms::from_words(&field.key).is_some() { &field.key } else { &field.value };
        let terms = read_terms(words).unwrap_or_else(|| {
            self.warn(field.line, "These terms are not known: taken as off the record until you set them.");
            Terms::OffTheRecord
        });
        if is_again {
            self.warn(field.line, "There are terms twice: the stricter were taken.");
        }
        if !is_again || strictness(terms) > strictness(self.note.terms) {
            self.note.terms = terms;
        }
        if Terms::from_words(words).is_none() {
            let before = std::mem::take(&mut self.note.terms_words);
            self.note.terms_words = if before.is_empty() { words.clone() } else { format!("{before}; {words}") };
        }
    }

    fn take_embargo(&mut self, field: &Field) {
        if matches!(field.value.to_lowercase().as_str(), "" | "none" | "no" | "false" | "-") {
            return;
        }
        let until = match read_embargo(&field.value) {
            Some((until, true)) => until,
            Some((until, false)) => {
                let latest = until.format("%Y-%m-%dT%H:%MZ");
                self.warn(
                    field.line,
                    format!("The embargo has no time zone: held until the latest it can mean, {latest}."),
                );
                until
            }
            None => {
                self.warn(field.line, "The embargo is no date (2026-03-12T09:00Z): it holds until you set one.");
                never()
            }
        };
        self.note.embargo = self.note.embargo.max(Some(until));
    }

    fn take_confidential(&mut self, field: &Field) {
        let is_confidential = read_yes(&field.value).unwrap_or_else(|| {
            self.warn(field.line, "`confidential` is neither true nor false: taken as confidential.");
            true
        });
        self.note.is_confidential |= is_confidential;
    }

    fn warn(&mut self, line: usize, message: impl Into<String>) {
        self.warnings.push(Warning::at(line, message));
    }
}

fn empty(name: &str) -> Note {
    Note {
        id: NoteId(0),
        name: name.to_owned(),
        source: String::new(),
        kind: String::new(),
        place: String::new(),
        said_at: String::new(),
        terms: Terms::OnTheRecord,
        terms_words: String::new(),
        embargo: None,
        is_confidential: false,
        aliases: Vec::new(),
        text: String::new(),
    }
}

fn strictness(terms: Terms) -> usize {
    Terms::ALL.iter().position(|&known| known == terms).unwrap_or_default()
}

/// The key meant: a slip of the finger in *confidential* must not lay a name open.
fn known_key(written: &str) -> Option<&'static str> {
    let written = written.replace([' ', '-'], "_");
    if Terms::from_words(&written.replace('_', " ")).is_some() {
        return Some("terms");
    }
    let is_near =
        |key: &str| key.len() > 4 && is_one_slip(key, &written) || written.len() > 4 && is_one_slip(&written, key);
    // Other words for it that say the same.
    let other = match written.as_str() {
        "date" | "when" | "said" | "said_on" => Some("said_at"),
        "place" | "outlet" | "url" => Some("where"),
        "speaker" | "name" | "from" => Some("source"),
        "alias" | "also_known_as" => Some("aliases"),
        _ => None,
    };
    let exact = KEYS.into_iter().find(|&key| key == written);
    exact.or(other).or_else(|| KEYS.into_iter().find(|key| is_near(key)))
}

/// The two differ by at most two letters changed, lost, gained or swapped, in words long enough for that to be a slip.
fn is_one_slip(key: &str, written: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (key.chars().collect(), written.chars().collect());
    let max = if a.len() > 6 { 2 } else { 1 };
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()] <= max
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> (Note, Vec<String>) {
        let (note, warnings) = read_note("n.md", text.as_bytes());
        let line = |warning: Warning| format!("{}: {}", warning.line.unwrap_or_default(), warning.message);
        (note, warnings.into_iter().map(line).collect())
    }

    #[test]
    fn a_key_by_another_word_is_read_and_said() {
        let (note, warnings) =
            read("---\nspeaker: Ines Eze\nDate: 10 November 2026\nterms: on the record\n---\nWords.\n");
        assert_eq!((note.source.as_str(), note.said_at.as_str()), ("Ines Eze", "2026-11-10"));
        assert_eq!(note.text, "Words.\n");
        assert_eq!(warnings, ["2: “speaker” was read as `source`.", "3: “date” was read as `said_at`."]);
    }

    #[test]
    fn front_matter_is_read_and_the_words_kept_as_they_are() {
        let (note, warnings) = read(
            "---\nsource: Ines Eze    # of the harbour office\nkind: call\nwhere: telephone\nsaid_at: 10 November 2026, 16:20\n\
             terms: on the record\nembargo: 2026-11-20T09:00Z\nconfidential: false\naliases: Eze; harbour master\n---\n\n[00:01] Words.\n",
        );
        assert_eq!(warnings, Vec::<String>::new());
        assert_eq!((note.source.as_str(), note.place.as_str()), ("Ines Eze", "telephone"));
        assert_eq!(note.said_at, "2026-11-10 16:20");
        assert_eq!(note.embargo.map(|at| at.to_rfc3339()).as_deref(), Some("2026-11-20T09:00:00+00:00"));
        assert_eq!(note.aliases, ["Eze", "harbour master"]);
        assert_eq!(note.text, "\n[00:01] Words.\n");
    }

    #[test]
    fn a_broken_line_is_named_kept_as_text_and_never_loosens_the_terms() {
        let (note, warnings) = read("---\nsource: Eze\nterms off the record\n---\nWords.\n");
        assert_eq!(note.text, "terms off the record\nWords.\n");
        assert_eq!(note.terms, Terms::OffTheRecord);
        assert!(warnings[0].starts_with("3: This is not"), "the line is named, its words are not: {warnings:?}");
        assert!(warnings[1].contains("taken as off the record"), "{warnings:?}");
    }

    #[test]
    fn a_fence_never_closed_keeps_the_whole_file_and_what_it_forbids() {
        let text = "---\nsource: Eze\nterms: background\nconfidential: yes\n\nWords.\n";
        let (note, warnings) = read(text);
        assert_eq!((note.text.as_str(), note.terms, note.is_confidential), (text, Terms::Background, true));
        assert!(warnings[0].starts_with("1: The front matter is not closed"), "{warnings:?}");
    }

    #[test]
    fn a_slip_in_a_key_lays_nothing_open() {
        let (note, warnings) =
            read("---\nsource: Eze\nterm: off the record\nconfidental: true\nembargoe: soon\n---\nWords.\n");
        assert_eq!((note.terms, note.is_confidential, note.embargo), (Terms::OffTheRecord, true, Some(never())));
        assert_eq!(warnings.len(), 4, "each slip, and the date that is none, is said: {warnings:?}");
        let (note, _) = read("---\nsource: Eze\nOff the record: yes\nconfidential: perhaps\n---\nWords.\n");
        assert_eq!((note.terms, note.is_confidential), (Terms::OffTheRecord, true));
    }

    #[test]
    fn of_two_terms_the_stricter_stand() {
        let (note, _) = read("---\nsource: Eze\nterms: off the record\nterms: on the record\n---\nWords.\n");
        assert_eq!(note.terms, Terms::OffTheRecord);
    }

    #[test]
    fn an_unknown_key_is_kept_at_the_head_of_the_text() {
        let (note, warnings) = read("---\nsource: Eze\nterms: on the record\nmood: cross\n---\nWords.\n");
        assert_eq!(note.text, "mood: cross\nWords.\n");
        assert!(warnings[0].starts_with("4: This is no key"), "{warnings:?}");
    }

    #[test]
    fn without_front_matter_all_of_it_is_text() {
        let (note, warnings) = read("Words.\n---\nsource: no\n---\n");
        assert_eq!(note.text, "Words.\n---\nsource: no\n---\n");
        assert_eq!(warnings.len(), 1);
    }

    proptest! {
        #[test]
        fn no_words_of_a_note_are_lost(head in "[ -~\n]{0,60}", body in "[ -~\n]{0,60}") {
            let text = format!("---\nsource: Eze\n{head}\n---\n{body}");
            let (note, _) = read_note("n.md", text.as_bytes());
            let end = body.rsplit("---\n").next().unwrap_or_default();
            prop_assert!(note.text.ends_with(end), "{note:?}");
        }
    }
}
