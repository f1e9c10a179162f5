//! What goes out, in every format: the piece and nothing else.

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use std::io::{Cursor, Read};
use stet::check::{Alarm, AlarmKind, Change, ChangeKind, Evidence, Finding, Notes, TermsFinding, Verdict};
use stet::draft::Copy;
use stet::export::{CheckedQuote, Cq, Format, Outgoing, write};
use stet::import::read_note;
use stet::note::{Note, NoteId};
use stet::quote::{By, Form, Quote, Speaker, Stance};
use stet::span::Span;
use zip::ZipArchive;

fn copy(body: &str) -> Copy {
    Copy {
        hed: "Ferry & line <up> for sale".into(),
        dek: "The county decides".into(),
        byline: "Ana Pires".into(),
        dateline: "PORT ELLIS".into(),
        body: body.into(),
    }
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).expect("it is a time")
}

/// A piece without quotes in a format.
fn bare(copy: &Copy, format: Format) -> Vec<u8> {
    write(&Outgoing { slug: "ferry-sale", copy, quotes: &[], notes: &Notes::new(Vec::new()), now: now() }, format)
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("it is text")
}

/// The parts of a Word file, by name.
fn parts(bytes: Vec<u8>) -> Vec<(String, String)> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("it is a zip");
    let read = |at| {
        let mut part = zip.by_index(at).expect("the part is there");
        let mut xml = String::new();
        part.read_to_string(&mut xml).expect("the part is text");
        (part.name().expect("the name is text").into_owned(), xml)
    };
    (0..7).map(read).collect()
}

fn document(bytes: Vec<u8>) -> String {
    parts(bytes).into_iter().find(|(name, _)| name == "word/document.xml").expect("there is a document").1
}

/// A note with id `id` from front matter and words.
fn note(id: i64, front: &str, words: &str) -> Note {
    Note { id: NoteId(id), ..read_note("secret-file.md", format!("---\n{front}\n---\n{words}").as_bytes()).0 }
}

fn place(text: &str, words: &str) -> Span {
    let start = text.find(words).expect("the words are there");
    Span::new(start, start + words.len())
}

fn quote(body: &str, words: &str, mention: &str) -> Quote {
    let speaker =
        Speaker { mention: place(body, mention), name: None, by: By::Name, antecedent: None, is_unnamed: false };
    Quote {
        content: vec![place(body, words)],
        marked: Vec::new(),
        cue: None,
        speaker: Some(speaker),
        form: Form::Direct,
        stance: Stance::Said,
        rule: "quote, comma, name",
    }
}

const BODY: &str =
    "“We will sell it,” Ines Eze said.\n\n“The berth is unsafe,” a harbour pilot said.\n\n“It was a gift,” Eze said.";

/// The piece of `BODY` with three quotes: altered, verbatim from a confidential source, off the record.
fn with_secrets(format: Format) -> Vec<u8> {
    let on_record = note(
        0,
        "source: Ines Eze\nkind: call\nwhere: telephone\nterms: on the record",
        "Ask Tobias. We may sell it, Renner knows. ZEBRA.",
    );
    let confidential = note(
        1,
        "source: Tobias Renner\nkind: interview\nwhere: WALRUS quay\nterms: background\nconfidential: true\naliases: Toby; harbour pilot",
        "The berth is unsafe. Call me Toby. GIRAFFE.",
    );
    let off_record = note(2, "source: Ines Eze\nterms: off the record", "It was a big gift. PENGUIN.");
    let quotes = [
        quote(BODY, "We will sell it", "Ines Eze"),
        quote(BODY, "The berth is unsafe", "a harbour pilot"),
        quote(BODY, "It was a gift", "Eze"),
    ];
    let evidence = |note: &Note, words| vec![Evidence { note: note.id, span: place(&note.text, words), is_own: true }];
    let change = Change { kind: ChangeKind::Word, draft: place(BODY, "will"), note: place(&on_record.text, "may") };
    let hedge = Alarm { kind: AlarmKind::Hedge, draft: change.draft, note: change.note };
    let big = place(&off_record.text, "big");
    let dropped = Change {
        kind: ChangeKind::Dropped,
        draft: Span::new(quotes[2].content[0].start, quotes[2].content[0].start),
        note: big,
    };
    let lost = Alarm { kind: AlarmKind::Name, draft: dropped.draft, note: big };
    let finding = |verdict, terms, alarms, evidence, changes| {
        let (namesakes, passed) = (Vec::new(), Vec::new());
        Finding { verdict, alarms, terms, evidence, namesakes, changes, passed }
    };
    let findings = [
        finding(
            Verdict::Altered,
            TermsFinding::Ok,
            vec![hedge],
            evidence(&on_record, "Ask Tobias. We may sell it, Renner knows."),
            vec![change],
        ),
        finding(
            Verdict::Verbatim,
            TermsFinding::Ok,
            vec![],
            evidence(&confidential, "The berth is unsafe. Call me Toby."),
            vec![],
        ),
        finding(
            Verdict::Altered,
            TermsFinding::OffTheRecord,
            vec![lost],
            evidence(&off_record, "It was a big gift"),
            vec![dropped],
        ),
    ];
    let cqs = [None, Some(Cq { by: "SB", reason: "Tobias Renner confirmed it, OSTRICH" }), None];
    let checked: Vec<CheckedQuote> = quotes
        .iter()
        .zip(&findings)
        .zip(cqs)
        .map(|((quote, finding), cq)| CheckedQuote { quote, finding, cq, stale: None })
        .collect();
    let notes = Notes::new(vec![on_record, confidential, off_record]);
    write(&Outgoing { slug: "ferry-sale", copy: &copy(BODY), quotes: &checked, notes: &notes, now: now() }, format)
}

#[test]
fn no_word_of_a_note_and_no_name_leaves_in_a_finished_piece() {
    let secrets = [
        "Tobias",
        "Renner",
        "Toby",
        "ZEBRA",
        "GIRAFFE",
        "PENGUIN",
        "WALRUS",
        "OSTRICH",
        "secret-file",
        "may sell",
        "on the record",
        "ferry-sale",
        "altered",
        "2026",
    ];
    for format in [Format::Markdown, Format::Html, Format::Text, Format::Docx] {
        let bytes = with_secrets(format);
        let words = match format {
            Format::Docx => parts(bytes).into_iter().map(|(name, xml)| name + &xml).collect(),
            _ => text(bytes),
        };
        assert!(words.contains("We will sell it"), "the piece itself is there: {words}");
        for secret in secrets {
            let is_namespace = format == Format::Docx && secret == "2026";
            assert!(is_namespace || !words.contains(secret), "{} carries {secret}", format.word());
        }
    }
}

#[test]
fn the_proof_shows_the_evidence_but_no_confidential_name_and_nothing_off_the_record() {
    let page = text(with_secrets(Format::Proof));
    for shown in [
        "≠ altered",
        "hedge: ",
        "Ask ▇▇▇. We <mark>may</mark> sell it, ▇▇▇ knows.",
        "confidential source, interview",
        "Call me ▇▇▇.",
        "cq SB: ▇▇▇ confirmed it, OSTRICH",
        "off the record",
        "a note off the record: neither source nor passage is shown",
    ] {
        assert!(page.contains(shown), "the proof lacks “{shown}”: {page}");
    }
    for hidden in ["Tobias", "Renner", "Toby", "WALRUS", "PENGUIN", "big", "secret-file", "ZEBRA", "<script"] {
        assert!(!page.contains(hidden), "the proof carries “{hidden}”: {page}");
    }
}

#[test]
fn the_proof_numbers_and_underlines_each_quote_by_its_verdict() {
    let page = text(with_secrets(Format::Proof));
    let first =
        "“<sup><a href=\"#quote-1\">1</a></sup><span class=\"quote altered\">We will sell it</span>,” Ines Eze said.";
    assert!(page.contains(first), "{page}");
    assert!(page.contains("<div class=\"entry verbatim\" id=\"quote-2\">"), "{page}");
}

#[test]
fn marks_are_resolved_and_what_is_not_copy_stays_behind() {
    let body = "One *two* **three** [four](https://example.org/a?b&c) [five](javascript:alert(1)) [six](file:///home/ana/x).\n\
                <!-- ask legal --><b>seven</b> ![eight](pic.jpg)\n\n<script>alert(9)</script>\n\n# Part\n\n- a\n- b\n\n> said";
    let page = text(bare(&copy(body), Format::Html));
    for part in [
        "One <em>two</em> <strong>three</strong> <a href=\"https://example.org/a?b&amp;c\">four</a> five six.</p>",
        "<p dir=\"auto\">&lt;b&gt;seven&lt;/b&gt; eight</p>",
        "&lt;script&gt;",
        "<h2>Part</h2>",
        "<li>a</li>",
        "<h1 class=\"hed\" dir=\"auto\">Ferry &amp; line &lt;up&gt; for sale</h1>",
        "<span class=\"dateline\">PORT ELLIS</span> — One",
    ] {
        assert!(page.contains(part), "the page lacks {part}: {page}");
    }
    let plain = text(bare(&copy(body), Format::Text));
    let want = "Ferry & line <up> for sale\n\nThe county decides\n\nBy Ana Pires\n\nPORT ELLIS — One two three four (https://example.org/a?b&c) five six.\n\n\
                <b>seven</b> eight\n\n<script>alert(9)</script>\n\nPart\n\n- a\n- b\n\n    said\n";
    assert_eq!(plain, want);
    let word = document(bare(&copy(body), Format::Docx));
    for page in [page.as_str(), plain.as_str(), word.as_str()] {
        for left in ["javascript", "file://", "ask legal", "pic.jpg", "<script>a"] {
            let is_escaped = left == "<script>a" && page == plain;
            assert!(is_escaped || !page.contains(left), "{left} must not go out: {page}");
        }
    }
}

#[test]
fn a_word_file_has_headings_looks_links_lists_and_quotes() {
    let body = "One *two* **three** ~~four~~ [five](https://example.org/)\n\n## Part\n\n1. a\n2. b\n\n> said\n\n3. c";
    let word = document(bare(&copy(body), Format::Docx));
    for part in [
        "<w:pStyle w:val=\"Title\"/>",
        "<w:i/><w:iCs/></w:rPr><w:t xml:space=\"preserve\">two",
        "<w:b/><w:bCs/></w:rPr><w:t xml:space=\"preserve\">three",
        "<w:strike/>",
        "<w:hyperlink r:id=\"link1\">",
        "<w:pStyle w:val=\"Heading2\"/>",
        "<w:numId w:val=\"2\"/>",
        "<w:pStyle w:val=\"Quote\"/>",
        "<w:numId w:val=\"3\"/>",
    ] {
        assert!(word.contains(part), "the Word file lacks {part}: {word}");
    }
    assert_eq!(bare(&copy(body), Format::Docx), bare(&copy(body), Format::Docx), "same piece, same bytes");
}

#[test]
fn a_paragraph_indented_as_on_a_typewriter_is_no_code() {
    let body = "\tThe *first* graf.\n\n    The second\n    runs on.\n\n```\ncode\n```\n\n- a\n\n      deep\n";
    let page = text(bare(&copy(body), Format::Html));
    assert!(page.contains("The <em>first</em> graf.</p>") && page.contains("<p dir=\"auto\">The second"), "{page}");
    assert_eq!(page.matches("<pre>").count(), 1, "a fence makes code: {page}");
    assert!(document(bare(&copy(body), Format::Docx)).contains("deep"), "no word is lost");
}

#[test]
fn a_table_is_set_as_one() {
    let body =
        "Before.\n\n| Boat | Berths |\n|:--|--:|\n| *Ines* | 12 |\n| Rosa & Co | |\n\n| A |\n|---|\n| b |\n\nAfter.";
    let word = document(bare(&copy(body), Format::Docx));
    assert_eq!(
        [word.matches("<w:tbl>").count(), word.matches("<w:tr>").count(), word.matches("<w:tc>").count()],
        [2, 5, 8]
    );
    for part in [
        "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>",
        "<w:jc w:val=\"right\"/></w:pPr><w:r><w:rPr></w:rPr><w:t xml:space=\"preserve\">12</w:t>",
        "<w:b/><w:bCs/></w:rPr><w:t xml:space=\"preserve\">Berths</w:t>",
        "</w:tbl>\n<w:p/>\n<w:tbl>",
    ] {
        assert!(word.contains(part), "the Word file lacks {part}: {word}");
    }
    assert!(!word.contains('|'), "no pipe is left");
    let page = text(bare(&copy(body), Format::Html));
    assert!(page.contains("<table>") && page.contains("<td style=\"text-align:right\">12</td>"), "{page}");
    let plain = text(bare(&copy(body), Format::Text));
    assert!(plain.contains("Before.\n\nBoat\tBerths\nInes\t12\nRosa & Co\t\n\nA\nb\n\nAfter.\n"), "{plain:?}");
    // A pipe in a sentence makes no table.
    assert!(text(bare(&copy("one | two"), Format::Text)).contains("one | two"));
}

/// Every tag is closed in order, and no bare `&` or control character is left.
fn assert_well_formed(xml: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in xml.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default()) {
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "{xml}"),
            None if tag.ends_with(['/', '?']) => {}
            None => open.push(tag.split_whitespace().next().unwrap_or_default()),
        }
    }
    assert!(open.is_empty(), "{open:?} left open: {xml}");
    for rest in xml.split('&').skip(1) {
        assert!(["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|name| rest.starts_with(name)), "{xml}");
    }
    assert!(!xml.contains(|c: char| c.is_control() && c != '\n' && c != '\t'), "{xml:?}");
}

proptest! {
    #[test]
    fn any_body_goes_out_in_every_format(body in "([ -~]|\n|\n\n|- |1\\. |> |\\||\\|--\\|\n|\\*\\*|_|`|<!--|-->|&|\u{1}|é|😀|ש|\u{301}){0,40}") {
        for format in Format::ALL {
            let bytes = bare(&copy(&body), format);
            match format {
                Format::Docx => parts(bytes).iter().for_each(|(_, xml)| assert_well_formed(xml)),
                _ => prop_assert!(!text(bytes).is_empty()),
            }
        }
    }
}
