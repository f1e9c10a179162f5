//! Numbers, dates and times of day by rule: which are words, which figures, and how they are set.

use super::Slip;
use super::matching::{first_word, starts_sentence};
use super::rules::Section;
use crate::span::{self, Span};

/// A rule about numbers, dates, or how a piece reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Figure {
    /// *3 dogs* is *three dogs*.
    Words,
    /// *twelve dogs* is *12 dogs*.
    Figures,
    /// How per cent is set behind figures: *%*, * percent*, * per cent*.
    Percent(&'static str),
    /// *12000* is *12,000*.
    Commas,
    /// *March 3rd* is *March 3*.
    NoOrdinals,
    /// *September 3* is *Sept. 3*.
    ShortMonths,
    /// How the half of the day is set: * a.m.*, *am*.
    Clock([&'static str; 2]),
    /// No word stands twice in a row.
    Once,
    /// A sentence has at most so many words.
    MostWords(usize),
    /// No word that is seldom in the piece comes again within so many words.
    Again(usize),
    /// A graf is read with at most so many years of school.
    Grade(usize),
}

/// One, with what its rule says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FigureRule {
    pub(super) figure: Figure,
    pub(super) section: Section,
    pub(super) why: String,
    pub(super) line: usize,
}

const NUMBERS: [(&str, Figure); 6] = [
    ("words to nine", Figure::Words),
    ("figures from 10", Figure::Figures),
    ("percent as %", Figure::Percent("%")),
    ("percent as percent", Figure::Percent(" percent")),
    ("percent as per cent", Figure::Percent(" per cent")),
    ("commas from 1,000", Figure::Commas),
];

const DATES: [(&str, Figure); 4] = [
    ("no ordinals", Figure::NoOrdinals),
    ("short months", Figure::ShortMonths),
    ("clock as 5 p.m.", Figure::Clock([" a.m.", " p.m."])),
    ("clock as 5pm", Figure::Clock(["am", "pm"])),
];

/// But for the first, any number may stand in them.
const READING: [(&str, Figure); 4] = [
    ("no word twice", Figure::Once),
    ("sentences to 40 words", Figure::MostWords(40)),
    ("no word again within 12 words", Figure::Again(12)),
    ("grafs to grade 16", Figure::Grade(16)),
];

impl Figure {
    fn known(section: Section) -> &'static [(&'static str, Figure)] {
        match section {
            Section::Dates => &DATES,
            Section::Reading => &READING,
            _ => &NUMBERS,
        }
    }

    pub(super) fn from_words(section: Section, words: &str) -> Option<Figure> {
        let known = Figure::known(section).iter().find(|(known, _)| *known == words).map(|(_, figure)| *figure);
        let number = |before, behind| words.strip_prefix(before)?.strip_suffix(behind)?.parse().ok();
        let numbered = || {
            let most = number("sentences to ", " words").map(Figure::MostWords);
            let again = || number("no word again within ", " words").map(Figure::Again);
            most.or_else(again).or_else(|| number("grafs to grade ", "").map(Figure::Grade))
        };
        known.or_else(|| numbered().filter(|_| section == Section::Reading))
    }

    /// What may stand in the section, for a line that is none of it.
    pub(super) fn complaint(section: Section) -> String {
        let known: Vec<&str> = Figure::known(section).iter().map(|(words, _)| *words).collect();
        format!("Under [{}] stands one of: {}.", section.word(), known.join("; "))
    }
}

const ONES: [&str; 9] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const TEENS: [&str; 10] =
    ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
/// Each month with its short form before a day; the short ones have none.
const MONTHS: [(&str, &str); 12] = [
    ("January", "Jan."),
    ("February", "Feb."),
    ("March", "March"),
    ("April", "April"),
    ("May", "May"),
    ("June", "June"),
    ("July", "July"),
    ("August", "Aug."),
    ("September", "Sept."),
    ("October", "Oct."),
    ("November", "Nov."),
    ("December", "Dec."),
];
/// Words behind a figure with which it counts nothing, or is a measure that keeps its figure.
const NO_COUNT: [&str; 34] = [
    "to", "or", "and", "of", "in", "on", "at", "for", "by", "with", "as", "is", "was", "percent", "per", "million",
    "billion", "trillion", "a", "p", "am", "pm", "km", "m", "cm", "mm", "kg", "g", "miles", "feet", "inches", "years",
    "cents", "degrees",
];
/// Words before a figure that is their name.
const NAMED: [&str; 14] = [
    "page", "pages", "chapter", "part", "no", "number", "figure", "room", "section", "article", "aged", "age", "level",
    "line",
];

/// The slip at this word by all rules of figures together.
pub(super) fn slip(text: &str, start: usize, rules: &[FigureRule]) -> Option<Slip> {
    let (date, clock) = (date(text, start, rules), clock(text, start, rules));
    date.or(clock).or_else(|| rules.iter().find_map(|rule| number(text, start, rule)))
}

fn number(text: &str, start: usize, rule: &FigureRule) -> Option<Slip> {
    let (end, preferred) = match rule.figure {
        Figure::Words => in_words(text, start)?,
        Figure::Figures => in_figures(text, start)?,
        Figure::Percent(sign) => percent(text, start, sign)?,
        Figure::Commas => commas(text, start)?,
        _ => return None,
    };
    told(text, Span::new(start, end), preferred, rule)
}

fn told(text: &str, span: Span, preferred: String, rule: &FigureRule) -> Option<Slip> {
    let (why, section, line) = (rule.why.clone(), rule.section, rule.line);
    (span.of(text) != preferred).then_some(Slip { span, preferred: Some(preferred), why, section, line })
}

fn in_words(text: &str, start: usize) -> Option<(usize, String)> {
    let word = first_word(text, start);
    let value: usize = if word.len() == 1 { word.parse().ok()? } else { return None };
    let word = ONES.get(value.checked_sub(1)?)?;
    let last = last_word(text, start);
    let is_named = last.chars().next().is_some_and(char::is_uppercase) || NAMED.contains(&last.to_lowercase().as_str());
    (stands_alone(text, start) && !is_named && counts(text, start + 1)).then(|| (start + 1, (*word).to_owned()))
}

fn in_figures(text: &str, start: usize) -> Option<(usize, String)> {
    let word = first_word(text, start);
    let place = |list: &[&str], word: &str| list.iter().position(|known| *known == word);
    let mut end = start + word.len();
    let mut value = match (place(&TEENS, word), place(&TENS, word)) {
        (Some(teen), _) => teen + 10,
        (_, Some(ten)) => (ten + 2) * 10,
        _ => return None,
    };
    if value >= 20 && span::after(text, end).starts_with('-') {
        let one = first_word(text, end + 1);
        value += place(&ONES, one)? + 1;
        end += 1 + one.len();
    }
    let is_scaled = ["hundred", "thousand"].contains(&next_word(text, end));
    let is_plain = stands_alone(text, start) && !starts_sentence(text, start) && !is_scaled && counts(text, end);
    is_plain.then(|| (end, value.to_string()))
}

fn percent(text: &str, start: usize, sign: &str) -> Option<(usize, String)> {
    let end = number_end(text, start)?;
    let rest = span::after(text, end);
    let written = ["%", " percent", " per cent"].into_iter().find(|written| rest.starts_with(written))?;
    let behind = end + written.len();
    let is_whole = written == "%" || first_word(text, behind).is_empty();
    (is_whole && has_clear_front(text, start)).then(|| (behind, format!("{}{sign}", Span::new(start, end).of(text))))
}

fn commas(text: &str, start: usize) -> Option<(usize, String)> {
    let digits = first_word(text, start);
    let end = start + digits.len();
    let is_money = span::before(text, start).ends_with(['$', '£', '€']);
    // Four figures may be a year; five behind a name a postal code.
    let is_number = digits.len() >= 5 && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    let is_sum = is_money && digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_named = !is_money && last_word(text, start).chars().next().is_some_and(char::is_uppercase);
    let is_joined = span::after(text, end).starts_with(['-', '/', ':', '_']) || number_end(text, start)? != end;
    let is_clear = is_money || has_clear_front(text, start);
    if !(is_number || is_sum) || is_named || is_joined || !is_clear || digits.len() > 15 {
        return None;
    }
    let mut set = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            set.push(',');
        }
        set.push(digit);
    }
    Some((end, set))
}

/// *September 3rd*: what both rules of dates make of it is one slip.
fn date(text: &str, start: usize, rules: &[FigureRule]) -> Option<Slip> {
    let month = first_word(text, start);
    let (_, short) = MONTHS.iter().find(|(long, _)| *long == month)?;
    let day_start = start + month.len() + 1;
    let day = first_word(text, day_start);
    if !span::after(text, start + month.len()).starts_with(' ') {
        return None;
    }
    let bare = day.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let is_ordinal = ["st", "nd", "rd", "th"].contains(&span::after(day, bare.len()));
    if bare.is_empty()
        || bare.len() > 2
        || !bare.bytes().all(|byte| byte.is_ascii_digit())
        || !(is_ordinal || bare == day)
    {
        return None;
    }
    let rule_of = |wanted: Figure| rules.iter().find(|rule| rule.figure == wanted);
    let no_ordinals = rule_of(Figure::NoOrdinals).filter(|_| is_ordinal);
    let short_months = rule_of(Figure::ShortMonths).filter(|_| *short != month);
    let rule = no_ordinals.or(short_months)?;
    let month = if short_months.is_some() { short } else { month };
    let set_day = if no_ordinals.is_some() { bare } else { day };
    told(text, Span::new(start, day_start + day.len()), format!("{month} {set_day}"), rule)
}

fn clock(text: &str, start: usize, rules: &[FigureRule]) -> Option<Slip> {
    let (rule, halves) = rules.iter().find_map(|rule| match rule.figure {
        Figure::Clock(halves) => Some((rule, halves)),
        _ => None,
    })?;
    let rest = span::after(text, start);
    let len = rest.find(|c: char| !(c.is_ascii_digit() || c == ':')).unwrap_or(rest.len());
    let hour = span::before(rest, len);
    let is_hour = hour.split(':').next()?.parse().is_ok_and(|hour: u8| (1..=12).contains(&hour));
    let behind = span::after(rest, len);
    let gap = usize::from(behind.starts_with([' ', '\u{a0}'])) * behind.chars().next().map_or(0, char::len_utf8);
    let written = span::after(behind, gap);
    let half_forms = ["a.m.", "A.M.", "am", "AM", "p.m.", "P.M.", "pm", "PM"];
    let (place, form) = half_forms.iter().enumerate().find(|(_, form)| written.starts_with(**form))?;
    let mut end = start + len + gap + form.len();
    let preferred = format!("{hour}{}", halves[place / 4]);
    if !is_hour || !first_word(text, end).is_empty() || !has_clear_front(text, start) {
        return None;
    }
    // The full stop of *5pm.* is the one of *5 p.m.*
    if preferred.ends_with('.') && !form.ends_with('.') && span::after(text, end).starts_with('.') {
        end += 1;
    }
    told(text, Span::new(start, end), preferred, rule)
}

/// Where the figures end that begin here, with points and commas between figures.
fn number_end(text: &str, start: usize) -> Option<usize> {
    let rest = span::after(text, start).as_bytes();
    let is_digit = |at: usize| rest.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    while is_digit(at) || at > 0 && matches!(rest.get(at), Some(b'.' | b',')) && is_digit(at + 1) {
        at += 1;
    }
    (at > 0).then_some(start + at)
}

/// Nothing before it makes it part of a longer figure or sign.
fn has_clear_front(text: &str, start: usize) -> bool {
    let before = span::before(text, start);
    let is_part = before.ends_with(['.', ',', '-', '–', '−', '/', ':', '#', '_', '+', '*', '^', '=', '@']);
    !is_part && !before.ends_with(char::is_alphanumeric)
}

fn stands_alone(text: &str, start: usize) -> bool {
    has_clear_front(text, start) && !span::before(text, start).ends_with(['$', '£', '€', '\'', '’'])
}

/// A word in small letters follows, and it is something one counts.
fn counts(text: &str, end: usize) -> bool {
    let next = next_word(text, end);
    next.chars().next().is_some_and(char::is_lowercase) && !NO_COUNT.contains(&next)
}

/// The word behind one space, or none.
fn next_word(text: &str, end: usize) -> &str {
    if span::after(text, end).starts_with(' ') { first_word(text, end + 1) } else { "" }
}

/// The word before one space, or none.
fn last_word(text: &str, start: usize) -> &str {
    let before = span::before(text, start);
    let Some(before) = before.strip_suffix(' ') else { return "" };
    let before = before.trim_end_matches('.');
    let len = before.chars().rev().take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum::<usize>();
    span::after(before, before.len() - len)
}
