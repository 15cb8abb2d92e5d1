//! An export of `WordPress` (WXR): one file of XML with posts, pages, writers, comments and attachments.
//!
//! The text of a post is HTML, mostly with paragraphs that `WordPress` would have made of empty lines; it becomes
//! Markdown ([`body`]). What is private stays behind and is named; so are comments, whose writers did not
//! write for this site, but where they are asked for.

mod body;
mod export;

use crate::blog::addresses::path_of;
use crate::blog::config::SiteConfig;
use crate::blog::moment::Moment;
use crate::blog::{Page, Work, calls};
use crate::export::html::plain;
use crate::export::{Addresses, Comment, ExportOptions, Uploads, comment_text, page_file, shown};
use crate::slug::slug;
use crate::{FolderOptions, Guess, Import, SourceFile};
use body::Around;
use export::{Export, Item};
use jiff::Timestamp;
use ssg_parse::{Field, Node, Value};
use ssg_source::{Diagnostic, Diagnostics, Inputs, MemoryInputs, SitePath, Span, codes};
use std::collections::BTreeSet;

/// Makes posts and pages of an export of `WordPress`.
///
/// Every item of the export is an item of the report. Where the XML ends too early, what stands before
/// that place comes in, with an error.
pub fn import_wordpress(file: &SourceFile, options: &ExportOptions<'_>, found: &mut Diagnostics) -> Import {
    let name = &file.name;
    let (export, problem) = Export::read(&file.bytes);
    if let Some(problem) = problem {
        let message = format!("`{name}` cannot be read to its end: {problem}");
        found.add(
            Diagnostic::error(codes::IMPORT, message)
                .hint("export it once more, as UTF-8; what stands before that came in"),
        );
    } else if export.items.is_empty() {
        let message = format!("there are no posts in `{name}`");
        found.add(
            Diagnostic::error(codes::IMPORT, message)
                .hint("it must be an export of WordPress: Tools, Export"),
        );
    }
    let empty = MemoryInputs::new(Timestamp::UNIX_EPOCH);
    let inputs: &dyn Inputs = options.uploads.unwrap_or(&empty);
    let mut addresses = addresses(&export, Uploads::by_path(options.uploads, found));
    let folder = FolderOptions { record: options.record.cloned(), ..FolderOptions::default() };
    let mut work = Work::new("wordpress", inputs, &folder, found);
    work.of_blog(&export.link, &export.title);
    work.writers.clone_from(&export.writers);
    for item in &export.items {
        one(item, &export, &mut addresses, options.comments, &mut work);
    }
    // Attachments come over by themselves; other sizes of them, where a text shows one.
    let public = export.items.iter().filter(|item| export.is_of_public(item));
    let own: BTreeSet<&str> = public.map(|item| item.raw("wp:attachment_url")).collect();
    let own: BTreeSet<String> =
        own.into_iter().filter_map(|url| Some(addresses.upload(url)?.target)).collect();
    for place in addresses.wanted().filter(|place| !own.contains(&place.target)) {
        work.copy(&place.file, &place.target);
    }
    let link = export.link.trim_end_matches('/');
    let site = SiteConfig {
        title: export.title.clone(),
        base_url: format!("{link}/"),
        description: export.description.clone(),
        lang: export.language.clone(),
        ..SiteConfig::default()
    };
    site.put(&mut work, &SitePath::new(name).unwrap_or_default());
    work.finish()
}

/// What every address of the export is now.
fn addresses(export: &Export, uploads: Uploads) -> Addresses {
    let mut addresses = Addresses::new(&export.link, uploads);
    let base = export.link.trim_end_matches('/');
    for item in &export.items {
        let (kind, number) = (item.text("wp:post_type"), item.text("wp:post_id"));
        if kind == "attachment" {
            let file = item.text("wp:attachment_url");
            addresses.say(&item.text("link"), &file);
            addresses.say(&format!("{base}/?attachment_id={number}"), &file);
        } else if why_not(item, &kind).is_none()
            && let Some(path) = path_of(&item.text("link")).filter(|path| path != "/")
        {
            addresses.say(&item.text("link"), &path);
            for key in ["p", "page_id"] {
                addresses.say(&format!("{base}/?{key}={number}"), &path);
            }
            addresses.say(&item.text("guid"), &path);
        }
    }
    addresses
}

/// Why an item is neither a post nor a page of the new site.
fn why_not(item: &Item, kind: &str) -> Option<&'static str> {
    match (kind, item.raw("wp:status")) {
        ("attachment", _) => Some("a picture or file: give the folder of uploads with `--uploads`"),
        ("nav_menu_item", _) => Some("an entry of a menu"),
        (kind, _) if !matches!(kind, "post" | "page") => Some("it is neither a post nor a page"),
        (_, "private") => Some("it is private"),
        (_, "trash" | "auto-draft" | "inherit" | "spam") => Some("it was thrown away, or never written"),
        _ if !item.raw("wp:post_password").is_empty() => Some("it is behind a password"),
        _ => None,
    }
}

fn one(item: &Item, export: &Export, addresses: &mut Addresses, comments: bool, work: &mut Work<'_>) {
    let kind = item.text("wp:post_type");
    let title = plain(&item.text("title"));
    let number = item.text("wp:post_id");
    let source = SitePath::new(&format!("{kind} {number}")).unwrap_or_default();
    let status = item.text("wp:status");
    if kind == "attachment" && !export.is_of_public(item) {
        return work.skip(&source, "a picture or file of what is not public");
    }
    if kind == "attachment"
        && let Some(place) = addresses.upload(&item.text("wp:attachment_url"))
    {
        return work.copy_as(source.as_str(), &place.file, &place.target);
    }
    if let Some(why) = why_not(item, &kind) {
        let is_named = why.contains("private") || why.contains("password");
        let name = if is_named { format!(": “{title}”") } else { String::new() };
        return work.skip(&source, &format!("{why}{name}"));
    }
    let date = date_of(item);
    let mut page = Page::new(&source, target(item, &kind, &title, date), Value::Null, String::new());
    page.header = Value::Table(header(item, export, addresses));
    page.body = text(item, export, addresses, &mut page.notes);
    let published = item.comments.iter().filter(|comment| comment.is_approved && !comment.is_ping);
    if comments {
        let comments = published.map(|comment| Comment {
            author: plain(&comment.author),
            date: Moment::read(&comment.date),
            text: comment_text(&comment.html, addresses),
        });
        page.body.push_str(&shown(comments.collect()));
    } else if !item.comments.is_empty() {
        page.notes.push(Guess::new(0, format!("{} comments were left out", item.comments.len())));
    }
    page.body = calls::settle(&page.body);
    page.title = Some(if title.is_empty() { format!("{kind} {number}") } else { title });
    page.date = if kind == "post" { date } else { None };
    page.address = path_of(&item.text("link")).filter(|path| path != "/");
    page.draft = status != "publish";
    if !matches!(status.as_str(), "publish" | "draft" | "pending" | "future") {
        page.notes.push(Guess::new(0, format!("its status was `{status}`; it is a draft here")));
    }
    page.terms.clone_from(&item.terms);
    let writer = item.text("dc:creator");
    page.authors = (kind == "post" && !writer.is_empty()).then(|| vec![writer]);
    work.page(page);
}

/// The file of a post or page.
fn target(item: &Item, kind: &str, title: &str, date: Option<Moment>) -> SitePath {
    let written = item.text("wp:post_name");
    let mut name = slug(&ssg_parse::decode_path(&written));
    if name.is_empty() {
        name = slug(title);
    }
    if name.is_empty() {
        name = format!("{kind}-{}", item.text("wp:post_id"));
    }
    let target = match (kind, date) {
        ("post", Some(date)) => format!("content/posts/{}-{name}.md", date.day),
        ("post", None) => format!("content/posts/{name}.md"),
        _ => page_file(&name),
    };
    SitePath::new(&target).unwrap_or_default()
}

/// Keys that the header has elsewhere too.
fn header(item: &Item, export: &Export, addresses: &mut Addresses) -> Vec<Field> {
    let mut header = Vec::new();
    let mut put = |key: &str, value: String| {
        if !value.trim().is_empty() {
            let (span, value) = (Span::default(), Value::Text(value));
            header.push(Field { key: key.to_owned(), key_span: span, node: Node { span, value } });
        }
    };
    put("guid", item.text("guid"));
    put("excerpt", plain(&item.text("excerpt:encoded")));
    let picture = export.attachment(&item.thumbnail).map(|one| one.text("wp:attachment_url"));
    let is_public = item.raw("wp:status") == "publish";
    let picture = picture.filter(|_| is_public);
    put("image", picture.and_then(|url| Some(addresses.upload(&url)?.address)).unwrap_or_default());
    header
}

/// The text of a post or page as Markdown.
fn text(item: &Item, export: &Export, addresses: &mut Addresses, notes: &mut Vec<Guess>) -> String {
    let number = item.text("wp:post_id");
    let gallery = |arguments: &str| export.gallery(arguments, &number);
    let is_public = item.raw("wp:status") == "publish";
    let mut resolve =
        |address: &str| if is_public { addresses.resolve(address) } else { addresses.peek(address) };
    let mut around = Around { resolve: &mut resolve, gallery: &gallery };
    body::to_markdown(&calls::unmarked(&item.text("content:encoded")), &mut around, notes)
}

fn date_of(item: &Item) -> Option<Moment> {
    let local = item.text("wp:post_date");
    let local = Moment::read(&local)?;
    let at = Moment::read(&item.text("wp:post_date_gmt"));
    // The offset is what lies between the two.
    let (Some(time), Some((day, utc))) = (local.time, at.and_then(|at| Some((at.day, at.time?)))) else {
        return Some(local);
    };
    let here = jiff::civil::DateTime::from_parts(local.day, time);
    let there = jiff::civil::DateTime::from_parts(day, utc);
    let seconds = i32::try_from(here.duration_since(there).as_secs()).ok()?;
    Some(Moment { offset: jiff::tz::Offset::from_seconds(seconds).ok(), ..local })
}

#[cfg(test)]
mod tests;
