//! `stet`, the terminal companion.

fn main() {}
