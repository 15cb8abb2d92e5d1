#!/usr/bin/env python3
"""Prints a Homebrew formula for the archives of a release.

    packaging/formula.py https://git.example.org/ssg v0.1.0 target/packages > ssg.rb

The first is where the repository is, the second the tag, the third a folder with the archives; those that are in it are in
the formula, with their digests. A tap is a repository with the file in its folder `Formula`. Needs Python 3.9.
"""

import hashlib
import os
import re
import sys

# A checkout stays as it is.
sys.dont_write_bytecode = True
from make import ROOT, SUMMARY

# In the form of <https://docs.brew.sh/Formula-Cookbook>.
SYSTEMS = {
    "macos": {"arm": "aarch64-apple-darwin", "intel": "x86_64-apple-darwin"},
    "linux": {"arm": "aarch64-unknown-linux-gnu", "intel": "x86_64-unknown-linux-gnu"},
}
FORMULA = """\
class Ssg < Formula
  desc "{summary}"
  homepage "{repository}"
  version "{version}"
  license any_of: ["MIT", "Apache-2.0"]

{archives}
  def install
    bin.install "bin/ssg"
    generate_completions_from_executable(bin/"ssg", "completions")
    system bin/"ssg", "manual", buildpath/"man"
    man1.install Dir[buildpath/"man/*.1"]
  end

  test do
    system bin/"ssg", "init", "site"
    system bin/"ssg", "build", "--root", "site"
    assert_path_exists testpath/"site/public/index.html"
  end
end
"""


def archives(repository, tag, folder):
    lines = []
    for system, machines in SYSTEMS.items():
        block = []
        for machine, target in machines.items():
            name = f"ssg-{tag[1:]}-{target}.tar.gz"
            path = os.path.join(folder, name)
            if os.path.exists(path):
                with open(path, "rb") as file:
                    digest = hashlib.sha256(file.read()).hexdigest()
                block += [f"    on_{machine} do", f'      url "{repository}/releases/download/{tag}/{name}"', f'      sha256 "{digest}"', "    end"]
        if block:
            lines += [f"  on_{system} do", *block, "  end", ""]
    return "\n".join(lines)


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    repository, tag, folder = sys.argv[1].rstrip("/"), sys.argv[2], sys.argv[3]
    if not re.fullmatch(r"https://[A-Za-z0-9._~:/-]+", repository) or not re.fullmatch(r"v[0-9][0-9A-Za-z.+-]*", tag):
        sys.exit(f"no repository and tag: {repository} {tag} (such as https://git.example.org/ssg v0.1.0)")
    found = archives(repository, tag, folder)
    if not found:
        sys.exit(f"no archive of {tag} is in {os.path.relpath(folder, ROOT)}")
    print(FORMULA.format(summary=SUMMARY.replace("A static", "Static"), repository=repository, version=tag[1:], archives=found), end="")


if __name__ == "__main__":
    main()
