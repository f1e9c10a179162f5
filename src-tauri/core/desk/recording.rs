//! The recordings of notes: the file stays where it lies, and is read only as long as it is the one that was attached.

use super::Desk;
use crate::error::{Code, Error, Result};
use crate::note::NoteId;
use crate::store::{Recording, RecordingId, SoundFile};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

/// The page holds a recording in memory while it plays it.
const MOST_BYTES: u64 = 1 << 30;

/// So much of a recording is read at once.
const PIECE_BYTES: u64 = 1 << 20;

/// Looks at a file that is to be attached. Errors: `BadInput` where there is none, it is too large, or no recording of a
/// kind Stet knows by its first bytes; `Io`. Cost: reads all of it.
pub fn look_at_recording(path: &Path) -> Result<SoundFile> {
    let (file, size_bytes) = open(path).ok_or_else(|| {
        Error::new(Code::BadInput, "There is no file there that can be read. Look at the path, or choose the file.")
    })?;
    if size_bytes > MOST_BYTES {
        let message = "The recording is larger than 1 GB. Save its sound alone (as MP3, say), and attach that.";
        return Err(Error::new(Code::BadInput, message));
    }
    let (sha256, media_type) = read_whole(file)?;
    if media_type.is_none() {
        let message = "That is no recording Stet can play: it takes MP3, M4A, WAV, Ogg, Opus, FLAC, MP4 and WebM.";
        return Err(Error::new(Code::BadInput, message));
    }
    Ok(SoundFile { path: path.to_string_lossy().into_owned(), size_bytes, sha256 })
}

/// The media type of the file of a recording. Errors: `Io` where it is gone; `Conflict` where another file lies there now.
/// Cost: reads all of it.
pub fn check_recording(recording: &Recording) -> Result<&'static str> {
    let (sha256, media_type) = read_whole(open_as_attached(&recording.file)?)?;
    match media_type {
        Some(media_type) if sha256 == recording.file.sha256 => Ok(media_type),
        _ => Err(another()),
    }
}

/// What a recording has from a byte on, 1 MiB at most; empty behind its end. Errors: those of [`check_recording`], as far
/// as size and first bytes of the file tell.
pub fn read_recording(recording: &Recording, start_byte: u64) -> Result<Vec<u8>> {
    let mut file = open_as_attached(&recording.file)?;
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(start_byte))
        .and_then(|_| file.take(PIECE_BYTES).read_to_end(&mut bytes))
        .map_err(|cause| unread().because(cause))?;
    Ok(bytes)
}

impl Desk {
    /// Attaches a file that was looked at to a note, in the place of the one before. Errors: `NotFound`.
    pub fn attach_recording(&mut self, id: NoteId, file: &SoundFile, now: DateTime<Utc>) -> Result<Recording> {
        self.store.add_recording(id, file, now)
    }

    /// Takes a recording off its note, or back. Errors: `NotFound`.
    pub fn bin_recording(&mut self, id: RecordingId, is_in_bin: bool) -> Result<Recording> {
        self.store.bin_recording(id, is_in_bin)
    }

    /// The recording of a note, if it has one: what was attached last and not taken off.
    pub fn recording_of(&self, id: NoteId) -> Result<Option<Recording>> {
        Ok(self.store.list_recordings(id)?.into_iter().find(|recording| !recording.is_in_bin))
    }

    /// A recording. Errors: `NotFound`.
    pub fn open_recording(&self, id: RecordingId) -> Result<Recording> {
        self.store.open_recording(id)
    }
}

/// A plain file and its size; none where there is none.
fn open(path: &Path) -> Option<(File, u64)> {
    // Asked first, for to open a pipe waits until somebody writes to it.
    let is_file = std::fs::metadata(path).is_ok_and(|file| file.is_file());
    let file = is_file.then(|| File::open(path).ok()).flatten()?;
    let size_bytes = file.metadata().ok()?.len();
    Some((file, size_bytes))
}

/// The file of a recording, as far as its size and its first bytes tell.
fn open_as_attached(attached: &SoundFile) -> Result<File> {
    let (mut file, size_bytes) = open(Path::new(&attached.path)).ok_or_else(|| {
        let message =
            "The recording is not where it was attached from. Put it back or connect its disk, or attach it anew.";
        Error::new(Code::Io, message)
    })?;
    let mut first = Vec::new();
    let read = file.by_ref().take(16).read_to_end(&mut first).and_then(|_| file.rewind());
    read.map_err(|cause| unread().because(cause))?;
    if size_bytes == attached.size_bytes && media_type_of(&first).is_some() { Ok(file) } else { Err(another()) }
}

fn another() -> Error {
    let message =
        "Another file lies where the recording was attached from. Put the recording back, or attach this one.";
    Error::new(Code::Conflict, message)
}

fn unread() -> Error {
    Error::new(Code::Io, "The recording cannot be read to its end. Look at the disk it lies on, and try again.")
}

/// The hash of all of a file, and its media type where Stet knows one.
fn read_whole(mut file: File) -> Result<(String, Option<&'static str>)> {
    let mut hasher = Sha256::new();
    let mut piece = Vec::new();
    let mut media_type = None;
    for n in 0.. {
        piece.clear();
        let n_bytes =
            file.by_ref().take(PIECE_BYTES).read_to_end(&mut piece).map_err(|cause| unread().because(cause))?;
        if n == 0 {
            media_type = media_type_of(&piece);
        }
        hasher.update(&piece);
        if n_bytes == 0 {
            break;
        }
    }
    let digits = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((digits, media_type))
}

/// What the first bytes of a file say it is; a name may say anything.
fn media_type_of(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [b'I', b'D', b'3', ..] | [0xff, 0xe2 | 0xe3 | 0xf2 | 0xf3 | 0xfa | 0xfb, ..] => Some("audio/mpeg"),
        [_, _, _, _, b'f', b't', b'y', b'p', b'M', b'4', b'A', ..] => Some("audio/mp4"),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some("video/mp4"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Some("audio/wav"),
        [b'O', b'g', b'g', b'S', ..] => Some("audio/ogg"),
        [b'f', b'L', b'a', b'C', ..] => Some("audio/flac"),
        [0x1a, 0x45, 0xdf, 0xa3, ..] => Some("video/webm"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_is_known_by_its_first_bytes() {
        let known: [(&[u8], Option<&str>); 10] = [
            (b"ID3\x04\x00", Some("audio/mpeg")),
            (&[0xff, 0xfb, 0x90, 0x64], Some("audio/mpeg")),
            (b"\0\0\0\x20ftypM4A \0", Some("audio/mp4")),
            (b"\0\0\0\x20ftypisom\0", Some("video/mp4")),
            (b"RIFF\x24\0\0\0WAVEfmt ", Some("audio/wav")),
            (b"OggS\0", Some("audio/ogg")),
            (b"fLaC\0", Some("audio/flac")),
            (&[0x1a, 0x45, 0xdf, 0xa3, 0x9f], Some("video/webm")),
            (b"PK\x03\x04", None),
            // Text in UTF-16 begins so.
            (&[0xff, 0xfe, 0x41, 0x00], None),
        ];
        for (bytes, media_type) in known {
            assert_eq!(media_type_of(bytes), media_type, "{bytes:?}");
        }
    }
}
