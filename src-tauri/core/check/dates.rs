//! When, in whatever form it is said: *Sept. 3* and *the 3rd of September*, *Tues.* and *Tuesday*, *last week*.

use super::token::{Stretch, Token};
use chrono::{Datelike, NaiveDate, TimeDelta};
use std::ops::Range;

/// A date, or the part of one that words say.
#[derive(Clone, Debug)]
pub struct Date {
    /// Its words among the tokens it was read from.
    pub words: Range<usize>,
    readings: Vec<Reading>,
    /// What else the day is called, where it is known when the words were said.
    called: Vec<Reading>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Reading {
    Weekday(usize),
    Month(usize),
    Day(u32),
    Year(u32),
    /// *today*, *tomorrow*
    Near(&'static str),
    /// *last week*, *next spring*
    Turn(&'static str, String),
}

impl Date {
    /// Says the same as another.
    pub fn is_same(&self, other: &Date) -> bool {
        self.all().any(|reading| other.all().any(|two| reading == two))
    }

    fn all(&self) -> impl Iterator<Item = &Reading> {
        self.readings.iter().chain(&self.called)
    }

    /// Could stand where the other does: a weekday for a weekday, or for a *tomorrow* that is known.
    pub fn is_rival(&self, other: &Date) -> bool {
        let is_known = |date: &Date| matches!(date.readings[..], [Reading::Near(_)]) && !date.called.is_empty();
        let is_weekday = |date: &Date| matches!(date.readings[..], [Reading::Weekday(_)]);
        let is_one = |reading: &Reading| other.readings.iter().any(|two| two.class() == reading.class());
        self.readings.iter().any(is_one) || is_weekday(self) && is_known(other) || is_known(self) && is_weekday(other)
    }
}

impl Reading {
    /// What a day may be called.
    fn of_day(day: NaiveDate) -> [Reading; 3] {
        let weekday = day.weekday().num_days_from_monday() as usize;
        [Reading::Weekday(weekday), Reading::Month(day.month0() as usize), Reading::Day(day.day())]
    }

    fn class(&self) -> (u8, &str) {
        match self {
            Reading::Weekday(_) => (0, ""),
            Reading::Month(_) => (1, ""),
            Reading::Day(_) => (2, ""),
            Reading::Year(_) => (3, ""),
            Reading::Near(_) => (4, ""),
            Reading::Turn(_, unit) => (5, unit),
        }
    }
}

/// Every date of these words, in order, none overlapping another.
pub fn find(tokens: &[Token]) -> Vec<Date> {
    let mut dates: Vec<Date> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let end = match read(tokens, at) {
            Some((readings, end)) => {
                dates.extend(readings.into_iter().map(|(words, readings)| Date {
                    words,
                    readings,
                    called: Vec::new(),
                }));
                end
            }
            None => at + 1,
        };
        at = end;
    }
    dates
}

/// Every date of a stretch; where it is known when the words were said, with the day each stands for: *tomorrow* said on a
/// Monday is Tuesday.
pub fn of(stretch: &Stretch) -> Vec<Date> {
    let mut dates = find(&stretch.tokens);
    let Some(said_on) = stretch.said_on else { return dates };
    for at in 0..dates.len() {
        match dates[at].readings.as_slice() {
            [Reading::Near(near)] => {
                let n_days = match *near {
                    "yesterday" => -1,
                    "tomorrow" => 1,
                    _ => 0,
                };
                let day = said_on.checked_add_signed(TimeDelta::days(n_days));
                dates[at].called.extend(day.into_iter().flat_map(Reading::of_day));
            }
            [Reading::Weekday(weekday)] => {
                dates[at].called = days_called(*weekday, said_on).flat_map(Reading::of_day).collect();
            }
            [Reading::Month(month)] => {
                let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().find(|other| {
                    dates.get(*other).is_some_and(|date| matches!(date.readings.as_slice(), [Reading::Day(_)]))
                });
                let Some((other, Reading::Day(day))) = beside.map(|other| (other, &dates[other].readings[0])) else {
                    continue;
                };
                let is_it = |date: &NaiveDate| date.month0() as usize == *month && date.day() == *day;
                let Some(date) = days_near(said_on).find(is_it) else { continue };
                let weekday = Reading::Weekday(date.weekday().num_days_from_monday() as usize);
                dates[at].called.push(weekday.clone());
                dates[other].called.push(weekday);
            }
            _ => {}
        }
    }
    dates
}

/// The days a weekday means: *Tuesday* is today, or the last or the next, which its date tells only within one month.
fn days_called(weekday: usize, said_on: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let is_it = |day: &NaiveDate| day.weekday().num_days_from_monday() as usize == weekday;
    let mut days: Vec<NaiveDate> = days_near(said_on).filter(is_it).collect();
    if days.windows(2).any(|pair| pair[0].month() != pair[1].month()) {
        days.clear();
    }
    days.into_iter()
}

/// The days a weekday may mean without a date.
fn days_near(said_on: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    (-6..=6).filter_map(move |n| said_on.checked_add_signed(TimeDelta::days(n)))
}

/// The dates on each side that the other has not. A date may be said more than once.
pub fn unmatched(ones: &[&Date], others: &[&Date]) -> (Vec<usize>, Vec<usize>) {
    let left = |ones: &[&Date], others: &[&Date]| {
        let is_left = |at: &usize| !others.iter().any(|other| ones[*at].is_same(other));
        (0..ones.len()).filter(is_left).collect::<Vec<_>>()
    };
    (left(ones, others), left(others, ones))
}

/// The stretch has a date all in figures.
pub fn has_figures(stretch: &Stretch) -> bool {
    stretch.inner.clone().any(|at| read_figures(&stretch.tokens, at).is_some())
}

type Parts = Vec<(Range<usize>, Vec<Reading>)>;

fn read(tokens: &[Token], at: usize) -> Option<(Parts, usize)> {
    let one = |reading: Reading, end: usize| Some((vec![(at..end, vec![reading])], end));
    let key = key(tokens, at);
    if !may_begin(key) {
        return None;
    }
    if let Some(written) = read_figures(tokens, at) {
        return Some(written);
    }
    if let Some(month) = month_at(tokens, at) {
        return one(Reading::Month(month), at + 1);
    }
    if let Some(day) = weekday_at(tokens, at) {
        return one(Reading::Weekday(day), at + 1);
    }
    if let Some(near) = ["today", "tonight", "yesterday", "tomorrow"].into_iter().find(|near| *near == key) {
        return one(Reading::Near(near), at + 1);
    }
    if let Some(turn) = ["last", "this", "next"].into_iter().find(|turn| *turn == key) {
        const UNITS: [&str; 13] = [
            "week", "month", "year", "night", "quarter", "season", "spring", "summer", "fall", "autumn", "winter",
            "weekend", "decade",
        ];
        let unit = self::key(tokens, at + 1);
        return UNITS.contains(&unit).then(|| Reading::Turn(turn, unit.into())).and_then(|turn| one(turn, at + 2));
    }
    let number = number(key)?;
    if is_beside_month(tokens, at) && number <= 31 {
        return one(Reading::Day(number), at + 1);
    }
    (1900..=2099).contains(&number).then_some(()).and_then(|()| one(Reading::Year(number), at + 1))
}

/// Most words begin no date, and three letters tell most of them.
fn may_begin(key: &str) -> bool {
    match key.as_bytes() {
        [b'#' | b'0', ..] => true,
        [one, two, three, ..] => matches!(
            &[*one, *two, *three],
            b"jan"
                | b"feb"
                | b"mar"
                | b"apr"
                | b"may"
                | b"jun"
                | b"jul"
                | b"aug"
                | b"sep"
                | b"oct"
                | b"nov"
                | b"dec"
                | b"mon"
                | b"tue"
                | b"wed"
                | b"thu"
                | b"fri"
                | b"sat"
                | b"sun"
                | b"tod"
                | b"ton"
                | b"tom"
                | b"yes"
                | b"las"
                | b"thi"
                | b"nex"
        ),
        _ => false,
    }
}

/// *3/15/2024* and *2024-03-15*: which of the two is the month is left open where it may be either.
fn read_figures(tokens: &[Token], at: usize) -> Option<(Parts, usize)> {
    let figure = |at: usize| {
        let key = key(tokens, at);
        if !key.starts_with(['#', '0']) {
            return None;
        }
        number(key).or_else(|| key.strip_prefix('0').filter(|digit| digit.len() == 1)?.parse().ok())
    };
    let (one, two, three) = (figure(at)?, figure(at + 1)?, figure(at + 2)?);
    let is_year = |n: u32| (1900..=2099).contains(&n);
    let place = |n: u32, at: usize, is_open: bool| {
        let month = Reading::Month(n.saturating_sub(1) as usize);
        let readings = if is_open { vec![month, Reading::Day(n)] } else { vec![month] };
        (at..at + 1, readings)
    };
    let year = |n: u32, at: usize| (at..at + 1, vec![Reading::Year(n)]);
    if is_year(one) && (1..=12).contains(&two) && (1..=31).contains(&three) {
        let parts = vec![year(one, at), place(two, at + 1, false), (at + 2..at + 3, vec![Reading::Day(three)])];
        return Some((parts, at + 3));
    }
    if is_year(three) && (1..=31).contains(&one) && (1..=31).contains(&two) && one.min(two) <= 12 {
        return Some((vec![place(one, at, true), place(two, at + 1, true), year(three, at + 2)], at + 3));
    }
    None
}

fn key<'a>(tokens: &[Token<'a>], at: usize) -> &'a str {
    tokens.get(at).map_or("", |token| token.key)
}

/// The value of a number that counts or orders.
fn number(key: &str) -> Option<u32> {
    let digits = key.strip_prefix('#')?;
    digits.strip_suffix("th").unwrap_or(digits).parse().ok()
}

/// *March 3*, *3 March*, *the 3rd of March*.
pub fn is_beside_month(tokens: &[Token], at: usize) -> bool {
    let is_month = |at: usize| month_at(tokens, at).is_some();
    if number(key(tokens, at)).is_none_or(|number| number == 0) {
        return false;
    }
    at > 0 && is_month(at - 1) || is_month(at + 1) || key(tokens, at + 1) == "of" && is_month(at + 2)
}

/// The month a word names, from 0. *May*, *March* and the short forms only where they can be nothing else.
fn month_at(tokens: &[Token], at: usize) -> Option<usize> {
    const MONTHS: [(&str, &str); 12] = [
        ("january", "jan"),
        ("february", "feb"),
        ("march", "mar"),
        ("april", "apr"),
        ("may", "may"),
        ("june", "jun"),
        ("july", "jul"),
        ("august", "aug"),
        ("september", "sep"),
        ("october", "oct"),
        ("november", "nov"),
        ("december", "dec"),
    ];
    let token = tokens.get(at)?;
    let key = token.key.strip_suffix("'s").unwrap_or(token.key);
    let has_number =
        |at: Option<usize>| at.and_then(|at| tokens.get(at)).is_some_and(|token| number(token.key).is_some());
    let is_numbered = || has_number(at.checked_sub(1)) || has_number(Some(at + 1));
    let is_of = || at > 1 && tokens[at - 1].key == "of" && has_number(Some(at - 2));
    let place =
        MONTHS.iter().position(|(long, short)| *long == key || *short == key || key == "sept" && *short == "sep")?;
    let is_long = MONTHS[place].0 == key;
    let is_sure = match key {
        "may" | "march" => token.is_capital && (!token.starts_sentence || is_numbered()) || is_numbered() && is_of(),
        _ => is_long || token.is_capital && (is_numbered() || is_of()),
    };
    is_sure.then_some(place)
}

/// The day of the week a word names, from 0; short forms only beside a number or a month.
fn weekday_at(tokens: &[Token], at: usize) -> Option<usize> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let token = tokens.get(at)?;
    let key = token.key.strip_suffix("'s").unwrap_or(token.key);
    let plain = key.strip_suffix('s').filter(|plain| DAYS.contains(plain)).unwrap_or(key);
    if let Some(place) = DAYS.iter().position(|day| *day == plain) {
        return Some(place);
    }
    let is_short = matches!(key, "mon" | "tue" | "tues" | "wed" | "thu" | "thur" | "thurs" | "fri" | "sat" | "sun");
    if !token.is_capital || !is_short {
        return None;
    }
    let next = at + 1;
    let is_dated = number(self::key(tokens, next)).is_some() || month_at(tokens, next).is_some();
    DAYS.iter().position(|day| day.starts_with(key)).filter(|_| is_dated)
}
