//! The desk: one method for each thing an editor does, joining what is kept with what is judged.
//!
//! Time is an argument everywhere, and so is the environment: the desk has no clock and asks for nothing by itself.

mod backups;
mod bring;
mod checked;
mod comment;
mod compared;
mod correction;
mod gate;
mod history;
mod judge;
mod merged;
mod notes;
mod out;
mod piece;
mod place;
mod proposal;
mod quoted;
mod recording;
mod remove;
mod returned;
mod sample;
mod search;
mod sent;
mod source;
mod spelling;
mod style;
mod suggesting;

pub use backups::{Backing, PastDesk, PastKind, Restored, Wreck};
pub use bring::{Brought, File, FileOrder, Seen, look_at};
pub use checked::{Checked, Checker, Edit, Kept, Owed};
pub use comment::Thread;
pub use compared::{Change, Comparer, Comparison, Part, PartChanges, Side, State, Title, compare_parts, even_out};
pub use correction::{Correction, corrections};
pub use gate::{Reason, ReasonKind, reasons};
pub use history::{Blamed, Blamer, Replaced, Step};
pub use judge::{Counts, Judged, Reading, Settled, Settlement, Stale};
pub use merged::{Choice, Merger, Merging};
pub use out::{Chosen, Order, Outgoing, Passed};
pub use piece::{Line, Listing};
pub use place::default_path;
pub use proposal::{Act, Acted, Author, Fate, Suggester, Suggestion, Suggestions};
pub use quoted::{Passages, Quoted, quote_from_note};
pub use recording::{check_recording, look_at_recording, read_recording};
pub use returned::{Guess, Returned};
pub use search::Found;
pub use sent::ChangesOrder;
pub use source::{Redacted, Redactor, Traced, Tracer, Used};
pub use spelling::{Speller, Spelling};
pub use style::Stylist;
pub use suggesting::Suggesting;

pub use crate::store::{Access, Locked, Passphrase, Removed};

use crate::check::Policy;
use crate::draft::DraftId;
use crate::error::{Code, Error, Result};
use crate::revision::RevisionId;
use crate::store::{Store, Typed};
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A desk with a passphrase is locked after so many minutes where nobody said otherwise.
const LOCK_AFTER_MIN: u32 = 15;
/// The views of the list of pieces may come to so much: some five hundred of them.
const MAX_VIEWS_BYTES: usize = 100_000;
/// The snippets may come to so much: some thousand grafs.
const MAX_SNIPPETS_BYTES: usize = 500_000;

/// A desk that is open.
pub struct Desk {
    store: Store,
    /// The notes as last indexed.
    index: Arc<notes::Index>,
    /// What was last checked: an editor works on one piece at a time.
    live: Arc<checked::Live>,
    /// The dictionary that is read by, with what it judged.
    spelling: Arc<spelling::Memory>,
    /// What was last compared.
    compared: Arc<compared::Live>,
    /// How the quotes of a piece stood when it was last listed.
    standings: piece::Standings,
    /// What each revision changed against the one before it; revisions never change.
    steps: HashMap<RevisionId, history::Difference>,
    /// Revisions made after a pause whose right verdicts are still to be kept.
    owed: Vec<checked::Debt>,
    /// The last save behind which a pause left nothing more to be made a revision.
    settled: Option<(DraftId, i64, DateTime<Utc>)>,
    /// The folder to offer for the first export.
    offered: Option<PathBuf>,
    /// What files may be written and read, besides where a piece went before; none for wherever is named.
    chosen: Option<Chosen>,
    recovered: Vec<Recovered>,
    watch: backups::Watch,
    restored: Option<Restored>,
}

/// A piece whose last saves were found after a crash and brought into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovered {
    pub draft_id: DraftId,
    pub slug: String,
    /// When the last of them was saved.
    pub saved_at: DateTime<Utc>,
    /// What stood before them; none where nothing did.
    pub before: Option<RevisionId>,
}

/// The desk as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Info {
    pub path: String,
    /// Who works here; empty until said.
    pub editor: String,
    /// What tidying of speech it lets pass.
    pub policy: Policy,
    /// Why nothing can be written, and the way out.
    pub read_only_because: Option<String>,
    pub has_passphrase: bool,
    /// After how many minutes without a key or a click a window locks it; none where it never does.
    pub lock_after_min: Option<u32>,
    pub n_notes: usize,
    /// What an editor should know of where the desk lies, a sentence or two each.
    pub notices: Vec<String>,
    /// What was brought back when the desk was opened.
    pub recovered: Vec<Recovered>,
    /// Something in it was found damaged: nothing more is written.
    pub is_damaged: bool,
    /// Why the last backup failed.
    pub backup_trouble: Option<String>,
    /// Which past desk took its place since it was opened.
    pub restored: Option<Restored>,
}

impl Desk {
    /// Opens the desk file at a path; see [`Store::open`] for what is refused. A window brings what was typed before a
    /// crash into its pieces.
    pub fn open(path: &Path, access: Access) -> Result<Desk> {
        Desk::with(Store::open(path, access)?, access)
    }

    /// Opens a desk that may have a passphrase; see [`Store::unlock`].
    pub fn unlock(path: &Path, access: Access, passphrase: &Passphrase) -> Result<Desk> {
        Desk::with(Store::unlock(path, access, passphrase)?, access)
    }

    /// Opens a desk that a window locked. Errors: those of [`Locked::unlock`].
    pub fn unlock_held(locked: &mut Locked, passphrase: &Passphrase) -> Result<Desk> {
        Desk::with(locked.unlock(passphrase)?, Access::Window)
    }

    fn with(store: Store, access: Access) -> Result<Desk> {
        let mut desk = Desk::over(store);
        if access == Access::Visit && desk.store.read_only_because().is_none() {
            desk.store.begin_look();
        }
        if access == Access::Window && desk.store.read_only_because().is_none() {
            desk.take_up()?;
            // What cannot be gone through now is tried again another time.
            let _ = desk.second_place().and_then(|second| desk.store.finish_removing(second.as_deref()));
        }
        Ok(desk)
    }

    /// See [`Store::regain`].
    pub fn regain(self) -> Result<Desk> {
        Desk::with(self.store.regain()?, Access::Window)
    }

    /// Closes the desk and keeps holding it: key, words and all that was made of them go. For one with a passphrase.
    pub fn lock(self) -> Locked {
        self.store.lock()
    }

    /// Gives the desk a passphrase, another one, or none. `old` is the one it has.
    ///
    /// Errors: `WrongPassphrase` when `old` is not; those of [`Store::set_passphrase`]. The desk is as it was then.
    pub fn set_passphrase(&mut self, old: Option<&Passphrase>, new: Option<&Passphrase>) -> Result<()> {
        if self.store.has_passphrase() && !old.is_some_and(|old| self.store.is_passphrase(old)) {
            let message = "That is not the passphrase this desk has now. Nothing was changed.";
            return Err(Error::new(Code::WrongPassphrase, message));
        }
        self.store.set_passphrase(new)
    }

    /// Says after how many minutes without a key or a click a window locks the desk; 0 for never.
    pub fn set_lock_after(&mut self, minutes: u32) -> Result<()> {
        self.store.set_setting("lock_after_min", &minutes.to_string())
    }

    fn lock_after_min(&self) -> Result<Option<u32>> {
        let kept = self.store.setting("lock_after_min")?;
        let minutes = kept.and_then(|kept| kept.parse().ok()).unwrap_or(LOCK_AFTER_MIN);
        Ok((self.store.has_passphrase() && minutes > 0).then_some(minutes))
    }

    /// A first look is begun, and what was typed before a crash brought in; a desk that is damaged is left as it is.
    fn take_up(&mut self) -> Result<()> {
        self.store.begin_look();
        match self.recover() {
            Ok(recovered) => self.recovered = recovered,
            Err(error) if error.code == Code::Corrupt => self.store.write_no_more(error.message),
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// What cannot be brought in stays where it is: opening the piece tells why.
    fn recover(&mut self) -> Result<Vec<Recovered>> {
        let mut recovered = Vec::new();
        for Typed { draft_id, saved_at, .. } in self.store.list_typed()? {
            let Ok(draft) = self.store.open_draft(draft_id) else { continue };
            if let Ok(before) = self.store.recover(draft_id) {
                recovered.push(Recovered { draft_id, slug: draft.slug, saved_at, before });
            }
        }
        Ok(recovered)
    }

    /// A desk that is gone when it is dropped.
    pub fn open_in_memory() -> Result<Desk> {
        Ok(Desk::over(Store::open_in_memory()?))
    }

    fn over(store: Store) -> Desk {
        Desk {
            store,
            index: Arc::default(),
            live: Arc::default(),
            spelling: Arc::default(),
            compared: Arc::default(),
            standings: piece::Standings::default(),
            steps: HashMap::new(),
            owed: Vec::new(),
            settled: None,
            offered: None,
            chosen: None,
            recovered: Vec::new(),
            watch: backups::Watch::default(),
            restored: None,
        }
    }

    /// What is kept, for those who only read it.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The desk as a whole.
    pub fn info(&self) -> Result<Info> {
        Ok(Info {
            path: self.store.path().display().to_string(),
            editor: self.editor()?,
            policy: self.policy()?,
            read_only_because: self.store.read_only_because().map(str::to_owned),
            has_passphrase: self.store.has_passphrase(),
            lock_after_min: self.lock_after_min()?,
            n_notes: self.store.count_notes()?,
            notices: self.store.doubt().into_iter().chain(self.store.unreached()?).collect(),
            recovered: self.recovered.clone(),
            is_damaged: self.store.is_damaged(),
            backup_trouble: self.backup_trouble(),
            restored: self.restored.clone(),
        })
    }

    /// Who works here; empty until said.
    pub fn editor(&self) -> Result<String> {
        Ok(self.store.setting("editor")?.unwrap_or_default())
    }

    /// Says who works here: signs cq and exports from now on.
    pub fn set_editor(&mut self, editor: &str) -> Result<()> {
        self.store.set_setting("editor", editor.trim())
    }

    /// What tidying of speech this desk lets pass; strict until said.
    pub fn policy(&self) -> Result<Policy> {
        kept_policy(&self.store)
    }

    /// Says what tidying of speech may pass, from the next check on.
    pub fn set_policy(&mut self, policy: Policy) -> Result<()> {
        self.store.set_setting("policy", &policy.words())
    }

    /// The views of the list of pieces that are kept, as the page wrote them; empty until one is.
    pub fn views(&self) -> Result<String> {
        Ok(self.store.setting("views")?.unwrap_or_default())
    }

    /// Keeps the views of the list of pieces, all of them.
    ///
    /// Errors: `BadInput` where they are too many; what was kept stays.
    pub fn set_views(&mut self, text: &str) -> Result<()> {
        let refusal = "The desk keeps no more views. Remove one, then keep this one.";
        self.keep_text("views", text, MAX_VIEWS_BYTES, refusal)
    }

    /// The snippets an editor keeps, as they were written; empty until some are.
    pub fn snippets(&self) -> Result<String> {
        Ok(self.store.setting("snippets")?.unwrap_or_default())
    }

    /// Keeps the snippets, all of them.
    ///
    /// Errors: `BadInput` where they are too long; what was kept stays.
    pub fn set_snippets(&mut self, text: &str) -> Result<()> {
        let refusal = "The snippets are longer than a desk keeps. Shorten them, then keep them.";
        self.keep_text("snippets", text, MAX_SNIPPETS_BYTES, refusal)
    }

    fn keep_text(&mut self, name: &str, text: &str, max_bytes: usize, refusal: &str) -> Result<()> {
        if text.len() > max_bytes {
            return Err(Error::new(Code::BadInput, refusal));
        }
        self.store.set_setting(name, text)
    }

    /// Copies the whole desk to a file, also while it is being written. Returns how many bytes it is.
    pub fn backup(&self, path: &Path) -> Result<u64> {
        self.store.backup(path)
    }
}

/// The policy a desk keeps; strict where none is kept, or one this Stet does not know.
fn kept_policy(store: &Store) -> Result<Policy> {
    let words = store.setting("policy")?;
    Ok(words.and_then(|words| Policy::from_words(&words)).unwrap_or_default())
}
