//! A comparison on its way out: with every tracked change accepted it is the new text, with every one rejected the old.

#[path = "redline/planter.rs"]
mod planter;
#[path = "redline/told.rs"]
mod told;

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use std::collections::{HashMap, HashSet};
use std::io::{Cursor, Read};
use stet::desk::{PartChanges, compare_parts};
use stet::draft::Copy;
use stet::export::{Marked, MarkedThread, Said};
use stet::span::Span;
use told::told;

fn body(text: &str) -> Copy {
    Copy { body: text.to_owned(), ..Copy::default() }
}

fn with_marked<T>(old: &Copy, new: &Copy, take: impl Fn(&Marked) -> T) -> T {
    let parts = compare_parts(old, new);
    take(&Marked {
        old_title: "a.md",
        new_title: "b <1>.md",
        author: "Ines & Eze",
        at: DateTime::<Utc>::from_timestamp(1_800_000_000, 0).expect("it is a time"),
        parts: parts.iter().map(PartChanges::marked).collect(),
        threads: threads_on(&new.body),
    })
}

/// What is said about its first words, about those in its midst (answered, and resolved), about all of it, and about words
/// that are gone.
fn threads_on(body: &str) -> Vec<MarkedThread> {
    let said = |text: &str| Said {
        by: "Rosa Haddad".into(),
        at: DateTime::<Utc>::from_timestamp(1_800_000_060, 0).expect("it is a time"),
        text: text.to_owned(),
    };
    let words: Vec<usize> =
        body.split_whitespace().map(|word| word.as_ptr() as usize - body.as_ptr() as usize).collect();
    let end =
        |word: usize| words[word] + body[words[word]..].find(char::is_whitespace).unwrap_or(body.len() - words[word]);
    let on = |from: usize, to: usize| Some(Span::new(words[from], end(to)));
    let (n, thread) =
        (words.len(), |at, is_resolved, said| MarkedThread { words: "some".into(), at, is_resolved, said });
    let mut threads = vec![thread(None, false, vec![said("Where is it?")])];
    if n > 0 {
        threads.push(thread(on(0, n.min(2) - 1), false, vec![said("One\ntwo <3>.")]));
        threads.push(thread(on(n / 3, n / 2), true, vec![said("Sure?"), said("Quite."), said("So be it.")]));
        threads.push(thread(on(0, n - 1), false, vec![said("All of it.")]));
    }
    threads
}

fn docx(old: &str, new: &str) -> String {
    docx_part(old, new, "word/document.xml")
}

fn docx_part(old: &str, new: &str, name: &str) -> String {
    let bytes = with_marked(&body(old), &body(new), |marked| marked.docx());
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("it is a zip");
    let mut xml = String::new();
    zip.by_name(name).expect("it has the part").read_to_string(&mut xml).expect("it is text");
    xml
}

fn html(old: &str, new: &str) -> String {
    with_marked(&body(old), &body(new), |marked| marked.html())
}

/// A paragraph as it stands in the file: its words, each with what became of them, and what became of its end.
#[derive(Default)]
struct Graf {
    words: Vec<(String, String)>,
    mark: String,
}

/// Reads a document, and looks at what Word is strict about.
fn read(xml: &str) -> Reader {
    let mut reader = Reader::default();
    for piece in xml.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').expect("a tag ends");
        reader.take(tag, text);
    }
    assert!(reader.open.is_empty(), "all is closed: {:?}", reader.open);
    let open_ranges: Vec<&String> = reader.ranges.keys().collect();
    assert!(open_ranges.is_empty(), "a range is left open: {open_ranges:?} in {xml}");
    let (from, to) = (&reader.names["moveFromRangeStart"], &reader.names["moveToRangeStart"]);
    assert_eq!(from, to, "each move has both its ends");
    reader
}

struct Reader {
    open: Vec<String>,
    grafs: Vec<Graf>,
    ids: HashSet<String>,
    /// Id and kind of the move ranges that are open.
    ranges: HashMap<String, String>,
    names: HashMap<&'static str, HashSet<String>>,
    /// The lines of the new text that each comment stands on, by its number, and whether it goes on.
    commented: HashMap<String, (Vec<String>, bool)>,
}

impl Default for Reader {
    fn default() -> Reader {
        let names = ["moveFromRangeStart", "moveToRangeStart"].map(|kind| (kind, HashSet::new()));
        let (open, grafs, ids, ranges, commented) = Default::default();
        Reader { open, grafs, ids, ranges, names: HashMap::from(names), commented }
    }
}

impl Reader {
    fn take(&mut self, tag: &str, text: &str) {
        let name =
            tag.trim_matches('/').split([' ', '/']).next().unwrap_or_default().trim_start_matches("w:").to_owned();
        if tag.starts_with('?') {
            return;
        }
        if tag.starts_with('/') {
            assert_eq!(self.open.pop().as_deref(), Some(&*name), "what was opened last is closed first");
            return;
        }
        self.open(tag, &name);
        if !tag.ends_with('/') {
            self.open.push(name.clone());
        }
        if name == "t" || name == "delText" {
            let fate = self.open.iter().find(|name| FATES.contains(&name.as_str())).cloned().unwrap_or_default();
            assert_eq!(name == "delText", fate == "del", "deleted words are told as such");
            let words = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
            self.push(words.replace("&amp;", "&"), fate);
        }
    }

    fn open(&mut self, tag: &str, name: &str) {
        let attribute = |name: &str| {
            let rest = tag.split_once(&format!("w:{name}=\""))?.1;
            Some(rest.split_once('"')?.0.to_owned())
        };
        let is_mark = FATES.contains(&name);
        if name.starts_with("comment") {
            return self.open_comment(name, attribute("id").expect("a comment has a number"));
        }
        if is_mark || name.ends_with("RangeStart") {
            assert_eq!(attribute("author").as_deref(), Some("Ines &amp; Eze"));
            assert_eq!(attribute("date").as_deref(), Some("2027-01-15T08:00:00Z"));
            assert!(self.ids.insert(attribute("id").expect("a change has a number")), "no two have the same: {tag}");
        }
        match name {
            "p" => {
                self.grafs.push(Graf::default());
                for (lines, _) in self.commented.values_mut().filter(|(_, is_open)| *is_open) {
                    lines.push(String::new());
                }
            }
            "tab" => {
                let fate = self.open.iter().find(|name| FATES.contains(&name.as_str())).cloned().unwrap_or_default();
                self.push("\t".into(), fate);
            }
            _ if is_mark && self.open.last().is_some_and(|last| last == "rPr") => self.graf().mark = name.to_owned(),
            _ if is_mark => {
                let is_in_line = self.open.last().is_some_and(|last| ["p", "hyperlink"].contains(&last.as_str()));
                assert!(is_in_line, "a change stands in a paragraph or a link of it")
            }
            "moveFromRangeStart" | "moveToRangeStart" => {
                let id = attribute("id").expect("it has a number");
                self.ranges.insert(id, name.replace("Start", "End"));
                let names = self.names.get_mut(name).expect("both kinds are there");
                assert!(names.insert(attribute("name").expect("it has a name")), "a move has one place on each side");
            }
            "moveFromRangeEnd" | "moveToRangeEnd" => {
                let id = attribute("id").expect("it has a number");
                assert_eq!(self.ranges.remove(&id).as_deref(), Some(name), "what ends was begun");
            }
            _ => {}
        }
    }

    fn open_comment(&mut self, name: &str, id: String) {
        match (name, self.commented.get_mut(&id)) {
            ("commentRangeStart", None) => {
                self.commented.insert(id, (vec![String::new()], true));
            }
            ("commentRangeEnd", Some((_, is_open @ true))) => *is_open = false,
            ("commentReference", Some((_, false))) => {}
            _ => panic!("{name} {id} is out of order"),
        }
    }

    fn push(&mut self, words: String, fate: String) {
        if !["del", "moveFrom"].contains(&fate.as_str()) {
            for (lines, _) in self.commented.values_mut().filter(|(_, is_open)| *is_open) {
                lines.last_mut().expect("it has a line").push_str(&words);
            }
        }
        self.graf().words.push((words, fate));
    }

    fn graf(&mut self) -> &mut Graf {
        self.grafs.last_mut().expect("it stands in a paragraph")
    }
}

const FATES: [&str; 4] = ["ins", "del", "moveFrom", "moveTo"];

/// What stays when everything is accepted, or rejected.
fn settle(grafs: &[Graf], gone: [&str; 2]) -> Vec<String> {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for graf in grafs {
        line.extend(
            graf.words.iter().filter(|(_, fate)| !gone.contains(&fate.as_str())).map(|(words, _)| words.as_str()),
        );
        if !gone.contains(&graf.mark.as_str()) {
            lines.push(std::mem::take(&mut line));
        }
    }
    lines.push(line);
    filled(lines)
}

fn filled(lines: Vec<String>) -> Vec<String> {
    lines.into_iter().filter(|line| !line.trim().is_empty()).collect()
}

/// The lines of a text that XML can hold.
fn lines(text: &str) -> Vec<String> {
    let is_text = |c: &char| matches!(c, '\t' | ' '..='\u{fffd}' | '\u{10000}'..) && *c != '\u{7f}';
    filled(text.split('\n').map(|line| line.chars().filter(is_text).collect()).collect())
}

fn check(old: &str, new: &str) {
    let xml = docx(old, new);
    let Reader { grafs, commented, .. } = read(&xml);
    let numbered = threads_on(new).into_iter().flat_map(|thread| vec![thread.at; thread.said.len()]);
    for (number, at) in numbered.enumerate() {
        let (found, is_open) = &commented[&number.to_string()];
        assert!(!is_open, "comment {number} ends: {xml}");
        let words = at.map_or("", |at| at.of(new));
        // A line break that one text alone has may part words the other has in one line.
        assert_eq!(filled(found.clone()).concat(), lines(words).concat(), "comment {number}, {old:?} {new:?}: {xml}");
    }
    assert_eq!(settle(&grafs, ["del", "moveFrom"]), lines(new), "accepted, from {old:?}: {xml}");
    assert_eq!(settle(&grafs, ["ins", "moveTo"]), lines(old), "rejected, to {new:?}: {xml}");
    let empty = grafs.iter().filter(|graf| graf.words.is_empty()).count();
    assert!(empty <= 1, "no paragraph is empty for nothing: {old:?} {new:?} {xml}");
    check_page(&html(old, new));
}

/// Every tag of the page is closed in order, every link leads somewhere, and nothing runs or is fetched.
fn check_page(page: &str) {
    let mut open: Vec<&str> = Vec::new();
    let main = page.split_once("<body>").expect("it has a body").1;
    for tag in main.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default()) {
        match tag.strip_prefix('/') {
            Some("body" | "html") => {}
            Some(name) => assert_eq!(open.pop(), Some(name), "{page}"),
            None => open.push(tag.split_whitespace().next().unwrap_or_default()),
        }
    }
    assert!(open.is_empty(), "{open:?}");
    for target in page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or_default()) {
        let is_there = target.strip_prefix('#').map(|place| page.contains(&format!("id=\"{place}\"")));
        let is_of_the_web = ["https://", "http://", "mailto:", "tel:"].iter().any(|start| target.starts_with(start));
        assert!(is_there.unwrap_or(is_of_the_web), "{target} is there: {page}");
    }
    assert!(!page.contains("<script") && !page.contains("url(") && !page.contains("@import"), "{page}");
}

/// Lines that come again and again, and lines that are near to each other.
const LINES: [&str; 11] = [
    "Yes.",
    "No.",
    "# The harbour",
    "## The harbour & the <town>",
    "",
    "Sign up for our newsletter and never miss a boat.",
    "Ada Okri opened the harbour bridge at noon on Monday.",
    "Ada Okri opened the bridge at one on Tuesday, while it rained.",
    "It rained. Ada Okri opened the bridge at one on Tuesday.",
    "It rained all day in the old town, and nobody came to see the ships leave.",
    "“We will sell it by the spring,” said Ines Eze.\tShe laughed.",
];

fn text_of_lines() -> impl Strategy<Value = String> {
    let gap = prop::sample::select(vec!["\n", "\n\n", "\n\n\n", " "]);
    let line = (prop::sample::select(LINES.to_vec()), gap).prop_map(|(line, gap)| format!("{line}{gap}"));
    prop::collection::vec(line, 0..14).prop_map(|lines| lines.concat())
}

/// What a graf of sentences begins with.
const MARKS: [&str; 6] = ["", "", "", "- ", "## ", "> "];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn accepted_it_is_the_new_text_and_rejected_the_old(old in text_of_lines(), new in text_of_lines()) {
        check(&old, &new);
    }

    #[test]
    fn so_it_is_where_sentences_move(old in told(&MARKS), new in told(&MARKS)) {
        check(&old, &new);
    }

    #[test]
    fn so_it_is_with_any_text(old in "(\\PC|\n| |\u{1}|&|<){0,60}", new in "(\\PC|\n| |\t){0,60}") {
        check(&old, &new);
    }
}

#[test]
fn so_it_is_with_edited_copy() {
    for seed in 0..40 {
        let old = planter::piece(seed, 12);
        let (new, planted) = planter::plant(&old, seed + 77, 2, 20, 6);
        check(&old, &new);
        let n_moves = docx(&old, &new).matches("<w:moveToRangeStart").count();
        assert!(n_moves >= planted.moves.len().saturating_sub(1), "moves go out as moves");
    }
}

#[test]
fn so_it_is_with_the_pair_an_editor_marked() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval/redline");
    let read = |name: &str| std::fs::read_to_string(folder.join(name));
    let (Ok(old), Ok(new)) = (read("seed-old.md"), read("seed-new.md")) else {
        println!("no pair beside the project: nothing to compare");
        return;
    };
    check(&old, &new);
    check(&new, &old);
}

#[test]
fn a_split_inserts_one_paragraph_mark_and_a_cut_graf_takes_its_own() {
    let xml = docx("One is here. Two is there.\n\nThree.", "One is here.\n\nTwo is there.\n\nThree.");
    assert_eq!(xml.matches("<w:rPr><w:ins ").count(), 1, "{xml}");
    let xml = docx("One.\n\nTwo is cut from it.\n\nThree.\n", "One.\n\nThree.\n");
    assert_eq!((xml.matches("<w:rPr><w:del ").count(), xml.matches("</w:p>").count()), (1, 3), "{xml}");
    let xml = docx("One.", "One.\n\nAnd then two came.");
    let added = xml.split("<w:p>").nth(2).expect("two paragraphs");
    assert!(
        added.starts_with("<w:pPr><w:pStyle w:val=\"AsTyped\"/></w:pPr>") && added.contains("<w:ins "),
        "what is added at the end ends nothing: {xml}"
    );
}

#[test]
fn each_part_of_a_piece_goes_out_in_its_own_style() {
    let old = Copy { hed: "Ferry sold".into(), body: "It was sold.".into(), ..Copy::default() };
    let new = Copy { hed: "Ferry is sold".into(), byline: "Ines Eze".into(), ..old.clone() };
    let bytes = with_marked(&old, &new, |marked| marked.docx());
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("it is a zip");
    let mut xml = String::new();
    zip.by_name("word/document.xml").expect("it is there").read_to_string(&mut xml).expect("it is text");
    let grafs = read(&xml).grafs;
    assert_eq!(settle(&grafs, ["del", "moveFrom"]), ["Ferry is sold", "Ines Eze", "It was sold."]);
    assert_eq!(settle(&grafs, ["ins", "moveTo"]), ["Ferry sold", "It was sold."]);
    assert!(xml.contains("<w:pStyle w:val=\"Title\"/>") && xml.contains("<w:pStyle w:val=\"Byline\"/>"), "{xml}");
    assert!(zip.by_name("word/settings.xml").is_ok(), "Word goes on tracking");
}

#[test]
fn the_page_tells_what_changed_before_the_text() {
    let old = "It cost 30 million in all, the town said.\n\nThe bridge is open to cars.\n";
    let page = html(old, "It cost 13 million in all, the town said.\n\nThe bridge is open to <b>bikes</b>.\n");
    assert!(page.contains("<p class=\"substance\">1 number, 1 other</p>"), "{page}");
    assert!(page.contains("<span class=\"dot\">number</span>"), "{page}");
    assert!(page.contains("&lt;b&gt;bikes&lt;/b&gt;") && page.contains("b &lt;1&gt;.md"), "{page}");
    assert!(page.contains("prefers-color-scheme: dark") && page.contains("@media print"), "{page}");
}

#[test]
fn a_moved_graf_shows_where_it_stood_and_where_it_stands() {
    let grafs: Vec<String> = [
        "Harbour bridge news came early",
        "Schools shut their doors",
        "Rain fell on the old town",
        "Ships left at dawn",
    ]
    .iter()
    .map(|lead| format!("{lead}, and the people of the place had much to say about it."))
    .collect();
    let old = grafs.join("\n\n");
    let new = [&grafs[1], &grafs[2], &grafs[3], &grafs[0]].map(String::as_str).join("\n\n");
    let page = html(&old, &new);
    assert!(page.contains("Moved to graf 4 ↓") && page.contains("from graf 1 ↑"), "{page}");
    let xml = docx(&old, &new);
    assert_eq!(xml.matches("w:name=\"move1\"").count(), 2, "{xml}");
}

/// Two grafs, and the sentence that goes from the first into the second.
const CREWS: &str = "Fishing crews had asked for a wider channel between the piers.";
const BRIDGE: &str = "Ada Okri opened the new harbour bridge at noon on Monday.";
const COUNCIL: &str = "The council voted on Tuesday to close three schools in the old town.";

#[test]
fn a_sentence_that_moved_goes_out_as_a_move() {
    let (old, new) = (format!("{BRIDGE} {CREWS}\n\n{COUNCIL}"), format!("{BRIDGE}\n\n{CREWS} {COUNCIL}"));
    check(&old, &new);
    let xml = docx(&old, &new);
    assert_eq!(xml.matches("w:name=\"move1\"").count(), 2, "{xml}");
    assert!(!xml.contains("<w:del ") && !xml.contains("<w:ins "), "nothing else came or went: {xml}");
    let page = html(&old, &new);
    assert!(page.contains("<del class=\"carried\" id=\"sentence-from-1\">"), "{page}");
    assert!(page.contains("<ins class=\"carried\" id=\"sentence-to-1\">"), "{page}");
    assert!(page.contains("sentence to graf 2 ↓</a>") && page.contains("sentence from graf 1 ↑</a>"), "{page}");
}

#[test]
fn a_sentence_edited_on_its_way_goes_out_as_a_move_with_its_edits() {
    let edited = CREWS.replace("a wider channel", "a much deeper channel");
    let (old, new) = (format!("{BRIDGE} {CREWS}\n\n{COUNCIL}"), format!("{BRIDGE}\n\n{edited} {COUNCIL}"));
    check(&old, &new);
    let xml = docx(&old, &new);
    assert_eq!(xml.matches("w:name=\"move1\"").count(), 2, "{xml}");
    let words = |fate: &str| {
        let runs =
            read(&xml).grafs.into_iter().flat_map(|graf| graf.words).filter(|(words, is)| is == fate && words != " ");
        runs.map(|(words, _)| words).collect::<Vec<String>>()
    };
    assert_eq!((words("del"), words("ins")), (vec!["wider".to_owned()], vec!["much deeper".to_owned()]), "{xml}");
    let page = html(&old, &new);
    assert!(page.contains("<del>wider</del><ins>much deeper</ins><ins class=\"carried\""), "{page}");
    assert_eq!(page.matches("id=\"sentence-to-1\"").count(), 1, "{page}");
    assert_eq!(page.matches("sentence from graf 1 ↑</a>").count(), 1, "{page}");
}

#[test]
fn a_sentence_that_moved_inside_its_graf_is_a_move_beside_other_moves() {
    let rain = "Rain fell on the old town all week, and the ships stayed in the harbour.";
    let old = format!("{BRIDGE} {CREWS} It cost 30 million.\n\n{COUNCIL}\n\n{rain}\n\nNobody came.");
    let new = format!("{CREWS} {BRIDGE} It cost 31 million.\n\n{rain}\n\n{COUNCIL}\n\nNobody came.");
    check(&old, &new);
    let xml = docx(&old, &new);
    assert_eq!(xml.matches("<w:moveToRangeStart").count(), 2, "a graf and a sentence: {xml}");
}

#[test]
fn comments_stand_beside_their_words_with_their_threads_authors_and_times() {
    let (old, new) = ("We may sell the ferry by the spring.", "We will sell the ferry by the spring.");
    let document = docx(old, new);
    let first = document.find("<w:commentRangeStart w:id=\"1\"/>").unwrap_or_else(|| panic!("it begins: {document}"));
    assert!(first < document.find(">will<").expect("the new word is there"), "it begins before its words: {document}");
    let comments = docx_part(old, new, "word/comments.xml");
    assert!(
        comments.contains(
            "<w:comment w:id=\"1\" w:author=\"Rosa Haddad\" w:date=\"2027-01-15T08:01:00Z\" w:initials=\"RH\">"
        )
    );
    assert!(
        comments
            .contains("<w:t xml:space=\"preserve\">One</w:t><w:br/><w:t xml:space=\"preserve\">two &lt;3&gt;.</w:t>")
    );
    assert!(comments.contains("On words that are gone: “some”"), "one whose words are gone says so: {comments}");
    let extended = docx_part(old, new, "word/commentsExtended.xml");
    let row = |paragraph: &str| extended.lines().find(|line| line.contains(paragraph)).expect("it is told").to_owned();
    assert!(row("paraId=\"00000002\"").ends_with("w15:done=\"0\"/>") && !row("paraId=\"00000002\"").contains("Parent"));
    assert!(row("paraId=\"00000003\"").ends_with("w15:done=\"1\"/>"), "a resolved thread is done");
    assert!(row("paraId=\"00000005\"").contains("w15:paraIdParent=\"00000003\""), "an answer names what it answers");
}

/// Bold, a link, a list, a heading.
const SET: &str = "## The sale\n\nIt was **never** for [sale](https://a.org), she said.\n\n- One ferry\n";

#[test]
fn marks_are_hidden_and_what_they_say_is_set() {
    let xml = docx(SET, SET);
    let run =
        |look: &str, words: &str| format!("<w:r><w:rPr>{look}</w:rPr><w:t xml:space=\"preserve\">{words}</w:t></w:r>");
    let hidden = |mark: &str| run("<w:rStyle w:val=\"Mark\"/>", mark);
    assert!(xml.contains(&(hidden("**") + &run("<w:b/><w:bCs/>", "never") + &hidden("**"))), "{xml}");
    let link = run("<w:rStyle w:val=\"Hyperlink\"/>", "sale");
    assert!(xml.contains(&(hidden("[") + "<w:hyperlink r:id=\"link1\">" + &link + "</w:hyperlink>")), "{xml}");
    assert!(xml.contains(&hidden("](https://a.org)")) && xml.contains(&hidden("- ")) && xml.contains(&hidden("## ")));
    assert!(xml.contains("<w:pStyle w:val=\"Heading2\"/>") && xml.contains("<w:numId w:val=\"1\"/>"), "{xml}");
    let relations = docx_part(SET, SET, "word/_rels/document.xml.rels");
    assert!(relations.contains("Target=\"https://a.org\" TargetMode=\"External\""), "{relations}");
}

#[test]
fn a_change_of_form_can_be_accepted_or_rejected() {
    let xml = docx("It was never sold.\n\nThe sale", "It was **never** sold.\n\n## The sale");
    let changed = "<w:rPr><w:b/><w:bCs/><w:rPrChange ";
    assert!(xml.contains(changed) && xml.contains("<w:rPr></w:rPr></w:rPrChange>"), "{xml}");
    let style = |style: &str| format!("<w:pPr><w:pStyle w:val=\"{style}\"/>");
    let heading = xml.split("<w:p>").nth(2).expect("two paragraphs");
    assert!(
        heading.starts_with(&(style("Heading2") + "<w:pPrChange ")) && heading.contains(&style("AsTyped")),
        "{xml}"
    );
    check("It was never sold.\n\nThe sale", "It was **never** sold.\n\n## The sale");
    let xml = docx("Rain.\n\n> It fell", "Rain.\n\nIt fell");
    assert!(!xml.contains("pPrChange"), "LibreOffice would lose that its first words went: {xml}");
}

#[test]
fn an_address_that_changed_shows() {
    let (old, new) = ("The [sale](https://a.org) is on.", "The [sale](https://b.org) is on.");
    let xml = docx(old, new);
    assert_eq!(xml.matches("<w:rStyle w:val=\"Address\"/>").count(), 2, "{xml}");
    assert!(!xml.contains("<w:hyperlink"), "a link that leads elsewhere cannot be tracked: {xml}");
    check(old, new);
}

#[test]
fn what_is_set_comes_back_as_it_was_typed() {
    let typed =
        format!("{SET}- *Two* ferries\n  - and `code`\n\n> So \\* it\n> is.\n\n```\n# code\n```\n\nTitle\n---\n");
    let bytes = with_marked(&body(&typed), &body(&typed), |marked| marked.docx());
    let (piece, warnings) = stet::import::open_piece("a.docx", &bytes).expect("it is read");
    let filled = |text: &str| lines(text);
    assert_eq!(filled(&piece.copy.body), filled(&typed), "{warnings:?}");
}

/// The words of the page, from behind its head on, as one line.
fn main_of(old: &str, new: &str) -> String {
    let page = html(old, new);
    check_page(&page);
    page.split_once("<main>").expect("it has words").1.replace('\n', "")
}

#[test]
fn the_page_sets_what_marks_say_and_shows_none() {
    let more = "\n> They *left*.\n\n~~Gone~~ `code`[^1] [local](file:///etc)\n\n***\n\n[^1]: A note.\n";
    let text = format!("{SET}{more}");
    let page = main_of(&text, &text);
    for part in [
        "<h3 class=\"text\" dir=\"auto\">The sale</h3>",
        "It was <strong>never</strong> for <a href=\"https://a.org\">sale</a>, she said.</p>",
        "<p class=\"text bullet\" dir=\"auto\">• One ferry</p>",
        "<blockquote class=\"text\" dir=\"auto\">They <em>left</em>.</blockquote>",
        "<s>Gone</s> <code>code</code><sup class=\"note-mark\">1</sup> local</p>",
        "<p class=\"text\" dir=\"auto\">———</p>",
        "<p class=\"text note\" dir=\"auto\"><sup class=\"note-mark\">1</sup> A note.</p>",
    ] {
        assert!(page.contains(part), "the page lacks {part}: {page}");
    }
    for mark in ["*", "~~", "`", "[", "#", "&gt;", "file:", "how"] {
        assert!(!page.contains(mark), "the page shows {mark}: {page}");
    }
}

#[test]
fn the_page_tells_of_words_that_are_set_otherwise() {
    let form =
        |words: &str, how: &str| format!("<span class=\"form\">{words}</span><span class=\"how\">\u{2009}{how}</span>");
    let sold = |words: &str| format!("It was {words} sold by Ines Eze, the town said on Monday.");
    let told = |old: &str, new: &str| main_of(&sold(old), &sold(new));
    for (old, new, want) in [
        ("never", "**never**", form("<strong>never</strong>", "bold")),
        ("**never**", "*never*", form("<em>never</em>", "italic, not bold")),
        ("~~never~~", "never", form("never", "not struck")),
        ("never", "`never`", form("<code>never</code>", "code")),
    ] {
        let page = told(old, new);
        assert!(page.contains(&want) && !page.contains("<ins>") && !page.contains("<del>"), "{old} {new}: {page}");
    }
    assert!(!told("*never*", "_never_").contains("class=\"form\""), "it reads as it read");
    let page = told("never **quite** so", "**never *quite* so**");
    assert_eq!(page.matches("class=\"how\"").count(), 3, "each is told at its end: {page}");
}

#[test]
fn the_page_shows_where_links_lead_that_came_went_or_changed() {
    let sold = |words: &str| format!("It was {words} sold by Ines Eze, the town said on Monday.");
    let told = |old: &str, new: &str| main_of(&sold(old), &sold(new));
    let (a, b) = ("[never](https://a.org)", "[never](https://b.org)");
    let address = |tag: &str, at: &str| format!("<{tag}><span class=\"address\"> (https://{at}.org)</span></{tag}>");
    let page = told(a, b);
    let want =
        "<span class=\"form\"><a href=\"https://b.org\">never</a></span><span class=\"how\">\u{2009}other link</span>";
    assert!(page.contains(want) && page.contains(&(address("del", "a") + &address("ins", "b"))), "{page}");
    let page = told("never", a);
    assert!(page.contains("\u{2009}link<") && page.contains(&address("ins", "a")), "{page}");
    let page = told(a, "never");
    assert!(page.contains("\u{2009}not link<") && page.contains(&address("del", "a")), "{page}");
    let page = told("now", "[x](javascript:hit=1&quot;)");
    assert!(page.contains(" (javascript:hit=1&amp;quot;)") && !page.contains("href"), "it leads nowhere: {page}");
}

#[test]
fn the_page_tells_of_a_line_that_is_set_otherwise() {
    let told =
        |old: &str, new: &str| main_of(&format!("{old}The sale of the ferry"), &format!("{new}The sale of the ferry"));
    for (old, new, want) in [
        ("", "## ", "The sale of the ferry<span class=\"how\">\u{2009}heading</span></h3>"),
        ("## ", "### ", "The sale of the ferry<span class=\"how\">\u{2009}heading of level 3, was 2</span></h4>"),
        ("## ", "", "The sale of the ferry<span class=\"how\">\u{2009}not heading</span></p>"),
        ("", "> ", "The sale of the ferry<span class=\"how\">\u{2009}block quote</span></blockquote>"),
        ("", "- ", "<p class=\"text bullet\" dir=\"auto\"><ins>• </ins>The sale of the ferry</p>"),
    ] {
        let page = told(old, new);
        assert!(page.contains(want), "{old:?} {new:?} lacks {want}: {page}");
    }
    assert!(main_of("", "## The sale").contains("<h3 class=\"text\" dir=\"auto\"><ins>The sale</ins></h3>"));
}

#[test]
fn a_moved_graf_is_named_without_its_marks() {
    let grafs =
        ["## **Harbour** bridge news came early", "Schools shut their doors today", "Rain fell on the old town"];
    let page = main_of(&grafs.join("\n\n"), &[grafs[1], grafs[2], grafs[0]].join("\n\n"));
    assert!(page.contains("“Harbour bridge news came early”"), "{page}");
}
