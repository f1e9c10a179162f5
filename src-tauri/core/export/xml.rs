//! Words as XML takes them.

/// How a part of a package begins.
pub const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Words as they may stand in XML, in an attribute too.
pub fn escape(words: &str) -> String {
    super::html::escape(&only_text(words))
}

/// Without what may not stand in XML 1.0: it knows no control characters.
pub fn only_text(words: &str) -> String {
    let is_text = |c: &char| matches!(c, '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'..) && *c != '\u{7f}';
    words.chars().filter(is_text).collect()
}
