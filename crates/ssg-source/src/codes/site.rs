//! Codes about the configuration, the files of a site and its output.

use super::{Code, Entry, codes};

codes! {
    ALL;
    ALIAS_TAKEN = "alias-taken",
        "Two pages have one alias, and an address can lead to one of them only. With `--skip-broken` it leads to the first, and both pages stay.",
        "Remove the alias from the page that never had the address.",
        "aliases: [/old/]   # in two files";
    ALLOWED_HOST = "allowed-host",
        "A host by which the preview may be asked for is one that no request can name.",
        "Write the name alone, or `.example.dev` for a domain and all names below it.",
        r#"[serve]
allowed_hosts = ["https://desk.example/"]"#;
    BASE_URL = "base-url",
        "The address of the site cannot be read.",
        "Write where the site will be online, with `https://`.",
        r#"base_url = "example.org""#;
    CACHE = "cache",
        "The shared cache is not described rightly, or cannot be used.",
        "Write `remote` as `s3://bucket` or `file:///path`; see the page on the shared cache.",
        r#"[cache]
remote = "bucket""#;
    CACHE_LINK = "cache-link",
        "The folder of the cache is a link to what is no cache.",
        "Remove the link; the cache may be removed at any time.",
        ".ssg-cache -> ../photos";
    CARDS = "cards",
        "Social cards cannot be drawn: the font or the logo that `[cards]` names cannot be used.",
        "Name a font that can be read, or none: the program has one.",
        "[cards]\nlogo = \"logo.svg\"";
    CNAME = "cname",
        "The name of the site's host is none, or two places say different ones.",
        "Write one name, the same as in `base_url`.",
        r#"[hosting]
cname = "https://example.org""#;
    CSP = "csp",
        "A page has a handler or a link that its content security policy keeps from running.",
        "Listen for the event in a script file, or set `csp = false`.",
        r#"<a onclick="…">"#;
    FEATURE = "feature",
        "The program was built without what the configuration asks for.",
        "Leave that out, or build the program with the cargo feature.",
        "[outputs]\ncards = true";
    FEED_SIZE = "feed-size",
        "A feed holds more text than readers of feeds can take.",
        "Set `content = \"summary\"` or a lower `limit`.",
        "[feeds]\nlimit = 100000";
    FEED_TEMPLATE = "feed-template",
        "The template of a feed writes something that readers of feeds cannot read.",
        "Close every element, escape texts, and write the values of `feed.json` with the filter `json`.",
        "{# templates/atom.xml #}\n<feed><title>{{ feed.title }}</feed>";
    HEADER_VALUE = "header-value",
        "The value of a header for the host cannot be one.",
        "Write it in ASCII, on one line.",
        r#"[hosting]
referrer = "…""#;
    HOSTING = "hosting",
        "A file of the site takes the place of one that `[hosting]` describes.",
        "Remove the file, or set `headers = false`.",
        "static/_headers";
    HOSTING_LIMIT = "hosting-limit",
        "The host reads fewer rules or shorter lines than the site has.",
        "Do what the message says for the file that it names.",
        r#"[hosting]
host = "cloudflare""#;
    ICON = "icon",
        "What `icon` names cannot be made an icon: it is missing, damaged, too large, or neither SVG nor PNG.",
        "Name an SVG file of the site, a square PNG of up to 4096 pixels, or a list of both.",
        r#"icon = "static/logo.ico""#;
    KEPT_OUT = "kept-out",
        "A file or folder of version control, or one whose name says that it holds secrets, lies where the site's files are. It is never an output.",
        "Move it out of `static/` and `content/`.",
        "static/.git/config";
    LANG = "lang",
        "A language cannot be one.",
        "Write its tag, such as `en` or `pt-BR`.",
        r#"lang = "english""#;
    LANGUAGE_FOLDER = "language-folder",
        "A folder is named like a language of the site, which makes no page one in that language.",
        "Put the language into the names of the files: `x.de.md` is the German `x.md`.",
        "content/de/posts/x.md";
    MISSING_KEY = "missing-key",
        "A key is missing that must be there.",
        "Add the line that the message shows.",
        "ssg.toml without `title`";
    NO_CONFIGURATION = "no-configuration",
        "The configuration cannot be read.",
        "Run the program in the folder of a site, name it with `--root`, or make one with `ssg init`.",
        "ssg build in an empty folder";
    NO_PAGES = "no-pages",
        "There is no page below `content`, so that the site is an empty list.",
        "Write a page, such as `content/posts/first.md`, or name the folder of the site with `-r`.",
        "ssg build   # in a folder that has ssg.toml alone";
    NO_SITE = "no-site",
        "The folder of the site cannot be opened.",
        "Name an existing folder with `--root`.",
        "ssg -r gone build";
    OUTPUT_COLLISION = "output-collision",
        "Two sources want one place in the output.",
        "Change one of the two files that are named: its `slug` or `path`, its name, or an alias.",
        "content/about.md and static/about/index.html";
    OUTPUT_FOREIGN = "output-foreign",
        "Something that this program did not write is in the way in the output folder.",
        "Move it away, or name another folder with `-o`.",
        "a file of yours in public/";
    OUTPUT_GONE = "output-gone",
        "An output was planned of a part of the site that is not there: a fault of the program.",
        "Please report it, with what was edited before.",
        "the page is gone that an output is made of";
    OUTPUT_IO = "output-io",
        "The system refused to write, copy or remove a file.",
        "See to space and rights, and run again: the output is as it was.",
        "the disk is full";
    OUTPUT_LOST = "output-lost",
        "Outputs that were planned were not written: a fault of the program. The output is as it was.",
        "Please report it; `ssg build --no-cache` builds without what is remembered.",
        "3 planned outputs were not written";
    OUTPUT_MANIFEST = "output-manifest",
        "The list of files in the output folder cannot be read or was written by another version.",
        "Remove the output folder, and build again.",
        "public/.ssg-manifest was edited";
    OUTPUT_TARGET = "output-target",
        "The output folder is one that must not be replaced.",
        "Name an empty folder, or one that this program has made.",
        "-o /";
    PERMALINK = "permalink",
        "A pattern of addresses cannot be one, needs the day of a page that has none, or is for a folder without pages.",
        "Write a path with `:slug` in it, and a date into the page.",
        "[permalinks]\nposts = \"/:year/:title/\"";
    RESERVED_NAME = "reserved-name",
        "An output has a name that the program keeps for its own files.",
        "Rename the file or the address: names must not begin with `.ssg-`.",
        "static/.ssg-manifest";
    SKIPPED_FILE = "skipped-file",
        "A file is passed over: a link out of the site, a pipe, a device, or a name that is no text.",
        "Put a plain file in its place.",
        "content/posts/x.md is a link to /etc";
    SOURCE = "source",
        "A source of a content security policy cannot be one.",
        "Write a host such as `https://example.org`, or a word such as `'self'`.",
        r#"[hosting.sources]
script = ["example"]"#;
    TAXONOMY_NAME = "taxonomy-name",
        "A taxonomy cannot have this name.",
        "Use lower-case letters, digits, `-` and `_`, and no name with a meaning of its own.",
        "[taxonomies.events]";
    TIMEZONE = "timezone",
        "A time zone is not known.",
        "Use an IANA name such as `Europe/Brussels`.",
        r#"timezone = "CET+1""#;
    TWIN_NAMES = "twin-names",
        "Two files have names that differ only in whether letters with accents are one character or two.",
        "Keep one of the two, or rename it.",
        "u\u{308}bersicht.png beside übersicht.png";
    UNKNOWN_CHOICE = "unknown-choice",
        "A value is none of those that the key takes.",
        "Write one of those that the message names.",
        r#"raw_html = "off""#;
    UNKNOWN_KEY = "unknown-key",
        "A key is not known.",
        "Correct it, or put it under `extra`, which is yours.",
        "tilte: A";
    UNREADABLE_FILE = "unreadable-file",
        "A file cannot be read.",
        "See to its rights, and that it is inside the site.",
        "content/posts/x.md without the right to read";
    UNREADABLE_FOLDER = "unreadable-folder",
        "A folder cannot be listed.",
        "See to its rights.",
        "content/posts without the right to read";
}
