//! Files of many parts: the packages of Word, OpenDocument and EPUB.

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The parts as one file. A media type comes first and as it is, where OpenDocument and EPUB look for it.
///
/// Same parts, same bytes: each part bears the first time a zip can hold, 1980.
pub fn pack(media_type: Option<&str>, parts: Vec<(&str, String)>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, words: &str, method| {
        let options = SimpleFileOptions::default().compression_method(method);
        let written = zip.start_file(name, options).map(|()| zip.write_all(words.as_bytes()));
        written.expect("the names are good").expect("memory takes what is written");
    };
    if let Some(media_type) = media_type {
        add("mimetype", media_type, CompressionMethod::Stored);
    }
    for (name, words) in parts {
        add(name, &words, CompressionMethod::Deflated);
    }
    zip.finish().expect("memory takes what is written").into_inner()
}
