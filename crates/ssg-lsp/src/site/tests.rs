//! What is found after many edits is what is found by a server that has just started.

use super::*;
use crate::overlay::Texts;

const FILES: &[(&str, &str)] = &[
    ("ssg.toml", "title = \"Case\"\nbase_url = \"https://case.example\"\ntheme.name = \"plain\"\n"),
    ("themes/plain/theme.toml", "name = \"plain\"\n"),
    ("themes/plain/templates/base.html", "{% block main %}{% endblock main %}"),
    ("themes/plain/templates/page.html", "{{ page.title }} {{ page.content | safe }}"),
    ("themes/plain/templates/section.html", "{{ section.title }}"),
    (
        "content/posts/a.md",
        "---\ntitle: A\ndate: 2016-06-01\nevents: [2016-ghent]\n---\n[b](@/posts/b.md#part)\n",
    ),
    ("content/posts/b.md", "---\ntitle: B\ndate: 2016-06-02\n---\n## Part\n"),
    ("content/events/2016-ghent/index.md", "---\ntitle: Ghent\nevent:\n  start: 2016-05-26\n---\n"),
];

/// Texts for the files of the site: right ones, wrong ones and none at all.
const TEXTS: &[(&str, &str)] = &[
    (
        "content/posts/a.md",
        "---\ntitle: A\ndate: 2016-06-01\nevents: [nowhere]\n---\n[b](@/posts/b.md#part)\n",
    ),
    ("content/posts/a.md", "---\ntitle: [\n---\n"),
    ("content/posts/a.md", "---\ntitle: Other\ndate: 2016-06-01\n---\n[b](@/posts/c.md) {{ none() }}\n"),
    ("content/posts/b.md", "---\ntitle: B\ndate: 2016-06-02\n---\n## Other\n"),
    ("content/posts/b.md", "---\ntitle: B\ndraft: perhaps\n---\n## Part\n"),
    ("content/posts/c.md", "---\ntitle: C\ndate: 2016-06-03\ntols: [x]\n---\n"),
    (
        "content/events/2016-ghent/index.md",
        "---\ntitle: Ghent\nevent:\n  start: 2016-05-26\n  end: 2016-05-25\n---\n",
    ),
    ("content/events/2016-ghent/index.md", "---\ntitle: Ghent\n---\n"),
    ("themes/plain/templates/page.html", "{{ page.titel }}"),
    ("themes/plain/templates/page.html", "{% if %}"),
    (
        "ssg.toml",
        "title = \"Case\"\nbase_url = \"https://case.example\"\ntheme.name = \"plain\"\n[markdown]\nmath = true\n",
    ),
    ("ssg.toml", "title = 3\nbase_url = 4\n"),
    ("ssg.toml", "title = \"Case\"\nbase_url = \"https://case.example\"\ntheme.name = \"plian\"\n"),
];

fn path(text: &str) -> SitePath {
    SitePath::new(text).expect("valid")
}

fn told(compiled: &Compiled) -> Vec<String> {
    assert!(!compiled.is_cut);
    compiled
        .found
        .iter()
        .map(|one| format!("{:?}", (&one.code, &one.path, &one.span, &one.message, &one.hints)))
        .collect()
}

fn site() -> (tempfile::TempDir, Place) {
    let site = tempfile::tempdir().expect("a folder");
    for (name, text) in FILES {
        let file = site.path().join(name);
        std::fs::create_dir_all(file.parent().expect("below the site")).expect("made");
        std::fs::write(file, text).expect("written");
    }
    let root = site.path().canonicalize().expect("it exists");
    (site, Place { root, config: path("ssg.toml"), version: "0.1.0".to_owned() })
}

#[test]
fn an_edit_of_a_body_costs_what_it_reaches() {
    let (_site, place) = site();
    let newest = AtomicU64::new(0);
    let mut compiler = Compiler::new(place);
    let mut texts = Texts::new();
    let first = compiler.compile(&texts, None, 0, &newest).expect("opened");
    assert!(first.rendered > 8 && first.found.is_empty(), "{} {:?}", first.rendered, first.found);
    let file = path("content/posts/b.md");
    for number in 0..3 {
        let text = format!(
            "---\ntitle: B\ndate: 2016-06-02\n---\n## Part\n\nSome text.\n\nAnd [more {number}](none{number}.md).\n"
        );
        texts.insert(file.clone(), text.into());
        let compiled = compiler.compile(&texts, Some([file.clone()].into()), 0, &newest).expect("opened");
        // Its page, and what shows its text: a list and a feed.
        assert!((1..=first.rendered / 2).contains(&compiled.rendered), "{}", compiled.rendered);
        assert!(compiled.found.iter().any(|one| one.message.contains(&format!("none{number}.md"))));
    }
    // With nothing changed nothing is made, and all is said again.
    let again = compiler.compile(&texts, None, 0, &newest).expect("opened");
    assert!(again.rendered == 0 && again.found.len() == 1, "{} {:?}", again.rendered, again.found);
    // What nobody wants to know any more is given up, and made up for later.
    texts.insert(file.clone(), "---\ntitle: B\ndate: 2016-06-02\n---\n[x](gone.md)\n".into());
    newest.store(7, Ordering::Relaxed);
    let cut = compiler.compile(&texts, Some([file.clone()].into()), 6, &newest).expect("opened");
    assert!(cut.is_cut);
    let made_up = compiler.compile(&texts, Some(BTreeSet::new()), 7, &newest).expect("opened");
    assert!(made_up.found.iter().any(|one| one.message.contains("gone.md")) && !made_up.is_cut);
}

#[test]
fn an_edited_site_says_what_a_site_says_that_is_opened_now() {
    let (_site, place) = site();
    let newest = AtomicU64::new(0);
    let mut compiler = Compiler::new(place.clone());
    let mut texts = Texts::new();
    let mut seed = 11_u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap_or(0) % below
    };
    let mut changed = None;
    let mut differing = BTreeSet::new();
    for _ in 0..60 {
        let compiled = compiler.compile(&texts, changed.take(), 0, &newest).expect("opened");
        let anew = Compiler::new(place.clone()).compile(&texts, None, 0, &newest).expect("opened");
        assert_eq!(told(&compiled), told(&anew), "{texts:?}");
        let titles = |compiled: &Compiled| {
            let known = compiled.known.as_ref()?;
            Some(known.site.pages.iter().map(|page| page.title.clone()).collect::<Vec<_>>())
        };
        assert_eq!(titles(&compiled), titles(&anew), "{texts:?}");
        differing.insert(told(&compiled));
        let (name, text) = TEXTS[next(TEXTS.len())];
        // Half of the edits close what is open, unsaved.
        if next(2) == 0 || texts.remove(&path(name)).is_none() {
            texts.insert(path(name), text.into());
        }
        changed = (next(4) > 0).then(|| BTreeSet::from([path(name)]));
    }
    assert!(differing.len() > 12, "the edits make a difference: {}", differing.len());
}
