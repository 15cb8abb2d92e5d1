#!/usr/bin/env bash
# Compiles the program as releases have it. Further arguments go to cargo.
#
#   packaging/build.sh
#   packaging/build.sh --target aarch64-apple-darwin
#
# The allocator's C has the time of its compilation in it; compilers take that of the commit from the variable, as two
# builds of one commit are to be the same bytes. It is set for cargo alone: the program takes it for today.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# A source without its history has the start of 2026.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 1767225600)} \
    cargo build --release --locked -p ssg-cli --features cards,external,lsp,pictures "$@"
