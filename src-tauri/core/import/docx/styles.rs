//! What the styles of a Word file say a graf or a word is.

use crate::import::block::{Look, Role};
use crate::import::form::{Form, Shift, is_hex_colour};
use crate::import::tree::{NodeId, Tree};
use std::collections::BTreeMap;

/// What a graf is by its style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Role(Role),
    Quote,
    Code,
    Rule,
    /// Of a list, whatever its numbering says.
    Item,
}

#[derive(Clone, Debug)]
pub struct Style {
    pub kind: Kind,
    /// The numbering and level it brings along.
    pub list: Option<String>,
    pub level: Option<usize>,
    look: Look,
}

/// The styles of a file, by their ids, each with what it takes from those it is based on.
#[derive(Debug, Default)]
pub struct Styles {
    styles: BTreeMap<String, Style>,
}

impl Styles {
    pub fn read(tree: &Tree) -> Styles {
        let mut nodes = BTreeMap::new();
        for id in tree.all(0, "w:style") {
            if let Some(name) = tree.attribute(id, "w:styleId") {
                nodes.entry(name).or_insert(id);
            }
        }
        let mut styles = BTreeMap::new();
        nodes.keys().for_each(|name| resolve(tree, &nodes, name, &mut styles));
        Styles { styles }
    }

    pub fn has_byline(&self) -> bool {
        self.styles.contains_key("Byline")
    }

    /// Its words have their Markdown marks, as Stet writes tracked changes.
    pub fn is_as_typed(&self) -> bool {
        // LibreOffice makes another id of its name.
        self.styles.keys().any(|id| id.eq_ignore_ascii_case("AsTyped"))
    }

    pub fn graf(&self, id: Option<&str>) -> Style {
        let known = id.and_then(|id| self.styles.get(id)).cloned();
        // A file without styles still names them.
        known.unwrap_or_else(|| Style { kind: id.and_then(kind_of).unwrap_or(Kind::Role(Role::Plain)), ..plain() })
    }

    /// Sets the look a character style gives.
    pub fn set_character(&self, id: Option<&str>, look: &mut Look) {
        let Some(id) = id else { return };
        look.is_dateline |= id == "Dateline";
        if let Some(style) = self.styles.get(id) {
            look.is_bold |= style.look.is_bold;
            look.is_italic |= style.look.is_italic;
            look.is_struck |= style.look.is_struck;
            // Links look so by themselves, also those that lead nowhere public.
            let form = if id.contains("Hyperlink") { Form::default() } else { style.look.form };
            look.form = form.inside(look.form);
        }
    }
}

fn plain() -> Style {
    Style { kind: Kind::Role(Role::Plain), list: None, level: None, look: Look::default() }
}

/// Adds a style, behind those it is based on and that are not known yet; a circle ends where it began, at the latest after
/// sixteen.
fn resolve(tree: &Tree, nodes: &BTreeMap<&str, NodeId>, name: &str, styles: &mut BTreeMap<String, Style>) {
    let (mut line, mut style) = (Vec::new(), plain());
    let mut next = nodes.get_key_value(name);
    while let Some((name, &id)) = next.filter(|(_, id)| line.len() < 16 && !line.iter().any(|(_, known)| known == *id))
    {
        if let Some(known) = styles.get(*name) {
            style = known.clone();
            break;
        }
        line.push((*name, id));
        let based_on = tree.child(id, "w:basedOn").and_then(|id| tree.attribute(id, "w:val"));
        next = based_on.and_then(|name| nodes.get_key_value(name));
    }
    for (key, id) in line.into_iter().rev() {
        let name = tree.child(id, "w:name").and_then(|id| tree.attribute(id, "w:val")).unwrap_or_default();
        let id_kind = tree.attribute(id, "w:styleId").and_then(kind_of);
        style.kind = kind_of(name).or(id_kind).unwrap_or(style.kind);
        if let Some(properties) = tree.child(id, "w:pPr") {
            let outline = tree.child(properties, "w:outlineLvl").and_then(|id| tree.attribute(id, "w:val"));
            if let (Some(level @ 0..6), Kind::Role(Role::Plain)) =
                (outline.and_then(|level| level.parse().ok()), style.kind)
            {
                style.kind = Kind::Role(Role::Heading(level + 1));
            }
            if let Some(number) = tree.child(properties, "w:numPr") {
                let value = |name: &str| tree.child(number, name).and_then(|id| tree.attribute(id, "w:val"));
                style.list = value("w:numId").map(str::to_owned).or(style.list);
                style.level = value("w:ilvl").and_then(|level| level.parse().ok()).or(style.level);
            }
        }
        if let Some(properties) = tree.child(id, "w:rPr") {
            set_look(tree, properties, &mut style.look);
        }
        styles.insert(key.to_owned(), style.clone());
    }
}

/// What the names that Word, LibreOffice, pandoc and Stet give styles say; small letters, for Word writes both.
fn kind_of(name: &str) -> Option<Kind> {
    let name = name.to_lowercase().replace([' ', '_', '-'], "");
    Some(match name.as_str() {
        "title" | "hed" | "headline" => Kind::Role(Role::Hed),
        "subtitle" | "dek" | "standfirst" | "subhead" | "subheadline" => Kind::Role(Role::Dek),
        "byline" | "author" => Kind::Role(Role::Byline),
        "dateline" | "datelinegraf" => Kind::Role(Role::Dateline),
        "quote" | "intensequote" | "blocktext" | "quotations" | "blockquote" => Kind::Quote,
        "code" | "sourcecode" | "htmlpreformatted" | "preformattedtext" | "plaintext" => Kind::Code,
        "rule" | "horizontalline" => Kind::Rule,
        "normal" | "bodytext" | "textbody" | "firstparagraph" => Kind::Role(Role::Plain),
        "listparagraph" | "compact" => Kind::Item,
        name => {
            let level = name.strip_prefix("heading")?.parse().ok().filter(|level| (1..=9).contains(level))?;
            Kind::Role(Role::Heading(usize::min(level, 6)))
        }
    })
}

/// A switch that is on unless it says it is off; none where it is not there.
pub fn is_on(tree: &Tree, properties: NodeId, name: &str) -> Option<bool> {
    let id = tree.child(properties, name)?;
    Some(!matches!(tree.attribute(id, "w:val"), Some("0" | "false" | "off" | "none")))
}

pub fn set_look(tree: &Tree, properties: NodeId, look: &mut Look) {
    let is_on = |name: &str| is_on(tree, properties, name);
    look.is_bold = is_on("w:b").unwrap_or(look.is_bold);
    look.is_italic = is_on("w:i").unwrap_or(look.is_italic);
    look.is_struck = is_on("w:strike").or(is_on("w:dstrike")).unwrap_or(look.is_struck);
    let form = &mut look.form;
    let value = |name: &str, attribute: &str| tree.attribute(tree.child(properties, name)?, attribute);
    form.shift = match value("w:vertAlign", "w:val") {
        Some("superscript") => Shift::Raised,
        Some("subscript") => Shift::Lowered,
        Some(_) => Shift::None,
        None => value("w:position", "w:val").and_then(|height| height.parse().ok()).map_or(form.shift, Shift::by),
    };
    form.is_underlined = is_on("w:u").unwrap_or(form.is_underlined);
    form.is_capitals = is_on("w:caps").or(is_on("w:smallCaps")).unwrap_or(form.is_capitals);
    form.is_coloured = value("w:color", "w:val").map_or(form.is_coloured, is_hex_colour);
    let shade = value("w:shd", "w:fill").map(is_hex_colour);
    form.is_marked = value("w:highlight", "w:val").map(|colour| colour != "none").or(shade).unwrap_or(form.is_marked);
}
