//! A Word file: the smallest package that Word and LibreOffice open without a word of complaint.

mod comments;
mod track;
mod tracked;

use super::galley::{self, Block, Cell, Kind, Run};
use super::head_lines;
use super::marked::Marked;
use super::xml::escape;
use super::zipped::pack;
use crate::draft::{Copy, is_leftwards};
use pulldown_cmark::Alignment;

const CONTENT_TYPES: &str = include_str!("docx/content_types.xml");
const RELATIONS: &str = include_str!("docx/relations.xml");
const STYLES: &str = include_str!("docx/styles.xml");

/// The piece as the bytes of a `.docx`. Same piece, same bytes: no clock, no name but the byline.
pub fn write(copy: &Copy) -> Vec<u8> {
    let mut document = Document::default();
    document.set(copy);
    let notes = document.notes.as_ref().map(Notes::parts);
    let others = Others { notes, ..Others::default() };
    package(&properties(copy), document.xml(), &document.links, &document.lists, others)
}

/// A comparison as the bytes of a `.docx` with tracked changes.
pub fn write_tracked(marked: &Marked) -> Vec<u8> {
    tracked::write(marked)
}

/// What a document may have beside it.
#[derive(Default)]
struct Others {
    /// The footnotes, and their links.
    notes: Option<[String; 2]>,
    /// The comments, and which answers which.
    comments: Option<[String; 2]>,
    /// Word goes on tracking.
    is_tracked: bool,
}

/// The package around a document: its links, the first number of each of its lists, and what is beside it.
fn package(properties: &str, document: String, links: &[String], lists: &[u64], others: Others) -> Vec<u8> {
    let is_there = [
        (others.notes.is_some(), "footnotes"),
        (others.is_tracked, "settings"),
        (others.comments.is_some(), "comments"),
        (others.comments.is_some(), "commentsExtended"),
    ];
    let names: Vec<&str> = is_there.into_iter().filter(|(is_so, _)| *is_so).map(|(_, part)| part).collect();
    let mut parts = vec![
        ("[Content_Types].xml", content_types(&names)),
        ("_rels/.rels", RELATIONS.to_owned()),
        ("docProps/core.xml", properties.to_owned()),
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", relations(&[&["styles", "numbering"], &*names].concat(), links)),
        ("word/styles.xml", if others.is_tracked { tracked::styles(STYLES) } else { STYLES.to_owned() }),
        ("word/numbering.xml", numbering(lists)),
    ];
    if let Some([notes, relations]) = others.notes {
        parts.extend([("word/footnotes.xml", notes), ("word/_rels/footnotes.xml.rels", relations)]);
    }
    if let Some([comments, extended]) = others.comments {
        parts.extend([("word/comments.xml", comments), ("word/commentsExtended.xml", extended)]);
    }
    if others.is_tracked {
        let settings = format!("{XML}<w:settings xmlns:w=\"{W}\"><w:trackRevisions/></w:settings>\n");
        parts.push(("word/settings.xml", settings));
    }
    pack(None, parts)
}

fn content_types(others: &[&str]) -> String {
    let part = |part: &&str| {
        format!(
            "<Override PartName=\"/word/{part}.xml\" \
             ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.{part}+xml\"/>\n"
        )
    };
    let parts: String = others.iter().map(part).collect();
    CONTENT_TYPES.replace("</Types>", &(parts + "</Types>"))
}

#[derive(Default)]
struct Document {
    body: String,
    /// Targets of links; link `n` is relation `link{n}`.
    links: Vec<String>,
    /// First number of each numbered list; list `n` is numbering `n + 2`, for 1 is the bullets.
    lists: Vec<u64>,
    notes: Option<Notes>,
}

/// The footnotes, each an element, and their links.
#[derive(Default)]
struct Notes {
    body: String,
    links: Vec<String>,
}

impl Notes {
    fn parts(&self) -> [String; 2] {
        let lines = [(-1, "separator"), (0, "continuationSeparator")].map(|(id, line)| {
            format!("<w:footnote w:type=\"{line}\" w:id=\"{id}\"><w:p><w:r><w:{line}/></w:r></w:p></w:footnote>\n")
        });
        let notes = format!(
            "{XML}<w:footnotes xmlns:w=\"{W}\" xmlns:r=\"{R}\">\n{}{}</w:footnotes>\n",
            lines.concat(),
            self.body
        );
        [notes, relations(&[], &self.links)]
    }
}

impl Document {
    fn set(&mut self, copy: &Copy) {
        for (part, words) in head_lines(copy) {
            let style = match part {
                "hed" => "Title",
                "dek" => "Subtitle",
                _ => "Byline",
            };
            self.add(&format!("<w:pStyle w:val=\"{style}\"/>"), &[plain(&words)]);
        }
        let blocks = galley::set(copy);
        let (body, notes) =
            blocks.split_at(blocks.iter().position(|block| block.note.is_some()).unwrap_or(blocks.len()));
        self.add_blocks(body);
        let n_notes = body.iter().flat_map(|block| &block.runs).filter_map(|run| run.note).max().unwrap_or_default();
        if n_notes > 0 {
            self.set_notes(n_notes, notes);
        }
    }

    /// The footnotes, set as the body is, but into a part of their own.
    fn set_notes(&mut self, n_notes: usize, blocks: &[Block]) {
        let body = (std::mem::take(&mut self.body), std::mem::take(&mut self.links));
        let mark = Run { note: Some(0), ..Run::default() };
        let mut rest = blocks;
        for number in 1..=n_notes {
            let note;
            (note, rest) = rest.split_at(rest.partition_point(|block| block.note <= Some(number)));
            let mut note = note.to_vec();
            if note.first().is_none_or(|first| first.kind != Kind::Paragraph) {
                note.insert(0, Block { kind: Kind::Paragraph, depth: 0, runs: Vec::new(), note: Some(number) });
            }
            note[0].runs.splice(0..0, [mark.clone(), plain(" ")]);
            self.body += &format!("<w:footnote w:id=\"{number}\">\n");
            self.add_blocks(&note);
            self.body += "</w:footnote>\n";
        }
        let (body, links) = (std::mem::replace(&mut self.body, body.0), std::mem::replace(&mut self.links, body.1));
        self.notes = Some(Notes { body, links });
    }

    fn add_blocks(&mut self, blocks: &[Block]) {
        let mut next = None;
        for (n, block) in blocks.iter().enumerate() {
            match block.kind {
                Kind::Cell(cell) => self.add_cell(cell, &block.runs, blocks.get(n + 1)),
                _ => self.add_block(block, &mut next),
            }
        }
    }

    /// `next` is the list a numbered item would continue, and its next number.
    fn add_block(&mut self, block: &Block, next: &mut Option<(usize, u64, usize)>) {
        let level = block.depth.saturating_sub(1).min(8);
        let style = match block.kind {
            Kind::Paragraph if block.note.is_some() => "<w:pStyle w:val=\"FootnoteText\"/>".to_owned(),
            Kind::Paragraph => String::new(),
            Kind::Heading(level) => format!("<w:pStyle w:val=\"Heading{level}\"/>"),
            Kind::Quote => "<w:pStyle w:val=\"Quote\"/>".to_owned(),
            Kind::Code => "<w:pStyle w:val=\"Code\"/>".to_owned(),
            Kind::Rule => "<w:pStyle w:val=\"Rule\"/>".to_owned(),
            // Cells are set by themselves.
            Kind::Cell(_) => String::new(),
            Kind::ItemMore => format!("<w:ind w:left=\"{}\"/>", 720 * (level + 1)),
            Kind::Item(number) => format!(
                "<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{}\"/></w:numPr>",
                self.list_of(number, level, next)
            ),
        };
        if matches!(block.kind, Kind::Paragraph | Kind::Heading(_) | Kind::Quote) {
            *next = None;
        }
        self.add(&style, &block.runs);
    }

    /// A cell with what opens before it and closes behind it: the table at its first and last cell, each row likewise.
    fn add_cell(&mut self, cell: Cell, runs: &[Run], next: Option<&Block>) {
        let next = next.and_then(|block| match block.kind {
            Kind::Cell(next) if (next.row, next.column) != (0, 0) => Some(next),
            _ => None,
        });
        let is_head = cell.row == 0;
        if cell.column == 0 {
            if is_head {
                let column = format!("<w:gridCol w:w=\"{}\"/>", TEXT_WIDTH / cell.n_columns.max(1));
                self.body += &format!("{TABLE}<w:tblGrid>{}</w:tblGrid>\n", column.repeat(cell.n_columns));
            }
            let mark = if is_head { "<w:tblHeader/>" } else { "" };
            self.body += &format!("<w:tr><w:trPr><w:cantSplit/>{mark}</w:trPr>\n");
        }
        let side = match cell.alignment {
            Alignment::Right => "right",
            Alignment::Center => "center",
            Alignment::Left | Alignment::None => "left",
        };
        let runs: Vec<Run> = runs.iter().map(|run| Run { is_bold: run.is_bold || is_head, ..run.clone() }).collect();
        self.body += "<w:tc><w:tcPr><w:tcW w:w=\"0\" w:type=\"auto\"/></w:tcPr>";
        self.add(&format!("<w:spacing w:after=\"0\"/><w:jc w:val=\"{side}\"/>"), &runs);
        self.body += "</w:tc>\n";
        if next.is_none_or(|next| next.row != cell.row) {
            self.body += "</w:tr>\n";
        }
        if next.is_none() {
            // Two tables would run together, and a table may not end a page.
            self.body += "</w:tbl>\n<w:p/>\n";
        }
    }

    fn list_of(&mut self, number: Option<u64>, level: usize, next: &mut Option<(usize, u64, usize)>) -> usize {
        let Some(number) = number else { return 1 };
        let list = match *next {
            Some((list, expected, at)) if expected == number && at == level => list,
            _ => {
                self.lists.push(number);
                self.lists.len() + 1
            }
        };
        *next = Some((list, number + 1, level));
        list
    }

    fn add(&mut self, style: &str, runs: &[Run]) {
        let first = runs.iter().find(|run| run.text.contains(char::is_alphabetic));
        let is_rtl = first.is_some_and(|run| is_leftwards(&run.text));
        let bidi = if is_rtl { "<w:bidi/>" } else { "" };
        // The order of a paragraph's properties is fixed: style, numbering, bidi, spacing, indent, side.
        let properties = match ["<w:ind ", "<w:spacing "].iter().any(|later| style.starts_with(later)) {
            true => format!("{bidi}{style}"),
            false => format!("{style}{bidi}"),
        };
        self.body += &format!("<w:p><w:pPr>{properties}</w:pPr>");
        for run in runs {
            self.add_run(run, is_rtl);
        }
        self.body += "</w:p>\n";
    }

    fn add_run(&mut self, run: &Run, is_rtl: bool) {
        if let Some(number) = run.note {
            // 0 is the number in front of the footnote itself.
            let mark =
                if number == 0 { "<w:footnoteRef/>" } else { &*format!("<w:footnoteReference w:id=\"{number}\"/>") };
            self.body += &format!("<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr>{mark}</w:r>");
            return;
        }
        let mut look = String::new();
        for (is_so, mark) in [
            (run.link.is_some(), "<w:rStyle w:val=\"Hyperlink\"/>"),
            (run.is_dateline, "<w:rStyle w:val=\"Dateline\"/>"),
            // A run has one style: a link keeps its own.
            (run.is_code && run.link.is_none(), "<w:rStyle w:val=\"CodeWords\"/>"),
            (run.is_bold, "<w:b/><w:bCs/>"),
            (run.is_italic, "<w:i/><w:iCs/>"),
            (run.is_struck, "<w:strike/>"),
            (is_rtl, "<w:rtl/>"),
        ] {
            look += if is_so { mark } else { "" };
        }
        let mut words = String::new();
        for (n, line) in run.text.trim_end_matches('\n').split('\n').enumerate() {
            words += if n > 0 { "<w:br/>" } else { "" };
            words += &format!("<w:t xml:space=\"preserve\">{}</w:t>", escape(line));
        }
        let run_xml = format!("<w:r><w:rPr>{look}</w:rPr>{words}</w:r>");
        self.body += &match &run.link {
            None => run_xml,
            Some(link) => {
                self.links.push(link.clone());
                format!("<w:hyperlink r:id=\"link{}\">{run_xml}</w:hyperlink>", self.links.len())
            }
        };
    }

    fn xml(&self) -> String {
        format!("{XML}<w:document xmlns:w=\"{W}\" xmlns:r=\"{R}\"><w:body>\n{}{}", self.body, page_end())
    }
}

/// The end of a document: an A4 page with margins.
fn page_end() -> String {
    "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
     <w:pgMar w:top=\"1440\" w:right=\"1440\" w:bottom=\"1440\" w:left=\"1440\" w:header=\"708\" w:footer=\"708\" \
     w:gutter=\"0\"/></w:sectPr></w:body></w:document>\n"
        .to_owned()
}

fn relations(parts: &[&str], links: &[String]) -> String {
    let mut xml = format!("{XML}<Relationships xmlns=\"{PACKAGE}/relationships\">\n");
    for part in parts {
        // The one part that is Microsoft's alone.
        let of = if *part == "commentsExtended" { "http://schemas.microsoft.com/office/2011/relationships" } else { R };
        xml += &format!("<Relationship Id=\"{part}\" Type=\"{of}/{part}\" Target=\"{part}.xml\"/>\n");
    }
    for (n, link) in (1..).zip(links) {
        let target = escape(link);
        xml += &format!(
            "<Relationship Id=\"link{n}\" Type=\"{R}/hyperlink\" Target=\"{target}\" TargetMode=\"External\"/>\n"
        );
    }
    xml + "</Relationships>\n"
}

fn numbering(lists: &[u64]) -> String {
    let mut xml = format!("{XML}<w:numbering xmlns:w=\"{W}\">\n");
    for (id, form) in [(1, "bullet"), (2, "decimal")] {
        xml += &format!("<w:abstractNum w:abstractNumId=\"{id}\"><w:multiLevelType w:val=\"multilevel\"/>");
        for level in 0..9 {
            let text = if form == "bullet" { "•".to_owned() } else { format!("%{}.", level + 1) };
            xml += &format!(
                "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{form}\"/>\
                 <w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"{}\" w:hanging=\"360\"/>\
                 </w:pPr></w:lvl>",
                720 * (level + 1)
            );
        }
        xml += "</w:abstractNum>\n";
    }
    xml += "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>\n";
    for (id, first) in (2..).zip(lists) {
        xml += &format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"2\"/>");
        for level in 0..9 {
            let start = format!("<w:startOverride w:val=\"{first}\"/>");
            xml += &format!("<w:lvlOverride w:ilvl=\"{level}\">{start}</w:lvlOverride>");
        }
        xml += "</w:num>\n";
    }
    xml + "</w:numbering>\n"
}

/// A grid of hairlines, as wide as its words need.
const TABLE: &str = "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/><w:tblBorders>\
    <w:top w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>\
    <w:left w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>\
    <w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>\
    <w:right w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>\
    <w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>\
    <w:insideV w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/></w:tblBorders>\
    <w:tblCellMar><w:left w:w=\"108\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>";

/// Between the margins, in twentieths of a point.
const TEXT_WIDTH: usize = 9026;

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

fn properties(copy: &Copy) -> String {
    title_of(&copy.hed, &copy.byline)
}

fn title_of(title: &str, creator: &str) -> String {
    format!(
        "{XML}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>{}</dc:creator>\
         </cp:coreProperties>\n",
        escape(title),
        escape(creator)
    )
}

fn plain(words: &str) -> Run {
    Run { text: words.to_owned(), ..Run::default() }
}
