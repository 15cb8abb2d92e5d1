//! The keys of `ssg.toml` and of headers, each with values that it may have, so that an edit changes one
//! value of one key. A test holds the tables against the book.
//!
//! Keys of tables are dotted; in a list of tables a number stands for the row: `event.schedule.0.room`.

use super::random::Random;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A key with what it may be, as TOML.
pub type Key = (&'static str, &'static [&'static str]);

/// Keys with their values, as a file has them.
pub type Keys = BTreeMap<&'static str, String>;

/// Keys of the configuration.
pub const CONFIG: &[Key] = &[
    ("title", &["\"Site\"", "\"Other Site\""]),
    ("base_url", &["\"https://example.org/\"", "\"https://example.org/blog/\"", "\"http://example.org/\""]),
    ("description", &["\"About ops\"", "\"About <ops>\""]),
    ("lang", &["\"en\"", "\"de\""]),
    ("languages.de.title", &["\"Seite\"", "\"Andere Seite\""]),
    ("languages.de.description", &["\"Von Ops\"", "\"Aus Ops\""]),
    ("languages.de.name", &["\"Deutsch\"", "\"Auf Deutsch\""]),
    ("languages.de.weight", &["3", "-3"]),
    ("languages.fr.name", &["\"Français\"", "\"En français\""]),
    ("languages.ar.weight", &["-1", "1"]),
    ("timezone", &["\"UTC\"", "\"Europe/Brussels\"", "\"America/Toronto\""]),
    ("author", &["\"Ann Bell\"", "\"The team\""]),
    ("paginate_by", &["1", "2", "3"]),
    ("feeds.formats", &["[\"atom\", \"rss\", \"json\"]", "[\"json\"]", "[]"]),
    ("feeds.limit", &["1", "2"]),
    ("feeds.content", &["\"summary\"", "\"full\""]),
    ("outputs.archive", &["false", "true"]),
    ("outputs.sitemap", &["false", "true"]),
    ("outputs.robots", &["false", "true"]),
    ("outputs.not_found", &["false", "true"]),
    ("outputs.redirects", &["false", "true"]),
    ("outputs.fingerprints", &["false", "true"]),
    ("outputs.calendars", &["false", "true"]),
    ("outputs.talk_calendars", &["false", "true"]),
    ("outputs.speaker_calendars", &["false", "true"]),
    ("outputs.tool_calendars", &["false", "true"]),
    ("outputs.api", &["false", "true"]),
    ("outputs.schedule_json", &["false", "true"]),
    ("outputs.markdown", &["false", "true"]),
    ("outputs.cards", &["true", "false"]),
    ("outputs.search", &["true", "false"]),
    ("cards.font", &["\"fonts/blocks.ttf\"", "\"fonts/blocks.ttf\"", "\"fonts/none.ttf\""]),
    ("cards.logo", &["\"static/logo.png\"", "\"content/hall.png\""]),
    ("icon", &["\"static/logo.png\"", "[\"static/mark.svg\", \"content/hall.png\"]", "\"static/none.svg\""]),
    ("pictures.enabled", &["true", "false"]),
    ("pictures.widths", &["[120, 240]", "[240]", "[16, 64, 4000]"]),
    ("pictures.formats", &["[\"webp\"]", "[\"jpeg\"]", "[\"webp\", \"jpeg\"]", "[]"]),
    ("pictures.quality", &["78", "40"]),
    ("pictures.sizes", &["\"100vw\"", "\"50vw\""]),
    ("pictures.originals", &["\"strip\"", "\"keep\""]),
    ("hosting.host", &["\"netlify\"", "\"cloudflare\""]),
    ("hosting.headers", &["true", "false"]),
    ("hosting.csp", &["\"report-only\"", "false", "\"on\""]),
    ("hosting.hsts", &["\"max-age=60\"", "\"max-age=61\""]),
    ("hosting.referrer", &["\"no-referrer\"", "\"same-origin\""]),
    ("hosting.permissions", &["\"camera=()\"", "\"usb=()\""]),
    ("hosting.sources.img", &["[\"https://more.example\"]", "[\"https://less.example\"]"]),
    ("hosting.sources.script", &["[\"https://more.example\"]", "[\"https://less.example\"]"]),
    ("hosting.cname", &["\"blog.example.org\"", "\"other.example.org\""]),
    ("hosting.precompress", &["[\"gzip\"]", "[]", "[\"gzip\", \"brotli\"]"]),
    ("hosting.edit_url", &["\"https://a.example/{path}\"", "\"https://b.example/{path}\""]),
    ("markdown.math", &["true", "false"]),
    ("markdown.bare_urls", &["true", "false"]),
    ("markdown.emoji", &["true", "false"]),
    ("markdown.smart_punctuation", &["false", "true"]),
    ("links.internal", &["\"error\"", "\"warn\""]),
    ("markdown.heading_ids", &["\"github\"", "\"slug\""]),
    ("markdown.raw_html", &["\"escape\"", "\"sanitize\"", "\"allow\""]),
    ("markdown.external_links.rel", &["\"noopener\"", "\"nofollow\""]),
    ("markdown.external_links.target", &["\"_blank\"", "\"_top\""]),
    ("talks.kinds", &["[\"keynot\"]", "[\"demo\", \"keynot\"]"]),
    ("taxonomies.series.title", &["\"Series\"", "\"In parts\""]),
    ("taxonomies.tags.feed", &["false", "true"]),
    ("taxonomies.tools.title", &["\"Tools\"", "\"What we use\""]),
    ("taxonomies.tools.paginate_by", &["1", "2"]),
    ("taxonomies.tools.feed", &["false", "true"]),
    ("taxonomies.tools.unpublish", &["[\"Chef\"]", "[\"Puppet\"]"]),
    ("taxonomies.speakers.title", &["\"Speakers\"", "\"People\""]),
    ("taxonomies.speakers.paginate_by", &["1", "2"]),
    ("taxonomies.speakers.feed", &["true", "false"]),
    ("taxonomies.speakers.unpublish", &["[\"Ann Bell\"]", "[\"Annie\", \"Di Egan\"]", "[\"Cy Dunn\"]"]),
    ("taxonomies.categories.title", &["\"Categories\"", "\"About\""]),
    ("taxonomies.categories.paginate_by", &["1", "2"]),
    ("taxonomies.categories.feed", &["false", "true"]),
    ("taxonomies.categories.unpublish", &["[\"News\"]", "[\"culture\"]"]),
    ("theme.options.paper", &["\"#FFFFFF\"", "\"#FFFFF0\""]),
    ("theme.options.ink", &["\"#000000\"", "\"#000010\""]),
    ("theme.options.accent", &["\"#900000\"", "\"#800000\""]),
    ("theme.options.paper_dark", &["\"#000000\"", "\"#000001\""]),
    ("theme.options.ink_dark", &["\"#FFFFFF\"", "\"#FFFFF0\""]),
    ("theme.options.accent_dark", &["\"#F0A0A0\"", "\"#F0B0B0\""]),
    ("theme.options.logo", &["\"/logo.png\""]),
    ("theme.options.menu", &["[{ title = \"About\", path = \"/about/\" }]", "[]"]),
    ("theme.options.footer", &["\"Foot *note*\"", "\"Foot\"", "3"]),
    ("theme.options.home_events", &["1", "0"]),
    ("theme.options.home_recaps", &["1", "0"]),
    ("theme.options.home_tools", &["1", "0"]),
    ("theme.options.home_people", &["1", "0"]),
    ("themes.plain", &["{ git = \"x\", commit = \"x\", hash = \"blake3:0\" }"]),
    ("serve.allowed_hosts", &["[\"a.example\"]"]),
    ("extra.tone", &["\"calm\"", "\"loud\""]),
    ("extra.menu", &["[1, 2]", "[2]"]),
    ("uid_domain", &["\"ids.example\"", "\"other.example\""]),
    ("outputs.talks", &["true", "false"]),
    ("outputs.series", &["true", "false"]),
    ("taxonomies.tools.part_above", &["1", "500"]),
    ("taxonomies.speakers.part_above", &["1", "2"]),
    ("permalinks.posts", &["\"/:year/:month/:slug/\"", "\"/blog/:slug/\"", "\"/:section/:day-:slug.html\""]),
    ("theme.options.covers", &["\"drawn\"", "\"pictures\""]),
    ("theme.options.logo_dark", &["\"/logo.png\""]),
    ("theme.options.subscribe", &["\"/about/\"", "\"/gone/\""]),
    ("theme.options.share", &["true", "false"]),
    ("theme.options.reply", &["\"mail@example.org\""]),
    ("theme.options.comments", &["{ provider = \"isso\", url = \"https://isso.example/\" }"]),
];

const DAYS: &[&str] = &[
    "2016-01-05",
    "2016-01-06T10:00:00",
    "2016-01-06T10:00:00+02:00",
    "2016-03-01",
    "2015-12-31",
    "2016-06-02",
    "2017-02-02",
];

/// Keys of any header.
const HEADER: &[Key] = &[
    ("date", DAYS),
    ("updated", &["2016-02-02", "2016-02-03T10:00:00"]),
    ("description", &["\"In one sentence.\"", "\"Another <b>one</b>.\""]),
    (
        "excerpt",
        &["\"A *short* text.\"", "\"See [about](@/about.md).\"", "\"![hall](hall.png) {{ ask() }}\""],
    ),
    ("slug", &["\"slug-a\"", "\"slug-b\"", "\"Chef\"", "\"ann-bell\""]),
    ("path", &["\"/old/x/\"", "\"/p/\"", "\"/file.html\"", "\"/notes/p/\""]),
    (
        "authors",
        &[
            "[\"Ann Bell\"]",
            "[\"Di Egan\"]",
            "[\"Annie\", \"Bo Cole\"]",
            "[{ name = \"Cy Dunn\", id = \"ann-two\" }]",
        ],
    ),
    ("template", &["\"special.html\"", "\"page.html\""]),
    ("draft", &["false", "true"]),
    ("publish_at", &["2016-01-01", "2016-06-02", "2016-06-01T12:00:00"]),
    ("expires", &["2017-01-01", "2016-06-02", "2018-01-01"]),
    ("weight", &["-1", "0", "2"]),
    ("categories", &["[\"Culture\"]", "[\"Culture\", \"News\"]", "[\"news\"]", "[]"]),
    ("tools", &["[\"Chef\"]", "[\"chef\", \"Puppet\"]", "[\"C++\", \"Chef\"]", "[\"puppet\"]"]),
    (
        "speakers",
        &[
            "[\"Ann Bell\"]",
            "[\"Bo Cole\", \"Ann Bell\"]",
            "[\"Cy Dunn\", \"Bo Cole\"]",
            "[\"Annie\", \"TBA\"]",
            "[{ name = \"Ann Bell\", id = \"ann-two\" }, \"Bo Cole\"]",
            "[{ name = \"Ann Bell\", id = \"bo-cole\" }]",
        ],
    ),
    ("series", &["[\"First\"]", "[\"Second\"]"]),
    ("events", &["[\"2016-ghent\"]", "[\"2017-toronto\", \"2016-ghent\"]", "[\"2016-gent\"]"]),
    ("talks", &["[\"2016-ghent/opening\"]", "[\"2016-ghent/closing\", \"2017-toronto/opening\"]"]),
    ("toc", &["true", "false"]),
    ("lang", &["\"de\"", "\"en-GB\"", "\"fr\""]),
    ("translation_key", &["\"notes/one\"", "\"about\"", "\"posts/gamma\"", "\"events/2018-oslo\""]),
    ("image", &["\"hall.png\"", "\"/logo.png\"", "\"/none.png\""]),
    ("slides", &["\"https://speakerdeck.com/a/b\"", "\"https://slides.example/y\""]),
    (
        "video",
        &[
            "\"https://youtu.be/pY-3XJjmu58\"",
            "\"https://vimeo.com/1\"",
            "[\"https://vimeo.com/1\", { url = \"https://vimeo.com/3\", language = \"de\", title = \"Part 2\" }]",
        ],
    ),
    ("extra.mood", &["\"calm\"", "\"loud\""]),
    ("extra.list", &["[1, 2]", "[2]"]),
];

/// Keys of any header that say how far a page is shown. They come last: which keys the whole site has goes by their
/// places.
const STANDING: &[Key] = &[
    ("unlisted", &["false", "true"]),
    ("noindex", &["false", "true"]),
    ("redirect_to", &["\"/posts/\"", "\"@/about.md\"", "\"https://else.example/\""]),
    (
        "audio",
        &["\"hall.png\"", "{ url = \"https://cdn.example/a.mp3\", length = 7, type = \"audio/mpeg\" }"],
    ),
    ("search", &["true", "false"]),
    ("image_focus", &["\"50% 30%\"", "\"0% 100%\"", "\"middle\""]),
];

const TITLES: &[&str] =
    &["\"Alpha\"", "\"Beta\"", "\"Delta & <Co>\"", "\"Ünïcode\"", "\"First look\"", "\"Zed\""];
const TERM_TITLES: &[&str] = &["\"Ann Bell\"", "\"Bo Cole\"", "\"Chef\"", "\"Culture\"", "\"Anne Bell\""];

const TERM: &[Key] = &[
    ("title", TERM_TITLES),
    ("aliases", &["[\"Annie\", \"/was/1/\"]", "[\"Annie\"]", "[\"/was/2/\"]"]),
    ("former_names", &["[\"Annie\"]", "[\"Opscode\"]"]),
];

const SECTION: &[Key] = &[
    ("paginate_by", &["1", "2"]),
    ("cascade.draft", &["false", "true"]),
    ("cascade.unlisted", &["false", "true"]),
    ("cascade.private", &["false", "true"]),
    ("cascade.search", &["true", "false"]),
];

/// Keys of headers that are no term's.
const OTHERS: &[Key] = &[
    ("title", TITLES),
    (
        "aliases",
        &["[\"/was/3/\"]", "[\"/was/4.html\", \"/was/5/\"]", "[\"/was/6/\"]", "[\"/was/7/\", \"/was/8/\"]"],
    ),
];

const EVENT: &[Key] = &[
    (
        "event.start",
        &[
            "2016-05-26",
            "2016-06-01T09:00:00",
            "2017-03-01",
            "2015-05-05",
            "2016-06-10",
            "\"2016-06\"",
            "\"2016-Q3\"",
            "\"TBA\"",
        ],
    ),
    (
        "event.end",
        &[
            "2016-05-27",
            "2016-06-02T18:00:00",
            "2017-03-02",
            "2016-06-11",
            "2016-05-27T00:00:00",
            "\"2016-Q4\"",
        ],
    ),
    ("event.timezone", &["\"Europe/Brussels\"", "\"America/Toronto\"", "\"Europe/Paris\""]),
    ("event.city", &["\"Ghent\"", "\"Toronto\""]),
    ("event.country", &["\"Belgium\"", "\"Canada\""]),
    ("event.series", &["\"days\"", "\"nights\""]),
    ("event.cancelled", &["true", "false"]),
    ("event.venue.name", &["\"Hall\"", "\"The Hall\""]),
    ("event.venue.address", &["\"Road 1\"", "\"Road 2\""]),
    ("event.venue.coordinates", &["\"43.6446,-79.3884\"", "\"43.6446,-79\""]),
    ("event.venue.url", &["\"https://hall.example/\"", "\"https://hall.example/2\""]),
    ("event.cfp.opens", &["2016-01-01", "2016-06-02T08:00:00"]),
    ("event.cfp.closes", &["2016-04-01", "2016-06-05", "2017-01-01", "\"2016-06-05 AoE\""]),
    ("event.cfp.announced", &["2016-05-01", "2016-06-07"]),
    ("event.cfp.url", &["\"https://cfp.example/\"", "\"https://cfp.example/2\""]),
    ("event.registration.opens", &["2016-02-01", "2016-06-03"]),
    ("event.registration.closes", &["2016-06-01", "2016-06-09"]),
    ("event.registration.url", &["\"https://x.example/\"", "\"https://y.example/\""]),
    ("event.organizers.0.name", &["\"Ann Bell\"", "\"Bo Cole\"", "\"Di Egan\""]),
    ("event.organizers.0.url", &["\"https://ann.example/\"", "\"https://bo.example/\""]),
    ("event.organizers.1.name", &["\"Di Egan\"", "\"Annie\""]),
    ("event.organizers.1.url", &["\"https://di.example/\"", "\"https://eg.example/\""]),
    ("event.sponsors.0.id", &["\"acme\"", "\"umbrella\"", "\"acmee\""]),
    ("event.sponsors.0.level", &["\"gold\"", "\"silver\""]),
    ("event.sponsors.1.id", &["\"umbrella\"", "\"acme\""]),
    ("event.sponsors.1.level", &["\"silver\"", "\"gold\""]),
    ("event.sponsor_levels.0.id", &["\"gold\"", "\"silver\""]),
    ("event.sponsor_levels.0.label", &["\"Gold\"", "\"All that glitters\""]),
    ("event.sponsor_levels.0.max", &["2", "1"]),
    ("event.sponsor_levels.1.id", &["\"silver\"", "\"bronze\""]),
    ("event.sponsor_levels.1.label", &["\"Silver\"", "\"Ag\""]),
    ("event.sponsor_levels.1.max", &["2", "0"]),
    ("event.schedule.0.starts", &["2016-05-26T09:00:00", "2016-05-26T08:00:00"]),
    ("event.schedule.0.ends", &["2016-05-26T10:00:00", "2016-05-26T10:30:00"]),
    ("event.schedule.0.room", &["\"A\"", "\"B\""]),
    ("event.schedule.0.track", &["\"ops\"", "\"dev\""]),
    ("event.schedule.0.kind", &["\"keynote\"", "\"talk\"", "\"keynot\""]),
    ("event.schedule.0.title", &["\"A row\"", "\"Another row\""]),
    ("event.schedule.0.talk", &["\"opening\"", "\"closing\"", "\"openin\""]),
    ("event.schedule.0.speakers", &["[\"Cy Dunn\"]", "[\"Ann Bell\"]", "[\"Annie\"]"]),
    ("event.schedule.1.starts", &["2016-05-26T12:00:00", "2016-05-26T09:00:00"]),
    ("event.schedule.1.ends", &["2016-05-26T13:00:00", "2016-05-26T10:00:00"]),
    ("event.schedule.1.room", &["\"B\"", "\"A\""]),
    ("event.schedule.1.track", &["\"dev\"", "\"ops\""]),
    ("event.schedule.1.kind", &["\"break\"", "\"panel\""]),
    ("event.schedule.1.title", &["\"Break\"", "\"Lunch\""]),
    ("event.schedule.1.talk", &["\"closing\"", "\"opening\""]),
    (
        "event.schedule.1.speakers",
        &["[\"Bo Cole\"]", "[\"Cy Dunn\"]", "[{ name = \"Bo Cole\", id = \"ann-two\" }]"],
    ),
    // A site that has everything takes of each the first two.
    ("event.online", &["true", "\"https://stream.example/\"", "false"]),
    ("event.hybrid", &["true", "false"]),
    ("event.previous_start", &["2016-04-01", "2016-04-02T09:00:00"]),
    ("event.previous_city", &["\"Brussels\"", "\"Antwerp\""]),
    ("event.day_ends", &["\"04:00\"", "\"10:00\""]),
    ("event.registration.price", &["120", "\"99.50\""]),
    ("event.registration.currency", &["\"EUR\"", "\"USD\""]),
    ("event.registration.sold_out", &["true", "false"]),
    ("event.organizers.0.organization", &["true", "false"]),
    ("event.sponsors.0.name", &["\"Acme here\"", "\"Acme there\""]),
    ("event.sponsors.0.url", &["\"https://acme.example/\"", "\"https://acme.example/2\""]),
    ("event.sponsors.0.logo", &["\"/logo.png\"", "\"/none.png\""]),
    ("event.schedule.0.id", &["\"row-a\"", "\"row-b\""]),
    ("event.schedule.0.abstract", &["\"In short.\"", "\"At length.\""]),
    ("event.schedule.0.aliases", &["[\"/was/row/\"]", "[\"/was/row2/\"]"]),
    ("event.schedule.0.cancelled", &["false", "false", "true"]),
    ("event.schedule.0.replaced_by", &["\"closing\"", "\"opening\""]),
    ("event.schedule.0.announced", &["true", "true", "false"]),
    ("event.schedule.0.online", &["\"https://row.example/\"", "true"]),
    ("event.schedule.0.language", &["\"nl\"", "[\"en\", \"nl\"]"]),
    ("event.schedule.0.video", &["\"https://vimeo.com/4\"", "\"https://vimeo.com/5\""]),
    ("event.schedule.0.slides", &["\"https://slides.example/r\"", "\"https://slides.example/s\""]),
    ("event.venue.id", &["\"hall\"", "\"house\""]),
    ("event.venue.city", &["\"Bruges\"", "\"Ostend\""]),
    ("event.venues.0.id", &["\"annex\"", "\"annex\"", "\"hall\""]),
    ("event.venues.0.name", &["\"Annex\"", "\"The Annex\""]),
    ("event.venues.0.address", &["\"Lane 1\"", "\"Lane 2\""]),
    ("event.venues.0.city", &["\"Melle\"", "\"Gavere\""]),
    ("event.venues.0.coordinates", &["\"51.1,3.7\"", "\"51.2,3.8\""]),
    ("event.venues.0.url", &["\"https://annex.example/\"", "\"https://annex.example/2\""]),
    ("event.venues.1.name", &["\"Barn\"", "\"Old Barn\""]),
    ("event.rooms.0.name", &["\"A\"", "\"B\""]),
    ("event.rooms.0.venue", &["\"annex\"", "\"Barn\"", "\"anex\""]),
    ("event.rooms.0.online", &["\"https://room.example/\"", "true"]),
];

const TALK: &[Key] = &[
    ("talk.kind", &["\"keynote\"", "\"ignite\"", "\"keynot\""]),
    ("talk.starts", &["2016-05-26T09:30:00", "2016-05-26T11:00:00", "2017-03-01T10:00:00"]),
    ("talk.ends", &["2016-05-26T10:00:00", "2016-05-26T12:00:00"]),
    ("talk.room", &["\"A\"", "\"B\""]),
    ("talk.track", &["\"ops\"", "\"dev\""]),
    ("talk.level", &["\"all\"", "\"expert\""]),
    ("talk.language", &["\"en\"", "\"nl\"", "[\"en\", \"nl\"]"]),
    ("talk.cancelled", &["false", "false", "true"]),
    ("talk.replaced_by", &["\"closing\"", "\"opening\""]),
    ("talk.announced", &["true", "true", "false"]),
    ("talk.online", &["true", "\"https://talk.example/\""]),
    ("talk.event", &["\"2016-ghent\"", "\"2017-toronto\"", "\"2018-oslo\"", "\"2016-gent\""]),
    ("talk.slides", &["\"https://speakerdeck.com/a/b\"", "\"https://slides.example/x\""]),
    ("talk.video", &["\"https://youtu.be/pY-3XJjmu58\"", "\"https://vimeo.com/2\""]),
    ("video_added", &["2016-06-01", "2016-06-03", "2017-02-02"]),
];

const SWITCH: &[&str] = &["true", "false"];

/// Keys of other generators' headers.
pub const FOREIGN: &[Key] = &[
    ("created", &["2016-01-05", "2016-01-06"]),
    ("created_at", &["2016-01-05", "2016-01-06"]),
    ("lastmod", &["2016-02-02", "2016-02-03"]),
    ("last_modified_at", &["2016-02-02", "2016-02-03"]),
    ("modified", &["2016-02-02", "2016-02-03"]),
    ("updated_at", &["2016-02-02", "2016-02-03"]),
    ("changed", &["2016-02-02", "2016-02-03"]),
    ("id", &["\"first\"", "\"https://old.example/?p=1\""]),
    ("isDraft", &["true", "false"]),
    ("publish", &["true", "false"]),
    ("status", &["\"draft\"", "\"published\"", "\"private\"", "\"hidden\""]),
    ("state", &["\"draft\"", "\"live\""]),
    ("visibility", &["\"public\"", "\"private\""]),
    ("private", &["true", "false"]),
    ("password", &["\"open\"", "\"\""]),
    ("render", &["true", "false"]),
    ("headless", &["true", "false"]),
    ("build.render", &["\"never\"", "\"always\""]),
    ("build.list", &["\"never\"", "\"always\""]),
    ("hidden", &["true", "false"]),
    ("sitemap", &["true", "false"]),
    ("robots", &["\"noindex\"", "\"index\""]),
    ("publish_date", &["2016-01-01", "2016-06-02"]),
    ("expiry_date", &["2017-01-01", "2016-01-02"]),
    ("unpublish_at", &["2017-01-01", "2016-01-02"]),
    ("publishDate", &["2016-01-01", "2016-06-02"]),
    ("expiryDate", &["2017-01-01", "2016-01-02"]),
    ("unpublishdate", &["2017-01-01", "2016-01-02"]),
    ("author", &["\"Ann Bell\"", "\"Di Egan\""]),
    ("published", &["true", "false"]),
    ("permalink", &["\"/perma/\"", "\"/:year/\""]),
    ("url", &["\"/url/\"", "\"/url/2/\""]),
    ("alias", &["\"/was/9/\"", "\"/was/10/\""]),
    ("redirect_from", &["\"/was/11/\"", "\"/was/12/\""]),
    ("category", &["\"Culture\"", "\"News\""]),
    ("tags", &["[\"Culture\"]", "[\"News\"]"]),
    ("tag", &["\"Culture\"", "\"News\""]),
    ("keywords", &["[\"Culture\"]", "[\"News\"]"]),
    ("tool", &["\"Chef\"", "\"Puppet\""]),
    ("speaker", &["\"Ann Bell\"", "\"Bo Cole\""]),
    ("taxonomies.tools", &["[\"Chef\"]", "[\"Puppet\"]"]),
    ("subtitle", &["\"Below\"", "\"Under\""]),
    ("summary", &["\"A *sum*.\"", "\"Summed up.\""]),
    ("language", &["\"de\"", "\"fr\""]),
    ("locale", &["\"de\"", "\"fr\""]),
    ("translationKey", &["\"about\"", "\"notes/one\""]),
    ("cover", &["\"/logo.png\"", "\"/none.png\""]),
    ("thumbnail", &["\"/logo.png\"", "\"/none.png\""]),
    ("params.mood", &["\"calm\"", "\"loud\""]),
    ("layout", &["\"post\"", "\"landing\""]),
    ("comments", SWITCH),
    ("sharing", SWITCH),
    ("footer", SWITCH),
    ("sidebar", SWITCH),
    ("type", SWITCH),
    ("menu", SWITCH),
    ("linkTitle", SWITCH),
    ("markup", SWITCH),
    ("isCJKLanguage", SWITCH),
    ("in_search_index", SWITCH),
    ("sort_by", SWITCH),
    ("generate_feeds", SWITCH),
    ("nid", SWITCH),
    ("uid", SWITCH),
    ("guid", &["\"old\"", "\"https://old.example/?p=2\""]),
    ("wordpress_id", SWITCH),
    ("disqus_identifier", SWITCH),
];

/// Keys that a good part of the edits changes: most of a site hangs on them.
const OFTEN: &[&str] =
    &["title", "title", "date", "aliases", "categories", "tools", "tools", "speakers", "events"];

/// What a file's place makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Page,
    Post,
    Section,
    Event,
    Talk,
    Term,
}

/// The keys of the headers of a role.
pub fn header_keys(role: Role) -> impl Iterator<Item = &'static Key> {
    let own: [&[Key]; 2] = match role {
        Role::Term => [TERM, &[]],
        Role::Section => [OTHERS, SECTION],
        Role::Event => [OTHERS, EVENT],
        Role::Talk => [OTHERS, TALK],
        Role::Page | Role::Post => [OTHERS, &[]],
    };
    HEADER.iter().chain(own.into_iter().flatten()).chain(STANDING)
}

/// The keys of the table of an event or a talk; none of other roles.
pub fn table_keys(role: Role) -> &'static [Key] {
    match role {
        Role::Event => EVENT,
        Role::Talk => TALK,
        _ => &[],
    }
}

/// A key of a header, those on which much hangs more often than others; of a table seldom.
pub fn some_key(random: &mut Random, role: Role) -> &'static Key {
    let keys: Vec<&Key> = header_keys(role)
        .filter(|(key, _)| !key.starts_with("event.") && !key.starts_with("talk."))
        .collect();
    if random.chance(30) {
        let often = *random.pick(OFTEN);
        if let Some(key) = keys.iter().find(|(key, _)| *key == often) {
            return key;
        }
    }
    keys[random.below(keys.len())]
}

/// Sets, changes or drops a key.
pub fn edit(keys: &mut Keys, random: &mut Random, (key, values): &Key) {
    let drops = match *key {
        "event.start" => 5,
        _ => 20,
    };
    if keys.contains_key(key) && random.chance(drops) {
        keys.remove(key);
    } else {
        keys.insert(key, (*random.pick(values)).to_owned());
    }
}

/// The keys as TOML.
pub fn toml(keys: &Keys) -> String {
    let mut text = String::new();
    // List → row → its keys.
    let mut lists: BTreeMap<&str, BTreeMap<&str, Vec<String>>> = BTreeMap::new();
    for (key, value) in keys {
        match row_of(key) {
            Some((list, row, field)) => {
                lists.entry(list).or_default().entry(row).or_default().push(format!("{field} = {value}"));
            }
            None => _ = writeln!(text, "{key} = {value}"),
        }
    }
    for (list, rows) in lists {
        let rows: Vec<String> = rows.values().map(|row| format!("{{ {} }}", row.join(", "))).collect();
        let _ = writeln!(text, "{list} = [{}]", rows.join(", "));
    }
    text
}

/// The list, the row and the key in it, where a key stands in a list of tables.
fn row_of(key: &str) -> Option<(&str, &str, &str)> {
    let (rest, field) = key.rsplit_once('.')?;
    let (list, row) = rest.rsplit_once('.')?;
    row.bytes().all(|byte| byte.is_ascii_digit()).then_some((list, row, field))
}

mod book {
    //! Every key that the book tells of is in the tables.

    use super::{CONFIG, EVENT, FOREIGN, HEADER, Key, OTHERS, SECTION, STANDING, TALK, TERM};

    /// Keys that are in no table, and why.
    const LEFT_OUT: &[(&str, &str)] = &[
        ("theme", "the sites have other themes, and with them other files"),
        ("event", "is a table"),
        ("talk", "is a table"),
        ("sources", "is a table"),
        ("cascade", "is a table"),
    ];

    /// What stands between backticks and may be a key.
    fn names(cell: &str) -> Vec<&str> {
        let is_name = |name: &&str| {
            !name.is_empty()
                && !name.starts_with('_')
                && name.bytes().all(|byte| byte.is_ascii_alphabetic() || b"_.".contains(&byte))
        };
        let quoted = cell.split('`').skip(1).step_by(2);
        quoted.map(|text| text.split([':', '=']).next().unwrap_or(text).trim()).filter(is_name).collect()
    }

    /// The keys that a page tells of in its tables: whole ones, with `*` for what the author names.
    fn told(page: &str, root: &str) -> Vec<String> {
        let mut prefix = root.to_owned();
        let mut keys = Vec::new();
        for line in page.lines() {
            if let Some(heading) = line.strip_prefix("## ") {
                let table = heading.strip_prefix("`[").and_then(|rest| rest.strip_suffix("]`"));
                prefix = match table {
                    Some("theme") => "theme.options.".to_owned(),
                    Some(table) => format!("{}.", table.replace("<tag>", "*").replace("<name>", "*")),
                    None => root.to_owned(),
                };
            }
            let mut cells = line.split('|').map(str::trim).skip(1);
            let (Some(first), Some(second)) = (cells.next(), cells.next()) else { continue };
            let table = first.trim_matches(['`', '[', ']']);
            if first.starts_with("`[") && table != "taxonomies" {
                keys.extend(names(second).iter().map(|name| format!("{table}.{name}")));
            } else if line.contains("list of tables") {
                let third = cells.next().unwrap_or("");
                keys.extend(names(third).iter().map(|name| format!("{prefix}{}.{name}", names(first)[0])));
            } else {
                keys.extend(names(first).iter().map(|name| format!("{prefix}{name}")));
            }
        }
        keys
    }

    /// Whether a key of the tables is the one that is told of: rows count as nothing.
    fn is_same(told: &str, key: &str) -> bool {
        let key = key.split('.').filter(|part| !part.bytes().all(|byte| byte.is_ascii_digit()));
        let mut told = told.split('.');
        let all = key.zip(&mut told).all(|(part, told)| told == "*" || told == part);
        all && told.next().is_none()
    }

    fn missing(told: &[String], tables: &[&[Key]]) -> Vec<String> {
        let is_known = |one: &&String| {
            LEFT_OUT.iter().any(|(key, _)| one == key || one.ends_with(&format!(".{key}")))
                || tables.iter().copied().flatten().any(|(key, _)| is_same(one, key))
        };
        told.iter().filter(|one| !is_known(one)).cloned().collect()
    }

    #[test]
    fn every_key_of_the_book_has_values() {
        let configuration = [
            told(include_str!("../../../../docs/src/configuration.md"), ""),
            told(include_str!("../../../../docs/src/hosting.md"), "hosting."),
        ]
        .concat();
        let headers = told(include_str!("../../../../docs/src/front-matter.md"), "");
        assert!(configuration.len() > 60 && headers.len() > 80, "the book is not understood");
        let none: Vec<String> = Vec::new();
        assert_eq!(missing(&configuration, &[CONFIG]), none, "of ssg.toml");
        let tables = [HEADER, STANDING, TERM, SECTION, OTHERS, EVENT, TALK, FOREIGN];
        assert_eq!(missing(&headers, &tables), none, "of headers");
    }
}
