//! Where in a desk file each row lies, read as SQLite's file format says, apart from SQLite and from Stet.

use std::collections::{BTreeMap, BTreeSet};

const N_PAGE: usize = 4096;

/// The pages the row of each id lies on: its leaf, and those its long cells run on to. Pages count from 1.
pub fn pages_of(file: &[u8], root: usize) -> BTreeMap<i64, BTreeSet<usize>> {
    let mut rows = BTreeMap::new();
    walk(file, root, &mut rows);
    rows
}

fn walk(file: &[u8], number: usize, rows: &mut BTreeMap<i64, BTreeSet<usize>>) {
    let page = page(file, number);
    let is_leaf = page[0] == 0x0d;
    assert!(is_leaf || page[0] == 0x05, "page {number} is of a table");
    let n_cells = usize::from(u16::from_be_bytes([page[3], page[4]]));
    let first = if is_leaf { 8 } else { 12 };
    for n in 0..n_cells {
        let at = first + 2 * n;
        let cell = usize::from(u16::from_be_bytes([page[at], page[at + 1]]));
        if is_leaf {
            let (id, mut pages) = read_leaf_cell(file, page, cell);
            pages.insert(number);
            rows.insert(id, pages);
        } else {
            walk(file, number_at(page, cell), rows);
        }
    }
    if !is_leaf {
        walk(file, number_at(page, 8), rows);
    }
}

fn read_leaf_cell(file: &[u8], page: &[u8], cell: usize) -> (i64, BTreeSet<usize>) {
    let (n_payload, n) = varint(&page[cell..]);
    let (id, m) = varint(&page[cell + n..]);
    let n_payload = usize::try_from(n_payload).expect("a length");
    // As the file format says, 1.6: so much stands on the leaf, the rest runs on.
    let most = N_PAGE - 35;
    let mut pages = BTreeSet::new();
    if n_payload > most {
        let least = (N_PAGE - 12) * 32 / 255 - 23;
        let fitting = least + (n_payload - least) % (N_PAGE - 4);
        let n_local = if fitting <= most { fitting } else { least };
        let mut next = number_at(page, cell + n + m + n_local);
        while next != 0 {
            pages.insert(next);
            next = number_at(self::page(file, next), 0);
        }
    }
    (id, pages)
}

fn page(file: &[u8], number: usize) -> &[u8] {
    &file[(number - 1) * N_PAGE..][..N_PAGE]
}

fn number_at(page: &[u8], at: usize) -> usize {
    u32::from_be_bytes(page[at..at + 4].try_into().expect("four bytes")) as usize
}

/// The number and how many bytes it took.
fn varint(bytes: &[u8]) -> (i64, usize) {
    let mut number = 0i64;
    for (n, byte) in bytes.iter().take(8).enumerate() {
        number = number << 7 | i64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return (number, n + 1);
        }
    }
    (number << 8 | i64::from(bytes[8]), 9)
}
