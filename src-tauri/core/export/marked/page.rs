//! A comparison as one page.

use super::words::blocks;
use super::{Carried, Marked, MarkedPart, Stop, graf_number, is_move, stops};
use crate::draft::Faces;
use crate::export::html::escape;
use crate::export::page::page;
use crate::redline::{Carry, Kind, Op, WordKind, WordOp, tally};

const STYLE: &str = include_str!("page.css");

/// The page, changes marked in the text.
pub fn write(marked: &Marked) -> String {
    let title = format!("{} → {}", marked.old_title, marked.new_title);
    let mut body = head(marked) + "<main>\n";
    let mut told = Told::default();
    for part in &marked.parts {
        body += &format!("<section class=\"{}\">\n", escape(part.name));
        body += &set(part, &mut told);
        body += "</section>\n";
    }
    page(&title, STYLE, &(body + "</main>\n"))
}

/// How many grafs, and sentences, were told as moved so far.
#[derive(Default)]
struct Told {
    n_moves: usize,
    n_carries: usize,
}

/// What is compared, how much changed, and how it is marked.
fn head(marked: &Marked) -> String {
    let counts = marked.counts();
    let mut words = vec![many(counts.changes, "change", "changes")];
    words.push(format!("<ins>{}</ins> in", counts.words_in));
    words.push(format!("<del>{}</del> out", counts.words_out));
    for (n, one, more) in [
        (counts.moves, "move", "moves"),
        (counts.splits, "split", "splits"),
        (counts.merges, "merge", "merges"),
        (counts.rewrites, "rewrite", "rewrites"),
        (counts.carries, "sentence moved", "sentences moved"),
    ] {
        words.extend((n > 0).then(|| many(n, one, more)));
    }
    let title = format!(
        "<span>{}</span> <span class=\"to\">→</span> <span>{}</span>",
        escape(marked.old_title),
        escape(marked.new_title)
    );
    let substance = match substance(marked) {
        words if words.is_empty() => words,
        words => format!("<p class=\"substance\">{words}</p>\n"),
    };
    let key = "<p class=\"key\">Marked so: <ins>came in</ins> <del>went out</del> <span class=\"moved\">moved</span> \
               <span class=\"form\">set otherwise</span> \
               <span class=\"dot\">a quote, a number, a name or another fact changed</span></p>";
    format!("<header>\n<h1>{title}</h1>\n<p class=\"counts\">{}</p>\n{substance}{key}\n</header>\n", words.join(" · "))
}

/// *2 quotes, 1 number, 14 others*.
fn substance(marked: &Marked) -> String {
    let classes = || marked.parts.iter().flat_map(|part| &part.hunks).map(|hunk| hunk.class);
    let mut words = tally(classes());
    let n_others = classes().filter(|class| !class.is_substance()).count();
    if n_others > 0 {
        words.push(if words.is_empty() {
            many(n_others, "change", "changes") + " of wording"
        } else {
            many(n_others, "other", "others")
        });
    }
    words.join(", ")
}

fn set(part: &MarkedPart, told: &mut Told) -> String {
    let first_move = told.n_moves;
    let moves: Vec<usize> = (0..part.redline.ops.len()).filter(|&at| is_move(&part.redline.ops[at])).collect();
    told.n_moves += moves.len();
    let number_of = |at: usize| first_move + 1 + moves.partition_point(|&other| other < at);
    let carried = Carried::new(part.redline, told.n_carries + 1);
    let faces = part.faces();
    let mut page = String::new();
    for stop in stops(part.redline) {
        page += &match stop.is_old_place {
            true => stood(part, stop.op, number_of(stop.at), &faces[0]),
            false => graf(part, stop, number_of(stop.at), &carried, &faces),
        };
    }
    told.n_carries += part.redline.carries.len();
    page
}

/// Where a moved graf stood.
fn stood(part: &MarkedPart, op: &Op, number: usize, faces: &Faces) -> String {
    let pieces = faces.cut(op.old.unwrap_or_default());
    let words: String = pieces.map(|(span, face)| face.shown(span.of(part.old)).into_owned()).collect();
    let first: Vec<&str> = words.split_whitespace().take(8).collect();
    let rest = if words.split_whitespace().nth(8).is_some() { " …" } else { "" };
    let (old, new) = (graf_number(part.old, op.old), graf_number(part.new, op.new));
    let arrow = if new < old { "↑" } else { "↓" };
    format!(
        "<p class=\"stood\" id=\"from-{number}\"><a href=\"#to-{number}\">Moved to graf {new} {arrow}</a> \
         <span dir=\"auto\">“{}{rest}”</span></p>\n",
        escape(&first.join(" "))
    )
}

fn graf(part: &MarkedPart, stop: Stop, number: usize, carried: &Carried, faces: &[Faces; 2]) -> String {
    let op = stop.op;
    let pieces = pieces(part, op, carried);
    if pieces.is_empty() {
        return String::new();
    }
    let mut margin = String::new();
    if is_move(op) {
        let (old, new) = (graf_number(part.old, op.old), graf_number(part.new, op.new));
        let arrow = if old < new { "↑" } else { "↓" };
        margin = format!("<a href=\"#from-{number}\">from graf {old} {arrow}</a>");
    } else if !matches!(op.kind, Kind::Same | Kind::Edit) {
        margin = format!("<span>{}</span>", word_of(op.kind));
    }
    margin += &pieces.iter().filter_map(|piece| beside(part, piece, carried)).collect::<String>();
    let mut facts: Vec<&str> = Vec::new();
    for hunk in part.hunks.iter().filter(|hunk| hunk.op == stop.at && hunk.is_substance()) {
        if !facts.contains(&hunk.class.word()) {
            facts.push(hunk.class.word());
        }
    }
    if !facts.is_empty() {
        margin += &format!("<span class=\"dot\">{}</span>", facts.join(", "));
    }
    let id = if is_move(op) { format!(" id=\"to-{number}\"") } else { String::new() };
    let kind = op.kind.word().replace('+', "-");
    format!(
        "<div class=\"graf {kind}\"{id}>\n<p class=\"margin\">{margin}</p>\n{}</div>\n",
        body(part, op, &pieces, faces)
    )
}

/// What stands in the margin of a sentence that moved, at either end.
fn beside(part: &MarkedPart, piece: &Piece, carried: &Carried) -> Option<String> {
    let number = piece.carry.filter(|_| piece.is_first)?;
    let carry = &part.redline.carries[number - carried.first];
    let (old, new) = (graf_number(part.old, Some(carry.old)), graf_number(part.new, Some(carry.new)));
    let arrow = |is_down: bool| if is_down { "↓" } else { "↑" };
    Some(match piece.kind {
        WordKind::Delete => {
            format!("<a href=\"#sentence-to-{number}\">sentence to graf {new} {}</a>", arrow(old <= new))
        }
        _ => format!("<a href=\"#sentence-from-{number}\">sentence from graf {old} {}</a>", arrow(new < old)),
    })
}

fn body(part: &MarkedPart, op: &Op, pieces: &[Piece], faces: &[Faces; 2]) -> String {
    let sides: Vec<Vec<Piece>> = match op.kind {
        // Old, then new.
        Kind::Rewrite => [WordKind::Delete, WordKind::Insert]
            .map(|kind| pieces.iter().filter(|piece| piece.kind == kind).copied().collect())
            .into(),
        _ => vec![pieces.to_vec()],
    };
    let mut page = String::from("<div class=\"words\">\n");
    for side in sides {
        page += &blocks(part.name, op.kind, &side, faces);
    }
    page + "</div>\n"
}

/// A run of words as it is drawn.
#[derive(Clone, Copy)]
pub struct Piece<'a> {
    pub kind: WordKind,
    pub words: &'a str,
    /// Where they stand, in bytes into the text of their side.
    pub at: usize,
    /// Where they stood before, when they are not new.
    pub old_at: Option<usize>,
    /// The number of the sentence that moved whose end it is.
    pub carry: Option<usize>,
    /// It begins that sentence, or is no part of one.
    pub is_first: bool,
}

impl<'a> Piece<'a> {
    fn new(part: &MarkedPart<'a>, word: WordOp) -> Option<Piece<'a>> {
        let (kind, text) = (word.kind, if word.kind == WordKind::Delete { part.old } else { part.new });
        let place = if kind == WordKind::Delete { word.old } else { word.new }?;
        let old_at = if kind == WordKind::Same { part.stood_at(word.old, word.new) } else { None };
        Some(Piece { kind, words: place.of(text), at: place.start, old_at, carry: None, is_first: true })
    }
}

/// The runs of an op, without the white space around it.
fn pieces<'a>(part: &MarkedPart<'a>, op: &Op, carried: &Carried) -> Vec<Piece<'a>> {
    let mut pieces: Vec<Piece<'a>> = Vec::new();
    let mut add = |word: WordOp| {
        let number = carried.number(word.kind, if word.kind == WordKind::Delete { word.old } else { word.new });
        let Some(piece) = Piece::new(part, word).map(|piece| Piece { carry: number, ..piece }) else { return };
        let carry = number.map(|number| &part.redline.carries[number - carried.first]);
        match carry.filter(|carry| word.kind == WordKind::Insert && carry.is_edited()) {
            Some(carry) => pieces.extend(edited(part, piece, carry)),
            None => pieces.push(piece),
        }
    };
    match op.kind {
        _ if !op.words.is_empty() => op.words.iter().for_each(add),
        Kind::Same | Kind::Move | Kind::MoveEdit => add(WordOp { kind: WordKind::Same, old: op.old, new: op.new }),
        _ => [WordKind::Delete, WordKind::Insert]
            .into_iter()
            .for_each(|kind| add(WordOp { kind, old: op.old, new: op.new })),
    }
    let is_space = |piece: &Piece| piece.words.trim().is_empty();
    while pieces.last().is_some_and(is_space) {
        pieces.pop();
    }
    let n_leading = pieces.iter().take_while(|piece| is_space(piece)).count();
    pieces.drain(..n_leading);
    if let Some(last) = pieces.last_mut() {
        last.words = last.words.trim_end();
    }
    if let Some(first) = pieces.first_mut() {
        let words = first.words.trim_start_matches('\n');
        let n_bytes = first.words.len() - words.len();
        *first = Piece { words, at: first.at + n_bytes, old_at: first.old_at.map(|at| at + n_bytes), ..*first };
    }
    pieces
}

/// A sentence that was edited on its way, where it stands now: what went shows in it too.
fn edited<'a>(part: &MarkedPart<'a>, whole: Piece<'a>, carry: &Carry) -> Vec<Piece<'a>> {
    let piece = |word: WordOp| {
        let piece = Piece::new(part, word)?;
        Some(match word.kind {
            WordKind::Same => Piece { kind: whole.kind, carry: whole.carry, is_first: false, ..piece },
            WordKind::Insert | WordKind::Delete => piece,
        })
    };
    let mut pieces: Vec<Piece<'a>> = carry.words.iter().filter_map(piece).collect();
    if let Some(first) = pieces.iter_mut().find(|piece| piece.carry.is_some()) {
        first.is_first = true;
    }
    pieces
}

fn word_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Insert => "added",
        Kind::Delete => "cut",
        Kind::Split => "split",
        Kind::Merge => "merged",
        Kind::Rewrite => "rewritten",
        Kind::Format => "only marks or spaces",
        Kind::Same | Kind::Edit | Kind::Move | Kind::MoveEdit => "",
    }
}

fn many(n: usize, one: &str, more: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { more })
}
