//! The `ssg.toml` that an import proposes; one that is there stays as it is.

use crate::Guess;
use crate::blog::Work;
use crate::front::{Front, inline};
use ssg_source::SitePath;

/// What a source says of the whole site.
#[derive(Clone, Debug, Default)]
pub(crate) struct SiteConfig {
    pub title: String,
    pub base_url: String,
    pub description: String,
    pub lang: String,
    pub timezone: String,
    pub author: String,
    /// Title and path of each entry of the menu.
    pub menu: Vec<(String, String)>,
    /// How the source made ids of headings.
    pub github_ids: bool,
    /// Languages besides the main one.
    pub languages: Vec<String>,
    /// How many posts a sheet had.
    pub paginate_by: Option<i64>,
}

impl SiteConfig {
    /// Where it goes.
    pub const PATH: &'static str = "ssg.toml";

    /// Adds the file to an import; entries of the menu that lead nowhere are left out and told.
    pub fn put(&self, work: &mut Work<'_>, source: &SitePath) {
        let mut front = Front::default();
        let mut notes = Vec::new();
        let title = if self.title.is_empty() { "A blog" } else { &self.title };
        let is_address = self.base_url.starts_with("https://") || self.base_url.starts_with("http://");
        let base_url = if is_address { self.base_url.as_str() } else { "https://example.org/" };
        if !is_address {
            notes.push(Guess::new(0, "the source does not say where it is online: set `base_url`"));
        }
        front.text("title", title).text("base_url", base_url);
        front.text("description", &self.description).text("lang", &self.lang);
        front.text("timezone", &self.timezone).text("author", &self.author);
        if let Some(number) = self.paginate_by.filter(|number| (1..=1000).contains(number)) {
            front.raw("paginate_by", &number.to_string());
        }
        front.table_of("markdown", |front| {
            if self.github_ids {
                front.text("heading_ids", "github");
            }
        });
        for tag in &self.languages {
            front.table(&format!("languages.{tag}"));
        }
        let mut menu = Vec::new();
        for (title, path) in &self.menu {
            let is_ours = path.starts_with('/') && !path.starts_with("//");
            if is_ours && path != "/" && !work.has_address(path) {
                notes.push(Guess::new(
                    0,
                    format!("the menu's {path} is no page of the source, and was left out"),
                ));
            } else if is_ours || path.starts_with("https://") || path.starts_with("http://") {
                let path = work.address_like(path).unwrap_or_else(|| path.clone());
                menu.push(inline(&[("title", title), ("path", &path)]));
            }
        }
        if !menu.is_empty() {
            front.table("theme").table_of("theme.options", |front| {
                front.list("menu", &menu);
            });
        }
        if let Ok(target) = SitePath::new(Self::PATH) {
            work.put(source.as_str(), target, front.data(), notes);
        }
    }
}
