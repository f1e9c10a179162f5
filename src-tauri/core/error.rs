//! What could not be done, said to an editor.

use std::error::Error as StdError;
use std::fmt;
use std::io::{self, Write};
use std::thread;

/// Why something was refused; one variant for each thing a caller acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// There is no such piece, note or revision.
    NotFound,
    /// What was asked for makes no sense: the message says which part.
    BadInput,
    /// The piece was saved elsewhere since it was read; nothing was overwritten.
    Conflict,
    /// Another window or program is writing to this desk.
    Busy,
    /// The desk can be read, not written.
    ReadOnly,
    /// The disk has no room; the last good save still stands.
    DiskFull,
    /// The desk file is damaged.
    Corrupt,
    /// The desk file was written by a newer Stet.
    NewerDesk,
    /// The desk has a passphrase and nobody has said it.
    Locked,
    /// Another passphrase than the desk's was said.
    WrongPassphrase,
    /// The gate holds the piece back until an editor lets it pass.
    Gate,
    /// No dialog led to the place that was named, so nothing was written there.
    Unchosen,
    /// A file could not be read or written.
    Io,
}

impl Code {
    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Code::NotFound => "notFound",
            Code::BadInput => "badInput",
            Code::Conflict => "conflict",
            Code::Busy => "busy",
            Code::ReadOnly => "readOnly",
            Code::DiskFull => "diskFull",
            Code::Corrupt => "corrupt",
            Code::NewerDesk => "newerDesk",
            Code::Locked => "locked",
            Code::WrongPassphrase => "wrongPassphrase",
            Code::Gate => "gate",
            Code::Unchosen => "unchosen",
            Code::Io => "io",
        }
    }
}

/// A refusal: a code to act on, a sentence to read, and what lay below it.
///
/// A refusal changes nothing.
#[derive(Debug)]
pub struct Error {
    pub code: Code,
    /// For an editor: what could not be done, then what to do.
    pub message: String,
    pub source: Option<Box<dyn StdError + Send + Sync>>,
}

/// What a call that may be refused returns.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// A refusal with nothing below it.
    pub fn new(code: Code, message: impl Into<String>) -> Error {
        Error { code, message: message.into(), source: None }
    }

    /// The same refusal, with what caused it.
    pub fn because(mut self, source: impl StdError + Send + Sync + 'static) -> Error {
        self.source = Some(Box::new(source));
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}

/// What nests is worked through by what calls itself: room for some ten thousand levels.
const STACK_BYTES: usize = 64 << 20;

/// Does work of a library in a thread of its own, which has a deep stack and may fail alone. Errors: those of the work, or
/// `refusal` where it met a fault or there is no thread to be had.
pub fn apart<T: Send>(refusal: fn() -> Error, work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
    thread::scope(|scope| {
        let worker = thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, work);
        worker.map_err(|cause| refusal().because(cause))?.join().map_err(|_| refusal())?
    })
}

/// Says where a fault of Stet's own happened, and no more: what else a fault tells (the text that was cut at the wrong
/// byte, the value that was not expected) may be private, and standard error ends up in logs and reports. For a whole
/// program, first thing.
pub fn hush_faults(program: &'static str) {
    std::panic::set_hook(Box::new(move |fault| {
        let place = fault.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        let words = "met a fault of its own; what was saved is safe. Please report this place";
        // Nobody is left to tell when standard error is closed.
        let _ = writeln!(io::stderr(), "{program}: Stet {} {words}: {place}", env!("CARGO_PKG_VERSION"));
    }));
}
