//! A piece goes out: what it will be, and the file, with who let it pass.

use super::checked::Verdicts;
use super::{Checked, Desk, Reason, Settlement, compare_parts, corrections};
use crate::check::Withheld;
use crate::draft::{Copy, Draft, DraftId};
use crate::error::{Code, Error, Result};
use crate::export::{self, CheckedQuote, Correction, Cq, Format, Part, Pasted, Plain};
use crate::revision::Cause;
use crate::store::{ExportRecord, Store};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

/// Where dialogs led.
#[derive(Clone, Debug, Default)]
pub struct Chosen {
    pub to_write: BTreeSet<PathBuf>,
    pub to_read: BTreeSet<PathBuf>,
}

fn unchosen() -> Error {
    Error::new(Code::Unchosen, "Nothing was done: no dialog led to that place. Choose it in the dialog.")
}

/// Where the last export went; the next one is offered beside it.
const FOLDER: &str = "export folder";

const PLAIN: &str = "plain text";

/// A request to export.
#[derive(Clone, Debug)]
pub struct Order {
    pub draft_id: DraftId,
    pub format: Format,
    pub path: PathBuf,
    /// Why it may pass a gate with reasons; empty when there is none.
    pub why: String,
    /// Replace a file that is there.
    pub is_overwrite: bool,
    /// How plain text is set; none for as the desk says.
    pub plain: Option<Plain>,
}

impl Order {
    /// A request with no reason to pass, that replaces nothing and sets plain text as the desk says.
    pub fn new(draft_id: DraftId, format: Format, path: PathBuf) -> Order {
        Order { draft_id, format, path, why: String::new(), is_overwrite: false, plain: None }
    }
}

/// What the gate lets out: who signed, why, and what was said against it.
pub struct Passed {
    by: String,
    why: String,
    reasons: Vec<String>,
}

/// The bytes of a piece in a format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    pub file_name: String,
    pub bytes: Vec<u8>,
}

impl Desk {
    /// Exactly what would go out.
    pub fn preview(&mut self, id: DraftId, format: Format, now: DateTime<Utc>) -> Result<Outgoing> {
        let (draft, checked) = self.open_checked(id, now)?;
        let bytes = self.bytes(&draft, &checked, format, self.plain()?, now)?;
        Ok(Outgoing { file_name: file_name(&draft.slug, format), bytes })
    }

    /// Writes a piece as it stands on the desk to a file, whole or not at all; keeps what went out as a revision, and
    /// who let it pass and why.
    ///
    /// Errors: `Gate` when the gate has reasons and no `why` is given; `BadInput` when the folder is missing, or nobody
    /// signs; `Conflict` when a file is there and is not to be replaced; `Io`. Nothing is kept then, and nothing goes
    /// out: the file comes into its place when its record is kept, never before.
    pub fn export(&mut self, order: &Order, now: DateTime<Utc>) -> Result<u64> {
        let Order { draft_id, format, path, why, is_overwrite, plain } = order;
        let (draft, checked) = self.open_checked(*draft_id, now)?;
        let passed = self.pass(self.gate_of(&draft, &checked, now)?, why)?;
        may_write(&self.store, path, *is_overwrite)?;
        let plain = plain.map_or_else(|| self.plain(), Ok)?;
        let bytes = self.bytes(&draft, &checked, *format, plain, now)?;
        // Whole on the disk, but not in its place yet: a record that fails lets nothing out.
        let part =
            Part::write(path, &bytes).map_err(|cause| not_written(path, cause, "The piece is safe on the desk."))?;
        let full = in_full(path);
        let record = passed.record(*draft_id, format.word(), full.display().to_string(), bytes.len(), now);
        self.store.all_or_none(|store| {
            if let Some(folder) = full.parent() {
                store.set_setting(FOLDER, &folder.to_string_lossy())?;
            }
            keep(store, &checked, record)
        })?;
        part.put_in_place().map_err(|cause| not_in_place(path, cause))?;
        Ok(bytes.len() as u64)
    }

    /// How plain text goes out.
    pub fn plain(&self) -> Result<Plain> {
        Ok(self.store.setting(PLAIN)?.map(|words| Plain::from_words(&words)).unwrap_or_default())
    }

    /// Says how plain text goes out from now on.
    pub fn set_plain(&mut self, plain: Plain) -> Result<()> {
        self.store.set_setting(PLAIN, &plain.words())
    }

    /// The piece as it stands on the desk, to be pasted elsewhere; kept like an export.
    ///
    /// Errors: `Gate` when the gate has reasons and no `why` is given; `BadInput` when nobody signs. Nothing is kept then.
    pub fn copy_out(&mut self, id: DraftId, why: &str, now: DateTime<Utc>) -> Result<Pasted> {
        let (draft, checked) = self.open_checked(id, now)?;
        let passed = self.pass(self.gate_of(&draft, &checked, now)?, why)?;
        let pasted = Pasted::of(&draft.copy);
        let record = passed.record(id, export::CLIPBOARD, "the clipboard".into(), pasted.html.len(), now);
        self.store.all_or_none(|store| keep(store, &checked, record))?;
        Ok(pasted)
    }

    /// Lets pass what the gate holds back for these reasons. Errors: `Gate` where there are any and no `why`; `BadInput`
    /// where nobody signs.
    pub(super) fn pass(&self, reasons: Vec<Reason>, why: &str) -> Result<Passed> {
        let by = self.editor()?;
        let reasons: Vec<String> = reasons.into_iter().map(|reason| reason.words).collect();
        let why = if reasons.is_empty() { "" } else { why.trim() };
        if !reasons.is_empty() {
            may_pass(&reasons, why, &by)?;
        }
        Ok(Passed { by, why: why.into(), reasons })
    }

    /// Writes words that the desk cannot keep to a file, in place of one that is there, for their owner alone to read:
    /// Markdown that comes back as the same piece, comments too. Nothing is asked of the desk's file, which may be full,
    /// damaged or gone; and nothing goes out, so the gate is not asked.
    ///
    /// Errors: `BadInput` when the folder is missing, or it is the desk itself; `DiskFull`, `Io`.
    pub fn save_elsewhere(&self, copy: &Copy, path: &Path) -> Result<usize> {
        may_write(&self.store, path, true)?;
        let text = export::write_whole(copy);
        Part::write(path, text.as_bytes())
            .and_then(Part::put_in_place_alone)
            .map_err(|cause| not_written(path, cause, "Your text is safe in the window: choose another place."))?;
        Ok(text.len())
    }

    /// The format to offer: what the piece last went out as, else what any did; Markdown where none went out.
    pub fn export_format(&self, id: DraftId) -> Result<Format> {
        let format = |record: ExportRecord| Format::from_word(&record.format);
        let last = match self.store.list_exports(id)?.into_iter().find_map(format) {
            Some(own) => Some(own),
            None => self.store.last_export()?.and_then(format),
        };
        Ok(last.unwrap_or(Format::Markdown))
    }

    /// A path to offer: where the piece last went in this format, else where it last went, else beside the last export of
    /// any, else in the folder the window offers, else beside the desk. A folder that is gone is not offered.
    pub fn export_path(&self, id: DraftId, format: Format) -> Result<PathBuf> {
        let name = file_name(&self.store.open_draft(id)?.slug, format);
        let (alike, others): (Vec<_>, Vec<_>) =
            self.store.list_exports(id)?.into_iter().partition(|record| record.format == format.word());
        let own = alike.iter().chain(&others).filter_map(|record| Path::new(&record.path).parent());
        let last = self.store.setting(FOLDER)?.map(PathBuf::from);
        let folder = own.map(Path::to_owned).chain(last).find(|folder| folder.is_dir());
        let folder = folder.or_else(|| self.offered.clone());
        let folder = folder.unwrap_or_else(|| self.store.path().parent().map(Path::to_owned).unwrap_or_default());
        Ok(folder.join(name))
    }

    /// Names the folder to offer for the first export (the editor's documents, say).
    pub fn offer_folder(&mut self, folder: PathBuf) {
        self.offered = Some(folder);
    }

    /// From now on files are written and read only where a dialog led, and written where a piece went before.
    pub fn name_only(&mut self, chosen: Chosen) {
        self.chosen = Some(chosen);
    }

    /// Errors: `Unchosen` where no dialog led to the place, and one has to.
    pub fn may_write(&self, path: &Path) -> Result<()> {
        let is_chosen = self.chosen.as_ref().is_none_or(|chosen| chosen.to_write.contains(path));
        if is_chosen || self.store.has_exported_to(path)? { Ok(()) } else { Err(unchosen()) }
    }

    /// Errors: as [`Desk::may_write`] has them.
    pub fn may_read(&self, path: &Path) -> Result<()> {
        let is_chosen = self.chosen.as_ref().is_none_or(|chosen| chosen.to_read.contains(path));
        if is_chosen { Ok(()) } else { Err(unchosen()) }
    }

    fn bytes(
        &self,
        draft: &Draft,
        checked: &Checked,
        format: Format,
        plain: Plain,
        now: DateTime<Utc>,
    ) -> Result<Vec<u8>> {
        let quotes: Vec<CheckedQuote> = checked
            .quotes
            .iter()
            .map(|judged| CheckedQuote {
                quote: &judged.quote,
                finding: &judged.finding,
                needs_editor: judged.needs_editor(),
                cq: judged.cq.as_ref().and_then(|cq| match &cq.settlement {
                    Settlement::Cq { by, reason } => Some(Cq { by, at: cq.settled_at, reason }),
                    Settlement::Verdict(_) => None,
                }),
                stale: judged.stale().map(|stale| stale.words()),
            })
            .collect();
        let correction = if format.is_wire() { self.correction(draft)? } else { None };
        let outgoing = export::Outgoing { draft, quotes: &quotes, notes: &checked.notes, now, plain, correction };
        export::write(&outgoing, format)
    }

    /// What was put right since a piece last went to a wire; none where it never did, or no fact was wrong.
    fn correction(&self, draft: &Draft) -> Result<Option<Correction>> {
        let mut exports = self.store.list_exports(draft.id)?.into_iter();
        let last = exports.find(|record| Format::from_word(&record.format).is_some_and(Format::is_wire));
        let Some((sent_at, id)) = last.and_then(|record| Some((record.at, record.revision_id?))) else {
            return Ok(None);
        };
        let sent = self.store.open_revision(id)?.copy;
        let corrections = corrections(&compare_parts(&sent.outgoing(), &draft.copy.outgoing()), &Withheld::default());
        let classes: Vec<&str> = corrections.iter().map(|correction| correction.class.word()).collect();
        Ok((!classes.is_empty()).then_some(Correction { sent_at, classes }))
    }
}

impl Passed {
    /// What is kept of it: that it went out, who let it pass and why; the revision is to be said.
    pub(super) fn record(
        self,
        draft_id: DraftId,
        format: &str,
        path: String,
        n_bytes: usize,
        at: DateTime<Utc>,
    ) -> ExportRecord {
        let Passed { by, why, reasons } = self;
        let size_bytes = n_bytes as u64;
        ExportRecord { draft_id, revision_id: None, at, format: format.into(), path, size_bytes, by, why, reasons }
    }
}

/// A path for the history; a refusal names it as it was given, which tells nothing of the folders above it.
pub(super) fn in_full(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// Keeps what goes out as a revision, with every right verdict of it, and the record. Inside a transaction only.
fn keep(store: &mut Store, checked: &Checked, record: ExportRecord) -> Result<()> {
    let revision = store.add_revision(record.draft_id, Cause::Export, None, record.at)?;
    Verdicts::of(checked, record.draft_id).keep(store, record.at)?;
    store.add_export(&ExportRecord { revision_id: Some(revision.id), ..record })
}

fn may_pass(reasons: &[String], why: &str, by: &str) -> Result<()> {
    if why.is_empty() {
        let message = format!("The gate holds this piece back. {} Say why it may pass.", reasons.join(" "));
        return Err(Error::new(Code::Gate, message));
    }
    if by.is_empty() {
        return Err(Error::new(Code::BadInput, "Whoever lets a piece pass signs for it. Say who works here first."));
    }
    Ok(())
}

/// Whether a file may go there. Errors: `BadInput`, `Conflict`.
pub(super) fn may_write(store: &Store, path: &Path, is_overwrite: bool) -> Result<()> {
    if store.is_own_file(path) {
        return Err(Error::new(Code::BadInput, format!("{} is the desk itself. Choose another.", path.display())));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        let message = format!("There is no folder {}. Make it, or choose another.", folder.display());
        return Err(Error::new(Code::BadInput, message));
    }
    if path.file_name().is_none() || path.is_dir() {
        return Err(Error::new(Code::BadInput, format!("{} is a folder. Name a file in it.", path.display())));
    }
    if !is_overwrite && path.exists() {
        let message = format!("There is a file {} already. Choose another name, or replace it.", path.display());
        return Err(Error::new(Code::Conflict, message));
    }
    Ok(())
}

pub(super) fn not_written(path: &Path, cause: io::Error, way_out: &str) -> Error {
    let code = if cause.kind() == io::ErrorKind::StorageFull { Code::DiskFull } else { Code::Io };
    let message = format!("{} could not be written: {cause}. {way_out}", path.display());
    Error::new(code, message).because(cause)
}

fn not_in_place(path: &Path, cause: io::Error) -> Error {
    let message = format!(
        "{} could not be put in its place: {cause}. The piece is safe on the desk, and its history says that it went \
         out: export it again.",
        path.display()
    );
    Error::new(Code::Io, message).because(cause)
}

fn file_name(slug: &str, format: Format) -> String {
    let safe: String = slug.chars().map(|c| if c.is_alphanumeric() || "-_. ".contains(c) { c } else { '-' }).collect();
    let safe = safe.trim_matches(['.', ' ', '-']);
    let safe = if safe.is_empty() { "untitled" } else { safe };
    format!("{safe}{}", format.ending())
}
