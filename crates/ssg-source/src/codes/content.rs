//! Codes about content files: headers, Markdown, links, dates, events.

use super::{Code, Entry, codes};

codes! {
    ALL;
    ADDRESS = "address",
        "A page would link to, or load, what begins with another scheme than those of the web, mail and the like, such as `javascript:`, or an address of the web that names no host. The value is treated as absent.",
        "Write a whole address that begins with `https:`, `http:`, `mailto:` or `tel:`, or a path; the page on front matter lists all schemes.",
        r#"slides: "javascript:alert(1)""#;
    ALIAS_COLLISION = "alias-collision",
        "Another spelling of a term is the name of a term of its own, so that it is not clear which is meant.",
        "Remove the alias, or the other term's page.",
        r#"aliases: ["Puppet"]   # and content/tools/puppet.md is there"#;
    AMBIGUOUS_TERM = "ambiguous-term",
        "A name is the title of several pages about terms of one taxonomy, so that it is not clear which is meant. It is taken for the one whose file bears the name, else for the first by the names of the files.",
        "Write the name of the file that is meant, such as `john-smith-berlin`.",
        r#"speakers: ["John Smith"]   # and two files have that title"#;
    BAD_DATE = "bad-date",
        "A date cannot be read, or is no day of the calendar.",
        "Write `2016-05-26`, `2016-05-26T09:00:00`, or the same with an offset.",
        "date: 2016-02-30";
    BAD_PATH = "bad-path",
        "A path, an alias or a slug holds what cannot stand in an address, or leads out of the site.",
        "Write letters, digits and hyphens, with slashes between the parts of a path.",
        r#"path: "../secret/""#;
    CODE_ANNOTATION = "code-annotation",
        "A mark in a block of code with the option `annotate` is explained by nothing, or a list explains a mark that is not there.",
        "End the line in a comment such as `# (1)`, and write `1. what it does` in a numbered list right below the block.",
        "```yaml,annotate\nserial: 1 # (1)\n```\n\n2. One host after the other.";
    CODE_OPTION = "code-option",
        "The line after the fence of a code block has an option that cannot be read.",
        "Write options as `hl_lines=2-4`, `linenos`, `name=file.rs`.",
        "```rust hl_lines=x\nlet a = 1;\n```";
    COLLIDING_SLUG = "colliding-slug",
        "Files of one folder differ in their dates alone, so that their paths keep the dates.",
        "Set `slug` in one of them for a path without the date.",
        "2013-05-06-austin.md and 2014-05-05-austin.md";
    COORDINATES = "coordinates",
        "The coordinates of a venue cannot be read.",
        "Write latitude and longitude in degrees with a comma between.",
        r#"coordinates: "43.6446,-79.3884""#;
    DANGLING_EVENT = "dangling-event",
        "An event is named that is not there.",
        "Write the name of the event's folder in `content/events/`.",
        r#"events: ["2016-tornto"]"#;
    DANGLING_TALK = "dangling-talk",
        "A talk is named that is not there.",
        "Write the event and the slug of the talk with a slash between; in a schedule, the slug alone.",
        r#"talks: ["2016-toronto/scaling"]"#;
    DEAD_ANCHOR = "dead-anchor",
        "A link leads to a heading that the page does not have.",
        "Write the id of a heading, as the page's HTML has it.",
        "[x](@/posts/a.md#instal)";
    DEAD_LINK = "dead-link",
        "A link begins with `@/` and names a file that is not there.",
        "Write the path of a file below `content/`.",
        "[x](@/posts/gone.md)";
    DUPLICATE_KEY = "duplicate-key",
        "A key stands twice in one table.",
        "Keep one of the two.",
        "title: A\ntitle: B";
    DUPLICATE_TITLE = "duplicate-title",
        "Two pages of one kind have one title, so that nobody can tell them apart in a list, in a feed or among results of a search. `[check] titles = false` leaves it out.",
        "Name what is particular in one of the titles, such as the place or the year.",
        r#"title: "Austin recap"   # in two posts"#;
    ENCODING = "encoding",
        "A file is not UTF-8.",
        "Save it as UTF-8.",
        "the file was saved as UTF-16 or Latin-1";
    EVENT_TIMES = "event-times",
        "An event, its call for papers or its registration ends before it begins.",
        "Correct one of the two dates.",
        "event: { start: 2016-05-27, end: 2016-05-26 }";
    EVENT_WITHOUT_DATE = "event-without-date",
        "A file in `content/events/` has no date, so that it is shown as a plain page.",
        "Give it one.",
        "event: { start: 2016-05-26 }";
    EXTERNAL_LINK = "external-link",
        "A link leads to an address of another site that does not answer as it should. It is a hint until it has failed in three runs, over a day or more; `data/links.toml` remembers that.",
        "Link to where the page is now, or to the archived copy; `[check] ignore_links` names what is never asked for.",
        "[slides](https://example.com/gone.pdf)";
    FOOTNOTE = "footnote",
        "A reference has no footnote, or a footnote no reference, or two have one name.",
        "Write the same name in both places.",
        "A claim[^1], and below: [^01]: its proof.";
    FOREIGN_KEY = "foreign-key",
        "A key of another generator has no meaning here and is passed over.",
        "Remove it, or do what the message says.",
        "comments: true";
    FOREIGN_MARKUP = "foreign-markup",
        "A file is written in a markup that is not read here. It is not published, since it may be a draft, unless a page links to it.",
        "Convert it to Markdown, or link to it from a page if readers are to have it as it is.",
        "content/posts/notes.adoc";
    FORMULA = "formula",
        "A formula cannot be read, and is shown as it is written.",
        "Write it as LaTeX has it, or a sign of money as `\\$`.",
        "$\\frac{a}$";
    FRONT_MATTER = "front-matter",
        "A header has no end, or is too large.",
        "Close it with the line that it begins with: `---` or `+++`.",
        "---\ntitle: A\nText without a line of dashes above.";
    HEADING_ORDER = "heading-order",
        "A heading leaves out a level, so that who is read the outline of the page misses a part of it. `[check] headings = false` leaves it out.",
        "Write a heading of the next level; how large it is shown is a matter of the theme.",
        "## Talks\n\n#### Keynote";
    HEAVY_PAGE = "heavy-page",
        "The HTML of a page has more bytes than `[check] weight_kb` says, 500 KB without. Compressed it is less, but a telephone must read all of it.",
        "Split it, list less on it, or set `paginate_by` for what it lists.",
        "an index of 4,000 talks on one sheet";
    HEAVY_PICTURE = "heavy-picture",
        "A picture has more than 500 KB after it was made smaller.",
        "Lower the quality, or write it in smaller widths.",
        "[pictures]\nquality = 98";
    HIGHLIGHTING = "highlighting",
        "A piece of code takes too long to highlight, and is shown plain.",
        "Shorten its lines, or leave its language out.",
        "a line of 100 kB";
    HUGO_SHORTCODE = "hugo-shortcode",
        "A shortcode of Hugo is not expanded and stays as text.",
        "Write the shortcode of this program in its place.",
        "{{< youtube abc >}}";
    IMAGE = "image",
        "No browser could show an image: it is cut short, damaged, too large, or of another format than its name says.",
        "Export or copy the image again, or name it after its format.",
        "![x](wall.png)   # which is a JPEG";
    IMAGE_TEXT = "image-text",
        "A picture in a text has no alternative text, so that who does not see it is told nothing. `[check] alt = false` leaves it out.",
        "Write between the brackets what the picture shows; in raw HTML `alt`, empty where it only adorns.",
        "![](stage.jpg)";
    JSON = "json",
        "A text is no JSON.",
        "Correct it at the place that is named.",
        r#"{"a": }"#;
    KRAMDOWN = "kramdown",
        "What kramdown (Jekyll), Pandoc and others read as attributes, a table of contents, a heading or a block stays as text.",
        "Write what the message shows, or remove it.",
        "{:toc}";
    LIQUID_TAG = "liquid-tag",
        "A tag of Liquid (Jekyll, Octopress) is not expanded and stays as text.",
        "Write Markdown or a shortcode in its place.",
        "{% post_url 2013-05-06-austin %}";
    MAIL_ADDRESS = "mail-address",
        "An address of mail stands beside a name, or in its place; it is kept out of the site.",
        "Write the name alone.",
        r#"authors: ["Ann Lee <ann@example.org>"]"#;
    MISSING_FILE = "missing-file",
        "A link names a file that does not lie beside the page.",
        "Put the file there, or correct its name.",
        "[slides](talk.pdf)";
    MOVED_LINK = "moved-link",
        "The server of a link says that the address has moved for good.",
        "Write the new address; `ssg check --external --fix` does.",
        "[x](http://example.com/)";
    NO_POSTS = "no-posts",
        "Pages have dates, and none of them is a post: feed, archive and home page are empty.",
        "Move them to `content/posts/`, or rename their folder to that.",
        "content/blog/2019-03-04-austin.md";
    NO_STREAM = "no-stream",
        "A talk to come is online, and neither it nor its room nor its event says at which address.",
        "Write the address of the stream or the meeting as `online`.",
        "online: true   # under [talk], and no address anywhere";
    NO_TIMEZONE = "no-timezone",
        "Events or talks have hours, and neither they nor the site say in which time zone.",
        "Write `timezone` in ssg.toml, or under `[event]` of an event elsewhere.",
        "starts: 2027-06-10T10:00:00, without a `timezone` anywhere";
    NOT_A_PAGE = "not-a-page",
        "A folder with an `index.md` is one page, and other pages lie in it, which would be nowhere.",
        "Rename `index.md` to `_index.md` if the folder is a list of pages; else move the others out of it.",
        "content/posts/a.md beside content/posts/index.md";
    NOT_ANNOUNCED = "not-announced",
        "An event or a talk to come is in no feed, for nothing says when it was announced: readers would see it on top until it is over.",
        "Write the day of the announcement as `date`.",
        "date = 2027-01-15";
    NUL = "nul",
        "A text holds a byte of zero.",
        "Remove it; the file may have been cut or be no text.",
        r#"title: "a\0b""#;
    ONE_TERM = "one-term",
        "A list of terms is written as one text with spaces, which is one term: whether it was meant as several cannot be told.",
        "Write a list in brackets.",
        "tags: sprints collaboration";
    ORPHAN = "orphan",
        "No other page of the site links to a page or lists it, so that only who knows its address finds it. `[check] orphans = false` leaves it out.",
        "Link to it, put it where it is listed, or say that it is meant: `unlisted: true`.",
        "content/thanks.md   # and no menu, list or text leads there";
    PICTURE_TEXT = "picture-text",
        "A picture of a gallery has no text for who does not see it; the name of its file stands in.",
        "Write what it shows under `[extra.pictures]` in the header of the page, or in the list `alt` of the call.",
        "{{ gallery() }}   # beside hall.jpg, of which nothing is said";
    PLACEHOLDER = "placeholder",
        "Somebody is named who is nobody, such as TBA, and is left out.",
        "Leave the name out until it is known.",
        r#"speakers: ["TBA"]"#;
    PRICE = "price",
        "The price of a ticket, or its currency, cannot be read. It is treated as absent.",
        "Write a number without signs, and the three letters of the currency beside it.",
        r#"registration: {price: "99.50", currency: EUR}"#;
    PRIVATE_LINK = "private-link",
        "A link leads to this machine or into a private network, where readers cannot follow. It is not asked for unless `[check] private_hosts` names the host.",
        "Write the address that readers have, or put it as code where it is an example.",
        "[x](http://192.168.1.4/)";
    RAW_HTML = "raw-html",
        "HTML is nested too deep to be sanitized.",
        "Close what is opened; 256 elements may stand in each other.",
        "<div><div><div>…";
    RECAP_TOO_EARLY = "recap-too-early",
        "A post calls itself a recap, in its title, its file name or its categories, of an event that has not begun.",
        "Correct which event it names, or the dates of the post and the event; say what it is by a category such as `Announcements`.",
        "title: Ghent, a recap\nevents: [2027-ghent]   # in a post from before the event";
    ROW_WITHOUT_ID = "row-without-id",
        "A row of a schedule to come is a talk and has no `id`, so its address, and what calendars and apps know it by, would change with its title.",
        "Give the row an `id`, which the message shows; name a former address in its `aliases`.",
        r#"{starts: 2027-06-10T15:00:00, title: "Dotfiles", speakers: ["Will W"]}"#;
    SCHEDULE_DIFFERS = "schedule-differs",
        "A talk's file and its row of the schedule say different things.",
        "Keep the value in one of the two places.",
        "room: A in the file, room: B in the row";
    SCHEDULE_MISSING = "schedule-missing",
        "A talk does not stand in the schedule of its event.",
        "Add a row that names it, or give it a time.",
        r#"[[event.schedule]] talk = "scaling""#;
    SCHEDULE_OUTSIDE = "schedule-outside",
        "A row of the schedule lies outside the days of its event.",
        "Correct the row, or the days of the event.",
        "starts: 2017-05-26T09:00:00 in an event of 2016";
    SCHEDULE_OVERLAP = "schedule-overlap",
        "Two things take place in one room at one time.",
        "Move one, or correct its room.",
        "two talks in room A at 10:00";
    SCHEDULE_SPEAKER = "schedule-speaker",
        "Somebody speaks in two places at one time.",
        "Move one of the talks, or correct its speakers.",
        "Ann in room A and in room B at 10:00";
    SCHEDULE_TIMES = "schedule-times",
        "A row of the schedule ends before it begins.",
        "Correct one of the two times.",
        "starts: 11:00, ends: 10:00";
    SCHEDULE_WHILE_CFP = "schedule-while-cfp",
        "Talks of an event have times while its call for papers is open. Keynotes do not count.",
        "Say `announced = false` until the programme is out, or correct when the call closes.",
        "a talk with `starts`, and a call for papers that closes tomorrow";
    SERIES_DATA = "series-data",
        "The file of a series cannot be read, or says something else than texts.",
        "Write `title`, `description` and `url`, each a text.",
        "title = 2027   # in data/series/harbour-day.toml";
    SEVERAL_PEOPLE = "several-people",
        "A name looks like those of several people.",
        "Write a list with a name for each.",
        r#"speakers: ["Ann and Ben"]"#;
    SHORTCODE = "shortcode",
        "A shortcode cannot be called: calls stand too deep in one another.",
        "Take one out of the other.",
        "{% note() %} in 17 others";
    SHORTCODE_ARGUMENT = "shortcode-argument",
        "A shortcode is called with an argument that it does not know, or without one that it needs.",
        "Correct the argument's name, or add the one that is named.",
        r#"{{ youtube(idd="pY-3XJjmu58") }}"#;
    SHORTCODE_END = "shortcode-end",
        "A shortcode with a body has no end, or an end has no beginning; it stays as text.",
        "Write `{% end %}` after the body.",
        "{% note() %}\ntext";
    SHORTCODE_NESTING = "shortcode-nesting",
        "Shortcodes stand too deep in one another; the innermost stays as text.",
        "Take some of them out.",
        "{% note() %} in many others";
    SHORTCODE_PLACE = "shortcode-place",
        "A shortcode stands where none can, such as in an image's text, or makes a block within a sentence.",
        "Move it into the text, or to a line of its own.",
        r#"![{{ figure(src="a.png") }}](b.png)"#;
    SHORTCODE_SYNTAX = "shortcode-syntax",
        "The call of a shortcode cannot be read; it stays as text.",
        r#"Write arguments as `name="text"` with commas between."#,
        "{{ youtube(id=abc def) }}";
    SIMILAR_TERMS = "similar-terms",
        "Two terms of a taxonomy have names that are nearly the same, and are probably one. `ssg list NAME --similar` shows all. `[check] terms = false` leaves it out.",
        "Write the same name in both places, or declare the other one in `aliases` of the term's page.",
        r#"tools: ["Kubernets"]   # elsewhere Kubernetes"#;
    SMALL_PICTURE = "small-picture",
        "A picture has fewer pixels than the place in which a template shows it.",
        "Take a larger picture.",
        "image: face.jpg   # 40 pixels wide";
    SPEAKER_ONLINE = "speaker-online",
        "A person is online in one talk and on stage in another at the same time.",
        "Move one of the talks, or say in which room both are.",
        "Ann Bell at 10:00 in Room 1 and, online, in another talk at 10:15";
    SPONSOR_CAP = "sponsor-cap",
        "A level has more sponsors than it takes.",
        "Raise `max` of the level, or correct a sponsor's level.",
        "sponsor_levels: [{id: gold, max: 2}] with three";
    SPONSOR_HISTORY = "sponsor-history",
        "An entry of a sponsor's history does not say until when it held.",
        "Add `until`, a date.",
        r#"[[history]]
name = "Old name""#;
    SUMMARY = "summary",
        "The shortcodes of a summary do too much: lists hold the summary of every page.",
        "Put `<!-- more -->` above the shortcode.",
        "{{ gallery() }} in the first paragraph";
    TABLE_ROW = "table-row",
        "A row of a table has more cells than the table has columns; what is too much is left out.",
        "Write a `|` that belongs to a cell as `\\|`, in code too.",
        "| `a|b` | two |";
    TERM_SPELLING = "term-spelling",
        "A term is written in another case than everywhere else. Both mean the same, and the commonest is shown. `[check] terms = false` leaves it out.",
        "Write it as elsewhere; `ssg check --fix` does.",
        r#"tools: ["kubernetes"]   # and 12 pages say Kubernetes"#;
    TOML = "toml",
        "A text is no TOML.",
        "Correct it at the place that is named.",
        r#"title = "no end"#;
    TRANSLATED_FACTS = "translated-facts",
        "The `event` or `talk` table of a translation is not read: translations share the facts of their original.",
        "Remove the table from the translation.",
        "event: in x.de.md";
    TRANSLATION_KEY = "translation-key",
        "Two files of one language say that they are the same page.",
        "Give each its own `translation_key`, or remove it.",
        "translation_key: about in two German files";
    UNDATED_POST = "undated-post",
        "A post has no date, so that it is in no feed and at the end of all lists.",
        "Give it a `date`, or put one in front of the file's name.",
        "content/posts/x.md without `date`";
    UNDECLARED_LANGUAGE = "undeclared-language",
        "The name of a file ends as if it were in a language that the site does not have.",
        "Declare the language in ssg.toml, or rename the file.",
        "about.fr.md without [languages.fr]";
    UNKNOWN_KIND = "unknown-kind",
        "A talk or a row of a schedule is of a kind that nobody knows; its own word is shown.",
        "Correct it, or name it under `[talks] kinds` in ssg.toml.",
        "kind: keynot";
    UNKNOWN_LANGUAGE = "unknown-language",
        "Code is in a language that is not known, and is shown plain.",
        "Correct the language after the fence.",
        "```pyhton\nprint(1)\n```";
    UNKNOWN_LEVEL = "unknown-level",
        "A sponsor is of a level that its event does not declare.",
        "Correct it, or declare it under `sponsor_levels`.",
        "sponsors: [{id: acme, level: glod}]";
    UNKNOWN_SHORTCODE = "unknown-shortcode",
        "A shortcode is called that is not there; the call stays as text.",
        "Correct its name, or add `templates/shortcodes/NAME.html`.",
        r#"{{ yotube(id="abc") }}"#;
    UNKNOWN_SPONSOR = "unknown-sponsor",
        "A sponsor is named that has no file and no name of its own.",
        "Add `data/sponsors/ID.toml` with `name`, `url` and `logo`, or say these in the event itself.",
        "sponsors: [{id: acme}]";
    UNKNOWN_TEMPLATE = "unknown-template",
        "A page names a template that is not there.",
        "Correct its name, or add the file to `templates/`.",
        "template: landng.html";
    UNKNOWN_VENUE = "unknown-venue",
        "A room of an event has no name, or names a venue that the event does not list.",
        "Correct it, or list the venue under `[[event.venues]]` with an `id` or a `name`.",
        "rooms: [{name: Lab, venue: anex}]";
    UNPUBLISHED_LINK = "unpublished-link",
        "A link leads to a page that is not published.",
        "Publish that page, or remove the link.",
        "[x](@/posts/draft.md)";
    UNPUBLISHED_NAME = "unpublished-name",
        "Somebody whom ssg.toml takes out of the site is still named, or nothing has the name that it takes out while something is called nearly so.",
        "Take the name out of the text, the data or the path; or correct it in `unpublish`.",
        r#"unpublish = ["Ann Bell"], and a text with her name"#;
    VENUE_CHANGE = "venue-change",
        "Somebody speaks in two venues with less than a quarter of an hour between the talks.",
        "Move one of the talks, or correct the venue of a room.",
        "Ann Bell until 10:00 in the town hall, and from 10:05 in the library";
    WINDOW_ORDER = "window-order",
        "The times of a call for papers or a registration do not fit the event.",
        "Correct one of the dates.",
        "the call for papers closes after the event";
    WITHHELD_KEY = "withheld-key",
        "A key looks as if it were to keep a page back, and is not understood: the page must not go out because of that.",
        "Write `draft`, `publish_at`, `expires`, `unlisted` or `noindex` at the top of the header, or one of the words that the message names.",
        "drfat: true";
    WRONG_TYPE = "wrong-type",
        "A value is not of the type that its key takes.",
        "Write what the message says was expected.",
        "draft: maybe";
    YAML = "yaml",
        "A text is no YAML.",
        "Correct it at the place that is named.",
        r#"title: "no end"#;
}
