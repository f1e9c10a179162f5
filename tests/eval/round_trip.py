#!/usr/bin/env python3
"""What comes back of a piece that went out: format × who wrote or read it × words, structure, seconds.

usage: round_trip.py STET ARTICLES.jsonl [HOW_MANY]

Pieces: rich.md beside this file, which has some of everything, and the first articles (five, or HOW_MANY), with a heading,
a list and a quote added. Each row is the mean of the pieces, and the least of them. Words and structure are shares of what the longer of both
sides has, in order: structure is the row of headings, list items, quotes, table rows, grafs, and of what is bold, italic,
linked or a footnote. LibreOffice writes no marks of lists and no head of a table into its books, so they cannot
come back. EPUBCheck says what it finds in our books. Exit 1 below the bars, or where a program is not here."""
import difflib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
BARS = {"words": 0.999, "structure": 0.98}


def run(*args, cwd):
    return subprocess.run([str(arg) for arg in args], cwd=cwd, capture_output=True, text=True)


def words(text):
    return WORD.findall(re.sub(r"\]\([^)\s]*\)", "]", text))


def structure(text):
    kinds = []
    for line in text.split("\n"):
        line = re.sub(r"\\(?=[^\w\s])", "", line)
        if re.fullmatch(r"\s*(\|[\s:|-]+\|?)?\s*", line):
            continue
        if re.fullmatch(r"\s*([-*_]\s*){3,}", line):
            kinds.append("rule")
            continue
        kind = re.match(r"\s*(#+ |[-*+] |\d+[.)] |> ?|\||\[\^)", line)
        kinds.append(re.sub(r"\d+", "1", kind.group(1)).strip() if kind else "graf")
        kinds += re.findall(r"\*\*|(?<!\*)\*(?!\*)|\]\(|\[\^", line[kind.end() if kind else 0 :])
    return kinds


def told(markdown):
    """What pandoc says of a file, with the title and the dek where Stet has them."""
    markdown = re.sub(r"<sup>\[(\d+)\]\(#[^)]*\)</sup>", r"[^\1]", markdown)
    markdown = re.sub(r"<sup>(\d+)</sup> ", r"[^\1]: ", markdown)
    markdown = re.sub(r"</?(div|span|section|article)[^>]*>", "", markdown)
    front = re.match(r"---\n(.*?)\n---\n", markdown, re.S)
    if not front:
        return markdown
    said = dict(line.split(": ", 1) for line in front.group(1).split("\n") if ": " in line)
    head = [f"# {said['title']}"] if "title" in said and "# " + said["title"] not in markdown else []
    head += [f"*{said['subtitle']}*"] if "subtitle" in said and said["subtitle"] not in markdown[front.end() :] else []
    return "\n\n".join(head) + "\n" + markdown[front.end() :]


def share(left, right):
    matched = sum(block.size for block in difflib.SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks())
    return matched / max(len(left), len(right), 1)


class Desk:
    """A new desk in a folder of its own: brings a file in and gives it back as Markdown, or another format."""

    def __init__(self, stet, folder):
        self.stet, self.folder = stet, Path(tempfile.mkdtemp(dir=folder))

    def bring(self, file):
        done = run(self.stet, "--desk", "desk.stet", "import", file, cwd=self.folder)
        if done.returncode == 2:
            sys.exit(f"{file} was refused: {done.stderr}")
        drafts = run(self.stet, "--desk", "desk.stet", "drafts", "--json", cwd=self.folder)
        self.slug = json.loads(drafts.stdout)["drafts"][0]["slug"]
        return self

    def take(self, kind):
        file = self.folder / f"out.{kind}"
        order = ["export", self.slug, "--as", kind, "-o", file, "--force", "--why", "measured"]
        done = run(self.stet, "--desk", "desk.stet", *order, cwd=self.folder)
        if done.returncode == 2:
            sys.exit(f"{self.slug} could not go out as {kind}: {done.stderr}")
        return file

    def text(self):
        return self.take("md").read_text(encoding="utf-8")


def convert(file, kind, filter_name, folder):
    out = Path(tempfile.mkdtemp(dir=folder))
    run("soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", filter_name or kind,
        "--outdir", out, file, cwd=out)
    made = sorted(out.iterdir())
    return made[0] if made else sys.exit(f"LibreOffice made no {kind} of {file.name}")


def pandoc(file, kind, folder):
    out = Path(tempfile.mkdtemp(dir=folder)) / f"made.{kind}"
    to = ["-t", "gfm+footnotes", "--wrap=none"] if kind == "md" else []
    done = run("pandoc", "-s", "-M", "lang=en", file, *to, "-o", out, cwd=folder)
    return out if done.returncode == 0 else sys.exit(f"pandoc made no {kind} of {file.name}: {done.stderr}")


def dressed(text):
    """An article with some structure: a heading over it, one in its middle, a list and a quote."""
    grafs = [graf.strip() for graf in text.split("\n") if graf.strip()]
    grafs = [re.sub(r"([*_#<>|`\[\]\\])", r"\\\1", graf) for graf in grafs]
    middle = len(grafs) // 2
    added = ["## What comes next", "- the *first* thing\n- the **second** thing", "> Nobody said so."]
    return "\n\n".join(["# " + " ".join(grafs[0].split()[:8])] + grafs[:middle] + added + grafs[middle:]) + "\n"


def routes(stet, folder):
    """By whose file: name, and what makes Markdown of the desk of a piece. *Ours* come back through Stet alone or as
    another program saved them; *theirs* are files Stet did not write; *read* is what pandoc makes of ours."""

    def again(file):
        return Desk(stet, folder).bring(file).text()

    for kind in ("md", "docx", "odt", "html", "epub"):
        yield "ours", f"{kind} · Stet → Stet", lambda desk, kind=kind: again(desk.take(kind))
    trips = [("docx", "odt", None), ("odt", "docx", None), ("docx", "docx", "docx:MS Word 2007 XML")]
    trips += [("docx", "rtf", None), ("docx", "html", "html:HTML (StarWriter)"), ("docx", "epub", None)]
    for mine, kind, name in trips:
        yield "theirs", f"{kind} · Stet’s {mine} → LibreOffice → Stet", lambda desk, mine=mine, kind=kind, name=name: again(
            convert(desk.take(mine), kind, name, folder))
    for kind in ("docx", "odt", "html", "epub", "rtf"):
        yield "theirs", f"{kind} · pandoc → Stet", lambda desk, kind=kind: again(pandoc(desk.take("md"), kind, folder))
    for kind in ("docx", "odt", "html", "epub"):
        yield "read", f"{kind} · Stet → pandoc", lambda desk, kind=kind: told(
            pandoc(desk.take(kind), "md", folder).read_text(encoding="utf-8"))
    yield "read", "pdf · Stet → pdftotext", lambda desk: pdf_words(desk.take("pdf"))


def pdf_words(file):
    """The words of the pages; a word broken at the end of a line is one again, and running lines are left out."""
    pages = run("pdftotext", "-enc", "UTF-8", file, "-", cwd=file.parent).stdout.split("\f")
    lines = [line for n, page in enumerate(pages) for line in page.split("\n")[2 if n else 0 :]]
    return re.sub(r"(?<=\w)[-\u2010\xad]\n(?=\w)", "", "\n".join(lines))


def complaints(book):
    """What EPUBCheck finds wrong with a book, a line each."""
    # Debian’s is a Java archive that starts by itself only where the kernel was told of such.
    done = run("java", "-jar", Path(shutil.which("epubcheck")).resolve(), "--quiet", book, cwd=book.parent)
    return [line for line in (done.stdout + done.stderr).split("\n") if re.match(r"(ERROR|WARNING|FATAL)", line)]


def main(stet, articles, n_most="5"):
    absent = [program for program in ("soffice", "pandoc", "pdftotext", "epubcheck", "java") if not shutil.which(program)]
    if absent:
        print(f"Not measured: {', '.join(absent)} is not here.")
        return True
    folder = Path(tempfile.mkdtemp())
    sources = [Path(__file__).with_name("rich.md")]
    with open(articles, encoding="utf-8") as lines:
        for number, line in zip(range(int(n_most)), lines):
            file = folder / f"article-{number}.md"
            file.write_text(dressed(json.loads(line)["text"]), encoding="utf-8")
            sources.append(file)
    desks = [Desk(stet, folder).bring(source) for source in sources]
    wanted = [desk.text() for desk in desks]
    shares = {"ours": [], "theirs": [], "read": []}
    print(f"{'format · route':44s} {'words':>8s} {'structure':>10s} {'seconds':>8s} {'least: words':>13s} {'structure':>10s}   {len(sources)} pieces")
    for whose, name, route in routes(stet, folder):
        began, got = time.time(), []
        for desk, want in zip(desks, wanted):
            text = route(desk)
            got.append((share(words(want), words(text)), share(structure(want), structure(text))))
        shares[whose] += got
        n_words, shape = (100 * sum(column) / len(got) for column in zip(*got))
        least, least_shape = (100 * min(column) for column in zip(*got))
        seconds = (time.time() - began) / len(got)
        print(f"{name:44s} {n_words:8.2f} {shape:10.2f} {seconds:8.2f} {least:13.2f} {least_shape:10.2f}")
    found = [line for desk in desks for line in complaints(desk.take("epub"))]
    missed = bool(found)
    print(f"EPUBCheck, {len(desks)} books: {len(found)} complaints (0){' MISSED' if found else ''}", *found[:5], sep="\n  ")
    for whose, said in [("ours", "came back to Stet"), ("theirs", "written by another program, read by Stet")]:
        if got := shares[whose]:
            n_words, shape = (sum(column) / len(got) for column in zip(*got))
            is_missed = n_words < BARS["words"] or shape < BARS["structure"]
            missed |= is_missed
            print(f"{len(got)} files {said}: words {100 * n_words:.2f} (99.9), structure {100 * shape:.2f} (98){' MISSED' if is_missed else ''}")
    shutil.rmtree(folder)
    return missed


if __name__ == "__main__":
    sys.exit(main(str(Path(sys.argv[1]).resolve()), *sys.argv[2:]))
