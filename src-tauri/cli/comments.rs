//! `stet comments`: what is said about a piece, in the order of its text.

use crate::desk;
use crate::output::Output;
use serde::Serialize;
use std::path::Path;
use stet::desk::Thread;
use stet::error::Result;
use stet::store::Comment;

#[derive(Serialize)]
struct Reply {
    threads: Vec<ThreadReply>,
}

#[derive(Serialize)]
struct ThreadReply {
    words: String,
    /// Bytes into the body; none when the words are gone.
    at: Option<[usize; 2]>,
    said: Vec<SaidReply>,
    resolved_by: Option<String>,
    resolved_at: Option<String>,
}

#[derive(Serialize)]
struct SaidReply {
    by: String,
    at: String,
    text: String,
}

/// Lists the threads; exit 1 where one is open.
pub fn run(path: &Path, slug: &str, is_json: bool) -> Result<Output> {
    let desk = desk::open_to_read(path)?;
    let draft = desk::find(&desk, slug)?;
    let threads = desk.list_threads(draft.id, &draft.copy.body)?;
    let output = match is_json {
        true => Output::json(&Reply { threads: threads.iter().map(thread_reply).collect() }),
        false => Output::plain(threads.iter().map(page).collect()),
    };
    Ok(output.needing(threads.iter().any(|thread| thread.first.resolved.is_none())))
}

fn thread_reply(thread: &Thread) -> ThreadReply {
    let reply =
        |said: &Comment| SaidReply { by: said.by.clone(), at: desk::stamp(said.made_at), text: said.text.clone() };
    let (resolved_by, resolved_at) = thread.first.resolved.clone().map(|(by, at)| (by, desk::stamp(at))).unzip();
    ThreadReply {
        words: thread.first.anchor.words.clone(),
        at: thread.at.map(|at| [at.start, at.end]),
        said: thread.said().map(reply).collect(),
        resolved_by,
        resolved_at,
    }
}

fn page(thread: &Thread) -> String {
    let gone = if thread.at.is_none() { "  (its words are gone)" } else { "" };
    let mut page = format!("“{}”{gone}\n", thread.first.anchor.words.replace('\n', " "));
    for comment in thread.said() {
        let by = if comment.by.is_empty() { "somebody" } else { &comment.by };
        page += &format!("  {by}, {}: {}\n", desk::shown(comment.made_at), comment.text.replace('\n', "\n    "));
    }
    if let Some((by, at)) = &thread.first.resolved {
        page += &format!("  resolved {} {by}\n", desk::shown(*at));
    }
    page + "\n"
}
