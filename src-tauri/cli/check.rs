//! `stet check`: every quote of a text held against its notes.

use crate::ink::Ink;
use crate::input::{self, Text};
use crate::now;
use crate::output::Output;
use crate::quotes::{self, QuoteReply};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use stet::check::{self, Alarm, Change, ChangeKind, Finding, Notes, Passed, Policy, TermsFinding, Verdict, Weight};
use stet::error::Result;
use stet::quote::{self, Form, Quote, Reading};
use stet::span::{Span, one_line};

#[derive(Serialize)]
struct Reply {
    /// *strict*, or what tidying may pass.
    policy: String,
    quotes: Vec<FindingReply>,
    counts: Counts,
    furniture: Vec<[usize; 2]>,
}

#[derive(Serialize)]
struct FindingReply {
    #[serde(flatten)]
    quote: QuoteReply,
    verdict: &'static str,
    alarms: Vec<AlarmReply>,
    terms: String,
    /// Several people of the speaker's name; empty where there is no doubt.
    namesakes: Vec<String>,
    evidence: Vec<EvidenceReply>,
    changes: Vec<ChangeReply>,
    /// What the policy let pass.
    passed: Vec<PassedReply>,
    /// On the desk alone.
    cq: Option<CqReply>,
    stale: Option<&'static str>,
    needs_editor: bool,
}

#[derive(Serialize)]
struct CqReply {
    by: String,
    reason: String,
}

/// `note` spans are into the note's text, which begins after its front matter.
#[derive(Serialize)]
struct AlarmReply {
    kind: &'static str,
    draft: [usize; 2],
    note: [usize; 2],
}

#[derive(Serialize)]
struct EvidenceReply {
    note: String,
    span: [usize; 2],
    text: String,
    source: String,
    /// False where someone else said the words.
    is_own: bool,
}

#[derive(Serialize)]
struct ChangeReply {
    kind: &'static str,
    draft: [usize; 2],
    note: [usize; 2],
}

#[derive(Serialize)]
struct PassedReply {
    kind: &'static str,
    draft: [usize; 2],
    note: [usize; 2],
    counts_as: &'static str,
}

#[derive(Serialize, Default)]
struct Counts {
    verbatim: usize,
    trimmed: usize,
    paraphrase: usize,
    altered: usize,
    spliced: usize,
    #[serde(rename = "other speaker")]
    other_speaker: usize,
    #[serde(rename = "not found")]
    not_found: usize,
    #[serde(rename = "no note")]
    no_note: usize,
}

/// A text, what was found in it, and how it stands. Findings and what was settled stand in the order of the quotes.
pub struct Checked {
    pub text: Text,
    pub quotes: Vec<Quote>,
    pub furniture: Vec<Span>,
    pub findings: Vec<Finding>,
    pub settled: Vec<Settled>,
    pub notes: Arc<Notes>,
    pub policy: Policy,
}

/// What the desk knows of a quote beyond its finding.
pub struct Settled {
    /// By whom, and why.
    pub cq: Option<(String, String)>,
    pub stale: Option<&'static str>,
    pub needs_editor: bool,
}

pub fn run(file: &Path, notes: &[PathBuf], policy: Policy, is_json: bool) -> Result<Output> {
    let mut text = input::read_text(file)?;
    let (notes, warnings) = input::read_notes(notes)?;
    text.warnings.extend(warnings);
    let notes = Arc::new(Notes::new(notes));
    let Reading { quotes, furniture } = quote::find(text.body());
    let findings = check::check(text.body(), &quotes, &notes, policy, now());
    let settle = |finding| Settled { cq: None, stale: None, needs_editor: needs_editor(finding) };
    let settled = findings.iter().map(settle).collect();
    Ok(Checked { text, quotes, furniture, findings, settled, notes, policy }.output(is_json))
}

impl Checked {
    pub fn output(self, is_json: bool) -> Output {
        let output = if is_json { Output::json(&self.reply()) } else { Output::plain(self.plain()) };
        output.needing(self.settled.iter().any(|settled| settled.needs_editor)).warn(self.text.warnings)
    }

    fn reply(&self) -> Reply {
        let mut counts = Counts::default();
        for finding in &self.findings {
            *counts.of(finding.verdict) += 1;
        }
        Reply {
            policy: self.policy.words(),
            quotes: self.rows().map(|(quote, finding, settled)| self.finding_reply(quote, finding, settled)).collect(),
            counts,
            furniture: self.furniture.iter().map(|&span| self.text.place(span)).collect(),
        }
    }

    fn finding_reply(&self, quote: &Quote, finding: &Finding, settled: &Settled) -> FindingReply {
        let pair = |span: Span| [span.start, span.end];
        let alarm = |alarm: &Alarm| AlarmReply {
            kind: alarm.kind.word(),
            draft: self.text.place(alarm.draft),
            note: pair(alarm.note),
        };
        let change = |change: &Change| ChangeReply {
            kind: change.kind.word(),
            draft: self.text.place(change.draft),
            note: pair(change.note),
        };
        let passed = |passed: &Passed| PassedReply {
            kind: passed.tidying.words(),
            draft: self.text.place(passed.draft),
            note: pair(passed.note),
            counts_as: passed.counts_as.word(),
        };
        let evidence = finding.evidence.iter().filter_map(|evidence| {
            let note = self.notes.get(evidence.note)?;
            let text = evidence.span.of(&note.text).to_owned();
            let (note, source) = (note.name.clone(), note.source.clone());
            Some(EvidenceReply { note, span: pair(evidence.span), text, source, is_own: evidence.is_own })
        });
        FindingReply {
            quote: QuoteReply::new(&self.text, quote),
            verdict: finding.verdict.words(),
            alarms: finding.alarms.iter().map(alarm).collect(),
            terms: finding.terms.words(),
            namesakes: finding.namesakes.clone(),
            evidence: evidence.collect(),
            changes: finding.changes.iter().map(change).collect(),
            passed: finding.passed.iter().map(passed).collect(),
            cq: settled.cq.clone().map(|(by, reason)| CqReply { by, reason }),
            stale: settled.stale,
            needs_editor: settled.needs_editor,
        }
    }

    fn rows(&self) -> impl Iterator<Item = (&Quote, &Finding, &Settled)> {
        let pairs = self.quotes.iter().zip(&self.findings);
        pairs.zip(&self.settled).map(|((quote, finding), settled)| (quote, finding, settled))
    }

    fn plain(&self) -> String {
        let ink = Ink::stdout();
        let mut page: String =
            self.rows().map(|(quote, finding, settled)| self.block(ink, quote, finding, settled)).collect();
        let n = |weight| self.findings.iter().filter(|finding| finding.verdict.weight() == weight).count();
        page += &quotes::count(self.findings.len(), "quote", "quotes");
        page += &format!(" · {}", ink.wrong(&format!("{} wrong", n(Weight::Wrong))));
        page += &format!(" · {}", ink.open(&format!("{} open", n(Weight::Open))));
        page += &format!(" · {}\n", ink.right(&format!("{} right", n(Weight::Right))));
        page
    }

    /// One quote for people: how it stands and who spoke, the words, the note's words, what differs.
    fn block(&self, ink: Ink, quote: &Quote, finding: &Finding, settled: &Settled) -> String {
        let body = self.text.body();
        let mut head = vec![verdict_words(ink, finding.verdict)];
        head.push(ink.bold(&quotes::speaker_words(body, quote)));
        head.push(ink.quiet(quote.form.word()));
        let best = finding.evidence.first().and_then(|evidence| Some((self.notes.get(evidence.note)?, evidence)));
        for alarm in &finding.alarms {
            let words = quotes::short(&check::alarm_words(body, alarm, finding, &self.notes));
            head.push(ink.wrong(&format!("{}: {words}", alarm.kind.word())));
        }
        if finding.terms != TermsFinding::Ok {
            head.push(ink.wrong(&finding.terms.words()));
        }
        if quote.form == Form::Unmarked {
            head.push(ink.open("marks missing"));
        }
        if let Some(stale) = settled.stale {
            head.push(ink.open(&format!("stale: {stale}")));
        }
        let mut block = format!("{}\n  draft  {}\n", head.join(" · "), quotes::content_words(body, quote));
        if let Some((note, evidence)) = best {
            let words = one_line(evidence.span.of(&note.text));
            block += &format!("  note   {words} {}\n", ink.quiet(&format!("({})", note.name)));
            let others = finding.evidence.iter().skip(1).filter_map(|evidence| self.notes.get(evidence.note));
            let mut others: Vec<String> = others.map(|note| format!("{} ({})", note.source, note.name)).collect();
            others.dedup();
            if !others.is_empty() {
                block += &format!("  {} {}\n", ink.quiet("also in"), others.join(" · "));
            }
            let changed = finding.changes.iter().filter(|change| change.kind != ChangeKind::Folded);
            let changed: Vec<String> = changed.map(|change| change_words(ink, body, &note.text, change)).collect();
            if !changed.is_empty() {
                block += &format!("  {} {}\n", ink.quiet("differs"), changed.join(" · "));
            }
        }
        for passed in check::passed_words(body, finding, &self.notes) {
            block += &format!("  {} {passed}\n", ink.quiet("let pass"));
        }
        let doubt = check::doubt_words(finding);
        if !doubt.is_empty() {
            block += &format!("  {} {}\n", ink.open("doubt"), doubt);
        }
        if let Some((by, reason)) = &settled.cq {
            block += &format!("  {} {}\n", ink.quiet("cq"), [by.as_str(), reason].join(": "));
        }
        block + "\n"
    }
}

impl Counts {
    fn of(&mut self, verdict: Verdict) -> &mut usize {
        match verdict {
            Verdict::Verbatim => &mut self.verbatim,
            Verdict::Trimmed => &mut self.trimmed,
            Verdict::Paraphrase => &mut self.paraphrase,
            Verdict::Altered => &mut self.altered,
            Verdict::Spliced => &mut self.spliced,
            Verdict::OtherSpeaker => &mut self.other_speaker,
            Verdict::NotFound => &mut self.not_found,
            Verdict::NoNote => &mut self.no_note,
        }
    }
}

/// Wrong, open, alarmed, against the terms, or in doubt about who spoke.
fn needs_editor(finding: &Finding) -> bool {
    let is_right = finding.verdict.weight() == Weight::Right && finding.alarms.is_empty();
    !is_right || finding.terms != TermsFinding::Ok || !finding.namesakes.is_empty()
}

fn verdict_words(ink: Ink, verdict: Verdict) -> String {
    let (sign, words) = match verdict {
        Verdict::Verbatim | Verdict::Trimmed => ("✓", verdict.words()),
        Verdict::Paraphrase => ("≈", verdict.words()),
        Verdict::Altered => ("≠", verdict.words()),
        Verdict::Spliced => ("⋈", verdict.words()),
        Verdict::OtherSpeaker => ("⇄", verdict.words()),
        Verdict::NotFound => ("?", verdict.words()),
        Verdict::NoNote => ("▢", verdict.words()),
    };
    let words = format!("{sign} {words}");
    match verdict.weight() {
        Weight::Right if verdict == Verdict::Paraphrase => ink.said(&words),
        Weight::Right => ink.right(&words),
        Weight::Open => ink.open(&words),
        Weight::Wrong => ink.wrong(&words),
    }
}

fn change_words(ink: Ink, draft: &str, note: &str, change: &Change) -> String {
    let (draft, note) = (quotes::short(change.draft.of(draft)), quotes::short(change.note.of(note)));
    let words = match (note.is_empty(), draft.is_empty()) {
        (true, _) => ink.inserted(&draft),
        (_, true) => ink.deleted(&note),
        _ => format!("{} {}", ink.deleted(&note), ink.inserted(&draft)),
    };
    match change.kind {
        ChangeKind::Moved => format!("{words} moved"),
        _ => words,
    }
}
