//! What a verdict rests on, as far as it may be shown.

use super::Proof;
use super::text::pieces;
use crate::check::{self, Alarm, Change, ChangeKind, Finding};
use crate::export::CheckedQuote;
use crate::export::html::escape;
use crate::export::withhold::BLANK;
use crate::note::{Note, Terms};
use crate::span::Span;

impl Proof<'_> {
    /// The passages, best first; the differing words of the best one marked. Off the record none is shown.
    pub fn evidence(&self, checked: &CheckedQuote) -> String {
        let mut page = String::new();
        for (n, evidence) in checked.finding.evidence.iter().enumerate() {
            let Some(note) = self.outgoing.notes.get(evidence.note) else { continue };
            let source = self.source_line(note);
            if note.terms == Terms::OffTheRecord {
                page += &format!("<p class=\"source\">{source}: the passage is not shown</p>\n");
                continue;
            }
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
            Some(note) if note.terms != Terms::OffTheRecord => {
                let words = check::alarm_words(&self.outgoing.copy.body, alarm, finding, self.outgoing.notes);
                format!("{kind}: {}", self.words(&words))
            }
            _ => kind.to_owned(),
        };
        format!("<span class=\"alarm\">{words}</span>")
    }

    /// Who said it, in what, when, on which terms; of a confidential source neither name nor place nor file.
    fn source_line(&self, note: &Note) -> String {
        let mut parts = vec![if note.is_confidential { "confidential source".to_owned() } else { note.source.clone() }];
        parts.push(note.kind.clone());
        if !note.is_confidential {
            parts.push(note.place.clone());
        }
        parts.push(note.said_at.clone());
        parts.push(note.terms.words().to_owned());
        parts.retain(|part| !part.is_empty());
        self.words(&parts.join(", "))
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
        let Some(note) = self.best_note(finding).filter(|note| note.terms != Terms::OffTheRecord) else {
            return String::new();
        };
        let body = &self.outgoing.copy.body;
        let mut words = Vec::new();
        for change in finding.changes.iter().filter(|change| change.kind != ChangeKind::Folded) {
            let (draft, note) = (self.words(change.draft.of(body)), self.words(change.note.of(&note.text)));
            words.push(match (note.is_empty(), draft.is_empty()) {
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

    fn best_note(&self, finding: &Finding) -> Option<&Note> {
        finding.evidence.first().and_then(|evidence| self.outgoing.notes.get(evidence.note))
    }
}
