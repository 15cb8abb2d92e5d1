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

fn import(xml: &str) -> (Import, Diagnostics) {
    let mut found = Diagnostics::new();
    (import_wordpress("dock.xml", xml.as_bytes(), &TextOptions::default(), &mut found), found)
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
