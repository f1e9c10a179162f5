//! The redline beside other comparisons of the same words, what it holds while it compares, and texts made to be slow.

#[path = "../redline/planter.rs"]
mod planter;

use super::heap::peak_bytes;
use super::ms;
use planter::Dice;
use similar::{Algorithm, capture_diff_slices};
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};
use stet::redline::{Live, compare};

/// A comparison may hold so many times the bytes of both texts.
const MAX_HEAP: f64 = 10.0;
/// An update of the live comparison may take so long.
const MAX_LIVE_MS: f64 = 5.0;

pub fn redlines(folder: &Path) {
    println!("== redline: from two texts to the changes, beside the fastest of three that read the same words");
    println!("   similar: patience; imara: imara-diff, histogram; git: --histogram --word-diff, a process of its own");
    for n_words in [10_000, 100_000, 1_000_000] {
        let (old, new) = edited(n_words, 5);
        row(folder, &format!("{n_words} words, 5 % edited"), &old, &new, 1.5);
    }
    row(folder, "100000 words, unrelated", &planter::piece(1, 4100), &planter::piece(2, 4100), 2.0);
    let far = |seed: u64| words(seed, 100_000, 1 << 20).join(" ");
    row(folder, "100000 words, unrelated, in one graf", &far(1), &far(2), 2.0);
    for (which, old, new) in hard() {
        row(folder, which, &old, &new, 0.0);
    }
    live();
}

/// The shortest of several rounds for each, turn by turn: what else the machine does only ever adds.
fn best<const N: usize>(runs: [&mut dyn FnMut(); N]) -> [f64; N] {
    let began = Instant::now();
    let mut best = [f64::MAX; N];
    let mut runs = runs;
    for n in 0..40 {
        for (run, best) in runs.iter_mut().zip(&mut best) {
            let from = Instant::now();
            run();
            *best = best.min(ms(from.elapsed()));
        }
        if n > 1 && began.elapsed() > Duration::from_secs(6) {
            break;
        }
    }
    best
}

/// One pair of texts; no bar where `most` is 0.
fn row(folder: &Path, which: &str, old: &str, new: &str, most: f64) {
    let words = |text| str::split_whitespace(text).collect::<Vec<&str>>();
    let has_git = write(folder, old, new).is_ok() && git(folder).is_ok();
    let [ours, similar, imara, git] = best([
        &mut || drop(black_box(compare(old, new))),
        &mut || drop(black_box(capture_diff_slices(Algorithm::Patience, &words(old), &words(new)))),
        &mut || {
            black_box(imara(old, new));
        },
        &mut || {
            let _ = has_git.then(|| black_box(git(folder)));
        },
    ]);
    let git = if has_git { git } else { f64::INFINITY };
    let heap = peak_bytes(|| drop(black_box(compare(old, new)))) as f64 / (old.len() + new.len()) as f64;
    let bar = if most > 0.0 { format!(" (bar {most})") } else { String::new() };
    let ratio = ours / similar.min(imara).min(git);
    println!(
        "{which:<38} {ours:>8.2} ms  similar {similar:>8.2}  imara {imara:>8.2}  git {git:>7.1}  ratio {ratio:.2}{bar}, \
         heap {heap:.1} times the texts (bar {MAX_HEAP})"
    );
}

fn imara(old: &str, new: &str) -> usize {
    let mut input = imara_diff::InternedInput::default();
    input.update_before(old.split_whitespace());
    input.update_after(new.split_whitespace());
    imara_diff::Diff::compute(imara_diff::Algorithm::Histogram, &input).hunks().count()
}

fn write(folder: &Path, old: &str, new: &str) -> std::io::Result<()> {
    std::fs::write(folder.join("old.md"), old)?;
    std::fs::write(folder.join("new.md"), new)
}

fn git(folder: &Path) -> std::io::Result<Output> {
    let words = ["diff", "--no-index", "--histogram", "--word-diff", "old.md", "new.md"];
    Command::new("git").current_dir(folder).args(words).output()
}

/// Words without meaning, of so many kinds.
fn words(seed: u64, n: usize, n_kinds: usize) -> Vec<String> {
    let mut dice = Dice(seed);
    (0..n).map(|_| format!("w{}", dice.roll(n_kinds))).collect()
}

/// Copy of about so many words, and the same with so many of a hundred edited.
fn edited(n_words: usize, percent: usize) -> (String, String) {
    let old = planter::piece(7, n_words / 29);
    let (new, _) = planter::plant(&old, 11, 0, 0, percent);
    (old, new)
}

/// Texts on which a comparison of words may take the square of their length.
fn hard() -> Vec<(&'static str, String, String)> {
    let swapped = |list: &[String]| {
        let swap = |(at, word): (usize, &String)| if at % 20 == 0 { "new".to_owned() } else { word.clone() };
        list.iter().enumerate().map(swap).collect::<Vec<String>>()
    };
    let (long, short) = (words(5, 180_000, 1 << 20), words(6, 50_000, 1 << 20));
    let mut turned = swapped(&short);
    turned.rotate_left(9);
    let few = |seed: u64| words(seed, 100_000, 500).join(" ");
    vec![
        ("100000 words of 500 kinds in one graf", few(3), few(4)),
        ("all words equal", "x ".repeat(100_000), "x ".repeat(90_000)),
        ("words by turns", "a b ".repeat(50_000), "b a c ".repeat(35_000)),
        ("one graf of a megabyte, 5 % edited", long.join(" "), swapped(&long).join(" ")),
        ("50000 grafs of one word, 5 % edited", short.join("\n"), turned.join("\n")),
    ]
}

/// Typing in a draft of 10,000 words that is held against the revision it came from.
fn live() {
    let (old, mut draft) = edited(10_000, 5);
    let mut live = Live::default();
    live.compare(&old, &draft);
    let (mut times, mut fresh) = (Vec::new(), Vec::new());
    for (n, c) in "He said the harbour would open in the spring. ".repeat(8).chars().enumerate() {
        let at_byte = stet::span::floor_boundary(&draft, draft.len() / 2 + n);
        draft.insert(at_byte, c);
        let began = Instant::now();
        black_box(live.compare(&old, &draft));
        times.push(ms(began.elapsed()));
        let began = Instant::now();
        black_box(compare(&old, &draft));
        fresh.push(ms(began.elapsed()));
    }
    times.sort_by(f64::total_cmp);
    fresh.sort_by(f64::total_cmp);
    println!(
        "10,000 words, 5 % edited, at each key: {:.2} ms, {:.2} ms at worst (bar {MAX_LIVE_MS}); anew {:.2} ms",
        times[times.len() / 2],
        times[times.len() - 1],
        fresh[fresh.len() / 2]
    );
}
