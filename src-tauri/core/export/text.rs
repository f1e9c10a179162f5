//! Plain text: Markdown marks resolved, one paragraph to a line unless lines are asked for.

use super::galley::{self, Block, Kind};
use super::head_lines;
use crate::draft::Copy;
use textwrap::{WordSeparator, WordSplitter, WrapAlgorithm};

/// How plain text is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Plain {
    /// Lines of at most 72 letters, as mail and old wires take them; else a paragraph is a line.
    pub is_wrapped: bool,
    /// Quote marks, dashes and points as a typewriter has them; else as they were typed.
    pub is_straight: bool,
}

impl Plain {
    /// As it is kept: *wrapped straight*, *wrapped*, *straight* or nothing.
    pub fn words(self) -> String {
        let words = [(self.is_wrapped, "wrapped"), (self.is_straight, "straight")];
        words.into_iter().filter(|(is, _)| *is).map(|(_, word)| word).collect::<Vec<_>>().join(" ")
    }

    /// What these words ask for; what is not known is not asked for.
    pub fn from_words(words: &str) -> Plain {
        let has = |word| words.split(' ').any(|each| each == word);
        Plain { is_wrapped: has("wrapped"), is_straight: has("straight") }
    }

    fn words_of(self, words: &str) -> String {
        if self.is_straight { straight(words) } else { words.to_owned() }
    }
}

/// A line, in letters as wide as they are shown.
const WIDTH: usize = 72;

/// The piece as plain text, a blank line between paragraphs.
pub fn write(copy: &Copy, plain: Plain) -> String {
    let mut text = String::new();
    for (_, words) in head_lines(copy) {
        let words = plain.words_of(&words);
        text += &if plain.is_wrapped { wrap(&words, "", "") } else { words };
        text += "\n\n";
    }
    text += &set(copy, plain);
    let words = text.trim_end();
    if words.is_empty() { String::new() } else { format!("{words}\n") }
}

/// The body with its dateline, a paragraph to a line.
pub fn body(copy: &Copy) -> String {
    set(copy, Plain::default())
}

/// Breaks words into lines where blanks are; what is longer than a line stays whole, as an address must.
fn wrap(words: &str, first: &str, rest: &str) -> String {
    let options = textwrap::Options::new(WIDTH)
        .initial_indent(first)
        .subsequent_indent(rest)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::fill(words, options)
}

/// As a typewriter has it: the wires' rule (ANPA 1312), which knows no curly marks and writes a dash as two hyphens.
fn straight(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '“' | '”' | '„' | '‟' | '«' | '»' => words.push('"'),
            '‘' | '’' | '‚' | '‛' | '‹' | '›' => words.push('\''),
            '—' => words += "--",
            '–' | '‐' | '‑' => words.push('-'),
            '…' => words += "...",
            '\u{a0}' | '\u{202f}' | '\u{2009}' => words.push(' '),
            c => words.push(c),
        }
    }
    words
}

fn set(copy: &Copy, plain: Plain) -> String {
    let mut text = String::new();
    let mut blocks = galley::set(copy).into_iter().peekable();
    let mut note = None;
    while let Some(block) = blocks.next() {
        if block.note.is_some() && block.note != note {
            note = block.note;
            text += &note.map(|number| format!("[{number}] ")).unwrap_or_default();
        }
        text += &line(&block, plain);
        text += match (block.kind, blocks.peek().map(|next| next.kind)) {
            // A row to a line, its cells apart by a tab.
            (Kind::Cell(_), Some(Kind::Cell(next))) if next.column > 0 => "\t",
            (Kind::Cell(_), Some(Kind::Cell(next))) if next.row > 0 => "\n",
            (Kind::Item(_), Some(Kind::Item(_))) => "\n",
            _ => "\n\n",
        };
    }
    text
}

fn line(block: &Block, plain: Plain) -> String {
    let mut words = String::new();
    for run in &block.runs {
        words += &run.text;
        words += &run.note.map(|number| format!("[{number}]")).unwrap_or_default();
        match &run.link {
            Some(link) if link.trim_start_matches("mailto:") != run.text => words += &format!(" ({link})"),
            _ => {}
        }
    }
    let words = words.trim_end_matches('\n');
    let words = &if block.kind == Kind::Code { words.to_owned() } else { plain.words_of(words) };
    let indent = "  ".repeat(block.depth.saturating_sub(1));
    if plain.is_wrapped && !matches!(block.kind, Kind::Cell(_) | Kind::Code | Kind::Rule) {
        let first = match block.kind {
            Kind::Item(None) => format!("{indent}- "),
            Kind::Item(Some(number)) => format!("{indent}{number}. "),
            Kind::ItemMore => format!("{indent}  "),
            Kind::Quote => format!("{indent}    "),
            _ => String::new(),
        };
        return wrap(words, &first, &" ".repeat(first.len()));
    }
    let line = match block.kind {
        Kind::Item(None) => format!("{indent}- {words}"),
        Kind::Item(Some(number)) => format!("{indent}{number}. {words}"),
        Kind::ItemMore => format!("{indent}  {words}"),
        Kind::Quote | Kind::Code => format!("{indent}    {words}"),
        Kind::Rule => "* * *".to_owned(),
        Kind::Cell(_) => words.replace('\n', " "),
        Kind::Paragraph | Kind::Heading(_) => words.to_owned(),
    };
    let inner = match block.kind {
        Kind::Quote | Kind::Code => format!("\n{indent}    "),
        _ => "\n".to_owned(),
    };
    line.replace('\n', &inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::one_line;
    use proptest::prelude::*;

    fn piece(body: &str) -> Copy {
        Copy { hed: "The ferry’s sale".into(), body: body.into(), ..Copy::default() }
    }

    #[test]
    fn lines_are_broken_where_blanks_are_and_hang_under_their_item() {
        let long =
            "“We may sell it by the spring — or not,” she said, and looked at the timetable of the harbour line.";
        let body = format!("{long}\n\n- {long}\n\n> {long}\n\n<https://example.org/{}>", "a/".repeat(60));
        let text = write(&piece(&body), Plain { is_wrapped: true, is_straight: true });
        let is_whole = |line: &str| line.len() <= WIDTH || line.contains("example.org");
        assert!(text.lines().all(is_whole), "{text}");
        assert!(
            text.starts_with("The ferry's sale\n\n\"We may sell it by the spring -- or not,\" she said, and"),
            "{text}"
        );
        assert!(text.contains("\n- \"We may") && text.contains("\n  timetable of"), "{text}");
        assert!(text.contains("\n    \"We may"), "{text}");
    }

    #[test]
    fn how_it_is_set_is_kept_in_words() {
        for (is_wrapped, is_straight) in [(false, false), (true, false), (false, true), (true, true)] {
            let plain = Plain { is_wrapped, is_straight };
            assert_eq!(Plain::from_words(&plain.words()), plain);
        }
    }

    proptest! {
        #[test]
        fn wrapping_loses_no_words_and_adds_none(body in "[a-zé “”—.\n>*-]{0,300}") {
            let words = |plain| one_line(&write(&piece(&body), plain));
            prop_assert_eq!(words(Plain { is_wrapped: true, is_straight: false }), words(Plain::default()));
        }
    }
}
