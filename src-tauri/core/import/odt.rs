//! An OpenDocument text (OASIS ODF 1.3) as blocks.

use super::block::{Block, Footnote, List, Look, Loss, MAX_DEPTH, Role, Run, Side, Story, grafs, is_blank, words_of};
use super::form::{Form, Shift, hold, is_hex_colour};
use super::tree::{NodeId, NodeKind, Tree, read_xml};
use super::zipped::Package;
use crate::error::Result;
use std::collections::BTreeMap;

/// The blocks of an OpenDocument text. Errors: `BadInput` when it is damaged or made to fill the memory.
pub fn read(package: &mut Package) -> Result<Story> {
    let content = read_xml(&package.need("content.xml")?)?;
    let styles = package.read("styles.xml")?.map(|xml| read_xml(&xml)).transpose()?;
    let mut known = Styles::default();
    for tree in styles.iter().chain([&content]) {
        known.read(tree);
    }
    let mut reader = Reader {
        tree: &content,
        styles: &known,
        story: Story::default(),
        notes: Vec::new(),
        numbers: BTreeMap::new(),
        depth: 0,
        n_spare: 0,
        next: BTreeMap::new(),
    };
    reader.story.names_its_head =
        known.families.values().flat_map(BTreeMap::values).any(|style| style.name == "Byline");
    let text = content.child(0, "office:document-content").and_then(|id| content.child(id, "office:body"));
    if let Some(text) = text.and_then(|id| content.child(id, "office:text")) {
        reader.story.blocks = reader.blocks(text);
    }
    let notes = (1..).zip(std::mem::take(&mut reader.notes));
    let notes = notes.map(|(number, blocks)| Block::Footnote(Footnote { number, blocks }));
    reader.story.blocks.extend(notes);
    if styles.is_some_and(|tree| has_margins(&tree)) {
        reader.story.losses.add_everywhere(Loss::Header);
    }
    Ok(reader.story)
}

fn has_margins(tree: &Tree) -> bool {
    let margins = ["style:header", "style:footer"].map(|name| tree.all(0, name)).concat();
    margins.into_iter().any(|id| !tree.words(id).trim().is_empty())
}

#[derive(Debug, Default)]
struct Style {
    /// As it is called, its spaces as they are.
    name: String,
    parent: String,
    is_bold: Option<bool>,
    is_italic: Option<bool>,
    is_struck: Option<bool>,
    form: Form,
    is_hidden: bool,
    has_line: bool,
    /// How far it is set in, in steps of half an inch.
    indent: usize,
    side: Side,
    /// The outline level it gives.
    outline: Option<usize>,
}

/// The styles of a file by family and name, and which levels of which lists are numbered, from what.
#[derive(Debug, Default)]
struct Styles {
    families: BTreeMap<String, BTreeMap<String, Style>>,
    lists: BTreeMap<String, BTreeMap<usize, (bool, u64)>>,
}

impl Styles {
    fn read(&mut self, tree: &Tree) {
        for id in tree.all(0, "style:style") {
            let value = |name: &str| tree.attribute(id, name).unwrap_or_default().to_owned();
            let mut style = Style {
                name: spelt(&value("style:name")),
                parent: value("style:parent-style-name"),
                ..Style::default()
            };
            style.outline = value("style:default-outline-level").parse().ok();
            if let Some(look) = tree.child(id, "style:text-properties") {
                let value = |name: &str| tree.attribute(look, name);
                style.is_bold = value("fo:font-weight")
                    .map(|weight| weight == "bold" || weight.parse().is_ok_and(|weight: u32| weight >= 600));
                style.is_italic = value("fo:font-style").map(|slant| slant != "normal");
                style.is_struck = value("style:text-line-through-style").map(|line| line != "none");
                let is_set = |name: &str| value(name).is_some_and(|value| !matches!(value, "none" | "normal"));
                style.form = Form {
                    shift: value("style:text-position").map(shift).unwrap_or_default(),
                    is_underlined: is_set("style:text-underline-style"),
                    is_capitals: is_set("fo:font-variant") || value("fo:text-transform") == Some("uppercase"),
                    is_coloured: value("fo:color").is_some_and(is_hex_colour),
                    is_marked: value("fo:background-color").is_some_and(is_hex_colour),
                };
                style.is_hidden = value("text:display") == Some("none");
            }
            if let Some(graf) = tree.child(id, "style:paragraph-properties") {
                style.has_line = ["fo:border-bottom", "fo:border-top"]
                    .iter()
                    .any(|side| tree.attribute(graf, side).is_some_and(|line| line != "none"));
                style.indent = tree.attribute(graf, "fo:margin-left").and_then(steps).unwrap_or_default();
                style.side = match tree.attribute(graf, "fo:text-align") {
                    Some("end" | "right") => Side::Right,
                    Some("center") => Side::Center,
                    _ => Side::None,
                };
            }
            self.families.entry(value("style:family")).or_default().insert(value("style:name"), style);
        }
        for id in tree.all(0, "text:list-style") {
            let levels = tree.children(id).filter_map(|id| {
                let level = tree.attribute(id, "text:level")?.parse().ok()?;
                let has_form = tree.attribute(id, "style:num-format").is_some_and(|form| !form.is_empty());
                let is_numbered = tree.name(id) == "text:list-level-style-number" && has_form;
                Some((
                    level,
                    (is_numbered, tree.attribute(id, "text:start-value").and_then(|n| n.parse().ok()).unwrap_or(1)),
                ))
            });
            self.lists.insert(tree.attribute(id, "style:name").unwrap_or_default().to_owned(), levels.collect());
        }
    }

    /// The style and those it takes from; a circle ends after sixteen.
    fn line(&self, family: &str, name: &str) -> Vec<&Style> {
        let (mut line, mut next) = (Vec::new(), name);
        let Some(styles) = self.families.get(family) else { return line };
        while let Some(style) = styles.get(next).filter(|_| line.len() < 16) {
            line.push(style);
            next = &style.parent;
        }
        line
    }
}

/// Of `super 58%`, `-33% 100%`.
fn shift(position: &str) -> Shift {
    match position.split_whitespace().next() {
        Some("super") => Shift::Raised,
        Some("sub") => Shift::Lowered,
        Some(height) => height.trim_end_matches('%').parse().map(Shift::by).unwrap_or_default(),
        None => Shift::None,
    }
}

/// `Heading_20_2` is *Heading 2*.
fn spelt(name: &str) -> String {
    name.replace("_20_", " ")
}

/// How many half inches a length is, where it is so many and no more.
fn steps(length: &str) -> Option<usize> {
    let unit = length.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number: f64 = length.strip_suffix(unit)?.parse().ok()?;
    let half_inches = match unit {
        "in" => number * 2.0,
        "cm" => number / 1.27,
        "mm" => number / 12.7,
        "pt" => number / 36.0,
        _ => return None,
    };
    let steps = half_inches.round();
    ((half_inches - steps).abs() < 0.05 && (0.0..=20.0).contains(&steps)).then_some(steps as usize)
}

/// What a graf is by its style.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Role(Role),
    Quote,
    Code,
    Rule,
}

struct Reader<'a> {
    tree: &'a Tree,
    styles: &'a Styles,
    story: Story,
    notes: Vec<Vec<Block>>,
    /// The numbers of the notes that have a name.
    numbers: BTreeMap<String, usize>,
    /// Lists, tables, text boxes and notes inside each other.
    depth: usize,
    /// Cells and spaces that are there only because they are said to repeat.
    n_spare: usize,
    /// The number that each numbered list, by style and level, would go on with.
    next: BTreeMap<(String, usize), u64>,
}

/// No file repeats more cells and spaces than this.
const MAX_SPARE: usize = 50_000;

#[derive(Default)]
struct Line {
    runs: Vec<Run>,
    below: Vec<Block>,
}

impl Reader<'_> {
    fn blocks(&mut self, parent: NodeId) -> Vec<Block> {
        let mut blocks = Vec::new();
        for id in self.tree.children(parent) {
            match self.tree.name(id) {
                "text:p" | "text:h" => self.graf(id, &mut blocks),
                "text:list" => {
                    let mut lists = Vec::new();
                    self.nested(id, &mut lists, |reader, id| reader.list(id, "", 1));
                    lists.into_iter().for_each(|list| join(&mut blocks, list, self.goes_on(id)));
                }
                "table:table" => self.nested(id, &mut blocks, Reader::table),
                "text:section" | "text:index-body" => {
                    let inner = self.blocks(id);
                    blocks.extend(inner);
                }
                "text:table-of-content"
                | "text:alphabetical-index"
                | "text:illustration-index"
                | "text:table-index"
                | "text:object-index"
                | "text:user-index"
                | "text:bibliography" => self.story.losses.add(Loss::Contents),
                "text:tracked-changes" => self.story.losses.add(Loss::Change),
                name if name.starts_with("draw:") => {
                    let mut line = Line::default();
                    self.drawing(id, &mut line);
                    blocks.extend(line.below);
                }
                name if name.starts_with("form:") => {}
                // It holds no words by the standard, but by some program.
                _ => {
                    let inner = self.blocks(id);
                    blocks.extend(inner);
                }
            }
        }
        blocks
    }

    /// Reads what may nest, as deep as Stet goes.
    fn nested(&mut self, id: NodeId, blocks: &mut Vec<Block>, read: impl FnOnce(&mut Self, NodeId) -> Vec<Block>) {
        if self.depth >= MAX_DEPTH {
            self.story.losses.add(Loss::Deep);
            blocks.extend(grafs(Role::Plain, vec![Run::plain(self.tree.words(id))]));
            return;
        }
        self.depth += 1;
        blocks.extend(read(self, id));
        self.depth -= 1;
    }

    fn goes_on(&self, list: NodeId) -> bool {
        self.tree.attribute(list, "text:continue-numbering") == Some("true")
            || self.tree.attribute(list, "text:continue-list").is_some()
    }

    fn graf(&mut self, id: NodeId, blocks: &mut Vec<Block>) {
        self.story.losses.begin_graf();
        let name = self.tree.attribute(id, "text:style-name").unwrap_or_default();
        let styles = self.styles.line("paragraph", name);
        let mut kind = styles.iter().find_map(|style| kind_of(&style.name)).or_else(|| kind_of(&spelt(name)));
        let has_line = styles.first().is_some_and(|style| style.has_line);
        let level = self.tree.attribute(id, "text:outline-level").and_then(|level| level.parse().ok());
        let level = level.or(styles.iter().find_map(|style| style.outline)).filter(|level| *level > 0);
        if self.tree.name(id) == "text:h" && !matches!(kind, Some(Kind::Role(Role::Hed | Role::Dek | Role::Byline))) {
            kind = Some(Kind::Role(Role::Heading(level.unwrap_or(1).min(6))));
        }
        let mut line = Line::default();
        self.inline(id, &Look::default(), &mut line);
        let has_words = !is_blank(&line.runs);
        match kind.unwrap_or(Kind::Role(Role::Plain)) {
            Kind::Code if has_words => {
                let code = words_of(&line.runs).trim_end().to_owned();
                match blocks.last_mut() {
                    // Each line of code is a graf in files that Stet did not write.
                    Some(Block::Code(before)) => *before += &format!("\n{code}"),
                    _ => blocks.push(Block::Code(code)),
                }
            }
            Kind::Quote => {
                let inner = grafs(Role::Plain, line.runs);
                match blocks.last_mut() {
                    Some(Block::Quote(quote)) => quote.extend(inner),
                    _ if inner.is_empty() => {}
                    _ => blocks.push(Block::Quote(inner)),
                }
            }
            Kind::Rule if !has_words => blocks.push(Block::Rule),
            _ if !has_words && has_line && line.below.is_empty() => blocks.push(Block::Rule),
            Kind::Role(Role::Plain) if styles.first().is_some_and(|style| style.indent > 0) => {
                let indent = styles.first().map_or(0, |style| style.indent);
                let inner = grafs(Role::Plain, line.runs);
                match item_at(blocks, indent) {
                    Some(item) => item.extend(inner),
                    None => blocks.extend(inner),
                }
            }
            Kind::Role(role) => blocks.extend(grafs(role, line.runs)),
            Kind::Rule | Kind::Code => blocks.extend(grafs(Role::Plain, line.runs)),
        }
        blocks.append(&mut line.below);
    }

    fn inline(&mut self, parent: NodeId, look: &Look, line: &mut Line) {
        for id in self.tree.children(parent) {
            if let NodeKind::Words(words) = &self.tree.node(id).kind {
                self.say(words, look, line);
                continue;
            }
            match self.tree.name(id) {
                "text:span" => {
                    let name = self.tree.attribute(id, "text:style-name").unwrap_or_default();
                    if let Some(look) = self.look_of(name, look) {
                        self.inline(id, &look, line);
                    } else if !self.tree.words(id).trim().is_empty() {
                        self.story.losses.add(Loss::Hidden);
                    }
                }
                "text:a" => {
                    let target = self.tree.attribute(id, "xlink:href");
                    let link = target.and_then(super::public);
                    if target.is_some() && link.is_none() {
                        self.story.losses.add(Loss::Link);
                    }
                    self.inline(id, &Look { link, ..look.clone() }, line);
                }
                "text:s" => {
                    let n_spaces = self.tree.attribute(id, "text:c").and_then(|n| n.parse().ok()).unwrap_or(1);
                    let n_spaces = self.spare(n_spaces);
                    self.add(&" ".repeat(n_spaces), look, line);
                }
                "text:tab" => self.add("\t", look, line),
                "text:line-break" => self.add("\n", look, line),
                "text:note" => self.note(id, line),
                "text:note-ref" => {
                    match self.tree.attribute(id, "text:ref-name").and_then(|name| self.numbers.get(name)) {
                        Some(number) => line.runs.push(Run::reference(*number)),
                        None => self.inline(id, look, line),
                    }
                }
                "office:annotation" => self.story.losses.add(Loss::Comment),
                "text:hidden-text" | "text:hidden-paragraph" => self.story.losses.add(Loss::Hidden),
                "text:change-start" | "text:change" => self.story.losses.add(Loss::Change),
                "office:annotation-end" | "text:soft-page-break" | "text:ruby-text" => {}
                name if name.starts_with("draw:") => self.drawing(id, line),
                // Fields, bookmarks, ruby: what they show is copy.
                _ => self.inline(id, look, line),
            }
        }
    }

    /// White space of the file is one space, and none at the start of a graf.
    fn say(&mut self, words: &str, look: &Look, line: &mut Line) {
        let mut said = String::with_capacity(words.len());
        let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
        let mut is_after_space = line.runs.last().is_none_or(|run| run.text.ends_with(' '));
        for c in words.chars() {
            if !is_space(c) {
                said.push(c);
            } else if !is_after_space {
                said.push(' ');
            }
            is_after_space = is_space(c);
        }
        self.add(&said, look, line);
    }

    fn add(&mut self, words: &str, look: &Look, line: &mut Line) {
        let before = line.runs.last().and_then(|run| run.text.chars().next_back());
        let (words, look) = hold(words, look, before, &mut self.story.losses);
        match line.runs.last_mut() {
            _ if words.is_empty() => {}
            Some(last) if last.look == look => last.text += &words,
            _ => line.runs.push(Run { text: words.into_owned(), look }),
        }
    }

    /// None where it hides its words.
    fn look_of(&self, name: &str, outer: &Look) -> Option<Look> {
        let styles = self.styles.line("text", name);
        if styles.iter().any(|style| style.is_hidden) {
            return None;
        }
        let mut look = outer.clone();
        let first = |part: fn(&Style) -> Option<bool>| styles.iter().find_map(|style| part(style));
        look.is_bold = first(|style| style.is_bold).unwrap_or(look.is_bold);
        look.is_italic = first(|style| style.is_italic).unwrap_or(look.is_italic);
        look.is_struck = first(|style| style.is_struck).unwrap_or(look.is_struck);
        if !styles.iter().any(|style| style.name.contains("Internet link")) {
            look.form = styles.iter().rev().fold(look.form, |outer, style| style.form.inside(outer));
        }
        look.is_dateline |= name == "Dateline" || styles.iter().any(|style| style.name == "Dateline");
        Some(look)
    }

    /// As many of them as a file may still repeat.
    fn spare(&mut self, n: usize) -> usize {
        let n = n.min(MAX_SPARE - self.n_spare);
        self.n_spare += n;
        n
    }

    fn note(&mut self, id: NodeId, line: &mut Line) {
        let Some(body) = self.tree.child(id, "text:note-body") else { return };
        let at = self.notes.len();
        self.notes.push(Vec::new());
        if let Some(name) = self.tree.attribute(id, "text:id") {
            self.numbers.insert(name.to_owned(), at + 1);
        }
        line.runs.push(Run::reference(at + 1));
        let mut blocks = Vec::new();
        self.nested(body, &mut blocks, |reader, body| reader.blocks(body));
        self.notes[at] = blocks;
    }

    fn drawing(&mut self, id: NodeId, line: &mut Line) {
        let is_object =
            !self.tree.all(id, "draw:object").is_empty() || !self.tree.all(id, "draw:object-ole").is_empty();
        let boxes = self.tree.all_inside(id, "draw:text-box", "draw:object");
        let has_words = !self.tree.words(id).trim().is_empty();
        if !has_words {
            self.story.losses.add(if is_object { Loss::Object } else { Loss::Picture });
            return;
        }
        self.story.losses.add(Loss::TextBox);
        let boxes = if boxes.is_empty() { vec![id] } else { boxes };
        for id in boxes {
            self.nested(id, &mut line.below, |reader, id| reader.blocks(id));
        }
    }

    fn list(&mut self, id: NodeId, outer: &str, level: usize) -> Vec<Block> {
        let style = self.tree.attribute(id, "text:style-name").unwrap_or(outer);
        let (is_numbered, start) =
            self.styles.lists.get(style).and_then(|levels| levels.get(&level)).copied().unwrap_or_default();
        let goes_on = self.goes_on(id);
        let counter = (style.to_owned(), level);
        let start = self.next.get(&counter).copied().filter(|_| goes_on).unwrap_or(start);
        let mut lists = vec![List { first: is_numbered.then_some(start), items: Vec::new() }];
        for item in self.tree.children(id) {
            let is_item = matches!(self.tree.name(item), "text:list-item" | "text:list-header");
            if !is_item && self.tree.words(item).trim().is_empty() {
                continue;
            }
            let number: Option<u64> = self.tree.attribute(item, "text:start-value").and_then(|n| n.parse().ok());
            let list = lists.last_mut().expect("there is always one");
            if let Some(number) = number.filter(|_| is_numbered) {
                if list.items.is_empty() {
                    list.first = Some(number);
                } else {
                    lists.push(List { first: Some(number), items: Vec::new() });
                }
            }
            let mut blocks = Vec::new();
            // What stands beside the items (Qt closes no list before a table) is one.
            let children = if is_item { self.tree.children(item).collect() } else { vec![item] };
            for child in children {
                match self.tree.name(child) {
                    "text:list" => self.nested(child, &mut blocks, |reader, id| reader.list(id, style, level + 1)),
                    "table:table" => self.nested(child, &mut blocks, Reader::table),
                    "text:p" | "text:h" => self.graf(child, &mut blocks),
                    _ => blocks.extend(self.blocks(child)),
                }
            }
            let items = &mut lists.last_mut().expect("there is always one").items;
            match items.last_mut() {
                // An item of lists alone shows no mark: it goes on inside the one above.
                Some(above) if is_only_lists(&blocks) => above.extend(blocks),
                _ => items.push(blocks),
            }
        }
        lists.retain(|list| !list.items.is_empty());
        if let Some(List { first: Some(first), items }) = lists.last() {
            let n_counted = items.iter().filter(|item| !is_only_lists(item)).count();
            self.next.insert(counter, first.saturating_add(n_counted as u64));
        }
        // LibreOffice puts the heading of an outline, and a list set in, into lists that have no words of their own.
        let mut blocks = Vec::new();
        for list in lists {
            let is_only_heading = list
                .items
                .iter()
                .flatten()
                .all(|block| matches!(block, Block::Graf(graf) if matches!(graf.role, Role::Heading(_))));
            match is_only_heading {
                true => blocks.extend(list.items.into_iter().flatten()),
                false => blocks.push(Block::List(list)),
            }
        }
        blocks
    }

    fn table(&mut self, id: NodeId) -> Vec<Block> {
        let mut rows = Vec::new();
        for row in self.tree.all_inside(id, "table:table-row", "table:table-cell") {
            let mut cells = Vec::new();
            for cell in self.tree.children(row) {
                let is_covered = self.tree.name(cell) == "table:covered-table-cell";
                if is_covered {
                    self.story.losses.add(Loss::Cells);
                } else if self.tree.name(cell) != "table:table-cell" {
                    continue;
                }
                let blocks = if is_covered { Vec::new() } else { self.blocks(cell) };
                let first = self.tree.child(cell, "text:p").and_then(|id| self.tree.attribute(id, "text:style-name"));
                let side = first
                    .and_then(|name| self.styles.line("paragraph", name).first().map(|style| style.side))
                    .unwrap_or_default();
                let n_times = self.tree.attribute(cell, "table:number-columns-repeated").and_then(|n| n.parse().ok());
                let n_more =
                    if blocks.is_empty() { self.spare(n_times.unwrap_or(1usize).saturating_sub(1)) } else { 0 };
                cells.push((blocks, side));
                cells.resize(cells.len() + n_more, (Vec::new(), side));
            }
            rows.push(cells);
        }
        super::table_of(rows, &mut self.story.losses)
    }
}

/// Adds a list. LibreOffice writes what stands inside an item, or below it, as a list of its own that goes on.
fn join(blocks: &mut Vec<Block>, block: Block, goes_on: bool) {
    let Block::List(mut list) = block else { return blocks.push(block) };
    let begins_inside = list.items.first().is_some_and(|item| is_only_lists(item));
    if let Some(Block::List(before)) = blocks.last_mut() {
        if begins_inside && let Some(item) = before.items.last_mut() {
            for inner in list.items.remove(0) {
                join(item, inner, true);
            }
        }
        let next = before.first.map(|first| first.saturating_add(before.items.len() as u64));
        if list.items.is_empty() {
            return;
        }
        if next == list.first && (goes_on || next.is_some()) {
            before.items.extend(list.items);
            return;
        }
    } else if begins_inside && list.items.len() == 1 {
        blocks.extend(list.items.remove(0));
        return;
    }
    blocks.push(Block::List(list));
}

fn is_only_lists(item: &[Block]) -> bool {
    !item.is_empty() && item.iter().all(|block| matches!(block, Block::List(_)))
}

/// The last item of the lists above, so many deep.
fn item_at(blocks: &mut [Block], depth: usize) -> Option<&mut Vec<Block>> {
    let Some(Block::List(list)) = blocks.last_mut() else { return None };
    let item = list.items.last_mut()?;
    if depth <= 1 { Some(item) } else { item_at(item, depth - 1) }
}

fn kind_of(name: &str) -> Option<Kind> {
    Some(match name {
        "Title" => Kind::Role(Role::Hed),
        "Subtitle" => Kind::Role(Role::Dek),
        "Byline" | "Author" => Kind::Role(Role::Byline),
        "Dateline" => Kind::Role(Role::Dateline),
        "Quotations" | "Quote" | "Block Text" | "Intense Quote" => Kind::Quote,
        "Preformatted Text" | "Code" | "Source Code" | "HTML Preformatted" => Kind::Code,
        "Horizontal Line" | "Rule" => Kind::Rule,
        "Standard" | "Text body" | "Normal" | "Body Text" | "First Paragraph" => Kind::Role(Role::Plain),
        _ => return None,
    })
}
