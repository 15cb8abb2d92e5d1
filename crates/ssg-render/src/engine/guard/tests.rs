use super::*;

fn guard(name: &str, text: &str, shows: bool) -> Guarded {
    super::guard(name, text, shows, &BTreeSet::new())
}

fn guarded(text: &str) -> String {
    let mut source = guard("a", text, true).source;
    while let Some(at) = source.find(" | ssg_pass %}{% endif ") {
        let from = source[..at].rfind("{%").expect("begins");
        let end = at + source[at..].find("endif ").expect("ends") + "endif %}".len();
        let end = end + usize::from(source[..end].ends_with("-%"));
        let is_trimming = source[..end].ends_with("-%}");
        source.replace_range(from..end, if is_trimming { "{P-}" } else { "{P}" });
    }
    source
}

#[test]
fn limits_stand_where_work_is_done() {
    for (text, expected) in [
        ("{% for x in a.b -%} t", "{% for x in (a.b) | ssg_walk(n=2097153) -%} t"),
        ("{% for k, v in f(x=\"in\") %}", "{% for k, v in (f(x=\"in\")) | ssg_walk(n=1) %}"),
        ("{% set a = b ~ c -%}", "{% set a = b | ssg_cat ~ c | ssg_cat -%}"),
        ("{% set a %}{{ x }}{% endset %}", "{% set a %}{{ (x) | ssg_show }}{% endset %}"),
        ("{%- include \"a\" %}", "{P}{%- include \"a\" %}"),
        ("{% block a %}{% endblock a %}", "{% block a %}{P}{% endblock a %}"),
        ("{% component a(x) -%}{% endcomponent a %}", "{% component a(x) -%}{P-}{% endcomponent a %}"),
        ("{{ \"for x in [y]\" }} {# {% for x in y %} #}", "{P}{{ \"for x in [y]\" }} {# {% for x in y %} #}"),
        (
            r#"{% for x in f(a="\" in [") %}{% endfor %}"#,
            r#"{% for x in (f(a="\" in [")) | ssg_walk(n=1) %}{% endfor %}"#,
        ),
        ("{% raw %}{% for x in y %}{% endraw %}", "{P}{% raw %}{% for x in y %}{% endraw %}"),
        ("{{ <a.b x={y ~ \"z\"} {...w} /> }}", "{P}{{ <a.b x={y | ssg_cat ~ \"z\"} {...w} /> }}"),
        ("{% <a x={[y]}> %}t{% </a> %}", "{P}{% <a x={[y] | ssg_made}> %}t{% </a> %}"),
        (
            "{% filter upper | trim %}{% endfilter %}",
            "{P}{% filter ssg_part | upper | ssg_part | trim %}{% endfilter %}",
        ),
    ] {
        // What the whole counts as is another matter.
        assert_eq!(guarded(text).trim_start_matches("{P}"), expected.trim_start_matches("{P}"));
    }
}

#[test]
fn what_is_made_and_compared_is_counted() {
    for (text, expected) in [
        ("[x.y for x in xs if x]", "[x.y for x in (xs) | ssg_walk if x] | ssg_made"),
        (
            "[[y for y in x] for x in xs]",
            "[[y for y in (x) | ssg_walk] | ssg_made for x in (xs) | ssg_walk] | ssg_made",
        ),
        (r"[x for x in y | g(a='\']')]", r"[x for x in (y | ssg_part | g(a='\']')) | ssg_walk] | ssg_made"),
        ("a ~ b | upper ~ c[0].d", "a | ssg_cat ~ b | ssg_part | upper | ssg_cat ~ c[0].d | ssg_cat"),
        ("\"a\" ~ <c x=\"y\" /> ~ 'b'", "\"a\" ~ <c x=\"y\" /> | ssg_cat ~ 'b'"),
        ("[1, 2, {\"a\": [true]}]", "[1, 2, {\"a\": [true]}]"),
        ("[a, a]", "[a, a] | ssg_made"),
        ("{\"a\": b, ...c}", "{\"a\": b, ...c} | ssg_made"),
        ("[a, b][0]", "[a, b][0]"),
        ("a[1:]", "(a | ssg_look)[1:] | ssg_part"),
        ("a[1:].b[x]", "(a[1:].b | ssg_look)[x] | ssg_part"),
        ("a[b[0]].c[-1:]", "(a[b[0]].c | ssg_look)[-1:] | ssg_part"),
        ("a[b[1:]:2]", "(a | ssg_look)[(b | ssg_look)[1:] | ssg_part:2] | ssg_part"),
        ("a[1:][2:]", "(a[1:] | ssg_look)[2:] | ssg_part"),
        ("not a[::2]", "not (a | ssg_look)[::2] | ssg_part"),
        ("a ~ (b | g)[1:]", "a | ssg_cat ~ ((b | ssg_part | g) | ssg_look)[1:] | ssg_part | ssg_cat"),
        ("a[0] and b[1:]", "a[0] and (b | ssg_look)[1:] | ssg_part"),
        ("a | length", "a | ssg_look | length"),
        (
            "a is starting_with(pat=\"b\") or c is defined",
            "a | ssg_look is starting_with(pat=\"b\") or c is defined",
        ),
        ("a[b]", "a[b]"),
        ("range(end=9)", "range(end=9) | ssg_part"),
        ("a == \"b\" and c != d or e == -1", "a == \"b\" and c != d | ssg_deep or e == -1"),
        ("a in b and c not in [d]", "a in b | ssg_hay and c not in [d] | ssg_made | ssg_hay"),
        ("a is containing(pat=\"b\")", "a | ssg_hay is containing(pat=\"b\")"),
        ("a if b == c else d ~ e", "a if b == c | ssg_deep else d | ssg_cat ~ e | ssg_cat"),
        ("a | default(value=b) | safe", "a | default(value=b) | safe"),
        ("f(x=a ~ b, y=[c])", "f(x=a | ssg_cat ~ b | ssg_cat, y=[c] | ssg_made)"),
        ("1 < 2 and a <b", "1 < 2 and a <b | ssg_look"),
    ] {
        let text = format!("{{% if {text} %}}{{% endif %}}");
        let expected = format!("{{% if {expected} %}}{{% endif %}}");
        let guarded = guard("a", &text, true).source;
        // How long a comprehension is is another matter.
        let plain = guarded.replace("(n=2)", "").replace("(n=3)", "");
        assert!(plain.ends_with(&expected), "{plain}\n{expected}");
        let mut tera = crate::engine::bare(crate::builtins::BUILTINS);
        tera.register_filter("g", |_: &Value, _: Kwargs, _: &State| 0);
        tera.register_function("f", |_: Kwargs, _: &State| 0);
        let component = "{% component c(x) %}{% endcomponent c %}";
        if let Err(error) = tera.add_raw_templates([("c", component), ("t", &guarded)]) {
            panic!("{guarded}: {error}");
        }
    }
}

#[test]
fn a_text_counts_where_it_is_written() {
    let long = "x".repeat(200);
    let text = format!("{{% for a in b %}}{{% if a %}}{long}{{% else -%}} y {{%- endif %}}{{% endfor %}}");
    let place = format!("{{% if {} | ssg_pass %}}{{% endif %}}x", (200 << 20) + 1);
    let guarded = guard("a", &text, true).source;
    assert!(guarded.contains(&place), "{guarded}");
    assert!(guarded.contains(&format!("ssg_walk(n={})", (3 << 20) + 3)), "{guarded}");
}

#[test]
fn what_stands_in_a_loop_counts_as_often_as_it_goes_round() {
    let ifs = "{% if a %}{% endif %}".repeat(2000);
    let guarded = guard("a", &format!("{{% for a in b %}}{ifs}{{% endfor %}}"), true).source;
    assert!(guarded.contains(&format!("ssg_walk(n={})", (42_000 + 12) / 16 + 1)), "{}", &guarded[..80]);
    let filters = " | abs".repeat(100);
    let guarded = guard("a", &format!("{{% set x = [a{filters} for a in b] %}}"), true).source;
    assert!(guarded.contains("(b) | ssg_walk(n=39)]"), "{guarded}");
    let guarded = guard("a", &format!("{{% set x = [[c] for a in f(x=[b{filters}])] %}}"), true).source;
    assert!(guarded.contains(") | ssg_walk(n=39)]"), "{guarded}");
}

#[test]
fn tags_that_stand_in_each_other_are_counted() {
    let chain = |count: usize| format!("{{% if a %}}{}{{% endif %}}", "{% elif b %}".repeat(count));
    assert_eq!(guard("a", &chain(DEEPEST - 1), true).too_deep, None);
    assert!(guard("a", &chain(DEEPEST), true).too_deep.is_some());
    // One after another they are not in each other.
    assert_eq!(guard("a", &chain(100).repeat(10), true).too_deep, None);
    let nested = format!("{}{}", "{% if a %}{% elif b %}{% elif c %}".repeat(50), "{% endif %}".repeat(50));
    assert!(guard("a", &nested, true).too_deep.is_some());
}

#[test]
fn places_are_those_of_the_author() {
    let text = "{% for x in list %}{{ x.nope }}{% endfor %}";
    for shows in [true, false] {
        let guarded = guard("a", text, shows);
        for word in ["list", "nope", "endfor"] {
            let place = guarded.source.find(word).expect("kept");
            assert_eq!(guarded.original(place), text.find(word).expect("there"), "{word}");
        }
    }
    assert_eq!(guard("a", text, true).source.len(), guard("a", text, false).source.len());
}
