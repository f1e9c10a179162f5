//! What the dictionary is not asked about: where links lead, addresses, code, comments and furniture.

use crate::draft;
use crate::quote::Reading;
use crate::span::{self, Span};
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

/// Spans in order, none over another.
pub(super) fn find(text: &str, reading: &Reading) -> Vec<Span> {
    let mut spans = draft::find_comments(text);
    spans.extend(&reading.furniture);
    spans.extend(markdown(text));
    for line in span::lines(text) {
        spans.extend(addresses(text, line));
        spans.extend(labels(text, line));
    }
    span::join_all(spans)
}

/// Code, HTML, and of links and pictures where they lead; the words of a link are copy.
fn markdown(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut parser = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES).into_offset_iter();
    // Of each link that is open: where it ends, and where its words end as far as they were read.
    let mut links: Vec<(usize, usize)> = Vec::new();
    for (event, range) in parser.by_ref() {
        match event {
            Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }) => {
                spans.push(range.clone().into());
                links.push((range.end, range.end));
            }
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => links.push((range.end, range.start + 1)),
            Event::End(TagEnd::Link | TagEnd::Image) => {
                spans.extend(links.pop().map(|(end, words_end)| Span::new(words_end, end)));
                reach(&mut links, range.end);
            }
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => spans.push(range.into()),
            Event::Code(_) | Event::InlineHtml(_) => {
                reach(&mut links, range.end);
                spans.push(range.into());
            }
            _ if !links.is_empty() => reach(&mut links, range.end),
            _ => {}
        }
    }
    spans.extend(parser.reference_definitions().iter().map(|(_, definition)| Span::from(definition.span.clone())));
    spans
}

/// The words of the link that is open last go on to here.
fn reach(links: &mut [(usize, usize)], end: usize) {
    if let Some((link_end, words_end)) = links.last_mut() {
        *words_end = end.clamp(*words_end, *link_end);
    }
}

/// E-mail and web addresses, paths, handles and hashtags.
fn addresses(text: &str, line: Span) -> Vec<Span> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '<' | '>' | '“' | '”' | '"' | '—');
    let is_address = |words: &str| {
        let is_tag = |mark: char| words.strip_prefix(mark).is_some_and(|rest| rest.starts_with(char::is_alphabetic));
        words.contains("://")
            || words.contains('@')
            || words.starts_with("www.")
            || words.contains(":\\")
            || is_tag('#')
            || is_tag('/')
            || words.starts_with("~/")
    };
    let (mut spans, mut start) = (Vec::new(), line.start);
    for words in line.of(text).split_inclusive(ends) {
        if is_address(words) {
            spans.push(Span::new(start, start + words.len()));
        }
        start += words.len();
    }
    spans
}

/// The labels of footnotes: *[^smith]*.
fn labels(text: &str, line: Span) -> Vec<Span> {
    let (mut spans, mut from) = (Vec::new(), line.start);
    while let Some(start) = Span::new(from, line.end).of(text).find("[^").map(|at| from + at) {
        let Some(len) = Span::new(start, line.end).of(text).find(']') else { break };
        from = start + len + 1;
        spans.push(Span::new(start, from));
    }
    spans
}
