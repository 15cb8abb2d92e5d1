//! Themes that are fetched and used.

use crate::repository::Site;

#[test]
fn a_theme_is_fetched_pinned_and_used() {
    let site = Site::new();
    let repository = site.repository();
    site.plant_home();
    let run = site.ssg(&["theme", "add", &format!("{}@v1", repository.address())]);
    assert_eq!((run.status, run.stdout.as_str()), (0, "themes/harbour\n"), "{}", run.stderr);
    assert!(!site.is_marked(), "a hook or a program of the configuration ran");
    let commit = repository.git(&["rev-parse", "v1"], b"");
    let config = site.read("ssg.toml");
    assert!(
        config.starts_with("# mine\ntitle = \"Site\"\nbase_url = \"https://example.org/\" # here\n"),
        "{config}"
    );
    for line in ["[themes.harbour]", "rev = \"v1\"", &format!("commit = \"{commit}\""), "hash = \"blake3:"] {
        assert!(config.contains(line), "{line}: {config}");
    }
    assert_eq!(site.names(), ["content", "ssg.toml", "themes"]);
    assert!(!site.root().join("themes/harbour/.git").exists());
    assert!(!site.root().join("themes/harbour/.gitattributes").exists());
    assert_eq!(site.read("themes/harbour/static/x.txt"), "x\n");

    site.write("ssg.toml", &format!("theme = \"harbour\"\n{config}"));
    let run = site.ssg(&["build"]);
    assert_eq!((run.status, run.stderr.contains("warning")), (0, false), "{}", run.stderr);
    let run = site.ssg(&["theme", "list"]);
    assert!(
        run.stdout.contains(&format!("*\tharbour\t-\t{}", "[folder]/theme.git@v1 at ")),
        "{}",
        run.stdout
    );
    let run = site.ssg(&["theme", "show", "--format", "json"]);
    let shown: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(shown["theme"]["commit"], commit);
    assert_eq!(shown["theme"]["files"], "as they were fetched");
    assert_eq!(shown["options"][0]["name"], "ink");
}

#[test]
fn a_folder_that_is_no_longer_what_was_fetched_is_told_in_builds_of_every_kind() {
    let site = Site::new();
    let repository = site.repository();
    assert_eq!(site.ssg(&["theme", "add", &repository.address()]).status, 0);
    let config = site.read("ssg.toml");
    assert!(!config.contains("rev ="), "{config}");
    site.write("ssg.toml", &format!("theme = \"harbour\"\n{config}"));
    let words = "the files of the theme `harbour` are not those that were fetched";
    for (file, text) in [("templates/page.html", "{% extends \"base.html\" %}"), ("static/x.txt", "other")] {
        let before = site.read(&format!("themes/harbour/{file}"));
        assert!(!site.ssg(&["build"]).stderr.contains(words));
        site.write(&format!("themes/harbour/{file}"), text);
        for arguments in [&["build"][..], &["build"], &["build", "--no-cache"], &["check"]] {
            let run = site.ssg(arguments);
            assert!(run.status == 0 && run.stderr.contains(words), "{file} {arguments:?}: {}", run.stderr);
        }
        site.write(&format!("themes/harbour/{file}"), &before);
        assert!(!site.ssg(&["build"]).stderr.contains(words), "{file}");
    }
    // Not what a pin says, whatever it says.
    site.write("ssg.toml", &site.read("ssg.toml").replace("blake3:", "blake3:0"));
    assert!(site.ssg(&["build"]).stderr.contains(words));
}

#[test]
fn nothing_is_replaced_and_what_is_no_theme_is_not_added() {
    let site = Site::new();
    let repository = site.repository();
    site.write("themes/harbour/own.txt", "mine");
    let config = site.read("ssg.toml");
    let run = site.ssg(&["theme", "add", &repository.address()]);
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert!(run.stderr.contains("`themes/harbour` is there already"), "{}", run.stderr);
    std::fs::remove_dir_all(site.root().join("themes")).expect("removed");

    for (file, text, words) in [
        ("theme.toml", "name = \"../up\"\n", "cannot be the name of a theme"),
        ("theme.toml", "name = \"harbour\"\nnmae = 1\n", "unknown key `nmae`"),
        (
            "theme.toml",
            "name = \"harbour\"\nextends = \"nothing\"\n",
            "there is no theme `nothing` to extend",
        ),
        ("theme.toml", "name = \"harbour\"\nmin_version = \"99.0\"\n", "needs ssg 99.0"),
        ("templates/page.html", "{% block main %}", "template error"),
    ] {
        repository.git(&["reset", "--quiet", "--hard", "v1"], b"");
        repository.write(file, text);
        repository.commit("broken");
        let run = site.ssg(&["theme", "add", &repository.address()]);
        assert!(run.status > 0 && run.stderr.contains(words), "{words}: {}", run.stderr);
        assert_eq!(site.names(), ["content", "ssg.toml"], "{words}");
    }
    repository.git(&["reset", "--quiet", "--hard", "v1"], b"");
    for (remove, words) in [("theme.toml", "there is no theme at"), ("templates/base.html", "base.html")] {
        repository.git(&["rm", "--quiet", remove], b"");
        repository.commit("less");
        let run = site.ssg(&["theme", "add", &repository.address()]);
        assert!(run.status > 0 && run.stderr.contains(words), "{words}: {}", run.stderr);
        assert_eq!(site.names(), ["content", "ssg.toml"]);
        repository.git(&["reset", "--quiet", "--hard", "v1"], b"");
    }
    for address in [format!("{}@nowhere", repository.address()), format!("{}-not", repository.address())] {
        let run = site.ssg(&["theme", "add", &address]);
        assert_eq!(
            (run.status, site.names()),
            (2, vec!["content".to_owned(), "ssg.toml".to_owned()]),
            "{}",
            run.stderr
        );
    }
    assert_eq!(site.read("ssg.toml"), config);
}
