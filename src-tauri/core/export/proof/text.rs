//! A paragraph of the proof: its words as typed, quotes underlined and numbered, TK marked, names withheld.

use super::{Proof, class_of};
use crate::draft::find_tks;
use crate::export::withhold::BLANK;
use crate::quote::Form;
use crate::span::Span;

impl Proof<'_> {
    /// A paragraph as typed, without the line's own Markdown mark.
    pub fn graf(&self, graf: Span) -> String {
        let body = &self.outgoing.copy.body;
        let quotes = self.outgoing.quotes;
        let tks: Vec<Span> = find_tks(graf.of(body)).into_iter().map(|tk| tk.shift(graf.start)).collect();
        let names: Vec<Span> =
            self.withheld.find(graf.of(body)).into_iter().map(|name| name.shift(graf.start)).collect();
        let contents = quotes.iter().flat_map(|quote| &quote.quote.content);
        let mut cuts: Vec<usize> =
            contents.chain(&tks).chain(&names).chain([&graf]).flat_map(|span| [span.start, span.end]).collect();
        cuts.retain(|&cut| graf.start <= cut && cut <= graf.end);
        cuts.sort_unstable();
        cuts.dedup();

        let mut page = String::new();
        for piece in cuts.windows(2).map(|cut| Span::new(cut[0], cut[1])) {
            for (number, _) in self.begun_at(piece.start) {
                page += &format!("<sup><a href=\"#quote-{number}\">{number}</a></sup>");
            }
            let words = match names.iter().find(|name| name.contains(piece)) {
                Some(name) if name.start == piece.start => BLANK.to_owned(),
                Some(_) => String::new(),
                None => crate::export::html::escape(piece.of(body)),
            };
            let words = if tks.iter().any(|tk| tk.contains(piece)) {
                format!("<mark class=\"tk\">{words}</mark>")
            } else {
                words
            };
            page += &match self.innermost(piece) {
                Some(class) => format!("<span class=\"quote {class}\">{words}</span>"),
                None => words,
            };
        }
        page
    }

    fn begun_at(&self, at_byte: usize) -> impl Iterator<Item = (usize, Span)> {
        let firsts = (1..).zip(self.outgoing.quotes);
        firsts
            .filter_map(|(number, quote)| Some((number, *quote.quote.content.first()?)))
            .filter(move |(_, first)| first.start == at_byte)
    }

    /// The classes of the shortest quote that covers a piece: a quote within a quote is the one that shows.
    fn innermost(&self, piece: Span) -> Option<String> {
        let covers = |span: &&Span| span.contains(piece);
        let covering =
            self.outgoing.quotes.iter().filter_map(|quote| Some((quote, quote.quote.content.iter().find(covers)?)));
        let (quote, _) = covering.min_by_key(|(_, span)| span.len())?;
        let unmarked = if quote.quote.form == Form::Unmarked { " unmarked" } else { "" };
        let stale = if quote.stale.is_some() { " stale" } else { "" };
        Some(format!("{}{unmarked}{stale}", class_of(quote.finding.verdict)))
    }
}
