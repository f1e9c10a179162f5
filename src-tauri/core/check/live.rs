//! A check that keeps up with typing: a quote whose graf, speaker and notes are as they were is not judged again.

use super::paraphrase::{self, People};
use super::{Finding, Held, Notes, Policy, judge_all};
use crate::quote::{Form, Quote};
use crate::span::{self, Span};
use chrono::{DateTime, Utc};
use std::collections::HashMap;
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
    /// By the graf a quote stands in.
    kept: HashMap<String, Vec<Kept>>,
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
        if !self.notes.as_ref().is_some_and(|held| Arc::ptr_eq(held, notes))
            || self.is_embargo_crossed(notes, now)
            || self.policy != policy
        {
            self.kept.clear();
        }
        if self.read_names(draft) {
            // Only what may be a paraphrase asks who is who.
            let asks = |kept: &Kept| matches!(kept.ground.quote.form, Form::Mixed | Form::Indirect);
            self.kept.values_mut().for_each(|kept| kept.retain(|kept| !asks(kept)));
        }
        let mut known: Vec<Option<Finding>> = Vec::with_capacity(quotes.len());
        let mut kept: HashMap<String, Vec<Kept>> = HashMap::new();
        let grounds: Vec<(Span, Ground)> = quotes.iter().map(|quote| Ground::of(draft, quote)).collect();
        for (graf, ground) in &grounds {
            let held = self.kept.get(graf.of(draft)).and_then(|kept| kept.iter().find(|kept| kept.ground == *ground));
            known.push(held.map(|kept| kept.finding.moved(0, graf.start)));
        }
        let unknown = quotes.iter().zip(&known).filter(|(_, known)| known.is_none()).map(|(quote, _)| quote);
        let mut judged =
            judge_all(draft, &unknown.collect::<Vec<_>>(), &Held { notes, policy, now }, &self.people).into_iter();
        let findings: Vec<Finding> = known.into_iter().filter_map(|known| known.or_else(|| judged.next())).collect();
        for ((graf, ground), finding) in grounds.into_iter().zip(&findings) {
            let finding = finding.moved(graf.start, 0);
            kept.entry(graf.of(draft).to_owned()).or_default().push(Kept { ground, finding });
        }
        (self.notes, self.policy, self.judged_at, self.kept) = (Some(Arc::clone(notes)), policy, now, kept);
        findings
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
    fn read_names(&mut self, draft: &str) -> bool {
        let mut last = std::mem::take(&mut self.names);
        for line in span::lines(draft) {
            let line = line.of(draft);
            let names = last.remove(line).or_else(|| self.names.get(line).cloned());
            let names = names.unwrap_or_else(|| paraphrase::names(line));
            self.names.insert(line.to_owned(), names);
        }
        let lines = span::lines(draft);
        let names = || lines.iter().flat_map(|line| &self.names[line.of(draft)]);
        let is_changed = !names().eq(&self.all_names);
        if is_changed {
            let all_names: Vec<[String; 2]> = names().cloned().collect();
            (self.people, self.all_names) = (People::of(&all_names), all_names);
        }
        is_changed
    }
}

impl Ground {
    /// The graf a quote stands in, and the rest of its ground.
    fn of(draft: &str, quote: &Quote) -> (Span, Ground) {
        let ends = quote.content.iter().chain(&quote.marked);
        let whole = ends.copied().reduce(Span::join).unwrap_or_default();
        let start = span::before(draft, whole.start).rfind('\n').map_or(0, |at_byte| at_byte + 1);
        let end = span::after(draft, whole.end).find('\n').map_or(draft.len(), |n_bytes| whole.end + n_bytes);
        let mut quote = quote.clone();
        for span in quote.content.iter_mut().chain(&mut quote.marked) {
            *span = span.moved(start, 0);
        }
        let cue = quote.cue.take();
        let mut places = [None, None, cue];
        if let Some(speaker) = &mut quote.speaker {
            places = [Some(std::mem::take(&mut speaker.mention)), speaker.antecedent.take(), cue];
        }
        let words = places.map(|place| place.map_or_else(String::new, |place| place.of(draft).to_owned()));
        (Span::new(start, end), Ground { quote, words })
    }
}
