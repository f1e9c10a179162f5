//! How many of them: *all*, *almost all*, *most*, *some*, *few*, *none*, *only* of one thing on both sides.

use super::clause::Clause;
use super::index::Index;
use super::paraphrase::Support;
use super::thesaurus::THESAURUS;
use super::token::Stretch;
use super::{Alarm, AlarmKind, lexicon};
use crate::span::Span;
use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    None,
    Few,
    One,
    Some,
    Most,
    AlmostAll,
    All,
    Only,
}

/// How many of what.
struct Said {
    extent: Extent,
    words: Range<usize>,
    /// The stem of what is counted.
    of: String,
}

/// Where a clause says more or less of a thing than its passage.
pub fn find(clause: &Clause, support: &Support, index: &Index) -> Option<Alarm> {
    let draft = Stretch::of_draft(&clause.words, &(0..clause.words.len()));
    let note = Stretch::of_note(index, &support.words);
    let (owns, others) = (read(&draft), read(&note));
    let draft_span = |words: &Range<usize>| clause.words[words.start].span.join(clause.words[words.end - 1].span);
    let note_span =
        |words: &Range<usize>| index.span(words.start + note.start).join(index.span(words.end - 1 + note.start));
    let differs = owns.iter().find_map(|own| {
        let of_it: Vec<&Said> = others.iter().filter(|other| other.of == own.of).collect();
        let is_said = of_it.iter().any(|other| fits(own.extent, other.extent));
        of_it.first().filter(|_| !is_said).map(|other| (draft_span(&own.words), note_span(&other.words)))
    });
    if let Some((draft, note)) = differs.or_else(|| {
        let (own, other) = bounded(&draft, &note)?;
        Some((draft_span(&own), note_span(&other)))
    }) {
        return Some(Alarm { kind: AlarmKind::Number, draft, note });
    }
    // *Only members may vote* made *members may vote*.
    let is_limiting = |stretch: &Stretch| stretch.inner.clone().any(|at| is_limit(stretch.key(at)));
    let lost = others.iter().find(|other| {
        let own = draft.inner.clone().any(|at| THESAURUS.stem(draft.key(at)) == other.of);
        other.extent == Extent::Only && own && !is_limiting(&draft)
    });
    let end = Span::new(clause.words.last()?.span.end, clause.words.last()?.span.end);
    lost.map(|lost| Alarm { kind: AlarmKind::Hedge, draft: end, note: note_span(&lost.words) })
}

/// *Up to 300* where the passage has *at least 300*.
fn bounded(draft: &Stretch, note: &Stretch) -> Option<(Range<usize>, Range<usize>)> {
    let bounds = |stretch: &Stretch| -> Vec<(bool, Range<usize>)> {
        let is_number = |at: &usize| stretch.key(*at).starts_with('#');
        let bound = |at: usize| is_least(stretch, at).map(|(is_least, n)| (is_least, at - n..at + 1));
        stretch.inner.clone().filter(is_number).filter_map(bound).collect()
    };
    let others = bounds(note);
    bounds(draft).into_iter().find_map(|(is_least, own)| {
        let of_it = |other: &&(bool, Range<usize>)| note.key(other.1.end - 1) == draft.key(own.end - 1);
        let of_it: Vec<&(bool, Range<usize>)> = others.iter().filter(of_it).collect();
        let is_kept = of_it.iter().any(|other| other.0 == is_least);
        of_it.first().filter(|_| !is_kept).map(|other| (own.clone(), other.1.clone()))
    })
}

/// Whether the number at `at` is told as the least or the most, and by how many words.
fn is_least(stretch: &Stretch, at: usize) -> Option<(bool, usize)> {
    let key = |n: usize| at.checked_sub(n).map_or("", |at| stretch.key(at));
    let is_denied = key(3) == "no";
    match (key(2), key(1)) {
        ("at", "least") => Some((true, 2)),
        ("at", "most") | ("up", "to") => Some((false, 2)),
        ("more", "than") => Some((!is_denied, 2)),
        ("fewer" | "less", "than") => Some((is_denied, 2)),
        (_, "over" | "above") => Some((true, 1)),
        (_, "under" | "below") => Some((false, 1)),
        _ => None,
    }
}

/// May be said for each other. *One* and *some* are some, and *only* says how many of none.
fn fits(own: Extent, other: Extent) -> bool {
    let is_any = |extent: Extent| matches!(extent, Extent::One | Extent::Some);
    own == other || is_any(own) && is_any(other)
}

fn is_limit(key: &str) -> bool {
    matches!(key, "only" | "just" | "solely" | "exclusively" | "alone" | "nobody" | "none" | "except" | "unless")
}

fn read(stretch: &Stretch) -> Vec<Said> {
    let said = |at: usize| {
        let (extent, words) = extent_at(stretch, at)?;
        Some(Said { extent, of: counted(stretch, words.end)?, words })
    };
    stretch.inner.clone().filter_map(said).collect()
}

fn extent_at(stretch: &Stretch, at: usize) -> Option<(Extent, Range<usize>)> {
    let before = at.checked_sub(1).map_or("", |at| stretch.key(at));
    let is_bound = matches!(before, "the" | "his" | "her" | "its" | "their" | "our" | "my" | "last" | "next" | "past");
    let is_denied = lexicon::is_negation(before);
    let one = |extent: Extent| Some((extent, at..at + 1));
    match stretch.key(at) {
        _ if is_denied => None,
        "all" | "every" | "each" | "both" if matches!(before, "almost" | "nearly" | "virtually" | "practically") => {
            Some((Extent::AlmostAll, at - 1..at + 1))
        }
        "all" | "every" | "each" | "both" if before != "after" => one(Extent::All),
        "no" | "none" | "neither" => one(Extent::None),
        "most" if !is_bound && before != "a" => one(Extent::Most),
        "few" | "little" if before == "a" => Some((Extent::Some, at - 1..at + 1)),
        "few" | "little" if !is_bound && !matches!(before, "very" | "quite" | "as" | "too" | "these") => {
            one(Extent::Few)
        }
        "some" | "several" => one(Extent::Some),
        "#1" if stretch.key(at + 1) == "of" => one(Extent::One),
        "only" if stretch.tokens[at].starts_sentence => one(Extent::Only),
        _ => None,
    }
}

/// The stem of what is counted, behind *of the* and its like.
fn counted(stretch: &Stretch, start: usize) -> Option<String> {
    let is_small = |at: &usize| {
        let key = stretch.key(*at);
        matches!(key, "of" | "the" | "its" | "his" | "her" | "our" | "their" | "these" | "those" | "my" | "your")
    };
    let at = (start..stretch.inner.end.min(start + 4)).find(|at| !is_small(at))?;
    let key = stretch.key(at);
    (!key.is_empty() && !key.starts_with('#') && !lexicon::is_common(key)).then(|| THESAURUS.stem(key))
}
