//! Names that must never leave the desk: where they stand in any words, for the terms, the gate and the proof alike.

use super::{is_english, is_title};
use crate::draft::{self, AsRead};
use crate::note::{Note, NoteId};
use crate::span::Span;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// What stands where a name stood.
pub const BLANK: &str = "▇▇▇";

/// Parts of names that are names of nobody.
const SHORT_WORDS: [&str; 8] = ["de", "di", "da", "la", "le", "van", "von", "der"];

/// Words that describe a person: *former staff member*, *a lawyer close to the party*.
const ROLE_WORDS: [&str; 31] = [
    "a",
    "adviser",
    "aide",
    "an",
    "at",
    "close",
    "employee",
    "executive",
    "former",
    "from",
    "in",
    "insider",
    "lawyer",
    "member",
    "of",
    "office",
    "officer",
    "official",
    "on",
    "party",
    "person",
    "senior",
    "someone",
    "source",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "staff",
    "the",
    "to",
    "worker",
];

/// The names of confidential sources.
///
/// Of a name each word counts by itself (*Renner*, *Tobias*), without titles; one that is an English word too (*Rose*,
/// *Black*) counts only with its capital. A role (*harbour pilot*, *Former staff member*) is no name: it is how such a
/// source may be printed. A name is found through characters nobody sees and letters that only look alike (a Cyrillic
/// *е* in *Rеnner*).
#[derive(Default)]
pub struct Withheld {
    /// Folded words of names, and the notes of those they name.
    words: BTreeMap<String, BTreeSet<NoteId>>,
    /// What each of the words looks like, so that other letters do not hide it.
    looks: BTreeMap<String, String>,
    /// The names of those who spoke openly and share such a word (*Anna Renner*), folded: they stay.
    open: Vec<Vec<String>>,
}

/// Whether Markdown may read otherwise than it was typed: *Ren\*\*ner\*\** names Renner.
fn has_marks(text: &str) -> bool {
    text.contains(['*', '_', '~', '`', '[', '<', '&', '\\'])
}

impl Withheld {
    /// Gathers the names from all confidential notes, but for those who also spoke openly: to blank those everywhere
    /// would tell who else they are.
    pub fn of<'n>(notes: impl IntoIterator<Item = &'n Note, IntoIter: Clone>) -> Withheld {
        let notes = notes.into_iter();
        if !notes.clone().any(|note| note.is_confidential) {
            return Withheld::default();
        }
        let open: Vec<Vec<String>> =
            notes.clone().filter(|note| !note.is_confidential).map(|note| folded_words(&note.source)).collect();
        let (mut words, mut looks) = (BTreeMap::<String, BTreeSet<NoteId>>::new(), BTreeMap::new());
        for note in notes.filter(|note| note.is_confidential && !open.contains(&folded_words(&note.source))) {
            let aliases = note.aliases.iter().filter(|alias| !is_role_alias(alias));
            for word in aliases.chain([&note.source]).flat_map(|name| name_words(name)) {
                looks.insert(look(word), fold(word));
                words.entry(fold(word)).or_default().insert(note.id);
            }
        }
        let open = open.into_iter().filter(|name| name.len() > 1 && name.iter().any(|word| words.contains_key(word)));
        Withheld { open: open.collect(), words, looks }
    }

    /// The words with each name blanked.
    pub fn blank(&self, text: &str) -> String {
        let (mut words, mut end) = (String::new(), 0);
        for span in self.find(text) {
            words += Span::new(end, span.start).of(text);
            words += BLANK;
            end = span.end;
        }
        words + Span::new(end, text.len()).of(text)
    }

    /// Where names stand, in order; names side by side are one.
    pub fn find(&self, text: &str) -> Vec<Span> {
        if self.words.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<Span> = self.hits_as_seen(text).into_iter().map(|(span, _)| span).collect();
        if has_marks(text) {
            let read = AsRead::of(text);
            found.extend(self.hits_as_seen(&read.words).into_iter().map(|(span, _)| read.place(span)));
        }
        found.sort();
        let mut spans: Vec<Span> = Vec::new();
        for span in found {
            match spans.last_mut() {
                Some(last) if span.start < last.end || Span::new(last.end, span.start).of(text).trim().is_empty() => {
                    *last = last.join(span);
                }
                _ => spans.push(span),
            }
        }
        spans
    }

    /// The confidential notes whose sources a text names.
    pub fn named(&self, text: &str) -> BTreeSet<NoteId> {
        if self.words.is_empty() {
            return BTreeSet::new();
        }
        let mut found = self.hits_as_seen(text);
        let read = if has_marks(text) { AsRead::of(text) } else { AsRead::default() };
        found.extend(self.hits_as_seen(&read.words));
        found.into_iter().flat_map(|(_, word)| &self.words[word]).copied().collect()
    }

    /// The same as [`Self::hits`], of a text with what is invisible in it.
    fn hits_as_seen(&self, text: &str) -> Vec<(Span, &str)> {
        let (seen, gaps) = draft::without_invisibles(text);
        let whole = |(span, word)| (draft::place_before(&gaps, span), word);
        self.hits(&seen).into_iter().map(whole).collect()
    }

    /// Each place where a name stands in a text as it is seen, and which word of a name it is.
    fn hits(&self, text: &str) -> Vec<(Span, &str)> {
        let mut found = self.find_addresses(text);
        let words: Vec<(Span, String)> = text
            .unicode_word_indices()
            .map(|(at, word)| (Span::new(at, at + bare(word).len()), fold(bare(word))))
            .collect();
        let is_open = |at: usize| {
            let holds =
                |name: &Vec<String>| (at.saturating_sub(name.len() - 1)..=at).any(|first| is_at(&words, first, name));
            self.open.iter().any(holds)
        };
        for (at, (span, word)) in words.iter().enumerate() {
            let is_written_so = has_capital(span.of(text)) || !is_english(word);
            let held = match self.words.get_key_value(word) {
                Some((held, _)) if is_written_so => Some(held),
                None if !word.is_ascii() => self.looks.get(&look(span.of(text))),
                _ => None,
            };
            if let Some(held) = held.filter(|_| !is_open(at)) {
                found.push((*span, held));
            }
        }
        found
    }

    /// *t.renner@example.org*, *@tobiasrenner*: the name runs into other letters.
    fn find_addresses(&self, text: &str) -> Vec<(Span, &str)> {
        let (mut spans, mut start) = (Vec::new(), 0);
        for chunk in text.split_inclusive(char::is_whitespace) {
            let address = fold(chunk);
            let is_part = |word: &str| address.split(|c: char| !c.is_alphanumeric()).any(|part| part == word);
            let is_named = |word: &&String| match is_english(word) {
                true => is_part(word),
                false => word.chars().count() > 3 && address.contains(word.as_str()),
            };
            if is_address(chunk.trim()) {
                let span = Span::new(start, start + chunk.len()).trim(text);
                spans.extend(self.words.keys().filter(is_named).map(|word| (span, word.as_str())));
            }
            start += chunk.len();
        }
        spans
    }
}

/// The words stand there, one after another.
fn is_at(words: &[(Span, String)], first: usize, name: &[String]) -> bool {
    let run = words.get(first..first + name.len()).unwrap_or_default();
    !run.is_empty() && run.iter().map(|(_, word)| word).eq(name)
}

/// The words of a source or an alias that name a person; none of a role. *Tobias Renner, harbour pilot* is a name and
/// a role.
fn name_words(name: &str) -> Vec<&str> {
    let is_small = !name.contains(char::is_uppercase);
    let parts = name.split([',', ';', '(', ')', '/', '–', '—']);
    parts.filter(|part| is_small || has_some_capital(part)).flat_map(part_words).collect()
}

/// Several words in small letters: *harbour pilot*.
fn is_role_alias(alias: &str) -> bool {
    !alias.contains(char::is_uppercase) && alias.unicode_words().count() > 1
}

fn part_words(part: &str) -> Vec<&str> {
    let words: Vec<&str> = part.unicode_words().map(bare).collect();
    let is_role = |word: &str| ROLE_WORDS.contains(&fold(word).as_str());
    let is_plain = |word: &str| is_role(word) || is_english(&fold(word));
    let n_led = words.iter().take_while(|word| has_capital(word) && !is_plain(word)).count();
    let is_name = words.iter().all(|word| has_capital(word) || SHORT_WORDS.contains(word));
    let chosen: Vec<&str> = match () {
        () if is_name && !words.iter().any(|word| is_role(word)) => words,
        // *Tobias Renner from accounts*
        () if n_led > 1 => words[..n_led].to_vec(),
        // A source in small letters throughout.
        () if !part.contains(char::is_uppercase) => {
            let is_role = words.iter().any(|word| is_plain(word));
            words.into_iter().filter(|word| !is_role || !is_plain(word)).collect()
        }
        () => Vec::new(),
    };
    let is_long = |word: &&str| word.chars().count() > 1 && !SHORT_WORDS.contains(word) && !is_title(&fold(word));
    chosen.into_iter().filter(is_long).collect()
}

fn folded_words(name: &str) -> Vec<String> {
    name.unicode_words().map(|word| fold(bare(word))).collect()
}

fn has_some_capital(part: &str) -> bool {
    part.unicode_words().any(has_capital)
}

/// It begins with a capital, or is of a script that knows none.
fn has_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase) || !word.contains(|c: char| c.is_lowercase() || c.is_uppercase())
}

/// Without *'s*.
fn bare(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

fn is_address(chunk: &str) -> bool {
    chunk.contains(['@', '/', '_']) || chunk.trim_end_matches(|c: char| !c.is_alphanumeric()).contains('.')
}

/// Small letters without their marks.
fn fold(word: &str) -> String {
    let is_mark = |c: &char| unicode_normalization::char::is_combining_mark(*c);
    word.nfkd().filter(|c| !is_mark(c)).flat_map(char::to_lowercase).collect()
}

/// What a word looks like, whatever letters it is written in.
fn look(word: &str) -> String {
    let plain: String = unicode_security::skeleton(word).collect();
    // An m is drawn as rn there.
    fold(&plain).replace("rn", "m")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::Terms;

    fn note(id: i64, source: &str, aliases: &[&str], is_confidential: bool) -> Note {
        let (name, kind, place, said_at) = ("n.md".into(), String::new(), String::new(), String::new());
        let aliases = aliases.iter().map(|alias| (*alias).to_owned()).collect();
        let (terms, terms_words, embargo, text) = (Terms::Background, String::new(), None, String::new());
        let (id, source) = (NoteId(id), source.to_owned());
        Note { id, name, source, kind, place, said_at, terms, terms_words, embargo, is_confidential, aliases, text }
    }

    fn check(text: &str, blanked: &str) {
        let notes = [note(1, "Tobiás Renner", &["Captain Toby", "harbour pilot"], true)];
        assert_eq!(Withheld::of(&notes).blank(text), blanked);
    }

    #[test]
    fn a_name_is_blanked_whole_in_part_and_in_addresses() {
        check("Tobias Renner said so.", "▇▇▇ said so.");
        check("Mr RENNER’s boat", "Mr ▇▇▇’s boat");
        check("ask toby, he knows", "ask ▇▇▇, he knows");
        check("write to t.renner@example.org today", "write to ▇▇▇ today");
        check("see @TobiasRenner", "see ▇▇▇");
        check("the tobia\u{301}s tapes", "the ▇▇▇ tapes");
    }

    #[test]
    fn a_name_does_not_hide_behind_what_nobody_sees_or_letters_that_look_alike() {
        check("Ren\u{200b}ner said so.", "▇▇▇ said so.");
        check("ask To\u{ad}by, he knows", "ask ▇▇▇, he knows");
        check("a \u{202e}Renner\u{202c} boat", "a \u{202e}▇▇▇\u{202c} boat");
        check("the R\u{435}nner boat", "the ▇▇▇ boat");
        check("the \u{422}obi\u{430}s tapes", "the ▇▇▇ tapes");
    }

    #[test]
    fn a_name_does_not_hide_behind_marks_of_markdown() {
        for text in [
            "Ren**ner**",
            "*Ren*ner",
            "[Ren](https://a.org)ner",
            "Ren<b>n</b>er",
            "&#82;enner",
            "Ren&shy;ner",
            "`Ren`ner",
            "so\n\n\tthat Ren**ner**",
        ] {
            let blanked = Withheld::of(&[note(1, "Tobias Renner", &[], true)]).blank(&format!("So {text} left."));
            assert!(blanked.starts_with("So ") && blanked.contains(BLANK) && blanked.ends_with(" left."), "{blanked}");
            assert!(!Withheld::of(&[note(1, "Tobias Renner", &[], true)]).named(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_role_and_other_words_stay() {
        check("a harbour pilot said so to the rennerless", "a harbour pilot said so to the rennerless");
    }

    #[test]
    fn the_notes_of_those_who_are_named_are_told() {
        let notes = [note(1, "Tobias Renner", &[], true), note(2, "Ada Lund", &["Addie"], true)];
        let named = |text| Withheld::of(&notes).named(text).into_iter().map(|id| id.0).collect::<Vec<i64>>();
        assert_eq!(named("Addie met him"), [2]);
        assert_eq!(named("write to ada.lund@example.org and Renner"), [1, 2]);
        assert!(named("nobody").is_empty());
    }

    fn blank(source: &str, text: &str) -> String {
        Withheld::of(&[note(1, source, &[], true)]).blank(text)
    }

    #[test]
    fn a_role_is_no_name_and_may_stand() {
        assert_eq!(blank("a former member of staff", "A former member of staff"), "A former member of staff");
        assert_eq!(blank("Former staff member", "A former staff member"), "A former staff member");
        assert_eq!(blank("Former OpenAI employee", "OpenAI said"), "OpenAI said");
        assert_eq!(blank("Mayor", "The Mayor said"), "The Mayor said");
    }

    #[test]
    fn a_name_is_found_beside_a_role_behind_a_title_and_in_small_letters() {
        assert_eq!(blank("Tobias Renner, harbour pilot", "Renner, a harbour pilot"), "▇▇▇, a harbour pilot");
        assert_eq!(blank("Tobias Renner from accounts", "Renner of accounts"), "▇▇▇ of accounts");
        assert_eq!(blank("Captain Renner", "Captain Lund met Renner"), "Captain Lund met ▇▇▇");
        assert_eq!(blank("tobias renner", "Renner said"), "▇▇▇ said");
    }

    #[test]
    fn a_name_that_is_a_word_counts_with_its_capital() {
        assert_eq!(blank("Rose Black", "black smoke rose as Rose Black left"), "black smoke rose as ▇▇▇ left");
        assert_eq!(blank("Rose Black", "see blackrock.example, r.black@example.org"), "see blackrock.example, ▇▇▇");
    }

    #[test]
    fn someone_else_of_the_same_surname_keeps_theirs() {
        let notes = [note(1, "Tobias Renner", &[], true), note(2, "Anna Renner", &[], false)];
        assert_eq!(Withheld::of(&notes).blank("Anna Renner met Renner"), "Anna Renner met ▇▇▇");
    }

    #[test]
    fn nothing_is_withheld_of_a_source_on_the_record() {
        let notes = [note(1, "Ines Eze", &[], false)];
        assert_eq!(Withheld::of(&notes).blank("Ines Eze"), "Ines Eze");
        let both = [notes[0].clone(), note(2, "Ines Eze", &[], true)];
        assert_eq!(Withheld::of(&both).blank("Ines Eze"), "Ines Eze", "blanked in the open, she would be given away");
    }
}
