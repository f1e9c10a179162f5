//! What goes back to the browser: the page's files under a strict policy, and answers to calls.

use super::door::secret;
use serde::Serialize;
use std::io::Cursor;
use std::path::Path;
use tiny_http::{Header, Response};

pub type Reply = Response<Cursor<Vec<u8>>>;

/// Where the page takes the nonce for its styles from.
const CARRIER: &str = "<style id=\"nonce-carrier\">";

/// A sentence.
pub fn plain(status: u16, words: &str) -> Reply {
    reply(status, "text/plain; charset=utf-8", words.as_bytes().to_vec())
}

/// A value as JSON.
pub fn json(status: u16, value: &impl Serialize) -> Reply {
    match serde_json::to_vec(value) {
        Ok(bytes) => reply(status, "application/json", bytes),
        Err(_) => plain(500, "The answer could not be put into words."),
    }
}

/// Lets the browser in by its cookie, and leaves the token behind.
pub fn to_desk(cookie: &str) -> Reply {
    let reply = plain(303, "");
    with(with(reply, "Set-Cookie", cookie), "Location", "/")
}

/// A file of the page. Only plain names are looked for, so that nothing outside the folder can be named.
pub fn file(ui_dir: &Path, path: &str) -> Reply {
    let name = path.strip_prefix('/').filter(|name| !name.is_empty()).unwrap_or("index.html");
    let is_plain = |part: &str| {
        let is_known = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        !part.is_empty() && !part.starts_with('.') && part.chars().all(is_known)
    };
    if !name.split('/').all(is_plain) {
        return plain(404, "There is no such page.");
    }
    let Ok(bytes) = std::fs::read(ui_dir.join(name)) else { return plain(404, "There is no such page.") };
    if name != "index.html" {
        return reply(200, media_type(name), bytes);
    }
    let Ok(nonce) = secret() else { return plain(500, "This machine gives no random numbers.") };
    let page =
        String::from_utf8_lossy(&bytes).replace(CARRIER, &format!("<style id=\"nonce-carrier\" nonce=\"{nonce}\">"));
    with(reply(200, media_type(name), page.into_bytes()), "Content-Security-Policy", &policy(&nonce))
}

fn policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; \
         font-src 'self'; media-src blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-src 'none'; \
         frame-ancestors 'none'; object-src 'none'"
    )
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn reply(status: u16, media_type: &str, bytes: Vec<u8>) -> Reply {
    let mut reply = Response::from_data(bytes).with_status_code(status);
    for (name, value) in [
        ("Content-Type", media_type),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ] {
        reply = with(reply, name, value);
    }
    reply
}

fn with(reply: Reply, name: &str, value: &str) -> Reply {
    let header = Header::from_bytes(name, value).expect("names and values here are plain letters");
    reply.with_header(header)
}
