//! What a page carries beside the copy: newsletters, share lines, comments, promos. Found as whole lines, never read as copy.

use std::collections::HashSet;
use std::sync::LazyLock;

/// The phrases of `furniture.txt`, by where in a line they must stand.
struct Phrases {
    whole: HashSet<&'static str>,
    /// Sorted, so that the few that may begin a line are found by search.
    begin: Vec<&'static str>,
    inside: Vec<&'static str>,
}

impl Phrases {
    /// One of them begins the line.
    fn begin(&self, line: &str) -> bool {
        let first = line.as_bytes().first();
        let from = self.begin.partition_point(|phrase| phrase.as_bytes().first() < first);
        let alike = self.begin[from..].iter().take_while(|phrase| phrase.as_bytes().first() == first);
        alike.into_iter().any(|phrase| line.starts_with(phrase))
    }
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases = Phrases { whole: HashSet::new(), begin: Vec::new(), inside: Vec::new() };
    for line in include_str!("furniture.txt").lines().filter(|line| !line.starts_with('#')) {
        match line.trim().split_once(' ') {
            Some(("=", phrase)) => drop(phrases.whole.insert(phrase)),
            Some(("^", phrase)) => phrases.begin.push(phrase.trim()),
            Some(("~", phrase)) => phrases.inside.push(phrase),
            _ => {}
        }
    }
    phrases.begin.sort_unstable();
    phrases
});

/// A longer line is copy, whatever stands in it.
const MAX_LINE_BYTES: usize = 240;
/// So many lines at the end of a text may lie between two furniture lines and still belong to them.
const MAX_BETWEEN: usize = 2;
/// A line between two furniture lines is one too when it has no more words than this.
const MAX_BETWEEN_BYTES: usize = 160;

/// How many lines at the end are furniture together, whether listed or not: from the first of a run of listed lines
/// with few others between (*Latest Articles*, a headline, *Stay ahead of the market.*).
///
/// `lines`: each line from the last to the first, and whether it is listed.
pub(super) fn count_tail<'t>(lines: impl Iterator<Item = (&'t str, bool)>) -> usize {
    let (mut n_tail, mut n_between) = (0, 0);
    for (n_seen, (line, is_listed)) in lines.enumerate() {
        if is_listed {
            n_tail = n_seen + 1;
            n_between = 0;
        } else {
            n_between += 1;
            if n_between > MAX_BETWEEN || line.len() > MAX_BETWEEN_BYTES || line.contains(['“', '"']) {
                break;
            }
        }
    }
    n_tail
}

/// The list of phrases says that the line is not copy.
pub(super) fn is_listed(line: &str) -> bool {
    if line.len() > MAX_LINE_BYTES {
        return false;
    }
    let bare = line.trim().trim_start_matches(['#', '*', '_', '>', '-', '•', '[', '|', ' ']);
    let bare = bare.trim_end_matches(['.', ':', '*', '_', '»', '›', '→', ']', '|', ' ', '!', '>']);
    let low = bare.to_lowercase();
    let low = if low.contains('’') { low.replace('’', "'") } else { low };
    if PHRASES.whole.contains(low.as_str()) {
        return true;
    }
    let has_speech = line.contains(['“', '"']);
    !has_speech && (PHRASES.begin(&low) || PHRASES.inside.iter().any(|phrase| low.contains(phrase)))
}
