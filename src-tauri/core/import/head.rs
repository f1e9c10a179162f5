//! Hed, dek, byline and dateline of a story, by its styles first, then by how heads are typed.

use super::block::{Block, Graf, Role, Run, is_blank, words_of};
use super::inline;
use super::markdown::{self, plain_line};
use super::piece::{Piece, byline_of, plain_dateline};
use super::{Losses, Story, Warning};
use crate::span::{after, before};

/// Gives a piece the words of a story in their parts; the rest is the body, as Markdown.
///
/// Grafs at the top whose styles say what they are are taken first; then a first heading, or a short first line that
/// does not end as a sentence does, is the hed, a line all in italics or one between hed and byline the dek, *By
/// Somebody* the byline, DATELINE — at the start of the body the dateline.
pub fn take(piece: &mut Piece, story: Story) -> Vec<Warning> {
    let Story { blocks, mut losses, names_its_head, is_as_typed, .. } = story;
    let mut top = Top { piece, is_as_typed };
    let mut rest = top.take_styled(&blocks);
    if top.piece.copy.hed.is_empty() && !names_its_head {
        rest = top.take_hed(rest);
        rest = top.take_styled(rest);
    }
    if !top.piece.copy.hed.is_empty() && !names_its_head {
        rest = top.take_below_hed(rest);
    }
    let mut body = rest.to_vec();
    top.take_dateline(&mut body, names_its_head);
    let piece = top.piece;
    piece.copy.body = write(&body, is_as_typed, &mut losses);
    piece.has_head = !piece.copy.hed.is_empty();
    losses.warnings().collect()
}

fn write(blocks: &[Block], is_as_typed: bool, losses: &mut Losses) -> String {
    match is_as_typed {
        true => markdown::write_as_typed(blocks, losses),
        false => markdown::write(blocks, losses),
    }
}

/// The top of a story, while parts of a head are taken off it.
struct Top<'p> {
    piece: &'p mut Piece,
    is_as_typed: bool,
}

impl Top<'_> {
    /// A graf as it would stand in the body.
    fn stood(&self, graf: &Graf) -> String {
        let role = if matches!(graf.role, Role::Heading(_)) { graf.role } else { Role::Plain };
        let block = Block::Graf(Graf { role, runs: graf.runs.clone() });
        write(&[block], self.is_as_typed, &mut Losses::default())
    }

    fn take_styled<'a>(&mut self, mut rest: &'a [Block]) -> &'a [Block] {
        while let [Block::Graf(graf), tail @ ..] = rest {
            let stood = self.stood(graf);
            let Piece { copy, taken, .. } = &mut *self.piece;
            let (part, taken) = match graf.role {
                Role::Hed => (&mut copy.hed, &mut taken.hed),
                Role::Dek => (&mut copy.dek, &mut taken.dek),
                Role::Byline => (&mut copy.byline, &mut taken.byline),
                Role::Dateline => (&mut copy.dateline, &mut taken.dateline),
                _ => break,
            };
            if !part.is_empty() {
                break;
            }
            *part = match graf.role {
                Role::Byline => without_by(&plain_line(&graf.runs)),
                Role::Dateline => without_dash(&plain_line(&graf.runs)),
                _ => plain_line(&graf.runs),
            };
            *taken = match graf.role {
                Role::Dateline => as_dateline(part),
                _ => stood,
            };
            rest = tail;
        }
        rest
    }

    /// A first heading with words below it, or a short first line that does not end as a sentence does.
    fn take_hed<'a>(&mut self, rest: &'a [Block]) -> &'a [Block] {
        let [Block::Graf(graf), tail @ ..] = rest else { return rest };
        let line = plain_line(&graf.runs);
        let is_heading = matches!(graf.role, Role::Heading(1 | 2));
        let is_title = graf.role == Role::Plain
            && line.chars().count() <= 120
            && !line.ends_with(['.', ':', ';', ',', '”', '"', '?', '!'])
            && !words_of(&graf.runs).contains('\n')
            && byline_of(&line).is_none()
            && plain_dateline(&line).is_none();
        if tail.is_empty() || !(is_heading || is_title) {
            return rest;
        }
        self.piece.taken.hed = self.stood(graf);
        self.piece.copy.hed = line;
        self.piece.is_guessed = true;
        tail
    }

    fn take_below_hed<'a>(&mut self, mut rest: &'a [Block]) -> &'a [Block] {
        if self.piece.copy.dek.is_empty()
            && self.piece.copy.byline.is_empty()
            && let [Block::Graf(graf), tail @ ..] = rest
            && byline(rest).is_none()
            && graf.role == Role::Plain
            && (is_all_italic(&graf.runs) && !tail.is_empty() || byline(tail).is_some())
        {
            self.piece.taken.dek = self.stood(graf);
            self.piece.copy.dek = plain_line(&graf.runs);
            self.piece.is_guessed = true;
            rest = tail;
        }
        if self.piece.copy.byline.is_empty()
            && let [Block::Graf(graf), tail @ ..] = rest
            && let Some(names) = byline(rest)
        {
            self.piece.taken.byline = self.stood(graf);
            self.piece.copy.byline = names;
            self.piece.is_guessed = true;
            rest = tail;
        }
        rest
    }

    /// The dateline a body begins with: in the style of one, in bold before a dash, or in capitals before a dash.
    fn take_dateline(&mut self, body: &mut Vec<Block>, names_its_head: bool) {
        let Some(Block::Graf(Graf { role: Role::Plain, runs })) = body.first_mut() else { return };
        if !self.piece.copy.dateline.is_empty() {
            return;
        }
        let n_styled = runs.iter().take_while(|run| run.look.is_dateline).count();
        if n_styled == 0 && names_its_head {
            return;
        }
        let n_bold = runs.iter().take_while(|run| run.look.is_bold).count();
        let n_runs = if n_styled > 0 { n_styled } else { n_bold };
        let (dateline, rest) = runs.split_at(n_runs);
        let rest_words = words_of(rest);
        let has_dash = rest_words.trim_start().starts_with(['—', '–']);
        let (dateline, rest) = if n_runs > 0 && words_of(dateline).len() <= 120 && has_dash {
            let n_cut = rest_words.len() - rest_words.trim_start().trim_start_matches(['—', '–']).trim_start().len();
            (without_dash(&plain_line(dateline)), without_start(rest, n_cut))
        } else if let Some((dateline, n_cut)) = runs.first().and_then(|first| plain_dateline(&first.text)) {
            (dateline.to_owned(), without_start(runs, n_cut))
        } else {
            return;
        };
        self.piece.taken.dateline = as_dateline(&dateline);
        self.piece.copy.dateline = dateline;
        self.piece.is_guessed |= n_styled == 0;
        *runs = rest;
        if is_blank(runs) {
            body.remove(0);
        }
    }
}

/// The names of a first graf that is a byline.
fn byline(blocks: &[Block]) -> Option<String> {
    match blocks.first()? {
        Block::Graf(Graf { role: Role::Plain | Role::Heading(_), runs }) => {
            byline_of(&plain_line(runs)).map(str::to_owned)
        }
        _ => None,
    }
}

/// A dateline as it opens a body, whatever dash it had.
fn as_dateline(words: &str) -> String {
    inline::write("", &[Run::plain(words)]).0 + " — "
}

fn without_by(line: &str) -> String {
    let names = ["By ", "by ", "BY "].iter().find_map(|by| line.strip_prefix(by));
    names.unwrap_or(line).trim().to_owned()
}

fn without_dash(line: &str) -> String {
    line.trim_end_matches([' ', '—', '–', '-']).to_owned()
}

fn is_all_italic(runs: &[Run]) -> bool {
    !is_blank(runs) && runs.iter().all(|run| run.look.is_italic || run.text.trim().is_empty())
}

fn without_start(runs: &[Run], n_bytes: usize) -> Vec<Run> {
    let mut n_left = n_bytes;
    let mut kept = Vec::new();
    for run in runs {
        let n_cut = n_left.min(run.text.len());
        n_left -= n_cut;
        debug_assert!(before(&run.text, n_cut).len() == n_cut, "cuts fall between letters");
        kept.push(Run { text: after(&run.text, n_cut).to_owned(), look: run.look.clone() });
    }
    kept.retain(|run| !run.text.is_empty());
    kept
}

#[cfg(test)]
mod tests {
    use super::super::block::Look;
    use super::super::piece::Head;
    use super::*;

    fn graf(role: Role, text: &str) -> Block {
        let is_italic = text.starts_with('/');
        let is_bold = text.starts_with('*');
        let look = Look { is_italic, is_bold, ..Look::default() };
        let (marked, rest) = text.split_once("* ").unwrap_or((text, ""));
        let runs = vec![
            Run { text: marked.trim_matches(['/', '*']).to_owned(), look },
            Run::plain(if rest.is_empty() { String::new() } else { format!(" {rest}") }),
        ];
        Block::Graf(Graf { role, runs })
    }

    fn check(blocks: &[(Role, &str)], parts: [&str; 5]) {
        let blocks = blocks.iter().map(|(role, text)| graf(*role, text)).collect();
        let mut piece = Piece::default();
        take(&mut piece, Story { blocks, ..Story::default() });
        let copy = &piece.copy;
        assert_eq!([&copy.hed, &copy.dek, &copy.byline, &copy.dateline, &copy.body].map(String::as_str), parts);
    }

    #[test]
    fn words_that_are_no_head_go_back_and_only_looks_are_guesses() {
        use Role::{Byline, Heading, Hed, Plain};
        let taken = |blocks: &[(Role, &str)]| {
            let mut piece = Piece::default();
            let blocks = blocks.iter().map(|(role, text)| graf(*role, text)).collect();
            take(&mut piece, Story { blocks, ..Story::default() });
            piece
        };
        let named = taken(&[(Hed, "Ferry"), (Byline, "By Ana Pires"), (Plain, "One.")]);
        assert!(!named.is_guessed, "its styles say what they are");
        let mut piece = taken(&[
            (Heading(2), "Ferry"),
            (Plain, "/It is old/"),
            (Plain, "By Ana Pires"),
            (Plain, "PORT ELLIS – One."),
        ]);
        assert!(piece.is_guessed);
        piece.set_head(&Head::default());
        assert_eq!(piece.copy.body, "## Ferry\n\n*It is old*\n\nBy Ana Pires\n\nPORT ELLIS — One.");
    }

    #[test]
    fn styles_say_what_a_graf_is() {
        use Role::{Byline, Dek, Hed, Plain};
        check(
            &[(Hed, "One."), (Dek, "Two."), (Byline, "By Ana Pires"), (Plain, "Three.")],
            ["One.", "Two.", "Ana Pires", "", "Three."],
        );
        check(&[(Hed, "One"), (Hed, "Two"), (Plain, "Three.")], ["One", "", "", "", "Two\n\nThree."]);
    }

    #[test]
    fn without_styles_a_head_is_known_by_how_it_is_typed() {
        use Role::{Heading, Plain};
        check(
            &[
                (Heading(1), "Ferry"),
                (Plain, "/It is old/"),
                (Plain, "By Ana Pires"),
                (Plain, "PORT ELLIS, Nov. 3 — One."),
            ],
            ["Ferry", "It is old", "Ana Pires", "PORT ELLIS, Nov. 3", "One."],
        );
        check(
            &[(Plain, "*Ferry for sale*"), (Plain, "*Port Ellis* — One.")],
            ["Ferry for sale", "", "", "Port Ellis", "One."],
        );
        check(
            &[(Plain, "Ferry for sale"), (Plain, "Old. Very."), (Plain, "By Ana Pires"), (Plain, "One.")],
            ["Ferry for sale", "Old. Very.", "Ana Pires", "", "One."],
        );
        check(&[(Plain, "It was sold."), (Plain, "One.")], ["", "", "", "", "It was sold.\n\nOne."]);
        check(&[(Heading(3), "Part"), (Plain, "One.")], ["", "", "", "", "### Part\n\nOne."]);
        check(&[(Plain, "Ferry for sale")], ["", "", "", "", "Ferry for sale"]);
    }
}
