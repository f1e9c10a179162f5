//! `stet-desk`, the window: it opens a desk, shows the page, and passes what the page asks on to the core.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod door;
mod frame;
mod menu;
mod recent;
mod sleep;

use chrono::{DateTime, Utc};
use door::Door;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use stet::desk::{Desk, Owed};
use stet::error::Code;
use stet::store::Store;
use stet::wire::{Keeper, Refusal};
use tauri::{AppHandle, Manager};

/// The desk this window works on.
struct Kept {
    keeper: Mutex<Keeper>,
    /// Told each time the desk was opened since.
    unlocked: Sender<()>,
}

impl Kept {
    fn keeper(&self) -> MutexGuard<'_, Keeper> {
        self.keeper.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn main() {
    stet::error::hush_faults("stet-desk");
    stet::store::forbid_core_dumps();
    let desk_path = match desk_path(std::env::args_os().skip(1)) {
        Ok(path) => path,
        Err(sentence) => {
            eprintln!("stet-desk: {sentence}");
            std::process::exit(2);
        }
    };
    #[cfg(target_os = "linux")]
    if gtk::init().is_err() {
        eprintln!(
            "stet-desk: no display answers, so the window cannot open. Start it on a desktop; `stet` does the same work in \
             a terminal."
        );
        std::process::exit(2);
    }
    let mut keeper = Keeper::open(&desk_path, now(), folder_to_offer());
    if keeper.refusal().is_some_and(|refusal| refusal.code == Code::Busy.word()) && knock(&desk_path) {
        eprintln!("stet-desk: this desk is open already; its window has been brought to the front");
        return;
    }
    keeper.name_only_what_is_chosen();
    let door = open_door(&mut keeper);
    let (unlocked, told) = mpsc::channel();
    tauri::Builder::default()
        .manage(Kept { keeper: Mutex::new(keeper), unlocked })
        .manage(menu::Bar::default())
        .invoke_handler(tauri::generate_handler![
            call,
            pick_folder,
            pick_recording,
            pick_save_path,
            frame::toggle_full_screen,
            frame::zoom_to,
            menu::show_menu
        ])
        .menu(menu::build)
        .on_menu_event(menu::chosen)
        .setup(move |app| {
            recent::keep_out();
            let window = frame::open(app.handle())?;
            let lock = {
                let app = app.handle().clone();
                move || menu::tell(&app, menu::LOCK)
            };
            if let Some(door) = door {
                door.answer(window, lock.clone());
            }
            let app = app.handle().clone();
            sleep::watch({
                let app = app.clone();
                move || {
                    lock();
                    must_wait(&app.state::<Kept>())
                }
            });
            std::thread::spawn(move || back_up_each_hour(&app, &told));
            Ok(())
        })
        .run(tauri::generate_context!())
        .expect("the window system answers; without one `stet` does the same work in a terminal");
}

/// The folder to offer for the first export.
fn folder_to_offer() -> Option<PathBuf> {
    let home = PathBuf::from(std::env::var_os("HOME")?);
    let documents = home.join("Documents");
    Some(if documents.is_dir() { documents } else { home })
}

/// Opens the door of a desk that this window holds, and says where to knock.
fn open_door(keeper: &mut Keeper) -> Option<Door> {
    let door = Door::open(keeper.path()?).ok()?;
    keeper.announce(door.name());
    Some(door)
}

/// Asks the window that holds the desk to come to the front; false when nobody is there to ask. One that has just
/// started may need a moment to open its door.
fn knock(desk_path: &Path) -> bool {
    let is_answered = || Store::holder(desk_path).is_some_and(|line| door::knock(line.trim()).is_ok());
    (0..20).any(|_| {
        is_answered() || {
            std::thread::sleep(Duration::from_millis(50));
            false
        }
    })
}

/// The desk named by `--desk FILE`, else where this platform keeps a user's data.
fn desk_path(mut args: impl Iterator<Item = std::ffi::OsString>) -> Result<PathBuf, String> {
    let Some(arg) = args.next() else {
        return stet::desk::default_path(|name| std::env::var_os(name)).map_err(|error| error.to_string());
    };
    if let Some(path) = arg.to_str().and_then(|arg| arg.strip_prefix("--desk=")) {
        return Ok(PathBuf::from(path));
    }
    match (arg.to_str(), args.next()) {
        (Some("--desk"), Some(path)) => Ok(PathBuf::from(path)),
        (Some("--version"), _) => Err(concat!("version ", env!("CARGO_PKG_VERSION")).into()),
        _ => Err(format!("'{}' is not understood. Say --desk FILE, or nothing.", arg.to_string_lossy())),
    }
}

/// The one clock of the window.
#[expect(clippy::disallowed_methods, reason = "the shell is where the clock is")]
fn now() -> DateTime<Utc> {
    Utc::now()
}

/// Answers one call of the page, away from the window's own thread.
#[tauri::command]
async fn call(app: AppHandle, name: String, args: Value) -> Result<Value, Refusal> {
    let open_app = app.clone();
    let answer = tauri::async_runtime::spawn_blocking(move || {
        let kept = open_app.state::<Kept>();
        let is_locking = name == "lock";
        let is_opening = matches!(name.as_str(), "unlock" | "restore_backup");
        let begun = kept.keeper().begin(now(), &name, args);
        // The desk is free again: finding, checking and comparing hold up no save.
        let answer = begun.finish();
        if is_opening && answer.is_ok() {
            let _ = kept.unlocked.send(());
        }
        if is_locking && answer.is_ok() {
            let _ = open_app.run_on_main_thread(sleep::let_go);
        }
        answer
    });
    let answer = answer.await;
    // Nobody waits for this; the answer is on its way.
    drop(tauri::async_runtime::spawn_blocking(move || keep_owed(&app.state::<Kept>())));
    answer.unwrap_or_else(|_| {
        Err(Refusal {
            code: "io".into(),
            message: "That could not be done: Stet met a fault of its own. What was saved is safe; try again.".into(),
        })
    })
}

/// Whether the machine has to wait with its sleep: there is a passphrase, and the desk is not locked yet. Who is at the
/// desk just now is not waited for, the machine is.
fn must_wait(kept: &Kept) -> bool {
    kept.keeper.try_lock().map_or(true, |mut keeper| keeper.desk().is_some_and(|desk| desk.store().has_passphrase()))
}

/// Keeps what the desk owes; it is held for moments only.
fn keep_owed(kept: &Kept) {
    let owed = kept.keeper().desk().and_then(|desk| desk.owed().ok()).unwrap_or_default();
    for read in owed.into_iter().map(Owed::read) {
        // What cannot be kept now is kept with the next revision.
        let _ = kept.keeper().desk().map(|desk| desk.keep_owed(read));
    }
}

/// Makes a backup now, each hour, and as soon as a desk was unlocked or another put in its place, and has the page ask
/// how it went. The desk is held only to ask where they go.
///
/// `STET_HOUR_MS` says how long an hour is, for tests that cannot wait for one.
fn back_up_each_hour(app: &AppHandle, unlocked: &Receiver<()>) {
    let hour = std::env::var("STET_HOUR_MS").ok().and_then(|hour| hour.parse().ok());
    let hour = hour.map_or(Duration::from_secs(60 * 60), Duration::from_millis);
    let kept = app.state::<Kept>();
    loop {
        let backing = kept.keeper().desk().map(|desk| desk.backing());
        if let Some(backing) = backing {
            // A backup is read whole before it counts, and so the desk was; where there is none it is read by itself.
            if backing.make(now()).is_err() && backing.survey().is_ok_and(|survey| !survey.damage.is_empty()) {
                let _ = kept.keeper().desk().map(Desk::heed);
            }
            menu::tell(app, menu::LOOK);
        }
        if unlocked.recv_timeout(hour) == Err(RecvTimeoutError::Disconnected) {
            return;
        }
    }
}

/// Asks the editor for a folder; none when they think better of it.
#[tauri::command]
async fn pick_folder(app: AppHandle) -> Option<String> {
    let dialog = rfd::AsyncFileDialog::new().set_title("A second place for backups");
    dialog.pick_folder().await.map(|folder| chosen(&app, &folder))
}

/// Asks the editor for the file of a recording; none when they think better of it.
#[tauri::command]
async fn pick_recording(app: AppHandle) -> Option<String> {
    let endings = ["mp3", "m4a", "wav", "ogg", "opus", "flac", "mp4", "webm"];
    let dialog = rfd::AsyncFileDialog::new().set_title("Attach a recording").add_filter("Recordings", &endings);
    let picked = dialog.pick_file().await?;
    let path = picked.path().to_string_lossy().into_owned();
    app.state::<Kept>().keeper().choose_to_read(Path::new(&path));
    Some(path)
}

/// Asks the editor where a file should go; none when they think better of it.
#[tauri::command]
async fn pick_save_path(app: AppHandle, suggested: String) -> Option<String> {
    let suggested = PathBuf::from(suggested);
    let mut dialog = rfd::AsyncFileDialog::new().set_title("Export to");
    if let Some(name) = suggested.file_name() {
        dialog = dialog.set_file_name(name.to_string_lossy());
    }
    if let Some(folder) = suggested.parent().filter(|folder| folder.is_dir()) {
        dialog = dialog.set_directory(folder);
    }
    dialog.save_file().await.map(|file| chosen(&app, &file))
}

/// What a dialog led to may be written; the page names it as it is given here.
fn chosen(app: &AppHandle, picked: &rfd::FileHandle) -> String {
    let path = picked.path().to_string_lossy().into_owned();
    app.state::<Kept>().keeper().choose_to_write(Path::new(&path));
    path
}
