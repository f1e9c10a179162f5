//! `stet spelling`: words of a text that no dictionary knows, and what the desk reads by.

use crate::desk as pieces;
use crate::ink::Ink;
use crate::input::{self, Text};
use crate::output::Output;
use crate::passphrase;
use crate::quotes::count;
use clap::{Args, Subcommand};
use serde::Serialize;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use stet::desk::{Access, Desk, Speller};
use stet::draft::DraftId;
use stet::error::{Code, Error, Result};
use stet::span::one_line;

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Spelling {
    /// The text, .md or .txt; - reads standard input; or a slug on the desk
    #[arg(value_name = "FILE|SLUG")]
    file: Option<PathBuf>,
    /// The dictionary: en_US, en_GB or one the desk keeps; without it the desk’s for a slug, and en_US for a file
    #[arg(long, value_name = "NAME")]
    language: Option<String>,
    #[command(subcommand)]
    change: Option<Change>,
}

#[derive(Subcommand)]
enum Change {
    /// Keep a Hunspell dictionary in the desk, named as its file is, and read drafts by it
    Add {
        #[arg(value_name = "FILE.aff")]
        aff: PathBuf,
        #[arg(value_name = "FILE.dic")]
        dic: PathBuf,
    },
    /// Take a dictionary that was added out of the desk
    Drop { name: String },
    /// Read drafts by a dictionary: en_US, en_GB, one that was added; off for none
    Use {
        name: String,
        /// Read words all in capitals too
        #[arg(long)]
        capitals: bool,
    },
    /// Have the desk know words
    Learn {
        #[arg(required = true)]
        words: Vec<String>,
    },
    /// Take learned words back
    Forget {
        #[arg(required = true)]
        words: Vec<String>,
    },
}

#[derive(Serialize)]
struct Reply {
    misspellings: Vec<MisspellingReply>,
}

#[derive(Serialize)]
struct MisspellingReply {
    span: [usize; 2],
    text: String,
    line: usize,
    quoted: bool,
    suggestions: Vec<String>,
}

#[derive(Serialize)]
struct SettingReply {
    language: Option<String>,
    languages: Vec<String>,
    capitals: bool,
    words: Vec<String>,
}

pub fn run(place: impl Fn() -> Result<PathBuf>, order: &Spelling, is_json: bool) -> Result<Output> {
    if let Some(wanted) = &order.change {
        let mut desk = passphrase::open(&place()?, Access::Visit)?;
        change(&mut desk, wanted)?;
        return setting(&desk, is_json);
    }
    let Some(file) = &order.file else { return setting(&pieces::open_to_read(&place()?)?, is_json) };
    if file.as_os_str() == "-" || file.exists() {
        let text = input::read_text(file)?;
        // A file has no desk; a dictionary the desk keeps is asked for by its name.
        return match order.language.as_deref() {
            Some(name) if !["en_US", "en_GB"].contains(&name) => {
                told(&text, &pieces::open_to_read(&place()?)?.speller_by(None, name)?, is_json)
            }
            name => told(&text, &Desk::open_in_memory()?.speller_by(None, name.unwrap_or("en_US"))?, is_json),
        };
    }
    let desk = pieces::open_to_read(&place()?)?;
    let draft = pieces::find(&desk, &file.to_string_lossy())?;
    let speller = speller(&desk, draft.id, order.language.as_deref())?;
    let text = Text::of_piece(draft.copy.body);
    told(&text, &speller, is_json)
}

fn speller(desk: &Desk, id: DraftId, language: Option<&str>) -> Result<Speller> {
    match language {
        Some(name) => desk.speller_by(Some(id), name),
        None => desk.speller(Some(id)),
    }
}

fn change(desk: &mut Desk, change: &Change) -> Result<()> {
    match change {
        Change::Add { aff, dic } => {
            let name = aff.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let is_pair = |path: &Path, ending| path.extension().is_some_and(|it| it.eq_ignore_ascii_case(ending));
            if !is_pair(aff, "aff") || !is_pair(dic, "dic") {
                return Err(Error::new(Code::BadInput, "A dictionary is two files: name the .aff, then the .dic."));
            }
            desk.add_dictionary(&name, &input::read_bytes(aff)?, &input::read_bytes(dic)?)
        }
        Change::Drop { name } => desk.drop_dictionary(name),
        Change::Use { name, capitals } => {
            let care = stet::spelling::Care { reads_capitals: *capitals };
            desk.set_spelling(Some(name.as_str()).filter(|name| *name != "off"), care)
        }
        Change::Learn { words } => words.iter().try_for_each(|word| desk.learn_word(word)),
        Change::Forget { words } => words.iter().try_for_each(|word| desk.forget_word(word)),
    }
}

/// What the desk reads by.
fn setting(desk: &Desk, is_json: bool) -> Result<Output> {
    let spelling = desk.spelling()?;
    let reply = SettingReply {
        language: spelling.language,
        languages: spelling.languages,
        capitals: spelling.care.reads_capitals,
        words: spelling.words,
    };
    if is_json {
        return Ok(Output::json(&reply));
    }
    let language = reply.language.as_deref().unwrap_or("off");
    let capitals = if reply.capitals { ", capitals too" } else { "" };
    let words = reply.words.iter().map(|word| format!("{word}\n")).collect::<String>();
    let learned = count(reply.words.len(), "word learned", "words learned");
    Ok(Output::plain(format!("{language}{capitals} (there are {})\n{learned}\n{words}", reply.languages.join(", "))))
}

fn told(text: &Text, speller: &Speller, is_json: bool) -> Result<Output> {
    let found = speller.find(text.body());
    // The same word is looked up once.
    let mut suggested: HashMap<&str, Vec<String>> = HashMap::new();
    let lines = text.lines(found.iter().map(|misspelling| misspelling.span));
    let mut replies = Vec::with_capacity(found.len());
    for (misspelling, line) in found.iter().zip(lines) {
        let word = misspelling.span.of(text.body());
        let suggestions = suggested.entry(word).or_insert_with(|| speller.suggest(word)).clone();
        let span = text.place(misspelling.span);
        replies.push(MisspellingReply {
            span,
            text: word.to_owned(),
            line,
            quoted: misspelling.is_quoted,
            suggestions,
        });
    }
    let output = if is_json { Output::json(&Reply { misspellings: replies }) } else { Output::plain(plain(&replies)) };
    Ok(output.warn(text.warnings.clone()).needing(!found.is_empty()))
}

fn plain(replies: &[MisspellingReply]) -> String {
    let ink = Ink::stdout();
    let mut page = String::new();
    for reply in replies {
        let meant = reply.suggestions.iter().take(4).cloned().collect::<Vec<_>>().join(", ");
        let meant = if meant.is_empty() { String::new() } else { format!(" → {meant}") };
        let quoted = if reply.quoted { ink.quiet("  in a quote") } else { String::new() };
        page += &format!("{}: {}{meant}{quoted}\n", reply.line, ink.bold(&one_line(&reply.text)));
    }
    page + &format!("{}\n", count(replies.len(), "misspelling", "misspellings"))
}
