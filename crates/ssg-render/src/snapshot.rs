//! Everything that a build renders from, at one moment.
//!
//! Nothing that renders holds one of these: it gets [`Reads`](crate::Reads), through which each part is
//! read as a facet. The plan is made of it, and so is the beginning of a build.

use crate::code_blocks::CodeBlocks;
use crate::facets::FileStamps;
use crate::facets::config::{ConfigFacets, reduced_languages};
use crate::facets::files::Files;
use crate::facets::near::NearSets;
use crate::facets::picture::Focuses;
use crate::facets::theme::ThemeFacets;
use crate::facets::written::WrittenFiles;
use crate::kept_answers::KeptAnswers;
use crate::loaded_theme::LoadedTheme;
use crate::pictures::Pictures;
use crate::values::config_view;
use jiff::Timestamp;
use ssg_parse::{Config, ParseOptions};
use ssg_source::{Digester, Inputs, SitePath};
use ssg_taxonomy::{Facets, Site, Updated};
use std::sync::Arc;
use tera::Value;

/// Inputs that the threads of a build share.
pub type SharedInputs = Arc<dyn Inputs + Send + Sync>;

/// Configuration, site, theme and files, as they are in one build.
pub struct SiteSnapshot {
    pub(crate) config: Config,
    /// What templates see of the configuration, by number of the language.
    pub(crate) config_values: Vec<Value>,
    pub(crate) config_facets: ConfigFacets,
    pub(crate) theme_facets: ThemeFacets,
    pub(crate) near: NearSets,
    pub(crate) written: WrittenFiles,
    pub(crate) site: Facets,
    pub(crate) theme: Arc<LoadedTheme>,
    pub(crate) inputs: SharedInputs,
    pub(crate) files: Files,
    pub(crate) code_blocks: Arc<CodeBlocks>,
    pub(crate) kept_answers: Arc<KeptAnswers>,
    pub(crate) pictures: Arc<Pictures>,
    pub(crate) focuses: Focuses,
    pub(crate) parse_options: ParseOptions,
    /// Instant of the build.
    instant: Timestamp,
}

impl SiteSnapshot {
    /// Puts a snapshot together. `clock` is the file system's clock at the start of the build, in
    /// nanoseconds since 1970, and `stamps` what the last build knew of files.
    #[must_use]
    pub fn new(
        config: &Config,
        site: Site,
        theme: Arc<LoadedTheme>,
        inputs: SharedInputs,
        (code_blocks, kept_answers, pictures): (Arc<CodeBlocks>, Arc<KeptAnswers>, Arc<Pictures>),
        clock: i128,
        stamps: FileStamps,
    ) -> Self {
        let mut config = config.clone();
        if config.author.as_deref().is_some_and(|name| site.is_hidden_person(name)) {
            config.author = None;
        }
        let instant = inputs.instant();
        let parse_options = parse_options(&config);
        let parsed_with = Digester::new().value(&parse_options).done();
        Self {
            config_facets: ConfigFacets::default(),
            theme_facets: ThemeFacets::default(),
            near: NearSets::default(),
            written: WrittenFiles::default(),
            config_values: config.language_ids().map(|id| config_view(&config, id)).collect(),
            site: Facets::new(site, instant, parsed_with),
            theme,
            inputs,
            files: Files::new(clock, stamps),
            code_blocks,
            kept_answers,
            pictures,
            focuses: Focuses::default(),
            parse_options,
            instant,
            config,
        }
    }

    /// The snapshot for another build with the same configuration and the same site, at another instant
    /// at which no state is another one.
    #[must_use]
    pub fn again(mut self, inputs: SharedInputs, clock: i128) -> Self {
        self.instant = inputs.instant();
        self.site.set_instant(self.instant);
        self.inputs = inputs;
        self.near = NearSets::default();
        self.written = WrittenFiles::default();
        self.files = Files::new(clock, self.files.stamps());
        self
    }

    /// Takes another theme.
    pub fn set_theme(&mut self, theme: Arc<LoadedTheme>) {
        self.theme = theme;
        self.theme_facets = ThemeFacets::default();
        self.written = WrittenFiles::default();
    }

    /// Takes a content file that says something else, where nothing but that file says anything else for it
    /// ([`Facets::update`]).
    pub fn update(&mut self, source: &SitePath, document: Arc<ssg_parse::Document>) -> Option<Updated> {
        self.site.update(source, document)
    }

    /// What is known of files, for the next build.
    #[must_use]
    pub fn stamps(&self) -> FileStamps {
        self.files.stamps()
    }

    /// The same with another site. For checks.
    #[must_use]
    pub fn with_site(&self, site: Site) -> Self {
        Self::new(
            &self.config,
            site,
            self.theme.clone(),
            self.inputs.clone(),
            (self.code_blocks.clone(), self.kept_answers.clone(), self.pictures.clone()),
            0,
            FileStamps::default(),
        )
    }

    /// The configuration.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The site.
    #[must_use]
    pub fn site(&self) -> &Site {
        self.site.site()
    }

    /// The site in its facets.
    #[must_use]
    pub fn facets(&self) -> &Facets {
        &self.site
    }

    /// The theme.
    #[must_use]
    pub fn theme(&self) -> &Arc<LoadedTheme> {
        &self.theme
    }

    /// The files of the site.
    #[must_use]
    pub fn inputs(&self) -> &SharedInputs {
        &self.inputs
    }

    /// Instant of the build.
    #[must_use]
    pub fn instant(&self) -> Timestamp {
        self.instant
    }

    /// The configuration as far as it says where things lie and in which languages.
    pub(crate) fn addressing(&self) -> Config {
        Config {
            base_url: self.config.base_url.clone(),
            lang: self.config.lang.clone(),
            uid_domain: self.config.uid_domain.clone(),
            languages: reduced_languages(&self.config),
            preview: self.config.preview,
            hosting: ssg_parse::Hosting {
                edit_url: self.config.hosting.edit_url.clone(),
                ..ssg_parse::Hosting::default()
            },
            ..Config::default()
        }
    }
}

/// What parsing depends on besides the bytes of a file.
#[must_use]
pub fn parse_options(config: &Config) -> ParseOptions {
    ParseOptions {
        taxonomies: config.taxonomies.iter().map(|options| options.name.clone()).collect(),
        markdown: config.markdown.clone(),
    }
}
