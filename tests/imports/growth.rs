//! Files made to be slow: reading one four times as long takes about four times the work, whatever it is made of. With the
//! bounds on what a file may hold that is what keeps any of them from hanging; no clock on the wall is asked.

use super::W;
use super::strange::packed;
use stet::import::{open_notes, open_piece};

/// How long this thread ran, in ns; none where the system does not say.
fn ran_ns() -> Option<u64> {
    // It is counted when the thread stops.
    std::thread::yield_now();
    std::fs::read_to_string("/proc/thread-self/schedstat").ok()?.split(' ').next()?.parse().ok()
}

/// A package of these parts, none packed tighter than another.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    packed(&parts.iter().map(|(name, words)| ((*name).to_owned(), words.as_bytes().to_vec())).collect::<Vec<_>>())
}

/// The least that reading a file took this thread in three goes, in ns.
fn work_of(name: &str, file: &[u8]) -> Option<u64> {
    let read = |_| {
        let before = ran_ns()?;
        let is_note = [".eml", ".mbox", ".vtt", ".json"].iter().any(|ending| name.ends_with(ending));
        if is_note {
            drop(std::hint::black_box(open_notes(name, file)));
        } else {
            drop(std::hint::black_box(open_piece(name, file)));
        }
        Some(ran_ns()? - before)
    };
    (0..3).filter_map(read).min()
}

/// Four times the file may take so many times the work: four, and what a cache or a search in a larger map costs. What
/// goes through all of the file for each of its parts takes sixteen.
const MOST: u64 = 7;

fn word(body: &str, styles: &str) -> Vec<u8> {
    let document = format!("<w:document {W}><w:body>{body}</w:body></w:document>");
    package(&[("word/document.xml", &document), ("word/styles.xml", &format!("<w:styles {W}>{styles}</w:styles>"))])
}

fn odt(styles: &str, text: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:automatic-styles>{styles}</office:automatic-styles>\
         <office:body><office:text>{text}</office:text></office:body></office:document-content>"
    );
    package(&[("content.xml", &content)])
}

fn book(sheet: &str, chapters: &[String]) -> Vec<u8> {
    let items: String = (0..chapters.len()).map(|n| format!("<item id=\"c{n}\" href=\"{n}.xhtml\"/>")).collect();
    let refs: String = (0..chapters.len()).map(|n| format!("<itemref idref=\"c{n}\"/>")).collect();
    let opf = format!(
        "<package><manifest><item id=\"s\" href=\"s.css\" media-type=\"text/css\"/>{items}</manifest><spine>{refs}</spine></package>"
    );
    let container = "<container><rootfiles><rootfile full-path=\"a.opf\"/></rootfiles></container>";
    let names: Vec<String> = (0..chapters.len()).map(|n| format!("{n}.xhtml")).collect();
    let mut parts = vec![("META-INF/container.xml", container), ("a.opf", &opf), ("s.css", sheet)];
    parts.extend(names.iter().zip(chapters).map(|(name, page)| (name.as_str(), page.as_str())));
    package(&parts)
}

fn numbered(n: usize, one: impl Fn(usize) -> String) -> String {
    (0..n).map(one).collect()
}

type Made = (&'static str, usize, fn(usize) -> Vec<u8>);

const FILES: [Made; 36] = [
    ("plain.docx", 400, |n| word(&"<w:p><w:r><w:t>It rained all day.</w:t></w:r></w:p>".repeat(n), "")),
    ("looks.docx", 400, |n| {
        let runs = "<w:r><w:rPr><w:b/></w:rPr><w:t>*a</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>_b</w:t></w:r>";
        word(&format!("<w:p>{}</w:p>", runs.repeat(n)), "")
    }),
    ("list-of-a-long-name.docx", 400, |n| {
        let style = format!(
            "<w:style w:styleId=\"a\"><w:pPr><w:numPr><w:numId w:val=\"{}\"/></w:numPr></w:pPr></w:style>",
            "9".repeat(n * 500)
        );
        word(&"<w:p><w:pPr><w:pStyle w:val=\"a\"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>".repeat(n), &style)
    }),
    ("wide-style.docx", 400, |n| {
        let wide = format!("<w:style w:styleId=\"a\">{}</w:style>", "<w:x/>".repeat(n * 2));
        let based = |n| format!("<w:style w:styleId=\"s{n}\"><w:basedOn w:val=\"a\"/></w:style>");
        word("<w:p><w:r><w:t>x</w:t></w:r></w:p>", &(wide + &numbered(n, based)))
    }),
    ("field.docx", 400, |n| {
        let field = |kind| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
        let body = format!(
            "<w:p>{}<w:r><w:instrText>HYPERLINK \"{}</w:instrText></w:r>{}{}{}</w:p>",
            field("begin"),
            "x".repeat(n * 500),
            field("separate"),
            "<w:r><w:rPr><w:b/></w:rPr><w:t>x</w:t></w:r><w:r><w:t>y</w:t></w:r>".repeat(n),
            field("end")
        );
        word(&body, "")
    }),
    ("cells.docx", 200, |n| {
        let cell = "<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>";
        word(&format!("<w:tbl>{}</w:tbl>", format!("<w:tr>{}</w:tr>", cell.repeat(5)).repeat(n)), "")
    }),
    ("boxes.docx", 200, |n| {
        let inner = "<w:p><w:r><w:t>x</w:t></w:r></w:p>";
        word(
            &format!("<w:p><w:r><w:drawing><w:txbxContent>{inner}</w:txbxContent></w:drawing></w:r></w:p>").repeat(n),
            "",
        )
    }),
    ("tracked.docx", 300, |n| {
        word(&"<w:p><w:ins w:author=\"a\"><w:r><w:t>x</w:t></w:r></w:ins><w:del><w:r><w:delText>y</w:delText></w:r></w:del></w:p>".repeat(n), "")
    }),
    ("tracked-in-one.docx", 300, |n| {
        let change = "<w:ins w:author=\"a\"><w:r><w:t>x </w:t></w:r></w:ins><w:r><w:t>y </w:t></w:r>";
        word(&format!("<w:p>{}</w:p>", change.repeat(n)), "")
    }),
    ("based.docx", 300, |n| {
        let look = format!("<w:rPr>{}</w:rPr>", "<w:x/>".repeat(n));
        let style = |n| format!("<w:style w:styleId=\"s{n}\"><w:basedOn w:val=\"s{}\"/></w:style>", n / 2);
        word("", &(format!("<w:style w:styleId=\"s0\">{look}</w:style>") + &numbered(n, |n| style(n + 1))))
    }),
    ("comments.docx", 100, |n| {
        let said =
            |n| format!("<w:commentRangeStart w:id=\"{n}\"/><w:r><w:t>x </w:t></w:r><w:commentRangeEnd w:id=\"{n}\"/>");
        word(&format!("<w:p>{}</w:p>", numbered(n, said)), "")
    }),
    ("long-parent.odt", 400, |n| {
        let style = format!(
            "<style:style style:family=\"paragraph\" style:name=\"a\" style:parent-style-name=\"{}\"/>",
            "b".repeat(n * 500)
        );
        odt(&style, &"<text:p text:style-name=\"a\">x</text:p>".repeat(n))
    }),
    ("items.odt", 300, |n| {
        odt("", &format!("<text:list>{}</text:list>", "<text:list-item><text:p>x</text:p></text:list-item>".repeat(n)))
    }),
    ("lists.odt", 300, |n| {
        odt("", &"<text:list text:continue-numbering=\"true\"><text:list-item><text:p>x</text:p></text:list-item></text:list>".repeat(n))
    }),
    ("spans.odt", 400, |n| {
        odt("", &format!("<text:p>{}</text:p>", "<text:span text:style-name=\"a\">x</text:span> y".repeat(n)))
    }),
    ("notes.odt", 300, |n| {
        let note = "x<text:note><text:note-body><text:p>n</text:p></text:note-body></text:note>";
        odt("", &format!("<text:p>{}</text:p>", note.repeat(n)))
    }),
    ("cells.odt", 200, |n| {
        let row = format!(
            "<table:table-row>{}</table:table-row>",
            "<table:table-cell><text:p>x</text:p></table:table-cell>".repeat(5)
        );
        odt("", &format!("<table:table>{}</table:table>", row.repeat(n)))
    }),
    ("classes.html", 200, |n| {
        let rules = numbered(n, |n| format!(".c{n}{{font-weight:bold}}"));
        let spans = numbered(n, |n| format!("<p><span class=\"c{n} x\">x</span>"));
        format!("<html><style>{rules}</style><body>{spans}").into_bytes()
    }),
    ("nested.html", 200, |n| {
        format!("{}{}", "<div class=byline>".repeat(140), "<p>It rained.".repeat(n * 2)).into_bytes()
    }),
    ("notes.html", 200, |n| {
        let marks = numbered(n, |n| format!("<a id=r{n} href=\"#f{n}\"><sup>{n}</sup></a> "));
        let notes = numbered(n, |n| format!("<p id=f{n}><a href=\"#r{n}\">{n}</a> A note.</p>"));
        format!("<html><body><p>{marks}</p>{notes}").into_bytes()
    }),
    ("word-items.html", 200, |n| {
        let item = |n| {
            format!("<p style=\"mso-list:l0 level{} lfo1\"><span style='mso-list:Ignore'>1.</span>x</p>", n % 9 + 1)
        };
        format!("<html><body>{}", numbered(n, item)).into_bytes()
    }),
    ("bold.html", 100, |n| format!("<html><body>{}", "<p><b><i>x".repeat(n)).into_bytes()),
    ("links.html", 300, |n| {
        format!("<html><body><p>{}", "<a href='https://example.org/'>[*x_</a> ".repeat(n)).into_bytes()
    }),
    ("signs.html", 300, |n| format!("<html><body><p>{}", "[*_`&lt;!--![](\\ ".repeat(n)).into_bytes()),
    ("rows.html", 200, |n| format!("<html><body><table>{}", "<tr><td colspan=2>x<td>y".repeat(n)).into_bytes()),
    ("chapters.epub", 40, |n| {
        let sheet = numbered(n * 20, |n| format!(".c{n}{{font-weight:bold}}"));
        let page = "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><p>x</p></body></html>".to_owned();
        book(&sheet, &vec![page; n])
    }),
    ("items.epub", 300, |n| {
        let page = "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><p>x</p></body></html>";
        let items = numbered(n * 10, |n| format!("<item id=\"c{n}\" href=\"a.xhtml\"/>"));
        let refs = numbered(n.min(900), |n| format!("<itemref idref=\"c{}\"/>", n * 10));
        let opf = format!("<package><manifest>{items}</manifest><spine>{refs}</spine></package>");
        let container = "<container><rootfiles><rootfile full-path=\"a.opf\"/></rootfiles></container>";
        package(&[("META-INF/container.xml", container), ("a.opf", &opf), ("a.xhtml", page)])
    }),
    ("looks.rtf", 500, |n| format!(r"{{\rtf1 {}}}", r"{\b x}{\i y}\par ".repeat(n)).into_bytes()),
    ("one-graf.rtf", 500, |n| format!(r"{{\rtf1 {}}}", r"{\b *x}{\i _y}".repeat(n)).into_bytes()),
    ("notes.rtf", 300, |n| format!(r"{{\rtf1 {}}}", r"x{\footnote y}".repeat(n)).into_bytes()),
    ("cells.rtf", 300, |n| format!(r"{{\rtf1 {}}}", r"\intbl x\cell y\cell\row".repeat(n)).into_bytes()),
    ("items.rtf", 300, |n| format!(r"{{\rtf1 {}}}", r"{\listtext 1.\tab}\ls1\ilvl3 x\par ".repeat(n)).into_bytes()),
    ("quoted.eml", 300, |n| {
        format!("From: a@b\n\n{}", numbered(n, |n| format!("{} On a day, Ines Eze wrote:\n", ">".repeat(n % 40))))
            .into_bytes()
    }),
    ("many.mbox", 100, |n| "From a@b\nFrom: a@b\nSubject: x\n\nIt rained.\n\n".repeat(n).into_bytes()),
    ("long.vtt", 300, |n| {
        let cue = "00:00:01.000 --> 00:00:02.000\n<v Eze>We may\nsell it.\n\n";
        format!("WEBVTT\n\n{}", cue.repeat(n)).into_bytes()
    }),
    ("long.json", 300, |n| {
        let said = vec!["{\"start\":0.5,\"text\":\"We may\",\"speaker\":\"A\"}"; n].join(",");
        format!("{{\"segments\":[{said}]}}").into_bytes()
    }),
];

#[test]
fn four_times_the_file_takes_no_more_than_its_share_of_work() {
    for (name, n, make) in FILES {
        let works = [n * 2, n * 8].map(|n| work_of(name, &make(n)));
        if let [Some(once), Some(more)] = works {
            assert!(more < MOST * once, "{name}: {once} ns, and of four times the file {more} ns");
        }
    }
}
