//! The recordings of notes. Files are read while the desk is free.

use super::{Begun, Now, note_view, path_to_read, write_reply};
use crate::desk::{self, Desk};
use crate::error::Result;
use crate::note::NoteId;
use crate::store::{self, Recording, RecordingId};
use crate::wire::view::{NoteView, SoundFile};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use std::path::Path;

pub fn look_at_recording(desk: &mut Desk, _now: Now, path: String) -> Result<SoundFile> {
    looked_at(path_to_read(desk, path.trim())?)
}

/// The arguments of `look_at_recording`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PathArgs {
    path: String,
}

/// The same as `look_at_recording`, with the reading left for later.
pub fn begin_look_at_recording(desk: &Desk, args: PathArgs) -> Result<Begun> {
    let path = path_to_read(desk, args.path.trim())?.to_owned();
    Ok(Begun(Box::new(move || write_reply(&looked_at(&path)?))))
}

fn looked_at(path: &Path) -> Result<SoundFile> {
    let store::SoundFile { path, size_bytes, sha256 } = desk::look_at_recording(path)?;
    Ok(SoundFile { path, size_bytes, sha256 })
}

pub fn attach_recording(desk: &mut Desk, now: Now, id: i64, file: SoundFile) -> Result<NoteView> {
    let SoundFile { path, size_bytes, sha256 } = file;
    path_to_read(desk, &path)?;
    desk.attach_recording(NoteId(id), &store::SoundFile { path, size_bytes, sha256 }, now)?;
    note_view(desk, NoteId(id))
}

pub fn bin_recording(desk: &mut Desk, _now: Now, recording_id: i64, is_in_bin: bool) -> Result<NoteView> {
    let recording = desk.bin_recording(RecordingId(recording_id), is_in_bin)?;
    note_view(desk, recording.note_id)
}

pub fn check_recording(desk: &mut Desk, _now: Now, recording_id: i64) -> Result<String> {
    checked(&desk.open_recording(RecordingId(recording_id))?)
}

/// The arguments of `check_recording`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecordingArgs {
    recording_id: i64,
}

/// The same as `check_recording`, with the reading left for later.
pub fn begin_check_recording(desk: &mut Desk, args: RecordingArgs) -> Result<Begun> {
    let recording = desk.open_recording(RecordingId(args.recording_id))?;
    Ok(Begun(Box::new(move || write_reply(&checked(&recording)?))))
}

fn checked(recording: &Recording) -> Result<String> {
    desk::check_recording(recording).map(str::to_owned)
}

pub fn read_recording(desk: &mut Desk, _now: Now, recording_id: i64, start_byte: u64) -> Result<String> {
    read(&desk.open_recording(RecordingId(recording_id))?, start_byte)
}

/// The arguments of `read_recording`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PieceArgs {
    recording_id: i64,
    start_byte: u64,
}

/// The same as `read_recording`, with the reading left for later.
pub fn begin_read_recording(desk: &mut Desk, args: PieceArgs) -> Result<Begun> {
    let recording = desk.open_recording(RecordingId(args.recording_id))?;
    Ok(Begun(Box::new(move || write_reply(&read(&recording, args.start_byte)?))))
}

fn read(recording: &Recording, start_byte: u64) -> Result<String> {
    Ok(STANDARD.encode(desk::read_recording(recording, start_byte)?))
}
