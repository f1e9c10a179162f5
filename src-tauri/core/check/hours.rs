//! How long and at what hour: *nine years*, *a decade*, *a year and a half*, *9 a.m.*, *noon*.

use super::amount::{Amount, Reading};
use super::amounts::{bare_number, is_article, key};
use super::numbers::ONE;
use super::token::Token;

/// A unit of time, in seconds or in months.
#[derive(Clone, Copy)]
pub struct Unit {
    n_seconds: i128,
    n_months: i128,
    /// Says how many by itself: *a decade*.
    is_amount: bool,
}

impl Unit {
    /// So many of it.
    pub fn reading(self, value: i128) -> Reading {
        if self.n_months > 0 {
            return Reading::Months(value.saturating_mul(self.n_months));
        }
        Reading::Seconds(value.saturating_mul(self.n_seconds))
    }
}

/// The unit of time a word names.
pub fn unit_of(key: &str) -> Option<Unit> {
    const DAY: i128 = 86_400;
    let (n_seconds, n_months, is_amount) = match key.strip_suffix('s').filter(|_| key.len() > 3).unwrap_or(key) {
        "second" => (1, 0, false),
        "minute" => (60, 0, false),
        "hour" => (3_600, 0, false),
        "day" => (DAY, 0, false),
        "week" => (7 * DAY, 0, false),
        "fortnight" => (14 * DAY, 0, true),
        "month" => (0, 1, false),
        "year" => (0, 12, false),
        "decade" => (0, 120, true),
        "century" | "centurie" => (0, 1_200, true),
        _ => return None,
    };
    Some(Unit { n_seconds, n_months, is_amount })
}

/// *nine years*, *a decade*, *a year and a half*, *9 a.m.*, *noon*.
pub fn read(tokens: &[Token], at: usize) -> Option<Amount> {
    let own = key(tokens, at);
    if let Some(hour) = [("noon", 12), ("midday", 12), ("midnight", 24)].iter().find(|(word, _)| *word == own) {
        return Some(Amount::new(at..at + 1, vec![Reading::Clock(hour.1 * ONE), Reading::Count(12 * ONE)]));
    }
    if let Some(unit) = unit_of(own).filter(|unit| unit.is_amount && !own.ends_with('s')) {
        return Some(Amount::new(at..at + 1, vec![unit.reading(ONE)]));
    }
    let value = if is_article(own) { Some(ONE) } else { bare_number(own) }?;
    if let (Some(hour), false) = (clock_hour(key(tokens, at + 1), value), is_article(own)) {
        return Some(Amount::new(at..at + 2, vec![Reading::Clock(hour), Reading::Count(value)]));
    }
    let unit = unit_of(key(tokens, at + 1))?;
    let has_half = (key(tokens, at + 2), key(tokens, at + 3), key(tokens, at + 4)) == ("and", "a", "half");
    let (value, end) = if has_half { (value + ONE / 2, at + 5) } else { (value, at + 2) };
    let readings = vec![unit.reading(value), Reading::Count(value)];
    // *A year* is a rate as often as a time, and *one day* a day to come.
    let is_any_day = value == ONE && unit.n_seconds == 86_400;
    let is_soft = (is_article(own) || is_any_day) && !has_half && !unit.is_amount;
    Some(Amount { words: at..end, readings, is_soft })
}

fn clock_hour(half: &str, value: i128) -> Option<i128> {
    match half {
        "am" => Some(value % (12 * ONE)),
        "pm" => Some(value % (12 * ONE) + 12 * ONE),
        _ => None,
    }
}
