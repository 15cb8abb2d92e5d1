//! Small bodies and what becomes of them; the holes are shown in a short notation.

use super::*;
use ssg_source::Diagnostics;
use std::time::{Duration, Instant};

fn parse(text: &str) -> (Body, Diagnostics) {
    let mut found = Diagnostics::new();
    let options = MarkdownOptions { smart_punctuation: false, ..MarkdownOptions::default() };
    let body = parse_markdown(text, 0, &options, &mut found);
    (body, found)
}

fn show(pieces: &[Piece]) -> String {
    let show_one = |piece: &Piece| match piece {
        Piece::Html(html) => html.clone(),
        Piece::Address { written, .. } => written.clone(),
        Piece::LinkOpen { dest, title, .. } if title.is_empty() => format!("[a {dest}]"),
        Piece::LinkOpen { dest, title, .. } => format!("[a {dest} {title:?}]"),
        Piece::Image { dest, alt, .. } => format!("[img {dest} {alt:?}]"),
        Piece::Code { info, code, marks, .. } if marks.is_empty() => format!("[code {info} {code:?}]"),
        Piece::Code { code, marks, .. } => format!("[code {code:?} {marks:?}]"),
        Piece::Shortcode(call) => {
            let args: Vec<String> =
                call.args.iter().map(|(name, value)| format!(" {name}={value:?}")).collect();
            let body = call.body.as_ref().map(|body| format!(": {}", show(body))).unwrap_or_default();
            format!("[{}{}{}{body}]", if call.block { "block " } else { "" }, call.name, args.concat())
        }
    };
    pieces.iter().map(show_one).collect()
}

/// The body without diagnostics, shown.
fn quiet(text: &str) -> String {
    let (body, found) = parse(text);
    assert!(found.is_empty(), "{text:?}: {found:?}");
    show(&body.pieces)
}

fn summary(text: &str) -> Option<(String, bool)> {
    let (body, _) = parse(text);
    body.summary.map(|summary| (show(&body.pieces[summary.pieces]), summary.marked))
}

fn messages(text: &str) -> Vec<(String, String)> {
    let (_, found) = parse(text);
    let shown = |one: &ssg_source::Diagnostic| {
        (one.message.clone(), one.span.map(|span| span.slice(text).to_owned()).unwrap_or_default())
    };
    found.iter().map(shown).collect()
}

#[test]
fn marks_in_code_are_explained_by_the_list_below() {
    let text = "```yaml,annotate\nserial: 1 # (1)\nb: (1) # (2) (1)\n```\n\n1. One host.\n2. [x] *Two*.\n";
    let (body, found) = parse(text);
    assert!(found.is_empty(), "{found:?}");
    let Some(Piece::Code { code, marks, .. }) = body.pieces.first() else { panic!("{:?}", body.pieces) };
    assert_eq!(code, "serial: 1\nb: (1)\n");
    let marks: Vec<_> = marks.iter().map(|mark| (mark.line, mark.number, mark.id.as_deref())).collect();
    let (one, two) = (Some("annotation-1-1"), Some("annotation-1-2"));
    assert_eq!(marks, [(1, 1, one), (2, 2, two), (2, 1, one)]);
    assert_eq!(
        show(&body.pieces[1..]),
        "\n<ol class=\"annotations\">\n<li id=\"annotation-1-1\">One host.</li>\n\
         <li class=\"task\" id=\"annotation-1-2\"><label><input type=\"checkbox\" disabled checked> \
         <em>Two</em>.</label></li>\n</ol>\n"
    );
    assert_eq!(body.ids, ["annotation-1-1", "annotation-1-2"]);
    assert_eq!(
        quiet("```yaml\na # (1)\n```\n\n1. x\n"),
        "[code yaml \"a # (1)\\n\"]\n<ol>\n<li>x</li>\n</ol>\n"
    );
}

#[test]
fn marks_without_an_explanation_and_the_reverse_are_told() {
    let wrong = |text: &str| messages(text);
    let quoted =
        "> ```sh annotate\n> ls # (3)\n> é # (1) (2)!\n> ```\n>\n> 1. x\n> 4. y\n>    1. z\n> 3. w\n";
    assert_eq!(wrong(quoted), []);
    let marks = [
        "no numbered list right below the code explains `1.` for this mark".to_owned(),
        "no numbered list right below the code explains `2.` for this mark".to_owned(),
    ];
    let told = wrong("```sh annotate\nls # (1)\nls // (2)!\n```\n\ntext\n\n1. x\n");
    assert_eq!(told, [(marks[0].clone(), "(1)".to_owned()), (marks[1].clone(), "(2)".to_owned())]);
    assert_eq!(wrong("```sh annotate\nls # (1)\n```\n- x\n").len(), 1);
    assert_eq!(wrong("```sh annotate\nls # (1)\n```").len(), 1);
    assert_eq!(wrong("a[^1]\n\n[^1]: b\n\n    ```sh annotate\n    ls # (1)\n    ```\n").len(), 1);
    let told = wrong("```sh annotate\nls\n```\n");
    assert_eq!(
        told,
        [("`annotate` is set, and no line of the code ends in a mark".to_owned(), "sh annotate".to_owned())]
    );
    let told =
        wrong("- a\n\n  ```sh annotate\n  ls # (1)\n  ls # (3)\n  ```\n\n  1. x\n     1. inner\n  2. y\n");
    assert_eq!(
        told,
        [
            ("no line of the code above ends in the mark `(2)`".to_owned(), "2. y".to_owned()),
            ("the list below has no entry `3.` for this mark".to_owned(), "(3)".to_owned()),
        ]
    );
}

#[test]
fn cells_that_are_left_out_are_told() {
    let row = |row: &str| messages(&format!("| a | b |\n|---|---|\n{row}\n"));
    for fine in ["| 1 | 2 |", "1 | 2", "| 1 \\| x | 2 |", "| 1 |", "| 1 | 2 | |", "| `a\\|b` | 2"] {
        assert_eq!(row(fine), [], "{fine}");
    }
    for (text, place) in [("| `x|y` | 2 |", " 2 |"), ("1|2|3", "3"), ("> | 1 | 2 | é |", " é |")] {
        let (_, at) = row(text).pop().unwrap_or_default();
        let at = if text.starts_with('>') { place.to_owned() } else { at };
        assert_eq!(at, place, "{text}");
    }
}

#[test]
fn blocks_of_others_are_told() {
    for (text, told) in [
        ("::: warning\ntext\n:::\n", &["::: warning", "::"] as &[&str]),
        ("a\n\n:::note\n\nb\n", &["::note"]),
        ("!!! note \"T\"\n    text\n", &["!!! note \"T\""]),
        ("??? tip\n", &["??? tip"]),
        ("[TOC]\n", &["[TOC]"]),
        ("> [[_TOC_]]\n", &["[[_TOC_]]"]),
        ("![x](@/a.png){width=3} and [a](b){.c}\n", &["{width=3}", "{.c}"]),
        ("What??? Yes!!! a ::: b {x} [toc](c) (a){b}\n", &[]),
        ("!!!\n\n??\n", &[]),
    ] {
        let places: Vec<String> = messages(text).into_iter().map(|(_, place)| place).collect();
        assert_eq!(places, told, "{text}");
    }
}

#[test]
fn blocks_and_spans() {
    assert_eq!(
        quiet("a *b* **c** ~~d~~ `e<` & f\\\ng"),
        "<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>e&lt;</code> &amp; f<br>\ng</p>\n"
    );
    assert_eq!(quiet("> a\n\n---\n"), "<blockquote>\n<p>a</p>\n</blockquote>\n<hr>\n");
    assert_eq!(
        quiet("3. a\n4. b\n   - c\n"),
        "<ol start=\"3\">\n<li>a</li>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ol>\n"
    );
    assert_eq!(quiet("term\n: what it means\n"), "<dl>\n<dt>term</dt>\n<dd>what it means</dd>\n</dl>\n");
    assert_eq!(
        quiet("> [!NOTE]\n> Mind.\n"),
        "<blockquote class=\"markdown-alert-note\">\n<p class=\"markdown-alert-title\">Note</p>\n<p>Mind.</p>\n</blockquote>\n"
    );
}

#[test]
fn tables() {
    assert_eq!(
        quiet("| |b|\n|-|-:|\n|1|2|\n"),
        "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Table\">\n<table>\n<thead>\n\
         <tr><td></td><th scope=\"col\" style=\"text-align: right\">b</th></tr>\n</thead>\n<tbody>\n\
         <tr><td>1</td><td style=\"text-align: right\">2</td></tr>\n</tbody>\n</table>\n</div>\n"
    );
}

#[test]
fn tasks_have_labels() {
    assert_eq!(
        quiet("- [x] a\n- [ ] b\n  - c\n"),
        "<ul>\n<li class=\"task\"><label><input type=\"checkbox\" disabled checked> a</label></li>\n\
         <li class=\"task\"><label><input type=\"checkbox\" disabled> b</label>\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>\n"
    );
    assert_eq!(
        quiet("- [x] a\n\n- b\n"),
        "<ul>\n<li class=\"task\">\n<p><label><input type=\"checkbox\" disabled checked> a</label></p>\n</li>\n\
         <li>\n<p>b</p>\n</li>\n</ul>\n"
    );
}

#[test]
fn smart_punctuation_is_an_option() {
    let body = parse_markdown("\"a\" -- b...", 0, &MarkdownOptions::default(), &mut Diagnostics::new());
    assert_eq!(show(&body.pieces), "<p>“a” – b…</p>\n");
    assert_eq!(quiet("\"a\" -- b..."), "<p>\"a\" -- b...</p>\n");
}

#[test]
fn headings() {
    let text =
        "# Über uns\n## Über *uns* `x`\n# Über uns\n## 👍 {#top .big .x data-a=\"1\" onclick=f}\n#\n#\n";
    let (body, _) = parse(text);
    let ids: Vec<_> =
        body.headings.iter().map(|one| (one.level, one.id.as_str(), one.title.as_str())).collect();
    assert_eq!(
        ids,
        [
            (1, "uber-uns", "Über uns"),
            (2, "uber-uns-x", "Über uns x"),
            (1, "uber-uns-1", "Über uns"),
            (2, "top", "👍"),
            (1, "section", ""),
            (1, "section-1", "")
        ]
    );
    assert!(
        show(&body.pieces).contains("<h2 id=\"top\" class=\"big x\" data-a=\"1\" onclick=\"f\">👍</h2>\n"),
        "{}",
        show(&body.pieces)
    );
    assert!(body.headings[1].span.slice(text).starts_with("## Über *uns*"));
    let (body, _) = parse("## A [b](c) {{ d() }} ![e](f)");
    assert_eq!(body.headings[0].title, "A b  e");
    assert_eq!(show(&body.pieces), "<h2 id=\"a-b-e\">A [a c]b</a> [d] [img f \"e\"]</h2>\n");
}

#[test]
fn links_images_and_code_are_holes_with_places() {
    let text = "é [b *c*](/d \"t & t\") ![x *y* ![z](i)](/w.png) <a@b.c>\n\n```rust,hl_lines=1\nfn\r\n```\n\n    in\n";
    let mut found = Diagnostics::new();
    let file = format!("+++\n+++\n{text}");
    let body = parse_markdown(text, 8, &MarkdownOptions::default(), &mut found);
    assert_eq!(
        show(&body.pieces),
        "<p>é [a /d \"t & t\"]b <em>c</em></a> [img /w.png \"x y z\"] [a mailto:a@b.c]a@b.c</a></p>\n\
         [code rust,hl_lines=1 \"fn\\n\"]\n[code  \"in\\n\"]\n"
    );
    let places: Vec<&str> = body
        .pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::LinkOpen { span, .. } | Piece::Image { span, .. } | Piece::Code { span, .. } => {
                Some(span.slice(&file))
            }
            _ => None,
        })
        .collect();
    assert_eq!(
        places,
        ["[b *c*](/d \"t & t\")", "![x *y* ![z](i)](/w.png)", "<a@b.c>", "rust,hl_lines=1", "in\n"]
    );
}

#[test]
fn footnotes_are_numbered_by_first_reference() {
    let text = "a[^two] b[^one] c[^two]\n\n[^one]: One.\n[^unused]: No.\n[^two]: Two[^three].\n\n    ```\n    x\n    ```\n[^three]: Three.\n";
    let (body, _) = parse(text);
    let shown = show(&body.pieces);
    assert!(shown.starts_with(
        "<p>a<sup class=\"footnote-reference\" id=\"fnref-1\"><a href=\"#fn-two\" role=\"doc-noteref\">1</a></sup> b\
         <sup class=\"footnote-reference\" id=\"fnref-2\"><a href=\"#fn-one\" role=\"doc-noteref\">2</a></sup> c\
         <sup class=\"footnote-reference\" id=\"fnref-1-2\">"
    ), "{shown}");
    assert!(
        shown.contains(
            "<section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n<li id=\"fn-two\">\n<p>Two"
        ),
        "{shown}"
    );
    assert!(shown.contains("<li id=\"fn-one\">\n<p>One. <a href=\"#fnref-2\" class=\"footnote-backref\" role=\"doc-backlink\" aria-label=\"Back to reference 2\">↩</a></p>\n</li>\n"), "{shown}");
    assert!(shown.contains("<p>Three. <a href=\"#fnref-3\""), "{shown}");
    assert!(!shown.contains("No."));
    assert_eq!(body.ids, ["fn-two", "fnref-1", "fn-one", "fnref-2", "fnref-1-2", "fn-three", "fnref-3"]);
    assert_eq!(body.lead, "a b c");
}

#[test]
fn summaries() {
    let marked = |html: &str| Some((html.to_owned(), true));
    assert_eq!(summary("a\n\n<!-- more -->\n\nb"), marked("<p>a</p>\n"));
    assert_eq!(summary("a\n<!--more-->\nb"), marked("<p>a</p>\n"));
    assert_eq!(summary("a mix.<!--   more-->\n\nb"), marked("<p>a mix.</p>\n"));
    assert_eq!(summary("# h\n\na <!--more--> c\n\nb"), marked("<h1 id=\"h\">h</h1>\n<p>a  c</p>\n"));
    assert_eq!(
        summary("- a\n- b<!-- more -->\n- c\n\nd"),
        marked("<ul>\n<li>a</li>\n<li>b</li>\n<li>c</li>\n</ul>\n")
    );
    assert_eq!(
        summary("[a](b)\n\n```\nc\n```\n<!--\nmore\n-->\nd"),
        marked("<p>[a b]a</a></p>\n[code  \"c\\n\"]\n")
    );
    let first = |html: &str| Some((html.to_owned(), false));
    assert_eq!(summary("# h\n\n![i](j)\n\na [b](c)\n\nd"), first("<p>a [a c]b</a></p>\n"));
    assert_eq!(summary("<!-- more -->\n\na\n\nb"), first("<p>a</p>\n"));
    assert_eq!(summary("{{ x() }}\n\n{% img a %}\n\ntext"), first("<p>text</p>\n"));
    assert_eq!(summary("# h\n\n- a\n"), None);
    let (body, _) = parse("a<!-- more --> <!-- kept -->\n");
    assert_eq!(show(&body.pieces), "<p>a <!-- kept --></p>\n");
}

#[test]
fn reading_takes_time_in_scripts_without_spaces() {
    for (text, words, minutes) in [
        ("one two ".repeat(330), 660, 3),
        ("日本語の文章".repeat(200), 1200, 3),
        ("ภาษาไทย".repeat(200), 280, 2),
        ("短い".to_owned(), 2, 1),
    ] {
        let (body, _) = parse(&text);
        let (outline, _) = crate::Outline::of(body, None);
        assert_eq!((outline.words, outline.reading_time()), (words, minutes), "{text}");
    }
}

#[test]
fn lead_and_words() {
    let (body, _) =
        parse("# One two\n\n> in a quote\n\nDon't [go *on*](x)\nnow: `let x`. ![not](y)\n\n日本 e-mail\n");
    assert_eq!(body.lead, "Don't go on now: let x.");
    assert_eq!(body.words, 2 + 3 + 6 + 3);
    assert_eq!(parse("- a\n\n  b\n").0.lead, "a");
    let (body, _) = parse(&"word ".repeat(200));
    assert!(body.lead.chars().count() <= 300 && body.lead.ends_with("word…"), "{}", body.lead);
    let (body, _) = parse(&"x".repeat(300));
    assert_eq!(body.lead, "x".repeat(300));
    let (body, _) = parse(&"語".repeat(400));
    assert_eq!((body.lead.chars().count(), body.words), (300, 400));
}

#[test]
fn raw_html() {
    let text =
        "<div id=a class=\"x\" data-id='no'><a name=\"b\"></div>\n\nc <i ID = 'd'>e</i> <!-- id=\"no\" -->\n";
    let (body, _) = parse(text);
    assert_eq!(body.ids, ["a", "b", "d"]);
    assert_eq!(
        show(&body.pieces),
        "<div id=a class=\"x\" data-id='no'><a name=\"b\"></div>\n<p>c <i ID = 'd'>e</i> <!-- id=\"no\" --></p>\n"
    );
    let options = MarkdownOptions { raw_html: RawHtml::Escape, ..MarkdownOptions::default() };
    let text = "<script>alert(1)</script>\n\na <b onclick=x>\n\n# c {onclick=x data-y=z}\n\n<!-- more -->\n";
    let body = parse_markdown(text, 0, &options, &mut Diagnostics::new());
    assert_eq!(
        show(&body.pieces),
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n<p>a &lt;b onclick=x&gt;</p>\n<h1 id=\"c\" data-y=\"z\">c</h1>\n"
    );
    assert!(body.summary.is_some_and(|summary| summary.marked));
}

#[test]
fn calls() {
    assert_eq!(quiet("{{ a() }}"), "[block a]\n");
    assert_eq!(quiet("{{a()}}\n{{ b() }}\n\nc {{ d() }} e"), "[block a]\n[block b]\n<p>c [d] e</p>\n");
    assert_eq!(
        quiet("{{ a(b=\"x_y_z\", c='1\"', d=`e|f`, g=-4, h=4.5, i=true, j=[1, \"two\", []],) }}"),
        "[block a b=Text(\"x_y_z\") c=Text(\"1\\\"\") d=Text(\"e|f\") g=Integer(-4) h=Float(4.5) i=Bool(true) \
         j=List([Integer(1), Text(\"two\"), List([])])]\n"
    );
    assert_eq!(
        quiet("{{ a(\n  b = 1,\n\n  c = 2\n) }}\n\nd"),
        "[block a b=Integer(1) c=Integer(2)]\n<p>d</p>\n"
    );
    assert_eq!(
        quiet("- {{ a() }}\n\n|x|\n|-|\n|{{ b(c=\"|\") }}|\n").matches("[b c=Text(\"|\")]").count(),
        1
    );
    assert_eq!(
        quiet("[{{ a() }}](b) *{{ c() }}* **x{{ c() }}**"),
        "<p>[a b][a]</a> <em>[c]</em> <strong>x[c]</strong></p>\n"
    );
    assert_eq!(quiet("<div>{{ a() }}</div>\n\nx <b>{{ c() }}</b>"), "<div>[a]</div>\n<p>x <b>[c]</b></p>\n");
}

#[test]
fn calls_with_bodies() {
    assert_eq!(
        quiet("{% a() %}\n# H\n\n*b*\n{% end %}\nc"),
        "<p>[a: <h1 id=\"h\">H</h1>\n<p><em>b</em></p>\n]\nc</p>\n"
    );
    assert_eq!(quiet("{% a(x=1) %} b {% end %}"), "[block a x=Integer(1): <p>b </p>\n]\n".replace("b ", "b"));
    assert_eq!(
        quiet("{% a() %}\n{% b() %}\nc\n{% end %}\n\n{{ d() }}\n{% end %}"),
        "[block a: [block b: <p>c</p>\n]\n[block d]\n]\n"
    );
    assert_eq!(
        quiet("{% a() %}\n```\n{% end %}\n{{ x() }}\n```\n{% end %}"),
        "[block a: [code  \"{% end %}\\n{{ x() }}\\n\"]\n]\n"
    );
    let (body, _) = parse("# H\n\n{% a() %}\n# H\n{% end %}\n");
    let ids: Vec<_> = body.headings.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["h", "h-1"]);
    let (body, _) = parse("a[^n]\n\n[^n]: A.\n\n{% a() %}\nb[^n]\n\n[^n]: B.\n{% end %}\n");
    assert_eq!(body.ids, ["fn-n", "fnref-1", "fn-n-1", "fnref-2"]);
    let shown = show(&body.pieces);
    assert!(
        shown.contains("<p>A. <a href=\"#fnref-1\"") && shown.contains("<p>B. <a href=\"#fnref-2\""),
        "{shown}"
    );
}

#[test]
fn calls_know_their_places() {
    let text = "ü {{ a(b=1) }} {% c() %} x [y](z) {% end %}";
    let file = format!("---\n---\n{text}");
    let body = parse_markdown(text, 8, &MarkdownOptions::default(), &mut Diagnostics::new());
    let calls: Vec<&Call> = body
        .pieces
        .iter()
        .filter_map(|piece| if let Piece::Shortcode(call) = piece { Some(call) } else { None })
        .collect();
    assert_eq!(
        (calls[0].span.slice(&file), calls[0].source.as_str(), calls[0].end.as_str()),
        ("{{ a(b=1) }}", "{{ a(b=1) }}", "")
    );
    assert_eq!(
        (calls[1].span.slice(&file), calls[1].source.as_str(), calls[1].end.as_str()),
        ("{% c() %}", "{% c() %}", "{% end %}")
    );
    let inner = calls[1].body.iter().flatten().find_map(|piece| match piece {
        Piece::LinkOpen { span, .. } => Some(span.slice(&file)),
        _ => None,
    });
    assert_eq!(inner, Some("[y](z)"));
}

#[test]
fn nothing_is_expanded_in_code_and_comments() {
    assert_eq!(
        quiet("`{{ a() }}` and ``{% b %}``"),
        "<p><code>{{ a() }}</code> and <code>{% b %}</code></p>\n"
    );
    assert_eq!(
        quiet("```{{ a() }}\n{% b() %}\n```\n\n    {{ c() }}\n"),
        "[code {{ a() }} \"{% b() %}\\n\"]\n[code  \"{{ c() }}\\n\"]\n"
    );
    assert_eq!(
        quiet("<!-- {{ a() }} -->\n\nx <!-- {% b %} --> {{ c() }}\n"),
        "<!-- {{ a() }} -->\n<p>x <!-- {% b %} --> [c]</p>\n"
    );
    assert_eq!(quiet("<script>\nf({{ a() }})\n</script>\n"), "<script>\nf({{ a() }})\n</script>\n");
    assert_eq!(
        quiet("\\{{ a() }} {{/* b(c=\"d\") */}} {%/* e */%}"),
        "<p>{{ a() }} {{ b(c=\"d\") }} {% e %}</p>\n"
    );
    assert_eq!(quiet("{{}} {{ }} {%%} a { b {{ c"), "<p>{{}} {{ }} {%%} a { b {{ c</p>\n");
}

#[test]
fn what_is_no_call_stays_text() {
    let text = "{% highlight ruby_on_rails *x* %}\n\n{{ site.url | \"y\" }} {{< figure src=\"_a_\" >}}";
    let options = MarkdownOptions::default();
    let body = parse_markdown(text, 0, &options, &mut Diagnostics::new());
    assert_eq!(
        show(&body.pieces),
        "<p>{% highlight ruby_on_rails *x* %}</p>\n<p>{{ site.url | \"y\" }} {{&lt; figure src=\"_a_\" &gt;}}</p>\n"
    );
    let found = messages(text);
    assert_eq!(
        found[0],
        (
            "Liquid tag `{% highlight %}` is not expanded; it stays as text".to_owned(),
            "{% highlight ruby_on_rails *x* %}".to_owned()
        )
    );
    assert_eq!(found[1].0, "Liquid tag `{{ site.url }}` is not expanded; it stays as text");
    assert_eq!(found[2].0, "Hugo shortcode `{{< figure >}}` is not expanded; it stays as text");
    assert_eq!(show(&parse("[a]({% post_url x %})").0.pieces), "<p>[a]({% post_url x %})</p>\n");
}

#[test]
fn broken_calls_stay_text_with_a_warning() {
    for (text, message, place) in [
        ("{{ a( }}", "the call of shortcode `a` cannot be read; it stays as text", "}}"),
        ("x {{ a(b=\"c) }}", "the call of shortcode `a` cannot be read; it stays as text", "\"c) }}"),
        ("{{ a(b=c) }} d", "the call of shortcode `a` cannot be read; it stays as text", "c) }}"),
        ("{% a() %} b", "shortcode `{% a() %}` has no `{% end %}`; it stays as text", "{% a() %}"),
        ("b {% end %}", "`{% end %}` ends no shortcode; it stays as text", "{% end %}"),
        (
            "[b]({{ a() }})",
            "a shortcode cannot stand in the destination of a link; it stays as text",
            "[b]({{ a() }})",
        ),
        ("![{{ a() }}](b)", "a shortcode cannot stand in an alternative text; it stays as text", "{{ a() }}"),
    ] {
        assert_eq!(messages(text), [(message.to_owned(), place.to_owned())], "{text}");
    }
    assert_eq!(show(&parse("{{ a(*b*) }}").0.pieces), "<p>{{ a(*b*) }}</p>\n");
    assert_eq!(show(&parse("[b]({{ a() }})").0.pieces), "<p>[a {{ a() }}]b</a></p>\n");
    assert_eq!(show(&parse("![{{ a() }}](b)").0.pieces), "<p>[img b \"{{ a() }}\"]</p>\n");
    let deep = format!("{}x{}", "{% a() %}".repeat(20), "{% end %}".repeat(20));
    let found = messages(&deep);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].0.contains("16 deep"));
}

#[test]
fn the_mark_of_placeholders_is_no_way_in() {
    assert_eq!(quiet("\u{fdd0}0; {{ a() }}"), "<p>\u{fffd}0; [a]</p>\n");
}

#[test]
fn line_ends_do_not_matter() {
    let text =
        "# a\n\nb\nc <i\nd> {% e() %}\nf\n{% end %}\n\n<div>\nx\n</div>\n\n```\ng\nh\n```\n\n|a|\n|-|\n|b|\n";
    let (unix, dos) = (parse(text).0, parse(&text.replace('\n', "\r\n")).0);
    assert_eq!(show(&unix.pieces), show(&dos.pieces));
}

#[test]
fn nothing_panics() {
    let words = [
        "``` a annotate\n",
        " # (1)",
        "// (2)(3)!\n",
        ":::",
        "!!! a",
        "[TOC]",
        "{a=b}",
        "\\|",
        "*",
        "**",
        "_",
        "`",
        "```",
        "~~~",
        "~~",
        "[",
        "](",
        ")",
        "]",
        "![",
        "[^a]",
        "[^a]: ",
        "> ",
        "- ",
        "1. ",
        "# ",
        "\n",
        "\n\n",
        "    ",
        "\t",
        "|",
        "|-|\n",
        "<",
        ">",
        "<div>",
        "</div>",
        "<!--",
        "-->",
        "<!-- more -->",
        "{{ ",
        " }}",
        "{% ",
        " %}",
        "{% end %}",
        "{{ a() }}",
        "{% b(c=\"",
        "\") %}",
        "{{ a(",
        "[ ] ",
        "- [x] ",
        "&amp;",
        "é",
        "語",
        "\u{fdd0}",
        "\0",
        "\\",
        "\r\n",
        "---",
        "===",
        ": ",
        "{#id .c a=b}",
        "> [!NOTE]\n",
        "\"",
        "'",
        "...",
        "id=x",
        "a",
        "<a@b.c>",
        "[a]: b\n",
        "word",
        "(",
        "=",
    ];
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap_or(0) % limit
    };
    for round in 0..20_000 {
        let text: String = (0..random(40)).map(|_| words[random(words.len())]).collect();
        let raw_html = [RawHtml::Allow, RawHtml::Escape, RawHtml::Sanitize][round % 3];
        let options = MarkdownOptions {
            smart_punctuation: round % 2 == 0,
            raw_html,
            heading_ids: HeadingIds::Slug,
            bare_urls: round % 3 == 0,
            emoji: round % 3 != 1,
            math: round % 5 == 0,
        };
        let mut found = Diagnostics::new();
        let body = parse_markdown(&text, 0, &options, &mut found);
        assert!(body.summary.is_none_or(|summary| summary.pieces.end <= body.pieces.len()), "{text:?}");
        assert!(!show(&body.pieces).contains('\u{fdd0}'), "{text:?}: {}", show(&body.pieces));
        for one in &found {
            assert!(one.span.is_some_and(|span| text.get(span.range()).is_some()), "{text:?}: {one:?}");
        }
        if raw_html == RawHtml::Escape {
            let raw = |piece: &Piece| matches!(piece, Piece::Html(html) if html.contains("<div>"));
            assert!(!body.pieces.iter().any(raw), "{text:?}");
        }
        let mut ids: Vec<&String> = body.headings.iter().map(|one| &one.id).collect();
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count, "{text:?}");
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test measures time")]
fn depth_and_size_cost_what_they_must() {
    let deep = 20_000;
    let nested: String = (0..2_000).map(|depth| "  ".repeat(depth) + "- a\n").collect();
    let cases = [
        "> ".repeat(deep) + "a",
        "- ".repeat(deep) + "a",
        "[".repeat(deep * 5),
        "![".repeat(deep),
        "![".repeat(deep) + "a" + &"](b)".repeat(deep),
        "*a **a ".repeat(deep),
        "*".repeat(deep) + "a" + &"*".repeat(deep),
        nested,
        "{{ ".repeat(deep),
        "{{".repeat(deep * 5),
        "{% a() %}\n".repeat(deep),
        "{% a() %}".repeat(deep) + &"{% end %}".repeat(deep),
        "{{ a(b=\"".repeat(deep),
        "{{ a(b=[".repeat(deep),
        "{{ a(b=[[[[[[[[[[[[".repeat(deep),
        "{{ a() }} ".repeat(deep),
        "`{{ a() }} ".repeat(deep),
        "<!-- {{ a".repeat(deep),
        "<a id=\"".repeat(deep),
        "<div id='\n".repeat(deep),
        "# a\n".repeat(deep),
        "a[^b]\n\n[^b]: c[^b]\n\n".repeat(deep / 4),
        "a[^b] ".repeat(deep) + "\n\n[^b]: c",
        "<!-- more -->\n".repeat(deep),
    ];
    for text in cases {
        let start = Instant::now();
        let (body, _) = parse(&text);
        let size: usize = show(&body.pieces).len();
        assert!(size < text.len() * 60 + 1000, "{size} bytes from {}: {:?}", text.len(), &text[..20]);
        let time = start.elapsed();
        assert!(time < Duration::from_secs(5), "{time:?}: {:?}", &text[..20]);
    }
}
