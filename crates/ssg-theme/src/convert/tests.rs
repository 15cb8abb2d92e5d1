use super::template::convert as convert_template;
use super::*;
use ssg_source::MemoryInputs;

fn known() -> Known {
    let assets = [("site.css".to_owned(), "site.scss".to_owned())];
    Known { assets: assets.into(), own: "own".to_owned(), ..Known::default() }
}

fn one(text: &str) -> (String, Vec<String>) {
    let (out, left) = convert_template(text, "templates/page.html", &mut known());
    (out, left.into_iter().map(|one| one.what).collect())
}

#[test]
fn what_has_another_form_is_written_so() {
    for (theirs, ours) in [
        ("<p>{{ page.title }}</p>{# {{ page.slug }} #}", "<p>{{ page.title }}</p>{# {{ page.slug }} #}"),
        ("{% raw %}{{ get_url(path='x') }}{% endraw %}", "{% raw %}{{ get_url(path='x') }}{% endraw %}"),
        ("{{ get_url(path=\"site.css\") }}", "{{ (asset(path=\"site.scss\") | url) }}"),
        ("{{ get_url(path='/a', trailing_slash=false) | safe }}", "{{ (\"/a\" | url) | safe }}"),
        (
            "{{ get_url(path=\"@/blog/_index.md\") }}",
            "{{ (get_section(path=\"@/blog/_index.md\")['path'] | url) }}",
        ),
        ("{{ config.extra.x.y | default(value=1) }}", "{{ options.x.y | default(value=1) }}"),
        (
            "{% if page.lower %}{{ page.lower.title }}{% endif %}",
            "{% if neighbours(path=page.path)['previous'] %}{{ neighbours(path=page.path)['previous']['title'] }}{% endif %}",
        ),
        ("{% if current_path is starting_with(\"/x\") %}", "{% if path is starting_with(pat=\"/x\") %}"),
        ("{% if loop.index is not divisibleby(2) %}", "{% if loop.index is not divisible_by(divisor=2) %}"),
        ("{{ a | slice(start=1, end=b.c) | as_str }}", "{{ a[1:b.c] | str }}"),
        ("{% for x in p | concat(with=q) %}", "{% for x in [...p, ...q] %}"),
        ("{% set l = [1] | concat(with=\"a\") %}", "{% set l = [...([1]), \"a\"] %}"),
        (
            "{% for p in section.pages | filter(attribute=\"draft\", value=false) %}",
            "{% for p in section.pages | where(attribute=\"draft\", value=false) %}",
        ),
        ("{{ page.date | date(format=\"%Y\", timezone=\"UTC\") }}", "{{ page.date | date(format=\"%Y\") }}"),
        (
            "{% for f in config.feed_filenames %}{{ get_url(path=f) }}{% endfor %}",
            "{% for f in feeds %}{{ (f.path | url) }}{% endfor %}",
        ),
        (
            "{% for t in page.taxonomies.tags %}{{ t }}{{ get_taxonomy_url(kind='tags', name=t) }}{% endfor %}",
            "{% for t in page.categories %}{{ t.name }}{{ (t.path | url) }}{% endfor %}",
        ),
        ("{{- paginator.next -}}", "{{- paginator.next | url -}}"),
        ("{% for p in paginator.pages %}", "{% for p in section.pages %}"),
        ("{% include \"x/templates/tags/list.html\" %}", "{% include \"categories-index.html\" %}"),
        ("{{ \"a | b\" ~ c }}", "{{ \"a | b\" ~ c }}"),
        ("{{ x.y[0] | safe }}", "{{ x.y[0] | safe }}"),
    ] {
        let (text, left) = one(theirs);
        assert_eq!(text, ours, "{theirs}");
        assert_eq!(left, Vec::<String>::new(), "{theirs}");
    }
}

#[test]
fn macros_are_components() {
    let (text, left) = one(
        "{% import \"macros/post-list.html\" as m %}{% macro card(page, small=false) %}{{ self::title(page=page) }}{% endmacro card %}\n\
        {{ m::card(page=p.q, kind=\"a\", n=1 + 2) | safe }}{% set x = m::card(page=p) %}\n{{ m::card(page=p) | upper }}",
    );
    assert_eq!(
        text,
        "{% component own.card(page, small=false) %}{{ <own.title page={page} /> }}{% endcomponent %}\n\
        {{ <post_list.card page={p.q} kind=\"a\" n={1 + 2} /> }}{% set x %}{{ <post_list.card page={p} /> }}{% endset %}\n{{ m::card(page=p) | upper }}"
    );
    assert_eq!(left, ["m::card()"]);
}

#[test]
fn what_is_left_is_told_with_its_line() {
    let text = "a\n{{ page.slug }}\n{% if x is matching(\"y\") %}{{ y | nonsense | regex_replace(pattern=\"a\", rep=\"b\") }}\n{{ now() }}{{ own_thing() }}{% endif %}";
    let (_, left) = convert_template(text, "templates/page.html", &mut known());
    let left: Vec<(usize, &str)> = left.iter().map(|one| (one.line, one.what.as_str())).collect();
    let wanted = [
        (2, "page.slug"),
        (3, "is matching"),
        (3, "| nonsense"),
        (3, "| regex_replace"),
        (4, "now()"),
        (4, "own_thing()"),
    ];
    assert_eq!(left, wanted);
}

#[test]
fn hostile_templates_end() {
    for text in [
        "{{",
        "{% x",
        "{{ ( ( }}",
        "{{ a | }}",
        "{{ | | is is not }}",
        "{% macro %}",
        "{{ 'a }}",
        "{% raw %}",
        "{{ a::b }}",
        "{% import %}{% include %}{% set %}",
    ] {
        one(text);
    }
    one(&format!("{{{{ {}1{} }}}}", "(".repeat(50_000), ")".repeat(50_000)));
    one(&"{{ a | slice(start=1) }}".repeat(2_000));
    one(&"{{ ".repeat(3_000));
}

#[test]
fn a_theme_comes_over() {
    let mut source = MemoryInputs::new(jiff::Timestamp::UNIX_EPOCH);
    for (path, text) in [
        (
            "theme.toml",
            "name = \"Dock\"\nlicense = \"MIT\"\n[extra]\ndock_title = \"A \\\"dock\\\"\"\nmenu = [{ a = 1 }]\nnested = { a = 1 }\nn = 3\n",
        ),
        (
            "templates/index.html",
            "{{ config.extra.dock_title }}{% for x in config.extra.feed %}{% endfor %}{% include \"none.html\" ignore missing %}",
        ),
        ("templates/tags/list.html", "{% for t in terms %}{% endfor %}"),
        ("templates/robots.txt", "x"),
        ("sass/site.scss", "a{}"),
        ("sass/parts/_x.scss", "a{}"),
        ("static/js/a.js", "x"),
        ("content/_index.md", "x"),
        ("LICENSE", "Do what you like."),
    ] {
        source.write(SitePath::new(path).expect("a path"), text);
    }
    let mut found = Diagnostics::new();
    let (files, converted) = converted(&source, "dock", "0.1.0", &mut found).expect("converted");
    assert!(found.is_empty(), "{found:?}");
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    let wanted = [
        "LICENSE",
        "assets/js/a.js",
        "assets/parts/_x.scss",
        "assets/site.scss",
        "templates/404.html",
        "templates/base.html",
        "templates/categories-index.html",
        "templates/index.html",
        "templates/page.html",
        "templates/section.html",
        "templates/taxonomy.html",
        "templates/term.html",
        "theme.toml",
    ];
    assert_eq!(names, wanted);
    let list = String::from_utf8_lossy(&files["templates/categories-index.html"]).into_owned();
    assert_eq!(list, "{% for t in taxonomy.terms %}{% endfor %}");
    assert_eq!(files["templates/term.html"], b"{% extends \"index.html\" %}\n");
    let manifest = String::from_utf8(files["theme.toml"].clone()).expect("text");
    assert!(
        manifest.contains("[options.dock_title]\ntype = \"string\"\ndefault = 'A \"dock\"'"),
        "{manifest}"
    );
    assert!(manifest.contains("[options.n]\ntype = \"number\"\ndefault = 3"), "{manifest}");
    let left: Vec<&str> = converted.left.iter().map(|one| one.what.as_str()).collect();
    assert_eq!(left, ["include", "extra.menu", "extra.nested", "extra.feed"]);
    assert_eq!(converted.skipped.len(), 2);
}
