//! The cues of a sentence with their subjects, and where one attribution must end for the next.

use super::Stance;
use super::content::{self, Opening};
use super::cue::{self, Cue, Sort};
use super::graf::{Graf, Run};
use super::lexicon::{Class, Inflection, Takes};
use super::mention::{self, Subject};
use super::subject;
use super::title::is_work;
use super::unmarked;
use super::word::Kind;

/// A cue with its subject.
#[derive(Clone, Copy, Debug)]
pub(super) struct Report {
    pub(super) cue: Cue,
    pub(super) subject: Option<Subject>,
    /// Who stands behind the cue: *said Roe*.
    pub(super) inverted: Option<Subject>,
    /// Words of an earlier attribution end here when they reach this far.
    pub(super) wall: Option<usize>,
}

impl Report {
    /// *a study found*, *the poll suggests*
    pub(super) fn is_papers(&self, graf: &Graf) -> bool {
        let is_paper = |subject: Subject| mention::is_paper(graf, subject.mention);
        self.cue.takes.has(Takes::DOCUMENT) && self.cue.sort == Sort::Finite && self.subject.is_some_and(is_paper)
    }
}

/// The cues of a sentence, each with who speaks by it.
pub(super) fn reports(graf: &Graf, sentence: Run) -> Vec<Report> {
    let mut reports: Vec<Report> = Vec::new();
    for cue in cue::find(graf, sentence) {
        let before = cue.run.start.checked_sub(1).filter(|before| *before >= sentence.start);
        let is_joined = before.is_some_and(|before| subject::is_joined(graf, cue, before));
        let subject = subject::of(graf, sentence, cue, &reports);
        let wall = wall(graf, cue, sentence, subject, before, is_joined);
        let is_as_saying = before.is_some_and(|before| graf.reads(before, "as")) && graf.reads(cue.head, "saying");
        let quoted = reports.pop_if(|report| is_as_saying && subject::is_quoting(graf, report));
        let is_passive = quoted.is_some_and(|quoted| quoted.cue.sort == Sort::Passive);
        let cue = match quoted {
            Some(quoted) if is_passive => {
                Cue { run: Run::new(quoted.cue.run.start, cue.run.end), sort: Sort::Finite, ..cue }
            }
            _ => cue,
        };
        let subject = match quoted {
            Some(quoted) => subject::quoted_subject(graf, sentence, &quoted, cue.head - 1),
            None => subject,
        };
        let from = subject.map_or(cue.run.start, |subject| subject.from);
        let is_if = from > sentence.start && graf.reads(from - 1, "if") || graf.reads(from, "if");
        let stance = if is_if && cue.stance == Stance::Said { Stance::Hypothetical } else { cue.stance };
        let inverted = subject::inverted(graf, sentence, cue);
        reports.push(Report { cue: Cue { stance, ..cue }, subject, inverted, wall });
    }
    reports
}

/// Where words attributed earlier must end, because this cue begins an attribution of its own.
pub(super) fn wall(
    graf: &Graf,
    cue: Cue,
    sentence: Run,
    subject: Option<Subject>,
    before: Option<usize>,
    is_joined: bool,
) -> Option<usize> {
    let before = before.filter(|_| cue.sort != Sort::Noun)?;
    let at_comma = |at: usize| if at > 0 && graf.kind(at - 1) == Some(Kind::Comma) { at - 1 } else { at };
    let is_led = subject.is_some_and(|subject| {
        // “said she and her friends called it …”: one subject of two.
        let is_second = subject.from > 0 && graf.is(subject.from - 1, Class::PRONOUN);
        !subject.is_relative
            && !is_second
            && subject.from < subject.mention.start
            && graf.is(subject.from, Class::CONJUNCTION)
    });
    let before = if is_led && !is_joined { subject.map_or(before, |subject| subject.from) } else { before };
    if (is_joined || is_led)
        && cue.sort == Sort::Finite
        && is_past(graf, cue)
        && cue.takes.has(Takes::NAME.or(Takes::FOR).or(Takes::AS).or(Takes::NOUN).or(Takes::INFINITIVE))
    {
        return Some(at_comma(before));
    }
    // “…, to which Doe shouted: ‘…’” / “…, which she called ‘…’”: a relative clause with speech of its own.
    let aside = subject.and_then(|subject| aside_before(graf, sentence, subject.from));
    if cue.sort == Sort::Finite && aside.is_some() && speaks_behind(graf, cue, sentence) {
        return aside;
    }
    let semicolon = subject.filter(|subject| !subject.is_relative && subject.from > 0).map(|subject| subject.from - 1);
    if semicolon.is_some_and(|at| graf.kind(at) == Some(Kind::Semicolon)) && cue.sort == Sort::Finite {
        return semicolon;
    }
    if cue.sort == Sort::Participle && !is_joined && graf.kind(before) == Some(Kind::Comma) {
        return Some(before);
    }
    // “…, with Roe calling it ‘a sham’”: a clause of its own.
    let with = subject.and_then(|subject| subject.from.checked_sub(1)).filter(|with| graf.reads(*with, "with"));
    if cue.sort == Sort::Participle
        && let Some(with) = with.filter(|with| *with > sentence.start)
    {
        return Some(at_comma(with));
    }
    if !cue.takes.has(Takes::CLAUSE.or(Takes::THAT).or(Takes::MARKS))
        || cue.takes.has(Takes::THOUGHT) && !cue.takes.has(Takes::CLAUSE)
    {
        return None;
    }
    if !matches!(cue.sort, Sort::According | Sort::Participle) && !takes_behind(graf, cue, sentence) {
        return None;
    }
    match cue.sort {
        // “reported that, according to a survey, …”
        Sort::According if graf.reads(before, "that") => None,
        Sort::According if graf.kind(before) == Some(Kind::Comma) && before > 0 && graf.reads(before - 1, "that") => {
            None
        }
        Sort::According => Some(at_comma(cue.run.start)),
        Sort::Participle if is_joined => Some(at_comma(before)),
        Sort::Participle => match graf.kind(before) {
            Some(Kind::Passage(index)) => graf.passages[index].has_comma.then_some(before + 1),
            _ => ["while", "before", "after"].iter().any(|word| graf.reads(before, word)).then(|| at_comma(before)),
        },
        Sort::Finite if is_joined => Some(at_comma(before)),
        Sort::Finite => {
            let subject = subject.filter(|subject| !subject.is_relative)?;
            (subject.from < subject.mention.start).then(|| at_comma(subject.from))
        }
        _ => None,
    }
}

/// The comma or dash before *which*, *to which*, *whom* right before a subject.
fn aside_before(graf: &Graf, sentence: Run, from: usize) -> Option<usize> {
    let point = from.checked_sub(1).filter(|point| *point > sentence.start)?;
    let is_when = ["when", "while", "after", "before", "as"].iter().any(|word| graf.reads(from, word));
    if is_when && matches!(graf.kind(point), Some(Kind::Comma | Kind::Dash)) {
        return Some(point);
    }
    // “…, a phrase Roe called ‘elastic’”
    let reach = sentence.start.max(point.saturating_sub(3));
    let noun = (reach..point).rev().find(|at| graf.is(*at, Class::DETERMINER)).and_then(|at| at.checked_sub(1));
    let is_noun = graf.items[point].is_word() && !graf.items[point].is_capital && !graf.is_finite(point);
    match noun.filter(|at| is_noun && *at > sentence.start).and_then(|at| Some((at, graf.kind(at)?))) {
        Some((point, Kind::Comma | Kind::Dash)) => return Some(point),
        Some((passage, Kind::Passage(index))) if graf.passages[index].has_comma => return Some(passage + 1),
        _ => {}
    }
    let which = from.checked_sub(1).filter(|which| *which > sentence.start)?;
    let is_which = ["which", "who", "whom"].iter().any(|word| graf.reads(which, word));
    let is_led = is_which && graf.is(which - 1, Class::PREPOSITION);
    let start = if is_led { which - 1 } else { which };
    let point = start.checked_sub(1).filter(|point| is_which && *point > sentence.start)?;
    matches!(graf.kind(point), Some(Kind::Comma | Kind::Dash)).then_some(point)
}

/// Words in marks right behind the cue, or behind *as*, a colon or a comma.
fn speaks_behind(graf: &Graf, cue: Cue, sentence: Run) -> bool {
    let has_marks = |at: usize| (at..sentence.end.min(at + 3)).any(|at| graf.passage(at).is_some());
    match content::opening(graf, &cue, sentence.end) {
        Opening::Passage(_) => true,
        Opening::Colon(at) | Opening::Comma(at) => graf.passage(at + 1).is_some(),
        Opening::Bare(at) => has_marks(at),
        _ => false,
    }
}

pub(super) fn is_past(graf: &Graf, cue: Cue) -> bool {
    graf.items[cue.head].verbs.iter().any(|verb| verb.inflection == Inflection::Past)
}

/// The writer's own cue after speech that lost its marks: *…, but she stressed that …*
pub(super) fn is_writers(graf: &Graf, later: &Report) -> bool {
    let Some(subject) = later.subject else { return later.cue.sort == Sort::According };
    let is_other = unmarked::is_third(graf, subject.mention.start);
    let is_led = graf.is(subject.from, Class::CONJUNCTION) || graf.reads(subject.from, "while");
    later.cue.sort == Sort::Finite && is_led && is_other
}

/// Words stand behind the cue that it can attribute.
pub(super) fn takes_behind(graf: &Graf, cue: Cue, sentence: Run) -> bool {
    takes(graf, cue, content::opening(graf, &cue, sentence.end), sentence)
}

fn takes(graf: &Graf, cue: Cue, opening: Opening, sentence: Run) -> bool {
    match opening {
        Opening::That(_) | Opening::Question(_) | Opening::Colon(_) | Opening::Passage(_) => true,
        Opening::Comma(comma) => after_comma(graf, &cue, comma, sentence.end).is_some(),
        Opening::Bare(start) => content::is_clause(graf, start, sentence.end),
        Opening::Infinitive(_) | Opening::End => false,
    }
}

/// A comma or a dash stands before it.
fn is_set_off(graf: &Graf, from: usize) -> bool {
    from > 0 && matches!(graf.kind(from - 1), Some(Kind::Comma | Kind::Dash))
}

/// Where the clause of a cue ends in the middle of a sentence: *Asked if …, she said* / *Roe, who said …, left*.
pub(super) fn clause_end(graf: &Graf, sentence: Run, report: &Report, wall: usize) -> usize {
    // “What Roe calls ‘the long goodbye’ began in March.”
    let is_what = report
        .subject
        .is_some_and(|subject| subject.mention.start > sentence.start && graf.reads(subject.mention.start - 1, "what"));
    let passage = (report.cue.run.end..wall).find(|at| graf.passage(*at).is_some()).filter(|_| is_what);
    if let Some(passage) = passage.filter(|passage| graf.is_finite(passage + 1)) {
        return passage + 1;
    }
    // “shouted ‘Shame!’ as Roe left”: a whole exclamation, and when it was heard.
    let is_whole = |at: usize| graf.passage(at).is_some_and(|passage| passage.has_stop && passage.is_capital);
    let is_when = |at: usize| ["as", "when", "while", "before", "after"].iter().any(|word| graf.reads(at, word));
    if is_whole(report.cue.run.end) && is_when(report.cue.run.end + 1) && report.cue.run.end + 1 < wall {
        return report.cue.run.end + 1;
    }
    let is_relative = report.subject.is_some_and(|subject| subject.is_relative && is_set_off(graf, subject.from));
    let lead = Class::SUBORDINATOR.and(Class::PREPOSITION);
    let is_opener =
        |at: &usize| graf.is(*at, Class::ADVERB.and(Class::CONJUNCTION)) && !graf.is(*at, Class::SUBORDINATOR);
    let n_openers = (sentence.start..sentence.end.min(sentence.start + 3)).take_while(is_opener).count();
    let start = (sentence.start + n_openers).min(sentence.end - 1);
    let is_participle =
        graf.items[start].verbs.iter().any(|verb| matches!(verb.inflection, Inflection::Ing | Inflection::Past));
    let is_led = (graf.is(start, lead) && !graf.is(start, Class::DETERMINER) || is_participle)
        && report.cue.head < start + 14
        && !(start..report.cue.run.start).any(|at| graf.kind(at) == Some(Kind::Comma));
    let from = report.subject.map_or(start, |subject| subject.from);
    let is_aside = ["while", "although", "though", "whereas"].iter().any(|word| graf.reads(from, word));
    // “…, and when Roe said it was good to be home, a man yelled ‘…’”
    let is_when = report.subject.is_some()
        && (from..from + 2).any(|at| graf.reads(at, "when") || graf.reads(at, "after"))
        && from > start
        && graf.kind(from - 1) == Some(Kind::Comma);
    let before = report.cue.run.start.checked_sub(1);
    let is_restrictive =
        report.cue.sort == Sort::Participle && before.is_some_and(|at| graf.kind(at) != Some(Kind::Comma));
    let is_apposed = report.cue.sort == Sort::Participle && !graf.has_finite(Run::new(start, report.cue.run.start));
    let is_open = is_relative || is_led || is_restrictive || is_apposed || is_when || is_aside && from < start + 4;
    if !is_open {
        return wall;
    }
    let ends = |at: usize| {
        let resumes = (is_relative || is_apposed) && graf.is_finite(at + 1);
        resumes || !is_relative && is_main_clause(graf, at + 1, wall)
    };
    let after_comma = |at: usize| match graf.kind(at) {
        Some(Kind::Comma) if at > report.cue.run.end => ends(at).then_some(at),
        Some(Kind::Dash) if is_relative => Some(at),
        Some(Kind::Passage(index)) if graf.passages[index].has_comma => ends(at).then_some(at + 1),
        _ => None,
    };
    (report.cue.run.end..wall).find_map(after_comma).unwrap_or(wall)
}

/// A subject without a leading conjunction or preposition, and its verb.
pub(super) fn is_main_clause(graf: &Graf, at: usize, wall: usize) -> bool {
    let barred = Class::CONJUNCTION.and(Class::RELATIVE).and(Class::SUBORDINATOR);
    if graf.is(at, Class::PREPOSITION) && !graf.is(at, barred.and(Class::DETERMINER)) {
        // “…, at the town hall this week she said …”
        let words = (at + 1..wall.min(at + 10)).take_while(|at| graf.items[*at].is_word());
        return words.clone().any(|at| graf.is(at, Class::PRONOUN) && graf.is_finite(at + 1));
    }
    !graf.is(at, barred) && content::is_clause(graf, at, wall) && !is_participle(graf, at)
}

/// *said, in a statement, that …* / *replied, saying, You …*
pub(super) fn after_comma(graf: &Graf, cue: &Cue, comma: usize, wall: usize) -> Option<usize> {
    let next = comma + 1;
    let is_that = graf.reads(next, "that") && !graf.items[next].is_capital;
    // “said in his book, ‘An American Son.’”: whose name, not what was said.
    if graf.passage(next).is_some_and(|passage| is_work(graf, comma, passage)) {
        return None;
    }
    if graf.passage(next).is_some() || is_that {
        return Some(if is_that { next + 1 } else { next });
    }
    if unmarked::opens(graf, next) || unmarked::begins(graf, cue, Run::new(cue.head, wall)) {
        return Some(next);
    }
    if ["if", "when", "despite", "unless", "once", "given"].iter().any(|word| graf.reads(next, word)) {
        return Some(next);
    }
    let second = (next..wall.min(next + 16)).find(|at| matches!(graf.kind(*at), Some(Kind::Comma | Kind::Colon)))?;
    // “The coaches agree - Jane Roe: ‘…’”: the name behind the dash says it.
    let is_name = (next..second).all(|at| graf.items[at].is_word() && graf.items[at].is_capital);
    if graf.kind(comma) == Some(Kind::Dash) && graf.kind(second) == Some(Kind::Colon) && is_name {
        return None;
    }
    let after = second + 1;
    if graf.passage(after).is_some() {
        return Some(after);
    }
    if graf.reads(after, "that") {
        return Some(after + 1);
    }
    let is_clause = cue.takes.has(Takes::CLAUSE) && is_main_clause(graf, after, wall) && !is_participle(graf, next);
    is_clause.then_some(next)
}

pub(super) fn is_participle(graf: &Graf, at: usize) -> bool {
    let is_manner = graf.item(at).is_some_and(|item| item.is_manner(graf.text));
    let is_adverb = is_manner || graf.is(at, Class::ADVERB.and(Class::CONJUNCTION));
    let at = if is_adverb { at + 1 } else { at };
    graf.item(at).is_some_and(|item| !item.is_capital && item.span.len() > 4 && item.of(graf.text).ends_with("ing"))
}

/// *declined to say who …*: the verb after *to* is the cue.
pub(super) fn is_cue_behind(graf: &Graf, at: usize) -> bool {
    let takes = Takes::CLAUSE.or(Takes::MARKS);
    graf.item(at)
        .is_some_and(|item| item.verbs.iter().any(|verb| verb.inflection == Inflection::Base && verb.takes.has(takes)))
}

/// What follows an inverted cue's speaker.
pub(super) fn rest_opening(graf: &Graf, at: usize, wall: usize) -> Opening {
    let is_comma = |at: &usize| graf.kind(*at) == Some(Kind::Comma);
    // “Any doubt, said Jane Roe, the mayor, would …”
    if let Some(comma) = (at..wall).filter(is_comma).find(|at| graf.is_finite(at + 1) && !is_participle(graf, at + 1)) {
        return Opening::Comma(comma);
    }
    let Some(comma) = (at..wall).find(|at| !graf.items[*at].is_word()).filter(is_comma) else { return Opening::End };
    let is_set_off = |at: usize| matches!(graf.kind(at - 1), Some(Kind::Comma | Kind::Colon | Kind::Dash));
    match (comma + 1..wall).find(|at| graf.passage(*at).is_some()).filter(|at| is_set_off(*at)) {
        Some(passage) => Opening::Comma(passage - 1),
        None => Opening::End,
    }
}

/// *Polls show that it “is not liked,” said Roe.*: the attribution that ends the sentence holds all before it.
///
/// Its index, when cues stand before it that would take some of those words.
pub(super) fn closing(graf: &Graf, sentence: Run, reports: &[Report]) -> Option<usize> {
    let last = reports.len().checked_sub(1).filter(|last| *last > 0)?;
    let Report { cue, subject, inverted, .. } = reports[last];
    let from = inverted.or(subject.filter(|subject| !subject.is_relative))?.from;
    let passage = from.checked_sub(1).filter(|at| *at > sentence.start)?;
    let is_own = matches!(graf.kind(passage - 1), Some(Kind::Colon | Kind::Dash));
    // “Polls show the mayor is not liked, Roe said.”
    let is_told_last = graf.kind(passage) == Some(Kind::Comma) && is_papers_first(graf, reports);
    let is_spoken = (graf.passage(passage).is_some_and(|passage| passage.has_comma) || is_told_last) && !is_own;
    let rest = inverted.map_or(cue.run.end, |inverted| inverted.mention.end);
    let ends = match inverted {
        Some(_) => matches!(rest_opening(graf, rest, sentence.end), Opening::End),
        None => matches!(opening_behind(graf, &cue, from, sentence.end), Opening::End),
    };
    let leads = Class::SUBORDINATOR.and(Class::PREPOSITION);
    let is_led = graf.is(sentence.start, leads) && !graf.is(sentence.start, Class::DETERMINER);
    // “He said it was ‘fine,’ the Post reported”: the Post tells of it, he says it.
    let is_told = graf.reads(cue.head, "reported") || graf.reads(cue.head, "reports");
    let is_whole = cue.sort == Sort::Finite && cue.takes.has(Takes::MARKS.or(Takes::CLAUSE)) && !is_told;
    let is_lead = reports[..last].iter().all(|report| {
        report.cue.sort == Sort::Finite && report.subject.is_some_and(|subject| subject.from == sentence.start)
    });
    (is_spoken && ends && is_whole && !is_led && is_lead).then_some(last)
}

/// What follows a cue whose words may stand before it, up to `front_end`.
///
/// *“…,” she said as she left* / *“…?” he told reporters when asked about it*: that says when, not what.
pub(super) fn opening_behind(graf: &Graf, cue: &Cue, front_end: usize, end: usize) -> Opening {
    let leads = ["as", "when", "while", "after", "before", "where", "because", "during"];
    let is_behind_marks = front_end > 0 && graf.passage(front_end - 1).is_some();
    match content::opening(graf, cue, end) {
        Opening::Question(at) | Opening::Bare(at)
            if is_behind_marks && leads.iter().any(|word| graf.reads(at, word)) =>
        {
            Opening::End
        }
        opening => opening,
    }
}

/// *she asked.*, with nothing attributed behind it: it belongs to the words before.
pub(super) fn is_bare_attribution(graf: &Graf, sentence: Run) -> bool {
    let cues = cue::find(graf, Run::new(sentence.start, sentence.end.min(sentence.start + 40)));
    let mut cues =
        cues.iter().filter(|cue| cue.takes.has(Takes::MARKS.or(Takes::QUESTION)) && cue.sort == Sort::Finite);
    let Some(cue) = cues.next() else { return false };
    if cue.run.start == sentence.start {
        return mention::after(graf, cue.run.end, sentence.end).is_some();
    }
    let subject = mention::before(graf, sentence.start, cue.run.start);
    let is_first = subject.is_some_and(|subject| subject.from == sentence.start && !subject.is_relative);
    let opening = opening_behind(graf, cue, sentence.start, sentence.end);
    // “…?” Roe said in May, when she left: a clause behind a comma is copy.
    let is_full =
        sentence.start > 0 && graf.passage(sentence.start - 1).is_some_and(|passage| passage.is_full(graf.text));
    let is_copy = |comma: usize| !is_full && graf.passage(comma + 1).is_none() && !graf.reads(comma + 1, "that");
    let is_empty = match opening {
        Opening::End => true,
        Opening::Comma(comma) if is_copy(comma) => true,
        _ => !takes(graf, *cue, opening, sentence),
    };
    is_first && is_empty && !matches!(opening, Opening::Infinitive(_))
}

/// A verb of saying, not of thought and not one that takes only a thing.
pub(super) fn is_strong_cue(cue: &Cue) -> bool {
    cue.sort == Sort::According
        || cue.takes.has(Takes::CLAUSE.or(Takes::THAT).or(Takes::MARKS)) && !cue.takes.has(Takes::THOUGHT)
}

/// All attributions but the last are those of papers: *polls show*, *the study suggests*.
fn is_papers_first(graf: &Graf, reports: &[Report]) -> bool {
    let [before @ .., _] = reports else { return false };
    before.iter().all(|report| report.is_papers(graf))
}

/// *Doe said the mill would close, the Post reported.*: the comma before an attribution that ends the sentence and has
/// no words behind it.
pub(super) fn tag(graf: &Graf, sentence: Run, report: &Report) -> Option<usize> {
    let Report { cue, subject, .. } = *report;
    let subject = subject.filter(|subject| !subject.is_relative && subject.from == subject.mention.start)?;
    let comma = subject.from.checked_sub(1).filter(|comma| graf.kind(*comma) == Some(Kind::Comma))?;
    let is_whole = cue.sort == Sort::Finite && cue.takes.has(Takes::MARKS.or(Takes::CLAUSE));
    let ends = matches!(opening_behind(graf, &cue, subject.from, sentence.end), Opening::End);
    (is_whole && ends && mention::can_speak(graf, subject.mention)).then_some(comma)
}
