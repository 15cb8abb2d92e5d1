//! What every page of HTML is told, and its template.

use super::Result;
use crate::cards;
use crate::exports::calendars;
use crate::plan::FeedOf;
use crate::question::{CalendarOf, Question};
use crate::reader::{About, Subject, looked_up, showing};
use crate::table::Table;
use crate::views;
use crate::world::World;
use ssg_parse::direction;
use ssg_source::{Diagnostic, SitePath, Span, codes};
use ssg_taxonomy::LangId;
use tera::{Context, Value};

/// What every template is told besides its view.
pub(super) struct Frame<'a> {
    pub kind: &'static str,
    pub path: &'a str,
    pub lang: &'a str,
    /// The list whose feeds belong to the output, besides the site's.
    pub list: Option<FeedOf>,
    /// The path of the first sheet, for one of several.
    pub first_sheet: &'a str,
    /// The file it is made of.
    pub source: Option<&'a SitePath>,
    pub about: About,
    /// The calendar of what it shows, whether there is one or not.
    pub calendar: Option<CalendarOf>,
}

impl<'a> Frame<'a> {
    /// The frame of an output that has neither lists, calendars nor a file of its own.
    pub(super) fn new(kind: &'static str, about: About, path: &'a str, lang: &'a str) -> Self {
        Self { kind, path, lang, list: None, first_sheet: path, source: None, about, calendar: None }
    }
}

/// Renders an output with the first of these templates that the theme has.
pub(super) fn template(
    world: &World,
    names: &[String],
    frame: &Frame<'_>,
    variable: &'static str,
    view: Value,
    more: &[(&'static str, Value)],
) -> Result<String> {
    looked_up(Question::Settings);
    let Some(name) = world.look.engine.choose(names) else {
        return Err(Box::new(Diagnostic::error(
            codes::TEMPLATE,
            format!("no template for a {}", frame.kind),
        )));
    };
    let field = |key: &str| view.get_from_path(key).cloned().unwrap_or_else(Value::none);
    let card = match frame.about {
        About::Page(id) if field("image").is_none() => cards::link(world, id),
        _ => None,
    };
    let meta = Table::new()
        .set("title", field("title"))
        .set("description", field("description"))
        .set("image", card.map_or_else(|| field("image"), Value::from))
        .done();
    let mut context = Context::new();
    context.insert_value("kind", Value::from(frame.kind));
    context.insert_value("path", Value::from(frame.path));
    context.insert_value("permalink", Value::from(world.config.permalink(frame.path)));
    context.insert_value("lang", Value::from(frame.lang));
    context.insert_value("dir", Value::from(direction(frame.lang)));
    let list = frame.list.unwrap_or(FeedOf::Site(LangId::MAIN));
    let language = list.language(&world.site);
    context.insert_value("home", Value::from(world.site.home_path(language)));
    context.insert_value("languages", languages_view(world, language));
    context.insert_value("translations", translations_view(world, frame.first_sheet));
    let config = world.config_values.get(language.index()).or(world.config_values.first());
    context.insert_value("config", config.cloned().unwrap_or_else(Value::none));
    context.insert_value("options", world.look.theme.options.clone());
    context.insert_value("feeds", feeds_view(world, list));
    let subject = Subject {
        about: frame.about,
        view: view.clone(),
        permalink: world.config.permalink(frame.path),
        lang: frame.lang.to_owned(),
        language,
    };
    context.insert_value("calendars", calendars_view(world, frame.calendar.as_ref()));
    context.insert_value("meta", meta);
    context.insert_value(variable, view);
    for (name, value) in more {
        context.insert_value(*name, value.clone());
    }
    showing(subject, || world.look.engine.render(name, &context)).map_err(|error| {
        let words = format!("while rendering {}", frame.path);
        let from = frame.source.map(|source| (source, Span::default(), words.clone()));
        let mut diagnostic = world.look.engine.diagnostic(&error, from);
        if frame.source.is_none() {
            diagnostic = diagnostic.hint(words);
        }
        Box::new(diagnostic)
    })
}

/// A text of the theme that the program itself needs, or its English form.
pub(super) fn word(world: &World, lang: &str, key: &str, english: &str) -> String {
    looked_up(Question::Text { lang: lang.to_owned(), key: key.to_owned() });
    world.look.theme.string(lang, key, english)
}

/// Calendars that belong to an output.
fn calendars_view(world: &World, of: Option<&CalendarOf>) -> Value {
    let Some(of) = of else { return Value::from(Vec::<Value>::new()) };
    looked_up(Question::CalendarLinks(of.clone()));
    Value::from_serializable(&calendars::links(world, of))
}

/// Feeds that belong to an output: the site's, and those of its list.
fn feeds_view(world: &World, list: FeedOf) -> Value {
    let asked = Question::FeedLinks(list.list(&world.site));
    looked_up(world.in_language(list.language(&world.site), asked));
    views::feeds_view(world, list)
}

/// The languages of the site.
fn languages_view(world: &World, language: LangId) -> Value {
    if world.site.is_multilingual() {
        looked_up(Question::Languages.in_language(&world.config, language));
    }
    views::languages_view(world, language)
}

/// What the output is called in other languages.
fn translations_view(world: &World, path: &str) -> Value {
    if world.site.is_multilingual() {
        looked_up(Question::Translations(path.into()));
    }
    views::translations_view(world, path)
}
