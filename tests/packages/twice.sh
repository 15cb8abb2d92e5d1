#!/usr/bin/env bash
# Compiles the program twice as releases are compiled, each time from nothing, and compares the bytes. Takes twice as long
# as a build.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export CARGO_INCREMENTAL=0 CARGO_TARGET_DIR=$folder/target
for number in 1 2; do
    rm -rf "$folder/target"
    packaging/build.sh --quiet
    cp "$folder/target/dist/ssg" "$folder/$number"
done
cmp "$folder/1" "$folder/2"
echo "ok: both builds are the same $(wc -c <"$folder/1") bytes"
