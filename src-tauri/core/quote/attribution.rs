//! One paragraph's attributions: each cue with its speaker and the words it attributes.

use super::content::{self, Opening};
use super::cue::{self, Cue, Sort};
use super::graf::{Graf, Run};
use super::lexicon::{Class, Takes};
use super::mention;
use super::report::{self, Report, clause_end, is_bare_attribution, is_strong_cue, is_writers, reports};
use super::subject::{clause_subject, is_governed, main_subject};
use super::unmarked;
use super::word::Kind;
use super::{Form, Stance};
use crate::span::Span;

/// The mark before a graf's first word takes no more bytes, white space and all.
const MAX_MARK: usize = 8;

/// An attribution before its speaker is resolved.
#[derive(Clone, Debug)]
pub(super) struct Find {
    pub(super) content: Vec<Span>,
    pub(super) marked: Vec<Span>,
    pub(super) cue: Option<Span>,
    pub(super) mention: Option<Span>,
    /// The words a relative pronoun stands for, when the mention is one.
    pub(super) noun: Option<Span>,
    pub(super) form: Form,
    pub(super) stance: Stance,
    pub(super) rule: &'static str,
    /// Its words stand in marks up to the end of its sentence, so that passages after it run on.
    pub(super) runs_on: bool,
    /// The sentence it ends in.
    pub(super) sentence: usize,
    /// Stands in the words of another: *Roe said Doe had promised to come*.
    pub(super) is_nested: bool,
}

/// A paragraph that ends in a colon hands its speaker over to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lead {
    pub(super) cue: Option<Span>,
    pub(super) mention: Span,
}

impl Find {
    /// Its words begin the graf, and the graf says whose they are.
    pub(super) fn goes_on(&self, graf: Span) -> bool {
        let is_first = self.marked.first().is_some_and(|words| words.start <= graf.start + MAX_MARK);
        is_first && self.mention.is_some()
    }

    /// The same find when its paragraph began at byte `from` and now begins at byte `to`.
    pub(super) fn move_spans(&mut self, from: usize, to: usize) {
        let Find { content, marked, cue, mention, noun, .. } = self;
        for span in content.iter_mut().chain(marked).chain(cue).chain(mention).chain(noun) {
            *span = span.moved(from, to);
        }
    }
}

impl Lead {
    /// Where its first word stands.
    pub(super) fn start(self) -> usize {
        self.cue.map_or(self.mention.start, |cue| cue.start.min(self.mention.start))
    }

    /// The same when its paragraph began at byte `from` and now begins at byte `to`.
    pub(super) fn moved(self, from: usize, to: usize) -> Lead {
        Lead { cue: self.cue.map(|cue| cue.moved(from, to)), mention: self.mention.moved(from, to) }
    }
}

/// What a paragraph hands over, when it ends in a colon.
pub(super) fn lead(graf: &Graf) -> Option<Lead> {
    let sentence = *graf.sentences.last()?;
    if graf.kind(sentence.end - 1) != Some(Kind::Colon) {
        return None;
    }
    let cues = cue::find(graf, sentence);
    let cue = cues.iter().rev().find(|cue| cue.takes.has(Takes::MARKS.or(Takes::CLAUSE)) && cue.sort != Sort::Passive);
    if let Some(cue) = cue {
        let mention = match cue.sort {
            Sort::Finite => mention::before(graf, sentence.start, cue.run.start).map(|subject| subject.mention),
            _ => clause_subject(graf, sentence, cue.run.start).map(|subject| subject.mention),
        };
        let mention = mention.or_else(|| mention::after(graf, cue.run.end, sentence.end))?;
        return Some(Lead { cue: Some(graf.span_of(cue.run)), mention: graf.span_of(mention) });
    }
    let follows = sentence.end.saturating_sub(3);
    if follows > sentence.start && graf.reads(follows, "as") && graf.reads(follows + 1, "follows") {
        let mention = mention::phrase_before(graf, sentence.start, follows)?;
        return Some(Lead { cue: Some(graf.span_of(Run::new(follows, follows + 2))), mention: graf.span_of(mention) });
    }
    let subject = main_subject(graf, sentence, sentence.end).or_else(|| clause_subject(graf, sentence, sentence.end));
    let subject = subject.map(|subject| subject.mention);
    let mention = subject.or_else(|| mention::phrase_before(graf, sentence.start, sentence.end - 1))?;
    Some(Lead { cue: None, mention: graf.span_of(mention) })
}

/// *By Jane Roe*, a line of its own: who writes.
pub(super) fn byline(graf: &Graf) -> Option<Span> {
    let reach = graf.items.len().min(8);
    let is_point = |at: &usize| matches!(graf.kind(*at), Some(Kind::Comma | Kind::Stop | Kind::Open | Kind::Dash));
    let end = (1..reach).find(is_point).unwrap_or(reach);
    let is_name = (1..end).all(|at| graf.items[at].is_word() && graf.items[at].is_capital);
    let is_line = graf.reads(0, "by") && graf.items[0].is_capital && graf.items.len() <= 12;
    (is_line && is_name && (3..=5).contains(&end)).then(|| graf.span_of(Run::new(1, end)))
}

/// *— Jane Roe, Ohio*: a line of its own below words in marks that says whose they are.
pub(super) fn signature(graf: &Graf) -> Option<Span> {
    signature_at(graf, 0).map(|name| graf.span_of(name))
}

/// A dash at `at`, and a name up to the end of the paragraph.
pub(super) fn signature_at(graf: &Graf, at: usize) -> Option<Run> {
    let start = (at..graf.items.len().min(at + 3)).find(|at| graf.kind(*at) != Some(Kind::Dash))?;
    let reach = graf.items.len().min(start + 14);
    let is_point = |at: &usize| matches!(graf.kind(*at), Some(Kind::Comma | Kind::Stop | Kind::Open));
    // “— Roe on his late winner”: what it is about.
    let is_about = |at: &usize| *at > start && graf.is(*at, Class::PREPOSITION) && !graf.reads(*at, "of");
    let end = (start..reach).find(|at| is_point(at) || is_about(at)).unwrap_or(reach);
    let name = Run::new(start, end);
    let is_short = start > at && !name.is_empty() && end - start <= 6 && graf.items.len() - start <= 24;
    (is_short && graf.items[start].is_capital && !graf.has_finite(name)).then_some(name)
}

/// Reads one paragraph; `lead` and `signed` are what the paragraphs before and after it say of its speaker.
pub(super) fn find(
    graf: &Graf,
    lead: Option<&Lead>,
    signed: Option<Span>,
    is_named: &dyn Fn(&str) -> bool,
) -> Vec<Find> {
    let mut reader = Reader {
        graf,
        finds: Vec::new(),
        is_nested: false,
        used: vec![false; graf.passages.len()],
        said_until: 0,
        said: Vec::new(),
        unmarked_until: 0,
        lead,
        signed,
        is_named,
    };
    for at in 0..graf.sentences.len() {
        reader.sentence(at);
    }
    reader.finds
}

pub(super) struct Reader<'g, 't> {
    pub(super) graf: &'g Graf<'t>,
    /// Who the paragraph before hands over to (*Roe wrote:*).
    pub(super) lead: Option<&'g Lead>,
    /// Who signs below it (*— Roe*).
    pub(super) signed: Option<Span>,
    /// The text names somebody so.
    pub(super) is_named: &'g dyn Fn(&str) -> bool,
    pub(super) finds: Vec<Find>,
    /// The cue being read stands in the words of another.
    pub(super) is_nested: bool,
    /// Which passages an attribution holds.
    pub(super) used: Vec<bool>,
    /// The items before this one belong to attributions already found.
    pub(super) said_until: usize,
    /// What the attributions of this sentence hold.
    pub(super) said: Vec<Run>,
    /// Speech whose marks were lost reaches up to here: what it tells of others is its own.
    pub(super) unmarked_until: usize,
}

impl Reader<'_, '_> {
    fn sentence(&mut self, at: usize) {
        let graf = self.graf;
        let sentence = graf.sentences[at];
        if sentence.start < self.said_until && sentence.end <= self.said_until {
            return;
        }
        self.said.retain(|run| run.end > sentence.start);
        let is_marked = (sentence.start..sentence.end).all(|at| is_marked_or_point(graf, at));
        if is_marked && self.run_on(at) {
            return;
        }
        if at == 0 && self.label() {
            return;
        }
        let mut reports = reports(graf, sentence);
        if let Some(closing) = report::closing(graf, sentence, &reports) {
            reports.drain(..closing);
        }
        // Cues of speech first: what they take is not read again as the object of a weaker verb.
        for is_strong in [true, false] {
            for n in 0..reports.len() {
                if is_strong_cue(&reports[n].cue) == is_strong {
                    self.report(at, &reports, n);
                }
            }
        }
        self.leftover(at);
    }

    /// A sentence all in marks goes on with the speech of the sentence before.
    fn run_on(&mut self, at: usize) -> bool {
        let sentence = self.graf.sentences[at];
        if sentence.start == 0 {
            return false;
        }
        let near = self.finds.iter().enumerate().rev().take(6);
        let Some((found, _)) = near.into_iter().find(|(_, find)| find.runs_on && find.sentence + 1 == at) else {
            return false;
        };
        // What follows may be its own attribution: “…?” she asked.
        let next = self.graf.sentences.get(at + 1);
        if next.is_some_and(|next| is_bare_attribution(self.graf, *next)) {
            return false;
        }
        let spans = content::marked(self.graf, sentence);
        self.take(sentence);
        if let Some(find) = self.finds.get_mut(found) {
            find.content.extend(&spans);
            find.marked.extend(&spans);
            find.sentence = at;
        }
        true
    }

    /// An attribution already holds the item.
    pub(super) fn is_said(&self, at: usize) -> bool {
        self.said.iter().any(|run| run.start <= at && at < run.end)
    }

    pub(super) fn take(&mut self, run: Run) {
        self.said.push(run);
        for at in run.start..run.end {
            if let Some(Kind::Passage(index)) = self.graf.kind(at) {
                self.used[index] = true;
            }
        }
        self.said_until = self.said_until.max(run.end);
    }

    fn report(&mut self, at: usize, reports: &[Report], n: usize) {
        let graf = self.graf;
        let sentence = graf.sentences[at];
        let Some(report) = as_heard(graf, &reports[n]) else { return };
        let cue = report.cue;
        if cue.head < self.unmarked_until {
            return;
        }
        // *repeated his claim that …*: the claim says what was said.
        let has_claim = reports.get(n + 1).is_some_and(|next| {
            let between = Run::new(cue.run.end, next.cue.head);
            next.cue.sort == Sort::Noun
                && between.end - between.start <= 4
                && !(between.start..between.end).any(|at| graf.reads(at, "that"))
                && cue.sort != Sort::Noun
                && !graf.has_finite(between)
        });
        if has_claim
            || report.subject.is_some_and(|subject| mention::is_nobody(graf, subject.mention))
            || asks_no_name(graf, &cue, sentence)
            || is_noun(graf, &cue, sentence)
            || is_modifier(graf, &report, sentence)
        {
            return;
        }
        let is_unmarked = unmarked::begins(graf, &cue, sentence);
        let walls = reports[n + 1..].iter().filter(|later| !is_unmarked || is_writers(graf, later));
        let wall = walls.filter_map(|later| later.wall).find(|wall| *wall > cue.run.end).unwrap_or(sentence.end);
        let owned = reports[n + 1..].iter().filter_map(|later| colon_of_own(graf, later));
        let wall = owned.filter(|colon| *colon >= cue.run.end).fold(wall, usize::min);
        let tag = reports[n + 1..].last().and_then(|later| report::tag(graf, sentence, later));
        let wall = tag.filter(|comma| *comma > cue.run.end && !is_unmarked).map_or(wall, |comma| wall.min(comma));
        if cue.sort == Sort::According {
            self.according(at, cue, wall);
            return;
        }
        let wall = if is_unmarked { wall } else { clause_end(graf, sentence, &report, wall) };
        if self.as_reported(at, &report) {
            return;
        }
        let is_nested = self.is_said(cue.head);
        self.is_nested = is_nested;
        if is_nested && !is_strong_cue(&cue) {
            return;
        }
        if !is_nested && (self.is_how(at, &report) || self.is_as(at, &report) || self.front(at, &report, wall)) {
            return;
        }
        self.behind(at, &report, wall);
    }
}

/// *400 pledged delegates*, *a beer called Swing State*, *emails that moved*: no subject that can speak, no words in marks.
fn is_modifier(graf: &Graf, report: &Report, sentence: Run) -> bool {
    let cue = report.cue;
    // “took the stage to acknowledge his victory”: why, not what.
    let is_purpose = cue.sort == Sort::Infinitive && !is_governed(graf, sentence, cue);
    let is_marked = (cue.run.end..sentence.end).any(|at| graf.passage(at).is_some());
    if is_purpose && !is_marked && !cue.takes.has(Takes::CLAUSE.or(Takes::MARKS)) {
        return true;
    }
    let Some(subject) = report.subject.filter(|subject| !subject.is_relative && cue.sort == Sort::Finite) else {
        return false;
    };
    let is_weak = !cue.takes.has(Takes::CLAUSE.or(Takes::THAT)) || cue.is_present && cue.takes.has(Takes::NOUN_PRONE);
    let has_marks = (sentence.start.saturating_sub(1)..sentence.end).any(|at| graf.passage(at).is_some());
    // “to investigate alleged fraud”: an adjective.
    let is_behind_verb = cue.run.start >= sentence.start + 2
        && graf.reads(cue.run.start - 2, "to")
        && !graf.items[cue.run.start - 1].is_capital;
    if is_behind_verb {
        return true;
    }
    let is_counted = cue.run.start > 0 && graf.items[cue.run.start - 1].is_number && !graf.reads(cue.head, "said");
    is_counted || is_weak && !has_marks && cue.run.start == cue.head && !mention::can_speak(graf, subject.mention)
}

/// *The court heard that …*: somebody told it, nobody is named. Nobody else attributes by hearing.
fn as_heard(graf: &Graf, report: &Report) -> Option<Report> {
    let cue = report.cue;
    if !["heard", "hears", "hear", "hearing"].iter().any(|word| graf.reads(cue.head, word)) {
        return Some(*report);
    }
    let courts = ["court", "jury", "jurors", "inquest", "hearing", "inquiry", "tribunal", "committee", "panel"];
    let is_court =
        report.subject.is_some_and(|subject| courts.iter().any(|word| graf.reads(subject.mention.end - 1, word)));
    let is_heard = is_court && cue.sort == Sort::Finite;
    is_heard.then_some(Report { cue: Cue { sort: Sort::Passive, ..cue }, subject: None, ..*report })
}

/// *who asked not to be named*, *declined to be identified*: a condition, no speech.
fn asks_no_name(graf: &Graf, cue: &Cue, sentence: Run) -> bool {
    let reach = sentence.end.min(cue.run.end + 5);
    let conditions = ["named", "identified", "quoted", "anonymous"];
    let be = (cue.run.end..reach).find(|at| graf.reads(*at, "be") && *at > 0 && graf.reads(at - 1, "to"));
    be.is_some_and(|be| conditions.iter().any(|word| graf.reads(be + 1, word)))
}

/// *Roe praised them all: “They won,” he said*: the colon before the words in marks that a later attribution owns.
fn colon_of_own(graf: &Graf, later: &Report) -> Option<usize> {
    let from = later.subject.map_or(later.cue.run.start, |subject| subject.from.min(later.cue.run.start));
    let passage = from.checked_sub(1)?;
    let is_spoken = graf.passage(passage).is_some_and(|passage| passage.has_comma || passage.has_stop);
    let colon = passage.checked_sub(1).filter(|at| opens_own(graf, *at))?;
    (is_spoken && later.cue.sort == Sort::Finite && later.cue.takes.has(Takes::MARKS)).then_some(colon)
}

/// A colon or dash before words in marks, or a comma before marks that open with a capital.
pub(super) fn opens_own(graf: &Graf, at: usize) -> bool {
    match graf.kind(at) {
        Some(Kind::Colon | Kind::Dash) => true,
        Some(Kind::Comma) => graf.passage(at + 1).is_some_and(|passage| passage.is_capital && passage.n_words > 3),
        _ => false,
    }
}

/// *Three states*, *the reports*: a form that may be a noun is a cue only with speech right before or behind it.
fn is_noun(graf: &Graf, cue: &Cue, sentence: Run) -> bool {
    if !cue.is_present || !cue.takes.has(Takes::NOUN_PRONE) || cue.takes.has(Takes::CLAUSE) {
        return false;
    }
    let has_marks = (cue.head.saturating_sub(6)..cue.head).any(|at| graf.passage(at).is_some());
    let has_speech = match content::opening(graf, cue, sentence.end) {
        Opening::That(_) | Opening::Colon(_) | Opening::Passage(_) | Opening::Bare(_) => true,
        Opening::Comma(comma) => graf.passage(comma + 1).is_some(),
        // “Roe promises to ‘end’ it”
        Opening::Infinitive(to) => (to + 1..sentence.end.min(to + 6)).any(|at| graf.passage(at).is_some()),
        _ => false,
    };
    !has_marks && !has_speech
}

pub(super) fn form(content: &[Span], marked: &[Span]) -> Form {
    if marked.is_empty() {
        return Form::Indirect;
    }
    let n_content: usize = content.iter().map(|span| span.len()).sum();
    let n_marked: usize = marked.iter().map(|span| span.len()).sum();
    if n_content <= n_marked { Form::Direct } else { Form::Mixed }
}

pub(super) fn is_marked_or_point(graf: &Graf, at: usize) -> bool {
    !graf.items[at].is_word()
}
