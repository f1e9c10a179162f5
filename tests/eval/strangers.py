#!/usr/bin/env python3
"""What Stet recovers of files it did not write, by program: words, structure, the least of both.

usage: strangers.py STET ARTICLES.jsonl TOOLS [HOW_MANY]

The pieces are those of round_trip.py. Each is written by python-docx, odfpy, EbookLib, docx and html-to-docx (of npm), AbiWord,
calibre and Qt, and by hand as Word, Google Docs, WordPad and macOS write files of their kinds; of what a program cannot write nothing is
asked. Messages are written as mail programs write them: of those the words are asked. TOOLS is a folder with py/bin/python
(python-docx, odfpy, EbookLib) and node_modules. Exit 1 below 99.9 % of the words or 98 % of the structure."""
import copy
import email.message
import email.policy
import html
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from round_trip import BARS, Desk, dressed, run, share, structure, words

HERE = Path(__file__).parent


# The pieces.


def tree_of(markdown):
    front = re.match(r"---\n(.*?)\n---\n", markdown, re.S)
    if front:
        hed = re.search(r"^hed: (.*)$", front.group(1), re.M).group(1)
        markdown = f"# {hed}\n\n{markdown[front.end():]}"
    return json.loads(subprocess.run(["pandoc", "-f", "gfm+footnotes", "-t", "json"], input=markdown, capture_output=True, text=True, check=True).stdout)


def as_text(tree, kind, *options):
    done = subprocess.run(["pandoc", "-f", "json", "-t", kind, "--wrap=none", *options], input=json.dumps(tree), capture_output=True, text=True, check=True)
    return done.stdout


def page_of(tree):
    # Not every program knows `em`.
    words_ = as_text(tree, "html")
    for long, short in (("em", "i"), ("strong", "b"), ("del", "s")):
        words_ = words_.replace(f"<{long}>", f"<{short}>").replace(f"</{long}>", f"</{short}>")
    return f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>A piece</title></head><body>\n{words_}</body></html>\n'


def without(tree, kinds):
    """The piece without what a program cannot write."""
    def kept(node):
        if isinstance(node, list):
            return [kept(inner) for inner in node if not (isinstance(inner, dict) and inner.get("t") in kinds)]
        if isinstance(node, dict):
            return {key: kept(value) for key, value in node.items()}
        return node

    return kept(copy.deepcopy(tree))


def runs(inlines, look=()):
    """Runs of words: text, looks, link, footnote."""
    found = []
    for node in inlines:
        kind, inner = node["t"], node.get("c")
        if kind == "Str":
            found.append({"text": inner, "look": list(look)})
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            found.append({"text": " ", "look": list(look)})
        elif kind in ("Emph", "Strong", "Strikeout"):
            found += runs(inner, (*look, kind))
        elif kind == "Quoted":
            marks = "“”" if inner[0]["t"] == "DoubleQuote" else "‘’"
            found += [{"text": marks[0], "look": list(look)}, *runs(inner[1], look), {"text": marks[1], "look": list(look)}]
        elif kind == "Code":
            found.append({"text": inner[1], "look": list(look)})
        elif kind == "Link":
            found += [{**run, "link": inner[2][0]} for run in runs(inner[1], look)]
        elif kind == "Note":
            found.append({"text": "", "look": [], "note": runs(inner[0]["c"])})
        elif kind == "Span":
            found += runs(inner[1], look)
    joined = []
    for run in found:
        same = joined and {**joined[-1], "text": ""} == {**run, "text": ""} and "note" not in run
        if same:
            joined[-1]["text"] += run["text"]
        else:
            joined.append(run)
    return joined


def blocks(nodes, level=0):
    """Grafs one after another, each with its kind."""
    found = []
    for node in nodes:
        kind, inner = node["t"], node.get("c")
        if kind == "Header":
            found.append({"kind": "heading", "level": inner[0], "runs": runs(inner[2])})
        elif kind in ("Para", "Plain"):
            found.append({"kind": "graf", "runs": runs(inner)})
        elif kind == "BlockQuote":
            found += [{**block, "kind": "quote"} for block in blocks(inner)]
        elif kind in ("BulletList", "OrderedList"):
            for n, item in enumerate(inner if kind == "BulletList" else inner[1]):
                first, *rest = blocks(item, level + 1)
                found.append({**first, "kind": "item", "level": level, "number": n + 1 if kind == "OrderedList" else None})
                found += rest
        elif kind == "Table":
            rows = [*inner[3][1], *(row for body in inner[4] for row in body[3])]
            found.append({"kind": "table", "rows": [[runs(cell[4][0]["c"] if cell[4] else []) for cell in row[1]] for row in rows]})
    return found


# Programs of Python, each run by the Python of TOOLS: `strangers.py --write PROGRAM OUT`, the piece on standard input.


def write_python_docx(piece, out):
    import docx
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    document = docx.Document()

    def fill(graf, words):
        for run in words:
            made = graf.add_run(run["text"])
            made.bold, made.italic = "Strong" in run["look"] or None, "Emph" in run["look"] or None
            made.font.strike = "Strikeout" in run["look"] or None
            if "link" in run:
                link = OxmlElement("w:hyperlink")
                link.set(qn("r:id"), document.part.relate_to(run["link"], RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
                graf._p.append(link)
                link.append(made._r)

    for block in piece:
        if block["kind"] == "table":
            table = document.add_table(len(block["rows"]), len(block["rows"][0]))
            for row, cells in zip(table.rows, block["rows"]):
                for cell, words in zip(row.cells, cells):
                    fill(cell.paragraphs[0], words)
            continue
        bullet = "List Number" if block.get("number") else "List Bullet"
        style = {"heading": f"Heading {block.get('level')}", "graf": "Normal", "quote": "Quote",
                 "item": bullet + (f" {block['level'] + 1}" if block.get("level") else "")}[block["kind"]]
        fill(document.add_paragraph(style=style), block["runs"])
    document.save(out)


def write_odfpy(piece, out):
    from odf.opendocument import OpenDocumentText
    from odf.style import ListLevelProperties, Style, TextProperties
    from odf.table import Table, TableCell, TableColumn, TableRow
    from odf.text import (A, H, List, ListItem, ListLevelStyleBullet, ListLevelStyleNumber, ListStyle, Note, NoteBody,
                          NoteCitation, P, Span)

    document = OpenDocumentText()
    looks = {}

    def look_of(look):
        name = "".join(look)
        if name and name not in looks:
            style = Style(name=name, family="text")
            style.addElement(TextProperties(**({"fontweight": "bold"} if "Strong" in look else {}), **({"fontstyle": "italic"} if "Emph" in look else {}),
                                            **({"textlinethroughstyle": "solid"} if "Strikeout" in look else {})))
            document.automaticstyles.addElement(style)
            looks[name] = style
        return looks.get(name)

    quote = Style(name="Quotations", family="paragraph")
    document.styles.addElement(quote)
    lists = {}
    for is_numbered in (False, True):
        style = ListStyle(name=f"L{int(is_numbered)}")
        for level in range(1, 5):
            made = ListLevelStyleNumber(level=level, numformat="1", numsuffix=".") if is_numbered else ListLevelStyleBullet(level=level, bulletchar="•")
            made.addElement(ListLevelProperties(minlabelwidth=f"{level * 0.5}cm"))
            style.addElement(made)
        document.automaticstyles.addElement(style)
        lists[is_numbered] = style

    def fill(graf, words):
        for n, run in enumerate(words):
            if "note" in run:
                note, body = Note(noteclass="footnote", id=f"ftn{n}"), NoteBody()
                note.addElement(NoteCitation(text="1"))
                body.addElement(fill(P(), run["note"]))
                note.addElement(body)
                graf.addElement(note)
                continue
            into = graf
            if "link" in run:
                into = A(href=run["link"], type="simple")
                graf.addElement(into)
            style = look_of(run["look"])
            into.addElement(Span(stylename=style, text=run["text"])) if style else into.addText(run["text"])
        return graf

    open_lists = []
    for block in piece:
        if block["kind"] != "item":
            open_lists = []
        if block["kind"] == "item":
            level, is_numbered = block["level"], bool(block["number"])
            open_lists = open_lists[: level + 1]
            if len(open_lists) == level + 1 and open_lists[level][0] != is_numbered:
                open_lists = open_lists[:level]
            if len(open_lists) <= level:
                made = List(stylename=lists[is_numbered])
                (open_lists[-1][1].lastChild if open_lists else document.text).addElement(made)
                open_lists.append((is_numbered, made))
            item = ListItem()
            item.addElement(fill(P(), block["runs"]))
            open_lists[-1][1].addElement(item)
        elif block["kind"] == "heading":
            document.text.addElement(fill(H(outlinelevel=block["level"]), block["runs"]))
        elif block["kind"] == "table":
            table = Table()
            table.addElement(TableColumn(numbercolumnsrepeated=len(block["rows"][0])))
            for cells in block["rows"]:
                row = TableRow()
                for words in cells:
                    cell = TableCell()
                    cell.addElement(fill(P(), words))
                    row.addElement(cell)
                table.addElement(row)
            document.text.addElement(table)
        else:
            document.text.addElement(fill(P(stylename=quote) if block["kind"] == "quote" else P(), block["runs"]))
    document.save(out)


def write_ebooklib(piece, out):
    from ebooklib import epub

    book = epub.EpubBook()
    book.set_identifier("a")
    book.set_title("A piece")
    book.set_language("en")
    chapter = epub.EpubHtml(title="A piece", file_name="a.xhtml", lang="en")
    chapter.content = piece
    book.add_item(chapter)
    book.toc = (chapter,)
    book.add_item(epub.EpubNcx())
    book.add_item(epub.EpubNav())
    book.spine = ["nav", chapter]
    epub.write_epub(out, book)


def write_qt(piece, out):
    import os

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PyQt6.QtGui import QGuiApplication, QTextDocument, QTextDocumentWriter

    application = QGuiApplication([])
    document = QTextDocument()
    document.setHtml(piece)
    if out.endswith(".html"):
        Path(out).write_text(document.toHtml(), encoding="utf-8")
    else:
        QTextDocumentWriter(out, b"odf").write(document)
    # It takes its own parts down in the wrong order.
    del application
    os._exit(0)


# Files written by hand, as programs that are not to be had write them.


def word_by_hand(piece, out):
    """As Word writes: runs cut by spelling marks and revision numbers, styles by number, footnotes in a part of their own."""
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    notes, links = [], []

    def run_of(run, text):
        looks = {"Strong": "<w:b/><w:bCs/>", "Emph": "<w:i/><w:iCs/>", "Strikeout": "<w:strike/>"}
        look = "".join(mark for name, mark in looks.items() if name in run["look"])
        return f'<w:r w:rsidR="00A1"><w:rPr>{look}<w:lang w:val="en-GB"/></w:rPr><w:t xml:space="preserve">{html.escape(text, quote=False)}</w:t></w:r>'

    def fill(all_runs):
        made = ""
        for run in all_runs:
            if "note" in run:
                notes.append(fill(run["note"]))
                made += f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{len(notes)}"/></w:r>'
                continue
            half = len(run["text"]) // 2
            pieces = [run["text"][:half], run["text"][half:]]
            cut = '<w:proofErr w:type="spellStart"/>'.join(run_of(run, piece) for piece in pieces if piece)
            if "link" in run:
                links.append(run["link"])
                cut = f'<w:hyperlink r:id="rId{len(links)}" w:history="1">{cut}</w:hyperlink>'
            made += cut
        return made

    def graf(style, words, more=""):
        return f'<w:p w:rsidR="00A1" w:rsidRDefault="00B2"><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr><w:bookmarkStart w:id="0" w:name="_GoBack"/>{words}<w:bookmarkEnd w:id="0"/></w:p>'

    body = ""
    for block in piece:
        if block["kind"] == "table":
            rows = "".join("<w:tr>" + "".join(f'<w:tc><w:tcPr><w:tcW w:w="4675" w:type="dxa"/></w:tcPr>{graf("Normal", fill(cell))}</w:tc>' for cell in row) + "</w:tr>" for row in block["rows"])
            body += f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr><w:tblGrid/>{rows}</w:tbl>'
            continue
        number = f'<w:numPr><w:ilvl w:val="{block.get("level", 0)}"/><w:numId w:val="{2 if block.get("number") else 1}"/></w:numPr>'
        style = {"heading": f"berschrift{block.get('level')}", "graf": "Standard", "quote": "Zitat", "item": "Listenabsatz"}[block["kind"]]
        body += graf(style, fill(block["runs"]), number if block["kind"] == "item" else "")
    names = {"Standard": "Normal", "Zitat": "Quote", "Listenabsatz": "List Paragraph", **{f"berschrift{n}": f"heading {n}" for n in range(1, 7)}}
    styles = "".join(f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/></w:style>' for name, shown in names.items())
    levels = {1: "bullet", 2: "decimal"}
    numbering = "".join(f'<w:abstractNum w:abstractNumId="{n}">' + "".join(f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/></w:lvl>' for level in range(9)) + "</w:abstractNum>" for n, form in levels.items())
    numbering += "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in levels)
    relations = "".join(f'<Relationship Id="rId{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="{html.escape(link)}" TargetMode="External"/>' for n, link in enumerate(links, 1))
    foot = "".join(f'<w:footnote w:id="{n}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>{words}</w:p></w:footnote>' for n, words in enumerate(notes, 1))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
        package.writestr("word/document.xml", f"<w:document {w}><w:body>{body}<w:sectPr/></w:body></w:document>")
        package.writestr("word/styles.xml", f"<w:styles {w}>{styles}</w:styles>")
        package.writestr("word/numbering.xml", f"<w:numbering {w}>{numbering}</w:numbering>")
        package.writestr("word/footnotes.xml", f"<w:footnotes {w}>{foot}</w:footnotes>")
        package.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>')


def spans(all_runs, bold, italic, struck, link):
    made = ""
    for run in all_runs:
        text = html.escape(run["text"], quote=False)
        for name, mark in (("Strong", bold), ("Emph", italic), ("Strikeout", struck)):
            text = mark.format(text) if name in run["look"] else text
        made += link.format(html.escape(run.get("link", "")), text) if "link" in run else text
    return made


def docs_page(piece, out):
    """As Google Docs saves a page: every look a class, lists of one level each."""
    fill = lambda words: "<span class=\"c0\">" + spans(words, '</span><span class="c1">{}</span><span class="c0">', '</span><span class="c2">{}</span><span class="c0">',
                                                       '</span><span class="c3">{}</span><span class="c0">', '</span><span class="c4"><a class="c5" href="{}">{}</a></span><span class="c0">') + "</span>"
    page, last = "", None
    for block in piece:
        if block["kind"] == "item":
            tag = "ol" if block["number"] else "ul"
            item = f'<li class="c7 li-bullet-0">{fill(block["runs"])}</li>'
            end = f"</{tag}>"
            page = page.removesuffix(end) if last == (tag, block["level"]) else page + f'<{tag} class="c6 lst-kix_a1b2-{block["level"]}" start="{block["number"] or 1}">'
            page += item + end
            last = (tag, block["level"])
            continue
        last = None
        if block["kind"] == "table":
            rows = "".join("<tr class=\"c8\">" + "".join(f'<td class="c9" colspan="1" rowspan="1"><p class="c10">{fill(cell)}</p></td>' for cell in row) + "</tr>" for row in block["rows"])
            page += f'<table class="c11"><tbody>{rows}</tbody></table>'
        else:
            tag = f"h{block['level']}" if block["kind"] == "heading" else "p"
            page += f'<{tag} class="c10">{fill(block["runs"])}</{tag}>'
    sheet = ".c0{color:#000000;font-weight:400}.c1{font-weight:700}.c2{font-style:italic}.c3{text-decoration:line-through}.c4{color:#1155cc;text-decoration:underline}"
    Path(out).write_text(f'<html><head><meta content="text/html; charset=UTF-8" http-equiv="content-type"><style type="text/css">{sheet}</style></head><body class="c12 doc-content">{page}</body></html>', encoding="utf-8")


def word_page(piece, out):
    """As Word saves a page, filtered, in Windows-1252."""
    fill = lambda words: spans(words, "<b>{}</b>", "<i>{}</i>", "<s>{}</s>", '<a href="{}">{}</a>')
    page = ""
    for block in piece:
        style = "font-size:12.0pt;font-family:\"Times New Roman\",serif"
        if block["kind"] == "item":
            mark = f"{block['number']}." if block["number"] else "·"
            page += (f"<p class=MsoListParagraph style='margin-left:.5in;text-indent:-.25in;mso-list:l{int(bool(block['number']))} level{block['level'] + 1} lfo1'>"
                     f"<span style='mso-list:Ignore'>{mark}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span>{fill(block['runs'])}</p>\n")
        elif block["kind"] == "table":
            rows = "".join(" <tr>" + "".join(f"<td width=312 valign=top><p class=MsoNormal>{fill(cell)}</p></td>" for cell in row) + "</tr>\n" for row in block["rows"])
            page += f"<table class=MsoTableGrid border=1 cellspacing=0>\n{rows}</table>\n"
        elif block["kind"] == "heading":
            page += f"<h{block['level']}><span lang=EN-GB>{fill(block['runs'])}</span></h{block['level']}>\n"
        else:
            page += f"<p class=MsoNormal><span lang=EN-GB style='{style}'>{fill(block['runs'])}</span></p>\n"
    text = f"<html>\n<head>\n<meta http-equiv=Content-Type content=\"text/html; charset=windows-1252\">\n<meta name=Generator content=\"Microsoft Word 15 (filtered)\">\n<style>\n<!--\n p.MsoNormal {{margin:0in}}\n-->\n</style>\n</head>\n<body lang=EN-GB>\n<div class=WordSection1>\n{page}</div>\n</body>\n</html>\n"
    Path(out).write_bytes(text.encode("windows-1252", "xmlcharrefreplace"))


def rtf_words(text, spare):
    made = ""
    for c in text:
        number = ord(c)
        if c in "\\{}":
            made += "\\" + c
        elif number < 128:
            made += c
        else:
            try:
                made += f"\\'{c.encode('windows-1252')[0]:02x}"
            except UnicodeEncodeError:
                made += f"\\uc{len(spare)}\\u{number if number < 32768 else number - 65536} {spare}"
    return made


def rtf_runs(all_runs, spare):
    made = ""
    for run in all_runs:
        words_ = rtf_words(run["text"], spare)
        for name, on, off in (("Strong", "\\b ", "\\b0 "), ("Emph", "\\i ", "\\i0 "), ("Strikeout", "\\strike ", "\\strike0 ")):
            words_ = on + words_ + off if name in run["look"] else words_
        if "link" in run:
            words_ = '{\\field{\\*\\fldinst{HYPERLINK "' + run["link"] + '"}}{\\fldrslt ' + words_ + "}}"
        made += words_
    return made


def mac_rtf(piece, out):
    """As TextEdit writes: a backslash at the end of a line ends the graf, lists have tabs and a group for their mark."""
    grafs = []
    for block in piece:
        words_ = rtf_runs(block["runs"], "")
        if block["kind"] == "item":
            mark = f"{block['number']}." if block["number"] else "\\uc0\\u8226 "
            words_ = f"\\ls1\\ilvl{block['level']}{{\\listtext\t{mark}\t}}{words_}"
        grafs.append("\\pard\\pardirnatural\\partightenfactor0\n\\f0\\fs24 \\cf0 " + words_)
    Path(out).write_bytes(("{\\rtf1\\ansi\\ansicpg1252\\cocoartf2639\n\\cocoatextscaling0\\cocoaplatform0{\\fonttbl\\f0\\fswiss\\fcharset0 Helvetica;}\n{\\colortbl;\\red255\\green255\\blue255;}\n{\\*\\expandedcolortbl;;}\n"
                           + "\\\n".join(grafs) + "}").encode("ascii"))


def wordpad_rtf(piece, out):
    made = "".join(f"\\pard\\sa200\\sl276\\slmult1 {rtf_runs(block['runs'], '?')}\\par\r\n" for block in piece)
    Path(out).write_bytes(("{\\rtf1\\ansi\\ansicpg1252\\deff0\\nouicompat\\deflang2057{\\fonttbl{\\f0\\fnil\\fcharset0 Calibri;}}\r\n{\\*\\generator Riched20 10.0.19041}\\viewkind4\\uc1 \r\n" + made + "}\r\n\x00").encode("ascii"))


# Messages.


def messages(piece, folder):
    """By the program: the file, and the words it holds."""
    text = "\n\n".join("".join(run["text"] for run in block["runs"]) for block in piece if "runs" in block)
    page = "".join(f"<p>{html.escape(graf)}</p>" for graf in text.split("\n\n"))
    head = {"From": "Ines Eze <ines@example.org>", "To": "sb@example.org", "Subject": "The piér", "Date": "Tue, 10 Nov 2026 16:20:00 +0100"}
    for name, encoding, charset, kinds in [
        ("thunderbird", "8bit", "utf-8", ["plain"]),
        ("apple-mail", "quoted-printable", "utf-8", ["plain", "html"]),
        ("outlook", "quoted-printable", "windows-1252", ["html"]),
        ("gmail", "base64", "utf-8", ["plain", "html"]),
        ("exchange", "base64", "utf-8", ["html"]),
    ]:
        message = email.message.EmailMessage(policy=email.policy.SMTP)
        for key, value in head.items():
            message[key] = value
        for n, kind in enumerate(kinds):
            body = text if kind == "plain" else f"<html><body>{page}</body></html>"
            body = body.encode(charset, "xmlcharrefreplace" if kind == "html" else "strict").decode(charset)
            put = message.set_content if n == 0 else message.add_alternative
            put(body, subtype=kind, charset=charset, cte=encoding)
        file = folder / f"{name}.eml"
        file.write_bytes(message.as_bytes())
        yield name, file, text


# What is measured.


def note_words(stet, folder, file):
    at = Path(tempfile.mkdtemp(dir=folder))
    run(stet, "--desk", "desk.stet", "import", "--notes", file, cwd=at)
    desk = sqlite3.connect(at / "desk.stet")
    return "\n".join(text for (text,) in desk.execute("SELECT text FROM notes ORDER BY id"))


def programs(tools):
    """Name, ending, what it cannot write, and what makes the file of a tree."""
    python = tools / "py/bin/python"

    def by_python(name, interpreter=python):
        def make(tree, out):
            piece = page_of(tree) if name in ("ebooklib", "qt") else blocks(tree["blocks"])
            done = subprocess.run([interpreter, __file__, "--write", name, out], input=json.dumps(piece), capture_output=True, text=True)
            done.returncode and sys.exit(f"{name}: {done.stderr[-800:]}")
        return make

    def by_node(name):
        def make(tree, out):
            piece = {"blocks": blocks(tree["blocks"]), "html": page_of(tree)}
            done = subprocess.run(["node", HERE / "strangers.mjs", tools, name, out], input=json.dumps(piece), capture_output=True, text=True)
            done.returncode and sys.exit(f"{name}: {done.stderr[-800:]}")
        return make

    def by_command(*command):
        def make(tree, out):
            page = Path(out).with_suffix(".source.html")
            page.write_text(page_of(tree), encoding="utf-8")
            subprocess.run([str(part).format(page=page, out=out) for part in command], capture_output=True, cwd=page.parent, timeout=300)
            Path(out).exists() or sys.exit(f"{command[0]} made no {Path(out).name}")
        return make

    def by_hand(write):
        return lambda tree, out: write(blocks(tree["blocks"]), out)

    odd = {"CodeBlock", "HorizontalRule"}
    yield "python-docx", "docx", odd | {"Note"}, by_python("python_docx")
    yield "docx (npm)", "docx", odd, by_node("docx")
    yield "html-to-docx", "docx", odd | {"Note", "BlockQuote"}, by_node("html-to-docx")
    yield "Word, by hand", "docx", odd, by_hand(word_by_hand)
    yield "odfpy", "odt", odd, by_python("odfpy")
    # It closes no list before a table.
    yield "Qt", "odt", odd | {"Note", "BlockQuote", "Header", "Table"}, by_python("qt", "/usr/bin/python3")
    yield "EbookLib", "epub", odd | {"Note"}, by_python("ebooklib")
    yield "calibre", "epub", odd | {"Note"}, by_command("ebook-convert", "{page}", "{out}", "--no-default-epub-cover")
    yield "calibre", "docx", odd | {"Note", "BlockQuote"}, by_command("ebook-convert", "{page}", "{out}")
    yield "AbiWord", "odt", odd | {"Note", "BlockQuote"}, by_command("abiword", "--to={out}", "{page}")
    # It leaves the numbers of lists out, and gives tables more cells than they have.
    yield "AbiWord", "rtf", odd | {"Note", "BlockQuote", "Table", "OrderedList"}, by_command("abiword", "--to={out}", "{page}")
    yield "AbiWord", "docx", odd | {"Note", "BlockQuote"}, by_command("abiword", "--to={out}", "{page}")
    yield "Qt", "html", odd | {"Note", "BlockQuote"}, by_python("qt", "/usr/bin/python3")
    yield "Google Docs, by hand", "html", odd | {"Note", "BlockQuote"}, by_hand(docs_page)
    yield "Word, by hand", "html", odd | {"Note", "BlockQuote"}, by_hand(word_page)
    yield "TextEdit, by hand", "rtf", odd | {"Note", "BlockQuote", "Table", "Header"}, by_hand(mac_rtf)
    yield "WordPad, by hand", "rtf", odd | {"Note", "BlockQuote", "Table", "Header", "BulletList", "OrderedList"}, by_hand(wordpad_rtf)


def main(stet, articles, tools, n_most="5"):
    tools = Path(tools).resolve()
    absent = [program for program in ("abiword", "ebook-convert", "pandoc", "node") if not shutil.which(program)]
    if absent:
        print(f"Not measured: {', '.join(absent)} is not here.")
        return True
    folder = Path(tempfile.mkdtemp())
    pieces = [HERE.joinpath("rich.md").read_text(encoding="utf-8")]
    with open(articles, encoding="utf-8") as lines:
        pieces += [dressed(json.loads(line)["text"]) for _, line in zip(range(int(n_most)), lines)]
    trees = [tree_of(piece) for piece in pieces]
    print(f"{'written by':28s} {'format':6s} {'words':>8s} {'structure':>10s} {'least: words':>13s} {'structure':>10s}   {len(trees)} pieces")
    shares, n_files = [], 0
    for name, ending, cannot, make in programs(tools):
        got = []
        for n, tree in enumerate(trees):
            kept = without(tree, cannot)
            at = Path(tempfile.mkdtemp(dir=folder))
            make(kept, str(at / f"piece.{ending}"))
            (at / "want.md").write_text(as_text(kept, "gfm+footnotes"), encoding="utf-8")
            want, text = (Desk(stet, folder).bring(at / file).text() for file in ("want.md", f"piece.{ending}"))
            got.append((share(words(want), words(text)), share(structure(want), structure(text))))
            if "--keep" in sys.argv:
                kept_at = Path("strangers") / f"{name} {ending} {n}".replace("/", "")
                shutil.copytree(at, kept_at, dirs_exist_ok=True)
                (kept_at / "want").write_text(want)
                (kept_at / "got").write_text(text)
        shares += got
        mean, mean_shape = (100 * sum(column) / len(got) for column in zip(*got))
        least, least_shape = (100 * min(column) for column in zip(*got))
        print(f"{name:28s} {ending:6s} {mean:8.2f} {mean_shape:10.2f} {least:13.2f} {least_shape:10.2f}", flush=True)
    mails = []
    for tree in trees:
        at = Path(tempfile.mkdtemp(dir=folder))
        for name, file, text in messages(blocks(without(tree, {"Note"})["blocks"]), at):
            mails.append(share(words(text), words(note_words(stet, at, file))))
    print(f"{'5 mail programs, by hand':28s} {'eml':6s} {100 * sum(mails) / len(mails):8.2f} {'':10s} {100 * min(mails):13.2f}")
    n_words = (sum(pair[0] for pair in shares) + sum(mails)) / (len(shares) + len(mails))
    shape = sum(pair[1] for pair in shares) / len(shares)
    is_missed = n_words < BARS["words"] or shape < BARS["structure"]
    print(f"{len(shares) + len(mails)} files Stet did not write: words {100 * n_words:.2f} (99.9), structure {100 * shape:.2f} (98){' MISSED' if is_missed else ''}")
    shutil.rmtree(folder)
    return is_missed


if __name__ == "__main__":
    if sys.argv[1] == "--write":
        sys.exit(globals()[f"write_{sys.argv[2]}"](json.load(sys.stdin), sys.argv[3]))
    sys.exit(main(str(Path(sys.argv[1]).resolve()), *[arg for arg in sys.argv[2:] if arg != "--keep"]))
