//! Where the desk lies when nobody says otherwise.

use crate::error::{Code, Error, Result};
use std::ffi::OsString;
use std::path::PathBuf;

/// Where this platform keeps a user's data, with the folder made where it was not there.
///
/// `env` looks up a variable of the environment. Linux and the other Unixes follow the XDG base directories
/// (`$XDG_DATA_HOME/stet/desk.sqlite`, else `~/.local/share/stet/desk.sqlite`), macOS `~/Library/Application Support`,
/// Windows `%LOCALAPPDATA%`. Errors: `BadInput` when the environment names no home, `Io` when the folder cannot be made.
pub fn default_path(env: impl Fn(&str) -> Option<OsString>) -> Result<PathBuf> {
    let folder = data_folder(env).ok_or_else(|| {
        let message =
            "Stet cannot tell where your files are kept: no home folder is set. Name a desk with --desk FILE.";
        Error::new(Code::BadInput, message)
    })?;
    let folder = folder.join("stet");
    std::fs::create_dir_all(&folder).map_err(|cause| {
        let message = format!("The folder {} cannot be made. Name a desk with --desk FILE.", folder.display());
        Error::new(Code::Io, message).because(cause)
    })?;
    Ok(folder.join("desk.sqlite"))
}

fn data_folder(env: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    // The XDG rule: a path that is not absolute is to be ignored.
    let folder = |name: &str| env(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if cfg!(windows) {
        folder("LOCALAPPDATA").or_else(|| folder("APPDATA"))
    } else if cfg!(target_os = "macos") {
        folder("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        folder("XDG_DATA_HOME").or_else(|| folder("HOME").map(|home| home.join(".local/share")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(all(unix, not(target_os = "macos")))]
    fn the_desk_lies_where_xdg_says_else_under_home() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name).into_os_string();
        let both = |name: &str| match name {
            "XDG_DATA_HOME" => Some(at("data")),
            "HOME" => Some(at("home")),
            _ => None,
        };
        let home_alone = |name: &str| if name == "HOME" { Some(at("home")) } else { None };
        let relative = |name: &str| if name == "XDG_DATA_HOME" { Some("data".into()) } else { home_alone(name) };
        let under_home = folder.path().join("home/.local/share/stet/desk.sqlite");
        assert_eq!(default_path(both).expect("a path"), folder.path().join("data/stet/desk.sqlite"));
        assert_eq!(default_path(home_alone).expect("a path"), under_home);
        assert_eq!(default_path(relative).expect("a path"), under_home, "XDG: a relative path is to be ignored");
        assert!(
            under_home.parent().is_some_and(|folder| folder.is_dir()),
            "the folder must be there to open a desk in"
        );
        assert_eq!(default_path(|_| None).expect_err("no home").code, Code::BadInput);
    }
}
