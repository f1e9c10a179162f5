//! `stet merge`: what two people made of one text, made one.

use crate::diff::{Side, read_side};
use crate::ink::Ink;
use crate::output::{self, Output};
use crate::quotes::count;
use serde::Serialize;
use std::path::PathBuf;
use stet::error::{Code, Error, Result};
use stet::redline::{By, Stretch, merge};
use stet::span::{after, before};

#[derive(clap::Args)]
pub struct Merge {
    /// The text both began with: a file, - for standard input, or SLUG@ID for a revision on the desk
    base: PathBuf,
    /// What became of it here
    ours: PathBuf,
    /// What became of it there
    theirs: PathBuf,
    /// A file for the merged text; without it standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the file when there is one already
    #[arg(long, requires = "output")]
    force: bool,
}

#[derive(Serialize)]
struct Reply<'a> {
    text: &'a str,
    conflicts: usize,
    stretches: Vec<StretchReply<'a>>,
}

#[derive(Serialize)]
struct StretchReply<'a> {
    by: &'static str,
    base: &'a str,
    ours: &'a str,
    theirs: &'a str,
}

/// Exit 1 where an editor must choose.
pub fn run(desk: impl Fn() -> Result<PathBuf>, order: &Merge, is_json: bool) -> Result<Output> {
    let paths = [&order.base, &order.ours, &order.theirs];
    if paths.iter().filter(|path| path.as_os_str() == "-").count() > 1 {
        let message = "Standard input can be one of the three only: name files for the others.";
        return Err(Error::new(Code::BadInput, message));
    }
    let [base, ours, theirs] =
        [read_side(&desk, &order.base)?, read_side(&desk, &order.ours)?, read_side(&desk, &order.theirs)?];
    let warnings = [&base, &ours, &theirs].into_iter().flat_map(Side::warnings).collect();
    // Files are merged whole, front matter and all; with a piece among them, the words alone.
    let are_files = [&base, &ours, &theirs].iter().all(|side| matches!(side, Side::File(_)));
    let words = |side: &Side| match side {
        Side::File(text) if are_files => text.whole.clone(),
        Side::File(text) => text.body().to_owned(),
        Side::Piece(kept) => kept.copy.body.clone(),
    };
    let merged = merge(&words(&base), &words(&ours), &words(&theirs));
    let n_conflicts = merged.conflicts().count();
    let text = merged.text(choice);
    if let Some(path) = &order.output {
        output::may_write(path, order.force)?;
        output::write_file(path, text.as_bytes())?;
    }
    let output = if is_json {
        Output::json(&Reply {
            text: &text,
            conflicts: n_conflicts,
            stretches: merged.stretches.iter().map(stretch_reply).collect(),
        })
    } else if order.output.is_none() {
        Output::copy(text)
    } else {
        Output::plain(summary(&merged.stretches))
    };
    Ok(output.warn(warnings).needing(n_conflicts > 0))
}

fn stretch_reply(stretch: &Stretch) -> StretchReply<'_> {
    StretchReply { by: stretch.by.word(), base: &stretch.base, ours: &stretch.ours, theirs: &stretch.theirs }
}

/// A conflict in the merged text, for an editor to look for and settle. Line ends around it stay.
fn choice(stretch: &Stretch) -> String {
    let words = |words: &str| if words.trim().is_empty() { "(nothing)".to_owned() } else { words.trim().to_owned() };
    let (ours, theirs, base) = (words(&stretch.ours), words(&stretch.theirs), words(&stretch.base));
    let space = |rest: fn(&str) -> &str, side: fn(&str, usize) -> &str| {
        let spaces = [&stretch.ours, &stretch.theirs].map(|text| side(text, text.len() - rest(text).len()));
        spaces.into_iter().max_by_key(|space| space.len()).unwrap_or_default()
    };
    let lead = space(str::trim_start, |text, n| before(text, n));
    let tail = space(str::trim_end, |text, n| after(text, text.len() - n));
    format!("{lead}[[OURS: {ours} | THEIRS: {theirs} | WAS: {base}]]{tail}")
}

fn summary(stretches: &[Stretch]) -> String {
    let ink = Ink::stdout();
    let n = |by: By| stretches.iter().filter(|stretch| stretch.by == by).count();
    let mut facts = vec![
        format!("{} ours", count(n(By::Ours), "change", "changes")),
        format!("{} theirs", n(By::Theirs)),
        format!("{} alike", n(By::Both)),
    ];
    facts.push(match n(By::Conflict) {
        0 => ink.right("nothing to choose"),
        n_conflicts => ink.wrong(&format!("{} to choose: look for [[OURS", count(n_conflicts, "place", "places"))),
    });
    facts.join(" · ") + "\n"
}
