//! Transcripts: subtitles (SRT, WebVTT) and what speech-to-text programs write (JSON), with timecodes and speakers.

use super::inline;
use super::note::of_words;
use super::zipped::damaged;
use super::{Warning, read_text};
use crate::error::Result;
use crate::note::Note;
use serde_json::Value;

/// Words spoken in one go.
#[derive(Clone, Debug, Default, PartialEq)]
struct Cue {
    start_ms: u64,
    /// Empty where nobody is named.
    speaker: String,
    words: String,
}

/// A silence this long begins a new line.
const PAUSE_MS: u64 = 15_000;

/// A note of subtitles. Errors: `BadInput` when there is no timecode in it.
pub fn read_captions(name: &str, bytes: &[u8]) -> Result<(Note, Vec<Warning>)> {
    let (text, warnings) = read_text(bytes);
    let mut cues: Vec<Cue> = Vec::new();
    let mut is_note = false;
    let mut lines = text.split('\n').peekable();
    while let Some(line) = lines.next() {
        let line = line.trim();
        // The line before the times is the number or the name of the cue.
        let names_a_cue = lines.peek().is_some_and(|next| next.contains("-->"));
        if let Some((start, _)) = line.split_once("-->") {
            is_note = false;
            cues.extend(millis(start.trim()).map(|start_ms| Cue { start_ms, ..Cue::default() }));
        } else if line.starts_with("NOTE") || line == "STYLE" || line == "REGION" {
            is_note = true;
        } else if line.is_empty() {
            is_note = false;
        } else if let Some(cue) = cues.last_mut().filter(|_| !is_note && !names_a_cue) {
            let (speaker, words) = voice(line);
            if !speaker.is_empty() {
                cue.speaker = speaker;
            }
            cue.words += if cue.words.is_empty() { "" } else { " " };
            cue.words += &words;
        }
    }
    note_of(name, cues, warnings)
}

/// A note of what Whisper and its kin heard. Errors: `BadInput` when it is no JSON of theirs.
pub fn read_speech(name: &str, bytes: &[u8]) -> Result<(Note, Vec<Warning>)> {
    let (text, warnings) = read_text(bytes);
    let json: Value = serde_json::from_str(&text).map_err(|error| damaged().because(error))?;
    let list = ["/segments", "/transcription", "/utterances", "/results/utterances", "/monologues"]
        .iter()
        .find_map(|place| json.pointer(place).and_then(Value::as_array))
        .or(json.as_array());
    // Some count seconds, some thousandths of them.
    let is_millis = json.pointer("/utterances").is_some();
    let cues = list.ok_or_else(damaged)?.iter().filter_map(|segment| cue_of(segment, is_millis));
    note_of(name, cues.collect(), warnings)
}

fn cue_of(segment: &Value, is_millis: bool) -> Option<Cue> {
    let words = ["text", "transcript"].iter().find_map(|key| segment.get(*key)).and_then(Value::as_str)?;
    let speaker = match ["speaker", "speaker_label", "speaker_id"].iter().find_map(|key| segment.get(*key)) {
        Some(Value::String(name)) if name.chars().count() > 2 => name.clone(),
        Some(Value::String(name)) => format!("SPEAKER {name}"),
        Some(Value::Number(number)) => format!("SPEAKER {number}"),
        _ => String::new(),
    };
    let start_ms = match segment.get("start") {
        Some(start) => {
            let start = start.as_f64().unwrap_or_default();
            (if is_millis { start } else { start * 1_000.0 }) as u64
        }
        None => segment.pointer("/timestamps/from").and_then(Value::as_str).and_then(millis).unwrap_or_default(),
    };
    Some(Cue { start_ms, speaker: speaker.replace('_', " "), words: words.to_owned() })
}

/// `00:14:03,250`, `14:03.250`
fn millis(code: &str) -> Option<u64> {
    let (whole, fraction) = code.split_once([',', '.']).unwrap_or((code, "0"));
    let seconds = whole.split(':').try_fold(0u64, |sum, part| {
        let part: u64 = part.trim().parse().ok().filter(|part| *part < 100_000)?;
        sum.checked_mul(60)?.checked_add(part)
    })?;
    let fraction: String = fraction.chars().take_while(char::is_ascii_digit).chain("000".chars()).take(3).collect();
    seconds.checked_mul(1_000)?.checked_add(fraction.parse().ok()?)
}

/// `<v Ines Eze>We may`, `INES EZE: We may`, without other tags.
fn voice(line: &str) -> (String, String) {
    let (mut words, mut speaker, mut rest) = (String::new(), String::new(), line);
    while let Some((before, tail)) = rest.split_once('<') {
        let Some((tag, after)) = tail.split_once('>') else { break };
        words += before;
        if let Some(name) = tag
            .strip_prefix("v ")
            .or_else(|| tag.strip_prefix("v.").and_then(|tag| tag.split_once(' ')).map(|(_, name)| name))
        {
            speaker = name.trim().to_owned();
        }
        rest = after;
    }
    words += rest;
    // `{\an8}` says where it stands on the picture.
    while let Some((before, tail)) = words.split_once("{\\")
        && let Some((_, after)) = tail.split_once('}')
    {
        words = format!("{before}{after}");
    }
    let words = words.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ");
    if speaker.is_empty()
        && let Some((label, said)) = words.split_once(": ")
        && !label.is_empty()
        && label.split(' ').count() <= 4
        && !label.contains(char::is_lowercase)
        && label.contains(char::is_uppercase)
    {
        return (label.trim_start_matches(['-', ' ', '>']).to_owned(), said.trim().to_owned());
    }
    (speaker, words.trim().to_owned())
}

/// A line for each voice and after each pause, a timecode in front. Somebody who speaks alone is the source.
fn note_of(name: &str, cues: Vec<Cue>, mut warnings: Vec<Warning>) -> Result<(Note, Vec<Warning>)> {
    let cues: Vec<Cue> = cues.into_iter().filter(|cue| !cue.words.trim().is_empty()).collect();
    if cues.is_empty() {
        return Err(damaged());
    }
    let mut speakers: Vec<&str> = cues.iter().map(|cue| cue.speaker.as_str()).collect();
    speakers.sort_unstable();
    speakers.dedup();
    let source = if speakers.len() == 1 { speakers[0].to_owned() } else { String::new() };
    let mut text = String::new();
    let mut before: Option<&Cue> = None;
    for cue in &cues {
        let words = inline::clean_line(&cue.words);
        let runs_on = before.is_some_and(|before| {
            let is_ended = before.words.trim_end().ends_with(['.', '?', '!', '…']);
            let is_pause = cue.start_ms.saturating_sub(before.start_ms) > PAUSE_MS;
            before.speaker == cue.speaker && !is_pause && !(is_ended && speakers.len() == 1)
        });
        if runs_on {
            text += " ";
        } else {
            let seconds = cue.start_ms / 1_000;
            text += if text.is_empty() { "" } else { "\n" };
            text += &format!("[{:02}:{:02}:{:02}] ", seconds / 3_600, seconds / 60 % 60, seconds % 60);
            if source.is_empty() && !cue.speaker.is_empty() {
                text += &format!("{}: ", inline::clean(&cue.speaker).to_uppercase());
            }
        }
        text += &words;
        before = Some(cue);
    }
    let (note, _) = of_words(name, text + "\n");
    if source.is_empty() {
        warnings.push(Warning::whole("No source is named: say who said it, or leave it to the names in the lines."));
    }
    warnings.push(Warning::whole("No terms are given: taken as on the record."));
    Ok((Note { source, kind: "transcript".into(), ..note }, warnings))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subtitles_have_their_times_and_voices() {
        let srt = "1\r\n00:00:01,000 --> 00:00:03,000\r\nMAYOR EZE: We may\r\n\r\n2\r\n00:00:03,000 --> 00:00:05,000\r\nMAYOR EZE: <i>sell</i> it.\r\n\r\n\
            3\r\n00:14:03,250 --> 00:14:05,000\r\n{\\an8}REPORTER: When?\r\n";
        let (note, _) = read_captions("a.srt", srt.as_bytes()).expect("subtitles");
        assert_eq!(note.text, "[00:00:01] MAYOR EZE: We may sell it.\n[00:14:03] REPORTER: When?\n");
        let vtt = "WEBVTT\n\nNOTE made by hand\n\nintro\n00:01.000 --> 00:03.000 align:start\n<v Ines Eze>We may sell it.</v>\n";
        let (note, _) = read_captions("a.vtt", vtt.as_bytes()).expect("subtitles");
        assert_eq!((note.source.as_str(), note.text.as_str()), ("Ines Eze", "[00:00:01] We may sell it.\n"));
        assert!(read_captions("a.srt", b"no times here").is_err());
    }

    #[test]
    fn what_a_machine_heard_has_its_times_and_voices() {
        let json = br#"{"text":"x","segments":[{"start":0.5,"end":2.0,"text":" We may","speaker":"SPEAKER_00"},
            {"start":2.0,"text":" sell it.","speaker":"SPEAKER_00"},{"start":63,"text":"When?","speaker":"SPEAKER_01"}]}"#;
        let (note, _) = read_speech("a.json", json).expect("heard");
        assert_eq!(note.text, "[00:00:00] SPEAKER 00: We may sell it.\n[00:01:03] SPEAKER 01: When?\n");
        assert_eq!(note.turns()[1].label.map(|label| label.of(&note.text)), Some("SPEAKER 01"));
        assert!(read_speech("a.json", b"{}").is_err());
        assert!(read_speech("a.json", b"[1").is_err());
    }
}
