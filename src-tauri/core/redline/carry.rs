//! Sentences that stand elsewhere than they did: in another place of their graf, or in another graf.

use super::fold::{ByHash, hash};
use super::kin::Bag;
use super::order::in_order;
use super::side::Side;
use super::token::{Sort, Token};
use super::unit::Unit;
use super::word::align_parts;
use super::{Kind, Op, Redline, WordKind, WordOp, Words};
use crate::draft::{ENDS, sentence_end};
use crate::span::{Span, after};
use std::collections::HashMap;

/// A sentence, or several in a row, moved inside its graf or into another.
///
/// `old` is the whole of a deletion among the words of an op, `new` of an insertion; white space at their ends may differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carry {
    pub old: Span,
    pub new: Span,
    /// What was edited on the way: every byte of `old` and of `new` once, in order. Empty where each word is as it was.
    pub words: Words,
}

impl Carry {
    /// Some of its words are not as they were.
    pub fn is_edited(&self) -> bool {
        !self.words.is_empty()
    }

    /// The sentence as if it were a paragraph by itself.
    pub fn op(&self) -> Op {
        Op { kind: Kind::MoveEdit, old: Some(self.old), new: Some(self.new), words: self.words.clone() }
    }

    /// The runs that came or went on the way.
    pub fn edits(&self) -> impl Iterator<Item = WordOp> {
        self.words.iter().filter(|word| word.kind != WordKind::Same)
    }
}

/// So many words, and so many that are not little, make a sentence known again.
const MIN_WORDS: usize = 5;
const MIN_CONTENT_WORDS: usize = 3;
/// One that was edited too keeps so much of its words, in thousandths, and so many that are not little, in weight.
const MIN_LIKENESS: u32 = 550;
const MIN_WEIGHT: u32 = 30;
/// So much of it came or went, in hundredths: of the rest single words stand where it stood.
const MOSTLY: usize = 70;
/// Of more sentences than these that came or went, none is looked for: a text made anew kept none.
const MOST_SENTENCES: usize = 200;

/// What became of sentences, asked and answered in the order of `compare`; bytes of the sentences alone.
#[derive(Default)]
pub struct Carries {
    /// Sorted by their place on the left.
    pairs: Vec<Pair>,
    /// The places on the right, sorted.
    rights: Vec<Span>,
    /// The sentences of each side that stand once in it, and not in the other.
    open: (Vec<Sentence>, Vec<Sentence>),
}

/// A sentence at both its places.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Pair {
    left: Span,
    right: Span,
    /// Both stand in grafs that became one another.
    is_home: bool,
    is_edited: bool,
}

#[derive(Clone, Copy)]
struct Sentence {
    span: Span,
    /// Equal for the grafs of both texts that became one another.
    home: usize,
}

impl Carries {
    /// Sentences that stand once among the grafs that changed, and elsewhere in the other text.
    ///
    /// Cost: linear in the words of the grafs that changed.
    pub fn find(left: &Side, right: &Side, units: &[Unit]) -> Carries {
        let (mut lefts, mut rights) = (Vec::new(), Vec::new());
        let mut home = 0;
        for unit in units {
            let is_block = unit.left.len() == unit.right.len();
            let is_changed = |n: usize| !is_block || left.hash(unit.left.start + n) != right.hash(unit.right.start + n);
            for (n, at) in unit.left.clone().enumerate().filter(|(n, _)| is_changed(*n)) {
                read(left, at, home + if is_block { n } else { 0 }, &mut lefts);
            }
            for (n, at) in unit.right.clone().enumerate().filter(|(n, _)| is_changed(*n)) {
                read(right, at, home + if is_block { n } else { 0 }, &mut rights);
            }
            home += unit.left.len().max(1);
        }
        let (mut pairs, open) = once_in_each((left.text, &lefts), (right.text, &rights));
        pairs.sort_unstable_by_key(|(one, other)| (one.home, other.home, one.span));
        let mut carries = Carries { open, ..Carries::default() };
        for same in pairs.chunk_by(|one, next| (one.0.home, one.1.home) == (next.0.home, next.1.home)) {
            let is_home = same[0].0.home == same[0].1.home;
            let stays = if is_home { stays(same) } else { vec![false; same.len()] };
            let carried = same.iter().zip(stays).filter(|(_, stays)| !stays);
            let pair = |(left, right): (Span, Span)| Pair { left, right, is_home, is_edited: false };
            carries.pairs.extend(carried.map(|(same, _)| pair((same.0.span, same.1.span))));
        }
        carries.sort();
        carries
    }

    fn sort(&mut self) {
        self.pairs.sort_unstable();
        self.rights = self.pairs.iter().map(|pair| pair.right).collect();
        self.rights.sort_unstable();
    }

    /// Adds the sentences that were edited on their way: of those that came or went as a whole, by these ops, two that are
    /// nearest to each other. False where there are none.
    ///
    /// Cost: linear in the ops, and the square of `MOST_SENTENCES` at most.
    pub fn find_edited(&mut self, ops: &[Op], left: &Side, right: &Side, is_swapped: bool) -> bool {
        let open = std::mem::take(&mut self.open);
        if open.0.is_empty() || open.1.is_empty() {
            return false;
        }
        let (left_kind, right_kind) = match is_swapped {
            false => (WordKind::Delete, WordKind::Insert),
            true => (WordKind::Insert, WordKind::Delete),
        };
        let carried: Vec<Span> = self.pairs.iter().map(|pair| pair.left).collect();
        let lefts = alone(open.0, &carried, ops, left_kind, left);
        let rights = alone(open.1, &self.rights, ops, right_kind, right);
        if lefts.len().max(rights.len()) > MOST_SENTENCES {
            return false;
        }
        let rewritten: Vec<Span> = ops
            .iter()
            .filter(|op| op.kind == Kind::Rewrite)
            .filter_map(|op| if is_swapped { op.new } else { op.old })
            .collect();
        // In a graf that was written anew a sentence has no place it could have left.
        let may_pair = |one: &Sentence, other: &Sentence| {
            one.home != other.home || !rewritten.iter().any(|graf| graf.contains(one.span))
        };
        let bags = |side: &Side, list: &[Sentence]| -> Vec<Bag> {
            list.iter().map(|sentence| Bag::new(side.tokens_in(sentence.span))).collect()
        };
        let (left_bags, right_bags) = (bags(left, &lefts), bags(right, &rights));
        let mut kin: Vec<(u32, usize, usize)> = Vec::new();
        for (i, (one, bag)) in lefts.iter().zip(&left_bags).enumerate() {
            for (j, (other, other_bag)) in rights.iter().zip(&right_bags).enumerate() {
                if bag.likeness_at_most(other_bag) >= MIN_LIKENESS && may_pair(one, other) {
                    let likeness = bag.likeness(other_bag);
                    let is_kin = likeness >= MIN_LIKENESS && bag.common(other_bag).1 >= MIN_WEIGHT;
                    kin.extend(is_kin.then_some((u32::MAX - likeness, i, j)));
                }
            }
        }
        kin.sort_unstable();
        let n_before = self.pairs.len();
        let mut is_taken = (vec![false; lefts.len()], vec![false; rights.len()]);
        for (_, i, j) in kin {
            if is_taken.0[i] || is_taken.1[j] {
                continue;
            }
            (is_taken.0[i], is_taken.1[j]) = (true, true);
            let (one, other) = (lefts[i], rights[j]);
            if align_parts((left, one.span), (right, other.span), is_swapped).kept * 1000.0 >= f64::from(MIN_LIKENESS) {
                let is_home = one.home == other.home;
                self.pairs.push(Pair { left: one.span, right: other.span, is_home, is_edited: true });
            }
        }
        self.sort();
        self.pairs.len() > n_before
    }

    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// The tokens that stand in none of the sentences; none where all do.
    pub fn stayed(&self, tokens: &[Token], is_left: bool) -> Option<Vec<Token>> {
        let (first, last) = (tokens.first()?.span(), tokens.last()?.span());
        let ends = |at: usize| if is_left { self.pairs[at].left } else { self.rights[at] };
        let find = |byte: usize| match is_left {
            true => self.pairs.partition_point(|pair| pair.left.end <= byte),
            false => self.rights.partition_point(|span| span.end <= byte),
        };
        let mut at = find(first.start);
        if at == self.pairs.len() || ends(at).start >= last.end {
            return None;
        }
        let is_out = |token: &&Token| {
            while at < self.pairs.len() && ends(at).end <= token.span().start {
                at += 1;
            }
            at == self.pairs.len() || !ends(at).overlaps(token.span())
        };
        Some(tokens.iter().filter(is_out).copied().collect())
    }

    /// A sentence changed its place among the words of these parts.
    pub fn is_home(&self, left: Span) -> bool {
        let first = self.pairs.partition_point(|pair| pair.left.end <= left.start);
        self.pairs.iter().skip(first).take_while(|pair| pair.left.start < left.end).any(|pair| pair.is_home)
    }

    /// Cuts the runs of the ops so that each sentence is one, and says which became which. Those that run on in both
    /// texts are one.
    pub fn cut(&self, ops: &mut [Op], olds: &Side, news: &Side, is_swapped: bool) -> Vec<Carry> {
        let (old, new) = (olds.text, news.text);
        let mut carried: Vec<(Span, Span, bool)> = Vec::new();
        for &Pair { left, right, is_edited, .. } in &self.pairs {
            let next = if is_swapped { (right, left) } else { (left, right) };
            match carried.last_mut() {
                Some(last) if runs_on((last.0, last.1), next, old, new) => {
                    *last = (last.0.join(next.0), last.1.join(next.1), last.2 || is_edited);
                }
                _ => carried.push((next.0, next.1, is_edited)),
            }
        }
        let mut places = (Vec::new(), Vec::new());
        places.0.extend(carried.iter().map(|carry| carry.0));
        places.1.extend(carried.iter().map(|carry| carry.1));
        places.0.sort_unstable();
        places.1.sort_unstable();
        let mut runs: HashMap<(bool, usize), Span> = HashMap::new();
        for op in ops.iter_mut().filter(|op| !op.words.is_empty()) {
            let mut words = Words::default();
            for word in &op.words {
                match (word.kind, word.old, word.new) {
                    (WordKind::Delete, Some(span), _) => {
                        let pieces = pieces(span, &places.0, old, |start, run| {
                            runs.insert((true, start), run);
                        });
                        pieces.into_iter().for_each(|span| words.push(WordOp { old: Some(span), ..word }));
                    }
                    (WordKind::Insert, _, Some(span)) => {
                        let pieces = pieces(span, &places.1, new, |start, run| {
                            runs.insert((false, start), run);
                        });
                        pieces.into_iter().for_each(|span| words.push(WordOp { new: Some(span), ..word }));
                    }
                    _ => words.push(word),
                }
            }
            op.words = words;
        }
        let run = |is_old: bool, span: Span| runs.get(&(is_old, span.start)).copied();
        let words = |old: Span, new: Span| match is_swapped {
            true => align_parts((news, new), (olds, old), true).words,
            false => align_parts((olds, old), (news, new), false).words,
        };
        let carry = |&(old, new, is_edited): &(Span, Span, bool)| {
            let (old, new) = (run(true, old)?, run(false, new)?);
            Some(Carry { old, new, words: if is_edited { words(old, new) } else { Words::default() } })
        };
        let mut carries: Vec<Carry> = carried.iter().filter_map(carry).collect();
        carries.sort_unstable_by_key(|carry| carry.new);
        carries
    }
}

/// Of these sentences those that a text has for itself: they stand in runs of that kind. A run of words that holds none
/// of them is one: where the first word was edited, nothing says any more that a sentence begins.
fn alone(open: Vec<Sentence>, carried: &[Span], ops: &[Op], kind: WordKind, side: &Side) -> Vec<Sentence> {
    let words = ops.iter().flat_map(|op| &op.words).filter(|word| word.kind == kind);
    let mut runs: Vec<Span> =
        words.filter_map(|word| if kind == WordKind::Delete { word.old } else { word.new }).collect();
    runs.sort_unstable();
    let is_alone = |sentence: &Sentence| {
        let span = sentence.span;
        let first = runs.partition_point(|run| run.end <= span.start);
        let inside = runs.iter().skip(first).take_while(|run| run.start < span.end);
        let n_bytes: usize = inside.map(|run| run.end.min(span.end) - run.start.max(span.start)).sum();
        n_bytes * 100 >= span.len() * MOSTLY
    };
    let mut list: Vec<Sentence> = open.into_iter().filter(is_alone).collect();
    if list.len() > MOST_SENTENCES {
        return list;
    }
    let mut told: Vec<Span> = list.iter().map(|sentence| sentence.span).chain(carried.iter().copied()).collect();
    told.sort_unstable();
    let is_free = |run: &Span| {
        let first = told.partition_point(|span| span.end <= run.start);
        told.get(first).is_none_or(|span| !span.overlaps(*run))
    };
    let words = ops.iter().filter(|op| op.kind != Kind::Rewrite).flat_map(|op| &op.words);
    let runs = words.filter(|word| word.kind == kind).filter_map(|word| word.old.or(word.new));
    let runs =
        runs.map(|run| run.trim(side.text)).filter(|run| is_free(run) && is_sentence(side.text, side.tokens_in(*run)));
    // Where it stands is nobody's home: had it been edited there, its words would have told.
    let home = if kind == WordKind::Delete { usize::MAX } else { usize::MAX - 1 };
    let more: Vec<Sentence> = runs.map(|span| Sentence { span, home }).collect();
    list.extend(more);
    // Reversed, the ops stand in another order.
    list.sort_unstable_by_key(|sentence| sentence.span);
    list
}

/// Enough words to be known again, and half a pair of marks nowhere.
fn is_sentence(text: &str, tokens: &[Token]) -> bool {
    let count = |is_counted: fn(Sort) -> bool| tokens.iter().filter(|token| is_counted(token.sort())).count();
    let mut marks = Marks::default();
    tokens.iter().for_each(|token| marks.add(text, token));
    count(Sort::is_word) >= MIN_WORDS && count(|sort| sort == Sort::Word) >= MIN_CONTENT_WORDS && !marks.is_open()
}

/// The sentence that came to a place.
pub fn come(redline: &Redline, place: Span) -> Option<&Carry> {
    redline.carries.get(come_at(redline, place)?)
}

/// Which of the carries came to a place.
pub fn come_at(redline: &Redline, place: Span) -> Option<usize> {
    redline.carries.binary_search_by_key(&place, |carry| carry.new).ok()
}

/// An op among the ops, and a run among its words.
pub type Place = (usize, usize);

/// Where each carried sentence went, and where it came.
pub fn places(redline: &Redline) -> Vec<(Place, Place)> {
    let (mut gone, mut come) = (HashMap::new(), HashMap::new());
    if redline.carries.is_empty() {
        return Vec::new();
    }
    for (at, op) in redline.ops.iter().enumerate() {
        for (n, word) in op.words.iter().enumerate() {
            match word.kind {
                WordKind::Delete => {
                    gone.insert(word.old, (at, n));
                }
                WordKind::Insert => {
                    come.insert(word.new, (at, n));
                }
                WordKind::Same => {}
            }
        }
    }
    let place = |carry: &Carry| Some((*gone.get(&Some(carry.old))?, *come.get(&Some(carry.new))?));
    redline.carries.iter().filter_map(place).collect()
}

/// What ends a sentence or closes speech.
pub const CLOSING: [char; 10] = ['.', '!', '?', '…', ',', ';', ':', '”', '’', '"'];

/// A run in pieces, each carried sentence one, with the white space that follows it.
fn pieces(run: Span, sentences: &[Span], text: &str, mut found: impl FnMut(usize, Span)) -> Vec<Span> {
    let first = sentences.partition_point(|span| span.start < run.start);
    let inside = sentences.iter().skip(first).take_while(|span| span.end <= run.end);
    let (mut at, mut pieces) = (run.start, Vec::new());
    for sentence in inside {
        // A list's mark alone before it goes with it.
        let is_bare = |words: &str| words.trim().trim_start_matches(['-', '*', '+', '>', '#']).is_empty();
        if !is_bare(Span::new(at, sentence.start).of(text)) {
            pieces.push(Span::new(at, sentence.start));
            at = sentence.start;
        }
        // The mark that ends it may have had another place before it was told to be a sentence.
        let rest = Span::new(sentence.end, run.end).of(text);
        let after = rest.trim_start_matches(CLOSING).trim_start();
        let end = sentence.end + (rest.len() - after.len());
        found(sentence.start, Span::new(at, end));
        pieces.push(Span::new(at, end));
        at = end;
    }
    if at < run.end || pieces.is_empty() {
        pieces.push(Span::new(at, run.end));
    }
    pieces
}

fn runs_on(last: (Span, Span), next: (Span, Span), old: &str, new: &str) -> bool {
    let is_beside = |last: Span, next: Span, text: &str| {
        let between = Span::new(last.end, next.start).of(text);
        last.end <= next.start && next.start - last.end < 4 && between.trim().is_empty() && !between.contains('\n')
    };
    is_beside(last.0, next.0, old) && is_beside(last.1, next.1, new)
}

/// Of sentences whose grafs became one another, those that keep their order: as many words as can be.
fn stays(pairs: &[(&Sentence, &Sentence)]) -> Vec<bool> {
    let mut order: Vec<Span> = pairs.iter().map(|pair| pair.1.span).collect();
    order.sort_unstable();
    let place = |span: Span| order.binary_search(&span).unwrap_or_default();
    in_order(pairs.iter().map(|pair| (place(pair.1.span), pair.0.span.len() as u64)), order.len())
}

/// Sentences, borrowed or not, of both sides.
type Both<T> = (Vec<T>, Vec<T>);

/// The sentences that stand once in each text, and of each text those that stand once in it and not in the other.
fn once_in_each<'a>(
    (left, lefts): (&str, &'a [Sentence]),
    (right, rights): (&str, &'a [Sentence]),
) -> (Vec<(&'a Sentence, &'a Sentence)>, Both<Sentence>) {
    let hashes = |text: &str, list: &[Sentence]| list.iter().map(|one| hash(one.span.of(text))).collect::<Vec<u64>>();
    let (left_hashes, right_hashes) = (hashes(left, lefts), hashes(right, rights));
    // How many on each side, and the last one on the right.
    let mut seen: HashMap<u64, (usize, usize, usize), ByHash> = HashMap::default();
    for (at, hash) in right_hashes.iter().enumerate() {
        let entry = seen.entry(*hash).or_default();
        *entry = (0, entry.1 + 1, at);
    }
    left_hashes.iter().for_each(|hash| seen.entry(*hash).or_default().0 += 1);
    let pair = |(one, hash): (&'a Sentence, &u64)| match seen.get(hash) {
        Some(&(1, 1, at)) if one.span.of(left) == rights[at].span.of(right) => Some((one, &rights[at])),
        _ => None,
    };
    let open = |list: &[Sentence], hashes: &[u64], n: (usize, usize)| {
        let is_open = |hash: &u64| seen.get(hash).is_some_and(|&(n_left, n_right, _)| (n_left, n_right) == n);
        list.iter().zip(hashes).filter(|(_, hash)| is_open(hash)).map(|(one, _)| *one).collect::<Vec<Sentence>>()
    };
    let open = (open(lefts, &left_hashes, (1, 0)), open(rights, &right_hashes, (0, 1)));
    (lefts.iter().zip(&left_hashes).filter_map(pair).collect(), open)
}

/// The sentences of a graf that are long enough to be known again.
fn read(side: &Side, at: usize, home: usize, sentences: &mut Vec<Sentence>) {
    let (tokens, graf) = (side.tokens_of(at), side.graf(at));
    let is_touching = |n: usize| tokens.get(n + 1).is_some_and(|next| next.span().start == tokens[n].span().end);
    // The mark of a heading or a list stays with its graf.
    let n_marks = (0..tokens.len()).take_while(|&n| tokens[n].sort() == Sort::Mark && !is_touching(n)).count();
    let (mut start, mut marks) = (n_marks, Marks::default());
    let (mut n_words, mut n_content) = (0, 0);
    // Behind the mark that ends the sentence, and what closes it.
    let mut end = None;
    for n in n_marks..tokens.len() {
        let (sort, span) = (tokens[n].sort(), tokens[n].span());
        n_words += usize::from(sort.is_word());
        n_content += usize::from(sort == Sort::Word);
        let is_last = n + 1 == tokens.len();
        if sort.is_word() && !is_last {
            continue;
        }
        marks.add(side.text, &tokens[n]);
        if sort == Sort::Punct && after(side.text, span.start).starts_with(ENDS) {
            end = sentence_end(graf.of(side.text), span.start - graf.start).map(|end| graf.start + end);
        }
        if !is_last && end.is_none_or(|end| span.end < end) {
            continue;
        }
        if !is_last && marks.is_open() {
            end = None;
            continue;
        }
        if n_words >= MIN_WORDS && n_content >= MIN_CONTENT_WORDS && !marks.is_open() {
            sentences.push(Sentence { span: tokens[start].span().join(span), home });
        }
        (start, marks, n_words, n_content, end) = (n + 1, Marks::default(), 0, 0, None);
    }
}

/// The marks of a sentence so far: what is carried must leave half a pair nowhere.
#[derive(Default)]
struct Marks {
    /// Of `*`, `_` and backticks, how many. Half a pair of quote marks may go: a quote runs on over sentences and grafs,
    /// and whoever moved one of them moved its mark.
    n_even: [usize; 3],
    /// Of square and round brackets, how many more opened than closed.
    n_open: [isize; 2],
}

impl Marks {
    fn add(&mut self, text: &str, token: &Token) {
        let may_pair = |byte: &u8| matches!(byte, b'(' | b')' | b'[' | b']');
        let is_plain = token.sort() == Sort::Punct && !text.as_bytes().get(token.span().start).is_some_and(may_pair);
        if token.sort().is_word() || is_plain {
            return;
        }
        match token.span().of(text).trim_start_matches('!').chars().next() {
            Some('*') => self.n_even[0] += 1,
            Some('_') => self.n_even[1] += 1,
            Some('`') => self.n_even[2] += 1,
            Some('[') => self.n_open[0] += 1,
            Some(']') => self.n_open[0] -= 1,
            Some('(') => self.n_open[1] += 1,
            Some(')') => self.n_open[1] -= 1,
            _ => {}
        }
    }

    fn is_open(&self) -> bool {
        self.n_even.iter().any(|n| n % 2 == 1) || self.n_open != [0, 0]
    }
}
