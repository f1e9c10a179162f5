//! The proof as pages for print: what the page says, set by Typst.

use super::Proof;
use crate::draft::is_leftwards;
use crate::error::Result;
use crate::export::{Outgoing, page, pdf};
use crate::import::tree::{NodeId, NodeKind, Tree, read_xml};
use std::fmt::Write;

/// How each element of the page is set; see `at` and `section` there.
const SHEET: &str = include_str!("print.typ");

/// The bytes of a `.pdf`: what the page of [`super::write`] says and nothing more. A letter that no font has a shape for
/// stands as its number, so that a sign in a note holds no proof back.
///
/// Errors: `BadInput` when a body nests deeper than any does.
pub fn write(outgoing: &Outgoing) -> Result<Vec<u8>> {
    let proof = Proof::new(outgoing);
    let page = page::xhtml(&(proof.head() + &proof.grafs()));
    let tree = read_xml(&format!("<body>{page}</body>"))?;
    let mut text =
        format!("#let title = {}\n#let faces = {}\n{SHEET}", pdf::quoted(&drawn(&proof.title())), pdf::faces());
    tree.children(0).for_each(|id| set(&tree, id, &mut text));
    pdf::press(text, format!("{}:proof", outgoing.uri()))
}

/// An element in the language of Typst: a call with its tag, its classes and its words.
fn set(tree: &Tree, id: NodeId, text: &mut String) {
    let inside = |text: &mut String| tree.children(id).for_each(|child| set(tree, child, text));
    match &tree.node(id).kind {
        // White space between one line of the page and the next.
        NodeKind::Words(words) if words.contains('\n') && words.trim().is_empty() => {}
        NodeKind::Words(words) => *text += &pdf::shown(&drawn(words)),
        NodeKind::Other => inside(text),
        // A graf, and what stands beside it.
        NodeKind::Element { name, .. } if &**name == "section" => {
            _ = write!(text, "\n#section({}", pdf::quoted(tree.attribute(id, "class").unwrap_or_default()));
            for part in tree.children(id).filter(|id| matches!(tree.node(*id).kind, NodeKind::Element { .. })) {
                *text += ", [";
                set(tree, part, text);
                text.push(']');
            }
            *text += ");\n";
        }
        NodeKind::Element { name, .. } if &**name == "a" => {
            match tree.attribute(id, "href").filter(|link| !link.starts_with('#')) {
                Some(link) => _ = write!(text, "#link({})[", pdf::quoted(link)),
                None => *text += "#[",
            }
            inside(text);
            *text += "];";
        }
        NodeKind::Element { name, .. } => {
            let class = tree.attribute(id, "class").unwrap_or_default();
            let is_from_right = tree.attribute(id, "dir").is_some() && is_leftwards(&tree.words(id));
            _ = write!(text, "#at({}, {}, {is_from_right})[", pdf::quoted(name), pdf::quoted(class));
            inside(text);
            *text += "];";
        }
    }
}

/// Words of which every letter can be drawn.
fn drawn(words: &str) -> String {
    let mut drawn = String::with_capacity(words.len());
    for c in words.chars() {
        match pdf::is_drawn(c) {
            true => drawn.push(c),
            false => _ = write!(drawn, "[U+{:04X}]", u32::from(c)),
        }
    }
    drawn
}
