//! Everything that templates can be told, for one build.

use crate::cards::Tools;
use crate::data::DataFiles;
use crate::digests::{self, SiteDigests};
use crate::exports::calendars;
use crate::facts;
use crate::hidden::Names;
use crate::hosting::Needs;
use crate::images::Images;
use crate::look::Look;
use crate::near::Near;
use crate::plan::Output;
use crate::question::Question;
use crate::reader;
use crate::views;
use jiff::Timestamp;
use ssg_highlight::Highlighter;
use ssg_parse::{Config, Document, LangId, ParseOptions, Piece, parse_document, read_file_name};
use ssg_source::{Digest, Digester, Inputs, SitePath};
use ssg_taxonomy::{Event, EventState, PageId, Site};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock, RwLock};
use tera::Value;

/// Inputs that the threads of a build share.
pub type SharedInputs = Arc<dyn Inputs + Send + Sync>;

/// The site, its look and its configuration, with what is derived from them once.
pub struct World {
    /// Configuration.
    pub config: Config,
    /// The site.
    pub site: Site,
    /// The theme with the site's own templates and assets.
    pub look: Arc<Look>,
    /// Files of data, and bodies of pages that came from the cache.
    pub inputs: SharedInputs,
    /// Instant of the build.
    pub instant: Timestamp,
    /// The file system's clock at the start of the build, in nanoseconds since 1970.
    pub clock: i128,
    /// Where files beside content files go: source → path.
    pub beside: HashMap<SitePath, String>,
    pub(crate) highlighter: Arc<Highlighter>,
    /// By number of the language.
    pub(crate) config_values: Vec<Value>,
    pub(crate) digests: SiteDigests,
    /// Slug of a series → numbers of its events.
    pub(crate) series: BTreeMap<String, Vec<usize>>,
    pub(crate) data: DataFiles,
    pub(crate) images: Images,
    pub(crate) tools: Tools,
    pub(crate) near: Near,
    hidden_names: OnceLock<Names>,
    /// The menu of each language that was asked for it.
    pub(crate) menus: RwLock<HashMap<LangId, Value>>,
    gathered: OnceLock<Needs>,
    parse_options: ParseOptions,
    paths: Vec<Arc<str>>,
    pub(crate) cards: Vec<OnceLock<Card>>,
    pub(crate) bare_cards: Vec<OnceLock<Value>>,
}

/// A card, and what rendering its summary asked.
pub(crate) struct Card {
    value: Value,
    pub(crate) asked: Box<[Question]>,
}

impl World {
    /// Puts a world together.
    #[must_use]
    pub fn new(
        mut config: Config,
        site: Site,
        look: Arc<Look>,
        inputs: SharedInputs,
        highlighter: Arc<Highlighter>,
        clock: i128,
    ) -> Self {
        if config.author.as_deref().is_some_and(|name| site.is_hidden_person(name)) {
            config.author = None;
        }
        let beside = files_beside(&site);
        let instant = inputs.instant();
        Self {
            config_values: config.language_ids().map(|id| views::config_view(&config, id)).collect(),
            digests: SiteDigests::new(&config, &site, &beside, instant),
            parse_options: parse_options(&config),
            paths: site.pages.iter().map(|page| page.path.as_str().into()).collect(),
            cards: site.pages.iter().map(|_| OnceLock::new()).collect(),
            bare_cards: site.pages.iter().map(|_| OnceLock::new()).collect(),
            series: calendars::by_series(&site),
            data: DataFiles::default(),
            instant,
            clock,
            config,
            site,
            look,
            inputs,
            beside,
            highlighter,
            images: Images::default(),
            tools: Tools::default(),
            near: Near::default(),
            hidden_names: OnceLock::new(),
            menus: RwLock::default(),
            gathered: OnceLock::new(),
        }
    }

    /// Tells what all outputs together need of a content security policy, when they are done: once for
    /// each build, before the late ones are rendered.
    pub fn gather(&self, needs: Needs) {
        let _ = self.gathered.set(needs);
    }

    /// What was told last.
    pub(crate) fn gathered(&self) -> Option<&Needs> {
        self.gathered.get()
    }

    pub(crate) fn forget_gathered(&mut self) {
        self.gathered = OnceLock::new();
    }

    /// The digest of a question's answer; `None` where the question makes no sense (any more).
    /// Equal digests mean equal answers.
    #[must_use]
    pub fn digest(&self, question: &Question) -> Option<Digest> {
        facts::digest(self, question)
    }

    /// The digest of what the answer rests on, where that is quicker to tell than the answer: while
    /// it stays, so does the answer.
    #[must_use]
    pub fn basis(&self, question: &Question) -> Option<Digest> {
        facts::basis(self, question)
    }

    /// What an output is made of, as far as the plan says it.
    #[must_use]
    pub fn recipe(&self, output: &Output) -> Digest {
        let recipe = output.kind.recipe(&self.site);
        if !self.config.hosting.has_policy() {
            return recipe;
        }
        // What a page needs is known only where it was looked for.
        Digester::new().digest(recipe).flag(true).done()
    }

    /// Everybody who is not to be published.
    pub(crate) fn hidden_names(&self) -> &Names {
        self.hidden_names.get_or_init(|| Names::new(self.site.hidden_people()))
    }

    /// The card of a page: what lists show of it. Built once; two threads may build it at the same
    /// time, and both build the same.
    pub(crate) fn card(&self, id: PageId) -> Value {
        reader::looked_up(Question::Card(self.path(id)));
        if reader::in_summary() {
            return self.bare_cards[id.index()].get_or_init(|| views::bare_card(self, id)).clone();
        }
        let slot = &self.cards[id.index()];
        let card = match slot.get() {
            Some(card) => card,
            None => {
                let (value, asked) = reader::asking(|| views::card(self, id));
                slot.get_or_init(|| Card { value, asked: asked.into_keys().collect() })
            }
        };
        reader::looked_up_all(&card.asked);
        card.value.clone()
    }

    /// Cards of several pages.
    pub(crate) fn cards(&self, ids: impl IntoIterator<Item = PageId>) -> Value {
        Value::from(ids.into_iter().map(|id| self.card(id)).collect::<Vec<_>>())
    }

    /// The path of a page, shared.
    pub(crate) fn path(&self, id: PageId) -> Arc<str> {
        self.paths[id.index()].clone()
    }

    /// A question as readers of a language ask it.
    pub(crate) fn in_language(&self, language: LangId, question: Question) -> Question {
        question.in_language(&self.config, language)
    }

    /// The language in which a question is asked, and the question itself; `None` for a language that
    /// the site does not have (any more).
    pub(crate) fn read_language<'q>(&self, question: &'q Question) -> Option<(LangId, &'q Question)> {
        match question {
            Question::In { lang, question } => Some((self.config.language_of(lang)?, question)),
            question => Some((LangId::MAIN, question)),
        }
    }

    /// The language that a content file's name tells.
    pub(crate) fn language_of_source(&self, source: &SitePath) -> LangId {
        if self.config.languages.is_empty() {
            return LangId::MAIN;
        }
        read_file_name(source.file_name(), &self.config.languages).lang.unwrap_or_default()
    }

    /// State of an event at the instant of the build.
    pub(crate) fn state(&self, event: &Event) -> EventState {
        digests::state(&self.site, event, self.instant)
    }

    /// The pieces of a body; parsed anew where the document came from the cache. A file that has
    /// vanished meanwhile has none: the next build will see that it is gone.
    pub(crate) fn pieces(&self, source: &SitePath, document: &Document) -> Arc<[Piece]> {
        if let Some(pieces) = &document.pieces {
            return pieces.clone();
        }
        let read = self.inputs.read(source).ok();
        let parsed = read.map(|bytes| parse_document(source, &bytes, &self.parse_options).0);
        if parsed.as_ref().is_none_or(|parsed| parsed.digests.content != document.digests.content) {
            // Somebody is writing it. Whatever is made of this belongs to no state of the site.
            reader::looked_up(Question::Changing(source.clone()));
        }
        parsed.and_then(|parsed| parsed.pieces).unwrap_or_else(|| Arc::from([]))
    }

    /// Whether the templates could not be loaded: there is nothing to render then.
    #[must_use]
    pub fn is_without_templates(&self) -> bool {
        self.look.is_without_templates()
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

/// Where the files beside pages and sections go.
fn files_beside(site: &Site) -> HashMap<SitePath, String> {
    let mut beside = HashMap::new();
    let mut add = |assets: &[SitePath], source_dir: &str, path: &str| {
        let folder = &path[..=path.rfind('/').unwrap_or(0)];
        for asset in assets {
            if let Some(rest) = asset.below(source_dir) {
                beside.insert(asset.clone(), format!("{folder}{rest}"));
            }
        }
    };
    for page in site.pages.iter().filter(|page| !page.assets.is_empty()) {
        let dir = page.source.parent().unwrap_or_default();
        add(&page.assets, dir.as_str(), &page.path);
    }
    for section in &site.sections {
        let dir =
            if section.dir.is_empty() { "content".to_owned() } else { format!("content/{}", section.dir) };
        add(&section.assets, &dir, &section.path);
    }
    beside
}
