//! Which outputs an edit renders. That the output is right is shown elsewhere (`incremental`); a
//! cache that never hits would be right too.

mod held;

use held::{Held, path};
use ssg_build::{Compiled, Memo, Overrides, Settings, compile};
use ssg_render::SharedInputs;
use ssg_source::{Diagnostics, MemoryInputs};
use std::sync::Arc;

/// The site: three posts, a page, an event with a talk, a speaker with a page.
const SITE: &[(&str, &str)] = &[
    (
        "ssg.toml",
        "title = \"Ops\"\nbase_url = \"https://example.org/\"\ntheme = \"small\"\ndescription = \"On ops\"\n\
         [extra]\ntone = \"calm\"\n",
    ),
    ("content/_index.md", "Welcome.\n"),
    ("content/about.md", "+++\ntemplate = \"about.html\"\n+++\nAbout us.\n"),
    (
        "content/posts/2016-01-01-first.md",
        "+++\ntitle = \"First\"\ncategories = [\"Culture\"]\n+++\nIn short.\n\n## Part\n\nAt length.\n",
    ),
    (
        "content/posts/2016-02-01-second.md",
        "+++\ntitle = \"Second\"\ntools = [\"Chef\"]\n+++\nSee below.\n\nSee [part](@/posts/2016-01-01-first.md#part).\n",
    ),
    ("content/posts/2016-03-01-third.md", "+++\ntitle = \"Third\"\n+++\nThe end.\n"),
    ("content/events/2016-ghent/index.md", "+++\ntitle = \"Ghent\"\n[event]\nstart = 2016-05-26\n+++\n"),
    (
        "content/events/2016-ghent/talks/opening.md",
        "+++\ntitle = \"Opening\"\nspeakers = [\"Ann Bell\"]\n+++\nHello.\n",
    ),
    ("content/speakers/ann-bell.md", "+++\ntitle = \"Ann Bell\"\n+++\nSpeaks.\n\nA lot.\n"),
    ("data/links.toml", "a = 1\n"),
    ("static/robots.txt", "User-agent: *\n"),
    ("static/logo.txt", "logo\n"),
    ("themes/small/theme.toml", "name = \"small\"\n"),
    (
        "themes/small/templates/base.html",
        "<title>{{ meta.title }}</title>{% block main %}{% endblock main %}",
    ),
    (
        "themes/small/templates/page.html",
        "{% extends \"base.html\" %}{% block main %}{% if page is defined %}{{ page.content }}{% endif %}{% endblock main %}",
    ),
    (
        "themes/small/templates/about.html",
        "{{ page.content }}{{ load_data(path=\"data/links.toml\") | json }}",
    ),
    (
        "themes/small/templates/post.html",
        "{% extends \"base.html\" %}{% block main %}{{ page.content }}\
         {% set near = neighbours(path=page.path) %}{% if near.previous %}{{ near.previous.title }}{% endif %}\
         {% if near.next %}{{ near.next.title }}{% endif %}{% endblock main %}",
    ),
    (
        "themes/small/templates/section.html",
        "{% extends \"base.html\" %}{% block main %}{% for c in section.pages %}{{ c.title }} {{ c.summary }}{% endfor %}{% endblock main %}",
    ),
    (
        "themes/small/templates/index.html",
        "{{ config.extra.tone }} {% for c in recent(limit=2) %}{{ c.title }}{% endfor %}",
    ),
    ("themes/small/templates/archive.html", "{% for y in archive() %}{{ y.year }}{% endfor %}"),
    ("themes/small/templates/404.html", "nothing here"),
    (
        "themes/small/templates/taxonomy.html",
        "{% for t in taxonomy.terms %}{{ t.name }} {{ t.count }}{% endfor %}",
    ),
    (
        "themes/small/templates/term.html",
        "{% extends \"base.html\" %}{% block main %}{{ term.content }}{% for c in term.pages %}{{ c.title }}{% endfor %}{% endblock main %}",
    ),
];

const FIRST: &str = "content/posts/2016-01-01-first.md";
const SECOND: &str = "content/posts/2016-02-01-second.md";

/// The site after its first build.
struct Built {
    inputs: MemoryInputs,
    memo: Memo,
    held: Held,
}

impl Built {
    fn new() -> Self {
        let mut inputs = MemoryInputs::new("2016-06-01T00:00:00Z".parse().expect("an instant"));
        for (name, text) in SITE {
            inputs.write(path(name), text);
        }
        let mut built = Self { inputs, memo: Memo::new(), held: Held::default() };
        let first = built.build();
        assert!(!first.diagnostics.has_errors(), "{:#?}", first.diagnostics);
        assert_eq!(first.reused, 0);
        built
    }

    fn build(&mut self) -> Compiled {
        let inputs: SharedInputs = Arc::new(self.inputs.clone());
        let settings =
            Settings::read(&*inputs, &path("ssg.toml"), Overrides::default(), &mut Diagnostics::new());
        compile(&inputs, &settings, &mut self.memo, &self.held)
    }

    /// Replaces a part of a file.
    fn edit(&mut self, file: &str, from: &str, to: &str) -> &mut Self {
        let bytes = self.inputs.files().get(&path(file)).expect("the file exists").to_vec();
        let text = String::from_utf8(bytes).expect("text");
        assert!(text.contains(from), "{file} has no {from:?}");
        self.inputs.write(path(file), text.replacen(from, to, 1));
        self
    }

    fn write(&mut self, file: &str, text: &str) -> &mut Self {
        self.inputs.write(path(file), text);
        self
    }

    /// Builds; only these outputs must have been rendered.
    fn renders(&mut self, expected: &[&str]) -> Compiled {
        let compiled = self.build();
        let rendered: Vec<&str> = compiled.rendered.iter().map(|(file, _)| file.as_str()).collect();
        assert_eq!(rendered, expected, "{:#?}", compiled.rendered);
        let again = self.build();
        assert!(again.diagnostics.has_errors() || again.rendered.is_empty(), "{:#?}", again.rendered);
        compiled
    }
}

#[test]
fn no_edit_renders_nothing() {
    Built::new().renders(&[]);
}

#[test]
fn a_typo_in_a_body_renders_the_page_and_the_feeds_that_carry_it() {
    Built::new().edit(FIRST, "At length", "At lenght").renders(&[
        "atom.xml",
        "categories/culture/atom.xml",
        "posts/atom.xml",
        "posts/first/index.html",
    ]);
}

#[test]
fn a_word_more_renders_no_list() {
    Built::new().edit(FIRST, "At length", "At some length").renders(&[
        "atom.xml",
        "categories/culture/atom.xml",
        "posts/atom.xml",
        "posts/first/index.html",
    ]);
}

#[test]
fn a_typo_in_a_body_spares_feeds_of_summaries() {
    let mut built = Built::new();
    built.edit("ssg.toml", "[extra]", "[feeds]\ncontent = \"summary\"\n[extra]").build();
    built.edit(FIRST, "At length", "At lenght").renders(&["posts/first/index.html"]);
}

#[test]
fn a_new_summary_renders_what_shows_the_card() {
    // The home page shows the newest two only, and the archive no more than years.
    Built::new().edit(FIRST, "In short", "In shrot").renders(&[
        "archive/index.html",
        "atom.xml",
        "categories/culture/atom.xml",
        "categories/culture/index.html",
        "posts/atom.xml",
        "posts/first/index.html",
        "posts/index.html",
        "posts/second/index.html",
    ]);
}

#[test]
fn a_new_title_renders_the_pages_that_show_it() {
    Built::new().edit(FIRST, "\"First\"", "\"Frist\"").renders(&[
        "archive/index.html",
        "atom.xml",
        "categories/culture/atom.xml",
        "categories/culture/index.html",
        "posts/atom.xml",
        "posts/first/index.html",
        "posts/index.html",
        "posts/second/index.html",
    ]);
}

#[test]
fn a_new_tag_renders_the_page_its_terms_and_the_index() {
    // All that shows the card too, for a card names the terms of its page.
    Built::new().edit(SECOND, "\"Chef\"", "\"Puppet\"").renders(&[
        "archive/index.html",
        "atom.xml",
        "index.html",
        "posts/atom.xml",
        "posts/first/index.html",
        "posts/index.html",
        "posts/second/index.html",
        "posts/third/index.html",
        "sitemap.xml",
        "tools/index.html",
        "tools/puppet/atom.xml",
        "tools/puppet/index.html",
    ]);
}

#[test]
fn a_new_post_renders_itself_its_neighbours_and_the_lists_it_enters() {
    Built::new()
        .write("content/posts/2016-01-15-between.md", "+++\ntitle = \"Between\"\n+++\nNew.\n")
        .renders(&[
            // This, the archive and the home page see how many pages each section has.
            "404.html",
            "archive/index.html",
            "atom.xml",
            "index.html",
            "posts/atom.xml",
            "posts/between/index.html",
            "posts/first/index.html",
            "posts/index.html",
            "posts/second/index.html",
            "sitemap.xml",
        ]);
}

#[test]
fn a_template_renders_the_outputs_whose_closure_holds_it() {
    let theme = "themes/small/templates";
    Built::new().edit(&format!("{theme}/404.html"), "nothing", "no page").renders(&["404.html"]);
    Built::new().edit(&format!("{theme}/base.html"), "<title>", "<title>Ops: ").renders(&[
        "categories/culture/index.html",
        "events/2016-ghent/index.html",
        "events/2016-ghent/talks/opening/index.html",
        "events/index.html",
        "posts/first/index.html",
        "posts/index.html",
        "posts/second/index.html",
        "posts/third/index.html",
        "speakers/ann-bell/index.html",
        "talks/2016/index.html",
        "talks/events/2016-ghent/index.html",
        "talks/index.html",
        "talks/kind/talk/index.html",
        "tools/chef/index.html",
    ]);
}

#[test]
fn a_configuration_key_renders_those_whose_templates_name_it() {
    Built::new().edit("ssg.toml", "calm", "loud").renders(&["index.html"]);
    Built::new().edit("ssg.toml", "On ops", "On operations").renders(&["atom.xml"]);
}

#[test]
fn a_template_of_the_site_renders_what_used_the_themes() {
    Built::new().write("templates/post.html", "{{ page.title }}").renders(&[
        "posts/first/index.html",
        "posts/second/index.html",
        "posts/third/index.html",
    ]);
}

#[test]
fn the_pages_that_link_to_a_heading_report_that_it_is_gone() {
    let compiled = Built::new().edit(FIRST, "## Part", "## Chapter").renders(&[
        "atom.xml",
        "categories/culture/atom.xml",
        "posts/atom.xml",
        "posts/first/index.html",
        "posts/second/index.html",
    ]);
    let errors: Vec<_> =
        compiled.diagnostics.iter().map(|one| (one.code.as_ref(), one.path.clone())).collect();
    assert_eq!(errors, [("dead-anchor", Some(path(SECOND)))]);
}

#[test]
fn a_biography_renders_the_page_of_its_speaker() {
    Built::new()
        .edit("content/speakers/ann-bell.md", "A lot", "Often")
        .renders(&["speakers/ann-bell/index.html"]);
}

#[test]
fn a_data_file_renders_those_that_load_it() {
    Built::new().edit("data/links.toml", "1", "2").renders(&["about/index.html"]);
}

#[test]
fn static_files_and_the_cache_render_nothing() {
    Built::new().edit("static/logo.txt", "logo", "another logo").renders(&[]);
}

#[test]
fn the_day_of_an_event_renders_what_shows_its_state() {
    let mut built = Built::new();
    built.inputs.set_instant("2016-05-26T12:00:00Z".parse().expect("an instant"));
    built.renders(&[
        "events/2016-ghent/index.html",
        "events/2016-ghent/talks/opening/index.html",
        // What is not over yet, and was announced on no day, is in no feed.
        "events/atom.xml",
        "events/index.html",
        // At first it was over.
        "events/upcoming.ics",
        // Its end is what comes next.
        "next-build.json",
        "speakers/ann-bell/index.html",
        "talks/2016/index.html",
        "talks/events/2016-ghent/index.html",
        "talks/index.html",
        "talks/kind/talk/index.html",
    ]);
}

#[test]
fn a_template_that_a_section_names_renders_it_when_it_comes() {
    let mut built = Built::new();
    built.write("content/posts/_index.md", "+++\ntemplate = \"list.html\"\n+++\n").build();
    built.write("templates/list.html", "a list").renders(&["posts/index.html"]);
}

#[test]
fn a_list_is_rendered_when_a_mistake_in_a_summary_is_mended() {
    let mut built = Built::new();
    built.write("templates/shortcodes/ask.html", "{{ get_page(path=\"/new/\") | json }}").edit(
        FIRST,
        "In short",
        "In short {{ ask() }}",
    );
    assert!(built.build().diagnostics.has_errors());
    let mended = built.write("content/new.md", "New.\n").build();
    assert!(!mended.diagnostics.has_errors());
    let rendered: Vec<&str> = mended.rendered.iter().map(|(file, _)| file.as_str()).collect();
    assert!(rendered.contains(&"posts/index.html"), "{rendered:?}");
    assert!(rendered.contains(&"posts/first/index.html"), "{rendered:?}");
}

/// The site with every export switched on, and a time for its talk.
fn with_exports() -> Built {
    let mut built = Built::new();
    built
        .edit(
            "ssg.toml",
            "[extra]",
            "[outputs]\ntalk_calendars = true\nspeaker_calendars = true\ntool_calendars = true\napi = true\n\
             schedule_json = true\n[extra]",
        )
        .edit(TALK, "speakers", "tools = [\"Chef\"]\nspeakers")
        .edit(TALK, "+++\nHello", "[talk]\nstarts = 2016-05-26T10:00:00\n+++\nHello")
        .edit("content/events/2016-ghent/index.md", "start =", "series = \"ghent\"\nstart =");
    assert!(!built.build().diagnostics.has_errors());
    built
}

const TALK: &str = "content/events/2016-ghent/talks/opening.md";

/// The exports among what was rendered.
fn exports(compiled: &Compiled) -> Vec<&str> {
    let is_export =
        |file: &&str| file.ends_with(".ics") || file.ends_with("/schedule.json") || file.starts_with("api/");
    compiled.rendered.iter().map(|(file, _)| file.as_str()).filter(is_export).collect()
}

#[test]
fn the_body_of_a_talk_renders_no_calendar_and_not_the_api() {
    let compiled = with_exports().edit(TALK, "Hello.", "Hello there.").build();
    // The schedule for apps has the text of the talk.
    assert_eq!(exports(&compiled), ["events/2016-ghent/schedule.json"]);
    let compiled = with_exports().edit(TALK, "Hello.", "Hello.\n\nAnd at length.").build();
    assert_eq!(exports(&compiled), ["events/2016-ghent/schedule.json"]);
}

#[test]
fn the_time_of_a_talk_renders_the_exports_that_have_it() {
    let compiled = with_exports().edit(TALK, "10:00:00", "11:00:00").build();
    assert_eq!(
        exports(&compiled),
        [
            "api/events/2016-ghent.json",
            "api/talks.json",
            "events/2016-ghent/calendar.ics",
            "events/2016-ghent/schedule.json",
            "events/2016-ghent/talks/opening/calendar.ics",
            "speakers/ann-bell/calendar.ics",
            "tools/chef/calendar.ics",
        ]
    );
}

#[test]
fn the_title_of_a_post_renders_only_the_files_of_the_api_that_name_it() {
    let compiled = with_exports().edit(SECOND, "\"Second\"", "\"Two\"").build();
    assert_eq!(exports(&compiled), ["api/tools.json"]);
}

#[test]
fn the_end_of_an_event_renders_what_is_to_come() {
    let mut built = with_exports();
    built.inputs.set_instant("2016-05-28T12:00:00Z".parse().expect("an instant"));
    built.build();
    built.inputs.set_instant("2016-05-25T12:00:00Z".parse().expect("an instant"));
    assert_eq!(exports(&built.build()), ["events/upcoming.ics"]);
}

#[test]
fn another_zone_of_the_same_offset_renders_the_calendars_that_name_it() {
    let mut built = with_exports();
    built
        .edit("ssg.toml", "title", "timezone = \"Europe/Brussels\"\ntitle")
        .write("content/alone.md", "+++\ntitle = \"Alone\"\n[talk]\nstarts = 2016-07-01T10:00:00\n+++\n")
        .build();
    let compiled = built.edit("ssg.toml", "Brussels", "Paris").build();
    assert!(exports(&compiled).contains(&"alone/calendar.ics"), "{:?}", compiled.rendered);
}

#[test]
fn the_page_of_the_search_comes_with_its_template() {
    let mut built = Built::new();
    built.edit("ssg.toml", "[extra]", "[outputs]\nsearch = true\n[extra]").build();
    let template = "{% extends \"base.html\" %}";
    built.write("themes/small/templates/search.html", template);
    built.memo.look_at_only([path("themes/small/templates/search.html")].into());
    let compiled = built.build();
    assert!(compiled.rendered.iter().any(|(file, _)| file == "search/index.html"), "{:?}", compiled.rendered);
}
