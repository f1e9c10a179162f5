//! The desk file: what is kept, what is refused, and what no crash may lose.

#[path = "store/keeping.rs"]
mod keeping;
