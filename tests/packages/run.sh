#!/usr/bin/env bash
# Makes the packages of a binary twice, compares them, and installs, uses and removes each in a folder of its own.
#
#   tests/packages/run.sh target/debug/ssg
#
# What needs a program that is not there is skipped with a line.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
binary=$(realpath "${1:-target/debug/ssg}")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

python3 packaging/make.py "$binary" --out "$scratch/first"
python3 packaging/make.py "$binary" --out "$scratch/second" >/dev/null
diff -r "$scratch/first" "$scratch/second"
echo "ok: twice the same bytes"
grep -q '"purl": "pkg:cargo/tera@' "$scratch"/first/*.cdx.json
export HOME=$scratch/home
mkdir -p "$HOME"
(cd "$scratch/first" && sha256sum --quiet -c SHA256SUMS)

# Starts a site and builds it with the program that is named.
try() {
    local site=$scratch/site-$2
    "$1" init --quiet "$site" </dev/null
    "$1" build --quiet --root "$site" --output-dir "$site/public"
    test -s "$site/public/index.html"
    echo "ok: $2"
}

mkdir "$scratch/tarball"
tar -xzf "$scratch"/first/*.tar.gz -C "$scratch/tarball"
try "$(echo "$scratch"/tarball/*/bin/ssg)" tarball
test -s "$(echo "$scratch"/tarball/*/share/man/man1/ssg-build.1)"
grep -q 'Apache License' "$(echo "$scratch"/tarball/*/LICENSE-APACHE)"
grep -q '^tera ' "$(echo "$scratch"/tarball/*/THIRD-PARTY.txt)"
grep -q 'Bitstream Vera Fonts Copyright' "$(echo "$scratch"/tarball/*/THIRD-PARTY.txt)"

if command -v dpkg >/dev/null; then
    root=$scratch/debian
    mkdir -p "$root"/var/lib/dpkg/{info,updates}
    touch "$root/var/lib/dpkg/status"
    # The folder has no other packages, so what this one depends on is looked for in the system.
    dpkg="dpkg --root=$root --log=$scratch/dpkg.log --force-not-root --force-depends --force-script-chrootless"
    $dpkg -i "$scratch"/first/*.deb >/dev/null 2>"$scratch/dpkg.err" || { cat "$scratch/dpkg.err"; exit 1; }
    try "$root/usr/bin/ssg" "Debian package"
    $dpkg --verify ssg
    $dpkg -r ssg >/dev/null 2>&1
    test ! -e "$root/usr/bin/ssg" && test ! -e "$root/usr/share/doc/ssg"
    echo "ok: the Debian package is removed"
else
    echo "skipped: the Debian package (dpkg is not installed)"
fi

# A system in which there is nothing but Debian's own packages, as an archive.
base() {
    local suite
    suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
    mmdebstrap --quiet --variant=minbase "$suite" "$scratch/base.tar" >"$scratch/fresh.log" 2>&1
}

# In it the package is installed, makes a site, builds it and publishes it to a folder, twice, and is removed.
fresh() {
    local root=$scratch/fresh
    mkdir "$root"
    tar -xf "$scratch/base.tar" -C "$root"
    cp "$scratch"/first/*.deb "$root/tmp/ssg.deb"
    chroot "$root" dpkg -i /tmp/ssg.deb >/dev/null
    chroot "$root" /bin/sh -euc '
        cd /root
        ssg init --quiet hallway --base-url https://hallway.example/
        cd hallway
        printf "[publish.live]\ntype = \"dir\"\npath = \"../online\"\n" >>ssg.toml
        ssg new post "A first post" >/dev/null
        ssg check --quiet --strict
        ssg build --quiet
        ssg publish --quiet
        test -s ../online/index.html && test -s ../online/.ssg-published
        # What is online is what was built, and a build from nothing is the same again.
        cp -r ../online ../before
        ssg clean --quiet
        ssg build --quiet --no-cache
        ssg publish --quiet
        diff -r ../before ../online
        ssg --version >/dev/null
        zcat /usr/share/man/man1/ssg-build.1.gz | grep -q ssg
    '
    chroot "$root" dpkg -r ssg >/dev/null
    test ! -e "$root/usr/bin/ssg"
    rm -rf "$root"
    echo "ok: a fresh Debian installs it, builds a site and publishes it"
}

if [[ $EUID != 0 ]] || ! command -v mmdebstrap >/dev/null || ! command -v dpkg >/dev/null; then
    echo "skipped: a fresh Debian, and the container (mmdebstrap is not installed, or this is not root)"
elif ! base; then
    tail -n 3 "$scratch/fresh.log"
    echo "skipped: a fresh Debian, and the container (it cannot be made)"
else
    fresh
    tests/packages/container.sh "$scratch/base.tar" "$scratch/first"
fi

if python3 -m venv "$scratch/venv" 2>/dev/null; then
    "$scratch/venv/bin/pip" install --quiet --no-index --disable-pip-version-check "$scratch"/first/*.whl
    try "$scratch/venv/bin/ssg" wheel
    "$scratch/venv/bin/pip" uninstall --quiet --yes ssg-events
    test ! -e "$scratch/venv/bin/ssg"
else
    echo "skipped: the wheel (python3 has no venv)"
fi

if command -v npm >/dev/null; then
    npm install --silent --offline --no-audit --no-fund --prefix "$scratch/npm" "$scratch"/first/*.tgz
    try "$scratch/npm/node_modules/.bin/ssg" "npm package"
else
    echo "skipped: the npm package (npm is not installed)"
fi

tests/packages/recipes.sh "$scratch/first"
