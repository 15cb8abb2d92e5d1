//! Where themes show photographs: covers, galleries.

use super::drawn::{damaged, drawn, photograph, png, screenshot};
use super::{CONFIG, put, ssg, tree, without_digests};
use std::collections::BTreeMap;
use std::path::Path;

/// Builds with the theme of the program; gives what it says and the output.
fn built(dir: &Path, arguments: &[&str]) -> (String, BTreeMap<String, Vec<u8>>) {
    let (status, said) = ssg(dir, &[&["build"], arguments].concat());
    assert_eq!(status, Some(0), "{said}");
    (said, tree(&dir.join("public")))
}

fn text(public: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    without_digests(&String::from_utf8(public[name].clone()).expect("text"))
}

fn config() -> String {
    CONFIG.replace("theme = \"runbook\"\n", "")
}

/// After an edit the output is what a clean build gives.
fn is_as_after_a_clean_build(dir: &Path) {
    let clean = dir.join("clean");
    let (status, said) = ssg(dir, &["build", "--no-cache", "-o", &clean.to_string_lossy()]);
    assert_eq!(status, Some(0), "{said}");
    let ours = |folder: &Path| {
        let files = tree(folder).into_iter();
        files.filter(|(name, _)| !name.starts_with(".ssg-")).collect::<Vec<_>>()
    };
    assert!(ours(&dir.join("public")) == ours(&clean), "it is not what a clean build gives");
    std::fs::remove_dir_all(clean).expect("removed");
}

#[test]
fn an_image_of_a_page_is_its_cover() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path();
    put(dir, "ssg.toml", config());
    let post = |image: &str| format!("---\ntitle: Hall\n{image}categories: [walks]\n---\nText of a post.\n");
    put(dir, "content/posts/2026-01-02-hall/index.md", post("image: hall.jpg\nimage_focus: 0% 50%\n"));
    put(dir, "content/posts/2026-01-02-hall/hall.jpg", photograph(900, 1300, 3));
    put(dir, "content/posts/2026-01-03-words.md", post(""));
    put(dir, "content/posts/2026-01-04-far.md", post("image: https://elsewhere.example/x.jpg\n"));
    put(
        dir,
        "content/events/2026-lake/index.md",
        "+++\ntitle = \"Lake\"\nimage = \"/lake.png\"\n[event]\nstart = 2026-05-07\ntimezone = \"Europe/Berlin\"\n+++\nText.\n",
    );
    put(dir, "static/lake.png", png(&drawn(900, 600, 40)));
    let (said, public) = built(dir, &[]);
    assert!(!said.contains("small-picture"), "{said}");
    // Upright the photograph is 1,300 pixels wide.
    let row = "<span class=\"cov ph\"><img src=\"/blog/posts/hall/hall.480x300.webp\" \
               srcset=\"/blog/posts/hall/hall.240x150.webp 240w, /blog/posts/hall/hall.480x300.webp 480w\" \
               sizes=\"157px\" alt=\"\" width=\"157\" height=\"98\" loading=\"lazy\" decoding=\"async\"></span>";
    let list = text(&public, "posts/index.html");
    assert!(list.contains(row), "{list}");
    assert_eq!(list.matches("class=\"cov ph\"").count(), 1, "{list}");
    assert!(!list.contains("elsewhere.example"), "{list}");
    let page = text(&public, "posts/hall/index.html");
    let head =
        "<div class=\"draw lead\"><span class=\"cov ph\"><img src=\"/blog/posts/hall/hall.1240x775.webp\"";
    assert!(page.contains(head) && page.contains("width=\"620\" height=\"387\" decoding"), "{page}");
    // Covers are shown by the one sheet that every page loads.
    for name in ["posts/hall/index.html", "events/2026-lake/index.html", "archive/index.html"] {
        assert_eq!(text(&public, name).matches("rel=\"stylesheet\"").count(), 1, "{name}");
    }
    let events = text(&public, "events/index.html");
    assert!(events.contains("<img src=\"/blog/lake.900x563.webp\""), "{events}");
    // The cover that is drawn.
    put(
        dir,
        "ssg.toml",
        format!(
            "{}\n[theme.options]\ncovers = \"drawn\"\n",
            config().replace("[pictures]", "[theme]\nname = \"score\"\n[pictures]")
        ),
    );
    let (_, public) = built(dir, &[]);
    assert!(!public.values().any(|bytes| super::holds(bytes, b"class=\"cov ph\"")));
    put(dir, "ssg.toml", config());
    put(dir, "content/posts/2026-01-02-hall/index.md", post("image: hall.jpg\nimage_focus: 100% 50%\n"));
    built(dir, &[]);
    is_as_after_a_clean_build(dir);
    // What the program leaves as it is.
    put(dir, "ssg.toml", config().replace("[pictures]", "[pictures]\nenabled = false"));
    let (_, public) = built(dir, &[]);
    let list = text(&public, "posts/index.html");
    assert!(
        list.contains("<img src=\"/blog/posts/hall/hall.jpg\" alt=\"\" width=\"157\" height=\"98\""),
        "{list}"
    );
}

#[test]
fn a_gallery_shows_the_pictures_beside_its_page_or_those_that_it_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path();
    put(dir, "ssg.toml", config());
    let page = |body: &str| {
        format!(
            "---\ntitle: Hall\nextra:\n  pictures:\n    a.jpg: The hall\n    b.png: {{ alt: Stage, caption: The *stage* }}\n---\n{body}\n"
        )
    };
    let source = "content/posts/2026-01-02-hall/index.md";
    put(dir, source, page("{{ gallery() }}"));
    put(dir, "content/posts/2026-01-02-hall/a.jpg", photograph(600, 450, 9));
    put(dir, "content/posts/2026-01-02-hall/b.png", png(&drawn(500, 400, 30)));
    put(dir, "content/posts/2026-01-02-hall/c_code.png", screenshot(300, 300));
    put(dir, "content/posts/2026-01-02-hall/deep/d.png", screenshot(300, 300));
    put(dir, "content/posts/2026-01-02-hall/programme.pdf", "%PDF");
    let (said, public) = built(dir, &[]);
    assert!(said.contains("the picture `c_code.png` of a gallery has no text"), "{said}");
    assert!(said.contains(source) && !said.contains("`a.jpg` of"), "{said}");
    let shown = text(&public, "posts/hall/index.html");
    // Upright, 450 by 600 pixels.
    let first = "<ul class=\"gallery\">\n<li style=\"--r:0.75\"><figure><a href=\"/blog/posts/hall/a.400.webp\">\
                 <img src=\"/blog/posts/hall/a.jpg\" srcset=\"/blog/posts/hall/a.200.webp 200w, \
                 /blog/posts/hall/a.400.webp 400w\" sizes=\"(max-width: 40rem) 90vw, 180px\" alt=\"The hall\" \
                 width=\"450\" height=\"600\" loading=\"lazy\"";
    assert!(shown.contains(first), "{shown}");
    assert!(shown.contains("<figcaption>The hall</figcaption>"), "{shown}");
    assert!(shown.contains("alt=\"Stage\"") && shown.contains("<figcaption>The <em>stage</em></figcaption>"));
    let last = "<a href=\"/blog/posts/hall/c_code.png\"><img src=\"/blog/posts/hall/c_code.png\" alt=\"c code\" \
                width=\"300\" height=\"300\"";
    assert!(shown.contains(last) && !shown.contains("deep/") && !shown.contains("programme"), "{shown}");
    // The sheet of texts that show more than words.
    assert!(shown.contains("assets/text-code."), "{shown}");
    // A list, in its order; what the call says goes before what the page says.
    let call = "{{ gallery(pictures=[\"b.png\", \"a.jpg\"], alt=[\"Left\"], captions=[\"\", \"Right\"]) }}";
    put(dir, source, page(call));
    let (said, public) = built(dir, &[]);
    assert!(!said.contains("warning"), "{said}");
    let shown = text(&public, "posts/hall/index.html");
    let at = |what: &str| shown.find(what).unwrap_or_else(|| panic!("no {what} in {shown}"));
    assert!(at("alt=\"Left\"") < at("alt=\"The hall\"") && shown.contains("<figcaption>Right</figcaption>"));
    is_as_after_a_clean_build(dir);
    // A picture more is a picture more, and another one has other sizes.
    put(dir, source, page("{{ gallery() }}"));
    built(dir, &[]);
    put(dir, "content/posts/2026-01-02-hall/e.png", png(&drawn(400, 100, 30)));
    put(dir, "content/posts/2026-01-02-hall/b.png", png(&drawn(200, 600, 30)));
    let (_, public) = built(dir, &[]);
    let shown = text(&public, "posts/hall/index.html");
    assert!(shown.contains("--r:4.0\"") && shown.contains("--r:0.333\""), "{shown}");
    is_as_after_a_clean_build(dir);
    // What is not there, at the call.
    put(dir, source, page("{{ gallery(pictures=[\"b.pn\"]) }}"));
    let (_, said) = ssg(dir, &["build"]);
    assert!(said.contains("posts/2026-01-02-hall/index.md:8:1") && said.contains("b.pn"), "{said}");
}

#[test]
fn a_damaged_picture_of_a_gallery_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path();
    put(dir, "ssg.toml", config());
    put(
        dir,
        "content/a/index.md",
        "---\ntitle: A\nextra: { pictures: { wall.png: Wall } }\n---\n{{ gallery() }}\n",
    );
    put(dir, "content/a/wall.png", damaged());
    let (status, said) = ssg(dir, &["build"]);
    assert_eq!(status, Some(1), "{said}");
    assert!(
        said.contains("content/a/index.md") && said.contains("the image `wall.png` is damaged"),
        "{said}"
    );
}

#[test]
fn images_in_raw_html_are_given_what_their_writer_left_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path();
    put(dir, "ssg.toml", CONFIG);
    let source = "content/posts/2026-01-02-hall/index.md";
    put(
        dir,
        source,
        "---\ntitle: Hall\n---\n<p><img src=\"hall.png\" alt=\"One\"></p>\n\n\
         Two: <IMG alt='Two' src=hall.png width=100 loading=eager>\n\n\
         <img src=\"hall.png\" srcset=\"hall.png 2x\" alt=\"Three\">\n\n\
         <img alt=\"Four\" src=\"screen.png\"> <a href=\"hall.png\">Five</a>\n",
    );
    put(dir, "content/posts/2026-01-02-hall/hall.png", png(&drawn(500, 400, 30)));
    put(dir, "content/posts/2026-01-02-hall/screen.png", screenshot(300, 300));
    let (_, public) = built(dir, &[]);
    let page = text(&public, "posts/hall/index.html");
    let set = "srcset=\"/blog/posts/hall/hall.200.webp 200w, /blog/posts/hall/hall.400.webp 400w\"";
    let late = "loading=\"lazy\" decoding=\"async\"";
    for wanted in [
        format!(
            "<p><img src=\"/blog/posts/hall/hall.400.jpg\" width=\"500\" height=\"400\" {set} \
             sizes=\"(min-width: 48rem) 42rem, 100vw\" {late} alt=\"One\"></p>"
        ),
        format!(
            "<IMG alt='Two' src=/blog/posts/hall/hall.400.jpg {set} sizes=\"100px\" decoding=\"async\" width=100 loading=eager>"
        ),
        "<img src=\"/blog/posts/hall/hall.png\" width=\"500\" height=\"400\" srcset=\"/blog/posts/hall/hall.png 2x\" alt=\"Three\">"
            .to_owned(),
        "<img alt=\"Four\" src=\"/blog/posts/hall/screen.png\"> <a href=\"/blog/posts/hall/hall.png\">Five</a>".to_owned(),
    ] {
        assert!(page.contains(&wanted), "no {wanted} in {page}");
    }
    // Readers of feeds choose nothing.
    let feed = text(&public, "atom.xml");
    assert!(
        feed.contains("https://example.org/blog/posts/hall/hall.400.jpg") && !feed.contains("200w"),
        "{feed}"
    );
    // Another picture has other sizes.
    put(dir, "content/posts/2026-01-02-hall/hall.png", png(&drawn(300, 200, 30)));
    let (_, public) = built(dir, &[]);
    assert!(text(&public, "posts/hall/index.html").contains("width=\"300\" height=\"200\""));
    is_as_after_a_clean_build(dir);
    // Where HTML is sanitized, pictures keep their sizes.
    put(dir, "ssg.toml", format!("{CONFIG}[markdown]\nraw_html = \"sanitize\"\n"));
    put(
        dir,
        source,
        "---\ntitle: Hall\n---\n![Hall](hall.png)\n\n<img src=\"hall.png\" onerror=\"x()\" alt=\"One\">\n",
    );
    let (_, public) = built(dir, &[]);
    let page = text(&public, "posts/hall/index.html");
    assert!(page.contains("<picture><source") && page.matches("hall.200.webp 200w").count() == 2, "{page}");
    assert!(!page.contains("onerror"), "{page}");
}

#[test]
fn a_gif_is_published_without_its_comments() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path();
    put(dir, "ssg.toml", CONFIG);
    put(dir, "content/_index.md", "# Home\n\n![Blink](/blink.gif)\n");
    let head = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF".as_slice();
    let image = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 0x01, 0];
    let comment = [&[0x21, 0xFE, 5], b"at me".as_slice(), &[0]].concat();
    put(dir, "static/blink.gif", [head, &comment, &image, &[0x3B]].concat());
    let (_, public) = built(dir, &[]);
    assert_eq!(public["blink.gif"], [head, &image, &[0x3B]].concat());
    assert!(text(&public, "index.html").contains("<img src=\"/blog/blink.gif\" alt=\"Blink\" width=\"1\""));
    put(dir, "ssg.toml", CONFIG.replace("[pictures]", "[pictures]\noriginals = \"keep\""));
    let (_, public) = built(dir, &[]);
    assert_eq!(public["blink.gif"], [head, &comment, &image, &[0x3B]].concat());
}

#[cfg(not(feature = "avif"))]
#[test]
fn a_program_without_avif_says_so_at_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path();
    put(dir, "ssg.toml", format!("{CONFIG}formats = [\"avif\", \"webp\"]\n"));
    put(dir, "content/_index.md", "# Home\n");
    let (status, said) = ssg(dir, &["build"]);
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("without the cargo feature `avif`") && said.contains("ssg.toml:7:12"), "{said}");
}

#[cfg(feature = "avif")]
#[test]
fn browsers_choose_avif_before_webp() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path();
    put(dir, "ssg.toml", format!("{CONFIG}formats = [\"avif\", \"webp\"]\n"));
    put(dir, "content/a/index.md", "# A\n\n![Hall](hall.png)\n");
    put(dir, "content/a/hall.png", png(&drawn(300, 200, 30)));
    let (_, public) = built(dir, &[]);
    let page = text(&public, "a/index.html");
    let avif = "<picture><source type=\"image/avif\" srcset=\"/blog/a/hall.200.avif 200w, /blog/a/hall.300.avif 300w\"";
    assert!(page.contains(avif) && page.contains("<source type=\"image/webp\""), "{page}");
    let (_, file) = public.iter().find(|(name, _)| name.ends_with(".avif")).expect("AVIF");
    assert_eq!(&file[4..12], b"ftypavif");
}
