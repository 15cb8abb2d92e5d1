//! A feed with its entries.

use crate::body;
use crate::dates::rfc3339;
use crate::links::{Owner, Place};
use crate::outputs::{Feed, FeedEntry, FeedFormat, render_feed};
use crate::plan::{FeedOf, feed_content, feed_path};
use crate::question::Question;
use crate::reader::{looked_up, note};
use crate::views;
use crate::world::World;
use ssg_source::Diagnostic;
use ssg_taxonomy::PageId;

/// How many bytes of texts a feed may hold.
const LARGEST: usize = 64 << 20;

/// Renders a feed.
pub(super) fn feed(world: &World, of: FeedOf, format: FeedFormat, lang: &str) -> String {
    looked_up(Question::Settings);
    let language = of.language(&world.site);
    looked_up(world.in_language(language, Question::Feed(of.list(&world.site))));
    for key in ["title", "description", "author"] {
        looked_up(Question::Config(key.to_owned()));
    }
    let content = feed_content(world, of);
    let path = feed_path(world, of, format);
    let entries = entries(world, &content.pages, &path);
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

/// The entries, as far as they have room.
fn entries(world: &World, pages: &[PageId], path: &str) -> Vec<FeedEntry> {
    let mut entries = Vec::new();
    let mut length = 0usize;
    for id in pages {
        let entry = feed_entry(world, *id);
        length = length.saturating_add(entry.summary.len() + entry.content.as_ref().map_or(0, String::len));
        if length > LARGEST {
            let most = LARGEST >> 20;
            let message = format!("with this page the feed `{path}` holds over {most} MiB of texts");
            note(
                Diagnostic::error("feed-size", message)
                    .in_file(&world.site.page(*id).source)
                    .hint("set `content = \"summary\"` or a lower `limit` under [feeds]"),
            );
            break;
        }
        entries.push(entry);
    }
    entries
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
    let categories = page.terms.iter().flatten();
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
        authors: page.authors.iter().map(|person| views::person_name(world, person).to_owned()).collect(),
        categories,
        image: page.document.front.image.as_ref().map(|image| absolute(&image.value)),
    }
}
