//! Front matter: `key: value` lines between two fences, at the head of a file.

use crate::span::{Span, after};

const FENCE: &str = "---";

/// What a file's front matter holds.
pub struct Front {
    pub fields: Vec<Field>,
    /// Lines that are not `key: value`, with their number from 1.
    pub broken: Vec<(usize, Span)>,
    /// The closing fence is there.
    pub is_closed: bool,
    /// Where the words begin: after the closing fence; 0 when there is none, for then no one can tell.
    pub body_start_byte: usize,
}

/// One line of it.
pub struct Field {
    /// Counted from 1.
    pub line: usize,
    /// Lower case.
    pub key: String,
    pub value: String,
    /// The whole line.
    pub span: Span,
}

impl Front {
    /// Closed, with something in it, and every line understood.
    pub fn is_sound(&self) -> bool {
        self.is_closed && self.broken.is_empty() && !self.fields.is_empty()
    }
}

/// Reads the front matter a text begins with; none when its first line is no fence.
///
/// A text whose fence is never closed gives the fields up to the first blank or broken line.
pub fn read(text: &str) -> Option<Front> {
    let first = text.split('\n').next().unwrap_or_default();
    if first.trim_end() != FENCE {
        return None;
    }
    let is_closed = text.split('\n').skip(1).any(|line| line.trim_end() == FENCE);
    let mut front = Front { fields: Vec::new(), broken: Vec::new(), is_closed, body_start_byte: 0 };
    let mut start = (first.len() + 1).min(text.len());
    for (number, line) in (2..).zip(after(text, start).split('\n')) {
        let span = Span::new(start, start + line.len());
        start += line.len() + 1;
        if is_closed && line.trim_end() == FENCE {
            front.body_start_byte = start.min(text.len());
            break;
        }
        if !front.take_line(number, line, span) && !is_closed {
            break;
        }
    }
    Some(front)
}

impl Front {
    /// Keeps what a line says; false where an unclosed front matter may end.
    fn take_line(&mut self, line: usize, words: &str, span: Span) -> bool {
        let plain = words.trim();
        if plain.is_empty() || plain.starts_with('#') {
            return !plain.is_empty();
        }
        if let (Some(item), Some(field)) = (plain.strip_prefix("- "), self.fields.last_mut()) {
            let separator = if field.value.is_empty() { "" } else { "; " };
            field.value += &format!("{separator}{}", read_value(item));
            return true;
        }
        let Some((key, value)) = words.split_once(':').filter(|(key, _)| is_key(key)) else {
            self.broken.push((line, span));
            return false;
        };
        self.fields.push(Field { line, key: key.trim().to_lowercase(), value: read_value(value), span });
        true
    }
}

/// The items of a list value, separated by `;`, or by `,` where there is no `;`.
pub fn items(value: &str) -> Vec<String> {
    let value = value.trim();
    let value = value.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')).unwrap_or(value);
    let separator = if value.contains(';') { ';' } else { ',' };
    value.split(separator).map(read_value).filter(|item| !item.is_empty()).collect()
}

/// A value written so that `read` gives it back, whatever stands in it.
pub fn quote_value(value: &str) -> String {
    let escaped = value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\t', "\\t");
    format!("\"{escaped}\"")
}

fn is_key(key: &str) -> bool {
    let key = key.trim();
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
    !key.is_empty() && key.len() <= 24 && key.starts_with(char::is_alphabetic) && key.chars().all(is_plain)
}

/// A value without its quote marks and without a comment, which begins with `#` after two spaces.
fn read_value(written: &str) -> String {
    let value = written.trim();
    for mark in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(mark).and_then(|rest| read_quoted(rest, mark)) {
            return inner;
        }
    }
    let end = written
        .match_indices('#')
        .map(|(at, _)| Span::new(0, at).of(written))
        .find(|head| head.ends_with("  ") || head.ends_with('\t'));
    end.unwrap_or(written).trim().to_owned()
}

/// What stands before the closing mark, unescaped; none where it is missing or more than a comment follows.
fn read_quoted(rest: &str, mark: char) -> Option<String> {
    let (mut value, mut chars) = (String::new(), rest.chars());
    loop {
        match chars.next()? {
            c if c == mark => break,
            '\\' if mark == '"' => match chars.next()? {
                'n' => value.push('\n'),
                't' => value.push('\t'),
                c => value.push(c),
            },
            c => value.push(c),
        }
    }
    let tail = chars.as_str().trim();
    (tail.is_empty() || tail.starts_with('#')).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn values_lose_their_comments_and_marks_and_nothing_else() {
        for (written, value) in [
            (" Ines Eze", "Ines Eze"),
            (" Ines Eze   # who said it", "Ines Eze"),
            ("            # nothing said", ""),
            (" berth #4", "berth #4"),
            (" \"a # b\"  # why", "a # b"),
            (" 'it''", "'it''"),
            (" http://example.org/#top", "http://example.org/#top"),
            (" \"open", "\"open"),
        ] {
            assert_eq!(read_value(written), value, "{written:?}");
        }
        assert_eq!(items("Eze; the harbour office, its head"), ["Eze", "the harbour office, its head"]);
        assert_eq!(items("[Eze, \"the chief\"]"), ["Eze", "the chief"]);
    }

    #[test]
    fn a_list_may_stand_on_lines_of_its_own() {
        let front = read("---\naliases:\n  - Eze\n  - the chief\n---\nWords").expect("it begins with a fence");
        assert_eq!(front.fields[0].value, "Eze; the chief");
    }

    proptest! {
        #[test]
        fn a_written_value_reads_back(value in "(\\PC|\n|\t)*") {
            prop_assert_eq!(read_value(&quote_value(&value)), value);
        }
    }
}
