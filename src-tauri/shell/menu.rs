//! The menu bar. The page has one place for what a key does, in which language and when (`ui/frame/menubar.ts`), so the bar
//! is the page's to say, and what is chosen goes back to it in a `stet-menu` event: the screen where the key holds (`all`
//! for everywhere), a space, the key. No item has an accelerator: the page alone knows whether a key is the text's just now.

use serde::Deserialize;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use tauri::menu::{
    IsMenuItem, Menu, MenuEvent, MenuItem, MenuItemBuilder, PredefinedMenuItem, Submenu, SubmenuBuilder,
};
use tauri::{AppHandle, Manager, State, Wry};

/// Has the page look how the desk stands now.
pub const LOOK: &str = "desk-again";

/// Locks the desk, as the key does.
pub const LOCK: &str = "all Ctrl+Shift+l";

/// Closes the window, as its frame does: the page saves first. The system’s own *Quit* does nothing on Linux.
const CLOSE: &str = "window close";

/// One thing in the bar, in the language of the page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Entry {
    Line,
    /// What the system does itself: `system cut`, `copy`, `paste` or `all`.
    System {
        told: String,
        words: String,
        key: String,
    },
    /// What the page is told, and the key that does the same, as it is shown; none when empty.
    Item {
        told: String,
        words: String,
        key: String,
        is_offered: bool,
    },
    Menu {
        words: String,
        entries: Vec<Entry>,
    },
}

/// Items by what the page is told.
type Items = HashMap<String, MenuItem<Wry>>;

/// The bar as it is shown.
#[derive(Default)]
pub struct Bar(Mutex<(Vec<Entry>, Items)>);

/// The menu bar until the page has said what is in it: the window can be closed.
pub fn build(app: &AppHandle) -> tauri::Result<Menu<Wry>> {
    let close = MenuItemBuilder::with_id(CLOSE, "Close the window").build(app)?;
    Menu::with_items(app, &[&SubmenuBuilder::new(app, "Piece").item(&close).build()?])
}

/// Shows this bar. One that differs in nothing but what is offered stays, with other items grey.
#[tauri::command]
pub fn show_menu(app: AppHandle, shown: State<'_, Bar>, bar: Vec<Entry>) -> tauri::Result<()> {
    let mut shown = shown.0.lock().unwrap_or_else(PoisonError::into_inner);
    let (entries, items) = &mut *shown;
    if all_offered(entries) != all_offered(&bar) {
        items.clear();
        let menu = Menu::new(&app)?;
        for entry in &bar {
            menu.append(&*made(&app, entry, items)?)?;
        }
        app.set_menu(menu)?;
        #[cfg(target_os = "linux")]
        keys::set(&app, &bar);
    }
    offer(&bar, items)?;
    *entries = bar;
    Ok(())
}

/// The bar with nothing grey.
fn all_offered(entries: &[Entry]) -> Vec<Entry> {
    let offered = |entry: &Entry| match entry.clone() {
        Entry::Item { told, words, key, .. } => Entry::Item { told, words, key, is_offered: true },
        Entry::Menu { words, entries } => Entry::Menu { words, entries: all_offered(&entries) },
        entry => entry,
    };
    entries.iter().map(offered).collect()
}

fn made(app: &AppHandle, entry: &Entry, items: &mut Items) -> tauri::Result<Box<dyn IsMenuItem<Wry>>> {
    Ok(match entry {
        Entry::Line => Box::new(PredefinedMenuItem::separator(app)?),
        Entry::System { told, words, .. } => {
            let words = Some(words.as_str());
            Box::new(match told.as_str() {
                "system cut" => PredefinedMenuItem::cut(app, words)?,
                "system copy" => PredefinedMenuItem::copy(app, words)?,
                "system paste" => PredefinedMenuItem::paste(app, words)?,
                _ => PredefinedMenuItem::select_all(app, words)?,
            })
        }
        Entry::Item { told, words, key, .. } => {
            let words = if key.is_empty() { words.clone() } else { format!("{words} ({key})") };
            let item = MenuItemBuilder::with_id(told, words).build(app)?;
            items.insert(told.clone(), item.clone());
            Box::new(item)
        }
        Entry::Menu { words, entries } => {
            let submenu = Submenu::new(app, words, true)?;
            for entry in entries {
                submenu.append(&*made(app, entry, items)?)?;
            }
            Box::new(submenu)
        }
    })
}

/// Makes grey what can do nothing now.
fn offer(entries: &[Entry], items: &Items) -> tauri::Result<()> {
    for entry in entries {
        match entry {
            Entry::Item { told, is_offered, .. } => {
                if let Some(item) = items.get(told) {
                    item.set_enabled(*is_offered)?;
                }
            }
            Entry::Menu { entries, .. } => offer(entries, items)?,
            _ => {}
        }
    }
    Ok(())
}

/// Tells the page what was chosen.
pub fn chosen(app: &AppHandle, event: MenuEvent) {
    let told = &event.id().0;
    if told != CLOSE {
        tell(app, told);
    } else if let Some(window) = app.get_webview_window("main") {
        let _ = window.close();
    }
}

/// Tells the page what to do.
pub fn tell(app: &AppHandle, told: &str) {
    if let Some(window) = app.get_webview_window("main") {
        let told = serde_json::Value::from(told);
        let _ = window.eval(format!("window.dispatchEvent(new CustomEvent('stet-menu', {{ detail: {told} }}))"));
    }
}

/// Keys in a column of their own. GTK shows one only beside an item that takes it from the page, so the labels are ours.
#[cfg(target_os = "linux")]
mod keys {
    use super::Entry;
    use gtk::prelude::*;
    use tauri::{AppHandle, Manager};

    /// Call on the window's own thread.
    pub fn set(app: &AppHandle, bar: &[Entry]) {
        let Some(window) = app.get_webview_window("main") else { return };
        let Ok(column) = window.default_vbox() else { return };
        if let Some(shown) = column.children().into_iter().find_map(|child| child.downcast::<gtk::MenuBar>().ok()) {
            set_in(shown.upcast_ref(), bar);
        }
    }

    fn set_in(menu: &gtk::MenuShell, entries: &[Entry]) {
        for (widget, entry) in menu.children().into_iter().zip(entries) {
            let Ok(item) = widget.downcast::<gtk::MenuItem>() else { continue };
            match entry {
                Entry::Menu { entries, .. } => {
                    if let Some(menu) = item.submenu().and_then(|menu| menu.downcast::<gtk::Menu>().ok()) {
                        set_in(menu.upcast_ref(), entries);
                    }
                }
                Entry::System { words, key, .. } | Entry::Item { words, key, .. } => label(&item, words, key),
                Entry::Line => {}
            }
        }
    }

    fn label(item: &gtk::MenuItem, words: &str, key: &str) {
        if let Some(child) = item.child() {
            item.remove(&child);
        }
        let row = gtk::Box::new(gtk::Orientation::Horizontal, 32);
        row.pack_start(&gtk::Label::new(Some(words)), false, false, 0);
        let key = gtk::Label::new(Some(key));
        key.style_context().add_class("dim-label");
        row.pack_end(&key, false, false, 0);
        item.add(&row);
        row.show_all();
    }
}
