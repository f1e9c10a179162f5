//! Is the voice of a note the one the draft says spoke: names, aliases, transcript labels.

use super::fold;
use crate::quote::Speaker;
use crate::span::Span;

/// How the draft's speaker stands to a voice of the notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Somebody else.
    Other,
    /// The draft names nobody, or the note, so it may be.
    Maybe,
    /// The same.
    Same,
}

/// Whom the draft makes speak, ready to be held against many voices; by default no one.
#[derive(Debug)]
pub struct Spoken {
    names: Vec<Vec<String>>,
    /// The draft attributes the words to no one it names: *insiders*, *the mayor* without a name, a *she* nobody stands
    /// behind.
    pub is_unnamed: bool,
    /// It is somebody in particular, though: *the mayor*, *she*.
    pub is_described: bool,
}

impl Default for Spoken {
    fn default() -> Spoken {
        Spoken { names: Vec::new(), is_unnamed: true, is_described: false }
    }
}

impl Spoken {
    /// Reads the speaker off a quote of the draft; none means the draft attributes the words to no one.
    pub fn new(draft: &str, speaker: Option<&Speaker>) -> Spoken {
        let Some(speaker) = speaker else { return Spoken::default() };
        // *Jane Roe and Tom Doe* said it together: the note may be of either.
        let mut names: Vec<Vec<String>> =
            speaker.name.iter().flat_map(|name| name.split(" and ")).map(name_words).collect();
        if speaker.name.is_none() {
            names.push(name_words(speaker.mention.of(draft)));
        }
        const PRONOUNS: [&str; 9] = ["he", "she", "they", "it", "who", "i", "we", "him", "her"];
        names.retain(|words| {
            !words.is_empty() && !matches!(words.as_slice(), [one] if PRONOUNS.contains(&one.as_str()))
        });
        let is_described = !speaker.is_unnamed && speaker.name.is_none() && is_description(speaker.mention.of(draft));
        Spoken { names, is_unnamed: speaker.is_unnamed || is_described, is_described }
    }

    /// The names the draft gives the speaker, taken apart.
    pub fn names(&self) -> &[Vec<String>] {
        &self.names
    }

    /// How this speaker stands to a voice that goes by these names.
    pub fn fit(&self, voice: &[Vec<String>]) -> Fit {
        if self.names.iter().any(|name| voice.iter().any(|other| is_same_name(name, other))) {
            return Fit::Same;
        }
        if self.is_unnamed || is_nameless(voice) { Fit::Maybe } else { Fit::Other }
    }
}

/// A note that does not say whose words it has.
pub fn is_nameless(voice: &[Vec<String>]) -> bool {
    voice.iter().all(Vec::is_empty)
}

/// Words for somebody, and no name: *the mayor*, *she*.
pub fn is_description(mention: &str) -> bool {
    !mention.split_whitespace().any(|word| word.starts_with(char::is_uppercase) && !is_opener(word))
}

/// A word that has its capital from the start of its sentence.
fn is_opener(word: &str) -> bool {
    matches!(
        word,
        "The" | "A" | "An" | "One" | "Another" | "He" | "She" | "They" | "It" | "His" | "Her" | "Their" | "Its"
    )
}

/// What stands before a name, or in its place.
const TITLES: [&str; 44] = [
    "the",
    "a",
    "an",
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "doctor",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "lady",
    "sen",
    "senator",
    "rep",
    "representative",
    "gov",
    "governor",
    "mayor",
    "president",
    "judge",
    "justice",
    "rev",
    "reverend",
    "gen",
    "general",
    "col",
    "colonel",
    "sgt",
    "sergeant",
    "capt",
    "captain",
    "lt",
    "lieutenant",
    "minister",
    "jr",
    "sr",
    "ii",
    "iii",
    "inc",
    "ltd",
];

/// The words of a name that tell who it is: no title, no *Jr.*, no article.
pub fn name_words(name: &str) -> Vec<String> {
    let words = fold::words(name, Span::new(0, name.len()));
    let keys: Vec<String> =
        words.iter().map(|word| word.key.trim_end_matches("'s").to_string()).filter(|key| !key.is_empty()).collect();
    let bare: Vec<String> = keys.iter().filter(|key| !is_title(key)).cloned().collect();
    // *The Mayor* is all title, and is all there is.
    if bare.is_empty() {
        keys.into_iter().filter(|key| key != "the" && key != "a" && key != "an").collect()
    } else {
        bare
    }
}

/// A title and no name: *mayor*, *mr*. `key` is folded.
pub fn is_title(key: &str) -> bool {
    TITLES.contains(&key)
}

fn is_same_name(one: &[String], other: &[String]) -> bool {
    if one.is_empty() || other.is_empty() {
        return false;
    }
    if one == other {
        return true;
    }
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.len() == 1 {
        let word = &short[0];
        return long.len() > 1 && (long.last() == Some(word) || long.first() == Some(word)) || is_acronym(word, long);
    }
    // Two people of one surname are two people, whatever else they share.
    if short.last() == long.last() && is_first_name(&short[0], &long[0]) {
        return true;
    }
    short.len() < long.len() && short.iter().all(|word| long.contains(word))
}

fn is_acronym(word: &str, long: &[String]) -> bool {
    word.chars().nth(1).is_some() && initials(long) == word
}

/// The first letters of a name's words, small words left out: what it is written short by.
pub fn initials(name: &[String]) -> String {
    let big = name.iter().filter(|part| !["of", "and", "for", "the"].contains(&part.as_str()));
    big.filter_map(|part| part.chars().next()).collect()
}

/// *J* and *Jane*, *Dan* and *Daniel*, *Bill* and *William*.
fn is_first_name(one: &str, other: &str) -> bool {
    const SHORT: [(&str, &str); 30] = [
        ("bill", "william"),
        ("bob", "robert"),
        ("dick", "richard"),
        ("jim", "james"),
        ("jack", "john"),
        ("ted", "edward"),
        ("peggy", "margaret"),
        ("liz", "elizabeth"),
        ("beth", "elizabeth"),
        ("tony", "anthony"),
        ("mike", "michael"),
        ("kate", "katherine"),
        ("chuck", "charles"),
        ("charlie", "charles"),
        ("harry", "henry"),
        ("andy", "andrew"),
        ("drew", "andrew"),
        ("becky", "rebecca"),
        ("jenny", "jennifer"),
        ("steve", "stephen"),
        ("joe", "joseph"),
        ("larry", "lawrence"),
        ("mick", "michael"),
        ("nick", "nicholas"),
        ("sue", "susan"),
        ("vicky", "victoria"),
        ("bobby", "robert"),
        ("jimmy", "james"),
        ("tommy", "thomas"),
        ("billy", "william"),
    ];
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let is_initial = short.chars().count() == 1;
    let is_cut = short.chars().count() >= 3 && long.starts_with(short) && !long.ends_with('a');
    one == other || (is_initial && long.starts_with(short)) || is_cut || SHORT.contains(&(short, long))
}

/// One of these names is this one.
pub fn is_one_of(name: &[String], names: &[Vec<String>]) -> bool {
    names.iter().any(|other| is_same_name(name, other))
}

/// Two people who share a surname or, called by first names, that.
pub fn are_namesakes(one: &[String], other: &[String]) -> bool {
    let is_persons = |name: &[String]| (2..=3).contains(&name.len());
    let shares = one.last() == other.last() || one.len() == 2 && other.len() == 2 && one.first() == other.first();
    is_persons(one) && is_persons(other) && shares && !is_same_name(one, other)
}
