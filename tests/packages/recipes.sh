#!/usr/bin/env bash
# Reads what other package managers are told - a Homebrew formula for the archives in a folder, and the flake of Nix - by Ruby
# and by Nix, with stand-ins for what these would fetch.
#
#   tests/packages/recipes.sh target/packages
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
packages=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
archive=$(basename "$packages"/ssg-*-linux-gnu.tar.gz)
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)

# Archives for other systems are made elsewhere.
cp "$packages/$archive" "$scratch"
echo a >"$scratch/ssg-$version-aarch64-apple-darwin.tar.gz"
packaging/formula.py https://git.example.org/ssg "v$version" "$scratch" >"$scratch/ssg.rb"
if packaging/formula.py https://git.example.org/ssg v9.9.9 "$scratch" >/dev/null 2>&1; then
    echo "a formula without an archive"
    exit 1
fi
if command -v ruby >/dev/null; then
    ruby -wc "$scratch/ssg.rb" >/dev/null
    # A stand-in that notes for each system and machine what would be fetched.
    cat >"$scratch/read.rb" <<'END'
class Formula
  SAID = {}
  FOUND = []
  class << self
    %i[desc homepage version license].each { |key| define_method(key) { |value| SAID[key] = value } }
    %i[on_macos on_linux on_arm on_intel].each do |name|
      define_method(name) { |&block| (@where ||= []).push(name); block.call; @where.pop }
    end
    def url(value) = FOUND.push([@where.dup, value])
    def sha256(value) = FOUND.last.push(value)
    def test = SAID[:test] = true
  end
end
load ARGV[0]
abort "incomplete" unless Formula::SAID.keys.sort == %i[desc homepage license test version]
Formula::FOUND.each { |where, url, digest| puts "#{where.join(' ')} #{url} #{digest}" }
END
    ruby "$scratch/read.rb" "$scratch/ssg.rb" | sort >"$scratch/read"
    machine=$([[ $archive == *x86_64* ]] && echo intel || echo arm)
    at=https://git.example.org/ssg/releases/download/v$version
    {
        echo "on_linux on_$machine $at/$archive $(sha256sum <"$packages/$archive" | cut -d ' ' -f 1)"
        echo "on_macos on_arm $at/ssg-$version-aarch64-apple-darwin.tar.gz $(echo a | sha256sum | cut -d ' ' -f 1)"
    } | sort | diff - "$scratch/read"
    echo "ok: the Homebrew formula names the archives"
else
    echo "skipped: the Homebrew formula (ruby is not installed)"
fi

if command -v nix-instantiate >/dev/null; then
    cat >"$scratch/read.nix" <<'END'
folder:
let
  flake = import (folder + "/flake.nix");
  # What is used of the packages of Nix, and gives back what it is told.
  pkgs = {
    rustPlatform.buildRustPackage = told: told;
    mkShell = told: told;
    installShellFiles = "installShellFiles";
    lib.licenses = { mit = "mit"; asl20 = "asl20"; };
  };
  nixpkgs = {
    lib.genAttrs = names: f: builtins.listToAttrs (map (name: { inherit name; value = f name; }) names);
    legacyPackages = { x86_64-linux = pkgs; aarch64-linux = pkgs; x86_64-darwin = pkgs; aarch64-darwin = pkgs; };
  };
  told = (flake.outputs { self = { }; inherit nixpkgs; }).packages.x86_64-linux.default;
in
assert builtins.pathExists told.cargoLock.lockFile;
assert builtins.length (builtins.fromTOML (builtins.readFile told.cargoLock.lockFile)).package > 100;
assert builtins.isString told.meta.mainProgram && builtins.length told.meta.license == 2;
"${told.pname} ${told.version} ${toString told.cargoBuildFlags} ${toString told.buildFeatures}"
END
    # Without the store of the system.
    export NIX_STATE_DIR=$scratch/nix/var NIX_STORE_DIR=$scratch/nix/store NIX_LOG_DIR=$scratch/nix/log NIX_CONF_DIR=$scratch/nix/etc HOME=$scratch NIX_CONFIG="build-users-group ="
    nix-instantiate --parse flake.nix >/dev/null
    said=$(nix-instantiate --eval --expr "import $scratch/read.nix $PWD")
    [[ $said == "\"ssg $version --package ssg-cli cards external lsp pictures\"" ]] || { echo "$said"; exit 1; }
    echo "ok: the flake can be read"
else
    echo "skipped: the flake (nix is not installed)"
fi
