//! A backup of Blogger: one file of Atom with posts, pages, comments and settings.
//!
//! Addresses stay, so do the ids of the feed. Drafts stay drafts; comments stay behind, but where they are
//! asked for. Pictures lie on Google's servers and stay there, but for those of which the user has a folder.

mod body;
mod feed;

use crate::blog::addresses::path_of;
use crate::blog::config::SiteConfig;
use crate::blog::moment::Moment;
use crate::blog::{Page, Work, calls};
use crate::export::html::plain;
use crate::export::{Addresses, Comment, ExportOptions, Uploads, comment_text, page_file, shown};
use crate::slug::slug;
use crate::{FolderOptions, Guess, Import, SourceFile};
use feed::{Entry, Feed, Kind};
use jiff::Timestamp;
use ssg_parse::{Field, Node, Value};
use ssg_source::{Diagnostic, Diagnostics, Inputs, MemoryInputs, SitePath, Span, codes};
use std::collections::BTreeMap;

/// Makes posts and pages of a backup of Blogger.
///
/// Every entry is an item of the report. Where the XML ends too early, what stands before that place comes
/// in, with an error.
pub fn import_blogger(file: &SourceFile, options: &ExportOptions<'_>, found: &mut Diagnostics) -> Import {
    let name = &file.name;
    let (feed, problem) = Feed::read(&file.bytes);
    if let Some(problem) = problem {
        let message = format!("`{name}` cannot be read to its end: {problem}");
        let hint = "back the blog up once more, as UTF-8; what stands before that came in";
        found.add(Diagnostic::error(codes::IMPORT, message).hint(hint));
    } else if !feed.entries.iter().any(|entry| matches!(entry.kind, Kind::Post | Kind::Page)) {
        let message = format!("there are no posts in `{name}`");
        let hint =
            "it must be a backup of Blogger: Settings, Back up content; or `feed.atom` of Google Takeout";
        found.add(Diagnostic::error(codes::IMPORT, message).hint(hint));
    }
    let empty = MemoryInputs::new(Timestamp::UNIX_EPOCH);
    let inputs: &dyn Inputs = options.uploads.unwrap_or(&empty);
    let mut addresses = Addresses::new(&feed.link, Uploads::by_name(options.uploads, found));
    for entry in feed.entries.iter().filter(|entry| is_published(entry)) {
        if let Some(path) = path_of(&entry.address) {
            addresses.say(&entry.address, &path);
        }
    }
    let mut comments: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for entry in feed.entries.iter().filter(|entry| entry.kind == Kind::Comment) {
        comments.entry(&entry.parent).or_default().push(entry);
    }
    let folder = FolderOptions { record: options.record.cloned(), ..FolderOptions::default() };
    let mut work = Work::new("blogger", inputs, &folder, found);
    work.of_blog(&feed.link, &feed.title);
    for entry in &feed.entries {
        let of_it = comments.get(entry.id.as_str()).map_or(&[][..], Vec::as_slice);
        one(entry, of_it, &mut addresses, options.comments, &mut work);
    }
    for place in addresses.wanted() {
        work.copy(&place.file, &place.target);
    }
    site(&feed).put(&mut work, &SitePath::new(name).unwrap_or_default());
    work.finish()
}

fn is_published(entry: &Entry) -> bool {
    matches!(entry.kind, Kind::Post | Kind::Page) && !entry.is_draft && !entry.is_trashed
}

/// What the backup says of the whole blog; settings are entries, named by the ends of their ids.
fn site(feed: &Feed) -> SiteConfig {
    let setting = |name: &str| {
        let end = format!(".settings.{name}");
        let entry = feed.entries.iter().find(|entry| entry.id.ends_with(&end));
        entry.map(|entry| entry.content.trim().to_owned()).unwrap_or_default()
    };
    let locale = setting("BLOG_LOCALE");
    SiteConfig {
        title: if feed.title.is_empty() { setting("BLOG_NAME") } else { feed.title.clone() },
        base_url: feed.link.clone(),
        description: plain(&setting("BLOG_DESCRIPTION")),
        lang: locale.split(['_', '-']).next().unwrap_or_default().to_owned(),
        timezone: setting("BLOG_TIME_ZONE"),
        ..SiteConfig::default()
    }
}

fn one(entry: &Entry, comments: &[&Entry], addresses: &mut Addresses, keep: bool, work: &mut Work<'_>) {
    let word = match entry.kind {
        Kind::Post => "post",
        Kind::Page => "page",
        Kind::Comment => "comment",
        Kind::Other => "setting",
    };
    let number = entry.id.rsplit(['-', '.']).next().unwrap_or_default();
    let source = SitePath::new(&format!("{word} {number}")).unwrap_or_default();
    match entry.kind {
        Kind::Other => return work.skip(&source, "a setting, or the template: the theme does its work"),
        Kind::Comment if keep => {
            return work.skip(&source, "a comment: it stands below its post, if that came over");
        }
        Kind::Comment => return work.skip(&source, "a comment: `--comments` brings them along"),
        _ if entry.is_trashed => return work.skip(&source, "it was thrown away"),
        _ => {}
    }
    let mut notes = Vec::new();
    let mut title = plain(&entry.title);
    if title.is_empty() {
        title = body::first_words(&entry.content);
        notes.push(Guess::new(0, "it had no title; its first words are that now"));
    }
    if title.is_empty() {
        title = format!("{word} {number}");
    }
    let date = Moment::read(&entry.published);
    // What is not public brings no files along.
    let is_public = !entry.is_draft;
    let resolve = |one: &str| if is_public { addresses.resolve(one) } else { addresses.peek(one) };
    let mut text = body::to_markdown(&calls::unmarked(&entry.content), resolve, &mut notes);
    if keep {
        let comments = comments.iter().filter(|comment| comment.is_live());
        let comments = comments.map(|comment| Comment {
            author: plain(&comment.author),
            date: Moment::read(&comment.published),
            text: comment_text(&comment.content, addresses),
        });
        text.push_str(&shown(comments.collect()));
    }
    let (span, value) = (Span::default(), Value::Text(entry.id.clone()));
    let id = Field { key: "id".to_owned(), key_span: span, node: Node { span, value } };
    let header = Value::Table(if entry.id.is_empty() { Vec::new() } else { vec![id] });
    let target = target(entry, &title, date, number);
    let mut page = Page::new(&source, target, header, calls::settle(&text));
    page.title = Some(title);
    page.notes = notes;
    page.address = path_of(&entry.address).filter(|path| path != "/");
    page.draft = entry.is_draft;
    if entry.kind == Kind::Post {
        page.date = date;
        page.terms.clone_from(&entry.labels);
        page.authors = (!entry.author.is_empty()).then(|| vec![entry.author.clone()]);
    }
    work.page(page);
}

/// The file of a post or page: named as its address was, else as its title.
fn target(entry: &Entry, title: &str, date: Option<Moment>, number: &str) -> SitePath {
    let last = entry.address.rsplit('/').next().unwrap_or_default();
    let mut name = slug(last.strip_suffix(".html").unwrap_or(last));
    if name.is_empty() {
        name = slug(title);
    }
    if name.is_empty() {
        name = format!("post-{number}");
    }
    let target = match (entry.kind, date) {
        (Kind::Post, Some(date)) => format!("content/posts/{}-{name}.md", date.day),
        (Kind::Post, None) => format!("content/posts/{name}.md"),
        _ => page_file(&name),
    };
    SitePath::new(&target).unwrap_or_default()
}

#[cfg(test)]
mod tests;
