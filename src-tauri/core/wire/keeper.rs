//! The desk of a window or a server: open, locked, or why there is none.

use super::{Begun, Refusal, SalvageView, answer, begin, open_desk, read_args, write_reply};
use crate::desk::{Chosen, Desk, Locked, Passphrase, Wreck};
use crate::error::{Code, Error};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Holds a desk, and answers calls while it is open. While it is locked there is neither key nor word of it here.
pub struct Keeper {
    state: State,
    path: PathBuf,
    /// The folder to offer for the first export.
    offered: Option<PathBuf>,
    /// Where dialogs led; none where files are written and read wherever is named.
    chosen: Option<Chosen>,
    /// What was announced; empty before.
    announced: String,
}

enum State {
    Open(Box<Desk>),
    Locked(Locked),
    None(Refusal),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Unlock {
    passphrase: Zeroizing<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct PutBack {
    name: String,
}

impl Keeper {
    /// Opens the desk at a path, with the sample story on it where it is new; one with a passphrase is held, locked.
    /// Where it cannot be had, every call says why.
    pub fn open(path: &Path, now: DateTime<Utc>, offered: Option<PathBuf>) -> Keeper {
        let state = match open_desk(path, now) {
            Ok(desk) => State::Open(Box::new(desk)),
            Err(refusal) if refusal.code == Code::Locked.word() => {
                Locked::hold(path).map_or_else(|error| State::None(error.into()), State::Locked)
            }
            Err(refusal) => State::None(refusal),
        };
        let mut keeper = Keeper { state, path: path.to_owned(), offered, chosen: None, announced: String::new() };
        keeper.offer();
        keeper
    }

    /// Why there is no desk.
    pub fn refusal(&self) -> Option<&Refusal> {
        if let State::None(refusal) = &self.state { Some(refusal) } else { None }
    }

    /// Where the desk lies, open or locked.
    pub fn path(&self) -> Option<&Path> {
        match &self.state {
            State::Open(desk) => Some(desk.store().path()),
            State::Locked(locked) => Some(locked.path()),
            State::None(_) => None,
        }
    }

    /// See [`crate::store::Store::announce`].
    pub fn announce(&mut self, line: &str) {
        line.clone_into(&mut self.announced);
        // On a full disk there is no room for the line: a second window cannot knock then, but this one opens.
        let _ = match &self.state {
            State::Open(desk) => desk.store().announce(line),
            State::Locked(locked) => locked.announce(line),
            State::None(_) => Ok(()),
        };
    }

    /// The desk, while it is open.
    pub fn desk(&mut self) -> Option<&mut Desk> {
        if let State::Open(desk) = &mut self.state { Some(desk) } else { None }
    }

    /// See [`begin`]; `lock` and `unlock` are answered here. A desk that could not be written when it was opened is tried
    /// anew by whoever asks how it stands or saves.
    pub fn begin(&mut self, now: DateTime<Utc>, name: &str, args: Value) -> Begun {
        if matches!(name, "desk" | "save_draft") {
            self.regain();
        }
        let done = match (name, &mut self.state) {
            ("unlock", State::Locked(locked)) => {
                let opened = read_args(name, args)
                    .and_then(|Unlock { passphrase }| Ok(Desk::unlock_held(locked, &Passphrase::new(&passphrase))?));
                opened.map(|desk| {
                    self.state = State::Open(Box::new(desk));
                    self.offer();
                })
            }
            ("lock", State::Open(desk)) if desk.store().has_passphrase() => {
                self.lock();
                Ok(())
            }
            ("lock", State::Locked(_)) => Ok(()),
            (_, State::Open(desk)) => return begin(desk, now, name, args),
            (_, State::Locked(_)) => {
                Err(Error::new(Code::Locked, "This desk is locked. Unlock it with its passphrase.").into())
            }
            (_, State::None(refusal)) => {
                let refusal = refusal.clone();
                return self.begin_for_wreck(now, name, args, refusal);
            }
        };
        Begun(Box::new(move || done.map(|()| Value::Bool(true))))
    }

    /// A damaged desk that cannot be opened: what can take its place is listed, made and put there.
    fn begin_for_wreck(&mut self, now: DateTime<Utc>, name: &str, args: Value, refusal: Refusal) -> Begun {
        let wreck = Wreck(&self.path);
        let done = match name {
            _ if refusal.code != Code::Corrupt.word() => Err(refusal),
            "list_backups" => wreck
                .list_past()
                .map_err(Refusal::from)
                .and_then(|past| write_reply(&answer::backups_view(past, &wreck.backup_folder(), None))),
            "salvage" => {
                wreck.salvage(now).map_err(Refusal::from).and_then(|made| write_reply(&SalvageView::from(made)))
            }
            "restore_backup" => {
                let put_back = read_args(name, args).and_then(|PutBack { name }| Ok(wreck.restore_past(&name, now)?));
                if let Err(refusal) = put_back {
                    Err(refusal)
                } else {
                    let chosen = self.chosen.take();
                    *self = Keeper { chosen, ..Keeper::open(&self.path, now, self.offered.take()) };
                    self.offer();
                    return self.begin(now, "desk", Value::Null);
                }
            }
            _ => Err(refusal),
        };
        Begun(Box::new(move || done))
    }

    fn regain(&mut self) {
        if !matches!(&self.state, State::Open(desk) if desk.store().may_regain()) {
            return;
        }
        self.turn(|desk| {
            desk.regain().map_or_else(|error| State::None(error.into()), |desk| State::Open(Box::new(desk)))
        });
        self.offer();
        self.announce(&self.announced.clone());
    }

    fn lock(&mut self) {
        self.turn(|desk| State::Locked(desk.lock()));
    }

    /// Makes something else of an open desk.
    fn turn(&mut self, into: impl FnOnce(Desk) -> State) {
        let gone = Refusal { code: Code::Io.word().into(), message: "The desk is being locked; try again.".into() };
        self.state = match std::mem::replace(&mut self.state, State::None(gone)) {
            State::Open(desk) => into(*desk),
            state => state,
        };
    }

    /// Has files written and read only where dialogs lead from now on, and written where a piece went before.
    pub fn name_only_what_is_chosen(&mut self) {
        self.chosen.get_or_insert_default();
        self.offer();
    }

    /// A dialog led to a place to write to.
    pub fn choose_to_write(&mut self, path: &Path) {
        self.choose(|chosen| &mut chosen.to_write, path);
    }

    /// A dialog led to a file to read.
    pub fn choose_to_read(&mut self, path: &Path) {
        self.choose(|chosen| &mut chosen.to_read, path);
    }

    fn choose(&mut self, places: impl FnOnce(&mut Chosen) -> &mut BTreeSet<PathBuf>, path: &Path) {
        if let Some(chosen) = &mut self.chosen {
            places(chosen).insert(path.to_owned());
        }
        self.offer();
    }

    /// Lets an open desk know the places of this machine.
    fn offer(&mut self) {
        let State::Open(desk) = &mut self.state else { return };
        if let Some(folder) = &self.offered {
            desk.offer_folder(folder.clone());
        }
        if let Some(chosen) = &self.chosen {
            desk.name_only(chosen.clone());
        }
    }
}
