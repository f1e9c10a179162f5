#!/usr/bin/env python3
"""Which of the quotes the scorer calls falsely verbatim stand word for word in a note of the very speaker.

usage: false_verbatim.py SCORES.txt

The maker of the stories may give two people the same words, and then calls a quote of one *other speaker* though the
other said it too: that is verbatim. Exit 1 when any other is left."""
import json
import re
import sys
from pathlib import Path


def main(scores):
    told = [line for line in open(scores, encoding="utf-8") if line.startswith("FALSE VERBATIM")]
    n_own = 0
    for line in told:
        story, start = re.match(r"FALSE VERBATIM (\S+) (['\"].*['\"]) \S", line).groups()
        start = start[1:-1]
        quotes = json.load(open(Path(story, "gold.json"), encoding="utf-8"))["quotes"]
        is_it = lambda quote: repr(quote["text"][:90])[1:-1] == start and quote["planted"] == "other speaker"
        quote = next(filter(is_it, quotes), None)
        if not quote:
            continue
        note = Path(story, "notes", quote["speaker"].split()[1].lower() + ".md").read_text(encoding="utf-8")
        n_own += quote["text"][1:] in note
    print(f"of {len(told)} called false verbatim {n_own} stand in a note of the speaker: {len(told) - n_own} false")
    return len(told) > n_own


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
