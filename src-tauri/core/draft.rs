//! A piece as the desk keeps it, and what can be counted in its words.

mod direction;
mod face;
mod invisible;
mod read;

pub use direction::{is_leftwards, is_rtl};
pub use face::{Face, Faces, Line, Mark};
pub use invisible::{find_invisibles, invisible_words, is_invisible, place_before, without_invisibles};
pub use read::AsRead;

use crate::span::{self, Span};
use chrono::{DateTime, Utc};
use pulldown_cmark::{CodeBlockKind, Event, OffsetIter, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// A body read as the Markdown that pieces are written in, and where each event stands.
///
/// Each line of a paragraph indented as on a typewriter is a paragraph, not code; code stands between fences. Cost: one
/// reading of the body, of indented lines two.
pub fn markdown(body: &str) -> Vec<(Event<'_>, Range<usize>)> {
    let (mut events, mut is_indented) = (Vec::new(), false);
    for (event, range) in as_commonmark(body) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => is_indented = true,
            Event::End(TagEnd::CodeBlock) if is_indented => is_indented = false,
            Event::Text(_) if is_indented => {
                let line = Span::from(range).trim(body);
                let at = |range: Range<usize>| line.start + range.start..line.start + range.end;
                events.extend(as_commonmark(line.of(body)).map(|(event, range)| (event, at(range))));
            }
            event => events.push((event, range)),
        }
    }
    events
}

fn as_commonmark(text: &str) -> OffsetIter<'_> {
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    Parser::new_ext(text, options).into_offset_iter()
}

/// Which piece; given by the store, never used again for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DraftId(pub i64);

/// How far a piece has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    #[default]
    Draft,
    Edit,
    Legal,
    Ready,
    Published,
    Spiked,
}

impl Status {
    /// Every status, in the order a piece goes through them.
    pub const ALL: [Status; 6] =
        [Status::Draft, Status::Edit, Status::Legal, Status::Ready, Status::Published, Status::Spiked];

    /// The word on the screen and in the store.
    pub fn word(self) -> &'static str {
        match self {
            Status::Draft => "draft",
            Status::Edit => "edit",
            Status::Legal => "legal",
            Status::Ready => "ready",
            Status::Published => "published",
            Status::Spiked => "spiked",
        }
    }

    /// The status a word names, if any.
    pub fn from_word(word: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.word() == word)
    }
}

/// Where a piece lies: on the desk, put away, or in the bin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    #[default]
    Desk,
    Archive,
    Bin,
}

impl Place {
    /// The word in the store and on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Place::Desk => "desk",
            Place::Archive => "archive",
            Place::Bin => "bin",
        }
    }

    /// The place a word names, if any.
    pub fn from_word(word: &str) -> Option<Place> {
        [Place::Desk, Place::Archive, Place::Bin].into_iter().find(|place| place.word() == word)
    }
}

/// The words of a piece: what an editor types, what a revision keeps.
///
/// Invariant: `\n` is the only line end, and no NUL or byte-order mark; `import` sees to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copy {
    pub hed: String,
    pub dek: String,
    pub byline: String,
    pub dateline: String,
    /// Markdown.
    pub body: String,
}

impl Copy {
    /// All of it, part by part, in the order it is read.
    pub fn parts(&self) -> [&String; 5] {
        [&self.hed, &self.dek, &self.byline, &self.dateline, &self.body]
    }

    /// The same, to be changed.
    pub fn parts_mut(&mut self) -> [&mut String; 5] {
        [&mut self.hed, &mut self.dek, &mut self.byline, &mut self.dateline, &mut self.body]
    }

    /// What may leave the desk: what stands in `<!-- -->` stays.
    pub fn outgoing(&self) -> Copy {
        Copy { body: without_comments(&self.body), ..self.clone() }
    }
}

/// A piece on the desk.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub id: DraftId,
    /// Short name of the story; unlike any other on the desk.
    pub slug: String,
    pub status: Status,
    pub place: Place,
    /// How many words were ordered; none when nobody said.
    pub target_words: Option<u32>,
    pub copy: Copy,
    /// Counts the saves; a save must name the one it read.
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
}

/// How many words a text has, as a word processor counts: runs of letters and digits, hyphens and apostrophes inside.
pub fn count_words(text: &str) -> usize {
    let (mut n_words, mut is_counted) = (0, false);
    if text.is_ascii() {
        // The same by a table, without a branch: long copy is counted often.
        for byte in text.bytes() {
            let (is_word, is_space) = ASCII[usize::from(byte)];
            n_words += usize::from(is_word & !is_counted);
            is_counted = is_word | (is_counted & !is_space);
        }
        return n_words;
    }
    for c in text.chars() {
        if !is_counted && c.is_alphanumeric() {
            n_words += 1;
            is_counted = true;
        } else if is_counted && c.is_whitespace() {
            is_counted = false;
        }
    }
    n_words
}

/// Whether an ASCII byte belongs to a word, and whether it is white space.
static ASCII: [(bool, bool); 128] = {
    let mut table = [(false, false); 128];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = (byte.is_ascii_alphanumeric(), byte.is_ascii_whitespace() || byte == 0x0b);
        byte += 1;
    }
    table
};

/// A link to the web, an address or a telephone: never a file, never a script.
pub fn is_of_the_web(target: &str) -> bool {
    let target = target.trim_start();
    let begins = |scheme: &str| target.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    ["https://", "http://", "mailto:", "tel:"].into_iter().any(begins)
}

/// The sentences of a text, in order, without the white space around them. No sentence runs over a paragraph's end.
///
/// A point ends no sentence behind a title, an initial or a short form (*Mr. Eze*, *J. Eze*, *the U.S. Senate*), nor
/// where small letters follow. Closing marks belong to the sentence before them.
pub fn sentences(text: &str) -> Vec<Span> {
    let mut sentences = Vec::new();
    for line in span::lines(text) {
        let mut start = line.start;
        let points = line.of(text).char_indices().filter(|(_, c)| ENDS.contains(c));
        for end in points.filter_map(|(at, _)| sentence_end(line.of(text), at)) {
            sentences.push(Span::new(start, line.start + end).trim(text));
            start = line.start + end;
        }
        sentences.push(Span::new(start, line.end).trim(text));
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// The marks a sentence ends with.
pub const ENDS: [char; 4] = ['.', '!', '?', '…'];

/// Where the sentence ends whose mark stands at a byte of its line: behind the marks that close it. None where it goes on,
/// and where nothing follows.
pub fn sentence_end(line: &str, at: usize) -> Option<usize> {
    let is_close = |c: char| ENDS.contains(&c) || matches!(c, '"' | '”' | '’' | '\'' | '»' | ')' | ']' | '*' | '_');
    let is_open = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    let behind = span::after(line, at).trim_start_matches(is_close);
    let next = behind.trim_start();
    let begins = next.trim_start_matches(is_open).chars().next()?;
    let is_end = behind.len() > next.len() && !begins.is_lowercase() && !is_short_form(at, line);
    is_end.then_some(line.len() - behind.len())
}

/// The point at a byte of the line belongs to the word before it.
fn is_short_form(at: usize, line: &str) -> bool {
    const SHORT: [&str; 43] = [
        "mr", "mrs", "ms", "dr", "prof", "sen", "sens", "rep", "reps", "gov", "gen", "lt", "col", "sgt", "capt", "maj",
        "adm", "cpl", "hon", "rev", "st", "jr", "sr", "vs", "no", "jan", "feb", "mar", "apr", "jun", "jul", "aug",
        "sept", "sep", "oct", "nov", "dec", "pres", "dept", "est", "approx", "inc", "co",
    ];
    let word = span::before(line, at).rsplit(|c: char| !(c.is_alphanumeric() || c == '.')).next().unwrap_or_default();
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase) && word != "I";
    let is_point = span::after(line, at).starts_with('.');
    is_point && (is_initial || word.contains('.') || SHORT.contains(&word.to_lowercase().as_str()))
}

/// Every *TK* (to come) left in a text, in order: the word alone in capitals, or several run together (*TKTK*).
pub fn find_tks(text: &str) -> Vec<Span> {
    text.unicode_word_indices()
        .filter(|(_, word)| word.len() % 2 == 0 && word.as_bytes().chunks(2).all(|pair| pair == b"TK"))
        .map(|(start, word)| Span::new(start, start + word.len()))
        .collect()
}

/// Every comment of a body, `<!-- … -->`, in order: what a desk says to itself, and no word of the copy. One that is never
/// closed is none: nothing that was typed is lost.
pub fn find_comments(body: &str) -> Vec<Span> {
    let (mut comments, mut from) = (Vec::new(), 0);
    while let Some(start) = span::after(body, from).find("<!--").map(|at| from + at) {
        let Some(len) = span::after(body, start + 4).find("-->") else { break };
        from = start + 4 + len + 3;
        comments.push(Span::new(start, from));
    }
    comments
}

/// A body with spaces where its comments stood, so that every other byte keeps its place.
pub fn blank_comments(body: &str) -> Cow<'_, str> {
    let comments = find_comments(body);
    let (mut blanked, mut from) = (String::new(), 0);
    for comment in &comments {
        blanked += Span::new(from, comment.start).of(body);
        blanked.extend(comment.of(body).bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        from = comment.end;
    }
    if comments.is_empty() { Cow::Borrowed(body) } else { Cow::Owned(blanked + span::after(body, from)) }
}

/// A body without its comments. A line that held nothing else goes with them.
pub fn without_comments(body: &str) -> String {
    let (mut copy, mut from) = (String::new(), 0);
    for comment in find_comments(body) {
        copy += Span::new(from, comment.start).of(body);
        from = comment.end;
        if copy.is_empty() || copy.ends_with('\n') {
            from = body.len() - span::after(body, from).trim_start_matches('\n').len();
        }
    }
    copy + span::after(body, from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|span| span.of(text)).collect()
    }

    proptest::proptest! {
        #[test]
        fn any_plain_text_has_as_many_words_as_among_other_letters(text in "[ -~\t\n\x0b]{0,40}") {
            proptest::prop_assert_eq!(count_words(&text) + 1, count_words(&format!("{text} é")));
        }
    }

    #[test]
    fn a_point_behind_a_title_or_an_initial_ends_no_sentence() {
        assert_eq!(
            told("Mr. J. Eze left the U.S. Senate. He was 71."),
            ["Mr. J. Eze left the U.S. Senate.", "He was 71."]
        );
    }

    #[test]
    fn closing_marks_belong_to_the_sentence_before_them() {
        assert_eq!(
            told("“Who knew?” she asked. “I did.” He left…"),
            ["“Who knew?” she asked.", "“I did.”", "He left…"]
        );
    }

    #[test]
    fn comments_are_found_and_taken_out_with_their_lines() {
        let body = "One <!-- ask legal --> two.\n\n<!-- who?\n\nhim -->\n\nThree <!-- open.";
        let comments: Vec<&str> = find_comments(body).iter().map(|span| span.of(body)).collect();
        assert_eq!(comments, ["<!-- ask legal -->", "<!-- who?\n\nhim -->"]);
        assert_eq!(without_comments(body), "One  two.\n\nThree <!-- open.");
        assert_eq!(without_comments("<!-- a -->"), "");
        assert_eq!(blank_comments("One <!-- é\n -->two <!-- open"), "One        \n    two <!-- open");
    }

    #[test]
    fn a_paragraph_ends_a_sentence() {
        assert_eq!(told("# The pier\n\nIt opened\n* It rained. \n"), ["# The pier", "It opened", "* It rained."]);
        assert!(told(" \n\n").is_empty(), "white space is no sentence");
    }
}
