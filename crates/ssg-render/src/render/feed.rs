//! A feed with its entries.

use crate::body;
use crate::dates::rfc3339;
use crate::links::{Owner, Place};
use crate::outputs::{Feed, FeedEntry, FeedFormat, render_feed};
use crate::plan::{FeedOf, feed_content, feed_path};
use crate::question::Question;
use crate::reader::looked_up;
use crate::views;
use crate::world::World;
use ssg_taxonomy::PageId;

/// Renders a feed.
pub(super) fn feed(world: &World, of: FeedOf, format: FeedFormat, lang: &str) -> String {
    looked_up(Question::Settings);
    let language = of.language(&world.site);
    looked_up(world.in_language(language, Question::Feed(of.list(&world.site))));
    for key in ["title", "description", "author"] {
        looked_up(Question::Config(key.to_owned()));
    }
    let content = feed_content(world, of);
    let entries = content.pages.iter().map(|id| feed_entry(world, *id)).collect();
    render_feed(
        format,
        &Feed {
            title: content.title,
            description: match of {
                FeedOf::Site(language) => world.config.description_in(language).to_owned(),
                _ => String::new(),
            },
            permalink: world.config.permalink(&content.path),
            self_permalink: world.config.permalink(&feed_path(world, of, format)),
            lang: lang.to_owned(),
            author: world.config.author.clone(),
            entries,
            generator_version: world.inputs.version().to_owned(),
        },
    )
}

fn feed_entry(world: &World, id: PageId) -> FeedEntry {
    let page = world.site.page(id);
    let owner = Owner { source: &page.source, path: &page.path };
    looked_up(Question::Card(world.path(id)));
    let content = world.config.feeds.full.then(|| {
        looked_up(Question::Body(world.path(id)));
        let pieces = world.pieces(&page.source, &page.document);
        body::render_pieces(world, owner, &pieces, Place::Feed)
    });
    let categories = page.terms.iter().flat_map(|terms| terms.iter().take(views::MOST));
    let categories =
        categories.map(|term| world.site.term_in(*term, page.language).name.to_owned()).collect();
    let absolute =
        |image: &str| if image.starts_with('/') { world.config.permalink(image) } else { image.to_owned() };
    FeedEntry {
        permalink: world.config.permalink(&page.path),
        title: page.title.clone(),
        published: page.date.as_ref().map(rfc3339),
        updated: page.updated.as_ref().map(rfc3339),
        summary: views::summary_html(world, page, Place::Feed),
        content,
        authors: page
            .authors
            .iter()
            .take(views::MOST)
            .map(|person| views::person_name(world, person).to_owned())
            .collect(),
        categories,
        image: page.document.front.image.as_ref().map(|image| absolute(&image.value)),
    }
}
