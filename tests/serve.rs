//! The loopback twin from outside: who is let in, and what the page is told.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

const PAGE: &str = "<html><style id=\"nonce-carrier\"></style></html>";

/// A server of its own, ended with the test.
struct Twin {
    process: Child,
    port: u16,
    token: String,
    _folder: TempDir,
}

impl Drop for Twin {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Status, headers and body of an answer.
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

impl Twin {
    fn start() -> Twin {
        let folder = tempfile::tempdir().expect("a folder");
        let ui = folder.path().join("ui");
        std::fs::create_dir(&ui).expect("a folder");
        std::fs::write(ui.join("index.html"), PAGE).expect("a page");
        std::fs::write(folder.path().join("secret.txt"), "secret").expect("a file");
        let mut process = Command::new(env!("CARGO_BIN_EXE_stet"))
            .arg("serve")
            .arg("--desk")
            .arg(folder.path().join("desk.sqlite"))
            .arg("--ui")
            .arg(&ui)
            .stdout(Stdio::piped())
            .spawn()
            .expect("stet starts");
        let mut line = String::new();
        BufReader::new(process.stdout.take().expect("it has an output")).read_line(&mut line).expect("a line");
        let (_, rest) = line.split_once("http://127.0.0.1:").expect("the address is printed");
        let (port, rest) = rest.split_once("/?token=").expect("with a token");
        let token = rest.split_whitespace().next().expect("a token").to_owned();
        Twin { process, port: port.parse().expect("a port"), token, _folder: folder }
    }

    fn ask(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.write_all(request.as_bytes()).expect("it reads");
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("it answers in text");
        let (head, body) = text.split_once("\r\n\r\n").expect("an answer has a head");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    fn get(&self, path: &str, headers: &str) -> Answer {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n{headers}\r\n", self.port))
    }

    fn call(&self, body: &str, headers: &str) -> Answer {
        let length = body.len();
        self.ask(&format!(
            "POST /call HTTP/1.1\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
        ))
    }

    fn own(&self, cookie: &str) -> String {
        let port = self.port;
        format!("Host: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nCookie: {cookie}\r\n")
    }

    /// Opens the address once; the cookie it gives.
    fn enter(&self) -> String {
        let answer = self.get(&format!("/?token={}", self.token), "");
        assert_eq!((answer.status, answer.header("Location")), (303, Some("/")), "the token leaves the address bar");
        let cookie = answer.header("Set-Cookie").expect("a cookie");
        assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict"), "{cookie}");
        cookie.split(';').next().expect("name and value").to_owned()
    }
}

#[cfg(unix)]
#[test]
fn while_a_desk_is_open_its_files_are_its_owners_alone_and_no_core_file_is_written() {
    use std::os::unix::fs::PermissionsExt;
    let twin = Twin::start();
    let folder = twin._folder.path();
    let desk = folder.join("desk.sqlite");
    for args in [&["import", "--notes"][..], &["backup"]] {
        let note = folder.join("note.md");
        std::fs::write(&note, "We may sell it.").expect("it is written");
        let last = if args[0] == "backup" { folder.join("copy.sqlite") } else { note };
        let done = Command::new(env!("CARGO_BIN_EXE_stet")).args(args).arg(last).arg("--desk").arg(&desk).status();
        assert!(done.expect("stet starts").success(), "{args:?}");
    }
    std::fs::remove_file(folder.join("note.md")).expect("it was there");
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten().filter(|entry| entry.path().is_file()) {
        let mode = entry.metadata().expect("it is there").permissions().mode() & 0o777;
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(mode == 0o600 || !name.contains("sqlite"), "{name} may be read by others: {mode:o}");
        names.push(name);
    }
    for name in ["desk.sqlite", "desk.sqlite-wal", "desk.sqlite-shm", "desk.sqlite.lock", "copy.sqlite"] {
        assert!(names.iter().any(|there| there == name), "{name} was looked at: {names:?}");
    }
    assert!(!names.iter().any(|name| name.ends_with("part")), "nothing half made is left: {names:?}");
    if cfg!(target_os = "linux") {
        let limits = std::fs::read_to_string(format!("/proc/{}/limits", twin.process.id())).expect("it runs");
        let core = limits.lines().find(|line| line.starts_with("Max core file size")).expect("there is a limit");
        let words: Vec<&str> = core.split_whitespace().collect();
        assert_eq!(words[4..6], ["0", "0"], "{core}");
    }
}

#[test]
fn the_address_works_once_and_gives_a_cookie() {
    let twin = Twin::start();
    assert_eq!(twin.get("/", "").status, 401);
    assert_eq!(twin.get("/?token=0000", "").status, 403);
    let cookie = twin.enter();
    assert_eq!(twin.get(&format!("/?token={}", twin.token), "").status, 403, "whoever sees the address later is late");
    let page = twin.get("/", &format!("Cookie: {cookie}\r\n"));
    assert_eq!(page.status, 200);
    assert_eq!(twin.get("/", "Cookie: stet=00\r\n").status, 401);
}

#[test]
fn the_page_comes_under_a_strict_policy_with_a_nonce_of_its_own() {
    let twin = Twin::start();
    let cookie = format!("Cookie: {}\r\n", twin.enter());
    let pages = [twin.get("/", &cookie), twin.get("/", &cookie)];
    let nonces = pages.each_ref().map(|page| {
        let (_, rest) = page.body.split_once("nonce=\"").expect("the page carries a nonce");
        rest.split('"').next().expect("a nonce").to_owned()
    });
    assert_ne!(nonces[0], nonces[1], "a nonce is used once");
    let policy = pages[0].header("Content-Security-Policy").expect("a policy");
    for part in ["default-src 'none'", "script-src 'self';", &format!("'nonce-{}'", nonces[0]), "form-action 'none'"] {
        assert!(policy.contains(part), "{policy} lacks {part}");
    }
}

#[test]
fn calls_are_answered_for_the_own_page_alone() {
    let twin = Twin::start();
    let cookie = twin.enter();
    let call = r#"{"name":"desk","args":{}}"#;
    let answer = twin.call(call, &twin.own(&cookie));
    assert!(answer.status == 200 && answer.body.contains("\"nNotes\""), "{}", answer.body);
    let port = twin.port;
    let own_host = format!("Host: 127.0.0.1:{port}\r\n");
    for (why, headers) in [
        ("no cookie", format!("{own_host}Origin: http://127.0.0.1:{port}\r\n")),
        ("no origin", format!("{own_host}Cookie: {cookie}\r\n")),
        ("another origin", format!("{own_host}Origin: http://evil.example\r\nCookie: {cookie}\r\n")),
        ("another port's page", format!("{own_host}Origin: http://127.0.0.1:1\r\nCookie: {cookie}\r\n")),
        (
            "a name that points here",
            format!("Host: evil.example:{port}\r\nOrigin: http://evil.example:{port}\r\nCookie: {cookie}\r\n"),
        ),
    ] {
        let answer = twin.call(call, &headers);
        assert!(matches!(answer.status, 401 | 403), "{why}: {}", answer.status);
        assert!(!answer.body.contains("nNotes"), "{why}");
    }
}

#[test]
fn what_makes_no_sense_is_refused_and_the_server_goes_on() {
    let twin = Twin::start();
    let own = twin.own(&twin.enter());
    assert_eq!(twin.call("not json", &own).status, 400);
    let refused = twin.call(r#"{"name":"open_draft","args":{"id":99}}"#, &own);
    assert!(refused.status == 422 && refused.body.contains("notFound"), "{}", refused.body);
    for name in ["pick_save_path", "quit"] {
        let refused = twin.call(&format!(r#"{{"name":"{name}"}}"#), &own);
        assert!(refused.body.contains("badInput"), "what the window alone can do is not here: {}", refused.body);
    }
    let declared = format!("POST /call HTTP/1.1\r\nConnection: close\r\nContent-Length: 99999999\r\n{own}\r\n");
    assert_eq!(twin.ask(&declared).status, 413, "64 MB is the most at once");
    for path in ["/../secret.txt", "/%2e%2e/secret.txt", "/..\\secret.txt", "//etc/passwd", "/none.js"] {
        let answer = twin.get(path, &own.replace(&format!("Host: 127.0.0.1:{}\r\n", twin.port), ""));
        assert!(answer.status == 404 && !answer.body.contains("secret"), "{path}: {}", answer.status);
    }
    assert_eq!(twin.call(r#"{"name":"list_notes"}"#, &own).status, 200, "it still answers");
}
