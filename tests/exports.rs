//! What goes out, in every format: the piece and nothing else.

mod markup;
mod pdf;

use chrono::{DateTime, Utc};
use markup::{assert_well_formed, tags};
use proptest::prelude::*;
use std::io::{Cursor, Read};
use stet::check::{Alarm, AlarmKind, Change, ChangeKind, Evidence, Finding, Notes, TermsFinding, Verdict};
use stet::draft::{Copy, Draft, DraftId, Place, Status};
use stet::export::{CheckedQuote, Cq, Format, Outgoing, Plain, write};
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
    let notes = Notes::new(Vec::new());
    write(
        &Outgoing {
            draft: &draft(copy.clone()),
            quotes: &[],
            notes: &notes,
            now: now(),
            plain: Plain::default(),
            correction: None,
        },
        format,
    )
    .expect("it has a shape")
}

fn draft(copy: Copy) -> Draft {
    Draft {
        id: DraftId(3),
        slug: "ferry-sale".into(),
        status: Status::Ready,
        place: Place::Desk,
        target_words: None,
        copy,
        version: 7,
        created_at: now(),
        changed_at: now(),
    }
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("it is text")
}

/// The parts of a Word file, by name.
fn parts(bytes: Vec<u8>) -> Vec<(String, String)> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("it is a zip");
    let n_parts = zip.len();
    let read = |at| {
        let mut part = zip.by_index(at).expect("the part is there");
        let mut xml = String::new();
        part.read_to_string(&mut xml).expect("the part is text");
        (part.name().expect("the name is text").into_owned(), xml)
    };
    (0..n_parts).map(read).collect()
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
    // A cq does not mend broken terms.
    let settled = [
        (true, None),
        (false, Some(Cq { by: "SB", at: now(), reason: "Tobias Renner confirmed it, OSTRICH" })),
        (true, Some(Cq { by: "SB", at: now(), reason: "it is public" })),
    ];
    let checked: Vec<CheckedQuote> = quotes
        .iter()
        .zip(&findings)
        .zip(settled)
        .map(|((quote, finding), (needs_editor, cq))| CheckedQuote { quote, finding, needs_editor, cq, stale: None })
        .collect();
    let notes = Notes::new(vec![on_record, confidential, off_record]);
    write(
        &Outgoing {
            draft: &draft(copy(BODY)),
            quotes: &checked,
            notes: &notes,
            now: now(),
            plain: Plain::default(),
            correction: None,
        },
        format,
    )
    .expect("it has a shape")
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
    let is_proof = |format: &Format| matches!(format, Format::Proof | Format::ProofWord | Format::ProofPdf);
    for format in Format::ALL.into_iter().filter(|format| !is_proof(format)) {
        let bytes = with_secrets(format);
        let words = match format {
            Format::Pdf => {
                pdf::words(&bytes) + &String::from_utf8_lossy(&[pdf::streams(&bytes).concat(), bytes].concat())
            }
            _ if format.is_packed() => parts(bytes).into_iter().map(|(name, xml)| name + &xml).collect(),
            _ => text(bytes),
        };
        assert!(words.contains("We will sell it"), "the piece itself is there: {words}");
        // A wire names the piece and the moment; Word and EPUB have years in their namespaces and dates.
        let is_wire = matches!(format, Format::Ninjs | Format::Ninjs2 | Format::Nitf);
        let may_tell = |secret: &str| match secret {
            "2026" => is_wire || format.is_packed(),
            // A PDF has it at the head of its pages.
            "ferry-sale" => is_wire || format == Format::Pdf,
            _ => false,
        };
        for secret in secrets {
            assert!(may_tell(secret) || !words.contains(secret), "{} carries {secret}", format.word());
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
        "cq SB, 2026-11-18 11:06 UTC: ▇▇▇ confirmed it, OSTRICH",
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
fn the_proof_for_word_says_beside_each_quote_how_it_stands_and_no_more_than_the_page() {
    let parts: String = parts(with_secrets(Format::ProofWord)).into_iter().map(|(name, xml)| name + &xml).collect();
    for shown in [
        "1 Ines Eze ≠ altered direct",
        "hedge: ",
        "“Ask ▇▇▇. We may sell it, ▇▇▇ knows.”",
        "confidential source, interview",
        "cq SB, 2026-11-18 11:06 UTC: ▇▇▇ confirmed it, OSTRICH",
        "a note off the record: neither source nor passage is shown",
        "<w:commentRangeStart w:id=\"0\"/><w:r><w:t xml:space=\"preserve\">We will sell it</w:t></w:r>",
    ] {
        assert!(parts.contains(shown), "the proof lacks “{shown}”: {parts}");
    }
    for hidden in ["Tobias", "Renner", "Toby", "WALRUS", "PENGUIN", "big", "secret-file", "ZEBRA", "&lt;mark", "<mark"]
    {
        assert!(!parts.contains(hidden), "the proof carries “{hidden}”: {parts}");
    }
    let done: Vec<&str> = parts.split("w15:done=\"").skip(1).map(|rest| &rest[..1]).collect();
    assert_eq!(done, ["0", "1", "0"], "resolved is what is left to nobody");
}

#[test]
fn the_proof_as_pdf_says_what_the_page_says_and_no_more() {
    let bytes = with_secrets(Format::ProofPdf);
    let words = pdf::words(&bytes);
    let unbroken = words.split_whitespace().collect::<Vec<_>>().join(" ");
    for shown in [
        "Proof of ferry-sale",
        "We will sell it",
        "≠ altered",
        "hedge: ",
        "Ask ▇▇▇. We may sell it, ▇▇▇ knows.",
        "confidential source, interview",
        "cq SB, 2026-11-18 11:06 UTC: ▇▇▇ confirmed it, OSTRICH",
        "a note off the record: neither source nor passage is shown",
    ] {
        assert!(unbroken.contains(shown), "the proof lacks “{shown}”: {unbroken}");
    }
    let all = words + &String::from_utf8_lossy(&[pdf::streams(&bytes).concat(), bytes].concat());
    for hidden in ["Tobias", "Renner", "Toby", "WALRUS", "PENGUIN", "secret-file", "ZEBRA"] {
        assert!(!all.contains(hidden), "the proof carries “{hidden}”");
    }
}

/// A proof of a body with one quote in it, where Tobias Renner is confidential.
fn proof(body: &str, words: &str, format: Format) -> Vec<u8> {
    let note =
        note(1, "source: Tobias Renner\nterms: background\nconfidential: true\naliases: harbour pilot", "It is old.");
    let quote = quote(body, words, "Eze");
    let finding = Finding {
        verdict: Verdict::NotFound,
        alarms: vec![],
        terms: TermsFinding::Ok,
        evidence: vec![],
        namesakes: vec![],
        changes: vec![],
        passed: vec![],
    };
    let checked = CheckedQuote { quote: &quote, finding: &finding, needs_editor: true, cq: None, stale: None };
    let outgoing = Outgoing {
        draft: &draft(copy(body)),
        quotes: &[checked],
        notes: &Notes::new(vec![note]),
        now: now(),
        plain: Plain::default(),
        correction: None,
    };
    write(&outgoing, format).expect("it has a shape")
}

const MARKED: &str = "## The *sale*\n\n“**We** will [sell](https://example.org/a?b) it,” Eze ~~sais~~ said.[^1] TK\n\n- one\n  - `two`\n\n\
    > He told Ren**ner**, [a pilot](https://example.org/renner).\n\n<!-- ask --> A *line*.\n\n***\n\n[^1]: A note.";

#[test]
fn the_proof_sets_what_marks_say_and_shows_none() {
    let page = text(proof(MARKED, "**We** will [sell](https://example.org/a?b) it", Format::Proof));
    for part in [
        "<p class=\"graf\"><span class=\"dateline\">PORT ELLIS</span> — </p>",
        "<h2 class=\"graf\" dir=\"auto\">The <em>sale</em></h2>",
        "“<sup><a href=\"#quote-1\">1</a></sup><span class=\"quote not-found\"><strong>We</strong></span><span class=\"quote \
         not-found\"> will </span><span class=\"quote not-found\"><a href=\"https://example.org/a?b\">sell</a></span>",
        "<s>sais</s> said.<sup class=\"note-mark\">1</sup> <mark class=\"tk\">TK</mark></p>",
        "<p class=\"graf bullet\" dir=\"auto\">• one</p>",
        "• <code>two</code></p>",
        "<blockquote class=\"graf\" dir=\"auto\">He told ▇▇▇, a ▇▇▇</blockquote>",
        "<p class=\"graf\" dir=\"auto\"> A <em>line</em>.</p>",
        "<p class=\"graf\" dir=\"auto\">———</p>",
        "<p class=\"graf note\" dir=\"auto\"><sup class=\"note-mark\">1</sup> A note.</p>",
    ] {
        assert!(page.contains(part), "the proof lacks {part}: {page}");
    }
    let printed = proof(MARKED, "**We** will [sell](https://example.org/a?b) it", Format::ProofPdf);
    let words = pdf::words(&printed).split_whitespace().collect::<Vec<_>>().join(" ");
    for shown in ["The sale", "will sell it,” Eze sais said", "• one • two", "He told ▇▇▇, ", "A line.", "1 A note."]
    {
        assert!(words.contains(shown), "the proof lacks “{shown}”: {words}");
    }
    let all = String::from_utf8_lossy(&[pdf::streams(&printed).concat(), printed].concat()).into_owned() + &words;
    let body = page.split_once("<body>").expect("it has a body").1;
    for hidden in ["**", "](", "##", "~~", "`two", "[^", "Ren", "renner", "ask"] {
        assert!(!body.contains(hidden), "the proof shows “{hidden}”: {body}");
        assert!(!words.contains(hidden) && (hidden.len() < 6 || !all.contains(hidden)), "“{hidden}”: {words}");
    }
    assert!(all.contains("https://example.org/a?b"), "a link leads where it leads");
}

#[test]
fn a_byline_that_is_read_from_the_right_stands_as_it_is_written() {
    let copy = Copy { byline: "جين رو".into(), body: "فُتح الرصيف.".into(), ..Copy::default() };
    assert!(text(bare(&copy, Format::Html)).contains("<p class=\"byline\" dir=\"auto\">جين رو</p>"));
    assert!(document(bare(&copy, Format::Docx)).contains("<w:pStyle w:val=\"Byline\"/><w:bidi/>"));
}

#[test]
fn a_sign_no_font_has_holds_no_proof_back() {
    let body = "“We will sell it 😀,” Ines Eze said.\n\nRead more: a\tb  c #let x = [y] \\ $z$\n\nקול קורא";
    let words = pdf::words(&bare(&copy(body), Format::ProofPdf));
    assert!(words.contains("[U+1F600]") && words.contains("#let x = [y] \\ $z$"), "{words}");
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
        "<h2 dir=\"auto\">Part</h2>",
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
    let body =
        "One *two* **three** ~~four~~ [five](https://example.org/) `six`\n\n## Part\n\n1. a\n2. b\n\n> said\n\n3. c";
    let word = document(bare(&copy(body), Format::Docx));
    for part in [
        "<w:pStyle w:val=\"Title\"/>",
        "<w:i/><w:iCs/></w:rPr><w:t xml:space=\"preserve\">two",
        "<w:b/><w:bCs/></w:rPr><w:t xml:space=\"preserve\">three",
        "<w:strike/>",
        "<w:hyperlink r:id=\"link1\">",
        "<w:rStyle w:val=\"CodeWords\"/></w:rPr><w:t xml:space=\"preserve\">six",
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
    assert!(page.contains("<table dir=\"auto\">") && page.contains("<td style=\"text-align:right\">12</td>"), "{page}");
    let plain = text(bare(&copy(body), Format::Text));
    assert!(plain.contains("Before.\n\nBoat\tBerths\nInes\t12\nRosa & Co\t\n\nA\nb\n\nAfter.\n"), "{plain:?}");
    // A pipe in a sentence makes no table.
    assert!(text(bare(&copy("one | two"), Format::Text)).contains("one | two"));
}

const RICH: &str = "One *two* **three** ~~four~~ [five](https://example.org/?a&b)  and\u{a0}more.\n\n## Part\n\n\
    3. a\n4. b\n   - c\n\n> said\n\n```\nx  y\nz\n```\n\n---\n\n| Boat | Berths |\n|:--|--:|\n| Ines | 12 |\n\nשלום עולם.";

#[test]
fn an_open_document_has_headings_looks_links_lists_tables_and_both_directions() {
    let parts = parts(bare(&copy(RICH), Format::Odt));
    assert_eq!((parts[0].0.as_str(), parts[0].1.as_str()), ("mimetype", "application/vnd.oasis.opendocument.text"));
    let content = &parts.iter().find(|(name, _)| name == "content.xml").expect("there is content").1;
    for part in [
        "<text:p text:style-name=\"Title\">Ferry &amp; line &lt;up&gt; for sale</text:p>",
        "<text:p text:style-name=\"Text_20_body\"><text:span text:style-name=\"Dateline\">PORT ELLIS</text:span> — One <text:span text:style-name=\"Emphasis\">two</text:span>",
        "xlink:href=\"https://example.org/?a&amp;b\" text:style-name=\"Internet_20_link\">five</text:a> <text:s/>and",
        "<text:h text:style-name=\"Heading_20_2\" text:outline-level=\"2\">Part</text:h>",
        "<text:list text:style-name=\"Numbering_20_1\"><text:list-item text:start-value=\"3\"><text:p text:style-name=\"List\">a<",
        "b</text:p>\n<text:list text:style-name=\"List_20_1\"><text:list-item><text:p text:style-name=\"List\">c<",
        "<text:p text:style-name=\"Quotations\">said</text:p>",
        "<text:p text:style-name=\"Preformatted_20_Text\">x <text:s/>y<text:line-break/>z</text:p>",
        "<text:p text:style-name=\"Horizontal_20_Line\"></text:p>",
        "<text:p text:style-name=\"Table_20_Heading\">Boat</text:p>",
        "fo:text-align=\"end\"",
        "style:writing-mode=\"rl-tb\"",
    ] {
        assert!(content.contains(part), "the ODT lacks {part}: {content}");
    }
    assert!(!content.contains("table-header-rows"), "readers pass over rows set apart: {content}");
    assert_eq!(bare(&copy(RICH), Format::Odt), bare(&copy(RICH), Format::Odt), "same piece, same bytes");
}

#[test]
fn a_pdf_has_the_words_in_order_and_what_cannot_be_set_is_named() {
    let body = "# Not *a* heading\n\nOne “two” *three* **four** ~~five~~ [six](https://example.org/?a&b)[^n]. #let x = 1 \\ $y$ @z <w> /* v */\n\n\
        > Said.\n\n1. first\n   - inner\n2. second\n\n| Year | Cost |\n| --- | ---: |\n| 2017 | 1.2 |\n\n```\n#code \"here\"\n```\n\n\
        ---\n\nשלום עולם and again[^n]\n\nLast.\n\n[^n]: The note.";
    let pdf = bare(&copy(body), Format::Pdf);
    assert!(pdf.starts_with(b"%PDF-1."));
    assert_eq!(pdf, bare(&copy(body), Format::Pdf), "same piece, same bytes");
    let words = pdf::words(&pdf);
    let mut at = 0;
    for part in [
        "Ferry & line <up> for sale",
        "The county decides",
        "By Ana Pires",
        "PORT ELLIS —",
        "Not a heading",
        "One “two” three four five six",
        "#let x = 1",
        "$y$ @z <w> /* v */",
        "Said.",
        "1.",
        "first",
        "inner",
        "second",
        "Year",
        "Cost",
        "2017",
        "#code \"here\"",
        "Last.",
        "The note.",
    ] {
        let found = words[at..].find(part);
        assert!(found.is_some(), "{part} stands behind what is before it: {words}");
        at += found.unwrap_or_default();
    }
    assert!(words.contains("שלום"), "{words}");

    let notes = Notes::new(Vec::new());
    let emoji = draft(copy("Sold \u{1f600}"));
    let refused = write(
        &Outgoing { draft: &emoji, quotes: &[], notes: &notes, now: now(), plain: Plain::default(), correction: None },
        Format::Pdf,
    );
    let said = refused.expect_err("no font has it").to_string();
    assert!(said.contains("“😀” (U+1F600)"), "{said}");
}

#[test]
fn a_long_pdf_numbers_its_pages_below_the_slug() {
    let body = vec!["A graf of some words that goes on for a line or two, so that pages fill."; 120].join("\n\n");
    let words = pdf::words(&bare(&copy(&body), Format::Pdf));
    let pages: Vec<&str> = words.trim_end_matches('\u{c}').split('\u{c}').collect();
    assert!(pages.len() > 2, "{} pages", pages.len());
    for (number, page) in (2..).zip(&pages[1..]) {
        let head: Vec<&str> = page.lines().filter(|line| !line.is_empty()).take(2).collect();
        assert_eq!(head, ["ferry-sale", "A graf of some words that goes on for a line or two, so that pages fill."]);
        assert!(page.lines().any(|line| line == number.to_string()), "{page}");
    }
}

#[test]
fn a_pdf_of_copy_that_nests_without_end_is_made() {
    let nested =
        |mark: &str| (0..200).map(|depth| format!("{}{mark}a", "  ".repeat(depth))).collect::<Vec<_>>().join("\n");
    for body in
        [nested("- "), nested("1. "), "> ".repeat(500) + "a", "*a **b ".repeat(200), "[^1]: a [^1]\n\n[^1]".to_owned()]
    {
        assert!(pdf::words(&bare(&copy(&body), Format::Pdf)).contains('a'), "{body}");
    }
}

#[test]
fn an_epub_has_what_a_reader_asks_for() {
    let bytes = bare(&copy(RICH), Format::Epub);
    // A reader knows it by these bytes, before it unpacks anything.
    assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip");
    let parts = parts(bytes);
    let part = |name: &str| parts.iter().find(|(known, _)| known == name).map(|(_, xml)| xml.as_str());
    let package = part("EPUB/package.opf").expect("the container names it");
    assert!(part("META-INF/container.xml").expect("a container").contains("full-path=\"EPUB/package.opf\""));
    for named in package.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or_default()) {
        assert!(part(&format!("EPUB/{named}")).is_some(), "{named} is in the package");
    }
    for words in [
        "<dc:title>Ferry &amp; line &lt;up&gt; for sale</dc:title>",
        "<dc:identifier id=\"id\">urn:uuid:",
        "<meta property=\"dcterms:modified\">2026-11-18T11:06:40Z</meta>",
        "properties=\"nav\"",
    ] {
        assert!(package.contains(words), "the package lacks {words}: {package}");
    }
    let article = part("EPUB/article.xhtml").expect("the article");
    for words in ["<em>two</em>", "<hr/>", "and&#160;more", "start=\"3\"", "<td style=\"text-align:right\">12</td>"] {
        assert!(article.contains(words), "the article lacks {words}: {article}");
    }
}

/// The properties Stet writes, as the schema of ninjs 3.0 spells and types them; those of 2.0 are in small letters.
/// (IPTC’s schemas, `newsinjson/specification`; a copy of our own of the part that concerns a text.)
const NINJS: [(&str, &str); 18] = [
    ("uri", "string"),
    ("standard", "object"),
    ("type", "string"),
    ("representationType", "string"),
    ("version", "string"),
    ("firstCreated", "string"),
    ("versionCreated", "string"),
    ("pubStatus", "string"),
    ("language", "string"),
    ("slugline", "string"),
    ("title", "string"),
    ("headlines", "array"),
    ("descriptions", "array"),
    ("by", "string"),
    ("located", "string"),
    ("bodies", "array"),
    ("embargoed", "string"),
    ("edNote", "string"),
];

fn assert_ninjs(json: &str) {
    let item: serde_json::Value = serde_json::from_str(json).expect("it is JSON");
    let is_three = item["standard"]["version"] == "3.0";
    let spelt = |name: &str| if is_three { name.to_owned() } else { name.to_lowercase() };
    for (name, value) in item.as_object().expect("an item") {
        let kind =
            NINJS.iter().find(|(known, _)| spelt(known) == *name).unwrap_or_else(|| panic!("no {name} in ninjs")).1;
        let is_so = match kind {
            "array" => value.is_array(),
            "object" => value.is_object(),
            _ => value.is_string(),
        };
        assert!(is_so, "{name} is no {kind}: {value}");
    }
    assert!(item["uri"].as_str().is_some_and(|uri| uri.starts_with("urn:uuid:")), "{json}");
    for body in item["bodies"].as_array().expect("bodies") {
        let names: Vec<&String> = body.as_object().expect("a body").keys().collect();
        assert_eq!(names, ["charCount", "contentType", "role", "value", "wordCount"].map(spelt).each_ref(), "{json}");
    }
}

#[test]
fn a_wire_takes_the_piece_as_ninjs_2_and_3() {
    for (format, status, version) in [(Format::Ninjs, "pubStatus", "3.0"), (Format::Ninjs2, "pubstatus", "2.0")] {
        let json = text(bare(&copy("One *two*.\n\nThree."), format));
        assert_ninjs(&json);
        let item: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
        assert_eq!(item["standard"]["version"], version);
        assert_eq!(item[status], "usable", "what is ready may be used");
        assert_eq!(item["slugline"], "ferry-sale");
        assert_eq!(item["located"], "PORT ELLIS");
        assert_eq!(item["headlines"][0]["value"], "Ferry & line <up> for sale");
        assert_eq!(item["bodies"][0]["value"], "PORT ELLIS — One two.\n\nThree.\n\n");
        let rich = item["bodies"][1]["value"].as_str().expect("words");
        assert!(rich.contains("— One <em>two</em>.</p>\n<p dir=\"auto\">Three.</p>"), "{rich}");
    }
}

/// Which elements may stand in which, of those Stet writes: rules of ours read off the NITF 3.6 DTD, not the DTD itself.
const NITF: [(&str, &str); 14] = [
    ("nitf", "head body"),
    ("head", "title docdata"),
    ("docdata", "correction doc-id date.issue date.release du-key"),
    ("body", "body.head body.content"),
    ("body.head", "hedline byline dateline"),
    ("hedline", "hl1 hl2"),
    ("dateline", "location"),
    ("body.content", "p hl2 ol ul bq pre hr table"),
    ("bq", "block"),
    ("block", "p hl2 ol ul bq pre hr table"),
    ("ol", "li"),
    ("ul", "li"),
    ("table", "tr"),
    ("tr", "th td"),
];

#[test]
fn footnotes_of_an_older_wire_stand_behind_their_numbers() {
    let body = "It was paid[^a] twice[^b].\n\n[^a]: By the county.\n\n    Then not.\n\n[^b]: By the port.";
    let xml = text(bare(&Copy { body: body.into(), ..Copy::default() }, Format::Nitf));
    assert!(xml.contains("paid[1] twice[2]."), "{xml}");
    let notes = ["<p>[1] By the county.</p>", "<p>Then not.</p>", "<p>[2] By the port.</p>"];
    assert!(notes.iter().all(|note| xml.contains(note)), "{xml}");
}

#[test]
fn an_older_wire_takes_the_piece_as_nitf() {
    let xml = text(bare(&copy(RICH), Format::Nitf));
    assert_clean(&xml);
    let mut open: Vec<&str> = Vec::new();
    for tag in tags(&xml) {
        if tag.starts_with(['?', '!']) {
            continue;
        }
        let name = tag.split([' ', '/']).find(|part| !part.is_empty()).unwrap_or_default();
        if tag.starts_with('/') {
            open.pop();
            continue;
        }
        let inside = open.last().and_then(|parent| NITF.iter().find(|(known, _)| known == parent));
        if let Some((parent, children)) = inside {
            assert!(children.split(' ').any(|child| child == name), "{parent} takes no {name}: {xml}");
        }
        if !tag.ends_with('/') {
            open.push(name);
        }
    }
    for part in [
        "<hl1>Ferry &amp; line &lt;up&gt; for sale</hl1>\n<hl2>The county decides</hl2>",
        "<byline>Ana Pires</byline>",
        "<location>PORT ELLIS</location>",
        "<docdata management-status=\"usable\"><doc-id id-string=\"urn:uuid:",
        "<date.issue norm=\"20261118T110640Z\"/>",
        "<a href=\"https://example.org/?a&amp;b\">five</a>",
        "<ol seqnum=\"3\"><li>a</li>",
        "<bq><block>\n<p>said</p>",
        "<th>Boat</th><th align=\"right\">Berths</th>",
    ] {
        assert!(xml.contains(part), "the NITF lacks {part}: {xml}");
    }
}

#[test]
fn a_wire_is_told_until_when_an_embargo_holds_and_no_more() {
    let body = "“We will sell it,” Ines Eze said.";
    let sold = note(0, "source: Ines Eze\nembargo: 2026-11-20T09:00Z", "We will sell it. ZEBRA.");
    let said = quote(body, "We will sell it", "Ines Eze");
    let out = |now: DateTime<Utc>, status: Status, format: Format| {
        let finding = Finding {
            verdict: Verdict::Verbatim,
            alarms: Vec::new(),
            terms: TermsFinding::Ok,
            evidence: vec![Evidence { note: sold.id, span: place(&sold.text, "We will sell it"), is_own: true }],
            namesakes: Vec::new(),
            changes: Vec::new(),
            passed: Vec::new(),
        };
        let quotes = [CheckedQuote { quote: &said, finding: &finding, needs_editor: false, cq: None, stale: None }];
        let draft = Draft { status, ..draft(copy(body)) };
        let notes = Notes::new(vec![sold.clone()]);
        text(
            write(
                &Outgoing {
                    draft: &draft,
                    quotes: &quotes,
                    notes: &notes,
                    now,
                    plain: Plain::default(),
                    correction: None,
                },
                format,
            )
            .expect("it has a shape"),
        )
    };
    let lifted = DateTime::from_timestamp(1_795_165_200, 0).expect("it is a time");
    for format in [Format::Ninjs, Format::Ninjs2] {
        let json = out(now(), Status::Ready, format);
        assert_ninjs(&json);
        assert!(json.contains("\"embargoed\": \"2026-11-20T09:00:00Z\""), "{json}");
        assert!(!json.contains("ZEBRA"), "{json}");
        let json = out(lifted, Status::Ready, format);
        assert!(!json.contains("embargoed"), "it has passed: {json}");
    }
    let docdata = |now, status| {
        let xml = out(now, status, Format::Nitf);
        let from = xml.find("<docdata").expect("it has data");
        xml[from..xml.find("</docdata>").expect("it ends")].to_owned()
    };
    let release = "<date.release norm=\"20261120T090000Z\"/>";
    let held = docdata(now(), Status::Ready);
    assert!(held.contains("management-status=\"embargoed\"") && held.contains(release), "{held}");
    let edited = docdata(now(), Status::Edit);
    assert!(edited.contains("management-status=\"withheld\"") && edited.contains(release), "{edited}");
    let free = docdata(lifted, Status::Ready);
    assert!(free.contains("management-status=\"usable\"") && !free.contains("date.release"), "{free}");
}

/// Well-formed, and no control character is left.
fn assert_clean(xml: &str) {
    assert_well_formed(xml);
    assert!(!xml.contains(|c: char| c.is_control() && c != '\n' && c != '\t'), "{xml:?}");
}

proptest! {
    #[test]
    fn any_body_goes_out_in_every_format(body in "([ -~]|\n|\n\n|- |1\\. |> |\\||\\|--\\|\n|\\*\\*|_|`|<!--|-->|&|\u{1}|é|😀|ש|\u{301}){0,40}") {
        for format in Format::ALL {
            let body = if format == Format::Pdf { body.replace('😀', ":-)") } else { body.clone() };
            let bytes = bare(&copy(&body), format);
            match format {
                Format::Pdf | Format::ProofPdf => prop_assert!(pdf::words(&bytes).contains("for sale")),
                _ if format.is_packed() => parts(bytes).iter().for_each(|(_, xml)| assert_clean(xml)),
                Format::Nitf => assert_clean(&text(bytes)),
                Format::Ninjs | Format::Ninjs2 => assert_ninjs(&text(bytes)),
                _ => prop_assert!(!text(bytes).is_empty()),
            }
        }
    }
}

#[test]
fn a_list_a_quote_and_a_table_are_read_from_the_side_of_their_words() {
    let body = "- مرحبا\n- بكم\n\n3. one\n\n4. two\n\n> مرحبا\n>\n> بكم\n\n| مرحبا |\n|---|\n| 1 |\n\n## مرحبا";
    let page = stet::export::write_copy(&Copy { body: body.into(), ..Copy::default() }, Format::Html);
    let page = String::from_utf8(page).expect("it is text");
    for shown in [
        "<ul dir=\"auto\">\n<li>مرحبا</li>",
        "<ol dir=\"auto\"",
        "<li>\n<p>one</p>",
        "<blockquote dir=\"auto\">\n<p>مرحبا</p>\n<p dir=\"auto\">بكم</p>",
        "<table dir=\"auto\">",
        "<h2 dir=\"auto\">",
    ] {
        assert!(page.contains(shown), "the page lacks {shown}: {page}");
    }
}
