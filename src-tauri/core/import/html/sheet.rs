//! The little of a style sheet that says how words are set: bold, italic and struck, by class.
//!
//! Pages of word processors and books give each look a class, and say in a sheet what it is.

use super::super::block::Look;
use std::collections::HashMap;

/// No sheet has more rules that are read.
const MAX_RULES: usize = 20_000;

/// By class, what it says of the words.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    classes: HashMap<String, Declared>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Declared {
    is_bold: Option<bool>,
    is_italic: Option<bool>,
    is_struck: Option<bool>,
}

impl Sheet {
    /// Adds the rules of a sheet whose selectors are a class, or an element with a class.
    pub fn read(&mut self, css: &str) {
        for rule in css.split('}').take(MAX_RULES) {
            let Some((selectors, declarations)) = rule.rsplit_once('{') else { continue };
            let selectors = selectors.rsplit([';', '/']).next().unwrap_or_default();
            for selector in selectors.split(',') {
                let is_simple = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
                let Some((_, class)) = selector.trim().split_once('.') else { continue };
                if selector.trim().chars().all(is_simple) && !class.contains('.') {
                    self.classes.entry(class.to_owned()).or_default().read(declarations);
                }
            }
        }
    }

    /// How words are set by the classes and the `style` of their element.
    pub fn set(&self, classes: &str, style: &str, look: &mut Look) {
        let mut declared = Declared::default();
        for class in classes.split_whitespace().filter_map(|class| self.classes.get(class)) {
            declared.add(*class);
        }
        declared.read(style);
        look.is_bold = declared.is_bold.unwrap_or(look.is_bold);
        look.is_italic = declared.is_italic.unwrap_or(look.is_italic);
        // A line through the words runs on through all that is inside.
        look.is_struck |= declared.is_struck.unwrap_or_default();
    }
}

impl Declared {
    fn read(&mut self, declarations: &str) {
        for declaration in declarations.split(';') {
            let Some((property, value)) = declaration.split_once(':') else { continue };
            let value = value.trim().trim_end_matches("!important").trim().to_lowercase();
            match property.trim() {
                "font-weight" => {
                    let is_heavy = value.parse().is_ok_and(|weight: u32| weight >= 600);
                    self.is_bold = Some(is_heavy || matches!(value.as_str(), "bold" | "bolder"));
                }
                "font-style" => self.is_italic = Some(matches!(value.as_str(), "italic" | "oblique")),
                "text-decoration" | "text-decoration-line" => self.is_struck = Some(value.contains("line-through")),
                _ => {}
            }
        }
    }

    fn add(&mut self, next: Declared) {
        self.is_bold = next.is_bold.or(self.is_bold);
        self.is_italic = next.is_italic.or(self.is_italic);
        self.is_struck = next.is_struck.or(self.is_struck);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_says_how_words_are_set_and_a_style_has_the_last_word() {
        let mut sheet = Sheet::default();
        sheet
            .read("@import url(x); .c1, p.c2 { font-weight: 700 } .a .b { font-style: italic } .c3{font-style:italic}");
        let set = |classes: &str, style: &str| {
            let mut look = Look::default();
            sheet.set(classes, style, &mut look);
            (look.is_bold, look.is_italic, look.is_struck)
        };
        assert_eq!(set("c1", ""), (true, false, false));
        assert_eq!(set("c2 c3", "text-decoration: line-through"), (true, true, true));
        assert_eq!(set("c1", "font-weight: normal"), (false, false, false));
        assert_eq!(set("a b", ""), (false, false, false));
    }
}
