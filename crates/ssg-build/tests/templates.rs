//! Random templates that are nearly right: a site with one is built, or what is wrong is told; without a panic, within
//! the limits of templates, and twice the same.

use ssg_build::{Memo, Nowhere, Overrides, Settings, compile};
use ssg_source::{Diagnostics, MemoryInputs, SitePath};
use std::sync::Arc;

const WORDS: &[&str] = &[
    "{{ page.title }}",
    "{{ config.title | upper }}",
    "{% for p in recent() %}",
    "{% for i in range(end=100000000) %}",
    "{% endfor %}",
    "{% if page.date %}",
    "{% elif true %}",
    "{% else %}",
    "{% endif %}",
    "{% block main %}",
    "{% endblock %}",
    "{% extends \"base.html\" %}",
    "{% include \"page.html\" %}",
    "{% set x = [1, 2, \"a\"] %}",
    "{{ x | join(sep=\"-\") }}",
    "{{ talks() | length }}",
    "{{ load_data(path=\"data/x.toml\") }}",
    "{{ \"a\" ~ 1 }}",
    "{{ 1 / 0 }}",
    "{{ 9223372036854775807 + 1 }}",
    "{# said #}",
    "{% raw %}",
    "{% endraw %}",
    "{{",
    "}}",
    "{%",
    "%}",
    "{%-",
    "-%}",
    "(",
    ")",
    "|",
    "<a href=\"",
    "\">",
    "</a>",
    "<p>text</p>\n",
    "\n",
    "'",
    "\"",
    "{{ page.body }}",
    "{{ image(path=\"x\", width=3) }}",
];

fn path(text: &str) -> SitePath {
    SitePath::new(text).expect("a path")
}

#[test]
fn random_templates() {
    let instant = "2026-11-21T00:00:00Z".parse().expect("an instant");
    ssg_testing::fuzz(|random| {
        let name = *random.choose(&["page.html", "base.html", "shortcodes/note.html"])?;
        let text = ssg_testing::text(random, WORDS)?;
        let mut site = MemoryInputs::new(instant);
        site.write(path("ssg.toml"), "title = \"M\"\nbase_url = \"https://m.example/\"\n");
        site.write(path("content/a.md"), "---\ntitle: A\n---\n{{ note() }}\n");
        site.write(path("content/posts/b.md"), "---\ntitle: B\ndate: 2016-01-01\n---\nText.\n");
        site.write(path(&format!("templates/{name}")), &text);
        let inputs: ssg_render::SharedInputs = Arc::new(site);
        let mut settings_found = Diagnostics::new();
        let settings = Settings::read(&*inputs, &path("ssg.toml"), Overrides::default(), &mut settings_found);
        let build = || compile(&inputs, &settings, &mut Memo::new(), &Nowhere).diagnostics;
        assert_eq!(build(), build(), "{text}");
        Ok(())
    });
}
