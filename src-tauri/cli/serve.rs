//! `stet serve`: the page in a browser on this machine, over the same calls as the window.
//!
//! Nobody else may ask: the server listens on 127.0.0.1 alone, every call needs the cookie that the one-time address
//! gave, and a page of another origin, or a name that merely points here, is turned away by `Origin` and `Host`.

mod door;
mod pages;

use crate::now;
use door::{Door, Entry};
use serde::Deserialize;
use serde_json::Value;
use std::ffi::OsString;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use stet::desk::Owed;
use stet::error::{Code, Error, Result};
use stet::wire::Keeper;
use tiny_http::{HTTPVersion, Method, Request, Server};

/// The largest call that is read: an import of many files, base64 and all.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// Requests answered at once; the desk itself answers one call at a time.
const N_WORKERS: usize = 4;

/// Serves a desk to a browser until the program is stopped. Port 0 takes any that is free.
///
/// Prints one line with the address to open; it works once. **Errors**: `BadInput` when `ui_dir` holds no page, `Io`
/// when the port cannot be had, and whatever opening the desk refuses.
pub fn run(desk_path: &Path, port: u16, ui_dir: &Path) -> Result<()> {
    if !ui_dir.join("index.html").is_file() {
        let message = format!("There is no page in {}. Build it (make build), or name its folder.", ui_dir.display());
        return Err(Error::new(Code::BadInput, message));
    }
    let home = std::env::var_os("HOME").filter(|home: &OsString| Path::new(home).is_dir());
    let keeper = Keeper::open(desk_path, now(), home.map(PathBuf::from));
    if let Some(refusal) = keeper.refusal() {
        return Err(Error::new(Code::Io, refusal.message.clone()));
    }
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|cause| {
        Error::new(Code::Io, format!("Port {port} cannot be had. Name another with --port.")).because(cause)
    })?;
    let port = listener.local_addr().map_err(|cause| unserved().because(cause))?.port();
    let server = Server::from_listener(listener, None).map_err(|_| unserved())?;
    let serving = Arc::new(Serving {
        server,
        door: Door::new(port).map_err(|_| unserved())?,
        keeper: Mutex::new(keeper),
        ui_dir: ui_dir.to_owned(),
    });
    let mut stdout = std::io::stdout();
    let _ = writeln!(stdout, "Open {} in a browser on this machine. Ctrl+C ends it.", serving.door.address());
    let _ = stdout.flush();
    let workers: Vec<_> = (0..N_WORKERS)
        .map(|_| {
            let serving = Arc::clone(&serving);
            std::thread::spawn(move || serving.work())
        })
        .collect();
    for worker in workers {
        let _ = worker.join();
    }
    Ok(())
}

fn unserved() -> Error {
    Error::new(Code::Io, "The page cannot be served on this machine.")
}

struct Serving {
    server: Server,
    door: Door,
    keeper: Mutex<Keeper>,
    ui_dir: std::path::PathBuf,
}

/// What the page sends.
#[derive(Deserialize)]
struct Call {
    name: String,
    #[serde(default)]
    args: Value,
}

impl Serving {
    fn work(&self) {
        while let Ok(mut request) = self.server.recv() {
            let reply = self.answer(&mut request);
            // A browser that has gone away is nobody to tell.
            let _ = send(request, reply);
            self.keep_owed();
        }
    }

    /// Keeps what the desk owes, now that the page has its answer; it is held for moments only.
    fn keep_owed(&self) {
        let owed = self.keeper().desk().and_then(|desk| desk.owed().ok()).unwrap_or_default();
        for kept in owed.into_iter().map(Owed::read) {
            let _ = self.keeper().desk().map(|desk| desk.keep_owed(kept));
        }
    }

    fn keeper(&self) -> MutexGuard<'_, Keeper> {
        self.keeper.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, request: &mut Request) -> pages::Reply {
        let path = request.url().split('?').next().unwrap_or_default().to_owned();
        match self.door.admit(request) {
            Entry::Refused(status, words) => pages::plain(status, words),
            Entry::New(cookie) => pages::to_desk(&cookie),
            Entry::Known => match (request.method(), path.as_str()) {
                (Method::Post, "/call") => self.call(request),
                (Method::Get, _) => pages::file(&self.ui_dir, &path),
                _ => pages::plain(405, "There is nothing to do that way."),
            },
        }
    }

    fn call(&self, request: &mut Request) -> pages::Reply {
        let mut body = Vec::new();
        let is_declared_small = request.body_length().is_none_or(|n_bytes| n_bytes as u64 <= MOST_BYTES);
        if !is_declared_small {
            return pages::plain(413, "That is more than 64 MB at once.");
        }
        match request.as_reader().take(MOST_BYTES + 1).read_to_end(&mut body) {
            Ok(n_bytes) if n_bytes as u64 > MOST_BYTES => return pages::plain(413, "That is more than 64 MB at once."),
            Ok(_) => (),
            Err(_) => return pages::plain(400, "The call did not arrive whole."),
        }
        let Ok(Call { name, args }) = serde_json::from_slice(&body) else {
            return pages::plain(400, "The call is not JSON with a name and arguments.");
        };
        let begun = self.keeper().begin(now(), &name, args);
        match begun.finish() {
            Ok(reply) => pages::json(200, &reply),
            Err(refusal) => pages::json(422, &refusal),
        }
    }
}

/// Answers as HTTP/1.0 does, so that the browser leaves when it has its answer.
///
/// tiny_http gives each connection a thread for as long as it is kept, and of several that arrive at once some may wait
/// for a thread until another goes: with connections kept, one of five calls at once was never answered.
fn send(request: Request, reply: pages::Reply) -> std::io::Result<()> {
    // Taking the writer waits for the rest of the body; only what was answered has been read to its end.
    if !matches!(reply.status_code().0, 200 | 303 | 422) {
        return request.respond(reply);
    }
    let headers = request.headers().to_vec();
    let has_no_body = *request.method() == Method::Head;
    let mut writer = request.into_writer();
    reply.raw_print(&mut writer, HTTPVersion(1, 0), &headers, has_no_body, None)?;
    writer.flush()
}
