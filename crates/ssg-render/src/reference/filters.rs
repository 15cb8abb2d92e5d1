//! Filters and tests.

use crate::entry::{Entry, entry};

/// Filters beyond Tera's, and those of its that are replaced.
pub const FILTERS: &[Entry] = &[
    entry(
        &["url"],
        "string",
        "path → what to write in `href` or `src`: with the base path of the site, percent-encoded; absolute URLs unchanged",
    ),
    entry(
        &["address"],
        "string or null",
        "a text as an address that a page may hold; null, with a warning where it was written, for one such as `javascript:…`. What begins an `href`, `src`, `action` or `data-…url` in a template goes through the same check by itself and is empty then",
    ),
    entry(&["permalink"], "string", "path → absolute URL"),
    entry(
        &["date(format=\"%-d %B %Y\")"],
        "string",
        "formats an RFC 3339 date in its own zone, strftime directives or the name of a format of the language such as `long`, names in the output's language; `format=\"iso\"` gives a machine-readable `datetime`, `format=\"rfc2822\"` the form of mail and RSS",
    ),
    entry(
        &["date_range(to=…)"],
        "string",
        "`26–27 May 2016`, in words of the output's language, from two dates",
    ),
    entry(
        &["markdown(inline=false)"],
        "HTML",
        "Markdown, without shortcodes; `inline=true` drops the paragraph",
    ),
    entry(&["striptags"], "string", "HTML → text"),
    entry(&["slugify"], "string", "text → slug"),
    entry(&["urlencode"], "string", "percent-encoding for a query"),
    entry(&["json"], "HTML", "value → JSON, safe inside `<script>`"),
    entry(&["lines(range=\"3-10\")"], "string", "these lines of a text, counted from 1; also `3-` and `3`"),
    entry(&["initials"], "string", "`Bridget Kromhout` → `BK`"),
    entry(
        &["group_by(attribute=…)"],
        "list",
        "list of tables → `{key, items}`, in order of first appearance",
    ),
    entry(&["where(attribute=…, value=…)"], "list", "those of a list whose attribute has the value"),
    entry(&["sort_by(attribute=…)"], "list", "sorted; missing values last"),
];

/// Filters that are Tera's own.
pub const TERA_FILTERS: &[Entry] = &[
    entry(&["safe"], "HTML", "is not escaped"),
    entry(&["default(value=…)"], "any", "another value in place of one that is not defined"),
    entry(&["upper", "lower", "capitalize", "title"], "string", "letters"),
    entry(
        &["trim(pat=…)", "trim_start(pat=…)", "trim_end(pat=…)"],
        "string",
        "without white space, or the text given, at the ends",
    ),
    entry(&["replace(from=…, to=…)"], "string", ""),
    entry(&["truncate(length=…, end=\"…\")"], "string", "cut after so many characters"),
    entry(&["indent(width=4, indentation=\" \", first=false, blank=false)"], "string", "lines moved in"),
    entry(&["wordcount"], "number", ""),
    entry(&["escape", "escape_html", "escape_xml"], "HTML", ""),
    entry(&["newlines_to_br"], "string", ""),
    entry(&["pluralize(singular=\"\", plural=\"s\")"], "string", "an ending, by a number"),
    entry(&["str", "int(base=10, default=…)", "float"], "string or number", "converted"),
    entry(
        &["abs", "round(method=\"common\", precision=0)"],
        "number",
        "`method` is `common`, `ceil` or `floor`",
    ),
    entry(&["length"], "number", "of a list, a table or a text"),
    entry(&["split(pat=…)"], "list", ""),
    entry(&["join(sep=\"\")"], "string", ""),
    entry(&["first", "last", "nth(n=…)"], "any", "one of a list"),
    entry(&["reverse", "sort(attribute=…)", "unique"], "list", ""),
    entry(&["get(key=…, default=…)"], "any", "a value of a table"),
    entry(&["keys", "values", "pairs"], "list", "of a table"),
];

/// Tests, which stand after `is`; all are Tera's own.
pub const TESTS: &[Entry] = &[
    entry(&["defined", "undefined", "none"], "bool", ""),
    entry(&["string", "number", "integer", "float", "bool", "map", "array", "iterable"], "bool", "the type"),
    entry(&["odd", "even", "divisible_by(divisor=…)"], "bool", "of a number"),
    entry(&["starting_with(pat=…)", "ending_with(pat=…)", "containing(pat=…)"], "bool", ""),
];
