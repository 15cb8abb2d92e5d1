//! Random texts that are nearly right: headers, Markdown, shortcodes, dates, configurations. Whatever comes of one, it is
//! read without a panic, twice the same, and every message has its place in the text.

use ssg_parse::{MarkdownOptions, ParseOptions, RawHtml, parse_document, read_config, read_when};
use ssg_source::{Diagnostics, SitePath};

const YAML: &[&str] = &[
    "---\n",
    "title: A\n",
    "date: 2016-05-26\n",
    "tags: [a, \"b\"]\n",
    "- ",
    "  ",
    "event:\n",
    "  start: 2016-05-26T09:00\n",
    "  schedule:\n",
    "    - {starts: 2016-05-26T09:00, title: x}\n",
    "speakers: {name: A, id: b}\n",
    "&a ",
    "*a",
    "<<: ",
    "|\n",
    ">-\n",
    "\"",
    "'",
    ": ",
    "? ",
    "[",
    "]",
    "{",
    "}",
    "#",
    "!!str ",
    "\t",
    "...\n",
    "extra:\n",
    "aliases: [/a/]\n",
    "draft: true\n",
    "weight: 99999999999999999999\n",
    "summary: ~\n",
];

const TOML: &[&str] = &[
    "+++\n",
    "title = \"A\"\n",
    "date = 2016-05-26\n",
    "[extra]\n",
    "[[event.schedule]]\n",
    "a.b.c = 1\n",
    "tags = [\"a\", ]\n",
    "x = { y = 1, z = 'w' }\n",
    "\"\"\"",
    "'''",
    "=",
    "[",
    "]",
    "{",
    "}",
    ".",
    ",",
    "#",
    "\\u0000",
    "1e999",
    "0x",
    "inf",
    "[taxonomies]\n",
    "2016-13-01",
    "\r\n",
];

const JSON: &[&str] = &[
    "{",
    "}",
    "\"title\": \"A\"",
    ",",
    "\n",
    "[",
    "]",
    ":",
    "\"",
    "null",
    "true",
    "1.5e3",
    "\\u00e9",
    "\"tags\": [\"a\"]",
    "\t",
];

const MARKDOWN: &[&str] = &[
    "# ",
    "## A {#b .c}\n",
    "\n\n",
    "\n",
    "* ",
    "1. ",
    "   ",
    "> ",
    "`",
    "```rust hl_lines=1-2\n",
    "```\n",
    "~~~\n",
    "[a](",
    "[a][b]",
    "[b]: /c/ \"d\"\n",
    "![",
    "](x.png)",
    ")",
    "<a href=\"/x/\">",
    "</a>",
    "<div>\n",
    "</div>\n",
    "<img src=a.png>",
    "<!-- ",
    "-->",
    "<!-- more -->",
    "|a|b|\n|-|-|\n",
    "|",
    "[^1]",
    "[^1]: ",
    "$",
    "$$",
    "**",
    "_",
    "~~",
    ":rocket:",
    "https://a.example/b",
    "&amp;",
    "&#0;",
    "\\",
    "a word ",
    "- [x] ",
    "term\n: said\n",
    "<script>",
    "</script>",
    "{: .x}",
    "${a}",
    "e\u{301}",
    "\u{65e5}\u{672c}",
    "\t",
];

const SHORTCODES: &[&str] = &[
    "{{ note() }}",
    "{% note() %}",
    "{% end %}",
    "{{",
    "}}",
    "{%",
    "%}",
    "(",
    ")",
    "a=",
    "\"b\"",
    "'c'",
    "`d`",
    "[1, \"x\"]",
    "true",
    "-1",
    "1.5",
    ", ",
    "\n\n",
    "> ",
    "- ",
    "```\n",
    "text ",
    "{# no #}",
    "{{/* x */}}",
    "{{< figure >}}",
    "{% raw %}",
    "youtube",
    "\\",
];

const DATES: &[&str] = &[
    "2016",
    "-05",
    "-26",
    "T",
    " ",
    "09:00",
    ":30",
    ".5",
    "Z",
    "+02:00",
    "-0700",
    "UTC",
    "AoE",
    "March",
    "4 ",
    "Tue, ",
    "2016-05-26",
    "1464253200",
    "EST",
    "00",
    "99",
    "-",
    "/",
    "12",
    "noon",
    "\u{2212}",
];

const CONFIG: &[&str] = &[
    "title = \"A\"\n",
    "base_url = \"https://a.example/\"\n",
    "[markdown]\n",
    "math = true\n",
    "[languages.de]\n",
    "[check]\n",
    "ignore_links = [\"*\"]\n",
    "weight_kb = -1\n",
    "[feeds]\n",
    "limit = 0\n",
    "[hosting]\n",
    "[taxonomies.x]\n",
    "[permalinks]\n",
    "posts = \"/:year/:slug/\"\n",
    "theme = {}\n",
    "[outputs]\n",
    "search = true\n",
    "[cache]\n",
    "remote = \"s3://x\"\n",
    "[publish.a]\n",
    "= ",
    "\"",
    "[",
    "]",
    "1",
];

fn check(found: &Diagnostics, length: usize, text: &str) {
    for one in found {
        let is_inside = one.span.is_none_or(|span| span.start <= span.end && span.end as usize <= length);
        assert!(is_inside, "no place in {length} bytes: {one:?}\n{text}");
    }
}

fn read_twice(name: &str, text: &str, options: &ParseOptions) {
    let path = SitePath::new(name).expect("a path");
    let (document, found) = parse_document(&path, text.as_bytes(), options);
    check(&found, text.len(), text);
    for heading in &document.outline.headings {
        assert!(heading.span.end as usize <= text.len(), "{text}");
    }
    let again = parse_document(&path, text.as_bytes(), options);
    assert_eq!(
        (document.digests, document.pieces, found),
        (again.0.digests, again.0.pieces, again.1),
        "{text}"
    );
}

fn headers(words: &[&str], open: &str, close: &str) {
    let taxonomies = vec!["tags".to_owned(), "speakers".to_owned()];
    let options = ParseOptions { taxonomies, ..ParseOptions::default() };
    ssg_testing::fuzz(|random| {
        let text = ssg_testing::text(random, words)?;
        read_twice("content/events/a/index.md", &format!("{open}{text}{close}Text.\n"), &options);
        Ok(())
    });
}

#[test]
fn headers_in_yaml() {
    headers(YAML, "---\n", "\n---\n");
}

#[test]
fn headers_in_toml() {
    headers(TOML, "+++\n", "\n+++\n");
}

#[test]
fn headers_in_json() {
    headers(JSON, "{\"", "}\n");
}

#[test]
fn markdown_and_raw_html() {
    ssg_testing::fuzz(|random| {
        let raw_html = *random.choose(&[RawHtml::Allow, RawHtml::Escape, RawHtml::Sanitize])?;
        let (math, bare_urls, emoji) = random.arbitrary()?;
        let markdown = MarkdownOptions { raw_html, math, bare_urls, emoji, ..MarkdownOptions::default() };
        let name = *random.choose(&["content/a.md", "content/a.html"])?;
        let text = format!("---\ntitle: A\n---\n{}", ssg_testing::text(random, MARKDOWN)?);
        read_twice(name, &text, &ParseOptions { taxonomies: Vec::new(), markdown });
        Ok(())
    });
}

#[test]
fn shortcodes() {
    ssg_testing::fuzz(|random| {
        let text = ssg_testing::text(random, SHORTCODES)?;
        read_twice("content/a.md", &text, &ParseOptions::default());
        Ok(())
    });
}

#[test]
fn dates() {
    ssg_testing::fuzz(|random| {
        let text = ssg_testing::text(random, DATES)?;
        if let Ok(when) = read_when(&text) {
            assert_eq!(read_when(&text), Ok(when));
            let zone = jiff::tz::TimeZone::UTC;
            assert!(when.start(&zone) <= when.end(&zone), "{text:?}: {when:?}");
        }
        Ok(())
    });
}

#[test]
fn configurations() {
    let path = SitePath::new("ssg.toml").expect("a path");
    ssg_testing::fuzz(|random| {
        let text = ssg_testing::text(random, CONFIG)?;
        let mut found = Diagnostics::new();
        let config = read_config(&path, text.as_bytes(), &mut found);
        check(&found, text.len(), &text);
        let mut again = Diagnostics::new();
        assert_eq!(config, read_config(&path, text.as_bytes(), &mut again), "{text}");
        assert_eq!(found, again, "{text}");
        Ok(())
    });
}

#[test]
fn any_bytes() {
    let path = SitePath::new("content/a.md").expect("a path");
    ssg_testing::fuzz(|random| {
        let bytes: Vec<u8> = random.arbitrary()?;
        let (_, found) = parse_document(&path, &bytes, &ParseOptions::default());
        check(&found, bytes.len(), &String::from_utf8_lossy(&bytes));
        Ok(())
    });
}
