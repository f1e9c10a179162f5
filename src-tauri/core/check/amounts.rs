//! How much and how many, in whatever form it is said: *a dozen* and 12, *half* and 50 %, *one in five* and *20 per cent*,
//! *twice* and *doubled*, *a decade* and *ten years*.

use super::amount::{Amount, Reading};
use super::numbers::ONE;
use super::token::Token;
use super::{dates, hours, lexicon, measure};
use std::ops::Range;

/// Every amount of these words, in order, none overlapping another.
pub fn find(tokens: &[Token]) -> Vec<Amount> {
    let mut amounts: Vec<Amount> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match read(tokens, at) {
            Some(amount) => {
                at = amount.words.end.max(at + 1);
                amounts.push(amount);
            }
            None => at += 1,
        }
    }
    join_ranges(tokens, &mut amounts);
    amounts
}

/// The key at a place; no letters outside.
pub fn key<'a>(tokens: &[Token<'a>], at: usize) -> &'a str {
    tokens.get(at).map_or("", |token| token.key)
}

fn before<'a>(tokens: &[Token<'a>], at: usize) -> &'a str {
    at.checked_sub(1).map_or("", |at| key(tokens, at))
}

/// The value of a number's key and what stands behind it: nothing, `%`, a currency, `th`.
fn number(key: &str) -> Option<(i128, &str)> {
    let digits = key.strip_prefix('#')?;
    let end = digits.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(digits.len());
    let (value, suffix) = digits.split_at(end);
    let (whole, decimals) = value.split_once('.').unwrap_or((value, ""));
    let millionths: i128 = if decimals.is_empty() { 0 } else { format!("{decimals:0<6}").get(..6)?.parse().ok()? };
    Some((whole.parse::<i128>().ok()?.checked_mul(ONE)?.checked_add(millionths)?, suffix))
}

/// The value of a number with nothing behind it.
pub fn bare_number(key: &str) -> Option<i128> {
    number(key).filter(|(_, suffix)| suffix.is_empty()).map(|(value, _)| value)
}

/// *A*, *an*, *one*.
pub fn is_article(key: &str) -> bool {
    matches!(key, "a" | "an" | "one")
}

fn read(tokens: &[Token], at: usize) -> Option<Amount> {
    if !may_begin(key(tokens, at)) {
        return None;
    }
    read_minus(tokens, at)
        .or_else(|| read_dozen(tokens, at))
        .or_else(|| read_half(tokens, at))
        .or_else(|| read_fraction(tokens, at))
        .or_else(|| hours::read(tokens, at))
        .or_else(|| read_times(tokens, at))
        .or_else(|| read_number(tokens, at))
        .or_else(|| read_word(tokens, at))
        .map(|amount| in_points(tokens, amount))
}

/// *A quarter point*, *half a percentage point*: as many points, and no share.
fn in_points(tokens: &[Token], amount: Amount) -> Amount {
    let [Reading::Fraction(part, whole)] = amount.readings[..] else { return amount };
    let mut end = amount.words.end;
    while matches!(key(tokens, end), "of" | "a" | "percentage") {
        end += 1;
    }
    let is_point = matches!(key(tokens, end), "point" | "points");
    let points = || Amount::new(amount.words.start..end + 1, vec![Reading::Points(ONE * part / whole)]);
    if is_point { points() } else { amount }
}

/// Most words begin no amount, and two letters tell most of them.
fn may_begin(key: &str) -> bool {
    matches!(
        key.as_bytes(),
        [b'#' | b'0'..=b'9', ..]
            | b"a"
            | b"an"
            | [b'b', b'o' | b'i', ..]
            | [b'c' | b'd', b'o' | b'e', ..]
            | [b'e', b'i', ..]
            | [b'f', b'i' | b'o', ..]
            | [b'h', b'a' | b'u', ..]
            | [b'm', b'i', ..]
            | [b'n', b'o' | b'i', ..]
            | [b'o', b'n', ..]
            | [b'p', b'a', ..]
            | [b'q', b'u', ..]
            | [b's', b'i' | b'e', ..]
            | [b't', b'e' | b'h' | b'r' | b'w', ..]
    )
}

/// *minus 5*, *-5C*.
fn read_minus(tokens: &[Token], at: usize) -> Option<Amount> {
    let amount = read_number(tokens, at + 1).filter(|_| key(tokens, at) == "minus")?;
    let less = |reading: &Reading| match *reading {
        Reading::Count(value) => Reading::Count(-value),
        Reading::Percent(value) => Reading::Percent(-value),
        Reading::Money(sign, value) => Reading::Money(sign, -value),
        Reading::Measure(dimension, value) => Reading::Measure(dimension, -value),
        other => other,
    };
    Some(Amount::new(at..amount.words.end, amount.readings.iter().map(less).collect()))
}

/// *a dozen*, *two dozen*, *half a dozen*.
fn read_dozen(tokens: &[Token], at: usize) -> Option<Amount> {
    let (own, next, third) = (key(tokens, at), key(tokens, at + 1), key(tokens, at + 2));
    let count = |end: usize, n: i128| Some(Amount::new(at..end, vec![Reading::Count(n)]));
    match (own, next, third) {
        ("half", "a", "dozen") | ("a", "half", "dozen") => count(at + 3, 6 * ONE),
        ("half", "dozen", _) => count(at + 2, 6 * ONE),
        ("a", "dozen", _) => count(at + 2, 12 * ONE),
        ("dozen", _, _) => count(at + 1, 12 * ONE),
        (_, "dozen", _) => count(at + 2, bare_number(own)?.checked_mul(12)?),
        _ => None,
    }
}

/// *half a million*, *two and a half*, *one and a half million*, *half*.
fn read_half(tokens: &[Token], at: usize) -> Option<Amount> {
    let is_scale = |value: i128| [100, 1_000, 1_000_000, 1_000_000_000, 1_000_000_000_000].contains(&(value / ONE));
    let scale = |at: usize| number(key(tokens, at)).filter(|(value, _)| is_scale(*value));
    let sized = |end: usize, value: i128, suffix: &str| Some(Amount::new(at..end, readings(value, suffix)));
    if key(tokens, at) == "half" {
        if let Some((value, suffix)) = scale(at + 2).filter(|_| key(tokens, at + 1) == "a") {
            return sized(at + 3, value / 2, suffix);
        }
        if let Some((value, suffix)) = scale(at + 1) {
            return sized(at + 2, value / 2, suffix);
        }
        // *The second half* is a time, *half* a share.
        let is_part =
            number(before(tokens, at)).is_some_and(|(_, suffix)| suffix == "th") || before(tokens, at) == "latter";
        return (!is_part).then(|| Amount::new(at..at + 1, vec![Reading::Fraction(1, 2)]));
    }
    let value = bare_number(key(tokens, at))?;
    if let Some(Reading::Fraction(part, whole)) = written_fraction(key(tokens, at + 1)) {
        return mixed(tokens, at, value + ONE * part / whole);
    }
    if (key(tokens, at + 1), key(tokens, at + 2), key(tokens, at + 3)) != ("and", "a", "half") {
        return None;
    }
    let value = value + ONE / 2;
    if let Some((size, suffix)) = scale(at + 4) {
        return sized(at + 5, value.checked_mul(size)? / ONE, suffix);
    }
    Some(in_unit(tokens, at..at + 4, value))
}

/// So much of the unit that stands behind these words, if one does.
fn in_unit(tokens: &[Token], words: Range<usize>, value: i128) -> Amount {
    let time = hours::unit_of(key(tokens, words.end)).map(|unit| (vec![unit.reading(value)], 1));
    let (mut readings, n_words) = time.or_else(|| measure::read(tokens, words.end, value)).unwrap_or_default();
    readings.push(Reading::Count(value));
    Amount::new(words.start..words.end + n_words, readings)
}

/// *2½*, *2 1/2 years*, *1¾ million*: a number and a fraction behind it.
fn mixed(tokens: &[Token], at: usize, value: i128) -> Option<Amount> {
    let unit = key(tokens, at + 2);
    if let Some((size, suffix)) = number(unit).filter(|(size, _)| *size >= 100 * ONE) {
        return Some(Amount::new(at..at + 3, readings(value.checked_mul(size)? / ONE, suffix)));
    }
    Some(in_unit(tokens, at..at + 2, value))
}

/// *a third*, *two thirds*, *one in five*, *three out of four*.
fn read_fraction(tokens: &[Token], at: usize) -> Option<Amount> {
    let own = key(tokens, at);
    if let Some(part) = written_fraction(own) {
        return Some(Amount::new(at..at + 1, vec![part]));
    }
    let next = key(tokens, at + 1);
    let count = bare_number(own).filter(|value| value % ONE == 0).map(|value| value / ONE);
    if count.is_none() && !is_article(own) {
        return None;
    }
    if let (Some(part), Some(whole)) = (count, parts_of(next)) {
        return Some(Amount::new(at..at + 2, vec![Reading::Fraction(part, whole)]));
    }
    let ordinal = match next {
        "quarter" => Some(4),
        _ => number(next).filter(|(value, suffix)| *suffix == "th" && *value > 2 * ONE).map(|(value, _)| value / ONE),
    };
    if let Some(whole) = ordinal.filter(|_| count == Some(1) || is_article(own)) {
        let is_share = key(tokens, at + 2) == "of" || count == Some(1) || whole == 4;
        let mut readings = vec![Reading::Fraction(1, whole)];
        readings.extend((!is_share).then_some(Reading::Ordinal(whole * ONE)));
        return Some(Amount::new(at..at + 2, readings));
    }
    let joint = match (next, key(tokens, at + 2)) {
        ("in" | "of", "every") | ("out", "of") => at + 3,
        ("in", _) => at + 2,
        _ => return None,
    };
    let whole = bare_number(key(tokens, joint)).map(|value| value / ONE)?;
    let is_round =
        (2..=20).contains(&whole) || [25, 30, 40, 50, 100, 1_000, 10_000, 100_000, 1_000_000].contains(&whole);
    let is_ratio = is_round && count? < whole && hours::unit_of(key(tokens, joint + 1)).is_none();
    is_ratio.then(|| Amount::new(at..joint + 1, vec![Reading::Fraction(count.unwrap_or(1), whole)]))
}

/// *½* and its like, as folded.
fn written_fraction(key: &str) -> Option<Reading> {
    let (part, whole) = key.starts_with(|c: char| c.is_ascii_digit()).then(|| key.split_once('⁄'))??;
    let (part, whole): (i128, i128) = (part.parse().ok()?, whole.parse().ok()?);
    (whole > 0 && part < 1_000 && whole < 1_000).then_some(Reading::Fraction(part, whole))
}

fn parts_of(key: &str) -> Option<i128> {
    const PARTS: [(&str, i128); 10] = [
        ("halves", 2),
        ("thirds", 3),
        ("quarters", 4),
        ("fourths", 4),
        ("fifths", 5),
        ("sixths", 6),
        ("sevenths", 7),
        ("eighths", 8),
        ("ninths", 9),
        ("tenths", 10),
    ];
    PARTS.iter().find(|(word, _)| *word == key).map(|(_, whole)| *whole)
}

/// *twice*, *doubled*, *three times*, *tenfold*.
fn read_times(tokens: &[Token], at: usize) -> Option<Amount> {
    let own = key(tokens, at);
    let times = |n: i128| Some(Amount::new(at..at + 1, vec![Reading::Times(n * ONE)]));
    match own {
        "twice" | "double" | "doubled" | "doubles" | "doubling" | "twofold" | "2x" => return times(2),
        "thrice" | "triple" | "tripled" | "triples" | "tripling" | "trebled" | "treble" | "threefold" | "3x" => {
            return times(3);
        }
        "quadruple" | "quadrupled" | "quadruples" | "fourfold" | "4x" => return times(4),
        "fivefold" | "quintupled" | "5x" => return times(5),
        "tenfold" | "10x" => return times(10),
        "halve" | "halved" | "halves" | "halving" => {
            return Some(Amount::new(at..at + 1, vec![Reading::Fraction(1, 2)]));
        }
        _ => {}
    }
    let value = bare_number(own).filter(|_| matches!(key(tokens, at + 1), "times" | "fold"))?;
    Some(Amount::new(at..at + 2, vec![Reading::Times(value), Reading::Count(value)]))
}

fn read_number(tokens: &[Token], at: usize) -> Option<Amount> {
    let (value, suffix) = number(key(tokens, at))?;
    let plain = suffix.is_empty();
    let next = key(tokens, at + 1);
    if dates::is_beside_month(tokens, at) {
        return Some(Amount::new(at..at + 1, vec![Reading::Count(value), Reading::Ordinal(value)]));
    }
    match next {
        "percentage" if plain && key(tokens, at + 2).starts_with("point") => {
            return Some(Amount::new(at..at + 3, vec![Reading::Points(value)]));
        }
        "basis" if plain && key(tokens, at + 2).starts_with("point") => {
            return Some(Amount::new(at..at + 3, vec![Reading::Points(value / 100)]));
        }
        "point" | "points" if plain => {
            return Some(Amount::new(at..at + 2, vec![Reading::Points(value), Reading::Count(value)]));
        }
        "pc" | "pct" if plain => return Some(Amount::new(at..at + 2, readings(value, "%"))),
        "bucks" if plain => return Some(Amount::new(at..at + 2, readings(value, "$"))),
        "quid" if plain => return Some(Amount::new(at..at + 2, readings(value, "£"))),
        "cents" | "cent" if plain => {
            return Some(Amount::new(at..at + 2, vec![Reading::Money('$', value / 100), Reading::Count(value)]));
        }
        "pence" | "p" if plain => {
            return Some(Amount::new(at..at + 2, vec![Reading::Money('£', value / 100), Reading::Count(value)]));
        }
        "grand" if plain => return Some(Amount::new(at..at + 2, readings(value.checked_mul(1_000)?, ""))),
        _ if plain && measure::read(tokens, at + 1, value).is_some() => {
            return Some(in_unit(tokens, at..at + 1, value));
        }
        _ => {}
    }
    let readings = readings(value, suffix);
    // *One* lost or gained by itself is a pronoun as often as a number.
    if plain && value == ONE {
        Some(Amount::soft(at..at + 1, readings))
    } else {
        Some(Amount::new(at..at + 1, readings))
    }
}

fn readings(value: i128, suffix: &str) -> Vec<Reading> {
    match suffix {
        "" => vec![Reading::Count(value)],
        "%" => vec![Reading::Percent(value)],
        "th" => vec![Reading::Ordinal(value)],
        sign => vec![Reading::Money(sign.chars().next().unwrap_or('$'), value), Reading::Count(value)],
    }
}

/// *both*, *a couple*, *dozens*.
fn read_word(tokens: &[Token], at: usize) -> Option<Amount> {
    let vague = |n: i128| Some(Amount::new(at..at + 1, vec![Reading::Vague(n)]));
    match key(tokens, at) {
        "couple" | "pair" => Some(Amount::new(at..at + 1, vec![Reading::Count(2 * ONE)])),
        "both" => Some(Amount::soft(at..at + 1, vec![Reading::Count(2 * ONE)])),
        "single" => Some(Amount::soft(at..at + 1, vec![Reading::Count(ONE)])),
        "once" => Some(Amount::soft(at..at + 1, vec![Reading::Times(ONE)])),
        "no" | "none" => Some(Amount::soft(at..at + 1, vec![Reading::Count(0)])),
        "dozens" => vague(12),
        "hundreds" => vague(100),
        "thousands" => vague(1_000),
        "millions" => vague(1_000_000),
        "billions" => vague(1_000_000_000),
        "trillions" => vague(1_000_000_000_000),
        key => decade(key),
    }
    .map(|amount| Amount { words: at..at + 1, ..amount })
}

/// *the 1990s*, *the '90s*, *the nineties*.
fn decade(key: &str) -> Option<Amount> {
    const NAMES: [&str; 7] = ["thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
    let named = NAMES.iter().position(|name| *name == key).map(|place| 10 * place as i128 + 30);
    let written = key.strip_suffix('s').map(|digits| digits.trim_end_matches('\'')).and_then(|digits| {
        let is_decade = matches!(digits.len(), 2 | 4) && digits.ends_with('0');
        digits.parse::<i128>().ok().filter(|_| is_decade).map(|year| year % 100)
    });
    // Told apart from the vague sizes by its sign.
    named.or(written).map(|year| Amount::new(0..1, vec![Reading::Vague(-1 - year)]))
}

/// *10 to 15 per cent*, *$10 to $15 million*: the first may be of the second's kind and size.
fn join_ranges(tokens: &[Token], amounts: &mut [Amount]) {
    for at in 1..amounts.len() {
        let (head, tail) = amounts.split_at_mut(at);
        let (one, two) = (&mut head[at - 1], &tail[0]);
        let gap = one.words.end..two.words.start;
        let is_range = gap.is_empty() || gap.len() == 1 && matches!(key(tokens, gap.start), "to" | "and" | "or");
        let first = one.readings.iter().find_map(|reading| match reading {
            Reading::Count(value) => Some(*value),
            _ => None,
        });
        let (Some(value), true) = (first, is_range) else { continue };
        let mut more = Vec::new();
        for reading in &two.readings {
            match reading {
                Reading::Percent(_) => more.push(Reading::Percent(value)),
                Reading::Points(_) => more.push(Reading::Points(value)),
                Reading::Money(sign, _) => more.push(Reading::Money(*sign, value)),
                Reading::Months(n) | Reading::Seconds(n) => more.extend(of_unit(*reading, *n, two, value)),
                _ => {}
            }
            if let Reading::Count(size) | Reading::Money(_, size) = reading {
                let scale = [1_000_000_000_000, 1_000_000_000, 1_000_000, 1_000].into_iter().find(|n| *size >= n * ONE);
                if let Some(sized) = scale.filter(|_| value < 1_000 * ONE).and_then(|scale| value.checked_mul(scale)) {
                    more.push(if let Reading::Money(sign, _) = reading {
                        Reading::Money(*sign, sized)
                    } else {
                        Reading::Count(sized)
                    });
                }
            }
        }
        one.readings.extend(more);
    }
}

/// *two or three weeks*: the first in the second's unit.
fn of_unit(reading: Reading, n: i128, two: &Amount, value: i128) -> Option<Reading> {
    let count = two.readings.iter().find_map(|reading| match reading {
        Reading::Count(count) if *count > 0 => Some(*count),
        _ => None,
    })?;
    let sized = n.checked_mul(value)? / count;
    Some(if matches!(reading, Reading::Months(_)) { Reading::Months(sized) } else { Reading::Seconds(sized) })
}

/// A hedge that needs an amount behind it: *about* is one in *about half*, none in *think about it*.
pub fn is_hedge(tokens: &[Token], at: usize) -> bool {
    let key = key(tokens, at);
    if matches!(key, "think" | "believe" | "guess" | "suppose" | "suspect") {
        return matches!(before(tokens, at), "i" | "we");
    }
    if key == "would" {
        // *Would not* is firm.
        return !lexicon::is_negation(self::key(tokens, at + 1)) && !lexicon::is_negation(before(tokens, at));
    }
    if !matches!(key, "about" | "around" | "nearly" | "almost" | "roughly" | "approximately" | "mostly") {
        return lexicon::is_hedge(key);
    }
    let is_amount = |at: usize| read(tokens, at).is_some_and(|amount| !amount.is_soft || amount.words.len() > 1);
    !matches!(key, "about" | "around") || is_amount(at + 1)
}
