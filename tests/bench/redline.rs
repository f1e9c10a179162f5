//! How long a comparison takes, beside `similar`'s patience diff of the same words; prints a table.

#[path = "../redline/planter.rs"]
mod planter;

use planter::Dice;
use similar::{Algorithm, capture_diff_slices};
use std::hint::black_box;
use std::time::{Duration, Instant};
use stet::redline::compare;

/// The shortest of a few runs.
fn best(mut run: impl FnMut()) -> Duration {
    let mut best = Duration::MAX;
    let start = Instant::now();
    for n in 0..9 {
        let from = Instant::now();
        run();
        best = best.min(from.elapsed());
        if n > 0 && start.elapsed() > Duration::from_secs(4) {
            break;
        }
    }
    best
}

fn row(which: &str, old: &str, new: &str) {
    let words = |text| str::split_whitespace(text).collect::<Vec<&str>>();
    let ours = best(|| drop(black_box(compare(old, new))));
    let theirs = best(|| drop(black_box(capture_diff_slices(Algorithm::Patience, &words(old), &words(new)))));
    let counts = compare(old, new).counts;
    println!(
        "{which:<38} {:>9.2} ms {:>9.2} ms {:>6.2}  {:>7} in {:>7} out",
        ours.as_secs_f64() * 1e3,
        theirs.as_secs_f64() * 1e3,
        ours.as_secs_f64() / theirs.as_secs_f64(),
        counts.words_in,
        counts.words_out
    );
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

fn main() {
    println!("{:<38} {:>12} {:>12} {:>6}", "", "stet", "patience", "ratio");
    for n_words in [10_000, 100_000, 1_000_000] {
        let (old, new) = edited(n_words, 5);
        row(&format!("{n_words} words, 5 % edited"), &old, &new);
    }
    let (old, _) = edited(10_000, 0);
    row("10000 words, one typed", &old, &old.replacen("The", "The new", 200).replacen("The new", "The", 199));
    row("100000 words, unrelated", &planter::piece(1, 3450), &planter::piece(2, 3450));
    row(
        "100000 words in one graf, unrelated",
        &words(1, 100_000, 1 << 20).join(" "),
        &words(2, 100_000, 1 << 20).join(" "),
    );
    row("100000 words, 500 kinds, in one graf", &words(3, 100_000, 500).join(" "), &words(4, 100_000, 500).join(" "));
    row("all words equal", &"x ".repeat(100_000), &"x ".repeat(90_000));
    row("words by turns", &"a b ".repeat(50_000), &"b a c ".repeat(35_000));
    let mut list = words(5, 180_000, 1 << 20);
    let old = list.join(" ");
    (0..list.len()).step_by(20).for_each(|at| list[at] = "new".to_owned());
    row("one graf of a megabyte, 5 % edited", &old, &list.join(" "));
    let mut list = words(6, 50_000, 1 << 20);
    let old = list.join("\n");
    (0..list.len()).step_by(20).for_each(|at| list[at] = "new".to_owned());
    list.rotate_left(9);
    row("50000 grafs of one word, 5 % edited", &old, &list.join("\n"));
}
