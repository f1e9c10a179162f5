//! A desk under torture: windows killed, the power cut at random moments, and files with bits and pages gone wrong.
//!
//! A short run is a test; `make torture` runs the whole of it and prints the table. TORTURE_SEED says which dice.

mod disk;
mod patience;
mod prose;

#[path = "torture/cuts.rs"]
mod cuts;
#[path = "torture/harms.rs"]
mod harms;
#[path = "torture/kills.rs"]
mod kills;
#[path = "torture/pages.rs"]
mod pages;
#[path = "torture/session.rs"]
mod session;

use chrono::{DateTime, TimeDelta, Utc};
use harms::Harms;
use prose::Dice;
use rusqlite::Connection;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// What was told of so many kills or cuts.
#[derive(Default)]
pub struct Told {
    pub n_acknowledged: usize,
    /// Kills while a desk of an older Stet was there to be brought up to date, and of these so many inside of it.
    pub n_upgrades: i64,
    pub n_inside: u64,
    /// A sentence for each thing that was acknowledged and is not there, or that is not whole.
    pub lost: Vec<String>,
    /// The slowest opening.
    pub slowest: Duration,
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|said| said.parse().ok()).unwrap_or(otherwise)
}

fn at(second: i64) -> DateTime<Utc> {
    "2026-11-20T09:00:00Z".parse::<DateTime<Utc>>().expect("a time") + TimeDelta::seconds(second)
}

/// A desk as an older Stet left it.
fn old_desk(path: &Path, version: i64) {
    stet::store::keep_locks();
    let old = Connection::open(path).expect("a file");
    for part in ["schema", "rows"] {
        let frozen = format!("{}/tests/schemas/{version}.{part}.sql", env!("CARGO_MANIFEST_DIR"));
        old.execute_batch(&fs::read_to_string(frozen).expect("frozen")).expect("made");
    }
    old.close().expect("closed");
}

/// Prints a line of the table. Returns what must not be.
fn tell(what: &str, n: u64, told: &Told) -> Vec<String> {
    let slowest_ms = u64::try_from(told.slowest.as_millis()).unwrap_or(u64::MAX);
    // Held only where nothing else runs beside it.
    let most_ms = number("OPENING_MS", u64::MAX);
    let (n_acknowledged, n_lost) = (told.n_acknowledged, told.lost.len());
    print!("{what:11} {n:5}: acknowledged {n_acknowledged}, lost {n_lost}, slowest opening {slowest_ms} ms");
    println!("{}", if told.n_upgrades > 0 { format!(", inside an upgrade {}", told.n_inside) } else { String::new() });
    let mut faults = told.lost.clone();
    faults.extend((slowest_ms > most_ms).then(|| format!("{what}: an opening took more than {most_ms} ms")));
    faults
}

fn tell_harms(what: &str, n: u64, harms: &Harms) -> Vec<String> {
    let Harms { n_found, n_harmless, n_missed, as_if_whole, in_silence, not_salvaged, n_to_salvage } = harms;
    println!(
        "{what:11} {n:5}: found {n_found}, in no kept text {n_harmless}, missed {n_missed}, opened as if whole {}; of \
         {n_to_salvage} rows elsewhere salvage lost some {} times, dropped in silence {}",
        as_if_whole.len(),
        not_salvaged.len(),
        in_silence.len()
    );
    let mut faults = [&not_salvaged[..], as_if_whole, in_silence].concat();
    faults.extend((*n_missed > 0).then(|| format!("{n_missed} {what} that changed kept text were not told")));
    faults
}

#[test]
fn a_desk_under_torture_loses_nothing_and_tells_everything() {
    let seed = number("TORTURE_SEED", 20_261_126);
    println!("TORTURE_SEED={seed}");
    let mut dice = Dice::new(seed);
    let (n_kills, n_cuts) = (number("KILLS", 4), number("CUTS", 8));
    let (n_flips, n_torn) = (number("FLIPS", 8), number("TORN", 6));
    let mut faults = tell("kills", n_kills, &kills::kill(n_kills, &mut dice));
    faults.extend(tell(&format!("power cuts ({})", cuts::how()), n_cuts, &cuts::cut(n_cuts, &mut dice)));
    let good = harms::Good::new(&mut dice);
    faults.extend(tell_harms("flips", n_flips, &harms::harm(n_flips, &good, &mut dice, harms::flip)));
    faults.extend(tell_harms("torn pages", n_torn, &harms::harm(n_torn, &good, &mut dice, harms::tear)));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
