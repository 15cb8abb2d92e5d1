#!/usr/bin/env python3
"""Does the work grow with what is written, or with its square?

Writes sites of many kinds, each with n things of one kind and with four times as many, runs `ssg` on both,
and compares how many instructions it takes: time depends on the machine and is only printed. Twice as much of
anything may take 2.6 times as many instructions; what takes more fails, unless kinds.py says why it may.

    tests/scale/scale.py                       all kinds, small: what CI runs
    tests/scale/scale.py --times 8 NAME ...    some kinds, eight times as large
    tests/scale/scale.py --time                where nothing counts instructions: by the processor's time
    tests/scale/scale.py --table               the table of the book

Needs `ssg` (SSG_BIN, else target/debug/ssg) and `valgrind`, or `perf` with a counter of instructions.
"""

import argparse
import concurrent.futures
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from kinds import BARE, KINDS  # noqa: E402

LIMIT = 2.6
SPREAD = 4  # the larger site has so many times as much, that is two doublings
DEEMED = 20_000_000  # fewer instructions more than an empty site's say nothing
ENV = {"PATH": os.environ.get("PATH", ""), "RAYON_NUM_THREADS": "1", "TZ": "UTC", "HOME": "/nonexistent"}


def write(root, files):
    for name, content in files.items():
        path = os.path.join(root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())


def by_valgrind(command):
    valgrind = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
    done = subprocess.run(valgrind + command, env=ENV, capture_output=True, text=True)
    counted = re.search(r"I +refs: +([\d,]+)", done.stderr)
    if not counted:
        raise RuntimeError(f"valgrind counted nothing: {done.stderr[-400:]}")
    return int(counted[1].replace(",", "")), done.returncode


def by_perf(command):
    perf = ["perf", "stat", "-x", ";", "-e", "instructions:u"]
    done = subprocess.run(perf + command, env=ENV, capture_output=True, text=True)
    for line in done.stderr.splitlines():
        if "instructions" in line and line.split(";")[0].isdigit():
            return int(line.split(";")[0]), done.returncode
    raise RuntimeError("perf counted nothing")


def by_time(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, env=ENV, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return int(seconds * 1e9), done.returncode  # about one instruction a nanosecond


def counter():
    """What counts instructions here, or nothing."""
    if shutil.which("perf"):
        try:
            by_perf(["true"])
            return by_perf
        except (RuntimeError, OSError):
            pass
    return by_valgrind if shutil.which("valgrind") else None


class Measure:
    def __init__(self, ssg, count, folder):
        self.ssg, self.count, self.folder, self.empty = ssg, count, folder, {}

    def run(self, name, verb, files):
        root = os.path.join(self.folder, name)
        write(root, files)
        command = [self.ssg, verb, "-q", "--no-cache", "-r", root]
        if verb == "build":
            command += ["-o", os.path.join(root, "public")]
        started = time.monotonic()
        counted, status = self.count(command)
        shutil.rmtree(root)
        return counted, status, time.monotonic() - started

    def baseline(self, verb, is_bare):
        files = {"ssg.toml": 'title = "T"\nbase_url = "https://t.example/"\n', "content/posts/a.md": "x\n"}
        if is_bare:
            files = {**BARE, **files, "ssg.toml": files["ssg.toml"] + 'theme = "bare"\n'}
        return self.run(f"empty-{verb}-{is_bare}", verb, files)[0]

    def kind(self, kind, times):
        size = kind.size * times
        small, status, _ = self.run(f"{kind.name}-small", kind.verb, kind.files(size))
        large, status_large, seconds = self.run(f"{kind.name}-large", kind.verb, kind.files(size * SPREAD))
        base = self.empty[kind.verb, kind.is_bare]
        if kind.status == 2:
            # It ends before there is anything to render.
            base = self.run(f"{kind.name}-least", kind.verb, kind.files(1))[0]
        grown = max(large - base, 1) / max(small - base, DEEMED)
        growth = grown ** (1 / 2)
        wrong = []
        if growth > kind.limit:
            wrong.append(f"grows {growth:.2f} times a doubling, {kind.limit} is the most")
        for got in (status, status_large):
            if got != kind.status:
                wrong.append(f"ssg ends with status {got} and not {kind.status}")
                break
        return kind, size, growth, large - base, seconds, wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="kinds; all where none is named")
    parser.add_argument("--times", type=int, default=1, help="how many times larger than in CI")
    parser.add_argument("--time", action="store_true", help="by the processor's time, alone on the machine")
    parser.add_argument("--table", action="store_true", help="print Markdown")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    count = by_time if options.time else counter()
    if count is None:
        print("skipped: growth (neither valgrind nor a counter of instructions is there; --time goes without)")
        return 0
    unknown = set(options.names) - {kind.name for kind in KINDS}
    if unknown:
        print(f"no such kind: {', '.join(sorted(unknown))}; there are: {', '.join(k.name for k in KINDS)}")
        return 2
    kinds = [kind for kind in KINDS if not options.names or kind.name in options.names]
    here = os.path.dirname(os.path.abspath(__file__))
    ssg = os.environ.get("SSG_BIN") or os.path.join(here, "../../target/debug/ssg")
    failed = 0
    with tempfile.TemporaryDirectory(prefix="ssg-scale-") as folder:
        measure = Measure(os.path.abspath(ssg), count, folder)
        for key in sorted({(kind.verb, kind.is_bare) for kind in kinds}):
            measure.empty[key] = measure.baseline(*key)
        with concurrent.futures.ThreadPoolExecutor(1 if options.time else options.jobs) as pool:
            results = pool.map(lambda kind: measure.kind(kind, options.times), kinds)
            if options.table:
                print("| what there is n times | n | growth a doubling |\n|---|---|---|")
            for kind, size, growth, more, seconds, wrong in results:
                failed += bool(wrong)
                if options.table:
                    why = f" ({kind.why})" if kind.why else ""
                    print(f"| {kind.words}{why} | {size} to {size * SPREAD} | {growth:.1f} |", flush=True)
                else:
                    note = f"  {'; '.join(wrong)}" if wrong else ""
                    print(
                        f"{'!!' if wrong else '  '} {kind.name:24} n={size:<6} x{growth:4.2f}"
                        f" {more / 1e6:9.0f} M {seconds:6.1f} s{note}",
                        flush=True,
                    )
    if failed:
        print(f"{failed} of {len(kinds)} kinds grow too fast, or end otherwise than they should")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
