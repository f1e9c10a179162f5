//! Sentences that stand elsewhere than they did: in another place of their graf, or in another graf.

use super::fold::{ByHash, hash};
use super::order::in_order;
use super::side::Side;
use super::token::{Sort, Token};
use super::unit::Unit;
use super::{Op, Redline, WordKind, WordOp, Words};
use crate::span::{Span, after};
use std::collections::HashMap;

/// A sentence, or several in a row, moved inside its graf or into another, each word as it was.
///
/// `old` is the whole of a deletion among the words of an op, `new` of an insertion; white space at their ends may differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carry {
    pub old: Span,
    pub new: Span,
}

/// So many words, and so many that are not little, make a sentence known again.
const MIN_WORDS: usize = 5;
const MIN_CONTENT_WORDS: usize = 3;

/// What became of sentences, asked and answered in the order of `compare`; bytes of the sentences alone.
#[derive(Default)]
pub struct Carries {
    /// Sorted by their place on the left: left, right, and whether both stand in grafs that became one another.
    pairs: Vec<(Span, Span, bool)>,
    /// The places on the right, sorted.
    rights: Vec<Span>,
}

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
        let mut pairs: Vec<(&Sentence, &Sentence)> = once_in_each(left.text, &lefts, right.text, &rights);
        pairs.sort_unstable_by_key(|(one, other)| (one.home, other.home, one.span));
        let mut carries = Carries::default();
        for same in pairs.chunk_by(|one, next| (one.0.home, one.1.home) == (next.0.home, next.1.home)) {
            let is_home = same[0].0.home == same[0].1.home;
            let stays = if is_home { stays(same) } else { vec![false; same.len()] };
            let carried = same.iter().zip(stays).filter(|(_, stays)| !stays);
            carries.pairs.extend(carried.map(|(pair, _)| (pair.0.span, pair.1.span, is_home)));
        }
        carries.pairs.sort_unstable();
        carries.rights = carries.pairs.iter().map(|pair| pair.1).collect();
        carries.rights.sort_unstable();
        carries
    }

    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// The tokens that stand in none of the sentences; none where all do.
    pub fn stayed(&self, tokens: &[Token], is_left: bool) -> Option<Vec<Token>> {
        let (first, last) = (tokens.first()?.span(), tokens.last()?.span());
        let ends = |at: usize| if is_left { self.pairs[at].0 } else { self.rights[at] };
        let find = |byte: usize| match is_left {
            true => self.pairs.partition_point(|pair| pair.0.end <= byte),
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
        let first = self.pairs.partition_point(|pair| pair.0.end <= left.start);
        self.pairs.iter().skip(first).take_while(|pair| pair.0.start < left.end).any(|pair| pair.2)
    }

    /// Cuts the runs of the ops so that each sentence is one, and says which became which. Those that run on in both
    /// texts are one.
    pub fn cut(&self, ops: &mut [Op], old: &str, new: &str, is_swapped: bool) -> Vec<Carry> {
        let mut carries: Vec<Carry> = Vec::new();
        for &(left, right, _) in &self.pairs {
            let (old_span, new_span) = if is_swapped { (right, left) } else { (left, right) };
            let next = Carry { old: old_span, new: new_span };
            match carries.last_mut().map(|last| (*last, last)) {
                Some((last, place)) if runs_on(last, next, old, new) => {
                    *place = Carry { old: last.old.join(next.old), new: last.new.join(next.new) };
                }
                _ => carries.push(next),
            }
        }
        let mut places = (Vec::new(), Vec::new());
        places.0.extend(carries.iter().map(|carry| carry.old));
        places.1.extend(carries.iter().map(|carry| carry.new));
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
        let found =
            carries.iter().filter_map(|carry| Some(Carry { old: run(true, carry.old)?, new: run(false, carry.new)? }));
        let mut carries: Vec<Carry> = found.collect();
        carries.sort_unstable_by_key(|carry| carry.new);
        carries
    }
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
        let rest = Span::new(sentence.end, run.end).of(text);
        let end = sentence.end + (rest.len() - rest.trim_start().len());
        found(sentence.start, Span::new(at, end));
        pieces.push(Span::new(at, end));
        at = end;
    }
    if at < run.end || pieces.is_empty() {
        pieces.push(Span::new(at, run.end));
    }
    pieces
}

fn runs_on(last: Carry, next: Carry, old: &str, new: &str) -> bool {
    let is_beside = |last: Span, next: Span, text: &str| {
        let between = Span::new(last.end, next.start).of(text);
        last.end <= next.start && next.start - last.end < 4 && between.trim().is_empty() && !between.contains('\n')
    };
    is_beside(last.old, next.old, old) && is_beside(last.new, next.new, new)
}

/// Of sentences whose grafs became one another, those that keep their order: as many words as can be.
fn stays(pairs: &[(&Sentence, &Sentence)]) -> Vec<bool> {
    let mut order: Vec<Span> = pairs.iter().map(|pair| pair.1.span).collect();
    order.sort_unstable();
    let place = |span: Span| order.binary_search(&span).unwrap_or_default();
    in_order(pairs.iter().map(|pair| (place(pair.1.span), pair.0.span.len() as u64)), order.len())
}

fn once_in_each<'a>(
    left: &str,
    lefts: &'a [Sentence],
    right: &str,
    rights: &'a [Sentence],
) -> Vec<(&'a Sentence, &'a Sentence)> {
    let mut seen: HashMap<u64, (usize, usize, usize), ByHash> = HashMap::default();
    for (at, sentence) in rights.iter().enumerate() {
        let entry = seen.entry(hash(sentence.span.of(right))).or_default();
        *entry = (0, entry.1 + 1, at);
    }
    let hashes: Vec<u64> = lefts.iter().map(|sentence| hash(sentence.span.of(left))).collect();
    for hash in &hashes {
        if let Some(entry) = seen.get_mut(hash) {
            entry.0 += 1;
        }
    }
    let pair = |(one, hash): (&'a Sentence, &u64)| match seen.get(hash) {
        Some(&(1, 1, at)) if one.span.of(left) == rights[at].span.of(right) => Some((one, &rights[at])),
        _ => None,
    };
    lefts.iter().zip(&hashes).filter_map(pair).collect()
}

/// The sentences of a graf that are long enough to be known again.
fn read(side: &Side, at: usize, home: usize, sentences: &mut Vec<Sentence>) {
    let tokens = side.tokens(&(at..at + 1));
    let is_touching = |n: usize| tokens.get(n + 1).is_some_and(|next| next.span().start == tokens[n].span().end);
    // The mark of a heading or a list stays with its graf.
    let n_marks = (0..tokens.len()).take_while(|&n| tokens[n].sort() == Sort::Mark && !is_touching(n)).count();
    let (mut start, mut marks) = (n_marks, Marks::default());
    let (mut n_words, mut n_content) = (0, 0);
    for n in n_marks..tokens.len() {
        let sort = tokens[n].sort();
        n_words += usize::from(sort.is_word());
        n_content += usize::from(sort == Sort::Word);
        let is_last = n + 1 == tokens.len();
        if sort.is_word() && !is_last {
            continue;
        }
        marks.add(side.text, &tokens[n]);
        if !is_last && (marks.is_open() || is_touching(n) || !is_end(side.text, &tokens[start..=n])) {
            continue;
        }
        if n_words >= MIN_WORDS && n_content >= MIN_CONTENT_WORDS && !marks.is_open() {
            sentences.push(Sentence { span: tokens[start].span().join(tokens[n].span()), home });
        }
        (start, marks, n_words, n_content) = (n + 1, Marks::default(), 0, 0);
    }
}

/// The marks of a sentence so far: what is carried must leave half a pair nowhere.
#[derive(Default)]
struct Marks {
    /// Of quote marks, `*`, `_` and backticks, how many.
    n_even: [usize; 4],
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
            Some('"' | '“' | '”' | '„' | '«' | '»') => self.n_even[0] += 1,
            Some('*') => self.n_even[1] += 1,
            Some('_') => self.n_even[2] += 1,
            Some('`') => self.n_even[3] += 1,
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

/// The last of the tokens is the mark that ends a sentence, or marks that close stand behind it.
fn is_end(text: &str, tokens: &[Token]) -> bool {
    let closes = |token: &&Token| {
        matches!(token.sort(), Sort::Quote | Sort::Mark) || after(text, token.span().start).starts_with([')', ']'])
    };
    let last = tokens.iter().rev().take(4).find(|token| !closes(token));
    last.is_some_and(|token| {
        token.sort() == Sort::Punct && after(text, token.span().start).starts_with(['.', '!', '?', '…', '。'])
    })
}
