//! What comes in, from every format: the words, in their structure, and each loss said.

mod patience;

#[path = "imports/growth.rs"]
mod growth;
#[path = "imports/strange.rs"]
mod strange;

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use std::io::{Cursor, Write};
use stet::check::Notes;
use stet::draft::{Copy, Draft, DraftId, Place, Status};
use stet::export::{Format, Outgoing, Plain, write};
use stet::import::{open_notes, open_piece, open_returned, read_pasted};
use unicode_normalization::UnicodeNormalization;

fn exported(copy: &Copy, format: Format) -> Vec<u8> {
    let now: DateTime<Utc> = "2026-11-23T22:00:00Z".parse().expect("a time");
    let draft = Draft {
        id: DraftId(3),
        slug: "ferry-sale".into(),
        status: Status::Ready,
        place: Place::Desk,
        target_words: None,
        copy: copy.clone(),
        version: 7,
        created_at: now,
        changed_at: now,
    };
    write(
        &Outgoing {
            draft: &draft,
            quotes: &[],
            notes: &Notes::new(Vec::new()),
            now,
            plain: Plain::default(),
            correction: None,
        },
        format,
    )
    .expect("it has a shape")
}

/// Out in a format and in again.
fn there_and_back(copy: &Copy, format: Format) -> Copy {
    let bytes = exported(copy, format);
    open_piece(&format!("ferry{}", format.ending()), &bytes).expect("what Stet wrote is read").0.copy
}

#[test]
fn the_words_of_a_pdf_come_in_as_a_note_in_order() {
    let body = "“We may sell it,” Ines Eze said in her office on the first floor of the harbour house.\n\n## What comes next\n\n\
        - The board meets on Monday, and nobody knows what it is going to say about the sale.\n- Then the court.\n\n";
    let names = ["Eze", "Boyd", "Roe", "Lund", "Haddad", "Moreau", "Whitlock"];
    let parts = (0..30).map(|n| body.replace("Eze", names[n % 7]) + &"Nobody had asked before.\n\n".repeat(n * 5 % 4));
    let copy = Copy { hed: "The ferry".into(), body: parts.collect(), ..Copy::default() };
    let (note, warnings) = open_notes("ferry.pdf", &exported(&copy, Format::Pdf)).expect("read").remove(0);
    assert!(
        note.text.starts_with("[page 1] The ferry\n\n“We may sell it,” Ines Eze said in her office"),
        "{}",
        note.text
    );
    let words = |text: &str| text.replace(['#', '•'], "").split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let mut said = words(&note.text);
    while let Some(at) = said.iter().position(|word| word == "[page") {
        said.drain(at..at + 2);
    }
    let mut wanted = words(&format!("The ferry {}", copy.body));
    wanted.retain(|word| word != "-");
    assert!(said == wanted, "{}", note.text);
    assert!(warnings.iter().any(|warning| warning.message.contains("running heads")), "{warnings:?}");
}

/// The formats that hold a whole piece.
const WHOLE: [Format; 4] = [Format::Docx, Format::Odt, Format::Html, Format::Epub];

/// A package of these parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, words) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a name");
        zip.write_all(words.as_bytes()).expect("memory takes it");
    }
    zip.finish().expect("memory takes it").into_inner()
}

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"";

/// A Word file with this body, and parts beside it.
fn word_file(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let document = format!("<w:document {W}><w:body>{body}</w:body></w:document>");
    let mut all = vec![("word/document.xml", document.as_str())];
    all.extend(parts);
    package(&all)
}

/// Hed and body, and what is said of the file.
fn read(name: &str, bytes: &[u8]) -> (String, String, Vec<String>) {
    let (piece, warnings) = open_piece(name, bytes).expect("it is read");
    (piece.copy.hed, piece.copy.body, warnings.into_iter().map(|warning| warning.message).collect())
}

#[test]
fn a_word_file_of_strangers_is_read_with_each_loss_named() {
    let styles = format!(
        "<w:styles {W}><w:style w:type=\"paragraph\" w:styleId=\"Titel\"><w:name w:val=\"Title\"/></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"Mine\"><w:name w:val=\"Mine\"/><w:basedOn w:val=\"berschrift1\"/></w:style>\
         <w:style w:type=\"character\" w:styleId=\"Fett\"><w:name w:val=\"Strong\"/><w:rPr><w:b/></w:rPr></w:style></w:styles>"
    );
    let notes = format!(
        "<w:footnotes {W}><w:footnote w:id=\"2\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> See there.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    );
    let header = format!("<w:hdr {W}><w:p><w:r><w:t>Page</w:t></w:r></w:p></w:hdr>");
    let body = "<w:p><w:pPr><w:pStyle w:val=\"Titel\"/></w:pPr><w:r><w:t>The hed</w:t></w:r></w:p>\
        <w:p><w:pPr><w:pStyle w:val=\"Mine\"/></w:pPr><w:r><w:t>Part</w:t></w:r></w:p>\
        <w:p><w:r><w:t xml:space=\"preserve\">One </w:t></w:r><w:r><w:rPr><w:rStyle w:val=\"Fett\"/></w:rPr><w:t>two</w:t></w:r>\
        <w:r><w:footnoteReference w:id=\"2\"/></w:r><w:ins w:id=\"1\"><w:r><w:t>, in</w:t></w:r></w:ins><w:del w:id=\"2\"><w:r><w:delText>out</w:delText></w:r></w:del>\
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>HIDDEN</w:t></w:r><w:r><w:commentReference w:id=\"0\"/></w:r><w:r><w:t>.</w:t></w:r></w:p>\
        <w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> HYPERLINK \"https://example.org/\" </w:instrText></w:r>\
        <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>linked</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>\
        <w:r><w:t xml:space=\"preserve\"> soft\u{ad}ly</w:t></w:r>\
        <w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>\
        <mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>\
        <w:p><w:r><w:drawing/></w:r></w:p>\
        <w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr><w:p><w:r><w:t>A</w:t></w:r></w:p></w:tc></w:tr>\
        <w:tr><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let file =
        word_file(body, &[("word/styles.xml", &styles), ("word/footnotes.xml", &notes), ("word/header1.xml", &header)]);
    let (hed, body, warnings) = read("filed.docx", &file);
    assert_eq!(hed, "The hed");
    assert_eq!(
        body,
        "## Part\n\nOne **two**[^1], in.\n\n[linked](https://example.org/) softly\n\nIn a box.\n\n| A | |\n|---|---|\n| b | c |\n\n[^1]: See there."
    );
    assert_eq!(
        warnings,
        [
            "Pictures were left out (graf 6).",
            "The words of text boxes stand below the graf they were tied to (graf 4).",
            "Tracked changes were read as if accepted (graf 3).",
            "Hidden words were left out (graf 3).",
            "Cells that were merged or held more than one graf were laid flat (graf 6).",
            "Page headers and footers were left out.",
        ]
    );
}

#[test]
fn comments_of_a_word_file_stand_on_their_words_with_their_threads() {
    let comment = |id: usize, by: &str, text: &str| {
        format!(
            "<w:comment w:id=\"{id}\" w:author=\"{by}\" w:date=\"2026-11-24T09:0{id}:00Z\"><w:p w14:paraId=\"0000000{id}\">\
             <w:r><w:t>{text}</w:t></w:r></w:p></w:comment>"
        )
    };
    let said = [
        comment(1, "Ana Pires", "Who says so?"),
        comment(2, "Rosa", "Eze, on the tape."),
        comment(3, "Rosa", "All of it."),
        comment(4, "", "Here?"),
        comment(5, "Rosa", "On nothing."),
    ];
    let comments = format!("<w:comments {W} xmlns:w14=\"x\">{}</w:comments>", said.concat());
    let extended = "<w15:commentsEx xmlns:w15=\"x\"><w15:commentEx w15:paraId=\"00000001\" w15:done=\"1\"/>\
        <w15:commentEx w15:paraId=\"00000002\" w15:paraIdParent=\"00000001\" w15:done=\"1\"/></w15:commentsEx>";
    let begin = |id: usize| format!("<w:commentRangeStart w:id=\"{id}\"/>");
    let end = |id: usize| format!("<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>");
    let words = |words: &str| format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>");
    let body = [
        "<w:p>".into(),
        words("We may "),
        begin(1),
        begin(2),
        "<w:r><w:rPr><w:b/></w:rPr><w:t>sell</w:t></w:r>".into(),
        words(" it"),
        end(1),
        end(2),
        words(" by the *spring*."),
        begin(3),
        "</w:p><w:p>".into(),
        words("She said so"),
        "<w:r><w:commentReference w:id=\"4\"/></w:r>".into(),
        words(" twice."),
        end(3),
        "</w:p>".into(),
    ]
    .concat();
    let parts = [("word/comments.xml", comments.as_str()), ("word/commentsExtended.xml", extended)];
    let (piece, warnings) = open_piece("said.docx", &word_file(&body, &parts)).expect("it is read");
    assert_eq!(piece.copy.body, "We may **sell** it by the \\*spring\\*.\n\nShe said so twice.");
    let threads: Vec<(&str, String, bool)> = piece
        .threads
        .iter()
        .map(|thread| {
            let said: Vec<String> = thread.said.iter().map(|said| format!("{}: {}", said.by, said.text)).collect();
            (thread.anchor.words.as_str(), said.join(" / "), thread.is_resolved)
        })
        .collect();
    assert_eq!(
        threads,
        [
            ("sell** it", "Ana Pires: Who says so? / Rosa: Eze, on the tape.".to_owned(), true),
            ("She said so twice.", "Rosa: All of it.".to_owned(), false),
            ("so", ": Here?".to_owned(), false),
        ]
    );
    assert_eq!(piece.threads[0].said[1].at.expect("it says when").to_rfc3339(), "2026-11-24T09:02:00+00:00");
    let warnings: Vec<&str> = warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(warnings, ["A comment stands on no words of the body, and was left out."]);
}

#[test]
fn comments_by_the_thousand_on_one_graf_do_not_keep_the_graf_by_the_thousand() {
    let comment =
        |id: usize| format!("<w:comment w:id=\"{id}\"><w:p><w:r><w:t>Why {id}?</w:t></w:r></w:p></w:comment>");
    let words = |id: usize| {
        format!(
            "<w:commentRangeStart w:id=\"{id}\"/><w:r><w:t>Word{id}</w:t></w:r><w:r><w:t xml:space=\"preserve\"> and \
             more of it. </w:t></w:r><w:r><w:commentReference w:id=\"{id}\"/></w:r>"
        )
    };
    let (mut said, mut body) = (String::new(), String::from("<w:p>"));
    for id in 0..20_000 {
        said += &comment(id);
        body += &words(id);
    }
    let comments = format!("<w:comments {W}>{said}</w:comments>");
    let file = word_file(&(body + "</w:p>"), &[("word/comments.xml", &comments)]);
    let (piece, _) = open_piece("many.docx", &file).expect("it is read");
    assert!(piece.copy.body.starts_with("Word0 and more of it. Word1 and"));
    let kept = |anchor: &stet::comment::Anchor| anchor.before.len() + anchor.words.len() + anchor.after.len();
    let n_bytes: usize = piece.threads.iter().map(|thread| kept(&thread.anchor)).sum();
    assert!(!piece.threads.is_empty() && n_bytes < 32 << 20, "{n_bytes} bytes for {}", piece.threads.len());
    let first = &piece.threads[0];
    assert!(first.anchor.words.starts_with("Word0") && first.said[0].text == "Why 0?", "{first:?}");
}

#[test]
fn a_word_file_with_tracked_changes_is_read_as_it_was_and_as_it_is() {
    let run = |words: &str| format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>");
    let ends = |mark: &str| format!("<w:pPr><w:rPr><w:{mark} w:author=\"IE\"/></w:rPr></w:pPr>");
    let body = [
        // Parted in two, joined of two.
        format!("<w:p>{}{}</w:p><w:p>{}</w:p>", ends("ins"), run("One. "), run("Two.")),
        format!("<w:p>{}{}</w:p><w:p>{}</w:p>", ends("del"), run("Three. "), run("Four.")),
        // Moved; set in italics; a row of a table put in.
        format!("<w:p>{}<w:moveFrom w:author=\"IE\">{}</w:moveFrom></w:p>", ends("moveFrom"), run("It moved.")),
        "<w:p><w:r><w:rPr><w:i/><w:rPrChange w:author=\"RH\"><w:rPr/></w:rPrChange></w:rPr><w:t>Late.</w:t></w:r></w:p>".into(),
        format!("<w:p><w:moveTo w:author=\"IE\">{}</w:moveTo></w:p>", run("It moved.")),
        format!(
            "<w:tbl><w:tr><w:tc><w:p>{}</w:p></w:tc></w:tr><w:tr><w:trPr><w:ins w:author=\"RH\"/></w:trPr><w:tc><w:p>{}\
             </w:p></w:tc></w:tr></w:tbl>",
            run("Head"),
            run("Row")
        ),
    ];
    let returned = open_returned("back.docx", &word_file(&body.concat(), &[])).expect("it is read");
    let tracked = returned.tracked.expect("it tracks changes");
    let end = "| Head |\n|---|";
    assert_eq!(
        returned.piece.copy.body,
        format!("One.\n\nTwo.\n\nThree. Four.\n\n*Late.*\n\nIt moved.\n\n{end}\n| Row |")
    );
    let was = tracked.before.copy.body;
    assert!(was.starts_with("One. Two.\n\nThree.\n\nFour.\n\nIt moved.\n\nLate."), "{was}");
    assert!(was.ends_with(end), "{was}");
    let who = |tellings: &[stet::import::Telling]| -> Vec<String> {
        tellings.iter().map(|telling| format!("{} {}", telling.by, telling.anchor.words)).collect()
    };
    assert_eq!((who(&tracked.gone), who(&tracked.come)), (vec!["IE It moved.".into()], vec!["IE It moved.".into()]));
    assert_eq!(returned.warnings, [], "nothing of it is lost");
    let plain =
        open_returned("back.docx", &word_file(&format!("<w:p>{}</w:p>", run("One.")), &[])).expect("it is read");
    assert_eq!(plain.tracked, None);
}

#[test]
fn a_page_of_strangers_is_read_without_what_stands_around_it() {
    let page = "<!doctype html><html><head><title>Site</title><style>p{}</style></head><body><nav>Home</nav><main><article>\
        <h1>The hed</h1><p class=standfirst>The dek</p><p class=\"author byline\">By Ana Pires</p>\
        <p>One <b style=\"font-weight:normal\">two</b> <span style=\"font-weight:700\">three</span>&nbsp;&mdash; <a href=/x>four</a>.<br><br>Five.\
        <ul><li>a<ul><li>b</ul><li>c</ul><img src=x><table><tr><th colspan=2>A<tr><td>b<td align=right>c</table>\
        <p style=\"display: none\">HIDDEN</p><script>no</script></article></main><footer>Terms</footer></body></html>";
    let (piece, warnings) = open_piece("saved.html", page.as_bytes()).expect("it is read");
    let copy = &piece.copy;
    assert_eq!([copy.hed.as_str(), &copy.dek, &copy.byline], ["The hed", "The dek", "Ana Pires"]);
    assert_eq!(
        copy.body,
        "One two **three**\u{a0}— four.\n\nFive.\n\n- a\n  - b\n- c\n\n| A | |\n|---|--:|\n| b | c |"
    );
    let said: Vec<&str> =
        warnings.iter().map(|warning| warning.message.split(" (").next().unwrap_or_default()).collect();
    assert_eq!(
        said,
        [
            "Pictures were left out",
            "Hidden words were left out",
            "Cells that were merged or held more than one graf were laid flat",
            "Links that lead to no public place stand as words",
            "Navigation, side columns and footers of the page were left out.",
        ]
    );
}

#[test]
fn the_footnotes_of_any_program_become_footnotes() {
    let want = "One[^1] two[^2].\n\nThree.\n\n[^1]: First *note*.\n\n[^2]: Second note.\n\n    More of it.";
    // As Word, LibreOffice, pandoc and a blog write them.
    for (program, [mark1, mark2], notes) in [
        (
            "Word",
            [1, 2].map(|n| format!("<a href=\"#_ftn{n}\" name=\"_ftnref{n}\" title=\"\"><span class=MsoFootnoteReference><sup>[{n}]</sup></span></a>")),
            "<div style='mso-element:footnote-list'><br clear=all><hr align=left size=1 width=\"33%\">\
             <div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a href=\"#_ftnref1\" name=\"_ftn1\"><sup>[1]</sup></a> First <i>note</i>.</p></div>\
             <div style='mso-element:footnote' id=ftn2><p class=MsoFootnoteText><a href=\"#_ftnref2\" name=\"_ftn2\">[2]</a> Second note.</p><p>More of it.</p></div></div>",
        ),
        (
            "LibreOffice",
            [1, 2].map(|n| format!("<a class=\"sdfootnoteanc\" name=\"sdfootnote{n}anc\" href=\"#sdfootnote{n}sym\"><sup>{n}</sup></a>")),
            "<div id=\"sdfootnote1\"><p class=\"sdfootnote\"><a class=\"sdfootnotesym\" name=\"sdfootnote1sym\" href=\"#sdfootnote1anc\">1</a>First <i>note</i>.</p></div>\
             <div id=\"sdfootnote2\"><p class=\"sdfootnote\"><a class=\"sdfootnotesym\" name=\"sdfootnote2sym\" href=\"#sdfootnote2anc\">2</a>Second note.</p><p>More of it.</p></div>",
        ),
        (
            "pandoc",
            [1, 2].map(|n| format!("<a href=\"#fn{n}\" class=\"footnote-ref\" id=\"fnref{n}\" role=\"doc-noteref\"><sup>{n}</sup></a>")),
            "<section class=\"footnotes\" role=\"doc-endnotes\"><hr /><ol>\
             <li id=\"fn1\"><p>First <em>note</em>.<a href=\"#fnref1\" class=\"footnote-back\" role=\"doc-backlink\">↩︎</a></p></li>\
             <li id=\"fn2\"><p>Second note.</p><p>More of it.<a href=\"#fnref2\" class=\"footnote-back\">↩︎</a></p></li></ol></section>",
        ),
        (
            "a blog",
            [1, 2].map(|n| format!("<sup id=\"back{n}\"><a href=\"#low{n}\">{n}</a></sup>")),
            "<p id=\"low1\">First <i>note</i>. <a href=\"#back1\">↑</a></p>\
             <div id=\"low2\"><p>Second note.</p><p>More of it. <a href=\"#back2\">↑</a></p></div>",
        ),
    ] {
        let page = format!("<html><body><h1>The hed</h1><p>One{mark1} two{mark2}.</p><p>Three.</p>{notes}</body></html>");
        let (hed, body, warnings) = read("saved.html", page.as_bytes());
        assert_eq!((hed.as_str(), warnings), ("The hed", Vec::new()), "{program}");
        assert_eq!(body, want, "{program}");
    }
}

#[test]
fn a_first_heading_is_the_hed_and_a_drawn_line_a_rule() {
    let styles = format!(
        "<w:styles {W}><w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"Heading2\"><w:name w:val=\"heading 2\"/></w:style>\
         <w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"Author\"><w:name w:val=\"Author\"/></w:style></w:styles>"
    );
    let heading = |level, words| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"Heading{level}\"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
    };
    let body = heading(1, "The hed")
        + "<w:p><w:r><w:t>One.</w:t></w:r></w:p>"
        + &heading(2, "Part")
        + "<w:p><w:r><w:pict><v:rect style=\"width:0;height:1.5pt\" o:hralign=\"center\" o:hrstd=\"t\" o:hr=\"t\"/></w:pict></w:r></w:p>\
           <w:p><w:r><w:t>Two.</w:t></w:r></w:p>";
    let body = body.replace(
        "<w:pict>",
        "<w:pict xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\">",
    );
    let (hed, body, warnings) = read("filed.docx", &word_file(&body, &[("word/styles.xml", &styles)]));
    assert_eq!((hed.as_str(), body.as_str(), warnings), ("The hed", "One.\n\n## Part\n\n---\n\nTwo.", Vec::new()));
}

#[test]
fn lists_that_google_docs_saves_beside_each_other_stand_inside_each_other() {
    let page = "<html><body><ol class=\"c1 lst-kix_x-0 start\" start=1><li>a</li><li>b</li></ol><ul class=\"lst-kix_x-1\"><li>c</li></ul>\
        <ul class=\"lst-kix_x-2\"><li>d</li></ul><ol class=\"lst-kix_x-0\" start=3><li>e</li></ol><p>End.</p></body></html>";
    assert_eq!(read("saved.html", page.as_bytes()).1, "1. a\n2. b\n   - c\n     - d\n3. e\n\nEnd.");
}

#[test]
fn words_of_an_opendocument_file_stay_where_the_standard_has_none() {
    let content = "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
        xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">\
        <office:body><office:text><text:p>It rained.</text:p><text:list><text:list-item><text:p>a</text:p></text:list-item>\
        <text:list-item><text:list><text:list-item><text:p>b</text:p></text:list-item></text:list></text:list-item>\
        <text:p>beside</text:p></text:list><table:table-row><table:table-cell><text:p>2017</text:p></table:table-cell></table:table-row>\
        </office:text></office:body></office:document-content>";
    assert_eq!(read("qt.odt", &package(&[("content.xml", content)])).1, "It rained.\n\n- a\n  - b\n- beside\n\n2017");
}

#[test]
fn what_a_word_processor_says_by_styles_in_a_page_is_read() {
    let page = "<html><head><style>.c1 { font-weight: 700 } .c2{font-style:italic}</style></head><body><h1>The hed</h1>\
        <ol><li><p>One <span class=c1>bold</span></p></ol><ul><ul><li><p>deeper</ul></ul>\
        <p style=\"margin-left: 0.39in; margin-right: 0.39in\">Said <span class=\"c2\">so</span>.</p>\
        <p style=\"border-bottom: 1px solid #888\"><br></p><p style=\"margin-left: 0in; margin-right: 1in\">Two.</p></body></html>";
    assert_eq!(read("saved.html", page.as_bytes()).1, "1. One **bold**\n   - deeper\n\n> Said *so*.\n\n---\n\nTwo.");
}

/// Grafs with what Markdown has no marks for, as each kind of file writes them.
fn files_of_forms() -> [(&'static str, Vec<u8>); 5] {
    let run =
        |form: &str, words: &str| format!("<w:r><w:rPr>{form}</w:rPr><w:t xml:space=\"preserve\">{words}</w:t></w:r>");
    let raised = "<w:vertAlign w:val=\"superscript\"/>";
    let word = [
        "<w:p>".into(),
        run("", "A flat of 60 m") + &run(raised, "2") + &run("", ", CO") + &run("<w:position w:val=\"-4\"/>", "2"),
        run("", ", the 1") + &run(raised, "st") + &run("", " M") + &run(raised, "lle") + &run("", "."),
        "</w:p><w:p>".into(),
        run("<w:u w:val=\"single\"/>", "Under") + &run("<w:u w:val=\"none\"/>", " "),
        run("<w:smallCaps/><w:color w:val=\"222222\"/>", "Nato") + &run("", " "),
        run("<w:highlight w:val=\"yellow\"/>", "ask") + &run("<w:strike/>", "ed") + "</w:p>",
    ]
    .concat();
    let style = |name: &str, form: &str| {
        format!(
            "<style:style style:family=\"text\" style:name=\"{name}\"><style:text-properties {form}/></style:style>"
        )
    };
    let span = |name: &str, words: &str| format!("<text:span text:style-name=\"{name}\">{words}</text:span>");
    let odt = [
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
         xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\"><office:automatic-styles>"
            .into(),
        style("Up", "style:text-position=\"super 58%\"") + &style("Down", "style:text-position=\"-11% 100%\""),
        style("Line", "style:text-underline-style=\"solid\"")
            + &style("Small", "fo:font-variant=\"small-caps\" fo:color=\"#222222\""),
        style("Mark", "fo:background-color=\"#ffff00\"") + &style("Gone", "style:text-line-through-style=\"solid\""),
        "</office:automatic-styles><office:body><office:text><text:p>A flat of 60 m".into(),
        span("Up", "2") + ", CO" + &span("Down", "2") + ", the 1" + &span("Up", "st") + " M" + &span("Up", "lle") + ".",
        "</text:p><text:p>".into(),
        span("Line", "Under") + " " + &span("Small", "Nato") + " " + &span("Mark", "ask") + &span("Gone", "ed"),
        "</text:p></office:text></office:body></office:document-content>".into(),
    ]
    .concat();
    let rtf = r"{\rtf1{\colortbl;\red34\green34\blue34;\red255\green255\blue0;}A flat of 60 m{\super 2}, CO{\dn4 2}, the 1{\super st} M{\up6 lle}.\par
{\ul Under} {\scaps\cf1 Nato} {\highlight2 ask}{\strike ed}\par}";
    let page = "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><p>A flat of 60 m<sup>2</sup>, CO<sub>2</sub>, the 1<sup>st</sup> \
        M<span style=\"vertical-align: super\">lle</span>.</p><p><u>Under</u> <span style=\"font-variant: small-caps; color: \
        rgb(34, 34, 34)\">Nato</span> <mark>ask</mark><s>ed</s></p></body></html>";
    let opf = "<package xmlns=\"http://www.idpf.org/2007/opf\"><manifest><item id=\"a\" href=\"a.xhtml\"/></manifest>\
        <spine><itemref idref=\"a\"/></spine></package>";
    let container = "<container><rootfiles><rootfile full-path=\"a.opf\"/></rootfiles></container>";
    let book = package(&[("META-INF/container.xml", container), ("a.opf", opf), ("a.xhtml", page)]);
    [
        ("a.docx", word_file(&word, &[])),
        ("a.odt", package(&[("content.xml", &odt)])),
        ("a.rtf", rtf.into()),
        ("a.html", page.into()),
        ("a.epub", book),
    ]
}

#[test]
fn what_markdown_has_no_marks_for_keeps_its_meaning_or_is_told_once() {
    for (name, file) in files_of_forms() {
        let (hed, body, warnings) = read(name, &file);
        let words = [hed, body].join("\n\n");
        assert_eq!(words.trim(), "A flat of 60 m², CO₂, the 1st Mlle.\n\nUnder Nato ask~~ed~~", "{name}");
        assert_eq!(
            warnings,
            [
                "Raised or lowered letters without a sign of their own stand on the line (graf 1).",
                "Underlining was left out (graf 2).",
                "Words shown in capitals or small capitals stand as they were typed (graf 2).",
                "Colours and highlighting of words were left out (graf 2).",
            ],
            "{name}"
        );
    }
}

#[test]
fn how_a_link_or_a_heading_looks_is_no_loss() {
    let rtf = r#"{\rtf1{\colortbl;\red0\green0\blue255;}{\stylesheet{\s1\cf1\ul heading 1;}}\pard\s1\cf1\ul Hed\par\pard\plain
        {\field{\*\fldinst{HYPERLINK "https://example.org/"}}{\fldrslt{\ul\cf1 linked}}}\par}"#;
    let page = "<html><style>.c { color: red }</style><h1 class=c style='color: red'>Hed</h1><p class=c><span class=c>\
        <a href='https://example.org/'><u style='color: #1155cc'>linked</u></a></span></html>";
    for (name, file) in [("a.rtf", rtf), ("a.html", page)] {
        let got = read(name, file.as_bytes());
        assert_eq!(got, ("Hed".into(), "[linked](https://example.org/)".into(), Vec::new()), "{name}");
    }
}

#[test]
fn headings_and_quotes_are_known_by_how_they_are_set_where_no_element_names_them() {
    let sheet =
        ".h { font-size: 14pt; font-weight: bold } .q { margin: 0 0.4in 0.1in 0.4in } .i { font-style: italic }";
    let page = |grafs: &str| format!("<html><head><style>{sheet}</style></head><body>{grafs}</body></html>");
    let graf = "<p>Nobody had asked the harbour office before the sale was in the paper.</p>";
    let grafs = format!(
        "<p>Nobody had asked.</p><p><span class=h>What comes <i>next</i></span></p>{graf}\
         <p class=q>“<span class=i>We may sell it.”</span></p>{graf}<p><b>Not larger</b></p>"
    );
    let plain = "Nobody had asked the harbour office before the sale was in the paper.";
    assert_eq!(
        read("book.html", page(&grafs).as_bytes()).1,
        format!(
            "Nobody had asked.\n\n## What comes *next*\n\n{plain}\n\n> “We may sell it.”\n\n{plain}\n\n**Not larger**"
        )
    );
    let (_, body, _) = read("book.html", page(&format!("{grafs}<h2>A heading</h2>")).as_bytes());
    assert!(body.contains("**What comes *next***"), "elements name the headings here: {body}");
    let (_, body, _) = read("set.html", page(&"<p class=q>All of it is set in.</p>".repeat(3)).as_bytes());
    assert!(!body.contains('>'), "{body}");
}

#[test]
fn a_number_that_leads_down_the_page_to_a_part_is_no_footnote() {
    let page = "<html><body><p>Read part <a href=\"#part\">2</a>.</p><h2 id=\"part\">Two</h2><div id=\"more\">More.</div>\
                <p><a href=\"#more\">3</a></p></body></html>";
    assert_eq!(read("saved.html", page.as_bytes()).1, "Read part 2.\n\n## Two\n\nMore.\n\n3");
}

#[test]
fn a_file_is_known_by_its_bytes_whatever_it_is_called() {
    let copy = Copy { hed: "Hed".into(), body: "One.".into(), ..Copy::default() };
    for format in WHOLE {
        let (piece, _) = open_piece("letter.doc", &exported(&copy, format)).expect("read");
        assert_eq!(piece.copy, copy, "{}", format.word());
    }
    assert_eq!(
        open_piece("a.doc", br"{\rtf1\ansi Caf\'e9 for sale\par It is old.\par}").expect("read").0.copy.hed,
        "Café for sale"
    );
    assert_eq!(
        open_piece("a.md", b"# Hed\n\n<b>One</b>").expect("read").0.copy.body,
        "<b>One</b>",
        "Markdown may hold HTML"
    );
}

#[test]
fn a_file_that_is_no_copy_is_refused_with_what_to_do() {
    let package = |part| package(&[(part, "<x/>")]);
    let (sheet, slides) = (package("xl/workbook.xml"), package("ppt/presentation.xml"));
    let files: [(&str, &[u8], &str); 10] = [
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .docx"),
        ("page.pdf", b"%PDF-1.7\n1 0 obj", "as a note"),
        ("sheet.xlsx", &sheet, "sheet of Excel"),
        ("talk.pptx", &slides, "slides of PowerPoint"),
        ("ferry.png", b"\x89PNG\r\n\x1a\n", "picture"),
        ("ferry.jpg", b"\xff\xd8\xff\xe0", "picture"),
        ("call.mp3", b"ID3\x04", "transcript"),
        ("all.tar.gz", b"\x1f\x8b\x08", "Unpack"),
        ("ferry.json", b"{\"headline\": \"Ferry for sale\"}", "for programs"),
        ("mail.eml", b"From: a@example.org\n\nHello", "as a note"),
    ];
    for (name, bytes, what) in files {
        for refusal in [open_piece(name, bytes).err(), open_returned(name, bytes).err()] {
            let refusal = refusal.unwrap_or_else(|| panic!("{name} is taken"));
            assert!(refusal.message.contains(what), "{name}: {}", refusal.message);
        }
    }
    for name in ["old.doc", "sheet.xlsx", "ferry.png"] {
        let bytes = files.iter().find(|(known, ..)| *known == name).expect("it is there").1;
        assert!(open_notes(name, bytes).is_err(), "{name} is no note either");
    }
}

#[test]
fn what_is_pasted_keeps_its_form_whatever_program_it_is_from() {
    let word = "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><style><!-- p.MsoNormal {margin:0cm} --></style></head>\
        <body><!--StartFragment--><h2>What it <i>cost</i><o:p></o:p></h2><p class=MsoNormal><b>Twelve</b> repairs, \
        <a href=\"https://example.org/a\">the council said</a>.<o:p></o:p></p>\
        <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·\
        <span>&nbsp;&nbsp;</span></span><![endif]>one</p><!--EndFragment--></body></html>";
    let docs = "<meta charset='utf-8'><b style=\"font-weight:normal;\" id=\"docs-internal-guid-1\"><h2><span>What it </span>\
        <span style=\"font-style:italic\">cost</span></h2><p><span style=\"font-weight:700\">Twelve</span><span> repairs, </span>\
        <a href=\"https://example.org/a\"><span>the council said</span></a><span>.</span></p><ul><li><p><span>one</span></p></li></ul></b>";
    let office = "<!DOCTYPE html><html><head><meta name=\"generator\" content=\"LibreOffice\"/></head><body>\
        <h2 class=\"western\">What it <i>cost</i></h2><p><b>Twelve</b> repairs, \
        <a href=\"https://example.org/a\">the council said</a>.</p><ul><li><p>one</p></li></ul></body></html>";
    let web = "<meta http-equiv=\"content-type\" content=\"text/html; charset=utf-8\"><h2>What it <em>cost</em></h2>\
        <p><strong>Twelve</strong> repairs, <a href=\"https://example.org/a\">the council said</a>.</p><ul><li>one</li></ul>";
    let want = "## What it *cost*\n\n**Twelve** repairs, [the council said](https://example.org/a).\n\n- one";
    for (program, html) in [("Word", word), ("Docs", docs), ("LibreOffice", office), ("a browser", web)] {
        assert_eq!(read_pasted(html).expect("read").0, want, "{program}");
    }
    let item = |level, mark, words| {
        format!(
            "<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level{level} lfo1'><span style='mso-list:Ignore'>{mark}\
            <span>&nbsp; </span></span>{words}</p>"
        )
    };
    let list =
        [item(1, "3.", "three"), item(2, "o", "inner"), item(1, "4.", "four"), "<p class=MsoNormal>After</p>".into()];
    assert_eq!(read_pasted(&list.concat()).expect("read").0, "3. three\n   - inner\n4. four\n\nAfter");
    // A few words go into a sentence: no graf of their own, and nothing that would run.
    let (words, _) = read_pasted("<span onclick=x>the <b>old</b> pier</span><script>alert(1)</script>").expect("read");
    assert_eq!(words, "the **old** pier");
    let (words, warnings) = read_pasted("<p>Seen <img src=\"https://example.org/a.png\"> here</p>").expect("read");
    assert_eq!(words, "Seen here");
    assert_eq!(warnings.len(), 1, "what is lost is told");
}

#[test]
fn a_message_that_quotes_more_than_anybody_writes_is_a_thousand_notes() {
    let quoted: String = (0..1_500).map(|n| format!("> On Mon, 9 Nov 2026, R{n} wrote:\n> > Words {n}\n")).collect();
    let mail = format!("From: Ines Eze <ines@example.org>\nDate: Tue, 10 Nov 2026 10:00:00 +0000\n\n{quoted}");
    let notes = open_notes("long.eml", mail.as_bytes()).expect("read");
    assert_eq!(notes.len(), 1_000);
    assert!(notes[0].1.iter().any(|warning| warning.message.contains("stand together in the last note")));
    let words: String = notes.iter().map(|(note, _)| note.text.as_str()).collect();
    assert!((0..1_500).all(|n| words.contains(&format!("Words {n}\n"))), "no word is lost");
}

fn words() -> impl Strategy<Value = String> {
    "[A-Za-zé“”’]{1,8}( [a-zé0-9,$%]{1,8}){0,5}[.?!]"
}

/// Words with looks, as Stet writes them.
fn line() -> impl Strategy<Value = String> {
    let look = prop_oneof![
        4 => words(),
        1 => words().prop_map(|words| format!("**{words}**")),
        1 => words().prop_map(|words| format!("*{words}*")),
        1 => words().prop_map(|words| format!("~~{words}~~")),
        1 => words().prop_map(|words| format!("[{words}](https://example.org/?a&b)")),
        1 => (words(), words()).prop_map(|(a, b)| format!("**{a} *{b}***")),
    ];
    prop::collection::vec(look, 1..4).prop_map(|looks| looks.join(" and "))
}

fn item() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => line(),
        1 => (line(), prop::collection::vec(line(), 1..3))
            .prop_map(|(line, inner)| format!("{line}\n- {}", inner.join("\n- "))),
    ]
}

fn list(items: &[String], first: Option<usize>) -> String {
    let item = |(n, item): (usize, &String)| {
        let mark = first.map_or("- ".to_owned(), |first| format!("{}. ", first + n));
        let indent = format!("\n{}", " ".repeat(mark.len()));
        mark + &item.replace('\n', &indent)
    };
    items.iter().enumerate().map(item).collect::<Vec<_>>().join("\n")
}

fn table(rows: &[Vec<String>]) -> String {
    let row = |cells: &Vec<String>| format!("| {} |", cells.join(" | "));
    let mut lines: Vec<String> = rows.iter().map(row).collect();
    lines.insert(1, "|---|--:|".into());
    lines.join("\n")
}

/// A part of a body as Stet itself writes it; no two of a kind stand side by side, for a Word file runs those together.
fn part(kind: usize) -> BoxedStrategy<String> {
    match kind % 6 {
        1 => (2..6usize, words()).prop_map(|(level, words)| format!("{} {words}", "#".repeat(level))).boxed(),
        2 => prop::collection::vec(item(), 1..4).prop_map(|items| list(&items, None)).boxed(),
        3 => (prop::collection::vec(item(), 1..4), 1..9usize)
            .prop_map(|(items, first)| list(&items, Some(first)))
            .boxed(),
        4 => line().prop_map(|line| format!("> {line}")).boxed(),
        5 => prop_oneof![
            Just("---".to_owned()),
            "[a-z*#<>_][a-z *#<>_]{0,9}(\n  [a-z *#<>_]{0,9}[a-z])?"
                .prop_map(|code| format!("```\n{}\n```", code.trim_end())),
            prop::collection::vec(prop::collection::vec("[A-Za-z]{1,6}", 2), 1..4).prop_map(|rows| table(&rows)),
        ]
        .boxed(),
        _ => line().boxed(),
    }
}

fn canonical() -> impl Strategy<Value = Copy> {
    let head = || prop_oneof![Just(String::new()), "[A-Z][a-zé“”& <>]{0,12}[a-z.]"];
    let body = prop::collection::vec(0..6usize, 1..8).prop_flat_map(|kinds| {
        let mut apart: Vec<usize> = Vec::new();
        for kind in kinds {
            if apart.last() == Some(&kind)
                || apart.last().is_some_and(|last| (2..=3).contains(last) && (2..=3).contains(&kind))
            {
                apart.push(0);
            }
            apart.push(kind);
        }
        apart.into_iter().map(part).collect::<Vec<_>>()
    });
    (head(), head(), head(), head(), body, notes()).prop_map(|(hed, dek, byline, dateline, mut parts, notes)| {
        parts.extend((1..).zip(&notes).map(|(n, (line, _))| format!("{line}[^{n}] and so on.")));
        parts.extend((1..).zip(&notes).map(|(n, (_, note))| format!("[^{n}]: {note}")));
        Copy {
            hed: one_space(&hed),
            dek: one_space(&dek),
            byline: one_space(&byline),
            dateline: one_space(&dateline).trim_end_matches(['.', ' ']).to_owned(),
            body: parts.join("\n\n"),
        }
    })
}

/// Grafs, each with the words of its footnote.
fn notes() -> impl Strategy<Value = Vec<(String, String)>> {
    let note = prop_oneof![
        3 => line(),
        1 => (line(), line()).prop_map(|(one, two)| format!("{one}\n\n    {two}")),
    ];
    prop::collection::vec((line(), note), 0..3)
}

fn one_space(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn any_piece_that_went_out_comes_back_as_it_was(copy in canonical()) {
        for format in WHOLE {
            prop_assert_eq!(&there_and_back(&copy, format), &copy, "{}", format.word());
        }
    }

    #[test]
    fn any_words_that_went_out_come_back(body in "([ -~]|\n|\n\n|- |1\\. |> |\\||\\|--\\|\n|\\*\\*|_|`|<!--|-->|&|é|😀|ש|\u{301}|\\[\\^1\\]|\n\n\\[\\^1\\]: ){0,40}") {
        let copy = Copy { hed: "Hed".into(), body, ..Copy::default() };
        for format in WHOLE {
            let back = there_and_back(&copy, format);
            let squeezed = |copy: &Copy| {
                let text = String::from_utf8(exported(copy, Format::Text)).expect("it is text");
                one_space(&text).nfc().collect::<String>()
            };
            prop_assert_eq!(squeezed(&back), squeezed(&copy), "{}: {:?}", format.word(), back.body);
            // A Word file runs lists beside each other together.
            let again = there_and_back(&back, format);
            prop_assert_eq!(&there_and_back(&again, format), &again, "{}: reading again changes nothing", format.word());
        }
    }
}
