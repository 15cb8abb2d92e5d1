//! An export of `WordPress` (WXR): one file of XML with posts, pages, writers, comments and attachments.
//!
//! The text of a post is HTML, mostly with paragraphs that `WordPress` would have made of empty lines; it becomes
//! Markdown ([`body`]). What is private stays behind and is named; so are comments, whose writers did not
//! write for this site.

mod body;
mod export;

use crate::blog::addresses::path_of;
use crate::blog::config::SiteConfig;
use crate::blog::moment::Moment;
use crate::blog::{Page, Work, calls};
use crate::slug::slug;
use crate::{FolderOptions, Guess, Import, TextOptions};
use export::{Export, Item};
use jiff::Timestamp;
use ssg_parse::{Field, Node, Value};
use ssg_source::{Diagnostic, Diagnostics, MemoryInputs, SitePath, Span, codes};

/// Makes posts and pages of an export of `WordPress`.
///
/// Every item of the export is an item of the report. Where the XML ends too early, what stands before
/// that place comes in, with an error.
pub fn import_wordpress(name: &str, bytes: &[u8], _: &TextOptions, found: &mut Diagnostics) -> Import {
    let (export, problem) = Export::read(bytes);
    if let Some(problem) = problem {
        let message = format!("`{name}` cannot be read to its end: {problem}");
        found.add(
            Diagnostic::error(codes::IMPORT, message).hint("export it once more; what stands before came in"),
        );
    } else if export.items.is_empty() {
        let message = format!("there are no posts in `{name}`");
        found.add(
            Diagnostic::error(codes::IMPORT, message)
                .hint("it must be an export of WordPress: Tools, Export"),
        );
    }
    let inputs = MemoryInputs::new(Timestamp::UNIX_EPOCH);
    let options = FolderOptions::default();
    let mut work = Work::new("wordpress", &inputs, &options, found);
    work.writers.clone_from(&export.writers);
    for item in &export.items {
        one(item, &mut work);
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

fn one(item: &Item, work: &mut Work<'_>) {
    let kind = item.text("wp:post_type");
    let title = plain(&item.text("title"));
    let number = item.text("wp:post_id");
    let source = SitePath::new(&format!("{kind} {number}")).unwrap_or_default();
    let status = item.text("wp:status");
    let why = match (kind.as_str(), status.as_str()) {
        ("attachment", _) => "a picture or file: copy `wp-content/uploads` into `static/`",
        ("nav_menu_item", _) => "an entry of a menu",
        (kind, _) if !matches!(kind, "post" | "page") => "it is neither a post nor a page",
        (_, "private") => "it is private",
        (_, "trash" | "auto-draft" | "inherit") => "it was thrown away, or never written",
        _ if !item.text("wp:post_password").is_empty() => "it is behind a password",
        _ => "",
    };
    if !why.is_empty() {
        work.skip(
            &source,
            &format!(
                "{why}{}",
                if why.contains("private") || why.contains("password") {
                    format!(": “{title}”")
                } else {
                    String::new()
                }
            ),
        );
        return;
    }
    let date = date_of(item);
    let written = item.text("wp:post_name");
    let mut name = slug(&ssg_parse::decode_path(&written));
    if name.is_empty() {
        name = slug(&title);
    }
    if name.is_empty() {
        name = format!("{kind}-{number}");
    }
    let target = match (kind.as_str(), date) {
        ("post", Some(date)) => format!("content/posts/{}-{name}.md", date.day),
        ("post", None) => format!("content/posts/{name}.md"),
        _ if ["events", "posts", "talks", "speakers", "tools", "categories", "tags"]
            .contains(&name.as_str()) =>
        {
            format!("content/pages/{name}.md")
        }
        _ => format!("content/{name}.md"),
    };
    let mut header = Vec::new();
    let mut put = |key: &str, value: String| {
        if !value.trim().is_empty() {
            let (span, value) = (Span::default(), Value::Text(value));
            header.push(Field { key: key.to_owned(), key_span: span, node: Node { span, value } });
        }
    };
    put("guid", item.text("guid"));
    put("excerpt", plain(&item.text("excerpt:encoded")));
    let mut notes = Vec::new();
    let text = body::to_markdown(&calls::unmarked(&item.text("content:encoded")), &mut notes);
    let mut page = Page::new(
        &source,
        SitePath::new(&target).unwrap_or_default(),
        Value::Table(header),
        calls::settle(&text),
    );
    page.title = Some(if title.is_empty() { format!("{kind} {number}") } else { title });
    page.notes = notes;
    page.date = if kind == "post" { date } else { None };
    page.address = path_of(&item.text("link")).filter(|path| path != "/");
    page.draft = matches!(status.as_str(), "draft" | "pending" | "future");
    page.terms.clone_from(&item.terms);
    let writer = item.text("dc:creator");
    page.authors = (kind == "post" && !writer.is_empty()).then(|| vec![writer]);
    if item.comments > 0 {
        page.notes.push(Guess::new(0, format!("{} comments were left out", item.comments)));
    }
    work.page(page);
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

/// A title or a sentence without tags.
fn plain(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let is_tag = after
            .get(1..)
            .is_some_and(|text| text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!'));
        match after.find('>') {
            Some(end) if is_tag => rest = after.get(end + 1..).unwrap_or_default(),
            _ => {
                out.push('<');
                rest = after.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    let out = export::entities(&out);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
