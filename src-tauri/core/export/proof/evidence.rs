//! What a verdict rests on, as far as it may be shown.

use super::Proof;
use super::text::pieces;
use crate::check::{self, Alarm, BLANK, Change, ChangeKind, Finding, Withheld};
use crate::draft::without_comments;
use crate::export::CheckedQuote;
use crate::export::html::escape;
use crate::note::Note;
use crate::span::Span;

/// How a proof names a note: who said it, in what, when, on which terms; of a confidential source neither name nor place,
/// and never the file.
pub fn source_line(note: &Note, withheld: &Withheld) -> String {
    let is_open = !note.is_confidential;
    let source = if is_open { note.source.as_str() } else { "confidential source" };
    let place = if is_open { note.place.as_str() } else { "" };
    let parts = [source, &note.kind, place, &note.said_at, note.terms.words()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    withheld.blank(&without_comments(&parts.join(", ")))
}

impl Proof<'_> {
    /// The passages, best first; the differing words of the best one marked. Of what is off the record or under embargo
    /// neither the passage is shown nor who said it.
    pub fn evidence(&self, checked: &CheckedQuote) -> String {
        let mut page = String::new();
        for (n, evidence) in checked.finding.evidence.iter().enumerate() {
            let Some(note) = self.outgoing.notes.get(evidence.note) else { continue };
            if !self.is_printable(note, evidence.span) {
                let why = if self.is_embargoed(note) { "under embargo" } else { "off the record" };
                page += &format!("<p class=\"source\">a note {why}: neither source nor passage is shown</p>\n");
                continue;
            }
            let source = escape(&source_line(note, self.withheld));
            let changes: &[Change] = if n == 0 { &checked.finding.changes } else { &[] };
            let passage = self.passage(note, evidence.span, changes);
            page += &format!("<p class=\"source\">{source}</p>\n<blockquote dir=\"auto\">{passage}</blockquote>\n");
        }
        page + &self.differences(checked.finding)
    }

    /// A badge: the kind, and both readings where the note's may be shown.
    pub fn alarm(&self, alarm: &Alarm, finding: &Finding) -> String {
        let kind = alarm.kind.word();
        let words = match self.best_note(finding) {
            Some(note) if self.is_printable(note, alarm.note) => {
                let words = check::alarm_words(&self.outgoing.draft.copy.body, alarm, finding, self.outgoing.notes);
                format!("{kind}: {}", self.words(&words))
            }
            _ => kind.to_owned(),
        };
        format!("<span class=\"alarm\">{words}</span>")
    }

    fn passage(&self, note: &Note, span: Span, changes: &[Change]) -> String {
        let names: Vec<Span> = self.withheld.find(&note.text);
        let is_shown = |change: &&Change| change.kind != ChangeKind::Folded && span.overlaps(change.note);
        let changed: Vec<Span> = changes.iter().filter(is_shown).map(|change| change.note).collect();
        let mut page = String::new();
        for piece in pieces(span, names.iter().chain(&changed)) {
            let words = match names.iter().find(|name| name.contains(piece)) {
                Some(name) if name.start.max(span.start) == piece.start => BLANK.to_owned(),
                Some(_) => String::new(),
                None => escape(piece.of(&note.text)),
            };
            let is_changed = changed.iter().any(|change| change.contains(piece));
            page += &if is_changed { format!("<mark>{words}</mark>") } else { words };
        }
        page
    }

    /// What differs, word by word: the note's words out, the draft's in.
    fn differences(&self, finding: &Finding) -> String {
        let Some(note) = self.best_note(finding).filter(|_| self.is_all_printable(finding)) else {
            return String::new();
        };
        let body = &self.outgoing.draft.copy.body;
        let mut words = Vec::new();
        for change in finding.changes.iter().filter(|change| change.kind != ChangeKind::Folded) {
            let (draft, note) = (self.words(change.draft.of(body)), self.words(change.note.of(&note.text)));
            words.push(match (note.is_empty(), draft.is_empty()) {
                (true, true) => continue,
                (true, _) => format!("<ins>{draft}</ins>"),
                (_, true) => format!("<del>{note}</del>"),
                _ => format!("<del>{note}</del> <ins>{draft}</ins>"),
            });
        }
        let mut page = match words.is_empty() {
            true => String::new(),
            false => format!("<p class=\"differs\">note to draft: {}</p>\n", words.join(" · ")),
        };
        let folded = check::folded_words(body, finding, self.outgoing.notes);
        if !folded.is_empty() {
            page += &format!("<p class=\"folded\">folded: {}</p>\n", self.words(&folded));
        }
        page
    }

    fn is_printable(&self, note: &Note, passage: Span) -> bool {
        self.outgoing.notes.is_printable(note.id, passage, self.outgoing.now)
    }

    fn is_embargoed(&self, note: &Note) -> bool {
        note.embargo.is_some_and(|until| until > self.outgoing.now)
    }

    /// Every place of the best note that the finding speaks of may be shown.
    fn is_all_printable(&self, finding: &Finding) -> bool {
        let passage = finding.evidence.first().map(|evidence| evidence.span);
        let mut passages = finding.changes.iter().map(|change| change.note).chain(passage);
        self.best_note(finding).is_some_and(|note| passages.all(|passage| self.is_printable(note, passage)))
    }

    fn best_note(&self, finding: &Finding) -> Option<&Note> {
        finding.evidence.first().and_then(|evidence| self.outgoing.notes.get(evidence.note))
    }
}
