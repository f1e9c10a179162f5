//! Where a desk lies. On a network share, and in a folder that another program keeps in step with other machines, a
//! database is not safe: locks may not hold, and a copy may be taken, or put back, half way through a save.

use std::path::Path;

/// How the folders of programs that keep files in step are called.
const SYNCED: [&str; 12] = [
    "Dropbox",
    "OneDrive",
    "iCloud Drive",
    "iCloudDrive",
    // iCloud's own, on a Mac.
    "Mobile Documents",
    "Google Drive",
    "GoogleDrive",
    "CloudStorage",
    "Nextcloud",
    "ownCloud",
    "Syncthing",
    "pCloud Drive",
];

/// File systems whose files lie on another machine, by the numbers of Linux's `statfs(2)`.
const SHARED: [(i64, &str); 9] = [
    (0x6969, "NFS"),
    (0x517b, "SMB"),
    (0xff53_4d42, "SMB"),
    (0xfe53_4d42, "SMB"),
    (0x7375_7245, "Coda"),
    (0x5346_414f, "AFS"),
    (0x6b41_4653, "AFS"),
    (0x00c3_6400, "Ceph"),
    (0x0102_1997, "9P"),
];

/// Why a desk had better lie elsewhere, a sentence or two for an editor; none where it lies well. `path` is whole.
pub fn doubt(path: &Path) -> Option<String> {
    if let Some(name) = synced(path) {
        return Some(format!(
            "This desk lies in a folder that another program keeps in step with other machines ({name}). It may copy the \
             desk half way through a save, or put an older one in its place. Move the desk to a folder that stays on this \
             machine; a second place for backups may well lie there."
        ));
    }
    let kind = shared(path)?;
    Some(format!(
        "This desk lies on a network share ({kind}), where what is saved and who may write is not sure. Move it to a \
         disk of this machine; a second place for backups may well lie on the share."
    ))
}

/// The folder on the way to it that is called so: *Dropbox*, *Dropbox (Work)*, *OneDrive - Herald*.
fn synced(path: &Path) -> Option<String> {
    let folders = path.parent()?.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
    folders.into_iter().find(|folder| {
        SYNCED.iter().any(|name| {
            let rest = folder
                .get(..name.len())
                .filter(|start| start.eq_ignore_ascii_case(name))
                .map(|_| &folder[name.len()..]);
            rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
    })
}

#[cfg(target_os = "linux")]
fn shared(path: &Path) -> Option<&'static str> {
    name_of(rustix::fs::statfs(path).ok()?.f_type)
}

/// No other system says it by a number; there only the names of folders tell.
#[cfg(not(target_os = "linux"))]
fn shared(_path: &Path) -> Option<&'static str> {
    None
}

#[cfg(any(target_os = "linux", test))]
fn name_of(kind: i64) -> Option<&'static str> {
    // Some machines have it with its sign.
    SHARED.iter().find(|(number, _)| *number == kind & 0xffff_ffff).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_kept_in_step_is_known_by_its_name() {
        for path in [
            "/home/sb/Dropbox/desk.sqlite",
            "/home/sb/Dropbox (Herald)/work/desk.sqlite",
            "/mnt/c/Users/sb/OneDrive - Herald/desk.sqlite",
            "/Users/sb/Library/Mobile Documents/com~apple~CloudDocs/desk.sqlite",
            "/home/sb/google drive/desk.sqlite",
            "/home/sb/Nextcloud/desk.sqlite",
        ] {
            assert!(doubt(Path::new(path)).is_some_and(|words| words.contains("in step")), "{path}");
        }
        for path in
            ["/home/sb/desk.sqlite", "/home/sb/Dropboxes/desk.sqlite", "/home/sb/Dropbox", "/home/sb/überDropbox/d"]
        {
            assert_eq!(synced(Path::new(path)), None, "{path}");
        }
    }

    #[test]
    fn a_share_is_known_by_its_file_system() {
        assert_eq!((name_of(0x6969), name_of(-0x01ac_b2be), name_of(0xef53)), (Some("NFS"), Some("SMB"), None));
    }
}
