//! Real blogs: each post is written, each address stays, nothing of another program shows as text, a second
//! import writes nothing, and an edit of ours survives a third.

use crate::place::source;
use crate::site::Site;
use std::fs;
use std::path::Path;

/// A blog of the corpus, and what must come of it.
struct Blog {
    format: &'static str,
    folder: &'static str,
    /// The file to read, where it is not the folder.
    file: &'static str,
    posts: usize,
    /// Addresses that the old site is known to have had, as files.
    addresses: &'static [&'static str],
}

const BLOGS: &[Blog] = &[
    Blog {
        format: "jekyll",
        folder: "artsy-jekyll",
        file: "",
        posts: 45,
        addresses: &[
            "blog/2012/03/23/simplifying-model-level-json-versioning-with-mongoid-cached-json/index.html",
        ],
    },
    Blog {
        format: "jekyll",
        folder: "theforeman-jekyll",
        file: "",
        posts: 191,
        addresses: &["2012/01/fosdem-2012.html", "introduction.html"],
    },
    Blog {
        format: "zola",
        folder: "rust-blog-zola",
        file: "",
        posts: 66,
        addresses: &["2022/04/07/Rust-1.60.0/index.html"],
    },
    Blog { format: "hugo", folder: "ado-hugo", file: "", posts: 42, addresses: &["brains/index.html"] },
    Blog {
        format: "hugo",
        folder: "fluxcd-hugo",
        file: "",
        posts: 23,
        addresses: &["blog/2021/03/march-2021-update/index.html"],
    },
    Blog {
        format: "wordpress",
        folder: "wordpress-wxr",
        file: "themeunittestdata.wordpress.xml",
        posts: 50,
        addresses: &["about/index.html"],
    },
    Blog {
        format: "blogger",
        folder: "blogger-atom",
        file: "blog-export.xml",
        posts: 3,
        addresses: &["2016/06/back-from-days.html", "2015/01/older.html", "p/about.html"],
    },
];

#[test]
fn blogs_come_in_whole_and_stay() {
    for blog in BLOGS {
        let Some(source) = source(blog.folder) else { return };
        comes_in(blog, &source.join(blog.file).to_string_lossy());
    }
}

fn comes_in(blog: &Blog, source: &str) {
    let name = blog.folder;
    // A blog that moves has no configuration here yet.
    let site = Site::new();
    for file in ["ssg.toml", "content/_index.md"] {
        fs::remove_file(site.path("site").join(file)).expect("removed");
    }
    let run = site.run(&["import", blog.format, source]);
    assert_eq!(run.status, 0, "{name}: {}", run.stderr);
    let posts: Vec<_> = site
        .files()
        .into_keys()
        .filter(|path| {
            path.starts_with(site.path("site/content/posts"))
                && path.extension().is_some_and(|end| end == "md")
        })
        .filter(|path| !path.ends_with("_index.md"))
        .collect();
    assert_eq!(posts.len(), blog.posts, "{name}");
    let before = site.files();
    assert_eq!(site.run(&["import", blog.format, source]).status, 0, "{name}");
    assert!(site.files() == before, "{name}: a second import wrote");

    let build = site.run(&["build", "--date", "2026-11-21"]);
    assert_eq!(build.status, 0, "{name}: {}", build.stderr);
    for address in blog.addresses {
        assert!(site.path("site/public").join(address).is_file(), "{name}: {address}");
    }
    for post in &posts {
        let text = fs::read_to_string(post).expect("read");
        let line = text.lines().find_map(|line| line.strip_prefix("path = \""));
        let Some(path) = line.map(|line| line.trim_end_matches('"')) else {
            assert!(
                text.contains("draft = true") || text.contains("another page has"),
                "{name}: {}",
                post.display()
            );
            continue;
        };
        let file = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        let is_there = site.path("site/public").join(file.trim_start_matches('/')).exists();
        assert!(is_there || text.contains("draft = true"), "{name}: {path} is not written");
    }
    assert_eq!(calls(&site.path("site/public")), 0, "{name}");

    let first = posts.first().expect("a post");
    let edited = fs::read_to_string(first).expect("read") + "\nEdited here.\n";
    fs::write(first, &edited).expect("written");
    assert_eq!(site.run(&["import", blog.format, source]).status, 0, "{name}");
    assert_eq!(fs::read_to_string(first).expect("read"), edited, "{name}");
}

/// How often the pages show, outside code, what some program would have replaced.
fn calls(folder: &Path) -> usize {
    let mut number = 0;
    for entry in fs::read_dir(folder).expect("readable") {
        let path = entry.expect("listed").path();
        if path.is_dir() {
            number += calls(&path);
        } else if path.extension().is_some_and(|end| end == "html") {
            let text = outside_code(&fs::read_to_string(&path).expect("text"));
            let signs = ["{%", "&#123;%", "{{", "&#123;{", "{:", "[caption", "[gallery", "[code", "[gist"];
            number += signs.iter().map(|sign| text.matches(sign).count()).sum::<usize>();
        }
    }
    number
}

fn outside_code(html: &str) -> String {
    let mut text = html.to_owned();
    let hidden = [("<!--", "-->"), ("<pre", "</pre>"), ("<code", "</code>"), ("<script", "</script>")];
    for (open, close) in hidden {
        let mut kept = String::new();
        let mut rest = text.as_str();
        while let Some(at) = rest.find(open) {
            kept.push_str(&rest[..at]);
            let end = rest[at..].find(close).map_or(rest.len(), |end| at + end + close.len());
            rest = &rest[end..];
        }
        kept.push_str(rest);
        text = kept;
    }
    text
}
