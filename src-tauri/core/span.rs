//! Places in a text: half-open byte spans on char boundaries, and the one conversion to what the page counts.

use std::ops::Range;

/// Words on one line, one blank between.
pub fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A half-open range of UTF-8 bytes in one text: `start` is included, `end` is not.
///
/// Invariant: `start <= end`, and both lie on char boundaries of the text it was made for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`; an end before the start gives an empty span at the start.
    #[inline]
    pub fn new(start: usize, end: usize) -> Span {
        Span { start, end: end.max(start) }
    }

    /// How many bytes it covers.
    #[inline]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Covers nothing.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The words it covers. A span that does not fit the text is cut to what does: never a panic.
    #[inline]
    pub fn of(self, text: &str) -> &str {
        match text.get(self.start..self.end) {
            Some(words) => words,
            None => self.of_other(text),
        }
    }

    /// What a span that does not fit the text covers of it.
    #[cold]
    fn of_other(self, text: &str) -> &str {
        let start = floor_boundary(text, self.start);
        let end = floor_boundary(text, self.end).max(start);
        text.get(start..end).unwrap_or_default()
    }

    /// Both cover at least one byte in common.
    pub fn overlaps(self, other: Span) -> bool {
        self.start.max(other.start) < self.end.min(other.end)
    }

    /// Covers every byte of `other`.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Covers the byte at `at_byte`.
    pub fn holds(self, at_byte: usize) -> bool {
        self.start <= at_byte && at_byte < self.end
    }

    /// The smallest span that covers both.
    #[inline]
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same words when the text begins `by_byte` bytes later.
    pub fn shift(self, by_byte: usize) -> Span {
        Span { start: self.start + by_byte, end: self.end + by_byte }
    }

    /// The same words when their line began at byte `from` and now begins at byte `to`.
    pub fn moved(self, from: usize, to: usize) -> Span {
        Span { start: self.start + to - from, end: self.end + to - from }
    }

    /// Itself without white space at either end.
    pub fn trim(self, text: &str) -> Span {
        let words = self.of(text);
        let start = self.start + (words.len() - words.trim_start().len());
        Span::new(start, start + words.trim().len())
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Span {
        Span::new(range.start, range.end)
    }
}

/// The text before byte `at_byte`, cut down to a char boundary.
pub fn before(text: &str, at_byte: usize) -> &str {
    Span::new(0, at_byte).of(text)
}

/// The text from byte `at_byte` on, from the char boundary at or before it.
pub fn after(text: &str, at_byte: usize) -> &str {
    Span::new(at_byte, text.len()).of(text)
}

/// The nearest char boundary at or before `at_byte`; the text's end where it lies beyond.
#[inline]
pub fn floor_boundary(text: &str, at_byte: usize) -> usize {
    let mut at_byte = at_byte.min(text.len());
    while !text.is_char_boundary(at_byte) {
        at_byte -= 1;
    }
    at_byte
}

/// The bytes that any of the spans covers: in order, none empty, none touching another.
pub fn join_all(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort();
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans.into_iter().filter(|span| !span.is_empty()) {
        match joined.last_mut() {
            Some(last) if span.start <= last.end => *last = last.join(span),
            _ => joined.push(span),
        }
    }
    joined
}

/// The paragraphs of a text: spans without their line ends, blank lines left out, in order.
///
/// A paragraph ends at a line end: news copy sets one paragraph a line, with or without a blank line between.
pub fn lines(text: &str) -> Vec<Span> {
    each_line(text).collect()
}

/// The same, one after the other.
pub fn each_line(text: &str) -> impl Iterator<Item = Span> {
    let mut start = 0;
    text.split('\n').filter_map(move |line| {
        let span = Span::new(start, start + line.len());
        start = span.end + 1;
        (!line.trim().is_empty()).then_some(span)
    })
}

/// Turns bytes into UTF-16 code units and back for one text.
///
/// Cost: building reads the text once; each question is a binary search.
pub struct Utf16 {
    /// (byte, UTF-16) at the start and end of every char that is not ASCII, and at both ends of the text.
    marks: Vec<(usize, usize)>,
}

impl Utf16 {
    /// Counts the text once.
    pub fn new(text: &str) -> Utf16 {
        let mut marks = vec![(0, 0)];
        let mut at = (0, 0);
        for c in text.chars() {
            let next = (at.0 + c.len_utf8(), at.1 + c.len_utf16());
            if !c.is_ascii() {
                marks.extend([at, next]);
            }
            at = next;
        }
        marks.push(at);
        Utf16 { marks }
    }

    /// The UTF-16 place of a byte; a byte inside a char gives the char's start, beyond the end gives the end.
    pub fn from_byte(&self, at_byte: usize) -> usize {
        self.convert(at_byte, |mark| mark)
    }

    /// The byte of a UTF-16 place; a place inside a surrogate pair gives the char's start.
    pub fn to_byte(&self, at_utf16: usize) -> usize {
        self.convert(at_utf16, |(byte, utf16)| (utf16, byte))
    }

    /// A span in UTF-16 code units.
    pub fn span(&self, span: Span) -> [usize; 2] {
        [self.from_byte(span.start), self.from_byte(span.end)]
    }

    fn convert(&self, at: usize, order: impl Fn((usize, usize)) -> (usize, usize)) -> usize {
        let next = self.marks.partition_point(|&mark| order(mark).0 <= at);
        let (from, to) = order(self.marks[next - 1]);
        let Some(&after) = self.marks.get(next) else { return to };
        // Between two marks stand either ASCII alone, where both counts run together, or one longer char.
        let is_ascii = order(after).0 - from == order(after).1 - to;
        if is_ascii { to + (at - from) } else { to }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_to_utf16_and_back_is_the_identity(text in ".*") {
            let utf16 = Utf16::new(&text);
            let mut n_utf16 = 0;
            for (at_byte, c) in text.char_indices() {
                prop_assert_eq!(utf16.from_byte(at_byte), n_utf16);
                prop_assert_eq!(utf16.to_byte(n_utf16), at_byte);
                n_utf16 += c.len_utf16();
            }
            prop_assert_eq!(utf16.from_byte(text.len()), n_utf16);
            prop_assert_eq!(utf16.to_byte(n_utf16 + 9), text.len());
        }

        #[test]
        fn a_span_that_does_not_fit_is_cut_and_never_panics(text in ".*", start in 0usize..80, end in 0usize..80) {
            let words = Span::new(start, end).of(&text);
            prop_assert!(text.contains(words));
        }
    }

    #[test]
    fn a_place_inside_a_surrogate_pair_is_the_chars_start() {
        assert_eq!(Utf16::new("a😀b").to_byte(2), 1, "half an emoji is no place to put a caret");
    }
}
