//! Everything that templates can be told, for one build.

use crate::assets::Assets;
use crate::engine::Engine;
use crate::images::Images;
use crate::theme::Theme;
use crate::views;
use jiff::Timestamp;
use ssg_highlight::Highlighter;
use ssg_parse::Config;
use ssg_source::{Diagnostics, Inputs, SitePath};
use ssg_taxonomy::{PageId, Site};
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
use tera::Value;

/// Inputs that the threads of a build share.
pub type SharedInputs = Arc<dyn Inputs + Send + Sync>;

/// The site, its theme and its configuration, with what is derived from them once.
pub struct World {
    /// Configuration.
    pub config: Config,
    /// The site.
    pub site: Site,
    /// The theme with the site's own templates.
    pub theme: Theme,
    /// Files of data, for `load_data`.
    pub inputs: SharedInputs,
    /// Instant of the build.
    pub instant: Timestamp,
    /// Processed assets.
    pub assets: Assets,
    /// Where files beside content files go: source → path.
    pub beside: HashMap<SitePath, String>,
    pub(crate) engine: Engine,
    pub(crate) highlighter: Arc<Highlighter>,
    pub(crate) config_value: Value,
    pub(crate) images: Images,
    cards: Vec<OnceLock<Value>>,
}

impl World {
    /// Puts a world together; mistakes in templates, assets and theme options go to `found`.
    #[must_use]
    pub fn new(
        config: Config,
        site: Site,
        theme: Theme,
        inputs: SharedInputs,
        highlighter: Arc<Highlighter>,
        found: &mut Diagnostics,
    ) -> Self {
        let engine = Engine::new(&theme, found);
        let assets = Assets::process(&theme, config.outputs.fingerprints, found);
        let cards = (0..site.pages.len()).map(|_| OnceLock::new()).collect();
        let beside = files_beside(&site);
        Self {
            config_value: views::config_view(&config),
            instant: inputs.instant(),
            config,
            site,
            theme,
            inputs,
            assets,
            beside,
            engine,
            highlighter,
            images: Images::default(),
            cards,
        }
    }

    /// The card of a page: what lists show of it. Built once; two threads may build it at the same
    /// time, and both build the same.
    pub(crate) fn card(&self, id: PageId) -> Value {
        let slot = &self.cards[id.index()];
        if let Some(card) = slot.get() {
            return card.clone();
        }
        let card = views::card(self, id);
        slot.get_or_init(|| card).clone()
    }

    /// Cards of several pages.
    pub(crate) fn cards(&self, ids: impl IntoIterator<Item = PageId>) -> Value {
        Value::from(ids.into_iter().map(|id| self.card(id)).collect::<Vec<_>>())
    }

    /// Whether the templates could not be loaded: there is nothing to render then.
    #[must_use]
    pub fn is_without_templates(&self) -> bool {
        self.engine.failed()
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
