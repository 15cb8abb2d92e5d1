//! Lists of talks: all of a language, and those of a year, of an event, of a kind, about a tool, with a video.
//!
//! They are made in one walk through the talks, when the first of them is asked for. Each list leads to all others, so
//! there is a bound to them: of tools and kinds those have one that most talks are of, of years and events the latest.

use super::{Facets, SiteFacet};
use crate::keys::{PageKey, TermKey};
use crate::page::Kind;
use crate::reorder::Reordered;
use crate::term::term_slug;
use serde::{Deserialize, Serialize};
use ssg_engine::Held;
use ssg_parse::{LangId, Media};
use ssg_source::hash::{HashMap, HashSet};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many tools, how many kinds, and how many events have a list of their talks.
const MOST: usize = 50;

/// How many years have one.
const MOST_YEARS: usize = 200;

/// What a list of talks is narrowed down to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TalkFilter {
    /// Every talk.
    All,
    /// Those that somebody can watch.
    Video,
    /// Those of a year.
    Year(i16),
    /// Those of an event, by the slug of the id that it keeps when it is renamed.
    Event(Arc<str>),
    /// Those of a kind, by the slug of its word.
    Kind(Arc<str>),
    /// Those about a tool, by its slug.
    Tool(Arc<str>),
}

impl TalkFilter {
    /// Where the list lies, below the home page of its language.
    #[must_use]
    pub fn path(&self, home: &str) -> String {
        match self {
            Self::All => format!("{home}talks/"),
            Self::Video => format!("{home}talks/video/"),
            Self::Year(year) => format!("{home}talks/{year:04}/"),
            Self::Event(slug) => format!("{home}talks/events/{slug}/"),
            Self::Kind(slug) => format!("{home}talks/kind/{slug}/"),
            Self::Tool(slug) => format!("{home}talks/tools/{slug}/"),
        }
    }
}

/// The lists of talks of a language.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TalkGroups {
    /// How many talks there are.
    pub all: usize,
    /// How many of them have a video.
    pub videos: usize,
    /// Years, the latest first, with how many talks each has.
    pub years: Vec<(i16, usize)>,
    /// Events by the slugs of the ids that they keep, the latest first: with their pages, and how many talks each has.
    pub events: Vec<(Arc<str>, PageKey, usize)>,
    /// Kinds: slug, word as it is written, how many.
    pub kinds: Vec<(Arc<str>, String, usize)>,
    /// Tools by their slugs, with how many talks are about each.
    pub tools: Vec<(Arc<str>, usize)>,
}

impl TalkGroups {
    /// Every list, with how many talks it has.
    pub fn lists(&self) -> impl Iterator<Item = (TalkFilter, usize)> {
        let two = [(TalkFilter::All, self.all), (TalkFilter::Video, self.videos)];
        let years = self.years.iter().map(|(year, count)| (TalkFilter::Year(*year), *count));
        let events = self.events.iter().map(|(slug, _, count)| (TalkFilter::Event(slug.clone()), *count));
        let kinds = self.kinds.iter().map(|(slug, _, count)| (TalkFilter::Kind(slug.clone()), *count));
        let tools = self.tools.iter().map(|(slug, count)| (TalkFilter::Tool(slug.clone()), *count));
        two.into_iter().chain(years).chain(events).chain(kinds).chain(tools).filter(|(_, count)| *count > 0)
    }
}

/// A list of talks, in the site's order.
#[derive(Clone, Debug, Serialize)]
pub struct TalkList(pub Vec<PageKey>);

/// All lists of all languages.
#[derive(Debug, Default)]
pub(super) struct TalkLists {
    lists: HashMap<(TalkFilter, LangId), Vec<PageKey>>,
    groups: HashMap<LangId, Arc<TalkGroups>>,
}

impl TalkLists {
    pub(super) fn of(facets: &Facets) -> Self {
        let mut all = Self::default();
        for language in facets.language_ids() {
            all.add_language(facets, language);
        }
        all
    }

    fn add_language(&mut self, facets: &Facets, language: LangId) {
        let site = &facets.site;
        let tools = site.taxonomy("tools");
        let mut lists: BTreeMap<TalkFilter, Vec<PageKey>> = BTreeMap::new();
        let mut words: HashMap<Arc<str>, String> = HashMap::default();
        let mut events: HashMap<Arc<str>, usize> = HashMap::default();
        let mut slugs: HashMap<usize, Arc<str>> = HashMap::default();
        for id in site.listed(Kind::Talk, language) {
            let page = site.page(id);
            let Some(talk) = &page.talk else { continue };
            let mut filters = vec![TalkFilter::All];
            // As for templates, what is no address on the web is no video.
            if talk.video.iter().any(|video| Media::recognise(&video.url).is_some()) {
                filters.push(TalkFilter::Video);
            }
            filters.extend(page.year.map(TalkFilter::Year));
            if let Some((index, event)) = talk.event.and_then(|index| Some((index, site.events.get(index)?)))
                && !site.page(event.page).is_unlisted()
            {
                // An event that is renamed keeps the address of its list.
                let slug = slugs.entry(index).or_insert_with(|| {
                    let lasting: Arc<str> = term_slug(&site.lasting_id(event.page)).into();
                    events.entry(lasting.clone()).or_insert(index);
                    lasting
                });
                filters.extend((!slug.is_empty()).then(|| TalkFilter::Event(slug.clone())));
            }
            let kind: Arc<str> = term_slug(&talk.kind).into();
            if !kind.is_empty() {
                words.entry(kind.clone()).or_insert_with(|| talk.kind.clone());
                filters.push(TalkFilter::Kind(kind));
            }
            let of_page = tools.map_or(&[] as &[_], |index| page.terms[index].as_slice());
            let slugs: HashSet<&str> = of_page.iter().map(|term| site.term(*term).slug.as_str()).collect();
            filters.extend(slugs.into_iter().map(|slug| TalkFilter::Tool(slug.into())));
            for filter in filters {
                lists.entry(filter).or_default().push(facets.page_key(id));
            }
        }
        let latest = latest_events(facets, &mut lists, &events);
        let groups = TalkGroups { events: latest, ..groups_of(&mut lists, &words) };
        self.groups.insert(language, Arc::new(groups));
        self.lists.extend(lists.into_iter().map(|(filter, talks)| ((filter, language), talks)));
    }
}

/// Which events have a list; all others lose theirs.
fn latest_events(
    facets: &Facets,
    lists: &mut BTreeMap<TalkFilter, Vec<PageKey>>,
    events: &HashMap<Arc<str>, usize>,
) -> Vec<(Arc<str>, PageKey, usize)> {
    let mut all: Vec<_> = events
        .iter()
        .filter(|(slug, _)| !slug.is_empty())
        .filter_map(|(slug, index)| Some((slug, facets.site.events.get(*index)?)))
        .map(|(slug, event)| (Reverse(event.start.timestamp()), slug.clone(), event.page))
        .collect();
    all.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    for (_, slug, _) in all.drain(all.len().min(MOST)..) {
        lists.remove(&TalkFilter::Event(slug));
    }
    let count = |slug: &Arc<str>| lists.get(&TalkFilter::Event(slug.clone())).map_or(0, Vec::len);
    all.into_iter()
        .map(|(_, slug, page)| {
            let count = count(&slug);
            (slug, facets.page_key(page), count)
        })
        .collect()
}

/// What lists there are; what is beyond the number of those that have one loses its own.
fn groups_of(
    lists: &mut BTreeMap<TalkFilter, Vec<PageKey>>,
    words: &HashMap<Arc<str>, String>,
) -> TalkGroups {
    let mut groups = TalkGroups::default();
    for (filter, talks) in &*lists {
        match filter {
            TalkFilter::Event(_) => {}
            TalkFilter::All => groups.all = talks.len(),
            TalkFilter::Video => groups.videos = talks.len(),
            TalkFilter::Year(year) => groups.years.push((*year, talks.len())),
            TalkFilter::Kind(slug) => {
                let word = words.get(slug).cloned().unwrap_or_default();
                groups.kinds.push((slug.clone(), word, talks.len()));
            }
            TalkFilter::Tool(slug) => groups.tools.push((slug.clone(), talks.len())),
        }
    }
    groups.years.reverse();
    for (year, _) in groups.years.drain(groups.years.len().min(MOST_YEARS)..) {
        lists.remove(&TalkFilter::Year(year));
    }
    groups.kinds.sort_by_key(|(slug, _, count)| (Reverse(*count), slug.clone()));
    for (slug, ..) in groups.kinds.drain(groups.kinds.len().min(MOST)..) {
        lists.remove(&TalkFilter::Kind(slug));
    }
    groups.kinds.sort();
    groups.tools.sort_by_key(|(slug, count)| (Reverse(*count), slug.clone()));
    for (slug, _) in groups.tools.drain(groups.tools.len().min(MOST)..) {
        lists.remove(&TalkFilter::Tool(slug));
    }
    groups.tools.sort();
    groups
}

impl SiteFacet for TalkList {
    type Key = (TalkFilter, LangId);

    fn make(facets: &Facets, key: &Self::Key) -> Option<Held<Self>> {
        Some(Held::new(Self(facets.talk_lists().lists.get(key)?.clone())))
    }

    fn is_reordered(_: &Self::Key, lists: &Reordered) -> bool {
        lists.kind == Some(Kind::Talk)
    }
}

impl SiteFacet for TalkGroups {
    type Key = LangId;

    fn make(facets: &Facets, language: &LangId) -> Option<Held<Self>> {
        let groups = facets.talk_lists().groups.get(language).filter(|groups| groups.all > 0)?;
        Some(Held::new((**groups).clone()))
    }

    fn is_reordered(_: &LangId, lists: &Reordered) -> bool {
        lists.kind == Some(Kind::Talk)
    }
}

/// The key of a tool of a slug.
#[must_use]
pub fn tool_key(slug: &str) -> TermKey {
    TermKey::of("tools", slug)
}
