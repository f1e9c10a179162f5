//! Names that must never leave the desk, taken out of any words.

use crate::note::Note;
use crate::span::Span;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// What stands where a name stood.
pub const BLANK: &str = "▇▇▇";

/// Parts of names that are names of nobody.
const SHORT_WORDS: [&str; 8] = ["de", "di", "da", "la", "le", "van", "von", "der"];

/// Words that describe a person, where a source is written in small letters throughout.
const ROLE_WORDS: [&str; 30] = [
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
/// Of a source and of an alias that is a name each word counts by itself (*Renner*, *Tobias*). A role among the aliases
/// (*harbour pilot*) is how such a source may be printed, so it stays; a source that is no plain name (*Former staff
/// member*) is blanked where it stands whole.
pub struct Withheld {
    /// Folded words of names, each a name that is withheld.
    names: Vec<Vec<String>>,
}

impl Withheld {
    /// Gathers the names from all confidential notes, but for those who also spoke openly: to blank those everywhere
    /// would tell who else they are.
    pub fn of(notes: &[Note]) -> Withheld {
        let open: Vec<String> =
            notes.iter().filter(|note| !note.is_confidential).map(|note| fold(&note.source)).collect();
        let mut names = Vec::new();
        for note in notes.iter().filter(|note| note.is_confidential && !open.contains(&fold(&note.source))) {
            names.extend(source_names(&note.source));
            names.extend(note.aliases.iter().flat_map(|alias| alias_names(alias)));
        }
        names.retain(|name| !name.is_empty());
        names.sort();
        names.dedup();
        Withheld { names }
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
        if self.names.is_empty() {
            return Vec::new();
        }
        let mut found = self.find_addresses(text);
        let words: Vec<(Span, String)> = text
            .unicode_word_indices()
            .map(|(at, word)| (Span::new(at, at + bare(word).len()), fold(bare(word))))
            .collect();
        for first in 0..words.len() {
            for name in &self.names {
                let run = words.get(first..first + name.len()).unwrap_or_default();
                if !run.is_empty() && run.iter().map(|(_, word)| word).eq(name) {
                    found.push(run.iter().fold(run[0].0, |span, (next, _)| span.join(*next)));
                }
            }
        }
        found.sort();
        let mut spans: Vec<Span> = Vec::new();
        for span in found {
            match spans.last_mut() {
                Some(last) if Span::new(last.end, span.start).of(text).trim().is_empty() => *last = last.join(span),
                _ => spans.push(span),
            }
        }
        spans
    }

    /// *t.renner@example.org*, *@tobiasrenner*: the name runs into other letters.
    fn find_addresses(&self, text: &str) -> Vec<Span> {
        let (mut spans, mut start) = (Vec::new(), 0);
        for chunk in text.split_inclusive(char::is_whitespace) {
            let address = fold(chunk);
            let is_named = |word: &String| word.chars().count() > 3 && address.contains(word.as_str());
            if is_address(chunk.trim()) && self.names.iter().flatten().any(is_named) {
                spans.push(Span::new(start, start + chunk.len()).trim(text));
            }
            start += chunk.len();
        }
        spans
    }
}

/// A source's words each by itself, as *Renner* names him too; one that may be a role, whole.
fn source_names(source: &str) -> Vec<Vec<String>> {
    if is_name(source) {
        return name_words(source);
    }
    if !source.contains(char::is_uppercase) {
        let words = name_words(source).into_iter();
        return words.filter(|name| name.iter().all(|word| !ROLE_WORDS.contains(&word.as_str()))).collect();
    }
    vec![source.unicode_words().map(fold).collect()]
}

/// A name's words each by itself; of a role of several words none.
fn alias_names(alias: &str) -> Vec<Vec<String>> {
    if is_name(alias) || alias.unicode_words().count() == 1 { name_words(alias) } else { Vec::new() }
}

/// All its words have capitals, or a script that knows none.
fn is_name(words: &str) -> bool {
    let is_capital = |word: &str| word.starts_with(char::is_uppercase) || SHORT_WORDS.contains(&word);
    let has_no_case = |word: &str| !word.contains(|c: char| c.is_lowercase() || c.is_uppercase());
    words.unicode_words().all(|word| is_capital(word) || has_no_case(word))
}

fn name_words(name: &str) -> Vec<Vec<String>> {
    let long = name.unicode_words().filter(|word| word.chars().count() > 1 && !SHORT_WORDS.contains(word));
    long.map(|word| vec![fold(bare(word))]).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::read_note;

    fn check(text: &str, blanked: &str) {
        let front = "---\nsource: Tobiás Renner\nterms: background\nconfidential: true\naliases: Captain Toby; harbour pilot\n---\n";
        let notes = [read_note("n.md", front.as_bytes()).0];
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
    fn a_role_and_other_words_stay() {
        check("a harbour pilot said so to the rennerless", "a harbour pilot said so to the rennerless");
    }

    #[test]
    fn a_source_in_small_letters_is_still_a_name_and_a_role_is_blanked_whole() {
        let blank = |source: &str, text: &str| {
            let front = format!("---\nsource: {source}\nconfidential: true\n---\n");
            Withheld::of(&[read_note("n.md", front.as_bytes()).0]).blank(text)
        };
        assert_eq!(blank("tobias renner", "Renner said"), "▇▇▇ said");
        assert_eq!(blank("a former member of staff", "a member of staff"), "a member of staff");
        assert_eq!(blank("Former staff member", "A former staff member and a member"), "A ▇▇▇ and a member");
    }

    #[test]
    fn nothing_is_withheld_of_a_source_on_the_record() {
        let notes = [read_note("n.md", b"---\nsource: Ines Eze\nterms: on the record\n---\n").0];
        assert_eq!(Withheld::of(&notes).blank("Ines Eze"), "Ines Eze");
        let too = read_note("m.md", b"---\nsource: Ines Eze\nconfidential: true\n---\n").0;
        let both = [notes[0].clone(), too];
        assert_eq!(Withheld::of(&both).blank("Ines Eze"), "Ines Eze", "blanked in the open, she would be given away");
    }
}
