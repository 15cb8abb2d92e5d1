//! `ssg.toml` as a typed value.
//!
//! Unknown keys are errors, with a suggestion; the user's own values live under `extra`. What
//! flags and environment change is laid over the result in `ssg-build`.

mod cache;
mod check;
mod feeds;
mod languages;
mod markup;
mod outputs;
mod permalinks;
mod serve;
mod taxonomies;
mod themes;

pub use cache::{Bucket, CacheOptions, Remote};
pub use check::CheckOptions;
pub use feeds::FeedOptions;
pub use markup::ExternalLinks;
pub use outputs::OutputOptions;
pub use permalinks::Permalink;
pub use serve::{read_allowed_host, wrong_host};
pub use taxonomies::TaxonomyOptions;
pub use themes::ThemePin;

use crate::cards::{CardOptions, read_cards};
use crate::fields::Fields;
use crate::hosting::{Hosting, is_domain, read_hosting};
use crate::icons::{IconOptions, read_icon};
use crate::languages::{LangId, Language};
use crate::markdown::MarkdownOptions;
use crate::pictures::{PictureOptions, read_pictures};
use crate::toml_reader::read_toml;
use crate::value::{Spanned, Value};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use ssg_source::{Class, Diagnostic, Diagnostics, Severity, SitePath, codes, decode};

/// The site's configuration.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
pub struct Config {
    /// Name of the site.
    pub title: String,
    /// Where it will be online: `http` or `https`, always with a slash at the end.
    pub base_url: String,
    /// One sentence about it.
    pub description: String,
    /// Theme: a name under `themes/`, a path, or the built-in one.
    pub theme: Option<Spanned<String>>,
    /// Main language, a BCP 47 tag.
    pub lang: String,
    /// All languages, the main one first; empty for a site in one language.
    pub languages: Vec<Language>,
    /// IANA name of the zone that dates without one are meant in.
    pub timezone: String,
    /// Somebody wrote it.
    pub has_timezone: bool,
    /// What the identities of entries in calendars end with; the host of the site without.
    pub uid_domain: Option<String>,
    /// Who writes, where a page does not say.
    pub author: Option<String>,
    /// Pages of a section's pager; one pager without.
    pub paginate_by: Option<usize>,
    /// Feeds.
    pub feeds: FeedOptions,
    /// Kinds of output that can be switched.
    pub outputs: OutputOptions,
    /// What icons of the site are made of.
    pub icon: IconOptions,
    /// What pictures of pages are drawn with.
    pub cards: CardOptions,
    /// What becomes of photographs.
    pub pictures: PictureOptions,
    /// Files for the host.
    pub hosting: Hosting,
    /// Markdown.
    pub markdown: MarkdownOptions,
    /// Links to other sites.
    pub external_links: ExternalLinks,
    /// Whether an address into the site that leads nowhere is an error.
    pub strict_links: bool,
    /// Taxonomies, the usual three first.
    pub taxonomies: Vec<TaxonomyOptions>,
    /// Patterns of addresses, those of the longest folders first.
    pub permalinks: Vec<Permalink>,
    /// Kinds of talks besides those that are known.
    pub talk_kinds: Vec<String>,
    /// Names that `ssg suggest` never says.
    pub never_suggested: Vec<String>,
    /// Whether `ssg serve` says what a saved post seems to lack.
    pub suggests_under_serve: bool,
    /// The site's values for the theme's options.
    pub theme_options: Option<Value>,
    /// Themes that were fetched by git.
    pub themes: Vec<ThemePin>,
    /// Names by which `ssg serve` may be asked for, besides those of this machine.
    pub allowed_hosts: Vec<String>,
    /// Where machines share what builds remember.
    pub cache: CacheOptions,
    /// What `ssg check` looks at.
    pub check: CheckOptions,
    /// The user's own values.
    pub extra: Option<Value>,
    /// It is built to be looked at before it is online: nothing of it is for search engines. A flag, no key.
    pub preview: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            preview: false,
            title: "Untitled".to_owned(),
            base_url: "http://localhost/".to_owned(),
            description: String::new(),
            theme: None,
            lang: "en".to_owned(),
            languages: Vec::new(),
            timezone: "UTC".to_owned(),
            has_timezone: false,
            uid_domain: None,
            author: None,
            paginate_by: None,
            feeds: FeedOptions::default(),
            outputs: OutputOptions::default(),
            icon: IconOptions::default(),
            cards: CardOptions::default(),
            pictures: PictureOptions::default(),
            hosting: Hosting::default(),
            markdown: MarkdownOptions::default(),
            external_links: ExternalLinks::default(),
            strict_links: false,
            taxonomies: ["categories", "tools", "speakers"].map(TaxonomyOptions::named).into(),
            permalinks: Vec::new(),
            talk_kinds: Vec::new(),
            never_suggested: Vec::new(),
            suggests_under_serve: true,
            theme_options: None,
            themes: Vec::new(),
            allowed_hosts: Vec::new(),
            cache: CacheOptions::default(),
            check: CheckOptions::default(),
            extra: None,
        }
    }
}

impl Config {
    /// What identities of entries in calendars end with: the domain that is set, else the host of the site.
    #[must_use]
    pub fn uid_domain(&self) -> &str {
        self.uid_domain.as_deref().unwrap_or_else(|| {
            let base = self.base_url.split_once("://").map_or(self.base_url.as_str(), |(_, rest)| rest);
            base.split(['/', '?', '#']).next().unwrap_or(base)
        })
    }

    /// The zone of [`Config::timezone`]; UTC when it is not known.
    #[must_use]
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.timezone).unwrap_or(TimeZone::UTC)
    }

    /// The path that the site lies under on its host: `/` or `/blog/`.
    #[must_use]
    pub fn base_path(&self) -> &str {
        let after_scheme = self.base_url.find("://").map_or(0, |at| at + 3);
        self.base_url[after_scheme..].find('/').map_or("/", |at| &self.base_url[after_scheme + at..])
    }

    /// The absolute URL of a path.
    #[must_use]
    pub fn permalink(&self, path: &str) -> String {
        let (path, tail) = path.find(['?', '#']).map_or((path, ""), |at| path.split_at(at));
        format!("{}{}{tail}", self.base_url, crate::url::encode_path(path.trim_start_matches('/')))
    }

    /// The numbers of all languages, the main one first.
    pub fn language_ids(&self) -> impl Iterator<Item = LangId> + use<> {
        (0..u16::try_from(self.languages.len()).unwrap_or(u16::MAX).max(1)).map(LangId)
    }

    /// The tag of a language.
    #[must_use]
    pub fn tag(&self, id: LangId) -> &str {
        self.languages.get(id.index()).map_or(&self.lang, |language| &language.tag)
    }

    /// The language of a tag, in any case of letters.
    #[must_use]
    pub fn language_of(&self, tag: &str) -> Option<LangId> {
        if self.languages.is_empty() {
            return tag.eq_ignore_ascii_case(&self.lang).then_some(LangId::MAIN);
        }
        let at = self.languages.iter().position(|language| language.tag.eq_ignore_ascii_case(tag))?;
        u16::try_from(at).ok().map(LangId)
    }

    /// Name of the site in a language.
    #[must_use]
    pub fn title_in(&self, id: LangId) -> &str {
        self.languages.get(id.index()).and_then(|language| language.title.as_ref()).unwrap_or(&self.title)
    }

    /// The sentence about the site in a language.
    #[must_use]
    pub fn description_in(&self, id: LangId) -> &str {
        let own = self.languages.get(id.index()).and_then(|language| language.description.as_ref());
        own.unwrap_or(&self.description)
    }

    /// Where the pages of a language lie: `/`, or `/de/`.
    #[must_use]
    pub fn home_of(&self, id: LangId) -> String {
        match self.languages.get(id.index()).filter(|_| !id.is_main()) {
            Some(language) => format!("/{}/", language.folder()),
            None => "/".to_owned(),
        }
    }

    /// The pattern of the addresses of pages in a folder below `content`.
    #[must_use]
    pub fn permalink_of(&self, folder: &str) -> Option<&Permalink> {
        self.permalinks.iter().find(|one| {
            folder
                .strip_prefix(one.folder.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    /// Options of a taxonomy.
    #[must_use]
    pub fn taxonomy(&self, name: &str) -> Option<&TaxonomyOptions> {
        self.taxonomies.iter().find(|options| options.name == name)
    }
}

/// Makes a base URL end with a slash.
///
/// # Errors
/// What is wrong with it, when it is no `http` or `https` address without query and fragment, or holds a user's
/// name or password.
pub fn check_base_url(url: &str) -> Result<String, String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let valid = rest.is_some_and(|rest| {
        !rest.is_empty()
            && !rest.starts_with('/')
            && !rest.contains(['?', '#', ' ', '"', '<', '>', '\\'])
            && !rest.contains("/../")
            && !rest.chars().any(char::is_control)
    });
    if !valid {
        return Err(format!(
            "`{url}` is not a base URL: write it as https://example.org/ or https://example.org/blog/"
        ));
    }
    if rest.and_then(|rest| rest.split('/').next()).is_some_and(|host| host.contains('@')) {
        return Err("a base URL may not hold a user's name or password: it stands in every page".to_owned());
    }
    Ok(format!("{}/", url.trim_end_matches('/')))
}

/// Reads `ssg.toml`. What is wrong goes to `found`, as errors of class usage.
#[must_use]
pub fn read_config(path: &SitePath, bytes: &[u8], found: &mut Diagnostics) -> Config {
    let mut here = Diagnostics::new();
    let config = match decode(bytes) {
        Ok(text) => {
            let node = read_toml(&text, 0, &mut here);
            let fields = Fields::new(&node, "the configuration", &mut here);
            read(fields)
        }
        Err(error) => {
            here.add(Diagnostic::error(codes::ENCODING, error.to_string()).hint_if(error.hint()));
            Config::default()
        }
    };
    for one in &mut here {
        one.path = Some(path.clone());
        one.class = Class::Usage;
    }
    found.extend(here);
    config
}

const UNKNOWN: &str = "values of your own go under [extra]";

/// Complains of a key that must be there, unless what was said already tells where it is.
fn check_missing(fields: &mut Fields<'_>, key: &str, example: &str) {
    if !fields.is_told_of(key) {
        let problem = Diagnostic::error(codes::MISSING_KEY, format!("`{key}` is missing"));
        fields.found().add(problem.hint(format!("add `{key} = {example}`")));
    }
}

fn read(mut fields: Fields<'_>) -> Config {
    let mut config = Config::default();
    match fields.text(&["title"]) {
        Some(title) => config.title = title.value,
        None => check_missing(&mut fields, "title", "\"…\""),
    }
    match fields.text(&["base_url", "baseURL"]) {
        Some(url) => match check_base_url(&url.value) {
            Ok(checked) => config.base_url = checked,
            Err(message) => fields.found().add(Diagnostic::error(codes::BASE_URL, message).at(url.span)),
        },
        None => check_missing(&mut fields, "base_url", "\"https://…/\""),
    }
    if let Some(description) = fields.text(&["description"]) {
        config.description = description.value;
    }
    if let Some(lang) = fields.lang(&["lang"]) {
        config.lang = lang.value;
    }
    if let Some(zone) = fields.text(&["timezone"]) {
        if TimeZone::get(&zone.value).is_err() {
            let message = format!("unknown time zone `{}`", zone.value);
            fields.found().add(
                Diagnostic::error(codes::TIMEZONE, message)
                    .at(zone.span)
                    .hint("use an IANA name such as Europe/Brussels"),
            );
        }
        config.timezone = zone.value;
        config.has_timezone = true;
    }
    config.uid_domain = read_uid_domain(&mut fields);
    config.author = fields.person(&["author"]).map(|author| author.value);
    config.icon = read_icon(&mut fields);
    config.paginate_by = positive(&mut fields, "paginate_by");
    read_theme(&mut fields, &mut config);
    if let Some(themes) = fields.table(&["themes"], themes::read_themes) {
        config.themes = themes;
    }
    if let Some(feeds) = fields.table(&["feeds"], feeds::read_feeds) {
        config.feeds = feeds;
    }
    if let Some(outputs) = fields.table(&["outputs"], outputs::read_outputs) {
        config.outputs = outputs;
    }
    if let Some(cards) = fields.table(&["cards"], read_cards) {
        config.cards = cards;
    }
    if let Some(field) = fields.peek(&["pictures"]) {
        let table = Some(field.node.span);
        let options = fields.table(&["pictures"], read_pictures).unwrap_or_default();
        config.pictures = PictureOptions { table, ..options };
    }
    let base_url = config.base_url.clone();
    if let Some(hosting) = fields.table(&["hosting"], |fields| read_hosting(fields, &base_url)) {
        config.hosting = hosting;
    }
    if let Some((markdown, links)) = fields.table(&["markdown"], markup::read_markdown) {
        config.markdown = markdown;
        config.external_links = links;
    }
    if let Some(strict) = fields.table(&["links"], markup::read_links) {
        config.strict_links = strict;
    }
    if let Some(tables) = fields.table(&["taxonomies"], taxonomies::read_taxonomies) {
        for options in tables {
            match config.taxonomies.iter_mut().find(|known| known.name == options.name) {
                Some(known) => *known = options,
                None => config.taxonomies.push(options),
            }
        }
    }
    if let Some(permalinks) = fields.table(&["permalinks"], permalinks::read_permalinks) {
        config.permalinks = permalinks;
    }
    if let Some(kinds) = fields.table(&["talks"], read_talks) {
        config.talk_kinds = kinds;
    }
    if let Some((names, serves)) = fields.table(&["suggest"], read_suggest) {
        config.never_suggested = names;
        config.suggests_under_serve = serves;
    }
    if let Some(languages) = fields.table(&["languages"], languages::read_languages) {
        config.languages = languages::in_order(&config.lang, languages);
    }
    config.extra = fields.node(&["extra"]).map(|node| node.value.clone());
    if let Some(hosts) = fields.table(&["serve"], serve::read_serve) {
        config.allowed_hosts = hosts;
    }
    if let Some(cache) = fields.table(&["cache"], cache::read_cache) {
        config.cache = cache;
    }
    if let Some(check) = fields.table(&["check"], check::read_check) {
        config.check = check;
    }
    // A table of a command that reads it on its own.
    fields.node(&["publish"]);
    fields.finish(Severity::Error, UNKNOWN);
    config
}

/// `[talks]`: kinds of talks that the site has besides the usual ones.
fn read_talks(fields: &mut Fields<'_>) -> Vec<String> {
    let kinds = fields.texts(&["kinds"]).unwrap_or_default();
    fields.report_unknown(Severity::Error, "`[talks]` has `kinds`", &[]);
    kinds.into_iter().map(|kind| kind.value).collect()
}

/// `[suggest]`: names that are never suggested, and whether `ssg serve` suggests.
fn read_suggest(fields: &mut Fields<'_>) -> (Vec<String>, bool) {
    let names = fields.texts(&["ignore"]).unwrap_or_default();
    let serves = fields.flag(&["serve"]).is_none_or(|flag| flag.value);
    fields.report_unknown(Severity::Error, "`[suggest]` has `ignore` and `serve`", &[]);
    (names.into_iter().map(|name| name.value).collect(), serves)
}

fn positive(fields: &mut Fields<'_>, name: &'static str) -> Option<usize> {
    let number = fields.integer(&[name])?;
    let positive = usize::try_from(number.value).ok().filter(|number| *number > 0);
    if positive.is_none() {
        let message = format!("`{name}` must be at least 1");
        fields.found().add(Diagnostic::error(codes::WRONG_TYPE, message).at(number.span));
    }
    positive
}

/// `theme = "name"`, or a table with `name` and `options`.
fn read_theme(fields: &mut Fields<'_>, config: &mut Config) {
    let Some(node) = fields.node(&["theme"]) else { return };
    if let Value::Text(name) = &node.value {
        config.theme = Some(Spanned::new(name.clone(), node.span));
        return;
    }
    let mut theme = Fields::new(node, "`theme`", fields.found());
    config.theme = theme.text(&["name"]);
    config.theme_options = theme.node(&["options"]).map(|node| node.value.clone());
    theme.finish(Severity::Error, "options of the theme go under [theme.options]");
}

/// A domain that ends the identities of entries in calendars.
fn read_uid_domain(fields: &mut Fields<'_>) -> Option<String> {
    let domain = fields.text(&["uid_domain"])?;
    if is_domain(&domain.value) {
        return Some(domain.value);
    }
    let message = format!("`{}` is no domain", domain.value);
    let hint = "write the name of a host, such as `example.org`, that no other site has";
    fields.found().add(Diagnostic::error(codes::CNAME, message).at(domain.span).hint(hint));
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(text: &str) -> (Config, Diagnostics) {
        let mut found = Diagnostics::new();
        let path = SitePath::new("ssg.toml").expect("valid");
        (read_config(&path, text.as_bytes(), &mut found), found)
    }

    #[test]
    fn the_least_site_has_two_keys() {
        let (config, found) = config("base_url = \"https://x.org/blog\"\ntitle = \"X\"\n");
        assert!(found.is_empty(), "{found:?}");
        assert_eq!((config.base_url.as_str(), config.base_path()), ("https://x.org/blog/", "/blog/"));
        assert_eq!(config.permalink("/a b/"), "https://x.org/blog/a%20b/");
    }

    #[test]
    fn the_main_language_comes_first_and_weights_order_the_others() {
        let (config, found) = config(
            "base_url = \"https://x.org\"\ntitle = \"X\"\nlang = \"de\"\n[languages.ja]\nweight = 2\n\
             [languages.pt-BR]\ntitle = \"Y\"\n[languages.de]\nname = \"Hochdeutsch\"\n",
        );
        assert!(found.is_empty(), "{found:?}");
        let names: Vec<_> =
            config.languages.iter().map(|one| (one.tag.as_str(), one.name.as_str())).collect();
        assert_eq!(names, [("de", "Hochdeutsch"), ("pt-BR", "Português (Brasil)"), ("ja", "日本語")]);
        assert_eq!(config.home_of(LangId(1)), "/pt-br/");
        assert_eq!((config.title_in(LangId(1)), config.title_in(LangId(2))), ("Y", "X"));
        assert_eq!(config.language_of("PT-br"), Some(LangId(1)));
    }

    #[test]
    fn unknown_keys_are_errors_of_usage_with_a_suggestion() {
        let (_, found) = config("base_url = \"https://x.org\"\ntitle = \"X\"\ntimezon = \"UTC\"\n");
        let one = found.iter().next().expect("reported");
        assert_eq!(one.message, "unknown key `timezon`");
        assert_eq!(one.hints[0], "did you mean `timezone`?");
        assert_eq!(found.status(), 2);
    }
}
