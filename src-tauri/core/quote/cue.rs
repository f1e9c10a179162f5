//! The words that attribute: *said*, *has repeatedly told reporters*, *adding*, *according to*.

use super::Stance;
use super::graf::{Graf, Run};
use super::lexicon::{Class, Inflection, Takes, Verb};
use super::marks::Passage;
use super::word::{Item, Kind};
use super::{mention, noun};

/// How a cue stands in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// *said*, *has said*, *is telling*
    Finite,
    /// *adding*, *saying*: the speaker is the subject of the clause before.
    Participle,
    /// *to say*: the speaker is the subject of the verb before.
    Infinitive,
    /// *according to*
    According,
    /// *was asked*, *was told*
    Passive,
    /// *claim* in *his claim that*
    Noun,
}

/// One cue: the verb with its auxiliaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cue {
    /// The auxiliaries, adverbs and the verb.
    pub(super) run: Run,
    /// The verb alone.
    pub(super) head: usize,
    pub(super) takes: Takes,
    pub(super) sort: Sort,
    pub(super) stance: Stance,
    /// *states*, *state*: a form that may be a noun as well.
    pub(super) is_present: bool,
}

/// More in one sentence are read no further: no sentence has them.
const MAX_CUES: usize = 20;

/// Every cue of a sentence, in order, outside marks.
pub(super) fn find(graf: &Graf, sentence: Run) -> Vec<Cue> {
    let mut cues: Vec<Cue> = Vec::new();
    for at in sentence.start..sentence.end {
        let is_taken = || cues.last().is_some_and(|last| last.sort == Sort::According && last.run.end > at);
        if !graf.items[at].is_word() || is_taken() {
            continue;
        }
        if cues.len() == MAX_CUES {
            break;
        }
        let is_quoting = is_quoting(graf, sentence, at);
        if is_quoting || graf.reads(at, "according") && graf.reads(at + 1, "to") {
            if is_measured(graf, at + 2) {
                continue;
            }
            cues.push(Cue {
                run: Run::new(at, at + 2),
                head: at,
                takes: Takes::CLAUSE,
                sort: Sort::According,
                stance: Stance::Said,
                is_present: false,
            });
        } else if let Some(cue) = noun::cue(graf, sentence, at).or_else(|| put_to(graf, sentence, at)) {
            cues.push(cue);
        } else if let Some(mut cue) = verb(graf, sentence, at).or_else(|| slot(graf, sentence, at)) {
            if !cue.takes.has(Takes::MARKS) && slot(graf, sentence, at).is_some() {
                cue.takes = cue.takes.or(Takes::MARKS);
            }
            cues.push(cue);
        }
    }
    cues
}

/// *according to plan*, *according to their own tastes*: how something goes, and nobody who says so.
fn is_measured(graf: &Graf, at: usize) -> bool {
    const MEASURES: [&str; 10] =
        ["plan", "schedule", "custom", "need", "size", "age", "type", "taste", "ability", "tradition"];
    const OWN: [&str; 8] = ["needs", "size", "age", "taste", "tastes", "ability", "preference", "preferences"];
    let reads = |at: usize, words: &[&str]| words.iter().any(|word| graf.reads(at, word));
    reads(at, &MEASURES) || reads(at, &["his", "her", "their", "its"]) && (at + 1..at + 3).any(|at| reads(at, &OWN))
}

/// *To quote Roe, …*, *…, to paraphrase Roe, …*: as good as *according to*.
fn is_quoting(graf: &Graf, sentence: Run, at: usize) -> bool {
    let is_quote = ["quote", "paraphrase"].iter().any(|word| graf.reads(at + 1, word)) && graf.reads(at, "to");
    let is_point = |before| matches!(graf.kind(before), Some(Kind::Comma | Kind::Dash));
    is_quote && (at == sentence.start || is_point(at - 1))
}

/// *It was put to her that …*: what somebody was asked to answer.
fn put_to(graf: &Graf, sentence: Run, at: usize) -> Option<Cue> {
    let is_put = graf.reads(at, "put") && graf.reads(at + 1, "to") && at > sentence.start;
    let group = is_put.then(|| group(graf, sentence, at, false)).filter(|group| group.has_be)?;
    let is_it = group.start > sentence.start && graf.reads(group.start - 1, "it");
    is_it.then_some(Cue {
        run: Run::new(group.start, at + 1),
        head: at,
        takes: Takes::THAT,
        sort: Sort::Passive,
        stance: Stance::Asked,
        is_present: false,
    })
}

/// Any verb in the slot of a cue right after words in marks: “…,” *beamed* Jane Roe / “…!” she *enthuses*.
fn slot(graf: &Graf, sentence: Run, at: usize) -> Option<Cue> {
    let item = &graf.items[at];
    let passage = (at.saturating_sub(6)..at).rev().find(|before| !graf.items[*before].is_word())?;
    if passage + 1 < sentence.start || graf.passage(passage).is_none() || !may_be_cue(graf.text, item) {
        return None;
    }
    let is_spoken = |at: usize| {
        // “… the screen.” Roe moved on: a sentence of its own.
        let is_asked = |passage: &Passage| passage.has_stop && passage.n_words > 2 && !passage.is_full(graf.text);
        graf.passage(at).is_some_and(|passage| passage.has_comma || is_asked(passage))
    };
    let is_pronoun = passage + 2 == at && graf.is(passage + 1, Class::PRONOUN);
    let is_first = (sentence.start..passage).all(|at| !graf.items[at].is_word())
        || passage > sentence.start && graf.kind(passage - 1) == Some(Kind::Colon);
    if !is_spoken(passage) || !(is_first || is_pronoun) {
        return None;
    }
    // *The so-called “gig” economy*: a capital that only opens the sentence is no name.
    let is_name = |item: &Item| item.is_capital && !item.is(Class::DETERMINER) || item.is(Class::PRONOUN);
    let is_named = |at: usize| graf.item(at).is_some_and(is_name);
    let is_inverted = passage + 1 == at && is_named(at + 1);
    let is_role = |at: usize| graf.is(at, Class::ROLE) && graf.is(passage + 1, Class::DETERMINER);
    let is_described = passage + 2 < at && graf.is(passage + 1, Class::DETERMINER) && graf.items[at - 1].is_capital;
    let is_after = passage + 1 < at && (is_named(at - 1) && is_named(passage + 1) || is_role(at - 1) || is_described);
    let takes = Takes::MARKS;
    (is_inverted || is_after).then_some(Cue {
        run: Run::new(at, at + 1),
        head: at,
        takes,
        sort: Sort::Finite,
        stance: Stance::Said,
        is_present: false,
    })
}

/// Ends like a verb with a tense and is of no other class.
fn may_be_cue(text: &str, item: &Item) -> bool {
    let closed = Class::AUXILIARY
        .and(Class::PRONOUN)
        .and(Class::DETERMINER)
        .and(Class::PREPOSITION)
        .and(Class::TIME)
        .and(Class::ROLE)
        .and(Class::ADVERB);
    let word = item.of(text);
    let is_verb =
        word.ends_with("ed") && word.len() > 4 || word.ends_with('s') && word.len() > 3 || item.is(Class::IRREGULAR);
    let is_noun = ["series", "news", "always"].iter().any(|noun| item.reads(text, noun));
    is_verb && !is_noun && !item.is_capital && !item.is(closed) && !item.is_possessive
}

/// What stands before a verb that belongs to it.
#[derive(Default)]
struct Group {
    start: usize,
    has_be: bool,
    has_have: bool,
    has_modal: bool,
    has_do: bool,
    has_to: bool,
    is_negated: bool,
    is_distant: bool,
}

fn verb(graf: &Graf, sentence: Run, at: usize) -> Option<Cue> {
    let item = graf.items[at];
    let particle = if graf.is(at + 1, Class::ADVERB) { at + 2 } else { at + 1 };
    let fits = |verb: &&Verb| !verb.particle.is_empty() && graf.reads(particle, verb.particle);
    let has_particle = item.verbs.iter().any(|verb| fits(&verb));
    let mut verbs: Vec<_> =
        item.verbs.iter().filter(|verb| if has_particle { fits(verb) } else { verb.particle.is_empty() }).collect();
    verbs.sort_by_key(|verb| verb.inflection != Inflection::Past);
    let verb = verbs.first()?;
    let group = group(graf, sentence, at, verb.inflection == Inflection::Base || verb.inflection == Inflection::Past);
    let sort = verbs.iter().find_map(|verb| sort(graf, sentence, at, verb.inflection, &group))?;
    let end = if verb.particle.is_empty() { at + 1 } else { particle + 1 };
    let stance = stance(graf, at, verb.takes, &group);
    let is_bare = matches!(verb.inflection, Inflection::Base | Inflection::Third);
    let is_governed = group.has_modal || group.has_do || group.has_to;
    let is_present = is_bare && !is_governed && (at == 0 || !graf.is(at - 1, Class::PRONOUN));
    Some(Cue { run: Run::new(group.start, end), head: at, takes: verb.takes, sort, stance, is_present })
}

fn stance(graf: &Graf, at: usize, takes: Takes, group: &Group) -> Stance {
    if group.is_negated {
        Stance::Negated
    } else if group.has_modal && !group.has_have && !is_all_they_say(graf, at, group) || group.is_distant {
        Stance::Hypothetical
    } else if takes.has(Takes::QUESTION) && graf.items[at].of(graf.text).to_ascii_lowercase().starts_with("ask") {
        Stance::Asked
    } else {
        Stance::Said
    }
}

/// *would say only that …*, *would only say*: that much was said.
fn is_all_they_say(graf: &Graf, at: usize, group: &Group) -> bool {
    let is_would = (group.start..at).any(|at| graf.reads(at, "would"));
    is_would && (graf.reads(at + 1, "only") || (group.start..at).any(|at| graf.reads(at, "only")))
}

fn group(graf: &Graf, sentence: Run, at: usize, may_have_to: bool) -> Group {
    let mut group = Group { start: at, ..Group::default() };
    // “can be heard asking”, “was seen shouting”
    let is_witnessed = at > sentence.start + 1
        && ["heard", "seen", "shown", "caught"].iter().any(|word| graf.reads(at - 1, word))
        && graf.is(at - 2, Class::AUXILIARY)
        && graf.items[at].verbs.iter().any(|verb| verb.inflection == Inflection::Ing);
    if is_witnessed {
        group.start = at - 1;
    }
    while group.start > sentence.start {
        let before = group.start - 1;
        let item = &graf.items[before];
        let word = item.of(graf.text);
        if !item.is_word() || item.is(Class::PRONOUN) {
            if item.is(Class::AUXILIARY) {
                let word = word.to_ascii_lowercase().replace('’', "'");
                let is_going = graf.items[at].verbs.iter().any(|verb| verb.inflection == Inflection::Ing);
                note_auxiliary(&mut group, &word);
                // *he’s saying* is *is*, *he’s said* is *has*.
                group.has_be |= word.ends_with("'s") && is_going;
                group.has_have |= word.ends_with("'s") && !is_going;
            }
            break;
        }
        if item.is(Class::AUXILIARY.and(Class::NEGATION)) {
            group.is_negated |= item.is(Class::NEGATION);
            group.has_modal |= item.is(Class::MODAL);
            if item.is(Class::AUXILIARY) {
                note_auxiliary(&mut group, &word.to_ascii_lowercase().replace('’', "'"));
            }
        } else if may_have_to && graf.reads(before, "to") && before > sentence.start {
            group.has_to = true;
            let governor = governor(graf, sentence, before);
            group.is_negated |=
                ["declined", "refused", "failed", "declines", "refuses"].iter().any(|word| graf.reads(governor, word));
            group.is_distant |= ["wants", "wanted", "hopes", "expected", "plans", "likely"]
                .iter()
                .any(|word| graf.reads(governor, word));
            let is_aux = |at: usize| at >= sentence.start && graf.is(at, Class::AUXILIARY.and(Class::ADVERB));
            group.start = governor;
            while group.has_have && group.start > sentence.start && is_aux(group.start - 1) {
                group.start -= 1;
            }
            break;
        } else if !(item.is(Class::ADVERB) && !item.is_capital
            || item.is_manner(graf.text)
            || is_floating(graf, sentence, before))
        {
            break;
        }
        group.start = before;
    }
    group.has_modal &= !is_witnessed;
    group
}

/// *they all say*, *have both called it*: how many of the subject, and not the subject.
fn is_floating(graf: &Graf, sentence: Run, at: usize) -> bool {
    let is_many = ["all", "both", "each"].iter().any(|word| graf.reads(at, word));
    is_many && at > sentence.start && graf.is(at - 1, Class::AUXILIARY.and(Class::PRONOUN))
}

fn note_auxiliary(group: &mut Group, word: &str) {
    let be = ["is", "are", "was", "were", "be", "been", "being", "isn't", "wasn't", "aren't", "weren't"];
    let have = ["has", "have", "had", "hasn't", "haven't", "hadn't"];
    let does = ["do", "does", "did", "don't", "doesn't", "didn't"];
    group.has_be |= be.contains(&word) || word.ends_with("'re") || word.ends_with("'m");
    group.has_have |= have.contains(&word) || word.ends_with("'ve");
    group.has_do |= does.contains(&word);
}

/// The verb that governs *to say*: *went on*, *declined*, *continued*.
fn governor(graf: &Graf, sentence: Run, to: usize) -> usize {
    let mut at = to - 1;
    if graf.reads(at, "on") && at > sentence.start {
        at -= 1;
    }
    // “led her to declare”: who is led is no part of the cue.
    let is_object = ["him", "her", "them", "me", "us"].iter().any(|word| graf.reads(at, word));
    if is_object || !graf.items[at].is_word() || graf.items[at].is_capital && at > sentence.start { to } else { at }
}

fn sort(graf: &Graf, sentence: Run, at: usize, inflection: Inflection, group: &Group) -> Option<Sort> {
    let before = group.start.checked_sub(1).filter(|before| *before >= sentence.start);
    let item = &graf.items[at];
    let is_noun_slot = before.is_some_and(|before| {
        let item = &graf.items[before];
        item.is_possessive
            || item.is(Class::PREPOSITION) && !item.is(Class::SUBORDINATOR)
            || item.is(Class::DETERMINER)
                && !item.is(Class::PRONOUN.and(Class::SUBORDINATOR))
                && !stands_alone(graf, before)
    });
    // “pushed back on those claims”, “the United States”: a form that is a noun as well.
    let is_noun_prone = item.verbs.iter().any(|verb| verb.takes.has(Takes::NOUN_PRONE));
    let is_object = before.is_some_and(|before| {
        let is_led = before > sentence.start && graf.is(before - 1, Class::PREPOSITION);
        graf.is(before, Class::DETERMINER) && is_led && !graf.is(before, Class::PRONOUN)
            || inflection == Inflection::Third && item.is_capital && graf.items[before].is_capital
    });
    // “Roe’s over-the-top comments”: an adjective between whose they are and what they are.
    let is_described = || {
        before.is_some_and(|at| {
            let word = graf.items[at].of(graf.text);
            let ends = ["ous", "ive", "able", "ible", "ful", "less", "ary"];
            let is_adjective = word.contains('-') || ends.iter().any(|end| word.ends_with(end));
            is_adjective && at > sentence.start && !graf.is(at, Class::ROLE) && graf.items[at - 1].is_possessive
        })
    };
    let is_noun_slot = is_noun_slot || is_noun_prone && (is_object || is_described());
    match inflection {
        // “would do well to begin ‘building’”: only *she began: “…”* is speech.
        Inflection::Base if group.has_to && graf.reads(at, "begin") => None,
        Inflection::Base if group.has_to => (group.start != at).then_some(Sort::Infinitive),
        Inflection::Base if group.has_modal || group.has_do => Some(Sort::Finite),
        Inflection::Base => {
            let is_set_off = |before: &usize| {
                let is_point = matches!(graf.kind(*before), Some(Kind::Comma | Kind::Close | Kind::Dash));
                let subject = mention::before(graf, sentence.start, group.start);
                let is_many = subject.is_some_and(|subject| is_plural(graf, subject.mention.end - 1));
                let is_verb = item
                    .verbs
                    .iter()
                    .any(|verb| verb.takes.has(Takes::CLAUSE.or(Takes::THAT)) && !verb.takes.has(Takes::NOUN_PRONE));
                is_point && (graf.reads(at, "say") || is_verb && is_many)
            };
            before
                .filter(|before| {
                    !is_noun_slot
                        && (is_plural(graf, *before)
                            || is_set_off(before)
                            || is_pair(graf, *before)
                            || graf.reads(at, "say") && graf.items[*before].is_word())
                })
                .map(|_| Sort::Finite)
        }
        Inflection::Third => {
            (!is_noun_slot && !group.has_be && !group.has_have && before.is_some()).then_some(Sort::Finite)
        }
        Inflection::Past | Inflection::Participle if group.has_be => Some(Sort::Passive),
        Inflection::Past | Inflection::Participle if group.has_have => Some(Sort::Finite),
        Inflection::Past if graf.reads(at, "asked") && is_passive_slot(graf, before, at) => Some(Sort::Passive),
        Inflection::Past => (!is_noun_slot && !group.has_to).then_some(Sort::Finite),
        Inflection::Participle => None,
        Inflection::Ing if group.has_be => Some(Sort::Finite),
        Inflection::Ing => {
            let is_led = before.is_none_or(|before| {
                let item = &graf.items[before];
                !item.is(Class::DETERMINER) && !item.is_possessive && !matches!(item.kind, Kind::Open)
            });
            is_led.then_some(Sort::Participle)
        }
    }
}

/// *Roe and Doe*
fn is_pair(graf: &Graf, last: usize) -> bool {
    let is_capital = |at: usize| graf.item(at).is_some_and(|item| item.is_word() && item.is_capital);
    let start = (0..=last).rev().take_while(|at| is_capital(*at)).last();
    start.is_some_and(|start| start > 1 && graf.reads(start - 1, "and") && is_capital(start - 2))
}

/// A determiner that may be a subject alone: *another*, *some*, *most*.
fn stands_alone(graf: &Graf, at: usize) -> bool {
    let alone = [
        "another", "one", "many", "some", "others", "most", "few", "several", "both", "all", "those", "these", "any",
        "each", "this", "that", "two", "three", "four", "five",
    ];
    alone.iter().any(|word| graf.reads(at, word))
}

/// *Asked whether …*, *when asked about …*: nobody is named who asks.
fn is_passive_slot(graf: &Graf, before: Option<usize>, at: usize) -> bool {
    let is_open = before.is_none_or(|before| {
        matches!(graf.kind(before), Some(Kind::Comma | Kind::Dash))
            || ["when", "if", "once", "and"].iter().any(|word| graf.reads(before, word))
    });
    let follows =
        ["whether", "if", "about", "by", "why", "how", "what", "to", "who", "which", "at", "on", "in", "last"];
    is_open && follows.iter().any(|word| graf.reads(at + 1, word))
}

/// *they*, *officials*, *Republicans*: what takes a verb without *s*.
fn is_plural(graf: &Graf, at: usize) -> bool {
    let item = &graf.items[at];
    let word = item.of(graf.text);
    if item.is(Class::PRONOUN) {
        return ["I", "we", "you", "they", "We", "You", "They"].contains(&word);
    }
    let plural = [
        "two", "three", "four", "five", "few", "people", "police", "men", "women", "many", "some", "others", "who",
        "media", "both", "that",
    ];
    item.is_word()
        && (plural.contains(&word.to_ascii_lowercase().as_str())
            || word.ends_with('s') && !word.ends_with("ss") && !item.is_possessive)
}
