//! `stet export`: a piece goes out, if the gate lets it pass.

use crate::output::Output;
use crate::{desk, now, passphrase};
use serde::Serialize;
use std::path::{Path, PathBuf};
use stet::desk::{Access, Desk, Order};
use stet::error::{Code, Error, Result};
use stet::export::{Format, Plain};

#[derive(clap::Args)]
pub struct Export {
    slug: String,
    /// md, html, txt, docx, odt, epub, pdf, ninjs (3), ninjs2, nitf, proof, proof-docx or proof-pdf
    #[arg(long = "as", value_name = "FORMAT")]
    format: String,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Plain text in lines of 72 letters
    #[arg(long)]
    wrap: bool,
    /// Plain text with straight quote marks, dashes as hyphens
    #[arg(long)]
    straight: bool,
    /// Let it pass the gate, and replace a file that is there
    #[arg(long)]
    force: bool,
    /// Why it may pass; kept with the piece
    #[arg(long, default_value = "")]
    why: String,
    /// Who lets it pass; kept as who works at this desk
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

#[derive(Serialize)]
struct Reply {
    path: String,
    size_bytes: u64,
    /// What the gate had to say; empty where nothing was to be let pass.
    reasons: Vec<String>,
}

pub fn run(path: &Path, export: &Export, is_json: bool) -> Result<Output> {
    let format = Format::from_word(&export.format).ok_or_else(|| {
        let known: Vec<&str> = Format::ALL.into_iter().map(Format::word).collect();
        let message = format!("There is no format “{}”: choose one of {}.", export.format, known.join(", "));
        Error::new(Code::BadInput, message)
    })?;
    if !path.exists() {
        return Err(Error::new(
            Code::NotFound,
            format!("There is no desk file at {}. Look at the path.", path.display()),
        ));
    }
    let mut desk = passphrase::open(path, Access::Visit)?;
    let draft = desk::find(&desk, &export.slug)?;
    let reasons: Vec<String> = desk.gate(draft.id, now())?.into_iter().map(|reason| reason.words).collect();
    may_pass(&desk, export, &reasons)?;
    if let Some(by) = &export.by {
        desk.set_editor(by)?;
    }
    let order = Order {
        draft_id: draft.id,
        format,
        path: export.output.clone(),
        why: export.why.clone(),
        is_overwrite: export.force,
        plain: (export.wrap || export.straight)
            .then_some(Plain { is_wrapped: export.wrap, is_straight: export.straight }),
    };
    let size_bytes = desk.export(&order, now())?;
    let path = export.output.display().to_string();
    if is_json {
        return Ok(Output::json(&Reply { path, size_bytes, reasons }));
    }
    let let_pass = match reasons.len() {
        0 => String::new(),
        1 => " · 1 reason let pass".into(),
        n => format!(" · {n} reasons let pass"),
    };
    Ok(Output::plain(format!("{path} · {size_bytes} bytes{let_pass}\n")))
}

/// The desk refuses too; here the sentence says which option is missing.
fn may_pass(desk: &Desk, export: &Export, reasons: &[String]) -> Result<()> {
    if reasons.is_empty() {
        return Ok(());
    }
    let held = format!("The gate holds {} back: {}", export.slug, reasons.join(" "));
    if !export.force || export.why.trim().is_empty() {
        return Err(Error::new(Code::Gate, format!("{held} To let it pass: --force --why \"…\".")));
    }
    if export.by.is_none() && desk.editor()?.is_empty() {
        return Err(Error::new(Code::BadInput, format!("{held} Whoever lets it pass signs: --by NAME.")));
    }
    Ok(())
}
