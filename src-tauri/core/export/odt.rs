//! An OpenDocument text: styles named as the trade names them, so that a house template can set them anew.

use super::xml::{DECLARATION as XML, escape};
use super::zipped::pack;
use super::{galley, head_lines};
use crate::draft::{Copy, is_rtl};
use pulldown_cmark::{Alignment, Event, Tag, TagEnd};
use std::fmt::Write;

const MEDIA_TYPE: &str = "application/vnd.oasis.opendocument.text";
const MANIFEST: &str = include_str!("odt/manifest.xml");
const STYLES: &str = include_str!("odt/styles.xml");
const OASIS: &str = "urn:oasis:names:tc:opendocument:xmlns";

/// The piece as the bytes of an `.odt`. Same piece, same bytes: no clock, no name but the byline.
pub fn write(copy: &Copy) -> Vec<u8> {
    let mut text = Text::default();
    for (part, words) in head_lines(copy) {
        let style = match part {
            "hed" => "Title",
            "dek" => "Subtitle",
            _ => "Byline",
        };
        text.begin("p", style);
        text.add(&words);
    }
    let mut events = galley::events(&copy.body).into_iter().peekable();
    if !copy.dateline.is_empty() {
        let is_run_in = events.next_if_eq(&Event::Start(Tag::Paragraph)).is_some();
        text.begin("p", "Text_20_body");
        text.begin_span("text:span", "text:style-name=\"Dateline\"");
        text.add(&copy.dateline);
        text.end(TagEnd::Emphasis);
        text.add(if is_run_in { " — " } else { " —" });
    }
    let events: Vec<Event> = events.collect();
    let (body, notes) = galley::apart(&events);
    // A note stands where it is referred to: its words are set first, apart from the paragraph that is open.
    let open = (text.open.take(), std::mem::take(&mut text.body));
    for note in notes {
        note.iter().cloned().for_each(|event| text.take(event));
        text.close();
        let words = std::mem::take(&mut text.body);
        text.notes.push(Some(words));
    }
    (text.open, text.body) = open;
    body.iter().cloned().for_each(|event| text.take(event));
    text.close();
    let parts = vec![
        ("META-INF/manifest.xml", MANIFEST.to_owned()),
        ("meta.xml", meta(copy)),
        ("styles.xml", STYLES.to_owned()),
        ("content.xml", text.content()),
    ];
    pack(Some(MEDIA_TYPE), parts)
}

fn meta(copy: &Copy) -> String {
    let (title, byline) = (escape(&copy.hed), escape(&copy.byline));
    format!(
        "{XML}<office:document-meta xmlns:office=\"{OASIS}:office:1.0\" xmlns:meta=\"{OASIS}:meta:1.0\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" office:version=\"1.3\"><office:meta><dc:title>{title}</dc:title>\
         <meta:initial-creator>{byline}</meta:initial-creator></office:meta></office:document-meta>\n"
    )
}

#[derive(Default)]
struct Text {
    body: String,
    open: Option<Paragraph>,
    /// For each open list: it is numbered, and an item of it is open.
    n_lists: usize,
    n_quotes: usize,
    /// The number the next item of the list begins with, where it is not 1.
    first: Option<u64>,
    columns: Vec<Alignment>,
    column: usize,
    n_tables: usize,
    is_head: bool,
    is_note: bool,
    /// What a paragraph’s style adds to the one it is named after: its parent, its properties.
    looks: Vec<(String, String)>,
    /// The words of the footnotes, until a paragraph has them.
    notes: Vec<Option<String>>,
}

/// A paragraph or heading not closed yet: which way it runs is known by its first letter only.
struct Paragraph {
    element: &'static str,
    style: String,
    /// What its own style says beside.
    properties: String,
    xml: String,
    is_rtl: Option<bool>,
    /// White space at the start or after white space is dropped by a reader, unless it is spelt out.
    is_after_space: bool,
    n_breaks: usize,
    /// Open emphasis and links, in order.
    spans: Vec<&'static str>,
}

impl Text {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) | Event::Code(words) => self.add(&words),
            Event::HardBreak => self.add("\n"),
            Event::FootnoteReference(number) => self.refer(&number),
            Event::Rule => {
                self.begin("p", "Horizontal_20_Line");
                self.close();
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Paragraph => self.begin_paragraph(),
            Tag::Heading { level, .. } => self.begin("h", &format!("Heading_20_{}", galley::level_of(level))),
            Tag::CodeBlock(_) => self.begin("p", "Preformatted_20_Text"),
            Tag::BlockQuote(_) => {
                self.close();
                self.n_quotes += 1;
            }
            Tag::List(first) => {
                self.close();
                let style = if first.is_some() { "Numbering_20_1" } else { "List_20_1" };
                _ = write!(self.body, "<text:list text:style-name=\"{style}\">");
                self.first = first.filter(|first| *first != 1);
                self.n_lists += 1;
            }
            Tag::Item => {
                let first = self.first.take().map(|first| format!(" text:start-value=\"{first}\"")).unwrap_or_default();
                _ = write!(self.body, "<text:list-item{first}>");
            }
            Tag::Table(columns) => self.begin_table(columns),
            Tag::FootnoteDefinition(_) => self.is_note = true,
            // A list holds no table: its cells stand there as paragraphs.
            Tag::TableHead | Tag::TableRow if self.n_lists > 0 => {}
            Tag::TableHead | Tag::TableRow => {
                (self.column, self.is_head) = (0, matches!(tag, Tag::TableHead));
                // Not in table:table-header-rows: pandoc 2.17 passes over what stands there. The style says which is the head.
                self.body += "<table:table-row>";
            }
            Tag::TableCell if self.n_lists > 0 => self.begin("p", "Table_20_Contents"),
            Tag::TableCell => self.begin_cell(),
            Tag::Emphasis => self.begin_span("text:span", "text:style-name=\"Emphasis\""),
            Tag::Strong => self.begin_span("text:span", "text:style-name=\"Strong_20_Emphasis\""),
            Tag::Strikethrough => self.begin_span("text:span", "text:style-name=\"Struck\""),
            Tag::Link { .. } => {
                let target = escape(&galley::target(&tag).unwrap_or_default());
                let link =
                    format!("xlink:type=\"simple\" xlink:href=\"{target}\" text:style-name=\"Internet_20_link\"");
                self.begin_span("text:a", &link);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock => self.close(),
            TagEnd::BlockQuote(_) => {
                self.close();
                self.n_quotes -= 1;
            }
            TagEnd::Item => {
                self.close();
                self.body += "</text:list-item>";
            }
            TagEnd::List(_) => {
                self.close();
                self.n_lists -= 1;
                self.body += "</text:list>";
            }
            TagEnd::FootnoteDefinition => self.is_note = false,
            TagEnd::TableCell => {
                // An empty cell has a paragraph all the same.
                self.close();
                self.body += if self.n_lists > 0 { "" } else { "</table:table-cell>" };
            }
            TagEnd::TableHead | TagEnd::TableRow | TagEnd::Table if self.n_lists > 0 => {}
            TagEnd::TableHead | TagEnd::TableRow => self.body += "</table:table-row>",
            TagEnd::Table => self.body += "</table:table>\n",
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => {
                if let Some(paragraph) = &mut self.open
                    && let Some(element) = paragraph.spans.pop()
                {
                    _ = write!(paragraph.xml, "</{element}>");
                }
            }
            _ => {}
        }
    }

    /// A footnote where it is referred to first, else what refers to it.
    fn refer(&mut self, number: &str) {
        let at = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let words = at.and_then(|at| self.notes.get_mut(at)).and_then(Option::take);
        let Some(paragraph) = self.paragraph() else { return };
        paragraph.break_lines();
        let id = format!("note{number}");
        _ = match words {
            Some(words) => write!(
                paragraph.xml,
                "<text:note text:id=\"{id}\" text:note-class=\"footnote\"><text:note-citation>{number}\
                 </text:note-citation><text:note-body>{words}</text:note-body></text:note>"
            ),
            None => write!(
                paragraph.xml,
                "<text:note-ref text:note-class=\"footnote\" text:reference-format=\"text\" \
                 text:ref-name=\"{id}\">{number}</text:note-ref>"
            ),
        };
        paragraph.is_after_space = false;
    }

    fn begin_table(&mut self, columns: Vec<Alignment>) {
        self.close();
        self.columns = columns;
        if self.n_lists == 0 {
            self.n_tables += 1;
            _ = write!(
                self.body,
                "<table:table table:name=\"Table{}\"><table:table-column table:number-columns-repeated=\"{}\"/>",
                self.n_tables,
                self.columns.len().max(1)
            );
        }
    }

    fn begin_cell(&mut self) {
        self.body += "<table:table-cell table:style-name=\"Cell\" office:value-type=\"string\">";
        self.begin("p", if self.is_head { "Table_20_Heading" } else { "Table_20_Contents" });
        let side = match self.columns.get(self.column) {
            Some(Alignment::Right) => "end",
            Some(Alignment::Center) => "center",
            _ => "",
        };
        self.column += 1;
        if let (Some(paragraph), false) = (&mut self.open, side.is_empty()) {
            paragraph.properties = format!(" fo:text-align=\"{side}\"");
        }
    }

    fn begin_paragraph(&mut self) {
        let style = match (self.n_quotes, self.n_lists) {
            (0, 0) if self.is_note => "Footnote",
            (1.., 0) => "Quotations",
            (_, 1..) => "List",
            _ => "Text_20_body",
        };
        self.begin("p", style);
    }

    fn begin(&mut self, element: &'static str, style: &str) {
        self.close();
        self.open = Some(Paragraph {
            element,
            style: style.to_owned(),
            properties: String::new(),
            xml: String::new(),
            is_rtl: None,
            is_after_space: true,
            n_breaks: 0,
            spans: Vec::new(),
        });
    }

    /// The paragraph that is open; the words of a tight list item come without one.
    fn paragraph(&mut self) -> Option<&mut Paragraph> {
        if self.open.is_none() {
            self.begin_paragraph();
        }
        self.open.as_mut()
    }

    fn begin_span(&mut self, element: &'static str, attributes: &str) {
        let Some(paragraph) = self.paragraph() else { return };
        paragraph.break_lines();
        _ = write!(paragraph.xml, "<{element} {attributes}>");
        paragraph.spans.push(element);
    }

    fn add(&mut self, words: &str) {
        if let Some(paragraph) = self.paragraph() {
            paragraph.add(words);
        }
    }

    fn close(&mut self) {
        let Some(mut paragraph) = self.open.take() else { return };
        for element in paragraph.spans.drain(..).rev() {
            _ = write!(paragraph.xml, "</{element}>");
        }
        if paragraph.is_rtl == Some(true) {
            paragraph.properties += " style:writing-mode=\"rl-tb\"";
        }
        let Paragraph { element, style, properties, xml, .. } = paragraph;
        let level = match style.strip_prefix("Heading_20_") {
            Some(level) => format!(" text:outline-level=\"{level}\""),
            None => String::new(),
        };
        let style = if properties.is_empty() { style } else { self.look(style, properties) };
        _ = writeln!(self.body, "<text:{element} text:style-name=\"{style}\"{level}>{xml}</text:{element}>");
    }

    /// The name of a style of this file alone.
    fn look(&mut self, parent: String, properties: String) -> String {
        let look = (parent, properties);
        let n = self.looks.iter().position(|known| *known == look).unwrap_or_else(|| {
            self.looks.push(look);
            self.looks.len() - 1
        });
        format!("P{}", n + 1)
    }

    fn content(&self) -> String {
        let mut looks = String::new();
        for (n, (parent, properties)) in (1..).zip(&self.looks) {
            _ = write!(
                looks,
                "<style:style style:name=\"P{n}\" style:family=\"paragraph\" style:parent-style-name=\"{parent}\">\
                 <style:paragraph-properties{properties}/></style:style>"
            );
        }
        format!(
            "{XML}<office:document-content xmlns:office=\"{OASIS}:office:1.0\" xmlns:style=\"{OASIS}:style:1.0\" \
             xmlns:text=\"{OASIS}:text:1.0\" xmlns:table=\"{OASIS}:table:1.0\" \
             xmlns:fo=\"{OASIS}:xsl-fo-compatible:1.0\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
             office:version=\"1.3\"><office:automatic-styles>{CELL}{looks}</office:automatic-styles><office:body>\
             <office:text>\n{}</office:text></office:body></office:document-content>\n",
            self.body
        )
    }
}

/// A cell between hairlines.
const CELL: &str = "<style:style style:name=\"Cell\" style:family=\"table-cell\"><style:table-cell-properties \
    fo:border=\"0.5pt solid #8c867a\" fo:padding=\"0.15cm\"/></style:style>";

impl Paragraph {
    fn add(&mut self, words: &str) {
        for c in words.chars() {
            if c == '\n' {
                // A break that ends a paragraph is none.
                self.n_breaks += 1;
                continue;
            }
            self.break_lines();
            if c.is_alphabetic() {
                self.is_rtl.get_or_insert(is_rtl(c));
            }
            let is_space = c == ' ';
            match c {
                '\t' => self.xml += "<text:tab/>",
                ' ' if self.is_after_space => self.xml += "<text:s/>",
                c => self.xml += &escape(c.encode_utf8(&mut [0; 4])),
            }
            self.is_after_space = is_space;
        }
    }

    fn break_lines(&mut self) {
        if self.n_breaks > 0 {
            self.xml += &"<text:line-break/>".repeat(self.n_breaks);
            (self.n_breaks, self.is_after_space) = (0, true);
        }
    }
}
