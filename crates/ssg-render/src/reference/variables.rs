//! Variables that every template has, and the one that is its subject.

use crate::entry::{Entry, entry};

/// Variables of templates.
pub const VARIABLES: &[Entry] = &[
    entry(
        &["kind"],
        "string",
        "`home section page post event talk term taxonomy archive talks series feed 404`",
    ),
    entry(&["path"], "string", "path of this output, begins with `/`"),
    entry(&["permalink"], "string", "absolute URL of this output"),
    entry(&["lang"], "string", "language of this output, for `<html lang>`"),
    entry(&["dir"], "string", "`ltr`, or `rtl` where the language is written from right to left"),
    entry(&["home"], "string", "path of the home page of the language: `/`, or `/de/`"),
    entry(
        &["languages"],
        "list",
        "languages that have pages, with their home pages: fields as below; empty for a site in one language",
    ),
    entry(
        &["translations"],
        "list",
        "what says the same in all languages, this output among it: fields as below; empty where there is no other",
    ),
    entry(
        &["config"],
        "table",
        "`title description base_url lang timezone author extra`, and `feeds` and `outputs` as set; title and description are those of the language, and `languages` lists the tags of a site in several",
    ),
    entry(&["options"], "table", "the theme's options with the site's values filled in"),
    entry(&["feeds"], "list", "feeds that belong to this output: `{title, path, mime}`"),
    entry(
        &["calendars"],
        "list",
        "calendars that belong to this output: `{kind, title, path, webcal, google}`, the last two for subscribing to it; `kind` is `event`, `series`, `talk`, `speaker`, `tool`, or `events` and `cfp` on the home page and the section `events`",
    ),
    entry(
        &["meta"],
        "table",
        "`{title, description, image}` for the head: `title` is the page's own title, `description` plain text, `image` a path or null",
    ),
    entry(
        &["page", "section", "term", "taxonomy"],
        "table",
        "the view that the output is about, as the table above says",
    ),
    entry(&["feed"], "table", "in the template of a feed: see below"),
    entry(&["paginator"], "table or null", "on a section, a term, the archive and lists of talks: see below"),
];
