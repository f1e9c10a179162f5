//! Words as the history keeps them: whole, or as what differs from the words before.

use crate::draft::Copy;
use zstd::zstd_safe::{CCtx, CParameter, DCtx, get_frame_content_size};

/// How hard to look for what is alike: twice the work of the library's own choice, for a sixth less.
const LEVEL: i32 = 9;

/// Farther back than this the packer never looks, nor does the unpacker; 2 to this power bytes.
const WINDOW_LOGS: (u32, u32) = (17, 27);

/// No more fits into a row of SQLite; a harmed length asks for no more room.
const N_MOST: usize = 1_000_000_000;

/// The parts of a piece in one row of bytes: of each its length (four bytes, the lowest first), then its text.
pub fn bytes_of(copy: &Copy) -> Vec<u8> {
    let parts = copy.parts();
    let mut bytes = Vec::with_capacity(parts.iter().map(|part| part.len() + 4).sum());
    for part in parts {
        bytes.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_le_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
    bytes
}

/// The parts of a piece again; none when these are not the bytes of one.
pub fn copy_of(mut bytes: &[u8]) -> Option<Copy> {
    let mut part = || {
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        let (part, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        bytes = rest;
        String::from_utf8(part.to_vec()).ok()
    };
    let copy = Copy { hed: part()?, dek: part()?, byline: part()?, dateline: part()?, body: part()? };
    bytes.is_empty().then_some(copy)
}

/// Packs bytes, as what differs from those before where there are any.
pub fn pack(bytes: &[u8], before: &[u8]) -> Vec<u8> {
    let mut packer = CCtx::create();
    let n_bits = usize::BITS - (bytes.len() + before.len()).leading_zeros();
    let window_log = n_bits.clamp(WINDOW_LOGS.0, WINDOW_LOGS.1);
    let mut packed = Vec::with_capacity(zstd::zstd_safe::compress_bound(bytes.len()));
    packer
        .set_parameter(CParameter::CompressionLevel(LEVEL))
        .and_then(|_| packer.set_parameter(CParameter::WindowLog(window_log)))
        .and_then(|_| packer.ref_prefix(before))
        .and_then(|_| packer.compress2(&mut packed, bytes))
        .expect("known parameters and room enough for the worst case leave nothing to fail");
    packed
}

/// The bytes again, given the same before; none when these were not packed so, or were harmed.
pub fn unpack(packed: &[u8], before: &[u8]) -> Option<Vec<u8>> {
    let n_bytes = usize::try_from(get_frame_content_size(packed).ok()??).ok().filter(|n_bytes| *n_bytes <= N_MOST)?;
    let mut unpacker = DCtx::create();
    let mut bytes = Vec::with_capacity(n_bytes);
    unpacker.ref_prefix(before).ok()?;
    unpacker.decompress(&mut bytes, packed).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_change_to_a_long_text_packs_to_what_changed() {
        let words: String = (0..200_000).map(|n| format!("{} ", n * 7_919 % 10_007)).collect();
        let changed = words.replacen(" 42 ", " forty-two ", 1);
        let (before, after) = (words.as_bytes(), changed.as_bytes());
        let packed = pack(after, before);
        assert!(packed.len() < 1_000, "{} bytes for one word, of {}", packed.len(), after.len());
        assert_eq!(unpack(&packed, before).as_deref(), Some(after));
    }

    #[test]
    fn bytes_that_are_no_words_are_refused() {
        let copy = Copy { hed: "A harbour waits".into(), body: "One.".into(), ..Copy::default() };
        let bytes = bytes_of(&copy);
        assert_eq!(copy_of(&bytes), Some(copy));
        assert_eq!(copy_of(&bytes[..bytes.len() - 1]), None);
        assert_eq!(copy_of(&[&bytes[..], b" "].concat()), None);
        assert_eq!(copy_of(&[0xFF; 40]), None);
        assert_eq!(unpack(b"no packed words", b""), None);
    }

    proptest! {
        #[test]
        fn any_words_come_back_packed_against_any(hed in ".*", body in ".{0,400}", before in ".{0,400}") {
            let bytes = bytes_of(&Copy { hed, body, ..Copy::default() });
            let packed = pack(&bytes, before.as_bytes());
            prop_assert_eq!(unpack(&packed, before.as_bytes()), Some(bytes));
        }
    }
}
