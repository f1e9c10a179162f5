//! `stet style`: where a text parts from the house style, and the rules themselves.

use crate::desk;
use crate::ink::Ink;
use crate::input::{self, Text};
use crate::output::Output;
use crate::passphrase;
use crate::quotes::count;
use clap::Args;
use serde::Serialize;
use std::path::{Path, PathBuf};
use stet::desk::Access;
use stet::error::{Code, Error, Result};
use stet::quote;
use stet::span::one_line;
use stet::style::{self, Complaint, Rules, Section, Slip};

#[derive(Args)]
pub struct Style {
    /// The text, .md or .txt; - reads standard input; or a slug on the desk
    #[arg(value_name = "FILE|SLUG")]
    file: Option<PathBuf>,
    /// The rules, a text file; without it the desk’s for a slug, and those Stet comes with for a file
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    /// Keep the rules of --rules as the desk’s
    #[arg(long, requires = "rules", conflicts_with = "file")]
    keep: bool,
}

#[derive(Serialize)]
struct Reply {
    slips: Vec<SlipReply>,
    rules: usize,
    complaints: Vec<ComplaintReply>,
}

#[derive(Serialize)]
struct SlipReply {
    span: [usize; 2],
    text: String,
    preferred: Option<String>,
    why: String,
    section: &'static str,
    line: usize,
}

#[derive(Serialize)]
struct ComplaintReply {
    line: usize,
    message: String,
}

/// Rules as they were read.
struct Read {
    name: String,
    text: String,
    rules: Rules,
    complaints: Vec<Complaint>,
}

impl Read {
    fn new(name: String, text: String) -> Read {
        let (rules, complaints) = Rules::read(&text);
        Read { name, text, rules, complaints }
    }

    fn file(path: &Path) -> Result<Read> {
        let text = String::from_utf8(input::read_bytes(path)?).map_err(|error| {
            let message = format!("{} is no text in UTF-8: save it so.", path.display());
            Error::new(Code::BadInput, message).because(error)
        })?;
        Ok(Read::new(input::name_of(path), text))
    }

    fn warnings(&self) -> impl Iterator<Item = String> {
        self.complaints.iter().map(|complaint| format!("{}, line {}: {}", self.name, complaint.line, complaint.message))
    }

    fn reply(&self, slips: Vec<SlipReply>) -> Reply {
        let complaints = self.complaints.iter();
        let complaints = complaints.map(|it| ComplaintReply { line: it.line, message: it.message.clone() });
        Reply { slips, rules: self.rules.n_rules(), complaints: complaints.collect() }
    }
}

pub fn run(place: impl Fn() -> Result<PathBuf>, order: &Style, is_json: bool) -> Result<Output> {
    let given = order.rules.as_deref().map(Read::file).transpose()?;
    let Some(file) = &order.file else {
        return match given {
            Some(read) => look_over(place, &read, order.keep, is_json),
            None => Ok(Output::copy(desk::open_to_read(&place()?)?.style()?)),
        };
    };
    if file.as_os_str() == "-" || file.exists() {
        let read = given.unwrap_or_else(|| Read::new("house style".into(), Rules::shipped_text().into()));
        return Ok(told(&input::read_text(file)?, &read, is_json));
    }
    let desk = desk::open_to_read(&place()?)?;
    let draft = desk::find(&desk, &file.to_string_lossy())?;
    let text = Text::of_piece(draft.copy.body);
    let read = match given {
        Some(read) => read,
        None => Read::new("house style".into(), desk.style()?),
    };
    Ok(told(&text, &read, is_json))
}

/// The rules alone: are they sound, and kept where that was asked for.
fn look_over(place: impl Fn() -> Result<PathBuf>, read: &Read, is_kept: bool, is_json: bool) -> Result<Output> {
    if is_kept {
        passphrase::open(&place()?, Access::Visit)?.set_style(&read.text)?;
    }
    let kept = if is_kept { " The desk keeps them." } else { "" };
    let output = if is_json {
        Output::json(&read.reply(Vec::new()))
    } else {
        Output::plain(format!("{}.{kept}\n", count(read.rules.n_rules(), "rule", "rules")))
    };
    Ok(output.warn(read.warnings().collect()).needing(!read.complaints.is_empty()))
}

fn told(text: &Text, read: &Read, is_json: bool) -> Output {
    let slips = style::find(text.body(), &quote::find(text.body()), &read.rules);
    let needs_editor = !slips.is_empty() || !read.complaints.is_empty();
    let output = if is_json {
        Output::json(&read.reply(slips.into_iter().map(|slip| reply(text, slip)).collect()))
    } else {
        Output::plain(plain(text, &slips))
    };
    let warnings = text.warnings.iter().cloned().chain(read.warnings());
    output.warn(warnings.collect()).needing(needs_editor)
}

fn reply(text: &Text, slip: Slip) -> SlipReply {
    SlipReply {
        span: text.place(slip.span),
        text: slip.span.of(text.body()).to_owned(),
        preferred: slip.preferred,
        why: slip.why,
        section: slip.section.word(),
        line: slip.line,
    }
}

fn plain(text: &Text, slips: &[Slip]) -> String {
    let (ink, mut page) = (Ink::stdout(), String::new());
    let lines = text.lines(slips.iter().map(|slip| slip.span));
    for (slip, line) in slips.iter().zip(lines) {
        let without = if slip.section == Section::Reading { "long" } else { "leave out" };
        let preferred = slip.preferred.as_ref().map_or_else(|| without.into(), |words| format!("→ {words}"));
        let words = one_line(slip.span.of(text.body()));
        page += &format!("{line}: {} {preferred}  {}\n", ink.bold(&words), ink.quiet(&slip.why));
    }
    page + &format!("{}\n", count(slips.len(), "slip", "slips"))
}
