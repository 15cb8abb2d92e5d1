use super::*;
use ssg_source::MemoryInputs;

fn import(files: &[(&str, &str)]) -> (Import, Diagnostics) {
    let mut inputs = MemoryInputs::new(jiff::Timestamp::UNIX_EPOCH);
    for (name, text) in files {
        inputs.write(SitePath::new(name).expect("valid"), text);
    }
    let mut found = Diagnostics::new();
    (import_zola(&inputs, &FolderOptions::default(), &mut found), found)
}

fn text<'i>(import: &'i Import, path: &str) -> &'i str {
    let file = import.files.iter().find(|file| file.path.as_str() == path);
    std::str::from_utf8(&file.unwrap_or_else(|| panic!("no {path} in {:?}", import.report)).bytes)
        .expect("text")
}

#[test]
fn dated_pages_become_posts_at_their_old_addresses() {
    let (import, found) = import(&[
        ("config.toml", "base_url = \"https://dock.example\"\ntitle = \"Dock\"\n"),
        (
            "content/Rope-1.2.md",
            "+++\npath = \"2016/11/10/Rope-1.2\"\ntitle = \"Rope\"\nauthors = [\"Jo Dock\"]\n[extra]\nteam = \"x\"\n+++\nSee [it](@/inside/2017-01-02-lamps/index.md#a) and `@/x`.\n",
        ),
        (
            "content/inside/2017-01-02-lamps/index.md",
            "+++\ntitle = \"Lamps\"\n[taxonomies]\ntags = [\"light\"]\n+++\n![w](wall.png)\n",
        ),
        ("content/inside/2017-01-02-lamps/wall.png", "png"),
        ("content/inside/_index.md", "+++\ntitle = \"Inside\"\nsort_by = \"date\"\n+++\n"),
        ("content/about.md", "+++\ntitle = \"About\"\n+++\n{{ youtube(id=\"x\") }} {{ mine(a=1) }}\n"),
        ("templates/index.html", ""),
    ]);
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(
        text(&import, "content/posts/Rope-1.2.md"),
        "+++\ntitle = \"Rope\"\ndate = 2016-11-10\npath = \"/2016/11/10/Rope-1.2/\"\nauthors = [\"Jo Dock\"]\n\n[extra]\nteam = \"x\"\n+++\n\nSee [it](@/posts/inside/2017-01-02-lamps/index.md#a) and `@/x`.\n"
    );
    let lamps = text(&import, "content/posts/inside/2017-01-02-lamps/index.md");
    assert!(
        lamps.contains("path = \"/inside/lamps/\"") && lamps.contains("categories = [\"light\"]"),
        "{lamps}"
    );
    assert_eq!(text(&import, "content/posts/inside/2017-01-02-lamps/wall.png"), "png");
    assert!(text(&import, "content/about.md").ends_with("{{ youtube(id=\"x\") }} &#123;{ mine(a=1) }}\n"));
    assert_eq!(import.report.items(), 7);
    let said = import.report.to_string();
    assert!(said.contains("line 4: `{{ mine(a=1) }}` is a shortcode of the source"), "{said}");
}
