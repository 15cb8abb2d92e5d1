//! Facets of the theme: its texts, options, assets and templates.

use super::SnapshotFacet;
use crate::code_blocks::CodeBlocks;
use crate::engine::Engine;
use crate::snapshot::SiteSnapshot;
use serde::Serialize;
use ssg_engine::Held;
use ssg_source::{Digest, Digester, SitePath};
use std::sync::Arc;
use tera::Value;

/// A text of the theme.
#[derive(Debug, Serialize)]
pub(crate) struct Text {
    /// The language that it was found in.
    pub lang: String,
    /// The text, or a table of its plural forms.
    pub value: Value,
}

impl SnapshotFacet for Text {
    /// Language and key.
    type Key = (Arc<str>, Arc<str>);

    fn held(snapshot: &SiteSnapshot, key: &(Arc<str>, Arc<str>)) -> Held<Self> {
        snapshot.theme_facets.texts.get_or_make(key, || {
            let (lang, key) = key;
            match snapshot.theme.theme.text(lang, &snapshot.config.lang, key) {
                Some((lang, value)) => Held::new(Self { lang: lang.to_owned(), value: value.clone() }),
                None => Held::absent(),
            }
        })
    }
}

/// A text that the program itself needs, in a language or in English.
#[derive(Debug, Serialize)]
pub(crate) struct Word(pub String);

impl SnapshotFacet for Word {
    /// Language and key.
    type Key = (Arc<str>, Arc<str>);

    fn held(snapshot: &SiteSnapshot, key: &(Arc<str>, Arc<str>)) -> Held<Self> {
        snapshot.theme_facets.words.get_or_make(key, || {
            let (lang, key) = key;
            let text = snapshot.theme.theme.text(lang, lang, key);
            match text.and_then(|(_, text)| text.as_str()) {
                Some(text) => Held::new(Self(text.to_owned())),
                None => Held::absent(),
            }
        })
    }
}

/// Keys of all texts: for messages.
#[derive(Debug, Serialize)]
pub(crate) struct TextKeys(pub Vec<String>);

/// An option of the theme; the empty key stands for all.
#[derive(Debug, Serialize)]
pub(crate) struct ThemeOption(pub Value);

impl SnapshotFacet for ThemeOption {
    type Key = Arc<str>;

    fn held(snapshot: &SiteSnapshot, key: &Arc<str>) -> Held<Self> {
        snapshot.theme_facets.options.get_or_make(key, || {
            let options = &snapshot.theme.theme.options;
            match if key.is_empty() { Some(options) } else { options.get_from_path(key) } {
                Some(value) => Held::new(Self(value.clone())),
                None => Held::absent(),
            }
        })
    }
}

/// The path of an asset.
#[derive(Debug, Serialize)]
pub(crate) struct AssetPath(pub String);

impl SnapshotFacet for AssetPath {
    type Key = Arc<str>;

    fn held(snapshot: &SiteSnapshot, key: &Arc<str>) -> Held<Self> {
        snapshot.theme_facets.assets.get_or_make(key, || {
            let name = key;
            match snapshot.theme.assets.path(name) {
                Some(path) => Held::new(Self(path.to_owned())),
                None => Held::absent(),
            }
        })
    }
}

/// The template of the page of search.
pub(crate) const SEARCH_TEMPLATE: &str = "search.html";

/// Whether there is a template for the page of search.
#[derive(Debug, Serialize)]
pub(crate) struct SearchTemplate(pub bool);

/// Names of all assets.
#[derive(Debug, Serialize)]
pub(crate) struct AssetNames(pub Vec<String>);

/// Where a static file comes from.
#[derive(Debug, Serialize)]
pub(crate) struct StaticFile {
    /// The file.
    pub path: SitePath,
    /// It is inside the program, and says this.
    pub inside: Option<Vec<u8>>,
}

impl SnapshotFacet for StaticFile {
    type Key = Arc<str>;

    fn held(snapshot: &SiteSnapshot, key: &Arc<str>) -> Held<Self> {
        snapshot.theme_facets.statics.get_or_make(key, || {
            let name = key;
            match snapshot.theme.theme.statics.get(&**name) {
                Some(file) => Held::new(Self {
                    path: file.path.clone(),
                    inside: file.on_disk.is_none().then(|| file.bytes.to_vec()),
                }),
                None => Held::absent(),
            }
        })
    }
}

/// The first of several templates that exists, with all that it extends, includes and calls.
pub(crate) struct Template {
    pub engine: Arc<Engine>,
    /// Its name.
    pub name: String,
    /// Keys of the configuration and options of the theme that are named anywhere in it.
    pub config_keys: Arc<[Arc<str>]>,
    pub option_keys: Arc<[Arc<str>]>,
}

impl SnapshotFacet for Template {
    /// Names, separated by commas.
    type Key = Arc<str>;

    fn held(snapshot: &SiteSnapshot, key: &Arc<str>) -> Held<Self> {
        snapshot.theme_facets.templates.get_or_make(key, || {
            let names = key;
            let engine = &snapshot.theme.engine;
            let Some(name) = names.split(',').find(|name| engine.has(name)) else { return Held::absent() };
            let Some(closure) = engine.closure(name) else { return Held::absent() };
            let digest = Digester::new().text(name).digest(closure.digest).done();
            let template = Self {
                engine: engine.clone(),
                name: name.to_owned(),
                config_keys: closure.config_keys.clone(),
                option_keys: closure.option_keys.clone(),
            };
            Held::made_of(digest, Arc::new(template))
        })
    }
}

/// Names of all shortcodes.
#[derive(Debug, Serialize)]
pub(crate) struct ShortcodeNames(pub Vec<String>);

/// What makes HTML of code: a function of the program.
pub(crate) struct CodeHighlighter(pub Arc<CodeBlocks>);

/// Version of the program.
#[derive(Debug, Serialize)]
pub(crate) struct ProgramVersion(pub String);

fn owned<'n>(names: impl IntoIterator<Item = &'n str>) -> Vec<String> {
    names.into_iter().map(str::to_owned).collect()
}

made_once! {
    /// Facets of the theme as a whole, and of the program.
    ThemeFacets in theme_facets {
        text_keys: TextKeys = |snapshot| Held::new(TextKeys(snapshot.theme.theme.keys()));
        asset_names: AssetNames = |snapshot| Held::new(AssetNames(owned(snapshot.theme.assets.names())));
        shortcode_names: ShortcodeNames =
            |snapshot| Held::new(ShortcodeNames(owned(snapshot.theme.engine.shortcodes())));
        search_template: SearchTemplate =
            |snapshot| Held::new(SearchTemplate(snapshot.theme.engine.has(SEARCH_TEMPLATE)));
        // Another program has another cache.
        highlighter: CodeHighlighter = |snapshot| {
            Held::made_of(Digest::of_text("highlighter"), Arc::new(CodeHighlighter(snapshot.code_blocks.clone())))
        };
        version: ProgramVersion =
            |snapshot| Held::new(ProgramVersion(snapshot.inputs.version().to_owned()));
    }
    keyed {
        texts: Text,
        words: Word,
        options: ThemeOption,
        assets: AssetPath,
        statics: StaticFile,
        templates: Template,
    }
}
