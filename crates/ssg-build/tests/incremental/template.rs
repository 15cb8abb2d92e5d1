//! Templates at random: each asks a few questions and prints the answers whole.

use super::random::Random;

/// A template of the site or of a theme.
#[derive(Clone)]
pub struct Template {
    shape: Shape,
    asks: Vec<usize>,
    word: usize,
    /// It has a mistake of syntax.
    pub broken: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Stands alone.
    Bare,
    /// Extends the base.
    Child,
    /// Extends the theme's template of the same kind and adds to it.
    Over(&'static str),
    /// Is the base.
    Base,
    /// Has no view: a shortcode or a part.
    Part,
    /// Defines a component.
    Component,
}

/// Where the site may have templates.
pub const NAMES: &[&str] = &[
    "base.html",
    "page.html",
    "post.html",
    "event.html",
    "talk.html",
    "section.html",
    "index.html",
    "term.html",
    "tools-term.html",
    "taxonomy.html",
    "tools-index.html",
    "archive.html",
    "talks.html",
    "series.html",
    "search.html",
    "404.html",
    "special.html",
    "bit.html",
    "box.html",
    "shortcodes/ask.html",
    "shortcodes/show.html",
    "shortcodes/note.html",
];

/// How many templates there can be that ask one thing each.
pub const PROBES: usize = ASKS.len() + RISKY.len();

/// What can be asked anywhere.
const ASKS: &[&str] = &[
    "{% if config is defined %}{{ config.title }}{% endif %}",
    "{% if config is defined and config.extra.tone is defined %}{{ config.extra.tone }}{% endif %}",
    "{% if options is defined and options.footer is defined %}{{ options.footer }}{% endif %}",
    "{% for c in recent(limit=2) %}{{ c | json }}{% endfor %}",
    "{% for c in recent(kind=\"talk\", limit=3) %}{{ c.path }} {{ c.title }}{% endfor %}",
    "{% for e in events(state=\"upcoming\") %}{{ e.title }} {{ e.event | json }}{% endfor %}",
    "{% for e in events(order=\"desc\", limit=2) %}{{ e.path }}{% endfor %}",
    "{% set e = get_event(id=\"2016-ghent\") %}{{ e | json }}",
    "{% for c in talks(event=\"2016-ghent\") %}{{ c.path }}{% endfor %}",
    "{% for c in talks_with_video() %}{{ c.path }}{% endfor %}",
    "{% for c in talks_with_video(tool=\"Chef\", limit=1) %}{{ c.path }}{% endfor %}",
    "{% for c in talks_with_video(year=2016, event=\"2016-ghent\", speaker=\"Ann Bell\") %}{{ c.path }}{% endfor %}",
    "{% for c in talks(speaker=\"Ann Bell\") %}{{ c.path }}{% endfor %}",
    "{% for c in recaps(event=\"2016-ghent\") %}{{ c.path }}{% endfor %}",
    "{% set i = image(path=\"/logo.png\", width=40, crop=\"square\") %}{{ i | json }}",
    "{{ icons() | json }}",
    "{% set i = image(path=\"/posts/delta/hall.png\", height=2) %}{{ i | json }}",
    "{% set i = image(path=\"/posts/delta/hall.png\", width=300, crop=\"16:10\") %}{{ i | json }}",
    "{% for c in recaps(talk=\"2016-ghent/opening\") %}{{ c.title }}{% endfor %}",
    "{% for c in recaps(speaker=\"Ann Bell\") %}{{ c.path }}{% endfor %}",
    "{% for c in recaps(tool=\"Chef\") %}{{ c.path }}{% endfor %}",
    "{% for c in written(by=\"Bo Cole\") %}{{ c.path }}{% endfor %}",
    "{% for c in organized(by=\"Ann Bell\") %}{{ c.title }}{% endfor %}",
    "{{ series() | json }}",
    "{{ talk_filters() | json }}",
    "{{ around(talk=\"2016-ghent/opening\") | json }}",
    "{% set n = around(event=\"2016-ghent\") %}{% if n.next %}{{ n.next.path }}{% endif %}",
    "{% for p in speakers(event=\"2016-ghent\") %}{{ p.name }}{% endfor %}",
    "{{ co_organizers(by=\"Ann Bell\") | json }}",
    "{{ schedule(event=\"2016-ghent\") | json }}",
    "{% for c in editions(series=\"days\") %}{{ c.path }}{% endfor %}",
    "{{ score(event=\"2016-ghent\", size=\"days\") | json }}",
    "{% set drawn = score(event=\"2017-toronto\", lit=[\"2017-toronto/x\"], size=\"cover\") %}{{ drawn | json }}",
    "{% set text = drawing(html=\"<p>Words.</p>\") %}{{ text | json }} {{ staff(person=\"Ann Bell\", from=2000, to=2030) | json }}",
    "{{ figure_of(person=\"Ann Bell\") | json }} {{ staff(tool=\"Chef\", small=true) | json }}",
    "{{ ink(event=\"2017-toronto\") }} {{ ink(series=\"days\") }} {{ ink(name=\"Days\") }} {{ staff(series=\"days\") | json }}",
    "{{ terms(taxonomy=\"tools\", sort=\"count\", limit=3) | json }}",
    "{{ terms(taxonomy=\"speakers\") | json }}",
    "{{ terms(taxonomy=\"speakers\", sort=\"talks\", limit=5) | json }}",
    "{{ get_term(taxonomy=\"tools\", name=\"Chef\") | json }}",
    "{{ get_term(taxonomy=\"speakers\", name=\"Annie\") | json }}",
    "{% for c in term_pages(taxonomy=\"tools\", term=\"chef\", kind=\"post\", limit=2) %}{{ c.title }}{% endfor %}",
    "{{ co_speakers(speaker=\"Ann Bell\") | json }}",
    "{% for y in archive() %}{{ y.year }}{% for m in y.months %} {{ m.month }}{% for c in m.pages %} {{ c.path }}{% endfor %}{% endfor %}{% endfor %}",
    "{{ menu() | json }}",
    "{{ search() | json }}{{ search(lang=config.lang) | json }}",
    "{{ recent(limit=1) | json }}",
    "{{ events(limit=2) | json }}",
    "{{ talks(tool=\"Chef\") | json }}",
    "{{ recaps(event=\"2016-ghent\") | json }}",
    "{{ editions(series=\"days\", limit=1) | json }}",
    "{{ archive() | json }}",
    "{{ load_data(path=\"data/list.toml\", required=false) | json }}",
    "{{ load_data(path=\"data/rows.csv\", required=false) | json }}",
    "{{ load_data(path=\"data/rows.csv\", required=false, format=\"plain\") | json }}",
    "{% for c in recent(limit=2, lang=config.lang) %}{{ c.path }} {{ c.title }}{% endfor %}",
    "{{ \"2016-05-06\" | date(format=\"long\") }} {{ \"2016-05-06\" | date_range(to=\"2016-06-07\") }}",
    "{{ t(key=\"greet\", name=\"you\", count=2) }}",
    "{{ t(key=\"archive\") }}",
    "{{ t(key=\"own\", default=\"None\") }}",
    "{{ asset(path=\"extra.css\", required=false) | json }}",
    "{{ \"/posts/\" | url }} {{ \"/posts/\" | permalink }} {{ \"a *b* [c](https://d.example)\" | markdown }}",
];

/// What fails when a file is missing, with the file. It is asked where the file is, and taken out
/// when a site is repaired.
const RISKY: &[(&str, &str)] = &[
    ("posts/delta/index.md", "{{ page_pictures(path=\"@/posts/delta/index.md\") | json }}"),
    (
        "posts/delta/index.md",
        "{{ page_pictures(path=\"@/posts/delta/index.md\", only=[\"/posts/delta/hall.png\"], alt=[\"A\"], captions=[\"B\"]) | json }}",
    ),
    ("posts/gamma.md", "{{ get_section(path=\"/posts/\") | json }}"),
    (
        "posts/_index.md",
        "{% for c in section_pages(path=\"@/posts/_index.md\", limit=2) %}{{ c.path }}{% endfor %}",
    ),
    ("notes/one.md", "{% for c in section_pages(path=\"/notes/\") %}{{ c.path }}{% endfor %}"),
    ("notes/one.md", "{{ get_section(path=\"/notes/\") | json }}"),
    ("about.md", "{% set p = get_page(path=\"@/about.md\") %}{{ p.title }} {{ p.summary }}"),
    ("imprint.md", "{% set p = get_page(path=\"/imprint/\") %}{{ p.title }}"),
    ("assets/site.scss", "{{ asset(path=\"site.css\") }}"),
    ("themes/plain/assets/theme.css", "{{ asset(path=\"theme.css\") }}"),
    ("data/must.json", "{{ load_data(path=\"data/must.json\") | json }}"),
    ("posts/gamma.md", "{{ related(path=\"/posts/gamma/\", limit=2) | json }}"),
    ("posts/2016-01-03-beta.md", "{{ related(path=\"@/posts/2016-01-03-beta.md\") | json }}"),
    ("about.md", "{% set n = neighbours(path=\"@/about.md\") %}{{ n.previous | json }}"),
];

/// What can be asked with a view at hand.
const WITH_VIEW: &[&str] = &[
    "{{ view | json }}",
    "{% if term is defined %}{{ term | json }}{% endif %}{% if taxonomy is defined %}{{ taxonomy | json }}{% endif %}",
    "{{ structured_data() }}",
    "{{ calendars | json }}",
    "{{ feeds | json }}{{ meta | json }}{{ kind }} {{ path }} {{ permalink }} {{ lang }}",
    "{{ translations | json }}",
    "{{ languages | json }}{{ home }}{{ dir }}",
    "{% if paginator is defined %}{{ paginator | json }}{% endif %}",
    "{% if page is defined and kind != \"404\" %}{% set n = neighbours(path=page.path) %}{{ n.next | json }}{% endif %}",
    "{% if page is defined and kind != \"404\" %}{% for c in related(path=page.path, limit=2) %}{{ c.path }} {% endfor %}{% endif %}",
    "{{ config.title }} {{ config.author }} {{ config.description }}",
    "{% if config.extra.tone is defined %}{{ config.extra.tone }}{% endif %}",
    "{% set c = config %}{{ c | json }}",
    "{% set c = {...config} %}{{ c | json }}",
    "{{ options | json }}",
    "{% if options.footer is defined %}{{ options.footer }}{% endif %}",
    "{{ config.feeds.limit }} {{ config.lang }}",
    "{% include \"bit.html\" %}",
    "{{ <site.box x={lang} /> }}",
];

impl Template {
    /// A template; `has` tells whether there is a file to ask for.
    pub fn random(random: &mut Random, name: &str, has: &dyn Fn(&str) -> bool) -> Self {
        let shape = match name {
            "base.html" => Shape::Base,
            "box.html" => Shape::Component,
            _ if name == "bit.html" || name.starts_with("shortcodes/") => Shape::Part,
            "post.html" | "page.html" if random.chance(40) => Shape::Over("page.html"),
            "section.html" | "index.html" if random.chance(40) => Shape::Over("section.html"),
            _ => *random.pick(&[Shape::Bare, Shape::Child]),
        };
        let mut template = Self { shape, asks: Vec::new(), word: random.below(100), broken: false };
        for _ in 0..=random.below(4) {
            template.ask(random, has);
        }
        template
    }

    /// A template that asks one thing, so that nothing else renders its page; `None` where the file
    /// that it asks for is missing.
    pub fn probe(ask: usize, has: &dyn Fn(&str) -> bool) -> Option<Self> {
        let needs = ask.checked_sub(ASKS.len()).map(|risky| RISKY[risky].0);
        let template = Self { shape: Shape::Part, asks: vec![ask], word: 0, broken: false };
        needs.is_none_or(has).then_some(template)
    }

    /// A template that shows all of its view and nothing else.
    pub fn dump(name: &str) -> Self {
        let whole = ASKS.len() + RISKY.len();
        let (shape, asks) = if name.starts_with("shortcodes/") {
            (Shape::Part, Vec::new())
        } else {
            (Shape::Bare, (whole..whole + 11).collect())
        };
        Self { shape, asks, word: 0, broken: false }
    }

    fn ask(&mut self, random: &mut Random, has: &dyn Fn(&str) -> bool) {
        let (safe, risky, all) = (ASKS.len(), RISKY.len(), ASKS.len() + RISKY.len() + WITH_VIEW.len());
        let ask = match random.below(100) {
            0..=54 if self.has_view() => safe + risky + random.below(all - safe - risky),
            75.. => {
                let ask = random.below(risky);
                if has(RISKY[ask].0) { safe + ask } else { random.below(safe) }
            }
            _ => random.below(safe),
        };
        self.asks.push(ask);
    }

    fn has_view(&self) -> bool {
        !matches!(self.shape, Shape::Part | Shape::Component)
    }

    pub fn edit(&mut self, random: &mut Random, has: &dyn Fn(&str) -> bool) {
        match random.below(10) {
            0..=3 => self.ask(random, has),
            4 | 5 if !self.asks.is_empty() => {
                let at = random.below(self.asks.len());
                self.asks.remove(at);
            }
            6 => self.broken = true,
            _ => self.word = random.below(100),
        }
    }

    /// Takes out what may fail. What asks one thing keeps it where there is a file to ask for.
    pub fn repair(&mut self, has: &dyn Fn(&str) -> bool) {
        self.broken = false;
        let is_probe = self.asks.len() == 1 && self.shape == Shape::Part;
        let needs = |ask: &usize| RISKY.get(ask.wrapping_sub(ASKS.len())).map(|(file, _)| *file);
        self.asks.retain(|ask| needs(ask).is_none_or(|file| is_probe && has(file)));
    }

    /// The files that templates ask for by their names or paths.
    pub fn asked_for() -> impl Iterator<Item = &'static str> {
        RISKY.iter().map(|(file, _)| *file)
    }

    pub fn text(&self) -> String {
        const VIEW: &str = "{% set view = page | default(value=section | default(value=term | \
                            default(value=taxonomy | default(value={})))) %}";
        let mut asks: String = self
            .asks
            .iter()
            .filter_map(|ask| ASKS.iter().chain(RISKY.iter().map(|(_, ask)| ask)).chain(WITH_VIEW).nth(*ask))
            .map(|ask| format!("<p>{ask}</p>\n"))
            .collect();
        asks.push_str(&format!("<i>{}</i>\n", self.word));
        if self.broken {
            asks.push_str("{% if %}");
        }
        match self.shape {
            Shape::Bare => format!("{VIEW}{asks}{{{{ view.content | default(value=\"\") }}}}\n"),
            Shape::Child => format!(
                "{{% extends \"base.html\" %}}\n{{% block main %}}{VIEW}{asks}{{% endblock main %}}\n"
            ),
            Shape::Over(name) => format!(
                "{{% extends \"theme/{name}\" %}}\n{{% block main %}}{{{{ super() }}}}{VIEW}{asks}{{% endblock main %}}\n"
            ),
            Shape::Base => format!("{VIEW}{asks}{{% block main %}}{{% endblock main %}}\n"),
            Shape::Part => asks,
            Shape::Component => {
                format!("{{% component site.box(x) -%}}[{{{{ x }}}}{asks}]{{%- endcomponent %}}\n")
            }
        }
    }
}

/// Every function of templates, with each of its arguments, is asked on a page that asks nothing else.
#[test]
fn every_function_is_asked_alone() {
    const WITHOUT_READS: &[&str] = &["range", "throw"];
    let asks: Vec<&str> = ASKS.iter().copied().chain(RISKY.iter().map(|(_, ask)| *ask)).collect();
    for shown in ssg_render::reference::functions().iter().flat_map(|entry| entry.shown) {
        let name = shown.split('(').next().unwrap_or(shown);
        // `structured_data` is of the page that shows it.
        if WITHOUT_READS.contains(&name) || name == "structured_data" {
            continue;
        }
        let call = format!("{name}(");
        let calls: Vec<&&str> = asks.iter().filter(|ask| ask.contains(&call)).collect();
        assert!(!calls.is_empty(), "no page asks {shown}");
        for argument in ssg_render::reference::Entry::arguments(shown) {
            let argument = format!("{argument}=");
            assert!(
                calls.iter().any(|call| call.contains(&argument)),
                "no page asks {shown} with {argument}"
            );
        }
    }
}
