//! What a PDF says, as another program reads it.

use flate2::read::ZlibDecoder;
use std::io::{Read, Write};
use std::process::{Command, Stdio};

/// Its words in the order of its pages, a form feed behind each page.
pub fn words(pdf: &[u8]) -> String {
    let mut reader = Command::new("pdftotext")
        .args(["-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("poppler-utils is here: `src-tauri/setup.sh test` installs it");
    let mut input = reader.stdin.take().expect("it has an input");
    let bytes = pdf.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let said = reader.wait_with_output().expect("it ends");
    writer.join().expect("it ends").expect("it reads");
    assert!(said.status.success(), "the PDF is whole");
    String::from_utf8(said.stdout).expect("it is text")
}

/// Its streams, unpacked where they are packed.
pub fn streams(pdf: &[u8]) -> Vec<Vec<u8>> {
    let find = |from: usize, what: &[u8]| {
        pdf[from..].windows(what.len()).position(|window| window == what).map(|at| from + at)
    };
    let (mut streams, mut at) = (Vec::new(), 0);
    while let Some(start) = find(at, b"stream\n").or_else(|| find(at, b"stream\r\n")) {
        let start = start + b"stream\n".len();
        let Some(end) = find(start, b"endstream") else { break };
        let mut words = Vec::new();
        if ZlibDecoder::new(&pdf[start..end]).read_to_end(&mut words).is_ok() {
            streams.push(words);
        }
        at = end + b"endstream".len();
    }
    streams
}
