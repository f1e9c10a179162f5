//! `stet-desk`, the window.

fn main() {}
