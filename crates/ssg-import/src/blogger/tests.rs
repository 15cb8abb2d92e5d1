use super::*;

/// A backup in the form of the old days, with one post of this text.
fn backup(html: &str) -> String {
    let kind = |kind: &str| {
        format!(
            "<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#{kind}'/>"
        )
    };
    let html = html.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title type='html'>Quay</title>\
        <link rel='alternate' href='http://quay.blogspot.com/'/><author><email>jo@quay.example</email></author>\
        <entry><id>tag:blogger.com,1999:blog-1.settings.BLOG_LOCALE</id>{}<content>pt_BR</content></entry>\
        <entry><id>tag:blogger.com,1999:blog-1.post-2</id><published>2016-06-04T09:12:00.000-04:00</published>{}\
        <category scheme='http://www.blogger.com/atom/ns#' term='docker'/><title>Back &amp;amp; <![CDATA[forth]]></title>\
        <content type='html'>{html}</content><link rel='alternate' href='http://quay.blogspot.com/2016/06/back.html'/>\
        <author><name>Ada Lo</name><email>ada@quay.example</email></author></entry>\
        <entry><id>tag:blogger.com,1999:blog-1.post-3</id><published>2016-06-05T10:00:00Z</published>{}\
        <content type='html'>Nice &lt;b&gt;read&lt;/b&gt;</content><author><name>Bo</name><email>bo@quay.example</email></author>\
        <thr:in-reply-to ref='tag:blogger.com,1999:blog-1.post-2'/></entry></feed>",
        kind("settings"),
        kind("post"),
        kind("comment"),
    )
}

fn import_with(xml: &str, options: &ExportOptions<'_>) -> (Import, Diagnostics) {
    let mut found = Diagnostics::new();
    let file = SourceFile { name: "blog.xml".to_owned(), bytes: xml.as_bytes().to_vec() };
    (import_blogger(&file, options, &mut found), found)
}

fn import(xml: &str) -> (Import, Diagnostics) {
    import_with(xml, &ExportOptions::default())
}

fn text(import: &Import, end: &str) -> String {
    let file = import.files.iter().find(|file| file.path.as_str().ends_with(end));
    String::from_utf8(file.expect(end).bytes.clone()).expect("text")
}

#[test]
fn a_post_comes_over_and_nobodys_address_does() {
    let (import, found) = import(&backup("First.<br /><br />Second<br />line.<a name='more'></a>Third"));
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(
        text(&import, "posts/2016-06-04-back.md"),
        "+++\ntitle = \"Back & forth\"\ndate = 2016-06-04T09:12:00-04:00\npath = \"/2016/06/back.html\"\nauthors = [\"Ada Lo\"]\ncategories = [\"docker\"]\nid = \"tag:blogger.com,1999:blog-1.post-2\"\n+++\n\nFirst.\n\nSecond  \nline.\n\n<!-- more -->\n\nThird\n"
    );
    assert!(text(&import, "ssg.toml").contains("lang = \"pt\""));
    let all: String =
        import.files.iter().map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).collect();
    assert!(!all.contains("@quay") && !all.contains("Bo"));
}

#[test]
fn what_the_editor_made_becomes_markdown() {
    for (html, markdown) in [
        ("<pre class=\"brush: ruby; x\">puts 1 &lt; 2<br />end</pre>", "```ruby\nputs 1 < 2\nend\n```"),
        ("<pre><code>a <span style=\"x\">b</span></code></pre>", "```\na b\n```"),
        (
            "<div class=\"separator\"><a href=\"http://1.bp.blogspot.com/s1600/I.jpg\"><img src=\"http://1.bp.blogspot.com/s320/I.jpg\" /></a></div>",
            "![](http://1.bp.blogspot.com/s1600/I.jpg)",
        ),
        (
            "See <a href=\"https://quay.blogspot.com/2016/06/back.html#x\">it</a>.",
            "See [it](/2016/06/back.html#x).",
        ),
        (
            "<object class=\"BLOGGER-youtube-video\"><param name=\"movie\" value=\"http://www.youtube.com/v/abc&amp;x\" /><embed src=\"http://www.youtube.com/v/abc_d&source=uds\"></embed></object>",
            "{{ youtube(id=\"abc_d\") }}",
        ),
        (
            "<iframe src=\"https://www.youtube.com/embed/abc_d?feature=x\"></iframe>",
            "{{ youtube(id=\"abc_d\") }}",
        ),
        ("a<div class=\"blogger-post-footer\">footer</div>", "a"),
        ("<b>Talks</b><br /><ul><li>One &amp; two</li></ul>", "**Talks**\n\n- One & two"),
        ("5 * 3, a_b, {{ x }}", "5 \\* 3, a\\_b, &#123;{ x }}"),
    ] {
        let (import, found) = import(&backup(html));
        assert!(found.is_empty(), "{found:?}");
        let text = text(&import, "back.md");
        assert_eq!(text.split_once("\n+++\n").expect("header").1.trim(), markdown, "{html}");
    }
}

#[test]
fn comments_and_pictures_come_where_they_are_asked_for() {
    let mut inputs = MemoryInputs::new(Timestamp::UNIX_EPOCH);
    inputs.write(SitePath::new("Albums/I 1.jpg").expect("a path"), b"JPEG");
    inputs.write(SitePath::new("Albums/J.jpg").expect("a path"), b"JPEG");
    let options = ExportOptions { uploads: Some(&inputs), comments: true, record: None };
    let (import, found) =
        import_with(&backup("<img src=\"http://1.bp.blogspot.com/-x/s320/I%201.jpg\" alt=\"w\">"), &options);
    assert!(found.is_empty(), "{found:?}");
    let text = text(&import, "back.md");
    assert!(text.ends_with(
        "![w](</images/I 1.jpg>)\n\n<details>\n<summary>1 comment</summary>\n\n**Bo**, 2016-06-05:\n\n> Nice **read**\n\n</details>\n"
    ), "{text}");
    let files: Vec<&str> = import.files.iter().map(|file| file.path.as_str()).collect();
    assert!(files.contains(&"static/images/I 1.jpg") && !files.contains(&"static/images/J.jpg"), "{files:?}");
}

#[test]
fn a_backup_of_takeout() {
    let entry = |kind: &str, status: &str, id: &str, file: &str| {
        format!(
            "<entry><id>tag:blogger.com,1999:blog-1.post-{id}</id><blogger:type>{kind}</blogger:type><blogger:status>{status}</blogger:status>\
            <author><name>Ada Lo</name></author><title></title><content type='html'>One two three four five six seven eight nine.</content>\
            <published>2016-06-04T09:12:00Z</published><blogger:filename>{file}</blogger:filename></entry>"
        )
    };
    let xml = format!(
        "<feed><title>Quay</title>{}{}{}{}</feed>",
        entry("POST", "LIVE", "2", "/2016/06/one.html"),
        entry("POST", "DRAFT", "3", ""),
        entry("POST", "SOFT_TRASHED", "4", ""),
        entry("PAGE", "LIVE", "5", "/p/about.html"),
    );
    let (import, found) = import(&xml);
    assert!(found.is_empty(), "{found:?}");
    let one = text(&import, "posts/2016-06-04-one.md");
    assert!(
        one.contains("title = \"One two three four five six seven eight…\"")
            && one.contains("/2016/06/one.html")
    );
    assert!(text(&import, "content/about.md").contains("path = \"/p/about.html\""));
    assert!(text(&import, "seven-eight.md").contains("draft = true"));
    assert_eq!(import.report.to_text(9).matches("it was thrown away").count(), 1);
    for broken in ["", "<feed><entry>", "<rss/>"] {
        assert_eq!(super::tests::import(broken).1.status(), 1, "{broken}");
    }
}
