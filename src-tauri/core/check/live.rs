//! A check that keeps up with typing: a quote whose graf, speaker and notes are as they were is not judged again.

use super::people::{self, People};
use super::{Finding, Held, Notes, Policy, judge_all};
use crate::draft;
use crate::note::NoteId;
use crate::quote::{Form, Quote};
use crate::span::{self, Span};
use chrono::{DateTime, Utc};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// The findings of the last check, and what they rest on.
#[derive(Default)]
pub struct Live {
    notes: Option<Arc<Notes>>,
    policy: Policy,
    judged_at: DateTime<Utc>,
    /// The full names of each line of the draft.
    names: HashMap<String, Vec<[String; 2]>>,
    /// Those of all lines, in order.
    all_names: Vec<[String; 2]>,
    /// Who goes by them.
    people: People,
    /// The confidential notes whose sources the draft names.
    exposed: BTreeSet<NoteId>,
    /// By the words of the graf a quote stands in, and by where in it the quote begins.
    kept: HashMap<String, HashMap<usize, Kept>>,
}

/// A quote that was judged. Spans count from the start of its graf.
struct Kept {
    ground: Ground,
    finding: Finding,
}

/// All that a judgement rests on, beside the words of the graf, the notes, and the names of the draft.
#[derive(PartialEq, Eq)]
struct Ground {
    quote: Quote,
    /// What the speaker's mention and antecedent and the cue read, wherever they stand.
    words: [String; 3],
}

impl Live {
    /// Holds every quote against the notes: exactly what [`super::check`] finds. Total.
    ///
    /// Cost: that of [`super::check`] for the quotes that are new or whose ground changed, and one pass over the rest.
    pub fn check(
        &mut self,
        draft: &str,
        quotes: &[Quote],
        notes: &Arc<Notes>,
        policy: Policy,
        now: DateTime<Utc>,
    ) -> Vec<Finding> {
        let is_held = self.notes.as_ref().is_some_and(|held| Arc::ptr_eq(held, notes));
        let draft = &*draft::blank_comments(draft);
        let exposed = notes.withheld().named(draft);
        if !is_held || self.policy != policy || self.exposed != exposed || self.is_embargo_crossed(notes, now) {
            self.kept.clear();
        }
        let lines = span::lines(draft);
        if self.read_names(draft, &lines) {
            // Only what may be a paraphrase asks who is who.
            let asks = |kept: &Kept| matches!(kept.ground.quote.form, Form::Mixed | Form::Indirect);
            self.kept.values_mut().for_each(|kept| kept.retain(|_, kept| !asks(kept)));
        }
        let placed: Vec<Placed> = quotes.iter().map(|quote| Placed::new(draft, &lines, quote)).collect();
        let grafs = || placed.chunk_by(|one, other| one.graf == other.graf);
        let mut known: Vec<Option<Finding>> = Vec::with_capacity(quotes.len());
        for quotes in grafs() {
            let kept = self.kept.get(quotes[0].graf.of(draft));
            known.extend(quotes.iter().map(|placed| placed.find(kept?)));
        }
        let unknown: Vec<&Quote> =
            quotes.iter().zip(&known).filter(|(_, known)| known.is_none()).map(|(quote, _)| quote).collect();
        let mut judged =
            judge_all(draft, &unknown, &Held { notes, policy, now, exposed: &exposed }, &self.people).into_iter();
        let findings: Vec<Finding> = known.into_iter().filter_map(|known| known.or_else(|| judged.next())).collect();
        self.keep(draft, placed, &findings);
        (self.notes, self.policy, self.judged_at) = (Some(Arc::clone(notes)), policy, now);
        self.exposed = exposed;
        findings
    }

    /// Keeps the findings of one draft, and no others.
    fn keep(&mut self, draft: &str, placed: Vec<Placed>, findings: &[Finding]) {
        self.kept.clear();
        let mut last = Span::default();
        let mut kept: HashMap<usize, Kept> = HashMap::new();
        for (Placed { graf, start, ground }, finding) in placed.into_iter().zip(findings) {
            if graf != last {
                self.kept.insert(last.of(draft).to_owned(), std::mem::take(&mut kept));
                last = graf;
            }
            kept.insert(start, Kept { ground, finding: finding.moved(graf.start, 0) });
        }
        self.kept.insert(last.of(draft).to_owned(), kept);
    }

    /// An embargo ended since the last check, or is running again.
    fn is_embargo_crossed(&self, notes: &Notes, now: DateTime<Utc>) -> bool {
        let mut is_crossed = false;
        for note in notes.all() {
            is_crossed |= note.embargo.is_some_and(|until| (until > self.judged_at) != (until > now));
        }
        is_crossed
    }

    /// Reads the names of the lines that are new; says whether the names of the draft are other than they were.
    fn read_names(&mut self, draft: &str, lines: &[Span]) -> bool {
        let mut last = std::mem::take(&mut self.names);
        for line in lines {
            let line = line.of(draft);
            let names = last.remove(line).or_else(|| self.names.get(line).cloned());
            let names = names.unwrap_or_else(|| people::names(line));
            self.names.insert(line.to_owned(), names);
        }
        let names = || lines.iter().flat_map(|line| &self.names[line.of(draft)]);
        let is_changed = !names().eq(&self.all_names);
        if is_changed {
            let all_names: Vec<[String; 2]> = names().cloned().collect();
            (self.people, self.all_names) = (People::of(&all_names), all_names);
        }
        is_changed
    }
}

/// A quote where it stands in the draft.
struct Placed {
    /// Empty where the quote runs over several.
    graf: Span,
    /// Where in the graf it begins.
    start: usize,
    ground: Ground,
}

impl Placed {
    fn new(draft: &str, lines: &[Span], quote: &Quote) -> Placed {
        let ends = quote.content.iter().chain(&quote.marked);
        let whole = ends.copied().reduce(Span::join).unwrap_or_default();
        let line = lines.get(lines.partition_point(|line| line.end < whole.end));
        let graf = line.copied().filter(|line| line.contains(whole)).unwrap_or_default();
        let mut quote = quote.clone();
        for span in quote.content.iter_mut().chain(&mut quote.marked) {
            *span = span.moved(graf.start, 0);
        }
        let mut places = [None, None, quote.cue.take()];
        if let Some(speaker) = &mut quote.speaker {
            [places[0], places[1]] = [Some(std::mem::take(&mut speaker.mention)), speaker.antecedent.take()];
        }
        let words = places.map(|place| place.map_or_else(String::new, |place| place.of(draft).to_owned()));
        Placed { graf, start: whole.start - graf.start, ground: Ground { quote, words } }
    }

    /// Its finding, if it was judged on the same ground.
    fn find(&self, kept: &HashMap<usize, Kept>) -> Option<Finding> {
        let kept = kept.get(&self.start).filter(|kept| !self.graf.is_empty() && kept.ground == self.ground)?;
        Some(kept.finding.moved(0, self.graf.start))
    }
}
