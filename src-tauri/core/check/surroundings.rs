//! What a quote cut off in its own sentence, though it turns the words round: *I don't think* the bridge is safe,
//! *almost* all of them, *if the grant comes*.
//!
//! The words themselves are what was said, so the verdict stays; the alarm says what stood beside them. Asked only of
//! words that the draft prints as a sentence of their own.

use super::fold::Word;
use super::index::{BREAK, Index};
use super::verdict::Hit;
use super::{Alarm, AlarmKind, denial, lexicon};
use crate::span::{Span, after};

/// Fewer words are a fragment, which the sentence of the draft around them carries.
const N_SENTENCE: usize = 3;
/// How far before *think* its *don't* may stand.
const N_BEFORE: usize = 4;
/// A sentence is read so far back.
const N_BACK: usize = 60;

/// The alarms of what stands before the first word of a passage and behind its last. `note` is the passage's own note.
pub fn find(draft: &str, words: &[Word], hit: &Hit, index: &Index, note: &str) -> Vec<Alarm> {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return Vec::new() };
    let places = &hit.passage.places;
    let (Some(Some(start)), Some(Some(end))) = (places.first(), places.last()) else { return Vec::new() };
    let is_sentence = words.len() >= N_SENTENCE && first.is_capital && first.bracket == 0;
    if !is_sentence || last.bracket > 0 {
        return Vec::new();
    }
    let lead = Lead { index, note, start: *start };
    let turned = lead.denial().map(|at| (AlarmKind::Negation, at));
    let turned = turned.or_else(|| lead.hedge().map(|at| (AlarmKind::Hedge, at)));
    let at_byte = |byte: usize| Span::new(byte, byte);
    let before = turned.map(|(kind, at)| (kind, at, at_byte(first.span.start)));
    let behind = condition_behind(index, *end).filter(|_| !is_cut_short(draft, last));
    let behind = behind.map(|at| (AlarmKind::Hedge, at, at_byte(last.span.end)));
    let alarm = |(kind, at, draft)| Alarm { kind, draft, note: index.span(at) };
    before.into_iter().chain(behind).map(alarm).collect()
}

/// An ellipsis behind the last word says itself that more was said.
fn is_cut_short(draft: &str, last: &Word) -> bool {
    let behind = after(draft, last.span.end).trim_start();
    behind.starts_with('…') || behind.starts_with("...") || behind.starts_with(". . .")
}

/// *We will rebuild it | if the grant comes through.*
fn condition_behind(index: &Index, end: usize) -> Option<usize> {
    let at = end + 1;
    let word = index.words.get(at).filter(|word| word.key != BREAK && !word.starts_sentence)?;
    let next = index.words.get(at + 1).map_or("", |word| index.key(word));
    (matches!(index.key(word), "if" | "unless") && !is_phrase(next)).then_some(at)
}

/// *If you ask me*, *if anything*, *if not*: no condition.
pub fn is_phrase(next: &str) -> bool {
    matches!(next, "you" | "you're" | "you'll" | "i" | "i'm" | "i'd" | "anything" | "not" | "so" | "any" | "" | "ever")
}

/// The words of a sentence before a passage in it.
struct Lead<'a> {
    index: &'a Index,
    note: &'a str,
    /// The first word of the passage.
    start: usize,
}

impl Lead<'_> {
    /// The key so many words before the passage, in its sentence; no letters outside.
    fn key(&self, n_before: usize) -> &str {
        let is_inside = |n: usize| self.start.checked_sub(n).is_some_and(|at| self.index.words[at].key != BREAK);
        let starts = |n: usize| self.index.words[self.start - n].starts_sentence;
        if !(1..=n_before).all(is_inside) || (0..n_before).any(starts) {
            return "";
        }
        self.index.key(&self.index.words[self.start - n_before])
    }

    /// What stands between the passage and the word before it.
    fn gap(&self) -> &str {
        let end = self.index.span(self.start).start;
        let Some(at) = self.start.checked_sub(1) else { return "" };
        Span::new(self.index.span(at).end, end).of(self.note)
    }

    /// The word that denies what follows.
    fn denial(&self) -> Option<usize> {
        let is_run_on = self.gap().chars().all(char::is_whitespace);
        let n_that = usize::from(self.key(1) == "that");
        let governor = self.key(1 + n_that);
        if !is_run_on || governor.is_empty() {
            return None;
        }
        let place = |n_before: usize| self.start - n_before;
        // *It was not | Calder’s crew*: a name begins no sentence there.
        let is_name = self.index.words[self.start].is_capital;
        if n_that == 0 && !is_name && is_plain_denial(governor) {
            return Some(place(1));
        }
        let denied = (2 + n_that..=1 + n_that + N_BEFORE).map_while(|n| {
            let key = self.key(n);
            let is_wall = matches!(key, "" | "but" | "and" | "because" | "so" | "though" | "or");
            (!is_wall).then_some((n, key))
        });
        let denied = denied.into_iter().find(|(_, key)| lexicon::is_negation(key));
        match denied {
            // *I can't believe we won* says that we did.
            Some((_, key)) if governor == "believe" && matches!(key, "can't" | "cannot" | "couldn't") => None,
            Some((n_before, _)) => is_claiming(governor).then(|| place(n_before)),
            None => is_doubting(governor).then(|| place(1 + n_that)),
        }
    }

    /// The word that leaves open what follows.
    fn hedge(&self) -> Option<usize> {
        const OPEN: [&str; 13] = [
            "perhaps",
            "maybe",
            "possibly",
            "probably",
            "allegedly",
            "reportedly",
            "supposedly",
            "almost",
            "nearly",
            "if",
            "unless",
            "whether",
            "suppose",
        ];
        let gap = self.gap();
        if gap.chars().all(char::is_whitespace) && OPEN.contains(&self.key(1)) && self.key(2) != "if" {
            return Some(self.start - 1);
        }
        if !gap.trim_end().ends_with(',') {
            return None;
        }
        // *If the grant comes through, | we will rebuild it.*
        let n_back = (1..N_BACK).take_while(|n| !self.key(*n).is_empty()).last()?;
        let n_opener = usize::from(matches!(self.key(n_back), "and" | "but" | "so" | "because" | "well"));
        let opener = n_back.checked_sub(n_opener).filter(|n| *n > 1)?;
        let is_condition = matches!(self.key(opener), "if" | "unless") && !is_phrase(self.key(opener - 1));
        is_condition.then(|| self.start - opener)
    }
}

/// *We are not | going to cut a single job.* *No*, *nothing* and *nobody* mostly answer or act.
fn is_plain_denial(key: &str) -> bool {
    lexicon::is_negation(key)
        && !matches!(key, "no" | "none" | "nobody" | "nothing" | "nowhere" | "without" | "nor" | "#0")
}

/// *I don't think*, *it is not true that*: denied, it denies what it claims.
fn is_claiming(key: &str) -> bool {
    const CLAIMING: [&str; 34] = [
        "think",
        "thought",
        "believe",
        "believed",
        "say",
        "said",
        "saying",
        "says",
        "claim",
        "claimed",
        "claiming",
        "suggest",
        "suggested",
        "suggesting",
        "accept",
        "agree",
        "expect",
        "feel",
        "imagine",
        "suppose",
        "sure",
        "certain",
        "confident",
        "convinced",
        "true",
        "case",
        "fair",
        "right",
        "correct",
        "evidence",
        "proof",
        "sign",
        "promise",
        "promised",
    ];
    CLAIMING.contains(&key)
}

/// *I doubt that*, *it is wrong to say that*.
fn is_doubting(key: &str) -> bool {
    matches!(key, "doubt" | "doubted" | "deny" | "denied" | "dispute" | "disputed" | "untrue" | "false" | "nonsense")
        || denial::base_of(key).is_some_and(|base| matches!(base, "true" | "likely" | "sure" | "certain"))
}
