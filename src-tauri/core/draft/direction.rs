//! Which way words run.

/// A letter of Hebrew, Arabic or their neighbours.
pub fn is_rtl(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}')
}

/// The first letter of the words runs from right to left.
pub fn is_leftwards(words: &str) -> bool {
    words.chars().find(|c| c.is_alphabetic()).is_some_and(is_rtl)
}
