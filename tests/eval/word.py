"""Accepts and rejects all tracked changes of our Word files in LibreOffice, and compares what is left with the texts.
Counts what LibreOffice sees tracked, and how much of it as moved, beside what we told: it takes what was cut and put in again word for word for a move of its own accord.

word.py STET CASES OLD NEW: each case of the redline (tests/cases/redlines), and a pair of files. Lines are compared without
white space at their ends, blank lines left out. Exit 1 where one differs. Needs a Python that knows UNO.
"""
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree

import uno
from com.sun.star.beans import PropertyValue


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FATES = [W + fate for fate in ("ins", "del", "moveFrom", "moveTo")]


def cases(folder):
    for file in sorted(folder.iterdir()):
        for section in file.read_text().split("\n## ")[1:]:
            blocks = [re.search(f"```{kind}\n(.*?)```", section, re.S) for kind in ("old", "new")]
            old, new = (block.group(1).removesuffix("\n") if block else "" for block in blocks)
            yield section.splitlines()[0], old, new


def lines(text):
    return [line.strip() for line in text.replace("\r\n", "\n").split("\n") if line.strip()]


def connect(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(60):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(1)
    sys.exit("LibreOffice did not start within a minute.")


def open_document(context, file):
    hidden = PropertyValue(Name="Hidden", Value=True)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    return desktop.loadComponentFromURL(file.as_uri(), "_blank", 0, (hidden,))


def tracked(context, file):
    """How many runs LibreOffice lists as cut and as put in; and how many ends of moves it writes when it saves the file."""
    document = open_document(context, file)
    redlines, counts = document.getRedlines().createEnumeration(), Counter()
    while redlines.hasMoreElements():
        kind = redlines.nextElement().getPropertyValue("RedlineType")
        counts[kind] += kind in ("Insert", "Delete")
    counts = +counts
    saved = file.with_name("saved.docx")
    document.storeToURL(saved.as_uri(), (PropertyValue(Name="FilterName", Value="MS Word 2007 XML"),))
    document.close(True)
    return counts, moves(saved)


def fates(file):
    """What became of words and of paragraph ends, in order; what stands in a row is one."""
    body = ElementTree.fromstring(zipfile.ZipFile(file).read("word/document.xml"))
    found = []
    for graf in body.iter(f"{W}p"):
        inline = [inner for child in graf for inner in (child if child.tag == f"{W}hyperlink" else [child])]
        found += [child.tag.removeprefix(W) for child in inline if child.tag in FATES or child.tag == f"{W}r"]
        marks = [mark.tag.removeprefix(W) for mark in graf.findall(f"{W}pPr/{W}rPr/*") if mark.tag in FATES]
        found += marks or ["r"]
    return [fate for fate, _ in groupby(found) if fate != "r"]


def moves(file):
    """Rows of words that stand as moved, from and to."""
    return Counter(fate for fate in fates(file) if fate.startswith("move"))


def told(file):
    """The same of the file as we wrote it."""
    kinds = {"del": "Delete", "moveFrom": "Delete", "ins": "Insert", "moveTo": "Insert"}
    return Counter(kinds[fate] for fate in fates(file)), moves(file)


def left(context, file, command):
    make = context.ServiceManager.createInstanceWithContext
    document = open_document(context, file)
    frame = document.CurrentController.Frame
    make("com.sun.star.frame.DispatchHelper", context).executeDispatch(frame, command, "", 0, ())
    words = document.Text.getString()
    document.close(True)
    return lines(words)


def main(stet, folder, old_file, new_file):
    pairs = [*cases(Path(folder)), ("the seed pair", Path(old_file).read_text(), Path(new_file).read_text())]
    with tempfile.TemporaryDirectory() as name:
        at = Path(name)
        pipe = f"stet{time.time_ns()}"
        profile = f"-env:UserInstallation={(at / 'profile').as_uri()}"
        command = ["soffice", "--headless", "--norestore", profile, f"--accept=pipe,name={pipe};urp;"]
        office = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            context, n_right = connect(pipe), 0
            ours, theirs, same = (Counter(), Counter()), (Counter(), Counter()), 0
            for title, old, new in pairs:
                (at / "old.md").write_text(old)
                (at / "new.md").write_text(new)
                diff = [stet, "diff", "old.md", "new.md", "--docx", "changes.docx", "--force"]
                subprocess.run(diff, cwd=at, check=True, stdout=subprocess.DEVNULL)
                accepted = left(context, at / "changes.docx", ".uno:AcceptAllTrackedChanges")
                rejected = left(context, at / "changes.docx", ".uno:RejectAllTrackedChanges")
                is_right = (accepted, rejected) == (lines(new), lines(old))
                n_right += is_right
                told_here, tracked_here = told(at / "changes.docx"), tracked(context, at / "changes.docx")
                if told_here != tracked_here:
                    print(f"counted otherwise: {title}")
                same += told_here == tracked_here
                for sum_of, counts in ((ours, told_here), (theirs, tracked_here)):
                    sum_of[0].update(counts[0])
                    sum_of[1].update(counts[1])
                if not is_right:
                    print(f"differs: {title}")
        finally:
            office.terminate()
            office.wait()
    print(f"{n_right} of {len(pairs)} read the same in LibreOffice, all accepted and all rejected")
    for name, (runs, ends) in (("told by us", ours), ("listed by LibreOffice", theirs)):
        moved = f"rows moved: {ends['moveFrom']} from, {ends['moveTo']} to"
        print(f"{name}: {runs['Delete']} runs cut, {runs['Insert']} put in; {moved}")
    print(f"{same} of {len(pairs)} documents with the very same counts")
    return 0 if n_right == len(pairs) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
