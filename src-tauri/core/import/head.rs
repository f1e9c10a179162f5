//! Hed, dek, byline and dateline of a story, by its styles first, then by how heads are typed.

use super::block::{Block, Graf, Role, Run, is_blank, words_of};
use super::markdown::{self, plain_line};
use super::piece::{byline_of, plain_dateline};
use super::{Losses, Story, Warning};
use crate::draft::Copy;
use crate::span::{after, before};

/// The words of a story in their parts; the rest is the body, as Markdown.
///
/// Grafs at the top whose styles say what they are are taken first; then a first heading, or a short first line that
/// does not end as a sentence does, is the hed, a line all in italics or one between hed and byline the dek, *By
/// Somebody* the byline, DATELINE — at the start of the body the dateline.
pub fn take(story: Story) -> (Copy, Vec<Warning>) {
    let Story { blocks, mut losses, names_its_head, is_as_typed, .. } = story;
    let mut rest: &[Block] = &blocks;
    let mut copy = Copy::default();
    rest = take_styled(&mut copy, rest);
    if copy.hed.is_empty() && !names_its_head {
        rest = take_hed(&mut copy, rest);
        rest = take_styled(&mut copy, rest);
    }
    if !copy.hed.is_empty() && !names_its_head {
        rest = take_below_hed(&mut copy, rest);
    }
    let mut body = rest.to_vec();
    take_dateline(&mut copy, &mut body, names_its_head);
    copy.body = match is_as_typed {
        true => markdown::write_as_typed(&body, &mut losses),
        false => markdown::write(&body, &mut losses),
    };
    (copy, warnings(&losses))
}

fn warnings(losses: &Losses) -> Vec<Warning> {
    losses.warnings().collect()
}

fn take_styled<'a>(copy: &mut Copy, mut rest: &'a [Block]) -> &'a [Block] {
    while let [Block::Graf(graf), tail @ ..] = rest {
        let part = match graf.role {
            Role::Hed => &mut copy.hed,
            Role::Dek => &mut copy.dek,
            Role::Byline => &mut copy.byline,
            Role::Dateline => &mut copy.dateline,
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
        rest = tail;
    }
    rest
}

fn without_by(line: &str) -> String {
    let names = ["By ", "by ", "BY "].iter().find_map(|by| line.strip_prefix(by));
    names.unwrap_or(line).trim().to_owned()
}

fn without_dash(line: &str) -> String {
    line.trim_end_matches([' ', '—', '–', '-']).to_owned()
}

/// A first heading with words below it, or a short first line that does not end as a sentence does.
fn take_hed<'a>(copy: &mut Copy, rest: &'a [Block]) -> &'a [Block] {
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
    copy.hed = line;
    tail
}

fn take_below_hed<'a>(copy: &mut Copy, mut rest: &'a [Block]) -> &'a [Block] {
    let line = |block: Option<&Block>| match block {
        Some(Block::Graf(Graf { role: Role::Plain | Role::Heading(_), runs })) => Some(plain_line(runs)),
        _ => None,
    };
    let byline = |block: Option<&Block>| line(block).as_deref().and_then(byline_of).map(str::to_owned);
    if copy.dek.is_empty()
        && copy.byline.is_empty()
        && let [Block::Graf(graf), tail @ ..] = rest
        && byline(rest.first()).is_none()
        && graf.role == Role::Plain
        && (is_all_italic(&graf.runs) && !tail.is_empty() || byline(tail.first()).is_some())
    {
        copy.dek = plain_line(&graf.runs);
        rest = tail;
    }
    if copy.byline.is_empty()
        && let Some(names) = byline(rest.first())
    {
        copy.byline = names;
        rest = rest.split_first().map(|(_, tail)| tail).unwrap_or_default();
    }
    rest
}

fn is_all_italic(runs: &[Run]) -> bool {
    !is_blank(runs) && runs.iter().all(|run| run.look.is_italic || run.text.trim().is_empty())
}

/// The dateline a body begins with: in the style of one, in bold before a dash, or in capitals before a dash.
fn take_dateline(copy: &mut Copy, body: &mut Vec<Block>, names_its_head: bool) {
    let Some(Block::Graf(Graf { role: Role::Plain, runs })) = body.first_mut() else { return };
    if !copy.dateline.is_empty() {
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
    if n_runs > 0 && words_of(dateline).len() <= 120 && rest_words.trim_start().starts_with(['—', '–']) {
        copy.dateline = without_dash(&plain_line(dateline));
        let n_cut = rest_words.len() - rest_words.trim_start().trim_start_matches(['—', '–']).trim_start().len();
        *runs = without_start(rest, n_cut);
    } else if let Some(first) = runs.first_mut()
        && let Some((dateline, n_cut)) = plain_dateline(&first.text)
    {
        copy.dateline = dateline.to_owned();
        *runs = without_start(runs, n_cut);
    }
    if is_blank(runs) {
        body.remove(0);
    }
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
        let copy = take(Story { blocks, ..Story::default() }).0;
        assert_eq!([&copy.hed, &copy.dek, &copy.byline, &copy.dateline, &copy.body].map(String::as_str), parts);
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
