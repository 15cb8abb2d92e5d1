#!/usr/bin/env python3
"""How many instructions do whole builds take, beside what they took before?

Builds a small site - posts, events, talks, speakers - cold, with nothing changed, and after edits, and prints the
instructions of each beside those written down in builds.txt. Nothing fails: the figures of two compilers differ by more
than many a change. Who sees a slow change here measures it with `just bench`.

    tests/scale/builds.py            what CI runs
    tests/scale/builds.py --accept   writes builds.txt

Needs what scale.py needs.
"""

import os
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from scale import counter, write  # noqa: E402

KNOWN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "builds.txt")
SSG = os.path.abspath(os.environ.get("SSG_BIN", "target/debug/ssg"))
WRITTEN, EDITED = 1_600_000_000, 1_600_000_100  # files as young as a build would be read once more by the next
TEXT = "A paragraph with *emphasis*, `code` and a [link](/posts/p1/), as long as such paragraphs are.\n\n"


def site():
    files = {"ssg.toml": 'title = "Builds"\nbase_url = "https://builds.example"\n[theme]\nname = "runbook"\n'}
    for n in range(60):
        files[f"content/posts/p{n}.md"] = (
            f"+++\ntitle = \"Post {n}\"\ndate = {2010 + n % 12}-03-{1 + n % 28:02}\ntools = [\"Tool {n % 7}\"]\n"
            f"authors = [\"Person {n % 9}\"]\n+++\n{TEXT}## A heading\n\n{TEXT}```yaml\nkey: {n}\nother: [1, 2]\n```\n\n- one\n- two\n"
        )
    for n in range(6):
        rows = "".join(
            f"[[event.schedule]]\nstarts = 2015-0{n + 1}-10T{9 + t:02}:00:00\nroom = \"Hall\"\ntalk = \"t{t}\"\n" for t in range(5)
        )
        files[f"content/events/e{n}/index.md"] = (
            f"+++\ntitle = \"Event {n}\"\n[event]\nstart = 2015-0{n + 1}-10\ntimezone = \"Europe/Brussels\"\ncity = \"Ghent\"\n{rows}+++\n{TEXT}"
        )
        for t in range(5):
            files[f"content/events/e{n}/talks/t{t}.md"] = (
                f"+++\ntitle = \"Talk {t} of {n}\"\nspeakers = [\"Person {(n + t) % 9}\"]\ntools = [\"Tool {t}\"]\n+++\n{TEXT}"
            )
    return files


def edit(root, path, old, new):
    path = os.path.join(root, path)
    with open(path) as file:
        text = file.read()
    assert old in text, f"{path} has no {old!r}"
    with open(path, "w") as file:
        file.write(text.replace(old, new, 1))
    os.utime(path, (EDITED, EDITED))


def main():
    count = counter()
    if count is None:
        print("skipped: instructions of builds (neither valgrind nor a counter of instructions is there)")
        return
    edits = [
        ("cold", None),
        ("nothing changed", None),
        ("a post's text", ("content/posts/p30.md", "- two", "- two and more")),
        ("a talk's title", ("content/events/e3/talks/t2.md", "Talk 2", "Lecture 2")),
        ("the site's title", ("ssg.toml", "Builds", "Buildings")),
    ]
    known = {}
    if os.path.exists(KNOWN):
        with open(KNOWN) as file:
            known = {name: int(number) for number, name in (line.rstrip("\n").split(" ", 1) for line in file)}
    now = {}
    with tempfile.TemporaryDirectory() as root:
        files = site()
        write(root, files)
        for name in files:
            os.utime(os.path.join(root, name), (WRITTEN, WRITTEN))
        for name, change in edits:
            if change:
                edit(root, *change)
            instructions, status = count([SSG, "build", "-q", "--date", "2026-11-29", "-r", root])
            assert status == 0, f"{name}: status {status}"
            now[name] = instructions
    print("instructions of builds, in millions, beside those written down:")
    for name, instructions in now.items():
        before = known.get(name)
        ratio = f"{instructions / before:6.3f}" if before else "   new"
        print(f"{instructions / 1e6:10.1f} {ratio}  {name}")
    if "--accept" in sys.argv:
        with open(KNOWN, "w") as file:
            file.writelines(f"{number} {name}\n" for name, number in now.items())


if __name__ == "__main__":
    main()
