//! Content files at random: headers of every key, bodies of every kind of piece.

use super::random::Random;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A content file.
#[derive(Clone, Default)]
pub struct Page {
    /// Key of the header → its value as TOML.
    pub keys: BTreeMap<&'static str, String>,
    /// `[event]` and `[talk]`, where it has them.
    pub event: Option<BTreeMap<&'static str, String>>,
    pub talk: Option<BTreeMap<&'static str, String>>,
    pub body: Vec<String>,
}

/// What a file's place makes of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Page,
    Post,
    Section,
    Event,
    Talk,
    Term,
}

/// Every place that a content file may have, below `content/`.
pub const PLACES: &[&str] = &[
    "_index.md",
    "about.md",
    "imprint.md",
    "posts/_index.md",
    "posts/2016-01-02-alpha.md",
    "posts/2016-01-03-beta.md",
    "posts/2016-02-01-alpha.md",
    "posts/gamma.md",
    "posts/delta/index.md",
    "posts/eps/index.md",
    "posts/sub/zeta.md",
    "notes/one.md",
    "notes/two.md",
    "notes/deep/three.md",
    "notes/_index.md",
    "notes/deep/_index.md",
    "events/_index.md",
    "events/2016-ghent/index.md",
    "events/2017-toronto/index.md",
    "events/2018-oslo.md",
    "events/2016-ghent/talks/opening.md",
    "events/2016-ghent/talks/closing.md",
    "events/2017-toronto/talks/opening.md",
    "loose.md",
    "speakers/ann-bell.md",
    "speakers/bo-cole.md",
    "speakers/_index.md",
    "tools/chef.md",
    "tools/_index.md",
    "categories/culture.md",
    "categories/_index.md",
    "series/_index.md",
    "series/first.md",
    "_index.de.md",
    "about.de.md",
    "posts/_index.fr.md",
    "posts/2016-01-02-alpha.de.md",
    "posts/2016-01-02-alpha.fr.md",
    "posts/gamma.de.md",
    "posts/delta/index.de.md",
    "notes/nur.de.md",
    "events/_index.de.md",
    "events/2016-ghent/index.de.md",
    "events/2018-oslo.ar.md",
    "events/2016-ghent/talks/opening.de.md",
    "speakers/ann-bell.de.md",
    "tools/chef.de.md",
    "tools/_index.de.md",
    "categories/culture.fr.md",
];

pub fn role(place: &str) -> Role {
    let top = place.split('/').next().unwrap_or("");
    match top {
        _ if place.contains("_index.") => Role::Section,
        "events" if place.contains("/talks/") => Role::Talk,
        "loose.md" => Role::Talk,
        "events" => Role::Event,
        "speakers" | "tools" | "categories" | "series" => Role::Term,
        "posts" => Role::Post,
        _ => Role::Page,
    }
}

impl Page {
    pub fn random(random: &mut Random, place: &str, links: &[String]) -> Self {
        let role = role(place);
        let mut page = Self::default();
        if role == Role::Event {
            page.event = Some(BTreeMap::from([("start", (*random.pick(DAYS)).to_owned())]));
            for _ in 0..random.below(6) {
                page.edit_event(random);
            }
        }
        if role == Role::Talk {
            page.talk = Some(BTreeMap::new());
            for _ in 0..random.below(4) {
                page.edit_talk(random);
            }
        }
        for _ in 0..2 + random.below(5) {
            page.edit_key(random, role);
        }
        // A new page is seldom withheld: a site of drafts would test little.
        if random.chance(80) {
            page.keys.retain(|key, value| match *key {
                "draft" | "publish_at" | "expires" | "path" => false,
                "date" => !value.starts_with("2017"),
                _ => true,
            });
        }
        for _ in 0..=random.below(4) {
            page.body.push(block(random, links));
        }
        page
    }

    /// Sets, changes or drops one key of the header.
    pub fn edit_key(&mut self, random: &mut Random, role: Role) {
        let (key, value) = key_value(random, role);
        match value {
            Some(value) if !(random.chance(15) && self.keys.contains_key(key)) => {
                self.keys.insert(key, value);
            }
            _ => {
                self.keys.remove(key);
            }
        }
    }

    pub fn edit_event(&mut self, random: &mut Random) {
        let (key, values) = random.pick(EVENT_KEYS);
        edit_table(self.event.get_or_insert_default(), random, key, values);
    }

    pub fn edit_talk(&mut self, random: &mut Random) {
        let (key, values) = random.pick(TALK_KEYS);
        edit_table(self.talk.get_or_insert_default(), random, key, values);
    }

    pub fn edit_body(&mut self, random: &mut Random, links: &[String]) {
        let at = random.below(self.body.len() + 1);
        match random.below(4) {
            0 if at < self.body.len() => {
                self.body.remove(at);
            }
            1 if at < self.body.len() => self.body[at] = block(random, links),
            2 if at < self.body.len() && self.body[at].starts_with("Words") => {
                self.body[at].push_str(" more");
            }
            _ => self.body.insert(at, block(random, links)),
        }
    }

    pub fn text(&self) -> String {
        let mut text = String::from("+++\n");
        for (key, value) in &self.keys {
            let _ = writeln!(text, "{key} = {value}");
        }
        for (name, table) in [("event", &self.event), ("talk", &self.talk)] {
            let Some(table) = table else { continue };
            let _ = writeln!(text, "[{name}]");
            for (key, value) in table {
                let _ = writeln!(text, "{key} = {value}");
            }
        }
        let _ = write!(text, "+++\n{}\n", self.body.join("\n\n"));
        text
    }
}

fn edit_table(
    table: &mut BTreeMap<&'static str, String>,
    random: &mut Random,
    key: &'static str,
    values: &[&str],
) {
    if random.chance(if key == "start" { 5 } else { 20 }) {
        table.remove(key);
    } else {
        table.insert(key, (*random.pick(values)).to_owned());
    }
}

const DAYS: &[&str] = &[
    "2016-01-05",
    "2016-01-06T10:00:00",
    "2016-01-06T10:00:00+02:00",
    "2016-03-01",
    "2015-12-31",
    "2016-06-02",
    "2017-02-02",
];

const EVENT_KEYS: &[(&str, &[&str])] = &[
    ("start", &["2016-05-26", "2016-06-01T09:00:00", "2017-03-01", "2015-05-05", "2016-06-10"]),
    ("end", &["2016-05-27", "2016-06-02T18:00:00", "2017-03-02", "2016-06-11"]),
    ("timezone", &["\"Europe/Brussels\"", "\"America/Toronto\"", "\"Europe/Paris\""]),
    ("city", &["\"Ghent\"", "\"Toronto\""]),
    ("country", &["\"Belgium\"", "\"Canada\""]),
    ("series", &["\"days\"", "\"nights\""]),
    ("cancelled", &["true", "false"]),
    ("venue", &["{ name = \"Hall\", coordinates = \"43.6446,-79.3884\" }", "{ address = \"Road 1\" }"]),
    (
        "cfp",
        &[
            "{ opens = 2016-01-01, closes = 2016-04-01, url = \"https://cfp.example/\" }",
            "{ closes = 2016-06-05 }",
            "{ opens = 2016-06-02T08:00:00, closes = 2017-01-01 }",
        ],
    ),
    (
        "registration",
        &[
            "{ opens = 2016-02-01, closes = 2016-06-01 }",
            "{ opens = 2016-06-03, url = \"https://x.example/\" }",
        ],
    ),
    (
        "organizers",
        &[
            "[{ name = \"Ann Bell\" }]",
            "[{ name = \"Bo Cole\", url = \"https://bo.example/\" }, { name = \"Di Egan\" }]",
        ],
    ),
    (
        "sponsors",
        &[
            "[{ id = \"acme\", level = \"gold\" }]",
            "[{ id = \"acme\" }, { id = \"umbrella\", level = \"silver\" }]",
            "[{ id = \"acmee\", level = \"gold\" }]",
        ],
    ),
    (
        "sponsor_levels",
        &["[{ id = \"gold\", label = \"Gold\" }]", "[{ id = \"gold\", max = 2 }, { id = \"silver\" }]"],
    ),
    (
        "schedule",
        &[
            "[{ starts = 2016-05-26T09:00:00, ends = 2016-05-26T10:00:00, room = \"A\", talk = \"opening\" }]",
            "[{ starts = 2016-05-26T09:00:00, title = \"A row\", speakers = [\"Cy Dunn\"], room = \"A\" }, \
             { starts = 2016-05-26T09:00:00, talk = \"closing\", room = \"B\", kind = \"keynote\" }]",
            "[{ title = \"Break\", kind = \"break\", starts = 2016-05-26T12:00:00 }, { talk = \"openin\" }]",
        ],
    ),
];

const TALK_KEYS: &[(&str, &[&str])] = &[
    ("kind", &["\"keynote\"", "\"ignite\"", "\"keynot\""]),
    ("starts", &["2016-05-26T09:30:00", "2016-05-26T11:00:00", "2017-03-01T10:00:00"]),
    ("ends", &["2016-05-26T10:00:00", "2016-05-26T12:00:00"]),
    ("room", &["\"A\"", "\"B\""]),
    ("track", &["\"ops\""]),
    ("level", &["\"all\"", "\"expert\""]),
    ("language", &["\"en\"", "\"nl\""]),
    ("event", &["\"2016-ghent\"", "\"2017-toronto\"", "\"2018-oslo\"", "\"2016-gent\""]),
    ("slides", &["\"https://speakerdeck.com/a/b\"", "\"https://slides.example/x\""]),
    ("video", &["\"https://youtu.be/pY-3XJjmu58\""]),
];

/// A key with a value, or without one to drop it.
fn key_value(random: &mut Random, role: Role) -> (&'static str, Option<String>) {
    let one = |random: &mut Random, of: &[&str]| Some((*random.pick(of)).to_owned());
    let titles: &[&str] = match role {
        Role::Term => &["\"Ann Bell\"", "\"Bo Cole\"", "\"Chef\"", "\"Culture\"", "\"Anne Bell\""],
        _ => &["\"Alpha\"", "\"Beta\"", "\"Delta & <Co>\"", "\"Ünïcode\"", "\"First look\"", "\"Zed\""],
    };
    let key = *random.pick(KEYS);
    let value = match key {
        "title" => one(random, titles),
        "date" => one(random, DAYS),
        "updated" => one(random, &["2016-02-02", "2016-02-03T10:00:00"]),
        "description" => one(random, &["\"In one sentence.\"", "\"Another <b>one</b>.\""]),
        "excerpt" => one(
            random,
            &["\"A *short* text.\"", "\"See [about](@/about.md).\"", "\"![hall](hall.png) {{ ask() }}\""],
        ),
        "slug" => one(random, &["\"slug-a\"", "\"slug-b\"", "\"Chef\"", "\"ann-bell\""]),
        "path" => one(random, &["\"/old/x/\"", "\"/p/\"", "\"/file.html\"", "\"/notes/p/\""]),
        "aliases" => {
            // Two pages seldom have been at the same place.
            let (one, two) = (random.below(60), random.below(60));
            Some(match random.below(3) {
                0 if role == Role::Term => format!("[\"Annie\", \"/was/{one}/\"]"),
                1 => format!("[\"/was/{one}.html\", \"/was/{two}/\"]"),
                _ => format!("[\"/was/{one}/\"]"),
            })
        }
        "draft" => one(random, &["true", "false", "false"]),
        "publish_at" => one(random, &["2016-06-02", "2016-01-01", "2016-06-01T12:00:00"]),
        "expires" => one(random, &["2016-06-02", "2017-01-01", "2018-01-01"]),
        "weight" => one(random, &["-1", "0", "2"]),
        "translation_key" => {
            one(random, &["\"notes/one\"", "\"about\"", "\"posts/gamma\"", "\"events/2018-oslo\""])
        }
        "lang" => one(random, &["\"de\"", "\"en-GB\"", "\"fr\""]),
        "categories" => one(random, &["[\"Culture\"]", "[\"Culture\", \"News\"]", "[\"news\"]", "[]"]),
        "tools" => {
            one(random, &["[\"Chef\"]", "[\"chef\", \"Puppet\"]", "[\"C++\", \"Chef\"]", "[\"puppet\"]"])
        }
        "speakers" => one(
            random,
            &[
                "[\"Ann Bell\"]",
                "[\"Bo Cole\", \"Ann Bell\"]",
                "[\"Cy Dunn\", \"Bo Cole\"]",
                "[\"Annie\", \"TBA\"]",
            ],
        ),
        "series" => one(random, &["[\"First\"]", "[\"Second\"]"]),
        "authors" => one(random, &["[\"Ann Bell\"]", "[\"Di Egan\"]", "[\"Annie\", \"Bo Cole\"]"]),
        "events" => {
            one(random, &["[\"2016-ghent\"]", "[\"2017-toronto\", \"2016-ghent\"]", "[\"2016-gent\"]"])
        }
        "talks" => {
            one(random, &["[\"2016-ghent/opening\"]", "[\"2016-ghent/closing\", \"2017-toronto/opening\"]"])
        }
        "image" => one(random, &["\"hall.png\"", "\"/logo.png\"", "\"/none.png\""]),
        "toc" => one(random, &["true", "false"]),
        "template" => one(random, &["\"special.html\"", "\"page.html\""]),
        "paginate_by" if role == Role::Section => one(random, &["1", "2"]),
        "former_names" if role == Role::Term => one(random, &["[\"Annie\"]", "[\"Opscode\"]"]),
        "slides" => one(random, &["\"https://speakerdeck.com/a/b\""]),
        "extra" => one(random, &["{ mood = \"calm\" }", "{ mood = \"loud\", list = [1, 2] }"]),
        _ => None,
    };
    (key, value)
}

const KEYS: &[&str] = &[
    "title",
    "title",
    "title",
    "date",
    "date",
    "updated",
    "description",
    "excerpt",
    "slug",
    "path",
    "aliases",
    "aliases",
    "draft",
    "publish_at",
    "expires",
    "weight",
    "lang",
    "translation_key",
    "categories",
    "categories",
    "tools",
    "tools",
    "tools",
    "speakers",
    "speakers",
    "series",
    "authors",
    "events",
    "events",
    "talks",
    "image",
    "toc",
    "template",
    "paginate_by",
    "former_names",
    "slides",
    "extra",
];

/// A piece of a body. `links` are content files, and headings in them, that can be linked to.
pub fn block(random: &mut Random, links: &[String]) -> String {
    let number = random.below(20);
    let other = if links.is_empty() || random.chance(1) { "gone.md" } else { random.pick(links) };
    match random.below(30) {
        0..=3 => format!("Words {number} of a paragraph."),
        4 => format!("Ann Bell said {number} words."),
        5 => "## One".to_owned(),
        6 => "## Two".to_owned(),
        7 => "### Three".to_owned(),
        8..=11 => format!("See [link {number}](@/{other})."),
        12 => "Go [on](two.md) or [up](../about.md).".to_owned(),
        13 => "![The hall](hall.png) and [plan](plan.pdf)".to_owned(),
        14 => "![Logo](/logo.png \"a logo\")".to_owned(),
        15 => "Back to [two](#two).".to_owned(),
        16 => "<!-- more -->".to_owned(),
        17 => format!("```{}\nfn main() {{}}\n```", random.pick(&["rust", "rsut", "text"])),
        18 | 19 => "{{ ask() }}".to_owned(),
        20 => format!("{{{{ show(src=\"hall.png\", to=\"@/{other}\") }}}}"),
        21 => "{{ figure(src=\"hall.png\", alt=\"Hall\", caption=\"*It*\") }}".to_owned(),
        22 => "{{ shwo(x=1) }}".to_owned(),
        23 => "{% note() %}\nA note with {{ ask() }}.\n{% end %}".to_owned(),
        25 => format!("<script>a({})</script>", number % 2),
        26 => "<p style=\"color:red\" onclick=\"a()\">styled</p>\n<style>p{}</style>".to_owned(),
        27 => format!("![far](https://img{}.example/a.png)", number % 2),
        28 => "<iframe src=\"https://frame.example/x\"></iframe>".to_owned(),
        24 => "<div id=\"box\">raw</div>".to_owned(),
        _ => "A claim[^1], [elsewhere](https://else.example/).\n\n[^1]: A \"note\".".to_owned(),
    }
}
