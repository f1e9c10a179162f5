//! Source notes: what someone said or wrote, and on what terms it may be used.

use crate::span::{Span, lines};
use chrono::{DateTime, Utc};

/// Which note; given by the store, or the place in the folder for notes read from files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteId(pub i64);

/// What was agreed with the source. AP's meanings; newsrooms differ, so the note keeps its own words too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Terms {
    /// Use it, with the name.
    #[default]
    OnTheRecord,
    /// Use it as agreed, without the name.
    Background,
    /// Use it, without attribution.
    DeepBackground,
    /// Do not use it.
    OffTheRecord,
}

impl Terms {
    /// All four, loosest first.
    pub const ALL: [Terms; 4] = [Terms::OnTheRecord, Terms::Background, Terms::DeepBackground, Terms::OffTheRecord];

    /// The words in a note's front matter and on the screen.
    pub fn words(self) -> &'static str {
        match self {
            Terms::OnTheRecord => "on the record",
            Terms::Background => "background",
            Terms::DeepBackground => "deep background",
            Terms::OffTheRecord => "off the record",
        }
    }

    /// The terms these words name, if any; case, hyphens and a leading *on* do not matter.
    pub fn from_words(words: &str) -> Option<Terms> {
        let plain = words.trim().to_lowercase().replace('-', " ");
        let plain = plain.strip_prefix("on ").filter(|rest| rest.ends_with("background")).unwrap_or(&plain);
        Terms::ALL.into_iter().find(|terms| terms.words() == plain)
    }
}

/// One source's words, and where they come from.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub id: NoteId,
    /// The file it came from (`altman-reply.md`), or a name made from the source. Unlike any other on the desk.
    pub name: String,
    /// Who said or wrote it.
    pub source: String,
    /// interview, call, post, e-mail, document, transcript, press release, web page, …
    pub kind: String,
    /// Place, outlet or address.
    pub place: String,
    /// As the note has it: a date, or a date and time. Sorts by its own letters.
    pub said_at: String,
    pub terms: Terms,
    /// The terms as the note wrote them, when they say more than the four do; else empty.
    pub terms_words: String,
    pub embargo: Option<DateTime<Utc>>,
    /// The source's name must never leave the desk.
    pub is_confidential: bool,
    /// Other names and roles the source goes by.
    pub aliases: Vec<String>,
    /// The words alone, `\n` line ends, no front matter.
    pub text: String,
}

/// A stretch of a note that one voice spoke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Whose words: the label of a transcript line (`MAYOR EZE:`), or none for the note's own source.
    pub label: Option<Span>,
    /// The words, without label and timecode.
    pub words: Span,
    /// When in the recording it begins, where the line says so.
    pub timecode: Option<Span>,
}

impl Note {
    /// The note's text by voices, in order.
    ///
    /// **Shape**: whole lines or what is left of them without label and timecode; blank lines left out. A line without a
    /// label is the source's, unless the note is a transcript in which everyone is labelled: there it runs on from the
    /// voice before. `A:` is the source, `Q:` is not.
    pub fn turns(&self) -> Vec<Turn> {
        let mut turns: Vec<Turn> = lines(&self.text).into_iter().map(|line| turn_of(&self.text, line)).collect();
        let words_of = |label: Span| label.of(&self.text).to_string();
        let labels: Vec<String> = turns.iter().filter_map(|turn| turn.label).map(words_of).collect();
        let runs_on = self.everyone_is_labelled(&labels);
        let is_mixed_case_ok = labels.len() > 1;
        let mut held = None;
        for turn in &mut turns {
            let loose = turn.label.filter(|label| {
                let words = label.of(&self.text);
                !is_mixed_case_ok && words.chars().any(char::is_lowercase)
            });
            if let Some(label) = loose {
                // One line alone that begins *Ines Eze:* may be the source quoting herself; capitals are a label anywhere.
                turn.words = Span::new(label.start, turn.words.end);
                turn.label = None;
            }
            match turn.label.map(|label| label.of(&self.text)) {
                Some("A") => (turn.label, held) = (None, None),
                Some(_) => held = turn.label,
                None if runs_on => turn.label = held,
                None => {}
            }
        }
        turns
    }

    /// When in its recording what is said from a place on was said, as far as the note has timecodes: where each stands
    /// and its time in ms, in the order of the text.
    pub fn timecodes(&self) -> Vec<(Span, u64)> {
        let codes = self.turns().into_iter().filter_map(|turn| turn.timecode);
        codes.filter_map(|code| Some((code, timecode_ms(code.of(&self.text))?))).collect()
    }

    fn everyone_is_labelled(&self, labels: &[String]) -> bool {
        let own: Vec<String> =
            std::iter::once(&self.source).chain(&self.aliases).map(|name| name.to_lowercase()).collect();
        let is_own = |label: &str| {
            let label = label.to_lowercase();
            own.iter()
                .any(|name| label.split(' ').any(|word| word.len() > 2 && name.split(' ').any(|part| part == word)))
        };
        let mut others: Vec<&String> = labels.iter().filter(|label| !is_asking(label)).collect();
        others.sort();
        others.dedup();
        others.len() > 1 || others.iter().any(|label| is_own(label))
    }
}

/// The label of whoever asks in an interview: `Q:`, `REPORTER:`.
pub(crate) fn is_asking(label: &str) -> bool {
    ["Q", "QUESTION", "REPORTER", "INTERVIEWER"].contains(&label.to_uppercase().as_str())
}

/// A line taken apart: timecodes and a label in front, then the words.
fn turn_of(text: &str, line: Span) -> Turn {
    let (words, timecode) = behind_timecodes(text, line);
    let Some((label, start)) = label_of(words.of(text)) else { return Turn { label: None, words, timecode } };
    let (rest, late) = behind_timecodes(text, Span::new(words.start + start, words.end));
    Turn { label: Some(label.shift(words.start)), words: rest, timecode: timecode.or(late) }
}

/// What stands behind the timecodes and pages a stretch begins with, and the first of the timecodes.
fn behind_timecodes(text: &str, stretch: Span) -> (Span, Option<Span>) {
    let (mut words, mut timecode) = (stretch.trim(text), None);
    while let Some(len) = timecode_len(words.of(text)) {
        let code = Span::new(words.start, words.start + len);
        timecode = timecode.or_else(|| timecode_ms(code.of(text)).map(|_| code));
        words = Span::new(code.end, words.end).trim(text);
    }
    (words, timecode)
}

/// The time a timecode says, in ms: minutes and seconds, with hours before and frames or parts of a second behind. None
/// for the mark of a page.
fn timecode_ms(code: &str) -> Option<u64> {
    let code = code.trim_matches(['[', ']', '(', ')']);
    let (clock, part) = code.split_once(['.', ',']).unwrap_or((code, ""));
    let parts = clock.split(':').map(|part| part.parse().ok()).collect::<Option<Vec<u64>>>()?;
    let seconds = match parts[..] {
        [minutes, seconds] => minutes * 60 + seconds,
        [hours, minutes, seconds] | [hours, minutes, seconds, _] => (hours * 60 + minutes) * 60 + seconds,
        _ => return None,
    };
    Some(seconds * 1_000 + format!("{part:0<3}").get(..3)?.parse::<u64>().ok()?)
}

/// A line that begins with somebody's label, as in a transcript: `MAYOR EZE: …`.
pub(crate) fn begins_turn(line: &str) -> bool {
    label_of(line).is_some()
}

/// Whether the words in square brackets say where the next page of a document begins: `page 12`.
pub(crate) fn is_page_mark(words: &str) -> bool {
    words.strip_prefix("page ").is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// How long what a line begins with is that says where it stands: `[00:14:03]`, `(14:03)`, `00:14:03`, `00:14:03.250`,
/// `[page 12]`.
fn timecode_len(line: &str) -> Option<usize> {
    if let Some((mark, _)) = line.strip_prefix('[').and_then(|line| line.split_once(']'))
        && is_page_mark(mark)
    {
        return Some(mark.len() + 2);
    }
    let open = line.starts_with(['[', '(']);
    let digits = if open { line.get(1..)? } else { line };
    let len = digits.find(|c: char| !(c.is_ascii_digit() || ":.,".contains(c))).unwrap_or(digits.len());
    let code = digits.get(..len)?;
    let n_colons = code.matches(':').count();
    let is_code = code.starts_with(|c: char| c.is_ascii_digit()) && code.ends_with(|c: char| c.is_ascii_digit());
    if !is_code || code.split([':', '.', ',']).any(|part| part.is_empty() || part.len() > 3) {
        return None;
    }
    match digits.get(len..)?.chars().next() {
        Some(']' | ')') if open && n_colons > 0 => Some(len + 2),
        // Bare, only with seconds: *9:30 is when we open* is speech.
        None | Some(' ' | '\t') if !open && n_colons == 2 => Some(len),
        _ => None,
    }
}

/// The label a transcript line begins with, and where the words after its colon start: `MAYOR EZE:`, `**Ines Eze:**`.
fn label_of(line: &str) -> Option<(Span, usize)> {
    let n_marks = line.find(|c| c != '*' && c != '_')?;
    let rest = line.get(n_marks..)?;
    let colon = rest.find(':').filter(|at| *at <= 60)?;
    let label = rest.get(..colon)?.trim_end_matches(['*', '_', ' ']);
    let behind = rest.get(colon + 1..)?;
    let is_end = behind.is_empty() || behind.starts_with([' ', '\t', '*', '_']);
    let name = label.split(" (").next().unwrap_or(label);
    let mut words = name.split_whitespace().peekable();
    words.peek()?;
    let is_capital =
        |word: &str| word.trim_start_matches(['(', '"']).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let all_capitals = name.chars().any(char::is_alphabetic) && !name.chars().any(char::is_lowercase);
    let n_words = name.split_whitespace().count();
    let is_name = (2..=4).contains(&n_words) && words.all(is_capital);
    let begins_well = name.starts_with(char::is_uppercase);
    if !is_end
        || !begins_well
        || !(all_capitals && n_words <= 6 || is_name)
        || name.contains(['.', '!', '?']) && !all_capitals
    {
        return None;
    }
    let n_behind = behind.len() - behind.trim_start_matches(['*', '_', ' ', '\t']).len();
    Some((Span::new(n_marks, n_marks + name.len()), n_marks + colon + 1 + n_behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timecode_says_when_it_was_said_however_it_is_written() {
        for (line, ms) in [
            ("[00:14:03] We may.", Some(843_000)),
            ("(14:03) We may.", Some(843_000)),
            ("01:14:03 We may.", Some(4_443_000)),
            ("00:14:03,250 We may.", Some(843_250)),
            ("[1:02:03:12] We may.", Some(3_723_000)),
            ("[page 12] [0:07] We may.", Some(7_000)),
            ("MAYOR EZE: [00:00:05] We may.", Some(5_000)),
            ("[00:00:05] MAYOR EZE: [00:00:06] We may.", Some(5_000)),
            ("[page 12] We may.", None),
            ("9:30 is when we open.", None),
        ] {
            assert_eq!(behind_first(line), ms, "{line}");
        }
    }

    fn behind_first(line: &str) -> Option<u64> {
        timecode_ms(turn_of(line, Span::new(0, line.len())).timecode?.of(line))
    }
}
