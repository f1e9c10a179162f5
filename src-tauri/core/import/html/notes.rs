//! The footnotes of a page: what leads to each, and where its words stand.
//!
//! Browsers know no footnotes; every program writes them its own way. What is common: a link whose words are a number or
//! a sign leads down the page to a part that calls itself a note, or leads back.

use super::super::tree::{NodeId, Tree};
use std::collections::{BTreeMap, BTreeSet};

/// No page has more.
const MAX_NOTES: usize = 5_000;

/// By element, what it is of which footnote, from 1.
#[derive(Default)]
pub struct Notes {
    pub references: BTreeMap<NodeId, usize>,
    pub bodies: BTreeMap<NodeId, usize>,
    /// Numbers in front of the words, and links back: no copy.
    pub marks: BTreeSet<NodeId>,
}

/// The footnotes of a page, numbered in the order they are referred to.
pub fn find(tree: &Tree) -> Notes {
    let mut places: BTreeMap<&str, NodeId> = BTreeMap::new();
    let links = tree.all(0, "a");
    if !links.iter().any(|link| target(tree, *link).is_some()) {
        return Notes::default();
    }
    for id in 1..tree.len() {
        for name in ["id", "name"].iter().filter_map(|name| tree.attribute(id, name)) {
            places.entry(name).or_insert(id);
        }
    }
    let mut notes = Notes::default();
    for link in links {
        let Some(to) = target(tree, link).and_then(|name| places.get(name)).copied() else { continue };
        if !is_mark(&tree.words(link)) || notes.bodies.len() >= MAX_NOTES {
            continue;
        }
        let body = block_around(tree, to);
        let is_below = body > link && !above(tree, link).any(|outer| outer == body);
        if is_below && !is_heading(tree, body) && (calls_itself_note(tree, body) || leads_back(tree, body, link)) {
            let next = notes.bodies.len() + 1;
            notes.references.insert(link, *notes.bodies.entry(body).or_insert(next));
        }
    }
    // A footnote that leads on to another reads as words.
    notes.references.retain(|link, _| !above(tree, *link).any(|outer| notes.bodies.contains_key(&outer)));
    for body in notes.bodies.keys() {
        let marks = ["a", "sup"].into_iter().flat_map(|name| tree.all(*body, name));
        let is_back = |id: &NodeId| tree.name(*id) == "sup" || target(tree, *id).is_some();
        notes.marks.extend(marks.filter(|id| is_back(id) && is_mark(&tree.words(*id))));
    }
    notes
}

/// The place in the page that a link leads to.
fn target(tree: &Tree, link: NodeId) -> Option<&str> {
    let target = tree.attribute(link, "href")?;
    target.split_once('#').filter(|(file, _)| !file.contains(':')).map(|(_, name)| name).filter(|name| !name.is_empty())
}

/// *1*, *[12]*, *†*, *↩*
fn is_mark(words: &str) -> bool {
    let mark = words.trim().trim_matches(['[', ']', '(', ')', '.', '\u{fe0e}', '\u{a0}', ' ']);
    let is_number = mark.len() <= 4 && !mark.is_empty() && mark.bytes().all(|byte| byte.is_ascii_digit());
    is_number || ["*", "**", "†", "‡", "§", "↩", "↑", "^"].contains(&mark)
}

fn above(tree: &Tree, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
    std::iter::successors(Some(id), |id| (*id > 0).then(|| tree.node(*id).parent)).skip(1).take_while(|id| *id > 0)
}

/// The block that a place in a page begins.
fn block_around(tree: &Tree, place: NodeId) -> NodeId {
    let is_block = |id: &NodeId| matches!(tree.name(*id), "li" | "div" | "aside" | "section" | "p" | "dd" | "td");
    let is_inline = matches!(tree.name(place), "a" | "sup" | "span" | "b" | "i" | "em" | "strong");
    let block = if is_inline { above(tree, place).find(is_block).unwrap_or(place) } else { place };
    // “<div id=ftn1><p>…”: the part that holds nothing but the note.
    let outer = tree.node(block).parent;
    let is_whole = tree.name(block) == "p" && is_block(&outer) && names_note(tree, outer);
    if is_whole { outer } else { block }
}

fn is_heading(tree: &Tree, id: NodeId) -> bool {
    matches!(tree.name(id), "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "body" | "main" | "article" | "html")
}

fn names_note(tree: &Tree, id: NodeId) -> bool {
    let names = ["id", "class", "role", "epub:type"].into_iter().filter_map(|name| tree.attribute(id, name));
    names.map(str::to_lowercase).any(|name| name.contains("note") || name.starts_with("ftn") || name.starts_with("fn"))
}

fn calls_itself_note(tree: &Tree, body: NodeId) -> bool {
    names_note(tree, body) || above(tree, body).take(2).any(|outer| names_note(tree, outer) && !is_heading(tree, outer))
}

/// A link inside leads to the reference, or to what stands right around or in it.
fn leads_back(tree: &Tree, body: NodeId, reference: NodeId) -> bool {
    let near = above(tree, reference).take(2).chain([reference]).chain(tree.children(reference));
    let names: Vec<&str> =
        near.flat_map(|id| ["id", "name"].into_iter().filter_map(move |name| tree.attribute(id, name))).collect();
    tree.all(body, "a").into_iter().filter_map(|link| target(tree, link)).any(|back| names.contains(&back))
}
