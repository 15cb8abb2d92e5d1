//! Every key of headers, data and configuration that can hold an address holds one that runs: no output
//! has a live link, and each is told at its place.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const EVENT: &str = "---\ntitle: Event\nimage: 'ADDRESS1'\nslides: 'ADDRESS2'\nvideo: 'ADDRESS3'\nevent:\n  \
                     start: 2099-01-01\n  city: Ghent\n  country: Belgium\n  organizers:\n  - {name: Org, url: \
                     'ADDRESS4'}\n  venue: {name: Hall, url: 'ADDRESS5'}\n  cfp: {opens: 2015-01-01, closes: \
                     2098-01-01, url: 'ADDRESS6'}\n  registration: {opens: 2015-01-01, closes: 2098-01-01, \
                     link: 'ADDRESS7'}\n  sponsors: [{id: s, level: g}]\n  sponsor_levels: [{id: g, label: \
                     Gold}]\n  schedule:\n  - {starts: 2099-01-01T10:00:00, ends: 2099-01-01T11:00:00, talk: t, \
                     room: A}\nextra: {mine: 'ADDRESS8'}\n---\n[a](/x.html)\n";
const TALK: &str =
    "---\ntitle: Talk\nspeakers: [Ann]\ntalk: {slides: 'ADDRESS1', video: 'ADDRESS2'}\n---\nText.\n";
const SPEAKER: &str = "---\ntitle: Ann\nimage: 'ADDRESS1'\nextra:\n  homepage: 'ADDRESS2'\n  links:\n  - \
                       'ADDRESS3'\n  - {title: Link, url: 'ADDRESS4'}\n---\nAnn.\n";
const TOOL: &str =
    "---\ntitle: Tool\nextra:\n  homepage: 'ADDRESS1'\n  links: [{title: Link, url: 'ADDRESS2'}]\n---\n";
const SPONSOR: &str = "name = \"S\"\nurl = \"ADDRESS1\"\nlogo = \"ADDRESS2\"\n[[history]]\nuntil = 2098-01-01\nurl = \
                       \"ADDRESS3\"\nlogo = \"ADDRESS4\"\n";
const DATA: &str = "links:\n- {title: Data, url: 'ADDRESS9'}\n";
const CONFIG: &str = "base_url = \"https://example.org/\"\ntitle = \"T\"\n[outputs]\napi = true\n\
                      [feeds]\nformats = [\"atom\", \"rss\", \"json\"]\n[theme.options]\nlogo = \"ADDRESS1\"\nmenu = [{ title = \
                      \"M\", path = \"ADDRESS2\" }]\n[extra]\nbadge = \"ADDRESS3\"\n";
/// A theme that has never heard of such things.
const PARTIAL: &str = r#"<a href="{{ config.extra.badge }}">b</a><form action={{ config.extra.badge }}>
<iframe src='{{ config.extra.badge | safe }}'></iframe></form>
{% set data = load_data(path="data/links.yaml") %}
{% for l in data.links %}<a href='{% if l.url %}{{ l.url }}{% endif %}'>{{ l.title }}</a>{% endfor %}
{% if page is defined and page.extra %}<a data-url="{{ page.extra.mine }}">m</a>{% endif %}
{% set b = config.extra.badge %}<img srcset="/a.png 1x, {{ b }} 2x"><p style="background: url({{ b }})"></p>
<p style="{{ 'background:url(' ~ b ~ ')' }}"></p><iframe srcdoc="<a href='{{ b }}'>{{ '<i>' }}</a>"></iframe>
<a href="{{ <own.plain to={b} /> }}">c</a><a href="{% <own.body> %}{{ b }}{% </own.body> %}">d</a>
<a href="{% include "partials/badge.html" %}">i</a><a href="{% filter trim %}{{ b }}{% endfilter %}">f</a>
<svg><a><set attributeName="href" to="{{ b }}"/></a></svg><object data="{{ b }}"></object>
<meta http-equiv="refresh" content="9;url={{ b }}"><button formaction="{{ b }}"></button><video poster={{ b }}></video>
<a ping="/x {{ b }}">p</a><use xlink:href='{{ b }}'/>
{% component own.plain(to) %}{{ to }}{% endcomponent own.plain %}
{% component own.body() %}{{ body }}{% endcomponent own.body %}"#;
const CALLS: [&str; 11] = [
    "{{ speakerdeck(url=\"ADDRESS\") }}",
    "{{ slideshare(url=\"ADDRESS\") }}",
    "{{ notist(url=\"ADDRESS\") }}",
    "{{ gist(url=\"ADDRESS\") }}",
    "{{ gist(url=\"ADDRESS\", file=\"a.rs\") }}",
    "{{ figure(src=\"ADDRESS\", alt=\"a\") }}",
    "{% quote(source=\"x\", url=\"ADDRESS\") %}\nx\n{% end %}",
    "{% note() %}\n{{ gist(url=\"ADDRESS\") }}\n{% end %}",
    "{{ youtube(id=\"ADDRESS\") }}",
    "{{ peertube(host=\"x.org\", id=\"ADDRESS\") }}",
    "{{ own(to=\"ADDRESS\") }}",
];

fn put(dir: &Path, path: &str, text: &str) {
    let path = dir.join(path);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::fs::write(path, text).expect("written");
}

/// Puts the address, a little different in each place, where the text has places for it.
fn with(text: &str, address: &str) -> String {
    let parts: Vec<&str> = text.split("ADDRESS").collect();
    let mut filled = parts[0].to_owned();
    for part in &parts[1..] {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let _ = write!(filled, "{address}{}{}", &part[..digits], &part[digits..]);
    }
    filled
}

/// As a text in double quotation marks of TOML or a shortcode, and of single ones in YAML.
fn site(dir: &Path, address: &str, raw_html: &str) {
    let escaped: String = address
        .chars()
        .map(|c| if c.is_control() { format!("\\u{:04x}", u32::from(c)) } else { c.into() })
        .collect();
    let yaml = |text: &str| with(&text.replace('\'', "\""), &escaped);
    put(dir, "ssg.toml", &format!("{}[markdown]\nraw_html = \"{raw_html}\"\n", with(CONFIG, &escaped)));
    put(dir, "content/events/e/index.md", &yaml(EVENT));
    put(dir, "content/events/e/talks/t.md", &yaml(TALK));
    put(dir, "content/speakers/ann.md", &yaml(SPEAKER));
    put(dir, "content/tools/tool.md", &yaml(TOOL));
    put(dir, "data/sponsors/s.toml", &with(SPONSOR, &escaped));
    put(dir, "data/links.yaml", &yaml(DATA));
    put(dir, "templates/partials/foot.html", PARTIAL);
    put(dir, "templates/partials/badge.html", "{{ config.extra.badge }}");
    put(
        dir,
        "templates/shortcodes/own.html",
        "{% set y = to %}<a href=\"{{ y }}\" data-link='{{ to }}'>x</a>\n",
    );
    let base = "{% extends \"theme/base.html\" %}{% block footer %}{% include \"partials/foot.html\" %}\
                <a href='{% block own_link %}{% endblock own_link %}'>x</a>{% endblock footer %}";
    put(
        dir,
        "templates/post.html",
        "{% extends \"theme/post.html\" %}{% block own_link %}{{ config.extra.badge }}{% endblock own_link %}",
    );
    put(dir, "templates/base.html", base);
    let mut post = yaml(
        "---\ntitle: Post\ndate: 2020-01-02\ntools: [Tool]\nimage: 'ADDRESS1'\nslides: 'ADDRESS2'\nvideo: 'ADDRESS3'\nextra: {mine: 'ADDRESS4'}\n---\n",
    );
    for call in CALLS {
        let plain: String = address.chars().filter(|c| !c.is_control()).collect();
        let _ = write!(post, "\n{}\n", with(call, &plain));
    }
    put(dir, "content/posts/p.md", &post);
}

fn build(dir: &Path) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_ssg"))
        .args(["build", "-v", "--date", "2026-11-21", "--format", "json", "-r"])
        .arg(dir)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&said).into_owned())
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("readable").map(|entry| entry.expect("readable").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Addresses in a text that a browser, a feed reader or a calendar would follow and that run.
fn live(text: &str) -> Vec<String> {
    let decoded =
        text.replace("&#58;", ":").replace("&colon;", ":").replace("&Tab;", "").replace("&#106;", "j");
    let decoded = decoded.replace("\\t", "").replace("\\n", "");
    let mut found = Vec::new();
    for (at, start) in decoded.match_indices(['"', '\'', '=', '>', '(', ' ', '\n']) {
        let value = decoded[at + start.len()..].chars().filter(|c| *c > ' ').take(40).collect::<String>();
        let lower = value.to_ascii_lowercase();
        if ["javascript:", "vbscript:", "data:text"].iter().any(|scheme| lower.starts_with(scheme)) {
            found.push(decoded[at.saturating_sub(30)..].chars().take(70).collect());
        }
    }
    found
}

#[test]
fn no_output_has_a_live_link() {
    for (address, raw_html) in [
        ("javascript:alert(1)", "allow"),
        ("JaVaScript:alert(1)", "sanitize"),
        (" \tjava\tscr\nipt:alert(1)", "escape"),
        ("vbscript:x", "allow"),
        ("data:text/html,x", "escape"),
        ("javascript&colon;alert(1)", "allow"),
        ("&#106;avascript:alert(1)", "sanitize"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let dir = folder.path();
        site(dir, address, raw_html);
        let (status, said) = build(dir);
        assert_eq!(status, Some(0), "{address}: {said}");
        for file in files(&dir.join("public")) {
            let text = String::from_utf8_lossy(&std::fs::read(&file).expect("readable")).into_owned();
            assert_eq!(live(&text), [""; 0], "{address} in {}", file.display());
            assert!(
                !text.contains("&lt;i&gt;"),
                "{} has HTML of a value in a page in an attribute",
                file.display()
            );
        }
        if address.starts_with("java") || address.starts_with("vb") {
            places(&said, address);
        }
    }
}

/// Each key is told at its line.
fn places(said: &str, address: &str) {
    let mut told: Vec<String> = Vec::new();
    for line in said.lines().filter(|line| line.contains("\"code\":\"address\"")) {
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        told.push(format!("{}:{}", line["path"].as_str().unwrap_or("?"), line["line"]));
    }
    let expected: [(&str, &[u32]); 8] = [
        ("content/events/e/index.md", &[3, 4, 5, 11, 12, 13, 14, 19]),
        ("content/events/e/talks/t.md", &[4]),
        ("content/posts/p.md", &[5, 6, 7, 8, 11, 13, 15, 17, 19, 21, 23, 28, 35]),
        ("content/speakers/ann.md", &[3, 5, 7, 8]),
        ("content/tools/tool.md", &[4, 5]),
        ("data/sponsors/s.toml", &[2, 3]),
        ("data/links.yaml", &[2]),
        ("ssg.toml", &[8, 9, 11]),
    ];
    for (file, lines) in expected {
        for line in lines {
            let place = format!("{file}:{line}");
            assert!(told.contains(&place), "{address}: {place} is not told: {told:#?}\n{said}");
        }
    }
}
