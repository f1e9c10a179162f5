//! Redlines as an editor would mark them, as text; and the laws they keep on any text.

#[path = "redline/planter.rs"]
mod planter;

use planter::Tally;
use proptest::prelude::*;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use stet::redline::{Class, Kind, Op, Redline, Speech, WordKind, compare, take_back, take_back_all};
use stet::span::Span;

/// Each op on a line: its kind, then its words with `[-gone-]` and `{+come+}`, then its hunks by class.
fn notation(redline: &Redline, old: &str, new: &str) -> String {
    let mut text = String::new();
    let hunks = redline.hunks(old, new, &Speech::default(), &Speech::default());
    for (at, op) in redline.ops.iter().enumerate() {
        let words = if op.kind == Kind::Same { short(op, new) } else { marked(op, old, new) };
        let _ = writeln!(text, "{:<9} {}", op.kind.word(), words.replace('\n', "¶"));
        for hunk in hunks.iter().filter(|hunk| hunk.op == at && op.kind != Kind::Same) {
            let (gone, come) = (hunk.old_words.replace('\n', "¶"), hunk.new_words.replace('\n', "¶"));
            let is_plain = hunk.is_move || matches!(op.kind, Kind::Insert | Kind::Delete | Kind::Rewrite);
            let change = if is_plain { String::new() } else { format!(": {gone} → {come}") };
            let _ = writeln!(text, "  ({} · {}{change})", hunk.title, hunk.class.word());
        }
    }
    text
}

fn short(op: &Op, new: &str) -> String {
    let words = op.new.unwrap_or_default().of(new).trim();
    let list: Vec<&str> = words.split_whitespace().collect();
    if list.len() <= 6 {
        words.to_owned()
    } else {
        format!("{} … {}", list[..2].join(" "), list[list.len() - 2..].join(" "))
    }
}

fn marked(op: &Op, old: &str, new: &str) -> String {
    if op.words.is_empty() {
        return op.new.unwrap_or_default().of(new).trim().to_owned();
    }
    let mut text = String::new();
    for word in &op.words {
        let _ = match (word.kind, word.old, word.new) {
            (WordKind::Delete, Some(span), _) => write!(text, "[-{}-]", span.of(old)),
            (WordKind::Insert, _, Some(span)) => write!(text, "{{+{}+}}", span.of(new)),
            (_, _, span) => write!(text, "{}", span.unwrap_or_default().of(new)),
        };
    }
    text.trim().to_owned()
}

/// A case: its name, its texts, what is expected, and where that stands in the file.
struct Case {
    name: String,
    old: String,
    new: String,
    want: String,
}

fn block(section: &str, kind: &str) -> String {
    let Some((_, rest)) = section.split_once(&format!("```{kind}\n")) else { return String::new() };
    rest.split_once("```").map_or(String::new(), |(words, _)| words.to_owned())
}

/// A block's last line end belongs to the fence.
fn text_block(section: &str, kind: &str) -> String {
    let words = block(section, kind);
    words.strip_suffix('\n').unwrap_or(&words).to_owned()
}

fn cases(file: &str) -> Vec<Case> {
    let sections = file.split("\n## ").skip(1);
    let read = |section: &str| Case {
        name: section.lines().next().unwrap_or_default().to_owned(),
        old: text_block(section, "old"),
        new: text_block(section, "new"),
        want: block(section, "redline"),
    };
    sections.map(read).collect()
}

fn case_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/redlines");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the cases are there")
        .map(|entry| entry.expect("it can be read").path())
        .collect();
    files.sort();
    files
}

#[test]
fn every_case_reads_as_an_editor_would_mark_it() {
    let (mut n_cases, mut wrong) = (0, String::new());
    for path in case_files() {
        let file = std::fs::read_to_string(&path).expect("a case file can be read");
        let mut blessed = file.clone();
        for case in cases(&file) {
            n_cases += 1;
            let redline = compare(&case.old, &case.new);
            check_laws(&case.old, &case.new, &redline);
            let got = notation(&redline, &case.old, &case.new);
            if got != case.want {
                let _ = write!(wrong, "## {}\nwant\n{}got\n{got}\n", case.name, case.want);
                let (head, rest) = blessed.split_once(&format!("\n## {}\n", case.name)).expect("the case is there");
                let (texts, after) = rest.split_once("```redline\n").expect("it has a redline");
                let (_, after) = after.split_once("```").expect("it ends");
                blessed = format!("{head}\n## {}\n{texts}```redline\n{got}```{after}", case.name);
            }
        }
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&path, blessed).expect("a case file can be written");
            wrong.clear();
        }
    }
    assert!(n_cases >= 30, "only {n_cases} cases were found");
    assert!(wrong.is_empty(), "{wrong}");
}

/// The laws of a redline, on one pair of texts.
fn check_laws(old: &str, new: &str, redline: &Redline) {
    let spans = |side: fn(&Op) -> Option<Span>| redline.ops.iter().filter_map(side).collect::<Vec<Span>>();
    let mut olds = spans(|op| op.old);
    olds.sort();
    assert_covers(&olds, old, "the old text");
    assert_covers(&spans(|op| op.new), new, "the new text, in the order of the ops");
    for op in &redline.ops {
        check_op(op, old, new);
    }
    assert_eq!(apply(redline, old, new), new, "applying it to the old text gives the new");
    assert_eq!(undo(redline, old, new), old, "undoing it gives the old text");
    let mirror = compare(new, old);
    assert_eq!(mirrored(&mirror), kinds(redline), "reversed, it mirrors");
    assert_eq!(
        (redline.counts.words_in, redline.counts.words_out),
        (mirror.counts.words_out, mirror.counts.words_in),
        "reversed, it has as many words"
    );
    let n_hunks = redline.hunks(old, new, &Speech::default(), &Speech::default()).len();
    let all: Vec<usize> = (0..n_hunks).collect();
    assert_eq!(take_back_all(old, new, redline, &all), old, "all taken back is the old text");
    assert_eq!(take_back_all(old, new, redline, &[]), new, "none taken back is the new text");
    assert_eq!(n_hunks == 0, old == new, "there are changes exactly when the texts differ");
}

fn assert_covers(spans: &[Span], text: &str, which: &str) {
    let mut at = 0;
    for span in spans {
        assert_eq!(span.start, at, "a gap or an overlap in {which}");
        assert!(text.is_char_boundary(span.end), "a char is cut in {which}");
        at = span.end;
    }
    assert_eq!(at, text.len(), "{which} is told to its end");
}

fn check_op(op: &Op, old: &str, new: &str) {
    let side =
        |pick: fn(&stet::redline::WordOp) -> Option<Span>| op.words.iter().filter_map(pick).collect::<Vec<Span>>();
    for (part, words, text) in [(op.old, side(|word| word.old), old), (op.new, side(|word| word.new), new)] {
        let Some(part) = part else { continue };
        if !op.words.is_empty() && !part.is_empty() {
            let ends = (words.first().map(|span| span.start), words.last().map(|span| span.end));
            assert_eq!(ends, (Some(part.start), Some(part.end)), "the words cover their op");
            assert!(words.windows(2).all(|pair| pair[0].end == pair[1].start), "each word is in one run");
        }
        for span in words {
            assert!(!breaks_a_word(text, span.start) && !breaks_a_word(text, span.end), "a word is cut: {op:?}");
        }
    }
    if op.kind == Kind::Same {
        assert_eq!(op.old.unwrap_or_default().of(old), op.new.unwrap_or_default().of(new), "same is the same");
    }
    for word in op.words.iter().filter(|word| word.kind == WordKind::Same) {
        assert_eq!(word.old.unwrap_or_default().of(old), word.new.unwrap_or_default().of(new), "same is the same");
    }
}

fn breaks_a_word(text: &str, at_byte: usize) -> bool {
    let last = text[..at_byte].chars().next_back();
    let next = text[at_byte..].chars().next();
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    is_latin(last) && is_latin(next)
}

fn apply(redline: &Redline, old: &str, new: &str) -> String {
    redline.ops.iter().map(|op| rebuilt(op, old, new, false)).collect()
}

fn undo(redline: &Redline, old: &str, new: &str) -> String {
    let mut ops: Vec<&Op> = redline.ops.iter().filter(|op| op.old.is_some()).collect();
    ops.sort_by_key(|op| op.old);
    ops.into_iter().map(|op| rebuilt(op, old, new, true)).collect()
}

/// One side of an op from the other, taking from its own text only what the redline says came (or went).
fn rebuilt(op: &Op, old: &str, new: &str, is_undo: bool) -> String {
    let (from, to) = if is_undo { (new, old) } else { (old, new) };
    let sides = |before: Option<Span>, after: Option<Span>| if is_undo { (after, before) } else { (before, after) };
    if op.words.is_empty() {
        return sides(op.old, op.new).0.unwrap_or_default().of(from).to_owned();
    }
    let wanted = if is_undo { WordKind::Delete } else { WordKind::Insert };
    let mut text = String::new();
    for word in &op.words {
        let (before, after) = sides(word.old, word.new);
        if word.kind == WordKind::Same {
            text.push_str(before.unwrap_or_default().of(from));
        } else if word.kind == wanted {
            text.push_str(after.unwrap_or_default().of(to));
        }
    }
    text
}

fn kinds(redline: &Redline) -> Vec<(Kind, Option<Span>, Option<Span>)> {
    let mut list: Vec<_> = redline.ops.iter().map(|op| (op.kind, op.old, op.new)).collect();
    list.sort();
    list
}

fn mirrored(redline: &Redline) -> Vec<(Kind, Option<Span>, Option<Span>)> {
    let turn = |kind: Kind| match kind {
        Kind::Insert => Kind::Delete,
        Kind::Delete => Kind::Insert,
        Kind::Split => Kind::Merge,
        Kind::Merge => Kind::Split,
        kind => kind,
    };
    let mut list: Vec<_> = redline.ops.iter().map(|op| (turn(op.kind), op.new, op.old)).collect();
    list.sort();
    list
}

/// Taken back one after the other, each time compared anew, changes come to an end at the old text.
///
/// Among lines that are all alike a move may be put back and nothing is seen of it; then the next change is taken.
fn check_steps(old: &str, new: &str) {
    let mut text = new.to_owned();
    for _ in 0..200 {
        let redline = compare(old, &text);
        let n_hunks = redline.hunks(old, &text, &Speech::default(), &Speech::default()).len();
        let next = (0..n_hunks).map(|hunk| take_back(old, &text, &redline, hunk)).find(|next| *next != text);
        let Some(next) = next else { break };
        text = next;
    }
    assert_eq!(text, old, "taken back one by one it is the old text (from {new:?})");
}

/// Texts from few words, so that much is alike.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(vec!["the ", "mayor ", "said ", "no ", "it’s ", "nine ", "9 ", "**", "Ada ", "“", "”", "x", "é "]),
        2 => prop::sample::select(vec!["\n", "\n\n", " ", ". ", ", ", "- ", "# ", "[a](b) ", "\t"]),
        1 => prop::sample::select(vec!["Ada Okri opened the new harbour at noon.\n\n", "The council voted to close three schools. Parents left. ", "It rained all day in the old town\n"]),
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

/// Lines of dialogue, headings and furniture that come again and again.
const LINES: [&str; 9] = [
    "Yes.",
    "No.",
    "Share this",
    "# The harbour",
    "Sign up for our newsletter and never miss a boat.",
    "Ada Okri opened the harbour bridge at noon on Monday.",
    "Ada Okri opened the bridge at one on Tuesday, while it rained.",
    "It rained. Ada Okri opened the bridge at one on Tuesday.",
    "- bread",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_laws_hold_on_texts_of_few_words(old in texts(), new in texts()) {
        check_laws(&old, &new, &compare(&old, &new));
    }

    #[test]
    fn the_laws_hold_on_any_text(old in "(\\PC|\n| ){0,60}", new in "(\\PC|\n| ){0,60}") {
        check_laws(&old, &new, &compare(&old, &new));
    }

    #[test]
    fn the_laws_hold_on_lines_that_repeat(
        old in prop::collection::vec(prop::sample::select(LINES.to_vec()), 0..14),
        new in prop::collection::vec(prop::sample::select(LINES.to_vec()), 0..14),
    ) {
        let (old, new) = (old.join("\n"), new.join("\n"));
        check_laws(&old, &new, &compare(&old, &new));
    }

    #[test]
    fn taken_back_one_by_one_it_is_the_old_text(old in texts(), new in texts()) {
        check_steps(&old, &new);
    }

    #[test]
    fn a_text_against_itself_is_one_same(text in texts()) {
        let redline = compare(&text, &text);
        prop_assert_eq!(redline.ops.len(), 1);
        prop_assert_eq!(redline.ops[0].kind, Kind::Same);
    }
}

#[test]
fn the_laws_hold_on_edited_copy() {
    for seed in 0..20 {
        let old = planter::piece(seed, 12);
        let (new, _) = planter::plant(&old, seed + 77, 2, 20, 6);
        check_laws(&old, &new, &compare(&old, &new));
        check_steps(&old, &new);
    }
}

fn check_tally(tally: &Tally, which: &str) {
    assert!(tally.n_planted > 0, "nothing was planted in {which}");
    assert_eq!(tally.n_invented, 0, "no move is invented in {which}");
    assert!(tally.n_found * 100 >= tally.n_planted * 95, "moves are found in {which}: {tally:?}");
    assert!(tally.ratio() <= 1.10, "few words are told that were not planted in {which}: {tally:?}");
}

#[test]
fn planted_moves_are_found_and_none_is_invented() {
    let mut tally = Tally::default();
    for seed in 0..60 {
        let old = planter::piece(seed, 12 + (seed as usize % 20));
        let (new, planted) = planter::plant(&old, seed + 1000, 3, 30, 6);
        tally.add(&old, &new, &planted);
    }
    check_tally(&tally, "copy of ours");
}

#[test]
fn planted_moves_are_found_in_real_articles() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval/quotes/dev.jsonl");
    let articles = planter::articles(&path);
    if articles.is_empty() {
        println!("no articles beside the project: nothing to plant in");
        return;
    }
    let mut tally = Tally::default();
    for (seed, old) in articles.iter().enumerate() {
        let (new, planted) = planter::plant(old, seed as u64, 3, 30, 6);
        tally.add(old, &new, &planted);
    }
    check_tally(&tally, "real articles");
}

#[test]
fn the_seed_pair_reads_as_its_editor_marked_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval/redline");
    let read = |name: &str| std::fs::read_to_string(folder.join(name));
    let (Ok(old), Ok(new)) = (read("seed-old.md"), read("seed-new.md")) else {
        println!("no seed pair beside the project: nothing to compare");
        return;
    };
    let redline = compare(&old, &new);
    println!("{}", notation(&redline, &old, &new));
    println!("{:?}", redline.counts);
    check_laws(&old, &new, &redline);
    check_steps(&old, &new);
    let counts = redline.counts;
    assert_eq!(
        (counts.moves, counts.splits, counts.merges, counts.rewrites),
        (2, 1, 0, 1),
        "two moves, a split, a rewrite"
    );
    let n_changes = redline.hunks(&old, &new, &Speech::default(), &Speech::default()).len();
    assert!(counts.changes <= 15 && n_changes <= 15, "{} ops, {n_changes} changes", counts.changes);
    assert!(counts.words_in <= 36 && counts.words_out <= 49, "{counts:?}");
}

#[test]
fn a_change_is_classed_by_the_greatest_thing_it_touches() {
    let class = |old: &str, new: &str| {
        let redline = compare(old, new);
        redline.hunks(old, new, &Speech::default(), &Speech::default())[0].class
    };
    let cases = [
        ("“We will sell it,” Ada said.", "“We may sell it,” Ada said.", Class::Quote),
        ("It was late, said Ada Okri.", "It was late, said Ben Okri.", Class::Speaker),
        ("They closed 30 schools in all.", "They closed 13 schools in all.", Class::Number),
        ("He met Okri at the harbour.", "He met Moreau at the harbour.", Class::Name),
        ("It opens on Tuesday at noon.", "It opens on Friday at noon.", Class::Date),
        ("The plan was approved by all.", "The plan was not approved by all.", Class::Negation),
        ("The bridge cost the town a lot.", "The bridge allegedly cost the town a lot.", Class::Hedge),
        ("Read [the report](https://a.org/1) now.", "Read [the report](https://a.org/2) now.", Class::Link),
        ("The bridge is closed to cars.", "The bridge is shut to cars.", Class::Prose),
        ("The nine of them met again.", "The 9 of them met again.", Class::Cosmetic),
    ];
    for (old, new, want) in cases {
        assert_eq!(class(old, new), want, "{old} / {new}");
    }
}

#[test]
fn what_the_caller_knows_of_speech_counts() {
    let (old, new) = ("He stated: This choice is mine alone", "He stated: This choice is ours alone");
    let speech = Speech { quotes: vec![Span::new(11, old.len())], speakers: Vec::new() };
    let hunks = compare(old, new).hunks(old, new, &speech, &speech);
    assert_eq!(hunks[0].class, Class::Quote, "words without marks can be a quote");
}

#[test]
fn large_and_odd_texts_are_compared_in_full() {
    let words = |n: usize, seed: u64| {
        let mut dice = planter::Dice(seed);
        (0..n).map(|_| format!("w{}", dice.roll(1_000_000))).collect::<Vec<String>>()
    };
    let pairs = [
        ("all words equal", "x ".repeat(60_000), "x ".repeat(50_000)),
        ("alternating words", "a b ".repeat(30_000), "b a c ".repeat(20_000)),
        ("a paragraph of half a megabyte", words(60_000, 1).join(" "), {
            let mut list = words(60_000, 1);
            (0..list.len()).step_by(50).for_each(|at| list[at] = "new".to_owned());
            list.join(" ")
        }),
        ("50,000 paragraphs of one word", words(50_000, 2).join("\n"), {
            let mut list = words(50_000, 2);
            list.rotate_left(9);
            (0..list.len()).step_by(20).for_each(|at| list[at] = "new".to_owned());
            list.join("\n")
        }),
        ("60,000 unrelated words", words(60_000, 3).join(" "), words(60_000, 4).join(" ")),
        ("unrelated paragraphs", words(20_000, 5).join("\n\n"), words(20_000, 6).join("\n\n")),
        ("equal lines", "Yes.\n".repeat(50_000), "Yes.\n".repeat(49_000) + "No.\n"),
        ("two lines by turns", "Yes.\nNo.\n".repeat(20_000), "No.\nYes.\nNo.\n".repeat(15_000)),
    ];
    for (which, old, new) in pairs {
        let start = std::time::Instant::now();
        let redline = compare(&old, &new);
        println!("{which}: {:?}, {:?}", start.elapsed(), redline.counts);
        assert_eq!(apply(&redline, &old, &new), new, "applying it gives the new text: {which}");
        assert_eq!(undo(&redline, &old, &new), old, "undoing it gives the old text: {which}");
    }
}
