//! What a token reads as, as a number: equal for words that print alone tells apart.

use super::token::Sort;
use super::vocabulary::LITTLE;
use std::hash::{BuildHasherDefault, Hasher};

/// What the token reads as, hashed, and its sort known better.
pub fn fold(written: &str, sort: Sort) -> (u64, Sort) {
    match sort {
        Sort::Word => {
            let mut folded = String::new();
            let folded = if written.bytes().all(|byte| byte.is_ascii_lowercase()) {
                written
            } else {
                fold_word(written, &mut folded);
                &folded
            };
            let is_little = folded.len() <= 5 && LITTLE.binary_search(&folded).is_ok();
            (hash(number(folded)), if is_little { Sort::Little } else { Sort::Word })
        }
        Sort::Quote if matches!(written, "'" | "‘" | "’" | "‚") => (hash("'"), sort),
        Sort::Quote => (hash("\""), sort),
        Sort::Mark => (hash(&written.replace('_', "*")), sort),
        Sort::Punct if matches!(written, "–" | "—" | "--" | "-" | "---") => (hash("-"), sort),
        Sort::Punct if written == "…" => (hash("..."), sort),
        Sort::Punct | Sort::Little => (hash(written), sort),
    }
}

/// Pairs that a hyphen alone tells apart and that mean the opposite, or another thing.
const HYPHEN_TELLS: [&str; 6] = ["re-sign", "re-signed", "re-signs", "re-cover", "re-form", "re-creation"];

fn fold_word(written: &str, folded: &mut String) {
    let is_address = written.contains("//");
    for c in written.chars() {
        match c {
            '’' => folded.push('\''),
            '\u{2011}' => folded.push('-'),
            '–' => folded.push('-'),
            '\u{ad}' => {}
            c if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
            c => folded.extend(c.to_lowercase()),
        }
    }
    if is_address || HYPHEN_TELLS.contains(&folded.as_str()) {
        return;
    }
    if folded.starts_with(|c: char| c.is_ascii_digit()) {
        folded.retain(|c| c != ',');
    } else if folded.contains('-') {
        folded.retain(|c| c != '-');
    }
}

/// A number word as its numeral; anything else as it is.
fn number(folded: &str) -> &str {
    NUMERALS.iter().find(|(word, _)| *word == folded).map_or(folded, |(_, numeral)| numeral)
}

/// Number words that print sets as numerals too.
const NUMERALS: [(&str, &str); 12] = [
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
];

/// A word of at most eight letters that is more than a word.
#[derive(Clone, Copy)]
pub enum Known {
    Little,
    Number(&'static str),
}

const N_SLOTS: usize = 512;

/// The little words and number words by their letters, eight in a row of bits; open addressing, half empty.
static KNOWN: [(u64, Option<Known>); N_SLOTS] = {
    let mut slots = [(0, None); N_SLOTS];
    let mut at = 0;
    while at < LITTLE.len() {
        slots = with_known(slots, packed(LITTLE[at].as_bytes(), 0), Known::Little);
        at += 1;
    }
    at = 0;
    while at < NUMERALS.len() {
        slots = with_known(slots, packed(NUMERALS[at].0.as_bytes(), 0), Known::Number(NUMERALS[at].1));
        at += 1;
    }
    slots
};

const fn with_known(
    mut slots: [(u64, Option<Known>); N_SLOTS],
    letters: u64,
    known: Known,
) -> [(u64, Option<Known>); N_SLOTS] {
    let mut at = slot(letters);
    while slots[at].0 != 0 {
        at = (at + 1) % N_SLOTS;
    }
    slots[at] = (letters, Some(known));
    slots
}

const fn slot(letters: u64) -> usize {
    (letters.wrapping_mul(MIX) >> 55) as usize
}

pub fn known(letters: u64) -> Option<Known> {
    let mut at = slot(letters);
    loop {
        let (found, known) = KNOWN[at];
        if found == letters || found == 0 {
            return known;
        }
        at = (at + 1) % N_SLOTS;
    }
}

/// The bit that tells small letters from capitals, in each of eight letters.
pub const LOWER: u64 = 0x2020_2020_2020_2020;
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
const LAST_MIX: u64 = 0xd6e8_feb8_6659_fd93;

/// The first eight bytes as a number, `bits` set in each.
pub const fn packed(bytes: &[u8], bits: u64) -> u64 {
    let (mut number, mut at) = (0, 0);
    while at < bytes.len() && at < 8 {
        number |= (bytes[at] as u64 | bits & 0xff) << (8 * at);
        at += 1;
    }
    number
}

/// For tables whose keys are hashes already.
pub type ByHash = BuildHasherDefault<AsIs>;

#[derive(Default)]
pub struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 ^= hash_bytes(bytes, 0);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// Small, and the same on every machine.
pub fn hash(text: &str) -> u64 {
    hash_bytes(text.as_bytes(), 0)
}

/// What `hash_bytes` says of up to eight bytes, packed.
pub fn hash_eight(letters: u64, len: usize) -> u64 {
    let mut hash = (len as u64 ^ letters).wrapping_mul(MIX);
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(LAST_MIX);
    hash ^ (hash >> 32)
}

/// Eight bytes at a time, `bits` set in each: different for any two words of at most eight bytes.
pub fn hash_bytes(bytes: &[u8], bits: u64) -> u64 {
    let mut hash = bytes.len() as u64;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let eight = u64::from_le_bytes(chunk.try_into().expect("a chunk has eight bytes"));
        hash = (hash ^ (eight | bits)).wrapping_mul(MIX);
        hash ^= hash >> 32;
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        hash = (hash ^ packed(rest, bits)).wrapping_mul(MIX);
        hash ^= hash >> 32;
    }
    hash = hash.wrapping_mul(LAST_MIX);
    hash ^ (hash >> 32)
}
