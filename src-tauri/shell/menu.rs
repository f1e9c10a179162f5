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

/// Closes the window, as its frame does: the page saves first. The system’s own *Quit* does nothing on Linux.
const CLOSE: &str = "window close";

const PIECE: [Item; 9] = [
    ("New piece", "desk n", None),
    ("Import pieces…", "desk i", None),
    ("Name this revision…", "compare Ctrl+Shift+s", None),
    ("Correction notice…", "compare e", None),
    ("Send the changes out…", "compare d", None),
    ("Export…", "all Ctrl+6", Some("Ctrl+6")),
    ("Save elsewhere…", "all Ctrl+Alt+s", None),
    ("Remove for good…", "all Shift+Delete", None),
    ("Close the window", CLOSE, None),
];

/// Undo belongs to the page's own history, so it goes there; the rest of the menu is the system's.
const EDIT: [Item; 7] = [
    ("Undo", "history undo", None),
    ("Redo", "history redo", None),
    ("Find and replace…", "draft Ctrl+f", None),
    ("Comment on the words", "draft Ctrl+Alt+m", None),
    ("Put in a snippet…", "draft Alt+p", None),
    ("Quote from a note…", "draft Alt+q", None),
    ("Suggest, or hand over", "draft Alt+g", None),
];

const VIEW: [Item; 17] = [
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
    ("Open a piece beside…", "draft Alt+b", None),
    ("Change over", "draft Alt+o", None),
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

/// The menus of the bar: title, items, and below them those the system does itself.
const MENUS: [(&str, &[Item], &[&str]); 5] = [
    ("Piece", &PIECE, &[]),
    ("Edit", &EDIT, &["Cut", "Copy", "Paste", "Select all"]),
    ("View", &VIEW, &[]),
    ("Desk", &DESK, &[]),
    ("Help", &HELP, &[]),
];

/// The menu bar as the window shows it at first.
pub fn build(app: &AppHandle) -> tauri::Result<Menu<Wry>> {
    build_in(app, &HashMap::new())
}

/// The menu bar in a language: what each label is called there, none for English.
fn build_in(app: &AppHandle, words: &HashMap<String, String>) -> tauri::Result<Menu<Wry>> {
    let named = |label: &'static str| words.get(label).map_or(label, String::as_str);
    let mut bar = MenuBuilder::new(app);
    for (title, items, system) in MENUS {
        let mut submenu = SubmenuBuilder::new(app, named(title));
        for (label, told, key) in items {
            let mut item = MenuItemBuilder::with_id(*told, named(label));
            if let Some(key) = key {
                item = item.accelerator(key);
            }
            submenu = submenu.item(&item.build(app)?);
        }
        if !system.is_empty() {
            submenu = submenu.separator();
        }
        for label in system {
            submenu = match *label {
                "Cut" => submenu.cut_with_text(named(label)),
                "Copy" => submenu.copy_with_text(named(label)),
                "Paste" => submenu.paste_with_text(named(label)),
                _ => submenu.select_all_with_text(named(label)),
            };
        }
        bar = bar.item(&submenu.build()?);
    }
    bar.build()
}

/// All that the page is told of.
fn items() -> impl Iterator<Item = &'static Item> {
    MENUS.iter().flat_map(|(_, items, _)| *items)
}

/// Has the menu speak the language of the page, and shows beside its items the keys that do the same now. `words` has what
/// a label is called there, none for English; `changed` the keys an editor changed, by what the page is told.
///
/// A key that writes something stays off the menu, which would take it from the text.
#[tauri::command]
pub fn name_menu(
    app: AppHandle,
    words: HashMap<String, String>,
    changed: HashMap<String, String>,
) -> tauri::Result<()> {
    let title = words.get(MENUS[0].0).map_or(MENUS[0].0, String::as_str);
    let menu = match app.menu() {
        Some(menu) if first_title(&menu)?.is_some_and(|first| first == title) => menu,
        // A title in the bar does not take another text once it is shown.
        _ => {
            let menu = build_in(&app, &words)?;
            app.set_menu(menu.clone())?;
            menu
        }
    };
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

fn first_title(menu: &Menu<Wry>) -> tauri::Result<Option<String>> {
    let items = menu.items()?;
    items.first().and_then(|item| item.as_submenu()).map(|submenu| submenu.text()).transpose()
}

/// `F1`, `Shift+F11`.
fn is_function_key(key: &str) -> bool {
    let key = key.strip_prefix("Shift+").unwrap_or(key);
    key.strip_prefix('F').is_some_and(|number| number.parse::<u8>().is_ok())
}

/// Tells the page what was chosen.
pub fn chosen(app: &AppHandle, event: MenuEvent) {
    let told = &event.id().0;
    if told == CLOSE {
        if let Some(window) = app.get_webview_window("main") {
            let _ = window.close();
        }
    } else if items().any(|(_, id, _)| id == told) {
        tell(app, told);
    }
}

/// Tells the page what to do; only what stands in this file.
pub fn tell(app: &AppHandle, told: &str) {
    if let Some(window) = app.get_webview_window("main") {
        let _ = window.eval(format!("window.dispatchEvent(new CustomEvent('stet-menu', {{ detail: '{told}' }}))"));
    }
}
