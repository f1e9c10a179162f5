//! Plain text: Markdown marks resolved, one paragraph to a line.

use super::galley::{self, Block, Kind};
use super::head_lines;
use crate::draft::Copy;

/// The piece as plain text, a blank line between paragraphs.
pub fn write(copy: &Copy) -> String {
    let mut lines = head_lines(copy).map(|(_, words)| words);
    let mut text = lines.by_ref().fold(String::new(), |text, line| text + &line + "\n\n");
    text += &body(copy);
    let words = text.trim_end();
    if words.is_empty() { String::new() } else { format!("{words}\n") }
}

/// The body with its dateline.
pub fn body(copy: &Copy) -> String {
    let mut text = String::new();
    let mut blocks = galley::set(copy).into_iter().peekable();
    let mut note = None;
    while let Some(block) = blocks.next() {
        if block.note.is_some() && block.note != note {
            note = block.note;
            text += &note.map(|number| format!("[{number}] ")).unwrap_or_default();
        }
        text += &line(&block);
        text += match (block.kind, blocks.peek().map(|next| next.kind)) {
            // A row to a line, its cells apart by a tab.
            (Kind::Cell(_), Some(Kind::Cell(next))) if next.column > 0 => "\t",
            (Kind::Cell(_), Some(Kind::Cell(next))) if next.row > 0 => "\n",
            (Kind::Item(_), Some(Kind::Item(_))) => "\n",
            _ => "\n\n",
        };
    }
    text
}

fn line(block: &Block) -> String {
    let mut words = String::new();
    for run in &block.runs {
        words += &run.text;
        words += &run.note.map(|number| format!("[{number}]")).unwrap_or_default();
        match &run.link {
            Some(link) if link.trim_start_matches("mailto:") != run.text => words += &format!(" ({link})"),
            _ => {}
        }
    }
    let words = words.trim_end_matches('\n');
    let indent = "  ".repeat(block.depth.saturating_sub(1));
    let line = match block.kind {
        Kind::Item(None) => format!("{indent}- {words}"),
        Kind::Item(Some(number)) => format!("{indent}{number}. {words}"),
        Kind::ItemMore => format!("{indent}  {words}"),
        Kind::Quote | Kind::Code => format!("{indent}    {words}"),
        Kind::Rule => "* * *".to_owned(),
        Kind::Cell(_) => words.replace('\n', " "),
        Kind::Paragraph | Kind::Heading(_) => words.to_owned(),
    };
    let inner = match block.kind {
        Kind::Quote | Kind::Code => format!("\n{indent}    "),
        _ => "\n".to_owned(),
    };
    line.replace('\n', &inner)
}
