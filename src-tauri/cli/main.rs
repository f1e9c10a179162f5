//! `stet`, the terminal companion: thin, over the pure parts and the desk.
//!
//! Exit 0 = done and nothing wrong, 1 = done and something needs an editor, 2 = could not be done.

mod backups;
mod check;
mod comments;
mod correction;
mod desk;
mod diff;
mod export;
mod import;
mod ink;
mod input;
mod marked;
mod merge;
mod original;
mod output;
mod passphrase;
mod quotes;
mod remove;
mod route;
mod safety;
mod serve;
mod spelling;
mod style;
mod suggestions;

use chrono::{DateTime, Utc};
use clap::{Parser, Subcommand};
use output::Output;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use stet::check::Policy;
use stet::error::Result;

/// Stet: drafts, redlines, and every quote held against its notes.
#[derive(Parser)]
#[command(name = "stet", version, max_term_width = 100)]
struct Args {
    /// Write JSON for programs instead of text for people
    #[arg(long, global = true)]
    json: bool,
    /// The desk file; without it the one the window opens
    #[arg(long, global = true, value_name = "FILE")]
    desk: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Find who said what in a text
    #[command(after_help = "Example:\n  stet quotes story.md")]
    Quotes {
        /// The text, .md or .txt; - reads standard input
        file: PathBuf,
    },
    /// Hold every quote of a text against its notes
    #[command(
        after_help = "Examples:\n  stet check story.md --notes notes/\n  stet check ferry-sale\n  stet check story.md --notes notes/ --policy fillers=trimmed,contractions=verbatim"
    )]
    Check {
        /// The text, .md or .txt; - reads standard input; without --notes a slug on the desk
        #[arg(value_name = "FILE|SLUG")]
        file: PathBuf,
        /// A folder of notes (.md or .txt), or one note; may be given more than once
        #[arg(long, value_name = "DIR")]
        notes: Vec<PathBuf>,
        /// What tidying of speech may pass: strict, or fillers, false-starts, contractions, grammar, each =verbatim or
        /// =trimmed, with commas; without it the desk's, or strict
        #[arg(long, value_name = "POLICY", value_parser = read_policy)]
        policy: Option<Policy>,
    },
    /// Find where a text parts from the house style; exit 1 where it does. Without a text, print the desk’s rules
    #[command(after_help = "Examples:\n  stet style story.md --rules house.txt\n  stet style ferry-sale\n  \
                            stet style > house.txt\n  stet style --rules house.txt --keep")]
    Style(style::Style),
    /// Find the words of a text that no dictionary knows; exit 1 where there are any. Without a text, say what the desk
    /// reads by
    #[command(after_help = "Examples:\n  stet spelling ferry-sale\n  stet spelling story.md --language en_GB\n  \
                            stet spelling use en_GB\n  stet spelling learn Lundqvist\n  \
                            stet spelling add nl_NL.aff nl_NL.dic")]
    Spelling(spelling::Spelling),
    /// Tell what changed between two texts
    #[command(after_help = "Examples:\n  stet diff story.1.md story.2.md\n  stet diff ferry-sale@3 ferry-sale\n  \
                            stet diff ferry-sale@3 ferry-sale --docx changes.docx --author \"Ines Eze\"")]
    Diff {
        /// The text as it was: a file, - for standard input, or SLUG@ID for a revision on the desk
        #[arg(value_name = "OLD")]
        old: PathBuf,
        /// The text as it is: the same, or SLUG for what stands on the desk
        #[arg(value_name = "NEW")]
        new: PathBuf,
        #[command(flatten)]
        out: diff::Out,
    },
    /// Draft the notice that owns up to what was wrong: the facts that changed, not the wording
    #[command(
        after_help = "Examples:\n  stet correction published.md corrected.md\n  stet correction ferry-sale@3 ferry-sale"
    )]
    Correction {
        /// The text as it was published: a file, - for standard input, or SLUG@ID for a revision on the desk
        #[arg(value_name = "OLD")]
        old: PathBuf,
        /// The text as it is: the same, or SLUG for what stands on the desk
        #[arg(value_name = "NEW")]
        new: PathBuf,
    },
    /// Make one text of what two people made of another; exit 1 where an editor must choose
    #[command(after_help = "Examples:\n  stet merge sent.md ours.md returned.md -o merged.md\n  \
                            stet merge ferry-sale@3 ferry-sale returned.md")]
    Merge(merge::Merge),
    /// Bring back a file that was sent out, or list the changes of the one that came last; exit 1 where one is open
    #[command(
        after_help = "Examples:\n  stet suggestions ferry-sale --from ferry-sale.docx\n  stet suggestions ferry-sale"
    )]
    Suggestions(suggestions::List),
    /// Accept changes of a file that came back: their words go into the piece
    #[command(after_help = "Examples:\n  stet accept ferry-sale 1 3\n  stet accept ferry-sale --class cosmetic\n  \
                            stet accept ferry-sale 2 --choose both")]
    Accept {
        #[command(flatten)]
        which: suggestions::Which,
        /// What to take where both changed the same words: ours, theirs, both or base
        #[arg(long, value_name = "CHOICE")]
        choose: Option<String>,
    },
    /// Reject changes of a file that came back
    #[command(after_help = "Example:\n  stet reject ferry-sale --by \"Ines Eze\"")]
    Reject(suggestions::Which),
    /// Open changes of a file that came back again; what was accepted goes out of the piece
    #[command(after_help = "Example:\n  stet reopen ferry-sale 3")]
    Reopen(suggestions::Which),
    /// Bring pieces or notes to the desk: all of them or none
    #[command(after_help = "Examples:\n  stet import story.md\n  stet import story.md --into ferry-sale\n  \
                            stet import notes/*.md --notes\n  stet import filed.docx --look")]
    Import {
        /// Files: .docx, .odt, .rtf, .html, .epub, .md or .txt; with --notes also .eml, .mbox, .mhtml, .srt, .vtt,
        /// .pdf and speech-to-text .json, and folders of them; - reads standard input
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// The piece the file is the next revision of, or the notes were gathered for
        #[arg(long, value_name = "SLUG")]
        into: Option<String>,
        /// They are source notes
        #[arg(long)]
        notes: bool,
        /// Only show what would be taken for hed, dek, byline and dateline, and what is lost; keeps nothing
        #[arg(long, conflicts_with_all = ["into", "notes"])]
        look: bool,
    },
    /// List the files a piece came from, or write the last of them out as it came
    #[command(after_help = "Examples:\n  stet original ferry-sale\n  stet original ferry-sale -o filed.docx")]
    Original {
        slug: String,
        /// A file for the newest of them
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Replace a file that is there
        #[arg(long)]
        force: bool,
    },
    /// List the pieces on the desk
    #[command(after_help = "Example:\n  stet drafts")]
    Drafts {
        /// Where they lie: desk, archive or bin
        #[arg(long, value_name = "PLACE", default_value = "desk")]
        place: String,
    },
    /// Print the body of a piece, Markdown, as it is kept
    #[command(after_help = "Example:\n  stet show ferry-sale --revision 3 > story.md")]
    Show {
        slug: String,
        /// An older state, by its number in the log
        #[arg(long, value_name = "ID")]
        revision: Option<i64>,
    },
    /// List the comments on a piece in the order of its text; exit 1 where one is open
    #[command(after_help = "Example:\n  stet comments ferry-sale")]
    Comments { slug: String },
    /// List the revisions of a piece, newest first
    #[command(after_help = "Example:\n  stet log ferry-sale")]
    Log { slug: String },
    /// Tell which revision last gave each sentence of a piece its words
    #[command(after_help = "Example:\n  stet blame ferry-sale")]
    Blame { slug: String },
    /// Put an older revision back; what stands is kept as a revision first
    #[command(after_help = "Example:\n  stet restore ferry-sale 3")]
    Restore {
        slug: String,
        /// Its number in the log
        id: i64,
    },
    /// Say how far pieces have come, when they are due, how long they are to be and where they lie
    #[command(after_help = "Examples:\n  stet route ferry-sale --status legal --due \"2026-11-24 14:00\"\n  \
                            stet route ferry-sale school-roof --place archive")]
    Route(route::Route),
    /// Put a piece or a note in the bin, or with --for-good take it out of the desk and its backups
    #[command(after_help = "Examples:\n  stet remove ferry-sale\n  stet remove ferry-sale --for-good\n  \
                            stet remove ines-eze --note --for-good")]
    Remove(remove::Remove),
    /// Write a piece to a file, if the gate lets it pass
    #[command(after_help = "Examples:\n  stet export ferry-sale --as docx -o ferry.docx\n  \
                            stet export ferry-sale --as html -o ferry.html --force --why \"TK agreed with legal\" --by SB")]
    Export(export::Export),
    /// Look for damage in the desk file; changes nothing
    #[command(after_help = "Example:\n  stet verify")]
    Verify,
    /// Copy the desk, whole, to a new file
    #[command(after_help = "Example:\n  stet backup ~/desk-copy.sqlite")]
    Backup {
        /// The new file; without it one beside the desk, named by the time
        file: Option<PathBuf>,
    },
    /// Make a backup as the window does by itself, each hour, and list those there are
    #[command(after_help = "Examples:\n  stet backups\n  stet backups --second /media/stick")]
    Backups(backups::Backups),
    /// Put a backup in the place of a desk; the desk that was is kept beside it
    #[command(after_help = "Examples:\n  stet restore-desk desk.sqlite --list\n  \
                            stet restore-desk desk.sqlite 2026-11-20T09:00:00Z")]
    RestoreDesk(backups::Restore),
    /// Copy what can still be read of a damaged desk to a new one
    #[command(after_help = "Example:\n  stet salvage broken.sqlite -o mended.sqlite")]
    Salvage {
        /// The damaged desk; it is only read
        #[arg(value_name = "DESK")]
        damaged: PathBuf,
        /// The new desk
        #[arg(short, value_name = "NEW")]
        output: PathBuf,
    },
    /// Lock the desk by a passphrase, or by another one; asked for without showing it
    #[command(
        after_help = "Examples:\n  stet passphrase\n  stet passphrase --off\n\nFor scripts: STET_PASSPHRASE_FILE \
                            names a file whose first line is the passphrase,\nSTET_NEW_PASSPHRASE_FILE one with the \
                            new one; /dev/stdin reads standard input."
    )]
    Passphrase {
        /// Take it off: the desk is readable again by whoever has the file
        #[arg(long)]
        off: bool,
    },
    /// Have the window that shows the desk lock it
    #[command(after_help = "Example:\n  stet lock")]
    Lock,
    /// Show the desk in a browser on this machine, at an address that works once
    #[command(after_help = "Example:\n  stet serve --ui ui/dist")]
    Serve {
        /// The port; 0 takes any that is free
        #[arg(long, default_value_t = 0)]
        port: u16,
        /// The folder the page was built into
        #[arg(long, value_name = "DIR", default_value = "ui/dist")]
        ui: PathBuf,
    },
}

fn main() -> ExitCode {
    stet::error::hush_faults("stet");
    stet::store::forbid_core_dumps();
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return output::refuse_usage(&error),
    };
    match run(&args) {
        Ok(output) => output.write(),
        Err(error) => output::refuse(&error),
    }
}

fn read_policy(words: &str) -> std::result::Result<Policy, String> {
    Policy::from_words(words).ok_or_else(|| "say strict, or for example fillers=trimmed,contractions=verbatim".into())
}

fn run(args: &Args) -> Result<Output> {
    let json = args.json;
    let desk = || place(args.desk.as_deref());
    match &args.command {
        Command::Quotes { file } => quotes::run(file, json),
        Command::Check { file, notes, policy } if notes.is_empty() => {
            desk::check(&desk()?, &file.to_string_lossy(), *policy, json)
        }
        Command::Check { file, notes, policy } => check::run(file, notes, policy.unwrap_or_default(), json),
        Command::Style(order) => style::run(desk, order, json),
        Command::Spelling(order) => spelling::run(desk, order, json),
        Command::Diff { old, new, out } => diff::run(desk, old, new, out, json),
        Command::Correction { old, new } => correction::run(desk, old, new, json),
        Command::Suggestions(order) => suggestions::list(&desk()?, order, json),
        Command::Accept { which, choose } => suggestions::accept(&desk()?, which, choose.as_deref(), json),
        Command::Reject(which) => suggestions::reject(&desk()?, which, json),
        Command::Reopen(which) => suggestions::reopen(&desk()?, which, json),
        Command::Merge(order) => merge::run(desk, order, json),
        Command::Import { files, into, notes, look } => {
            import::run(&desk()?, files, into.as_deref(), *notes, *look, json)
        }
        Command::Original { slug, output, force } => original::run(&desk()?, slug, output.as_deref(), *force, json),
        Command::Drafts { place } => desk::drafts(&desk()?, place, json),
        Command::Show { slug, revision } => desk::show(&desk()?, slug, *revision, json),
        Command::Comments { slug } => comments::run(&desk()?, slug, json),
        Command::Log { slug } => desk::log(&desk()?, slug, json),
        Command::Blame { slug } => desk::blame(&desk()?, slug, json),
        Command::Restore { slug, id } => desk::restore(&desk()?, slug, *id, json),
        Command::Route(order) => route::run(&desk()?, order, json),
        Command::Remove(order) => remove::run(&desk()?, order, json),
        Command::Export(order) => export::run(&desk()?, order, json),
        Command::Verify => safety::verify(&desk()?, json),
        Command::Backup { file } => safety::backup(&desk()?, file.as_deref(), json),
        Command::Backups(order) => backups::run(&desk()?, order, json),
        Command::RestoreDesk(order) => backups::restore(order, json),
        Command::Salvage { damaged, output } => safety::salvage(damaged, output, json),
        Command::Passphrase { off } => passphrase::run(&desk()?, *off, json),
        Command::Lock => passphrase::lock(&desk()?),
        Command::Serve { port, ui } => serve::run(&desk()?, *port, ui).map(|()| Output::default()),
    }
}

/// Where the desk lies: as named, else where the window keeps it.
fn place(named: Option<&Path>) -> Result<PathBuf> {
    match named {
        Some(path) => Ok(path.to_owned()),
        None => stet::desk::default_path(|name| std::env::var_os(name)),
    }
}

/// The clock: the core has none, its callers bring the time.
#[expect(clippy::disallowed_methods, reason = "the terminal companion is where the time comes from")]
fn now() -> DateTime<Utc> {
    Utc::now()
}
