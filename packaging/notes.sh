#!/usr/bin/env bash
# Prints what the changelog says of a version; of one that it does not name, what is unreleased.
#
#   packaging/notes.sh v0.2.0
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
notes() {
    awk -v head="## [$1]" 'index($0, "## ") == 1 { on = index($0, head) == 1; next } on' CHANGELOG.md
}
said=$(notes "${1#v}")
[[ -n $said ]] || said=$(notes Unreleased)
printf '%s\n' "$said"
