//! Who did what to whom: *the bank sued the union* is not *the union sued the bank*, nor *wages rose faster than prices*
//! the other way round. All the words are there, so nothing but their order tells.

use super::clause::{Clause, UnitKind};
use super::index::Index;
use super::paraphrase::Support;
use super::thesaurus::THESAURUS;
use super::token::Stretch;
use super::{Alarm, AlarmKind, denial, lexicon};
use std::ops::Range;

/// A name or noun with its adjectives has at most so many words.
const N_PHRASE: usize = 4;
/// How well a verb must be said.
const SAID: f32 = 0.8;

/// What a clause and its passage have changed over, if anything.
pub fn find(clause: &Clause, support: &Support, index: &Index) -> Option<Alarm> {
    let draft = Stretch::of_draft(&clause.words, &(0..clause.words.len()));
    let note = Stretch::of_note(index, &support.words);
    let verbs = clause.units.iter().enumerate().filter(|(place, unit)| {
        unit.kind == UnitKind::Plain && support.credits[*place] >= SAID && !is_mutual(draft.key(unit.word))
    });
    let swapped = verbs.into_iter().find_map(|(place, unit)| {
        let own = Deed::at(&draft, unit.word)?;
        let places = support.places[place].iter().filter_map(|at| at.checked_sub(note.start));
        let others: Vec<Deed> = places.filter_map(|at| Deed::at(&note, at)).collect();
        let is_as_said = others.iter().any(|other| !own.is_turned(other, &draft, &note));
        others.into_iter().next().filter(|_| !is_as_said).map(|other| (own.words(), other.words()))
    });
    let (own, other) = swapped.or_else(|| compared(&draft, &note)).or_else(|| turned_back(&draft, &note))?;
    let words = &clause.words[own.start].span.join(clause.words[own.end - 1].span);
    let (first, last) = (other.start + note.start, other.end - 1 + note.start);
    Some(Alarm { kind: AlarmKind::Name, draft: *words, note: index.span(first).join(index.span(last)) })
}

/// A verb with who does it and to whom.
struct Deed {
    doer: Range<usize>,
    done_to: Range<usize>,
}

impl Deed {
    /// *The bank had sued the union*, *the union was sued by the bank*: nothing but helping verbs and articles between.
    fn at(stretch: &Stretch, verb: usize) -> Option<Deed> {
        let is_helping = |at: &usize| is_helping(stretch.key(*at));
        let before = (0..verb).rev().find(|at| !is_helping(at))?;
        let is_passive = (before + 1..verb).any(|at| is_being(stretch.key(at)));
        let subject = phrase_before(stretch, before)?;
        match (is_passive, stretch.key(verb + 1)) {
            (true, "by") => Some(Deed { doer: phrase_behind(stretch, verb + 2)?, done_to: subject }),
            (true, _) => None,
            (false, _) => Some(Deed { doer: subject, done_to: phrase_behind(stretch, verb + 1)? }),
        }
    }

    fn is_turned(&self, other: &Deed, own: &Stretch, others: &Stretch) -> bool {
        let shares = |one: &Range<usize>, two: &Range<usize>| shares(&stems(own, one), &stems(others, two));
        shares(&self.doer, &other.done_to)
            && shares(&self.done_to, &other.doer)
            && !shares(&self.doer, &other.doer)
            && !shares(&self.done_to, &other.done_to)
    }

    fn words(&self) -> Range<usize> {
        self.doer.start.min(self.done_to.start)..self.doer.end.max(self.done_to.end)
    }
}

/// *Faster than prices* where the other has *faster than wages*, both of them told of.
fn compared(draft: &Stretch, note: &Stretch) -> Option<(Range<usize>, Range<usize>)> {
    let thans = |stretch: &Stretch| -> Vec<(Range<usize>, Range<usize>)> {
        let is_than = |at: &usize| stretch.key(*at) == "than";
        let sides = |at: usize| {
            let second = measured_behind(stretch, at + 1)?;
            let start = (0..=at).rev().find(|at| stretch.tokens[*at].starts_sentence).unwrap_or(0);
            Some((start..at, second))
        };
        stretch.inner.clone().filter(is_than).filter_map(sides).collect()
    };
    let ([(own_first, own_second)], [(first, second)]) = (&thans(draft)[..], &thans(note)[..]) else { return None };
    let (one, two) = (stems(draft, own_second), stems(note, second));
    // *Fewer doctors than nurses* is *more nurses than doctors*.
    let is_contrary =
        own_first.clone().any(|at| first.clone().any(|to| denial::is_contrary(draft.key(at), note.key(to))));
    let is_turned = !shares(&one, &two)
        && shares(&two, &stems(draft, own_first))
        && shares(&one, &stems(note, first))
        && !is_contrary;
    is_turned.then(|| (own_second.clone(), second.clone()))
}

/// *From Cairo to Khartoum* for the way back, *from $50 to $40* for a rise.
fn turned_back(draft: &Stretch, note: &Stretch) -> Option<(Range<usize>, Range<usize>)> {
    let ways = |stretch: &Stretch| -> Vec<(Range<usize>, String, String)> {
        let way = |at: usize| {
            let to = (at + 2..stretch.inner.end.min(at + N_PHRASE + 1)).find(|at| stretch.key(*at) == "to")?;
            let (from, until) = (stretch.key(to - 1), stretch.key(to + 1));
            let is_place = |key: &str| !key.is_empty() && !lexicon::is_common(key);
            (is_place(from) && is_place(until)).then(|| (at..to + 2, from.to_owned(), until.to_owned()))
        };
        stretch.inner.clone().filter(|at| stretch.key(*at) == "from").filter_map(way).collect()
    };
    let others = ways(note);
    ways(draft).into_iter().find_map(|(own, from, until)| {
        let is_same = |(_, one, two): &&(Range<usize>, String, String)| *one == from && *two == until;
        let is_back = |(_, one, two): &&(Range<usize>, String, String)| *one == until && *two == from && from != until;
        let back = others.iter().find(is_back).filter(|_| !others.iter().any(|other| is_same(&other)))?;
        Some((own, back.0.clone()))
    })
}

/// What is compared with: behind *in*, *those of* and articles.
fn measured_behind(stretch: &Stretch, at: usize) -> Option<Range<usize>> {
    let is_small = |at: &usize| {
        matches!(stretch.key(*at), "in" | "at" | "on" | "of" | "for" | "those" | "that" | "with")
            || is_article(stretch.key(*at))
    };
    let start = (at..(at + N_PHRASE).min(stretch.inner.end)).find(|at| !is_small(at))?;
    phrase_behind(stretch, start)
}

fn phrase_before(stretch: &Stretch, last: usize) -> Option<Range<usize>> {
    let is_of_it = |at: &usize| is_telling(stretch.key(*at));
    let mut start = last + 1;
    while start > 0 && last + 1 - start < N_PHRASE && is_of_it(&(start - 1)) {
        start -= 1;
        if stretch.tokens[start].starts_sentence {
            break;
        }
    }
    let ahead = (0..start).rev().find(|at| !is_article(stretch.key(*at)));
    // *The head of the bank sued*: it was not the bank.
    let is_another = !stretch.tokens.get(start).is_some_and(|token| token.starts_sentence)
        && ahead.is_some_and(|at| is_preposition(stretch.key(at)));
    (start <= last && !is_another).then_some(start..last + 1)
}

fn phrase_behind(stretch: &Stretch, at: usize) -> Option<Range<usize>> {
    let start = (at..stretch.inner.end).find(|at| !is_article(stretch.key(*at)))?;
    let is_of_it = |at: &usize| is_telling(stretch.key(*at)) && (*at == start || !stretch.tokens[*at].starts_sentence);
    let n_words = (start..stretch.inner.end.min(start + N_PHRASE)).take_while(is_of_it).count();
    (n_words > 0).then_some(start..start + n_words)
}

fn stems(stretch: &Stretch, range: &Range<usize>) -> Vec<String> {
    let telling = range.clone().map(|at| stretch.key(at)).filter(|key| is_telling(key));
    telling.map(|key| THESAURUS.stem(key.trim_end_matches("'s"))).collect()
}

fn shares(ones: &[String], others: &[String]) -> bool {
    ones.iter().any(|one| others.contains(one))
}

fn is_telling(key: &str) -> bool {
    !key.is_empty() && !lexicon::is_common(key) && !key.starts_with('#')
}

fn is_article(key: &str) -> bool {
    matches!(key, "the" | "a" | "an" | "his" | "her" | "their" | "its" | "our" | "this" | "that" | "these" | "those")
}

fn is_preposition(key: &str) -> bool {
    matches!(key, "of" | "in" | "at" | "by" | "from" | "with" | "to" | "on" | "for" | "against" | "about" | "than")
}

fn is_being(key: &str) -> bool {
    matches!(key, "was" | "were" | "been" | "being" | "is" | "are" | "be" | "got" | "get")
}

fn is_helping(key: &str) -> bool {
    is_being(key)
        || matches!(key, "had" | "has" | "have" | "did" | "does" | "do" | "will" | "would" | "can" | "could" | "may")
        || matches!(key, "might" | "must" | "should" | "also" | "already" | "later" | "just" | "then" | "never" | "not")
}

/// Done by either to the other.
fn is_mutual(key: &str) -> bool {
    const MUTUAL: [&str; 12] =
        ["meet", "met", "marri", "wed", "divorc", "resembl", "equal", "play", "face", "fight", "fought", "join"];
    MUTUAL.contains(&THESAURUS.stem(key).as_str())
}
