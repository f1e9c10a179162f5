//! What is said about the words of a Word file: the comments, which answers which, and what is resolved.

use super::super::block::{Said, Thread};
use super::super::tree::{NodeId, Tree};
use crate::comment::Anchor;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// More than that nobody reads.
const MAX_COMMENTS: usize = 5_000;

/// The words each comment stands on, gathered while the grafs are read.
#[derive(Default)]
pub struct Places {
    /// Comments whose words have begun in the graf that is read, and where in its words.
    open: Vec<(String, usize)>,
    /// Those of the graf that is read: from where to where.
    closed: Vec<(String, usize, usize)>,
    anchors: BTreeMap<String, Anchor>,
    /// So many bytes of words stand in the grafs before.
    n_bytes: usize,
}

impl Places {
    pub fn begin(&mut self, id: &str, at: usize) {
        if self.open.len() + self.anchors.len() < MAX_COMMENTS && !self.anchors.contains_key(id) {
            self.open.push((id.to_owned(), at));
        }
    }

    pub fn end(&mut self, id: &str, at: usize) {
        if let Some(n) = self.open.iter().position(|(open, _)| open == id) {
            let (id, start) = self.open.remove(n);
            self.closed.push((id, start, at));
        }
    }

    /// A comment that stands at a place, not on words.
    pub fn point(&mut self, id: &str, at: usize) {
        let is_known = self.closed.iter().any(|(closed, ..)| closed == id) || self.anchors.contains_key(id);
        if !is_known && self.closed.len() + self.anchors.len() < MAX_COMMENTS {
            self.closed.push((id.to_owned(), at, at));
        }
    }

    /// The graf is read. A comment on several stands on what it has of the first.
    pub fn end_graf(&mut self, words: &str) {
        let open = std::mem::take(&mut self.open).into_iter();
        let (open, not_yet): (Vec<_>, Vec<_>) = open.partition(|(_, start)| !rest(words, *start).trim().is_empty());
        // Begun behind the last word: its words are those of the next graf.
        self.open = not_yet.into_iter().map(|(id, _)| (id, 0)).collect();
        let open = open.into_iter().map(|(id, start)| (id, start, words.len()));
        for (id, start, end) in std::mem::take(&mut self.closed).into_iter().chain(open) {
            let said_of = words.get(start..end).filter(|said_of| !said_of.trim().is_empty());
            let (start, end) = if said_of.is_some() { (start, end) } else { word_at(words, start) };
            let at = crate::span::Span::new(start, end);
            let anchor = Anchor::on(words, at).map(|anchor| Anchor { start_byte: self.n_bytes + start, ..anchor });
            self.anchors.extend(anchor.map(|anchor| (id, anchor)));
        }
        self.n_bytes += words.len() + 1;
    }

    /// The threads of the file in the order of its text; those on words of no graf come last, on none.
    pub fn threads(mut self, comments: Option<&Tree>, extended: Option<&Tree>) -> Vec<Thread> {
        let Some(comments) = comments else { return Vec::new() };
        let answers = extended.map(answers).unwrap_or_default();
        let mut threads: Vec<(String, Thread)> = Vec::new();
        for id in comments.all(0, "w:comment").into_iter().take(MAX_COMMENTS) {
            let Some(number) = comments.attribute(id, "w:id") else { continue };
            let grafs = comments.all(id, "w:p");
            let graf = grafs.last().and_then(|id| comments.attribute(*id, "w14:paraId")).unwrap_or_default();
            let answer = answers.get(graf);
            let said = said(comments, id, &grafs);
            let parent = answer.and_then(|answer| answer.parent.as_ref());
            match threads.iter_mut().find(|(first, _)| Some(first) == parent) {
                Some((_, thread)) => thread.said.push(said),
                None => {
                    let is_resolved = answer.is_some_and(|answer| answer.is_resolved);
                    let anchor = self.anchors.remove(number).unwrap_or_default();
                    threads.push((graf.to_owned(), Thread { said: vec![said], is_resolved, anchor }));
                }
            }
        }
        let mut threads: Vec<Thread> = threads.into_iter().map(|(_, thread)| thread).collect();
        threads.sort_by_key(|thread| (thread.anchor.words.is_empty(), thread.anchor.start_byte));
        threads
    }
}

fn rest(words: &str, start: usize) -> &str {
    words.get(start..).unwrap_or_default()
}

/// The word before a place, else the one behind it.
fn word_at(words: &str, at: usize) -> (usize, usize) {
    let before = words.get(..at).unwrap_or_default().trim_end();
    if !before.is_empty() {
        let start = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let start = crate::span::floor_boundary(before, start);
        return (start, before.len());
    }
    let behind = rest(words, at);
    let start = words.len() - behind.trim_start().len();
    let n_bytes = behind.trim_start().find(char::is_whitespace).unwrap_or(behind.trim_start().len());
    (start, start + n_bytes)
}

/// What `commentsExtended` says of the comment that ends in a graf.
struct Answer {
    /// The graf of the comment it answers.
    parent: Option<String>,
    is_resolved: bool,
}

fn answers(extended: &Tree) -> BTreeMap<String, Answer> {
    let read = |id: NodeId| {
        let graf = extended.attribute(id, "w15:paraId")?.to_owned();
        let parent = extended.attribute(id, "w15:paraIdParent").map(str::to_owned);
        let is_resolved = matches!(extended.attribute(id, "w15:done"), Some("1" | "true"));
        Some((graf, Answer { parent, is_resolved }))
    };
    extended.all(0, "w15:commentEx").into_iter().filter_map(read).collect()
}

fn said(comments: &Tree, id: NodeId, grafs: &[NodeId]) -> Said {
    let lines: Vec<String> = grafs.iter().map(|graf| lines(comments, *graf)).collect();
    let at = comments.attribute(id, "w:date");
    Said {
        by: comments.attribute(id, "w:author").unwrap_or_default().trim().to_owned(),
        at: at.and_then(|at| DateTime::parse_from_rfc3339(at).ok()).map(|at| at.with_timezone(&Utc)),
        text: lines.join("\n").trim().to_owned(),
    }
}

/// The words of a graf, a line break where it has one.
fn lines(tree: &Tree, graf: NodeId) -> String {
    let mut words = String::new();
    for run in tree.all(graf, "w:r") {
        for part in tree.children(run) {
            match tree.name(part) {
                "w:t" => words += &tree.words(part),
                "w:br" | "w:cr" => words.push('\n'),
                "w:tab" => words.push(' '),
                _ => {}
            }
        }
    }
    words
}
