//! The words an attribution uses for its speaker: the noun phrase before the cue, or after it.

use super::apposition;
use super::graf::{Graf, Run};
use super::lexicon::{Class, Inflection};
use super::word::Kind;

/// No mention is longer.
pub(super) const MAX_ITEMS: usize = 16;
/// So many items back may the subject stand, past appositions and relative clauses.
const MAX_REACH: usize = 64;

/// Who speaks, and where their clause begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Subject {
    /// The words the clause itself uses: *Roe*, *she*; *who* in a relative clause.
    pub(super) mention: Run,
    /// The noun phrase a relative pronoun stands for.
    pub(super) noun: Option<Run>,
    /// The first item of the clause: a conjunction before the mention belongs to it.
    pub(super) from: usize,
    /// By *who* or *which*: the sentence goes on after it.
    pub(super) is_relative: bool,
}

/// The subject that ends right before `cue`, looked for no further back than `floor`.
pub(super) fn before(graf: &Graf, floor: usize, cue: usize) -> Option<Subject> {
    let floor = floor.max(cue.saturating_sub(MAX_REACH));
    let dated = before_time(graf, floor, cue);
    let is_dated = dated < cue;
    let mut cue = dated;
    while cue > floor && graf.is(cue - 1, Class::AUXILIARY) && !graf.is(cue - 1, Class::PRONOUN) {
        cue -= 1;
    }
    if cue <= floor {
        return None;
    }
    let last = cue - 1;
    let item = graf.item(last)?;
    match item.kind {
        Kind::Word if item.is(Class::RELATIVE) || graf.reads(last, "that") => relative(graf, floor, last),
        Kind::Word if item.is(Class::PRONOUN) => Some(subject(graf, floor, Run::new(last, cue))),
        // “A memo sent late Monday said …”
        Kind::Word if is_dated && apposition::is_done(graf, last) && last > floor => {
            let mention = phrase_before(graf, floor, last)?;
            graf.is(mention.start, Class::DETERMINER).then(|| subject(graf, floor, mention))
        }
        Kind::Word => {
            let mention = before_aside(graf, floor, cue).or_else(|| phrase_before(graf, floor, cue))?;
            Some(subject(graf, floor, before_participle(graf, floor, mention).unwrap_or(mention)))
        }
        Kind::Comma | Kind::Dash => apposition::subject(graf, floor, last),
        // “…, host of ‘The Hour,’ said”: the comma stands inside the title's marks.
        Kind::Passage(_)
            if last > floor && graf.passage(last).is_some_and(|passage| passage.has_comma && passage.n_words <= 6) =>
        {
            apposition::subject(graf, floor, last)
        }
        Kind::Close => {
            let open = (floor..last).rev().find(|at| graf.kind(*at) == Some(Kind::Open))?;
            if open > floor && graf.kind(open - 1) == Some(Kind::Comma) {
                return apposition::subject(graf, floor, open - 1);
            }
            phrase_before(graf, floor, open).map(|mention| subject(graf, floor, mention))
        }
        _ => None,
    }
}

/// Back over *on Tuesday*, *later Tuesday*, *in the past*, *at last* between a subject and its verb.
fn before_time(graf: &Graf, floor: usize, cue: usize) -> usize {
    let reach = floor.max(cue.saturating_sub(4));
    let ends = ["past", "last", "once", "turn", "part", "fact", "effect", "interview", "statement", "speech"];
    let Some(last) = cue.checked_sub(1).filter(|last| *last > reach) else { return cue };
    let is_time = graf.is(last, Class::TIME) && !graf.is(last, Class::TITLE);
    if !is_time && !ends.iter().any(|word| graf.reads(last, word)) {
        return cue;
    }
    // “less than two weeks ago”
    if graf.reads(last, "ago") {
        let measures =
            ["a", "an", "few", "several", "couple", "of", "about", "nearly", "almost", "less", "more", "than", "just"];
        let is_measure = |at: &usize| {
            let item = &graf.items[*at];
            let is_counted = item.is(Class::TIME.and(Class::DETERMINER)) && !item.is_capital;
            item.is_word() && (item.is_number || is_counted || measures.iter().any(|word| graf.reads(*at, word)))
        };
        let n_words = (floor..last).rev().take(6).take_while(is_measure).count();
        return last - n_words;
    }
    let leads = ["on", "in", "at", "during", "late", "early", "later", "earlier"];
    let lead = (reach..last)
        .rev()
        .take_while(|at| graf.items[*at].is_word())
        .find(|at| leads.iter().any(|word| graf.reads(*at, word)));
    let is_pointed = ["last", "this", "next", "earlier"].iter().any(|word| graf.reads(last.saturating_sub(1), word));
    let bare = if is_time && is_pointed { last - 1 } else { cue };
    lead.filter(|lead| *lead > floor).unwrap_or(bare)
}

/// *a man who asked to stay unnamed said*: the noun phrase before *who*.
fn before_aside(graf: &Graf, floor: usize, cue: usize) -> Option<Run> {
    let reach = floor.max(cue.saturating_sub(20));
    let is_word = |at: &usize| graf.items[*at].is_word();
    let who = (reach..cue - 1).rev().take_while(is_word).find(|at| graf.reads(*at, "who"))?;
    let comma = who.checked_sub(1).filter(|comma| graf.kind(*comma) == Some(Kind::Comma));
    let noun = phrase_before(graf, floor, comma.unwrap_or(who)).filter(|_| graf.has_finite(Run::new(who + 1, cue)))?;
    // “Roe, who leads it said”: the second comma was forgotten.
    let is_first = noun.start == floor || !graf.items[noun.start - 1].is_word();
    (comma.is_none() || is_first).then_some(noun)
}

/// *A letter obtained by the Post warns*, *A source speaking to Fox News said*: what the participle hangs on.
fn before_participle(graf: &Graf, floor: usize, mention: Run) -> Option<Run> {
    let participle = mention.start.checked_sub(2).filter(|at| *at > floor)?;
    let item = &graf.items[participle];
    let is_going = item.is_word() && item.of(graf.text).ends_with("ing") && item.span.len() > 4;
    let is_done = item.is(Class::IRREGULAR) || apposition::is_done(graf, participle);
    let by = |words: &[&str]| words.iter().any(|word| graf.reads(participle + 1, word));
    let is_led =
        (is_done || is_going) && by(&["to", "on", "in", "at", "for", "with"]) || is_done && by(&["by", "from"]);
    let noun = phrase_before(graf, floor, participle).filter(|_| is_led && !item.is_capital)?;
    let is_whole = |at: usize| graf.is(at, Class::DETERMINER) || graf.items[at].is_capital || graf.items[at].is_number;
    (is_whole(noun.start) && !graf.is(participle - 1, Class::PRONOUN.and(Class::ADVERB))).then_some(noun)
}

fn subject(graf: &Graf, floor: usize, mention: Run) -> Subject {
    let mut from = mention.start;
    while from > floor && (graf.is(from - 1, Class::CONJUNCTION.and(Class::ADVERB)) || is_linking(graf, from - 1)) {
        from -= 1;
    }
    Subject { mention, noun: None, from, is_relative: false }
}

fn is_linking(graf: &Graf, at: usize) -> bool {
    ["as", "while", "though", "although", "whereas", "so", "because", "when", "after", "since"]
        .iter()
        .any(|word| graf.reads(at, word))
}

fn relative(graf: &Graf, floor: usize, pronoun: usize) -> Option<Subject> {
    if pronoun <= floor {
        return None;
    }
    let has_comma = matches!(graf.kind(pronoun - 1), Some(Kind::Comma | Kind::Dash));
    if graf.reads(pronoun, "that") && (has_comma || graf.is(pronoun - 1, Class::AUXILIARY)) {
        return None;
    }
    let end = if has_comma { pronoun - 1 } else { pronoun };
    let noun = match graf.kind(end.checked_sub(1)?)? {
        Kind::Comma => apposition::subject(graf, floor, end - 1)?.mention,
        _ => phrase_before(graf, floor, end)?,
    };
    Some(Subject { mention: Run::new(pronoun, pronoun + 1), noun: Some(noun), from: pronoun, is_relative: true })
}

/// The noun phrase that ends right before `end`.
pub(super) fn phrase_before(graf: &Graf, floor: usize, end: usize) -> Option<Run> {
    let mut start = end;
    while start > floor && end - start < MAX_ITEMS && is_inside(graf, start - 1, end) {
        start -= 1;
    }
    let start = skip_opening(graf, start, end);
    let start = skip_coined(graf, start, end);
    let is_noun = |at: usize| graf.item(at).is_some_and(|item| item.is_word());
    (start < end && is_noun(end - 1) && !graf.is(end - 1, Class::PREPOSITION.and(Class::AUXILIARY)))
        .then(|| Run::new(start, end))
}

/// *a phrase Roe called …*: the noun is what Roe names, and no part of who speaks.
fn skip_coined(graf: &Graf, start: usize, end: usize) -> usize {
    const COINED: &str = "phrase term word words description label characterization characterisation comparison claim \
        charge move decision step proposal idea plan figure policy measure bill deal practice";
    if !graf.is(start, Class::DETERMINER) {
        return start;
    }
    let is_coined = |at: usize| COINED.split(' ').any(|word| graf.reads(at, word));
    let is_name = |at: usize| graf.items[at].is_word() && graf.items[at].is_capital;
    let noun = (start + 1..end.saturating_sub(1)).find(|at| is_name(at + 1) && is_coined(*at));
    noun.map_or(start, |noun| noun + 1)
}

/// The word at `at` may stand inside a noun phrase that ends before `end`.
fn is_inside(graf: &Graf, at: usize, end: usize) -> bool {
    let Some(item) = graf.item(at) else { return false };
    match item.kind {
        Kind::Word => {}
        Kind::Passage(_) => {
            return graf.passage(at).is_some_and(|passage| {
                passage.n_words <= 2
                    && !passage.has_stop
                    && !passage.has_comma
                    && at > 0
                    && graf.items[at - 1].is_word()
            });
        }
        // “Brandt & Co.”
        Kind::Other => return item.of(graf.text) == "&" && at + 1 < end && graf.items[at + 1].is_capital,
        _ => return false,
    }
    if item.is(Class::CONJUNCTION) {
        let is_name = |at: usize| graf.item(at).is_some_and(|item| item.is_capital || item.is(Class::ROLE));
        let is_second_role = graf.is(at + 1, Class::TITLE)
            && at > 0
            && graf.item(at - 1).is_some_and(|item| item.is_word() && item.verbs.is_empty());
        return graf.reads(at, "and")
            && at > 0
            && (is_name(at - 1) && is_name(at + 1) || is_second_role || is_joined_by_theirs(graf, at, end))
            && at + 1 < end;
    }
    if item.is(Class::PRONOUN.and(Class::RELATIVE)) && !item.is(Class::DETERMINER) {
        return false;
    }
    if item.is(Class::SUBORDINATOR)
        && !item.is(Class::PREPOSITION)
        && !(item.is(Class::DETERMINER) && at + 1 < end && graf.is(at + 1, Class::ROLE))
    {
        return false;
    }
    let splits = ["after", "before", "until", "than", "as", "because"].iter().any(|word| graf.reads(at, word));
    if splits && at > 0 && graf.items[at - 1].is_word() && at + 1 < end && !graf.items[at - 1].is_capital {
        return false;
    }
    let is_verb = item.of(graf.text).ends_with("ed") && item.span.len() > 4 && at > 0 && graf.items[at - 1].is_capital;
    if is_verb && !item.is_capital && at + 1 < end {
        return false;
    }
    let is_reporting = item.verbs.iter().any(|verb| matches!(verb.inflection, Inflection::Past | Inflection::Ing));
    let is_modifier = at > 0 && (graf.is(at - 1, Class::DETERMINER) || graf.items[at - 1].is_possessive);
    !(item.is(Class::AUXILIARY)
        || (is_reporting || item.is(Class::IRREGULAR)) && !is_modifier && !item.is_capital && !item.is(Class::ROLE))
}

/// *Roe and her colleagues*: the *and* at `at` joins somebody to those of theirs, where the name begins its clause.
fn is_joined_by_theirs(graf: &Graf, at: usize, end: usize) -> bool {
    let is_theirs = ["her", "his", "their"].iter().any(|word| graf.reads(at + 1, word));
    let is_many = end == at + 3 && graf.items[end - 1].of(graf.text).ends_with('s') || graf.is(end - 1, Class::ROLE);
    let is_name = |at: &usize| graf.items[*at].is_word() && graf.items[*at].is_capital;
    let Some(name) = (0..at).rev().take_while(is_name).last() else { return false };
    let leads = Class::SUBORDINATOR.and(Class::CONJUNCTION).and(Class::PREPOSITION).and(Class::TIME);
    let is_first = name.checked_sub(1).is_none_or(|before| !graf.items[before].is_word() || graf.is(before, leads));
    is_theirs && is_many && is_first && end <= at + 4
}

/// Leaves out what leads to the phrase: *On Monday*, *In a statement*, *Last week*, *But*, *Later*.
pub(super) fn skip_opening(graf: &Graf, start: usize, end: usize) -> usize {
    let mut start = start;
    loop {
        let leading = Class::CONJUNCTION.and(Class::ADVERB).and(Class::TIME);
        // “What Roe calls ‘the long goodbye’ began in March.”
        let is_led = graf.is(start, leading) && !graf.is(start, Class::TITLE) || graf.reads(start, "what");
        if start + 1 < end && is_led {
            start += 1;
        } else if start + 2 < end && graf.is(start + 1, Class::TIME) && is_time_opening(graf, start) {
            start += 2;
        } else if start < end
            && graf.is(start, Class::PREPOSITION.and(Class::SUBORDINATOR))
            && !graf.is(start, Class::DETERMINER)
        {
            match next_phrase(graf, start + 1, end) {
                Some(next) => start = next,
                None => return start + 1,
            }
        } else {
            return start;
        }
    }
}

/// *This* (week), *last* (Tuesday), *late* (Monday).
pub(super) fn is_time_opening(graf: &Graf, at: usize) -> bool {
    graf.is(at, Class::DETERMINER) || ["last", "next", "late", "early"].iter().any(|word| graf.reads(at, word))
}

/// Where the next noun phrase begins after the one at `start`.
pub(super) fn next_phrase(graf: &Graf, start: usize, end: usize) -> Option<usize> {
    let starts = |at: usize| {
        graf.is(at, Class::DETERMINER.and(Class::HONORIFIC).and(Class::PREPOSITION)) && !graf.reads(at, "of")
            || graf.item(at).is_some_and(|item| item.is_capital)
                && graf.item(at - 1).is_some_and(|item| !item.is_capital || item.is(Class::TIME))
            || graf.is(at - 1, Class::TIME)
    };
    let mut at = start + 1;
    if graf.is(start, Class::DETERMINER) {
        at += 1;
    }
    while at < end {
        if starts(at)
            && !graf.is(at - 1, Class::DETERMINER.and(Class::PREPOSITION))
            && !graf.item(at).is_some_and(|item| item.is(Class::TIME) && !item.is(Class::TITLE))
        {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// *a study in River Science*, *the poll*
pub(super) fn is_paper(graf: &Graf, mention: Run) -> bool {
    (mention.start..mention.end).any(|at| graf.is(at, Class::STUDY))
}

/// *No one has said who will pay*: nobody spoke.
pub(super) fn is_nobody(graf: &Graf, mention: Run) -> bool {
    let is_none = ["nobody", "no-one", "none"].iter().any(|word| graf.reads(mention.start, word));
    is_none || graf.reads(mention.start, "no") && graf.reads(mention.start + 1, "one")
}

/// A name, a person's pronoun or a role: somebody who can be the source of words.
pub(super) fn can_speak(graf: &Graf, mention: Run) -> bool {
    let things = [
        "it",
        "it's",
        "it’s",
        "there's",
        "there’s",
        "this",
        "that",
        "these",
        "there",
        "those",
        "what",
        "which",
        "why",
        "how",
        "where",
        "when",
    ];
    let Some(first) = graf.item(mention.start) else { return false };
    let is_thing = things.iter().any(|word| graf.reads(mention.start, word)) && mention.end == mention.start + 1;
    let last = mention.end - 1;
    let is_capital = |at: usize| graf.items[at].is_capital && graf.items[at].is_word();
    !is_thing
        && (first.is(Class::PRONOUN)
            || (mention.start..mention.end).any(|at| graf.is(at, Class::ROLE))
            || is_capital(last) && !graf.is(last, Class::TIME.and(Class::DETERMINER).and(Class::ADVERB)))
}

/// The subject right after an inverted cue (*said Jane Roe, the mayor*).
pub(super) fn after(graf: &Graf, start: usize, end: usize) -> Option<Run> {
    let first = graf.item(start).filter(|_| start < end)?;
    let opens = Class::DETERMINER.and(Class::PRONOUN).and(Class::ROLE);
    let is_someone = ["someone", "somebody", "everyone", "others"].iter().any(|word| graf.reads(start, word));
    let leads_to_name =
        (start + 1..end.min(start + 4)).any(|at| graf.items[at].is_capital) && !first.is(Class::PREPOSITION);
    if !first.is_word()
        || !(first.is_capital || first.is(opens) || leads_to_name || is_someone)
        || first.is(Class::TIME) && !first.is(Class::TITLE)
    {
        return None;
    }
    if first.is(Class::SUBORDINATOR) && (!first.is(Class::DETERMINER) || graf.reads(start, "that")) {
        return None;
    }
    if first.is(Class::PRONOUN) {
        return Some(Run::new(start, start + 1));
    }
    let mut at = start;
    while at < end && at - start < MAX_ITEMS {
        let item = &graf.items[at];
        let is_stop = !item.is_word() && !matches!(item.kind, Kind::Passage(_)) || item.is(Class::RELATIVE);
        // “said Roe from her home”: where it was said, where “Roe of Elmsford” is who.
        let is_where = ["from", "with", "at", "to"].iter().any(|word| graf.reads(at, word));
        let joins = ["of", "for"].iter().any(|word| graf.reads(at, word))
            || is_where
                && !(graf.is(at + 1, Class::DETERMINER.and(Class::PRONOUN)) && at > 0 && graf.items[at - 1].is_capital);
        let leaves = item.is(Class::PREPOSITION.and(Class::SUBORDINATOR)) && !joins && !item.is(Class::DETERMINER);
        if is_stop
            || leaves
            || matches!(item.kind, Kind::Passage(_))
            || (at > start && item.is(Class::TIME) && !item.is(Class::TITLE))
        {
            break;
        }
        if item.is(Class::AUXILIARY) {
            return None;
        }
        at += 1;
    }
    // “thanked Roe for ‘…’”: the preposition leads on.
    while at > start && graf.is(at - 1, Class::PREPOSITION) {
        at -= 1;
    }
    (at > start).then(|| Run::new(start, at))
}
