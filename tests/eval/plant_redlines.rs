//! Plants edits in articles and prints how well they are found: `plant_redlines ARTICLES.jsonl [SEED]`.

#[path = "../redline/planter.rs"]
mod planter;

use std::path::Path;

fn main() {
    let mut args = std::env::args().skip(1);
    let path = args.next().unwrap_or_else(|| "../shared/eval/quotes/dev.jsonl".to_owned());
    let first_seed: u64 = args.next().and_then(|seed| seed.parse().ok()).unwrap_or(0);
    let articles = planter::articles(Path::new(&path));
    println!("{} articles of {path}", articles.len());
    let ours: Vec<String> = (0..40).map(|seed| planter::piece(seed, 20)).collect();
    let articles = if articles.is_empty() { ours } else { articles };
    let mut is_met = true;
    for (moved_percent, percent) in [(0, 0), (10, 3), (30, 6), (30, 15), (45, 20)] {
        let mut tally = planter::Tally::default();
        for (old, seed) in articles.iter().zip(first_seed..) {
            let (new, planted) = planter::plant(old, seed, 3, moved_percent, percent);
            tally.add(old, &new, &planted);
        }
        // The bar is for moved grafs edited by up to 30 %, others by up to 6 %.
        let is_bar = moved_percent <= 30 && percent <= 6;
        let holds = tally.n_invented == 0 && tally.n_found * 100 >= tally.n_planted * 95 && tally.ratio() <= 1.10;
        is_met &= !is_bar || holds || tally.words_planted == 0 && tally.n_invented == 0;
        println!(
            "moved grafs edited up to {moved_percent} %, others {percent} %: {} of {} moves found, {} invented, \
             {:.3} words told for one planted",
            tally.n_found,
            tally.n_planted,
            tally.n_invented,
            tally.ratio()
        );
    }
    let (mut n, mut n_found, mut planted_words, mut told_words) = (0, 0, 0, 0);
    for (text, seed) in articles.iter().zip(first_seed..) {
        let Some((old, new, planted)) = planter::plant_sentence(text, seed, 30) else { continue };
        let counts = stet::redline::compare(&old, &new).counts;
        n += 1;
        n_found += usize::from(counts.carries == 1 && counts.moves == 0);
        planted_words += planted.words_in + planted.words_out;
        told_words += counts.words_in + counts.words_out;
    }
    println!(
        "a sentence moved into another graf, edited up to 30 %: {n_found} of {n} told so, {:.3} words told for one planted",
        told_words as f64 / planted_words.max(1) as f64
    );
    for shape in planter::Shape::ALL {
        let texts: Vec<(String, String)> = articles
            .iter()
            .zip(first_seed..)
            .filter_map(|(old, seed)| planter::plant_shape(old, seed, shape))
            .collect();
        let n_told = texts.iter().filter(|(old, new)| planter::is_told(old, new, shape)).count();
        println!("{}: {n_told} of {} told so, and nothing besides", format!("{shape:?}").to_lowercase(), texts.len());
    }
    if !is_met {
        println!("The bar is missed: no move invented, .95 of them found, 1.10 words told for one planted.");
        std::process::exit(1);
    }
}
