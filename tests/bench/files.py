#!/usr/bin/env python3
"""Word files in and out, and many notes in: Stet beside pandoc and LibreOffice, as processes, in one run.

Out: a piece that lies on a desk becomes a .docx, its gate asked and its record kept; the peers make one of the same
Markdown (LibreOffice: of an OpenDocument file, since it reads no Markdown). In: a .docx that pandoc made comes to an
empty desk; the peers make Markdown (LibreOffice: plain text) of it. Each figure is the median of ROUNDS; peers that
are not here are left out.
usage: files.py STET [ROUNDS]"""
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from window import draft

N_NOTES, NOTE_BYTES = 500, 20_000
#: Bars of the issue: times pandoc's speed, and MB of notes a second.
BAR_PANDOC, BAR_NOTES = 5, 10


def seconds(*command, cwd):
    began = time.monotonic()
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True)
    took = time.monotonic() - began
    # Stet says 1 where the piece needs an editor.
    if done.returncode not in (0, 1):
        sys.exit(f"{command[0]} failed: {done.stderr}")
    return took


def of_piece(stet, folder, n_words, rounds):
    markdown, desk = folder / "piece.md", folder / "piece.stet"
    markdown.write_text("# The harbour\n\n" + draft(n_words), encoding="utf-8")
    seconds(stet, "--desk", desk, "import", markdown, cwd=folder)
    peer, office = shutil.which("pandoc"), shutil.which("soffice")
    if not peer:
        sys.exit("pandoc is not here: `src-tauri/setup.sh bench` installs it")
    profile = f"-env:UserInstallation=file://{folder}/office"
    for kind in ("docx", "odt"):
        seconds(peer, markdown, "-o", folder / f"peer.{kind}", cwd=folder)
    word = folder / "peer.docx"
    fresh = iter(range(10_000))
    jobs = {
        "out": {
            "Stet": lambda: seconds(stet, "--desk", desk, "export", "piece", "--as", "docx", "-o", folder / f"{next(fresh)}.docx",
                                    "--force", "--why", "measured", cwd=folder),
            "pandoc": lambda: seconds(peer, markdown, "-o", folder / f"{next(fresh)}.docx", cwd=folder),
            "LibreOffice": lambda: seconds(office, profile, "--headless", "--convert-to", "docx", "--outdir", folder / "made",
                                           folder / "peer.odt", cwd=folder),
        },
        "in": {
            "Stet": lambda: seconds(stet, "--desk", folder / f"{next(fresh)}.stet", "import", word, cwd=folder),
            "pandoc": lambda: seconds(peer, word, "-t", "gfm", "-o", folder / f"{next(fresh)}.md", cwd=folder),
            "LibreOffice": lambda: seconds(office, profile, "--headless", "--convert-to", "txt:Text", "--outdir", folder / "made",
                                           word, cwd=folder),
        },
    }
    for way, programs in jobs.items():
        took = {}
        for name, job in programs.items():
            if name != "LibreOffice" or office:
                job()
                took[name] = statistics.median(job() for _ in range(rounds))
        ratio = took["pandoc"] / took["Stet"]
        figures = ", ".join(f"{name} {1000 * of:.0f} ms" for name, of in took.items())
        held = "" if ratio >= BAR_PANDOC else f" MISSED ({BAR_PANDOC})"
        print(f"{n_words:>7} words {way:3}: {figures}; {ratio:.1f} times pandoc{held}", flush=True)


def of_notes(stet, folder):
    notes = folder / "notes"
    notes.mkdir()
    words = draft(N_NOTES * NOTE_BYTES // 5).encode()
    for n in range(N_NOTES):
        said = words[n * NOTE_BYTES : (n + 1) * NOTE_BYTES]
        head = f"---\nsource: Ines Eze\nkind: call\nsaid_at: 2026-11-10\nterms: on the record\n---\nNote {n}. "
        (notes / f"{n}.md").write_bytes(head.encode() + said)
    n_bytes = sum(note.stat().st_size for note in notes.iterdir())
    took = seconds(stet, "--desk", folder / "notes.stet", "import", notes, "--notes", cwd=folder)
    speed = n_bytes / 1e6 / took
    held = "" if speed >= BAR_NOTES else f" MISSED ({BAR_NOTES})"
    print(f"{N_NOTES} notes of {NOTE_BYTES // 1000} kB, kept and indexed: {took:.2f} s, {speed:.1f} MB/s{held}")


def main(stet, rounds="5"):
    print("== files beside pandoc and LibreOffice, as processes")
    for n_words in (10_000, 100_000):
        with tempfile.TemporaryDirectory() as folder:
            of_piece(stet, pathlib.Path(folder), n_words, int(rounds))
    with tempfile.TemporaryDirectory() as folder:
        of_notes(stet, pathlib.Path(folder))


if __name__ == "__main__":
    main(str(pathlib.Path(sys.argv[1]).resolve()), *sys.argv[2:])
