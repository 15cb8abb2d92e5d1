# One command for each chore; `.ci/run` holds the steps, so that this file and CI cannot disagree.

# Lists the chores.
default:
    @just --list

# All that must hold before a change is merged.
check:
    .ci/run

# Formats the code, also the modules that tables declare, which `cargo fmt` does not find.
fmt:
    git ls-files -z --cached --others --exclude-standard '*.rs' | xargs -0 rustfmt

# The tests.
test:
    cargo test --workspace

# Built sites in a real browser: axe, Lighthouse, layout, keyboard, print, weights. Takes minutes.
test-browser:
    .ci/run browser

# Pictures of every page at four widths, light and dark, in target/look, and which differ from the run before;
# with `--gallery` the book's gallery anew.
look *options:
    cargo build
    SSG_BIN="${SSG_BIN:-target/debug/ssg}" node tests/browser/look.mjs {{options}}

# The tests of what sits behind cargo features: buckets, social cards and photographs.
test-features:
    .ci/run features

# The API documentation, with warnings denied.
doc:
    .ci/run doc

# The book and every link in the papers.
book:
    .ci/run links book

# Builds the demonstration site to public/.
build-demo:
    cargo run --release -- build

# Times builds of a generated blog; beside Zola and Hugo where ZOLA_BIN and HUGO_BIN name them.
bench posts="10000" runs="5" *options:
    cargo build --release -p ssg-cli
    SSG_BIN="${SSG_BIN:-target/release/ssg}" cargo run --release -p ssg-bench -- --posts {{posts}} --runs {{runs}} {{options}}

# Times how long edits take to be seen under `ssg serve`, on a generated blog and on one a tenth of its size.
bench-serve posts="10000" runs="9" *options:
    cargo build --release -p ssg-cli
    SSG_BIN="${SSG_BIN:-target/release/ssg}" cargo run --release -p ssg-bench -- --serve --posts {{posts}} --runs {{runs}} {{options}}

# Times builds and imports of a community's site: 75, 150, 300 and 600 events, each with ten talks and
# as many speakers. With `--shape devopsdays` or `--shape pyvideo`, builds of one as large as theirs, and ten kinds of edits, each in a
# process of its own and under `ssg serve`.
bench-community runs="3" *options:
    cargo build --release -p ssg-cli
    SSG_BIN="${SSG_BIN:-target/release/ssg}" cargo run --release -p ssg-bench -- --community --runs {{runs}} {{options}}

# Builds pages of drawn photographs: bytes that a telephone fetches, and times.
bench-pictures runs="3" *options:
    cargo build --release -p ssg-cli --features pictures
    SSG_BIN="${SSG_BIN:-target/release/ssg}" cargo run --release -p ssg-bench -- --pictures --runs {{runs}} {{options}}

# Makes packages of the program: a tarball, a Debian package, a wheel, an npm package.
packages *options:
    packaging/build.sh
    packaging/make.py target/release/ssg {{options}}

# Counts the instructions of small builds, beside those written down; `--accept` writes them down.
bench-instructions *options:
    cargo build
    python3 tests/scale/builds.py {{options}}

# Rewrites what the fixture sites expect; read the diff before committing.
accept:
    SSG_ACCEPT=1 cargo test --workspace
    git diff --stat -- tests

# What takes too long for every run, for hours, all of it though a part fails, with a report in target/nightly:
# random sites after random edits, incrementally and cleanly, every single change of a site by itself, and whether each
# kind of read that is not noted is missed, all with the checks of debug builds; hundreds of killed builds and of forged
# caches; random texts, templates, sources and records. `first` is the seed to begin with, `minutes` how long each
# random test runs.
nightly sequences="20000" first="0" minutes="5":
    .ci/nightly {{sequences}} {{first}} {{minutes}}

# How the work grows with what is written, for many kinds of sites, by counting instructions: larger
# than CI does, and the table of the book. Takes an hour.
scale times="4" *names:
    cargo build
    SSG_BIN="${SSG_BIN:-target/debug/ssg}" tests/scale/scale.py --table --times {{times}} {{names}}

# Sites of full size: 100,000 pages, a page of 100 MB. Takes minutes and 2 GB on disk.
stress:
    cargo test --release -p ssg-cli --test stress -- --ignored --nocapture --test-threads 1
