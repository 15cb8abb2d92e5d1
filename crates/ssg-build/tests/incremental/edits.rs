//! One random edit of a site, as an author would make it.

use super::files::RAW;
use super::keys::Role;
use super::page::{PLACES, Page, role};
use super::random::Random;
use super::site::Site;
use super::template::{NAMES, Template};

impl Site {
    /// Edits the site; says what was done.
    pub fn edit(&mut self, random: &mut Random) -> String {
        match random.below(100) {
            0..=13 => self.edit_a_body(random),
            14..=33 => self.edit_a_header(random),
            34..=42 => self.edit_a_table(random),
            43..=47 => self.add_page(random),
            48..=51 => self.remove_page(random),
            52..=54 => self.rename_page(random),
            55..=59 => self.move_page(random),
            60..=67 => self.edit_raw(random),
            68..=76 => self.edit_template(random),
            77..=80 => self.edit_theme(random),
            81..=90 => self.edit_config(random),
            91..=94 => self.edit_instant(random),
            _ => self.edit_flag(random),
        }
    }

    fn edit_flag(&mut self, random: &mut Random) -> String {
        let flags = &mut self.overrides;
        match random.below(10) {
            0..=2 => flags.drafts = !flags.drafts,
            3 | 4 => flags.future = !flags.future,
            5 | 6 => flags.expired = !flags.expired,
            7 => flags.preview = !flags.preview,
            8 => flags.skip_broken = !flags.skip_broken,
            _ => {
                let url = || "https://elsewhere.example/x/".to_owned();
                flags.base_url = if flags.base_url.is_none() { Some(url()) } else { None };
            }
        }
        format!("the flags {flags:?}")
    }

    fn some_page(&self, random: &mut Random) -> Option<String> {
        // Pages that only ask would drown the others.
        let places: Vec<String> =
            self.places().into_iter().filter(|place| !place.starts_with("probe")).collect();
        (!places.is_empty()).then(|| random.pick(&places).clone())
    }

    fn edit_a_body(&mut self, random: &mut Random) -> String {
        let links = self.links();
        let Some(place) = self.some_page(random) else { return "nothing".to_owned() };
        if let Some(page) = self.pages.get_mut(&place) {
            page.edit_body(random, &links);
        }
        format!("the body of {place}")
    }

    fn edit_a_header(&mut self, random: &mut Random) -> String {
        let Some(place) = self.some_page(random) else { return "nothing".to_owned() };
        if let Some(page) = self.pages.get_mut(&place) {
            page.edit_key(random, role(&place));
        }
        format!("the header of {place}")
    }

    fn edit_a_table(&mut self, random: &mut Random) -> String {
        let places: Vec<String> = self
            .places()
            .into_iter()
            .filter(|place| matches!(role(place), Role::Event | Role::Talk))
            .collect();
        if places.is_empty() {
            return self.edit_a_header(random);
        }
        let place = random.pick(&places).clone();
        if let Some(page) = self.pages.get_mut(&place) {
            page.edit_table(random, role(&place));
        }
        format!("the table of {place}")
    }

    fn add_page(&mut self, random: &mut Random) -> String {
        let place = (*random.pick(PLACES)).to_owned();
        let page = Page::random(random, &place, &self.links());
        self.pages.insert(place.clone(), page);
        format!("a new {place}")
    }

    fn remove_page(&mut self, random: &mut Random) -> String {
        let Some(place) = self.some_page(random) else { return "nothing".to_owned() };
        self.pages.remove(&place);
        format!("no {place}")
    }

    fn rename_page(&mut self, random: &mut Random) -> String {
        let Some(from) = self.some_page(random) else { return "nothing".to_owned() };
        let to = (*random.pick(PLACES)).to_owned();
        let Some(mut page) = self.pages.remove(&from) else { return "nothing".to_owned() };
        // Sometimes the address is to stay.
        if random.chance(30) {
            page.keys.insert("path", "\"/stays/\"".to_owned());
        }
        self.pages.insert(to.clone(), page);
        format!("{from} renamed to {to}")
    }

    fn edit_template(&mut self, random: &mut Random) -> String {
        let known: Vec<String> =
            self.templates.keys().filter(|path| !path.contains("probe")).cloned().collect();
        if known.is_empty() || random.chance(30) {
            let name = random.pick(NAMES);
            let path = format!("templates/{name}");
            let template = Template::random(random, name, &|path| self.has(path));
            self.templates.insert(path.clone(), template);
            return format!("a new {path}");
        }
        let path = random.pick(&known).clone();
        if random.chance(20) {
            self.templates.remove(&path);
            return format!("no {path}");
        }
        if let Some(mut template) = self.templates.remove(&path) {
            template.edit(random, &|path| self.has(path));
            self.templates.insert(path.clone(), template);
        }
        path
    }

    /// Edits a file of the theme in the folder.
    fn edit_theme(&mut self, random: &mut Random) -> String {
        if random.chance(12) {
            self.child = !self.child;
            return format!("a child theme: {}", self.child);
        }
        if self.child && random.chance(50) {
            return self.edit_child(random);
        }
        if !self.plain {
            return self.edit_template(random);
        }
        let name =
            random.pick(&["base.html", "page.html", "section.html", "term.html", "event.html", "bit.html"]);
        let path = format!("themes/plain/templates/{name}");
        if random.chance(30) {
            self.raw.remove(&path);
        } else {
            let usual = self.files().remove(&path).unwrap_or_default();
            let mut text = String::from_utf8_lossy(&usual).into_owned();
            let word = random.below(100);
            if text.contains("{% endblock main %}") {
                text = text.replace("{% endblock main %}", &format!("<s>{word}</s>{{% endblock main %}}"));
            } else {
                text.push_str(&format!("<s>{word}</s>"));
            }
            self.raw.insert(path.clone(), text.into_bytes());
        }
        path
    }

    /// Edits, adds or removes a file of the child theme.
    fn edit_child(&mut self, random: &mut Random) -> String {
        let files: Vec<_> = RAW.iter().filter(|(path, _)| path.starts_with("themes/club/")).collect();
        let (path, values) = random.pick(&files);
        if random.chance(40) {
            self.raw.remove(*path);
            return format!("no {path}");
        }
        self.raw.insert((*path).to_owned(), random.pick(values).as_bytes().to_vec());
        format!("the file {path}")
    }

    /// Mends what makes builds fail most often: dead links, templates that ask for what is gone,
    /// mistakes of syntax.
    pub fn repair(&mut self) -> String {
        let places = self.places();
        for page in self.pages.values_mut() {
            let dead = |block: &String| {
                let link = block.find("@/").map(|at| &block[at + 2..]);
                link.and_then(|link| link.split([')', '"', '#']).next())
                    .is_some_and(|link| !places.iter().any(|place| place == link))
            };
            page.body.retain(|block| !dead(block) && !block.contains(".md#"));
            page.keys.retain(|key, value| match *key {
                "excerpt" | "image" | "path" | "draft" | "publish_at" | "expires" | "aliases" => false,
                "template" => value.contains("probe"),
                "date" => !value.starts_with("2017"),
                _ => true,
            });
        }
        // Where templates look for them they must be, or templates fail for ever.
        for place in Template::asked_for() {
            if let Some(page) = self.pages.get_mut(place) {
                page.keys.retain(|key, _| *key != "slug" && *key != "date");
            }
        }
        let mut templates = std::mem::take(&mut self.templates);
        for template in templates.values_mut() {
            template.repair(&|path| self.has(path));
        }
        self.templates = templates;
        self.config.retain(|key, _| !key.starts_with("theme.options."));
        self.config.remove("outputs.cards");
        self.raw.retain(|path, bytes| {
            let cut = path.ends_with(".png") && bytes.len() < 40;
            let manifest = path.ends_with("theme.toml");
            let above = path == "themes/club/templates/special.html" || path.ends_with("ask.html");
            !cut && !manifest
                && !above
                && (path != "assets/site.scss" || !String::from_utf8_lossy(bytes).contains("@use"))
                && (path != "themes/plain/assets/theme.css"
                    || !String::from_utf8_lossy(bytes).contains("@import"))
        });
        self.add_parts();
        "repairs".to_owned()
    }
}
