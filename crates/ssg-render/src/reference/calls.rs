//! Functions.

use super::{Entry, entry};

/// Functions of templates.
pub const FUNCTIONS: &[Entry] = &[
    entry(&["recent(kind=\"post\", limit=10)"], "list of cards", "newest of a kind"),
    entry(
        &["events(state=\"upcoming\", limit=5, order=\"asc\")"],
        "list of cards",
        "events; without `state` all; `state=\"upcoming\"` includes CFP open and on now",
    ),
    entry(&["get_page(path=…)"], "card", "an error if there is none"),
    entry(&["get_section(path=…)"], "table", "`{title, path, count, description}`"),
    entry(&["section_pages(path=…, limit=…)"], "list of cards", ""),
    entry(&["get_event(id=…)"], "card or null", ""),
    entry(
        &["talks(event=…)", "talks(speaker=…)", "talks(tool=…)"],
        "list of cards",
        "talks: in order of time for an event, else newest first",
    ),
    entry(&["recaps(event=…)", "recaps(talk=…)"], "list of cards", "posts that cover it"),
    entry(
        &["recaps(speaker=…)", "recaps(tool=…)"],
        "list of cards",
        "posts that name it, or cover a talk that does",
    ),
    entry(
        &["written(by=…)", "organized(by=…)"],
        "list of cards",
        "pages that a person wrote, events that they organized; newest first",
    ),
    entry(&["schedule(event=…)"], "list of days", "the event's schedule, see below"),
    entry(
        &["editions(series=…, limit=…)"],
        "list of cards",
        "the events of a series, oldest first; with `limit` the latest of them",
    ),
    entry(
        &["series()"],
        "list",
        "`{name, title, editions}` of every series with two events or more, by name; `title` is that of the latest edition without its year, `editions` are event references, oldest first",
    ),
    entry(
        &["terms(taxonomy=…, sort=\"name\", limit=…)"],
        "list of term references",
        "with `count`; `sort` is `name` or `count`",
    ),
    entry(&["get_term(taxonomy=…, name=…)"], "term reference or null", "any spelling"),
    entry(&["term_pages(taxonomy=…, term=…, kind=…, limit=…)"], "list of cards", ""),
    entry(&["co_speakers(speaker=…)"], "list of term references", "people who shared a talk with this one"),
    entry(&["neighbours(path=…)"], "table", "`{previous, next}`: cards or null; next is newer"),
    entry(&["related(path=…, limit=3)"], "list of cards", "posts that share most with this one"),
    entry(
        &["menu()"],
        "list",
        "`{title, path}`: sections with pages, taxonomies with terms, the archive, the first plain pages",
    ),
    entry(&["archive()"], "list", "`{year, months: [{month, pages}]}` of posts, newest first"),
    entry(
        &["load_data(path=\"data/sponsors/x.toml\", required=true)"],
        "any",
        "parsed TOML, YAML, JSON or CSV, at most 32 MiB; `required=false` gives null for a missing file",
    ),
    entry(
        &["asset(path=\"style.css\", required=true)"],
        "string or null",
        "path of an asset with its fingerprint; `required=false` gives null for a missing one",
    ),
    entry(
        &["t(key=\"read_more\", count=…)"],
        "string",
        "a text of `i18n/<lang>.toml`; `{name}` in it is filled from further arguments; with `count`, `key` may be a table of plural forms",
    ),
    entry(&["structured_data()"], "HTML or null", "what the page is about as JSON-LD: see below"),
    entry(&["range(start=0, end=10, step_by=1)"], "list of numbers", "at most 100,000, without the end"),
    entry(&["throw(message=\"…\")"], "", "an error at its place"),
];
