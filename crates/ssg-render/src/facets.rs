//! All that outputs and queries can read: the table of facets.
//!
//! A line for each kind: the type of its key, and the words for it in `ssg why`. Facets of the site are
//! made in `ssg-taxonomy`; those of the configuration, the theme and of files here. The table makes the
//! names ([`FacetName`]), and with them the digests that builds compare; tests walk it.

/// A store of facets: those that have no key, each with how it is made of a snapshot the first time, and
/// those that have, which know that themselves.
macro_rules! made_once {
    (
        $(#[$doc:meta])*
        $store:ident in $place:ident { $($field:ident: $facet:ident = $make:expr;)* }
        keyed { $($keyed:ident: $keyed_facet:ident,)* }
    ) => {
        $(#[$doc])*
        #[derive(Default)]
        pub(crate) struct $store {
            $($field: std::sync::OnceLock<Held<$facet>>,)*
            $($keyed: ssg_engine::Store<<$keyed_facet as SnapshotFacet>::Key, $keyed_facet>,)*
        }

        $(impl SnapshotFacet for $facet {
            type Key = ();

            fn held(snapshot: &SiteSnapshot, (): &()) -> Held<Self> {
                let make: fn(&SiteSnapshot) -> Held<Self> = $make;
                snapshot.$place.$field.get_or_init(|| make(snapshot)).clone()
            }
        })*
    };
}

pub(crate) mod config;
pub(crate) mod files;
pub(crate) mod hidden_names;
pub(crate) mod near;
pub(crate) mod picture;
pub(crate) mod theme;
pub(crate) mod written;

pub use files::FileStamps;

use crate::snapshot::SiteSnapshot;
use config::{
    Addressing, ConfigValue, Descriptions, FeedSettings, HostingSettings, IconSettings, Markup,
    OutputSettings, OwnValues, PagerSize, PictureSettings, SiteAuthor, SocialCardSettings, TaxonomySettings,
    Titles,
};
use files::{DataFile, FileLength, Image, PageBody, PageText, SectionBody, TaxonomyBody, data_digest};
use hidden_names::HiddenNames;
use near::{Names, Near};
use picture::{Picture, PictureAt};
use serde::{Deserialize, Serialize};
use ssg_engine::{Facet, Held};
use ssg_parse::LangId;
use ssg_source::{Digest, Inputs, SitePath};
use ssg_taxonomy::facets::SiteFacet;
use ssg_taxonomy::facets::{
    Addresses, AllTerms, Anchors, AtPath, Card, CoLocatedNames, CoLocatedPath, Content, Editions, EventById,
    EventCard, EventMoment, EventTable, EventTalks, EventVenue, Events, FeedDates, HasListed, HiddenPeople,
    Languages, Lead, Listed, LooseTalks, Members, Neighbours, NextMoment, OfSource, Originals, Recaps,
    Redirects, References, Schedule, SectionCard, SectionFeed, SectionOfDir, SectionPages, SectionSize,
    SectionText, SeriesNames, SeriesOfSlug, Sources, Spelling, Subsections, Summary, TalkById, TalkFilter,
    TalkGroups, TalkList, TaxonomyCard, TaxonomyNames, TaxonomyText, TermAliases, TermCard, TermFeed,
    TermParts, Terms, TermsOfPart, Translations, Works,
};
use ssg_taxonomy::{Kind, PageKey, Reordered, SectionKey, TermKey, Updated};
use std::sync::Arc;
use theme::{
    AssetNames, AssetPath, CodeHighlighter, ProgramVersion, SearchTemplate, ShortcodeNames, StaticFile,
    Template, Text, TextKeys, ThemeOption, Word,
};
use written::Written;

/// A facet that a snapshot has beside those of the site.
pub(crate) trait SnapshotFacet: Send + Sync + Sized + 'static {
    /// What tells facets of the kind apart.
    type Key: Clone;

    /// The facet.
    fn held(snapshot: &SiteSnapshot, key: &Self::Key) -> Held<Self>;

    /// Its digest, where that is quicker to tell than the facet.
    fn digest(snapshot: &SiteSnapshot, key: &Self::Key) -> Option<Digest> {
        Self::held(snapshot, key).digest()
    }
}

/// Whether nearly every output reads facets of a kind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Readers {
    All,
    Some,
}

/// What an edit must touch for a facet to be another one.
enum Origin<'k> {
    /// The file of a page, where the site stays as it is.
    Page(&'k PageKey),
    /// The file of any page.
    AnyPage,
    /// The text of a section or a taxonomy.
    Lists,
    /// A content file, or another one.
    Source(&'k SitePath),
    /// How the pages of the site refer to each other.
    Site,
    /// The theme.
    Theme,
    /// Files that are read while outputs are rendered.
    Files,
    /// The configuration or the program, which are the same for as long as a site is kept.
    Fixed,
}

macro_rules! origin {
    (page, $key:ident) => {
        Origin::Page($key)
    };
    (pages, $key:ident) => {{
        let _ = $key;
        Origin::AnyPage
    }};
    (lists, $key:ident) => {{
        let _ = $key;
        Origin::Lists
    }};
    (source, $key:ident) => {
        Origin::Source($key)
    };
    (site, $key:ident) => {{
        let _ = $key;
        Origin::Site
    }};
    (theme, $key:ident) => {{
        let _ = $key;
        Origin::Theme
    }};
    (files, $key:ident) => {{
        let _ = $key;
        Origin::Files
    }};
    (of_key, $key:ident) => {
        $key.origin()
    };
    (fixed, $key:ident) => {{
        let _ = $key;
        Origin::Fixed
    }};
}

macro_rules! facets {
    (
        site { $($site:ident($site_key:ty), $site_readers:ident, $site_origin:ident, $site_words:expr;)* }
        others { $($other:ident($other_key:ty), $other_readers:ident, $other_origin:ident, $other_words:expr;)* }
    ) => {
        /// The name of a facet: its kind, which is that of the type of the same name, and its key.
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[expect(missing_docs, reason = "each kind is documented where it is made")]
        pub enum FacetName {
            $($site($site_key),)*
            $($other($other_key),)*
        }

        /// Names of all kinds of facets.
        pub const FACET_KINDS: &[&str] = &[$(stringify!($site),)* $(stringify!($other),)*];

        impl ssg_engine::FacetName<SiteSnapshot> for FacetName {
            fn kind(&self) -> &'static str {
                match self {
                    $(Self::$site(_) => stringify!($site),)*
                    $(Self::$other(_) => stringify!($other),)*
                }
            }

            fn digest(&self, snapshot: &SiteSnapshot) -> Option<Digest> {
                match self {
                    $(Self::$site(key) => snapshot.site.digest::<$site>(key),)*
                    $(Self::$other(key) => <$other as SnapshotFacet>::digest(snapshot, key),)*
                }
            }

            fn is_common(&self) -> bool {
                let readers = match self {
                    $(Self::$site(_) => Readers::$site_readers,)*
                    $(Self::$other(_) => Readers::$other_readers,)*
                };
                readers == Readers::All
            }
        }

        impl FacetName {
            /// What an edit must touch for the facet to be another one.
            fn origin(&self) -> Origin<'_> {
                match self {
                    $(Self::$site(key) => origin!($site_origin, key),)*
                    $(Self::$other(key) => origin!($other_origin, key),)*
                }
            }

            /// Whether it is another one since a page stands elsewhere in lists.
            fn is_reordered(&self, lists: &Reordered) -> bool {
                match self {
                    $(Self::$site(key) => <$site as SiteFacet>::is_reordered(key, lists),)*
                    $(Self::$other(_) => false,)*
                }
            }

            /// In words, after "changed:" or "when one of these changes:".
            #[must_use]
            pub fn words(&self, snapshot: &SiteSnapshot) -> String {
                match self {
                    $(Self::$site(key) => {
                        let words: fn(&SiteSnapshot, &$site_key) -> String = $site_words;
                        words(snapshot, key)
                    })*
                    $(Self::$other(key) => {
                        let words: fn(&SiteSnapshot, &$other_key) -> String = $other_words;
                        words(snapshot, key)
                    })*
                }
            }
        }

        $(impl Facet<SiteSnapshot> for $site {
            type Key = $site_key;

            fn name(key: &$site_key) -> FacetName {
                FacetName::$site(key.clone())
            }

            fn read(snapshot: &SiteSnapshot, key: &$site_key) -> Held<Self> {
                snapshot.site.get::<$site>(key)
            }
        })*

        $(impl Facet<SiteSnapshot> for $other {
            type Key = $other_key;

            fn name(key: &$other_key) -> FacetName {
                FacetName::$other(key.clone())
            }

            fn read(snapshot: &SiteSnapshot, key: &$other_key) -> Held<Self> {
                <$other as SnapshotFacet>::held(snapshot, key)
            }
        })*
    };
}

type Name = Arc<str>;

facets! {
    site {
        Card(PageKey), Some, page, |s, key| format!("title, date and the like of {}", page(s, key));
        Lead(PageKey), Some, page, |s, key| format!("how the text of {} begins", page(s, key));
        Summary(PageKey), Some, page, |s, key| format!("what {} is summed up by", page(s, key));
        Content(PageKey), Some, page, |s, key| format!("the content of {}", page(s, key));
        References(PageKey), Some, site, |s, key| format!("what {} refers to", page(s, key));
        Recaps(PageKey), Some, site, |s, key| format!("which posts are about {}", page(s, key));
        Translations(PageKey), Some, site, |s, key| format!("the translations of {}", page(s, key));
        Neighbours(PageKey), Some, site, |s, key| format!("which pages come before and after {}", page(s, key));
        Anchors(SitePath), Some, source, |_, source| format!("the headings of {source}");
        EventCard(PageKey), Some, page, |s, key| format!("when and where the event {} is", page(s, key));
        EventMoment(PageKey), Some, page, |s, key| format!("the state of the event {}", page(s, key));
        EventTable(PageKey), Some, page, |s, key| format!("the header of the event {}", page(s, key));
        EventVenue(PageKey), Some, page, |s, key| format!("the venue of {}", page(s, key));
        EventTalks(PageKey), Some, site, |s, key| format!("which talks {} has", page(s, key));
        Schedule(PageKey), Some, site, |s, key| format!("the schedule of {}", page(s, key));
        TermCard(TermKey), Some, site, |s, key| format!("name and path of {}", term(s, key));
        TermAliases(TermKey), Some, site, |s, key| format!("other spellings of {}", term(s, key));
        Members((TermKey, LangId)), Some, site, |s, (key, _)| format!("which pages name {}", term(s, key));
        FeedDates(PageKey), Some, page, |s, key| format!("when {} was announced", page(s, key));
        SectionFeed(SectionKey), Some, site, |s, key| format!("what the feed of {} has", section(s, key));
        TermFeed((TermKey, LangId)), Some, site, |s, (key, _)| format!("what the feed of {} has", term(s, key));
        Originals(TermKey), Some, site, |s, key| format!("which pages name {}", term(s, key));
        TaxonomyCard(Name), All, lists, |_, name| format!("what {name} is called and where it lies");
        TaxonomyNames(()), All, site, |_, ()| "which taxonomies there are".to_owned();
        TaxonomyText((Name, LangId)), Some, lists, |_, (name, _)| format!("the text of {name}");
        Terms((Name, LangId)), Some, site, |_, (name, _)| format!("which {name} there are");
        AllTerms(Name), Some, site, |_, name| format!("which {name} there are");
        Spelling((Name, Name)), Some, site, |_, (taxonomy, name)| format!("which of the {taxonomy} is `{name}`");
        Works(TermKey), Some, site, |s, key| format!("what {} wrote and organized", term(s, key));
        SectionCard(SectionKey), Some, lists, |s, key| format!("title and path of {}", section(s, key));
        SectionText(SectionKey), Some, lists, |s, key| format!("the content of {}", section(s, key));
        SectionPages(SectionKey), Some, site, |s, key| format!("which pages {} lists", section(s, key));
        SectionSize(SectionKey), Some, site, |s, key| format!("how many pages {} lists", section(s, key));
        Subsections(SectionKey), Some, site, |s, key| format!("which sections {} has", section(s, key));
        SectionOfDir((Name, LangId)), Some, site, |_, (dir, _)| format!("which section `{dir}` is");
        AtPath(Name), Some, site, |_, path| format!("what lies at {path}");
        OfSource(SitePath), Some, site, |_, source| format!("what {source} became");
        Sources(()), Some, site, |_, ()| "which content files there are".to_owned();
        CoLocatedPath(SitePath), Some, site, |_, source| format!("where {source} goes");
        CoLocatedNames(Name), Some, site, |_, folder| format!("which files lie in {folder}");
        Listed((Kind, LangId)), Some, site, |_, (kind, _)| format!("which {}s there are", kind.name());
        HasListed((Kind, LangId)), All, site, |_, (kind, _)| format!("whether there are {}s", kind.name());
        Events(()), Some, site, |_, ()| "which events there are".to_owned();
        LooseTalks(()), Some, site, |_, ()| "which talks belong to no event".to_owned();
        EventById(Name), Some, site, |_, id| format!("which page the event `{id}` has");
        TalkById(Name), Some, site, |_, id| format!("which page the talk `{id}` has");
        Editions(Name), Some, site, |_, series| format!("the editions of `{series}`");
        SeriesNames(()), Some, site, |_, ()| "which series there are".to_owned();
        SeriesOfSlug(Name), Some, site, |_, slug| format!("the events of the series {slug}");
        Languages(()), All, site, |_, ()| "the languages of the site".to_owned();
        HiddenPeople(()), All, site, |_, ()| "`unpublish` of [taxonomies.speakers] in ssg.toml".to_owned();
        NextMoment(()), Some, site, |_, ()| "when the site changes next".to_owned();
        Addresses(()), Some, pages, |_, ()| "the addresses of all pages".to_owned();
        Redirects(()), Some, site, |_, ()| "all redirects".to_owned();
        TalkList((TalkFilter, LangId)), Some, site, |_, (filter, _)| format!("which talks are in {}", filter.path("/"));
        TalkGroups(LangId), Some, site, |_, _| "which lists of talks there are".to_owned();
        TermParts((Name, LangId)), Some, site, |_, (name, _)| format!("by which letters {name} are parted");
        TermsOfPart((Name, LangId, Name)), Some, site, |_, (name, _, part)| format!("which {name} are under `{part}`");
    }
    others {
        Addressing(()), All, fixed, |_, ()| "`base_url`, `lang`, [languages] or `edit_url` in ssg.toml, or `--preview`".to_owned();
        Titles(()), All, fixed, |_, ()| "`title` in ssg.toml".to_owned();
        Descriptions(()), Some, fixed, |_, ()| "`description` in ssg.toml".to_owned();
        SiteAuthor(()), All, fixed, |_, ()| "`author` in ssg.toml".to_owned();
        Markup(()), All, fixed, |_, ()| "[markdown] or [links] in ssg.toml".to_owned();
        FeedSettings(()), All, fixed, |_, ()| "[feeds] in ssg.toml".to_owned();
        OutputSettings(()), All, fixed, |_, ()| "[outputs] in ssg.toml".to_owned();
        TaxonomySettings(()), All, fixed, |_, ()| "[taxonomies] in ssg.toml".to_owned();
        HostingSettings(()), All, fixed, |_, ()| "[hosting] in ssg.toml".to_owned();
        IconSettings(()), All, fixed, |_, ()| "`icon` in ssg.toml".to_owned();
        SocialCardSettings(()), All, fixed, |_, ()| "[cards] in ssg.toml".to_owned();
        PictureSettings(()), All, fixed, |_, ()| "[pictures] in ssg.toml".to_owned();
        PagerSize(()), All, fixed, |_, ()| "`paginate_by` in ssg.toml".to_owned();
        ConfigValue((LangId, Name)), All, fixed, |_, (_, key)| config_words(key);
        OwnValues(()), All, fixed, |_, ()| "[extra] in ssg.toml".to_owned();
        Text((Name, Name)), All, theme, |_, (lang, key)| format!("the text `{key}` in i18n/{lang}.toml");
        Word((Name, Name)), All, theme, |_, (lang, key)| format!("the text `{key}` in i18n/{lang}.toml");
        TextKeys(()), Some, theme, |_, ()| "which texts the theme has".to_owned();
        ThemeOption(Name), All, theme, |_, key| option_words(key);
        AssetPath(Name), All, theme, |_, name| format!("the address of the asset {name}");
        AssetNames(()), Some, theme, |_, ()| "which assets there are".to_owned();
        StaticFile(Name), Some, theme, |_, name| format!("the static file {name}");
        Template(Name), All, theme, |_, names| template_words(names);
        ShortcodeNames(()), All, theme, |_, ()| "which shortcodes there are".to_owned();
        SearchTemplate(()), All, theme, |_, ()| "whether there is a template search.html".to_owned();
        CodeHighlighter(()), All, fixed, |_, ()| "how code is highlighted".to_owned();
        ProgramVersion(()), All, fixed, |_, ()| "the version of the program".to_owned();
        Near(Names), Some, of_key, |_, _| "names that may have been meant".to_owned();
        Written(Name), Some, theme, |_, file| format!("whether there is a file {file}");
        HiddenNames(()), Some, site, |_, ()| "`unpublish` of [taxonomies.speakers] in ssg.toml".to_owned();
        DataFile(SitePath), Some, files, |_, path| format!("the data file {path}");
        Image(SitePath), Some, files, |_, path| format!("the image {path}");
        Picture(SitePath), Some, files, |_, path| format!("the picture {path}");
        PictureAt(Name), Some, theme, |_, path| format!("which picture lies at {path}");
        FileLength(SitePath), Some, files, |_, path| format!("the length of the file {path}");
        PageBody(PageKey), Some, page, |s, key| format!("the full text of {}", page(s, key));
        PageText(PageKey), Some, page, |s, key| format!("the words of {}", page(s, key));
        SectionBody(SectionKey), Some, lists, |s, key| format!("the text of {}", section(s, key));
        TaxonomyBody((Name, LangId)), Some, lists, |_, (name, _)| format!("the text of {name}");
    }
}

/// The path of a page; in words, where it is gone.
pub(crate) fn page(snapshot: &SiteSnapshot, key: &PageKey) -> String {
    match snapshot.site.page_id(key) {
        Some(id) => snapshot.site.site().page(id).path.clone(),
        None => "a page that is gone".to_owned(),
    }
}

pub(crate) fn term(snapshot: &SiteSnapshot, key: &TermKey) -> String {
    let site = snapshot.site.site();
    match snapshot.site.term_id(key) {
        Some(id) => {
            format!("{}/{}", site.taxonomies[usize::from(id.taxonomy)].name, site.term(id).slug)
        }
        None => "a term that is gone".to_owned(),
    }
}

pub(crate) fn section(snapshot: &SiteSnapshot, key: &SectionKey) -> String {
    match snapshot.site.section_id(key).map(|id| &snapshot.site.site().section(id).dir) {
        Some(dir) if dir.is_empty() => "the home page".to_owned(),
        Some(dir) => format!("the section {dir}"),
        None => "a section that is gone".to_owned(),
    }
}

fn config_words(key: &str) -> String {
    if key.is_empty() { "the configuration".to_owned() } else { format!("`{key}` in ssg.toml") }
}

fn option_words(key: &str) -> String {
    if key.is_empty() { "the theme's options".to_owned() } else { format!("the theme's option `{key}`") }
}

fn template_words(names: &str) -> String {
    match names.split_once(',') {
        None => format!("the template {names}"),
        Some((first, _)) => format!("the template {first}, or one that stands in for it"),
    }
}

/// The digest that a facet which is a file, or a list of files, has now, where only templates read it: no
/// snapshot is needed for it. `None` for every other facet.
#[must_use]
pub fn file_digest(inputs: &dyn Inputs, name: &FacetName) -> Option<Digest> {
    match name {
        FacetName::DataFile(path) => Some(data_digest(inputs, path)),
        FacetName::Near(Names::Data(dir)) => Some(near::digest_of(&near::data_names(inputs, dir))),
        _ => None,
    }
}

impl FacetName {
    /// Whether it follows from the file of a page alone.
    #[must_use]
    pub fn is_of_page(&self, page: &PageKey) -> bool {
        matches!(self.origin(), Origin::Page(key) if key == page)
    }

    /// Whether it is a file that is read while outputs are rendered, or a list of such.
    #[must_use]
    pub fn is_of_files(&self) -> bool {
        matches!(self.origin(), Origin::Files)
    }

    /// Whether it follows from the configuration.
    #[must_use]
    pub fn is_of_configuration(&self) -> bool {
        let is_of_program = matches!(self, Self::CodeHighlighter(()) | Self::ProgramVersion(()));
        matches!(self.origin(), Origin::Fixed) && !is_of_program || matches!(self, Self::ThemeOption(_))
    }
}

/// What is different from the last build, where the site was kept.
#[derive(Debug, Default)]
pub struct Differences {
    /// Content files that say something else.
    pub sources: Vec<SitePath>,
    /// Whose facets were made anew with them.
    pub updated: Vec<Updated>,
    /// The theme may be another one.
    pub theme: bool,
    /// Files that are read while outputs are rendered may be others.
    pub files: bool,
}

impl Differences {
    /// Whether a facet may be another one.
    #[must_use]
    pub fn may_touch(&self, name: &FacetName) -> bool {
        let of_page = |one: &Updated, key: &PageKey| matches!(one, Updated::Page(page, _) if page == key);
        match name.origin() {
            Origin::Page(key) => self.updated.iter().any(|one| of_page(one, key)),
            Origin::AnyPage => self.updated.iter().any(|one| matches!(one, Updated::Page(..))),
            Origin::Lists => self.updated.iter().any(|one| matches!(one, Updated::List)),
            Origin::Source(source) => self.sources.contains(source),
            Origin::Theme => self.theme,
            Origin::Files => self.files || !self.sources.is_empty(),
            Origin::Site => self
                .updated
                .iter()
                .any(|one| matches!(one, Updated::Page(_, lists) if name.is_reordered(lists))),
            Origin::Fixed => false,
        }
    }
}
