//! One answer for each command: what the page says in, what the desk found out.

mod comment;
mod compare;
mod proposal;
mod recording;
mod spelling;
mod style;

pub use comment::*;
pub use compare::*;
pub use proposal::*;
pub use recording::*;
pub use spelling::*;
pub use style::*;

use super::check_view::{check_view, source_view};
use super::piece_view::{NoteIn, kept_text, read_time, time};
use super::view::*;
use super::{Begun, write_reply};
use crate::check::{Blanked, Pass, Policy};
use crate::desk::{
    self, Backing, Brought, Desk, Edit, File, Found, Order, Passages, Passphrase, PastDesk, Redacted, look_at,
};
use crate::draft::{DraftId, Place, Status};
use crate::error::{Code, Error, Result};
use crate::export::{Format, Pasted, Plain};
use crate::import;
use crate::note::NoteId;
use crate::span::{Span, Utf16};
use crate::store::{self, Hit as StoreHit, Routing};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

type Now = DateTime<Utc>;

fn word<T>(word: &str, what: &str, read: impl FnOnce(&str) -> Option<T>) -> Result<T> {
    read(word).ok_or_else(|| Error::new(Code::BadInput, format!("'{word}' is no {what} that Stet knows.")))
}

/// A path the page names. One that is not whole would lead to wherever Stet was started.
fn whole_path(path: &str) -> Result<&Path> {
    let path = Path::new(path);
    path.is_absolute().then_some(path).ok_or_else(|| {
        Error::new(Code::BadInput, "A path has to be whole, from the top of the disk. Choose the place in the dialog.")
    })
}

/// A path the page names, to write to.
fn path_to_write<'p>(desk: &Desk, path: &'p str) -> Result<&'p Path> {
    let path = whole_path(path)?;
    desk.may_write(path).map(|()| path)
}

/// A path the page names, to read.
fn path_to_read<'p>(desk: &Desk, path: &'p str) -> Result<&'p Path> {
    let path = whole_path(path)?;
    desk.may_read(path).map(|()| path)
}

// The desk.

pub fn desk(desk: &mut Desk, _now: Now) -> Result<DeskView> {
    desk.heed();
    let info = desk.info()?;
    Ok(DeskView {
        path: info.path,
        version: env!("CARGO_PKG_VERSION").into(),
        editor: info.editor,
        policy: policy_view(info.policy),
        read_only_because: info.read_only_because,
        has_passphrase: info.has_passphrase,
        lock_after_min: info.lock_after_min,
        n_notes: info.n_notes,
        notices: info.notices,
        recovered: info.recovered.into_iter().map(RecoveredView::from).collect(),
        is_damaged: info.is_damaged,
        backup_trouble: info.backup_trouble,
        restored: info.restored.map(RestoredView::from),
    })
}

pub fn set_editor(desk: &mut Desk, now: Now, editor: String) -> Result<DeskView> {
    desk.set_editor(&editor)?;
    self::desk(desk, now)
}

fn policy_view(policy: Policy) -> PolicyView {
    PolicyView {
        fillers: policy.fillers.word().into(),
        false_starts: policy.false_starts.word().into(),
        contractions: policy.contractions.word().into(),
        grammar: policy.grammar.word().into(),
    }
}

pub fn set_policy(desk: &mut Desk, now: Now, policy: PolicyView) -> Result<DeskView> {
    let pass = |said: &str| word(said, "verdict for tidied speech", Pass::from_word);
    desk.set_policy(Policy {
        fillers: pass(&policy.fillers)?,
        false_starts: pass(&policy.false_starts)?,
        contractions: pass(&policy.contractions)?,
        grammar: pass(&policy.grammar)?,
    })?;
    self::desk(desk, now)
}

/// A window and a server answer this themselves ([`super::Keeper`]), where the desk can be locked.
pub fn lock(_desk: &mut Desk, _now: Now) -> Result<bool> {
    Err(Error::new(Code::BadInput, "This desk has no passphrase. Set one, then lock it."))
}

pub fn unlock(_desk: &mut Desk, _now: Now, _passphrase: String) -> Result<bool> {
    Ok(true)
}

pub fn set_passphrase(desk: &mut Desk, now: Now, old: String, new: String) -> Result<DeskView> {
    let [old, new] = [old, new].map(|words| {
        let words = Zeroizing::new(words);
        (!words.is_empty()).then(|| Passphrase::new(&words))
    });
    desk.set_passphrase(old.as_ref(), new.as_ref())?;
    self::desk(desk, now)
}

pub fn set_lock_after(desk: &mut Desk, now: Now, minutes: u32) -> Result<DeskView> {
    desk.set_lock_after(minutes)?;
    self::desk(desk, now)
}

pub fn list_backups(desk: &mut Desk, _now: Now) -> Result<BackupsView> {
    // A damaged desk may not know its second place any more.
    Ok(backups_view(desk.list_past()?, &desk.backup_folder(), desk.second_place().unwrap_or_default()))
}

pub fn backups_view(past: Vec<PastDesk>, folder: &Path, second: Option<PathBuf>) -> BackupsView {
    BackupsView {
        backups: past.into_iter().map(BackupView::from).collect(),
        folder: folder.display().to_string(),
        second: second.map(|folder| folder.display().to_string()),
    }
}

pub fn make_backup(desk: &mut Desk, now: Now) -> Result<bool> {
    desk.backing().make(now).map(|made| made.is_new)
}

/// Away from the desk: nobody who types waits for it.
pub fn begin_backup(backing: Backing, now: Now) -> Begun {
    Begun(Box::new(move || write_reply(&backing.make(now)?.is_new)))
}

pub fn survey(desk: &mut Desk, _now: Now) -> Result<SurveyView> {
    Ok(desk.backing().survey()?.into())
}

pub fn begin_survey(backing: Backing) -> Begun {
    Begun(Box::new(move || write_reply(&SurveyView::from(backing.survey()?))))
}

pub fn salvage(desk: &mut Desk, now: Now) -> Result<SalvageView> {
    Ok(desk.backing().salvage(now)?.into())
}

pub fn begin_salvage(backing: Backing, now: Now) -> Begun {
    Begun(Box::new(move || write_reply(&SalvageView::from(backing.salvage(now)?))))
}

pub fn preview_backup(desk: &mut Desk, _now: Now, name: String) -> Result<BackupPreview> {
    Ok(desk.preview_past(&name)?.into())
}

pub fn restore_backup(desk: &mut Desk, now: Now, name: String) -> Result<DeskView> {
    desk.restore_past(&name, now)?;
    self::desk(desk, now)
}

pub fn set_backup_folder(desk: &mut Desk, now: Now, folder: String) -> Result<BackupsView> {
    let second = (!folder.is_empty()).then(|| path_to_write(desk, &folder)).transpose()?;
    desk.set_second_place(second)?;
    list_backups(desk, now)
}

pub fn backup(desk: &mut Desk, _now: Now, path: String) -> Result<Exported> {
    let size_bytes = desk.backup(path_to_write(desk, &path)?)? as usize;
    Ok(Exported { path, size_bytes })
}

// Pieces.

pub fn list_drafts(desk: &mut Desk, now: Now, place: String) -> Result<Vec<DraftRow>> {
    let place = word(&place, "place", Place::from_word)?;
    Ok(desk.list_drafts(place, now)?.into_iter().map(DraftRow::from).collect())
}

pub fn count_quotes(desk: &mut Desk, now: Now, ids: Vec<i64>) -> Result<Vec<DraftRow>> {
    let ids: Vec<DraftId> = ids.into_iter().map(DraftId).collect();
    Ok(desk.lines_of(&ids, now)?.counted(now).into_iter().map(DraftRow::from).collect())
}

/// The arguments of `count_quotes`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountArgs {
    ids: Vec<i64>,
}

/// The same as `count_quotes`, with the checking left for later.
pub fn begin_count(desk: &mut Desk, now: Now, args: CountArgs) -> Result<Begun> {
    let ids: Vec<DraftId> = args.ids.into_iter().map(DraftId).collect();
    let listing = desk.lines_of(&ids, now)?;
    Ok(Begun(Box::new(move || {
        let rows: Vec<DraftRow> = listing.counted(now).into_iter().map(DraftRow::from).collect();
        write_reply(&rows)
    })))
}

pub fn new_draft(desk: &mut Desk, now: Now) -> Result<DraftView> {
    Ok(desk.new_draft(now)?.into())
}

pub fn open_draft(desk: &mut Desk, now: Now, id: i64) -> Result<DraftView> {
    Ok(desk.open_draft(DraftId(id), now)?.into())
}

pub fn save_draft(desk: &mut Desk, now: Now, edit: DraftEdit) -> Result<Saved> {
    let kept = store::DraftEdit {
        id: DraftId(edit.id),
        slug: kept_text(&edit.slug),
        target_words: edit.target_words,
        copy: edit.copy(),
    };
    let saved = desk.save_draft(&kept, edit.version, now)?;
    Ok(Saved::new(saved, &kept.copy.body))
}

pub fn save_elsewhere(desk: &mut Desk, _now: Now, edit: DraftEdit, path: String) -> Result<Exported> {
    let size_bytes = desk.save_elsewhere(&edit.copy(), path_to_write(desk, &path)?)?;
    Ok(Exported { path, size_bytes })
}

pub fn settle(desk: &mut Desk, now: Now, id: i64) -> Result<bool> {
    desk.settle(DraftId(id), now)
}

pub fn duplicate_draft(desk: &mut Desk, now: Now, id: i64) -> Result<DraftView> {
    Ok(desk.duplicate_draft(DraftId(id), now)?.into())
}

pub fn set_status(desk: &mut Desk, now: Now, id: i64, status: String) -> Result<DraftRow> {
    let status = word(&status, "status", Status::from_word)?;
    Ok(desk.set_status(DraftId(id), status, now)?.into())
}

pub fn route_drafts(desk: &mut Desk, now: Now, orders: Vec<RoutingOrder>) -> Result<Vec<DraftRow>> {
    let orders = orders.into_iter().map(read_routing).collect::<Result<Vec<_>>>()?;
    Ok(desk.route(&orders, now)?.into_iter().map(DraftRow::from).collect())
}

fn read_routing(order: RoutingOrder) -> Result<(DraftId, String, Routing)> {
    let deadline = |at: String| if at.is_empty() { Ok(None) } else { read_time(&at, "a deadline").map(Some) };
    let routing = Routing {
        status: order.status.map(|status| word(&status, "status", Status::from_word)).transpose()?,
        place: order.place.map(|place| word(&place, "place", Place::from_word)).transpose()?,
        deadline: order.deadline.map(deadline).transpose()?,
        target_words: order.target_words.map(|n_words| Some(n_words).filter(|n_words| *n_words > 0)),
    };
    Ok((DraftId(order.id), order.slug, routing))
}

pub fn remove_draft(desk: &mut Desk, now: Now, id: i64) -> Result<RemovedView> {
    Ok(desk.remove_draft(DraftId(id), now)?.into())
}

pub fn list_events(desk: &mut Desk, _now: Now, id: i64) -> Result<Vec<EventView>> {
    Ok(desk.list_events(DraftId(id))?.into_iter().map(EventView::from).collect())
}

pub fn kept_views(desk: &mut Desk, _now: Now) -> Result<String> {
    desk.views()
}

pub fn keep_views(desk: &mut Desk, now: Now, text: String) -> Result<String> {
    desk.set_views(&text)?;
    kept_views(desk, now)
}

pub fn kept_snippets(desk: &mut Desk, _now: Now) -> Result<String> {
    desk.snippets()
}

pub fn keep_snippets(desk: &mut Desk, now: Now, text: String) -> Result<String> {
    desk.set_snippets(&text)?;
    kept_snippets(desk, now)
}

// Sources.

pub fn list_notes(desk: &mut Desk, now: Now) -> Result<Vec<NoteRow>> {
    Ok(desk.list_notes()?.into_iter().map(|kept| NoteRow::new(kept, now)).collect())
}

pub fn open_note(desk: &mut Desk, _now: Now, id: i64) -> Result<NoteView> {
    note_view(desk, NoteId(id))
}

fn note_view(desk: &Desk, id: NoteId) -> Result<NoteView> {
    Ok(NoteView::new(desk.open_note(id)?, desk.recording_of(id)?))
}

pub fn save_note(desk: &mut Desk, now: Now, edit: NoteEdit) -> Result<NoteView> {
    let NoteIn { note, is_new, draft_id } = NoteIn::read(edit)?;
    let kept = desk.save_note(&note, is_new, draft_id, now)?;
    note_view(desk, kept.note.id)
}

pub fn bin_note(desk: &mut Desk, now: Now, id: i64, is_in_bin: bool) -> Result<NoteRow> {
    Ok(NoteRow::new(desk.bin_note(NoteId(id), is_in_bin)?, now))
}

pub fn remove_note(desk: &mut Desk, now: Now, id: i64) -> Result<RemovedView> {
    Ok(desk.remove_note(NoteId(id), now)?.into())
}

pub fn open_source(desk: &mut Desk, now: Now, note_id: i64) -> Result<SourceView> {
    Ok(source_view(desk.tracer(NoteId(note_id))?.trace(now), now))
}

/// The arguments of `open_source`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SourceArgs {
    note_id: i64,
}

/// The same as `open_source`, with the checking left for later.
pub fn begin_source(desk: &mut Desk, now: Now, args: SourceArgs) -> Result<Begun> {
    let tracer = desk.tracer(NoteId(args.note_id))?;
    Ok(Begun(Box::new(move || write_reply(&source_view(tracer.trace(now), now)))))
}

pub fn redact_note(desk: &mut Desk, now: Now, id: i64) -> Result<RedactedView> {
    Ok(redacted_view(desk.redactor(NoteId(id))?.redact(now)))
}

/// The arguments of `redact_note`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RedactArgs {
    id: i64,
}

/// The same as `redact_note`, with the reading left for later.
pub fn begin_redacting(desk: &mut Desk, now: Now, args: RedactArgs) -> Result<Begun> {
    let redactor = desk.redactor(NoteId(args.id))?;
    Ok(Begun(Box::new(move || write_reply(&redacted_view(redactor.redact(now))))))
}

fn redacted_view(Redacted { line, kept, blanked, note }: Redacted) -> RedactedView {
    let places = Utf16::new(&note.text);
    let kept = kept.into_iter().map(|(part, words)| KeptBack { part: part.into(), words }).collect();
    let blank = |(span, why): (Span, Blanked)| BlankView { at: places.span(span), why: why.words().into() };
    RedactedView { line, kept, blanked: blanked.into_iter().map(blank).collect() }
}

pub fn import_notes(desk: &mut Desk, now: Now, files: Vec<FileIn>, draft_id: Option<i64>) -> Result<Imported> {
    let files = files.into_iter().map(read_file).collect::<Result<Vec<File>>>()?;
    Ok(imported(desk.import_notes(&files, draft_id.map(DraftId), now)?))
}

pub fn import_drafts(desk: &mut Desk, now: Now, files: Vec<FileIn>, into_id: Option<i64>) -> Result<Imported> {
    let files = files.into_iter().map(read_file).collect::<Result<Vec<File>>>()?;
    Ok(imported(desk.import_drafts(&files, into_id.map(DraftId), now)?))
}

pub fn take_files(desk: &mut Desk, now: Now, orders: Vec<FileOrder>) -> Result<Imported> {
    let read = |FileOrder { file, head }: FileOrder| -> Result<desk::FileOrder> {
        Ok(desk::FileOrder { file: read_file(file)?, head: head.map(import::Head::from) })
    };
    let orders = orders.into_iter().map(read).collect::<Result<Vec<_>>>()?;
    Ok(imported(desk.take_files(&orders, now)?))
}

pub fn look_at_file(_desk: &mut Desk, _now: Now, file: FileIn) -> Result<SeenFile> {
    Ok(look_at(&read_file(file)?)?.into())
}

/// The arguments of `look_at_file`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LookArgs {
    file: FileIn,
}

/// The same as `look_at_file`, left for later: it needs no desk.
pub fn begin_look(args: LookArgs) -> Begun {
    Begun(Box::new(move || write_reply(&SeenFile::from(look_at(&read_file(args.file)?)?))))
}

pub fn read_pasted(_desk: &mut Desk, _now: Now, html: String) -> Result<PastedIn> {
    pasted(&html)
}

/// The arguments of `read_pasted`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PastedArgs {
    html: String,
}

/// The same as `read_pasted`, left for later: it needs no desk.
pub fn begin_pasted(args: PastedArgs) -> Begun {
    Begun(Box::new(move || write_reply(&pasted(&args.html)?)))
}

fn pasted(html: &str) -> Result<PastedIn> {
    let (text, warnings) = import::read_pasted(html)?;
    Ok(PastedIn { text, warnings: warnings.into_iter().map(|warning| warning.message).collect() })
}

fn read_file(file: FileIn) -> Result<File> {
    let bytes = STANDARD.decode(file.bytes).map_err(|cause| {
        let message = format!("{} did not arrive whole. Pick it again.", file.name);
        Error::new(Code::BadInput, message).because(cause)
    })?;
    Ok(File { name: file.name, bytes })
}

fn imported(brought: Brought) -> Imported {
    Imported {
        draft_ids: brought.draft_ids.into_iter().map(|id| id.0).collect(),
        note_ids: brought.note_ids.into_iter().map(|id| id.0).collect(),
        warnings: brought.warnings,
    }
}

pub fn indexing(desk: &mut Desk, _now: Now) -> Result<Option<IndexingView>> {
    Ok(desk.indexing().map(|(n_read, n_notes)| IndexingView { n_read, n_notes }))
}

pub fn search(desk: &mut Desk, _now: Now, query: String) -> Result<Vec<Hit>> {
    Ok(desk.search(&query)?.iter().flat_map(hit_views).collect())
}

pub fn search_history(desk: &mut Desk, _now: Now, query: String, below: Option<i64>) -> Result<PastHits> {
    let (found, below) = desk.search_history(&query, below.unwrap_or(i64::MAX))?;
    Ok(PastHits { hits: found.iter().flat_map(hit_views).collect(), below })
}

fn hit_views(found: &Found) -> Vec<Hit> {
    let hit = hit_view(&found.hit);
    let places = Utf16::new(&found.text);
    let view = |(sentence, marks): &(Span, Vec<Span>)| {
        let start = places.from_byte(sentence.start);
        let inside = |mark: &Span| places.span(*mark).map(|place| place.saturating_sub(start));
        let is_here = matches!(found.hit, StoreHit::Draft { .. } | StoreHit::Note { .. });
        let here = marks.first().filter(|_| is_here).map(|mark| places.span(*mark));
        Hit {
            sentence: sentence.of(&found.text).to_owned(),
            marks: marks.iter().map(inside).collect(),
            at: hit.at.or(here),
            ..hit.clone()
        }
    };
    found.sentences.iter().map(view).collect()
}

/// Where a hit lies, with no sentence yet.
fn hit_view(hit: &StoreHit) -> Hit {
    let view = |kind: &str, id: i64, title: &str| Hit {
        kind: kind.into(),
        id,
        title: title.into(),
        by: String::new(),
        name: String::new(),
        made_at: None,
        revision_id: None,
        sentence: String::new(),
        marks: Vec::new(),
        at: None,
    };
    match hit {
        StoreHit::Draft { id, slug, .. } => view("draft", id.0, slug),
        StoreHit::Note { id, source, said_at, is_confidential } => {
            let source = if *is_confidential { "confidential source" } else { source };
            let said_at = super::piece_view::said_at_words(said_at);
            let parts: Vec<&str> = [source, &said_at].into_iter().filter(|part| !part.is_empty()).collect();
            view("note", id.0, &parts.join(", "))
        }
        StoreHit::Comment { draft_id, slug, body, by, made_at, at } => Hit {
            by: by.clone(),
            made_at: Some(time(*made_at)),
            at: at.map(|at| Utf16::new(body).span(at)),
            ..view("comment", draft_id.0, slug)
        },
        StoreHit::Revision { id, draft_id, slug, name, saved_at } => Hit {
            name: name.clone().unwrap_or_default(),
            made_at: Some(time(*saved_at)),
            revision_id: Some(id.0),
            ..view("revision", draft_id.0, slug)
        },
    }
}

/// How many passages are told of.
const N_PASSAGES: usize = 60;

pub fn find_passages(desk: &mut Desk, now: Now, id: i64, query: String) -> Result<Vec<PassageView>> {
    let found = desk.find_passages(DraftId(id), &query)?;
    Ok(found.into_iter().flat_map(|passages| passage_views(passages, now)).take(N_PASSAGES).collect())
}

fn passage_views(Passages { kept, sentences }: Passages, now: Now) -> Vec<PassageView> {
    let text = kept.note.text.clone();
    let places = Utf16::new(&text);
    let note = NoteRow::new(kept, now);
    let view = |(sentence, marks): (Span, Vec<Span>)| {
        let at = places.span(sentence);
        let inside = |mark: Span| places.span(mark).map(|place| place - at[0]);
        PassageView {
            note: note.clone(),
            words: sentence.of(&text).to_owned(),
            marks: marks.into_iter().map(inside).collect(),
            at,
        }
    };
    sentences.into_iter().take(N_PASSAGES).map(view).collect()
}

pub fn quote_from_note(
    desk: &mut Desk,
    now: Now,
    body: String,
    at: Place16,
    note_id: i64,
    passage: Place16,
) -> Result<QuotedView> {
    let kept = desk.open_note(NoteId(note_id))?;
    let passage = span_in(&kept.note.text, passage);
    let quoted = desk::quote_from_note(&body, span_in(&body, at), &kept, passage, now)?;
    let places = Utf16::new(&body);
    let edit = TextEdit { at: places.span(quoted.edit.at), insert: quoted.edit.insert };
    Ok(QuotedView { edit, told: quoted.told.into_iter().map(str::to_owned).collect() })
}

fn span_in(text: &str, [start, end]: Place16) -> Span {
    let places = Utf16::new(text);
    Span::new(places.to_byte(start), places.to_byte(end))
}

// Check.

pub fn check_draft(desk: &mut Desk, now: Now, id: i64, body: String) -> Result<CheckView> {
    let checked = desk.check_draft(DraftId(id), &body, now)?;
    Ok(check_view(&body, &checked, now))
}

/// The arguments of `check_draft`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckArgs {
    id: i64,
    body: String,
}

/// The same as `check_draft`, with the reading and checking left for later.
pub fn begin_check(desk: &mut Desk, now: Now, args: CheckArgs) -> Result<Begun> {
    let CheckArgs { id, body } = args;
    let checker = desk.checker(DraftId(id))?;
    Ok(Begun(Box::new(move || write_reply(&check_view(&body, &checker.check(&body, now), now)))))
}

pub fn put_words_in(desk: &mut Desk, now: Now, id: i64, body: String, key: String) -> Result<Vec<TextEdit>> {
    Ok(edit_views(&body, desk.put_words_in(DraftId(id), &body, &key, now)?))
}

pub fn mark_marks(desk: &mut Desk, now: Now, id: i64, body: String, key: String) -> Result<Vec<TextEdit>> {
    Ok(edit_views(&body, desk.mark_marks(DraftId(id), &body, &key, now)?))
}

fn edit_views(body: &str, edits: Vec<Edit>) -> Vec<TextEdit> {
    let places = Utf16::new(body);
    edits.into_iter().map(|edit| TextEdit { at: places.span(edit.at), insert: edit.insert }).collect()
}

pub fn set_cq(
    desk: &mut Desk,
    now: Now,
    id: i64,
    body: String,
    key: String,
    reason: String,
    by: String,
) -> Result<CheckView> {
    let checked = desk.set_cq(DraftId(id), &body, &key, &reason, &by, now)?;
    Ok(check_view(&body, &checked, now))
}

pub fn clear_cq(desk: &mut Desk, now: Now, id: i64, body: String, key: String) -> Result<CheckView> {
    let checked = desk.clear_cq(DraftId(id), &body, &key, now)?;
    Ok(check_view(&body, &checked, now))
}

pub fn check_again(desk: &mut Desk, now: Now, id: i64, body: String, key: String) -> Result<CheckView> {
    let checked = desk.check_again(DraftId(id), &body, &key, now)?;
    Ok(check_view(&body, &checked, now))
}

// Export.

pub fn gate(desk: &mut Desk, now: Now, id: i64, format: String) -> Result<GateView> {
    word(&format, "format", Format::from_word)?;
    let reasons = desk.gate(DraftId(id), now)?;
    let body = desk.store().open_draft(DraftId(id))?.copy.body;
    let places = Utf16::new(&body);
    let view = |reason: desk::Reason| ReasonView {
        kind: reason.kind.word().into(),
        words: reason.words,
        quote_key: reason.quote_key,
        at: reason.at.map(|place| places.span(place)),
    };
    Ok(GateView { reasons: reasons.into_iter().map(view).collect() })
}

pub fn plain_text(desk: &mut Desk, _now: Now) -> Result<PlainView> {
    let Plain { is_wrapped, is_straight } = desk.plain()?;
    Ok(PlainView { is_wrapped, is_straight })
}

pub fn set_plain_text(desk: &mut Desk, now: Now, plain: PlainView) -> Result<PlainView> {
    desk.set_plain(Plain { is_wrapped: plain.is_wrapped, is_straight: plain.is_straight })?;
    plain_text(desk, now)
}

pub fn preview(desk: &mut Desk, now: Now, id: i64, format: String) -> Result<Preview> {
    let known = word(&format, "format", Format::from_word)?;
    let outgoing = desk.preview(DraftId(id), known, now)?;
    let size_bytes = outgoing.bytes.len();
    // A package cannot be shown here; the page shows how it will read.
    let shown = match known {
        Format::ProofWord | Format::ProofPdf => desk.preview(DraftId(id), Format::Proof, now)?.bytes,
        packed if packed.is_packed() => desk.preview(DraftId(id), Format::Html, now)?.bytes,
        _ => outgoing.bytes,
    };
    Ok(Preview {
        format,
        content: String::from_utf8_lossy(&shown).into_owned(),
        is_page: known.is_packed() || matches!(known, Format::Html | Format::Proof),
        is_packed: known.is_packed(),
        file_name: outgoing.file_name,
        size_bytes,
    })
}

pub fn export(desk: &mut Desk, now: Now, order: ExportOrder) -> Result<Exported> {
    let format = word(&order.format, "format", Format::from_word)?;
    let path = path_to_write(desk, &order.path)?.to_owned();
    let known =
        Order { why: order.why, is_overwrite: order.is_overwrite, ..Order::new(DraftId(order.draft_id), format, path) };
    let size_bytes = desk.export(&known, now)? as usize;
    Ok(Exported { path: order.path, size_bytes })
}

pub fn copy_out(desk: &mut Desk, now: Now, id: i64, why: String) -> Result<PastedView> {
    let Pasted { html, text } = desk.copy_out(DraftId(id), &why, now)?;
    Ok(PastedView { html, text })
}

pub fn export_format(desk: &mut Desk, _now: Now, id: i64) -> Result<String> {
    Ok(desk.export_format(DraftId(id))?.word().into())
}

pub fn export_path(desk: &mut Desk, _now: Now, id: i64, format: String) -> Result<String> {
    let format = word(&format, "format", Format::from_word)?;
    Ok(desk.export_path(DraftId(id), format)?.to_string_lossy().into_owned())
}
