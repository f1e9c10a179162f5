//! Hours of editing on a large desk: does it stay as quick and as small as it began?
//!
//! `make soak` prints the table; SOAK_SECONDS says how long (60), SOAK_PIECES and SOAK_NOTES how large (2,000 and 20,000),
//! SOAK_REST_MS how long the editor rests before each save (0).
//! It fails when a bar is not held.

#[path = "../prose/mod.rs"]
mod prose;

use chrono::{DateTime, TimeDelta, Utc};
use prose::Dice;
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};
use stet::desk::{Access, Desk, Order};
use stet::draft::{Copy, Draft, DraftId, Place};
use stet::export::Format;
use stet::revision::Cause;
use stet::store::{DraftEdit, Store};
use tempfile::TempDir;

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|said| said.parse().ok()).unwrap_or(otherwise)
}

/// How long each of one thing took.
#[derive(Default)]
struct Times(Vec<Duration>);

impl Times {
    fn take<T>(&mut self, act: impl FnOnce() -> T) -> T {
        let began = Instant::now();
        let value = act();
        self.0.push(began.elapsed());
        value
    }

    /// Of a hundred, so many took no longer; ms.
    fn at(&self, percent: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort();
        let place = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
        sorted.get(place).map_or(0.0, |time| time.as_secs_f64() * 1e3)
    }
}

/// An editor who never stops, and what it took.
struct Soak {
    desk: Desk,
    dice: Dice,
    now: DateTime<Utc>,
    folder: TempDir,
    saves: Times,
    pauses: Times,
    checks: Times,
    lists: Times,
    searches: Times,
}

impl Soak {
    /// One piece worked on: opened, typed into, checked, and now and then named, restored or sent out.
    fn work(&mut self) {
        self.now += TimeDelta::seconds(60);
        let now = self.now;
        self.lists.take(|| self.desk.list_drafts(Place::Desk, now)).expect("a list");
        let n_pieces = number("SOAK_PIECES", 2_000) as usize;
        let id = DraftId(1 + self.dice.below(n_pieces) as i64);
        let mut draft = self.desk.open_draft(id, now).expect("there");
        for _ in 0..20 + self.dice.below(40) {
            draft = self.save(draft);
        }
        self.checks.take(|| self.desk.check_draft(id, &draft.copy.body, now)).expect("checked");
        // As the page does when nothing was typed for a while.
        self.now += TimeDelta::seconds(31);
        let now = self.now;
        self.pauses.take(|| self.desk.settle(id, now)).expect("settled");
        let word = prose::word(&mut self.dice);
        self.searches.take(|| self.desk.search(word)).expect("searched");
        match self.dice.below(8) {
            0 => drop(self.desk.name_revision(id, "sent", now).expect("named")),
            1 => self.restore(id),
            2 => self.export(&draft),
            3 => self.note(id),
            _ => (),
        }
        self.desk.keep_all_owed().expect("kept");
    }

    fn save(&mut self, mut draft: Draft) -> Draft {
        self.now += TimeDelta::seconds(1);
        thread::sleep(Duration::from_millis(number("SOAK_REST_MS", 0)));
        prose::edit(&mut draft.copy.body, &mut self.dice);
        let Draft { id, slug, copy, version, .. } = &draft;
        let edit = DraftEdit { id: *id, slug: slug.clone(), target_words: None, copy: copy.clone() };
        let now = self.now;
        draft.version = self.saves.take(|| self.desk.save_draft(&edit, *version, now)).expect("saved").version;
        draft
    }

    fn restore(&mut self, id: DraftId) {
        let revisions = self.desk.store().list_revisions(id).expect("a list");
        if let Some(revision) = revisions.get(self.dice.below(revisions.len())) {
            self.desk.restore_revision(id, revision.id, self.now).expect("put back");
        }
    }

    fn export(&mut self, draft: &Draft) {
        let path = self.folder.path().join("out.md");
        let order = Order::new(draft.id, Format::Markdown, path);
        let order = Order { why: "a test".into(), is_overwrite: true, ..order };
        self.desk.export(&order, self.now).expect("it goes out");
    }

    fn note(&mut self, id: DraftId) {
        let note = prose::note(&prose::piece(300, &mut self.dice));
        self.desk.save_note(&note, true, Some(id), self.now).expect("kept");
    }

    fn back_up(&self) {
        let (backing, now) = (self.desk.backing(), self.now);
        // As the window does it: away from who types.
        thread::spawn(move || backing.make(now));
    }
}

/// What this program has in memory, MB; none where the system does not say.
fn resident_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse::<f64>().ok().map(|kb| kb / 1e3)
}

fn set_out(store: &mut Store, dice: &mut Dice, now: DateTime<Utc>) {
    for lot in 0..number("SOAK_PIECES", 2_000) / 100 {
        let fill = |store: &mut Store| {
            (1..=100).try_for_each(|n| {
                let copy = Copy { body: prose::piece(600, dice), ..Copy::default() };
                let slug = format!("piece {}", lot * 100 + n);
                store.new_draft(&slug, None, &copy, Cause::Created, now).map(drop)
            })
        };
        store.all_or_none(fill).expect("pieces");
    }
    for _ in 0..number("SOAK_NOTES", 20_000) / 1_000 {
        let fill = |store: &mut Store| {
            (0..1_000).try_for_each(|_| store.add_note(&prose::note(&prose::piece(300, dice)), None, now).map(drop))
        };
        store.all_or_none(fill).expect("notes");
    }
}

fn main() -> ExitCode {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("desk.stet");
    let now: DateTime<Utc> = "2026-11-20T09:00:00Z".parse().expect("a time");
    let mut dice = Dice::new(7);
    set_out(&mut Store::open(&path, Access::Window).expect("a desk"), &mut dice, now);
    let mut desk = Desk::open(&path, Access::Window).expect("a desk");
    desk.set_editor("SB").expect("set");
    let times = Times::default;
    let mut soak = Soak {
        desk,
        dice,
        now,
        folder,
        saves: times(),
        pauses: times(),
        checks: times(),
        lists: times(),
        searches: times(),
    };
    let time = Duration::from_secs(number("SOAK_SECONDS", 60));
    let (began, mut next_backup, mut early_mb, mut n_worked) = (Instant::now(), Duration::ZERO, None, 0);
    while began.elapsed() < time {
        if began.elapsed() >= next_backup {
            soak.back_up();
            next_backup += Duration::from_secs(3_600);
        }
        soak.work();
        n_worked += 1;
        if early_mb.is_none() && began.elapsed() > time / 4 {
            early_mb = resident_mb();
        }
    }
    tell(&soak, time, n_worked, early_mb.zip(resident_mb()))
}

fn tell(soak: &Soak, time: Duration, n_worked: usize, memory_mb: Option<(f64, f64)>) -> ExitCode {
    println!("{} s, {n_worked} pieces worked on, {} saves", time.as_secs(), soak.saves.0.len());
    println!("{:8} {:>7} {:>10} {:>10} {:>10}", "", "n", "median ms", "p99 ms", "most ms");
    let rows = [
        ("save", &soak.saves),
        ("pause", &soak.pauses),
        ("check", &soak.checks),
        ("list", &soak.lists),
        ("search", &soak.searches),
    ];
    for (name, times) in rows {
        let [median, p99, most] = [50, 99, 100].map(|percent| times.at(percent));
        println!("{name:8} {:>7} {median:>10.2} {p99:>10.2} {most:>10.2}", times.0.len());
    }
    let mut faults = Vec::new();
    match memory_mb {
        Some((early, late)) => {
            println!("memory {early:.0} MB after a quarter of the time, {late:.0} MB at its end");
            faults.extend((late > early * 1.1).then_some("memory grew by more than a tenth"));
        }
        None => println!("memory: this system does not say"),
    }
    faults.extend((soak.saves.at(99) > 3.0 * soak.saves.at(50)).then_some("saves: p99 is over three times the median"));
    faults.extend((soak.lists.at(99) >= 100.0).then_some("the list took 100 ms or more"));
    faults.extend((soak.searches.at(99) >= 50.0).then_some("search: p99 is 50 ms or more"));
    let damage = soak.desk.store().verify().expect("read");
    faults.extend((!damage.is_empty()).then_some("the desk is not whole"));
    faults.iter().for_each(|fault| println!("not held: {fault}"));
    if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
