//! Stet's core: what an editor keeps, who said what in it, whether the words are right, and what changed.
//!
//! The tour, one quote from page to verdict: [`wire::begin`] takes a call, [`desk`] joins what is kept ([`store`]) with
//! what is judged: [`quote::find`] says who said what, [`check::check`] whether a [`note::Note`] says so too,
//! [`style::find`] where the copy parts from the house style, [`spelling::find`] which words no dictionary knows, and
//! [`redline::compare`] what changed since. [`import`] and [`export`] are the two doors. ARCHITECTURE.md has the order in which
//! modules may use each other; judging text is pure and total, and nothing here knows a window or a clock.

pub mod error;
pub mod span;

pub mod draft;
pub mod note;
pub mod revision;

pub mod check;
pub mod comment;
pub mod quote;
pub mod redline;
pub mod spelling;
pub mod style;

pub mod export;
pub mod import;
pub mod store;

pub mod desk;
pub mod wire;
