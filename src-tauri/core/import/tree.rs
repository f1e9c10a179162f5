//! A file of marked-up words as a tree.

use super::zipped::{damaged, too_large};
use crate::error::Result;
use quick_xml::XmlVersion;
use quick_xml::escape::{resolve_html5_entity, resolve_xml_entity};
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

/// No document people write has more, and none nests deeper.
pub const MAX_NODES: usize = 1_500_000;
pub const MAX_DEPTH: usize = 200;
const MAX_PREFIXES: usize = 400;
const MAX_ATTRIBUTES: usize = 200;
/// A longer value is no name and leads nowhere: it stands empty. What names it would be compared with it each time.
const MAX_VALUE_BYTES: usize = 4_096;

pub type NodeId = usize;

/// All elements and words of a file; node 0 is the file itself.
#[derive(Debug)]
pub struct Tree {
    nodes: Vec<Node>,
}

#[derive(Debug)]
pub struct Node {
    pub kind: NodeKind,
    pub parent: NodeId,
    pub children: Vec<u32>,
}

#[derive(Debug)]
pub enum NodeKind {
    Element {
        /// In XML with the prefix the format is known by (`w:p`), whatever it is called in the file.
        name: Box<str>,
        attributes: Vec<(Box<str>, Box<str>)>,
    },
    Words(String),
    /// The file, a comment, a doctype.
    Other,
}

impl Default for Tree {
    fn default() -> Tree {
        Tree { nodes: vec![Node { kind: NodeKind::Other, parent: 0, children: Vec::new() }] }
    }
}

impl Tree {
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// A node that stands nowhere yet.
    pub fn add(&mut self, kind: NodeKind) -> NodeId {
        self.nodes.push(Node { kind, parent: 0, children: Vec::new() });
        self.nodes.len() - 1
    }

    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id]
    }

    pub fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id]
    }

    pub fn append(&mut self, parent: NodeId, child: NodeId) {
        self.nodes[child].parent = parent;
        self.nodes[parent].children.push(u32::try_from(child).expect("there are fewer nodes"));
    }

    /// Words behind those that stand last.
    pub fn append_words(&mut self, parent: NodeId, words: &str) {
        let last = self.children(parent).next_back();
        if let Some(last) = last
            && let NodeKind::Words(before) = &mut self.nodes[last].kind
        {
            before.push_str(words);
            return;
        }
        let id = self.add(NodeKind::Words(words.to_owned()));
        self.append(parent, id);
    }

    /// Every element of that name below, whatever its prefix.
    pub fn all_named(&self, local: &str) -> Vec<NodeId> {
        (1..self.nodes.len()).filter(|id| self.name(*id).rsplit(':').next() == Some(local)).collect()
    }

    pub fn children(&self, id: NodeId) -> impl DoubleEndedIterator<Item = NodeId> + '_ {
        self.nodes[id].children.iter().map(|child| *child as NodeId)
    }

    /// Empty for what is no element.
    pub fn name(&self, id: NodeId) -> &str {
        match &self.nodes[id].kind {
            NodeKind::Element { name, .. } => name,
            _ => "",
        }
    }

    pub fn attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        let NodeKind::Element { attributes, .. } = &self.nodes[id].kind else { return None };
        attributes.iter().find(|(known, _)| **known == *name).map(|(_, value)| &**value)
    }

    /// The first child of that name.
    pub fn child(&self, id: NodeId, name: &str) -> Option<NodeId> {
        self.children(id).find(|child| self.name(*child) == name)
    }

    /// Every element of that name below, in order.
    pub fn all(&self, id: NodeId, name: &str) -> Vec<NodeId> {
        let (mut found, mut open) = (Vec::new(), vec![id]);
        while let Some(id) = open.pop() {
            if self.name(id) == name {
                found.push(id);
            }
            open.extend(self.children(id).rev());
        }
        found
    }

    /// Every element of that name below that stands inside no other of it, nor in one called `stop`.
    pub fn all_inside(&self, id: NodeId, name: &str, stop: &str) -> Vec<NodeId> {
        let (mut found, mut open): (Vec<NodeId>, Vec<NodeId>) = (Vec::new(), self.children(id).rev().collect());
        while let Some(id) = open.pop() {
            if self.name(id) == name {
                found.push(id);
            } else if self.name(id) != stop {
                open.extend(self.children(id).rev());
            }
        }
        found
    }

    /// All words below, run together.
    pub fn words(&self, id: NodeId) -> String {
        let (mut words, mut open) = (String::new(), vec![id]);
        while let Some(id) = open.pop() {
            if let NodeKind::Words(part) = &self.nodes[id].kind {
                words += part;
            }
            open.extend(self.children(id).rev());
        }
        words
    }
}

/// Reads XML. Entities other than XML’s and HTML’s own are not resolved: they stand as they are written, so that none can swell.
///
/// Errors: `BadInput` when it is no XML, or nests or holds more than any document does.
pub fn read_xml(xml: &str) -> Result<Tree> {
    let mut tree = Tree::default();
    let mut reader = NsReader::from_str(xml);
    let mut open = vec![0];
    // How many prefixes each open element names: every name is looked up among them.
    let mut prefixes = vec![0];
    loop {
        let event = reader.read_event().map_err(|error| damaged().because(error))?;
        if tree.len() > MAX_NODES {
            return Err(too_large());
        }
        let parent = *open.last().expect("the file itself is open");
        match event {
            Event::Start(start) => {
                let id = add_element(&mut tree, parent, &reader, &start)?;
                open.push(id);
                prefixes.push(start.attributes_raw().matches("xmlns").count());
                if prefixes.iter().sum::<usize>() > MAX_PREFIXES {
                    return Err(too_large());
                }
                if open.len() > MAX_DEPTH {
                    return Err(too_large());
                }
            }
            Event::Empty(start) => drop(add_element(&mut tree, parent, &reader, &start)?),
            Event::End(_) => {
                // The reader refuses an end without a start.
                if open.len() > 1 {
                    open.pop();
                    prefixes.pop();
                }
            }
            Event::Text(text) => tree.append_words(parent, &text.xml10_content()),
            Event::CData(text) => tree.append_words(parent, &text.xml10_content()),
            Event::GeneralRef(entity) => match entity.resolve_char_ref() {
                Ok(Some(c)) => tree.append_words(parent, c.encode_utf8(&mut [0; 4])),
                _ => {
                    let name = entity.xml10_content();
                    match resolve_xml_entity(&name).or_else(|| resolve_html5_entity(&name)) {
                        Some(words) => tree.append_words(parent, words),
                        None => tree.append_words(parent, &format!("&{name};")),
                    }
                }
            },
            Event::Eof if open.len() > 1 => return Err(damaged()),
            Event::Eof => return Ok(tree),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

fn add_element(tree: &mut Tree, parent: NodeId, reader: &NsReader<&[u8]>, start: &BytesStart) -> Result<NodeId> {
    let (namespace, local) = reader.resolver().resolve_element(start.name());
    let prefix = start.name().prefix().map(|prefix| prefix.into_inner().to_owned());
    let name = name_of(namespace, prefix.as_deref(), local.into_inner());
    let mut attributes: Vec<(Box<str>, Box<str>)> = Vec::new();
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| damaged().because(error))?;
        let (namespace, local) = reader.resolver().resolve_attribute(attribute.key);
        let prefix = attribute.key.prefix().map(|prefix| prefix.into_inner().to_owned());
        let name = name_of(namespace, prefix.as_deref(), local.into_inner());
        let value = match attribute.normalized_value(XmlVersion::Explicit1_0) {
            Ok(value) => value.into_owned(),
            // An entity nobody knows.
            Err(_) => attribute.value.clone().into_owned(),
        };
        let value = if value.len() > MAX_VALUE_BYTES { String::new() } else { value };
        attributes.push((name, value.into_boxed_str()));
        if attributes.len() > MAX_ATTRIBUTES {
            return Err(too_large());
        }
    }
    let id = tree.add(NodeKind::Element { name, attributes });
    tree.append(parent, id);
    Ok(id)
}

/// The name with the prefix the format is known by.
fn name_of(namespace: ResolveResult, prefix: Option<&str>, local: &str) -> Box<str> {
    let known = match namespace {
        ResolveResult::Bound(Namespace(uri)) => prefix_of(uri),
        _ => None,
    };
    match known.or(prefix) {
        Some("") | None => local.into(),
        Some(prefix) => format!("{prefix}:{local}").into(),
    }
}

fn prefix_of(uri: &str) -> Option<&'static str> {
    Some(match uri {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | "http://purl.oclc.org/ooxml/wordprocessingml/main" => "w",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        | "http://purl.oclc.org/ooxml/officeDocument/relationships" => "r",
        "http://schemas.openxmlformats.org/officeDocument/2006/math"
        | "http://purl.oclc.org/ooxml/officeDocument/math" => "m",
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => "mc",
        "http://www.w3.org/1999/xhtml" => "",
        "http://www.w3.org/1999/xlink" => "xlink",
        _ => {
            let format = uri.strip_prefix("urn:oasis:names:tc:opendocument:xmlns:")?;
            match format.split(':').next()? {
                "office" => "office",
                "text" => "text",
                "style" => "style",
                "table" => "table",
                "drawing" => "draw",
                "xsl-fo-compatible" => "fo",
                _ => return None,
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_what_it_stands_for_and_no_entity_swells() {
        let xml = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\
            <x:p xmlns:x=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" x:val=\"a&amp;b\">1 &lt; &#x32;&b;</x:p>";
        let tree = read_xml(xml).expect("it is XML");
        let p = tree.child(0, "w:p").expect("it is there");
        assert_eq!((tree.words(p).as_str(), tree.attribute(p, "w:val")), ("1 < 2&b;", Some("a&b")));
    }

    #[test]
    fn what_is_cut_off_or_nested_without_end_is_refused() {
        for xml in [
            "<a><b></a>".to_owned(),
            "<a>".to_owned(),
            "<a></a></b>".to_owned(),
            "<a>".repeat(300) + &"</a>".repeat(300),
        ] {
            assert!(read_xml(&xml).is_err(), "{xml}");
        }
    }
}
