//! Facets of the configuration: each has what belongs together, so that an edit of one key renders
//! nothing that does not see it.

use super::SnapshotFacet;
use super::hidden_names::HiddenNames;
use crate::snapshot::SiteSnapshot;
use serde::Serialize;
use ssg_engine::Held;
use ssg_parse::{
    Config, ExternalLinks, FeedOptions, Hosting, LangId, Language, MarkdownOptions, OutputOptions,
    PictureOptions, TaxonomyOptions, Value as Data,
};
use ssg_source::SitePath;
use std::ops::Deref;
use std::sync::Arc;
use tera::Value;

/// Languages without their titles.
pub(crate) fn reduced_languages(config: &Config) -> Vec<Language> {
    let reduced = |language: &Language| Language { title: None, description: None, ..language.clone() };
    config.languages.iter().map(reduced).collect()
}

/// Where the site lies, and its languages.
#[derive(Debug, Serialize)]
pub(crate) struct Addressing(Config);

impl Addressing {
    /// Absolute URL of a path.
    pub fn permalink(&self, path: &str) -> String {
        self.0.permalink(path)
    }

    /// Where the site lies on its host; begins and ends with `/`.
    pub fn base_path(&self) -> &str {
        self.0.base_path()
    }

    pub fn base_url(&self) -> &str {
        &self.0.base_url
    }

    /// Whether it lies there only to be looked at before it is online.
    pub fn is_preview(&self) -> bool {
        self.0.preview
    }

    /// Where the file of a page is edited.
    pub fn edit_url(&self, source: &SitePath) -> Option<String> {
        self.0.hosting.edit_url(source.as_str())
    }

    /// What identities of entries in calendars end with.
    pub fn uid_domain(&self) -> &str {
        self.0.uid_domain()
    }

    /// Tag of a language.
    pub fn tag(&self, language: LangId) -> &str {
        self.0.tag(language)
    }

    pub fn main_tag(&self) -> &str {
        &self.0.lang
    }

    /// The language of a tag.
    pub fn language_of(&self, tag: &str) -> Option<LangId> {
        self.0.language_of(tag)
    }

    /// Tags of all languages.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.0.language_ids().map(|id| self.0.tag(id))
    }

    /// All languages; empty for a site in one.
    pub fn languages(&self) -> &[Language] {
        &self.0.languages
    }

    /// What a language calls itself.
    pub fn name_of(&self, language: LangId) -> &str {
        self.0.languages.get(language.index()).map_or_else(|| self.tag(language), |language| &language.name)
    }
}

/// What the site is called in each language.
#[derive(Debug, Serialize)]
pub(crate) struct Titles(Vec<String>);

impl Titles {
    pub fn title(&self, language: LangId) -> &str {
        self.0.get(usize::from(language.0)).map_or_else(|| self.main_title(), String::as_str)
    }

    pub fn main_title(&self) -> &str {
        self.0.first().map_or("", String::as_str)
    }
}

/// What the site is about, in each language.
#[derive(Debug, Serialize)]
pub(crate) struct Descriptions(Vec<String>);

impl Descriptions {
    pub fn description(&self, language: LangId) -> &str {
        self.0.get(usize::from(language.0)).or(self.0.first()).map_or("", String::as_str)
    }
}

/// Who writes, where a page does not say; nobody where that is somebody hidden.
#[derive(Debug, Serialize)]
pub(crate) struct SiteAuthor(pub Option<String>);

/// How Markdown and links are written.
#[derive(Debug, Serialize)]
pub(crate) struct Markup {
    pub markdown: MarkdownOptions,
    pub external_links: ExternalLinks,
    /// An address into the site that leads nowhere is an error.
    pub strict_links: bool,
}

macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident: $type:ty = $field:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Serialize)]
            pub(crate) struct $name($type);

            impl Deref for $name {
                type Target = $type;

                fn deref(&self) -> &$type {
                    &self.0
                }
            }

            impl $name {
                fn held(snapshot: &SiteSnapshot) -> Held<Self> {
                    Held::new(Self(snapshot.config.$field.clone()))
                }
            }
        )*
    };
}

parts! {
    /// Feeds.
    FeedSettings: FeedOptions = feeds;
    /// Kinds of output that can be switched.
    OutputSettings: OutputOptions = outputs;
    /// Options of taxonomies.
    TaxonomySettings: Vec<TaxonomyOptions> = taxonomies;
    /// Files for the host.
    HostingSettings: Hosting = hosting;
    /// What icons of the site are made of.
    IconSettings: ssg_parse::IconOptions = icon;
    /// What pictures of pages are drawn with.
    SocialCardSettings: ssg_parse::CardOptions = cards;
    /// Pages of a section's pager.
    PagerSize: Option<usize> = paginate_by;
}

impl TaxonomySettings {
    /// Options of a taxonomy.
    pub fn of(&self, name: &str) -> Option<&TaxonomyOptions> {
        self.0.iter().find(|options| options.name == name)
    }
}

/// A key of the configuration as templates see it in a language, dotted; empty for the whole.
#[derive(Debug, Serialize)]
pub(crate) struct ConfigValue(pub Value);

impl SnapshotFacet for ConfigValue {
    type Key = (LangId, Arc<str>);

    fn held(snapshot: &SiteSnapshot, key: &(LangId, Arc<str>)) -> Held<Self> {
        snapshot.config_facets.values.get_or_make(key, || {
            let (language, key) = key;
            let values = &snapshot.config_values;
            let value = values.get(language.index()).or(values.first());
            match value.and_then(|value| if key.is_empty() { Some(value) } else { value.get_from_path(key) })
            {
                Some(value) => Held::new(Self(value.clone())),
                None => Held::absent(),
            }
        })
    }
}

/// What becomes of photographs. In a program that cannot process them, nothing does.
#[derive(Debug, Serialize)]
pub(crate) struct PictureSettings(PictureOptions);

impl Deref for PictureSettings {
    type Target = PictureOptions;

    fn deref(&self) -> &PictureOptions {
        &self.0
    }
}

impl PictureSettings {
    fn held(snapshot: &SiteSnapshot) -> Held<Self> {
        let options = snapshot.config.pictures.clone();
        let enabled = options.enabled && crate::pictures::IS_THERE;
        // Where something stands makes no difference.
        Held::new(Self(PictureOptions { enabled, table: None, avif: None, ..options }))
    }
}

/// The site's own values, with their places: for messages.
#[derive(Debug, Serialize)]
pub(crate) struct OwnValues {
    pub extra: Option<Data>,
    pub theme_options: Option<Data>,
}

made_once! {
    /// Facets of the configuration, which is the same for as long as a snapshot is updated.
    ConfigFacets in config_facets {
        addressing: Addressing = |snapshot| Held::new(Addressing(snapshot.addressing()));
        titles: Titles = |snapshot| Held::new(Titles(in_all_languages(snapshot, Config::title_in)));
        descriptions: Descriptions =
            |snapshot| Held::new(Descriptions(in_all_languages(snapshot, Config::description_in)));
        author: SiteAuthor = |snapshot| Held::new(SiteAuthor(snapshot.config.author.clone()));
        markup: Markup = |snapshot| Held::new(Markup {
            markdown: snapshot.config.markdown.clone(),
            external_links: snapshot.config.external_links.clone(),
            strict_links: snapshot.config.strict_links,
        });
        feeds: FeedSettings = FeedSettings::held;
        outputs: OutputSettings = OutputSettings::held;
        taxonomies: TaxonomySettings = TaxonomySettings::held;
        hosting: HostingSettings = HostingSettings::held;
        icon: IconSettings = IconSettings::held;
        cards: SocialCardSettings = SocialCardSettings::held;
        pictures: PictureSettings = PictureSettings::held;
        pager_size: PagerSize = PagerSize::held;
        hidden_names: HiddenNames = HiddenNames::held;
        own_values: OwnValues = |snapshot| Held::new(OwnValues {
            extra: snapshot.config.extra.clone(),
            theme_options: snapshot.config.theme_options.clone(),
        });
    }
    keyed {
        values: ConfigValue,
    }
}

fn in_all_languages(snapshot: &SiteSnapshot, value: fn(&Config, LangId) -> &str) -> Vec<String> {
    let config = &snapshot.config;
    config.language_ids().map(|id| value(config, id).to_owned()).collect()
}
