//! Words attributed by where they come from: according to the ministry, … / As the agency reported, …

use super::Stance;
use super::attribution::{Find, Reader, form, is_marked_or_point};
use super::content;
use super::cue::{Cue, Sort};
use super::graf::Run;
use super::lexicon::{Class, Takes};
use super::mention;
use super::report::Report;
use super::subject::by_phrase;
use super::word::Kind;

/// The rule for *his claim that …*.
pub(super) const CLAIM: &str = "whose claim, that";

impl Reader<'_, '_> {
    pub(super) fn according(&mut self, at: usize, cue: Cue, wall: usize) {
        let graf = self.graf;
        let sentence = graf.sentences[at];
        let before = cue.run.start.saturating_sub(1);
        let has_words = (sentence.start..cue.run.start).any(|at| graf.is_finite(at) || graf.passage(at).is_some());
        let comma = (cue.run.end..wall)
            .find(|at| matches!(graf.kind(*at), Some(Kind::Comma | Kind::Passage(_) | Kind::Stop | Kind::Semicolon)));
        let name_end = comma.unwrap_or(wall);
        let that = if graf.kind(before) == Some(Kind::Comma) { before.saturating_sub(1) } else { before };
        let is_led = graf.reads(that, "that") && that > sentence.start;
        // “It is, to quote Roe, ‘a ruin.’”
        let is_cut = that != before && graf.is(that, Class::AUXILIARY) && graf.passage(name_end + 1).is_some();
        let is_front = (cue.run.start < sentence.start + 10 && !has_words || is_led || is_cut) && name_end + 1 < wall;
        let Some(mention) = mention::phrase_before(graf, cue.run.end, name_end.min(cue.run.end + 12))
            .or_else(|| mention::after(graf, cue.run.end, wall))
        else {
            return;
        };
        let mention = Run::new(cue.run.end.min(mention.start), mention.end);
        // “According to Roe, the mayor, the roof …”: who Roe is stands between two commas.
        let is_comma = |at: &usize| graf.kind(*at) == Some(Kind::Comma);
        let second = (name_end + 1..wall.min(name_end + 14)).find(is_comma).filter(|second| {
            let aside = Run::new(name_end + 1, *second);
            (aside.start..aside.end).any(|at| graf.is(at, Class::ROLE.and(Class::TITLE)))
                && !graf.is(aside.start, Class::PREPOSITION)
                && !graf.has_tense(aside)
                && content::is_clause(graf, second + 1, wall)
        });
        let run = if is_front {
            Run::new(second.filter(|_| is_comma(&name_end)).unwrap_or(name_end), wall)
        } else {
            let open = (sentence.start..cue.run.start)
                .rev()
                .find(|at| matches!(graf.kind(*at), Some(Kind::Open | Kind::Close)));
            let inside = open.filter(|at| graf.kind(*at) == Some(Kind::Open)).map_or(0, |at| at + 1);
            // “Doe’s claim that … is false, according to Roe”: the claim is part of what Roe says.
            let is_claim = self.finds.last().is_some_and(|find| find.rule == CLAIM && find.sentence == at)
                && graf.is(self.said_until, Class::AUXILIARY);
            let said_until = if is_claim { sentence.start } else { self.said_until };
            Run::new(said_until.max(sentence.start).max(inside).min(before), cue.run.start)
        };
        let (content, marked) = (content::words(graf, run, false), content::marked(graf, run));
        let Some(content) = content else { return };
        // “The driver, according to the police, had been awake”: in two spans.
        let lead = Run::new(sentence.start, before);
        let opens = Class::PREPOSITION.and(Class::SUBORDINATOR).and(Class::ADVERB).and(Class::CONJUNCTION);
        let is_split = is_front
            && graf.kind(before) == Some(Kind::Comma)
            && before > sentence.start
            && (!graf.is(sentence.start, opens) || graf.is(sentence.start, Class::DETERMINER))
            && graf.is_finite(name_end + 1);
        let subject = content::words(graf, lead, false).filter(|_| is_split);
        let all_marked = (run.start..run.end).all(|at| is_marked_or_point(graf, at));
        let content =
            if all_marked { marked.clone() } else { subject.into_iter().chain([content]).collect::<Vec<_>>() };
        self.take(run);
        self.said_until = self.said_until.max(mention.end);
        self.finds.push(Find {
            form: form(&content, &marked),
            content,
            marked,
            cue: Some(graf.span_of(cue.run)),
            mention: Some(graf.span_of(mention)),
            noun: None,
            stance: Stance::Said,
            rule: "according to a source",
            runs_on: false,
            sentence: at,
            is_nested: self.is_nested,
        });
    }

    /// *As the agency reported, …*: the rest of the sentence is what was reported.
    pub(super) fn as_reported(&mut self, at: usize, report: &Report) -> bool {
        let graf = self.graf;
        let (sentence, cue) = (graf.sentences[at], report.cue);
        // “As the crowd began to chant, Roe …”: when, not what.
        let is_led =
            graf.reads(sentence.start, "as") && cue.head < sentence.start + 14 && !graf.reads(cue.run.end, "to");
        if !is_led
            || cue.is_present && cue.takes.has(Takes::NOUN_PRONE)
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
}
