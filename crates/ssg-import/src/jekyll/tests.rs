use super::*;
use crate::{FolderOptions, Verdict};
use ssg_source::MemoryInputs;

fn import(files: &[(&str, &str)]) -> (Import, Diagnostics) {
    let mut inputs = MemoryInputs::new(jiff::Timestamp::UNIX_EPOCH);
    for (name, text) in files {
        inputs.write(SitePath::new(name).expect("valid"), text);
    }
    let mut found = Diagnostics::new();
    let options = FolderOptions { tools: vec!["Nagios".to_owned()], ..FolderOptions::default() };
    (import_jekyll(&inputs, &options, &mut found), found)
}

fn text<'i>(import: &'i Import, path: &str) -> &'i str {
    let file = import.files.iter().find(|file| file.path.as_str() == path);
    std::str::from_utf8(&file.unwrap_or_else(|| panic!("no {path} in {:?}", import.report)).bytes)
        .expect("text")
}

fn body(markdown: &str, more: &[(&str, &str)]) -> String {
    let post = format!("---\ntitle: A\n---\n{markdown}");
    let mut files = vec![
        ("_config.yml", "url: https://dock.example\nbaseurl: /ops\n"),
        ("_posts/2013-05-06-a.md", &post),
    ];
    files.extend(more);
    let (import, found) = import(&files);
    assert!(found.is_empty(), "{found:?}");
    let text = text(&import, "content/posts/2013-05-06-a.md");
    text.split_once("\n+++\n").expect("header").1.trim().to_owned()
}

#[test]
fn a_post_has_our_header_and_its_old_address() {
    let config = "title: Dock\npermalink: /:year/:month/:title.html\nauthors:\n  jo: {name: Jo Dock, email: jo@dock.example}\n";
    let post = "---\nlayout: post\ntitle: Lamps\ndate: 2013-05-06 23:30 -0700\nauthor: jo\ntags: light nagios\ntags: lamps nagios\nwordpress_url: http://old.example/lamps/\nmood: good\nhandler_email: x@dock.example\n---\nText.\n";
    let (import, found) = import(&[("_config.yml", config), ("_posts/2013-05-06-On-Lamps.md", post)]);
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(
        text(&import, "content/posts/2013-05-06-On-Lamps.md"),
        "+++\ntitle = \"Lamps\"\ndate = 2013-05-06T23:30:00-07:00\npath = \"/2013/05/On-Lamps.html\"\naliases = [\"/lamps/\"]\nauthors = [\"Jo Dock\"]\ncategories = [\"lamps\"]\ntools = [\"nagios\"]\n\n[extra]\nmood = \"good\"\n+++\n\nText.\n"
    );
    assert_eq!(import.report.unplaced.keys().collect::<Vec<_>>(), ["handler_email", "layout"]);
    assert!(text(&import, "ssg.toml").contains("heading_ids = \"github\""));
}

#[test]
fn every_file_has_a_fate() {
    let (import, found) = import(&[
        ("_config.yml", "exclude: [vendor]\n"),
        ("_posts/2013-05-06-a.md", "---\ntitle: A\n---\n"),
        ("_posts/2018-09-31-b.md", "---\ntitle: B\ndate: 2018-09-30\n---\n"),
        ("_posts/undated.md", "---\ntitle: C\n---\n"),
        ("_posts/2013-05-07-broken.md", "---\ntitle: [\n---\n"),
        ("_drafts/later.md", "---\ntitle: Later\n---\n"),
        ("_layouts/post.html", "{{ content }}"),
        ("about.md", "---\ntitle: About\n---\nUs.\n"),
        ("index.html", "---\n---\n{% for post in site.posts %}{% endfor %}"),
        ("images/wall.png", "png"),
        ("vendor/x.md", "---\n---\n"),
        ("README.md", "Read."),
    ]);
    assert_eq!(found.status(), 1);
    let fates: Vec<String> = import
        .report
        .outcomes
        .iter()
        .map(|one| match &one.verdict {
            Verdict::Imported(path) => format!("{} -> {path}", one.what),
            Verdict::Skipped(_) => format!("{} skipped", one.what),
            Verdict::Failed(_) => format!("{} failed", one.what),
        })
        .collect();
    assert_eq!(fates.len(), 12);
    for fate in [
        "_posts/2018-09-31-b.md -> content/posts/2018-09-31-b.md",
        "_posts/undated.md skipped",
        "_posts/2013-05-07-broken.md failed",
        "_drafts/later.md -> content/posts/later.md",
        "images/wall.png -> static/images/wall.png",
        "about.md -> content/about.md",
    ] {
        assert!(fates.iter().any(|one| one == fate), "{fate} in {fates:#?}");
    }
    assert!(text(&import, "content/posts/later.md").contains("draft = true"));
    assert!(text(&import, "content/about.md").contains("path = \"/about.html\""));
}

#[test]
fn tags_become_what_there_is_here() {
    for (liquid, markdown) in [
        ("{% highlight ruby linenos %}\nputs 1\n{% endhighlight %}", "```ruby,linenos\nputs 1\n```"),
        ("- a\n  {% highlight sh %}\n  ls\n  {% endhighlight %}", "- a\n  ```sh\n  ls\n  ```"),
        ("{% codeblock lang:ruby A title %}\nx\n{% endcodeblock %}", "```ruby A title\nx\n```"),
        ("{% img /a b.png %}", "![b.png](/a)"),
        (
            "{% img left /a.png 20 30 The wall %}",
            "<img class=\"left\" src=\"/a.png\" alt=\"The wall\" width=\"20\" height=\"30\">",
        ),
        (
            "{% big_img /a.png https://x.example/ 20 Wall %}",
            "[<img src=\"/a.png\" alt=\"Wall\" width=\"20\">](https://x.example/)",
        ),
        ("{% youtube http://youtu.be/pY-3X %}", "{{ youtube(id=\"pY-3X\") }}"),
        ("{% gist jo/12 a.rb %}", "{{ gist(url=\"https://gist.github.com/jo/12\", file=\"a.rb\") }}"),
        ("[x]({{ site.url }}{{ site.baseurl }}/a/)", "[x](/a/)"),
        ("![x]({{ \"/a.png\" | prepend: site.baseurl }})", "![x](/a.png)"),
        ("see {{ site.url }}", "see https://dock.example"),
        ("{% raw %}`{{ x }}` {{ y }}{% endraw %}", "`{{ x }}` &#123;{ y }}"),
        ("{% comment %}{{ x }}{% endcomment %}a", "a"),
        ("[a]({% post_url 2013-05-06-a %})", "[a](@/posts/2013-05-06-a.md)"),
        ("<a href=\"{% post_url 2013-05-06-a %}\">a</a>", "<a href=\"/2013/05/06/a.html\">a</a>"),
        (
            "{% blockquote Jo Dock, The Book https://x.example/ %}\nq\n{% endblockquote %}",
            "{% quote(author=\"Jo Dock\", source=\"The Book\", url=\"https://x.example/\") %}\nq\n{% end %}",
        ),
        ("a {{ page.next.url }} b", "a `{{ page.next.url }}` b"),
        ("<img src=\"{{ page.next.url }}\">", "<img src=\"&#123;{ page.next.url }}\">"),
        ("{% if x %}\na\n{% endif %}\nb", "```liquid\n{% if x %}\na\n{% endif %}\n```\n\nb"),
        ("##Two\n#3 is no heading", "## Two\n#3 is no heading"),
        ("## Two\n{: #two .wide}", "## Two {#two .wide}"),
        ("[a](/b){:target=\"_blank\"} c", "[a](/b) c"),
        ("* TOC\n{:toc}\n\na", "a"),
        ("`{: .x}` {{ \"{{\" }}", "`{: .x}` &#123;{"),
    ] {
        assert_eq!(body(liquid, &[]), markdown, "{liquid}");
    }
}

#[test]
fn includes_are_put_in() {
    let files = [
        (
            "_includes/pic.html",
            "<a href=\"{{ include.url }}\">\n\n  <b style=\"{{ include.style }}\">x</b>\n</a>",
        ),
        ("_includes/loop.html", "{% include loop.html %}"),
        ("_includes/list.html", "{% for x in site.posts %}{% endfor %}"),
        ("_includes/disqus.html", "<script></script>"),
        ("_includes/a.svg", "<svg/>"),
    ];
    assert_eq!(body("{% include pic.html url=\"/a b\" %}", &files), "<a href=\"/a b\">\n<b>x</b>\n</a>");
    assert_eq!(body("{% include list.html %}", &files), "`{% include list.html %}`");
    assert_eq!(body("{% include disqus.html %}", &files), "");
    assert_eq!(body("{% include a.svg %}", &files), "![a](/includes/a.svg)");
    assert!(body("{% include loop.html %}", &files).contains("include loop.html"));
}

#[test]
fn nothing_panics() {
    for text in [
        "{{",
        "{%",
        "{% %}",
        "{{}}",
        "{% raw %}",
        "{% highlight %}",
        "{% endfor %}",
        "{%é%}",
        "{: }",
        "{::",
        "##",
        "{% img %}",
        "{{ 'a }}",
        "{% post_url %}",
        "{% include %}",
        "{% link x %}{%- -%}",
    ] {
        let _ = body(text, &[]);
    }
}

#[test]
fn tags_without_an_end_are_read_in_a_bounded_time() {
    let tags = "{% highlight ruby %}\n".repeat(3_000);
    assert!(body(&tags, &[]).matches("highlight ruby").count() > 1_000);
}

#[test]
fn what_includes_make_is_bounded_in_all() {
    let files: Vec<(String, String)> = (0..6)
        .map(|level| {
            let inner = format!("{{% include b{}.md %}}", level + 1).repeat(10);
            (format!("_includes/b{level}.md"), inner)
        })
        .chain([("_includes/b6.md".to_owned(), "x".repeat(1000))])
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(body("{% include b0.md %}", &files), "`{% include b0.md %}`");
    assert_eq!(body("{% include b5.md %}", &files).len(), 10_000);
}

#[test]
fn code_is_known_as_such_however_long_the_text_is() {
    let text = "```\n{{ site.nothing }}\n```\n\n{% foo %} and `{% foo %}`\n".repeat(50);
    let written = body(&text, &[]);
    assert_eq!(written.matches("`{").count(), 100, "{written}");
    assert!(!written.contains("```liquid"), "{written}");
}
