//! Words said to be someone's own, held against the notes: verbatim, trimmed, altered, spliced, or someone else's.

use super::alarms::Found;
use super::align::{self, Passage, Row};
use super::card::{Term, terms_of};
use super::changes;
use super::evidence::{self, N_ALSO};
use super::fold::{self, Word};
use super::index::{Index, Voice};
use super::notes::Near;
use super::people::People;
use super::region::{self, Account, Region};
use super::search::Side;
use super::speaker::{Fit, Spoken};
use super::voices::Fits;
use super::{
    Evidence, Finding, Held, Notes, Pass, Passed, Policy, TermsFinding, Verdict, alarms, surroundings, terms, tidying,
};
use crate::note::NoteId;
use crate::quote::{Form, Quote};
use crate::span::Span;
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// One quote, and all it is held against.
pub struct Case<'a> {
    pub draft: &'a str,
    pub quote: &'a Quote,
    pub notes: &'a Notes,
    pub policy: Policy,
    pub now: DateTime<Utc>,
    /// The confidential notes whose sources the draft names.
    pub exposed: &'a BTreeSet<NoteId>,
    /// How the quote's speaker stands to each voice.
    pub fits: Fits,
    /// The draft means somebody in particular and gives no name.
    is_described: bool,
}

/// A passage and what it makes of the quote.
pub struct Hit {
    /// What the quote was held against: places are places in it.
    pub near: Near,
    pub verdict: Verdict,
    pub passage: Passage,
    pub regions: Vec<Region>,
    /// What the policy let pass.
    pub passed: Vec<Passed>,
    /// Other places that hold the words, best first: first and last word of each.
    pub also: Vec<(usize, usize)>,
}

/// Passages are read in runs of this many words, so that the cost stays linear in a long quote.
pub const N_RUN: usize = 200;
/// Beyond this many words a quote that is not word for word is not read further.
const N_LONGEST: usize = 12_000;
const N_STRETCHES: usize = 12;
/// Words of less weight than this may be anybody's.
pub const N_TELLING: f32 = 5.0;
/// A passage counts as the quote's own from this score on: below, unrelated copy begins to reach it.
const OWN_SCORE: f32 = 0.38;
/// A stretch with less than this share of what the best one has holds no passage as good.
pub const NO_BETTER: f32 = 0.6;

impl<'a> Case<'a> {
    /// Makes ready to judge a quote.
    pub fn new(draft: &'a str, quote: &'a Quote, held: &Held<'a>) -> Case<'a> {
        let &Held { notes, policy, now, exposed } = held;
        let spoken = Spoken::new(draft, quote.speaker.as_ref());
        let fits = notes.fits(&spoken);
        Case { draft, quote, notes, policy, now, exposed, fits, is_described: spoken.is_described }
    }

    /// How the quote's speaker stands to a voice.
    pub fn fit(&self, voice: &Voice) -> Fit {
        self.fits.of(voice.names)
    }

    /// Judges words said to be someone's own.
    pub fn judge_direct(&self, content: &[Span]) -> Finding {
        let words = fold::quote_words(self.draft, content);
        let mine = self.hold(&words, Side::Own(&self.fits), 0.0);
        if let Some(hit) = mine.as_ref().filter(|hit| is_right(hit.verdict)) {
            let mut finding = self.finding(&words, hit, hit.verdict);
            finding.evidence.extend(self.by_others(&words, hit));
            return finding;
        }
        let above = mine.as_ref().map_or(0.0, |hit| hit.near.best * NO_BETTER);
        let others = self.hold(&words, Side::Others(&self.fits), above);
        let coverage = mine.as_ref().map_or(0.0, |hit| hit.passage.coverage());
        let is_anothers = others.as_ref().is_some_and(|hit| {
            let enough =
                if is_right(hit.verdict) { hit.passage.total >= N_TELLING } else { hit.passage.coverage() >= 0.7 };
            enough
                && hit.passage.coverage() > coverage + 0.1
                && (coverage < 0.8 || is_right(hit.verdict) && coverage < 0.9)
        });
        match (mine, others) {
            (_, Some(hit)) if is_anothers => self.finding(&words, &hit, Verdict::OtherSpeaker),
            (Some(hit), _) => self.finding(&words, &hit, hit.verdict),
            _ => self.nothing(),
        }
    }

    /// Judges indirect speech with some words in marks: those must be verbatim, the clause must be said.
    pub fn judge_mixed(&self, people: &People) -> Finding {
        let quote = self.quote;
        let parts: Vec<Finding> = quote.marked.iter().map(|span| self.judge_direct(&[*span])).collect();
        let worst = parts
            .iter()
            .position(|part| matches!(part.verdict, Verdict::Altered | Verdict::Spliced | Verdict::OtherSpeaker));
        if let Some(worst) = worst {
            return parts.into_iter().nth(worst).unwrap_or_else(|| self.nothing());
        }
        let whole = self.judge_indirect(&quote.content, people);
        let is_found = !parts.is_empty() && parts.iter().all(|part| is_right(part.verdict));
        if !is_found || whole.verdict == Verdict::Altered {
            let is_open = parts.iter().any(|part| !is_right(part.verdict));
            return if is_open { self.nothing() } else { whole };
        }
        if whole.verdict == Verdict::Paraphrase {
            return whole;
        }
        // The words in marks stand in the note; they carry the clause when they are most of what it says.
        let n_words = |spans: &[Span]| -> usize {
            let words = fold::quote_words(self.draft, spans);
            words.iter().filter(|word| !super::lexicon::is_common(&word.key)).count()
        };
        let mut first = parts.into_iter().next().unwrap_or_else(|| self.nothing());
        if n_words(&quote.marked) * 2 >= n_words(&quote.content) {
            first.verdict = Verdict::Paraphrase;
            return first;
        }
        self.nothing()
    }

    /// The finding where no passage was found.
    pub fn nothing(&self) -> Finding {
        let has_note = self.fits.has_own();
        let verdict = if has_note { Verdict::NotFound } else { Verdict::NoNote };
        let (terms, namesakes) = (TermsFinding::Ok, Vec::new());
        Finding {
            verdict,
            alarms: Vec::new(),
            terms,
            evidence: Vec::new(),
            namesakes,
            changes: Vec::new(),
            passed: Vec::new(),
        }
    }

    /// The stretches of notes most likely to hold the words; none where none scores more than `above`.
    pub fn near(&self, words: &[Word], side: Side, above: f32) -> Option<Near> {
        let n_rows = words.iter().filter(|word| word.bracket == 0).count();
        self.notes.near(&parts(words), n_rows.min(N_RUN) + 8, N_STRETCHES, side, above)
    }

    /// Holds the words against the voices of one side, and says what the best passage makes of them.
    ///
    /// None where no stretch of the notes scores more than `above`.
    fn hold(&self, words: &[Word], side: Side, above: f32) -> Option<Hit> {
        let near = self.near(words, side, above)?;
        let index = &near.index;
        let rows = align::rows(words, index);
        let is_whole = rows.iter().skip(1).all(|row| !row.after_bracket);
        if is_whole {
            let runs = align::find_runs(index, &rows, &[near.all()], &|at| near.heard_at(at, side).is_some());
            if let Some((first, also)) = self.in_order_of_use(index, runs, rows.len()).split_first() {
                let mut also: Vec<_> =
                    also.iter().take(N_ALSO).map(|start| (*start, *start + rows.len() - 1)).collect();
                also.extend(self.usable_near(&near, &rows, *first, side));
                return Some(self.run_hit(words, &rows, *first, also, near));
            }
        }
        let passage = find_passage(&near, &rows, &|voice| side.hears(voice.names))?;
        let (passage, also) = self.in_other_notes(&near, &rows, passage, side);
        let regions = region::regions(self.draft, words, &rows, &passage, index);
        let (passed, is_passed) = self.passed(words, &regions, index);
        let left: Vec<&Region> =
            regions.iter().zip(is_passed).filter(|(_, is_passed)| !is_passed).map(|(region, _)| region).collect();
        let verdict = verdict_of(&rows, words, &passage, &left)?;
        let is_trimmed = passed.iter().any(|passed| passed.counts_as == Pass::Trimmed);
        let verdict = if verdict == Verdict::Verbatim && is_trimmed { Verdict::Trimmed } else { verdict };
        Some(Hit { near, verdict, passage, regions, passed, also })
    }

    /// What the policy lets pass, and for each parting whether it does.
    fn passed(&self, words: &[Word], regions: &[Region], index: &Index) -> (Vec<Passed>, Vec<bool>) {
        let mut passed = Vec::new();
        if self.policy == Policy::default() {
            return (passed, vec![false; regions.len()]);
        }
        let said = tidying::Said { index, notes: self.notes };
        let is_passed = regions.iter().map(|region| {
            let parts = tidying::of(words, region, &said);
            let is_let = parts.iter().all(|(tidying, _)| self.policy.pass(*tidying) != Pass::Altered);
            if parts.is_empty() || !is_let {
                return false;
            }
            passed.extend(parts.into_iter().map(|(tidying, region)| Passed {
                tidying,
                draft: alarms::place_in_draft(words, &region.draft),
                note: alarms::place_in_note(index, &region.note),
                counts_as: self.policy.pass(tidying),
            }));
            true
        });
        let is_passed = is_passed.collect();
        (passed, is_passed)
    }

    fn run_hit(&self, words: &[Word], rows: &[Row], start: usize, also: Vec<(usize, usize)>, near: Near) -> Hit {
        let passage = Passage::of_run(rows, start);
        let regions = region::regions(self.draft, words, rows, &passage, &near.index);
        let has_brackets = words.iter().any(|word| word.bracket > 0 || word.has_bracketed_letters);
        let verdict = if has_brackets { Verdict::Trimmed } else { Verdict::Verbatim };
        Hit { near, verdict, passage, regions, passed: Vec::new(), also }
    }

    /// Whether the note's terms allow the draft this passage.
    pub fn terms(&self, note: usize, passage: Span, fit: Fit) -> TermsFinding {
        let filed = self.notes.at(note);
        let (is_source, is_exposed) = (fit == Fit::Same, self.exposed.contains(&filed.note.id));
        let use_ = terms::Use { draft: self.draft, speaker: self.quote.speaker.as_ref(), is_source, is_exposed };
        terms::judge(&use_, &filed.note, filed.bars(), passage, self.now)
    }

    fn finding(&self, words: &[Word], hit: &Hit, verdict: Verdict) -> Finding {
        let index = &hit.near.index;
        let rows = align::rows(words, index);
        let mut passages = evidence::segments(index, hit);
        let n_own = passages.len();
        passages.extend(hit.also.iter().copied());
        let evidence: Vec<Evidence> = passages.iter().filter_map(|passage| self.evidence(index, *passage)).collect();
        let terms = passages.iter().take(n_own).filter_map(|(first, last)| {
            let voice = index.voice(*first)?;
            Some(self.terms(voice.note, index.span(*first).join(index.span(*last)), self.fit(voice)))
        });
        let terms = terms.max_by_key(|terms| terms.gravity()).unwrap_or(TermsFinding::Ok);
        let first_note = passages.first().and_then(|(first, _)| index.voice(*first)).map(|voice| voice.note);
        let is_here = |region: &Region| {
            let note = index.voice(region.note.start.saturating_sub(1)).or_else(|| index.voice(region.note.start));
            note.map(|voice| voice.note) == first_note
        };
        let found: Vec<Vec<Found>> = hit.regions.iter().map(|region| alarms::find(words, region, index)).collect();
        let changes = changes::changes(self.draft, words, &rows, hit, &found, self.notes, first_note);
        let here = hit.regions.iter().zip(found).filter(|(region, _)| is_here(region));
        let mut alarms = alarms::all(words, index, here.flat_map(|(_, found)| found).collect());
        if let Some(note) = first_note.filter(|_| matches!(self.quote.form, Form::Direct | Form::Unmarked)) {
            alarms.extend(surroundings::find(self.draft, words, hit, index, &self.notes.at(note).note.text));
        }
        let namesakes = passages.first().map_or_else(Vec::new, |(first, _)| self.namesakes(index, *first));
        let passed = hit.passed.clone();
        Finding { verdict, alarms, terms, evidence, namesakes, changes, passed }
    }

    /// Several people of the name the draft gives, or the voice at this place goes by; empty where there is but one.
    pub fn namesakes(&self, index: &Index, at: usize) -> Vec<String> {
        let Some(voice) = index.voice(at) else { return Vec::new() };
        if self.fit(voice) != Fit::Same {
            let is_described = self.is_described || super::speaker::is_nameless(self.notes.names().get(voice.names));
            let is_doubted = is_described && self.fit(voice) == Fit::Maybe;
            return if is_doubted { vec![self.notes.voice_words(voice.names)] } else { Vec::new() };
        }
        let mut candidates = self.notes.names().alike(voice.names);
        candidates.extend(self.fits.own_names());
        candidates.sort_unstable();
        candidates.dedup();
        let are_apart = |one: usize, other: usize| {
            let (ones, others) = (self.notes.names().get(one), self.notes.names().get(other));
            let same = ones.iter().any(|name| super::speaker::is_one_of(name, others));
            let pairs = ones.iter().flat_map(|one| others.iter().map(move |other| (one, other)));
            !same && pairs.into_iter().any(|(one, other)| super::speaker::are_namesakes(one, other))
        };
        let is_doubted = |names: &&usize| candidates.iter().any(|other| are_apart(**names, *other));
        let mut sources: Vec<String> =
            candidates.iter().filter(is_doubted).map(|names| self.notes.voice_words(*names)).collect();
        sources.sort();
        sources.dedup();
        sources
    }
}

/// What a quote is looked for by, in runs short enough to be read.
fn parts(words: &[Word]) -> Vec<Vec<(Term, f32)>> {
    let keys: Vec<&str> = words.iter().filter(|word| word.bracket == 0).map(|word| word.key.as_str()).collect();
    let weighed = |run: &[&str]| terms_of(run.iter().map(|key| (*key, align::weight(key))));
    keys.chunks(N_RUN).take(N_LONGEST / N_RUN).map(weighed).collect()
}

/// The passage by wanted voices the rows were taken from, run by run; none where nothing matches.
pub fn find_passage(near: &Near, rows: &[Row], is_wanted: &dyn Fn(&Voice) -> bool) -> Option<Passage> {
    let mut places = Vec::with_capacity(rows.len());
    let (mut score, mut matched, mut total) = (0.0, 0.0, 0.0);
    let wanted_at = |at: usize| near.index.voice(at).is_some_and(is_wanted);
    for (run, stretches) in rows.chunks(N_RUN).zip(&near.stretches) {
        let weight: f32 = run.iter().map(|row| row.weight).sum();
        total += weight;
        match align::find_passage(&near.index, run, stretches, &wanted_at) {
            Some(passage) => {
                score += passage.score * weight;
                matched += passage.matched;
                places.extend(passage.places);
            }
            None => places.extend(run.iter().map(|_| None)),
        }
    }
    total += rows.iter().skip(places.len()).map(|row| row.weight).sum::<f32>();
    places.resize(rows.len(), None);
    (matched > 0.0).then_some(Passage { places, score: score / total, matched, total })
}

/// Verbatim or trimmed.
pub fn is_right(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Verbatim | Verdict::Trimmed)
}

/// What the partings make of a passage; none where too little of the quote stands in it.
fn verdict_of(rows: &[Row], words: &[Word], passage: &Passage, regions: &[&Region]) -> Option<Verdict> {
    let is_faulty = |region: &&&Region| {
        let is_shown = region.account != Account::Unmarked && !region.is_jump;
        !is_shown && !region.is_join
    };
    let faults: Vec<&&Region> = regions.iter().filter(is_faulty).collect();
    if faults.is_empty() && !rows.is_empty() {
        let is_plain = regions.iter().all(|region| region.is_join);
        let has_brackets = words.iter().any(|word| word.bracket > 0 || word.has_bracketed_letters);
        return Some(if is_plain && !has_brackets { Verdict::Verbatim } else { Verdict::Trimmed });
    }
    let n_matched = passage.places.iter().flatten().count();
    let longest_run = passage.longest_run();
    let is_run = longest_run >= 3 || passage.coverage() >= 0.7;
    // Seven words in a row are no chance, however much stands around them.
    let is_own = passage.score >= OWN_SCORE || longest_run >= 7 && passage.coverage() >= 0.4;
    if n_matched < 2 || passage.matched < 4.0 || !is_own || !is_run {
        return None;
    }
    let is_spliced = faults.iter().any(|region| region.is_jump || region.is_long_gap());
    Some(if is_spliced { Verdict::Spliced } else { Verdict::Altered })
}
