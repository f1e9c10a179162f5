//! What grafs are by how they are set, where no element says it: block quotes and headings.

use super::super::block::{Block, Graf, Look, Role};
use super::super::tree::{NodeId, NodeKind, Tree};
use super::sheet::{Declared, Sheet};
use std::collections::{HashMap, HashSet};

/// The `p` of a page that are no plain grafs.
#[derive(Debug, Default)]
pub struct Grafs {
    /// Set in from both sides, as block quotes are.
    pub set_in: HashSet<NodeId>,
    /// Bold and larger than most words are.
    pub headings: HashMap<NodeId, Role>,
}

/// How the letters of a graf are set.
struct Setting {
    n_letters: usize,
    is_bold: bool,
    /// Of the smallest.
    size_pt: f64,
}

/// Where nothing is said.
const USUAL_PT: f64 = 12.0;
/// A heading is larger by so much, and has at most so many letters.
const LARGER: f64 = 1.02;
const MAX_HEADING: usize = 200;

/// What the classes and the style of an element say.
pub fn declared(tree: &Tree, sheet: &Sheet, id: NodeId) -> Declared {
    let value = |name| tree.attribute(id, name).unwrap_or_default();
    sheet.of(value("class"), value("style"))
}

impl Grafs {
    /// Looks through a page. Where most grafs are set in, that is how the page is set; where elements name its headings,
    /// nothing else does.
    pub fn find(tree: &Tree, root: NodeId, sheet: &Sheet) -> Grafs {
        let grafs: Vec<NodeId> =
            tree.all(root, "p").into_iter().filter(|id| !tree.words(*id).trim().is_empty()).collect();
        let is_set_in = |id: &NodeId| declared(tree, sheet, *id).is_set_in();
        let mut set_in: HashSet<NodeId> = grafs.iter().copied().filter(is_set_in).collect();
        if set_in.len() * 2 > grafs.len() {
            set_in.clear();
        }
        let has_headings = ["h1", "h2", "h3", "h4", "h5", "h6"].iter().any(|name| !tree.all(root, name).is_empty());
        let headings = if has_headings { HashMap::new() } else { headings(tree, sheet, &grafs) };
        Grafs { set_in, headings }
    }
}

fn headings(tree: &Tree, sheet: &Sheet, grafs: &[NodeId]) -> HashMap<NodeId, Role> {
    let mut settings = Vec::new();
    let mut n_letters_of: HashMap<i64, usize> = HashMap::new();
    for id in grafs {
        let mut setting = Setting { n_letters: 0, is_bold: true, size_pt: f64::INFINITY };
        setting.read(tree, sheet, *id, (false, USUAL_PT), MAX_DEPTH);
        *n_letters_of.entry(tenths(setting.size_pt)).or_default() += setting.n_letters;
        settings.push((*id, setting));
    }
    let usual =
        n_letters_of.into_iter().max_by_key(|(size, n)| (*n, -size)).map_or(USUAL_PT, |(size, _)| size as f64 / 10.0);
    settings.retain(|(_, set)| set.is_bold && set.n_letters <= MAX_HEADING && set.size_pt > usual * LARGER);
    let mut sizes: Vec<i64> = settings.iter().map(|(_, set)| tenths(set.size_pt)).collect();
    sizes.sort_unstable_by_key(|size| -size);
    sizes.dedup();
    let level = |set: &Setting| sizes.iter().take(5).position(|size| *size == tenths(set.size_pt)).unwrap_or(5) + 1;
    settings.iter().map(|(id, set)| (*id, Role::Heading(level(set)))).collect()
}

fn tenths(size_pt: f64) -> i64 {
    (size_pt * 10.0).round() as i64
}

/// Deeper than this nobody sets words.
const MAX_DEPTH: usize = 20;

impl Setting {
    fn read(&mut self, tree: &Tree, sheet: &Sheet, id: NodeId, (is_bold, size_pt): (bool, f64), depth: usize) {
        let declared = declared(tree, sheet, id);
        let is_bold = declared.is_bold.unwrap_or(is_bold || matches!(tree.name(id), "b" | "strong"));
        let size_pt = declared.size_pt.unwrap_or(size_pt);
        for child in tree.children(id) {
            match &tree.node(child).kind {
                NodeKind::Words(words) => {
                    let n_letters = words.chars().filter(|c| !c.is_whitespace()).count();
                    self.n_letters += n_letters;
                    if n_letters > 0 {
                        (self.is_bold, self.size_pt) = (self.is_bold && is_bold, self.size_pt.min(size_pt));
                    }
                }
                NodeKind::Element { .. } if depth > 0 => self.read(tree, sheet, child, (is_bold, size_pt), depth - 1),
                _ => {}
            }
        }
    }
}

/// A block quote that is one by how it is set. All of it in italics is set so too, and stresses nothing.
pub fn quote(mut blocks: Vec<Block>) -> Block {
    let is_letter = |c: char| c.is_alphanumeric();
    let is_slanted = |block: &Block| match block {
        Block::Graf(graf) => graf.runs.iter().all(|run| run.look.is_italic || !run.text.contains(is_letter)),
        _ => false,
    };
    if blocks.iter().all(is_slanted) {
        blocks.iter_mut().for_each(|block| plain(block, |look| look.is_italic = false));
    }
    Block::Quote(blocks)
}

/// Changes the look of the words of a graf.
pub fn plain(block: &mut Block, change: impl Fn(&mut Look)) {
    if let Block::Graf(Graf { runs, .. }) = block {
        runs.iter_mut().for_each(|run| change(&mut run.look));
    }
}
