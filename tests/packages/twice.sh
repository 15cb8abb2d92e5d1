#!/usr/bin/env bash
# Compiles the program twice, each time from nothing, and compares the bytes. Takes twice as long as a build.
#
#   tests/packages/twice.sh                          as releases are built
#   tests/packages/twice.sh --profile dev -p ssg-source   something smaller
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
what=("$@")
((${#what[@]} > 0)) || what=(--profile dist --locked -p ssg-cli --features cards,external,lsp,pictures)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export CARGO_INCREMENTAL=0 CARGO_TARGET_DIR=$folder/target
for number in 1 2; do
    rm -rf "$folder/target"
    cargo build --quiet "${what[@]}"
    # Programs and libraries of this project, by their names.
    (cd "$folder/target" && find . -maxdepth 2 -type f \( -name ssg -o -name 'libssg*.rlib' \) -exec sha256sum {} + | sort -k 2) >"$folder/$number"
done
[[ -s $folder/1 ]] || { echo "nothing was built that could be compared" >&2; exit 1; }
diff "$folder/1" "$folder/2"
echo "ok: $(wc -l <"$folder/1") files are the same bytes in both builds"
