//! What lies between the words that match: each stretch where draft and note part, and what kind of parting it is.

use super::align::{Passage, Row};
use super::fold::Word;
use super::index::Index;
use crate::span::{Span, after};
use std::ops::Range;

/// How the draft accounts for a parting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Account {
    /// It does not.
    Unmarked,
    /// An ellipsis stands where words were left out.
    Ellipsis,
    /// Square brackets stand where words were put in.
    Bracket,
    /// The cue stands between two quotations, each whole.
    Apart,
}

/// A stretch where the draft's words and the note's are not the same.
#[derive(Clone, Debug)]
pub struct Region {
    /// Places among the quote's words, those in brackets included; empty where words were dropped.
    pub draft: Range<usize>,
    /// Places among the notes' words; empty where words were added.
    pub note: Range<usize>,
    pub account: Account,
    /// The note is left here and taken up elsewhere.
    pub is_jump: bool,
    /// Nothing but a hyphen differs (*e-mail*, *email*).
    pub is_join: bool,
    /// Stands before the first word that matches, or behind the last.
    pub is_edge: bool,
}

/// Dropped without a mark, so many words make two passages of one.
const N_LONG_GAP: usize = 12;

impl Region {
    /// So much is left out without a mark that two passages are run together.
    pub fn is_long_gap(&self) -> bool {
        self.account == Account::Unmarked && self.draft.is_empty() && self.note.len() >= N_LONG_GAP
    }
}

/// The partings of a passage, in order. Empty where every word stands in one unbroken run.
pub fn regions(draft: &str, words: &[Word], rows: &[Row], passage: &Passage, index: &Index) -> Vec<Region> {
    let held: Vec<(usize, usize)> =
        passage.places.iter().enumerate().filter_map(|(r, place)| place.map(|at| (r, at))).collect();
    let (Some(first), Some(last)) = (held.first(), held.last()) else { return Vec::new() };
    let mut regions = Vec::new();
    regions.extend(leading(words, rows[first.0].word, first.1, index));
    for pair in held.windows(2) {
        let ((r1, at1), (r2, at2)) = (pair[0], pair[1]);
        let draft_words = rows[r1].word + 1..rows[r2].word;
        if draft_words.is_empty() && at2 == at1 + 1 {
            continue;
        }
        let is_jump = at2 <= at1 || !is_one_voice(index, at1, at2);
        let note = if is_jump { at1 + 1..at1 + 1 } else { at1 + 1..at2 };
        let rows_between = r1 + 1..r2;
        let account = account(draft, words, rows, &rows_between, rows[r1].word, r2, note.len());
        let is_join = !is_jump && is_join(words, &draft_words, index, &note);
        regions.push(Region { draft: draft_words, note, account, is_jump, is_join, is_edge: false });
    }
    regions.extend(trailing(words, rows[last.0].word, last.1, index));
    regions
}

fn is_one_voice(index: &Index, one: usize, other: usize) -> bool {
    match (index.voice(one), index.voice(other)) {
        (Some(one), Some(other)) => one.note == other.note && one.names == other.names,
        _ => false,
    }
}

fn account(
    draft: &str,
    words: &[Word],
    rows: &[Row],
    between: &Range<usize>,
    last_word: usize,
    next_row: usize,
    n_note: usize,
) -> Account {
    let next_word = rows[next_row].word;
    let n_brackets = next_word - last_word - 1 - between.len();
    let has_ellipsis = words[last_word + 1..=next_word].iter().any(|word| word.after_ellipsis);
    if !between.is_empty() {
        return Account::Unmarked;
    }
    if has_ellipsis {
        return Account::Ellipsis;
    }
    if n_brackets > 0 && n_note <= 6.max(2 * n_brackets) {
        return Account::Bracket;
    }
    let gap = Span::new(words[last_word].span.end, words[next_word].span.start).of(draft);
    if is_two_quotations(gap) { Account::Apart } else { Account::Unmarked }
}

/// A quotation closes, the cue ends its sentence, and another opens.
fn is_two_quotations(gap: &str) -> bool {
    const MARKS: [char; 6] = ['"', '“', '”', '«', '»', '„'];
    let (Some(close), Some(open)) = (gap.find(MARKS), gap.rfind(MARKS)) else { return false };
    let cue = Span::new(close, open).of(gap);
    cue.trim_end().ends_with(['.', '!', '?', '\n']) || after(gap, close).contains('\n')
}

/// Words of the draft before the first that matches; the note's words they may stand for.
fn leading(words: &[Word], first_word: usize, at: usize, index: &Index) -> Option<Region> {
    if first_word == 0 {
        return None;
    }
    let is_bracketed = words[..first_word].iter().all(|word| word.bracket > 0);
    let mut start = at;
    while !is_bracketed && start > 0 && at - start < first_word && !index.words[start].starts_sentence {
        start -= 1;
    }
    let voice_start = index.voice(at).map_or(at, |voice| voice.words.start);
    let account = if is_bracketed { Account::Bracket } else { Account::Unmarked };
    Some(Region {
        draft: 0..first_word,
        note: start.max(voice_start)..at,
        account,
        is_jump: false,
        is_join: false,
        is_edge: true,
    })
}

fn trailing(words: &[Word], last_word: usize, at: usize, index: &Index) -> Option<Region> {
    let n_words = words.len() - last_word - 1;
    if n_words == 0 {
        return None;
    }
    let is_bracketed = words[last_word + 1..].iter().all(|word| word.bracket > 0);
    let voice_end = index.voice(at).map_or(at + 1, |voice| voice.words.end);
    let mut end = at + 1;
    while !is_bracketed && end < voice_end && end - at - 1 < n_words && !index.words[end].starts_sentence {
        end += 1;
    }
    let account = if is_bracketed { Account::Bracket } else { Account::Unmarked };
    Some(Region {
        draft: last_word + 1..words.len(),
        note: at + 1..end,
        account,
        is_jump: false,
        is_join: false,
        is_edge: true,
    })
}

/// *e-mail* and *email*: the letters are the same, and a hyphen stands on one side.
fn is_join(words: &[Word], draft: &Range<usize>, index: &Index, note: &Range<usize>) -> bool {
    if draft.is_empty() || note.is_empty() || draft.len() + note.len() > 5 || draft.len() == note.len() {
        return false;
    }
    let drafts = &words[draft.clone()];
    let letters: String = drafts.iter().map(|word| word.key.as_str()).collect();
    let note_letters: String = note.clone().map(|at| index.key(&index.words[at])).collect();
    let hyphened = drafts.iter().skip(1).all(|word| word.is_hyphened)
        && note.clone().skip(1).all(|at| index.words[at].is_hyphened);
    // *re-sign* and *resign* are two words, and so are *un-ionized* and *unionized*, *co-op* and *coop*.
    let first = if draft.len() > 1 { drafts[0].key.as_str() } else { index.key(&index.words[note.start]) };
    let is_other = first == "re" && !letters.starts_with("ree")
        || first == "un"
        || first == "co" && letters.starts_with("coop") && letters.len() < 6;
    hyphened && letters == note_letters && !is_other
}
