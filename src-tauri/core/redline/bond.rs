//! What must be taken back together: the two halves of a pair of marks.

use super::token::{Sort, Token, tokens};
use super::{Op, WordOp};
use crate::span::{Span, after, before};
use std::collections::{BTreeSet, HashMap};

/// Joins the groups that hold two halves of a pair of marks, so that taking one back never leaves half a pair. The first
/// group is the op's place or its joints; a pair that reaches over a joint belongs with it.
pub fn keep_pairs(op: &Op, groups: Vec<Vec<usize>>, joints: &BTreeSet<usize>, old: &str, new: &str) -> Vec<Vec<usize>> {
    let (Some(old_part), Some(new_part)) = (op.old, op.new) else { return groups };
    let mut group_of = HashMap::new();
    for (at, group) in groups.iter().enumerate() {
        group_of.extend(group.iter().map(|&word| (word, at)));
    }
    let mut bonds = Bonds { parent: (0..groups.len()).collect(), stayed: HashMap::new() };
    for (is_old, text, part) in [(true, old, old_part), (false, new, new_part)] {
        let reach = |word: WordOp| if is_old { word.old } else { word.new };
        let places: Vec<(Span, usize)> =
            op.words.iter().enumerate().filter_map(|(at, word)| Some((reach(word)?, at))).collect();
        let mut node = |token: &Token| {
            let found = places.partition_point(|(span, _)| span.end <= token.span().start);
            let (span, word) = places.get(found)?;
            let node = match group_of.get(word) {
                Some(&group) => group,
                None => bonds.stayed(*word, token.span().start.saturating_sub(span.start)),
            };
            Some((node, *word))
        };
        let ends: Vec<_> = pairs(text, part).iter().map(|(one, other)| (node(one), node(other))).collect();
        for (one, other) in ends {
            if let (Some((one, from)), Some((other, to))) = (one, other) {
                bonds.join(one, other);
                if joints.range(from..to).any(|&joint| joint > from) {
                    bonds.join(0, one);
                }
            }
        }
    }
    let mut joined: Vec<Vec<usize>> = Vec::new();
    let mut place_of: HashMap<usize, usize> = HashMap::new();
    for (at, group) in groups.into_iter().enumerate() {
        let place = *place_of.entry(bonds.root(at)).or_insert(joined.len());
        match joined.get_mut(place) {
            Some(words) => words.extend(group),
            None => joined.push(group),
        }
    }
    let sorted = |mut words: Vec<usize>| {
        words.sort_unstable();
        words
    };
    joined.into_iter().map(sorted).collect()
}

/// What hangs together: groups, and marks that stayed, which are the same in both texts.
struct Bonds {
    parent: Vec<usize>,
    stayed: HashMap<(usize, usize), usize>,
}

impl Bonds {
    fn stayed(&mut self, word: usize, at_byte: usize) -> usize {
        let fresh = self.parent.len();
        let node = *self.stayed.entry((word, at_byte)).or_insert(fresh);
        if node == fresh {
            self.parent.push(fresh);
        }
        node
    }

    fn root(&mut self, mut node: usize) -> usize {
        while self.parent[node] != node {
            self.parent[node] = self.parent[self.parent[node]];
            node = self.parent[node];
        }
        node
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.parent[one.max(other)] = one.min(other);
    }
}

/// How many open marks are looked through for the one a mark closes.
const MOST_OPEN: usize = 64;

/// The pairs of marks in a part of a text: emphasis, code, links, and double quote marks. None reaches over a line's end.
fn pairs(text: &str, part: Span) -> Vec<(Token, Token)> {
    let mut found = Vec::new();
    let mut open: Vec<Token> = Vec::new();
    let mut last = part.start;
    for token in tokens(text, part) {
        if Span::new(last, token.span().start).of(text).contains('\n') {
            open.clear();
        }
        last = token.span().end;
        let mark = token.span().of(text);
        if !matches!(token.sort(), Sort::Mark | Sort::Quote)
            || matches!(mark, "'" | "’" | "‘" | "|" | ">")
            || mark.starts_with('<')
        {
            continue;
        }
        let (may_open, may_close) = (may_open(text, &token, mark), !mark.starts_with(['[', '!', '“', '„', '«', '#']));
        let closes = |one: &Token| match mark.chars().next() {
            Some(']') => one.span().of(text).ends_with('['),
            _ => one.fold() == token.fold(),
        };
        let nearest = open.len().saturating_sub(MOST_OPEN);
        let opener = if may_close { open[nearest..].iter().rposition(closes).map(|at| nearest + at) } else { None };
        if let Some(at) = opener {
            found.push((open[at], token));
            open.truncate(at);
        } else if may_open {
            open.push(token);
        }
    }
    found
}

/// A mark that opens stands before a word; one that closes, behind.
fn may_open(text: &str, token: &Token, mark: &str) -> bool {
    let next = after(text, token.span().end).chars().next();
    let last = before(text, token.span().start).chars().next_back();
    let is_block = next.is_some_and(char::is_whitespace) && last.is_none_or(|c| c == '\n');
    !is_block && !mark.starts_with([']', '”', '»'])
}
