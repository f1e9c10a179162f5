//! Small closed lists: words that carry no subject, that deny, that hedge, that date. Own lists, folded forms.

use super::card::{self, AsItIs};
use std::collections::HashSet;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

/// Words that stand in any sentence and so prove nothing about which one it is.
pub fn is_common(key: &str) -> bool {
    static BY_SUM: LazyLock<HashSet<u64, BuildHasherDefault<AsItIs>>> =
        LazyLock::new(|| COMMON.iter().map(|key| card::sum(key.as_bytes())).collect());
    // The longest has eight letters; most words are told apart by their sum alone.
    key.len() <= 8 && BY_SUM.contains(&card::sum(key.as_bytes())) && COMMON.binary_search(&key).is_ok()
}

/// Stands in many sentences, and still says a little about which one it is.
pub fn is_slight(key: &str) -> bool {
    SLIGHT.contains(&key)
}

/// May turn a claim round by its meaning: *avoided*, *lost*. Asked only of words that are the writer's own.
pub fn is_denial(stem: &str) -> bool {
    DENIALS.contains(&stem)
}

/// Turns a claim round. A contraction is one word here: *don't*.
pub fn is_negation(key: &str) -> bool {
    n_negations(key) > 0
}

/// How often a word turns a claim round.
pub fn n_negations(key: &str) -> usize {
    usize::from(NEGATIONS.contains(&key) || key.contains('\'') && (key.starts_with("not'") || key.contains("n't")))
}

/// Makes a claim less than certain.
pub fn is_hedge(key: &str) -> bool {
    HEDGES.contains(&key)
}

/// A day of the week, a month, or a day told from today.
pub fn is_date(key: &str) -> bool {
    DATES.contains(&key)
}

/// One of the twelve months.
pub fn is_month(key: &str) -> bool {
    MONTHS.contains(&key)
}

const NEGATIONS: [&str; 24] = [
    "not", "no", "never", "none", "nobody", "nothing", "nowhere", "neither", "nor", "without", "hardly", "barely",
    "scarcely", "rarely", "seldom", "cannot", "noone", "#0", "dont", "didnt", "doesnt", "isnt", "wasnt", "wouldnt",
];

const SLIGHT: [&str; 42] = [
    "again", "year", "years", "time", "times", "day", "days", "people", "new", "good", "first", "last", "long", "week",
    "month", "months", "weeks", "very", "lot", "part", "number", "issue", "issues", "country", "case", "point",
    "today", "thing", "things", "man", "men", "right", "best", "better", "great", "big", "next", "want", "wants",
    "wanted", "need", "needs",
];

const DENIALS: [&str; 22] = [
    "fail", "stop", "halt", "end", "lose", "lost", "loss", "unlik", "ban", "prohibit", "forbid", "prevent", "avoid",
    "absent", "absenc", "backseat", "far", "dissolv", "imposs", "abandon", "exclud", "escap",
];

const HEDGES: [&str; 36] = [
    "may",
    "might",
    "could",
    "would",
    "should",
    "perhaps",
    "maybe",
    "possibly",
    "possible",
    "probably",
    "likely",
    "unlikely",
    "about",
    "around",
    "roughly",
    "approximately",
    "nearly",
    "almost",
    "allegedly",
    "alleged",
    "reportedly",
    "apparently",
    "seems",
    "seem",
    "seemed",
    "appears",
    "appear",
    "appeared",
    "suggests",
    "suggest",
    "suspect",
    "potentially",
    "potential",
    "presumably",
    "supposedly",
    "mostly",
];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const DATES: [&str; 21] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "today",
    "yesterday",
    "tomorrow",
    "january",
    "february",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "tonight",
];

/// Sorted, for it is searched by halves.
const COMMON: [&str; 194] = [
    "a", "able", "about", "above", "after", "again", "against", "ago", "all", "almost", "already", "also", "always",
    "am", "among", "an", "and", "another", "any", "are", "aren't", "around", "as", "at", "away", "back", "be",
    "because", "become", "been", "before", "being", "below", "between", "both", "but", "by", "came", "can", "can't",
    "cannot", "come", "could", "couldn't", "did", "didn't", "do", "does", "doesn't", "doing", "don't", "done", "down",
    "during", "each", "either", "else", "even", "ever", "every", "few", "for", "from", "get", "gets", "getting", "go",
    "goes", "going", "got", "had", "has", "have", "having", "he", "he's", "her", "here", "him", "his", "how",
    "however", "i", "i'd", "i'll", "i'm", "i've", "if", "in", "into", "is", "isn't", "it", "it's", "its", "just",
    "know", "let", "like", "made", "make", "many", "may", "me", "might", "more", "most", "much", "must", "my", "no",
    "nor", "not", "now", "of", "off", "on", "once", "one", "only", "or", "other", "our", "out", "over", "own", "put",
    "really", "said", "same", "say", "says", "see", "she", "she's", "should", "since", "so", "some", "still", "such",
    "take", "than", "that", "that's", "the", "their", "them", "then", "there", "there's", "these", "they", "they're",
    "thing", "things", "think", "this", "those", "through", "to", "too", "under", "until", "up", "upon", "us", "very",
    "want", "was", "wasn't", "way", "we", "we're", "we've", "well", "went", "were", "what", "when", "where", "which",
    "while", "who", "why", "will", "with", "without", "would", "yes", "yet", "you", "you're", "your",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_common_words_are_sorted() {
        assert!(COMMON.is_sorted(), "a search by halves needs them in order");
        assert!(COMMON.iter().all(|key| is_common(key)), "no word is longer than is asked for");
    }
}
