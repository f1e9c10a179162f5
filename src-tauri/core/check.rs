//! Is it what they said: each quote held against the notes, word by word.

mod alarms;
mod align;
mod amount;
mod amounts;
mod card;
mod changes;
mod clause;
mod contrary;
mod dates;
mod denial;
mod evidence;
mod extent;
mod filed;
mod firmness;
mod fold;
mod hours;
mod index;
mod letters;
mod lexicon;
mod live;
mod measure;
mod names;
mod notes;
mod numbers;
mod order;
mod paraphrase;
mod people;
mod policy;
mod postings;
mod reading;
mod region;
mod search;
mod shelf;
mod speaker;
mod substance;
mod surroundings;
mod table;
mod terms;
mod thesaurus;
mod tidying;
mod token;
mod verdict;
mod voices;
mod withhold;

pub use filed::{Filed, Filer, card_maker};
pub use live::Live;
pub use notes::Notes;
pub use policy::{Pass, Passed, Policy, Tidying};
pub use speaker::{is_description, is_title};
pub use terms::{Blanked, Naming, TermsFinding, blanked, latest_embargo, naming};
pub use voices::is_own_voice;
pub use withhold::{BLANK, Withheld};

use crate::draft;
use crate::note::NoteId;
use crate::quote::{Form, Quote};
use crate::span::Span;
use chrono::{DateTime, Utc};
use people::People;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use verdict::Case;

/// How a quote stands against the notes. DESIGN: the words of each are on the screen as they are here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Every word stands in one unbroken run of one note.
    Verbatim,
    /// Verbatim but for omissions shown by an ellipsis, or words in square brackets.
    Trimmed,
    /// The passage is found, but words differ without a mark.
    Altered,
    /// Passages run together with nothing between to show it.
    Spliced,
    /// Indirect speech, and a passage of a note says it.
    Paraphrase,
    /// The words stand in a note, but someone else said them.
    OtherSpeaker,
    /// There are notes from this speaker; none holds it.
    NotFound,
    /// No note from this speaker, and the words stand in none.
    NoNote,
}

impl Verdict {
    /// Every verdict, best first.
    pub const ALL: [Verdict; 8] = [
        Verdict::Verbatim,
        Verdict::Trimmed,
        Verdict::Paraphrase,
        Verdict::Altered,
        Verdict::Spliced,
        Verdict::OtherSpeaker,
        Verdict::NotFound,
        Verdict::NoNote,
    ];

    /// The words on the screen and in reports.
    pub fn words(self) -> &'static str {
        match self {
            Verdict::Verbatim => "verbatim",
            Verdict::Trimmed => "trimmed",
            Verdict::Altered => "altered",
            Verdict::Spliced => "spliced",
            Verdict::Paraphrase => "paraphrase",
            Verdict::OtherSpeaker => "other speaker",
            Verdict::NotFound => "not found",
            Verdict::NoNote => "no note",
        }
    }

    /// The verdict these words name, if any.
    pub fn from_words(words: &str) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|verdict| verdict.words() == words)
    }

    /// What an editor must do about it.
    pub fn weight(self) -> Weight {
        match self {
            Verdict::Verbatim | Verdict::Trimmed | Verdict::Paraphrase => Weight::Right,
            Verdict::NotFound | Verdict::NoNote => Weight::Open,
            Verdict::Altered | Verdict::Spliced | Verdict::OtherSpeaker => Weight::Wrong,
        }
    }
}

/// The three heaps a desk counts quotes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    Right,
    Open,
    Wrong,
}

/// What kind of substance an alarm is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AlarmKind {
    Negation,
    Number,
    Name,
    Date,
    Hedge,
}

impl AlarmKind {
    /// The word on the screen and in reports.
    pub fn word(self) -> &'static str {
        match self {
            AlarmKind::Negation => "negation",
            AlarmKind::Number => "number",
            AlarmKind::Name => "name",
            AlarmKind::Date => "date",
            AlarmKind::Hedge => "hedge",
        }
    }
}

/// A change of substance: told by itself, never part of a score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarm {
    pub kind: AlarmKind,
    /// The draft's reading; empty span at the place where a word was lost.
    pub draft: Span,
    /// The note's reading, in the best evidence's note; empty span at the place where a word was gained.
    pub note: Span,
}

/// A passage of a note that a verdict rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    pub note: NoteId,
    /// Bytes into the note's text.
    pub span: Span,
    /// The note gives these words to nobody but the speaker the draft names, or to whom an unnamed one may be.
    pub is_own: bool,
}

/// What happened to a word between the note and the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    Word,
    Dropped,
    Added,
    Moved,
    Number,
    Name,
    Negation,
    /// Print changes it, speech does not: case, marks, numerals. Listed, not counted.
    Folded,
}

impl ChangeKind {
    /// The word on the screen and in reports.
    pub fn word(self) -> &'static str {
        match self {
            ChangeKind::Word => "word",
            ChangeKind::Dropped => "dropped",
            ChangeKind::Added => "added",
            ChangeKind::Moved => "moved",
            ChangeKind::Number => "number",
            ChangeKind::Name => "name",
            ChangeKind::Negation => "negation",
            ChangeKind::Folded => "folded",
        }
    }
}

/// One difference between the draft's words and the note's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub kind: ChangeKind,
    /// Bytes into the draft; empty span where words were dropped.
    pub draft: Span,
    /// Bytes into the best evidence's note; empty span where words were added.
    pub note: Span,
}

/// How one quote stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub verdict: Verdict,
    pub alarms: Vec<Alarm>,
    pub terms: TermsFinding,
    /// Best first: nearest in words, then usable on its terms, then earliest said; those where someone else said the
    /// very words come last. Empty for *not found* and *no note*. `changes` and `alarms` speak of the first one's note.
    pub evidence: Vec<Evidence>,
    /// Whom the speaker may be, where the notes know several by that name (*Ines Eze*, *Tomas Eze*), or where the draft
    /// gives no name (*the mayor*) and these are the words of one. Sorted; empty where there is no doubt.
    pub namesakes: Vec<String>,
    /// In the order of the draft.
    pub changes: Vec<Change>,
    /// The differences the policy let pass, in the order of the draft; they stand among `changes` too.
    pub passed: Vec<Passed>,
}

/// A cell of the word-under-word alignment: the draft's word above, the note's below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Bytes into the draft; empty where the note alone has words.
    pub draft: Span,
    /// Bytes into the best evidence's note; empty where the draft alone has words.
    pub note: Span,
    /// What happened to the word; none where both read the same to the letter.
    pub change: Option<ChangeKind>,
}

impl Cell {
    /// The word on the wire: *same*, or the change's own.
    pub fn word(self) -> &'static str {
        self.change.map_or("same", ChangeKind::word)
    }
}

/// Holds every quote against the notes: one finding for each quote, in the same order. Total.
///
/// Cost: for each quote the blocks of notes that share its rarest words, not the notes.
pub fn check(draft: &str, quotes: &[Quote], notes: &Notes, policy: Policy, now: DateTime<Utc>) -> Vec<Finding> {
    let draft = &*draft::blank_comments(draft);
    let is_indirect = |quote: &Quote| matches!(quote.form, Form::Mixed | Form::Indirect);
    let people = if quotes.iter().any(is_indirect) { People::read(draft) } else { People::default() };
    let held = Held { notes, policy, now, exposed: &notes.withheld().named(draft) };
    judge_all(draft, &quotes.iter().collect::<Vec<_>>(), &held, &people)
}

fn judge_all(draft: &str, quotes: &[&Quote], held: &Held, people: &People) -> Vec<Finding> {
    // Copy repeats itself (boilerplate, pull quotes): what was judged once holds for the same words by the same speaker.
    let mut judged: HashMap<Words, usize> = HashMap::new();
    let mut findings: Vec<Finding> = Vec::with_capacity(quotes.len());
    for (nth, quote) in quotes.iter().enumerate() {
        let words = Words::of(draft, quote);
        let before = words.as_ref().and_then(|words| judged.get(words)).copied();
        findings.push(match before {
            Some(before) => findings[before].moved(quotes[before].content[0].start, quote.content[0].start),
            None => judge(draft, quote, held, people),
        });
        if let (Some(words), None) = (words, before) {
            judged.insert(words, nth);
        }
    }
    findings
}

/// What quotes are held against: the notes, by what policy, when, and in a draft that names whom it must not.
struct Held<'a> {
    notes: &'a Notes,
    policy: Policy,
    now: DateTime<Utc>,
    exposed: &'a BTreeSet<NoteId>,
}

fn judge(draft: &str, quote: &Quote, held: &Held, people: &People) -> Finding {
    let case = Case::new(draft, quote, held);
    if held.notes.is_empty() {
        return case.nothing();
    }
    match quote.form {
        Form::Direct | Form::Unmarked => case.judge_direct(&quote.content),
        Form::Mixed => case.judge_mixed(people),
        Form::Indirect => case.judge_indirect(&quote.content, people),
    }
}

/// All a judgement rests on, the notes apart.
#[derive(PartialEq, Eq, Hash)]
struct Words<'a> {
    text: &'a str,
    is_indirect: bool,
    speaker: Option<(&'a str, bool)>,
}

impl<'a> Words<'a> {
    /// None for words a cue splits, marks divide or a cue denies: they are judged by more than their letters.
    fn of(draft: &'a str, quote: &'a Quote) -> Option<Words<'a>> {
        let [span] = quote.content.as_slice() else { return None };
        if denial::denying_cue(draft, quote).is_some() {
            return None;
        }
        let speaker = quote.speaker.as_ref().map(|speaker| {
            let name = speaker.name.as_deref().unwrap_or_else(|| speaker.mention.of(draft));
            (name, speaker.is_unnamed)
        });
        let is_indirect = quote.form == Form::Indirect;
        (quote.form != Form::Mixed).then(|| Words { text: span.of(draft), is_indirect, speaker })
    }
}

impl Finding {
    /// The same finding for the same words elsewhere in the draft.
    fn moved(&self, from_byte: usize, to_byte: usize) -> Finding {
        let place = |at: usize| (at + to_byte).saturating_sub(from_byte);
        let moved = |span: Span| Span::new(place(span.start), place(span.end));
        let mut finding = self.clone();
        finding.alarms.iter_mut().for_each(|alarm| alarm.draft = moved(alarm.draft));
        finding.changes.iter_mut().for_each(|change| change.draft = moved(change.draft));
        finding.passed.iter_mut().for_each(|passed| passed.draft = moved(passed.draft));
        finding
    }
}

/// The draft's words over the note's, one word a cell, for a finding of `check` on this very draft and these notes.
///
/// **Shape**: in the order of the draft, words the draft dropped standing where they were; every word of the quote once.
/// Empty without evidence and for indirect speech, whose words are the writer's own.
pub fn align(draft: &str, quote: &Quote, finding: &Finding, notes: &Notes) -> Vec<Cell> {
    reading::cells(&as_read(draft, quote), quote, finding, notes)
}

/// The draft as a quote is read in it. Only a comment between its first word and its last is any of its business.
fn as_read<'d>(draft: &'d str, quote: &Quote) -> Cow<'d, str> {
    let whole = quote.content.iter().copied().reduce(Span::join).unwrap_or_default();
    if whole.of(draft).contains("<!--") { draft::blank_comments(draft) } else { Cow::Borrowed(draft) }
}

/// What was folded to make the words equal, for an editor to read: *case, quote marks, 9 = nine*. Empty when nothing was.
pub fn folded_words(draft: &str, finding: &Finding, notes: &Notes) -> String {
    reading::folded_words(draft, finding, notes)
}

/// What the policy let pass, an entry each, for an editor: *filler “um”, counted as trimmed*.
pub fn passed_words(draft: &str, finding: &Finding, notes: &Notes) -> Vec<String> {
    reading::passed_words(draft, finding, notes)
}

/// The words of an alarm's badge: *not lost*, *30 → 13*, *may gained*.
pub fn alarm_words(draft: &str, alarm: &Alarm, finding: &Finding, notes: &Notes) -> String {
    reading::alarm_words(draft, alarm, finding, notes)
}

/// The doubt about who spoke, in a sentence: *The words may be Ines Eze’s or Tomas Eze’s.* Empty where there is none.
pub fn doubt_words(finding: &Finding) -> String {
    let names: Vec<String> = finding.namesakes.iter().map(|name| format!("{name}’s")).collect();
    if names.is_empty() { String::new() } else { format!("The words may be {}.", names.join(" or ")) }
}

/// The edits that put the source's words into the draft: what to replace, and by what.
///
/// Quote marks, the capital a quote begins with and the mark it ends with stay as the copy has them; a skipped middle
/// part becomes an ellipsis. **Shape**: in the order of the draft, never overlapping; an empty span inserts. Empty when
/// the words are the source's already, for indirect speech, and where no passage was found.
pub fn words_from_source(draft: &str, quote: &Quote, finding: &Finding, notes: &Notes) -> Vec<(Span, String)> {
    reading::words_from_source(&draft::blank_comments(draft), quote, finding, notes)
}

/// A folded word is an English word, which a name may be too: *rose*, *black*. Known of common words only.
pub fn is_english(word: &str) -> bool {
    lexicon::is_common(word) || thesaurus::THESAURUS.is_word(word)
}
