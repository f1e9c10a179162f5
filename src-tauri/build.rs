//! Hands the window's settings to Tauri; does nothing for the core and the terminal companion.

fn main() {
    #[cfg(feature = "shell")]
    tauri_build::build();
}
