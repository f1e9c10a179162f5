//! Words that stand behind their cue: she said that … / he wrote: “…” / according to the ministry, …

use super::attribution::{Find, Reader, form, is_marked_or_point};
use super::content::{self, Opening};
use super::cue::{Cue, Sort};
use super::graf::{Graf, Run};
use super::lexicon::{Class, Takes};
use super::mention::{self, Subject};
use super::noun;
use super::report::{Report, after_comma, is_cue_behind, is_participle, is_strong_cue};
use super::source::CLAIM;
use super::title::{is_coined, is_inscribed, is_named_so, is_title};
use super::unmarked;
use super::word::{Item, Kind};
use super::{Form, Stance};
use crate::span::Span;

impl Reader<'_, '_> {
    /// The words stand behind the cue.
    pub(super) fn behind(&mut self, at: usize, report: &Report, wall: usize) {
        let graf = self.graf;
        let cue = report.cue;
        let may_speak = |subject: Subject| mention::can_speak(graf, subject.mention);
        let inverted = self.inverted_before(&cue, wall).filter(|_| !report.subject.is_some_and(may_speak));
        if report.subject.is_none() && inverted.is_none() && !matches!(cue.sort, Sort::Passive | Sort::Participle) {
            return;
        }
        let report = &Report { subject: inverted.or(report.subject), ..*report };
        let opening = match inverted {
            Some(subject) if graf.kind(subject.mention.end) == Some(Kind::Colon) => Opening::Colon(subject.mention.end),
            Some(subject) => Opening::Comma(subject.mention.end),
            None => content::opening(graf, &cue, wall),
        };
        let is_point = matches!(opening, Opening::Colon(_) | Opening::Comma(_));
        if is_point && unmarked::is_name_or_noun(graf, &cue, graf.sentences[at]) {
            return;
        }
        let Some((start, rule)) = self.words_behind(report, opening, wall) else { return };
        let run = Run::new(start, self.end_behind(at, report, opening, Run::new(start, wall)));
        if !self.is_deed(&cue, opening, run) {
            self.add_behind(at, report, run, rule, is_point);
        }
    }

    /// Where the words begin, and by which rule.
    fn words_behind(&self, report: &Report, opening: Opening, wall: usize) -> Option<(usize, &'static str)> {
        let graf = self.graf;
        let cue = report.cue;
        if let Some(start) = self.behind_when(&cue, opening, wall) {
            return Some((start, "name, cue, comma"));
        }
        if self.is_other_sense(report, opening) {
            return None;
        }
        let is_papers = report.is_papers(graf);
        match opening {
            Opening::That(start) if cue.sort == Sort::Noun => Some((start, CLAIM)),
            _ if cue.sort == Sort::Noun => None,
            Opening::That(start) => Some((start, "name, cue, that")),
            Opening::Question(start) if cue.takes.has(Takes::QUESTION.or(Takes::CLAUSE).or(Takes::THAT)) => {
                Some((start, "name, cue, question word"))
            }
            // “called what she saw ‘terrible’”
            Opening::Question(start) if cue.takes.has(Takes::NAME.or(Takes::AS)) && graf.reads(start, "what") => {
                Some((start, "name, cue, clause"))
            }
            // “urged drivers not to use the bridge”: the *not* belongs to the words.
            Opening::Infinitive(start) => {
                let is_negated = graf.is(start - 1, Class::NEGATION);
                Some((if is_negated { start - 1 } else { start }, "name, cue, to and a verb"))
            }
            Opening::Colon(colon) if cue.takes.has(Takes::MARKS) => Some((colon + 1, "name, cue, colon")),
            Opening::Comma(comma) if cue.takes.has(Takes::MARKS) => {
                after_comma(graf, &cue, comma, wall).map(|start| (start, "name, cue, comma"))
            }
            Opening::Passage(start) => Some((start, "name, cue, words in marks")),
            Opening::Bare(start) => self.bare(&cue, is_papers, start, wall).map(|start| (start, "name, cue, clause")),
            _ => None,
        }
    }

    /// *said as she left, “…”*: where the words begin, behind when they were said.
    fn behind_when(&self, cue: &Cue, opening: Opening, wall: usize) -> Option<usize> {
        let graf = self.graf;
        let (Opening::Bare(start) | Opening::Question(start)) = opening else { return None };
        let leads = ["as", "when", "while", "after", "before", "because"];
        let is_when = cue.takes.has(Takes::MARKS) && leads.iter().any(|word| graf.reads(start, word));
        let is_point = |at: &usize| matches!(graf.kind(*at), Some(Kind::Comma | Kind::Colon));
        let passage = (start..wall).find(|at| graf.passage(*at).is_some()).filter(|_| is_when)?;
        is_point(&(passage - 1)).then_some(passage)
    }

    /// The verb attributes nothing where its words open so.
    fn is_other_sense(&self, report: &Report, opening: Opening) -> bool {
        let graf = self.graf;
        let cue = report.cue;
        let reads = |words: &[&str], at: usize| words.iter().any(|word| graf.reads(at, word));
        match opening {
            // “conceded when polls closed”: that says when.
            Opening::Question(start)
                if !cue.takes.has(Takes::QUESTION) && cue.sort == Sort::Finite && cue.stance == Stance::Said =>
            {
                reads(&["when", "where", "who", "which"], start)
            }
            // “Asked about the vote, she said …”: nobody is named who asks.
            Opening::Question(start) => cue.sort == Sort::Passive && graf.reads(start - 1, "about"),
            Opening::Infinitive(start) => {
                // “Residents were urged to boil their water” is speech; “was expected to close” is not.
                is_cue_behind(graf, start + 1) || cue.sort == Sort::Passive && !cue.takes.has(Takes::INFINITIVE)
            }
            Opening::Passage(start) => {
                // “had shown ‘not a shred of remorse’”: only papers show and find words.
                let is_papers = cue.takes.has(Takes::DOCUMENT) && !cue.takes.has(Takes::MARKS.or(Takes::CLAUSE));
                // “was called ‘a betrayal’ by the union”
                let is_named = cue.takes.has(Takes::NAME) && report.subject.is_some();
                // “Roe read ‘War and Peace.’” is a book; “the sign read ‘Keep Out.’” is what stands there.
                let is_reader = report.subject.is_some_and(|subject| {
                    let last = subject.mention.end - 1;
                    graf.items[last].is_capital || reads(&["he", "she", "they", "who"], last)
                });
                let is_work = !is_inscribed(graf, cue)
                    && reads(&["read", "reading", "reads", "sang", "sings", "singing", "writing"], cue.head)
                    && graf.passage(start).is_some_and(|passage| {
                        let is_set_off = passage.has_stop || passage.has_comma;
                        passage.is_title_case && (!is_set_off || is_reader && passage.n_words > 1)
                    });
                let is_alias = start > 0 && reads(&["pseudonym", "alias", "handle", "username", "nickname"], start - 1);
                is_papers
                    || is_work
                    || is_alias
                    || is_coined(graf, report, start)
                    || is_named_so(graf, report, start)
                    || cue.sort == Sort::Passive && !is_named
            }
            // “Engineers call this ‘creep.’”
            Opening::Bare(start) if reads(&["this", "it", "that"], start) && is_coined(graf, report, start + 1) => true,
            Opening::That(_) => false,
            // “Roe was asked: ‘…?’”: asked by nobody named, and not said by Roe.
            Opening::Colon(point) | Opening::Comma(point) => {
                cue.sort == Sort::Passive && (graf.passage(point + 1).is_none() || !cue.takes.has(Takes::QUESTION))
            }
            _ => cue.sort == Sort::Passive,
        }
    }

    /// Where the words that begin at the start of `run` end, no later than it.
    fn end_behind(&self, at: usize, report: &Report, opening: Opening, run: Run) -> usize {
        let graf = self.graf;
        let second =
            |at: &usize| graf.is(*at, Class::CONJUNCTION) && graf.is_finite(at + 1) && !graf.is(at + 1, Class::PRONOUN);
        // “mentioned the plan, and at one point the crowd chanted ‘…’”: a clause of its own.
        let is_comma = |at: usize| graf.kind(at) == Some(Kind::Comma);
        let third = |at: &usize| {
            graf.is(*at, Class::CONJUNCTION) && is_comma(at - 1) && content::is_clause(graf, at + 1, run.end)
        };
        let second = |at: &usize| second(at) || third(at);
        let is_strong = is_strong_cue(&report.cue);
        let wall = (run.start + 1..run.end).find(|at| !is_strong && second(at)).unwrap_or(run.end);
        match (report.cue.sort, opening) {
            (Sort::Passive, Opening::Passage(start)) => start + 1,
            // “shouted ‘liar’ at the mayor”, “a hat reading ‘Vote’ in red”: to whom and how.
            (_, Opening::Passage(start)) if is_cry(&report.cue) && is_adjunct(graf, start + 1, wall) => start + 1,
            (Sort::Noun, _) => noun::end(graf, graf.sentences[at], report.cue.head, run.start, wall),
            _ => wall,
        }
    }

    /// *announced his resignation*, *criticized Roe*, *citing two officials*: what was done by speaking, and no words
    /// to hold against a note.
    fn is_deed(&self, cue: &Cue, opening: Opening, run: Run) -> bool {
        let graf = self.graf;
        if (run.start..run.end).any(|at| graf.passage(at).is_some()) {
            return false;
        }
        let source = Class::UNNAMED.and(Class::ROLE);
        if graf.reads(cue.head, "citing") && (run.start..run.end.min(run.start + 4)).any(|at| graf.is(at, source)) {
            return true;
        }
        let is_own = ["his", "her", "their", "its"].iter().any(|word| graf.reads(run.start, word));
        // “announced his retirement”, “recalled its envoy”
        let verb = graf.items[cue.head].of(graf.text);
        let is_announced = is_own && (verb.starts_with("announc") || verb.starts_with("recall"));
        let n_words = (run.start..trailing(graf, run)).filter(|at| graf.items[*at].is_word()).count();
        // “accused Roe of lying”: one word says it all.
        let is_charge = cue.takes.has(Takes::FOR) && run.start > 0 && graf.reads(run.start - 1, "of");
        let is_bare = matches!(opening, Opening::Bare(_)) && !cue.takes.has(Takes::CLAUSE) && !is_charge;
        // “denies murder”, “denied wrongdoing”, “pleaded guilty”
        let is_denial = (verb.starts_with("den") || verb.starts_with("plead")) && n_words == 1;
        is_bare && !is_denial && n_words <= if is_announced { 3 } else { 1 }
    }

    /// *But, said Roe, “…”*: the speaker stands behind the cue and before the words.
    fn inverted_before(&self, cue: &Cue, wall: usize) -> Option<Subject> {
        let graf = self.graf;
        if cue.sort != Sort::Finite || !cue.takes.has(Takes::MARKS) {
            return None;
        }
        let mention = mention::after(graf, cue.run.end, wall)?;
        let is_point = matches!(graf.kind(mention.end), Some(Kind::Comma | Kind::Colon));
        (is_point && graf.passage(mention.end + 1).is_some()).then_some(Subject {
            mention,
            noun: None,
            from: cue.run.start,
            is_relative: false,
        })
    }

    /// Where an attributed clause without *that* begins, if what follows the cue is one.
    fn bare(&self, cue: &Cue, is_papers: bool, start: usize, wall: usize) -> Option<usize> {
        let graf = self.graf;
        let first = graf.item(start)?;
        let is_manner = first.is_manner(graf.text) && graf.is(start + 1, Class::PREPOSITION);
        let reasons = ["as", "because", "since", "while", "after", "before"];
        let is_why = reasons.iter().any(|word| graf.reads(start, word))
            && !(graf.reads(start, "as") && cue.takes.has(Takes::AS));
        // “the bureau cited in the report”: a participle behind its noun.
        let next = cue.run.end;
        let is_led = next < start && graf.is(next, Class::PREPOSITION) && !graf.is(next, Class::DETERMINER);
        let takes_more = Takes::CLAUSE.or(Takes::THAT).or(Takes::FOR).or(Takes::AS).or(Takes::MARKS);
        let is_behind_noun = is_led && !cue.takes.has(takes_more) && !(next..start).any(|at| graf.is(at, Class::TIME));
        let is_measure = content::is_measure(graf, start);
        let is_barred = is_manner
            || is_why
            || is_behind_noun
            || first.is(Class::CONJUNCTION) && !["neither", "either"].iter().any(|word| graf.reads(start, word))
            || first.is(Class::PREPOSITION) && !first.is(Class::DETERMINER) && !is_measure;
        if !first.is_word() || is_barred {
            return None;
        }
        let is_clause = is_measure || content::is_clause(graf, start, wall);
        // “said it on Monday”: what was said stands elsewhere.
        let is_pointer = ["it", "this", "that", "so"].iter().any(|word| graf.reads(start, word));
        let leads = Class::PREPOSITION.and(Class::TIME).and(Class::ADVERB).and(Class::SUBORDINATOR);
        let is_point = |at: usize| graf.passage(at).is_none() && !graf.items[at].is_word();
        let is_alone = start + 1 >= wall || is_point(start + 1) || graf.is(start + 1, leads);
        if cue.takes.has(Takes::CLAUSE) && is_pointer && is_alone && !is_clause {
            return None;
        }
        if cue.takes.has(Takes::CLAUSE) {
            let has_marks = (start..wall).any(|at| graf.passage(at).is_some());
            let is_long = (wall - start >= 3 || has_marks) && !graf.reads(start, "so") && !graf.reads(start, "nothing");
            return (is_clause || is_long).then_some(start);
        }
        let is_noun_prone = cue.takes.has(Takes::NOUN_PRONE) && cue.is_present;
        let is_document = cue.takes.has(Takes::DOCUMENT) && !cue.takes.has(Takes::MARKS) && !is_papers;
        let is_noun_prone = is_noun_prone && !is_papers;
        // “The study suggests drinking coffee helps the heart”
        let is_gerund = is_papers && wall - start >= 4 && is_participle(graf, start);
        if is_gerund && cue.takes.has(Takes::THAT) {
            return Some(start);
        }
        if cue.takes.has(Takes::THAT.or(Takes::THOUGHT)) && is_clause && !is_noun_prone && !is_document {
            return Some(start);
        }
        if cue.takes.has(Takes::FOR) {
            let reach = wall.min(start + 18);
            // “blamed the price of cocoa”: only accusing is *of* something.
            let is_of = graf.items[cue.head].of(graf.text).to_ascii_lowercase().starts_with("accus");
            let is_link = |at: &usize| graf.reads(*at, "for") || is_of && graf.reads(*at, "of");
            if let Some(link) = (start..reach).find(is_link) {
                return Some(link + 1);
            }
        }
        let has_marks = |reach: usize| (start..wall.min(reach)).any(|at| graf.passage(at).is_some());
        let passage = (start..wall.min(start + 14)).find(|at| graf.passage(*at).is_some());
        let is_phrase =
            |end: usize| !(start..end).any(|at| graf.is_finite(at) || graf.reads(at, "that") || graf.reads(at, "by"));
        if cue.takes.has(Takes::PARTLY) && !is_noun_prone && passage.is_some_and(is_phrase) {
            return Some(start);
        }
        let is_bare_name = cue.takes.has(Takes::NAME) && !cue.takes.has(Takes::NOUN.or(Takes::AS)) && !has_marks(wall);
        // “called back to say”, “called on Roe”: another verb.
        let is_other_verb = cue.takes.has(Takes::NAME) && ["back", "off"].iter().any(|word| graf.reads(start, word));
        if is_bare_name && !content::names_it(graf, start, wall) || is_other_verb {
            return None;
        }
        let takes = Takes::NOUN.or(Takes::NAME).or(Takes::AS);
        (cue.takes.has(takes) && !is_noun_prone).then_some(start)
    }

    /// *Roe said it was over. Adding, “…”*: a sentence without a subject goes on with who spoke in the one before.
    fn resumed(&self, at: usize, cue: &Cue) -> Option<Span> {
        let last = self.finds.last().filter(|last| last.sentence + 1 == at)?;
        let is_bare = cue.sort == Sort::Participle && cue.run.start == self.graf.sentences[at].start;
        last.noun.or(last.mention).filter(|_| is_bare)
    }

    pub(super) fn add_behind(&mut self, at: usize, report: &Report, run: Run, rule: &'static str, is_point: bool) {
        let graf = self.graf;
        let cue = report.cue;
        let opens = |item: &Item| item.is_capital || item.kind == Kind::Open;
        let is_capital = graf.item(run.start).is_some_and(opens) && cue.takes.has(Takes::MARKS);
        let parts = unmarked::split(graf, run, is_point && is_capital);
        for part in parts {
            let run =
                if part.is_unmarked { Run::new(part.run.start, unmarked::end(graf, at, part.run)) } else { part.run };
            let all_marked = (run.start..run.end).all(|at| is_marked_or_point(graf, at));
            let run = if all_marked || part.is_unmarked { run } else { Run::new(run.start, trailing(graf, run)) };
            let marked = content::marked(graf, run);
            let all_marked = (run.start..run.end).all(|at| is_marked_or_point(graf, at));
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
                mention: report.subject.map(|subject| graf.span_of(subject.mention)).or_else(|| self.resumed(at, &cue)),
                noun: report.subject.and_then(|subject| subject.noun).map(|noun| graf.span_of(noun)),
                form,
                stance: cue.stance,
                rule: if part.is_unmarked { part.rule } else { rule },
                runs_on: all_marked,
                sentence: at,
                is_nested: self.is_nested,
                marked: if form == Form::Unmarked { Vec::new() } else { marked },
            });
        }
    }
}

/// A verb that takes nothing but words in marks: *shouted*, *mouthed*, *reads*.
fn is_cry(cue: &Cue) -> bool {
    let takes_more = Takes::CLAUSE.or(Takes::THAT).or(Takes::NAME).or(Takes::AS).or(Takes::NOUN).or(Takes::PARTLY);
    cue.takes.has(Takes::MARKS) && !cue.takes.has(takes_more)
}

/// A preposition at `at`, and no more words in marks up to `end`.
fn is_adjunct(graf: &Graf, at: usize, end: usize) -> bool {
    at < end && graf.is(at, Class::PREPOSITION) && !(at..end).any(|at| graf.passage(at).is_some())
}

/// Where *…, reversing its stand* begins behind a clause in the writer's words: the writer's own remark.
fn trailing(graf: &Graf, run: Run) -> usize {
    let is_remark = |at: &usize| {
        graf.kind(*at) == Some(Kind::Comma) && is_participle(graf, at + 1) && !graf.is(at + 1, Class::PREPOSITION)
    };
    let is_next = |at: &usize| {
        let is_second =
            graf.is(at + 1, Class::CONJUNCTION) && graf.is(at + 2, Class::PRONOUN) && graf.is_finite(at + 3);
        // “joked, ‘You are late,’ drawing laughs and ‘Boo!’ cries”
        let is_remark = is_participle(graf, at + 1) && !graf.is(at + 1, Class::PREPOSITION);
        graf.passage(*at).is_some_and(|passage| passage.has_comma) && (is_second || is_remark)
    };
    // “called it ‘a gift,’ and sat down”: the comma inside the marks closes the words, if no more marks follow.
    let is_last = |at: &usize| {
        let goes_on = (at + 1..run.end.min(at + 6)).any(|next| graf.passage(next).is_some());
        graf.passage(*at).is_some_and(|passage| passage.has_comma) && !goes_on
    };
    let end = (run.start..run.end).find(|at| is_next(at) || is_last(at)).map_or(run.end, |at| at + 1);
    let end = aired(graf, Run::new(run.start, end)).unwrap_or(end);
    (run.start + 3..end).find(is_remark).unwrap_or(end)
}

/// *said the bridge was safe on Friday’s edition of NBC’s “Harbor Watch.”*: where the words were said, not what was.
fn aired(graf: &Graf, run: Run) -> Option<usize> {
    let title =
        run.end.checked_sub(1).map(|last| if graf.passage(last).is_some() { last } else { last.saturating_sub(1) })?;
    let is_name = graf.passage(title).is_some_and(|passage| is_title(graf, title, passage) && passage.is_capital);
    let reach = (run.start + 3).max(title.saturating_sub(9));
    let is_inner = |at: &usize| graf.items[*at].is_word() && !graf.is_finite(*at);
    let mut words = (reach..title).rev().take_while(is_inner);
    words.find(|at| is_name && graf.reads(*at, "on") && is_broadcast(graf, Run::new(*at + 1, title)))
}

/// *CNN’s*, *Sunday’s*, *the show*: what stands between *on* and the name of a show.
fn is_broadcast(graf: &Graf, run: Run) -> bool {
    let shows = ["show", "program", "programme", "broadcast", "podcast", "edition", "episode"];
    (run.start..run.end).any(|at| graf.items[at].is_possessive || shows.iter().any(|word| graf.reads(at, word)))
}
