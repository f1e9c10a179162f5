//! A piece from a file: front matter, or the head as copy is usually typed.

use super::block::Thread;
use super::front::{self, Field};
use super::{Warning, find_front_matter, read_text};
use crate::comment::{Anchor, Finder};
use crate::draft::{Copy, Status};
use crate::span::{Span, after, before, one_line};

/// The parts of a piece above its body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    pub hed: String,
    pub dek: String,
    pub byline: String,
    pub dateline: String,
}

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
    /// How the words that were taken for each part stood above the body, as Markdown; empty where the file names the
    /// part apart from its words, or has none.
    pub taken: Head,
    /// Some part was taken for what it is by its look alone, and may be another.
    pub is_guessed: bool,
    /// What is said about words of its body, in the order of the text.
    pub threads: Vec<Thread>,
}

impl Piece {
    /// Gives the piece the head an editor says it has. Words that were taken for a part which that head does not have go
    /// back to the top of the body, as they stood.
    pub fn set_head(&mut self, head: &Head) {
        let (copy, taken) = (&mut self.copy, &self.taken);
        copy.hed = one_line(&head.hed);
        copy.dek = one_line(&head.dek);
        copy.byline = one_line(&head.byline);
        copy.dateline = one_line(&head.dateline);
        let back = |part: &str, taken: &str| if part.is_empty() { taken.to_owned() } else { String::new() };
        let grafs = [
            back(&copy.hed, &taken.hed),
            back(&copy.dek, &taken.dek),
            back(&copy.byline, &taken.byline),
            back(&copy.dateline, &taken.dateline) + &copy.body,
        ];
        copy.body = grafs.into_iter().filter(|graf| !graf.is_empty()).collect::<Vec<_>>().join("\n\n");
    }
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
    let mut piece = named(name);
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
            read_head(&mut piece, &rest, is_plain);
        }
        return (piece, warnings);
    }
    if let Some(front) = front::read(&text).filter(|front| front.is_closed && !front.fields.is_empty()) {
        let line = front.broken.first().map_or(1, |&(line, _)| line);
        let message = "This is not `key: value`, so the front matter was kept as text of the piece.";
        warnings.push(Warning::at(line, message));
    }
    body = body.strip_suffix('\n').unwrap_or(body);
    read_head(&mut piece, body, is_plain);
    piece.has_head = !is_plain && !piece.copy.hed.is_empty();
    (piece, warnings)
}

/// A piece from a file of this name, without words yet.
pub(super) fn named(name: &str) -> Piece {
    Piece { slug: slug_of(stem(name)), ..Piece::default() }
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
fn read_head(piece: &mut Piece, text: &str, is_plain: bool) {
    if is_plain {
        read_plain_head(piece, &without_indents(text));
    } else {
        read_marked_head(piece, text);
    }
    let Head { dek, byline, dateline, .. } = &piece.taken;
    // A heading of the first level says that it is the hed.
    let is_plain_hed = is_plain && !piece.copy.hed.is_empty();
    piece.is_guessed = is_plain_hed || [dek, byline, dateline].iter().any(|part| !part.is_empty());
}

fn read_marked_head(piece: &mut Piece, text: &str) {
    let Piece { copy, taken, .. } = piece;
    let Some((hed, after_hed)) = take_line(text.trim_start_matches('\n')).filter(|(line, _)| line.starts_with("# "))
    else {
        copy.body = text.to_owned();
        return;
    };
    copy.hed = hed.trim_start_matches("# ").trim().to_owned();
    taken.hed = hed.to_owned();
    let mut rest = after_hed;
    if let Some((line, next)) = take_line(rest)
        && let Some(dek) = inside(line, "*")
    {
        copy.dek = dek.to_owned();
        taken.dek = line.to_owned();
        rest = next;
    }
    if let Some((line, next)) = take_line(rest)
        && let Some(byline) = byline(line)
    {
        copy.byline = byline.to_owned();
        taken.byline = line.to_owned();
        rest = next;
    }
    if let Some((dateline, next)) = take_dateline(rest) {
        copy.dateline = dateline.to_owned();
        taken.dateline = format!("**{dateline}** — ");
        rest = next;
    }
    copy.body = rest.to_owned();
}

fn read_plain_head(piece: &mut Piece, text: &str) {
    let Piece { copy, taken, .. } = piece;
    let mut rest = text;
    if let Some((hed, next)) = take_plain_hed(text) {
        copy.hed = hed.to_owned();
        taken.hed = hed.to_owned();
        rest = next;
    }
    if !copy.hed.is_empty()
        && let Some((dek, next)) =
            rest.split_once('\n').map(|(line, next)| (line.trim(), next.trim_start_matches('\n')))
        && plain_byline(rest).is_none()
        && plain_byline(next).is_some()
    {
        copy.dek = dek.to_owned();
        taken.dek = dek.to_owned();
        rest = next;
    }
    if !copy.hed.is_empty()
        && let Some((line, byline, next)) = plain_byline(rest)
    {
        copy.byline = byline.to_owned();
        taken.byline = line.to_owned();
        rest = next;
    }
    if let Some((dateline, n_bytes)) = plain_dateline(rest) {
        copy.dateline = dateline.to_owned();
        taken.dateline = before(rest, n_bytes).to_owned();
        rest = after(rest, n_bytes);
    }
    copy.body = rest.to_owned();
}

/// Paragraphs typed with a tab or spaces before them: Markdown would take them for code.
fn without_indents(text: &str) -> String {
    let lines: Vec<&str> = text.split('\n').map(|line| line.trim_start_matches([' ', '\t'])).collect();
    lines.join("\n")
}

/// `by Ana Pires and Jonas Berg` on a line of its own: the line, its names, and what stands below.
fn plain_byline(text: &str) -> Option<(&str, &str, &str)> {
    let (line, rest) = text.split_once('\n')?;
    Some((line, byline_of(line)?, rest.trim_start_matches('\n')))
}

/// The names of a line that is `by Ana Pires and Jonas Berg`.
pub(super) fn byline_of(line: &str) -> Option<&str> {
    let names = ["by ", "By ", "BY "].iter().find_map(|by| line.trim().strip_prefix(by))?;
    let is_short = names.split(' ').count() <= 10 && !names.ends_with(['.', '!', '?', ':']);
    let is_name =
        |word: &str| word.starts_with(char::is_uppercase) || matches!(word, "and" | "de" | "von" | "van" | "of");
    (is_short && names.split(' ').all(is_name)).then_some(names)
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

/// A short first line that does not end like a sentence, with more text below it, and that text.
fn take_plain_hed(text: &str) -> Option<(&str, &str)> {
    let (line, rest) = text.trim_start_matches('\n').split_once('\n')?;
    let (hed, rest) = (line.trim(), rest.trim_start_matches('\n'));
    let is_sentence = hed.ends_with(['.', ':', ';', ',']);
    (hed.chars().count() <= 120 && !is_sentence && !rest.trim().is_empty()).then_some((hed, rest))
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

    /// The body once an editor says that the piece has no head but this hed.
    fn check_back(name: &str, text: &str, hed: &str, body: &str) {
        let mut piece = read_piece(name, text.as_bytes()).0;
        piece.set_head(&Head { hed: hed.into(), ..Head::default() });
        assert_eq!((piece.copy.hed.as_str(), piece.copy.body.as_str()), (hed, body), "{text}");
    }

    #[test]
    fn words_that_are_no_head_go_back_as_they_stood() {
        let typed = "# Hed\n\n*The dek*\n\nBy Ana Pires\n\n**PORT ELLIS** — One.\n\nTwo.\n";
        check_back("a.md", typed, "", "# Hed\n\n*The dek*\n\nBy Ana Pires\n\n**PORT ELLIS** — One.\n\nTwo.");
        check_back("a.md", typed, "Other", "*The dek*\n\nBy Ana Pires\n\n**PORT ELLIS** — One.\n\nTwo.");
        let plain = "The hed\nby Ana Pires\n\nPORT ELLIS -- One.\n";
        check_back("a.txt", plain, "Another hed", "by Ana Pires\n\nPORT ELLIS -- One.");
        check_back("a.md", "---\nhed: Sold\nbyline: Ana Pires\n---\nOne.\n", "", "One.");
    }

    #[test]
    fn what_only_looks_like_a_head_is_a_guess() {
        let is_guessed = |name: &str, text: &str| read_piece(name, text.as_bytes()).0.is_guessed;
        assert!(!is_guessed("a.md", "---\nhed: Sold\nbyline: Ana Pires\n---\nOne.\n"));
        assert!(!is_guessed("a.md", "# Hed\n\nOne.\n"), "a heading says what it is");
        assert!(is_guessed("a.md", "# Hed\n\n*One*\n\nTwo.\n"), "words in italics may be a graf");
        assert!(is_guessed("a.txt", "Hed\n\nOne.\n"));
        assert!(!is_guessed("a.txt", "One.\n\nTwo.\n"));
    }

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
