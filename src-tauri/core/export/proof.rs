//! The proof: one page for the last check, the piece with every quote numbered and how it stands beside it.

mod evidence;
mod print;
mod text;
mod word;

pub use evidence::source_line;
pub use print::write as write_pdf;
pub use word::write as write_word;

use super::html::{escape, tag_of};
use super::page::page;
use super::{CheckedQuote, Outgoing, head_lines};
use crate::check::{TermsFinding, Verdict, Weight, Withheld};
use crate::draft::{Copy, Faces, Line, blank_comments, count_words, find_comments, find_tks, without_comments};
use crate::quote::{self, Form, Stance};
use crate::span::{self, Span};

const STYLE: &str = include_str!("proof.css");
/// How times are told.
const TIME: &str = "%Y-%m-%d %H:%M UTC";

/// The page. No script, nothing fetched; no name of a confidential source, no passage off the record or under embargo, no
/// comment.
pub fn write(outgoing: &Outgoing) -> String {
    let proof = Proof::new(outgoing);
    page(&proof.title(), STYLE, &(proof.head() + &proof.grafs()))
}

struct Proof<'a> {
    outgoing: &'a Outgoing<'a>,
    withheld: &'a Withheld,
    comments: Vec<Span>,
    faces: Faces,
}

impl<'a> Proof<'a> {
    fn new(outgoing: &'a Outgoing<'a>) -> Proof<'a> {
        let body = &outgoing.draft.copy.body;
        let (comments, faces) = (find_comments(body), Faces::of(&blank_comments(body)));
        Proof { outgoing, withheld: outgoing.notes.withheld(), comments, faces }
    }

    fn title(&self) -> String {
        format!("Proof of {}", self.withheld.blank(&self.outgoing.draft.slug))
    }

    /// Words as they may be printed: names withheld, comments left out, ready for the page.
    fn words(&self, words: &str) -> String {
        escape(&self.withheld.blank(&without_comments(words)))
    }

    fn head(&self) -> String {
        let outgoing = self.outgoing;
        let mut head = String::from("<header>\n");
        let body = blank_comments(&outgoing.draft.copy.body);
        let n_tks = find_tks(&body).len();
        let mut facts = vec![
            format!("Proof of {}", self.words(&outgoing.draft.slug)),
            outgoing.now.format(TIME).to_string(),
            format!("{} words", count_words(&body)),
        ];
        facts.extend(self.counts());
        if n_tks > 0 {
            facts.push(format!("<strong class=\"open\">{n_tks} TK</strong>"));
        }
        head += &format!("<p class=\"slug\">{}</p>\n", facts.join(" · "));
        for (part, words) in head_lines(&outgoing.draft.copy) {
            let tag = if part == "hed" { "h1" } else { "p" };
            head += &format!("<{tag} class=\"{part}\" dir=\"auto\">{}</{tag}>\n", self.words(&words));
        }
        head + "</header>\n"
    }

    fn counts(&self) -> Vec<String> {
        let n = |weight| self.outgoing.quotes.iter().filter(|quote| quote.finding.verdict.weight() == weight).count();
        let mut counts = vec![match self.outgoing.quotes.len() {
            1 => "1 quote".to_owned(),
            n => format!("{n} quotes"),
        }];
        for (weight, word) in [(Weight::Wrong, "wrong"), (Weight::Open, "open"), (Weight::Right, "right")] {
            if n(weight) > 0 {
                counts.push(format!("<strong class=\"{word}\">{} {word}</strong>", n(weight)));
            }
        }
        counts
    }

    /// Each paragraph with, beside it, the quotes that begin in it.
    fn grafs(&self) -> String {
        let Copy { body, dateline, .. } = &self.outgoing.draft.copy;
        let furniture = quote::find(body).furniture;
        let mut page = String::from("<main>\n");
        let is_comment = |graf: &Span| self.comments.iter().any(|comment| comment.contains(*graf));
        let mut dateline = match dateline.is_empty() {
            true => String::new(),
            false => format!("<span class=\"dateline\">{}</span> — ", self.words(dateline)),
        };
        for graf in span::lines(body).into_iter().filter(|graf| !is_comment(graf)) {
            let line = self.faces.line(graf.trim(body).start);
            if line != Line::Plain && !dateline.is_empty() {
                page += &section("", &format!("<p class=\"graf\">{}</p>", std::mem::take(&mut dateline)), "");
            }
            let mut beside: String = self.begun_in(graf).map(|(number, quote)| self.entry(number, quote)).collect();
            let words = std::mem::take(&mut dateline) + &self.graf(graf);
            if beside.is_empty() && words.chars().all(|c| c.is_whitespace() || "|-:`~".contains(c)) {
                // The rule of a table, a fence of code, a line of marks alone.
                continue;
            }
            let is_furniture = furniture.iter().any(|span| span.overlaps(graf));
            beside += if is_furniture { "<p>not copy</p>\n" } else { "" };
            let class = if is_furniture { " class=\"furniture\"" } else { "" };
            let (tag, kind) = tag_of(line, 1);
            let graf = format!("<{tag} class=\"graf{kind}\" dir=\"auto\">{words}</{tag}>");
            page += &section(class, &graf, &beside);
        }
        page + "</main>\n"
    }

    fn begun_in(&self, graf: Span) -> impl Iterator<Item = (usize, &CheckedQuote<'_>)> {
        let numbered = (1..).zip(self.outgoing.quotes);
        numbered.filter(move |(_, quote)| quote.quote.content.first().is_some_and(|first| graf.holds(first.start)))
    }

    /// How one quote stands: speaker, form and verdict; alarms; terms; the passage; cq.
    fn entry(&self, number: usize, checked: &CheckedQuote) -> String {
        let (quote, finding) = (checked.quote, checked.finding);
        let class = class_of(finding.verdict);
        let mut entry = format!("<div class=\"entry {class}\" id=\"quote-{number}\">\n");
        entry += &format!(
            "<p class=\"standing\"><span class=\"number\">{number}</span> <b>{}</b> <strong class=\"verdict\">{} {}</strong> \
             <span class=\"form\">{}</span></p>\n",
            self.speaker(checked),
            sign_of(finding.verdict),
            finding.verdict.words(),
            form_words(quote.form, quote.stance)
        );
        let badges = self.badges(checked);
        if !badges.is_empty() {
            entry += &format!("<p class=\"badges\">{badges}</p>\n");
        }
        entry += &self.evidence(checked);
        if let Some(cq) = &checked.cq {
            let (by, reason) = (self.words(cq.by), self.words(cq.reason));
            let why = if reason.is_empty() { String::new() } else { format!(": {reason}") };
            let at = cq.at.format(TIME);
            entry += &format!("<p class=\"cq\">cq {by}, {at}{why}</p>\n");
        }
        entry + "</div>\n"
    }

    fn speaker(&self, checked: &CheckedQuote) -> String {
        let Some(speaker) = &checked.quote.speaker else { return "nobody named".into() };
        let mention = speaker.mention.of(&self.outgoing.draft.copy.body);
        match &speaker.name {
            Some(name) if name != mention => format!("{} (“{}”)", self.words(name), self.words(mention)),
            _ => self.words(mention),
        }
    }

    fn badges(&self, checked: &CheckedQuote) -> String {
        let finding = checked.finding;
        let mut badges: Vec<String> = finding.alarms.iter().map(|alarm| self.alarm(alarm, finding)).collect();
        if finding.terms != TermsFinding::Ok {
            badges.push(format!("<span class=\"terms\">{}</span>", escape(&finding.terms.words())));
        }
        if checked.quote.form == Form::Unmarked {
            badges.push("<span class=\"unmarked\">marks missing</span>".into());
        }
        if let Some(stale) = checked.stale {
            badges.push(format!("<span class=\"stale\">stale: {}</span>", self.words(stale)));
        }
        badges.join(" ")
    }
}

fn section(class: &str, graf: &str, beside: &str) -> String {
    format!("<section{class}>\n{graf}\n<aside>\n{beside}</aside>\n</section>\n")
}

/// The class a verdict's marks have in the page.
fn class_of(verdict: Verdict) -> String {
    verdict.words().replace(' ', "-")
}

fn sign_of(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Verbatim | Verdict::Trimmed => "✓",
        Verdict::Paraphrase => "≈",
        Verdict::Altered => "≠",
        Verdict::Spliced => "⋈",
        Verdict::OtherSpeaker => "⇄",
        Verdict::NotFound => "?",
        Verdict::NoNote => "▢",
    }
}

fn form_words(form: Form, stance: Stance) -> String {
    match stance {
        Stance::Said => form.word().to_owned(),
        stance => format!("{}, {}", form.word(), stance.word()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::pdf::is_drawn;

    #[test]
    fn the_sign_of_every_verdict_can_be_printed() {
        for verdict in Verdict::ALL {
            assert!(sign_of(verdict).chars().all(is_drawn), "{}", verdict.words());
        }
    }
}
