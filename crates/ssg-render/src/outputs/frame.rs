//! What every template of an output is told, and how it is rendered.

use super::Result;
use crate::exports::calendars::CalendarOf;
use crate::facets::config::ConfigValue;
use crate::facets::picture::PictureAt;
use crate::facets::theme::{Template, ThemeOption};
use crate::lists::List;
use crate::pictures;
use crate::queries::calendar_links::CalendarLinks;
use crate::queries::feed_links::FeedLinks;
use crate::queries::languages_view::LanguagesView;
use crate::queries::social_card_link::SocialCardLink;
use crate::queries::translations_view::TranslationsView;
use crate::reads::{ReadSite, Reads};
use crate::scope::{About, Scope, Subject, within};
use crate::shown::shown;
use crate::table::Table;
use ssg_parse::direction;
use ssg_source::{Diagnostic, SitePath, Span, codes};
use ssg_taxonomy::LangId;
use std::rc::Rc;
use std::sync::Arc;
use tera::{Context, Map, Value};

/// What every template is told besides its view.
pub(super) struct Frame<'a> {
    pub kind: &'static str,
    pub path: &'a str,
    /// The language that the output is written in, and that of the site that it belongs to.
    pub lang: &'a str,
    pub language: LangId,
    /// The list whose feeds belong to the output, besides the site's.
    pub list: Option<List>,
    /// The path of the first pager, for one of several.
    pub first_pager: &'a str,
    /// The file it is made of.
    pub source: Option<&'a SitePath>,
    pub about: About,
    /// Search engines are to pass it over, besides what is said of the page, section or term that it is about.
    pub noindex: bool,
    /// The calendar of what it shows, whether there is one or not.
    pub calendar: Option<CalendarOf>,
}

impl<'a> Frame<'a> {
    /// The frame of an output that has neither lists, calendars nor a file of its own.
    pub(super) fn new(
        kind: &'static str,
        about: About,
        path: &'a str,
        (lang, language): (&'a str, LangId),
    ) -> Self {
        Self {
            kind,
            path,
            lang,
            language,
            list: None,
            first_pager: path,
            source: None,
            about,
            noindex: false,
            calendar: None,
        }
    }
}

/// Renders a page of HTML with the first of these templates that the theme has.
pub(super) fn template(
    reads: &Reads,
    names: &[String],
    frame: &Frame<'_>,
    variable: &'static str,
    view: Value,
    more: &[(&'static str, Value)],
) -> Result<String> {
    let html = text(reads, names, frame, variable, view, more)?;
    Ok(if is_noindex(reads, frame) { without_index(&html) } else { html })
}

/// Renders an output of any format with the first of these templates that the theme has.
pub(super) fn text(
    reads: &Reads,
    names: &[String],
    frame: &Frame<'_>,
    variable: &'static str,
    view: Value,
    more: &[(&'static str, Value)],
) -> Result<String> {
    let Some(template) = reads.get::<Template>(&names.join(",").into()) else {
        return Err(Box::new(Diagnostic::error(
            codes::TEMPLATE,
            format!("no template for a {}", frame.kind),
        )));
    };
    let field = |key: &str| view.get_from_path(key).cloned().unwrap_or_else(Value::none);
    let card = match frame.about {
        About::Page(key) if field("image").is_none() => (*reads.ask(&SocialCardLink(key))).clone(),
        _ => None,
    };
    let meta = Table::new()
        .set("title", field("title"))
        .set("description", field("description"))
        .set("image", card.map_or_else(|| for_links(reads, field("image")), Value::from))
        .done();
    let list = frame.list.unwrap_or(List::Site(frame.language));
    let permalink = reads.permalink(frame.path);
    let mut context = Context::new();
    context.insert_value("kind", Value::from(frame.kind));
    context.insert_value("path", Value::from(frame.path));
    context.insert_value("permalink", Value::from(permalink.as_str()));
    context.insert_value("lang", Value::from(frame.lang));
    context.insert_value("dir", Value::from(direction(frame.lang)));
    context.insert_value("home", Value::from(reads.languages().path(frame.language)));
    context.insert_value("languages", reads.ask(&LanguagesView(frame.language)).0.clone());
    let translations = TranslationsView(frame.first_pager.to_owned());
    context.insert_value("translations", reads.ask(&translations).0.clone());
    context.insert_value("config", config_value(reads, &template, frame.language));
    context.insert_value("options", options_value(reads, &template));
    context.insert_value("feeds", reads.ask(&FeedLinks(list)).0.clone());
    context.insert_value("calendars", calendars_view(reads, frame.calendar.clone()));
    context.insert_value("meta", meta);
    let subject = Subject {
        about: frame.about,
        view: view.clone(),
        permalink,
        lang: frame.lang.to_owned(),
        language: frame.language,
    };
    context.insert_value(variable, view);
    for (name, value) in more {
        context.insert_value(*name, value.clone());
    }
    let scope = Scope {
        reads: reads.clone(),
        templates: template.engine.clone(),
        lang: frame.lang.into(),
        language: frame.language,
        subject: Some(Rc::new(subject)),
        in_summary: false,
    };
    within(scope, || template.engine.render(&template.name, &context)).map_err(|error| {
        let words = format!("while rendering {}", frame.path);
        let from = frame.source.map(|source| (source, Span::default(), words.clone()));
        let mut diagnostic = template.engine.diagnostic(&error, from);
        if frame.source.is_none() {
            diagnostic = diagnostic.hint(words);
        }
        Box::new(diagnostic)
    })
}

/// Whether search engines are to pass an output over.
fn is_noindex(reads: &Reads, frame: &Frame<'_>) -> bool {
    let is_own = match frame.about {
        About::Page(key) => reads.card(&key).is_some_and(|page| page.standing.noindex),
        About::Section(key) => reads.section(&key).is_some_and(|section| section.standing.noindex),
        About::Term(key) => reads.term(&key).is_some_and(|term| term.in_language(frame.language).noindex),
        About::Taxonomy | About::Archive | About::Search | About::NotFound => frame.noindex,
    };
    is_own || reads.is_preview()
}

/// Says to search engines that they are to pass a page over, whatever its template says: where the head begins, and
/// where no head is written, where it would.
fn without_index(html: &str) -> String {
    let at = ["<head", "<html", "<!doctype"].iter().find_map(|tag| end_of_tag(html, tag)).unwrap_or(0);
    let (before, after) = html.split_at_checked(at).unwrap_or(("", html));
    format!("{before}<meta name=\"robots\" content=\"noindex\">{after}")
}

/// Where the first tag of a name ends, in letters of either case.
fn end_of_tag(html: &str, tag: &str) -> Option<usize> {
    let bytes = html.as_bytes();
    let is_tag = |at: &usize| {
        let found = bytes.get(*at..*at + tag.len());
        let next = bytes.get(*at + tag.len());
        found.is_some_and(|found| found.eq_ignore_ascii_case(tag.as_bytes()))
            && next.is_some_and(|next| *next == b'>' || next.is_ascii_whitespace())
    };
    let start = html.match_indices('<').map(|(at, _)| at).find(is_tag)?;
    html.get(start..)?.find('>').map(|end| start + end + 1)
}

/// `config` with the keys that the template names, and no others: what is not read cannot be seen.
fn config_value(reads: &Reads, template: &Template, language: LangId) -> Value {
    let read =
        |key: &Arc<str>| reads.get::<ConfigValue>(&(language, key.clone())).map(|value| value.0.clone());
    restricted(&template.config_keys, read)
}

/// `options` with those that the template names.
fn options_value(reads: &Reads, template: &Template) -> Value {
    restricted(&template.option_keys, |key| reads.get::<ThemeOption>(key).map(|value| value.0.clone()))
}

/// A table of the values of some keys, which may be dotted; of the empty key the value itself.
fn restricted(keys: &[Arc<str>], read: impl Fn(&Arc<str>) -> Option<Value>) -> Value {
    if let Some(all) = keys.iter().find(|key| key.is_empty()) {
        return read(all).unwrap_or_else(Value::none);
    }
    let mut table = Table::new();
    let mut below: Vec<(&str, Map)> = Vec::new();
    for key in keys {
        let Some(value) = read(key) else { continue };
        match key.split_once('.') {
            None => table.insert(key.to_string(), value),
            Some((first, rest)) => {
                let at = below.iter().position(|(name, _)| *name == first).unwrap_or_else(|| {
                    below.push((first, Map::default()));
                    below.len() - 1
                });
                below[at].1.insert(rest.to_owned().into(), value);
            }
        }
    }
    for (first, values) in below {
        // The table may be named as a whole elsewhere; then it holds all of these.
        if !keys.iter().any(|key| **key == *first) {
            table.insert(first.to_owned(), Value::from(values));
        }
    }
    table.done()
}

/// Calendars that belong to an output.
fn calendars_view(reads: &Reads, of: Option<CalendarOf>) -> Value {
    let Some(of) = of else { return Value::from(Vec::<Value>::new()) };
    Value::from_serializable(&*reads.ask(&CalendarLinks(of)))
}

/// The image of a page for who shows links with a picture: where it comes in several sizes, one that is not too wide.
fn for_links(reads: &Reads, image: Value) -> Value {
    let Some(path) = image.as_str() else { return image };
    let shown = reads.get::<PictureAt>(&path.into()).map(|at| shown(reads, &at.source, None));
    match shown {
        Some(Ok(Some(shown))) => Value::from(pictures::alone_path(&shown, path).as_str()),
        _ => image,
    }
}

#[cfg(test)]
mod tests {
    use super::without_index;

    #[test]
    fn search_engines_are_told_whatever_the_template_has() {
        let meta = "<meta name=\"robots\" content=\"noindex\">";
        assert_eq!(without_index("<HEAD class=a>x"), format!("<HEAD class=a>{meta}x"));
        assert_eq!(without_index("<!doctype html><header>x"), format!("<!doctype html>{meta}<header>x"));
        assert_eq!(without_index("ü"), format!("{meta}ü"));
    }
}
