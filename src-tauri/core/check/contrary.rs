//! Whether a passage says the contrary of a clause: a denial one side has, *safe* against *unsafe*, *rose* against *fell*.

use super::clause::{Clause, UnitKind};
use super::denial;
use super::index::Index;
use super::lexicon;
use super::paraphrase::Support;
use super::substance::Conflicts;
use super::thesaurus::THESAURUS;
use super::token::Stretch;
use super::{Alarm, AlarmKind};
use crate::span::Span;

/// How far before its word a denial may stand, and how far behind.
const N_BEFORE: usize = 6;
const N_BEHIND: usize = 3;

/// A clause over its passage: which words of the one say which of the other.
struct Pairing<'a> {
    clause: &'a Clause,
    index: &'a Index,
    draft: Stretch<'a>,
    note: Stretch<'a>,
    /// A unit that is said: its place in the clause, and the places in the note's stretch that say it.
    pairs: Vec<(usize, Vec<usize>)>,
}

/// Adds to the conflicts what one side denies and the other does not.
pub fn find(clause: &Clause, support: &Support, index: &Index, conflicts: &mut Conflicts) {
    let draft = Stretch::of_draft(&clause.words, &(0..clause.words.len()));
    let note = Stretch::of_note(index, &support.words);
    let is_said = |place: &usize| support.credits[*place] >= 0.5 && clause.units[*place].weight >= 0.5;
    let pair = |place: usize| {
        let places = support.places[place].iter().filter_map(|at| at.checked_sub(note.start)).collect();
        (clause.units[place].word, places)
    };
    let pairs = (0..clause.units.len()).filter(is_said).map(pair).collect();
    let pairing = Pairing { clause, index, draft, note, pairs };
    if let Some(cue) = clause.denied_by {
        conflicts.alarms.extend((!pairing.is_disputed()).then(|| pairing.alarm_at_end(cue)));
        return;
    }
    let n_excused = conflicts.excused.len();
    let opposite = pairing.opposites(support, conflicts);
    if conflicts.excused.len() > n_excused {
        // *Did not rise* for *fell*: the denial is spoken for.
        conflicts.alarms.extend(opposite);
        return;
    }
    let turned = pairing.gained().or_else(|| pairing.lost()).or_else(|| pairing.prefixed());
    conflicts.alarms.extend(turned.or_else(|| pairing.small_opposites()));
}

impl Pairing<'_> {
    /// The speaker denies something there, in whatever words: *we never did*, *nonsense*.
    fn is_disputed(&self) -> bool {
        let is_heard = |at: &usize| !self.note.key(*at).is_empty();
        let start = (0..self.note.inner.start).rev().take_while(is_heard).last().unwrap_or(self.note.inner.start);
        let end = (self.note.inner.end..self.note.tokens.len()).take_while(is_heard).last();
        let heard = start..end.map_or(self.note.inner.end, |at| at + 1);
        !denial::denials(&self.note.tokens, heard.clone()).is_empty()
            || heard.into_iter().any(|at| denial::is_disputing(self.note.key(at)))
    }

    fn alarm_at_end(&self, draft: Span) -> Alarm {
        let end = self.index.span(self.note.inner.end - 1 + self.note.start).end;
        self.alarm(draft, Span::new(end, end))
    }

    /// The clause denies what the passage says.
    fn gained(&self) -> Option<Alarm> {
        let denials = denial::denials(&self.draft.tokens, self.draft.inner.clone());
        let at = denials.into_iter().find(|at| self.is_gained(*at))?;
        Some(self.alarm_at_end(self.clause.words[at].span))
    }

    fn is_gained(&self, at: usize) -> bool {
        let behind = self.pairs.iter().find(|(word, _)| (at + 1..=at + N_BEFORE).contains(word));
        let before = self.pairs.iter().rev().find(|(word, _)| (at.saturating_sub(N_BEHIND)..at).contains(word));
        let is_word = self.pairs.iter().any(|(word, _)| *word == at);
        let is_denied = |place: &usize| denies_near(&self.note, *place);
        if is_word || is_free(&self.note, &self.draft) {
            return false;
        }
        match behind.or(before) {
            Some((word, places)) => !places.iter().any(|place| is_denied(place) || self.is_prefixed(*word, *place)),
            None => denial::denials(&self.note.tokens, self.note.inner.clone()).is_empty(),
        }
    }

    /// The passage denies what the clause says. It says many things: a denial counts only beside a word the clause took.
    fn lost(&self) -> Option<Alarm> {
        let denials = denial::denials(&self.note.tokens, self.note.inner.clone());
        let at = denials.into_iter().find(|at| self.is_lost(*at))?;
        let end = self.clause.words.last()?.span.end;
        Some(self.alarm(Span::new(end, end), self.index.span(at + self.note.start)))
    }

    fn is_lost(&self, at: usize) -> bool {
        let telling = |at: &usize| !lexicon::is_common(self.note.key(*at)) && !self.note.key(*at).is_empty();
        let target = (at + 1..(at + 5).min(self.note.inner.end)).find(telling);
        let is_word = self.pairs.iter().any(|(_, places)| places.contains(&at));
        if is_word || is_free(&self.draft, &self.note) {
            return false;
        }
        let Some(target) = target else { return false };
        let mut said = self.pairs.iter().filter(|(_, places)| places.contains(&target)).peekable();
        said.peek().is_some()
            && !said.any(|(word, _)| denies_near(&self.draft, *word) || self.is_prefixed(*word, target))
    }

    /// *Safe* for *unsafe*, and no *not* beside either.
    fn prefixed(&self) -> Option<Alarm> {
        let turned = self.pairs.iter().find_map(|(word, places)| {
            let is_turned = places.iter().all(|place| self.is_prefixed(*word, *place));
            let place = *places.first().filter(|_| is_turned)?;
            let is_alike = denies_near(&self.draft, *word) == denies_near(&self.note, place);
            is_alike.then_some((*word, place))
        });
        let (word, place) = turned?;
        Some(self.alarm(self.clause.words[word].span, self.index.span(place + self.note.start)))
    }

    /// *Rose* for *fell*, beside words that both have.
    fn opposites(&self, support: &Support, conflicts: &mut Conflicts) -> Option<Alarm> {
        let mut alarm = None;
        for (place, unit) in self.clause.units.iter().enumerate() {
            let is_open = support.credits[place] == 0.0 && unit.kind == UnitKind::Plain;
            let key = self.draft.key(unit.word);
            if !is_open || !denial::has_opposite(key) {
                continue;
            }
            let is_near = |at: usize| {
                let near = self.pairs.iter().filter(|(word, _)| word.abs_diff(unit.word) <= N_BEFORE);
                near.flat_map(|(_, places)| places).any(|place| place.abs_diff(at) <= N_BEFORE)
            };
            let own: Vec<String> = self.clause.words.iter().map(|word| THESAURUS.stem(&word.key)).collect();
            let has = |key: &str| THESAURUS.stems(key).iter().any(|stem| own.contains(stem));
            let is_contrary = |at: &usize| {
                let other = self.note.key(*at);
                denial::is_contrary(key, other) && !has(other) && !lexicon::is_negation(other) && is_near(*at)
            };
            let Some(at) = self.note.inner.clone().find(is_contrary) else { continue };
            conflicts.excused.push(place);
            if denies_near(&self.draft, unit.word) == denies_near(&self.note, at) {
                let note = self.index.span(at + self.note.start);
                alarm = alarm.or(Some(self.alarm(self.clause.words[unit.word].span, note)));
            }
        }
        alarm
    }

    /// *After June* for *until June*, *always voted* for *sometimes voted*: words too common to be claims, before the same
    /// word.
    fn small_opposites(&self) -> Option<Alarm> {
        let is_small = |at: &usize| {
            let key = self.draft.key(*at);
            lexicon::is_common(key) && denial::has_opposite(key)
        };
        let turned = self.draft.inner.clone().filter(is_small).find_map(|at| {
            let target = led_word(&self.draft, at)?;
            let leads: Vec<usize> =
                self.note.inner.clone().filter(|to| led_word(&self.note, *to).as_ref() == Some(&target)).collect();
            let is_kept = leads.iter().any(|to| self.note.key(*to) == self.draft.key(at));
            let other = leads.into_iter().find(|to| denial::is_contrary(self.draft.key(at), self.note.key(*to)))?;
            let is_alike = denies_near(&self.draft, at) == denies_near(&self.note, other);
            (!is_kept && is_alike).then_some((at, other))
        });
        let (at, other) = turned?;
        Some(self.alarm(self.clause.words[at].span, self.index.span(other + self.note.start)))
    }

    fn is_prefixed(&self, word: usize, place: usize) -> bool {
        let (one, other) = (self.draft.key(word), self.note.key(place));
        denial::is_prefixed(one, other) || denial::is_prefixed(other, one)
    }

    fn alarm(&self, draft: Span, note: Span) -> Alarm {
        Alarm { kind: AlarmKind::Negation, draft, note }
    }
}

/// The stem of the word a small word leads to, behind an article: *June* of *after the June …*.
fn led_word(stretch: &Stretch, at: usize) -> Option<String> {
    let is_article =
        |at: &usize| matches!(stretch.key(*at), "the" | "a" | "an" | "his" | "her" | "their" | "its" | "our");
    let next = (at + 1..stretch.inner.end.min(at + 3)).find(|at| !is_article(at))?;
    let key = stretch.key(next);
    let is_open =
        key.is_empty() || stretch.tokens[next].starts_sentence || lexicon::is_common(key) && !lexicon::is_date(key);
    (!is_open).then(|| THESAURUS.stem(key))
}

/// A denial stands near a word, in its sentence and on its side of a *but*.
fn denies_near(stretch: &Stretch, at: usize) -> bool {
    let is_wall = |at: usize| matches!(stretch.key(at), "" | "but" | "though" | "although");
    let mut start = at;
    while start > at.saturating_sub(N_BEFORE) && !stretch.tokens[start].starts_sentence && !is_wall(start - 1) {
        start -= 1;
    }
    let mut end = at + 1;
    while end < (at + 1 + N_BEHIND).min(stretch.tokens.len()) && !stretch.tokens[end].starts_sentence && !is_wall(end) {
        end += 1;
    }
    !denial::denials(&stretch.tokens, start..end).is_empty()
}

/// One side has a word that may deny by its meaning (*backseat*, *lost*), which the other has not: nothing can be told.
fn is_free(one: &Stretch, other: &Stretch) -> bool {
    let has = |key: &str| other.inner.clone().any(|at| other.key(at) == key);
    one.inner.clone().map(|at| one.key(at)).any(|key| lexicon::is_denial(&THESAURUS.stem(key)) && !has(key))
}
