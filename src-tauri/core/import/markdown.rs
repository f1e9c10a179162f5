//! Blocks as Markdown that reads back as the same blocks.

use super::block::{Block, Cell, Footnote, Graf, List, Loss, Losses, Role, Run, Side, Table, words_of};
use super::inline;

/// The Markdown of blocks, a blank line between them. Words that Markdown would take for marks are escaped.
pub fn write(blocks: &[Block], losses: &mut Losses) -> String {
    let mut writer = Writer { losses, shift: heading_shift(blocks), is_as_typed: false };
    writer.blocks(blocks, false)
}

/// The same, of grafs that have their Markdown marks: nothing in them is escaped, and lines that can only be one list,
/// table, quote or block of code stand together.
pub fn write_as_typed(blocks: &[Block], losses: &mut Losses) -> String {
    let mut writer = Writer { losses, shift: heading_shift(blocks), is_as_typed: true };
    let (mut text, mut last, mut is_in_code) = (String::new(), String::new(), false);
    for (n, block) in blocks.iter().enumerate() {
        let words = writer.blocks(std::slice::from_ref(block), false);
        if n > 0 {
            text += if is_in_code || belong(&last, &words) { "\n" } else { "\n\n" };
        }
        is_in_code ^= words.starts_with("```");
        text += &words;
        last = words;
    }
    text
}

/// Two lines that are rows of one table, items of one list, or lines of one quote.
fn belong(line: &str, next: &str) -> bool {
    let mark = |line: &str| match line.trim_start() {
        line if line.starts_with('|') => Some('|'),
        line if line.starts_with('>') => Some('>'),
        line if ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark)) => Some('-'),
        line => {
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
            (rest.len() < line.len() && (rest.starts_with(". ") || rest.starts_with(") "))).then_some('1')
        }
    };
    mark(line).is_some() && mark(line) == mark(next)
}

/// A body’s own headings stand under the hed: none is of the first level.
fn heading_shift(blocks: &[Block]) -> usize {
    let is_first = |block: &Block| matches!(block, Block::Graf(Graf { role: Role::Heading(1), .. }));
    usize::from(blocks.iter().any(is_first))
}

struct Writer<'a> {
    losses: &'a mut Losses,
    shift: usize,
    is_as_typed: bool,
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block], is_tight: bool) -> String {
        let mut text = String::new();
        // Two lists beside each other would run together: every other has other marks.
        let mut is_other = false;
        let mut before: Option<&Block> = None;
        for block in blocks {
            is_other = match (before, block) {
                (Some(Block::List(before)), Block::List(list)) => {
                    before.first.is_some() == list.first.is_some() && !is_other
                }
                _ => false,
            };
            if before.is_some() {
                text += if is_tight { "\n" } else { "\n\n" };
            }
            text += &match block {
                Block::Graf(graf) => self.graf(graf),
                Block::Code(words) => code(words),
                Block::Rule if is_tight => "___".to_owned(),
                Block::Rule => "---".to_owned(),
                Block::List(list) => self.list(list, is_other),
                Block::Quote(blocks) => prefixed(&self.blocks(blocks, false), "> ", "> "),
                Block::Table(table) => self.table(table),
                Block::Footnote(note) => self.footnote(note),
            };
            before = Some(block);
        }
        text
    }

    fn graf(&mut self, graf: &Graf) -> String {
        let marks = match graf.role {
            Role::Heading(level) => "#".repeat((level.max(1) + self.shift).clamp(2, 6)) + " ",
            _ => String::new(),
        };
        self.line(&marks, &if marks.is_empty() { graf.runs.clone() } else { without_bold(&graf.runs) })
    }

    /// Its further grafs are set in, as Markdown asks.
    fn footnote(&mut self, note: &Footnote) -> String {
        let words = self.blocks(&note.blocks, false);
        prefixed(&words, &format!("[^{}]: ", note.number), "    ").trim_end().to_owned()
    }

    fn line(&mut self, marks: &str, runs: &[Run]) -> String {
        if self.is_as_typed {
            return inline::write_as_typed(marks, runs);
        }
        let (line, is_whole) = inline::write(marks, runs);
        if !is_whole {
            self.losses.add_everywhere(Loss::Look);
        }
        line
    }

    fn list(&mut self, list: &List, is_other: bool) -> String {
        let is_tight = list.items.iter().all(|item| is_tight(item));
        let mut lines = Vec::new();
        for (n, item) in (0..).zip(&list.items) {
            let mark = match (list.first.filter(|first| *first < 900_000_000), list.first, is_other) {
                (Some(first), _, false) => format!("{}. ", first + n),
                (Some(first), _, true) => format!("{}) ", first + n),
                (None, Some(_), _) => format!("{}. ", n + 1),
                (None, None, false) => "- ".to_owned(),
                (None, None, true) => "* ".to_owned(),
            };
            let indent = " ".repeat(mark.len());
            lines.push(prefixed(&self.blocks(item, is_tight), &mark, &indent).trim_end().to_owned());
        }
        lines.join(if is_tight { "\n" } else { "\n\n" })
    }

    fn table(&mut self, table: &Table) -> String {
        let n_columns = table.rows.iter().map(Vec::len).max().unwrap_or_default();
        let mut lines = Vec::new();
        for (n, row) in table.rows.iter().enumerate() {
            let mut line = String::from("|");
            for column in 0..n_columns {
                let words = row.get(column).map(|cell| self.cell(&cell.runs, n == 0)).unwrap_or_default();
                line += &if words.is_empty() { " |".to_owned() } else { format!(" {words} |") };
            }
            lines.push(line);
            if n == 0 {
                lines.push((0..n_columns).fold(String::from("|"), |line, column| line + rule(table, column) + "|"));
            }
        }
        lines.join("\n")
    }

    fn cell(&mut self, runs: &[Run], is_head: bool) -> String {
        let mut runs = if is_head { without_bold(runs) } else { runs.to_vec() };
        for run in &mut runs {
            run.text = run.text.replace('\n', " ");
        }
        inline::escape_pipes(&self.line("", &runs))
    }
}

/// Headings and the heads of tables are set bold as a whole: that is no emphasis.
fn without_bold(runs: &[Run]) -> Vec<Run> {
    let mut runs = runs.to_vec();
    if runs.iter().all(|run| run.look.is_bold || run.text.trim().is_empty()) {
        runs.iter_mut().for_each(|run| run.look.is_bold = false);
    }
    runs
}

/// How a column stands, as most of its cells do below the head, or the head where it has no others.
fn rule(table: &Table, column: usize) -> &'static str {
    let sides = |rows: &[Vec<Cell>]| -> Vec<Side> {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.side).collect()
    };
    let sides = match sides(table.rows.get(1..).unwrap_or_default()) {
        below if below.is_empty() => sides(&table.rows),
        below => below,
    };
    let count = |side: Side| sides.iter().filter(|known| **known == side).count();
    match (count(Side::Right), count(Side::Center), count(Side::None)) {
        (right, center, none) if right > center && right > none => "--:",
        (_, center, none) if center > none => ":-:",
        _ => "---",
    }
}

/// One graf, or a graf with a list below it that may stand there without a blank line.
fn is_tight(item: &[Block]) -> bool {
    let may_follow = |list: &List| {
        let has_words = list.items.first().is_some_and(|item| matches!(item.first(), Some(Block::Graf(_))));
        has_words && list.first.is_none_or(|first| first == 1) && list.items.iter().all(|item| is_tight(item))
    };
    match item {
        [] => true,
        [Block::Graf(graf)] => graf.role == Role::Plain,
        // With a pipe in it the marks of the list would look like the rule below the head of a table.
        [Block::Graf(graf), Block::List(list)] => {
            graf.role == Role::Plain && !words_of(&graf.runs).contains('|') && may_follow(list)
        }
        _ => false,
    }
}

fn code(words: &str) -> String {
    let longest = words.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}\n{words}\n{fence}")
}

/// The first line behind one prefix, the others behind another; a blank line stays blank but for a quote’s mark.
fn prefixed(text: &str, first: &str, others: &str) -> String {
    let line = |(n, line): (usize, &str)| match (n, line) {
        (0, line) => format!("{first}{line}"),
        (_, "") => others.trim_end().to_owned(),
        (_, line) => format!("{others}{line}"),
    };
    text.split('\n').enumerate().map(line).collect::<Vec<_>>().join("\n")
}

/// The words of a line of the head: no looks, one line.
pub fn plain_line(runs: &[Run]) -> String {
    super::inline::clean_line(&words_of(runs))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graf(text: &str) -> Block {
        Block::Graf(Graf { role: Role::Plain, runs: vec![Run::plain(text)] })
    }

    fn check(blocks: &[Block], text: &str) {
        assert_eq!(write(blocks, &mut Losses::default()), text);
    }

    #[test]
    fn lists_stand_tight_and_apart() {
        let bullets = |items: Vec<Vec<Block>>| Block::List(List { first: None, items });
        let inner = bullets(vec![vec![graf("c")]]);
        let numbers = Block::List(List { first: Some(3), items: vec![vec![graf("a")], vec![graf("b"), inner]] });
        check(&[numbers.clone(), graf("d")], "3. a\n4. b\n   - c\n\nd");
        check(&[numbers.clone(), numbers], "3. a\n4. b\n   - c\n\n3) a\n4) b\n   - c");
        check(&[bullets(vec![vec![graf("a"), graf("b")], vec![]])], "- a\n\n  b\n\n-");
        check(&[Block::Quote(vec![graf("a"), bullets(vec![vec![graf("b")]])])], "> a\n>\n> - b");
    }

    #[test]
    fn a_table_has_a_head_and_as_many_cells_in_each_row() {
        let cell = |text: &str, side| Cell { runs: vec![Run::plain(text)], side };
        let rows = vec![vec![cell("a|b", Side::None), cell("n", Side::Right)], vec![cell("c\nd", Side::None)]];
        check(&[Block::Table(Table { rows })], "| a\\|b | n |\n|---|--:|\n| c d | |");
    }

    #[test]
    fn code_stands_between_fences_longer_than_any_inside() {
        check(&[Block::Code("a\n```\nb".into()), Block::Rule], "````\na\n```\nb\n````\n\n---");
    }

    #[test]
    fn headings_of_a_body_stand_under_the_hed() {
        let heading = |level, text| Block::Graf(Graf { role: Role::Heading(level), runs: vec![Run::plain(text)] });
        check(&[heading(1, "a"), heading(2, "b")], "## a\n\n### b");
        check(&[heading(2, "a"), heading(9, "b")], "## a\n\n###### b");
    }
}
