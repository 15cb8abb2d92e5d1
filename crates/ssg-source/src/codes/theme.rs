//! Codes about themes, templates and style sheets.

use super::{Code, Entry, codes};

codes! {
    ALL;
    ASSET_NAME = "asset-name",
        "A style sheet or a module of `assets` names a file that there is not.",
        "Correct the name, or put the file into `assets` or `static`.",
        r#"@import "colour.css";   /* the file is colors.css */"#;
    EJECT = "eject",
        "A file cannot be copied out of the theme.",
        "Name a file of the theme, as `ssg theme show` lists them.",
        "ssg theme eject post.htm";
    HTML_ALT = "html-alt",
        "An image of a page has no alternative text.",
        "Add `alt`, empty for decoration.",
        r#"<img src="{{ s.logo | url }}">"#;
    HTML_DOCTYPE = "html-doctype",
        "A page does not begin as HTML does.",
        "Begin `base.html` with `<!doctype html>`.",
        "<html>";
    HTML_EMPTY = "html-empty",
        "A page is empty.",
        "See that the template writes its blocks.",
        "{% block main %}{% endblock main %}";
    HTML_HEADING = "html-heading",
        "A page has no heading of the first level, two of them, or leaves out a level.",
        "Write one `<h1>`, and headings in order below it.",
        "<h1>…</h1><h3>…</h3>";
    HTML_ID = "html-id",
        "An id is empty or stands twice, or something refers to one that is not there.",
        "Make each id once.",
        r#"<p id="a"><p id="a">"#;
    HTML_LANG = "html-lang",
        "A page does not say its language.",
        r#"Write `<html lang="{{ lang }}">`."#,
        "<html>";
    HTML_MAIN = "html-main",
        "A page has no main part, or two.",
        "Write `<main>` once.",
        "<body><div>";
    HTML_NAME = "html-name",
        "A link a form field or a frame has no name that can be read out.",
        "Give it a text or `aria-label`.",
        r#"<a href="/"></a>"#;
    HTML_NESTING = "html-nesting",
        "Elements are not closed in the order in which they were opened, or stand where they cannot.",
        "Close each where it belongs.",
        "<p><div></p></div>";
    HTML_SYNTAX = "html-syntax",
        "A page is no valid HTML.",
        "Correct it at the place that is named.",
        r#"<a href=">"#;
    HTML_TITLE = "html-title",
        "A page has no title.",
        "Write `<title>` in `base.html`.",
        "<head></head>";
    HTML_VIEWPORT = "html-viewport",
        "A page does not fit itself to telephones.",
        r#"Add `<meta name="viewport" content="width=device-width">`."#,
        "<head></head>";
    SASS = "sass",
        "A style sheet in Sass cannot be compiled, or the compiler warns.",
        "Correct it at the place that is named.",
        "a { color: $nothing }";
    TEMPLATE = "template",
        "A template cannot be read or rendered, or passes a limit.",
        "Correct it at the place that is named; the page on themes has the limits.",
        "{{ page.titel }}";
    THEME = "theme",
        "The theme lacks a template that every theme must have.",
        "Add it, or have the theme extend one that has it.",
        "a theme without base.html";
    THEME_ADDRESS = "theme-address",
        "A theme cannot be fetched from this address.",
        "Use `https://` or `ssh://`, without secrets in it.",
        "ssg theme add file:///tmp/x";
    THEME_CHANGED = "theme-changed",
        "The files of a fetched theme are not those that were fetched.",
        "Eject the files that you change, or fetch the theme again.",
        "themes/x/templates/base.html was edited";
    THEME_CONTRAST = "theme-contrast",
        "Two colours of a theme are too alike to be read.",
        "Make one of them darker or lighter.",
        "#777777 on #888888";
    THEME_EXTENDS = "theme-extends",
        "The parent of a theme is not there, or is its own child.",
        "Name a theme in `themes/` or a built-in one.",
        r#"extends = "gone""#;
    THEME_FETCH = "theme-fetch",
        "A theme could not be fetched by git.",
        "See to the address, the network and your rights.",
        "git said: repository not found";
    THEME_FORMER = "theme-former",
        "A site that names no theme has options, blocks or components of the theme that such sites had before.",
        "Name that theme to keep the look, or change what you override to what the theme of today has.",
        "[theme.options]\naccent = \"#1b6e53\"   # an option of `runbook`";
    THEME_IO = "theme-io",
        "The system refused to write a theme.",
        "See to space and rights.",
        "the disk is full";
    THEME_MANIFEST = "theme-manifest",
        "`theme.toml` lacks something, or says it wrongly.",
        "Add the key that is named.",
        "theme.toml without `license`";
    THEME_NAME = "theme-name",
        "A theme cannot have this name.",
        "Use small letters, digits and `-`.",
        r#"ssg theme new "My Theme""#;
    THEME_OPTION = "theme-option",
        "An option of a theme is declared or set wrongly.",
        "Write a value of its type, as its help says.",
        r#"[theme.options]
colour = "red""#;
    THEME_PIN = "theme-pin",
        "The entry of a fetched theme in ssg.toml cannot be changed.",
        "See to the rights of ssg.toml.",
        "ssg.toml is read-only";
    THEME_REFUSED = "theme-refused",
        "A fetched theme is refused: it holds links, names that lead out, or too much.",
        "Use another theme, or ask its author.",
        "a theme with a link to /etc/passwd";
    THEME_TEXT = "theme-text",
        "A template uses a text that no file of `i18n/` has.",
        "Add it to `i18n/en.toml`, or correct its name.",
        r#"{{ t(key="raed-more") }}"#;
    THEME_UPDATE = "theme-update",
        "A theme cannot be updated.",
        "Name a theme that was fetched with `ssg theme add`.",
        "ssg theme update mine";
    THEME_VERSION = "theme-version",
        "A theme needs a newer program, or speaks another version of the template API.",
        "Update the program or the theme.",
        r#"min_version = "9.0""#;
    UNKNOWN_THEME = "unknown-theme",
        "There is no theme of this name.",
        "Correct it, or put the theme into `themes/`.",
        r#"theme = "runbok""#;
}
