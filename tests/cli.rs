//! The terminal companion from outside: what it prints, where, and with which exit code.

#[path = "cli/bad_input.rs"]
mod bad_input;
#[path = "cli/desk.rs"]
mod desk;

use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src-tauri/sample");

/// `stet` in a folder, plain, with no desk but one in that folder.
fn command(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stet"));
    command.args(args).current_dir(dir).env("XDG_DATA_HOME", dir.join("data")).env_remove("CLICOLOR_FORCE");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs `stet` in a folder, with bytes on standard input.
fn stet(dir: &Path, args: &[&str], stdin: &[u8]) -> Output {
    let mut child = command(dir, args).spawn().expect("stet starts");
    // A command that refuses its arguments may be gone before it reads.
    let _ = child.stdin.take().expect("it has an input").write_all(stdin);
    child.wait_with_output().expect("stet ends")
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let dir = TempDir::new().expect("a folder can be made");
    for (name, bytes) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
    }
    dir
}

/// The JSON of an answer, whether it calls for an editor or not.
fn json(output: &Output) -> Value {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "it was refused: {stderr}");
    serde_json::from_slice(&output.stdout).expect("standard output holds JSON alone")
}

/// Refused: exit 2, nothing on standard output, one line on standard error that says `words`.
fn assert_refused(output: &Output, words: &str) {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(output.stdout.is_empty(), "a refusal leaves standard output empty");
    assert_eq!(stderr.lines().count(), 1, "one clear line: {stderr}");
    assert!(stderr.contains(words), "{stderr}");
}

#[test]
fn style_tells_slips_and_keeps_the_rules_of_a_desk() {
    let rules: &[u8] = b"[terms]\ntowards => toward | Shorter.\n";
    let piece = "---\nslug: walk\n---\n\nHe went towards it.\n\n“I went towards it,” said Jane Roe.\n";
    let dir = folder(&[("walk.md", piece.as_bytes()), ("house.txt", rules), ("bad.txt", b"[terms]\ntowards\n")]);
    let output = stet(dir.path(), &["style", "walk.md", "--rules", "house.txt", "--json"], b"");
    assert_eq!(output.status.code(), Some(1), "a slip needs an editor");
    let slips = &json(&output)["slips"];
    let at = piece.find("towards").expect("it is there");
    assert_eq!(slips.as_array().map(Vec::len), Some(1), "speech is left alone: {slips}");
    assert_eq!(slips[0]["span"], serde_json::json!([at, at + 7]), "a place in the file as it is");
    assert_eq!((&slips[0]["preferred"], &slips[0]["line"]), (&"toward".into(), &2.into()));

    assert_eq!(stet(dir.path(), &["import", "walk.md"], b"").status.code(), Some(0));
    let shipped = stet(dir.path(), &["style"], b"");
    assert!(String::from_utf8_lossy(&shipped.stdout).contains("[numbers]"), "a desk begins with the shipped rules");
    assert_refused(&stet(dir.path(), &["style", "--rules", "bad.txt", "--keep"], b""), "Line 2");
    assert_eq!(stet(dir.path(), &["style"], b"").stdout, shipped.stdout, "a refusal keeps what was");
    assert_eq!(stet(dir.path(), &["style", "--rules", "house.txt", "--keep"], b"").status.code(), Some(0));
    assert_eq!(stet(dir.path(), &["style"], b"").stdout, rules, "what was kept comes out byte for byte");
    assert_eq!(json(&stet(dir.path(), &["style", "walk", "--json"], b""))["slips"][0]["text"], "towards");

    let bad = stet(dir.path(), &["style", "walk.md", "--rules", "bad.txt"], b"");
    assert_eq!(bad.status.code(), Some(1), "a line that is no rule needs an editor");
    assert!(String::from_utf8_lossy(&bad.stderr).contains("bad.txt, line 2"), "and is told by its number");
}

#[test]
fn spelling_lists_misspellings_with_line_and_suggestions_and_keeps_words_and_dictionaries() {
    let piece = "---\nslug: walk\n---\n\nHe recieved it.\n\n“I recieved it,” said Tove Lundqvist.\n\nThe boot vaart.\n";
    let files: [(&str, &[u8]); 4] = [
        ("walk.md", piece.as_bytes()),
        ("nl.aff", b"SET ISO8859-1\n"),
        ("nl.dic", b"3\nthe\nboot\nvaart\n"),
        ("bad.dic", b"no number\n"),
    ];
    let dir = folder(&files);
    let output = stet(dir.path(), &["spelling", "walk.md", "--json"], b"");
    assert_eq!(output.status.code(), Some(1), "a misspelling needs an editor");
    let found = &json(&output)["misspellings"];
    let at = piece.find("recieved").expect("it is there");
    assert_eq!(found[0]["span"], serde_json::json!([at, at + 8]), "a place in the file as it is");
    assert_eq!((&found[0]["line"], &found[0]["quoted"]), (&5.into(), &false.into()));
    assert_eq!((&found[1]["line"], &found[1]["quoted"]), (&7.into(), &true.into()));
    assert_eq!(found[0]["suggestions"][0], "received");
    let plain = stet(dir.path(), &["spelling", "walk.md"], b"");
    assert!(String::from_utf8_lossy(&plain.stdout).starts_with("5: recieved → received"));
    assert_eq!(stet(dir.path(), &["spelling", "-"], b"All is well.\n").status.code(), Some(0));
    assert_refused(&stet(dir.path(), &["spelling", "walk.md", "--language", "xx"], b""), "");

    assert_eq!(stet(dir.path(), &["import", "walk.md"], b"").status.code(), Some(0));
    let words = |args: &[&str]| {
        let found = json(&stet(dir.path(), args, b""))["misspellings"].take();
        found.as_array().expect("a list").iter().map(|it| it["text"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(words(&["spelling", "walk", "--json"]), ["recieved", "recieved", "vaart"]);
    assert_eq!(stet(dir.path(), &["spelling", "learn", "vaart", "recieved"], b"").status.code(), Some(0));
    assert_eq!(words(&["spelling", "walk", "--json"]), [Value::Null; 0]);
    assert_eq!(stet(dir.path(), &["spelling", "forget", "recieved"], b"").status.code(), Some(0));
    assert_eq!(words(&["spelling", "walk", "--json"]).len(), 2);
    assert_refused(&stet(dir.path(), &["spelling", "add", "nl.aff", "bad.dic"], b""), "no Hunspell dictionary");
    assert_refused(&stet(dir.path(), &["spelling", "add", "nl.dic", "nl.aff"], b""), "the .aff, then the .dic");
    let added = stet(dir.path(), &["spelling", "add", "nl.aff", "nl.dic"], b"");
    assert!(
        String::from_utf8_lossy(&added.stdout).starts_with("nl (there are en_US, en_GB, nl)\n1 word learned\nvaart")
    );
    assert_eq!(words(&["spelling", "walk.md", "--language", "nl", "--json"]).last(), Some(&"said".into()));
    assert_eq!(stet(dir.path(), &["spelling", "use", "off"], b"").status.code(), Some(0));
    assert_eq!(words(&["spelling", "walk", "--json"]), [Value::Null; 0]);
}

#[test]
fn quotes_check_and_diff_answer_in_the_agreed_shape() {
    let dir =
        folder(&[("a.md", b"Nothing was said.\n"), ("b.md", b"Nothing was done.\n"), ("notes/n.md", b"Words.\n")]);
    let quotes = json(&stet(dir.path(), &["quotes", "a.md", "--json"], b""));
    assert!(quotes["quotes"].is_array() && quotes["furniture"].is_array(), "{quotes}");
    let check = json(&stet(dir.path(), &["check", "a.md", "--notes", "notes", "--json"], b""));
    assert_eq!(check["counts"]["other speaker"], 0, "every verdict is counted, also at nought: {check}");
    let diff = json(&stet(dir.path(), &["diff", "a.md", "b.md", "--json"], b""));
    assert!(diff["ops"].is_array() && diff["counts"]["words_in"].is_u64(), "{diff}");
}

#[test]
fn a_check_goes_by_the_policy_it_is_given() {
    let draft = "“We may sell it by the spring,” Ines Eze said.\n";
    let note = "---\nsource: Ines Eze\n---\nWe may, um, sell it by the spring.\n";
    let dir = folder(&[("a.md", draft.as_bytes()), ("notes/n.md", note.as_bytes())]);
    let check = |policy: &[&str]| {
        let args = [&["check", "a.md", "--notes", "notes", "--json"], policy].concat();
        json(&stet(dir.path(), &args, b""))
    };
    let strict = check(&[]);
    assert_eq!((&strict["policy"], &strict["quotes"][0]["verdict"]), (&"strict".into(), &"altered".into()));
    let lenient = check(&["--policy", "fillers=verbatim,grammar=trimmed"]);
    assert_eq!(lenient["quotes"][0]["verdict"], "verbatim");
    let passed = &lenient["quotes"][0]["passed"][0];
    assert_eq!(
        (&passed["kind"], &passed["counts_as"]),
        (&"filler".into(), &"verbatim".into()),
        "what passed is listed"
    );
    let wrong = ["check", "a.md", "--notes", "notes", "--policy", "fillers=gone"];
    assert_refused(&stet(dir.path(), &wrong, b""), "strict, or");
}

#[test]
fn a_diff_tells_a_sentence_that_moved_as_moved() {
    let (first, second) =
        ("Ada Okri opened the new harbour bridge at noon.", "The council voted to close three schools.");
    let (old, new) = (format!("{first} {second}\n"), format!("{second} {first}\n"));
    let dir = folder(&[("a.md", old.as_bytes()), ("b.md", new.as_bytes())]);
    let said = stet(dir.path(), &["diff", "a.md", "b.md"], b"").stdout;
    let said = String::from_utf8_lossy(&said);
    assert!(said.contains(&format!("[moved: {second}]")), "{said}");
    assert!(said.contains(&format!("{{moved here: {second}}}")), "{said}");
    assert!(said.contains("0 in · 0 out · 1 sentence moved"), "{said}");
    stet(dir.path(), &["diff", "a.md", "b.md", "--html", "out.html"], b"");
    let page = fs::read_to_string(dir.path().join("out.html")).expect("the page is there");
    assert!(page.contains("1 sentence moved"), "the page counts it too");
}

#[test]
fn a_diff_goes_out_as_a_page_and_as_a_word_file() {
    let dir = folder(&[("a.md", b"It cost 30 pounds.\n"), ("b.md", b"It cost 13 pounds.\n")]);
    let out = ["--html", "out.html", "--docx", "out.docx", "--author", "Ines Eze", "--at", "2026-03-01T09:30:00Z"];
    let output = stet(dir.path(), &[&["diff", "a.md", "b.md"], &out[..]].concat(), b"");
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "1 change \u{b7} 1 in \u{b7} 1 out\n1 of substance: 1 number\n",
        "the text is in the files"
    );
    let page = fs::read_to_string(dir.path().join("out.html")).expect("the page is there");
    assert!(page.contains("<del>30</del><ins>13</ins>") && page.contains("a.md"), "{page}");
    let word = fs::read(dir.path().join("out.docx")).expect("the Word file is there");
    assert!(word.starts_with(b"PK"), "it is a package");
    assert_refused(&stet(dir.path(), &[&["diff", "a.md", "b.md"], &out[..]].concat(), b""), "say --force");
    let forced = stet(dir.path(), &[&["diff", "a.md", "b.md", "--force"], &out[..]].concat(), b"");
    assert_eq!(forced.status.code(), Some(0), "a file that is there is replaced when asked");
    assert_eq!(
        word,
        fs::read(dir.path().join("out.docx")).expect("it is there"),
        "the same comparison, the same bytes"
    );
    let diff = json(&stet(dir.path(), &["diff", "a.md", "b.md", "--json", "--html", "again.html"], b""));
    assert_eq!(diff["counts"]["changes"], 1, "the answer is the same with a page beside it");
    assert_refused(&stet(dir.path(), &["diff", "a.md", "b.md", "--html", "./b.md"], b""), "one of the two texts");
    assert_refused(&stet(dir.path(), &["diff", "a.md", "b.md", "--docx", "gone/x.docx"], b""), "could not be written");
    assert_refused(&stet(dir.path(), &["diff", "a.md", "b.md", "--docx", "x.docx", "--at", "noon"], b""), "2026-03-01");
}

#[test]
fn a_diff_counts_every_graf_that_is_the_same() {
    let old = b"The pier is old.\n\nIt rained.\n\nNobody came.\n\nIt closed at nine.\n";
    let new = b"The pier is old.\n\nIt rained.\n\nNobody came.\n\nIt closed at ten.\n";
    let dir = folder(&[("a.md", old), ("b.md", new)]);
    let page = String::from_utf8(stet(dir.path(), &["diff", "a.md", "b.md"], b"").stdout).expect("it is text");
    assert!(page.starts_with("3 grafs the same\n"), "grafs are counted, not runs of them: {page}");
}

#[test]
fn a_diff_tells_substance_from_what_only_reads_otherwise() {
    let old = "It cost 30 pounds, and 9 boats came. The town paid.\n\nIt's a “loss”.\n";
    let new = "It cost 13 pounds, and nine boats came. The town soon paid.\n\nIt’s a *“loss”*.\n";
    let dir = folder(&[("a.md", old.as_bytes()), ("b.md", new.as_bytes())]);
    let page = String::from_utf8(stet(dir.path(), &["diff", "a.md", "b.md"], b"").stdout).expect("it is text");
    assert!(page.starts_with("edit \u{b7} number\n"), "what changed of substance stands at the graf: {page}");
    assert!(
        page.contains("[-30-]{+13+}") && page.contains("[~9~]{~nine~}"),
        "the same said otherwise is told apart: {page}"
    );
    assert!(
        page.contains("graf 2: only marks or spaces changed\n") && !page.contains("loss"),
        "form is folded: {page}"
    );
    assert!(page.ends_with("1 of substance: 1 number; 1 other; 2 cosmetic\n"), "{page}");
}

#[test]
fn front_matter_on_one_side_alone_is_no_change_and_counts_as_no_graf() {
    let front = "---\nhed: Ferry for sale\ndek: It runs at a loss\n---\n";
    let named = format!("{front}One.\n\nTwo of the old.\n\nThree goes last.\n");
    let dir = folder(&[
        ("a.md", named.as_bytes()),
        ("b.md", b"One.\n\nThree goes last.\n\nTwo of the old.\n"),
        ("c.md", format!("{front}One.\n\nTwo of the new.\n\nThree goes last.\n").as_bytes()),
    ]);
    let page = String::from_utf8(stet(dir.path(), &["diff", "a.md", "b.md"], b"").stdout).expect("it is text");
    assert!(page.contains("0 in") && page.contains("0 out") && !page.contains("loss"), "nothing is cut: {page}");
    assert!(page.contains("moved from graf 2") || page.contains("moved from graf 3"), "{page}");
    let diff = json(&stet(dir.path(), &["diff", "a.md", "b.md", "--json"], b""));
    assert_eq!((&diff["counts"]["words_out"], &diff["ops"][0]["old"][0]), (&0.into(), &front.len().into()));
    let page = String::from_utf8(stet(dir.path(), &["diff", "a.md", "c.md"], b"").stdout).expect("it is text");
    assert!(page.starts_with("1 graf the same"), "the front matter is no graf: {page}");
}

#[test]
fn a_dash_reads_standard_input() {
    let dir = folder(&[("a.md", b"Nothing was said.\n")]);
    let piped = stet(dir.path(), &["quotes", "-", "--json"], b"Nothing was said.\n");
    let named = stet(dir.path(), &["quotes", "a.md", "--json"], b"");
    assert_eq!(piped.stdout, named.stdout, "the same text gives the same answer, wherever it comes from");
    assert_refused(&stet(dir.path(), &["diff", "-", "-"], b""), "one side only");
}

#[test]
fn what_cannot_be_read_is_refused_on_one_line() {
    let dir = folder(&[("a.md", b"Words.\n")]);
    assert_refused(&stet(dir.path(), &["quotes", "gone.md"], b""), "gone.md could not be read");
    assert_refused(&stet(dir.path(), &["quotes", "."], b""), "is a folder");
    assert_refused(&stet(dir.path(), &["check", "a.md", "--notes", "gone"], b""), "gone could not be read");
    assert_refused(&stet(dir.path(), &["check", "a.md"], b""), "--notes");
    assert_refused(&stet(dir.path(), &["diff", "a.md", "gone"], b""), "no desk file");
    assert_refused(&stet(dir.path(), &["chekc", "a.md"], b""), "chekc");
}

#[test]
fn offsets_count_the_bytes_of_the_file_itself() {
    let text = fs::read_to_string(format!("{SAMPLE}/ferry-sale.md")).expect("the sample is there");
    let answer = json(&stet(Path::new(SAMPLE), &["quotes", "ferry-sale.md", "--json"], b""));
    let quotes = answer["quotes"].as_array().expect("a list");
    assert!(quotes.len() > 5, "the sample has quotes: {answer}");
    let words = |span: &Value| {
        let at = |end: usize| usize::try_from(span[end].as_u64().expect("a byte")).expect("it fits");
        text.get(at(0)..at(1)).expect("a span ends between characters").to_owned()
    };
    for quote in quotes {
        let content: Vec<String> = quote["content"].as_array().expect("a list").iter().map(words).collect();
        assert_eq!(content.join(" "), quote["text"].as_str().expect("text"));
        if quote["cue"].is_object() {
            assert_eq!(words(&quote["cue"]["span"]), quote["cue"]["text"].as_str().expect("text"));
        }
        if quote["speaker"].is_object() {
            assert_eq!(words(&quote["speaker"]["span"]), quote["speaker"]["mention"].as_str().expect("text"));
        }
    }
}

#[test]
fn every_command_shows_an_example_in_its_help() {
    let dir = folder(&[]);
    let help = String::from_utf8(stet(dir.path(), &["--help"], b"").stdout).expect("text");
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names: Vec<&str> =
        commands.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").collect();
    assert!(names.len() >= 13, "{names:?}");
    for name in names {
        let output = stet(dir.path(), &[name, "--help"], b"");
        let help = String::from_utf8_lossy(&output.stdout);
        assert!(help.contains("Example") && help.contains(&format!("stet {name}")), "{name}: {help}");
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
fn colour_is_for_terminals_and_for_those_who_ask() {
    let run = |names: &[(&str, &str)]| {
        let mut command = command(Path::new(SAMPLE), &["quotes", "ferry-sale.md"]);
        for (name, value) in names {
            command.env(name, value);
        }
        String::from_utf8(command.output().expect("stet ends").stdout).expect("text")
    };
    assert!(!run(&[]).contains('\x1b'), "a pipe gets plain text");
    assert!(run(&[("CLICOLOR_FORCE", "1"), ("TERM", "xterm")]).contains('\x1b'));
    assert!(!run(&[("CLICOLOR_FORCE", "1"), ("TERM", "xterm"), ("NO_COLOR", "1")]).contains('\x1b'));
}

#[test]
fn a_reader_that_stops_reading_is_no_error() {
    let dir = folder(&[("long.md", "Eze said it was so.\n\n".repeat(20_000).as_bytes())]);
    let mut child = command(dir.path(), &["quotes", "long.md"]).spawn().expect("stet starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("stet ends");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "nobody is to be told");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_correction_owns_up_to_what_was_wrong() {
    let old = b"The pier cost 12 million dollars, and it leaks.\n".as_slice();
    let dir = folder(&[("old.md", old), ("new.md", b"The pier cost 14 million dollars, and leaks.\n")]);
    let told = |new: &str| stet(dir.path(), &["correction", "old.md", new], b"").stdout;
    let words = told("new.md");
    assert!(String::from_utf8_lossy(&words).contains("gave a wrong figure. It is 14, not 12"));
    assert_eq!(told("old.md"), b"No fact changed that a correction notice would tell of.\n");
}

#[test]
fn the_file_a_piece_came_from_comes_out_as_it_came_and_over_no_other_unasked() {
    let page = b"<h1>Pier leaks</h1><p>By Ann Roe</p><p>The pier leaks.</p>".as_slice();
    let dir = folder(&[("pier.html", page)]);
    let run = |args: &[&str]| stet(dir.path(), &[&["--desk", "desk.stet"], args].concat(), b"");
    assert_eq!(run(&["import", "pier.html"]).status.code(), Some(0));
    assert_eq!(json(&run(&["original", "pier", "-o", "out.html", "--json"]))["originals"][0]["name"], "pier.html");
    assert_eq!(fs::read(dir.path().join("out.html")).expect("written"), page);

    fs::write(dir.path().join("out.html"), "mine").expect("written");
    assert_refused(&run(&["original", "pier", "-o", "out.html"]), "--force");
    assert_eq!(fs::read(dir.path().join("out.html")).expect("there"), b"mine");
    assert_eq!(run(&["original", "pier", "-o", "out.html", "--force"]).status.code(), Some(0));
    assert_eq!(fs::read(dir.path().join("out.html")).expect("written"), page);
}

#[test]
fn a_merge_takes_both_and_asks_where_an_editor_must_choose() {
    let base = "The pier opened on Monday after nine years of repairs.\n\nNobody was hurt.\n";
    let (ours, theirs) = (base.replace("Monday", "Tuesday"), base.replace("Nobody", "One man"));
    let torn = theirs.replace("nine", "ten");
    let files = [("base.md", base), ("ours.md", &*ours), ("theirs.md", &*theirs), ("torn.md", &*torn)]
        .map(|(name, text)| (name, text.as_bytes()));
    let dir = folder(&files);
    let run = |args: &[&str]| stet(dir.path(), args, b"");
    let merged = run(&["merge", "base.md", "ours.md", "theirs.md"]);
    assert_eq!(merged.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&merged.stdout), ours.replace("Nobody", "One man"));

    let eight = ours.replace("nine", "eight");
    std::fs::write(dir.path().join("eight.md"), &eight).expect("a file is written");
    let torn = run(&["merge", "base.md", "eight.md", "torn.md", "-o", "merged.md"]);
    assert_eq!(torn.status.code(), Some(1), "an editor must choose");
    let text = std::fs::read_to_string(dir.path().join("merged.md")).expect("it was written");
    assert!(text.contains("after [[OURS: eight | THEIRS: ten | WAS: nine]] years"), "{text}");
    let again = run(&["merge", "base.md", "eight.md", "torn.md", "-o", "merged.md"]);
    assert_refused(&again, "say --force");
    let forced = run(&["merge", "base.md", "eight.md", "torn.md", "-o", "merged.md", "--force"]);
    assert_eq!(forced.status.code(), Some(1), "replaced when asked");
    let told = json(&run(&["merge", "base.md", "eight.md", "torn.md", "--json"]));
    assert_eq!(told["conflicts"], 1);
    assert!(told["stretches"].as_array().expect("a list").iter().any(|stretch| stretch["by"] == "conflict"), "{told}");
}
