//! What is published of photographs, what pages offer, and what a second build does.

use super::drawn::{SECRET, damaged, drawn, photograph, png, screenshot};
use super::{CONFIG, holds, put, ssg, tree, without_digests};
use ssg_pictures::{Encoding, Picture, read};
use std::collections::BTreeMap;
use std::path::Path;

fn site(dir: &Path) {
    put(dir, "ssg.toml", CONFIG);
    put(
        dir,
        "content/posts/2026-01-02-hall/index.md",
        "---\ntitle: Hall\nimage: hall.jpg\n---\nText before.\n\n![The \"hall\"](hall.jpg \"At noon\")\n\n\
         ![A wall](/wall.png) and ![code](screen.png)\n\n\
         {{ figure(src=\"hall.jpg\", alt=\"Again\", caption=\"The *hall*\") }}\n\n\
         {{ figure(src=\"hall.jpg\", alt=\"Part\", width=150, crop=\"square\", focus=\"50% 20%\", credit=\"By *Ada*\") }}\n",
    );
    put(dir, "content/posts/2026-01-02-hall/hall.jpg", photograph(600, 450, 9));
    put(dir, "content/posts/2026-01-02-hall/screen.png", screenshot(500, 300));
    put(dir, "static/wall.png", png(&drawn(300, 200, 60)));
    put(dir, "static/icon.png", screenshot(32, 32));
    put(dir, "static/no-picture.jpg", "not a picture");
}

#[test]
fn pages_offer_sizes_and_nothing_published_says_where_it_was_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path();
    site(dir);
    let (status, said) = ssg(dir, &["build"]);
    assert_eq!(status, Some(0), "{said}");
    let public = tree(&dir.join("public"));
    for (name, bytes) in &public {
        assert!(!holds(bytes, SECRET), "{name}");
    }
    let mut pictures: Vec<String> = public
        .keys()
        .filter(|name| [".jpg", ".png", ".webp"].iter().any(|end| name.ends_with(end)))
        .map(|name| without_digests(name))
        .collect();
    pictures.sort();
    // Upright the photograph is 450 pixels wide; it stands for the page, so there are squares and covers. A small JPEG is shown alone as it is.
    assert_eq!(
        pictures,
        [
            "icon.png",
            "no-picture.jpg",
            "posts/hall/hall.192x192.webp",
            "posts/hall/hall.200.webp",
            "posts/hall/hall.240x150.webp",
            "posts/hall/hall.384x384.webp",
            "posts/hall/hall.400.webp",
            "posts/hall/hall.450x281.webp",
            "posts/hall/hall.450x450.webp",
            "posts/hall/hall.96x96.webp",
            "posts/hall/hall.jpg",
            "posts/hall/screen.png",
            "wall.200.webp",
            "wall.300.jpg",
            "wall.300.webp",
            "wall.png"
        ]
    );
    let page = String::from_utf8(public["posts/hall/index.html"].clone()).expect("text");
    let page = without_digests(&page);
    let sizes = "sizes=\"(min-width: 48rem) 42rem, 100vw\"";
    let hall = format!(
        "<source type=\"image/webp\" srcset=\"/blog/posts/hall/hall.200.webp 200w, /blog/posts/hall/hall.400.webp 400w\" \
         {sizes}><img src=\"/blog/posts/hall/hall.jpg\""
    );
    let after = "width=\"450\" height=\"600\" loading=\"lazy\" decoding=\"async\" style=\"background-color:#";
    assert!(
        page.contains(&format!("<picture>{hall} alt=\"The “hall”\" title=\"At noon\" {after}")),
        "{page}"
    );
    assert!(page.contains(&format!("<figure><picture>{hall} alt=\"Again\" {after}")), "{page}");
    assert!(page.contains("<figcaption>The <em>hall</em></figcaption>"), "{page}");
    // As wide as is asked for, cropped by the browser, and with what that fetches of the sides.
    let part = "alt=\"Part\" width=\"150\" height=\"150\" loading=\"lazy\" decoding=\"async\" style=\"background-color:#";
    assert!(page.contains(part), "{page}");
    assert!(page.contains(";aspect-ratio:1/1;object-fit:cover;object-position:50% 20%\">"), "{page}");
    assert!(page.contains("sizes=\"(min-width: 150px) 150px, 100vw\""), "{page}");
    assert!(page.contains("<small>By <em>Ada</em></small></figcaption>"), "{page}");
    assert!(page.contains("srcset=\"/blog/wall.200.webp 200w, /blog/wall.300.webp 300w\""), "{page}");
    assert!(
        page.contains("<img src=\"/blog/wall.300.jpg\" alt=\"A wall\" width=\"300\" height=\"200\""),
        "{page}"
    );
    assert!(page.contains("<img src=\"/blog/posts/hall/screen.png\" alt=\"code\" width=\"500\""), "{page}");
    // Every address leads somewhere.
    let text = String::from_utf8(public["posts/hall/index.html"].clone()).expect("text");
    for address in
        text.split(['"', ' ', ',']).filter(|word| word.starts_with("/blog/") && word.contains("00."))
    {
        assert!(public.contains_key(&address["/blog/".len()..]), "{address}");
    }
    // What is written is as large as it says, and upright.
    for (name, bytes) in
        public.iter().filter(|(name, _)| name.contains(".200.") || name.ends_with("hall.jpg"))
    {
        let picture = read(bytes).expect("a picture");
        let size = if name.contains("wall") {
            (200, 133)
        } else if name.contains(".200.") {
            (200, 267)
        } else {
            (450, 600)
        };
        assert_eq!((picture.width(), picture.height()), size, "{name}");
    }
    // Feeds have one address, which holds on its own.
    let feed = String::from_utf8(public["atom.xml"].clone()).expect("text");
    assert!(!feed.contains("srcset"), "{feed}");
    assert!(feed.contains("https://example.org/blog/posts/hall/hall.jpg"), "{feed}");
}

#[test]
fn a_second_build_decodes_none_and_a_change_makes_only_what_follows_from_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path();
    site(dir);
    let clean = |dir: &Path| {
        let (status, said) = ssg(dir, &["build", "--no-cache", "-o", &dir.join("clean").to_string_lossy()]);
        assert_eq!(status, Some(0), "{said}");
        let clean = tree(&dir.join("clean"));
        std::fs::remove_dir_all(dir.join("clean")).expect("removed");
        clean
    };
    let build = |dir: &Path| {
        let (status, said) = ssg(dir, &["build", "-v"]);
        assert_eq!(status, Some(0), "{said}");
        let (public, clean) = (tree(&dir.join("public")), clean(dir));
        let is_same = |name: &&String| public.get(*name) == clean.get(*name);
        let others: Vec<&String> = public.keys().chain(clean.keys()).filter(|name| !is_same(name)).collect();
        assert!(
            others.iter().all(|name| name.starts_with(".ssg-")),
            "not as after a clean build: {others:?}"
        );
        said
    };
    build(dir);
    let kept = |dir: &Path| {
        let names = tree(&dir.join(".ssg-cache")).into_keys();
        names.filter(|name| name.starts_with("picture-")).count()
    };
    assert_eq!(kept(dir), 2);
    // Without an output everything is written again, from what is remembered.
    std::fs::remove_dir_all(dir.join("public")).expect("removed");
    let time = |dir: &Path| {
        let looks = dir.join(".ssg-cache/pictures.memo");
        std::fs::metadata(looks).and_then(|data| data.modified()).expect("a time")
    };
    let before = time(dir);
    build(dir);
    assert_eq!(time(dir), before, "a picture was decoded");
    // Another picture under the same name.
    put(dir, "content/posts/2026-01-02-hall/hall.jpg", photograph(500, 200, 90));
    build(dir);
    assert_eq!(kept(dir), 3);
    // A recipe for all.
    put(dir, "ssg.toml", CONFIG.replace("[200, 400]", "[250]\nformats = [\"webp\", \"jpeg\"]\nquality = 60"));
    build(dir);
    put(dir, "ssg.toml", CONFIG.replace("[200, 400]", "[250]\nenabled = false\noriginals = \"keep\""));
    build(dir);
    let copied = std::fs::read(dir.join("public/posts/hall/hall.jpg")).expect("a copy");
    assert!(holds(&copied, SECRET));
    // The metadata alone is another.
    put(dir, "ssg.toml", CONFIG);
    build(dir);
    std::fs::remove_file(dir.join("static/wall.png")).expect("removed");
    put(dir, "content/posts/2026-01-02-hall/index.md", "# Hall\n\n![Hall](hall.jpg)\n");
    build(dir);
    // What is damaged in the cache is made again.
    for name in tree(&dir.join(".ssg-cache")).into_keys().filter(|name| name.starts_with("picture")) {
        put(&dir.join(".ssg-cache"), &name, "junk");
    }
    std::fs::remove_dir_all(dir.join("public")).expect("removed");
    build(dir);
}

#[test]
fn a_damaged_picture_is_told_at_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path();
    put(dir, "ssg.toml", CONFIG);
    put(dir, "content/a/index.md", "# A\n\nText.\n\n![Wall](wall.png)\n");
    put(dir, "content/a/wall.png", damaged());
    let (status, said) = ssg(dir, &["build"]);
    assert_eq!(status, Some(1), "{said}");
    assert!(
        said.contains("content/a/index.md:5:1") && said.contains("the image `wall.png` is damaged"),
        "{said}"
    );
    // One whose parts make no sense might hold anything.
    let cut = photograph(300, 200, 4);
    put(dir, "content/a/wall.png", png(&drawn(300, 200, 60)));
    put(dir, "content/a/cut.jpg", &cut[..30]);
    let (status, said) = ssg(dir, &["build"]);
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("content/a/cut.jpg") && said.contains("metadata cannot be removed"), "{said}");
}

#[test]
fn portraits_are_squares_around_what_is_to_stay_in_sight() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path();
    put(
        dir,
        "ssg.toml",
        CONFIG.replace("theme = \"runbook\"\n", "").replace("[200, 400]", "[480, 800, 2000]"),
    );
    put(dir, "static/ada.png", png(&drawn(700, 300, 30)));
    put(dir, "static/bo.png", screenshot(120, 120));
    let person = |name: &str, more: &str| format!("---\ntitle: {name}\n{more}---\nText.\n");
    put(dir, "content/speakers/ada.md", person("Ada", "image: /ada.png\nimage_focus: 0% 50%\n"));
    put(dir, "content/speakers/bo.md", person("Bo", "image: /bo.png\n"));
    put(
        dir,
        "content/posts/2026-01-02-hall/index.md",
        "---\ntitle: Hall\nimage: hall.jpg\nspeakers: [Ada, Bo]\n---\nText.\n",
    );
    put(dir, "content/posts/2026-01-02-hall/hall.jpg", photograph(900, 1300, 3));
    let (status, said) = ssg(dir, &["build"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("a template shows `/bo.png` 157 pixels wide, and it has 120"), "{said}");
    assert!(said.contains("static/bo.png"), "{said}");
    assert!(!said.contains("/ada.png"), "{said}");
    let public = tree(&dir.join("public"));
    let page = String::from_utf8(public["speakers/ada/index.html"].clone()).expect("text");
    let wanted = "<img class=\"photo\" src=\"/blog/ada.300x300.webp\" srcset=\"/blog/ada.96x96.webp 96w, \
                  /blog/ada.192x192.webp 192w, /blog/ada.300x300.webp 300w\" sizes=\"157px\" alt=\"\" width=\"157\"";
    assert!(without_digests(&page).contains(wanted), "{page}");
    let (_, square) = public.iter().find(|(name, _)| name.contains("ada.96x96.")).expect("a square");
    let square = read(square).expect("a picture");
    // The left of the picture, whose red is darkest there.
    assert_eq!((square.width(), square.height()), (96, 96));
    assert!(square.pixels()[48 * 96 * 3 + 95 * 3] < 120, "{}", square.pixels()[48 * 96 * 3 + 95 * 3]);
    // Who shows links gets one of at most 1,200 pixels.
    let page = String::from_utf8(public["posts/hall/index.html"].clone()).expect("text");
    let wanted = "<meta property=\"og:image\" content=\"https://example.org/blog/posts/hall/hall.800.jpg\">";
    assert!(without_digests(&page).contains(wanted), "{page}");
    // Another focus is another file, and nothing else.
    let before = public.len();
    put(dir, "content/speakers/ada.md", person("Ada", "image: /ada.png\nimage_focus: 100% 50%\n"));
    let (status, said) = ssg(dir, &["build"]);
    assert_eq!(status, Some(0), "{said}");
    let public = tree(&dir.join("public"));
    assert_eq!(public.len(), before);
    let (_, square) = public.iter().find(|(name, _)| name.contains("ada.96x96.")).expect("a square");
    assert!(read(square).expect("a picture").pixels()[48 * 96 * 3 + 95 * 3] > 150);
    let (status, said) = ssg(dir, &["build", "--no-cache", "-o", &dir.join("clean").to_string_lossy()]);
    assert_eq!(status, Some(0), "{said}");
    let is_ours = |name: &String| !name.starts_with(".ssg-");
    let mine = |tree: BTreeMap<String, Vec<u8>>| {
        tree.into_iter().filter(|(name, _)| is_ours(name)).collect::<Vec<_>>()
    };
    assert!(mine(public) == mine(tree(&dir.join("clean"))), "it is not what a clean build gives");
}

#[test]
fn a_folder_that_moved_takes_its_pictures_along_by_redirects() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path();
    put(dir, "ssg.toml", CONFIG);
    put(dir, "content/walks/_index.md", "---\ntitle: Walks\naliases: [/was/]\n---\n");
    put(dir, "content/walks/one/index.md", "# One\n\n![Hall](hall.jpg)\n");
    put(dir, "content/walks/one/hall.jpg", photograph(600, 450, 9));
    let (status, said) = ssg(dir, &["build"]);
    assert_eq!(status, Some(0), "{said}");
    let public = tree(&dir.join("public"));
    assert!(public.contains_key("was/one/index.html") && public.contains_key("walks/one/hall.jpg"));
    assert!(
        !public
            .keys()
            .any(|name| name.starts_with("was/") && (name.ends_with(".webp") || name.ends_with(".jpg"))),
        "{:?}",
        public.keys()
    );
    let redirects = String::from_utf8(public["_redirects"].clone()).expect("text");
    assert!(redirects.contains("/was/one/hall.jpg /blog/walks/one/hall.jpg"), "{redirects}");
}

#[test]
fn what_stays_heavy_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path();
    put(dir, "ssg.toml", CONFIG.replace("[200, 400]", "[900]\nquality = 100"));
    let mut seed = 1_u32;
    let mut noise = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed.to_be_bytes()[0]
    };
    let pixels = (0..900 * 900 * 3).map(|_| noise()).collect();
    let noise = Picture::new(900, 900, pixels, false).expect("a picture");
    put(dir, "content/a/index.md", "# A\n\nText.\n");
    put(dir, "content/a/noise.jpg", noise.encoded(Encoding::Jpeg, 90).expect("written"));
    let (status, said) = ssg(dir, &["build"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("content/a/noise.jpg") && said.contains("KB"), "{said}");
}

#[test]
fn a_site_writes_pictures_its_own_way() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path();
    site(dir);
    put(
        dir,
        "templates/picture.html",
        "<img class=\"own\" src=\"{{ src }}\"{% if webp %} srcset=\"{{ webp }}\"{% endif %} alt=\"{{ alt }}\" data-colour=\"{{ colour }}\">\n",
    );
    let (status, said) = ssg(dir, &["build"]);
    assert_eq!(status, Some(0), "{said}");
    let page = std::fs::read_to_string(dir.join("public/posts/hall/index.html")).expect("a page");
    let own =
        "<img class=\"own\" src=\"/blog/posts/hall/hall.jpg\" srcset=\"/blog/posts/hall/hall.200.webp 200w, ";
    assert!(without_digests(&page).contains(own), "{page}");
    assert!(page.contains("alt=\"The “hall”\" data-colour=\"#"), "{page}");
    assert!(!page.contains("<picture>"));
}
