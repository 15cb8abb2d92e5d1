//! Texts that nobody meant: headers and Markdown are changed at random, and whatever comes of it is read without
//! a panic and in bounded time, every message has a place, and two builds of it are the same.
//!
//! The texts are small ones of this file, and those of the corpus where it is there (`SSG_CORPUS`, else
//! `../shared/corpus`). `SSG_TEST_MUTATIONS=n` says how many are made, `SSG_TEST_SEED=n` from which number on.

use ssg_build::write::{Body, OutputFile, OutputPath};
use ssg_build::{Memo, Overrides, Settings, Sink, compile};
use ssg_parse::{ParseOptions, parse_document};
use ssg_source::{Diagnostics, MemoryInputs, SitePath};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How many texts are made where nobody says.
const USUAL: u64 = 1500;
/// How many of them make a site.
const IN_A_SITE: u64 = 25;
/// Most texts that are taken from the corpus, and the longest one.
const MOST_TEXTS: usize = 400;
const LONGEST: usize = 20_000;
/// Longest time for one text, in a debug build on a machine that is busy.
const LONGEST_TIME: Duration = Duration::from_secs(20);

const TEXTS: [&str; 8] = [
    "---\ntitle: Formulas\n---\nAt $E = mc^2$, see https://a.example/x_y?z=1&b=2 :rocket: and\n\n$$\n\\sum_{i=1}^{n} \\frac{i}{\\sqrt{2}} \\begin{matrix}a & b \\\\ c\\end{matrix}\n$$\n\n- {% note() %}\n  ```sh\n  a\n  ```\n  {% end %}\n",
    "---\ntitle: \"A day in Ghent\"\ndate: 2016-10-20 09:00\ntags: [puppet, \"chef\"]\nauthors:\n  - Ann Lee <ann@mail.example>\nevents: [2016-ghent]\nextra:\n  mood: {a: 1}\n---\n\
     ## First day {#one .wide}\n\nWords[^1] with `code`, <kbd>--force</kbd> and \"quotes\".\n\n<!-- more -->\n\n\
     {{ figure(src=\"/a.png\", alt=\"A\") }}\n\n[^1]: A note with [a link](/posts/b/?x=1#y).\n",
    "+++\ntitle = \"Talk\"\ndate = 2016-05-26\naliases = [\"/old/\"]\n[extra]\nx = [1, 2.5, \"three\"]\n+++\n\
     > Said:\n> {{ youtube(id=\"abc\", title=\"T\") }}\n> more\n\n{% note() %}\nouter {% warning() %}inner{% end %} tail\n{% end %}\n",
    "{\n  \"title\": \"JSON\",\n  \"date\": \"2016-02-03\",\n  \"tags\": [\"a\"]\n}\n# Heading ${HOME}\n\n* TOC\n{:toc}\n\n##No space\n",
    "---\nlayout: post\ntitle: It's here\ncomments: true\ncomments: false\nbio: \"One\nand two.\"\n---\n{% highlight ruby %}\nputs 1\n{% endhighlight %}\n\n\
     ``` ruby A title https://code.example/x the link\nx = 1\n```\n",
    "# Tables\n\n| a | b |\n|---|:-:|\n| 1 | `|` |\n\n- [x] done\n- [ ] open\n  1. deep\n\n     text\n\nterm\n: definition\n\n[ref]: /about/ 'title'\n[ref] and ![i][ref]\n",
    "<div class=\"x\">\n<a href='/a/'>x</a> <img src=b.png srcset=\"/c.png, d.png 2x\">\n\n**text**\n\n</div>\n<!-- a comment {{ no() }} -->\n<script>let a = \"<a href='/no/'>\";</script>\n",
    "---\nevent:\n  start: 2016-05-26\n  end: 2016-05-27\n  city: Ghent\n  schedule:\n    - {starts: 2016-05-26T09:00:00, title: Opening, speakers: [Ann]}\n---\nText with \u{1f389} and \u{65e5}\u{672c}\u{8a9e} and \u{627}.\n",
];

/// What is put in: signs with a meaning, and pieces of what people write.
const PIECES: [&str; 72] = [
    "<<: *a\n",
    "a: &a {b: c}\n",
    "!x ",
    "&y ",
    "```sh annotate\n",
    " # (1) (2)\n",
    "\n\n1. x\n2. y\n",
    "https://",
    "---\n",
    "+++\n",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    " ",
    ":",
    ": ",
    "- ",
    "\"",
    "'",
    "`",
    "```\n",
    "~~~",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "{{",
    "}}",
    "{%",
    "%}",
    "{% end %}",
    "{{ note() }}",
    "{% note() %}",
    "{#x}",
    "{: .x}",
    "{:toc}",
    "#",
    "## ",
    "> ",
    "* ",
    "1. ",
    "|",
    "|---|",
    "<",
    ">",
    "</p>",
    "<div>",
    "<a href=\"/x/\">",
    "<!--",
    "-->",
    "<script>",
    "<svg>",
    "[^1]",
    "[^1]: ",
    "![](x.png)",
    "[x](@/posts/a.md)",
    "[x](/nowhere/)",
    "\\",
    "&amp;",
    "&#0;",
    "\0",
    "\u{feff}",
    "\u{fdd0}",
    "\u{fdd0}0;",
    "\u{202e}",
    "e\u{301}",
    "2027",
    "date: 2027\n",
    "<!-- more -->",
];

/// `SplitMix64`: the same numbers for the same seed on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((x ^ (x >> 31)) % end.max(1) as u64).unwrap_or(0)
    }
}

fn mutated(random: &mut Random, texts: &[Vec<u8>]) -> Vec<u8> {
    let mut text = texts[random.below(texts.len())].clone();
    for _ in 0..=random.below(6) {
        let at = random.below(text.len() + 1);
        let length = random.below(40).min(text.len() - at);
        match random.below(8) {
            0 => drop(text.drain(at..at + length)),
            1 => {
                let copy = text[at..at + length].to_vec();
                text.splice(at..at, copy);
            }
            2 | 3 => drop(text.splice(at..at, PIECES[random.below(PIECES.len())].bytes())),
            4 => drop(text.splice(at..at + length, PIECES[random.below(PIECES.len())].bytes())),
            5 if at < text.len() => text[at] = u8::try_from(random.below(256)).unwrap_or(0),
            6 => {
                let other = &texts[random.below(texts.len())];
                let from = random.below(other.len() + 1);
                let end = (from + random.below(300)).min(other.len());
                text.splice(at..at, other[from..end].to_vec());
            }
            _ => {
                let piece = PIECES[random.below(PIECES.len())].repeat(random.below(200));
                text.splice(at..at, piece.bytes());
            }
        }
    }
    text
}

/// Small texts of the corpus, with a line where there are none.
fn corpus() -> Vec<Vec<u8>> {
    let workspace = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let places = match std::env::var_os("SSG_CORPUS") {
        Some(folder) => vec![PathBuf::from(folder)],
        None => vec![workspace.join("../shared/corpus"), workspace.join("../../shared/corpus")],
    };
    let Some(folder) = places.into_iter().find(|place| place.is_dir()) else {
        ssg_testing::skip("the texts of the corpus are not there (set SSG_CORPUS)");
        return Vec::new();
    };
    let mut files = Vec::new();
    gather(&folder, &mut files, 8);
    files.sort();
    let step = files.len().div_ceil(MOST_TEXTS).max(1);
    let read = files.iter().step_by(step).filter_map(|file| std::fs::read(file).ok());
    read.filter(|text| text.len() <= LONGEST).collect()
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>, depth: usize) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() && depth > 0 {
            gather(&path, files, depth - 1);
        } else if path.extension().is_some_and(|end| end == "md" || end == "markdown") {
            files.push(path);
        }
    }
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |text| text.parse().expect("a number"))
}

fn path(text: &str) -> SitePath {
    SitePath::new(text).expect("a path")
}

fn texts() -> Vec<Vec<u8>> {
    TEXTS.iter().map(|text| text.as_bytes().to_vec()).chain(corpus()).collect()
}

/// What must hold of messages about a text of `length` bytes.
fn check_places(found: &Diagnostics, length: usize, seed: u64) {
    for one in found {
        assert!(one.path.is_some(), "{seed}: no file: {one:?}");
        // Of a text that is none there is no place in it.
        let is_placed = one.code.as_ref() == "encoding"
            || one.span.is_some_and(|span| span.start <= span.end && span.end as usize <= length);
        assert!(is_placed, "{seed}: no place in {length} bytes: {one:?}");
    }
}

#[test]
fn mutated_texts_are_parsed() {
    let texts = texts();
    let (first, count) = (number("SSG_TEST_SEED", 0), number("SSG_TEST_MUTATIONS", USUAL));
    let usual = ParseOptions::default();
    let mut all = ParseOptions::default();
    (all.markdown.math, all.markdown.bare_urls, all.markdown.emoji) = (true, true, true);
    let place = path("content/posts/2016-01-01-x.md");
    for seed in first..first + count {
        let text = mutated(&mut Random(seed), &texts);
        let options = if seed % 2 == 0 { &usual } else { &all };
        let begin = Instant::now();
        let parsed = std::panic::catch_unwind(|| parse_document(&place, &text, options));
        let Ok((document, found)) = parsed else {
            panic!("{seed}: a panic of {:?}", String::from_utf8_lossy(&text))
        };
        assert!(begin.elapsed() < LONGEST_TIME, "{seed}: {:?}", begin.elapsed());
        // Spans are those of the text without a mark of its encoding.
        check_places(&found, text.len(), seed);
        let again = parse_document(&place, &text, options);
        assert_eq!((&document.digests, &found), (&again.0.digests, &again.1), "{seed}");
    }
}

/// What comes out of a build.
#[derive(Default)]
struct Folder(Mutex<BTreeMap<OutputPath, Arc<[u8]>>>);

impl Sink for Folder {
    fn planned(&self, _: usize) {}

    fn keep(&self, _: &[(OutputPath, [u8; 32])]) -> bool {
        false
    }

    fn take(&self, file: OutputFile) -> Option<[u8; 32]> {
        if let Body::Bytes(bytes) = file.body {
            self.0.lock().expect("no panic").insert(file.path, bytes);
        }
        file.hash
    }
}

fn build(site: &MemoryInputs) -> (Diagnostics, BTreeMap<OutputPath, Arc<[u8]>>) {
    let inputs: ssg_render::SharedInputs = Arc::new(site.clone());
    let mut found = Diagnostics::new();
    let settings = Settings::read(&*inputs, &path("ssg.toml"), Overrides::default(), &mut found);
    let folder = Folder::default();
    let compiled = compile(&inputs, &settings, &mut Memo::new(), &folder);
    found.extend(compiled.diagnostics);
    (found, folder.0.into_inner().expect("no panic"))
}

#[test]
fn sites_of_mutated_texts_are_built_the_same_twice() {
    let texts = texts();
    let (first, count) = (number("SSG_TEST_SEED", 0), number("SSG_TEST_MUTATIONS", USUAL));
    let instant = "2026-11-21T00:00:00Z".parse().expect("an instant");
    for seed in first..first + count.div_ceil(USUAL / IN_A_SITE) {
        let mut random = Random(seed.wrapping_mul(0x1234_5678_9ABC_DEF1));
        let mut site = MemoryInputs::new(instant);
        let base = if random.below(2) == 0 { "https://m.example/" } else { "https://m.example/blog/" };
        let style = ["slug", "github"][random.below(2)];
        let raw = ["allow", "escape", "sanitize"][random.below(3)];
        let more = random.below(2) == 0;
        let config = format!(
            "title = \"M\"\nbase_url = \"{base}\"\n[markdown]\nheading_ids = \"{style}\"\nraw_html = \"{raw}\"\n\
             math = {more}\nbare_urls = {more}\nemoji = {more}\n"
        );
        site.write(path("ssg.toml"), config);
        for number in 0..6 {
            let folder = ["posts/2016-01-0", "posts/b", "events/2016-ghent/talks/", "p", "speakers/s"]
                [random.below(5)];
            site.write(path(&format!("content/{folder}{number}.md")), mutated(&mut random, &texts));
        }
        let begin = Instant::now();
        let (one, two) = (build(&site), build(&site));
        assert!(begin.elapsed() < LONGEST_TIME * 2, "{seed}: {:?}", begin.elapsed());
        assert_eq!(one.0, two.0, "{seed}: other messages");
        assert!(one.1 == two.1, "{seed}: another output");
        for message in &one.0 {
            assert!(message.path.is_some(), "{seed}: no file: {message:?}");
        }
    }
}
