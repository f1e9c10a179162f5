//! A body set for reading: its Markdown resolved into paragraphs and runs of words.

use crate::draft::{self, Copy, markdown};
use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};
use std::collections::HashMap;

/// A paragraph, a heading, a list item, a cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    pub kind: Kind,
    /// How many lists or block quotes it stands in.
    pub depth: usize,
    pub runs: Vec<Run>,
    /// The footnote it belongs to, from 1; all of them stand at the end, in order.
    pub note: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Paragraph,
    /// From 1; the hed is none of these.
    Heading(usize),
    /// The first paragraph of a list item; its number where the list is numbered.
    Item(Option<u64>),
    /// A further paragraph of a list item.
    ItemMore,
    Quote,
    Code,
    /// A line across the page.
    Rule,
    Cell(Cell),
}

/// Where a cell stands in its table. All rows of a table have the same columns, in order and none left out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// From 0, which is the head.
    pub row: usize,
    pub column: usize,
    pub n_columns: usize,
    pub alignment: Alignment,
}

/// Words of one look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    pub text: String,
    pub is_bold: bool,
    pub is_italic: bool,
    pub is_struck: bool,
    /// Words set as code inside a line.
    pub is_code: bool,
    /// Where and when the piece is from.
    pub is_dateline: bool,
    /// Where it leads.
    pub link: Option<String>,
    /// The footnote it is the mark of, from 1; then it has no words.
    pub note: Option<usize>,
}

/// The Markdown events that every format is made of.
///
/// Raw HTML stands as it was typed, as words, but for comments, which are nobody else's; a picture stands as its
/// description; a link leads only to the web or to an address; a line end ends the paragraph, as copy is typed.
/// Footnotes are numbered in the order they are referred to, and stand at the end so; one that nothing refers to stands
/// as paragraphs where it was typed.
pub fn events(body: &str) -> Vec<Event<'static>> {
    let body = draft::without_comments(body);
    let mut reader = Reader::default();
    markdown(&body).into_iter().for_each(|(event, _)| reader.take(event.into_static()));
    with_notes_last(reader.events)
}

fn with_notes_last(events: Vec<Event<'static>>) -> Vec<Event<'static>> {
    let mut numbers: HashMap<CowStr, usize> = HashMap::new();
    let mut n_open = 0usize;
    for event in &events {
        match event {
            Event::Start(Tag::FootnoteDefinition(_)) => n_open += 1,
            Event::End(TagEnd::FootnoteDefinition) => n_open = n_open.saturating_sub(1),
            Event::FootnoteReference(name) if n_open == 0 => {
                let next = numbers.len();
                numbers.entry(name.clone()).or_insert(next);
            }
            _ => {}
        }
    }
    let mut body = Vec::with_capacity(events.len());
    let mut notes: Vec<Vec<Event>> = vec![Vec::new(); numbers.len()];
    // Whose words these are, for each definition that is open; none where nothing refers to it.
    let mut open: Vec<Option<usize>> = Vec::new();
    for event in events {
        let into = open.iter().rev().flatten().next().copied();
        let event = match event {
            Event::Start(Tag::FootnoteDefinition(name)) => {
                // A second one of a name is none.
                let at = numbers.get(&name).copied().filter(|at| notes[*at].is_empty());
                open.push(at);
                if let Some(at) = at {
                    notes[at].push(Event::Start(Tag::FootnoteDefinition((at + 1).to_string().into())));
                }
                continue;
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                if let Some(at) = open.pop().flatten() {
                    notes[at].push(Event::End(TagEnd::FootnoteDefinition));
                }
                continue;
            }
            Event::FootnoteReference(name) => match (numbers.get(&name), into) {
                (Some(at), None) => Event::FootnoteReference((at + 1).to_string().into()),
                // No page has footnotes to its footnotes.
                (Some(at), Some(_)) => Event::Text(format!("[{}]", at + 1).into()),
                (None, _) => Event::Text(format!("[{name}]").into()),
            },
            event => event,
        };
        match into {
            Some(at) => notes[at].push(event),
            None => body.push(event),
        }
    }
    body.extend(notes.into_iter().flatten());
    body
}

/// The events of a body without its footnotes, and those of each footnote, in order.
pub fn apart<'a>(events: &'a [Event<'static>]) -> (&'a [Event<'static>], impl Iterator<Item = &'a [Event<'static>]>) {
    let is_note = |event: &Event| matches!(event, Event::Start(Tag::FootnoteDefinition(_)));
    let (body, notes) = events.split_at(events.iter().position(is_note).unwrap_or(events.len()));
    (body, notes.split_inclusive(|event| *event == Event::End(TagEnd::FootnoteDefinition)))
}

/// The events of a body with its dateline run in, or before it where it does not begin with a paragraph.
pub fn dated_events(copy: &Copy) -> Vec<Event<'static>> {
    let mut events = events(&copy.body);
    if copy.dateline.is_empty() {
        return events;
    }
    if events.first() == Some(&Event::Start(Tag::Paragraph)) {
        events.insert(1, Event::Text(format!("{} — ", copy.dateline).into()));
    } else {
        let line = Event::Text(format!("{} —", copy.dateline).into());
        events.splice(0..0, [Event::Start(Tag::Paragraph), line, Event::End(TagEnd::Paragraph)]);
    }
    events
}

/// Where a link leads.
pub fn target(tag: &Tag) -> Option<String> {
    let Tag::Link { dest_url, link_type, .. } = tag else { return None };
    let mail = if *link_type == LinkType::Email { "mailto:" } else { "" };
    Some(format!("{mail}{dest_url}"))
}

#[derive(Default)]
struct Reader {
    events: Vec<Event<'static>>,
    /// For each open link: its target may travel. The end of one that may not is left out too.
    links: Vec<bool>,
    /// Open emphasis and links: a paragraph cannot end inside.
    n_marks: usize,
    /// Open lists, block quotes and tables.
    n_boxes: usize,
}

impl Reader {
    fn take(&mut self, event: Event<'static>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Html(html) | Event::InlineHtml(html) => self.events.push(Event::Text(html)),
            Event::SoftBreak if self.n_marks + self.n_boxes == 0 => {
                self.end(TagEnd::Paragraph);
                self.events.push(Event::Start(Tag::Paragraph));
            }
            Event::SoftBreak => self.events.push(Event::Text(" ".into())),
            event => self.events.push(event),
        }
    }

    fn start(&mut self, tag: Tag<'static>) {
        match tag {
            Tag::Image { .. } => return,
            Tag::Link { ref dest_url, .. } => {
                let is_public = is_public(dest_url);
                self.links.push(is_public);
                if !is_public {
                    return;
                }
                self.n_marks += 1;
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => self.n_marks += 1,
            Tag::List(_) | Tag::BlockQuote(_) | Tag::Heading { .. } | Tag::Table(_) => self.n_boxes += 1,
            _ => {}
        }
        self.events.push(Event::Start(if matches!(tag, Tag::HtmlBlock) { Tag::Paragraph } else { tag }));
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Image => return,
            TagEnd::Link => {
                if self.links.pop() != Some(true) {
                    return;
                }
                self.n_marks = self.n_marks.saturating_sub(1);
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => self.n_marks = self.n_marks.saturating_sub(1),
            TagEnd::List(_) | TagEnd::BlockQuote(_) | TagEnd::Heading(_) | TagEnd::Table => {
                self.n_boxes = self.n_boxes.saturating_sub(1)
            }
            TagEnd::Paragraph | TagEnd::HtmlBlock => return self.end_paragraph(),
            _ => {}
        }
        self.events.push(Event::End(tag));
    }

    /// A paragraph that holds nothing is none.
    fn end_paragraph(&mut self) {
        if let Some(Event::Text(text)) = self.events.last_mut() {
            *text = text.trim_end_matches('\n').to_owned().into();
        }
        let is_blank = |event: &&Event| matches!(event, Event::Text(text) if text.trim().is_empty());
        let n_blank = self.events.iter().rev().take_while(is_blank).count();
        let start = self.events.len() - n_blank;
        if start > 0 && self.events.get(start - 1) == Some(&Event::Start(Tag::Paragraph)) {
            self.events.truncate(start - 1);
        } else {
            self.events.push(Event::End(TagEnd::Paragraph));
        }
    }
}

/// Sets a body with its dateline, which is a run of its own.
pub fn set(copy: &Copy) -> Vec<Block> {
    let mut setter = Setter::default();
    for event in dated_events(copy) {
        setter.take(event);
    }
    setter.end_block();
    if !copy.dateline.is_empty()
        && let Some(block) = setter.blocks.first_mut()
        && let Some(rest) = block.runs.first().and_then(|run| run.text.strip_prefix(&copy.dateline))
    {
        let rest = Run { text: rest.to_owned(), ..Run::default() };
        let dateline = Run { text: copy.dateline.clone(), is_dateline: true, ..Run::default() };
        block.runs.splice(0..1, [dateline, rest]);
    }
    setter.blocks
}

/// The number a heading's level stands for; a body's own headings stand under the hed.
pub fn level_of(level: HeadingLevel) -> usize {
    (level as usize).max(2)
}

#[derive(Default)]
struct Setter {
    blocks: Vec<Block>,
    open: Option<Block>,
    look: Run,
    /// Next number of each open list; none where it is not numbered.
    lists: Vec<Option<u64>>,
    n_quotes: usize,
    /// An item was begun and has no paragraph yet.
    item: Option<Option<u64>>,
    /// The footnote that is open.
    note: Option<usize>,
    /// How the columns of the open table stand, and the next cell.
    columns: Vec<Alignment>,
    row: usize,
    column: usize,
}

impl Setter {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.add(&text),
            Event::Code(text) => {
                self.look.is_code = true;
                self.add(&text);
                self.look.is_code = false;
            }
            Event::SoftBreak => self.add(" "),
            Event::HardBreak => self.add("\n"),
            Event::FootnoteReference(number) => self.refer(number.parse().ok()),
            Event::Rule => {
                self.begin_block(Kind::Rule);
                self.end_block();
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Paragraph => {
                let kind = self.paragraph_kind();
                self.begin_block(kind);
            }
            Tag::Heading { level, .. } => self.begin_block(Kind::Heading(level_of(level))),
            Tag::BlockQuote(_) => self.n_quotes += 1,
            Tag::CodeBlock(_) => self.begin_block(Kind::Code),
            Tag::List(first) => {
                self.end_block();
                self.lists.push(first);
            }
            Tag::Item => {
                let number = self.lists.last_mut().and_then(Option::as_mut);
                self.item = Some(number.map(|number| {
                    *number += 1;
                    *number - 1
                }));
            }
            Tag::Table(columns) => {
                self.end_block();
                (self.columns, self.row) = (columns, 0);
            }
            Tag::TableHead | Tag::TableRow => self.column = 0,
            Tag::TableCell => {
                let alignment = self.columns.get(self.column).copied().unwrap_or(Alignment::None);
                let (row, column, n_columns) = (self.row, self.column, self.columns.len());
                self.begin_block(Kind::Cell(Cell { row, column, n_columns, alignment }));
                self.column += 1;
            }
            Tag::Emphasis => self.look.is_italic = true,
            Tag::Strong => self.look.is_bold = true,
            Tag::Strikethrough => self.look.is_struck = true,
            Tag::Link { .. } => self.look.link = target(&tag),
            Tag::FootnoteDefinition(number) => {
                self.end_block();
                self.note = number.parse().ok();
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::TableCell => self.end_block(),
            TagEnd::TableHead | TagEnd::TableRow => self.row += 1,
            TagEnd::Item => {
                self.end_block();
                self.item = None;
            }
            TagEnd::BlockQuote(_) => self.n_quotes = self.n_quotes.saturating_sub(1),
            TagEnd::List(_) => {
                self.end_block();
                self.lists.pop();
            }
            TagEnd::Emphasis => self.look.is_italic = false,
            TagEnd::Strong => self.look.is_bold = false,
            TagEnd::Strikethrough => self.look.is_struck = false,
            TagEnd::Link => self.look.link = None,
            TagEnd::FootnoteDefinition => {
                self.end_block();
                self.note = None;
            }
            _ => {}
        }
    }

    fn paragraph_kind(&mut self) -> Kind {
        match self.item.take() {
            Some(number) => Kind::Item(number),
            None if !self.lists.is_empty() => Kind::ItemMore,
            None if self.n_quotes > 0 => Kind::Quote,
            None => Kind::Paragraph,
        }
    }

    fn begin_block(&mut self, kind: Kind) {
        self.end_block();
        let depth = self.lists.len() + self.n_quotes;
        self.open = Some(Block { kind, depth, runs: Vec::new(), note: self.note });
    }

    fn end_block(&mut self) {
        self.blocks.extend(self.open.take());
    }

    /// The paragraph that is open; the words of a tight list item come without one of their own.
    fn block(&mut self) -> Option<&mut Block> {
        if self.open.is_none() {
            let kind = self.paragraph_kind();
            self.begin_block(kind);
        }
        self.open.as_mut()
    }

    fn refer(&mut self, note: Option<usize>) {
        if let Some(block) = self.block() {
            block.runs.push(Run { note, ..Run::default() });
        }
    }

    fn add(&mut self, text: &str) {
        _ = self.block();
        let Some(block) = &mut self.open else { return };
        match block.runs.last_mut() {
            Some(last) if (Run { text: String::new(), ..last.clone() }) == self.look => last.text.push_str(text),
            _ => block.runs.push(Run { text: text.to_owned(), ..self.look.clone() }),
        }
    }
}

/// The web and addresses only: never a file, never a script.
fn is_public(target: &str) -> bool {
    draft::is_of_the_web(target) || target.contains('@') && !target.contains([':', '/'])
}
