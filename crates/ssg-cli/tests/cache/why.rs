//! `ssg why`, in words.

use super::site::Site;

#[test]
fn placeholder() {
    let site = Site::new();
    site.build();
    for args in [
        &["/posts/post-3/"][..],
        &["/posts/post-33/"],
        &["/"],
        &["--changed", "content/posts/p3.md"],
        &["--changed", "templates/shortcodes/fact.html"],
        &["--changed", "data/facts.toml"],
        &["--changed", "ssg.toml"],
        &["--changed", "static/robots-of-old.txt"],
        &["--changed", "content/posts/bundle/plot.svg"],
        &["--changed", "content/events/2016-toronto/index.md"],
        &["--changed", "nothing.md"],
        &["--changed", "content/none.md"],
        &["posts/bundle/plot.svg"],
    ] {
        let said = site.run("why", args);
        println!("$ ssg why {}\n{}{}", args.join(" "), said.stdout, said.stderr);
    }
}
