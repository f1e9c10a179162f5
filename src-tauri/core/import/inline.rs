//! The words of one graf as Markdown: marks where the looks change, escapes where Markdown would see marks.

use super::block::{Look, Run, is_blank, words_of};
use crate::draft::Faces;
use crate::span::{Span, one_line};
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};
use std::rc::Rc;
use unicode_normalization::UnicodeNormalization;

/// One graf behind the marks of its kind, and whether every look is in it.
///
/// It is read back as it is written: escapes stand only where they are needed, and a look that cannot be written there
/// (bold that begins inside a word, before a quote mark) goes without its marks rather than leave stars in the copy.
pub fn write(marks: &str, runs: &[Run]) -> (String, bool) {
    let runs = settle(runs, !marks.is_empty());
    let plainer = [
        (runs.clone(), true),
        (without_marks_on_points(&runs), false),
        (stripped(&runs, |look| Look { link: look.link, is_reference: look.is_reference, ..Look::default() }), false),
    ];
    for (runs, is_whole) in &plainer {
        for (escape, slant) in [(false, "*"), (true, "*"), (false, "_"), (true, "_")] {
            let line = format!("{marks}{}", marked(runs, escape, slant));
            if reads_as(&line, &stripped(runs, |look| Look { is_reference: false, ..look })) {
                return (line, *is_whole);
            }
        }
    }
    let bare = stripped(&runs, |look| Look { is_reference: look.is_reference, ..Look::default() });
    let is_whole = runs == bare;
    (format!("{marks}{}", marked(&bare, true, "*")), is_whole)
}

/// One graf whose words have their marks already: what it is set in besides is marked, and nothing is escaped.
pub fn write_as_typed(marks: &str, runs: &[Run]) -> String {
    let words = words_of(runs);
    let indent = words.len() - words.trim_start_matches(' ').len();
    // What is a reference is never escaped.
    let runs = stripped(&settle(&unmarked(runs), !marks.is_empty()), |look| Look { is_reference: true, ..look });
    format!("{}{marks}{}", " ".repeat(indent), marked(&runs, false, "*"))
}

/// Runs without the looks that the marks among their words give them.
fn unmarked(runs: &[Run]) -> Vec<Run> {
    let words = words_of(runs);
    let faces = Faces::of(&words);
    let (mut bare, mut start) = (Vec::new(), 0);
    for run in runs {
        let end = start + run.text.len();
        for (span, face) in faces.cut(Span::new(start, end)) {
            let is_word = face.mark.is_none();
            let look = Look {
                is_bold: run.look.is_bold && is_word && !face.is_bold,
                is_italic: run.look.is_italic && is_word && !face.is_italic,
                is_struck: run.look.is_struck && is_word && !face.is_struck,
                link: run.look.link.clone().filter(|_| is_word && face.link.is_none()),
                ..run.look
            };
            bare.push(Run { text: span.of(&words).to_owned(), look });
        }
        start = end;
    }
    bare
}

/// A pipe in a cell, unless it has its escape already.
pub fn escape_pipes(line: &str) -> String {
    let (mut cell, mut is_escaped) = (String::with_capacity(line.len()), false);
    for c in line.chars() {
        if c == '|' && !is_escaped {
            cell.push('\\');
        }
        is_escaped = c == '\\' && !is_escaped;
        cell.push(c);
    }
    cell
}

/// Words as Stet keeps them: composed (NFC), without soft hyphens and what is no character of a text.
pub fn clean(words: &str) -> String {
    let is_text = |c: &char| *c != '\u{ad}' && *c != '\u{feff}' && (!c.is_control() || matches!(c, '\n' | '\t'));
    words
        .replace("\r\n", "\n")
        .replace(['\r', '\u{2028}', '\u{b}', '\u{c}'], "\n")
        .chars()
        .filter(is_text)
        .nfc()
        .collect()
}

/// Clean words on one line, one blank between.
pub fn clean_line(words: &str) -> String {
    one_line(&clean(words))
}

/// Clean runs: neighbours of one look are one, white space at the edge of a look has what both sides share, none stands at
/// the ends of the graf or of a line.
fn settle(runs: &[Run], is_one_line: bool) -> Vec<Run> {
    let mut pieces: Vec<Run> = Vec::new();
    for run in runs {
        let mut text = clean(&run.text);
        if is_one_line {
            text = text.replace('\n', " ");
        }
        let inner = text.trim_matches(char::is_whitespace);
        let start = text.len() - text.trim_start().len();
        if inner.is_empty() {
            push(&mut pieces, &text, None);
        } else {
            push(&mut pieces, text.get(..start).unwrap_or_default(), None);
            push(&mut pieces, inner, Some(&run.look));
            push(&mut pieces, text.get(start + inner.len()..).unwrap_or_default(), None);
        }
    }
    let mut settled: Vec<Run> = Vec::new();
    let is_space = |run: &Run| run.text.trim().is_empty();
    for n in 0..pieces.len() {
        let piece = &pieces[n];
        let look = match is_space(piece) {
            false => piece.look.clone(),
            true => match (n.checked_sub(1).map(|n| &pieces[n].look), pieces.get(n + 1).map(|next| &next.look)) {
                (Some(before), Some(next)) => shared(before, next),
                _ => Look::default(),
            },
        };
        push(&mut settled, &piece.text, Some(&look));
    }
    trim(settled)
}

/// Adds words; those without a look are white space that waits for one.
fn push(runs: &mut Vec<Run>, text: &str, look: Option<&Look>) {
    if text.is_empty() {
        return;
    }
    let look = look.map(|look| Look { is_dateline: false, ..look.clone() }).unwrap_or_default();
    match runs.last_mut() {
        Some(last) if last.look == look && last.text.trim().is_empty() == text.trim().is_empty() => last.text += text,
        Some(last) if last.look == look && !last.text.trim().is_empty() => last.text += text,
        _ => runs.push(Run { text: text.to_owned(), look }),
    }
}

fn shared(a: &Look, b: &Look) -> Look {
    Look {
        is_bold: a.is_bold && b.is_bold,
        is_italic: a.is_italic && b.is_italic,
        is_struck: a.is_struck && b.is_struck,
        link: a.link.clone().filter(|_| a.link == b.link),
        ..Look::default()
    }
}

/// Markdown drops spaces at the ends of a line.
fn trim(runs: Vec<Run>) -> Vec<Run> {
    let mut trimmed: Vec<Run> = Vec::new();
    let mut begins_line = true;
    for run in runs {
        let mut text = String::new();
        for c in run.text.chars() {
            let is_space = matches!(c, ' ' | '\t');
            if c == '\n' {
                drop_spaces(&mut trimmed, &mut text);
                if text.is_empty() && trimmed.is_empty() {
                    continue;
                }
                text.push(c);
                begins_line = true;
            } else if !(is_space && begins_line) {
                text.push(c);
                begins_line = false;
            }
        }
        if !text.is_empty() {
            match trimmed.last_mut() {
                Some(last) if last.look == run.look => last.text += &text,
                _ => trimmed.push(Run { text, look: run.look }),
            }
        }
    }
    let mut last = String::new();
    drop_spaces(&mut trimmed, &mut last);
    while let Some(run) = trimmed.last_mut() {
        let kept = run.text.trim_end_matches([' ', '\t', '\n']).len();
        run.text.truncate(kept);
        if kept > 0 {
            break;
        }
        trimmed.pop();
    }
    trimmed
}

fn drop_spaces(before: &mut Vec<Run>, text: &mut String) {
    text.truncate(text.trim_end_matches([' ', '\t']).len());
    while text.is_empty()
        && let Some(run) = before.last_mut()
    {
        let kept = run.text.trim_end_matches([' ', '\t']).len();
        run.text.truncate(kept);
        if kept > 0 {
            break;
        }
        before.pop();
    }
}

fn stripped(runs: &[Run], look: impl Fn(Look) -> Look) -> Vec<Run> {
    merged(runs.iter().map(|run| Run { text: run.text.clone(), look: look(run.look.clone()) }))
}

fn merged(runs: impl Iterator<Item = Run>) -> Vec<Run> {
    let mut merged: Vec<Run> = Vec::new();
    for run in runs.filter(|run| !run.text.is_empty()) {
        match merged.last_mut() {
            Some(last) if last.look == run.look => last.text += &run.text,
            _ => merged.push(run),
        }
    }
    merged
}

/// Marks and points at the edge of a look lose it: `**` opens before a letter, wherever that stands.
fn without_marks_on_points(runs: &[Run]) -> Vec<Run> {
    let mut plainer = Vec::new();
    for run in runs {
        let is_point = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
        let inner = run.text.trim_matches(is_point);
        if run.look.link.is_some() || run.look.is_reference || inner.is_empty() {
            let is_reference = run.look.is_reference;
            let look = Look { link: run.look.link.clone(), is_reference, ..Look::default() };
            plainer.push(Run { text: run.text.clone(), look });
            continue;
        }
        let start = run.text.len() - run.text.trim_start_matches(is_point).len();
        for (text, look) in [
            (run.text.get(..start), Look::default()),
            (Some(inner), run.look.clone()),
            (run.text.get(start + inner.len()..), Look::default()),
        ] {
            plainer.push(Run { text: text.unwrap_or_default().to_owned(), look });
        }
    }
    merged(plainer.into_iter())
}

#[derive(Clone, PartialEq)]
enum Mark {
    Link(Rc<str>),
    Bold,
    Italic,
    Struck,
}

fn marks_of(look: &Look) -> Vec<Mark> {
    let link = look.link.iter().map(|link| Mark::Link(link.clone()));
    let looks = [(look.is_bold, Mark::Bold), (look.is_italic, Mark::Italic), (look.is_struck, Mark::Struck)];
    link.chain(looks.into_iter().filter(|(is_so, _)| *is_so).map(|(_, mark)| mark)).collect()
}

/// Runs between their marks; what lasts longest opens first.
fn marked(runs: &[Run], escape: bool, slant: &str) -> String {
    let looks: Vec<Vec<Mark>> = runs.iter().map(|run| marks_of(&run.look)).collect();
    let mut line = String::new();
    let mut open: Vec<Mark> = Vec::new();
    for (n, run) in runs.iter().enumerate() {
        while let Some(at) = open.iter().position(|mark| !looks[n].contains(mark)) {
            for mark in open.split_off(at).iter().rev() {
                line += &closing(mark, slant);
            }
        }
        if let Some(address) = bare_address(&looks, n, run) {
            line += &format!("<{address}>");
            continue;
        }
        let mut new: Vec<Mark> = looks[n].iter().filter(|mark| !open.contains(mark)).cloned().collect();
        let lasts = |mark: &Mark| looks[n..].iter().take_while(|look| look.contains(mark)).count();
        new.sort_by_key(|mark| std::cmp::Reverse(lasts(mark)));
        for mark in new {
            line += opening(&mark, slant);
            open.push(mark);
        }
        line += &match run.look.is_reference {
            true => run.text.clone(),
            false => escaped(&run.text, escape, line.is_empty()),
        };
    }
    for mark in open.iter().rev() {
        line += &closing(mark, slant);
    }
    line
}

/// The words of a link that shows its own address and nothing else.
fn bare_address<'a>(looks: &[Vec<Mark>], n: usize, run: &'a Run) -> Option<&'a str> {
    let link = run.look.link.as_ref().filter(|_| looks[n].len() == 1)?;
    let is_alone = |other: Option<&Vec<Mark>>| other.is_none_or(|look| !look.contains(&looks[n][0]));
    let is_bare = **link == *run.text || **link == *format!("mailto:{}", run.text);
    let is_around = is_alone(n.checked_sub(1).map(|n| &looks[n])) && is_alone(looks.get(n + 1));
    (is_bare && is_around).then_some(&run.text)
}

fn opening<'a>(mark: &Mark, slant: &'a str) -> &'a str {
    match mark {
        Mark::Link(_) => "[",
        Mark::Bold => "**",
        Mark::Italic => slant,
        Mark::Struck => "~~",
    }
}

fn closing(mark: &Mark, slant: &str) -> String {
    match mark {
        Mark::Link(link) => {
            let is_odd = |c: char| matches!(c, '(' | ')' | '<' | '>' | '\\' | '*' | '_' | '`' | '[' | ']' | '~');
            let mut target = String::new();
            for c in link.chars() {
                match c {
                    c if c.is_whitespace() || c.is_control() => {
                        c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| target += &format!("%{byte:02X}"));
                    }
                    '<' => target += "%3C",
                    '>' => target += "%3E",
                    '\\' => target += "%5C",
                    c => target.push(c),
                }
            }
            if target.contains(['(', ')']) && target.contains(is_odd) {
                format!("](<{target}>)")
            } else {
                format!("]({target})")
            }
        }
        mark => opening(mark, slant).to_owned(),
    }
}

/// Words with a backslash before what Markdown could take for a mark, or as they are; a comment is always broken.
fn escaped(text: &str, escape: bool, begins_line: bool) -> String {
    let mut line = String::with_capacity(text.len());
    let mut at_start = begins_line;
    let mut chars = text.chars().peekable();
    let mut n_digits = 0;
    while let Some(c) = chars.next() {
        let is_end = |next: Option<&char>| next.is_none_or(|next| next.is_whitespace());
        let is_mark = match c {
            // What looks like the mark of a footnote could be one of another.
            '[' => escape || chars.peek() == Some(&'^'),
            '\\' | '`' | '*' | '_' | ']' | '<' | '>' | '~' | '#' | '&' | '|' => escape,
            '!' => escape || line.ends_with('<'),
            '-' | '+' | '=' | ':' => escape && at_start,
            '.' | ')' => escape && n_digits > 0 && is_end(chars.peek()),
            _ => false,
        };
        if is_mark || c == '\n' {
            line.push('\\');
        }
        line.push(c);
        n_digits = if c.is_ascii_digit() && (at_start || n_digits > 0) { n_digits + 1 } else { 0 };
        at_start = c == '\n';
    }
    line
}

/// Whether Markdown reads the line as one graf or heading of these runs.
fn reads_as(line: &str, runs: &[Run]) -> bool {
    if line.contains("<!--") {
        return false;
    }
    let (mut read, mut look, mut n_blocks): (Vec<Run>, Look, usize) = (Vec::new(), Look::default(), 0);
    for event in Parser::new_ext(line, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES) {
        let text = match event {
            Event::Start(Tag::Paragraph | Tag::Heading { .. }) => {
                n_blocks += 1;
                continue;
            }
            Event::Start(Tag::Strong) => set(&mut look.is_bold, true),
            Event::End(TagEnd::Strong) => set(&mut look.is_bold, false),
            Event::Start(Tag::Emphasis) => set(&mut look.is_italic, true),
            Event::End(TagEnd::Emphasis) => set(&mut look.is_italic, false),
            Event::Start(Tag::Strikethrough) => set(&mut look.is_struck, true),
            Event::End(TagEnd::Strikethrough) => set(&mut look.is_struck, false),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let mail = if link_type == LinkType::Email { "mailto:" } else { "" };
                look.link = Some(format!("{mail}{dest_url}").into());
                continue;
            }
            Event::End(TagEnd::Link) => {
                look.link = None;
                continue;
            }
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_)) => continue,
            Event::Text(text) => text,
            Event::HardBreak => "\n".into(),
            _ => return false,
        };
        push_read(&mut read, &text, &look);
    }
    n_blocks <= 1 && (n_blocks == 1 || is_blank(runs)) && same(&read, runs)
}

fn set(part: &mut bool, is_so: bool) -> pulldown_cmark::CowStr<'static> {
    *part = is_so;
    "".into()
}

fn push_read(read: &mut Vec<Run>, text: &str, look: &Look) {
    if text.is_empty() {
        return;
    }
    match read.last_mut() {
        Some(last) if last.look == *look => last.text += text,
        _ => read.push(Run { text: text.to_owned(), look: look.clone() }),
    }
}

/// The same but for how an address was spelt.
fn same(read: &[Run], runs: &[Run]) -> bool {
    let strip = |look: &Look| Look { link: None, ..look.clone() };
    let is_same = |(a, b): (&Run, &Run)| {
        a.text == b.text && strip(&a.look) == strip(&b.look) && a.look.link.is_some() == b.look.link.is_some()
    };
    read.len() == runs.len() && read.iter().zip(runs).all(is_same)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str, looks: &str) -> Run {
        let (marks, link) = looks.split_once(' ').unwrap_or((looks, ""));
        let look = Look {
            is_bold: marks.contains('b'),
            is_italic: marks.contains('i'),
            is_struck: marks.contains('s'),
            link: (!link.is_empty()).then(|| link.into()),
            ..Look::default()
        };
        Run { text: text.into(), look }
    }

    fn check(runs: &[Run], line: &str) {
        assert_eq!(write("", runs), (line.to_owned(), true));
    }

    #[test]
    fn marks_open_and_close_where_the_looks_change() {
        check(&[run("one ", "b"), run("two", "bi"), run(" three", "")], "**one *two*** three");
        check(&[run("one ", "b"), run("two", "i")], "**one** *two*");
        check(&[run("a ", ""), run("b ", "i https://x.org/a b"), run("c", "i")], "a *[b](https://x.org/a%20b) c*");
        check(&[run("https://x.org/", " https://x.org/")], "<https://x.org/>");
        check(&[run("so", "b"), run("me", "")], "**so**me");
        check(&[run("soft\u{ad}ly e\u{301}", "s")], "~~softly é~~");
        check(&[run("a", "b"), run("b", "i")], "**a***b*");
    }

    #[test]
    fn only_what_would_be_a_mark_is_escaped() {
        check(&[run("5 * 3 & a_b # not!", "")], "5 * 3 & a_b # not!");
        check(&[run("1986. A great year", "")], "1986\\. A great year");
        check(&[run("- not a list", "")], "\\- not a list");
        check(&[run("*stars*", "")], "\\*stars\\*");
        check(&[run("a\n- b\n---", "")], "a\\\n\\- b\\\n\\---");
        check(&[run("<!-- ask -->", "")], "<\\!-- ask -->");
        check(&[run("[a]: b", "")], "\\[a\\]: b");
        check(&[run("x[^1]", ""), Run::reference(2), run(".", "")], "x\\[^1][^2].");
        check(&[run("  a  b \n c ", "")], "a  b\\\nc");
        assert_eq!(write("## ", &[run("C #", "")]).0, "## C \\#");
    }

    #[test]
    fn a_look_that_cannot_be_written_is_left_out_and_said() {
        assert_eq!(write("", &[run("a", ""), run("“b”", "b"), run("c", "")]), ("a“**b**”c".to_owned(), false));
    }
}
