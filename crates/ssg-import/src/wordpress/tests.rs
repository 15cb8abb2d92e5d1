use super::*;

fn export(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><rss><channel><title>Dock</title><link>https://dock.example</link><language>en</language>\
        <wp:author><wp:author_login>jo</wp:author_login><wp:author_email>jo@dock.example</wp:author_email><wp:author_display_name><![CDATA[Jo Dock]]></wp:author_display_name></wp:author>{items}</channel></rss>"
    )
}

fn item(kind: &str, status: &str, body: &str) -> String {
    format!(
        "<item><title>Lamps &amp; <![CDATA[<b>rope</b>]]></title><link>https://dock.example/2013/05/lamps/</link><dc:creator>jo</dc:creator>\
        <guid>https://dock.example/?p=7</guid><content:encoded><![CDATA[{body}]]></content:encoded><wp:post_id>7</wp:post_id>\
        <wp:post_date>2013-05-06 10:00:00</wp:post_date><wp:post_date_gmt>2013-05-06 08:00:00</wp:post_date_gmt><wp:post_name>lamps</wp:post_name>\
        <wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type><category domain=\"post_tag\">light</category>\
        <wp:comment><wp:comment_author_email>al@quay.example</wp:comment_author_email><wp:comment_content>Hi</wp:comment_content></wp:comment></item>"
    )
}

fn import_with(xml: &str, options: &ExportOptions<'_>) -> (Import, Diagnostics) {
    let mut found = Diagnostics::new();
    let file = SourceFile { name: "dock.xml".to_owned(), bytes: xml.as_bytes().to_vec() };
    (import_wordpress(&file, options, &mut found), found)
}

fn import(xml: &str) -> (Import, Diagnostics) {
    import_with(xml, &ExportOptions::default())
}

fn text(import: &Import) -> String {
    let file = import.files.iter().find(|file| file.path.as_str().starts_with("content/"));
    String::from_utf8(file.expect("a post").bytes.clone()).expect("text")
}

#[test]
fn a_post_comes_over_and_nobodys_address_does() {
    let (import, found) =
        import(&export(&item("post", "publish", "One\nline.\n\n<!--more-->\n\n<strong>Two</strong> a_b")));
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(
        text(&import),
        "+++\ntitle = \"Lamps & rope\"\ndate = 2013-05-06T10:00:00+02:00\npath = \"/2013/05/lamps/\"\nauthors = [\"Jo Dock\"]\ncategories = [\"light\"]\nid = \"https://dock.example/?p=7\"\n+++\n\nOne  \nline.\n\n<!-- more -->\n\n**Two** a\\_b\n"
    );
    let all: String =
        import.files.iter().map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).collect();
    assert!(!all.contains("@dock") && !all.contains("quay"));
}

#[test]
fn what_is_private_is_named_and_drafts_stay_drafts() {
    let (one, _) = import(&export(&item("post", "private", "x")));
    assert!(one.files.iter().all(|file| !file.path.as_str().starts_with("content/")));
    assert!(one.report.to_text(10).contains("it is private: “Lamps & rope”"));
    let (one, _) = import(&export(&item("page", "draft", "x")));
    assert!(text(&one).contains("draft = true"));
    let (_, found) = import("<rss><channel><item>");
    assert_eq!(found.status(), 1);
}

#[test]
fn codes_and_blocks_become_markdown() {
    for (html, markdown) in [
        ("[code lang=\"sh\"]\nls &lt;a_b&gt;\n[/code]", "```sh\nls <a_b>\n```"),
        ("[gist]https://gist.github.com/jo/1[/gist]", "{{ gist(url=\"https://gist.github.com/jo/1\") }}"),
        ("http://www.youtube.com/watch?v=abc_d", "{{ youtube(id=\"abc_d\") }}"),
        (
            "[caption id=\"a\"]<img src=\"/a.png\" alt=\"w\" /> The wall[/caption]",
            "![w](/a.png)  \n*The wall*",
        ),
        (
            "<!-- wp:heading -->\n<h2>Two</h2>\n<!-- /wp:heading -->\n<!-- wp:list --><ul><li>a</li></ul><!-- /wp:list -->",
            "## Two\n\n- a",
        ),
        ("{{ x }} [not a code]", "&#123;{ x }} \\[not a code\\]"),
    ] {
        let (import, found) = import(&export(&item("post", "publish", html)));
        assert!(found.is_empty(), "{found:?}");
        let text = text(&import);
        assert_eq!(text.split_once("\n+++\n").expect("header").1.trim(), markdown, "{html}");
    }
}

fn attachment(number: u8, parent: u8, file: &str) -> String {
    format!(
        "<item><title>The wall</title><link>https://dock.example/2013/05/lamps/wall-{number}/</link>\
        <wp:post_id>{number}</wp:post_id><wp:post_parent>{parent}</wp:post_parent><wp:post_type>attachment</wp:post_type>\
        <wp:attachment_url>https://dock.example/wp-content/uploads/{file}</wp:attachment_url>\
        <wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value>A \"wall\"</wp:meta_value></wp:postmeta></item>"
    )
}

#[test]
fn uploads_galleries_and_addresses_that_wordpress_computes() {
    let mut inputs = MemoryInputs::new(Timestamp::UNIX_EPOCH);
    for file in ["2013/05/a.jpg", "2013/05/a-300x200.jpg", "2013/05/b.jpg", "2013/05/unused.jpg"] {
        inputs.write(SitePath::new(file).expect("a path"), b"JPEG");
    }
    let html = "<a href=\"https://www.dock.example/2013/05/lamps/wall-8/\"><img src=\"https://dock.example/wp-content/uploads/2013/05/a-300x200.jpg\"></a>\n\n\
        See <a href=\"http://dock.example/?p=7#x\">it</a>.\n\n[gallery]\n\n[gallery ids=\"9\"]";
    let items = item("post", "publish", html)
        + &attachment(8, 7, "2013/05/a.jpg")
        + &attachment(9, 0, "2013/05/b.jpg");
    let body = |import: &Import| text(import).split_once("\n+++\n").expect("header").1.trim().to_owned();
    let (without, _) = import(&export(&items));
    assert!(body(&without).contains("![](https://dock.example/wp-content/uploads/2013/05/a-300x200.jpg)"));
    assert!(without.report.to_text(9).contains("--uploads"));
    let (with, found) = import_with(
        &export(&items),
        &ExportOptions { uploads: Some(&inputs), comments: false, record: None },
    );
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(
        body(&with),
        "[![](/wp-content/uploads/2013/05/a-300x200.jpg)](/wp-content/uploads/2013/05/a.jpg)\n\nSee [it](/2013/05/lamps/#x).\n\n\
        ![A \\\"wall\\\"](/wp-content/uploads/2013/05/a.jpg)\n\n![A \\\"wall\\\"](/wp-content/uploads/2013/05/b.jpg)"
    );
    let mut files: Vec<&str> = with.files.iter().map(|file| file.path.as_str()).collect();
    files.retain(|file| file.starts_with("static/"));
    files.sort_unstable();
    let uploads =
        ["a-300x200.jpg", "a.jpg", "b.jpg"].map(|name| format!("static/wp-content/uploads/2013/05/{name}"));
    assert_eq!(files, uploads);
}

#[test]
fn comments_come_where_they_are_asked_for() {
    let comment = |approved: &str, kind: &str, words: &str| {
        format!(
            "<wp:comment><wp:comment_author><![CDATA[Al]]></wp:comment_author><wp:comment_author_email>al@quay.example</wp:comment_author_email>\
            <wp:comment_author_IP>10.0.0.1</wp:comment_author_IP><wp:comment_date>2013-05-07 11:00:00</wp:comment_date>\
            <wp:comment_content><![CDATA[{words}]]></wp:comment_content><wp:comment_approved>{approved}</wp:comment_approved>\
            <wp:comment_type>{kind}</wp:comment_type></wp:comment>"
        )
    };
    let comments = comment("1", "", "Good *night*\n\n[gallery]")
        + &comment("0", "", "spam")
        + &comment("1", "pingback", "ping");
    let xml =
        export(&item("post", "publish", "One.").replace("<wp:comment>", &format!("{comments}<wp:comment>")));
    let (import, found) = import_with(&xml, &ExportOptions { uploads: None, comments: true, record: None });
    assert!(found.is_empty(), "{found:?}");
    let text = text(&import);
    assert!(text.ends_with(
        "One.\n\n<details>\n<summary>1 comment</summary>\n\n**Al**, 2013-05-07:\n\n> Good \\*night\\*\n>\n> \\[gallery\\]\n\n</details>\n"
    ), "{text}");
    assert!(!text.contains("al@") && !text.contains("10.0.0.1"));
}
