#!/usr/bin/env bash
# Makes the container of `packaging/Containerfile` on a base that is given as an archive, and builds a site in it; without
# buildah, its steps are gone through in the base itself, by chroot. Needs root.
#
#   tests/packages/container.sh base.tar target/packages
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
base=$(realpath "$1") packages=$(realpath "$2")
scratch=$(mktemp -d)
file=$PWD/packaging/Containerfile

# What is done in the container, by its own user and in its folder.
steps='
    set -eu
    test "$(id -u)" = 1000
    test "$(pwd)" = /site
    ssg init --quiet hallway --base-url https://hallway.example/
    ssg build --quiet --root hallway
    test -s hallway/public/index.html
    test ! -w /usr/bin/ssg
'

if command -v buildah >/dev/null; then
    # Nothing of the containers of this machine is touched.
    storage=(--storage-driver vfs --root "$scratch/store" --runroot "$scratch/run")
    buildah=(buildah "${storage[@]}")
    trap 'buildah "${storage[@]}" rm --all >/dev/null 2>&1 || true; rm -rf "$scratch"' EXIT
    printf 'FROM scratch\nADD %s /\n' "$(basename "$base")" >"$scratch/Basefile"
    "${buildah[@]}" build --quiet --isolation chroot --file "$scratch/Basefile" --tag localhost/base "$(dirname "$base")" >/dev/null
    "${buildah[@]}" build --quiet --isolation chroot --build-arg BASE=localhost/base --file "$file" --tag localhost/ssg "$packages" >/dev/null
    container=$("${buildah[@]}" from --pull-never localhost/ssg)
    "${buildah[@]}" run --isolation chroot "$container" -- /bin/sh -c "$steps"
    # What it starts where nothing is said.
    "${buildah[@]}" inspect --type image --format '{{.OCIv1.Config.Entrypoint}} {{.OCIv1.Config.Cmd}} {{.OCIv1.Config.User}} {{.OCIv1.Config.WorkingDir}}' localhost/ssg >"$scratch/said"
    grep -Fqx '[/usr/bin/ssg] [--help] 1000:1000 /site' "$scratch/said" || { cat "$scratch/said"; exit 1; }
    echo "ok: a container, made by buildah, builds a site"
else
    trap 'rm -rf "$scratch"' EXIT
    root=$scratch/root
    mkdir "$root"
    tar -xf "$base" -C "$root"
    mkdir -p "$root/tmp/packages"
    cp "$packages"/ssg_*.deb "$root/tmp/packages"
    clean=(/usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin)
    # The lines that run something, as they stand there.
    while IFS= read -r line; do
        chroot "$root" "${clean[@]}" /bin/sh -euc "$line" >/dev/null
    done < <(sed -n 's/^RUN //p' "$file")
    user=$(sed -n 's/^USER //p' "$file") folder=$(sed -n 's/^WORKDIR //p' "$file")
    chroot --userspec="$user" "$root" "${clean[@]}" HOME=/home/ssg /bin/sh -euc "cd $folder; $steps"
    test -x "$root$(sed -n 's/^ENTRYPOINT \["\(.*\)"\]$/\1/p' "$file")"
    echo "ok: the steps of the container's file, gone through without buildah, make what builds a site"
fi
