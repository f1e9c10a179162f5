//! The menu bar. What is chosen goes to the page as a `stet-menu` event: the page has one place for what a key does.

use tauri::menu::{Menu, MenuBuilder, MenuEvent, MenuItemBuilder, SubmenuBuilder};
use tauri::{AppHandle, Manager, Wry};

/// Label, what the page is told, and the key that does the same.
type Item = (&'static str, &'static str, Option<&'static str>);

const PIECE: [Item; 4] = [
    ("New piece", "new", None),
    ("Import pieces…", "import", None),
    ("Name this revision…", "name-revision", None),
    ("Export…", "screen:export", Some("Ctrl+6")),
];

/// Undo belongs to the page's own history, so it goes there; the rest of the menu is the system's.
const EDIT: [Item; 3] = [("Undo", "undo", None), ("Redo", "redo", None), ("Find and replace…", "find", None)];

const VIEW: [Item; 7] = [
    ("Desk", "screen:desk", Some("Ctrl+1")),
    ("Draft", "screen:draft", Some("Ctrl+2")),
    ("Check", "screen:check", Some("Ctrl+3")),
    ("Compare", "screen:compare", Some("Ctrl+4")),
    ("Sources", "screen:sources", Some("Ctrl+5")),
    ("Commands…", "palette", Some("Ctrl+K")),
    ("Keys", "keys", None),
];

/// The menu bar as the window shows it.
pub fn build(app: &AppHandle) -> tauri::Result<Menu<Wry>> {
    let piece = submenu(app, "Piece", &PIECE)?.separator().quit().build()?;
    let edit = submenu(app, "Edit", &EDIT)?.separator().cut().copy().paste().select_all().build()?;
    let view = submenu(app, "View", &VIEW)?.build()?;
    MenuBuilder::new(app).items(&[&piece, &edit, &view]).build()
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

/// Tells the page what was chosen.
pub fn chosen(app: &AppHandle, event: MenuEvent) {
    let told = &event.id().0;
    let is_ours = PIECE.iter().chain(&EDIT).chain(&VIEW).any(|(_, id, _)| id == told);
    if let (true, Some(window)) = (is_ours, app.get_webview_window("main")) {
        let _ = window.eval(format!("window.dispatchEvent(new CustomEvent('stet-menu', {{ detail: '{told}' }}))"));
    }
}
