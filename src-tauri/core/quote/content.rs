//! Which words a cue attributes: where they begin after it or before it, and where they end.

use super::cue::Cue;
use super::graf::{Graf, Run};
use super::lexicon::{Class, Inflection, Takes};
use super::marks::Passage;
use super::mention::is_time_opening;
use super::title::is_title;
use super::word::Kind;
use crate::span::Span;

/// What follows a cue once its listener and adjuncts are passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// *that*; the words begin at the index.
    That(usize),
    /// *whether*, *if*, *why*: they belong to the words.
    Question(usize),
    /// A colon at the index.
    Colon(usize),
    /// A comma or dash at the index.
    Comma(usize),
    /// A passage in marks at the index.
    Passage(usize),
    /// *to* + verb at the index.
    Infinitive(usize),
    /// A clause or phrase that begins at the index.
    Bare(usize),
    End,
}

const QUESTIONS: [&str; 9] = ["whether", "if", "how", "why", "what", "who", "when", "where", "which"];

/// Looks past *reporters*, *in a statement*, *on Tuesday* to what is attributed.
pub(super) fn opening(graf: &Graf, cue: &Cue, end: usize) -> Opening {
    let mut at = cue.run.end;
    let mut may_listen = cue.takes.has(Takes::LISTENER);
    let mut has_listened = false;
    loop {
        let Some(item) = graf.item(at).filter(|_| at < end) else { return Opening::End };
        if let Some(next) = time_end(graf, at) {
            if is_time_subject(graf, at, next) {
                return Opening::Bare(at);
            }
            at = next;
            continue;
        }
        match item.kind {
            Kind::Stop => return Opening::End,
            Kind::Colon => return Opening::Colon(at),
            Kind::Comma | Kind::Dash | Kind::Semicolon => return Opening::Comma(at),
            // “told ABC’s ‘Good Morning America’ on Monday the tone was …”
            Kind::Passage(index) if at > cue.run.end && is_title(graf, at, &graf.passages[index]) => at += 1,
            // “told ‘Fox and Friends’ on Sunday”
            Kind::Passage(index) if may_listen && at == cue.run.end && is_show(&graf.passages[index]) => {
                may_listen = false;
                at += 1;
            }
            Kind::Passage(_) => return Opening::Passage(at),
            Kind::Open => at = close(graf, at, end),
            Kind::Word if graf.reads(at, "that") => return that(graf, at),
            // “told the mayors who met in Elmsford, ‘…’”: the clause belongs to the listener.
            Kind::Word if has_listened && graf.is(at, Class::RELATIVE) => {
                at = (at..end).find(|at| !graf.items[*at].is_word() || graf.reads(*at, "that")).unwrap_or(end);
            }
            Kind::Word if QUESTIONS.iter().any(|word| graf.reads(at, word)) && !cue.takes.has(Takes::NOUN) => {
                return Opening::Question(at);
            }
            // “can tell up to 12 faces apart”: a measure.
            Kind::Word if graf.reads(at, "to") && at > 0 && graf.reads(at - 1, "up") => return Opening::End,
            // “said at least 20 crews had left”: how many of them.
            Kind::Word if is_measure(graf, at) && graf.has_finite(Run::new(at + 2, end.max(at + 2))) => {
                return Opening::Bare(at);
            }
            // “said not all of them had left”, “said only members could vote”: the words’ own.
            Kind::Word if is_limit(graf, at) => return Opening::Bare(at),
            Kind::Word if graf.reads(at, "to") && cue.takes.has(Takes::INFINITIVE) => return Opening::Infinitive(at),
            Kind::Word if graf.reads(at, "to") && is_infinitive(graf, at + 1) => return Opening::End,
            Kind::Word if graf.reads(at, "about") && cue.takes.has(Takes::QUESTION) => {
                return Opening::Question(at + 1);
            }
            Kind::Word if is_adjunct(graf, at, cue) => {
                let is_about = graf.reads(at, "of") || graf.reads(at, "about");
                at = phrase_end(graf, at, end);
                // “said of the offer he had last week”: the clause belongs to the offer.
                if is_about && graf.is(at, Class::PRONOUN) && at < end {
                    return Opening::End;
                }
            }
            Kind::Word
                if item.is(Class::TIME.and(Class::ADVERB)) && !item.is(Class::DETERMINER.and(Class::PRONOUN)) =>
            {
                at += 1
            }
            Kind::Word if is_pointer(graf, at) => return Opening::Colon(pointed(graf, at)),
            // “wondered aloud whether …”
            Kind::Word if graf.reads(at, "aloud") => at += 1,
            Kind::Word if is_manner(graf, at) => at += 1,
            Kind::Word if may_listen && is_listener(graf, at) => {
                let next = noun_end(graf, at, end);
                // “Experts warn the wall could fail”: the subject of a clause, not who is warned.
                if next < end && graf.is(next, Class::AUXILIARY) && !graf.is(next, Class::PRONOUN) {
                    return Opening::Bare(at);
                }
                may_listen = false;
                has_listened = true;
                at = next;
            }
            _ => return Opening::Bare(at),
        }
    }
}

/// Past *Tuesday*, *last week*, *Sept. 11*, *earlier*.
fn time_end(graf: &Graf, at: usize) -> Option<usize> {
    let is_led = is_time_opening(graf, at) && graf.is(at + 1, Class::TIME);
    let last = if is_led { at + 1 } else { at };
    let is_time = graf.is(last, Class::TIME) && (is_led || !graf.is(last, Class::DETERMINER.and(Class::PRONOUN)));
    let is_dated = graf.item(last + 1).is_some_and(|item| item.is_number);
    is_time.then_some(last + 1 + usize::from(is_dated))
}

/// *said Sept. 11 was a dark day*, *noted the Sept. 11 attacks*, *said Monday’s vote …*: the words begin with a time, and
/// are not told of at it.
fn is_time_subject(graf: &Graf, at: usize, next: usize) -> bool {
    let Some(item) = graf.item(next).filter(|item| item.is_word()) else { return false };
    let opens = Class::PRONOUN
        .and(Class::DETERMINER)
        .and(Class::PREPOSITION)
        .and(Class::SUBORDINATOR)
        .and(Class::CONJUNCTION)
        .and(Class::ADVERB)
        .and(Class::TIME);
    let is_dated_noun = graf.items[next - 1].is_number && !item.is_capital && !item.is(opens);
    let is_subject = item.is(Class::AUXILIARY) && !item.is(Class::PRONOUN);
    graf.items[next - 1].is_possessive || is_dated_noun && graf.is(at, Class::DETERMINER) || is_subject
}

/// *“Good Morning America”*: a listener, not words.
fn is_show(passage: &Passage) -> bool {
    let is_name = passage.is_title_case && passage.is_capital && passage.n_words > 1;
    is_name && !passage.is_first_person && !passage.has_stop
}

/// *fired back forcefully:* / *said flatly, “…”*: how it was said, with the words right behind.
fn is_manner(graf: &Graf, at: usize) -> bool {
    let is_before_point = graf.reads(at + 1, "that")
        || matches!(graf.kind(at + 1), Some(Kind::Colon | Kind::Comma | Kind::Stop | Kind::Passage(_)));
    graf.items[at].is_manner(graf.text) && is_before_point
}

/// *said this:* / *wrote the following:*
fn is_pointer(graf: &Graf, at: usize) -> bool {
    ["this", "thus", "following"].iter().any(|word| graf.reads(pointed(graf, at) - 1, word))
        && graf.kind(pointed(graf, at)) == Some(Kind::Colon)
}

/// The item behind *this*, *the following*.
fn pointed(graf: &Graf, at: usize) -> usize {
    if graf.is(at, Class::DETERMINER) && graf.reads(at + 1, "following") { at + 2 } else { at + 1 }
}

/// *be*, *have*, *say*: what follows *to* is a verb.
fn is_infinitive(graf: &Graf, at: usize) -> bool {
    let Some(item) = graf.item(at) else { return false };
    graf.reads(at, "be")
        || graf.reads(at, "have")
        || item.is(Class::IRREGULAR)
        || item.verbs.iter().any(|verb| verb.inflection == Inflection::Base)
}

fn that(graf: &Graf, at: usize) -> Opening {
    let is_pronoun = graf.is(at + 1, Class::AUXILIARY) && !graf.is(at + 1, Class::PRONOUN);
    if is_pronoun { Opening::Bare(at) } else { Opening::That(at + 1) }
}

fn is_adjunct(graf: &Graf, at: usize, cue: &Cue) -> bool {
    let item = &graf.items[at];
    let is_led = item.is(Class::PREPOSITION) && !item.is(Class::DETERMINER);
    let is_clause = item.is(Class::SUBORDINATOR) && graf.is(at + 1, Class::PRONOUN);
    let is_own = graf.reads(at, "as") && cue.takes.has(Takes::AS);
    is_led && !is_clause && !is_own
}

fn is_listener(graf: &Graf, at: usize) -> bool {
    let item = &graf.items[at];
    let object = ["him", "her", "them", "me", "us", "you", "it"];
    if object.iter().any(|word| graf.reads(at, word)) {
        return !graf.is_finite(at + 1);
    }
    !item.is(Class::PRONOUN)
}

/// *about 2,000 people*, *between 40 and 50 plants*, *at least half of them*: how many, and not where or when.
pub(super) fn is_measure(graf: &Graf, at: usize) -> bool {
    let reads = |words: &[&str], at: usize| words.iter().any(|word| graf.reads(at, word));
    let is_least = reads(&["at"], at) && reads(&["least", "most"], at + 1);
    let is_led = is_least || reads(&["about", "around", "between", "over", "under"], at);
    let count = at + if is_least { 2 } else { 1 };
    let words = [
        "half",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "twelve",
        "twenty",
        "hundreds",
        "thousands",
        "dozens",
    ];
    let is_count = graf.item(count).is_some_and(|item| item.is_number) || reads(&words, count);
    let next = graf.item(count + 1).filter(|item| item.is_word());
    let is_hour = reads(&["a.m", "p.m", "am", "pm", "o'clock", "o’clock", "gmt", "on", "in", "at", "last"], count + 1);
    let is_time = next.is_none_or(|item| item.is(Class::TIME.and(Class::PRONOUN)) || is_hour);
    is_led && is_count && !is_time
}

/// *not*, *never*, *only*, *even* and their like before a subject.
fn is_limit(graf: &Graf, at: usize) -> bool {
    let limits = ["not", "never", "only", "even", "often", "sometimes", "allegedly", "reportedly", "rarely"];
    let Some(next) = graf.item(at + 1).filter(|item| item.is_word()) else { return false };
    let leads = Class::TIME.and(Class::PREPOSITION).and(Class::SUBORDINATOR).and(Class::CONJUNCTION).and(Class::ADVERB);
    let is_led = next.is(leads) && !next.is(Class::DETERMINER.and(Class::PRONOUN)) || graf.reads(at + 1, "that");
    // “urged drivers not to use the bridge”: an infinitive. “Never before” and “not in my name” are the words’ own.
    let is_denial = ["not", "never"].iter().any(|word| graf.reads(at, word));
    let is_led = if is_denial { graf.reads(at + 1, "to") } else { is_led };
    limits.iter().any(|word| graf.reads(at, word)) && !is_led
}

/// Past a parenthesis.
fn close(graf: &Graf, open: usize, end: usize) -> usize {
    (open..end).find(|at| graf.kind(*at) == Some(Kind::Close)).map_or(end, |at| at + 1)
}

/// Past a preposition and its noun phrase.
fn phrase_end(graf: &Graf, at: usize, end: usize) -> usize {
    let next = at + 1;
    match graf.item(next) {
        Some(item) if item.is_word() && next < end && !graf.reads(next, "that") => noun_end(graf, next, end),
        _ => next,
    }
}

/// Past a noun phrase: up to a new one, a verb, a preposition or a stop.
fn noun_end(graf: &Graf, start: usize, end: usize) -> usize {
    let mut at = start;
    if graf.is(at, Class::DETERMINER) {
        at += 1;
    }
    if graf.is(start, Class::PRONOUN) && !graf.is(start, Class::DETERMINER)
        || ["him", "them", "me", "us"].iter().any(|word| graf.reads(start, word))
    {
        return start + 1;
    }
    let first = at;
    while at < end {
        let item = &graf.items[at];
        if !item.is_word() {
            break;
        }
        let wall = Class::PRONOUN
            .and(Class::PREPOSITION)
            .and(Class::SUBORDINATOR)
            .and(Class::AUXILIARY)
            .and(Class::CONJUNCTION)
            .and(Class::RELATIVE);
        let is_new = at > first && item.is(Class::DETERMINER) && !item.is_capital;
        let is_name = at > first
            && item.is_capital
            && !graf.items[at - 1].is_capital
            && !graf.items[at - 1].is_possessive
            && !graf.is(at - 1, Class::TIME);
        let is_pair = graf.reads(at, "and")
            && at > first
            && graf.items[at - 1].is_capital
            && graf.item(at + 1).is_some_and(|next| next.is_capital && !next.is(Class::PRONOUN));
        if is_pair {
            at += 2;
            continue;
        }
        if item.is(wall) || is_new || is_name && !item.is(Class::TIME) {
            break;
        }
        at += 1;
    }
    at.max(start + 1)
}

/// *called Roe a liar*: what it is called stands behind who is called so. Not *called Roe to congratulate him*.
pub(super) fn names_it(graf: &Graf, start: usize, end: usize) -> bool {
    let behind = noun_end(graf, start, end);
    let leads = Class::PREPOSITION.and(Class::CONJUNCTION).and(Class::SUBORDINATOR).and(Class::TIME);
    let is_word = graf.item(behind).is_some_and(|item| item.is_word()) && behind < end;
    is_word && (graf.is(behind, Class::DETERMINER) || !graf.is(behind, leads)) && !graf.reads(behind, "to")
}

/// A clause seems to begin at `at`: a subject, and a verb with a tense soon after it.
pub(super) fn is_clause(graf: &Graf, at: usize, end: usize) -> bool {
    let Some(first) = graf.item(at).filter(|first| first.is_word()) else { return false };
    if first.is(Class::PREPOSITION) && !first.is(Class::DETERMINER) {
        return false;
    }
    if first.is(Class::PRONOUN) && first.is(Class::AUXILIARY) {
        return true;
    }
    let reach = end.min(at + 18);
    let is_inner =
        |at: &usize| graf.items[*at].is_word() || graf.passage(*at).is_some_and(|passage| passage.n_words <= 4);
    let stop = (at + 1..reach).find(|at| !is_inner(at)).unwrap_or(reach);
    // “the pipeline, which is popular, would …”: a relative clause between a subject and its verb.
    let has_aside = stop < reach && graf.kind(stop) == Some(Kind::Comma) && graf.is(stop + 1, Class::RELATIVE);
    let aside_end = || (stop + 1..end).find(|at| graf.kind(*at) == Some(Kind::Comma));
    // “her presence ‘is going to help us’”: the verb may stand in the marks.
    let is_rest = |passage: &Passage| !passage.is_capital && passage.n_words > 3;
    let has_rest =
        stop < reach && (stop > at + 1 || first.is(Class::PRONOUN)) && graf.passage(stop).is_some_and(is_rest);
    has_rest
        || (at + 1..stop).any(|at| graf.is_finite(at))
        || has_aside
            && aside_end().is_some_and(|comma| {
                comma + 1 < end && (graf.is_finite(comma + 1) || graf.passage(comma + 1).is_some_and(is_rest))
            })
}

/// A verb with a tense stands among the words before an attribution that follows them.
pub(super) fn is_front_clause(graf: &Graf, run: Run) -> bool {
    let is_reporting = |at: usize| {
        graf.items[at].verbs.iter().any(|verb| matches!(verb.inflection, Inflection::Third | Inflection::Past))
    };
    // “Officials expect the road to open”
    let is_plural = |at: usize| {
        let noun = &graf.items[at - 1];
        let is_many = noun.is_word() && !noun.is_possessive && noun.of(graf.text).ends_with('s');
        is_many && graf.items[at].verbs.iter().any(|verb| verb.inflection == Inflection::Base)
    };
    (run.start..run.end).any(|at| graf.is_finite(at) || at > run.start && (is_reporting(at) || is_plural(at)))
}

/// The words of a run, without the commas, dashes, stops and marks at its ends.
pub(super) fn words(graf: &Graf, run: Run, keeps_stop: bool) -> Option<Span> {
    let mut run = run;
    let is_edge = |kind: Kind| {
        matches!(kind, Kind::Comma | Kind::Colon | Kind::Semicolon | Kind::Dash | Kind::Mark(_) | Kind::Other)
    };
    while run.start < run.end && (is_edge(graf.items[run.start].kind) || graf.items[run.start].kind == Kind::Stop) {
        run.start += 1;
    }
    while run.end > run.start
        && (is_edge(graf.items[run.end - 1].kind) || !keeps_stop && graf.items[run.end - 1].kind == Kind::Stop)
    {
        run.end -= 1;
    }
    if run.is_empty() {
        return None;
    }
    let whole = graf.span_of(run);
    let start = graf.passage(run.start).map_or(whole.start, |passage| passage.inner.start);
    let end = graf.passage(run.end - 1).map_or(whole.end, |passage| passage.content(graf.text).end);
    let span = Span::new(start, end).trim(graf.text);
    (!span.is_empty()).then_some(span)
}

/// The passages in marks of a run, as the words between their marks.
pub(super) fn marked(graf: &Graf, run: Run) -> Vec<Span> {
    (run.start..run.end).filter_map(|at| graf.passage(at)).map(|passage| passage.content(graf.text)).collect()
}
