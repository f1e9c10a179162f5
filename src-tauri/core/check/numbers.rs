//! Numerals and number words as one: *nine years* and *9 years*, *$1.2bn* and *1.2 billion dollars*.

use super::fold::{Shade, Word, is_hyphen};
use super::measure;
use crate::span::Span;
use std::ops::RangeInclusive;

/// A million times the value, so that decimals stay exact.
pub const ONE: i128 = 1_000_000;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Digits(i128),
    Unit(i128),
    Teen(i128),
    Ten(i128),
    Hundred,
    Scale(i128),
}

/// Joins every run of words that is one number into one word.
pub fn join(text: &str, mut words: Vec<Word>) -> Vec<Word> {
    let mut joined: Vec<Word> = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let number = read(text, &words[at..]);
        let is_number = number.as_ref().is_some_and(|(word, _)| word.is_number());
        let (word, n_words) = number.unwrap_or_else(|| (std::mem::take(&mut words[at]), 1));
        joined.push(word);
        at += n_words;
        if let Some((unit, n_unit)) = words.get(at..).filter(|_| is_number).and_then(|rest| read_speed(text, rest)) {
            joined.push(unit);
            at += n_unit;
            continue;
        }
        // *9 a.m.*, *9am*, *9 am*: behind a number no verb can stand so.
        if let Some(clock) = words.get_mut(at).filter(|next| is_number && matches!(next.key.as_str(), "am" | "pm")) {
            clock.shade = Shade::Any;
        }
        if let Some((unit, short)) = words.get_mut(at).filter(|_| is_number).and_then(|unit| {
            let short = short_unit(&unit.key)?;
            Some((unit, short))
        }) {
            (unit.key, unit.shade) = (short.into(), Shade::Any);
        }
    }
    joined
}

/// *miles an hour* and *miles per hour* as *mph*, kilometres as *kph*, with how many words it takes.
fn read_speed(text: &str, words: &[Word]) -> Option<(Word, usize)> {
    let [way, per, hour, ..] = words else { return None };
    let is_per = matches!(per.key.as_str(), "an" | "per") && hour.key == "hour";
    let unit = match (way.key.as_str(), short_unit(&way.key)) {
        ("mile" | "miles", _) => "mph",
        (_, Some("km")) => "kph",
        _ => return None,
    };
    let is_whole = is_per && is_run(text, way, per) && is_run(text, per, hour);
    is_whole.then(|| (joined(&words[..3], unit.into(), Shade::Any), 3))
}

/// What a unit behind a number is written short by: *5km* is said *five kilometres*.
fn short_unit(key: &str) -> Option<&'static str> {
    Some(match key {
        "km" | "kms" | "kilometre" | "kilometres" | "kilometer" | "kilometers" => "km",
        "m" | "metre" | "metres" | "meter" | "meters" => "m",
        "cm" | "centimetre" | "centimetres" | "centimeter" | "centimeters" => "cm",
        "mm" | "millimetre" | "millimetres" | "millimeter" | "millimeters" => "mm",
        "p" | "pence" => "p",
        "mph" => "mph",
        "kph" | "kmh" => "kph",
        "kg" | "kgs" | "kilogram" | "kilograms" | "kilogramme" | "kilogrammes" => "kg",
        _ => return None,
    })
}

/// The number that begins here, or *per cent*, and how many words it takes; none where a plain word stands.
fn read(text: &str, words: &[Word]) -> Option<(Word, usize)> {
    let first = &words[0];
    if first.key == "per" && words.get(1).is_some_and(|next| next.key == "cent" && is_run(text, first, next)) {
        return Some((joined(&words[..2], "percent".into(), Shade::Any), 2));
    }
    if let Some(written) = read_fraction(text, words).or_else(|| read_clock(text, words)) {
        return Some(written);
    }
    let money = ["$", "€", "£", "¥"].into_iter().find(|sign| *sign == first.key);
    let lead = usize::from(money.is_some());
    let (mut value, is_ordinal, mut n_number) = words.get(lead..).and_then(|rest| read_number(text, rest))?;
    if let Some(sized) =
        money.and_then(|_| short_scale(&words[lead + n_number - 1..])).and_then(|n| value.checked_mul(n))
    {
        (value, n_number) = (sized, n_number + 1);
    }
    if let Some(n) = million(&words[lead + n_number - 1..], value).filter(|_| money.is_none() && !is_ordinal) {
        (value, n_number) = (value.checked_mul(n)?, n_number + 1);
    }
    let mut n_words = lead + n_number;
    let mut shade = Shade::Any;
    let mut unit = money;
    let spoken_unit = read_unit(text, &words[n_words - 1..]).filter(|_| money.is_none() && !is_ordinal);
    if let Some((sign, unit_shade, n_unit)) = spoken_unit {
        unit = Some(sign);
        shade = unit_shade;
        n_words += n_unit;
    }
    let suffix = if is_ordinal { "th" } else { unit.unwrap_or_default() };
    let key = format!("#{}{suffix}", plain(value));
    Some((joined(&words[..n_words], key, shade), n_words))
}

/// *6:15 p.m.* as *6.15 p.m.*
fn read_clock(text: &str, words: &[Word]) -> Option<(Word, usize)> {
    let [hour, minute, half, ..] = words else { return None };
    let is_figures = |word: &Word, n: RangeInclusive<usize>| {
        n.contains(&word.key.len()) && word.key.bytes().all(|b| b.is_ascii_digit())
    };
    let is_clock = is_figures(hour, 1..=2) && is_figures(minute, 2..=2) && matches!(half.key.as_str(), "am" | "pm");
    if !is_clock || Span::new(hour.span.end, minute.span.start).of(text) != ":" {
        return None;
    }
    let value = hour.key.parse::<i128>().ok()? * ONE + minute.key.parse::<i128>().ok()? * ONE / 100;
    Some((joined(&words[..2], format!("#{}", plain(value)), Shade::Any), 2))
}

/// *1/2* as *½*: a part less than the whole, of a whole that is written so. *9/11* and *24/7* are none, nor is a date.
fn read_fraction(text: &str, words: &[Word]) -> Option<(Word, usize)> {
    let [part, whole, rest @ ..] = words else { return None };
    let is_whole = matches!(whole.key.as_str(), "2" | "3" | "4" | "5" | "6" | "8" | "10" | "16");
    let is_part = matches!(part.key.as_bytes(), [b'1'..=b'9'] | [b'1', b'0'..=b'9']);
    let is_slash = |one: &Word, other: &Word| Span::new(one.span.end, other.span.start).of(text) == "/";
    if !is_whole || !is_part || !is_slash(part, whole) || rest.first().is_some_and(|next| is_slash(whole, next)) {
        return None;
    }
    let is_less = part.key.parse::<u32>().ok()? < whole.key.parse::<u32>().ok()?;
    is_less.then(|| (joined(&words[..2], format!("{}⁄{}", part.key, whole.key), Shade::Any), 2))
}

/// The *m* of *$5m*, the *k* of *£20k*, the *b* of *$1.2b*: one letter right behind the last digit.
fn short_scale(words: &[Word]) -> Option<i128> {
    let next = words.get(1).filter(|next| next.span.start == words[0].span.end)?;
    match next.key.as_str() {
        "k" => Some(1_000),
        "m" => Some(1_000_000),
        "b" => Some(1_000_000_000),
        _ => None,
    }
}

/// The *m* of *1.5m people*; that of *1.5m tall* and *the 200m* is metres.
fn million(words: &[Word], value: i128) -> Option<i128> {
    let next = words.get(1).filter(|next| next.key == "m" && next.span.start == words[0].span.end)?;
    let behind = words.get(2).filter(|behind| behind.bracket == next.bracket).map_or("", |behind| behind.key.as_str());
    (!measure::is_length(value, behind)).then_some(1_000_000)
}

/// *percent*, *dollars* and the like behind a number; `words` begins with the number's last word.
fn read_unit(text: &str, words: &[Word]) -> Option<(&'static str, Shade, usize)> {
    let next = words.get(1).filter(|next| !next.after_ellipsis && next.bracket == words[0].bracket)?;
    let gap = Span::new(words[0].span.end, next.span.start).of(text);
    if gap.chars().any(|c| !c.is_whitespace() && !is_hyphen(c)) {
        return None;
    }
    let unit = match next.key.as_str() {
        "percent" => ("%", Shade::Any),
        "dollar" => ("$", Shade::Points),
        "dollars" => ("$", Shade::Plain),
        "euro" => ("€", Shade::Points),
        "euros" => ("€", Shade::Plain),
        "pound" => ("£", Shade::Points),
        "pounds" => ("£", Shade::Plain),
        "yen" => ("¥", Shade::Any),
        "per" if words.get(2).is_some_and(|cent| cent.key == "cent" && is_run(text, next, cent)) => {
            return Some(("%", Shade::Any, 2));
        }
        _ => return None,
    };
    Some((unit.0, unit.1, 1))
}

fn joined(words: &[Word], key: String, shade: Shade) -> Word {
    let span = words[0].span.join(words[words.len() - 1].span);
    Word { key, shade, span, ..words[0].clone() }
}

/// Only a space or a hyphen stands between.
fn is_run(text: &str, one: &Word, next: &Word) -> bool {
    let gap = Span::new(one.span.end, next.span.start).of(text);
    let is_close = gap.chars().all(|c| c == ' ' || c == '\u{a0}' || is_hyphen(c)) && gap.chars().count() <= 1;
    is_close && one.bracket == next.bracket
}

/// Value, whether it is an ordinal, and how many words it takes.
fn read_number(text: &str, words: &[Word]) -> Option<(i128, bool, usize)> {
    let mut total: i128 = 0;
    let mut current: Option<i128> = None;
    let mut last: Option<Part> = None;
    let mut smallest_scale = i128::MAX;
    let mut n_words = 0;
    let mut is_ordinal = false;
    let mut at = 0;
    while at < words.len() && !is_ordinal {
        if at > 0 && !is_run(text, &words[at - 1], &words[at]) {
            break;
        }
        if words[at].key == "and" && at == n_words && may_join_by_and(text, last, &words[at..]) {
            at += 1;
            continue;
        }
        let Some((part, ordinal)) = part_of(&words[at].key) else { break };
        let next = match (part, current, last) {
            (Part::Scale(scale), held, _) if scale < smallest_scale => {
                total = total.checked_add(held.unwrap_or(ONE).checked_mul(scale)?)?;
                smallest_scale = scale;
                None
            }
            (Part::Hundred, Some(held), _) if held < 100 * ONE && held > 0 => Some(held * 100),
            (Part::Hundred, None, None) => Some(100 * ONE),
            (Part::Digits(n) | Part::Unit(n) | Part::Teen(n) | Part::Ten(n), None, _) => Some(n),
            (Part::Unit(n), Some(held), Some(Part::Ten(_) | Part::Hundred)) => Some(held + n),
            (Part::Digits(n), Some(held), Some(Part::Ten(_))) if n < 10 * ONE && n > 0 => Some(held + n),
            (Part::Digits(n), Some(held), Some(Part::Hundred)) if n < 100 * ONE && at > n_words => Some(held + n),
            (Part::Teen(n) | Part::Ten(n), Some(held), Some(Part::Hundred)) => Some(held + n),
            (Part::Teen(n) | Part::Ten(n), Some(held), Some(Part::Teen(_) | Part::Ten(_)))
                if (13 * ONE..=20 * ONE).contains(&held) && total == 0 =>
            {
                Some(held * 100 + n)
            }
            _ => break,
        };
        current = next;
        last = Some(part);
        is_ordinal = ordinal;
        at += 1;
        n_words = at;
    }
    let value = total.checked_add(current.unwrap_or(0))?;
    (n_words > 0).then_some((value, is_ordinal, n_words))
}

/// *a hundred and five*, but not *a hundred and five thousand people*'s other reading, nor *hundred and some*.
fn may_join_by_and(text: &str, last: Option<Part>, words: &[Word]) -> bool {
    let after_scale = matches!(last, Some(Part::Hundred | Part::Scale(_)));
    let Some(next) = words.get(1).filter(|next| after_scale && is_run(text, &words[0], next)) else { return false };
    let is_small = match part_of(&next.key) {
        Some((Part::Unit(_) | Part::Teen(_) | Part::Ten(_), _)) => true,
        Some((Part::Digits(n), _)) => n < 100 * ONE,
        _ => false,
    };
    let following = words.get(2..4.min(words.len())).unwrap_or_default();
    is_small && !following.iter().any(|word| matches!(part_of(&word.key), Some((Part::Hundred | Part::Scale(_), _))))
}

/// A word that is a number or part of one.
pub fn is_part(key: &str) -> bool {
    part_of(key).is_some()
}

fn part_of(key: &str) -> Option<(Part, bool)> {
    const UNITS: [&str; 10] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    const TEENS: [&str; 10] =
        ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    const UNITHS: [&str; 10] =
        ["", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];
    const TEENTHS: [&str; 10] = [
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
    ];
    const TENTHS: [&str; 8] =
        ["twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth", "ninetieth"];
    let place = |list: &[&str]| list.iter().position(|word| *word == key).map(|place| place as i128);
    let first = key.as_bytes().first()?;
    if first.is_ascii_digit() {
        return digits_of(key);
    }
    if key.len() > 11 || !may_begin(key.as_bytes()) {
        return None;
    }
    let plain = match key {
        "hundred" => Some(Part::Hundred),
        "thousand" => Some(Part::Scale(1_000)),
        "million" | "mn" => Some(Part::Scale(1_000_000)),
        "billion" | "bn" => Some(Part::Scale(1_000_000_000)),
        "trillion" | "tn" => Some(Part::Scale(1_000_000_000_000)),
        _ => None,
    };
    let plain = plain
        .or_else(|| place(&UNITS).map(|n| Part::Unit(n * ONE)))
        .or_else(|| place(&TEENS).map(|n| Part::Teen((n + 10) * ONE)))
        .or_else(|| place(&TENS).map(|n| Part::Ten((n + 2) * 10 * ONE)));
    if let Some(part) = plain {
        return Some((part, false));
    }
    let ordinal = place(&UNITHS)
        .map(|n| Part::Unit(n * ONE))
        .or_else(|| place(&TEENTHS).map(|n| Part::Teen((n + 10) * ONE)))
        .or_else(|| place(&TENTHS).map(|n| Part::Ten((n + 2) * 10 * ONE)));
    ordinal.map(|part| (part, true))
}

/// What number words begin with: two letters tell most words to be none.
fn may_begin(key: &[u8]) -> bool {
    match key {
        [b't', second, ..] => matches!(second, b'w' | b'h' | b'e' | b'r' | b'n'),
        [b'f', second, ..] => matches!(second, b'o' | b'i'),
        [b's', second, ..] => matches!(second, b'i' | b'e'),
        [b'e', second, ..] => matches!(second, b'i' | b'l'),
        [b'm' | b'b', second, ..] => matches!(second, b'i' | b'n'),
        [b'z', b'e', ..] | [b'o', b'n', ..] | [b'n', b'i', ..] | [b'h', b'u', ..] => true,
        _ => false,
    }
}

/// *9*, *1,200*, *2.5*, *3rd*. Not *007* and not *3.5.2*, which are names.
fn digits_of(key: &str) -> Option<(Part, bool)> {
    let number = ["st", "nd", "rd", "th"].into_iter().find_map(|suffix| key.strip_suffix(suffix));
    let is_ordinal = number.is_some();
    let number = number.unwrap_or(key).replace(',', "");
    let (whole, decimals) = number.split_once('.').unwrap_or((&number, ""));
    let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let is_name = whole.len() > 1 && whole.starts_with('0') || whole.len() > 18 || decimals.len() > 6;
    if is_name || !all_digits(whole) || !all_digits(decimals) {
        return None;
    }
    let millionths: i128 = format!("{decimals:0<6}").parse().ok()?;
    Some((Part::Digits(whole.parse::<i128>().ok()? * ONE + millionths), is_ordinal))
}

/// The digits of a value, without needless noughts.
pub fn plain(value: i128) -> String {
    let (whole, decimals) = (value / ONE, value % ONE);
    if decimals == 0 {
        return whole.to_string();
    }
    format!("{whole}.{decimals:06}").trim_end_matches('0').to_string()
}
