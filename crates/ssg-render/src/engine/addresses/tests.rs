use super::*;
use crate::theme::tags;

fn found(text: &str) -> Vec<String> {
    let mark = |spot: &Spot| match spot.form {
        Form::Address => "",
        Form::Scheme => ":",
        Form::Addresses => "addresses",
        Form::Further => "further",
        Form::Style => "style",
        Form::StyleAddress => "style-address",
        Form::Text => "text",
    };
    let shown = |spot: Spot| {
        let (mark, page) = (mark(&spot), if spot.in_page { "^" } else { "" });
        format!("{}{mark}{page}", &text[spot.range])
    };
    spots(text, &tags(text), &BTreeSet::from(["filled".to_owned()])).into_iter().map(shown).collect()
}

#[test]
fn addresses_are_found_wherever_they_begin() {
    for (text, expected) in [
        ("<a href=\"{{ x }}\">{{ y }}</a>", &["x"] as &[&str]),
        ("<a\nclass=\"{{ c }}\" HREF = '{{- x -}}'>", &["x"]),
        ("<a href={{ x }}>{{ y }}<a href={{x}} id={{ y }}>", &["x", "x"]),
        ("<a href=\" {{ a }}{{ b }}/{{ c }}\">", &["a", "b"]),
        ("<a href=\"/{{ x }}\"><a href=\"mailto:{{ x }}\"><a href=\"#{{ x }}\">", &[]),
        ("<a href=\"{{ x }}:{{ y }}\"><a href=\"{{ x }}/:\">", &["x:", "x"]),
        ("<a href=\"java{{ x }}\">", &["x"]),
        ("<a href={{ x }}:y>", &["x:"]),
        ("<a {% if a %}href=\"{{ a }}\"{% else %}href=\"{{ b }}\"{% endif %} id=\"{{ c }}\">", &["a", "b"]),
        ("<a href={% if a %}\"{{ a }}\"{% else %}\"{{ b }}\"{% endif %} id=\"{{ c }}\">", &["a", "b"]),
        ("<a href=\"{% if a %}/{{ a }}{% else %}{{ b }}{% endif %}\">", &["b"]),
        ("{% set x %}<img src=\"{{ a }}\">{% endset %}<p>{{ x }}</p>", &["a"]),
        ("{# <a href=\" #}{{ x }}<!-- <a href=\" -->{{ y }}", &[]),
        (
            "<script src=\"{{ a }}\">let x = '<a href=\"{{ b }}\">' < 3;</script><a href=\"{{ c }}\">",
            &["a", "c"],
        ),
        ("<p>1 < 2 href=\"{{ x }}\"", &[]),
        (
            "<form action=\"{{ a }}\"><button formaction='{{ b }}'><use xlink:href=\"{{ c }}\"/>",
            &["a", "b", "c"],
        ),
        ("<a data-embed=\"{{ a }}\" data-url={{ b }} data-label=\"{{ c }}\">", &["a", "b"]),
        ("<meta http-equiv=\"refresh\" content=\"0; URL={{ a }}\"><meta name=a content=\"{{ b }}\">", &["a"]),
        (
            "<object data=\"{{ a }}\"></object><blockquote cite=\"{{ b }}\"><video poster={{ c }}>",
            &["a", "b", "c"],
        ),
        ("<a disabled href=\"{{ a }}\"/><br/>{{ b }}", &["a"]),
        ("<img srcset=\"{{ a }} 1x, /{{ b }} 2x, {{ c }}:x 3x\">", &["aaddresses", "bfurther", "c:"]),
        (
            "<p style=\"--n: {{ a }}; background: URL( '{{ b }}') {{ c }}; x: url(/{{ d }})\">",
            &["astyle", "bstyle-address", "cstyle", "dstyle"],
        ),
        (
            "<iframe srcdoc=\"<a href='{{ a }}'>{{ b }}</a><b title='{{ c }}'>\" title=\"{{ d }}\">",
            &["a^", "btext^", "ctext^"],
        ),
        ("<set attributeName=\"href\" to=\"{{ a }}\"/><p to=\"{{ b }}\">", &["aaddresses"]),
        ("<a href=\"{{ <a.b x={y} /> }}\">{{ <a.b /> }}", &["<a.b x={y} />"]),
        ("<a href=\"{%- include \"a\" -%}\">{% include \"b\" %}", &["{%- include \"a\" -%}"]),
        (
            "<a href='{% <a> %}{% <b> %}/{{ x }}{% </b> %}{% </a> %}'>",
            &["{% <a> %}{% <b> %}/{{ x }}{% </b> %}{% </a> %}"],
        ),
        (
            "<a href='{% filter upper %}{{ x }}{% endfilter %}'>",
            &["x", "{% filter upper %}{{ x }}{% endfilter %}"],
        ),
        ("{% block filled %}{{ x }}{% endblock filled %}{{ y }}", &["x"]),
        ("{% block other %}{{ x }}{% endblock other %}<a href='{{ y }}'>", &["y"]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn blocks_in_addresses_are_found_by_name() {
    let text = "<a href=\"{% block to %}{% endblock %}\" class=\"{% block c %}{% endblock %}\">{% block t %}{% endblock %}";
    assert_eq!(blocks_in_addresses(text, &tags(text)), BTreeSet::from(["to".to_owned()]));
}

#[test]
fn pages_in_attributes_are_read_once() {
    let deep = "<iframe/srcdoc=".repeat(100_000);
    assert_eq!(found(&format!("{deep}{{{{ x }}}}")), ["xtext^"]);
}
