//! What a file of any format holds, before it is Markdown: grafs, lists, quotes, tables.

use super::Warning;
use super::form::Form;
use crate::comment::Anchor;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use std::rc::Rc;

/// One thing of a story, in the order it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Graf(Graf),
    /// Lines apart by `\n`.
    Code(String),
    /// A line across the page.
    Rule,
    List(List),
    Quote(Vec<Block>),
    Table(Table),
    Footnote(Footnote),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graf {
    pub role: Role,
    pub runs: Vec<Run>,
}

/// What a graf is, as its style names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    #[default]
    Plain,
    Hed,
    Dek,
    Byline,
    Dateline,
    /// From 1 to 6.
    Heading(usize),
}

/// Words of one look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// `\n` is a line break inside the graf.
    pub text: String,
    pub look: Look,
}

/// How words are set, and where they lead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    pub is_bold: bool,
    pub is_italic: bool,
    pub is_struck: bool,
    /// By its style; no mark of Markdown.
    pub is_dateline: bool,
    /// The words are the mark of a footnote, as [`Run::reference`] writes it.
    pub is_reference: bool,
    pub link: Option<Rc<str>>,
    /// While a file is read; a run has none.
    pub form: Form,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// The first number; none where it has bullets.
    pub first: Option<u64>,
    pub items: Vec<Vec<Block>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The first is the head; a row may be shorter than another.
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    pub runs: Vec<Run>,
    pub side: Side,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    #[default]
    None,
    Right,
    Center,
}

/// What stands at the foot of a page; all of a story stand at its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Footnote {
    /// From 1.
    pub number: usize,
    pub blocks: Vec<Block>,
}

/// Lists and quotes inside each other; what lies deeper is laid flat.
pub const MAX_DEPTH: usize = 12;

/// What Markdown cannot hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loss {
    Picture,
    Object,
    TextBox,
    Comment,
    Change,
    Hidden,
    Equation,
    Symbol,
    Contents,
    Cells,
    Link,
    Look,
    Shift,
    Underline,
    Capitals,
    Colour,
    Header,
    Deep,
    Page,
}

impl Loss {
    fn words(self) -> &'static str {
        match self {
            Loss::Picture => "Pictures were left out",
            Loss::Object => "Embedded sheets and objects were left out",
            Loss::TextBox => "The words of text boxes stand below the graf they were tied to",
            Loss::Comment => "Comments were left out",
            Loss::Change => "Tracked changes were read as if accepted",
            Loss::Hidden => "Hidden words were left out",
            Loss::Equation => "Equations stand as their letters alone",
            Loss::Symbol => "Letters of a symbol typeface could not be read and were left out",
            Loss::Contents => "Tables of contents were left out",
            Loss::Cells => "Cells that were merged or held more than one graf were laid flat",
            Loss::Link => "Links that lead to no public place stand as words",
            Loss::Look => "Bold or italic that Markdown has no marks for was left out",
            Loss::Shift => "Raised or lowered letters without a sign of their own stand on the line",
            Loss::Underline => "Underlining was left out",
            Loss::Capitals => "Words shown in capitals or small capitals stand as they were typed",
            Loss::Colour => "Colours and highlighting of words were left out",
            Loss::Header => "Page headers and footers were left out",
            Loss::Page => "Navigation, side columns and footers of the page were left out",
            Loss::Deep => "What was nested deeper than twelve lists or quotes was laid flat",
        }
    }
}

/// A story as it was read, and what of it was lost on the way.
#[derive(Debug, Default)]
pub struct Story {
    pub blocks: Vec<Block>,
    pub losses: Losses,
    /// What is said about its words.
    pub threads: Vec<Thread>,
    /// It has styles for hed and byline, as Stet writes them: what is in none of them is in the body.
    pub names_its_head: bool,
    /// Its words have their Markdown marks.
    pub is_as_typed: bool,
    /// It tracks changes, and is one of two texts.
    pub is_tracked: bool,
    /// Who made which of the changes that it tracks and this text has, in the order of the text.
    pub tellings: Vec<Telling>,
}

/// Who made a tracked change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Telling {
    /// Empty where the file does not say.
    pub by: String,
    pub at: Option<DateTime<Utc>>,
    /// The words that came, or that went, in the plain text of the story.
    pub anchor: Anchor,
}

/// What is said about words of a file, the first remark and the answers to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thread {
    /// Never empty.
    pub said: Vec<Said>,
    pub is_resolved: bool,
    /// The words it stands on: of the story as plain text, and once it is a piece, of the body. Empty where there are none.
    pub anchor: Anchor,
}

/// One remark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Empty where the file does not say.
    pub by: String,
    pub at: Option<DateTime<Utc>>,
    pub text: String,
}

/// What was lost, and in which grafs.
#[derive(Debug, Default)]
pub struct Losses {
    places: BTreeMap<Loss, Vec<usize>>,
    /// How many grafs were begun.
    n_grafs: usize,
}

impl Losses {
    pub fn begin_graf(&mut self) {
        self.n_grafs += 1;
    }

    /// Something was lost in the graf that was begun last.
    pub fn add(&mut self, loss: Loss) {
        let places = self.places.entry(loss).or_default();
        if places.last() != Some(&self.n_grafs) {
            places.push(self.n_grafs);
        }
    }

    /// Something of the whole file was lost.
    pub fn add_everywhere(&mut self, loss: Loss) {
        self.places.entry(loss).or_default();
    }

    pub fn has(&self, loss: Loss) -> bool {
        self.places.contains_key(&loss)
    }

    /// It was no loss after all.
    pub fn forget(&mut self, loss: Loss) {
        self.places.remove(&loss);
    }

    /// Those of what stands behind: its grafs are counted on.
    pub fn append(&mut self, next: Losses) {
        for (loss, places) in next.places {
            let places = places.into_iter().map(|place| place + self.n_grafs);
            self.places.entry(loss).or_default().extend(places);
        }
        self.n_grafs += next.n_grafs;
    }

    /// A sentence each, with the grafs it is about; grafs are counted from 1 as they stand in the file.
    pub fn warnings(&self) -> impl Iterator<Item = Warning> + '_ {
        self.places.iter().map(|(loss, places)| Warning::whole(format!("{}{}.", loss.words(), place_words(places))))
    }
}

/// * (grafs 3, 7 and 12)*; at most eight are named.
fn place_words(places: &[usize]) -> String {
    const N_NAMED: usize = 8;
    let named: Vec<String> = places.iter().filter(|place| **place > 0).take(N_NAMED).map(usize::to_string).collect();
    let rest = match places.len().saturating_sub(N_NAMED) {
        0 => String::new(),
        n_more => format!(" and {n_more} more"),
    };
    match named.len() {
        0 => String::new(),
        1 => format!(" (graf {})", named[0]),
        _ if !rest.is_empty() => format!(" (grafs {}{rest})", named.join(", ")),
        n => format!(" (grafs {} and {})", named[..n - 1].join(", "), named[n - 1]),
    }
}

impl Run {
    pub fn plain(text: impl Into<String>) -> Run {
        Run { text: text.into(), look: Look::default() }
    }

    /// The mark of a footnote, as Markdown has it.
    pub fn reference(number: usize) -> Run {
        Run { text: format!("[^{number}]"), look: Look { is_reference: true, ..Look::default() } }
    }
}

/// The words of runs, without their looks.
pub fn words_of(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// Nothing but white space.
pub fn is_blank(runs: &[Run]) -> bool {
    runs.iter().all(|run| run.text.trim().is_empty())
}

/// A graf from its runs; where lines are left free inside it, several.
pub fn grafs(role: Role, runs: Vec<Run>) -> Vec<Block> {
    let mut grafs: Vec<Vec<Run>> = vec![Vec::new()];
    let mut n_breaks = 0;
    for run in runs {
        for (n, line) in run.text.split('\n').enumerate() {
            n_breaks += usize::from(n > 0);
            if line.trim_matches([' ', '\t']).is_empty() && (n_breaks > 0 || line.is_empty()) {
                continue;
            }
            let begins = grafs.last().is_none_or(Vec::is_empty);
            if n_breaks > 1 && !begins {
                grafs.push(Vec::new());
            }
            let break_before = if n_breaks == 1 && !begins { "\n" } else { "" };
            n_breaks = 0;
            let text = format!("{break_before}{line}");
            grafs.last_mut().expect("there is always one").push(Run { text, look: run.look.clone() });
        }
    }
    let grafs = grafs.into_iter().filter(|runs| !is_blank(runs));
    grafs.map(|runs| Block::Graf(Graf { role, runs })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_left_free_ends_a_graf() {
        let texts = |text: &str| -> Vec<String> {
            let blocks = grafs(Role::Plain, vec![Run::plain(text)]);
            blocks
                .iter()
                .map(|block| if let Block::Graf(graf) = block { words_of(&graf.runs) } else { String::new() })
                .collect()
        };
        assert_eq!(texts("one\ntwo\n\nthree\n \nfour"), ["one\ntwo", "three", "four"]);
        assert_eq!(texts("\n\n"), [""; 0]);
    }

    #[test]
    fn a_loss_names_its_grafs() {
        let mut losses = Losses::default();
        for n in 1..=12 {
            losses.begin_graf();
            if n != 2 {
                losses.add(Loss::Picture);
                losses.add(Loss::Picture);
            }
        }
        losses.add_everywhere(Loss::Header);
        losses.add(Loss::Comment);
        let said: Vec<String> = losses.warnings().map(|warning| warning.message).collect();
        assert_eq!(
            said,
            [
                "Pictures were left out (grafs 1, 3, 4, 5, 6, 7, 8, 9 and 3 more).",
                "Comments were left out (graf 12).",
                "Page headers and footers were left out."
            ]
        );
    }
}
