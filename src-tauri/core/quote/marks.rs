//! Quote marks paired into passages: “ ” " ‘ ’ « » „ “ `` '' ; nested, left open, running over several paragraphs.

use super::lexicon::Class;
use super::word::{Item, Kind, Mark};
use crate::span::Span;

/// Words between quote marks, the outermost pair only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Passage {
    /// With the marks.
    pub(super) outer: Span,
    /// Between the marks, without white space at either end.
    pub(super) inner: Span,
    pub(super) n_words: usize,
    /// The first word has a capital.
    pub(super) is_capital: bool,
    /// Ends in a comma before the closing mark.
    pub(super) has_comma: bool,
    /// Ends in a full stop, question mark or the like before the closing mark.
    pub(super) has_stop: bool,
    /// No closing mark in its paragraph.
    pub(super) is_open: bool,
    /// Begins a paragraph whose forerunner was left open.
    pub(super) is_continued: bool,
    /// Every word but the smallest begins with a capital.
    pub(super) is_title_case: bool,
    /// Has *I* or *we* in it.
    pub(super) is_first_person: bool,
}

impl Passage {
    /// Ends in a full stop, where “…?” and “…!” may lead on to who says it.
    pub(super) fn is_full(&self, text: &str) -> bool {
        let words = self.inner.of(text);
        words.ends_with('.') && !words.ends_with("..")
    }

    /// The words alone: without a comma that belongs to the copy around them.
    pub(super) fn content(&self, text: &str) -> Span {
        let words = self.inner.of(text);
        Span::new(self.inner.start, self.inner.start + words.trim_end_matches([',', ' ']).len()).trim(text)
    }
}

/// A paragraph's items with each passage taken as one, and the passages.
pub(super) struct Paired {
    pub(super) items: Vec<Item>,
    pub(super) passages: Vec<Passage>,
}

/// Pairs the marks of one paragraph. `is_inside`: the one before was left open.
pub(super) fn pair(text: &str, items: &[Item], is_inside: bool) -> Paired {
    let mut paired = Paired { items: Vec::with_capacity(items.len()), passages: Vec::new() };
    let mut singles = Singles::new(items);
    let mut at = 0;
    while at < items.len() {
        let close = match items[at].kind {
            Kind::Mark(mark) if mark.may_open && !mark.is_single => Some(find_close(text, items, at)),
            Kind::Mark(mark) if mark.may_open => singles.find_close(items, at).map(|close| (close, false)),
            _ => None,
        };
        let Some((close, is_open)) = close else {
            paired.items.push(items[at]);
            at += 1;
            continue;
        };
        let comma = if is_open { comma_before_cue(text, items, at) } else { None };
        let (close, is_open) = comma.map_or((close, is_open), |comma| (comma, false));
        let inside = &items[at + 1..if comma.is_some() { close + 1 } else { close }];
        if inside.iter().any(Item::is_word) {
            let end = if is_open { inside[inside.len() - 1].span.end } else { items[close].span.end };
            let is_continued = is_inside && paired.items.is_empty();
            let passage = passage(text, Span::new(items[at].span.start, end), inside, is_open, is_continued);
            paired.items.push(Item::passage(passage.outer, paired.passages.len()));
            paired.passages.push(passage);
        }
        at = if is_open { items.len() } else { close + 1 };
        // What closes right behind it (the end of words quoted inside) belongs to it.
        while at < items.len()
            && matches!(items[at].kind, Kind::Mark(mark) if mark.may_close)
            && items[at].span.start == items[at - 1].span.end
        {
            at += 1;
        }
    }
    paired
}

/// *“The pumps failed, said Roe.*: the comma where a mark that was left open should close, before *said* and a name at
/// the end of the paragraph.
fn comma_before_cue(text: &str, items: &[Item], open: usize) -> Option<usize> {
    let reach = (open + 3).max(items.len().saturating_sub(8));
    let comma = (reach..items.len()).rev().find(|at| items[*at].kind == Kind::Comma)?;
    let tail = &items[comma + 1..];
    let (last, words) = tail.split_last().filter(|(last, _)| last.kind == Kind::Stop)?;
    let is_cue = |item: &Item| ["said", "says", "added", "wrote", "replied"].iter().any(|word| item.reads(text, word));
    let is_name = |item: &Item| item.is_capital || item.is(Class::PRONOUN) && !item.is(Class::FIRST);
    let is_told = match words {
        [first, rest @ ..] if is_cue(first) => rest.iter().all(is_name) && !rest.is_empty(),
        [rest @ .., cue] if is_cue(cue) => rest.iter().all(is_name) && !rest.is_empty(),
        _ => false,
    };
    let has_marks = items[open + 1..].iter().any(|item| matches!(item.kind, Kind::Mark(_)));
    (is_told && !has_marks && last.of(text) == ".").then_some(comma)
}

/// The item that closes the double mark at `open`, or the end of the paragraph when nothing does.
fn find_close(text: &str, items: &[Item], open: usize) -> (usize, bool) {
    let family = family(items[open].of(text));
    for (at, item) in items.iter().enumerate().skip(open + 1) {
        let Kind::Mark(mark) = item.kind else { continue };
        if mark.is_single {
            continue;
        }
        let is_same = self::family(item.of(text)) == family;
        let closes = if mark.is_turned { mark.may_close } else { is_same || mark.may_close && !mark.may_open };
        if closes {
            return (at, false);
        }
        // German „…“ closes with the mark that opens in English.
        if items[open].of(text) == "„" && item.of(text) == "“" {
            return (at, false);
        }
    }
    (items.len(), true)
}

fn family(mark: &str) -> u8 {
    match mark {
        "“" | "”" | "„" => 0,
        "«" | "»" => 1,
        "``" | "''" => 2,
        _ => 3,
    }
}

/// Where single marks close, looked up from the end so that a row of apostrophes is read once.
struct Singles {
    /// For each item, the next single mark that surely closes (a stop or comma before or after it).
    sure: Vec<usize>,
    /// For each item, the next that might (not after an *s*, where it may be a possessive).
    maybe: Vec<usize>,
    /// For each item, the next single mark that opens.
    opens: Vec<usize>,
}

impl Singles {
    fn new(items: &[Item]) -> Singles {
        let n = items.len();
        let has_singles = items.iter().any(|item| matches!(item.kind, Kind::Mark(mark) if mark.is_single));
        let size = if has_singles { n + 1 } else { 0 };
        let mut singles = Singles { sure: vec![n; size], maybe: vec![n; size], opens: vec![n; size] };
        if !has_singles {
            return singles;
        }
        for at in (0..n).rev() {
            singles.sure[at] = singles.sure[at + 1];
            singles.maybe[at] = singles.maybe[at + 1];
            singles.opens[at] = singles.opens[at + 1];
            let Kind::Mark(mark) = items[at].kind else { continue };
            if !mark.is_single {
                continue;
            }
            if mark.may_open {
                singles.opens[at] = at;
            }
            if mark.may_close {
                singles.maybe[at] = at;
                if is_sure_close(items, at, mark) {
                    singles.sure[at] = at;
                }
            }
        }
        singles
    }

    fn find_close(&mut self, items: &[Item], open: usize) -> Option<usize> {
        let (sure, maybe) = (self.sure[open + 1], self.maybe[open + 1]);
        let close =
            if sure < items.len() && sure < self.opens[open + 1].max(open + 2) { sure } else { maybe.min(sure) };
        (close < items.len()).then_some(close)
    }
}

fn is_sure_close(items: &[Item], at: usize, mark: Mark) -> bool {
    let is_point = |item: Option<&Item>| {
        item.is_some_and(|item| matches!(item.kind, Kind::Comma | Kind::Stop | Kind::Colon | Kind::Semicolon))
    };
    mark.may_close && (at > 0 && is_point(items.get(at - 1)) || is_point(items.get(at + 1)) || at + 1 == items.len())
}

fn passage(text: &str, outer: Span, inside: &[Item], is_open: bool, is_continued: bool) -> Passage {
    let start = inside[0].span.start;
    let end = inside[inside.len() - 1].span.end;
    let is_nested_mark = |item: &&Item| !matches!(item.kind, Kind::Mark(_) | Kind::Close | Kind::Dash);
    let first = inside.iter().find(|item| item.is_word());
    let last = inside.iter().rev().find(is_nested_mark);
    Passage {
        outer,
        inner: Span::new(start, end).trim(text),
        n_words: inside.iter().filter(|item| item.is_word()).count(),
        is_capital: first.is_some_and(|item| item.is_capital || item.is_number),
        has_comma: last.is_some_and(|item| item.kind == Kind::Comma),
        has_stop: last.is_some_and(|item| item.kind == Kind::Stop || item.has_point),
        is_open,
        is_continued,
        is_title_case: inside
            .iter()
            .filter(|item| item.is_word())
            .all(|item| item.is_capital || item.is_number || item.span.len() <= 4),
        is_first_person: inside.iter().any(|item| item.is(Class::FIRST)),
    }
}
