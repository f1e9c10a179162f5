//! Who said what: every attribution in a text, marked or not, and what is not copy at all.

mod apposition;
mod attribution;
mod behind;
mod content;
mod cue;
mod front;
mod furniture;
mod graf;
mod leftover;
mod lexicon;
mod live;
mod marks;
mod mention;
mod names;
mod noun;
mod report;
mod source;
mod speaker;
mod subject;
mod title;
mod unmarked;
mod word;

pub use live::Live;

use crate::span::Span;

/// How the draft prints the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// Inside quote marks.
    Direct,
    /// Direct speech whose marks were lost.
    Unmarked,
    /// Indirect speech with some words in marks.
    Mixed,
    /// In the writer's words.
    Indirect,
}

impl Form {
    /// The word on the screen and in reports.
    pub fn word(self) -> &'static str {
        match self {
            Form::Direct => "direct",
            Form::Unmarked => "unmarked",
            Form::Mixed => "mixed",
            Form::Indirect => "indirect",
        }
    }
}

/// Whether the draft says it was said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stance {
    #[default]
    Said,
    /// *asked whether …*
    Asked,
    /// *did not say that …*
    Negated,
    /// *might say …*
    Hypothetical,
}

impl Stance {
    /// The word on the screen and in reports.
    pub fn word(self) -> &'static str {
        match self {
            Stance::Said => "said",
            Stance::Asked => "asked",
            Stance::Negated => "negated",
            Stance::Hypothetical => "hypothetical",
        }
    }
}

/// By which words a speaker was made out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The full name stands in the attribution.
    Name,
    /// Part of a name that stands in full elsewhere (*Schulman*).
    Surname,
    /// *he*, *she*, *they*, *it*.
    Pronoun,
    /// *the senator*, *the company*.
    Role,
    /// The words run on from a quote whose speaker is known.
    RunOn,
    /// A voice the text never names (*insiders*, *foreign media reports*).
    Description,
}

impl By {
    /// The word on the screen and in reports.
    pub fn word(self) -> &'static str {
        match self {
            By::Name => "name",
            By::Surname => "surname",
            By::Pronoun => "pronoun",
            By::Role => "role",
            By::RunOn => "run-on",
            By::Description => "description",
        }
    }
}

/// Who the draft says spoke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The mention the attribution uses ("He").
    pub mention: Span,
    /// The fullest name the text gives that person; none where it gives none.
    pub name: Option<String>,
    pub by: By,
    /// Where that name stands, when it is not the mention itself.
    pub antecedent: Option<Span>,
    /// *insiders*, *a source close to …*.
    pub is_unnamed: bool,
}

/// The words put in someone's mouth, and how the draft says so.
///
/// All spans are UTF-8 bytes into the text that was read, and go stale with the next one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The words without their marks and without the cue, in reading order; several where a cue splits them. Never empty.
    pub content: Vec<Span>,
    /// The parts of `content` that stand in quote marks; empty for unmarked and indirect speech.
    pub marked: Vec<Span>,
    /// The words that attribute it ("stated"); none when the quote runs on from the one before.
    pub cue: Option<Span>,
    pub speaker: Option<Speaker>,
    pub form: Form,
    pub stance: Stance,
    /// Which rule found it, in words an editor can read ("name, cue, colon, capital").
    pub rule: &'static str,
}

impl Quote {
    /// A find with its speaker; none where it has no words.
    fn new(find: &attribution::Find, speaker: Option<Speaker>) -> Option<Quote> {
        let filled = |spans: &[Span]| -> Vec<Span> { spans.iter().copied().filter(|span| !span.is_empty()).collect() };
        let mut content = filled(&find.content);
        content.sort();
        content.dedup();
        (!content.is_empty()).then_some(Quote {
            content,
            marked: filled(&find.marked),
            cue: find.cue,
            speaker,
            form: find.form,
            stance: find.stance,
            rule: find.rule,
        })
    }

    /// The words as the draft prints them, split parts joined by a space.
    pub fn text(&self, draft: &str) -> String {
        self.content.iter().map(|span| span.of(draft)).collect::<Vec<_>>().join(" ")
    }
}

/// All that was found in one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// In the order of their first byte.
    pub quotes: Vec<Quote>,
    /// Newsletters, share lines, comments and the like: not copy. In order, whole lines.
    pub furniture: Vec<Span>,
}

/// Finds every attribution in a text; what stands in a comment is said by nobody. Total: any text, never a panic.
///
/// Cost: linear in the text.
pub fn find(text: &str) -> Reading {
    Live::default().read(text)
}
