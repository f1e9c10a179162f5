//! The little of a style sheet that says how words and grafs are set, by class: bold, italic, struck, how large; set in
//! from the sides, with a line below.
//!
//! Pages of word processors and books give each look a class, and say in a sheet what it is.

use super::super::block::Look;
use super::super::form::{Form, Shift, is_colour, is_hex_colour};
use std::collections::HashMap;

/// No sheet has more rules that are read.
const MAX_RULES: usize = 20_000;

/// By class, what it says of the words.
#[derive(Clone, Debug, Default)]
pub struct Sheet<'a> {
    classes: HashMap<String, Declared>,
    /// That of the book a page stands in.
    outer: Option<&'a Sheet<'a>>,
}

/// What classes and a style say of an element; none where they say nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Declared {
    pub is_bold: Option<bool>,
    is_italic: Option<bool>,
    is_struck: Option<bool>,
    form: Form,
    /// Of the letters.
    pub size_pt: Option<f64>,
    /// Left and right.
    is_set_in: [Option<bool>; 2],
    has_line: Option<bool>,
}

impl<'a> Sheet<'a> {
    pub fn inside(outer: &'a Sheet<'a>) -> Sheet<'a> {
        Sheet { classes: HashMap::new(), outer: Some(outer) }
    }

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

    /// What the classes of an element and its `style` say, the latter last.
    pub fn of(&self, classes: &str, style: &str) -> Declared {
        let mut declared = Declared::default();
        for class in classes.split_whitespace() {
            let said = [self.outer.and_then(|outer| outer.classes.get(class)), self.classes.get(class)];
            said.into_iter().flatten().for_each(|said| declared.add(*said));
        }
        // Classes colour a page, a style some of its words.
        (declared.form.is_coloured, declared.form.is_marked) = (false, false);
        declared.read(style);
        declared
    }
}

impl Declared {
    /// Sets the look of words.
    pub fn set(&self, look: &mut Look) {
        look.is_bold = self.is_bold.unwrap_or(look.is_bold);
        look.is_italic = self.is_italic.unwrap_or(look.is_italic);
        // A line through the words runs on through all that is inside.
        look.is_struck |= self.is_struck.unwrap_or_default();
        look.form = self.form.inside(look.form);
    }

    /// Set in from both sides, as a block quote is.
    pub fn is_set_in(&self) -> bool {
        self.is_set_in == [Some(true); 2]
    }

    pub fn has_line(&self) -> bool {
        self.has_line == Some(true)
    }

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
                "text-decoration" | "text-decoration-line" => {
                    self.is_struck = Some(value.contains("line-through"));
                    self.form.is_underlined = value.contains("underline");
                }
                "vertical-align" => self.form.shift = shift(&value),
                "font-variant" | "font-variant-caps" => self.form.is_capitals = value.contains("small-caps"),
                "color" => self.form.is_coloured = colours(&value),
                "background" | "background-color" => self.form.is_marked = colours(&value),
                "font-size" => self.size_pt = points(&value),
                "margin-left" => self.is_set_in[0] = is_length(&value),
                "margin-right" => self.is_set_in[1] = is_length(&value),
                "margin" => {
                    let sides: Vec<&str> = value.split_whitespace().collect();
                    let right = sides.get(1).or(sides.first()).copied().unwrap_or_default();
                    self.is_set_in = [sides.get(3).copied().unwrap_or(right), right].map(is_length);
                }
                "border-bottom" => self.has_line = Some(value.contains("solid")),
                _ => {}
            }
        }
    }

    fn add(&mut self, next: Declared) {
        self.is_bold = next.is_bold.or(self.is_bold);
        self.is_italic = next.is_italic.or(self.is_italic);
        self.is_struck = next.is_struck.or(self.is_struck);
        self.form = next.form.inside(self.form);
        self.size_pt = next.size_pt.or(self.size_pt);
        self.has_line = next.has_line.or(self.has_line);
        for (mine, next) in self.is_set_in.iter_mut().zip(next.is_set_in) {
            *mine = next.or(*mine);
        }
    }
}

/// Whether a colour says something: `#f00`, `rgb(255, 0, 0)`, `red`.
fn colours(value: &str) -> bool {
    const NAMES: [&str; 12] =
        ["red", "green", "blue", "yellow", "orange", "purple", "magenta", "fuchsia", "cyan", "aqua", "lime", "maroon"];
    if let Some(parts) = value.strip_prefix("rgb").map(|rest| rest.trim_start_matches(['a', '('])) {
        let parts: Vec<&str> =
            parts.trim_end_matches(')').split([',', ' ', '/']).filter(|part| !part.is_empty()).collect();
        let part = |n: usize| parts.get(n).and_then(|part| part.parse::<u8>().ok());
        let is_seen = parts.get(3).is_none_or(|part| *part != "0");
        return matches!((part(0), part(1), part(2)), (Some(r), Some(g), Some(b)) if is_seen && is_colour([r, g, b]));
    }
    is_hex_colour(value) || NAMES.contains(&value)
}

fn shift(value: &str) -> Shift {
    let unit = value.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-'));
    match value {
        "super" => Shift::Raised,
        "sub" => Shift::Lowered,
        _ => value.strip_suffix(unit).and_then(|height| height.parse().ok()).map(Shift::by).unwrap_or_default(),
    }
}

/// Points and pixels alone: what is said of what stands around is as large as that.
fn points(value: &str) -> Option<f64> {
    let number = |unit: &str| value.strip_suffix(unit).and_then(|number| number.trim().parse::<f64>().ok());
    number("pt").or(number("px").map(|pixels| pixels * 0.75))
}

/// Whether it is longer than nothing; none for `auto`.
fn is_length(value: &str) -> Option<bool> {
    let number = value.trim_end_matches(|c: char| c.is_alphabetic() || c == '%');
    number.parse().ok().map(|length: f64| length > 0.0)
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
            sheet.of(classes, style).set(&mut look);
            (look.is_bold, look.is_italic, look.is_struck)
        };
        assert_eq!(set("c1", ""), (true, false, false));
        assert_eq!(set("c2 c3", "text-decoration: line-through"), (true, true, true));
        assert_eq!(set("c1", "font-weight: normal"), (false, false, false));
        assert_eq!(set("a b", ""), (false, false, false));
    }

    #[test]
    fn a_graf_is_set_in_from_both_sides_by_class_or_style() {
        let mut sheet = Sheet::default();
        sheet.read(".a { margin: 0in 0.4in 0.1in 0.4in; font-size: 16px } .b { margin: 0 auto } .c { margin-left: 1em; border-bottom: 1pt solid red }");
        let is_set_in = |classes: &str, style: &str| sheet.of(classes, style).is_set_in();
        assert!(is_set_in("a", "") && is_set_in("c", "margin-right: 3%") && is_set_in("", "margin: 2px"));
        assert!(!is_set_in("b", "") && !is_set_in("c", "") && !is_set_in("a", "margin-left: 0"));
        assert_eq!(sheet.of("a", "").size_pt, Some(12.0));
        assert!(sheet.of("c", "").has_line() && !sheet.of("a", "").has_line());
    }
}
