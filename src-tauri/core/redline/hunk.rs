//! The changes of a redline as an editor steps through them.

use super::carry::{self, Carry};
use super::class::{Class, Reader, Speech};
use super::cut::{Cut, Shape, is_stray};
use super::{Kind, Op, Redline, WordKind, WordOp};
use crate::span::Span;

/// One change as an editor steps through it. Its place in `Redline::hunks` is its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// Its op's place in `Redline::ops`.
    pub op: usize,
    /// Its runs' places in the op's `words`, in order; none, or only white space, when the op's place is the change.
    pub words: Vec<usize>,
    /// Runs of other ops, or further on in this one, that are the same change: where a moved sentence stood. (op, word)
    pub far: Vec<(usize, usize)>,
    /// The change was made to a sentence on its way: the sentence's place in `Redline::carries`, and the runs' places in its
    /// `words`.
    pub inner: Option<(usize, Vec<usize>)>,
    /// The change is where the op stands: taking it back puts the graf where it stood.
    pub is_move: bool,
    pub class: Class,
    /// *Number*, *Moved*, *Moved and edited*, *Split in two*, *Graf added*: for a list.
    pub title: String,
    /// From its first byte to its last in each text; none where it has none there.
    pub old: Option<Span>,
    pub new: Option<Span>,
    /// The words before and after, as written, trimmed; a long paragraph whole.
    pub old_words: String,
    pub new_words: String,
}

impl Hunk {
    /// A fact may have changed, not only its wording.
    pub fn is_substance(&self) -> bool {
        self.class.is_substance()
    }
}

impl Redline {
    /// The changes in the order of the ops, classed by what they touch. How they are cut does not depend on `Speech`.
    pub fn hunks(&self, old: &str, new: &str, old_speech: &Speech, new_speech: &Speech) -> Vec<Hunk> {
        let reader = Reader::new(old, new, old_speech, new_speech);
        self.cuts(old, new).into_iter().map(|cut| hunk(cut, self, old, new, &reader)).collect()
    }
}

fn hunk(cut: Cut, redline: &Redline, old: &str, new: &str, reader: &Reader) -> Hunk {
    let moving;
    let (op, words) = match &cut.inner {
        Some((carry, words)) => {
            moving = redline.carries[*carry].op();
            (&moving, words)
        }
        None => (&redline.ops[cut.op], &cut.words),
    };
    let is_place = cut.shape == Shape::Move;
    let runs: Vec<WordOp> = words.iter().filter_map(|&at| op.words.get(at)).collect();
    let reach = |side: &dyn Fn(&WordOp) -> Option<Span>| runs.iter().filter_map(side).reduce(Span::join);
    let spans = if is_place { (op.old, op.new) } else { (reach(&|word| word.old), reach(&|word| word.new)) };
    let far = cut.far.iter().filter_map(|&(op, word)| redline.ops.get(op)?.words.get(word));
    let spans = match cut.shape {
        Shape::Carry => (far.filter_map(|word| word.old).reduce(Span::join), spans.1),
        _ => spans,
    };
    let class = match cut.shape {
        Shape::Move => Class::Prose,
        // What came is the sentence, and what went the marks beside it.
        Shape::Carry => {
            let marks: Vec<WordOp> = runs.iter().filter(|run| run.kind == WordKind::Delete).copied().collect();
            reader.class(&marks).min(Class::Prose)
        }
        Shape::Joint => reader.class(&runs).min(Class::Prose),
        Shape::Whole if op.kind == Kind::Format => Class::Cosmetic,
        _ => reader.class(&runs),
    };
    let (old_words, new_words) = if is_place || cut.shape == Shape::Carry {
        let words = |span: Option<Span>, text: &str| span.map_or(String::new(), |span| span.of(text).trim().to_owned());
        (words(spans.0, old), words(spans.1, new))
    } else {
        (read(op, words, old, true), read(op, words, new, false))
    };
    let is_edited = |run: &WordOp| run.new.and_then(|new| carry::come(redline, new)).is_some_and(Carry::is_edited);
    let title = match cut.shape {
        Shape::Carry if runs.iter().any(is_edited) => "Sentence moved and edited".to_owned(),
        shape => title(op, shape, class, old, new),
    };
    Hunk {
        op: cut.op,
        words: cut.words,
        far: cut.far,
        inner: cut.inner,
        is_move: is_place,
        class,
        title,
        old: spans.0,
        new: spans.1,
        old_words,
        new_words,
    }
}

/// What a run of words reads on one side, with the stray words inside it, and an ellipsis where it is in parts.
fn read(op: &Op, words: &[usize], text: &str, is_old: bool) -> String {
    let reach = |word: WordOp| if is_old { word.old } else { word.new };
    let (mut read, mut between) = (String::new(), String::new());
    let (Some(&first), Some(&last)) = (words.first(), words.last()) else { return read };
    for at in first..=last {
        let Some(own) = op.words.get(at).and_then(reach).map(|span| span.of(text)) else { continue };
        if words.binary_search(&at).is_err() {
            between.push_str(own);
        } else {
            read.push_str(if is_stray(&between) || read.is_empty() { &between } else { " … " });
            read.push_str(own);
            between.clear();
        }
    }
    read.trim().to_owned()
}

fn title(op: &Op, shape: Shape, class: Class, old: &str, new: &str) -> String {
    let count = |span: Option<Span>, text: &str| span.map_or(0, |span| crate::span::lines(span.of(text)).len());
    let number = |n: usize| ["none", "one", "two", "three", "four", "five", "six"].get(n).copied().unwrap_or("many");
    match (shape, op.kind) {
        (Shape::Move, kind) => {
            let moved = match count(op.new, new) {
                0 | 1 => "Moved".to_owned(),
                n => format!("{n} grafs moved"),
            };
            if kind == Kind::MoveEdit { moved + " and edited" } else { moved }
        }
        (Shape::Joint, Kind::Merge) => format!("Merged from {}", number(count(op.old, old))),
        (Shape::Joint, _) => format!("Split in {}", number(count(op.new, new))),
        (Shape::Carry, _) => "Sentence moved".to_owned(),
        (Shape::Whole, Kind::Insert) => "Graf added".to_owned(),
        (Shape::Whole, Kind::Delete) => "Graf cut".to_owned(),
        (Shape::Whole, Kind::Rewrite) => "Rewritten".to_owned(),
        _ => class.title().to_owned(),
    }
}
