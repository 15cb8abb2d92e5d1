//! The pages of an event: its text, its programme, and those that stay pages.

use super::event::EventData;
use super::files::EventFiles;
use super::old_programme::{self, OldProgramme};
use super::programme;
use super::work::{Work, index_of, page_named, part_of};
use crate::Guess;
use crate::front::Front;
use crate::keys::Keys;
use crate::people::clean;
use crate::slug::slug;
use ssg_source::SitePath;

impl Work<'_> {
    /// Adds an event with its talks and pages.
    pub fn add_event(&mut self, event: &mut EventData, files: &EventFiles) {
        let part = part_of(&event.meta.id);
        let Some(index) = index_of(&event.meta.id) else { return };
        let mut notes = std::mem::take(&mut event.notes);
        let mut body = Vec::new();
        if let Some(path) = page_named(files, "welcome").or_else(|| page_named(files, "_index")) {
            body.extend(self.welcome(event, path, &index));
        }
        let program_page = page_named(files, "program").map(|path| (path, self.page(&part, path)));
        let text =
            program_page.as_ref().and_then(|(_, page)| page.as_ref()).map_or("", |page| page.body.as_str());
        let old = old_programme::read(text);
        if let Some((path, Some(page))) = &program_page {
            self.ignored_front(&page.front, path);
            self.imported(path.as_str(), &index, Vec::new());
            body.extend(self.above(event, path, &old));
        }
        let rows = self.add_talks(event, files, &old, &mut notes);
        for path in files.pages.iter().filter(|path| !["welcome", "_index", "program"].contains(&path.stem()))
        {
            if let Some(link) = self.page_of_event(event, path, &index) {
                event.links.push(link);
            }
        }
        for path in &files.others {
            self.skip(path, "no page of an event lies this deep");
        }
        for page in ["program", "speakers"] {
            let address = event.meta.path(page);
            event.aliases.extend(self.alias(&address, &mut Vec::new()));
        }
        if !event.links.is_empty() {
            body.push(event.links.join(" · "));
        }
        let bytes = event.write(&rows, &body.join("\n\n"));
        self.put(index.as_str(), bytes, &part);
        let what = event.meta.title.clone();
        self.imported(&what, &index, notes);
    }

    /// The text of the page that an event begins with.
    fn welcome(&mut self, event: &mut EventData, path: &SitePath, index: &SitePath) -> Option<String> {
        let page = self.page(&part_of(&event.meta.id), path)?;
        let keys = Keys::new(&page.front);
        let mut notes = Vec::new();
        for alias in keys.texts("aliases") {
            let own = event.meta.path("");
            if alias.trim_matches('/') != own.trim_matches('/') {
                event.aliases.extend(self.alias(&alias, &mut notes));
            }
        }
        keys.ignore(&["title", "type", "date", "city", "year", "description"]);
        keys.finish("page: ", path.as_str(), &mut self.import.report);
        let address = format!("/events/{}/welcome/", event.meta.id);
        event.aliases.extend(self.alias(&address, &mut notes));
        self.imported(path.as_str(), index, notes);
        let text = self.markdown(&page.body, &event.meta, path);
        (!text.is_empty()).then_some(text)
    }

    /// What a page says above the programme.
    fn above(&mut self, event: &EventData, path: &SitePath, old: &OldProgramme<'_>) -> Option<String> {
        let text = self.markdown(old.above, &event.meta, path);
        (!text.is_empty()).then_some(text)
    }

    fn ignored_front(&mut self, front: &ssg_parse::Value, path: &SitePath) {
        let keys = Keys::new(front);
        keys.ignore(&["title", "type", "date", "city", "year", "description", "aliases"]);
        keys.finish("page: ", path.as_str(), &mut self.import.report);
    }

    /// Adds a page that stays one, under its old address; gives a link to it. One without text is
    /// the event's.
    fn page_of_event(&mut self, event: &mut EventData, path: &SitePath, index: &SitePath) -> Option<String> {
        let part = part_of(&event.meta.id);
        let page = self.page(&part, path)?;
        let text = self.markdown(&page.body, &event.meta, path);
        let keys = Keys::new(&page.front);
        let named = keys.text("title").unwrap_or_else(|| path.stem().to_owned());
        let stem = slug(path.stem());
        let stem = if stem.is_empty() { "page".to_owned() } else { stem };
        let description = keys.text("description").unwrap_or_default();
        let aliases = keys.texts("aliases");
        keys.ignore(&["type", "date", "city", "year", "linktitle"]);
        let is_draft = keys.yes("draft");
        keys.finish("page: ", path.as_str(), &mut self.import.report);
        let mut notes = Vec::new();
        let own = self.alias(&event.meta.path(&stem), &mut notes);
        if text.is_empty() {
            if stem != "speakers" {
                notes.push(Guess::new(
                    0,
                    "nothing is left of it without its shortcodes: its address leads to the event",
                ));
            }
            event.aliases.extend(own);
            self.imported(path.as_str(), index, notes);
            return None;
        }
        let Some(own) = own else {
            self.skip(path, "another page has its address");
            return None;
        };
        let title = capitalised(&clean(&named));
        let mut front = Front::default();
        front.text("title", &format!("{title}, {}", event.meta.title)).text("description", &description);
        front.text("path", &own);
        let aliases: Vec<String> = aliases.iter().filter_map(|alias| self.alias(alias, &mut notes)).collect();
        front.texts("aliases", &aliases);
        if is_draft {
            front.raw("draft", "true");
        }
        front.table("extra.import").text("source", "devopsdays");
        let below = format!("event-pages/{}/{stem}.md", event.meta.id);
        let file = self.put(&format!("content/{below}"), front.page(&text), &part)?;
        self.imported(path.as_str(), &file, notes);
        // Nothing leads to a page that is not published.
        if is_draft {
            return None;
        }
        Some(format!("[{}](@/{below})", title.replace(['[', ']'], "")))
    }

    /// Adds the posts of the blog.
    pub fn add_blog(&mut self, files: &super::files::Files) {
        if !self.options.only.is_empty() {
            return;
        }
        let part = "devopsdays/blog";
        for path in &files.blog {
            let Some(page) = self.page(part, path) else { continue };
            let text = self.markdown(&page.body, &super::event::Meta::default(), path);
            let keys = Keys::new(&page.front);
            let mut notes = Vec::new();
            let written = keys.text("date").unwrap_or_default();
            let zone = super::zone::Zone::of("", std::slice::from_ref(&written));
            let date = zone.moment(&written, super::zone::Edge::Close);
            if date.is_none() {
                notes.push(Guess::new(0, format!("`date` is no date: {written}")));
            }
            let day = super::zone::day_of(&written).map_or_else(String::new, |day| format!("{day}-"));
            let title =
                keys.text("title").map_or_else(|| programme::name_of_id(path.stem()), |title| clean(&title));
            let authors = crate::people::people(keys.texts("author").iter().map(String::as_str));
            notes.extend(authors.notes.into_iter().map(|note| Guess::new(0, note)));
            let mut aliases: Vec<String> =
                self.alias(&format!("/blog/{}/", path.stem()), &mut notes).into_iter().collect();
            for alias in keys.texts("aliases") {
                aliases.extend(self.alias(&alias, &mut notes));
            }
            let mut front = Front::default();
            front.text("title", &title).raw("date", date.as_deref().unwrap_or(""));
            front.text("description", &keys.text("description").unwrap_or_default());
            front.texts("authors", &authors.names);
            let terms: Vec<String> = keys.texts("tags").into_iter().chain(keys.texts("categories")).collect();
            front.texts("categories", &terms).texts("aliases", &aliases);
            if keys.yes("draft") {
                front.raw("draft", "true");
            }
            front.table("extra.import").text("source", "devopsdays");
            keys.ignore(&["type", "slug"]);
            keys.finish("post: ", path.as_str(), &mut self.import.report);
            let name = format!("content/posts/{day}{}.md", ssg_parse::slugify(path.stem()));
            if let Some(file) = self.put(&name, front.page(&text), part) {
                self.imported(path.as_str(), &file, notes);
            }
        }
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
