//! One paragraph's attributions: each cue with its speaker and the words it attributes.

use super::content::{self, Opening};
use super::cue::{self, Cue, Sort};
use super::graf::{Graf, Run};
use super::lexicon::{Class, Inflection, Takes};
use super::marks::Passage;
use super::mention::{self, Subject};
use super::unmarked;
use super::word::{Item, Kind};
use super::{Form, Stance};
use crate::span::Span;

/// An attribution before its speaker is resolved.
#[derive(Clone, Debug)]
pub(super) struct Find {
    pub(super) content: Vec<Span>,
    pub(super) marked: Vec<Span>,
    pub(super) cue: Option<Span>,
    pub(super) mention: Option<Span>,
    pub(super) form: Form,
    pub(super) stance: Stance,
    pub(super) rule: &'static str,
    /// Its words stand in marks up to the end of its sentence, so that passages after it run on.
    pub(super) runs_on: bool,
    /// The sentence it ends in.
    pub(super) sentence: usize,
}

/// A paragraph that ends in a colon hands its speaker over to the next.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lead {
    cue: Option<Span>,
    mention: Span,
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
    let subject = clause_subject(graf, sentence, sentence.end).map(|subject| subject.mention);
    let mention = subject.or_else(|| mention::phrase_before(graf, sentence.start, sentence.end - 1))?;
    Some(Lead { cue: None, mention: graf.span_of(mention) })
}

/// A cue with its subject.
#[derive(Clone, Copy, Debug)]
struct Report {
    cue: Cue,
    subject: Option<Subject>,
    /// Words of an earlier attribution end here when they reach this far.
    wall: Option<usize>,
}

/// Reads one paragraph.
pub(super) fn find(graf: &Graf, lead: Option<&Lead>, is_named: &dyn Fn(&str) -> bool) -> Vec<Find> {
    let mut reader = Reader {
        graf,
        finds: Vec::new(),
        used: vec![false; graf.passages.len()],
        said_until: 0,
        said: Vec::new(),
        unmarked_until: 0,
        lead,
        is_named,
    };
    for at in 0..graf.sentences.len() {
        reader.sentence(at);
    }
    reader.finds
}

struct Reader<'g, 't> {
    graf: &'g Graf<'t>,
    /// Who the paragraph before hands over to (*Roe wrote:*).
    lead: Option<&'g Lead>,
    /// The text names somebody so.
    is_named: &'g dyn Fn(&str) -> bool,
    finds: Vec<Find>,
    /// Which passages an attribution holds.
    used: Vec<bool>,
    /// The items before this one belong to attributions already found.
    said_until: usize,
    /// What the attributions of this sentence hold.
    said: Vec<Run>,
    /// Speech whose marks were lost reaches up to here: what it tells of others is its own.
    unmarked_until: usize,
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
        let reports = reports(graf, sentence);
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

    /// *JANE ROE: …*, *Q: …*, *Rep. Roe (R-Ohio): “…”*: a line of a transcript, or a headline that names who says it.
    fn label(&mut self) -> bool {
        let graf = self.graf;
        let Some(colon) = (0..graf.items.len().min(12)).find(|at| graf.kind(*at) == Some(Kind::Colon)) else {
            return false;
        };
        let label = Run::new(0, (0..colon).find(|at| graf.kind(*at) == Some(Kind::Open)).unwrap_or(colon));
        let n_words = label.end - label.start;
        let is_capital = (label.start..label.end).all(|at| graf.items[at].is_word() && graf.items[at].is_capital);
        if n_words == 0 || n_words > 5 || !is_capital || colon + 1 >= graf.items.len() || graf.has_finite(label) {
            return false;
        }
        let words = graf.span_of(label).of(graf.text);
        let is_shouted =
            n_words <= 5 && !words.contains(char::is_lowercase) && !words.ends_with(|c: char| c.is_ascii_digit());
        let is_titled =
            (label.start..label.end).any(|at| graf.is(at, Class::TITLE.and(Class::HONORIFIC)) && n_words > 1);
        let is_marked = graf.passage(colon + 1).is_some_and(|passage| passage.is_capital && passage.n_words > 3);
        let is_known = (self.is_named)(words);
        let is_capital = graf.items[colon + 1].is_capital || is_marked;
        if !is_capital || !(is_shouted || is_titled || is_known || is_marked && n_words <= 3) {
            return false;
        }
        let run = Run::new(colon + 1, if is_marked { graf.sentences[0].end } else { graf.items.len() });
        let marked = content::marked(graf, run);
        let all_marked = (run.start..run.end).all(|at| is_marked_or_point(graf, at));
        let content: Vec<Span> =
            if all_marked { marked.clone() } else { content::words(graf, run, true).into_iter().collect() };
        if content.is_empty() {
            return false;
        }
        self.take(run);
        self.finds.push(Find {
            form: if all_marked { Form::Direct } else { Form::Unmarked },
            marked: if all_marked { marked } else { Vec::new() },
            content,
            cue: Some(graf.items[colon].span),
            mention: Some(graf.span_of(label)),
            stance: Stance::Said,
            rule: "name and colon at the start of a line, as in a transcript",
            runs_on: all_marked,
            sentence: 0,
        });
        true
    }

    /// An attribution already holds the item.
    fn is_said(&self, at: usize) -> bool {
        self.said.iter().any(|run| run.start <= at && at < run.end)
    }

    fn take(&mut self, run: Run) {
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
        let report = reports[n];
        let cue = report.cue;
        if cue.head < self.unmarked_until {
            return;
        }
        let is_unmarked = unmarked::begins(graf, &cue, sentence);
        let walls = reports[n + 1..].iter().filter(|later| !is_unmarked || is_writers(graf, later));
        let wall = walls.filter_map(|later| later.wall).find(|wall| *wall > cue.run.end).unwrap_or(sentence.end);
        let wall = if is_unmarked { wall } else { clause_end(graf, sentence, &report, wall) };
        if cue.sort == Sort::According {
            self.according(at, cue, wall);
            return;
        }
        if self.as_reported(at, &report) {
            return;
        }
        let is_nested = self.is_said(cue.head);
        if is_nested && !is_strong_cue(&cue) {
            return;
        }
        if !is_nested && self.front(at, &report, wall) {
            return;
        }
        self.behind(at, &report, wall);
    }

    /// *As the agency reported, …*: the rest of the sentence is what was reported.
    fn as_reported(&mut self, at: usize, report: &Report) -> bool {
        let graf = self.graf;
        let (sentence, cue) = (graf.sentences[at], report.cue);
        let is_led = graf.reads(sentence.start, "as") && cue.head < sentence.start + 14;
        if !is_led
            || !cue.takes.has(Takes::THAT.or(Takes::MARKS))
            || !matches!(cue.sort, Sort::Finite | Sort::Passive | Sort::Participle)
        {
            return false;
        }
        let by = by_phrase(graf, cue, sentence);
        let Some(subject) = by.or(report.subject) else { return false };
        let from = by.map_or(cue.run.end, |by| by.mention.end);
        let Some(comma) = (from..sentence.end.min(from + 12)).find(|at| !graf.items[*at].is_word()) else {
            return false;
        };
        if !matches!(graf.kind(comma), Some(Kind::Comma | Kind::Colon)) {
            return false;
        }
        let report = Report { subject: Some(subject), ..*report };
        self.add_behind(at, &report, Run::new(comma + 1, sentence.end), "as a source reported, clause", false);
        true
    }

    /// The words stand before the cue: “…,” she said. / The plan failed, he said, and …
    fn front(&mut self, at: usize, report: &Report, wall: usize) -> bool {
        let graf = self.graf;
        let sentence = graf.sentences[at];
        let cue = report.cue;
        let is_verb = matches!(cue.sort, Sort::Finite | Sort::Infinitive);
        if !is_verb || !cue.takes.has(Takes::MARKS.or(Takes::CLAUSE).or(Takes::QUESTION)) {
            return false;
        }
        let inverted = self.inverted(sentence, cue).filter(|_| {
            let before = cue.run.start - 1;
            graf.passage(before).is_some() || report.subject.is_none()
        });
        let (front_end, mention, rest) = match (inverted, report.subject) {
            (Some(mention), _) => (cue.run.start, mention, mention.end),
            (None, Some(subject)) if !subject.is_relative => (subject.from, subject.mention, cue.run.end),
            _ => return false,
        };
        let opening = match inverted {
            Some(_) => rest_opening(graf, rest, wall),
            None => content::opening(graf, &cue, wall),
        };
        let front = Run::new(self.said_until.max(sentence.start).min(front_end), front_end);
        let front = if front.is_empty() { self.question_before(at, front_end, opening) } else { Some(front) };
        let Some(front) = front else { return false };
        let mut last = front.end - 1;
        // „…“, said Roe: the comma stands outside the marks.
        let is_outside = graf.kind(last) == Some(Kind::Comma)
            && last > front.start
            && graf.passage(last - 1).is_some_and(|passage| passage.n_words > 2);
        if is_outside {
            last -= 1;
        }
        let is_passage =
            graf.passage(last).is_some_and(|passage| passage.has_comma || passage.has_stop || passage.n_words > 2);
        let is_comma = matches!(graf.kind(last), Some(Kind::Comma | Kind::Dash)) && front.end - front.start > 1;
        let ends = matches!(opening, Opening::End | Opening::Comma(_) | Opening::Colon(_));
        if !(is_passage
            && (inverted.is_some()
                || ends
                || graf.passage(last).is_some_and(|passage| passage.has_comma || passage.has_stop))
            || is_comma && ends)
        {
            return false;
        }
        let is_behind = matches!(opening, Opening::Comma(at) | Opening::Colon(at) if graf.passage(at + 1).is_some_and(|passage| passage.is_capital));
        if is_comma && !is_passage && is_behind {
            return false;
        }
        if is_comma && !is_passage && !self.is_front_speech(front, opening, wall) {
            return false;
        }
        self.add_front(at, front, mention, cue, opening, wall);
        true
    }

    fn inverted(&self, sentence: Run, cue: Cue) -> Option<Run> {
        let graf = self.graf;
        let before = cue
            .run
            .start
            .checked_sub(1)
            .filter(|before| *before >= sentence.start || graf.passage(*before).is_some())?;
        if !matches!(graf.kind(before), Some(Kind::Comma | Kind::Dash | Kind::Passage(_)))
            || !cue.takes.has(Takes::MARKS)
            || cue.sort != Sort::Finite
        {
            return None;
        }
        if graf.reads(cue.head, "told") || graf.reads(cue.head, "tells") {
            return None;
        }
        let mention = mention::after(graf, cue.run.end, sentence.end)?;
        let is_clause = graf.is_finite(mention.end);
        (!is_clause).then_some(mention)
    }

    /// “…?” she asked: the words ended a sentence of their own.
    fn question_before(&self, at: usize, front_end: usize, opening: Opening) -> Option<Run> {
        let graf = self.graf;
        let is_open = matches!(opening, Opening::End | Opening::Comma(_) | Opening::Bare(_));
        if at == 0 || front_end != graf.sentences[at].start || !is_open {
            return None;
        }
        let before = graf.sentences[at - 1];
        let index = match graf.kind(before.end - 1)? {
            Kind::Passage(index) if !self.used[index] => index,
            _ => return None,
        };
        let start = (before.start..before.end).rev().take_while(|at| is_marked_or_point(graf, *at)).last()?;
        (graf.passages[index].n_words > 0).then(|| Run::new(start, before.end))
    }

    /// A clause before *, he said* is speech when it has a verb, or when the words go on behind the cue.
    fn is_front_speech(&self, front: Run, opening: Opening, wall: usize) -> bool {
        let graf = self.graf;
        let goes_on = match opening {
            Opening::Comma(at) => !graf.is(at + 1, Class::RELATIVE) && at + 2 < wall && !is_participle(graf, at + 1),
            _ => false,
        };
        goes_on && !matches!(opening, Opening::Comma(at) if graf.passage(at + 1).is_some())
            || content::is_front_clause(graf, front)
    }

    fn add_front(&mut self, at: usize, front: Run, mention: Run, cue: Cue, opening: Opening, wall: usize) {
        let graf = self.graf;
        let is_all_marked = (front.start..front.end).all(|at| is_marked_or_point(graf, at));
        let mut marked = content::marked(graf, front);
        let mut content: Vec<Span> =
            if is_all_marked { marked.clone() } else { content::words(graf, front, false).into_iter().collect() };
        self.take(front);
        let mut end = cue.run.end;
        let mut runs_on = true;
        if let Opening::Comma(comma) | Opening::Colon(comma) = opening {
            let rest = Run::new(comma + 1, wall);
            let is_speech = graf.passage(comma + 1).is_some()
                || !is_all_marked && !is_participle(graf, comma + 1) && !graf.is(comma + 1, Class::RELATIVE);
            if is_speech && let Some(span) = content::words(graf, rest, false) {
                marked.extend(content::marked(graf, rest));
                if (rest.start..rest.end).all(|at| is_marked_or_point(graf, at)) {
                    content.extend(content::marked(graf, rest));
                    runs_on = true;
                } else {
                    content.push(span);
                }
                self.take(rest);
                end = wall;
            }
        }
        if content.is_empty() {
            return;
        }
        self.said_until = self.said_until.max(end);
        let form = form(&content, &marked);
        let rule = match form {
            Form::Direct => "words in marks, then name and cue",
            Form::Mixed => "clause with words in marks, then name and cue",
            _ => "clause, then name and cue",
        };
        self.finds.push(Find {
            content,
            marked,
            cue: Some(graf.span_of(cue.run)),
            mention: Some(graf.span_of(mention)),
            form,
            stance: cue.stance,
            rule,
            runs_on,
            sentence: at,
        });
    }

    /// The words stand behind the cue.
    fn behind(&mut self, at: usize, report: &Report, wall: usize) {
        let graf = self.graf;
        let cue = report.cue;
        if report.subject.is_none() && !matches!(cue.sort, Sort::Passive | Sort::Participle) {
            return;
        }
        let opening = content::opening(graf, &cue, wall);
        let (start, rule) = match opening {
            Opening::That(start) => (start, "name, cue, that"),
            Opening::Question(start) if cue.takes.has(Takes::QUESTION.or(Takes::CLAUSE).or(Takes::THAT)) => {
                (start, "name, cue, question word")
            }
            Opening::Infinitive(start) if is_cue_behind(graf, start + 1) => return,
            Opening::Infinitive(start) => (start, "name, cue, to and a verb"),
            Opening::Colon(colon) if cue.takes.has(Takes::MARKS) => (colon + 1, "name, cue, colon"),
            Opening::Comma(comma) if cue.takes.has(Takes::MARKS) => match after_comma(graf, &cue, comma, wall) {
                Some(start) => (start, "name, cue, comma"),
                None => return,
            },
            Opening::Passage(start) => (start, "name, cue, words in marks"),
            Opening::Bare(start) => match self.bare(&cue, start, wall) {
                Some(start) => (start, "name, cue, clause"),
                None => return,
            },
            _ => return,
        };
        let is_work = ["read", "reading", "reads", "sang", "sings", "singing", "writing"]
            .iter()
            .any(|word| graf.reads(cue.head, word));
        if is_work
            && graf
                .passage(start)
                .is_some_and(|passage| passage.is_title_case && !passage.has_stop && !passage.has_comma)
        {
            return;
        }
        if cue.sort == Sort::Passive && !matches!(opening, Opening::That(_) | Opening::Question(_)) {
            return;
        }
        let is_point = matches!(opening, Opening::Colon(_) | Opening::Comma(_));
        let second =
            |at: &usize| graf.is(*at, Class::CONJUNCTION) && graf.is_finite(at + 1) && !graf.is(at + 1, Class::PRONOUN);
        let wall = if is_strong_cue(&cue) { wall } else { (start + 1..wall).find(second).unwrap_or(wall) };
        self.add_behind(at, report, Run::new(start, wall), rule, is_point);
    }

    /// Where an attributed clause without *that* begins, if what follows the cue is one.
    fn bare(&self, cue: &Cue, start: usize, wall: usize) -> Option<usize> {
        let graf = self.graf;
        let first = graf.item(start)?;
        let is_barred = first.is(Class::CONJUNCTION) || first.is(Class::PREPOSITION) && !first.is(Class::DETERMINER);
        if !first.is_word() || is_barred {
            return None;
        }
        let is_clause = content::is_clause(graf, start, wall);
        if cue.takes.has(Takes::CLAUSE) {
            let has_marks = (start..wall).any(|at| graf.passage(at).is_some());
            let is_long = (wall - start >= 3 || has_marks) && !graf.reads(start, "so") && !graf.reads(start, "nothing");
            return (is_clause || is_long).then_some(start);
        }
        let is_noun_prone = cue.takes.has(Takes::NOUN_PRONE) && cue.is_present;
        if cue.takes.has(Takes::THAT.or(Takes::THOUGHT)) && is_clause && !is_noun_prone {
            return Some(start);
        }
        if cue.takes.has(Takes::FOR) {
            let reach = wall.min(start + 12);
            if let Some(link) = (start..reach).find(|at| graf.reads(*at, "of") || graf.reads(*at, "for")) {
                return Some(link + 1);
            }
        }
        let takes = Takes::NOUN.or(Takes::NAME).or(Takes::AS);
        (cue.takes.has(takes) && !is_noun_prone).then_some(start)
    }

    fn add_behind(&mut self, at: usize, report: &Report, run: Run, rule: &'static str, is_point: bool) {
        let graf = self.graf;
        let cue = report.cue;
        let opens = |item: &Item| item.is_capital || item.kind == Kind::Open;
        let is_capital = graf.item(run.start).is_some_and(opens) && cue.takes.has(Takes::MARKS);
        let parts = unmarked::split(graf, run, is_point && is_capital);
        for part in parts {
            let run =
                if part.is_unmarked { Run::new(part.run.start, unmarked::end(graf, at, part.run)) } else { part.run };
            let all_marked = (run.start..run.end).all(|at| is_marked_or_point(graf, at));
            let marked = content::marked(graf, run);
            let content: Vec<Span> = if all_marked {
                marked.clone()
            } else {
                content::words(graf, run, part.is_unmarked).into_iter().collect()
            };
            if content.is_empty() {
                continue;
            }
            self.take(run);
            if part.is_unmarked {
                self.unmarked_until = self.unmarked_until.max(run.end);
            }
            let form = if part.is_unmarked { Form::Unmarked } else { form(&content, &marked) };
            self.finds.push(Find {
                content,
                cue: Some(graf.span_of(cue.run)),
                mention: report.subject.map(|subject| graf.span_of(subject.mention)),
                form,
                stance: cue.stance,
                rule: if part.is_unmarked { part.rule } else { rule },
                runs_on: all_marked,
                sentence: at,
                marked: if form == Form::Unmarked { Vec::new() } else { marked },
            });
        }
    }

    fn according(&mut self, at: usize, cue: Cue, wall: usize) {
        let graf = self.graf;
        let sentence = graf.sentences[at];
        let before = cue.run.start.saturating_sub(1);
        let has_words = (sentence.start..cue.run.start).any(|at| graf.is_finite(at) || graf.passage(at).is_some());
        let comma = (cue.run.end..wall)
            .find(|at| matches!(graf.kind(*at), Some(Kind::Comma | Kind::Passage(_) | Kind::Stop | Kind::Semicolon)));
        let name_end = comma.unwrap_or(wall);
        let is_front = cue.run.start < sentence.start + 10 && !has_words && name_end + 2 < wall;
        let Some(mention) = mention::phrase_before(graf, cue.run.end, name_end.min(cue.run.end + 12))
            .or_else(|| mention::after(graf, cue.run.end, wall))
        else {
            return;
        };
        let mention = Run::new(cue.run.end.min(mention.start), mention.end);
        let run = if is_front {
            Run::new(name_end, wall)
        } else {
            let open = (sentence.start..cue.run.start)
                .rev()
                .find(|at| matches!(graf.kind(*at), Some(Kind::Open | Kind::Close)));
            let inside = open.filter(|at| graf.kind(*at) == Some(Kind::Open)).map_or(0, |at| at + 1);
            Run::new(self.said_until.max(sentence.start).max(inside).min(before), cue.run.start)
        };
        let (content, marked) = (content::words(graf, run, false), content::marked(graf, run));
        let Some(content) = content else { return };
        let all_marked = (run.start..run.end).all(|at| is_marked_or_point(graf, at));
        let content = if all_marked { marked.clone() } else { vec![content] };
        self.take(run);
        self.said_until = self.said_until.max(mention.end);
        self.finds.push(Find {
            form: form(&content, &marked),
            content,
            marked,
            cue: Some(graf.span_of(cue.run)),
            mention: Some(graf.span_of(mention)),
            stance: Stance::Said,
            rule: "according to a source",
            runs_on: false,
            sentence: at,
        });
    }

    /// Whose words in marks are: those of the attribution before them in the sentence, of *From the report:*, or of
    /// the clause they stand in.
    fn leftover_mention(&self, at: usize, place: usize) -> Option<Span> {
        let graf = self.graf;
        let sentence = graf.sentences[at];
        let start = graf.items[place].span.start;
        let earlier = self.finds.iter().rev().take(4).find(|find| find.sentence == at && find.cue.is_some());
        if let Some(mention) = earlier.and_then(|find| find.mention).filter(|mention| mention.end <= start) {
            return Some(mention);
        }
        let is_label = place > sentence.start + 1 && graf.kind(place - 1) == Some(Kind::Colon);
        if is_label && !graf.has_finite(Run::new(sentence.start, place)) && place - sentence.start < 8 {
            return mention::phrase_before(graf, sentence.start, place - 1).map(|mention| graf.span_of(mention));
        }
        clause_subject(graf, sentence, place).map(|subject| graf.span_of(subject.mention))
    }

    /// Words in marks that no cue took: the speech of the sentence's subject when they are more than a name or a term.
    fn leftover(&mut self, at: usize) {
        let graf = self.graf;
        let sentence = graf.sentences[at];
        for place in sentence.start..sentence.end {
            let Some(Kind::Passage(index)) = graf.kind(place) else { continue };
            let passage = graf.passages[index];
            if self.used[index] || passage.n_words < 2 && !passage.has_stop {
                continue;
            }
            let next = graf.sentences.get(at + 1);
            if place + 1 == sentence.end && next.is_some_and(|next| is_bare_attribution(graf, *next)) {
                continue;
            }
            let is_alone = place == sentence.start && place + 1 == sentence.end;
            let lead = self.lead.filter(|_| is_alone && at < 3 && self.finds.iter().all(|find| find.cue.is_none()));
            let mention = lead.map(|lead| lead.mention).or_else(|| self.leftover_mention(at, place));
            let is_speech =
                is_alone || passage.n_words > 3 || passage.has_comma || passage.has_stop && passage.n_words > 2;
            let is_point = passage.has_comma || passage.has_stop;
            let is_speech = is_speech
                && (is_alone || !is_title(graf, place, &passage) && !is_term(graf, place, &passage))
                && (is_alone || is_point || mention.is_some());
            if !is_speech {
                continue;
            }
            let content = vec![passage.content(graf.text)];
            self.used[index] = true;
            self.finds.push(Find {
                marked: content.clone(),
                content,
                cue: lead.and_then(|lead| lead.cue),
                mention,
                form: Form::Direct,
                stance: Stance::Said,
                rule: "words in marks without a cue",
                runs_on: true,
                sentence: at,
            });
        }
    }
}

/// A verb of saying, not of thought and not one that takes only a thing.
fn is_strong_cue(cue: &Cue) -> bool {
    cue.sort == Sort::According
        || cue.takes.has(Takes::CLAUSE.or(Takes::THAT).or(Takes::MARKS)) && !cue.takes.has(Takes::THOUGHT)
}

/// *known as “cold pressing”*: a word talked about, not said.
fn is_term(graf: &Graf, at: usize, passage: &Passage) -> bool {
    let heads = ["as", "called", "so-called", "term", "word", "phrase", "dubbed", "nicknamed", "named"];
    passage.n_words <= 3 && at > 0 && heads.iter().any(|word| graf.reads(at - 1, word))
}

/// The name of a book, a show or a ship: in title case, after *the book*, *NBC's*, *on*.
fn is_title(graf: &Graf, at: usize, passage: &Passage) -> bool {
    if !passage.is_title_case || passage.is_first_person || passage.n_words > 8 {
        return false;
    }
    let Some(before) = at.checked_sub(1).and_then(|before| graf.item(before)) else { return false };
    let works = [
        "book",
        "show",
        "film",
        "movie",
        "series",
        "song",
        "novel",
        "program",
        "programme",
        "episode",
        "album",
        "column",
        "essay",
        "documentary",
        "of",
        "on",
        "in",
        "titled",
        "entitled",
        "called",
        "magazine",
        "play",
        "musical",
        "memoir",
        "poem",
        "article",
        "podcast",
        "hit",
        "drama",
        "comedy",
        "stream",
        "by",
        "and",
    ];
    before.is_possessive || before.kind == Kind::Comma || works.iter().any(|word| before.reads(graf.text, word))
}

fn form(content: &[Span], marked: &[Span]) -> Form {
    if marked.is_empty() {
        return Form::Indirect;
    }
    let n_content: usize = content.iter().map(|span| span.len()).sum();
    let n_marked: usize = marked.iter().map(|span| span.len()).sum();
    if n_content <= n_marked { Form::Direct } else { Form::Mixed }
}

fn is_marked_or_point(graf: &Graf, at: usize) -> bool {
    !graf.items[at].is_word()
}

fn is_participle(graf: &Graf, at: usize) -> bool {
    let is_adverb = graf.is(at, Class::ADVERB.and(Class::CONJUNCTION));
    let at = if is_adverb { at + 1 } else { at };
    graf.item(at).is_some_and(|item| !item.is_capital && item.span.len() > 4 && item.of(graf.text).ends_with("ing"))
}

/// *she asked.*, with nothing attributed behind it: it belongs to the words before.
fn is_bare_attribution(graf: &Graf, sentence: Run) -> bool {
    let cues = cue::find(graf, Run::new(sentence.start, sentence.end.min(sentence.start + 40)));
    let mut cues =
        cues.iter().filter(|cue| cue.takes.has(Takes::MARKS.or(Takes::QUESTION)) && cue.sort == Sort::Finite);
    let Some(cue) = cues.next() else { return false };
    if cue.run.start == sentence.start {
        return mention::after(graf, cue.run.end, sentence.end).is_some();
    }
    let subject = mention::before(graf, sentence.start, cue.run.start);
    let is_first = subject.is_some_and(|subject| subject.from == sentence.start && !subject.is_relative);
    is_first
        && !takes_behind(graf, *cue, sentence)
        && !matches!(content::opening(graf, cue, sentence.end), Opening::Infinitive(_))
}

/// What follows an inverted cue's speaker.
fn rest_opening(graf: &Graf, at: usize, wall: usize) -> Opening {
    let is_comma = |at: &usize| graf.kind(*at) == Some(Kind::Comma);
    // “Any doubt, said Jane Roe, the mayor, would …”
    if let Some(comma) = (at..wall).filter(is_comma).find(|at| graf.is_finite(at + 1) && !is_participle(graf, at + 1)) {
        return Opening::Comma(comma);
    }
    let Some(comma) = (at..wall).find(|at| !graf.items[*at].is_word()).filter(is_comma) else { return Opening::End };
    match (comma..wall).find(|at| graf.passage(*at).is_some()) {
        Some(passage) => Opening::Comma(passage - 1),
        None => Opening::End,
    }
}

/// *said, in a statement, that …* / *replied, saying, You …*
fn after_comma(graf: &Graf, cue: &Cue, comma: usize, wall: usize) -> Option<usize> {
    let next = comma + 1;
    let is_that = graf.reads(next, "that") && !graf.items[next].is_capital;
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

fn reports(graf: &Graf, sentence: Run) -> Vec<Report> {
    let mut reports: Vec<Report> = Vec::new();
    for cue in cue::find(graf, sentence) {
        let before = cue.run.start.checked_sub(1).filter(|before| *before >= sentence.start);
        let is_joined = before.is_some_and(|before| graf.is(before, Class::CONJUNCTION));
        let earlier = reports.iter().rev().find_map(|report| report.subject);
        let subject = match cue.sort {
            Sort::According => None,
            Sort::Passive => by_phrase(graf, cue, sentence),
            Sort::Participle => earlier.or_else(|| clause_subject(graf, sentence, cue.run.start)),
            _ if is_joined => earlier.or_else(|| clause_subject(graf, sentence, cue.run.start)),
            _ => mention::before(graf, sentence.start, cue.run.start),
        };
        let wall = wall(graf, cue, sentence, subject, before, is_joined);
        reports.push(Report { cue, subject, wall });
    }
    reports
}

/// Where words attributed earlier must end, because this cue begins an attribution of its own.
fn wall(
    graf: &Graf,
    cue: Cue,
    sentence: Run,
    subject: Option<Subject>,
    before: Option<usize>,
    is_joined: bool,
) -> Option<usize> {
    let before = before?;
    let is_led = subject.is_some_and(|subject| {
        !subject.is_relative && subject.from < subject.mention.start && graf.is(subject.from, Class::CONJUNCTION)
    });
    let before = if is_led && !is_joined { subject.map_or(before, |subject| subject.from) } else { before };
    if (is_joined || is_led)
        && cue.sort == Sort::Finite
        && is_past(graf, cue)
        && cue.takes.has(Takes::NAME.or(Takes::FOR).or(Takes::AS).or(Takes::NOUN))
    {
        let before = if before > 0 && graf.kind(before - 1) == Some(Kind::Comma) { before - 1 } else { before };
        return Some(before);
    }
    if !cue.takes.has(Takes::CLAUSE.or(Takes::THAT).or(Takes::MARKS))
        || cue.takes.has(Takes::THOUGHT) && !cue.takes.has(Takes::CLAUSE)
    {
        return None;
    }
    if !matches!(cue.sort, Sort::According | Sort::Participle) && !takes_behind(graf, cue, sentence) {
        return None;
    }
    let at_comma = |at: usize| if at > 0 && graf.kind(at - 1) == Some(Kind::Comma) { at - 1 } else { at };
    match cue.sort {
        Sort::According => Some(at_comma(cue.run.start)),
        Sort::Participle if is_joined => Some(at_comma(before)),
        Sort::Participle => (graf.kind(before) == Some(Kind::Comma)).then_some(before),
        Sort::Finite if is_joined => Some(at_comma(before)),
        Sort::Finite => {
            let subject = subject.filter(|subject| !subject.is_relative && subject.from < subject.mention.start)?;
            Some(at_comma(subject.from))
        }
        _ => None,
    }
}

fn is_past(graf: &Graf, cue: Cue) -> bool {
    graf.items[cue.head].verbs.iter().any(|verb| verb.inflection == Inflection::Past)
}

/// *declined to say who …*: the verb after *to* is the cue.
fn is_cue_behind(graf: &Graf, at: usize) -> bool {
    let takes = Takes::CLAUSE.or(Takes::MARKS);
    graf.item(at)
        .is_some_and(|item| item.verbs.iter().any(|verb| verb.inflection == Inflection::Base && verb.takes.has(takes)))
}

/// The writer's own cue after speech that lost its marks: *…, but she stressed that …*
fn is_writers(graf: &Graf, later: &Report) -> bool {
    let Some(subject) = later.subject else { return later.cue.sort == Sort::According };
    let is_other = unmarked::is_third(graf, subject.mention.start);
    let is_led = graf.is(subject.from, Class::CONJUNCTION) || graf.reads(subject.from, "while");
    later.cue.sort == Sort::Finite && is_led && is_other
}

/// Words stand behind the cue that it can attribute.
fn takes_behind(graf: &Graf, cue: Cue, sentence: Run) -> bool {
    match content::opening(graf, &cue, sentence.end) {
        Opening::That(_) | Opening::Question(_) | Opening::Colon(_) | Opening::Passage(_) => true,
        Opening::Comma(comma) => after_comma(graf, &cue, comma, sentence.end).is_some(),
        Opening::Bare(start) => content::is_clause(graf, start, sentence.end),
        Opening::Infinitive(_) | Opening::End => false,
    }
}

/// Where the clause of a cue ends in the middle of a sentence: *Asked if …, she said* / *Roe, who said …, left*.
fn clause_end(graf: &Graf, sentence: Run, report: &Report, wall: usize) -> usize {
    let is_relative = report
        .subject
        .is_some_and(|subject| subject.is_relative && graf.kind(subject.from.saturating_sub(1)) == Some(Kind::Comma));
    let lead = Class::SUBORDINATOR.and(Class::PREPOSITION);
    let start = sentence.start;
    let is_participle =
        graf.items[start].verbs.iter().any(|verb| matches!(verb.inflection, Inflection::Ing | Inflection::Past));
    let is_led = (graf.is(start, lead) && !graf.is(start, Class::DETERMINER) || is_participle)
        && report.cue.head < start + 14
        && !(start..report.cue.run.start).any(|at| graf.kind(at) == Some(Kind::Comma));
    if !is_relative && !is_led {
        return wall;
    }
    let ends = |at: &usize| {
        graf.kind(*at) == Some(Kind::Comma)
            && if is_relative { graf.is_finite(at + 1) } else { is_main_clause(graf, at + 1, wall) }
    };
    (report.cue.run.end + 1..wall).find(ends).unwrap_or(wall)
}

/// A subject without a leading conjunction or preposition, and its verb.
fn is_main_clause(graf: &Graf, at: usize, wall: usize) -> bool {
    let barred = Class::CONJUNCTION.and(Class::RELATIVE).and(Class::SUBORDINATOR);
    !graf.is(at, barred) && content::is_clause(graf, at, wall) && !is_participle(graf, at)
}

/// The subject of the clause that leads up to `end`.
fn clause_subject(graf: &Graf, sentence: Run, end: usize) -> Option<Subject> {
    let is_contracted = |at: usize| graf.is(at, Class::PRONOUN) && graf.is(at, Class::AUXILIARY);
    if let Some(at) = (sentence.start..end.min(sentence.start + 2)).find(|at| is_contracted(*at)) {
        return Some(Subject { mention: Run::new(at, at + 1), from: at, is_relative: false });
    }
    let verb = (sentence.start + 1..end).find(|at| graf.is_finite(*at) && !graf.is(*at, Class::PRONOUN))?;
    let mut start = verb;
    while start > sentence.start + 1 && graf.is(start - 1, Class::ADVERB) {
        start -= 1;
    }
    let subject = mention::before(graf, sentence.start, start)?;
    if subject.is_relative {
        // “Roe, who …, replied”: the relative clause hangs on the subject itself.
        return Some(Subject { is_relative: false, ..subject });
    }
    Some(subject)
}

fn by_phrase(graf: &Graf, cue: Cue, sentence: Run) -> Option<Subject> {
    let reach = sentence.end.min(cue.run.end + 6);
    let by = (cue.run.end..reach).find(|at| graf.reads(*at, "by"))?;
    let mention = mention::after(graf, by + 1, sentence.end)?;
    Some(Subject { mention, from: cue.run.start, is_relative: false })
}
