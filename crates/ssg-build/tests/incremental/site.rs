//! A small site as a value, and the files that it consists of.

use super::files::{PLAIN, RAW, raw_content};
use super::keys::{self, CONFIG, Keys};
use super::page::{PLACES, Page};
use super::random::Random;
use super::template::{NAMES, PROBES, Template};
use jiff::Timestamp;
use ssg_build::Overrides;
use std::collections::{BTreeMap, BTreeSet};

/// A site.
#[derive(Clone)]
pub struct Site {
    /// Below `content/`.
    pub pages: BTreeMap<String, Page>,
    pub templates: BTreeMap<String, Template>,
    /// All other files, by their whole path.
    pub raw: BTreeMap<String, Vec<u8>>,
    /// The configuration but for the theme.
    pub config: Keys,
    /// The theme in `tests/theme`, else the built-in one.
    pub plain: bool,
    /// The theme has a child, which is what the site uses.
    pub child: bool,
    pub instant: usize,
    /// Flags of the command line.
    pub overrides: Overrides,
}

/// Times at which sites are built.
pub const INSTANTS: &[&str] = &[
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

/// Switches that are off without being set.
const EXPORTS: &[&str] = &[
    "outputs.talk_calendars",
    "outputs.speaker_calendars",
    "outputs.tool_calendars",
    "outputs.api",
    "outputs.schedule_json",
    "outputs.markdown",
    "outputs.search",
    "hosting.headers",
];

/// Where the whole site has pages.
const WHOLE: &[&str] = &[
    "_index.md",
    "about.md",
    "imprint.md",
    "posts/_index.md",
    "posts/2016-01-02-alpha.md",
    "posts/2016-01-03-beta.md",
    "posts/gamma.md",
    "posts/delta/index.md",
    "notes/_index.md",
    "notes/one.md",
    "notes/two.md",
    "notes/deep/three.md",
    "events/2016-ghent/index.md",
    "events/2017-toronto/index.md",
    "events/2016-ghent/talks/opening.md",
    "events/2016-ghent/talks/closing.md",
    "events/2017-toronto/talks/opening.md",
    "loose.md",
    "speakers/ann-bell.md",
    "tools/chef.md",
    "tools/_index.md",
    "posts/gamma.de.md",
    "speakers/ann-bell.de.md",
];

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
            overrides: Overrides {
                drafts: random.chance(20),
                future: random.chance(20),
                expired: random.chance(20),
                ..Overrides::default()
            },
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
        site.add_probes(|_| thorough || random.chance(10));
        for key in EXPORTS {
            site.config.insert(key, "true".to_owned());
        }
        for _ in 0..random.below(8) {
            site.edit_config(random);
        }
        if cfg!(feature = "cards") && random.chance(30) {
            site.config.insert("outputs.cards", "true".to_owned());
            if random.chance(50) {
                site.config.insert("cards.font", "\"fonts/blocks.ttf\"".to_owned());
            }
            site.raw.insert("fonts/blocks.ttf".to_owned(), raw_content(random, &["font"]));
        }
        // Half of the sites have several languages.
        if random.chance(50) {
            site.config.insert("languages.de.title", "\"Seite\"".to_owned());
            site.config.remove("lang");
        }
        site.config.retain(|key, _| !key.starts_with("theme.options."));
        site.add_parts();
        if thorough {
            site.repair();
        }
        site
    }

    /// The same site each time, with a page at every place, every key somewhere, and a page for everything
    /// that can be asked.
    pub fn whole() -> Self {
        let mut site = Self {
            pages: BTreeMap::new(),
            templates: BTreeMap::new(),
            raw: BTreeMap::new(),
            config: BTreeMap::new(),
            plain: true,
            child: false,
            instant: 0,
            overrides: Overrides::default(),
        };
        for (number, place) in WHOLE.iter().enumerate() {
            site.pages.insert((*place).to_owned(), Page::whole(place, number));
        }
        let mut random = Random::new(0);
        for (path, values) in RAW.iter().filter(|(path, _)| !path.starts_with("themes/club/")) {
            // These take the place of what would be made.
            let is_in_place = ["static/_headers", "static/CNAME"].contains(path);
            if !path.ends_with("theme.toml") && !is_in_place {
                site.raw.insert((*path).to_owned(), raw_content(&mut random, &values[..1]));
            }
        }
        for key in EXPORTS.iter().chain(["outputs.archive"].iter()) {
            site.config.insert(key, "true".to_owned());
        }
        let more = [
            ("languages.de.title", "\"Seite\""),
            ("taxonomies.series.title", "\"Series\""),
            ("extra.tone", "\"calm\""),
        ];
        site.config.extend(more.map(|(key, value)| (key, value.to_owned())));
        for name in ["page.html", "event.html", "section.html", "term.html", "taxonomy.html", "archive.html"]
        {
            site.templates.insert(format!("templates/{name}"), Template::dump(name));
        }
        site.templates
            .insert("templates/shortcodes/ask.html".to_owned(), Template::dump("shortcodes/ask.html"));
        site.add_probes(|_| true);
        site.add_parts();
        site
    }

    /// Adds pages that ask one thing each, those that are wanted by their numbers.
    fn add_probes(&mut self, mut wanted: impl FnMut(usize) -> bool) {
        for ask in 0..PROBES {
            if wanted(ask)
                && let Some(template) = Template::probe(ask, &|path| self.has(path))
            {
                self.templates.insert(format!("templates/probe-{ask}.html"), template);
                let keys = [("template", format!("\"probe-{ask}.html\""))].into();
                self.pages.insert(format!("probe-{ask}.md"), Page { keys, ..Page::default() });
            }
        }
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
        // An option that the theme does not have is an error in every build.
        let suits = |key: &str| {
            let option = key.strip_prefix("theme.options.");
            option.is_none_or(|option| !self.plain || option == "footer")
        };
        let keys: Vec<_> = CONFIG.iter().filter(|(key, _)| suits(key)).collect();
        let key = *random.pick(&keys);
        keys::edit(&mut self.config, random, key);
        format!("the key {}", key.0)
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
        let mut keys = self.config.clone();
        keys.entry("title").or_insert_with(|| "\"Site\"".to_owned());
        keys.entry("base_url").or_insert_with(|| "\"https://example.org/\"".to_owned());
        keys.insert("theme.name", format!("\"{theme}\""));
        keys::toml(&keys)
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
