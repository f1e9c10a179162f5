//! A Word file with tracked changes: each one can be accepted or rejected where it stands.

use super::track::{Fate, Token, row};
use super::{Others, W, XML, comments, escape, package, page_end, title_of};
use crate::draft::is_leftwards;
use crate::export::marked::Marked;
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
    let body = format!("{XML}<w:document xmlns:w=\"{W}\"><w:body>\n{}{}", document.body, page_end());
    let others = Others { notes: None, comments: comments::parts(&marked.threads), is_tracked: true };
    package(&title_of(marked.new_title, marked.author), body, &[], &[], others)
}

/// The styles of a file with tracked changes: two more, by which it is told when it comes back that its words have their
/// Markdown marks, and which line is the dateline.
pub fn styles(styles: &str) -> String {
    let style = |id: &str, name: &str, on: &str| {
        format!(
            "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>\
             <w:basedOn w:val=\"{on}\"/><w:qFormat/></w:style>\n"
        )
    };
    let more = style("AsTyped", "As typed", "Normal") + &style("DatelineGraf", "Dateline graf", "Byline");
    styles.replace("</w:styles>", &(more + "</w:styles>"))
}

struct Document<'a> {
    marked: &'a Marked<'a>,
    body: String,
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
        Document { marked, body: String::new(), by, n_marks, at: 0, reach, open: HashMap::new(), threads }
    }

    /// One paragraph: its words, and the break that ends it unless it is the last.
    fn add(&mut self, graf: &[Token]) {
        let mark = match graf.last() {
            Some(Token::Break(fate)) => self.break_mark(*fate),
            _ => String::new(),
        };
        self.body += &format!("<w:p><w:pPr>{}{mark}</w:pPr>", self.style(graf));
        if self.at == 0 {
            let lost = self.lost();
            self.body += &lost;
        }
        let mut after = String::new();
        for token in graf {
            let mut xml = self.range_start(token.fate());
            match token {
                Token::Words { text, at, fate, part } => {
                    xml += &match fate.is_new() && self.marked.parts[*part].name == "body" {
                        true => self.commented(text, *at, *fate),
                        false => self.words(text, *fate),
                    };
                    xml += &self.range_end(*fate);
                }
                Token::Break(fate) => after = self.range_end(*fate),
            }
            self.body += &xml;
            self.at += 1;
        }
        self.body += &format!("</w:p>{after}\n");
    }

    fn style(&self, graf: &[Token]) -> String {
        let Some(Token::Words { text, part, .. }) = graf.first() else { return String::new() };
        let n_marks = text.chars().take_while(|c| *c == '#').count();
        let style = match self.marked.parts[*part].name {
            "hed" => "Title".to_owned(),
            "dek" => "Subtitle".to_owned(),
            "byline" => "Byline".to_owned(),
            "dateline" => "DatelineGraf".to_owned(),
            _ if (1..=6).contains(&n_marks) && text.trim_start_matches('#').starts_with(' ') => {
                format!("Heading{}", n_marks.max(2))
            }
            _ if text.starts_with("> ") => "Quote".to_owned(),
            _ => "AsTyped".to_owned(),
        };
        let style = format!("<w:pStyle w:val=\"{style}\"/>");
        style + if is_leftwards(text) { "<w:bidi/>" } else { "" }
    }

    fn break_mark(&mut self, fate: Fate) -> String {
        match tag_of(fate) {
            Some(tag) => format!("<w:rPr><w:{tag} {}/></w:rPr>", self.next_mark()),
            None => String::new(),
        }
    }

    /// Words of the new body, with the comments that begin and end among them.
    fn commented(&mut self, text: &str, at: usize, fate: Fate) -> String {
        let reach = Span::new(at, at + text.len());
        let ends = self.threads.iter().filter_map(|(at, _)| *at).flat_map(|at| [at.start, at.end]);
        let mut cuts: BTreeSet<usize> = ends.filter(|end| reach.start < *end && *end < reach.end).collect();
        cuts.insert(reach.end);
        let (mut xml, mut start) = (String::new(), reach.start);
        for end in cuts {
            xml += &self.comment_marks(|at| at.is_some_and(|at| at.start == start), comments::start);
            xml += &self.words(Span::new(start - at, end - at).of(text), fate);
            xml += &self.comment_marks(|at| at.is_some_and(|at| at.end == end), comments::end);
            start = end;
        }
        xml
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

    fn words(&mut self, text: &str, fate: Fate) -> String {
        let tag = if fate == Fate::Delete { "delText" } else { "t" };
        let mut run = String::from("<w:r>");
        for (n, piece) in text.split('\t').enumerate() {
            run += if n > 0 { "<w:tab/>" } else { "" };
            if !piece.is_empty() {
                run += &format!("<w:{tag} xml:space=\"preserve\">{}</w:{tag}>", escape(piece));
            }
        }
        run += "</w:r>";
        match tag_of(fate) {
            Some(tag) => format!("<w:{tag} {}>{run}</w:{tag}>", self.next_mark()),
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
