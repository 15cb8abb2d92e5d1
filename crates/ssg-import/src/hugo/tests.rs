use super::*;
use ssg_source::MemoryInputs;

fn import(files: &[(&str, &str)]) -> (Import, Diagnostics) {
    let mut inputs = MemoryInputs::new(jiff::Timestamp::UNIX_EPOCH);
    for (name, text) in files {
        inputs.write(SitePath::new(name).expect("valid"), text);
    }
    let mut found = Diagnostics::new();
    (import_hugo(&inputs, &FolderOptions::default(), &mut found), found)
}

fn text<'i>(import: &'i Import, path: &str) -> &'i str {
    let file = import.files.iter().find(|file| file.path.as_str() == path);
    std::str::from_utf8(&file.unwrap_or_else(|| panic!("no {path} in {:?}", import.report)).bytes)
        .expect("text")
}

const CONFIG: (&str, &str) = (
    "hugo.toml",
    "baseURL = \"https://dock.example/\"\ntitle = \"Dock\"\n[permalinks]\nepisode = \"/:year/:slug/\"\n[languages.en]\n[languages.de]\n[[menu.main]]\nname = \"About\"\nurl = \"/about\"\n[params]\nowner_email = \"jo@dock.example\"\n",
);

#[test]
fn addresses_people_and_languages_stay() {
    let (import, found) = import(&[
        CONFIG,
        (
            "content/en/episode/lamps.md",
            "+++\nTitle = \"On Lamps\"\nDate = 2013-05-06T10:00:00-05:00\nguests = [\"jo\", \"nobody\"]\nhosts = [\"al\"]\naliases = [\"/27\"]\nyoutube = \"abc\"\n+++\nSee https://x.example/a_b_c.\n",
        ),
        (
            "content/en/episode/rope.md",
            "---\ntitle: Rope\ndate: 2013-05-07\nurl: rope/\n---\n[l]({{< ref \"lamps.md#a\" >}})\n",
        ),
        ("content/de/episode/rope.md", "---\ntitle: Seil\ndate: 2013-05-07\n---\n"),
        ("content/en/episode/_index.md", "---\ntitle: All\ncascade: {mood: good}\n---\n"),
        (
            "content/en/guest/jo.md",
            "+++\nTitle = \"Jo Dock\"\nType = \"guest\"\ndate = \"2013-01-01\"\nTwitter = \"jo\"\n+++\nWho.\n",
        ),
        ("content/en/host/al.md", "+++\nTitle = \"Al Quay\"\nType = \"host\"\n+++\n"),
        ("content/en/about/about.md", "---\ntitle: About\nurl: /about/\n---\n"),
    ]);
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(
        text(&import, "content/posts/episode/lamps.md"),
        "+++\ntitle = \"On Lamps\"\ndate = 2013-05-06T10:00:00-05:00\npath = \"/2013/on-lamps/\"\naliases = [\"/27\"]\nauthors = [\"Al Quay\"]\nspeakers = [\"Jo Dock\"]\n\n[extra]\nyoutube = \"abc\"\nmood = \"good\"\n+++\n\nSee <https://x.example/a_b_c>.\n"
    );
    let rope = text(&import, "content/posts/episode/rope.md");
    assert!(
        rope.contains("path = \"/rope/\"") && rope.ends_with("[l](@/posts/episode/lamps.md#a)\n"),
        "{rope}"
    );
    assert!(text(&import, "content/posts/episode/rope.de.md").contains("path = \"/de/2013/seil/\""));
    assert!(text(&import, "content/posts/episode/_index.md").contains("path = \"/episode/\""));
    let jo = text(&import, "content/speakers/jo-dock.md");
    assert!(
        jo.contains("aliases = [\"/guest/jo/\"]") && jo.contains("Twitter = \"jo\"") && !jo.contains("2013"),
        "{jo}"
    );
    assert!(text(&import, "content/about.md").contains("path = \"/about/\""));
    let config = text(&import, "ssg.toml");
    assert!(
        config.contains("[languages.de]") && config.contains("path = \"/about/\"") && !config.contains('@'),
        "{config}"
    );
}

#[test]
fn shortcodes_become_what_there_is_here() {
    for (hugo, markdown) in [
        ("{{< youtube abc >}}", "{{ youtube(id=\"abc\") }}"),
        ("a {{% youtube id=\"abc\" %}} b", "a \n\n{{ youtube(id=\"abc\") }}\n\n b"),
        (
            "{{< figure src=\"/a.png\" caption=\"The *wall*\" width=\"20px\" >}}",
            "{{ figure(src=\"/a.png\", caption=\"The *wall*\", width=\"20\") }}",
        ),
        ("{{< img src=\"a.png\" alt=\"Wall\" >}}", "![Wall](a.png)"),
        ("{{< highlight go \"linenos=table\" >}}\nx\n{{< /highlight >}}", "```go,linenos\nx\n```"),
        (
            "{{% alert color=\"warning\" title=\"Hot\" %}}\nDo {{< param x >}} not.\n{{% /alert %}}",
            "{% warning() %}\n**Hot**\n\nDo &#123;{< param x >}} not.\n{% end %}",
        ),
        ("{{< note >}}a{{< /note >}}", "{% note() %}\na\n{% end %}"),
        ("{{< tweet user=\"jo\" id=\"12\" >}}", "<https://twitter.com/jo/status/12>"),
        ("`{{</* youtube x */>}}`", "`{{< youtube x >}}`"),
        ("{{< mine a=\"b\" >}}", "&#123;{< mine a=\"b\" >}}"),
        (
            "{{< imgproc wall Resize 20x >}}\nThe wall\n{{< /imgproc >}}",
            "{{ figure(src=\"wall-featured.png\", caption=\"The wall\") }}",
        ),
        ("{{< imgproc gone Resize 20x >}}{{< /imgproc >}}a", "a"),
    ] {
        let post = format!("---\ntitle: A\ndate: 2013-05-06\n---\n{hugo}\n");
        let (import, found) = import(&[
            CONFIG,
            ("content/post/a/index.md", &post),
            ("content/post/a/wall-featured.png", "png"),
        ]);
        assert!(found.is_empty(), "{found:?}");
        let text = text(&import, "content/posts/a/index.md");
        assert_eq!(text.split_once("\n+++\n").expect("header").1.trim(), markdown, "{hugo}");
    }
}

#[test]
fn a_foreign_shortcode_is_told_with_its_line_in_the_file() {
    let post = "---\ntitle: A\ndate: 2013-05-06\n---\nText.\n\n{{< mine a=\"b\" >}}\n";
    let (import, _) = import(&[CONFIG, ("content/post/a.md", post)]);
    let said = import.report.to_string();
    assert!(said.contains("line 7: `{{< mine a=\"b\" >}}` is a shortcode of the source"), "{said}");
}

#[test]
fn tags_without_an_end_are_read_in_a_bounded_time() {
    let codes = "{{< a >}}\n".repeat(3_000);
    let post = format!("---\ntitle: A\ndate: 2013-05-06\n---\n{codes}");
    let (import, _) = import(&[CONFIG, ("content/post/a.md", &post)]);
    let said = import.report.to_string();
    assert!(said.contains("line 5: `{{< a >}}` is a shortcode of the source"), "{said}");
}
