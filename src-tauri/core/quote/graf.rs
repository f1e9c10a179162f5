//! A paragraph read once: its items, its passages in marks and its sentences.

use super::lexicon::{Class, Inflection, Verb};
use super::marks::{self, Passage};
use super::word::{self, Item, Kind};
use crate::span::Span;

/// A longer run without a stop is no sentence and is cut, so that no text makes the reading of one slow.
const MAX_SENTENCE_ITEMS: usize = 200;

/// The words of a link are no more.
const MAX_LINK_ITEMS: usize = 39;

/// A half-open run of items of one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Run {
    pub(super) fn new(start: usize, end: usize) -> Run {
        Run { start, end: end.max(start) }
    }

    pub(super) fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// One paragraph.
pub(super) struct Graf<'t> {
    pub(super) text: &'t str,
    pub(super) span: Span,
    pub(super) items: Vec<Item>,
    pub(super) passages: Vec<Passage>,
    pub(super) sentences: Vec<Run>,
    /// A Markdown heading: never speech.
    pub(super) is_heading: bool,
}

impl<'t> Graf<'t> {
    /// Reads a paragraph; `is_inside` when the one before left a passage open.
    pub(super) fn read(text: &'t str, span: Span, is_inside: bool) -> Graf<'t> {
        let line = span.of(text);
        let bare = line.trim_start();
        let mut items = word::read(text, span);
        items.retain(|item| item.kind != Kind::Other || !is_markdown(item.of(text), item));
        let mut items = without_links(text, items);
        name_auxiliaries(text, &mut items);
        let paired = marks::pair(text, &items, is_inside);
        let mut sentences = sentences(text, &paired.items, &paired.passages);
        if let Some(first) = sentences.first_mut() {
            first.start = stamp_end(text, &paired.items).min(first.end - 1);
            first.start = dateline_end(text, &paired.items, *first);
        }
        Graf {
            text,
            span,
            items: paired.items,
            passages: paired.passages,
            sentences,
            is_heading: bare.starts_with('#') && bare.trim_start_matches('#').starts_with(' '),
        }
    }

    #[inline]
    pub(super) fn item(&self, at: usize) -> Option<&Item> {
        self.items.get(at)
    }

    /// The word at `at`, whatever its case; false beyond the end.
    #[inline]
    pub(super) fn reads(&self, at: usize, word: &str) -> bool {
        self.items.get(at).is_some_and(|item| item.reads(self.text, word))
    }

    #[inline]
    pub(super) fn is(&self, at: usize, class: Class) -> bool {
        self.items.get(at).is_some_and(|item| item.is(class))
    }

    #[inline]
    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.items.get(at).map(|item| item.kind)
    }

    pub(super) fn passage(&self, at: usize) -> Option<&Passage> {
        match self.kind(at) {
            Some(Kind::Passage(index)) => self.passages.get(index),
            _ => None,
        }
    }

    /// From the first byte of the run's first item to the last byte of its last.
    pub(super) fn span_of(&self, run: Run) -> Span {
        match (self.items.get(run.start), self.items.get(run.end.saturating_sub(1))) {
            (Some(first), Some(last)) if !run.is_empty() => Span::new(first.span.start, last.span.end),
            _ => Span::new(self.span.start, self.span.start),
        }
    }

    /// A verb with a tense, as far as closed lists and endings can tell.
    pub(super) fn is_finite(&self, at: usize) -> bool {
        let Some(item) = self.items.get(at).filter(|item| item.is_word()) else { return false };
        if item.is(Class::AUXILIARY) {
            return true;
        }
        let is_after_noun = at > 0 && !self.is(at - 1, Class::DETERMINER.and(Class::PREPOSITION));
        if item.is_capital || !is_after_noun {
            return false;
        }
        let is_past = item.verbs.iter().any(|verb| matches!(verb.inflection, Inflection::Past | Inflection::Third));
        let word = item.of(self.text);
        item.is(Class::IRREGULAR) || is_past || (word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed"))
    }

    /// A verb with a tense, endings in *-ed* left out: in an apposition they are participles (*a group allied with …*).
    pub(super) fn has_tense(&self, run: Run) -> bool {
        (run.start..run.end).any(|at| {
            let is_participle = self.items[at].of(self.text).ends_with("ed") && self.is(at + 1, Class::PREPOSITION);
            self.is_finite(at) && !is_participle
        })
    }

    /// The first verb with a tense in a run.
    pub(super) fn has_finite(&self, run: Run) -> bool {
        (run.start..run.end).any(|at| self.is_finite(at))
    }
}

/// *Will Roe, …* and *May Roe said*: a given name that is spelt like an auxiliary. *Will Roe win?* stays one.
///
/// *in May* is the month: an auxiliary has no capital inside a sentence.
fn name_auxiliaries(text: &str, items: &mut [Item]) {
    for at in 1..items.len() {
        if !is_auxiliary_name(text, &items[at]) {
            continue;
        }
        // “…,” Will said
        let is_told = matches!(items[at - 1].kind, Kind::Mark(_))
            && items.get(at + 1).is_some_and(|next| next.verbs.iter().any(|verb| verb.inflection == Inflection::Past));
        let is_inside =
            items[at - 1].is_word() && !items[at - 1].has_point || items[at - 1].kind == Kind::Comma || is_told;
        match items[at].of(text) {
            "May" if is_inside => items[at].class = Class::TIME,
            "Will" if is_inside => items[at].class = Class::GIVEN_MALE,
            _ => {}
        }
    }
    for at in 0..items.len().saturating_sub(2) {
        if !is_auxiliary_name(text, &items[at]) {
            continue;
        }
        let [first, second, third] = [items[at], items[at + 1], items[at + 2]];
        let is_surname = second.is_word() && second.is_capital && !second.is(Class::PRONOUN.and(Class::DETERMINER));
        let has_tense = |verb: &Verb| matches!(verb.inflection, Inflection::Past | Inflection::Third);
        let is_subject = third.kind == Kind::Comma || third.is(Class::AUXILIARY) || third.verbs.iter().any(has_tense);
        if is_surname && is_subject {
            items[at].class = if first.of(text) == "Will" { Class::GIVEN_MALE } else { Class::GIVEN_FEMALE };
        }
    }
}

/// *Will*, *May*: a given name or a month that is spelt like an auxiliary.
#[inline]
fn is_auxiliary_name(text: &str, item: &Item) -> bool {
    item.is_capital && (item.reads(text, "will") || item.reads(text, "may")) && matches!(item.of(text), "Will" | "May")
}

fn is_markdown(words: &str, item: &Item) -> bool {
    item.kind == Kind::Other && matches!(words, "*" | "_" | "#" | ">" | "~" | "|" | "\\")
}

/// Leaves out the brackets and the address of Markdown links, so that the linked words read as copy.
fn without_links(text: &str, items: Vec<Item>) -> Vec<Item> {
    let is_joint =
        |pair: &[Item]| pair[0].of(text) == "]" && pair[1].of(text) == "(" && pair[0].span.end == pair[1].span.start;
    if !items.windows(2).any(is_joint) {
        return items;
    }
    let (mut kept, mut at): (Vec<Item>, usize) = (Vec::with_capacity(items.len()), 0);
    while at < items.len() {
        if items.get(at..at + 2).is_some_and(is_joint) {
            let near = kept.len().saturating_sub(MAX_LINK_ITEMS);
            if let Some(open) = kept[near..].iter().rposition(|item| item.of(text) == "[") {
                kept.remove(near + open);
            }
            let close = items[at..].iter().take(60).position(|item| item.of(text) == ")");
            at += close.map_or(2, |close| close + 1);
        } else {
            kept.push(items[at]);
            at += 1;
        }
    }
    kept
}

/// Past *ELMSFORD, Ohio (VP) —*: where and from whom, not what is said.
fn dateline_end(text: &str, items: &[Item], sentence: Run) -> usize {
    let is_shouted = items.get(sentence.start).is_some_and(|item| {
        let word = item.of(text);
        item.is_word() && word.len() > 2 && !word.contains(char::is_lowercase)
    });
    let reach = sentence.end.min(sentence.start + 14);
    let dash = (sentence.start..reach).find(|at| items[*at].kind == Kind::Dash);
    match dash {
        Some(dash) if is_shouted && dash + 1 < sentence.end => dash + 1,
        _ => sentence.start,
    }
}

/// Past *10:14*, *[00:01:15]*, *7:39 p.m. —* at the head of a paragraph: when something was said, before who said it.
pub(super) fn stamp_end(text: &str, items: &[Item]) -> usize {
    let kind = |at: usize| items.get(at).map(|item| item.kind);
    let is_number = |at: usize| items.get(at).is_some_and(|item| item.is_number);
    let first = usize::from(kind(0) == Some(Kind::Open));
    let mut at = first;
    while is_number(at) && kind(at + 1) == Some(Kind::Colon) && is_number(at + 2) {
        at += 2;
    }
    if at == first {
        return 0;
    }
    at += 1;
    let halves = ["am", "pm", "a.m", "p.m", "a.m.", "p.m.", "et", "gmt", "bst"];
    let is_half = |item: &&Item| halves.iter().any(|half| item.reads(text, half)) || item.kind == Kind::Stop;
    at += items[at..].iter().take(3).take_while(is_half).count();
    let is_point = |item: &&Item| matches!(item.kind, Kind::Close | Kind::Colon | Kind::Dash | Kind::Other);
    at += items[at..].iter().take(2).take_while(is_point).count();
    if items.get(at).is_some_and(|item| item.is_capital) { at } else { 0 }
}

fn sentences(text: &str, items: &[Item], passages: &[Passage]) -> Vec<Run> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for at in 0..items.len() {
        let next = items.get(at + 1);
        let before = at.checked_sub(1).map(|before| items[before].kind);
        let is_cut = at + 1 - start >= MAX_SENTENCE_ITEMS;
        if is_cut || ends_sentence(text, before, &items[at], next, passages) {
            sentences.push(Run::new(start, at + 1));
            start = at + 1;
        }
    }
    if start < items.len() {
        sentences.push(Run::new(start, items.len()));
    }
    sentences
}

fn ends_sentence(text: &str, before: Option<Kind>, item: &Item, next: Option<&Item>, passages: &[Passage]) -> bool {
    let Some(next) = next else { return true };
    let starts = next.is_capital
        || next.is_number
        || matches!(next.kind, Kind::Passage(_) | Kind::Mark(_) | Kind::Open | Kind::Other);
    match item.kind {
        Kind::Stop => starts,
        Kind::Close => starts && before == Some(Kind::Stop),
        Kind::Passage(index) => passages[index].has_stop && starts && !matches!(next.kind, Kind::Open),
        Kind::Word if item.has_point && !item.is(Class::TITLE) => {
            let opener = Class::PRONOUN.and(Class::DETERMINER).and(Class::SUBORDINATOR).and(Class::CONJUNCTION);
            let is_initial = item.of(text).len() == 2;
            !is_initial && (next.is_capital && next.is(opener) || matches!(next.kind, Kind::Passage(_)))
        }
        _ => false,
    }
}
