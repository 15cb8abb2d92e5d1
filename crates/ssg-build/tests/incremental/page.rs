//! Content files: a header of which each key can be edited by itself, and a body of every kind of piece.

use super::keys::{self, Key, Keys, Role};
use super::random::Random;

/// A content file.
#[derive(Clone, Default)]
pub struct Page {
    pub keys: Keys,
    pub body: Vec<String>,
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
            let (key, values) = &keys::table_keys(role)[0];
            page.keys.insert(key, (*random.pick(values)).to_owned());
        }
        for _ in 0..random.below(12) {
            page.edit_table(random, role);
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

    /// A page that has something of everything, as the number says.
    pub fn whole(place: &str, number: usize) -> Self {
        let role = role(place);
        let mut page = Self::default();
        for (at, (key, values)) in keys::header_keys(role).enumerate() {
            let is_of_table = key.starts_with("event.") || key.starts_with("talk.");
            let lacks = |every: usize| (at + number).is_multiple_of(every);
            if WHOLE.contains(key) && !lacks(3) || is_of_table && !lacks(4) {
                page.keys.insert(key, values[(at + number) % values.len().min(2)].to_owned());
            }
        }
        if role == Role::Event {
            page.keys.insert("event.start", keys::table_keys(role)[0].1[number % 2].to_owned());
        }
        let stem = place.rsplit('/').find(|part| !part.starts_with("index.")).unwrap_or(place);
        let name = stem.split('.').next().unwrap_or(stem).replace('-', " ");
        page.keys.insert("title", format!("\"{name}\""));
        if matches!(role, Role::Post) {
            page.keys.insert("date", format!("2016-0{}-0{}", number % 3 + 1, number % 7 + 1));
        }
        page.body = (0..4).map(|part| BODY[(number + part * 5) % BODY.len()].to_owned()).collect();
        page
    }

    /// Edits one key of the header.
    pub fn edit_key(&mut self, random: &mut Random, role: Role) {
        let key = keys::some_key(random, role);
        // Two pages seldom have been at the same place.
        if key.0 == "aliases" && role != Role::Term {
            self.keys.insert("aliases", format!("[\"/was/{}/\"]", random.below(60)));
            return;
        }
        keys::edit(&mut self.keys, random, key);
    }

    /// Edits one key of the table of an event or of a talk, where it is one.
    pub fn edit_table(&mut self, random: &mut Random, role: Role) {
        let keys: &[Key] = keys::table_keys(role);
        if !keys.is_empty() {
            let key = random.pick(keys);
            keys::edit(&mut self.keys, random, key);
        }
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
        format!("+++\n{}+++\n{}\n", keys::toml(&self.keys), self.body.join("\n\n"))
    }
}

/// Keys that every third page of a whole site lacks, and no other.
const WHOLE: &[&str] = &[
    "description",
    "updated",
    "authors",
    "weight",
    "categories",
    "tools",
    "speakers",
    "series",
    "events",
    "talks",
    "toc",
    "slides",
    "video",
    "extra.mood",
    "extra.list",
];

/// Pieces of the bodies of a whole site.
pub const BODY: &[&str] = &[
    "Words 1 of a paragraph.",
    "## One",
    "See [link](@/about.md) and [two](@/notes/one.md).",
    "## Two",
    "```rust\nfn main() {}\n```",
    "{{ ask() }}",
    "![Logo](/logo.png \"a logo\")",
    "A claim[^1], [elsewhere](https://else.example/).\n\n[^1]: A \"note\".",
    "Ann Bell said so.",
    "### Three",
    "<script>a(1)</script>",
    "$x^2$ at https://bare.example/a_b :rocket:",
];

/// A piece of a body. `links` are content files, and headings in them, that can be linked to.
pub fn block(random: &mut Random, links: &[String]) -> String {
    let number = random.below(20);
    let other = if links.is_empty() || random.chance(1) { "gone.md" } else { random.pick(links) };
    match random.below(33) {
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
        32 => format!(
            "{{{{ figure(src=\"hall.png\", alt=\"Hall\", width={}, crop=\"{}\", credit=\"It\") }}}}",
            40 + number,
            random.pick(&["square", "16:9", "wide"])
        ),
        22 => "{{ shwo(x=1) }}".to_owned(),
        23 => "{% note() %}\nA note with {{ ask() }}.\n{% end %}".to_owned(),
        25 => format!("<script>a({})</script>", number % 2),
        26 => "<p style=\"color:red\" onclick=\"a()\">styled</p>\n<style>p{}</style>".to_owned(),
        27 => format!("![far](https://img{}.example/a.png)", number % 2),
        28 => "<iframe src=\"https://frame.example/x\"></iframe>".to_owned(),
        29 => format!("{number}: $x^{{{number}}}$ at https://bare.example/a_b :rocket:"),
        30 => "- {% note() %}\n  {{ include(path=\"ssg.toml\") }}\n  {% end %}".to_owned(),
        31 => format!("```rust,annotate\nfn main() {{}} // ({})\n```\n\n1. Note {number}.", number % 3),
        24 => "<div id=\"box\">raw</div>".to_owned(),
        _ => "A claim[^1], [elsewhere](https://else.example/).\n\n[^1]: A \"note\".".to_owned(),
    }
}
