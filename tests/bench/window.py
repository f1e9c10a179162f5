#!/usr/bin/env python3
"""Start and memory with a 10,000-word draft open: Stet beside FocusWriter and LibreOffice Writer, one run, one machine.

Start: from the process's start until a window that names the document is on the screen; Stet begins
with its list of pieces, so Enter is pressed there and counted in. Memory: the proportional set
size (PSS) of the program and all it started, 5 s later. Each is the median of ROUNDS starts, after one warm-up.
usage: window.py [ROUNDS]"""
import os
import pathlib
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORDS = 10_000
SUBJECTS = "The harbour office|A clerk of the county|The night ferry|Her deputy|The boatmen's union|An auditor".split("|")
VERBS = "opened|counted|delayed|mended|weighed|described|withdrew|published".split("|")
OBJECTS = "the ledger of the north berth|a plan for the winter timetable|forty crates of rope|the minutes of the meeting|an offer nobody had asked for".split("|")


def draft(n_words):
    """Plain news-like copy of at least n_words words, the same each time."""
    chance = random.Random(1)
    grafs, n = [], 0
    while n < n_words:
        graf = " ".join(f"{chance.choice(SUBJECTS)} {chance.choice(VERBS)} {chance.choice(OBJECTS)}." for _ in range(5))
        grafs.append(graf)
        n += len(graf.split())
    return "\n\n".join(grafs) + "\n"


def processes(leader):
    """The program and all it started: whatever runs in the session that its leader began."""
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                stat = open(f"/proc/{entry}/stat").read()
                if int(stat.rsplit(")", 1)[1].split()[3]) == leader:
                    found.append(int(entry))
            except OSError:
                pass
    return found


def pss_mib(pids):
    total = 0
    for pid in pids:
        try:
            for line in open(f"/proc/{pid}/smaps_rollup"):
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        except OSError:
            pass
    return total / 1024


def is_shown(env, name):
    found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", name], env=env, capture_output=True, text=True)
    return bool(found.stdout.strip())


def press_enter(env, name):
    """Opens the piece the desk has selected, as an editor would: Stet begins with its list of pieces."""
    shown = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", name], env=env, capture_output=True, text=True)
    for window in shown.stdout.split()[:1]:
        subprocess.run(["xdotool", "windowfocus", window, "key", "Return"], env=env, capture_output=True)
        time.sleep(0.05)


def start(command, name, env, desk_name=None):
    """-> (seconds to a visible window that names the piece, MiB) or None when none came within a minute."""
    began = time.monotonic()
    child = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        while not is_shown(env, name):
            if time.monotonic() - began > 60:
                return None
            if desk_name:
                press_enter(env, desk_name)
            time.sleep(0.01)
        seconds = time.monotonic() - began
        time.sleep(5)
        return seconds, pss_mib(processes(child.pid))
    finally:
        for pid in processes(child.pid):
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
        child.wait()
        while is_shown(env, name):
            time.sleep(0.05)


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    folder = pathlib.Path(tempfile.mkdtemp(prefix="stet-bench-"))
    display = subprocess.Popen(["Xvfb", "-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset"], stdout=subprocess.PIPE, text=True)
    env = {**os.environ, "DISPLAY": f":{display.stdout.readline().strip()}", "HOME": str(folder), "XDG_DATA_HOME": str(folder / "data"), "XDG_CONFIG_HOME": str(folder / "config"), "GDK_BACKEND": "x11", "QT_QPA_PLATFORM": "xcb", "SAL_USE_VCLPLUGIN": "gen"}
    try:
        text = folder / "benchpiece.txt"
        text.write_text(draft(WORDS))
        desk = folder / "desk.sqlite"
        subprocess.run([ROOT / "target/release/stet", "import", text, "--desk", desk], check=True, stdout=subprocess.DEVNULL)
        programs = [
            ("Stet", [str(ROOT / "target/release/stet-desk"), "--desk", str(desk)], "^Stet"),
            ("FocusWriter", ["focuswriter", str(text)], None),
            ("LibreOffice Writer", ["soffice", "--norestore", "--nologo", "--nofirststartwizard", f"-env:UserInstallation=file://{folder}/office", "--writer", str(text)], None),
        ]
        print(f"{WORDS} words open, median of {rounds} warm starts")
        print(f"{'program':20} {'start s':>8} {'PSS MiB':>8}")
        for name, command, desk_name in programs:
            if not shutil.which(command[0]):
                print(f"{name:20} not installed")
                continue
            runs = [start(command, "benchpiece", env, desk_name) for _ in range(rounds + 1)][1:]
            runs = [run for run in runs if run]
            if not runs:
                print(f"{name:20} showed no window that names the piece within a minute")
                continue
            print(f"{name:20} {statistics.median(r[0] for r in runs):8.2f} {statistics.median(r[1] for r in runs):8.0f}", flush=True)
    finally:
        display.kill()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
