//! Keys of headers. Those that stand for tables are in the book's second tables, whose rows name their keys.

use super::{Key, Kind};

/// Kinds of talks that are known without being declared.
pub const KINDS: &[&str] = &["keynote", "talk", "workshop", "panel", "ignite", "lightning", "open-space"];

/// Keys of every header.
pub const PAGE: &[Key] = &[
    Key {
        names: &["title"],
        kind: Kind::Text,
        meaning: "plain text; else the first heading, else the file's name",
        example: "`\"Level up\"`",
        ..Key::EMPTY
    },
    Key {
        names: &["date"],
        kind: Kind::Date,
        also: &["created", "created_at"],
        meaning: "of publication; else from the file's name",
        example: "`2013-05-06`",
        ..Key::EMPTY
    },
    Key {
        names: &["updated"],
        kind: Kind::Date,
        also: &["lastmod", "last_modified_at", "modified", "updated_at", "changed"],
        meaning: "of the last change that readers should know of",
        example: "`2013-05-09`",
        ..Key::EMPTY
    },
    Key {
        names: &["description"],
        kind: Kind::Text,
        also: &["subtitle"],
        meaning: "one sentence for lists and search engines, plain text",
        example: "`\"Two days in Austin.\"`",
        ..Key::EMPTY
    },
    Key {
        names: &["excerpt"],
        kind: Kind::Text,
        also: &["summary"],
        meaning: "Markdown that stands for the summary",
        example: "`\"Two *long* days.\"`",
        ..Key::EMPTY
    },
    Key {
        names: &["slug"],
        kind: Kind::Text,
        meaning: "last part of the path",
        example: "`\"austin\"`",
        ..Key::EMPTY
    },
    Key {
        names: &["path"],
        kind: Kind::Text,
        also: &["url", "permalink"],
        meaning: "the whole path",
        example: "`\"/2013/austin/\"`",
        ..Key::EMPTY
    },
    Key {
        names: &["aliases"],
        kind: Kind::Texts,
        also: &["alias", "redirect_from"],
        meaning: "paths that redirect here; on a term page other spellings as well",
        example: "`[\"/2013/05/austin.html\"]`",
        ..Key::EMPTY
    },
    Key {
        names: &["authors"],
        kind: Kind::People,
        also: &["author"],
        meaning: "who wrote it; a speaker of the same name is linked",
        example: "`[\"Theo Vance\"]`",
        ..Key::EMPTY
    },
    Key {
        names: &["template"],
        kind: Kind::Text,
        meaning: "template in place of the kind's",
        example: "`\"landing.html\"`",
        ..Key::EMPTY
    },
    Key {
        names: &["draft"],
        kind: Kind::Flag,
        meaning: "[not published](withheld.md)",
        example: "`true`",
        ..Key::EMPTY
    },
    Key {
        names: &["unlisted"],
        kind: Kind::Flag,
        meaning: "in no list, feed, calendar or site map",
        example: "`true`",
        ..Key::EMPTY
    },
    Key {
        names: &["redirect_to"],
        kind: Kind::Address,
        meaning: "readers of the page are led on to there: an address, a path or `@/posts/x.md`; it is in lists as before, and not for search engines",
        example: "`\"https://else.example/\"`",
        ..Key::EMPTY
    },
    Key {
        names: &["noindex"],
        kind: Kind::Flag,
        meaning: "not for search engines",
        example: "`true`",
        ..Key::EMPTY
    },
    Key {
        names: &["search"],
        kind: Kind::Flag,
        meaning: "whether the site's own [search](search.md) finds it",
        example: "`false`",
        ..Key::EMPTY
    },
    Key {
        names: &["id"],
        kind: Kind::Text,
        also: &["guid"],
        meaning: "what feeds and calendars know it by, [whatever its address is](outputs.md#redirects)",
        example: "`\"https://old.example.org/?p=12\"`",
        ..Key::EMPTY
    },
    Key {
        names: &["publish_at"],
        kind: Kind::Date,
        also: &["publishDate", "publish_date"],
        meaning: "not published before",
        example: "`2016-06-02T08:00:00`",
        ..Key::EMPTY
    },
    Key {
        names: &["expires"],
        kind: Kind::Date,
        also: &["expiryDate", "unpublishdate", "expiry_date", "unpublish_at"],
        meaning: "not published from then on",
        example: "`2017-01-01`",
        ..Key::EMPTY
    },
    Key {
        names: &["weight"],
        kind: Kind::Number,
        meaning: "order among pages of the same date; lower first, 0 without",
        example: "`-1`",
        ..Key::EMPTY
    },
    Key {
        names: &["categories"],
        kind: Kind::Terms,
        also: &["category", "tags", "tag", "keywords"],
        meaning: "what it is about",
        example: "`[\"Recaps\"]`",
        ..Key::EMPTY
    },
    Key {
        names: &["tools"],
        kind: Kind::Terms,
        also: &["tool"],
        meaning: "what it is about",
        example: "`[\"Chef\", \"Nagios\"]`",
        ..Key::EMPTY
    },
    Key {
        names: &["speakers"],
        kind: Kind::People,
        also: &["speaker"],
        meaning: "who speaks in it",
        example: "`[\"John Willis\"]`",
        ..Key::EMPTY
    },
    Key {
        names: &["events"],
        kind: Kind::Texts,
        meaning: "events that it is about: names of their folders",
        example: "`[\"2016-toronto\"]`",
        ..Key::EMPTY
    },
    Key {
        names: &["talks"],
        kind: Kind::Texts,
        meaning: "talks that it is about: event and slug",
        example: "`[\"2016-toronto/scaling-delivery\"]`",
        ..Key::EMPTY
    },
    Key {
        names: &["toc"],
        kind: Kind::Flag,
        meaning: "whether to show a table of contents",
        example: "`true`",
        ..Key::EMPTY
    },
    Key {
        names: &["lang"],
        kind: Kind::Text,
        also: &["language", "locale"],
        meaning: "language it is written in, a BCP 47 tag; that of the file's name or of the site without",
        example: "`\"de\"`",
        ..Key::EMPTY
    },
    Key {
        names: &["translation_key"],
        kind: Kind::Text,
        also: &["translationKey"],
        meaning: "ties it to [its translations](languages.md#files) where their files have other names",
        example: "`\"about\"`",
        ..Key::EMPTY
    },
    Key {
        names: &["image"],
        kind: Kind::Image,
        also: &["cover", "thumbnail"],
        meaning: "path of an image that stands for the page",
        example: "`\"/images/wall.jpg\"`",
        ..Key::EMPTY
    },
    Key {
        names: &["image_focus"],
        kind: Kind::Text,
        meaning: "what of the image stays in sight where [a part of it](pictures.md#covers-portraits-and-other-images-of-pages) is shown: per cent from the left and from the top",
        example: "`\"50% 30%\"`",
        ..Key::EMPTY
    },
    Key {
        names: &["audio"],
        kind: Kind::Audio,
        also: &["enclosure"],
        meaning: "a recording to listen to, which [feeds](outputs.md#feeds) bring with the page: a file beside it or of `static`, whose length and type are known, or an address elsewhere as `{ url, length, type }`; Jekyll's `enclosure` is read so too",
        example: "`\"episode.mp3\"`",
        ..Key::EMPTY
    },
    Key {
        names: &["slides", "video"],
        kind: Kind::Media,
        meaning: "where they are, `{ url, language, title }` where that tells one from another; the host is recognised",
        example: "`\"https://youtu.be/pY-3XJjmu58\"`",
        ..Key::EMPTY
    },
    Key {
        names: &["video_added"],
        kind: Kind::Date,
        meaning: "since when there are recordings; [feeds](outputs.md#feeds) show the talk as changed then",
        example: "`2016-06-20`",
        ..Key::EMPTY
    },
    Key {
        names: &["extra"],
        kind: Kind::AnyTable,
        also: &["params"],
        meaning: "values of your own, for templates",
        ..Key::EMPTY
    },
];

/// Keys of the table of an event.
pub const EVENT: &[Key] = &[
    Key {
        names: &["start"],
        kind: Kind::Date,
        also: &["starts", "startdate"],
        meaning: "first day or moment; or what is known of it: `\"2027\"`, `\"2027-Q2\"`, `\"2027-06\"`, `\"TBA\"`",
        ..Key::EMPTY
    },
    Key {
        names: &["end"],
        kind: Kind::Date,
        also: &["ends", "enddate"],
        meaning: "last day, to its end, or moment, or what is known of it; without it the event lasts to the end of the day it starts on",
        ..Key::EMPTY
    },
    Key {
        names: &["timezone"],
        kind: Kind::Text,
        meaning: "IANA name, such as `America/Toronto`; the site's without",
        ..Key::EMPTY
    },
    Key { names: &["city", "country"], kind: Kind::Text, meaning: "where it takes place", ..Key::EMPTY },
    Key {
        names: &["series"],
        kind: Kind::Text,
        meaning: "the same event over the years, such as `devopsdays-toronto`",
        ..Key::EMPTY
    },
    Key {
        names: &["cancelled"],
        kind: Kind::Flag,
        also: &["canceled", "cancel"],
        meaning: "called off",
        ..Key::EMPTY
    },
    Key {
        names: &["online"],
        kind: Kind::AddressOrTrue,
        meaning: "it takes place online, at the stream or the meeting there; with a venue, both",
        ..Key::EMPTY
    },
    Key {
        names: &["hybrid"],
        kind: Kind::Flag,
        meaning: "it takes place at its venue and online, wherever that is",
        ..Key::EMPTY
    },
    Key {
        names: &["previous_start"],
        kind: Kind::Date,
        meaning: "when it was to start before it was moved",
        ..Key::EMPTY
    },
    Key {
        names: &["previous_city"],
        kind: Kind::Text,
        meaning: "where it was to take place before it was moved",
        ..Key::EMPTY
    },
    Key {
        names: &["day_ends"],
        kind: Kind::Text,
        meaning: "the hour, before noon, until which what begins belongs to the evening before; `\"06:00\"` without",
        ..Key::EMPTY
    },
    Key {
        names: &["organizers"],
        kind: Kind::Tables(&[ORGANIZER]),
        meaning: "`name`, `url`, `organization` (true for one that is no person), and what else you like",
        ..Key::EMPTY
    },
    Key {
        names: &["sponsors"],
        kind: Kind::Tables(&[SPONSOR]),
        meaning: "`id` (file name in `data/sponsors/`), `level`; `name`, `url`, `logo` for one without a file, or in place of what it says",
        ..Key::EMPTY
    },
    Key {
        names: &["sponsor_levels"],
        kind: Kind::Tables(&[SPONSOR_LEVEL]),
        meaning: "`id`, `label`, `max`; highest first",
        ..Key::EMPTY
    },
];

/// Keys of the table of a talk.
pub const TALK: &[Key] = &[
    Key {
        names: &["kind"],
        kind: Kind::Usual(KINDS),
        also: &["type"],
        meaning: "`keynote talk workshop panel ignite lightning open-space`, or one of `[talks] kinds`; `talk` without. Another word is a warning and shown as it stands",
        ..Key::EMPTY
    },
    Key {
        names: &["starts", "ends"],
        kind: Kind::Date,
        also: &["start", "end"],
        meaning: "in the event's time zone",
        ..Key::EMPTY
    },
    Key {
        names: &["room", "track"],
        kind: Kind::Text,
        meaning: "where it is given, and in which row of talks",
        ..Key::EMPTY
    },
    Key { names: &["level"], kind: Kind::Text, meaning: "for whom", ..Key::EMPTY },
    Key {
        names: &["language"],
        kind: Kind::TextOrTexts,
        also: &["languages"],
        meaning: "that is spoken, BCP 47 tags",
        ..Key::EMPTY
    },
    Key {
        names: &["cancelled"],
        kind: Kind::Flag,
        also: &["canceled", "cancel"],
        meaning: "it does not take place",
        ..Key::EMPTY
    },
    Key {
        names: &["replaced_by"],
        kind: Kind::Text,
        meaning: "slug of the talk of the same event that takes its place",
        ..Key::EMPTY
    },
    Key {
        names: &["announced"],
        kind: Kind::Flag,
        meaning: "false: no more than kind and time are told",
        ..Key::EMPTY
    },
    Key { names: &["online"], kind: Kind::AddressOrTrue, meaning: "its stream or meeting", ..Key::EMPTY },
    Key {
        names: &["event"],
        kind: Kind::Text,
        meaning: "the event, for a talk whose file is not in the event's folder",
        ..Key::EMPTY
    },
    Key { names: &["slides", "video"], kind: Kind::Media, meaning: "as on the page itself", ..Key::EMPTY },
];

/// Tables of a header.
pub const TABLES: &[Key] = &[
    Key {
        names: &["event"],
        kind: Kind::Table(&[EVENT, EVENT_TABLES]),
        meaning: "makes the page that of an event",
        ..Key::EMPTY
    },
    Key {
        names: &["talk"],
        kind: Kind::Table(&[TALK]),
        meaning: "makes the page that of a talk",
        ..Key::EMPTY
    },
    Key {
        names: &["cascade"],
        kind: Kind::AnyTable,
        meaning: "of a section: what holds for all pages below",
        ..Key::EMPTY
    },
    Key {
        names: &["paginate_by"],
        kind: Kind::Number,
        meaning: "of a section: pages on one sheet of the list",
        ..Key::EMPTY
    },
    Key {
        names: &["former_names"],
        kind: Kind::Texts,
        meaning: "of the page of a person: spellings that lead to this person",
        ..Key::EMPTY
    },
    Key {
        names: &["taxonomies"],
        kind: Kind::AnyTable,
        meaning: "terms by taxonomy, as Zola has them",
        ..Key::EMPTY
    },
];

/// Tables of an event.
pub const EVENT_TABLES: &[Key] = &[
    Key { names: &["venue"], kind: Kind::Table(&[VENUE]), meaning: "where it takes place", ..Key::EMPTY },
    Key {
        names: &["venues"],
        kind: Kind::Tables(&[VENUE]),
        meaning: "several venues, the first is the main one",
        ..Key::EMPTY
    },
    Key {
        names: &["rooms"],
        kind: Kind::Tables(&[ROOM]),
        meaning: "rooms of which more is told than their names",
        ..Key::EMPTY
    },
    Key { names: &["cfp"], kind: Kind::Table(&[WINDOW]), meaning: "call for papers", ..Key::EMPTY },
    Key { names: &["registration"], kind: Kind::Table(&[WINDOW]), meaning: "registration", ..Key::EMPTY },
    Key { names: &["schedule"], kind: Kind::Tables(&[ROW]), meaning: "rows of the schedule", ..Key::EMPTY },
];

/// Who runs an event.
pub const ORGANIZER: &[Key] = &[
    Key { names: &["name"], kind: Kind::Text, meaning: "name of the person or organization", ..Key::EMPTY },
    Key {
        names: &["url"],
        kind: Kind::Address,
        meaning: "address of the person or organization",
        ..Key::EMPTY
    },
    Key { names: &["organization"], kind: Kind::Flag, meaning: "it is no person", ..Key::EMPTY },
];

/// Who pays for an event.
pub const SPONSOR: &[Key] = &[
    Key { names: &["id"], kind: Kind::Text, meaning: "name of its file in `data/sponsors/`", ..Key::EMPTY },
    Key { names: &["level"], kind: Kind::Text, meaning: "id of a level of `sponsor_levels`", ..Key::EMPTY },
    Key { names: &["name"], kind: Kind::Text, meaning: "name, for one without a file", ..Key::EMPTY },
    Key { names: &["url"], kind: Kind::Address, also: &["link"], meaning: "its site", ..Key::EMPTY },
    Key { names: &["logo"], kind: Kind::Address, meaning: "its logo", ..Key::EMPTY },
];

/// Levels of sponsoring.
pub const SPONSOR_LEVEL: &[Key] = &[
    Key { names: &["id"], kind: Kind::Text, meaning: "what sponsors name it by", ..Key::EMPTY },
    Key { names: &["label"], kind: Kind::Text, meaning: "what readers see", ..Key::EMPTY },
    Key { names: &["max"], kind: Kind::Number, meaning: "how many sponsors it has at most", ..Key::EMPTY },
];

/// A house.
pub const VENUE: &[Key] = &[
    Key { names: &["id"], kind: Kind::Text, meaning: "what rooms name it by", ..Key::EMPTY },
    Key { names: &["name"], kind: Kind::Text, meaning: "name of the house", ..Key::EMPTY },
    Key { names: &["address"], kind: Kind::Text, meaning: "postal address", ..Key::EMPTY },
    Key {
        names: &["city"],
        kind: Kind::Text,
        meaning: "city, where that is another one than the event's",
        ..Key::EMPTY
    },
    Key {
        names: &["coordinates"],
        kind: Kind::Text,
        meaning: "latitude and longitude in degrees: `\"43.6446,-79.3884\"`",
        ..Key::EMPTY
    },
    Key { names: &["url"], kind: Kind::Address, meaning: "its site", ..Key::EMPTY },
];

/// A room.
pub const ROOM: &[Key] = &[
    Key {
        names: &["name"],
        kind: Kind::Text,
        also: &["room"],
        meaning: "what rows and talks name it by",
        ..Key::EMPTY
    },
    Key {
        names: &["venue"],
        kind: Kind::Text,
        meaning: "id or name of the venue that it is in",
        ..Key::EMPTY
    },
    Key {
        names: &["online"],
        kind: Kind::AddressOrTrue,
        meaning: "where one takes part from afar in what goes on there",
        ..Key::EMPTY
    },
];

/// A span of time in which something can be done.
pub const WINDOW: &[Key] = &[
    Key { names: &["opens"], kind: Kind::Date, also: &["open"], meaning: "from when on", ..Key::EMPTY },
    Key {
        names: &["closes"],
        kind: Kind::Date,
        also: &["close"],
        meaning: "until when; `2027-03-01 AoE` is that day anywhere on Earth",
        ..Key::EMPTY
    },
    Key { names: &["announced"], kind: Kind::Date, meaning: "when the outcome is told", ..Key::EMPTY },
    Key { names: &["url"], kind: Kind::Address, also: &["link"], meaning: "where", ..Key::EMPTY },
    Key {
        names: &["price"],
        kind: Kind::Text,
        meaning: "a number, such as 120 or 99.50; 0 for what is free",
        ..Key::EMPTY
    },
    Key {
        names: &["currency"],
        kind: Kind::Text,
        meaning: "three letters of ISO 4217, such as EUR",
        ..Key::EMPTY
    },
    Key { names: &["sold_out"], kind: Kind::Flag, meaning: "nothing is left", ..Key::EMPTY },
];

/// A row of a schedule.
pub const ROW: &[Key] = &[
    Key {
        names: &["starts", "ends"],
        kind: Kind::Date,
        also: &["start", "end"],
        meaning: "in the event's time zone",
        ..Key::EMPTY
    },
    Key {
        names: &["room", "track"],
        kind: Kind::Text,
        meaning: "where, and in which row of talks",
        ..Key::EMPTY
    },
    Key { names: &["kind"], kind: Kind::Usual(KINDS), also: &["type"], meaning: "what it is", ..Key::EMPTY },
    Key {
        names: &["title"],
        kind: Kind::Text,
        meaning: "what stands there, where no talk does",
        ..Key::EMPTY
    },
    Key { names: &["talk"], kind: Kind::Text, meaning: "slug of the talk's file", ..Key::EMPTY },
    Key { names: &["speakers"], kind: Kind::People, also: &["speaker"], meaning: "who speaks", ..Key::EMPTY },
    Key { names: &["id"], kind: Kind::Text, meaning: "what calendars know it by", ..Key::EMPTY },
    Key {
        names: &["abstract"],
        kind: Kind::Text,
        also: &["description"],
        meaning: "a sentence or two",
        ..Key::EMPTY
    },
    Key { names: &["aliases"], kind: Kind::Texts, meaning: "paths that redirect to its page", ..Key::EMPTY },
    Key {
        names: &["cancelled"],
        kind: Kind::Flag,
        also: &["canceled", "cancel"],
        meaning: "it does not take place",
        ..Key::EMPTY
    },
    Key {
        names: &["replaced_by"],
        kind: Kind::Text,
        meaning: "slug of the talk that takes its place",
        ..Key::EMPTY
    },
    Key {
        names: &["announced"],
        kind: Kind::Flag,
        meaning: "false: no more than kind, time and room are told",
        ..Key::EMPTY
    },
    Key { names: &["online"], kind: Kind::AddressOrTrue, meaning: "its stream or meeting", ..Key::EMPTY },
    Key {
        names: &["language"],
        kind: Kind::TextOrTexts,
        also: &["languages"],
        meaning: "that is spoken, BCP 47 tags",
        ..Key::EMPTY
    },
    Key { names: &["slides", "video"], kind: Kind::Media, meaning: "where they are", ..Key::EMPTY },
];
