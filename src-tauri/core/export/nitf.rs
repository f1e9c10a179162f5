//! News Industry Text Format 3.6, as older wires take it.

use super::ninjs::publishing_status;
use super::xml::{DECLARATION, escape};
use super::{Correction, Outgoing, galley};
use chrono::{DateTime, Utc};
use pulldown_cmark::{Alignment, Event, Tag, TagEnd};
use std::fmt::Write;

/// The piece as XML. It bears the moment it goes out.
///
/// NITF has no strike-through, and one rank of headings inside the copy: struck words stand as they are.
pub fn write(outgoing: &Outgoing) -> String {
    let copy = &outgoing.draft.copy;
    let mut body = Body::default();
    for event in galley::events(&copy.body) {
        body.take(event);
    }
    let wrap = |words: &str, open: &str, close: &str| match words.trim() {
        "" => String::new(),
        words => format!("{open}{}{close}\n", escape(words)),
    };
    let norm = |at: DateTime<Utc>| at.format("%Y%m%dT%H%M%SZ");
    let embargo = outgoing.embargo();
    let status = match (publishing_status(outgoing.draft.status), embargo) {
        ("usable", Some(_)) => "embargoed",
        (status, _) => status,
    };
    format!(
        "{DECLARATION}<!DOCTYPE nitf PUBLIC \"-//IPTC//DTD NITF 3.6//EN\" \"nitf-3-6.dtd\">\n\
         <nitf version=\"-//IPTC//DTD NITF 3.6//EN\">\n<head>\n<title>{}</title>\n\
         <docdata management-status=\"{}\">{}<doc-id id-string=\"{}\"/><date.issue norm=\"{}\"/>{}\
         <du-key version=\"{}\" key=\"{}\"/></docdata>\n</head>\n<body>\n<body.head>\n{}{}{}</body.head>\n\
         <body.content>\n{}</body.content>\n</body>\n</nitf>\n",
        escape(&copy.hed),
        status,
        outgoing.correction.as_ref().map(correction).unwrap_or_default(),
        outgoing.uri(),
        norm(outgoing.now),
        embargo.map(|until| format!("<date.release norm=\"{}\"/>", norm(until))).unwrap_or_default(),
        outgoing.draft.version,
        escape(&outgoing.slug()),
        match wrap(&copy.hed, "<hl1>", "</hl1>") + &wrap(&copy.dek, "<hl2>", "</hl2>") {
            lines if lines.is_empty() => lines,
            lines => format!("<hedline>\n{lines}</hedline>\n"),
        },
        wrap(&copy.byline, "<byline>", "</byline>"),
        wrap(&copy.dateline, "<dateline><location>", "</location></dateline>"),
        body.xml
    )
}

fn correction(correction: &Correction) -> String {
    format!("<correction info=\"{}\"/>", escape(&correction.words()))
}

#[derive(Default)]
struct Body {
    xml: String,
    columns: Vec<Alignment>,
    column: usize,
    is_head: bool,
    /// The footnote whose first graf is to come.
    note: Option<String>,
}

impl Body {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) | Event::Code(words) => self.xml += &escape(&words),
            Event::HardBreak => self.xml += "<br/>",
            Event::FootnoteReference(number) => _ = write!(self.xml, "[{number}]"),
            Event::Rule => self.xml += "<hr/>\n",
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::List(Some(first)) if first != 1 => _ = write!(self.xml, "<ol seqnum=\"{first}\">"),
            Tag::List(first) => self.xml += if first.is_some() { "<ol>" } else { "<ul>" },
            Tag::Link { .. } => {
                let target = galley::target(&tag).unwrap_or_default();
                _ = write!(self.xml, "<a href=\"{}\">", escape(&target));
            }
            Tag::Table(columns) => {
                self.columns = columns;
                self.xml += "<table>";
            }
            Tag::TableHead | Tag::TableRow => {
                (self.column, self.is_head) = (0, matches!(tag, Tag::TableHead));
                self.xml += "<tr>";
            }
            Tag::TableCell => {
                let align = match self.columns.get(self.column) {
                    Some(Alignment::Right) => " align=\"right\"",
                    Some(Alignment::Center) => " align=\"center\"",
                    _ => "",
                };
                self.column += 1;
                _ = write!(self.xml, "<{}{align}>", if self.is_head { "th" } else { "td" });
            }
            Tag::BlockQuote(_) => self.xml += "<bq><block>\n",
            // NITF knows no footnotes: they stand at the end, each behind its number.
            Tag::FootnoteDefinition(number) => self.note = Some(number.to_string()),
            Tag::Paragraph => {
                let number = self.note.take().map(|number| format!("[{number}] "));
                _ = write!(self.xml, "<p>{}", number.unwrap_or_default());
            }
            tag => _ = element(tag.to_end()).map(|name| write!(self.xml, "<{name}>")),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::List(is_numbered) => self.xml += if is_numbered { "</ol>\n" } else { "</ul>\n" },
            TagEnd::Link => self.xml += "</a>",
            TagEnd::Table => self.xml += "</table>\n",
            TagEnd::TableHead | TagEnd::TableRow => self.xml += "</tr>",
            TagEnd::TableCell => self.xml += if self.is_head { "</th>" } else { "</td>" },
            TagEnd::BlockQuote(_) => self.xml += "</block></bq>\n",
            TagEnd::Emphasis | TagEnd::Strong => self.xml += "</em>",
            tag => _ = element(tag).map(|name| writeln!(self.xml, "</{name}>")),
        }
    }
}

/// The element that a tag without attributes becomes.
fn element(tag: TagEnd) -> Option<&'static str> {
    match tag {
        TagEnd::Paragraph => Some("p"),
        TagEnd::Heading(_) => Some("hl2"),
        TagEnd::CodeBlock => Some("pre"),
        TagEnd::Item => Some("li"),
        TagEnd::Emphasis | TagEnd::Strong => Some("em"),
        _ => None,
    }
}
