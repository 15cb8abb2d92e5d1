//! What an update tells and does.

use crate::repository::{Repository, Site};

/// A site that uses a fetched theme, overrides a block of it and has ejected a file.
fn set_up() -> (Site, Repository) {
    let site = Site::new();
    let repository = site.repository();
    assert_eq!(site.ssg(&["theme", "add", &repository.address()]).status, 0);
    let config = site.read("ssg.toml");
    site.write(
        "ssg.toml",
        &format!("{config}\n[theme]\nname = \"harbour\"\n[theme.options]\nink = \"#222222\"\n"),
    );
    site.write(
        "templates/section.html",
        "{% extends \"theme/section.html\" %}{% block main %}<h1>mine</h1>{% endblock main %}",
    );
    let run = site.ssg(&["theme", "eject", "page.html"]);
    assert_eq!((run.status, run.stdout.as_str()), (0, "templates/page.html\n"), "{}", run.stderr);
    (site, repository)
}

fn second_version(repository: &Repository) -> String {
    repository.write(
        "templates/page.html",
        "{% extends \"base.html\" %}\n{% block main %}<h1>new</h1>{% endblock main %}\n",
    );
    repository.write(
        "templates/section.html",
        "{% extends \"base.html\" %}\n{% block main %}<h1>two</h1>{% endblock main %}\n",
    );
    repository.write("templates/post.html", "{% extends \"base.html\" %}\n");
    repository.write("static/x.txt", "y\n");
    repository.write(
        "theme.toml",
        "name = \"harbour\"\n\n[options.ink]\ntype = \"colour\"\ndefault = \"#000000\"\n[options.wide]\ntype = \"bool\"\ndefault = false\n",
    );
    repository.commit("v2")
}

#[test]
fn an_update_tells_what_it_changes_for_the_site() {
    let (site, repository) = set_up();
    let first = repository.git(&["rev-parse", "v1"], b"");
    assert!(
        site.read("templates/page.html")
            .starts_with(&format!("{{#- ejected from harbour {first} templates/page.html "))
    );
    let run = site.ssg(&["theme", "update"]);
    assert_eq!(run.stdout, format!("harbour: up to date at {}\n", &first[..12]), "{}", run.stderr);
    let second = second_version(&repository);
    let (config, page) = (site.read("ssg.toml"), site.read("themes/harbour/templates/page.html"));

    let dry = site.ssg(&["theme", "update", "harbour", "--dry-run"]);
    for line in [
        &*format!(
            "templates/page.html overrides a file that changes (whole file, ejected at {}):",
            &first[..12]
        ),
        "-{% block main %}<h1>{{ meta.title }}</h1>{% endblock main %}",
        "+{% block main %}<h1>new</h1>{% endblock main %}",
        "templates/section.html overrides a file that changes (block `main`):",
        "option changed `ink`: its default \"#111111\" becomes \"#000000\"; this site sets it",
        "option added `wide`: \"bool\", by default false",
        "added templates/post.html",
        "changed static/x.txt",
        &format!("harbour: {} becomes {} (dry run)", &first[..12], &second[..12]),
    ] {
        assert!(dry.stdout.lines().any(|known| known == line), "{line}\n{}", dry.all());
    }
    assert_eq!((site.read("ssg.toml"), site.read("themes/harbour/templates/page.html")), (config, page));

    let run = site.ssg(&["theme", "update"]);
    assert_eq!(run.stdout, dry.stdout.replace(" (dry run)", ""), "{}", run.stderr);
    assert!(site.read("ssg.toml").contains(&second));
    assert_eq!(site.read("themes/harbour/static/x.txt"), "y\n");
    assert_eq!(site.names(), ["content", "ssg.toml", "templates", "themes"]);
    let run = site.ssg(&["build"]);
    assert!(run.status == 0 && !run.stderr.contains("warning"), "{}", run.stderr);
    let run = site.ssg(&["theme", "show"]);
    assert!(run.stdout.contains("the theme's has changed since"), "{}", run.stdout);

    let run = site.ssg(&["theme", "update", "--to", "v1"]);
    assert!(run.status == 0 && site.read("ssg.toml").contains("rev = \"v1\""), "{}", run.all());
    assert_eq!(site.read("themes/harbour/static/x.txt"), "x\n");
    assert!(!site.root().join("themes/harbour/templates/post.html").exists());
    let run = site.ssg(&["theme", "update", "--format", "json"]);
    let updated: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!((&updated["from"], &updated["to"]), (&updated["to"], &first.into()));
}

#[test]
fn changes_of_ones_own_are_not_dropped_unasked() {
    let (site, repository) = set_up();
    second_version(&repository);
    site.write("themes/harbour/static/x.txt", "mine");
    let config = site.read("ssg.toml");
    let run = site.ssg(&["theme", "update"]);
    assert_eq!(run.status, 3, "{}", run.all());
    assert!(run.stderr.contains("`--force` drops them"), "{}", run.stderr);
    assert_eq!(
        (site.read("themes/harbour/static/x.txt"), site.read("ssg.toml")),
        ("mine".to_owned(), config)
    );
    assert_eq!(site.ssg(&["theme", "update", "--force"]).status, 0);
    assert_eq!(site.read("themes/harbour/static/x.txt"), "y\n");
}

#[test]
fn a_missing_folder_comes_back_as_it_was_pinned() {
    let (site, repository) = set_up();
    let first = repository.git(&["rev-parse", "v1"], b"");
    second_version(&repository);
    std::fs::remove_dir_all(site.root().join("themes")).expect("removed");
    let run = site.ssg(&["build"]);
    assert!(run.stderr.contains("`ssg theme update harbour` fetches it again"), "{}", run.stderr);
    let run = site.ssg(&["theme", "update"]);
    assert!(run.stdout.contains(&format!("harbour: fetched again at {}", &first[..12])), "{}", run.all());
    assert_eq!(site.read("themes/harbour/static/x.txt"), "x\n");
    // What the host has under that commit is not what was pinned.
    std::fs::remove_dir_all(site.root().join("themes")).expect("removed");
    site.write("ssg.toml", &site.read("ssg.toml").replace("blake3:", "blake3:0"));
    let run = site.ssg(&["theme", "update"]);
    assert_eq!(run.status, 3, "{}", run.all());
    assert!(!site.root().join("themes").exists());
}

#[test]
fn a_broken_version_is_not_swapped_in() {
    let (site, repository) = set_up();
    repository.write("templates/page.html", "{% block main %}");
    repository.commit("broken");
    let config = site.read("ssg.toml");
    let run = site.ssg(&["theme", "update"]);
    assert!(run.status > 0 && run.stderr.contains("template error"), "{}", run.all());
    assert_eq!(site.read("ssg.toml"), config);
    assert!(site.read("themes/harbour/templates/page.html").contains("meta.title"));
    let run = site.ssg(&["theme", "update", "harbor"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("did you mean `harbour`?"), "{}", run.stderr);
}
