//! Is it what they said: each quote held against the notes, word by word.

use crate::note::{Note, NoteId};
use crate::quote::Quote;
use crate::span::Span;
use chrono::{DateTime, Utc};

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

/// Whether the agreed terms allow this use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermsFinding {
    Ok,
    /// On background, yet the draft names the source.
    NameWithheld,
    OffTheRecord,
    EmbargoedUntil(DateTime<Utc>),
    ConfidentialSourceNamed,
}

impl TermsFinding {
    /// The words on the screen and in reports.
    pub fn words(self) -> String {
        match self {
            TermsFinding::Ok => "ok".into(),
            TermsFinding::NameWithheld => "name withheld".into(),
            TermsFinding::OffTheRecord => "off the record".into(),
            TermsFinding::EmbargoedUntil(until) => format!("embargoed until {}", until.format("%Y-%m-%dT%H:%MZ")),
            TermsFinding::ConfidentialSourceNamed => "confidential source named".into(),
        }
    }
}

/// A passage of a note that a verdict rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    pub note: NoteId,
    /// Bytes into the note's text.
    pub span: Span,
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
    /// Best first; empty for *not found* and *no note*. `changes` and `alarms` speak of the first one's note.
    pub evidence: Vec<Evidence>,
    /// In the order of the draft.
    pub changes: Vec<Change>,
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

/// Notes made ready to be searched.
///
/// Invariant: equal notes give an equal index, whatever was indexed before.
pub struct Notes {
    notes: Vec<Note>,
}

impl Notes {
    /// Reads the notes once. Cost: linear in their length.
    pub fn new(notes: Vec<Note>) -> Notes {
        Notes { notes }
    }

    /// The note of that id, if it is among them.
    pub fn get(&self, id: NoteId) -> Option<&Note> {
        self.notes.iter().find(|note| note.id == id)
    }

    /// All of them, in the order given.
    pub fn all(&self) -> &[Note] {
        &self.notes
    }
}

/// Holds every quote against the notes: one finding for each quote, in the same order. Total.
pub fn check(_draft: &str, quotes: &[Quote], _notes: &Notes, _now: DateTime<Utc>) -> Vec<Finding> {
    quotes
        .iter()
        .map(|_| Finding {
            verdict: Verdict::NoNote,
            alarms: Vec::new(),
            terms: TermsFinding::Ok,
            evidence: Vec::new(),
            changes: Vec::new(),
        })
        .collect()
}

/// The draft's words over the note's, one word a cell, for a finding of `check` on this very draft and these notes.
///
/// **Shape**: in the order of the draft, words the draft dropped standing where they were; every word of the quote once.
/// Empty without evidence and for indirect speech, whose words are the writer's own.
pub fn align(draft: &str, quote: &Quote, finding: &Finding, notes: &Notes) -> Vec<Cell> {
    let evidence = finding.evidence.first().filter(|evidence| notes.get(evidence.note).is_some());
    let Some(evidence) = evidence else { return Vec::new() };
    let first = quote.content.first().map(|span| Cell { draft: span.trim(draft), note: evidence.span, change: None });
    first.into_iter().collect()
}

/// What was folded to make the words equal, for an editor to read: *case, quote marks, 9 = nine*. Empty when nothing was.
pub fn folded_words(_draft: &str, _finding: &Finding, _notes: &Notes) -> String {
    String::new()
}

/// The words of an alarm's badge: *not lost*, *30 → 13*, *may gained*.
pub fn alarm_words(draft: &str, alarm: &Alarm, finding: &Finding, notes: &Notes) -> String {
    let note = finding.evidence.first().and_then(|evidence| notes.get(evidence.note));
    let note_words = note.map(|note| alarm.note.of(&note.text)).unwrap_or_default();
    match (alarm.draft.of(draft), note_words) {
        (draft_words, "") => format!("{draft_words} gained"),
        ("", note_words) => format!("{note_words} lost"),
        (draft_words, note_words) => format!("{note_words} → {draft_words}"),
    }
}

/// The edits that put the source's words into the draft: what to replace, and by what.
///
/// Quote marks, the capital a quote begins with and the mark it ends with stay as the copy has them; a skipped middle
/// part becomes an ellipsis. **Shape**: in the order of the draft, never overlapping; an empty span inserts. Empty when
/// the words are the source's already, for indirect speech, and where no passage was found.
pub fn words_from_source(_draft: &str, _quote: &Quote, _finding: &Finding, _notes: &Notes) -> Vec<(Span, String)> {
    Vec::new()
}
