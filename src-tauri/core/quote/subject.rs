//! Whose words a cue attributes: the subject of its clause, of the clause it is joined to, or of the one it hangs on.

use super::cue::{Cue, Sort};
use super::graf::{Graf, Run};
use super::lexicon::{Class, Takes};
use super::mention::{self, Subject};
use super::noun;
use super::report::{Report, is_main_clause, is_participle, is_past};
use super::word::Kind;

/// The subject of a cue; `earlier` are the attributions before it in the sentence.
pub(super) fn of(graf: &Graf, sentence: Run, cue: Cue, earlier: &[Report]) -> Option<Subject> {
    let start = cue.run.start;
    let before = start.checked_sub(1).filter(|before| *before >= sentence.start);
    match cue.sort {
        Sort::According => None,
        Sort::Passive => by_phrase(graf, cue, sentence),
        Sort::Noun => noun::subject(graf, sentence, cue.head),
        Sort::Participle => sign_before(graf, sentence, cue)
            .or_else(|| witnessed(graf, sentence, cue))
            .or_else(|| absolute_subject(graf, sentence, cue))
            .or_else(|| led_subject(graf, sentence, cue))
            .or_else(|| parting_speaker(graf, cue, earlier))
            .or_else(|| main_speaker(graf, sentence, earlier, start))
            .or_else(|| main_agent(graf, sentence, start))
            .or_else(|| clause_subject(graf, sentence, start))
            .or_else(|| mention::before(graf, sentence.start, start)),
        Sort::Infinitive if !is_governed(graf, sentence, cue) => led_to(graf, sentence, cue)
            .or_else(|| main_agent(graf, sentence, start))
            .or_else(|| clause_subject(graf, sentence, start)),
        _ if before.is_some_and(|before| is_joined(graf, cue, before)) => told_of(graf, cue, earlier)
            .or_else(|| joined_subject(graf, sentence, cue))
            .filter(|subject| mention::can_speak(graf, subject.mention))
            .or_else(|| main_speaker(graf, sentence, earlier, start))
            .or_else(|| agent_before(graf, sentence, start))
            .or_else(|| clause_subject(graf, sentence, start)),
        _ => mention::before(graf, sentence.start, start).filter(|subject| !is_doing(graf, subject)),
    }
}

/// *…, drawing loud jeers*, *…, making charges that …*: what somebody did, and the cue is a noun.
fn is_doing(graf: &Graf, subject: &Subject) -> bool {
    let start = subject.mention.start;
    let is_set_off = start.checked_sub(1).is_some_and(|before| !graf.items[before].is_word());
    is_set_off && is_participle(graf, start) && !mention::can_speak(graf, subject.mention)
}

/// *and said*, *but said*; *…, then said*
pub(super) fn is_joined(graf: &Graf, cue: Cue, before: usize) -> bool {
    let is_then = graf.reads(cue.run.start, "then") && graf.kind(before) == Some(Kind::Comma);
    graf.is(before, Class::CONJUNCTION) || is_then
}

/// *The prosecutor said Doe owed money and had told a friend …*: *had* joins the verb to what is told of Doe.
fn told_of(graf: &Graf, cue: Cue, earlier: &[Report]) -> Option<Subject> {
    let last = earlier.last().filter(|last| last.cue.sort == Sort::Finite && is_past(graf, last.cue))?;
    let (start, end) = (last.cue.run.end, cue.run.start.checked_sub(1)?);
    let is_back = graf.reads(cue.run.start, "had") && !graf.reads(last.cue.run.start, "had");
    let has_marks = (start..end).any(|at| graf.passage(at).is_some());
    let verb = (start + 1..end).find(|at| graf.is_finite(*at) && !graf.is(*at, Class::PRONOUN))?;
    let subject = mention::before(graf, start, before_adverbs(graf, start, verb)).filter(|_| is_back && !has_marks)?;
    (!subject.is_relative && mention::can_speak(graf, subject.mention)).then_some(subject)
}

/// *Roe held up a sign saying “…”*: the sign says it.
fn sign_before(graf: &Graf, sentence: Run, cue: Cue) -> Option<Subject> {
    let sign = cue.run.start.checked_sub(1).filter(|at| *at > sentence.start && graf.is(*at, Class::SIGN))?;
    let reach = sentence.start.max(sign.saturating_sub(4));
    let start =
        (reach..sign).rev().take_while(|at| graf.items[*at].is_word()).find(|at| graf.is(*at, Class::DETERMINER));
    let mention = Run::new(start.unwrap_or(sign), sign + 1);
    Some(Subject { mention, noun: None, from: mention.start, is_relative: false })
}

/// *Roe remembers her mother shouting “…”*, *heard a man saying*: who was heard.
fn witnessed(graf: &Graf, sentence: Run, cue: Cue) -> Option<Subject> {
    const SENSES: &str = "remember remembers remembered recalls recalled hear hears heard saw sees seeing hearing";
    let reach = sentence.start.max(cue.run.start.saturating_sub(7));
    let is_sense = |at: &usize| SENSES.split(' ').any(|word| graf.reads(*at, word));
    let verb = (reach..cue.run.start).rev().take_while(|at| graf.items[*at].is_word()).find(is_sense)?;
    let mention = Run::new(verb + 1, cue.run.start);
    let opens = Class::DETERMINER.and(Class::HONORIFIC);
    let is_object = !mention.is_empty() && (graf.is(mention.start, opens) || graf.items[mention.start].is_capital);
    (is_object && !graf.has_finite(mention)).then_some(Subject {
        mention,
        noun: None,
        from: mention.start,
        is_relative: false,
    })
}

/// *prompted Roe to declare*, *leading her to ask*: who is led to it.
fn led_to(graf: &Graf, sentence: Run, cue: Cue) -> Option<Subject> {
    let verbs = [
        "led",
        "leads",
        "leading",
        "prompted",
        "prompts",
        "prompting",
        "forced",
        "forces",
        "forcing",
        "drove",
        "driving",
        "caused",
        "causing",
        "inspired",
        "inspiring",
        "spurred",
        "spurring",
        "compelled",
        "compelling",
        "moved",
        "provoked",
        "provoking",
        "allowed",
        "allowing",
    ];
    let to = (cue.run.start..cue.head).rev().find(|at| graf.reads(*at, "to"))?;
    let reach = sentence.start.max(to.saturating_sub(24));
    let verb = (reach..to.saturating_sub(1)).rev().find(|at| verbs.iter().any(|word| graf.reads(*at, word)))?;
    let object = Run::new(verb + 1, to);
    let lead = (object.start..object.end)
        .find(|at| graf.kind(*at) == Some(Kind::Comma))
        .map_or(object, |comma| Run::new(object.start, comma));
    let is_object =
        !lead.is_empty() && !graf.has_finite(lead) && (lead.start..lead.end).all(|at| graf.items[at].is_word());
    is_object.then_some(Subject { mention: lead, noun: None, from: lead.start, is_relative: false })
}

/// *The plan failed, Roe recalled, adding …*: who the attribution right before the participle names.
fn parting_speaker(graf: &Graf, cue: Cue, earlier: &[Report]) -> Option<Subject> {
    let last = earlier.last().filter(|last| last.cue.sort == Sort::Finite)?;
    let subject = last.inverted.or(last.subject).filter(|subject| !subject.is_relative)?;
    let is_behind = subject.from > 0
        && (graf.kind(subject.from - 1) == Some(Kind::Comma)
            || graf.passage(subject.from - 1).is_some_and(|passage| passage.has_comma));
    let end = last.cue.run.end.max(subject.mention.end);
    let comma = cue.run.start.checked_sub(1).filter(|comma| graf.kind(*comma) == Some(Kind::Comma) && end <= *comma)?;
    let between = Run::new(end, comma);
    let is_bare = (between.start..between.end).all(|at| graf.items[at].is_word()) && !graf.has_finite(between);
    (is_behind && is_bare && comma - end <= 8 && mention::can_speak(graf, subject.mention)).then_some(subject)
}

/// Who speaks in the main attribution so far: the first, or a later one that begins for itself; else in the last.
fn main_speaker(graf: &Graf, sentence: Run, earlier: &[Report], end: usize) -> Option<Subject> {
    // “was denounced by Doe; and declared …”: who acts in a passive does not speak on.
    // “After the Paris attacks, Roe …”: a noun that is spelt like a verb.
    let is_noun = |cue: &Cue| cue.is_present && cue.takes.has(Takes::NOUN_PRONE) && !cue.takes.has(Takes::CLAUSE);
    let is_heard = |cue: &Cue| graf.reads(cue.head, "hearing");
    let may_act = |cue: &Cue| cue.sort != Sort::Passive && !is_noun(cue) && !is_heard(cue);
    let speaker = |report: &Report| report.subject.or(report.inverted).filter(|_| may_act(&report.cue));
    let is_nested = |report: &Report| speaker(report).is_some_and(|subject| is_embedded(graf, sentence, &subject));
    let is_main = |(n, report): &(usize, &Report)| (*n == 0 || report.wall.is_some()) && !is_nested(report);
    let may_lead = |subject: &Subject| !subject.is_relative && mention::can_speak(graf, subject.mention);
    let mut mains = earlier.iter().enumerate().rev().filter(is_main);
    let main = mains.find_map(|(_, report)| speaker(report).filter(may_lead));
    let is_somebody = |subject: &Subject| {
        subject.is_relative || mention::can_speak(graf, subject.mention) && !is_embedded(graf, sentence, subject)
    };
    main.or_else(|| earlier.iter().rev().filter_map(speaker).find(is_somebody))
        .map(|subject| resumed(graf, subject, end))
}

/// *Roe, who said …, issued a statement saying …*: the main clause goes on with whom the relative clause hangs on.
fn resumed(graf: &Graf, subject: Subject, end: usize) -> Subject {
    let goes_on = |at: usize| graf.kind(at) == Some(Kind::Comma) && graf.is_finite(at + 1);
    match subject.noun.filter(|_| subject.is_relative && (subject.mention.end..end).any(goes_on)) {
        Some(noun) => Subject { mention: noun, noun: None, from: noun.start, is_relative: false },
        None => subject,
    }
}

/// *that he was to blame*, *videos he calls …*: the clause hangs on a noun or a verb before it.
fn is_embedded(graf: &Graf, sentence: Run, subject: &Subject) -> bool {
    let Some(before) = subject.from.checked_sub(1).filter(|before| *before >= sentence.start) else { return false };
    let item = &graf.items[before];
    let opens = Class::CONJUNCTION.and(Class::ADVERB).and(Class::SUBORDINATOR).and(Class::TIME);
    // “held a rally in which he went on, mocking …”: a clause with doings of its own.
    if graf.reads(before, "which") && before > sentence.start && graf.is(before - 1, Class::PREPOSITION) {
        return false;
    }
    let is_open = !item.is_word() || item.is_capital || item.is(opens) || graf.reads(before, "with");
    let is_led = graf.reads(before, "that") || graf.reads(before, "what") || item.is(Class::RELATIVE);
    let is_own = graf.is(subject.from, Class::SUBORDINATOR) && !graf.is(subject.from, Class::DETERMINER);
    is_led || !is_open && !is_own && graf.has_finite(Run::new(sentence.start, before))
}

/// *“…,” said Roe*
pub(super) fn inverted(graf: &Graf, sentence: Run, cue: Cue) -> Option<Subject> {
    let before = cue.run.start.checked_sub(1)?;
    let is_slot = graf.passage(before).is_some() && cue.sort == Sort::Finite && cue.takes.has(Takes::MARKS);
    let mention = mention::after(graf, cue.run.end, sentence.end).filter(|_| is_slot)?;
    Some(Subject { mention, noun: None, from: cue.run.start, is_relative: false })
}

pub(super) fn by_phrase(graf: &Graf, cue: Cue, sentence: Run) -> Option<Subject> {
    let reach = sentence.end.min(cue.run.end + 6);
    let by = (cue.run.end..reach).find(|at| graf.reads(*at, "by"))?;
    let mention = mention::after(graf, by + 1, sentence.end)?;
    Some(Subject { mention, noun: None, from: cue.run.start, is_relative: false })
}

/// *Ms. Roe smiled and said*: the subject of the verb that the cue is joined to.
pub(super) fn joined_subject(graf: &Graf, sentence: Run, cue: Cue) -> Option<Subject> {
    let end = cue.run.start - 1;
    let verbs = (sentence.start + 1..end).rev().filter(|at| graf.is_finite(*at) && !graf.is(*at, Class::PRONOUN));
    verbs.filter_map(|verb| mention::before(graf, sentence.start, before_adverbs(graf, sentence.start, verb))).find(
        |subject| {
            let before = subject.from.checked_sub(1).filter(|before| *before >= sentence.start);
            let is_main = before
                .is_none_or(|before| matches!(graf.kind(before), Some(Kind::Comma | Kind::Dash | Kind::Semicolon)));
            is_main && !subject.is_relative
        },
    )
}

/// *In calling it “a sham,” Roe …* / *While praising …, Roe …*: the subject of the main clause behind the comma.
pub(super) fn led_subject(graf: &Graf, sentence: Run, cue: Cue) -> Option<Subject> {
    let leads = Class::PREPOSITION.and(Class::SUBORDINATOR).and(Class::CONJUNCTION).and(Class::ADVERB);
    let is_led = (sentence.start..cue.run.start).all(|at| graf.is(at, leads)) && cue.run.start < sentence.start + 4;
    if !is_led {
        return None;
    }
    let is_point =
        |at: &usize| graf.kind(*at) == Some(Kind::Comma) || graf.passage(*at).is_some_and(|passage| passage.has_comma);
    let point = (cue.run.end..sentence.end).filter(is_point).find(|at| is_main_clause(graf, at + 1, sentence.end))?;
    let verb = (point + 2..sentence.end).find(|at| graf.is_finite(*at) && !graf.is(*at, Class::PRONOUN))?;
    mention::before(graf, point + 1, before_adverbs(graf, point + 1, verb)).filter(|subject| !subject.is_relative)
}

/// *with Roe calling it a sham* / *— Roe saying he was glad*: a participle with a subject of its own.
pub(super) fn absolute_subject(graf: &Graf, sentence: Run, cue: Cue) -> Option<Subject> {
    let last = cue.run.start.checked_sub(1).filter(|last| *last > sentence.start)?;
    let is_name = graf.items[last].is_word() && graf.items[last].is_capital && !graf.is(last, Class::TIME);
    let reach = sentence.start.max(cue.run.start.saturating_sub(10));
    let with = (reach..last).rev().take_while(|at| graf.items[*at].is_word()).find(|at| graf.reads(*at, "with"));
    let floor = with.map_or(sentence.start, |with| with + 1);
    let is_with =
        with.is_some_and(|with| !graf.has_finite(Run::new(with + 1, cue.run.start)) && graf.items[last].is_word());
    let mention = mention::phrase_before(graf, floor, cue.run.start).filter(|_| is_name || is_with)?;
    let before = mention.start.checked_sub(1).filter(|before| *before >= sentence.start)?;
    let is_set_off = graf.reads(before, "with")
        && (is_name || graf.kind(before.saturating_sub(1)) == Some(Kind::Comma))
        || graf.kind(before) == Some(Kind::Dash)
        || graf.reads(before, "and");
    is_set_off.then_some(Subject { mention, noun: None, from: mention.start, is_relative: false })
}

/// The subject of the clause that leads up to `end`.
pub(super) fn clause_subject(graf: &Graf, sentence: Run, end: usize) -> Option<Subject> {
    let is_contracted = |at: usize| graf.is(at, Class::PRONOUN) && graf.is(at, Class::AUXILIARY);
    if let Some(at) = (sentence.start..end.min(sentence.start + 2)).find(|at| is_contracted(*at)) {
        return Some(Subject { mention: Run::new(at, at + 1), noun: None, from: at, is_relative: false });
    }
    let verb = (sentence.start + 1..end).find(|at| graf.is_finite(*at) && !graf.is(*at, Class::PRONOUN))?;
    let subject = mention::before(graf, sentence.start, before_adverbs(graf, sentence.start, verb))?;
    if subject.is_relative {
        // “Roe, who …, replied”: the relative clause hangs on the subject itself.
        let mention = subject.noun.unwrap_or(subject.mention);
        return Some(Subject { mention, noun: None, is_relative: false, ..subject });
    }
    Some(subject)
}

/// The subject of the last verb before `end` that is in no relative clause, and best in no clause inside another.
pub(super) fn main_agent(graf: &Graf, sentence: Run, end: usize) -> Option<Subject> {
    let verbs = (sentence.start + 1..end).rev().filter(|at| graf.is_finite(*at) && !graf.is(*at, Class::PRONOUN));
    let mut agents = verbs
        .filter_map(|verb| mention::before(graf, sentence.start, before_adverbs(graf, sentence.start, verb)))
        .filter(|subject| !subject.is_relative && mention::can_speak(graf, subject.mention))
        .peekable();
    let last = agents.peek().copied();
    agents.find(|subject| !is_embedded(graf, sentence, subject)).or(last)
}

/// The subject of the last verb before `end` whose clause begins the sentence or stands behind a comma: *In May, Roe
/// celebrated the move:*
pub(super) fn main_subject(graf: &Graf, sentence: Run, end: usize) -> Option<Subject> {
    let verbs = (sentence.start + 1..end).rev().filter(|at| graf.is_finite(*at) && !graf.is(*at, Class::PRONOUN));
    let is_main = |subject: &Subject| {
        let before = subject.from.checked_sub(1).filter(|before| *before >= sentence.start);
        let is_led = graf.is(subject.from, Class::SUBORDINATOR) && !graf.is(subject.from, Class::DETERMINER);
        let is_open =
            before.is_none_or(|before| matches!(graf.kind(before), Some(Kind::Comma | Kind::Dash | Kind::Semicolon)));
        is_open && !is_led && !subject.is_relative
    };
    verbs
        .filter_map(|verb| mention::before(graf, sentence.start, before_adverbs(graf, sentence.start, verb)))
        .find(is_main)
}

/// Who acts nearest before `end`: the subject of the last verb whose subject can speak, else of the first verb.
pub(super) fn agent_before(graf: &Graf, sentence: Run, end: usize) -> Option<Subject> {
    let verbs = (sentence.start + 1..end).rev().filter(|at| graf.is_finite(*at) && !graf.is(*at, Class::PRONOUN));
    verbs
        .filter_map(|verb| mention::before(graf, sentence.start, before_adverbs(graf, sentence.start, verb)))
        .find(|subject| subject.is_relative || mention::can_speak(graf, subject.mention))
        .or_else(|| clause_subject(graf, sentence, end))
}

/// Back over the adverbs before a verb.
pub(super) fn before_adverbs(graf: &Graf, floor: usize, verb: usize) -> usize {
    let is_adverb = |at: &usize| {
        let item = &graf.items[*at];
        item.is(Class::ADVERB) || item.is_manner(graf.text)
    };
    let n_adverbs = (floor + 1..verb).rev().take_while(is_adverb).count();
    verb - n_adverbs
}

/// *went on to say*, *declined to say*: a verb leads to the infinitive. Not *took the stage to concede*.
pub(super) fn is_governed(graf: &Graf, sentence: Run, cue: Cue) -> bool {
    let at = cue.run.start;
    let is_adjective =
        ["quick", "able", "likely", "ready", "eager", "happy", "sure", "set", "free", "careful", "first"];
    let verb = |at: usize| graf.is_finite(at) || !graf.items[at].verbs.is_empty() || graf.is(at, Class::IRREGULAR);
    at == sentence.start
        || verb(at)
        || is_adjective.iter().any(|word| graf.reads(at, word))
        || graf.is(at - 1, Class::AUXILIARY)
}

/// *Roe was quoted by the paper as saying*, *the paper quotes Roe as saying*: Roe says it.
pub(super) fn quoted_subject(graf: &Graf, sentence: Run, quoted: &Report, end: usize) -> Option<Subject> {
    if quoted.cue.sort == Sort::Passive {
        return mention::before(graf, sentence.start, quoted.cue.run.start);
    }
    let mention = mention::after(graf, quoted.cue.run.end, end)?;
    Some(Subject { mention, noun: None, from: mention.start, is_relative: false })
}

pub(super) fn is_quoting(graf: &Graf, report: &Report) -> bool {
    ["quoted", "quotes", "quote", "quoting", "cited", "cites", "citing"]
        .iter()
        .any(|word| graf.reads(report.cue.head, word))
}
