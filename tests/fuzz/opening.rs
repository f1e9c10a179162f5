//! A desk file with anything in it, and calls of the page with anything in them.

use super::hold;
use super::patience::within_limit;
use crate::calls::Caller;
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use stet::desk::{Access, Desk};
use stet::draft::Copy;
use stet::revision::Cause;
use stet::store::{DraftEdit, Store, salvage};
use tempfile::TempDir;

/// A closed desk with something in every part of it, and one that was not closed: its file and its log.
fn desks() -> [(Vec<u8>, Vec<u8>); 2] {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("desk.stet");
    let now = "2026-11-23T22:00:00Z".parse().expect("a time");
    let mut store = Store::open(&path, Access::Window).expect("a desk");
    for n in 1..=5 {
        let copy =
            Copy { body: format!("We will sell the harbour, for the {n}th time. ").repeat(90), ..Copy::default() };
        let draft = store.new_draft(&format!("piece {n}"), None, &copy, Cause::Created, now).expect("a piece");
        let copy = Copy { body: copy.body + "Typed last.", ..Copy::default() };
        let edit = DraftEdit { id: draft.id, slug: draft.slug, target_words: None, copy };
        store.save_draft(&edit, 1, now).expect("saved");
    }
    let read = |ending: &str| fs::read(format!("{}{ending}", path.display())).unwrap_or_default();
    let open = (read(""), read("-wal"));
    drop(store);
    [open, (read(""), Vec::new())]
}

/// What is done to some bytes: where, how far, and how.
type Harm = (prop::sample::Index, usize, u8);

fn harmed(mut bytes: Vec<u8>, harms: &[Harm]) -> Vec<u8> {
    for (place, n_bytes, how) in harms {
        if bytes.is_empty() {
            return bytes;
        }
        let start = place.index(bytes.len());
        let end = (start + n_bytes).min(bytes.len());
        match how % 6 {
            0 => bytes[start] = bytes[start].wrapping_add(*how),
            1 => bytes[start..end].fill(*how),
            2 => bytes.truncate(start),
            3 => drop(bytes.splice(start..start, std::iter::repeat_n(*how, *n_bytes))),
            4 => drop(bytes.drain(start..end)),
            // A number in the head of the file or of a page.
            _ => bytes.get_mut(start / 4096 * 4096 + usize::from(*how % 108)).into_iter().for_each(|byte| *byte = *how),
        }
    }
    bytes
}

#[test]
fn any_bytes_in_a_desk_file_are_opened_or_refused() {
    let desks = desks();
    let harm = || prop::collection::vec((any::<prop::sample::Index>(), 1..5_000usize, any::<u8>()), 0..4);
    hold(16, (0..3usize, harm(), harm()), |(which, harms, log_harms)| {
        let folder = TempDir::new().expect("a folder");
        let path = folder.path().join("desk.stet");
        let (file, log) = desks.get(which).cloned().unwrap_or_else(|| (vec![7; 9_000], vec![9; 900]));
        fs::write(&path, harmed(file, &harms)).expect("written");
        fs::write(folder.path().join("desk.stet-wal"), harmed(log, &log_harms)).expect("written");
        let new = folder.path().join("new.stet");
        if salvage(&path, &new, None).is_ok() {
            let store = Store::open(&new, Access::Read).expect("what salvage made opens");
            let damage = store.verify().expect("read");
            prop_assert!(damage.is_empty(), "what salvage made is whole: {damage:?}");
        }
        for access in [Access::Read, Access::Window] {
            look_through(&path, access)?;
        }
        Ok(())
    });
}

/// Reads all there is; a refusal says why.
fn look_through(path: &Path, access: Access) -> Result<(), TestCaseError> {
    let told = match Desk::open(path, access) {
        Ok(desk) => desk.store().verify().err(),
        Err(error) => Some(error),
    };
    prop_assert!(told.is_none_or(|error| error.message.len() > 20 && error.message.ends_with('.')));
    Ok(())
}

#[test]
fn any_calls_of_the_page_are_answered_or_refused_and_the_desk_stays_whole() {
    let now = "2026-11-23T22:00:00Z".parse().expect("a time");
    hold(2, any::<u64>(), |seed| {
        let folder = TempDir::new().expect("a folder");
        let mut desk = Desk::open(&folder.path().join("desk.stet"), Access::Window).expect("a desk");
        let mut caller = Caller::new(folder.path(), seed);
        for _ in 0..200 {
            let (name, args) = caller.next();
            let said = within_limit(&(&name, &args), || stet::wire::call(&mut desk, now, &name, args.clone()));
            if let Err(refusal) = said {
                prop_assert!(refusal.message.len() > 12, "{name}: {}", refusal.message);
            }
        }
        prop_assert_eq!(desk.store().verify().expect("read"), []);
        Ok(())
    });
}
