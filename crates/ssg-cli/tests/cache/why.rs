//! `ssg why`, in words.

use super::site::Site;

fn built() -> Site {
    let site = Site::new();
    site.build();
    site
}

/// What `ssg why` prints, which must go well.
fn why(site: &Site, arguments: &[&str]) -> String {
    let said = site.run("why", arguments);
    assert_eq!((said.status, said.stderr.as_str()), (Some(0), ""), "{arguments:?}");
    said.stdout
}

fn refused(site: &Site, arguments: &[&str]) -> String {
    let said = site.run("why", arguments);
    assert_eq!((said.status, said.stdout.as_str()), (Some(2), ""), "{arguments:?}");
    said.stderr
}

#[test]
fn before_a_build_nothing_is_known_and_nothing_is_made() {
    let site = Site::new();
    let said = refused(&site, &["/"]);
    assert!(said.contains("nothing is known of any output yet"), "{said}");
    assert!(said.contains("`ssg build` writes down what each output asks"), "{said}");
    assert!(!site.cache().exists());
}

#[test]
fn what_an_output_asks() {
    let site = built();
    let said = why(&site, &["/about/"]);
    assert!(
        said.starts_with(
            "about/index.html\nlast rendered because nothing was known of it\nrendered again when one of "
        ),
        "{said}"
    );
    for line in [
        "\n  the content of /about/\n",
        "\n  the data file data/facts.toml\n",
        "\n  the template page.html, or one that stands in for it\n",
        "\n  the template shortcodes/fact.html\n",
        "\n  title, summary and the like of /about/\n",
        "\n  in ssg.toml: description, title\n",
    ] {
        assert!(said.contains(line), "{line:?} in {said}");
    }
    // Other ways to write it.
    for output in ["/about", "about/index.html", "https://cache.example/about/"] {
        assert_eq!(why(&site, &[output]), said, "{output}");
    }
    let json = why(&site, &["/about/", "--format", "json"]);
    assert!(json.starts_with("{\"output\":\"about/index.html\",") && json.contains("\"asked\":["), "{json}");
}

#[test]
fn why_it_was_rendered() {
    let site = built();
    let because = |site: &Site, output: &str| {
        let said = why(site, &[output]);
        said.lines().nth(1).map(ToOwned::to_owned).unwrap_or_default()
    };
    site.put("data/facts.toml", "a = \"edited\"\n");
    site.build();
    assert_eq!(
        because(&site, "/about/"),
        "last rendered because this changed: the data file data/facts.toml"
    );
    site.put_post(3, "Text 3.\n\nEdited below the summary.");
    site.build();
    let said = because(&site, "/posts/p3/");
    assert!(
        said.starts_with("last rendered because this changed: ") && said.ends_with(" /posts/p3/"),
        "{said}"
    );
    std::fs::write(site.out.join("posts/p4/index.html"), "edited by hand").expect("written");
    site.build();
    assert_eq!(
        because(&site, "/posts/p4/"),
        "last rendered because the file in the output was missing or changed"
    );
    site.put("templates/shortcodes/fact.html", "<i>{{ key }}</i>");
    site.build();
    assert_eq!(
        because(&site, "/about/"),
        "last rendered because this changed: the template shortcodes/fact.html"
    );
    let file = "ssg.toml";
    site.put(file, "title = \"Cache\"\nbase_url = \"https://cache.example\"\ntheme = \"runbook\"\ndescription = \"New\"\n");
    site.build();
    assert_eq!(because(&site, "/about/"), "last rendered because this changed: `description` in ssg.toml");
}

#[test]
fn an_output_that_is_not_known() {
    let site = built();
    let said = refused(&site, &["/posts/p33/"]);
    assert!(said.contains("no output `posts/p33/index.html` was rendered"), "{said}");
    assert!(said.contains("did you mean `posts/p3/index.html`?"), "{said}");
    let said = refused(&site, &["posts/bundle/plot.svg"]);
    assert!(said.contains("files that are copied as they are depend on nothing else"), "{said}");
    let said = refused(&site, &["content/posts/p3.md"]);
    assert!(said.contains("`ssg why --changed content/posts/p3.md` says which outputs"), "{said}");
}

#[test]
fn what_a_file_reaches() {
    let site = built();
    let said = why(&site, &["--changed", "content/posts/p3.md"]);
    for lines in [
        "content/posts/p3.md: the post /posts/p3/\nit reaches 13 outputs\nthrough the content of /posts/p3/:\n  posts/p3/index.html\n",
        // Its own text is in these, and the text of another post that shows it in the last.
        "\nthrough title, date and the like of /posts/p3/:\n  atom.xml\n  posts/atom.xml\n  tools/docker/atom.xml\n",
        "\nthrough the full text of /posts/p2/:\n  tools/nagios/atom.xml\n",
        "\nthrough title, summary and the like of /posts/p3/:\n  archive/index.html\n",
        "\nanother date, path or term of it reaches more: the lists that it enters or leaves\n",
    ] {
        assert!(said.contains(lines), "{lines:?} in {said}");
    }
    assert_eq!(
        why(&site, &["--changed", "data/facts.toml"]),
        "data/facts.toml: a data file\nit reaches 1 output\nthrough the data file data/facts.toml:\n  about/index.html\n"
    );
    assert_eq!(
        why(&site, &["--changed", "templates/shortcodes/fact.html"]),
        "templates/shortcodes/fact.html: the template shortcodes/fact.html\nit reaches 1 output\n\
         through the template shortcodes/fact.html:\n  about/index.html\n"
    );
    assert_eq!(
        why(&site, &["--changed", "static/robots-of-old.txt"]),
        "static/robots-of-old.txt: a file that is copied as it is\nno output is rendered when it changes\n"
    );
    // An event's talks name it.
    let said = why(&site, &["--changed", "content/events/2016-toronto/index.md"]);
    assert!(said.contains("  events/2016-toronto/talks/pipelines/index.html\n"), "{said}");
    let said = why(&site, &["--changed", "ssg.toml"]);
    assert!(said.contains("depends on the key:\n"), "{said}");
    assert!(said.contains("\n  the theme's option `home_events`: 1 output\n"), "{said}");
    let said = refused(&site, &["--changed", "content/none.md"]);
    assert!(said.contains("`content/none.md` is no file of the site"), "{said}");
}

/// An image that lies in `static/` gives the pages that show it its size.
#[test]
fn what_an_image_reaches() {
    let site = Site::new();
    site.put("static/plot.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='4' height='3'/>");
    site.put_post(3, "![A plot](/plot.svg)");
    site.build();
    let said = why(&site, &["--changed", "static/plot.svg"]);
    assert!(said.contains("through the image static/plot.svg:\n"), "{said}");
    assert!(said.contains("  posts/p3/index.html\n"), "{said}");
}
