//! Social cards as a site has them, with a font that is made for tests and with the program's own; and what is said by
//! a program that cannot draw them.

use std::path::Path;
use std::process::{Command, Stdio};

fn put(dir: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = dir.join(path);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::fs::write(path, bytes).expect("written");
}

/// Builds the site; gives the status and what was said.
fn build(dir: &Path) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_ssg"))
        .args(["build", "--date", "2026-11-21", "-r"])
        .arg(dir)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn site(dir: &Path) {
    put(dir, "fonts/blocks.ttf", include_bytes!("../../../tests/fonts/blocks.ttf"));
    put(
        dir,
        "ssg.toml",
        "base_url = \"https://example.org/\"\ntitle = \"Cards\"\n[outputs]\ncards = true\n\
         [cards]\nfont = \"fonts/blocks.ttf\"\n",
    );
    put(dir, "content/posts/2026-01-02-plain.md", "# A plain title\n\nText.\n");
    put(dir, "content/posts/2026-01-03-kanji.md", "# 火の用心\n\nText.\n");
    put(dir, "content/posts/2026-01-04-own.md", "---\ntitle: Own\nimage: /own.svg\n---\nText.\n");
    put(dir, "static/own.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>");
    put(
        dir,
        "content/events/2026-ghent/index.md",
        "+++\ntitle = \"Ghent\"\n[event]\nstart = 2026-10-01\ncity = \"Ghent\"\n+++\nText.\n",
    );
    put(
        dir,
        "content/events/2026-ghent/talks/one.md",
        "+++\ntitle = \"A talk\"\nspeakers = [\"Ann Bell\"]\n+++\nText.\n",
    );
}

#[cfg(not(feature = "cards"))]
#[test]
fn a_program_without_the_feature_names_it() {
    let folder = tempfile::tempdir().expect("a folder");
    site(folder.path());
    let (status, said) = build(folder.path());
    assert_eq!(status, Some(2));
    assert!(said.contains("without the cargo feature `cards`"), "{said}");
}

#[cfg(feature = "cards")]
#[test]
fn pages_have_cards_and_name_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path();
    site(dir);
    let (status, said) = build(dir);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("the font has no glyph for `火` (U+706B)"), "{said}");
    let public = dir.join("public");
    let named = |page: &str| {
        let text = std::fs::read_to_string(public.join(page).join("index.html")).expect("a page");
        let (_, rest) = text.split_once("property=\"og:image\" content=\"")?;
        rest.split('"').next().map(str::to_owned)
    };
    for page in ["posts/plain", "events/2026-ghent", "events/2026-ghent/talks/one"] {
        assert_eq!(named(page), Some(format!("https://example.org/{page}/card.png")));
        let png = std::fs::read(public.join(page).join("card.png")).expect("a card");
        assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"), "{page}");
        assert_eq!(png.get(16..24), Some(&[0, 0, 4, 176, 0, 0, 2, 118][..]), "{page}");
    }
    assert_eq!(named("posts/kanji"), None);
    assert_eq!(named("posts/own").as_deref(), Some("https://example.org/own.svg"));
    assert!(!public.join("posts/own/card.png").exists() && !public.join("posts/kanji/card.png").exists());

    // A title that can be drawn after all, and nothing else.
    let before = std::fs::read(public.join("posts/plain/card.png")).expect("a card");
    put(dir, "content/posts/2026-01-03-kanji.md", "# Beware of fire\n\nText.\n");
    let (status, said) = build(dir);
    assert!(status == Some(0) && !said.contains("warning"), "{said}");
    assert!(named("posts/kanji").is_some() && public.join("posts/kanji/card.png").exists());
    assert_eq!(std::fs::read(public.join("posts/plain/card.png")).expect("a card"), before);
    let (_, said) = build(dir);
    assert!(said.contains(": 0 rendered,"), "{said}");

    // A font that is none: one error, and everything stays.
    put(dir, "fonts/blocks.ttf", "no font");
    let (status, said) = build(dir);
    assert_eq!(status, Some(2), "{said}");
    assert_eq!(said.matches("is no font that can be read").count(), 1, "{said}");
    assert_eq!(std::fs::read(public.join("posts/plain/card.png")).expect("a card"), before);
}

/// Cards of a folder by their paths.
#[cfg(feature = "cards")]
fn cards(dir: &Path) -> std::collections::BTreeMap<&'static str, Vec<u8>> {
    let of = |page: &'static str| {
        (page, std::fs::read(dir.join("public").join(page).join("card.png")).expect("a card"))
    };
    ["posts/plain", "posts/recap", "events/2026-ghent", "events/2026-ghent/talks/one"].map(of).into()
}

#[cfg(feature = "cards")]
#[test]
fn a_site_needs_no_font_and_cards_show_the_programme() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path();
    site(dir);
    put(dir, "ssg.toml", "base_url = \"https://example.org/\"\ntitle = \"Cards\"\n[outputs]\ncards = true\n");
    put(dir, "content/posts/2026-10-05-recap.md", "---\ntitle: Recap\nevents: [2026-ghent]\n---\nText.\n");
    let (status, said) = build(dir);
    assert_eq!(status, Some(0), "{said}");
    let before = cards(dir);

    // One talk more: cards that show the programme change, and only these.
    let talk = "+++\ntitle = \"Another talk\"\nspeakers = [\"Cem Dal\"]\n+++\nText.\n";
    put(dir, "content/events/2026-ghent/talks/two.md", talk);
    let (status, said) = build(dir);
    assert_eq!(status, Some(0), "{said}");
    let after = cards(dir);
    let changed: Vec<&str> = before.keys().copied().filter(|page| before[page] != after[page]).collect();
    assert_eq!(changed, ["events/2026-ghent", "events/2026-ghent/talks/one"]);

    // An event that is off has no colour, nor has the post about it; a clean build says the same.
    put(
        dir,
        "content/events/2026-ghent/index.md",
        "+++\ntitle = \"Ghent\"\n[event]\nstart = 2026-10-01\ncity = \"Ghent\"\ncancelled = true\n+++\nText.\n",
    );
    let (status, said) = build(dir);
    assert_eq!(status, Some(0), "{said}");
    let off = cards(dir);
    let changed: Vec<&str> = after.keys().copied().filter(|page| after[page] != off[page]).collect();
    assert_eq!(changed, ["events/2026-ghent", "events/2026-ghent/talks/one", "posts/recap"]);
    std::fs::remove_dir_all(dir.join("public")).expect("removed");
    std::fs::remove_dir_all(dir.join(".ssg-cache")).expect("removed");
    let (status, said) = build(dir);
    assert_eq!(status, Some(0), "{said}");
    assert_eq!(cards(dir), off);
}
