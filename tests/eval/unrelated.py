#!/usr/bin/env python3
"""How often an unrelated note seems to say an indirect sentence: each article is held against another's text.

usage: unrelated.py ARTICLES.jsonl STET [HOW_MANY]

The note is told to be by everyone the article makes speak, so that the words alone decide."""
import json
import subprocess
import sys
import tempfile
from pathlib import Path


def run(stet, *args):
    done = subprocess.run([stet, *args, "--json"], capture_output=True)
    return json.loads(done.stdout)["quotes"]


def main(articles, stet, n_most="400"):
    texts = [json.loads(line)["text"] for line in open(articles, encoding="utf-8")][: int(n_most)]
    said = {}
    n_indirect = 0
    with tempfile.TemporaryDirectory() as folder:
        draft, notes = Path(folder, "draft.txt"), Path(folder, "notes")
        notes.mkdir()
        for place, text in enumerate(texts):
            draft.write_text(text, encoding="utf-8")
            names = sorted({q["speaker"]["name"] or q["speaker"]["mention"] for q in run(stet, "quotes", draft) if q["speaker"]})
            names = "; ".join(name.replace("\n", " ").replace(";", " ") for name in names)
            other = texts[(place + len(texts) // 2) % len(texts)]
            Path(notes, "note.md").write_text(f"---\nsource: Nobody\naliases: {names}\n---\n{other}\n", encoding="utf-8")
            for quote in run(stet, "check", draft, "--notes", notes):
                if quote["form"] != "indirect":
                    continue
                n_indirect += 1
                said[quote["verdict"]] = said.get(quote["verdict"], 0) + 1
    n_supported = said.get("paraphrase", 0)
    n_told = n_supported + said.get("altered", 0) + said.get("other speaker", 0)
    print(f"unrelated notes: {n_indirect} indirect sentences, paraphrase {n_supported} ({n_supported / max(1, n_indirect):.4f}), "
          f"any passage {n_told} ({n_told / max(1, n_indirect):.4f})")


if __name__ == "__main__":
    main(*sys.argv[1:])
