//! The proof as a Word file: the piece, and beside each quote a comment that says how it stands.

use super::Proof;
use crate::check::BLANK;
use crate::draft::Copy;
use crate::export::marked::{Marked, MarkedPart, MarkedThread, Said};
use crate::export::{CheckedQuote, Outgoing};
use crate::redline::{self, Redline};
use crate::span::Span;

/// The bytes of a `.docx`. What the page may not say the comments do not say either. One thread a quote, by *Stet*,
/// resolved where nothing is left to be done about it.
pub fn write(outgoing: &Outgoing) -> Vec<u8> {
    let copy = &outgoing.draft.copy;
    let proof = Proof::new(outgoing);
    let body = Printed::of(&proof);
    let Copy { hed, dek, byline, dateline, .. } = copy;
    let parts: Vec<(&str, String, Redline)> = [("hed", hed), ("dek", dek), ("byline", byline), ("dateline", dateline)]
        .map(|(name, words)| (name, proof.withheld.blank(words)))
        .into_iter()
        .chain([("body", body.text.clone())])
        .filter(|(_, words)| !words.is_empty())
        .map(|(name, words)| {
            let redline = redline::compare(&words, &words);
            (name, words, redline)
        })
        .collect();
    let title = proof.title();
    let marked = |(name, words, redline)| MarkedPart { name, old: words, new: words, redline, hunks: Vec::new() };
    Marked {
        old_title: &title,
        new_title: &title,
        author: "Stet",
        at: outgoing.now,
        parts: parts.iter().map(|(name, words, redline)| marked((*name, words.as_str(), redline))).collect(),
        threads: (1..).zip(outgoing.quotes).map(|(n, quote)| proof.thread(n, quote, &body)).collect(),
    }
    .docx()
}

impl Proof<'_> {
    fn thread(&self, number: usize, checked: &CheckedQuote, body: &Printed) -> MarkedThread {
        let at = checked.quote.content.iter().copied().reduce(Span::join).and_then(|at| body.place(at));
        let text = words_of(&self.entry(number, checked));
        let said = Said { by: String::new(), at: self.outgoing.now, text };
        MarkedThread {
            words: at.map(|at| at.of(&body.text).to_owned()).unwrap_or_default(),
            at,
            is_resolved: !checked.needs_editor,
            said: vec![said],
        }
    }
}

/// The body as it may be printed, and where its words stand in it.
struct Printed {
    text: String,
    /// What stands otherwise in it: where it stood, and how many bytes stand there now; in order, none in another.
    changed: Vec<(Span, usize)>,
}

impl Printed {
    fn of(proof: &Proof) -> Printed {
        let body = &proof.outgoing.draft.copy.body;
        let names = proof.withheld.find(body).into_iter();
        let names = names.filter(|name| !proof.comments.iter().any(|comment| comment.overlaps(*name)));
        let mut changed: Vec<(Span, usize)> =
            names.map(|name| (name, BLANK.len())).chain(proof.comments.iter().map(|comment| (*comment, 0))).collect();
        changed.sort();
        let (mut text, mut end) = (String::new(), 0);
        for (span, n_bytes) in &changed {
            text += Span::new(end, span.start).of(body);
            text += if *n_bytes > 0 { BLANK } else { "" };
            end = span.end;
        }
        text += Span::new(end, body.len()).of(body);
        Printed { text, changed }
    }

    /// Where a place of the body stands; none where nothing of it may be printed.
    fn place(&self, at: Span) -> Option<Span> {
        let moved = |byte: usize, is_end: bool| {
            let mut by = 0isize;
            for (span, n_bytes) in self.changed.iter().take_while(|(span, _)| span.start < byte) {
                if byte < span.end {
                    let edge = span.start.checked_add_signed(by)?;
                    return Some(if is_end { edge + n_bytes } else { edge });
                }
                by += isize::try_from(*n_bytes).ok()? - isize::try_from(span.len()).ok()?;
            }
            byte.checked_add_signed(by)
        };
        let at = Span::new(moved(at.start, false)?, moved(at.end, true)?).trim(&self.text);
        (!at.is_empty()).then_some(at)
    }
}

/// An entry of the page as lines of plain words.
fn words_of(entry: &str) -> String {
    let entry =
        entry.replace("</del> <ins>", " → ").replace("<del>", "out: ").replace("<blockquote dir=\"auto\">", "“");
    let entry = entry.replace("</blockquote>", "”");
    let mut words = String::new();
    for piece in entry.split('<') {
        words += piece.split_once('>').map_or(piece, |(_, text)| text);
    }
    for (entity, letter) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
        words = words.replace(entity, letter);
    }
    let lines: Vec<&str> = words.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}
