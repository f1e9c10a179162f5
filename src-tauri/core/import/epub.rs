//! An EPUB (2 or 3) as blocks: its chapters, one behind the other.

use super::block::{Block, Story};
use super::html;
use super::page::read_html;
use super::tree::{NodeId, Tree, read_xml};
use super::zipped::{Package, damaged};
use crate::error::Result;
use std::collections::BTreeMap;

/// No book has more chapters.
const MAX_CHAPTERS: usize = 1_000;
/// Nor style sheets.
const MAX_SHEETS: usize = 20;

/// The blocks of a book in the order of its spine. Errors: `BadInput` when it is damaged or made to fill the memory.
pub fn read(package: &mut Package) -> Result<Story> {
    let container = read_xml(&package.need("META-INF/container.xml")?)?;
    let opf =
        container.all_named("rootfile").first().and_then(|id| container.attribute(*id, "full-path")).map(str::to_owned);
    let opf = opf.ok_or_else(damaged)?;
    let spine = read_xml(&package.need(&opf)?)?;
    let folder = opf.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
    let mut sheet = html::Sheet::default();
    for part in sheets(&spine).into_iter().take(MAX_SHEETS) {
        sheet.read(&package.read(&place(&folder, &part))?.unwrap_or_default());
    }
    let (mut story, mut n_notes): (Option<Story>, usize) = (None, 0);
    for chapter in chapters(&spine).into_iter().take(MAX_CHAPTERS) {
        let name = place(&folder, &chapter);
        let Some(words) = package.read(&name)? else { continue };
        // XHTML by its rules, and what does not keep them as browsers read it.
        let tree = read_xml(&words).or_else(|_| read_html(&words))?;
        let next = html::story_of(&tree, &sheet, n_notes);
        n_notes += next.blocks.iter().filter(|block| matches!(block, Block::Footnote(_))).count();
        match &mut story {
            None => story = Some(next),
            Some(story) => {
                story.losses.append(next.losses);
                story.blocks.extend(next.blocks);
            }
        }
    }
    story.filter(|story| !story.blocks.is_empty()).ok_or_else(damaged)
}

fn sheets(opf: &Tree) -> Vec<String> {
    let is_sheet = |id: &NodeId| opf.attribute(*id, "media-type") == Some("text/css");
    opf.all_named("item")
        .into_iter()
        .filter(is_sheet)
        .filter_map(|id| opf.attribute(id, "href").map(str::to_owned))
        .collect()
}

/// The files of the chapters, without the contents.
fn chapters(opf: &Tree) -> Vec<String> {
    let mut items = BTreeMap::new();
    for item in opf.all_named("item") {
        items.entry(opf.attribute(item, "id").unwrap_or_default()).or_insert(item);
    }
    let file = |idref: &str| {
        let id = *items.get(idref)?;
        let is_contents = opf.attribute(id, "properties").is_some_and(|what| what.split(' ').any(|what| what == "nav"));
        opf.attribute(id, "href").filter(|_| !is_contents).map(str::to_owned)
    };
    let refs = opf.all_named("itemref").into_iter().filter(|id| opf.attribute(*id, "linear") != Some("no"));
    refs.take(MAX_CHAPTERS).filter_map(|id| file(opf.attribute(id, "idref")?)).collect()
}

/// The name of a part as the package spells it: `a%20b.xhtml#top`, `../text/a.xhtml`.
fn place(folder: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or_default();
    let mut bytes = Vec::new();
    let mut rest = href.as_bytes();
    while let [byte, tail @ ..] = rest {
        let hex = tail
            .get(..2)
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (byte, hex) {
            (b'%', Some(code)) => {
                bytes.push(code);
                rest = tail.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*byte);
                rest = tail;
            }
        }
    }
    let mut parts: Vec<&str> = Vec::new();
    let whole = format!("{folder}{}", String::from_utf8_lossy(&bytes));
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
