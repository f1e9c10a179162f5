//! E-mails as notes: the headers say who wrote them and when, and what is quoted belongs to who wrote that.

use super::note::of_words;
use super::terms::read_said_at;
use super::zipped::damaged;
use super::{Warning, html, inline, markdown};
use crate::error::Result;
use crate::note::Note;
use mail_parser::{HeaderValue, Message, MessageParser, MimeHeaders, PartType};

/// Replies quoted inside each other.
const MAX_DEPTH: usize = 12;
/// Letters quoted in one message. No correspondence has more, and each is a note of its own.
const MAX_LETTERS: usize = 1_000;
/// Messages of one box.
const MAX_MESSAGES: usize = 5_000;

type Notes = Vec<(Note, Vec<Warning>)>;

/// The notes of one message: its own words, then those it quotes, newest first. Errors: `BadInput` when it is none.
pub fn read_message(name: &str, bytes: &[u8]) -> Result<Notes> {
    let message =
        MessageParser::default().parse(bytes).filter(|message| !message.headers().is_empty()).ok_or_else(damaged)?;
    let mut warnings = Vec::new();
    let text = body(&message, &mut warnings)?;
    let n_files = message.attachment_count();
    if n_files > 0 {
        warnings.push(Warning::whole(format!(
            "{n_files} attached files were left out: import those you need by themselves."
        )));
    }
    let from = message.from().and_then(|from| from.first());
    let source = from.and_then(|from| from.name().or(from.address())).map(inline::clean_line).unwrap_or_default();
    let said_at = message
        .date()
        .map(|date| format!("{:04}-{:02}-{:02} {:02}:{:02}", date.year, date.month, date.day, date.hour, date.minute));
    let own = Letter { source, said_at: said_at.unwrap_or_default(), text };
    let subject = message.subject().map(inline::clean_line).unwrap_or_default();
    let mut letters = Vec::new();
    unfold(own, 0, &mut letters);
    if letters.len() > MAX_LETTERS {
        let rest = letters.split_off(MAX_LETTERS);
        let words = format!(
            "It quotes {} letters more than Stet tells apart: they stand together in the last note.",
            rest.len()
        );
        warnings.push(Warning::whole(words));
        let last = letters.last_mut().expect("a thousand are left");
        rest.into_iter().for_each(|letter| last.text += &letter.text);
    }
    let mut notes = Notes::new();
    for (n, letter) in letters.into_iter().enumerate() {
        let name = if n == 0 { name.to_owned() } else { format!("{name}, quoted {n}") };
        let (note, _) = of_words(&name, letter.text);
        let mut own = if n == 0 { std::mem::take(&mut warnings) } else { Vec::new() };
        if letter.source.is_empty() {
            own.push(Warning::whole("Who wrote these words is not said: name the source."));
        }
        own.push(Warning::whole("No terms are given: taken as on the record."));
        let note = Note {
            source: letter.source,
            kind: "e-mail".into(),
            place: subject.clone(),
            said_at: letter.said_at,
            ..note
        };
        notes.push((note, own));
    }
    Ok(notes)
}

/// The notes of a box of messages (mbox). Errors: `BadInput` when there is none in it.
pub fn read_box(name: &str, bytes: &[u8]) -> Result<Notes> {
    let mut notes = Notes::new();
    let messages = split_box(bytes);
    let n_messages = messages.len();
    for (n, message) in (1..).zip(messages.into_iter().take(MAX_MESSAGES)) {
        notes.extend(read_message(&format!("{name}, {n}"), &message)?);
    }
    if n_messages > MAX_MESSAGES
        && let Some((_, warnings)) = notes.last_mut()
    {
        warnings
            .push(Warning::whole(format!("The box holds {n_messages} messages: the first {MAX_MESSAGES} were taken.")));
    }
    if notes.is_empty() { Err(damaged()) } else { Ok(notes) }
}

/// A saved page (MHTML): its words, and where it was. Errors: `BadInput` when there is no page in it.
pub fn read_saved_page(name: &str, bytes: &[u8]) -> Result<(Note, Vec<Warning>)> {
    let message = MessageParser::default().parse(bytes).ok_or_else(damaged)?;
    let page = message.parts.iter().find_map(|part| match &part.body {
        PartType::Html(page) => Some((part, page)),
        _ => None,
    });
    let (part, page) = page.ok_or_else(damaged)?;
    let mut story = html::read(page)?;
    let (note, mut warnings) = of_words(name, markdown::write(&story.blocks, &mut story.losses) + "\n");
    warnings.extend(story.losses.warnings());
    let place = part.content_location().or_else(|| match message.header("Snapshot-Content-Location") {
        Some(HeaderValue::Text(place)) => Some(place),
        _ => None,
    });
    Ok((Note { kind: "web page".into(), place: place.map(inline::clean_line).unwrap_or_default(), ..note }, warnings))
}

/// The plain words of a message; those of its page where it has no others.
fn body(message: &Message, warnings: &mut Vec<Warning>) -> Result<String> {
    let mut text = String::new();
    for part in message.text_bodies() {
        match &part.body {
            PartType::Text(words) => text += &inline::clean(words),
            PartType::Html(page) => {
                let mut story = html::read(page)?;
                text += &markdown::write(&story.blocks, &mut story.losses);
                warnings.extend(story.losses.warnings());
            }
            _ => {}
        }
        text.push('\n');
    }
    Ok(text)
}

/// Lines that begin with `From ` at the start of the box or behind a blank line begin a message; those of a message that
/// would look so have a `>` before them.
fn split_box(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut messages: Vec<Vec<u8>> = Vec::new();
    let mut is_after_blank = true;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if is_after_blank && line.starts_with(b"From ") {
            messages.push(Vec::new());
        } else if let Some(message) = messages.last_mut() {
            let n_marks = line.iter().take_while(|byte| **byte == b'>').count();
            let is_escaped = n_marks > 0 && line.get(n_marks..).is_some_and(|rest| rest.starts_with(b"From "));
            message.extend_from_slice(line.get(usize::from(is_escaped)..).unwrap_or_default());
        }
        is_after_blank = line.iter().all(u8::is_ascii_whitespace);
    }
    messages.retain(|message| !message.iter().all(u8::is_ascii_whitespace));
    messages
}

/// What one person wrote.
#[derive(Debug, Default, PartialEq, Eq)]
struct Letter {
    source: String,
    said_at: String,
    text: String,
}

/// Puts the words of a letter, then those of the letters it quotes, behind each other.
fn unfold(letter: Letter, depth: usize, letters: &mut Vec<Letter>) {
    let Letter { source, said_at, text } = letter;
    let (own, quoted) = if depth < MAX_DEPTH { take_apart(&text) } else { (text, Vec::new()) };
    let own = own.trim_matches('\n').to_owned();
    // A letter that only hands on another still is one.
    if !own.trim().is_empty() || quoted.is_empty() || depth == 0 {
        letters.push(Letter { source, said_at, text: own + "\n" });
    }
    for quoted in quoted {
        unfold(quoted, depth + 1, letters);
    }
}

/// The own words of a letter, and the letters it quotes.
fn take_apart(text: &str) -> (String, Vec<Letter>) {
    let (mut own, mut quoted): (String, Vec<Letter>) = (String::new(), Vec::new());
    let lines: Vec<&str> = text.split('\n').collect();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if let Some(rest) = line.strip_prefix('>') {
            let words = rest.strip_prefix(' ').unwrap_or(rest);
            let is_before =
                at.checked_sub(1).and_then(|before| lines.get(before)).is_some_and(|before| before.starts_with('>'));
            if !is_before {
                begin_quoted(&mut own, &mut quoted);
            }
            let letter = quoted.last_mut().expect("one was begun");
            letter.text += words;
            letter.text.push('\n');
            at += 1;
        } else if let Some((letter, n_lines)) = forwarded(lines.get(at..).unwrap_or_default()) {
            // All below it is of who is named there.
            let text = lines.get(at + n_lines..).unwrap_or_default().join("\n");
            quoted.push(Letter { text, ..letter });
            break;
        } else {
            own += line.trim_end_matches('\r');
            own.push('\n');
            at += 1;
        }
    }
    (own, quoted)
}

/// Takes the line that says who wrote what follows off the own words, or goes on with who was quoted before.
fn begin_quoted(own: &mut String, quoted: &mut Vec<Letter>) {
    let kept = own.trim_end_matches(['\n', ' ']).len();
    let head = own.get(..kept).unwrap_or_default();
    // The line may be broken in two.
    for n_lines in 1..=2 {
        let start = head.rmatch_indices('\n').nth(n_lines - 1).map_or(0, |(at, _)| at + 1);
        let line = head.get(start..).unwrap_or_default().replace('\n', " ");
        if let Some((source, said_at)) = attribution(&line) {
            own.truncate(start);
            quoted.push(Letter { source, said_at, text: String::new() });
            return;
        }
    }
    match quoted.last_mut() {
        Some(letter) => letter.text.push('\n'),
        None => quoted.push(Letter::default()),
    }
}

/// `On Tue, 10 Nov 2026 at 16:20, Ines Eze <ines@example.org> wrote:` in the languages mail programs say it in.
fn attribution(line: &str) -> Option<(String, String)> {
    let line = line.trim().strip_suffix(':')?.trim_end();
    let ends = ["wrote", "schrieb", "a écrit", "escribió", "ha scritto", "schreef", "skrev"];
    let head = ends.iter().find_map(|end| line.strip_suffix(end));
    if let Some(head) = head {
        let head = head.split('<').next().unwrap_or(head).trim().trim_end_matches(',');
        // The name stands behind the last comma, or behind the hour.
        let name = head.rsplit([',']).next().unwrap_or(head).trim();
        let is_hour = |word: &str| {
            word.contains(':') && word.starts_with(|c: char| c.is_ascii_digit()) || matches!(word, "AM" | "PM" | "Uhr")
        };
        let words: Vec<&str> = name.split_whitespace().collect();
        let start = words.iter().rposition(|word| is_hour(word)).map_or(0, |at| at + 1);
        let name = words.get(start..).unwrap_or_default().join(" ").trim_matches('"').to_owned();
        let is_name = !name.is_empty() && name.split(' ').count() <= 6;
        return is_name.then(|| (name, day_in(head)));
    }
    // `Am 10.11.2026 um 16:20 schrieb Ines Eze <…>:`
    let (head, name) = line.split_once(" schrieb ").or_else(|| line.split_once(" skrev "))?;
    let name = name.split('<').next().unwrap_or(name).trim().trim_matches('"').to_owned();
    let is_name = !name.is_empty() && name.split(' ').count() <= 6;
    is_name.then(|| (name, day_in(head)))
}

/// The day a line names, where only one can be meant: `10 Nov 2026`, `Nov 10, 2026`.
fn day_in(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    for window in words.windows(3) {
        let day = window.join(" ");
        let day = day.trim_matches(',');
        let said_at = read_said_at(day);
        if said_at != day && said_at.len() == 10 {
            return said_at;
        }
    }
    String::new()
}

/// The head of a message handed on, as Outlook and others write it, and how many lines it has.
fn forwarded(lines: &[&str]) -> Option<(Letter, usize)> {
    let plain = |line: &&str| line.trim().trim_matches(['*', '-', '_', ' ']).to_lowercase();
    let first = plain(lines.first()?);
    let is_sign = matches!(
        first.as_str(),
        "original message" | "forwarded message" | "ursprüngliche nachricht" | "message d'origine"
    ) || first.starts_with("begin forwarded message");
    let mut at = usize::from(is_sign);
    while lines.get(at).is_some_and(|line| is_sign && line.trim().is_empty()) {
        at += 1;
    }
    let mut letter = Letter::default();
    let mut n_fields = 0;
    while let Some((key, value)) = lines.get(at).and_then(|line| line.split_once(':')) {
        match plain(&key).as_str() {
            "from" | "von" | "de" => {
                letter.source =
                    value.split(['<', '[']).next().unwrap_or(value).trim().trim_matches(['"', '*', ' ']).to_owned()
            }
            "sent" | "date" | "gesendet" | "datum" | "envoyé" => letter.said_at = day_in(value),
            "to" | "cc" | "subject" | "an" | "betreff" | "à" | "objet" | "importance" | "reply-to" => {}
            _ => break,
        }
        n_fields += 1;
        at += 1;
    }
    let is_head = !letter.source.is_empty() && (is_sign || n_fields >= 3);
    is_head.then_some((letter, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(mail: &str) -> Vec<(String, String, String)> {
        let notes = read_message("a.eml", mail.as_bytes()).expect("it is a message");
        notes.into_iter().map(|(note, _)| (note.source, note.said_at, note.text)).collect()
    }

    fn said(source: &str, said_at: &str, text: &str) -> (String, String, String) {
        (source.into(), said_at.into(), text.into())
    }

    #[test]
    fn what_is_quoted_belongs_to_who_wrote_it() {
        let mail = "From: Ines Eze <ines@example.org>\r\nTo: sb@example.org\r\nSubject: Ferry\r\nDate: Tue, 10 Nov 2026 16:20:00 +0100\r\n\
            Content-Type: text/plain; charset=utf-8\r\n\r\nWe may sell it.\r\n\r\nOn Mon, Nov 9, 2026 at 9:01 AM Sam Boyd\r\n<sb@example.org> wrote:\r\n\
            > Will you sell it?\r\n>\r\n> On Sun, 8 Nov 2026, Tom Roe wrote:\r\n> > They will.\r\n\r\nAsk the county.\r\n";
        assert_eq!(
            read(mail),
            [
                said("Ines Eze", "2026-11-10 16:20", "We may sell it.\n\n\nAsk the county.\n"),
                said("Sam Boyd", "2026-11-09", "Will you sell it?\n"),
                said("Tom Roe", "2026-11-08", "They will.\n"),
            ]
        );
    }

    #[test]
    fn a_message_handed_on_is_of_who_is_named_in_its_head() {
        let mail = "From: Sam Boyd <sb@example.org>\nSubject: Fwd\n\nSee below.\n\n-----Original Message-----\nFrom: Ines Eze [mailto:ines@example.org]\n\
            Sent: 10 November 2026 16:20\nTo: Sam\nSubject: Ferry\n\nWe may sell it.\n";
        assert_eq!(
            read(mail),
            [said("Sam Boyd", "", "See below.\n"), said("Ines Eze", "2026-11-10", "We may sell it.\n")]
        );
    }

    #[test]
    fn a_box_has_one_note_for_each_message() {
        let mbox = "From a@b Mon Nov  9\nFrom: Ines Eze <a@b>\n\nOne.\n>From here on.\n\nFrom c@d Tue\nFrom: Tom Roe <c@d>\n\nTwo.\n";
        let notes = read_box("all.mbox", mbox.as_bytes()).expect("a box");
        let seen: Vec<_> =
            notes.iter().map(|(note, _)| (note.name.as_str(), note.source.as_str(), note.text.as_str())).collect();
        assert_eq!(seen, [("all.mbox, 1", "Ines Eze", "One.\nFrom here on.\n"), ("all.mbox, 2", "Tom Roe", "Two.\n")]);
    }

    #[test]
    fn a_message_that_is_a_page_is_read_as_its_words() {
        let mail = "From: Ines Eze <a@b>\nContent-Type: text/html; charset=utf-8\n\n<p>We <b>may</b> sell it.</p><script>no</script>";
        assert_eq!(read(mail)[0].2, "We **may** sell it.\n");
    }
}
