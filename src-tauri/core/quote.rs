//! Who said what: every attribution in a text, marked or not, and what is not copy at all.

mod attribution;
mod behind;
mod content;
mod cue;
mod front;
mod furniture;
mod graf;
mod leftover;
mod lexicon;
mod marks;
mod mention;
mod names;
mod noun;
mod report;
mod speaker;
mod unmarked;
mod word;

use crate::span::Span;
use attribution::Find;
use graf::Graf;
use names::Names;
use speaker::Memory;

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

/// Finds every attribution in a text. Total: any text, never a panic.
///
/// Cost: linear in the text.
pub fn find(text: &str) -> Reading {
    let lines = furniture::lines(text);
    let furniture = furniture::find(text, &lines);
    let grafs = grafs(text, &lines, &furniture);
    let names = Names::read(text, &grafs);
    let mut memory = Memory::default();
    let mut quotes = Vec::new();
    let mut lead = None;
    let copy: Vec<&Graf> = grafs.iter().filter(|graf| !graf.is_heading).collect();
    for (at, graf) in copy.iter().enumerate() {
        let signed = copy.get(at + 1).and_then(|next| attribution::signature(next));
        let finds = attribution::find(graf, lead.as_ref(), signed, &|words| names.is_known(words));
        lead = attribution::lead(graf);
        for find in finds {
            let speaker = speaker::resolve(text, &names, graf.span, &find, &mut memory);
            quotes.extend(quote(find, speaker));
        }
    }
    quotes.sort_by_key(|quote| (quote.content[0], quote.cue));
    Reading { quotes, furniture }
}

fn grafs<'t>(text: &'t str, lines: &[Span], furniture: &[Span]) -> Vec<Graf<'t>> {
    let mut grafs: Vec<Graf> = Vec::new();
    let mut furniture = furniture.iter().peekable();
    for line in lines {
        if furniture.next_if_eq(&line).is_some() {
            continue;
        }
        let is_inside = grafs.last().and_then(|graf| graf.passages.last()).is_some_and(|passage| passage.is_open);
        grafs.push(Graf::read(text, *line, is_inside));
    }
    grafs
}

fn quote(find: Find, speaker: Option<Speaker>) -> Option<Quote> {
    let mut content: Vec<Span> = find.content.into_iter().filter(|span| !span.is_empty()).collect();
    content.sort();
    content.dedup();
    let marked = find.marked.into_iter().filter(|span| !span.is_empty()).collect();
    (!content.is_empty()).then_some(Quote {
        content,
        marked,
        cue: find.cue,
        speaker,
        form: find.form,
        stance: find.stance,
        rule: find.rule,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn assert_lawful(text: &str) -> Result<(), TestCaseError> {
        let reading = find(text);
        let mut last = 0;
        for quote in &reading.quotes {
            prop_assert!(!quote.content.is_empty(), "a quote without words is none");
            prop_assert!(quote.content[0].start >= last, "quotes come in the order of the text");
            last = quote.content[0].start;
            let mention = quote.speaker.as_ref().map(|speaker| speaker.mention);
            let antecedent = quote.speaker.as_ref().and_then(|speaker| speaker.antecedent);
            for span in
                quote.content.iter().chain(&quote.marked).copied().chain(quote.cue).chain(mention).chain(antecedent)
            {
                prop_assert!(
                    span.end <= text.len() && !span.is_empty(),
                    "a span lies inside the text and holds something"
                );
                prop_assert!(
                    text.is_char_boundary(span.start) && text.is_char_boundary(span.end),
                    "a span cuts no char"
                );
            }
            prop_assert!(quote.content.windows(2).all(|pair| pair[0].end <= pair[1].start), "parts come in order");
            prop_assert!(
                reading.furniture.iter().all(|line| !line.overlaps(quote.content[0])),
                "furniture is not read"
            );
        }
        Ok(())
    }

    /// Text made of what the finder looks for, in no sensible order.
    fn newsy() -> impl Strategy<Value = String> {
        let pieces = [
            "he said",
            "She",
            " ",
            " ",
            ", ",
            ". ",
            ": ",
            "“",
            "”",
            "\"",
            "‘",
            "’",
            "'",
            "''",
            "``",
            "«",
            "»",
            "„",
            "(",
            ")",
            "\n",
            "\n\n",
            "that ",
            "according to ",
            "Jane Roe",
            "Roe",
            "the mayor",
            "saying",
            "told reporters",
            "asked whether",
            "and ",
            "who ",
            "was ",
            "# ",
            "> ",
            "**",
            "[a](b)",
            "NOTE: ",
            "Read more",
            "é",
            "😀",
            "\u{301}",
            "U.S.",
            "Mr. ",
            "— ",
            "… ",
            "It is over",
            "called ",
            "to ",
            "accused ",
            "of ",
        ];
        prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..60).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in ".*") {
            assert_lawful(&text)?;
        }

        #[test]
        fn newsy_text_is_read(text in newsy()) {
            assert_lawful(&text)?;
        }
    }
}
