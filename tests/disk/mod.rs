//! A disk that is watched and can be broken: it stands between SQLite and the system's files, for every connection of
//! this program, and does nothing outside the folders it was given.
//!
//! What was written, cut, deleted and synced is kept in order, so that a power cut at any moment can be played: what was
//! synced stays, of the rest some, torn and in any order. And the nth call can be made to fail, once or until it is mended.
#![allow(dead_code, reason = "each test program uses its part of it")]

use crate::prose::Dice;
use rusqlite::ffi::{self, sqlite3_file, sqlite3_io_methods, sqlite3_vfs};
use std::collections::BTreeMap;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// What was done to a file.
#[derive(Clone, Debug)]
pub enum Deed {
    Write {
        start_byte: usize,
        bytes: Vec<u8>,
    },
    Cut {
        n_bytes: usize,
    },
    /// Of a file that is new its folder is synced with it: SQLite's own way to have a log found again.
    Sync {
        is_with_folder: bool,
    },
    Delete {
        is_with_folder: bool,
    },
}

/// A call that fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No room is left.
    Full,
    /// Half of what was to be written is, then no room is left.
    Short,
    /// Half of what was to be written is, and the disk says that all is well.
    Silent,
    /// The disk cannot be written.
    Write,
    /// Nobody knows what is on the disk.
    Sync,
    /// The file cannot be opened.
    Open,
    /// Nothing can be read.
    Read,
    /// The file cannot be deleted.
    Delete,
    /// Nobody knows how long the file is.
    Size,
    /// The file cannot be locked.
    Lock,
    /// The index of the log cannot be had, or locked.
    Index,
    /// Any of these, whichever comes.
    Any,
}

impl Fault {
    pub const EACH: [Fault; 10] = [
        Fault::Full,
        Fault::Short,
        Fault::Write,
        Fault::Sync,
        Fault::Open,
        Fault::Read,
        Fault::Delete,
        Fault::Size,
        Fault::Lock,
        Fault::Index,
    ];
}

/// A fault that comes at the nth call it fits, from 0.
#[derive(Clone, Copy, Debug)]
pub struct Coming {
    pub fault: Fault,
    pub n_before: usize,
    /// Every later call fails too, until the disk is mended.
    pub is_lasting: bool,
}

/// A folder whose files are watched.
pub struct Disk {
    folder: PathBuf,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    is_recording: bool,
    /// What is said to be on the disk need not be.
    is_hasty: bool,
    /// Every deed so far, with its file.
    deeds: Vec<(PathBuf, Deed)>,
    coming: Option<Coming>,
    n_struck: usize,
    /// What failed last.
    last: Option<Fault>,
}

/// The files of a folder with their bytes.
pub type Files = BTreeMap<PathBuf, Vec<u8>>;

impl Disk {
    /// Watches a folder from now on. Connections that are open already are not seen.
    pub fn watch(folder: &Path) -> Disk {
        let base = base();
        let folder = folder.canonicalize().expect("a folder");
        let state = Arc::new(Mutex::new(State::default()));
        lock(&base.disks).push((folder.clone(), Arc::clone(&state)));
        Disk { folder, state }
    }

    /// Keeps every deed from now on.
    pub fn record(&self) {
        lock(&self.state).is_recording = true;
    }

    /// Syncs nothing from now on: for where no power is cut.
    pub fn hurry(&self) {
        lock(&self.state).is_hasty = true;
    }

    /// How many deeds were kept so far.
    pub fn n_deeds(&self) -> usize {
        lock(&self.state).deeds.len()
    }

    /// Keeps none of the deeds there were.
    pub fn forget(&self) {
        lock(&self.state).deeds.clear();
    }

    /// All that was written since it keeps the deeds, and to which file.
    pub fn written(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let written = |(path, deed): &(PathBuf, Deed)| match deed {
            Deed::Write { bytes, .. } => Some((path.clone(), bytes.clone())),
            _ => None,
        };
        lock(&self.state).deeds.iter().filter_map(written).collect()
    }

    /// Has a call fail.
    pub fn strike(&self, coming: Coming) {
        let mut state = lock(&self.state);
        (state.coming, state.n_struck) = (Some(coming), 0);
    }

    /// Has no call fail any more. Returns how many did.
    pub fn mend(&self) -> usize {
        let mut state = lock(&self.state);
        state.coming = None;
        std::mem::take(&mut state.n_struck)
    }

    /// What failed last, if anything ever did.
    pub fn last(&self) -> Option<Fault> {
        lock(&self.state).last
    }

    /// What a power cut after so many deeds leaves of files that began as `before`.
    pub fn cut(&self, before: &Files, n_deeds: usize, dice: &mut Dice) -> Files {
        let mut files: BTreeMap<PathBuf, Wet> = BTreeMap::new();
        for (path, bytes) in before {
            files.insert(path.clone(), Wet { dry: Some(bytes.clone()), pending: Vec::new() });
        }
        for (path, deed) in &lock(&self.state).deeds[..n_deeds] {
            files.entry(path.clone()).or_default().take(deed);
            if matches!(deed, Deed::Sync { is_with_folder: true } | Deed::Delete { is_with_folder: true }) {
                files.values_mut().for_each(Wet::settle_deleted);
            }
        }
        // Some disks write in order: then what is there is as it was at some moment.
        let is_in_order = dice.below(3) == 0;
        let left = files.into_iter().filter_map(|(path, wet)| Some((path, wet.left(is_in_order, dice)?)));
        left.collect()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        lock(&base().disks).retain(|(_, state)| !Arc::ptr_eq(state, &self.state));
    }
}

/// A file, as far as the disk has it, and what is on its way there.
#[derive(Default)]
struct Wet {
    /// None where there is no file.
    dry: Option<Vec<u8>>,
    pending: Vec<Deed>,
}

impl Wet {
    fn take(&mut self, deed: &Deed) {
        self.pending.push(deed.clone());
        if matches!(deed, Deed::Sync { .. }) {
            self.settle(self.pending.len());
        }
    }

    /// The folder was synced: what was deleted stays so.
    fn settle_deleted(&mut self) {
        if let Some(last) = self.pending.iter().rposition(|deed| matches!(deed, Deed::Delete { .. })) {
            self.settle(last + 1);
        }
    }

    /// The disk has so many of the deeds that were on their way.
    fn settle(&mut self, n_deeds: usize) {
        for deed in self.pending.drain(..n_deeds) {
            apply(&mut self.dry, &deed);
        }
    }

    fn left(mut self, is_in_order: bool, dice: &mut Dice) -> Option<Vec<u8>> {
        if is_in_order {
            let n_left = dice.below(self.pending.len() + 1);
            self.pending[..n_left].iter().for_each(|deed| apply(&mut self.dry, deed));
            return self.dry;
        }
        // A file that was deleted may be there again; then nothing reached the one that took its name.
        while let Some(at) = self.pending.iter().position(|deed| matches!(deed, Deed::Delete { .. })) {
            if dice.below(2) == 0 {
                self.pending.truncate(at);
            } else {
                self.pending.drain(..=at);
                self.dry = None;
            }
        }
        let mut torn: Vec<Deed> = self.pending.iter().flat_map(|deed| tear(deed, dice)).collect();
        for at in (1..torn.len()).rev() {
            torn.swap(at, dice.below(at + 1));
        }
        torn.iter().for_each(|deed| apply(&mut self.dry, deed));
        self.dry
    }
}

/// What of a deed reaches the disk: nothing, all, or some of its sectors.
fn tear(deed: &Deed, dice: &mut Dice) -> Vec<Deed> {
    match (deed, dice.below(3)) {
        (_, 0) => Vec::new(),
        (Deed::Write { start_byte, bytes }, 1) => {
            // Sectors lie where the disk has them, not where the write begins.
            let first = 512 - start_byte % 512;
            let starts = [0].into_iter().chain((first..bytes.len()).step_by(512));
            let sectors = starts.map(|start| {
                let end = if start == 0 { first } else { start + 512 };
                Deed::Write { start_byte: start_byte + start, bytes: bytes[start..end.min(bytes.len())].to_vec() }
            });
            sectors.filter(|_| dice.below(2) == 0).collect()
        }
        _ => vec![deed.clone()],
    }
}

fn apply(file: &mut Option<Vec<u8>>, deed: &Deed) {
    match deed {
        Deed::Write { start_byte, bytes } => {
            let file = file.get_or_insert_default();
            let end = start_byte + bytes.len();
            file.resize(file.len().max(end), 0);
            file[*start_byte..end].copy_from_slice(bytes);
        }
        Deed::Cut { n_bytes } => file.get_or_insert_default().resize(*n_bytes, 0),
        Deed::Sync { .. } => (),
        Deed::Delete { .. } => *file = None,
    }
}

impl State {
    /// Whether this call is the one to fail, and how; the first of those that fit where any may come.
    fn struck(&mut self, fits: &[Fault]) -> Option<Fault> {
        let is_fitting = |coming: &&mut Coming| coming.fault == Fault::Any || fits.contains(&coming.fault);
        let coming = self.coming.as_mut().filter(is_fitting)?;
        if coming.n_before > 0 {
            coming.n_before -= 1;
            return None;
        }
        let fault = if coming.fault == Fault::Any { fits[0] } else { coming.fault };
        if self.n_struck > 0 && !coming.is_lasting {
            return None;
        }
        self.n_struck += 1;
        self.last = Some(fault);
        Some(fault)
    }

    fn keep(&mut self, path: &Path, deed: impl FnOnce() -> Deed) {
        if self.is_recording {
            self.deeds.push((path.to_owned(), deed()));
        }
    }
}

/// A file that SQLite has open.
struct Opened {
    methods: &'static sqlite3_io_methods,
    path: PathBuf,
    state: Arc<Mutex<State>>,
    /// It was made, and its folder was not synced since.
    is_new: AtomicBool,
}

/// What stands below the disks: the system's own files.
struct Base {
    vfs: &'static sqlite3_vfs,
    disks: Mutex<Vec<(PathBuf, Arc<Mutex<State>>)>>,
    /// By the place of SQLite's own record of the file.
    opened: Mutex<BTreeMap<usize, Arc<Opened>>>,
    /// A table for each the system has: the same with ours in it.
    tables: Mutex<Vec<(usize, &'static sqlite3_io_methods)>>,
}

// SAFETY: SQLite's table of the system's files is the same for as long as the program runs, and may be called from any
// thread.
unsafe impl Send for Base {}
// SAFETY: see above; all else in it is behind locks.
unsafe impl Sync for Base {}

fn base() -> &'static Base {
    static BASE: OnceLock<Base> = OnceLock::new();
    BASE.get_or_init(|| {
        // SAFETY: what is found lives as long as the program; what is registered is never freed.
        unsafe {
            let vfs = &*ffi::sqlite3_vfs_find(std::ptr::null());
            let mut ours: sqlite3_vfs = std::ptr::read(vfs);
            (ours.zName, ours.pNext) = (c"watched".as_ptr(), std::ptr::null_mut());
            ours.xOpen = Some(open);
            ours.xDelete = Some(delete);
            ffi::sqlite3_vfs_register(Box::into_raw(Box::new(ours)), 1);
            Base { vfs, disks: Mutex::default(), opened: Mutex::default(), tables: Mutex::default() }
        }
    })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a file is called that SQLite puts something aside in.
pub const ASIDE: &str = "put aside";

/// The disk that watches a file, if one does; of a file without a name the first that keeps the deeds.
unsafe fn disk_of(name: *const c_char) -> Option<(PathBuf, Arc<Mutex<State>>)> {
    if name.is_null() {
        let disks = lock(&base().disks);
        let (_, state) = disks.iter().find(|(_, state)| lock(state).is_recording)?;
        return Some((ASIDE.into(), Arc::clone(state)));
    }
    // SAFETY: SQLite's names end with a NUL.
    let path = PathBuf::from(unsafe { CStr::from_ptr(name) }.to_str().ok()?);
    let disks = lock(&base().disks);
    let state = disks.iter().find(|(folder, _)| path.starts_with(folder)).map(|(_, state)| Arc::clone(state))?;
    Some((path, state))
}

unsafe extern "C" fn open(
    _vfs: *mut sqlite3_vfs,
    name: *const c_char,
    file: *mut sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    let base = base();
    // SAFETY: all of it is passed on as it came; the system's file record lies where SQLite asked for it.
    unsafe {
        let disk = disk_of(name);
        if let Some((_, state)) = &disk
            && lock(state).struck(&[Fault::Open]).is_some()
        {
            (*file).pMethods = std::ptr::null();
            return ffi::SQLITE_CANTOPEN;
        }
        let open = base.vfs.xOpen.expect("files can be opened");
        let code = open(std::ptr::from_ref(base.vfs).cast_mut(), name, file, flags, out_flags);
        if let Some((path, state)) = disk
            && code == ffi::SQLITE_OK
        {
            let methods = &*(*file).pMethods;
            let is_log = flags & (ffi::SQLITE_OPEN_MAIN_JOURNAL | ffi::SQLITE_OPEN_WAL) != 0;
            let is_new = AtomicBool::new(is_log && flags & ffi::SQLITE_OPEN_CREATE != 0);
            lock(&base.opened).insert(file as usize, Arc::new(Opened { methods, path, state, is_new }));
            (*file).pMethods = table_over(methods);
        }
        code
    }
}

/// The system's table with ours in it.
fn table_over(methods: &'static sqlite3_io_methods) -> &'static sqlite3_io_methods {
    let key = std::ptr::from_ref(methods) as usize;
    let mut tables = lock(&base().tables);
    if let Some((_, table)) = tables.iter().find(|(known, _)| *known == key) {
        return table;
    }
    // SAFETY: it holds numbers and addresses of functions alone.
    let mut ours: sqlite3_io_methods = unsafe { std::ptr::read(methods) };
    // Without the third version's calls SQLite maps no file into memory behind our back.
    ours.iVersion = ours.iVersion.min(2);
    ours.xClose = Some(close);
    ours.xWrite = Some(write);
    ours.xTruncate = Some(truncate);
    ours.xSync = Some(sync);
    ours.xRead = Some(read);
    ours.xFileSize = Some(size);
    ours.xLock = Some(take_lock);
    ours.xShmMap = Some(map_index);
    ours.xShmLock = Some(lock_index);
    let table: &'static sqlite3_io_methods = Box::leak(Box::new(ours));
    tables.push((key, table));
    table
}

fn opened(file: *mut sqlite3_file) -> Arc<Opened> {
    Arc::clone(lock(&base().opened).get(&(file as usize)).expect("SQLite asks for a file it opened"))
}

unsafe extern "C" fn close(file: *mut sqlite3_file) -> c_int {
    let closed = lock(&base().opened).remove(&(file as usize)).expect("SQLite closes a file it opened");
    // SAFETY: the system's own call on the system's own file.
    unsafe { closed.methods.xClose.expect("files can be closed")(file) }
}

unsafe extern "C" fn write(file: *mut sqlite3_file, bytes: *const c_void, n_bytes: c_int, start_byte: i64) -> c_int {
    let Opened { methods, path, state, .. } = &*opened(file);
    let mut state = lock(state);
    let fault = state.struck(&[Fault::Write, Fault::Full, Fault::Short, Fault::Silent]);
    let n_written = match fault {
        None => n_bytes,
        Some(Fault::Short | Fault::Silent) => n_bytes / 2,
        Some(Fault::Write) => return ffi::SQLITE_IOERR_WRITE,
        Some(_) => return ffi::SQLITE_FULL,
    };
    // SAFETY: SQLite gives so many bytes, and we take no more.
    let (code, written) = unsafe {
        let code = methods.xWrite.expect("files can be written")(file, bytes, n_written, start_byte);
        (code, std::slice::from_raw_parts(bytes.cast::<u8>(), n_written as usize))
    };
    if code == ffi::SQLITE_OK {
        state.keep(path, || Deed::Write { start_byte: start_byte as usize, bytes: written.to_vec() });
    }
    if matches!(fault, None | Some(Fault::Silent)) { code } else { ffi::SQLITE_FULL }
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, n_bytes: i64) -> c_int {
    let Opened { methods, path, state, .. } = &*opened(file);
    let mut state = lock(state);
    if state.struck(&[Fault::Write]).is_some() {
        return ffi::SQLITE_IOERR_TRUNCATE;
    }
    // SAFETY: the system's own call on the system's own file.
    let code = unsafe { methods.xTruncate.expect("files can be cut")(file, n_bytes) };
    state.keep(path, || Deed::Cut { n_bytes: n_bytes as usize });
    code
}

unsafe extern "C" fn sync(file: *mut sqlite3_file, flags: c_int) -> c_int {
    let Opened { methods, path, state, is_new } = &*opened(file);
    let mut state = lock(state);
    if state.struck(&[Fault::Sync]).is_some() {
        return ffi::SQLITE_IOERR_FSYNC;
    }
    let is_with_folder = is_new.swap(false, Ordering::Relaxed);
    state.keep(path, || Deed::Sync { is_with_folder });
    if state.is_recording || state.is_hasty {
        // The disk that is played forgets nothing that was synced; the real one need not hurry.
        return ffi::SQLITE_OK;
    }
    // SAFETY: the system's own call on the system's own file.
    unsafe { methods.xSync.expect("files can be synced")(file, flags) }
}

unsafe extern "C" fn read(file: *mut sqlite3_file, bytes: *mut c_void, n_bytes: c_int, start_byte: i64) -> c_int {
    let Opened { methods, state, .. } = &*opened(file);
    if lock(state).struck(&[Fault::Read]).is_some() {
        return ffi::SQLITE_IOERR_READ;
    }
    // SAFETY: the system's own call on the system's own file.
    unsafe { methods.xRead.expect("files can be read")(file, bytes, n_bytes, start_byte) }
}

unsafe extern "C" fn size(file: *mut sqlite3_file, n_bytes: *mut i64) -> c_int {
    let Opened { methods, state, .. } = &*opened(file);
    if lock(state).struck(&[Fault::Size]).is_some() {
        return ffi::SQLITE_IOERR_FSTAT;
    }
    // SAFETY: the system's own call on the system's own file.
    unsafe { methods.xFileSize.expect("files have a size")(file, n_bytes) }
}

unsafe extern "C" fn take_lock(file: *mut sqlite3_file, level: c_int) -> c_int {
    let Opened { methods, state, .. } = &*opened(file);
    if lock(state).struck(&[Fault::Lock]).is_some() {
        return ffi::SQLITE_IOERR_LOCK;
    }
    // SAFETY: the system's own call on the system's own file.
    unsafe { methods.xLock.expect("files can be locked")(file, level) }
}

unsafe extern "C" fn map_index(
    file: *mut sqlite3_file,
    page: c_int,
    n_bytes: c_int,
    is_extended: c_int,
    place: *mut *mut c_void,
) -> c_int {
    let Opened { methods, state, .. } = &*opened(file);
    if lock(state).struck(&[Fault::Index]).is_some() {
        return ffi::SQLITE_IOERR_SHMMAP;
    }
    // SAFETY: the system's own call on the system's own file.
    unsafe { methods.xShmMap.expect("a log has an index")(file, page, n_bytes, is_extended, place) }
}

/// To let go of a lock never fails.
unsafe extern "C" fn lock_index(file: *mut sqlite3_file, first: c_int, n: c_int, how: c_int) -> c_int {
    let Opened { methods, state, .. } = &*opened(file);
    if how & ffi::SQLITE_SHM_LOCK != 0 && lock(state).struck(&[Fault::Index]).is_some() {
        return ffi::SQLITE_IOERR_SHMLOCK;
    }
    // SAFETY: the system's own call on the system's own file.
    unsafe { methods.xShmLock.expect("a log has an index")(file, first, n, how) }
}

unsafe extern "C" fn delete(_vfs: *mut sqlite3_vfs, name: *const c_char, sync_folder: c_int) -> c_int {
    let vfs = base().vfs;
    // SAFETY: passed on as it came.
    unsafe {
        let disk = disk_of(name);
        if let Some((_, state)) = &disk
            && lock(state).struck(&[Fault::Delete]).is_some()
        {
            return ffi::SQLITE_IOERR_DELETE;
        }
        let code = vfs.xDelete.expect("files can be deleted")(std::ptr::from_ref(vfs).cast_mut(), name, sync_folder);
        if let Some((path, state)) = disk
            && code == ffi::SQLITE_OK
        {
            lock(&state).keep(&path, || Deed::Delete { is_with_folder: sync_folder != 0 });
        }
        code
    }
}
