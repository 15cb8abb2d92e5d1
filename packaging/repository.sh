#!/usr/bin/env bash
# Writes where this repository is into the manifests, as crates.io and `cargo binstall` want it. A checkout does not know; who
# releases does.
#
#   packaging/repository.sh https://git.example.org/ssg
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
url=${1%/}
url=${url%.git}
[[ $url =~ ^https://[A-Za-z0-9./_~:-]+$ ]] || { echo "no address of a repository: $1 (it begins with https://)" >&2; exit 2; }
for manifest in Cargo.toml crates/*/Cargo.toml; do
    case $manifest in
        Cargo.toml) line="repository = \"$url\"" after='^license = ' ;;
        *) line='repository.workspace = true' after='^license.workspace = ' ;;
    esac
    # Written once more, it changes the address.
    sed -i.before -e '/^repository[. ]/d' -e "/$after/a\\
$line" "$manifest"
    rm "$manifest.before"
done
