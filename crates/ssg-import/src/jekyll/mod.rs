//! Blogs of Jekyll and of Octopress, which is Jekyll with tags of its own.
//!
//! Jekyll runs Liquid over a file before it reads Markdown, so this does the same ([`liquid`]): what says
//! something that is known here is done once and for all, what computes is shown as it was and told. Then
//! what only kramdown reads is written as `CommonMark` has it ([`kramdown`]). Layouts and plug-ins stay
//! behind: the theme does their work.

mod config;
mod expression;
mod kramdown;
mod liquid;
mod permalink;
mod places;
mod tags;

use crate::blog::moment::Moment;
use crate::blog::read::{BlogPage, read_page};
use crate::blog::{Page, Work, calls, text_at, value_at};
use crate::{FolderOptions, Guess, Import};
use config::JekyllConfig;
use liquid::Liquid;
use places::{Place, place_of};
use ssg_parse::Value;
use ssg_source::{Diagnostic, Diagnostics, Inputs, SitePath, codes};
use std::collections::BTreeMap;

/// Makes posts and pages of a Jekyll blog.
///
/// Every file of the folder is an item of the report. A file that cannot be read is an error and a failed
/// item, and the others come in.
pub fn import_jekyll(inputs: &dyn Inputs, options: &FolderOptions, found: &mut Diagnostics) -> Import {
    import(Work::new("jekyll", inputs, options, found))
}

/// Makes posts and pages of an Octopress blog.
pub fn import_octopress(inputs: &dyn Inputs, options: &FolderOptions, found: &mut Diagnostics) -> Import {
    import(Work::new("octopress", inputs, options, found))
}

/// A post or page whose body is still Liquid.
struct Draft {
    page: Page,
    first_line: usize,
    is_html: bool,
}

fn import(mut work: Work<'_>) -> Import {
    let files = work.files();
    let config = JekyllConfig::read(&mut work, &files);
    work.of_blog(&config.address(), &config.title());
    if !files.iter().any(|path| path.parts().any(|part| part == "_posts" || part == "_config.yml")) {
        work.found.add(
            Diagnostic::error(codes::IMPORT, "there is no Jekyll blog in this folder")
                .hint("name the folder that holds `_config.yml` and `_posts/`"),
        );
    }
    let mut drafts: Vec<Draft> = Vec::new();
    for path in &files {
        match place_of(path, &config) {
            Place::Config => {}
            Place::Skip(why) => work.skip(path, why),
            Place::Data(target) | Place::Static(target) => work.copy(path, &target),
            Place::Post { draft } => match read_page(work.inputs, path, work.found) {
                Ok(read) => match post(path, read, draft, &config) {
                    Ok(draft) => drafts.push(draft),
                    Err(why) => work.skip(path, why),
                },
                Err(why) => work.fail(path, why),
            },
            Place::Page(target) => match read_page(work.inputs, path, work.found) {
                Ok(read) if read.has_header => match plain_page(path, read, &target, &config) {
                    Ok(draft) => drafts.push(draft),
                    Err(why) => work.skip(path, why),
                },
                Ok(_) if path.extension() == Some("html") => {
                    let target = format!("static/{}", config.below_base(path));
                    work.copy(path, &target);
                }
                Ok(_) => work.skip(path, "it has no header, so Jekyll makes no page of it"),
                Err(why) => work.fail(path, why),
            },
        }
    }
    let mut known: BTreeMap<String, (SitePath, String)> = BTreeMap::new();
    for draft in &drafts {
        let address = draft.page.address.clone().unwrap_or_default();
        let source = config.below_base(&draft.page.source);
        known.insert(source.to_owned(), (draft.page.target.clone(), address.clone()));
        known.insert(draft.page.source.stem().to_owned(), (draft.page.target.clone(), address));
    }
    for draft in drafts {
        let (page, extra) = finish(draft, &config, &known, &files, &mut work);
        for (target, bytes, what) in extra {
            work.put(&what, target, bytes, Vec::new());
        }
        work.page(page);
    }
    config.put(&mut work);
    work.finish()
}

/// A post: its date is that of the header, else of its name.
fn post(
    path: &SitePath,
    read: BlogPage,
    is_draft: bool,
    config: &JekyllConfig,
) -> Result<Draft, &'static str> {
    let stem = path.stem();
    let named = date_and_name(stem);
    let header = config.with_defaults(path, if is_draft { "drafts" } else { "posts" }, read.front);
    let mut page = Page::new(path, SitePath::root(), header, read.body);
    page.notes = read.notes;
    let written = text_at(&page.header, "date").and_then(|text| Moment::read(&text));
    let (date, name) = match (written, named) {
        (Some(date), Some((_, name))) => (Some(date), name),
        (None, Some((date, name))) => (date, name),
        (written, None) if is_draft => (written, stem),
        (_, None) => return Err("its name does not begin with a date, so Jekyll passes over it"),
    };
    if date.is_none() && !is_draft {
        page.notes
            .push(Guess::new(0, "neither its name nor its header has a date that exists; it has none now"));
    }
    if written.is_none() && value_at(&page.header, "date").is_some_and(|value| *value != Value::Null) {
        page.notes
            .push(Guess::new(0, "the date in the header is none that exists; that of the name was taken"));
    }
    page.draft = is_draft;
    page.date = date;
    page.used.push("date");
    page.terms_by_space = true;
    page.terms = permalink::folders_above(path, config);
    let slug = text_at(&page.header, "slug").unwrap_or_else(|| name.to_owned());
    page.address = Some(permalink::of_post(&page, &slug, config));
    if text_at(&page.header, "title").is_none() {
        page.title = Some(permalink::title_of(name));
    }
    page.target =
        SitePath::new(&format!("content/posts/{stem}.md")).map_err(|_| "its name is no file's name")?;
    let is_html = path.extension().is_some_and(|end| end.starts_with("htm"));
    Ok(Draft { page, first_line: read.first_line, is_html })
}

/// `2012-1-5-a-name` as its date, if there is such a day, and its name.
fn date_and_name(stem: &str) -> Option<(Option<Moment>, &str)> {
    let mut parts = stem.splitn(4, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if ![year, month, day].into_iter().all(is_number) {
        return None;
    }
    Some((Moment::read(&format!("{year}-{month}-{day}")), parts.next()?))
}

fn plain_page(
    path: &SitePath,
    read: BlogPage,
    target: &str,
    config: &JekyllConfig,
) -> Result<Draft, &'static str> {
    let is_html = path.extension().is_some_and(|end| end.starts_with("htm"));
    let body = read.body.as_str();
    if is_html && (body.contains("{%") || body.contains("{{")) {
        return Err("it is a template: what it shows is the theme's to show");
    }
    if matches!(path.stem(), "404") {
        return Err("ssg writes a page of its own for what is not found");
    }
    let header = config.with_defaults(path, "pages", read.front);
    let target = SitePath::new(target).map_err(|_| "its name is no file's name")?;
    let mut page = Page::new(path, target, header, read.body);
    page.notes = read.notes;
    page.terms_by_space = true;
    page.address = Some(permalink::of_page(path, &page, config)).filter(|address| address != "/");
    if let Some(elsewhere) =
        text_at(&page.header, "redirect").or_else(|| text_at(&page.header, "redirect_to"))
    {
        page.notes.push(Guess::new(
            0,
            format!("it only leads to {elsewhere}; a redirect of the host does that better"),
        ));
        if page.body.trim().is_empty() && !elsewhere.contains('"') {
            page.body = format!("[{elsewhere}]({elsewhere})\n");
        }
    }
    if text_at(&page.header, "title").is_none() {
        page.title = Some(permalink::title_of(path.stem()));
    }
    Ok(Draft { page, first_line: read.first_line, is_html })
}

type Extra = (SitePath, Vec<u8>, String);

fn finish(
    draft: Draft,
    config: &JekyllConfig,
    known: &BTreeMap<String, (SitePath, String)>,
    files: &[SitePath],
    work: &mut Work<'_>,
) -> (Page, Vec<Extra>) {
    let Draft { mut page, first_line, is_html } = draft;
    let body = calls::unmarked(&page.body);
    let mut liquid = Liquid::new(config, known, files, work.inputs, &page.header);
    let text = liquid.render(&body, first_line);
    page.notes.append(&mut liquid.notes);
    let extra = std::mem::take(&mut liquid.files);
    for dropped in std::mem::take(&mut liquid.dropped) {
        work.dropped(&dropped, &page.source);
    }
    let text = if is_html { text } else { kramdown::to_common(&text, &mut page) };
    let text = config.mark_excerpt(&text);
    page.body = calls::settle(&text);
    (page, extra)
}

#[cfg(test)]
mod tests;
