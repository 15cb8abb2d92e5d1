//! What `ssg init` creates: the least site that is pleasant to start from.

use super::NewFile;
use super::text::one_line;
use jiff::ToSpan;
use jiff::civil::Date;
use ssg_parse::toml_text;
use ssg_source::SitePath;

/// A configuration, a home page, a first post dated `today`, and an event three months ahead with
/// two talks and a schedule.
///
/// A base URL that is none is written as it is, for the build to complain of at its place; an empty
/// title becomes one to replace. `today` is meant in UTC, the new site's time zone: a post dated by
/// another zone's tomorrow is withheld.
#[must_use]
pub fn init_site(title: &str, base_url: &str, today: Date) -> Vec<NewFile> {
    let day = today.saturating_add(3.months());
    let event = format!("{:04}-example-days", day.year());
    let files = [
        (".gitignore".to_owned(), "/public/\n/.ssg-cache/\n".to_owned()),
        ("content/_index.md".to_owned(), HOME.to_owned()),
        (format!("content/posts/{today}-hello.md"), first_post(&event)),
        (format!("content/events/{event}/index.md"), example_event(today, day)),
        (
            format!("content/events/{event}/talks/{FIRST}.md"),
            FIRST_TALK.replace("{today}", &today.to_string()),
        ),
        (
            format!("content/events/{event}/talks/{SECOND}.md"),
            SECOND_TALK.replace("{today}", &today.to_string()),
        ),
        // The last, for a folder that has it is a site: where making one ends too early, it can be done again.
        ("ssg.toml".to_owned(), configuration(title, base_url)),
    ];
    // None of these paths can be wrong: they are made of constants and of digits.
    files
        .into_iter()
        .filter_map(|(path, text)| Some(NewFile { path: SitePath::new(&path).ok()?, text }))
        .collect()
}

fn configuration(title: &str, base_url: &str) -> String {
    let title = Some(one_line(title)).filter(|title| !title.is_empty());
    let base_url = ssg_parse::check_base_url(base_url).unwrap_or_else(|_| base_url.to_owned());
    format!(
        r#"# Where the site will be online, with a slash at the end.
base_url = {base_url}
title = {title}

#description = "Recaps, talks and dates of DevOps events."
#author = "First Last"
#lang = "en"
#timezone = "Europe/Brussels"
#theme = "score"
#paginate_by = 20

#[feeds]
#formats = ["atom", "rss", "json"]
#limit = 20
#content = "summary"

[outputs]
search = true
#archive = true
#sitemap = true
#fingerprints = true

[markdown]
heading_ids = "github"
#smart_punctuation = true
#raw_html = "sanitize"

#[taxonomies.categories]
#paginate_by = 20

#[publish.live]
#type = "git"
#repository = "git@example.org:us/site.git"
#branch = "pages"

# Values of your own.
#[extra]
#motto = "It depends."
"#,
        base_url = toml_text(&base_url),
        title = toml_text(title.as_deref().unwrap_or("A blog about events")),
    )
}

const HOME: &str = r#"+++
description = "Recaps, talks and dates of DevOps events."
+++

What was said at the events that we went to, and when the next ones are.
"#;

fn first_post(event: &str) -> String {
    format!(
        r#"+++
title = "Hello"
categories = ["Notes"]
+++

This is the first post. What stands above the line below is what lists show of it.

<!-- more -->

## What to try

- `ssg serve` shows the site while you write, and every save at once.
- `ssg new post "A title"` begins a post, `ssg new event "A name"` an event.
- After an event, `ssg new recap {event}` begins a post with a heading for every talk.

[Example Days](@/events/{event}/index.md) is made up: it shows what an event with talks and a schedule looks like. Delete its folder, and this post, when you have your own.
"#
    )
}

const FIRST: &str = "the-runbook-nobody-read";
const SECOND: &str = "five-alerts-we-deleted";

fn example_event(today: Date, day: Date) -> String {
    format!(
        r#"+++
title = "Example Days {year:04}"
date = {today}
description = "An event that is made up, to show what one looks like."

[event]
start = {day}
end = {day}
timezone = "UTC"
city = "Exampleton"
series = "example-days"

[event.venue]
name = "The Old Pump House"

[[event.schedule]]
starts = {day}T09:00:00
ends = {day}T09:30:00
kind = "registration"
title = "Doors and coffee"

[[event.schedule]]
starts = {day}T09:30:00
ends = {day}T10:15:00
room = "Main hall"
talk = "{FIRST}"

[[event.schedule]]
starts = {day}T10:15:00
ends = {day}T10:30:00
kind = "break"
title = "Break"

[[event.schedule]]
starts = {day}T10:30:00
ends = {day}T10:35:00
room = "Main hall"
talk = "{SECOND}"
+++

One morning, one room, two talks. The rows of the schedule name the talks by their files in the folder `talks/`.
"#,
        year = day.year(),
    )
}

const FIRST_TALK: &str = r#"+++
title = "The runbook nobody read"
date = {today}
speakers = ["Robin Sample"]
tools = ["Ansible"]

[talk]
kind = "keynote"
+++

Forty pages of procedure, and at three in the morning somebody guessed. What became of the pages when each had to be run before it could be merged.
"#;

const SECOND_TALK: &str = r#"+++
title = "Five alerts we deleted"
date = {today}
speakers = ["Kim Specimen", "Robin Sample"]
tools = ["Prometheus"]

[talk]
kind = "ignite"
+++

Five minutes, five alerts, and what happened after each of them was gone: nothing.
"#;
