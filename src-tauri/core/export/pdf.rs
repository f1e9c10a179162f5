//! A PDF, set by Typst: pages as print has them, with a running slug, numbers, and fonts inside the file.
//!
//! The copy reaches Typst as strings alone, so that nothing in it is read as an instruction; no file, no clock and no
//! package is to be had there.

use super::{Outgoing, galley, head_lines};
use crate::draft::{is_invisible, is_leftwards};
use crate::error::{Code, Error, Result, apart};
use pulldown_cmark::{Alignment, Event, Tag};
use std::fmt::Write;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, comemo};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

/// How the page is set; see `slug` and `faces` in [`source`].
const PAGE: &str = include_str!("pdf/page.typ");
/// Where a letter is looked for, in this order: Latin, Greek, Cyrillic and Hebrew; then Arabic; then signs.
const FACES: [&str; 4] = ["Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono", "New Computer Modern Math"];
/// Lists, quotes and marks inside each other; what lies deeper is laid flat.
const MAX_DEPTH: usize = 16;

/// The piece as the bytes of a `.pdf`. Same piece, same bytes.
///
/// Errors: `BadInput` when the fonts have no shape for a letter of it.
pub fn write(outgoing: &Outgoing) -> Result<Vec<u8>> {
    let copy = &outgoing.draft.copy;
    let events = galley::dated_events(copy);
    let head: Vec<String> = head_lines(copy).map(|(_, words)| words).collect();
    let slug = outgoing.slug();
    let words = events.iter().filter_map(|event| match event {
        Event::Text(words) | Event::Code(words) => Some(&**words),
        _ => None,
    });
    if let Some(letter) = words.chain(head.iter().map(String::as_str)).chain([&*slug]).find_map(missing) {
        let message = format!(
            "The fonts of the PDF have no shape for “{letter}” (U+{:04X}). Take it out, or send the piece as Word or HTML.",
            u32::from(letter)
        );
        return Err(Error::new(Code::BadInput, message));
    }
    press(source(outgoing, &slug, events), outgoing.uri())
}

/// Sets a text in the language of Typst as pages.
///
/// Errors: `BadInput` when it cannot be set.
pub fn press(text: String, uri: String) -> Result<Vec<u8>> {
    apart(unset, || compile(text, uri))
}

fn compile(text: String, uri: String) -> Result<Vec<u8>> {
    let press = Press { main: Source::detached(text) };
    let set = typst::compile::<PagedDocument>(&press).output;
    let options =
        PdfOptions { ident: Smart::Custom(uri), creator: Smart::Custom(Some("Stet".into())), ..PdfOptions::default() };
    let pdf = set.and_then(|document| typst_pdf::pdf(&document, &options));
    // What Typst keeps for the next time holds the copy.
    comemo::evict(0);
    // What it says may repeat the copy.
    pdf.map_err(|_| unset())
}

fn unset() -> Error {
    Error::new(Code::BadInput, "The piece could not be set as pages. Send it as Word or HTML.")
}

/// The first letter that no font has a shape for.
fn missing(words: &str) -> Option<char> {
    words.chars().find(|c| !is_drawn(*c))
}

/// A font has a shape for it, or it needs none.
pub fn is_drawn(c: char) -> bool {
    let has = |font: &Font| font.info().coverage.contains(u32::from(c));
    c.is_whitespace() || is_invisible(c) || FONTS.0.iter().any(has)
}

/// The fonts that are asked for, as a list of Typst’s.
pub fn faces() -> String {
    format!("({})", FACES.map(|face| format!("{},", quoted(face))).concat())
}

/// The fonts that are asked for, and their book.
static FONTS: LazyLock<(Vec<Font>, LazyHash<FontBook>)> = LazyLock::new(|| {
    let fonts = typst_assets::fonts().flat_map(|data| Font::iter(Bytes::new(data)));
    let fonts: Vec<Font> = fonts.filter(|font| FACES.contains(&font.info().family.as_str())).collect();
    let book = FontBook::from_fonts(&fonts);
    (fonts, LazyHash::new(book))
});

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// All that Typst may see: one text, and the fonts.
struct Press {
    main: Source,
}

impl World for Press {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.1
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.0.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The piece in the language of Typst.
fn source(outgoing: &Outgoing, slug: &str, events: Vec<Event<'static>>) -> String {
    let copy = &outgoing.draft.copy;
    let mut text = format!("#let slug = {}\n#let faces = {}\n{PAGE}", quoted(slug), faces());
    let title = if copy.hed.is_empty() { "none".to_owned() } else { quoted(&copy.hed) };
    let author = if copy.byline.is_empty() { String::new() } else { format!("{},", quoted(&copy.byline)) };
    _ = writeln!(text, "#set document(title: {title}, author: ({author}), date: none)");
    let n_before = text.len();
    for (part, words) in head_lines(copy) {
        let set = match part {
            "hed" => format!("#heading(level: 1)[{}]\n", shown(&words)),
            part => format!("#{part}[{}]\n", shown(&words)),
        };
        text += &aligned(&words, set);
    }
    if text.len() > n_before {
        text += "#v(0.9em)\n";
    }
    let (body, notes) = galley::apart(&events);
    let mut writer = Writer::default();
    for note in notes {
        note.iter().for_each(|event| writer.take(event));
        let words = std::mem::take(&mut writer.text);
        writer.notes.push(Some(words));
    }
    body.iter().for_each(|event| writer.take(event));
    text + &writer.text
}

/// A string of Typst’s: no letter of it is an instruction.
pub fn quoted(words: &str) -> String {
    let mut string = String::with_capacity(words.len() + 2);
    string.push('"');
    for c in words.chars() {
        match c {
            '"' | '\\' => string.extend(['\\', c]),
            '\n' => string += "\\n",
            c if c.is_control() && c != '\t' => {}
            c => string.push(c),
        }
    }
    string.push('"');
    string
}

/// The words in the text of a page.
pub fn shown(words: &str) -> String {
    words.split('\n').map(|line| format!("#{};", quoted(line))).collect::<Vec<_>>().join("#linebreak();")
}

/// What is set, from right to left where the first letter of its words runs so.
fn aligned(words: &str, set: String) -> String {
    if is_leftwards(words) { format!("#leftwards[{set}];") } else { set }
}

const BLOCK_END: &str = "]\n";
const LIST_END: &str = ")\n";
const HEAD_END: &str = "),";
const ROW_END: &str = " ";
const ITEM_END: &str = "],";

#[derive(Default)]
struct Writer {
    text: String,
    /// For each open tag, what closes it; a list, a table and a row of one hold nothing but their items.
    open: Vec<&'static str>,
    /// The words of the footnotes, until a page has them.
    notes: Vec<Option<String>>,
    begins_note: bool,
    /// The paragraph, heading or cell that is open: where what may run from right to left began, and its first letters.
    block: Option<(usize, String)>,
    /// The words of a block of code.
    code: Option<String>,
}

impl Writer {
    fn take(&mut self, event: &Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(_) => self.end(),
            Event::Text(words) => match &mut self.code {
                Some(code) => *code += words,
                None => self.add(words),
            },
            Event::Code(words) => _ = write!(self.text, "#raw({});", quoted(words)),
            Event::HardBreak => self.text += "#linebreak();",
            Event::SoftBreak => self.add(" "),
            Event::Rule => self.text += "\n#rule\n",
            Event::FootnoteReference(number) => self.refer(number),
            _ => {}
        }
    }

    fn add(&mut self, words: &str) {
        if let Some((_, first)) = &mut self.block
            && !first.contains(char::is_alphabetic)
        {
            *first += words;
        }
        self.text += &shown(words);
    }

    /// A footnote where it is referred to first, else what refers to it.
    fn refer(&mut self, number: &str) {
        let at = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        self.text += &match at.and_then(|at| self.notes.get_mut(at)).and_then(Option::take) {
            Some(words) => format!("#footnote[{words}]<note-{number}>"),
            None => format!("#footnote(<note-{number}>);"),
        };
    }

    fn start(&mut self, tag: &Tag) {
        let holds_items = matches!(self.open.last(), Some(&(LIST_END | HEAD_END | ROW_END)));
        let (opening, closing) = match tag {
            Tag::TableHead if holds_items => ("table.header(".to_owned(), HEAD_END),
            Tag::TableRow if holds_items => (String::new(), ROW_END),
            Tag::Item | Tag::TableCell if holds_items => ("[".to_owned(), ITEM_END),
            _ if self.open.len() >= MAX_DEPTH => (" ".to_owned(), ""),
            // The number of a footnote stands before its first words.
            Tag::Paragraph if std::mem::take(&mut self.begins_note) => (String::new(), ""),
            Tag::FootnoteDefinition(_) => {
                self.begins_note = true;
                (String::new(), "")
            }
            Tag::Paragraph => ("\n#par[".to_owned(), BLOCK_END),
            Tag::Heading { level, .. } => (format!("\n#heading(level: {})[", galley::level_of(*level)), BLOCK_END),
            Tag::BlockQuote(_) => ("\n#quote(block: true)[".to_owned(), "\n]\n"),
            Tag::CodeBlock(_) => {
                self.code = Some(String::new());
                (String::new(), "")
            }
            Tag::List(None) => ("\n#list(".to_owned(), LIST_END),
            Tag::List(Some(first)) => (format!("\n#enum(start: {first}, "), LIST_END),
            Tag::Table(columns) => {
                (format!("\n#table(columns: {}, align: ({}), ", columns.len(), sides(columns)), LIST_END)
            }
            Tag::Emphasis => ("#emph[".to_owned(), "];"),
            Tag::Strong => ("#strong[".to_owned(), "];"),
            Tag::Strikethrough => ("#strike[".to_owned(), "];"),
            Tag::Link { .. } => (format!("#link({})[", quoted(&galley::target(tag).unwrap_or_default())), "];"),
            _ => (String::new(), ""),
        };
        // A cell holds what runs from right to left, all else stands in it.
        let is_cell = matches!(tag, Tag::TableCell);
        let start = self.text.len() + if is_cell { opening.len() } else { 0 };
        self.text += &opening;
        if closing == BLOCK_END || is_cell {
            self.block = Some((start, String::new()));
        }
        self.open.push(closing);
    }

    fn end(&mut self) {
        if let Some(code) = self.code.take() {
            _ = writeln!(self.text, "\n#raw(block: true, {})", quoted(code.trim_end_matches('\n')));
        }
        let closing = self.open.pop().unwrap_or_default();
        let (inside, outside) = if closing == BLOCK_END { (BLOCK_END, "") } else { ("", closing) };
        if matches!(closing, BLOCK_END | ITEM_END)
            && let Some((start, first)) = self.block.take()
        {
            let set = self.text.split_off(start) + inside;
            self.text += &aligned(&first, set);
        }
        self.text += outside;
    }
}

fn sides(columns: &[Alignment]) -> String {
    let side = |column: &Alignment| match column {
        Alignment::Right => "right,",
        Alignment::Center => "center,",
        Alignment::Left | Alignment::None => "start,",
    };
    columns.iter().map(side).collect()
}
