use super::needs::{Kind, Needs};
use super::policy::{hash, policy};
use ssg_parse::Hosting;

fn of(kind: Kind, text: &str) -> Vec<String> {
    let needs = Needs::look(kind, text.as_bytes(), "https://x.org/blog/").needs;
    needs.0.into_iter().map(|(directive, source)| format!("{directive:?} {source}")).collect()
}

fn html(text: &str) -> Vec<String> {
    of(Kind::Html, text)
}

#[test]
fn hashes_are_those_that_browsers_compute() {
    // From the specification of content security policies.
    assert_eq!(hash("alert('Hello, world.');"), "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='");
    assert_eq!(hash("a\r\nb\rc"), hash("a\nb\nc"));
    assert_eq!(hash(""), "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
}

#[test]
fn scripts_and_styles_in_a_page_are_hashed_and_data_is_not() {
    let found = html(
        "<!doctype html><SCRIPT>a<b</script ><script type=module>m</script>\
         <script type=\"application/ld+json\">{}</script><style>p{}</style><script src=/a.js>no</script>\
         <!-- <script>comment</script> --><textarea><script>text</script></textarea>",
    );
    let wanted = [
        format!("Script {}", hash("a<b")),
        format!("Script {}", hash("m")),
        format!("Style {}", hash("p{}")),
    ];
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(wanted.iter().all(|wanted| found.contains(wanted)), "{found:?}");
}

#[test]
fn hosts_by_what_is_loaded_from_them() {
    for (page, wanted) in [
        ("<img src=https://i.org/a.png>", "Img https://i.org"),
        ("<img src='//i.org:8080/a.png'>", "Img https://i.org:8080"),
        ("<img src=\"&#x68;ttps:&#x2F;&#47;i.org&sol;a\">", "Img https://i.org"),
        ("<img src=\"\thttps://i\n.org/\">", "Img https://i.org"),
        ("<img src=https://bücher.example/a>", "Img https://xn--bcher-kva.example"),
        ("<img src=data:image/png;base64,xx>", "Img data:"),
        ("<img srcset='/a.png 1x, https://i.org/b.png 2x'>", "Img https://i.org"),
        ("<picture><source srcset=https://i.org/a>", "Img https://i.org"),
        ("<video src=https://v.org/a.mp4>", "Media https://v.org"),
        ("<iframe src=https://f.org/x></iframe>", "Frame https://f.org"),
        ("<a data-embed=\"https://f.org/x?a=1&amp;b\">", "Frame https://f.org"),
        ("<script src=https://s.org/a.js></script>", "Script https://s.org"),
        ("<link rel='preload stylesheet' href=https://s.org/a.css as=font>", "Font https://s.org"),
        ("<link rel=\"ICON\" href=https://i.org/a>", "Img https://i.org"),
        ("<form action=https://f.org/>", "Form https://f.org"),
        ("<object data=https://o.org/>", "Object https://o.org"),
        ("<p style='background: url(https://i.org/a)'>", "Img https://i.org"),
        ("<p style=color:red>", "StyleAttr 'unsafe-inline'"),
        ("<base href=https://b.org/>", "Base https://b.org"),
    ] {
        let found = html(page);
        assert!(found.iter().any(|found| found == wanted), "{page}: {found:?}");
    }
}

#[test]
fn what_is_the_sites_own_or_loads_nothing_needs_nothing() {
    for page in [
        "<img src=/a.png><img src=a.png><img src='https://x.org/other/a.png'><img src=https://X.org:443/>",
        "<a href=https://y.org/>y</a><link rel=canonical href=https://y.org/><img src><img src=''>",
        "<iframe src=about:blank></iframe><img src='https://'><img src=http://[></p =><x a='",
        "<p style>",
        "<",
        "<a",
        "<a b",
        "<a b=",
        "<a b='c",
        "</",
        "<!--",
        "<!-->",
        "<!",
        "</script/",
    ] {
        assert!(html(page).is_empty(), "{page}: {:?}", html(page));
    }
}

#[test]
fn attributes_that_run_are_named() {
    let handler = |text: &str| Needs::look(Kind::Html, text.as_bytes(), "https://x.org/").handler;
    assert_eq!(handler("<p ONCLICK=a()>").as_deref(), Some("onclick=\"…\""));
    assert_eq!(handler("<a href=' java\nscript:a()'>").as_deref(), Some("javascript:…"));
    assert_eq!(handler("<p once=1 title='onclick=x'><a href=/javascript:/>"), None);
}

#[test]
fn style_sheets() {
    let css = |text: &str| of(Kind::Css, text);
    assert_eq!(css("@font-face{src:url( \"https://f.org/a.woff2?x\" )}"), ["Font https://f.org"]);
    assert_eq!(
        css("@import 'https://s.org/a.css';p{background:URL(https://i.org/a)}"),
        ["Img https://i.org", "Style https://s.org"]
    );
    assert_eq!(
        css("@import url(//s.org/a.css); p{background:url(data:image/svg+xml,%3Csvg/%3E)}"),
        ["Img data:", "Style https://s.org"]
    );
    assert_eq!(css("/* url(https://i.org/a) */ p{background:url(a.png)} url( @import \"x"), [""; 0]);
}

#[test]
fn a_policy_with_nothing_to_allow_is_short() {
    let own = Hosting::default();
    assert_eq!(
        policy(&Needs::default(), &own),
        "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"
    );
}

#[test]
fn a_policy_joins_what_is_found_with_what_is_configured() {
    let page = "<script>a</script><p style=a><img src=https://i.org/><iframe src=https://f.org/></iframe>";
    let needs = Needs::of(Kind::Html, page.as_bytes(), "https://x.org/");
    let sources =
        [("img-src", "https://j.org"), ("frame-ancestors", "'none'"), ("connect-src", "https://c.org")]
            .map(|(name, source)| (name.to_owned(), vec![source.to_owned()]));
    let mut own = Hosting { sources: sources.into(), ..Hosting::default() };
    assert_eq!(
        policy(&needs, &own),
        format!(
            "default-src 'self'; base-uri 'self'; connect-src 'self' https://c.org; form-action 'self'; \
             frame-ancestors 'none'; frame-src 'self' https://f.org; img-src 'self' https://i.org https://j.org; \
             object-src 'none'; script-src 'self' {}; style-src-attr 'unsafe-inline'",
            hash("a")
        )
    );
    own.sources = vec![("script-src".to_owned(), vec!["'unsafe-inline'".to_owned()])];
    assert!(policy(&needs, &own).contains("script-src 'self' 'unsafe-inline';"));
}
