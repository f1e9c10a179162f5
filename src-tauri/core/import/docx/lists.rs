//! The numberings of a Word file.

use crate::import::tree::{NodeId, Tree};
use std::collections::BTreeMap;

/// Where an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// From 0.
    pub level: usize,
    /// As counted so far; none where it has a bullet.
    pub number: Option<u64>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Level {
    is_numbered: bool,
    first: u64,
    /// Counts from its first anew where this numbering is met first.
    begins_anew: bool,
}

#[derive(Debug, Default)]
struct Numbering {
    /// What it counts with: numberings made of one sketch go on counting together.
    sketch: String,
    levels: [Level; N_LEVELS],
    is_met: [bool; N_LEVELS],
}

/// The numberings by their ids, and how far each sketch has counted.
#[derive(Debug, Default)]
pub struct Lists {
    numberings: BTreeMap<String, Numbering>,
    counts: BTreeMap<String, [Option<u64>; N_LEVELS]>,
}

const N_LEVELS: usize = 9;

impl Lists {
    pub fn read(tree: &Tree) -> Lists {
        let mut sketches = BTreeMap::new();
        for id in tree.all(0, "w:abstractNum") {
            if let Some(name) = tree.attribute(id, "w:abstractNumId") {
                sketches.insert(name, levels(tree, id, [Level::default(); N_LEVELS]));
            }
        }
        let mut numberings = BTreeMap::new();
        for id in tree.all(0, "w:num") {
            let Some(name) = tree.attribute(id, "w:numId") else { continue };
            let sketch =
                tree.child(id, "w:abstractNumId").and_then(|id| tree.attribute(id, "w:val")).unwrap_or_default();
            let mut own = sketches.get(sketch).copied().unwrap_or_default();
            for other in tree.children(id).filter(|id| tree.name(*id) == "w:lvlOverride") {
                own = levels(tree, other, own);
                let start = tree.child(other, "w:startOverride").and_then(|id| tree.attribute(id, "w:val"));
                let at = tree.attribute(other, "w:ilvl").and_then(|level| level.parse::<usize>().ok());
                if let (Some(first), Some(level)) =
                    (start.and_then(|first| first.parse().ok()), at.and_then(|at| own.get_mut(at)))
                {
                    (level.first, level.begins_anew) = (first, true);
                }
            }
            let sketch = sketch.to_owned();
            numberings.insert(name.to_owned(), Numbering { sketch, levels: own, is_met: [false; N_LEVELS] });
        }
        Lists { numberings, counts: BTreeMap::new() }
    }

    /// Counts one item of a list; none where the list is the one that means none.
    pub fn count(&mut self, list: &str, level: usize) -> Option<Place> {
        if list == "0" {
            return None;
        }
        let level = level.min(N_LEVELS - 1);
        let numbering = self.numberings.entry(list.to_owned()).or_default();
        let kind = numbering.levels[level];
        let counts = self.counts.entry(numbering.sketch.clone()).or_default();
        if kind.begins_anew && !numbering.is_met[level] {
            counts[level] = None;
        }
        numbering.is_met[level] = true;
        let number = counts[level].map_or(kind.first, |number| number.saturating_add(1));
        counts[level] = Some(number);
        // An item of an outer level begins the inner ones anew.
        counts[level + 1..].fill(None);
        Some(Place { level, number: kind.is_numbered.then_some(number) })
    }
}

fn levels(tree: &Tree, parent: NodeId, mut known: [Level; N_LEVELS]) -> [Level; N_LEVELS] {
    for id in tree.children(parent).filter(|id| tree.name(*id) == "w:lvl") {
        let value = |name: &str| tree.child(id, name).and_then(|id| tree.attribute(id, "w:val"));
        let at = tree.attribute(id, "w:ilvl").and_then(|level| level.parse::<usize>().ok()).filter(|at| *at < N_LEVELS);
        let Some(at) = at else { continue };
        let is_numbered = !matches!(value("w:numFmt"), Some("bullet" | "none") | None);
        let first = value("w:start").and_then(|first| first.parse().ok()).unwrap_or(1);
        known[at] = Level { is_numbered, first, begins_anew: false };
    }
    known
}
