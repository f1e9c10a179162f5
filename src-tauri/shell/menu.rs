//! The menu bar. The page has one place for what a key does, so what is chosen goes to it as that key, in a `stet-menu`
//! event: the screen where the key holds (`all` for everywhere), a space, the key.

use std::collections::HashMap;
use tauri::menu::{Menu, MenuBuilder, MenuEvent, MenuItemBuilder, SubmenuBuilder};
use tauri::{AppHandle, Manager, Wry};

/// Label, what the page is told, and the key that does the same.
type Item = (&'static str, &'static str, Option<&'static str>);

/// Has the page look how the desk stands now.
pub const LOOK: &str = "desk-again";

/// Locks the desk, as the key does.
pub const LOCK: &str = "all Ctrl+Shift+l";

const PIECE: [Item; 8] = [
    ("New piece", "desk n", None),
    ("Import pieces…", "desk i", None),
    ("Name this revision…", "compare Ctrl+Shift+s", None),
    ("Correction notice…", "compare e", None),
    ("Send the changes out…", "compare d", None),
    ("Export…", "all Ctrl+6", Some("Ctrl+6")),
    ("Save elsewhere…", "all Ctrl+Alt+s", None),
    ("Remove for good…", "all Shift+Delete", None),
];

/// Undo belongs to the page's own history, so it goes there; the rest of the menu is the system's.
const EDIT: [Item; 5] = [
    ("Undo", "history undo", None),
    ("Redo", "history redo", None),
    ("Find and replace…", "draft Ctrl+f", None),
    ("Comment on the words", "draft Ctrl+Alt+m", None),
    ("Put in a snippet…", "draft Alt+p", None),
];

const VIEW: [Item; 15] = [
    ("Desk", "all Ctrl+1", Some("Ctrl+1")),
    ("Draft", "all Ctrl+2", Some("Ctrl+2")),
    ("Check", "all Ctrl+3", Some("Ctrl+3")),
    ("Compare", "all Ctrl+4", Some("Ctrl+4")),
    ("Sources", "all Ctrl+5", Some("Ctrl+5")),
    ("Next view of the desk", "desk v", None),
    ("Keep as view…", "desk s", None),
    ("Replace the view", "desk S", None),
    ("Rename the view…", "desk r", None),
    ("Remove the view", "desk X", None),
    ("Search…", "all Ctrl+Shift+f", None),
    ("Commands…", "all Ctrl+k", Some("Ctrl+K")),
    ("Focus mode", "draft Shift+F11", None),
    ("Typewriter mode", "draft Alt+t", None),
    ("Full screen", "all F11", None),
];

const DESK: [Item; 7] = [
    ("Who works here…", "all Ctrl+Shift+e", None),
    ("Snippets…", "all Ctrl+Shift+d", None),
    ("Backups…", "all Ctrl+Shift+h", None),
    ("Copy the desk to…", "all Ctrl+Shift+b", None),
    ("Passphrase…", "all Ctrl+Shift+p", None),
    ("Lock", LOCK, None),
    ("Settings…", "all Ctrl+,", None),
];

const HELP: [Item; 3] =
    [("Help", "all F1", Some("F1")), ("Keys", "all ?", None), ("About Stet", "all Shift+F1", Some("Shift+F1"))];

/// The menu bar as the window shows it.
pub fn build(app: &AppHandle) -> tauri::Result<Menu<Wry>> {
    let piece = submenu(app, "Piece", &PIECE)?.separator().quit().build()?;
    let edit = submenu(app, "Edit", &EDIT)?.separator().cut().copy().paste().select_all().build()?;
    let view = submenu(app, "View", &VIEW)?.build()?;
    let desk = submenu(app, "Desk", &DESK)?.build()?;
    let help = submenu(app, "Help", &HELP)?.build()?;
    MenuBuilder::new(app).items(&[&piece, &edit, &view, &desk, &help]).build()
}

fn submenu<'m>(app: &'m AppHandle, title: &str, items: &[Item]) -> tauri::Result<SubmenuBuilder<'m, Wry, AppHandle>> {
    let mut submenu = SubmenuBuilder::new(app, title);
    for (label, told, key) in items {
        let mut item = MenuItemBuilder::with_id(*told, *label);
        if let Some(key) = key {
            item = item.accelerator(key);
        }
        submenu = submenu.item(&item.build(app)?);
    }
    Ok(submenu)
}

/// All that the page is told of.
fn items() -> impl Iterator<Item = &'static Item> {
    PIECE.iter().chain(&EDIT).chain(&VIEW).chain(&DESK).chain(&HELP)
}

/// Shows beside the items the keys that do the same now. `changed` has those an editor changed, by what the page is told.
///
/// A key that writes something stays off the menu, which would take it from the text.
#[tauri::command]
pub fn name_menu_keys(app: AppHandle, changed: HashMap<String, String>) -> tauri::Result<()> {
    let Some(menu) = app.menu() else { return Ok(()) };
    for submenu in menu.items()?.iter().filter_map(|item| item.as_submenu()) {
        for (_, told, key) in items() {
            let (Some(key), Some(kind)) = (key, submenu.get(*told)) else { continue };
            let Some(item) = kind.as_menuitem() else { continue };
            let key = changed.get(*told).map_or(*key, String::as_str);
            let is_silent = key.starts_with("Ctrl+") || key.starts_with("Alt+") || is_function_key(key);
            if item.set_accelerator(is_silent.then_some(key)).is_err() {
                item.set_accelerator(None::<&str>)?;
            }
        }
    }
    Ok(())
}

/// `F1`, `Shift+F11`.
fn is_function_key(key: &str) -> bool {
    let key = key.strip_prefix("Shift+").unwrap_or(key);
    key.strip_prefix('F').is_some_and(|number| number.parse::<u8>().is_ok())
}

/// Tells the page what was chosen.
pub fn chosen(app: &AppHandle, event: MenuEvent) {
    let told = &event.id().0;
    if items().any(|(_, id, _)| id == told) {
        tell(app, told);
    }
}

/// Tells the page what to do; only what stands in this file.
pub fn tell(app: &AppHandle, told: &str) {
    if let Some(window) = app.get_webview_window("main") {
        let _ = window.eval(format!("window.dispatchEvent(new CustomEvent('stet-menu', {{ detail: '{told}' }}))"));
    }
}
