//! What is said about the words of a Word file: the comments, which answers which, and what is resolved.

use super::super::block::{Said, Thread};
use super::super::tree::{NodeId, Tree};
use crate::comment::Anchor;
use crate::span::{Span, floor_boundary};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// Of more comments nobody reads the words they stand on; those are told as standing on none.
const MAX_COMMENTS: usize = 2_000;

/// Of longer words a comment stands on so many bytes; and so far around a place words are looked for.
const MAX_BYTES: usize = 4_000;

/// The words each comment stands on, gathered while the grafs are read.
#[derive(Default)]
pub struct Places {
    /// Comments whose words have begun in the graf that is read, and where in its words.
    open: BTreeMap<String, usize>,
    /// Those of the graf that is read: from where to where.
    closed: BTreeMap<String, Span>,
    /// Those of the grafs before: where in the text.
    at: BTreeMap<String, Span>,
    /// The words of the grafs before, a line each.
    text: String,
}

impl Places {
    pub fn begin(&mut self, id: &str, at: usize) {
        if self.open.len() + self.at.len() < MAX_COMMENTS && !self.at.contains_key(id) {
            self.open.entry(id.to_owned()).or_insert(at);
        }
    }

    pub fn end(&mut self, id: &str, at: usize) {
        if let Some((id, start)) = self.open.remove_entry(id) {
            self.closed.insert(id, Span::new(start, at.max(start)));
        }
    }

    /// A comment that stands at a place, not on words.
    pub fn point(&mut self, id: &str, at: usize) {
        let is_known = self.closed.contains_key(id) || self.at.contains_key(id);
        if !is_known && self.closed.len() + self.at.len() < MAX_COMMENTS {
            self.closed.insert(id.to_owned(), Span::new(at, at));
        }
    }

    /// The graf is read. A comment on several stands on what it has of the first.
    pub fn end_graf(&mut self, words: &str) {
        let end = words.trim_end().len();
        for (id, start) in std::mem::take(&mut self.open) {
            if start < end {
                self.closed.insert(id, Span::new(start, end));
            } else {
                // Begun behind the last word: its words are those of the next graf.
                self.open.insert(id, 0);
            }
        }
        for (id, at) in std::mem::take(&mut self.closed) {
            let start = floor_boundary(words, at.start);
            let at = Span::new(start, floor_boundary(words, at.end.min(start + MAX_BYTES)).max(start)).trim(words);
            let at = if at.is_empty() { word_at(words, start) } else { at };
            if !at.is_empty() {
                self.at.insert(id, at.shift(self.text.len()));
            }
        }
        self.text += words;
        self.text.push('\n');
    }

    /// The threads of the file in the order of its text; those on words of no graf come last, on none.
    pub fn threads(mut self, comments: Option<&Tree>, extended: Option<&Tree>) -> Vec<Thread> {
        let Some(comments) = comments else { return Vec::new() };
        let answers = extended.map(answers).unwrap_or_default();
        let mut threads: Vec<Thread> = Vec::new();
        // Which thread the comment begins that ends in a graf.
        let mut begun: BTreeMap<String, usize> = BTreeMap::new();
        for id in comments.all(0, "w:comment") {
            let Some(number) = comments.attribute(id, "w:id") else { continue };
            let grafs = comments.all(id, "w:p");
            let graf = grafs.last().and_then(|id| comments.attribute(*id, "w14:paraId")).unwrap_or_default();
            let answer = answers.get(graf);
            let said = said(comments, id, &grafs);
            let parent = answer.and_then(|answer| answer.parent.as_ref());
            match parent.and_then(|parent| threads.get_mut(*begun.get(parent)?)) {
                Some(thread) => thread.said.push(said),
                None => {
                    let is_resolved = answer.is_some_and(|answer| answer.is_resolved);
                    let at = self.at.remove(number);
                    let anchor = at.and_then(|at| Anchor::on(&self.text, at)).unwrap_or_default();
                    begun.entry(graf.to_owned()).or_insert(threads.len());
                    threads.push(Thread { said: vec![said], is_resolved, anchor });
                }
            }
        }
        threads.sort_by_key(|thread| (thread.anchor.words.is_empty(), thread.anchor.start_byte));
        threads
    }
}

/// The word before a place, else the one behind it; an empty place where neither is near.
fn word_at(words: &str, at: usize) -> Span {
    let (from, to) = (floor_boundary(words, at.saturating_sub(MAX_BYTES)), floor_boundary(words, at + MAX_BYTES));
    let before = Span::new(from, at).trim(words);
    if !before.is_empty() {
        let last = before.of(words).split_whitespace().next_back().unwrap_or_default();
        return Span::new(before.end - last.len(), before.end);
    }
    let behind = Span::new(at, to).trim(words);
    let first = behind.of(words).split_whitespace().next().unwrap_or_default();
    Span::new(behind.start, behind.start + first.len())
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
    Said {
        by: comments.attribute(id, "w:author").unwrap_or_default().trim().to_owned(),
        at: when(comments, id),
        text: lines.join("\n").trim().to_owned(),
    }
}

/// When a comment or a change was made; none where the file does not say.
pub fn when(tree: &Tree, id: NodeId) -> Option<DateTime<Utc>> {
    let at = tree.attribute(id, "w:date")?;
    Some(DateTime::parse_from_rfc3339(at).ok()?.with_timezone(&Utc))
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
