//! A Word file (ECMA-376, transitional or strict) as blocks.

mod changes;
mod comments;
mod lists;
mod styles;

use super::block::{Block, Footnote, List, Look, Loss, MAX_DEPTH, Role, Run, Side, Story, grafs, is_blank, words_of};
use super::form::{Form, hold};
use super::tree::{NodeId, Tree, read_xml};
use super::zipped::Package;
use crate::error::Result;
pub use changes::Reading;
use changes::{Changes, Part};
use comments::Places;
use lists::{Lists, Place};
use std::collections::BTreeMap;
use std::rc::Rc;
use styles::{Kind, Styles, is_on, set_look};

/// The blocks of one of the two texts of a Word file. Errors: `BadInput` when it is damaged or made to fill the memory.
pub fn read(package: &mut Package, reading: Reading) -> Result<Story> {
    let document = read_xml(&package.need("word/document.xml")?)?;
    let styles = part(package, "word/styles.xml")?.map(|tree| Styles::read(&tree)).unwrap_or_default();
    let lists = part(package, "word/numbering.xml")?.map(|tree| Lists::read(&tree)).unwrap_or_default();
    let links = part(package, "word/_rels/document.xml.rels")?.map(|tree| links_of(&tree)).unwrap_or_default();
    let mut notes = [(None, BTreeMap::new()), (None, BTreeMap::new())];
    for (note, name) in notes.iter_mut().zip(["footnotes", "endnotes"]) {
        let links = part(package, &format!("word/_rels/{name}.xml.rels"))?;
        *note = (part(package, &format!("word/{name}.xml"))?, links.map(|tree| links_of(&tree)).unwrap_or_default());
    }
    let mut reader = Reader {
        tree: &document,
        reading,
        styles: &styles,
        lists,
        links: &links,
        notes: Vec::new(),
        story: Story { names_its_head: styles.has_byline(), is_as_typed: styles.is_as_typed(), ..Story::default() },
        depth: 0,
        n_spare_cells: 0,
        n_link_bytes: 0,
        places: Places::default(),
        changes: Changes::default(),
        running_on: Line::default(),
    };
    if let Some(body) = document.child(0, "w:document").and_then(|id| document.child(id, "w:body")) {
        reader.story.blocks = reader.blocks(body);
    }
    reader.add_notes(&notes);
    let places = std::mem::take(&mut reader.places);
    let [comments, extended] = ["word/comments.xml", "word/commentsExtended.xml"];
    reader.story.threads = places.threads(part(package, comments)?.as_ref(), part(package, extended)?.as_ref());
    reader.story.is_tracked = changes::is_tracked(&document) || reader.story.losses.has(Loss::Change);
    reader.story.tellings = std::mem::take(&mut reader.changes.tellings);
    if has_margins(package)? {
        reader.story.losses.add_everywhere(Loss::Header);
    }
    Ok(reader.story)
}

fn part(package: &mut Package, name: &str) -> Result<Option<Tree>> {
    package.read(name)?.map(|xml| read_xml(&xml)).transpose()
}

fn links_of(tree: &Tree) -> BTreeMap<String, String> {
    let relation = |id: NodeId| Some((tree.attribute(id, "Id")?.to_owned(), tree.attribute(id, "Target")?.to_owned()));
    tree.all(0, "Relationship").into_iter().chain(prefixed(tree)).filter_map(relation).collect()
}

/// Relations whose namespace is not the default one.
fn prefixed(tree: &Tree) -> Vec<NodeId> {
    let root = tree.children(0).find(|id| tree.name(*id).ends_with(":Relationships"));
    root.map(|root| tree.children(root).collect()).unwrap_or_default()
}

/// Headers or footers with words in them.
fn has_margins(package: &mut Package) -> Result<bool> {
    let is_margin = |name: &&str| name.starts_with("word/header") || name.starts_with("word/footer");
    let names: Vec<String> = package.names().filter(is_margin).take(20).map(str::to_owned).collect();
    for name in names {
        if let Some(tree) = part(package, &name)?
            && tree.all(0, "w:t").into_iter().any(|id| !tree.words(id).trim().is_empty())
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// No piece has more footnotes.
const MAX_NOTES: usize = 5_000;

/// Cells of no words that a file may add to its tables by merging.
const MAX_SPARE_CELLS: usize = 50_000;

/// All addresses of a file together.
const MAX_LINK_BYTES: usize = 16 << 20;

struct Reader<'a> {
    tree: &'a Tree,
    reading: Reading,
    styles: &'a Styles,
    lists: Lists,
    links: &'a BTreeMap<String, String>,
    /// The notes referred to, in order: at the foot or at the end, and which.
    notes: Vec<(usize, String)>,
    story: Story,
    /// Tables and text boxes inside each other.
    depth: usize,
    n_spare_cells: usize,
    n_link_bytes: usize,
    places: Places,
    changes: Changes,
    /// Grafs whose end is not in this text: what they have begins the next.
    running_on: Line,
}

/// What stands open while the runs of a graf are read.
#[derive(Default)]
struct Line {
    runs: Vec<Run>,
    link: Option<Rc<str>>,
    /// Fields inside each other.
    fields: Vec<Field>,
    /// Grafs of text boxes, which stand below.
    below: Vec<Block>,
    /// A line across the page is drawn in it.
    has_rule: bool,
    /// Runs whose bytes were counted, and how many those are.
    counted: (usize, usize),
}

/// A field: what it instructs, and once its result has begun, where that leads.
#[derive(Default)]
struct Field {
    instruction: String,
    is_result: bool,
    link: Option<Rc<str>>,
}

impl Line {
    /// How many bytes of words it has. Goes on from where it was asked last: the last run may have grown since.
    fn n_bytes(&mut self) -> usize {
        let (n_counted, n_bytes) = &mut self.counted;
        let Some((last, runs)) = self.runs.split_last() else { return 0 };
        *n_bytes += runs.iter().skip(*n_counted).map(|run| run.text.len()).sum::<usize>();
        *n_counted = runs.len();
        *n_bytes + last.text.len()
    }
}

/// A graf with its place in the lists.
struct Placed {
    blocks: Vec<Block>,
    place: Option<Place>,
    indent: i64,
    kind: Kind,
}

impl Reader<'_> {
    fn blocks(&mut self, parent: NodeId) -> Vec<Block> {
        let mut laid = Laid::default();
        self.lay(parent, &mut laid);
        self.end_run(&mut laid);
        laid.finish()
    }

    /// What runs on into no graf is one of its own.
    fn end_run(&mut self, laid: &mut Laid) {
        let line = std::mem::take(&mut self.running_on);
        let words = words_of(&line.runs);
        if !words.is_empty() {
            self.end_graf(&words);
            laid.add_flat(grafs(Role::Plain, line.runs));
        }
        if !line.below.is_empty() {
            laid.add_flat(line.below);
        }
    }

    fn end_graf(&mut self, words: &str) {
        self.changes.end_graf(self.tree, words);
        self.places.end_graf(words);
    }

    fn lay(&mut self, parent: NodeId, laid: &mut Laid) {
        for id in self.tree.children(parent) {
            let name = self.tree.name(id);
            match self.reading.part(name) {
                Part::Plain => {}
                Part::Told => {
                    self.lay(id, laid);
                    continue;
                }
                Part::Gone => continue,
            }
            match name {
                "w:p" => {
                    if let Some(placed) = self.graf(id) {
                        laid.add(placed);
                    }
                }
                "w:tbl" => {
                    self.end_run(laid);
                    let blocks = self.table(id);
                    laid.add_flat(blocks);
                }
                "w:sdt" => {
                    if self.is_contents(id) {
                        self.story.losses.add(Loss::Contents);
                    } else if let Some(content) = self.tree.child(id, "w:sdtContent") {
                        self.lay(content, laid);
                    }
                }
                "w:smartTag" | "w:customXml" => self.lay(id, laid),
                "w:altChunk" => self.story.losses.add(Loss::Object),
                "m:oMathPara" => {
                    let mut line = Line::default();
                    self.inline(id, &mut line);
                    laid.add_flat(grafs(Role::Plain, line.runs));
                }
                _ => {}
            }
        }
    }

    fn is_contents(&self, id: NodeId) -> bool {
        let galleries =
            self.tree.child(id, "w:sdtPr").map(|id| self.tree.all(id, "w:docPartGallery")).unwrap_or_default();
        galleries.iter().any(|id| self.tree.attribute(*id, "w:val") == Some("Table of Contents"))
    }

    /// None where the graf has no end in this text.
    fn graf(&mut self, id: NodeId) -> Option<Placed> {
        self.story.losses.begin_graf();
        let mut line = std::mem::take(&mut self.running_on);
        if self.reading.runs_on(self.tree, id) {
            self.story.losses.add(Loss::Change);
            self.inline(id, &mut line);
            self.running_on = line;
            return None;
        }
        let properties = self.reading.properties(self.tree, id, "w:pPr", "w:pPrChange");
        let value = |name: &str| {
            properties.and_then(|id| self.tree.child(id, name)).and_then(|id| self.tree.attribute(id, "w:val"))
        };
        let style = self.styles.graf(value("w:pStyle"));
        let number = properties.and_then(|id| self.tree.child(id, "w:numPr"));
        let (mut list, mut level) = (style.list.clone(), style.level);
        if let Some(number) = number {
            let own = |name: &str| self.tree.child(number, name).and_then(|id| self.tree.attribute(id, "w:val"));
            list = own("w:numId").map(str::to_owned).or(list);
            level = own("w:ilvl").and_then(|level| level.parse().ok()).or(level);
        }
        let outline: Option<usize> =
            value("w:outlineLvl").and_then(|level| level.parse().ok()).filter(|level| *level < 6);
        let mut kind = style.kind;
        if let (Kind::Role(Role::Plain), Some(outline)) = (kind, outline) {
            kind = Kind::Role(Role::Heading(outline + 1));
        }
        let indent = properties.and_then(|id| self.tree.child(id, "w:ind"));
        let indent = indent.and_then(|id| self.tree.attribute(id, "w:left").or(self.tree.attribute(id, "w:start")));
        let indent = indent.and_then(|left| left.parse().ok()).unwrap_or_default();
        self.inline(id, &mut line);
        let words = words_of(&line.runs);
        self.end_graf(&words);
        // As Stet tracks it, a heading, a quote or an item has its marks besides its style, and code its fences.
        let is_marked = ["#", ">", "- ", "* ", "+ "].iter().any(|mark| words.trim_start().starts_with(mark));
        if self.story.is_as_typed && (is_marked || kind == Kind::Code) {
            (kind, list) = (Kind::Role(Role::Plain), None);
        }
        let has_words = !is_blank(&line.runs);
        let is_item = has_words && matches!(kind, Kind::Role(Role::Plain) | Kind::Quote | Kind::Item);
        let place = list.filter(|_| is_item).and_then(|list| self.lists.count(&list, level.unwrap_or_default()));
        let mut blocks = match kind {
            Kind::Code if has_words => vec![Block::Code(words.trim_end().to_owned())],
            Kind::Rule if !has_words => vec![Block::Rule],
            Kind::Role(role) => grafs(role, line.runs),
            _ => grafs(Role::Plain, line.runs),
        };
        let is_line = line.has_rule || properties.is_some_and(|id| !self.tree.all(id, "w:pBdr").is_empty());
        if blocks.is_empty() && is_line && line.below.is_empty() {
            kind = Kind::Rule;
            blocks.push(Block::Rule);
        }
        blocks.append(&mut line.below);
        Some(Placed { blocks, place, indent, kind })
    }

    fn inline(&mut self, parent: NodeId, line: &mut Line) {
        for id in self.tree.children(parent) {
            let name = self.tree.name(id);
            match self.reading.part(name) {
                Part::Plain => {}
                Part::Told => {
                    self.story.losses.add(Loss::Change);
                    let start = line.n_bytes();
                    self.inline(id, line);
                    self.changes.add(id, start, line.n_bytes());
                    continue;
                }
                Part::Gone => {
                    self.story.losses.add(Loss::Change);
                    continue;
                }
            }
            match name {
                "w:r" => self.run(id, line),
                "w:hyperlink" => {
                    let target = self.tree.attribute(id, "r:id").and_then(|id| self.links.get(id));
                    let link = self.public(target.map(String::as_str));
                    let outer = std::mem::replace(&mut line.link, link);
                    self.inline(id, line);
                    line.link = outer;
                }
                "w:fldSimple" => {
                    let link = field_link(self.tree.attribute(id, "w:instr").unwrap_or_default());
                    let outer = line.link.clone();
                    line.link = link.or(outer.clone());
                    self.inline(id, line);
                    line.link = outer;
                }
                "w:sdt" => {
                    if let Some(content) = self.tree.child(id, "w:sdtContent") {
                        self.inline(content, line);
                    }
                }
                "m:oMath" | "m:oMathPara" => {
                    self.story.losses.add(Loss::Equation);
                    let words = self.tree.all(id, "m:t").into_iter().map(|id| self.tree.words(id)).collect::<Vec<_>>();
                    line.runs.push(Run::plain(words.concat()));
                }
                "w:commentRangeStart" => self.comment(id, line, Places::begin),
                "w:commentRangeEnd" => self.comment(id, line, Places::end),
                "w:pPr" | "w:rPr" | "w:proofErr" | "w:bookmarkStart" | "w:bookmarkEnd" => {}
                "w:smartTag" | "w:customXml" | "w:dir" | "w:bdo" => self.inline(id, line),
                _ => {}
            }
        }
    }

    fn run(&mut self, id: NodeId, line: &mut Line) {
        let mut look = Look { link: line.link.clone(), ..Look::default() };
        if let Some(properties) = self.reading.properties(self.tree, id, "w:rPr", "w:rPrChange") {
            let style = self.tree.child(properties, "w:rStyle").and_then(|id| self.tree.attribute(id, "w:val"));
            self.styles.set_character(style, &mut look);
            set_look(self.tree, properties, &mut look);
            // A program may say of our marks themselves what their style says.
            let is_mark = self.story.is_as_typed && style.is_some_and(|style| style.eq_ignore_ascii_case("Mark"));
            if !is_mark && is_on(self.tree, properties, "w:vanish").unwrap_or(false) {
                if !self.tree.words(id).trim().is_empty() {
                    self.story.losses.add(Loss::Hidden);
                }
                return;
            }
        }
        self.parts(id, &look, line);
    }

    fn parts(&mut self, run: NodeId, look: &Look, line: &mut Line) {
        for id in self.tree.children(run) {
            match self.tree.name(id) {
                "w:t" | "w:delText" => self.say(&self.tree.words(id), look, line),
                "w:tab" | "w:ptab" => self.say("\t", look, line),
                "w:cr" => self.say("\n", look, line),
                "w:br" => match self.tree.attribute(id, "w:type") {
                    Some("page" | "column") => {}
                    _ => self.say("\n", look, line),
                },
                "w:noBreakHyphen" => self.say("\u{2011}", look, line),
                "w:sym" => match symbol(self.tree, id) {
                    Some(c) => self.say(c.encode_utf8(&mut [0; 4]), look, line),
                    None => self.story.losses.add(Loss::Symbol),
                },
                "w:fldChar" => self.field(id, line),
                "w:instrText" | "w:delInstrText" => {
                    if let Some(field) = line.fields.last_mut() {
                        field.instruction += &self.tree.words(id);
                    }
                }
                "w:footnoteReference" => self.refer(0, id, line),
                "w:endnoteReference" => self.refer(1, id, line),
                "w:commentReference" => self.comment(id, line, Places::point),
                "w:drawing" | "w:pict" | "w:object" => self.drawing(id, line),
                "mc:AlternateContent" => {
                    let choice = self.tree.child(id, "mc:Choice").or_else(|| self.tree.child(id, "mc:Fallback"));
                    if let Some(choice) = choice {
                        self.parts(choice, look, line);
                    }
                }
                _ => {}
            }
        }
    }

    fn say(&mut self, words: &str, look: &Look, line: &mut Line) {
        // The instruction of a field is no copy, its result is.
        if line.fields.iter().any(|field| !field.is_result) {
            return;
        }
        let mut look = look.clone();
        if look.link.is_none() {
            look.link = line.fields.iter().rev().find_map(|field| field.link.clone());
        }
        let words = if words == "\n" { words.to_owned() } else { words.replace(['\n', '\r'], " ") };
        if self.story.is_as_typed {
            look.form = Form::default();
        }
        let before = line.runs.last().and_then(|run| run.text.chars().next_back());
        let (words, look) = hold(&words, &look, before, &mut self.story.losses);
        match line.runs.last_mut() {
            Some(last) if last.look == look => last.text += &words,
            _ => line.runs.push(Run { text: words.into_owned(), look }),
        }
    }

    fn field(&mut self, id: NodeId, line: &mut Line) {
        match self.tree.attribute(id, "w:fldCharType") {
            Some("begin") if line.fields.len() < 16 => line.fields.push(Field::default()),
            Some("separate") => {
                if let Some(field) = line.fields.last_mut() {
                    (field.is_result, field.link) = (true, field_link(&field.instruction));
                }
            }
            Some("end") => drop(line.fields.pop()),
            _ => {}
        }
    }

    /// A comment begins, ends or stands at what was read of the graf so far.
    fn comment(&mut self, id: NodeId, line: &mut Line, note: impl Fn(&mut Places, &str, usize)) {
        if let Some(number) = self.tree.attribute(id, "w:id") {
            note(&mut self.places, number, line.n_bytes());
        }
    }

    fn public(&mut self, target: Option<&str>) -> Option<Rc<str>> {
        // One address may be named any number of times.
        self.n_link_bytes += target.map_or(0, str::len);
        let link = target.and_then(super::public).filter(|_| self.n_link_bytes <= MAX_LINK_BYTES);
        if target.is_some() && link.is_none() {
            self.story.losses.add(Loss::Link);
        }
        link
    }

    fn refer(&mut self, kind: usize, id: NodeId, line: &mut Line) {
        let Some(name) = self.tree.attribute(id, "w:id") else { return };
        let note = (kind, name.to_owned());
        let number = match self.notes.iter().rposition(|known| *known == note) {
            Some(at) => at + 1,
            None if self.notes.len() >= MAX_NOTES => return,
            None => {
                self.notes.push(note);
                self.notes.len()
            }
        };
        line.runs.push(Run::reference(number));
    }

    fn drawing(&mut self, id: NodeId, line: &mut Line) {
        if self.tree.all(id, "v:rect").into_iter().any(|id| self.tree.attribute(id, "o:hr") == Some("t")) {
            line.has_rule = true;
            return;
        }
        let boxes = self.tree.all(id, "w:txbxContent");
        if boxes.is_empty() {
            let is_object =
                self.tree.name(id) == "w:object" || self.tree.all(id, "c:chart").into_iter().next().is_some();
            self.story.losses.add(if is_object { Loss::Object } else { Loss::Picture });
            return;
        }
        if self.depth >= MAX_DEPTH {
            self.story.losses.add(Loss::Deep);
            return;
        }
        self.story.losses.add(Loss::TextBox);
        self.depth += 1;
        // One inside another is read with the outer one.
        if let Some(content) = boxes.first() {
            let blocks = self.blocks(*content);
            line.below.extend(blocks);
        }
        self.depth -= 1;
    }

    fn table(&mut self, id: NodeId) -> Vec<Block> {
        if self.depth >= MAX_DEPTH {
            self.story.losses.add(Loss::Deep);
            return grafs(Role::Plain, vec![Run::plain(self.tree.words(id))]);
        }
        self.depth += 1;
        let mut rows = Vec::new();
        for row in self.tree.children(id).filter(|id| self.tree.name(*id) == "w:tr").collect::<Vec<_>>() {
            let is_gone = |id| self.tree.children(id).any(|id| self.reading.part(self.tree.name(id)) == Part::Gone);
            if self.tree.child(row, "w:trPr").is_some_and(is_gone) {
                self.story.losses.add(Loss::Change);
                continue;
            }
            let mut cells = Vec::new();
            for cell in self.tree.all_inside(row, "w:tc", "w:tbl") {
                cells.extend(self.cell(cell));
            }
            rows.push(cells);
        }
        self.depth -= 1;
        super::table_of(rows, &mut self.story.losses)
    }

    fn cell(&mut self, id: NodeId) -> Vec<(Vec<Block>, Side)> {
        let properties = self.tree.child(id, "w:tcPr");
        let value =
            |name: &str| properties.and_then(|id| self.tree.child(id, name)).map(|id| self.tree.attribute(id, "w:val"));
        let n_columns: usize = value("w:gridSpan").flatten().and_then(|n| n.parse().ok()).unwrap_or(1).clamp(1, 64);
        let is_below_its_words = value("w:vMerge").is_some_and(|merge| merge != Some("restart"));
        if n_columns > 1 || is_below_its_words {
            self.story.losses.add(Loss::Cells);
        }
        let graf = self.tree.child(id, "w:p").and_then(|id| self.tree.child(id, "w:pPr"));
        let side = graf.and_then(|id| self.tree.child(id, "w:jc")).and_then(|id| self.tree.attribute(id, "w:val"));
        let side = match side {
            Some("right" | "end") => Side::Right,
            Some("center") => Side::Center,
            _ => Side::None,
        };
        let mut cells = vec![(self.blocks(id), side)];
        self.n_spare_cells += n_columns - 1;
        if self.n_spare_cells <= MAX_SPARE_CELLS {
            cells.resize(n_columns, (Vec::new(), side));
        }
        cells
    }

    /// The words of the notes at the end, each behind its number.
    fn add_notes(&mut self, parts: &[(Option<Tree>, BTreeMap<String, String>); 2]) {
        let ids: Vec<BTreeMap<&str, NodeId>> = ["w:footnote", "w:endnote"]
            .iter()
            .zip(parts)
            .map(|(element, (tree, _))| {
                let Some(tree) = tree else { return BTreeMap::new() };
                let all = tree.all(0, element).into_iter();
                all.filter_map(|id| Some((tree.attribute(id, "w:id")?, id))).collect()
            })
            .collect();
        for (number, (kind, name)) in (1..).zip(std::mem::take(&mut self.notes)) {
            let (Some(tree), links) = &parts[kind] else { continue };
            let Some(&id) = ids[kind].get(name.as_str()) else { continue };
            let (lists, story) = (std::mem::take(&mut self.lists), std::mem::take(&mut self.story));
            let mut reader = Reader {
                tree,
                reading: self.reading,
                styles: self.styles,
                lists,
                links,
                notes: Vec::new(),
                story,
                depth: 0,
                n_spare_cells: self.n_spare_cells,
                n_link_bytes: self.n_link_bytes,
                places: std::mem::take(&mut self.places),
                changes: std::mem::take(&mut self.changes),
                running_on: Line::default(),
            };
            let blocks = reader.blocks(id);
            (self.n_spare_cells, self.n_link_bytes) = (reader.n_spare_cells, reader.n_link_bytes);
            self.places = std::mem::take(&mut reader.places);
            self.changes = std::mem::take(&mut reader.changes);
            (self.lists, self.story) = (reader.lists, reader.story);
            self.story.blocks.push(Block::Footnote(Footnote { number, blocks }));
        }
    }
}

/// Where `HYPERLINK "https://…"` leads.
fn field_link(instruction: &str) -> Option<Rc<str>> {
    let target = instruction.trim().strip_prefix("HYPERLINK")?.trim_start().strip_prefix('"')?.split('"').next()?;
    super::public(target)
}

/// The letter of a `w:sym`; none where only its typeface knows what it is.
fn symbol(tree: &Tree, id: NodeId) -> Option<char> {
    let code = u32::from_str_radix(tree.attribute(id, "w:char")?, 16).ok()?;
    let c = char::from_u32(code)?;
    match tree.attribute(id, "w:font") {
        // Its bullets and arrows, as Word itself writes them in lists.
        Some("Symbol") if code == 0xf0b7 => Some('•'),
        _ => Some(c).filter(|_| !(0xe000..0xf900).contains(&code)),
    }
}

/// Blocks laid out flat, to be put into the lists and quotes they belong to.
#[derive(Default)]
struct Laid {
    blocks: Vec<Block>,
    /// Lists not closed yet, each inside the last item of the one before, with its level.
    open: Vec<(usize, List)>,
}

impl Laid {
    fn add(&mut self, placed: Placed) {
        let Placed { blocks, place, indent, kind } = placed;
        if let Some(place) = place {
            self.item(place, blocks);
            return;
        }
        // A graf set in as far as the words of the item above it belongs to it.
        let level = usize::try_from(indent / 720).unwrap_or_default();
        let is_more = kind == Kind::Role(Role::Plain) && indent > 0 && indent % 720 == 0 && !blocks.is_empty();
        if is_more && let Some(at) = self.open.iter().rposition(|(open, _)| open + 1 == level) {
            self.close_to(at + 1);
            if let Some((_, list)) = self.open.last_mut() {
                list.items.last_mut().expect("a list has an item").extend(blocks);
            }
            return;
        }
        if blocks.is_empty() {
            return;
        }
        self.close_to(0);
        match (kind, self.blocks.last_mut()) {
            (Kind::Quote, Some(Block::Quote(quote))) => quote.extend(blocks),
            (Kind::Quote, _) => self.blocks.push(Block::Quote(blocks)),
            // Each line of code is a graf in files that Stet did not write.
            (Kind::Code, Some(Block::Code(code))) => {
                for block in blocks {
                    if let Block::Code(line) = block {
                        *code += "\n";
                        *code += &line;
                    }
                }
            }
            _ => self.blocks.extend(blocks),
        }
    }

    fn add_flat(&mut self, blocks: Vec<Block>) {
        self.close_to(0);
        self.blocks.extend(blocks);
    }

    fn item(&mut self, place: Place, blocks: Vec<Block>) {
        let level = place.level.min(MAX_DEPTH - 1);
        let n_kept = self.open.iter().take_while(|(open, _)| *open <= level).count();
        self.close_to(n_kept);
        let goes_on = self.open.last().is_some_and(|(open, list)| {
            let next = list.first.map(|first| first.saturating_add(list.items.len() as u64));
            *open == level && next == place.number
        });
        if goes_on && let Some((_, list)) = self.open.last_mut() {
            list.items.push(blocks);
            return;
        }
        if self.open.last().is_some_and(|(open, _)| *open == level) {
            self.close_to(self.open.len() - 1);
        }
        self.open.push((level, List { first: place.number, items: vec![blocks] }));
    }

    /// Closes the lists from that one on, the innermost first.
    fn close_to(&mut self, n_kept: usize) {
        while self.open.len() > n_kept {
            let (_, list) = self.open.pop().expect("there is one");
            match self.open.last_mut() {
                Some((_, outer)) => outer.items.last_mut().expect("a list has an item").push(Block::List(list)),
                None => self.blocks.push(Block::List(list)),
            }
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.close_to(0);
        self.blocks
    }
}
