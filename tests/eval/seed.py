#!/usr/bin/env python3
"""How many attributions of the seed article are found, with the right speaker and verdict.

usage: seed.py EXPECTED.json REPORT.json"""
import json
import re
import sys


def words(spans, text):
    return {start + m.start() for start, end in spans for m in re.finditer(r"\w+", text[start:end])}


def main(expected_path, report_path):
    expected = json.load(open(expected_path))
    text = open(expected_path.replace("expected.json", "article.txt")).read()
    found = json.load(open(report_path))["quotes"]
    full = unmarked = spoken = judged = 0
    used = set()
    for want in expected["quotes"]:
        wanted = words([[want["start"], want["end"]]], text)
        best, share = None, 0
        for i, got in enumerate(found):
            have = words(got["content"], text)
            both = 2 * len(wanted & have) / (len(wanted) + len(have)) if wanted & have else 0
            if both > share and i not in used:
                best, share = i, both
        if share < 0.8:
            print("missed:", want["text"][:80])
            continue
        used.add(best)
        got = found[best]
        name = (got["speaker"] or {}).get("name") or (got["speaker"] or {}).get("mention")
        is_speaker, is_verdict = name == want["speaker"], got["verdict"] == want["verdict"]
        spoken += is_speaker
        judged += is_verdict
        full += is_speaker and is_verdict
        unmarked += want["kind"] == "unmarked" == got["form"]
        if not (is_speaker and is_verdict):
            print(f"{want['text'][:60]!r}: speaker {name!r} for {want['speaker']!r}, {got['verdict']} for {want['verdict']}")
    n_unmarked = sum(want["kind"] == "unmarked" for want in expected["quotes"])
    furniture = sum(q["content"][0][0] >= expected["furniture_from"] for q in found)
    extra = [q["text"][:60] for i, q in enumerate(found) if i not in used]
    print(f"seed: {full} of {len(expected['quotes'])} whole ({len(used)} found, {spoken} speakers, {judged} verdicts), "
          f"{unmarked} of {n_unmarked} unmarked, {furniture} in furniture, {len(extra)} others {extra}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
