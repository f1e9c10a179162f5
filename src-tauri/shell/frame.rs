//! The window's frame: its title, and the size and place it had when it was last closed.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use stet::wire::Refusal;
use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent};

/// Where the window stood, in logical pixels.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Place {
    width: f64,
    height: f64,
    x: f64,
    y: f64,
    is_maximized: bool,
}

/// Opens the window where it was last closed, 1280 × 800 the first time.
pub fn open(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    let place = read_place(app);
    let mut builder = WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("Stet")
        .min_inner_size(800.0, 520.0)
        .inner_size(1280.0, 800.0)
        // Files dropped on the page are the page's: it imports them.
        .disable_drag_drop_handler()
        // What is copied is asked for by key, but the core answers first: by then the key is forgotten.
        .enable_clipboard_access()
        .on_document_title_changed(|window, title| {
            let _ = window.set_title(&title);
        });
    if let Some(place) = place {
        builder =
            builder.inner_size(place.width, place.height).position(place.x, place.y).maximized(place.is_maximized);
    }
    let window = builder.build()?;
    #[cfg(target_os = "linux")]
    show_composition(&window)?;
    let closing = window.clone();
    window.on_window_event(move |event| {
        if matches!(event, WindowEvent::CloseRequested { .. } | WindowEvent::Focused(false)) {
            write_place(&closing);
        }
    });
    Ok(window)
}

/// Has what an input method composes shown in the text, where it will stand: wry switches that off for the sake of one
/// input method, and then a dead key, or a word of Japanese on its way, is seen nowhere.
#[cfg(target_os = "linux")]
fn show_composition(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{InputMethodContextExt, WebViewExt};
    window.with_webview(|webview| {
        if let Some(context) = webview.inner().input_method_context() {
            context.set_enable_preedit(true);
        }
    })
}

/// Lets the window have the whole screen, without the menu; gives both back where it has it.
#[tauri::command]
pub fn toggle_full_screen(window: WebviewWindow) -> Result<(), Refusal> {
    let toggle = || -> tauri::Result<()> {
        let is_full = window.is_fullscreen()?;
        if is_full {
            window.show_menu()?
        } else {
            window.hide_menu()?
        }
        window.set_fullscreen(!is_full)
    };
    toggle().map_err(|_| Refusal {
        code: "io".into(),
        message: "The window could not be given the whole screen. Try the key of your desktop for it.".into(),
    })
}

/// Shows all of the page so large, in percent, as a browser does: its panels fold as in a smaller window.
#[tauri::command]
pub fn zoom_to(window: WebviewWindow, percent: u16) -> Result<(), Refusal> {
    window.set_zoom(f64::from(percent.clamp(50, 200)) / 100.0).map_err(|_| Refusal {
        code: "io".into(),
        message: "The window could not be shown larger or smaller. Its text has a size of its own, in Settings.".into(),
    })
}

fn place_path(app: &AppHandle) -> Option<PathBuf> {
    Some(app.path().app_local_data_dir().ok()?.join("window.json"))
}

/// The place kept, if there is one that can be read and could be seen: an odd one is forgotten.
fn read_place(app: &AppHandle) -> Option<Place> {
    let kept = std::fs::read(place_path(app)?).ok()?;
    let place: Place = serde_json::from_slice(&kept).ok()?;
    let is_sane = place.width >= 400.0 && place.height >= 300.0 && place.x > -4000.0 && place.y > -4000.0;
    is_sane.then_some(place)
}

/// Keeps the place. A place that cannot be kept is no reason to trouble an editor.
fn write_place(window: &WebviewWindow) {
    // Where it goes back to from full screen is kept already.
    if window.is_fullscreen().unwrap_or(false) {
        return;
    }
    let is_maximized = window.is_maximized().unwrap_or(false);
    let (Ok(size), Ok(position), Ok(scale)) = (window.inner_size(), window.outer_position(), window.scale_factor())
    else {
        return;
    };
    let (size, position) = (size.to_logical::<f64>(scale), position.to_logical::<f64>(scale));
    let place = Place { width: size.width, height: size.height, x: position.x, y: position.y, is_maximized };
    let Some(path) = place_path(window.app_handle()) else { return };
    if let Some(folder) = path.parent() {
        let _ = std::fs::create_dir_all(folder);
    }
    if let Ok(bytes) = serde_json::to_vec(&place) {
        let _ = std::fs::write(path, bytes);
    }
}
