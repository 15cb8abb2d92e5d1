//! A random small site as a value, and the files that it consists of.

use super::page::{PLACES, Page};
use super::random::Random;
use super::template::{NAMES, PROBES, Template};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// A site.
#[derive(Clone)]
#[expect(clippy::struct_excessive_bools, reason = "most are flags of the command line")]
pub struct Site {
    /// Below `content/`.
    pub pages: BTreeMap<String, Page>,
    pub templates: BTreeMap<String, Template>,
    /// All other files, by their whole path.
    pub raw: BTreeMap<String, Vec<u8>>,
    /// Key of the configuration → value; tables are dotted.
    pub config: BTreeMap<&'static str, String>,
    /// The theme in `tests/theme`, else the built-in one.
    pub plain: bool,
    /// The theme has a child, which is what the site uses.
    pub child: bool,
    pub instant: usize,
    pub drafts: bool,
    pub future: bool,
    pub expired: bool,
}

const INSTANTS: &[&str] = &[
    "2016-06-01T00:00:00Z",
    "2016-05-26T12:00:00Z",
    "2016-06-01T10:00:00Z",
    "2016-06-02T10:00:00Z",
    "2015-12-31T00:00:00Z",
    "2017-06-01T00:00:00Z",
    // Beside the ends of days, in the zones of the site and of events.
    "2016-01-05T22:59:59Z",
    "2016-01-05T23:00:00Z",
    "2016-01-06T08:00:00Z",
    "2016-05-26T22:00:00Z",
    "2016-05-27T00:00:00Z",
    "2016-05-27T03:59:59Z",
    "2016-05-27T04:00:00Z",
];

/// Files that are neither content nor templates, with what they may hold; an empty text stands for
/// an image.
pub const RAW: &[(&str, &[&str])] = &[
    ("data/list.toml", &["a = 1", "a = 2\nb = [1, 2]", "a = "]),
    ("data/rows.csv", &["x,y\n1,2\n", "x,y\n1,2\n3,4\n"]),
    ("data/must.json", &["{\"k\": 1}", "{\"k\": [2]}"]),
    (
        "data/sponsors/acme.toml",
        &[
            "name = \"Acme\"",
            "name = \"Acme\"\n[[history]]\nuntil = 2016-12-31\nname = \"Acme & Son\"",
            "name = \"ACME\"\nurl = \"https://acme.example/\"",
            "name = 3\nnam",
        ],
    ),
    ("data/sponsors/umbrella.toml", &["name = \"Umbrella\"\nlogo = \"/logo.png\""]),
    ("data/sponsors/acmeeee.toml", &["name = \"A\""]),
    (
        "i18n/en.toml",
        &[
            "greet = \"Hello {name}\"\narchive = \"All\"",
            "greet = { one = \"One\", other = \"{count}\" }\narchive = \"Whole\"",
        ],
    ),
    ("i18n/de.toml", &["greet = \"Hallo {name}\"", "archive = \"Archiv\""]),
    ("i18n/fr.toml", &["greet = \"Salut {name}\""]),
    ("static/robots.txt", &["User-agent: x\n"]),
    ("static/text/a.txt", &["a", "b"]),
    ("static/long.txt", &["long", "longer"]),
    ("static/long.txt.gz", &["mine"]),
    ("static/old.html", &["<script>old()</script>", "<img src=https://old.example/a.png>", "long"]),
    // Cards are drawn where the feature is on.
    ("fonts/blocks.ttf", &["font", "font", "no font"]),
    ("static/CNAME", &["blog.example.org\n", "other.example.org\n"]),
    ("static/_headers", &["/*\n  X-Own: 1\n"]),
    ("static/logo.png", &["", "", "no image"]),
    ("assets/site.scss", &["p { color: red }", "@use \"part\"; p { color: part.$c }"]),
    ("assets/_part.scss", &["$c: blue;", "$c: green;"]),
    ("assets/static/plain.css", &["p{}", "q{}", "p{background:url(https://css.example/a.png)}"]),
    ("content/posts/delta/hall.png", &["", "", "", "cut"]),
    ("content/posts/delta/plan.pdf", &["%PDF", "%PDF-2"]),
    ("content/posts/eps/hall.png", &["", ""]),
    ("content/events/2016-ghent/hall.png", &["", ""]),
    ("content/hall.png", &[""]),
    ("content/notes/hall.png", &["", ""]),
    ("content/posts/delta/plane.pdf", &["x"]),
    ("themes/plain/i18n/en.toml", &["greet = \"Hi {name}\"", "archive = \"Shelf\""]),
    ("themes/plain/static/text/a.txt", &["theme's"]),
    ("themes/plain/assets/theme.css", &["b{}", "i{}"]),
    ("themes/plain/templates/special.html", &["special {{ view | default(value=1) }}"]),
    ("themes/plain/templates/shortcodes/ask.html", &["theme's {{ t(key=\"archive\") }}"]),
    ("themes/plain/assets/_part.scss", &["$c: red !default;", "$c: pink !default;"]),
    ("themes/club/assets/_part.scss", &["$c: teal; @import \"theme/part\";", "$c: plum;"]),
    ("themes/club/assets/theme.css", &["u{}", "s{}"]),
    ("themes/club/assets/extra.css", &["a{}", "c{}"]),
    ("assets/extra.css", &["d{}", "e{}"]),
    ("themes/club/i18n/en.toml", &["archive = \"Club\"", "greet = \"Servus {name}\""]),
    ("themes/club/static/text/a.txt", &["child's", "club's"]),
    ("themes/club/templates/special.html", &["{% include \"theme/special.html\" %} child", "club"]),
    ("themes/club/templates/shortcodes/ask.html", &["{% include \"theme/shortcodes/ask.html\" %}!"]),
    (
        "themes/club/templates/page.html",
        &[
            "{% extends \"theme/page.html\" %}{% block main %}club {{ super() }}{% endblock main %}",
            "{% extends \"base.html\" %}{% block main %}{{ options | json }}{% endblock main %}",
        ],
    ),
    ("themes/club/templates/box.html", &["{% component site.box(x) %}({{ x }}){% endcomponent %}"]),
    (
        "themes/club/theme.toml",
        &[
            "name = \"club\"\nextends = \"runbook\"\n[options.home_events]\ndefault = 2",
            "name = \"club\"\nextends = \"plain\"\n[options.footer]\ndefault = \"Club\"",
            "name = \"club\"\nextends = \"gone\"",
            "name = \"club\"\nextends = \"gone\"\nmin_version = \"99\"",
        ],
    ),
    (
        "themes/gone/theme.toml",
        &["name = \"gone\"\nextends = \"runbook\"", "name = \"gone\"\nextends = \"club\""],
    ),
];

/// Keys of the configuration with what they may be.
const CONFIG: &[(&str, &[&str])] = &[
    ("title", &["\"Site\"", "\"Other Site\""]),
    ("base_url", &["\"https://example.org/\"", "\"https://example.org/blog/\""]),
    ("description", &["\"About ops\""]),
    ("lang", &["\"en\"", "\"de\""]),
    ("languages.de.title", &["\"Seite\"", "\"Andere Seite\""]),
    ("languages.de.description", &["\"Von Ops\""]),
    ("languages.fr.name", &["\"Français\"", "\"En français\""]),
    ("languages.ar.weight", &["-1", "1"]),
    ("timezone", &["\"UTC\"", "\"Europe/Brussels\"", "\"Europe/Paris\""]),
    ("author", &["\"Ann Bell\"", "\"The team\""]),
    ("paginate_by", &["1", "2", "3"]),
    ("feeds.formats", &["[\"atom\", \"rss\", \"json\"]", "[\"json\"]", "[]"]),
    ("feeds.limit", &["1", "2"]),
    ("feeds.content", &["\"summary\"", "\"full\""]),
    ("outputs.archive", &["false", "true"]),
    ("outputs.sitemap", &["false", "true"]),
    ("outputs.robots", &["false", "true"]),
    ("outputs.not_found", &["false", "true"]),
    ("outputs.redirects", &["false", "true"]),
    ("outputs.fingerprints", &["false", "true"]),
    ("outputs.calendars", &["false", "true"]),
    ("outputs.talk_calendars", &["false", "true"]),
    ("outputs.speaker_calendars", &["false", "true"]),
    ("outputs.tool_calendars", &["false", "true"]),
    ("outputs.api", &["false", "true"]),
    ("outputs.schedule_json", &["false", "true"]),
    ("outputs.markdown", &["false", "true"]),
    ("outputs.cards", &["true", "true", "false"]),
    ("cards.font", &["\"fonts/blocks.ttf\"", "\"fonts/blocks.ttf\"", "\"fonts/none.ttf\""]),
    ("hosting.host", &["\"netlify\"", "\"cloudflare\""]),
    ("hosting.headers", &["true", "true", "false"]),
    ("hosting.csp", &["\"report-only\"", "false"]),
    ("hosting.sources.img", &["\"https://more.example\""]),
    ("hosting.hsts", &["\"max-age=60\""]),
    ("hosting.cname", &["\"blog.example.org\""]),
    ("hosting.precompress", &["[\"gzip\"]", "[\"gzip\"]", "[]"]),
    ("markdown.smart_punctuation", &["false", "true"]),
    ("markdown.raw_html", &["\"escape\"", "\"sanitize\"", "\"allow\""]),
    ("markdown.external_links.rel", &["\"noopener\""]),
    ("taxonomies.series.title", &["\"Series\"", "\"In parts\""]),
    ("taxonomies.tags.feed", &["false"]),
    ("taxonomies.tools.paginate_by", &["1", "2"]),
    ("taxonomies.tools.unpublish", &["[\"Chef\"]", "[\"Puppet\"]"]),
    ("taxonomies.speakers.unpublish", &["[\"Ann Bell\"]", "[\"Annie\", \"Di Egan\"]"]),
    ("taxonomies.categories.feed", &["false", "true"]),
    ("extra.tone", &["\"calm\"", "\"loud\""]),
    ("extra.menu", &["[1, 2]"]),
    ("theme.options.footer", &["\"Foot *note*\"", "3"]),
    ("theme.options.home_events", &["1"]),
    ("themes.plain", &["{ git = \"x\", commit = \"x\", hash = \"blake3:0\" }"]),
];

/// Switches that are off without being set.
const EXPORTS: &[&str] = &[
    "outputs.talk_calendars",
    "outputs.speaker_calendars",
    "outputs.tool_calendars",
    "outputs.api",
    "outputs.schedule_json",
    "outputs.markdown",
    "hosting.headers",
];

/// A PNG of this size whose structure is sound.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = Vec::new();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 0, 0, 0, 0]);
    for (name, data) in
        [(b"IHDR", header), (b"IDAT", vec![0x78, 0x9c, 3, 0, 0, 0, 0, 1]), (b"IEND", Vec::new())]
    {
        bytes.extend(u32::try_from(data.len()).unwrap_or(0).to_be_bytes());
        let from = bytes.len();
        bytes.extend(name);
        bytes.extend(data);
        let sum = crc(&bytes[from..]);
        bytes.extend(sum.to_be_bytes());
    }
    bytes
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg()))
    })
}

fn raw_content(random: &mut Random, values: &[&str]) -> Vec<u8> {
    let size = |random: &mut Random| u32::try_from(random.below(3) + 1).unwrap_or(1);
    match *random.pick(values) {
        "" => png(size(random), size(random)),
        "cut" => png(1, 1)[..20].to_vec(),
        "font" => include_bytes!("../../../../tests/fonts/blocks.ttf").to_vec(),
        "long" | "longer" => random.pick(values).repeat(400).into_bytes(),
        text => text.as_bytes().to_vec(),
    }
}

impl Site {
    /// A site at random; a thorough one has a page for everything that can be asked.
    pub fn random(random: &mut Random, thorough: bool) -> Self {
        let plain = random.chance(70);
        let mut site = Self {
            pages: BTreeMap::new(),
            templates: BTreeMap::new(),
            raw: BTreeMap::new(),
            config: BTreeMap::new(),
            plain,
            child: random.chance(40),
            instant: 0,
            drafts: random.chance(20),
            future: random.chance(20),
            expired: random.chance(20),
        };
        let mut places: BTreeSet<&str> = ["about.md"].into();
        if thorough {
            places.extend(Template::asked_for().filter(|path| PLACES.contains(path)));
        }
        for _ in 0..6 + random.below(8) {
            places.insert(*random.pick(PLACES));
        }
        let others: Vec<String> = places.iter().map(|place| (*place).to_owned()).collect();
        for place in &others {
            let page = Page::random(random, place, &others);
            site.pages.insert(place.clone(), page);
        }
        for (path, values) in RAW {
            // What the theme holds belongs to the theme in the folder.
            if random.chance(35)
                && (plain || !path.starts_with("themes/plain/"))
                && !path.ends_with("theme.toml")
            {
                // At the beginning nothing is wrong.
                site.raw.insert((*path).to_owned(), raw_content(random, &values[..1]));
            }
        }
        for name in NAMES {
            let wanted = if name.starts_with("shortcodes/ask") { 70 } else { 25 };
            if random.chance(wanted) && (plain || *name != "base.html") {
                let template = Template::random(random, name, &|path| site.has(path));
                site.templates.insert(format!("templates/{name}"), template);
            }
        }
        for ask in 0..PROBES {
            if (thorough || random.chance(10))
                && let Some(template) = Template::probe(ask, &|path| site.has(path))
            {
                site.templates.insert(format!("templates/probe-{ask}.html"), template);
                let keys = [("template", format!("\"probe-{ask}.html\""))].into();
                site.pages.insert(format!("probe-{ask}.md"), Page { keys, ..Page::default() });
            }
        }
        for key in EXPORTS {
            site.config.insert(key, "true".to_owned());
        }
        for _ in 0..random.below(8) {
            site.edit_config(random);
        }
        if cfg!(feature = "cards") && random.chance(30) {
            site.config.insert("outputs.cards", "true".to_owned());
            site.config.insert("cards.font", "\"fonts/blocks.ttf\"".to_owned());
            site.raw.insert("fonts/blocks.ttf".to_owned(), raw_content(random, &["font"]));
        }
        // Half of the sites have several languages.
        if random.chance(50) {
            site.config.insert("languages.de.title", "\"Seite\"".to_owned());
            site.config.remove("lang");
        }
        site.config.remove("theme.options.footer");
        site.config.remove("theme.options.home_events");
        site.add_parts();
        if thorough {
            site.repair();
        }
        site
    }

    /// Adds the parts that templates name; without them none would load.
    pub fn add_parts(&mut self) {
        let parts = [
            ("templates/bit.html", "bit"),
            ("i18n/en.toml", "greet = \"Hello\"\narchive = \"Old\""),
            ("templates/box.html", "{% component site.box(x) %}[{{ x }}]{% endcomponent %}"),
        ];
        for (path, text) in parts {
            self.raw.entry(path.to_owned()).or_insert_with(|| text.as_bytes().to_vec());
        }
    }

    /// Whether there is this file, below `content` or anywhere.
    pub fn has(&self, path: &str) -> bool {
        self.pages.contains_key(path) || self.raw.contains_key(path)
    }

    /// What can be linked to: content files and headings in them.
    pub fn links(&self) -> Vec<String> {
        let mut links = self.places();
        for (place, page) in &self.pages {
            for (heading, id) in [("## One", "one"), ("## Two", "two"), ("### Three", "three")] {
                if page.body.iter().any(|block| block == heading) {
                    links.push(format!("{place}#{id}"));
                }
            }
        }
        links
    }

    /// The content files that there are.
    pub fn places(&self) -> Vec<String> {
        self.pages.keys().cloned().collect()
    }

    pub fn now(&self) -> Timestamp {
        INSTANTS[self.instant].parse().expect("an instant")
    }

    pub fn edit_config(&mut self, random: &mut Random) -> String {
        let (key, values) = random.pick(CONFIG);
        if random.chance(25) {
            self.config.remove(key);
        } else {
            self.config.insert(key, (*random.pick(values)).to_owned());
        }
        format!("the key {key}")
    }

    pub fn edit_raw(&mut self, random: &mut Random) -> String {
        let (path, values) = random.pick(RAW);
        if random.chance(25) {
            self.raw.remove(*path);
        } else {
            self.raw.insert((*path).to_owned(), raw_content(random, values));
        }
        format!("the file {path}")
    }

    pub fn edit_instant(&mut self, random: &mut Random) -> String {
        self.instant = random.below(INSTANTS.len());
        "the instant".to_owned()
    }

    /// The theme without its child.
    fn parent(&self) -> &'static str {
        if self.plain { "plain" } else { "runbook" }
    }

    fn config_text(&self) -> String {
        let theme = if self.child { "club" } else { self.parent() };
        let mut text = String::new();
        for (key, usual) in [("title", "\"Site\""), ("base_url", "\"https://example.org/\"")] {
            let _ = writeln!(text, "{key} = {}", self.config.get(key).map_or(usual, String::as_str));
        }
        for (key, value) in &self.config {
            if !["title", "base_url"].contains(key) {
                let _ = writeln!(text, "{key} = {value}");
            }
        }
        let _ = writeln!(text, "theme.name = \"{theme}\"");
        text
    }

    /// Every file of the site.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        if self.plain {
            for (name, text) in PLAIN {
                files.insert(format!("themes/plain/{name}"), text.as_bytes().to_vec());
            }
            // An option, so that options can be asked for.
            if let Some(manifest) = files.get_mut("themes/plain/theme.toml") {
                manifest.extend(b"\n[options.footer]\ntype = \"string\"\ndefault = \"\"\n");
            }
        }
        if self.child {
            let manifest = format!("name = \"club\"\nextends = \"{}\"\n", self.parent());
            files.insert("themes/club/theme.toml".to_owned(), manifest.into_bytes());
        }
        files.extend(self.raw.clone());
        for (path, template) in &self.templates {
            files.insert(path.clone(), template.text().into_bytes());
        }
        for (place, page) in &self.pages {
            files.insert(format!("content/{place}"), page.text().into_bytes());
        }
        files.insert("ssg.toml".to_owned(), self.config_text().into_bytes());
        files
    }
}

/// The theme of the fixture sites.
const PLAIN: &[(&str, &str)] = &[
    ("theme.toml", include_str!("../../../../tests/theme/theme.toml")),
    ("templates/base.html", include_str!("../../../../tests/theme/templates/base.html")),
    ("templates/page.html", include_str!("../../../../tests/theme/templates/page.html")),
    ("templates/section.html", include_str!("../../../../tests/theme/templates/section.html")),
    ("templates/event.html", include_str!("../../../../tests/theme/templates/event.html")),
    ("templates/taxonomy.html", include_str!("../../../../tests/theme/templates/taxonomy.html")),
    ("templates/term.html", include_str!("../../../../tests/theme/templates/term.html")),
];
