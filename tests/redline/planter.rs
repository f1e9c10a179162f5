//! Plants edits in copy: moves grafs, changes words, remembers what it did, and tells how much of it was found.

// Each of those who use it needs a part of it.
#![allow(dead_code)]

use std::path::Path;
use stet::redline::{Kind, compare};
use stet::span::Span;

/// A small generator of numbers, the same on every machine (splitmix64).
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % sides.max(1) as u64) as usize
    }
}

/// What was planted.
#[derive(Debug, Default)]
pub struct Planted {
    /// Grafs moved: their place in the old text and in the new.
    pub moves: Vec<(usize, usize)>,
    pub words_in: usize,
    pub words_out: usize,
}

const WORDS: &str = "harbour council bridge report minister budget school teacher river winter market police fire storm \
    doctor nurse farmer election vote street tower museum garden engine train station ticket price tax law court judge \
    trial witness evidence camera film actor music choir church window letter phone network cable power plant water gas \
    oil field crop wheat apple bread kitchen table paper pencil budgeted opened closed promised refused counted painted \
    carried lifted dropped measured repaired argued planned delayed sold bought built planted signed burned froze melted \
    quiet loud narrow broad heavy light early late empty full broken new old public private local national foreign cheap \
    dear safe risky slow quick deep shallow warm cold bitter sweet rough smooth Okri Lindqvist Moreau Tanaka Brandt Osei \
    Marlow Fenwick Quayside Northgate Harrow Eastmoor 12 30 450 2019 7,000 $80 March Tuesday June";
const LITTLE: [&str; 16] =
    ["the", "a", "of", "in", "and", "to", "for", "with", "that", "on", "was", "by", "at", "has", "from", "which"];

fn word(dice: &mut Dice) -> &'static str {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    words[dice.roll(words.len())]
}

/// Copy of so many grafs, in words that mean nothing.
pub fn piece(seed: u64, n_grafs: usize) -> String {
    let mut dice = Dice(seed);
    let grafs: Vec<String> = (0..n_grafs).map(|_| graf(&mut dice)).collect();
    grafs.join("\n\n")
}

fn graf(dice: &mut Dice) -> String {
    let mut text = String::new();
    for sentence in 0..1 + dice.roll(3) {
        text.push_str(if sentence == 0 { "The" } else { " The" });
        for _ in 0..8 + dice.roll(14) {
            let word = if dice.roll(5) < 2 { LITTLE[dice.roll(LITTLE.len())] } else { word(dice) };
            text.push(' ');
            text.push_str(word);
        }
        text.push('.');
    }
    text
}

/// Moves `n_moves` grafs at least three places and changes up to `moved_percent` of their words, and `percent` of the
/// words of the others.
pub fn plant(old: &str, seed: u64, n_moves: usize, moved_percent: usize, percent: usize) -> (String, Planted) {
    let mut dice = Dice(seed);
    let mut planted = Planted::default();
    let grafs: Vec<&str> = old.split('\n').filter(|line| !line.trim().is_empty()).collect();
    let mut order: Vec<usize> = (0..grafs.len()).collect();
    let mut moved: Vec<usize> = Vec::new();
    for _ in 0..n_moves * 4 {
        let graf = dice.roll(grafs.len());
        let is_long = grafs[graf].split_whitespace().count() >= 8;
        let is_beside = moved.iter().any(|other| other.abs_diff(graf) < 4);
        if moved.len() == n_moves || grafs.len() < 8 || !is_long || is_beside {
            continue;
        }
        let from = order.iter().position(|&at| at == graf).expect("it is there");
        let to = dice.roll(grafs.len());
        let is_beside =
            moved.iter().any(|other| order.iter().position(|at| at == other).is_some_and(|at| at.abs_diff(to) < 4));
        if from.abs_diff(to) >= 3 && !is_beside {
            order.remove(from);
            order.insert(to, graf);
            moved.push(graf);
        }
    }
    let mut lines = Vec::new();
    for (place, &graf) in order.iter().enumerate() {
        let percent = if moved.contains(&graf) { dice.roll(moved_percent + 1) } else { percent };
        lines.push(edit(grafs[graf], percent, &mut dice, &mut planted));
        if moved.contains(&graf) {
            planted.moves.push((graf, place));
        }
    }
    (lines.join("\n\n"), planted)
}

/// Changes, adds or cuts so many of a hundred words.
fn edit(graf: &str, percent: usize, dice: &mut Dice, planted: &mut Planted) -> String {
    let mut words: Vec<String> = Vec::new();
    for old in graf.split_whitespace() {
        if dice.roll(100) >= percent {
            words.push(old.to_owned());
            continue;
        }
        let fresh = format!("{}{}", word(dice), ["", "s", "ed"][dice.roll(3)]);
        let (n_out, n_in, list) = match dice.roll(4) {
            0 => (1, 0, vec![]),
            1 => (0, 1, vec![old.to_owned(), fresh]),
            _ => (1, 1, vec![fresh]),
        };
        planted.words_out += n_out;
        planted.words_in += n_in;
        words.extend(list);
    }
    if words.is_empty() { graf.to_owned() } else { words.join(" ") }
}

/// How well planted edits were found, summed over many texts.
#[derive(Debug, Default)]
pub struct Tally {
    pub n_planted: usize,
    pub n_found: usize,
    pub n_invented: usize,
    pub words_planted: usize,
    pub words_told: usize,
}

impl Tally {
    /// Compares a text with the one edits were planted in.
    pub fn add(&mut self, old: &str, new: &str, planted: &Planted) {
        let redline = compare(old, new);
        let graf = |text: &str, span: Span| stet::span::lines(text).iter().position(|graf| span.overlaps(*graf));
        let n_grafs = |text: &str, span: Span| stet::span::lines(span.of(text)).len();
        let mut found = Vec::new();
        for op in redline.ops.iter().filter(|op| matches!(op.kind, Kind::Move | Kind::MoveEdit)) {
            let (Some(old_span), Some(new_span)) = (op.old, op.new) else { continue };
            let (Some(i), Some(j)) = (graf(old, old_span), graf(new, new_span)) else { continue };
            found.extend((0..n_grafs(old, old_span)).map(|n| (i + n, j + n)));
        }
        // Of two grafs that read the same, nobody can say which went where.
        let words = |text: &str, at: usize| stet::span::lines(text)[at].of(text).to_owned();
        let read = |pairs: &[(usize, usize)]| -> Vec<(String, String)> {
            pairs.iter().map(|&(i, j)| (words(old, i), words(new, j))).collect()
        };
        let (planted_moves, found) = (read(&planted.moves), read(&found));
        self.n_planted += planted_moves.len();
        self.n_found += planted_moves.iter().filter(|pair| found.contains(pair)).count();
        self.n_invented += found.iter().filter(|pair| !planted_moves.contains(pair)).count();
        self.words_planted += planted.words_in + planted.words_out;
        self.words_told += redline.counts.words_in + redline.counts.words_out;
    }

    /// Words told for each that was planted.
    pub fn ratio(&self) -> f64 {
        self.words_told as f64 / self.words_planted.max(1) as f64
    }
}

/// The text before and after a sentence went into a graf at least three places away and was edited; none where the text
/// has no room for it.
pub fn plant_sentence(text: &str, seed: u64, percent: usize) -> Option<(String, String, Planted)> {
    let mut dice = Dice(seed);
    let mut planted = Planted::default();
    let mut grafs: Vec<Vec<String>> = stet::span::lines(text)
        .into_iter()
        .map(|line| {
            stet::draft::sentences(line.of(text)).iter().map(|span| span.of(line.of(text)).to_owned()).collect()
        })
        .collect();
    let joined = |grafs: &[Vec<String>]| grafs.iter().map(|graf| graf.join(" ")).collect::<Vec<String>>().join("\n\n");
    let old = joined(&grafs);
    let n_words = |sentence: &str| sentence.split_whitespace().count();
    let room: Vec<(usize, usize)> = grafs
        .iter()
        .enumerate()
        .filter(|(_, graf)| graf.len() > 1)
        .flat_map(|(at, graf)| (0..graf.len()).map(move |n| (at, n)))
        .filter(|&(at, n)| (10..60).contains(&n_words(&grafs[at][n])))
        .collect();
    let &(from, nth) = room.get(dice.roll(room.len()))?;
    let targets: Vec<usize> = (0..grafs.len()).filter(|to| to.abs_diff(from) >= 3 && !grafs[*to].is_empty()).collect();
    let &to = targets.get(dice.roll(targets.len()))?;
    let sentence = grafs[from].remove(nth);
    let edited = edit(&sentence, dice.roll(percent + 1), &mut dice, &mut planted);
    let place = 1 + dice.roll(grafs[to].len());
    grafs[to].insert(place, edited);
    planted.moves.push((from, to));
    Some((old, joined(&grafs), planted))
}

/// A change of shape, no word touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Split,
    Merge,
    /// Three grafs in a row moved together.
    Block,
    /// A line of a list moved in it.
    List,
}

impl Shape {
    pub const ALL: [Shape; 4] = [Shape::Split, Shape::Merge, Shape::Block, Shape::List];
}

/// The text before and after with one change of shape; none where the text has no room for it.
pub fn plant_shape(text: &str, seed: u64, shape: Shape) -> Option<(String, String)> {
    let mut dice = Dice(seed);
    let mut grafs: Vec<String> = text.split('\n').filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
    let n_words = |words: &str| words.split_whitespace().count();
    let is_long = |at: usize, grafs: &[String]| n_words(&grafs[at]) >= 8;
    if grafs.len() < 9 {
        return None;
    }
    let mut old = grafs.join("\n\n");
    let at = dice.roll(grafs.len() - 2);
    match shape {
        Shape::Split => {
            let found = grafs[at].match_indices(". ").map(|(byte, _)| byte + 1);
            let cut = found.into_iter().find(|&byte| {
                let (one, other) = grafs[at].split_at(byte);
                n_words(one) >= 8 && n_words(other) >= 8
            })?;
            let (one, other) = grafs[at].split_at(cut);
            grafs[at] = format!("{one}\n\n{}", other.trim_start());
        }
        Shape::Merge => {
            is_long(at, &grafs).then_some(())?;
            is_long(at + 1, &grafs).then_some(())?;
            let next = grafs.remove(at + 1);
            grafs[at] = format!("{} {next}", grafs[at]);
        }
        Shape::Block => {
            (at..at + 3).all(|at| is_long(at, &grafs)).then_some(())?;
            let block: Vec<String> = grafs.splice(at..at + 3, []).collect();
            let to = dice.roll(grafs.len() + 1);
            // The less is what moved: so much must stand between.
            (to.abs_diff(at) >= 4).then_some(())?;
            grafs.splice(to..to, block);
        }
        Shape::List => {
            let items: Vec<String> = (0..6).map(|_| format!("- {}", graf(&mut dice))).collect();
            grafs.insert(at, items.join("\n"));
            old = grafs.join("\n\n");
            let (from, to) = (dice.roll(2), 3 + dice.roll(3));
            let mut items = items;
            let item = items.remove(from);
            items.insert(to, item);
            grafs[at] = items.join("\n");
        }
    }
    Some((old, grafs.join("\n\n")))
}

/// The change of shape is told by its name, and nothing besides but the space between grafs.
pub fn is_told(old: &str, new: &str, shape: Shape) -> bool {
    let redline = compare(old, new);
    let counts = redline.counts;
    let n_told = match shape {
        Shape::Split => counts.splits,
        Shape::Merge => counts.merges,
        Shape::Block | Shape::List => counts.moves,
    };
    let n_changes = redline.ops.iter().filter(|op| !matches!(op.kind, Kind::Same | Kind::Format)).count();
    n_told == 1 && n_changes == 1 && counts.words_in + counts.words_out == 0
}

/// Articles to plant edits in, one for each line of JSON, a blank line between grafs; none when the file is not there.
pub fn articles(path: &Path) -> Vec<String> {
    let Ok(lines) = std::fs::read_to_string(path) else { return Vec::new() };
    let text = |line: &str| {
        let article = serde_json::from_str::<serde_json::Value>(line).ok()?;
        let grafs: Vec<&str> = article.get("text")?.as_str()?.lines().filter(|line| !line.trim().is_empty()).collect();
        Some(grafs.join("\n\n"))
    };
    lines.lines().filter_map(text).collect()
}
