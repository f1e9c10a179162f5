//! What is done to the names of files: each is given, taken over and taken away here. The disk may keep such deeds in any
//! order, or none of them, until the folder is synced; the tests play a power cut after each of them.

use std::fs::{self, File};
use std::io;
use std::path::Path;

/// Has the disk know what the folder of a file holds, where the system lets a folder be synced.
pub fn sync(of: &Path) {
    if let Some(folder) = of.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
    #[cfg(test)]
    played::tell(played::Deed::Sync);
}

/// Gives a file the name of another, which goes.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    #[cfg(test)]
    played::tell(played::Deed::Rename(from.into(), to.into()));
    Ok(())
}

/// Gives a file a second name, or makes a copy where there can be none.
pub fn double(from: &Path, to: &Path) -> io::Result<()> {
    fs::hard_link(from, to).or_else(|_| copy_synced(from, to))?;
    #[cfg(test)]
    played::tell(played::Deed::Double(from.into(), to.into()));
    Ok(())
}

/// Takes a name away, if it is there.
pub fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        removed => removed?,
    }
    #[cfg(test)]
    played::tell(played::Deed::Remove(path.into()));
    Ok(())
}

fn copy_synced(from: &Path, to: &Path) -> io::Result<()> {
    fs::copy(from, to)?;
    File::open(to)?.sync_all()
}

#[cfg(test)]
pub mod played {
    use std::cell::RefCell;
    use std::collections::BTreeMap;
    use std::path::PathBuf;

    /// What was done to the names of a folder.
    #[derive(Clone, Debug)]
    pub enum Deed {
        Sync,
        Rename(PathBuf, PathBuf),
        Double(PathBuf, PathBuf),
        Remove(PathBuf),
    }

    /// Names, and whose bytes stand under each.
    pub type Names = BTreeMap<PathBuf, &'static str>;

    thread_local! {
        static DEEDS: RefCell<Vec<Deed>> = const { RefCell::new(Vec::new()) };
    }

    pub fn tell(deed: Deed) {
        DEEDS.with_borrow_mut(|deeds| deeds.push(deed));
    }

    /// What was done on this thread since it was last asked.
    pub fn take() -> Vec<Deed> {
        DEEDS.take()
    }

    /// Every way a power cut after these deeds may leave the names: what was synced is done, of the deeds since any are.
    pub fn cuts(before: &Names, deeds: &[Deed]) -> Vec<Names> {
        let n_kept = deeds.iter().rposition(|deed| matches!(deed, Deed::Sync)).map_or(0, |at| at + 1);
        let mut kept = before.clone();
        deeds[..n_kept].iter().for_each(|deed| act(&mut kept, before, deed));
        let pending = &deeds[n_kept..];
        let which = 0..1_u32 << pending.len();
        let left = which.map(|chosen| {
            let mut names = kept.clone();
            for (_, deed) in pending.iter().enumerate().filter(|(n, _)| chosen & (1 << n) != 0) {
                act(&mut names, &kept, deed);
            }
            names
        });
        left.collect()
    }

    /// `before` says whose bytes a name had that another deed may have taken away already: deeds keep no order.
    fn act(names: &mut Names, before: &Names, deed: &Deed) {
        let whose = |names: &Names, path: &PathBuf| names.get(path).or_else(|| before.get(path)).copied();
        match deed {
            Deed::Sync => (),
            Deed::Rename(from, to) => {
                if let Some(bytes) = whose(names, from) {
                    names.insert(to.clone(), bytes);
                }
                names.remove(from);
            }
            Deed::Double(from, to) => {
                if let Some(bytes) = whose(names, from) {
                    names.insert(to.clone(), bytes);
                }
            }
            Deed::Remove(path) => drop(names.remove(path)),
        }
    }
}
