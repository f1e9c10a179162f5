//! Direct speech whose marks were lost: a capital in mid-sentence, first person in third-person copy, over sentence ends.

use super::content::{self, Opening};
use super::cue::{self, Cue, Sort};
use super::graf::{Graf, Run};
use super::lexicon::{Class, Inflection, Takes, Verb};
use super::mention;
use super::word::Kind;

/// A part of the words behind a cue.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) run: Run,
    pub(super) is_unmarked: bool,
    pub(super) rule: &'static str,
}

/// Splits the words behind a cue where indirect speech turns into direct speech that lost its marks.
///
/// `is_direct`: the words begin with a capital right after a colon or comma.
pub(super) fn split(graf: &Graf, run: Run, is_direct: bool) -> Vec<Part> {
    let indirect = |run| Part { run, is_unmarked: false, rule: "" };
    if is_direct && graf.passage(run.start).is_none() {
        return vec![Part { run, is_unmarked: true, rule: "name, cue, colon or comma, capital: the marks were lost" }];
    }
    let has_marks = (run.start..run.end).any(|at| graf.passage(at).is_some());
    let turn = (run.start + 3..run.end).find(|at| graf.kind(at - 1) == Some(Kind::Comma) && opens(graf, *at));
    match turn.filter(|_| !has_marks) {
        Some(at) => vec![
            indirect(Run::new(run.start, at - 1)),
            Part {
                run: Run::new(at, run.end),
                is_unmarked: true,
                rule: "indirect speech, comma, capital: the marks were lost",
            },
        ],
        None => vec![indirect(run)],
    }
}

/// The words behind a cue begin with a capital after a colon, or after *saying,*.
pub(super) fn begins(graf: &Graf, cue: &Cue, sentence: Run) -> bool {
    if !cue.takes.has(Takes::MARKS) || is_name_or_noun(graf, cue, sentence) {
        return false;
    }
    match content::opening(graf, cue, sentence.end) {
        Opening::Colon(colon) => graf.item(colon + 1).is_some_and(|item| item.is_capital || item.kind == Kind::Open),
        Opening::Comma(comma) if cue.sort == Sort::Participle && comma == cue.run.end => {
            graf.item(comma + 1).is_some_and(|item| item.is_capital || item.kind == Kind::Open)
        }
        Opening::Comma(comma) => opens(graf, comma + 1),
        _ => false,
    }
}

/// *Let the People Rule: …* / *his 60-page ruling, …*: a name or a noun, where *, saying, …* and *Roe saying: …* are not.
pub(super) fn is_name_or_noun(graf: &Graf, cue: &Cue, sentence: Run) -> bool {
    if graf.items[cue.head].is_capital && cue.head > sentence.start {
        return true;
    }
    let Some(before) = cue.run.start.checked_sub(1).filter(|before| *before >= sentence.start) else { return false };
    let item = &graf.items[before];
    let leads = Class::CONJUNCTION.and(Class::ADVERB).and(Class::PRONOUN).and(Class::ROLE).and(Class::TIME);
    cue.sort == Sort::Participle && item.is_word() && !item.is_capital && !item.is(leads)
}

/// *he*, *she* or a name: somebody the writer speaks of.
pub(super) fn is_third(graf: &Graf, at: usize) -> bool {
    let is_person = ["he", "she"].iter().any(|word| graf.reads(at, word));
    let is_own = graf.is(at, Class::FIRST.and(Class::SECOND).and(Class::PRONOUN));
    is_person || graf.item(at).is_some_and(|item| item.is_capital && !is_own)
}

/// A capital in mid-sentence that no name explains: *On the contrary*, *We will*.
pub(super) fn opens(graf: &Graf, at: usize) -> bool {
    let Some(item) = graf.item(at).filter(|item| item.is_word() && item.is_capital) else { return false };
    let closed = Class::DETERMINER
        .and(Class::PRONOUN)
        .and(Class::PREPOSITION)
        .and(Class::SUBORDINATOR)
        .and(Class::CONJUNCTION)
        .and(Class::AUXILIARY);
    let asks = ["Why", "How", "Who"].iter().any(|word| item.of(graf.text) == *word);
    let is_plain = (item.is(closed) || asks) && !item.is(Class::TITLE);
    let next = graf.item(at + 1);
    let is_first = item.is(Class::FIRST) && item.of(graf.text).starts_with('I');
    if is_first {
        return next.is_some_and(|next| next.is_word());
    }
    is_plain && next.is_some_and(|next| next.is_word() && !next.is_capital)
}

/// Where unmarked speech that begins in a sentence ends: it runs over sentence ends until the voice changes back.
pub(super) fn end(graf: &Graf, sentence: usize, run: Run) -> usize {
    let mut end = run.end;
    if end < graf.sentences[sentence].end {
        return end;
    }
    for next in &graf.sentences[sentence + 1..] {
        if is_copy(graf, *next) || is_told_of(graf, Run::new(run.start, end), *next) {
            break;
        }
        end = next.end;
    }
    end
}

/// *She then left the room.*, a deed told after *This mill is my life*, which speaks of nobody but its speaker: the
/// writer tells of them. Without such an *I* the speech may answer a question about her (*Every day. She does.*).
fn is_told_of(graf: &Graf, speech: Run, sentence: Run) -> bool {
    let is_person = |at: usize| {
        let is_name = at > 0 && graf.items[at].is_capital && graf.kind(at - 1) == Some(Kind::Word);
        let is_own = graf.is(at, Class::FIRST.and(Class::PRONOUN));
        graf.is(at, Class::MALE.and(Class::FEMALE).and(Class::ROLE)) || is_name && !is_own
    };
    let is_past = |verb: &Verb| verb.inflection == Inflection::Past;
    let is_deed = |at: usize| {
        let item = &graf.items[at];
        let is_regular = item.span.len() > 4 && item.of(graf.text).ends_with("ed");
        graf.is_finite(at)
            && !item.is(Class::AUXILIARY)
            && (is_regular || item.verbs.iter().any(is_past) || item.is(Class::IRREGULAR))
    };
    let is_they = ["he", "she"].iter().any(|word| graf.reads(sentence.start, word));
    is_they
        && (sentence.start + 1..sentence.end.min(sentence.start + 3)).any(is_deed)
        && (speech.start..speech.end).any(|at| graf.is(at, Class::FIRST))
        && !(sentence.start..sentence.end).any(|at| graf.is(at, Class::FIRST.and(Class::SECOND)))
        && !(speech.start..speech.end).any(is_person)
}

/// The writer speaks again: words in marks, or somebody else's cue.
fn is_copy(graf: &Graf, sentence: Run) -> bool {
    let has_marks = (sentence.start..sentence.end).any(|at| graf.passage(at).is_some());
    if has_marks {
        return true;
    }
    let is_own = |run: Run| (run.start..run.end).any(|at| graf.is(at, Class::FIRST.and(Class::SECOND)));
    cue::find(graf, sentence).iter().any(|cue| {
        let subject = mention::before(graf, sentence.start, cue.run.start);
        let is_third = subject.is_some_and(|subject| is_third(graf, subject.mention.start));
        let opening = content::opening(graf, cue, sentence.end);
        // “Roe stated: I will stay”: the *I* behind the colon is Roe’s, not that of the speech before.
        let own_end = if matches!(opening, Opening::Colon(_)) && is_third { cue.run.end } else { sentence.end };
        opening != Opening::End
            && !is_own(Run::new(sentence.start, own_end))
            && (cue.sort == Sort::According
                || cue.sort == Sort::Finite && is_third && cue.takes.has(Takes::MARKS.or(Takes::CLAUSE)))
    })
}
