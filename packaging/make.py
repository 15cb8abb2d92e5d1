#!/usr/bin/env python3
"""Makes packages of a binary that is built: a tarball, a Debian package, a Python wheel and an npm package, and a list of
what the program is made of.

    packaging/make.py target/release/ssg                    all of them, to target/packages
    packaging/make.py target/release/ssg --out DIR deb      one of them

The same binary and the same commit give the same bytes: every file bears the time of the commit
(SOURCE_DATE_EPOCH, where that is set), and nothing is told of the machine. Needs Python 3.9, and `cargo` for the
licences of what the program is made of.
"""

import argparse
import base64
import functools
import glob
import gzip
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SUMMARY = "A static site generator for blogs about DevOps events"
LICENCE = "MIT OR Apache-2.0"
NAME_AT_PYPI = "ssg-events"
NAME_AT_NPM = "ssg-events"
MAINTAINER = "The ssg developers <ssg@localhost>"


def output_of(*command, cwd=ROOT):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=cwd).stdout


def commit_time():
    known = os.environ.get("SOURCE_DATE_EPOCH")
    if known:
        return int(known)
    try:
        return int(output_of("git", "log", "-1", "--format=%ct"))
    except (OSError, subprocess.CalledProcessError, ValueError):
        return 1_600_000_000


class Binary:
    """The program, and what it says of itself."""

    def __init__(self, path):
        self.path = os.path.abspath(path)
        with open(self.path, "rb") as file:
            self.bytes = file.read()
        self.version = output_of(self.path, "--version").decode().split()[1]
        self.machine = machine_of(self.bytes)
        versions = set(re.findall(rb"GLIBC_(\d+)\.(\d+)", self.bytes))
        self.glibc = max(((int(a), int(b)) for a, b in versions), default=None)

    def manual(self):
        with tempfile.TemporaryDirectory() as folder:
            output_of(self.path, "manual", folder)
            pages = sorted(os.listdir(folder))
            return {name: open(os.path.join(folder, name), "rb").read() for name in pages}

    def completions(self, shell):
        return output_of(self.path, "completions", shell)


def machine_of(binary):
    """The machine that an ELF file is for, by its header."""
    if binary[:4] != b"\x7fELF":
        sys.exit("packages are made of binaries for Linux; archives for other systems hold the program and its licences")
    machines = {62: "x86_64", 183: "aarch64"}
    number = int.from_bytes(binary[18:20], "little")
    if number not in machines:
        sys.exit(f"no name is known for machine {number} of the ELF header")
    return machines[number]


def purl(package):
    return f"pkg:cargo/{package['name']}@{package['version']}"


@functools.cache
def crates():
    """All crates of others that the program is made of, as `cargo metadata` tells them, by name and version; and the
    names of crates of others that each of them needs, under "" those that the program itself does."""
    metadata = json.loads(output_of("cargo", "metadata", "--format-version", "1", "--locked", "--features", "ssg-cli/cards,ssg-cli/external,ssg-cli/lsp,ssg-cli/pictures", "--filter-platform", "x86_64-unknown-linux-gnu"))
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    needs, seen, open_ones = {"": set()}, set(), [id for id, package in packages.items() if package["name"] == "ssg-cli"]
    while open_ones:
        one = open_ones.pop()
        if one in seen:
            continue
        seen.add(one)
        name = purl(packages[one]) if packages[one]["source"] else ""
        for dependency in nodes[one]["deps"]:
            if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                open_ones.append(dependency["pkg"])
                if packages[dependency["pkg"]]["source"]:
                    needs.setdefault(name, set()).add(purl(packages[dependency["pkg"]]))
    foreign = [packages[id] for id in seen if packages[id]["source"]]
    return sorted(foreign, key=lambda package: (package["name"], package["version"])), needs


def third_parties():
    """Names and licences of all crates that the program is made of, with their texts, each once."""
    texts, lines = {}, []
    for package in crates()[0]:
        name = f"{package['name']} {package['version']}"
        lines.append(f"{name}: {package['license'] or 'see its text'}")
        folder = os.path.dirname(package["manifest_path"])
        found = sorted(path for pattern in ("LICEN[CS]E*", "COPYING*", "NOTICE*", "vendor/COPYING", "assets/*/LICEN[CS]E*") for path in glob.glob(os.path.join(folder, pattern)))
        for path in filter(os.path.isfile, found):
            with open(path, encoding="utf-8", errors="replace") as file:
                texts.setdefault(file.read().strip(), []).append(name)
    parts = ["The program is made of these, besides code of its own:\n\n" + "\n".join(lines)]
    for text, names in sorted(texts.items(), key=lambda item: item[1]):
        parts.append("-" * 80 + "\n" + ", ".join(dict.fromkeys(names)) + "\n\n" + text)
    return ("\n\n".join(parts) + "\n").encode()


def read(name):
    with open(os.path.join(ROOT, name), "rb") as file:
        return file.read()


@functools.cache
def licences():
    return {"LICENSE-APACHE": read("LICENSE-APACHE"), "LICENSE-MIT": read("LICENSE-MIT"), "THIRD-PARTY.txt": third_parties()}


def tar_gz(files, when):
    """An archive of files (name → bytes and mode), all of root, in their order, with their folders."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as zipped, tarfile.open(fileobj=zipped, mode="w", format=tarfile.GNU_FORMAT) as tar:
        folders = set()
        for name, (content, mode) in sorted(files.items()):
            parts = name.split("/")[:-1]
            for depth in range(1, len(parts) + 1):
                folder = "/".join(parts[:depth])
                if folder not in folders and folder != ".":
                    folders.add(folder)
                    entry = tarfile.TarInfo(folder)
                    entry.type, entry.mode, entry.mtime = tarfile.DIRTYPE, 0o755, when
                    tar.addfile(entry)
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode, entry.mtime = len(content), mode, when
            entry.uname = entry.gname = "root"
            tar.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


def usual_files(binary):
    """What lies below /usr, or in an archive: the program, its manual and its completions."""
    files = {"bin/ssg": (binary.bytes, 0o755)}
    for name, page in binary.manual().items():
        files[f"share/man/man1/{name}"] = (page, 0o644)
    for shell, name in [("bash", "bash-completion/completions/ssg"), ("zsh", "zsh/site-functions/_ssg"), ("fish", "fish/vendor_completions.d/ssg.fish")]:
        files[f"share/{name}"] = (binary.completions(shell), 0o644)
    return files


def archive_name(version, machine):
    """Name of the archive for Linux without its end, and of the one folder in it. `cargo binstall` knows it by the metadata
    of ssg-cli, and workflows that `ssg init --ci` writes by their text."""
    return f"ssg-{version}-{machine}-unknown-linux-gnu"


def make_tarball(binary, when):
    name = archive_name(binary.version, binary.machine)
    files = usual_files(binary)
    files.update({name: (content, 0o644) for name, content in licences().items()})
    files["README.md"] = (read("README.md"), 0o644)
    return f"{name}.tar.gz", tar_gz({f"{name}/{path}": file for path, file in files.items()}, when)


def make_deb(binary, when):
    """<https://manpages.debian.org/unstable/dpkg-dev/deb.5.en.html>"""
    architecture = {"x86_64": "amd64", "aarch64": "arm64"}[binary.machine]
    files = {}
    for path, (content, mode) in usual_files(binary).items():
        if path.startswith("share/man/"):
            path, content = path + ".gz", gzip.compress(content, mtime=0)
        if path.startswith("share/zsh/site-functions/"):
            path = path.replace("site-functions", "vendor-completions")
        files[f"./usr/{path}"] = (content, mode)
    parts = licences()
    own = b"Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: ssg\n\nFiles: *\nCopyright: the ssg developers\nLicense: MIT or Apache-2.0\n\n"
    texts = b"".join(b"License text:\n" + b"\n".join(b" " + line for line in parts[name].splitlines()) + b"\n\n" for name in ("LICENSE-MIT", "LICENSE-APACHE"))
    files["./usr/share/doc/ssg/copyright"] = (own + texts, 0o644)
    files["./usr/share/doc/ssg/THIRD-PARTY.txt.gz"] = (gzip.compress(parts["THIRD-PARTY.txt"], mtime=0), 0o644)
    files["./usr/share/doc/ssg/changelog.gz"] = (gzip.compress(read("CHANGELOG.md"), mtime=0), 0o644)
    size = sum(len(content) for content, _ in files.values()) // 1024 + 1
    needs = f"libc6 (>= {binary.glibc[0]}.{binary.glibc[1]}), libgcc-s1" if binary.glibc else "libc6"
    control = (
        f"Package: ssg\nVersion: {binary.version}\nArchitecture: {architecture}\nMaintainer: {MAINTAINER}\nInstalled-Size: {size}\n"
        f"Depends: {needs}\nRecommends: git\nSection: web\nPriority: optional\nDescription: {SUMMARY}\n"
        " Events, talks, speakers, tools and recaps are kinds of page that know of\n each other. Builds are incremental and exact.\n"
    )
    sums = "".join(f"{hashlib.md5(content).hexdigest()}  {path[2:]}\n" for path, (content, _) in sorted(files.items()))
    members = [
        ("debian-binary", b"2.0\n"),
        ("control.tar.gz", tar_gz({"./control": (control.encode(), 0o644), "./md5sums": (sums.encode(), 0o644)}, when)),
        ("data.tar.gz", tar_gz(files, when)),
    ]
    packed = b"!<arch>\n"
    for name, content in members:
        packed += f"{name:<16}{when:<12}{0:<6}{0:<6}{'100644':<8}{len(content):<10}`\n".encode() + content + b"\n" * (len(content) % 2)
    return f"ssg_{binary.version}_{architecture}.deb", packed


def make_wheel(binary, when):
    """<https://packaging.python.org/en/latest/specifications/binary-distribution-format/>"""
    glibc = binary.glibc or (2, 17)
    tag = f"py3-none-manylinux_{glibc[0]}_{glibc[1]}_{binary.machine}"
    name = NAME_AT_PYPI.replace("-", "_")
    info = f"{name}-{binary.version}.dist-info"
    files = {f"{name}-{binary.version}.data/scripts/ssg": (binary.bytes, 0o755)}
    files.update({f"{info}/licenses/{file}": (content, 0o644) for file, content in licences().items()})
    about = f"Metadata-Version: 2.4\nName: {NAME_AT_PYPI}\nVersion: {binary.version}\nSummary: {SUMMARY}\nLicense-Expression: {LICENCE}\nRequires-Python: >=3.8\nDescription-Content-Type: text/markdown\n\n"
    files[f"{info}/METADATA"] = (about.encode() + read("README.md"), 0o644)
    files[f"{info}/WHEEL"] = (f"Wheel-Version: 1.0\nGenerator: ssg packaging\nRoot-Is-Purelib: false\nTag: {tag}\n".encode(), 0o644)
    digest = lambda content: base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    record = "".join(f"{path},sha256={digest(content)},{len(content)}\n" for path, (content, _) in sorted(files.items()))
    files[f"{info}/RECORD"] = (f"{record}{info}/RECORD,,\n".encode(), 0o644)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as wheel:
        for path, (content, mode) in sorted(files.items()):
            entry = zipfile.ZipInfo(path, time.gmtime(when)[:6])
            entry.external_attr, entry.compress_type, entry.create_system = (0o100000 | mode) << 16, zipfile.ZIP_DEFLATED, 3
            wheel.writestr(entry, content)
    return f"{name}-{binary.version}-{tag}.whl", packed.getvalue()


def make_npm(binary, when):
    """One package with the program for this machine; <https://docs.npmjs.com/cli/configuring-npm/package-json>"""
    cpu = {"x86_64": "x64", "aarch64": "arm64"}[binary.machine]
    package = {
        "name": NAME_AT_NPM,
        "version": binary.version,
        "description": SUMMARY,
        "license": LICENCE,
        "bin": {"ssg": "bin/ssg"},
        "files": ["bin", "LICENSE-APACHE", "LICENSE-MIT", "THIRD-PARTY.txt"],
        "os": ["linux"],
        "cpu": [cpu],
        "libc": ["glibc"],
    }
    files = {"package.json": (json.dumps(package, indent=2).encode() + b"\n", 0o644), "bin/ssg": (binary.bytes, 0o755), "README.md": (read("README.md"), 0o644)}
    files.update({name: (content, 0o644) for name, content in licences().items()})
    return f"{NAME_AT_NPM}-{binary.version}-linux-{cpu}.tgz", tar_gz({f"package/{path}": file for path, file in files.items()}, when)


def make_sbom(binary, when):
    """What the program is made of, in CycloneDX; <https://cyclonedx.org/docs/1.5/json/>"""

    def component(package):
        about = {
            "type": "library",
            "bom-ref": purl(package),
            "name": package["name"],
            "version": package["version"],
            "purl": purl(package),
        }
        if package["license"]:
            # A slash is how licences were once told apart in manifests.
            about["licenses"] = [{"expression": re.sub(r"\s*/\s*", " OR ", package["license"])}]
        return about

    own = f"pkg:cargo/ssg-cli@{binary.version}"
    packages, needs = crates()
    edges = [{"ref": own, "dependsOn": sorted(needs[""])}]
    edges += [{"ref": purl(package), "dependsOn": sorted(needs.get(purl(package), ()))} for package in packages]
    bom = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(when)),
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": "ssg",
                "version": binary.version,
                "description": SUMMARY,
                "licenses": [{"expression": LICENCE}],
                "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(binary.bytes).hexdigest()}],
            },
        },
        "components": [component(package) for package in packages],
        "dependencies": edges,
    }
    return f"ssg-{binary.version}-{binary.machine}.cdx.json", json.dumps(bom, indent=1).encode() + b"\n"


KINDS = {"tarball": make_tarball, "deb": make_deb, "wheel": make_wheel, "npm": make_npm, "sbom": make_sbom}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"{', '.join(KINDS)}; without any, all")
    parser.add_argument("--out", default=os.path.join(ROOT, "target", "packages"))
    options = parser.parse_intermixed_args()
    unknown = [kind for kind in options.kinds if kind not in KINDS]
    if unknown:
        parser.error(f"no kind of package: {', '.join(unknown)} (there are {', '.join(KINDS)})")
    binary, when = Binary(options.binary), commit_time()
    os.makedirs(options.out, exist_ok=True)
    sums = []
    for kind in options.kinds or KINDS:
        name, content = KINDS[kind](binary, when)
        with open(os.path.join(options.out, name), "wb") as file:
            file.write(content)
        sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
        print(f"{len(content) / 1e6:7.1f} MB  {name}")
    with open(os.path.join(options.out, "SHA256SUMS"), "w") as file:
        file.writelines(sums)


if __name__ == "__main__":
    main()
