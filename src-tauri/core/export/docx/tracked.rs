//! A Word file with tracked changes: each one can be accepted or rejected where it stands, of words and of their form.

use super::track::{Fate, Token, row};
use super::{Others, R, W, XML, comments, escape, package, page_end, title_of};
use crate::draft::{Face, Faces, Line, Mark, is_leftwards};
use crate::export::marked::{Marked, MarkedPart};
use crate::span::Span;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

/// The comparison as the bytes of a `.docx`.
pub fn write(marked: &Marked) -> Vec<u8> {
    let tokens = row(marked);
    let mut document = Document::new(marked, &tokens);
    let mut rest = &tokens[..];
    while !rest.is_empty() {
        let n_words = rest.iter().take_while(|token| matches!(token, Token::Words { .. })).count();
        let (graf, after) = rest.split_at((n_words + 1).min(rest.len()));
        document.add(graf);
        rest = after;
    }
    if tokens.is_empty() {
        let lost = document.lost();
        document.body += &format!("<w:p>{lost}</w:p>\n");
    }
    let body = format!("{XML}<w:document xmlns:w=\"{W}\" xmlns:r=\"{R}\"><w:body>\n{}{}", document.body, page_end());
    let others = Others { notes: None, comments: comments::parts(&marked.threads), is_tracked: true };
    package(&title_of(marked.new_title, marked.author), body, &document.links, &[], others)
}

/// The styles of a file with tracked changes: more of them, by which it is told when it comes back that its words have
/// their Markdown marks, and which line is the dateline. The marks are hidden words: what they say is set in form.
pub fn styles(styles: &str) -> String {
    let style = |kind: &str, id: &str, name: &str, is: &str| {
        format!(
            "<w:style w:type=\"{kind}\" w:customStyle=\"1\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{is}</w:style>\n"
        )
    };
    let more = style("paragraph", "AsTyped", "As typed", "<w:basedOn w:val=\"Normal\"/><w:qFormat/>")
        + &style("paragraph", "DatelineGraf", "Dateline graf", "<w:basedOn w:val=\"Byline\"/><w:qFormat/>")
        + &style("character", "Mark", "Mark", "<w:qFormat/><w:rPr><w:vanish/></w:rPr>")
        + &style(
            "character",
            "Address",
            "Address",
            "<w:qFormat/><w:rPr><w:color w:val=\"5F5B53\"/><w:sz w:val=\"18\"/></w:rPr>",
        );
    styles.replace("</w:styles>", &(more + "</w:styles>"))
}

struct Document<'a> {
    marked: &'a Marked<'a>,
    /// How the old and the new text of each part are set.
    faces: Vec<[Faces; 2]>,
    body: String,
    /// Targets of links; link `n` is relation `link{n}`.
    links: Vec<String>,
    /// How the line of the old text that is open is set, and that of the new: as its first words say.
    forms: [Option<String>; 2],
    /// Who and when, as attributes.
    by: String,
    /// Each tracked change has a number of its own.
    n_marks: usize,
    /// Place among the tokens of the next one.
    at: usize,
    /// For each side of each move, its first and last token. The side is true where it stood.
    reach: HashMap<(bool, usize), (usize, usize)>,
    open: HashMap<(bool, usize), usize>,
    /// For each thread where its words stand, and the numbers of its comments.
    threads: Vec<(Option<Span>, Range<usize>)>,
}

impl<'a> Document<'a> {
    fn new(marked: &'a Marked<'a>, tokens: &[Token]) -> Document<'a> {
        let author = if marked.author.trim().is_empty() { "Stet" } else { marked.author };
        let by = format!("w:author=\"{}\" w:date=\"{}\"", escape(author), marked.at.format("%Y-%m-%dT%H:%M:%SZ"));
        let mut reach: HashMap<(bool, usize), (usize, usize)> = HashMap::new();
        for (at, token) in tokens.iter().enumerate() {
            if let Some(side) = side_of(token.fate()) {
                reach.entry(side).or_insert((at, at)).1 = at;
            }
        }
        let numbers = comments::numbers(&marked.threads);
        let n_marks = numbers.last().map_or(0, |last| last.end);
        let threads = marked.threads.iter().map(|thread| thread.at).zip(numbers).collect();
        let faces = marked.parts.iter().map(MarkedPart::faces).collect();
        let (body, links, forms, open) = (String::new(), Vec::new(), [None, None], HashMap::new());
        Document { marked, faces, body, links, forms, by, n_marks, at: 0, reach, open, threads }
    }

    /// One paragraph: its words, and the break that ends it unless it is the last.
    fn add(&mut self, graf: &[Token]) {
        let properties = self.properties(graf);
        self.body += &format!("<w:p><w:pPr>{properties}</w:pPr>");
        if self.at == 0 {
            let lost = self.lost();
            self.body += &lost;
        }
        let mut after = String::new();
        for token in graf {
            let mut xml = self.range_start(token.fate());
            match token {
                Token::Words { text, at, old_at, fate, part } => {
                    let whole = Span::new(*at, at + text.len());
                    for piece in self.cut_at_comments(whole, *fate, *part) {
                        xml += &self.comments_at(piece.start, *fate, *part, |at| at.start, comments::start);
                        let old_at = old_at.map(|old_at| old_at + piece.start - at);
                        xml += &self.words(piece, old_at, *fate, *part);
                        xml += &self.comments_at(piece.end, *fate, *part, |at| at.end, comments::end);
                    }
                    xml += &self.range_end(*fate);
                }
                Token::Break(fate) => after = self.range_end(*fate),
            }
            self.body += &xml;
            self.at += 1;
        }
        self.body += &format!("</w:p>{after}\n");
    }

    /// Style, mark and, where the line it ends was set otherwise, how it was. The mark that ends a line has its form.
    fn properties(&mut self, graf: &[Token]) -> String {
        let (mut fate, mut mark) = (Fate::Same, String::new());
        for token in graf {
            match *token {
                Token::Words { text, at, old_at, fate, part } => {
                    let places = [old_at.or(Some(at)).filter(|_| fate.is_old()), Some(at).filter(|_| fate.is_new())];
                    for (side, at) in places.into_iter().enumerate() {
                        let Some(at) = at.filter(|_| self.forms[side].is_none()) else { continue };
                        self.forms[side] = Some(self.form(part, side, at, text));
                    }
                }
                Token::Break(end) => (fate, mark) = (end, self.break_mark(end)),
            }
        }
        let is_ended = [fate.is_old(), fate.is_new()];
        let [old, new] = [0, 1].map(|side| match is_ended[side] {
            true => self.forms[side].take(),
            false => None,
        });
        let changed = match (&old, &new) {
            // LibreOffice, when it saves such a change, forgets that the first words of the paragraph went.
            (Some(old), Some(new)) if old != new && graf.first().is_some_and(|first| first.fate().is_new()) => {
                format!("<w:pPrChange {}><w:pPr>{old}</w:pPr></w:pPrChange>", self.next_mark())
            }
            _ => String::new(),
        };
        new.or(old).unwrap_or_default() + &mark + &changed
    }

    /// The properties of a line that begins with these words.
    fn form(&self, part: usize, side: usize, at: usize, text: &str) -> String {
        let first = at + text.len() - text.trim_start().len();
        let line = self.faces[part][side].line(first);
        let style = match self.marked.parts[part].name {
            "hed" => "Title".to_owned(),
            "dek" => "Subtitle".to_owned(),
            "byline" => "Byline".to_owned(),
            "dateline" => "DatelineGraf".to_owned(),
            _ => match line {
                // Only what has its mark comes back as what it was.
                Line::Heading(level) if text.starts_with('#') => format!("Heading{level}"),
                Line::Quote if text.starts_with('>') => "Quote".to_owned(),
                Line::Code => "Code".to_owned(),
                Line::Rule => "Rule".to_owned(),
                Line::Footnote => "FootnoteText".to_owned(),
                _ => "AsTyped".to_owned(),
            },
        };
        let bullet = match line {
            Line::Bullet(level) => {
                format!("<w:numPr><w:ilvl w:val=\"{}\"/><w:numId w:val=\"1\"/></w:numPr>", level.min(8))
            }
            _ => String::new(),
        };
        let bidi = if is_leftwards(text) { "<w:bidi/>" } else { "" };
        format!("<w:pStyle w:val=\"{style}\"/>{bullet}{bidi}")
    }

    fn break_mark(&mut self, fate: Fate) -> String {
        match tag_of(fate) {
            Some(tag) => format!("<w:rPr><w:{tag} {}/></w:rPr>", self.next_mark()),
            None => String::new(),
        }
    }

    /// Words of the new body, cut where comments begin and end among them.
    fn cut_at_comments(&self, whole: Span, fate: Fate, part: usize) -> Vec<Span> {
        let mut cuts: BTreeSet<usize> = BTreeSet::from([whole.end]);
        if fate.is_new() && self.marked.parts[part].name == "body" {
            let ends = self.threads.iter().filter_map(|(at, _)| *at).flat_map(|at| [at.start, at.end]);
            cuts.extend(ends.filter(|end| whole.start < *end && *end < whole.end));
        }
        let mut start = whole.start;
        cuts.into_iter().map(|end| Span::new(std::mem::replace(&mut start, end), end)).collect()
    }

    fn comments_at(
        &self,
        at_byte: usize,
        fate: Fate,
        part: usize,
        end: fn(Span) -> usize,
        mark: fn(usize) -> String,
    ) -> String {
        if !fate.is_new() || self.marked.parts[part].name != "body" {
            return String::new();
        }
        self.comment_marks(|at| at.map(end) == Some(at_byte), mark)
    }

    /// The comments whose words are gone stand at the beginning.
    fn lost(&self) -> String {
        let both = |number| comments::start(number) + &comments::end(number);
        self.comment_marks(|at| at.is_none(), both)
    }

    fn comment_marks(&self, is_there: impl Fn(Option<Span>) -> bool, mark: impl Fn(usize) -> String) -> String {
        let here = self.threads.iter().filter(|(at, _)| is_there(*at));
        here.flat_map(|(_, numbers)| numbers.clone()).map(mark).collect()
    }

    /// Words of a part: of its old text those that went, else of its new one.
    fn words(&mut self, whole: Span, old_at: Option<usize>, fate: Fate, part: usize) -> String {
        let text = if fate.is_new() { self.marked.parts[part].new } else { self.marked.parts[part].old };
        let faces = &self.faces[part];
        let pieces = faces[usize::from(fate.is_new())].cut_beside(whole, old_at.map(|old_at| (&faces[0], old_at)));
        pieces.into_iter().map(|(span, face, was)| self.run(span.of(text), &face, &was, fate)).collect()
    }

    /// A run as it is set, and how it was.
    fn run(&mut self, text: &str, face: &Face, was: &Face, fate: Fate) -> String {
        let (look, old_look) = (look_of(face, fate), look_of(was, fate));
        let changed = match look == old_look {
            true => String::new(),
            false => format!("<w:rPrChange {}><w:rPr>{old_look}</w:rPr></w:rPrChange>", self.next_mark()),
        };
        let tag = if fate == Fate::Delete { "delText" } else { "t" };
        let properties = format!("<w:rPr>{look}{changed}</w:rPr>");
        let mut run = format!("<w:r>{}", if properties == "<w:rPr></w:rPr>" { "" } else { &properties });
        for (n, piece) in text.split('\t').enumerate() {
            run += if n > 0 { "<w:tab/>" } else { "" };
            if !piece.is_empty() {
                run += &format!("<w:{tag} xml:space=\"preserve\">{}</w:{tag}>", escape(piece));
            }
        }
        run += "</w:r>";
        let run = match tag_of(fate) {
            Some(tag) => format!("<w:{tag} {}>{run}</w:{tag}>", self.next_mark()),
            None => run,
        };
        // That words lead somewhere cannot be tracked: where they did not before, their address shows.
        match face.link.as_ref().filter(|_| face.mark.is_none() && was.link == face.link) {
            Some(link) => {
                self.links.push(link.to_string());
                format!("<w:hyperlink r:id=\"link{}\">{run}</w:hyperlink>", self.links.len())
            }
            None => run,
        }
    }

    fn next_mark(&mut self) -> String {
        self.n_marks += 1;
        format!("w:id=\"{}\" {}", self.n_marks, self.by)
    }

    fn range_start(&mut self, fate: Fate) -> String {
        let Some(side) = side_of(fate).filter(|side| self.reach[side].0 == self.at) else { return String::new() };
        let mark = self.next_mark();
        self.open.insert(side, self.n_marks);
        format!("<w:{}RangeStart {mark} w:name=\"move{}\"/>", range_of(side), side.1 + 1)
    }

    fn range_end(&mut self, fate: Fate) -> String {
        let Some(side) = side_of(fate).filter(|side| self.reach[side].1 == self.at) else { return String::new() };
        let id = self.open.remove(&side).unwrap_or_default();
        format!("<w:{}RangeEnd w:id=\"{id}\"/>", range_of(side))
    }
}

/// The properties of a run. Marks are hidden, but for an address that comes or goes.
fn look_of(face: &Face, fate: Fate) -> String {
    match face.mark {
        Some(Mark::Address) if matches!(fate, Fate::Insert | Fate::Delete) => {
            return "<w:rStyle w:val=\"Address\"/>".into();
        }
        Some(_) => return "<w:rStyle w:val=\"Mark\"/>".into(),
        None => {}
    }
    // A run has one style.
    let styles =
        [(face.link.is_some(), "Hyperlink"), (face.is_code, "CodeWords"), (face.is_raised, "FootnoteReference")];
    let style = styles.into_iter().find(|(is_so, _)| *is_so).map(|(_, style)| format!("<w:rStyle w:val=\"{style}\"/>"));
    let mut look = style.unwrap_or_default();
    for (is_so, mark) in
        [(face.is_bold, "<w:b/><w:bCs/>"), (face.is_italic, "<w:i/><w:iCs/>"), (face.is_struck, "<w:strike/>")]
    {
        look += if is_so { mark } else { "" };
    }
    look
}

fn side_of(fate: Fate) -> Option<(bool, usize)> {
    Some((matches!(fate, Fate::From(_)), fate.in_move()?))
}

fn range_of(side: (bool, usize)) -> &'static str {
    if side.0 { "moveFrom" } else { "moveTo" }
}

fn tag_of(fate: Fate) -> Option<&'static str> {
    match fate {
        Fate::Same => None,
        Fate::Insert => Some("ins"),
        Fate::Delete => Some("del"),
        Fate::From(_) => Some("moveFrom"),
        Fate::To(_) => Some("moveTo"),
    }
}
