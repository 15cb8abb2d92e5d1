//! Which feeds there are, and what they hold.

use super::planned::Planned;
use super::{FeedOf, OutputKind, folder};
use crate::outputs::FeedFormat;
use crate::views;
use crate::world::World;
use ssg_taxonomy::{Kind, PageId, SectionId};

/// The formats of the configuration.
pub(crate) fn formats(world: &World) -> Vec<FeedFormat> {
    world.config.feeds.formats.iter().filter_map(|name| FeedFormat::parse(name)).collect()
}

/// Plans every feed in every format of the configuration.
pub(super) fn plan_feeds(world: &World, planned: &mut Planned) {
    let formats = formats(world);
    let mut add = |of: FeedOf| {
        for format in &formats {
            planned.add(&feed_path(world, of, *format), OutputKind::Feed(of, *format), None);
        }
    };
    for language in world.site.languages() {
        add(FeedOf::Site(language));
    }
    for (index, section) in world.site.sections.iter().enumerate() {
        if section.parent.is_some() && !section.pages.is_empty() {
            add(FeedOf::Section(SectionId(u32::try_from(index).unwrap_or(u32::MAX))));
        }
    }
    for (index, taxonomy) in world.site.taxonomies.iter().enumerate() {
        if !world.config.taxonomy(&taxonomy.name).is_some_and(|options| options.feed) {
            continue;
        }
        for language in world.site.languages() {
            for id in world.site.terms_in(index, language) {
                add(FeedOf::Term(id, language));
            }
        }
    }
}

/// What a feed holds.
pub(crate) struct FeedContent {
    pub title: String,
    /// Path of the list.
    pub path: String,
    /// Newest first, as many as the configuration wants.
    pub pages: Vec<PageId>,
}

/// Title, address and pages of a feed.
pub(crate) fn feed_content(world: &World, of: FeedOf) -> FeedContent {
    let site = &world.site;
    let title = world.config.title_in(of.language(site));
    let named = |name: &str| format!("{name} · {title}");
    let newest = |pages: &[PageId]| pages.iter().copied().take(world.config.feeds.limit).collect();
    match of {
        FeedOf::Site(language) => FeedContent {
            title: title.to_owned(),
            path: site.home_path(language).to_owned(),
            pages: site.listed(Kind::Post, language).take(world.config.feeds.limit).collect(),
        },
        FeedOf::Section(id) => {
            let section = site.section(id);
            FeedContent {
                title: named(&views::section_title(world, id)),
                path: section.path.clone(),
                pages: newest(&section.pages),
            }
        }
        FeedOf::Term(id, language) => {
            let term = site.term_in(id, language);
            FeedContent { title: named(term.name), path: term.path.to_owned(), pages: newest(term.pages) }
        }
    }
}

/// The path of a feed.
pub(crate) fn feed_path(world: &World, of: FeedOf, format: FeedFormat) -> String {
    let list = match of {
        FeedOf::Site(language) => world.site.home_path(language),
        FeedOf::Section(id) => &world.site.section(id).path,
        FeedOf::Term(id, language) => world.site.term_in(id, language).path,
    };
    format!("{}{}", folder(list), format.file_name())
}
