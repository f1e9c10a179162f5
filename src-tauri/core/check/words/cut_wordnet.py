#!/usr/bin/env python3
"""Cuts WordNet 3.0 to the table the paraphrase check needs: python3 cut_wordnet.py /usr/share/wordnet > wordnet.txt

Each line is one group of words that may stand for each other; words of one line are synonyms (a synset) or
derived forms of each other (`+` pointers). Only senses that WordNet's tagged texts show in use are kept
(or a word's first), and only single words in lower case. Lines that begin with `=` give an irregular form and its base."""
import re, sys
from collections import defaultdict
D = sys.argv[1]
POS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
TAG = defaultdict(int); FIRST = set()
for pos, p in POS.items():
    for line in open(f"{D}/index.{pos}"):
        if line.startswith(" "): continue
        f = line.split(); lemma = f[0]; n_ptr = int(f[3]); rest = f[4 + n_ptr:]
        n_tag = int(rest[1]); offs = rest[2:]
        for i, o in enumerate(offs):
            if i < n_tag and i < 5: TAG[(lemma, o, p)] = 2
            elif i == 0: TAG[(lemma, o, p)] = 1
print(len(TAG), file=sys.stderr)
ok = lambda w: re.fullmatch(r"[a-z]{3,14}", w)
syn = {}; ptr = {}
for pos, p in POS.items():
    for line in open(f"{D}/data.{pos}"):
        if line.startswith(" "): continue
        f = line.split(" | ")[0].split(); off = f[0]; n = int(f[3], 16)
        words = [re.sub(r"\(.*", "", f[4 + 2 * i]).lower() if f[4+2*i].islower() else "" for i in range(n)]
        syn[(off, p)] = words
        at = 4 + 2 * n; k = int(f[at]); q = f[at + 1:]
        ptr[(off, p)] = [(q[4*i], q[4*i+1], q[4*i+2].replace("s", "a"), int(q[4*i+3][:2], 16), int(q[4*i+3][2:], 16)) for i in range(k)]
freq = defaultdict(int)
for line in open(f"{D}/cntlist.rev"):
    k, _, c = line.split(); freq[k.split("%")[0]] += int(c)
groups = set(); derived = set()
for (off, p), words in syn.items():
    live = [w for w in words if ok(w) and TAG.get((w, off, p), 0) >= 1 and freq[w] >= 1]
    if len(live) > 1: groups.add(" ".join(sorted(set(live))))
    for sym, o2, p2, s, t in ptr[(off, p)]:
        if sym == "+" and s and t:
            a = words[s-1]; b = syn[(o2, p2)][t-1]
            if ok(a) and ok(b) and a != b and (freq[a] >= 1 or freq[b] >= 1) and TAG.get((a, off, p), 0) and TAG.get((b, o2, p2), 0):
                derived.add(tuple(sorted((a, b))))
up = set()
N_SENSES = {"v": 2, "n": 1}
for pos, p in (("verb", "v"), ("noun", "n")):
    for line in open(f"{D}/index.{pos}"):
        if line.startswith(" "): continue
        f = line.split(); lemma = f[0]; rest = f[4 + int(f[3]):]
        if not ok(lemma) or freq[lemma] < 1: continue
        for off in rest[2:2 + N_SENSES[p]]:
            for sym, o2, p2, s, t in ptr[(off, p)]:
                if sym == "@":
                    parents = [w for w in syn[(o2, p2)] if ok(w) and TAG.get((w, o2, p2), 0) == 2]
                    for w in parents[:2]:
                        if w != lemma: up.add((lemma, w))
for (off, p), words in syn.items():  # an adjective and the one it is near to
    for sym, o2, p2, s, t in ptr[(off, p)]:
        if sym == "&" and p == "a":
            for a in words:
                for b in syn[(o2, p2)]:
                    if ok(a) and ok(b) and TAG.get((a, off, p), 0) == 2 and TAG.get((b, o2, p2), 0) == 2: up.add((a, b))
n_child = defaultdict(int)
for _, w in up: n_child[w] += 1
up = {(a, b) for a, b in up if n_child[b] <= 60}
irr = set()
known = {w for g in groups for w in g.split()} | {w for d in derived for w in d}
for x in ("verb", "noun", "adj"):
    for line in open(f"{D}/{x}.exc"):
        f = line.split()
        if ok(f[0]) and ok(f[1]) and freq[f[1]] >= 1 : irr.add((f[0], f[1]))
print(len(groups), len(derived), len(irr), file=sys.stderr)
sys.stdout.write("\n".join(sorted(groups)) + "\n")
for a, b in sorted(derived): print(f"+{a} {b}")
for a, b in sorted(up): print(f"^{a} {b}")
for a, b in sorted(irr): print(f"={a} {b}")
