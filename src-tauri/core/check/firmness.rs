//! How sure the speaker was: a *may*, *allegedly*, *if* or *will* of the passage that the clause has made a fact.

use super::clause::{Clause, UnitKind};
use super::index::Index;
use super::paraphrase::Support;
use super::surroundings::is_phrase;
use super::thesaurus::THESAURUS;
use super::token::Stretch;
use super::{Alarm, AlarmKind, amounts, lexicon};
use crate::span::Span;
use std::ops::Range;

/// How well a verb must be said for its tense to count.
const SAID: f32 = 0.8;

/// The speaker left it open, and the draft does not.
pub fn find(clause: &Clause, support: &Support, index: &Index) -> Option<Alarm> {
    let draft = Stretch::of_draft(&clause.words, &(0..clause.words.len()));
    let note = Stretch::of_note(index, &core_sentence(clause, support, index));
    let is_open = |at: usize| {
        let key = draft.key(at);
        key == "can" || key != "would" && amounts::is_hedge(&draft.tokens, at)
    };
    let at = if draft.inner.clone().any(is_open) {
        None
    } else {
        open_word(clause, &note).or_else(|| condition(support, &draft, &note))
    };
    let at = at.or_else(|| intention(clause, support, index))?;
    let end = clause.words.last()?.span.end;
    Some(Alarm { kind: AlarmKind::Hedge, draft: Span::new(end, end), note: index.span(at) })
}

/// *May*, *allegedly* beside a word the clause took.
fn open_word(clause: &Clause, note: &Stretch) -> Option<usize> {
    const OPEN: [&str; 10] = [
        "may",
        "might",
        "perhaps",
        "maybe",
        "possibly",
        "probably",
        "allegedly",
        "reportedly",
        "likely",
        "potentially",
    ];
    // *More likely to vote* compares, and leaves nothing open.
    let is_compared = |at: &usize| *at > 0 && matches!(note.key(at - 1), "more" | "less" | "most" | "least");
    let is_open = |at: &usize| OPEN.contains(&note.key(*at)) && !note.tokens[*at].is_capital && !is_compared(at);
    let at = note.inner.clone().find(is_open)?;
    let behind = (at + 1..(at + 5).min(note.inner.end)).map(|at| note.key(at));
    let target = behind.into_iter().find(|key| !lexicon::is_common(key))?;
    let own = |unit: &super::clause::Unit| THESAURUS.stem(&clause.words[unit.word].key);
    clause.units.iter().any(|unit| own(unit) == THESAURUS.stem(target)).then_some(at + note.start)
}

/// *If numbers fall, we will shut the school.*
fn condition(support: &Support, draft: &Stretch, note: &Stretch) -> Option<usize> {
    const KEPT: [&str; 14] = [
        "if",
        "unless",
        "whether",
        "should",
        "could",
        "might",
        "may",
        "once",
        "provided",
        "until",
        "without",
        "depending",
        "depend",
        "conditional",
    ];
    if draft.inner.clone().any(|at| KEPT.contains(&draft.key(at))) {
        return None;
    }
    let is_condition = |at: &usize| {
        let before = at.checked_sub(1).map_or("", |at| note.key(at));
        // *Even if* and *as if* are none, nor is *I don't know if*.
        let is_asked = matches!(
            before,
            "even" | "as" | "what" | "know" | "see" | "ask" | "asked" | "wonder" | "sure" | "say" | "tell" | "matter"
        );
        // *If we close it, it costs …* as *the closure costs …*: said in another form.
        let is_said = |at: usize| support.places.iter().any(|places| places.contains(&(at + note.start)));
        let is_kept = (at + 1..(at + 6).min(note.inner.end)).any(is_said);
        matches!(note.key(*at), "if" | "unless") && !is_asked && !is_kept && !is_phrase(note.key(at + 1))
    };
    note.inner.clone().find(is_condition).map(|at| at + note.start)
}

/// *Will withdraw* made *had withdrawn*, *tried to land* made *had landed*.
fn intention(clause: &Clause, support: &Support, index: &Index) -> Option<usize> {
    let draft = Stretch::of_draft(&clause.words, &(0..clause.words.len()));
    let is_done = |verb: usize| {
        let before = |n: usize| verb.checked_sub(n).map_or("", |at| draft.key(at));
        let is_perfect = |key: &str| matches!(key, "had" | "has" | "have");
        let is_adverb = matches!(before(1), "already" | "now" | "just" | "since" | "finally");
        is_perfect(before(1)) || is_adverb && is_perfect(before(2))
    };
    let verbs =
        clause.units.iter().enumerate().filter(|(place, unit)| {
            unit.kind == UnitKind::Plain && support.credits[*place] >= SAID && is_done(unit.word)
        });
    verbs.into_iter().find_map(|(place, _)| {
        let places = &support.places[place];
        let meant: Vec<usize> = places.iter().filter_map(|at| meant_before(index, *at)).collect();
        meant.first().copied().filter(|_| meant.len() == places.len())
    })
}

/// The word before a verb by which it is still to be done or to be shown: *will*, *tried to*, *accused of*.
fn meant_before(index: &Index, verb: usize) -> Option<usize> {
    let key = |n: usize| verb.checked_sub(n).map_or("", |at| index.key(&index.words[at]));
    let is_will = |key: &str| matches!(key, "will" | "shall" | "won't") || key.ends_with("'ll");
    if is_will(key(1)) || is_will(key(2)) && !matches!(key(1), "have" | "") {
        let n = if is_will(key(1)) { 1 } else { 2 };
        return Some(verb - n);
    }
    let is_meant = matches!(
        key(2),
        "going"
            | "plan"
            | "plans"
            | "want"
            | "wants"
            | "hope"
            | "hopes"
            | "intend"
            | "intends"
            | "try"
            | "tried"
            | "tries"
            | "trying"
            | "expect"
            | "expects"
            | "about"
            | "attempted"
    );
    let is_charged = key(1) == "of" && matches!(key(2), "accused" | "suspected" | "accuse" | "suspect" | "accuses");
    (key(1) == "to" && is_meant || is_charged).then(|| verb - 2)
}

/// The sentence of a passage that says most of the clause.
fn core_sentence(clause: &Clause, support: &Support, index: &Index) -> Range<usize> {
    let stems: Vec<String> = clause.units.iter().map(|unit| THESAURUS.stem(&clause.words[unit.word].key)).collect();
    let mut best = (0, support.words.clone());
    let mut start = support.words.start;
    for at in support.words.start..support.words.end {
        let ends = at + 1 == support.words.end || index.words[at + 1].starts_sentence;
        if ends {
            let n_said =
                (start..=at).filter(|at| stems.contains(&THESAURUS.stem(index.key(&index.words[*at])))).count();
            if n_said > best.0 {
                best = (n_said, start..at + 1);
            }
            start = at + 1;
        }
    }
    best.1
}
