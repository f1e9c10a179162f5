//! Quotes and how they stand, as the page draws them.

use super::piece_view::{clock_words, note_line, time};
use super::view::*;
use crate::check::{self, Alarm, Cell, Change, Evidence, Finding, Notes, Passed, TermsFinding, Weight};
use crate::desk::{Checked, Judged, Settled, Settlement, Stale, Traced, Used};
use crate::draft;
use crate::note::NoteId;
use crate::quote::{By, Speaker};
use crate::span::{self, Span, Utf16};
use crate::store::KeptNote;
use chrono::{DateTime, Utc};
use std::collections::HashMap;

/// A piece read and checked, for a page that shows `body`.
pub fn check_view(body: &str, checked: &Checked, now: DateTime<Utc>) -> CheckView {
    let mut scene = Scene::new(body, &checked.notes, now);
    let quotes: Vec<QuoteView> = checked.quotes.iter().map(|judged| scene.quote_view(judged)).collect();
    CheckView {
        quotes,
        furniture: scene.spans(&checked.furniture),
        tks: scene.spans(&draft::find_tks(body)),
        counts: checked.counts().into(),
        words: draft::count_words(body),
        policy: checked.policy.words(),
        title: checked.title.clone(),
    }
}

/// A source, with the pieces that use its words.
pub fn source_view(traced: Traced, now: DateTime<Utc>) -> SourceView {
    let said = |kept: KeptNote| SaidView { text: kept.note.text.clone(), note: NoteRow::new(kept, now) };
    SourceView {
        notes: traced.notes.into_iter().map(said).collect(),
        pieces: traced.used.iter().map(|used| used_view(used, now)).collect(),
        n_left: traced.n_left,
    }
}

fn used_view(Used { draft, held_against, quotes }: &Used, now: DateTime<Utc>) -> UsedView {
    let mut scene = Scene::new(&draft.copy.body, held_against, now);
    let mut view = |(sentence, judged): &(Span, Judged)| {
        let start = scene.places.from_byte(sentence.start);
        let quote = scene.quote_view(judged);
        let marks = quote.content.iter().map(|at| at.map(|place| place - start)).collect();
        UseView { sentence: sentence.of(scene.body).to_owned(), marks, quote }
    };
    UsedView { quotes: quotes.iter().map(&mut view).collect(), draft_id: draft.id.0, slug: draft.slug.clone() }
}

/// One text beside its notes, with the places of each counted once.
struct Scene<'a> {
    body: &'a str,
    places: Utf16,
    notes: &'a Notes,
    note_places: HashMap<NoteId, Utf16>,
    now: DateTime<Utc>,
}

impl<'a> Scene<'a> {
    fn new(body: &'a str, notes: &'a Notes, now: DateTime<Utc>) -> Scene<'a> {
        Scene { body, places: Utf16::new(body), notes, note_places: HashMap::new(), now }
    }

    fn spans(&self, spans: &[Span]) -> Vec<Place16> {
        spans.iter().map(|span| self.places.span(*span)).collect()
    }

    /// A place in a note's text; the empty start where the note is not on the desk.
    fn note_span(&mut self, id: NoteId, span: Span) -> Place16 {
        let Some(note) = self.notes.get(id) else { return [0, 0] };
        self.note_places.entry(id).or_insert_with(|| Utf16::new(&note.text)).span(span)
    }

    fn note_text(&self, id: NoteId) -> &'a str {
        self.notes.get(id).map(|note| note.text.as_str()).unwrap_or_default()
    }

    fn quote_view(&mut self, judged: &Judged) -> QuoteView {
        let (quote, finding) = (&judged.quote, &judged.finding);
        let best = finding.evidence.first().map(|evidence| evidence.note);
        let words_of = |span: Option<Span>| span.map(|span| span.of(self.body).to_owned()).unwrap_or_default();
        let mention = quote.speaker.as_ref().map(|speaker| speaker.mention);
        let (cue_words, mention_words) = (words_of(quote.cue), words_of(mention));
        QuoteView {
            key: judged.reading.key(),
            content: self.spans(&quote.content),
            marked: self.spans(&quote.marked),
            text: quote.text(self.body),
            form: quote.form.word().into(),
            stance: quote.stance.word().into(),
            cue: quote.cue.map(|cue| self.places.span(cue)),
            cue_words,
            mention: mention.map(|mention| self.places.span(mention)),
            speaker: judged.speaker(self.body),
            is_unnamed: quote.speaker.as_ref().is_some_and(|speaker| speaker.is_unnamed),
            resolved_by: quote.speaker.as_ref().map(|speaker| self.resolved_by(speaker)).unwrap_or_default(),
            mention_words,
            rule: quote.rule.into(),
            verdict: finding.verdict.words().into(),
            weight: weight_word(finding.verdict.weight()).into(),
            alarms: finding.alarms.iter().map(|alarm| self.alarm_view(alarm, finding, best)).collect(),
            terms: finding.terms.words(),
            is_terms_ok: finding.terms == TermsFinding::Ok,
            terms_why: terms_why(finding.terms),
            doubt: check::doubt_words(finding),
            evidence: finding.evidence.iter().filter_map(|evidence| self.evidence_view(evidence)).collect(),
            changes: finding.changes.iter().map(|change| self.change_view(change, finding, best)).collect(),
            aligned: self.aligned(judged, best),
            passed: check::passed_words(self.body, finding, self.notes),
            folded: check::folded_words(self.body, finding, self.notes),
            cq: judged.cq.as_ref().and_then(cq_view),
            stale: judged.stale().map(|stale| stale_words(stale, self.now)),
            needs_editor: judged.needs_editor(),
        }
    }

    /// By which words the speaker was made out: *“He” stands for John Schulman, graf 3*.
    fn resolved_by(&self, speaker: &Speaker) -> String {
        let mention = speaker.mention.of(self.body);
        let Some(name) = speaker.name.as_deref() else { return "The text gives no name.".into() };
        let graf = speaker.antecedent.and_then(|place| graf_at(self.body, place));
        let graf = graf.map(|graf| format!(", graf {graf}")).unwrap_or_default();
        match speaker.by {
            By::Name => "Named in full in the attribution.".into(),
            By::RunOn => format!("Runs on from the quote before, by {name}."),
            By::Surname | By::Pronoun | By::Role | By::Description => format!("“{mention}” stands for {name}{graf}."),
        }
    }

    fn alarm_view(&mut self, alarm: &Alarm, finding: &Finding, best: Option<NoteId>) -> AlarmView {
        AlarmView {
            kind: alarm.kind.word().into(),
            draft: self.places.span(alarm.draft),
            note: best.map_or([0, 0], |note| self.note_span(note, alarm.note)),
            words: check::alarm_words(self.body, alarm, finding, self.notes),
        }
    }

    fn evidence_view(&mut self, evidence: &Evidence) -> Option<EvidenceView> {
        let note = self.notes.get(evidence.note)?;
        Some(EvidenceView {
            note_id: note.id.0,
            source: note.source.clone(),
            line: note_line(note),
            terms: note.terms.words().into(),
            is_confidential: note.is_confidential,
            at: self.note_span(note.id, evidence.span),
            words: evidence.span.of(&note.text).to_owned(),
            is_own: evidence.is_own,
        })
    }

    fn change_view(&mut self, change: &Change, finding: &Finding, best: Option<NoteId>) -> ChangeView {
        let is_in = |passed: &Passed| passed.draft.contains(change.draft) && passed.note.contains(change.note);
        ChangeView {
            is_passed: finding.passed.iter().any(is_in),
            kind: change.kind.word().into(),
            draft: self.places.span(change.draft),
            note: best.map_or([0, 0], |note| self.note_span(note, change.note)),
        }
    }

    fn aligned(&self, judged: &Judged, best: Option<NoteId>) -> Vec<AlignedView> {
        let note = best.map(|note| self.note_text(note)).unwrap_or_default();
        let cell = |cell: Cell| AlignedView {
            draft: cell.draft.of(self.body).to_owned(),
            note: cell.note.of(note).to_owned(),
            kind: cell.word().to_owned(),
        };
        check::align(self.body, &judged.quote, &judged.finding, self.notes).into_iter().map(cell).collect()
    }
}

fn weight_word(weight: Weight) -> &'static str {
    match weight {
        Weight::Right => "right",
        Weight::Open => "open",
        Weight::Wrong => "wrong",
    }
}

/// The number of the paragraph that holds a place, from 1.
fn graf_at(text: &str, place: Span) -> Option<usize> {
    span::lines(text).iter().position(|line| line.start <= place.start && place.start <= line.end).map(|n| n + 1)
}

fn cq_view(settled: &Settled) -> Option<CqView> {
    match &settled.settlement {
        Settlement::Cq { by, reason } => {
            Some(CqView { by: by.clone(), reason: reason.clone(), at: time(settled.settled_at) })
        }
        Settlement::Verdict(_) => None,
    }
}

/// Why a settlement no longer stands, for the margin.
pub fn stale_words(stale: Stale, now: DateTime<Utc>) -> String {
    match stale {
        Stale::Note(Some(at)) => format!("{} {}", stale.words(), clock_words(at, now)),
        stale => stale.words().into(),
    }
}

fn terms_why(terms: TermsFinding) -> String {
    if terms == TermsFinding::Ok { String::new() } else { format!("This {}.", terms.why()) }
}
