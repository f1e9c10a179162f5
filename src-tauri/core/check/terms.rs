//! Whether the agreed terms allow a use: the note's own terms, and what the source said about them while speaking.

use super::speaker::is_description;
use super::{Finding, Notes, Withheld, fold};
use crate::note::{Note, Terms};
use crate::quote::Speaker;
use crate::span::{Span, after, before, join_all, lines};
use chrono::{DateTime, Utc};

/// Whether the agreed terms allow this use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermsFinding {
    Ok,
    /// On background, yet the draft names the source.
    NameWithheld,
    OffTheRecord,
    EmbargoedUntil(DateTime<Utc>),
    ConfidentialSourceNamed,
}

impl TermsFinding {
    /// Which of several weighs most.
    pub(super) fn gravity(self) -> u8 {
        match self {
            TermsFinding::Ok => 0,
            TermsFinding::EmbargoedUntil(_) => 1,
            TermsFinding::NameWithheld => 2,
            TermsFinding::ConfidentialSourceNamed => 3,
            TermsFinding::OffTheRecord => 4,
        }
    }

    /// The words on the screen and in reports.
    pub fn words(self) -> String {
        match self {
            TermsFinding::Ok => "ok".into(),
            TermsFinding::NameWithheld => "name withheld".into(),
            TermsFinding::OffTheRecord => "off the record".into(),
            TermsFinding::EmbargoedUntil(until) => format!("embargoed until {}", until.format("%Y-%m-%dT%H:%MZ")),
            TermsFinding::ConfidentialSourceNamed => "confidential source named".into(),
        }
    }

    /// What is against the use, said of the quote: *was said off the record*. Empty where nothing is.
    pub fn why(self) -> String {
        match self {
            TermsFinding::Ok => String::new(),
            TermsFinding::NameWithheld => "was given on background, yet the piece names its source".into(),
            TermsFinding::OffTheRecord => "was said off the record".into(),
            TermsFinding::EmbargoedUntil(until) => {
                format!("rests on a note under embargo until {} UTC", until.format("%-d %B %Y %H:%M"))
            }
            TermsFinding::ConfidentialSourceNamed => "names a source whose name must never leave the desk".into(),
        }
    }
}

/// What the draft makes of a passage.
pub struct Use<'a> {
    pub draft: &'a str,
    pub speaker: Option<&'a Speaker>,
    /// The draft's speaker is the note's source.
    pub is_source: bool,
    /// The draft names the note's source somewhere, and must not.
    pub is_exposed: bool,
}

/// Judges one use of a passage: off the record weighs most, then a confidential name, a withheld one, an embargo.
pub fn judge(used: &Use, note: &Note, bars: &Bars, passage: Span, now: DateTime<Utc>) -> TermsFinding {
    let (draft, speaker, is_source) = (used.draft, used.speaker, used.is_source);
    if is_off_record(note, bars, passage) {
        return TermsFinding::OffTheRecord;
    }
    // *The pilot said* names nobody.
    let is_told = |speaker: &Speaker| speaker.name.is_some() || !is_description(speaker.mention.of(draft));
    let is_named = speaker.is_some_and(|speaker| !speaker.is_unnamed && is_told(speaker));
    if note.is_confidential && (is_named && is_source || used.is_exposed) {
        return TermsFinding::ConfidentialSourceNamed;
    }
    let names_withheld = matches!(note.terms, Terms::Background | Terms::DeepBackground) || bars.withholds_name;
    let is_attributed = is_named || speaker.is_some() && note.terms == Terms::DeepBackground;
    if names_withheld && is_attributed {
        return if note.is_confidential && is_named {
            TermsFinding::ConfidentialSourceNamed
        } else {
            TermsFinding::NameWithheld
        };
    }
    match note.embargo {
        Some(until) if until > now => TermsFinding::EmbargoedUntil(until),
        _ => TermsFinding::Ok,
    }
}

fn is_off_record(note: &Note, bars: &Bars, passage: Span) -> bool {
    note.terms == Terms::OffTheRecord || bars.off_record.iter().any(|bar| bar.overlaps(passage))
}

/// How words of a note may be attributed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// To the source by name.
    Named,
    /// To the source, but not by name.
    Unnamed,
    /// To nobody.
    Nobody,
    /// They may not be used.
    OffTheRecord,
}

/// What the terms of a note, and what its source said about them, leave of a passage for an attribution.
pub fn naming(note: &Note, passage: Span) -> Naming {
    let bars = bars(&note.text);
    match note.terms {
        _ if is_off_record(note, &bars, passage) => Naming::OffTheRecord,
        Terms::DeepBackground => Naming::Nobody,
        Terms::Background => Naming::Unnamed,
        _ if bars.withholds_name || note.is_confidential => Naming::Unnamed,
        _ => Naming::Named,
    }
}

/// The latest embargo among the notes that quotes rest on, when it has not passed.
pub fn latest_embargo<'a>(
    findings: impl IntoIterator<Item = &'a Finding>,
    notes: &Notes,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let rested_on = findings.into_iter().filter_map(|finding| finding.evidence.first());
    rested_on.filter_map(|evidence| notes.get(evidence.note)?.embargo).filter(|until| *until > now).max()
}

/// Whether a passage may be shown to those who have no desk: neither off the record nor under embargo.
pub fn is_printable(note: &Note, bars: &Bars, passage: Span, now: DateTime<Utc>) -> bool {
    !is_off_record(note, bars, passage) && note.embargo.is_none_or(|until| until <= now)
}

/// Why words of a note are blanked where they leave the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blanked {
    Name,
    OffTheRecord,
    Embargo,
}

impl Blanked {
    /// The words on the screen.
    pub fn words(self) -> &'static str {
        match self {
            Blanked::Name => "confidential name",
            Blanked::OffTheRecord => "off the record",
            Blanked::Embargo => "under embargo",
        }
    }
}

/// What of a note's text is blanked where it leaves the desk, in order: what may not be shown at all, and the names in
/// the rest. Nothing overlaps.
pub fn blanked(note: &Note, withheld: &Withheld, now: DateTime<Utc>) -> Vec<(Span, Blanked)> {
    let whole = Span::new(0, note.text.len());
    let mut blanked: Vec<(Span, Blanked)> = if note.terms == Terms::OffTheRecord {
        vec![(whole, Blanked::OffTheRecord)]
    } else if note.embargo.is_some_and(|until| until > now) {
        vec![(whole, Blanked::Embargo)]
    } else {
        let bars = join_all(bars(&note.text).off_record).into_iter();
        bars.map(|bar| (bar.trim(&note.text), Blanked::OffTheRecord)).collect()
    };
    let names = withheld.find(&note.text).into_iter().map(|name| (name, Blanked::Name));
    let names: Vec<_> = names.filter(|(name, _)| !blanked.iter().any(|(bar, _)| bar.overlaps(*name))).collect();
    blanked.extend(names);
    blanked.sort_by_key(|(span, _)| *span);
    blanked
}

/// What the source said about the use of their words.
#[derive(Default)]
pub struct Bars {
    /// Stretches that may not be used.
    off_record: Vec<Span>,
    /// *You can't use my name.*
    withholds_name: bool,
}

/// Reads a note for remarks about its own use. On the safe side: a doubtful remark bars what it may speak of.
pub fn bars(text: &str) -> Bars {
    let mut bars = Bars::default();
    let lower = text.to_ascii_lowercase();
    const NAME: [&str; 9] = [
        "use my name",
        "name me",
        "quote me by name",
        "not for attribution",
        "keep my name out",
        "without my name",
        "attribute this to me",
        "attribute that to me",
        "on background only",
    ];
    bars.withholds_name = NAME.iter().any(|words| match lower.find(words) {
        Some(at) => {
            ["use my name", "name me", "quote me by name", "attribute"].iter().all(|open| !words.starts_with(open))
                || is_denied(before(&lower, at))
        }
        None => false,
    });
    if !lower.contains("off the record") && !lower.contains("off-the-record") {
        return bars;
    }
    let grafs = lines(text);
    for (nth, graf) in grafs.iter().enumerate() {
        let sentences = sentences(text, *graf);
        for (which, sentence) in sentences.iter().enumerate() {
            let words = sentence.of(&lower);
            let Some(at) = words.find("off the record").or_else(|| words.find("off-the-record")) else { continue };
            let ahead = before(words, at);
            if is_denied(ahead) && !words.ends_with('?') || ahead.trim_end().ends_with("nothing") {
                continue;
            }
            bars.off_record.push(*sentence);
            bars.off_record.extend(spoken_of(text, &lower, &grafs, nth, &sentences, which, ahead));
        }
    }
    bars
}

/// Behind *not*, *can't*, *don't*, *never* within its clause.
fn is_denied(ahead: &str) -> bool {
    let clause = ahead.rsplit(['.', ',', ';', '?', '!', '\n']).next().unwrap_or(ahead);
    let words = fold::words(clause, Span::new(0, clause.len()));
    words.iter().rev().take(5).any(|word| super::lexicon::is_negation(&word.key))
}

/// What a remark speaks of: the topic it names, all that follows, or what stands just before it.
fn spoken_of(
    text: &str,
    lower: &str,
    grafs: &[Span],
    graf: usize,
    sentences: &[Span],
    which: usize,
    ahead: &str,
) -> Vec<Span> {
    if let Some(topic) = topic(ahead) {
        return all_sentences(text, grafs)
            .into_iter()
            .filter(|sentence| holds_topic(sentence.of(lower), &topic))
            .collect();
    }
    let is_backward = ["that", "that's", "that was", "all that", "what i said", "what i just said", "it was", "which"];
    let ahead = ahead.trim().trim_end_matches(" is").trim_end_matches(" was").trim_end_matches(" all");
    if is_backward.iter().any(|words| ahead.ends_with(words))
        || (!ahead.is_empty() && which + 1 == sentences.len() && ahead.contains("that"))
    {
        let graf_start = sentences.first().map_or(grafs[graf].start, |first| first.start);
        return vec![Span::new(graf_start, sentences[which].end)];
    }
    // *Off the record:* and *this is off the record* hold until someone goes back on it.
    let start = sentences[which].start;
    let until = ["back on the record", "on the record again", "on the record:"];
    let rest = after(lower, start);
    let end = until.iter().filter_map(|words| rest.find(words)).min().map_or(text.len(), |len| start + len);
    vec![Span::new(start, end)]
}

/// The subject words of *the part about the board, that's off the record*.
fn topic(ahead: &str) -> Option<Vec<String>> {
    const OPENERS: [&str; 8] = [
        "the part about ",
        "the bit about ",
        "what i said about ",
        "anything about ",
        "the thing about ",
        "the stuff about ",
        "the part on ",
        "the line about ",
    ];
    let start = OPENERS.iter().filter_map(|opener| ahead.rfind(opener).map(|at| at + opener.len())).max()?;
    let subject = after(ahead, start);
    let words = fold::words(subject, Span::new(0, subject.len()));
    let keys = words.into_iter().map(|word| word.key).filter(|key| !super::lexicon::is_common(key));
    let keys: Vec<String> = keys.collect();
    (!keys.is_empty()).then_some(keys)
}

fn holds_topic(sentence: &str, topic: &[String]) -> bool {
    let words = fold::words(sentence, Span::new(0, sentence.len()));
    topic.iter().any(|key| words.iter().any(|word| word.key.trim_end_matches('s') == key.trim_end_matches('s')))
}

fn all_sentences(text: &str, grafs: &[Span]) -> Vec<Span> {
    grafs.iter().flat_map(|graf| sentences(text, *graf)).collect()
}

/// A graf's sentences, by their ends.
fn sentences(text: &str, graf: Span) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = graf.start;
    for word in fold::words(text, graf).into_iter().skip(1).filter(|word| word.starts_sentence) {
        spans.push(Span::new(start, word.span.start).trim(text));
        start = word.span.start;
    }
    spans.push(Span::new(start, graf.end).trim(text));
    spans
}
