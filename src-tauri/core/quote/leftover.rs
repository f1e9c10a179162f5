//! Words that no verb takes: lines of a transcript, and passages in marks that are speech all the same.

use super::attribution::{Find, Reader, is_marked_or_point, signature_at};
use super::content;
use super::graf::{Graf, Run, stamp_end};
use super::lexicon::Class;
use super::marks::Passage;
use super::mention;
use super::noun;
use super::report::is_bare_attribution;
use super::subject::{agent_before, clause_subject, main_subject};
use super::title::{is_term, is_title, is_uttered};
use super::word::Kind;
use super::{Form, Stance};
use crate::span::Span;

impl Reader<'_, '_> {
    /// Whose words in marks are: those of the attribution before them in the sentence, of *From the report:*, or of
    /// the clause they stand in.
    fn leftover_mention(&self, at: usize, place: usize) -> Option<Span> {
        let graf = self.graf;
        let sentence = graf.sentences[at];
        let start = graf.items[place].span.start;
        if let Some(owner) = noun::owner_around(graf, sentence, place) {
            return Some(graf.span_of(owner));
        }
        if let Some(owner) = noun::owner_before(graf, sentence, place) {
            // “Roe pushed his promise of ‘free rides’”, “played down Doe’s remarks as ‘talk’”: who acts.
            let is_pronoun = owner.end == owner.start + 1 && !graf.items[owner.start].is_possessive;
            let agent = agent_before(graf, sentence, owner.start)
                .filter(|agent| (is_pronoun || graf.reads(place - 1, "as")) && mention::can_speak(graf, agent.mention));
            return Some(graf.span_of(agent.map_or(owner, |agent| agent.mention)));
        }
        if let Some(by) = by_behind(graf, sentence, place) {
            return Some(graf.span_of(by));
        }
        let earlier = self.finds.iter().rev().take(4).find(|find| find.sentence == at && find.cue.is_some());
        if let Some(mention) = earlier.and_then(|find| find.mention).filter(|mention| mention.end <= start) {
            return Some(mention);
        }
        if place > sentence.start + 1
            && graf.kind(place - 1) == Some(Kind::Colon)
            && let Some(mention) = label_before(graf, sentence, place - 1)
        {
            return Some(graf.span_of(mention));
        }
        if place > sentence.start
            && graf.kind(place - 1) == Some(Kind::Colon)
            && let Some(subject) = main_subject(graf, sentence, place)
        {
            return Some(graf.span_of(subject.mention));
        }
        let agent = agent_before(graf, sentence, place)?;
        // “…,” she says. It’s “a new thing.” Her words run on.
        let is_thing = !agent.is_relative && !mention::can_speak(graf, agent.mention);
        let runs_on = self.finds.last().is_some_and(|find| find.sentence + 1 == at && find.form == Form::Direct);
        (!is_thing || !runs_on).then(|| graf.span_of(agent.mention))
    }

    /// *“…” ― Jane Roe*: who signs in the same line.
    fn signed_here(&self, place: usize) -> Option<Span> {
        let graf = self.graf;
        let is_all_marked = (0..place).all(|at| is_marked_or_point(graf, at));
        signature_at(graf, place + 1).filter(|_| is_all_marked).map(|name| graf.span_of(name))
    }

    /// *‘We were lied to’: families of the crew*: a hed that names who says it behind a colon.
    fn named_behind(&self, at: usize, place: usize) -> Option<Span> {
        let graf = self.graf;
        let sentence = graf.sentences[at];
        let is_hed = at == 0 && graf.sentences.len() == 1 && graf.kind(sentence.end - 1) != Some(Kind::Stop);
        let is_first = place == sentence.start && graf.kind(place + 1) == Some(Kind::Colon);
        let mention = mention::after(graf, place + 2, sentence.end).filter(|_| is_hed && is_first)?;
        // Where a hed’s verb stands is not to be told: a long phrase may hold it.
        let is_short = mention.end - mention.start <= 4;
        (is_short && mention::can_speak(graf, mention)).then(|| graf.span_of(mention))
    }

    /// *Roe agreed. “…”*: the subject of the sentence before, where that sentence has no speech of its own.
    fn mention_before(&self, at: usize) -> Option<Span> {
        let graf = self.graf;
        // “(It was late.)” tells of nobody who speaks.
        let is_aside = |sentence: &&Run| graf.kind(sentence.start) == Some(Kind::Open);
        let before = *graf.sentences.get(..at)?.iter().rev().find(|sentence| !is_aside(sentence))?;
        let subject = clause_subject(graf, before, before.end)?;
        mention::can_speak(graf, subject.mention).then(|| graf.span_of(subject.mention))
    }

    /// Words in marks that no cue took: the speech of the sentence's subject when they are more than a name or a term.
    pub(super) fn leftover(&mut self, at: usize) {
        let graf = self.graf;
        let sentence = graf.sentences[at];
        for place in sentence.start..sentence.end {
            let Some(Kind::Passage(index)) = graf.kind(place) else { continue };
            let passage = graf.passages[index];
            let named = self.named_behind(at, place).or_else(|| self.signed_here(place));
            let is_owned =
                named.is_some() || noun::owner_around(graf, sentence, place).is_some() || is_uttered(graf, place);
            if self.used[index] || passage.n_words < 2 && !passage.has_stop && !is_owned {
                continue;
            }
            let next = graf.sentences.get(at + 1);
            if place + 1 == sentence.end && next.is_some_and(|next| is_bare_attribution(graf, *next)) {
                continue;
            }
            let is_alone = place == sentence.start && place + 1 == sentence.end;
            let is_first = place == sentence.start && at > 0 && passage.n_words > 4;
            let lead = self.lead.filter(|_| is_alone && at < 3 && self.finds.iter().all(|find| find.cue.is_none()));
            let signed = self.signed.filter(|_| is_alone && graf.sentences.len() <= 2);
            let mention = named
                .or(signed)
                .or(lead.map(|lead| lead.mention))
                .or_else(|| self.leftover_mention(at, place))
                .or_else(|| self.mention_before(at).filter(|_| is_alone || is_first));
            let is_persons = || {
                agent_before(graf, sentence, place).is_some_and(|subject| mention::can_speak(graf, subject.mention))
                    || noun::owner_before(graf, sentence, place).is_some()
                    || by_behind(graf, sentence, place).is_some()
            };
            // “told ‘Fox and Friends’”, “a co-author of ‘Those Guys Have All the Fun’”: a name, not words.
            let is_lead = place > sentence.start && graf.kind(place - 1) == Some(Kind::Colon);
            let is_named = passage.is_title_case
                && passage.is_capital
                && passage.n_words > 1
                && !passage.is_first_person
                && !passage.inner.of(graf.text).ends_with(['!', '?']);
            if is_named && !is_alone && !is_first && !is_lead && !is_owned {
                continue;
            }
            let is_handed =
                || is_lead && passage.has_stop && (!passage.is_title_case || has_word(graf, sentence, place));
            let is_speech = is_alone
                || is_owned
                || passage.n_words > 4
                || is_handed() && is_persons()
                || !passage.is_title_case && !passage.is_capital && is_persons()
                || passage.has_comma && passage.n_words > 2
                || passage.has_stop && passage.n_words > 3;
            let is_point = passage.has_comma || passage.has_stop;
            let is_speech = is_speech
                && (is_alone
                    || is_uttered(graf, place)
                    || !is_title(graf, place, &passage) && !is_term(graf, place, &passage))
                && (is_alone || is_point || is_first || mention.is_some());
            if !is_speech {
                continue;
            }
            let label = label_inside(graf.text, &passage).filter(|_| is_alone);
            let words = passage.content(graf.text);
            let start = label.map_or(words.start, |label| label.end + 1);
            let content = vec![Span::new(start.min(words.end), words.end).trim(graf.text)];
            let mention = label.or(mention);
            self.used[index] = true;
            self.finds.push(Find {
                marked: content.clone(),
                content,
                cue: lead.and_then(|lead| lead.cue),
                mention,
                noun: None,
                form: Form::Direct,
                stance: Stance::Said,
                rule: "words in marks without a cue",
                runs_on: true,
                sentence: at,
                is_nested: false,
            });
        }
    }

    /// *JANE ROE: …*, *Q: …*, *Rep. Roe (R-Ohio): “…”*: a line of a transcript, or a headline that names who says it.
    pub(super) fn label(&mut self) -> bool {
        let graf = self.graf;
        let start = stamp_end(graf.text, &graf.items);
        let reach = graf.items.len().min(start + 12);
        let Some(colon) = (start..reach).find(|at| graf.kind(*at) == Some(Kind::Colon)) else {
            return false;
        };
        let is_break = |at: &usize| matches!(graf.kind(*at), Some(Kind::Open | Kind::Comma));
        let label = Run::new(start, (start..colon).find(is_break).unwrap_or(colon));
        let is_shout = |at: usize| !graf.items[at].of(graf.text).contains(char::is_lowercase);
        // *RUIZ, HOST:* has a role behind its comma; *RUIZ (host):* in brackets.
        let is_aside = label.end == colon
            || graf.kind(colon - 1) == Some(Kind::Close)
            || graf.kind(label.end) == Some(Kind::Comma) && (start..colon).all(is_shout);
        let n_words = label.end - label.start;
        let is_capital = (label.start..label.end).all(|at| graf.items[at].is_word() && graf.items[at].is_capital);
        if !is_aside
            || n_words == 0
            || n_words > 5
            || !is_capital
            || colon + 1 >= graf.items.len()
            || graf.has_finite(label)
        {
            return false;
        }
        let words = graf.span_of(label).of(graf.text);
        let is_shouted =
            n_words <= 5 && !words.contains(char::is_lowercase) && !words.ends_with(|c: char| c.is_ascii_digit());
        let is_titled =
            (label.start..label.end).any(|at| graf.is(at, Class::TITLE.and(Class::HONORIFIC)) && n_words > 1);
        let bracket = graf.kind(colon + 1) == Some(Kind::Open);
        let close =
            (colon + 1..graf.items.len().min(colon + 8)).find(|at| bracket && graf.kind(*at) == Some(Kind::Close));
        let cue = colon;
        let colon = close.filter(|close| close + 1 < graf.items.len()).unwrap_or(colon);
        let is_marked = graf.passage(colon + 1).is_some_and(|passage| passage.is_capital && passage.n_words > 3);
        // “Editor’s Note: …”, “Correction: …”: what it is, not who says it.
        let notes = ["note", "correction", "clarification", "update", "updated", "editor's", "editor’s", "disclosure"];
        if (label.start..label.end).any(|at| notes.iter().any(|word| graf.reads(at, word))) {
            return false;
        }
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
            cue: Some(graf.items[cue].span),
            mention: Some(graf.span_of(label)),
            noun: None,
            stance: Stance::Said,
            rule: "name and colon at the start of a line, as in a transcript",
            runs_on: all_marked,
            sentence: 0,
            is_nested: false,
        });
        true
    }
}

/// *“ROE: We lost.”*: a transcript quoted line by line names its speakers inside the marks.
fn label_inside(text: &str, passage: &Passage) -> Option<Span> {
    let words = passage.inner.of(text);
    let colon = words.find(':').filter(|colon| *colon <= 40)?;
    let label = &words[..colon];
    let is_shouted = label.chars().filter(|c| c.is_alphabetic()).count() > 1
        && label.chars().all(|c| c.is_uppercase() || " .’'-".contains(c))
        && label.split_whitespace().count() <= 4;
    let is_followed = words[colon + 1..].trim_start().starts_with(char::is_alphabetic);
    (is_shouted && is_followed).then(|| Span::new(passage.inner.start, passage.inner.start + colon))
}

/// *More from Roe:*, *Here’s Roe in 2012:*, *The verdict - Roe:*: who the colon hands the words to, where no verb stands.
fn label_before(graf: &Graf, sentence: Run, colon: usize) -> Option<Run> {
    let is_dash = |at: &usize| graf.kind(*at) == Some(Kind::Dash);
    let mut start = (sentence.start..colon).rev().find(is_dash).map_or(sentence.start, |dash| dash + 1);
    let leads = ["here", "here's", "here’s", "is", "more", "again", "from", "and", "then"];
    while start < colon && leads.iter().any(|word| graf.reads(start, word)) {
        start += 1;
    }
    let label = Run::new(start, colon);
    if label.is_empty() || graf.has_finite(label) || colon - start > 7 {
        return None;
    }
    mention::after(graf, start, colon).or_else(|| mention::phrase_before(graf, start, colon))
}

/// *Roe’s answer was short: “…”*, *Roe put it in one word: “…”*: what leads to the colon says that words come.
fn has_word(graf: &Graf, sentence: Run, place: usize) -> bool {
    (sentence.start..place).any(|at| graf.is(at, Class::SPEECH) || graf.reads(at, "word"))
}

/// *labeled a “witch hunt” by Roe*
fn by_behind(graf: &Graf, sentence: Run, place: usize) -> Option<Run> {
    let by = graf.reads(place + 1, "by").then(|| mention::after(graf, place + 2, sentence.end)).flatten()?;
    mention::can_speak(graf, by).then_some(by)
}
