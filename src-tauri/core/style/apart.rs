//! What the house style leaves alone: speech as it was said, words in marks, links, addresses, code and comments.

use crate::draft;
use crate::quote::{Form, Reading};
use crate::span::{self, Span};
use pulldown_cmark::{Event, Options, Parser, Tag};

/// Spans in order, none over another.
pub(super) fn find(text: &str, reading: &Reading) -> Vec<Span> {
    let mut spans = draft::find_comments(text);
    spans.extend(&reading.furniture);
    for quote in &reading.quotes {
        spans.extend(&quote.marked);
        if quote.form == Form::Unmarked {
            spans.extend(&quote.content);
        }
    }
    spans.extend(markdown(text));
    for line in span::lines(text) {
        spans.extend(marked(text, line));
        spans.extend(addresses(text, line));
    }
    span::join_all(spans)
}

/// Links, pictures, code and HTML of a body's Markdown.
fn markdown(text: &str) -> impl Iterator<Item = Span> {
    Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter().filter_map(|(event, range)| {
        let is_apart = match event {
            Event::Start(tag) => {
                matches!(tag, Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock)
            }
            event => matches!(event, Event::Code(_) | Event::InlineHtml(_)),
        };
        is_apart.then(|| range.into())
    })
}

/// Words between double marks: titles, words as words, and speech no attribution was found for. A mark left open
/// reaches to the end of its line.
fn marked(text: &str, line: Span) -> Vec<Span> {
    let (mut spans, mut open) = (Vec::new(), None);
    for (at, c) in line.of(text).char_indices() {
        let at = line.start + at;
        match (c, open) {
            ('“' | '«' | '„' | '"', None) => open = Some(at),
            ('”' | '»' | '"', Some(start)) => {
                spans.push(Span::new(start, at + c.len_utf8()));
                open = None;
            }
            _ => {}
        }
    }
    spans.extend(open.map(|start| Span::new(start, line.end)));
    spans
}

/// Words with *://*, *@* or *www.* in them.
fn addresses(text: &str, line: Span) -> Vec<Span> {
    let is_address = |word: &str| word.contains("://") || word.contains('@') || word.starts_with("www.");
    let (mut spans, mut start) = (Vec::new(), line.start);
    for word in line.of(text).split_inclusive(char::is_whitespace) {
        if is_address(word) {
            spans.push(Span::new(start, start + word.len()));
        }
        start += word.len();
    }
    spans
}
