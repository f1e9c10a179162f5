//! A paragraph of the proof: its words as they are set, quotes underlined and numbered, TK marked, names withheld.

use super::{Proof, class_of};
use crate::check::BLANK;
use crate::draft::{Face, find_tks};
use crate::export::CheckedQuote;
use crate::export::html::{escape, faced};
use crate::quote::Form;
use crate::span::Span;

impl Proof<'_> {
    /// A paragraph as it is set, comments left out.
    pub fn graf(&self, graf: Span) -> String {
        let body = &self.outgoing.draft.copy.body;
        let tks: Vec<Span> = find_tks(graf.of(body)).into_iter().map(|tk| tk.shift(graf.start)).collect();
        let names: Vec<Span> =
            self.withheld.find(graf.of(body)).into_iter().map(|name| name.shift(graf.start)).collect();
        let contents = || self.outgoing.quotes.iter().flat_map(|quote| &quote.quote.content);
        let mut page = String::new();
        for (whole, face) in self.faces.cut(graf) {
            for piece in pieces(whole, contents().chain(&tks).chain(&names).chain(&self.comments)) {
                if self.comments.iter().any(|comment| comment.contains(piece)) {
                    continue;
                }
                // A name is blanked with all that is set in it.
                let shown = match names.iter().find(|name| name.contains(piece)) {
                    Some(name) if name.start == piece.start => BLANK.into(),
                    Some(_) => "".into(),
                    None => face.shown(piece.of(body)),
                };
                let mut words = if shown.is_empty() { String::new() } else { self.faced(&shown, &face) };
                if !words.is_empty() && tks.iter().any(|tk| tk.contains(piece)) {
                    words = format!("<mark class=\"tk\">{words}</mark>");
                }
                if let Some(class) = self.innermost(piece).filter(|_| !words.is_empty()) {
                    words = format!("<span class=\"quote {class}\">{words}</span>");
                }
                page += &(self.opening(piece.start) + &words + self.closing(piece.end));
            }
        }
        page
    }

    /// Words as they are set. One whose address names somebody leads nowhere.
    fn faced(&self, shown: &str, face: &Face) -> String {
        let link = face.link.clone().filter(|link| self.withheld.find(link).is_empty());
        faced(escape(shown), &Face { link, ..face.clone() })
    }

    /// The numbers of the quotes that begin here, and the corners where lost marks would stand.
    fn opening(&self, at_byte: usize) -> String {
        let mut page = String::new();
        for (number, quote) in (1..).zip(self.outgoing.quotes) {
            if quote.quote.content.first().is_some_and(|first| first.start == at_byte) {
                page += &format!("<sup><a href=\"#quote-{number}\">{number}</a></sup>");
                page += if quote.quote.form == Form::Unmarked { "<span class=\"corner\">⌜</span>" } else { "" };
            }
        }
        page
    }

    fn closing(&self, at_byte: usize) -> &'static str {
        let ends = |quote: &&CheckedQuote| quote.quote.content.last().is_some_and(|last| last.end == at_byte);
        let is_unmarked = self.outgoing.quotes.iter().filter(ends).any(|quote| quote.quote.form == Form::Unmarked);
        if is_unmarked { "<span class=\"corner\">⌟</span>" } else { "" }
    }

    /// The classes of the shortest quote that covers a piece: a quote within a quote is the one that shows.
    fn innermost(&self, piece: Span) -> Option<String> {
        let covers = |span: &&Span| span.contains(piece);
        let covering =
            self.outgoing.quotes.iter().filter_map(|quote| Some((quote, quote.quote.content.iter().find(covers)?)));
        let (quote, _) = covering.min_by_key(|(_, span)| span.len())?;
        let stale = if quote.stale.is_some() { " stale" } else { "" };
        Some(format!("{}{stale}", class_of(quote.finding.verdict)))
    }
}

/// A stretch of text cut wherever one of the spans begins or ends, in order.
pub fn pieces<'a>(whole: Span, spans: impl Iterator<Item = &'a Span>) -> Vec<Span> {
    let mut cuts: Vec<usize> = spans.flat_map(|span| [span.start, span.end]).collect();
    cuts.retain(|&cut| whole.holds(cut));
    cuts.extend([whole.start, whole.end]);
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2).map(|cut| Span::new(cut[0], cut[1])).collect()
}
