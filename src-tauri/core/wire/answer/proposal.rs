//! What came back for a piece, and its changes, accepted or rejected.

use super::{Now, read_file, word};
use crate::desk::{Act, Author, Choice, Comparer, Desk, Returned, Suggester, Suggesting, Suggestion, Suggestions};
use crate::draft::DraftId;
use crate::error::Result;
use crate::revision::RevisionId;
use crate::store::{Proposal, ProposalId};
use crate::wire::merge_view::stretch_view;
use crate::wire::piece_view::time;
use crate::wire::redline_view::{redline_view, suggested_marks, title_words};
use crate::wire::view::*;
use crate::wire::{Begun, write_reply};
use serde::Deserialize;

pub fn look_at_returned(
    desk: &mut Desk,
    now: Now,
    id: i64,
    file: FileIn,
    base_id: Option<i64>,
) -> Result<ReturnedView> {
    let returned = desk.look_at_returned(DraftId(id), &read_file(file)?, base_id.map(RevisionId))?;
    let base_title = title_words(&returned.title(), now);
    let Returned { revision, guess, is_tracked, authors, n_changes, n_comments, warnings, .. } = returned;
    Ok(ReturnedView {
        base_id: revision.map(|revision| revision.id.0),
        base_title,
        base_words: guess.words().into(),
        is_tracked,
        authors,
        changes: n_changes,
        comments: n_comments,
        warnings,
    })
}

pub fn bring_back(
    desk: &mut Desk,
    now: Now,
    id: i64,
    file: FileIn,
    base_id: Option<i64>,
    by: String,
) -> Result<SuggestionsView> {
    let (proposal, warnings) = desk.bring_back(DraftId(id), &read_file(file)?, base_id.map(RevisionId), &by, now)?;
    Ok(SuggestionsView { warnings, ..suggestions(desk, now, proposal.id.0)? })
}

pub fn list_proposals(desk: &mut Desk, _now: Now, id: i64) -> Result<Vec<ProposalRow>> {
    Ok(desk.list_proposals(DraftId(id))?.iter().map(proposal_row).collect())
}

pub fn suggestions(desk: &mut Desk, now: Now, proposal_id: i64) -> Result<SuggestionsView> {
    Ok(suggestions_view(desk.suggester(ProposalId(proposal_id))?, now))
}

/// The arguments of `suggestions`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SuggestionsArgs {
    proposal_id: i64,
}

/// The same as `suggestions`, with the comparing left for later.
pub fn begin_suggesting(desk: &mut Desk, now: Now, args: SuggestionsArgs) -> Result<Begun> {
    let suggester = desk.suggester(ProposalId(args.proposal_id))?;
    Ok(Begun(Box::new(move || write_reply(&suggestions_view(suggester, now)))))
}

pub fn act_on_suggestions(
    desk: &mut Desk,
    now: Now,
    proposal_id: i64,
    changes: Vec<usize>,
    act: String,
    version: i64,
) -> Result<ActedView> {
    let act = word(&act, "act on suggestions", |act| match act {
        "accept" => Some(Act::Accept),
        "reject" => Some(Act::Reject),
        "take back" => Some(Act::TakeBack),
        choice => Choice::from_word(choice).map(Act::Choose),
    })?;
    let acted = desk.act_on_suggestions(ProposalId(proposal_id), &changes, act, version, now)?;
    Ok(ActedView { suggestions: suggestions(desk, now, proposal_id)?, draft: acted.draft.into(), left: acted.n_left })
}

pub fn start_suggesting(desk: &mut Desk, now: Now, id: i64) -> Result<SuggestingView> {
    Ok(suggesting_view(desk.start_suggesting(DraftId(id), now)?))
}

pub fn suggested(desk: &mut Desk, now: Now, id: i64, body: String) -> Result<Option<SuggestedView>> {
    Ok(desk.suggested(DraftId(id), body)?.map(|read| suggested_view(read, now)))
}

/// The arguments of `suggested`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuggestedArgs {
    id: i64,
    body: String,
}

/// The same as `suggested`, with the comparing left for later.
pub fn begin_suggested(desk: &mut Desk, now: Now, args: SuggestedArgs) -> Result<Begun> {
    let read = desk.suggested(DraftId(args.id), args.body)?;
    Ok(Begun(Box::new(move || write_reply(&read.map(|read| suggested_view(read, now))))))
}

pub fn stop_suggesting(desk: &mut Desk, now: Now, id: i64, is_kept: bool) -> Result<HandedOver> {
    let (draft, proposal) = desk.stop_suggesting(DraftId(id), is_kept, now)?;
    Ok(HandedOver { draft: draft.into(), proposal: proposal.as_ref().map(proposal_row) })
}

fn suggesting_view(Suggesting { base, by, since }: Suggesting) -> SuggestingView {
    SuggestingView { base_id: base.0, by, since: time(since) }
}

fn suggested_view((suggesting, comparer): (Suggesting, Comparer), now: Now) -> SuggestedView {
    let redline = redline_view(&comparer.compare(), now);
    let marks = suggested_marks(&redline);
    SuggestedView { suggesting: suggesting_view(suggesting), rows: redline.rows, marks }
}

pub fn bin_proposal(desk: &mut Desk, _now: Now, proposal_id: i64, is_in_bin: bool) -> Result<ProposalRow> {
    Ok(proposal_row(&desk.bin_proposal(ProposalId(proposal_id), is_in_bin)?))
}

fn proposal_row(proposal: &Proposal) -> ProposalRow {
    ProposalRow {
        id: proposal.id.0,
        came_at: time(proposal.came_at),
        name: proposal.words.name.clone(),
        by: proposal.words.by.clone(),
        is_in_bin: proposal.is_in_bin,
    }
}

fn suggestions_view(suggester: Suggester, now: Now) -> SuggestionsView {
    let suggestions = suggester.suggest();
    let open = suggestions.n_open();
    let Suggestions { proposal, comparison, each, version } = suggestions;
    let redline = redline_view(&comparison, now);
    let parts = comparison.parts.iter().flat_map(|part| part.changes.iter().map(|_| part.part));
    let each = each.into_iter().zip(parts).map(|(suggestion, part)| {
        let Suggestion { authors, fate, settled, conflicts } = suggestion;
        SuggestionView {
            authors: authors.into_iter().map(author_view).collect(),
            fate: fate.word().into(),
            settled: settled.map(author_view),
            conflicts: conflicts.iter().map(|stretch| stretch_view(part, stretch)).collect(),
        }
    });
    SuggestionsView {
        proposal: proposal_row(&proposal),
        redline,
        each: each.collect(),
        open,
        warnings: Vec::new(),
        version,
    }
}

fn author_view(author: Author) -> AuthorView {
    AuthorView { by: author.by, at: author.at.map(time) }
}
