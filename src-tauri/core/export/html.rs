//! One article page: no script, nothing fetched.

use super::galley;
use super::head_lines;
use super::page::page;
use crate::draft::{Copy, Face, Line};
use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

const STYLE: &str = include_str!("article.css");

/// The piece as a page.
pub fn write(copy: &Copy) -> String {
    let title = if copy.hed.is_empty() { "Untitled" } else { &copy.hed };
    page(title, STYLE, &article(copy))
}

/// Head and body, as HTML of escaped words.
pub fn article(copy: &Copy) -> String {
    let mut article = String::from("<article>\n");
    let head: Vec<(&str, String)> = head_lines(copy).collect();
    if !head.is_empty() {
        article += "<header>\n";
        for (part, words) in head {
            let tag = if part == "hed" { "h1" } else { "p" };
            article += &format!("<{tag} class=\"{part}\" dir=\"auto\">{}</{tag}>\n", escape(&words));
        }
        article += "</header>\n";
    }
    article + &body(copy) + "</article>\n"
}

/// The body with its dateline, as HTML of escaped words.
pub fn body(copy: &Copy) -> String {
    let mut events: Vec<Event> = noted(galley::events(&copy.body)).into_iter().map(under_the_hed).collect();
    if !copy.dateline.is_empty() {
        let dateline = format!("<span class=\"dateline\">{}</span> — ", escape(&copy.dateline));
        let begins_with_paragraph = events.first() == Some(&Event::Start(Tag::Paragraph));
        let at = usize::from(begins_with_paragraph);
        let dateline =
            if begins_with_paragraph { dateline } else { format!("<p dir=\"auto\">{}</p>\n", dateline.trim()) };
        events.insert(at, Event::InlineHtml(dateline.into()));
    }
    let mut page = String::new();
    pulldown_cmark::html::push_html(&mut page, events.into_iter());
    from_its_side(&page)
}

/// Each block is read from the side its words ask for. A browser leaves out of account what says so of itself, so the first
/// paragraph of an item or a quote, and the cells of a table, leave it to what they stand in.
fn from_its_side(page: &str) -> String {
    let mut page = page.replace("<p>", "<p dir=\"auto\">");
    for tag in ["ul", "ol", "blockquote", "table", "h2", "h3", "h4", "h5", "h6"] {
        page = page.replace(&format!("<{tag}>"), &format!("<{tag} dir=\"auto\">"));
    }
    page = page.replace("<ol start=", "<ol dir=\"auto\" start=");
    for outer in ["<li>", "<blockquote dir=\"auto\">"] {
        page = page.replace(&format!("{outer}\n<p dir=\"auto\">"), &format!("{outer}\n<p>"));
    }
    page
}

/// Footnotes as parts of the page that lead to each other; the number of each stands in its first paragraph.
fn noted(events: Vec<Event>) -> Vec<Event> {
    let mut page = Vec::with_capacity(events.len());
    let mut number: Option<String> = None;
    for event in events {
        match event {
            Event::FootnoteReference(n) => {
                let mark = format!("<sup class=\"note-mark\"><a href=\"#note-{n}\">{n}</a></sup>");
                page.push(Event::InlineHtml(mark.into()));
            }
            Event::Start(Tag::FootnoteDefinition(n)) => {
                page.push(Event::Html(format!("<div class=\"note\" id=\"note-{n}\">\n").into()));
                number = Some(format!("<sup class=\"note-number\">{n}</sup> "));
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                page.extend(number.take().map(|number| Event::Html(format!("<p>{number}</p>\n").into())));
                page.push(Event::Html("</div>\n".into()));
            }
            Event::Start(Tag::Paragraph) => {
                page.push(Event::Start(Tag::Paragraph));
                page.extend(number.take().map(|number| Event::InlineHtml(number.into())));
            }
            event => page.push(event),
        }
    }
    page
}

/// A body's own headings stand under the hed.
fn under_the_hed(event: Event) -> Event {
    match event {
        Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => {
            Event::Start(Tag::Heading { level: HeadingLevel::H2, id: None, classes: Vec::new(), attrs: Vec::new() })
        }
        Event::End(TagEnd::Heading(HeadingLevel::H1)) => Event::End(TagEnd::Heading(HeadingLevel::H2)),
        event => event,
    }
}

/// Words made ready for a page, set as their face says. A link leads where it leads.
pub fn faced(words: String, face: &Face) -> String {
    let tags = [
        (face.is_code, "code"),
        (face.is_raised, "sup"),
        (face.is_struck, "s"),
        (face.is_italic, "em"),
        (face.is_bold, "strong"),
    ];
    let in_tag = |words: String, tag: &str| match tag {
        "sup" => format!("<sup class=\"note-mark\">{words}</sup>"),
        tag => format!("<{tag}>{words}</{tag}>"),
    };
    let words = tags.into_iter().filter(|(is_so, _)| *is_so).fold(words, |words, (_, tag)| in_tag(words, tag));
    match &face.link {
        Some(link) => format!("<a href=\"{}\">{words}</a>", escape(link)),
        None => words,
    }
}

/// The tag of a line and its class, under a hed of that level.
pub fn tag_of(line: Line, hed_level: usize) -> (String, &'static str) {
    match line {
        Line::Heading(level) => (format!("h{}", (level - 1 + hed_level).min(6)), ""),
        Line::Quote => ("blockquote".into(), ""),
        Line::Code => ("pre".into(), ""),
        Line::Bullet(_) => ("p".into(), " bullet"),
        Line::Footnote => ("p".into(), " note"),
        Line::Plain | Line::Rule => ("p".into(), ""),
    }
}

/// Where a link leads, `](https://…)`, as it is read behind its words.
pub fn address(typed: &str) -> String {
    format!("<span class=\"address\">{}</span>", escape(&typed.replacen("](", " (", 1)))
}

/// Words as they may stand in a page, in an attribute too.
pub fn escape(words: &str) -> String {
    let mut page = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => page.push_str("&amp;"),
            '<' => page.push_str("&lt;"),
            '>' => page.push_str("&gt;"),
            '"' => page.push_str("&quot;"),
            '\'' => page.push_str("&#39;"),
            c => page.push(c),
        }
    }
    page
}
