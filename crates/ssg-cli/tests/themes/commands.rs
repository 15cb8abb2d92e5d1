//! Themes that are made, copied from and checked.

use crate::repository::Site;

#[test]
fn a_new_theme_passes_the_check_and_builds() {
    let site = Site::new();
    for arguments in [&["theme", "new", "harbour"][..], &["theme", "new", "quay", "--extends", "runbook"]] {
        let run = site.ssg(arguments);
        assert_eq!(run.status, 0, "{}", run.all());
        let name = arguments[2];
        let run = site.ssg(&["theme", "check", name, "--strict"]);
        assert_eq!(run.status, 0, "{name}: {}", run.all());
        assert!(run.stderr.contains(": 0 errors, 0 warnings"), "{name}: {}", run.stderr);
        let run = site.ssg(arguments);
        assert!(run.status == 2 && run.stderr.contains("is there already"), "{}", run.all());
        let config = site.read("ssg.toml");
        site.write("ssg.toml", &format!("theme = \"{name}\"\n{config}"));
        let run = site.ssg(&["build"]);
        assert!(run.status == 0 && !run.stderr.contains("warning"), "{name}: {}", run.all());
        site.write("ssg.toml", &config);
    }
    for name in ["../up", "-x", "A B", "nul", ".", "a/b", ""] {
        let run = site.ssg(&["theme", "new", name]);
        assert!(
            run.status == 2 && run.stderr.contains("cannot be the name of a theme"),
            "{name}: {}",
            run.all()
        );
    }
    let run = site.ssg(&["theme", "new", "pier", "--extends", "runbok"]);
    assert!(run.status == 2 && run.stderr.contains("did you mean `runbook`?"), "{}", run.all());
    assert_eq!(site.names(), [".ssg-cache", "content", "public", "ssg.toml", "themes"]);
}

/// A theme as Zola has it, small and whole.
const ZOLA: [(&str, &str); 7] = [
    ("theme.toml", "name = \"dock\"\nlicense = \"MIT\"\n[extra]\ndock_foot = \"At the dock.\"\n"),
    ("sass/site.scss", "main { p { margin: 0 } }\n"),
    (
        "templates/index.html",
        "{% import \"macros.html\" as m %}<!DOCTYPE html>\n<html lang=\"{{ lang }}\"><head><meta charset=\"utf-8\">\
        <meta name=\"viewport\" content=\"width=device-width\"><title>{% block title %}{{ config.title }}{% endblock title %}</title>\
        <link rel=\"stylesheet\" href=\"{{ get_url(path='site.css') }}\"></head><body><main><h1>{% block head %}{{ config.title }}{% endblock head %}</h1>\
        {% block main %}{% if section %}{% for p in section.pages %}{{ m::entry(page=p) }}{% endfor %}{% endif %}{% endblock main %}</main>\
        <footer>{{ config.extra.dock_foot }}</footer></body></html>\n",
    ),
    (
        "templates/page.html",
        "{% extends \"index.html\" %}{% block title %}{{ page.title }}{% endblock title %}{% block head %}{{ page.title }}{% endblock head %}\
        {% block main %}{{ page.content | safe }}{% for tag in page.taxonomies.tags %}<a href=\"{{ get_taxonomy_url(kind='tags', name=tag) }}\">{{ tag }}</a>{% endfor %}\
        {% if page.lower %}<a href=\"{{ page.lower.permalink }}\">{{ page.lower.title }}</a>{% endif %}{% endblock main %}\n",
    ),
    (
        "templates/macros.html",
        "{% macro entry(page) %}<p><a href=\"{{ page.permalink }}\">{{ page.title }}</a></p>{% endmacro entry %}\n",
    ),
    (
        "templates/tags/list.html",
        "{% extends \"index.html\" %}{% block main %}{% for term in terms %}<a href=\"{{ term.permalink }}\">{{ term.name }}</a> {{ term.pages | length }}{% endfor %}{% endblock main %}\n",
    ),
    (
        "templates/tags/single.html",
        "{% import \"macros.html\" as m %}{% extends \"index.html\" %}{% block main %}{% for p in term.pages %}{{ m::entry(page=p) }}{% endfor %}{% endblock main %}\n",
    ),
];

#[test]
fn a_theme_of_zolas_comes_over() {
    let site = Site::new();
    for (path, text) in ZOLA {
        site.write(&format!("zola/Dock/{path}"), text);
    }
    let run = site.ssg(&["theme", "convert", "zola/Dock"]);
    assert!(run.status == 0 && run.stderr.contains("; 0 things left to do"), "{}", run.all());
    let run = site.ssg(&["theme", "check", "dock"]);
    assert!(run.status == 0, "{}", run.all());
    let config = site.read("ssg.toml");
    site.write("ssg.toml", &format!("theme = \"dock\"\n{config}"));
    let run = site.ssg(&["build"]);
    assert_eq!(run.status, 0, "{}", run.all());
    assert!(site.read("public/index.html").contains("<footer>At the dock.</footer>"));
    let run = site.ssg(&["theme", "convert", "zola/Dock"]);
    assert!(run.status == 2 && run.stderr.contains("is there already"), "{}", run.all());
    let run = site.ssg(&["theme", "convert", "content"]);
    assert!(run.status == 2 && run.stderr.contains("no templates in this folder"), "{}", run.all());
    let run = site.ssg(&["theme", "convert", "nowhere"]);
    assert!(run.status == 2 && run.stderr.contains("cannot read the folder"), "{}", run.all());
}

#[test]
fn the_built_in_theme_passes_the_check() {
    let site = Site::new();
    let run = site.ssg(&["theme", "check", "runbook", "--strict"]);
    assert_eq!(run.status, 0, "{}", run.all());
    assert_eq!(site.names(), ["content", "ssg.toml"], "a check writes nothing");
    let run = site.ssg(&["theme", "check", "runbok"]);
    assert!(run.status == 2 && run.stderr.contains("did you mean `runbook`?"), "{}", run.all());
}

#[test]
fn the_themes_of_this_repository_pass_the_check() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let site = Site::new();
    let mut names: Vec<_> = std::fs::read_dir(format!("{root}/themes"))
        .expect("themes exist")
        .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert!(names.len() >= 3);
    for name in names {
        let run = site.ssg(&["--root", root, "theme", "check", &name, "--strict"]);
        assert_eq!(run.status, 0, "{name}: {}", run.all());
    }
}

#[test]
fn what_is_ejected_gives_the_same_site() {
    let site = Site::new();
    assert_eq!(site.ssg(&["build"]).status, 0);
    let pages = ["index.html", "posts/a/index.html", "404.html", "posts/index.html"];
    let before: Vec<String> = pages.iter().map(|page| site.read(&format!("public/{page}"))).collect();
    for (file, path) in [
        ("post.html", "templates/post.html"),
        ("templates/base.html", "templates/base.html"),
        ("index.html", "templates/index.html"),
        ("partials/menu.html", "templates/partials/menu.html"),
        ("partials/components.html", "templates/partials/components.html"),
        ("i18n/en.toml", "i18n/en.toml"),
    ] {
        let run = site.ssg(&["theme", "eject", file]);
        assert_eq!((run.status, run.stdout.as_str()), (0, format!("{path}\n").as_str()), "{}", run.all());
        let run = site.ssg(&["theme", "eject", file]);
        assert!(run.status == 2 && run.stderr.contains("is there already"), "{}", run.all());
        let run = site.ssg(&["build"]);
        assert_eq!(run.status, 0, "{file}: {}", run.all());
        let after: Vec<String> = pages.iter().map(|page| site.read(&format!("public/{page}"))).collect();
        assert!(before == after, "{file} changes the site");
    }
    let run = site.ssg(&["theme", "eject", "style.css"]);
    assert_eq!(run.status, 0, "{}", run.all());
    assert_eq!(site.ssg(&["build"]).status, 0);
    for (file, words) in [
        ("pots.html", "did you mean `post.html`?"),
        ("../ssg.toml", "the theme has no file"),
        ("theme.toml", "options are set in `ssg.toml`"),
        ("/etc/passwd", "the theme has no file"),
    ] {
        let run = site.ssg(&["theme", "eject", file]);
        assert!(run.status == 2 && run.stderr.contains(words), "{file}: {}", run.all());
    }
    let run = site.ssg(&["theme", "show"]);
    assert!(run.stdout.contains("  templates/post.html: whole file, ejected at 0.1.0"), "{}", run.stdout);
}
