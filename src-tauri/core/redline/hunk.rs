//! The changes of a redline as an editor steps through them.

use super::bond::keep_pairs;
use super::carry::{self, Carry, Place};
use super::class::{Class, Reader, Speech};
use super::token::{Sort, tokens};
use super::{Kind, Op, Redline, WordKind, WordOp};
use crate::span::Span;
use std::collections::{HashMap, HashSet};

/// One change as an editor steps through it. Its place in `Redline::hunks` is its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// Its op's place in `Redline::ops`.
    pub op: usize,
    /// Its runs' places in the op's `words`, in order; none, or only white space, when the op's place is the change.
    pub words: Vec<usize>,
    /// Runs of other ops, or further on in this one, that are the same change: where a moved sentence stood. (op, word)
    pub far: Vec<(usize, usize)>,
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

    /// How the redline falls into changes that can be taken back one by one.
    pub(super) fn cuts(&self, old: &str, new: &str) -> Vec<Cut> {
        let carried = carry::places(self);
        let places: HashSet<Place> = carried.iter().flat_map(|&(gone, come)| [gone, come]).collect();
        let mut cuts = Vec::new();
        for (at, op) in self.ops.iter().enumerate() {
            cut_op(at, op, old, new, &|word| places.contains(&(at, word)), &mut cuts);
        }
        link(&mut cuts, &carried);
        cuts
    }
}

/// A moved sentence is one change: it stands where it came, and what went belongs to it.
fn link(cuts: &mut Vec<Cut>, carried: &[(Place, Place)]) {
    let mut owner = HashMap::new();
    for (at, cut) in cuts.iter().enumerate() {
        for &word in &cut.words {
            owner.entry((cut.op, word)).or_insert(at);
        }
    }
    let is_gone: HashSet<Place> = carried.iter().map(|carry| carry.0).collect();
    let mut is_told = vec![false; cuts.len()];
    for &(gone, come) in carried {
        let (Some(&from), Some(&to)) = (owner.get(&gone), owner.get(&come)) else { continue };
        if from == to {
            continue;
        }
        cuts[to].far.push(gone);
        if cuts[from].shape == Shape::Carry
            && cuts[from].words.iter().all(|&word| is_gone.contains(&(cuts[from].op, word)))
        {
            is_told[from] = true;
        } else {
            cuts[from].far.push(come);
        }
    }
    for cut in cuts.iter_mut().filter(|cut| cut.shape == Shape::Whole) {
        let holds = |place: Place| place.0 == cut.op && cut.words.binary_search(&place.1).is_ok();
        let beyond = |&(gone, come): &(Place, Place)| match (holds(gone), holds(come)) {
            (true, false) => Some(come),
            (false, true) => Some(gone),
            _ => None,
        };
        cut.far = carried.iter().filter_map(beyond).collect();
    }
    let mut is_told = is_told.into_iter();
    cuts.retain(|_| is_told.next() != Some(true));
}

/// A change: an op, the word runs in it that belong together, and whether the op's place is part of it.
pub(super) struct Cut {
    pub op: usize,
    pub words: Vec<usize>,
    pub shape: Shape,
    /// Runs elsewhere that belong to it: (op, word).
    pub far: Vec<Place>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Where the op stands.
    Move,
    /// The breaks between paragraphs in a split or a merge.
    Joint,
    /// All of the op.
    Whole,
    /// A run of words.
    Words,
    /// A sentence that moved.
    Carry,
}

fn cut_op(at: usize, op: &Op, old: &str, new: &str, is_carried: &dyn Fn(usize) -> bool, cuts: &mut Vec<Cut>) {
    let changed = |is_in: &dyn Fn(&WordOp) -> bool| -> Vec<usize> {
        let is_changed = |(n, word): &(usize, WordOp)| word.kind != WordKind::Same && !is_carried(*n) && is_in(word);
        op.words.iter().enumerate().filter(is_changed).map(|(n, _)| n).collect()
    };
    let is_space = |word: &WordOp| words_of(word, old, new).trim().is_empty();
    let carried: Vec<Vec<usize>> = (0..op.words.len()).filter(|&n| is_carried(n)).map(|n| vec![n]).collect();
    let shape = match op.kind {
        Kind::Same => return,
        Kind::Insert | Kind::Delete | Kind::Rewrite | Kind::Format => Some(Shape::Whole),
        Kind::Move | Kind::MoveEdit => Some(Shape::Move),
        Kind::Split | Kind::Merge => Some(Shape::Joint),
        Kind::Edit => None,
    };
    let is_apart = |word: &WordOp| shape.is_some() && is_space(word);
    let mut groups = if shape == Some(Shape::Whole) { Vec::new() } else { runs(op, old, new, is_apart, is_carried) };
    let places = match shape {
        Some(Shape::Whole) => changed(&|_| true),
        Some(_) => changed(&is_space),
        None => Vec::new(),
    };
    let joints = if shape == Some(Shape::Joint) { places.clone() } else { Vec::new() };
    groups.insert(0, places);
    let is_bare = carried.is_empty();
    groups.extend(carried);
    let mut groups = keep_pairs(op, groups, &joints, old, new).into_iter();
    let words = groups.next().unwrap_or_default();
    let (is_whole, has_rest) = (shape == Some(Shape::Whole), !words.is_empty());
    if let Some(shape) = shape.filter(|_| !is_whole || is_bare) {
        cuts.push(Cut { op: at, words, shape, far: Vec::new() });
    }
    cuts.extend(groups.map(|words| {
        let shape = if words.iter().all(|&word| is_carried(word)) { Shape::Carry } else { Shape::Words };
        Cut { op: at, words, shape, far: Vec::new() }
    }));
    // Who puts a cut graf back wants all of it, also the sentence that went elsewhere.
    if is_whole && has_rest && !is_bare {
        let words =
            op.words.iter().enumerate().filter(|(_, word)| word.kind != WordKind::Same).map(|(n, _)| n).collect();
        cuts.push(Cut { op: at, words, shape: Shape::Whole, far: Vec::new() });
    }
}

/// The changed text of a word op, or the text that stayed.
pub(super) fn words_of<'a>(word: &WordOp, old: &'a str, new: &'a str) -> &'a str {
    match (word.old, word.new) {
        (_, Some(span)) => span.of(new),
        (Some(span), None) => span.of(old),
        (None, None) => "",
    }
}

/// Changed words that read as one: next to each other, or with no more than a stray *the* between.
fn runs(
    op: &Op,
    old: &str,
    new: &str,
    is_apart: impl Fn(&WordOp) -> bool,
    is_carried: &dyn Fn(usize) -> bool,
) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut is_open = false;
    for (at, word) in op.words.iter().enumerate() {
        if word.kind == WordKind::Same {
            is_open &= is_stray(words_of(&word, old, new));
        } else if is_apart(&word) || is_carried(at) {
            is_open = false;
        } else if let (true, Some(group)) = (is_open, groups.last_mut()) {
            group.push(at);
        } else {
            groups.push(vec![at]);
            is_open = true;
        }
    }
    groups
}

fn is_stray(words: &str) -> bool {
    if words.len() > 24 || words.contains('\n') {
        return false;
    }
    let list = tokens(words, Span::new(0, words.len()));
    list.len() <= 1 && list.iter().all(|token| token.sort() == Sort::Little)
}

fn hunk(cut: Cut, redline: &Redline, old: &str, new: &str, reader: &Reader) -> Hunk {
    let (ops, op) = (&redline.ops, &redline.ops[cut.op]);
    let is_place = cut.shape == Shape::Move;
    let runs: Vec<WordOp> = cut.words.iter().filter_map(|&at| op.words.get(at)).collect();
    let reach = |side: &dyn Fn(&WordOp) -> Option<Span>| runs.iter().filter_map(side).reduce(Span::join);
    let spans = if is_place { (op.old, op.new) } else { (reach(&|word| word.old), reach(&|word| word.new)) };
    let far: Vec<WordOp> = cut.far.iter().filter_map(|&(op, word)| ops.get(op)?.words.get(word)).collect();
    let spans = if cut.shape == Shape::Carry {
        (far.iter().filter_map(|word| word.old).reduce(Span::join), spans.1)
    } else {
        spans
    };
    let edits: Vec<WordOp> = match cut.shape {
        Shape::Carry => runs.iter().filter_map(|run| carry::come(redline, run.new?)).flat_map(Carry::edits).collect(),
        _ => Vec::new(),
    };
    let class = match cut.shape {
        Shape::Carry if !edits.is_empty() => reader.class(&edits),
        Shape::Move | Shape::Joint | Shape::Carry => Class::Prose,
        Shape::Whole if op.kind == Kind::Format => Class::Cosmetic,
        _ => reader.class(&runs),
    };
    let (old_words, new_words) = if is_place || cut.shape == Shape::Carry {
        let words = |span: Option<Span>, text: &str| span.map_or(String::new(), |span| span.of(text).trim().to_owned());
        (words(spans.0, old), words(spans.1, new))
    } else {
        (read(op, &cut.words, old, true), read(op, &cut.words, new, false))
    };
    let title = match edits[..] {
        [] => title(op, cut.shape, class, old, new),
        _ => "Sentence moved and edited".to_owned(),
    };
    Hunk {
        op: cut.op,
        words: cut.words,
        far: cut.far,
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
