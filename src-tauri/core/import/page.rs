//! A page of HTML as a tree, by the rules browsers read it by (html5ever).

use super::tree::{MAX_NODES, NodeId, NodeKind, Tree};
use super::zipped::too_large;
use crate::error::Result;
use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, LocalName, Namespace, ParseOpts, QualName, parse_document};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};

/// A page nested deeper than this is made to be slow.
const MAX_DEPTH: usize = 600;

/// A tag with more attributes is none that people write.
const MAX_ATTRIBUTES: usize = 1_000;

/// Read so much at once before looking whether it has grown too large.
const CHUNK_BYTES: usize = 4_096;

/// Reads a page. Nothing is run and nothing fetched. Errors: `BadInput` when it nests or holds more than any page does.
pub fn read_html(html: &str) -> Result<Tree> {
    if has_endless_tag(html) {
        return Err(too_large());
    }
    let mut parser = parse_document(Sink::default(), ParseOpts::default());
    let mut rest = html;
    while !rest.is_empty() {
        let mut end = CHUNK_BYTES.min(rest.len());
        while !rest.is_char_boundary(end) {
            end += 1;
        }
        let (chunk, tail) = rest.split_at(end);
        parser.process(StrTendril::from_slice(chunk));
        let sink = &parser.tokenizer.sink.sink;
        if sink.tree.borrow().len() > MAX_NODES || sink.deepest.get() > MAX_DEPTH {
            return Err(too_large());
        }
        rest = tail;
    }
    Ok(parser.finish())
}

/// A tag that goes on over more attributes than any: each would be compared with all before it.
fn has_endless_tag(html: &str) -> bool {
    let mut n_gaps: Option<usize> = None;
    let mut before = ' ';
    for c in html.chars() {
        match (c, &mut n_gaps) {
            ('>', open) => *open = None,
            (c, None) if before == '<' && c.is_ascii_alphabetic() => n_gaps = Some(0),
            (c, Some(n)) if c.is_ascii_whitespace() || matches!(c, '=' | '/' | '"' | '\'') => {
                *n += 1;
                if *n > 4 * MAX_ATTRIBUTES {
                    // A long style or a data address has as many, but in one value.
                    return html.len() > 1 << 16;
                }
            }
            _ => {}
        }
        before = c;
    }
    false
}

#[derive(Default)]
struct Sink {
    tree: RefCell<Tree>,
    names: RefCell<Vec<Option<QualName>>>,
    depths: RefCell<Vec<usize>>,
    deepest: Cell<usize>,
}

#[derive(Debug)]
struct Name(QualName);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl Sink {
    fn add(&self, kind: NodeKind, name: Option<QualName>) -> NodeId {
        let id = self.tree.borrow_mut().add(kind);
        self.names.borrow_mut().resize(id, None);
        self.names.borrow_mut().push(name);
        self.depths.borrow_mut().resize(id + 1, 0);
        id
    }

    fn note_depth(&self, parent: NodeId, child: NodeId) {
        let mut depths = self.depths.borrow_mut();
        let n_nodes = self.tree.borrow().len().max(depths.len());
        depths.resize(n_nodes, 0);
        depths[child] = depths[parent] + 1;
        self.deepest.set(self.deepest.get().max(depths[child]));
    }

    fn detach(&self, id: NodeId) {
        let mut tree = self.tree.borrow_mut();
        let parent = tree.node(id).parent;
        let children = &mut tree.node_mut(parent).children;
        if let Some(at) = children.iter().rposition(|child| *child as NodeId == id) {
            children.remove(at);
        }
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Tree;
    type ElemName<'a> = Name;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Name {
        Name(self.names.borrow()[*target].clone().expect("only elements are asked for their names"))
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _flags: ElementFlags) -> NodeId {
        let attributes =
            attributes.into_iter().map(|attribute| (Box::from(&*attribute.name.local), Box::from(&*attribute.value)));
        let kind = NodeKind::Element { name: Box::from(&*name.local), attributes: attributes.collect() };
        self.add(kind, Some(name))
    }

    fn create_comment(&self, _text: StrTendril) -> NodeId {
        self.add(NodeKind::Other, None)
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> NodeId {
        self.add(NodeKind::Other, None)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        match child {
            NodeOrText::AppendNode(id) => {
                self.tree.borrow_mut().append(*parent, id);
                self.note_depth(*parent, id);
            }
            NodeOrText::AppendText(words) => self.tree.borrow_mut().append_words(*parent, &words),
        }
    }

    fn append_based_on_parent_node(&self, element: &NodeId, before: &NodeId, child: NodeOrText<NodeId>) {
        let is_in_a_tree = {
            let tree = self.tree.borrow();
            let parent = tree.node(*element).parent;
            tree.node(parent).children.iter().rev().any(|child| *child as NodeId == *element)
        };
        match is_in_a_tree {
            true => self.append_before_sibling(element, child),
            false => self.append(before, child),
        }
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public_id: StrTendril, _system_id: StrTendril) {}

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        *target
    }

    fn same_node(&self, a: &NodeId, b: &NodeId) -> bool {
        a == b
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, new: NodeOrText<NodeId>) {
        let id = match new {
            NodeOrText::AppendNode(id) => {
                self.detach(id);
                id
            }
            NodeOrText::AppendText(words) => self.add(NodeKind::Words(words.to_string()), None),
        };
        let mut tree = self.tree.borrow_mut();
        let parent = tree.node(*sibling).parent;
        tree.node_mut(id).parent = parent;
        let child = u32::try_from(id).expect("there are fewer nodes");
        let children = &mut tree.node_mut(parent).children;
        let at = children.iter().rposition(|known| *known as NodeId == *sibling).unwrap_or(children.len());
        children.insert(at, child);
        drop(tree);
        self.note_depth(parent, id);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, new: Vec<Attribute>) {
        let mut tree = self.tree.borrow_mut();
        let NodeKind::Element { attributes, .. } = &mut tree.node_mut(*target).kind else { return };
        for attribute in new {
            if !attributes.iter().any(|(name, _)| **name == *attribute.name.local) {
                attributes.push((Box::from(&*attribute.name.local), Box::from(&*attribute.value)));
            }
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let mut tree = self.tree.borrow_mut();
        let children = std::mem::take(&mut tree.node_mut(*node).children);
        for child in children {
            tree.append(*new_parent, child as NodeId);
        }
    }
}
