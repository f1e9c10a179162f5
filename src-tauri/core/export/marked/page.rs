//! A comparison as one page.

use super::{Carried, Marked, MarkedPart, Stop, graf_number, is_move, stops};
use crate::export::html::escape;
use crate::export::page::page;
use crate::redline::{Carry, Kind, Op, WordKind, WordOp, tally};
use crate::span::Span;

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
    let mut page = String::new();
    for stop in stops(part.redline) {
        page += &match stop.is_old_place {
            true => stood(part, stop.op, number_of(stop.at)),
            false => graf(part, stop, number_of(stop.at), &carried),
        };
    }
    told.n_carries += part.redline.carries.len();
    page
}

/// Where a moved graf stood.
fn stood(part: &MarkedPart, op: &Op, number: usize) -> String {
    let words = op.old.map_or("", |span| span.of(part.old)).trim();
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

fn graf(part: &MarkedPart, stop: Stop, number: usize, carried: &Carried) -> String {
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
    format!("<div class=\"graf {kind}\"{id}>\n<p class=\"margin\">{margin}</p>\n{}</div>\n", body(part, op, &pieces))
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

fn body(part: &MarkedPart, op: &Op, pieces: &[Piece]) -> String {
    let sides: Vec<Vec<Piece>> = match op.kind {
        // Old, then new.
        Kind::Rewrite => [WordKind::Delete, WordKind::Insert]
            .map(|kind| pieces.iter().filter(|piece| piece.kind == kind).copied().collect())
            .into(),
        _ => vec![pieces.to_vec()],
    };
    let mut page = String::from("<div class=\"words\">\n");
    for side in sides {
        for block in blocks(op.kind, &side) {
            let tag = tag_of(part.name, &block.text);
            page += &format!("<{tag} class=\"text\" dir=\"auto\">{}</{tag}>\n", block.html);
        }
    }
    page + "</div>\n"
}

/// A line as it is set, and as it was typed.
#[derive(Default)]
struct Block {
    html: String,
    text: String,
}

/// Each line of the runs by itself; a break that came or went shows as the sign for one.
fn blocks(kind: Kind, pieces: &[Piece]) -> Vec<Block> {
    let is_whole = matches!(kind, Kind::Insert | Kind::Delete | Kind::Rewrite);
    let (mut blocks, mut open) = (Vec::new(), Block::default());
    for (at, piece) in pieces.iter().enumerate() {
        let is_break = |next: &Piece| next.kind == WordKind::Insert && next.words.starts_with('\n');
        let is_at_break = pieces.get(at + 1).is_some_and(is_break);
        if piece.kind == WordKind::Delete && piece.words.trim_matches(' ').is_empty() && is_at_break {
            // The space a new break stands for.
            continue;
        }
        for (n, line) in piece.words.split('\n').enumerate() {
            if n == 1 && !is_whole {
                open.html += match piece.kind {
                    WordKind::Same => "",
                    WordKind::Insert => "<ins class=\"break\">¶</ins>",
                    WordKind::Delete => "<del class=\"break\">¶</del>",
                };
            }
            if n > 0 && (is_whole || piece.kind != WordKind::Delete) {
                blocks.push(std::mem::take(&mut open));
            }
            open.html += &mark(piece, line, n == 0);
            open.text += line;
        }
    }
    blocks.push(open);
    blocks.retain(|block| !block.html.trim().is_empty());
    blocks
}

fn tag_of(part: &str, text: &str) -> String {
    let n_marks = text.chars().take_while(|c| *c == '#').count();
    let is_head = (1..=6).contains(&n_marks) && text.trim_start_matches('#').starts_with(' ');
    match (part, is_head) {
        ("hed", _) => "h2".to_owned(),
        (_, true) => format!("h{}", (n_marks + 1).clamp(2, 6)),
        _ => "p".to_owned(),
    }
}

/// A run of words as it is drawn.
#[derive(Clone, Copy)]
struct Piece<'a> {
    kind: WordKind,
    words: &'a str,
    /// The number of the sentence that moved whose end it is.
    carry: Option<usize>,
    /// It begins that sentence, or is no part of one.
    is_first: bool,
}

/// The runs of an op, without the white space around it.
fn pieces<'a>(part: &MarkedPart<'a>, op: &Op, carried: &Carried) -> Vec<Piece<'a>> {
    let run = |kind, span: Option<Span>, text: &'a str| {
        let carry = carried.number(kind, span);
        span.map(|place| Piece { kind, words: place.of(text), carry, is_first: true })
    };
    let mut pieces: Vec<Piece<'a>> = Vec::new();
    if op.words.is_empty() {
        match op.kind {
            Kind::Same | Kind::Move | Kind::MoveEdit => pieces.extend(run(WordKind::Same, op.new, part.new)),
            _ => {
                pieces.extend(run(WordKind::Delete, op.old, part.old));
                pieces.extend(run(WordKind::Insert, op.new, part.new));
            }
        }
    }
    for word in &op.words {
        let piece = match word.kind {
            WordKind::Delete => run(WordKind::Delete, word.old, part.old),
            kind => run(kind, word.new, part.new),
        };
        let carry = piece.and_then(|piece| piece.carry).map(|number| &part.redline.carries[number - carried.first]);
        match (piece, carry.filter(|carry| word.kind == WordKind::Insert && carry.is_edited())) {
            (Some(piece), Some(carry)) => pieces.extend(edited(part, piece, carry)),
            (piece, _) => pieces.extend(piece),
        }
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
        first.words = first.words.trim_start_matches('\n');
    }
    pieces
}

/// A sentence that was edited on its way, where it stands now: what went shows in it too.
fn edited<'a>(part: &MarkedPart<'a>, whole: Piece<'a>, carry: &Carry) -> Vec<Piece<'a>> {
    let piece = |word: WordOp| match word.kind {
        WordKind::Same => Piece { words: word.new.unwrap_or_default().of(part.new), is_first: false, ..whole },
        WordKind::Insert => Piece { words: word.new.unwrap_or_default().of(part.new), carry: None, ..whole },
        WordKind::Delete => {
            Piece { kind: WordKind::Delete, words: word.old.unwrap_or_default().of(part.old), carry: None, ..whole }
        }
    };
    let mut pieces: Vec<Piece<'a>> = carry.words.iter().map(piece).collect();
    if let Some(first) = pieces.iter_mut().find(|piece| piece.carry.is_some()) {
        first.is_first = true;
    }
    pieces
}

/// Words of one line as they are marked. A sentence that moved is a place to be led to, at its first line.
fn mark(piece: &Piece, line: &str, is_first: bool) -> String {
    let (tag, end) = match piece.kind {
        _ if line.is_empty() => return String::new(),
        WordKind::Same => return escape(line),
        WordKind::Insert => ("ins", "to"),
        WordKind::Delete => ("del", "from"),
    };
    let id =
        piece.carry.filter(|_| is_first && piece.is_first).map(|number| format!(" id=\"sentence-{end}-{number}\""));
    let class = if piece.carry.is_some() { " class=\"carried\"" } else { "" };
    format!("<{tag}{class}{}>{}</{tag}>", id.unwrap_or_default(), escape(line))
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
