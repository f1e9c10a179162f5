//! How words are set that Markdown has no marks for: what of it a letter of its own says, and what is lost.

use super::block::{Look, Loss, Losses};
use std::borrow::Cow;

/// How words are set besides bold, italic and struck.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Form {
    pub shift: Shift,
    pub is_underlined: bool,
    /// In capitals or small capitals, however they are typed.
    pub is_capitals: bool,
    pub is_coloured: bool,
    /// On a ground of its own colour.
    pub is_marked: bool,
}

/// Where words stand beside the line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shift {
    #[default]
    None,
    Raised,
    Lowered,
}

impl Shift {
    /// By how far something is raised, in any unit; below nothing it is lowered.
    pub fn by(height: f64) -> Shift {
        match height {
            height if height > 0.0 => Shift::Raised,
            height if height < 0.0 => Shift::Lowered,
            _ => Shift::None,
        }
    }
}

impl Form {
    /// This one inside another, which runs on through it; where they stand beside the line the inner one says.
    pub fn inside(self, outer: Form) -> Form {
        Form {
            shift: if self.shift == Shift::None { outer.shift } else { self.shift },
            is_underlined: self.is_underlined || outer.is_underlined,
            is_capitals: self.is_capitals || outer.is_capitals,
            is_coloured: self.is_coloured || outer.is_coloured,
            is_marked: self.is_marked || outer.is_marked,
        }
    }

    /// Without what another has too: how the style of a graf sets its words stresses none of them.
    pub fn without(self, style: Form) -> Form {
        Form {
            shift: if self.shift == style.shift { Shift::None } else { self.shift },
            is_underlined: self.is_underlined && !style.is_underlined,
            is_capitals: self.is_capitals && !style.is_capitals,
            is_coloured: self.is_coloured && !style.is_coloured,
            is_marked: self.is_marked && !style.is_marked,
        }
    }
}

/// Whether a colour says something: black, white and the greys between are those of letters and paper.
pub fn is_colour([red, green, blue]: [u8; 3]) -> bool {
    red.max(green).max(blue) - red.min(green).min(blue) > 48
}

/// The same of `ff0000`, `#ff0000` or `#f00`; of anything else no.
pub fn is_hex_colour(value: &str) -> bool {
    let digits = value.trim().trim_start_matches('#');
    let digits = if digits.len() == 3 { digits.chars().flat_map(|c| [c, c]).collect() } else { digits.to_owned() };
    let number = u32::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == 6);
    number.is_some_and(|number| is_colour([number >> 16, number >> 8, number].map(|part| (part & 0xff) as u8)))
}

/// Words as Markdown can hold them, and their look without its form; what of it is lost is noted. `before` is the letter
/// they stand behind.
pub fn hold<'w>(words: &'w str, look: &Look, before: Option<char>, losses: &mut Losses) -> (Cow<'w, str>, Look) {
    let Form { shift, is_underlined, is_capitals, is_coloured, is_marked } = look.form;
    let plain = Look { form: Form::default(), ..look.clone() };
    if look.form == Form::default() || words.trim().is_empty() {
        return (words.into(), plain);
    }
    // A link is underlined and blue because it is one.
    let is_link = look.link.is_some();
    for (is_lost, loss) in [
        (is_underlined && !is_link, Loss::Underline),
        (is_capitals && words.chars().any(char::is_lowercase), Loss::Capitals),
        ((is_coloured && !is_link) || is_marked, Loss::Colour),
    ] {
        if is_lost {
            losses.add(loss);
        }
    }
    let held = match shift {
        Shift::None => Some(words.into()),
        Shift::Raised => raised(words, before),
        Shift::Lowered => signs(words, lowered_sign),
    };
    let held = held.unwrap_or_else(|| {
        losses.add(Loss::Shift);
        words.into()
    });
    (held, plain)
}

/// `2` is *²*, so that *m2* and *106* stay *m²* and *10⁶*. *1st* is written on the line, and so is what stands in brackets.
fn raised(words: &str, before: Option<char>) -> Option<Cow<'_, str>> {
    const ENDINGS: [&str; 11] = ["st", "nd", "rd", "th", "e", "er", "re", "ère", "ème", "os", "as"];
    let trimmed = words.trim();
    let is_behind_number = before.is_some_and(|c| c.is_ascii_digit() || "IVXLCM".contains(c));
    if is_behind_number && ENDINGS.contains(&trimmed.to_lowercase().as_str()) || trimmed.starts_with('[') {
        return Some(words.into());
    }
    match trimmed {
        "TM" => Some(words.replace("TM", "™").into()),
        "SM" => Some(words.replace("SM", "℠").into()),
        "o" => Some(words.replace('o', "º").into()),
        "a" => Some(words.replace('a', "ª").into()),
        _ => signs(words, raised_sign),
    }
}

/// Each letter by its own sign; none where one has none. Punctuation and the signs of notes stand as they are.
fn signs(words: &str, sign: fn(char) -> Option<char>) -> Option<Cow<'_, str>> {
    words
        .chars()
        .map(|c| sign(c).or_else(|| (!c.is_alphanumeric()).then_some(c)))
        .collect::<Option<String>>()
        .map(Cow::from)
}

fn raised_sign(c: char) -> Option<char> {
    Some(match c {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4'..='9' => char::from_u32(u32::from(c) - u32::from('4') + u32::from('⁴'))?,
        '+' => '⁺',
        '-' | '−' | '–' => '⁻',
        'n' => 'ⁿ',
        'i' => 'ⁱ',
        _ => return None,
    })
}

fn lowered_sign(c: char) -> Option<char> {
    Some(match c {
        '0'..='9' => char::from_u32(u32::from(c) - u32::from('0') + u32::from('₀'))?,
        '+' => '₊',
        '-' | '−' | '–' => '₋',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(before: &str, words: &str, shift: Shift) -> (String, bool) {
        let mut losses = Losses::default();
        let look = Look { form: Form { shift, ..Form::default() }, ..Look::default() };
        let words = hold(words, &look, before.chars().next_back(), &mut losses).0.into_owned();
        (before.to_owned() + &words, losses.has(Loss::Shift))
    }

    #[test]
    fn a_number_beside_the_line_keeps_what_it_meant() {
        for (before, words, want) in [
            ("m", "2", "m²"),
            ("10", "6", "10⁶"),
            ("10", "-19", "10⁻¹⁹"),
            ("she said.", "1, 12", "she said.¹, ¹²"),
            ("2", "n", "2ⁿ"),
            ("1", "st", "1st"),
            ("XX", "e", "XXe"),
            ("2", "TH", "2TH"),
            ("N", "o", "Nº"),
            ("Stet", "TM", "Stet™"),
            ("said", "[3]", "said[3]"),
            ("said", "*†", "said*†"),
            ("SO₄", "2−", "SO₄²⁻"),
        ] {
            assert_eq!(held(before, words, Shift::Raised), (want.to_owned(), false));
        }
        assert_eq!(held("CO", "2", Shift::Lowered), ("CO₂".to_owned(), false));
        assert_eq!(held("x", "10", Shift::Lowered), ("x₁₀".to_owned(), false));
    }

    #[test]
    fn letters_that_have_no_sign_of_their_own_are_told() {
        assert_eq!(held("M", "lle", Shift::Raised), ("Mlle".to_owned(), true));
        assert_eq!(held("e", "x2", Shift::Raised), ("ex2".to_owned(), true), "half of it would mislead");
        assert_eq!(held("v", "max", Shift::Lowered), ("vmax".to_owned(), true));
    }

    #[test]
    fn what_is_lost_is_told_unless_it_says_nothing() {
        let lost = |words: &str, form: Form, link: bool| -> Vec<String> {
            let mut losses = Losses::default();
            let link = link.then(|| "https://example.org/".into());
            hold(words, &Look { form, link, ..Look::default() }, None, &mut losses);
            losses.warnings().map(|warning| warning.message).collect()
        };
        let all =
            Form { is_underlined: true, is_capitals: true, is_coloured: true, is_marked: true, ..Form::default() };
        assert_eq!(lost("word", all, false).len(), 3);
        assert_eq!(lost(" ", all, false), [""; 0]);
        assert_eq!(
            lost("NATO", Form { is_marked: false, ..all }, true),
            [""; 0],
            "a link looks so, capitals are typed"
        );
        assert!(is_hex_colour("#f00") && is_hex_colour("FFFF00") && is_hex_colour("1155cc"));
        assert!(!["000000", "#222", "ffffff", "5f5b53", "auto", ""].iter().any(|value| is_hex_colour(value)));
    }
}
