//! A comparison as it is read on a terminal.

use crate::ink::Ink;
use crate::quotes::count;
use std::collections::{BTreeSet, HashMap, HashSet};
use stet::desk::{Part, PartChanges};
use stet::redline::{Carry, Class, Kind, Op, WordKind, WordOp, tally};
use stet::span::{self, Span};

/// The parts of a piece that changed, each paragraph with its changes marked, and what changed in all.
pub fn page(parts: &[PartChanges]) -> String {
    let ink = Ink::stdout();
    let mut page = String::new();
    for part in parts.iter().filter(|part| part.part == Part::Body || part.old != part.new) {
        if part.part != Part::Body {
            page += &format!("{}\n", ink.bold(part.part.word()));
        }
        page += &Marking::new(ink, part).page();
    }
    page + &counts_words(parts)
}

/// What changed in all parts together: how much, and what it touches, substance first.
pub fn counts_words(parts: &[PartChanges]) -> String {
    let ink = Ink::stdout();
    let counts = || parts.iter().map(|part| part.redline.counts);
    let (words_in, words_out): (usize, usize) =
        (counts().map(|counts| counts.words_in).sum(), counts().map(|counts| counts.words_out).sum());
    let mut page = count(counts().map(|counts| counts.changes).sum(), "change", "changes");
    page += &format!(" · {} in · {} out", ink.right(&words_in.to_string()), ink.wrong(&words_out.to_string()));
    for (n, one, many) in [
        (counts().map(|counts| counts.moves).sum(), "move", "moves"),
        (counts().map(|counts| counts.splits).sum(), "split", "splits"),
        (counts().map(|counts| counts.merges).sum(), "merge", "merges"),
        (counts().map(|counts| counts.rewrites).sum(), "rewrite", "rewrites"),
        (counts().map(|counts| counts.carries).sum(), "sentence moved", "sentences moved"),
    ] {
        if n > 0 {
            page += &format!(" · {}", count(n, one, many));
        }
    }
    page + "\n" + &classes_words(ink, parts)
}

/// *3 of substance: 2 quotes, 1 number; 14 others, 2 cosmetic*; nothing where nothing changed.
fn classes_words(ink: Ink, parts: &[PartChanges]) -> String {
    let classes = || parts.iter().flat_map(|part| &part.changes).map(|change| change.hunk.class);
    if classes().next().is_none() {
        return String::new();
    }
    let mut words = match classes().filter(|class| class.is_substance()).count() {
        0 => "none of substance".to_owned(),
        n => format!("{}: {}", ink.wrong(&format!("{n} of substance")), tally(classes()).join(", ")),
    };
    let n = |class: Class| classes().filter(|other| *other == class).count();
    if n(Class::Prose) > 0 {
        words += &format!("; {}", count(n(Class::Prose), "other", "others"));
    }
    if n(Class::Cosmetic) > 0 {
        words += &ink.quiet(&format!("; {} cosmetic", n(Class::Cosmetic)));
    }
    words + "\n"
}

/// A part of a piece while it is printed.
struct Marking<'a> {
    ink: Ink,
    changes: &'a PartChanges,
    /// What of substance changed in each op.
    substance: HashMap<usize, BTreeSet<Class>>,
    /// Runs that read the same as before: (op, word).
    cosmetic: HashSet<(usize, usize)>,
}

impl<'a> Marking<'a> {
    fn new(ink: Ink, changes: &'a PartChanges) -> Marking<'a> {
        let (mut substance, mut cosmetic): (HashMap<usize, BTreeSet<Class>>, _) = (HashMap::new(), HashSet::new());
        for hunk in changes.changes.iter().map(|change| &change.hunk) {
            if hunk.is_substance() {
                substance.entry(hunk.op).or_default().insert(hunk.class);
            } else if hunk.class == Class::Cosmetic {
                cosmetic.extend(hunk.words.iter().map(|&word| (hunk.op, word)));
            }
        }
        Marking { ink, changes, substance, cosmetic }
    }

    fn page(&self) -> String {
        let (mut page, mut n_same) = (String::new(), 0);
        for (at, op) in self.changes.redline.ops.iter().enumerate() {
            if op.kind == Kind::Same {
                n_same += op.new.map_or(0, |span| span::lines(span.of(&self.changes.new)).len());
                continue;
            }
            page += &self.same_words(n_same);
            n_same = 0;
            page += &match op.kind {
                Kind::Format => format!("{}\n\n", self.ink.quiet(&self.format_words(op))),
                _ => format!("{}{}\n{}\n", self.kind_words(op), self.substance_words(at), self.op_words(at, op)),
            };
        }
        page + &self.same_words(n_same)
    }

    fn same_words(&self, n_same: usize) -> String {
        match n_same {
            0 => String::new(),
            n => format!("{}\n\n", self.ink.quiet(&format!("{} the same", count(n, "graf", "grafs")))),
        }
    }

    fn old_graf(&self, op: &Op) -> Option<usize> {
        op.old.map(|span| 1 + span::lines(span::before(&self.changes.old, span.start)).len())
    }

    fn format_words(&self, op: &Op) -> String {
        let graf = self.old_graf(op).map_or(String::new(), |graf| format!("graf {graf}: "));
        format!("{graf}only marks or spaces changed")
    }

    fn kind_words(&self, op: &Op) -> String {
        let words = match (op.kind, self.old_graf(op)) {
            (Kind::Move, Some(graf)) => format!("moved from graf {graf}"),
            (Kind::MoveEdit, Some(graf)) => format!("moved from graf {graf} and edited"),
            (kind, _) => kind.word().to_owned(),
        };
        match op.kind {
            Kind::Move | Kind::MoveEdit | Kind::Split | Kind::Merge => self.ink.moved(&words),
            _ => self.ink.quiet(&words),
        }
    }

    /// * · quote, number*
    fn substance_words(&self, at: usize) -> String {
        let Some(classes) = self.substance.get(&at) else { return String::new() };
        let words: Vec<&str> = classes.iter().map(|class| class.word()).collect();
        format!(" · {}", self.ink.wrong(&words.join(", ")))
    }

    /// The paragraph with its changes marked; without word changes the old text out, the new text in.
    fn op_words(&self, at: usize, op: &Op) -> String {
        let PartChanges { old, new, redline, .. } = self.changes;
        if op.words.is_empty() {
            let words =
                |span: Option<Span>, text| span.map_or(String::new(), |span: Span| span.of(text).trim().to_owned());
            let (old, new) = (words(op.old, old), words(op.new, new));
            return match op.kind {
                Kind::Insert => self.ink.inserted(&new) + "\n",
                Kind::Delete => self.ink.deleted(&old) + "\n",
                Kind::Rewrite => format!("{}\n{}\n", self.ink.deleted(&old), self.ink.inserted(&new)),
                _ => new + "\n",
            };
        }
        let mut line = String::new();
        for (n, word) in op.words.iter().enumerate() {
            let carry = redline.carries.iter().find(|carry| match word.kind {
                WordKind::Same => false,
                WordKind::Insert => word.new == Some(carry.new),
                WordKind::Delete => word.old == Some(carry.old),
            });
            line += &match carry {
                Some(carry) => self.carried_words(carry, &word),
                None => self.run_words(&word, self.cosmetic.contains(&(at, n))),
            };
        }
        line.trim_end().to_owned() + "\n"
    }

    /// A sentence that moved, at one of its ends; what was edited on the way is marked where it stands now.
    fn carried_words(&self, carry: &Carry, word: &WordOp) -> String {
        let here = |words: &str| self.ink.carried_here(words);
        if word.kind == WordKind::Delete {
            return marked(self.words_of(word), |words| self.ink.carried_off(words));
        }
        let inner = |word: WordOp| match word.kind {
            WordKind::Same => marked(self.words_of(&word), here),
            _ => self.run_words(&word, false),
        };
        match carry.is_edited() {
            true => carry.words.iter().map(inner).collect(),
            false => marked(self.words_of(word), here),
        }
    }

    fn run_words(&self, word: &WordOp, is_cosmetic: bool) -> String {
        let (ink, words) = (self.ink, self.words_of(word));
        match (word.kind, is_cosmetic) {
            (WordKind::Same, _) => words.to_owned(),
            (WordKind::Insert, true) => marked(words, |words| ink.restyled_in(words)),
            (WordKind::Delete, true) => marked(words, |words| ink.restyled_out(words)),
            (WordKind::Insert, false) => marked(words, |words| ink.inserted(words)),
            (WordKind::Delete, false) => marked(words, |words| ink.deleted(words)),
        }
    }

    fn words_of(&self, word: &WordOp) -> &'a str {
        let new = word.new.map(|span| span.of(&self.changes.new));
        new.or(word.old.map(|span| span.of(&self.changes.old))).unwrap_or_default()
    }
}

/// Marks the words, not the white space around them.
fn marked(run: &str, mark: impl Fn(&str) -> String) -> String {
    let words = run.trim();
    match run.split_once(words) {
        Some((before, after)) if !words.is_empty() => format!("{before}{}{after}", mark(words)),
        _ => run.to_owned(),
    }
}
