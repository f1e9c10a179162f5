//! One text of a comparison, cut into grafs; what is found out about a graf is kept with it.

use super::fold::{ByHash, hash};
use super::kin::Bag;
use super::token::{Token, tokens};
use crate::span::{Span, each_line};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::Range;

/// One text, cut into grafs.
pub struct Side<'a> {
    pub text: &'a str,
    /// From where to where each reaches: a text of more than four gigabytes is not cut.
    grafs: Vec<(u32, u32)>,
    read: Vec<Read>,
}

/// What is known of a graf. Words are looked at when they are first asked for: those of most grafs never are.
struct Read {
    /// Of its words, the white space at both ends left out.
    hash: u64,
    words: OnceCell<Box<GrafWords>>,
}

struct GrafWords {
    tokens: Vec<Token>,
    bag: OnceCell<Bag>,
}

/// A side without its text, to be taken up again when the text has changed.
#[derive(Default)]
pub struct Kept {
    text: String,
    grafs: Vec<(u32, u32)>,
    read: Vec<Read>,
}

impl<'a> Side<'a> {
    pub fn new(text: &'a str) -> Side<'a> {
        Side::after(Kept::default(), text)
    }

    /// The same as `new`, but grafs that stand as they did at the front and at the back are not read again.
    pub fn after(kept: Kept, text: &'a str) -> Side<'a> {
        let Kept { text: old_text, grafs: old_grafs, read: mut old_read } = kept;
        let mut grafs: Vec<(u32, u32)> = each_line(text).map(|graf| (graf.start as u32, graf.end as u32)).collect();
        grafs.shrink_to_fit();
        let shorter = grafs.len().min(old_grafs.len());
        let is_equal = |at: usize, old_at: usize| span(grafs[at]).of(text) == span(old_grafs[old_at]).of(&old_text);
        let ends = (grafs.len(), old_grafs.len());
        let n_front = (0..shorter).take_while(|&at| is_equal(at, at)).count();
        let n_back = (1..=shorter - n_front).take_while(|&at| is_equal(ends.0 - at, ends.1 - at)).count();
        let back = old_read.split_off(ends.1 - n_back);
        old_read.truncate(n_front);
        let fresh = grafs.get(n_front..ends.0 - n_back).unwrap_or_default();
        let fresh = fresh.iter().map(|&graf| Read::new(span(graf).of(text)));
        let mut read = old_read;
        read.reserve_exact(grafs.len() - n_front);
        read.extend(fresh);
        read.extend(back);
        for at in (0..n_front).chain(ends.0 - n_back..ends.0) {
            let old_at = if at < n_front { at } else { at + ends.1 - ends.0 };
            read[at].shift(old_grafs[old_at].0 as usize, grafs[at].0 as usize);
        }
        Side { text, grafs, read }
    }

    pub fn keep(self) -> Kept {
        Kept { text: self.text.to_owned(), grafs: self.grafs, read: self.read }
    }

    pub fn n_grafs(&self) -> usize {
        self.grafs.len()
    }

    pub fn graf(&self, at: usize) -> Span {
        span(self.grafs[at])
    }

    /// Lets go of what only pairing grafs asks for.
    pub fn drop_bags(&mut self) {
        for words in self.read.iter_mut().filter_map(|read| read.words.get_mut()) {
            words.bag.take();
        }
    }

    /// Equal for grafs that hold the same words.
    pub fn hash(&self, at: usize) -> u64 {
        self.read[at].hash
    }

    /// From the first graf's first byte to the last's end; empty at the text's start for none.
    pub fn part(&self, grafs: &Range<usize>) -> Span {
        let (first, last) = (self.grafs.get(grafs.start), self.grafs.get(grafs.end.saturating_sub(1)));
        match (first, last) {
            (Some(&first), Some(&last)) if !grafs.is_empty() => span((first.0, last.1)),
            _ => Span::default(),
        }
    }

    /// The tokens of some grafs, in order.
    pub fn tokens(&self, grafs: &Range<usize>) -> Cow<'_, [Token]> {
        if grafs.len() == 1 {
            return Cow::Borrowed(self.tokens_of(grafs.start));
        }
        grafs.clone().flat_map(|at| self.tokens_of(at).iter().copied()).collect()
    }

    pub fn tokens_of(&self, at: usize) -> &[Token] {
        &self.words(at).tokens
    }

    /// The tokens of a part of one graf.
    pub fn tokens_in(&self, part: Span) -> &[Token] {
        let at = self.grafs.partition_point(|graf| (graf.1 as usize) <= part.start);
        if at == self.grafs.len() {
            return &[];
        }
        let tokens = self.tokens_of(at);
        let before = |byte: usize| tokens.partition_point(|token| token.span().start < byte);
        tokens.get(before(part.start)..before(part.end)).unwrap_or_default()
    }

    pub fn bag(&self, at: usize) -> &Bag {
        let words = self.words(at);
        words.bag.get_or_init(|| Bag::new(&words.tokens))
    }

    fn words(&self, at: usize) -> &GrafWords {
        let read = || GrafWords { tokens: tokens(self.text, self.graf(at)), bag: OnceCell::new() };
        self.read[at].words.get_or_init(|| Box::new(read()))
    }

    /// The hashes of the grafs that stand more than once.
    pub fn repeated(&self) -> HashSet<u64, ByHash> {
        let mut seen: HashSet<u64, ByHash> = HashSet::default();
        self.read.iter().map(|read| read.hash).filter(|hash| !seen.insert(*hash)).collect()
    }

    /// It is more than marks, a rule or a tag.
    pub fn has_words(&self, at: usize) -> bool {
        self.tokens_of(at).iter().any(|token| token.sort().is_word())
    }

    pub fn n_bytes(&self, at: usize) -> usize {
        self.graf(at).len()
    }
}

impl Read {
    fn new(graf: &str) -> Read {
        Read { hash: hash(graf.trim()), words: OnceCell::new() }
    }

    /// The graf began at byte `from` and now begins at byte `to`.
    fn shift(&mut self, from: usize, to: usize) {
        if let Some(words) = self.words.get_mut().filter(|_| from != to) {
            words.tokens.iter_mut().for_each(|token| token.shift(from, to));
        }
    }
}

fn span(graf: (u32, u32)) -> Span {
    Span::new(graf.0 as usize, graf.1 as usize)
}
