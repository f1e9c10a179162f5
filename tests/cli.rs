//! The terminal companion from outside: what it prints, where, and with which exit code.

use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// Runs `stet` in a folder, with bytes on standard input.
fn stet(dir: &Path, args: &[&str], stdin: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_stet"))
        .args(args)
        .current_dir(dir)
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("stet starts");
    // A command that refuses its arguments may be gone before it reads.
    let _ = child.stdin.take().expect("it has an input").write_all(stdin);
    child.wait_with_output().expect("stet ends")
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let dir = TempDir::new().expect("a folder can be made");
    for (name, bytes) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
    }
    dir
}

fn json(output: &Output) -> Value {
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("standard output holds JSON alone")
}

/// Refused: exit 2, nothing on standard output, one line on standard error that says `words`.
fn assert_refused(output: &Output, words: &str) {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(output.stdout.is_empty(), "a refusal leaves standard output empty");
    assert_eq!(stderr.lines().count(), 1, "one clear line: {stderr}");
    assert!(stderr.contains(words), "{stderr}");
}

#[test]
fn quotes_check_and_diff_answer_in_the_agreed_shape() {
    let dir =
        folder(&[("a.md", b"Nothing was said.\n"), ("b.md", b"Nothing was done.\n"), ("notes/n.md", b"Words.\n")]);
    let quotes = json(&stet(dir.path(), &["quotes", "a.md", "--json"], b""));
    assert!(quotes["quotes"].is_array() && quotes["furniture"].is_array(), "{quotes}");
    let output = stet(dir.path(), &["check", "a.md", "--notes", "notes", "--json"], b"");
    let check: Value = serde_json::from_slice(&output.stdout).expect("standard output holds JSON alone");
    assert_eq!(check["counts"]["other speaker"], 0, "every verdict is counted, also at nought: {check}");
    let diff = json(&stet(dir.path(), &["diff", "a.md", "b.md", "--json"], b""));
    assert!(diff["ops"].is_array() && diff["counts"]["words_in"].is_u64(), "{diff}");
}

#[test]
fn a_dash_reads_standard_input() {
    let dir = folder(&[("a.md", b"Nothing was said.\n")]);
    let piped = stet(dir.path(), &["quotes", "-", "--json"], b"Nothing was said.\n");
    let named = stet(dir.path(), &["quotes", "a.md", "--json"], b"");
    assert_eq!(piped.stdout, named.stdout, "the same text gives the same answer, wherever it comes from");
    assert_refused(&stet(dir.path(), &["diff", "-", "-"], b""), "one side only");
}

#[test]
fn what_cannot_be_read_is_refused_on_one_line() {
    let dir = folder(&[("a.md", b"Words.\n")]);
    assert_refused(&stet(dir.path(), &["quotes", "gone.md"], b""), "gone.md could not be read");
    assert_refused(&stet(dir.path(), &["quotes", "."], b""), "is a folder");
    assert_refused(&stet(dir.path(), &["check", "a.md", "--notes", "gone"], b""), "gone could not be read");
    assert_refused(&stet(dir.path(), &["check", "a.md"], b""), "--notes");
    assert_refused(&stet(dir.path(), &["chekc", "a.md"], b""), "chekc");
}
