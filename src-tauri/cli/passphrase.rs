//! The passphrase of a desk: asked for without showing it, or read from a file a script names. Never an argument, which
//! every program on the machine can read.

use crate::output::Output;
use serde::Serialize;
use std::fs;
use std::io::{self, IsTerminal};
use std::path::Path;
use stet::desk::{Access, Desk, Passphrase};
use stet::error::{Code, Error, Result};
use stet::store::Store;
use zeroize::Zeroizing;

/// Names a file whose first line is the passphrase; `/dev/stdin` reads standard input.
const FILE: &str = "STET_PASSPHRASE_FILE";
/// The same for the one that is to be.
const NEW_FILE: &str = "STET_NEW_PASSPHRASE_FILE";

#[derive(Serialize)]
struct Reply {
    path: String,
    #[serde(rename = "hasPassphrase")]
    has_passphrase: bool,
    /// Copies that whoever has them can read.
    #[serde(rename = "openCopies")]
    open_copies: Vec<String>,
}

/// Opens a desk, asking for its passphrase where it has one.
pub fn open(path: &Path, access: Access) -> Result<Desk> {
    with(path, |passphrase| match passphrase {
        None => Desk::open(path, access),
        Some(passphrase) => Desk::unlock(path, access, passphrase),
    })
}

/// Does something with a desk file, and again with its passphrase where it has one.
pub fn with<T>(path: &Path, act: impl Fn(Option<&Passphrase>) -> Result<T>) -> Result<T> {
    match act(None) {
        Err(error) if error.code == Code::Locked => act(Some(&ask(path)?)),
        done => done,
    }
}

/// The passphrase of a locked desk. Errors: `Locked` where there is nobody to ask.
fn ask(path: &Path) -> Result<Passphrase> {
    from_file(FILE).unwrap_or_else(|| prompt(&format!("Passphrase of {}: ", path.display())))
}

/// Sets, changes or takes off the passphrase of a desk.
pub fn run(path: &Path, is_off: bool, is_json: bool) -> Result<Output> {
    let desk = match Desk::open(path, Access::Visit) {
        Err(error) if error.code == Code::Locked => {
            let old = ask(path)?;
            let mut desk = Desk::unlock(path, Access::Visit, &old)?;
            desk.set_passphrase(Some(&old), if is_off { None } else { Some(ask_new()?) }.as_ref())?;
            desk
        }
        opened => {
            let mut desk = opened?;
            if !is_off {
                desk.set_passphrase(None, Some(&ask_new()?))?;
            }
            desk
        }
    };
    let info = desk.info()?;
    let open_copies = if info.has_passphrase { desk.open_copies()? } else { Vec::new() };
    let open_copies = open_copies.iter().map(|copy| copy.display().to_string()).collect();
    let reply = Reply { path: info.path, has_passphrase: info.has_passphrase, open_copies };
    if is_json {
        return Ok(Output::json(&reply));
    }
    let page = if reply.has_passphrase {
        let copies = match reply.open_copies.is_empty() {
            true => String::new(),
            false => format!(
                "These copies, made before, can be read without it; remove those that are not needed:\n  {}\n",
                reply.open_copies.join("\n  ")
            ),
        };
        format!(
            "{} has the passphrase you gave. Nobody can open it without: keep the passphrase where you will find it.\n\
             {copies}Copies made by hand are as they were.\n",
            reply.path
        )
    } else {
        format!("{} has no passphrase.\n", reply.path)
    };
    Ok(Output::plain(page))
}

/// Asks the window that holds a desk to lock it. Errors: `BadInput` where there is nothing to lock; `NotFound` where no
/// window has it.
pub fn lock(path: &Path) -> Result<Output> {
    if !matches!(Desk::open(path, Access::Read), Err(error) if error.code == Code::Locked) {
        return Err(Error::new(Code::BadInput, "This desk has no passphrase. Set one with `stet passphrase`."));
    }
    let asked = Store::holder(path).is_some_and(|line| say_lock(line.trim()).is_ok());
    if !asked {
        let message = "No window that could be reached has this desk open, so it is locked already.";
        return Err(Error::new(Code::NotFound, message));
    }
    Ok(Output::plain("The window saves what was typed and locks the desk.\n".into()))
}

/// Through the door of the window (`shell/door.rs`).
#[cfg(target_os = "linux")]
fn say_lock(door: &str) -> io::Result<()> {
    use std::io::Write;
    use std::os::linux::net::SocketAddrExt;
    use std::os::unix::net::{SocketAddr, UnixStream};
    UnixStream::connect_addr(&SocketAddr::from_abstract_name(door)?)?.write_all(b"lock")
}

#[cfg(not(target_os = "linux"))]
fn say_lock(_door: &str) -> io::Result<()> {
    Err(io::Error::from(io::ErrorKind::Unsupported))
}

/// The one that is to be, said twice at a terminal.
fn ask_new() -> Result<Passphrase> {
    if let Some(passphrase) = from_file(NEW_FILE) {
        return passphrase;
    }
    let words = prompt_words("New passphrase: ")?;
    if *words != *prompt_words("The same again: ")? {
        return Err(Error::new(Code::BadInput, "The two are not the same. Nothing was changed."));
    }
    Ok(Passphrase::new(&words))
}

fn prompt(question: &str) -> Result<Passphrase> {
    Ok(Passphrase::new(&prompt_words(question)?))
}

fn prompt_words(question: &str) -> Result<Zeroizing<String>> {
    let nobody = || {
        let message = format!("There is nobody to ask for the passphrase: run this in a terminal, or set {FILE}.");
        Error::new(Code::Locked, message)
    };
    if !io::stdin().is_terminal() {
        return Err(nobody());
    }
    rpassword::prompt_password(question).map(Zeroizing::new).map_err(|error| nobody().because(error))
}

/// The first line of the file a variable names; none where it names none.
fn from_file(variable: &str) -> Option<Result<Passphrase>> {
    let path = std::env::var_os(variable)?;
    let read = fs::read_to_string(&path).map(Zeroizing::new).map_err(|error| {
        let message = format!("The file that {variable} names could not be read: check its path.");
        Error::new(Code::Io, message).because(error)
    });
    Some(read.map(|words| Passphrase::new(words.lines().next().unwrap_or_default())))
}
