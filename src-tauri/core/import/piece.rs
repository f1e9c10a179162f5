//! A piece from a file: front matter, or the head as copy is usually typed.

use super::block::Thread;
use super::front::{self, Field};
use super::{Warning, find_front_matter, read_text};
use crate::comment::{Anchor, Finder};
use crate::draft::{Copy, Status};
use crate::span::{Span, after, before};

/// A piece as a file gives it; the desk makes the slug unlike any other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// From the front matter, or made of the file's name. Never empty.
    pub slug: String,
    pub status: Status,
    pub target_words: Option<u32>,
    pub copy: Copy,
    /// The file has front matter or a typed hed, and so says of each part what it is. Else it says nothing of a part
    /// that is empty.
    pub has_head: bool,
    /// What is said about words of its body, in the order of the text.
    pub threads: Vec<Thread>,
}

/// A piece from a `.md` or `.txt` file. Total: what is odd is kept, with a warning.
///
/// Front matter names the parts (slug, hed, dek, byline, dateline, status, target). Without a hed there, the head is
/// read as it is typed: `# Hed`, then each where it stands *a dek in italics*, `By Somebody` or **a byline in bold**,
/// and **DATELINE** — at the start of the body. In `.txt` a short first line is the hed, `by Somebody` below it the
/// byline, a line between the two the dek, DATELINE -- in capitals before the first words the dateline; indents are no
/// part of the copy.
/// The body is the rest without its last line end, so that `export` and back is the same piece.
pub fn read_piece(name: &str, bytes: &[u8]) -> (Piece, Vec<Warning>) {
    let (text, mut warnings) = read_text(bytes);
    let mut piece = Piece { slug: slug_of(stem(name)), ..Piece::default() };
    let mut body = text.as_str();
    let mut names_hed = false;
    let is_plain = name.to_lowercase().ends_with(".txt");
    if let Some(span) = find_front_matter(&text) {
        piece.has_head = true;
        body = after(&text, span.end);
        let mut kept = String::new();
        for field in front::read(&text).map(|front| front.fields).unwrap_or_default() {
            names_hed |= is_hed(&field.key);
            take(&mut piece, &field, &mut warnings, &mut kept, &text);
        }
        let rest = body.strip_suffix('\n').unwrap_or(body);
        if names_hed {
            piece.copy.body = kept + rest;
        } else {
            let rest = kept + rest;
            read_head(&mut piece.copy, &rest, is_plain);
        }
        return (piece, warnings);
    }
    if let Some(front) = front::read(&text).filter(|front| front.is_closed && !front.fields.is_empty()) {
        let line = front.broken.first().map_or(1, |&(line, _)| line);
        let message = "This is not `key: value`, so the front matter was kept as text of the piece.";
        warnings.push(Warning::at(line, message));
    }
    body = body.strip_suffix('\n').unwrap_or(body);
    read_head(&mut piece.copy, body, is_plain);
    piece.has_head = !is_plain && !piece.copy.hed.is_empty();
    (piece, warnings)
}

/// A piece of this copy from a file of this name.
pub(super) fn named(name: &str, copy: Copy) -> Piece {
    let has_head = !copy.hed.is_empty();
    Piece { slug: slug_of(stem(name)), copy, has_head, ..Piece::default() }
}

/// Puts threads on the words of a body: as plain text their words may stand otherwise there. Returns how many have none.
pub(super) fn settle(piece: &mut Piece, threads: Vec<Thread>) -> usize {
    let body = &piece.copy.body;
    let n_all = threads.len();
    let mut finder = Finder::new(body);
    let on_body = |thread: Thread| {
        finder.find(&thread.anchor).and_then(|at| Anchor::on(body, at)).map(|anchor| Thread { anchor, ..thread })
    };
    piece.threads = threads.into_iter().filter_map(on_body).collect();
    n_all - piece.threads.len()
}

/// A slug made of any words: lower case, joined by hyphens. Never empty.
pub fn slug_of(words: &str) -> String {
    let parts = words.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let slug = parts.map(str::to_lowercase).collect::<Vec<_>>().join("-");
    let slug: String = slug.chars().take(60).collect();
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "untitled".into() } else { slug.into() }
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem })
}

fn is_hed(key: &str) -> bool {
    matches!(key, "hed" | "headline" | "title")
}

fn take(piece: &mut Piece, field: &Field, warnings: &mut Vec<Warning>, kept: &mut String, text: &str) {
    let value = field.value.clone();
    match field.key.as_str() {
        "slug" if !value.is_empty() => piece.slug = slug_of(&value),
        "slug" => {}
        key if is_hed(key) => piece.copy.hed = value,
        "dek" | "subtitle" | "description" => piece.copy.dek = value,
        "byline" | "author" => piece.copy.byline = value,
        "dateline" => piece.copy.dateline = value,
        "status" => match Status::from_word(&value.to_lowercase()) {
            Some(status) => piece.status = status,
            None => warnings.push(Warning::at(field.line, "This status is not known: draft was taken.")),
        },
        "target" => match value.split_whitespace().next().unwrap_or_default().parse() {
            Ok(n_words) => piece.target_words = Some(n_words),
            Err(_) => warnings.push(Warning::at(field.line, "The target is not a number of words.")),
        },
        _ => {
            warnings.push(Warning::at(field.line, "This is no part of a piece; the line was kept as text."));
            kept.push_str(field.span.of(text));
            kept.push('\n');
        }
    }
}

/// Takes the parts of the head off the text, in their order; the rest is the body.
fn read_head(copy: &mut Copy, text: &str, is_plain: bool) {
    let mut rest = text;
    if is_plain {
        read_plain_head(copy, &without_indents(rest));
        return;
    }
    let Some((hed, after_hed)) = take_line(rest.trim_start_matches('\n')).filter(|(line, _)| line.starts_with("# "))
    else {
        copy.body = rest.to_owned();
        return;
    };
    copy.hed = hed.trim_start_matches("# ").trim().to_owned();
    rest = after_hed;
    if let Some((dek, next)) = take_line(rest).and_then(|(line, next)| Some((inside(line, "*")?, next))) {
        (copy.dek, rest) = (dek.to_owned(), next);
    }
    if let Some((byline, next)) = take_line(rest).and_then(|(line, next)| Some((byline(line)?, next))) {
        (copy.byline, rest) = (byline.to_owned(), next);
    }
    if let Some((dateline, next)) = take_dateline(rest) {
        (copy.dateline, rest) = (dateline.to_owned(), next);
    }
    copy.body = rest.to_owned();
}

fn read_plain_head(copy: &mut Copy, text: &str) {
    let mut rest = take_plain_hed(copy, text);
    if !copy.hed.is_empty()
        && let Some((dek, next)) =
            rest.split_once('\n').map(|(line, next)| (line.trim(), next.trim_start_matches('\n')))
        && plain_byline(rest).is_none()
        && plain_byline(next).is_some()
    {
        (copy.dek, rest) = (dek.to_owned(), next);
    }
    if !copy.hed.is_empty()
        && let Some((byline, next)) = plain_byline(rest)
    {
        (copy.byline, rest) = (byline.to_owned(), next);
    }
    if let Some((dateline, next)) = take_plain_dateline(rest) {
        (copy.dateline, rest) = (dateline.to_owned(), next);
    }
    copy.body = rest.to_owned();
}

/// Paragraphs typed with a tab or spaces before them: Markdown would take them for code.
fn without_indents(text: &str) -> String {
    let lines: Vec<&str> = text.split('\n').map(|line| line.trim_start_matches([' ', '\t'])).collect();
    lines.join("\n")
}

/// `by Ana Pires and Jonas Berg` on a line of its own.
fn plain_byline(text: &str) -> Option<(&str, &str)> {
    let (line, rest) = text.split_once('\n')?;
    Some((byline_of(line)?, rest.trim_start_matches('\n')))
}

/// The names of a line that is `by Ana Pires and Jonas Berg`.
pub(super) fn byline_of(line: &str) -> Option<&str> {
    let names = ["by ", "By ", "BY "].iter().find_map(|by| line.trim().strip_prefix(by))?;
    let is_short = names.split(' ').count() <= 10 && !names.ends_with(['.', '!', '?', ':']);
    let is_name =
        |word: &str| word.starts_with(char::is_uppercase) || matches!(word, "and" | "de" | "von" | "van" | "of");
    (is_short && names.split(' ').all(is_name)).then_some(names)
}

fn take_plain_dateline(text: &str) -> Option<(&str, &str)> {
    let (dateline, n_bytes) = plain_dateline(text)?;
    Some((dateline, after(text, n_bytes)))
}

/// `PORT ELLIS, Nov. 23 -- The county …`: its first word in capitals, at most six words, and a sentence begins after it.
/// The dateline, and the byte where the sentence begins.
pub(super) fn plain_dateline(text: &str) -> Option<(&str, usize)> {
    let line = text.split('\n').next()?;
    let (end, dash) = [" — ", " – ", " -- ", " - "].iter().filter_map(|dash| Some((line.find(dash)?, *dash))).min()?;
    let dateline = before(line, end).trim();
    let is_capital =
        |word: &str| word.len() > 1 && !word.contains(char::is_lowercase) && word.contains(char::is_uppercase);
    let words: Vec<&str> = dateline.split(' ').collect();
    let has_day = dateline.contains(',');
    let is_dateline =
        words.len() <= 6 && is_capital(words[0]) && (has_day || words.iter().all(|word| is_capital(word)));
    let start = end + dash.len();
    let begins = after(text, start).starts_with(|c: char| !c.is_lowercase() && !c.is_whitespace());
    (is_dateline && begins).then_some((dateline, start))
}

/// A short first line that does not end like a sentence, with more text below it.
fn take_plain_hed<'a>(copy: &mut Copy, text: &'a str) -> &'a str {
    let Some((line, rest)) = text.trim_start_matches('\n').split_once('\n') else { return text };
    let (hed, rest) = (line.trim(), rest.trim_start_matches('\n'));
    let is_sentence = hed.ends_with(['.', ':', ';', ',']);
    if hed.chars().count() > 120 || is_sentence || rest.trim().is_empty() {
        return text;
    }
    copy.hed = hed.to_owned();
    rest
}

/// The first line, when a blank line or the end follows it, and what stands below.
fn take_line(text: &str) -> Option<(&str, &str)> {
    match text.split_once('\n') {
        None => Some((text, "")),
        Some((line, rest)) => Some((line, rest.strip_prefix('\n')?)),
    }
}

/// What stands between the marks, when they hold the whole line and none stands inside.
fn inside<'a>(line: &'a str, mark: &str) -> Option<&'a str> {
    let inner = line.strip_prefix(mark)?.strip_suffix(mark)?;
    (!inner.is_empty() && !inner.contains('*') && inner.trim() == inner).then_some(inner)
}

/// `By Ana Pires and Jonas Berg` without *By*, or a line all in bold as it is.
fn byline(line: &str) -> Option<&str> {
    if let Some(inner) = inside(line, "**") {
        return Some(inner);
    }
    let names = line.strip_prefix("By ")?;
    let is_name =
        |word: &str| word.starts_with(char::is_uppercase) || matches!(word, "and" | "de" | "von" | "van" | "of");
    let has_end = names.ends_with(['.', '!', '?', ':']) || names.contains(['*', '“', '"']);
    (!has_end && names.split(' ').all(is_name) && names.split(' ').count() <= 10).then_some(names)
}

/// `**HARBOUR TOWN, Nov. 23** — The county …`, or on a line of its own.
fn take_dateline(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix("**")?;
    let end = rest.find("** —")?;
    let dateline = before(rest, end);
    let rest = Span::new(end + "** —".len(), rest.len()).of(rest);
    let body = rest.strip_prefix("\n\n").or_else(|| rest.strip_prefix(' ')).or((rest.is_empty()).then_some(""))?;
    (!dateline.is_empty() && !dateline.contains(['*', '\n']) && dateline.trim() == dateline).then_some((dateline, body))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, text: &str, parts: [&str; 5]) {
        let copy = read_piece(name, text.as_bytes()).0.copy;
        assert_eq!(
            [&copy.hed, &copy.dek, &copy.byline, &copy.dateline, &copy.body].map(String::as_str),
            parts,
            "{text}"
        );
    }

    #[test]
    fn the_head_is_read_as_it_is_typed() {
        check("a.md", "# Hed\n\nBody one.\n\nBody two.\n", ["Hed", "", "", "", "Body one.\n\nBody two."]);
        check(
            "a.md",
            "# Hed\n\n*The dek*\n\nBy Ana Pires\n\n**PORT ELLIS, Nov. 23** — Body.\n",
            ["Hed", "The dek", "Ana Pires", "PORT ELLIS, Nov. 23", "Body."],
        );
        check("a.md", "# Hed\n\n**By hand**\n\nBody.\n", ["Hed", "", "By hand", "", "Body."]);
        check("a.md", "# Hed\n\nBy Friday it was over.\n", ["Hed", "", "", "", "By Friday it was over."]);
        check("a.md", "Body alone.\n", ["", "", "", "", "Body alone."]);
        check("a.md", "## Not a hed\n\nBody.\n", ["", "", "", "", "## Not a hed\n\nBody."]);
    }

    #[test]
    fn a_short_first_line_of_plain_text_is_the_hed() {
        check("a.txt", "Ferry up for sale\n\nBody.\n", ["Ferry up for sale", "", "", "", "Body."]);
        check("a.txt", "Ferry up for sale\nBody.\n", ["Ferry up for sale", "", "", "", "Body."]);
        check("a.txt", "The ferry is up for sale.\n\nBody.\n", ["", "", "", "", "The ferry is up for sale.\n\nBody."]);
        check("a.txt", "Ferry up for sale\n", ["", "", "", "", "Ferry up for sale"]);
    }

    #[test]
    fn a_typed_head_of_plain_text_is_read_and_indents_are_no_copy() {
        check(
            "a.txt",
            "COUNCIL BUDGET\nby Priya Nandakumar and Tom O'Dell\n\n\tHALLOW BRIDGE -- The council voted.\n\n\tMore.\n",
            ["COUNCIL BUDGET", "", "Priya Nandakumar and Tom O'Dell", "HALLOW BRIDGE", "The council voted.\n\nMore."],
        );
        check(
            "a.txt",
            "PORT ELLIS, Nov. 23 — The ferry is sold.\n",
            ["", "", "", "PORT ELLIS, Nov. 23", "The ferry is sold."],
        );
        check(
            "a.txt",
            "NATO - the alliance - met.\n\nMore.\n",
            ["", "", "", "", "NATO - the alliance - met.\n\nMore."],
        );
        check(
            "a.txt",
            "The hed\n\nThe dek of it\n\nBy Ana Pires\n\nPORT ELLIS — One.\n\nTwo.\n",
            ["The hed", "The dek of it", "Ana Pires", "PORT ELLIS", "One.\n\nTwo."],
        );
        check("a.txt", "The hed\n\nBy Friday it was over.\n", ["The hed", "", "", "", "By Friday it was over."]);
        check("a.txt", "The hed\n\nA dash -- and more.\n", ["The hed", "", "", "", "A dash -- and more."]);
    }

    #[test]
    fn front_matter_names_the_parts() {
        let text = "---\nslug: Ferry Sale\nhed: \"Ferry: sold\"\nstatus: legal\ntarget: 700 words\nmood: cross\n---\n# Not the hed\n";
        let (piece, warnings) = read_piece("x.md", text.as_bytes());
        assert_eq!((piece.slug.as_str(), piece.status, piece.target_words), ("ferry-sale", Status::Legal, Some(700)));
        assert_eq!((piece.copy.hed.as_str(), piece.copy.body.as_str()), ("Ferry: sold", "mood: cross\n# Not the hed"));
        assert_eq!(warnings.iter().map(|warning| warning.line).collect::<Vec<_>>(), [Some(6)]);
        check("a.md", "---\nslug: x\n---\n# Hed\n\nBody.\n", ["Hed", "", "", "", "Body."]);
    }

    #[test]
    fn a_piece_may_begin_with_a_rule() {
        check("a.md", "---\n\nBody.\n\n---\n\nMore.\n", ["", "", "", "", "---\n\nBody.\n\n---\n\nMore."]);
    }

    #[test]
    fn a_slug_is_made_of_any_words() {
        for (words, slug) in [("Ferry Sale (2)", "ferry-sale-2"), ("çà et là", "çà-et-là"), ("…", "untitled")] {
            assert_eq!(slug_of(words), slug);
        }
        assert_eq!(read_piece(".md", b"x").0.slug, "md");
    }
}
