//! Facets of pages.

use super::{Facets, SiteFacet};
use crate::event::{TalkInfo, TalkTime};
use crate::ids::PageId;
use crate::keys::{PageKey, SectionKey, TermKey};
use crate::page::{Kind, Standing};
use crate::reorder::Reordered;
use jiff::Zoned;
use serde::Serialize;
use ssg_engine::Held;
use ssg_parse::{Document, LangId, MediaLink, Outline, Piece};
use ssg_source::{Digester, SitePath, Span};
use std::sync::Arc;

/// Longest plain description, in characters.
const DESCRIPTION: usize = 200;

/// What lists show of a page, and what it says of itself to all others.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    /// Its own key.
    pub key: PageKey,
    /// The file.
    pub source: SitePath,
    /// It is a talk that only a row of its event's schedule names.
    pub is_row: bool,
    /// What kind of page it is.
    pub kind: Kind,
    /// Site-relative path.
    pub path: Arc<str>,
    /// What feeds know it by, where its header says so.
    pub id: Option<String>,
    /// Title, plain text.
    pub title: String,
    /// Date in the zone that it was meant in.
    pub date: Option<Zoned>,
    /// Somebody wrote a date into the header.
    pub is_dated: bool,
    /// The day that is written as that of the announcement, of an event or a talk.
    pub announced: Option<Zoned>,
    /// Since when there are recordings of it.
    pub video_added: Option<Zoned>,
    /// The year it belongs to.
    pub year: Option<i16>,
    /// Date of the last change that readers should know of.
    pub updated: Option<Zoned>,
    /// The language whose lists have it.
    pub language: LangId,
    /// The language that it is written in.
    pub lang: String,
    /// How far it is shown.
    pub standing: Standing,
    /// Order among pages of the same date.
    pub weight: i64,
    /// The section that lists it.
    pub section: SectionKey,
    /// Terms by the names of their taxonomies, in the order of the configuration.
    pub terms: Vec<(Arc<str>, Vec<TermKey>)>,
    /// Who wrote it.
    pub authors: Vec<Author>,
    /// Pages of the events that it is about.
    pub events: Vec<PageKey>,
    /// The page of the event that it is, which for a translation is the original.
    pub event: Option<PageKey>,
    /// What makes it a talk.
    pub talk: Option<Talk>,
    /// The image that stands for it, as a path where it lies beside the page.
    pub image: Option<String>,
    /// A recording to listen to.
    pub audio: Option<Audio>,
    /// The description that somebody wrote.
    pub description: Option<String>,
    /// The author's own values.
    pub extra: Option<serde_json::Value>,
    /// The page that it is a translation of, or itself.
    pub original: PageKey,
}

/// Somebody who wrote a page.
#[derive(Clone, Debug, Serialize)]
pub struct Author {
    /// The name that the page has.
    pub name: String,
    /// The speaker of that name.
    pub term: Option<TermKey>,
}

/// What makes a page a talk.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "as in `TalkInfo`")]
pub struct Talk {
    /// The page of its event.
    pub event: Option<PageKey>,
    pub id: String,
    /// What calendars and apps know it by.
    pub lasting_id: String,
    pub kind: String,
    pub drawn: &'static str,
    pub times: Vec<TalkTime>,
    pub track: Option<String>,
    pub level: Option<String>,
    pub languages: Vec<String>,
    pub slides: Vec<MediaLink>,
    pub video: Vec<MediaLink>,
    pub cancelled: bool,
    pub replaced_by: Option<PageKey>,
}

impl Talk {
    /// When and where it is given first, as far as that is known.
    #[must_use]
    pub fn time(&self) -> Option<&TalkTime> {
        self.times.first()
    }

    /// When it begins first.
    #[must_use]
    pub fn starts(&self) -> Option<&Zoned> {
        self.time()?.starts.as_ref()
    }
}

/// A recording to listen to.
#[derive(Clone, Debug, Serialize)]
pub struct Audio {
    /// A path where it lies beside the page or in `static`, else an address.
    pub url: String,
    /// The file of the site that it is.
    pub source: Option<SitePath>,
    /// In bytes, as somebody wrote it.
    pub length: Option<u64>,
    /// Media type, as somebody wrote it.
    pub media_type: Option<String>,
}

impl Card {
    /// Terms of a taxonomy.
    #[must_use]
    pub fn terms_of(&self, taxonomy: &str) -> &[TermKey] {
        let terms = self.terms.iter().find(|(name, _)| **name == *taxonomy);
        terms.map_or(&[], |(_, terms)| terms)
    }

    /// Whether it is no translation of another page.
    #[must_use]
    pub fn is_original(&self) -> bool {
        self.original == self.key
    }
}

impl SiteFacet for Card {
    type Key = PageKey;

    fn make(facets: &Facets, key: &PageKey) -> Option<Held<Self>> {
        let id = facets.page_id(key)?;
        let (site, page) = (&facets.site, facets.site.page(id));
        let front = &page.document.front;
        let image = front.image.as_ref().map(|image| {
            let source = page.source.resolve(&image.value).ok();
            source
                .and_then(|source| facets.co_located_files.get(&source).cloned())
                .unwrap_or_else(|| image.value.to_string())
        });
        let audio = front.audio.as_ref().map(|audio| {
            let beside = page.source.resolve(&audio.url).ok();
            let beside = beside.and_then(|file| Some((facets.co_located_files.get(&file)?.clone(), file)));
            let (url, source) = match beside {
                Some((path, file)) => (path, Some(file)),
                None => (audio.url.to_string(), static_file(&audio.url)),
            };
            Audio { url, source, length: audio.length, media_type: audio.media_type.clone() }
        });
        let names = site.taxonomies.iter().map(|taxonomy| taxonomy.name.as_str().into());
        let terms = page.terms.iter().map(|terms| terms.iter().map(|term| facets.term_key(*term)).collect());
        Some(Held::new(Self {
            key: *key,
            source: page.source.clone(),
            is_row: page.row.is_some(),
            kind: page.kind,
            path: page.path.as_str().into(),
            title: page.title.clone(),
            id: front.id.as_ref().map(|id| id.value.trim().to_owned()),
            date: page.date.clone(),
            is_dated: front.date.is_some(),
            announced: crate::announced::announced_on(site, id),
            video_added: page.video_added.clone(),
            year: page.year,
            updated: page.updated.clone(),
            language: page.language,
            lang: page.lang.clone(),
            standing: page.standing,
            weight: page.weight,
            section: facets.section_key(page.section),
            terms: names.zip(terms).collect(),
            authors: page
                .authors
                .iter()
                .map(|one| Author {
                    name: one.name.clone(),
                    term: one.term.map(|term| facets.term_key(term)),
                })
                .collect(),
            events: facets.page_keys(page.events.iter().copied().filter(|id| site.event_of(*id).is_some())),
            event: site.event_of(id).map(|event| facets.page_key(event.page)),
            talk: page.talk.as_ref().map(|talk| talk_of(facets, talk, site.original(id))),
            image,
            audio,
            description: front.description.as_ref().map(|text| text.value.clone()),
            extra: front.extra.as_ref().map(ssg_parse::Value::to_json),
            original: facets.page_key(site.original(id)),
        }))
    }
}

/// The file in `static` that a path of the site leads to.
fn static_file(address: &str) -> Option<SitePath> {
    let path = ssg_parse::decode_path(address.strip_prefix('/').filter(|rest| !rest.starts_with('/'))?);
    SitePath::new(&format!("static/{path}")).ok()
}

/// The same, wherever it stands in the file: a line more in a header changes no card.
fn placeless(media: &[MediaLink]) -> Vec<MediaLink> {
    media.iter().map(|one| MediaLink { span: Span::default(), ..one.clone() }).collect()
}

fn talk_of(facets: &Facets, talk: &TalkInfo, original: PageId) -> Talk {
    let event = talk.event.and_then(|event| facets.site.events.get(event));
    Talk {
        event: event.map(|event| facets.page_key(event.page)),
        id: talk.id.clone(),
        lasting_id: facets.site.lasting_id(original),
        kind: talk.kind.clone(),
        drawn: talk.drawn,
        times: talk.times.clone(),
        track: talk.track.clone(),
        level: talk.level.clone(),
        languages: talk.languages.clone(),
        slides: placeless(&talk.slides),
        video: placeless(&talk.video),
        cancelled: talk.cancelled,
        replaced_by: talk.replaced_by.map(|id| facets.page_key(id)),
    }
}

/// What is known of a page's text where the text is not shown.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Lead {
    /// The description, the excerpt or the first paragraph, in plain text.
    text: String,
    /// Minutes that reading it takes.
    pub reading_time: u32,
}

impl SiteFacet for Lead {
    type Key = PageKey;

    fn make(facets: &Facets, key: &PageKey) -> Option<Held<Self>> {
        let document = &facets.site.page(facets.page_id(key)?).document;
        let front = &document.front;
        let text = front.description.as_ref().or(front.excerpt.as_ref()).map(|text| text.value.as_str());
        Some(Held::new(Self {
            text: text.unwrap_or(&document.outline.lead).to_owned(),
            reading_time: document.outline.reading_time(),
        }))
    }
}

impl Lead {
    /// One sentence or two in plain text: the description, the excerpt or the first paragraph, cut.
    #[must_use]
    pub fn plain(&self) -> String {
        shorten(&self.text)
    }
}

/// Cuts plain text at a word, with an ellipsis.
fn shorten(text: &str) -> String {
    let mut short = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        if !short.is_empty() {
            short.push(' ');
            length += 1;
        }
        short.push_str(word);
        length += word.chars().count();
        if length > DESCRIPTION {
            let end = short.char_indices().nth(DESCRIPTION - 1).map_or(short.len(), |(at, _)| at);
            let cut = &short[..end];
            let cut = cut.rfind(' ').map_or(cut, |space| &cut[..space]);
            return format!("{}…", cut.trim_end_matches([',', ';', ':', '.', '-', '–', '—', ' ']));
        }
    }
    short
}

/// What a page is summed up by.
#[derive(Clone, Debug, Serialize)]
pub enum Summary {
    /// The marked part of the body, or its first paragraph.
    Body(Arc<[Piece]>),
    /// Markdown of the header.
    Excerpt(String),
    /// Plain text of the header.
    Description(String),
    /// Nothing.
    Nothing,
}

impl SiteFacet for Summary {
    type Key = PageKey;

    fn make(facets: &Facets, key: &PageKey) -> Option<Held<Self>> {
        let page = facets.site.page(facets.page_id(key)?);
        let front = &page.document.front;
        let summary = page.document.outline.summary.as_ref();
        let body = |summary: &ssg_parse::Summary| Self::Body(summary.pieces.clone());
        let marked = summary.filter(|summary| summary.marked).map(body);
        let excerpt = || front.excerpt.as_ref().map(|text| Self::Excerpt(text.value.clone()));
        let description = || front.description.as_ref().map(|text| Self::Description(text.value.clone()));
        let chosen = marked.or_else(excerpt).or_else(description).or_else(|| summary.map(body));
        Some(Held::new(chosen.unwrap_or(Self::Nothing)))
    }
}

/// Header and body of a page's file.
#[derive(Clone, Debug)]
pub struct Content(pub Arc<Document>);

impl SiteFacet for Content {
    type Key = PageKey;

    fn make(facets: &Facets, key: &PageKey) -> Option<Held<Self>> {
        let page = facets.site.page(facets.page_id(key)?);
        Some(held_document(facets, &page.document))
    }
}

/// A document follows from the bytes of its file, and from how Markdown is read.
pub(super) fn held_document(facets: &Facets, document: &Arc<Document>) -> Held<Content> {
    let origin = Digester::new().digest(document.digests.content).digest(facets.parsed_with).done();
    Held::made_of(origin, Arc::new(Content(document.clone())))
}

/// What only a page itself shows of what it refers to.
#[derive(Clone, Debug, Serialize)]
pub struct References {
    /// Talks that it is about.
    pub talks: Vec<PageKey>,
    /// Paths that redirect to it.
    pub aliases: Vec<String>,
    /// Paths of the files beside it, of which translations have those of their original.
    pub assets: Vec<String>,
}

impl SiteFacet for References {
    type Key = PageKey;

    fn make(facets: &Facets, key: &PageKey) -> Option<Held<Self>> {
        let id = facets.page_id(key)?;
        let site = &facets.site;
        let page = site.page(id);
        let assets = site.page(site.original(id)).assets.iter();
        Some(Held::new(Self {
            talks: facets.page_keys(page.talks.iter().copied()),
            aliases: page.aliases.clone(),
            assets: assets.filter_map(|asset| facets.co_located_files.get(asset)).cloned().collect(),
        }))
    }
}

/// Posts about an event or a talk, in the site's order.
#[derive(Clone, Debug, Serialize)]
pub struct Recaps(pub Vec<PageKey>);

impl SiteFacet for Recaps {
    type Key = PageKey;

    fn make(facets: &Facets, key: &PageKey) -> Option<Held<Self>> {
        let id = facets.page_id(key)?;
        let event = facets.site.event_of(id).map(|event| &event.recaps);
        let recaps = event.or_else(|| facets.site.page(id).talk.as_ref().map(|talk| &talk.recaps))?;
        Some(Held::new(Self(facets.page_keys(recaps.iter().copied()))))
    }

    fn is_reordered(key: &PageKey, lists: &Reordered) -> bool {
        lists.pages.contains(key)
    }
}

/// The pages that say the same as a page, itself among them, in the order of languages; absent for one
/// without translations.
#[derive(Clone, Debug, Serialize)]
pub struct Translations(pub Vec<(LangId, PageKey)>);

impl SiteFacet for Translations {
    type Key = PageKey;

    fn make(facets: &Facets, key: &PageKey) -> Option<Held<Self>> {
        let all = facets.site.translations(facets.page_id(key)?).iter();
        let all: Vec<_> = all.map(|id| (facets.site.page(*id).language, facets.page_key(*id))).collect();
        (!all.is_empty()).then(|| Held::new(Self(all)))
    }
}

/// The older and the newer neighbour of a page in its section.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "both are pages")]
pub struct Neighbours {
    pub older: Option<PageKey>,
    pub newer: Option<PageKey>,
}

impl SiteFacet for Neighbours {
    type Key = PageKey;

    fn make(facets: &Facets, key: &PageKey) -> Option<Held<Self>> {
        let (older, newer) = facets.site.neighbours(facets.page_id(key)?);
        let key = |id: Option<PageId>| id.map(|id| facets.page_key(id));
        Some(Held::new(Self { older: key(older), newer: key(newer) }))
    }

    fn is_reordered(key: &PageKey, lists: &Reordered) -> bool {
        lists.pages.contains(key)
    }
}

/// The headings and other anchors of a content file; absent for a file without any of its own.
#[derive(Clone, Debug)]
pub struct Anchors(pub Arc<Outline>);

impl SiteFacet for Anchors {
    type Key = SitePath;

    fn make(facets: &Facets, source: &SitePath) -> Option<Held<Self>> {
        use crate::site::Target;
        let site = &facets.site;
        let document = match site.target(source)? {
            Target::Page(id) => &site.page(id).document,
            Target::Section(id) => &site.section(id).document,
            Target::Term(id, language) => &site.page(site.term_in(id, language).page?).document,
            Target::Taxonomy(..) | Target::Withheld(_) => return None,
        };
        let mut digester = Digester::new();
        digester.value(&document.outline.headings).value(&document.outline.ids);
        // `Outline` has more than these, which nobody asks an anchor for.
        let anchors = document.outline.anchors_only();
        Some(Held::made_of(digester.done(), Arc::new(Self(Arc::new(anchors)))))
    }
}
