//! Icons of the site, made of one picture.

use super::drawn::{drawn, png};
use super::{CONFIG, put, ssg, tree};
use ssg_pictures::read;

#[test]
fn icons_are_made_in_the_sizes_that_the_picture_has_pixels_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path();
    let config = |icon: &str| format!("icon = {icon}\n{CONFIG}");
    put(dir, "ssg.toml", config("[\"mark.png\", \"mark.svg\"]"));
    put(dir, "content/_index.md", "---\ntitle: Home\n---\nText.\n");
    put(dir, "mark.png", png(&drawn(300, 200, 40)));
    put(dir, "mark.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"/>");
    let build = || {
        let (status, said) = ssg(dir, &["build"]);
        assert_eq!(status, Some(0), "{said}");
        tree(&dir.join("public"))
    };
    let public = build();
    for (name, side) in [("favicon-32.png", 32), ("apple-touch-icon.png", 180), ("icon-192.png", 192)] {
        let icon = read(&public[name]).expect("a picture");
        assert_eq!((icon.width(), icon.height()), (side, side), "{name}");
    }
    assert!(!public.contains_key("icon-512.png") && public.contains_key("favicon.svg"));
    let page = String::from_utf8(public["index.html"].clone()).expect("text");
    for link in [
        "<link rel=\"icon\" type=\"image/svg+xml\" href=\"/blog/favicon.svg\">",
        "<link rel=\"icon\" type=\"image/png\" sizes=\"32x32\" href=\"/blog/favicon-32.png\">",
        "<link rel=\"apple-touch-icon\" href=\"/blog/apple-touch-icon.png\">",
        "<link rel=\"manifest\" href=\"/blog/site.webmanifest\">",
    ] {
        assert!(page.contains(link), "no {link} in {page}");
    }
    let manifest = String::from_utf8(public["site.webmanifest"].clone()).expect("text");
    assert!(manifest.contains("\"icon-192.png\"") && !manifest.contains("512"), "{manifest}");
    // A larger one: what the sizes were is not what they are.
    put(dir, "mark.png", png(&drawn(520, 520, 40)));
    let public = build();
    let manifest = String::from_utf8(public["site.webmanifest"].clone()).expect("text");
    assert!(public.contains_key("icon-512.png") && manifest.contains("\"icon-512.png\""), "{manifest}");
    // The site's own goes before, and one too small for anything is offered as nothing.
    put(dir, "static/favicon-32.png", png(&drawn(32, 32, 90)));
    put(dir, "mark.png", png(&drawn(20, 20, 40)));
    let public = build();
    let page = String::from_utf8(public["index.html"].clone()).expect("text");
    assert!(page.contains("favicon-32.png") && !page.contains("apple-touch-icon"), "{page}");
    assert!(!public.contains_key("icon-192.png"));
    // Without the key there is none.
    std::fs::remove_file(dir.join("static/favicon-32.png")).expect("removed");
    put(dir, "ssg.toml", CONFIG);
    let public = build();
    assert!(!public.contains_key("site.webmanifest") && !public.contains_key("favicon.svg"));
    let page = String::from_utf8(public["index.html"].clone()).expect("text");
    assert!(!page.contains("rel=\"icon\"") && !page.contains("rel=\"manifest\""), "{page}");
}

#[test]
fn a_picture_that_can_be_no_icon_is_told_at_the_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path();
    put(dir, "ssg.toml", format!("icon = \"mark.png\"\n{CONFIG}"));
    put(dir, "content/_index.md", "---\ntitle: Home\n---\nText.\n");
    put(dir, "mark.png", &png(&drawn(300, 300, 40))[..60]);
    let (status, said) = ssg(dir, &["build"]);
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("ssg.toml:1:8") && said.contains("no icon can be made of `mark.png`"), "{said}");
}
