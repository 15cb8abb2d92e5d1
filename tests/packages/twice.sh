#!/usr/bin/env bash
# Compiles the program twice as releases are compiled, each time from nothing, and compares the bytes. Takes twice as long
# as a build. Where they differ, the libraries that do are named.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export CARGO_INCREMENTAL=0 CARGO_TARGET_DIR=$folder/target
for number in 1 2; do
    rm -rf "$folder/target"
    packaging/build.sh --quiet
    (cd "$folder/target/release" && find ssg deps -name ssg -o -name '*.rlib' -o -name '*.so' | sort | xargs sha256sum) >"$folder/$number"
done
if ! diff "$folder/1" "$folder/2"; then
    echo "two builds of one commit differ" >&2
    exit 1
fi
echo "ok: the program and $(grep -c rlib "$folder/1") libraries are the same bytes in both builds"
