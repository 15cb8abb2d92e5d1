//! What names of Zola are here.

/// Variables and their fields, the longest first where one begins another. What follows stays.
pub(super) const VARIABLES: &[(&str, &str)] = &[
    ("config.extra", "options"),
    ("config.default_language", "config.lang"),
    ("config.generate_feeds", "feeds"),
    ("config.generate_feed", "feeds"),
    ("config.feed_filenames", "feeds"),
    ("config.feed_filename", "feeds[0].path"),
    ("current_path", "path"),
    ("current_url", "permalink"),
    ("page.relative_path", "page.source"),
    ("page.taxonomies.tags", "page.categories"),
    ("page.taxonomies.categories", "page.categories"),
    ("page.translations", "translations"),
    ("section.translations", "translations"),
    ("section.subsections", "section.sections"),
    ("paginator.pages", "section.pages"),
    ("paginator.current_index", "paginator.number"),
    ("paginator.number_pagers", "paginator.total"),
    ("term.page_count", "term.count"),
    ("term.permalink", "(term.path | url)"),
];

/// Pages before and after, and the key of `neighbours()`.
pub(super) const NEIGHBOURS: &[(&str, &str)] = &[
    ("page.lower", "previous"),
    ("page.earlier", "previous"),
    ("page.higher", "next"),
    ("page.later", "next"),
];

/// Filters by another name.
pub(super) const FILTERS: &[(&str, &str)] = &[
    ("as_str", "str"),
    ("linebreaksbr", "newlines_to_br"),
    ("trim_start_matches", "trim_start"),
    ("trim_end_matches", "trim_end"),
    ("filter", "where"),
    ("json_encode", "json"),
];

/// Tests by another name, and the name that their argument has here.
pub(super) const TESTS: &[(&str, &str, &str)] = &[
    ("starting_with", "starting_with", "pat"),
    ("ending_with", "ending_with", "pat"),
    ("containing", "containing", "pat"),
    ("divisibleby", "divisible_by", "divisor"),
    ("object", "map", ""),
];

/// What has no counterpart that could be put in its place, and what to do; names of variables, functions (with
/// `(`), filters (with `|`) and tests (with `is `).
pub(super) const LEFT: &[(&str, &str)] = &[
    ("page.slug", "take `page.path`, which ends in it"),
    ("page.ancestors", "take `page.breadcrumbs`, a list of {title, path}"),
    ("section.ancestors", "take `section.breadcrumbs`, a list of {title, path}"),
    ("page.month", "write `page.date | date(format=\"%-m\")`"),
    ("page.day", "write `page.date | date(format=\"%-d\")`"),
    ("page.components", "take `page.path`"),
    ("page.backlinks", "there is no such list"),
    ("page.colocated_path", "take `page.assets`, a list of paths"),
    (
        "page.taxonomies",
        "each is a list of {name, slug, path} here; `page.categories` and `page.tools` are two of them",
    ),
    ("section.relative_path", "take `section.path`"),
    ("section.subsections", "each is {title, path, count} here, and no `get_section` is needed"),
    ("paginator.base_url", "sheets have `paginator.previous`, `next`, `first` and `last`"),
    ("paginator.paginate_by", "there is no such number"),
    ("config.taxonomies", "take `menu()`"),
    ("config.build_search_index", "take `search()`, null where there is no search"),
    ("config.mode", "a theme looks the same when it is previewed"),
    ("config.markdown", "options of Markdown do not matter to a theme"),
    ("config.languages", "a list of tags here"),
    ("zola_version", "a theme does not know the program that builds it"),
    ("__tera_context", "a template sees what the template reference lists"),
    (
        "get_section(",
        "it gives {title, path, count, description}: its pages come from `section_pages(path=…)`",
    ),
    ("get_taxonomy(", "`terms(taxonomy=…)` gives the list itself, each {name, slug, path, count}"),
    (
        "get_image_metadata(",
        "write width and height into the template; pictures of pages have theirs already",
    ),
    ("resize_image(", "give the picture in the size that is shown"),
    ("get_hash(", "`asset(path=…)` gives an address with a digest"),
    ("now(", "a build has no clock; write the year out, or take that of the newest page"),
    ("get_env(", "a build does not depend on the machine: take an option of the theme"),
    ("get_random(", "a build gives the same each time"),
    ("load_data(", "`path` names a file below `data/` of the site; addresses are not fetched"),
    ("|map", "loop over the list"),
    ("|group_by", "it gives a list of {key, items} here, not a table"),
    ("|base64_encode", "there is no such filter"),
    ("|base64_decode", "there is no such filter"),
    ("|regex_replace", "use `replace(from=…, to=…)`"),
    ("|filesizeformat", "write the number as it is"),
    ("|num_format", "write the number as it is"),
    ("is matching", "use `starting_with`, `ending_with` or `containing`"),
];

/// Templates by another name.
pub(super) const TEMPLATES: &[(&str, &str)] = &[
    ("taxonomy_list.html", "taxonomy.html"),
    ("taxonomy_single.html", "term.html"),
    ("tags/list.html", "categories-index.html"),
    ("tags/single.html", "categories-term.html"),
    ("categories/list.html", "categories-index.html"),
    ("categories/single.html", "categories-term.html"),
    ("authors/list.html", "authors-index.html"),
    ("authors/single.html", "authors-term.html"),
];

/// Templates that the program does without.
pub(super) const WITHOUT: &[&str] = &[
    "robots.txt",
    "sitemap.xml",
    "split_sitemap_index.xml",
    "atom.xml",
    "rss.xml",
    "feed.xml",
    "anchor-link.html",
];

/// The taxonomy that stands for one of Zola's.
pub(super) fn taxonomy(kind: &str) -> &str {
    if kind == "tags" { "categories" } else { kind }
}
