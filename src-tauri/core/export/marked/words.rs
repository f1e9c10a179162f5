//! The words of a paragraph as they are set, what came and went of them marked, and what is set otherwise.

use super::page::Piece;
use crate::draft::{Face, Faces, Line, Mark};
use crate::export::html::{address, escape, faced, tag_of};
use crate::redline::{Kind, WordKind};
use crate::span::Span;

/// Each line of the runs by itself; a break that came or went shows as the sign for one. `faces` are those of the old text
/// and the new.
pub fn blocks(part: &str, kind: Kind, pieces: &[Piece], faces: &[Faces; 2]) -> String {
    let is_whole = matches!(kind, Kind::Insert | Kind::Delete | Kind::Rewrite);
    let (mut page, mut open) = (String::new(), Block::default());
    for (nth, piece) in pieces.iter().enumerate() {
        let is_break = |next: &Piece| next.kind == WordKind::Insert && next.words.starts_with('\n');
        let is_at_break = pieces.get(nth + 1).is_some_and(is_break);
        if piece.kind == WordKind::Delete && piece.words.trim_matches(' ').is_empty() && is_at_break {
            // The space a new break stands for.
            continue;
        }
        let mut n_bytes = 0;
        for (n, line) in piece.words.split('\n').enumerate() {
            if n == 1 && !is_whole {
                open.html += match piece.kind {
                    WordKind::Same => "",
                    WordKind::Insert => "<ins class=\"break\">¶</ins>",
                    WordKind::Delete => "<del class=\"break\">¶</del>",
                };
            }
            if n > 0 && (is_whole || piece.kind != WordKind::Delete) {
                page += &std::mem::take(&mut open).close(part);
            }
            let (at, old_at) = (piece.at + n_bytes, piece.old_at.map(|old_at| old_at + n_bytes));
            let is_first = piece.is_first && n == 0;
            open.add(&Piece { words: line, at, old_at, is_first, ..*piece }, faces);
            n_bytes += line.len() + 1;
        }
    }
    page + &open.close(part)
}

/// A line on its way to the page.
#[derive(Default)]
struct Block {
    html: String,
    /// What it was by its first words that were there before, and what it is now.
    lines: [Option<Line>; 2],
    /// How the words before are set otherwise than they were; not told yet.
    how: String,
}

impl Block {
    /// Words of the line as they are marked. A sentence that moved is a place to be led to, at its first line.
    fn add(&mut self, piece: &Piece, faces: &[Faces; 2]) {
        let words = self.words(piece, faces);
        let (tag, end) = match piece.kind {
            WordKind::Same => return self.html += &words,
            WordKind::Insert => ("ins", "to"),
            WordKind::Delete => ("del", "from"),
        };
        let id = piece.carry.filter(|_| piece.is_first && !piece.words.is_empty());
        if words.is_empty() && id.is_none() {
            return;
        }
        let id = id.map(|number| format!(" id=\"sentence-{end}-{number}\"")).unwrap_or_default();
        let class = if piece.carry.is_some() { " class=\"carried\"" } else { "" };
        self.html += &format!("<{tag}{class}{id}>{words}</{tag}>");
    }

    fn words(&mut self, piece: &Piece, faces: &[Faces; 2]) -> String {
        let whole = Span::new(piece.at, piece.at + piece.words.len());
        let old = piece.old_at.map(|old_at| (&faces[0], old_at));
        let mut words = String::new();
        for (span, face, was) in faces[usize::from(piece.kind != WordKind::Delete)].cut_beside(whole, old) {
            let typed = Span::new(span.start - piece.at, span.end - piece.at).of(piece.words);
            if !typed.trim().is_empty() {
                let is_old = piece.kind == WordKind::Delete || old.is_some();
                let sides = [(is_old, was.line), (piece.kind != WordKind::Delete, face.line)];
                for (line, (is_there, is)) in self.lines.iter_mut().zip(sides) {
                    *line = line.or(is_there.then_some(is));
                }
            }
            let shown = match face.mark {
                Some(Mark::Address) if piece.kind != WordKind::Same => address(typed),
                _ => faced_words(typed, &face),
            };
            if shown.is_empty() {
                continue;
            }
            let how = how(&was, &face);
            if how != self.how {
                let page = if words.is_empty() { &mut self.html } else { &mut words };
                *page += &told(&std::mem::replace(&mut self.how, how.clone()));
            }
            words += &if how.is_empty() { shown } else { format!("<span class=\"form\">{shown}</span>") };
        }
        words
    }

    fn close(self, part: &str) -> String {
        let [old, new] = self.lines;
        let line = new.or(old).unwrap_or_default();
        let how = old.zip(new).and_then(|(old, new)| line_how(old, new)).unwrap_or_default();
        let html = self.html + &told(&self.how) + &told(&how);
        if html.trim().is_empty() {
            return String::new();
        }
        let (tag, class) = match part {
            "hed" => ("h2".into(), ""),
            _ => tag_of(line, 2),
        };
        format!("<{tag} class=\"text{class}\" dir=\"auto\">{html}</{tag}>\n")
    }
}

fn faced_words(typed: &str, face: &Face) -> String {
    match face.shown(typed) {
        words if words.is_empty() => String::new(),
        words => faced(escape(&words), face),
    }
}

/// How words are set otherwise than they were; empty when they are not.
fn how(was: &Face, face: &Face) -> String {
    let sides = [
        (was.is_bold, face.is_bold, "bold"),
        (was.is_italic, face.is_italic, "italic"),
        (was.is_struck, face.is_struck, "struck"),
        (was.is_code, face.is_code, "code"),
        (was.is_raised, face.is_raised, "raised"),
        (was.link.is_some(), face.link.is_some(), "link"),
    ];
    let came = sides.iter().filter(|(was, is, _)| !was && *is).map(|(.., word)| (*word).to_owned());
    let went = sides.iter().filter(|(was, is, _)| *was && !is).map(|(.., word)| format!("not {word}"));
    let mut words: Vec<String> = came.chain(went).collect();
    if was.link.is_some() && face.link.is_some() && was.link != face.link {
        words.push("other link".into());
    }
    words.join(", ")
}

/// How a line is set otherwise than it was. Bullets, numbers and fences of code show themselves.
fn line_how(was: Line, is: Line) -> Option<String> {
    Some(match (was, is) {
        (was, is) if was == is => return None,
        (Line::Heading(was), Line::Heading(is)) => format!("heading of level {is}, was {was}"),
        (_, Line::Heading(_)) => "heading".into(),
        (_, Line::Quote) => "block quote".into(),
        (Line::Heading(_), _) => "not heading".into(),
        (Line::Quote, _) => "not block quote".into(),
        _ => return None,
    })
}

fn told(how: &str) -> String {
    if how.is_empty() { String::new() } else { format!("<span class=\"how\">\u{2009}{how}</span>") }
}
