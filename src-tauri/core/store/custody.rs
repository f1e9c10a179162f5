//! Files that only their owner may read, and memory that is never written to the disk.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Options for a file that, where it is made, only its owner may read and write.
pub fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// A new file that only its owner may read and write. Errors: `AlreadyExists` too.
pub fn create_new(path: &Path) -> io::Result<File> {
    options().write(true).create_new(true).open(path)
}

/// Takes from everybody but the owner what they might do with a file. SQLite gives its log the rights of the desk.
///
/// A file of somebody else's, or on a disk that knows no rights, stays as it is.
pub fn close_to_others(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let Ok(rights) = path.metadata().map(|file| file.permissions()) else { return };
        if rights.mode() & 0o077 != 0 {
            let _ = std::fs::set_permissions(path, PermissionsExt::from_mode(rights.mode() & 0o7700));
        }
    }
}

/// Gives a file beside a desk the rights of the desk, as SQLite does when it makes one. What cannot be given stays.
pub fn give_rights_of(desk: &Path, beside: &Path) {
    let _ = desk.metadata().and_then(|file| std::fs::set_permissions(beside, file.permissions()));
}

/// Which file stands at a path, as the system counts them; none where none does, or where it does not say.
pub fn identity(path: &Path) -> Option<(u64, u64)> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        path.metadata().ok().map(|file| (file.dev(), file.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
    }
}

/// Keeps this program's memory out of core files: no size is allowed for one, and where the system hands them to a
/// program of its own, there is nothing to hand over. Programs it starts may write none either. For a whole program.
pub fn forbid_core_dumps() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        // Where the system refuses, there is nothing more to be done, and no reason not to work.
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[cfg(target_os = "linux")]
    #[test]
    fn there_is_nothing_to_dump() {
        use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};
        forbid_core_dumps();
        assert_eq!(dumpable_behavior().expect("it is told"), DumpableBehavior::NotDumpable);
        assert_eq!(getrlimit(Resource::Core).maximum, Some(0));
    }

    #[test]
    fn what_others_may_do_is_taken_and_what_the_owner_may_is_left() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("desk");
        File::create(&path).expect("a file");
        for (before, after) in [(0o644, 0o600), (0o666, 0o600), (0o444, 0o400), (0o600, 0o600)] {
            std::fs::set_permissions(&path, PermissionsExt::from_mode(before)).expect("set");
            close_to_others(&path);
            let mode = path.metadata().expect("it is there").permissions().mode() & 0o777;
            assert_eq!(mode, after, "{before:o}");
        }
    }
}
