//! Rich Text Format (1.9) as blocks.
//!
//! A small reader of our own: the crates there are keep no lists, tables or notes, and panic on harmed files.

use super::block::{Block, Footnote, List, Look, Loss, Role, Run, Side, Story, grafs, is_blank, words_of};
use super::form::{Form, Shift, hold, is_colour};
use super::zipped::{damaged, too_large};
use crate::error::Result;
use encoding_rs::{Encoding, WINDOWS_1252};
use std::collections::BTreeMap;

/// No table has more colours.
const MAX_COLOURS: usize = 10_000;
/// Groups inside each other.
const MAX_DEPTH: usize = 300;

/// The blocks of an RTF file. Errors: `BadInput` when its groups never end or nest deeper than any writer nests them.
pub fn read(bytes: &[u8]) -> Result<Story> {
    let mut reader = Reader::new();
    for token in (Tokens { rest: bytes }) {
        reader.take(token)?;
    }
    if reader.open.len() > 1 {
        return Err(damaged());
    }
    Ok(reader.finish())
}

enum Token<'a> {
    Open,
    Close,
    /// A control word with its number, if it has one.
    Word(&'a str, Option<i32>),
    /// A control sign: `\~`.
    Sign(u8),
    /// `\'e9`
    Hex(u8),
    Bytes(&'a [u8]),
}

struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let (first, tail) = self.rest.split_first()?;
            match first {
                b'{' => return self.step(tail, Token::Open),
                b'}' => return self.step(tail, Token::Close),
                b'\r' | b'\n' => self.rest = tail,
                b'\\' => return self.control(tail),
                _ => {
                    let len = self.rest.iter().position(|byte| b"{}\\\r\n".contains(byte)).unwrap_or(self.rest.len());
                    let (words, tail) = self.rest.split_at(len);
                    return self.step(tail, Token::Bytes(words));
                }
            }
        }
    }
}

impl<'a> Tokens<'a> {
    fn step(&mut self, rest: &'a [u8], token: Token<'a>) -> Option<Token<'a>> {
        self.rest = rest;
        Some(token)
    }

    /// What stands behind a backslash.
    fn control(&mut self, tail: &'a [u8]) -> Option<Token<'a>> {
        let n_letters = tail.iter().take(40).position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(tail.len().min(40));
        if n_letters == 0 {
            let (sign, rest) = tail.split_first()?;
            if *sign == b'\'' {
                let hex = rest
                    .get(..2)
                    .and_then(|hex| std::str::from_utf8(hex).ok())
                    .and_then(|hex| u8::from_str_radix(hex, 16).ok());
                return match hex {
                    Some(byte) => self.step(rest.get(2..).unwrap_or_default(), Token::Hex(byte)),
                    None => self.step(rest, Token::Sign(b'\'')),
                };
            }
            return self.step(rest, Token::Sign(*sign));
        }
        let (word, rest) = tail.split_at(n_letters);
        let n_minus = usize::from(rest.first() == Some(&b'-'));
        let digits = rest.get(n_minus..).unwrap_or_default();
        let n_digits = digits.iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
        let n_number = if n_digits == 0 { 0 } else { n_minus + n_digits };
        let (number, rest) = rest.split_at(n_number);
        let rest = rest.strip_prefix(b" ").unwrap_or(rest);
        let number = std::str::from_utf8(number).ok().and_then(|number| number.parse::<i64>().ok());
        let number = number.map(|number| i32::try_from(number).unwrap_or(i32::MAX));
        self.step(rest, Token::Word(std::str::from_utf8(word).unwrap_or_default(), number))
    }
}

/// Where the words of a group go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Into {
    Copy,
    /// Fonts, colours, what nobody reads.
    Nowhere,
    Colours,
    /// The names of styles.
    Styles,
    /// What a field instructs.
    Field,
    /// The number or bullet of a list item.
    ListText,
    Note,
}

#[derive(Clone)]
struct State {
    into: Into,
    look: Look,
    is_hidden: bool,
    /// How many characters stand for one that `\u` names, for readers that know no Unicode.
    n_spare: usize,
    style: i32,
    level: Option<i32>,
    is_in_table: bool,
    has_list: bool,
    list_level: i32,
    /// How far the graf is set in, and its first line from there, in twentieths of a point.
    indent: i32,
    first_indent: i32,
    /// It has a line above or below it.
    has_line: bool,
    /// The group began with `\*`: who does not know its word leaves it out.
    is_optional: bool,
}

/// What a style says of the grafs that have it.
#[derive(Clone, Default)]
struct Style {
    role: Role,
    is_quote: bool,
    is_code: bool,
    /// As its words are set where nothing else is said: no emphasis.
    look: Look,
}

struct Reader {
    story: Story,
    open: Vec<State>,
    /// Bytes of the code page not decoded yet.
    bytes: Vec<u8>,
    code_page: &'static Encoding,
    n_to_skip: usize,
    high: Option<u32>,
    runs: Vec<Run>,
    /// Which colours of its table say something, and the parts of the one that is read.
    colours: Vec<bool>,
    colour: [u8; 3],
    field: String,
    list_text: String,
    style_name: String,
    styles: BTreeMap<i32, Style>,
    /// How far the items of the lists that were typed are set in, the outermost first.
    indents: Vec<i32>,
    cells: Vec<(Vec<Block>, Side)>,
    rows: Vec<Vec<(Vec<Block>, Side)>>,
    /// Grafs of the cell not ended yet.
    cell: Vec<Block>,
    /// What stood before a note began, and the notes that ended.
    outer: Vec<Vec<Run>>,
    notes: Vec<Vec<Block>>,
}

impl Reader {
    fn new() -> Reader {
        let state = State {
            into: Into::Copy,
            look: Look::default(),
            is_hidden: false,
            n_spare: 1,
            style: 0,
            level: None,
            is_in_table: false,
            has_list: false,
            list_level: 0,
            indent: 0,
            first_indent: 0,
            has_line: false,
            is_optional: false,
        };
        let mut story = Story::default();
        story.losses.begin_graf();
        Reader {
            story,
            open: vec![state],
            bytes: Vec::new(),
            code_page: WINDOWS_1252,
            n_to_skip: 0,
            high: None,
            runs: Vec::new(),
            colours: Vec::new(),
            colour: [0; 3],
            field: String::new(),
            list_text: String::new(),
            style_name: String::new(),
            styles: BTreeMap::new(),
            indents: Vec::new(),
            cells: Vec::new(),
            rows: Vec::new(),
            cell: Vec::new(),
            outer: Vec::new(),
            notes: Vec::new(),
        }
    }

    fn state(&mut self) -> &mut State {
        self.open.last_mut().expect("the file itself is open")
    }

    fn form(&mut self) -> &mut Form {
        &mut self.state().look.form
    }

    fn says_something(&self, colour: Option<i32>) -> bool {
        let at = colour.and_then(|colour| usize::try_from(colour).ok());
        at.and_then(|at| self.colours.get(at)).copied().unwrap_or_default()
    }

    fn take(&mut self, token: Token) -> Result<()> {
        if !matches!(token, Token::Hex(_) | Token::Bytes(_)) {
            self.decode();
        }
        match token {
            Token::Open => {
                let state = State { is_optional: false, ..self.state().clone() };
                self.open.push(state);
                self.n_to_skip = 0;
                if self.open.len() > MAX_DEPTH {
                    return Err(too_large());
                }
            }
            Token::Close => self.close(),
            Token::Sign(b'*') => self.state().is_optional = true,
            Token::Sign(b'~') => self.say("\u{a0}"),
            Token::Sign(b'_') => self.say("\u{2011}"),
            Token::Sign(sign @ (b'{' | b'}' | b'\\')) => self.say((sign as char).encode_utf8(&mut [0; 4])),
            Token::Sign(b'\r' | b'\n') => self.end_graf(),
            Token::Sign(_) => {}
            Token::Hex(byte) => self.byte(byte),
            Token::Bytes(words) => words.iter().for_each(|byte| self.byte(*byte)),
            Token::Word(word, number) => self.word(word, number),
        }
        Ok(())
    }

    fn byte(&mut self, byte: u8) {
        if self.n_to_skip > 0 {
            self.n_to_skip -= 1;
        } else {
            self.bytes.push(byte);
        }
    }

    fn decode(&mut self) {
        if !self.bytes.is_empty() {
            let bytes = std::mem::take(&mut self.bytes);
            let (words, _) = self.code_page.decode_without_bom_handling(&bytes);
            self.say(&words);
        }
    }

    fn close(&mut self) {
        if self.open.len() < 2 {
            return;
        }
        let closed = self.open.pop().expect("there are two");
        let outer = self.state().into;
        match (closed.into, outer) {
            (Into::Note, outer) if outer != Into::Note => {
                let mut runs = std::mem::replace(&mut self.runs, self.outer.pop().unwrap_or_default());
                if let Some(first) = runs.first_mut() {
                    // What parts its words from their number.
                    first.text = first.text.trim_start().to_owned();
                }
                let at = self.notes.len();
                self.notes.push(grafs(Role::Plain, runs));
                self.runs.push(Run::reference(at + 1));
            }
            (Into::Styles, _) => {
                let name = std::mem::take(&mut self.style_name).trim_end_matches(';').trim().to_lowercase();
                let heading = name.strip_prefix("heading ").and_then(|level| level.parse::<usize>().ok());
                let role = match (name.as_str(), heading) {
                    ("title", _) => Role::Hed,
                    ("subtitle", _) => Role::Dek,
                    ("byline" | "author", _) => Role::Byline,
                    (_, Some(level)) => Role::Heading(level.clamp(1, 6)),
                    _ => Role::Plain,
                };
                let is_code = ["code", "preformatted"].iter().any(|word| name.contains(word));
                let style = Style { role, is_quote: name.contains("quot"), is_code, look: closed.look };
                self.styles.insert(closed.style, style);
            }
            (Into::Field, outer) if outer != Into::Field => {
                let target = self.field.trim().strip_prefix("HYPERLINK").and_then(|rest| rest.trim().strip_prefix('"'));
                let link = target.and_then(|rest| rest.split('"').next()).and_then(super::public);
                self.field.clear();
                // It holds for the result, which is a group beside this one.
                self.state().look.link = link;
            }
            _ => {}
        }
    }

    fn say(&mut self, words: &str) {
        let state = self.open.last().expect("the file itself is open");
        match state.into {
            Into::Nowhere => {}
            Into::Colours => {
                for _ in words.matches(';') {
                    self.colours.push(is_colour(std::mem::take(&mut self.colour)));
                }
                self.colours.truncate(MAX_COLOURS);
            }
            Into::Styles => self.style_name += words,
            Into::Field => self.field += words,
            Into::ListText => self.list_text += words,
            Into::Copy | Into::Note if state.is_hidden => {
                if !words.trim().is_empty() {
                    self.story.losses.add(Loss::Hidden);
                }
            }
            Into::Copy | Into::Note => {
                let style = self.styles.get(&state.style).map(|style| style.look.form).unwrap_or_default();
                let look = Look { form: state.look.form.without(style), ..state.look.clone() };
                let before = self.runs.last().and_then(|run| run.text.chars().next_back());
                let (words, look) = hold(words, &look, before, &mut self.story.losses);
                match self.runs.last_mut() {
                    Some(last) if last.look == look => last.text += &words,
                    _ => self.runs.push(Run { text: words.into_owned(), look }),
                }
            }
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        let is_on = number != Some(0);
        let is_copy = matches!(self.state().into, Into::Copy | Into::Note);
        match word {
            "ansicpg" => self.code_page = code_page(number.unwrap_or(1252)),
            "mac" => self.code_page = encoding_rs::MACINTOSH,
            "b" => self.state().look.is_bold = is_on,
            "i" => self.state().look.is_italic = is_on,
            "strike" | "striked" => self.state().look.is_struck = is_on,
            "super" => self.form().shift = if is_on { Shift::Raised } else { Shift::None },
            "sub" => self.form().shift = if is_on { Shift::Lowered } else { Shift::None },
            "nosupersub" => self.form().shift = Shift::None,
            "up" => self.form().shift = Shift::by(number.unwrap_or(6).into()),
            "dn" => self.form().shift = Shift::by(-f64::from(number.unwrap_or(6))),
            "ul" | "uld" | "uldb" | "uldash" | "ulth" | "ulw" | "ulwave" => self.form().is_underlined = is_on,
            "ulnone" => self.form().is_underlined = false,
            "caps" | "scaps" => self.form().is_capitals = is_on,
            "cf" => {
                let says = self.says_something(number);
                self.form().is_coloured = says;
            }
            "highlight" | "cb" | "chcbpat" => {
                let says = self.says_something(number);
                self.form().is_marked = says;
            }
            "red" | "green" | "blue" if self.state().into == Into::Colours => {
                let part = ["red", "green", "blue"].iter().position(|part| *part == word).unwrap_or_default();
                self.colour[part] = number.unwrap_or_default().clamp(0, 255) as u8;
            }
            "v" => self.state().is_hidden = is_on,
            "plain" => {
                let state = self.state();
                state.look = Look { link: state.look.link.clone(), ..Look::default() };
                state.is_hidden = false;
            }
            "uc" => self.state().n_spare = usize::try_from(number.unwrap_or(1)).unwrap_or_default().min(8),
            "u" => self.unicode(number.unwrap_or_default()),
            "s" => self.state().style = number.unwrap_or_default(),
            "outlinelevel" => self.state().level = number,
            "ls" => self.state().has_list = is_on,
            "ilvl" => self.state().list_level = number.unwrap_or_default(),
            "intbl" => self.state().is_in_table = true,
            "li" | "lin" => self.state().indent = number.unwrap_or_default(),
            "fi" => self.state().first_indent = number.unwrap_or_default(),
            "brdrb" | "brdrt" => self.state().has_line = true,
            "pard" => {
                let state = self.state();
                (state.style, state.level, state.is_in_table, state.has_list, state.list_level) =
                    (0, None, false, false, 0);
                (state.indent, state.first_indent, state.has_line) = (0, 0, false);
            }
            "par" | "sect" if is_copy => self.end_graf(),
            "cell" | "nestcell" if is_copy => self.end_cell(),
            "row" | "nestrow" if is_copy => {
                let cells = std::mem::take(&mut self.cells);
                self.rows.push(cells);
            }
            "line" | "softline" => self.say("\n"),
            "tab" => self.say("\t"),
            "emdash" => self.say("—"),
            "endash" => self.say("–"),
            "bullet" => self.say("•"),
            "lquote" => self.say("‘"),
            "rquote" => self.say("’"),
            "ldblquote" => self.say("“"),
            "rdblquote" => self.say("”"),
            "emspace" | "enspace" | "qmspace" => self.say(" "),
            "deleted" if is_on => {
                self.story.losses.add(Loss::Change);
                self.state().into = Into::Nowhere;
            }
            "revised" if is_on => self.story.losses.add(Loss::Change),
            _ => self.destination(word),
        }
    }

    /// Words that say where the rest of their group goes.
    fn destination(&mut self, word: &str) {
        // Only the first word of a group says so.
        let is_optional = std::mem::take(&mut self.state().is_optional);
        let into = match word {
            "fonttbl" | "info" | "listtable" | "listoverridetable" | "rsidtbl" | "generator" | "themedata"
            | "datastore" | "latentstyles" | "xmlnstbl" | "mmathPr" | "pnseclvl" | "bkmkstart" | "bkmkend"
            | "atrfstart" | "atrfend" | "atnid" | "atnauthor" | "template" | "filetbl" | "revtbl" | "sp"
            | "shprslt" | "nonshppict" | "nesttableprops" | "pgdsctbl" => Into::Nowhere,
            "colortbl" => Into::Colours,
            "stylesheet" => Into::Styles,
            "fldinst" => Into::Field,
            "listtext" | "pntext" => Into::ListText,
            "footnote" => {
                self.outer.push(std::mem::take(&mut self.runs));
                Into::Note
            }
            "pict" => {
                self.story.losses.add(Loss::Picture);
                Into::Nowhere
            }
            "object" | "objdata" => {
                self.story.losses.add(Loss::Object);
                Into::Nowhere
            }
            "annotation" => {
                self.story.losses.add(Loss::Comment);
                Into::Nowhere
            }
            "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl" | "footerr" | "footerf" => {
                self.story.losses.add_everywhere(Loss::Header);
                Into::Nowhere
            }
            "shptxt" => {
                self.story.losses.add(Loss::TextBox);
                Into::Copy
            }
            // Their text stands in a group inside, or, as AbiWord marks it, in this one.
            "shpinst" | "shppict" | "fldrslt" => return,
            _ if is_optional => Into::Nowhere,
            _ => return,
        };
        let state = self.state();
        if state.into == Into::Nowhere || state.into == Into::Styles && into != Into::Nowhere {
            return;
        }
        // A footnote inside a footnote is a part of it.
        if into == Into::Note && state.into == Into::Note {
            self.runs = self.outer.pop().unwrap_or_default();
            return;
        }
        state.into = into;
        if into == Into::ListText {
            self.list_text.clear();
        }
    }

    fn unicode(&mut self, number: i32) {
        self.n_to_skip = self.state().n_spare;
        // Numbers over 32,767 are written negative.
        let code = u32::try_from(if number < 0 { number + 0x1_0000 } else { number }).unwrap_or_default();
        let c = match (code, self.high.take()) {
            (0xd800..0xdc00, _) => {
                self.high = Some(code);
                return;
            }
            (0xdc00..0xe000, Some(high)) => char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (code - 0xdc00)),
            // The symbol typeface, as Word writes its bullets.
            (0xf000..0xf100, _) => {
                self.story.losses.add(Loss::Symbol);
                return;
            }
            (code, _) => char::from_u32(code),
        };
        self.say(c.unwrap_or('\u{fffd}').encode_utf8(&mut [0; 4]));
    }

    fn end_graf(&mut self) {
        let state = self.state().clone();
        if state.into == Into::Note {
            return self.say("\n\n");
        }
        let mut runs = std::mem::take(&mut self.runs);
        let mut list_text = std::mem::take(&mut self.list_text);
        let style = self.styles.get(&state.style).cloned().unwrap_or_default();
        let role = match (style.role, state.level) {
            (Role::Plain, Some(level @ 0..6)) => Role::Heading(level.unsigned_abs() as usize + 1),
            (role, _) => role,
        };
        for run in &mut runs {
            run.look.is_bold &= !style.look.is_bold;
            run.look.is_italic &= !style.look.is_italic;
        }
        let mut level = state.list_level.clamp(0, 8);
        if !state.has_list && list_text.is_empty() && state.first_indent < 0 && take_mark(&mut runs, &mut list_text) {
            self.indents.retain(|indent| *indent < state.indent);
            self.indents.push(state.indent);
            level = i32::try_from(self.indents.len() - 1).unwrap_or_default().min(8);
        } else {
            self.indents.clear();
        }
        let is_empty = is_blank(&runs);
        let is_item = !is_empty && role == Role::Plain && (state.has_list || !list_text.trim().is_empty());
        if style.is_code && !state.is_in_table && !is_item {
            self.end_table();
            self.add_code(words_of(&runs).trim_end());
            return self.story.losses.begin_graf();
        }
        let new = grafs(role, runs);
        if state.is_in_table {
            self.cell.extend(new);
            return;
        }
        self.end_table();
        if is_item {
            add_item(&mut self.story.blocks, &list_text, level, new);
        } else if is_empty && state.has_line {
            self.story.blocks.push(Block::Rule);
        } else {
            match self.story.blocks.last_mut() {
                Some(Block::Quote(quote)) if style.is_quote => quote.extend(new),
                _ if style.is_quote && !is_empty => self.story.blocks.push(Block::Quote(new)),
                _ => self.story.blocks.extend(new),
            }
        }
        self.story.losses.begin_graf();
    }

    /// Each line of code is a graf.
    fn add_code(&mut self, line: &str) {
        match self.story.blocks.last_mut() {
            Some(Block::Code(code)) => *code += &format!("\n{line}"),
            _ if line.is_empty() => {}
            _ => self.story.blocks.push(Block::Code(line.to_owned())),
        }
    }

    fn end_cell(&mut self) {
        let runs = std::mem::take(&mut self.runs);
        self.cell.extend(grafs(Role::Plain, runs));
        let cell = std::mem::take(&mut self.cell);
        self.cells.push((cell, Side::None));
    }

    fn end_table(&mut self) {
        if !self.cells.is_empty() {
            let cells = std::mem::take(&mut self.cells);
            self.rows.push(cells);
        }
        if !self.rows.is_empty() {
            let rows = std::mem::take(&mut self.rows);
            let table = super::table_of(rows, &mut self.story.losses);
            self.story.blocks.extend(table);
        }
        let cell = std::mem::take(&mut self.cell);
        self.story.blocks.extend(cell);
    }

    fn finish(mut self) -> Story {
        self.decode();
        self.state().is_in_table = false;
        self.end_graf();
        let notes = (1..).zip(self.notes).map(|(number, blocks)| Block::Footnote(Footnote { number, blocks }));
        self.story.blocks.extend(notes);
        self.story
    }
}

/// Takes the bullet or number that a graf with a hanging first line begins with, up to its tab.
fn take_mark(runs: &mut [Run], mark: &mut String) -> bool {
    let Some((first, rest)) = runs.first().and_then(|run| run.text.split_once('\t')) else { return false };
    let first = first.trim();
    let digits = first.trim_end_matches(['.', ')']);
    let is_number = digits.len() < first.len() && digits.len() <= 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number && !["•", "◦", "▪", "–", "-", "*", "·"].contains(&first) {
        return false;
    }
    *mark = first.to_owned();
    runs[0].text = rest.to_owned();
    true
}

/// Puts an item into the list above it, as deep as it stands; a number in front begins or goes on with a numbered list.
fn add_item(blocks: &mut Vec<Block>, list_text: &str, level: i32, new: Vec<Block>) {
    let digits: String = list_text.trim().chars().take_while(char::is_ascii_digit).collect();
    let number: Option<u64> = digits.parse().ok();
    if let Some(Block::List(list)) = blocks.last_mut() {
        if level > 0
            && let Some(item) = list.items.last_mut()
        {
            return add_item(item, list_text, level - 1, new);
        }
        let next = list.first.map(|first| first.saturating_add(list.items.len() as u64));
        if next == number {
            list.items.push(new);
            return;
        }
    }
    blocks.push(Block::List(List { first: number, items: vec![new] }));
}

fn code_page(number: i32) -> &'static Encoding {
    let label = match number {
        10_000 => "macintosh".to_owned(),
        65_001 => "utf-8".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        number => format!("windows-{number}"),
    };
    Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::block::Losses;
    use crate::import::markdown;

    fn check(rtf: &str, text: &str) {
        let story = read(rtf.as_bytes()).expect("it is read");
        assert_eq!(markdown::write(&story.blocks, &mut Losses::default()), text);
    }

    #[test]
    fn letters_come_from_code_pages_and_numbers() {
        check(
            r"{\rtf1\ansi\ansicpg1252 caf\'e9 \u8220?quoted\u8221? \u-10179?\u-8704?\ldblquote x\rdblquote\~y\par}",
            "café “quoted” 😀“x”\u{a0}y",
        );
        check(r"{\rtf1\mac na\'95ve}", "naïve");
        check(r"{\rtf1\uc2 \u233ab!}", "é!");
    }

    #[test]
    fn looks_lists_links_tables_and_notes_are_read() {
        check(
            r#"{\rtf1{\fonttbl{\f0 Georgia;}}{\stylesheet{\s2 heading 2;}{\s5 Quote;}}\pard\s2 Part\par
\pard One {\b two} {\i\b three}.\par
\pard\s5 Said.\par
\pard{\listtext 1.\tab}\ls1 a\par
{\listtext 2.\tab}b\par
{\listtext\'b7\tab}\ilvl1 c\par
\pard {\field{\*\fldinst{HYPERLINK "https://example.org/"}}{\fldrslt{linked}}} x{\footnote{ Note.}}\par
\trowd\intbl A\cell B\cell\row\intbl c\cell d\cell\row\pard {\*\unknown gone}{\v hidden}End.}"#,
            "## Part\n\nOne **two *three***.\n\n> Said.\n\n1. a\n2. b\n   - c\n\n[linked](https://example.org/) x[^1]\n\n\
             | A | B |\n|---|---|\n| c | d |\n\nEnd.\n\n[^1]: Note.",
        );
    }

    #[test]
    fn a_note_as_libreoffice_writes_it_loses_no_graf() {
        check(
            r"{\rtf1\ansi One.\par Two{\super\chftn{\*\footnote\pard\plain \chftn  Note.}} goes on.}",
            "One.\n\nTwo[^1] goes on.\n\n[^1]: Note.",
        );
        check(r"{\rtf1 Two{\super\chftn}{\*\footnote\chftn\~\plain Note.}\par}", "Two[^1]\n\n[^1]: Note.");
    }

    #[test]
    fn what_a_field_shows_stays_where_it_is_marked_as_optional() {
        check(
            r#"{\rtf1 {\field{\*\fldinst {\f1 HYPERLINK "https://example.org/"}}{\*\fldrslt{\f1 linked}}}.\par}"#,
            "[linked](https://example.org/).",
        );
    }

    #[test]
    fn lists_typed_lines_and_what_a_style_sets_are_read() {
        check(
            r"{\rtf1{\stylesheet{\s1\b heading 1;}{\s5\i Quote;}{\s6 Code;}}\pard\s1\b Part\par
\pard\plain\s5\i Said {\i0 so}.\par
\pard\plain\fi-360\li360 \bullet\tab one\par
\pard\plain\fi-360\li720 \endash\tab two\par
\pard\plain\fi-360\li360 \bullet\tab three\par
\pard\plain\brdrb\brdrs\par
\pard\plain\s6 x = 1\par
\pard\plain\s6 y = 2\par
\pard\plain\fi-360\li360 2.\tab last\par}",
            "## Part\n\n> Said so.\n\n- one\n  - two\n- three\n\n---\n\n```\nx = 1\ny = 2\n```\n\n2. last",
        );
    }

    #[test]
    fn groups_that_never_end_are_refused() {
        assert!(read(br"{\rtf1 a").is_err());
        assert!(read("{".repeat(1_000).as_bytes()).is_err());
    }
}
