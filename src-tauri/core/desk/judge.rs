//! What was settled about a quote, and whether it still holds: cq and kept verdicts, found again after edits.

use crate::check::{Finding, Notes, TermsFinding, Verdict, Weight};
use crate::note::{Note, NoteId};
use crate::quote::Quote;
use crate::store::JudgementId;
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// A quote as it was read: its words and its attribution, folded, so that what print changes does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub words: String,
    pub cue: String,
    pub mention: String,
    /// The full name, else the mention.
    pub speaker: String,
    /// How many quotes of the same words, cue and mention stand before it.
    pub n_before: usize,
    /// The note its verdict rests on, and that note's fingerprint; none when it rests on none.
    pub note: Option<(NoteId, String)>,
}

impl Reading {
    /// Stands for the quote as long as its words, its cue and its mention are what they are.
    pub fn key(&self) -> String {
        hash(&[&self.words, &self.cue, &self.mention, &self.n_before.to_string()])
    }
}

/// What was settled about a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// An editor checked it: correct as it is.
    Cq { by: String, reason: String },
    /// It was right when a revision was made.
    Verdict(Verdict),
}

/// A settlement and the quote it was made for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    pub id: JudgementId,
    pub reading: Reading,
    pub settlement: Settlement,
    pub settled_at: DateTime<Utc>,
}

/// Why a settlement no longer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stale {
    Words,
    Attribution,
    /// When the note changed, if the desk knows.
    Note(Option<DateTime<Utc>>),
    /// The note it rested on is in the bin.
    NoteGone,
    /// It rested on no note, and now one speaks of it.
    NoteCame,
    /// Its words and its note are as they were, yet it is no longer right: other notes changed, or what may pass.
    Notes,
}

impl Stale {
    /// Why, for an editor; the time of a change is left to those who know the editor's clock.
    pub fn words(self) -> &'static str {
        match self {
            Stale::Words => "the words changed",
            Stale::Attribution => "the attribution changed",
            Stale::Note(_) => "the note changed",
            Stale::NoteGone => "its note is in the bin",
            Stale::NoteCame => "a note came in",
            Stale::Notes => "the notes or the policy changed",
        }
    }
}

/// A quote, its finding, and what was settled about it.
#[derive(Clone, Debug)]
pub struct Judged {
    pub quote: Quote,
    pub finding: Finding,
    pub reading: Reading,
    /// The cq it has, stale or not.
    pub cq: Option<Settled>,
    /// The right verdict it had when a revision was last made.
    pub kept: Option<Settled>,
    pub cq_stale: Option<Stale>,
    pub kept_stale: Option<Stale>,
}

/// How many quotes lie on each heap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub quotes: usize,
    pub wrong: usize,
    /// Of the wrong ones, those that raise an alarm.
    pub alarms: usize,
    pub open: usize,
    pub stale: usize,
    pub right: usize,
    /// Those marked cq that still hold.
    pub cq: usize,
}

impl Counts {
    /// Counts quotes by heap.
    pub fn of(quotes: &[Judged]) -> Counts {
        let on = |heap| quotes.iter().filter(|judged| judged.heap() == heap).count();
        let is_alarm = |judged: &&Judged| judged.heap() == Heap::Wrong && !judged.finding.alarms.is_empty();
        Counts {
            quotes: quotes.len(),
            wrong: on(Heap::Wrong),
            alarms: quotes.iter().filter(is_alarm).count(),
            open: on(Heap::Open),
            stale: on(Heap::Stale),
            right: on(Heap::Right),
            cq: quotes.iter().filter(|judged| judged.is_cq()).count(),
        }
    }
}

/// The one heap a quote is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heap {
    Wrong,
    Open,
    Stale,
    Right,
}

impl Judged {
    /// The full name, or the mention where the text gives none, or nothing.
    pub fn speaker(&self, draft: &str) -> String {
        let Some(speaker) = &self.quote.speaker else { return String::new() };
        speaker.name.clone().unwrap_or_else(|| speaker.mention.of(draft).to_owned())
    }

    /// Why the cq, or else the kept verdict, no longer stands.
    pub fn stale(&self) -> Option<Stale> {
        self.cq_stale.or(self.kept_stale)
    }

    /// Marked cq, and the cq holds.
    pub fn is_cq(&self) -> bool {
        self.cq.is_some() && self.cq_stale.is_none()
    }

    /// The agreed terms allow the use. A cq never stands above them.
    pub fn is_terms_ok(&self) -> bool {
        self.finding.terms == TermsFinding::Ok
    }

    /// Wrong, open, alarmed, terms broken, in doubt about who spoke, or stale, and no cq that holds.
    pub fn needs_editor(&self) -> bool {
        self.heap() != Heap::Right
    }

    /// The heap it is counted in: broken terms first, then a cq that holds or has gone stale, then the verdict
    /// and the doubt about who spoke.
    pub fn heap(&self) -> Heap {
        let weight = self.finding.verdict.weight();
        match () {
            () if !self.is_terms_ok() => Heap::Wrong,
            () if self.cq_stale.is_some() => Heap::Stale,
            () if self.is_cq() => Heap::Right,
            () if weight == Weight::Wrong || !self.finding.alarms.is_empty() => Heap::Wrong,
            () if self.kept_stale.is_some() => Heap::Stale,
            () if weight == Weight::Open || !self.finding.namesakes.is_empty() => Heap::Open,
            () => Heap::Right,
        }
    }
}

/// Joins quotes and findings with what was settled before. Total; one `Judged` for each quote, in the same order.
///
/// A settlement belongs first to the quote of the same key; one that is left over goes to the quote nearest in words
/// and speaker that has none, and is stale there. One that finds no quote waits for its words to come back.
/// `changed_at` tells when a note was last changed.
pub fn judge(
    draft: &str,
    quotes: Vec<Quote>,
    findings: Vec<Finding>,
    notes: &Notes,
    settled: &[Settled],
    changed_at: impl Fn(NoteId) -> Option<DateTime<Utc>>,
) -> Vec<Judged> {
    let readings = read(draft, &quotes, &findings, notes);
    let is_cq = |settled: &&Settled| matches!(settled.settlement, Settlement::Cq { .. });
    let cqs = assign(&readings, settled.iter().filter(is_cq).collect());
    let kept = assign(&readings, settled.iter().filter(|settled| !is_cq(settled)).collect());
    let mut judged = Vec::with_capacity(quotes.len());
    for (i, ((quote, finding), reading)) in quotes.into_iter().zip(findings).zip(readings).enumerate() {
        let cq_stale = cqs[i].and_then(|cq| cq_stale(&cq.reading, &reading, notes, &changed_at));
        let is_right = finding.verdict.weight() == Weight::Right;
        let kept_stale = kept[i].and_then(|kept| kept_stale(&kept.reading, &reading, is_right, notes, &changed_at));
        let (cq, kept) = (cqs[i].cloned(), kept[i].cloned());
        judged.push(Judged { quote, finding, reading, cq, kept, cq_stale, kept_stale });
    }
    judged
}

/// A cq goes stale when its words, its attribution or its note changes.
fn cq_stale(
    was: &Reading,
    is: &Reading,
    notes: &Notes,
    changed_at: &impl Fn(NoteId) -> Option<DateTime<Utc>>,
) -> Option<Stale> {
    words_stale(was, is).or_else(|| note_stale(was, notes, changed_at)).or_else(|| {
        let came = was.note.is_none() && is.note.is_some();
        came.then_some(Stale::NoteCame)
    })
}

/// A kept verdict goes stale when its note changes or the quote is no longer right.
fn kept_stale(
    was: &Reading,
    is: &Reading,
    is_right: bool,
    notes: &Notes,
    changed_at: &impl Fn(NoteId) -> Option<DateTime<Utc>>,
) -> Option<Stale> {
    let edited = words_stale(was, is);
    if is_right {
        return if edited.is_none() { note_stale(was, notes, changed_at) } else { None };
    }
    edited.or_else(|| note_stale(was, notes, changed_at)).or(Some(Stale::Notes))
}

fn words_stale(was: &Reading, is: &Reading) -> Option<Stale> {
    if was.words != is.words {
        return Some(Stale::Words);
    }
    let is_attributed_alike = was.cue == is.cue && was.mention == is.mention && is_one_name(&was.speaker, &is.speaker);
    (!is_attributed_alike).then_some(Stale::Attribution)
}

fn note_stale(was: &Reading, notes: &Notes, changed_at: &impl Fn(NoteId) -> Option<DateTime<Utc>>) -> Option<Stale> {
    let (id, print) = was.note.as_ref()?;
    match notes.get(*id) {
        None => Some(Stale::NoteGone),
        Some(note) if fingerprint(note) != *print => Some(Stale::Note(changed_at(*id))),
        Some(_) => None,
    }
}

/// One name is the other, or part of it: a first name that appears later in the piece does not change who spoke.
fn is_one_name(a: &str, b: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    a.iter().all(|word| b.contains(word)) || b.iter().all(|word| a.contains(word))
}

/// For each reading the settlement that belongs to it.
fn assign<'s>(readings: &[Reading], settled: Vec<&'s Settled>) -> Vec<Option<&'s Settled>> {
    let mut assigned: Vec<Option<&Settled>> = vec![None; readings.len()];
    let by_key: HashMap<String, usize> = readings.iter().enumerate().map(|(i, r)| (r.key(), i)).collect();
    let mut left = Vec::new();
    for settled in settled {
        match by_key.get(&settled.reading.key()) {
            Some(&i) if assigned[i].is_none() => assigned[i] = Some(settled),
            _ => left.push(settled),
        }
    }
    let mut pairs = Vec::new();
    for (n, settled) in left.iter().enumerate() {
        for (i, reading) in readings.iter().enumerate() {
            if assigned[i].is_none()
                && let Some(nearness) = nearness(&settled.reading, reading)
            {
                pairs.push((nearness, n, i));
            }
        }
    }
    pairs.sort_by_key(|&(nearness, n, i)| (std::cmp::Reverse(nearness), n, i));
    let mut is_placed = vec![false; left.len()];
    for (_, n, i) in pairs {
        if !is_placed[n] && assigned[i].is_none() {
            assigned[i] = Some(left[n]);
            is_placed[n] = true;
        }
    }
    assigned
}

/// How near a quote is to the one a settlement was made for, in hundredths; none when it is another quote.
fn nearness(was: &Reading, is: &Reading) -> Option<usize> {
    let shared = shared_words(&was.words, &is.words);
    let is_same_voice = was.mention == is.mention || is_one_name(&was.speaker, &is.speaker);
    match shared {
        100 => Some(200 + usize::from(is_same_voice)),
        50.. if is_same_voice => Some(100 + shared),
        70.. => Some(shared),
        _ => None,
    }
}

/// How many words of two texts are shared, in hundredths of both together.
fn shared_words(a: &str, b: &str) -> usize {
    if a == b {
        return 100;
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let (mut n_words, mut n_shared) = (0, 0);
    for word in a.split(' ') {
        *counts.entry(word).or_default() += 1;
        n_words += 1;
    }
    for word in b.split(' ') {
        n_words += 1;
        if let Some(count) = counts.get_mut(word).filter(|count| **count > 0) {
            *count -= 1;
            n_shared += 2;
        }
    }
    // Equal words in another order are not equal quotes.
    (100 * n_shared / n_words).min(99)
}

fn read(draft: &str, quotes: &[Quote], findings: &[Finding], notes: &Notes) -> Vec<Reading> {
    let mut seen: HashMap<(String, String, String), usize> = HashMap::new();
    let read_one = |(quote, finding): (&Quote, &Finding)| {
        let words = fold(&quote.text(draft));
        let cue = fold(quote.cue.map(|cue| cue.of(draft)).unwrap_or_default());
        let mention = fold(quote.speaker.as_ref().map(|speaker| speaker.mention.of(draft)).unwrap_or_default());
        let name = quote.speaker.as_ref().and_then(|speaker| speaker.name.as_deref());
        let speaker = name.map_or_else(|| mention.clone(), fold);
        let n_seen = seen.entry((words.clone(), cue.clone(), mention.clone())).or_default();
        let n_before = *n_seen;
        *n_seen += 1;
        let best = finding.evidence.first().and_then(|evidence| notes.get(evidence.note));
        let note = best.map(|note| (note.id, fingerprint(note)));
        Reading { words, cue, mention, speaker, n_before, note }
    };
    quotes.iter().zip(findings).map(read_one).collect()
}

/// The words alone: case, quote marks, dashes, spaces, Markdown and how accents are composed do not count.
fn fold(text: &str) -> String {
    let plain: String = text.nfc().map(|c| if matches!(c, '_' | '*' | '`') { ' ' } else { c }).collect();
    let words: Vec<String> = plain.replace(['’', 'ʼ'], "'").unicode_words().map(|word| word.to_lowercase()).collect();
    words.join(" ")
}

/// Stands for a note's words, source and terms.
pub fn fingerprint(note: &Note) -> String {
    hash(&[&note.text, &note.source, note.terms.words(), &note.terms_words])
}

/// The same for the same parts, on every machine and in every version. FNV-1a, 64 bits, as hexadecimal digits.
fn hash(parts: &[&str]) -> String {
    let mut sum: u64 = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        for byte in part.bytes().chain([0xff]) {
            sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{sum:016x}")
}

#[cfg(test)]
mod tests;
