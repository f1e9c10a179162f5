//! Files of many parts, opened with care: what a stranger sent may be made to fill the memory.

use crate::error::{Code, Error, Result};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// A package may have this many parts.
const MAX_PARTS: usize = 4_000;
/// One part of text, and all that are read together, unpacked.
const MAX_PART_BYTES: u64 = 32 << 20;
const MAX_BYTES: u64 = 128 << 20;
/// A part over this size may not unpack to more than this many times what it is packed; text of Word files reaches 30.
const FREE_BYTES: u64 = 1 << 20;
const MAX_RATIO: u64 = 200;

/// An open package. No part is ever written to a disk, so a name can lead nowhere.
pub struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Where each part lies, by its name.
    places: BTreeMap<String, usize>,
    n_bytes: u64,
}

impl Package<'_> {
    /// Opens a package. Errors: `BadInput` when it is none, is damaged, or has more parts than any document.
    pub fn open(bytes: &[u8]) -> Result<Package<'_>> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged().because(error))?;
        if zip.len() > MAX_PARTS {
            return Err(too_large());
        }
        let mut places = BTreeMap::new();
        for at in 0..zip.len() {
            let part = zip.by_index_raw(at).map_err(|error| damaged().because(error))?;
            // A name that is no text is the name of no part Stet reads.
            if let Ok(name) = part.name() {
                places.entry(name.trim_start_matches('/').to_owned()).or_insert(at);
            }
        }
        Ok(Package { zip, places, n_bytes: 0 })
    }

    pub fn has(&self, name: &str) -> bool {
        self.places.contains_key(name)
    }

    /// The names of its parts, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(String::as_str)
    }

    /// The words of a part; none where there is no such part. Errors: `BadInput` when it is damaged, locked, or would
    /// unpack to more than any document has.
    pub fn read(&mut self, name: &str) -> Result<Option<String>> {
        let Some(&at) = self.places.get(name) else { return Ok(None) };
        let part = self.zip.by_index(at).map_err(|error| damaged().because(error))?;
        let packed_bytes = part.compressed_size();
        let may_hold =
            MAX_PART_BYTES.min(MAX_BYTES - self.n_bytes).min(FREE_BYTES.max(packed_bytes.saturating_mul(MAX_RATIO)));
        let mut bytes = Vec::new();
        // What the package says of its own sizes is not believed.
        part.take(may_hold + 1).read_to_end(&mut bytes).map_err(|error| damaged().because(error))?;
        let n_bytes = bytes.len() as u64;
        if n_bytes > may_hold {
            return Err(too_large());
        }
        self.n_bytes += n_bytes;
        Ok(Some(super::text::decode_xml(&bytes)))
    }

    /// A part that must be there.
    pub fn need(&mut self, name: &str) -> Result<String> {
        self.read(name)?.ok_or_else(damaged)
    }
}

pub fn damaged() -> Error {
    let message =
        "This file is damaged or locked, so nothing of it was taken. Open it where it was made and save it anew.";
    Error::new(Code::BadInput, message)
}

pub fn too_large() -> Error {
    let message =
        "This file unpacks to more than any document holds, so nothing of it was taken. Ask who sent it what it is.";
    Error::new(Code::BadInput, message)
}
