//! Which partings between draft and note are speech tidied for print, and no more than that.
//!
//! On the strict side: what is not surely one of the four ways is a change.

use super::alarms;
use super::fold::Word;
use super::index::Index;
use super::policy::Tidying;
use super::region::{Account, Region};
use super::{Notes, lexicon};
use crate::span::Span;

/// The words of the notes a quote is laid over, and the notes they are from.
pub struct Said<'a> {
    pub index: &'a Index,
    pub notes: &'a Notes,
}

/// How a parting tidies speech, part by part; empty where any of it is a change.
pub fn of(words: &[Word], region: &Region, said: &Said) -> Vec<(Tidying, Region)> {
    let is_plain = region.account == Account::Unmarked && !region.is_jump && !region.is_join;
    if !is_plain {
        return Vec::new();
    }
    let index = said.index;
    let (rest, mut parts) = without_sounds(region, index);
    match whole(words, &rest, said) {
        Some(tidied) => {
            parts.push(tidied);
            parts.sort_by_key(|(_, part)| part.note.start);
            parts
        }
        None => Vec::new(),
    }
}

/// *was, um* for *were*: the sounds at either end are left out, whatever the rest is.
fn without_sounds(region: &Region, index: &Index) -> (Region, Vec<(Tidying, Region)>) {
    let is_sound = |at: usize| SOUNDS.contains(&index.key(&index.words[at]));
    let mut note = region.note.clone();
    let mut parts = Vec::new();
    if region.draft.is_empty() {
        return (region.clone(), parts);
    }
    let mut part = |at: usize, place: usize| {
        parts.push((Tidying::Filler, Region { note: at..at + 1, draft: place..place, ..region.clone() }));
    };
    while note.len() > 1 && is_sound(note.end - 1) {
        note.end -= 1;
        part(note.end, region.draft.end);
    }
    while note.len() > 1 && is_sound(note.start) {
        part(note.start, region.draft.start);
        note.start += 1;
    }
    (Region { note, ..region.clone() }, parts)
}

/// How a parting as a whole tidies speech.
fn whole(words: &[Word], region: &Region, said: &Said) -> Option<(Tidying, Region)> {
    let index = said.index;
    let reaches = reaches(region, index);
    if let Some(reach) = reaches.into_iter().find(|reach| is_contraction(words, reach, index)) {
        return Some((Tidying::Contraction, reach));
    }
    if region.note.is_empty() || region.is_edge && region.draft.is_empty() {
        return None;
    }
    let tidying = match region.draft.is_empty() {
        true if is_filler(region, said) => Tidying::Filler,
        true if is_false_start(region, said) => Tidying::FalseStart,
        false if is_grammar(words, region, index) => Tidying::Grammar,
        _ => return None,
    };
    alarms::find(words, region, index).is_empty().then(|| (tidying, region.clone()))
}

/// The parting as it stands and, at an end of the quote, with a word of the note more or fewer: there nothing tells how
/// many words stand for the quote's (*We'll* for *we will*).
fn reaches(region: &Region, index: &Index) -> Vec<Region> {
    let mut reaches = vec![region.clone()];
    if !region.is_edge {
        return reaches;
    }
    let note = region.note.clone();
    let is_word = |at: usize| index.words.get(at).is_some_and(|word| !index.key(word).is_empty());
    let ranges = if region.draft.start == 0 {
        [note.start.saturating_sub(1)..note.end, note.start + 1..note.end]
    } else {
        [note.start..note.end + 1, note.start..note.end.saturating_sub(1)]
    };
    let fits = ranges.into_iter().filter(|range| range.start < range.end && range.clone().all(is_word));
    reaches.extend(fits.map(|note| Region { note, ..region.clone() }));
    reaches
}

fn keys<'a>(region: &Region, index: &'a Index) -> Vec<&'a str> {
    region.note.clone().map(|at| index.key(&index.words[at])).collect()
}

/// Sounds that are no words in any sentence.
const SOUNDS: [&str; 14] = ["um", "umm", "uh", "uhh", "uhm", "er", "erm", "ah", "eh", "hm", "hmm", "mm", "mhm", "huh"];
/// Words that are fillers only where commas or dashes set them apart: *you know* may be all a sentence says.
const PHRASES: [&[&str]; 13] = [
    &["you", "know"],
    &["i", "mean"],
    &["you", "see"],
    &["like"],
    &["well"],
    &["okay"],
    &["ok"],
    &["look"],
    &["listen"],
    &["yeah"],
    &["oh"],
    &["right"],
    &["so"],
];

fn is_filler(region: &Region, said: &Said) -> bool {
    let keys = keys(region, said.index);
    let mut at = 0;
    while at < keys.len() {
        if SOUNDS.contains(&keys[at]) {
            at += 1;
            continue;
        }
        let phrase = PHRASES.iter().find(|phrase| keys[at..].starts_with(phrase));
        let Some(phrase) = phrase else { return false };
        let start = region.note.start + at;
        if !is_set_apart(start, said) || !is_set_apart(start + phrase.len(), said) {
            return false;
        }
        at += phrase.len();
    }
    true
}

/// A mark, a sound, or the edge of the turn stands before this word.
fn is_set_apart(at: usize, said: &Said) -> bool {
    let index = said.index;
    let key = |at: usize| index.words.get(at).map_or("", |word| index.key(word));
    let before = at.checked_sub(1).map_or("", key);
    if before.is_empty() || key(at).is_empty() || SOUNDS.contains(&before) || SOUNDS.contains(&key(at)) {
        return true;
    }
    gap(at, said).contains([',', ';', ':', '.', '!', '?', '—', '–', '…', '-'])
}

/// What stands between a word of the notes and the one before it.
fn gap<'a>(at: usize, said: &Said<'a>) -> &'a str {
    let index = said.index;
    let (Some(before), Some(voice)) = (at.checked_sub(1), index.voice(at)) else { return "" };
    let (from, to) = (index.span(before).end, index.span(at).start);
    if from > to || index.voice(before).is_none_or(|other| other.note != voice.note) {
        return "";
    }
    Span::new(from, to).of(&said.notes.at(voice.note).note.text)
}

/// Words said again at once (*we, we may*), or broken off and begun anew (*I was — I am*).
fn is_false_start(region: &Region, said: &Said) -> bool {
    let index = said.index;
    let key = |at: usize| index.words.get(at).map_or("", |word| index.key(word));
    let own = keys(region, index);
    let n_words = own.len();
    if n_words > 6 || own.contains(&"") {
        return false;
    }
    let is_again = |start: usize| (0..n_words).all(|nth| key(start + nth) == own[nth]);
    let before = region.note.start.checked_sub(n_words);
    let is_repeated = is_again(region.note.end) || before.is_some_and(is_again);
    // *Very, very* is meant; *we, we* is not.
    let is_meant =
        |key: &&str| !lexicon::is_common(key) || matches!(*key, "very" | "really" | "more" | "many" | "much");
    if is_repeated {
        return n_words > 1 || !own.iter().any(is_meant);
    }
    let is_broken = |at: usize| {
        gap(at, said).contains(['—', '–', '…']) || gap(at, said).contains("--") || gap(at, said).trim() == "-"
    };
    // *I was — I am*: the first *I* was dropped, or the second, whichever the words were laid upon.
    let is_first = key(region.note.end) == own[0] && is_broken(region.note.end);
    let last = region.note.end - 1;
    let is_second = region.note.start > 0 && key(region.note.start - 1) == own[n_words - 1] && is_broken(last);
    is_first || is_second
}

/// *Don't* for *do not*, *gonna* for *going to*, and the other way about.
pub fn is_contraction(words: &[Word], region: &Region, index: &Index) -> bool {
    if region.draft.is_empty() || region.note.is_empty() || region.draft.len() > 4 || region.note.len() > 4 {
        return false;
    }
    let drafts: Vec<&str> = region.draft.clone().map(|at| words[at].key.as_str()).collect();
    let (ones, others) = (spoken_out(&drafts), spoken_out(&keys(region, index)));
    ones.iter().any(|one| others.contains(one))
}

/// The words without contractions, in every way they may be meant.
fn spoken_out(keys: &[&str]) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = vec![Vec::new()];
    for key in keys {
        let meant = meanings(key);
        all =
            all.iter().flat_map(|said| meant.iter().map(|more| [said.as_slice(), more.as_slice()].concat())).collect();
    }
    all
}

fn meanings(key: &str) -> Vec<Vec<String>> {
    const WHOLE: [(&str, &str); 18] = [
        ("won't", "will not"),
        ("can't", "can not"),
        ("cannot", "can not"),
        ("shan't", "shall not"),
        ("let's", "let us"),
        ("gonna", "going to"),
        ("wanna", "want to"),
        ("gotta", "got to"),
        ("gimme", "give me"),
        ("lemme", "let me"),
        ("outta", "out of"),
        ("'cause", "because"),
        ("cause", "because"),
        ("cos", "because"),
        ("ya", "you"),
        ("y'all", "you all"),
        ("em", "them"),
        ("'em", "them"),
    ];
    let parts = |text: &str| text.split(' ').map(str::to_string).collect::<Vec<String>>();
    if let Some((_, whole)) = WHOLE.iter().find(|(short, _)| *short == key) {
        return vec![parts(whole), parts(key)];
    }
    const ENDS: [(&str, &str); 8] = [
        ("n't", "not"),
        ("'re", "are"),
        ("'ve", "have"),
        ("'ll", "will"),
        ("'m", "am"),
        ("'d", "would"),
        ("'d", "had"),
        ("'s", "is"),
    ];
    let cut = |(end, word): &(&str, &str)| {
        let base = key.strip_suffix(end).filter(|base| !base.is_empty())?;
        Some(vec![base.to_string(), word.to_string()])
    };
    let mut all: Vec<Vec<String>> = ENDS.iter().filter_map(cut).collect();
    all.extend(cut(&("'s", "has")));
    all.push(parts(key));
    all
}

/// One word for another that only grammar tells apart: *was* and *were*, *a* and *an*, *me* and *I*.
fn is_grammar(words: &[Word], region: &Region, index: &Index) -> bool {
    const PAIRS: [(&str, &str); 26] = [
        ("was", "were"),
        ("is", "are"),
        ("has", "have"),
        ("does", "do"),
        ("doesn't", "don't"),
        ("wasn't", "weren't"),
        ("isn't", "aren't"),
        ("ain't", "isn't"),
        ("ain't", "aren't"),
        ("a", "an"),
        ("me", "i"),
        ("him", "he"),
        ("her", "she"),
        ("them", "they"),
        ("them", "those"),
        ("who", "whom"),
        ("this", "these"),
        ("that", "those"),
        ("it's", "its"),
        ("less", "fewer"),
        ("seen", "saw"),
        ("done", "did"),
        ("says", "say"),
        ("goes", "go"),
        ("wants", "want"),
        ("knows", "know"),
    ];
    let notes = keys(region, index);
    let (1, [note]) = (region.draft.len(), notes.as_slice()) else { return false };
    let draft = words[region.draft.start].key.as_str();
    PAIRS.iter().any(|pair| *pair == (draft, *note) || *pair == (*note, draft))
}
