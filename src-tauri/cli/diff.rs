//! `stet diff`: what changed between two texts.

use crate::desk;
use crate::input::{self, Text};
use crate::marked;
use crate::now;
use crate::output::{self, Output};
use crate::passphrase;
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use stet::desk::{Access, Desk, Part, PartChanges, Passed, State, Title, compare_parts, even_out};
use stet::draft::{Copy, DraftId};
use stet::error::{Code, Error, Result};
use stet::export::{Marked, MarkedThread};
use stet::import::read_piece;
use stet::redline::{self, Carry, Op, Redline, WordOp};
use stet::span::Span;

#[derive(Serialize)]
struct Reply<'a> {
    ops: Vec<OpReply>,
    counts: Counts,
    /// Sentences that moved: a deletion and an insertion among the words that are one change.
    carries: Vec<CarryReply>,
    /// The other parts of a piece that changed; always empty between two files.
    parts: Vec<PartReply<'a>>,
}

#[derive(Serialize)]
struct PartReply<'a> {
    part: &'static str,
    old: &'a str,
    new: &'a str,
}

#[derive(Serialize)]
struct OpReply {
    kind: &'static str,
    old: Option<[usize; 2]>,
    new: Option<[usize; 2]>,
    words: Vec<WordReply>,
}

#[derive(Serialize)]
struct WordReply {
    kind: &'static str,
    old: Option<[usize; 2]>,
    new: Option<[usize; 2]>,
}

#[derive(Serialize)]
struct CarryReply {
    old: [usize; 2],
    new: [usize; 2],
    /// What was edited on the way; empty where each word is as it was.
    words: Vec<WordReply>,
}

#[derive(Serialize)]
struct Counts {
    words_in: usize,
    words_out: usize,
    changes: usize,
    moves: usize,
    splits: usize,
    merges: usize,
    rewrites: usize,
    carries: usize,
}

/// Where a comparison goes beside the screen, and who is said to have made the changes, when.
#[derive(clap::Args)]
pub struct Out {
    /// Write a page to read and print: no script, one file
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Write a Word file with tracked changes, moves as moves
    #[arg(long, value_name = "FILE")]
    docx: Option<PathBuf>,
    /// Put what is said about NEW, a piece of the desk, beside its words in the Word file; confidential names are blanked
    #[arg(long, requires = "docx")]
    comments: bool,
    /// Replace those files when there are such already
    #[arg(long)]
    force: bool,
    /// Why a piece of the desk may pass the gate; kept with it
    #[arg(long, default_value = "")]
    why: String,
    /// Who lets it pass; kept as who works at this desk
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Who made the changes, for Word
    #[arg(long, value_name = "NAME", default_value = "Stet")]
    author: String,
    /// When they were made, for Word: 2026-03-01T09:30:00Z; without it when NEW was saved, or now
    #[arg(long, value_name = "TIME", value_parser = read_time)]
    at: Option<DateTime<Utc>>,
}

fn read_time(words: &str) -> std::result::Result<DateTime<Utc>, String> {
    let read = DateTime::parse_from_rfc3339(words).map(|time| time.with_timezone(&Utc));
    read.map_err(|_| "say it as 2026-03-01T09:30:00Z".into())
}

/// One side of a comparison.
pub enum Side {
    File(Text),
    Piece(Box<Kept>),
}

/// A side that lies on the desk.
pub struct Kept {
    id: DraftId,
    pub copy: Copy,
    /// *ferry-sale@3, sent to legal*
    title: String,
    saved_at: DateTime<Utc>,
}

/// Compares two files, offsets into the files; or, where a piece on the desk is one side, part by part, offsets into
/// the bodies. Where one file alone has front matter it is no change: the copy is compared.
pub fn run(desk: impl Fn() -> Result<PathBuf>, old: &Path, new: &Path, out: &Out, is_json: bool) -> Result<Output> {
    let (old_side, new_side) = read_sides(&desk, old, new)?;
    for file in [&out.html, &out.docx].into_iter().flatten() {
        if is_same_file(file, old) || is_same_file(file, new) {
            let message = format!("{} is one of the two texts: name another file to write.", file.display());
            return Err(Error::new(Code::BadInput, message));
        }
        output::may_write(file, out.force)?;
    }
    let written = write_out(&desk, out, (&old_side, old), (&new_side, new))?;
    let warnings: Vec<String> = [&old_side, &new_side].into_iter().flat_map(Side::warnings).collect();
    let output = match (&old_side, &new_side, written) {
        (Side::File(old), Side::File(new), written) if is_json => {
            Output::json(&between_files(old, new, &written.unwrap_or_default()))
        }
        (_, _, Some(parts)) if !is_json => Output::plain(marked::counts_words(&parts)),
        (Side::File(old), Side::File(new), _) if are_bare(old, new) => {
            Output::plain(marked::page(&compare_parts(&bare(&old.whole), &bare(&new.whole))))
        }
        _ => compare(state_of(&old_side, old), state_of(&new_side, new), is_json),
    };
    Ok(output.warn(warnings))
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// Neither file has a head: they are compared as they are, so that a heading keeps its marks.
fn are_bare(old: &Text, new: &Text) -> bool {
    old.body_start_byte + new.body_start_byte == 0
}

/// Writes the page and the Word file that are asked for; what they tell, where any is.
fn write_out(
    desk: &impl Fn() -> Result<PathBuf>,
    out: &Out,
    old: (&Side, &Path),
    new: (&Side, &Path),
) -> Result<Option<Vec<PartChanges>>> {
    if out.html.is_none() && out.docx.is_none() {
        return Ok(None);
    }
    let pass = pass(desk, out, old, new)?;
    let parts = match (old.0, new.0) {
        // Two bare files are compared as they are, so that a heading keeps its marks.
        (Side::File(old), Side::File(new)) if old.body_start_byte + new.body_start_byte == 0 => {
            compare_parts(&bare(&old.whole).outgoing(), &bare(&new.whole).outgoing())
        }
        _ => {
            let (mut old, mut new) = (state_of(old.0, old.1), state_of(new.0, new.1));
            even_out(&mut old, &mut new);
            compare_parts(&old.copy.outgoing(), &new.copy.outgoing())
        }
    };
    let (old_title, new_title) = (title_of(old), title_of(new));
    let saved_at = match new.0 {
        Side::Piece(kept) => Some(kept.saved_at),
        Side::File(_) => None,
    };
    let marked = Marked {
        old_title: &old_title,
        new_title: &new_title,
        author: &out.author,
        at: out.at.or(saved_at).unwrap_or_else(now),
        parts: parts.iter().map(PartChanges::marked).collect(),
        threads: if out.comments { threads_of(desk, new, &parts)? } else { Vec::new() },
    };
    let html = out.html.as_ref().map(|file| (file, marked.html().into_bytes()));
    let docx = out.docx.as_ref().map(|file| (file, marked.docx()));
    let files: Vec<(&PathBuf, Vec<u8>)> = html.into_iter().chain(docx).collect();
    if let (Some((mut desk, id, passed)), Some((file, bytes))) = (pass, files.first()) {
        desk.keep_changes(id, passed, file, bytes.len(), now())?;
    }
    for (file, bytes) in files {
        output::write_file(file, &bytes)?;
    }
    Ok(Some(parts))
}

/// Asks the gate where a piece of the desk is one side; its desk is then open to keep what went out.
fn pass(
    desk: &impl Fn() -> Result<PathBuf>,
    out: &Out,
    old: (&Side, &Path),
    new: (&Side, &Path),
) -> Result<Option<(Desk, DraftId, Passed)>> {
    let piece = [new.0, old.0].into_iter().find_map(|side| match side {
        Side::Piece(kept) => Some(kept.id),
        Side::File(_) => None,
    });
    let Some(id) = piece else { return Ok(None) };
    let mut desk = passphrase::open(&desk()?, Access::Visit)?;
    if let Some(by) = &out.by {
        desk.set_editor(by)?;
    }
    let sides = [state_of(old.0, old.1).copy, state_of(new.0, new.1).copy];
    let passed = desk.pass_changes(id, sides.each_ref(), &out.why, now()).map_err(|error| match error.code {
        Code::Gate => Error::new(Code::Gate, format!("{} To let it pass: --why \"…\".", error.message)),
        _ => error,
    })?;
    Ok(Some((desk, id, passed)))
}

/// What is said about the new side, on the body that goes out.
fn threads_of(
    desk: &impl Fn() -> Result<PathBuf>,
    (side, path): (&Side, &Path),
    parts: &[PartChanges],
) -> Result<Vec<MarkedThread>> {
    let Side::Piece(kept) = side else {
        let message = format!("{} is a file: comments stand on a piece of the desk. Name its slug.", path.display());
        return Err(Error::new(Code::BadInput, message));
    };
    let body = parts.iter().find(|part| part.part == Part::Body).map_or("", |part| part.new.as_str());
    desk::open_to_read(&desk()?)?.threads_to_send(kept.id, body)
}

fn bare(text: &str) -> Copy {
    Copy { body: text.to_owned(), ..Copy::default() }
}

fn title_of((side, path): (&Side, &Path)) -> String {
    match side {
        Side::Piece(kept) => kept.title.clone(),
        Side::File(_) if path.as_os_str() == "-" => "standard input".into(),
        Side::File(_) => input::name_of(path),
    }
}

/// `written`: what was compared already to be written.
fn between_files(old: &Text, new: &Text, written: &[PartChanges]) -> Reply<'static> {
    if (old.body_start_byte == 0) == (new.body_start_byte == 0) {
        return reply(&body_redline(written, &old.whole, &new.whole), Vec::new(), (0, 0));
    }
    let starts = (old.body_start_byte, new.body_start_byte);
    reply(&body_redline(written, old.body(), new.body()), Vec::new(), starts)
}

/// The redline of two bodies: the one that was made of them as parts, if it was.
fn body_redline<'a>(parts: &'a [PartChanges], old: &str, new: &str) -> Cow<'a, Redline> {
    let made = parts.iter().find(|part| part.part == Part::Body && part.old == old && part.new == new);
    made.map_or_else(|| Cow::Owned(redline::compare(old, new)), |part| Cow::Borrowed(&part.redline))
}

/// Both sides of a comparison.
pub fn read_sides(desk: impl Fn() -> Result<PathBuf>, old: &Path, new: &Path) -> Result<(Side, Side)> {
    if old.as_os_str() == "-" && new.as_os_str() == "-" {
        return Err(Error::new(Code::BadInput, "Standard input can be one side only: name a file for the other."));
    }
    Ok((read_side(&desk, old)?, read_side(&desk, new)?))
}

pub fn read_side(desk: &impl Fn() -> Result<PathBuf>, side: &Path) -> Result<Side> {
    let name = side.to_string_lossy();
    let is_file_name = name == "-" || name.contains('/') || name.ends_with(".md") || name.ends_with(".txt");
    if is_file_name || side.exists() {
        return Ok(Side::File(input::read_text(side)?));
    }
    let open = desk::open_to_read(&desk()?)?;
    let (slug, id) = match name.rsplit_once('@').map(|(slug, id)| (slug, id.parse())) {
        Some((slug, Ok(id))) => (slug, Some(id)),
        _ => (&*name, None),
    };
    let draft = desk::find(&open, slug)?;
    let kept = match id {
        Some(id) => {
            let revision = desk::revision_of(&open, &draft, id)?;
            let title = revision.title(slug);
            Kept { id: draft.id, copy: revision.copy, title, saved_at: revision.saved_at }
        }
        None => Kept { id: draft.id, copy: draft.copy, title: slug.to_owned(), saved_at: draft.changed_at },
    };
    Ok(Side::Piece(Box::new(kept)))
}

impl Side {
    pub fn warnings(&self) -> Vec<String> {
        match self {
            Side::File(text) => text.warnings.clone(),
            Side::Piece(_) => Vec::new(),
        }
    }
}

pub fn state_of(side: &Side, path: &Path) -> State {
    match side {
        Side::Piece(kept) => State { title: Title::Now, copy: kept.copy.clone(), has_head: true },
        Side::File(text) => {
            let name = input::name_of(path);
            let piece = read_piece(&name, text.whole.as_bytes()).0;
            State { title: Title::File(name), copy: piece.copy, has_head: piece.has_head }
        }
    }
}

fn compare(mut old: State, mut new: State, is_json: bool) -> Output {
    even_out(&mut old, &mut new);
    let (old, new) = (old.copy, new.copy);
    let parts = compare_parts(&old, &new);
    if !is_json {
        return Output::plain(marked::page(&parts));
    }
    let body = body_redline(&parts, &old.body, &new.body);
    let changed = parts.iter().filter(|part| part.part != Part::Body && part.old != part.new);
    let changed = changed.map(|part| PartReply { part: part.part.word(), old: &part.old, new: &part.new });
    Output::json(&reply(&body, changed.collect(), (0, 0)))
}

/// `starts`: where in their files the old and the new text begin.
fn reply<'a>(redline: &Redline, parts: Vec<PartReply<'a>>, starts: (usize, usize)) -> Reply<'a> {
    let pair = |span: Option<Span>, start| span.map(|span: Span| [span.start + start, span.end + start]);
    let (old, new) = (|span| pair(span, starts.0), |span| pair(span, starts.1));
    let word = |word: WordOp| WordReply { kind: word.kind.word(), old: old(word.old), new: new(word.new) };
    let op = |op: &Op| OpReply {
        kind: op.kind.word(),
        old: old(op.old),
        new: new(op.new),
        words: op.words.iter().map(word).collect(),
    };
    let carry = |carry: &Carry| {
        let words = carry.words.iter().map(word).collect();
        Some(CarryReply { old: old(Some(carry.old))?, new: new(Some(carry.new))?, words })
    };
    let counts = redline.counts;
    Reply {
        ops: redline.ops.iter().map(op).collect(),
        counts: Counts {
            words_in: counts.words_in,
            words_out: counts.words_out,
            changes: counts.changes,
            moves: counts.moves,
            splits: counts.splits,
            merges: counts.merges,
            rewrites: counts.rewrites,
            carries: counts.carries,
        },
        carries: redline.carries.iter().filter_map(carry).collect(),
        parts,
    }
}
