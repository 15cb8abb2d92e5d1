//! A feed of a list in one of the formats.

use super::frame::{self, Frame};
use super::origin::Origin;
use super::section::SectionPager;
use super::term::TermPager;
use super::{Kind, Planner, Rendered, Result};
use crate::dates::rfc3339;
use crate::exports::enclosure::enclosure;
use crate::facets::config::{Descriptions, FeedSettings, SiteAuthor, Titles};
use crate::facets::theme::{AssetPath, ProgramVersion, Template};
use crate::formats::{self, FeedEntry, FeedFormat, markup, render_feed, why_malformed};
use crate::links::href;
use crate::lists::List;
use crate::queries::card::MOST;
use crate::queries::feed_text::FeedText;
use crate::reads::{ReadSite, Reads};
use crate::scope::About;
use crate::snapshot::SiteSnapshot;
use crate::views::{self, feed_path, feed_view};
use serde::Serialize;
use ssg_source::{Diagnostic, SitePath, codes};
use ssg_taxonomy::facets::{FeedDates, Listed, SectionFeed, TermFeed};
use ssg_taxonomy::{Kind as PageKind, LangId, PageKey, SectionId};

/// How many bytes of texts a feed may hold.
const LARGEST: usize = 16 << 20;

#[derive(Clone, Debug, Serialize)]
pub(super) struct Feed {
    list: List,
    format: FeedFormat,
}

impl Kind for Feed {
    const WORDS: &'static str = "feed";

    fn plan(planner: &mut Planner<'_>) {
        let (config, facets) = (planner.snapshot.config(), planner.snapshot.facets());
        let site = planner.snapshot.site();
        let formats = views::formats(&config.feeds);
        let planned = &mut planner.planned;
        let mut add = |list: List, path: &str| {
            for format in formats.iter().copied() {
                planned.add(&feed_path(path, format), Self { list, format }, None);
            }
        };
        for language in site.languages() {
            add(List::Site(language), site.home_path(language));
        }
        for (number, section) in (0u32..).zip(&site.sections) {
            if section.parent.is_some()
                && !section.pages.is_empty()
                && !section.standing.unlisted
                && section.has_list
            {
                add(List::Section(facets.section_key(SectionId(number))), &section.path);
            }
        }
        for (index, taxonomy) in site.taxonomies.iter().enumerate() {
            if !config.taxonomy(&taxonomy.name).is_some_and(|options| options.feed) {
                continue;
            }
            for language in site.languages() {
                for id in site.terms_in(index, language) {
                    add(List::Term(facets.term_key(id), language), site.term_in(id, language).path);
                }
            }
        }
    }

    // A feed lies beside its list, and for the same reason.
    fn made_for(&self, snapshot: &SiteSnapshot) -> Option<Origin> {
        match self.list {
            List::Site(_) => None,
            List::Section(key) => SectionPager::first(key).made_for(snapshot),
            List::Term(key, language) => TermPager::first(key, language).made_for(snapshot),
        }
    }

    fn advice(&self, snapshot: &SiteSnapshot, path: &SitePath) -> Option<String> {
        match self.list {
            List::Site(_) => Some("name other formats under `[feeds]` in ssg.toml".to_owned()),
            List::Section(key) => SectionPager::first(key).advice(snapshot, path),
            List::Term(key, language) => TermPager::first(key, language).advice(snapshot, path),
        }
    }

    fn render(&self, reads: &Reads) -> Result<Rendered> {
        let gone = || super::gone("list");
        let content = content(reads, self.list).ok_or_else(gone)?;
        let settings = reads.get::<FeedSettings>(&()).ok_or_else(gone)?;
        let path = feed_path(&content.path, self.format);
        let pages = content.pages.get(..settings.limit).unwrap_or(&content.pages);
        let entries = entries(reads, pages, &path);
        let feed = formats::Feed {
            title: content.title,
            description: match self.list {
                List::Site(language) => reads
                    .get::<Descriptions>(&())
                    .map_or_else(String::new, |all| all.description(language).to_owned()),
                List::Section(_) | List::Term(..) => String::new(),
            },
            permalink: reads.permalink(&content.path),
            self_permalink: reads.permalink(&path),
            lang: reads.tag(content.language),
            author: reads.get::<SiteAuthor>(&()).and_then(|author| author.0.clone()),
            entries,
            generator_version: reads
                .get::<ProgramVersion>(&())
                .map_or_else(String::new, |version| version.0.clone()),
        };
        let text = match reads.get::<Template>(&self.format.file_name().into()) {
            None => styled(reads, render_feed(self.format, &feed)),
            Some(template) => self.by_template(reads, &template, &path, content.language, &feed)?,
        };
        Ok(Rendered::text(text))
    }
}

impl Feed {
    /// Renders it with the template that the site or its theme has for the format.
    fn by_template(
        &self,
        reads: &Reads,
        template: &Template,
        path: &str,
        language: LangId,
        feed: &formats::Feed,
    ) -> Result<String> {
        let about = match self.list {
            List::Site(language) => About::Section(reads.languages().home(language)),
            List::Section(key) => About::Section(key),
            List::Term(key, _) => About::Term(key),
        };
        let lang = reads.tag(language);
        let frame = Frame { list: Some(self.list), ..Frame::new("feed", about, path, (&lang, language)) };
        let name = self.format.file_name();
        let text = frame::text(reads, &[name.to_owned()], &frame, "feed", feed_view(feed), &[])?;
        let Some(why) = why_malformed(self.format, &text) else { return Ok(text) };
        let problem = Diagnostic::error(codes::FEED_TEMPLATE, format!("the template writes no feed: {why}"))
            .hint(format!("this is what it writes for {path}"));
        Err(Box::new(match template.engine.path(name) {
            Some(file) => problem.in_file(file),
            None => problem,
        }))
    }
}

/// Names the theme's style sheet for feeds, with which a browser shows one as a list. JSON has none.
fn styled(reads: &Reads, text: String) -> String {
    let Some((head, rest)) = text.split_once("?>").filter(|_| text.starts_with("<?xml")) else { return text };
    let Some(sheet) = reads.get::<AssetPath>(&"feed.css".into()) else { return text };
    let sheet = markup(&href(reads, &sheet.0));
    format!("{head}?>\n<?xml-stylesheet type=\"text/css\" href=\"{sheet}\"?>\n{}", rest.trim_start())
}

/// What a feed holds.
struct Content {
    title: String,
    /// Path of the list.
    path: String,
    language: LangId,
    /// Newest first.
    pages: Vec<PageKey>,
}

fn content(reads: &Reads, list: List) -> Option<Content> {
    let titles = reads.get::<Titles>(&())?;
    match list {
        List::Site(language) => Some(Content {
            title: titles.title(language).to_owned(),
            path: reads.languages().path(language).to_owned(),
            language,
            pages: reads.get::<Listed>(&(PageKind::Post, language))?.0.clone(),
        }),
        List::Section(key) => {
            let section = reads.section(&key)?;
            let title = views::section_title(reads, &section);
            Some(Content {
                title: format!("{title} · {}", titles.title(section.language)),
                path: section.path.to_string(),
                language: section.language,
                pages: reads.get::<SectionFeed>(&key)?.0.clone(),
            })
        }
        List::Term(key, language) => {
            let term = reads.term(&key)?;
            let named = term.in_language(language);
            let pages = reads.get::<TermFeed>(&(key, language))?.0.clone();
            Some(Content {
                title: format!("{} · {}", named.name, titles.title(language)),
                path: named.path.clone(),
                language,
                pages,
            })
        }
    }
}

/// The entries, as far as they have room.
fn entries(reads: &Reads, pages: &[PageKey], path: &str) -> Vec<FeedEntry> {
    let mut entries = Vec::new();
    let mut length = 0usize;
    for key in pages {
        let Some(entry) = entry(reads, *key) else { continue };
        length = length.saturating_add(entry.summary.len() + entry.content.as_ref().map_or(0, String::len));
        if length > LARGEST {
            let most = LARGEST >> 20;
            let message = format!("with this page the feed `{path}` holds over {most} MiB of texts");
            let problem = Diagnostic::error(codes::FEED_SIZE, message)
                .hint("set `content = \"summary\"` or a lower `limit` under [feeds]");
            reads.report(match reads.card(key) {
                Some(page) => problem.in_file(&page.source),
                None => problem,
            });
            break;
        }
        entries.push(entry);
    }
    entries
}

fn entry(reads: &Reads, key: PageKey) -> Option<FeedEntry> {
    let page = reads.card(&key)?;
    let dates = reads.get::<FeedDates>(&key)?;
    let texts = reads.ask(&FeedText(key));
    let terms = page.terms.iter().flat_map(|(_, terms)| terms.iter().take(MOST));
    let categories = terms.filter_map(|key| reads.term(key));
    let categories = categories.map(|term| term.in_language(page.language).name.clone()).collect();
    let absolute =
        |image: &String| if image.starts_with('/') { reads.permalink(image) } else { image.clone() };
    Some(FeedEntry {
        permalink: reads.permalink(&page.path),
        id: page.id.clone(),
        title: page.title.clone(),
        published: dates.published.as_ref().map(rfc3339),
        updated: dates.updated.as_ref().map(rfc3339),
        summary: texts.summary.clone(),
        content: texts.content.clone(),
        authors: page.authors.iter().take(MOST).map(|person| views::person_name(reads, person)).collect(),
        categories,
        image: page.image.as_ref().map(absolute),
        enclosure: page.audio.as_ref().and_then(|audio| enclosure(reads, audio)),
    })
}
