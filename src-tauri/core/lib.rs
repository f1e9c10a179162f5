//! Stet's core: what an editor keeps, who said what in it, whether the words are right, and what changed.

pub mod error;
pub mod span;

pub mod draft;
pub mod note;
pub mod revision;

pub mod check;
pub mod quote;
pub mod redline;

pub mod export;
pub mod import;
pub mod store;

pub mod desk;
pub mod wire;
