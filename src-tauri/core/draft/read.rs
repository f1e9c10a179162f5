//! The words of Markdown as a reader has them before them.

use super::markdown;
use crate::span::Span;
use pulldown_cmark::{Event, TagEnd};

/// The words of a text, its marks, addresses and tags left out and characters that were written by name or number as they
/// read, each block on a line of its own.
#[derive(Debug, Default)]
pub struct AsRead {
    pub words: String,
    /// Where each stretch of the words begins, and where it stands in the text.
    stretches: Vec<(usize, Span)>,
}

impl AsRead {
    /// Total. Cost: one reading of the text.
    pub fn of(text: &str) -> AsRead {
        let mut read = AsRead::default();
        for (event, range) in markdown(text) {
            let words = match &event {
                Event::Text(words) | Event::Code(words) => words,
                Event::SoftBreak | Event::HardBreak => " ",
                Event::End(tag) if !is_in_line(tag) => "\n",
                _ => continue,
            };
            read.stretches.push((read.words.len(), Span::new(range.start, range.end)));
            read.words += words;
        }
        read
    }

    /// Where a place in the words stands in the text; of a character that is written otherwise, all of it.
    pub fn place(&self, at: Span) -> Span {
        let stretch = |at_byte: usize| {
            let n = self.stretches.partition_point(|(start, _)| *start <= at_byte).saturating_sub(1);
            let next = self.stretches.get(n + 1).map_or(self.words.len(), |(start, _)| *start);
            self.stretches.get(n).map(|(start, whole)| (at_byte - start, *whole, whole.len() == next - start))
        };
        let start = stretch(at.start).map_or(0, |(n, whole, is_same)| whole.start + if is_same { n } else { 0 });
        let end = stretch(at.end.saturating_sub(1)).map_or(
            0,
            |(n, whole, is_same)| {
                if is_same { whole.start + n + 1 } else { whole.end }
            },
        );
        Span::new(start, end.max(start))
    }
}

fn is_in_line(tag: &TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_without_what_sets_them_and_found_again() {
        let text = "# A *hed*\n\nRen**ner** [so](https://a.org)on &amp; R&#101;nner, `co`de.";
        let read = AsRead::of(text);
        assert_eq!(read.words.trim_end(), "A hed\nRenner soon & Renner, code.");
        let place = |words: &str| read.place(Span::new(0, words.len()).shift(read.words.find(words).expect("there")));
        assert_eq!(place("Renner soon").of(text), "Ren**ner** [so](https://a.org)on");
        assert_eq!(place("&").of(text), "&amp;");
        assert_eq!(place("enner,").of(text), "&#101;nner,");
        assert_eq!(AsRead::of("").place(Span::new(0, 0)), Span::new(0, 0));
    }
}
