"""Accepts and rejects all tracked changes of our Word files in LibreOffice, and compares what is left with the texts.

word.py STET CASES OLD NEW: each case of the redline (tests/cases/redlines), and a pair of files. Lines are compared without
white space at their ends, blank lines left out. Exit 1 where one differs. Needs a Python that knows UNO.
"""
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue


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


def left(context, file, command):
    make = context.ServiceManager.createInstanceWithContext
    hidden = PropertyValue(Name="Hidden", Value=True)
    desktop = make("com.sun.star.frame.Desktop", context)
    document = desktop.loadComponentFromURL(file.as_uri(), "_blank", 0, (hidden,))
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
            for title, old, new in pairs:
                (at / "old.md").write_text(old)
                (at / "new.md").write_text(new)
                diff = [stet, "diff", "old.md", "new.md", "--docx", "changes.docx", "--force"]
                subprocess.run(diff, cwd=at, check=True, stdout=subprocess.DEVNULL)
                accepted = left(context, at / "changes.docx", ".uno:AcceptAllTrackedChanges")
                rejected = left(context, at / "changes.docx", ".uno:RejectAllTrackedChanges")
                is_right = (accepted, rejected) == (lines(new), lines(old))
                n_right += is_right
                if not is_right:
                    print(f"differs: {title}")
        finally:
            office.terminate()
            office.wait()
    print(f"{n_right} of {len(pairs)} read the same in LibreOffice, all accepted and all rejected")
    return 0 if n_right == len(pairs) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
