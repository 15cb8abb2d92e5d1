//! What `ssg new` creates: one content file of a kind.

use super::NewFile;
use super::recap::recap;
use super::text::{file_slug, one_line, toml_list};
use jiff::ToSpan;
use jiff::civil::Date;
use ssg_parse::toml_text;
use ssg_source::{Class, Code, Diagnostic, SitePath, Suggestions, codes};
use ssg_taxonomy::{Event, Site};

/// What can be created.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NewKind {
    /// A post of the blog.
    Post,
    /// An event.
    Event,
    /// A talk of an event.
    Talk,
    /// A speaker's page.
    Speaker,
    /// A tool's page.
    Tool,
    /// A post that covers an event and all its talks.
    Recap,
}

impl NewKind {
    const ALL: [Self; 6] = [Self::Post, Self::Event, Self::Talk, Self::Speaker, Self::Tool, Self::Recap];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Post => "post",
            Self::Event => "event",
            Self::Talk => "talk",
            Self::Speaker => "speaker",
            Self::Tool => "tool",
            Self::Recap => "recap",
        }
    }

    /// All names, in the order of the help.
    #[must_use]
    pub fn names() -> [&'static str; 6] {
        Self::ALL.map(Self::name)
    }

    /// The kind of a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// What is to be created.
#[derive(Clone, Copy, Debug)]
pub struct NewRequest<'a> {
    /// What.
    pub kind: NewKind,
    /// Title, or name of a speaker or tool. For a recap the event's id, unless `event` has it.
    pub title: &'a str,
    /// Id of the event, for a talk; its folder's path will do.
    pub event: Option<&'a str>,
    /// Today in the site's time zone: a post dated by another zone's tomorrow is withheld.
    pub today: Date,
    /// Who writes it, for a post or a recap.
    pub author: Option<&'a str>,
    /// In place of the slug that follows from the title.
    pub slug: Option<&'a str>,
    /// The site, drafts included: only what it knows can be named.
    pub site: &'a Site,
}

/// The file to write. It may be there already: the caller looks.
///
/// # Errors
/// Of class usage: the title is empty, the event is missing or unknown, or the speaker or tool has
/// a page already, perhaps under another spelling.
pub fn new_file(request: &NewRequest<'_>) -> Result<NewFile, Diagnostic> {
    if request.kind == NewKind::Recap {
        let id = request.event.unwrap_or(request.title);
        return recap(request, find_event(request.site, id)?);
    }
    let title = one_line(request.title);
    if title.is_empty() {
        let what = request.kind.name();
        return Err(usage(codes::MISSING_TITLE, format!("a {what} needs a title"))
            .hint(format!("write it in quotes: `ssg new {what} \"…\"`")));
    }
    match request.kind {
        NewKind::Talk => talk(request, &title),
        NewKind::Event => event(request, &title),
        NewKind::Speaker | NewKind::Tool => term(request, &title),
        NewKind::Post | NewKind::Recap => post(request, &title),
    }
}

pub(super) fn usage(code: Code, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(code, message).class(Class::Usage)
}

/// A file at a path made of slugs and of folders that the site has.
pub(super) fn file_at(path: &str, text: String) -> Result<NewFile, Diagnostic> {
    match SitePath::new(path) {
        Ok(path) => Ok(NewFile { path, text }),
        Err(error) => {
            Err(usage(codes::BAD_PATH, format!("cannot create `{}`: {error}", path.escape_debug())))
        }
    }
}

/// The slug that was asked for, else that of the title.
pub(super) fn slug_of(request: &NewRequest<'_>, title: &str) -> String {
    file_slug(request.slug.filter(|slug| !slug.trim().is_empty()).unwrap_or(title), request.kind.name())
}

/// `authors = […]` and a line feed, or nothing.
pub(super) fn authors_line(author: Option<&str>) -> String {
    let author = author.map(one_line).filter(|author| !author.is_empty());
    author.map_or_else(String::new, |author| format!("authors = {}\n", toml_list(&[author])))
}

/// The event of an id, or of the path of its folder as a shell completes it.
fn find_event<'a>(site: &'a Site, named: &str) -> Result<&'a Event, Diagnostic> {
    let named = one_line(named);
    let id = named.trim_end_matches("/index.md").trim_end_matches('/').rsplit('/').next().unwrap_or("");
    if id.is_empty() {
        return Err(with_events(usage(codes::MISSING_EVENT, "the id of an event is missing"), site));
    }
    site.event(id).or_else(|| site.event(&file_slug(id, "event"))).ok_or_else(|| {
        let near = Suggestions::new(site.events.iter().map(|event| event.id.as_str()));
        let unknown = usage(codes::UNKNOWN_EVENT, format!("unknown event `{}`", id.escape_debug()));
        with_events(unknown.hint_if(near.did_you_mean(id)), site)
    })
}

/// Adds which events there are, the latest few of them.
fn with_events(diagnostic: Diagnostic, site: &Site) -> Diagnostic {
    if site.events.is_empty() {
        return diagnostic.hint("the site has no event yet: `ssg new event \"…\"` creates one");
    }
    let latest: Vec<String> =
        site.events.iter().rev().take(5).map(|event| format!("`{}`", event.id)).collect();
    diagnostic.hint(format!("events are folders in content/events/, such as {}", latest.join(", ")))
}

/// What keeps back a page that says nothing yet.
const DRAFT: &str = "# Remove this line when there is something to read.\ndraft = true\n";

fn post(request: &NewRequest<'_>, title: &str) -> Result<NewFile, Diagnostic> {
    let text = format!(
        r#"+++
title = {title}
draft = true
{authors}#description = "One sentence for lists and search engines."
#categories = ["Notes"]
#tools = ["Terraform"]
#events = ["2016-toronto"]
+++

Replace this paragraph: it is what lists show of the post.

<!-- more -->

"#,
        title = toml_text(title),
        authors = authors_line(request.author),
    );
    file_at(&format!("content/posts/{}-{}.md", request.today, slug_of(request, title)), text)
}

/// The year that a title or a slug names, if any.
fn year_in(title: &str) -> Option<i16> {
    title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()))
        .filter_map(|word| word.parse().ok())
        .find(|year| (1970..2200).contains(year))
}

fn event(request: &NewRequest<'_>, title: &str) -> Result<NewFile, Diagnostic> {
    // A year in slug or title is the event's; it goes to the front of the folder's name.
    let later = request.today.saturating_add(3.months());
    let named = request.slug.and_then(year_in).or_else(|| year_in(title));
    let start = named.and_then(|year| later.with().year(year).build().ok()).unwrap_or(later);
    let year = format!("{:04}", start.year());
    let slug = slug_of(request, title);
    let rest: Vec<&str> = slug.split('-').filter(|word| *word != year).collect();
    let folder = if rest.is_empty() { slug } else { format!("{year}-{}", rest.join("-")) };
    let text = format!(
        r#"+++
title = {title}
# The day on which it is announced, for feeds.
date = {today}
#description = "One sentence for lists and search engines."

[event]
# A day such as {start}, a moment, or what is known: "2027-06", "2027-Q2", "2027" or "TBA".
start = {known}
#end = {start}
#timezone = "Europe/Brussels"
#city = "Ghent"
#country = "Belgium"
#series = "devopsdays-ghent"
#organizers = [{{ name = "First Last" }}]

#[event.venue]
#name = "Name of the house"
#address = "Street 1, 9000 Ghent"
#coordinates = "51.0543,3.7174"
#url = "https://example.org/"

# The call for papers.
#[event.cfp]
#opens = {today}
#closes = {start}
#announced = {start}
#url = "https://example.org/cfp"

#[event.registration]
#opens = {today}
#closes = {start}
#url = "https://example.org/register"

# Highest level first. A sponsor is a file in data/sponsors/, here example.toml.
#[[event.sponsor_levels]]
#id = "gold"
#label = "Gold"

#[[event.sponsors]]
#id = "example"
#level = "gold"

# A row names a talk's file with `talk = "its-slug"`, or has a title and speakers itself. Kinds: keynote,
# talk, workshop, panel, ignite, lightning, open-space; break, lunch, registration, ceremony, social, other.
#[[event.schedule]]
#starts = {start}T09:00:00
#ends = {start}T09:45:00
#room = "Main hall"
#kind = "keynote"
#title = "Opening keynote"
#speakers = ["First Last"]
+++

"#,
        title = toml_text(title),
        known = toml_text(&named.map_or_else(|| "TBA".to_owned(), |year| format!("{year:04}"))),
        today = request.today,
    );
    file_at(&format!("content/events/{folder}/index.md"), text)
}

fn talk(request: &NewRequest<'_>, title: &str) -> Result<NewFile, Diagnostic> {
    let Some(id) = request.event else {
        let missing = usage(codes::MISSING_EVENT, "a talk needs an event").hint("name it with `--event ID`");
        return Err(with_events(missing, request.site));
    };
    let event = find_event(request.site, id)?;
    let page = request.site.page(event.page);
    let source = &page.source;
    // A talk in the folder of an event knows its event; elsewhere it says which.
    let (folder, named) = match source.parent() {
        Some(folder) if source.stem() == "index" => (folder.to_string(), String::new()),
        _ => (format!("content/events/{}", event.id), format!("event = {}\n", toml_text(&event.id))),
    };
    let text = format!(
        r#"+++
title = {title}
{draft}# The day on which it is announced, for feeds.
date = {today}
speakers = []
tools = []
#slides = "https://example.org/slides"
#video = "https://example.org/video"

[talk]
kind = "talk"
{named}#starts = {day}T10:00:00
#ends = {day}T10:30:00
#room = "Main hall"
#track = "Operations"
#level = "beginner"
#language = "en"
+++

"#,
        title = toml_text(title),
        draft = DRAFT,
        today = request.today,
        day = if event.open.is_some() { request.today } else { event.start.date() },
    );
    file_at(&format!("{folder}/talks/{}.md", slug_of(request, title)), text)
}

fn term(request: &NewRequest<'_>, title: &str) -> Result<NewFile, Diagnostic> {
    let site = request.site;
    let is_speaker = request.kind == NewKind::Speaker;
    let (taxonomy, more) = if is_speaker {
        ("speakers", "#former_names = [\"First Former\"]\n#image = \"/images/first-last.jpg\"\n")
    } else {
        ("tools", "#image = \"/images/logo.svg\"\n")
    };
    let existing = site.find_term(taxonomy, title).and_then(|id| site.term(id).page);
    if let Some(page) = existing {
        let page = site.page(page);
        let message = format!("there is already a page for the {} `{}`", request.kind.name(), page.title);
        return Err(usage(codes::TERM_EXISTS, message).hint(format!("edit `{}`", page.source)));
    }
    // Names that differ in these alone are different tools; the taxonomy tells them apart as well.
    let told_apart = title.replace("C++", "cpp").replace("C#", "csharp").replace("F#", "fsharp");
    let slug = slug_of(request, &told_apart);
    // The path of a term follows from its name, not from its file's.
    let slug_line = match request.slug {
        Some(_) => format!("slug = {}\n", toml_text(&slug)),
        None => String::new(),
    };
    let text = format!(
        r#"+++
title = {title}
{draft}{slug_line}#description = "One sentence for lists and search engines."
# Other spellings that mean the same.
#aliases = ["Another Spelling"]
{more}+++

"#,
        title = toml_text(title),
        draft = DRAFT,
    );
    file_at(&format!("content/{taxonomy}/{slug}.md"), text)
}
