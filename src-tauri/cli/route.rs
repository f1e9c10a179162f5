//! `stet route`: how far pieces have come, when they are due, how long they are to be, where they lie.

use crate::output::Output;
use crate::quotes::count;
use crate::{desk, now, passphrase};
use chrono::{DateTime, Local, NaiveDateTime, TimeZone, Utc};
use clap::Args;
use serde::Serialize;
use std::path::Path;
use stet::desk::Access;
use stet::draft::{Place, Status};
use stet::error::{Code, Error, Result};
use stet::store::Routing;

#[derive(Args)]
pub struct Route {
    /// The pieces: all of them are changed, or none
    #[arg(value_name = "SLUG", required = true)]
    slugs: Vec<String>,
    /// draft, edit, legal, ready, published or spiked
    #[arg(long)]
    status: Option<String>,
    /// When they are due: "2026-11-24 14:00" as the clock on the wall, 2026-11-24T14:00:00Z, or none
    #[arg(long, value_name = "TIME")]
    due: Option<String>,
    /// How many words are ordered, or none
    #[arg(long, value_name = "N")]
    words: Option<String>,
    /// desk, archive or bin
    #[arg(long)]
    place: Option<String>,
}

#[derive(Serialize)]
struct Reply {
    drafts: Vec<desk::DraftReply>,
}

pub fn run(path: &Path, order: &Route, is_json: bool) -> Result<Output> {
    let routing = Routing {
        status: order.status.as_deref().map(|word| read(word, "status", Status::from_word)).transpose()?,
        place: order.place.as_deref().map(|word| read(word, "place", Place::from_word)).transpose()?,
        deadline: order.due.as_deref().map(|due| unless_none(due, "time", read_time)).transpose()?,
        target_words: order.words.as_deref().map(|n| unless_none(n, "number of words", read_words)).transpose()?,
    };
    if routing == Routing::default() {
        return Err(Error::new(Code::BadInput, "Say what is to change: --status, --due, --words or --place."));
    }
    let mut desk = passphrase::open(path, Access::Visit)?;
    let orders = order.slugs.iter().map(|slug| Ok((desk::find(&desk, slug)?.id, slug.clone(), routing)));
    let lines = desk.route(&orders.collect::<Result<Vec<_>>>()?, now())?;
    if is_json {
        return Ok(Output::json(&Reply { drafts: lines.iter().map(desk::draft_reply).collect() }));
    }
    Ok(Output::plain(format!("{} changed.\n", count(lines.len(), "piece", "pieces"))))
}

fn read<T>(word: &str, what: &str, read: impl FnOnce(&str) -> Option<T>) -> Result<T> {
    read(word).ok_or_else(|| Error::new(Code::BadInput, format!("“{word}” is no {what} that Stet knows.")))
}

fn unless_none<T>(word: &str, what: &str, known: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>> {
    if word == "none" { Ok(None) } else { read(word, what, known).map(Some) }
}

fn read_words(n: &str) -> Option<u32> {
    n.parse().ok().filter(|n| *n > 0)
}

/// A time with its zone, or one on the clock on the wall.
fn read_time(words: &str) -> Option<DateTime<Utc>> {
    if let Ok(at) = DateTime::parse_from_rfc3339(words) {
        return Some(at.with_timezone(&Utc));
    }
    let at = NaiveDateTime::parse_from_str(words, "%Y-%m-%d %H:%M").ok()?;
    Local.from_local_datetime(&at).earliest().map(|at| at.with_timezone(&Utc))
}
