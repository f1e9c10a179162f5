//! What a command says: text on standard output, warnings and refusals on standard error, and the exit code.

use crate::ink::Ink;
use serde::Serialize;
use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use stet::error::{Code, Error, Result};
use stet::export::Part;
use stet::span::one_line;

/// All that a command has to say.
#[derive(Default)]
pub struct Output {
    pub text: String,
    /// For standard error, a sentence each.
    pub warnings: Vec<String>,
    /// Done, but something needs an editor.
    pub needs_editor: bool,
    /// The text goes out byte for byte.
    pub is_as_it_is: bool,
}

impl Output {
    /// Text for people.
    pub fn plain(text: String) -> Output {
        Output { text, ..Output::default() }
    }

    /// One JSON value on one line.
    pub fn json(value: &impl Serialize) -> Output {
        let text = serde_json::to_string(value).expect("reply types hold only text, numbers and lists");
        Output::as_it_is(text + "\n")
    }

    /// Copy: a file gets it byte for byte, a terminal is not to act on it.
    pub fn copy(text: String) -> Output {
        Output { text, is_as_it_is: !io::stdout().is_terminal(), ..Output::default() }
    }

    /// Text for programs.
    fn as_it_is(text: String) -> Output {
        Output { text, is_as_it_is: true, ..Output::default() }
    }

    /// The same, with warnings.
    pub fn warn(mut self, warnings: Vec<String>) -> Output {
        self.warnings = warnings;
        self
    }

    /// The same, calling for an editor or not.
    pub fn needing(mut self, needs_editor: bool) -> Output {
        self.needs_editor = needs_editor;
        self
    }

    /// Writes it all. A reader that stops reading (`stet show x | head`) is no error.
    pub fn write(&self) -> ExitCode {
        for warning in &self.warnings {
            say(&format!("warning: {warning}"));
        }
        let mut stdout = io::stdout().lock();
        let text = if self.is_as_it_is { Cow::Borrowed(self.text.as_str()) } else { visible(&self.text) };
        let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
        match written {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                say(&format!("The answer could not be written ({error}): look for room on the disk."));
                ExitCode::from(2)
            }
            _ => ExitCode::from(u8::from(self.needs_editor)),
        }
    }
}

/// Says on one line why something could not be done.
pub fn refuse(error: &Error) -> ExitCode {
    let cause = error.source.as_ref().map(ToString::to_string).filter(|cause| !error.message.contains(cause));
    let cause = cause.map(|cause| format!(" ({cause})")).unwrap_or_default();
    say(&one_line(&format!("{error}{cause}")));
    ExitCode::from(2)
}

/// Help and version as asked for; a command line that makes no sense is refused on one line.
pub fn refuse_usage(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        return Output::as_it_is(if Ink::stdout().is_coloured() {
            error.render().ansi().to_string()
        } else {
            error.render().to_string()
        })
        .write();
    }
    let text = error.render().to_string();
    let reason = text.split("\n\n").next().unwrap_or_default().trim_start_matches("error: ");
    say(&format!("{}: try `stet --help`.", one_line(reason)));
    ExitCode::from(2)
}

/// Refuses to write over a file unless asked to: it may be somebody's only copy.
///
/// Errors: `Conflict` when there is one.
pub fn may_write(path: &Path, is_forced: bool) -> Result<()> {
    if is_forced || !path.exists() {
        return Ok(());
    }
    let message = format!("There is a file {} already: name another, or say --force to replace it.", path.display());
    Err(Error::new(Code::Conflict, message))
}

/// Writes a file beside its place and puts it there whole: what stood there stays until then.
///
/// Errors: `Io` when the folder takes no file.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    Part::write(path, bytes).and_then(Part::put_in_place).map_err(|error| {
        let message = format!("{} could not be written: look at the path and for room on the disk.", path.display());
        Error::new(Code::Io, message).because(error)
    })
}

fn say(line: &str) {
    let mut stderr = io::stderr().lock();
    // Nobody is left to tell when standard error is closed.
    let _ = writeln!(stderr, "stet: {}", visible(line));
}

/// The ways [`Ink`] paints.
const PAINTS: [&str; 12] = ["0", "1", "2", "31", "32", "33", "34", "36", "32;4", "31;9", "36;4", "36;9"];

/// A text with each character that would act on a terminal written out: `\u{1b}` for what begins a command. What paints
/// as we do passes.
pub fn visible(text: &str) -> Cow<'_, str> {
    let acts = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    let (mut shown, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(c) = rest.chars().next() {
        let paint = rest.strip_prefix("\x1b[").and_then(|code| code.split_once('m'));
        if let Some((code, after)) = paint.filter(|(code, _)| PAINTS.contains(code)) {
            shown += &format!("\x1b[{code}m");
            rest = after;
            continue;
        }
        if acts(c) {
            shown.extend(c.escape_unicode())
        } else {
            shown.push(c)
        }
        rest = &rest[c.len_utf8()..];
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_act_on_a_terminal_is_written_out() {
        for (text, shown) in [
            ("plain\ttext\n", "plain\ttext\n"),
            ("a\x1b[2J\x1b]0;title\x07b", "a\\u{1b}[2J\\u{1b}]0;title\\u{7}b"),
            ("\x1b[31mred\x1b[0m \x1b[8mhidden", "\x1b[31mred\x1b[0m \\u{1b}[8mhidden"),
            ("one\rtwo\u{9b}3m\x08", "one\\u{d}two\\u{9b}3m\\u{8}"),
            ("naïve “😀”", "naïve “😀”"),
        ] {
            assert_eq!(visible(text), shown);
        }
    }
}
