//! The gate: what an editor must know before a piece goes out.

use super::judge::Judged;
use super::{Checked, Desk, Part, Suggesting};
use crate::check::{self, Alarm, Finding, TermsFinding, Verdict, Weight, Withheld};
use crate::draft::{self, Copy, Draft, DraftId};
use crate::error::Result;
use crate::span::{self, Span};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// What a reason is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReasonKind {
    Alarm,
    Verdict,
    Terms,
    Embargo,
    Tk,
    Confidential,
    Stale,
    Invisible,
    Suggested,
}

impl ReasonKind {
    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            ReasonKind::Alarm => "alarm",
            ReasonKind::Verdict => "verdict",
            ReasonKind::Terms => "terms",
            ReasonKind::Embargo => "embargo",
            ReasonKind::Tk => "tk",
            ReasonKind::Confidential => "confidential",
            ReasonKind::Stale => "stale",
            ReasonKind::Invisible => "invisible",
            ReasonKind::Suggested => "suggested",
        }
    }
}

/// A reason the gate holds a piece back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    pub kind: ReasonKind,
    /// A sentence.
    pub words: String,
    /// The quote it is about.
    pub quote_key: Option<String>,
    /// Bytes into the body; none when it is about another part.
    pub at: Option<Span>,
}

impl Desk {
    /// What the gate says to a piece as it stands on the desk: whether somebody suggests in it, quotes in their order, then
    /// names, TKs, and what is invisible.
    pub fn gate(&mut self, id: DraftId, now: DateTime<Utc>) -> Result<Vec<Reason>> {
        let (draft, checked) = self.open_checked(id, now)?;
        self.gate_of(&draft, &checked, now)
    }

    /// The same, of a piece that was checked.
    pub(super) fn gate_of(&self, draft: &Draft, checked: &Checked, now: DateTime<Utc>) -> Result<Vec<Reason>> {
        let mut reasons = reasons(&draft.copy, checked, now);
        if let Some(suggesting) = self.suggesting(draft.id)? {
            reasons.insert(0, suggested_reason(&suggesting));
        }
        Ok(reasons)
    }
}

/// Every reason to hold a piece back. A cq that holds silences verdict and alarms, never terms.
///
/// The words may be printed, logged and shown to others: of the notes they tell only what the proof may, and they repeat
/// no name that must never leave the desk.
pub fn reasons(copy: &Copy, checked: &Checked, now: DateTime<Utc>) -> Vec<Reason> {
    let of_quote = |judged| quote_reasons(&copy.body, judged, checked, now);
    let mut reasons: Vec<Reason> = checked.quotes.iter().flat_map(of_quote).collect();
    name_reasons(copy, checked.notes.withheld(), &mut reasons);
    tk_reasons(copy, &mut reasons);
    invisible_reasons(copy, &mut reasons);
    reasons
}

fn suggested_reason(suggesting: &Suggesting) -> Reason {
    let words = format!(
        "What stands in the piece is suggested by {}, and nobody has accepted it. Hand the suggestions over, or keep them.",
        suggesting.by
    );
    Reason { kind: ReasonKind::Suggested, words, quote_key: None, at: None }
}

fn quote_reasons(body: &str, judged: &Judged, checked: &Checked, now: DateTime<Utc>) -> Vec<Reason> {
    let finding = &judged.finding;
    let named = name_of(body, judged);
    let mut said: Vec<(ReasonKind, String)> = Vec::new();
    said.extend(terms_reason(finding.terms).map(|(kind, words)| (kind, format!("{named} {words}"))));
    if !judged.is_cq() {
        said.extend(
            finding_reason(body, finding, checked, now).map(|(kind, words)| (kind, format!("{named} {words}"))),
        );
    }
    if judged.cq_stale.is_some() {
        said.push((ReasonKind::Stale, format!("{named} was marked cq, and has changed since.")));
    }
    let at = judged.quote.content.first().copied();
    let withheld = checked.notes.withheld();
    let reason = |(kind, words): (_, String)| Reason {
        kind,
        words: withheld.blank(&words),
        quote_key: Some(judged.reading.key()),
        at,
    };
    said.into_iter().map(reason).collect()
}

/// What is wrong with the words, in one reason: an alarm is not a second thing to mend, it says what the verdict is
/// about.
fn finding_reason(
    body: &str,
    finding: &Finding,
    checked: &Checked,
    now: DateTime<Utc>,
) -> Option<(ReasonKind, String)> {
    let is_wrong = finding.verdict.weight() == Weight::Wrong;
    let note = finding.evidence.first().map(|evidence| evidence.note);
    let words = |alarm: &Alarm| match note.is_some_and(|note| checked.notes.is_printable(note, alarm.note, now)) {
        true => check::alarm_words(body, alarm, finding, &checked.notes),
        false => alarm.kind.word().to_owned(),
    };
    let alarms: Vec<String> = finding.alarms.iter().map(words).collect();
    match (is_wrong, alarms.is_empty()) {
        (false, true) => None,
        (true, true) => Some((ReasonKind::Verdict, format!("{}.", verdict_words(finding.verdict)))),
        (false, false) => Some((ReasonKind::Alarm, format!("has an open alarm: {}.", alarms.join("; ")))),
        (true, false) => {
            Some((ReasonKind::Alarm, format!("{}. Alarm: {}.", verdict_words(finding.verdict), alarms.join("; "))))
        }
    }
}

/// *The quote “we will sell it by …” (Ines Eze)*.
fn name_of(body: &str, judged: &Judged) -> String {
    let text = draft::without_comments(&judged.quote.text(body));
    let text = text.trim_matches(['“', '”', '"']);
    let words: Vec<&str> = text.split_whitespace().collect();
    let more = if words.len() > 8 { " …" } else { "" };
    let words = words[..words.len().min(8)].join(" ");
    match judged.speaker(body).as_str() {
        "" => format!("The quote “{words}{more}”"),
        speaker => format!("The quote “{words}{more}” ({speaker})"),
    }
}

fn terms_reason(terms: TermsFinding) -> Option<(ReasonKind, String)> {
    let kind = match terms {
        TermsFinding::Ok => return None,
        TermsFinding::NameWithheld | TermsFinding::OffTheRecord => ReasonKind::Terms,
        TermsFinding::EmbargoedUntil(_) => ReasonKind::Embargo,
        TermsFinding::ConfidentialSourceNamed => ReasonKind::Confidential,
    };
    Some((kind, format!("{}.", terms.why())))
}

fn verdict_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Altered => "is altered: its words differ from the note’s",
        Verdict::Spliced => "is spliced: passages run together with nothing to show it",
        Verdict::OtherSpeaker => "stands in a note, but someone else said it",
        Verdict::Verbatim | Verdict::Trimmed | Verdict::Paraphrase => "is right",
        Verdict::NotFound | Verdict::NoNote => "is open: no note holds it",
    }
}

/// Withheld names anywhere in the piece, outside quotes that say so already: one reason a part.
fn name_reasons(copy: &Copy, withheld: &Withheld, reasons: &mut Vec<Reason>) {
    for part in Part::ALL {
        let text = part.of(copy);
        let is_said = |at: Span| part == Part::Body && is_in_confidential_quote(reasons, text, at);
        let places: Vec<Span> = withheld.find(text).into_iter().filter(|at| !is_said(*at)).collect();
        let Some(first) = places.first().copied() else { continue };
        let words =
            format!("A source whose name must never leave the desk is named in {}.", places_words(part, text, &places));
        let at = (part == Part::Body).then_some(first);
        reasons.push(Reason { kind: ReasonKind::Confidential, words, quote_key: None, at });
    }
}

/// A quote of the same paragraph says it already.
fn is_in_confidential_quote(reasons: &[Reason], body: &str, at: Span) -> bool {
    let graf = span::lines(body).into_iter().find(|graf| graf.contains(at));
    reasons.iter().any(|reason| {
        let is_here = reason.at.zip(graf).is_some_and(|(place, graf)| graf.overlaps(place));
        reason.kind == ReasonKind::Confidential && is_here
    })
}

fn tk_reasons(copy: &Copy, reasons: &mut Vec<Reason>) {
    for part in Part::ALL {
        let text = part.of(copy);
        for tk in draft::find_tks(text) {
            let at = (part == Part::Body).then_some(tk);
            let words = format!("A TK is left in {}.", place_words(part, text, tk));
            reasons.push(Reason { kind: ReasonKind::Tk, words, quote_key: None, at });
        }
    }
}

/// Characters nobody sees, which may hide words or turn them round: one reason a part.
fn invisible_reasons(copy: &Copy, reasons: &mut Vec<Reason>) {
    for part in Part::ALL {
        let text = part.of(copy);
        let places = draft::find_invisibles(text);
        let Some(first) = places.first().copied() else { continue };
        let chars = places.iter().flat_map(|at| at.of(text).chars());
        let names: BTreeSet<&str> = chars.map(draft::invisible_words).collect();
        let names = Vec::from_iter(names).join(", ");
        let place = places_words(part, text, &places);
        let words = match places.len() {
            1 => format!("An invisible character ({names}) stands in {place}."),
            n => format!("{n} invisible characters ({names}) stand in {place}."),
        };
        let at = (part == Part::Body).then_some(first);
        reasons.push(Reason { kind: ReasonKind::Invisible, words, quote_key: None, at });
    }
}

/// *graf 4*, *the hed*.
fn place_words(part: Part, text: &str, at: Span) -> String {
    places_words(part, text, &[at])
}

/// *grafs 4, 6 and 7*, *the hed*; `places` in order.
fn places_words(part: Part, text: &str, places: &[Span]) -> String {
    if part != Part::Body {
        return format!("the {}", part.word());
    }
    let grafs = span::lines(text);
    let mut numbers: Vec<usize> =
        places.iter().map(|at| grafs.iter().position(|graf| graf.contains(*at)).map_or(1, |n| n + 1)).collect();
    numbers.dedup();
    let words: Vec<String> = numbers.iter().map(usize::to_string).collect();
    match words.split_last() {
        Some((last, before)) if !before.is_empty() => format!("grafs {} and {last}", before.join(", ")),
        _ => format!("graf {}", words.concat()),
    }
}
