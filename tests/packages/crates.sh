#!/usr/bin/env bash
# Packages the crates of this project as `cargo publish` would, in a copy of the checkout, and looks at what is in them.
#
#   tests/packages/crates.sh              packages them
#   tests/packages/crates.sh --compile    compiles the program from the packages alone, too, and builds a site with it
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
copy=$scratch/copy out=$scratch/out
mkdir "$copy"
git ls-files -z --cached --others --exclude-standard Cargo.toml Cargo.lock README.md bench crates packaging themes |
    tar --null -T - -cf - | tar -xf - -C "$copy"
url=https://git.example.org/ssg
"$copy/packaging/repository.sh" https://elsewhere.example.org/ssg
"$copy/packaging/repository.sh" "$url.git"
(
    cd "$copy"
    git init --quiet
    git add --all
    git -c user.name=test -c user.email=test@localhost commit --quiet --message test
    # Nothing is fetched where a build has been here.
    package=(cargo package --workspace --exclude ssg-bench --exclude ssg-testing --no-verify --target-dir "$out")
    "${package[@]}" --offline >"$scratch/said" 2>&1 || "${package[@]}" >"$scratch/said" 2>&1 || { cat "$scratch/said"; exit 1; }
)
# Tests and examples stay out of packages: they need what lies elsewhere in the repository.
if grep '^warning' "$scratch/said" | grep -v -E '^warning: ignoring (test|example) '; then
    exit 1
fi
mkdir "$scratch/unpacked"
for crate in "$out"/package/*.crate; do
    tar -xzf "$crate" -C "$scratch/unpacked"
done
count=0
for folder in "$scratch"/unpacked/*/; do
    manifest=$folder/Cargo.toml
    for key in description license categories keywords readme 'rust-version'; do
        grep -q "^$key = " "$manifest" || { echo "$manifest: no $key"; exit 1; }
    done
    grep -Fqx "repository = \"$url\"" "$manifest"
    # A way out of the package, or what is not published.
    if grep -E '^path = "\.\./|ssg-testing' "$manifest"; then
        exit 1
    fi
    [[ -z $(find "$folder" -type l) ]]
    count=$((count + 1))
done
expected=$(grep -L '^publish = false' crates/*/Cargo.toml | wc -l)
[[ $count == "$expected" ]] || { echo "$count packages of $expected crates"; exit 1; }
for theme in runbook score; do
    diff -r "themes/$theme" "$(echo "$scratch"/unpacked/ssg-render-*/themes)/$theme"
done
cmp README.md "$(echo "$scratch"/unpacked/ssg-cli-*/README.md)"
# What `cargo binstall` looks for is what releases hold.
python3 -B - "$scratch"/unpacked/ssg-cli-*/Cargo.toml .github/workflows/release.yml <<'END'
import re, sys
try:
    import tomllib
except ImportError:
    sys.exit(0)
package = tomllib.load(open(sys.argv[1], "rb"))["package"]
told, workflow = package["metadata"]["binstall"], open(sys.argv[2]).read()
sys.path.insert(0, "packaging")
import make
values = {"repo": package["repository"], "version": package["version"], "target": "x86_64-unknown-linux-gnu", "archive-suffix": ".tar.gz", "bin": "ssg", "binary-ext": ""}
fill = lambda text: re.sub(r"\{ ([a-z-]+) \}", lambda found: values[found[1]], text)
folder = make.archive_name(package["version"], "x86_64")
assert fill(told["pkg-url"]) == f"{package['repository']}/releases/download/v{package['version']}/{folder}.tar.gz", fill(told["pkg-url"])
assert fill(told["bin-dir"]) == f"{folder}/bin/ssg", fill(told["bin-dir"])
assert told["pkg-fmt"] == "tgz"
assert 'folder="ssg-${GITHUB_REF_NAME#v}-$TARGET"' in workflow and '"target/packages/$folder/bin"' in workflow
END
echo "ok: $count crates are packaged, with the themes"

if [[ ${1:-} == --compile ]]; then
    # As a registry would give them: each from its own package.
    patches=()
    for folder in "$scratch"/unpacked/*/; do
        name=$(basename "$folder")
        patches+=(--config "patch.crates-io.${name%-*}.path='${folder%/}'")
    done
    cd "$scratch"/unpacked/ssg-cli-*/
    # The versions of other people's crates are those of this repository.
    cargo build --quiet "${patches[@]}" --bin ssg --target-dir "${CARGO_TARGET_DIR:-$scratch/target}/packaged"
    ssg="${CARGO_TARGET_DIR:-$scratch/target}/packaged/debug/ssg"
    "$ssg" init --quiet "$scratch/site" </dev/null
    "$ssg" build --quiet --root "$scratch/site"
    test -s "$scratch/site/public/index.html"
    "$ssg" build --root "$scratch/site" 2>&1 | tail -n 1
    echo "ok: the program is compiled from the packages and builds a site"
fi
