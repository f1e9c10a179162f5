//! A page, or the part of one that was pasted, as blocks.

mod notes;
mod set;
mod sheet;

use super::block::{Block, Footnote, List, Look, Loss, MAX_DEPTH, Role, Run, Side, Story, grafs, is_blank};
use super::form::{Form, Shift, hold, is_hex_colour};
use super::page::read_html;
use super::tree::{NodeId, NodeKind, Tree};
use crate::error::Result;
use notes::Notes;
use set::{Grafs, declared, plain, quote};
pub use sheet::Sheet;
use std::collections::BTreeMap;

/// The blocks of a page. Errors: `BadInput` when it is made to be slow or to fill the memory.
pub fn read(html: &str) -> Result<Story> {
    Ok(story_of(&read_html(html)?, &Sheet::default(), 0))
}

/// The article of a page: the longest `article` where it holds half the words, else `main`, else all of it. Stet’s own
/// pages name their heads by class. `sheet` is what it is drawn by beside its own styles; `n_notes` footnotes
/// stand before it.
pub fn story_of(tree: &Tree, sheet: &Sheet, n_notes: usize) -> Story {
    let root = article(tree);
    let mut sheet = Sheet::inside(sheet);
    tree.all(0, "style").into_iter().for_each(|id| sheet.read(&tree.words(id)));
    let notes = notes::find(tree);
    let grafs = Grafs::find(tree, root, &sheet);
    let read = BTreeMap::new();
    let mut reader = Reader { tree, story: Story::default(), depth: 0, sheet, notes, grafs, n_notes, read };
    let title = tree.all(0, "title").first().map(|id| tree.words(*id)).unwrap_or_default();
    let is_article = tree.name(root) == "article";
    let names_a_part = |id: &NodeId| ["hed", "dek", "byline"].iter().any(|class| has_class(tree, *id, class));
    reader.story.names_its_head = is_article
        && (title == "Untitled"
            || tree.child(root, "header").is_some_and(|header| tree.children(header).any(|id| names_a_part(&id))));
    if is_article && tree.words(root).len() < tree.words(0).len() / 10 * 9 {
        reader.story.losses.add_everywhere(Loss::Page);
    }
    reader.story.blocks = reader.blocks(root);
    // The words of some may stand outside the article.
    for (body, number) in reader.notes.bodies.clone() {
        if !reader.read.contains_key(&number) {
            reader.read_note(body, number);
        }
    }
    let read = std::mem::take(&mut reader.read);
    // The line above them is drawn, not typed.
    if !read.is_empty() {
        reader.story.blocks.pop_if(|block| *block == Block::Rule);
    }
    let notes = read.into_iter().map(|(number, blocks)| Block::Footnote(Footnote { number: n_notes + number, blocks }));
    reader.story.blocks.extend(notes);
    reader.story
}

fn article(tree: &Tree) -> NodeId {
    let body = tree.all(0, "body").first().copied().unwrap_or_default();
    let n_words = |id: &NodeId| tree.words(*id).len();
    let longest = tree.all_inside(body, "article", "article").into_iter().max_by_key(n_words);
    let main = tree.all(body, "main").first().copied();
    let whole = main.unwrap_or(body);
    longest.filter(|article| n_words(article) * 2 >= n_words(&whole)).unwrap_or(whole)
}

fn has_class(tree: &Tree, id: NodeId, class: &str) -> bool {
    tree.attribute(id, "class").is_some_and(|classes| classes.split_whitespace().any(|known| known == class))
}

fn style_of(tree: &Tree, id: NodeId) -> String {
    tree.attribute(id, "style").map(|style| style.replace(' ', "").to_lowercase()).unwrap_or_default()
}

/// How deep in a list of Word a graf stands, from 1; none for one that is no item.
fn word_level(tree: &Tree, id: NodeId) -> Option<usize> {
    let style = style_of(tree, id);
    let list = style.split(';').find_map(|part| part.strip_prefix("mso-list:"))?;
    let (_, level) = list.split_once("level")?;
    let digits: String = level.chars().take_while(char::is_ascii_digit).collect();
    Some(digits.parse::<usize>().ok()?.clamp(1, MAX_DEPTH))
}

/// The same of a list of Google Docs, which saves each level as a list beside the one above it.
fn docs_level(tree: &Tree, id: NodeId) -> Option<usize> {
    let class = tree.attribute(id, "class")?.split_whitespace().find(|class| class.starts_with("lst-kix_"))?;
    Some((class.rsplit_once('-')?.1.parse::<usize>().ok()? + 1).clamp(1, MAX_DEPTH))
}

/// Puts an item behind the last of its level, or begins a list there.
fn add_item(blocks: &mut Vec<Block>, level: usize, first: Option<u64>, item: Vec<Block>) {
    if let (2.., Some(Block::List(list))) = (level, blocks.last_mut())
        && let Some(last) = list.items.last_mut()
    {
        return add_item(last, level - 1, first, item);
    }
    match blocks.last_mut() {
        Some(Block::List(list)) if list.first.is_some() == first.is_some() => list.items.push(item),
        _ => blocks.push(Block::List(List { first, items: vec![item] })),
    }
}

struct Reader<'a> {
    tree: &'a Tree,
    story: Story,
    /// Elements inside each other that were followed.
    depth: usize,
    sheet: Sheet<'a>,
    notes: Notes,
    grafs: Grafs,
    /// Footnotes before the first of this page.
    n_notes: usize,
    /// The words of the footnotes met so far.
    read: BTreeMap<usize, Vec<Block>>,
}

/// As deep as elements are followed; what lies deeper stands as its words.
const MAX_FOLLOWED: usize = 150;

/// What is laid out: blocks, and the words of the graf not ended yet.
#[derive(Default)]
struct Page {
    blocks: Vec<Block>,
    runs: Vec<Run>,
    role: Role,
}

impl Page {
    fn end_graf(&mut self) {
        let runs = std::mem::take(&mut self.runs);
        self.blocks.extend(grafs(self.role, runs));
    }

    fn ends_with_space(&self) -> bool {
        self.runs.last().is_none_or(|run| run.text.ends_with([' ', '\n']))
    }

    fn add(&mut self, words: &str, look: &Look) {
        match self.runs.last_mut() {
            _ if words.is_empty() => {}
            Some(last) if last.look == *look => last.text += words,
            _ => self.runs.push(Run { text: words.to_owned(), look: look.clone() }),
        }
    }
}

impl Reader<'_> {
    fn blocks(&mut self, parent: NodeId) -> Vec<Block> {
        self.styled_blocks(parent, Role::Plain, &Look::default())
    }

    fn styled_blocks(&mut self, parent: NodeId, role: Role, look: &Look) -> Vec<Block> {
        let mut page = Page { role, ..Page::default() };
        self.follow(parent, look, &mut page);
        page.end_graf();
        page.blocks
    }

    fn follow(&mut self, parent: NodeId, look: &Look, page: &mut Page) {
        if self.depth >= MAX_FOLLOWED {
            self.story.losses.add(Loss::Deep);
            self.say(&self.tree.words(parent), look, page);
            return;
        }
        self.depth += 1;
        for id in self.tree.children(parent) {
            match &self.tree.node(id).kind {
                NodeKind::Words(words) => self.say(words, look, page),
                NodeKind::Element { name, .. } => self.element(id, name, look, page),
                NodeKind::Other => {}
            }
        }
        self.depth -= 1;
    }

    /// White space of the file is one space, and none at the start of a line.
    fn say(&mut self, words: &str, look: &Look, page: &mut Page) {
        let mut said = String::with_capacity(words.len());
        let mut is_after_space = page.ends_with_space();
        for c in words.chars() {
            let is_space = matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
            if !is_space {
                said.push(c);
            } else if !is_after_space {
                said.push(' ');
            }
            is_after_space = is_space;
        }
        let before = page.runs.last().and_then(|run| run.text.chars().next_back());
        let (said, look) = hold(&said, look, before, &mut self.story.losses);
        page.add(&said, &look);
    }

    fn element(&mut self, id: NodeId, name: &str, look: &Look, page: &mut Page) {
        if self.tree.attribute(id, "hidden").is_some() || style_of(self.tree, id).contains("display:none") {
            if !self.tree.words(id).trim().is_empty() {
                self.story.losses.add(Loss::Hidden);
            }
            return;
        }
        if self.notes.marks.contains(&id) {
            return;
        }
        if let Some(number) = self.notes.references.get(&id) {
            return page.runs.push(Run::reference(self.n_notes + number));
        }
        if let Some(number) = self.notes.bodies.get(&id).copied() {
            page.end_graf();
            return self.read_note(id, number);
        }
        match name {
            "script" | "style" | "head" | "template" | "noscript" | "title" | "meta" | "link" | "button" | "select"
            | "textarea" | "input" | "dialog" => {}
            "nav" | "footer" | "aside" => self.story.losses.add_everywhere(Loss::Page),
            "img" | "picture" | "video" | "audio" | "canvas" | "svg" => self.story.losses.add(Loss::Picture),
            "iframe" | "object" | "embed" => self.story.losses.add(Loss::Object),
            "br" => page.add("\n", &Look { form: Form::default(), ..look.clone() }),
            "hr" => {
                page.end_graf();
                page.blocks.push(Block::Rule);
            }
            "p" if declared(self.tree, &self.sheet, id).has_line() && self.tree.words(id).trim().is_empty() => {
                page.end_graf();
                page.blocks.push(Block::Rule);
            }
            "p" if let Some(level) = word_level(self.tree, id) => self.word_item(id, level, page),
            "p" if self.grafs.set_in.contains(&id) => self.nested(id, page, |reader, id| {
                let mut page = Page::default();
                reader.graf(id, Role::Plain, &mut page);
                vec![quote(page.blocks)]
            }),
            "p" if let Some(role) = self.grafs.headings.get(&id).copied() => {
                let n_before = page.blocks.len();
                self.graf(id, role, page);
                // They are bold because they are headings.
                page.blocks[n_before..].iter_mut().for_each(|block| plain(block, |look| look.is_bold = false));
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.graf(id, heading_role(self.tree, id, name), page),
            "p" | "div" | "section" | "article" | "main" | "header" | "figure" | "figcaption" | "address" | "dl"
            | "dt" | "dd" | "fieldset" | "details" | "summary" | "hgroup" | "center" | "body" | "html" | "form"
            | "caption" => {
                self.graf(id, part_role(self.tree, id), page);
            }
            _ if style_of(self.tree, id).contains("mso-list:ignore") => {}
            "ul" | "ol" if let Some(level) = docs_level(self.tree, id) => {
                page.end_graf();
                let mut inner = Page::default();
                self.nested(id, &mut inner, Reader::list);
                for block in inner.blocks {
                    let Block::List(List { first, items }) = block else { continue };
                    for (n, item) in (0..).zip(items) {
                        add_item(&mut page.blocks, level, first.map(|first| first + n), item);
                    }
                }
            }
            "ul" | "ol" | "menu" => self.nested(id, page, Reader::list),
            "blockquote" => self.nested(id, page, |reader, id| vec![Block::Quote(reader.blocks(id))]),
            "table" => self.nested(id, page, Reader::table),
            "pre" => {
                page.end_graf();
                self.story.losses.begin_graf();
                let code = self.tree.words(id).replace("\r\n", "\n").replace('\r', "\n");
                let code = code.strip_prefix('\n').unwrap_or(&code).trim_end_matches('\n');
                if !code.trim().is_empty() {
                    page.blocks.push(Block::Code(super::inline::clean(code)));
                }
            }
            _ => {
                let look = self.look_of(id, name, look);
                self.follow(id, &look, page);
            }
        }
    }

    /// Word pastes a list as grafs, each with its mark as words that are to be ignored.
    fn word_item(&mut self, id: NodeId, level: usize, page: &mut Page) {
        page.end_graf();
        let mut item = Page::default();
        self.graf(id, Role::Plain, &mut item);
        let marks = self.tree.all(id, "span").into_iter();
        let mark =
            marks.map(|mark| (style_of(self.tree, mark), mark)).find(|(style, _)| style.contains("mso-list:ignore"));
        let mark = mark.map(|(_, mark)| self.tree.words(mark)).unwrap_or_default();
        let is_numbered = mark.trim().ends_with(['.', ')']);
        let first = is_numbered.then(|| mark.trim().trim_end_matches(['.', ')']).parse().unwrap_or(1));
        add_item(&mut page.blocks, level, first, item.blocks);
    }

    fn read_note(&mut self, id: NodeId, number: usize) {
        self.read.insert(number, Vec::new());
        let blocks = if self.depth < MAX_FOLLOWED { self.blocks(id) } else { Vec::new() };
        self.read.insert(number, blocks);
    }

    fn graf(&mut self, id: NodeId, role: Role, page: &mut Page) {
        page.end_graf();
        self.story.losses.begin_graf();
        let outer = page.role;
        if role != Role::Plain {
            page.role = role;
        }
        self.follow(id, &Look::default(), page);
        page.end_graf();
        page.role = outer;
    }

    fn nested(&mut self, id: NodeId, page: &mut Page, read: impl FnOnce(&mut Self, NodeId) -> Vec<Block>) {
        page.end_graf();
        if self.depth >= MAX_FOLLOWED {
            self.story.losses.add(Loss::Deep);
            let words = self.tree.words(id);
            self.say(&words, &Look::default(), page);
            return page.end_graf();
        }
        let outer = self.depth;
        // A list or quote counts as many elements as make twelve of them the most that is followed.
        self.depth += MAX_FOLLOWED / MAX_DEPTH;
        let blocks = read(self, id);
        self.depth = outer;
        for block in blocks.into_iter().filter(|block| !is_empty(block)) {
            match (page.blocks.last_mut(), block) {
                // A list that holds nothing but lists goes on inside the one above it.
                (Some(Block::List(above)), Block::List(list)) if is_deeper(&list) && !above.items.is_empty() => {
                    let last = above.items.last_mut().expect("it has one");
                    last.extend(list.items.into_iter().flatten());
                }
                // A quote of several grafs, each set in by itself.
                (Some(Block::Quote(above)), Block::Quote(quote)) if self.tree.name(id) == "p" => above.extend(quote),
                (_, block) => page.blocks.push(block),
            }
        }
    }

    fn look_of(&mut self, id: NodeId, name: &str, outer: &Look) -> Look {
        let mut look = outer.clone();
        match name {
            "b" | "strong" => look.is_bold = true,
            "i" | "em" | "cite" => look.is_italic = true,
            "s" | "del" | "strike" => look.is_struck = true,
            "sup" => look.form.shift = Shift::Raised,
            "sub" => look.form.shift = Shift::Lowered,
            "u" => look.form.is_underlined = true,
            "mark" => look.form.is_marked = true,
            "font" => look.form.is_coloured |= self.tree.attribute(id, "color").is_some_and(is_hex_colour),
            "a" => {
                let target = self.tree.attribute(id, "href");
                look.link = target.and_then(super::public);
                if target.is_some() && look.link.is_none() {
                    self.story.losses.add(Loss::Link);
                }
            }
            _ => look.is_dateline |= has_class(self.tree, id, "dateline"),
        }
        // What editors in a browser and word processors write says its looks in a style.
        declared(self.tree, &self.sheet, id).set(&mut look);
        look
    }

    fn list(&mut self, id: NodeId) -> Vec<Block> {
        let first = self.tree.attribute(id, "start").and_then(|first| first.parse().ok()).unwrap_or(1);
        let first = (self.tree.name(id) == "ol").then_some(first);
        let mut items: Vec<Vec<Block>> = Vec::new();
        for child in self.tree.children(id) {
            match self.tree.name(child) {
                "li" if self.notes.bodies.contains_key(&child) => {
                    let number = self.notes.bodies[&child];
                    self.read_note(child, number);
                }
                "li" => {
                    self.story.losses.begin_graf();
                    items.push(self.blocks(child));
                }
                // A list right inside a list belongs to the item above it.
                "ul" | "ol" => {
                    let mut page = Page::default();
                    self.nested(child, &mut page, Reader::list);
                    match items.last_mut() {
                        Some(item) => item.extend(page.blocks),
                        None => items.push(page.blocks),
                    }
                }
                _ => {
                    let mut page = Page::default();
                    if let NodeKind::Words(words) = &self.tree.node(child).kind {
                        self.say(words, &Look::default(), &mut page);
                    } else {
                        let name = self.tree.name(child).to_owned();
                        self.element(child, &name, &Look::default(), &mut page);
                    }
                    page.end_graf();
                    if !page.blocks.is_empty() {
                        items.push(page.blocks);
                    }
                }
            }
        }
        vec![Block::List(List { first, items })]
    }

    fn table(&mut self, id: NodeId) -> Vec<Block> {
        let mut blocks = Vec::new();
        for caption in self.tree.children(id).filter(|id| self.tree.name(*id) == "caption").collect::<Vec<_>>() {
            blocks.extend(self.blocks(caption));
        }
        let mut n_spare = 0;
        let mut rows = Vec::new();
        for row in self.tree.all_inside(id, "tr", "td") {
            self.story.losses.begin_graf();
            let mut cells = Vec::new();
            for cell in self.tree.children(row) {
                let is_head = self.tree.name(cell) == "th";
                if !is_head && self.tree.name(cell) != "td" {
                    continue;
                }
                let span = |name| self.tree.attribute(cell, name).and_then(|n| n.parse::<usize>().ok()).unwrap_or(1);
                if span("colspan") > 1 || span("rowspan") > 1 {
                    self.story.losses.add(Loss::Cells);
                }
                let style = self.tree.attribute(cell, "style").unwrap_or_default().replace(' ', "");
                let side = match self.tree.attribute(cell, "align") {
                    Some("right") => Side::Right,
                    Some("center") => Side::Center,
                    _ if style.contains("text-align:right") || style.contains("text-align:end") => Side::Right,
                    _ if style.contains("text-align:center") => Side::Center,
                    _ => Side::None,
                };
                cells.push((self.blocks(cell), side));
                for _ in 1..span("colspan").min(64) {
                    n_spare += 1;
                    if n_spare < 10_000 {
                        cells.push((Vec::new(), side));
                    }
                }
            }
            rows.push(cells);
        }
        blocks.extend(super::table_of(rows, &mut self.story.losses));
        blocks
    }
}

fn is_deeper(list: &List) -> bool {
    list.items.iter().flatten().all(|block| matches!(block, Block::List(_)))
}

fn is_empty(block: &Block) -> bool {
    match block {
        Block::Graf(graf) => is_blank(&graf.runs),
        Block::Quote(blocks) => blocks.is_empty(),
        Block::List(list) => list.items.is_empty(),
        _ => false,
    }
}

fn heading_role(tree: &Tree, id: NodeId, name: &str) -> Role {
    if ["hed", "headline"].iter().any(|class| has_class(tree, id, class)) {
        return Role::Hed;
    }
    Role::Heading(name.trim_start_matches('h').parse().unwrap_or(1))
}

/// What the classes of a short graf say it is.
fn part_role(tree: &Tree, id: NodeId) -> Role {
    let classes = [
        ("dek", Role::Dek),
        ("standfirst", Role::Dek),
        ("subtitle", Role::Dek),
        ("MsoSubtitle", Role::Dek),
        ("byline", Role::Byline),
        ("hed", Role::Hed),
        ("MsoTitle", Role::Hed),
        ("title", Role::Hed),
    ];
    let role = classes.iter().find(|(class, _)| has_class(tree, id, class)).map(|(_, role)| *role);
    role.filter(|_| tree.words(id).len() <= 400).unwrap_or_default()
}
