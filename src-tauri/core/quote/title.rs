//! Words in marks that name a thing: a title, a term, what stands on a sign.

use super::cue::Cue;
use super::graf::Graf;
use super::lexicon::{Class, Takes};
use super::marks::Passage;
use super::report::Report;
use super::word::Kind;

/// *known as “cold pressing”*: a word talked about, not said.
pub(super) fn is_term(graf: &Graf, at: usize, passage: &Passage) -> bool {
    let heads = [
        "as",
        "called",
        "so-called",
        "term",
        "word",
        "phrase",
        "dubbed",
        "nicknamed",
        "named",
        "pseudonym",
        "alias",
        "nickname",
    ];
    passage.n_words <= 3 && at > 0 && heads.iter().any(|word| graf.reads(at - 1, word))
}

/// *a play called “The Sons,”*, *a boat named “Marta”*: the name of the thing before it.
pub(super) fn is_named_so(graf: &Graf, report: &Report, start: usize) -> bool {
    let cue = report.cue;
    let is_behind_noun = cue.run.start == cue.head && cue.run.end == start && cue.takes.has(Takes::NAME);
    let is_thing = report.subject.is_some_and(|subject| {
        let last = &graf.items[subject.mention.end - 1];
        !subject.is_relative && last.is_word() && !last.is_capital && !last.is(Class::PRONOUN.and(Class::ROLE))
    });
    let is_title = graf.passage(start).is_some_and(|passage| passage.is_capital && passage.is_title_case);
    is_behind_noun && is_thing && is_title
}

/// *in his 2012 book, “An American Son”*: a title behind the comma at `comma`.
pub(super) fn is_work(graf: &Graf, comma: usize, passage: &Passage) -> bool {
    let works = [
        "book",
        "memoir",
        "autobiography",
        "novel",
        "film",
        "movie",
        "documentary",
        "show",
        "album",
        "song",
        "podcast",
        "column",
    ];
    let is_behind = comma > 0 && works.iter().any(|word| graf.reads(comma - 1, word));
    is_behind && passage.is_title_case && passage.is_capital && !passage.inner.of(graf.text).ends_with(['!', '?'])
}

/// The name of a book, a show or a ship: in title case, after *the book*, *NBC's*, *on*.
pub(super) fn is_title(graf: &Graf, at: usize, passage: &Passage) -> bool {
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

/// *engineers call this “creep”*: what those of a trade call a thing is its name. Critics and rivals call it names.
pub(super) fn is_coined(graf: &Graf, report: &Report, start: usize) -> bool {
    let trades = [
        "engineers",
        "scientists",
        "doctors",
        "physicians",
        "researchers",
        "economists",
        "lawyers",
        "experts",
        "psychologists",
        "biologists",
        "geologists",
        "astronomers",
        "physicists",
        "chemists",
        "linguists",
        "statisticians",
        "historians",
        "sailors",
        "pilots",
        "farmers",
        "traders",
        "locals",
        "insiders",
        "surgeons",
    ];
    let is_call = ["call", "term", "dub"].iter().any(|word| graf.reads(report.cue.head, word));
    let is_trade = report.subject.is_some_and(|subject| {
        let last = subject.mention.end - 1;
        subject.mention.start == last && trades.iter().any(|word| graf.reads(last, word))
    });
    let is_short = graf.passage(start).is_some_and(|passage| passage.n_words <= 3 && !passage.is_capital);
    is_call && is_trade && is_short
}

/// *a hat reading “Vote”*, *a note that read “Yes”*: what stands there, in capitals or not.
pub(super) fn is_inscribed(graf: &Graf, cue: Cue) -> bool {
    let floor = cue.run.start.saturating_sub(6);
    (floor..cue.run.start).any(|at| graf.is(at, Class::SIGN.and(Class::TEXT)))
}

/// *chants of “Four more years”*, *cries of “shame”*
pub(super) fn is_uttered(graf: &Graf, place: usize) -> bool {
    let cries = ["chant", "chants", "cry", "cries", "shout", "shouts", "yells"];
    place > 1 && graf.reads(place - 1, "of") && cries.iter().any(|word| graf.reads(place - 2, word))
}
