//! The letters of pages as grafs: what stands beside each other is a line, lines that run on are a graf.

use super::super::Warning;
use crate::draft::is_rtl;
use crate::note::begins_turn;
use crate::span::one_line;
use std::collections::{HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;

/// A letter that a file draws without saying which it is.
pub const LOST: char = '\u{fffd}';

/// Letters drawn on one line without a gap between them. Lengths are points of the page, `y` goes down.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    pub words: String,
    pub left: f64,
    pub right: f64,
    /// Of the line the letters stand on.
    pub y: f64,
    /// Of the letters.
    pub size: f64,
}

/// The lines of a page that run one way, as they are drawn.
#[derive(Debug, Default)]
pub struct Lines(Vec<Run>);

/// What a page draws.
#[derive(Debug, Default)]
pub struct Page {
    pub level: Lines,
    /// Lines that go up or down the page.
    pub turned: Lines,
}

/// The words of all pages.
#[derive(Debug, Default, PartialEq)]
pub struct Laid {
    pub text: String,
    pub warnings: Vec<Warning>,
}

/// Between letters a wider gap, in sizes, is a blank; so far back, another line begins.
const BLANK: f64 = 0.16;
const BACK: f64 = 0.3;
/// Letters raised or lowered by less stand on the same line.
const RAISED: f64 = 0.55;

impl Lines {
    /// The next letters that are drawn.
    pub fn add(&mut self, next: Run) {
        let Some(line) = self.0.last_mut() else { return self.0.push(next) };
        let size = line.size.max(next.size);
        let gap = next.left - line.right;
        if (next.y - line.y).abs() > size * RAISED || gap < -size * BACK {
            // Letters drawn twice, to look bold or lit, are the same letters.
            if !self.is_drawn(&next) {
                self.0.push(next);
            }
            return;
        }
        if gap > size * BLANK && !line.words.ends_with(' ') {
            line.words.push(' ');
        }
        line.words += &next.words;
        line.right = line.right.max(next.right);
        if next.size > line.size {
            (line.size, line.y) = (next.size, next.y);
        }
    }

    fn is_drawn(&self, next: &Run) -> bool {
        let is_same = |line: &Run| {
            (line.y - next.y).abs() < next.size * 0.2
                && line.left <= next.left
                && next.right <= line.right + next.size * 0.2
        };
        self.0.iter().rev().take(2).any(|line| is_same(line) && line.words.contains(next.words.trim()))
    }

    /// The lines with words in them.
    fn finish(self) -> Vec<Run> {
        let mut lines = self.0;
        for line in &mut lines {
            let letters = line.words.chars().filter(|c| !c.is_control() || c.is_whitespace());
            let plain: String = letters.flat_map(unbound).nfc().collect();
            line.words = one_line(&plain);
        }
        lines.retain(|line| !line.words.is_empty());
        lines
    }
}

/// The letters of a ligature; any other letter itself.
fn unbound(letter: char) -> impl Iterator<Item = char> {
    let is_bound = ('\u{fb00}'..='\u{fb06}').contains(&letter);
    let letters: Vec<char> = if is_bound { letter.nfkc().collect() } else { vec![letter] };
    letters.into_iter()
}

/// Puts the lines of pages together.
pub fn lay(pages: Vec<Page>) -> Laid {
    let mut laid = Laid::default();
    let mut pages: Vec<[Vec<Run>; 2]> =
        pages.into_iter().map(|page| [page.level.finish(), page.turned.finish()]).collect();
    if take_running_lines(&mut pages) {
        laid.warn("What stands alike over or under the pages (running heads, page numbers) was left out.");
    }
    let mut is_counted = false;
    for [level, _] in &mut pages {
        is_counted |= take_numbers(level);
    }
    if is_counted {
        laid.warn("The numbers of the lines were left out.");
    }
    let known = Known::of(pages.iter().flatten().flatten());
    name_turns(pages.iter_mut().flatten().flatten());
    let n_pages = pages.len();
    let mut empty = Vec::new();
    let mut writer = Writer { known, text: String::new(), last: None, graf_left: 0.0 };
    for (number, [level, turned]) in (1..).zip(pages) {
        if level.is_empty() && turned.is_empty() {
            empty.push(number.to_string());
        }
        let mut mark = (n_pages > 1).then(|| format!("[page {number}] "));
        for lines in [level, turned] {
            writer.write(lines, &mut mark);
        }
    }
    if writer.text.is_empty() {
        return laid;
    }
    // Hyphens where a line might have been broken stand inside it too.
    laid.text = writer.text.replace('\u{ad}', "") + "\n";
    if !empty.is_empty() {
        let pages = empty.join(", ");
        laid.warn(format!("Pages without words that can be read: {pages}. Look whether they are pictures of pages."));
    }
    let n_lost = laid.text.matches(LOST).count();
    if n_lost > 0 {
        laid.warn(format!("Letters that do not say which they are, each {LOST}: {n_lost}. Hold them against the PDF."));
    }
    if laid.text.chars().any(is_rtl) {
        laid.warn("Words that run from right to left may stand in the wrong order. Hold them against the PDF.");
    }
    laid
}

impl Laid {
    fn warn(&mut self, message: impl Into<String>) {
        self.warnings.push(Warning::whole(message));
    }
}

/// How many lines at the head, and at the foot, of a page may be said of the page and not of the text.
const MAX_EDGE: usize = 3;

/// The highest and the lowest lines of a page: their places.
fn edges(lines: &[Run]) -> Vec<usize> {
    let mut by_height: Vec<usize> = (0..lines.len()).collect();
    by_height.sort_by(|a, b| lines[*a].y.total_cmp(&lines[*b].y));
    let n_middle = lines.len().saturating_sub(2 * MAX_EDGE);
    by_height.drain(MAX_EDGE.min(lines.len())..MAX_EDGE.min(lines.len()) + n_middle);
    by_height
}

/// Takes out lines over and under the text that most pages have at one height, numbers aside, and the number of a page
/// by itself; says whether there were any.
fn take_running_lines(pages: &mut [[Vec<Run>; 2]]) -> bool {
    let key = |line: &Run| {
        let words: String = line.words.chars().filter(|c| !c.is_ascii_digit()).collect();
        (words, (line.y / 3.0).round() as i64)
    };
    let mut n_pages_with: HashMap<(String, i64), usize> = HashMap::new();
    for [lines, _] in pages.iter() {
        let keys: HashSet<(String, i64)> = edges(lines).into_iter().map(|at| key(&lines[at])).collect();
        keys.into_iter().for_each(|key| *n_pages_with.entry(key).or_default() += 1);
    }
    let n_pages = pages.len();
    let mut is_any = false;
    for (number, [lines, _]) in (1..).zip(pages) {
        let mut taken = edges(lines);
        taken.retain(|at| {
            let n_with = n_pages_with[&key(&lines[*at])];
            let is_number = n_pages > 1 && lines[*at].words.parse() == Ok(number);
            is_number || n_with > 2 && n_with * 2 > n_pages
        });
        taken.sort_unstable();
        is_any |= !taken.is_empty();
        taken.into_iter().rev().for_each(|at| drop(lines.remove(at)));
    }
    is_any
}

/// Takes the numbers off lines that are counted, as courts count them; says whether they were.
fn take_numbers(lines: &mut Vec<Run>) -> bool {
    let number = |line: &Run| line.words.split(' ').next().and_then(|word| word.parse::<usize>().ok());
    let n_counted =
        lines.windows(2).filter(|pair| number(&pair[0]).is_some_and(|n| number(&pair[1]) == Some(n + 1))).count();
    if n_counted < 5 || n_counted * 5 < (lines.len() - 1) * 4 {
        return false;
    }
    for line in lines.iter_mut().filter(|line| number(line).is_some()) {
        let width = (line.right - line.left) / line.words.chars().count() as f64;
        let n_letters = line.words.find(' ').map_or(line.words.len(), |at| at + 1);
        line.left += width * n_letters as f64;
        line.words.drain(..n_letters);
    }
    lines.retain(|line| !line.words.is_empty());
    true
}

/// What courts write `Q.` and `A.` stands in notes as `Q:` and `A:`, so that a question is not the source's.
fn name_turns<'a>(lines: impl Iterator<Item = &'a mut Run>) {
    let mut turns: Vec<&mut Run> =
        lines.filter(|line| line.words.starts_with("Q. ") || line.words.starts_with("A. ")).collect();
    let n_asked = turns.iter().filter(|line| line.words.starts_with('Q')).count();
    // One line alone may begin with somebody's initial.
    if n_asked > 1 && turns.len() - n_asked > 1 {
        turns.iter_mut().for_each(|line| line.words.replace_range(1..2, ":"));
    }
}

/// The words a file has within its lines, so that a hyphen at the end of one can be told from one of the word.
struct Known(HashSet<String>);

impl Known {
    fn of<'a>(lines: impl Iterator<Item = &'a Run>) -> Known {
        let mut known = HashSet::new();
        for line in lines {
            let words = line.words.split(|c: char| !(c.is_alphanumeric() || "-'’".contains(c)));
            known.extend(words.filter(|word| !word.ends_with('-')).map(str::to_lowercase));
        }
        Known(known)
    }

    /// Whether the hyphen between these parts of a word stays.
    fn keeps_hyphen(&self, first: &str, second: &str) -> bool {
        let [first, second] = [first.to_lowercase(), second.to_lowercase()];
        let has = |word: &str| self.0.contains(word);
        has(&format!("{first}-{second}")) || !has(&format!("{first}{second}")) && has(&first) && has(&second)
    }
}

/// Over this, in lines, the next line stands apart; so much wider or narrower letters are a heading or a footnote.
const APART: f64 = 1.3;
const OTHER_SIZE: f64 = 1.12;

struct Writer {
    known: Known,
    text: String,
    last: Option<Run>,
    /// Where the lines of this graf begin.
    graf_left: f64,
}

impl Writer {
    /// Writes lines; before the first goes the mark.
    fn write(&mut self, lines: Vec<Run>, mark: &mut Option<String>) {
        let usual = usual_gap(&lines);
        let mut right_of = HashMap::new();
        for line in &lines {
            let right: &mut f64 = right_of.entry(column(line)).or_insert(line.right);
            *right = right.max(line.right);
        }
        for line in lines {
            let right = right_of[&column(&line)];
            let runs_on = self.last.take().is_some_and(|last| self.runs_on(&last, &line, usual, right));
            let mark = mark.take().unwrap_or_default();
            if runs_on {
                self.run_on(&mark, &line.words);
            } else {
                if !self.text.is_empty() {
                    self.text += "\n\n";
                }
                self.text += &mark;
                self.text += &line.words;
                self.graf_left = line.left;
            }
            self.last = Some(line);
        }
    }

    /// Whether a line goes on with the graf of the one before.
    fn runs_on(&self, last: &Run, line: &Run, usual: f64, right: f64) -> bool {
        let size = last.size.max(line.size);
        let gap = line.y - last.y;
        let is_below = gap > 0.0;
        if begins_turn(&line.words) || is_item(&line.words) || size / last.size.min(line.size) > OTHER_SIZE {
            return false;
        }
        if gap.abs() < size * RAISED {
            return true;
        }
        // The first word would have stood on the line before: whoever wrote this began anew.
        let first = line.words.split(' ').next().unwrap_or_default();
        let share = first.chars().count() as f64 / line.words.chars().count() as f64;
        let has_room = is_below && last.right + (line.right - line.left) * share + size < right;
        let is_indented = is_below && line.left > self.graf_left.max(last.left) + size * 0.8 && !is_item(&last.words);
        let is_apart = is_below && gap > usual.max(size) * APART;
        let ends = last.words.trim_end_matches(['”', '"', '’', '\'', ')']).ends_with(['.', '!', '?', ':']);
        !(has_room || is_indented || is_apart || !is_below && ends)
    }

    /// Goes on with the graf; a word that was broken is whole again, and the page begins behind it.
    fn run_on(&mut self, mark: &str, words: &str) {
        let Some(n_hyphen) = self.broken_word(words) else {
            self.text += " ";
            self.text += mark;
            self.text += words;
            return;
        };
        self.text.truncate(self.text.len() - n_hyphen);
        let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
        self.text += first;
        if !(mark.is_empty() && rest.is_empty()) {
            self.text.push(' ');
        }
        self.text += mark;
        self.text += rest;
    }

    /// How many bytes of hyphen stand at the end, where the next line goes on with the word; 0 for one that stays.
    fn broken_word(&self, next: &str) -> Option<usize> {
        let hyphen = self.text.chars().last().filter(|last| ['-', '\u{ad}', '\u{2010}'].contains(last))?;
        let before = &self.text[..self.text.len() - hyphen.len_utf8()];
        let first =
            before.rsplit(|c: char| !(c.is_alphabetic() || "'’".contains(c))).next().filter(|word| !word.is_empty())?;
        let second =
            next.split(|c: char| !(c.is_alphabetic() || "'’".contains(c))).next().filter(|word| !word.is_empty())?;
        let stays =
            hyphen != '\u{ad}' && (second.starts_with(char::is_uppercase) || self.known.keeps_hyphen(first, second));
        Some(if stays { 0 } else { hyphen.len_utf8() })
    }
}

/// Lines that begin at one place are a column.
fn column(line: &Run) -> i64 {
    (line.left / (line.size * 3.0)).round() as i64
}

/// The gap between two lines below each other, as most of a page have it; 0 where there are none.
fn usual_gap(lines: &[Run]) -> f64 {
    let mut n_with: HashMap<i64, usize> = HashMap::new();
    for pair in lines.windows(2) {
        let gap = pair[1].y - pair[0].y;
        if gap > 0.0 && gap < pair[0].size * 3.0 {
            *n_with.entry((gap * 2.0).round() as i64).or_default() += 1;
        }
    }
    let usual = n_with.into_iter().max_by_key(|(gap, n)| (*n, -gap));
    usual.map_or(0.0, |(gap, _)| gap as f64 / 2.0)
}

/// A line of a list: `• …`, `1. …`, `(a) …`.
fn is_item(words: &str) -> bool {
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    let sign = first.trim_start_matches('(');
    let core = sign.trim_end_matches(['.', ')']);
    let is_counted = core.len() < sign.len()
        && (core.chars().all(|c| c.is_ascii_digit()) && core.len() <= 2
            || core.len() == 1 && core.chars().all(char::is_alphabetic));
    !rest.is_empty() && (["•", "◦", "▪", "‣", "–", "—", "·"].contains(&first) || is_counted && !core.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(words: &str, left: f64, y: f64) -> Run {
        Run { words: words.into(), left, right: left + 5.0 * words.chars().count() as f64, y, size: 10.0 }
    }

    /// A page of lines, 12 points apart where nothing else is said.
    fn page(lines: &[Run]) -> Page {
        let mut page = Page::default();
        lines.iter().cloned().for_each(|line| page.level.0.push(line));
        page
    }

    fn text(pages: &[&[Run]]) -> String {
        lay(pages.iter().map(|lines| page(lines)).collect()).text
    }

    #[test]
    fn letters_become_words_and_lines() {
        let mut lines = Lines::default();
        let letter = |words: &str, left: f64, width: f64, y: f64| Run {
            words: words.into(),
            left,
            right: left + width,
            y,
            size: 10.0,
        };
        for run in [
            letter("W", 0.0, 8.0, 10.0),
            letter("e", 8.0, 5.0, 10.0),
            letter("o", 16.0, 5.0, 10.0),
            letter("\u{fb03}", 21.0, 8.0, 10.0),
            letter("2", 29.0, 3.0, 7.0),
            letter("n", 0.0, 5.0, 22.0),
        ] {
            lines.add(run);
        }
        let words: Vec<String> = lines.finish().into_iter().map(|line| line.words).collect();
        assert_eq!(words, ["We offi2", "n"]);
    }

    #[test]
    fn lines_that_run_on_are_one_graf() {
        let lines = [
            line("The council has decided to sell the old har-", 50.0, 100.0),
            line("bour. It was a well-known place, and so well-", 50.0, 112.0),
            line("known that nobody asked about the new harbour.", 50.0, 124.0),
            line("Nobody spoke.", 50.0, 136.0),
            line("The sale goes to court on Monday, they say now.", 50.0, 148.0),
            line("An indented line begins a graf, and runs on to", 62.0, 160.0),
            line("the next one.", 50.0, 172.0),
            line("Apart.", 50.0, 200.0),
        ];
        assert_eq!(
            text(&[&lines]),
            "The council has decided to sell the old harbour. It was a well-known place, and so well-known that nobody \
             asked about the new harbour. Nobody spoke.\n\nThe sale goes to court on Monday, they say now.\n\nAn indented \
             line begins a graf, and runs on to the next one.\n\nApart.\n"
        );
    }

    #[test]
    fn pages_are_marked_where_they_begin_and_what_runs_over_them_is_left_out() {
        let one = |n: usize, first: &str, second: &str| {
            [
                line("FERRY INQUIRY", 50.0, 20.0),
                line(first, 50.0, 100.0),
                line(second, 50.0, 112.0),
                line(&format!("Page {n} of 3"), 50.0, 700.0),
            ]
        };
        let pages = [
            one(1, "MAYOR EZE: We may sell the harbour, and we may", "not sell it before the summer of next year, the"),
            one(2, "council says. It is not for us to say whether it", "will be sold at all."),
            one(3, "MR BOYD: Who will?", "THE MAYOR: The council will."),
        ];
        let laid = lay(pages.iter().map(|lines| page(lines)).collect());
        assert_eq!(
            laid.text,
            "[page 1] MAYOR EZE: We may sell the harbour, and we may not sell it before the summer of next year, the \
             [page 2] council says. It is not for us to say whether it will be sold at all.\n\n[page 3] MR BOYD: Who \
             will?\n\nTHE MAYOR: The council will.\n"
        );
        assert_eq!(laid.warnings.len(), 1, "{:?}", laid.warnings);
    }

    #[test]
    fn the_numbers_of_a_courts_lines_are_no_words() {
        let lines: Vec<Run> = [
            "Q. Did you sell it?",
            "A. I did not, and I",
            "would not.",
            "Q. Why?",
            "A. It was not mine.",
            "Q. Whose was it?",
            "A. My brother's.",
        ]
        .iter()
        .zip(1..)
        .map(|(words, n)| line(&format!("{n} {words}"), 50.0, 100.0 + 12.0 * f64::from(n)))
        .collect();
        assert_eq!(
            text(&[&lines]),
            "Q: Did you sell it?\n\nA: I did not, and I would not.\n\nQ: Why?\n\nA: It was not mine.\n\nQ: Whose was it?\n\nA: My brother's.\n"
        );
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let laid = lay(vec![page(&[line("A\u{fffd}c", 50.0, 100.0)]), page(&[])]);
        assert_eq!(laid.text, "[page 1] A\u{fffd}c\n");
        let messages: Vec<&str> = laid.warnings.iter().map(|warning| warning.message.as_str()).collect();
        assert_eq!(messages.len(), 2);
        assert!(messages[0].starts_with("Pages without words that can be read: 2."), "{messages:?}");
        assert!(messages[1].ends_with("each \u{fffd}: 1. Hold them against the PDF."), "{messages:?}");
        assert_eq!(lay(vec![page(&[])]), Laid::default());
    }
}
