//! Revisions, what changed between them, and changes taken back.

use super::{Now, path_to_write, read_file, word};
use crate::check::Withheld;
use crate::desk::{self, Blamed, Blamer, Choice, Comparer, Comparison, Desk, Merger};
use crate::draft::DraftId;
use crate::error::{Code, Error, Result};
use crate::revision::RevisionId;
use crate::span::{self, Span};
use crate::wire::merge_view::merge_view;
use crate::wire::redline_view::redline_view;
use crate::wire::view::*;
use crate::wire::{Begun, write_reply};
use serde::Deserialize;

pub fn list_revisions(desk: &mut Desk, _now: Now, id: i64) -> Result<Vec<RevisionRow>> {
    Ok(desk.list_revisions(DraftId(id))?.into_iter().map(RevisionRow::from).collect())
}

pub fn blame(desk: &mut Desk, _now: Now, id: i64) -> Result<Vec<BlamedGraf>> {
    Ok(blamed_grafs(&desk.blamer(DraftId(id))?))
}

/// The arguments of `blame`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlameArgs {
    id: i64,
}

/// The same as `blame`, with the comparing left for later.
pub fn begin_blame(desk: &mut Desk, args: BlameArgs) -> Result<Begun> {
    let blamer = desk.blamer(DraftId(args.id))?;
    Ok(Begun(Box::new(move || write_reply(&blamed_grafs(&blamer)))))
}

fn blamed_grafs(blamer: &Blamer) -> Vec<BlamedGraf> {
    let blamed = blamer.blame();
    let sentence = |blamed: &Blamed| BlamedSentence {
        words: blamed.sentence.of(&blamer.body).to_owned(),
        revision_id: blamed.revision.map(|id| id.0),
    };
    let graf = |line: Span| BlamedGraf {
        sentences: blamed.iter().filter(|blamed| line.contains(blamed.sentence)).map(sentence).collect(),
    };
    span::lines(&blamer.body).into_iter().map(graf).collect()
}

pub fn name_revision(desk: &mut Desk, now: Now, id: i64, name: String) -> Result<RevisionRow> {
    Ok(desk.name_revision(DraftId(id), &name, now)?.into())
}

pub fn compare(desk: &mut Desk, now: Now, id: i64, old: Side, new: Side) -> Result<RedlineView> {
    Ok(redline_view(&read_comparer(desk, CompareArgs { id, old, new })?.compare(), now))
}

/// The arguments of `compare`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompareArgs {
    id: i64,
    old: Side,
    new: Side,
}

/// The same as `compare`, with the comparing left for later.
pub fn begin_compare(desk: &mut Desk, now: Now, args: CompareArgs) -> Result<Begun> {
    let comparer = read_comparer(desk, args)?;
    Ok(Begun(Box::new(move || write_reply(&redline_view(&comparer.compare(), now)))))
}

pub fn write_changes(desk: &mut Desk, now: Now, order: ChangesOrder) -> Result<Exported> {
    let known = desk::ChangesOrder {
        draft_id: DraftId(order.draft_id),
        old: read_side(order.old)?,
        new: read_side(order.new)?,
        path: path_to_write(desk, &order.path)?.to_owned(),
        is_page: order.is_page,
        has_comments: order.has_comments,
        why: order.why,
        is_overwrite: order.is_overwrite,
    };
    let size_bytes = desk.write_changes(&known, now)?;
    Ok(Exported { path: order.path, size_bytes })
}

pub fn corrections(desk: &mut Desk, _now: Now, id: i64, old: Side, new: Side) -> Result<Vec<String>> {
    let withheld = desk.withheld()?;
    Ok(notice(&read_comparer(desk, CompareArgs { id, old, new })?.outgoing().compare(), &withheld))
}

/// The same as `corrections`, with the comparing left for later.
pub fn begin_corrections(desk: &mut Desk, args: CompareArgs) -> Result<Begun> {
    let (withheld, comparer) = (desk.withheld()?, read_comparer(desk, args)?);
    Ok(Begun(Box::new(move || write_reply(&notice(&comparer.outgoing().compare(), &withheld)))))
}

fn read_comparer(desk: &mut Desk, args: CompareArgs) -> Result<Comparer> {
    desk.comparer(DraftId(args.id), &read_side(args.old)?, &read_side(args.new)?)
}

fn notice(comparison: &Comparison, withheld: &Withheld) -> Vec<String> {
    desk::corrections(&comparison.parts, withheld).into_iter().map(|correction| correction.words).collect()
}

pub fn merge(desk: &mut Desk, now: Now, id: i64, sides: MergeSides) -> Result<MergeView> {
    Ok(merge_view(&read_merger(desk, MergeArgs { id, sides })?.merge(), now))
}

/// The arguments of `merge`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MergeArgs {
    id: i64,
    sides: MergeSides,
}

/// The same as `merge`, with the merging left for later.
pub fn begin_merge(desk: &mut Desk, now: Now, args: MergeArgs) -> Result<Begun> {
    let merger = read_merger(desk, args)?;
    Ok(Begun(Box::new(move || write_reply(&merge_view(&merger.merge(), now)))))
}

fn read_merger(desk: &Desk, args: MergeArgs) -> Result<Merger> {
    let [base, ours, theirs] = read_sides(args.sides)?;
    desk.merger(DraftId(args.id), &base, &ours, &theirs)
}

pub fn take_merge(
    desk: &mut Desk,
    now: Now,
    id: i64,
    sides: MergeSides,
    version: i64,
    choices: Vec<String>,
) -> Result<Replaced> {
    let [base, ours, theirs] = read_sides(sides)?;
    let read = |choice: &String| word(choice, "choice", Choice::from_word);
    let choices: Vec<Choice> = choices.iter().map(read).collect::<Result<_>>()?;
    Ok(desk.take_merge(DraftId(id), [&base, &ours, &theirs], version, &choices, now)?.into())
}

pub fn take_back(desk: &mut Desk, now: Now, id: i64, old: Side, changes: Vec<usize>) -> Result<Replaced> {
    Ok(desk.take_back(DraftId(id), &read_side(old)?, &changes, now)?.into())
}

pub fn restore_revision(desk: &mut Desk, now: Now, id: i64, revision_id: i64) -> Result<Replaced> {
    Ok(desk.restore_revision(DraftId(id), RevisionId(revision_id), now)?.into())
}

fn read_sides(sides: MergeSides) -> Result<[desk::Side; 3]> {
    Ok([read_side(sides.base)?, read_side(sides.ours)?, read_side(sides.theirs)?])
}

fn read_side(side: Side) -> Result<desk::Side> {
    match (side.revision_id, side.is_now, side.file) {
        (Some(id), false, None) => Ok(desk::Side::Revision(RevisionId(id))),
        (None, true, None) => Ok(desk::Side::Now),
        (None, false, Some(file)) => Ok(desk::Side::File(read_file(file)?)),
        _ => {
            let message = "A side of a comparison is a revision, or now, or a file: exactly one of them.";
            Err(Error::new(Code::BadInput, message))
        }
    }
}
