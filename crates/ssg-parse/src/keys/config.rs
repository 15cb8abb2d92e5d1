//! Keys of `ssg.toml`.

use super::{Key, Kind};

/// Keys beside tables.
pub const SITE: &[Key] = &[
    Key {
        names: &["title"],
        kind: Kind::Text,
        default: "required",
        meaning: "name of the site",
        ..Key::EMPTY
    },
    Key {
        names: &["base_url"],
        kind: Kind::Text,
        also: &["baseURL"],
        default: "required",
        meaning: "where it will be online: `http` or `https`, with a path if it lies under one",
        ..Key::EMPTY
    },
    Key {
        names: &["description"],
        kind: Kind::Text,
        default: "empty",
        meaning: "one sentence",
        ..Key::EMPTY
    },
    Key {
        names: &["lang"],
        kind: Kind::Text,
        default: "`\"en\"`",
        meaning: "main language, a BCP 47 tag",
        ..Key::EMPTY
    },
    Key {
        names: &["uid_domain"],
        kind: Kind::Text,
        default: "the host of `base_url`",
        meaning: "ends the identities of entries in calendars; keep it when the site moves",
        ..Key::EMPTY
    },
    Key {
        names: &["timezone"],
        kind: Kind::Text,
        default: "`\"UTC\"`",
        meaning: "IANA name of the zone that dates without one are meant in",
        ..Key::EMPTY
    },
    Key {
        names: &["author"],
        kind: Kind::Text,
        default: "none",
        meaning: "who writes, where a page does not say",
        ..Key::EMPTY
    },
    Key {
        names: &["icon"],
        kind: Kind::TextOrTexts,
        default: "none",
        meaning: "an SVG file of the site, a PNG, or both, of which its [icons](pictures.md#icons) are made",
        ..Key::EMPTY
    },
    Key {
        names: &["paginate_by"],
        kind: Kind::Number,
        default: "none",
        meaning: "pages on one sheet of a section; all on one without",
        ..Key::EMPTY
    },
    Key {
        names: &["theme"],
        kind: Kind::TextOrTable(&[THEME]),
        default: "built in",
        meaning: "name under `themes/`, or a path",
        ..Key::EMPTY
    },
    Key {
        names: &["themes"],
        kind: Kind::Map(&[PIN]),
        default: "–",
        meaning: "[where themes were fetched from](theme-commands.md#themes-from-elsewhere); `ssg theme add` writes it",
        ..Key::EMPTY
    },
];

/// Keys of a language.
pub const LANGUAGE: &[Key] = &[
    Key {
        names: &["name"],
        kind: Kind::Text,
        default: "what the language calls itself",
        meaning: "for the language switch",
        ..Key::EMPTY
    },
    Key {
        names: &["title"],
        kind: Kind::Text,
        default: "the site's",
        meaning: "name of the site",
        ..Key::EMPTY
    },
    Key {
        names: &["description"],
        kind: Kind::Text,
        default: "the site's",
        meaning: "one sentence",
        ..Key::EMPTY
    },
    Key {
        names: &["weight"],
        kind: Kind::Number,
        default: "`0`",
        meaning: "order among the languages; as declared among equals",
        ..Key::EMPTY
    },
];

/// Keys of `[feeds]`.
pub const FEEDS: &[Key] = &[
    Key {
        names: &["formats"],
        kind: Kind::Choices(&["atom", "rss", "json"]),
        default: "`[\"atom\"]`",
        meaning: "`atom`, `rss`, `json`; empty for no feeds",
        ..Key::EMPTY
    },
    Key { names: &["limit"], kind: Kind::Number, default: "`20`", meaning: "most entries", ..Key::EMPTY },
    Key {
        names: &["content"],
        kind: Kind::Choice(&["full", "summary"]),
        default: "`\"full\"`",
        meaning: "`\"full\"` or `\"summary\"`",
        ..Key::EMPTY
    },
];

/// Keys of `[outputs]`.
pub const OUTPUTS: &[Key] = &[
    Key {
        names: &["archive"],
        kind: Kind::Flag,
        default: "`true`",
        meaning: "`/archive/`, posts by year",
        ..Key::EMPTY
    },
    Key {
        names: &["talks"],
        kind: Kind::Flag,
        default: "`true`",
        meaning: "`/talks/`, [all talks](outputs.md#talks), and those of each year, event, kind and tool",
        ..Key::EMPTY
    },
    Key {
        names: &["series"],
        kind: Kind::Flag,
        default: "`true`",
        meaning: "`/events/series/<slug>/`, a page of each [series](events.md)",
        ..Key::EMPTY
    },
    Key { names: &["sitemap"], kind: Kind::Flag, default: "`true`", meaning: "`/sitemap.xml`", ..Key::EMPTY },
    Key { names: &["robots"], kind: Kind::Flag, default: "`true`", meaning: "`/robots.txt`", ..Key::EMPTY },
    Key { names: &["not_found"], kind: Kind::Flag, default: "`true`", meaning: "`/404.html`", ..Key::EMPTY },
    Key {
        names: &["redirects"],
        kind: Kind::Flag,
        default: "`true`",
        meaning: "`/_redirects`, for hosts that read it; redirect pages for aliases are written in any case",
        ..Key::EMPTY
    },
    Key {
        names: &["fingerprints"],
        kind: Kind::Flag,
        default: "`true`",
        meaning: "assets with a hash in their names; what style sheets and modules name by `@import`, `url()`, `import` and the like is rewritten to these names",
        ..Key::EMPTY
    },
    Key {
        names: &["calendars"],
        kind: Kind::Flag,
        default: "`true`",
        meaning: "[calendars](outputs.md#calendars) of events, of series, of upcoming events and of calls for papers",
        ..Key::EMPTY
    },
    Key {
        names: &["talk_calendars", "speaker_calendars", "tool_calendars"],
        kind: Kind::Flag,
        default: "`false`",
        meaning: "a calendar of each talk, of each speaker's talks, of the talks about each tool",
        ..Key::EMPTY
    },
    Key {
        names: &["api"],
        kind: Kind::Flag,
        default: "`false`",
        meaning: "the [API](outputs.md#api): events, talks, speakers and tools as JSON",
        ..Key::EMPTY
    },
    Key {
        names: &["markdown"],
        kind: Kind::Flag,
        default: "`false`",
        meaning: "the [source of each page](outputs.md#markdown), and `/llms.txt`",
        ..Key::EMPTY
    },
    Key {
        names: &["cards"],
        kind: Kind::Flag,
        default: "`false`",
        meaning: "a [social card](outputs.md#social-cards) of each post, event and talk; needs the cargo feature `cards`",
        ..Key::EMPTY
    },
    Key {
        names: &["search"],
        kind: Kind::Flag,
        default: "`false`; `true` in new sites",
        meaning: "the [search](search.md): its page, index and script",
        ..Key::EMPTY
    },
    Key {
        names: &["schedule_json"],
        kind: Kind::Flag,
        default: "`false`",
        meaning: "[schedules for apps](outputs.md#schedules-for-apps) of each event, as JSON and XML",
        ..Key::EMPTY
    },
];

/// Keys of `[cards]`.
pub const CARDS: &[Key] = &[
    Key {
        names: &["font"],
        kind: Kind::Text,
        default: "DejaVu Sans",
        meaning: "a TrueType or OpenType font for the [cards](outputs.md#social-cards), a file of the site",
        ..Key::EMPTY
    },
    Key {
        names: &["logo"],
        kind: Kind::Text,
        default: "none",
        meaning: "a PNG image for the corner of the cards",
        ..Key::EMPTY
    },
];

/// Keys of `[pictures]`.
pub const PICTURES: &[Key] = &[
    Key {
        names: &["enabled"],
        kind: Kind::Flag,
        default: "`true`",
        meaning: "photographs are written in other sizes too",
        ..Key::EMPTY
    },
    Key {
        names: &["widths"],
        kind: Kind::Numbers,
        default: "`[480, 800, 1200, 1600]`",
        meaning: "widths in pixels, 12 at most; no picture is made larger than it is",
        ..Key::EMPTY
    },
    Key {
        names: &["formats"],
        kind: Kind::Choices(&["avif", "webp", "jpeg"]),
        default: "`[\"webp\"]`",
        meaning: "formats that browsers choose widths from, the best first: `\"webp\"`, `\"jpeg\"`, and [`\"avif\"`](pictures.md#avif) in a program that has it",
        ..Key::EMPTY
    },
    Key { names: &["quality"], kind: Kind::Number, default: "`78`", meaning: "1 to 100", ..Key::EMPTY },
    Key {
        names: &["sizes"],
        kind: Kind::Text,
        default: "`\"(min-width: 48rem) 42rem, 100vw\"`",
        meaning: "how wide pictures in texts are shown, as the attribute `sizes` of HTML says it",
        ..Key::EMPTY
    },
    Key {
        names: &["originals"],
        kind: Kind::Choice(&["strip", "keep"]),
        default: "`\"strip\"`",
        meaning: "`\"strip\"`: JPEG, PNG and WebP files are published without their metadata; `\"keep\"`: they are copied as they are",
        ..Key::EMPTY
    },
];

/// Keys of `[markdown]`.
pub const MARKDOWN: &[Key] = &[
    Key {
        names: &["smart_punctuation"],
        kind: Kind::Flag,
        default: "`true`",
        meaning: "typographic quotes, dashes and ellipses",
        ..Key::EMPTY
    },
    Key {
        names: &["heading_ids"],
        kind: Kind::Choice(&["slug", "github"]),
        default: "`\"slug\"`",
        meaning: "ids made of headings: `\"slug\"` like those of pages, `\"github\"` as GitHub makes them",
        ..Key::EMPTY
    },
    Key {
        names: &["math"],
        kind: Kind::Flag,
        default: "`false`",
        meaning: "`$…$` and `$$…$$` are [formulas](markdown.md)",
        ..Key::EMPTY
    },
    Key {
        names: &["bare_urls"],
        kind: Kind::Flag,
        default: "`false`",
        meaning: "addresses in text are links",
        ..Key::EMPTY
    },
    Key {
        names: &["emoji"],
        kind: Kind::Flag,
        default: "`false`",
        meaning: "`:rocket:` is a sign",
        ..Key::EMPTY
    },
    Key {
        names: &["raw_html"],
        kind: Kind::Choice(&["allow", "escape", "sanitize"]),
        default: "`\"allow\"`",
        meaning: "`\"allow\"` keeps HTML in Markdown, `\"escape\"` shows it as text, `\"sanitize\"` keeps what is harmless, nested 256 deep at most. With the last two a link of Markdown to anything but an [address](front-matter.md#addresses) is a warning and leads nowhere",
        ..Key::EMPTY
    },
    Key {
        names: &["external_links.rel"],
        kind: Kind::Text,
        default: "none",
        meaning: "value of `rel` on links to other sites",
        ..Key::EMPTY
    },
    Key {
        names: &["external_links.target"],
        kind: Kind::Text,
        default: "none",
        meaning: "value of `target` on them",
        ..Key::EMPTY
    },
];

/// Keys of `[links]`.
pub const LINKS: &[Key] = &[Key {
    names: &["internal"],
    kind: Kind::Choice(&["warn", "error"]),
    default: "`\"warn\"`",
    meaning: "what an [address into the site](markdown.md#links) is that leads nowhere: `\"warn\"` or `\"error\"`",
    ..Key::EMPTY
}];

/// Keys of `[talks]`.
pub const TALKS: &[Key] = &[Key {
    names: &["kinds"],
    kind: Kind::Texts,
    meaning: "kinds of talks besides [those that are known](events.md), such as `[\"demo\", \"fishbowl\"]`",
    ..Key::EMPTY
}];

/// Keys of a taxonomy.
pub const TAXONOMY: &[Key] = &[
    Key {
        names: &["title"],
        kind: Kind::Text,
        default: "the name with a capital",
        meaning: "heading of its index",
        ..Key::EMPTY
    },
    Key {
        names: &["paginate_by"],
        kind: Kind::Number,
        default: "none; 200 for a term with more than 300 pages",
        meaning: "pages on one sheet of a term",
        ..Key::EMPTY
    },
    Key {
        names: &["feed"],
        kind: Kind::Flag,
        default: "`true`; `speakers` `false`",
        meaning: "whether each term has feeds",
        ..Key::EMPTY
    },
    Key {
        names: &["part_above"],
        kind: Kind::Number,
        default: "500",
        meaning: "where there are more terms, their index shows those that are mentioned most, and [a list for each first letter](taxonomies.md#large-taxonomies) has all",
        ..Key::EMPTY
    },
    Key {
        names: &["unpublish"],
        kind: Kind::Texts,
        default: "`[]`",
        meaning: "terms that are shown nowhere",
        ..Key::EMPTY
    },
];

/// Keys of `[hosting]`.
pub const HOSTING: &[Key] = &[
    Key {
        names: &["host"],
        kind: Kind::Choice(&["netlify", "cloudflare"]),
        default: "none",
        meaning: "`\"netlify\"` or `\"cloudflare\"`: the form of that host, and warnings of its limits",
        ..Key::EMPTY
    },
    Key { names: &["headers"], kind: Kind::Flag, default: "`false`", meaning: "`/_headers`", ..Key::EMPTY },
    Key {
        names: &["csp"],
        kind: Kind::ChoiceOrFlag(&["on", "off", "report-only"]),
        default: "`\"on\"`",
        meaning: "the [content security policy](#content-security-policy) in it: `\"on\"`, `\"off\"` or `\"report-only\"`",
        ..Key::EMPTY
    },
    Key {
        names: &["hsts"],
        kind: Kind::Text,
        default: "none",
        meaning: "`Strict-Transport-Security`: from then on browsers refuse to fetch the site without TLS",
        ..Key::EMPTY
    },
    Key {
        names: &["referrer"],
        kind: Kind::Text,
        default: "`\"strict-origin-when-cross-origin\"`",
        meaning: "`Referrer-Policy`",
        ..Key::EMPTY
    },
    Key {
        names: &["permissions"],
        kind: Kind::Text,
        default: "`\"camera=(), geolocation=(), microphone=()\"`",
        meaning: "`Permissions-Policy`",
        ..Key::EMPTY
    },
    Key {
        names: &["sources"],
        kind: Kind::Table(&[SOURCES]),
        default: "none",
        meaning: "what the policy allows besides",
        ..Key::EMPTY
    },
    Key {
        names: &["cname"],
        kind: Kind::Text,
        default: "none",
        meaning: "`/CNAME`: the domain, for hosts that serve a branch of a repository",
        ..Key::EMPTY
    },
    Key {
        names: &["precompress"],
        kind: Kind::Choices(&["gzip", "brotli"]),
        default: "`[]`",
        meaning: "`\"gzip\"`, `\"brotli\"`: compressed forms beside files",
        ..Key::EMPTY
    },
    Key {
        names: &["edit_url"],
        kind: Kind::Text,
        default: "none",
        meaning: "where readers edit a page: `\"https://github.com/you/site/edit/main/{path}\"`; themes link to it as `page.edit_url`",
        ..Key::EMPTY
    },
];

/// Keys of `[cache]`.
pub const CACHE: &[Key] = &[
    Key {
        names: &["remote"],
        kind: Kind::Text,
        default: "none",
        meaning: "`s3://bucket/prefix`, or `file:///path` for a folder",
        ..Key::EMPTY
    },
    Key {
        names: &["name"],
        kind: Kind::Text,
        default: "from `base_url`",
        meaning: "the name under which builds of this site find each other. Give one where previews have a `base_url` of their own and are to start from the site's build. Letters, digits, `-`, `_` and `.`, at most 64",
        ..Key::EMPTY
    },
    Key {
        names: &["endpoint"],
        kind: Kind::Text,
        default: "that of AWS",
        meaning: "the address of the store, for R2, MinIO, Garage and others",
        ..Key::EMPTY
    },
    Key {
        names: &["region"],
        kind: Kind::Text,
        default: "from the environment",
        meaning: "the region of the store",
        ..Key::EMPTY
    },
    Key {
        names: &["virtual_hosts"],
        kind: Kind::Flag,
        default: "`false`",
        meaning: "the name of the bucket is part of the store's host name",
        ..Key::EMPTY
    },
];

/// Tables of `ssg.toml`.
pub const TABLES: &[Key] = &[
    Key {
        names: &["languages"],
        kind: Kind::Map(&[LANGUAGE]),
        meaning: "languages besides the main one, by their tags",
        ..Key::EMPTY
    },
    Key { names: &["feeds"], kind: Kind::Table(&[FEEDS]), meaning: "feeds", ..Key::EMPTY },
    Key {
        names: &["outputs"],
        kind: Kind::Table(&[OUTPUTS]),
        meaning: "what is written besides pages",
        ..Key::EMPTY
    },
    Key {
        names: &["cards"],
        kind: Kind::Table(&[CARDS]),
        meaning: "what social cards are drawn with",
        ..Key::EMPTY
    },
    Key {
        names: &["pictures"],
        kind: Kind::Table(&[PICTURES]),
        meaning: "what becomes of photographs",
        ..Key::EMPTY
    },
    Key { names: &["hosting"], kind: Kind::Table(&[HOSTING]), meaning: "files for the host", ..Key::EMPTY },
    Key {
        names: &["markdown"],
        kind: Kind::Table(&[MARKDOWN]),
        meaning: "how Markdown is read",
        ..Key::EMPTY
    },
    Key { names: &["links"], kind: Kind::Table(&[LINKS]), meaning: "how strict links are", ..Key::EMPTY },
    Key {
        names: &["permalinks"],
        kind: Kind::TextsByName,
        meaning: "patterns of the addresses of pages, by the folder below `content/`",
        ..Key::EMPTY
    },
    Key { names: &["talks"], kind: Kind::Table(&[TALKS]), meaning: "talks", ..Key::EMPTY },
    Key {
        names: &["taxonomies"],
        kind: Kind::Map(&[TAXONOMY]),
        meaning: "by which keys pages are listed",
        ..Key::EMPTY
    },
    Key { names: &["serve"], kind: Kind::Table(&[SERVE]), meaning: "who `ssg serve` answers", ..Key::EMPTY },
    Key {
        names: &["suggest"],
        kind: Kind::Table(&[SUGGEST]),
        meaning: "what `ssg suggest` never says, and when",
        ..Key::EMPTY
    },
    Key {
        names: &["check"],
        kind: Kind::Table(&[CHECK]),
        meaning: "what `ssg check` looks at",
        ..Key::EMPTY
    },
    Key {
        names: &["publish"],
        kind: Kind::AnyTable,
        meaning: "targets of `ssg publish`, by name",
        ..Key::EMPTY
    },
    Key {
        names: &["cache"],
        kind: Kind::Table(&[CACHE]),
        meaning: "where machines share what builds remember",
        ..Key::EMPTY
    },
    Key {
        names: &["extra"],
        kind: Kind::AnyTable,
        meaning: "values of your own, for templates: `config.extra`",
        ..Key::EMPTY
    },
];

/// Keys of `[theme]`.
pub const THEME: &[Key] = &[
    Key { names: &["name"], kind: Kind::Text, meaning: "name under `themes/`, or a path", ..Key::EMPTY },
    Key {
        names: &["options"],
        kind: Kind::AnyTable,
        meaning: "options of the theme; `ssg theme show` lists them",
        ..Key::EMPTY
    },
];

/// Where a theme was fetched from.
pub const PIN: &[Key] = &[
    Key { names: &["git"], kind: Kind::Text, meaning: "address of the repository", ..Key::EMPTY },
    Key {
        names: &["rev"],
        kind: Kind::Text,
        meaning: "branch, tag or commit that was asked for",
        ..Key::EMPTY
    },
    Key { names: &["commit"], kind: Kind::Text, meaning: "hash of the commit", ..Key::EMPTY },
    Key {
        names: &["hash"],
        kind: Kind::Text,
        meaning: "hash over names and bytes of its files",
        ..Key::EMPTY
    },
];

/// Keys of `[serve]`.
pub const SERVE: &[Key] = &[Key {
    names: &["allowed_hosts"],
    kind: Kind::Texts,
    meaning: "names by which it may be asked for besides those of this machine; `.example.dev` means a domain and all names below it",
    ..Key::EMPTY
}];

/// Keys of `[check]`.
pub const CHECK: &[Key] = &[
    Key {
        names: &["alt"],
        kind: Kind::Flag,
        default: "`true`",
        meaning: "pictures without a text in their place",
        ..Key::EMPTY
    },
    Key {
        names: &["headings"],
        kind: Kind::Flag,
        default: "`true`",
        meaning: "headings that leave out a level",
        ..Key::EMPTY
    },
    Key {
        names: &["orphans"],
        kind: Kind::Flag,
        default: "`true`",
        meaning: "pages that no other page links to",
        ..Key::EMPTY
    },
    Key {
        names: &["titles"],
        kind: Kind::Flag,
        default: "`true`",
        meaning: "titles that two pages have",
        ..Key::EMPTY
    },
    Key {
        names: &["terms"],
        kind: Kind::Flag,
        default: "`true`",
        meaning: "terms that are probably one, and spellings that few pages have",
        ..Key::EMPTY
    },
    Key {
        names: &["weight"],
        kind: Kind::Flag,
        default: "`true`",
        meaning: "pages whose HTML is heavy",
        ..Key::EMPTY
    },
    Key {
        names: &["weight_kb"],
        kind: Kind::Number,
        default: "`500`",
        meaning: "from how many kilobytes (1,000 bytes) on that is so",
        ..Key::EMPTY
    },
    Key {
        names: &["ignore_links"],
        kind: Kind::Texts,
        default: "none",
        meaning: "addresses that `--external` does not ask for; `*` stands for any text",
        ..Key::EMPTY
    },
    Key {
        names: &["private_hosts"],
        kind: Kind::Texts,
        default: "none",
        meaning: "hosts on this machine or in a private network that it asks all the same",
        ..Key::EMPTY
    },
    Key {
        names: &["links_fine_days"],
        kind: Kind::Number,
        default: "`7`",
        meaning: "for how many days it does not ask again for what was fine",
        ..Key::EMPTY
    },
];

/// Keys of `[suggest]`.
pub const SUGGEST: &[Key] = &[
    Key {
        names: &["ignore"],
        kind: Kind::Texts,
        meaning: "names of tools and people that are never said",
        ..Key::EMPTY
    },
    Key {
        names: &["serve"],
        kind: Kind::Flag,
        default: "`true`",
        meaning: "whether `ssg serve` says what a saved post seems to lack",
        ..Key::EMPTY
    },
];

/// Keys of `[hosting.sources]`.
pub const SOURCES: &[Key] = &[Key {
    names: &[
        "ancestors",
        "connect",
        "font",
        "form",
        "frame",
        "img",
        "manifest",
        "media",
        "object",
        "script",
        "style",
        "worker",
    ],
    kind: Kind::Texts,
    meaning: "sources that the content security policy allows besides",
    ..Key::EMPTY
}];
