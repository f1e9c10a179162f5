//! Names that must never leave the desk, taken out of any words.
