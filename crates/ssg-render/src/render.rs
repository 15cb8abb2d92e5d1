//! Renders one output.

use crate::cards;
use crate::exports::{api, calendars, schedule};
use crate::hosting::{Kind as NeedsKind, Needs, check_redirects, cname, render_headers};
use crate::links::{Owner, Place};
use crate::outputs::{
    Feed, FeedEntry, FeedFormat, Redirect, SitemapEntry, render_feed, render_next_build,
    render_redirect_page, render_redirects_file, render_robots, render_sitemap,
};
use crate::plan::{
    FeedOf, Output, OutputKind, addresses, aliases, archive_path, feed_content, feed_path, section_size,
    sheet_path, sheets, term_size,
};
use crate::question::{CalendarOf, Question};
use crate::reader::{About, Heard, Scope, Subject, looked_up, note, showing, told, within};
use crate::table::Table;
use crate::views;
use crate::world::World;
use ssg_parse::{Host, direction};
use ssg_source::{Diagnostic, Diagnostics, Digest, SitePath, Span, did_you_mean};
use ssg_taxonomy::{LangId, PageId, SectionId};
use std::path::PathBuf;
use std::sync::Arc;
use tera::{Context, Value};

/// What rendering an output gives.
#[derive(Clone, Debug)]
pub enum Rendered {
    /// Bytes.
    Bytes(Arc<[u8]>),
    /// A file to be copied from here.
    Copy(PathBuf),
    /// Several files, when one became too large for its format: name and bytes.
    Several(Vec<(String, Arc<[u8]>)>),
}

/// One output, rendered.
#[derive(Debug)]
pub struct Render {
    /// What it gave; `None` when there is nothing to write.
    pub rendered: Option<Rendered>,
    /// What is wrong with it.
    pub found: Diagnostics,
    /// What it asked, with the digest of the answer where the render learnt it: while all answers
    /// stay the same, so does the output.
    pub asked: Vec<(Question, Option<Digest>)>,
    /// What it needs of a content security policy, where there is one.
    pub needs: Needs,
}

/// Renders one output.
#[must_use]
pub fn render(world: &Arc<World>, output: &Output) -> Render {
    let language = output.kind.language(&world.site);
    let lang = match &output.kind {
        OutputKind::Page(id) => world.site.page(*id).lang.as_str().into(),
        _ => world.config.tag(language).into(),
    };
    let scope = Scope { world: world.clone(), lang: Arc::clone(&lang), language };
    let (rendered, Heard { mut found, asked }) = within(scope, || render_kind(world, output, &lang));
    let mut asked: Vec<_> = asked.into_iter().collect();
    asked.sort_unstable();
    let rendered = rendered.map_err(|problem| found.add(*problem)).ok();
    let needs = rendered.as_ref().map(|rendered| needs(world, output, rendered, &mut found));
    Render { rendered, found, asked, needs: needs.unwrap_or_default() }
}

/// What a page needs of a content security policy.
fn needs(world: &World, output: &Output, rendered: &Rendered, found: &mut Diagnostics) -> Needs {
    let (Rendered::Bytes(bytes), Some(kind)) = (rendered, NeedsKind::of(&output.file)) else {
        return Needs::default();
    };
    if !world.config.hosting.has_policy() || !output.kind.is_rendered() {
        return Needs::default();
    }
    let looked = Needs::look(kind, bytes, &world.config.base_url);
    if let Some(handler) = looked.handler {
        let message = format!("the content security policy keeps `{handler}` from running");
        let mut problem = Diagnostic::warning("csp", message)
            .hint("listen for the event in a script file, or set `csp = false` under [hosting]");
        if let Some(source) = &output.source {
            problem = problem.in_file(source);
        } else {
            problem = problem.hint(format!("it stands in {}", output.file));
        }
        found.add(problem);
    }
    looked.needs
}

fn text(text: String) -> Rendered {
    Rendered::Bytes(text.into_bytes().into())
}

type Result<T> = std::result::Result<T, Box<Diagnostic>>;

fn render_kind(world: &World, output: &Output, lang: &str) -> Result<Rendered> {
    let site = &world.site;
    match &output.kind {
        OutputKind::Page(id) => page(world, *id, lang).map(text),
        OutputKind::Section(id, number) => section(world, *id, *number, lang).map(text),
        OutputKind::Taxonomy(index, language) => {
            let taxonomy = &site.taxonomies[*index];
            let view = views::taxonomy_view(world, *index, *language);
            let templates =
                [format!("{}-index.html", taxonomy.name), "taxonomy.html".into(), "section.html".into()];
            let path = site.taxonomy_path(*index, *language);
            let frame = Frame {
                source: site.taxonomy_source(*index, *language),
                list: Some(FeedOf::Site(*language)),
                ..Frame::new("taxonomy", About::Taxonomy, &path, lang)
            };
            template(world, &templates, &frame, "taxonomy", view, &[]).map(text)
        }
        OutputKind::Term(id, language, number) => {
            let term = site.term_in(*id, *language);
            let list = FeedOf::Term(*id, *language);
            let asked = Question::Sheet { list: list.list(site), number: *number };
            looked_up(world.in_language(*language, asked));
            let sheets = sheets(term.pages, term_size(world, *id));
            let pages = sheets.get(number - 1).copied().unwrap_or(&[]);
            let view = views::term_view(world, *id, *language, pages);
            let name = &site.taxonomies[id.taxonomy as usize].name;
            let templates = [format!("{name}-term.html"), "term.html".into(), "page.html".into()];
            let path = sheet_path(term.path, *number);
            let source = term.page.map(|page| &site.page(page).source);
            let slug = site.term(*id).slug.as_str().into();
            let calendar = ["speakers", "tools"]
                .contains(&name.as_str())
                .then(|| CalendarOf::Term { taxonomy: name.as_str().into(), slug });
            let frame = Frame {
                list: Some(list),
                source,
                calendar,
                first_sheet: term.path,
                ..Frame::new("term", About::Term(*id), &path, lang)
            };
            let paginator = paginator(term.path, *number, sheets.len(), term_size(world, *id).is_some());
            template(world, &templates, &frame, "term", view, &[("paginator", paginator)]).map(text)
        }
        OutputKind::Archive(language) => {
            let path = archive_path(world, *language);
            let view = Table::from_value(&views::section_view(world, site.home(*language), &[]))
                .set("kind", "archive")
                .set("title", word(world, lang, "archive", "Archive"))
                .set("path", path.as_str())
                .set("permalink", world.config.permalink(&path))
                .set("content", crate::table::html(""))
                .set("description", "")
                .set("lede", Value::none())
                .done();
            let list = Some(FeedOf::Site(*language));
            let frame = Frame { list, ..Frame::new("archive", About::Archive, &path, lang) };
            let templates = ["archive.html".to_owned(), "section.html".to_owned()];
            template(world, &templates, &frame, "section", view, &[("paginator", Value::none())]).map(text)
        }
        OutputKind::NotFound => {
            let view = not_found_view(world, lang);
            let frame = Frame::new("404", About::NotFound, "/404.html", lang);
            template(world, &["404.html".to_owned(), "page.html".to_owned()], &frame, "page", view, &[])
                .map(text)
        }
        OutputKind::Feed(of, format) => Ok(text(feed(world, *of, *format, lang))),
        OutputKind::Sitemap => Ok(sitemap(world)),
        OutputKind::Calendar(of) => Ok(export(Question::Calendar(of.clone()), calendars::text(world, of))),
        OutputKind::Api(of) => Ok(export(Question::Api(of.clone()), api::text(world, of))),
        OutputKind::ScheduleFile(path) => {
            Ok(export(Question::ScheduleFile(path.clone()), schedule::text(world, path)))
        }
        OutputKind::Robots => {
            looked_up(Question::Settings);
            Ok(text(render_robots(&world.config.base_url)))
        }
        OutputKind::Redirects => {
            looked_up(Question::Settings);
            looked_up(Question::Redirects);
            let all: Vec<Redirect> =
                aliases(world).into_iter().map(|(from, to, _)| Redirect { from, to }).collect();
            looked_up(Question::Hosting);
            let host = world.config.hosting.host;
            let file = render_redirects_file(&all, world.config.base_path(), host == Some(Host::Netlify));
            check_redirects(&file, host).into_iter().for_each(note);
            Ok(text(file))
        }
        OutputKind::Card(id) => Ok(match cards::picture(world, *id)? {
            Some(picture) => Rendered::Bytes(picture),
            None => Rendered::Several(Vec::new()),
        }),
        OutputKind::Cname => cname::text(world).map(text),
        OutputKind::Headers => {
            looked_up(Question::Hosting);
            looked_up(Question::Needs);
            let (file, problems) = render_headers(world, world.gathered().unwrap_or(&Needs::default()));
            problems.into_iter().for_each(note);
            Ok(text(file))
        }
        OutputKind::NextBuild => {
            looked_up(Question::NextBuild);
            Ok(text(render_next_build(site.next_change())))
        }
        OutputKind::Redirect(to) => {
            looked_up(Question::Settings);
            Ok(text(render_redirect_page(&world.config.permalink(to), lang)))
        }
        OutputKind::Bytes(bytes) => Ok(Rendered::Bytes(bytes.clone())),
        OutputKind::Copy(path) => Ok(Rendered::Copy(path.clone())),
        OutputKind::Input(path) => {
            world.inputs.read(path).map(Rendered::Bytes).map_err(|error| Box::new(error.diagnostic(path)))
        }
    }
}

/// What every template is told besides its view.
struct Frame<'a> {
    kind: &'static str,
    path: &'a str,
    lang: &'a str,
    /// The list whose feeds belong to the output, besides the site's.
    list: Option<FeedOf>,
    /// The path of the first sheet, for one of several.
    first_sheet: &'a str,
    /// The file it is made of.
    source: Option<&'a SitePath>,
    about: About,
    /// The calendar of what it shows, whether there is one or not.
    calendar: Option<CalendarOf>,
}

impl<'a> Frame<'a> {
    /// The frame of an output that has neither lists, calendars nor a file of its own.
    fn new(kind: &'static str, about: About, path: &'a str, lang: &'a str) -> Self {
        Self { kind, path, lang, list: None, first_sheet: path, source: None, about, calendar: None }
    }
}

fn template(
    world: &World,
    names: &[String],
    frame: &Frame<'_>,
    variable: &'static str,
    view: Value,
    more: &[(&'static str, Value)],
) -> Result<String> {
    looked_up(Question::Settings);
    let Some(name) = world.look.engine.choose(names) else {
        return Err(Box::new(Diagnostic::error("template", format!("no template for a {}", frame.kind))));
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

fn page(world: &World, id: PageId, lang: &str) -> Result<String> {
    let page = world.site.page(id);
    let kind = page.kind.name();
    let mut names = vec![format!("{kind}.html"), "page.html".to_owned()];
    if let Some(own) = &page.document.front.template {
        if !world.look.engine.has(&own.value) {
            let hint = did_you_mean(&own.value, world.look.engine.names());
            return Err(Box::new(
                Diagnostic::error("unknown-template", format!("there is no template `{}`", own.value))
                    .in_file(&page.source)
                    .at(own.span)
                    .hint_if(hint),
            ));
        }
        names.insert(0, own.value.clone());
    }
    let view = views::page_view(world, id);
    let is_below = world.site.section(page.section).parent.is_some();
    let list = if is_below { FeedOf::Section(page.section) } else { FeedOf::Site(page.language) };
    let list = Some(list);
    let (source, calendar) =
        (Some(&page.source), calendars::of_page(world.site.page(world.site.original(id))));
    let frame = Frame { list, source, calendar, ..Frame::new(kind, About::Page(id), &page.path, lang) };
    template(world, &names, &frame, "page", view, &[])
}

fn section(world: &World, id: SectionId, number: usize, lang: &str) -> Result<String> {
    let section = world.site.section(id);
    let size = section_size(world, id);
    let sheets = sheets(&section.pages, size);
    let pages = sheets.get(number - 1).copied().unwrap_or(&[]);
    let asked = Question::Sheet { list: FeedOf::Section(id).list(&world.site), number };
    looked_up(world.in_language(section.language, asked));
    let view = views::section_view(world, id, pages);
    let is_home = section.parent.is_none();
    let mut names = vec!["section.html".to_owned()];
    if is_home {
        names.insert(0, "index.html".to_owned());
    }
    if let Some(own) = &section.document.front.template {
        names.insert(0, own.value.clone());
    }
    let path = sheet_path(&section.path, number);
    let list = Some(if is_home { FeedOf::Site(section.language) } else { FeedOf::Section(id) });
    let kind = if is_home { "home" } else { "section" };
    let calendar = (is_home || section.dir == "events").then_some(CalendarOf::Upcoming);
    let source = section.source.as_ref();
    let frame = Frame {
        list,
        source,
        calendar,
        first_sheet: &section.path,
        ..Frame::new(kind, About::Section(id), &path, lang)
    };
    let paginator = paginator(&section.path, number, sheets.len(), size.is_some());
    template(world, &names, &frame, "section", view, &[("paginator", paginator)])
}

fn paginator(path: &str, number: usize, total: usize, paginated: bool) -> Value {
    if paginated { views::paginator_view(path, number, total) } else { Value::none() }
}

fn not_found_view(world: &World, lang: &str) -> Value {
    Table::from_value(&views::section_view(world, SectionId(0), &[]))
        .set("kind", "404")
        .set("title", word(world, lang, "not-found", "Not found"))
        .set("path", "/404.html")
        .set("content", crate::table::html(""))
        .set("description", "")
        .done()
}

/// A text of the theme that the program itself needs, or its English form.
fn word(world: &World, lang: &str, key: &str, english: &str) -> String {
    looked_up(Question::Text { lang: lang.to_owned(), key: key.to_owned() });
    world.look.theme.string(lang, key, english)
}

/// The answer to a question that is a whole file.
fn export(question: Question, answer: Option<String>) -> Rendered {
    let answer = answer.unwrap_or_default();
    told(question, Digest::of_text(&answer));
    text(answer)
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

fn feed(world: &World, of: FeedOf, format: FeedFormat, lang: &str) -> String {
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
        crate::body::render_pieces(world, owner, &pieces, Place::Feed)
    });
    let categories = page.terms.iter().flatten();
    let categories =
        categories.map(|term| world.site.term_in(*term, page.language).name.to_owned()).collect();
    let absolute =
        |image: &str| if image.starts_with('/') { world.config.permalink(image) } else { image.to_owned() };
    FeedEntry {
        permalink: world.config.permalink(&page.path),
        title: page.title.clone(),
        published: page.date.as_ref().map(crate::dates::rfc3339),
        updated: page.updated.as_ref().map(crate::dates::rfc3339),
        summary: views::summary_html(world, page, Place::Feed),
        content,
        authors: page.authors.iter().map(|person| views::person_name(world, person).to_owned()).collect(),
        categories,
        image: page.document.front.image.as_ref().map(|image| absolute(&image.value)),
    }
}

fn sitemap(world: &World) -> Rendered {
    looked_up(Question::Settings);
    looked_up(Question::Sitemap);
    let mut entries: Vec<SitemapEntry> = addresses(world)
        .into_iter()
        .map(|(path, lastmod)| SitemapEntry {
            permalink: world.config.permalink(&path),
            alternates: views::alternates(world, &path),
            lastmod: lastmod.map(crate::dates::rfc3339),
        })
        .collect();
    entries.sort_by(|a, b| a.permalink.cmp(&b.permalink));
    let files = render_sitemap(&entries, &world.config.base_url);
    Rendered::Several(files.into_iter().map(|(name, text)| (name, text.into_bytes().into())).collect())
}
