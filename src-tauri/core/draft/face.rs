//! How the Markdown of a body sets its words, and which of its letters are marks.

use super::{is_of_the_web, markdown};
use crate::span::Span;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Tag};
use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

/// How a stretch of a body is set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Face {
    pub is_bold: bool,
    pub is_italic: bool,
    pub is_struck: bool,
    /// As code, inside a line.
    pub is_code: bool,
    /// The number of a footnote.
    pub is_raised: bool,
    /// Where it leads: the web, or an address for mail.
    pub link: Option<Rc<str>>,
    /// It is no words.
    pub mark: Option<Mark>,
    /// The line it begins is one.
    pub line: Line,
}

impl Face {
    /// What a page shows of a stretch that was typed so: of a mark nothing, but of a list its bullet and of a rule its line.
    pub fn shown<'t>(&self, typed: &'t str) -> Cow<'t, str> {
        match (self.mark, self.line) {
            (None, _) => typed.into(),
            (_, Line::Bullet(_)) => typed.replace(['-', '*', '+'], "•").into(),
            (_, Line::Rule) if !typed.trim().is_empty() => "———".into(),
            _ => "".into(),
        }
    }
}

/// What is no words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// `**`, `#`, `[`, a backslash.
    Sign,
    /// Where a link leads, `](https://…)`.
    Address,
}

/// What a line is by the marks it begins with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Line {
    #[default]
    Plain,
    /// From 2, for a body’s own headings stand under the hed, to 6.
    Heading(usize),
    Quote,
    /// A list item without a number; how many lists it stands in besides its own.
    Bullet(usize),
    Code,
    Rule,
    Footnote,
}

/// The faces of a text.
#[derive(Debug, Default)]
pub struct Faces {
    /// Where each ends, in order; the last at the end of the text.
    ends: Vec<(usize, Face)>,
}

impl Faces {
    /// Reads a body. Total. Numbers of lists, tables and fences of code are words here: nothing else says what they say.
    /// Emphasis that runs over a line end stands as typed, for a line is a paragraph.
    pub fn of(body: &str) -> Faces {
        let mut reader =
            Reader { body, at: 0, faces: Faces::default(), face: Face::default(), open: Vec::new(), n_lists: 0 };
        for (event, range) in markdown(body) {
            reader.take(event, range);
        }
        reader.push(body.len(), |_| {});
        reader.faces
    }

    /// A stretch cut wherever its face changes, in order; a text that was not read is plain.
    pub fn cut(&self, span: Span) -> impl Iterator<Item = (Span, Face)> {
        let first = self.ends.partition_point(|(end, _)| *end <= span.start);
        let known = self.ends[first..].iter().cloned();
        let mut start = span.start;
        known.chain([(span.end, Face::default())]).map_while(move |(end, face)| {
            let piece = Span::new(start, end.min(span.end));
            start = piece.end;
            (!piece.is_empty()).then_some((piece, face))
        })
    }

    /// A stretch cut wherever its face changes, here or in another text where it stands from that byte on, in order: how it
    /// is set here and there. One that stands nowhere else is set there as here.
    pub fn cut_beside(&self, span: Span, there: Option<(&Faces, usize)>) -> Vec<(Span, Face, Face)> {
        let mut pieces = Vec::new();
        for (piece, face) in self.cut(span) {
            let Some((faces, start)) = there else {
                pieces.push((piece, face.clone(), face));
                continue;
            };
            let start = start + piece.start - span.start;
            for (other, was) in faces.cut(Span::new(start, start + piece.len())) {
                let start = piece.start + other.start - start;
                pieces.push((Span::new(start, start + other.len()), face.clone(), was));
            }
        }
        pieces
    }

    /// What the line is whose first letter stands at that byte.
    pub fn line(&self, at_byte: usize) -> Line {
        let next = self.ends.partition_point(|(end, _)| *end <= at_byte);
        self.ends.get(next).map(|(_, face)| face.line).unwrap_or_default()
    }
}

/// What stands open, and whose marks stand between its words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    /// Its marks are words.
    Plain,
    /// A paragraph, a heading, emphasis, a picture.
    Words,
    Link,
    Quote,
    List {
        is_numbered: bool,
    },
    /// Its mark is not read yet.
    Item {
        is_numbered: bool,
    },
    Footnote,
}

struct Reader<'a> {
    body: &'a str,
    /// So far it is read.
    at: usize,
    faces: Faces,
    /// That of the words that come.
    face: Face,
    /// With the face outside.
    open: Vec<(Open, Face)>,
    n_lists: usize,
}

impl Reader<'_> {
    fn take(&mut self, event: Event, range: Range<usize>) {
        match event {
            Event::Start(tag) => {
                self.marks(range.start);
                self.start(&tag, range);
            }
            Event::End(_) => {
                self.marks(range.end);
                if let Some((open, face)) = self.open.pop() {
                    self.face = face;
                    self.n_lists -= usize::from(matches!(open, Open::List { .. }));
                }
            }
            Event::Code(_) => {
                self.marks(range.start);
                let code = Span::new(range.start, range.end).of(self.body);
                let n_signs = code.len() - code.trim_start_matches('`').len();
                self.push(range.start + n_signs, sign);
                self.push(range.end - n_signs, |face| face.is_code = true);
                self.push(range.end, sign);
            }
            Event::FootnoteReference(_) => {
                self.marks(range.start);
                self.number(range.end, 1);
            }
            Event::Rule => {
                self.marks(range.start);
                self.push(range.end, |face| (face.mark, face.line) = (Some(Mark::Sign), Line::Rule));
            }
            Event::HardBreak => {
                self.marks(range.start);
                self.push(range.end, sign);
            }
            _ => {
                self.marks(range.start);
                self.push(range.end, |_| {});
            }
        }
    }

    fn start(&mut self, tag: &Tag, range: Range<usize>) {
        let outside = self.face.clone();
        let is_in_line = !Span::new(range.start, range.end).of(self.body).contains('\n');
        let open = match tag {
            Tag::Paragraph => Open::Words,
            Tag::Heading { level, .. } => {
                self.face.line = Line::Heading((*level).max(HeadingLevel::H2) as usize);
                Open::Words
            }
            Tag::BlockQuote(_) => {
                self.face.line = Line::Quote;
                Open::Quote
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => {
                self.face.line = Line::Code;
                Open::Plain
            }
            Tag::List(first) => {
                self.n_lists += 1;
                Open::List { is_numbered: first.is_some() }
            }
            Tag::Item => match self.open.last() {
                Some((Open::List { is_numbered }, _)) => Open::Item { is_numbered: *is_numbered },
                _ => Open::Plain,
            },
            Tag::FootnoteDefinition(_) => Open::Footnote,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough if is_in_line => {
                self.face.is_italic |= *tag == Tag::Emphasis;
                self.face.is_bold |= *tag == Tag::Strong;
                self.face.is_struck |= *tag == Tag::Strikethrough;
                Open::Words
            }
            Tag::Link { link_type, dest_url, .. } if is_in_line => {
                let mail = if *link_type == LinkType::Email { "mailto:" } else { "" };
                self.face.link = Some(format!("{mail}{dest_url}").into()).filter(|link: &Rc<str>| is_of_the_web(link));
                Open::Link
            }
            Tag::Image { .. } if is_in_line => Open::Words,
            _ => Open::Plain,
        };
        self.open.push((open, outside));
    }

    /// What stands before the next words, or the end, of what is open.
    fn marks(&mut self, to: usize) {
        let gap = Span::new(self.at, to).of(self.body);
        let Some((open, _)) = self.open.last_mut().filter(|_| !gap.trim().is_empty()) else {
            return self.push(to, |_| {});
        };
        match *open {
            Open::Words | Open::Quote => self.push(to, sign),
            Open::Link if gap.starts_with("](") => self.push(to, |face| face.mark = Some(Mark::Address)),
            Open::Link => self.push(to, sign),
            Open::Item { is_numbered } => {
                *open = Open::Plain;
                let level = self.n_lists - 1;
                match is_numbered {
                    true => self.push(to, |_| {}),
                    false => self.push(to, |face| (face.mark, face.line) = (Some(Mark::Sign), Line::Bullet(level))),
                }
            }
            Open::Footnote => {
                *open = Open::Plain;
                self.face.line = Line::Footnote;
                self.number(to - (gap.len() - gap.trim_end().len()), 2);
            }
            Open::Plain | Open::List { .. } => self.push(to, |_| {}),
        }
    }

    /// `[^1]`, or that with a colon: the last `n_signs` letters are marks.
    fn number(&mut self, end: usize, n_signs: usize) {
        self.push(self.at + "[^".len(), sign);
        self.push(end - n_signs, |face| face.is_raised = true);
        self.push(end, sign);
    }

    /// All up to there has the face of what is open, with that changed.
    fn push(&mut self, to: usize, change: impl Fn(&mut Face)) {
        if to <= self.at {
            return;
        }
        let mut face = self.face.clone();
        change(&mut face);
        match self.faces.ends.last_mut() {
            Some((end, last)) if *last == face => *end = to,
            _ => self.faces.ends.push((to, face)),
        }
        self.at = to;
    }
}

fn sign(face: &mut Face) {
    face.mark = Some(Mark::Sign);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The words of a body between their looks, its marks left out; `‹…›` is an address.
    fn shown(body: &str) -> String {
        let mut shown = String::new();
        for (span, face) in Faces::of(body).cut(Span::new(0, body.len())) {
            let words = span.of(body);
            let looks: String = [
                (face.is_bold, 'b'),
                (face.is_italic, 'i'),
                (face.is_struck, 's'),
                (face.is_code, 'c'),
                (face.is_raised, 'r'),
            ]
            .into_iter()
            .filter(|(is_so, _)| *is_so)
            .map(|(_, look)| look)
            .chain(face.link.as_ref().map(|_| 'l'))
            .collect();
            shown += &match face.mark {
                Some(Mark::Sign) => words.chars().filter(|c| *c == '\n').collect(),
                Some(Mark::Address) => format!("‹{words}›"),
                None if looks.is_empty() => words.to_owned(),
                None => format!("{looks}{{{words}}}"),
            };
        }
        shown
    }

    fn lines(body: &str) -> Vec<Line> {
        let faces = Faces::of(body);
        crate::span::each_line(body).map(|line| faces.line(line.trim(body).start)).collect()
    }

    #[test]
    fn marks_are_told_from_words() {
        assert_eq!(shown("A **bold *and* slanted** ~~word~~."), "A b{bold }bi{and}b{ slanted} s{word}.");
        assert_eq!(shown("## The *town*\n\n> It \\* rained\n> all day."), "The i{town}\n\nIt * rained\nall day.");
        assert_eq!(shown("- one\n  - two\n\n1. three"), "one\n  two\n\n1. three");
        assert_eq!(
            shown("The [report](https://a.org) and <https://b.org>"),
            "The l{report}‹](https://a.org)› and l{https://b.org}"
        );
        assert_eq!(shown("Set `a*b*`[^1].\n\n[^1]: The note."), "Set c{a*b*}r{1}.\n\nr{1} The note.");
        assert_eq!(shown("One.\n\n\tA **bold** start\n\n    > said"), "One.\n\n\tA b{bold} start\n\n    said");
        assert_eq!(shown("A [file](file:///etc)."), "A file‹](file:///etc)›.", "it leads nowhere");
    }

    #[test]
    fn a_page_shows_words_bullets_and_rules() {
        let body = "- *one*\n\n***\n\n## [two](https://a.org)";
        let faces = Faces::of(body);
        let pieces = faces.cut(Span::new(0, body.len()));
        let page: String = pieces.map(|(span, face)| face.shown(span.of(body)).into_owned()).collect();
        assert_eq!(page.replace('\n', ""), "• one———two");
    }

    #[test]
    fn a_stretch_is_cut_where_its_face_changes_here_or_there() {
        let (code, slanted) = (Faces::of("a `*b*` c"), Faces::of("a *b* c"));
        let cut =
            |pieces: Vec<(Span, Face, Face)>| -> Vec<usize> { pieces.iter().map(|(span, ..)| span.start).collect() };
        let here = slanted.cut_beside(Span::new(2, 5), Some((&code, 3)));
        assert!(here[1].1.is_italic && !here[1].1.is_code && here[1].2.is_code && !here[1].2.is_italic);
        assert_eq!(
            (cut(here), cut(code.cut_beside(Span::new(3, 6), Some((&slanted, 2))))),
            (vec![2, 3, 4], vec![3, 4, 5])
        );
        let alone = slanted.cut_beside(Span::new(3, 4), None);
        assert_eq!(alone[0].1, alone[0].2, "it stands nowhere else");
    }

    #[test]
    fn what_nothing_else_says_stays_words() {
        for body in [
            "| a | b |\n|---|---|\n| c | d |",
            "```\n**a**\n```",
            "5 * 3 * 2",
            "**over a\nline end**",
            "<b>as typed</b>",
            "[a]: https://b.org",
        ] {
            assert_eq!(shown(body), body);
        }
    }

    #[test]
    fn a_line_is_what_its_marks_make_it() {
        use Line::{Bullet, Code, Footnote, Heading, Plain, Quote, Rule};
        assert_eq!(lines("# a\n\n### b\n\n> c\n> d\n\n***"), [Heading(2), Heading(3), Quote, Quote, Rule]);
        assert_eq!(lines("- a\n  b\n  - c\n\n1. d"), [Bullet(0), Plain, Bullet(1), Plain]);
        assert_eq!(lines("a[^1]\n\n[^1]: b\n\n```\nc\n```"), [Plain, Footnote, Code, Code, Code]);
    }

    proptest! {
        #[test]
        fn every_letter_has_one_face(body in "([-#>*_`~|!a1 \n\\[\\]\\\\^:()<.é]|\\[\\^1\\]|\n\n){0,40}", start in 0usize..50, end in 0usize..50) {
            let span = Span::new(crate::span::floor_boundary(&body, start), crate::span::floor_boundary(&body, end));
            let cut: String = Faces::of(&body).cut(span).map(|(piece, _)| piece.of(&body)).collect();
            prop_assert_eq!(cut, span.of(&body));
        }
    }
}
