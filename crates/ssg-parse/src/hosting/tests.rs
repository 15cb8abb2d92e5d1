use super::*;
use crate::config::read_config;
use ssg_source::{Diagnostics, SitePath};

fn read(text: &str) -> (Hosting, Vec<String>) {
    let mut found = Diagnostics::new();
    let path = SitePath::new("ssg.toml").expect("valid");
    let text = format!("base_url = \"https://x.org\"\ntitle = \"X\"\n[hosting]\n{text}\n");
    let config = read_config(&path, text.as_bytes(), &mut found);
    (config.hosting, found.iter().map(|one| one.message.clone()).collect())
}

#[test]
fn nothing_is_written_unless_asked_for() {
    let (hosting, found) = read("");
    assert!(found.is_empty() && !hosting.headers && !hosting.has_policy());
    assert!(hosting.cname.is_none() && hosting.precompress.is_empty());
}

#[test]
fn all_keys() {
    let (hosting, found) = read(
        "host = \"netlify\"\nheaders = true\ncsp = \"report-only\"\nhsts = \"max-age=600; includeSubDomains\"\n\
         referrer = \"no-referrer\"\npermissions = \"camera=()\"\ncname = \"X.org\"\n\
         precompress = [\"brotli\", \"gzip\", \"gzip\"]\n[hosting.sources]\nimg = [\"https://i.org\", \"'none'\"]",
    );
    assert!(found.is_empty(), "{found:?}");
    assert_eq!((hosting.host, hosting.csp), (Some(Host::Netlify), Csp::ReportOnly));
    assert_eq!(hosting.cname.expect("a name").value, "x.org");
    let encodings: Vec<Encoding> = hosting.precompress.iter().map(|one| one.value).collect();
    assert_eq!(encodings, [Encoding::Gzip, Encoding::Brotli]);
    assert_eq!(hosting.sources, [("img-src".into(), vec!["https://i.org".into(), "'none'".into()])]);
}

#[test]
fn a_policy_can_be_a_truth() {
    assert_eq!(read("csp = false").0.csp, Csp::Off);
    assert_eq!(read("csp = true").0.csp, Csp::Enforce);
}

#[test]
fn what_could_begin_another_line_or_directive_is_refused() {
    for (text, message) in [
        ("permissions = \"a\\nSet-Cookie: x\"", "`permissions` cannot be the value of a header"),
        ("referrer = \"é\"", "`referrer` cannot be the value of a header"),
        ("hsts = \"for ever\"", "`for ever` tells no time"),
        ("sources = { img = \"https://a.org; script-src *\" }", "`https://a.org; script-src *` is no source"),
        ("sources = { script = \"unsafe-inline\" }", "`unsafe-inline` is no source"),
        ("sources = { image = \"https://a.org\" }", "unknown key `image`"),
        ("precompress = \"zip\"", "`zip` is no way to compress"),
        ("host = \"netlfy\"", "`netlfy` is not one of `netlify`, `cloudflare`"),
        ("header = true", "unknown key `header`"),
    ] {
        assert_eq!(read(text).1, [message]);
    }
}

#[test]
fn names_of_hosts() {
    for name in ["x.org", "a-b.example.co.uk", "xn--bcher-kva.example"] {
        assert!(is_domain(name), "{name}");
    }
    for name in [
        "",
        "x",
        "x..org",
        "-x.org",
        "x.org.",
        "https://x.org",
        "x.org/a",
        "x.org:1",
        "10.0.0.1",
        "bücher.de",
        "x_y.org",
    ] {
        assert!(!is_domain(name), "{name}");
    }
    assert_eq!(read("cname = \"y.org\"").1, ["`cname` is `y.org`, and `base_url` leads to `x.org`"]);
    assert_eq!(read("cname = \"https://x.org/\"").1, ["`https://x.org/` is no name of a host"]);
}
