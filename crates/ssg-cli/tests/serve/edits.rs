//! Edits, one after another and at random: what is served is what a clean build writes.

use crate::session::Session;
use crate::site::{Save, Site, WAYS, configuration, facts, frame, post, texts};
use std::process::{Command, Stdio};

/// Under this name pages are asked for, so that no address in them is replaced.
const BASE: &str = "http://localhost/notes/";

#[test]
fn every_way_to_save() {
    let site = Site::new(BASE);
    let mut served = Session::start(&site, &[], &[]);
    served.settle("at the start");
    for (number, way) in WAYS.into_iter().enumerate() {
        // As long as before, so that only the bytes tell.
        let text = post(number + 1, ["third", "forth"][number % 2]);
        site.save(&format!("content/posts/p{}.md", number + 1), &text, way);
        served.settle(&format!("{way:?}"));
    }
}

#[test]
fn everything_that_a_build_reads() {
    let site = Site::new(BASE);
    let mut served = Session::start(&site, &[], &["--navigate"]);
    served.settle("at the start");
    let edits: &[(&str, String)] = &[
        ("templates/base.html", frame("second")),
        ("data/facts.toml", facts("second")),
        ("i18n/en.toml", texts("second")),
        ("ssg.toml", configuration(BASE, "second")),
        ("../look/assets/look.css", "b { color: blue }\n".to_owned()),
        ("assets/own.css", "p { margin: 1em }\n".to_owned()),
        ("static/notes/old.txt", "something\n".to_owned()),
        ("content/posts/bundle/a.svg", "<svg xmlns='http://www.w3.org/2000/svg' id='b'/>".to_owned()),
        ("content/posts/p2.md", post(2, "a draft").replacen("---\n", "---\ndraft: true\n", 1)),
        ("content/posts/p1.md", post(1, "second").replace("@/posts/p2.md", "@/posts/p3.md")),
    ];
    // A link to a draft is an error: the draft comes once nothing links to it.
    for (path, text) in edits.iter().rev().filter(|(path, _)| path.starts_with("content/posts/p")) {
        site.save(path, text, Save::RenameOver);
    }
    served.settle("a draft");
    for (path, text) in edits {
        site.save(path, text, Save::RenameOver);
        served.settle(path);
    }
}

#[test]
fn files_and_folders_that_come_and_go() {
    let site = Site::new(BASE);
    let mut served = Session::start(&site, &["--drafts"], &[]);
    served.settle("at the start");
    site.put("content/posts/new.md", post(20, "new"));
    served.settle("a new file");
    site.remove("content/posts/new.md");
    served.settle("a file less");
    site.put("content/essays/deep/down/one.md", "---\ntitle: Deep\n---\nText\n");
    served.settle("new folders");
    site.rename("content/essays", "content/papers");
    served.settle("another name for a folder");
    site.put("content/papers/deep/down/two.md", "---\ntitle: Two\n---\nText\n");
    served.settle("a file in the renamed folder");
    site.rename("content/papers", "../elsewhere");
    served.settle("a folder moved away");
    site.rename("../elsewhere", "content/essays");
    served.settle("a folder moved back");
    site.rename("content/posts/bundle", "content/posts/other");
    served.settle("another name for a bundle");
    site.rename("static", "../static");
    served.settle("no static files");
    site.rename("../static", "static");
    served.settle("static files again");
    site.put("content/posts/hidden.md", "---\ntitle: Hidden\ndate: 2016-01-01\ndraft: true\n---\nText\n");
    served.settle("a draft");
    let page = served.get("posts/hidden/");
    assert!(page.status == 200 && page.says("data-ssg-badge=\"draft\""));
    for number in 100..300 {
        site.put(&format!("content/posts/many{number}.md"), "---\ndate: 2015-05-05\n---\nOne of many\n");
    }
    served.settle("many files at once");
    for number in 100..300 {
        site.remove(&format!("content/posts/many{number}.md"));
    }
    served.settle("many files fewer");
}

#[test]
fn without_events_files_are_looked_at_again_and_again() {
    let site = Site::new(BASE);
    let mut served = Session::start(&site, &[], &["--poll"]);
    served.settle("at the start");
    for (number, way) in WAYS.into_iter().enumerate() {
        site.save(&format!("content/posts/p{}.md", number + 1), &post(number + 1, "polled"), way);
    }
    site.save("templates/base.html", &frame("polled"), Save::RenameOver);
    site.put("content/posts/new.md", post(20, "new"));
    served.settle("edits");
    site.remove("content/posts/new.md");
    served.settle("a file less");
}

/// A checkout changes hundreds of files within some milliseconds. It is one compilation, or two; on a
/// machine that has no time for the watcher it may be some more.
#[test]
fn a_checkout_is_few_compilations() {
    let site = Site::new(BASE);
    let git = |args: &[&str]| {
        let mut command = Command::new("git");
        let name = ["-c", "user.name=t", "-c", "user.email=t@localhost", "-c", "init.defaultBranch=one"];
        command.arg("-C").arg(&site.root).args(name).args(args).stderr(Stdio::null()).stdout(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    if !git(&["init"]) {
        ssg_testing::skip("there is no git");
        return;
    }
    let write = |word: &str| {
        for number in 100..600 {
            let text = format!("---\ndate: 2015-05-05\n---\n{word} of many\n");
            site.put(&format!("content/posts/many{number}.md"), text);
        }
    };
    write("One");
    assert!(git(&["add", "-A"]) && git(&["commit", "-m", "one"]) && git(&["checkout", "-b", "two"]));
    write("Another");
    assert!(git(&["commit", "-am", "two"]));
    let mut served = Session::start(&site, &[], &[]);
    served.settle("at the start");
    served.lines();
    for branch in ["one", "two", "one"] {
        assert!(git(&["checkout", branch]));
        served.settle(branch);
        let lines = served.lines();
        let built = lines.iter().filter(|line| line.contains("\"built\"")).count();
        assert!((1..=10).contains(&built), "{built} compilations: {lines:?}");
    }
}

#[test]
fn what_a_saved_post_lacks_is_said_once() {
    let site = Site::new(BASE);
    let session = Session::start(&site, &[], &[]);
    let post = |number: usize| {
        format!(
            "+++\ntitle = \"Recap\"\ndate = 2016-06-02\n+++\n\nThe {number} talks were good. We run Docker and Kubernetes; in Kubernetes all containers of Docker restart.\n"
        )
    };
    // A look at everything is no save: files are saved until one is.
    let mut said: Vec<String> = Vec::new();
    for number in 0..200 {
        site.put("content/posts/recap.md", post(number));
        if said.iter().any(|line| line.contains("recap.md")) {
            site.put("content/posts/second.md", post(number));
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
        said.extend(session.lines().into_iter().filter(|line| line.contains("\"lacks\"")));
        if said.iter().any(|line| line.contains("second.md")) {
            break;
        }
    }
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("content/posts/recap.md") && said[0].contains("[\"Docker\",\"Kubernetes\"]"));
}
