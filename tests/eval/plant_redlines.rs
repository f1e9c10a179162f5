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
    for (moved_percent, percent) in [(0, 0), (10, 3), (30, 6), (30, 15), (45, 20)] {
        let mut tally = planter::Tally::default();
        for (old, seed) in articles.iter().zip(first_seed..) {
            let (new, planted) = planter::plant(old, seed, 3, moved_percent, percent);
            tally.add(old, &new, &planted);
        }
        println!(
            "moved grafs edited up to {moved_percent} %, others {percent} %: {} of {} moves found, {} invented, \
             {:.3} words told for one planted",
            tally.n_found,
            tally.n_planted,
            tally.n_invented,
            tally.ratio()
        );
    }
    for shape in planter::Shape::ALL {
        let texts: Vec<(String, String)> = articles
            .iter()
            .zip(first_seed..)
            .filter_map(|(old, seed)| planter::plant_shape(old, seed, shape))
            .collect();
        let n_told = texts.iter().filter(|(old, new)| planter::is_told(old, new, shape)).count();
        println!("{}: {n_told} of {} told so, and nothing besides", format!("{shape:?}").to_lowercase(), texts.len());
    }
}
