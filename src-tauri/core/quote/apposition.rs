//! The subject before a comma: past *the mayor*, *who is 41*, *asked about it* to the name they belong to.

use super::graf::{Graf, Run};
use super::lexicon::{Class, Inflection};
use super::mention::{MAX_ITEMS, Subject, next_phrase, skip_opening};
use super::word::Kind;

/// So many pieces between commas may belong to one subject.
const MAX_PIECES: usize = 6;

/// The subject before an apposition, a relative clause or an age set off by the comma at `comma`.
pub(super) fn subject(graf: &Graf, floor: usize, comma: usize) -> Option<Subject> {
    let mut pieces = pieces(graf, floor, comma);
    let belongs = |(n, piece): &(usize, &Run)| {
        is_aside(graf, floor, **piece) || !graf.has_tense(lead(graf, **piece)) || is_split(graf, &pieces, *n)
    };
    let n_chain = pieces.iter().enumerate().take_while(belongs).count();
    let last_clause = pieces.get(n_chain).and_then(|piece| last_clause(graf, *piece));
    pieces.truncate(n_chain);
    pieces.extend(last_clause);
    let best = (0..pieces.len()).rev().find(|n| is_nominal(graf, pieces[*n]) && !is_region(graf, &pieces, *n))?;
    let named = best.checked_sub(1).filter(|next| !is_name(graf, pieces[best]) && is_name(graf, pieces[*next]));
    let piece = pieces[named.unwrap_or(best)];
    let start = skip_opening(graf, piece.start, piece.end);
    let mut mention = Run::new(start, piece.end.min(start + MAX_ITEMS));
    if let Some(open) = (mention.start..mention.end).find(|at| graf.kind(*at) == Some(Kind::Open)) {
        mention.end = open;
    }
    if mention.is_empty() {
        return None;
    }
    let from = pieces[best].start.min(mention.start);
    Some(Subject { mention, noun: None, from, is_relative: false })
}

/// What stands between commas and dashes, from the last piece back to a semicolon, a stop or words in marks.
fn pieces(graf: &Graf, floor: usize, comma: usize) -> Vec<Run> {
    let mut pieces: Vec<Run> = Vec::new();
    let mut end = comma;
    let mut depth = 0usize;
    for at in (floor..comma).rev() {
        match graf.kind(at) {
            Some(Kind::Close) => depth += 1,
            Some(Kind::Open) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > 0 && at > floor {
            continue;
        }
        let is_break = matches!(graf.kind(at), Some(Kind::Comma | Kind::Dash));
        // “host of ‘The Hour,’”; what begins the sentence is no title of somebody behind it.
        let is_title =
            at > floor && graf.passage(at).is_some_and(|passage| passage.is_title_case && passage.n_words <= 6);
        let is_wall =
            matches!(graf.kind(at), Some(Kind::Semicolon | Kind::Colon | Kind::Stop | Kind::Passage(_))) && !is_title;
        if is_break || is_wall {
            pieces.push(Run::new(at + 1, end));
            end = at;
        }
        if is_wall || pieces.len() > MAX_PIECES {
            break;
        }
        if at == floor {
            pieces.push(Run::new(floor, end));
        }
    }
    pieces
}

/// *who is 41*, *when asked*, *titled “Unifier”*, *arrested in May*
fn is_aside(graf: &Graf, floor: usize, piece: Run) -> bool {
    let leads = graf.is(piece.start, Class::SUBORDINATOR) && !graf.is(piece.start, Class::DETERMINER);
    let is_done = piece.start > floor && is_done(graf, piece.start);
    let is_passive = is_done && !graf.has_tense(Run::new(piece.start + 1, piece.end));
    graf.is(piece.start, Class::RELATIVE) || leads && is_participle(graf, piece.start + 1) || is_passive
}

/// *arrested*, *sent*: a participle after its noun.
pub(super) fn is_done(graf: &Graf, at: usize) -> bool {
    const IRREGULAR: &str = "sent written held made given taken known led brought born drawn found built bought sold \
        seen shown begun won lost paid laid shot struck kept read";
    let Some(item) = graf.item(at).filter(|item| item.is_word() && !item.is_capital) else { return false };
    let word = item.of(graf.text);
    word.len() > 3 && word.ends_with("ed") || IRREGULAR.split(' ').any(|irregular| irregular == word)
}

/// The piece up to a relative clause in it.
fn lead(graf: &Graf, piece: Run) -> Run {
    let aside = (piece.start + 1..piece.end).find(|at| graf.is(*at, Class::RELATIVE) || graf.reads(*at, "that"));
    Run::new(piece.start, aside.unwrap_or(piece.end))
}

/// *Roe, whose latest firm, Doe Data, buys figures, said*: the relative clause has an apposition of its own.
fn is_split(graf: &Graf, pieces: &[Run], n: usize) -> bool {
    match (pieces.get(n + 1), pieces.get(n + 2)) {
        (Some(inner), Some(outer)) => {
            graf.is(outer.start, Class::RELATIVE) && !graf.has_tense(*outer) && !graf.has_tense(*inner)
        }
        _ => false,
    }
}

/// *The issue came up after Roe, the mayor, had said …*: the last clause of the piece is the subject's.
fn last_clause(graf: &Graf, piece: Run) -> Option<Run> {
    let opens =
        |at: &usize| graf.is(*at, Class::SUBORDINATOR) && !graf.is(*at, Class::DETERMINER) || graf.reads(*at, "that");
    let lead = (piece.start + 1..piece.end).rev().find(opens)?;
    let clause = Run::new(lead + 1, piece.end);
    (!clause.is_empty() && !graf.has_tense(clause)).then_some(clause)
}

/// *asked*, *being*, *speaking*
fn is_participle(graf: &Graf, at: usize) -> bool {
    graf.item(at).is_some_and(|item| {
        let word = item.of(graf.text);
        item.is_word() && word.len() > 4 && (word.ends_with("ing") || word.ends_with("ed"))
    })
}

/// *At Roe West*, *Of Doe*, *In opposing the plan*: where, of whom, by what, and no noun phrase behind it.
fn is_place(graf: &Graf, piece: Run) -> bool {
    let is_opening = |at: &usize| graf.is(*at, Class::CONJUNCTION.and(Class::ADVERB).and(Class::TIME));
    let lead = (piece.start..piece.end).find(|at| !is_opening(at)).unwrap_or(piece.end);
    let is_led = graf.is(lead, Class::PREPOSITION) && !graf.is(lead, Class::DETERMINER.and(Class::TITLE));
    let is_doing = graf.item(lead + 1).is_some_and(|item| !item.is_capital && item.of(graf.text).ends_with("ing"));
    let mut next = next_phrase(graf, lead + 1, piece.end);
    // “In a statement to the Post”, “At Roe West in Elmsford”: one adjunct hangs on another.
    while let Some(at) = next.filter(|at| graf.is(*at, Class::PREPOSITION) && !graf.is(*at, Class::DETERMINER)) {
        next = if at + 1 < piece.end { next_phrase(graf, at + 1, piece.end) } else { None };
    }
    is_led && lead + 1 < piece.end && (is_doing || next.is_none())
}

/// *In Elmsford, Ohio, Jane Roe, the mayor, said*: the second half of a place, and somebody is named behind it.
fn is_region(graf: &Graf, pieces: &[Run], n: usize) -> bool {
    let is_behind_place = pieces.get(n + 1).is_some_and(|before| is_place(graf, *before));
    let is_word = pieces[n].end == pieces[n].start + 1;
    is_behind_place && is_word && pieces[..n].iter().any(|piece| is_name(graf, *piece))
}

/// The piece could be a subject: a name, *the mayor*, *insiders*, a pronoun.
fn is_nominal(graf: &Graf, piece: Run) -> bool {
    let start = skip_opening(graf, piece.start, piece.end);
    if start >= piece.end
        || is_place(graf, piece)
        || (start..piece.end).all(|at| graf.is(at, Class::CONJUNCTION.and(Class::ADVERB).and(Class::TIME)))
        || (start > piece.start
            && graf.is(piece.start, Class::PREPOSITION.and(Class::SUBORDINATOR))
            && graf.is(start, Class::TIME))
    {
        return false;
    }
    let Some(first) = graf.item(start) else { return false };
    // “Speaking at the port, Roe said”: a participle with a capital only because it opens the sentence.
    let is_lower = |at: usize| at < piece.end && graf.items[at].is_word() && !graf.items[at].is_capital;
    if is_participle(graf, start) && is_lower(start + 1) && !graf.is(start + 1, Class::ROLE) {
        return false;
    }
    let is_participle = first.verbs.iter().any(|verb| matches!(verb.inflection, Inflection::Ing | Inflection::Past));
    let opens = Class::DETERMINER.and(Class::PRONOUN).and(Class::ROLE);
    let is_barred = first.is(Class::RELATIVE.and(Class::PREPOSITION)) || first.is_number;
    !is_barred && (first.is_capital || first.is(opens) && !is_participle)
}

/// Two capitals in a row or an honorific, and no determiner: a person's name.
fn is_name(graf: &Graf, piece: Run) -> bool {
    let is_capital = |at: usize| graf.item(at).is_some_and(|item| item.is_word() && item.is_capital);
    let start = skip_opening(graf, piece.start, piece.end);
    // “Sen. Jane Roe (R-Ohio)”
    let end = (start..piece.end).find(|at| graf.kind(*at) == Some(Kind::Open)).unwrap_or(piece.end);
    let n_words = end.saturating_sub(start);
    (2..=5).contains(&n_words)
        && is_capital(start)
        && is_capital(end - 1)
        && !graf.is(start, Class::DETERMINER.and(Class::ROLE))
        && !(start..end).any(|at| graf.items[at].is_possessive)
}
