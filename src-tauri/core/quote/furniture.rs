//! What a page carries beside the copy: newsletters, share lines, comments, promos. Found as whole lines, never read as copy.

use crate::span::{self, Span};
use std::collections::HashSet;
use std::sync::LazyLock;

/// The phrases of `furniture.txt`, by where in a line they must stand.
struct Phrases {
    whole: HashSet<&'static str>,
    /// Sorted, so that the few that may begin a line are found by search.
    begin: Vec<&'static str>,
    inside: Vec<&'static str>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases = Phrases { whole: HashSet::new(), begin: Vec::new(), inside: Vec::new() };
    for line in include_str!("furniture.txt").lines().filter(|line| !line.starts_with('#')) {
        match line.trim().split_once(' ') {
            Some(("=", phrase)) => drop(phrases.whole.insert(phrase)),
            Some(("^", phrase)) => phrases.begin.push(phrase),
            Some(("~", phrase)) => phrases.inside.push(phrase),
            _ => {}
        }
    }
    phrases
});

/// A longer line is copy, whatever stands in it.
const MAX_LINE_BYTES: usize = 240;
/// So many lines at the end of a text may lie between two furniture lines and still belong to them.
const MAX_BETWEEN: usize = 2;
/// A line between two furniture lines is one too when it has no more words than this.
const MAX_BETWEEN_BYTES: usize = 160;

/// The lines that are not copy, in order; neighbours stay apart.
///
/// A line is furniture when the list of phrases says so, or when it is short and lies between two such lines at the
/// end of the text (*Latest Articles*, a headline, *Stay ahead of the market.*).
pub(super) fn find(text: &str, lines: &[Span]) -> Vec<Span> {
    let is_listed: Vec<bool> = lines.iter().map(|line| is_furniture(line.of(text))).collect();
    let n_tail = tail(&is_listed, text, lines);
    let at_tail = lines.len() - n_tail;
    let is_found = |at: &usize| is_listed[*at] || *at >= at_tail;
    (0..lines.len()).filter(is_found).map(|at| lines[at]).collect()
}

/// How many lines at the end are furniture together: from the first of a run of listed lines with few others between.
fn tail(is_listed: &[bool], text: &str, lines: &[Span]) -> usize {
    let (mut n_tail, mut n_between) = (0, 0);
    for (n_seen, is_listed) in is_listed.iter().rev().enumerate() {
        if *is_listed {
            n_tail = n_seen + 1;
            n_between = 0;
        } else {
            n_between += 1;
            let line = lines[lines.len() - 1 - n_seen];
            let is_speech = line.of(text).contains(['“', '"']);
            if n_between > MAX_BETWEEN || line.len() > MAX_BETWEEN_BYTES || is_speech {
                break;
            }
        }
    }
    n_tail
}

fn is_furniture(line: &str) -> bool {
    if line.len() > MAX_LINE_BYTES {
        return false;
    }
    let bare = line.trim().trim_start_matches(['#', '*', '_', '>', '-', '•', '[', '|', ' ']);
    let bare = bare.trim_end_matches(['.', ':', '*', '_', '»', '›', '→', ']', '|', ' ', '!', '>']);
    let low = bare.to_lowercase().replace('’', "'");
    if PHRASES.whole.contains(low.as_str()) {
        return true;
    }
    let has_speech = line.contains(['“', '"']);
    let starts = PHRASES.begin.iter().any(|phrase| low.starts_with(phrase.trim()));
    !has_speech && (starts || PHRASES.inside.iter().any(|phrase| low.contains(phrase)))
}

/// The lines of a text, blank ones left out.
pub(super) fn lines(text: &str) -> Vec<Span> {
    span::lines(text)
}
