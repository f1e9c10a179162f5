//! A file on its way into its place.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file written whole beside its place; gone again unless it is put there. So a reader sees the old file or the new
/// one, never half of one, and until then nobody but its owner sees any of it.
pub struct Part<'a> {
    part: PathBuf,
    path: &'a Path,
}

impl<'a> Part<'a> {
    /// Writes the bytes, and waits until they are on the disk.
    pub fn write(path: &'a Path, bytes: &[u8]) -> io::Result<Part<'a>> {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".stet-part");
        let part = Part { part: path.with_file_name(name), path };
        // What a killed program left there may be open to others, or lead elsewhere.
        match fs::remove_file(&part.part) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut options = fs::OpenOptions::new();
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.write(true).create_new(true).open(&part.part)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        Ok(part)
    }

    /// Puts it in its place, with the rights of the file that was there, else those the user gives new files.
    pub fn put_in_place(self) -> io::Result<()> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let rights = match fs::metadata(self.path) {
                Ok(file) => file.permissions(),
                Err(_) => PermissionsExt::from_mode(0o666 & !umask()),
            };
            fs::set_permissions(&self.part, rights)?;
        }
        self.put_in_place_alone()
    }

    /// Puts it in its place, for its owner alone to read.
    pub fn put_in_place_alone(self) -> io::Result<()> {
        fs::rename(&self.part, self.path)
    }
}

impl Drop for Part<'_> {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.part);
    }
}

/// What the user takes from new files; from all but the owner where the system does not say.
#[cfg(unix)]
fn umask() -> u32 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let told = status.lines().find_map(|line| line.strip_prefix("Umask:"));
    told.and_then(|told| u32::from_str_radix(told.trim(), 8).ok()).unwrap_or(0o077)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("it is there").permissions().mode() & 0o777
    }

    #[test]
    fn on_its_way_a_file_is_its_owners_alone_and_then_as_the_user_has_files() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("out.md");
        let beside = folder.path().join("out.md.stet-part");
        fs::write(&beside, "left by a killed program").expect("written");
        let part = Part::write(&path, b"words").expect("written");
        assert_eq!((mode(&beside), path.exists()), (0o600, false));
        part.put_in_place().expect("put");
        let usual = folder.path().join("usual");
        fs::write(&usual, "").expect("written");
        assert_eq!((mode(&path), beside.exists()), (mode(&usual), false));
        fs::set_permissions(&path, PermissionsExt::from_mode(0o640)).expect("set");
        Part::write(&path, b"more").and_then(Part::put_in_place).expect("put");
        assert_eq!(mode(&path), 0o640, "a file that was shared stays shared");
        drop(Part::write(&path, b"never"));
        assert!(!beside.exists() && fs::read(&path).expect("read") == b"more", "what is not put there is gone");
        Part::write(&path, b"private").and_then(Part::put_in_place_alone).expect("put");
        assert_eq!(mode(&path), 0o600, "what is private stays so, whatever was there");
    }
}
