//! `stet`, the terminal companion: thin, over the pure parts and the desk.
//!
//! Exit 0 = done and nothing wrong, 1 = done and something needs an editor, 2 = could not be done.

mod check;
mod diff;
mod ink;
mod input;
mod output;
mod quotes;
mod serve;

use clap::{Parser, Subcommand};
use output::Output;
use std::path::PathBuf;
use std::process::ExitCode;

/// Stet: drafts, redlines, and every quote held against its notes.
#[derive(Parser)]
#[command(name = "stet", version, max_term_width = 100)]
struct Args {
    /// Write JSON for programs instead of text for people
    #[arg(long, global = true)]
    json: bool,
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
    #[command(after_help = "Example:\n  stet check story.md --notes notes/")]
    Check {
        /// The text, .md or .txt; - reads standard input
        file: PathBuf,
        /// A folder of notes (.md or .txt), or one note; may be given more than once
        #[arg(long, value_name = "DIR", required = true)]
        notes: Vec<PathBuf>,
    },
    /// Tell what changed between two texts
    #[command(after_help = "Example:\n  stet diff story.1.md story.2.md")]
    Diff {
        /// The text as it was; - reads standard input
        old: PathBuf,
        /// The text as it is; - reads standard input
        new: PathBuf,
    },
    /// Show the desk in a browser on this machine, at an address that works once
    #[command(after_help = "Example:\n  stet serve --ui ui/dist")]
    Serve {
        /// The desk file; without it the one the window opens
        #[arg(long, value_name = "FILE")]
        desk: Option<PathBuf>,
        /// The port; 0 takes any that is free
        #[arg(long, default_value_t = 0)]
        port: u16,
        /// The folder the page was built into
        #[arg(long, value_name = "DIR", default_value = "ui/dist")]
        ui: PathBuf,
    },
}

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return output::refuse_usage(&error),
    };
    match run(&args) {
        Ok(output) => output.write(),
        Err(error) => output::refuse(&error),
    }
}

fn run(args: &Args) -> stet::error::Result<Output> {
    match &args.command {
        Command::Quotes { file } => quotes::run(file, args.json),
        Command::Check { file, notes } => check::run(file, notes, args.json),
        Command::Diff { old, new } => diff::run(old, new, args.json),
        Command::Serve { desk, port, ui } => {
            let default = || stet::desk::default_path(|name| std::env::var_os(name));
            serve::run(&desk.clone().map_or_else(default, Ok)?, *port, ui).map(|()| Output::default())
        }
    }
}
