//! Redlines as an editor would mark them, as text; and the laws they keep on any text.

#[path = "redline/laws.rs"]
mod laws;
#[path = "redline/planter.rs"]
mod planter;
#[path = "redline/told.rs"]
mod told;

use laws::{apply, check_laws, check_steps, undo};
use planter::Tally;
use proptest::prelude::*;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use stet::redline::{Class, Kind, Live, Op, Redline, Speech, WordKind, compare, take_back};
use stet::span::Span;
use told::told;

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
    assert!(n_cases >= 60, "only {n_cases} cases were found");
    assert!(wrong.is_empty(), "{wrong}");
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

/// Grafs in which every mark has its other half.
fn marked_texts() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec!["Ada", "opened", "the", "bridge", "at", "noon", "in", "rain"]);
    let words = prop::collection::vec(word, 1..4).prop_map(|words| words.join(" "));
    let piece = (words, 0..4usize).prop_map(|(words, marks)| match marks {
        0 => format!("**{words}**"),
        1 => format!("[{words}](https://example.org)"),
        _ => words,
    });
    let graf = prop::collection::vec(piece, 1..6).prop_map(|pieces| pieces.join(" "));
    prop::collection::vec(graf, 1..4).prop_map(|grafs| grafs.join("\n\n"))
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
    fn the_laws_hold_where_sentences_move(old in told(&[""]), new in told(&[""])) {
        check_laws(&old, &new, &compare(&old, &new));
        check_steps(&old, &new);
    }

    #[test]
    fn taking_one_change_back_never_breaks_a_pair_of_marks(old in marked_texts(), new in marked_texts()) {
        let redline = compare(&old, &new);
        for hunk in 0..redline.hunks(&old, &new, &Speech::default(), &Speech::default()).len() {
            let text = take_back(&old, &new, &redline, hunk);
            for line in text.lines() {
                prop_assert!(line.matches("**").count() % 2 == 0, "hunk {} leaves {:?} of {:?} and {:?}", hunk, line, old, new);
                prop_assert_eq!(line.matches('[').count(), line.matches("](").count(), "hunk {} leaves {:?}", hunk, line);
            }
        }
    }

    #[test]
    fn taken_back_one_by_one_it_is_the_old_text(old in texts(), new in texts()) {
        check_steps(&old, &new);
    }

    #[test]
    fn any_live_comparison_equals_a_fresh_one(
        old in texts(),
        drafts in prop::collection::vec(texts(), 1..6),
        edits in prop::collection::vec((0..200usize, 0..12usize, texts(), any::<bool>()), 0..12),
    ) {
        let mut live = Live::default();
        let (mut old, mut draft) = (old, drafts.concat());
        for (at, n_bytes, piece, is_old) in edits {
            let text = if is_old { &mut old } else { &mut draft };
            let start = stet::span::floor_boundary(text, at % (text.len() + 1));
            let end = stet::span::floor_boundary(text, start + n_bytes).max(start);
            let words: String = piece.chars().take(20).collect();
            text.replace_range(start..end, &words);
            prop_assert_eq!(live.compare(&old, &draft), compare(&old, &draft));
        }
    }

    #[test]
    fn a_text_against_itself_is_one_same(text in texts()) {
        let redline = compare(&text, &text);
        prop_assert_eq!(redline.ops.len(), 1);
        prop_assert_eq!(redline.ops[0].kind, Kind::Same);
    }
}

/// Its full stop had a place of its own before it was told to be a sentence, and came back once more each time.
#[test]
fn a_sentence_that_moved_takes_the_mark_that_ends_it() {
    let old = "Fishing crews had asked for a **wider channel** between the piers.\n\nIt rained.\n\nThe council voted on Tuesday \
               to close three schools. “We waited long enough,” Okri said. “Now the boats can pass.”";
    let new = "Fishing crews had asked the town for a **wider channel** between the old piers. “We waited long enough,” Okri \
               said. “Now the boats can pass.” The council voted on Tuesday to close three schools. The council voted on \
               Tuesday to close three schools.";
    check_laws(old, new, &compare(old, new));
    check_steps(old, new);
}

/// A number changed in a sentence on its way is a change of its own, and can be put back alone where it stands now.
#[test]
fn what_was_edited_in_a_moved_sentence_is_taken_back_alone() {
    let moved = "The council voted on Tuesday to close three schools in the old town.";
    let (lede, kicker) = ("Ada Okri opened the new harbour bridge at noon.", "Nobody came to the pier in the rain.");
    let old = format!("{lede} {moved}\n\n{kicker}");
    let new = format!("{lede}\n\n{kicker} {}", moved.replace("three", "four"));
    let redline = compare(&old, &new);
    let hunks = redline.hunks(&old, &new, &Speech::default(), &Speech::default());
    let titles: Vec<(&str, Class)> = hunks.iter().map(|hunk| (hunk.title.as_str(), hunk.class)).collect();
    assert_eq!(titles, [("Sentence moved and edited", Class::Prose), ("Number", Class::Number)]);
    assert_eq!((hunks[1].old_words.as_str(), hunks[1].new_words.as_str()), ("three", "four"));
    assert_eq!(
        take_back(&old, &new, &redline, 1),
        format!("{lede}\n\n{kicker} {moved}"),
        "it stays where it stands now"
    );
    assert_eq!(take_back(&old, &new, &redline, 0), old, "put back, it is as it was");
    check_laws(&old, &new, &redline);
    check_steps(&old, &new);
}

const NOON: &str = "Ada Okri opened the new harbour bridge at noon.";
const TUESDAY: &str = "The council voted on Tuesday to close three schools.";
const FRIDAY: &str = "The council voted on Friday to close two schools and a library.";

/// Put back alone, the break would have parted nothing from the rest, and have been put back once more each time.
#[test]
fn a_merge_taken_back_brings_the_graf_that_kept_no_word() {
    let (old, new) = (format!("{TUESDAY} It rained.\n\n{FRIDAY}"), format!("{FRIDAY} {TUESDAY} It rained."));
    let redline = compare(&old, &new);
    let merge = redline.hunks(&old, &new, &Speech::default(), &Speech::default());
    let merge = merge.iter().position(|hunk| hunk.title == "Merged from two").expect("two grafs are one");
    let text = take_back(&old, &new, &redline, merge);
    assert!(text.starts_with(&format!("{TUESDAY} It rained.\n\n{FRIDAY}")), "the graf is back whole: {text}");
    check_steps(&old, &new);
}

/// *Ada* for *The*, in front of a sentence that moved, was *AdaThe council*, and *AdaAdaThe council* after that.
#[test]
fn words_put_back_do_not_run_into_their_neighbours() {
    let speech = "“We waited long enough,” Okri said. “Now the boats can pass.”";
    let (old, new) = (format!("{NOON} {FRIDAY} {TUESDAY}\n\n{NOON}"), format!("{TUESDAY} {speech} {FRIDAY}"));
    let redline = compare(&old, &new);
    for hunk in 0..redline.hunks(&old, &new, &Speech::default(), &Speech::default()).len() {
        let text = take_back(&old, &new, &redline, hunk);
        assert!(!text.contains("AdaThe") && !text.contains(".The"), "{text}");
    }
    check_steps(&old, &new);
}

/// Two equal sentences stood where either could have moved to, and each direction took another one.
#[test]
fn reversed_the_same_one_of_two_equal_sentences_moved() {
    let (report, piers) = (
        "Nobody could say what the [report](https://a.org) cost\nthe town.",
        "Crews had asked for a **wider channel** there.",
    );
    let speech = "“We waited long enough,” Okri said. “Now the boats can pass.”";
    let old = format!("{NOON} {speech} {FRIDAY} {report}\n\n{NOON}\n\n{piers} {report}");
    let new = format!("{report} {piers}\n\n{FRIDAY} {NOON}\n\n{TUESDAY}");
    check_laws(&old, &new, &compare(&old, &new));
    check_steps(&old, &new);
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
fn a_sentence_that_went_elsewhere_and_was_edited_is_told_as_moved() {
    let (mut n, mut n_told, mut words_planted, mut words_told) = (0, 0, 0, 0);
    for seed in 0..80 {
        let planted = planter::plant_sentence(&planter::piece(seed, 14), seed, 30);
        let Some((old, new, planted)) = planted else { continue };
        let redline = compare(&old, &new);
        check_laws(&old, &new, &redline);
        n += 1;
        n_told += usize::from(redline.counts.carries == 1);
        words_planted += planted.words_in + planted.words_out;
        words_told += redline.counts.words_in + redline.counts.words_out;
    }
    assert!(n >= 40 && n_told * 100 >= n * 95, "{n_told} of {n} are told as moved");
    assert!(words_told * 100 <= words_planted * 115, "{words_told} words are told for {words_planted}");
}

#[test]
fn a_planted_split_merge_block_or_list_is_told_by_its_name() {
    for shape in planter::Shape::ALL {
        let texts: Vec<(String, String)> =
            (0..60).filter_map(|seed| planter::plant_shape(&planter::piece(seed, 20), seed, shape)).collect();
        assert!(texts.len() >= 20, "{shape:?} was planted {} times", texts.len());
        let n_told = texts.iter().filter(|(old, new)| planter::is_told(old, new, shape)).count();
        // Half a graf of little words alone is no half to know again.
        assert!(n_told * 100 >= texts.len() * 90, "{shape:?}: {n_told} of {} told so", texts.len());
    }
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
