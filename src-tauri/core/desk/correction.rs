//! What a correction notice must own up to: the facts that changed after a piece was published, as a draft for an
//! editor to finish.
//!
//! A notice says what was wrong and what is right, plainly and once. It tells of no wording that was polished, of
//! nothing that was added, and of nothing that only moved.

use super::compared::{Change, Part, PartChanges, speaker_at};
use crate::check::Withheld;
use crate::draft::{AsRead, sentences};
use crate::quote::{self, Form, Quote};
use crate::redline::{Class, Hunk, WordOp};
use crate::span::Span;
use std::collections::HashSet;

/// One thing to be owned up to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    pub class: Class,
    /// A sentence or two, ready for the notice.
    pub words: String,
}

/// The corrections between what was published and what stands, in the order of the text; of each sentence the gravest.
///
/// A notice is for the public: what is withheld is blanked in it.
pub fn corrections(parts: &[PartChanges], withheld: &Withheld) -> Vec<Correction> {
    let mut corrections: Vec<Correction> = parts.iter().flat_map(of_part).collect();
    corrections.iter_mut().for_each(|correction| correction.words = withheld.blank(&correction.words));
    corrections
}

fn of_part(part: &PartChanges) -> Vec<Correction> {
    let teller = Teller::new(part);
    let mut told = HashSet::new();
    let mut changes: Vec<&Change> = part.changes.iter().filter(|change| change.hunk.is_substance()).collect();
    changes.sort_by_key(|change| (change.hunk.class, change.hunk.new.or(change.hunk.old)));
    let mut corrections: Vec<(Option<Span>, Correction)> = Vec::new();
    for change in changes {
        let place = teller.place(&change.hunk);
        if told.insert(place)
            && let Some(words) = teller.tell(change)
        {
            corrections.push((place.1.or(place.0), Correction { class: change.hunk.class, words }));
        }
    }
    corrections.sort_by_key(|(place, _)| *place);
    corrections.dedup_by(|next, last| next.1.words == last.1.words);
    let plain = |(_, Correction { class, words })| Correction { class, words: plain(&words) };
    corrections.into_iter().map(plain).collect()
}

/// Both texts of a part, and who speaks in them.
struct Teller<'a> {
    part: &'a PartChanges,
    old_quotes: Vec<Quote>,
    new_quotes: Vec<Quote>,
    old_sentences: Vec<Span>,
    new_sentences: Vec<Span>,
}

impl Teller<'_> {
    fn new(part: &PartChanges) -> Teller<'_> {
        let read = |text: &str| if part.part == Part::Body { quote::find(text).quotes } else { Vec::new() };
        Teller {
            old_quotes: read(&part.old),
            new_quotes: read(&part.new),
            old_sentences: sentences(&part.old),
            new_sentences: sentences(&part.new),
            part,
        }
    }

    /// The sentences a change stands in: old and new; none where a whole paragraph came or went.
    fn place(&self, hunk: &Hunk) -> (Option<Span>, Option<Span>) {
        let (old, new) = self.bytes(hunk);
        (around(&self.old_sentences, old), around(&self.new_sentences, new))
    }

    /// Where a change stands in each text: where words only came, the place they came to.
    fn bytes(&self, hunk: &Hunk) -> (Option<Span>, Option<Span>) {
        let redline = &self.part.redline;
        let (words, places) = match &hunk.inner {
            Some((carry, places)) => (&redline.carries[*carry].words, places),
            None => (&redline.ops[hunk.op].words, &hunk.words),
        };
        let before = places.first().and_then(|first| first.checked_sub(1)).and_then(|before| words.get(before));
        let behind = places.last().and_then(|last| words.get(last + 1));
        let beside = |side: fn(&WordOp) -> Option<Span>| {
            let before = before.as_ref().and_then(side).map(|span| Span::new(span.end, span.end));
            before.or_else(|| behind.as_ref().and_then(side).map(|span| Span::new(span.start, span.start)))
        };
        (hunk.old.or_else(|| beside(|word| word.old)), hunk.new.or_else(|| beside(|word| word.new)))
    }

    fn tell(&self, change: &Change) -> Option<String> {
        let hunk = &change.hunk;
        let (was, is) = (bare(&hunk.old_words), bare(&hunk.new_words));
        let earlier = format!("An earlier version of {}", self.whole());
        let (old, new) = self.place(hunk);
        // A paragraph that came is no fault; one that went was perhaps.
        old?;
        if new.is_none() {
            return Some(format!("{earlier} had words that are cut: {}", ended(&hunk.old_words)));
        }
        let is_replaced = !was.is_empty() && !is.is_empty();
        match hunk.class {
            Class::Quote => self.misquoted(change, &earlier),
            Class::Speaker => self.misattributed(hunk, &earlier),
            Class::Link => Some(format!("{earlier} led to another page than it should: {}", self.sentence(hunk)?)),
            Class::Number if is_replaced => {
                Some(format!("{earlier} gave a wrong figure. It is {is}, not {was}: {}", self.sentence(hunk)?))
            }
            // “the firm” made “Doe Paper”: said more nearly, and nothing wrong.
            Class::Name if is_replaced && !has_name(was) => None,
            Class::Name if is_replaced => {
                let fault = if is_near(was, is) { "misspelled a name" } else { "gave a wrong name" };
                Some(format!("{earlier} {fault}. It is {is}, not {was}."))
            }
            _ => self.misstated(hunk, &earlier),
        }
    }

    /// The words of the quote a change touches, before and after.
    fn misquoted(&self, change: &Change, earlier: &str) -> Option<String> {
        let speaker = change.speaker.as_deref().unwrap_or("a source");
        let (old, new) = self.bytes(&change.hunk);
        let (was, is) = (touched(&self.old_quotes, old), touched(&self.new_quotes, new));
        let is_indirect = [was, is].into_iter().flatten().any(|quote| quote.form == Form::Indirect);
        let was = was.map(|quote| said(quote, &self.part.old));
        let is = is.map(|quote| said(quote, &self.part.new));
        match (was, is) {
            _ if is_indirect => self.misstated(&change.hunk, earlier),
            (Some(was), Some(is)) if is_same(&was, &is) => None,
            (Some(was), Some(is)) => Some(format!("{earlier} misquoted {speaker}. The words are “{is},” not “{was}.”")),
            (Some(was), None) => {
                Some(format!("{earlier} quoted {speaker} as saying “{was}.” The quotation has been removed."))
            }
            (None, Some(_)) => None,
            (None, None) => self.misstated(&change.hunk, earlier),
        }
    }

    /// Who said it, where the two mentions name two people.
    fn misattributed(&self, hunk: &Hunk, earlier: &str) -> Option<String> {
        let was = speaker_at(&self.part.old, &self.old_quotes, hunk.old?)?;
        let is = speaker_at(&self.part.new, &self.new_quotes, hunk.new?)?;
        let words = said(touched_by_speaker(&self.new_quotes, hunk.new?)?, &self.part.new);
        (was != is).then(|| format!("{earlier} named the wrong speaker. It was {is}, not {was}, who said “{words}.”"))
    }

    fn misstated(&self, hunk: &Hunk, earlier: &str) -> Option<String> {
        let (old, new) = self.place(hunk);
        let (was, is) = (old?.of(&self.part.old), new?.of(&self.part.new));
        // Set in bold or linked, it says what it said.
        if plain(was) == plain(is) {
            return None;
        }
        Some(format!("{earlier} said: {} It should have said: {}", ended(was), ended(is)))
    }

    fn sentence(&self, hunk: &Hunk) -> Option<String> {
        Some(ended(self.place(hunk).1?.of(&self.part.new)))
    }

    fn whole(&self) -> &'static str {
        match self.part.part {
            Part::Hed => "the headline on this article",
            Part::Dek => "the summary of this article",
            Part::Byline => "the byline of this article",
            Part::Dateline => "the dateline of this article",
            Part::Body => "this article",
        }
    }
}

/// The words as they are read: a notice is no Markdown, and what is commented stays on the desk.
fn plain(words: &str) -> String {
    AsRead::of(words).words.trim_end_matches('\n').to_owned()
}

/// From the first sentence a place touches to the last.
fn around(sentences: &[Span], place: Option<Span>) -> Option<Span> {
    let place = place?;
    let touches = |span: &&Span| span.overlaps(place) || span.holds(place.start);
    let first = sentences.iter().find(touches)?;
    let last = sentences.iter().rev().find(touches)?;
    Some(Span::new(first.start, last.end))
}

fn touched(quotes: &[Quote], place: Option<Span>) -> Option<&Quote> {
    let place = place?;
    let touches = |span: &Span| span.overlaps(place) || place.is_empty() && span.holds(place.start);
    quotes.iter().find(|quote| quote.content.iter().any(touches))
}

fn touched_by_speaker(quotes: &[Quote], place: Span) -> Option<&Quote> {
    quotes.iter().find(|quote| quote.speaker.as_ref().is_some_and(|speaker| speaker.mention.overlaps(place)))
}

/// What a quote says, its parts in one row, without the point at its end.
fn said(quote: &Quote, text: &str) -> String {
    let parts: Vec<&str> = quote.content.iter().map(|span| span.of(text)).collect();
    bare(&parts.join(" … ")).replace(['“', '”'], "")
}

/// The same letters and figures: points and marks are nothing to own up to.
fn is_same(one: &str, other: &str) -> bool {
    one.chars().filter(|c| c.is_alphanumeric()).eq(other.chars().filter(|c| c.is_alphanumeric()))
}

/// A capital that is not the article's at the head of a sentence.
fn has_name(words: &str) -> bool {
    let words = words.trim_start_matches("The ").trim_start_matches("A ");
    words.contains(char::is_uppercase)
}

fn bare(words: &str) -> &str {
    words.trim().trim_end_matches(['.', ',', ';', ':'])
}

/// With a point at the end, where it has none; of a row of a table the cells.
fn ended(words: &str) -> String {
    let words = words.trim();
    if let Some(row) = words.strip_prefix('|') {
        let cells: Vec<&str> = row.split('|').map(str::trim).filter(|cell| !cell.is_empty()).collect();
        return ended(&cells.join(", "));
    }
    let is_ended = words.trim_end_matches(['”', '"', '’', '*', '_', ')']).ends_with(['.', '!', '?', '…']);
    if is_ended { words.to_owned() } else { format!("{words}.") }
}

/// Two letters apart at most, beside what they share at both ends: the same name, spelt otherwise.
fn is_near(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (bare(one).chars().collect(), bare(other).chars().collect());
    let n_first = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let n_last = one[n_first..].iter().rev().zip(other[n_first..].iter().rev()).take_while(|(a, b)| a == b).count();
    let n_apart = one.len().max(other.len()) - n_first - n_last;
    n_apart <= 2 && n_first + n_last > n_apart
}

#[cfg(test)]
mod tests;
