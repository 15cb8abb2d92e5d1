//! What a theme's author may try against the machine on which a site is built: loops and recursion
//! without end, texts that grow, files outside the site. Each ends soon, in little memory, with an
//! error that names the template and the line.

#[path = "shared/small_site.rs"]
mod small_site;

use small_site::small_site;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// Far more than any of these takes, for a program that is not optimised on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(180);
/// Address space in KiB; what is held in memory is far less.
const ROOM: &str = "2000000";

struct Outcome {
    status: Option<i32>,
    said: String,
    site: tempfile::TempDir,
}

impl Outcome {
    fn output(&self, file: &str) -> String {
        fs::read_to_string(self.site.path().join("public").join(file)).unwrap_or_default()
    }
}

/// Builds a site of one page with these files.
fn build(files: &[(&str, &str)]) -> Outcome {
    build_in(small_site(files))
}

fn build_in(site: tempfile::TempDir) -> Outcome {
    let start = Instant::now();
    let output = Command::new("sh")
        .args(["-c", &format!("ulimit -v {ROOM}; exec \"$0\" build --date 2026-11-21")])
        .arg(env!("CARGO_BIN_EXE_ssg"))
        .current_dir(site.path())
        .env("SECRET", "from-the-environment")
        .output()
        .expect("the program runs");
    assert!(start.elapsed() < PATIENCE, "took {:?}", start.elapsed());
    Outcome { status: output.status.code(), said: String::from_utf8_lossy(&output.stderr).into_owned(), site }
}

/// The attack ends with status 1 and an error that says this, at this place.
#[track_caller]
fn is_stopped(files: &[(&str, &str)], says: &str, place: &str) {
    let outcome = build(files);
    assert_eq!(outcome.status, Some(1), "{}", outcome.said);
    assert!(outcome.said.contains(says), "{}", outcome.said);
    assert!(outcome.said.contains(place), "{}", outcome.said);
}

/// `{{ body }}` as the page's template.
fn page(body: &str) -> (&'static str, String) {
    ("templates/page.html", body.to_owned())
}

#[track_caller]
fn page_is_stopped(body: &str, says: &str, place: &str) {
    let (name, text) = page(body);
    is_stopped(&[(name, &text)], says, place);
}

const WORK: &str = "too much work";
const TEXT: &str = "too much in memory";
const OUTPUT: &str = "too much output";
/// A text of 4 KiB in `s`.
const LONG: &str = "{% set_global s = \"0123456789abcdef\" %}{% for i in range(end=8) %}{% set_global s = s ~ s %}{% endfor %}\n";

#[test]
fn a_range_without_end() {
    page_is_stopped(
        "\n{% for x in range(end=1000000000) %}{% endfor %}",
        "exceeds the limit of 100000",
        "templates/page.html:2:13",
    );
}

#[test]
fn loops_in_loops() {
    let body = "{% for a in range(end=100000) %}\n{% for b in range(end=100000) %}{% endfor %}{% endfor %}";
    page_is_stopped(body, WORK, "templates/page.html:2:");
}

#[test]
fn loops_in_loops_over_one_list() {
    let body = "{% set r = range(end=50000) %}{% for a in r %}{% for b in r %}\n{% for c in r %}{% endfor %}{% endfor %}{% endfor %}";
    page_is_stopped(body, WORK, "templates/page.html:");
}

#[test]
fn lists_in_lists() {
    let body = "{% set r = range(end=50000) %}\n{{ [[b for b in r] | length for a in r] | length }}";
    page_is_stopped(body, WORK, "templates/page.html:2:");
}

#[test]
fn an_output_without_end() {
    let body = format!("{LONG}{{% for a in range(end=100000) %}}\n{{{{ s }}}}{{% endfor %}}");
    page_is_stopped(&body, OUTPUT, "templates/page.html:3:4");
}

#[test]
fn a_text_that_doubles() {
    let body =
        "{% set_global s = \"x\" %}\n{% for i in range(end=60) %}{% set_global s = s ~ s %}{% endfor %}";
    page_is_stopped(body, TEXT, "templates/page.html:2:");
}

#[test]
fn a_text_that_doubles_line_by_line() {
    let body = format!("{{% set s = \"xxxxxxxx\" %}}{}", "{% set s = s ~ s %}\n".repeat(60));
    page_is_stopped(&body, TEXT, "templates/page.html:");
}

#[test]
fn a_captured_text_that_doubles() {
    let body =
        format!("{{% set s = \"xxxxxxxx\" %}}{}", "{% set s %}{{ s }}{{ s }}{% endset %}\n".repeat(60));
    page_is_stopped(&body, OUTPUT, "templates/page.html:");
}

#[test]
fn a_list_that_doubles() {
    let body =
        "{% set_global l = [1] %}\n{% for i in range(end=60) %}{% set_global l = [...l, ...l] %}{% endfor %}";
    page_is_stopped(body, TEXT, "templates/page.html:2:");
}

#[test]
fn replacements_that_grow() {
    let body = format!(
        "{LONG}{{{{ s | replace(from=\"0\", to=s) | replace(from=\"0\", to=s) | replace(from=\"0\", to=s) }}}}"
    );
    page_is_stopped(&body, TEXT, "templates/page.html:2:");
}

#[test]
fn lists_joined_by_long_texts() {
    let body = format!("{LONG}{{{{ range(end=100000) | join(sep=s) }}}}");
    page_is_stopped(&body, TEXT, "templates/page.html:2:");
}

#[test]
fn lines_moved_in() {
    let body = format!(
        "{LONG}{{% set n = s | replace(from=\"0\", to=\"\n\") | replace(from=\"1\", to=s) | replace(from=\"2\", to=\"\n\") %}}{{{{ n | indent(width=1000, blank=true) | replace(from=\" \", to=\"
\") | indent(width=1000, blank=true) }}}}"
    );
    page_is_stopped(&body, TEXT, "templates/page.html:");
}

#[test]
fn a_component_that_calls_itself() {
    let parts = ("templates/parts.html", "\n{% component a.b(x) %}{{ <a.b x={x} /> }}{% endcomponent %}");
    is_stopped(
        &[parts, ("templates/page.html", "{{ <a.b x=\"1\" /> }}")],
        "recursion depth for components",
        "templates/parts.html:2:",
    );
}

#[test]
fn a_component_that_calls_itself_often() {
    // Ends at the deepest call before it could grow.
    let parts = (
        "templates/parts.html",
        "{% component a.b(n) %}{% if n > 0 %}\n{{ <a.b n={n - 1} /> }}{{ <a.b n={n - 1} /> }}{{ <a.b n={n - 1} /> }}{% endif %}{% endcomponent %}",
    );
    is_stopped(&[parts, ("templates/page.html", "{{ <a.b n={18} /> }}")], WORK, "templates/parts.html:");
}

#[test]
fn includes_that_multiply() {
    let names: Vec<String> = (0..9).map(|level| format!("templates/m{level}.html")).collect();
    let texts: Vec<String> = (0..9)
        .map(|level| {
            if level == 8 {
                String::new()
            } else {
                format!("{{% include \"m{}.html\" %}}\n", level + 1).repeat(10)
            }
        })
        .collect();
    let mut files: Vec<(&str, &str)> =
        names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_str())).collect();
    files.push(("templates/page.html", "{% include \"m0.html\" %}"));
    is_stopped(&files, WORK, "templates/m");
}

#[test]
fn blocks_that_multiply() {
    let names: Vec<String> = (0..24).map(|level| format!("templates/b{level}.html")).collect();
    let texts: Vec<String> = (0..24)
        .map(|level| match level {
            23 => "{% block x %}{% endblock x %}".to_owned(),
            _ => format!(
                "{{% extends \"b{}.html\" %}}{{% block x %}}{{{{ super() }}}}{{{{ super() }}}}{{{{ super() }}}}{{% endblock x %}}",
                level + 1
            ),
        })
        .collect();
    let mut files: Vec<(&str, &str)> =
        names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_str())).collect();
    files.push(("templates/page.html", "{% include \"b0.html\" %}"));
    files.push(("templates/post.html", "{% extends \"b1.html\" %}"));
    files.push(("content/posts/q.md", "---\ntitle: Q\ndate: 2020-01-01\n---\nText.\n"));
    is_stopped(&files, WORK, "templates/b");
}

#[test]
fn templates_too_deep_for_the_stack() {
    let names: Vec<String> = (0..3000).map(|level| format!("templates/d{level:04}.html")).collect();
    let texts: Vec<String> = (0..3000)
        .map(|level| {
            if level == 2999 { String::new() } else { format!("{{% include \"d{:04}.html\" %}}", level + 1) }
        })
        .collect();
    let mut files: Vec<(&str, &str)> =
        names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_str())).collect();
    files.push(("templates/page.html", "{% include \"d0000.html\" %}"));
    is_stopped(&files, "more than 24 deep", "templates/d");
}

#[test]
fn components_and_includes_as_deep_as_they_go() {
    let names: Vec<String> = (0..22).map(|level| format!("templates/d{level:02}.html")).collect();
    let texts: Vec<String> = (0..22)
        .map(|level| match level {
            21 => "{{ <a.b x=\"1\" /> }}".to_owned(),
            _ => format!("{{% include \"d{:02}.html\" %}}", level + 1),
        })
        .collect();
    let mut files: Vec<(&str, &str)> =
        names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_str())).collect();
    files
        .push(("templates/parts.html", "{% component a.b(x) %}{% include \"d00.html\" %}{% endcomponent %}"));
    files.push(("templates/page.html", "{{ <a.b x=\"1\" /> }}"));
    is_stopped(&files, "recursion depth for components", "");
}

#[test]
fn a_shortcode_that_loops_names_its_call() {
    let shortcode =
        "\n{% for a in range(end=100000) %}{% for b in range(end=100000) %}{% endfor %}{% endfor %}";
    let files = [
        ("templates/shortcodes/spin.html", shortcode),
        ("content/p.md", "---\ntitle: P\n---\n\n{{ spin() }}\n"),
    ];
    is_stopped(&files, WORK, "templates/shortcodes/spin.html:2:");
    is_stopped(&files, "content/p.md:5:1", "shortcode `spin` called here");
}

#[test]
fn a_shortcode_that_writes_its_own_call() {
    let outcome = build(&[
        ("templates/shortcodes/again.html", "{{ \"{{ again() }}\" | markdown }}"),
        ("content/p.md", "---\ntitle: P\n---\n{{ again() }}\n"),
    ]);
    assert_eq!(outcome.status, Some(0), "{}", outcome.said);
    assert!(outcome.output("p/index.html").contains("{{ again() }}"), "stays text");
}

#[test]
fn data_outside_the_site() {
    for path in ["../secret.toml", "/etc/hostname.toml", "data/../../secret.toml"] {
        let outcome = build(&[("templates/page.html", &format!("\n{{{{ load_data(path=\"{path}\") }}}}"))]);
        assert_eq!(outcome.status, Some(3), "{path}: {}", outcome.said);
        assert!(
            outcome.said.contains("refused") && outcome.said.contains("templates/page.html:2:"),
            "{}",
            outcome.said
        );
    }
}

#[test]
fn shortcodes_that_name_what_is_outside_the_site() {
    for call in ["include(path=\"../../secret.md\")", "code(path=\"/etc/hostname\")"] {
        let outcome = build(&[("content/p.md", &format!("---\ntitle: P\n---\n\n{{{{ {call} }}}}\n"))]);
        assert_eq!(outcome.status, Some(3), "{call}: {}", outcome.said);
        assert!(outcome.said.contains("refused") && outcome.said.contains("content/p.md:5:1"));
    }
}

#[cfg(unix)]
#[test]
fn data_and_templates_by_a_link_out_of_the_site() {
    let secret = tempfile::tempdir().expect("temporary folder");
    fs::write(secret.path().join("secret.toml"), "word = \"smuggled\"").expect("written");
    fs::write(secret.path().join("secret.html"), "smuggled").expect("written");
    let site = |files: &[(&str, &str)], link: &str, to: &str| {
        let site = build(files).site;
        let link = site.path().join(link);
        fs::create_dir_all(link.parent().expect("below the site")).expect("made");
        std::os::unix::fs::symlink(secret.path().join(to), link).expect("linked");
        build_in(site)
    };
    let data = "{% set x = load_data(path=\"data/x.toml\", required=false) %}{{ x | json }}";
    let outcome = site(&[("templates/page.html", data)], "data/x.toml", "secret.toml");
    assert_eq!(outcome.status, Some(3), "{}", outcome.said);
    assert!(
        !Path::new(&outcome.site.path().join("public/p/index.html")).exists()
            || !outcome.output("p/index.html").contains("smuggled")
    );
    let outcome = site(&[], "templates/page.html", "secret.html");
    assert!(!outcome.output("p/index.html").contains("smuggled"), "{}", outcome.said);
}

#[test]
fn data_that_is_too_large() {
    let rows = format!("a,b\n{}", "1,2\n".repeat(9 << 20));
    let files = [
        ("data/x.csv", rows.as_str()),
        ("templates/page.html", "\n{{ load_data(path=\"data/x.csv\") | length }}"),
    ];
    is_stopped(&files, "are too many", "templates/page.html:2:");
}

#[test]
fn neither_programs_nor_the_environment_nor_the_network() {
    for call in [
        "get_env(name=\"SECRET\")",
        "env(name=\"SECRET\")",
        "exec(command=\"id\")",
        "fetch(url=\"http://x.example\")",
        "load_url(url=\"http://x.example\")",
        "read_file(path=\"ssg.toml\")",
        "now()",
    ] {
        page_is_stopped(&format!("\n{{{{ {call} }}}}"), "Unknown function", "templates/page.html:2:");
    }
    let outcome = build(&[("templates/page.html", "{% set all = __tera_context %}{{ all }}")]);
    assert!(!outcome.output("p/index.html").contains("from-the-environment"));
    let outcome = build(&[("templates/page.html", "{{ load_data(path=\"https://x.example/a.json\") }}")]);
    assert_eq!(outcome.status, Some(1), "{}", outcome.said);
}

/// A style sheet is compiled apart: what ends its compiler is an error like any other.
#[cfg(target_os = "linux")]
#[test]
fn style_sheets_end_too() {
    let deep = format!("{}b:c{}", "a{".repeat(20_000), "}".repeat(20_000));
    for (sheet, says) in [
        ("@mixin a { @include a; }\nb { @include a; }", "calls itself without end"),
        ("@function f($x) { @return f($x); }\nb { c: f(1); }", "calls itself without end"),
        (deep.as_str(), "nested too deeply"),
        ("@while true { }", "a loop without end"),
        ("$s: \"x\"; @for $i from 1 through 40 { $s: $s + $s; } b { c: $s; }", "memory"),
    ] {
        let outcome = build(&[("assets/x.scss", sheet)]);
        assert_eq!(outcome.status, Some(1), "{}", outcome.said);
        assert!(outcome.said.contains(says), "{}", outcome.said);
        assert!(outcome.said.contains("assets/x.scss"), "{}", outcome.said);
    }
}
