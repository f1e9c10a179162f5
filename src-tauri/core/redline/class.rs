//! What a change touches: a quote, a number, a name, or only the prose.

use super::token::{Sort, Token, tokens};
use super::vocabulary::{CUES, DATES, HEDGES, MONTHS, NEGATIONS, NUMBERS, PRONOUNS};
use super::{WordKind, WordOp};
use crate::span::{Span, after, before};
use std::collections::BTreeMap;

/// What a change touches; the greatest comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// The words someone is quoted with.
    Quote,
    /// Who is said to have spoken.
    Speaker,
    Number,
    Name,
    Date,
    /// *not*, *never*, *without* came or went.
    Negation,
    /// *may*, *about*, *allegedly* came or went.
    Hedge,
    Link,
    Prose,
    /// Marks, spaces, quote style, *9* for *nine*: reads the same.
    Cosmetic,
}

impl Class {
    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Class::Quote => "quote",
            Class::Speaker => "speaker",
            Class::Number => "number",
            Class::Name => "name",
            Class::Date => "date",
            Class::Negation => "negation",
            Class::Hedge => "hedge",
            Class::Link => "link",
            Class::Prose => "prose",
            Class::Cosmetic => "cosmetic",
        }
    }

    /// The word on the screen, at the head of a row.
    pub fn title(self) -> &'static str {
        match self {
            Class::Quote => "Quote",
            Class::Speaker => "Speaker",
            Class::Number => "Number",
            Class::Name => "Name",
            Class::Date => "Date",
            Class::Negation => "Negation",
            Class::Hedge => "Hedge",
            Class::Link => "Link",
            Class::Prose => "Prose",
            Class::Cosmetic => "Cosmetic",
        }
    }

    /// A fact may have changed, not only its wording.
    pub fn is_substance(self) -> bool {
        self < Class::Prose
    }
}

/// *2 quotes*, *1 number*: how many of these are of each class of substance, the greatest first.
pub fn tally(classes: impl IntoIterator<Item = Class>) -> Vec<String> {
    let mut n_of: BTreeMap<Class, usize> = BTreeMap::new();
    for class in classes.into_iter().filter(|class| class.is_substance()) {
        *n_of.entry(class).or_default() += 1;
    }
    n_of.into_iter().map(|(class, n)| format!("{n} {}{}", class.word(), if n == 1 { "" } else { "s" })).collect()
}

/// Where one text quotes, as the caller knows it. What stands in double quote marks counts besides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Speech {
    /// The words put in someone's mouth.
    pub quotes: Vec<Span>,
    /// The mentions of who spoke.
    pub speakers: Vec<Span>,
}

/// Reads both texts for what a change touches.
pub(super) struct Reader<'a> {
    old: Page<'a>,
    new: Page<'a>,
}

struct Page<'a> {
    text: &'a str,
    /// Sorted, and apart from each other.
    quotes: Vec<Span>,
    speakers: Vec<Span>,
}

/// What the words of one side hold, each list sorted.
#[derive(Default, PartialEq)]
struct Facts {
    numbers: Vec<String>,
    names: Vec<String>,
    /// Names and pronouns beside a word of attribution.
    speakers: Vec<String>,
    dates: Vec<String>,
    negations: Vec<String>,
    hedges: Vec<String>,
    links: Vec<String>,
    /// All that is read, as it reads.
    reading: Vec<u64>,
    n_quote_marks: usize,
}

impl<'a> Reader<'a> {
    pub fn new(old: &'a str, new: &'a str, old_speech: &Speech, new_speech: &Speech) -> Reader<'a> {
        Reader { old: Page::new(old, old_speech), new: Page::new(new, new_speech) }
    }

    /// The greatest of what the changed runs touch.
    pub fn class(&self, runs: &[WordOp]) -> Class {
        let spans = |kind: WordKind, side: &dyn Fn(&WordOp) -> Option<Span>| -> Vec<Span> {
            runs.iter().filter(|run| run.kind == kind).filter_map(side).collect()
        };
        let gone = spans(WordKind::Delete, &|run| run.old);
        let come = spans(WordKind::Insert, &|run| run.new);
        let (old, new) = (self.old.facts(&gone), self.new.facts(&come));
        if old.reading == new.reading && old.links == new.links {
            return Class::Cosmetic;
        }
        let touches = |pick: for<'p> fn(&'p Page) -> &'p Vec<Span>| {
            gone.iter().any(|span| hits(pick(&self.old), span.trim(self.old.text)))
                || come.iter().any(|span| hits(pick(&self.new), span.trim(self.new.text)))
        };
        let is_marked = old.n_quote_marks != new.n_quote_marks;
        let found = [
            (touches(|page| &page.quotes) || is_marked, Class::Quote),
            (touches(|page| &page.speakers) || old.speakers != new.speakers, Class::Speaker),
            (old.numbers != new.numbers, Class::Number),
            (old.names != new.names, Class::Name),
            (old.dates != new.dates, Class::Date),
            (old.negations != new.negations, Class::Negation),
            (old.hedges != new.hedges, Class::Hedge),
            (old.links != new.links, Class::Link),
        ];
        found.into_iter().find(|(is_it, _)| *is_it).map_or(Class::Prose, |(_, class)| class)
    }
}

/// One of the sorted spans shares a byte with the words, or holds the place where words were put in.
fn hits(sorted: &[Span], words: Span) -> bool {
    let at = sorted.partition_point(|span| span.end <= words.start);
    sorted.get(at).is_some_and(|span| span.overlaps(words))
}

impl<'a> Page<'a> {
    fn new(text: &'a str, speech: &Speech) -> Page<'a> {
        let quotes = speech.quotes.iter().copied().chain(marked(text)).collect();
        Page { text, quotes: tidy(quotes), speakers: tidy(speech.speakers.clone()) }
    }

    fn facts(&self, spans: &[Span]) -> Facts {
        let mut facts = Facts::default();
        for &span in spans {
            let list = tokens(self.text, span);
            list.iter().for_each(|token| facts.note(self.text, token));
        }
        for list in [
            &mut facts.numbers,
            &mut facts.names,
            &mut facts.speakers,
            &mut facts.dates,
            &mut facts.negations,
            &mut facts.hedges,
        ] {
            list.sort_unstable();
        }
        facts
    }
}

impl Facts {
    fn note(&mut self, text: &str, token: &Token) {
        let written = token.span().of(text);
        match token.sort() {
            Sort::Mark if written.starts_with("](") => self.links.push(written.to_owned()),
            Sort::Mark => {}
            Sort::Quote => {
                self.reading.push(token.fold());
                self.n_quote_marks += usize::from(!matches!(written, "'" | "’" | "‘" | "‚"));
            }
            Sort::Punct => self.reading.push(token.fold()),
            Sort::Word | Sort::Little => {
                self.reading.push(token.fold());
                self.note_word(text, token, written);
            }
        }
    }

    fn note_word(&mut self, text: &str, token: &Token, written: &str) {
        let folded = written.replace('’', "'").to_lowercase();
        let bare = folded.strip_suffix("'s").unwrap_or(&folded);
        if written.contains("//") || written.starts_with("www.") {
            self.links.push(written.to_owned());
        } else if is_year(bare) || DATES.contains(&bare) && (bare != "may" || written.starts_with('M')) {
            self.dates.push(bare.to_owned());
        } else if bare.contains(|c: char| c.is_ascii_digit()) {
            let is_day = beside(text, token.span(), 1).any(|word| MONTHS.contains(&word.as_str()));
            if is_day { &mut self.dates } else { &mut self.numbers }.push(bare.replace(',', ""));
        } else if NUMBERS.contains(&bare) {
            // The fold of *nine* is that of *9*.
            self.numbers.push(token.fold().to_string());
        } else if NEGATIONS.contains(&bare) || bare.ends_with("n't") {
            self.negations.push("not".to_owned());
        } else if HEDGES.contains(&bare) {
            self.hedges.push(bare.to_owned());
        } else if is_name(text, token, written) {
            self.names.push(bare.to_owned());
            if beside(text, token.span(), 2).any(|word| CUES.contains(&word.as_str())) {
                self.speakers.push(bare.to_owned());
            }
        } else if PRONOUNS.contains(&bare) && beside(text, token.span(), 1).any(|word| CUES.contains(&word.as_str())) {
            self.speakers.push(bare.to_owned());
        }
    }
}

/// So many words right before and behind, folded.
fn beside(text: &str, span: Span, n_words: usize) -> impl Iterator<Item = String> {
    let next = after(text, span.end).split_whitespace().take(n_words);
    let last = before(text, span.start).split_whitespace().rev().take(n_words);
    last.chain(next).map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse().is_ok_and(|year: u32| (1500..2100).contains(&year))
}

/// A word with a capital that no sentence's start gave it.
fn is_name(text: &str, token: &Token, written: &str) -> bool {
    if token.sort() == Sort::Little || !written.starts_with(char::is_uppercase) {
        return false;
    }
    let last =
        before(text, token.span().start).trim_end_matches([' ', '"', '“', '‘', '*', '_', '#']).chars().next_back();
    let is_start = last.is_none_or(|c| matches!(c, '\n' | '.' | '!' | '?' | ':'));
    let mut next = after(text, token.span().end).chars();
    let is_followed = next.next() == Some(' ') && next.next().is_some_and(char::is_uppercase);
    !is_start || is_followed || written.chars().skip(1).any(char::is_uppercase)
}

/// What stands in double quote marks, without them; to the line's end where the marks are not closed.
fn marked(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices() {
        match c {
            '“' | '„' => open = open.or(Some(at + c.len_utf8())),
            '"' if open.is_none() => open = Some(at + 1),
            '"' | '”' | '\n' => found.extend(open.take().map(|start| Span::new(start, at))),
            _ => {}
        }
    }
    found.extend(open.map(|start| Span::new(start, text.len())));
    found
}

/// Sorted, and joined where they overlap.
fn tidy(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut tidied: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match tidied.last_mut().filter(|last| last.overlaps(span)) {
            Some(last) => *last = last.join(span),
            None => tidied.push(span),
        }
    }
    tidied
}
