//! Characters nobody sees: they turn the order of what is read, cut a name in two, or carry what was never meant to go.

use crate::span::Span;

/// A character that draws nothing itself, white space apart. (Source: Unicode's `Default_Ignorable_Code_Point`, and the
/// control characters.)
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}'
            | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// What an editor calls it.
pub fn invisible_words(c: char) -> &'static str {
    match c {
        '\u{ad}' => "soft hyphen",
        '\u{200b}' | '\u{feff}' | '\u{2060}' => "zero-width space",
        '\u{200c}' | '\u{200d}' => "zero-width joiner",
        '\u{61c}' | '\u{200e}' | '\u{200f}' => "direction mark",
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "direction override",
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => "variation selector",
        '\u{e0000}'..='\u{e007f}' => "hidden tag",
        c if c.is_control() => "control character",
        _ => "invisible character",
    }
}

/// Every invisible character that has no business where it stands, in order. Those that emoji, and scripts that join or
/// run from right to left, are written with are no such.
pub fn find_invisibles(text: &str) -> Vec<Span> {
    let is_rtl =
        text.chars().any(|c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'));
    let (mut found, mut before, mut base) = (Vec::new(), ' ', ' ');
    for (at, c) in text.char_indices() {
        let is_at_home = match c {
            '\u{200c}' | '\u{200d}' => {
                base > '\u{2ff}' && !base.is_whitespace() && !is_invisible(before) || before == '\u{fe0f}'
            }
            '\u{fe0e}' | '\u{fe0f}' => !before.is_alphabetic() && !before.is_whitespace() && !is_invisible(before),
            '\u{e0020}'..='\u{e007f}' => base == '\u{1f3f4}',
            '\u{61c}' | '\u{200e}' | '\u{200f}' => is_rtl,
            _ => false,
        };
        if is_invisible(c) && !is_at_home {
            found.push(Span::new(at, at + c.len_utf8()));
        }
        before = c;
        base = if is_invisible(c) { base } else { c };
    }
    found
}

/// A text as it is seen, and where characters were left out of it: at which byte of what is left, how many bytes so far.
pub fn without_invisibles(text: &str) -> (String, Vec<(usize, usize)>) {
    let (mut seen, mut gaps, mut n_bytes) = (String::with_capacity(text.len()), Vec::new(), 0);
    for c in text.chars() {
        if is_invisible(c) {
            n_bytes += c.len_utf8();
            gaps.push((seen.len(), n_bytes));
        } else {
            seen.push(c);
        }
    }
    (seen, gaps)
}

/// Where a place of the seen text stands in the whole one; what is not seen at its ends stays outside.
///
/// Cost: a binary search.
pub fn place_before(gaps: &[(usize, usize)], seen: Span) -> Span {
    let n_bytes = |n_gaps: usize| gaps[..n_gaps].last().map_or(0, |(_, n_bytes)| *n_bytes);
    let (before_start, before_end) =
        (gaps.partition_point(|(at, _)| *at <= seen.start), gaps.partition_point(|(at, _)| *at < seen.end));
    Span::new(seen.start + n_bytes(before_start), seen.end + n_bytes(before_end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&'static str> {
        let first = |span: &Span| span.of(text).chars().next().expect("it holds one");
        find_invisibles(text).iter().map(|span| invisible_words(first(span))).collect()
    }

    #[test]
    fn what_hides_in_a_text_is_found_and_named() {
        assert_eq!(found("pay\u{200b}roll"), ["zero-width space"]);
        assert_eq!(
            found("in\u{ad}voice \u{202e}exe.txt\u{202c}"),
            ["soft hyphen", "direction override", "direction override"]
        );
        assert_eq!(
            found("one\u{e0041}\u{e0042} a\u{fe0f} b\u{200d}c \u{1b}[2J"),
            ["hidden tag", "hidden tag", "variation selector", "zero-width joiner", "control character"]
        );
    }

    #[test]
    fn emoji_and_scripts_keep_what_they_are_written_with() {
        for text in [
            "👩\u{200d}👩\u{200d}👧 ❤\u{fe0f} 1\u{fe0f}\u{20e3} 🏳\u{fe0f}\u{200d}🌈 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "שלום\u{200f}, a\u{200e}",
            "Tab\there\nand a no-break\u{a0}space",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn a_place_in_what_is_seen_is_one_in_the_whole() {
        let text = "a \u{200b}Ren\u{200b}ner\u{ad} b";
        let (seen, gaps) = without_invisibles(text);
        assert_eq!(seen, "a Renner b");
        assert_eq!(place_before(&gaps, Span::new(2, 8)).of(text), "Ren\u{200b}ner");
    }
}
