//! Files of kinds that Stet does not read, told by their first bytes. Taken for text, they would come in as pages of signs.

use super::zipped::Package;
use crate::error::{Code, Error, Result};

/// How files of other kinds begin, what they are, and what helps.
const KINDS: [(&[u8], &str); 11] = [
    (
        b"\xd0\xcf\x11\xe0",
        "This is a file of an old Word, Excel or Outlook. Open it there, or in LibreOffice, and save it as .docx.",
    ),
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"RIFF", "This is a picture or a recording: it has no words that Stet can read."),
    (b"ID3", "This is a recording: it has no words that Stet can read. Bring its transcript."),
    (b"\x1f\x8b", PACKED),
    (b"7z\xbc\xaf", PACKED),
    (b"Rar!", PACKED),
];
const PICTURE: &str = "This is a picture: it has no words that Stet can read.";
const PACKED: &str = "This is an archive. Unpack it, and bring the files that are in it.";

/// What a package holds that is no document, by a part it has.
const PACKAGES: [(&str, &str); 2] = [
    ("xl/workbook.xml", "This is a sheet of Excel. Save what is to be read as text or as a web page, and bring that."),
    ("ppt/presentation.xml", "These are slides of PowerPoint. Save their words as text or as .docx, and bring that."),
];

/// Refuses what is no copy and no note. Errors: `BadInput`, with what the file is and what to do.
pub fn refuse(bytes: &[u8]) -> Result<()> {
    if let Some((_, words)) = KINDS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(Error::new(Code::BadInput, *words));
    }
    if bytes.starts_with(b"PK\x03\x04")
        && let Ok(package) = Package::open(bytes)
        && let Some((_, words)) = PACKAGES.iter().find(|(part, _)| package.has(part))
    {
        return Err(Error::new(Code::BadInput, *words));
    }
    Ok(())
}

/// Refuses what is no copy, though it may be a note. Errors: as [`refuse`] has them.
pub fn refuse_as_piece(name: &str, bytes: &[u8]) -> Result<()> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let words = match ending.as_str() {
        _ if bytes.starts_with(b"%PDF") => {
            "A PDF has pages, not copy that can be edited. Bring it as a note, or ask for the file it was made of."
        }
        "eml" | "mbox" | "mht" | "mhtml" | "srt" | "vtt" => {
            "This is material, not copy: an e-mail, a saved page or a transcript. Bring it as a note."
        }
        "json" | "ninjs" | "nitf" => {
            "This is a file for programs: Stet writes such for a wire, and does not read them. Bring the piece as .docx, \
             HTML or text."
        }
        _ => return refuse(bytes),
    };
    Err(Error::new(Code::BadInput, words))
}
