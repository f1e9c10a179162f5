//! Words that stand before their cue: “…,” she said. / The plan, he said, failed.

use super::Form;
use super::attribution::{Find, Reader, form, is_marked_or_point, opens_own};
use super::content::{self, Opening};
use super::cue::{Cue, Sort};
use super::graf::{Graf, Run};
use super::lexicon::{Class, Takes};
use super::marks::Passage;
use super::mention;
use super::report::{Report, is_participle, opening_behind, rest_opening};
use super::title::is_title;
use super::word::Kind;
use crate::span::Span;

/// What leads to a clause that tells when or why.
const LEADS: [&str; 8] = ["when", "while", "after", "because", "since", "though", "although", "whereas"];

/// *…, she says, not unkindly*: how it was said.
fn is_manner(graf: &Graf, at: usize) -> bool {
    let at = if graf.reads(at, "not") || graf.reads(at, "almost") { at + 1 } else { at };
    let is_last = graf.kind(at + 1).is_none_or(|kind| kind == Kind::Stop);
    is_last && graf.item(at).is_some_and(|item| item.is_manner(graf.text))
}

impl Reader<'_, '_> {
    /// *“A disgrace,” is how Roe described it*: the words in marks before *is how*.
    pub(super) fn is_how(&mut self, at: usize, report: &Report) -> bool {
        let graf = self.graf;
        let start = graf.sentences[at].start;
        let Some(how) = (start + 2..report.cue.run.start).find(|at| graf.reads(*at, "how")) else { return false };
        let is_verb = graf.reads(how - 1, "is") || graf.reads(how - 1, "was");
        let Some(passage) = graf.passage(how - 2).filter(|_| is_verb && how == start + 2) else { return false };
        let Some(mention) = mention::phrase_before(graf, how + 1, report.cue.run.start) else { return false };
        self.add_named(
            at,
            report,
            Run::new(start, report.cue.run.end),
            passage,
            mention,
            "words in marks, is how, name and cue",
        );
        true
    }

    /// *the tower, or “the needle,” as Roe called it*: the words in marks before *as*.
    pub(super) fn is_as(&mut self, at: usize, report: &Report) -> bool {
        let graf = self.graf;
        let cue = report.cue;
        let Some(subject) = report.subject.filter(|subject| !subject.is_relative) else { return false };
        let is_it = ["it", "him", "her", "them"].iter().any(|word| graf.reads(cue.run.end, word));
        let may_name = cue.sort == Sort::Finite && cue.takes.has(Takes::NAME.or(Takes::AS)) && is_it;
        let Some(before) = subject.from.checked_sub(1).filter(|_| may_name && graf.reads(subject.from, "as")) else {
            return false;
        };
        let place = if graf.kind(before) == Some(Kind::Comma) { before.saturating_sub(1) } else { before };
        let Some(passage) = graf.passage(place).filter(|_| place >= self.said_until) else { return false };
        self.add_named(
            at,
            report,
            Run::new(place, cue.run.end + 1),
            passage,
            subject.mention,
            "words in marks, as name and cue",
        );
        true
    }

    /// Words in marks alone, with who named something so; `taken` needs no other reading.
    fn add_named(
        &mut self,
        at: usize,
        report: &Report,
        taken: Run,
        passage: &Passage,
        mention: Run,
        rule: &'static str,
    ) {
        let graf = self.graf;
        let content = vec![passage.content(graf.text)];
        self.take(taken);
        self.finds.push(Find {
            marked: content.clone(),
            content,
            cue: Some(graf.span_of(report.cue.run)),
            mention: Some(graf.span_of(mention)),
            noun: None,
            form: Form::Direct,
            stance: report.cue.stance,
            rule,
            runs_on: true,
            sentence: at,
            is_nested: false,
        });
    }

    /// The words stand before the cue: “…,” she said. / The plan failed, he said, and …
    pub(super) fn front(&mut self, at: usize, report: &Report, wall: usize) -> bool {
        let graf = self.graf;
        let sentence = graf.sentences[at];
        let cue = report.cue;
        let is_verb = matches!(cue.sort, Sort::Finite | Sort::Infinitive);
        let is_papers = report.is_papers(graf);
        if !is_verb || !is_papers && !cue.takes.has(Takes::MARKS.or(Takes::CLAUSE).or(Takes::QUESTION)) {
            return false;
        }
        let inverted = self.inverted(sentence, cue).filter(|mention| {
            let before = cue.run.start - 1;
            graf.passage(before).is_some() || report.subject.is_none() || self.is_inversion(sentence, cue, *mention)
        });
        let (front_end, mention, rest) = match (inverted, report.subject) {
            (Some(mention), _) => (cue.run.start, mention, mention.end),
            (None, Some(subject)) if !subject.is_relative => (subject.from, subject.mention, cue.run.end),
            _ => return false,
        };
        // “Roe called it ‘a mess,’ but he noted …”: a clause of its own.
        let is_joined = graf.reads(front_end, "but") || graf.reads(front_end, "and");
        // “… the ‘Ode,’ when it aired”: when and why, and no speech.
        let is_led = LEADS.iter().any(|word| graf.reads(front_end, word));
        if inverted.is_none() && (is_joined && front_end > sentence.start || is_led) {
            return false;
        }
        let opening = match inverted {
            Some(_) => rest_opening(graf, rest, wall),
            None => opening_behind(graf, &cue, front_end, wall),
        };
        let front = Run::new(self.said_until.max(sentence.start).min(front_end), front_end);
        let front = if front.is_empty() { self.question_before(at, front_end, opening) } else { Some(front) };
        let Some(mut front) = front else { return false };
        let passage = front.end - 1;
        if graf.passage(passage).is_some() && passage > front.start && opens_own(graf, passage - 1) {
            front.start = passage;
        }
        let mut last = front.end - 1;
        let is_all_marked = (front.start..front.end).all(|at| is_marked_or_point(graf, at));
        // „…“, said Roe: the comma stands outside the marks.
        let is_outside = graf.kind(last) == Some(Kind::Comma)
            && last > front.start
            && graf.passage(last - 1).is_some_and(|passage| passage.n_words > 2 || is_all_marked);
        if is_outside {
            last -= 1;
        }
        let is_passage = graf.passage(last).is_some_and(|passage| {
            passage.has_comma || passage.has_stop || passage.n_words > 2 || is_outside && is_all_marked
        });
        // “Later on ‘This Week,’ Roe questioned it.”: the name of a show alone is not said.
        let is_show = |passage: &Passage| passage.n_words <= 5 && passage.is_capital && is_title(graf, last, passage);
        if !is_all_marked && !graf.has_finite(front) && graf.passage(last).is_some_and(is_show) {
            return false;
        }
        // “Sunday on CNN’s ‘New Day,’ Roe said he …”: the words in marks are a name, and the speech stands behind.
        let is_behind = inverted.is_none() && front.end - front.start > 1 && self.takes_clause(&cue, opening, wall);
        if is_passage && is_behind && !is_all_marked {
            return false;
        }
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
        if is_comma && !is_passage && !self.is_front_speech(front, opening, wall, is_papers) {
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

    /// What follows the cue is a clause of its own.
    fn takes_clause(&self, cue: &Cue, opening: Opening, wall: usize) -> bool {
        let is_speech = cue.takes.has(Takes::CLAUSE.or(Takes::THAT));
        match opening {
            Opening::That(_) => is_speech,
            Opening::Bare(start) => is_speech && content::is_clause(self.graf, start, wall),
            _ => false,
        }
    }

    /// *The plan will fail, said Roe, the mayor.*: nothing is left for the verb to take but its subject.
    fn is_inversion(&self, sentence: Run, cue: Cue, mention: Run) -> bool {
        let graf = self.graf;
        let before = Run::new(self.said_until.max(sentence.start).min(cue.run.start), cue.run.start);
        let is_set_off = matches!(graf.kind(cue.run.start - 1), Some(Kind::Comma | Kind::Dash));
        let takes_more = Takes::LISTENER.or(Takes::NOUN).or(Takes::NAME).or(Takes::FOR).or(Takes::AS);
        let follows = graf.kind(mention.end);
        let is_bare = mention.end >= sentence.end
            || matches!(follows, Some(Kind::Comma | Kind::Stop | Kind::Semicolon | Kind::Open | Kind::Dash));
        let goes_on =
            matches!(rest_opening(graf, mention.end, sentence.end), Opening::Comma(comma) if graf.is_finite(comma + 1));
        let has_speech = goes_on
            || content::is_front_clause(graf, before)
            || (before.start..before.end).any(|at| graf.passage(at).is_some());
        is_set_off
            && mention::can_speak(graf, mention)
            && is_bare
            && has_speech
            && cue.run.start == cue.head
            && !cue.takes.has(takes_more)
    }

    /// “…?” she asked: the words ended a sentence of their own.
    fn question_before(&self, at: usize, front_end: usize, opening: Opening) -> Option<Run> {
        let graf = self.graf;
        let is_open = matches!(opening, Opening::End | Opening::Comma(_) | Opening::Bare(_));
        if at == 0 || front_end != graf.sentences[at].start || !is_open {
            return None;
        }
        let (before, sentence_end) = (graf.sentences[at - 1], graf.sentences[at].end);
        let index = match graf.kind(before.end - 1)? {
            Kind::Passage(index) if !self.used[index] => index,
            _ => return None,
        };
        let start = (before.start..before.end).rev().take_while(|at| is_marked_or_point(graf, *at)).last()?;
        // “…: ‘Coco Beach.’ A spokesman said there was …”: what she said stands behind.
        let is_behind = matches!(opening, Opening::Bare(at) if content::is_clause(graf, at, sentence_end));
        // “… a payment of ‘half a million.’ Two mayors fired back at Roe”: the words belong to their own sentence.
        let is_inner = start > before.start && graf.items[start - 1].is_word();
        let is_own = graf.passages[index].is_full(graf.text) && (is_behind || is_inner);
        (graf.passages[index].n_words > 0 && !is_own).then(|| Run::new(start, before.end))
    }

    /// A clause before *, he said* is speech when it has a verb, or when the words go on behind the cue.
    fn is_front_speech(&self, front: Run, opening: Opening, wall: usize, is_papers: bool) -> bool {
        let graf = self.graf;
        let goes_on = match opening {
            // “In May, he warned, because he thought …”: why, and no words that go on.
            Opening::Comma(at) => {
                !graf.is(at + 1, Class::RELATIVE)
                    && !graf.reads(at + 1, "because")
                    && at + 2 < wall
                    && !is_participle(graf, at + 1)
            }
            _ => false,
        };
        // “After Roe left, he posted”: when, not what.
        let is_when = graf.is(front.start, Class::SUBORDINATOR) && !graf.is(front.start, Class::DETERMINER);
        let is_one = !(front.start..front.end - 1).any(|at| !graf.items[at].is_word());
        if is_when && is_one && !goes_on {
            return false;
        }
        goes_on && !matches!(opening, Opening::Comma(at) if graf.passage(at + 1).is_some())
            || content::is_front_clause(graf, front)
            || is_papers && front.end - front.start > 3
            || (front.start..front.end).any(|at| graf.passage(at).is_some_and(|passage| passage.n_words > 2))
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
                || !is_all_marked
                    && !is_participle(graf, comma + 1)
                    && !graf.is(comma + 1, Class::RELATIVE)
                    && !is_manner(graf, comma + 1);
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
            noun: None,
            form,
            stance: cue.stance,
            rule,
            runs_on,
            sentence: at,
            is_nested: false,
        });
    }
}
