//! What a note's front matter allows: where it is unclear, the strictest it can mean. Never looser than written.

use crate::note::Terms;
use crate::span::one_line;
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};

/// Words newsrooms use for the four, each with the strictest it is used for.
const PHRASES: [(&str, Terms); 16] = [
    ("off the record", Terms::OffTheRecord),
    ("off record", Terms::OffTheRecord),
    ("not for use", Terms::OffTheRecord),
    ("not for publication", Terms::OffTheRecord),
    ("do not use", Terms::OffTheRecord),
    ("do not publish", Terms::OffTheRecord),
    ("not on the record", Terms::OffTheRecord),
    ("not on record", Terms::OffTheRecord),
    ("deep background", Terms::DeepBackground),
    ("no attribution", Terms::DeepBackground),
    ("not for attribution", Terms::DeepBackground),
    ("without attribution", Terms::DeepBackground),
    ("background", Terms::Background),
    ("no name", Terms::Background),
    ("on the record", Terms::OnTheRecord),
    ("on record", Terms::OnTheRecord),
];

/// The strictest terms the words name anywhere; none where they name none.
///
/// *On the record, but the part about the board off the record* is off the record: the note cannot say which part.
pub fn read_terms(words: &str) -> Option<Terms> {
    if let Some(terms) = Terms::from_words(words) {
        return Some(terms);
    }
    let plain = words.to_lowercase().replace(['-', '_'], " ");
    let plain = one_line(&plain);
    PHRASES.iter().find(|(phrase, _)| plain.contains(phrase)).map(|&(_, terms)| terms)
}

/// Yes or no; none where it is neither.
pub fn read_yes(word: &str) -> Option<bool> {
    match word.trim().to_lowercase().as_str() {
        "true" | "yes" | "y" | "1" | "on" => Some(true),
        "false" | "no" | "n" | "0" | "off" => Some(false),
        _ => None,
    }
}

/// When an embargo ends, and whether the note said it exactly (with a time zone).
///
/// A time without a zone is taken as the latest it can mean on Earth, a day without a time as its end there; none where
/// it is no date.
pub fn read_embargo(words: &str) -> Option<(DateTime<Utc>, bool)> {
    let plain = words.trim().replace(" UTC", "Z").replace(" GMT", "Z");
    for form in [
        "%Y-%m-%dT%H:%M%#z",
        "%Y-%m-%dT%H:%M:%S%.f%#z",
        "%Y-%m-%d %H:%M%#z",
        "%Y-%m-%d %H:%M:%S%#z",
        "%Y-%m-%d %H:%M %#z",
    ] {
        if let Ok(time) = DateTime::parse_from_str(&plain, form) {
            return Some((time.to_utc(), true));
        }
    }
    for form in ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"] {
        if let Ok(time) = NaiveDateTime::parse_from_str(&plain, form) {
            return Some((time.and_utc().checked_add_signed(BEHIND_UTC)?, false));
        }
    }
    let end_of_day = read_day(&plain)?.succ_opt()?.and_hms_opt(0, 0, 0)?;
    Some((end_of_day.and_utc().checked_add_signed(BEHIND_UTC)?, false))
}

/// The last place on Earth to end a day is twelve hours behind UTC.
const BEHIND_UTC: TimeDelta = TimeDelta::hours(12);

/// An embargo that could not be read holds until an editor sets it.
pub fn never() -> DateTime<Utc> {
    let last = NaiveDate::from_ymd_opt(9999, 12, 31).and_then(|day| day.and_hms_opt(0, 0, 0));
    last.expect("the day is in the calendar").and_utc()
}

/// A date, and a time where there is one, so that they sort; left as written where they cannot be told.
pub fn read_said_at(words: &str) -> String {
    let plain = one_line(words);
    if let Some(day) = read_day(&plain) {
        return day.format("%Y-%m-%d").to_string();
    }
    // A day, then a time: `12 March 2026, 16:20`, `2026-03-12T16:20`.
    if let Some((day, time)) = plain.rsplit_once([' ', 'T']) {
        let day = read_day(day.trim_end_matches([',', ' ']));
        let is_time = time.starts_with(|c: char| c.is_ascii_digit()) && time.contains(':');
        if let (Some(day), true) = (day, is_time) {
            return format!("{} {time}", day.format("%Y-%m-%d"));
        }
    }
    plain
}

/// A day written so that only one can be meant; `03/04/2026` could be two.
fn read_day(words: &str) -> Option<NaiveDate> {
    const FORMS: [&str; 8] =
        ["%Y-%m-%d", "%Y/%m/%d", "%d %B %Y", "%d %b %Y", "%d %b. %Y", "%B %d, %Y", "%b %d, %Y", "%b. %d, %Y"];
    let is_four_digits = words.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() == 4);
    FORMS.iter().find_map(|form| NaiveDate::parse_from_str(words, form).ok()).filter(|_| is_four_digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_never_looser_than_written() {
        for (words, terms) in [
            ("on the record", Some(Terms::OnTheRecord)),
            ("On background", Some(Terms::Background)),
            ("background, as a harbour official", Some(Terms::Background)),
            ("on the record except the board: off-the-record", Some(Terms::OffTheRecord)),
            ("not on the record", Some(Terms::OffTheRecord)),
            ("on the record, not for attribution", Some(Terms::DeepBackground)),
            ("as agreed", None),
        ] {
            assert_eq!(read_terms(words), terms, "{words}");
        }
    }

    #[test]
    fn an_embargo_without_a_zone_is_the_latest_it_can_mean() {
        for (words, until, is_exact) in [
            ("2024-08-07T09:00Z", "2024-08-07T09:00", true),
            ("2024-08-07T09:00+02:00", "2024-08-07T07:00", true),
            ("2024-08-07 09:00 GMT", "2024-08-07T09:00", true),
            ("2024-08-07 09:00", "2024-08-07T21:00", false),
            ("2024-08-07", "2024-08-08T12:00", false),
        ] {
            let (got, exact) = read_embargo(words).expect(words);
            assert_eq!((got.format("%Y-%m-%dT%H:%M").to_string().as_str(), exact), (until, is_exact), "{words}");
        }
        assert_eq!(read_embargo("Tuesday"), None);
    }

    #[test]
    fn a_date_is_set_to_sort_where_it_can_be_told() {
        for (words, said_at) in [
            ("2024-08-06", "2024-08-06"),
            ("2024-08-06T16:20", "2024-08-06 16:20"),
            ("12 March 2026, 16:20", "2026-03-12 16:20"),
            ("March 12, 2026", "2026-03-12"),
            ("03/04/2026", "03/04/2026"),
            ("last  Tuesday", "last Tuesday"),
        ] {
            assert_eq!(read_said_at(words), said_at, "{words}");
        }
    }
}
