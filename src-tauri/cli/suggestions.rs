//! `stet suggestions`, `accept`, `reject` and `reopen`: what came back for a piece, change by change.

use crate::ink::Ink;
use crate::output::Output;
use crate::quotes::count;
use crate::{desk, input, now, passphrase};
use serde::Serialize;
use std::path::{Path, PathBuf};
use stet::desk::{Access, Act, Author, Choice, Desk, Fate, File, Suggestion, Suggestions};
use stet::draft::Draft;
use stet::error::{Code, Error, Result};
use stet::redline::Hunk;
use stet::revision::RevisionId;
use stet::span::one_line;
use stet::store::ProposalId;

#[derive(clap::Args)]
pub struct List {
    slug: String,
    /// Bring back a file that was sent out: its changes become suggestions, and the piece stays as it is
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// The revision that file was made of, by its number in the log; without it Stet finds out
    #[arg(long, value_name = "ID", requires = "from")]
    base: Option<i64>,
    /// Who made its changes, where it does not say
    #[arg(long, value_name = "NAME", requires = "from")]
    by: Option<String>,
    /// Another file than the one that came last, by its number
    #[arg(long, value_name = "ID", conflicts_with = "from")]
    file: Option<i64>,
}

#[derive(clap::Args)]
pub struct Which {
    slug: String,
    /// Suggestions by their numbers in the list
    #[arg(value_name = "N", required_unless_present_any = ["all", "class", "by"])]
    numbers: Vec<usize>,
    /// All of them
    #[arg(long, conflicts_with = "numbers")]
    all: bool,
    /// All of a class: quote, speaker, number, name, date, negation, hedge, link, prose or cosmetic
    #[arg(long, value_name = "CLASS", conflicts_with = "numbers")]
    class: Option<String>,
    /// All by one author
    #[arg(long, value_name = "NAME", conflicts_with = "numbers")]
    by: Option<String>,
    /// Another file than the one that came last, by its number
    #[arg(long, value_name = "ID")]
    file: Option<i64>,
}

#[derive(Serialize)]
struct Reply<'a> {
    file: i64,
    name: &'a str,
    base: Option<i64>,
    open: usize,
    suggestions: Vec<SuggestionReply<'a>>,
}

#[derive(Serialize)]
struct SuggestionReply<'a> {
    number: usize,
    part: &'static str,
    class: &'static str,
    title: &'a str,
    was: &'a str,
    is: &'a str,
    authors: Vec<AuthorReply<'a>>,
    fate: &'static str,
    conflicts: Vec<ConflictReply<'a>>,
}

#[derive(Serialize)]
struct AuthorReply<'a> {
    by: &'a str,
    at: Option<String>,
}

#[derive(Serialize)]
struct ConflictReply<'a> {
    base: &'a str,
    ours: &'a str,
    theirs: &'a str,
}

/// Lists the suggestions of the file that came last; exit 1 where one is open.
pub fn list(path: &Path, order: &List, is_json: bool) -> Result<Output> {
    let Some(file) = &order.from else {
        let desk = desk::open_to_read(path)?;
        let draft = desk::find(&desk, &order.slug)?;
        return Ok(page(&read(&desk, &draft, order.file)?, is_json));
    };
    let file = File { name: input::name_of(file), bytes: input::read_bytes(file)? };
    let mut desk = passphrase::open(path, Access::Visit)?;
    let draft = desk::find(&desk, &order.slug)?;
    let (base, by) = (order.base.map(RevisionId), order.by.as_deref().unwrap_or_default());
    let (proposal, warnings) = desk.bring_back(draft.id, &file, base, by, now())?;
    Ok(page(&read(&desk, &draft, Some(proposal.id.0))?, is_json).warn(warnings))
}

pub fn accept(path: &Path, which: &Which, choice: Option<&str>, is_json: bool) -> Result<Output> {
    let act = match choice {
        None => Act::Accept,
        Some(choice) => Act::Choose(Choice::from_word(choice).ok_or_else(|| {
            Error::new(Code::BadInput, format!("“{choice}” is no choice: say ours, theirs, both or base."))
        })?),
    };
    act_on(path, which, act, is_json)
}

pub fn reject(path: &Path, which: &Which, is_json: bool) -> Result<Output> {
    act_on(path, which, Act::Reject, is_json)
}

pub fn reopen(path: &Path, which: &Which, is_json: bool) -> Result<Output> {
    act_on(path, which, Act::TakeBack, is_json)
}

fn act_on(path: &Path, which: &Which, act: Act, is_json: bool) -> Result<Output> {
    let mut desk = passphrase::open(path, Access::Visit)?;
    let draft = desk::find(&desk, &which.slug)?;
    let suggestions = read(&desk, &draft, which.file)?;
    let is_meant = |(at, hunk, suggestion): &(usize, &Hunk, &Suggestion)| {
        let is_of = |by: &String| suggestion.authors.iter().any(|author| author.by == *by);
        match which.numbers.is_empty() {
            true => {
                // What was settled one by one stays so, unless it is to be opened again.
                let may = act == Act::TakeBack || suggestion.fate == Fate::Open || suggestion.fate == Fate::There;
                may && which.class.as_ref().is_none_or(|class| hunk.class.word() == class)
                    && which.by.as_ref().is_none_or(is_of)
            }
            false => which.numbers.contains(&(at + 1)),
        }
    };
    let changes: Vec<usize> = hunks(&suggestions).filter(is_meant).map(|(at, ..)| at).collect();
    if let Some(number) = which.numbers.iter().find(|number| !(1..=suggestions.each.len()).contains(number)) {
        let message = format!("There is no suggestion {number}: `stet suggestions {}` lists them.", which.slug);
        return Err(Error::new(Code::NotFound, message));
    }
    if changes.is_empty() {
        return Err(Error::new(Code::NotFound, "None of the suggestions is meant by that. Nothing was changed."));
    }
    let id = suggestions.proposal.id;
    let acted = desk.act_on_suggestions(id, &changes, act, suggestions.version, now())?;
    let left = match acted.n_left {
        0 => Vec::new(),
        n => {
            let them = count(n, "suggestion was", "suggestions were");
            vec![format!("{them} left open, for the same words were changed here: accept with --choose.")]
        }
    };
    Ok(page(&read(&desk, &draft, Some(id.0))?, is_json).warn(left))
}

/// Those of a file by its number, else of the one that came last and was not put away.
fn read(desk: &Desk, draft: &Draft, file: Option<i64>) -> Result<Suggestions> {
    let proposals = desk.list_proposals(draft.id)?;
    let is_meant = |id: ProposalId, is_in_bin: bool| file.map_or(!is_in_bin, |file| id == ProposalId(file));
    let id = proposals.iter().find(|proposal| is_meant(proposal.id, proposal.is_in_bin)).map(|proposal| proposal.id);
    let id = id.ok_or_else(|| {
        let slug = &draft.slug;
        let message = format!("No such file came back for {slug}: `stet suggestions {slug} --from FILE` brings one.");
        Error::new(Code::NotFound, message)
    })?;
    Ok(desk.suggester(id)?.suggest())
}

fn hunks(suggestions: &Suggestions) -> impl Iterator<Item = (usize, &Hunk, &Suggestion)> {
    let changes = suggestions.comparison.parts.iter().flat_map(|part| &part.changes);
    changes.zip(&suggestions.each).enumerate().map(|(at, (change, suggestion))| (at, &change.hunk, suggestion))
}

fn page(suggestions: &Suggestions, is_json: bool) -> Output {
    let n_open = suggestions.n_open();
    let words = &suggestions.proposal.words;
    let output = if is_json {
        let parts = suggestions.comparison.parts.iter().flat_map(|part| part.changes.iter().map(|_| part.part.word()));
        let replies = hunks(suggestions).zip(parts).map(reply).collect();
        let base = words.revision_id.map(|id| id.0);
        let file = suggestions.proposal.id.0;
        Output::json(&Reply { file, name: &words.name, base, open: n_open, suggestions: replies })
    } else {
        let ink = Ink::stdout();
        let n_all = suggestions.each.len();
        let base = words.revision_id.map(|id| format!(", made of revision {}", id.0)).unwrap_or_default();
        let came = desk::shown(suggestions.proposal.came_at);
        let head = format!("{} came {came}{base}: {} of {n_all} settled\n", words.name, n_all - n_open);
        let lines: String = hunks(suggestions).map(|(at, hunk, suggestion)| line(ink, at, hunk, suggestion)).collect();
        Output::plain(head + &lines)
    };
    output.needing(n_open > 0)
}

fn reply<'a>(((at, hunk, suggestion), part): ((usize, &'a Hunk, &'a Suggestion), &'static str)) -> SuggestionReply<'a> {
    let author = |author: &'a Author| AuthorReply { by: &author.by, at: author.at.map(desk::stamp) };
    SuggestionReply {
        number: at + 1,
        part,
        class: hunk.class.word(),
        title: &hunk.title,
        was: &hunk.old_words,
        is: &hunk.new_words,
        authors: suggestion.authors.iter().map(author).collect(),
        fate: suggestion.fate.word(),
        conflicts: (suggestion.conflicts.iter())
            .map(|stretch| ConflictReply { base: &stretch.base, ours: &stretch.ours, theirs: &stretch.theirs })
            .collect(),
    }
}

fn line(ink: Ink, at: usize, hunk: &Hunk, suggestion: &Suggestion) -> String {
    let authors: Vec<&str> = suggestion.authors.iter().map(|author| author.by.as_str()).collect();
    let authors = if authors.is_empty() { "unknown".to_owned() } else { authors.join(", ") };
    let fate = match suggestion.fate {
        Fate::Open if !suggestion.conflicts.is_empty() => ink.wrong("both changed it"),
        Fate::Open => ink.open("open"),
        fate => ink.quiet(fate.word()),
    };
    let words = |words: &str| if words.is_empty() { "(nothing)".to_owned() } else { one_line(words) };
    let change = format!("{} → {}", words(&hunk.old_words), words(&hunk.new_words));
    let mut line = format!("{:>4}  {}  {authors}  {fate}\n      {change}\n", at + 1, ink.bold(&hunk.title));
    for stretch in &suggestion.conflicts {
        line += &format!("      ours: {}\n      theirs: {}\n", words(&stretch.ours), words(&stretch.theirs));
    }
    line
}
