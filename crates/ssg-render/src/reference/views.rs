//! Fields of the views.

use crate::entry::{Entry, entry};

/// A view: a table that templates see.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// Its name, which is also that of its part of the book.
    pub name: &'static str,
    /// Its fields.
    pub fields: &'static [Entry],
}

/// All views.
pub const VIEWS: &[View] = &[
    View { name: "card", fields: CARD },
    View { name: "event-reference", fields: EVENT_REFERENCE },
    View { name: "talk", fields: TALK },
    View { name: "page", fields: PAGE },
    View { name: "own-event", fields: OWN_EVENT },
    View { name: "section", fields: SECTION },
    View { name: "paginator", fields: PAGINATOR },
    View { name: "term", fields: TERM },
    View { name: "taxonomy", fields: TAXONOMY },
    View { name: "day", fields: DAY },
    View { name: "slot", fields: SLOT },
    View { name: "feed", fields: FEED },
    View { name: "feed-entry", fields: FEED_ENTRY },
];

const CARD: &[Entry] = &[
    entry(&["kind"], "string", "`post event talk page speaker tool term`"),
    entry(&["path", "permalink"], "string", ""),
    entry(&["title"], "string", "plain text"),
    entry(&["date", "updated"], "string or null", "RFC 3339 with offset; for the `date` filter"),
    entry(&["year"], "number or null", ""),
    entry(
        &["summary"],
        "HTML",
        "what stands above `<!-- more -->`, else excerpt, description, first paragraph",
    ),
    entry(&["description"], "string", "plain text, at most 200 characters"),
    entry(&["lede"], "string or null", "the description, when the author wrote one"),
    entry(&["draft"], "bool", ""),
    entry(
        &["unlisted", "noindex"],
        "bool",
        "whether it is in no list, and not for search engines; the page says so to them whatever the template does",
    ),
    entry(&["reading_time"], "number", "minutes"),
    entry(&["lang", "dir"], "string", "the language it is written in, and `ltr` or `rtl`"),
    entry(&["image"], "string or null", "path"),
    entry(&["authors"], "list", "`{name, path}`, `path` null when there is no page for that person"),
    entry(
        &["categories", "tools", "speakers"],
        "list of term references",
        "`{name, slug, path}`; only `terms()` and indexes add `count`, so that a card does not change with every new page",
    ),
    entry(&["taxonomies"], "table", "every taxonomy's name → list of term references"),
    entry(&["events"], "list", "events that the page is about: event references"),
    entry(
        &["more"],
        "table",
        "how many each of these lists leaves out: it has the first 20, and all on the page itself; by `authors`, `events` and the taxonomy's name",
    ),
    entry(&["event"], "table or null", "on an event: see below"),
    entry(&["talk"], "table or null", "on a talk: see below"),
    entry(&["extra"], "table", "the author's own values"),
];

const EVENT_REFERENCE: &[Entry] = &[
    entry(&["id"], "string", "folder name"),
    entry(&["title", "path"], "string", ""),
    entry(
        &["start", "end"],
        "string",
        "RFC 3339 in the event's zone: of a day its beginning, of an end at midnight the minute before; without an `end` that of the last talk, where the event begins at an hour",
    ),
    entry(
        &["open", "open_label"],
        "string or null",
        "what is known of days that are not known: `2027-06`, `2027-Q2`, `2027` or `TBA`, and in words; of the last `start` and `end` are null",
    ),
    entry(&["start_day", "end_day"], "string or null", "`2016-05-26`"),
    entry(&["start_time", "end_time"], "string or null", "`18:30`, where an hour is known"),
    entry(&["attendance"], "string", "`in-person online hybrid`"),
    entry(&["online"], "string or null", "address of the stream or the meeting"),
    entry(&["timezone"], "string", "IANA name"),
    entry(&["zone_abbreviation"], "string", "such as `EDT`, at the start"),
    entry(&["end_zone_abbreviation"], "string or null", "that at the end, where clocks change meanwhile"),
    entry(&["city", "country", "series"], "string or null", ""),
    entry(&["state"], "string", "`cfp-open upcoming on-now past cancelled` at the build's instant"),
    entry(&["cancelled"], "bool", ""),
    entry(
        &["cfp_closes", "cfp_url"],
        "string or null",
        "of a call for papers that is open: when it closes, RFC 3339, and where to send proposals",
    ),
    entry(&["registration_url"], "string or null", "where to register, while that is open and not sold out"),
];

const TALK: &[Entry] = &[
    entry(&["id"], "string", "`<event>/<slug>`"),
    entry(
        &["kind"],
        "string",
        "as it is written: `keynote talk workshop panel ignite lightning open-space`, or a word of the author's",
    ),
    entry(
        &["drawn"],
        "string",
        "the kind to draw it as, never a word that a theme does not know: `ignite` for `lightning`, `talk` or `break` for an unknown one",
    ),
    entry(
        &["starts", "ends"],
        "string or null",
        "RFC 3339 in the event's zone, as the schedule has it; an end that nobody wrote is reckoned",
    ),
    entry(&["is_day"], "bool", "only the day is known"),
    entry(&["room", "track", "level", "language", "online"], "string or null", "`language` is the first one"),
    entry(&["languages"], "list of strings", "that are spoken, as far as they are told"),
    entry(
        &["times"],
        "list",
        "each time that it is given: `{slot, day, starts, ends, is_day, zone_abbreviation, end_zone_abbreviation, room, venue, online, cancelled}`; the first is the one above",
    ),
    entry(&["cancelled"], "bool", "it does not take place"),
    entry(&["replaced_by"], "table or null", "`{title, path}` of the talk that takes its place"),
    entry(&["slides", "video"], "media or null", "the first of `decks` and of `videos`"),
    entry(
        &["decks", "videos"],
        "list of media",
        "`{url, provider, id, name, language, title}`; `provider` such as `youtube`, `speakerdeck` or `link`; `name` such as `YouTube`",
    ),
    entry(&["event"], "event reference or null", ""),
];

const PAGE: &[Entry] = &[
    entry(&["content"], "HTML", "the body"),
    entry(
        &["toc"],
        "list",
        "headings as a tree: `{level, id, title, children}`; empty unless there are two or more",
    ),
    entry(&["show_toc"], "bool", "front matter `toc`, else the site's setting"),
    entry(&["word_count"], "number", ""),
    entry(&["breadcrumbs"], "list", "`{title, path}` from the home page down, without the page itself"),
    entry(&["aliases"], "list", "paths"),
    entry(&["assets"], "list", "paths of files beside the page"),
    entry(&["talks"], "list of references", "talks that the page covers: `{id, title, path}`"),
    entry(&["source"], "string", "path of the file that it is made of: `content/posts/x.md`"),
    entry(&["edit_url"], "string or null", "where that file is edited, by `[hosting] edit_url`"),
    entry(
        &["audio"],
        "table or null",
        "a recording to listen to: `{url, length, type}`; `url` is a path or an address, `length` in bytes, 0 where nobody knows",
    ),
];

const OWN_EVENT: &[Entry] = &[
    entry(
        &["series_page"],
        "table or null",
        "the series: `{slug, title, description, url, path, count}`; `path` is its page or null, `count` how many editions it has",
    ),
    entry(
        &["venue"],
        "table or null",
        "`{name, address, city, coordinates, url, map, rooms}`; `map` is a link, `rooms` are names",
    ),
    entry(&["venues"], "list", "of an event in several venues the same of each; else empty"),
    entry(
        &["cfp"],
        "table or null",
        "`{opens, closes, announced, url, state}`, dates RFC 3339; state `before open closed`",
    ),
    entry(
        &["registration"],
        "table or null",
        "`{opens, closes, announced, url, price, currency, sold_out, state}`",
    ),
    entry(&["previous_start"], "string or null", "RFC 3339: when it was to start before it was moved"),
    entry(&["previous_city"], "string or null", ""),
    entry(&["organizers"], "list", "`{name, url, path, organization}`"),
    entry(
        &["sponsor_levels"],
        "list",
        "`{id, label, max, sponsors: [{id, name, url, logo}]}` in order, only levels with sponsors",
    ),
];

const SECTION: &[Entry] = &[
    entry(&["kind"], "string", "`home section archive 404`"),
    entry(&["title", "path", "permalink"], "string", ""),
    entry(
        &["description", "lede", "image", "extra", "content", "toc", "show_toc", "breadcrumbs"],
        "",
        "as for a page",
    ),
    entry(&["count"], "number", "pages on all pagers"),
    entry(&["pages"], "list of cards", "the pages of this pager, in order"),
    entry(&["sections"], "list", "child sections: `{title, path, count}`"),
    entry(
        &["events"],
        "list of event references",
        "on the list of the talks of a year: the events of it that have talks",
    ),
    entry(&["series"], "table or null", "on the page of a series: as `series_page` of an event"),
];

const PAGINATOR: &[Entry] = &[
    entry(&["number", "total"], "number", "of this pager, and of all"),
    entry(&["first", "last"], "string", "paths"),
    entry(&["previous", "next"], "string or null", "paths"),
    entry(
        &["years"],
        "list",
        "on a term: `{year, number, path}`, the first pager on which each year stands, the newest first",
    ),
];

const TERM: &[Entry] = &[
    entry(&["kind"], "string", "`term`"),
    entry(&["name", "slug", "path", "permalink"], "string", ""),
    entry(&["count"], "number", "pages on all pagers"),
    entry(&["taxonomy"], "table", "`{name, title, path}`"),
    entry(&["title"], "string", "the name"),
    entry(&["content"], "HTML", "the term page's body, empty without one"),
    entry(
        &[
            "summary",
            "description",
            "lede",
            "image",
            "extra",
            "date",
            "updated",
            "draft",
            "unlisted",
            "noindex",
            "toc",
            "show_toc",
            "breadcrumbs",
        ],
        "",
        "as for a page",
    ),
    entry(&["aliases"], "list of strings", "other spellings"),
    entry(
        &["years"],
        "list",
        "`{year, count}` from the first to the last year, without gaps unless they are more than 200 years apart",
    ),
    entry(&["first_year", "last_year"], "number or null", ""),
    entry(&["pages"], "list of cards", "pages of this pager, newest first"),
];

const TAXONOMY: &[Entry] = &[
    entry(&["kind"], "string", "`taxonomy`"),
    entry(&["name", "title", "path", "permalink"], "string", ""),
    entry(&["count"], "number", "terms"),
    entry(&["content", "description", "lede"], "", "from `content/<taxonomy>/_index.md`"),
    entry(&["breadcrumbs"], "list", "as for a page"),
    entry(
        &["terms"],
        "list",
        "every term: `{name, slug, path, count, talks, first_year, last_year, years, description, image}`, by name; in a part its own",
    ),
    entry(
        &["parts"],
        "list",
        "where there are more terms than `part_above` says, lists by their first letters: `{label, path, count, current}`; else empty",
    ),
    entry(
        &["frequent"],
        "list",
        "where there are parts, the 100 terms that are mentioned most, for the index; else empty",
    ),
    entry(&["part"], "string or null", "the letter whose terms these are"),
];

const DAY: &[Entry] = &[
    entry(&["date"], "string or null", "`2016-05-26`"),
    entry(
        &["zones"],
        "list of strings",
        "abbreviations of its zones on a day on which clocks change; else empty",
    ),
    entry(&["label"], "string", "the day in words"),
    entry(
        &["rooms"],
        "list of strings",
        "columns, in order of appearance; empty when no slot names a room; the last is the empty string where slots without a room need a column beside those with one",
    ),
    entry(
        &["rows"],
        "list",
        "distinct boundaries: `{time, line, minutes, begins, sessions}`; `time` is `09:30`, `line` the CSS grid line, `minutes` those to the next one, `begins` whether a slot begins there, `sessions` how many that are no breaks go on",
    ),
    entry(&["slots"], "list", "see below"),
];

const SLOT: &[Entry] = &[
    entry(&["starts", "ends"], "string or null", "RFC 3339"),
    entry(&["start_time", "end_time"], "string or null", "`09:30`"),
    entry(
        &["zone", "end_zone"],
        "string or null",
        "abbreviation of its zone on a day on which clocks change, and that at its end where it is another one",
    ),
    entry(&["row_start", "row_end"], "number", "CSS grid lines"),
    entry(
        &["column_start", "column_end"],
        "number",
        "CSS grid lines among the rooms; a slot alone in its time spans all",
    ),
    entry(
        &["area"],
        "string or null",
        "these four lines as the value of `grid-area`; slots with the same one are to be shown one below the other",
    ),
    entry(
        &["lane", "lanes"],
        "number",
        "where the areas of slots overlap without being the same: which part of the width is this one's, from 0, and how many parts there are",
    ),
    entry(&["minutes"], "number or null", ""),
    entry(
        &["kind"],
        "string",
        "as a talk's, or `break lunch registration ceremony social other`, or a word of the author's",
    ),
    entry(
        &["drawn"],
        "string",
        "the kind to draw it as: `keynote talk workshop panel ignite open-space break registration ceremony social other`",
    ),
    entry(&["title"], "string", ""),
    entry(&["unannounced"], "bool", "it is to be announced: nothing but kind and time may be told"),
    entry(&["cancelled"], "bool", ""),
    entry(&["replaced_by"], "table or null", "`{title, path}` of the talk that takes its place"),
    entry(&["online"], "string or null", "address of its stream or meeting"),
    entry(&["description"], "string or null", "of a row that has no page"),
    entry(&["path"], "string or null", "the talk's page"),
    entry(&["room", "track"], "string or null", ""),
    entry(&["venue"], "string or null", "name of the venue that the room is in, where the event says so"),
    entry(&["speakers"], "list of term references", ""),
    entry(&["slides", "video"], "media or null", ""),
];

const FEED: &[Entry] = &[
    entry(&["title", "description"], "string", "of the list and the site; plain text"),
    entry(&["permalink", "self_permalink"], "string", "of the list's page, and of the feed itself"),
    entry(&["lang"], "string", ""),
    entry(&["author"], "string or null", "the site's"),
    entry(&["updated"], "string", "RFC 3339: when an entry changed last"),
    entry(&["generator"], "string", "version of `ssg`"),
    entry(&["entries"], "list", "newest first, as many as `[feeds] limit` says: fields as below"),
];

const FEED_ENTRY: &[Entry] = &[
    entry(&["id"], "string", "what readers know it by: the header's `id`, else the permalink"),
    entry(&["is_permalink"], "bool", "whether `id` is the permalink"),
    entry(&["title"], "string", "plain text"),
    entry(&["permalink"], "string", ""),
    entry(&["published", "updated"], "string or null", "RFC 3339"),
    entry(
        &["summary"],
        "string",
        "HTML as a text, which is escaped where it is written; addresses are absolute",
    ),
    entry(&["content"], "string or null", "the same of the whole body, with `[feeds] content = \"full\"`"),
    entry(&["authors", "categories"], "list", "names"),
    entry(&["image"], "string or null", "permalink"),
    entry(&["enclosure"], "table or null", "`{url, length, type}` of the header's `audio`"),
];
