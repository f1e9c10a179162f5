//! What lies on the desk: pieces, their revisions, and how their quotes stand.

use crate::check::{Checked, Settled};
use crate::ink::Ink;
use crate::input::Text;
use crate::output::Output;
use crate::{now, passphrase};
use chrono::{DateTime, Local, SecondsFormat, Utc};
use serde::Serialize;
use std::path::Path;
use std::sync::Arc;
use stet::check::Policy;
use stet::desk::{Access, Blamed, Desk, Line, Settlement, Step};
use stet::draft::{Copy, Draft, Place, count_words};
use stet::error::{Code, Error, Result};
use stet::revision::{Revision, RevisionId};

#[derive(Serialize)]
struct DraftsReply {
    drafts: Vec<DraftReply>,
}

#[derive(Serialize)]
pub struct DraftReply {
    slug: String,
    hed: String,
    status: &'static str,
    words: usize,
    target_words: Option<u32>,
    deadline: Option<String>,
    changed_at: String,
    place: &'static str,
    quotes: usize,
    wrong: usize,
    /// Of the wrong ones.
    alarms: usize,
    open: usize,
    stale: usize,
}

#[derive(Serialize)]
struct CopyReply<'a> {
    slug: &'a str,
    hed: &'a str,
    dek: &'a str,
    byline: &'a str,
    dateline: &'a str,
    body: &'a str,
}

#[derive(Serialize)]
struct LogReply {
    revisions: Vec<RevisionReply>,
}

#[derive(Serialize)]
struct BlameReply<'a> {
    sentences: Vec<SentenceReply<'a>>,
}

#[derive(Serialize)]
struct SentenceReply<'a> {
    span: [usize; 2],
    text: &'a str,
    revision: Option<i64>,
}

#[derive(Serialize)]
struct RevisionReply {
    id: i64,
    saved_at: String,
    name: Option<String>,
    cause: &'static str,
    words: usize,
    words_in: usize,
    words_out: usize,
}

pub fn drafts(path: &Path, place: &str, is_json: bool) -> Result<Output> {
    let place = Place::from_word(place).ok_or_else(|| {
        Error::new(Code::BadInput, format!("There is no place “{place}”: pieces lie in desk, archive or bin."))
    })?;
    let lines = open_to_read(path)?.count_all(place, now())?;
    if is_json {
        let drafts = lines.iter().map(draft_reply).collect();
        return Ok(Output::json(&DraftsReply { drafts }));
    }
    let ink = Ink::stdout();
    let width = lines.iter().map(|line| line.draft.slug.chars().count()).max().unwrap_or_default();
    let mut page = String::new();
    for line in &lines {
        let (draft, counts) = (&line.draft, line.counts.unwrap_or_default());
        let mut standing = Vec::new();
        let alarms = match counts.alarms {
            0 => String::new(),
            1 => " (1 alarm)".into(),
            n => format!(" ({n} alarms)"),
        };
        standing.extend((counts.wrong > 0).then(|| ink.wrong(&format!("{} wrong{alarms}", counts.wrong))));
        standing.extend((counts.open > 0).then(|| ink.open(&format!("{} open", counts.open))));
        standing.extend((counts.stale > 0).then(|| ink.open(&format!("{} stale", counts.stale))));
        standing.extend(line.deadline.map(|due| format!("due {}", shown(due))));
        page += &format!(
            "{}  {:9}  {:>5} words  {}  {}  {}\n",
            ink.bold(&format!("{:width$}", draft.slug)),
            draft.status.word(),
            count_words(&draft.copy.body),
            ink.quiet(&shown(draft.changed_at)),
            draft.copy.hed,
            standing.join(" · ")
        );
    }
    if lines.is_empty() {
        page = "No pieces here: `stet import story.md` brings one.\n".into();
    }
    Ok(Output::plain(page))
}

pub fn show(path: &Path, slug: &str, revision: Option<i64>, is_json: bool) -> Result<Output> {
    let desk = open_to_read(path)?;
    let draft = find(&desk, slug)?;
    let copy = match revision {
        Some(id) => revision_of(&desk, &draft, id)?.copy,
        None => draft.copy,
    };
    if !is_json {
        return Ok(Output::copy(copy.body));
    }
    let Copy { hed, dek, byline, dateline, body } = &copy;
    Ok(Output::json(&CopyReply { slug: &draft.slug, hed, dek, byline, dateline, body }))
}

pub fn log(path: &Path, slug: &str, is_json: bool) -> Result<Output> {
    let mut desk = open_to_read(path)?;
    let draft = find(&desk, slug)?;
    let steps = desk.list_revisions(draft.id)?;
    if is_json {
        return Ok(Output::json(&LogReply { revisions: steps.iter().map(revision_reply).collect() }));
    }
    let ink = Ink::stdout();
    let mut page = String::new();
    for step in &steps {
        let revision = &step.revision;
        let name = match &revision.name {
            Some(name) => ink.bold(name),
            None => ink.quiet(revision.cause.word()),
        };
        page += &format!(
            "{:>5}  {}  {:>5} words  {} {}  {name}\n",
            revision.id.0,
            shown(revision.saved_at),
            count_words(&revision.copy.body),
            ink.right(&format!("+{}", step.words_in)),
            ink.wrong(&format!("−{}", step.words_out)),
        );
    }
    Ok(Output::plain(page))
}

/// Each sentence behind the revision that gave it its words; a revision is named once where it goes on.
pub fn blame(path: &Path, slug: &str, is_json: bool) -> Result<Output> {
    let mut desk = open_to_read(path)?;
    let draft = find(&desk, slug)?;
    let blamer = desk.blamer(draft.id)?;
    let (blamed, body) = (blamer.blame(), &blamer.body);
    if is_json {
        let sentence = |blamed: &Blamed| SentenceReply {
            span: [blamed.sentence.start, blamed.sentence.end],
            text: blamed.sentence.of(body),
            revision: blamed.revision.map(|id| id.0),
        };
        return Ok(Output::json(&BlameReply { sentences: blamed.iter().map(sentence).collect() }));
    }
    let ink = Ink::stdout();
    let steps = desk.list_revisions(draft.id)?;
    let (mut page, mut last) = (String::new(), None);
    for Blamed { sentence, revision } in blamed {
        if last != Some(revision) {
            let step = steps.iter().find(|step| Some(step.revision.id) == revision);
            page += &match step.map(|step| &step.revision) {
                Some(Revision { id, name, cause, saved_at, .. }) => {
                    let name = name.as_deref().unwrap_or(cause.word());
                    format!("{}\n", ink.quiet(&format!("{}  {}  {name}", id.0, shown(*saved_at))))
                }
                None => format!("{}\n", ink.bold("not yet in a revision")),
            };
            last = Some(revision);
        }
        page += &format!("    {}\n", sentence.of(body));
    }
    Ok(Output::plain(page))
}

pub fn restore(path: &Path, slug: &str, id: i64, is_json: bool) -> Result<Output> {
    let mut desk = passphrase::open(path, Access::Visit)?;
    let draft = find(&desk, slug)?;
    let saved_at = revision_of(&desk, &draft, id)?.saved_at;
    desk.restore_revision(draft.id, RevisionId(id), now())?;
    if is_json {
        let lines = desk.lines_of(&[draft.id], now())?.counted(now());
        return Ok(Output::json(&lines.first().map(draft_reply)));
    }
    let was = shown(saved_at);
    Ok(Output::plain(format!("{slug} is as it was at {was}; what stood before is the last revision but one.\n")))
}

pub fn check(path: &Path, slug: &str, policy: Option<Policy>, is_json: bool) -> Result<Output> {
    if Path::new(slug).is_file() || slug == "-" {
        let message = format!("{slug} is a file: name its notes with --notes DIR, or a piece on the desk.");
        return Err(Error::new(Code::BadInput, message));
    }
    let desk = open_to_read(path)?;
    let draft = find(&desk, slug)?;
    let mut checker = desk.checker(draft.id)?;
    if let Some(policy) = policy {
        checker = checker.with_policy(policy);
    }
    let checked = checker.check(&draft.copy.body, now());
    let text = Text::of_piece(draft.copy.body);
    let settled = checked.quotes.iter().map(|judged| Settled {
        cq: judged.cq.as_ref().and_then(|cq| match &cq.settlement {
            Settlement::Cq { by, reason } => Some((by.clone(), reason.clone())),
            Settlement::Verdict(_) => None,
        }),
        stale: judged.stale().map(|stale| stale.words()),
        needs_editor: judged.needs_editor(),
    });
    let settled = settled.collect();
    let (quotes, findings) = checked.quotes.into_iter().map(|judged| (judged.quote, judged.finding)).unzip();
    let (furniture, notes, policy) = (checked.furniture, Arc::clone(&checked.notes), checked.policy);
    Ok(Checked { text, quotes, furniture, findings, settled, notes, policy }.output(is_json))
}

/// A desk for reading: it must be there, and stays as it is.
pub fn open_to_read(path: &Path) -> Result<Desk> {
    passphrase::open(path, Access::Read)
}

/// The piece of that slug. Errors: `NotFound`.
pub fn find(desk: &Desk, slug: &str) -> Result<Draft> {
    desk.store().get_draft(slug)?.ok_or_else(|| {
        Error::new(Code::NotFound, format!("There is no piece “{slug}” on this desk: `stet drafts` lists them."))
    })
}

/// A revision of that piece and no other. Errors: `NotFound`.
pub fn revision_of(desk: &Desk, draft: &Draft, id: i64) -> Result<Revision> {
    let revision = desk.store().open_revision(RevisionId(id)).ok();
    revision.filter(|revision| revision.draft_id == draft.id).ok_or_else(|| {
        let slug = &draft.slug;
        Error::new(Code::NotFound, format!("There is no revision {id} of {slug}: `stet log {slug}` lists them."))
    })
}

/// For programs: RFC 3339 in UTC.
pub fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// For people: kept in UTC, shown as the clock on the wall.
pub fn shown(at: DateTime<Utc>) -> String {
    at.with_timezone(&Local).format("%Y-%m-%d %H:%M").to_string()
}

pub fn draft_reply(line: &Line) -> DraftReply {
    let (draft, counts) = (&line.draft, line.counts.unwrap_or_default());
    DraftReply {
        slug: draft.slug.clone(),
        hed: draft.copy.hed.clone(),
        status: draft.status.word(),
        words: count_words(&draft.copy.body),
        target_words: draft.target_words,
        deadline: line.deadline.map(stamp),
        changed_at: stamp(draft.changed_at),
        place: draft.place.word(),
        quotes: counts.quotes,
        wrong: counts.wrong,
        alarms: counts.alarms,
        open: counts.open,
        stale: counts.stale,
    }
}

fn revision_reply(step: &Step) -> RevisionReply {
    let revision = &step.revision;
    RevisionReply {
        id: revision.id.0,
        saved_at: stamp(revision.saved_at),
        name: revision.name.clone(),
        cause: revision.cause.word(),
        words: count_words(&revision.copy.body),
        words_in: step.words_in,
        words_out: step.words_out,
    }
}
