//! Nouns that attribute: *his claim that …*, *the finding by the panel that …*, *Roe’s promise to …*.

use super::Stance;
use super::cue::{Cue, Sort};
use super::graf::{Graf, Run};
use super::lexicon::{Class, Takes};
use super::mention::{self, Subject};
use super::subject::before_adverbs;
use super::word::Kind;

/// So many words may stand between *his* and the noun.
const MAX_ADJECTIVES: usize = 5;
/// So many items may stand between the noun and *that*.
const MAX_ADJUNCT: usize = 14;

/// The noun at `at` as a cue, when *that* or *to* leads from it to what was said.
pub(super) fn cue(graf: &Graf, sentence: Run, at: usize) -> Option<Cue> {
    // “Roe’s view is that …”: a thought is told only so.
    let is_view = ["view", "position", "stance", "belief", "theory", "advice"].iter().any(|word| graf.reads(at, word));
    let is_told = ["is", "was"].iter().any(|word| graf.reads(at + 1, word)) && graf.reads(at + 2, "that");
    if !(graf.is(at, Class::SPEECH) || is_view && is_told) || graf.items[at].is_capital {
        return None;
    }
    let adjunct = (at + 1..sentence.end.min(at + MAX_ADJUNCT)).take_while(|next| is_adjunct(graf, *next));
    let that = adjunct.last().unwrap_or(at) + 1;
    // “Roe’s claim is that …”
    let is_verb = ["is", "was"].iter().any(|word| graf.reads(that, word)) && graf.reads(that + 1, "that");
    let end = if is_verb { that + 1 } else { at + 1 };
    let that = if is_verb { that + 1 } else { that };
    let is_that = that < sentence.end && graf.reads(that, "that") && !graf.is(that + 1, Class::AUXILIARY);
    let owner = owner(graf, sentence, at);
    let is_owned = owner.is_some() || by(graf, sentence, at).is_some();
    // “said in his statement that …”: where it was said, and the verb attributes it.
    let is_where = owner.and_then(|owner| owner.start.checked_sub(2)).is_some_and(|verb| {
        let takes = Takes::CLAUSE.or(Takes::THAT);
        graf.reads(verb + 1, "in") && graf.items[verb].verbs.iter().any(|verb| verb.takes.has(takes))
    });
    (is_that && is_owned && !is_where).then_some(Cue {
        run: Run::new(at, end),
        head: at,
        takes: Takes::CLAUSE,
        sort: Sort::Noun,
        stance: Stance::Said,
        is_present: false,
    })
}

fn is_adjunct(graf: &Graf, at: usize) -> bool {
    graf.item(at).is_some_and(|item| item.is_word()) && !graf.reads(at, "that") && !graf.is(at, Class::AUXILIARY)
}

/// Whose the noun is: *his*, *Roe’s*; of *repeated his claim*, who repeated it; else *by Roe*.
pub(super) fn subject(graf: &Graf, sentence: Run, at: usize) -> Option<Subject> {
    let own = |mention: Run| Subject { mention, noun: None, from: mention.start, is_relative: false };
    let Some(owner) = owner(graf, sentence, at) else { return by(graf, sentence, at).map(own) };
    let verb = owner.start.checked_sub(1).filter(|verb| *verb > sentence.start);
    let is_pronoun = owner.end == owner.start + 1 && !graf.items[owner.start].is_possessive;
    let repeats = verb.filter(|verb| is_pronoun && graf.is_finite(*verb) && !graf.is(*verb, Class::PRONOUN));
    repeats
        .and_then(|verb| mention::before(graf, sentence.start, before_adverbs(graf, sentence.start, verb)))
        .or(Some(own(owner)))
}

/// The possessive before the noun: *his*, *Jane Roe’s*, *the company’s*.
pub(super) fn owner(graf: &Graf, sentence: Run, at: usize) -> Option<Run> {
    let pronouns = ["his", "her", "their", "its", "my", "our", "whose"];
    let floor = sentence.start.max(at.saturating_sub(MAX_ADJECTIVES + 1));
    for place in (floor..at).rev() {
        let item = &graf.items[place];
        if !item.is_word() {
            return None;
        }
        if pronouns.iter().any(|word| graf.reads(place, word)) {
            return Some(Run::new(place, place + 1));
        }
        if item.is_possessive {
            let is_name = |at: &usize| {
                graf.items[*at].is_word() && (graf.items[*at].is_capital || graf.is(*at, Class::ROLE.and(Class::TITLE)))
            };
            let start = (sentence.start..place).rev().take_while(is_name).last().unwrap_or(place);
            let leads =
                start > sentence.start && graf.is(start - 1, Class::DETERMINER) && !graf.reads(start - 1, "that");
            return Some(Run::new(if leads { start - 1 } else { start }, place + 1));
        }
        let barred = Class::PREPOSITION.and(Class::CONJUNCTION).and(Class::AUXILIARY).and(Class::DETERMINER);
        let is_degree = ["most", "least"].iter().any(|word| graf.reads(place, word));
        if item.is(barred) && !is_degree {
            return None;
        }
    }
    None
}

/// Where the clause of *his claim that …* ends: at a point, or at the verb whose subject the claim is.
pub(super) fn end(graf: &Graf, sentence: Run, noun: usize, start: usize, wall: usize) -> usize {
    let is_point = |at: &usize| {
        matches!(graf.kind(*at), Some(Kind::Comma | Kind::Dash | Kind::Semicolon | Kind::Open | Kind::Stop))
    };
    let ends_inside = |at: &usize| graf.passage(*at).is_some_and(|passage| passage.has_comma);
    let point = (start..wall).find(is_point).unwrap_or(wall);
    let point = (start..point).find(ends_inside).map_or(point, |at| at + 1);
    // “said that Roe’s claim that … is untrue”: the subject of a clause inside another.
    let that = (sentence.start..noun).rev().find(|at| graf.reads(*at, "that"));
    let is_subject = !graf.has_finite(Run::new(that.map_or(sentence.start, |that| that + 1), noun));
    let is_verb =
        |at: &usize| graf.is_finite(*at) && !graf.is(*at - 1, Class::AUXILIARY.and(Class::RELATIVE).and(Class::ADVERB));
    let second = (start + 1..point).filter(is_verb).nth(1);
    second.filter(|_| is_subject).unwrap_or(point)
}

/// *the suggestion by Roe that …*
fn by(graf: &Graf, sentence: Run, at: usize) -> Option<Run> {
    let is_of = graf.reads(at, "words") && graf.reads(at + 1, "of");
    let leads = is_of || graf.reads(at + 1, "by") || graf.reads(at + 1, "from");
    let end = (at + 2..sentence.end).find(|next| graf.reads(*next, "that")).unwrap_or(sentence.end);
    let mention = mention::after(graf, at + 2, end).filter(|_| leads)?;
    mention::can_speak(graf, mention).then_some(mention)
}

/// Whose words a passage holds by a noun behind it: *Roe’s “47 percent” comment*, *“…,” was Roe’s verdict*, *“…,” came
/// the reply from Roe*.
pub(super) fn owner_around(graf: &Graf, sentence: Run, place: usize) -> Option<Run> {
    let is_link = ["was", "is", "came", "comes"].iter().any(|word| graf.reads(place + 1, word));
    let is_spoken = graf.passage(place).is_some_and(|passage| passage.has_comma || passage.has_stop);
    if is_link && is_spoken && place == sentence.start {
        let reach = sentence.end.min(place + MAX_ADJECTIVES + 4);
        let noun = (place + 2..reach).find(|at| graf.is(*at, Class::SPEECH))?;
        return owner(graf, Run::new(place + 1, sentence.end), noun).or_else(|| by(graf, sentence, noun));
    }
    let is_noun = graf.is(place + 1, Class::SPEECH) && place + 1 < sentence.end;
    owner(graf, sentence, place).filter(|_| is_noun)
}

/// Whose words a passage holds by a noun before it: *her description of it as “…”*.
pub(super) fn owner_before(graf: &Graf, sentence: Run, place: usize) -> Option<Run> {
    let floor = sentence.start.max(place.saturating_sub(MAX_ADJUNCT));
    let noun = (floor..place).rev().find(|at| graf.is(*at, Class::SPEECH) && !graf.items[*at].is_capital)?;
    owner(graf, sentence, noun).or_else(|| by(graf, sentence, noun))
}
